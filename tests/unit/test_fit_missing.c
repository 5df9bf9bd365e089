/* Weights from a record of drills: features that are held, rows that lack something, and what must not
 * leak into a prediction. */
#include "fit_scene.h"
#include "test.h"

/* ---- held features ------------------------------------------------------------------------------- */

static void test_fit_missing__constant_and_collinear(void **state)
{
    (void)state;
    fit_scene *s = fit_scene_open(&fit_scene_usual, 6);
    fit_world *w = &s->world;
    static double wide[FIT_ROWS * 5];
    for (int32_t i = 0; i < w->record.rows; i++) {
        const double a = w->x[MST_FIT_ABLE][2 * i], b = w->x[MST_FIT_ABLE][2 * i + 1];
        const double row[] = {a, 0.1, b, 3.0 * a - b + 1e6, a + 1e-3 * sin(i)};
        memcpy(wide + 5 * i, row, sizeof row);
    }
    w->record.x[MST_FIT_ABLE] = wide;
    w->record.features[MST_FIT_ABLE] = 5;
    const mst_fit_weights f = fit_scene_weights(s, 1.0);
    assert_int_equal(f.held[1], MST_FIT_FREE);
    assert_int_equal(f.held[2], MST_FIT_CONSTANT);
    assert_int_equal(f.held[3], MST_FIT_FREE);
    assert_int_equal(f.held[4], MST_FIT_COLLINEAR);
    assert_true(f.with[4] == (UINT64_C(1) << 1 | UINT64_C(1) << 3)); /* named: both, no other */
    assert_int_equal(f.held[5], MST_FIT_FREE);                       /* nearly is not */
    assert_true(f.raw[2] == 0.0 && f.raw[4] == 0.0 && f.standard[4] == 0.0);
    assert_true(f.raw[1] != 0.0 && f.raw[5] != 0.0);
    /* the same fit as without them */
    static double narrow[FIT_ROWS * 3];
    for (int32_t i = 0; i < w->record.rows; i++) {
        narrow[3 * i] = wide[5 * i];
        narrow[3 * i + 1] = wide[5 * i + 2];
        narrow[3 * i + 2] = wide[5 * i + 4];
    }
    w->record.x[MST_FIT_ABLE] = narrow;
    w->record.features[MST_FIT_ABLE] = 3;
    const mst_fit_weights g = fit_scene_weights(s, 1.0);
    assert_near(f.log_likelihood, g.log_likelihood, 1e-6);
    fit_scene_close(s);
}

/* ---- missing -------------------------------------------------------------------------------------- */

/* A gap takes the row out of the fit, whatever stands in the rest of it, and its stage out of its
 * prediction; a host's gap takes that host out. */
static void test_fit_missing__missing(void **state)
{
    (void)state;
    fit_scene *s = fit_scene_open(&fit_scene_usual, 7);
    fit_world *w = &s->world;
    static double p[FIT_ROWS];
    int32_t two = 0; /* a row with two hosts */
    while (w->host_from[two + 1] - w->host_from[two] != 2)
        two++;
    const int32_t gap = two == 0 ? 1 : 0;
    w->x[MST_FIT_ABLE][2 * gap] = (double)NAN;
    w->x[MST_FIT_ADMIT][2 * w->host_from[two]] = (double)NAN;
    const mst_fit_weights a = fit_scene_weights(s, 1.0);
    mst_fit_predict(&s->design, &a, p);
    assert_int_equal(s->design.usable, w->record.rows - 2);
    assert_int_equal(s->design.partial, 2);
    assert_int_equal(s->design.lacking[gap], 1U << MST_FIT_ABLE);
    assert_int_equal(s->design.lacking[two], 1U << MST_FIT_ADMIT);
    /* by hand: the record with a stage of certain P in place of the gap's */
    double expected = 1.0;
    for (int32_t k = 1; k < 3; k++) {
        const mst_fit_stage *stage = &s->design.stage[k];
        for (int32_t e = stage->from[gap]; e < stage->from[gap + 1]; e++) {
            double eta = a.raw[stage->at];
            for (int32_t j = 0; j < stage->width; j++)
                eta += a.raw[stage->at + 1 + j] * stage->raw[e * stage->width + j];
            expected *= fit_logistic(eta);
        }
    }
    assert_near(p[gap], expected, 1e-14);
    assert_int_equal(s->design.stage[0].from[gap + 1] - s->design.stage[0].from[gap], 0);
    assert_int_equal(s->design.stage[1].from[two + 1] - s->design.stage[1].from[two], 1);
    /* the rest of such a row, and its outcome, say nothing to the fit: not a bit changes */
    w->x[MST_FIT_ABLE][2 * gap + 1] = 1e3;
    w->x[MST_FIT_ACCEPT][two] = -1e3;
    w->outcome[two] = (int8_t)!w->outcome[two];
    w->outcome[gap] = -1;
    const mst_fit_weights b = fit_scene_weights(s, 1.0);
    assert_memory_equal(a.raw, b.raw, sizeof a.raw);
    /* the plain logit has nothing to say of it */
    s->options.is_plain = true;
    const mst_fit_weights c = fit_scene_weights(s, 1.0);
    mst_fit_predict(&s->design, &c, p);
    assert_true(isnan(p[gap]) && isnan(p[two]));
    fit_scene_close(s);
}

/* Rows with gaps have a table of their own, and leave the other as if they were not there. */
static void test_fit_missing__partial_rows_are_scored_apart(void **state)
{
    (void)state;
    fit_scene *s = fit_scene_open(&fit_scene_usual, 7);
    fit_world *w = &s->world;
    mst_fit_result r;
    s->options.permutations = s->options.replicates = 0;
    double brier = 0.0;
    for (int32_t i = 0; i < 10; i++)
        w->x[MST_FIT_ABLE][2 * i] = (double)NAN;
    w->outcome[4] = -1;
    assert_int_equal(mst_fit_run(&s->arena, &w->record, &s->options, &r, &s->why), MUSTER_OK);
    for (int32_t i = 0; i < 10; i++) {
        const double off = r.cross.p[i] - w->outcome[i];
        brier += i == 4 ? 0.0 : off * off / 9.0;
    }
    assert_int_equal(r.cross_partial.scored, 9);
    assert_near(r.cross_partial.against_base.score, brier, 1e-12);
    assert_int_equal(r.cross_scores.scored, w->record.rows - 10);
    s->options.is_plain = true; /* which has no prediction for them */
    assert_int_equal(mst_fit_run(&s->arena, &w->record, &s->options, &r, &s->why), MUSTER_OK);
    assert_int_equal(r.cross_partial.scored, 0);
    assert_int_equal(r.cross_partial.unpredicted, 9);
    fit_scene_close(s);
}

static void test_fit_missing__no_host_is_a_gap(void **state)
{
    (void)state;
    fit_scene *s = fit_scene_open(&fit_scene_usual, 7);
    fit_world *w = &s->world;
    const int32_t last = w->record.rows - 1;
    w->host_from[last + 1] = w->host_from[last];
    assert_int_equal(fit_scene_prepare(s), MUSTER_OK);
    assert_false(s->design.is_usable[last]);
    assert_int_equal(s->design.lacking[last], 1U << MST_FIT_ADMIT);
    fit_scene_close(s);
}

/* ---- leaks ------------------------------------------------------------------------------------------ */

/* Whatever is done to the outcomes and features of a series left out, not one bit changes in what is
 * predicted for it, but by the row's own features. Each series is left out by itself; lambda is chosen. */
static void test_fit_missing__nothing_leaks(void **state)
{
    (void)state;
    enum { LEFT = 5 };
    static const double grid[] = {0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0};
    for (int plain = 0; plain < 2; plain++) {
        fit_scene *s = fit_scene_open(&fit_scene_usual, 9);
        fit_world *w = &s->world;
        s->options.is_plain = plain;
        s->options.folds = 0;
        s->options.lambda = (double)NAN;
        s->options.lambdas = grid;
        s->options.lambda_count = 10; /* fine: another record, another lambda */
        s->options.part_starts = 1;
        const mst_fit_outside before = fit_scene_cross(s);
        int32_t first = 0;
        while (w->series[first] != LEFT)
            first++;
        /* all outcomes turned or forgotten, all features but those of the first row made absurd */
        int32_t changed = 0;
        for (int32_t i = first; i < w->record.rows && w->series[i] == LEFT; i++, changed++) {
            w->outcome[i] = (int8_t)(i % 3 == 0 ? -1 : !w->outcome[i]);
            if (i == first)
                continue;
            for (int j = 0; j < 2; j++)
                w->x[MST_FIT_ABLE][2 * i + j] = i % 2 ? 1e9 : (double)NAN;
            for (int32_t h = 2 * w->host_from[i]; h < 2 * w->host_from[i + 1]; h++)
                w->x[MST_FIT_ADMIT][h] = -4e7;
            w->x[MST_FIT_ACCEPT][i] = 77.0;
        }
        assert_true(changed >= 3);
        const mst_fit_outside after = fit_scene_cross(s);
        assert_memory_equal(&before.p[first], &after.p[first], sizeof(double));
        for (int32_t i = first; i < first + changed; i++) {
            assert_memory_equal(&before.base[i], &after.base[i], sizeof(double));
            assert_memory_equal(&before.lambda[i], &after.lambda[i], sizeof(double));
        }
        /* its own features do move it, and the others' predictions moved: the fit looks at both */
        assert_true(before.p[first + 1] != after.p[first + 1]);
        int32_t moved = 0;
        for (int32_t i = 0; i < first; i++)
            moved += before.p[i] != after.p[i];
        assert_true(moved > first / 2);
        assert_int_equal(before.parts, fit_scene_usual.series);
        assert_int_equal(before.failed, 0);
        fit_scene_close(s);
    }
}

/* The part's own base rate and weights: a fit to the record without the series says the same. */
static void test_fit_missing__left_out_is_left_out(void **state)
{
    (void)state;
    fit_scene *s = fit_scene_open(&fit_scene_usual, 9);
    fit_world *w = &s->world;
    s->options.folds = 0;
    s->options.part_starts = 4;
    const mst_fit_outside out = fit_scene_cross(s);
    static int32_t times[FIT_ROWS];
    for (int32_t k = 0; k < fit_scene_usual.series; k++)
        times[k] = k != 11;
    mst_fit_weights f;
    static double p[FIT_ROWS];
    assert_int_equal(mst_fit_weights_of(&s->arena, &s->design, times, 1.0, &f, &s->why), MUSTER_OK);
    mst_fit_predict(&s->design, &f, p);
    int32_t joins = 0, rows = 0;
    for (int32_t i = 0; i < w->record.rows; i++) {
        joins += w->series[i] != 11 && w->outcome[i];
        rows += w->series[i] != 11;
    }
    for (int32_t i = 0; i < w->record.rows; i++)
        if (w->series[i] == 11) {
            assert_near(out.p[i], p[i], 1e-3); /* to a thousandth of a deviation of the weights */
            assert_near(out.base[i], (double)joins / rows, 1e-15);
        }
    fit_scene_close(s);
}

static void test_fit_missing__forward_looks_back_only(void **state)
{
    (void)state;
    fit_scene *s = fit_scene_open(&fit_scene_usual, 10);
    fit_world *w = &s->world;
    mst_fit_outside before, after;
    assert_int_equal(fit_scene_prepare(s), MUSTER_OK);
    assert_int_equal(mst_fit_forward(&s->arena, &s->design, &before, &s->why), MUSTER_OK);
    for (int32_t i = 0; i < w->record.rows; i++) {
        if (w->time[i] < 2003.0)
            continue;
        w->outcome[i] = (int8_t)!w->outcome[i];
        if (w->time[i] > 2003.0)
            w->x[MST_FIT_ACCEPT][i] = 1e6;
    }
    assert_int_equal(fit_scene_prepare(s), MUSTER_OK);
    assert_int_equal(mst_fit_forward(&s->arena, &s->design, &after, &s->why), MUSTER_OK);
    int32_t predicted = 0, moved = 0;
    for (int32_t i = 0; i < w->record.rows; i++) {
        if (w->time[i] <= 2003.0)
            assert_memory_equal(&before.p[i], &after.p[i], sizeof(double));
        else
            moved += before.p[i] != after.p[i];
        assert_true(w->time[i] > 2000.0 || isnan(before.p[i])); /* nothing before the first */
        predicted += !isnan(before.p[i]);
    }
    assert_true(predicted > 30 && moved > 5);
    w->record.time = NULL;
    assert_int_equal(fit_scene_prepare(s), MUSTER_OK);
    assert_int_equal(mst_fit_forward(&s->arena, &s->design, &after, &s->why), MUSTER_MISTAKE);
    fit_scene_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fit_missing__constant_and_collinear),
        cmocka_unit_test(test_fit_missing__missing),
        cmocka_unit_test(test_fit_missing__partial_rows_are_scored_apart),
        cmocka_unit_test(test_fit_missing__no_host_is_a_gap),
        cmocka_unit_test(test_fit_missing__nothing_leaks),
        cmocka_unit_test(test_fit_missing__left_out_is_left_out),
        cmocka_unit_test(test_fit_missing__forward_looks_back_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
