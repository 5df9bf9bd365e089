/* What comes out of small drills, from text to result. The figures asked for follow from the
 * definitions by hand. */
#include "batch/handles.h"
#include "flow.h"
#include "outcome/fold.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

/* Two states, a port each, an airfield: 229 nm from PA to the area, 271 nm from PB. */
#define WORLD                                                                                      \
    "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-18T00:00Z\"; horizon = \"14 d\"; "  \
    "};"                                                                                           \
    "states = { A = { name = \"Aland\"; }; B = { name = \"Bland\"; }; };"                          \
    "classes = { corv = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;"              \
    "                     range_nm = 3500.0; range_speed_kn = 14.0; };"                            \
    "  jet = { craft = \"aircraft\"; roles = [\"fighter\"]; cruise_kn = 450.0; fuel_t = 4.0;"      \
    "          ferry_range_nm = 1500.0; }; };"                                                     \
    "bases = { PA = { sea_lat_deg = 42.95; sea_lon_deg = 131.85;"                                  \
    "                 lat_deg = 43.11; lon_deg = 131.89; };"                                       \
    "          PB = { sea_lat_deg = 39.2; sea_lon_deg = 128.2;"                                    \
    "                 lat_deg = 39.2; lon_deg = 127.5; }; };"                                      \
    "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };"                   \
    "weather = { sea_state = 2; };"

#define SHIP(id, more) id " = { class = \"corv\"; state = \"A\"; base = \"PA\"; " more " };"
#define SHIP_B(id, more) id " = { class = \"corv\"; state = \"B\"; base = \"PB\"; " more " };"
#define SLOT(whose, more)                                                                          \
    "{ for = \"" whose "\"; role = \"escort\"; min_hours = \"1 h\"; " more " }"
#define DRILL(id, day, end, decide, slots, more)                                                   \
    id " = { area = \"sea\"; cap_need = 1.0; slots = ( " slots " );"                               \
       "muster = { at = \"2023-07-" day "T00:00Z\"; }; end = \"2023-07-" end "Z\";"                \
       "decide_at = \"2023-07-" decide "Z\"; " more " };"

static json_t *run(flow *f, const char *text)
{
    assert_int_equal(flow_run_text(f, text), MUSTER_OK);
    return flow_json(f);
}

static void test_outcomes__a_moved_readiness_serves_the_surest_first(void **state)
{
    flow f;
    (void)state;
    /* one of two is ready on average, and it is z, whatever a's readiness near .4 is */
    json_t *doc =
        run(&f, WORLD
            "units = { " SHIP("h", "") SHIP_B("a", "readiness = 0.4; allotment_t = 1.0;") SHIP_B(
                "z", "readiness = 1.0;") " };"
                                         "drills = { " DRILL(
                                             "d", "20", "22T00:00", "18T00:00",
                                             SLOT("host", "") ", " SLOT("candidate", "count = 2;"),
                                             "hosts = [\"A\"]; candidates = [\"B\"];") " };");
    json_t *of_b = flow_find(json_object_get(doc, "decisions"), "state", "B");
    json_t *list = json_object_get(of_b, "assumptions");
    assert_near(flow_real(flow_find(list, "path", "units.a.readiness"), "influence"), 0.0, 1e-12);
    assert_near(flow_real(flow_find(list, "path", "units.z.readiness"), "influence"), 1.0, 1e-12);
    flow_close(&f);
}

static void test_outcomes__days_of_two_zones_are_compared(void **state)
{
    flow f;
    (void)state;
    /* the day of the sighting begins an hour before that of the claim, and ends an hour before */
    json_t *doc = run(
        &f,
        WORLD "units = { " SHIP(
            "f", "") " }; groups = { g = { members = [\"f\"]; }; };"
                     "drills = { " DRILL(
                         "d", "20", "22T00:00", "18T00:00", SLOT("host", ""),
                         "hosts = [\"A\"];") " };"
                                             "observations = { left = { what = \"departure\"; "
                                             "group = \"g\";"
                                             "  base = \"PA\"; at = \"2023-07-19+08:00\"; };"
                                             "seen = { what = \"sighting\"; group = \"g\"; lat_deg "
                                             "= 40.5;"
                                             "  lon_deg = 133.0; at = \"2023-07-19+09:00\"; }; };");
    json_t *check = flow_at(doc, "timeline[0]");
    assert_int_equal(json_array_size(json_object_get(doc, "timeline")), 1);
    assert_near(flow_real(check, "needed_kn"), flow_real(check, "distance_nm") / 23.0, 1e-9);
    assert_string_equal(json_string_value(json_object_get(check, "verdict")), "possible only if");
    flow_close(&f);
}

static void test_outcomes__a_unit_is_counted_in_the_drill_it_was_sent_to(void **state)
{
    flow f;
    (void)state;
    /* B declines the first drill and hosts the second with the same ship */
    json_t *doc =
        run(&f, WORLD "units = { " SHIP("a", "") SHIP_B(
                    "b", "") " };"
                             "drills = { " DRILL("d1", "20", "22T00:00", "18T00:00",
                                                 SLOT("host", "") ", " SLOT("candidate", ""),
                                                 "hosts = [\"A\"]; candidates = [\"B\"];")
                                 DRILL("d2", "25", "26T00:00", "23T00:00", SLOT("host", ""),
                                       "hosts = [\"B\"];") " };"
                                                           "alignment = { rules = { no = { stage = "
                                                           "\"accept\"; sign = -1; weight = 1.0;"
                                                           "                              terms = "
                                                           "[\"1.0\"]; }; }; };");
    assert_near(flow_measure(doc, "units_came", "d1/A"), 1.0, 0.0);
    assert_near(flow_measure(doc, "units_came", "d1/B"), 0.0, 0.0);
    assert_near(flow_measure(doc, "units_came", "d2/B"), 1.0, 0.0);
    assert_near(flow_measure(doc, "muster_delay_h", "d2"), 0.0, 1e-9);
    assert_near(flow_measure(doc, "late_h", "b"), 0.0, 0.0);
    assert_near(flow_measure(doc, "state_fuel_used_t", "d1/B"), 0.0, 0.0);
    assert_near(flow_measure(doc, "fuel_used_t", "d2"), flow_measure(doc, "unit_fuel_used_t", "b"),
                1e-9);
    assert_near(flow_measure(doc, "fuel_used_t", "d1"), flow_measure(doc, "unit_fuel_used_t", "a"),
                1e-9);
    assert_near(flow_measure(doc, "group_station_h", "B PB d2"), 24.0, 1e-9);
    flow_close(&f);
}

static void test_outcomes__a_unit_may_take_part_in_two_drills(void **state)
{
    flow f;
    (void)state;
    /* Each window of 6 h takes six sorties of an hour, and is covered throughout. */
    json_t *doc = run(
        &f, WORLD "units = { " SHIP(
                "a",
                "") "j = { class = \"jet\"; state = \"A\"; base = \"PA\"; count = 8;"
                    "      sorties_per_day = 4.0; }; };"
                    "drills = { " DRILL(
                        "d1", "20", "21T00:00", "18T00:00", SLOT("host", ""),
                        "hosts = [\"A\"]; air = { c1 = { role = \"fighter\"; start = \"0 h\";"
                        "for = \"6 h\"; count = 1; on_station = \"1 h\"; }; };")
                        DRILL("d2", "25", "26T00:00", "23T12:00", SLOT("host", ""),
                              "hosts = [\"A\"]; air = { c2 = { role = \"fighter\"; start = \"0 h\";"
                              "for = \"6 h\"; count = 1; on_station = \"1 h\"; }; };") " };");
    assert_near(flow_measure(doc, "coverage", "d1/c1"), 1.0, 1e-9);
    assert_near(flow_measure(doc, "coverage", "d2/c2"), 1.0, 1e-9);
    assert_near(flow_measure(doc, "air_sorties", "d1/c1"), 6.0, 0.0);
    assert_near(flow_measure(doc, "air_sorties", "d2/c2"), 6.0, 0.0);
    assert_near(flow_measure(doc, "sorties", "j"), 12.0, 0.0);
    assert_near(flow_measure(doc, "units_came", "d1/A"), 2.0, 0.0);
    assert_near(flow_measure(doc, "units_came", "d2/A"), 2.0, 0.0);
    assert_near(flow_measure(doc, "station_h", "a"), 48.0, 1e-9);
    assert_near(flow_measure(doc, "group_station_h", "A PA d1"), 24.0, 1e-9);
    assert_near(flow_measure(doc, "group_station_h", "A PA d2"), 24.0, 1e-9);
    assert_near(flow_measure(doc, "group_slack_h", "A PA d1"), 0.0, 1e-9);
    assert_near(flow_measure(doc, "group_speed_kn", "A PA d1"),
                flow_measure(doc, "group_speed_kn", "A PA d2"), 1e-9);
    assert_near(flow_measure(doc, "fuel_used_t", "d1") + flow_measure(doc, "fuel_used_t", "d2"),
                flow_measure(doc, "unit_fuel_used_t", "a") +
                    flow_measure(doc, "unit_fuel_used_t", "j"),
                1e-9);
    flow_close(&f);
}

static void test_outcomes__what_is_not_defined_is_not_printed_as_a_number(void **state)
{
    flow f;
    (void)state;
    /* a drill that asks for nobody, and a serial that nobody can hold */
    run(&f, WORLD "drills = { " DRILL("d", "20", "22T00:00", "18T00:00", "",
                                      "hosts = [\"A\"];") " };"
                                                          "serials = { s = { kind = \"gunnery\"; "
                                                          "start = \"1 h\"; for = \"2 h\"; }; };");
    const muster_tell tell = {.scenario = f.scenario, .model = f.model, .result = f.result};
    char *report = muster_tell_report(&tell, f.diags);
    assert_non_null(report);
    assert_null(strstr(report, "nan"));
    assert_non_null(strstr(report, "No unit was required"));
    assert_non_null(strstr(report, "-    cancelled"));
    muster_tell_free(report, NULL);
    flow_close(&f);
}

/* A ship that sails 6 h before the muster is late by more than 5 h; seven jets fly once a day. */
static json_t *late_ship(flow *f, const char *start, const char *length)
{
    char text[4096];
    const int length_of_text = snprintf(
        text, sizeof text,
        WORLD "units = { " SHIP(
            "a",
            "sustained_speed_kn = 20.0;") "j = { class = \"jet\"; state = \"A\"; base = \"PA\"; "
                                          "count = 7; sorties_per_day = 1.0; };"
                                          "}; groups = { g = { members = [\"a\"]; depart = "
                                          "\"2023-07-19T18:00Z\"; }; };"
                                          "drills = { " DRILL(
                                              "d", "20", "22T00:00", "18T00:00", SLOT("host", ""),
                                              "hosts = [\"A\"]; air = { cap = { role = \"fighter\";"
                                              "start = \"%s\"; for = \"%s\"; count = 1;"
                                              "on_station = \"1 h\"; }; };") " };"
                                                                             "serials = { s = { "
                                                                             "kind = "
                                                                             "\"air-cover\"; start "
                                                                             "= \"0 h\"; for = \"2 "
                                                                             "h\";"
                                                                             "                  "
                                                                             "min_states = 1; air "
                                                                             "= \"cap\"; ships = "
                                                                             "1; }; };",
        start, length);
    assert_in_range(length_of_text, 1, sizeof text - 1);
    return run(f, text);
}

static double way_h(void) /* from the field of PA to the station */
{
    const muster_point field = {43.11, 131.89}, station = {39.5, 134.0};
    return muster_geo_distance_m(field, station) / 1852.0 / 450.0;
}

static void test_outcomes__an_air_window_moves_with_a_late_drill(void **state)
{
    flow f;
    (void)state;
    json_t *doc = late_ship(&f, "0 h", "6 h");
    assert_in_range((int)flow_measure(doc, "muster_delay_h", "d"), 5, 5);
    /* One jet went for the planned time and came back; the others take off when the drill starts,
     * so that the way is the only gap, and the six that are left share the six hours. */
    assert_near(flow_measure(doc, "coverage", "d/cap"), 1.0 - way_h() / 6.0, 1e-6);
    assert_near(flow_measure(doc, "air_sorties", "d/cap"), 7.0, 0.0);
    flow_close(&f);
}

static void test_outcomes__an_air_window_before_the_muster_is_flown_as_planned(void **state)
{
    flow f;
    (void)state;
    json_t *doc = late_ship(&f, "-1 h", "3 h");
    const double late_h = flow_measure(doc, "muster_delay_h", "d");
    /* from an hour before the muster to the planned end; then from the start to two hours later */
    assert_near(flow_measure(doc, "coverage", "d/cap"),
                (3.0 + 2.0 - way_h()) / (1.0 + late_h + 2.0), 1e-6);
    flow_close(&f);
}

/* Two hosts a serial of ten hours from the first hour on; parts and levels as given. */
#define TOGETHER(end, parts, interop)                                                              \
    WORLD "units = { " SHIP("a", "") SHIP_B(                                                       \
        "b", "") " };"                                                                             \
                 "drills = { " DRILL(                                                              \
                     "d", "20", end, "18T00:00", SLOT("host", ""),                                 \
                     "hosts = [\"A\", \"B\"];") " };"                                              \
                                                "serials = { s = { kind = \"gunnery\"; start = "   \
                                                "\"1 h\"; for = \"10 h\"; ships = 2;"              \
                                                "                  parts = [" parts "]; };"        \
                                                "            t = { kind = \"gunnery\"; after = "   \
                                                "\"s\"; start = \"1 h\"; for = \"4 h\";"           \
                                                "                  ships = 2; weight = 3.0; }; };" \
                                                "ties = { ab = { a = \"A\"; b = \"B\"; interop = " \
                                                "{ " interop " }; }; };"

static void test_outcomes__a_part_that_slows_costs_the_time_it_takes(void **state)
{
    flow f;
    (void)state;
    /* Without a language s takes 15 h, 01:00 to 16:00, and of t 17:00 to 20:00 only three hours of
     * four are left: .95 and .5. In full it is 01:00 to 11:00 and 12:00 to 16:00. */
    json_t *doc = run(&f, TOGETHER("20T20:00", "\"language\"", "language = \"none\";"));
    assert_near(flow_measure(doc, "score", "d"), (0.95 + 3.0 * 0.5) / 4.0, 1e-9);
    assert_near(flow_measure(doc, "cost_language", "d/A-B"), 0.95 - (0.95 + 3.0 * 0.5) / 4.0, 1e-9);
    flow_close(&f);
    /* time enough for both */
    doc = run(&f, TOGETHER("22T00:00", "\"language\"", "language = \"none\";"));
    assert_near(flow_measure(doc, "score", "d"), 0.95, 1e-9);
    assert_near(flow_measure(doc, "cost_language", "d/A-B"), 0.0, 1e-12);
    flow_close(&f);
}

static void test_outcomes__a_part_that_forbids_costs_the_serial_and_the_time(void **state)
{
    flow f;
    (void)state;
    /* Cancelled at once, s leaves all the time to t; held, and slowed, it leaves t three hours. */
    json_t *doc = run(
        &f, TOGETHER("20T20:00", "\"rig\", \"language\"", "rig = \"none\"; language = \"none\";"));
    assert_near(flow_measure(doc, "score", "d"), 3.0 * 0.95 / 4.0, 1e-9);
    assert_near(flow_measure(doc, "cost_rig", "d/A-B"), (0.95 + 3.0 * 0.5) / 4.0 - 3.0 * 0.95 / 4.0,
                1e-9);
    flow_close(&f);
    doc = run(&f, TOGETHER("22T00:00", "\"rig\"", "rig = \"none\";"));
    assert_near(flow_measure(doc, "cost_rig", "d/A-B"), 0.95 / 4.0, 1e-9);
    flow_close(&f);
}

static void test_outcomes__for_parts_that_lower_both_ways_agree(void **state)
{
    static const mst_part parts[] = {MST_PART_DATA_LINK, MST_PART_PROCEDURES, MST_PART_PAST_DRILLS};
    static int32_t level[2 * 2 * MST_PART_COUNT];
    flow f;
    (void)state;
    run(&f, TOGETHER("22T00:00", "\"data_link\", \"procedures\", \"past_drills\", \"language\"",
                     "data_link = \"none\"; procedures = \"partial\"; language = \"none\";"));
    mst_outcomes *out = f.result->outcomes;
    mst_model full = *f.model->model; /* shallow: only the levels are its own */
    full.interop = level;
    assert_int_equal(full.state_count, 2);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        double again = 0.0;
        memcpy(level, f.model->model->interop, sizeof level);
        level[mst_model_pair(&full, 0, 0, 1) * MST_PART_COUNT + (size_t)parts[i]] = 2;
        level[mst_model_pair(&full, 0, 1, 0) * MST_PART_COUNT + (size_t)parts[i]] = 2;
        const double closed = mst_part_score(out, &full, 0, (int32_t)parts[i]);
        assert_true(mst_part_score_rerun(out, &full, 0, &again));
        assert_true(closed > out->drill[0].score + 1e-3);
        assert_near(closed, again, 1e-12);
        assert_near(out->pair[0].part_cost[parts[i]], closed - out->drill[0].score, 1e-15);
    }
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_outcomes__a_moved_readiness_serves_the_surest_first),
        cmocka_unit_test(test_outcomes__days_of_two_zones_are_compared),
        cmocka_unit_test(test_outcomes__a_unit_is_counted_in_the_drill_it_was_sent_to),
        cmocka_unit_test(test_outcomes__a_unit_may_take_part_in_two_drills),
        cmocka_unit_test(test_outcomes__what_is_not_defined_is_not_printed_as_a_number),
        cmocka_unit_test(test_outcomes__an_air_window_moves_with_a_late_drill),
        cmocka_unit_test(test_outcomes__an_air_window_before_the_muster_is_flown_as_planned),
        cmocka_unit_test(test_outcomes__a_part_that_slows_costs_the_time_it_takes),
        cmocka_unit_test(test_outcomes__a_part_that_forbids_costs_the_serial_and_the_time),
        cmocka_unit_test(test_outcomes__for_parts_that_lower_both_ways_agree),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
