/* Samples for Sobol indices. */
#include "test.h"

#include "design_make.h"
#include "ishigami.h"

#include "base/rng.h"
#include "design/design.h"

#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

static mst_design sample(int32_t columns, int64_t points, bool second_order, bool luck)
{
    return design_made("saltelli", (mst_design_ask){.columns = columns,
                                                    .points = points,
                                                    .second_order = second_order,
                                                    .luck = luck,
                                                    .seed = 90210});
}

/* ---- layout ---------------------------------------------------------------------------------------- */

/* The next row is of this kind and factor, and repeats `own` but for that factor, which is from
 * `other`. Bits are compared. */
static void check_row(const mst_design *a, int64_t *row, mst_block_of expected, int64_t group,
                      const double *own, const double *other)
{
    const mst_block_of found = a->block[*row];
    assert_int_equal(found.kind, expected.kind);
    assert_int_equal(found.factor, expected.factor);
    assert_int_equal(found.base_row, expected.base_row);
    assert_int_equal(a->seed_group[*row], group);
    for (int32_t j = 0; j < a->columns; j++)
        assert_near(unit_at(a, *row, j), j == expected.factor ? other[j] : own[j], 0.0);
    ++*row;
}

static void check_layout(int32_t k, bool second_order, bool luck)
{
    const int64_t points = 16, each = k * (second_order ? 2 : 1) + (luck ? 3 : 2);
    mst_design d = sample(k, points, second_order, luck);
    assert_int_equal(d.rows, points * each);
    int64_t row = 0;
    for (int64_t j = 0; j < points; j++) {
        const double *const a = d.unit + j * each * k, *const b = a + (each - 1) * k;
        const int64_t of_a = 2 * j + 1, of_b = 2 * j + 2;
        for (int32_t i = 0; i < k; i++)
            assert_true(a[i] != b[i]);
        check_row(&d, &row, (mst_block_of){MST_BLOCK_A, -1, j}, of_a, a, b);
        for (int32_t i = 0; i < k; i++)
            check_row(&d, &row, (mst_block_of){MST_BLOCK_AB, i, j}, of_a, a, b);
        if (luck)
            check_row(&d, &row, (mst_block_of){MST_BLOCK_AB, k, j}, of_b, a, b);
        for (int32_t i = 0; i < k && second_order; i++)
            check_row(&d, &row, (mst_block_of){MST_BLOCK_BA, i, j}, of_b, b, a);
        check_row(&d, &row, (mst_block_of){MST_BLOCK_B, -1, j}, of_b, b, a);
    }
    assert_int_equal(row, d.rows);
    mst_design_free(&d);
}

static void test_design_saltelli__rows_stand_in_their_order(void **state)
{
    (void)state;
    static const int32_t columns[] = {1, 3, 20, 21};
    for (int c = 0; c < 4; c++)
        for (int o = 0; o < 4; o++)
            check_layout(columns[c], o & 1, o & 2);
}

static void test_design_saltelli__says_where_a_and_b_are_from(void **state)
{
    (void)state;
    mst_design few = sample(20, 4, false, false), many = sample(21, 4, false, false);
    assert_string_equal(few.built, "A and B from one Sobol sequence, shifted");
    assert_string_equal(many.built, "A and B from two independent Latin hypercubes");
    mst_design_free(&few);
    mst_design_free(&many);
    static const int64_t bad[] = {3, 6, 1000, 1023, 1025};
    for (int b = 0; b < 5; b++)
        assert_design_refused("saltelli", (mst_design_ask){.columns = 3, .points = bad[b]},
                              "points, a power of two is needed");
    assert_design_refused("saltelli", (mst_design_ask){.columns = 3},
                          "it has no points = N; at least 2");
    assert_design_refused("saltelli", (mst_design_ask){.columns = 3, .points = 1}, "at least 2");
}

/* Each column of A against each of B, and against its own in B. Of 4096 independent pairs a correlation
 * has a deviation of 1/64, and 5 of these are .078. The first columns of a sequence do far better; late
 * ones of GSL's are uneven in pairs (.1 here, .5 at 1024 rows), which A's and B's of one factor are
 * not. Column i of A and j of B fill 16 x 16 squares as well: at random none would be empty, on a line
 * 240, and of the worst pair here 48 are. */
static void check_pair(const double *a, const double *b, int64_t step, double most)
{
    bool is_met[256] = {false};
    int32_t empty = 256;
    assert_true(fabs(correlation_of(a, b, 4096, step)) < most);
    for (int64_t r = 0; r < 4096; r++) {
        const int square = (int)(a[r * step] * 16.0) * 16 + (int)(b[r * step] * 16.0);
        empty -= !is_met[square];
        is_met[square] = true;
    }
    assert_in_range(empty, 0, 64);
}

static void test_design_saltelli__a_and_b_are_independent(void **state)
{
    (void)state;
    static const int32_t columns[] = {3, 10, 20, 25};
    static const double most[] = {0.02, 0.078, 0.15, 0.078};
    for (int c = 0; c < 4; c++) {
        const int32_t k = columns[c];
        mst_design d = sample(k, 4096, false, false);
        const int64_t step = (int64_t)(k + 2) * k;
        const double *const a = d.unit, *const b = d.unit + (k + 1) * k;
        for (int32_t i = 0; i < k; i++)
            for (int32_t j = 0; j < k; j++)
                check_pair(a + i, b + j, step, i == j ? 0.078 : most[c]);
        mst_design_free(&d);
    }
}

/* ---- indices ------------------------------------------------------------------------------------------ */

typedef struct indices {
    double first[4], total[4], pair_13, variance;
} indices;

/* Row of base row j of a kind and factor, in a design of 3 factors. */
static const double *find_row(const mst_design *d, int64_t j, mst_block_kind kind, int32_t factor,
                              int64_t *out_row)
{
    const int64_t each = d->rows / (d->block[d->rows - 1].base_row + 1);
    for (int64_t r = j * each; r < (j + 1) * each; r++)
        if (d->block[r].kind == kind && d->block[r].factor == factor) {
            *out_row = r;
            return d->unit + r * d->columns;
        }
    fail_msg("row %ld has no such block", (long)j);
    return NULL;
}

typedef double (*model)(const double *unit, int64_t seed_group);

static double value_at(const mst_design *d, model f, int64_t j, mst_block_kind kind, int32_t factor)
{
    int64_t row = 0;
    const double *const unit = find_row(d, j, kind, factor, &row);
    return f(unit, d->seed_group[row]);
}

/* Saltelli 2010 for the first order, Jansen 1999 for the total, Saltelli 2002 for the pair; outputs
 * centred. */
static indices indices_of(const mst_design *d, model f, int32_t factors, bool has_pairs)
{
    indices out = {{0}, {0}, 0, 0};
    const int64_t points = d->block[d->rows - 1].base_row + 1;
    const double n = (double)points;
    double mean = 0.0, squares = 0.0;
    for (int64_t j = 0; j < points; j++)
        mean += (value_at(d, f, j, MST_BLOCK_A, -1) + value_at(d, f, j, MST_BLOCK_B, -1)) / (2 * n);
    for (int64_t j = 0; j < points; j++) {
        const double a = value_at(d, f, j, MST_BLOCK_A, -1) - mean;
        const double b = value_at(d, f, j, MST_BLOCK_B, -1) - mean;
        squares += (a * a + b * b) / (2 * n);
        for (int32_t i = 0; i < factors; i++) {
            const double ab = value_at(d, f, j, MST_BLOCK_AB, i) - mean;
            out.first[i] += b * (ab - a) / n;
            out.total[i] += (a - ab) * (a - ab) / (2 * n);
        }
        if (has_pairs)
            out.pair_13 += ((value_at(d, f, j, MST_BLOCK_BA, 0) - mean) *
                                (value_at(d, f, j, MST_BLOCK_AB, 2) - mean) -
                            a * b) /
                           n;
    }
    for (int32_t i = 0; i < factors; i++) {
        out.first[i] /= squares;
        out.total[i] /= squares;
    }
    out.pair_13 = out.pair_13 / squares - out.first[0] - out.first[2];
    out.variance = squares;
    return out;
}

static double of_ishigami(const double *unit, int64_t seed_group)
{
    (void)seed_group;
    return ishigami(unit);
}

static double largest_error(const indices *found)
{
    double largest = 0.0;
    for (int i = 0; i < 3; i++)
        largest = fmax(largest, fmax(fabs(found->first[i] - ishigami_first[i]),
                                     fabs(found->total[i] - ishigami_total[i])));
    return largest;
}

/* Closed forms. By a sample of 4096 independent points the errors would be some .01 to .03. */
static void test_design_saltelli__indices_of_a_known_function(void **state)
{
    (void)state;
    mst_design d = sample(3, 4096, true, false);
    const indices found = indices_of(&d, of_ishigami, 3, true);
    assert_true(largest_error(&found) < 0.005);
    assert_near(found.pair_13, ishigami_pair_13, 0.01);
    assert_near(found.variance, ishigami_variance, 0.02);
    mst_design_free(&d);
}

/* The mistake this design is made to avoid: A and B as points of one sequence of 3 columns, one after
 * the other or halves of it. The same test must see it. */
static mst_design wrong_sample(int64_t points, bool in_halves)
{
    mst_design d = sample(3, points, false, false);
    mst_design s =
        design_made("sobol", (mst_design_ask){.columns = 3, .points = 2 * points, .seed = 90210});
    for (int64_t j = 0; j < points; j++) {
        const double *const a = s.unit + (in_halves ? j : 2 * j) * 3;
        const double *const b = s.unit + (in_halves ? j + points : 2 * j + 1) * 3;
        for (int64_t r = 5 * j; r < 5 * j + 5; r++)
            for (int32_t i = 0; i < 3; i++) {
                const bool from_b = d.block[r].kind == MST_BLOCK_B || d.block[r].factor == i;
                d.unit[r * 3 + i] = from_b ? b[i] : a[i];
            }
    }
    mst_design_free(&s);
    return d;
}

static void test_design_saltelli__consecutive_points_would_be_seen(void **state)
{
    (void)state;
    for (int h = 0; h < 2; h++) {
        mst_design d = wrong_sample(4096, h);
        const indices found = indices_of(&d, of_ishigami, 3, false);
        assert_true(largest_error(&found) > 0.05);
        mst_design_free(&d);
    }
}

/* ---- luck ----------------------------------------------------------------------------------------------- */

/* A normal number of deviation 1 that only the seed group decides. */
static double noise_of(int64_t seed_group)
{
    gsl_rng *const rng = mst_rng_open((uint64_t)seed_group, "test luck");
    assert_non_null(rng);
    const double out = gsl_ran_gaussian_ziggurat(rng, 1.0);
    gsl_rng_free(rng);
    return out;
}

/* Variances 3, 1, 0 and luck's 1. */
static double with_luck(const double *unit, int64_t seed_group)
{
    return 6.0 * unit[0] + sqrt(12.0) * unit[1] + noise_of(seed_group);
}

/* Shares of the variance 3/5, 1/5, 0, 1/5: of luck by 2048 pairs of numbers, within 5 deviations of
 * some .03 at most. A factor that does nothing has nothing exactly, as A and its AB share numbers. */
static void test_design_saltelli__luck_is_one_factor_more(void **state)
{
    (void)state;
    mst_design d = sample(3, 1024, false, true);
    const indices found = indices_of(&d, with_luck, 4, false);
    static const double share[] = {0.6, 0.2, 0.0, 0.2};
    for (int i = 0; i < 4; i++) {
        assert_near(found.first[i], share[i], i == 2 ? 0.0 : 0.1);
        assert_near(found.total[i], share[i], i == 2 ? 0.0 : 0.1);
    }
    mst_design_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_design_saltelli__rows_stand_in_their_order),
        cmocka_unit_test(test_design_saltelli__says_where_a_and_b_are_from),
        cmocka_unit_test(test_design_saltelli__a_and_b_are_independent),
        cmocka_unit_test(test_design_saltelli__indices_of_a_known_function),
        cmocka_unit_test(test_design_saltelli__consecutive_points_would_be_seen),
        cmocka_unit_test(test_design_saltelli__luck_is_one_factor_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
