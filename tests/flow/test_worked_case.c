/* The worked case, Northern/Interaction-2023: the figures of the definitions come out.
 * Tolerances: half of the last digit with which a figure is published there, unless said. */
#include "flow.h"
#include "test.h"

#include "batch/handles.h"
#include "model/fields.h"
#include "model/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char file[] = "northern-interaction-2023.cfg";
static flow base; /* the case as shipped, run once */

static int open_base(void **unused)
{
    (void)unused;
    return flow_run(&base, file, NULL, NULL) == MUSTER_OK ? 0 : -1;
}

static int close_base(void **unused)
{
    (void)unused;
    flow_close(&base);
    flow_forget_land();
    return 0;
}

static json_t *decision(json_t *run, const char *state)
{
    return flow_find(json_object_get(run, "decisions"), "state", state);
}

static double route_nm(json_t *run, const char *from, const char *to)
{
    size_t i;
    json_t *r;
    json_array_foreach(json_object_get(run, "routes"), i, r)
    {
        const char *a = json_string_value(json_object_get(r, "from"));
        const char *b = json_string_value(json_object_get(r, "to"));
        if ((strstr(a, from) && strstr(b, to)) || (strstr(a, to) && strstr(b, from)))
            return flow_real(r, "length_nm");
    }
    return (double)NAN;
}

static void report__names_every_ship_and_the_reasons(void **unused)
{
    (void)unused;
    static const char *const names[] = {"Qiqihar",
                                        "Guiyang",
                                        "Zaozhuang",
                                        "Rizhao",
                                        "Taihu",
                                        "Admiral Tributs",
                                        "Admiral Panteleyev",
                                        "Gremyashchiy",
                                        "Aldar Tsydenzhapov"};
    const muster_tell tell = {
        .scenario = base.scenario, .model = base.model, .result = base.result};
    char *report = muster_tell_report(&tell, base.diags);
    assert_non_null(report);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strstr(report, names[i]))
            fail_msg("the report does not name %s", names[i]);
    /* the first screen, 40 lines, alone: who came, who did not, and why */
    char *at = report;
    for (int line = 0; line < 40 && at; line++)
        at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL;
    assert_non_null(at);
    /* where sources disagree on who came */
    assert_non_null(strstr(report, "Note on Russia: Two destroyers and two corvettes"));
    *at = '\0';
    for (char *c = report; *c; c++) /* sentences, wherever their lines end */
        if (*c == '\n')
            *c = ' ';
    assert_non_null(strstr(report, "CAME:           China (5 ships), Russia (4 ships, "));
    assert_non_null(strstr(report, "DID NOT COME:   North Korea"));
    assert_non_null(strstr(report, "would be admitted by Russia"));
    assert_non_null(strstr(report, "kit (ships), distance (air)"));
    assert_non_null(strstr(report, "kept in port by an assumed   allotment of 18 t"));
    muster_tell_free(report, NULL);
}

static void report__fits_80_columns(void **unused)
{
    (void)unused;
    const muster_tell tell = {
        .scenario = base.scenario, .model = base.model, .result = base.result};
    char *texts[] = {muster_tell_report(&tell, base.diags),
                     muster_tell_why(&tell, "PRK", NULL, false, base.diags),
                     muster_tell_reach(&tell, NULL, NULL, false, base.diags)};
    for (size_t t = 0; t < 3; t++) {
        assert_non_null(texts[t]);
        for (char *line = strtok(texts[t], "\n"); line; line = strtok(NULL, "\n"))
            if (strlen(line) > 80)
                fail_msg("%zu columns: %s", strlen(line), line);
        muster_tell_free(texts[t], NULL);
    }
}

static void routes__have_the_published_lengths(void **unused)
{
    (void)unused;
    json_t *run = flow_json(&base);
    assert_near(route_nm(run, "Qingdao", "Tsushima"), 415.0, 0.015 * 415.0);
    assert_near(route_nm(run, "Munchon", "muster"), 298.0, 0.015 * 298.0);
    size_t i;
    json_t *r;
    json_array_foreach(json_object_get(run, "routes"), i, r)
        assert_true(flow_real(r, "length_nm") >= flow_real(r, "direct_nm") * (1.0 - 1e-12));
}

/* ISO 8601 to microseconds since 1970. */
static double seconds_of(json_t *value)
{
    muster_interval t;
    assert_true(muster_time_read(json_string_value(value), 0, &t) ||
                json_string_length(value) > 20);
    char text[64];
    snprintf(text, sizeof text, "%.19sZ", json_string_value(value));
    assert_true(muster_time_read(text, 0, &t));
    const char *dot = strchr(json_string_value(value), '.');
    return (double)t.from / 1e6 + (dot ? strtod(dot, NULL) : 0.0);
}

static void motion__is_sailing_plus_route_over_speed(void **unused)
{
    (void)unused;
    json_t *run = flow_json(&base), *unit, *leg;
    size_t i, k;
    int legs = 0;
    json_array_foreach(json_object_get(run, "units"), i, unit)
        json_array_foreach(json_object_get(unit, "legs"), k, leg)
    {
        if (strcmp(json_string_value(json_object_get(leg, "kind")), "leg") != 0)
            continue;
        const double way_m = flow_real(leg, "route_m") - flow_real(leg, "start_m");
        const double took =
            seconds_of(json_object_get(leg, "end")) - seconds_of(json_object_get(leg, "start"));
        assert_near(took, way_m / flow_real(leg, "speed_mps"), 1.0); /* to the second */
        legs++;
    }
    assert_int_equal(legs, 23); /* five ships with three legs, four with two */
}

static void fuel__agrees_with_the_closed_form_and_is_conserved(void **unused)
{
    (void)unused;
    json_t *run = flow_json(&base), *unit, *leg;
    size_t i, k;
    json_array_foreach(json_object_get(run, "units"), i, unit)
    {
        json_t *legs = json_object_get(unit, "legs");
        if (json_array_size(legs) == 0)
            continue;
        double used_kg = 0.0;
        const double tank_kg = flow_real(unit, "tank_kg");
        json_array_foreach(legs, k, leg)
        {
            /* time to the microsecond times a burn of kilograms a second: 1e-9 of a tank */
            const double burnt =
                flow_real(leg, "burn_kgps") * (seconds_of(json_object_get(leg, "end")) -
                                               seconds_of(json_object_get(leg, "start")));
            assert_near(flow_real(leg, "fuel_start_kg"), flow_real(unit, "on_board_kg") - used_kg,
                        1e-9 * tank_kg);
            used_kg += burnt;
        }
        assert_near(flow_real(unit, "used_kg"), used_kg, 1e-9 * tank_kg);
        assert_near(flow_real(unit, "end_kg") + flow_real(unit, "used_kg"),
                    flow_real(unit, "on_board_kg"), 1e-9 * tank_kg);
    }
}

static void stages__have_the_margins_of_the_fleet_reading(void **unused)
{
    (void)unused;
    json_t *d = decision(flow_json(&base), "PRK");
    assert_true(json_is_false(json_object_get(d, "joins")));
    assert_string_equal(json_string_value(json_object_get(d, "reading")), "fleet");
    assert_near(flow_real(d, "kit"), 0.30, 1e-12);
    assert_near(flow_real(d, "cap"), 0.0, 1e-12);
    static const double margins[] = {-0.35, -0.179, -0.042, -0.110};
    static const double chances[] = {0.0, 0.19, 0.42, 0.29};
    for (size_t i = 0; i < 4; i++) {
        json_t *stage = json_array_get(json_object_get(d, "stages"), i), *term;
        double sum = 0.0;
        size_t k;
        assert_string_equal(json_string_value(json_object_get(stage, "standing")), "no");
        assert_near(flow_real(stage, "margin"), margins[i], 0.0006);
        assert_near(flow_real(stage, "probability"), chances[i], 0.005);
        json_array_foreach(json_object_get(stage, "terms"), k, term) sum +=
            flow_real(term, "value");
        assert_near(sum, flow_real(stage, "margin"), 1e-12);
    }
    assert_near(flow_real(d, "stages[0].terms[0].value"), -0.05, 1e-12);
    assert_near(flow_real(d, "stages[0].terms[1].value"), -0.30, 1e-12);
}

static void tipping_values__are_those_of_the_definitions(void **unused)
{
    (void)unused;
    json_t *tips = json_object_get(decision(flow_json(&base), "PRK"), "tipping_values");
    assert_near(flow_real(flow_find(tips, "path", "ties.CHN-PRK.align"), "at"), 0.629, 0.0006);
    assert_near(flow_real(flow_find(tips, "path", "ties.RUS-PRK.align"), "at"), 0.392, 0.0006);
    assert_near(flow_real(flow_find(tips, "path", "states.PRK.attributes.autonomy"), "at"), 0.671,
                0.0006);
}

static json_t *reach_of(json_t *run, const char *unit)
{
    return flow_find(json_object_get(run, "reach"), "unit", unit);
}

static void reach__tank_suffices_and_allotment_does_not(void **unused)
{
    (void)unused;
    json_t *r = reach_of(flow_json(&base), "najin-531");
    assert_string_equal(json_string_value(json_object_get(r, "binding")), "allotment");
    assert_true(flow_real(r, "ladder[0].radius_nm") > flow_real(r, "required_nm"));
    assert_true(flow_real(r, "ladder[1].radius_nm") > flow_real(r, "required_nm"));
    assert_true(flow_real(r, "ladder[2].radius_nm") < flow_real(r, "required_nm"));
    assert_near(flow_real(r, "tank_t"), 180.0, 1e-9);
    assert_near(flow_real(r, "allotment_t"), 18.0, 1e-9);
    /* .171 of the tank at station speed, .148 drifting; the way by sea may be 1.5 % longer */
    assert_near(flow_real(r, "mission_t") / 180.0, 0.171, 0.003);
    assert_near(flow_real(r, "mission_drift_t") / 180.0, 0.148, 0.003);
}

static void reach__of_every_aircraft_type(void **unused)
{
    (void)unused;
    static const struct {
        const char *unit;
        double radius_nm, minutes; /* minutes < 0: none */
    } expected[] = {{"mig21-toksan", 231.0, -1.0},
                    {"su25-sunchon", 190.0, -1.0},
                    {"mig29-sunchon", 282.0, -1.0},
                    {"mig23-bukchang", 395.0, 7.0},
                    {"h5-uiju", 523.0, 31.0}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        json_t *r = reach_of(flow_json(&base), expected[i].unit);
        assert_non_null(r);
        assert_near(flow_real(r, "ladder[0].drift_radius_nm"), expected[i].radius_nm, 0.6);
        if (expected[i].minutes < 0.0)
            assert_true(flow_real(r, "station_min") < 0.0);
        else
            assert_near(flow_real(r, "station_min"), expected[i].minutes, 0.6);
    }
    const char *const moved[] = {"units.mig29-sunchon.base = \"ORANG\"",
                                 "units.mig23-bukchang.base = \"ORANG\"", NULL};
    flow f;
    assert_int_equal(flow_run(&f, file, NULL, moved), MUSTER_OK);
    assert_near(flow_real(reach_of(flow_json(&f), "mig29-sunchon"), "station_min"), 17.0, 0.6);
    assert_near(flow_real(reach_of(flow_json(&f), "mig23-bukchang"), "station_min"), 54.0, 0.6);
    flow_close(&f);
}

static void timeline__gives_the_three_verdicts(void **unused)
{
    (void)unused;
    json_t *run = flow_json(&base), *c;
    size_t i;
    int possible = 0, impossible = 0, only_if = 0;
    json_array_foreach(json_object_get(run, "timeline"), i, c)
    {
        const char *verdict = json_string_value(json_object_get(c, "verdict"));
        assert_near(flow_real(c, "distance_nm"), 415.0, 0.015 * 415.0);
        if (strcmp(verdict, "possible") == 0) {
            possible++;
            assert_near(flow_real(c, "needed_kn"), 10.8, 0.015 * 10.8 + 0.05);
        } else if (strcmp(verdict, "impossible") == 0) {
            impossible++;
            assert_near(flow_real(c, "needed_kn"), 29.0, 0.015 * 29.0 + 0.5);
            assert_string_equal(json_string_value(json_object_get(c, "binding_unit")), "taihu");
            assert_near(flow_real(c, "max_kn"), 19.0, 1e-9);
        } else {
            muster_interval at;
            only_if++;
            assert_true(muster_time_read("2023-07-16T02:10+08:00", 0, &at));
            assert_near(seconds_of(json_object_get(c, "latest")), (double)at.from / 1e6,
                        25.0 * 60.0);
            assert_near(flow_real(c, "sustained_kn"), 17.1, 1e-9);
            assert_string_equal(json_string_value(json_object_get(c, "verdict_sustained")),
                                "impossible");
        }
    }
    assert_int_equal(possible, 1);
    assert_int_equal(impossible, 1);
    assert_int_equal(only_if, 1);
}

static void aircraft_of_hosts__get_there_and_back(void **unused)
{
    (void)unused;
    json_t *run = flow_json(&base), *unit;
    size_t i;
    double aircraft = 0.0;
    json_array_foreach(json_object_get(run, "reach"), i, unit)
    {
        if (strcmp(json_string_value(json_object_get(unit, "state")), "PRK") == 0 ||
            strcmp(json_string_value(json_object_get(unit, "domain")), "air") != 0)
            continue;
        aircraft += flow_real(unit, "count");
        if (!(flow_real(unit, "station_min") > 0.0))
            fail_msg("%s cannot", json_string_value(json_object_get(unit, "unit")));
    }
    assert_true(aircraft > 30.0); /* as published */
}

/* took_part says what is on record, which an assumption is not. */
static void units_that_took_part__have_a_source_for_it(void **unused)
{
    (void)unused;
    const mst_spec *spec = &base.scenario->spec;
    char path[128];
    int on_record = 0;
    for (int32_t i = 0; i < spec->units.count; i++) {
        const mst_unit_def *unit = MST_AT(const mst_unit_def, &spec->units, i);
        if (unit->took_part != 1)
            continue;
        snprintf(path, sizeof path, "units.%s.took_part", unit->item.id);
        const mst_fact *fact = mst_spec_fact(spec, path);
        assert_non_null(fact);
        if (fact->confidence == MUSTER_ASSUMED || fact->confidence == MUSTER_UNSOURCED)
            fail_msg("%s is %s", path, mst_confidence_names[fact->confidence]);
        on_record++;
    }
    assert_int_equal(on_record, 9 + 4); /* ships, and helicopters aboard */
}

static bool joins(json_t *run, const char *state)
{
    return json_is_true(json_object_get(decision(run, state), "joins"));
}

static double margin(json_t *run, size_t stage)
{
    return flow_real(json_array_get(json_object_get(decision(run, "PRK"), "stages"), stage),
                     "margin");
}

static void variants__do_what_they_say(void **unused)
{
    (void)unused;
    static const char *const alone[] = {"fuel-granted", "council-cost-gone", "frigates-granted",
                                        "autonomy-eased"};
    flow f;
    for (size_t i = 0; i < sizeof alone / sizeof *alone; i++) {
        assert_int_equal(flow_run(&f, file, alone[i], NULL), MUSTER_OK);
        assert_false(joins(flow_json(&f), "PRK"));
        flow_close(&f);
    }
    assert_int_equal(flow_run(&f, file, "council-cost-gone", NULL), MUSTER_OK);
    assert_true(margin(flow_json(&f), 1) > 0.0);
    assert_true(margin(flow_json(&f), 2) > 0.0);
    flow_close(&f);
    assert_int_equal(flow_run(&f, file, "autonomy-eased", NULL), MUSTER_OK);
    assert_true(margin(flow_json(&f), 3) > 0.0);
    flow_close(&f);
    /* fuel and frigates: able, not admitted, and both hosts at the bounds of the definitions */
    const char *const both[] = {"states.PRK.allotment_frac = 1.0",
                                "units.granted-frigates.count = 2", NULL};
    assert_int_equal(flow_run(&f, file, NULL, both), MUSTER_OK);
    json_t *run = flow_json(&f);
    assert_false(joins(run, "PRK"));
    assert_string_equal(json_string_value(flow_at(decision(run, "PRK"), "stages[0].standing")),
                        "yes");
    assert_near(margin(run, 1), -0.164, 0.0006);
    assert_near(margin(run, 2), -0.028, 0.0006);
    flow_close(&f);
}

static void drill__holds_as_planned(void **unused)
{
    (void)unused;
    json_t *run = flow_json(&base);
    assert_true(json_is_true(flow_at(run, "drills[0].mustered")));
    assert_string_equal(json_string_value(flow_at(run, "drills[0].started")),
                        "2023-07-20T00:00:00Z");
    assert_int_equal(json_array_size(json_object_get(run, "serials")), 6);
    assert_near(flow_measure(run, "serials_planned", "northern"), 6.0, 0.0);
    assert_near(flow_measure(run, "serials_cancelled", "northern"), 0.0, 0.0);
    assert_true(flow_measure(run, "score", "northern") > 0.5);
    assert_near(flow_measure(run, "joint_h", "northern"), 84.0, 0.01);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(report__names_every_ship_and_the_reasons),
        cmocka_unit_test(report__fits_80_columns),
        cmocka_unit_test(routes__have_the_published_lengths),
        cmocka_unit_test(motion__is_sailing_plus_route_over_speed),
        cmocka_unit_test(fuel__agrees_with_the_closed_form_and_is_conserved),
        cmocka_unit_test(stages__have_the_margins_of_the_fleet_reading),
        cmocka_unit_test(tipping_values__are_those_of_the_definitions),
        cmocka_unit_test(reach__tank_suffices_and_allotment_does_not),
        cmocka_unit_test(reach__of_every_aircraft_type),
        cmocka_unit_test(timeline__gives_the_three_verdicts),
        cmocka_unit_test(aircraft_of_hosts__get_there_and_back),
        cmocka_unit_test(units_that_took_part__have_a_source_for_it),
        cmocka_unit_test(variants__do_what_they_say),
        cmocka_unit_test(drill__holds_as_planned),
    };
    return cmocka_run_group_tests(tests, open_base, close_base);
}
