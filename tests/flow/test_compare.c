/* Sentences of a comparison on data that make careless ones untrue: rounding noise, a figure that is not
 * always defined, one replication, things that only one of two files has. */
#include "test.h"

#include "flow.h"
#include "muster/replicate.h"

#include <stdio.h>
#include <string.h>

static const char worked[] = "northern-interaction-2023.cfg";

/* Four ships, their tanks unlike, that must all be there; %s: MORE. */
static const char four_ships[] =
    "scenario = { id = \"four\"; title = \"Four\"; start = \"2023-07-18T00:00Z\"; horizon = \"4 "
    "d\"; };\n"
    "states = { HOME = { name = \"Home\"; }; };\n"
    "classes = { corvette = { roles = [\"escort\"]; max_speed_kn = 27.0; range_nm = 3500.0;\n"
    "                         range_speed_kn = 14.0; fuel_t = 170.0; }; };\n"
    "bases = { PORT = { lat_deg = 43.11; lon_deg = 131.89; sea_lat_deg = 42.95; sea_lon_deg = "
    "131.85; }; };\n"
    "units = { s1 = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\"; fuel_t = 171.3; };\n"
    "          s2 = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\"; fuel_t = 163.7; };\n"
    "          s3 = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\"; fuel_t = %s; };\n"
    "          s4 = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\"; fuel_t = 149.9; }; "
    "};\n"
    "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };\n"
    "drills = { %s = { hosts = [\"HOME\"]; area = \"sea\"; cap_need = 1.0; decide_at = "
    "\"2023-07-18T00:00Z\";\n"
    "  muster = { at = \"2023-07-20T00:00Z\"; }; end = \"2023-07-20T12:00Z\";\n"
    "  slots = ( { for = \"host\"; role = \"escort\"; count = 4; min_hours = \"12 h\"; } ); }; };\n"
    "chance = { sailing_delay_h = \"%s\"; };\n";

static void open_four(flow *f, const char *tank, const char *drill, const char *delay)
{
    char text[4096];
    assert_true(snprintf(text, sizeof text, four_ships, tank, drill, delay) < (int)sizeof text);
    assert_int_equal(flow_run_text(f, text), MUSTER_OK);
}

static void open_changed(flow *f, const char *delay, const char *const *lines)
{
    char text[4096];
    muster_changes changes = {.line = lines};
    while (lines && lines[changes.line_count])
        changes.line_count++;
    assert_true(snprintf(text, sizeof text, four_ships, "155.1", "demo", delay) < (int)sizeof text);
    assert_int_equal(flow_run_changed(f, text, &changes), MUSTER_OK);
}

/* The report of two flows, its sentences on one line and single spaced; the caller frees. */
static char *compared(const flow *a, const flow *b, int64_t reps, bool all)
{
    static const char *const names[] = {"first", "other"};
    const muster_scenario *const scenario[] = {a->scenario, b->scenario};
    const muster_model *const model[] = {a->model, b->model};
    const muster_result *const plan[] = {a->result, b->result};
    const muster_replicate_options options = {
        .count = reps, .jobs = 2, .has_seed = true, .seed = 9};
    muster_sample *sample = NULL;
    if (reps > 0)
        assert_int_equal(muster_replicate(model, 2, &options, NULL, a->diags, &sample), MUSTER_OK);
    const muster_comparison given = {.name = names,
                                     .scenario = scenario,
                                     .model = model,
                                     .plan = plan,
                                     .sample = sample,
                                     .count = 2,
                                     .all = all};
    char *text = muster_tell_compare(&given, false, a->diags), *to = text;
    assert_non_null(text);
    for (const char *from = text; *from; from++)
        if (*from != ' ' && *from != '\n')
            *to++ = *from;
        else if (to > text && to[-1] != ' ')
            *to++ = ' ';
    *to = '\0';
    muster_sample_free(sample);
    return text;
}

static void has(const char *text, const char *words)
{
    if (!strstr(text, words))
        fail_msg("'%s' is not in:\n%s", words, text);
}

static void lacks(const char *text, const char *words)
{
    if (strstr(text, words))
        fail_msg("'%s' is in:\n%s", words, text);
}

/* Another tank of one ship moves the sums of the others in their last digits only. */
static void rounding_is_no_finding(void **unused)
{
    (void)unused;
    flow a, b;
    open_four(&a, "155.1", "demo", "exponential 1");
    open_four(&b, "200.0", "demo", "exponential 1");
    char *text = compared(&a, &b, 500, true);
    has(text, " 1. s3: \"fuel used\" is higher by 6.0");
    has(text, " 3. Home: \"fuel used\"");
    lacks(text, " 4. ");
    lacks(text, "0.000000");
    muster_tell_free(text, NULL);
    flow_close(&b);
    flow_close(&a);
}

static void a_figure_of_some_replications_says_of_how_many(void **unused)
{
    (void)unused;
    flow a, b;
    open_four(&a, "155.1", "demo", "exponential 1");
    open_four(&b, "155.1", "demo", "exponential 9");
    char *text = compared(&a, &b, 400, false);
    has(text, " 1. \"mustered\" is true in "); /* before all else */
    const char *delay = strstr(text, "\"muster delay\" is ");
    assert_non_null(delay);
    const char *over = strstr(delay, ", over the ");
    assert_non_null(over);
    assert_true(over - delay < 160);
    has(over, " of 400 replications in which both are defined.");
    has(text, "muster delay, h, n ");
    muster_tell_free(text, NULL);
    flow_close(&b);
    flow_close(&a);
}

/* What differs alike is a finding by the sign test: 2^(1 - n) times the figures below .05. */
static void few_replications_are_not_told_as_certain(void **unused)
{
    (void)unused;
    static const char *const gone[] = {"units.gremyashchiy.count = 0", NULL};
    flow a, b;
    assert_int_equal(flow_run(&a, worked, NULL, NULL), MUSTER_OK);
    assert_int_equal(flow_run(&b, worked, NULL, gone), MUSTER_OK);
    char *text = compared(&a, &b, 1, false);
    has(text, "one replication alone tells no difference from chance.");
    lacks(text, "in every replication");
    lacks(text, " 1. ");
    muster_tell_free(text, NULL);
    text = compared(&a, &b, 3, false);
    lacks(text, "in every replication alike"); /* the corvette came in all three of A */
    has(text, "Not told from chance: units mustered");
    muster_tell_free(text, NULL);
    text = compared(&a, &b, 400, false);
    has(text, "\"units mustered\" is lower by ");
    has(text, "The same in every replication: ");
    has(text, "Only A has unit gremyashchiy.");
    muster_tell_free(text, NULL);
    flow_close(&b);
    flow_close(&a);
}

/* Two files with a drill each: the one is held against the other, and what is in one alone is named. */
static void unlike_files_are_compared_by_what_they_share(void **unused)
{
    (void)unused;
    flow a, b;
    open_four(&a, "155.1", "demo", "fixed 1");
    open_four(&b, "155.1", "other", "fixed 2");
    char *text = compared(&a, &b, 0, false);
    has(text, "Drill 'other' was held against drill 'demo' of A.");
    has(text, "against A: no difference seen.");
    lacks(text, "Only A has");
    muster_tell_free(text, NULL);
    flow_close(&b);
    assert_int_equal(flow_run(&b, worked, NULL, NULL), MUSTER_OK);
    text = compared(&a, &b, 0, false);
    has(text, "Only A has state demo/HOME; unit s1, s2, s3, s4;");
    has(text, "Only B has state northern/CHN, northern/RUS, northern/PRK;");
    has(text, "In the plan run of B North Korea does not take part: "); /* by B's own names */
    muster_tell_free(text, NULL);
    flow_close(&b);
    flow_close(&a);
}

/* What the few replications that have a figure cannot tell is no finding, nor is it "the same". */
static void a_figure_that_one_side_hardly_ever_has(void **unused)
{
    (void)unused;
    static const char *const never[] = {"units.s4.sailing_delay_h = \"fixed 300\"", NULL};
    static const char *const seldom[] = {"units.s4.readiness = 0.05", NULL};
    static const char *const half[] = {"units.s4.readiness = 0.5", NULL};
    flow a, b;
    open_changed(&a, "fixed 0", seldom);
    open_changed(&b, "fixed 0", never);
    char *text = compared(&a, &b, 40, false); /* A musters in one or none of them */
    lacks(text, "\"muster delay\" is");
    has(text, "Not told from chance: mustered");
    muster_tell_free(text, NULL);
    flow_close(&a);
    open_changed(&a, "fixed 0", NULL);
    text = compared(&a, &b, 40, false);
    has(text, "\"muster delay\" is defined in none of the replications, in 40 of A (");
    muster_tell_free(text, NULL);
    flow_close(&b);
    open_changed(&b, "fixed 0", half);
    text = compared(&a, &b, 200, false);
    has(text, "The same wherever both are defined: muster delay.");
    muster_tell_free(text, NULL);
    flow_close(&b);
    flow_close(&a);
}

/* One pair has no interval, of shares neither. */
static void one_pair_has_no_interval(void **unused)
{
    (void)unused;
    flow f;
    muster_sample *s = NULL;
    open_four(&f, "155.1", "demo", "exponential 1");
    const muster_model *const model[] = {f.model, f.model};
    const muster_replicate_options options = {.count = 1, .jobs = 1};
    assert_int_equal(muster_replicate(model, 2, &options, NULL, f.diags, &s), MUSTER_OK);
    static const char *const measures[] = {"mustered", "fuel_used_t"};
    for (int i = 0; i < 2; i++) {
        const muster_difference d =
            muster_sample_difference(s, 1, muster_measure_index(measures[i]), 0);
        assert_int_equal(d.count, 1);
        assert_false(d.is_estimable);
        assert_true(isnan(d.low) && isnan(d.high) && isnan(d.p) && isnan(d.correlation));
    }
    muster_sample_free(s);
    flow_close(&f);
}

/* Three of four reached the sea of a drill that needs all of them. */
static void ships_at_a_drill_that_did_not_muster_came_in_vain(void **unused)
{
    (void)unused;
    static const char *const late[] = {"units.s4.sailing_delay_h = \"fixed 40\"", NULL};
    flow f;
    muster_result *r = NULL;
    open_changed(&f, "fixed 0", late);
    assert_int_equal(muster_run_replication(f.model, 9, 1, NULL, f.diags, &r), MUSTER_OK);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = r};
    char *text = muster_tell_report(&tell, f.diags);
    assert_non_null(text);
    has(text, "CAME:           in vain Home (3 ships); the drill did not muster: late\n");
    has(text, "AGREED TO COME: Home\n");
    muster_tell_free(text, NULL);
    muster_result_free(r);
    flow_close(&f);
}

/* One host of two turns: the least margin does not move, and it is told all the same, with who stays away. */
static void a_host_that_turns_is_told(void **unused)
{
    (void)unused;
    static const char *const closer[] = {"ties.RUS-PRK.align = 0.45", NULL};
    flow a, b;
    assert_int_equal(flow_run(&a, worked, NULL, NULL), MUSTER_OK);
    assert_int_equal(flow_run(&b, worked, NULL, closer), MUSTER_OK);
    char *text = compared(&a, &b, 0, false);
    has(text, "North Korea: \"hosts that would admit it\" is higher by 1: 1 instead of 0.");
    has(text, "North Korea: \"margin: admitted, mean\" is higher by 0.0500");
    has(text,
        "In the plan run of B North Korea does not take part: not able, not admitted by China, "
        "would not accept.");
    muster_tell_free(text, NULL);
    flow_close(&b);
    flow_close(&a);
}

/* Both ways round, of plan runs and of replications: "not defined", never "no" or a number. */
static void what_is_not_defined_is_said_so(void **unused)
{
    (void)unused;
    static const char *const none[] = {"units.s1.count = 0", "units.s2.count = 0",
                                       "units.s3.count = 0", "units.s4.count = 0"};
    char lines[4096];
    flow a, b;
    open_four(&a, "155.1", "demo", "exponential 1");
    assert_true(snprintf(lines, sizeof lines, four_ships, "155.1", "demo", "exponential 1") <
                (int)sizeof lines);
    const muster_changes changes = {.line = none, .line_count = 4};
    assert_int_equal(flow_run_changed(&b, lines, &changes), MUSTER_OK);
    for (int64_t reps = 0; reps <= 200; reps += 200) {
        char *text = compared(&a, &b, reps, false);
        has(text, reps == 0
                      ? "\"able\" is not defined instead of yes"
                      : "\"able\" is defined in none of the replications, in 200 of A (100 %)");
        lacks(text, "nan");
        muster_tell_free(text, NULL);
        text = compared(&b, &a, reps, false);
        has(text, reps == 0
                      ? "\"able\" is yes instead of not defined"
                      : "\"able\" is defined in 200 of the replications (100 %), in none of A");
        lacks(text, "nan");
        muster_tell_free(text, NULL);
    }
    flow_close(&b);
    flow_close(&a);
}

/* The thing of muster_sample_difference is one of model 0, in whatever order the other has it. */
static void a_difference_is_of_the_thing_of_the_first_model(void **unused)
{
    (void)unused;
#define DRILL(ID, STATE, HOURS)                                                                    \
    ID " = { hosts = [\"" STATE "\"]; cap_need = 0.5; decide_at = \"2023-07-18T00:00Z\";\n"        \
       "  muster = { lat_deg = 42.0; lon_deg = 132.0; at = \"2023-07-20T00:00Z\"; };\n"            \
       "  end = \"2023-07-20T" HOURS ":00Z\";\n"                                                   \
       "  slots = ( { for = \"host\"; role = \"fighter\"; domain = \"air\"; count = 1;\n"          \
       "              min_hours = \"18 min\"; } ); };\n"
#define DRILLS(FIRST, SECOND)                                                                      \
    "scenario = { id = \"two\"; title = \"Two\"; start = \"2023-07-18T00:00Z\"; horizon = \"4 "    \
    "d\"; };\n"                                                                                    \
    "states = { A = { }; B = { }; };\n"                                                            \
    "classes = { jet = { craft = \"aircraft\"; roles = [\"fighter\"]; displacement_t = 34.5;\n"    \
    "            fuel_kg = 11500.0; cruise_kn = 470.0; ferry_range_nm = 1940.0; }; };\n"           \
    "bases = { FIELD = { lat_deg = 43.35; lon_deg = 132.05; }; };\n"                               \
    "units = { a = { class = \"jet\"; state = \"A\"; base = \"FIELD\"; count = 9; readiness = "    \
    "0.5; };\n"                                                                                    \
    "          b = { class = \"jet\"; state = \"B\"; base = \"FIELD\"; count = 9; readiness = "    \
    "0.5; }; };\n"                                                                                 \
    "drills = { " FIRST SECOND " };\n"
    flow f, g;
    muster_sample *s = NULL;
    assert_int_equal(flow_run_text(&f, DRILLS(DRILL("short", "A", "06"), DRILL("long", "B", "18"))),
                     MUSTER_OK);
    assert_int_equal(flow_run_text(&g, DRILLS(DRILL("long", "B", "18"), DRILL("short", "A", "06"))),
                     MUSTER_OK);
    const muster_model *const model[] = {f.model, g.model};
    const muster_replicate_options options = {.count = 50, .jobs = 1, .has_seed = true, .seed = 9};
    assert_int_equal(muster_replicate(model, 2, &options, NULL, f.diags, &s), MUSTER_OK);
    const int32_t measure = muster_measure_index("complete_h");
    assert_true(muster_sample_summary(s, 0, measure, 1).mean >
                muster_sample_summary(s, 0, measure, 0).mean + 1.0); /* long, short */
    for (int32_t drill = 0; drill < 2; drill++) {
        const muster_difference d = muster_sample_difference(s, 1, measure, drill);
        assert_int_equal(d.count, 50);
        assert_true(d.first == muster_sample_summary(s, 0, measure, drill).mean);
        assert_true(d.other == muster_sample_summary(s, 1, measure, 1 - drill).mean);
        assert_true(d.mean == 0.0); /* the same draws */
    }
    assert_int_equal(muster_sample_difference(s, 1, measure, 2).count, 0);
    assert_int_equal(muster_sample_difference(s, 1, measure, -1).count, 0);
    assert_int_equal(muster_sample_difference(s, 2, measure, 0).count, 0);
    muster_sample_free(s);
    flow_close(&g);
    flow_close(&f);
}

/* A ship whose delay exceeds the group's patience stays in port: it came to nothing, burnt nothing, and
 * does not pay the port call after the drill. */
static void a_ship_left_behind_did_not_come(void **unused)
{
    (void)unused;
    static const char *const late[] = {"units.taihu.sailing_delay_h = \"fixed 40\"", NULL};
    flow f;
    muster_result *r = NULL;
    assert_int_equal(flow_run(&f, worked, NULL, late), MUSTER_OK);
    assert_near(muster_result_value(f.result, "took_part", "taihu"), 1.0, 0.0);
    assert_int_equal(muster_run_replication(f.model, 9, 1, NULL, f.diags, &r), MUSTER_OK);
    assert_near(muster_result_value(r, "took_part", "taihu"), 0.0, 0.0);
    assert_near(muster_result_value(r, "unit_fuel_used_t", "taihu"), 0.0, 0.0);
    assert_near(muster_result_value(r, "units_came", "northern/CHN"), 4.0, 0.0);
    assert_near(muster_result_value(r, "end_fuel_frac", "taihu"),
                muster_result_value(f.result, "end_fuel_frac", "taihu") > 0.0 ? 1.0 : 0.0, 0.1);
    muster_result_free(r);
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounding_is_no_finding),
        cmocka_unit_test(a_figure_of_some_replications_says_of_how_many),
        cmocka_unit_test(few_replications_are_not_told_as_certain),
        cmocka_unit_test(unlike_files_are_compared_by_what_they_share),
        cmocka_unit_test(a_figure_that_one_side_hardly_ever_has),
        cmocka_unit_test(one_pair_has_no_interval),
        cmocka_unit_test(ships_at_a_drill_that_did_not_muster_came_in_vain),
        cmocka_unit_test(a_host_that_turns_is_told),
        cmocka_unit_test(what_is_not_defined_is_said_so),
        cmocka_unit_test(a_difference_is_of_the_thing_of_the_first_model),
        cmocka_unit_test(a_ship_left_behind_did_not_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
