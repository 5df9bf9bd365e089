/* Main effects, and the bars of a tornado chart. */
#include "test.h"

#include "estimate/effects.h"
#include "points_make.h"

#include <gsl/gsl_cdf.h>

static mst_main_effect effect_of(const mst_points *points, int input, mst_spread spread)
{
    mst_main_effect out;
    const char *reason = NULL;
    assert_int_equal(mst_effect_of(points, input, spread, 0.95, &out, &reason), MUSTER_OK);
    assert_null(reason);
    return out;
}

/* ---- means by level -------------------------------------------------------------------------- */

/* Levels 0: 1, 2, 3; 1: 10, 14; 2: nobody; 3: 5 alone. t at .975: 4.3026527 (2), 12.706205 (1). */
static void test_effects__means_by_level(void **state)
{
    (void)state;
    const mst_input input = {.kind = MST_INPUT_CHOICE, .levels = 4};
    static const double x[] = {0, 1, 0, 3, 1, 0, 2}, y[] = {1, 10, 3, 5, 14, 2, NAN};
    const mst_points points = {.rows = 7, .inputs = 1, .input = &input, .x = x, .y = y};
    const mst_main_effect e = effect_of(&points, 0, MST_SPREAD_POINTS);
    assert_int_equal(e.bins, 4);
    assert_false(e.is_binned);
    assert_int_equal(e.bin[0].points, 3);
    assert_near(e.bin[0].mean, 2.0, 1e-15);
    assert_near(e.bin[0].error, 1.0 / sqrt(3.0), 1e-15);
    assert_near(e.bin[0].high, 2.0 + 4.3026527 / sqrt(3.0), 1e-7);
    assert_near(e.bin[1].mean, 12.0, 0.0);
    assert_near(e.bin[1].low, 12.0 - 12.706205 * 2.0, 1e-5);
    assert_int_equal(e.bin[2].points, 0);
    assert_true(isnan(e.bin[2].mean) && isnan(e.bin[2].low));
    assert_int_equal(e.bin[3].points, 1);
    assert_near(e.bin[3].mean, 5.0, 0.0);
    assert_true(isnan(e.bin[3].error) && isnan(e.bin[3].high));
    assert_int_equal(e.lowest, 0);
    assert_int_equal(e.highest, 1);
    assert_near(e.swing, 10.0, 1e-15);
    assert_true(isnan(e.rank_correlation)); /* levels have no order */
    /* two bins with an error: Welch's t, 10 / sqrt(1/3 + 4), squared */
    assert_near(e.f, 100.0 / (1.0 / 3.0 + 4.0), 1e-12);
    assert_near(e.df_error, (1.0 / 3.0 + 4.0) * (1.0 / 3.0 + 4.0) / (1.0 / 18.0 + 16.0), 1e-12);
    assert_near(e.p, 2.0 * gsl_cdf_tdist_Q(sqrt(e.f), e.df_error), 1e-12);
}

/* Three levels, means 0, 3 and 6, of five points each with deviations -3, -1, 0, 1, 3: the mean's
 * variance 1, 4 degrees of freedom. Welch: weights alike, sum of (1 - 1/3)^2 / 4 is 1/3, so F is 9
 * / (1 + 2/8/3) and its lower degrees of freedom are 8 / (3/3). */
static void test_effects__welch_by_hand(void **state)
{
    (void)state;
    const mst_input input = {0};
    static const double apart[] = {-3, -1, 0, 1, 3};
    double x[15], y[15];
    for (int i = 0; i < 15; i++) {
        x[i] = i % 3;
        y[i] = 3.0 * x[i] + apart[i / 3];
    }
    const mst_points points = {.rows = 15, .inputs = 1, .input = &input, .x = x, .y = y};
    const mst_main_effect e = effect_of(&points, 0, MST_SPREAD_POINTS);
    assert_near(e.f, 9.0 / (1.0 + 1.0 / 12.0), 1e-13);
    assert_near(e.df, 2.0, 0.0);
    assert_near(e.df_error, 8.0, 1e-13);
    assert_near(e.p, pow(1.0 + 2.0 * e.f / 8.0, -4.0), 1e-13); /* closed for 2 degrees above */
}

/* Two points, variances of their means 4/4 and 9/9: error sqrt(2)/2, degrees of freedom
 * 4 / (1/3 + 1/8) by Satterthwaite. */
static void test_effects__replications_are_all_the_chance_there_is(void **state)
{
    (void)state;
    const mst_input input = {.kind = MST_INPUT_CHOICE, .levels = 2};
    static const double x[] = {0, 0, 1, 1}, y[] = {10, 30, 4, 4}, s2[] = {4, 9, NAN, 1};
    static const int32_t n[] = {4, 9, 5, 5};
    const mst_points points = {4, 1, &input, x, y, n, s2};
    const mst_main_effect e = effect_of(&points, 0, MST_SPREAD_RUNS);
    assert_near(e.bin[0].mean, 20.0, 0.0);
    assert_near(e.bin[0].error, sqrt(0.5), 1e-15);
    assert_near(e.bin[0].df, 4.0 / (1.0 / 3.0 + 1.0 / 8.0), 1e-13);
    const double half = gsl_cdf_tdist_Pinv(0.975, e.bin[0].df) * sqrt(0.5);
    assert_near(e.bin[0].low, 20.0 - half, 1e-12);
    assert_true(isnan(e.bin[1].error)); /* one variance is not known */
    assert_near(e.swing, 16.0, 0.0);
}

/* A number of few values has a bin each; of many, as many bins as the root of the points, of equal
 * number but for equal values. */
static void test_effects__bins_of_numbers(void **state)
{
    (void)state;
    const mst_input input = {0};
    double x[500], y[500];
    mst_points points = {.rows = 30, .inputs = 1, .input = &input, .x = x, .y = y};
    for (int i = 0; i < 500; i++) {
        x[i] = (i * 37) % 500;
        y[i] = 2.0 * x[i];
    }
    for (int i = 0; i < 30; i++)
        x[i] = (i * 7) % 10 - 5;
    mst_main_effect e = effect_of(&points, 0, MST_SPREAD_POINTS);
    assert_false(e.is_binned);
    assert_int_equal(e.bins, 10);
    for (int b = 0; b < 10; b++) {
        assert_int_equal(e.bin[b].points, 3);
        assert_near(e.bin[b].from, b - 5.0, 0.0);
        assert_near(e.bin[b].to, b - 5.0, 0.0);
    }
    for (int i = 0; i < 30; i++) {
        x[i] = (i * 7) % 30;
        y[i] = x[i] * x[i];
    }
    e = effect_of(&points, 0, MST_SPREAD_POINTS);
    assert_true(e.is_binned);
    assert_int_equal(e.bins, 5); /* root of 30: 5.5 */
    assert_near(e.bin[1].from, 6.0, 0.0);
    assert_near(e.bin[1].to, 11.0, 0.0);
    assert_near(e.bin[1].mean, (36 + 49 + 64 + 81 + 100 + 121) / 6.0, 1e-13);
    points.rows = 500;
    for (int i = 0; i < 500; i++)
        x[i] = (i * 37) % 500;
    e = effect_of(&points, 0, MST_SPREAD_POINTS);
    assert_int_equal(e.bins, 10);
    /* 400 of 500 at one value: they stay together, and the others are still parted */
    for (int i = 0; i < 500; i++)
        x[i] = x[i] < 400.0 ? 0.0 : x[i];
    e = effect_of(&points, 0, MST_SPREAD_POINTS);
    assert_int_equal(e.bin[0].points, 400);
    assert_near(e.bin[0].to, 0.0, 0.0);
    int all = 0;
    for (int b = 0; b < e.bins; b++) {
        all += e.bin[b].points;
        assert_true(b == 0 || (e.bin[b].points >= 11 && e.bin[b].from > e.bin[b - 1].to));
    }
    assert_int_equal(all, 500);
    assert_int_equal(e.bins, 10);
}

/* The worked case of intelligence against hours of television: ranks give -29/165; P .6272 with 8
 * degrees of freedom. Ties by their mean rank: here 1, 2.5, 2.5, 4 against 1, 3, 2, 4. */
static void test_effects__rank_correlation(void **state)
{
    (void)state;
    const mst_input input = {0};
    static const double iq[] = {106, 100, 86, 101, 99, 103, 97, 113, 112, 110},
                        hours[] = {7, 27, 2, 50, 28, 29, 20, 12, 6, 17};
    const mst_points points = {.rows = 10, .inputs = 1, .input = &input, .x = iq, .y = hours};
    mst_main_effect e = effect_of(&points, 0, MST_SPREAD_POINTS);
    assert_near(e.rank_correlation, -29.0 / 165.0, 1e-15);
    assert_near(e.rank_p, 0.6272, 5e-5);
    static const double tied[] = {1, 2, 2, 5}, of[] = {-1, 8, 7, 90};
    const mst_points four = {.rows = 4, .inputs = 1, .input = &input, .x = tied, .y = of};
    e = effect_of(&four, 0, MST_SPREAD_POINTS);
    /* deviations -1.5 0 0 1.5 and -1.5 .5 -.5 1.5: 4.5 / sqrt(4.5 * 5) */
    assert_near(e.rank_correlation, 4.5 / sqrt(22.5), 1e-15);
    const mst_points rising = {.rows = 4, .inputs = 1, .input = &input, .x = of, .y = of};
    e = effect_of(&rising, 0, MST_SPREAD_POINTS);
    assert_near(e.rank_correlation, 1.0, 1e-15);
    assert_near(e.rank_p, 0.0, 0.0);
    static const double alike[] = {3, 3, 3, 3};
    const mst_points flat = {.rows = 4, .inputs = 1, .input = &input, .x = of, .y = alike};
    e = effect_of(&flat, 0, MST_SPREAD_POINTS);
    assert_true(isnan(e.rank_correlation) && isnan(e.rank_p));
    assert_near(e.swing, 0.0, 0.0);
}

/* Points drawn anew: the mean at a level is over all other inputs too. Deviations differ by level.
 * */
static void test_effects__intervals_cover_over_points(void **state)
{
    (void)state;
    enum { N = 40, TRIALS = 4000 };
    const mst_input input[] = {{.kind = MST_INPUT_CHOICE, .levels = 3},
                               {MST_INPUT_REAL, 0.0, 1.0, 0}};
    double x[2 * N], y[N];
    const mst_points points = {.rows = N, .inputs = 2, .input = input, .x = x, .y = y};
    gsl_rng *rng = mst_rng_open(31, "effects");
    int hits = 0, trials = 0, refused = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        draw_inputs(rng, input, 2, N, x);
        for (int i = 0; i < N; i++)
            y[i] = 5.0 + 2.0 * x[2 * i + 1] + gsl_ran_gaussian(rng, 1.0 + x[2 * i]);
        const mst_main_effect e = effect_of(&points, 0, MST_SPREAD_POINTS);
        for (int l = 0; l < 3; l++) {
            trials += !isnan(e.bin[l].low);
            hits += e.bin[l].low <= 6.0 && 6.0 <= e.bin[l].high;
        }
        refused += e.p < 0.05;
    }
    gsl_rng_free(rng);
    /* normal but for a uniform part of a tenth of the variance or less */
    assert_near((double)hits / trials, 0.95, 0.006);
    /* Welch's test with these unlike deviations: near .05 (an approximation) */
    assert_near((double)refused / TRIALS, 0.05, 0.015);
}

/* The points stay, replications are drawn anew: means of 2 by 3 points, with what differs between
 * them no part of the interval. */
static void test_effects__intervals_cover_over_runs(void **state)
{
    (void)state;
    enum { N = 6, TRIALS = 4000 };
    const mst_input input[] = {{.kind = MST_INPUT_CHOICE, .levels = 2},
                               {.kind = MST_INPUT_CHOICE, .levels = 3}};
    double x[2 * N], y[N], s2[N];
    int32_t n[N];
    for (int i = 0; i < N; i++) {
        x[2 * i] = i / 3;
        x[2 * i + 1] = i % 3;
        n[i] = 5 + 3 * (i % 3);
    }
    const mst_points points = {N, 2, input, x, y, n, s2};
    gsl_rng *rng = mst_rng_open(32, "runs");
    int hits = 0, refused = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        for (int i = 0; i < N; i++)
            draw_replications(rng, 100.0 * (i % 3), 1.0 + i % 3, n[i], &y[i], &s2[i]);
        const mst_main_effect e = effect_of(&points, 0, MST_SPREAD_RUNS);
        hits += e.bin[0].low <= 100.0 && 100.0 <= e.bin[0].high;
        hits += e.bin[1].low <= 100.0 && 100.0 <= e.bin[1].high;
        refused += e.p < 0.05;
    }
    gsl_rng_free(rng);
    assert_rate(hits, 2 * TRIALS, 0.95);
    assert_rate(refused, TRIALS, 0.05);
}

static void test_effects__refuses_what_is_not_sound(void **state)
{
    (void)state;
    const mst_input input = {0};
    static const double x[] = {1, 2}, y[] = {1, 2};
    const mst_points points = {.rows = 2, .inputs = 1, .input = &input, .x = x, .y = y};
    mst_main_effect out;
    const char *reason = NULL;
    assert_int_equal(mst_effect_of(&points, 1, MST_SPREAD_POINTS, 0.95, &out, &reason),
                     MUSTER_MISTAKE);
    assert_string_equal(reason, "there is no such input");
    assert_int_equal(mst_effect_of(&points, 0, MST_SPREAD_POINTS, 0.0, &out, &reason),
                     MUSTER_MISTAKE);
    assert_string_equal(reason, "the level is not between 0 and 1");
}

/* ---- one at a time --------------------------------------------------------------------------- */

/* Law and Kelton's five pairs of replications of two inventory policies: 90 % paired [1.65, 8.31].
 * */
static void test_effects__pairs_of_law_and_kelton(void **state)
{
    (void)state;
    static const double one[] = {126.97, 124.31, 126.68, 122.66, 127.23},
                        two[] = {118.21, 120.22, 122.45, 122.68, 119.40};
    const mst_paired apart = mst_paired_difference(two, one, 5, 0.9);
    assert_int_equal(apart.pairs, 5);
    assert_near(apart.mean, 4.978, 1e-12);
    assert_near(apart.low, 1.65, 0.005);
    assert_near(apart.high, 8.31, 0.005);
    assert_near(apart.p, 2.0 * gsl_cdf_tdist_Q(apart.mean / apart.error, 4.0), 1e-12);
}

static void test_effects__pairs_that_are_not_there_or_all_alike(void **state)
{
    (void)state;
    static const double a[] = {1, NAN, 3, 4}, b[] = {2, 5, NAN, 5}, c[] = {NAN, 1, 2, NAN};
    const mst_paired alike = mst_paired_difference(a, b, 4, 0.95);
    assert_int_equal(alike.pairs, 2);
    assert_near(alike.mean, 1.0, 0.0);
    assert_near(alike.low, 1.0, 0.0);
    assert_near(alike.high, 1.0, 0.0);
    assert_near(alike.p, 0.5, 0.0);
    const mst_paired none = mst_paired_difference(a, a, 4, 0.95);
    assert_near(none.p, 1.0, 0.0);
    const mst_paired single = mst_paired_difference(a, c, 4, 0.95);
    assert_int_equal(single.pairs, 1);
    assert_near(single.mean, -1.0, 0.0);
    assert_true(isnan(single.low) && isnan(single.p));
    const mst_paired nobody = mst_paired_difference(a, c, 2, 0.95);
    assert_int_equal(nobody.pairs, 0);
    assert_true(isnan(nobody.mean));
}

static void test_effects__tornado_by_hand(void **state)
{
    (void)state;
    enum { NAN_INPUT = 1 };
    static const double base[] = {10, 12, 11};
    static const double low[] = {9,   11,  11,  /* 0: -1 -1 0                         */
                                 NAN, NAN, NAN, /* 1: failed                          */
                                 15,  16,  17,  /* 2: +5 +4 +6: both ends on one side */
                                 6,   9,   7};  /* 3: -4 -3 -4                        */
    static const double high[] = {10, 12, 12,   /* 0: 0 0 1        */
                                  9,  9,  9,    /* 1               */
                                  13, 15, 14,   /* 2: +3 +3 +3     */
                                  8,  10, 9};   /* 3: -2 -2 -2     */
    mst_tornado_bar bar[4];
    mst_tornado(4, 3, base, low, high, 0.95, bar);
    static const int order[] = {2, 3, 0, NAN_INPUT};
    static const double span[] = {5.0, 11.0 / 3.0, 1.0};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(bar[i].input, order[i]);
        if (i < 3)
            assert_near(bar[i].span, span[i], 1e-14);
    }
    assert_true(isnan(bar[3].span) && bar[3].low.pairs == 0 && bar[3].high.pairs == 3);
    assert_near(bar[0].low.mean, 5.0, 1e-15);
    assert_near(bar[0].high.mean, 3.0, 0.0);
    assert_near(bar[0].swing.mean, -2.0, 1e-15); /* smaller than the span */
    assert_near(bar[2].low.mean, -2.0 / 3.0, 1e-15);
    assert_near(bar[2].swing.mean, 1.0, 1e-15);
    assert_near(bar[2].swing.low, 1.0, 1e-15); /* 1 1 1: common random numbers leave nothing */
}

/* The interval of a difference of pairs that share their chance, as often as it says. */
static void test_effects__tornado_intervals_cover(void **state)
{
    (void)state;
    enum { REPS = 8, TRIALS = 4000 };
    gsl_rng *rng = mst_rng_open(33, "tornado");
    int hits = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        double base[REPS], low[REPS], high[REPS];
        for (int r = 0; r < REPS; r++) {
            const double shared = gsl_ran_gaussian(rng, 10.0);
            base[r] = shared + gsl_ran_gaussian(rng, 1.0);
            low[r] = shared - 2.0 + gsl_ran_gaussian(rng, 1.0);
            high[r] = shared + 3.0 + gsl_ran_gaussian(rng, 2.0);
        }
        mst_tornado_bar bar;
        mst_tornado(1, REPS, base, low, high, 0.9, &bar);
        hits += bar.low.low <= -2.0 && -2.0 <= bar.low.high;
        hits += bar.swing.low <= 5.0 && 5.0 <= bar.swing.high;
        assert_true(bar.low.high - bar.low.low < 8.0); /* what is shared has gone */
    }
    gsl_rng_free(rng);
    assert_near(hits / (2.0 * TRIALS), 0.9, 0.014);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_effects__means_by_level),
        cmocka_unit_test(test_effects__welch_by_hand),
        cmocka_unit_test(test_effects__replications_are_all_the_chance_there_is),
        cmocka_unit_test(test_effects__bins_of_numbers),
        cmocka_unit_test(test_effects__rank_correlation),
        cmocka_unit_test(test_effects__intervals_cover_over_points),
        cmocka_unit_test(test_effects__intervals_cover_over_runs),
        cmocka_unit_test(test_effects__refuses_what_is_not_sound),
        cmocka_unit_test(test_effects__pairs_of_law_and_kelton),
        cmocka_unit_test(test_effects__pairs_that_are_not_there_or_all_alike),
        cmocka_unit_test(test_effects__tornado_by_hand),
        cmocka_unit_test(test_effects__tornado_intervals_cover),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
