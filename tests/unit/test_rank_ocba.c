/* Optimal computing budget allocation, by hand and by simulation. */
#include "select_make.h"

#include "base/rng.h"

static mst_ocba_point known(double mean, double variance, int64_t runs)
{
    return (mst_ocba_point){.is_in = true, .mean = mean, .variance = variance, .runs = runs};
}

/* ---- shares --------------------------------------------------------------------------------------- */

/* Means 1 .. 5 and equal variances, the least is best: 1, 1/4, 1/9, 1/16 for the others, and for the best
 * sqrt(1 + 1/16 + 1/81 + 1/256). */
static void test_rank_ocba__shares_by_hand(void **state)
{
    (void)state;
    mst_ocba_point p[5];
    double share[5];
    for (int i = 0; i < 5; i++)
        p[i] =
            known(1.0 + i, 9.0, 10000); /* so many that no gap is less than a tenth of its error */
    assert_true(mst_ocba_shares(p, 5, false, share));
    const double best = sqrt(1.0 + 1.0 / 16.0 + 1.0 / 81.0 + 1.0 / 256.0);
    const double all = best + 1.0 + 1.0 / 4.0 + 1.0 / 9.0 + 1.0 / 16.0;
    assert_near(share[0], best / all, 1e-15);
    for (int i = 1; i < 5; i++)
        assert_near(share[i], 1.0 / (i * i) / all, 1e-15);
}

/* Variances 1, 2, 3, 4 and means 1, 2, 3, 4, the greatest is best: 1/9, 2/4, 3/1 and
 * 2 sqrt(1/81 / 1 + 1/4 / 2 + 9 / 3). After 5 runs of each the next 10 go 0, 0, 4, 6. */
static void test_rank_ocba__unlike_variances_and_what_is_given_out(void **state)
{
    (void)state;
    mst_ocba_point p[4];
    double share[4];
    int64_t more[4];
    for (int i = 0; i < 4; i++)
        p[i] = known(1.0 + i, 1.0 + i, 5);
    assert_true(mst_ocba_shares(p, 4, true, share));
    const double n[] = {1.0 / 9.0, 0.5, 3.0, 2.0 * sqrt(1.0 / 81.0 + 1.0 / 8.0 + 3.0)};
    for (int i = 0; i < 4; i++)
        assert_near(share[i], n[i] / (n[0] + n[1] + n[2] + n[3]), 1e-15);
    assert_int_equal(mst_ocba_give(p, 4, share, 10, 1000, more), 10);
    const int64_t by_hand[] = {0, 0, 4, 6};
    for (int i = 0; i < 4; i++)
        assert_int_equal(more[i], by_hand[i]);
    /* a budget of many runs comes to the shares; no point gets more than is allowed */
    assert_int_equal(mst_ocba_give(p, 4, share, 100000, 1000000, more), 100000);
    for (int i = 0; i < 4; i++)
        assert_near((double)(p[i].runs + more[i]), share[i] * 100020.0, 1.0);
    assert_int_equal(mst_ocba_give(p, 4, share, 100000, 15, more), 40);
    for (int i = 0; i < 4; i++)
        assert_int_equal(more[i], 10);
}

/* Whatever the figures: (s_i / d_i)^2 over the shares is one number, and the best has its root of squares. */
static void test_rank_ocba__shares_follow_the_formula(void **state)
{
    (void)state;
    enum { K = 9 };
    gsl_rng *rng = mst_rng_open(31, "test");
    assert_non_null(rng);
    for (int trial = 0; trial < 200; trial++) {
        mst_ocba_point p[K];
        double share[K], sum = 0.0, squares = 0.0, ratio = (double)NAN;
        for (int i = 0; i < K; i++) {
            p[i] = known(gsl_ran_gaussian_ziggurat(rng, 3.0), 0.2 + gsl_rng_uniform(rng), 100000);
            p[i].is_in = i != 4;
        }
        const int32_t best = mst_ocba_best(p, K, true);
        assert_true(mst_ocba_shares(p, K, true, share));
        for (int i = 0; i < K; i++) {
            sum += share[i];
            if (i == best || i == 4)
                continue;
            const double gap = p[best].mean - p[i].mean, now = share[i] * gap * gap / p[i].variance;
            assert_true(gap > 0.0);
            if (!isnan(ratio))
                assert_near(now / ratio, 1.0, 1e-12);
            ratio = now;
            squares += share[i] * share[i] / p[i].variance;
        }
        assert_near(share[best], sqrt(p[best].variance * squares), 1e-12);
        assert_near(share[4], 0.0, 0.0);
        assert_near(sum, 1.0, 1e-14);
    }
    gsl_rng_free(rng);
}

static void test_rank_ocba__guards(void **state)
{
    (void)state;
    double share[3];
    mst_ocba_point p[3] = {known(1.0, 4.0, 20), known(1.0, 4.0, 20), known(0.0, 4.0, 20)};
    assert_true(mst_ocba_shares(p, 3, true, share)); /* two of one mean */
    /* gap 1 against a tenth of sqrt(4/20 + 4/20): 1 to 1 / 0.004 */
    assert_near(share[1] / share[2], 250.0, 1e-9);
    p[1].variance = 0.0; /* counts as 4e-6 */
    assert_true(mst_ocba_shares(p, 3, true, share));
    assert_true(share[1] > 0.0 && isfinite(share[1]));
    for (int i = 0; i < 3; i++)
        p[i].variance = 0.0;
    assert_false(mst_ocba_shares(p, 3, true, share));
    p[0].variance = 1.0;
    p[1].is_in = p[2].is_in = false;
    assert_false(mst_ocba_shares(p, 3, true, share));
    assert_int_equal(mst_ocba_best(p, 3, false), 0);
    p[0].is_in = false;
    assert_int_equal(mst_ocba_best(p, 3, false), -1);
}

static void test_rank_ocba__best_by_more_than_rounding(void **state)
{
    (void)state;
    const mst_ocba_point about_0[] = {known(0.0, 1e12, 20), known(1e-9, 1e12, 20)},
                         great[] = {known(1e12, 1.0, 20), known(1e12 + 0.5, 1.0, 20)};
    assert_int_equal(mst_ocba_best(about_0, 2, true), 0); /* of values of a million */
    assert_int_equal(mst_ocba_best(great, 2, true), 1);
    assert_int_equal(mst_ocba_best(great, 2, false), 0);
}

/* Phi(-1 / sqrt(1/4 + 1/4)) = Phi(-1.41421) = .0786496. */
static void test_rank_ocba__probability_of_a_right_selection(void **state)
{
    (void)state;
    mst_ocba_point p[] = {known(3.0, 1.0, 4), known(2.0, 1.0, 4), known(2.0, 1.0, 4),
                          known(3.0, 1.0, 4), known(3.0, 1.0, 4)};
    assert_near(mst_ocba_sure(p, 2, true), 1.0 - 0.0786496, 1e-7);
    assert_near(mst_ocba_sure(p, 3, true), 1.0 - 2.0 * 0.0786496, 1e-7);
    assert_near(mst_ocba_sure(p, 5, true), 0.0,
                0.0); /* less 1/2 for each of equal mean: not below 0 */
    p[1].is_in = false;
    assert_near(mst_ocba_sure(p, 2, true), 1.0, 0.0);
}

/* ---- by simulation -------------------------------------------------------------------------------- */

enum { TRIALS = 3000 };

static double rightly_selected(double rho, double worth, double sd, int32_t points, int64_t budget,
                               bool is_ladder)
{
    static select_scene scene;
    int32_t right = 0;
    const muster_selection how = {.kind = MUSTER_SELECT_OCBA,
                                  .more = true,
                                  .first = 20,
                                  .step = 20,
                                  .most = SELECT_RUNS,
                                  .budget = budget};
    scene = (select_scene){.rng = mst_rng_open(23, "test"), .sd = sd, .rho = rho};
    assert_non_null(scene.rng);
    for (int32_t p = 0; p < points; p++)
        scene.mean[p] = is_ladder ? worth * p : worth * (p == 2);
    for (int32_t i = 0; i < TRIALS; i++) {
        select_forget(&scene);
        mst_stages s = select_through(&scene, &how, points);
        assert_int_equal(s.end, MST_END_BUDGET);
        assert_int_equal(mst_stages_runs(&s), budget);
        right += s.best == (is_ladder ? points - 1 : 2);
        mst_stages_free(&s);
    }
    gsl_rng_free(scene.rng);
    return right / (double)TRIALS;
}

/* The same number of runs for each. */
static double rightly_selected_evenly(double rho, double worth, double sd, int32_t points,
                                      int64_t budget, bool is_ladder)
{
    static select_scene scene;
    int32_t right = 0;
    scene = (select_scene){.rng = mst_rng_open(29, "test"), .sd = sd, .rho = rho};
    assert_non_null(scene.rng);
    for (int32_t p = 0; p < points; p++)
        scene.mean[p] = is_ladder ? worth * p : worth * (p == 2);
    for (int32_t i = 0; i < TRIALS; i++) {
        mst_ocba_point p[SELECT_POINTS];
        select_forget(&scene);
        for (int32_t k = 0; k < points; k++) {
            double sum = 0.0;
            select_draw(&scene, k, (int32_t)(budget / points));
            for (int32_t r = 0; r < budget / points; r++)
                sum += scene.value[k][r];
            p[k] = known(sum, 1.0, 1);
        }
        right += mst_ocba_best(p, points, true) == (is_ladder ? points - 1 : 2);
    }
    gsl_rng_free(scene.rng);
    return right / (double)TRIALS;
}

/* Ten normal points of means 0 .. 9 and standard deviation 6, the first experiment of Chen et al. 2000: with
 * 700 runs well ahead of an even allocation. Standard errors are .007 and .004. */
static void test_rank_ocba__finds_more_than_an_even_allocation(void **state)
{
    (void)state;
    const double even = rightly_selected_evenly(0.0, 1.0, 6.0, 10, 700, true);
    const double ocba = rightly_selected(0.0, 1.0, 6.0, 10, 700, true);
    print_message("even %.3f, OCBA %.3f\n", even, ocba);
    assert_true(ocba >= even + 0.08);
}

/* With most of the luck in common, means over unlike numbers of runs are not held against each other as they
 * are: that finds the best in seven of ten cases where even allocation finds it in 19 of 20. */
static void test_rank_ocba__is_not_misled_by_luck_in_common(void **state)
{
    (void)state;
    static const double rho[] = {0.0, 0.5, 0.9, 0.99};
    for (int i = 0; i < 4; i++) {
        const double worth = 0.3 * sqrt(1.0 - rho[i]);
        const double even = rightly_selected_evenly(rho[i], worth, 1.0, 5, 500, false);
        const double ocba = rightly_selected(rho[i], worth, 1.0, 5, 500, false);
        print_message("rho %g: even %.3f, OCBA %.3f\n", rho[i], even, ocba);
        assert_true(ocba >= even - 0.02); /* of which the standard error is .006 */
    }
}

/* ---- stages --------------------------------------------------------------------------------------- */

static void test_rank_ocba__ends(void **state)
{
    (void)state;
    static const double flat[] = {2, 2, 2, 2, 2, 2}, a[] = {1, 0, 1, 1, 0, 1},
                        b[] = {1, 1, 0, 1, 0, 1};
    const double *even[] = {flat, flat}, *both[] = {a, b};
    muster_selection how = {
        .kind = MUSTER_SELECT_OCBA, .more = true, .first = 2, .step = 3, .most = 5, .budget = 100};
    mst_stages s;
    assert_true(mst_stages_open(&s, &how, 2, false));
    assert_true(mst_stages_look(&s, even)); /* nothing varies */
    assert_int_equal(s.end, MST_END_ALIKE);
    mst_stages_free(&s);
    assert_true(mst_stages_open(&s, &how, 2, true)); /* of yes and no that is no proof */
    assert_true(mst_stages_look(&s, both));
    assert_int_equal(s.end, MST_END_NOT);
    while (s.end == MST_END_NOT)
        assert_true(mst_stages_look(&s, both));
    assert_int_equal(s.end, MST_END_MOST);
    assert_int_equal(mst_stages_runs(&s), 10);
    mst_stages_free(&s);
    how.budget = 9;
    assert_true(mst_stages_open(&s, &how, 2, true));
    while (s.end == MST_END_NOT)
        assert_true(mst_stages_look(&s, both));
    assert_int_equal(s.end, MST_END_BUDGET);
    assert_int_equal(mst_stages_runs(&s), 9);
    mst_stages_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rank_ocba__shares_by_hand),
        cmocka_unit_test(test_rank_ocba__unlike_variances_and_what_is_given_out),
        cmocka_unit_test(test_rank_ocba__shares_follow_the_formula),
        cmocka_unit_test(test_rank_ocba__guards),
        cmocka_unit_test(test_rank_ocba__best_by_more_than_rounding),
        cmocka_unit_test(test_rank_ocba__probability_of_a_right_selection),
        cmocka_unit_test(test_rank_ocba__finds_more_than_an_even_allocation),
        cmocka_unit_test(test_rank_ocba__is_not_misled_by_luck_in_common),
        cmocka_unit_test(test_rank_ocba__ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
