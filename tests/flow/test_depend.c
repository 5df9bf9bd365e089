/* Decisions that depend on each other: who comes if each looks at who else comes. */
#include "test.h"

#include "batch/handles.h"
#include "flow.h"

#include <math.h>
#include <string.h>

/* Accepts by .1 to .9 of gain, less 1 of cost, plus .6 for each other participant, the host among
 * them: -.3 alone, +.3 if the other candidate comes. */
#define WORLD(over_)                                                                               \
    "scenario = { id = \"w\"; title = \"W\"; start = \"2023-01-01T00:00Z\"; horizon = \"60 d\"; "  \
    "source = \"assumed\"; };\n"                                                                   \
    "states = { H = { source = \"assumed\"; };\n"                                                  \
    " C = { source = \"assumed\"; index = { cap = 1.0; reach = 1.0; }; attributes = { gain = "     \
    "0.1; "                                                                                        \
    "cost = 1.0; }; };\n"                                                                          \
    " D = { source = \"assumed\"; index = { cap = 1.0; reach = 1.0; }; attributes = { gain = "     \
    "0.1; "                                                                                        \
    "cost = 1.0; }; };\n"                                                                          \
    " N = { source = \"assumed\"; index = { cap = 0.0; reach = 0.0; }; attributes = { gain = "     \
    "0.9; "                                                                                        \
    "cost = 0.0; }; }; };\n"                                                                       \
    "drills = { d = { hosts = [\"H\"]; candidates = [\"C\", \"D\", \"N\"]; source = \"assumed\"; " \
    "min_hosts = 1; muster = { lat_deg = 0.0; lon_deg = 150.0; at = \"2023-02-01T00:00Z\"; };\n"   \
    " end = \"2023-02-03T00:00Z\"; cap_need = 0.2; index = { cap_need = 0.2; reach_need = 0.4; "   \
    "}; }; "                                                                                       \
    "};\n"                                                                                         \
    "whatif = { gain-d = { path = \"states.D.attributes.gain\"; label = \"gain of D\"; min = "     \
    "0.0; max "                                                                                    \
    "= 1.0; }; };\n"                                                                               \
    "alignment = { rules = {\n"                                                                    \
    " gain = { stage = \"accept\"; sign = 1; weight = 1.0; terms = [\"cand.gain\"]; source = "     \
    "\"assumed\"; };\n"                                                                            \
    " cost = { stage = \"accept\"; sign = -1; weight = 1.0; terms = [\"cand.cost\"]; source = "    \
    "\"assumed\"; };\n"                                                                            \
    " with = { stage = \"accept\"; sign = 1; weight = 0.6; terms = [\"other.joins\"]; " over_      \
    " source = \"assumed\"; };\n}; };\n"

static bool joins(const flow *f, const char *state)
{
    const mst_model *m = f->model->model;
    return mst_verdict_of(f->result->run, 0, mst_model_state(m, state))->joins != 0;
}

static double margin(const flow *f, const char *state)
{
    const mst_verdict *v =
        mst_verdict_of(f->result->run, 0, mst_model_state(f->model->model, state));
    return v->stage[v->stage_count - 1].margin;
}

/* Nobody dares to be the first; one that does draws the other in. What cannot come draws nobody. */
static void test_depend__least_equilibrium(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run_text(&f, WORLD("over = \"participants\";")), MUSTER_OK);
    assert_false(joins(&f, "C"));
    assert_false(joins(&f, "D"));
    assert_near(margin(&f, "C"), -0.3, 1e-12);
    flow_close(&f);
    const char *const line = "states.D.attributes.gain = 0.5";
    const muster_changes changes = {.line = &line, .line_count = 1};
    assert_int_equal(flow_run_changed(&f, WORLD("over = \"participants\";"), &changes), MUSTER_OK);
    assert_true(joins(&f, "C"));
    assert_true(joins(&f, "D"));
    assert_false(joins(&f, "N"));
    assert_near(margin(&f, "C"), 0.3, 1e-12);
    assert_near(margin(&f, "D"), 0.5 - 1.0 + 1.2, 1e-12);
    flow_close(&f);
}

/* lambda 8, b = -.3, W = .6: p = 1/(1 + exp(-8 (.6 p - .3))), which with m = 2 p - 1 is m = tanh(1.2
 * m): 0 and the two roots near +-.6585, so p = .1707, .5, .8293. */
static void test_depend__all_logit_equilibria(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run_text(&f, WORLD("over = \"participants\";")), MUSTER_OK);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    char *text = muster_tell_rivals(&tell, "equilibria", NULL, true, f.diags);
    assert_non_null(text);
    json_t *d = json_loads(text, 0, NULL);
    muster_tell_free(text, NULL);
    double m = 1.0;
    for (int i = 0; i < 200; i++)
        m = tanh(1.2 * m);
    json_t *found = flow_at(d, "cases[0].models[0].findings");
    assert_int_equal(json_array_size(found), 3);
    for (int i = 0; i < 3; i++) {
        char words[80];
        const double p = 0.5 * (1.0 + (i - 1) * m);
        snprintf(words, sizeof words, "C %.3f, D %.3f; %s", p, p, i == 1 ? "not stable" : "stable");
        assert_string_equal(
            json_string_value(json_object_get(json_array_get(found, (size_t)i), "words")), words);
    }
    assert_near(flow_real(flow_at(d, "cases[0].candidates[0].answers[0]"), "p"), 0.5 * (1.0 - m),
                1e-9);
    json_decref(d);
    flow_close(&f);
}

/* A rule that reads others' decisions joins them over the participants, in stage accept. */
/* Each comes only if the other does not: .45 less .3 for each other participant, the host among them. All
 * at once they never settle, and the answer says so; the two are alike, so the equilibrium answers alike. */
#define RING                                                                                       \
    "scenario = { id = \"r\"; title = \"R\"; start = \"2030-01-01T00:00Z\"; horizon = \"60 d\"; "  \
    "};"                                                                                           \
    "states = { H = { }; A = { index = { cap = 0.9; reach = 0.9; }; attributes = { gain = 0.3; "   \
    "}; "                                                                                          \
    "}; B = { index = { cap = 0.9; reach = 0.9; }; attributes = { gain = 0.3; }; }; };"            \
    "ties = { H-A = { a = \"H\"; b = \"A\"; align = 0.2; }; H-B = { a = \"H\"; b = \"B\"; align "  \
    "= "                                                                                           \
    "0.2; }; };"                                                                                   \
    "drills = { d = { hosts = [\"H\"]; candidates = [\"A\", \"B\"]; cap_need = 0.3; index = { "    \
    "cap_need = 0.5; reach_need = 0.4; }; muster = { lat_deg = 39.5; lon_deg = 134.0; at = "       \
    "\"2030-01-20T00:00Z\"; }; end = \"2030-01-22T00:00Z\"; }; };"                                 \
    "alignment = { rules = {"                                                                      \
    "o = { stage = \"admit\"; sign = 1; weight = 1.0; terms = [\"tie.align\"]; };"                 \
    "g = { stage = \"accept\"; sign = 1; weight = 1.5; terms = [\"cand.gain\"]; };"                \
    "h = { stage = \"accept\"; sign = -1; weight = 1.0; over = \"participants\"; terms = "         \
    "[\"other.joins\", \"cand.gain\"]; }; }; };"

static void test_depend__a_ring_does_not_settle(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run_text(&f, RING), MUSTER_OK);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    static const char *const who[] = {"A", "B"};
    for (int32_t i = 0; i < 2; i++) {
        const int32_t at = mst_model_state(f.model->model, who[i]);
        assert_int_equal(mst_verdict_of(f.result->run, 0, at)->is_unsettled, 1);
        char *text = muster_tell_why(&tell, who[i], NULL, false, NULL);
        assert_non_null(text);
        assert_non_null(strstr(text, "NONE SETTLES"));
        muster_tell_free(text, NULL);
    }
    char *report = muster_tell_report(&tell, NULL);
    assert_non_null(report);
    assert_non_null(strstr(report, "do not settle"));
    muster_tell_free(report, NULL);
    flow_close(&f);

    assert_int_equal(flow_run_text(&f, WORLD("over = \"participants\";")), MUSTER_OK);
    const mst_verdict *v = mst_verdict_of(f.result->run, 0, mst_model_state(f.model->model, "C"));
    assert_int_equal(v->is_unsettled, 0);
    assert_true(v->rounds > 0);
    flow_close(&f);
}

/* A stays out of the way of B and C, and they of A: two come, or one. The equilibria stand in the order of
 * A's P; the answers are of the last of them, in which A comes alone and fewest come. */
#define CLASH(a, b, much)                                                                          \
#a "-" #b " = { a = \"" #a "\"; b = \"" #b "\"; align = 0.2; mutual = { clash = " much "; }; };"
#define COMER(id) #id " = { index = { cap = 0.9; reach = 0.9; }; attributes = { gain = 0.4; }; };"
#define CROWD                                                                                      \
    "scenario = { id = \"c\"; title = \"C\"; start = \"2030-01-01T00:00Z\"; horizon = \"60 d\"; "  \
    "};"                                                                                           \
    "states = { H = { };" COMER(A) COMER(B) COMER(                                                 \
        C) "};"                                                                                    \
           "ties = {" CLASH(H, A, "0.0") CLASH(H, B, "0.0") CLASH(H, C, "0.0") CLASH(A, B, "1.0")  \
               CLASH(A, C, "1.0") CLASH(                                                           \
                   B, C, "0.0") "};"                                                               \
                                "drills = { d = { hosts = [\"H\"]; candidates = [\"A\", \"B\", "   \
                                "\"C\"]; cap_need = 0.3; index = { "                               \
                                "cap_need = 0.5; reach_need = 0.4; }; muster = { lat_deg = 39.5; " \
                                "lon_deg = 134.0; at = "                                           \
                                "\"2030-01-20T00:00Z\"; }; end = \"2030-01-22T00:00Z\"; }; };"     \
                                "alignment = { rules = {"                                          \
                                "o = { stage = \"admit\"; sign = 1; weight = 1.0; terms = "        \
                                "[\"tie.align\"]; };"                                              \
                                "g = { stage = \"accept\"; sign = 1; weight = 1.0; terms = "       \
                                "[\"cand.gain\"]; };"                                              \
                                "x = { stage = \"accept\"; sign = -1; weight = 0.8; over = "       \
                                "\"participants\"; terms = "                                       \
                                "[\"other.joins\", \"tie.clash\"]; }; }; };"

static void test_depend__answers_are_of_the_fewest(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run_text(&f, CROWD), MUSTER_OK);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    char *text = muster_tell_rivals(&tell, "equilibria", NULL, true, NULL);
    assert_non_null(text);
    json_t *told = json_loads(text, 0, NULL);
    muster_tell_free(text, NULL);
    assert_int_equal(json_array_size(flow_at(told, "cases[0].models[0].findings")), 3);
    const char *const about = json_string_value(flow_at(told, "cases[0].models[0].about"));
    assert_non_null(about);
    assert_non_null(strstr(about, "Answers are of equilibrium 3"));
    static const char *const path[] = {"cases[0].candidates[0].answers[0]",
                                       "cases[0].candidates[1].answers[0]",
                                       "cases[0].candidates[2].answers[0]"};
    for (int32_t i = 0; i < 3; i++)
        assert_int_equal(json_is_true(json_object_get(flow_at(told, path[i]), "joins")), i == 0);
    json_decref(told);
    flow_close(&f);
}

/* The two are alike, so whatever the digits of a P found by steps, they are answered alike. */
static void test_depend__equals_are_answered_alike(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run_text(&f, RING), MUSTER_OK);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    char *text = muster_tell_rivals(&tell, "equilibria", NULL, true, NULL);
    assert_non_null(text);
    json_t *told = json_loads(text, 0, NULL);
    muster_tell_free(text, NULL);
    const json_t *a = flow_at(told, "cases[0].candidates[0].answers[0]");
    const json_t *b = flow_at(told, "cases[0].candidates[1].answers[0]");
    assert_non_null(a);
    assert_near(json_number_value(json_object_get(a, "p")),
                json_number_value(json_object_get(b, "p")), 1e-9);
    assert_int_equal(json_is_true(json_object_get(a, "joins")),
                     json_is_true(json_object_get(b, "joins")));
    json_decref(told);
    flow_close(&f);
}

static void test_depend__elsewhere_it_is_refused(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_open_faulty(&f, WORLD("over = \"sum\";")), MUSTER_MISTAKE);
    flow_close(&f);
}

/* What an umpire rules of one is what the others answer to; their own stages stay those of the rules. */
static void test_depend__others_answer_to_an_umpires_ruling(void **state)
{
    static const char *const in[] = {"drills.d.rulings.D.says = \"joins\""};
    static const char *const out[] = {"states.D.attributes.gain = 0.5",
                                      "drills.d.rulings.D.says = \"stays-out\""};
    (void)state;
    flow f;
    assert_int_equal(flow_run_changed(&f, WORLD("over = \"participants\";"),
                                      &(muster_changes){.line = in, .line_count = 1}),
                     MUSTER_OK);
    assert_true(joins(&f, "C") && joins(&f, "D"));
    assert_near(margin(&f, "C"), 0.3, 1e-12);
    assert_near(margin(&f, "D"), 0.3, 1e-12); /* C comes, whom it looks at */
    flow_close(&f);
    assert_int_equal(flow_run_changed(&f, WORLD("over = \"participants\";"),
                                      &(muster_changes){.line = out, .line_count = 2}),
                     MUSTER_OK);
    assert_false(joins(&f, "C") || joins(&f, "D"));
    assert_near(margin(&f, "C"), -0.3, 1e-12);
    assert_near(margin(&f, "D"), 0.1, 1e-12); /* by itself it would come */
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_depend__others_answer_to_an_umpires_ruling),
        cmocka_unit_test(test_depend__least_equilibrium),
        cmocka_unit_test(test_depend__all_logit_equilibria),
        cmocka_unit_test(test_depend__a_ring_does_not_settle),
        cmocka_unit_test(test_depend__equals_are_answered_alike),
        cmocka_unit_test(test_depend__answers_are_of_the_fewest),
        cmocka_unit_test(test_depend__elsewhere_it_is_refused),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
