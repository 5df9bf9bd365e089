/* Boxes: the limits of a box that is there, honesty where none is, words. */
#include "analysis_told.h"
#include "points_make.h"

#include <stdlib.h>
#include <string.h>

enum { N = 400 };

static const char *const bases[] = {"\"NORTH\"", "\"SOUTH\"", "\"WEST\""};

typedef struct cases {
    muster_factor factor[3];
    double x[3 * N], y[N];
} cases;

/* fuel 0 .. 1 (a lever), autonomy 0 .. 1 (an uncertainty), base of three names (a lever). */
static void draw_cases(cases *c, uint64_t seed)
{
    gsl_rng *rng = mst_rng_open(seed, "cases");
    c->factor[0] = told_number("fuel", 0, 1);
    c->factor[1] = told_number("autonomy", 0, 1);
    c->factor[1].role = MUSTER_ROLE_UNCERTAINTY;
    c->factor[2] = told_names("base", bases, 3);
    for (int p = 0; p < N; p++) {
        c->x[3 * p] = gsl_rng_uniform(rng);
        c->x[3 * p + 1] = gsl_rng_uniform(rng);
        c->x[3 * p + 2] = (double)gsl_rng_uniform_int(rng, 3);
    }
    gsl_rng_free(rng);
}

static mst_data data_of(const cases *c, int points, bool is_yes_no)
{
    return told_data(&(told_ask){.factors = 3,
                                 .points = points,
                                 .factor = c->factor,
                                 .x = c->x,
                                 .y = c->y,
                                 .method = "lhs",
                                 .response = told_figure("joins", is_yes_no)});
}

static bool is_inside(const cases *c, int p)
{
    return c->x[3 * p] >= 0.62 && c->x[3 * p + 1] <= 0.55 && c->x[3 * p + 2] < 2.0;
}

/* Cell of the row of a factor in the table of limits; the box stands in the first column. */
static double limit_of(json_t *s, const char *factor)
{
    for (int row = 0; row < told_rows(s, "boxes-limits"); row++) {
        json_t *cell = told_cell(s, "boxes-limits", row, "factor");
        if (strcmp(json_string_value(cell), factor) == 0)
            return json_number_value(told_cell(s, "boxes-limits", row, "value"));
    }
    fail_msg("no limit of %s", factor);
    return 0.0;
}

/* Along both axes no point in the box lies beyond the limit that is told, and some outside do. */
static void assert_limits_show(json_t *s, json_t *plot)
{
    const char *const title = json_string_value(json_object_get(plot, "title"));
    const double fuel = limit_of(s, "fuel"), autonomy = limit_of(s, "autonomy");
    int in = 0, out = 0;
    assert_string_equal(title, "The two firmest limits");
    for (int row = 0; row < told_rows(s, "boxes-points"); row++) {
        const double at[] = {json_number_value(told_cell(s, "boxes-points", row, "x")),
                             json_number_value(told_cell(s, "boxes-points", row, "y"))};
        const char *what = json_string_value(told_cell(s, "boxes-points", row, "case"));
        const bool is_in = strstr(what, ", in the box") != NULL;
        const bool is_within = (at[0] >= fuel && at[1] <= autonomy) || /* either may be x */
                               (at[1] >= fuel && at[0] <= autonomy);
        assert_true(is_in || strstr(what, ", outside the box"));
        assert_true(!is_in || is_within);
        in += is_in;
        out += !is_within;
    }
    assert_true(in > 30 && out > 100);
}

/* Label of a column of the points. */
static const char *label_of(json_t *s, const char *column)
{
    json_t *table, *found;
    size_t i, k;
    json_array_foreach(json_object_get(s, "tables"), i, table)
    {
        if (strcmp(json_string_value(json_object_get(table, "id")), "boxes-points") != 0)
            continue;
        json_array_foreach(json_object_get(table, "columns"), k, found)
        {
            if (strcmp(json_string_value(json_object_get(found, "name")), column) == 0)
                return json_string_value(json_object_get(found, "label"));
        }
    }
    fail_msg("no column '%s'", column);
    return NULL;
}

/* Each of the two axes has one line, at the limit of the factor that it shows. */
static void assert_lines_lie_at_limits(json_t *s, json_t *plot)
{
    static const char *const axes[][2] = {{"x", "x_thresholds"}, {"y", "thresholds"}};
    const char *const caption = json_string_value(json_object_get(plot, "caption"));
    assert_true(strcmp(label_of(s, "x"), label_of(s, "y")) != 0);
    for (size_t i = 0; i < 2; i++) {
        json_t *at = json_object_get(json_object_get(plot, "options"), axes[i][1]);
        assert_int_equal(json_array_size(at), 1);
        assert_near(json_number_value(json_array_get(at, 0)), limit_of(s, label_of(s, axes[i][0])),
                    1e-12);
    }
    assert_non_null(strstr(caption,
                           "The lines are these limits. The box limits 1 more factor, so that "
                           "points within them can lie outside the box."));
    assert_null(strstr(caption, "axis"));
}

/* Some 60 of 400 points, all those with enough fuel, little autonomy and not the third base, say yes. The
 * limits lie between two points, which are on average 1/400 of the range apart, and peels of 5 % of the
 * points may leave or take a few: within .05. */
static void test_boxes__a_box_that_is_there(void **state)
{
    (void)state;
    static cases c;
    draw_cases(&c, 3);
    for (int p = 0; p < N; p++)
        c.y[p] = is_inside(&c, p) ? 1.0 : 0.0;
    mst_data d = data_of(&c, N, true);
    assert_true(told_is_usual("boxes", &d));
    json_t *s = told_of("boxes", &d, NULL);
    assert_near(limit_of(s, "fuel"), 0.62, 0.05);
    assert_near(limit_of(s, "autonomy"), 0.55, 0.05);
    assert_says(s, "With fuel at least 0.6");
    assert_says(s, "base being not WEST: 'joins' is yes in ");
    assert_says(s,
                "What the first box limits is somebody's to choose, but for autonomy, which must");
    assert_says(s, "Of interest is yes, the rarer answer; --below 0.5 asks for boxes of no.");
    assert_silent(s, "Doubtful");
    /* the row that was taken has nearly all cases and little else */
    for (int row = 0; row < told_rows(s, "boxes-steps"); row++) {
        const char *taken = json_string_value(told_cell(s, "boxes-steps", row, "taken"));
        if (strcmp(taken, "this one") != 0)
            continue;
        const double density = json_number_value(told_cell(s, "boxes-steps", row, "density")),
                     coverage = json_number_value(told_cell(s, "boxes-steps", row, "coverage"));
        assert_true(density * coverage > 0.85);
    }
    assert_non_null(told_plot(s, "boxes-steps-lines"));
    json_t *plot = told_plot(s, "boxes-points-points");
    assert_non_null(plot);
    assert_limits_show(s, plot);
    assert_lines_lie_at_limits(s, plot);
    json_decref(s);
    mst_data_free(&d);
}

/* Where yes is the rule, no is of interest. */
static void test_boxes__the_rarer_answer(void **state)
{
    (void)state;
    static cases c;
    draw_cases(&c, 3);
    for (int p = 0; p < N; p++)
        c.y[p] = is_inside(&c, p) ? 0.0 : 1.0;
    mst_data d = data_of(&c, N, true);
    json_t *s = told_of("boxes", &d, NULL);
    assert_says(s, "'joins' is no in ");
    assert_says(s, "Of interest is no, the rarer answer; --above 0.5 asks for boxes of yes.");
    assert_near(limit_of(s, "fuel"), 0.62, 0.05);
    json_decref(s);
    const muster_analyze_options yes = {.has_above = true, .above = 0.5};
    s = told_of("boxes", &d, &yes); /* as advised */
    assert_says(s, "'joins' is yes in ");
    assert_silent(s, "the rarer answer");
    json_decref(s);
    mst_data_free(&d);
}

/* Whose a factor is tells something only where some differ. */
static void test_boxes__one_role(void **state)
{
    (void)state;
    static cases c;
    draw_cases(&c, 3);
    c.factor[1].role = MUSTER_ROLE_LEVER;
    for (int p = 0; p < N; p++)
        c.y[p] = is_inside(&c, p) ? 1.0 : 0.0;
    mst_data d = data_of(&c, N, true);
    json_t *s = told_of("boxes", &d, NULL);
    assert_says(s, "With fuel at least 0.6");
    assert_silent(s, "choose");
    json_decref(s);
    mst_data_free(&d);
}

/* A figure that is no answer needs a limit, of either side. */
static void test_boxes__above_and_below(void **state)
{
    (void)state;
    static cases c;
    char why[MST_WHY_BYTES];
    draw_cases(&c, 4);
    for (int p = 0; p < N; p++)
        c.y[p] = is_inside(&c, p) ? 7.0 + c.x[3 * p] : 2.0 + c.x[3 * p];
    mst_data d = data_of(&c, N, false);
    assert_false(told_is_usual("boxes", &d));
    assert_non_null(strstr(told_refusal("boxes", &d, NULL, why), "--above X or --below X"));
    muster_analyze_options options = {.has_above = true, .above = 7.0};
    json_t *s = told_of("boxes", &d, &options);
    assert_says(s, "'joins' is at least 7 in ");
    assert_near(limit_of(s, "fuel"), 0.62, 0.05);
    json_decref(s);
    options = (muster_analyze_options){.has_below = true, .below = 2.3};
    s = told_of("boxes", &d, &options); /* fuel below .3 is all there is to it */
    assert_says(s, "'joins' is at most 2.3 in ");
    assert_near(limit_of(s, "fuel"), 0.3, 0.03);
    json_decref(s);
    options = (muster_analyze_options){.has_above = true, .above = 100.0};
    assert_string_equal(told_refusal("boxes", &d, &options, why), "no point is of interest");
    options = (muster_analyze_options){.has_below = true, .below = 100.0};
    assert_string_equal(told_refusal("boxes", &d, &options, why), "all points are of interest");
    options = (muster_analyze_options){.has_below = true, .has_above = true};
    assert_string_equal(told_refusal("boxes", &d, &options, why),
                        "--above and --below exclude each other");
    mst_data_free(&d);
    d = data_of(&c, 19, true);
    assert_non_null(strstr(told_refusal("boxes", &d, NULL, why), "it takes 20 and 1"));
    mst_data_free(&d);
}

/* Share of interest in points that boxes had not seen, in per cent. */
static double unseen(json_t *s)
{
    json_t *sentence;
    size_t i;
    json_array_foreach(json_object_get(s, "sentences"), i, sentence)
    {
        const char *at = strstr(json_string_value(sentence), "had not seen, ");
        if (at)
            return strtod(at + strlen("had not seen, "), NULL);
    }
    fail_msg("nothing is said of unseen points");
    return 0.0;
}

/* yes by lot, with one chance where fuel is above a half and another where it is not. */
static json_t *of_lots(cases *c, uint64_t seed, double above, double below)
{
    gsl_rng *rng = mst_rng_open(seed + 20, "lots");
    draw_cases(c, seed + 40);
    for (int p = 0; p < N; p++)
        c->y[p] = gsl_rng_uniform(rng) < (c->x[3 * p] > 0.5 ? above : below) ? 1.0 : 0.0;
    gsl_rng_free(rng);
    mst_data d = data_of(c, N, true);
    json_t *s = told_of("boxes", &d, NULL);
    mst_data_free(&d);
    return s;
}

/* Limits that hold no more than chance would are dropped, and where answers are by lot nothing is left of
 * a box: 0 of 20 seen. */
static void test_boxes__lots_are_no_finding(void **state)
{
    (void)state;
    static cases c;
    int boxes = 0;
    for (int i = 0; i < 20; i++) {
        json_t *s = of_lots(&c, (uint64_t)i, 0.3, 0.3);
        boxes += !told_says(s, "No limits of factors hold more cases of interest than chance ");
        json_decref(s);
    }
    assert_true(boxes <= 2);
}

/* Six of ten above a half and one of ten below: boxes look denser in the points they were found in, and in
 * others hold 60 %, within four times the error of boxes of some 80 points, ten of them, which have points
 * in common: 4 * 100 * sqrt(.24 / 80 / 3). */
static void test_boxes__points_not_seen(void **state)
{
    (void)state;
    static cases c;
    double sum = 0.0, inside = 0.0;
    enum { TRIES = 5 };
    for (int i = 0; i < TRIES; i++) {
        json_t *s = of_lots(&c, (uint64_t)i, 0.6, 0.1);
        for (int row = 0; row < told_rows(s, "boxes-steps"); row++)
            if (*json_string_value(told_cell(s, "boxes-steps", row, "taken")))
                inside += 100.0 * json_number_value(told_cell(s, "boxes-steps", row, "density"));
        sum += unseen(s);
        json_decref(s);
    }
    assert_near(sum / TRIES, 60.0, 400.0 * sqrt(0.24 / 80.0 / 3.0) / sqrt((double)TRIES));
    assert_true(inside / TRIES > sum / TRIES); /* what the figure is for */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_boxes__a_box_that_is_there),
        cmocka_unit_test(test_boxes__the_rarer_answer),
        cmocka_unit_test(test_boxes__one_role),
        cmocka_unit_test(test_boxes__above_and_below),
        cmocka_unit_test(test_boxes__lots_are_no_finding),
        cmocka_unit_test(test_boxes__points_not_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
