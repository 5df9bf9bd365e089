#include "test.h"

#include "align/theory/similarity.h"
#include "num/random.h"

/* ---- hand-worked ---------------------------------------------------------------------------------- */

static void test_s__by_hand(void **state)
{
    (void)state;
    /* Obligations 0..3. |a-b| = 0 2 1 3: S = 1 - 2 (6/4)/3 = 0; weighted 4 1 1 2: 1 - 2 (9/8)/3. */
    static const double a[4] = {3, 2, 0, 0}, b[4] = {3, 0, 1, 3}, w[4] = {4, 1, 1, 2};
    mst_similarity s;
    assert_int_equal(mst_similarity_s(a, b, NULL, 4, 3, &s, NULL), MUSTER_OK);
    assert_near(s.value, 0.0, 1e-15);
    assert_int_equal(mst_similarity_s(a, b, w, 4, 3, &s, NULL), MUSTER_OK);
    assert_near(s.value, 0.25, 1e-15);
    assert_int_equal(s.used, 4);
    assert_int_equal(mst_similarity_s(a, a, w, 4, 3, &s, NULL), MUSTER_OK);
    assert_near(s.value, 1.0, 0.0);
    static const double low[2] = {0, 0}, high[2] = {3, 3};
    assert_int_equal(mst_similarity_s(low, high, NULL, 2, 3, &s, NULL), MUSTER_OK);
    assert_near(s.value, -1.0, 0.0);
}

/* On yes and no Haege's measures are Cohen's kappa and Scott's pi. Fifty votes, both yes 20, only a 5,
 * only b 10, both no 15: agreement .7; Cohen's chance .5 -> .4; Scott's .55^2 + .45^2 = .505. */
static void test_kappa_and_pi__are_cohens_and_scotts_on_yes_and_no(void **state)
{
    (void)state;
    double a[50], b[50];
    for (int32_t i = 0; i < 50; i++) {
        a[i] = i < 25;
        b[i] = i < 20 || (i >= 25 && i < 35);
    }
    mst_similarity k, p;
    assert_int_equal(mst_similarity_kappa(a, b, NULL, 50, &k, NULL), MUSTER_OK);
    assert_int_equal(mst_similarity_pi(a, b, NULL, 50, &p, NULL), MUSTER_OK);
    assert_near(k.value, 0.4, 1e-14); /* sums of 50 terms */
    assert_near(p.value, (0.7 - 0.505) / (1 - 0.505), 1e-14);
    /* One who votes yes where the other votes no, half and half: -1 by both. */
    static const double yes[4] = {1, 1, 0, 0}, no[4] = {0, 0, 1, 1};
    assert_int_equal(mst_similarity_kappa(yes, no, NULL, 4, &k, NULL), MUSTER_OK);
    assert_int_equal(mst_similarity_pi(yes, no, NULL, 4, &p, NULL), MUSTER_OK);
    assert_near(k.value, -1.0, 1e-15);
    assert_near(p.value, -1.0, 1e-15);
}

static void test_tau_b__by_hand(void **state)
{
    (void)state;
    /* Ranks 1 2 3 4 against 1 3 2 4: 5 pairs agree, 1 does not. */
    static const double a[4] = {1, 2, 3, 4}, b[4] = {1, 3, 2, 4};
    mst_similarity t;
    assert_int_equal(mst_similarity_tau_b(a, b, 4, &t, NULL), MUSTER_OK);
    assert_near(t.value, 4.0 / 6.0, 1e-15);
    /* A two-by-two table 20 5 / 10 15: tau-b is phi = (20 15 - 5 10) / sqrt(25 25 30 20). */
    double x[50], y[50];
    for (int32_t i = 0; i < 50; i++) {
        x[i] = i < 25;
        y[i] = i < 20 || (i >= 25 && i < 35);
    }
    assert_int_equal(mst_similarity_tau_b(x, y, 50, &t, NULL), MUSTER_OK);
    assert_near(t.value, 250.0 / sqrt(25.0 * 25.0 * 30.0 * 20.0), 1e-15);
}

/* General Assembly 2023, `idealpointall` of Bailey, Strezhnev & Voeten's file of July 2025; distances
 * .06, .07, .13, 1.21 as the notes on alignment print them (two decimals: half a unit), and a state
 * without votes. */
static void test_ideal_distances__of_2023(void **state)
{
    (void)state;
    static const double point[6] = {-1.2032, 0.7815, -1.3338, -1.2724, 1.9868, NAN};
    enum { CHN, JPN, PRK, RUS, USA, TWN };
    double d[36];
    int32_t missing = -1;
    assert_int_equal(mst_ideal_distances(point, 6, d, &missing, NULL), MUSTER_OK);
    assert_near(d[RUS * 6 + PRK], .06, .005);
    assert_near(d[CHN * 6 + RUS], .07, .005);
    assert_near(d[PRK * 6 + CHN], .13, .005);
    assert_near(d[USA * 6 + JPN], 1.21, .005);
    assert_int_equal(missing, 1);
    for (int32_t i = 0; i < 6; i++) {
        assert_true(isnan(d[TWN * 6 + i]) && isnan(d[i * 6 + TWN]));
        assert_true(i == TWN || d[i * 6 + i] == 0.0);
    }
}

/* ---- missing values ------------------------------------------------------------------------------- */

/* Items that one side lacks change nothing but the count: the same as the row without them, and not
 * the same as the row with 0 in their place. */
static void test_similarity__missing_is_left_out_not_zero(void **state)
{
    (void)state;
    static const double a[7] = {3, NAN, 2, 1, NAN, 3, 2}, b[7] = {2, 1, NAN, 1, NAN, 0, 3};
    static const double w[7] = {1, 9, 9, 2, 9, 3, 0};
    static const double a_cut[4] = {3, 1, 3, 2}, b_cut[4] = {2, 1, 0, 3}, w_cut[4] = {1, 2, 3, 0};
    double a_zero[7], b_zero[7];
    for (int32_t i = 0; i < 7; i++) {
        a_zero[i] = isnan(a[i]) ? 0 : a[i];
        b_zero[i] = isnan(b[i]) ? 0 : b[i];
    }
    for (int32_t which = 0; which < 4; which++) {
        const double *const full[3][3] = {{a, b, w}, {a_cut, b_cut, w_cut}, {a_zero, b_zero, w}};
        const int32_t count[3] = {7, 4, 7};
        mst_similarity of[3];
        for (int32_t k = 0; k < 3; k++) {
            const double *const x = full[k][0], *const y = full[k][1], *const z = full[k][2];
            const muster_status status =
                which == 0   ? mst_similarity_s(x, y, z, count[k], 3, &of[k], NULL)
                : which == 1 ? mst_similarity_kappa(x, y, z, count[k], &of[k], NULL)
                : which == 2 ? mst_similarity_pi(x, y, z, count[k], &of[k], NULL)
                             : mst_similarity_tau_b(x, y, count[k], &of[k], NULL);
            assert_int_equal(status, MUSTER_OK);
        }
        assert_near(of[0].value, of[1].value, 1e-15);
        assert_true(fabs(of[0].value - of[2].value) > 1e-3);
        assert_int_equal(of[0].missing, 3);
        assert_int_equal(of[0].used,
                         which == 3 ? 4 : 3); /* weight 0 is no item; tau has no weights */
        assert_int_equal(of[1].missing, 0);
    }
}

static void test_similarity__undefined_is_nan(void **state)
{
    (void)state;
    static const double none[2] = {NAN, NAN}, flat[2] = {1, 1}, a[2] = {1, 2}, zero[2] = {0, 0};
    mst_similarity s;
    assert_int_equal(mst_similarity_s(none, a, NULL, 2, 3, &s, NULL), MUSTER_OK);
    assert_true(isnan(s.value) && s.used == 0 && s.missing == 2);
    assert_int_equal(mst_similarity_s(a, a, zero, 2, 3, &s, NULL), MUSTER_OK);
    assert_true(isnan(s.value) && s.used == 0 && s.missing == 0);
    assert_int_equal(mst_similarity_kappa(flat, flat, NULL, 2, &s, NULL), MUSTER_OK);
    assert_true(isnan(s.value) && s.used == 2);
    assert_int_equal(mst_similarity_pi(flat, flat, NULL, 2, &s, NULL), MUSTER_OK);
    assert_true(isnan(s.value));
    assert_int_equal(mst_similarity_tau_b(flat, a, 2, &s, NULL), MUSTER_OK);
    assert_true(isnan(s.value) && s.used == 2);
}

/* ---- second methods ------------------------------------------------------------------------------- */

/* Chance as it is meant: De of kappa is the mean over all pairs of an a with a b, whoever's item; De
 * of pi the same with both drawn from both sides together. */
static void test_kappa_and_pi__agree_with_chance_counted_out(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(2), 0, 4);
    uint64_t draw = 0;
    for (int32_t run = 0; run < 60; run++) {
        const int32_t n = 2 + run % 9;
        double a[10], b[10], w[10], total = 0, observed = 0, kappa = 0, pi = 0;
        for (int32_t i = 0; i < n; i++) {
            a[i] =
                floor(4 * mst_random_unit(stream, draw++)) + 1000 * (run % 2); /* far from 0 too */
            b[i] = floor(4 * mst_random_unit(stream, draw++)) + 1000 * (run % 2);
            w[i] = mst_random_unit(stream, draw++);
            total += w[i];
        }
        for (int32_t i = 0; i < n; i++) {
            observed += w[i] * (a[i] - b[i]) * (a[i] - b[i]) / total;
            for (int32_t j = 0; j < n; j++) {
                const double share = w[i] * w[j] / (total * total);
                const double ab = a[i] - b[j], aa = a[i] - a[j], bb = b[i] - b[j];
                kappa += share * ab * ab;
                pi += share * (aa * aa + bb * bb + 2 * ab * ab) / 4;
            }
        }
        mst_similarity k, p;
        assert_int_equal(mst_similarity_kappa(a, b, w, n, &k, NULL), MUSTER_OK);
        assert_int_equal(mst_similarity_pi(a, b, w, n, &p, NULL), MUSTER_OK);
        if (!(kappa > 0))
            continue;
        assert_near(k.value, 1 - observed / kappa, 1e-11); /* means of 1000 lose three digits */
        assert_near(p.value, 1 - observed / pi, 1e-11);
        assert_true(p.value <= k.value + 1e-12); /* chance counts the gap of the means half */
    }
}

static void test_tau_b__agrees_with_counting_pairs(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(3), 0, 5);
    uint64_t draw = 0;
    for (int32_t run = 0; run < 60; run++) {
        const int32_t n = 3 + run % 10;
        double a[12], b[12], con = 0, dis = 0, only_a = 0, only_b = 0;
        for (int32_t i = 0; i < n; i++) {
            a[i] = floor(3 * mst_random_unit(stream, draw++));
            b[i] = floor(5 * mst_random_unit(stream, draw++));
        }
        for (int32_t i = 0; i < n; i++) {
            for (int32_t j = i + 1; j < n; j++) {
                con += (a[i] - a[j]) * (b[i] - b[j]) > 0;
                dis += (a[i] - a[j]) * (b[i] - b[j]) < 0;
                only_a += a[i] == a[j] && b[i] != b[j];
                only_b += b[i] == b[j] && a[i] != a[j];
            }
        }
        mst_similarity t;
        assert_int_equal(mst_similarity_tau_b(a, b, n, &t, NULL), MUSTER_OK);
        const double under = (con + dis + only_a) * (con + dis + only_b);
        if (under > 0)
            assert_near(t.value, (con - dis) / sqrt(under), 1e-14);
        else
            assert_true(isnan(t.value));
    }
}

static void test_similarity__refuses(void **state)
{
    (void)state;
    static const double a[2] = {1, 2}, b[2] = {2, 5}, inf[2] = {1, INFINITY}, minus[2] = {1, -1};
    mst_similarity s = {-7, -7, -7};
    const char *reason = NULL;
    assert_int_equal(mst_similarity_s(a, b, NULL, 2, 2.5, &s, &reason),
                     MUSTER_MISTAKE); /* 3 apart */
    assert_string_equal(reason, "two values are further apart than the widest distance");
    assert_int_equal(mst_similarity_s(a, b, NULL, 2, 0, &s, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_similarity_s(a, b, NULL, 0, 3, &s, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_similarity_s(a, inf, NULL, 2, 3, &s, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_similarity_s(a, b, minus, 2, 3, &s, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_similarity_kappa(inf, b, NULL, 2, &s, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_similarity_pi(a, b, minus, 2, &s, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_similarity_tau_b(a, b, 20001, &s, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_similarity_tau_b(a, inf, 2, &s, &reason), MUSTER_MISTAKE);
    assert_near(s.value, -7, 0.0);
    double d[4];
    int32_t missing = -7;
    assert_int_equal(mst_ideal_distances(inf, 2, d, &missing, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_ideal_distances(a, 0, d, &missing, &reason), MUSTER_MISTAKE);
    assert_int_equal(missing, -7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_s__by_hand),
        cmocka_unit_test(test_kappa_and_pi__are_cohens_and_scotts_on_yes_and_no),
        cmocka_unit_test(test_tau_b__by_hand),
        cmocka_unit_test(test_ideal_distances__of_2023),
        cmocka_unit_test(test_similarity__missing_is_left_out_not_zero),
        cmocka_unit_test(test_similarity__undefined_is_nan),
        cmocka_unit_test(test_kappa_and_pi__agree_with_chance_counted_out),
        cmocka_unit_test(test_tau_b__agrees_with_counting_pairs),
        cmocka_unit_test(test_similarity__refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
