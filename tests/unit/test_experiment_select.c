/* The group `select` of an experiment file. */
#include "ships.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

#define METHOD "method = { name = \"factorial\"; };\n"
#define FACTORS                                                                                    \
    "factors = { a = { path = \"units.a.readiness\"; min = 0.5; max = 0.9; steps = 3; };\n"        \
    "            b = { path = \"units.b.readiness\"; min = 0.5; max = 0.9; steps = 2; }; };\n"
#define MEASURES "measures = [\"mustered_units\", \"serials_planned\", \"muster_delay_h\"];\n"
#define REST METHOD FACTORS MEASURES
#define KN "by = \"kn\"; worth = 0.1;"

static muster_selection selection_of(const char *keys)
{
    char text[2000];
    snprintf(text, sizeof text, REST "select = { %s };\n", keys);
    muster_experiment *e = ships_opened(text);
    const muster_experiment_head *h = muster_experiment_head_of(e);
    const muster_selection out = h->selection;
    assert_int_equal(h->points, 6);
    assert_int_equal(h->replications, out.most);
    muster_experiment_free(e);
    return out;
}

static uint64_t hash_of(const char *keys)
{
    char text[2000];
    snprintf(text, sizeof text, REST "%s%s%s",
             *keys ? "select = { " : "runs = { replications = 5; };", keys, *keys ? " };\n" : "\n");
    muster_experiment *e = ships_opened(text);
    const uint64_t hash = muster_experiment_head_of(e)->plan_hash;
    muster_experiment_free(e);
    return hash;
}

static void tells(muster_status wanted, const char *text, const char *words)
{
    muster_experiment *e = NULL;
    muster_diags *diags = muster_diags_create(NULL);
    const muster_status status = ships_try(text, 0, diags, &e);
    assert_int_equal(status, wanted);
    if (!strstr(test_words(diags), words))
        fail_msg("not told: %s\ntold: %s", words, test_words(diags));
    muster_experiment_free(e);
    muster_diags_free(diags);
}

static void refuses(const char *keys, const char *words)
{
    char text[2000];
    snprintf(text, sizeof text, REST "select = { %s };\n", keys);
    tells(MUSTER_MISTAKE, text, words);
}

/* ---- what becomes of it --------------------------------------------------------------------------- */

static void test_experiment_select__what_is_not_given(void **state)
{
    (void)state;
    const muster_selection kn = selection_of(KN);
    assert_int_equal(kn.kind, MUSTER_SELECT_KN);
    assert_int_equal(kn.response, 0);
    assert_true(kn.more);
    assert_near(kn.worth, 0.1, 0.0);
    assert_near(kn.level, 0.95, 0.0);
    assert_int_equal(kn.first, 20);
    assert_int_equal(kn.step, 10);
    assert_int_equal(kn.most, 2000);
    assert_int_equal(kn.budget, 0);
    const muster_selection ocba = selection_of("by = \"ocba\"; budget = 3000;");
    assert_int_equal(ocba.kind, MUSTER_SELECT_OCBA);
    assert_int_equal(ocba.step, 60);
    assert_int_equal(ocba.budget, 3000);
    assert_near(ocba.worth, 0.0, 0.0);
    assert_int_equal(selection_of("by = \"ocba\"; budget = 300;").step, 10);
    muster_experiment *plain = ships_opened(REST "runs = { replications = 7; };\n");
    assert_int_equal(muster_experiment_head_of(plain)->selection.kind, MUSTER_SELECT_NONE);
    assert_int_equal(muster_experiment_head_of(plain)->replications, 7);
    muster_experiment_free(plain);
}

static void test_experiment_select__what_is_given(void **state)
{
    (void)state;
    const muster_selection s =
        selection_of("by = \"kn\"; measure = \"serials_planned\"; prefer = \"less\"; worth = 2; "
                     "level = 0.9; first = 12; step = 3; most = 77;");
    assert_int_equal(s.response, 1);
    assert_false(s.more);
    assert_near(s.worth, 2.0, 0.0);
    assert_near(s.level, 0.9, 0.0);
    assert_int_equal(s.first, 12);
    assert_int_equal(s.step, 3);
    assert_int_equal(s.most, 77);
    assert_false(selection_of(KN "measure = \"muster_delay_h\";").more);
    assert_true(selection_of(KN "measure = \"muster_delay_h\"; prefer = \"more\";").more);
}

/* Every key of it changes what is run. A plan without a selection keeps its hash. */
static void test_experiment_select__hash_knows_every_key(void **state)
{
    (void)state;
    static const char *const keys[] = {"",
                                       KN,
                                       "by = \"kn\"; worth = 0.2;",
                                       KN "level = 0.9;",
                                       KN "first = 21;",
                                       KN "step = 11;",
                                       KN "most = 2001;",
                                       KN "prefer = \"less\";",
                                       KN "measure = \"muster_delay_h\"; prefer = \"more\";",
                                       "by = \"ocba\"; budget = 3000; step = 10;",
                                       "by = \"ocba\"; budget = 3001; step = 10;"};
    enum { COUNT = sizeof keys / sizeof *keys };
    uint64_t hash[COUNT];
    for (int i = 0; i < COUNT; i++) {
        hash[i] = hash_of(keys[i]);
        for (int k = 0; k < i; k++)
            assert_true(hash[i] != hash[k]);
    }
    assert_true(hash_of(KN "first = 20; step = 10; most = 2000; level = 0.95; prefer = \"more\"; "
                           "measure = \"mustered_units\";") == hash[1]);
}

/* ---- mistakes ------------------------------------------------------------------------------------- */

static void test_experiment_select__mistakes(void **state)
{
    (void)state;
    refuses("worth = 0.1;", "select: 'by' is missing");
    refuses("by = \"kv\"; worth = 0.1;", "'by' cannot be \"kv\"");
    refuses("by = \"kn\";", "kn needs the least difference that matters (worth = ");
    refuses("by = \"kn\"; worth = 0.0;", "'worth' = 0 is outside");
    refuses("by = \"kn\"; worth = -1.0;", "'worth' = -1 is outside");
    refuses(KN "level = 0.5;", "'level' = 0.5 is outside");
    refuses(KN "level = 1.0;", "'level' = 1 is outside");
    refuses(KN "first = 1;", "'first' = 1 is outside");
    refuses(KN "step = 0;", "'step' = 0 is outside");
    refuses(KN "first = 30; most = 29;", "most is less than first");
    refuses(KN "wurth = 0.2;", "unknown key 'wurth'");
    refuses(KN "measure = \"mustered_unit\";",
            "'mustered_unit' is none of the measures of this experiment (did you mean "
            "'mustered_units'?)");
    refuses(KN "measure = \"score\";", "measures = [..., \"score\"]");
    refuses(KN "measure = \"serials_planned\";",
            "neither more nor less of 'serials_planned' is better by itself (prefer = \"more\" or");
    refuses("by = \"ocba\";", "ocba needs a budget");
    refuses("by = \"ocba\"; budget = 119;",
            "a budget of 119 runs is less than the first 20 of each of 6 points");
}

static void test_experiment_select__mistakes_beside_it(void **state)
{
    (void)state;
    tells(MUSTER_MISTAKE, REST "runs = { replications = 5; }; select = { " KN " };\n",
          "each point has a number of replications of its own (most = 2000 in select, and no");
    tells(MUSTER_OK, REST "runs = { seed = 5; }; select = { " KN " };\n", "");
    tells(MUSTER_MISTAKE,
          "method = { name = \"lhs\"; points = 501; };" FACTORS MEASURES "select = { " KN " };\n",
          "the experiment has 501 points, not 2 to 500");
    tells(MUSTER_MISTAKE,
          "method = { name = \"list\"; }; points = ( { label = \"one\"; } );" MEASURES
          "select = { " KN " };\n",
          "the experiment has 1 point, not 2 to 500");
    tells(MUSTER_OK,
          "method = { name = \"lhs\"; points = 500; tries = 1; };" FACTORS MEASURES "select = { " KN
          " };\n",
          "");
    tells(MUSTER_OK, REST "select = { " KN " budget = 1000; };\n", "'kn' does not use 'budget'");
    tells(MUSTER_OK, REST "select = { by = \"ocba\"; budget = 1000; worth = 0.1; };\n",
          "'ocba' does not use 'worth'");
    tells(MUSTER_OK, REST "select = { by = \"ocba\"; budget = 1000; level = 0.9; };\n",
          "'ocba' does not use 'level'");
    muster_experiment *e = NULL;
    muster_diags *diags = muster_diags_create(NULL);
    assert_int_equal(ships_try(REST "select = { " KN " };\n", 30, diags, &e), MUSTER_MISTAKE);
    assert_non_null(strstr(test_words(diags), "a number of replications of its own"));
    muster_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_experiment_select__what_is_not_given),
        cmocka_unit_test(test_experiment_select__what_is_given),
        cmocka_unit_test(test_experiment_select__hash_knows_every_key),
        cmocka_unit_test(test_experiment_select__mistakes),
        cmocka_unit_test(test_experiment_select__mistakes_beside_it),
    };
    return cmocka_run_group_tests(tests, NULL, ships_tidy);
}
