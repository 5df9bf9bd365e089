/* Walks by single moves: one-sided propensities and their cycles, and noise. */
#include "landscapes.h"

#include <string.h>

/* ---- following ---------------------------------------------------------------------------------------------- */

static const mst_landscape_turn turns[] = {MST_LANDSCAPE_FIRST, MST_LANDSCAPE_GREATEST,
                                           MST_LANDSCAPE_ROUND};

static void test_walk__the_pursued_and_the_pursuer_go_round(void **state)
{
    (void)state;
    const plain g = {.n = 2, .size = {1, 1}, .p = {0, 1, -1, 0}}; /* 0 seeks 1, 1 shuns 0 */
    const mst_landscape on = landscape_of(&g);
    mst_landscape_course course;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    for (size_t t = 0; t < 3; t++) {
        assert_int_equal(mst_landscape_follow(&on, 0, turns[t], 100, &arena, &course, NULL),
                         MUSTER_OK);
        assert_int_equal(course.end, MST_LANDSCAPE_CYCLE);
        assert_int_equal(course.cycle_count, 2);
        for (int32_t i = 0; i < 2; i++) {
            const bool is_together = course.cycle[i] == 0;
            assert_true(course.cycle[i] == 0 || course.cycle[i] == 2);
            assert_int_equal(course.mover[i], is_together ? 1 : 0);
        }
        assert_true(course.cycle[0] != course.cycle[1]);
        assert_int_equal(course.last, course.cycle[0]);
    }
    mst_arena_clear(&arena);
}

/* Rise of own frustration by definition. */
static double rise(const plain *g, uint64_t c, int32_t i)
{
    double before = 0.0, after = 0.0;
    for (int32_t j = 0; j < g->n; j++) {
        const bool is_apart = (c >> i & 1) != (c >> j & 1);
        if (j != i && is_apart)
            before += g->size[j] * g->p[i * g->n + j];
        if (j != i && !is_apart)
            after += g->size[j] * g->p[i * g->n + j];
    }
    return after - before;
}

static int32_t mover_plainly(const plain *g, uint64_t c, mst_landscape_turn turn, int32_t last)
{
    int32_t best = -1;
    double least = -1e-9; /* whole numbers */
    for (int32_t step = 0; step < g->n; step++) {
        const int32_t i = turn == MST_LANDSCAPE_ROUND ? (last + 1 + step) % g->n : step;
        const double by = rise(g, c, i);
        if (by < least) {
            best = i;
            least = by;
            if (turn != MST_LANDSCAPE_GREATEST)
                return i;
        }
    }
    return best;
}

typedef struct diary {
    int32_t steps, first_of_cycle, cycle; /* cycle 0: stable after steps */
    uint64_t at[4096];
    int32_t mover[4096];
} diary;

/* Writes down everything until a place comes back. */
static void keep_diary(const plain *g, uint64_t start, mst_landscape_turn turn, diary *out)
{
    int32_t last[4096], now = -1;
    memset(out, 0, sizeof *out);
    for (uint64_t c = start;; out->steps++) {
        assert_true(out->steps < 4096);
        for (int32_t i = 0; i < out->steps; i++)
            if (out->at[i] == c && (turn != MST_LANDSCAPE_ROUND || last[i] == now)) {
                out->first_of_cycle = i;
                out->cycle = out->steps - i;
                return;
            }
        out->at[out->steps] = c;
        last[out->steps] = now;
        const int32_t k = mover_plainly(g, c, turn, now);
        out->mover[out->steps] = k;
        if (k < 0)
            return;
        c = plain_moved(g, c, k);
        now = k;
    }
}

static void check_course(const plain *g, uint64_t start, mst_landscape_turn turn, int32_t *cycles)
{
    static diary d;
    const mst_landscape on = landscape_of(g);
    mst_landscape_course course;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    keep_diary(g, start, turn, &d);
    assert_int_equal(mst_landscape_follow(&on, start, turn, 100000, &arena, &course, NULL),
                     MUSTER_OK);
    assert_int_equal(course.cycle_count, d.cycle);
    assert_int_equal(course.end, d.cycle ? MST_LANDSCAPE_CYCLE : MST_LANDSCAPE_STABLE);
    assert_int_equal(course.steps, d.cycle ? d.first_of_cycle : d.steps);
    assert_int_equal(course.last, d.at[course.steps]);
    for (int32_t i = 0; i < d.cycle; i++) {
        assert_int_equal(course.cycle[i], d.at[d.first_of_cycle + i]);
        assert_int_equal(course.mover[i], d.mover[d.first_of_cycle + i]);
    }
    *cycles += d.cycle > 2;
    mst_arena_clear(&arena);
}

static void test_walk__courses_are_those_written_down_move_by_move(void **state)
{
    (void)state;
    int32_t cycles = 0;
    for (uint64_t seed = 0; seed < 60; seed++) {
        plain g = random_plain(3 + (int32_t)(seed % 6), seed, true);
        for (int32_t i = 0; i < g.n; i++) /* each to itself */
            for (int32_t j = 0; j < g.n; j++)
                g.p[i * g.n + j] =
                    floor(7.0 * mst_random_unit((mst_stream){seed, 9}, (uint64_t)(32 * i + j))) -
                    3.0;
        for (size_t t = 0; t < 3; t++)
            for (uint64_t c = 0; c < UINT64_C(1) << g.n; c += 6)
                check_course(&g, c, turns[t], &cycles);
    }
    assert_true(cycles > 50);
}

static void test_walk__mutual_propensities_end_in_a_minimum(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        const plain g = random_plain(9, seed, seed % 2 == 0);
        const mst_landscape on = landscape_of(&g);
        mst_arena arena;
        mst_landscape_course course;
        mst_arena_init(&arena, NULL);
        for (uint64_t c = 0; c < 512; c += 7)
            for (size_t t = 0; t < 3; t++) {
                assert_int_equal(
                    mst_landscape_follow(&on, c, turns[t], 10000, &arena, &course, NULL),
                    MUSTER_OK);
                assert_int_equal(course.end, MST_LANDSCAPE_STABLE);
                assert_int_equal(plain_steepest(&g, course.last), -1);
                assert_int_equal(course.last & 1, 0);
            }
        mst_arena_clear(&arena);
    }
}

static void test_walk__sixty_four_actors_and_too_few_steps(void **state)
{
    (void)state;
    static double size[64], propensity[64 * 64];
    const mst_landscape on = {64, size, propensity};
    mst_arena arena;
    mst_landscape_course course;
    for (int32_t i = 0; i < 64; i++) {
        size[i] = 1.0;
        for (int32_t j = 0; j < 64; j++)
            propensity[i * 64 + j] = i / 32 == j / 32 ? 1.0 : -1.0;
    }
    mst_arena_init(&arena, NULL);
    const uint64_t blocs = UINT64_C(0xffffffff00000000), two = UINT64_C(3) << 40;
    /* Two stray: two moves home. */
    assert_int_equal(
        mst_landscape_follow(&on, blocs ^ two, MST_LANDSCAPE_FIRST, 1, &arena, &course, NULL),
        MUSTER_OK);
    assert_int_equal(course.end, MST_LANDSCAPE_UNSETTLED);
    assert_int_equal(course.steps, 1);
    assert_int_equal(
        mst_landscape_follow(&on, ~(blocs ^ two), MST_LANDSCAPE_FIRST, 2, &arena, &course, NULL),
        MUSTER_OK);
    assert_int_equal(course.end, MST_LANDSCAPE_STABLE);
    assert_int_equal(course.steps, 2);
    assert_true(course.last == blocs);
    /* 2 x 32 x 32 ordered pairs of -1 are apart */
    assert_near(mst_landscape_energy(&on, blocs), -2048.0, 0.0);
    mst_arena_clear(&arena);
}

/* ---- noise --------------------------------------------------------------------------------------------------- */

enum { PLACES = 8 }; /* 4 actors */

/* Long-run shares of the chain in which one actor of four is asked: many steps from anywhere. */
static void long_run(const plain *g, const mst_landscape_noise *noise, double *share)
{
    for (int32_t x = 0; x < PLACES; x++)
        share[x] = 1.0 / PLACES;
    for (int32_t step = 0; step < 20000; step++) {
        double next[PLACES] = {0};
        for (int32_t x = 0; x < PLACES; x++)
            for (int32_t k = 0; k < g->n; k++) {
                const uint64_t c = (uint64_t)x << 1;
                const double by = rise(g, c, k);
                double q = 1.0 / (1.0 + exp(by / noise->temperature));
                q = by < 0.0 && !noise->is_logit ? 1.0 : q;
                next[plain_moved(g, c, k) >> 1] += share[x] / g->n * q;
                next[x] += share[x] / g->n * (1.0 - q);
            }
        memcpy(share, next, sizeof next);
    }
}

static void check_wander(const plain *g, const mst_landscape_noise *noise)
{
    const mst_landscape on = landscape_of(g);
    const mst_stream stream = mst_stream_of(mst_random_key(3), 0, 1);
    int64_t visits[PLACES] = {0};
    double share[PLACES], mean = 0.0, lowest = (double)INFINITY;
    mst_landscape_wander out;
    assert_int_equal(mst_landscape_wanders(&on, 6, noise, stream, visits, &out, NULL), MUSTER_OK);
    long_run(g, noise, share);
    for (int32_t x = 0; x < PLACES; x++) {
        const double energy = plain_energy(g, (uint64_t)x << 1);
        /* Some ten steps hang together: the standard error of a share is below
         * sqrt(0.25 x 20 / 1e6) = 0.0022; 4 of them. */
        assert_near((double)visits[x] / (double)noise->steps, share[x], 0.009);
        mean += (double)visits[x] / (double)noise->steps * energy;
        lowest = fmin(lowest, energy);
    }
    assert_near(out.mean_energy, mean, 1e-9 * plain_scale(g)); /* the same sum in another order */
    assert_near(out.lowest_energy, lowest, 1e-13 * plain_scale(g));
    assert_near(plain_energy(g, out.lowest), lowest, 1e-13 * plain_scale(g));
    assert_true(out.worse > 0 && out.moves > out.worse);
}

static void test_walk__noise_has_the_long_run_of_its_chain(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        plain g = random_plain(4, seed, false);
        check_wander(&g, &(mst_landscape_noise){2.0, false, 1000000});
        check_wander(&g, &(mst_landscape_noise){2.0, true, 1000000});
        g.p[1] += 1.0; /* 0 thinks more of 1 than 1 of 0 */
        check_wander(&g, &(mst_landscape_noise){2.0, false, 1000000});
    }
}

static void test_walk__logit_noise_of_equals_has_boltzmann_shares(void **state)
{
    (void)state;
    plain g = random_plain(4, 9, false);
    const mst_landscape_noise noise = {.temperature = 1.5, .is_logit = true};
    double share[PLACES], all = 0.0;
    for (int32_t i = 0; i < g.n; i++)
        g.size[i] = 1.25;
    long_run(&g, &noise, share);
    for (int32_t x = 0; x < PLACES; x++)
        all += exp(-plain_energy(&g, (uint64_t)x << 1) / (2.0 * 1.25 * noise.temperature));
    for (int32_t x = 0; x < PLACES; x++) /* 20,000 steps: converged to rounding */
        assert_near(share[x],
                    exp(-plain_energy(&g, (uint64_t)x << 1) / (2.0 * 1.25 * noise.temperature)) /
                        all,
                    1e-12);
    check_wander(&g, &(mst_landscape_noise){1.5, true, 1000000});
}

/* Little noise in a deep place: nothing but gains is made. */
static void test_walk__cold_noise_only_descends(void **state)
{
    (void)state;
    const plain g = {.n = 4,
                     .size = {1, 1, 1, 1},
                     .p = {0, 1, -1, -1, 1, 0, -1, -1, -1, -1, 0, 1, -1, -1, 1, 0}};
    const mst_landscape on = landscape_of(&g);
    mst_landscape_wander out;
    assert_int_equal(mst_landscape_wanders(&on, 0, &(mst_landscape_noise){1e-3, false, 5000},
                                           mst_stream_of(1, 2, 3), NULL, &out, NULL),
                     MUSTER_OK);
    assert_int_equal(out.last, 12);
    assert_int_equal(out.worse, 0);
    assert_true(out.moves >= 2);
    assert_near(out.lowest_energy, -8.0, 0.0); /* 4 pairs apart, twice */
}

static void test_walk__bad_questions_are_refused(void **state)
{
    (void)state;
    const plain g = random_plain(5, 1, false);
    const mst_landscape on = landscape_of(&g);
    const mst_stream stream = {1, 2};
    static const mst_landscape_noise bad[] = {
        {0.0, false, 1}, {-1.0, false, 1}, {(double)NAN, false, 1}, {1.0, false, 0}};
    mst_landscape_course course;
    mst_landscape_wander out;
    mst_landscape_why why;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(mst_landscape_wanders(&on, 0, &bad[i], stream, NULL, &out, &why),
                         MUSTER_MISTAKE);
        assert_int_equal(why.fault, i < 3 ? MST_LANDSCAPE_TEMPERATURE : MST_LANDSCAPE_NUMBER);
    }
    assert_int_equal(mst_landscape_follow(&on, 32, MST_LANDSCAPE_FIRST, 9, &arena, &course, &why),
                     MUSTER_MISTAKE);
    assert_int_equal(why.fault, MST_LANDSCAPE_CONFIGURATION);
    assert_int_equal(mst_landscape_follow(&on, 0, MST_LANDSCAPE_FIRST, 0, &arena, &course, &why),
                     MUSTER_MISTAKE);
    assert_int_equal(why.fault, MST_LANDSCAPE_NUMBER);
    mst_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_walk__the_pursued_and_the_pursuer_go_round),
        cmocka_unit_test(test_walk__courses_are_those_written_down_move_by_move),
        cmocka_unit_test(test_walk__mutual_propensities_end_in_a_minimum),
        cmocka_unit_test(test_walk__sixty_four_actors_and_too_few_steps),
        cmocka_unit_test(test_walk__noise_has_the_long_run_of_its_chain),
        cmocka_unit_test(test_walk__logit_noise_of_equals_has_boltzmann_shares),
        cmocka_unit_test(test_walk__cold_noise_only_descends),
        cmocka_unit_test(test_walk__bad_questions_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
