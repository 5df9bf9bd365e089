#include "test.h"

#include "num/solve.h"

typedef struct counted {
    int32_t calls;
    double parameter;
} counted;

static double cubic(double x, void *context)
{
    counted *const seen = context;
    seen->calls++;
    return x * x * x - seen->parameter;
}

static double flat(double x, void *context)
{
    counted *const seen = context;
    seen->calls++;
    /* Nearly a step: Newton's and the secant method fail here. */
    return atan(1e9 * (x - seen->parameter));
}

static double high_power(double x, void *context)
{
    counted *const seen = context;
    seen->calls++;
    return pow(x - seen->parameter, 19.0); /* a flat root of odd order */
}

static double hole(double x, void *context)
{
    const counted *const seen = context;
    return fabs(x - seen->parameter) < 0.3 ? (double)NAN : x - seen->parameter;
}

static void test_solve__root_lies_within_the_tolerance(void **state)
{
    (void)state;
    static const double tolerances[] = {1e-3, 1e-6, 1e-12, 0.0};
    for (size_t i = 0; i < sizeof tolerances / sizeof *tolerances; i++) {
        counted seen = {.parameter = 13.566416625}; /* 2.385^3 */
        double x = -1;
        assert_true(mst_solve_root(cubic, &seen, -1.7, 91.3, tolerances[i], &x));
        assert_near(x, 2.385, tolerances[i] + 1e-15);
        assert_true(seen.calls < 40);
        seen = (counted){.parameter = 0.7071};
        assert_true(mst_solve_root(flat, &seen, -1e3, 7e4, tolerances[i], &x));
        assert_near(x, 0.7071, tolerances[i] + 2e-16);
        assert_true(seen.calls < 400);
        /* The sign of a 19th power is lost where it underflows: 1e-17^19; not a question here. */
        seen = (counted){.parameter = -5.385};
        assert_true(mst_solve_root(high_power, &seen, -30.1, 12.7, tolerances[i], &x));
        assert_near(x, -5.385, tolerances[i] + 1e-15);
        assert_true(seen.calls < 400);
    }
}

static void test_solve__an_end_may_be_the_root(void **state)
{
    (void)state;
    counted seen = {.parameter = 8.0};
    double x = -1;
    assert_true(mst_solve_root(cubic, &seen, 2.0, 5.3, 1e-9, &x));
    assert_near(x, 2.0, 0.0);
    assert_true(mst_solve_root(cubic, &seen, -4.1, 2.0, 1e-9, &x));
    assert_near(x, 2.0, 0.0);
    assert_true(mst_solve_root(cubic, &seen, 2.0, 2.0, 1e-9, &x));
    assert_near(x, 2.0, 0.0);
}

static void test_solve__no_root_leaves_the_result_alone(void **state)
{
    (void)state;
    counted seen = {.parameter = 8.0};
    double x = -77.7;
    assert_false(mst_solve_root(cubic, &seen, 2.1, 5.3, 1e-9, &x));  /* signs agree */
    assert_false(mst_solve_root(cubic, &seen, 5.3, 1.1, 1e-9, &x));  /* upside down */
    assert_false(mst_solve_root(cubic, &seen, 1.1, 5.3, -1e-9, &x)); /* no tolerance */
    assert_false(mst_solve_root(cubic, &seen, 1.1, (double)INFINITY, 1e-9, &x));
    assert_false(mst_solve_root(cubic, &seen, (double)NAN, 5.3, 1e-9, &x));
    assert_false(mst_solve_root(hole, &seen, 1.1, 12.9, 1e-9, &x)); /* found on the way */
    assert_false(mst_solve_root(hole, &seen, 8.1, 12.9, 1e-9, &x)); /* at an end */
    assert_near(x, -77.7, 0.0);
}

/* Fuel per mile of a ship: hotel load plus a cubic law, (h + c v^3)/v; least at (h / 2c)^(1/3). */
static double fuel_per_mile(double speed, void *context)
{
    counted *const seen = context;
    seen->calls++;
    return (seen->parameter + 0.0117 * speed * speed * speed) / speed;
}

/* Two straight lines that meet: the minimum is a corner. */
static double corner(double x, void *context)
{
    counted *const seen = context;
    seen->calls++;
    return x < seen->parameter ? seen->parameter - x : 3.0 * (x - seen->parameter);
}

/* Falls only beside one end of a wide interval. */
static double narrow_dip(double x, void *context)
{
    counted *const seen = context;
    seen->calls++;
    return -exp(-fabs(x - seen->parameter));
}

static double falling(double x, void *context)
{
    counted *const seen = context;
    seen->calls++;
    return seen->parameter - x * x * x;
}

static void test_solve__minimum_agrees_with_the_closed_form(void **state)
{
    (void)state;
    counted seen = {.parameter = 23.85};
    const double expected = cbrt(23.85 / (2 * 0.0117));
    double x = -1;
    assert_true(mst_solve_minimum(fuel_per_mile, &seen, 2.1, 29.7, 1e-4, &x));
    assert_near(x, expected, 1e-4);
    assert_true(seen.calls < 60);
    /* Values round off at 1e-16, so a smooth minimum is known to about 1e-8 of x and no better,
     * whatever tolerance is asked for; but the search ends. */
    seen.calls = 0;
    assert_true(mst_solve_minimum(fuel_per_mile, &seen, 2.1, 29.7, 0.0, &x));
    assert_near(x, expected, 1e-6);
    assert_true(seen.calls < 400);
}

static void test_solve__minimum_may_be_anywhere(void **state)
{
    (void)state;
    for (int i = 0; i <= 60; i++) {
        counted seen = {.parameter = -3.0 + 0.1 * i};
        double x = -99;
        assert_true(mst_solve_minimum(corner, &seen, -3.0, 3.0, 1e-7, &x));
        assert_near(x, seen.parameter, 1e-7);
        assert_true(seen.calls < 200);
    }
    counted seen = {.parameter = 299.5};
    double x = -1;
    assert_true(mst_solve_minimum(narrow_dip, &seen, 0.0, 300.0, 1e-6, &x));
    assert_near(x, 299.5, 1e-6);
}

static void test_solve__minimum_may_be_an_end(void **state)
{
    (void)state;
    counted seen = {.parameter = 4.0};
    double x = -1;
    assert_true(mst_solve_minimum(falling, &seen, -2.2, 7.3, 1e-6, &x));
    assert_near(x, 7.3, 1e-6);
    assert_true(mst_solve_minimum(cubic, &seen, -2.2, 7.3, 1e-6, &x));
    assert_near(x, -2.2, 1e-6);
    assert_true(mst_solve_minimum(cubic, &seen, 1.3, 1.3, 1e-6, &x));
    assert_near(x, 1.3, 0.0);
    x = -77.7;
    assert_false(mst_solve_minimum(hole, &seen, 3.9, 12.9, 1e-9, &x));
    assert_false(mst_solve_minimum(cubic, &seen, 7.3, 1.3, 1e-6, &x));
    assert_false(mst_solve_minimum(cubic, &seen, 1.3, 7.3, (double)NAN, &x));
    assert_near(x, -77.7, 0.0);
}

static void test_solve__curve_is_linear_between_its_points(void **state)
{
    (void)state;
    static const double x[] = {4.0, 12.5, 18.0, 29.5}, y[] = {0.31, 0.82, 2.385, 9.75};
    double value = -1;
    for (int32_t i = 0; i < 4; i++) {
        assert_true(mst_curve_linear(x, y, 4, x[i], &value));
        assert_near(value, y[i], 0.0);
    }
    assert_true(mst_curve_linear(x, y, 4, 16.35, &value));
    assert_near(value, 0.82 + 0.7 * (2.385 - 0.82), 1e-15);
    assert_true(mst_curve_linear(x, y, 4, 28.35, &value));
    assert_near(value, 2.385 + 0.9 * (9.75 - 2.385), 2e-15);
    assert_true(mst_curve_linear(x, y, 1, 4.0, &value));
    assert_near(value, 0.31, 0.0);
    value = -77.7;
    assert_false(mst_curve_linear(x, y, 4, 3.999999, &value));
    assert_false(mst_curve_linear(x, y, 4, 29.500001, &value));
    assert_false(mst_curve_linear(x, y, 4, (double)NAN, &value));
    assert_false(mst_curve_linear(x, y, 1, 4.1, &value));
    assert_false(mst_curve_linear(x, y, 0, 4.0, &value));
    assert_near(value, -77.7, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_solve__root_lies_within_the_tolerance),
        cmocka_unit_test(test_solve__an_end_may_be_the_root),
        cmocka_unit_test(test_solve__no_root_leaves_the_result_alone),
        cmocka_unit_test(test_solve__minimum_agrees_with_the_closed_form),
        cmocka_unit_test(test_solve__minimum_may_be_anywhere),
        cmocka_unit_test(test_solve__minimum_may_be_an_end),
        cmocka_unit_test(test_solve__curve_is_linear_between_its_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
