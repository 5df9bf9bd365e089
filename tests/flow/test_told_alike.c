/* Screens and documents of one answer say the same. */
#include "test.h"

#include "flipping.h"

#include <string.h>

#define CASE "northern-interaction-2023.cfg"

/* North Korea accepts in both, which is all that general-seoul speaks of; it is not able. */
static const char *const here[] = {"states.PRK.attributes.autonomy = 0.05", NULL};
static const char *const there[] = {"states.PRK.attributes.autonomy = 0.04", NULL};

typedef struct pair {
    flow here, there;
    muster_tell tell;
} pair;

static void pair_open(pair *p)
{
    assert_int_equal(flow_run(&p->here, CASE, NULL, here), MUSTER_OK);
    assert_int_equal(flow_run(&p->there, CASE, NULL, there), MUSTER_OK);
    p->tell = (muster_tell){
        .scenario = p->here.scenario, .model = p->here.model, .result = p->here.result};
}

static void pair_close(pair *p)
{
    flow_close(&p->here);
    flow_close(&p->there);
}

static json_t *parsed(char *text)
{
    assert_non_null(text);
    json_t *out = json_loads(text, 0, NULL);
    muster_tell_free(text, NULL);
    assert_non_null(out);
    return out;
}

static char *codings_of(pair *p, bool as_json)
{
    const char *names[] = {"baseline", "general-seoul"};
    const muster_scenario *scenarios[] = {p->here.scenario, p->there.scenario};
    const muster_model *models[] = {p->here.model, p->there.model};
    const muster_result *results[] = {p->here.result, p->there.result};
    const muster_comparison c = {
        .count = 2, .name = names, .scenario = scenarios, .model = models, .plan = results};
    return muster_tell_codings(&p->tell, &c, "PRK", NULL, as_json, NULL);
}

/* The words of a screen, whatever lines they stand on; the screen is given back. */
static void has_words(char *screen, const char *const *words)
{
    assert_non_null(screen);
    for (char *at = screen; *at; at++)
        *at = *at == '\n' ? ' ' : *at;
    for (; *words; words++)
        if (!strstr(screen, *words))
            fail_msg("not told: %s", *words);
    muster_tell_free(screen, NULL);
}

/* Of what a coding does not speak, its verdict takes no account; nor does the one in its document. */
static void test_alike__a_coding_joins_by_what_it_says(void **state)
{
    (void)state;
    pair p;
    pair_open(&p);
    char *text = codings_of(&p, false);
    assert_non_null(strstr(text, "\nbaseline           out"));
    assert_non_null(strstr(text, "\ngeneral-seoul      would join"));
    muster_tell_free(text, NULL);
    json_t *doc = parsed(codings_of(&p, true));
    assert_true(json_is_false(flow_at(doc, "codings[0].joins")));
    assert_true(json_is_true(flow_at(doc, "codings[1].joins")));
    assert_near(flow_real(doc, "codings[0].p"), 0.0, 0.0);
    assert_true(flow_real(doc, "codings[1].p") > 0.5);
    json_decref(doc);
    pair_close(&p);
}

/* So against it as a reference; what is left out on the screen has no share either. */
static void test_alike__against_a_coding(void **state)
{
    (void)state;
    pair p;
    pair_open(&p);
    const muster_tell other = {
        .scenario = p.there.scenario, .model = p.there.model, .result = p.there.result};
    p.tell.reference = &other;
    p.tell.reference_name = "general-seoul";
    char *text = muster_tell_why(&p.tell, "PRK", NULL, false, NULL);
    assert_non_null(text);
    assert_non_null(strstr(text, "There, in general-seoul, North Korea takes part."));
    muster_tell_free(text, NULL);
    json_t *doc = parsed(muster_tell_why(&p.tell, "PRK", NULL, true, NULL));
    assert_true(json_is_true(flow_at(doc, "against.joins")));
    assert_true(json_is_null(flow_at(doc, "against.margins[0]")));
    assert_true(json_is_real(flow_at(doc, "against.margins[3]")));
    assert_true(json_is_null(flow_at(doc, "against.figures[0].shapley[0]")));
    assert_true(json_is_real(flow_at(doc, "against.figures[0].shapley[3]")));
    json_decref(doc);
    pair_close(&p);
}

/* What speaks of the whole participation speaks of no stage: a list of those who came, which agrees with
 * the answer no, would agree with a stage that says yes. */
static void test_alike__evidence_stands_where_it_speaks(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run(&f, CASE, NULL, here), MUSTER_OK);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    char *text = muster_tell_why(&tell, "PRK", NULL, false, NULL);
    assert_non_null(text);
    assert_null(strstr(text, "names China and Russia only"));
    muster_tell_free(text, NULL);
    json_t *doc = parsed(muster_tell_why(&tell, "PRK", NULL, true, NULL));
    json_t *stages = flow_at(doc, "verdict.stages");
    const size_t entries[] = {1, 1, 2, 1}; /* that take a side; others stand there as silent */
    for (size_t i = 0; i < 4; i++) {
        const json_t *all = json_object_get(json_array_get(stages, i), "evidence");
        size_t sided = 0;
        for (size_t k = 0; k < json_array_size(all); k++)
            sided += strcmp(json_string_value(json_object_get(json_array_get(all, k), "agreement")),
                            "silent") != 0;
        assert_int_equal(sided, entries[i]);
    }
    assert_int_equal(json_array_size(flow_at(doc, "verdict.evidence")), 1);
    assert_string_equal(json_string_value(flow_at(doc, "verdict.evidence[0].words")),
                        "the list of ships and aircraft names China and Russia only");
    json_decref(doc);
    flow_close(&f);
}

#define UNJUDGED                                                                                   \
    "scenario = { id = \"m\"; title = \"M\"; start = \"2030-01-01T00:00Z\"; horizon = \"40 "       \
    "d\"; };"                                                                                      \
    "states = { H = { }; C = { }; };"                                                              \
    "ties = { H-C = { a = \"H\"; b = \"C\"; }; };"                                                 \
    "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };"                   \
    "weather = { sea_state = 2; };"                                                                \
    "drills = { d = { hosts = [\"H\"]; candidates = [\"C\"]; area = \"sea\"; cap_need = 0.3;"      \
    " index = { cap_need = 0.3; reach_need = 0.4; }; muster = { at = \"2030-01-20T00:00Z\"; };"    \
    " end = \"2030-01-22T00:00Z\"; }; };"                                                          \
    "alignment = { rules = { a = { stage = \"admit\"; form = \"linear\"; sign = 1; weight = "      \
    "1.0;"                                                                                         \
    " terms = [\"tie.align\"]; }; }; };"                                                           \
    "whatif = { align = { path = \"ties.H-C.align\"; min = 0.2; max = 1.0; };"                     \
    " };"

/* Nothing is there to judge C by, but for what the lever brings: no answer, and no flip of it. */
static void test_alike__a_flip_of_what_is_not_assessed(void **state)
{
    (void)state;
    flipping p;
    flipping_open_text(&p, UNJUDGED, NULL);
    json_t *told = flipping_told(&p, "C", NULL);
    assert_true(json_is_null(json_object_get(told, "joins")));
    assert_int_equal(json_array_size(json_object_get(told, "sets")), 0);
    char *text = flipping_text(&p, "C", NULL);
    assert_non_null(strstr(text, "ANSWER: none can be given, for no stage is assessed"));
    muster_tell_free(text, NULL);
    flipping_close(&p);
}

/* Nor is there anything to judge the host by, so nothing is said of how likely it comes. */
static void test_alike__a_host_of_whom_nothing_is_known(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run_text(&f, UNJUDGED), MUSTER_OK);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    char *text = muster_tell_why(&tell, "H", NULL, false, NULL);
    assert_non_null(text);
    assert_null(strstr(text, "1.00"));
    assert_non_null(strstr(text, "no P of coming"));
    muster_tell_free(text, NULL);
    json_t *doc = parsed(muster_tell_why(&tell, "H", NULL, true, NULL));
    assert_true(json_is_null(flow_at(doc, "verdict.probability")));
    json_decref(doc);
    flow_close(&f);
}

/* Under the need by less than the digits of the screen; reasons of less than them; halves as the table
 * has them. */
static void test_alike__figures_of_the_first_screen(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(
        flow_run_text(
            &f, "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-18T00:00Z\"; horizon = "
                "\"20 d\"; };"
                "states = { A = { index = { cap = 0.9; reach = 0.9; }; }; B = { index = { cap = "
                "0.23999;"
                " reach = 0.9; }; attributes = { x = 0.0001; y = 0.0525; z = 0.0002; }; }; };"
                "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };"
                "alignment = { rules = {"
                " r = { stage = \"accept\"; voice = { country = \"A\"; }; sign = -1; weight = 1.0; "
                "terms = [\"cand.x\"]; };"
                " q = { stage = \"accept\"; sign = -1; weight = 1.0; terms = [\"cand.y\"]; };"
                " s = { stage = \"admit\"; sign = -1; weight = 1.0; terms = [\"cand.z\"]; }; }; };"
                "weather = { sea_state = 2; };"
                "drills = { d = { hosts = [\"A\"]; candidates = [\"B\"]; area = \"sea\"; cap_need "
                "= 0.3;"
                " index = { cap_need = 0.3; reach_need = 0.4; }; muster = { at = "
                "\"2023-07-20T00:00Z\"; };"
                " end = \"2023-07-22T00:00Z\"; }; };"),
        MUSTER_OK);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    char *text = muster_tell_report(&tell, NULL);
    assert_non_null(text);
    assert_non_null(strstr(text, "ready 0.79997 of capability and reach; 0.8 is needed."));
    assert_non_null(strstr(text, "A would not admit it: s (-.0002) weighs most against it."));
    assert_non_null(strstr(text, "Voices behind the 3 rules: A 1; without a voice 2."));
    assert_non_null(strstr(text, "B would decline: q (-0.053), r (-.0001) weigh most against it."));
    muster_tell_free(text, NULL);
    flow_close(&f);
}

/* Each stage that blocks with its own margin; the nearest set as a table, and not once more below. */
static void test_alike__a_flip_and_its_margins(void **state)
{
    (void)state;
    flipping p;
    flipping_open(&p, CASE, NULL);
    char *text = flipping_text(&p, "PRK", NULL);
    assert_non_null(strstr(text, "NEAREST: 5 levers, cost 0.876"));
    assert_null(strstr(text, "\n  5  0.876"));
    const char *const words[] = {"4 stages block, with margins: able (-0.3500); would be admitted "
                                 "by China (-0.1787); would be "
                                 "admitted by Russia (-0.0425); accepts (-0.1098).",
                                 NULL};
    has_words(text, words);
    flipping_close(&p);
}

/* Whose figure each lever is: a debt is the debtor's, an end of a tie is a host's or the candidate's, a
 * drill is its hosts' together, a gift any of theirs. */
static void test_alike__who_moves_each_lever(void **state)
{
    (void)state;
    static const struct {
        const char *id, *role, *first;
        size_t states;
        bool is_any;
    } of[] = {
        {"own-ledger", "candidate", "PRK", 1, false}, {"align-china", "host", "CHN", 1, false},
        {"rep-russia", "host", "RUS", 1, false},      {"visibility", "host", "CHN", 2, false},
        {"frigates", "host", "CHN", 2, true},         {"allotment", "candidate", "PRK", 1, false}};
    flipping p;
    flipping_open(&p, CASE, NULL);
    json_t *levers = json_object_get(flipping_told(&p, "PRK", NULL), "levers");
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        json_t *one = flow_find(levers, "id", of[i].id);
        assert_string_equal(json_string_value(json_object_get(one, "controls")), of[i].role);
        assert_int_equal(json_array_size(json_object_get(one, "controlled_by")), of[i].states);
        assert_string_equal(json_string_value(flow_at(one, "controlled_by[0]")), of[i].first);
        assert_true(json_is_true(json_object_get(one, "controlled_by_any")) == of[i].is_any);
    }
    const char *const words[] = {"0.1598 up    0.110  North Korea", "0.500  China or",
                                 "0.4929 down  0.308  China and", "0.6144 up    0.165  China  ",
                                 NULL};
    has_words(flipping_text(&p, "PRK", NULL), words);
    flipping_close(&p);
}

/* All three stages near their edges: each yes, but seldom all at once. */
static void test_alike__what_most_of_a_space_says(void **state)
{
    (void)state;
    flow f;
    static const char *const edges[] = {"ties.CHN-PRK.align = 0.645", "ties.RUS-PRK.align = 0.409",
                                        "states.PRK.attributes.autonomy = 0.66", NULL};
    assert_int_equal(flow_run(&f, CASE, NULL, edges), MUSTER_OK);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    const char *const words[] = {
        "politics alone, if it could come: yes     20 %        23 %",
        "except for: politics alone with weights moved (80 % no); politics "
        "alone with inputs too (77 % no).",
        NULL};
    has_words(muster_tell_why(&tell, "PRK", NULL, false, NULL), words);
    flow_close(&f);
}

/* A value under the one that turns by less than four digits show still reads as less. */
static void test_alike__where_a_value_stands_that_nearly_turns(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(
        flow_run_text(
            &f, "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-18T00:00Z\"; horizon = "
                "\"20 d\"; };"
                "states = { A = { }; B = { attributes = { x = 0.39248; }; }; };"
                "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };"
                "alignment = { rules = {"
                " r = { stage = \"accept\"; sign = 1; weight = 1.0; terms = [\"cand.x\"]; };"
                " c = { stage = \"accept\"; form = \"linear\"; sign = -1; weight = 0.39249; terms "
                "= [\"1.0\"]; }; }; };"
                "weather = { sea_state = 2; };"
                "drills = { d = { hosts = [\"A\"]; candidates = [\"B\"]; area = \"sea\"; cap_need "
                "= 0.3;"
                " muster = { at = \"2023-07-20T00:00Z\"; }; end = \"2023-07-22T00:00Z\"; }; };"),
        MUSTER_OK);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    const char *const words[] = {"0.3925 or more   (now         x, B",
                                 "0.39248)     0.3924 or less   (now 0.3925) alignment.rules.c",
                                 NULL};
    has_words(muster_tell_why(&tell, "B", NULL, false, NULL), words);
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alike__a_coding_joins_by_what_it_says),
        cmocka_unit_test(test_alike__against_a_coding),
        cmocka_unit_test(test_alike__evidence_stands_where_it_speaks),
        cmocka_unit_test(test_alike__a_flip_of_what_is_not_assessed),
        cmocka_unit_test(test_alike__a_host_of_whom_nothing_is_known),
        cmocka_unit_test(test_alike__figures_of_the_first_screen),
        cmocka_unit_test(test_alike__a_flip_and_its_margins),
        cmocka_unit_test(test_alike__who_moves_each_lever),
        cmocka_unit_test(test_alike__what_most_of_a_space_says),
        cmocka_unit_test(test_alike__where_a_value_stands_that_nearly_turns),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
