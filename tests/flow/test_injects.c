/* What is thrown in while a drill runs: when, what the sea and the figures do, that runs stay determined,
 * what is told. What ships do is in test_injects_ships.c. */
#include "thrown_in.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is off changes nothing ---------------------------------------------------------------- */

static void test_inject__one_that_is_not_thrown_in_leaves_every_record(void **state)
{
    (void)state;
    flow plain, off, words;
    open(&plain, WORLD, NULL);
    open(&off, WORLD INJECT("effect = \"breaks-down\"; unit = \"a\";"), NULL);
    assert_true(muster_result_digest(plain.result) == muster_result_digest(off.result));
    flow_close(&off);
    /* words are one record and nothing else */
    open(&words, WORLD INJECT("says = \"Listen.\"; on = true;"), NULL);
    assert_int_equal(run_of(&words)->clock->record_count, run_of(&plain)->clock->record_count + 1);
    const mst_record *said = record_of(&words, MST_RECORD_INJECTED, NULL, 0);
    assert_near(hour_of(&words, said), 0.0, 0.0);
    assert_int_equal(said->b, MST_EFFECT_WORDS);
    assert_int_equal(said->unit, -1);
    flow_close(&words);
    flow_close(&plain);
}

static void test_inject__a_change_throws_it_in_and_moves_it(void **state)
{
    static const char *const lines[] = {"injects.x.on = true",
                                        "injects.x.at = \"2023-07-19T06:00Z\"", NULL};
    (void)state;
    flow f;
    open(&f, WORLD INJECT("unit = \"b\";"), lines);
    const mst_record *r = record_of(&f, MST_RECORD_INJECTED, "b", 0);
    assert_near(hour_of(&f, r), 30.0, 0.0);
    json_t *doc = flow_json(&f);
    json_t *event = flow_find(json_object_get(doc, "events"), "kind", "inject");
    assert_string_equal(json_string_value(json_object_get(event, "inject")), "x");
    assert_string_equal(json_string_value(json_object_get(event, "effect")), "words");
    assert_string_equal(json_string_value(json_object_get(event, "unit")), "b");
    assert_int_equal(json_array_size(json_object_get(doc, "changes")), 2);
    json_t *line = flow_find(json_object_get(doc, "log"), "kind", "inject");
    assert_string_equal(json_string_value(json_object_get(line, "text")), "x.");
    assert_string_equal(json_string_value(json_object_get(line, "unit")), "b");
    assert_string_equal(json_string_value(json_object_get(line, "state")), "B");
    flow_close(&f);
}

/* ---- the sea ------------------------------------------------------------------------------------------- */

static void test_inject__a_sea_that_rises_stops_a_serial_for_its_time(void **state)
{
    static const char *const lines[] = {"injects.x.at = \"2023-07-20T03:00Z\"", NULL};
    (void)state;
    flow f;
    open(&f, WORLD INJECT("on = true; effect = \"sea-state\"; sea_state = 6; for = \"4 h\";"),
         lines);
    const mst_record *rises = record_of(&f, MST_RECORD_SEA, NULL, 0);
    const mst_record *falls = record_of(&f, MST_RECORD_SEA, NULL, 1);
    const mst_record *end = record_of(&f, MST_RECORD_SERIAL_ENDED, NULL, 0);
    assert_near(hour_of(&f, rises), 51.0, 0.0);
    assert_int_equal(rises->b, 6);
    assert_near(hour_of(&f, falls), 55.0, 0.0);
    assert_int_equal(falls->b, 2);
    assert_int_equal(end->b, MST_DEGRADED);
    assert_int_equal(end->c, MST_CAUSE_SEA);
    assert_near(end->real, 0.6, 1e-9);
    flow_close(&f);
}

/* ---- figures --------------------------------------------------------------------------------------------- */

static void test_inject__what_it_changes_is_read_by_decisions_after_it(void **state)
{
    static const char *const before[] = {"drills.d.decide_at = \"2023-07-18T06:00Z\"", NULL};
    static const char *const after[] = {"drills.d.decide_at = \"2023-07-18T06:00Z\"",
                                        "injects.x.at = \"2023-07-18T07:00Z\"", NULL};
    static const char *const long_ago[] = {"injects.x.at = \"2023-06-01T00:00Z\"", NULL};
    static const char text[] =
        WORLD INJECT("on = true; changes = [\"states.B.attributes.will = 0.1\"];");
    (void)state;
    flow f;
    open(&f, WORLD, NULL);
    assert_true(joins(&f, "B"));
    flow_close(&f);
    open(&f, text, before);
    assert_false(joins(&f, "B"));
    flow_close(&f);
    open(&f, text, after);
    assert_true(joins(&f, "B"));
    flow_close(&f);
    open(&f, text, long_ago); /* figures alone may have changed before the first hour */
    assert_false(joins(&f, "B"));
    flow_close(&f);
}

/* ---- save and restore ------------------------------------------------------------------------------------- */

/* From the middle of a halt, with a sea that is thrown in, it ends like the original. */
static void test_inject__a_run_restored_in_mid_halt_ends_the_same(void **state)
{
    static const char text[] =
        WORLD "injects = { x = { at = \"2023-07-19T14:00Z\"; on = true; effect = \"delays\";"
              "  unit = \"a\"; for = \"4 h\"; };"
              " y = { at = \"2023-07-19T15:00Z\"; on = true; effect = \"sea-state\";"
              "  sea_state = 5; for = \"30 h\"; };"
              " z = { at = \"2023-07-19T16:00Z\"; on = true; effect = \"breaks-down\";"
              "  unit = \"a\"; for = \"1 h\"; }; };";
    (void)state;
    flow f;
    open(&f, text, NULL);
    const uint64_t whole = muster_result_digest(f.result);
    mst_run *run = NULL;
    assert_int_equal(mst_run_create(f.model->model, NULL, &run), MUSTER_OK);
    const muster_time middle = f.model->model->start + 40 * MUSTER_HOUR + 30 * MUSTER_MINUTE;
    mst_run_until(run, middle);
    void *saved = malloc(run->block_bytes);
    assert_non_null(saved);
    mst_run_save(run, saved);
    assert_int_equal(mst_run_finish(run), MUSTER_OK);
    assert_true(mst_run_digest(run) == whole);
    mst_run_reset(run);
    mst_run_restore(run, saved);
    assert_true(mst_now(run) == middle);
    assert_int_equal(mst_run_finish(run), MUSTER_OK);
    assert_true(mst_run_digest(run) == whole);
    free(saved);
    mst_run_free(run);
    flow_close(&f);
}

/* ---- chance ------------------------------------------------------------------------------------ */

#define DRAWN                                                                                      \
    "chance = { sailing_delay_h = \"exponential 2\"; speed_factor = \"uniform 0.9 1.1\"; };"

/* A sea that is drawn each day does not break through the one that is thrown in, and a replication is the
 * same however often it is run. */
static void test_inject__replications_are_as_determined_as_without(void **state)
{
    static const char given[] = "weather = { sea_state = 2; };";
    static const char drawn[] = "weather = { climatology = ( { month = 7; mean_hs_m = 1.4;"
                                " p90_hs_m = 2.4; } ); };";
    static const char inject[] =
        DRAWN INJECT("on = true; effect = \"sea-state\"; sea_state = 7; for = \"30 h\";");
    static const char *const lines[] = {"injects.x.at = \"2023-07-20T10:00Z\"", NULL};
    char text[8192];
    (void)state;
    flow f;
    static const char world[] = WORLD;
    const char *const at = strstr(world, given);
    assert_non_null(at);
    snprintf(text, sizeof text, "%.*s%s%s%s", (int)(at - world), world, drawn,
             at + sizeof given - 1, inject);
    open(&f, text, lines);
    mst_run *run = NULL;
    int32_t seas = 0;
    assert_int_equal(mst_run_create(f.model->model, NULL, &run), MUSTER_OK);
    const muster_time start = f.model->model->start;
    for (uint32_t k = 1; k <= 20; k++) {
        mst_run_begin(run, 7, k);
        assert_int_equal(mst_run_finish(run), MUSTER_OK);
        const uint64_t digest = mst_run_digest(run);
        for (int32_t i = 0; i < run->clock->record_count; i++) {
            const mst_record *r = &run->record[i];
            const double hour = (double)(r->time - start) / (double)MUSTER_HOUR;
            if (r->kind == MST_RECORD_SEA && hour >= 58.0 && hour < 88.0) {
                assert_int_equal(r->b, 7);
                seas++;
            }
        }
        mst_run_begin(run, 7, k);
        assert_int_equal(mst_run_finish(run), MUSTER_OK);
        assert_true(mst_run_digest(run) == digest);
    }
    assert_int_equal(seas, 20);
    mst_run_free(run);
    flow_close(&f);
}

/* ---- words ------------------------------------------------------------------------------------------------- */

static void test_inject__report_and_trace_tell_of_it(void **state)
{
    static const char *const lines[] = {"injects.x.at = \"2023-07-19T14:00Z\"", NULL};
    (void)state;
    flow f;
    open(&f,
         WORLD INJECT("on = true; title = \"Engine trouble\"; effect = \"delays\"; unit = \"a\";"
                      "for = \"4 h\";"),
         lines);
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    char *report = muster_tell_report(&tell, NULL);
    char *trace = muster_tell_trace(&tell, NULL);
    assert_non_null(strstr(report, "THROWN IN"));
    assert_non_null(strstr(report, "Engine trouble: a delayed by 4 h."));
    assert_non_null(strstr(trace, "Engine trouble: a delayed by 4 h\n"));
    muster_tell_free(report, NULL);
    muster_tell_free(trace, NULL);
    flow_close(&f);
}

/* ---- mistakes ----------------------------------------------------------------------------------------------- */

static void refused(const char *text, const char *message)
{
    flow f;
    assert_int_equal(flow_open_faulty(&f, text), MUSTER_MISTAKE);
    char *lines = muster_tell_diags(f.diags, false, NULL);
    if (!strstr(lines, message))
        fail_msg("'%s' is not in:\n%s", message, lines);
    muster_tell_free(lines, NULL);
    flow_close(&f);
}

static void test_inject__mistakes_are_told(void **state)
{
    static const struct {
        const char *inject, *message;
    } cases[] = {
        {INJECT("unit = \"zulu\";"), "inject 'x': no unit 'zulu'"},
        {INJECT("effect = \"delay\";"), "delays"},
        {INJECT("effect = \"delays\"; for = \"2 h\";"), "needs a unit or a group, one of them"},
        {INJECT("effect = \"delays\"; unit = \"a\";"), "inject 'x' delays: 'for' is missing"},
        {INJECT("effect = \"loses-fuel\"; unit = \"a\";"), "'fraction' is missing"},
        {INJECT("effect = \"loses-fuel\"; unit = \"a\"; fraction = 1.5;"), "fraction"},
        {INJECT("effect = \"sea-state\";"), "'sea_state' is missing"},
        {INJECT("effect = \"sea-state\"; sea_state = 5; unit = \"a\";"),
         "its effect, sea-state, has no 'unit'"},
        {INJECT("for = \"2 h\";"), "its effect, words, has no 'for'"},
        {INJECT("effect = \"delays\"; unit = \"j\"; for = \"2 h\";"), "'j' is no ship"},
        {INJECT("changes = [\"units.a.fuel_frac = 0.5\"];"), "no such dated value"},
        {INJECT("changes = [\"states.Z.attributes.will = 0.5\"];"), "no state 'Z'"},
        {"injects = { x = { at = \"2023-09-01\"; }; };", "outside of the scenario's time"},
        {"injects = { x = { says = \"when?\"; }; };", "inject 'x': 'at' is missing"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[8192];
        const int length = snprintf(text, sizeof text, "%s%s", WORLD, cases[i].inject);
        assert_true(length > 0 && (size_t)length < sizeof text);
        refused(text, cases[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inject__one_that_is_not_thrown_in_leaves_every_record),
        cmocka_unit_test(test_inject__a_change_throws_it_in_and_moves_it),
        cmocka_unit_test(test_inject__a_sea_that_rises_stops_a_serial_for_its_time),
        cmocka_unit_test(test_inject__what_it_changes_is_read_by_decisions_after_it),
        cmocka_unit_test(test_inject__a_run_restored_in_mid_halt_ends_the_same),
        cmocka_unit_test(test_inject__replications_are_as_determined_as_without),
        cmocka_unit_test(test_inject__report_and_trace_tell_of_it),
        cmocka_unit_test(test_inject__mistakes_are_told),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
