#include "test.h"

#include "align/theory/hedonic.h"
#include "num/random.h"

#include <stdbool.h>
#include <string.h>

static void solve(const double *v, int32_t n, int32_t keep, mst_arena *arena, mst_hedonic *out)
{
    mst_arena_init(arena, NULL);
    assert_int_equal(mst_hedonic_solve(v, n, keep, arena, out, NULL), MUSTER_OK);
}

/* ---- by hand ------------------------------------------------------------------------------------------ */

/* One wants the other's company, the other does not want his: whoever is alone is followed, whoever is
 * followed leaves. Not Nash; apart is individually stable and the core. */
static void test_hedonic__the_unwelcome_guest(void **state)
{
    (void)state;
    static const double v[4] = {0, 1, -1, 0};
    mst_arena arena;
    mst_hedonic of;
    solve(v, 2, 5, &arena, &of);
    assert_int_equal(of.partition_count, 2);
    assert_int_equal(of.nash.count, 0);
    assert_int_equal(of.individual.count, 1);
    assert_int_equal(of.individual.label[1], 1);
    assert_int_equal(of.core.count, 1);
    assert_int_equal(of.core.label[1], 1);
    assert_int_equal(of.best.count, 2); /* 0 either way */
    assert_near(of.best_value, 0, 0.0);
    mst_arena_clear(&arena);
}

/* Three who gain .1, .2 and .3 by pairs: together is all that holds, worth twice .6. */
static void test_hedonic__friends_stay_together(void **state)
{
    (void)state;
    static const double v[9] = {0, .1, .2, .1, 0, .3, .2, .3, 0};
    mst_arena arena;
    mst_hedonic of;
    solve(v, 3, 5, &arena, &of);
    assert_int_equal(of.partition_count, 5);
    const mst_partitions *const kinds[4] = {&of.nash, &of.individual, &of.core, &of.best};
    for (int32_t k = 0; k < 4; k++) {
        assert_int_equal(kinds[k]->count, 1);
        assert_int_equal(kinds[k]->kept, 1);
        assert_memory_equal(kinds[k]->label, ((uint8_t[]){0, 0, 0}), 3);
    }
    assert_near(of.best_value, 1.2, 1e-15);
    mst_arena_clear(&arena);
}

/* Two camps of three, friends inside, enemies across: only the camps hold. */
static void test_hedonic__two_camps(void **state)
{
    (void)state;
    double v[36];
    for (int32_t i = 0; i < 36; i++)
        v[i] = i / 6 == i % 6 ? 0 : i / 6 % 2 == i % 6 % 2 ? 1 : -1;
    mst_arena arena;
    mst_hedonic of;
    solve(v, 6, 3, &arena, &of);
    assert_int_equal(of.partition_count, 203);
    assert_int_equal(of.core.count, 1);
    assert_int_equal(of.nash.count, 1);
    assert_memory_equal(of.core.label, ((uint8_t[]){0, 1, 0, 1, 0, 1}), 6);
    assert_memory_equal(of.nash.label, of.core.label, 6);
    assert_near(of.best_value, 12, 0.0);
    mst_arena_clear(&arena);
}

static void test_hedonic__counts_all_partitions(void **state)
{
    (void)state;
    static const int64_t bell[11] = {1, 1, 2, 5, 15, 52, 203, 877, 4140, 21147, 115975};
    static const double none[100] = {0};
    for (int32_t n = 1; n <= 10; n++) {
        mst_arena arena;
        mst_hedonic of;
        solve(none, n, 7, &arena, &of);
        assert_int_equal(of.partition_count, bell[n]);
        /* Nobody cares: everything holds, and all is best. */
        assert_int_equal(of.nash.count, bell[n]);
        assert_int_equal(of.individual.count, bell[n]);
        assert_int_equal(of.core.count, bell[n]);
        assert_int_equal(of.best.count, bell[n]);
        assert_int_equal(of.nash.kept, bell[n] < 7 ? bell[n] : 7);
        mst_arena_clear(&arena);
    }
}

/* ---- the second method: all n^n ways to name coalitions, straight from the definitions ---------------- */

/* In thousandths, so that sums and comparisons are exact. */
static int64_t joy(const int32_t *v, int32_t n, int32_t i, uint32_t set)
{
    int64_t sum = 0;
    for (int32_t j = 0; j < n; j++)
        sum += set >> j & 1u ? v[i * n + j] : 0;
    return sum;
}

static uint32_t room_of(const int32_t *at, int32_t n, int32_t room)
{
    uint32_t set = 0;
    for (int32_t j = 0; j < n; j++)
        set |= at[j] == room ? 1u << j : 0u;
    return set;
}

/* Bit 0: Nash, 1: individual, 2: core. Rooms 0..n: one is always empty. */
static int32_t kinds_of(const int32_t *v, int32_t n, const int32_t *at)
{
    int32_t kinds = 7;
    int64_t now[6];
    for (int32_t i = 0; i < n; i++)
        now[i] = joy(v, n, i, room_of(at, n, at[i]));
    for (int32_t i = 0; i < n; i++) {
        for (int32_t room = 0; room <= n; room++) {
            const uint32_t there = room_of(at, n, room);
            if (room == at[i] || joy(v, n, i, there) <= now[i])
                continue;
            kinds &= ~1;
            bool is_hurt = false;
            for (int32_t j = 0; j < n; j++)
                is_hurt |= (there >> j & 1u) && joy(v, n, j, there | 1u << i) < now[j];
            kinds &= is_hurt ? 7 : ~2;
        }
    }
    for (uint32_t set = 1; set < 1u << n; set++) {
        bool do_all_gain = true;
        for (int32_t i = 0; i < n; i++)
            do_all_gain &= !(set >> i & 1u) || joy(v, n, i, set) > now[i];
        kinds &= do_all_gain ? ~4 : 7;
    }
    return kinds;
}

typedef struct tally {
    int64_t count[3];
    uint8_t first[3][6];
    int64_t best, best_count;
} tally;

static tally tally_all(const int32_t *v, int32_t n)
{
    tally all = {.best = INT64_MIN};
    int32_t at[6] = {0};
    for (int32_t step = 0;; step++) {
        int32_t rooms = 0;
        bool is_canonical = true;
        for (int32_t i = 0; i < n; i++) {
            is_canonical &= at[i] <= rooms;
            rooms += at[i] == rooms;
        }
        if (is_canonical) {
            const int32_t kinds = kinds_of(v, n, at);
            for (int32_t k = 0; k < 3; k++) {
                if (kinds >> k & 1 && all.count[k]++ == 0) {
                    for (int32_t i = 0; i < n; i++)
                        all.first[k][i] = (uint8_t)at[i];
                }
            }
            int64_t total = 0;
            for (int32_t i = 0; i < n; i++)
                total += joy(v, n, i, room_of(at, n, at[i]));
            all.best_count = total > all.best ? 1 : all.best_count + (total == all.best);
            all.best = total > all.best ? total : all.best;
        }
        int32_t i = n - 1;
        while (i >= 0 && ++at[i] == n)
            at[i--] = 0;
        if (i < 0)
            return all;
    }
}

static void test_hedonic__agrees_with_the_definitions(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(2002), 0, 9);
    uint64_t draw = 0;
    int32_t without_nash = 0, core_not_individual = 0, nash_not_core = 0;
    for (int32_t run = 0; run < 150; run++) {
        const int32_t n = 1 + run % 5;
        const bool is_symmetric = run % 3 == 0;
        int32_t whole[25];
        double v[25];
        for (int32_t i = 0; i < n; i++) {
            for (int32_t j = 0; j < n; j++) {
                int32_t x = (int32_t)(7 * mst_random_unit(stream, draw++)) - 3; /* many ties */
                x = i == j ? 0 : is_symmetric && j < i ? whole[j * n + i] : x;
                whole[i * n + j] = x;
                v[i * n + j] = .1 * x; /* tenths: sums that are not exact */
            }
        }
        const tally all = tally_all(whole, n);
        mst_arena arena;
        mst_hedonic of;
        solve(v, n, 1, &arena, &of);
        const mst_partitions *const kinds[3] = {&of.nash, &of.individual, &of.core};
        for (int32_t k = 0; k < 3; k++) {
            assert_int_equal(kinds[k]->count, all.count[k]);
            if (all.count[k] > 0)
                assert_memory_equal(kinds[k]->label, all.first[k], (size_t)n);
        }
        assert_near(of.best_value, .1 * (double)all.best, 1e-13);
        assert_int_equal(of.best.count, all.best_count);
        assert_true(of.nash.count <= of.individual.count);
        if (is_symmetric)
            assert_true(of.nash.count > 0);
        without_nash += of.nash.count == 0;
        core_not_individual += of.core.count > of.individual.count;
        nash_not_core += of.nash.count > of.core.count;
        mst_arena_clear(&arena);
    }
    print_message("no Nash %d, core beyond individual %d, Nash beyond core %d\n", without_nash,
                  core_not_individual, nash_not_core);
    /* The cases that tell the three apart did occur. */
    assert_true(without_nash > 5 && core_not_individual > 5 && nash_not_core > 0);
}

/* Symmetric values: the best partition is among the Nash-stable ones (Bogomolnaia & Jackson 2002). */
static void test_hedonic__best_of_symmetric_values_is_nash(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(38), 0, 10);
    double v[64] = {0};
    for (int32_t i = 0; i < 8; i++) {
        for (int32_t j = 0; j < i; j++)
            v[i * 8 + j] = v[j * 8 + i] = mst_random_normal(stream, (uint64_t)(8 * i + j));
    }
    mst_arena arena;
    mst_hedonic of;
    solve(v, 8, 4140, &arena, &of);
    assert_int_equal(of.best.count, 1);
    bool is_among = false;
    for (int32_t k = 0; k < of.nash.kept; k++)
        is_among |= memcmp(&of.nash.label[k * 8], of.best.label, 8) == 0;
    assert_true(is_among);
    assert_int_equal(of.nash.kept, of.nash.count);
    mst_arena_clear(&arena);
}

static void *allocate_none(size_t bytes, void *context)
{
    (void)bytes;
    (void)context;
    return NULL;
}

static void release_none(void *block, void *context)
{
    (void)block;
    (void)context;
}

static void test_hedonic__refuses(void **state)
{
    (void)state;
    static const double good[4] = {0, 1, 1, 0}, bad[4] = {0, NAN, 1, 0}, self[4] = {0, 1, 1, 2};
    static const double huge[9] = {0, 1.7e308, 1.7e308, 0, 0, 0, 0, 0, 0};
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    mst_hedonic of = {.partition_count = -7};
    const char *reason = NULL;
    assert_int_equal(mst_hedonic_solve(good, 0, 1, &arena, &of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_hedonic_solve(good, 11, 1, &arena, &of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_hedonic_solve(good, 2, -1, &arena, &of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_hedonic_solve(good, 2, 115976, &arena, &of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_hedonic_solve(bad, 2, 1, &arena, &of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_hedonic_solve(huge, 3, 1, &arena, &of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_hedonic_solve(self, 2, 1, &arena, &of, &reason), MUSTER_MISTAKE);
    assert_string_equal(reason, "a value on the diagonal is not 0");
    assert_int_equal(of.partition_count, -7);
    mst_arena_clear(&arena);
    const muster_memory memory = {allocate_none, release_none, NULL};
    mst_arena_init(&arena, &memory);
    assert_int_equal(mst_hedonic_solve(good, 2, 1, &arena, &of, &reason), MUSTER_WORLD);
    mst_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hedonic__the_unwelcome_guest),
        cmocka_unit_test(test_hedonic__friends_stay_together),
        cmocka_unit_test(test_hedonic__two_camps),
        cmocka_unit_test(test_hedonic__counts_all_partitions),
        cmocka_unit_test(test_hedonic__agrees_with_the_definitions),
        cmocka_unit_test(test_hedonic__best_of_symmetric_values_is_nash),
        cmocka_unit_test(test_hedonic__refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
