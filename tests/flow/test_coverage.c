/* Do intervals cover as often as they say? */
#include "test.h"

#include "num/estimate.h"
#include "num/random.h"

#include <gsl/gsl_randist.h>
#include <stdlib.h>

/*
 * A simulated coverage is a binomial share: it may be off by 4.5 of its standard deviations, which a
 * right interval with other seeds would pass but 7 times in a million.
 */
enum { SAMPLES = 20000, MOST = 200 };
#define DEVIATIONS 4.5

static const double levels[] = {0.95, 0.90};

static double error_of(double share)
{
    return DEVIATIONS * sqrt(share * (1.0 - share) / SAMPLES);
}

static mst_stream stream_number(uint32_t sample, uint32_t stream)
{
    return mst_stream_of(mst_random_key(19), sample, stream);
}

static bool covers(const mst_interval *interval, double value)
{
    return interval->is_estimable && interval->low <= value && value <= interval->high;
}

/* ---- Student's t ----------------------------------------------------------------------------- */

/* Exact for normal values, whatever their number. */
static void test_coverage__of_a_mean(void **state)
{
    (void)state;
    static const int32_t counts[] = {5, 20, 200};
    for (uint32_t c = 0; c < 3; c++) {
        int32_t hits[2] = {0};
        for (uint32_t sample = 0; sample < SAMPLES; sample++) {
            mst_moments m = {0};
            for (int32_t i = 0; i < counts[c]; i++)
                mst_moments_add(
                    &m, 40.0 + 3.0 * mst_random_normal(stream_number(sample, c), (uint64_t)i));
            for (int k = 0; k < 2; k++) {
                const mst_interval interval = mst_interval_mean(&m, levels[k]);
                hits[k] += covers(&interval, 40.0);
            }
        }
        for (int k = 0; k < 2; k++)
            assert_near((double)hits[k] / SAMPLES, levels[k], error_of(levels[k]));
    }
}

/* The test that belongs to it: P is uniform when there is no difference, so below .05 as often. */
static void test_coverage__false_alarms_of_a_mean(void **state)
{
    (void)state;
    int32_t alarms = 0;
    for (uint32_t sample = 0; sample < SAMPLES; sample++) {
        mst_moments m = {0};
        for (uint64_t i = 0; i < 8; i++)
            mst_moments_add(&m, mst_random_normal(stream_number(sample, 4), i));
        alarms += mst_mean_p(&m) <= 0.05;
    }
    assert_near((double)alarms / SAMPLES, 0.05, error_of(0.05));
}

/* ---- Wilson ---------------------------------------------------------------------------------- */

/* Probability that the interval covers the share: over all numbers of hits. */
static double wilson_coverage(int32_t count, double share, const mst_interval interval[])
{
    double sum = 0.0;
    for (int32_t hits = 0; hits <= count; hits++)
        if (covers(&interval[hits], share))
            sum += gsl_ran_binomial_pdf((unsigned)hits, share, (unsigned)count);
    return sum;
}

static void fill_wilson(int32_t count, double level, mst_interval out[])
{
    for (int32_t hits = 0; hits <= count; hits++)
        out[hits] = mst_interval_share(hits, count, level);
}

/* Near the level on the average over the shares .0005, .0015 ... .9995. */
static void test_coverage__of_a_share_on_the_average(void **state)
{
    (void)state;
    static const int32_t counts[] = {20, 50, 200};
    for (int c = 0; c < 3; c++)
        for (int k = 0; k < 2; k++) {
            mst_interval interval[MOST + 1];
            fill_wilson(counts[c], levels[k], interval);
            double sum = 0.0;
            for (int i = 0; i < 1000; i++)
                sum += wilson_coverage(counts[c], (i + 0.5) / 1000.0, interval);
            assert_near(sum / 1000.0, levels[k], 0.01);
        }
}

/* By simulation as exactly computed, where it covers well and where it does not. */
static void test_coverage__of_a_share_at_some_shares(void **state)
{
    (void)state;
    static const struct {
        int32_t count;
        double share;
    } rows[] = {{20, 0.5}, {20, 0.02}, {50, 0.1}, {50, 0.93}, {200, 0.3}, {200, 0.005}};
    for (uint32_t r = 0; r < sizeof rows / sizeof *rows; r++)
        for (int k = 0; k < 2; k++) {
            mst_interval interval[MOST + 1];
            fill_wilson(rows[r].count, levels[k], interval);
            const double exact = wilson_coverage(rows[r].count, rows[r].share, interval);
            int32_t covered = 0;
            for (uint32_t sample = 0; sample < SAMPLES; sample++) {
                int32_t hits = 0;
                for (uint64_t i = 0; i < (uint64_t)rows[r].count; i++)
                    hits += mst_random_unit(stream_number(sample, 10 + r), i) < rows[r].share;
                covered += covers(&interval[hits], rows[r].share);
            }
            assert_near((double)covered / SAMPLES, exact, error_of(exact));
        }
}

/* ---- quantiles ------------------------------------------------------------------------------- */

/* P that the quantile of a continuous distribution lies between the ranks. */
static double exact_coverage(const int64_t rank[2], int32_t count, double q)
{
    double sum = 0.0;
    for (int64_t below = rank[0] + 1; below <= rank[1]; below++)
        sum += gsl_ran_binomial_pdf((unsigned)below, q, (unsigned)count);
    return sum;
}

static int compare(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

typedef struct source {
    double (*draw)(mst_stream stream, uint64_t number);
    bool is_discrete;
    double quantile[3]; /* at .25, .5 and .9: the least value whose P is not below it */
} source;

/* Whole numbers with P(value <= k) = 1 - exp(-(k + 1) / 2): .393, .632, .777, .865, .918 */
static double whole_number(mst_stream stream, uint64_t number)
{
    return floor(2.0 * mst_random_exponential(stream, number));
}

static const double quantiles[3] = {0.25, 0.5, 0.9};
static const source sources[] = {
    {mst_random_normal, false, {-0.67448975019608171, 0.0, 1.2815515655446004}},
    {mst_random_exponential, false, {0.28768207245178090, 0.69314718055994531, 2.3025850929940455}},
    {whole_number, true, {0, 1, 4}},
};

/* As often as the binomial says for what is continuous; ties can only make it cover more often. */
static void test_coverage__of_quantiles(void **state)
{
    (void)state;
    enum { COUNT = 60 };
    for (uint32_t s = 0; s < 3; s++) {
        int32_t hits[3][2] = {{0}};
        double exact[3][2];
        for (uint32_t sample = 0; sample < SAMPLES; sample++) {
            double value[COUNT];
            for (uint64_t i = 0; i < COUNT; i++)
                value[i] = sources[s].draw(stream_number(sample, 30 + s), i);
            qsort(value, COUNT, sizeof *value, compare);
            for (int j = 0; j < 3; j++)
                for (int k = 0; k < 2; k++) {
                    int64_t rank[2];
                    const mst_interval interval =
                        mst_interval_quantile(value, COUNT, quantiles[j], levels[k], rank);
                    hits[j][k] += covers(&interval, sources[s].quantile[j]);
                    exact[j][k] = exact_coverage(rank, COUNT, quantiles[j]);
                }
        }
        for (int j = 0; j < 3; j++)
            for (int k = 0; k < 2; k++) {
                const double share = (double)hits[j][k] / SAMPLES;
                assert_true(exact[j][k] >= levels[k]);
                assert_true(share >= levels[k] - error_of(levels[k]));
                if (sources[s].is_discrete)
                    assert_true(share >= exact[j][k] - error_of(exact[j][k]));
                else
                    assert_near(share, exact[j][k], error_of(exact[j][k]));
            }
    }
}

/* ---- McNemar ----------------------------------------------------------------------------------- */

/* An exact test of counts cannot be exact at .05, but never alarms more often. */
static void test_coverage__false_alarms_of_mcnemar(void **state)
{
    (void)state;
    for (int32_t n = 1; n <= MOST; n++)
        for (int32_t percent = 1; percent <= 20; percent++) {
            double alarms = 0.0;
            for (int32_t first = 0; first <= n; first++)
                if (mst_mcnemar_p(first, n - first) <= percent / 100.0)
                    alarms += gsl_ran_binomial_pdf((unsigned)first, 0.5, (unsigned)n);
            assert_true(alarms <= percent / 100.0 + 1e-12);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_coverage__of_a_mean),
        cmocka_unit_test(test_coverage__false_alarms_of_a_mean),
        cmocka_unit_test(test_coverage__of_a_share_on_the_average),
        cmocka_unit_test(test_coverage__of_a_share_at_some_shares),
        cmocka_unit_test(test_coverage__of_quantiles),
        cmocka_unit_test(test_coverage__false_alarms_of_mcnemar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
