/* The politics of July 2023 by themselves: what no fleet would have changed. */
#include "test.h"

#include "batch/handles.h"
#include "flow.h"
#include "model/align.h"

#include <stdlib.h>
#include <string.h>

#define CASE "northern-interaction-2023.cfg"

typedef struct judging {
    flow f;
    const mst_model *model;
    mst_fleet_reading *fleet;
    mst_align_output out;
    int32_t prk;
} judging;

/* The worked case as it was judged, ready to be judged again with another fleet. */
static void judging_open(judging *j, const char *variant)
{
    assert_int_equal(flow_run(&j->f, CASE, variant, NULL), MUSTER_OK);
    j->model = j->f.model->model;
    j->prk = mst_model_state(j->model, "PRK");
    assert_true(j->prk >= 0);
    const size_t states = (size_t)j->model->state_count;
    j->fleet = malloc(states * sizeof *j->fleet);
    assert_non_null(j->fleet);
    memcpy(j->fleet, j->f.result->run->fleet, states * sizeof *j->fleet);
    j->out = (mst_align_output){.term_capacity = mst_align_term_capacity(j->model, 0)};
    j->out.term = calloc((size_t)j->out.term_capacity, sizeof *j->out.term);
    j->out.verdict = calloc(states, sizeof *j->out.verdict);
    assert_non_null(j->out.term);
    assert_non_null(j->out.verdict);
}

static const mst_verdict *judge(judging *j)
{
    const mst_align_input in = {0, &j->f.result->run->values, j->fleet, NULL, NULL};
    j->model->kinds->align[0]->evaluate(j->model, &in, &j->out);
    for (int32_t i = 0; i < j->out.verdict_count; i++)
        if (j->out.verdict[i].state == j->prk)
            return &j->out.verdict[i];
    fail_msg("North Korea is not judged");
    return NULL;
}

static void judging_close(judging *j)
{
    free(j->fleet);
    free(j->out.term);
    free(j->out.verdict);
    flow_close(&j->f);
}

/* DEFINITIONS 4: U lies in -.264 .. -.164 (China) and -.128 .. -.028 (Russia) whatever the kit. */
static void test_politics__both_hosts_refuse_for_every_kit(void **state)
{
    (void)state;
    judging j;
    judging_open(&j, NULL);
    double last[2] = {-1.0, -1.0};
    for (int32_t step = 0; step <= 1000; step++) {
        j.fleet[j.prk].kit = step / 1000.0;
        j.fleet[j.prk].cap = step / 1000.0;
        const mst_verdict *v = judge(&j);
        assert_int_equal(v->stage_count, 4);
        for (int32_t host = 0; host < 2; host++) {
            const mst_stage_result *stage = &v->stage[1 + host];
            assert_int_equal(stage->stage, MST_ADMIT);
            assert_int_equal(stage->standing, MST_NO);
            assert_true(stage->margin >= last[host]); /* more kit never makes it less welcome */
            last[host] = stage->margin;
            if (step == 0)
                assert_near(stage->margin, host == 0 ? -0.264 : -0.128, 5e-4);
            if (step == 1000)
                assert_near(stage->margin, host == 0 ? -0.164 : -0.028, 5e-4);
        }
        /* the drill's need is .35: from there on it would be able, and still not admitted */
        assert_int_equal(v->stage[0].standing, step >= 350 ? MST_YES : MST_NO);
        assert_false(v->joins);
    }
    judging_close(&j);
}

/* Fuel and two frigates: able, and not admitted. */
static void test_politics__fuel_and_frigates_make_it_able_and_no_more(void **state)
{
    (void)state;
    judging j;
    judging_open(&j, "fuel-and-frigates");
    const mst_verdict *v = judge(&j);
    assert_int_equal(v->stage[0].standing, MST_YES);
    assert_int_equal(v->stage[1].standing, MST_NO);
    assert_int_equal(v->stage[2].standing, MST_NO);
    assert_false(v->joins);
    judging_close(&j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_politics__both_hosts_refuse_for_every_kit),
        cmocka_unit_test(test_politics__fuel_and_frigates_make_it_able_and_no_more),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
