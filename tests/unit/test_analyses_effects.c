/* Main effects and pairs: by hand, and how often nothing is taken for something. */
#include "analysis_told.h"
#include "points_make.h"

#include <stdlib.h>
#include <string.h>

static const double corners[] = {0, 0, 0, 1, 1, 0, 1, 1};

static mst_data two_by_two(const muster_factor factor[2], int reps, const double *y)
{
    return told_data(&(told_ask){.factors = 2,
                                 .points = 4,
                                 .reps = reps,
                                 .factor = factor,
                                 .x = corners,
                                 .y = y,
                                 .method = "factorial",
                                 .response = told_figure("score", false)});
}

/* 1, 2, 4, 9: a's means are 1.5 and 6.5, b's 2.5 and 5.5; of 38 squares about the mean of 4 a has 25, b
 * 9. a's step is 3 where b is low and 7 where it is high. */
static void test_effects__exact_by_hand(void **state)
{
    (void)state;
    static const double y[] = {1, 2, 4, 9};
    const muster_factor factor[] = {told_number("a", 0, 1), told_number("b", 0, 1)};
    mst_data d = two_by_two(factor, 0, y);
    assert_true(told_is_usual("effects", &d));
    json_t *s = told_of("effects", &d, NULL);
    assert_near(told_number_at(s, "effects-factors", "a", "swing"), 5.0, 1e-12);
    assert_near(told_number_at(s, "effects-factors", "a", "share"), 25.0 / 38.0, 1e-12);
    assert_near(told_number_at(s, "effects-factors", "b", "swing"), 3.0, 1e-12);
    assert_near(told_number_at(s, "effects-factors", "b", "share"), 9.0 / 38.0, 1e-12);
    assert_says(s, "a moves 'score' most: on average over the other factors from 1.5 (at 0) to 6.5 "
                   "(at 1), a change of +5.");
    assert_says(s, "about 89 % of the variance"); /* 34 of 38 */
    assert_says(s, "n = 4 points, all of the design and without chance: means are exact.");
    assert_near(json_number_value(told_cell(s, "effects-pairs", 0, "step_low")), 3.0, 1e-12);
    assert_near(json_number_value(told_cell(s, "effects-pairs", 0, "step_high")), 7.0, 1e-12);
    assert_near(json_number_value(told_cell(s, "effects-pairs", 0, "difference")), 4.0, 1e-12);
    assert_says(s, "changes 'score' by +3 where the second is 0 and by +7 where it is 1");
    assert_non_null(told_plot(s, "effects-values-lines"));
    assert_non_null(told_plot(s, "effects-pair-lines"));
    json_decref(s);
    mst_data_free(&d);
}

/* Three runs with luck of 0, 10 and -10 that all points share; a adds 4, 5, 6. Run by run the swing has
 * mean 5 and error 1 / sqrt(3), with t(2) of 4.3026527. The mean at its low end has the luck in it: 0, 10,
 * -10 have an error of 10 / sqrt(3). b does nothing in any run. */
static void test_effects__luck_that_points_share(void **state)
{
    (void)state;
    static const double y[] = {0, 10, -10, 0, 10, -10, 4, 15, -4, 4, 15, -4};
    const muster_factor factor[] = {told_number("a", 0, 1), told_number("b", 0, 1)};
    mst_data d = two_by_two(factor, 3, y);
    json_t *s = told_of("effects", &d, NULL);
    const double half = 4.3026527 / sqrt(3.0);
    assert_near(told_number_at(s, "effects-factors", "a", "swing"), 5.0, 1e-12);
    assert_near(told_number_at(s, "effects-factors", "a", "from"), 5.0 - half, 1e-6);
    assert_near(told_number_at(s, "effects-factors", "a", "to"), 5.0 + half, 1e-6);
    assert_string_equal(told_text_at(s, "effects-factors", "a", "moves"), "yes");
    assert_string_equal(told_text_at(s, "effects-factors", "b", "moves"), "no");
    assert_near(told_number_at(s, "effects-factors", "b", "to"), 0.0, 0.0);
    assert_near(json_number_value(told_cell(s, "effects-values", 0, "high")), 10.0 * half, 1e-5);
    assert_says(s, "Only a moves 'score'");
    assert_says(s, "No difference: b.");
    assert_says(s, "swings are taken run by run");
    assert_says(s, "No pair of factors does together");
    json_decref(s);
    mst_data_free(&d);
}

/* Points of other seeds each have their own luck: then errors add up over points. */
static void test_effects__seeds_of_their_own(void **state)
{
    (void)state;
    static const double y[] = {0, 10, -10, 0, 10, -10, 4, 15, -4, 4, 15, -4};
    const muster_factor factor[] = {told_number("a", 0, 1), told_number("b", 0, 1)};
    muster_plan_point point[4];
    for (int p = 0; p < 4; p++)
        point[p] = (muster_plan_point){
            .label = "", .block = "point", .factor = -1, .seed = (uint64_t)p + 1};
    mst_data d = two_by_two(factor, 3, y);
    d.point = point;
    json_t *s = told_of("effects", &d, NULL);
    assert_string_equal(told_text_at(s, "effects-factors", "a", "moves"), "noise");
    assert_says(s, "No factor by itself moves 'score' by more than noise.");
    json_decref(s);
    mst_data_free(&d);
}

/* Without chance nothing is noise: b is hidden by what a does with it, and may be needed with it. */
static void test_effects__of_plan_runs_nothing_is_noise(void **state)
{
    (void)state;
    enum { AROUND = 40 };
    double x[2 * AROUND], y[AROUND];
    for (int i = 0; i < AROUND; i++) {
        x[2 * i] = (i + 0.5) / AROUND;
        x[2 * i + 1] = ((7 * i) % AROUND + 0.5) / AROUND;
        y[i] = x[2 * i] + 0.01 * x[2 * i + 1];
    }
    const muster_factor factor[] = {told_number("a", 0, 1), told_number("b", 0, 1)};
    mst_data d = told_data(&(told_ask){.factors = 2,
                                       .points = AROUND,
                                       .factor = factor,
                                       .x = x,
                                       .y = y,
                                       .method = "lhs",
                                       .response = told_figure("score", false)});
    json_t *s = told_of("effects", &d, NULL);
    assert_says(s, "By themselves not told apart from what the others do, and perhaps needed "
                   "together with them (see boxes): b.");
    assert_silent(s, "Within noise");
    json_decref(s);
    mst_data_free(&d);
}

/* Of a central composite design only corners are balanced. */
static void test_effects__corners(void **state)
{
    (void)state;
    static const double x[] = {-1, -1, -1, 1, 1, -1, 1, 1, -1, 0, 1, 0, 0, -1, 0, 1, 0, 0};
    static const double y[] = {1, 1, 3, 3, 90, 90, 90, 90, 90};
    const muster_factor factor[] = {told_number("a", -1, 1), told_number("b", -1, 1)};
    mst_data d = told_data(&(told_ask){.factors = 2,
                                       .points = 9,
                                       .factor = factor,
                                       .x = x,
                                       .y = y,
                                       .method = "ccd",
                                       .response = told_figure("score", false)});
    json_t *s = told_of("effects", &d, NULL);
    assert_says(s,
                "Only a moves 'score': on average over the other factors from 1 (at -1) to 3 (at "
                "1)");
    assert_says(s, "Only corners of the design count here; its 5 other points");
    json_decref(s);
    mst_data_free(&d);
}

/* ---- how often nothing is something ---------------------------------------------------------------- */

enum { POINTS = 40, RUNS = 10 };

/* Points drawn over two factors; in each run the first has a slope of its own, of mean `mean`, and points
 * have noise of their own. */
static bool is_moved(gsl_rng *rng, double mean)
{
    const muster_factor factor[] = {told_number("a", 0, 1), told_number("b", 0, 1)};
    double x[2 * POINTS], y[POINTS * RUNS], slope[RUNS];
    for (int i = 0; i < 2 * POINTS; i++)
        x[i] = gsl_rng_uniform(rng);
    for (int r = 0; r < RUNS; r++)
        slope[r] = mean + gsl_ran_gaussian(rng, 3.0);
    for (int p = 0; p < POINTS; p++)
        for (int r = 0; r < RUNS; r++)
            y[p * RUNS + r] = slope[r] * x[2 * p] + gsl_ran_gaussian(rng, 0.5);
    mst_data d = told_data(&(told_ask){.factors = 2,
                                       .points = POINTS,
                                       .reps = RUNS,
                                       .factor = factor,
                                       .x = x,
                                       .y = y,
                                       .method = "lhs",
                                       .response = told_figure("score", false)});
    json_t *s = told_of("effects", &d, NULL);
    const bool out = strcmp(told_text_at(s, "effects-factors", "a", "moves"), "yes") == 0;
    json_decref(s);
    mst_data_free(&d);
    return out;
}

/* The slopes of ten runs seldom have a mean of 0, and all points have that mean: it is luck all the same.
 * Between points alone it would be found nearly every time. At level .95 no more than one in twenty may
 * be (300 tries: 5 % and four standard deviations are 10 %); a slope of 12 is to be found, Bonferroni's
 * price for looking for the widest of bins being paid. */
static void test_effects__luck_is_no_finding(void **state)
{
    (void)state;
    gsl_rng *rng = mst_rng_open(71, "effects of luck");
    int found = 0, real = 0;
    for (int i = 0; i < 300; i++)
        found += is_moved(rng, 0.0);
    for (int i = 0; i < 50; i++)
        real += is_moved(rng, 12.0);
    assert_in_range(found, 0, 30);
    assert_in_range(real, 45, 50);
    gsl_rng_free(rng);
}

static void test_effects__nothing_moves(void **state)
{
    (void)state;
    static const double y[] = {3, 3, 3, 3};
    const muster_factor factor[] = {told_number("a", 0, 1), told_number("b", 0, 1)};
    mst_data d = two_by_two(factor, 0, y);
    json_t *s = told_of("effects", &d, NULL);
    assert_says(s, "'score' is 3 at every point (n = 4): no factor moves it.");
    assert_int_equal(told_rows(s, "effects-factors"), -1);
    json_decref(s);
    mst_data_free(&d);
}

/* The same results in another order have another sum, by rounding: b does nothing. */
static void test_effects__rounding_is_nothing(void **state)
{
    (void)state;
    static const double x[] = {0, 0, 1, 0, 2, 0, 0, 1, 1, 1, 2, 1};
    static const double y[] = {0.1, 0.2, 0.3, 0.3, 0.2, 0.1};
    const muster_factor factor[] = {told_number("a", 0, 2), told_number("b", 0, 1)};
    assert_true(y[0] + y[1] + y[2] > y[3] + y[4] + y[5]);
    mst_data d = told_data(&(told_ask){.factors = 2,
                                       .points = 6,
                                       .factor = factor,
                                       .x = x,
                                       .y = y,
                                       .method = "factorial",
                                       .response = told_figure("score", false)});
    json_t *s = told_of("effects", &d, NULL);
    assert_near(told_number_at(s, "effects-factors", "b", "swing"), 0.0, 0.0);
    assert_string_equal(told_text_at(s, "effects-factors", "b", "lowest_at"), "-");
    assert_string_equal(told_text_at(s, "effects-factors", "b", "highest_at"), "-");
    assert_string_equal(told_text_at(s, "effects-factors", "b", "moves"), "no");
    json_decref(s);
    mst_data_free(&d);
}

static void test_effects__refusals(void **state)
{
    (void)state;
    static const double y[] = {1, 2, 4, 9}, alone[] = {0, NAN, 1, NAN, NAN, 0, NAN, 1};
    const muster_factor factor[] = {told_number("a", 0, 1), told_number("b", 0, 1)};
    char why[MST_WHY_BYTES];
    mst_data d = two_by_two(factor, 0, y);
    d.method = "saltelli";
    assert_false(told_is_usual("effects", &d));
    assert_string_equal(told_refusal("effects", &d, NULL, why), "");
    d.x = alone;
    assert_string_equal(told_refusal("effects", &d, NULL, why),
                        "points that set all factors and have the figure: 0; factors that vary: 0; "
                        "it takes 4 and 1");
    mst_data_free(&d);
}

/* The figure of the last corner is defined in one of four runs, and is 1000 there: neither effects nor a
 * ranking compare it. In two of four it is compared. */
static void test_effects__a_figure_that_is_hardly_there(void **state)
{
    (void)state;
    double y[] = {1, 2, 3, 2, 5, 7, 6, 6, 9, 8, 9, 10, 1000, NAN, NAN, NAN};
    const muster_factor factor[] = {told_number("a", 0, 1), told_number("b", 0, 1)};
    for (int defined = 1; defined <= 2; defined++) {
        y[13] = defined == 1 ? (double)NAN : 1001.0;
        mst_data d = two_by_two(factor, 4, y);
        d.response.direction = MUSTER_MORE_IS_BETTER;
        json_t *effects = told_of("effects", &d, NULL), *ranking = told_of("ranking", &d, NULL);
        json_t *map = told_of("map", &d, NULL), *design = told_of("design", &d, NULL);
        if (defined == 1) {
            assert_says(map, "1 point is left out: the figure is defined in less than half");
            assert_says(design, "1 point is left out: the figure is defined in less than half");
            assert_says(effects, "1 point is left out: the figure is defined in less than half");
            assert_true(told_number_at(effects, "effects-factors", "a", "swing") < 10.0);
            assert_says(ranking, "Not ranked: point 4.");
            assert_says(ranking, "Best is point 3");
        } else {
            assert_silent(effects, "left out");
            assert_true(told_number_at(effects, "effects-factors", "a", "swing") > 400.0);
            assert_silent(ranking, "Not ranked");
            assert_says(ranking, "Best is point 4");
        }
        json_decref(effects);
        json_decref(ranking);
        json_decref(map);
        json_decref(design);
        mst_data_free(&d);
    }
}

/* A selection has left the last point with 2 of 4 runs: means are over the first 2 of every point, where a
 * adds 6 and 6, and 6 in all; later runs, with other luck, are not counted. */
static void test_effects__runs_that_all_points_have(void **state)
{
    (void)state;
    static const double y[] = {1, 3, 90, 91, 1, 3, 90, 91, 7, 9, 50, 51, 7, 9, 0, 0};
    const muster_factor factor[] = {told_number("a", 0, 1), told_number("b", 0, 1)};
    mst_data d = two_by_two(factor, 4, y);
    d.selection.kind = MUSTER_SELECT_KN;
    d.first[4] -= 2;
    json_t *s = told_of("effects", &d, NULL);
    assert_near(told_number_at(s, "effects-factors", "a", "swing"), 6.0, 1e-12);
    assert_near(told_number_at(s, "effects-factors", "b", "swing"), 0.0, 1e-12);
    assert_says(s, "n = 4 points x 2 runs");
    assert_says(s, "the first 2 of each, which all have, are counted here");
    json_decref(s);
    mst_data_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_effects__exact_by_hand),
        cmocka_unit_test(test_effects__luck_that_points_share),
        cmocka_unit_test(test_effects__seeds_of_their_own),
        cmocka_unit_test(test_effects__of_plan_runs_nothing_is_noise),
        cmocka_unit_test(test_effects__corners),
        cmocka_unit_test(test_effects__luck_is_no_finding),
        cmocka_unit_test(test_effects__nothing_moves),
        cmocka_unit_test(test_effects__rounding_is_nothing),
        cmocka_unit_test(test_effects__refusals),
        cmocka_unit_test(test_effects__a_figure_that_is_hardly_there),
        cmocka_unit_test(test_effects__runs_that_all_points_have),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
