/* How two inputs act together. */
#include "test.h"

#include "estimate/effects.h"
#include "points_make.h"

#include <gsl/gsl_cdf.h>

static mst_interaction cells_of(const mst_points *points, mst_spread spread, double level)
{
    mst_interaction out;
    const char *reason = NULL;
    assert_int_equal(mst_interaction_of(points, 0, 1, spread, level, &out, &reason), MUSTER_OK);
    assert_null(reason);
    return out;
}

static const mst_input two_by_two[] = {{.kind = MST_INPUT_CHOICE, .levels = 2}, {0}};

/* Cells of two points each, means 1, 2, 3, 7, each point 1 off its mean: contrast (7 - 2) - (3 - 1)
 * = 3; pooled variance 8/4 = 2, error sqrt(2 * 4 / 2) = 2 with 4 degrees of freedom. */
static void test_effects_pairs__two_by_two_by_hand(void **state)
{
    (void)state;
    static const double mean[] = {1, 2, 3, 7};
    double x[16], y[8];
    for (int i = 0; i < 8; i++) {
        x[2 * i] = i % 4 / 2;
        x[2 * i + 1] = i % 2 ? 400.0 : 150.0; /* a number of two values */
        y[i] = mean[i % 4] + (i < 4 ? 1.0 : -1.0);
    }
    const mst_points points = {.rows = 8, .inputs = 2, .input = two_by_two, .x = x, .y = y};
    mst_interaction out = cells_of(&points, MST_SPREAD_POINTS, 0.95);
    for (int32_t row = 0; row < 8; row++)
        assert_int_equal(mst_interaction_cell_of(&out, &points, (const int32_t[]){0, 1}, row),
                         row % 4);
    for (int c = 0; c < 4; c++) {
        assert_int_equal(out.cell[c].points, 2);
        assert_near(out.cell[c].mean, mean[c], 1e-15);
    }
    assert_near(out.value[1][0], 150.0, 0.0);
    assert_near(out.value[1][1], 400.0, 0.0);
    assert_int_equal(out.contrasts, 1);
    assert_near(out.contrast, 3.0, 1e-14);
    assert_near(out.error, 2.0, 1e-14);
    assert_near(out.df, 4.0, 0.0);
    const double half = 2.0 * gsl_cdf_tdist_Pinv(0.975, 4.0);
    assert_near(out.low, 3.0 - half, 1e-12);
    assert_near(out.high, 3.0 + half, 1e-12);
    assert_near(out.f, 2.25, 1e-13); /* of one contrast: t squared */
    assert_near(out.df_f, 1.0, 0.0);
    assert_near(out.p, 2.0 * gsl_cdf_tdist_Q(1.5, 4.0), 1e-12);
    mst_interaction_free(&out);
}

/* One point a cell: only replications are there to hold the contrast against, their variance
 * pooled. */
static void test_effects_pairs__replications_or_nothing(void **state)
{
    (void)state;
    static const double x[] = {0, 1, 0, 2, 1, 1, 1, 2}, y[] = {1, 2, 3, 7};
    double s2[] = {4, 8, 5, 5};
    int32_t n[] = {4, 2, 3, 3};
    const mst_points points = {4, 2, two_by_two, x, y, n, s2};
    mst_interaction out = cells_of(&points, MST_SPREAD_POINTS, 0.95);
    assert_near(out.contrast, 3.0, 0.0);
    assert_true(isnan(out.error) && isnan(out.low) && isnan(out.p));
    mst_interaction_free(&out);
    out = cells_of(&points, MST_SPREAD_RUNS, 0.95);
    const double pooled = (3 * 4.0 + 1 * 8.0 + 2 * 5.0 + 2 * 5.0) / 8.0;
    assert_near(out.error, sqrt(pooled * (1.0 / 4 + 1.0 / 2 + 1.0 / 3 + 1.0 / 3)), 1e-14);
    assert_near(out.df, 8.0, 0.0);
    assert_near(out.f, 9.0 / (out.error * out.error), 1e-12);
    mst_interaction_free(&out);
    s2[1] = (double)NAN;
    out = cells_of(&points, MST_SPREAD_RUNS, 0.95);
    assert_true(isnan(out.error) && isnan(out.p));
    mst_interaction_free(&out);
}

/* Three levels by four values, some cells fuller than others, one empty: the contrast is the
 * largest of those that can be formed, and F is that of two metamodels, with products and without.
 * */
static void test_effects_pairs__larger_tables(void **state)
{
    (void)state;
    enum { N = 50 };
    const mst_input input[] = {{.kind = MST_INPUT_CHOICE, .levels = 3},
                               {.kind = MST_INPUT_CHOICE, .levels = 4}};
    double x[2 * N], y[N];
    gsl_rng *rng = mst_rng_open(41, "pairs");
    draw_inputs(rng, input, 2, N, x);
    for (int i = 0; i < N; i++) {
        if (x[2 * i] < 0.5 && x[2 * i + 1] > 2.5)
            x[2 * i] = 1.0; /* cell (0, 3) is empty */
        y[i] = x[2 * i] * x[2 * i] + x[2 * i + 1] + gsl_ran_gaussian(rng, 1.0);
    }
    gsl_rng_free(rng);
    const mst_points points = {.rows = N, .inputs = 2, .input = input, .x = x, .y = y};
    mst_interaction out = cells_of(&points, MST_SPREAD_POINTS, 0.95);
    double largest = 0.0;
    int contrasts = 0;
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < a; b++)
            for (int p = 0; p < 4; p++)
                for (int q = 0; q < p; q++) {
                    const double value = out.cell[a * 4 + p].mean - out.cell[a * 4 + q].mean -
                                         out.cell[b * 4 + p].mean + out.cell[b * 4 + q].mean;
                    contrasts += !isnan(value);
                    largest = fmax(largest, fabs(value));
                }
    assert_int_equal(out.contrasts, contrasts);
    assert_int_equal(contrasts, 12); /* 18 less those 2 * 3 with the empty cell */
    assert_near(fabs(out.contrast), largest, 1e-13);
    const int at[] = {out.at[0][0] * 4 + out.at[1][0], out.at[0][0] * 4 + out.at[1][1],
                      out.at[0][1] * 4 + out.at[1][0], out.at[0][1] * 4 + out.at[1][1]};
    assert_near(out.contrast,
                out.cell[at[3]].mean - out.cell[at[1]].mean - out.cell[at[2]].mean +
                    out.cell[at[0]].mean,
                1e-13);
    assert_near(out.high - out.contrast, out.error * gsl_cdf_tdist_Qinv(0.025 / 12.0, out.df),
                1e-11);
    mst_meta full, additive;
    const char *reason = NULL;
    mst_meta_options how = {MST_META_INTERACTIONS, MST_META_ALIKE, MST_META_ALL_TERMS, 0.95};
    assert_int_equal(mst_meta_fit(&points, &how, &full, &reason), MUSTER_OK);
    how.form = MST_META_LINEAR;
    assert_int_equal(mst_meta_fit(&points, &how, &additive, &reason), MUSTER_OK);
    const double rest = full.sd * full.sd * full.df, more = additive.sd * additive.sd * additive.df;
    assert_int_equal(full.df, N - 11);
    assert_near(out.df, full.df, 0.0);
    assert_near(out.df_f, additive.df - full.df, 0.0);
    assert_near(out.f, (more - rest) / (additive.df - full.df) / (rest / full.df), 1e-10);
    mst_meta_free(&full);
    mst_meta_free(&additive);
    mst_interaction_free(&out);
}

/* Effects that add up: the interval holds 0 and the test refuses as often as they say. Of a larger
 * table the interval is for all contrasts together, and so covers no less. */
static void test_effects_pairs__promise_where_effects_add_up(void **state)
{
    (void)state;
    enum { N = 48, TRIALS = 4000 };
    double x[2 * N], y[N];
    for (int wide = 2; wide <= 4; wide += 2) {
        const mst_input input[] = {{.kind = MST_INPUT_CHOICE, .levels = 2},
                                   {.kind = MST_INPUT_CHOICE, .levels = wide}};
        const mst_points points = {.rows = N, .inputs = 2, .input = input, .x = x, .y = y};
        gsl_rng *rng = mst_rng_open(42, "additive");
        int hits = 0, refused = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            for (int i = 0; i < N; i++) {
                x[2 * i] = i % 2;
                x[2 * i + 1] = i * i % 7 % wide;
                y[i] = 3.0 * x[2 * i] - 2.0 * x[2 * i + 1] + gsl_ran_gaussian(rng, 1.0);
            }
            mst_interaction out = cells_of(&points, MST_SPREAD_POINTS, 0.9);
            hits += out.low <= 0.0 && 0.0 <= out.high;
            refused += out.p < 0.05;
            mst_interaction_free(&out);
        }
        gsl_rng_free(rng);
        assert_rate(refused, TRIALS, 0.05);
        if (wide == 2)
            assert_rate(hits, TRIALS, 0.9);
        else
            assert_true(hits > TRIALS * 0.885);
    }
}

/* 5 z0 z1 + 2 z0 in coded inputs: between the ends of both the contrast is 5 * 4; between others in
 * proportion; for a choice and a number, the levels asked for. */
static void test_effects_pairs__by_model(void **state)
{
    (void)state;
    enum { N = 60 };
    const mst_input input[] = {{MST_INPUT_REAL, 0.0, 10.0, 0},
                               {MST_INPUT_REAL, 5.0, 6.0, 0},
                               {.kind = MST_INPUT_CHOICE, .levels = 3}};
    static const double slope[] = {0.5, -1.0, 2.0};
    double x[3 * N], y[N];
    gsl_rng *rng = mst_rng_open(43, "model");
    draw_inputs(rng, input, 3, N, x);
    gsl_rng_free(rng);
    for (int i = 0; i < N; i++) {
        const double a = x[3 * i] / 5.0 - 1.0, b = 2.0 * x[3 * i + 1] - 11.0;
        y[i] = 5.0 * a * b + 2.0 * a + slope[(int)x[3 * i + 2]] * b;
    }
    const mst_points points = {.rows = N, .inputs = 3, .input = input, .x = x, .y = y};
    const mst_meta_options how = {MST_META_QUADRATIC, MST_META_ALIKE, MST_META_ALL_TERMS, 0.95};
    mst_meta meta;
    const char *reason = NULL;
    assert_int_equal(mst_meta_fit(&points, &how, &meta, &reason), MUSTER_OK);
    mst_meta_estimate out;
    assert_int_equal(mst_interaction_by_model(&meta, 0, 1, NULL, NULL, &out), MUSTER_OK);
    assert_near(out.value, 20.0, 1e-12);
    const double half[] = {5.0, 10.0}, levels[] = {1.0, 2.0};
    assert_int_equal(mst_interaction_by_model(&meta, 0, 1, half, NULL, &out), MUSTER_OK);
    assert_near(out.value, 10.0, 1e-12);
    assert_int_equal(mst_interaction_by_model(&meta, 2, 1, NULL, NULL, &out), MUSTER_OK);
    assert_near(out.value, 2.0 * (2.0 - 0.5), 1e-12);
    assert_int_equal(mst_interaction_by_model(&meta, 2, 1, levels, NULL, &out), MUSTER_OK);
    assert_near(out.value, 2.0 * (2.0 + 1.0), 1e-12);
    assert_int_equal(mst_interaction_by_model(&meta, 2, 0, levels, NULL, &out), MUSTER_OK);
    assert_near(out.value, 0.0, 1e-12);
    assert_int_equal(mst_interaction_by_model(&meta, 1, 1, NULL, NULL, &out), MUSTER_MISTAKE);
    assert_int_equal(mst_interaction_by_model(&meta, 3, 1, NULL, NULL, &out), MUSTER_MISTAKE);
    mst_meta_free(&meta);
}

/* In a noisy world the contrast's error is four times that of the product's coefficient. */
static void test_effects_pairs__by_model_with_its_error(void **state)
{
    (void)state;
    enum { N = 30 };
    const mst_input input[] = {{0}, {0}};
    double x[2 * N], y[N];
    gsl_rng *rng = mst_rng_open(44, "error");
    for (int i = 0; i < N; i++) {
        x[2 * i] = gsl_rng_uniform(rng);
        x[2 * i + 1] = gsl_rng_uniform(rng);
        y[i] = gsl_ran_gaussian(rng, 1.0);
    }
    gsl_rng_free(rng);
    const mst_points points = {.rows = N, .inputs = 2, .input = input, .x = x, .y = y};
    const mst_meta_options how = {MST_META_INTERACTIONS, MST_META_ALIKE, MST_META_ALL_TERMS, 0.9};
    mst_meta meta;
    const char *reason = NULL;
    assert_int_equal(mst_meta_fit(&points, &how, &meta, &reason), MUSTER_OK);
    mst_meta_estimate out;
    assert_int_equal(mst_interaction_by_model(&meta, 0, 1, NULL, NULL, &out), MUSTER_OK);
    const mst_meta_coefficient *c = &meta.coefficient[3];
    assert_near(out.value, 4.0 * c->value, 1e-12);
    assert_near(out.error, 4.0 * c->error, 1e-12);
    assert_near(out.low, 4.0 * c->low, 1e-12);
    assert_near(out.p, c->p, 1e-12);
    mst_meta_free(&meta);
}

static void test_effects_pairs__refuses_what_is_not_sound(void **state)
{
    (void)state;
    const mst_input input[] = {{0}, {0}};
    double x[24], y[12];
    for (int i = 0; i < 12; i++) {
        x[2 * i] = i;
        x[2 * i + 1] = i % 2;
        y[i] = i;
    }
    const mst_points points = {.rows = 12, .inputs = 2, .input = input, .x = x, .y = y};
    mst_interaction out;
    const char *reason = NULL;
    assert_int_equal(mst_interaction_of(&points, 0, 1, MST_SPREAD_POINTS, 0.9, &out, &reason),
                     MUSTER_MISTAKE);
    assert_string_equal(reason, "an input has too many values for cells");
    assert_null(out.cell);
    assert_int_equal(mst_interaction_of(&points, 1, 1, MST_SPREAD_POINTS, 0.9, &out, &reason),
                     MUSTER_MISTAKE);
    assert_string_equal(reason, "an input has no interaction with itself");
    /* no four cells: no contrast, no crash */
    for (int i = 0; i < 12; i++)
        x[2 * i] = x[2 * i + 1];
    assert_int_equal(mst_interaction_of(&points, 0, 1, MST_SPREAD_POINTS, 0.9, &out, &reason),
                     MUSTER_OK);
    assert_int_equal(out.contrasts, 0);
    assert_true(isnan(out.contrast) && isnan(out.f));
    mst_interaction_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_effects_pairs__two_by_two_by_hand),
        cmocka_unit_test(test_effects_pairs__replications_or_nothing),
        cmocka_unit_test(test_effects_pairs__larger_tables),
        cmocka_unit_test(test_effects_pairs__promise_where_effects_add_up),
        cmocka_unit_test(test_effects_pairs__by_model),
        cmocka_unit_test(test_effects_pairs__by_model_with_its_error),
        cmocka_unit_test(test_effects_pairs__refuses_what_is_not_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
