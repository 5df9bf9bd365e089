/* What the run document tells of a run against the run itself: legs and their routes against the engine's
 * own places, fuel against its closed form, sorties against measures, the log against the records. */
#include "batch/handles.h"
#include "flow.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static const char *const files[] = {"northern-interaction-2023.cfg", "bomber-patrol-2022.cfg",
                                    "trilateral-2023.cfg", "hello.cfg"};
enum { FILES = sizeof files / sizeof *files };

/* A ship that has not the fuel: adrift on its way, across 180 degrees. */
#define ADRIFT                                                                                     \
    "scenario = { id = \"a\"; title = \"A\"; start = \"2023-07-18T00:00Z\"; horizon = \"12 d\"; "  \
    "};\n"                                                                                         \
    "states = { A = { name = \"A\"; index = { cap = 1.0; reach = 1.0; }; }; };\n"                  \
    "classes = { c = { roles = [\"escort\"]; max_speed_kn = 25.0; range_nm = 5000.0;\n"            \
    "                  range_speed_kn = 15.0; fuel_t = 400.0; }; };\n"                             \
    "bases = { WEST = { lat_deg = 47.0; lon_deg = 172.0; sea_lat_deg = 47.0;\n"                    \
    "                   sea_lon_deg = 172.0; }; };\n"                                              \
    "units = { w = { class = \"c\"; state = \"A\"; base = \"WEST\"; fuel_frac = 0.08; };\n"        \
    "          v = { class = \"c\"; state = \"A\"; base = \"WEST\"; }; };\n"                       \
    "areas = { sea = { lat_deg = 46.0; lon_deg = -170.0; radius_nm = 60.0; }; };\n"                \
    "groups = { g = { drill = \"d\"; members = [\"w\"]; };\n"                                      \
    "           h = { drill = \"d\"; members = [\"v\"]; }; };\n"                                   \
    "drills = { d = { hosts = [\"A\"]; area = \"sea\"; cap_need = 0.1;\n"                          \
    "    muster = { at = \"2023-07-24T00:00Z\"; }; end = \"2023-07-25T12:00Z\";\n"                 \
    "    decide_at = \"2023-07-18T00:00Z\"; contingents = ( { state = \"A\"; units = [\"w\", "     \
    "\"v\"]; } );\n"                                                                               \
    "    slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"1 h\"; } ); }; };\n"         \
    "weather = { sea_state = 2; };\n"

static muster_time time_of(json_t *item, const char *key)
{
    muster_interval at = {MUSTER_NEVER, MUSTER_NEVER, 0};
    const char *text = json_string_value(json_object_get(item, key));
    if (text)
        assert_true(muster_time_read(text, 0, &at));
    return at.from;
}

static double seconds(muster_time from, muster_time until)
{
    return (double)(until - from) / (double)MUSTER_SECOND;
}

/* 0..1, the same everywhere */
static double next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* ---- legs ------------------------------------------------------------------------------------ */

static muster_point point_of(json_t *points, size_t i)
{
    json_t *at = json_array_get(points, i);
    return (muster_point){flow_real(at, "[1]"), flow_real(at, "[0]")};
}

/* Along the geodesic of the ellipsoid, where the engine goes along a sphere: a second method. */
static muster_point along(json_t *route, double way_m)
{
    json_t *points = json_object_get(route, "points"), *at = json_object_get(route, "points_m");
    const size_t count = json_array_size(points);
    assert_int_equal(json_array_size(at), count);
    size_t i = 0;
    while (i + 2 < count && json_number_value(json_array_get(at, i + 1)) < way_m)
        i++;
    const muster_point a = point_of(points, i), b = point_of(points, i + 1);
    const double rest = way_m - json_number_value(json_array_get(at, i));
    return rest > 0.0 ? muster_geo_destination(a, muster_geo_azimuth_deg(a, b), rest) : a;
}

static muster_point told_place(json_t *run, json_t *leg, muster_time t)
{
    if (strcmp(json_string_value(json_object_get(leg, "kind")), "leg") != 0)
        return (muster_point){flow_real(leg, "lat_deg"), flow_real(leg, "lon_deg")};
    json_t *route = json_array_get(json_object_get(run, "routes"),
                                   (size_t)json_integer_value(json_object_get(leg, "route")));
    const double length = flow_real(leg, "route_m");
    double way =
        flow_real(leg, "start_m") + flow_real(leg, "speed_mps") * seconds(time_of(leg, "start"), t);
    way = fmin(way, length);
    if (json_is_true(json_object_get(leg, "reverse")))
        way = length - way;
    assert_near(length, flow_real(route, "length_nm") * 1852.0, 1e-3);
    return along(route, way);
}

static void check_unit_legs(flow *f, json_t *unit, int32_t index, uint64_t *seed, int32_t *adrift)
{
    json_t *run = flow_json(f), *leg;
    size_t i;
    json_array_foreach(json_object_get(unit, "legs"), i, leg)
    {
        const muster_time start = time_of(leg, "start"), end = time_of(leg, "end");
        const muster_time t = start + (muster_time)(next_random(seed) * (double)(end - start - 1));
        const muster_point is = mst_track_place(f->result->run, index, t);
        const muster_point told = told_place(run, leg, t);
        assert_true(muster_geo_distance_m(is, told) < 0.1 * MUSTER_NM_M);
        assert_true(flow_real(leg, "lon_deg") >= -180.0 && flow_real(leg, "lon_deg") <= 180.0);
        *adrift += strcmp(json_string_value(json_object_get(leg, "kind")), "adrift") == 0;
    }
}

static int32_t check_all_legs(flow *f)
{
    json_t *unit;
    size_t i;
    int32_t adrift = 0;
    uint64_t seed = 20231107;
    for (int round = 0; round < 5; round++)
        json_array_foreach(json_object_get(flow_json(f), "units"), i,
                           unit) if (json_object_get(unit, "legs"))
            check_unit_legs(f, unit, (int32_t)i, &seed, &adrift);
    return adrift;
}

static void told__legs_are_where_the_engine_has_them(void **unused)
{
    (void)unused;
    for (size_t k = 0; k < FILES; k++) {
        flow f;
        assert_int_equal(flow_run(&f, files[k], NULL, NULL), MUSTER_OK);
        (void)check_all_legs(&f);
        flow_close(&f);
    }
}

static void told__a_ship_adrift_is_where_its_fuel_ended(void **unused)
{
    (void)unused;
    flow f;
    size_t i;
    json_t *leg;
    assert_int_equal(flow_run_text(&f, ADRIFT), MUSTER_OK);
    assert_true(check_all_legs(&f) > 0);
    json_array_foreach(flow_at(flow_json(&f), "units[0].legs"), i,
                       leg) if (strcmp(json_string_value(json_object_get(leg, "kind")), "adrift") ==
                                0) assert_true(json_is_null(json_object_get(leg, "from")));
    json_t *told = flow_find(json_object_get(flow_json(&f), "log"), "kind", "adrift");
    assert_string_equal(json_string_value(json_object_get(told, "text")),
                        "w is out of fuel and adrift.");
    assert_near(flow_real(told, "weight"), 3.0, 0.0);
    flow_close(&f);
}

/* ---- fuel ------------------------------------------------------------------------------------ */

static double told_fuel(json_t *points, double t_h)
{
    const size_t count = json_array_size(points);
    size_t i = 0;
    while (i + 2 < count && flow_real(json_array_get(points, i + 1), "[0]") <= t_h)
        i++;
    json_t *a = json_array_get(points, i), *b = json_array_get(points, i + 1);
    const double from = flow_real(a, "[0]"), to = flow_real(b, "[0]");
    const double share = to > from ? fmin(1.0, fmax(0.0, (t_h - from) / (to - from))) : 1.0;
    return flow_real(a, "[1]") + share * (flow_real(b, "[1]") - flow_real(a, "[1]"));
}

static int32_t check_fuel(flow *f)
{
    const mst_model *m = f->model->model;
    uint64_t seed = 7;
    size_t i;
    json_t *ship;
    json_array_foreach(json_object_get(flow_json(f), "fuel"), i, ship)
    {
        const int32_t unit = mst_model_unit(m, json_string_value(json_object_get(ship, "unit")));
        assert_true(unit >= 0);
        for (int n = 0; n < 50; n++) {
            const muster_time t =
                m->start + (muster_time)(next_random(&seed) * (double)(m->end - m->start));
            const double kg = mst_track_fuel_kg(f->result->run, unit, t);
            assert_near(told_fuel(json_object_get(ship, "points"), muster_hours(t - m->start)),
                        kg / m->unit[unit].tank_kg, 1e-9);
        }
    }
    return (int32_t)i;
}

static void told__fuel_between_points_is_exact(void **unused)
{
    (void)unused;
    static const int32_t ships[] = {9, 0, 3, 1};
    flow f;
    for (size_t k = 0; k < FILES; k++) {
        assert_int_equal(flow_run(&f, files[k], NULL, NULL), MUSTER_OK);
        assert_int_equal(check_fuel(&f), ships[k]);
        flow_close(&f);
    }
    assert_int_equal(flow_run_text(&f, ADRIFT), MUSTER_OK);
    assert_int_equal(check_fuel(&f), 2);
    flow_close(&f);
}

/* ---- sorties --------------------------------------------------------------------------------- */

/* Hours of one request within its window, and how often somebody took off for it. */
static double hours_of(json_t *run, const char *drill, json_t *request, int32_t *sorties)
{
    const muster_time from = time_of(request, "start"), until = time_of(request, "end");
    const char *id = json_string_value(json_object_get(request, "id"));
    double hours = 0.0;
    size_t i, k;
    json_t *unit, *s;
    json_array_foreach(json_object_get(run, "units"), i, unit)
        json_array_foreach(json_object_get(unit, "sorties"), k, s)
    {
        if (strcmp(json_string_value(json_object_get(s, "drill")), drill) != 0 ||
            strcmp(json_string_value(json_object_get(s, "request")), id) != 0)
            continue;
        const muster_time on = time_of(s, "on"), leave = time_of(s, "leave");
        (*sorties)++;
        if (on != MUSTER_NEVER)
            hours += muster_hours((leave < until ? leave : until) - (on > from ? on : from));
    }
    return hours;
}

static int32_t check_requests(json_t *run)
{
    size_t d, i;
    json_t *drill, *request;
    int32_t all = 0;
    json_array_foreach(flow_at(run, "scene.drills"), d, drill)
        json_array_foreach(json_object_get(drill, "air"), i, request)
    {
        char id[200];
        int32_t sorties = 0;
        const char *of = json_string_value(json_object_get(drill, "id"));
        snprintf(id, sizeof id, "%s/%s", of, json_string_value(json_object_get(request, "id")));
        assert_near(hours_of(run, of, request, &sorties), flow_measure(run, "air_station_h", id),
                    1e-8);
        assert_near(sorties, flow_measure(run, "air_sorties", id), 0.0);
        all += sorties;
    }
    return all;
}

/* Times in order; a squadron's own count; a way that takes as long as its speed says. */
static void check_squadron(flow *f, json_t *unit, int32_t index)
{
    const mst_unit_row *row = &f->model->model->unit[index];
    size_t k;
    json_t *s;
    json_array_foreach(json_object_get(unit, "sorties"), k, s)
    {
        const muster_time off = time_of(s, "off"), on = time_of(s, "on"),
                          leave = time_of(s, "leave"), land = time_of(s, "land");
        const muster_point from = {flow_real(s, "base_lat_deg"), flow_real(s, "base_lon_deg")};
        const muster_point to = {flow_real(s, "station_lat_deg"), flow_real(s, "station_lon_deg")};
        assert_true(off <= on && on <= leave && leave <= land);
        assert_near(seconds(off, on) * row->flight.cruise_mps, muster_geo_distance_m(from, to),
                    5.0);
    }
    assert_near((double)k, flow_measure(flow_json(f), "sorties", row->id), 0.0);
}

static void told__sorties_agree_with_the_measures(void **unused)
{
    (void)unused;
    static const int32_t flown[] = {17, 8, 0, 0};
    for (size_t k = 0; k < FILES; k++) {
        flow f;
        size_t i;
        json_t *unit;
        assert_int_equal(flow_run(&f, files[k], NULL, NULL), MUSTER_OK);
        assert_int_equal(check_requests(flow_json(&f)), flown[k]);
        json_array_foreach(json_object_get(flow_json(&f), "units"), i,
                           unit) if (json_object_get(unit, "sorties"))
            check_squadron(&f, unit, (int32_t)i);
        flow_close(&f);
    }
}

/* ---- log ------------------------------------------------------------------------------------- */

static void must_be_known(json_t *run, const char *table, json_t *id)
{
    if (json_is_null(id))
        return;
    assert_non_null(flow_find(flow_at(run, table), "id", json_string_value(id)));
}

static void check_entry(json_t *run, json_t *entry)
{
    const char *text = json_string_value(json_object_get(entry, "text"));
    json_t *units = json_object_get(entry, "units"), *one = json_object_get(entry, "unit");
    const double weight = flow_real(entry, "weight");
    size_t i;
    json_t *unit;
    assert_non_null(text);
    assert_true(strlen(text) > 5 && text[strlen(text) - 1] == '.');
    assert_null(strstr(text, "(null)"));
    assert_null(strstr(text, "nan"));
    assert_true(weight >= 1.0 && weight <= 3.0);
    must_be_known(run, "units", one);
    must_be_known(run, "scene.states", json_object_get(entry, "state"));
    must_be_known(run, "drills", json_object_get(entry, "drill"));
    must_be_known(run, "serials", json_object_get(entry, "serial"));
    json_array_foreach(units, i, unit) must_be_known(run, "units", unit);
    assert_true(json_is_null(one) == (json_array_size(units) != 1));
}

/* How many records of a kind there are, and of how many units the entries of a kind speak. */
static int32_t records(json_t *run, const char *kind)
{
    int32_t count = 0;
    size_t i;
    json_t *event;
    json_array_foreach(json_object_get(run, "events"), i, event) count +=
        strcmp(json_string_value(json_object_get(event, "kind")), kind) == 0;
    return count;
}

static int32_t spoken_of(json_t *run, const char *kind, bool count_units)
{
    int32_t count = 0;
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(run, "log"), i,
                       entry) if (strcmp(json_string_value(json_object_get(entry, "kind")), kind) ==
                                  0) count +=
        count_units ? (int32_t)json_array_size(json_object_get(entry, "units")) : 1;
    return count;
}

static void check_log(json_t *run)
{
    muster_time last = INT64_MIN;
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(run, "log"), i, entry)
    {
        const muster_time t = time_of(entry, "t");
        assert_true(t >= last && t != MUSTER_NEVER);
        last = t;
        check_entry(run, entry);
    }
    assert_int_equal(spoken_of(run, "decided", false), records(run, "decided"));
    assert_int_equal(spoken_of(run, "mustered", true), records(run, "mustered"));
    assert_int_equal(spoken_of(run, "entered", true), records(run, "entered area"));
    assert_int_equal(spoken_of(run, "started", false), records(run, "drill started"));
    assert_int_equal(spoken_of(run, "ended", false), records(run, "drill ended"));
    assert_int_equal(spoken_of(run, "failed", false), records(run, "did not muster"));
    assert_int_equal(spoken_of(run, "adrift", true), records(run, "adrift"));
    assert_int_equal(spoken_of(run, "serial-started", false), records(run, "serial started"));
}

static void must_say(json_t *run, const char *t, const char *text)
{
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(run, "log"), i,
                       entry) if (strcmp(json_string_value(json_object_get(entry, "text")), text) ==
                                  0)
    {
        assert_string_equal(json_string_value(json_object_get(entry, "t")), t);
        return;
    }
    print_error("the log does not say: %s\n", text);
    fail();
}

static void told__log_is_in_order_and_names_what_there_is(void **unused)
{
    (void)unused;
    flow f;
    for (size_t k = 0; k < FILES; k++) {
        assert_int_equal(flow_run(&f, files[k], NULL, NULL), MUSTER_OK);
        check_log(flow_json(&f));
        flow_close(&f);
    }
    assert_int_equal(flow_run_text(&f, ADRIFT), MUSTER_OK);
    check_log(flow_json(&f));
    flow_close(&f);
    /* a drill that does not take place takes its serials along, in one line */
    const char *const changes[] = {
        "units.tributs.fuel_frac = 0.03", "units.panteleyev.fuel_frac = 0.03",
        "units.gremyashchiy.fuel_frac = 0.03", "units.tsydenzhapov.fuel_frac = 0.03", NULL};
    assert_int_equal(flow_run(&f, files[0], NULL, changes), MUSTER_OK);
    check_log(flow_json(&f));
    must_say(flow_json(&f), "2023-07-06T00:00:00Z",
             "Northern/Interaction-2023 does not take place: not enough fuel; 6 serials are "
             "cancelled.");
    assert_int_equal(spoken_of(flow_json(&f), "serial-ended", false), 0);
    flow_close(&f);
}

static void told__log_of_the_worked_case_reads_as_a_class_wants_it(void **unused)
{
    (void)unused;
    flow f;
    assert_int_equal(flow_run(&f, files[0], NULL, NULL), MUSTER_OK);
    json_t *run = flow_json(&f);
    must_say(run, "2023-07-06T00:00:00Z",
             "North Korea stays out of Northern/Interaction-2023: not able, by 0.350; China would "
             "not admit it, by 0.179; Russia would not admit it, by 0.042; it would decline, by "
             "0.110.");
    must_say(run, "2023-07-15T01:45:00Z",
             "5 ships of China leave Qingdao for the point off Tsushima at 10.8 kn.");
    must_say(run, "2023-07-18T13:18:10.586773Z",
             "5 ships of China arrive at the muster point, 34.7 h early.");
    must_say(run, "2023-07-20T00:00:00Z", "Northern/Interaction-2023 starts, on time.");
    must_say(run, "2023-07-21T02:00:00Z",
             "Anti-submarine ends, held as planned; its chance of success is 0.65.");
    assert_true(json_array_size(json_object_get(run, "log")) < 80); /* of 352 records */
    flow_close(&f);
}

static int forget(void **unused)
{
    (void)unused;
    flow_forget_land();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(told__legs_are_where_the_engine_has_them),
        cmocka_unit_test(told__a_ship_adrift_is_where_its_fuel_ended),
        cmocka_unit_test(told__fuel_between_points_is_exact),
        cmocka_unit_test(told__sorties_agree_with_the_measures),
        cmocka_unit_test(told__log_is_in_order_and_names_what_there_is),
        cmocka_unit_test(told__log_of_the_worked_case_reads_as_a_class_wants_it),
    };
    return cmocka_run_group_tests(tests, NULL, forget);
}
