#include "test.h"

#include "num/estimate.h"
#include "num/random.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static mst_stream stream_number(uint32_t stream)
{
    return mst_stream_of(mst_random_key(11), 1, stream);
}

static mst_moments moments_by_steps(const double *value, int64_t count)
{
    mst_moments out = {0};
    for (int64_t i = 0; i < count; i++)
        mst_moments_add(&out, value[i]);
    return out;
}

static bool are_same_bits(const mst_moments *a, const mst_moments *b)
{
    return memcmp(a, b, sizeof *a) == 0; /* five words of 8 bytes: no padding */
}

/* ---- moments --------------------------------------------------------------------------------- */

static void test_estimate__moments_of_a_few(void **state)
{
    (void)state;
    static const double value[] = {2, 4, NAN, 4, 4, 5, 5, NAN, 7, 9};
    const mst_moments m = mst_moments_of(value, 10);
    assert_int_equal(m.count, 8);
    assert_near(m.mean, 5.0, 0.0);
    assert_near(m.squares, 32.0, 0.0);
    assert_near(mst_moments_variance(&m), 32.0 / 7.0, 0.0);
    assert_near(m.least, 2.0, 0.0);
    assert_near(m.most, 9.0, 0.0);
    const mst_moments none = mst_moments_of(value + 2, 1), one = mst_moments_of(value, 1);
    assert_int_equal(none.count, 0);
    assert_int_equal(one.count, 1);
    assert_true(isnan(mst_moments_variance(&none)) && isnan(mst_moments_variance(&one)));
    const double negative[] = {-3, -1};
    const mst_moments below = moments_by_steps(negative, 2);
    assert_near(below.least, -3.0, 0.0);
    assert_near(below.most, -1.0, 0.0);
}

/* Values near 1e9 with a spread of 1: the sum of squares by the schoolbook loses all digits. The
 * reference is in long double. Two passes, and merging them, err by some steps of a double there
 * (1.2e-7); adding one by one by one such step a value at the worst, which mostly even out. */
static void test_estimate__moments_keep_their_digits(void **state)
{
    (void)state;
    enum { COUNT = 10000 };
    static double value[COUNT];
    long double sum = 0, squares = 0;
    for (uint64_t i = 0; i < COUNT; i++) {
        value[i] = 1e9 + mst_random_normal(stream_number(1), i);
        sum += value[i];
    }
    for (int i = 0; i < COUNT; i++)
        squares += (value[i] - sum / COUNT) * (value[i] - sum / COUNT);
    const double mean = (double)(sum / COUNT), variance = (double)(squares / (COUNT - 1));
    mst_moments merged = {0};
    for (int i = 0; i < COUNT; i += 256) {
        const mst_moments block = mst_moments_of(value + i, i + 256 < COUNT ? 256 : COUNT - i);
        mst_moments_merge(&merged, &block);
    }
    const mst_moments all[] = {mst_moments_of(value, COUNT), moments_by_steps(value, COUNT),
                               merged};
    for (int k = 0; k < 3; k++) {
        assert_int_equal(all[k].count, COUNT);
        assert_near(all[k].mean, mean, k == 1 ? 1e-5 : 5e-7);
        assert_near(mst_moments_variance(&all[k]), variance, 1e-7);
        assert_true(all[k].least == all[0].least && all[k].most == all[0].most);
    }
}

static void test_estimate__values_all_alike_have_no_spread(void **state)
{
    (void)state;
    double value[1000];
    for (int i = 0; i < 1000; i++)
        value[i] = 0.1;
    mst_moments merged = mst_moments_of(value, 256);
    const mst_moments more = mst_moments_of(value, 1000), steps = moments_by_steps(value, 1000);
    mst_moments_merge(&merged, &more);
    assert_true(merged.mean == 0.1 && merged.squares == 0.0);
    assert_true(more.mean == 0.1 && more.squares == 0.0);
    assert_true(steps.mean == 0.1 && steps.squares == 0.0);
    const mst_interval interval = mst_interval_mean(&merged, 0.95);
    assert_true(interval.is_estimable && interval.low == 0.1 && interval.high == 0.1);
}

static void test_estimate__nothing_merges_with_anything(void **state)
{
    (void)state;
    static const double value[] = {3, -1, 4};
    const mst_moments some = mst_moments_of(value, 3), nothing = {0};
    mst_moments a = some, b = nothing;
    mst_moments_merge(&a, &nothing);
    mst_moments_merge(&b, &some);
    assert_true(are_same_bits(&a, &some));
    assert_true(are_same_bits(&b, &some));
    mst_pair_moments pair = mst_pair_moments_of(value, value, 3), empty = {0};
    const mst_pair_moments before = pair;
    mst_pair_moments_merge(&pair, &empty);
    mst_pair_moments_merge(&empty, &before);
    assert_true(are_same_bits(&pair.x, &before.x) && pair.products == before.products);
    assert_true(are_same_bits(&empty.y, &before.y) && empty.products == before.products);
}

/* Blocks of 256 made by so many threads, each taking every so-many-th, in falling order by the odd
 * ones; merged by number. */
enum { BLOCKS = 40, BLOCK = 256, VALUES = BLOCKS * BLOCK - 100 };

typedef struct shared {
    double *value, *other;
    mst_moments made[BLOCKS];
    mst_pair_moments pairs[BLOCKS];
    int threads;
} shared;

typedef struct worker {
    shared *all;
    int number;
} worker;

static void *make_blocks(void *context)
{
    const worker *w = context;
    for (int i = 0; i < BLOCKS; i++) {
        const int b = w->number % 2 ? BLOCKS - 1 - i : i;
        if (b % w->all->threads != w->number)
            continue;
        const int64_t from = (int64_t)b * BLOCK, rest = VALUES - from;
        const int64_t count = rest < BLOCK ? rest : BLOCK;
        w->all->made[b] = mst_moments_of(w->all->value + from, count);
        w->all->pairs[b] = mst_pair_moments_of(w->all->value + from, w->all->other + from, count);
    }
    return NULL;
}

static void run_blocks(shared *all, int threads)
{
    pthread_t thread[8];
    worker work[8];
    all->threads = threads;
    for (int i = 0; i < threads; i++) {
        work[i] = (worker){all, i};
        assert_int_equal(pthread_create(&thread[i], NULL, make_blocks, &work[i]), 0);
    }
    for (int i = 0; i < threads; i++)
        assert_int_equal(pthread_join(thread[i], NULL), 0);
}

static void test_estimate__threads_change_no_bit(void **state)
{
    (void)state;
    static double value[VALUES], other[VALUES];
    for (uint64_t i = 0; i < VALUES; i++) {
        const double delay = 5.0 * mst_random_exponential(stream_number(2), i);
        value[i] = i % 97 == 0 ? (double)NAN : delay;
        other[i] = 0.3 * delay + mst_random_normal(stream_number(3), i);
    }
    mst_moments first = {0};
    mst_pair_moments first_pairs = {0};
    for (int threads = 1; threads <= 8; threads++) {
        static shared all;
        memset(&all, 0, sizeof all);
        all.value = value;
        all.other = other;
        run_blocks(&all, threads);
        mst_moments sum = {0};
        mst_pair_moments pairs = {0};
        for (int b = 0; b < BLOCKS; b++) {
            mst_moments_merge(&sum, &all.made[b]);
            mst_pair_moments_merge(&pairs, &all.pairs[b]);
        }
        if (threads == 1) {
            first = sum;
            first_pairs = pairs;
        }
        assert_true(are_same_bits(&sum, &first));
        assert_true(are_same_bits(&pairs.x, &first_pairs.x));
        assert_true(are_same_bits(&pairs.y, &first_pairs.y));
        assert_memory_equal(&pairs.products, &first_pairs.products, sizeof pairs.products);
    }
    /* and they are right: of all values at once, to rounding (10^4 steps of 1e-16) */
    const mst_moments whole = mst_moments_of(value, VALUES);
    const mst_pair_moments whole_pairs = mst_pair_moments_of(value, other, VALUES);
    assert_int_equal(first.count, whole.count);
    assert_near(first.mean / whole.mean, 1.0, 1e-13);
    assert_near(first.squares / whole.squares, 1.0, 1e-13);
    assert_near(first_pairs.products / whole_pairs.products, 1.0, 1e-13);
    assert_int_equal(first_pairs.y.count, whole.count);
}

/* ---- correlation ----------------------------------------------------------------------------- */

/* Anscombe 1973, "Graphs in statistical analysis", first data set: r = 0.816. */
static void test_estimate__correlation(void **state)
{
    (void)state;
    static const double x[] = {10, 8, 13, NAN, 9, 11, 14, 6, 4, 12, 7, 5, 1};
    static const double y[] = {8.04, 6.95, 7.58,  1,    8.81, 8.33, 9.96,
                               7.24, 4.26, 10.84, 4.82, 5.68, NAN};
    const mst_pair_moments all = mst_pair_moments_of(x, y, 13);
    assert_int_equal(all.x.count, 11);
    assert_int_equal(all.y.count, 11);
    assert_near(all.x.mean, 9.0, 1e-14);
    assert_near(mst_correlation(&all), 0.81642051634484, 1e-13);
    mst_pair_moments parts = mst_pair_moments_of(x, y, 5);
    const mst_pair_moments rest = mst_pair_moments_of(x + 5, y + 5, 8);
    mst_pair_moments_merge(&parts, &rest);
    assert_near(mst_correlation(&parts), 0.81642051634484, 1e-13);
    assert_near(parts.products, 55.01, 1e-12); /* by hand: 797.6 - 9 * 82.51 */
    double minus[13];
    for (int i = 0; i < 13; i++)
        minus[i] = -3.0 * x[i];
    const mst_pair_moments against = mst_pair_moments_of(x, minus, 13);
    assert_near(mst_correlation(&against), -1.0, 1e-15);
    const double still[] = {2, 2, 2};
    const mst_pair_moments flat = mst_pair_moments_of(x, still, 3), nothing = {0};
    assert_true(isnan(mst_correlation(&flat)) && isnan(mst_correlation(&nothing)));
}

/* ---- means ----------------------------------------------------------------------------------- */

/* Quantiles of Student's t, as every table has them. The interval of values -1 and 1, n times over,
 * ends at t * sqrt(variance / n). */
static void test_estimate__t_quantiles(void **state)
{
    (void)state;
    static const struct {
        int64_t count;
        double level, t;
    } rows[] = {
        {2, 0.95, 12.7062047361747},  {2, 0.9, 6.31375151467504},   {3, 0.95, 4.30265272974946},
        {5, 0.95, 2.77644510519779},  {5, 0.99, 4.60409487134999},  {11, 0.95, 2.22813885198627},
        {20, 0.95, 2.09302405440831}, {31, 0.99, 2.74999565356723}, {121, 0.95, 1.97993040508244},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const double n = (double)rows[i].count;
        const mst_moments m = {rows[i].count, 3.0, n * (n - 1.0), -9, 9}; /* error of the mean: 1 */
        const mst_interval interval = mst_interval_mean(&m, rows[i].level);
        assert_true(interval.is_estimable);
        assert_near(interval.high - 3.0, rows[i].t, 1e-10);
        assert_near(3.0 - interval.low, rows[i].t, 1e-10);
    }
    /* from many values on it is the normal's; between, it falls without a jump */
    double before = 13.0;
    for (int64_t count = 2; count < 3000000; count += count < 500 ? 1 : count / 7) {
        const double n = (double)count;
        const mst_moments m = {count, 0.0, n * (n - 1.0), -1, 1};
        const mst_interval interval = mst_interval_mean(&m, 0.95);
        assert_true(interval.high < before && interval.high > 1.9599639845400545);
        before = interval.high;
    }
    assert_near(before, 1.9599639845400545, 2e-6);
}

/* NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.2, ZARR13.DAT: 195 values, mean 9.261460,
 * deviation 0.02278881; printed limits 9.258242 and 9.264679, so to half a unit of the sixth place. */
static void test_estimate__published_interval_of_a_mean(void **state)
{
    (void)state;
    const mst_moments m = {195, 9.261460, 194 * 0.02278881 * 0.02278881, 9.0, 9.5};
    const mst_interval interval = mst_interval_mean(&m, 0.95);
    assert_near(interval.low, 9.258242, 1.1e-6);
    assert_near(interval.high, 9.264679, 1.1e-6);
}

/* "Student" 1908, "The probable error of a mean": hours of sleep gained by ten patients, second drug
 * less first. t = 4.0621, P = 0.002833, interval 0.7001142 to 2.4598858, as R prints them. */
static void test_estimate__students_sleep(void **state)
{
    (void)state;
    static const double gain[] = {1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4};
    const mst_moments m = mst_moments_of(gain, 10);
    const mst_interval interval = mst_interval_mean(&m, 0.95);
    assert_near(interval.low, 0.7001142, 5e-8);
    assert_near(interval.high, 2.4598858, 5e-8);
    assert_near(mst_mean_p(&m), 0.002833, 5e-7);
    mst_moments less = m;
    less.mean = -m.mean;
    assert_true(mst_mean_p(&less) == mst_mean_p(&m));
}

static void test_estimate__what_few_values_cannot_tell(void **state)
{
    (void)state;
    const double one = 3.0, zeros[3] = {0}, infinite[3] = {1, 2, INFINITY};
    const mst_moments none = {0}, single = mst_moments_of(&one, 1);
    const mst_moments nought = mst_moments_of(zeros, 3), beyond = mst_moments_of(infinite, 3);
    const mst_moments alike = {5, -2.0, 0.0, -2.0, -2.0};
    const mst_moments *const not_estimable[] = {&none, &single, &beyond};
    for (int i = 0; i < 3; i++) {
        const mst_interval interval = mst_interval_mean(not_estimable[i], 0.95);
        assert_true(!interval.is_estimable && isnan(interval.low) && isnan(interval.high));
        assert_true(isnan(mst_mean_p(not_estimable[i])));
    }
    assert_true(mst_mean_p(&nought) == 1.0);
    assert_true(mst_mean_p(&alike) == 0.0625); /* five of one sign: 2/32 */
    const mst_moments many = {INT64_C(1) << 40, -2.0, 0.0, -2.0, -2.0};
    assert_true(mst_mean_p(&many) == 0.0);
    /* far beyond what t can tell: no error, no NaN */
    const mst_moments far = {100, 1e200, 1e-200, 0, 0};
    assert_true(mst_mean_p(&far) == 0.0);
}

/* ---- shares ---------------------------------------------------------------------------------- */

/* Newcombe 1998, "Two-sided confidence intervals for the single proportion", Statistics in Medicine
 * 17:857-872, table I, method 3 (Wilson's score without continuity correction), four places. */
static void test_estimate__published_intervals_of_a_share(void **state)
{
    (void)state;
    static const struct {
        int64_t hits, count;
        double low, high;
    } rows[] = {{81, 263, 0.2553, 0.3662},
                {15, 148, 0.0624, 0.1605},
                {0, 20, 0.0, 0.1611},
                {1, 29, 0.0061, 0.1718}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const mst_interval a = mst_interval_share(rows[i].hits, rows[i].count, 0.95);
        assert_true(a.is_estimable);
        assert_near(a.low, rows[i].low, 5.1e-5);
        assert_near(a.high, rows[i].high, 5.1e-5);
        const mst_interval b =
            mst_interval_share(rows[i].count - rows[i].hits, rows[i].count, 0.95);
        assert_near(b.low, 1.0 - a.high, 1e-15);
        assert_near(b.high, 1.0 - a.low, 1e-15);
    }
}

/* What defines it: at its ends the share seen is z standard errors off, the error being that of the
 * end. z of .9: 1.6448536269514722. At 10^8 of 10^8 hits 1 - low is 2.7e-8 and holds eight digits. */
static void test_estimate__a_share_is_z_errors_from_its_ends(void **state)
{
    (void)state;
    static const int64_t counts[] = {1, 2, 7, 100, 12345, 100000000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        for (int64_t part = 0; part <= 7; part++) {
            const int64_t hits = counts[i] * part / 7;
            const double n = (double)counts[i], p = (double)hits / n;
            const mst_interval a = mst_interval_share(hits, counts[i], 0.9);
            assert_true(a.low >= 0.0 && a.low <= p && p <= a.high && a.high <= 1.0);
            assert_true((a.low > 0.0) == (hits > 0) && (a.high < 1.0) == (hits < counts[i]));
            const double z = 1.6448536269514722;
            if (hits > 0)
                assert_near((p - a.low) * sqrt(n) / sqrt(a.low * (1.0 - a.low)), z, 2e-8);
            if (hits < counts[i])
                assert_near((a.high - p) * sqrt(n) / sqrt(a.high * (1.0 - a.high)), z, 1e-9);
        }
    const mst_interval none = mst_interval_share(0, 0, 0.95);
    assert_true(!none.is_estimable && isnan(none.low) && isnan(none.high));
}

/* ---- quantiles ------------------------------------------------------------------------------- */

/* Hyndman and Fan 1996, definition 7: the k-th of n values is the quantile (k - 1) / (n - 1), linear
 * between. 1 to 10: quartiles 3.25 and 7.75. */
static void test_estimate__quantiles(void **state)
{
    (void)state;
    static const double ten[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    assert_near(mst_quantile(ten, 10, 0.25), 3.25, 1e-15);
    assert_near(mst_quantile(ten, 10, 0.5), 5.5, 0.0);
    assert_near(mst_quantile(ten, 10, 0.75), 7.75, 1e-15);
    assert_near(mst_quantile(ten, 10, 0.95), 9.55, 1e-14);
    assert_near(mst_quantile(ten, 10, 1e-9), 1.0, 1e-8);
    assert_near(mst_quantile(ten, 10, 1.0 - 1e-16), 10.0, 1e-14);
    for (int64_t k = 1; k < 4; k++)
        assert_near(mst_quantile(ten, 5, (double)k / 4.0), (double)(k + 1), 0.0);
    static const double uneven[] = {-3, 0, 10, 10, 50};
    assert_near(mst_quantile(uneven, 5, 0.3), 2.0, 1e-14);
    assert_near(mst_quantile(uneven, 5, 0.6), 10.0, 0.0);
    assert_near(mst_quantile(uneven, 1, 0.3), -3.0, 0.0);
    assert_true(isnan(mst_quantile(uneven, 0, 0.3)));
    static const double infinite[] = {-INFINITY, 1, 2, INFINITY, INFINITY};
    assert_near(mst_quantile(infinite, 5, 0.5), 2.0, 0.0);
    assert_true(mst_quantile(infinite, 5, 0.6) == INFINITY);
    assert_true(mst_quantile(infinite, 5, 0.9) == INFINITY);
    assert_true(mst_quantile(infinite, 5, 0.1) == -INFINITY);
}

/* Nair 1940, "Table of confidence interval for the median", Sankhya 4:551-558: ranks k and n + 1 - k
 * at the level .95, of those n whose narrowest interval is symmetric. */
static void test_estimate__published_ranks_round_the_median(void **state)
{
    (void)state;
    static const int64_t rows[][2] = {{6, 1},  {9, 2},  {10, 2}, {12, 3},
                                      {15, 4}, {20, 6}, {25, 8}, {30, 10}};
    double value[30];
    for (int i = 0; i < 30; i++)
        value[i] = 100.0 + i;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const int64_t n = rows[i][0], k = rows[i][1];
        int64_t rank[2] = {-1, -1};
        const mst_interval interval = mst_interval_quantile(value, n, 0.5, 0.95, rank);
        assert_true(interval.is_estimable);
        assert_int_equal(rank[0], k - 1);
        assert_int_equal(rank[1], n - k);
        assert_near(interval.low, value[k - 1], 0.0);
        assert_near(interval.high, value[n - k], 0.0);
    }
    /* five values leave 1/16 outside: not estimable at .95, but at .9375, and nothing is written */
    int64_t rank[2] = {-1, -2};
    assert_false(mst_interval_quantile(value, 5, 0.5, 0.95, rank).is_estimable);
    assert_true(rank[0] == -1 && rank[1] == -2);
    assert_true(mst_interval_quantile(value, 5, 0.5, 0.937, NULL).is_estimable);
    for (int64_t n = 0; n < 2; n++)
        assert_false(mst_interval_quantile(value, n, 0.5, 0.01, rank).is_estimable);
}

/* P(B = k) for n values, each below the quantile with probability q. */
static void fill_masses(int64_t n, double q, long double mass[])
{
    mass[0] = 1;
    for (int64_t k = 1; k <= n; k++)
        mass[k] = 0;
    for (int64_t i = 0; i < n; i++)
        for (int64_t k = i + 1; k >= 0; k--)
            mass[k] = mass[k] * (1 - (long double)q) + (k > 0 ? mass[k - 1] * (long double)q : 0);
}

/* The greatest coverage of any ranks r and r + width (from 1). */
static long double best_of_width(int64_t n, int64_t width, const long double mass[])
{
    long double best = 0;
    for (int64_t r = 1; r + width <= n; r++) {
        long double sum = 0;
        for (int64_t k = r; k < r + width; k++)
            sum += mass[k];
        best = sum > best ? sum : best;
    }
    return best;
}

/* Against all pairs of ranks: the level is reached, no narrower pair reaches it, and where no pair
 * does the answer says so. */
static void test_estimate__ranks_are_the_narrowest_that_cover(void **state)
{
    (void)state;
    static const double quantiles[] = {0.01, 0.05, 0.1, 0.25, 0.5, 0.6, 0.9, 0.95, 0.99};
    static const double levels[] = {0.5, 0.8, 0.9, 0.95, 0.99};
    double value[130];
    for (int i = 0; i < 130; i++)
        value[i] = i;
    int32_t estimable = 0, not_estimable = 0;
    for (int64_t n = 2; n <= 120; n += n < 30 ? 1 : 15)
        for (size_t j = 0; j < sizeof quantiles / sizeof *quantiles; j++) {
            long double mass[132];
            fill_masses(n, quantiles[j], mass);
            for (size_t k = 0; k < sizeof levels / sizeof *levels; k++) {
                int64_t rank[2];
                if (!mst_interval_quantile(value, n, quantiles[j], levels[k], rank).is_estimable) {
                    assert_true(best_of_width(n, n - 1, mass) < levels[k]);
                    not_estimable++;
                    continue;
                }
                assert_true(rank[0] >= 0 && rank[0] < rank[1] && rank[1] < n);
                long double covered = 0;
                for (int64_t b = rank[0] + 1; b <= rank[1]; b++)
                    covered += mass[b];
                assert_true(covered >= levels[k] - 1e-14L);
                const int64_t width = rank[1] - rank[0];
                assert_true(best_of_width(n, width - 1, mass) < levels[k]);
                estimable++;
            }
        }
    assert_true(estimable > 500 && not_estimable > 500);
}

/* Many values: the ranks tend to n q -+ z sqrt(n q (1 - q)). Seen: within 2 ranks at 10^7. */
static void test_estimate__ranks_of_many_values(void **state)
{
    (void)state;
    static const struct {
        int64_t count;
        double q;
    } rows[] = {{1000, 0.5}, {100000, 0.9}, {1000000, 0.5}, {10000000, 0.5}, {10000000, 0.05}};
    double *value = calloc(10000000, sizeof *value);
    assert_non_null(value);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t rank[2];
        assert_true(
            mst_interval_quantile(value, rows[i].count, rows[i].q, 0.95, rank).is_estimable);
        const double n = (double)rows[i].count, q = rows[i].q;
        const double half = 1.9599639845400545 * sqrt(n * q * (1.0 - q));
        assert_near((double)rank[0], n * q - half, 3.0);
        assert_near((double)rank[1], n * q + half, 3.0);
    }
    free(value);
}

/* ---- tests ----------------------------------------------------------------------------------- */

static void test_estimate__mcnemar(void **state)
{
    (void)state;
    static const struct {
        int64_t first, second;
        double p;
    } rows[] = {
        {0, 0, 1.0},      {3, 3, 1.0},         {2, 3, 1.0},          {0, 1, 1.0},
        {0, 5, 2.0 / 32}, {1, 9, 22.0 / 1024}, {2, 8, 112.0 / 1024}, {0, 60, 0x1p-59},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        /* GSL's factorials bring 1e-14 at these counts */
        assert_near(mst_mcnemar_p(rows[i].first, rows[i].second) / rows[i].p, 1.0, 1e-13);
        assert_true(mst_mcnemar_p(rows[i].first, rows[i].second) ==
                    mst_mcnemar_p(rows[i].second, rows[i].first));
    }
    /* approval of a prime minister twice, Agresti, Categorical Data Analysis: 150 and 86 changed
     * their minds; exact P = 3.716e-05 (Fay, R package exact2x2) */
    assert_near(mst_mcnemar_p(150, 86), 3.716e-5, 5e-9);
}

/* Against the normal with half a step of correction: P = 2 Q(z), z = (d - 1) / sqrt(n), d the
 * difference. The next term of the series is z^4 / 12 n of P; GSL's logarithms of factorials bring
 * 1e-16 times n log(n). */
static void test_estimate__mcnemar_of_many_pairs(void **state)
{
    (void)state;
    static const double deviations[] = {0.01, 0.5, 1.0, 2.0, 3.0, 4.0};
    for (int64_t n = 100000; n <= 1000000000; n *= 10)
        for (size_t i = 0; i < sizeof deviations / sizeof *deviations; i++) {
            const int64_t apart = 2 * (int64_t)(0.5 * deviations[i] * sqrt((double)n));
            const double p = mst_mcnemar_p((n - apart) / 2, (n + apart) / 2);
            const double z = ((double)apart - 1.0) / sqrt((double)n);
            const double expected = fmin(1.0, erfc(z / sqrt(2.0)));
            assert_near(p / expected, 1.0,
                        (1.0 + z * z * (z * z)) / (10.0 * (double)n) + 3e-15 * (double)n);
        }
    assert_true(mst_mcnemar_p(0, 1000000) == 0.0); /* below what a double holds */
}

static void test_estimate__holm(void **state)
{
    (void)state;
    /* Holm 1979: the k-th smallest of m times m - k + 1, never falling, 1 at the most */
    double p[] = {0.01, NAN, 0.04, 0.03, 0.005, NAN};
    int32_t scratch[6];
    mst_holm(p, 6, scratch);
    assert_near(p[0], 0.03, 1e-16);
    assert_near(p[2], 0.06, 1e-16);
    assert_near(p[3], 0.06, 1e-16);
    assert_near(p[4], 0.02, 1e-16);
    assert_true(isnan(p[1]) && isnan(p[5]));
    double five[] = {0.05, 0.04, 0.03, 0.02, 0.01};
    mst_holm(five, 5, scratch);
    static const double adjusted[] = {0.09, 0.09, 0.09, 0.08, 0.05};
    for (int i = 0; i < 5; i++)
        assert_near(five[i], adjusted[i], 1e-15);
    double high[] = {0.6, 0.5, 1.0, 0.0};
    mst_holm(high, 4, scratch);
    assert_true(high[0] == 1.0 && high[1] == 1.0 && high[2] == 1.0 && high[3] == 0.0);
    double none[] = {NAN, NAN};
    mst_holm(none, 2, scratch);
    assert_true(isnan(none[0]) && isnan(none[1]));
    double one[] = {0.07};
    mst_holm(one, 1, scratch);
    assert_true(one[0] == 0.07);
    mst_holm(NULL, 0, NULL);
}

/* Places do not matter: the adjusted values of a shuffled list are the shuffled adjusted values. */
static void test_estimate__holm_keeps_places(void **state)
{
    (void)state;
    enum { COUNT = 300 };
    static double p[COUNT], shuffled[COUNT];
    static int32_t scratch[COUNT];
    for (uint64_t i = 0; i < COUNT; i++) {
        const double u = mst_random_unit(stream_number(6), i);
        p[i] = floor(u * u * 100.0) / 1000.0; /* with ties */
        shuffled[(i * 101 + 7) % COUNT] = p[i];
    }
    double before[COUNT];
    memcpy(before, p, sizeof before);
    mst_holm(p, COUNT, scratch);
    mst_holm(shuffled, COUNT, scratch);
    for (int i = 0; i < COUNT; i++) {
        assert_true(shuffled[(i * 101 + 7) % COUNT] == p[i]);
        /* by definition: greatest of (m - #smaller so far) * p over all that are not above */
        double highest = 0.0;
        for (int j = 0; j < COUNT; j++) {
            int32_t smaller = 0;
            for (int k = 0; k < COUNT; k++)
                smaller += before[k] < before[j];
            if (before[j] <= before[i])
                highest = fmax(highest, fmin(1.0, before[j] * (COUNT - smaller)));
        }
        assert_near(p[i], highest, 1e-15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_estimate__moments_of_a_few),
        cmocka_unit_test(test_estimate__moments_keep_their_digits),
        cmocka_unit_test(test_estimate__values_all_alike_have_no_spread),
        cmocka_unit_test(test_estimate__nothing_merges_with_anything),
        cmocka_unit_test(test_estimate__threads_change_no_bit),
        cmocka_unit_test(test_estimate__correlation),
        cmocka_unit_test(test_estimate__t_quantiles),
        cmocka_unit_test(test_estimate__published_interval_of_a_mean),
        cmocka_unit_test(test_estimate__students_sleep),
        cmocka_unit_test(test_estimate__what_few_values_cannot_tell),
        cmocka_unit_test(test_estimate__published_intervals_of_a_share),
        cmocka_unit_test(test_estimate__a_share_is_z_errors_from_its_ends),
        cmocka_unit_test(test_estimate__quantiles),
        cmocka_unit_test(test_estimate__published_ranks_round_the_median),
        cmocka_unit_test(test_estimate__ranks_are_the_narrowest_that_cover),
        cmocka_unit_test(test_estimate__ranks_of_many_values),
        cmocka_unit_test(test_estimate__mcnemar),
        cmocka_unit_test(test_estimate__mcnemar_of_many_pairs),
        cmocka_unit_test(test_estimate__holm),
        cmocka_unit_test(test_estimate__holm_keeps_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
