/* Nearly orthogonal Latin hypercubes. */
#include "test.h"

#include "design_make.h"

#include "base/rng.h"
#include "design/design.h"
#include "design/family.h"

#include <string.h>

/* Published sizes (Cioppa and Lucas 2007); correlations by sums in long double. Then of squares, as a
 * quadratic fit uses them: with sizes in plain order those would be .9 (17 rows) to 1.00 (257). */
static void test_design_nolh__nearly_orthogonal_ones_by_construction(void **state)
{
    (void)state;
    for (int32_t k = 1; k <= 29; k++) {
        mst_design a = design_made(
            "nolh",
            (mst_design_ask){.columns = k, .tries = k > 16 ? 10 : 0, .seed = 4000 + (uint64_t)k});
        assert_int_equal(a.rows, k <= 7 ? 17 : k <= 11 ? 33 : k <= 16 ? 65 : k <= 22 ? 129 : 257);
        assert_non_null(strstr(a.built, "construction"));
        assert_latin(&a);
        const double largest = largest_correlation_of(&a);
        assert_true(largest <= (k <= 7 ? 1e-12 : 0.05));
        if (k > 1)
            assert_near(a.largest_correlation, largest, 1e-12);
        for (int64_t c = 0; c < a.rows * k; c++)
            a.unit[c] = (a.unit[c] - 0.5) * (a.unit[c] - 0.5);
        assert_true(largest_correlation_of(&a) < (k > 4 && k <= 7 ? 0.52 : 0.36));
        mst_design_free(&a);
    }
}

/* Mirrored points: no column goes with the square of one or with the product of two. */
static void test_design_nolh__constructed_ones_keep_curvature_apart(void **state)
{
    (void)state;
    mst_design a = design_made("nolh", (mst_design_ask){.columns = 9, .seed = 3});
    for (int32_t j = 0; j < 9; j++)
        for (int32_t l = 0; l < 9; l++)
            for (int32_t h = 0; h <= l; h++) {
                double sum = 0.0;
                for (int64_t i = 0; i < a.rows; i++)
                    sum += (unit_at(&a, i, j) - 0.5) * (unit_at(&a, i, l) - 0.5) *
                           (unit_at(&a, i, h) - 0.5);
                assert_near(sum, 0.0, 1e-14); /* 33 terms of up to .125 */
            }
    mst_design_free(&a);
}

/* The theorem in family.h: with sizes in plain order all columns are orthogonal. In whole numbers. */
static void test_design_nolh__all_columns_of_the_plain_family_are_orthogonal(void **state)
{
    (void)state;
    double size[256];
    for (int32_t m = 1; m <= 9; m++) {
        mst_family family = {m, size};
        const int64_t half = (int64_t)1 << (m - 1);
        mst_family_plain(&family);
        for (uint32_t c = 0; c < half; c++)
            for (uint32_t d = 0; d < c; d++) {
                double sum = 0.0;
                for (int64_t i = 0; i <= 2 * half; i++)
                    sum += mst_family_entry(&family, c, i) * mst_family_entry(&family, d, i);
                assert_near(sum, 0.0, 0.0);
            }
    }
}

/* What a search believes of the correlations it made is what they are. */
static void test_design_nolh__a_search_counts_right(void **state)
{
    (void)state;
    enum { Q = 32 };
    double size[Q], linear[Q], square[Q], most = 0.0;
    uint32_t difference[Q];
    mst_family family = {6, size};
    mst_differences used = {Q - 1, difference, linear, square};
    for (uint32_t s = 1; s < Q; s++)
        difference[s - 1] = s;
    gsl_rng *const rng = mst_rng_open(9, "test search");
    mst_family_search(&family, &used, rng, &most);
    gsl_rng_free(rng);
    for (uint32_t s = 1; s < Q; s++) {
        double products = 0.0, squares = 0.0;
        for (int64_t i = 0; i < Q; i++) {
            const double a = mst_family_entry(&family, 5, i),
                         b = mst_family_entry(&family, 5 ^ s, i);
            products += a * b;
            squares += a * a * b * b;
        }
        assert_near(fabs(linear[s - 1]), fabs(products), 1e-6);
        assert_near(square[s - 1], squares, 1e-3); /* of some 1e6 */
    }
}

static void test_design_nolh__stacks_rotate_columns(void **state)
{
    (void)state;
    for (int32_t k = 2; k <= 16; k += 7)
        for (int32_t stacks = 2; stacks <= 4; stacks++) {
            const int64_t half = k <= 7 ? 8 : k <= 11 ? 16 : 32;
            mst_design a = design_made(
                "nolh", (mst_design_ask){.columns = k, .stacks = stacks, .tries = 20, .seed = 21});
            assert_int_equal(a.rows, stacks * 2 * half + 1);
            assert_true(largest_correlation_of(&a) <= (k <= 7 ? 1e-12 : 0.05));
            assert_true(a.least_distance > 0.0); /* the centre stands once, and nothing twice */
            assert_non_null(strstr(a.built, "stacked"));
            mst_design_free(&a);
        }
    assert_design_refused("nolh", (mst_design_ask){.columns = 1, .stacks = 2}, "one factor");
    assert_design_refused("nolh", (mst_design_ask){.columns = 7, .stacks = 9},
                          "9 stacks, at most 8 of 7 factors");
    assert_design_refused("nolh", (mst_design_ask){.columns = 7, .stacks = 3, .points = 50},
                          "3 stacks have 49 points, not 50");
}

/* Other sizes: those of a construction where there is one, else by exchange. */
static void test_design_nolh__nearly_orthogonal_ones_of_any_size(void **state)
{
    (void)state;
    static const int32_t columns[] = {1, 2, 5, 10, 29, 29, 60, 10, 3, 14, 40};
    static const int64_t points[] = {5, 10, 20, 50, 64, 100, 300, 4000, 9, 33, 0};
    for (int c = 0; c < 11; c++) {
        mst_design a = design_made(
            "nolh",
            (mst_design_ask){.columns = columns[c], .points = points[c], .tries = 5, .seed = 2});
        assert_int_equal(a.rows, points[c] ? points[c] : 513);
        assert_latin(&a);
        assert_true(largest_correlation_of(&a) <= 0.05);
        assert_int_equal(strstr(a.built, "exchange") != NULL, c > 0 && c < 8);
        mst_design_free(&a);
    }
    assert_design_refused("nolh", (mst_design_ask){.columns = 7, .points = 7},
                          "7 points, more than 7");
    assert_design_refused("nolh", (mst_design_ask){.columns = 5, .points = 6},
                          "no correlations of .05 or less found for 5 factors");
    assert_design_refused("nolh", (mst_design_ask){.columns = 257}, "257 factors: beyond 256");
}

/* Exchange leaves the strata as they were, and needs fewer points than chance: 29 columns of 64
 * points have a largest correlation of some .35 at random. */
static void test_design_nolh__exchange_is_what_lowers_it(void **state)
{
    (void)state;
    mst_design plain = design_made(
        "lhs", (mst_design_ask){.columns = 29, .points = 64, .criterion = "none", .seed = 2});
    assert_true(plain.largest_correlation > 0.25);
    mst_design_free(&plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_design_nolh__nearly_orthogonal_ones_by_construction),
        cmocka_unit_test(test_design_nolh__constructed_ones_keep_curvature_apart),
        cmocka_unit_test(test_design_nolh__all_columns_of_the_plain_family_are_orthogonal),
        cmocka_unit_test(test_design_nolh__a_search_counts_right),
        cmocka_unit_test(test_design_nolh__stacks_rotate_columns),
        cmocka_unit_test(test_design_nolh__nearly_orthogonal_ones_of_any_size),
        cmocka_unit_test(test_design_nolh__exchange_is_what_lowers_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
