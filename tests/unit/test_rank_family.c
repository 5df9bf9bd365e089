/* Interval, P and verdict of a row of a ranking are of one family: they never say different things, and hold
 * together. */
#include "test.h"

#include "base/rng.h"
#include "estimate/rank.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include <math.h>
#include <time.h>

enum { POINTS = 6, RUNS_MOST = 64, TRIALS = 2000, ROWS_TRIALS = 500 };

typedef struct trial {
    double value[POINTS][RUNS_MOST];
    mst_series series[POINTS];
} trial;

/* What a kind of figure comes to in a run: common luck, and luck of the point. */
typedef double figure_of(double mean, double common, double own);

static double normal(double mean, double common, double own)
{
    return mean + 1.7 * common + own;
}

/* Yes more often where the mean is higher. */
static double yes_or_no(double mean, double common, double own)
{
    return 0.3 + 0.7 * mean + common + 0.5 * own > 0.0;
}

/* Differences that mostly are all one number. */
static double nearly_constant(double mean, double common, double own)
{
    return mean + common + (own > 2.2 ? 1.0 : 0.0);
}

static void draw(gsl_rng *rng, figure_of *figure, const double *mean, int32_t runs, trial *t)
{
    static int32_t replication[RUNS_MOST];
    for (int32_t r = 0; r < runs; r++) {
        const double common = gsl_ran_gaussian_ziggurat(rng, 1.0);
        replication[r] = r + 1;
        for (int32_t p = 0; p < POINTS; p++)
            t->value[p][r] = figure(mean[p], common, gsl_ran_gaussian_ziggurat(rng, 1.0));
    }
    for (int32_t p = 0; p < POINTS; p++)
        t->series[p] = (mst_series){t->value[p], replication, (size_t)runs};
}

static bool is_beyond_0(const muster_bounds *b)
{
    return b->is_estimable && (b->low > 0.0 || b->high < 0.0);
}

/* Rows in which two of the three say different things. Of picked points an interval that does not reach
 * beyond 0 to the better side is of one that is not the best. */
static int32_t count_quarrels(const mst_rank_ask *ask, const mst_rank *r)
{
    int32_t out = 0;
    for (int32_t p = 0; p < ask->points; p++) {
        const muster_bounds *b = &r->together[p];
        const bool is_small = r->p[p] <= 1.0 - ask->level,
                   is_behind = ask->more ? b->high <= 0.0 : b->low >= 0.0;
        if (ask->other >= 0)
            out += p != r->other && is_beyond_0(b) != is_small;
        else
            out += is_small == r->may_be_best[p] || (b->is_estimable && is_behind != is_small) ||
                   (b->is_estimable && !(b->low <= r->apart[p] && r->apart[p] <= b->high));
    }
    return out;
}

static int32_t quarrels_of(figure_of *figure, bool is_yes_no, int32_t runs, int32_t other)
{
    static const double mean[POINTS] = {0.0, 0.9, 0.3, 1.1, 1.0, -0.6};
    static trial t;
    int32_t out = 0;
    gsl_rng *rng = mst_rng_open(19810201, "test");
    assert_non_null(rng);
    for (int32_t i = 0; i < ROWS_TRIALS; i++) {
        mst_rank r;
        draw(rng, figure, mean, runs, &t);
        const mst_rank_ask ask = {.series = t.series,
                                  .points = POINTS,
                                  .is_yes_no = is_yes_no,
                                  .more = i % 2 == 0,
                                  .level = 0.95,
                                  .best = -1,
                                  .other = other};
        assert_true(mst_rank_make(&ask, &r));
        out += count_quarrels(&ask, &r);
        mst_rank_free(&r);
    }
    gsl_rng_free(rng);
    return out;
}

static void test_rank_family__rows_do_not_contradict_themselves(void **state)
{
    (void)state;
    static const int32_t runs[] = {4, 10, 40};
    int32_t all = 0;
    for (int32_t other = -1; other < 1; other++)
        for (int k = 0; k < 3; k++) {
            const int32_t of[] = {quarrels_of(normal, false, runs[k], other),
                                  quarrels_of(yes_or_no, true, runs[k], other),
                                  quarrels_of(nearly_constant, false, runs[k], other)};
            print_message("%s, %d runs: of %d rows contradict themselves: numbers %d, yes or no "
                          "%d, nearly constant %d\n",
                          other < 0 ? "picked" : "named", runs[k], ROWS_TRIALS * POINTS, of[0],
                          of[1], of[2]);
            all += of[0] + of[1] + of[2];
        }
    assert_int_equal(all, 0);
}

/* Each point less the best of the others, all intervals at once; and the lead. The level is a least one:
 * .95 less three standard errors of .0049 is .935. Where means are alike the picked best is hardest; where
 * one leads, its interval begins beyond 0 as often as it is said to be the best. */
static void check_coverage(figure_of *figure, bool is_yes_no, const double *mean,
                           const double *truth, double led_least)
{
    static trial t;
    int32_t held = 0, led = 0, there = 0;
    gsl_rng *rng = mst_rng_open(19950101, "test");
    assert_non_null(rng);
    for (int32_t i = 0; i < TRIALS; i++) {
        const mst_rank_ask ask = {.series = t.series,
                                  .points = POINTS,
                                  .is_yes_no = is_yes_no,
                                  .more = i % 2 == 0,
                                  .level = 0.95,
                                  .best = -1,
                                  .other = -1};
        bool all = true;
        mst_rank r;
        draw(rng, figure, mean, 25, &t);
        assert_true(mst_rank_make(&ask, &r));
        for (int32_t p = 0; p < POINTS; p++) {
            double of_others = ask.more ? -INFINITY : INFINITY;
            for (int32_t k = 0; k < POINTS; k++)
                if (k != p)
                    of_others = ask.more ? fmax(of_others, truth[k]) : fmin(of_others, truth[k]);
            const double apart = truth[p] - of_others;
            there += r.together[p].is_estimable;
            all = all && (!r.together[p].is_estimable || (r.together[p].low <= apart + 1e-12 &&
                                                          r.together[p].high >= apart - 1e-12));
        }
        held += all;
        led += r.lead_lies.low > 0.0;
        mst_rank_free(&r);
    }
    gsl_rng_free(rng);
    print_message("held %.3f, a lead beyond 0 in %.3f, %.2f of 6 with intervals\n",
                  held / (double)TRIALS, led / (double)TRIALS, there / (double)TRIALS);
    assert_true(held >= 0.935 * TRIALS);
    assert_true(led >= led_least * TRIALS);
    assert_true(there >= 5.5 * TRIALS);
}

static void test_rank_family__intervals_hold_together(void **state)
{
    (void)state;
    static const double alike[POINTS] = {0.0}, near[POINTS] = {0.0, 0.9, 0.3, 1.1, 1.0, -0.6},
                        clear[POINTS] = {0.0, 0.1, 1.5, -0.1, 0.2, -1.5};
    double share[POINTS];
    check_coverage(normal, false, alike, alike, 0.0);
    check_coverage(normal, false, near, near, 0.0);
    check_coverage(normal, false, clear, clear, 0.9);
    for (int32_t p = 0; p < POINTS; p++) /* common and own luck together have a variance of 1.25 */
        share[p] = gsl_cdf_ugaussian_P((0.3 + 0.7 * near[p]) / sqrt(1.25));
    check_coverage(yes_or_no, true, near, share, 0.0);
}

/* Unlike numbers of runs: by mean of all runs the second is next to the first, by the runs that both have
 * the third is nearer. Whose difference is told is named. */
static void test_rank_family__names_whom_a_difference_is_from(void **state)
{
    (void)state;
    enum { RUNS = 8 };
    const double first[RUNS] = {5, 6, 5, 6, 9, 9, 9, 9}, second[RUNS] = {4, 6, 4, 6, 9, 8, 8, 9},
                 third[4] = {5, 6, 5, 5};
    const int32_t replication[RUNS] = {1, 2, 3, 4, 5, 6, 7, 8};
    const mst_series series[3] = {
        {first, replication, RUNS}, {second, replication, RUNS}, {third, replication, 4}};
    const mst_rank_ask ask = {
        .series = series, .points = 3, .more = true, .level = 0.95, .best = -1, .other = -1};
    mst_rank r;
    assert_true(mst_rank_make(&ask, &r));
    assert_int_equal(r.best, 0);
    assert_int_equal(r.lead_over, 2);
    assert_near(r.lead, 0.25, 1e-12); /* 22 less 21, of 4 runs; over the second 0.5 */
    assert_int_equal(r.against[0], 2);
    assert_int_equal(r.against[1], 0);
    assert_near(r.apart[1], -0.5, 1e-12);
    assert_int_equal(r.against[2], 0);
    assert_near(r.apart[2], -0.25, 1e-12);
    mst_rank_free(&r);
}

static double cpu_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Every pair is taken once: a ranking takes little longer than its pairs do. Least of five tries, because
 * other programs disturb. */
static void test_rank_family__takes_every_pair_once(void **state)
{
    (void)state;
    enum { MANY = 60, RUNS = 1000, TRIES = 5 };
    static double value[MANY][RUNS];
    static int32_t replication[RUNS];
    mst_series series[MANY];
    double pairs = INFINITY, ranking = INFINITY, sum = 0.0;
    gsl_rng *rng = mst_rng_open(7, "test");
    assert_non_null(rng);
    for (int32_t p = 0; p < MANY; p++) {
        for (int32_t r = 0; r < RUNS; r++) {
            value[p][r] = gsl_rng_uniform(rng);
            replication[r] = r + 1;
        }
        series[p] = (mst_series){value[p], replication, RUNS};
    }
    gsl_rng_free(rng);
    const mst_rank_ask ask = {
        .series = series, .points = MANY, .more = true, .level = 0.95, .best = -1, .other = -1};
    for (int t = 0; t < TRIES; t++) {
        mst_rank r;
        const double from = cpu_now();
        for (int32_t p = 0; p < MANY; p++)
            for (int32_t k = p + 1; k < MANY; k++)
                sum += mst_pair_of(&series[p], &series[k], false).p;
        const double between = cpu_now();
        assert_true(mst_rank_make(&ask, &r));
        ranking = fmin(ranking, cpu_now() - between);
        pairs = fmin(pairs, between - from);
        mst_rank_free(&r);
    }
    print_message("%.2f times as long as the pairs\n", ranking / pairs);
    assert_true(isfinite(sum) && ranking < 2.6 * pairs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rank_family__names_whom_a_difference_is_from),
        cmocka_unit_test(test_rank_family__takes_every_pair_once),
        cmocka_unit_test(test_rank_family__rows_do_not_contradict_themselves),
        cmocka_unit_test(test_rank_family__intervals_hold_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
