/* Sobol and Halton sequences. */
#include "test.h"

#include "design_make.h"

#include "design/design.h"

#include <stdlib.h>

static mst_design sequence(const char *method, int32_t columns, int64_t points, uint64_t seed)
{
    return design_made(method,
                       (mst_design_ask){.columns = columns, .points = points, .seed = seed});
}

/* The point before the shift: rows less the first one, which is the shift itself. */
static double unshifted(const mst_design *a, int64_t row, int32_t column)
{
    const double apart = unit_at(a, row, column) - unit_at(a, 0, column);
    return apart < 0.0 ? apart + 1.0 : apart;
}

/* The first points of the first two columns, as in any text: Bratley and Fox (1988). */
static void test_design_sequence__sobol_is_the_sequence_shifted(void **state)
{
    (void)state;
    static const double known[][2] = {{0, 0},         {0.5, 0.5},     {0.75, 0.25},
                                      {0.25, 0.75},   {0.375, 0.375}, {0.875, 0.875},
                                      {0.625, 0.125}, {0.125, 0.625}};
    mst_design a = sequence("sobol", 5, 8, 31);
    for (int64_t i = 0; i < 8; i++)
        for (int32_t j = 0; j < 2; j++)
            assert_near(unshifted(&a, i, j), known[i][j], 1e-15);
    mst_design_free(&a);
}

/* Digits of the row number, mirrored at the point, in the base of a column: Halton (1960). */
static double mirrored(int64_t number, int32_t base)
{
    double out = 0.0;
    for (double place = 1.0 / base; number > 0; number /= base, place /= base)
        out += place * (double)(number % base);
    return out;
}

static void test_design_sequence__halton_is_the_sequence_shifted(void **state)
{
    (void)state;
    static const int32_t prime[] = {2, 3, 5, 7, 11, 13};
    mst_design a = sequence("halton", 6, 3000, 77);
    for (int64_t i = 0; i < 3000; i++)
        for (int32_t j = 0; j < 6; j++)
            assert_near(unshifted(&a, i, j), mirrored(i, prime[j]), 1e-12);
    mst_design_free(&a);
}

/* Of 2^m points each column has one in each of 2^m strata, wherever they begin: this needs the origin,
 * which GSL leaves out, and sound numbers in all 40 columns. */
static void test_design_sequence__sobol_fills_strata_in_all_columns(void **state)
{
    (void)state;
    mst_design a = sequence("sobol", 40, 1024, 5);
    assert_latin(&a);
    mst_design_free(&a);
}

/* Squares of 1/32 x 1/32 hold one each of 1024 points of the first two columns, before the shift. */
static void test_design_sequence__sobol_fills_squares(void **state)
{
    (void)state;
    static int32_t count[32][32];
    mst_design a = sequence("sobol", 2, 1024, 13);
    for (int64_t i = 0; i < 1024; i++) {
        /* lattice points, moved off the edges of squares */
        const double x = unshifted(&a, i, 0) + 1e-9, y = unshifted(&a, i, 1) + 1e-9;
        count[(int)(x * 32.0) % 32][(int)(y * 32.0) % 32]++;
    }
    for (int c = 0; c < 32 * 32; c++)
        assert_int_equal(count[c / 32][c % 32], 1);
    mst_design_free(&a);
}

/* Square of the L2 star discrepancy (Warnock 1972). */
static double discrepancy(const mst_design *a)
{
    const double n = (double)a->rows;
    double one = 0.0, two = 0.0;
    for (int64_t i = 0; i < a->rows; i++) {
        double product = 1.0;
        for (int32_t j = 0; j < a->columns; j++)
            product *= 1.0 - pow(unit_at(a, i, j), 2.0);
        one += product;
        for (int64_t h = 0; h < a->rows; h++) {
            product = 1.0;
            for (int32_t j = 0; j < a->columns; j++)
                product *= 1.0 - fmax(unit_at(a, i, j), unit_at(a, h, j));
            two += product;
        }
    }
    const double k = (double)a->columns;
    return pow(3.0, -k) - pow(2.0, 1.0 - k) / n * one + two / (n * n);
}

/* Random points have (2^-k - 3^-k) / n on the average. Whatever the shift, a sequence has less than a
 * fifth of it (seen: a twentieth or less). */
static void test_design_sequence__a_shift_keeps_points_even(void **state)
{
    (void)state;
    static const char *const method[] = {"sobol", "halton"};
    const double random = (pow(2.0, -4.0) - pow(3.0, -4.0)) / 512.0;
    for (int m = 0; m < 2; m++)
        for (uint64_t seed = 1; seed <= 10; seed++) {
            mst_design a = sequence(method[m], 4, 512, seed);
            assert_true(discrepancy(&a) < 0.2 * random);
            mst_design_free(&a);
        }
}

/* What an experiment has run stays when it grows. */
static void test_design_sequence__growing_keeps_what_there_is(void **state)
{
    (void)state;
    static const char *const method[] = {"sobol", "halton"};
    for (int m = 0; m < 2; m++) {
        mst_design a = sequence(method[m], 6, 100, 9), b = sequence(method[m], 8, 300, 9);
        for (int64_t i = 0; i < 100; i++)
            for (int32_t j = 0; j < 6; j++)
                assert_near(unit_at(&a, i, j), unit_at(&b, i, j), 0.0);
        mst_design_free(&a);
        mst_design_free(&b);
    }
}

/* Beyond its limit GSL's Sobol sequence gives numbers near 0 without an error. */
static void test_design_sequence__too_many_factors_are_refused(void **state)
{
    (void)state;
    assert_design_refused("sobol", (mst_design_ask){.columns = 41, .points = 64},
                          "41 factors, at most 40 in a Sobol sequence; take lhs");
    assert_design_refused("halton", (mst_design_ask){.columns = 1230, .points = 64},
                          "1230 factors, at most 1229 in a Halton sequence; take lhs");
    mst_design a = sequence("halton", 1229, 64, 3);
    for (int64_t c = 0; c < a.rows * a.columns; c++)
        assert_true(a.unit[c] >= 0.0 && a.unit[c] < 1.0);
    assert_near(unshifted(&a, 1, 1228), 1.0 / 9973.0, 1e-12); /* the 1229th prime */
    mst_design_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_design_sequence__sobol_is_the_sequence_shifted),
        cmocka_unit_test(test_design_sequence__halton_is_the_sequence_shifted),
        cmocka_unit_test(test_design_sequence__sobol_fills_strata_in_all_columns),
        cmocka_unit_test(test_design_sequence__sobol_fills_squares),
        cmocka_unit_test(test_design_sequence__a_shift_keeps_points_even),
        cmocka_unit_test(test_design_sequence__growing_keeps_what_there_is),
        cmocka_unit_test(test_design_sequence__too_many_factors_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
