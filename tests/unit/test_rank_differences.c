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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rank_differences__mirrored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
