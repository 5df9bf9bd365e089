/* Intervals of yes or no against the binomial distribution of the pairs that differ. */
#include "test.h"

#include "estimate/pair.h"

#include <math.h>

/* Of a level of .95, of 2, 60 and 500 points together. */
static const double tails[] = {0.025, 0.025 / 59.0, 0.025 / 499.0};

/* Pairs that all differ, and Student's t of no width: the interval is that of the signs alone. */
static muster_bounds by_signs(int64_t up, int64_t down, double level)
{
    const double all = (double)(up + down);
    const mst_pair pair = {.count = up + down,
                           .mean = (double)(up - down) / all,
                           .variance = 0.0,
                           .only_one = up,
                           .only_other = down,
                           .p = 1.0};
    return mst_pair_bounds(&pair, true, level);
}

/* P(at least `up` of all) at a share, term by term from the last one down. */
static double tail_at(double share, int64_t up, int64_t down)
{
    const double all = (double)(up + down);
    double sum = 0.0;
    for (int64_t k = up; k <= up + down; k++) {
        const double x = (double)k, y = all - x;
        sum += exp(lgamma(all + 1.0) - lgamma(x + 1.0) - lgamma(y + 1.0) +
                   (x > 0.0 ? x * log(share) : 0.0) + (y > 0.0 ? y * log1p(-share) : 0.0));
    }
    return sum;
}

/* How far the ends are from the tail they ought to have, as a part of it. */
static double error_of(int64_t up, int64_t down, double tail)
{
    const muster_bounds b = by_signs(up, down, 1.0 - 2.0 * tail);
    double out = 0.0;
    assert_true(b.is_estimable);
    if (up > 0)
        out = fmax(out, fabs(tail_at(0.5 + 0.5 * b.low, up, down) / tail - 1.0));
    else
        assert_near(b.low, -1.0, 0.0);
    if (down > 0)
        out = fmax(out, fabs(tail_at(0.5 - 0.5 * b.high, down, up) / tail - 1.0));
    else
        assert_near(b.high, 1.0, 0.0);
    return out;
}

static void test_rank_signs__ends_have_their_tails(void **state)
{
    (void)state;
    double worst = 0.0;
    for (size_t t = 0; t < sizeof tails / sizeof *tails; t++)
        for (int64_t all = 2; all <= 200; all++)
            for (int64_t up = t == 0 ? 0 : all % 3; up <= all; up += t == 0 ? 1 : 3)
                worst = fmax(worst, error_of(up, all - up, tails[t]));
    print_message("furthest from its tail by %.1e of it\n", worst);
    assert_true(worst <= 1e-9);
}

/* Counts at which inverses of the beta distribution have been seen to fail. Clopper and Pearson's end of
 * 413 of 422 at .95 is .959901: 2 * .959901 - 1. */
static void test_rank_signs__counts_that_are_hard_to_invert(void **state)
{
    (void)state;
    assert_near(by_signs(413, 9, 0.95).low, 0.91980, 5e-6);
    assert_near(by_signs(9, 413, 0.95).high, -0.91980, 5e-6);
    static const int64_t hard[][2] = {{413, 9}, {412, 9}, {498, 35}, {498, 36}, {99990, 10}};
    for (size_t i = 0; i < sizeof hard / sizeof *hard; i++)
        for (size_t t = 0; t < sizeof tails / sizeof *tails; t++)
            assert_true(error_of(hard[i][0], hard[i][1], tails[t]) <= 1e-7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rank_signs__ends_have_their_tails),
        cmocka_unit_test(test_rank_signs__counts_that_are_hard_to_invert),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
