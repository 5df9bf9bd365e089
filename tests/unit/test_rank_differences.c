/* What a pair of points makes of the differences between their runs. */
#include "test.h"

#include "estimate/pair.h"

#include <math.h>

static mst_series series_of(const double *value, size_t count)
{
    static const int32_t replication[] = {1, 2, 3, 4, 5, 6, 7, 8};
    assert_true(count <= sizeof replication / sizeof *replication);
    return (mst_series){.value = value, .replication = replication, .count = count};
}

static void assert_same_pair(const mst_pair *a, const mst_pair *b, bool is_yes_no)
{
    const muster_bounds x = mst_pair_bounds(a, is_yes_no, 0.95),
                        y = mst_pair_bounds(b, is_yes_no, 0.95);
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->only_one, b->only_one);
    assert_int_equal(a->only_other, b->only_other);
    const double of_a[] = {a->mean, a->variance, a->correlation, a->fewer, a->p, x.low, x.high},
                 of_b[] = {b->mean, b->variance, b->correlation, b->fewer, b->p, y.low, y.high};
    assert_memory_equal(of_a, of_b, sizeof of_a);
}

static void test_rank_differences__mirrored(void **state)
{
    (void)state;
    static const double a[] = {0.1, 0.9, 0.7, 0.2, 0.8, 0.6, 0.3, 0.4},
                        b[] = {0.7, 0.3, 0.3, 0.2, 0.9, 0.1, 0.1, 0.3};
    const mst_series one = series_of(a, 8), other = series_of(b, 8);
    for (int k = 0; k < 2; k++) {
        const mst_pair there = mst_pair_of(&one, &other, k), back = mst_pair_of(&other, &one, k),
                       mirrored = mst_pair_mirrored(&there);
        assert_same_pair(&mirrored, &back, k);
        const muster_bounds x = mst_pair_bounds(&there, k, 0.95),
                            y = mst_pair_bounds(&back, k, 0.95);
        assert_near(x.low, -y.high, 0.0);
        assert_near(x.high, -y.low, 0.0);
    }
}

/* Values about 0 that are great, with one difference in all runs: its rounding is of the values, not of their
 * means. By the sign test 2^(1 - 8). */
static void test_rank_differences__of_great_values_about_0(void **state)
{
    (void)state;
    double a[8], b[8];
    for (int i = 0; i < 8; i++) {
        const int couple = i / 2;
        a[i] = (i % 2 ? -1e6 : 1e6) / (1.0 + couple);
        b[i] = a[i] - 0.1;
    }
    const mst_series one = series_of(a, 8), other = series_of(b, 8);
    const mst_pair pair = mst_pair_of(&one, &other, false);
    assert_near(pair.mean, 0.1, 1e-9);
    assert_near(pair.variance, 0.0, 0.0);
    assert_near(pair.p, 1.0 / 128.0, 0.0);
    for (int i = 0; i < 8; i++) /* the same, summed in another order */
        b[i] = a[i] + (i % 3 ? 1e-10 : -1e-10);
    const mst_pair same = mst_pair_of(&one, &other, false);
    assert_near(same.mean, 0.0, 0.0);
    assert_near(same.p, 1.0, 0.0);
}

/* Noise of some units on values of 1e12 is no rounding. */
static void test_rank_differences__small_beside_the_values(void **state)
{
    (void)state;
    const double x[] = {3, 1, 4, 1, 5, 9, 2, 6}, y[] = {2, 7, 1, 8, 2, 8, 1, 8};
    double a[8], b[8];
    for (int i = 0; i < 8; i++) {
        a[i] = 1e12 + x[i];
        b[i] = 1e12 + y[i];
    }
    const mst_series great[2] = {series_of(a, 8), series_of(b, 8)},
                     plain[2] = {series_of(x, 8), series_of(y, 8)};
    const mst_pair pair = mst_pair_of(&great[0], &great[1], false),
                   wanted = mst_pair_of(&plain[0], &plain[1], false);
    assert_near(pair.mean, wanted.mean, 0.0);
    assert_near(pair.variance, wanted.variance, 1e-12);
    assert_near(pair.correlation, wanted.correlation, 1e-9);
    assert_near(pair.fewer, wanted.fewer, 1e-9);
    assert_near(pair.p, wanted.p, 1e-12);
}

static void test_rank_differences__not_finite(void **state)
{
    (void)state;
    static const double with[] = {1, 2, INFINITY, 4}, none[] = {3, 1, 2, 2},
                        huge[] = {1e200, -1e200, 1e200, 3};
    const mst_series all[] = {series_of(with, 4), series_of(none, 4), series_of(huge, 4)};
    for (int k = 0; k < 2; k++) {
        const mst_pair pair = mst_pair_of(&all[0], &all[k], false);
        assert_true(isnan(pair.mean) && isnan(pair.variance) && isnan(pair.p));
        assert_true(isnan(pair.correlation) && isnan(pair.fewer));
        assert_false(mst_pair_bounds(&pair, false, 0.95).is_estimable);
    }
    const mst_pair pair = mst_pair_of(&all[1], &all[2], false); /* squares that are not */
    assert_true(isnan(pair.variance) && isnan(pair.p) && isnan(pair.correlation));
    assert_false(mst_pair_bounds(&pair, false, 0.95).is_estimable);
}

/* A mean of 50,000 times .1 that is summed one by one is off by some thousand roundings. */
static void test_rank_differences__of_many_that_do_not_vary(void **state)
{
    (void)state;
    enum { MANY = 50000 };
    static double a[MANY], b[MANY];
    static int32_t replication[MANY];
    for (int32_t i = 0; i < MANY; i++) {
        a[i] = 0.1;
        b[i] = i % 2;
        replication[i] = i + 1;
    }
    const mst_series one = {a, replication, MANY}, other = {b, replication, MANY};
    const mst_pair pair = mst_pair_of(&one, &other, false);
    assert_true(isnan(pair.correlation));
    assert_near(pair.mean, -0.4, 1e-12);
    for (int32_t i = 0; i < MANY; i++)
        b[i] = 0.3;
    const mst_pair flat = mst_pair_of(&one, &other, false);
    assert_near(flat.variance, 0.0, 0.0);
    assert_true(isnan(flat.fewer));
}

/* Points that are level must not be told apart by the order of their runs. */
static void test_rank_differences__in_another_order_have_one_mean(void **state)
{
    (void)state;
    static const double a[] = {1, 1, 0, 0, 0, 0, 0}, b[] = {0, 0, 0, 0, 1, 0, 1},
                        none[] = {0, 0, 0, 0, 0, 0, 0};
    const mst_series early = series_of(a, 7), late = series_of(b, 7), never = series_of(none, 7);
    const mst_pair one = mst_pair_of(&early, &never, true),
                   other = mst_pair_of(&late, &never, true);
    assert_near(one.mean, other.mean, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rank_differences__mirrored),
        cmocka_unit_test(test_rank_differences__of_great_values_about_0),
        cmocka_unit_test(test_rank_differences__small_beside_the_values),
        cmocka_unit_test(test_rank_differences__not_finite),
        cmocka_unit_test(test_rank_differences__of_many_that_do_not_vary),
        cmocka_unit_test(test_rank_differences__in_another_order_have_one_mean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
