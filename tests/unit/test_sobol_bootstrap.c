#include "sensitivity.h"

#include "base/rng.h"

#include <stdlib.h>
#include <string.h>

/* Intervals of Sobol indices: a second way to work them out, and how often they cover the truth. */

enum { K = 4, N = 60, KINDS = 6 };
#define REPLICATES 80

static mst_sobol_options options_of(int kind, int replicates, uint64_t seed)
{
    return (mst_sobol_options){
        (mst_sobol_first)(kind % 3), (mst_sobol_total)(kind / 3), {replicates, .95, seed}};
}

/* ---- the formulas as they stand in the papers, on rows drawn one after the other ---------------- */

typedef struct plain_indices {
    double s[K + 1], st[K + 1], apart[K + 1], sum, rest, pair[K][K];
} plain_indices;

typedef struct plain_rows {
    int n;
    double a[N], b[N], ab[K + 1][N], ba[K][N];
} plain_rows;

static plain_rows take(const sens_runs *r, const int *row, int n)
{
    static plain_rows out;
    out.n = n;
    for (int j = 0; j < n; j++) {
        out.a[j] = r->a[row[j]];
        out.b[j] = r->b[row[j]];
        for (int i = 0; i <= K; i++)
            out.ab[i][j] = r->ab[i * N + row[j]];
        for (int i = 0; i < K; i++)
            out.ba[i][j] = r->ba[i * N + row[j]];
    }
    return out;
}

static double plain_first(const plain_rows *x, int i, int kind, double m, double v)
{
    double sum = 0, mean = 0, squares = 0;
    for (int j = 0; j < x->n; j++) {
        const double a = x->a[j] - m, b = x->b[j] - m, ab = x->ab[i][j] - m;
        sum += kind == 0 ? b * (ab - a) : kind == 1 ? (b - ab) * (b - ab) : b * ab;
        mean += (b + ab) / (2 * x->n);
        squares += (b * b + ab * ab) / (2 * x->n);
    }
    if (kind == 0)
        return sum / x->n / v;
    if (kind == 1)
        return 1 - sum / (2 * x->n) / v;
    return (sum / x->n - mean * mean) / (squares - mean * mean);
}

static double plain_total(const plain_rows *x, int i, int kind, double m, double v)
{
    double sum = 0, product = 0, mean = 0, squares = 0;
    for (int j = 0; j < x->n; j++) {
        const double a = x->a[j] - m, ab = x->ab[i][j] - m;
        sum += (a - ab) * (a - ab);
        product += a * ab / x->n;
        mean += (a + ab) / (2 * x->n);
        squares += (a * a + ab * ab) / (2 * x->n);
    }
    return kind == 0 ? sum / (2 * x->n) / v : 1 - (product - mean * mean) / (squares - mean * mean);
}

static double plain_pair(const plain_rows *x, int i, int h, double m, double v)
{
    double sum = 0;
    for (int j = 0; j < x->n; j++)
        sum += (x->ba[i][j] - m) * (x->ab[h][j] - m) - (x->a[j] - m) * (x->b[j] - m);
    return sum / x->n / v;
}

static plain_indices plain(const plain_rows *x, int kind)
{
    plain_indices out = {0};
    double m = 0, v = 0;
    for (int j = 0; j < x->n; j++)
        m += (x->a[j] + x->b[j]) / (2 * x->n);
    for (int j = 0; j < x->n; j++)
        v += ((x->a[j] - m) * (x->a[j] - m) + (x->b[j] - m) * (x->b[j] - m)) / (2 * x->n);
    for (int i = 0; i <= K; i++) {
        out.s[i] = plain_first(x, i, kind % 3, m, v);
        out.st[i] = plain_total(x, i, kind / 3, m, v);
        out.apart[i] = out.st[i] - out.s[i];
        out.sum += i < K ? out.s[i] : 0;
    }
    out.rest = 1 - out.sum - out.s[K];
    for (int i = 0; i < K; i++)
        for (int h = 0; h < K; h++) /* both forms; i = h is not looked at */
            out.pair[i][h] =
                (plain_pair(x, i, h, m, v) + plain_pair(x, h, i, m, v)) / 2 - out.s[i] - out.s[h];
    return out;
}

/* ---- held against each other --------------------------------------------------------------------- */

static int up(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Rank 1 + (n - 1) q, between two by parts (type 7). */
static double at_rank(const double *ascending, double q)
{
    const double rank = (REPLICATES - 1) * q;
    const int below = (int)rank;
    return ascending[below] * (1 - (rank - below)) + ascending[below + 1] * (rank - below);
}

/* Of numbers below 10 or so, sums of 60: 1e-12 is rounding. */
static void assert_plain(const mst_bootstrapped *got, double value, const double *replicate)
{
    double sorted[REPLICATES], mean = 0, squares = 0;
    memcpy(sorted, replicate, sizeof sorted);
    qsort(sorted, REPLICATES, sizeof *sorted, up);
    for (int r = 0; r < REPLICATES; r++)
        mean += sorted[r] / REPLICATES;
    for (int r = 0; r < REPLICATES; r++)
        squares += (sorted[r] - mean) * (sorted[r] - mean);
    const double sd = sqrt(squares / (REPLICATES - 1)), half = 1.959963984540054 * sd;
    assert_near(got->value, value, 1e-12);
    assert_near(got->low, at_rank(sorted, .025), 1e-12);
    assert_near(got->high, at_rank(sorted, .975), 1e-12);
    assert_near(got->sd, sd, 1e-12);
    assert_near(got->half, half, 1e-12);
    assert_int_equal(got->replicates, REPLICATES);
    assert_int_equal(got->is_zero_like,
                     (at_rank(sorted, .025) <= 0 && at_rank(sorted, .975) >= 0) ||
                         fabs(value) <= half);
}

/* Outputs of no model: nothing is 0 or cancels by symmetry. */
static sens_runs random_runs(uint64_t seed)
{
    sens_runs r = sens_open(K, N, true);
    gsl_rng *const rng = mst_rng_open(seed, "outputs");
    for (int j = 0; j < N; j++) {
        r.a[j] = 3 + gsl_rng_uniform(rng);
        r.b[j] = 3 + gsl_rng_uniform(rng) * gsl_rng_uniform(rng);
    }
    for (int at = 0; at < (K + 1) * N; at++)
        r.ab[at] = 2.5 + gsl_rng_uniform(rng) + .4 * r.a[at % N];
    for (int at = 0; at < K * N; at++)
        r.ba[at] = 2 + gsl_rng_uniform(rng) + .3 * r.b[at % N];
    gsl_rng_free(rng);
    return r;
}

static void check_second_method(const sens_runs *r, const int *whole, int n, int kind,
                                uint64_t seed)
{
    static plain_indices replicate[REPLICATES];
    const plain_rows all = take(r, whole, n);
    const plain_indices value = plain(&all, kind);
    gsl_rng *const rng = mst_rng_open(seed, "sobol");
    for (int t = 0; t < REPLICATES; t++) {
        int row[N];
        for (int j = 0; j < n; j++)
            row[j] = whole[(int)((double)gsl_rng_get(rng) / 4294967296.0 * n)];
        const plain_rows drawn = take(r, row, n);
        replicate[t] = plain(&drawn, kind);
    }
    gsl_rng_free(rng);
    mst_sobol_result out;
    const mst_sobol_options how = options_of(kind, REPLICATES, seed);
    assert_int_equal(mst_sobol(&r->in, &how, &out), MUSTER_OK);
    double column[REPLICATES];
#define CHECK(got, member)                                                                         \
    do {                                                                                           \
        for (int t = 0; t < REPLICATES; t++)                                                       \
            column[t] = replicate[t].member;                                                       \
        assert_plain((got), value.member, column);                                                 \
    } while (0)
    for (int i = 0; i <= K; i++) {
        const mst_sobol_factor *const f = i < K ? &out.factor[i] : &out.luck;
        CHECK(&f->s, s[i]);
        CHECK(&f->st, st[i]);
        CHECK(&f->apart, apart[i]);
        for (int h = 0; i < K && h < K; h++)
            if (h != i)
                CHECK(&out.pair[i * K + h], pair[i][h]);
    }
    CHECK(&out.sum, sum);
    CHECK(&out.rest, rest);
#undef CHECK
    mst_sobol_free(&out);
}

static void test_sobol_bootstrap__second_method(void **state)
{
    (void)state;
    for (int kind = 0; kind < KINDS; kind++) {
        sens_runs r = random_runs((uint64_t)kind + 100);
        r.ab[2 * N + 31] = (double)NAN;
        int whole[N], n = 0;
        for (int j = 0; j < N; j++)
            if (j != 31)
                whole[n++] = j;
        check_second_method(&r, whole, n, kind, (uint64_t)kind + 7000);
        sens_close(&r);
    }
}

/* ---- the seed ------------------------------------------------------------------------------------ */

static void test_sobol_bootstrap__seed(void **state)
{
    (void)state;
    sens_runs r = random_runs(1);
    mst_sobol_result first, again, other;
    const mst_sobol_options one = options_of(0, 200, 5), two = options_of(0, 200, 6);
    assert_int_equal(mst_sobol(&r.in, &one, &first), MUSTER_OK);
    assert_int_equal(mst_sobol(&r.in, &one, &again), MUSTER_OK);
    assert_int_equal(mst_sobol(&r.in, &two, &other), MUSTER_OK);
    for (int i = 0; i < K; i++) {
        const mst_bootstrapped *const a = &first.factor[i].s, *const b = &again.factor[i].s,
                                      *const c = &other.factor[i].s;
        assert_true(a->value == b->value && a->low == b->low && a->high == b->high &&
                    a->sd == b->sd && a->half == b->half);
        assert_true(a->value == c->value && a->low != c->low && a->sd != c->sd);
        assert_near(a->sd, c->sd, .3 * a->sd); /* 200 replicates: each to 5 in 100 */
    }
    mst_sobol_free(&first);
    mst_sobol_free(&again);
    mst_sobol_free(&other);
    sens_close(&r);
}

/* 40 replicates are the fewest with one beyond each end of .95. */
static void test_sobol_bootstrap__few_replicates(void **state)
{
    (void)state;
    sens_runs r = random_runs(2);
    for (int replicates = 0; replicates <= 41; replicates++) {
        mst_sobol_result out;
        const mst_sobol_options how = options_of(0, replicates, 5);
        assert_int_equal(mst_sobol(&r.in, &how, &out), MUSTER_OK);
        const mst_bootstrapped *const s = &out.factor[1].s;
        assert_int_equal(isfinite(s->low) && isfinite(s->high), replicates >= 40);
        assert_int_equal(isfinite(s->sd) && isfinite(s->half), replicates >= 2);
        assert_int_equal(s->replicates, replicates);
        mst_sobol_free(&out);
    }
    sens_close(&r);
}

/* (1 - .9) / 2 of 20 is a hair below 1. */
static void test_sobol_bootstrap__other_level(void **state)
{
    (void)state;
    sens_runs r = random_runs(3);
    mst_sobol_options how = options_of(0, 20, 5);
    mst_sobol_result out, wide;
    how.bootstrap.level = .9;
    assert_int_equal(mst_sobol(&r.in, &how, &out), MUSTER_OK);
    how.bootstrap = (mst_bootstrap){400, .99, 5};
    assert_int_equal(mst_sobol(&r.in, &how, &wide), MUSTER_OK);
    for (int i = 0; i < K; i++) {
        const mst_bootstrapped *const a = &out.factor[i].st, *const b = &wide.factor[i].st;
        assert_true(isfinite(a->low) && isfinite(a->high));
        assert_near(a->half, 1.6448536269514722 * a->sd, 1e-12); /* the normal's 95 and 99.5 % */
        assert_near(b->half, 2.5758293035489004 * b->sd, 1e-12);
        assert_true(b->low < a->low && a->high < b->high);
    }
    mst_sobol_free(&out);
    mst_sobol_free(&wide);
    sens_close(&r);
}

/* ST never is negative, so that its percentiles hold 0 only where many resamples are exactly 0. Here ST
 * hangs on one row of 60, and a little on 12 others: some 99 in 100 resamples give more than 0, and yet
 * it may well be nothing. */
static void test_sobol_bootstrap__zero_like_total(void **state)
{
    (void)state;
    sens_runs r = random_runs(4);
    for (int j = 0; j < N; j++)
        for (int i = 0; i < K; i++)
            r.ab[i * N + j] = r.a[j] + (j == 30 ? .5 : j % 5 == 0 ? .01 : 0.0);
    mst_sobol_result out;
    assert_int_equal(mst_sobol(&r.in, NULL, &out), MUSTER_OK);
    const mst_bootstrapped *const st = &out.factor[0].st;
    assert_true(st->low > 0.0 && st->value < st->half && st->is_zero_like);
    mst_sobol_free(&out);
    sens_close(&r);
}

/* ---- coverage ------------------------------------------------------------------------------------ */

enum { ROWS = 512, INDICES = 8, DRAWS = 250 };
#define TIMES 1000

/* S1 S2 S3 ST1 ST2 ST3 of Ishigami, then the sum of S, then S13. */
static const mst_bootstrapped *index_of(const mst_sobol_result *out, int at)
{
    return at < 3    ? &out->factor[at].s
           : at < 6  ? &out->factor[at - 3].st
           : at == 6 ? &out->sum
                     : &out->pair[2];
}

static double exact_of(int at)
{
    return at < 3    ? sens_ishigami_s[at]
           : at < 6  ? sens_ishigami_st[at - 3]
           : at == 6 ? 1 - sens_ishigami_s13
                     : sens_ishigami_s13;
}

typedef struct tally {
    int covered, normal; /* by the percentiles, by z sd */
    double mean, squares, sd;
} tally;

static void add(tally *t, const mst_bootstrapped *b, double exact)
{
    t->covered += b->low <= exact && exact <= b->high;
    t->normal += fabs(b->value - exact) <= b->half;
    t->mean += (b->value - exact) / TIMES;
    t->squares += (b->value - exact) * (b->value - exact) / TIMES;
    t->sd += b->sd / TIMES;
}

/*
 * Of 1000 independent plain bases of 512 rows the 95 % intervals cover the truth some 950 times. The
 * error of such a count is sqrt(1000 * .95 * .05) = 6.9; 4 of them are 28. The bootstrap itself is exact
 * only for infinitely many rows: of 512, with tails like these, it may miss 2 in 100 more (20). So 902
 * at least, 978 at most: intervals 20 in 100 too narrow (88.3 %) or 25 in 100 too wide (98.6 %) would be
 * seen. The mean sd must be that of the estimates themselves, which 1000 of them give to 2.2 in 100 and
 * more with their tails: 10 in 100; their mean must be the truth, to 4 of its errors.
 */
static void assert_covers(const char *name, int kind, const tally *t)
{
    const double sd = sqrt(t->squares - t->mean * t->mean);
    print_message("%-4s %s: percentiles cover %.3f, z sd %.3f; sd %.4f, told %.4f\n", name,
                  kind == 0 ? "default" : "Janon", t->covered / (double)TIMES,
                  t->normal / (double)TIMES, sd, t->sd);
    assert_in_range(t->covered, 902, 978);
    assert_in_range(t->normal, 902, 978);
    assert_near(t->sd, sd, .1 * sd);
    assert_near(t->mean, 0.0, 4 * sd / sqrt(TIMES));
}

static void test_sobol_bootstrap__coverage(void **state)
{
    (void)state;
    static const char *const name[INDICES] = {"S1", "S2", "S3", "ST1", "ST2", "ST3", "sum", "S13"};
    tally told[2][INDICES] = {0};
    gsl_rng *const rng = mst_rng_open(1, "coverage");
    for (int t = 0; t < TIMES; t++) {
        double *const points = sens_points_plain(rng, 3, ROWS);
        sens_runs r = sens_run(sens_ishigami, 3, ROWS, points);
        for (int kind = 0; kind < 2; kind++) {
            mst_sobol_result out;
            const mst_sobol_options how = options_of(kind == 0 ? 0 : 5, DRAWS, (uint64_t)t);
            assert_int_equal(mst_sobol(&r.in, &how, &out), MUSTER_OK);
            for (int at = 0; at < INDICES; at++)
                add(&told[kind][at], index_of(&out, at), exact_of(at));
            mst_sobol_free(&out);
        }
        sens_close(&r);
        free(points);
    }
    gsl_rng_free(rng);
    for (int kind = 0; kind < 2; kind++)
        for (int at = 0; at < INDICES; at++)
            assert_covers(name[at], kind, &told[kind][at]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sobol_bootstrap__second_method),
        cmocka_unit_test(test_sobol_bootstrap__seed),
        cmocka_unit_test(test_sobol_bootstrap__few_replicates),
        cmocka_unit_test(test_sobol_bootstrap__other_level),
        cmocka_unit_test(test_sobol_bootstrap__zero_like_total),
        cmocka_unit_test(test_sobol_bootstrap__coverage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
