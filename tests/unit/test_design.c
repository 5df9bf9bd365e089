/* What all methods of design have in common. */
#include "test.h"

#include "design_make.h"

#include "base/rng.h"
#include "design/design.h"

#include <string.h>

static const int32_t three_each[] = {3, 3, 3, 3};

/* An ask that every method takes: 17 points is no power of two and 16 no size of a construction. */
static mst_design_ask ask_of(const char *method, uint64_t seed)
{
    return (mst_design_ask){.columns = 4,
                            .levels = strcmp(method, "factorial") == 0 ? three_each : NULL,
                            .points = 32,
                            .centre_points = 3,
                            .second_order = true,
                            .luck = true,
                            .seed = seed};
}

static void test_design__methods_by_number_and_name(void **state)
{
    (void)state;
    static const char *const name[] = {"factorial", "one-at-a-time", "lhs",    "nolh",
                                       "sobol",     "halton",        "morris", "saltelli",
                                       "ccd",       "resolution-v"};
    int32_t count = 0;
    for (; mst_design_method_at(count); count++) {
        const mst_design_method *method = mst_design_method_at(count);
        assert_ptr_equal(mst_design_method_named(method->name), method);
        for (const char *line = method->doc; line; line = strchr(line, '\n')) {
            line += *line == '\n';
            assert_in_range(strcspn(line, "\n"), 1, 80);
        }
    }
    assert_int_equal(count, 10);
    for (int i = 0; i < 10; i++)
        assert_non_null(mst_design_method_named(name[i]));
    assert_null(mst_design_method_at(-1));
    assert_null(mst_design_method_named("lh"));
    assert_null(mst_design_method_named("lhss"));
    assert_design_refused("latin", (mst_design_ask){.columns = 2}, "no method 'latin'");
}

static void test_design__keys_a_method_reads(void **state)
{
    (void)state;
    const mst_design_method *const lhs = mst_design_method_named("lhs");
    assert_true(mst_design_uses(lhs, "points") && mst_design_uses(lhs, "tries"));
    assert_true(mst_design_uses(lhs, "midpoints"));
    assert_false(mst_design_uses(lhs, "point") || mst_design_uses(lhs, "pointss"));
    assert_false(mst_design_uses(lhs, "stacks") || mst_design_uses(lhs, ""));
    assert_true(mst_design_uses(mst_design_method_named("saltelli"), "luck"));
}

/* The whole ask decides, and the seed where there is chance. */
static void test_design__is_a_function_of_the_ask(void **state)
{
    (void)state;
    for (int32_t i = 0; mst_design_method_at(i); i++) {
        const char *const name = mst_design_method_at(i)->name;
        mst_design a = design_made(name, ask_of(name, 71)), b = design_made(name, ask_of(name, 71)),
                   c = design_made(name, ask_of(name, 72));
        const size_t bytes = (size_t)a.rows * (size_t)a.columns * sizeof *a.unit;
        assert_true(a.rows == b.rows && a.rows == c.rows && a.columns == 4);
        assert_memory_equal(a.unit, b.unit, bytes);
        assert_memory_equal(a.seed_group, b.seed_group, (size_t)a.rows * sizeof *a.seed_group);
        assert_memory_equal(a.block, b.block, (size_t)a.rows * sizeof *a.block);
        assert_string_equal(a.built, b.built);
        const bool has_chance = strcmp(name, "factorial") != 0 && strcmp(name, "ccd") != 0 &&
                                strcmp(name, "one-at-a-time") != 0 &&
                                strcmp(name, "resolution-v") != 0;
        assert_int_equal(memcmp(a.unit, c.unit, bytes) != 0, has_chance);
        mst_design_free(&a);
        mst_design_free(&b);
        mst_design_free(&c);
        assert_null(a.unit);
        mst_design_free(&a);
    }
    mst_design_free(NULL);
}

static void test_design__stays_in_the_cube_and_is_as_long_as_said(void **state)
{
    (void)state;
    for (int32_t i = 0; mst_design_method_at(i); i++) {
        const char *const name = mst_design_method_at(i)->name;
        const mst_design_ask ask = ask_of(name, 5);
        char why[MST_DESIGN_WHY];
        int64_t rows = 0;
        mst_design a = design_made(name, ask);
        assert_true(mst_design_rows(name, &ask, &rows, why) && rows == a.rows);
        for (int64_t c = 0; c < a.rows * a.columns; c++)
            assert_true(isnan(a.unit[c]) ? strcmp(name, "one-at-a-time") == 0
                                         : a.unit[c] >= 0.0 && a.unit[c] <= 1.0);
        assert_true(a.tries >= 1);
        mst_design_free(&a);
    }
}

/* Each of them would be terabytes, or overflow: refused at once, and the size told where it fits. */
static void test_design__too_many_rows_are_refused_before_they_are_made(void **state)
{
    (void)state;
    static const int32_t wide[] = {1000, 1000, 1000, 1000, 1000, 1000, 1000};
    const mst_design_ask big = {.columns = 4, .levels = wide};
    int64_t rows = 0;
    char why[MST_DESIGN_WHY];
    assert_false(mst_design_rows("factorial", &big, &rows, why));
    assert_int_equal(rows, 1000000000000);
    assert_string_equal(why, "1000000000000 rows, at most 10000000");
    assert_design_refused("factorial", (mst_design_ask){.columns = 7, .levels = wide},
                          "9223372036854775807 or more rows, at most 10000000");
    assert_design_refused("lhs", (mst_design_ask){.columns = 3, .points = INT64_MAX}, "or more");
    assert_design_refused(
        "lhs", (mst_design_ask){.columns = 3, .points = 3000000000, .rows_most = INT64_MAX},
        "3000000000 rows, at most 2147483647");
    assert_design_refused("sobol", (mst_design_ask){.columns = 3, .points = INT64_MAX},
                          "at most 1073741824 in a Sobol");
    assert_design_refused("saltelli", (mst_design_ask){.columns = 39, .points = 1 << 30},
                          "44023414784 rows, at most 10000000");
    assert_design_refused("morris", (mst_design_ask){.columns = 9999, .trajectories = INT32_MAX},
                          "21474836470000 rows");
    assert_design_refused("lhs", (mst_design_ask){.columns = 2, .points = 21, .rows_most = 20},
                          "21 rows, at most 20");
    mst_design at_most =
        design_made("lhs", (mst_design_ask){.columns = 2, .points = 20, .rows_most = 20});
    mst_design_free(&at_most);
}

static void test_design__nonsense_is_refused(void **state)
{
    (void)state;
    static const int32_t levels[] = {3, -1};
    static const char *const names[] = {"radar", "escort range"};
    assert_design_refused("lhs", (mst_design_ask){.points = 9}, "0 factors, 1 to 10000");
    assert_design_refused("lhs", (mst_design_ask){.columns = 10001, .points = 9}, "10001 factors");
    assert_design_refused("lhs", (mst_design_ask){.columns = 2, .levels = levels, .points = 9},
                          "factor 2 has -1 levels, at least 1");
    assert_design_refused(
        "lhs", (mst_design_ask){.columns = 2, .levels = levels, .names = names, .points = 9},
        "'escort range' has -1 levels, at least 1");
    assert_design_refused("lhs", (mst_design_ask){.columns = 2},
                          "it has no points = N; at least 1");
    assert_design_refused("sobol", (mst_design_ask){.columns = 2},
                          "it has no points = N; at least 1");
    assert_design_refused("lhs", (mst_design_ask){.columns = 2, .points = -4}, "-4 points");
    assert_design_refused("lhs", (mst_design_ask){.columns = 2, .points = 9, .tries = -2},
                          "-2 tries");
    assert_design_refused("lhs", (mst_design_ask){.columns = 2, .points = 9, .rows_most = -1},
                          "at most -1 rows");
}

/* Against sums in long double; 1e-12 is a thousand roundings. */
static void test_design__figures_of_quality(void **state)
{
    (void)state;
    mst_design a = design_made(
        "lhs", (mst_design_ask){.columns = 5, .points = 61, .criterion = "none", .seed = 3});
    double least = INFINITY;
    for (int64_t i = 1; i < a.rows; i++)
        for (int64_t h = 0; h < i; h++) {
            double sum = 0.0;
            for (int32_t j = 0; j < 5; j++)
                sum += pow(unit_at(&a, i, j) - unit_at(&a, h, j), 2.0);
            least = fmin(least, sqrt(sum));
        }
    assert_near(a.largest_correlation, largest_correlation_of(&a), 1e-12);
    assert_near(a.least_distance, least, 1e-12);
    mst_design_free(&a);

    static const int32_t levels[] = {4, 1, 3};
    mst_design grid = design_made("factorial", (mst_design_ask){.columns = 3, .levels = levels});
    assert_near(grid.largest_correlation, 0.0, 1e-12); /* the constant column counts for nothing */
    assert_near(grid.least_distance, 0.25, 1e-12);
    mst_design_free(&grid);

    mst_design alone = design_made("one-at-a-time", (mst_design_ask){.columns = 3});
    assert_true(isnan(alone.largest_correlation) && isnan(alone.least_distance));
    mst_design_free(&alone);

    /* of A and B only: the rows between them repeat their entries */
    mst_design base = design_made("saltelli", (mst_design_ask){.columns = 3, .points = 64});
    double ends[2 * 64 * 3];
    for (int64_t i = 0; i < 128; i++)
        memcpy(ends + 3 * i, base.unit + 3 * (5 * (i / 2) + 4 * (i % 2)), 3 * sizeof *ends);
    const mst_design of_ends = {.columns = 3, .rows = 128, .unit = ends};
    assert_near(base.largest_correlation, largest_correlation_of(&of_ends), 1e-12);
    mst_design_free(&base);
}

/* Shares of the cube are equal, and the middle of each is its unit value. */
static void test_design__levels_of_a_unit_value(void **state)
{
    (void)state;
    for (int32_t levels = 1; levels <= 300; levels++)
        for (int32_t level = 0; level < levels; level++) {
            const double middle = mst_design_unit(level, levels), quarter = 0.25 / levels;
            assert_near(middle, (level + 0.5) / levels, 0.0);
            assert_int_equal(mst_design_level(middle, levels), level);
            assert_int_equal(mst_design_level(middle - quarter, levels), level);
            assert_int_equal(mst_design_level(middle + quarter, levels), level);
        }
    assert_int_equal(mst_design_level(0.0, 7), 0);
    assert_int_equal(mst_design_level(1.0, 7), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_design__methods_by_number_and_name),
        cmocka_unit_test(test_design__keys_a_method_reads),
        cmocka_unit_test(test_design__is_a_function_of_the_ask),
        cmocka_unit_test(test_design__stays_in_the_cube_and_is_as_long_as_said),
        cmocka_unit_test(test_design__too_many_rows_are_refused_before_they_are_made),
        cmocka_unit_test(test_design__nonsense_is_refused),
        cmocka_unit_test(test_design__figures_of_quality),
        cmocka_unit_test(test_design__levels_of_a_unit_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
