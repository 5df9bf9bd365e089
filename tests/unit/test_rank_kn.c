/* The procedure KN, by hand and by simulation. */
#include "select_make.h"

#include "base/rng.h"
#include "estimate/rank_kn.h"

/* ---- constants ------------------------------------------------------------------------------------ */

/* (2 alpha / (k - 1))^(-2 / (n0 - 1)) with n0 = 3 is (k - 1) / (2 alpha): 10, 20 and 90. */
static void test_rank_kn__constants_by_hand(void **state)
{
    (void)state;
    assert_near(mst_kn_eta(0.95, 2, 3), 4.5, 1e-13);
    assert_near(mst_kn_h2(0.95, 2, 3), 18.0, 1e-12);
    assert_near(mst_kn_h2(0.95, 3, 3), 38.0, 1e-12);
    assert_near(mst_kn_h2(0.95, 10, 3), 178.0, 1e-11);
    assert_near(mst_kn_slack(38.0, 1.0, 1.0, 3), 35.0 / 6.0, 1e-15);
    assert_near(mst_kn_slack(38.0, 1.0, 1.0, 38), 0.0, 0.0);
    assert_near(mst_kn_slack(38.0, 1.0, 1.0, 100), 0.0, 0.0);
}

/* eta is the root of g(eta) = 1/2 (1 + 2 eta)^(-(n0 - 1) / 2) = alpha / (k - 1), the paper's equation for
 * c = 1. */
static void test_rank_kn__eta_is_the_root(void **state)
{
    (void)state;
    for (int32_t k = 2; k <= 500; k = k * 3 - 1)
        for (int32_t first = 2; first <= 300; first = first * 2 + 1)
            for (double level = 0.55; level < 0.9999; level += 0.0637) {
                const double eta = mst_kn_eta(level, k, first);
                const double wrong = 0.5 * pow(1.0 + 2.0 * eta, -0.5 * (first - 1));
                assert_true(eta > 0.0);
                assert_near(wrong * (k - 1) / (1.0 - level), 1.0, 1e-12);
            }
}

static void test_rank_kn__variances_of_all_pairs(void **state)
{
    (void)state;
    enum { K = 7, N = 11 };
    double value[K][N], out[K * (K - 1) / 2];
    const double *rows[K];
    const bool is_in[K] = {true, true, true, false, true, true, true};
    gsl_rng *rng = mst_rng_open(3, "test");
    assert_non_null(rng);
    assert_int_equal(mst_kn_pairs(K), K * (K - 1) / 2);
    for (int p = 0; p < K; p++) {
        for (int r = 0; r < N; r++)
            value[p][r] = gsl_ran_gaussian_ziggurat(rng, 2.0) + 1e4 * p;
        rows[p] = value[p];
    }
    gsl_rng_free(rng);
    mst_kn_variances(rows, is_in, K, N, out);
    for (int32_t a = 0; a < K; a++)
        for (int32_t b = 0; b < K; b++) {
            long double sum = 0, squares = 0;
            for (int r = 0; r < N; r++) {
                const long double d = (long double)value[a][r] - (long double)value[b][r];
                sum += d;
                squares += d * d;
            }
            if (a == b || !is_in[a] || !is_in[b])
                continue;
            /* the schoolbook's sums in long double lose 9 of 19 digits: squares of 6e4 less one another */
            assert_near(mst_kn_variance(out, K, a, b),
                        (double)((squares - sum * sum / N) / (N - 1)), 1e-7);
        }
}

/* What is rounding is so beside the greatest values, not beside those of the same run: of eight runs, seven
 * of small values differ by that of a million, and those of 1e12 by 1/2, which is none. */
static void test_rank_kn__jumps_are_more_than_rounding(void **state)
{
    (void)state;
    enum { N = 8 };
    double value[4][N], out[6] = {0.0};
    const double *about_0[] = {value[0], value[1]}, *great[] = {value[2], value[3]};
    const bool is_in[] = {true, true};
    for (int r = 0; r < N; r++) {
        value[0][r] = r == 0 ? 1e6 : 1e-3;
        value[1][r] = r == 0 ? 1e6 : 1e-3 + 1e-10;
        value[2][r] = 1e12;
        value[3][r] = 1e12 + 0.5;
    }
    mst_kn_guard(about_0, is_in, 2, N, 3.0, out);
    assert_near(out[0], 2.0 * 3.0 / (N + 2), 1e-15); /* as if they never differed */
    out[0] = 0.125;
    mst_kn_guard(great, is_in, 2, N, 3.0, out);
    assert_near(out[0], 0.125, 0.0); /* differ always */
}

/* ---- by hand -------------------------------------------------------------------------------------- */

static const muster_selection small = {.kind = MUSTER_SELECT_KN,
                                       .more = true,
                                       .worth = 1.0,
                                       .level = 0.95,
                                       .first = 3,
                                       .step = 1,
                                       .most = 100};

/* h^2 = 38. Differences a - b: 1, 1, 0, S^2 = 1/3; a - c: 6, 7, 5, S^2 = 1; b - c: 5, 6, 5, S^2 = 1/3.
 * r = 3: W(ac) = (38 - 3) / 6 = 5.833 < 6: c goes. W(ab) = (38/3 - 3) / 6 = 1.611 > 2/3: b stays.
 * r = 4: means 10.75 and 10.75. r = 5: means 11.4 and 10.2, W(ab) = (38/3 - 5) / 10 = 0.767 < 1.2: b goes. */
static void test_rank_kn__three_points_by_hand(void **state)
{
    (void)state;
    static const double a[] = {10, 12, 11, 10, 14}, b[] = {9, 11, 11, 12, 8}, c[] = {4, 5, 6};
    double mirror[3][5];
    for (int less = 0; less < 2; less++) {
        const double *value[] = {a, b, c};
        muster_selection how = small;
        how.more = !less;
        for (int p = 0; less && p < 3; p++) {
            for (int r = 0; r < (p == 2 ? 3 : 5); r++)
                mirror[p][r] = -value[p][r];
            value[p] = mirror[p];
        }
        mst_stages s;
        assert_true(mst_stages_open(&s, &how, 3, false));
        assert_int_equal(s.first[2], 1);
        assert_int_equal(s.last[2], 3);
        assert_int_equal(mst_stages_runs(&s), 9);
        assert_true(mst_stages_look(&s, value));
        assert_int_equal(s.end, MST_END_NOT);
        assert_int_equal(s.out[2], MST_OUT_BEATEN);
        assert_true(s.point[0].is_in && s.point[1].is_in && !s.point[2].is_in);
        assert_true(s.last[2] < s.first[2]);
        assert_int_equal(s.first[1], 4);
        assert_int_equal(s.last[1], 4);
        assert_true(mst_stages_look(&s, value));
        assert_int_equal(mst_stages_in(&s), 2);
        assert_near(s.point[0].mean, less ? -10.75 : 10.75, 1e-14);
        assert_true(mst_stages_look(&s, value));
        assert_int_equal(s.end, MST_END_ONE);
        assert_int_equal(s.best, 0);
        assert_int_equal(s.looks, 3);
        assert_int_equal(s.point[1].runs, 5);
        assert_int_equal(s.point[2].runs, 3);
        mst_stages_free(&s);
    }
}

/* a beats b and b beats c, each by 2 with S^2 = 1, W = 3/6 (38/9 - 3) = 0.611; c is within the slack of a,
 * 4 with S^2 = 4, W = 3/6 (152/9 - 3) = 6.94. c goes all the same: b was in before the look. */
static void test_rank_kn__whoever_was_in_may_beat(void **state)
{
    (void)state;
    static const double a[] = {2, 4, 6}, b[] = {1, 2, 3}, c[] = {0, 0, 0};
    static const int32_t orders[][3] = {{0, 1, 2}, {2, 1, 0}, {1, 0, 2}};
    const double *of[] = {a, b, c};
    for (int o = 0; o < 3; o++) {
        const double *value[3];
        muster_selection how = small;
        mst_stages s;
        how.worth = 3.0;
        for (int p = 0; p < 3; p++)
            value[p] = of[orders[o][p]];
        assert_true(mst_stages_open(&s, &how, 3, false));
        assert_true(mst_stages_look(&s, value));
        assert_int_equal(s.end, MST_END_ONE);
        assert_int_equal(orders[o][s.best], 0);
        mst_stages_free(&s);
    }
}

/* c differs from the twins in every run: S^2 = 7/3 as it is. Of the twins the guard thinks of two jumps, of
 * the mean square of all that differ, (9 + 1 + 16) / 3: S^2 = (0 + 2 26/3) / 5. */
static void test_rank_kn__twins_end_it(void **state)
{
    (void)state;
    static const double a[] = {3, 1, 4, 3, 1, 4}, c[] = {0, 0, 0, 0};
    const double *value[] = {c, a, a};
    muster_selection how = small;
    mst_stages s;
    how.worth = 2.0; /* W = 2/6 (38/4 7/3 - 3) = 6.4: c stays */
    assert_true(mst_stages_open(&s, &how, 3, false));
    assert_true(mst_stages_look(&s, value));
    assert_int_equal(mst_stages_in(&s), 3);
    assert_near(mst_kn_variance(s.variances, 3, 2, 0), 7.0 / 3.0, 1e-15);
    assert_near(mst_kn_variance(s.variances, 3, 2, 1), 52.0 / 15.0, 1e-15);
    mst_stages_free(&s);
    how.worth =
        5.0; /* 38/25 7/3 = 3.5: W = 0.27, c goes; 38/25 52/15 = 5.3: the twins stay in till 6 */
    assert_true(mst_stages_open(&s, &how, 3, false));
    assert_true(mst_stages_look(&s, value));
    assert_int_equal(mst_stages_in(&s), 2);
    while (s.end == MST_END_NOT)
        assert_true(mst_stages_look(&s, value));
    assert_int_equal(s.end, MST_END_ALIKE);
    assert_int_equal(s.point[1].runs, 6);
    assert_int_equal(mst_stages_in(&s), 2);
    assert_int_equal(s.best, 1);
    mst_stages_free(&s);
}

static void test_rank_kn__no_more_than_allowed(void **state)
{
    (void)state;
    static const double a[] = {3, 1, 4, 1, 5}, b[] = {2, 7, 1, 8, 2};
    const double *value[] = {a, b};
    muster_selection how = small;
    mst_stages s;
    how.step = 4;
    how.most = 5;
    assert_true(mst_stages_open(&s, &how, 2, false));
    assert_true(mst_stages_look(&s, value));
    assert_int_equal(s.last[0], 5);
    assert_true(mst_stages_look(&s, value));
    assert_int_equal(s.end, MST_END_MOST);
    assert_int_equal(mst_stages_in(&s), 2);
    assert_int_equal(s.best, 1);
    mst_stages_free(&s);
}

static void test_rank_kn__points_with_holes_are_left_out(void **state)
{
    (void)state;
    static const double a[] = {3, 1, 4, 1}, b[] = {3, NAN, 4, 1}, c[] = {3, 2, 4, NAN};
    const double *value[] = {a, b, c}, *none[] = {b, b, b};
    mst_stages s;
    assert_true(mst_stages_open(&s, &small, 3, false));
    assert_true(mst_stages_look(&s, value));
    assert_int_equal(s.out[1], MST_OUT_HOLES);
    assert_int_equal(mst_stages_in(&s), 2);
    assert_true(mst_stages_look(&s, value));
    assert_int_equal(s.out[2], MST_OUT_HOLES);
    assert_int_equal(s.end, MST_END_ONE);
    assert_int_equal(s.best, 0);
    assert_int_equal(s.point[1].runs, 3);
    mst_stages_free(&s);
    assert_true(mst_stages_open(&s, &small, 3, false));
    assert_true(mst_stages_look(&s, none));
    assert_int_equal(s.end, MST_END_NONE);
    assert_int_equal(s.best, -1);
    mst_stages_free(&s);
}

/* ---- by simulation -------------------------------------------------------------------------------- */

enum { TRIALS = 20000 };

/* Share of right selections of 5 points, the third of which leads all others by the difference that
 * matters, 1 / sqrt(10) of a standard deviation: the hardest configuration of the proof. */
static double rightly_selected(double rho, int32_t step, double *out_runs)
{
    static select_scene scene;
    const muster_selection how = {.kind = MUSTER_SELECT_KN,
                                  .more = true,
                                  .worth = 0.31622776601683794,
                                  .level = 0.95,
                                  .first = 10,
                                  .step = step,
                                  .most = SELECT_RUNS};
    int32_t right = 0;
    scene = (select_scene){.rng = mst_rng_open(19 + (uint64_t)step, "test"), .sd = 1.0, .rho = rho};
    assert_non_null(scene.rng);
    scene.mean[2] = how.worth;
    *out_runs = 0.0;
    for (int32_t i = 0; i < TRIALS; i++) {
        select_forget(&scene);
        mst_stages s = select_through(&scene, &how, 5);
        assert_int_equal(s.end, MST_END_ONE);
        right += s.best == 2;
        *out_runs += (double)mst_stages_runs(&s) / TRIALS;
        mst_stages_free(&s);
    }
    gsl_rng_free(scene.rng);
    print_message("rho %g, step %d: right %.4f, runs %.0f\n", rho, (int)step,
                  right / (double)TRIALS, *out_runs);
    return right / (double)TRIALS;
}

/* Nominal .95; three standard errors of 20,000 trials are .0046. Points with half their variance in common
 * need half the runs; and no more than 5 times the most that one pair may take, h^2 2 / worth^2 = 228. */
static void test_rank_kn__selects_the_best(void **state)
{
    (void)state;
    double alone = 0.0, coarse = 0.0, common = 0.0, much = 0.0;
    assert_true(rightly_selected(0.0, 1, &alone) >= 0.95 - 0.0046);
    assert_true(rightly_selected(0.0, 10, &coarse) >= 0.95 - 0.0046);
    assert_true(rightly_selected(0.5, 1, &common) >= 0.95 - 0.0046);
    assert_true(rightly_selected(0.9, 10, &much) >= 0.95 - 0.0046);
    assert_true(common < 0.6 * alone && much < 0.35 * alone);
    assert_true(alone < 5.0 * 228.0 && coarse < alone + 5.0 * 10.0);
}

/* Yes or no, half of the time with one luck for all points: shares .99 and .965. Two of them differ in 4.4 of
 * 100 runs, so that in 41 of 100 cases a point and the best are the same in each of the first 20. */
static void test_rank_kn__rare_jumps_do_not_mislead(void **state)
{
    (void)state;
    enum { CASES = 2000, RUNS = 4000, POINTS = 4 };
    static double value[POINTS][RUNS];
    static const double share[POINTS] = {0.93, 0.93, 0.98, 0.93};
    const double *rows[POINTS] = {value[0], value[1], value[2], value[3]};
    const muster_selection how = {.kind = MUSTER_SELECT_KN,
                                  .more = true,
                                  .worth = 0.025,
                                  .level = 0.95,
                                  .first = 20,
                                  .step = 10,
                                  .most = RUNS};
    int32_t right = 0;
    gsl_rng *rng = mst_rng_open(41, "test");
    assert_non_null(rng);
    for (int32_t i = 0; i < CASES; i++) {
        mst_stages s;
        for (int32_t r = 0; r < RUNS; r++) {
            const double luck = gsl_rng_uniform(rng);
            for (int32_t p = 0; p < POINTS; p++)
                value[p][r] = (luck < 0.5 ? luck : gsl_rng_uniform(rng)) < share[p];
        }
        assert_true(mst_stages_open(&s, &how, POINTS, true));
        while (s.end == MST_END_NOT)
            assert_true(mst_stages_look(&s, rows));
        right += s.best == 2;
        mst_stages_free(&s);
    }
    gsl_rng_free(rng);
    print_message("right %.4f\n", right / (double)CASES);
    assert_true(right >=
                (0.95 - 0.0146) * CASES); /* three standard errors; without the guard .73 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rank_kn__constants_by_hand),
        cmocka_unit_test(test_rank_kn__eta_is_the_root),
        cmocka_unit_test(test_rank_kn__variances_of_all_pairs),
        cmocka_unit_test(test_rank_kn__jumps_are_more_than_rounding),
        cmocka_unit_test(test_rank_kn__three_points_by_hand),
        cmocka_unit_test(test_rank_kn__whoever_was_in_may_beat),
        cmocka_unit_test(test_rank_kn__twins_end_it),
        cmocka_unit_test(test_rank_kn__no_more_than_allowed),
        cmocka_unit_test(test_rank_kn__points_with_holes_are_left_out),
        cmocka_unit_test(test_rank_kn__selects_the_best),
        cmocka_unit_test(test_rank_kn__rare_jumps_do_not_mislead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
