/* Rivals on an invented world of three hosts: the arithmetic of answers, of the record before and
 * beside a drill, and of scores. Nothing here says that a model should win. */
#include "test.h"

#include "align/judge.h"
#include "batch/handles.h"
#include "document.h"
#include "flow.h"
#include "memory.h"
#include "outcome/rivals.h"

#include <math.h>
#include <string.h>

/* Four editions of one series and one drill of its own; candidates D and E, hosts A, B and C. */
static const char states[] =
    "scenario = { id = \"w\"; title = \"W\"; start = \"2020-01-01T00:00Z\"; horizon = \"2000 d\";\n"
    " source = \"assumed\"; use = \"test\"; };\n"
    "states = {\n"
    " A = { name = \"Alba\"; bloc = \"one\"; source = \"assumed\"; attributes = { cinc = 0.2; "
    "ideal_point = 0.1; }; };\n"
    " B = { name = \"Borea\"; bloc = \"one\"; source = \"assumed\"; attributes = { cinc = 0.1; "
    "ideal_point = 0.3; }; };\n"
    " C = { name = \"Cis\"; bloc = \"one\"; source = \"assumed\"; attributes = { cinc = 0.1; "
    "ideal_point = 0.2; }; };\n"
    " D = { name = \"Dor\"; bloc = \"one\"; source = \"assumed\"; index = { cap = 0.5; reach = "
    "0.5; };\n"
    "  attributes = { cinc = 0.009; ideal_point = 0.7; gain = 0.4; }; };\n"
    " E = { name = \"Eos\"; bloc = \"two\"; source = \"assumed\"; index = { cap = 0.1; reach = "
    "0.9; };\n"
    "  attributes = { cinc = 0.011; ideal_point = 0.9; gain = 0.2; }; };\n"
    "};\n"
    "ties = {\n"
    " AB = { a = \"A\"; b = \"B\"; align = 0.5; source = \"assumed\"; };\n"
    " AC = { a = \"A\"; b = \"C\"; align = 0.5; source = \"assumed\"; };\n"
    " BC = { a = \"B\"; b = \"C\"; align = 0.5; source = \"assumed\"; };\n"
    " AD = { a = \"A\"; b = \"D\"; align = 0.4; source = \"assumed\"; pacts = ( { kind = "
    "\"defence\"; from = \"2019-01-01\"; until = \"2022-06-01\"; strength = 0.6; } ); };\n"
    " BD = { a = \"B\"; b = \"D\"; align = 0.2; source = \"assumed\"; pacts = ( { kind = "
    "\"defence\"; from = \"2019-01-01\"; strength = 0.5; } ); };\n"
    " CD = { a = \"C\"; b = \"D\"; align = 0.1; source = \"assumed\"; pacts = ( { kind = "
    "\"defence\"; from = \"2019-01-01\"; strength = 0.9; } ); };\n"
    " AE = { a = \"A\"; b = \"E\"; align = -0.4; source = \"assumed\"; };\n"
    " BE = { a = \"B\"; b = \"E\"; align = -0.3; source = \"assumed\"; };\n"
    " CE = { a = \"C\"; b = \"E\"; align = 0.2; source = \"assumed\"; };\n"
    " DE = { a = \"D\"; b = \"E\"; align = -0.2; source = \"assumed\"; };\n"
    "};\n";

#define DRILL(id_, muster_, decide_, more_)                                                        \
    id_ " = { name = \"" id_                                                                       \
        "\"; hosts = [\"A\", \"B\", \"C\"]; candidates = [\"D\", \"E\"]; source = \"assumed\";\n"  \
        "  min_hosts = 1; muster = { lat_deg = 0.0; lon_deg = 150.0; at = \"" muster_              \
        "T00:00Z\"; };\n"                                                                          \
        "  end = \"" muster_ "T20:00Z\"; decide_at = \"" decide_ "T00:00Z\"; visibility = 0.5;\n"  \
        "  cap_need = 0.2; index = { cap_need = 0.2; reach_need = 0.4; }; " more_ " };\n"
static const char drills[] =
    "drills = {\n" DRILL("s1", "2020-03-01", "2020-02-01", "series = \"s\";")
        DRILL("s2", "2021-03-01", "2021-02-01", "series = \"s\";")
            DRILL("s3", "2022-03-01", "2022-02-01", "series = \"s\"; organised = [\"E\"];")
                DRILL("s4", "2023-03-01", "2023-02-01", "series = \"s\";")
                    DRILL("own", "2024-03-01", "2024-02-01", "use = \"calibration\";") "};\n";

static const char rules[] = "alignment = { tau = 0.25; rules = {\n"
                            " close = { stage = \"admit\"; sign = 1; weight = 1.0; "
                            "terms = [\"tie.align\"]; source = \"assumed\"; };\n"
                            " gain = { stage = \"accept\"; sign = 1; weight = 1.0; "
                            "terms = [\"cand.gain\"]; source = \"assumed\"; };\n"
                            "}; };\n";

#define SAYS(drill_, state_, says_)                                                                \
    " { drill = \"" drill_ "\"; state = \"" state_                                                 \
    "\"; stage = \"participation\"; says = \"" says_ "\"; source = \"assumed\"; },\n"
static const char evidence[] = "evidence = (\n" SAYS("s1", "D", "yes") SAYS("s1", "E", "no")
    SAYS("s2", "D", "no") SAYS("s2", "E", "no") SAYS("s3", "D", "yes") SAYS("s3", "E", "yes")
        SAYS("s4", "D", "yes") SAYS("own", "E", "yes")
            SAYS("own", "D", "yes") " { drill = \"own\"; state = \"D\"; stage = \"participation\"; "
                                    "says = \"no\"; source = \"assumed\"; } );\n";

/* The whole, in one text. */
static const char *world(void)
{
    static char text[16384];
    snprintf(text, sizeof text, "%s%s%s%s", states, drills, rules, evidence);
    return text;
}

static json_t *rivals_of(flow *f, const char *model)
{
    const muster_tell tell = {.scenario = f->scenario, .model = f->model, .result = f->result};
    char *text = muster_tell_rivals(&tell, model, NULL, true, f->diags);
    assert_non_null(text);
    json_t *document = json_loads(text, 0, NULL);
    assert_non_null(document);
    muster_tell_free(text, NULL);
    return document;
}

static json_t *answer(json_t *document, const char *drill, const char *state, const char *model)
{
    json_t *one = flow_find(flow_at(document, "cases"), "drill", drill);
    json_t *candidate = flow_find(flow_at(one, "candidates"), "state", state);
    json_t *found = flow_find(flow_at(candidate, "answers"), "model", model);
    assert_non_null(found);
    return found;
}

static void says(json_t *document, const char *drill, const char *state, const char *model,
                 int joins)
{
    json_t *value = json_object_get(answer(document, drill, state, model), "joins");
    if (joins < 0 ? !json_is_null(value) : !json_is_boolean(value) || json_is_true(value) != joins)
        fail_msg("%s of %s in %s says otherwise", model, state, drill);
}

static double p_of(json_t *document, const char *drill, const char *state, const char *model)
{
    return flow_real(answer(document, drill, state, model), "p");
}

static double logistic(double margin)
{
    return 1.0 / (1.0 + exp(-margin / 0.25));
}

static void test_rivals__each_answers_by_its_rule(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run_text(&f, world()), MUSTER_OK);
    json_t *d = rivals_of(&f, NULL);
    says(d, "s1", "D", "rules", 1);
    says(d, "s1", "E", "rules", 0); /* A and B would not have it; nor is it able: .5 < .8 */
    says(d, "s1", "E", "rules-without-able", 0);
    says(d, "s1", "E", "rules-without-admit", 0);
    says(d, "s1", "E", "rules-without-accept", 0);
    const double admit = logistic(0.4) * logistic(0.2) * logistic(0.1), accept = logistic(0.4);
    const double able = logistic(1.25 - 0.8); /* index: ready = min(.5/.2, .5/.4) */
    assert_near(p_of(d, "s1", "D", "rules"), able * admit * accept, 1e-9);
    assert_near(p_of(d, "s1", "D", "rules-without-able"), admit * accept, 1e-9);
    assert_near(p_of(d, "s1", "D", "rules-without-accept") / p_of(d, "s1", "D", "rules"),
                1.0 / accept, 1e-9);
    says(d, "s1", "D", "capability", 1);
    says(d, "s1", "E", "capability", 0); /* ready = min(.1/.2, .9/.4) = .5, need .8 */
    says(d, "s1", "E", "reach", 1);
    says(d, "s1", "D", "bulk-power", 0); /* .009 */
    says(d, "s1", "E", "bulk-power", 1); /* .011 */
    says(d, "s1", "D", "votes", 0);      /* .6 from A */
    says(d, "s1", "E", "votes", 0);
    says(d, "s1", "D", "closeness", 1);
    says(d, "s1", "E", "closeness", 0);
    says(d, "s1", "D", "pact", 1);
    says(d, "s4", "D", "pact", 0); /* A's has run out */
    says(d, "s1", "E", "pact", 0);
    says(d, "s1", "D", "balance", 1);
    says(d, "s1", "E", "balance", 0);
    says(d, "s1", "D", "landscape", 1);
    says(d, "s1", "E", "landscape", 0);
    says(d, "s1", "D", "hosts-only", 0);
    says(d, "s1", "D", "distance", -1); /* nothing says where it lies */
    json_decref(d);
    flow_close(&f);
}

/* Where the fleet gives no probability, with too many units to go through, the verdict stands, P is that
 * of the other stages, and the answer says that it is not about all. */
static void test_rivals__without_a_probability_of_able(void **state)
{
    (void)state;
    flow f;
    mst_arena arena;
    mst_rivals all;
    assert_int_equal(flow_run_text(&f, world()), MUSTER_OK);
    mst_arena_init(&arena, NULL);
    assert_true(
        mst_rivals_of_run(f.result->run, f.result->run->model->kinds->align, -1, &arena, &all));
    mst_setting s = all.item[0].setting;
    mst_fleet_reading fleet[5];
    mst_align_input in = *s.in;
    mst_answer answer[2], without[2];
    mst_reply reply = {.answer = answer};
    assert_int_equal(s.state_count, 5);
    assert_true(mst_rules_score(&s, MST_ABLE, &arena, &reply));
    memcpy(without, answer, sizeof without);
    assert_false(without[0].is_partly);
    for (int i = 0; i < 5; i++) {
        fleet[i] = in.fleet[i];
        fleet[i].p_able = (double)NAN;
    }
    in.fleet = fleet;
    s.in = &in;
    assert_true(mst_rules_score(&s, MST_STAGE_COUNT, &arena, &reply));
    assert_true(answer[0].is_partly);
    assert_int_equal(answer[0].joins, 1);
    assert_near(answer[0].p, without[0].p, 0.0);
    assert_int_equal(answer[1].joins, 0);
    mst_arena_clear(&arena);
    flow_close(&f);
}

/* The record before a drill, in its own series, and beside it, in other drills of the same use. */
static void test_rivals__the_record_before_and_beside(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run_text(&f, world()), MUSTER_OK);
    json_t *d = rivals_of(&f, NULL);
    says(d, "s1", "D", "past", -1);
    says(d, "s1", "D", "last-time", -1);
    says(d, "s2", "D", "past", 1);
    says(d, "s3", "D", "last-time", 0); /* it was not in s2 */
    assert_near(p_of(d, "s3", "D", "past"), 0.5, 1e-12);
    assert_near(p_of(d, "s4", "D", "past"), 2.0 / 3.0, 1e-12);
    assert_near(p_of(d, "s4", "E", "past"), 1.0 / 3.0, 1e-12);
    says(d, "s4", "E", "last-time", 1);
    says(d, "own", "D", "past", -1); /* of no series */
    /* test: s1 1 0, s2 0 0, s3 1 (E organised it: left out), s4 1 (E: not scored) */
    assert_near(p_of(d, "s1", "D", "base-rate"), 2.0 / 4.0, 1e-12); /* 0 0 1 1 */
    assert_near(p_of(d, "s2", "D", "base-rate"), 3.0 / 4.0, 1e-12); /* 1 0 1 1 */
    assert_near(p_of(d, "s3", "D", "base-rate"), 2.0 / 5.0, 1e-12); /* 1 0 0 0 1 */
    assert_true(isnan(p_of(d, "own", "E", "base-rate"))); /* the only one for calibration */
    json_decref(d);
    flow_close(&f);
}

static json_t *scores(json_t *document, const char *use, const char *model)
{
    json_t *table = flow_find(flow_at(document, "scores"), "use", use);
    assert_non_null(table);
    return flow_find(flow_at(table, "models"), "model", model);
}

/* Six pairs for test, joined 1 0 0 0 1 1, and one for calibration; never in one table. */
static void test_rivals__scores_by_hand(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run_text(&f, world()), MUSTER_OK);
    json_t *d = rivals_of(&f, NULL);
    json_t *test = flow_find(flow_at(d, "scores"), "use", "test");
    assert_int_equal(json_integer_value(json_object_get(test, "pairs")), 6);
    assert_int_equal(json_integer_value(json_object_get(test, "joins")), 3);
    assert_int_equal(json_integer_value(json_object_get(test, "joining_states")), 1);
    assert_true(json_is_true(json_object_get(test, "too_few_to_rank")));
    /* closeness: D always joins (1 of 1, wrong in s2), E never: hits 3 of 3 and 2 of 3 */
    json_t *closeness = scores(d, "test", "closeness");
    assert_near(flow_real(closeness, "join_hits"), 3.0, 0.0);
    assert_near(flow_real(closeness, "absence_hits"), 2.0, 0.0);
    assert_near(flow_real(closeness, "balanced_accuracy"), 0.5 * (1.0 + 2.0 / 3.0), 1e-9);
    /* hosts only: P 0, so Brier is the share that joined */
    json_t *nobody = scores(d, "test", "hosts-only");
    assert_near(flow_real(nobody, "balanced_accuracy"), 0.5, 1e-12);
    assert_near(flow_real(nobody, "brier"), 0.5, 1e-12);
    /* base rate: leaving the drill out */
    const double rate[6] = {0.5, 0.5, 0.75, 0.75, 0.4, 0.4}, joined[6] = {1, 0, 0, 0, 1, 1};
    double brier = 0.0;
    for (int i = 0; i < 6; i++)
        brier += (rate[i] - joined[i]) * (rate[i] - joined[i]) / 6.0;
    assert_near(flow_real(scores(d, "test", "base-rate"), "brier"), brier, 1e-9);
    assert_near(flow_real(scores(d, "test", "base-rate"), "brier_skill"), 0.0, 1e-9);
    assert_near(flow_real(nobody, "brier_skill"), 1.0 - 0.5 / brier, 1e-9);
    /* one pair of calibration: E in a drill of its own; D there has a yes and a no */
    json_t *calibration = flow_find(flow_at(d, "scores"), "use", "calibration");
    assert_int_equal(json_integer_value(json_object_get(calibration, "pairs")), 1);
    json_decref(d);
    flow_close(&f);
}

/* The hash stands for everything that the rules weigh, and for nothing else. */
static void test_rivals__weights_that_were_fixed_before(void **state)
{
    (void)state;
    const char *const lines[3] = {"alignment.rules.gain.weight = 1.1",
                                  "states.D.attributes.gain = 0.9",
                                  "alignment.rules.gain.off = true"};
    char hash[4][32];
    for (int i = 0; i < 4; i++) {
        flow f;
        const muster_changes changes = {.line = &lines[i > 0 ? i - 1 : 0], .line_count = i > 0};
        assert_int_equal(flow_run_changed(&f, world(), &changes), MUSTER_OK);
        json_t *d = rivals_of(&f, "rules");
        snprintf(hash[i], sizeof hash[i], "%s",
                 json_string_value(json_object_get(d, "weights_hash")));
        assert_false(json_is_true(flow_at(d, "cases[0].weights_fixed")));
        json_decref(d);
        flow_close(&f);
    }
    assert_string_not_equal(hash[0], hash[1]);
    assert_string_equal(hash[0], hash[2]);
    assert_string_not_equal(hash[0], hash[3]);
}

/* One allocation refused, with memory enough before and behind it: the document is whole or none. */
static void test_rivals__never_half_a_document(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run_text(&f, world()), MUSTER_OK);
    muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    char *whole = muster_tell_rivals(&tell, NULL, NULL, true, NULL);
    test_refusal one = {0, 1};
    int32_t lacking = 0;
    for (int32_t i = 0; one.refused > 0; i++) {
        one = (test_refusal){i, 0};
        const muster_memory hook = test_hook_but_one(&one);
        muster_diags *diags = muster_diags_create(NULL);
        tell.memory = &hook;
        char *text = muster_tell_rivals(&tell, NULL, NULL, true, diags);
        lacking += text == NULL;
        assert_int_equal(muster_diags_error_count(diags) > 0, text == NULL);
        if (text && strcmp(text, whole) != 0)
            fail_msg("allocation %d refused, and something else is told:\n%s", (int)i, text);
        muster_tell_free(text, &hook);
        muster_diags_free(diags);
    }
    assert_true(lacking > 5);
    muster_tell_free(whole, NULL);
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rivals__each_answers_by_its_rule),
        cmocka_unit_test(test_rivals__without_a_probability_of_able),
        cmocka_unit_test(test_rivals__the_record_before_and_beside),
        cmocka_unit_test(test_rivals__scores_by_hand),
        cmocka_unit_test(test_rivals__weights_that_were_fixed_before),
        cmocka_unit_test(test_rivals__never_half_a_document),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
