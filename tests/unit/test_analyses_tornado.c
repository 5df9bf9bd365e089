/* One factor at a time: pairs of runs, verdicts, words. */
#include "analysis_told.h"

#include <string.h>

static muster_plan_point at(const char *block, int factor)
{
    return (muster_plan_point){.label = "", .block = block, .factor = factor};
}

/* Luck of 10 to 13 in the scenario as it stands. Factor "a" takes 1 or 2 off at its low end and adds 3 or
 * 1 at its high one: differences of 4, 3, 4, 3 between the ends, mean 3.5, standard deviation sqrt(1/3),
 * error sqrt(1/12), with t(3) at .975 of 3.1824463. "b" does nothing, "c" does this and that. */
static const double runs[] = {
    10, 12, 11, 13, /* as it stands */
    9,  10, 10, 11, /* a low        */
    13, 13, 14, 14, /* a high       */
    10, 12, 11, 13, /* b low        */
    10, 12, 11, 13, /* b high       */
    10, 12, 11, 13, /* c low        */
    11, 11, 13, 11  /* c high       */
};
static const double settings[] = {NAN, NAN, NAN, 0.5, NAN, NAN, 1.0, NAN, NAN, NAN, 0.0,
                                  NAN, NAN, 1.0, NAN, NAN, NAN, 2.0, NAN, NAN, 4.0};

static mst_data three_factors(muster_factor factor[3], const double *y, int reps,
                              muster_plan_point point[7])
{
    factor[0] = told_number("a", 0.5, 1.0);
    factor[1] = told_number("b", 0.0, 1.0);
    factor[2] = told_number("c", 2.0, 4.0);
    for (int p = 0; p < 7; p++)
        point[p] = p == 0 ? at("centre", -1) : at("one", (p - 1) / 2);
    return told_data(&(told_ask){.factors = 3,
                                 .points = 7,
                                 .reps = reps,
                                 .factor = factor,
                                 .x = settings,
                                 .y = y,
                                 .method = "one-at-a-time",
                                 .point = point,
                                 .response = told_figure("score", false)});
}

static void test_tornado__pairs_by_hand(void **state)
{
    (void)state;
    muster_factor factor[3];
    muster_plan_point point[7];
    mst_data d = three_factors(factor, runs, 4, point);
    assert_true(told_is_usual("tornado", &d));
    json_t *s = told_of("tornado", &d, NULL);
    const double half = 3.1824463 * sqrt(1.0 / 12.0);
    assert_near(told_number_at(s, "tornado-factors", "a", "at_low"), 10.0, 1e-12);
    assert_near(told_number_at(s, "tornado-factors", "a", "at_high"), 13.5, 1e-12);
    assert_near(told_number_at(s, "tornado-factors", "a", "difference"), 3.5, 1e-12);
    assert_near(told_number_at(s, "tornado-factors", "a", "from"), 3.5 - half, 1e-6);
    assert_near(told_number_at(s, "tornado-factors", "a", "to"), 3.5 + half, 1e-6);
    assert_string_equal(told_text_at(s, "tornado-factors", "a", "verdict"), "yes");
    /* 0, 1, -1, 2, -2 have no mean */
    assert_near(told_number_at(s, "tornado-factors", "c", "difference"), 0.0, 1e-12);
    assert_string_equal(told_text_at(s, "tornado-factors", "c", "verdict"), "noise");
    assert_string_equal(told_text_at(s, "tornado-factors", "c", "low_value"), "2");
    assert_int_equal(told_rows(s, "tornado-factors"), 3); /* b too, of which nothing comes */
    assert_string_equal(told_text_at(s, "tornado-factors", "b", "low_value"), "0");
    assert_string_equal(told_text_at(s, "tornado-factors", "b", "high_value"), "1");
    assert_string_equal(told_text_at(s, "tornado-factors", "b", "verdict"), "no");
    /* 9, 10, 10, 11: error sqrt(2/3 / 4) */
    const double of_end = 3.1824463 * sqrt(2.0 / 3.0 / 4.0);
    assert_near(told_number_at(s, "tornado-factors", "a", "at_low_from"), 10.0 - of_end, 1e-6);
    assert_near(told_number_at(s, "tornado-factors", "a", "at_low_to"), 10.0 + of_end, 1e-6);
    assert_says(s, "Only a moves 'score': from ");
    assert_says(s, "(+3.5, 2.6 to 4.4)");
    assert_says(s, "Within noise: c (");
    assert_says(s, "No difference in any run: b.");
    assert_says(s, "n = 4 pairs of runs");
    json_t *plot = told_plot(s, "tornado-factors-tornado");
    assert_non_null(plot);
    assert_string_equal(json_string_value(json_object_get(plot, "caption")),
                        "Bars go from the scenario as it stands to the figure at the ends of the "
                        "factor's range, which the table has: a wider range has a longer bar.");
    assert_near(json_number_value(json_object_get(json_object_get(plot, "options"), "baseline")),
                11.5, 1e-12);
    json_decref(s);
    mst_data_free(&d);
}

/* One run each tells no noise: nothing is said to be within it, but for what is the same. */
static void test_tornado__no_verdict_on_one_run(void **state)
{
    (void)state;
    static const double single[] = {10, 9, 13, 10, 10, 10, 11};
    muster_factor factor[3];
    muster_plan_point point[7];
    mst_data d = three_factors(factor, single, 1, point);
    json_t *s = told_of("tornado", &d, NULL);
    assert_silent(s, "No factor moves");
    assert_says(s, "Not estimable, for want of runs that have the figure: a and c.");
    json_decref(s);
    mst_data_free(&d);
}

/* The same numbers in another order are no pairs any more, and prove nothing. */
static void test_tornado__pairs_matter(void **state)
{
    (void)state;
    muster_factor factor[3];
    muster_plan_point point[7];
    double y[28];
    memcpy(y, runs, sizeof y);
    y[8] = 14, y[9] = 14, y[10] = 13, y[11] = 13; /* still far apart */
    y[4] = 11, y[5] = 3, y[6] = 15, y[7] = 11;    /* mean 10, as before */
    mst_data d = three_factors(factor, y, 4, point);
    json_t *s = told_of("tornado", &d, NULL);
    assert_near(told_number_at(s, "tornado-factors", "a", "difference"), 3.5, 1e-12);
    assert_string_equal(told_text_at(s, "tornado-factors", "a", "verdict"), "noise");
    assert_says(s, "No factor moves 'score' by more than noise.");
    json_decref(s);
    mst_data_free(&d);
}

/* Without chance figures are exact: no interval, no test. The scenario as it stands is 5, and c puts it
 * up at both its ends. */
static void test_tornado__plan_runs(void **state)
{
    (void)state;
    static const double y[] = {5, 7, 4, 5, 5, 5.5, 6};
    muster_factor factor[3];
    muster_plan_point point[7];
    mst_data d = three_factors(factor, y, 0, point);
    json_t *s = told_of("tornado", &d, NULL);
    assert_says(s, "a moves 'score' most: from 7 at 0.5 to 4 at 1 (-3).");
    assert_says(s, "Less, in this order: c (+0.5).");
    assert_says(s, "At both ends on the same side of the scenario as it stands: c.");
    assert_says(s, "No difference: b.");
    assert_says(s, "One value a point, without chance: there is no interval.");
    assert_string_equal(json_string_value(told_cell(s, "tornado-factors", 0, "factor")), "a");
    json_decref(s);
    mst_data_free(&d);
}

/* Nothing comes of any factor: their ranges are told, and no picture is drawn without a bar. */
static void test_tornado__nothing_moves(void **state)
{
    (void)state;
    static const double y[] = {5, 5, 5, 5, 5, 5, 5};
    muster_factor factor[3];
    muster_plan_point point[7];
    mst_data d = three_factors(factor, y, 0, point);
    json_t *s = told_of("tornado", &d, NULL);
    assert_int_equal(told_rows(s, "tornado-factors"), 3);
    assert_null(told_plot(s, "tornado-factors-tornado"));
    json_decref(s);
    mst_data_free(&d);
}

/* Yes or no, ten pairs of which six turn to yes: Agresti and Min have 6/12 = .5 with error
 * sqrt((7/12 - .25) / 12) = 1/6, McNemar 2 / 2^6. */
static void test_tornado__shares(void **state)
{
    (void)state;
    static const double x[] = {NAN, 0, 1};
    static const double y[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                               0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0};
    const muster_factor factor = told_number("fuel", 0.0, 1.0);
    const muster_plan_point point[] = {at("centre", -1), at("one", 0), at("one", 0)};
    mst_data d = told_data(&(told_ask){.factors = 1,
                                       .points = 3,
                                       .reps = 10,
                                       .factor = &factor,
                                       .x = x,
                                       .y = y,
                                       .method = "one-at-a-time",
                                       .point = point,
                                       .response = told_figure("joins", true)});
    json_t *s = told_of("tornado", &d, NULL);
    assert_near(told_number_at(s, "tornado-factors", "fuel", "difference"), 0.6, 1e-12);
    assert_near(told_number_at(s, "tornado-factors", "fuel", "from"), 0.5 - 1.959964 / 6.0, 1e-6);
    assert_near(told_number_at(s, "tornado-factors", "fuel", "to"), 0.5 + 1.959964 / 6.0, 1e-6);
    assert_string_equal(told_text_at(s, "tornado-factors", "fuel", "verdict"), "yes");
    assert_says(s, "after Agresti and Min");
    assert_says(s, "points, 17 to 83"); /* .173, .827 */
    json_decref(s);
    mst_data_free(&d);
}

/* Names have no ends: the levels of the least and the greatest figure are held against each other, and
 * as any two of three might have been those the interval is wider: of level 1 - .05/3, t(3) 4.857 at
 * 1 - .05/6. Two runs are missing, one at each end: two pairs fewer. */
static void test_tornado__names_and_missing_runs(void **state)
{
    (void)state;
    static const char *const level[] = {"\"NORTH\"", "\"SOUTH\"", "\"WEST\""};
    static const double x[] = {NAN, 0, 1, 2};
    static const double y[] = {4, 5, 6, 7, 8, 9,   5, 6, 7,  8,  9,   10,
                               1, 3, 3, 5, 5, NAN, 8, 9, 11, 11, NAN, 14};
    const muster_factor factor = told_names("base", level, 3);
    const muster_plan_point point[] = {at("centre", -1), at("one", 0), at("one", 0), at("one", 0)};
    mst_data d = told_data(&(told_ask){.factors = 1,
                                       .points = 4,
                                       .reps = 6,
                                       .factor = &factor,
                                       .x = x,
                                       .y = y,
                                       .method = "one-at-a-time",
                                       .point = point,
                                       .response = told_figure("score", false)});
    json_t *s = told_of("tornado", &d, NULL);
    /* 7, 6, 8, 6: mean 6.75, variance 11/12 */
    const double half = 4.8567 * sqrt(11.0 / 12.0 / 4.0);
    assert_string_equal(told_text_at(s, "tornado-factors", "base", "low_value"), "SOUTH");
    assert_string_equal(told_text_at(s, "tornado-factors", "base", "high_value"), "WEST");
    assert_near(told_number_at(s, "tornado-factors", "base", "difference"), 6.75, 1e-12);
    assert_near(told_number_at(s, "tornado-factors", "base", "from"), 6.75 - half, 1e-3);
    assert_says(s, "n = 4 pairs of runs a factor or more");
    assert_int_equal(told_rows(s, "tornado-levels-names"), 3);
    assert_non_null(told_plot(s, "tornado-levels-names-lines"));
    json_decref(s);
    mst_data_free(&d);
}

static void test_tornado__refusals(void **state)
{
    (void)state;
    muster_factor factor[3];
    muster_plan_point point[7];
    char why[MST_WHY_BYTES];
    mst_data d = three_factors(factor, runs, 4, point);
    for (int p = 0; p < 7; p++)
        point[p] = at("point", -1);
    mst_data none = told_data(&(told_ask){.factors = 3,
                                          .points = 7,
                                          .factor = factor,
                                          .x = settings,
                                          .y = runs,
                                          .method = "lhs",
                                          .point = point,
                                          .response = told_figure("score", false)});
    assert_string_equal(told_refusal("tornado", &none, NULL, why),
                        "no point moves one factor alone");
    mst_data_free(&none);
    d.cell[0].count = 0; /* the scenario as it stands has no figure */
    assert_string_equal(told_refusal("tornado", &d, NULL, why),
                        "no point has the scenario as it stands and the figure");
    mst_data_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tornado__pairs_by_hand),
        cmocka_unit_test(test_tornado__no_verdict_on_one_run),
        cmocka_unit_test(test_tornado__pairs_matter),
        cmocka_unit_test(test_tornado__plan_runs),
        cmocka_unit_test(test_tornado__nothing_moves),
        cmocka_unit_test(test_tornado__shares),
        cmocka_unit_test(test_tornado__names_and_missing_runs),
        cmocka_unit_test(test_tornado__refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
