/* Sums of weight * value over points, run by run. */
#include "test.h"

#include "analyses/sample.h"

enum { POINTS = 4, REPS = 5 };

static mst_paired contrast_of(double last, double *value)
{
    static const double weight[POINTS] = {0.5, 0.5, -0.5, -0.5};
    double scratch[2 * REPS];
    for (int r = 0; r < REPS; r++) {
        const double great = 1e6 / (3.0 + r);
        value[0 * REPS + r] = great;
        value[1 * REPS + r] = 0.1 - great; /* its last digits are lost */
        value[2 * REPS + r] = 0.1;
        value[3 * REPS + r] = last;
    }
    const mst_aligned aligned = {.points = POINTS, .reps = REPS, .value = value};
    return mst_aligned_contrast(&aligned, weight, 0.95, scratch);
}

/* Great values that cancel leave rounding that is great beside what is left of them. */
static void test_analyses_contrast__rounding_is_of_the_values(void **state)
{
    (void)state;
    double value[POINTS * REPS];
    const mst_paired none = contrast_of(0.0, value), some = contrast_of(1e-3, value);
    assert_int_equal(none.pairs, REPS);
    assert_near(none.mean, 0.0, 0.0);
    assert_near(none.p, 1.0, 0.0);
    assert_near(some.mean, -0.5e-3, 1e-9);
    assert_true(some.p < 0.1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_analyses_contrast__rounding_is_of_the_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
