/* The politics of July 2023 by themselves: what no fleet would have changed. */
#include "test.h"

#include "base/text.h"
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

/* Without a fleet, an index or a rule there is no answer: neither yes nor no, and nobody is sent. */
static void test_politics__nothing_to_judge_by_is_no_answer(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run(&f, "camps-2023.cfg", NULL, NULL), MUSTER_OK);
    const mst_model *m = f.model->model;
    const mst_run *run = f.result->run;
    const int32_t prk = mst_model_state(m, "PRK"), chn = mst_model_state(m, "CHN");
    const mst_verdict *v = mst_verdict_of(run, 0, prk);
    assert_non_null(v);
    assert_false(mst_verdict_is_assessed(v));
    assert_false(v->joins);
    assert_true(v->is_partly_assessed);
    assert_true(isnan(v->p_low) && isnan(v->p_high));
    assert_false(run->takes_part[prk]);
    assert_true(run->takes_part[chn]);
    json_t *told = flow_json(&f);
    const json_t *verdict = flow_find(json_object_get(told, "decisions"), "state", "PRK");
    assert_true(json_is_null(json_object_get(verdict, "joins")));
    assert_true(json_is_null(json_object_get(verdict, "probability")));
    flow_close(&f);
}

/* Thirteen sorts of ships for thirteen sorts of places: too many to go through, so that able has no P. It is
 * all that is assessed: then joining has none either. */
static void test_politics__no_p_of_any_stage_is_no_p_of_joining(void **state)
{
    (void)state;
    enum { SORTS = 13 };
    flow f;
    mst_text t;
    mst_text_init(&t, NULL);
    mst_text_add(
        &t,
        "scenario = { id = \"lots\"; title = \"Lots\"; start = \"2023-07-18T00:00Z\"; horizon = "
        "\"4 d\"; };\n"
        "states = { H = { attributes = { gain = 0.5; }; }; C = { name = \"C\"; }; };\n"
        "bases = { P = { sea_lat_deg = 42.95; sea_lon_deg = 131.85; lat_deg = 43.11; lon_deg = "
        "131.89; }; };\n"
        "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };\n"
        "weather = { sea_state = 2; };\nclasses = {\n");
    for (int i = 0; i < SORTS; i++)
        mst_text_printf(&t,
                        "c%d = { roles = [\"r%d\"]; max_speed_kn = 27.0; range_nm = 3500.0; "
                        "range_speed_kn = 14.0; fuel_t = 170.0; };\n",
                        i, i);
    mst_text_add(&t, "};\nunits = {\n");
    for (int i = 0; i < SORTS; i++)
        mst_text_printf(
            &t, "u%d = { class = \"c%d\"; state = \"C\"; base = \"P\"; readiness = 0.9; };\n", i,
            i);
    mst_text_add(&t, "};\ndrills = { d = { hosts = [\"H\"]; candidates = [\"C\"]; area = \"sea\"; "
                     "cap_need = 0.5;\nmuster = { at = \"2023-07-20T00:00Z\"; }; end = "
                     "\"2023-07-20T12:00Z\"; decide_at = \"2023-07-18T00:00Z\"; slots = (\n");
    for (int i = 0; i < SORTS; i++)
        mst_text_printf(&t, "%s{ for = \"candidate\"; role = \"r%d\"; min_hours = \"2 h\"; }",
                        i > 0 ? ", " : "", i);
    mst_text_add(&t, "); }; };\nalignment = { rules = { b = { stage = \"accept\"; form = "
                     "\"product\"; sign = 1; weight = 1.0; terms = [\"cand.gain\"]; }; }; };\n");
    char *text = mst_text_take(&t);
    assert_non_null(text);
    assert_int_equal(flow_run_text(&f, text), MUSTER_OK);
    const mst_model *m = f.model->model;
    const mst_verdict *v = mst_verdict_of(f.result->run, 0, mst_model_state(m, "C"));
    const mst_verdict *host = mst_verdict_of(f.result->run, 0, mst_model_state(m, "H"));
    assert_int_equal(v->stage[0].standing, MST_YES);
    assert_true(isnan(v->stage[0].p));
    assert_true(mst_verdict_is_assessed(v) && v->joins);
    assert_true(isnan(v->p) && isnan(v->p_low) && isnan(v->p_high));
    assert_true(host->joins && isnan(host->p)); /* a condition: there, and of no P */
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    char *why = muster_tell_why(&tell, "C", NULL, false, f.diags);
    assert_non_null(why);
    assert_non_null(strstr(why, "politics alone, if it could come: not"));
    muster_tell_free(why, NULL);
    flow_close(&f);
    muster_tell_free(text, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_politics__both_hosts_refuse_for_every_kit),
        cmocka_unit_test(test_politics__fuel_and_frigates_make_it_able_and_no_more),
        cmocka_unit_test(test_politics__nothing_to_judge_by_is_no_answer),
        cmocka_unit_test(test_politics__no_p_of_any_stage_is_no_p_of_joining),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
