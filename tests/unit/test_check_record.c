/* Checks provoked: rules and ties, and what was observed. */
#include "checked.h"

#include <stdio.h>
#include <time.h>

/* ---- participation -------------------------------------------------------------------------------------- */

static void test_check__terms_of_rules(void **state)
{
    (void)state;
    static const struct {
        const char *term, *words, *hint;
    } cases[] = {
        {"cand.autonmy", "rule 'f99', term 1 \"cand.autonmy\": no state has attribute 'autonmy'",
         "did you mean 'autonomy'?"},
        {"tie.practiced", "no tie has mutual value 'practiced'", "did you mean 'practised'?"},
        {"to_host.resnt", "no tie has directed value 'resnt'", "did you mean 'resent'?"},
        {"drill.visiblity", "no drill has value 'visiblity'", "did you mean 'visibility'?"},
        {"fleet.range", "a fleet has kit and cap, not 'range'", ""},
        {"candidate.autonomy", "unknown name 'candidate.autonomy'", "names are cand.X"},
        {"autonomy", "unknown name 'autonomy'", "names are cand.X"},
        {"1.2.3*cand.autonomy", "bad number '1.2.3'", ""},
        {"0.4 cand.autonomy", "'+', '-' or '*' is expected at 'cand.autonomy'", ""},
        {"0.4 +", "a name is expected at the end", ""},
        {"0.4 + 0.6", "'*' and a name are expected after the number", ""},
        {"cand.autonomy + tie.align", "nothing may follow here but '*' and a name: '+ tie.align'",
         ""},
        {"cand.autonomy * 0.5", "a name is expected at '0.5'", ""},
        {"", "a name is expected at the end", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        made_spec m;
        made_open(&m);
        const int32_t line = line_of(made_rule(&m, "f99", MST_ADMIT, 1, cases[i].term, NULL));
        expect(&m, MUSTER_ERROR, line, cases[i].words, cases[i].hint);
    }
}

static void test_check__forms_of_rules(void **state)
{
    (void)state;
    static const struct {
        int32_t stage, form;
        const char *first, *second, *words;
    } cases[] = {
        {MST_ABLE, 1, "fleet.kit", "drill.cap_need", "in stage able a rule has form gate"},
        {MST_ABLE, 0, "fleet.kit", "fleet.cap", "in stage able a rule has form gate"},
        {MST_ABLE, 0, "2*fleet.cap", "fleet.kit", "in stage able a rule has form gate"},
        {MST_ADMIT, 0, "fleet.kit", "drill.cap_need", "form gate belongs to stage able"},
        {MST_ADMIT, 5, "tie.align", NULL, "form min-ratio needs two terms"},
        {MST_ADMIT, 6, "tie.align", NULL, "form gap needs two terms"},
        {MST_ADMIT, 1, NULL, NULL, "rule 'f99' has no terms"},
    };
    made_spec m;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        made_open(&m);
        const int32_t line = line_of(
            made_rule(&m, "f99", cases[i].stage, cases[i].form, cases[i].first, cases[i].second));
        expect(&m, MUSTER_ERROR, line, cases[i].words, "");
    }
    made_open(&m);
    RULE(m, 2)->sign = 0;
    expect(&m, MUSTER_ERROR, line_of(RULE(m, 2)), "its sign is 0; allowed are 1 and -1", "");

    made_open(&m);
    RULE(m, 3)->over = 0;
    expect(&m, MUSTER_WARNING, line_of(RULE(m, 3)), "does not say how several hosts join", "over");

    made_open(&m);
    for (int i = 0; i < 16; i++)
        made_add_text(&m, &RULE(m, 2)->terms, "0.5");
    expect(&m, MUSTER_ERROR, line_of(RULE(m, 2)), "has 17 terms; at most 16", "");

    made_open(&m); /* a state that the file has not may be meant; what is no id cannot */
    made_add_text(&m, &RULE(m, 2)->about, "ZZZ");
    made_add_text(&m, &RULE(m, 2)->about, "North Korea");
    expect(&m, MUSTER_ERROR, line_of(RULE(m, 2)), "about 'North Korea', which is no id", "about =");
}

static void test_check__attributes_no_rule_reads(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m); /* BBB loses the right name and has a near one */
    mst_state_def *b = MST_AT(mst_state_def, &m.spec.states, 1);
    MST_AT(mst_number, &b->attributes, 0)->name = "autonmy";
    expect(&m, MUSTER_WARNING, MST_AT(mst_number, &b->attributes, 0)->place.line,
           "state 'BBB': no rule reads attribute 'autonmy'", "did you mean 'autonomy'?");

    made_open(&m); /* both: a name of its own right */
    b = MST_AT(mst_state_def, &m.spec.states, 1);
    made_add_number(&m, &b->attributes, "autonomy2", 0.3);
    check(&m);
    assert_int_equal(muster_diags_count(m.diags), 0);
    made_close(&m);
}

/* Judged weights are for figures of 0 to 1; a fitted one is in the units of its record, and what no rule
 * in force reads is not theirs. */
static void test_check__figures_off_the_scale(void **state)
{
    (void)state;
    static const double beyond[] = {1.4, -0.01};
    made_spec m;
    for (int32_t i = 0; i < 2; i++) {
        made_open(&m);
        mst_number *n =
            MST_AT(mst_number, &MST_AT(mst_state_def, &m.spec.states, 1)->attributes, 0);
        n->value = beyond[i];
        expect(&m, MUSTER_WARNING, n->place.line,
               i == 0 ? "'autonomy' is 1.4" : "'autonomy' is -0.01",
               "rules that read it are made for figures of 0 to 1");
    }
    for (int32_t i = 0; i < 4; i++) {
        made_open(&m);
        mst_number *n =
            MST_AT(mst_number, &MST_AT(mst_state_def, &m.spec.states, 1)->attributes, 0);
        n->value = i < 2 ? (double)i : 1.4;
        for (int32_t k = 0; i >= 2 && k < m.spec.alignment.rules.count; k++) {
            mst_rule_def *rule = MST_AT(mst_rule_def, &m.spec.alignment.rules, k);
            rule->off = i == 2;
            rule->item.confidence = i == 3 ? MUSTER_ESTIMATED : rule->item.confidence;
        }
        check(&m);
        assert_int_equal(muster_diags_count(m.diags), 0);
        made_close(&m);
    }
}

static void test_check__ties(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_tie_def *tie = MADE(&m, &m.spec.ties, mst_tie_def, mst_fields_tie, "CCC-AAA");
    tie->a = made_ref("CCC");
    tie->b = made_ref("AAA");
    expect(&m, MUSTER_ERROR, tie->item.place.line,
           "ties 'AAA-CCC' and 'CCC-AAA' are about the same", "");

    made_open(&m);
    tie = MADE(&m, &m.spec.ties, mst_tie_def, mst_fields_tie, "odd");
    tie->a = tie->b = made_ref("BBB");
    expect(&m, MUSTER_ERROR, tie->item.place.line, "between 'BBB' and itself", "");

    made_open(&m);
    mst_pact_def *pact = MST_AT(mst_pact_def, &MST_AT(mst_tie_def, &m.spec.ties, 0)->pacts, 0);
    pact->until = made_at("1950-01-01Z");
    expect(&m, MUSTER_ERROR, pact->item.place.line, "a pact ends before it begins", "");
}

static void test_check__timeline_changes(void **state)
{
    (void)state;
    static const struct {
        const char *line, *words, *hint;
    } cases[] = {
        {"units.a1.fuel_frac = 0.5", "no such dated value", "a timeline may set"},
        {"states.CCC.allotment_frac = 0.5", "no such dated value", "a timeline may set"},
        {"drills.d.visibility = 0.5", "no such dated value", "a timeline may set"},
        {"ties.AAA-CCC.rival = true", "no such dated value", "a timeline may set"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        made_spec m;
        made_open(&m);
        mst_dated_def *entry = MADE(&m, &m.spec.timeline, mst_dated_def, mst_fields_dated, NULL);
        entry->at = made_at("2023-07-01Z");
        made_dated_change(&m, entry, cases[i].line);
        expect(&m, MUSTER_ERROR, entry->item.place.line, cases[i].words, cases[i].hint);
    }
}

/* ---- record ----------------------------------------------------------------------------------------------- */

static void test_check__observations(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_observation_def *seen = observe(&m);
    expect(&m, MUSTER_ERROR, seen->item.place.line, "needs a group or a unit, one of them", "");

    made_open(&m);
    seen = observe(&m);
    seen->group = made_ref("ga");
    expect(&m, MUSTER_ERROR, seen->item.place.line, "observation 'seen' has no place", "lat_deg");

    made_open(&m);
    seen = observe(&m);
    seen->group = made_ref("ga");
    seen->base = made_ref("PORT-A");
    seen->lat_deg = 33.5;
    expect(&m, MUSTER_ERROR, seen->item.place.line, "has a base and a point", "");
}

static void test_check__evidence(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    mst_evidence_def *said =
        MADE(&m, &m.spec.evidence, mst_evidence_def, mst_fields_evidence, NULL);
    said->drill = made_ref("d");
    said->state = made_ref("CCC");
    said->host = made_ref("CCC");
    expect(&m, MUSTER_WARNING, said->item.place.line, "'CCC', which does not host drill 'd'", "");
}

static mst_lever_def *lever(made_spec *m, const char *path)
{
    mst_lever_def *out = MADE(m, &m->spec.levers, mst_lever_def, mst_fields_lever, "lever");
    out->path = path;
    out->min = 0.0;
    out->max = 1.0;
    return out;
}

static void test_check__levers(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    int32_t line = line_of(lever(&m, "units.a3.fuel_frac"));
    expect(&m, MUSTER_ERROR, line, "a3", "");

    made_open(&m);
    mst_lever_def *l = lever(&m, "ties.AAA-CCC.align");
    l->max = 0.0;
    expect(&m, MUSTER_ERROR, l->item.place.line, "min 0 is not below max 0", "");

    made_open(&m);
    l = lever(&m, "states.CCC.attributes.autonomy");
    l->max = (double)NAN;
    expect(&m, MUSTER_ERROR, l->item.place.line, "needs min and max, or choices", "");

    made_open(&m);
    l = lever(&m, "units.wing.base");
    made_add_text(&m, &l->choices, "FIELD-C");
    expect(&m, MUSTER_ERROR, l->item.place.line, "has choices and a range", "");

    made_open(&m);
    l = lever(&m, "units.c.count");
    l->step = 2.0;
    expect(&m, MUSTER_ERROR, l->item.place.line, "its step 2 is wider than its range", "");
}

static void test_check__weather(void **state)
{
    (void)state;
    made_spec m;
    made_open(&m);
    m.spec.weather.sea_state = MST_INT_NONE;
    expect(&m, MUSTER_NOTE, m.spec.weather.item.place.line, "the sea is taken as calm", "");

    made_open(&m);
    mst_climate_def *month = MADE_IN(&m, &m.spec.weather.climatology, mst_climate_def,
                                     mst_fields_weather, "climatology");
    month->month = 7;
    month->mean_hs_m = 1.5;
    month->p90_hs_m = 0.8;
    expect(&m, MUSTER_ERROR, month->item.place.line, "no Weibull distribution has mean 1.5 m", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_check__terms_of_rules),
        cmocka_unit_test(test_check__forms_of_rules),
        cmocka_unit_test(test_check__attributes_no_rule_reads),
        cmocka_unit_test(test_check__figures_off_the_scale),
        cmocka_unit_test(test_check__ties),
        cmocka_unit_test(test_check__timeline_changes),
        cmocka_unit_test(test_check__observations),
        cmocka_unit_test(test_check__evidence),
        cmocka_unit_test(test_check__levers),
        cmocka_unit_test(test_check__weather),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
