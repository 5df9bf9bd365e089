/* Points held against each other, replication by replication. */
#include "test.h"

#include "base/rng.h"
#include "estimate/rank.h"

#include <gsl/gsl_randist.h>

#include <stdlib.h>
#include <string.h>

enum { RUNS_MOST = 64, POINTS_MOST = 8 };

/* Replications 1 .. count. */
static mst_series series_of(const double *value, size_t count)
{
    static int32_t replication[RUNS_MOST];
    for (int32_t i = 0; i < RUNS_MOST; i++)
        replication[i] = i + 1;
    assert_true(count <= RUNS_MOST);
    return (mst_series){.value = value, .replication = replication, .count = count};
}

/* ---- two points ----------------------------------------------------------------------------------- */

/* Law and Kelton's five pairs of an (s, S) inventory: the paired 90 % interval is [1.65, 8.31], wider than
 * that of independent samples, because the correlation is -.57. */
static void test_rank_pairs__law_and_kelton(void **state)
{
    (void)state;
    static const double one[] = {126.97, 124.31, 126.68, 122.66, 127.23};
    static const double other[] = {118.21, 120.22, 122.45, 122.68, 119.40};
    const mst_series a = series_of(one, 5), b = series_of(other, 5);
    const mst_pair pair = mst_pair_of(&a, &b, false);
    const muster_bounds bounds = mst_pair_bounds(&pair, false, 0.9);
    assert_int_equal(pair.count, 5);
    assert_near(pair.mean, 4.978, 1e-12);         /* (8.76 + 4.09 + 4.23 - 0.02 + 7.83) / 5 */
    assert_near(pair.variance / 5.0, 2.44, 5e-3); /* as printed */
    assert_near(bounds.low, 1.65, 5e-3);
    assert_near(bounds.high, 8.31, 5e-3);
    assert_near(pair.correlation, -0.57, 5e-3);
    /* (s1^2 + s2^2) / sD^2 = (s1^2 + s2^2) / (s1^2 + s2^2 - 2 r s1 s2), by hand from 4.00085, 3.76127 */
    assert_near(pair.fewer, 7.76212 / (7.76212 + 2.0 * 0.5708957 * sqrt(4.00085 * 3.76127)), 1e-5);
    /* Student's t with 4 degrees of freedom in closed form: 1 - sin a (1 + cos^2 a / 2), tan a = t / 2 */
    const double a4 = atan(0.5 * pair.mean / sqrt(pair.variance / 5.0));
    assert_near(pair.p, 1.0 - sin(a4) * (1.0 + 0.5 * cos(a4) * cos(a4)), 1e-14);
}

static void test_rank_pairs__only_replications_that_both_have(void **state)
{
    (void)state;
    static const int32_t at_a[] = {1, 2, 4, 5, 7, 9}, at_b[] = {2, 3, 4, 5, 6, 7, 11};
    static const double a[] = {100, 3, NAN, 5, 9, 100}, b[] = {2, 100, 7, 1, 100, 3, 100};
    const mst_series one = {.value = a, .replication = at_a, .count = 6},
                     other = {.value = b, .replication = at_b, .count = 7};
    const mst_pair pair = mst_pair_of(&one, &other, false);
    assert_int_equal(pair.count, 3); /* 2, 5, 7: differences 1, 4, 6 */
    assert_near(pair.mean, 11.0 / 3.0, 1e-15);
    assert_near(pair.variance, 19.0 / 3.0, 1e-14);
    const mst_pair back = mst_pair_of(&other, &one, false);
    assert_near(back.mean, -pair.mean, 0.0);
    assert_near(back.p, pair.p, 0.0);
    const mst_series none = {.value = a, .replication = at_a, .count = 0};
    const mst_pair empty = mst_pair_of(&one, &none, false);
    assert_int_equal(empty.count, 0);
    assert_true(isnan(empty.mean) && isnan(empty.variance) && isnan(empty.p));
    assert_false(mst_pair_bounds(&empty, false, 0.95).is_estimable);
}

static void test_rank_pairs__yes_or_no(void **state)
{
    (void)state;
    static const double a[] = {1, 1, 1, 1, 1, 1, 0, 1, 0, 1}, b[] = {0, 0, 0, 0, 0, 0, 1, 1, 0, 1};
    const mst_series one = series_of(a, 10), other = series_of(b, 10);
    const mst_pair pair = mst_pair_of(&one, &other, true);
    assert_int_equal(pair.only_one, 6);
    assert_int_equal(pair.only_other, 1);
    assert_near(pair.mean, 0.5, 1e-15);
    assert_near(pair.p, 2.0 * 8.0 / 128.0,
                1e-15); /* of 7 unlike pairs at most 1 one way: (1 + 7) / 2^7 */
    const mst_series two_a = series_of(a, 2), two_b = series_of(b + 5, 2);
    const mst_pair few = mst_pair_of(&two_a, &two_b, true); /* differences 1, 0 */
    const muster_bounds bounds = mst_pair_bounds(&few, true, 0.95);
    assert_near(bounds.low, -1.0, 0.0);
    assert_near(bounds.high, 1.0, 0.0);
}

static void test_rank_pairs__differences_without_spread(void **state)
{
    (void)state;
    static const double a[] = {0.1, 0.7, 0.2, 0.9, 0.4, 0.3}, c[] = {5, 5, 5, 5, 5, 5};
    double b[6], nearly[6];
    for (int i = 0; i < 6; i++) {
        b[i] = a[i] - 0.25;
        nearly[i] = a[i] * (1.0 + (i % 2 ? 3e-16 : 0.0)); /* the next double */
    }
    const mst_series one = series_of(a, 6), other = series_of(b, 6), flat = series_of(c, 6),
                     same = series_of(nearly, 6);
    const mst_pair shifted = mst_pair_of(&one, &other, false);
    assert_near(shifted.variance, 0.0, 0.0);
    assert_near(shifted.p, 1.0 / 32.0, 0.0); /* sign test, 2^(1 - 6) */
    assert_true(isinf(shifted.fewer));
    assert_near(shifted.correlation, 1.0, 1e-12);
    const mst_pair equal = mst_pair_of(&one, &same, false);
    assert_near(equal.mean, 0.0, 0.0);
    assert_near(equal.p, 1.0, 0.0);
    const mst_pair level = mst_pair_of(&flat, &flat, false);
    assert_near(level.p, 1.0, 0.0);
    assert_true(isnan(level.correlation) && isnan(level.fewer));
    const mst_pair half = mst_pair_of(&one, &flat, false); /* nothing in common */
    assert_true(isnan(half.correlation));
    assert_near(half.fewer, 1.0, 1e-12);
}

/* ---- a family ------------------------------------------------------------------------------------- */

/* 20 runs of yes or no: the first is always yes, the others say no in their first 6, 5 and 10. P of
 * McNemar by hand: pairs 0-1 1/32, 0-2 1/16, 0-3 1/512, 1-2 1, 1-3 1/8, 2-3 1/16. */
static const int32_t noes[] = {0, 6, 5, 10};

static void fill_noes(double value[4][20], mst_series series[4])
{
    for (int p = 0; p < 4; p++) {
        for (int32_t i = 0; i < 20; i++)
            value[p][i] = i >= noes[p];
        series[p] = series_of(value[p], 20);
    }
}

static void test_rank_pairs__all_against_one_named_beforehand(void **state)
{
    (void)state;
    double value[4][20];
    mst_series series[4];
    mst_rank r;
    fill_noes(value, series);
    const mst_rank_ask ask = {.series = series,
                              .points = 4,
                              .is_yes_no = true,
                              .more = true,
                              .level = 0.95,
                              .best = -1,
                              .other = 0};
    assert_true(mst_rank_make(&ask, &r));
    assert_int_equal(r.best, 0);
    assert_int_equal(r.family, 3);
    assert_true(isnan(r.p[0]));
    assert_near(r.p[3], 3.0 / 512.0, 1e-15);
    assert_near(r.p[1], 3.0 / 32.0, 1e-15);
    assert_near(r.p[2], 3.0 / 16.0, 1e-15);
    for (int p = 1; p < 4; p++) {
        assert_near(r.pair[p].mean, -noes[p] / 20.0, 1e-15);
        const muster_bounds alone = mst_pair_bounds(&r.pair[p], true, 0.95),
                            together = mst_pair_bounds(&r.pair[p], true, 1.0 - 0.05 / 3.0);
        assert_near(r.together[p].low, together.low, 0.0);
        assert_true(together.low < alone.low);
    }
    mst_rank_free(&r);
}

static void test_rank_pairs__all_against_the_best_of_the_others(void **state)
{
    (void)state;
    double value[4][20];
    mst_series series[4];
    mst_rank r;
    fill_noes(value, series);
    mst_rank_ask ask = {.series = series,
                        .points = 4,
                        .is_yes_no = true,
                        .more = true,
                        .level = 0.9,
                        .best = -1,
                        .other = -1};
    assert_true(mst_rank_make(&ask, &r));
    assert_int_equal(r.other, 0);
    assert_int_equal(r.family, 3);
    /* three times: 1 with 3/32 is ruled out, 2 with 3/16 is not */
    const double by_hand[] = {1.0, 3.0 / 32.0, 3.0 / 16.0, 3.0 / 512.0};
    const bool may_be[] = {true, false, true, false};
    for (int p = 0; p < 4; p++) {
        assert_near(r.p[p], by_hand[p], 1e-15);
        assert_int_equal(r.may_be_best[p], may_be[p]);
    }
    /* 0 or 2 is the best: ends are of both, and not beyond 0 where there is a better one */
    const double level = 1.0 - 0.1 / 3.0;
    const mst_pair to_0 = mst_pair_of(&series[3], &series[0], true),
                   to_2 = mst_pair_of(&series[3], &series[2], true);
    const muster_bounds by_0 = mst_pair_bounds(&to_0, true, level),
                        by_2 = mst_pair_bounds(&to_2, true, level);
    assert_near(r.apart[3], -0.5, 1e-15);
    assert_near(r.together[3].low, by_0.low, 0.0);
    assert_near(r.together[3].high, fmin(0.0, by_2.high), 0.0);
    assert_near(r.apart[0], 0.25, 1e-15);
    assert_near(r.lead, 0.25, 1e-15);
    assert_true(r.lead_lies.low <= 0.0 && r.lead_lies.high > 0.25);
    mst_rank_free(&r);
    ask.more = false; /* least is best: 3, which 2 (1/32) and 1 (1/16) cannot be told apart from */
    assert_true(mst_rank_make(&ask, &r));
    const bool may_be_least[] = {false, true, true, true};
    assert_int_equal(r.best, 3);
    for (int p = 0; p < 4; p++)
        assert_int_equal(r.may_be_best[p], may_be_least[p]);
    mst_rank_free(&r);
}

static void test_rank_pairs__points_without_values(void **state)
{
    (void)state;
    static const double a[] = {NAN, NAN, NAN}, b[] = {1, 2, 4}, c[] = {2, 4, 3};
    mst_series series[3] = {series_of(a, 3), series_of(b, 3), series_of(c, 3)};
    mst_rank_ask ask = {
        .series = series, .points = 3, .more = true, .level = 0.95, .best = -1, .other = -1};
    mst_rank r;
    assert_true(mst_rank_make(&ask, &r));
    assert_int_equal(r.best, 2);
    assert_int_equal(r.family, 1);
    assert_false(r.may_be_best[0]);
    assert_true(r.may_be_best[1] && r.may_be_best[2]);
    assert_false(r.together[0].is_estimable);
    mst_rank_free(&r);
    ask.points = 1;
    assert_true(mst_rank_make(&ask, &r));
    assert_int_equal(r.best, -1);
    mst_rank_free(&r);
}

/* ---- by simulation -------------------------------------------------------------------------------- */

typedef struct trial {
    double value[POINTS_MOST][RUNS_MOST];
    mst_series series[POINTS_MOST];
} trial;

/* Normal values with one part in common; variances unlike. */
static void draw(gsl_rng *rng, double common, const double *mean, int32_t points, int32_t runs,
                 trial *t)
{
    for (int32_t r = 0; r < runs; r++) {
        const double luck = gsl_ran_gaussian_ziggurat(rng, common);
        for (int32_t p = 0; p < points; p++)
            t->value[p][r] = mean[p] + luck + gsl_ran_gaussian_ziggurat(rng, 1.0 + 0.5 * p);
    }
    for (int32_t p = 0; p < points; p++)
        t->series[p] = series_of(t->value[p], (size_t)runs);
}

/* The level is a least one. 2,000 trials: .95 less three standard errors of .0049 is .935; with means all
 * alike the picked best is the hardest case. Intervals of each by itself must fail there. */
static void test_rank_pairs__statements_hold_together(void **state)
{
    (void)state;
    enum { TRIALS = 2000, POINTS = 6, RUNS = 12 };
    static const double mean[POINTS] = {0.0};
    static trial t;
    int32_t alone = 0, kept = 0;
    gsl_rng *rng = mst_rng_open(20010723, "test");
    assert_non_null(rng);
    for (int32_t i = 0; i < TRIALS; i++) {
        mst_rank r;
        bool each = true;
        draw(rng, 1.7, mean, POINTS, RUNS, &t);
        const mst_rank_ask ask = {.series = t.series,
                                  .points = POINTS,
                                  .more = true,
                                  .level = 0.95,
                                  .best = -1,
                                  .other = -1};
        assert_true(mst_rank_make(&ask, &r));
        for (int32_t p = 0; p < POINTS; p++) {
            if (p == r.other)
                continue;
            const muster_bounds b = mst_pair_bounds(&r.pair[p], false, 0.95);
            each = each && b.low <= 0.0 && b.high >= 0.0;
        }
        alone += each;
        kept += r.may_be_best[0]; /* all are best */
        mst_rank_free(&r);
    }
    gsl_rng_free(rng);
    print_message("alone %.3f, kept %.3f\n", alone / (double)TRIALS, kept / (double)TRIALS);
    assert_true(kept >= 0.935 * TRIALS);
    assert_true(alone < 0.85 * TRIALS);
}

/* Differences from the best of the others, all intervals at once, against the true ones (3 is the best, 0 the
 * next); and the true best is ruled out as seldom as was said. */
static void test_rank_pairs__intervals_and_verdicts_hold(void **state)
{
    enum { TRIALS = 2000, POINTS = 6, RUNS = 25 };
    static const double mean[POINTS] = {1.0, 0.8, 0.0, 1.1, 0.5, -2.0};
    static trial t;
    int32_t held = 0, out = 0, best_kept = 0;
    gsl_rng *rng = mst_rng_open(19840301, "test");
    assert_non_null(rng);
    (void)state;
    for (int32_t i = 0; i < TRIALS; i++) {
        const bool more = i % 2 == 0;
        double shown[POINTS];
        mst_rank r;
        for (int32_t p = 0; p < POINTS; p++)
            shown[p] = more ? mean[p] : -mean[p];
        draw(rng, 1.7, shown, POINTS, RUNS, &t);
        const mst_rank_ask ask = {.series = t.series,
                                  .points = POINTS,
                                  .more = more,
                                  .level = 0.95,
                                  .best = -1,
                                  .other = -1};
        assert_true(mst_rank_make(&ask, &r));
        bool all = true;
        for (int32_t p = 0; p < POINTS; p++) {
            const double truth = shown[p] - shown[p == 3 ? 0 : 3];
            all = all && r.together[p].low <= truth && r.together[p].high >= truth;
            assert_int_equal(r.p[p] > 0.05, r.may_be_best[p]);
            out += !r.may_be_best[p];
        }
        held += all;
        best_kept += r.may_be_best[3];
        mst_rank_free(&r);
    }
    gsl_rng_free(rng);
    print_message("held %.3f, best kept %.3f, ruled out %.2f of 6\n", held / (double)TRIALS,
                  best_kept / (double)TRIALS, out / (double)TRIALS);
    assert_true(held >= 0.935 * TRIALS && best_kept >= 0.935 * TRIALS);
    assert_true(out > 0.5 * TRIALS); /* intervals that are endless would hold too */
}

/* A best that leads by several standard errors rules the others out. */
static void test_rank_pairs__a_clear_best_stands_alone(void **state)
{
    (void)state;
    enum { TRIALS = 200, POINTS = 4, RUNS = 30 };
    static const double mean[POINTS] = {0.0, 1.0, 5.0, 2.0};
    static trial t;
    int32_t alone = 0;
    gsl_rng *rng = mst_rng_open(5, "test");
    assert_non_null(rng);
    for (int32_t i = 0; i < TRIALS; i++) {
        mst_rank r;
        draw(rng, 10.0, mean, POINTS, RUNS, &t);
        const mst_rank_ask ask = {.series = t.series,
                                  .points = POINTS,
                                  .more = true,
                                  .level = 0.95,
                                  .best = -1,
                                  .other = -1};
        assert_true(mst_rank_make(&ask, &r));
        assert_int_equal(r.best, 2);
        alone += r.may_be_best[2] && !r.may_be_best[0] && !r.may_be_best[1] && !r.may_be_best[3];
        assert_true(r.pair[0].correlation > 0.8 && r.pair[0].fewer > 5.0);
        mst_rank_free(&r);
    }
    gsl_rng_free(rng);
    assert_true(alone >= 0.95 * TRIALS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rank_pairs__law_and_kelton),
        cmocka_unit_test(test_rank_pairs__only_replications_that_both_have),
        cmocka_unit_test(test_rank_pairs__yes_or_no),
        cmocka_unit_test(test_rank_pairs__differences_without_spread),
        cmocka_unit_test(test_rank_pairs__all_against_one_named_beforehand),
        cmocka_unit_test(test_rank_pairs__all_against_the_best_of_the_others),
        cmocka_unit_test(test_rank_pairs__points_without_values),
        cmocka_unit_test(test_rank_pairs__statements_hold_together),
        cmocka_unit_test(test_rank_pairs__intervals_and_verdicts_hold),
        cmocka_unit_test(test_rank_pairs__a_clear_best_stands_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
