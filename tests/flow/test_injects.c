/* What is thrown in while a drill runs, and what an umpire rules. Times and fuel follow by hand from the
 * same file without it. */
#include "test.h"

#include "flow.h"
#include "outcome/outcome.h"

#include "batch/handles.h"
#include "engine/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A hosts, B may come: a ship each and a second one of A; the muster 2 days after the start. */
#define WORLD                                                                                      \
    "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-18T00:00Z\"; horizon = \"12 d\"; "  \
    "};"                                                                                           \
    "states = { A = { name = \"Aland\"; attributes = { will = 1.0; }; };"                          \
    "           B = { name = \"Bland\"; attributes = { will = 0.5; }; }; };"                       \
    "classes = { corv = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;"              \
    "                     range_nm = 3500.0; range_speed_kn = 14.0; };"                            \
    "  jet = { craft = \"aircraft\"; roles = [\"fighter\"]; cruise_kn = 450.0; fuel_t = 4.0;"      \
    "          ferry_range_nm = 1500.0; }; };"                                                     \
    "bases = { PA = { sea_lat_deg = 42.95; sea_lon_deg = 131.85; lat_deg = 43.11; lon_deg = "      \
    "131.89; };"                                                                                   \
    "          PB = { sea_lat_deg = 39.2; sea_lon_deg = 128.2; lat_deg = 39.2; lon_deg = 127.5; "  \
    "}; };"                                                                                        \
    "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };"                   \
    "weather = { sea_state = 2; };"                                                                \
    "units = { a = { class = \"corv\"; state = \"A\"; base = \"PA\"; };"                           \
    "  a2 = { class = \"corv\"; state = \"A\"; base = \"PA\"; };"                                  \
    "  b = { class = \"corv\"; state = \"B\"; base = \"PB\"; };"                                   \
    "  j = { class = \"jet\"; state = \"A\"; base = \"PA\"; count = 2; }; };"                      \
    "groups = { pair = { members = [\"a\", \"a2\"]; drill = \"d\"; }; };"                          \
    "drills = { d = { hosts = [\"A\"]; candidates = [\"B\"]; area = \"sea\"; cap_need = 0.4;"      \
    "  slots = ( { for = \"host\"; role = \"escort\"; count = 2; min_hours = \"12 h\"; },"         \
    "            { for = \"candidate\"; role = \"escort\"; min_hours = \"1 h\"; } );"              \
    "  muster = { at = \"2023-07-20T00:00Z\"; }; end = \"2023-07-22T00:00Z\";"                     \
    "  decide_at = \"2023-07-18T00:00Z\"; }; };"                                                   \
    "serials = { s = { kind = \"gunnery\"; min_states = 1; start = \"1 h\"; for = \"10 h\";"       \
    "  sea_state_limit = 4; needs = ( { role = \"escort\"; count = 3; } ); }; };"                  \
    "alignment = { rules = { near = { stage = \"admit\"; terms = [\"tie.align\"]; };"              \
    "  will = { stage = \"accept\"; terms = [\"-0.4 + cand.will\"]; }; }; };"                      \
    "ties = { A-B = { a = \"A\"; b = \"B\"; align = 0.5; }; };"

#define INJECT(more) "injects = { x = { at = \"2023-07-18T00:00Z\"; " more " }; };"

enum { H = 3600 };

static void open(flow *f, const char *text, const char *const *lines)
{
    muster_changes changes = {.line = lines};
    while (lines && lines[changes.line_count])
        changes.line_count++;
    assert_int_equal(flow_run_changed(f, text, &changes), MUSTER_OK);
}

static const mst_run *run_of(const flow *f)
{
    return f->result->run;
}

static int32_t unit_of(const flow *f, const char *id)
{
    return mst_model_unit(f->model->model, id);
}

/* The n-th record of a kind (of a unit, null: of any); null: there is none. */
static const mst_record *record_of(const flow *f, mst_record_kind kind, const char *unit, int32_t n)
{
    const mst_run *run = run_of(f);
    for (int32_t i = 0; i < run->clock->record_count; i++) {
        const mst_record *r = &run->record[i];
        if (r->kind == (int32_t)kind && (!unit || r->unit == unit_of(f, unit)) && n-- == 0)
            return r;
    }
    return NULL;
}

static double hour_of(const flow *f, const mst_record *r)
{
    assert_non_null(r);
    return (double)(r->time - f->model->model->start) / (double)MUSTER_HOUR;
}

static double way_m(const flow *f, const mst_record *leg)
{
    return mst_model_leg(f->model->model, leg->a, leg->b).length_m;
}

static double rest_kgps(const flow *f, const char *unit)
{
    return mst_law_rate_kgps(&f->model->model->unit[unit_of(f, unit)].law, 0.0);
}

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

/* ---- delays --------------------------------------------------------------------------------------- */

static void test_inject__a_group_that_is_delayed_in_port_sails_that_much_later(void **state)
{
    (void)state;
    flow plain, f;
    open(&plain, WORLD, NULL);
    open(&f, WORLD INJECT("on = true; effect = \"delays\"; group = \"pair\"; for = \"9 h\";"),
         NULL);
    for (int i = 0; i < 2; i++) {
        const char *unit = i ? "a2" : "a";
        const mst_record *was = record_of(&plain, MST_RECORD_LEG, unit, 0);
        const mst_record *leg = record_of(&f, MST_RECORD_LEG, unit, 0);
        /* nobody is left behind, though 9 h are more than a group waits for a member */
        assert_near(hour_of(&f, leg), hour_of(&plain, was) + 9.0, 1e-9);
        const double left_s = (48.0 - hour_of(&f, leg)) * H;
        assert_near(leg->speed_mps, way_m(&f, leg) / left_s, 1e-6); /* it makes up for it */
        assert_near(hour_of(&f, record_of(&f, MST_RECORD_MUSTERED, unit, 0)), 48.0, 0.0);
    }
    flow_close(&f);
    flow_close(&plain);
}

static void test_inject__a_member_that_is_delayed_is_waited_for_as_the_definitions_say(void **state)
{
    (void)state;
    flow plain, f;
    open(&plain, WORLD, NULL);
    const double sailed = hour_of(&plain, record_of(&plain, MST_RECORD_LEG, "a", 0));
    open(&f, WORLD INJECT("on = true; effect = \"delays\"; unit = \"a2\"; for = \"3.5 h\";"), NULL);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_LEG, "a", 0)), sailed + 3.5, 1e-9);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_LEG, "a2", 0)), sailed + 3.5, 1e-9);
    flow_close(&f);
    open(&f, WORLD INJECT("on = true; effect = \"delays\"; unit = \"a2\"; for = \"8 h\";"), NULL);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_LEG, "a", 0)), sailed + 6.0, 1e-9);
    assert_null(record_of(&f, MST_RECORD_LEG, "a2", 0));
    assert_int_equal(record_of(&f, MST_RECORD_WITHDRAWN, "a2", 0)->b, MST_CAUSE_LATE);
    flow_close(&f);
    flow_close(&plain);
}

/* Under way: 4 h at rest, the rest of the leg at the old speed; the muster waits. */
static void test_inject__a_ship_that_is_stopped_under_way_arrives_that_much_later(void **state)
{
    static const char *const lines[] = {"injects.x.at = \"2023-07-19T14:00Z\"", NULL};
    (void)state;
    flow plain, f;
    open(&plain, WORLD, NULL);
    open(&f, WORLD INJECT("on = true; effect = \"delays\"; unit = \"a\"; for = \"4 h\";"), lines);
    const mst_record *leg = record_of(&plain, MST_RECORD_LEG, "a", 0);
    const double sailed = hour_of(&plain, leg), speed = leg->speed_mps;
    assert_true(sailed < 38.0);
    const mst_record *still = record_of(&f, MST_RECORD_LEG, "a", 1);
    const mst_record *on = record_of(&f, MST_RECORD_LEG, "a", 2);
    assert_near(hour_of(&f, still), 38.0, 0.0);
    assert_near(still->speed_mps, 0.0, 0.0);
    assert_near(still->start_m, speed * (38.0 - sailed) * H, 1e-3);
    assert_near(still->burn_kgps, rest_kgps(&f, "a"), 1e-12);
    assert_near(hour_of(&f, on), 42.0, 0.0);
    assert_near(on->start_m, still->start_m, 0.0);
    assert_near(on->speed_mps, speed, 1e-12);
    assert_near(on->fuel_kg, still->fuel_kg - rest_kgps(&f, "a") * 4.0 * H, 1e-6);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_MUSTERED, "a", 0)), 52.0, 1e-6);
    /* beyond the tolerance of 2 h it is waited for; the drill starts when it is there */
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_DRILL_WAITS, NULL, 0)), 50.0, 0.0);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_DRILL_STARTED, NULL, 0)), 52.0, 1e-6);
    /* the other member did not stop */
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_MUSTERED, "a2", 0)), 48.0, 0.0);
    flow_close(&f);
    flow_close(&plain);
}

#define TWO(first, second)                                                                         \
    "injects = { x = { at = \"2023-07-19T14:00Z\"; on = true; unit = \"a\"; " first " };"          \
    "            y = { at = \"2023-07-19T16:00Z\"; on = true; unit = \"a\"; " second " }; };"

/* What befalls a ship that lies still: delays add up, an order to turn back is kept until its time. */
static void test_inject__a_ship_that_lies_still_keeps_what_it_is_ordered(void **state)
{
    (void)state;
    flow f;
    open(&f,
         WORLD TWO("effect = \"delays\"; for = \"4 h\";", "effect = \"delays\"; for = \"1.5 h\";"),
         NULL);
    const mst_record *on = record_of(&f, MST_RECORD_LEG, "a", 2);
    assert_near(hour_of(&f, on), 38.0 + 5.5, 0.0);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_MUSTERED, "a", 0)), 48.0 + 5.5, 1e-6);
    flow_close(&f);
    open(&f, WORLD TWO("effect = \"delays\"; for = \"4 h\";", "effect = \"turns-back\";"), NULL);
    const mst_unit_row *row = &f.model->model->unit[unit_of(&f, "a")];
    const mst_record *still = record_of(&f, MST_RECORD_LEG, "a", 1);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_WITHDRAWN, "a", 0)), 40.0, 0.0);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_IN_PORT, "a", 0)),
                42.0 + still->start_m / row->law.economical_mps / H, 1e-6);
    assert_int_equal(record_of(&f, MST_RECORD_IN_PORT, "a", 0)->a, row->home);
    flow_close(&f);
}

/* At the very time of its sailing the inject comes first: nothing is on its way that must be stopped. */
static void test_inject__at_the_time_of_an_order_the_inject_comes_first(void **state)
{
    static const char *const lines[] = {"groups.pair.depart = \"2023-07-19T00:00Z\"",
                                        "injects.x.at = \"2023-07-19T00:00Z\"", NULL};
    (void)state;
    flow f;
    open(&f, WORLD INJECT("on = true; effect = \"delays\"; group = \"pair\"; for = \"2 h\";"),
         lines);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_LEG, "a", 0)), 26.0, 0.0);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_LEG, "a2", 0)), 26.0, 0.0);
    flow_close(&f);
}

/* ---- leaving ---------------------------------------------------------------------------------------- */

static void test_inject__a_ship_that_is_turned_back_goes_home_the_way_it_came(void **state)
{
    static const char *const lines[] = {"injects.x.at = \"2023-07-19T14:00Z\"", NULL};
    (void)state;
    flow f;
    open(&f, WORLD INJECT("on = true; effect = \"turns-back\"; unit = \"a\";"), lines);
    const mst_model *m = f.model->model;
    const mst_record *out = record_of(&f, MST_RECORD_LEG, "a", 0);
    const mst_record *back = record_of(&f, MST_RECORD_LEG, "a", 1);
    const double done_m = out->speed_mps * (38.0 - hour_of(&f, out)) * H;
    const double home_h = 38.0 + done_m / m->unit[unit_of(&f, "a")].law.economical_mps / H;
    assert_near(hour_of(&f, back), 38.0, 0.0);
    assert_int_equal(back->b, m->unit[unit_of(&f, "a")].home);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_IN_PORT, "a", 0)), home_h, 1e-6);
    assert_int_equal(record_of(&f, MST_RECORD_WITHDRAWN, "a", 0)->b, MST_CAUSE_ABSENT);
    /* two ships are required and one is there: the drill waits, then is given up */
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_DRILL_FAILED, NULL, 0)), 48.0 + 14.0, 0.0);
    assert_int_equal(record_of(&f, MST_RECORD_DRILL_FAILED, NULL, 0)->b, MST_CAUSE_ABSENT);
    flow_close(&f);
}

/* In the middle of a serial that needs three ships: a share above a half is degraded, below cancelled,
 * the cause absent. */
static void test_inject__a_breakdown_during_a_serial_counts_as_the_definitions_say(void **state)
{
    static const struct {
        const char *line;
        double at, share;
        mst_outcome outcome;
    } cases[] = {{"injects.x.at = \"2023-07-20T07:00Z\"", 55.0, 0.6, MST_DEGRADED},
                 {"injects.x.at = \"2023-07-20T05:00Z\"", 53.0, 0.4, MST_CANCELLED}};
    (void)state;
    for (int i = 0; i < 2; i++) {
        const char *const lines[] = {cases[i].line, NULL};
        flow f;
        open(&f, WORLD INJECT("on = true; effect = \"breaks-down\"; unit = \"b\";"), lines);
        const mst_record *end = record_of(&f, MST_RECORD_SERIAL_ENDED, NULL, 0);
        assert_near(hour_of(&f, end), 59.0, 0.0);
        assert_int_equal(end->b, cases[i].outcome);
        assert_int_equal(end->c, MST_CAUSE_ABSENT);
        assert_near(end->real, cases[i].share, 1e-9);
        /* home at once, at the speed of least fuel */
        const mst_record *leg = record_of(&f, MST_RECORD_LEG, "b", 1);
        const double economical = f.model->model->unit[unit_of(&f, "b")].law.economical_mps;
        assert_near(hour_of(&f, leg), cases[i].at, 0.0);
        assert_near(hour_of(&f, record_of(&f, MST_RECORD_IN_PORT, "b", 0)),
                    cases[i].at + way_m(&f, leg) / economical / H, 1e-6);
        flow_close(&f);
    }
}

static void test_inject__a_breakdown_with_a_time_lies_still_first(void **state)
{
    static const char *const lines[] = {"injects.x.at = \"2023-07-19T14:00Z\"", NULL};
    (void)state;
    flow f;
    open(&f, WORLD INJECT("on = true; effect = \"breaks-down\"; unit = \"a\"; for = \"5 h\";"),
         lines);
    const mst_record *still = record_of(&f, MST_RECORD_LEG, "a", 1);
    const double economical = f.model->model->unit[unit_of(&f, "a")].law.economical_mps;
    assert_near(still->speed_mps, 0.0, 0.0);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_WITHDRAWN, "a", 0)), 38.0, 0.0);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_IN_PORT, "a", 0)),
                43.0 + still->start_m / economical / H, 1e-6);
    flow_close(&f);
}

/* Before the decision it is as if it had not been serviceable: the host has one ship of two. */
static void test_inject__a_breakdown_before_the_decision_leaves_the_ship_out(void **state)
{
    static const char *const lines[] = {"drills.d.decide_at = \"2023-07-18T06:00Z\"",
                                        "drills.d.cap_need = 0.9", NULL};
    (void)state;
    flow f;
    open(&f, WORLD INJECT("on = true; effect = \"breaks-down\"; unit = \"a\";"), lines);
    const mst_record *failed = record_of(&f, MST_RECORD_DRILL_FAILED, NULL, 0);
    assert_near(hour_of(&f, failed), 6.0, 0.0);
    assert_int_equal(failed->b, MST_CAUSE_ABSENT);
    flow_close(&f);
}

/* ---- fuel -------------------------------------------------------------------------------------------- */

static void test_inject__lost_fuel_is_gone_and_not_used(void **state)
{
    static const char *const lines[] = {"injects.x.at = \"2023-07-19T14:00Z\"", NULL};
    (void)state;
    flow plain, f;
    open(&plain, WORLD, NULL);
    open(&f, WORLD INJECT("on = true; effect = \"loses-fuel\"; unit = \"a\"; fraction = 0.25;"),
         lines);
    const mst_record *leg = record_of(&f, MST_RECORD_LEG, "a", 0);
    const mst_record *after = record_of(&f, MST_RECORD_LEG, "a", 1);
    const double had_kg = leg->fuel_kg - leg->burn_kgps * (38.0 - hour_of(&f, leg)) * H;
    assert_near(after->fuel_kg, 0.75 * had_kg, 1e-6);
    assert_near(after->burn_kgps, leg->burn_kgps, 0.0);
    assert_near(muster_result_value(f.result, "unit_fuel_used_t", "a"),
                muster_result_value(plain.result, "unit_fuel_used_t", "a"), 1e-9);
    /* its floor is passed the sooner: 60 % of 170 t is 102 t */
    const mst_record *floor = record_of(&f, MST_RECORD_FLOOR, "a", 0);
    const mst_record *before = record_of(&plain, MST_RECORD_FLOOR, "a", 0);
    assert_true(!before || hour_of(&f, floor) < hour_of(&plain, before));
    flow_close(&f);
    flow_close(&plain);
}

/* All but a thousandth: floor and reserve are passed at once, and it is adrift where that much ends. */
static void test_inject__a_ship_that_lost_nearly_all_is_adrift_when_the_rest_is_burnt(void **state)
{
    static const char *const lines[] = {"injects.x.at = \"2023-07-19T14:00Z\"", NULL};
    (void)state;
    flow f;
    open(&f, WORLD INJECT("on = true; effect = \"loses-fuel\"; unit = \"a\"; fraction = 0.999;"),
         lines);
    const mst_record *after = record_of(&f, MST_RECORD_LEG, "a", 1);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_FLOOR, "a", 0)), 38.0, 0.0);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_FLOOR, "a", 1)), 38.0, 0.0);
    assert_near(hour_of(&f, record_of(&f, MST_RECORD_ADRIFT, "a", 0)),
                38.0 + after->fuel_kg / after->burn_kgps / H, 1e-6);
    assert_int_equal(record_of(&f, MST_RECORD_WITHDRAWN, "a", 0)->b, MST_CAUSE_FUEL);
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

static bool joins(const flow *f, const char *id)
{
    return mst_verdict_of(run_of(f), 0, mst_model_state(f->model->model, id))->joins != 0;
}

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
        cmocka_unit_test(test_inject__one_that_is_not_thrown_in_leaves_every_record),
        cmocka_unit_test(test_inject__a_change_throws_it_in_and_moves_it),
        cmocka_unit_test(test_inject__a_group_that_is_delayed_in_port_sails_that_much_later),
        cmocka_unit_test(
            test_inject__a_member_that_is_delayed_is_waited_for_as_the_definitions_say),
        cmocka_unit_test(test_inject__a_ship_that_is_stopped_under_way_arrives_that_much_later),
        cmocka_unit_test(test_inject__a_ship_that_lies_still_keeps_what_it_is_ordered),
        cmocka_unit_test(test_inject__at_the_time_of_an_order_the_inject_comes_first),
        cmocka_unit_test(test_inject__a_ship_that_is_turned_back_goes_home_the_way_it_came),
        cmocka_unit_test(test_inject__a_breakdown_during_a_serial_counts_as_the_definitions_say),
        cmocka_unit_test(test_inject__a_breakdown_with_a_time_lies_still_first),
        cmocka_unit_test(test_inject__a_breakdown_before_the_decision_leaves_the_ship_out),
        cmocka_unit_test(test_inject__lost_fuel_is_gone_and_not_used),
        cmocka_unit_test(test_inject__a_ship_that_lost_nearly_all_is_adrift_when_the_rest_is_burnt),
        cmocka_unit_test(test_inject__a_sea_that_rises_stops_a_serial_for_its_time),
        cmocka_unit_test(test_inject__what_it_changes_is_read_by_decisions_after_it),
        cmocka_unit_test(test_ruling__it_decides_and_the_stages_stay),
        cmocka_unit_test(test_ruling__one_that_lets_in_is_told_beside_what_the_rules_say),
        cmocka_unit_test(test_inject__a_run_restored_in_mid_halt_ends_the_same),
        cmocka_unit_test(test_inject__replications_are_as_determined_as_without),
        cmocka_unit_test(test_inject__report_and_trace_tell_of_it),
        cmocka_unit_test(test_inject__mistakes_are_told),
        cmocka_unit_test(test_ruling__mistakes_are_told),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
