/* Weights from a record of drills: columns, options and records that are refused. */
#include "fit_scene.h"
#include "test.h"

static void expect_refusal(fit_scene *s, mst_fit_fault fault, int32_t row)
{
    char text[200];
    assert_int_equal(fit_scene_prepare(s), MUSTER_MISTAKE);
    assert_int_equal(s->why.fault, fault);
    assert_int_equal(s->why.row, row);
    assert_true(strlen(mst_fit_says(s->why, text, sizeof text)) > 10);
    fit_scene_close(s);
}

static void test_fit_refusals__columns_refused(void **state)
{
    (void)state;
    fit_scene *s = fit_scene_open(&fit_scene_usual, 0);
    s->world.outcome[3] = 2;
    expect_refusal(s, MST_FIT_BAD_OUTCOME, 3);
    s = fit_scene_open(&fit_scene_usual, 0);
    s->world.series[4] = fit_scene_usual.series;
    expect_refusal(s, MST_FIT_BAD_SERIES, 4);
    s = fit_scene_open(&fit_scene_usual, 0);
    s->world.drill[5] = -1;
    expect_refusal(s, MST_FIT_BAD_DRILL, 5);
    s = fit_scene_open(&fit_scene_usual, 0);
    s->world.time[6] = (double)NAN;
    expect_refusal(s, MST_FIT_BAD_TIME, 6);
    s = fit_scene_open(&fit_scene_usual, 0);
    s->world.host_from[8] = s->world.host_from[7] - 1;
    expect_refusal(s, MST_FIT_BAD_HOSTS, 7);
    s = fit_scene_open(&fit_scene_usual, 0);
    s->world.x[MST_FIT_ADMIT][2 * s->world.host_from[9] + 1] = -(double)INFINITY;
    expect_refusal(s, MST_FIT_INFINITE, 9);
    s = fit_scene_open(&fit_scene_usual, 0);
    static double last[FIT_ROWS];
    last[2] = 1.5;
    s->world.record.last_time = last;
    expect_refusal(s, MST_FIT_BAD_NULL, 2);
    s = fit_scene_open(&fit_scene_usual, 0);
    static const int8_t signs[] = {1, 2};
    s->world.record.expected[MST_FIT_ABLE] = signs;
    expect_refusal(s, MST_FIT_BAD_SIGN, -1);
    s = fit_scene_open(&fit_scene_usual, 0);
    s->world.record.host_from = NULL;
    expect_refusal(s, MST_FIT_BAD_COLUMN, -1);
    s = fit_scene_open(&fit_scene_usual, 0);
    s->world.record.features[0] = MST_FIT_FEATURES_MAX;
    expect_refusal(s, MST_FIT_BAD_SIZE, -1);
    s = fit_scene_open(&fit_scene_usual, 0);
    memset(s->world.record.features, 0, sizeof s->world.record.features);
    expect_refusal(s, MST_FIT_NO_FEATURES, -1);
}

static void test_fit_refusals__options_refused(void **state)
{
    (void)state;
    static const double falling[] = {2.0, 1.0};
    for (int k = 0; k < 10; k++) {
        fit_scene *s = fit_scene_open(&fit_scene_usual, 0);
        mst_fit_options *o = &s->options;
        o->lambda = k == 0 ? -1.0 : k == 1 ? (double)INFINITY : 1.0;
        o->light = k == 2 ? 0.0 : 0.3;
        o->folds = k == 3 ? 1 : 6;
        o->inner_folds = k == 4 ? -1 : 3;
        o->starts = k == 5 ? 0 : 1;
        o->replicates = k == 6 ? -1 : 10;
        o->level = k == 7 ? 1.0 : 0.95;
        o->permutations = k == 8 ? -1 : 9;
        o->lambdas = k == 9 ? falling : NULL;
        o->lambda_count = 2;
        expect_refusal(s, MST_FIT_BAD_OPTION, -1);
    }
}

/* Ten joins are enough, nine are not; a join with a gap does not count. */
static void test_fit_refusals__too_few(void **state)
{
    (void)state;
    for (int32_t joins = 9; joins <= 11; joins++) {
        fit_scene *s = fit_scene_open(&fit_scene_usual, 0);
        for (int32_t i = 0; i < s->world.record.rows; i++)
            s->world.outcome[i] = i % 4 == 0 && i < 4 * joins;
        if (joins == 11)
            s->world.x[MST_FIT_ABLE][0] = s->world.x[MST_FIT_ABLE][8] = (double)NAN;
        assert_int_equal(fit_scene_prepare(s), joins == 10 ? MUSTER_OK : MUSTER_MISTAKE);
        assert_int_equal(s->design.joins, joins == 10 ? 10 : 9);
        if (joins != 10) {
            assert_int_equal(s->why.fault, MST_FIT_FEW_JOINS);
            assert_int_equal(s->why.number, 9);
        }
        fit_scene_close(s);
    }
    fit_scene *s = fit_scene_open(&fit_scene_usual, 0);
    memset(s->world.outcome, 1, sizeof s->world.outcome);
    expect_refusal(s, MST_FIT_NO_ABSENCES, -1);
    s = fit_scene_open(&fit_scene_usual, 0);
    for (int32_t i = 0; i < s->world.record.rows; i++)
        s->world.series[i] = i % 2;
    expect_refusal(s, MST_FIT_FEW_SERIES, -1);
    s = fit_scene_open(&fit_scene_usual, 0);
    for (int b = 0; b < MST_FIT_BLOCKS; b++)
        memset(s->world.x[b], 0, sizeof s->world.x[b]);
    mst_fit_weights w;
    assert_int_equal(fit_scene_prepare(s), MUSTER_OK);
    assert_int_equal(mst_fit_weights_of(&s->arena, &s->design, NULL, 1.0, &w, &s->why),
                     MUSTER_MISTAKE);
    assert_int_equal(s->why.fault, MST_FIT_ALL_HELD);
    fit_scene_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fit_refusals__columns_refused),
        cmocka_unit_test(test_fit_refusals__options_refused),
        cmocka_unit_test(test_fit_refusals__too_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
