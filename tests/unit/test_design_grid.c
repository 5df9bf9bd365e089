/* Designs of given settings: factorial, one at a time, two-level fractions, central composite. */
#include "test.h"

#include "design_make.h"

#include "design/design.h"

#include <gsl/gsl_linalg.h>
#include <gsl/gsl_matrix.h>

/* ---- factorial ------------------------------------------------------------------------------------ */

static void test_design_grid__factorial_counts_with_the_last_factor_fastest(void **state)
{
    (void)state;
    static const int32_t levels[] = {3, 2, 1, 5};
    mst_design a = design_made("factorial", (mst_design_ask){.columns = 4, .levels = levels});
    assert_int_equal(a.rows, 30);
    int64_t row = 0;
    for (int32_t first = 0; first < 3; first++)
        for (int32_t second = 0; second < 2; second++)
            for (int32_t fourth = 0; fourth < 5; fourth++, row++) {
                assert_near(unit_at(&a, row, 0), (first + 0.5) / 3.0, 0.0);
                assert_near(unit_at(&a, row, 1), (second + 0.5) / 2.0, 0.0);
                assert_near(unit_at(&a, row, 2), 0.5, 0.0);
                assert_near(unit_at(&a, row, 3), (fourth + 0.5) / 5.0, 0.0);
                assert_true(a.block[row].kind == MST_BLOCK_POINT && a.block[row].factor == -1);
                assert_true(a.block[row].base_row == 0 && a.seed_group[row] == 0);
            }
    mst_design_free(&a);
}

static void test_design_grid__factorial_refuses_what_is_continuous(void **state)
{
    (void)state;
    static const int32_t levels[] = {3, 0};
    static const char *const names[] = {"kit", "delay"};
    assert_design_refused("factorial",
                          (mst_design_ask){.columns = 2, .levels = levels, .names = names},
                          "'delay' is continuous");
    assert_design_refused("factorial", (mst_design_ask){.columns = 2}, "factor 1 is continuous");
}

/* ---- one at a time ---------------------------------------------------------------------------------- */

static void test_design_grid__one_at_a_time_leaves_the_others_alone(void **state)
{
    (void)state;
    static const int32_t levels[] = {0, 3, 1};
    static const int32_t moved[] = {-1, 0, 0, 1, 1, 1, 2};
    static const double to[] = {NAN, 0.0, 1.0, 1.0 / 6.0, 0.5, 5.0 / 6.0, 0.5};
    mst_design a = design_made("one-at-a-time", (mst_design_ask){.columns = 3, .levels = levels});
    assert_int_equal(a.rows, 7);
    for (int64_t i = 0; i < 7; i++) {
        assert_int_equal(a.block[i].kind, i == 0 ? MST_BLOCK_CENTRE : MST_BLOCK_ONE);
        assert_int_equal(a.block[i].factor, moved[i]);
        assert_int_equal(a.seed_group[i], 0);
        for (int32_t j = 0; j < 3; j++)
            if (j == moved[i])
                assert_near(unit_at(&a, i, j), to[i], 1e-16);
            else
                assert_true(isnan(unit_at(&a, i, j)));
    }
    mst_design_free(&a);
}

/* ---- fractions ---------------------------------------------------------------------------------------- */

static const int64_t corners[] = {0, 0, 4, 8, 16, 16, 32, 64, 64, 128, 128};

/* -1 or 1 of a row for an effect: of a factor (l = j) or of a pair. */
static double effect_at(const mst_design *a, int64_t row, int32_t j, int32_t l)
{
    const double first = 2.0 * unit_at(a, row, j) - 1.0, second = 2.0 * unit_at(a, row, l) - 1.0;
    return j == l ? first : first * second;
}

/* Sum over corners of the product of two effects: 0, or they are aliased. */
static double overlap(const mst_design *a, int64_t rows, const int32_t e[2], const int32_t f[2])
{
    double sum = 0.0;
    for (int64_t i = 0; i < rows; i++)
        sum += effect_at(a, i, e[0], e[1]) * effect_at(a, i, f[0], f[1]);
    return sum;
}

/* All pairs of effects, by multiplying them out: main effects, effects of pairs, and the mean. */
static void test_design_grid__no_effect_of_two_factors_is_aliased(void **state)
{
    (void)state;
    for (int32_t k = 2; k <= 10; k++) {
        mst_design a = design_made("resolution-v", (mst_design_ask){.columns = k});
        assert_int_equal(a.rows, corners[k]);
        for (int32_t j = 0; j < k; j++) /* products of high ends are high */
            assert_near(unit_at(&a, a.rows - 1, j), 1.0, 0.0);
        int32_t effect[55][2], count = 0;
        for (int32_t j = 0; j < k; j++)
            for (int32_t l = 0; l <= j; l++, count++) {
                effect[count][0] = j;
                effect[count][1] = l;
            }
        for (int32_t e = 0; e < count; e++) {
            double sum = 0.0;
            for (int64_t i = 0; i < a.rows; i++)
                sum += effect_at(&a, i, effect[e][0], effect[e][1]);
            assert_near(sum, 0.0, 0.0);
            for (int32_t f = 0; f <= e; f++)
                assert_near(overlap(&a, a.rows, effect[e], effect[f]),
                            e == f ? (double)a.rows : 0.0, 0.0);
        }
        mst_design_free(&a);
    }
}

/* Sizes of the reference: corners, two a factor, centre points. */
static void test_design_grid__ccd_stands_on_corners_faces_and_centre(void **state)
{
    (void)state;
    for (int32_t k = 2; k <= 10; k++) {
        mst_design a = design_made("ccd", (mst_design_ask){.columns = k, .centre_points = 3});
        mst_design fraction =
            design_made("resolution-v", (mst_design_ask){.columns = k, .centre_points = 2});
        assert_int_equal(a.rows, corners[k] + 2 * k + 3);
        assert_memory_equal(a.unit, fraction.unit, (size_t)(corners[k] * k) * sizeof *a.unit);
        for (int64_t i = 0; i < 2 * k; i++)
            for (int32_t j = 0; j < k; j++)
                assert_near(unit_at(&a, corners[k] + i, j), j == i / 2 ? (double)(i % 2) : 0.5,
                            0.0);
        for (int64_t i = 0; i < 3; i++) {
            assert_int_equal(a.block[a.rows - 1 - i].kind, MST_BLOCK_CENTRE);
            for (int32_t j = 0; j < k; j++)
                assert_near(unit_at(&a, a.rows - 1 - i, j), 0.5, 0.0);
        }
        assert_int_equal(a.block[a.rows - 4].kind, MST_BLOCK_POINT);
        assert_int_equal(fraction.rows, corners[k] + 2);
        assert_near(unit_at(&fraction, fraction.rows - 1, k - 1), 0.5, 0.0);
        assert_int_equal(fraction.block[fraction.rows - 2].kind, MST_BLOCK_CENTRE);
        mst_design_free(&a);
        mst_design_free(&fraction);
    }
}

/* 1, x_j, x_j x_l, x_j^2 as columns in coded units; by QR no diagonal entry of R is 0. */
static double least_of_quadratic(const mst_design *a)
{
    const int32_t k = a->columns;
    const size_t terms = (size_t)((k + 1) * (k + 2) / 2);
    assert_true(a->rows >= (int64_t)terms);
    gsl_matrix *const x = gsl_matrix_alloc((size_t)a->rows, terms);
    gsl_vector *const tau = gsl_vector_alloc(terms);
    for (int64_t i = 0; i < a->rows; i++) {
        size_t to = 0;
        gsl_matrix_set(x, (size_t)i, to++, 1.0);
        for (int32_t j = 0; j < k; j++) {
            gsl_matrix_set(x, (size_t)i, to++, effect_at(a, i, j, j));
            gsl_matrix_set(x, (size_t)i, to++, pow(effect_at(a, i, j, j), 2.0));
            for (int32_t l = 0; l < j; l++)
                gsl_matrix_set(x, (size_t)i, to++, effect_at(a, i, j, l));
        }
    }
    gsl_linalg_QR_decomp(x, tau);
    double least = INFINITY;
    for (size_t t = 0; t < terms; t++)
        least = fmin(least, fabs(gsl_matrix_get(x, t, t)));
    gsl_matrix_free(x);
    gsl_vector_free(tau);
    return least;
}

/* The least diagonal entry is of order 1 where all terms can be told apart, 1e-15 where not. */
static void test_design_grid__ccd_carries_a_quadratic(void **state)
{
    (void)state;
    for (int32_t k = 2; k <= 10; k++) {
        mst_design a = design_made("ccd", (mst_design_ask){.columns = k, .centre_points = 1});
        assert_true(least_of_quadratic(&a) > 0.1);
        mst_design_free(&a);
    }
}

static void test_design_grid__ccd_sets_levels_of_discrete_factors(void **state)
{
    (void)state;
    static const int32_t levels[] = {5, 0, 3}, even[] = {2, 0, 4}, one[] = {0, 1};
    mst_design a =
        design_made("ccd", (mst_design_ask){.columns = 3, .levels = levels, .centre_points = 1});
    bool is_met[5] = {false};
    for (int64_t i = 0; i < a.rows; i++)
        is_met[mst_design_level(unit_at(&a, i, 0), 5)] = true;
    assert_true(is_met[0] && !is_met[1] && is_met[2] && !is_met[3] && is_met[4]);
    assert_near(unit_at(&a, a.rows - 1, 0), 0.5, 1e-16);
    assert_near(unit_at(&a, 0, 0), 0.1, 1e-16);
    mst_design_free(&a);
    /* without a centre an even number will do */
    mst_design b = design_made("resolution-v", (mst_design_ask){.columns = 3, .levels = even});
    assert_near(unit_at(&b, 0, 2), 0.125, 0.0);
    assert_near(unit_at(&b, 7, 2), 0.875, 0.0);
    mst_design_free(&b);
    assert_design_refused("ccd", (mst_design_ask){.columns = 3, .levels = even},
                          "factor 1 has 2 levels, none of them in the middle");
    assert_design_refused("resolution-v",
                          (mst_design_ask){.columns = 3, .levels = even, .centre_points = 1},
                          "factor 1 has 2 levels");
    assert_design_refused("ccd", (mst_design_ask){.columns = 2, .levels = one},
                          "factor 2 has 1 level");
    assert_design_refused("ccd", (mst_design_ask){.columns = 1}, "1 factors, 2 to 10");
    assert_design_refused("resolution-v", (mst_design_ask){.columns = 11}, "11 factors, 2 to 10");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_design_grid__factorial_counts_with_the_last_factor_fastest),
        cmocka_unit_test(test_design_grid__factorial_refuses_what_is_continuous),
        cmocka_unit_test(test_design_grid__one_at_a_time_leaves_the_others_alone),
        cmocka_unit_test(test_design_grid__no_effect_of_two_factors_is_aliased),
        cmocka_unit_test(test_design_grid__ccd_stands_on_corners_faces_and_centre),
        cmocka_unit_test(test_design_grid__ccd_carries_a_quadratic),
        cmocka_unit_test(test_design_grid__ccd_sets_levels_of_discrete_factors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
