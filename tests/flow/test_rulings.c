/* What an umpire rules: it decides who sails, and the rules' own answer stays beside it. */
#include "thrown_in.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- rulings ------------------------------------------------------------------------------------------------ */

/* The umpire's word decides who sails; stages, terms and P are those of the rules. */
static void test_ruling__it_decides_and_the_stages_stay(void **state)
{
    static const char *const out[] = {"drills.d.rulings.B.says = \"stays-out\"",
                                      "drills.d.rulings.B.reason = \"A game's sake\"", NULL};
    (void)state;
    flow plain, f;
    open(&plain, WORLD, NULL);
    open(&f, WORLD, out);
    const mst_verdict *was = mst_verdict_of(run_of(&plain), 0, 1);
    const mst_verdict *is = mst_verdict_of(run_of(&f), 0, 1);
    assert_true(was->joins && !is->joins);
    assert_memory_equal(was->stage, is->stage, sizeof was->stage);
    assert_near(was->p, is->p, 0.0);
    assert_non_null(record_of(&plain, MST_RECORD_LEG, "b", 0));
    assert_null(record_of(&f, MST_RECORD_LEG, "b", 0));
    json_t *ruling = flow_at(flow_json(&f), "decisions[1].ruling");
    assert_string_equal(json_string_value(json_object_get(ruling, "says")), "stays-out");
    assert_string_equal(json_string_value(json_object_get(ruling, "reason")), "A game's sake");
    assert_true(json_is_false(flow_at(f.run, "decisions[1].joins")));
    json_t *line = flow_find(json_object_get(f.run, "log"), "kind", "ruling");
    assert_string_equal(json_string_value(json_object_get(line, "text")),
                        "By the umpire: Bland stays out by ruling: A game's sake; by the rules it "
                        "would take part.");
    assert_true(json_is_null(flow_at(flow_json(&plain), "decisions[1].ruling")));
    flow_close(&f);
    flow_close(&plain);
}

static void test_ruling__one_that_lets_in_is_told_beside_what_the_rules_say(void **state)
{
    static const char *const in[] = {"states.B.attributes.will = 0.1",
                                     "drills.d.rulings.B.says = \"joins\"", NULL};
    (void)state;
    flow f;
    open(&f, WORLD, in);
    assert_true(joins(&f, "B"));
    assert_non_null(record_of(&f, MST_RECORD_MUSTERED, "b", 0));
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    char *report = muster_tell_report(&tell, NULL);
    char *why = muster_tell_why(&tell, "B", NULL, false, NULL);
    char *trace = muster_tell_trace(&tell, NULL);
    char *rivals = muster_tell_rivals(&tell, "rules", NULL, true, NULL);
    assert_non_null(strstr(report, "Bland takes part by ruling; by the rules it would stay out."));
    assert_non_null(strstr(report, "drills.d.rulings.B.says: \"none\" -> \"joins\""));
    assert_non_null(strstr(why, "Why, by the rules, Bland does not take part"));
    assert_non_null(strstr(why, "UMPIRE: Bland takes part by ruling"));
    assert_non_null(strstr(trace, "B takes part, by the umpire's ruling"));
    assert_non_null(strstr(rivals, "\"joins\": false")); /* the rules' own answer */
    assert_null(strstr(rivals, "\"joins\": true"));
    muster_tell_free(report, NULL);
    muster_tell_free(why, NULL);
    muster_tell_free(trace, NULL);
    muster_tell_free(rivals, NULL);
    flow_close(&f);
}

static void test_ruling__mistakes_are_told(void **state)
{
    static const char *const bad[] = {"drills.d.rulings.A.says = \"joins\"", NULL};
    (void)state;
    flow f = {.diags = muster_diags_create(NULL)};
    const muster_changes changes = {.line = bad, .line_count = 1};
    muster_scenario *scenario = NULL;
    assert_int_equal(muster_gather_text("t.cfg", WORLD, strlen(WORLD), NULL, f.diags, &f.text),
                     MUSTER_OK);
    (void)muster_scenario_read(f.text, &changes, NULL, f.diags, &scenario);
    char *lines = muster_tell_diags(f.diags, false, NULL);
    assert_non_null(strstr(lines, "no ruling 'A'")); /* a host */
    muster_tell_free(lines, NULL);
    muster_scenario_free(scenario);
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ruling__it_decides_and_the_stages_stay),
        cmocka_unit_test(test_ruling__one_that_lets_in_is_told_beside_what_the_rules_say),
        cmocka_unit_test(test_ruling__mistakes_are_told),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
