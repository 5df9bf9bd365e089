/* What the summary says of points: in the units of its table, of many points the ends, of none nothing. */
#include "analysis_told.h"

#include <stdlib.h>
#include <string.h>

enum { MANY = 50 };

static told_ask ask_of(int points, int reps, const double *x, const double *y, bool is_yes_no)
{
    static muster_factor factor;
    factor = told_number("a", 0, 1);
    return (told_ask){.factors = 1,
                      .points = points,
                      .reps = reps,
                      .factor = &factor,
                      .x = x,
                      .y = y,
                      .method = "list",
                      .response = told_figure("score", is_yes_no)};
}

static json_t *summary_of(const told_ask *ask)
{
    mst_data d = told_data(ask);
    json_t *s = told_of("summary", &d, NULL);
    mst_data_free(&d);
    return s;
}

static void test_summary__is_told_first(void **state)
{
    (void)state;
    assert_string_equal(mst_analysis_at(0)->name, "summary");
    assert_string_equal(mst_analysis_at(1)->name, "tornado");
}

/* Shares in per cent, as in the table: 1 of 4, 3 of 4, and of answers without chance how many. */
static void test_summary__shares(void **state)
{
    (void)state;
    static const double x[] = {0.25, 0.5}, y[] = {0, 0, 0, 1, 1, 1, 0, 1};
    const told_ask ask = ask_of(2, 4, x, y, true), plan = ask_of(2, 0, x, y + 3, true);
    json_t *s = summary_of(&ask);
    assert_says(s, "Its mean goes from 25 % (point 1) to 75 % (point 2) over 2 points.");
    assert_near(told_number_at(s, "points", "point 1", "mean"), 0.25, 0.0);
    json_decref(s);
    static const double answers[] = {1, 0};
    told_ask other = plan;
    other.y = answers;
    s = summary_of(&other);
    assert_says(s, "It is yes at 1 of 2 points (50 %).");
    json_decref(s);
}

/* Values of factors are numbers, rounded for people alone. */
static void test_summary__factors_are_numbers(void **state)
{
    (void)state;
    static const double x[] = {0.013261403258773499, (double)NAN}, y[] = {1, 2};
    const told_ask ask = ask_of(2, 0, x, y, false);
    json_t *s = summary_of(&ask);
    assert_near(told_number_at(s, "points", "point 1", "a"), x[0], 1e-12);
    assert_true(isnan(told_number_at(s, "points", "point 2", "a")));
    assert_says(s, "It goes from 1 (point 1) to 2 (point 2) over 2 points.");
    json_decref(s);
}

/* Alike means are no reason to say that nothing moves it; a single point shows neither. */
static void test_summary__alike(void **state)
{
    (void)state;
    static const double x[] = {0.25, 0.5}, same[] = {1, 3, 1, 3}, other[] = {1, 3, 2, 2};
    told_ask ask = ask_of(2, 2, x, same, false);
    json_t *s = summary_of(&ask);
    assert_says(s, " at every point: nothing that was varied moves it.");
    json_decref(s);
    ask = ask_of(2, 2, x, other, false);
    s = summary_of(&ask);
    assert_says(s, " at every point.");
    assert_silent(s, "nothing that was varied");
    json_decref(s);
    ask = ask_of(1, 2, x, same, false);
    s = summary_of(&ask);
    assert_silent(s, "at every point");
    json_decref(s);
}

/* Runs that are all alike give no interval, and one answer in each run is told as that. */
static void test_summary__calm(void **state)
{
    (void)state;
    static const double x[] = {0.25, 0.5}, calm[] = {3, 3, 4, 4}, no[] = {0, 0, 0, 0};
    told_ask ask = ask_of(2, 2, x, calm, false);
    json_t *s = summary_of(&ask);
    assert_says(s, "It goes from 3 (point 1) to 4 (point 2) over 2 points.");
    assert_says(s, "All runs of a point are alike: chance does not reach it.");
    assert_false(told_has_column(s, "points", "low"));
    assert_near(told_number_at(s, "points", "point 2", "mean"), 4.0, 0.0);
    json_decref(s);
    ask = ask_of(2, 2, x, no, true);
    s = summary_of(&ask);
    assert_says(s, "It is no in each of 4 runs, at every point.");
    assert_silent(s, "All runs of a point are alike");
    assert_true(told_has_column(s, "points", "low"));
    json_decref(s);
}

static void test_summary__missing(void **state)
{
    (void)state;
    static const double x[] = {0.25, 0.5}, gap = (double)NAN;
    const double some[] = {1, gap, gap, gap}, none[] = {gap, gap, gap, gap};
    told_ask ask = ask_of(2, 2, x, some, false);
    json_t *s = summary_of(&ask);
    assert_says(s, "In 3 of 4 runs, at 2 points (at 1 in every run), it is not defined; means are "
                   "over the others");
    json_decref(s);
    ask = ask_of(2, 2, x, none, false);
    s = summary_of(&ask);
    assert_says(s, "The figure is defined in no run.");
    assert_silent(s, "means are over the others");
    assert_null(told_plot(s, "points-dots"));
    json_decref(s);
}

/* y = (17 p) mod 50: the highest is 49, at the p with 17 p = 49 mod 50, which is 47. */
static void test_summary__many_points(void **state)
{
    (void)state;
    double x[MANY], y[MANY];
    for (int p = 0; p < MANY; p++) {
        x[p] = (double)p / MANY;
        y[p] = (double)(17 * p % MANY);
    }
    told_ask ask = ask_of(MANY, 0, x, y, false);
    json_t *s = summary_of(&ask);
    assert_int_equal(told_rows(s, "points"), MANY);
    assert_int_equal(told_rows(s, "points-ends"), 20);
    assert_string_equal(json_string_value(told_cell(s, "points-ends", 0, "point")), "point 48");
    for (int i = 0; i < 20; i++)
        assert_near(json_number_value(told_cell(s, "points-ends", i, "mean")),
                    i < 10 ? 49.0 - i : 19.0 - i, 0.0);
    json_decref(s);
    for (int p = 0; p < MANY; p++)
        y[p] = 2.0;
    s = summary_of(&ask);
    assert_int_equal(told_rows(s, "points-ends"), -1);
    json_decref(s);
}

/* One run a point: no interval is spoken of, and no pairs of points. */
static void test_summary__one_run(void **state)
{
    (void)state;
    static const double x[] = {0.25, 0.5}, y[] = {1, 2};
    told_ask ask = ask_of(2, 1, x, y, false);
    json_t *s = summary_of(&ask);
    json_t *caption = json_object_get(told_plot(s, "points-dots"), "caption");
    assert_string_equal(json_string_value(caption), "One run a point, which gives no interval.");
    json_decref(s);
    ask.response.direction = MUSTER_MORE_IS_BETTER;
    ask.response.unit = "h";
    mst_data d = told_data(&ask);
    s = told_of("ranking", &d, NULL);
    assert_says(s, "Best is point 2, with a mean of 2 h over 1 run.");
    caption = json_object_get(told_plot(s, "ranking-dots"), "caption");
    assert_non_null(strstr(json_string_value(caption), "there are no intervals"));
    json_decref(s);
    mst_data_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_summary__is_told_first),
        cmocka_unit_test(test_summary__shares),
        cmocka_unit_test(test_summary__factors_are_numbers),
        cmocka_unit_test(test_summary__alike),
        cmocka_unit_test(test_summary__calm),
        cmocka_unit_test(test_summary__missing),
        cmocka_unit_test(test_summary__many_points),
        cmocka_unit_test(test_summary__one_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
