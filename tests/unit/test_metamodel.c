/* What a metamodel says, against cases worked by hand and against doing it the long way. */
#include "test.h"

#include "meta_make.h"

#include <gsl/gsl_multifit.h>
#include <string.h>

/* y = 4 - 3 z0 + 2 z1 + 5 z0 z1 - z0^2 + .5 z1^2 in coded inputs, on a grid of 4 by 4. */
static void test_metamodel__finds_a_planted_quadratic(void **state)
{
    (void)state;
    const mst_input input[] = {{MST_INPUT_REAL, 100.0, 300.0, 0}, {MST_INPUT_REAL, -2.0, 2.0, 0}};
    double x[32], y[16];
    for (int i = 0; i < 16; i++) {
        const double a = -1.0 + 2.0 / 3.0 * (i / 4), b = -1.0 + 2.0 / 3.0 * (i % 4);
        x[2 * i] = 200.0 + 100.0 * a;
        x[2 * i + 1] = 2.0 * b;
        y[i] = 4.0 - 3.0 * a + 2.0 * b + 5.0 * a * b - a * a + 0.5 * b * b;
    }
    const mst_points points = {.rows = 16, .inputs = 2, .input = input, .x = x, .y = y};
    const mst_meta_options how = meta_how(MST_META_AUTO);
    mst_meta meta = meta_of(&points, &how);
    assert_int_equal(meta.options.form, MST_META_QUADRATIC);
    assert_int_equal(meta.coefficients, 6);
    static const double expected[] = {4.0, -3.0, 2.0, 5.0, -1.0, 0.5};
    for (int i = 0; i < 6; i++)
        assert_near(meta.coefficient[i].value, expected[i], 1e-13);
    assert_near(meta.r2, 1.0, 1e-14);
    assert_near(meta.r2_loo, 1.0, 1e-13);
    assert_near(meta.sd, 0.0, 1e-13);
    const double at[] = {250.0, 1.0};
    assert_near(meta_at(&meta, at), 4.0 - 1.5 + 1.0 + 1.25 - 0.25 + 0.125, 1e-13);
    mst_meta_free(&meta);
}

/* Straight line through (0,1), (1,3), (2,4), (3,8): b = 2.2, a = .7, residuals .3, .1, -1.1, .7:
 * sum of squares 1.8, variance .9; error of b sqrt(.9/5), of a sqrt(.9 * 14/20). */
static void test_metamodel__straight_line_by_hand(void **state)
{
    (void)state;
    const mst_input input = {MST_INPUT_REAL, -1.0, 1.0, 0};
    static const double x[] = {0, 1, 2, 3}, y[] = {1, 3, 4, 8};
    const mst_points points = {.rows = 4, .inputs = 1, .input = &input, .x = x, .y = y};
    const mst_meta_options how = meta_how(MST_META_LINEAR);
    mst_meta meta = meta_of(&points, &how);
    const mst_meta_coefficient *a = &meta.coefficient[0], *b = &meta.coefficient[1];
    assert_near(a->value, 0.7, 1e-14);
    assert_near(b->value, 2.2, 1e-14);
    assert_near(meta.sd, sqrt(0.9), 1e-14);
    assert_near(a->error, sqrt(0.63), 1e-14);
    assert_near(b->error, sqrt(0.18), 1e-14);
    /* t at .975 with 2 degrees of freedom is .95 / sqrt(2 * .975 * .025) by its closed form */
    const double t = 0.95 / sqrt(2.0 * 0.975 * 0.025);
    assert_near(b->high - b->value, t * sqrt(0.18), 1e-9);
    assert_near(b->low, 2.2 - t * sqrt(0.18), 1e-9);
    /* P with 2 degrees of freedom: 1 - t / sqrt(2 + t^2) */
    const double ratio = 2.2 / sqrt(0.18);
    assert_near(b->t, ratio, 1e-13);
    assert_near(b->p, 1.0 - ratio / sqrt(2.0 + ratio * ratio), 1e-12);
    /* sum of squares about the mean 26, of the residuals 1.8 */
    assert_near(meta.r2, 1.0 - 1.8 / 26.0, 1e-14);
    assert_near(meta.r2_adjusted, 1.0 - 0.9 / (26.0 / 3.0), 1e-14);
    assert_near(meta.f, 24.2 / 0.9, 1e-12);
    assert_near(meta.p, b->p, 1e-12); /* F of one term is t squared */
    assert_near(b->vif, 1.0, 1e-14);
    assert_near(meta.share[0], meta.r2, 1e-14);
    /* leverages 1/4 + (x - 1.5)^2 / 5 */
    assert_near(meta.leverage[0], 0.7, 1e-14);
    assert_near(meta.leverage[2], 0.3, 1e-14);
    assert_near(meta.standard[2], -1.1 / sqrt(0.9 * 0.7), 1e-13);
    assert_int_equal(meta.worst_row, 2);
    assert_near(meta.press, 1.0 + 0.1 * 0.1 / 0.49 + 1.21 / 0.49 + 0.49 / 0.09, 1e-12);
    /* at 4: leverage .25 + 6.25 / 5 = 1.5 */
    mst_meta_prediction there;
    const double at = 4.0;
    assert_int_equal(mst_meta_predict(&meta, &at, 1.0, &there), MUSTER_OK);
    assert_near(there.mean.value, 9.5, 1e-13);
    assert_near(there.mean.error, sqrt(0.9 * 1.5), 1e-13);
    assert_near(there.new_high, 9.5 + t * sqrt(0.9 * 2.5), 1e-8);
    assert_true(there.is_extrapolated); /* the range was said to end at 1 */
    mst_meta_free(&meta);
}

/* Three levels by effects: the constant is the mean of the level means, each coefficient a level's
 * mean less that. */
static void test_metamodel__choices_are_coded_by_effects(void **state)
{
    (void)state;
    const mst_input input = {.kind = MST_INPUT_CHOICE, .levels = 3};
    static const double x[] = {0, 0, 1, 1, 1, 2, 2}, y[] = {1, 3, 5, 6, 7, 11, 14};
    const mst_points points = {.rows = 7, .inputs = 1, .input = &input, .x = x, .y = y};
    const mst_meta_options how = meta_how(MST_META_QUADRATIC); /* a choice has no square */
    mst_meta meta = meta_of(&points, &how);
    const double all = (2.0 + 6.0 + 12.5) / 3.0;
    assert_int_equal(meta.coefficients, 3);
    assert_near(meta.coefficient[0].value, all, 1e-13);
    assert_near(meta.coefficient[1].value, 2.0 - all, 1e-13);
    assert_near(meta.coefficient[2].value, 6.0 - all, 1e-13);
    assert_int_equal(meta.coefficient[1].level[0], 0);
    assert_int_equal(meta.coefficient[2].level[0], 1);
    assert_int_equal(meta.coefficient[0].level[0], -1);
    for (int l = 0; l < 3; l++) {
        const double at = l;
        assert_near(meta_at(&meta, &at), l == 0 ? 2.0 : l == 1 ? 6.0 : 12.5, 1e-13);
    }
    const double middle = (double)NAN, beyond = 3.0, between = 0.5;
    assert_near(meta_at(&meta, &middle), all, 1e-13);
    mst_meta_prediction out;
    assert_int_equal(mst_meta_predict(&meta, &beyond, 1.0, &out), MUSTER_MISTAKE);
    assert_int_equal(mst_meta_predict(&meta, &between, 1.0, &out), MUSTER_MISTAKE);
    /* the last level less the first: 10.5, error sd * sqrt(1/2 + 1/2) */
    const double two[] = {0.0, 2.0}, factor[] = {-1.0, 1.0};
    mst_meta_estimate apart;
    assert_int_equal(mst_meta_contrast(&meta, 2, two, factor, &apart), MUSTER_OK);
    assert_near(apart.value, 10.5, 1e-13);
    assert_near(apart.error, meta.sd, 1e-13);
    assert_near(meta.sd, sqrt((2.0 + 2.0 + 4.5) / 4.0), 1e-13);
    mst_meta_free(&meta);
}

/* Products of a choice of three and one of two levels: six cells, met exactly, and the columns'
 * levels named. */
static void test_metamodel__products_of_choices(void **state)
{
    (void)state;
    const mst_input input[] = {{.kind = MST_INPUT_CHOICE, .levels = 3},
                               {.kind = MST_INPUT_CHOICE, .levels = 2}};
    static const double cell[] = {1.0, 2.5, -3.0, 8.0, 0.25, 7.0};
    double x[24], y[12];
    for (int i = 0; i < 12; i++) {
        x[2 * i] = i % 6 / 2;
        x[2 * i + 1] = i % 2;
        y[i] = cell[i % 6];
    }
    const mst_points points = {.rows = 12, .inputs = 2, .input = input, .x = x, .y = y};
    const mst_meta_options how = meta_how(MST_META_INTERACTIONS);
    mst_meta meta = meta_of(&points, &how);
    assert_int_equal(meta.rank, 6);
    for (int i = 0; i < 6; i++)
        assert_near(meta_at(&meta, x + 2 * i), cell[i], 1e-13);
    const mst_meta_coefficient *c = meta_find(&meta, 0, 1, 1);
    assert_int_equal(c->level[0], 1);
    assert_int_equal(c->level[1], 0);
    /* non-additivity of cell (1, 0): -3 - mean of row 1 - mean of column 0 + mean */
    const double all = (1.0 + 2.5 - 3.0 + 8.0 + 0.25 + 7.0) / 6.0;
    assert_near(c->value, -3.0 - 2.5 - (1.0 - 3.0 + 0.25) / 3.0 + all, 1e-13);
    mst_meta_free(&meta);
}

/* Other numbers for the levels, other ranges and another unit of the inputs: the same predictions.
 * */
static void test_metamodel__coding_changes_no_prediction(void **state)
{
    (void)state;
    mixed_drawn d, e;
    const mst_points points = mixed_draw(&d, 3, 1.0);
    e = d;
    mst_input other[MIXED_INPUTS];
    memcpy(other, mixed, sizeof other);
    other[0] = (mst_input){MST_INPUT_REAL, 0.0, 1.0, 0};
    other[3] = (mst_input){0}; /* the range of the points */
    static const double to[] = {2.0, 0.0, 1.0};
    for (int i = 0; i < MIXED_ROWS; i++) {
        e.x[i * MIXED_INPUTS] = 1.852 * d.x[i * MIXED_INPUTS];
        e.x[i * MIXED_INPUTS + 2] = to[(int)d.x[i * MIXED_INPUTS + 2]];
    }
    const mst_points again = {MIXED_ROWS, MIXED_INPUTS, other, e.x, e.y, e.n, e.s2};
    const mst_meta_options how = meta_how(MST_META_QUADRATIC);
    mst_meta a = meta_of(&points, &how), b = meta_of(&again, &how);
    assert_near(a.r2, b.r2, 1e-12);
    assert_near(a.press, b.press, 1e-9 * a.press);
    for (int i = 0; i < MIXED_ROWS; i++) {
        assert_near(a.fitted[i], b.fitted[i], 1e-9);
        assert_near(a.standard[i], b.standard[i], 1e-9);
    }
    for (int i = 0; i < MIXED_INPUTS; i++)
        assert_near(a.share[i], b.share[i], 1e-10);
    mst_meta_free(&a);
    mst_meta_free(&b);
}

/* GSL's singular values, on columns written down here: the same coefficients and errors. */
static void test_metamodel__agrees_with_singular_values(void **state)
{
    (void)state;
    enum { P = 18 };
    mixed_drawn d;
    const mst_points points = mixed_draw(&d, 4, 1.0);
    gsl_matrix *x = gsl_matrix_alloc(MIXED_ROWS, P), *covariance = gsl_matrix_alloc(P, P);
    gsl_vector *y = gsl_vector_alloc(MIXED_ROWS), *w = gsl_vector_alloc(MIXED_ROWS),
               *c = gsl_vector_alloc(P);
    for (size_t i = 0; i < MIXED_ROWS; i++) {
        const double *at = d.x + i * MIXED_INPUTS, a = at[0] / 10.0 - 2.0, b = at[1] / 4.0 - 1.25;
        const double l0 = at[2] > 1.5 ? -1.0 : at[2] < 0.5, e = 2.0 * at[3];
        const double l1 = at[2] > 1.5 ? -1.0 : at[2] > 0.5;
        const double column[P] = {1.0,   a,      b,      l0,    l1,     e,
                                  a * b, a * l0, a * l1, a * e, b * l0, b * l1,
                                  b * e, l0 * e, l1 * e, a * a, b * b,  e * e};
        for (size_t k = 0; k < P; k++)
            gsl_matrix_set(x, i, k, column[k]);
        gsl_vector_set(y, i, d.y[i]);
        gsl_vector_set(w, i, d.n[i]);
    }
    gsl_multifit_linear_workspace *space = gsl_multifit_linear_alloc(MIXED_ROWS, P);
    double rest = 0.0;
    gsl_multifit_wlinear(x, w, y, c, covariance, &rest, space);
    const mst_meta_options how = meta_how(MST_META_QUADRATIC);
    mst_meta meta = meta_of(&points, &how);
    assert_int_equal(meta.coefficients, P);
    for (size_t k = 0; k < P; k++) {
        assert_near(meta.coefficient[k].value, gsl_vector_get(c, k), 1e-11);
        assert_near(meta.coefficient[k].error, meta.sd * sqrt(gsl_matrix_get(covariance, k, k)),
                    1e-11);
    }
    assert_near(meta.sd, sqrt(rest / (MIXED_ROWS - P)), 1e-12);
    mst_meta_free(&meta);
    gsl_multifit_linear_free(space);
    gsl_matrix_free(x);
    gsl_matrix_free(covariance);
    gsl_vector_free(y);
    gsl_vector_free(w);
    gsl_vector_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_metamodel__finds_a_planted_quadratic),
        cmocka_unit_test(test_metamodel__straight_line_by_hand),
        cmocka_unit_test(test_metamodel__choices_are_coded_by_effects),
        cmocka_unit_test(test_metamodel__products_of_choices),
        cmocka_unit_test(test_metamodel__coding_changes_no_prediction),
        cmocka_unit_test(test_metamodel__agrees_with_singular_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
