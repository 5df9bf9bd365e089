/* An equation: terms, luck that points share, misfit, what is not to be believed. */
#include "analysis_told.h"

#include "base/rng.h"

#include "points_make.h"
#include <gsl/gsl_randist.h>

#include <stdlib.h>
#include <string.h>

/* The i-th place of factor k in -1 .. 1: multiples of an irrational number fill it evenly (Weyl). */
static double place(int i, int k)
{
    static const double step[] = {0.6180339887498949, 0.4142135623730951, 0.7320508075688772,
                                  0.2360679774997898};
    const double u = (double)(i + 1) * step[k];
    return 2.0 * (u - floor(u)) - 1.0;
}

/* 3 + 2a - b + a b / 2 + a^2 / 4 over -1 .. 1 has these very coefficients. Without a: of the equation's
 * terms only b is left. */
static void test_regression__finds_the_terms(void **state)
{
    (void)state;
    double x[3 * 30], y[30];
    const muster_factor factor[] = {told_number("a", -1, 1), told_number("b", -1, 1),
                                    told_number("c", -1, 1)};
    for (int i = 0; i < 30; i++) {
        const double a = place(i, 0), b = place(i, 1);
        x[3 * i] = a;
        x[3 * i + 1] = b;
        x[3 * i + 2] = place(i, 2);
        y[i] = 3.0 + 2.0 * a - b + 0.5 * a * b + 0.25 * a * a;
    }
    mst_data d = told_data(&(told_ask){.factors = 3,
                                       .points = 30,
                                       .factor = factor,
                                       .x = x,
                                       .y = y,
                                       .method = "sobol",
                                       .response = told_figure("score", false)});
    assert_true(told_is_usual("regression", &d));
    json_t *s = told_of("regression", &d, NULL);
    static const struct {
        const char *term;
        double value;
    } terms[] = {{"constant", 3.0}, {"a", 2.0}, {"b", -1.0}, {"a x b", 0.5}, {"a, squared", 0.25}};
    for (size_t i = 0; i < 5; i++)
        assert_near(told_number_at(s, "regression-terms", terms[i].term, "coefficient"),
                    terms[i].value, 1e-9);
    assert_int_equal(told_rows(s, "regression-terms"), 5);
    assert_says(s, "a matters most to 'score'");
    assert_says(s, "From -1 to 1, the others at their middle, it changes the figure by +4");
    assert_says(s, "Then, by what is lost without each: b (");
    assert_says(s, "Left out, as these points do not show that the equation needs them (Schwarz's "
                   "criterion): c.");
    assert_says(s, "A picture of bends and of factors acting together is exact");
    assert_near(told_number_at(s, "regression-swings", "a", "at_high"), 5.25, 1e-9);
    assert_near(told_number_at(s, "regression-swings", "b", "change"), -2.0, 1e-9);
    assert_non_null(told_plot(s, "regression-factors-bars"));
    json_t *tornado = told_plot(s, "regression-swings-tornado");
    assert_near(json_number_value(json_object_get(json_object_get(tornado, "options"), "baseline")),
                3.0, 1e-9);
    json_decref(s);
    mst_data_free(&d);
}

/* Five points on a line in each of three runs, with constants 0, 6 and 3 and slopes 1, 2 and 3: no point
 * leaves the line of its means, yet constant and slope are known no better than three runs allow: 3 and 2
 * with errors of sqrt(3) and 1 / sqrt(3), t(2) 4.3026527. */
static void test_regression__luck_that_points_share(void **state)
{
    (void)state;
    static const double x[] = {-1, -0.5, 0, 0.5, 1};
    static const double constant[] = {0, 6, 3}, slope[] = {1, 2, 3};
    double y[15];
    const muster_factor factor = told_number("a", -1, 1);
    for (int p = 0; p < 5; p++)
        for (int r = 0; r < 3; r++)
            y[3 * p + r] = constant[r] + slope[r] * x[p];
    mst_data d = told_data(&(told_ask){.factors = 1,
                                       .points = 5,
                                       .reps = 3,
                                       .factor = &factor,
                                       .x = x,
                                       .y = y,
                                       .method = "factorial",
                                       .response = told_figure("score", false)});
    json_t *s = told_of("regression", &d, NULL);
    const double half = 4.3026527 / sqrt(3.0);
    assert_near(told_number_at(s, "regression-terms", "constant", "coefficient"), 3.0, 1e-12);
    assert_near(told_number_at(s, "regression-terms", "constant", "to"), 3.0 + 3.0 * half, 1e-5);
    assert_near(told_number_at(s, "regression-terms", "a", "coefficient"), 2.0, 1e-12);
    assert_near(told_number_at(s, "regression-terms", "a", "from"), 2.0 - half, 1e-5);
    assert_near(told_number_at(s, "regression-swings", "a", "from"), 2.0 * (2.0 - half), 1e-5);
    assert_near(told_number_at(s, "regression-swings", "a", "to"), 2.0 * (2.0 + half), 1e-5);
    assert_says(s, "count the luck that points share");
    json_decref(s);
    mst_data_free(&d);
}

/* A wave along b, with as much noise in runs as may be seen through: no bend of second degree follows it.
 * Runs of every point are of other seeds. */
static void test_regression__a_missed_bend(void **state)
{
    (void)state;
    enum { N = 120, R = 5 };
    double x[2 * N], y[N * R];
    muster_plan_point point[N];
    const muster_factor factor[] = {told_number("a", -1, 1), told_number("b", -1, 1)};
    gsl_rng *rng = mst_rng_open(5, "a missed bend");
    for (int p = 0; p < N; p++) {
        x[2 * p] = place(p, 0);
        x[2 * p + 1] = place(p, 1);
        point[p] = (muster_plan_point){
            .label = "", .block = "point", .factor = -1, .seed = (uint64_t)p + 1};
        for (int r = 0; r < R; r++)
            y[p * R + r] = 2.0 * x[2 * p] + sin(6.0 * x[2 * p + 1]) + gsl_ran_gaussian(rng, 0.3);
    }
    gsl_rng_free(rng);
    told_ask ask = {.factors = 2,
                    .points = N,
                    .reps = R,
                    .factor = factor,
                    .x = x,
                    .y = y,
                    .method = "sobol",
                    .point = point,
                    .response = told_figure("score", false)};
    mst_data d = told_data(&ask);
    json_t *s = told_of("regression", &d, NULL);
    assert_says(s, "is not enough: what it misses, ");
    assert_says(s, "is more than noise (P < 0.001)");
    assert_says(s, "What it misses looks like a bend along b: ");
    assert_silent(s, "along a");
    assert_int_equal(told_rows(s, "regression-residuals"), 5);
    json_decref(s);
    mst_data_free(&d);
    for (int p = 0; p < N * R; p++) /* the same without the wave */
        y[p] -= sin(6.0 * x[2 * (p / R) + 1]);
    d = told_data(&ask);
    s = told_of("regression", &d, NULL);
    assert_says(s, " is enough: what it misses is within noise");
    assert_says(s, "does not look like a bend along any factor");
    json_decref(s);
    mst_data_free(&d);
}

/* A weak slope under noise of three times its size. */
static void test_regression__not_to_be_believed(void **state)
{
    (void)state;
    enum { N = 40 };
    double x[N], y[N];
    const muster_factor factor = told_number("a", -1, 1);
    gsl_rng *rng = mst_rng_open(11, "noise");
    for (int p = 0; p < N; p++) {
        x[p] = place(p, 0);
        y[p] = x[p] + gsl_ran_gaussian(rng, 1.0);
    }
    gsl_rng_free(rng);
    mst_data d = told_data(&(told_ask){.factors = 1,
                                       .points = N,
                                       .factor = &factor,
                                       .x = x,
                                       .y = y,
                                       .method = "lhs",
                                       .response = told_figure("score", false)});
    json_t *s = told_of("regression", &d, NULL);
    assert_says(s, "Do not believe its predictions");
    json_decref(s);
    mst_data_free(&d);
}

/* Half of the corners of four factors, d = abc: a b cannot be told from c d, whichever was taken. */
static void test_regression__aliases(void **state)
{
    (void)state;
    double x[32], y[8];
    const muster_factor factor[] = {told_number("a", -1, 1), told_number("b", -1, 1),
                                    told_number("c", -1, 1), told_number("d", -1, 1)};
    for (int i = 0; i < 8; i++) {
        double *at = x + 4 * i;
        for (int k = 0; k < 3; k++)
            at[k] = i >> k & 1 ? 1.0 : -1.0;
        at[3] = at[0] * at[1] * at[2];
        y[i] = 5.0 * at[0] + 4.0 * at[0] * at[1];
    }
    mst_data d = told_data(&(told_ask){.factors = 4,
                                       .points = 8,
                                       .factor = factor,
                                       .x = x,
                                       .y = y,
                                       .method = "",
                                       .response = told_figure("score", false)});
    json_t *s = told_of("regression", &d, NULL);
    assert_near(told_number_at(s, "regression-terms", "a x b", "coefficient"), 4.0, 1e-9);
    assert_says(
        s, "The points cannot tell apart, and either may be what is at work: a x b and c x d.");
    assert_says(s, "The points have two values, and show no bend, of: a, b, c and d.");
    json_decref(s);
    mst_data_free(&d);
}

/* Noise at 40 points of six factors, 27 terms to choose from: no term, and no R2 of -0.00. */
static void test_regression__noise(void **state)
{
    (void)state;
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f"};
    muster_factor factor[6];
    double x[240], y[40];
    gsl_rng *rng = mst_rng_open(12, "noise of a regression");
    for (int k = 0; k < 6; k++)
        factor[k] = told_number(ids[k], 0, 1);
    for (int i = 0; i < 240; i++)
        x[i] = gsl_rng_uniform(rng);
    for (int i = 0; i < 40; i++)
        y[i] = gsl_ran_gaussian(rng, 1.0);
    gsl_rng_free(rng);
    mst_data d = told_data(&(told_ask){.factors = 6,
                                       .points = 40,
                                       .factor = factor,
                                       .x = x,
                                       .y = y,
                                       .method = "lhs",
                                       .response = told_figure("score", false)});
    json_t *s = told_of("regression", &d, NULL);
    assert_says(s, "No factor is worth a term in an equation for 'score'.");
    assert_says(s, "R2 is 0.00, adjusted 0.00,");
    assert_silent(s, "which flatters all three");
    json_decref(s);
    mst_data_free(&d);
    for (int i = 0; i < 40; i++)
        y[i] += 8.0 * x[6 * i];
    d = told_data(&(told_ask){.factors = 6,
                              .points = 40,
                              .factor = factor,
                              .x = x,
                              .y = y,
                              .method = "lhs",
                              .response = told_figure("score", false)});
    s = told_of("regression", &d, NULL);
    assert_says(s, "a matters most to 'score'");
    assert_says(s, "Its terms were chosen from 27 by the same points, which flatters all three.");
    json_decref(s);
    mst_data_free(&d);
}

static void test_regression__nothing_to_explain(void **state)
{
    (void)state;
    double x[10], y[10];
    char why[MST_WHY_BYTES];
    const muster_factor factor = told_number("a", -1, 1);
    for (int p = 0; p < 10; p++) {
        x[p] = place(p, 0);
        y[p] = 7.0;
    }
    told_ask ask = {.factors = 1,
                    .points = 10,
                    .factor = &factor,
                    .x = x,
                    .y = y,
                    .method = "lhs",
                    .response = told_figure("score", false)};
    mst_data d = told_data(&ask);
    json_t *s = told_of("regression", &d, NULL);
    assert_says(s, "'score' is 7 at every point: there is nothing to explain.");
    json_decref(s);
    mst_data_free(&d);
    for (int p = 0; p < 10; p++) { /* ten points of three values */
        x[p] = (double)(p % 3) - 1.0;
        y[p] = x[p] + 0.01 * (double)p;
    }
    d = told_data(&ask);
    s = told_of("regression", &d, NULL);
    assert_says(s, "No equation could be fitted: it takes 3 different points more than factors.");
    json_decref(s);
    mst_data_free(&d);
    ask.points = 3;
    d = told_data(&ask);
    assert_string_equal(told_refusal("regression", &d, NULL, why),
                        "points that set all factors and have the figure: 3; factors that vary: 1; "
                        "it takes 4 and 1");
    mst_data_free(&d);
}

/* Names: the level of the greatest prediction is held against that of the least. */
static void test_regression__names(void **state)
{
    (void)state;
    static const char *const level[] = {"\"NORTH\"", "\"SOUTH\"", "\"WEST\""};
    static const double worth[] = {1.0, 5.0, -6.0};
    double x[2 * 24], y[24];
    const muster_factor factor[] = {told_names("base", level, 3), told_number("a", -1, 1)};
    for (int p = 0; p < 24; p++) {
        x[2 * p] = (double)(p % 3);
        x[2 * p + 1] = place(p, 1);
        y[p] = worth[p % 3] + x[2 * p + 1];
    }
    mst_data d = told_data(&(told_ask){.factors = 2,
                                       .points = 24,
                                       .factor = factor,
                                       .x = x,
                                       .y = y,
                                       .method = "lhs",
                                       .response = told_figure("score", false)});
    json_t *s = told_of("regression", &d, NULL);
    assert_string_equal(told_text_at(s, "regression-swings", "base", "low_value"), "WEST");
    assert_string_equal(told_text_at(s, "regression-swings", "base", "high_value"), "SOUTH");
    assert_near(told_number_at(s, "regression-swings", "base", "change"), 11.0, 1e-9);
    assert_near(told_number_at(s, "regression-terms", "base = SOUTH", "coefficient"), 5.0, 1e-9);
    json_decref(s);
    mst_data_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_regression__finds_the_terms),
        cmocka_unit_test(test_regression__luck_that_points_share),
        cmocka_unit_test(test_regression__a_missed_bend),
        cmocka_unit_test(test_regression__not_to_be_believed),
        cmocka_unit_test(test_regression__aliases),
        cmocka_unit_test(test_regression__noise),
        cmocka_unit_test(test_regression__nothing_to_explain),
        cmocka_unit_test(test_regression__names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
