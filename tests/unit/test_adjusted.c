/* Means of a model where a design has holes. */
#include "test.h"

#include "estimate/adjusted.h"

#include <string.h>

enum { FACTORS = 3, ROWS = 12 };

static const mst_input input[FACTORS] = {{0}, {0}, {0}};

/* Three values of the first, two of the others; the last slowest but for those that are left out. */
typedef struct made {
    double x[ROWS * FACTORS], y[ROWS];
    mst_points points;
    mst_grid grid;
} made;

/* third: what all three do together. */
static double truth(const double *x, double third)
{
    return 10.0 + x[0] * x[0] + 3.0 * x[1] - 2.0 * x[2] + x[0] * x[1] + third * x[0] * x[1] * x[2];
}

static void make(made *m, const bool *is_out, double third)
{
    int32_t rows = 0;
    for (int p = 0; p < ROWS; p++) {
        double *x = m->x + rows * FACTORS;
        x[0] = (double)(p >> 2);
        x[1] = (double)(p >> 1 & 1);
        x[2] = p % 2;
        m->y[rows] = truth(x, third);
        rows += !is_out[p];
    }
    m->points = (mst_points){.rows = rows, .inputs = FACTORS, .input = input, .x = m->x, .y = m->y};
    assert_int_equal(mst_grid_of(&m->points, &m->grid), MUSTER_OK);
}

/* The sum is that of weight * y, too. */
static double sum_of(const mst_adjusted *model)
{
    const mst_points *points = model->grid->points;
    double weight[ROWS], sum = 0.0;
    mst_adjusted_weigh(model, weight);
    for (int32_t row = 0; row < points->rows; row++)
        sum += weight[row] * points->y[row];
    assert_near(sum, mst_adjusted_sum(model), 1e-11);
    return mst_adjusted_sum(model);
}

static double mean_of(const mst_adjusted *model, int32_t of, double from, double to)
{
    mst_adjusted_begin(model);
    mst_adjusted_add(model, of, from, to, 1.0);
    return sum_of(model);
}

static double cell_mean(const mst_adjusted *model, int32_t a, int32_t b, double at_a, double at_b)
{
    mst_adjusted_begin(model);
    mst_adjusted_add_cell(model, (const int32_t[]){a, b}, (const double[]){at_a, at_b}, 1.0);
    return sum_of(model);
}

/* One row of twelve is missing: means are those of the whole design, though no row of it has x = 2, 1, 1. */
static void test_adjusted__all_pairs(void **state)
{
    (void)state;
    made m;
    mst_adjusted model;
    make(&m, (const bool[ROWS]){[11] = true}, 0.0);
    assert_int_equal(mst_adjusted_of(&m.grid, MST_FORM_ALL_PAIRS, NULL, 1e9, &model), MUSTER_OK);
    assert_int_equal(model.qr.rank, 1 + 2 + 1 + 1 + 2 + 2 + 1);
    assert_near(model.work, 11.0 * 100.0, 0.0);
    assert_true(model.is_through);
    for (int v = 0; v < 3; v++) {
        assert_near(mean_of(&model, 0, v, v), 10.5 + v * v + 0.5 * v, 1e-12);
        assert_near(cell_mean(&model, 0, 1, v, 1.0), 12.0 + v * v + v, 1e-12);
        assert_near(cell_mean(&model, 0, 2, v, 1.0), 9.5 + v * v + 0.5 * v, 1e-12);
    }
    assert_near(mean_of(&model, 0, 1.0, 2.0), 0.5 * (12.0 + 15.5), 1e-12);
    assert_near(cell_mean(&model, 1, 2, 0.0, 0.0), 10.0 + 5.0 / 3.0, 1e-12);
    mst_adjusted_free(&model);
    mst_grid_free(&m.grid);
}

/* No row has x0 = 2 with x1 = 1: what they do together cannot be told of all, and the five cells that are
 * there can. */
static void test_adjusted__one_pair_with_an_empty_cell(void **state)
{
    (void)state;
    const int32_t pair[] = {0, 1};
    made m;
    mst_adjusted model;
    make(&m, (const bool[ROWS]){[1] = true, [10] = true, [11] = true}, 0.0);
    assert_int_equal(mst_adjusted_of(&m.grid, MST_FORM_ALL_PAIRS, NULL, 1e9, &model),
                     MUSTER_MISTAKE);
    assert_int_equal(model.lack, MST_LACK_POINTS);
    assert_null(model.qr.q);
    assert_int_equal(mst_adjusted_of(&m.grid, MST_FORM_ONE_PAIR, pair, 1e9, &model), MUSTER_OK);
    assert_int_equal(model.qr.rank, 5 + 1);
    assert_true(model.is_through);
    for (int c = 0; c < 5; c++) {
        const double a = (double)(c >> 1), b = (double)(c & 1);
        assert_near(cell_mean(&model, 0, 1, a, b), 9.0 + a * a + 3.0 * b + a * b, 1e-12);
    }
    mst_adjusted_free(&model);
    assert_int_equal(mst_adjusted_of(&m.grid, MST_FORM_ADDS, NULL, 1e9, &model), MUSTER_OK);
    assert_false(model.is_through);
    mst_adjusted_free(&model);
    mst_grid_free(&m.grid);
}

/* Work is told before it is done. */
static void test_adjusted__no_more_work_than_allowed(void **state)
{
    (void)state;
    made m;
    mst_adjusted model;
    make(&m, (const bool[ROWS]){[11] = true}, 0.0);
    const mst_form form[] = {MST_FORM_ALL_PAIRS, MST_FORM_ADDS, MST_FORM_ONE_PAIR};
    const double columns[] = {10.0, 5.0, 7.0};
    for (int k = 0; k < 3; k++) {
        const double work = 11.0 * columns[k] * columns[k];
        const int32_t pair[] = {0, 1};
        assert_int_equal(mst_adjusted_of(&m.grid, form[k], pair, work - 1.0, &model),
                         MUSTER_MISTAKE);
        assert_int_equal(model.lack, MST_LACK_TIME);
        assert_near(model.work, 0.0, 0.0);
        assert_int_equal(mst_adjusted_of(&m.grid, form[k], pair, work, &model), MUSTER_OK);
        assert_near(model.work, work, 0.0);
        mst_adjusted_free(&model);
    }
    mst_grid_free(&m.grid);
}

/* What three do together is small against the results, and not against rounding. */
static void test_adjusted__a_small_rest_is_a_rest(void **state)
{
    (void)state;
    for (int k = 0; k < 2; k++) {
        made m;
        mst_adjusted model;
        make(&m, (const bool[ROWS]){[11] = true}, k == 0 ? 0.0 : 1e-9);
        assert_int_equal(mst_adjusted_of(&m.grid, MST_FORM_ALL_PAIRS, NULL, 1e9, &model),
                         MUSTER_OK);
        assert_int_equal(model.is_through, k == 0);
        mst_adjusted_free(&model);
        mst_grid_free(&m.grid);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adjusted__all_pairs),
        cmocka_unit_test(test_adjusted__one_pair_with_an_empty_cell),
        cmocka_unit_test(test_adjusted__no_more_work_than_allowed),
        cmocka_unit_test(test_adjusted__a_small_rest_is_a_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
