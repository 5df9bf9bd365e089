#include "test.h"

#include "memory.h"
#include "num/random.h"
#include "num/score.h"

#define NONE (double)NAN

static mst_alpha alpha_of(const double *code, int32_t units, int32_t coders, mst_metric metric)
{
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    const char *reason = NULL;
    mst_alpha out = {0};
    assert_int_equal(mst_krippendorff(&arena, code, units, coders, metric, &out, &reason),
                     MUSTER_OK);
    assert_null(reason);
    mst_arena_clear(&arena);
    return out;
}

/* ---- what is published --------------------------------------------------------------------------- */

/* Krippendorff 2011, the example of 12 units and 4 coders that runs through all metrics. */
static const double four_coders[12][4] = {
    {1, 1, NONE, 1}, {2, 2, 3, 2},    {3, 3, 3, 3},       {3, 3, 3, 3},
    {2, 2, 2, 2},    {1, 2, 3, 4},    {4, 4, 4, 4},       {1, 1, 2, 1},
    {2, 2, 2, 2},    {NONE, 5, 5, 5}, {NONE, NONE, 1, 1}, {NONE, NONE, 3, NONE},
};

/* Published to three places: half of the last one. */
static void test_agreement__published_four_coders(void **state)
{
    (void)state;
    static const double published[] = {
        [MST_NOMINAL] = .743, [MST_ORDINAL] = .815, [MST_INTERVAL] = .849, [MST_RATIO] = .797};
    for (int m = MST_NOMINAL; m <= MST_RATIO; m++) {
        const mst_alpha a = alpha_of(four_coders[0], 12, 4, (mst_metric)m);
        assert_near(a.value, published[m], .0005);
        assert_int_equal(a.units, 11); /* the last one has a single code */
        assert_int_equal(a.codes, 40);
        assert_int_equal(a.distinct, 5);
    }
    /* without the unit that cannot be paired: the same to the last bit */
    const mst_alpha all = alpha_of(four_coders[0], 12, 4, MST_ORDINAL);
    const mst_alpha less = alpha_of(four_coders[0], 11, 4, MST_ORDINAL);
    assert_true(all.value <= less.value && all.value >= less.value);
}

/* Krippendorff 2011, the examples of two coders: ten units with two codes, twelve with five. */
static void test_agreement__published_two_coders(void **state)
{
    (void)state;
    static const double a[10][2] = {{0, 1}, {1, 1}, {0, 1}, {0, 0}, {0, 0},
                                    {0, 1}, {0, 0}, {0, 0}, {1, 0}, {0, 0}};
    assert_near(alpha_of(a[0], 10, 2, MST_NOMINAL).value, .095, .0005);
    /* by hand: 4 of 10 units differ, 6 ones and 14 zeros: 1 - 19 x 8 / (2 x 6 x 14) */
    assert_near(alpha_of(a[0], 10, 2, MST_NOMINAL).value, 1.0 - 19.0 * 8.0 / 168.0, 1e-15);
    static const char *ben = "aabbdcccedda", *gerry = "babbbccceddd";
    double b[12][2];
    for (int u = 0; u < 12; u++) {
        b[u][0] = ben[u];
        b[u][1] = gerry[u];
    }
    assert_near(alpha_of(b[0], 12, 2, MST_NOMINAL).value, .692, .0005);
}

/* ---- by hand ------------------------------------------------------------------------------------- */

static void test_agreement__a_few_by_hand(void **state)
{
    (void)state;
    /* always apart: observed 1, expected 2 x 2 x 2 / (4 x 3) */
    static const double apart[2][2] = {{1, 2}, {2, 1}};
    const mst_alpha a = alpha_of(apart[0], 2, 2, MST_NOMINAL);
    assert_near(a.observed, 1.0, 0.0);
    assert_near(a.expected, 2.0 / 3.0, 1e-15);
    assert_near(a.value, -.5, 1e-15);
    /* codes 0, 0 | 0, 2 | 2, 6: n(0) = 3, n(2) = 2, n(6) = 1; ordinal distances 0-2: 2.5, 2-6: 1.5,
     * 0-6: 4; sum of coincidences (6.25 + 2.25) x 2, of expectations (6 x 6.25 + 2 x 2.25 + 3 x 16) x 2 */
    static const double three[3][2] = {{0, 0}, {0, 2}, {2, 6}};
    assert_near(alpha_of(three[0], 3, 2, MST_ORDINAL).value, 1.0 - 5.0 * 8.5 / 90.0, 1e-14);
    /* interval: (4 + 16) and (6 x 4 + 2 x 16 + 3 x 36); ratio: 1 + 1/4 and 6 x 1 + 2 / 4 + 3 x 1 */
    assert_near(alpha_of(three[0], 3, 2, MST_INTERVAL).value, 1.0 - 5.0 * 20.0 / 164.0, 1e-14);
    assert_near(alpha_of(three[0], 3, 2, MST_RATIO).value, 1.0 - 5.0 * 1.25 / 9.5, 1e-14);
}

static void test_agreement__what_cannot_be_told(void **state)
{
    (void)state;
    static const double perfect[3][2] = {{1, 1}, {2, 2}, {5, 5}};
    static const double alike[3][2] = {{4, 4}, {4, 4}, {4, NONE}};
    static const double alone[3][2] = {{4, NONE}, {NONE, 3}, {NONE, NONE}};
    for (int m = MST_NOMINAL; m <= MST_RATIO; m++) {
        assert_near(alpha_of(perfect[0], 3, 2, (mst_metric)m).value, 1.0, 0.0);
        const mst_alpha same = alpha_of(alike[0], 3, 2, (mst_metric)m);
        assert_true(isnan(same.value));
        assert_near(same.observed, 0.0, 0.0);
        assert_near(same.expected, 0.0, 0.0);
        const mst_alpha none = alpha_of(alone[0], 3, 2, (mst_metric)m);
        assert_true(isnan(none.value) && isnan(none.observed) && isnan(none.expected));
        assert_int_equal(none.units, 0);
        assert_int_equal(none.codes, 0);
    }
}

/* ---- against a matrix of coincidences ---------------------------------------------------------- */

enum { CODES = 7, UNITS_MOST = 9, CODERS_MOST = 5 };

/* Every ordered pair of places, plainly, and the ordinal distance as a sum from code to code
 * (Krippendorff 2011). Code v stands for index v. */
static double squared_distance(mst_metric metric, const double *n, int c, int k,
                               const double *value)
{
    if (metric == MST_NOMINAL)
        return c == k ? 0.0 : 1.0;
    if (metric == MST_ORDINAL) {
        double sum = 0.0;
        for (int g = c < k ? c : k; g <= (c < k ? k : c); g++)
            sum += n[g];
        sum -= (n[c] + n[k]) / 2.0;
        return sum * sum;
    }
    const double d = value[c] - value[k], s = value[c] + value[k];
    if (metric == MST_INTERVAL)
        return d * d;
    return c == k ? 0.0 : d * d / (s * s);
}

static double plain_alpha(const int *index, int units, int coders, mst_metric metric,
                          const double *value)
{
    double o[CODES][CODES] = {{0}}, n[CODES] = {0}, total = 0.0;
    for (int u = 0; u < units; u++) {
        int m = 0;
        for (int i = 0; i < coders; i++)
            m += index[u * coders + i] >= 0;
        for (int i = 0; i < coders; i++)
            for (int j = 0; j < coders; j++)
                if (i != j && index[u * coders + i] >= 0 && index[u * coders + j] >= 0)
                    o[index[u * coders + i]][index[u * coders + j]] += 1.0 / (m - 1);
    }
    for (int c = 0; c < CODES; c++)
        for (int k = 0; k < CODES; k++) {
            n[c] += o[c][k];
            total += o[c][k];
        }
    double seen = 0.0, chance = 0.0;
    for (int c = 0; c < CODES; c++)
        for (int k = 0; k < CODES; k++) {
            seen += o[c][k] * squared_distance(metric, n, c, k, value);
            chance += n[c] * n[k] * squared_distance(metric, n, c, k, value);
        }
    return 1.0 - (total - 1.0) * seen / chance;
}

/* Both sum some hundred terms of like sign: 1e-11 leaves room for their rounding, enlarged where alpha
 * is far below 0. */
static void test_agreement__matrix_of_coincidences(void **state)
{
    (void)state;
    static const double value[CODES] = {0, .1, 1, 2.5, 3, 8, 20};
    int told = 0;
    for (uint32_t trial = 0; trial < 400; trial++) {
        const mst_stream stream = mst_stream_of(mst_random_key(31), trial, 1);
        uint64_t number = 0;
        const int units = 1 + (int)(mst_random_unit(stream, number++) * UNITS_MOST);
        const int coders = 1 + (int)(mst_random_unit(stream, number++) * CODERS_MOST);
        int index[UNITS_MOST * CODERS_MOST];
        double code[UNITS_MOST * CODERS_MOST];
        for (int i = 0; i < units * coders; i++) {
            const bool is_missing = mst_random_unit(stream, number++) < .25;
            index[i] = is_missing ? -1 : (int)(mst_random_unit(stream, number++) * CODES);
            code[i] = is_missing ? NONE : value[index[i]];
        }
        for (int m = MST_NOMINAL; m <= MST_RATIO; m++) {
            const mst_alpha got = alpha_of(code, units, coders, (mst_metric)m);
            const double plain = plain_alpha(index, units, coders, (mst_metric)m, value);
            told += isfinite(plain);
            if (isnan(plain))
                assert_true(isnan(got.value));
            else
                assert_near(got.value, plain, 1e-11 * (1.0 + fabs(plain)));
        }
    }
    assert_true(told > 1000);
}

/* Codes that a scale does not tell apart: other names, another order-keeping scale, another zero and
 * unit, another unit. Scaled by 2 and 4, so that nothing rounds; the others within 1e-12. */
static void test_agreement__what_a_scale_ignores(void **state)
{
    (void)state;
    double named[48], bent[48], moved[48], longer[48];
    for (int i = 0; i < 48; i++) {
        const double c = four_coders[i / 4][i % 4];
        named[i] = isnan(c) ? c : (double)((int)c * 3 % 7);
        bent[i] = c * c * c - 50.0;
        moved[i] = 4.0 * c - 100.0;
        longer[i] = 2.0 * c;
    }
    const double *const same[] = {named, bent, moved, longer};
    for (int m = MST_NOMINAL; m <= MST_RATIO; m++)
        assert_near(alpha_of(same[m], 12, 4, (mst_metric)m).value,
                    alpha_of(four_coders[0], 12, 4, (mst_metric)m).value, 1e-12);
    /* and what it does not ignore */
    assert_true(fabs(alpha_of(named, 12, 4, MST_ORDINAL).value - .815) > .01);
    assert_true(fabs(alpha_of(bent, 12, 4, MST_INTERVAL).value - .849) > .01);
}

/* ---- refusals ------------------------------------------------------------------------------------ */

static void assert_refused(const double *code, int32_t units, int32_t coders, mst_metric metric,
                           const char *why)
{
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    const char *reason = NULL;
    mst_alpha out = {.units = -7};
    assert_int_equal(mst_krippendorff(&arena, code, units, coders, metric, &out, &reason),
                     MUSTER_MISTAKE);
    assert_string_equal(reason, why);
    assert_int_equal(out.units, -7);
    mst_arena_clear(&arena);
}

static void test_agreement__refusals(void **state)
{
    (void)state;
    static const double infinite[] = {1, 2, -INFINITY, 1}, negative[] = {1, 2, -1, 1};
    assert_refused(infinite, 2, 2, MST_NOMINAL, "a code is infinite");
    assert_refused(negative, 2, 2, MST_RATIO, "a code on a ratio scale is below 0");
    assert_near(alpha_of(negative, 2, 2, MST_NOMINAL).observed, 1.0, 0.0);
    assert_refused(negative, 0, 2, MST_NOMINAL, "there must be units and coders");
    assert_refused(negative, 2, -1, MST_NOMINAL, "there must be units and coders");
    test_memory counts = {.left = 0};
    const muster_memory none = test_hook(&counts);
    mst_arena arena;
    mst_arena_init(&arena, &none);
    const char *reason = NULL;
    mst_alpha out;
    assert_int_equal(mst_krippendorff(&arena, negative, 2, 2, MST_NOMINAL, &out, &reason),
                     MUSTER_WORLD);
    assert_string_equal(reason, "memory is short");
    mst_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agreement__published_four_coders),
        cmocka_unit_test(test_agreement__published_two_coders),
        cmocka_unit_test(test_agreement__a_few_by_hand),
        cmocka_unit_test(test_agreement__what_cannot_be_told),
        cmocka_unit_test(test_agreement__matrix_of_coincidences),
        cmocka_unit_test(test_agreement__what_a_scale_ignores),
        cmocka_unit_test(test_agreement__refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
