/* Models of camps on small worlds of which the answer is known. */
#include "test.h"

#include "document.h"
#include "flow.h"
#include "lesson.h"

#include <stdio.h>
#include <string.h>

/* A and B are a pair who stay together with D or with C, who will not be together. With C all are better
 * off, but from D neither of the two leaves alone. Six more are indifferent to everybody: of the 4140 ways
 * in which they can stand, all are stable, and those with D come first. */
static const char *two_places(void)
{
    static char text[16384];
    static const char id[] = "ABDCEFGHIJ";
    static const struct {
        const char *pair;
        double value;
    } tie[] = {{"AB", 0.3}, {"AC", 0.2}, {"BC", 0.2}, {"AD", 0.1}, {"BD", 0.1}, {"DC", -1.0}};
    size_t used = (size_t)sprintf(
        text, "scenario = { id = \"w\"; title = \"W\"; start = \"2020-01-01T00:00Z\"; horizon = "
              "\"10 d\"; source = \"assumed\"; };\nstates = {\n");
    for (const char *c = id; *c; c++)
        used += (size_t)sprintf(text + used, " %c = { name = \"%c\"; source = \"assumed\"; };\n",
                                *c, *c);
    used += (size_t)sprintf(text + used, "};\nties = {\n");
    for (const char *a = id; *a; a++)
        for (const char *b = a + 1; *b; b++) {
            double value = 0.0;
            for (size_t i = 0; i < sizeof tie / sizeof *tie; i++)
                if (tie[i].pair[0] == *a && tie[i].pair[1] == *b)
                    value = tie[i].value;
            used += (size_t)sprintf(text + used,
                                    " %c%c = { a = \"%c\"; b = \"%c\"; align = %.1f; source = "
                                    "\"assumed\"; };\n",
                                    *a, *b, *a, *b, value);
        }
    sprintf(text + used, "};\n");
    return text;
}

static void test_coalitions__the_best_may_be_the_last_of_thousands(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(flow_run_text(&f, two_places()), MUSTER_OK);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    char *text = muster_tell_rivals(&tell, "coalitions", NULL, true, f.diags);
    assert_non_null(text);
    json_t *d = json_loads(text, 0, NULL);
    json_t *camps = flow_at(flow_at(d, "cases[0].models[0]"), "camps");
    const double a = flow_real(flow_find(camps, "state", "A"), "camp");
    assert_near(flow_real(flow_find(camps, "state", "B"), "camp"), a, 0.0);
    assert_near(flow_real(flow_find(camps, "state", "C"), "camp"), a, 0.0);
    assert_true(flow_real(flow_find(camps, "state", "D"), "camp") != a);
    /* twice each pair: .3 + .2 + .2 */
    assert_near(flow_real(flow_at(d, "cases[0].models[0].findings[0]"), "value"), 1.4, 1e-12);
    json_decref(d);
    muster_tell_free(text, NULL);
    flow_close(&f);
}

/* The worked case has the other side in it, with the figures and ties of the file of camps, and every
 * measure of siding answers there; what it answers is not asserted. */
static void test_camps__the_worked_case_has_both_sides(void **state)
{
    (void)state;
    static const char *const id[] = {"CHN", "RUS", "PRK", "USA", "JPN", "KOR"};
    static const char *const figure[] = {"cinc", "ideal_point"};
    static const char *const model[] = {"bulk-power", "votes",   "alliances",
                                        "landscape",  "balance", "coalitions"};
    lesson l, other;
    lesson_open(&l, "northern-interaction-2023.cfg", NULL);
    lesson_open(&other, "camps-2023.cfg", NULL);
    const mst_setting *here = &l.all.item[lesson_case(&l, "northern")].setting,
                      *there = &other.all.item[lesson_case(&other, "northern")].setting;
    for (int i = 0; i < 6; i++) {
        const int32_t a = mst_setting_state(here, id[i]), b = mst_setting_state(there, id[i]);
        assert_string_equal(here->camp[a], there->camp[b]);
        for (int k = 0; k < 2; k++)
            assert_near(mst_setting_attribute(here, figure[k], a),
                        mst_setting_attribute(there, figure[k], b), 0.0);
        for (int k = 0; k < i; k++) {
            const int32_t c = mst_setting_state(here, id[k]), d = mst_setting_state(there, id[k]);
            assert_near(mst_setting_mutual(here, "align", a, c),
                        mst_setting_mutual(there, "align", b, d), 0.0);
            assert_near(mst_setting_mutual(here, "pact", a, c),
                        mst_setting_mutual(there, "pact", b, d), 0.0);
        }
    }
    for (size_t k = 0; k < sizeof model / sizeof *model; k++)
        assert_in_range(lesson_reply(&l, 0, model[k])->answer[0].joins, 0, 1);
    lesson_close(&other);
    lesson_close(&l);
}

/* What a pair has in two directions is not the value that absent ones count as. */
static void test_camps__a_pair_with_two_values_is_not_absent(void **state)
{
    (void)state;
    flow f;
    assert_int_equal(
        flow_run_text(
            &f,
            "scenario = { id = \"p\"; title = \"P\"; start = \"2030-01-01T00:00Z\"; horizon = "
            "\"9 d\"; };\n"
            "states = { A = { name = \"A\"; }; B = { name = \"B\"; }; D = { name = \"D\"; }; };\n"
            "ties = { A-B = { a = \"A\"; b = \"B\"; mutual = { propensity = 0.5; }; };\n"
            "A-D = { a = \"A\"; b = \"D\"; a_to_b = { propensity = 0.9; }; b_to_a = { propensity = "
            "0.7; }; }; };\n"
            "alignment = { camps = { tie = \"propensity\"; absent = -0.2; }; };\n"),
        MUSTER_OK);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    char *text = muster_tell_rivals(&tell, "landscape", NULL, false, f.diags);
    assert_non_null(text);
    assert_non_null(strstr(text, "A and D have 0.9"));
    assert_null(strstr(text, "other pair")); /* B and D have none, and count as absent */
    muster_tell_free(text, NULL);
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_coalitions__the_best_may_be_the_last_of_thousands),
        cmocka_unit_test(test_camps__the_worked_case_has_both_sides),
        cmocka_unit_test(test_camps__a_pair_with_two_values_is_not_absent),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
