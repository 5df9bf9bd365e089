/* Latin hypercubes: random, and the best of some. */
#include "test.h"

#include "design_make.h"

#include "design/design.h"
#include "design/quality.h"

#include <stdlib.h>
#include <string.h>

static mst_design hypercube(int32_t columns, int64_t points, const char *criterion, uint64_t seed)
{
    return design_made(
        "lhs", (mst_design_ask){
                   .columns = columns, .points = points, .criterion = criterion, .seed = seed});
}

static void test_design_hypercube__each_stratum_once(void **state)
{
    (void)state;
    static const char *const criterion[] = {NULL, "none", "maximin", "least-correlation"};
    static const int64_t points[] = {1, 2, 37, 512, 1000};
    for (int c = 0; c < 4; c++)
        for (int p = 0; p < 5; p++) {
            mst_design a = hypercube(6, points[p], criterion[c], 11);
            assert_int_equal(a.rows, points[p]);
            assert_latin(&a);
            mst_design_free(&a);
        }
}

/* Places in a stratum are uniform: of 4096 places 1/10 lies in each tenth, within 5 deviations (.0047
 * each); with midpoints they are the middle. */
static void test_design_hypercube__place_in_a_stratum(void **state)
{
    (void)state;
    mst_design a = hypercube(3, 4096, "none", 29);
    int32_t tenth[10] = {0};
    for (int64_t i = 0; i < 4096; i++) {
        const double at = unit_at(&a, i, 1) * 4096.0;
        tenth[(int)((at - floor(at)) * 10.0)]++;
    }
    for (int t = 0; t < 10; t++)
        assert_near(tenth[t] / 4096.0, 0.1, 5 * 0.0047);
    mst_design_free(&a);
    a = design_made("lhs", (mst_design_ask){.columns = 3, .points = 57, .midpoints = true});
    assert_latin(&a);
    for (int64_t c = 0; c < 57 * 3; c++)
        assert_near(a.unit[c] * 57.0 - floor(a.unit[c] * 57.0), 0.5, 1e-12);
    mst_design_free(&a);
}

/* Sum over pairs of distance^-16, as written. */
static double crowding_of(const mst_design *a)
{
    double sum = 0.0;
    for (int64_t i = 1; i < a->rows; i++)
        for (int64_t h = 0; h < i; h++) {
            double d = 0.0;
            for (int32_t j = 0; j < a->columns; j++)
                d += pow(unit_at(a, i, j) - unit_at(a, h, j), 2.0);
            sum += pow(sqrt(d), -16.0);
        }
    return sum;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* 435 terms and a power of 8 by products: 1e-12. Enough is enough after at most a row more. */
static void test_design_hypercube__crowding_is_what_it_says(void **state)
{
    (void)state;
    mst_design a = hypercube(4, 30, "none", 6);
    const double whole = crowding_of(&a);
    assert_near(mst_crowding(a.unit, 30, 4, INFINITY) / whole, 1.0, 1e-12);
    const double part = mst_crowding(a.unit, 30, 4, 0.5 * whole);
    assert_true(part > 0.5 * whole && part <= whole * (1.0 + 1e-12));
    memcpy(a.unit + 4, a.unit, 4 * sizeof *a.unit);
    assert_true(isinf(mst_crowding(a.unit, 30, 4, INFINITY)));
    mst_design_free(&a);
}

/* The best of 50 lies below a twentieth of 41 plain ones but for a chance of .95^50 = .08; asked is
 * the lowest quarter, .75^50 = 6e-7. */
static void test_design_hypercube__criteria_choose_better_ones(void **state)
{
    (void)state;
    double crowding[41], distance[41], correlation[41];
    for (uint64_t s = 0; s < 41; s++) {
        mst_design plain = hypercube(4, 30, "none", 100 + s);
        assert_int_equal(plain.tries, 1);
        crowding[s] = crowding_of(&plain);
        distance[s] = plain.least_distance;
        correlation[s] = largest_correlation_of(&plain);
        mst_design_free(&plain);
    }
    qsort(crowding, 41, sizeof *crowding, by_size);
    qsort(distance, 41, sizeof *distance, by_size);
    qsort(correlation, 41, sizeof *correlation, by_size);
    for (uint64_t seed = 1; seed <= 5; seed++) {
        mst_design wide = hypercube(4, 30, "maximin", seed);
        mst_design straight = hypercube(4, 30, "least-correlation", seed);
        assert_true(wide.tries == 50 && straight.tries == 50);
        assert_true(crowding_of(&wide) < crowding[10]);
        assert_true(wide.least_distance > distance[20]);
        assert_true(largest_correlation_of(&straight) < correlation[10]);
        mst_design_free(&wide);
        mst_design_free(&straight);
    }
}

/* More tries look at the same hypercubes and more. */
static void test_design_hypercube__more_tries_are_never_worse(void **state)
{
    (void)state;
    double before = INFINITY;
    for (int32_t tries = 1; tries <= 256; tries *= 4) {
        mst_design a = design_made(
            "lhs", (mst_design_ask){.columns = 4, .points = 20, .tries = tries, .seed = 8});
        const double now = crowding_of(&a);
        assert_int_equal(a.tries, tries);
        assert_true(now <= before);
        before = now;
        mst_design_free(&a);
    }
    mst_design first = hypercube(4, 20, "none", 8);
    assert_true(before < crowding_of(&first));
    mst_design_free(&first);
}

static void test_design_hypercube__tries_are_fewer_where_points_are_many(void **state)
{
    (void)state;
    mst_design some = hypercube(10, 1000, NULL, 1);
    mst_design many = hypercube(10, 100000, NULL, 1);
    assert_int_equal(some.tries, 50);
    assert_int_equal(many.tries, 1);
    assert_string_equal(many.built, "random Latin hypercube");
    mst_design_free(&some);
    mst_design_free(&many);
    assert_design_refused("lhs",
                          (mst_design_ask){.columns = 2, .points = 9, .criterion = "minimax"},
                          "criterion 'minimax' is none of maximin");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_design_hypercube__each_stratum_once),
        cmocka_unit_test(test_design_hypercube__place_in_a_stratum),
        cmocka_unit_test(test_design_hypercube__crowding_is_what_it_says),
        cmocka_unit_test(test_design_hypercube__criteria_choose_better_ones),
        cmocka_unit_test(test_design_hypercube__more_tries_are_never_worse),
        cmocka_unit_test(test_design_hypercube__tries_are_fewer_where_points_are_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
