/* Least squares against the reference data sets of the US National Institute of Standards and
 * Technology (Statistical Reference Datasets, linear regression), and against long double. */
#include "test.h"

#include "estimate/least_squares.h"
#include "estimate/metamodel.h"

#include <stdlib.h>

static const mst_meta_options linear = {MST_META_LINEAR, MST_META_BY_COUNT, MST_META_ALL_TERMS,
                                        0.95};

static void assert_close(double actual, double expected, double relative)
{
    assert_near(actual, expected, relative * fabs(expected));
}

/* ---- Longley 1967: all but collinear --------------------------------------------------------- */

enum { YEARS = 16, ECONOMY = 6 };

static const double employed[YEARS] = {60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761,
                                       66019, 67857, 68169, 66513, 68655, 69564, 69331, 70551};
static const double economy[YEARS * ECONOMY] = {
    83.0,  234289, 2356, 1590, 107608, 1947, 88.5,  259426, 2325, 1456, 108632, 1948,
    88.2,  258054, 3682, 1616, 109773, 1949, 89.5,  284599, 3351, 1650, 110929, 1950,
    96.2,  328975, 2099, 3099, 112075, 1951, 98.1,  346999, 1932, 3594, 113270, 1952,
    99.0,  365385, 1870, 3547, 115094, 1953, 100.0, 363112, 3578, 3350, 116219, 1954,
    101.2, 397469, 2904, 3048, 117388, 1955, 104.6, 419180, 2822, 2857, 118734, 1956,
    108.4, 442769, 2936, 2798, 120445, 1957, 110.8, 444546, 4681, 2637, 121950, 1958,
    112.6, 482704, 3813, 2552, 123366, 1959, 114.2, 502601, 3931, 2514, 125368, 1960,
    115.7, 518173, 4806, 2572, 127852, 1961, 116.9, 554894, 4007, 2827, 130081, 1962};

/* certified: constant first */
static const double certified[ECONOMY + 1] = {
    -3482258.63459582, 15.0618722713733,    -0.0358191792925910, -2.02022980381683,
    -1.03322686717359, -0.0511041056535807, 1829.15146461355};
static const double certified_error[ECONOMY + 1] = {
    890420.383607373,  84.9149257747669,  0.0334910077722432, 0.488399681651699,
    0.214274163161675, 0.226073200069370, 455.478499142212};

static mst_meta fit_linear(const mst_input *input, int inputs, int rows, const double *x,
                           const double *y)
{
    const mst_points points = {.rows = rows, .inputs = inputs, .input = input, .x = x, .y = y};
    mst_meta meta;
    const char *reason = NULL;
    assert_int_equal(mst_meta_fit(&points, &linear, &meta, &reason), MUSTER_OK);
    assert_null(reason);
    assert_int_equal(meta.aliases, 0);
    return meta;
}

/* A range of -1..1 codes a number as itself. Twelve digits are the certified ones but the last few;
 * the columns' condition of 4e4 takes four of a double's sixteen. */
static void test_metamodel_nist__longley_as_given(void **state)
{
    (void)state;
    mst_input input[ECONOMY];
    for (int i = 0; i < ECONOMY; i++)
        input[i] = (mst_input){MST_INPUT_REAL, -1.0, 1.0, 0};
    mst_meta meta = fit_linear(input, ECONOMY, YEARS, economy, employed);
    for (int i = 0; i <= ECONOMY; i++) {
        assert_close(meta.coefficient[i].value, certified[i], 1e-10);
        assert_close(meta.coefficient[i].error, certified_error[i], 1e-10);
    }
    assert_close(meta.sd, 304.854073561965, 1e-11);
    assert_close(meta.r2, 0.995479004577296, 1e-13);
    assert_close(meta.f, 330.285339234588, 1e-10);
    assert_int_equal(meta.df, 9);
    mst_meta_free(&meta);
}

/* Coded over the range of the data, the slope is by half a range, and the constant of the certified
 * fit is the prediction where all inputs are 0. Variance inflation factors as in textbooks, to the
 * digits they print. */
static void test_metamodel_nist__longley_coded(void **state)
{
    (void)state;
    static const double inflation[] = {135.532, 1788.513, 33.619, 3.589, 399.151, 758.981};
    const mst_input input[ECONOMY] = {{0}};
    mst_meta meta = fit_linear(input, ECONOMY, YEARS, economy, employed);
    for (int i = 0; i < ECONOMY; i++) {
        const mst_meta_coefficient *c = &meta.coefficient[i + 1];
        assert_close(c->value / meta.input[i].half, certified[i + 1], 1e-10);
        assert_close(c->error / meta.input[i].half, certified_error[i + 1], 1e-10);
        assert_near(c->vif, inflation[i], 6e-4);
        assert_close(c->t, certified[i + 1] / certified_error[i + 1], 1e-9);
    }
    const double nought[ECONOMY] = {0};
    mst_meta_prediction there;
    assert_int_equal(mst_meta_predict(&meta, nought, 1.0, &there), MUSTER_OK);
    assert_true(there.is_extrapolated);
    assert_close(there.mean.value, certified[0], 1e-10);
    assert_close(there.mean.error, certified_error[0], 1e-10);
    mst_meta_free(&meta);
}

/* ---- Wampler 1970: polynomials of degree five ------------------------------------------------ */

enum { WAMPLER = 21, POWERS = 5 };

static mst_meta fit_powers(const double *y)
{
    static mst_input input[POWERS];
    double x[WAMPLER * POWERS];
    for (int i = 0; i < WAMPLER; i++)
        for (int k = 0; k < POWERS; k++)
            x[i * POWERS + k] = pow(i, k + 1);
    for (int k = 0; k < POWERS; k++)
        input[k] = (mst_input){MST_INPUT_REAL, -1.0, 1.0, 0};
    return fit_linear(input, POWERS, WAMPLER, x, y);
}

/* Wampler 1 and 2: no residual, coefficients 1 and 10^-k. */
static void test_metamodel_nist__wampler_without_residual(void **state)
{
    (void)state;
    for (int set = 0; set < 2; set++) {
        double y[WAMPLER];
        for (int i = 0; i < WAMPLER; i++) {
            y[i] = 1.0;
            for (int k = 1; k <= POWERS; k++)
                y[i] += pow(i, k) * (set == 0 ? 1.0 : pow(10.0, -k));
        }
        mst_meta meta = fit_powers(y);
        for (int k = 0; k <= POWERS; k++)
            assert_close(meta.coefficient[k].value, set == 0 ? 1.0 : pow(10.0, -k), 2e-9);
        assert_near(meta.r2, 1.0, 1e-14);
        mst_meta_free(&meta);
    }
}

/* Wampler 3, 4 and 5: the same with residuals that are orthogonal to the polynomials, 1, 100 and
 * 10,000 times as large; the coefficients are 1 for all. The larger the residuals the fewer digits
 * are there. */
static void test_metamodel_nist__wampler_with_residuals(void **state)
{
    (void)state;
    static const double residual[WAMPLER] = {759,   -2048, 2048,  -2048, 2523,  -2048, 2048,
                                             -2048, 1838,  -2048, 2048,  -2048, 1838,  -2048,
                                             2048,  -2048, 2523,  -2048, 2048,  -2048, 759};
    static const double error[] = {2152.32624678170, 2363.55173469681, 779.343524331583,
                                   101.475507550350, 5.64566512170752, 0.112324854679312};
    double size = 1.0;
    for (int set = 0; set < 3; set++, size *= 100.0) {
        double y[WAMPLER];
        for (int i = 0; i < WAMPLER; i++) {
            y[i] = 1.0 + size * residual[i];
            for (int k = 1; k <= POWERS; k++)
                y[i] += pow(i, k);
        }
        mst_meta meta = fit_powers(y);
        for (int k = 0; k <= POWERS; k++) {
            assert_near(meta.coefficient[k].value, 1.0, 2e-9 * size);
            assert_close(meta.coefficient[k].error, size * error[k], 1e-10);
        }
        assert_close(meta.sd, size * 2360.14502379268, 1e-12);
        mst_meta_free(&meta);
    }
}

/* ---- against long double --------------------------------------------------------------------- */

enum { LOAD = 82, DEGREE = 10 };

/* Gram-Schmidt twice, as the library does, in the machine's longest format; b, and R's diagonal
 * parts for the errors. */
static void reference(int rows, int columns, const double *x, const double *y, double *b,
                      double *inverse_diagonal)
{
    static long double q[DEGREE + 2][LOAD], r[DEGREE + 2][DEGREE + 2];
    for (int j = 0; j <= columns; j++) { /* the last column is y */
        for (int k = 0; k <= columns; k++)
            r[k][j] = 0;
        for (int i = 0; i < rows; i++)
            q[j][i] = j < columns ? x[j * rows + i] : y[i];
        for (int pass = 0; pass < 2; pass++)
            for (int k = 0; k < j; k++) {
                long double part = 0;
                for (int i = 0; i < rows; i++)
                    part += q[k][i] * q[j][i];
                r[k][j] += part;
                for (int i = 0; i < rows; i++)
                    q[j][i] -= part * q[k][i];
            }
        long double length = 0;
        for (int i = 0; i < rows; i++)
            length += q[j][i] * q[j][i];
        length = sqrtl(length);
        r[j][j] = length;
        for (int i = 0; i < rows; i++)
            q[j][i] /= length;
    }
    long double solved[DEGREE + 2], unit[DEGREE + 2][DEGREE + 2];
    for (int i = columns - 1; i >= 0; i--) {
        solved[i] = r[i][columns];
        for (int j = i + 1; j < columns; j++)
            solved[i] -= r[i][j] * solved[j];
        solved[i] /= r[i][i];
        b[i] = (double)solved[i];
    }
    for (int c = 0; c < columns; c++)
        for (int i = columns - 1; i >= 0; i--) {
            unit[i][c] = i == c;
            for (int j = i + 1; j < columns; j++)
                unit[i][c] -= r[i][j] * unit[j][c];
            unit[i][c] /= r[i][i];
        }
    for (int i = 0; i < columns; i++) {
        long double sum = 0;
        for (int c = 0; c < columns; c++)
            sum += unit[i][c] * unit[i][c];
        inverse_diagonal[i] = (double)sqrtl(sum);
    }
}

/* Degree ten from -8.8 to -3.1, like the set Filip: the condition of its columns is 1e10 after
 * scaling, so a double has some six digits. Checked where long double has more than a double. */
static void test_metamodel_nist__polynomial_of_degree_ten(void **state)
{
    (void)state;
    if (sizeof(long double) == sizeof(double))
        skip();
    static double x[(DEGREE + 1) * LOAD], y[LOAD];
    for (int i = 0; i < LOAD; i++) {
        const double at = -8.8 + 5.7 * i / (LOAD - 1);
        for (int k = 0; k <= DEGREE; k++)
            x[k * LOAD + i] = pow(at, k);
        y[i] = 0.85 + 0.05 * sin(at) + 0.003 * cos(40.0 * at);
    }
    double expected[DEGREE + 1], spread[DEGREE + 1], b[DEGREE + 1];
    reference(LOAD, DEGREE + 1, x, y, expected, spread);
    mst_qr qr;
    assert_true(mst_qr_open(&qr, LOAD, DEGREE + 1));
    for (int k = 0; k <= DEGREE; k++)
        assert_true(mst_qr_take(&qr, x + k * LOAD, 1e-12));
    mst_qr_project(&qr, y, b);
    mst_qr_solve(&qr, b, b);
    /* and the columns are orthogonal to rounding, without which leverages would be wrong */
    for (int k = 0; k <= DEGREE; k++)
        for (int j = 0; j <= k; j++)
            assert_near(mst_dot(qr.q + k * LOAD, qr.q + j * LOAD, LOAD), j == k, 1e-14);
    double inverse[(DEGREE + 1) * (DEGREE + 1)];
    mst_qr_invert(&qr, inverse);
    for (int k = 0; k <= DEGREE; k++) {
        assert_close(b[k], expected[k], 1e-5);
        double sum = 0.0;
        for (int j = 0; j <= DEGREE; j++)
            sum += inverse[j * (DEGREE + 1) + k] * inverse[j * (DEGREE + 1) + k];
        assert_close(sqrt(sum), spread[k], 1e-5);
    }
    mst_qr_close(&qr);
}

/* ---- orthogonal columns ---------------------------------------------------------------------- */

static void test_metamodel_nist__names_what_a_column_hangs_on(void **state)
{
    (void)state;
    /* the third is 2 * the first - 3 * the second; the fourth is new */
    static const double a[] = {1, 1, 1, 1}, b[] = {0, 1, 2, 5}, c[] = {2, -1, -4, -13},
                        d[] = {0, 1, 4, 25};
    mst_qr qr;
    assert_true(mst_qr_open(&qr, 4, 4));
    assert_true(mst_qr_take(&qr, a, 1e-8));
    assert_true(mst_qr_take(&qr, b, 1e-8));
    assert_false(mst_qr_take(&qr, c, 1e-8));
    double factor[2];
    mst_qr_solve(&qr, mst_qr_newest(&qr), factor);
    assert_near(factor[0], 2.0, 1e-14);
    assert_near(factor[1], -3.0, 1e-14);
    assert_true(mst_qr_take(&qr, d, 1e-8));
    assert_int_equal(qr.rank, 3);
    const double nought[] = {0, 0, 0, 0};
    assert_false(mst_qr_take(&qr, nought, 0.0));
    mst_qr_close(&qr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_metamodel_nist__longley_as_given),
        cmocka_unit_test(test_metamodel_nist__longley_coded),
        cmocka_unit_test(test_metamodel_nist__wampler_without_residual),
        cmocka_unit_test(test_metamodel_nist__wampler_with_residuals),
        cmocka_unit_test(test_metamodel_nist__polynomial_of_degree_ten),
        cmocka_unit_test(test_metamodel_nist__names_what_a_column_hangs_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
