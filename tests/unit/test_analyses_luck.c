/* The analysis "luck": which points it looks at, and what it says of them. */
#include "analysed.h"

#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

/* Settings and luck have a variance of 1/12 each. */
static double half(const double *u, gsl_rng *luck)
{
    return 10.0 + u[0] + (luck ? gsl_ran_gaussian(luck, sqrt(1.0 / 12.0)) : 0.0);
}

static double no_luck(const double *u, gsl_rng *luck)
{
    (void)luck;
    return u[0];
}

static double constant(const double *u, gsl_rng *luck)
{
    (void)u;
    (void)luck;
    return .1 + .2;
}

static double apart(const double *u, gsl_rng *luck)
{
    return 100.0 * u[0] + (luck ? gsl_ran_gaussian(luck, 1.0) : 0.0);
}

static analysed_ask of(const char *method, figure_of *figure, int64_t points, int32_t replications)
{
    return (analysed_ask){
        .method = method,
        .design = {.columns = 2, .points = points, .trajectories = 30, .seed = 5},
        .figure = figure,
        .replications = replications,
    };
}

static double share(const analysed *told, const char *part, const char *column)
{
    return analysed_number(told, "luck-parts", part, NULL, column);
}

/* All points share random numbers, and all luck is the same: 60 squares tell its variance, which is
 * then off by sqrt(2/60), and the share by a quarter of that, .05; four of these. */
static void test_analyses_luck__shared(void **state)
{
    (void)state;
    analysed_data a = analysed_open(of("lhs", half, 100, 61));
    analysed told = analysed_tell("luck", &a.data);
    assert_near(share(&told, "luck", "share"), .5, .2);
    assert_near(share(&told, "luck", "share") + share(&told, "what was varied", "share"), 1.0,
                1e-12);
    assert_true(share(&told, "luck", "share_low") <= .5 &&
                .5 <= share(&told, "luck", "share_high"));
    assert_true(share(&told, "luck", "share_high") - share(&told, "luck", "share_low") > .1);
    /* a Latin hypercube of 100 has the variance of the factor itself, to 1 in 1000 */
    assert_near(share(&told, "what was varied", "variance"), 1.0 / 12.0, .001);
    assert_true(analysed_says(&told, "of their luck 100 % is the same at any two of them"));
    assert_true(analysed_says(&told, "from 100 points, 0 dropped, with 61 replications each;"));
    assert_true(analysed_says(&told, "If each point were run once, "));
    assert_false(analysed_says(&told, "Caution"));
    analysed_fits_page(&told);
    analysed_free(&told);
    analysed_close(&a);
}

/* Points with random numbers of their own: of Saltelli's rows those of A and B, of walks the first point.
 * 2048 settings and runs: the share is off by some .01. */
static void test_analyses_luck__apart(void **state)
{
    (void)state;
    analysed_data a = analysed_open(of("saltelli", half, 1024, 2));
    analysed told = analysed_tell("luck", &a.data);
    assert_near(share(&told, "luck", "share"), .5, .04);
    assert_true(share(&told, "luck", "share_high") - share(&told, "luck", "share_low") < .1);
    assert_true(analysed_says(&told, "from 2048 points, 0 dropped"));
    assert_false(analysed_says(&told, "same random numbers"));
    analysed_free(&told);
    analysed_close(&a);
    a = analysed_open(of("morris", half, 0, 2));
    told = analysed_tell("luck", &a.data);
    assert_true(analysed_says(&told, "from 30 points, 0 dropped"));
    analysed_free(&told);
    analysed_close(&a);
}

static void test_analyses_luck__none(void **state)
{
    (void)state;
    analysed_data a = analysed_open(of("lhs", no_luck, 30, 5));
    analysed told = analysed_tell("luck", &a.data);
    assert_true(
        analysed_says(&told, "None of \"hours lost\" is luck: replications of a point are"));
    assert_near(share(&told, "luck", "share"), 0.0, 0.0);
    analysed_free(&told);
    analysed_close(&a);
    a = analysed_open(of("lhs", constant, 30, 5));
    told = analysed_tell("luck", &a.data);
    assert_true(analysed_says(&told, "\"hours lost\" is the same in every run"));
    analysed_free(&told);
    analysed_close(&a);
}

static void test_analyses_luck__dropped(void **state)
{
    (void)state;
    analysed_data a = analysed_open(of("lhs", half, 12, 5));
    analysed_fail(&a, 3);
    analysed_fail(&a, 11);
    analysed told = analysed_tell("luck", &a.data);
    assert_true(analysed_says(&told, "from 10 points, 2 dropped, with 5 replications each"));
    assert_true(analysed_says(&told, "Caution: points with fewer than 2 runs"));
    assert_true(analysed_says(&told, "Caution: 10 points are few"));
    assert_true(analysed_says(&told, "Caution: with so few replications of the same random"));
    analysed_free(&told);
    for (int64_t p = 1; p < 12; p++)
        analysed_fail(&a, p);
    analysed_refuse("luck", &a.data, "1 points have 2 replications with a figure or more");
    analysed_close(&a);
}

static void test_analyses_luck__refused(void **state)
{
    (void)state;
    analysed_data a = analysed_open(of("lhs", half, 12, 0));
    analysed_refuse("luck", &a.data, "these are plan runs, which have no chance");
    char *csv = analysed_csv(&a, 0, 0);
    const char *words = NULL;
    analysed told;
    assert_int_equal(analysed_table("luck", csv, &told, &words), MUSTER_MISTAKE);
    assert_non_null(strstr(words, "a table has one figure a point"));
    free(csv);
    analysed_close(&a);
    a = analysed_open(of("lhs", half, 12, 1));
    analysed_refuse("luck", &a.data, "0 points have 2 replications");
    analysed_close(&a);
}

/* Where other analyses tell of luck it is made only if it is asked for. */
static void test_analyses_luck__usual(void **state)
{
    (void)state;
    static const char *const methods[] = {"lhs", "saltelli", "morris", "one-at-a-time"};
    const muster_analyze_options unasked = {0};
    const mst_analysis *luck = NULL;
    for (int32_t i = 0; mst_analysis_at(i); i++)
        if (strcmp(mst_analysis_at(i)->name, "luck") == 0)
            luck = mst_analysis_at(i);
    assert_true(luck && luck->is_usual);
    for (int m = 0; m < 4; m++) {
        char why[MST_WHY_BYTES] = "";
        analysed_data a = analysed_open(of(methods[m], no_luck, 16, 2));
        assert_int_equal(luck->fits(&a.data, &unasked, why), m == 0 || m == 3);
        analysed_close(&a);
    }
}

/* Three or four points drawn again are too often one point alone for an interval: none is told, whatever
 * the points show; of five it is. What never varies has no parts. */
static void test_analyses_luck__few_points(void **state)
{
    (void)state;
    for (int64_t points = 3; points <= 5; points++) {
        analysed_data a = analysed_open(of("lhs", apart, points, 20));
        analysed told = analysed_tell("luck", &a.data);
        const bool has = points >= 5;
        assert_true(share(&told, "luck", "share") < .01);
        assert_true(isnan(share(&told, "luck", "share_low")) == !has);
        assert_true(isnan(share(&told, "what was varied", "share_high")) == !has);
        assert_true(analysed_says(&told, "points give no interval; it takes 5 or more.") == !has);
        assert_true(analysed_says(&told, "intervals by resampling points") == has);
        assert_false(analysed_says(&told, "cannot be told from 0") && !has);
        analysed_free(&told);
        analysed_close(&a);
    }
    analysed_data a = analysed_open(of("lhs", constant, 30, 5));
    analysed told = analysed_tell("luck", &a.data);
    assert_true(isnan(share(&told, "luck", "share")));
    assert_true(isnan(share(&told, "what was varied", "share")));
    analysed_free(&told);
    analysed_close(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_analyses_luck__few_points),
        cmocka_unit_test(test_analyses_luck__shared),
        cmocka_unit_test(test_analyses_luck__apart),
        cmocka_unit_test(test_analyses_luck__none),
        cmocka_unit_test(test_analyses_luck__dropped),
        cmocka_unit_test(test_analyses_luck__refused),
        cmocka_unit_test(test_analyses_luck__usual),
    };
    return cmocka_run_group_tests_name("analyses luck", tests, NULL, NULL);
}
