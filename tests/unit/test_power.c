#include "test.h"

#include "align/theory/power.h"
#include "num/random.h"

#include <stdbool.h>
#include <stdlib.h>

/* ---- material capabilities ------------------------------------------------------------------------- */

/* National Material Capabilities v7.0, 2022: military spending (thousand dollars), personnel, iron and
 * steel, energy, population, urban population (thousands), and the index as published (Correlates of
 * War; Singer, Bremer & Stuckey 1972). Two states have no spending. */
static const struct {
    const char *state;
    double component[6];
    double published;
} nmc[] = {
    {"AUS", {33197000, 60, 5621, 165406, 26201, 12910}, 0.0060013},
    {"BLR", {761000, 48, 2070, 52308, 9173, 5063}, 0.0014166},
    {"BRN", {433000, 7, 0, 16699, 455, 131}, 0.0002218},
    {"CAN", {24169000, 67, 12098, 395362, 38821, 20330}, 0.0080677},
    {"CHN", {218639000, 2035, 1017959, 7370013, 1433350, 632320}, 0.2340966},
    {"FRA", {54258000, 203, 12119, 192873, 66277, 22767}, 0.0109444},
    {"GBR", {72184000, 150, 5963, 221539, 68179, 39295}, 0.0124676},
    {"IDN", {8982000, 396, 15568, 409719, 278831, 148525}, 0.0208590},
    {"IND", {72768000, 1460, 125377, 2099277, 1425423, 567267}, 0.0993968},
    {"IRN", {7386000, 610, 30593, 547765, 89524, 54301}, 0.0163573},
    {"JPN", {46954000, 247, 89227, 638973, 124998, 85512}, 0.0247138},
    {"KHM", {1003000, 124, 0, 5163, 17202, 3392}, 0.0016292},
    {"KOR", {42287000, 555, 65846, 480323, 51783, 39176}, 0.0199532},
    {"LAO", {NAN, 29, 0, 9888, 7559, 353}, 0.0005688},
    {"MMR", {2083000, 356, 400, 25233, 53757, 20490}, 0.0053132},
    {"MNG", {91000, 10, 25, 13957, 3386, 1608}, 0.0003313},
    {"MYS", {3668000, 113, 7207, 165782, 34695, 19184}, 0.0046007},
    {"NZL", {3299000, 9, 570, 14056, 5132, 2343}, 0.0007077},
    {"PAK", {9768000, 652, 6013, 116209, 243701, 112061}, 0.0176838},
    {"PHL", {7058000, 145, 1600, 52098, 113964, 47491}, 0.0068407},
    {"PRK", {NAN, 1280, 289, 26603, 26329, 15528}, 0.0140943},
    {"RUS", {74742000, 1190, 71746, 1441163, 145580, 69540}, 0.0381970},
    {"SGP", {12346000, 51, 548, 89216, 5650, 5630}, 0.0024691},
    {"THA", {5702000, 361, 5316, 203444, 71735, 25043}, 0.0078932},
    {"TWN", {15825000, 169, 20801, 30283, 23420, 18266}, 0.0060480},
    {"USA", {838814000, 1360, 80535, 3436075, 344775, 119142}, 0.1235657},
    {"VNM", {5805000, 482, 20004, 159922, 99681, 39532}, 0.0111304},
};
#define STATES ((int32_t)(sizeof nmc / sizeof *nmc))

/* The world's totals are in no file at hand: these are the least-squares solution of the published
 * indices of the 25 complete rows. */
static const double world[6] = {2017970729.0878, 20788.94938,  1889075.5483,
                                24348823.4018,   8011181.8694, 3554843.7954};

static void test_cinc__gives_the_published_index(void **state)
{
    (void)state;
    double table[(27 + 1) * 6], index[28];
    int32_t missing[28];
    assert_int_equal(STATES, 27);
    for (int32_t k = 0; k < 6; k++) {
        double rest = world[k];
        for (int32_t i = 0; i < STATES; i++) {
            table[i * 6 + k] = nmc[i].component[k];
            rest -= isnan(nmc[i].component[k]) ? 0 : nmc[i].component[k];
        }
        table[STATES * 6 + k] = rest;
    }
    assert_int_equal(mst_cinc(table, STATES + 1, index, missing, NULL), MUSTER_OK);
    double sum = 0;
    for (int32_t i = 0; i < STATES; i++) {
        /* Published to 1e-7: half a unit; the totals share in it. The two rows with a gap, which the
         * totals do not come from, hold too: their index is the mean of the five that are there (with
         * 0 for the sixth they would be off by 2e-3 and 9e-5). */
        assert_near(index[i], nmc[i].published, 6e-8);
        assert_int_equal(missing[i], isnan(nmc[i].component[0]) ? 1 : 0);
        sum += index[i];
    }
    assert_true(sum < 1);
}

static void test_cinc__by_hand_with_gaps(void **state)
{
    (void)state;
    static const double table[3 * 6] = {1, 2, 3,   4,   NAN, 0,   3,   2,   1,
                                        4, 5, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    double index[3];
    int32_t missing[3];
    assert_int_equal(mst_cinc(table, 3, index, missing, NULL), MUSTER_MISTAKE); /* sixth: sum 0 */
    double good[3 * 6];
    for (int32_t i = 0; i < 18; i++)
        good[i] = table[i];
    good[5] = 7;
    assert_int_equal(mst_cinc(good, 3, index, missing, NULL), MUSTER_OK);
    assert_near(index[0], (.25 + .5 + .75 + .5 + 1) / 5, 1e-15);
    assert_near(index[1], (.75 + .5 + .25 + .5 + 1) / 5, 1e-15);
    assert_true(isnan(index[2]));
    assert_int_equal(missing[0], 1);
    assert_int_equal(missing[1], 1);
    assert_int_equal(missing[2], 6);
    const char *reason = NULL;
    good[0] = -9;
    assert_int_equal(mst_cinc(good, 3, index, missing, &reason), MUSTER_MISTAKE);
    good[0] = INFINITY;
    assert_int_equal(mst_cinc(good, 3, index, missing, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_cinc(good, 0, index, missing, &reason), MUSTER_MISTAKE);
    assert_non_null(reason);
}

/* ---- voting: published figures ----------------------------------------------------------------------- */

/* The Security Council in three writings: 9 of 15 with five vetoes, weights 7 and 1 with quota 39, and
 * every coalition's value. Shapley-Shubik .1963 and .00186; exactly 421/2145 and 4/2145. Swings by
 * hand: a member without veto meets the five and three of nine, C(9,3) = 84; a permanent one all sets
 * of four or more of ten, 1024 - 1 - 10 - 45 - 120 = 848. */
static void test_power__of_the_security_council(void **state)
{
    (void)state;
    int64_t one[15], seven[15];
    double real_one[15], real_seven[15], shapley[15];
    bool veto[15];
    for (int32_t i = 0; i < 15; i++) {
        one[i] = 1;
        seven[i] = i < 5 ? 7 : 1;
        real_one[i] = 1;
        real_seven[i] = i < 5 ? .7 : .1; /* tenths: sums that are not exact */
        veto[i] = i < 5;
    }
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    double *const value = calloc(1u << 15, sizeof *value);
    assert_non_null(value);
    for (uint32_t set = 0; set < 1u << 15; set++) {
        int32_t members = 0;
        for (uint32_t rest = set; rest; rest >>= 1)
            members += (int32_t)(rest & 1u);
        value[set] = (set & 31u) == 31u && members >= 9;
    }
    mst_power of[4][15];
    assert_int_equal(mst_power_whole(one, veto, 15, 9, &arena, of[0], NULL), MUSTER_OK);
    assert_int_equal(mst_power_whole(seven, NULL, 15, 39, &arena, of[1], NULL), MUSTER_OK);
    assert_int_equal(mst_power_real(real_one, veto, 15, 9, &arena, of[2], NULL), MUSTER_OK);
    assert_int_equal(mst_power_real(real_seven, NULL, 15, 3.9, &arena, of[3], NULL), MUSTER_OK);
    assert_int_equal(mst_shapley_value(value, 15, shapley, NULL), MUSTER_OK);
    print_message("Security Council: Shapley-Shubik %.4f (.1963), %.5f (.00186)\n",
                  of[0][0].shapley, of[0][14].shapley);
    for (int32_t i = 0; i < 15; i++) {
        assert_near(of[0][i].shapley, i < 5 ? .1963 : .00186, i < 5 ? 5e-5 : 5e-6 + 1e-9);
        assert_near(shapley[i], i < 5 ? 421. / 2145 : 4. / 2145, 1e-13); /* 2^14 terms */
        for (int32_t k = 0; k < 4; k++) {
            assert_near(of[k][i].shapley, i < 5 ? 421. / 2145 : 4. / 2145, 1e-15);
            assert_near(of[k][i].banzhaf_absolute, (i < 5 ? 848. : 84.) / 16384, 0.0);
            assert_near(of[k][i].banzhaf, (i < 5 ? 848. : 84.) / 5080, 1e-15);
        }
    }
    free(value);
    mst_arena_clear(&arena);
}

/* Council of Ministers of the Six, 1958: 4 4 4 2 2 1, quota 12. Luxembourg's vote was worth nothing:
 * Shapley-Shubik .233 .150 0, Banzhaf .238 .143 0 (Brams & Affuso 1976). */
static void test_power__of_the_six(void **state)
{
    (void)state;
    static const int64_t weight[6] = {4, 4, 4, 2, 2, 1};
    static const double shapley[6] = {.233, .233, .233, .150, .150, 0};
    static const double banzhaf[6] = {.238, .238, .238, .143, .143, 0};
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    mst_power of[6];
    assert_int_equal(mst_power_whole(weight, NULL, 6, 12, &arena, of, NULL), MUSTER_OK);
    for (int32_t i = 0; i < 6; i++) {
        assert_near(of[i].shapley, shapley[i], 5e-4); /* as printed, three decimals */
        assert_near(of[i].banzhaf, banzhaf[i], 5e-4);
    }
    assert_near(of[5].shapley, 0.0, 0.0);
    mst_arena_clear(&arena);
}

/* 62 alike, and a majority: counts near the end of 64 bits. */
static void test_power__of_many_alike(void **state)
{
    (void)state;
    int64_t weight[62];
    for (int32_t i = 0; i < 62; i++)
        weight[i] = 3;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    mst_power of[62];
    assert_int_equal(mst_power_whole(weight, NULL, 62, 3 * 32, &arena, of, NULL), MUSTER_OK);
    /* C(61, 31) / 2^61 */
    const double swing = exp(lgamma(62) - lgamma(32) - lgamma(31) - 61 * log(2));
    for (int32_t i = 0; i < 62; i++) {
        assert_near(of[i].shapley, 1. / 62, 1e-15);
        assert_near(of[i].banzhaf_absolute, swing, 1e-13); /* lgamma's last places */
        assert_near(of[i].banzhaf, 1. / 62, 1e-15);
    }
    mst_arena_clear(&arena);
}

/* ---- voting: second methods ---------------------------------------------------------------------------- */

typedef struct orders {
    const int64_t *weight;
    const bool *veto;
    int32_t n;
    int64_t quota;
    int64_t decisive[7];
    int64_t count;
} orders;

static bool wins(const orders *of, uint32_t set)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < of->n; i++) {
        if (set >> i & 1u)
            sum += of->weight[i];
        else if (of->veto[i])
            return false;
    }
    return sum >= of->quota;
}

static void all_orders(orders *of, uint32_t joined, int32_t pivot)
{
    if (joined == (1u << of->n) - 1) {
        of->decisive[pivot]++;
        of->count++;
        return;
    }
    for (int32_t i = 0; i < of->n; i++) {
        const uint32_t more = joined | 1u << i;
        if (more != joined)
            all_orders(of, more, pivot < 0 && wins(of, more) ? i : pivot);
    }
}

static void test_power__agrees_with_all_orders_and_all_sets(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(54), 0, 6);
    uint64_t draw = 0;
    int32_t vetoes_enough = 0; /* games in which those with a veto bring the quota */
    for (int32_t run = 0; run < 120; run++) {
        const int32_t n = 1 + run % 7;
        int64_t weight[7], total = 0, vetoes_bring = 0;
        double real[7];
        bool veto[7];
        for (int32_t i = 0; i < n; i++) {
            weight[i] = (int64_t)(9 * mst_random_unit(stream, draw++));
            real[i] = .1 * (double)weight[i];
            veto[i] = mst_random_unit(stream, draw++) < (run % 3 ? .25 : 0.);
            total += weight[i];
            vetoes_bring += veto[i] ? weight[i] : 0;
        }
        if (total == 0)
            continue;
        const int64_t quota = 1 + (int64_t)((double)total * mst_random_unit(stream, draw++));
        orders of = {.weight = weight, .veto = veto, .n = n, .quota = quota};
        all_orders(&of, 0, -1);
        mst_arena arena;
        mst_arena_init(&arena, NULL);
        mst_power whole[7], any[7];
        assert_int_equal(mst_power_whole(weight, veto, n, quota, &arena, whole, NULL), MUSTER_OK);
        assert_int_equal(mst_power_real(real, veto, n, .1 * (double)quota, &arena, any, NULL),
                         MUSTER_OK);
        int64_t swings[7] = {0}, all = 0;
        for (uint32_t set = 0; set < 1u << n; set++) {
            for (int32_t i = 0; i < n; i++) {
                const bool is_swing = wins(&of, set) && !wins(&of, set & ~(1u << i));
                swings[i] += is_swing;
                all += is_swing;
            }
        }
        vetoes_enough += vetoes_bring >= quota;
        for (int32_t i = 0; i < n; i++) {
            assert_near(whole[i].shapley, (double)of.decisive[i] / (double)of.count, 1e-14);
            assert_near(any[i].shapley, (double)of.decisive[i] / (double)of.count, 1e-14);
            assert_near(whole[i].banzhaf_absolute, ldexp((double)swings[i], 1 - n), 0.0);
            assert_near(any[i].banzhaf_absolute, ldexp((double)swings[i], 1 - n), 0.0);
            assert_near(whole[i].banzhaf, (double)swings[i] / (double)all, 1e-14);
            assert_near(any[i].banzhaf, (double)swings[i] / (double)all, 1e-14);
        }
        mst_arena_clear(&arena);
    }
    assert_true(vetoes_enough > 5);
}

/* Nineteen players by both methods, some with a veto in the second turn. */
static void test_power__both_methods_agree_on_many(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(65), 0, 7);
    for (int32_t turn = 0; turn < 2; turn++) {
        int64_t weight[19], total = 0;
        double real[19];
        bool veto[19];
        for (int32_t i = 0; i < 19; i++) {
            weight[i] = (int64_t)(1000 * mst_random_unit(stream, (uint64_t)(19 * turn + i)));
            real[i] = (double)weight[i] / 7.0;
            veto[i] = turn == 1 && i % 5 == 2;
            total += weight[i];
        }
        const int64_t quota = total * 3 / 5;
        mst_arena arena;
        mst_arena_init(&arena, NULL);
        mst_power whole[19], any[19];
        assert_int_equal(mst_power_whole(weight, veto, 19, quota, &arena, whole, NULL), MUSTER_OK);
        assert_int_equal(mst_power_real(real, veto, 19, (double)quota / 7.0, &arena, any, NULL),
                         MUSTER_OK);
        double sum = 0;
        for (int32_t i = 0; i < 19; i++) {
            assert_near(whole[i].shapley, any[i].shapley, 1e-15);
            assert_near(whole[i].banzhaf_absolute, any[i].banzhaf_absolute, 0.0);
            sum += whole[i].shapley;
        }
        assert_near(sum, 1, 1e-14);
        mst_arena_clear(&arena);
    }
}

static void test_power__refuses(void **state)
{
    (void)state;
    static const int64_t good[2] = {1, 2}, minus[2] = {1, -2}, none[2] = {0, 0};
    static const int64_t huge[2] = {INT64_MAX, INT64_MAX}, wide[2] = {3000000, 3000000};
    static const double real[2] = {1, 2}, bad[2] = {1, NAN}, below[2] = {1, -2};
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    mst_power of[2] = {{-7, -7, -7}, {-7, -7, -7}};
    const char *reason = NULL;
    assert_int_equal(mst_power_whole(good, NULL, 0, 1, &arena, of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_power_whole(good, NULL, 63, 1, &arena, of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_power_whole(good, NULL, 2, 0, &arena, of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_power_whole(good, NULL, 2, 4, &arena, of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_power_whole(minus, NULL, 2, 1, &arena, of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_power_whole(none, NULL, 2, 1, &arena, of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_power_whole(huge, NULL, 2, 1, &arena, of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_power_whole(wide, NULL, 2, 5000000, &arena, of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_power_real(real, NULL, 26, 1, &arena, of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_power_real(real, NULL, 2, 0, &arena, of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_power_real(real, NULL, 2, 3.1, &arena, of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_power_real(real, NULL, 2, NAN, &arena, of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_power_real(bad, NULL, 2, 1, &arena, of, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_power_real(below, NULL, 2, 1, &arena, of, &reason), MUSTER_MISTAKE);
    assert_non_null(reason);
    assert_near(of[0].shapley, -7, 0.0);
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

static void test_power__short_memory_is_said(void **state)
{
    (void)state;
    static const int64_t weight[2] = {1, 2};
    static const double real[2] = {1, 2};
    const muster_memory memory = {allocate_none, release_none, NULL};
    mst_arena arena;
    mst_arena_init(&arena, &memory);
    mst_power of[2];
    assert_int_equal(mst_power_whole(weight, NULL, 2, 2, &arena, of, NULL), MUSTER_WORLD);
    assert_int_equal(mst_power_real(real, NULL, 2, 2, &arena, of, NULL), MUSTER_WORLD);
    mst_arena_clear(&arena);
}

/* ---- any game ------------------------------------------------------------------------------------------- */

/* Glove game: 0 has a left glove, 1 and 2 right ones; a pair is worth 1: 2/3, 1/6, 1/6. */
static void test_shapley_value__by_hand(void **state)
{
    (void)state;
    double value[8], shapley[3];
    for (uint32_t set = 0; set < 8; set++)
        value[set] = (set & 1u) && (set & 6u);
    assert_int_equal(mst_shapley_value(value, 3, shapley, NULL), MUSTER_OK);
    assert_near(shapley[0], 2. / 3, 1e-15);
    assert_near(shapley[1], 1. / 6, 1e-15);
    assert_near(shapley[2], 1. / 6, 1e-15);
}

/* A partner who costs the others more than he brings to each has a negative value: two who gain 1 by
 * drilling together, and a third who takes .4 from whatever he joins. */
static void test_shapley_value__of_a_burden_is_negative(void **state)
{
    (void)state;
    double value[8], shapley[3];
    for (uint32_t set = 0; set < 8; set++)
        value[set] = ((set & 3u) == 3u ? 1 : 0) - (set & 4u ? .4 : 0);
    assert_int_equal(mst_shapley_value(value, 3, shapley, NULL), MUSTER_OK);
    assert_near(shapley[2], -.4, 1e-15);
    assert_near(shapley[0], .5, 1e-15);
    assert_near(shapley[0] + shapley[1] + shapley[2], value[7], 1e-15);
}

static void join_in_all_orders(const double *value, int32_t n, uint32_t joined, double ways,
                               double *sum)
{
    int32_t left = 0;
    for (int32_t i = 0; i < n; i++)
        left += !(joined >> i & 1u);
    for (int32_t i = 0; i < n; i++) {
        const uint32_t more = joined | 1u << i;
        if (more == joined)
            continue;
        sum[i] += ways / left * (value[more] - value[joined]);
        join_in_all_orders(value, n, more, ways / left, sum);
    }
}

static void test_shapley_value__agrees_with_all_orders(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(53), 0, 8);
    uint64_t draw = 0;
    for (int32_t run = 0; run < 35; run++) {
        const int32_t n = 1 + run % 7;
        double value[128] = {0}, shapley[7], sum[7] = {0}, all = 0;
        for (uint32_t set = 1; set < 1u << n; set++)
            value[set] = mst_random_normal(stream, draw++);
        assert_int_equal(mst_shapley_value(value, n, shapley, NULL), MUSTER_OK);
        join_in_all_orders(value, n, 0, 1, sum);
        for (int32_t i = 0; i < n; i++) {
            assert_near(shapley[i], sum[i], 1e-13); /* 5040 orders added up */
            all += shapley[i];
        }
        assert_near(all, value[(1u << n) - 1], 1e-14);
    }
}

static void test_shapley_value__refuses(void **state)
{
    (void)state;
    double value[4] = {.1, 1, 1, 2}, shapley[2] = {-7, -7};
    const char *reason = NULL;
    assert_int_equal(mst_shapley_value(value, 2, shapley, &reason), MUSTER_MISTAKE);
    value[0] = 0;
    value[3] = NAN;
    assert_int_equal(mst_shapley_value(value, 2, shapley, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_shapley_value(value, 0, shapley, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_shapley_value(value, 17, shapley, &reason), MUSTER_MISTAKE);
    assert_near(shapley[0], -7, 0.0);
    assert_non_null(reason);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cinc__gives_the_published_index),
        cmocka_unit_test(test_cinc__by_hand_with_gaps),
        cmocka_unit_test(test_power__of_the_security_council),
        cmocka_unit_test(test_power__of_the_six),
        cmocka_unit_test(test_power__of_many_alike),
        cmocka_unit_test(test_power__agrees_with_all_orders_and_all_sets),
        cmocka_unit_test(test_power__both_methods_agree_on_many),
        cmocka_unit_test(test_power__refuses),
        cmocka_unit_test(test_power__short_memory_is_said),
        cmocka_unit_test(test_shapley_value__by_hand),
        cmocka_unit_test(test_shapley_value__of_a_burden_is_negative),
        cmocka_unit_test(test_shapley_value__agrees_with_all_orders),
        cmocka_unit_test(test_shapley_value__refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
