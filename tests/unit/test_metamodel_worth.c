/* What a fit is worth: leaving out, shares, inflation and lack of fit, each the long way too. */
#include "test.h"

#include "meta_make.h"

#include <string.h>

static double weight_of(const mixed_drawn *d, mst_meta_weights weights, int row)
{
    switch (weights) {
    case MST_META_BY_COUNT:
        return d->n[row];
    case MST_META_ALIKE:
        return 1.0;
    case MST_META_BY_ERROR:
        return d->n[row] / d->s2[row];
    }
    return 0.0;
}

/* Each row predicted by a fit to all the others. */
static void test_metamodel_worth__press_is_that_of_leaving_out(void **state)
{
    (void)state;
    for (int weights = MST_META_BY_COUNT; weights <= MST_META_BY_ERROR; weights++) {
        mixed_drawn d;
        const mst_points points = mixed_draw(&d, 5, 1.5);
        mst_meta_options how = meta_how(MST_META_QUADRATIC);
        how.weights = (mst_meta_weights)weights;
        mst_meta meta = meta_of(&points, &how);
        double press = 0.0, mean = 0.0, all = 0.0, total = 0.0;
        for (int i = 0; i < MIXED_ROWS; i++) {
            const double y = d.y[i];
            d.y[i] = (double)NAN;
            mst_meta less = meta_of(&points, &how);
            assert_int_equal(less.used, MIXED_ROWS - 1);
            assert_true(isnan(less.fitted[i]));
            d.y[i] = y;
            const double weight = weight_of(&d, how.weights, i);
            const double apart = y - meta_at(&less, d.x + i * MIXED_INPUTS);
            press += weight * apart * apart;
            mean += weight * y;
            all += weight;
            mst_meta_free(&less);
        }
        for (int i = 0; i < MIXED_ROWS; i++)
            total += weight_of(&d, how.weights, i) * (d.y[i] - mean / all) * (d.y[i] - mean / all);
        assert_near(meta.press, press, 1e-9 * press);
        assert_near(meta.r2_loo, 1.0 - press / total, 1e-10);
        mst_meta_free(&meta);
    }
}

/* An input held at one value has no terms: R2 without it. */
static void test_metamodel_worth__share_is_what_goes_with_the_input(void **state)
{
    (void)state;
    mixed_drawn d, e;
    const mst_points points = mixed_draw(&d, 6, 1.0);
    const mst_meta_options how = meta_how(MST_META_QUADRATIC);
    mst_meta meta = meta_of(&points, &how);
    for (int k = 0; k < MIXED_INPUTS; k++) {
        e = d;
        for (int i = 0; i < MIXED_ROWS; i++)
            e.x[i * MIXED_INPUTS + k] = k == 2 ? 1.0 : 0.0;
        mst_input held[MIXED_INPUTS];
        memcpy(held, mixed, sizeof held);
        if (k != 2)
            held[k] = (mst_input){0};
        const mst_points without = {MIXED_ROWS, MIXED_INPUTS, held, e.x, e.y, e.n, e.s2};
        mst_meta less = meta_of(&without, &how);
        assert_near(meta.share[k], meta.r2 - less.r2, 1e-11);
        assert_near(less.share[k], 0.0, 0.0);
        mst_meta_free(&less);
    }
    mst_meta_free(&meta);
}

/* 1 / (1 - R2 of the column on all others), by a fit of the column itself. */
static void test_metamodel_worth__inflation_by_regression_on_the_others(void **state)
{
    (void)state;
    enum { K = 3, N = 25 };
    double x[N * K], y[N], others[N * (K - 1)];
    gsl_rng *rng = mst_rng_open(7, "test");
    for (int i = 0; i < N; i++) {
        for (int k = 0; k < K; k++)
            x[i * K + k] = gsl_rng_uniform(rng);
        x[i * K + 2] += 3.0 * x[i * K] - x[i * K + 1];
        y[i] = gsl_rng_uniform(rng);
    }
    gsl_rng_free(rng);
    const mst_input input[K] = {{0}};
    const mst_meta_options how = meta_how(MST_META_LINEAR);
    const mst_points points = {.rows = N, .inputs = K, .input = input, .x = x, .y = y};
    mst_meta meta = meta_of(&points, &how);
    for (int k = 0; k < K; k++) {
        double column[N];
        for (int i = 0; i < N; i++) {
            column[i] = x[i * K + k];
            for (int j = 0, at = 0; j < K; j++)
                if (j != k)
                    others[i * (K - 1) + at++] = x[i * K + j];
        }
        const mst_points of = {
            .rows = N, .inputs = K - 1, .input = input, .x = others, .y = column};
        mst_meta on = meta_of(&of, &how);
        assert_near(meta.coefficient[k + 1].vif, 1.0 / (1.0 - on.r2), 1e-11);
        mst_meta_free(&on);
    }
    assert_true(isnan(meta.coefficient[0].vif));
    mst_meta_free(&meta);
}

/* Draper and Smith's way by hand: x 1, 1, 2, 3, 3 with y 2, 4, 3, 7, 5, a line; the pairs at 1 and
 * 3 give pure squares 2 + 2 with 2 degrees of freedom. The line: mean x 2, y 4.2; slope 6/4 = 1.5,
 * at 2: 4.2; residuals -.7, 1.3, -1.2, 1.3, -.7: 5.8; lack 1.8 with 1 degree: F = .9. */
static void test_metamodel_worth__lack_of_fit_by_hand(void **state)
{
    (void)state;
    const mst_input input = {0};
    static const double x[] = {1, 1, 2, 3, 3}, y[] = {2, 4, 3, 7, 5};
    const mst_points rows = {.rows = 5, .inputs = 1, .input = &input, .x = x, .y = y};
    /* the same as three points with their replications */
    static const double at[] = {1, 2, 3}, mean[] = {3, 3, 6}, s2[] = {2, NAN, 2};
    static const int32_t n[] = {2, 1, 2};
    const mst_points means = {3, 1, &input, at, mean, n, s2};
    mst_meta_options how = meta_how(MST_META_LINEAR);
    const mst_points *both[] = {&rows, &means, &means};
    for (int i = 0; i < 3; i++) {
        /* the test weighs every replication alike, whatever the fit weighs by */
        how.weights = i == 2 ? MST_META_ALIKE : MST_META_BY_COUNT;
        mst_meta meta = meta_of(both[i], &how);
        assert_near(meta.lack.f, 0.9, 1e-13);
        assert_near(meta.lack.df, 1.0, 0.0);
        assert_near(meta.lack.df_pure, 2.0, 0.0);
        assert_near(meta.lack.pure_sd, sqrt(2.0), 1e-14);
        /* P of F(1, 2) is that of t(2): 1 - t / sqrt(2 + t^2) */
        assert_near(meta.lack.p, 1.0 - sqrt(0.9 / 2.9), 1e-12);
        assert_near(meta.coefficient[1].value, 1.5, 1e-13); /* half of the range is 1 */
        mst_meta_free(&meta);
    }
    static const double alone[] = {2, 3, 7};
    const mst_points no_noise = {.rows = 3, .inputs = 1, .input = &input, .x = at, .y = alone};
    mst_meta meta = meta_of(&no_noise, &how);
    assert_true(isnan(meta.lack.f) && isnan(meta.lack.p) && isnan(meta.lack.df_pure));
    mst_meta_free(&meta);
}

/* Points with their counts say the same as their replications row by row, but for the spread. */
static void test_metamodel_worth__counts_stand_for_rows(void **state)
{
    (void)state;
    const mst_input input = {0};
    static const double x[] = {0, 1, 2, 5}, y[] = {1, 3, 2, 9};
    static const int32_t n[] = {3, 1, 2, 2};
    double long_x[8], long_y[8];
    for (int i = 0, at = 0; i < 4; i++)
        for (int r = 0; r < n[i]; r++, at++) {
            long_x[at] = x[i];
            long_y[at] = y[i];
        }
    const mst_points points = {4, 1, &input, x, y, n, NULL};
    const mst_points rows = {.rows = 8, .inputs = 1, .input = &input, .x = long_x, .y = long_y};
    const mst_meta_options how = meta_how(MST_META_LINEAR);
    mst_meta a = meta_of(&points, &how), b = meta_of(&rows, &how);
    for (int i = 0; i < 2; i++)
        assert_near(a.coefficient[i].value, b.coefficient[i].value, 1e-13);
    assert_near(a.r2, b.r2, 1e-14);
    assert_int_equal(a.df, 2);
    assert_int_equal(b.df, 6);
    mst_meta_free(&a);
    mst_meta_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_metamodel_worth__press_is_that_of_leaving_out),
        cmocka_unit_test(test_metamodel_worth__share_is_what_goes_with_the_input),
        cmocka_unit_test(test_metamodel_worth__inflation_by_regression_on_the_others),
        cmocka_unit_test(test_metamodel_worth__lack_of_fit_by_hand),
        cmocka_unit_test(test_metamodel_worth__counts_stand_for_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
