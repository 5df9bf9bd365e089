#include "sensitivity.h"

#include "base/rng.h"

/* Properties no estimator may lack, odd outputs, failed runs, warnings, refusals. */

/* ---- invariance -------------------------------------------------------------------------------- */

static void map_all(sens_runs *r, double factor, double constant)
{
    const int64_t n = r->in.rows, k = r->in.factors;
    for (int64_t j = 0; j < n; j++) {
        r->a[j] = r->a[j] * factor + constant;
        r->b[j] = r->b[j] * factor + constant;
    }
    for (int64_t j = 0; j < n * k; j++) {
        r->ab[j] = r->ab[j] * factor + constant;
        r->ba[j] = r->ba[j] * factor + constant;
    }
}

/* An output of size 1e6 is rounded by 1e6 2^-53, 3e-11 of the standard deviation: some such errors in
 * each product. Without centring the indices would move by 1e6 mean(AB - A) / V, about 1e3. */
static void test_sobol_cases__constant_added(void **state)
{
    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        sens_runs r = sens_runs_sobol(sens_ishigami, 3, 256);
        const mst_sobol_options how = sens_options(kind, kind % 2, 100);
        mst_sobol_result plain = sens_estimate(&r.in, &how);
        map_all(&r, 1.0, 1e6);
        mst_sobol_result moved = sens_estimate(&r.in, &how);
        sens_assert_same(&plain, &moved, 1e-9);
        assert_near(moved.mean - 1e6, plain.mean, 1e-9);
        map_all(&r, -1.0, 0.0); /* a larger output is worse: the same shares */
        mst_sobol_result mirrored = sens_estimate(&r.in, &how);
        sens_assert_same(&moved, &mirrored, 0.0);
        mst_sobol_free(&plain);
        mst_sobol_free(&moved);
        mst_sobol_free(&mirrored);
        sens_close(&r);
    }
}

static void test_sobol_cases__other_units(void **state)
{
    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        sens_runs r = sens_runs_sobol(sens_ishigami, 3, 256);
        const mst_sobol_options how = sens_options(kind, kind % 2, 100);
        mst_sobol_result plain = sens_estimate(&r.in, &how);
        map_all(&r, 0x1p60, 0.0); /* a power of 2 rounds nothing */
        mst_sobol_result exact = sens_estimate(&r.in, &how);
        sens_assert_same(&plain, &exact, 0.0);
        assert_near(exact.variance, plain.variance * 0x1p120, 0.0);
        map_all(&r, 0x1p-60 / 1852.0, 0.0); /* every product rounds once more */
        mst_sobol_result miles = sens_estimate(&r.in, &how);
        sens_assert_same(&plain, &miles, 1e-12);
        mst_sobol_free(&plain);
        mst_sobol_free(&exact);
        mst_sobol_free(&miles);
        sens_close(&r);
    }
}

/* ---- odd outputs ------------------------------------------------------------------------------- */

static void assert_zero(const mst_bootstrapped *b)
{
    assert_true(b->value == 0.0 && b->low == 0.0 && b->high == 0.0 && b->sd == 0.0 &&
                b->half == 0.0 && b->is_zero_like);
}

static void test_sobol_cases__constant_output(void **state)
{
    (void)state;
    for (int rounded = 0; rounded < 2; rounded++) {
        sens_runs r = sens_open(3, 128, true);
        map_all(&r, 0.0, .3);
        for (int64_t j = 0; j < 4 * 128; j++)
            r.ab[j] = rounded ? .1 + .2 : .3; /* another double */
        mst_sobol_result out = sens_estimate(&r.in, NULL);
        for (int i = 0; i < 3; i++) {
            assert_zero(&out.factor[i].s);
            assert_zero(&out.factor[i].st);
            assert_zero(&out.factor[i].apart);
            for (int j = 0; j < 3; j++)
                if (i != j)
                    assert_zero(&out.pair[3 * i + j]);
        }
        assert_zero(&out.luck.s);
        assert_zero(&out.luck.st);
        assert_zero(&out.sum);
        assert_zero(&out.rest);
        assert_int_equal(out.warnings, MST_SOBOL_CONSTANT);
        assert_near(out.mean, .3, 1e-15);
        assert_true(out.variance == 0.0);
        mst_sobol_free(&out);
        sens_close(&r);
    }
}

/* A and B happened to miss what a block hit. */
static void test_sobol_cases__flat_base(void **state)
{
    (void)state;
    sens_runs r = sens_open(2, 100, false);
    r.ab[17] = 1.0;
    mst_sobol_result out = sens_estimate(&r.in, NULL);
    assert_int_equal(out.warnings, MST_SOBOL_FLAT_BASE);
    assert_true(isnan(out.factor[0].s.value) && isnan(out.factor[0].st.value));
    assert_true(isnan(out.factor[1].s.value) && isnan(out.sum.value) && isnan(out.pair[1].value));
    assert_false(out.factor[0].st.is_zero_like);
    assert_true(out.variance == 0.0);
    mst_sobol_free(&out);
    sens_close(&r);
}

static double rare(const double *u, int k)
{
    (void)k;
    return u[0] < .01 ? .8 : .1; /* no binary fractions: sums of many round */
}

/* An event one run in a hundred: some resamples of 128 rows have none, in A or in B, and V is 0 there.
 * They are left out, and what is left is finite. How many: P(no event among 128
 * rows drawn) from the share of rows that have one. */
static void test_sobol_cases__rare_event(void **state)
{
    (void)state;
    gsl_rng *const rng = mst_rng_open(11, "rare");
    double *const points = sens_points_plain(rng, 2, 128);
    sens_runs r = sens_run(rare, 2, 128, points);
    mst_sobol_result out = sens_estimate(&r.in, NULL);
    int events = 0;
    for (int j = 0; j < 128; j++)
        events += (r.a[j] > .5) + (r.b[j] > .5);
    assert_in_range(events, 1, 5); /* or the test says nothing */
    const double missed = pow(1.0 - events / 128.0, 128.0) * 1000.0;
    const int32_t left_out = 1000 - out.factor[0].st.replicates;
    assert_near(left_out, missed, 4.0 * sqrt(missed));
    assert_true(isfinite(out.factor[0].s.low) && isfinite(out.factor[0].s.high));
    assert_true(isfinite(out.factor[0].st.sd));
    assert_zero(&out.factor[1].s);
    assert_zero(&out.factor[1].st);
    mst_sobol_free(&out);
    sens_close(&r);
    free(points);
    gsl_rng_free(rng);
}

/* A fourth factor does nothing: exactly nothing, whatever the base. With another one before it, the
 * rest stays as it is: the draws do not depend on the number of factors. */
static void test_sobol_cases__inert_factor(void **state)
{
    (void)state;
    gsl_rng *const rng = mst_rng_open(3, "inert");
    double *const points = sens_points_plain(rng, 4, 256);
    sens_runs r = sens_run(sens_ishigami, 4, 256, points);
    mst_sobol_result out = sens_estimate(&r.in, NULL);
    assert_zero(&out.factor[3].s);
    assert_zero(&out.factor[3].st);
    mst_sobol_input three = r.in; /* the first three blocks, without the inert one */
    three.factors = 3;
    mst_sobol_result less = sens_estimate(&three, NULL);
    for (int i = 0; i < 3; i++) {
        sens_assert_alike(&less.factor[i].s, &out.factor[i].s, 0.0);
        sens_assert_alike(&less.factor[i].st, &out.factor[i].st, 0.0);
        for (int j = 0; j < 3; j++)
            if (i != j)
                sens_assert_alike(&less.pair[3 * i + j], &out.pair[4 * i + j], 0.0);
    }
    /* Janon's and Jansen's S know nothing of that: 0 within their errors */
    const mst_sobol_options how = sens_options(MST_SOBOL_FIRST_JANSEN, MST_SOBOL_TOTAL_JANON, 500);
    mst_sobol_result other = sens_estimate(&r.in, &how);
    assert_true(other.factor[3].s.is_zero_like && other.factor[3].s.sd > .01);
    assert_zero(&other.factor[3].st);
    mst_sobol_free(&out);
    mst_sobol_free(&less);
    mst_sobol_free(&other);
    sens_close(&r);
    free(points);
    gsl_rng_free(rng);
}

/* ---- failed runs ------------------------------------------------------------------------------- */

/* A failed run takes its base row away; what is left is as if the row had never been. */
static void test_sobol_cases__failed_runs(void **state)
{
    (void)state;
    enum { N = 200, K = 3 };
    gsl_rng *const rng = mst_rng_open(8, "failed");
    double *const points = sens_points_plain(rng, K, N);
    sens_runs all = sens_run(sens_ishigami, K, N, points);
    sens_runs some = sens_run(sens_ishigami, K, N, points);
    const int64_t failed[] = {0, 57, 58, 101, 199};
    all.a[failed[0]] = (double)NAN;
    all.b[failed[1]] = (double)INFINITY;
    all.ab[2 * N + failed[2]] = (double)NAN;
    all.ba[failed[3]] = -(double)INFINITY;
    all.ab[failed[4]] = all.ba[N + failed[4]] = (double)NAN; /* two, one row */
    int64_t left = 0;
    for (int64_t j = 0; j < N; j++) {
        bool is_failed = false;
        for (int f = 0; f < 5; f++)
            is_failed = is_failed || failed[f] == j;
        if (!is_failed)
            memmove(points + 2 * K * left++, points + 2 * K * j, 2 * K * sizeof *points);
    }
    sens_close(&some);
    some = sens_run(sens_ishigami, K, left, points);
    mst_sobol_result a = sens_estimate(&all.in, NULL), b = sens_estimate(&some.in, NULL);
    assert_int_equal(a.rows_used, 195);
    assert_int_equal(a.rows_dropped, 5);
    assert_int_equal(b.rows_dropped, 0);
    assert_int_equal(a.warnings, MST_SOBOL_DROPPED);
    a.warnings = 0;
    sens_assert_same(&a, &b, 0.0);
    assert_true(a.mean == b.mean && a.variance == b.variance);
    mst_sobol_free(&a);
    all.in.ba = NULL; /* then what failed only there takes nothing away */
    a = sens_estimate(&all.in, NULL);
    assert_int_equal(a.rows_dropped, 4);
    mst_sobol_free(&a);
    mst_sobol_free(&b);
    sens_close(&all);
    sens_close(&some);
    free(points);
    gsl_rng_free(rng);
}

static void test_sobol_cases__few_rows(void **state)
{
    (void)state;
    sens_runs r = sens_runs_sobol(sens_ishigami, 3, 64);
    mst_sobol_result out = sens_estimate(&r.in, NULL);
    assert_int_equal(out.warnings & MST_SOBOL_FEW_ROWS, 0);
    mst_sobol_free(&out);
    r.a[5] = (double)NAN;
    out = sens_estimate(&r.in, NULL);
    assert_int_equal(out.warnings & MST_SOBOL_FEW_ROWS, MST_SOBOL_FEW_ROWS);
    mst_sobol_free(&out);
    for (int j = 0; j < 64; j++)
        r.b[j] = j == 7 ? r.b[j] : (double)NAN;
    out = sens_estimate(&r.in, NULL); /* one row: numbers, no intervals */
    assert_int_equal(out.rows_used, 1);
    assert_true(isfinite(out.factor[0].s.value) && isfinite(out.factor[0].st.value));
    assert_true(isnan(out.factor[0].s.low) && isnan(out.factor[0].s.sd));
    assert_int_equal(out.factor[0].s.replicates, 0);
    mst_sobol_free(&out);
    r.b[7] = (double)NAN;
    out = sens_estimate(&r.in, NULL);
    assert_int_equal(out.rows_used, 0);
    assert_int_equal(out.rows_dropped, 64);
    assert_true(isnan(out.mean) && isnan(out.variance) && isnan(out.factor[2].st.value));
    assert_int_equal(out.warnings, MST_SOBOL_FEW_ROWS | MST_SOBOL_DROPPED);
    mst_sobol_free(&out);
    sens_close(&r);
}

/* ---- warnings ---------------------------------------------------------------------------------- */

/* Blocks no design would give: AB_i = A + B / 2, so S = 1/2 and ST = 1/8 for each of three factors. */
static void test_sobol_cases__warnings(void **state)
{
    (void)state;
    enum { N = 512 };
    sens_runs r = sens_runs_sobol(sens_ishigami, 3, N);
    mst_sobol_result out = sens_estimate(&r.in, NULL);
    assert_int_equal(out.warnings, 0);
    for (int i = 0; i < 3; i++)
        assert_false(out.factor[i].is_st_below_s);
    mst_sobol_free(&out);
    for (int64_t j = 0; j < N; j++)
        for (int i = 0; i < 3; i++)
            r.ab[i * N + j] = r.a[j] + .5 * (r.b[j] - 3.5);
    out = sens_estimate(&r.in, NULL);
    assert_int_equal(out.warnings, MST_SOBOL_SUM_ABOVE_1 | MST_SOBOL_ST_BELOW_S);
    for (int i = 0; i < 3; i++) {
        assert_true(out.factor[i].is_st_below_s);
        assert_near(out.factor[i].s.value, .5, .05); /* Var(B) / V, of 512 rows */
        assert_near(out.factor[i].st.value, .125, .0125);
    }
    assert_near(out.sum.value, 1.5, .15);
    mst_sobol_free(&out);
    const mst_sobol_options how = sens_options(0, 0, 0); /* no interval to be beyond */
    out = sens_estimate(&r.in, &how);
    assert_int_equal(out.warnings, 0);
    assert_true(isnan(out.sum.low) && isnan(out.sum.sd) && !out.sum.is_zero_like);
    mst_sobol_free(&out);
    sens_close(&r);
}

static double additive(const double *u, int k)
{
    double sum = 0.0;
    for (int i = 0; i < k; i++)
        sum += u[i];
    return sum;
}

/* Nothing interacts: ST = S, and the sum is 1. False alarms come as often as the header says, 2.5 in 100
 * each: of 400 bases 10, and 4 standard errors (3.1) more. Were every factor held against its own
 * interval, it would be some 80 of ten factors. */
static void test_sobol_cases__false_alarms(void **state)
{
    (void)state;
    enum { TIMES = 400, N = 128, K = 10 };
    gsl_rng *const rng = mst_rng_open(4, "alarms");
    int sum_above = 0, st_below = 0;
    for (int t = 0; t < TIMES; t++) {
        double *const points = sens_points_plain(rng, K, N);
        sens_runs r = sens_run(additive, K, N, points);
        r.in.ba = NULL;
        const mst_sobol_options how = sens_options(0, 0, 200);
        mst_sobol_result out = sens_estimate(&r.in, &how);
        sum_above += (out.warnings & MST_SOBOL_SUM_ABOVE_1) != 0;
        st_below += (out.warnings & MST_SOBOL_ST_BELOW_S) != 0;
        mst_sobol_free(&out);
        sens_close(&r);
        free(points);
    }
    print_message("false alarms of %d: sum above 1 %d, ST below S %d\n", TIMES, sum_above,
                  st_below);
    assert_in_range(sum_above, 0, 22);
    assert_in_range(st_below, 0, 22);
    gsl_rng_free(rng);
}

/* ---- refusals ---------------------------------------------------------------------------------- */

static void test_sobol_cases__refuses(void **state)
{
    (void)state;
    sens_runs r = sens_runs_sobol(sens_ishigami, 3, 16);
    for (int wrong = 0; wrong < 8; wrong++) {
        mst_sobol_input in = r.in;
        mst_sobol_options how = MST_SOBOL_DEFAULT;
        switch (wrong) {
        case 0:
            in.factors = 0;
            break;
        case 1:
            in.factors = (1 << 14) + 1;
            break;
        case 2:
            in.rows = 0;
            break;
        case 3:
            in.rows = INT64_C(1) << 31;
            break;
        case 4:
            how.bootstrap.replicates = -1;
            break;
        case 5:
            how.bootstrap.level = 0.0;
            break;
        case 6:
            how.bootstrap.level = 1.0;
            break;
        default:
            how.bootstrap.level = (double)NAN;
            break;
        }
        mst_sobol_result out;
        memset(&out, 0x5a, sizeof out);
        assert_int_equal(mst_sobol(&in, &how, &out), MUSTER_MISTAKE);
        assert_null(out.factor);
        assert_null(out.pair);
        mst_sobol_free(&out);
    }
    sens_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sobol_cases__constant_added),
        cmocka_unit_test(test_sobol_cases__other_units),
        cmocka_unit_test(test_sobol_cases__constant_output),
        cmocka_unit_test(test_sobol_cases__flat_base),
        cmocka_unit_test(test_sobol_cases__rare_event),
        cmocka_unit_test(test_sobol_cases__inert_factor),
        cmocka_unit_test(test_sobol_cases__failed_runs),
        cmocka_unit_test(test_sobol_cases__few_rows),
        cmocka_unit_test(test_sobol_cases__warnings),
        cmocka_unit_test(test_sobol_cases__false_alarms),
        cmocka_unit_test(test_sobol_cases__refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
