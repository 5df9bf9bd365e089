/* Odd but legal scenarios, each of which once came out wrong. The figures asked for follow from the
 * definitions by hand. */
#include "test.h"

#include "flow.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Two states, a port each, an airfield: 229 nm from PA to the area, 269 nm from PB. */
#define WORLD                                                                                      \
    "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-18T00:00Z\"; horizon = \"20 d\"; "  \
    "};"                                                                                           \
    "states = { A = { name = \"Aland\"; }; B = { name = \"Bland\"; attributes = { will = 0.5; }; " \
    "}; };"                                                                                        \
    "classes = { corv = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;"              \
    "                     range_nm = 3500.0; range_speed_kn = 14.0; };"                            \
    "  jet = { craft = \"aircraft\"; roles = [\"fighter\"]; cruise_kn = 450.0; fuel_t = 4.0;"      \
    "          ferry_range_nm = 1500.0; };"                                                        \
    "  helo = { craft = \"helicopter\"; roles = [\"helicopter\"]; cruise_kn = 120.0;"              \
    "           fuel_t = 1.0; ferry_range_nm = 400.0; }; };"                                       \
    "bases = { PA = { sea_lat_deg = 42.95; sea_lon_deg = 131.85; lat_deg = 43.11; lon_deg = "      \
    "131.89; };"                                                                                   \
    "          PB = { sea_lat_deg = 39.2; sea_lon_deg = 128.2; lat_deg = 39.2; lon_deg = 127.5; "  \
    "}; };"                                                                                        \
    "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; };"                      \
    "          near = { lat_deg = 42.6; lon_deg = 132.2; radius_nm = 10.0; }; };"                  \
    "weather = { sea_state = 2; };"

#define UNITS(text) "units = { " text " };"
#define SHIP(id, more) id " = { class = \"corv\"; state = \"A\"; base = \"PA\"; " more " };"
#define SHIP_B(id, more) id " = { class = \"corv\"; state = \"B\"; base = \"PB\"; " more " };"
#define HOST_SLOT "{ for = \"host\"; role = \"escort\"; min_hours = \"12 h\"; }"
#define CAND_SLOT "{ for = \"candidate\"; role = \"escort\"; min_hours = \"1 h\"; }"

/* A drill of days 20 to 22 in the area "sea", hosted by A. */
#define DRILL(id, slots, more)                                                                     \
    id " = { hosts = [\"A\"]; area = \"sea\"; cap_need = 1.0; slots = ( " slots " );"              \
       "muster = { at = \"2023-07-20T00:00Z\"; }; end = \"2023-07-22T00:00Z\";"                    \
       "decide_at = \"2023-07-18T00:00Z\"; " more " };"
/* Another a week later. */
#define SECOND(slots, more)                                                                        \
    "second = { hosts = [\"A\"]; area = \"sea\"; cap_need = 1.0; slots = ( " slots " );"           \
    "muster = { at = \"2023-07-28T00:00Z\"; }; end = \"2023-07-30T00:00Z\";"                       \
    "decide_at = \"2023-07-26T00:00Z\"; " more " };"
#define SERIALS(text) "serials = { " text " };"
#define SERIAL(id, kind, more) id " = { kind = \"" kind "\"; min_states = 1; " more " };"
#define DRILLS(text) "drills = { " text " };"

static json_t *run(flow *f, const char *text)
{
    assert_int_equal(flow_run_text(f, text), MUSTER_OK);
    return flow_json(f);
}

static const char *decision(json_t *doc, const char *drill, const char *state, const char *what)
{
    json_t *all = json_object_get(doc, "decisions");
    for (size_t i = 0; i < json_array_size(all); i++) {
        json_t *one = json_array_get(all, i);
        if (strcmp(json_string_value(json_object_get(one, "drill")), drill) == 0 &&
            strcmp(json_string_value(json_object_get(one, "state")), state) == 0) {
            json_t *value = flow_at(one, what);
            return json_is_true(value)    ? "true"
                   : json_is_false(value) ? "false"
                                          : json_string_value(value);
        }
    }
    return NULL;
}

static double decision_real(json_t *doc, const char *drill, const char *state, const char *what)
{
    json_t *all = json_object_get(doc, "decisions");
    for (size_t i = 0; i < json_array_size(all); i++) {
        json_t *one = json_array_get(all, i);
        if (strcmp(json_string_value(json_object_get(one, "drill")), drill) == 0 &&
            strcmp(json_string_value(json_object_get(one, "state")), state) == 0)
            return flow_real(one, what);
    }
    return (double)NAN;
}

#define assert_able(doc, drill, state, wanted)                                                     \
    assert_string_equal(decision(doc, drill, state, "stages[0].standing"), wanted)

/* ---- ability -------------------------------------------------------------------------------------- */

/* .7 + .3 of three and three places is 1, whatever the sum of its parts rounds to. */
static void test_odd__a_full_house_is_enough(void **state)
{
    (void)state;
    flow f;
    json_t *doc = run(
        &f,
        WORLD UNITS(SHIP(
            "s", "count = 3;") "j = { class = \"jet\"; state = \"A\"; base = \"PA\"; count = 3; };")
            DRILLS(DRILL("d",
                         "{ for = \"host\"; role = \"escort\"; count = 3; },"
                         "{ for = \"host\"; role = \"fighter\"; domain = \"air\"; count = 3;"
                         "  min_hours = \"0.1 h\"; }",
                         "mix = { naval = 0.7; air = 0.3; };")));
    assert_near(decision_real(doc, "d", "A", "cap"), 1.0, 1e-12);
    assert_able(doc, "d", "A", "yes");
    assert_near(flow_measure(doc, "mustered", "d"), 1.0, 0.0);
    flow_close(&f);
}

/* A list that names no ship that exists sends nobody, to whoever reads it. */
static void test_odd__an_empty_list_means_nobody(void **state)
{
    static const char *const lists[] = {"\"none\"", ""};
    (void)state;
    for (int i = 0; i < 2; i++) {
        char text[4096];
        snprintf(text, sizeof text,
                 WORLD UNITS(SHIP("a", "") SHIP("none", "count = 0;")) DRILLS(
                     DRILL("d", HOST_SLOT, "contingents = ( { state = \"A\"; units = [%s]; } );")),
                 lists[i]);
        flow f;
        json_t *doc = run(&f, text);
        assert_near(decision_real(doc, "d", "A", "kit"), 0.0, 0.0);
        assert_able(doc, "d", "A", "no");
        flow_close(&f);
    }
}

static void test_odd__a_helicopter_gets_no_farther_than_its_ship(void **state)
{
    (void)state;
    for (int granted = 0; granted < 2; granted++) {
        char text[4096];
        snprintf(
            text, sizeof text,
            WORLD UNITS(SHIP("a", "allotment_t = %d.0;") "h = { class = \"helo\"; state = \"A\"; "
                                                         "parent = \"a\"; count = 2; };")
                DRILLS(DRILL("d",
                             "{ for = \"host\"; role = \"helicopter\"; domain = \"air\";"
                             "  count = 2; min_hours = \"1 h\"; }",
                             "")),
            granted ? 100 : 1);
        flow f;
        json_t *doc = run(&f, text);
        assert_near(decision_real(doc, "d", "A", "kit"), 1.0, 0.0);
        assert_near(decision_real(doc, "d", "A", "cap"), granted, 0.0);
        assert_near(decision_real(doc, "d", "A", "stages[0].probability"), granted, 1e-12);
        if (granted) /* and brings it along */
            assert_near(flow_measure(doc, "took_part", "a"), 1.0, 0.0);
        flow_close(&f);
    }
}

/* P(able) of twenty-four ships of different readiness for five places, of which one must be filled:
 * 1 - product of (1 - r). */
static void test_odd__chance_of_many_unlike_ships(void **state)
{
    (void)state;
    char text[8192] = WORLD "units = { " SHIP("a", "");
    double none = 1.0;
    for (int i = 0; i < 24; i++) {
        char one[160];
        snprintf(one, sizeof one,
                 "s%d = { class = \"corv\"; state = \"B\"; base = \"PB\"; readiness = %.2f; };", i,
                 0.02 + 0.01 * i);
        strcat(text, one);
        none *= 1.0 - (0.02 + 0.01 * i);
    }
    strcat(text, "}; drills = { d = { hosts = [\"A\"]; candidates = [\"B\"]; area = \"sea\";"
                 "cap_need = 0.2; muster = { at = \"2023-07-20T00:00Z\"; };"
                 "end = \"2023-07-22T00:00Z\"; decide_at = \"2023-07-18T00:00Z\";"
                 "slots = ( " HOST_SLOT ", { for = \"candidate\"; role = \"escort\"; count = 5;"
                 "min_hours = \"1 h\"; } ); }; };");
    flow f;
    json_t *doc = run(&f, text);
    assert_near(decision_real(doc, "d", "B", "stages[0].probability"), 1.0 - none, 1e-12);
    flow_close(&f);
}

/* ---- fuel ----------------------------------------------------------------------------------------- */

/* A host's port counts as the way back only for a ship that sails there. */
static void test_odd__a_hosts_port_is_sailed_to(void **state)
{
    (void)state;
    flow f;
    json_t *doc = run(
        &f, WORLD UNITS(SHIP("a", "") SHIP_B("b", "range_nm = 1500.0; fuel_frac = 0.42;")) DRILLS(
                "d = { hosts = [\"A\"]; candidates = [\"B\"]; area = \"near\"; cap_need = 1.0;"
                "muster = { at = \"2023-07-20T00:00Z\"; }; end = \"2023-07-20T01:00Z\";"
                "decide_at = \"2023-07-18T00:00Z\"; host_ports = true;"
                "slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"1 h\"; }," CAND_SLOT
                " ); };"));
    assert_able(doc, "d", "B", "yes");
    assert_near(flow_measure(doc, "adrift", "b"), 0.0, 0.0);
    json_t *legs = flow_at(flow_find(json_object_get(doc, "units"), "id", "b"), "legs");
    bool at_host = false;
    for (size_t i = 0; i < json_array_size(legs); i++) {
        const char *to = json_string_value(flow_at(json_array_get(legs, i), "to"));
        at_host = at_host || (to && strcmp(to, "PA") == 0);
    }
    assert_true(at_host);
    flow_close(&f);
}

/* Out 263 nm, back 28 nm: six hours at 24.3 kn get it nowhere near, whatever the mean of the two. */
static void test_odd__time_is_asked_for_the_way_out(void **state)
{
    (void)state;
    flow f;
    json_t *doc = run(
        &f, WORLD UNITS(SHIP("a", "") SHIP_B("b", "")) DRILLS(
                "d = { hosts = [\"A\"]; candidates = [\"B\"]; area = \"near\"; cap_need = 1.0;"
                "muster = { at = \"2023-07-20T00:00Z\"; }; end = \"2023-07-22T00:00Z\";"
                "decide_at = \"2023-07-19T18:00Z\"; host_ports = true;"
                "slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"1 h\"; }," CAND_SLOT
                " ); };"));
    assert_able(doc, "d", "B", "no");
    assert_able(doc, "d", "A", "yes");
    flow_close(&f);
}

/* The pool serves the ships in order until it is empty: one mission's fuel, and not two. */
static void test_odd__a_pool_is_shared_out_in_order(void **state)
{
    (void)state;
    for (int missions = 0; missions < 3; missions++) {
        char text[4096];
        /* out and back 458 nm at the best speed and 12 h at 10 kn take about 23 t */
        snprintf(text, sizeof text,
                 "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-18T00:00Z\"; };"
                 "states = { A = { pool = { stock_t = %d.0; }; }; };"
                 "classes = { corv = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;"
                 "            range_nm = 3500.0; range_speed_kn = 14.0; }; };"
                 "bases = { PA = { sea_lat_deg = 42.95; sea_lon_deg = 131.85; lat_deg = 43.11;"
                 "                 lon_deg = 131.89; }; };"
                 "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };"
                 "weather = { sea_state = 2; };" UNITS(SHIP("b2", "") SHIP("b1", ""))
                     DRILLS(DRILL("d",
                                  "{ for = \"host\"; role = \"escort\"; count = 2;"
                                  "  min_hours = \"12 h\"; }",
                                  "")),
                 30 * missions);
        flow f;
        json_t *doc = run(&f, text);
        assert_near(decision_real(doc, "d", "A", "kit"), 1.0, 0.0);
        assert_near(decision_real(doc, "d", "A", "cap"), 0.5 * missions, 1e-12);
        json_t *reach = json_object_get(doc, "reach");
        json_t *first = flow_find(reach, "unit", "b1"), *second = flow_find(reach, "unit", "b2");
        assert_int_equal(json_is_true(json_object_get(first, "passes")), missions >= 1);
        assert_int_equal(json_is_true(json_object_get(second, "passes")), missions == 2);
        flow_close(&f);
    }
}

/* What one ship of a list was issued is not taken from the pool a second time: 50 t are two missions
 * of 23 t. */
static void test_odd__a_pool_is_charged_once(void **state)
{
    (void)state;
    flow f;
    json_t *doc =
        run(&f, "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-18T00:00Z\"; };"
                "states = { A = { pool = { stock_t = 50.0; }; }; };"
                "classes = { corv = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;"
                "            range_nm = 3500.0; range_speed_kn = 14.0; }; };"
                "bases = { PA = { sea_lat_deg = 42.95; sea_lon_deg = 131.85; lat_deg = 43.11;"
                "                 lon_deg = 131.89; }; };"
                "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };"
                "weather = { sea_state = 2; };" UNITS(SHIP("a1", "") SHIP("a2", "")) DRILLS(DRILL(
                    "d", "{ for = \"host\"; role = \"escort\"; count = 2; min_hours = \"12 h\"; }",
                    "contingents = ( { state = \"A\"; units = [\"a1\", \"a2\"]; } );")));
    assert_able(doc, "d", "A", "yes");
    assert_near(flow_measure(doc, "mustered", "d"), 1.0, 0.0);
    assert_near(flow_measure(doc, "took_part", "a2"), 1.0, 0.0);
    flow_close(&f);
}

/* A reserve above the planning floor is met first, at its own level. */
static void test_odd__a_high_reserve_is_met_before_the_floor(void **state)
{
    (void)state;
    flow f;
    json_t *doc =
        run(&f, WORLD UNITS(SHIP("a", "") SHIP("b", "reserve_frac = 0.8; range_nm = 1500.0;"))
                    DRILLS(DRILL("d", HOST_SLOT,
                                 "contingents = ( { state = \"A\"; units = [\"a\", \"b\"]; } );")));
    json_t *events = json_object_get(doc, "events");
    double level[2] = {0.0, 0.0};
    int found = 0;
    for (size_t i = 0; i < json_array_size(events) && found < 2; i++) {
        json_t *event = json_array_get(events, i);
        const char *unit = json_string_value(json_object_get(event, "unit"));
        if (unit && strcmp(unit, "b") == 0 &&
            strcmp(json_string_value(json_object_get(event, "kind")), "fuel floor") == 0)
            level[found++] = flow_real(event, "value");
    }
    assert_int_equal(found, 2);
    assert_near(level[0], 0.8 * 170e3, 1.0);
    assert_near(level[1], 0.6 * 170e3, 1.0);
    flow_close(&f);
}

/* ---- several drills ------------------------------------------------------------------------------- */

/* Between the two it lies in port and is filled up: the fuel taken on is the fuel burnt. */
static void test_odd__a_ship_is_filled_up_between_drills(void **state)
{
    (void)state;
    flow f;
    json_t *doc = run(&f, WORLD UNITS(SHIP("a", "range_nm = 1500.0;"))
                              DRILLS(DRILL("d", HOST_SLOT, "") SECOND(HOST_SLOT, "")));
    assert_able(doc, "second", "A", "yes");
    assert_near(flow_measure(doc, "mustered", "second"), 1.0, 0.0);
    assert_near(flow_measure(doc, "adrift", "a"), 0.0, 0.0);
    json_t *ship = flow_find(json_object_get(doc, "units"), "id", "a");
    double taken = 0.0;
    json_t *events = json_object_get(doc, "events");
    for (size_t i = 0; i < json_array_size(events); i++)
        if (strcmp(json_string_value(flow_at(json_array_get(events, i), "kind")), "fuelled") == 0)
            taken += flow_real(json_array_get(events, i), "value");
    assert_true(taken > 20e3);
    assert_near(flow_real(ship, "on_board_kg") + taken,
                flow_real(ship, "used_kg") + flow_real(ship, "end_kg"), 1e-6);
    flow_close(&f);
}

/* A ship adrift since the first drill, or busy with another, is no ship for the next. */
static void test_odd__who_is_adrift_or_busy_is_not_counted(void **state)
{
    (void)state;
    flow f;
    json_t *doc =
        run(&f, WORLD UNITS(SHIP("a", "range_nm = 1000.0; on_board_t = 20.0; reserve_frac = 0.0;"
                                      "usable_fraction = 1.0;") SHIP("b", ""))
                    DRILLS(DRILL("d", HOST_SLOT,
                                 "contingents = ( { state = \"A\"; units = [\"a\", \"b\"]; } );")
                               SECOND("{ for = \"host\"; role = \"escort\"; count = 2; }", "")));
    assert_near(flow_measure(doc, "adrift", "a"), 1.0, 0.0);
    assert_near(decision_real(doc, "second", "A", "cap"), 0.5, 1e-12);
    flow_close(&f);
    doc = run(&f, WORLD UNITS(SHIP("a", ""))
                      DRILLS(DRILL("d", HOST_SLOT, "") DRILL("other", HOST_SLOT, "")));
    assert_near(flow_measure(doc, "mustered", "d"), 1.0, 0.0);
    assert_able(doc, "other", "A", "no");
    flow_close(&f);
}

/* ---- how drills run -------------------------------------------------------------------------------- */

/* Of serials at once the fastest sets the speed, and no signal undoes it. */
static void test_odd__two_serials_at_once_agree_on_a_speed(void **state)
{
    (void)state;
    flow f;
    static const char text[] = WORLD UNITS(
        SHIP("a", "count = 10;") "j = { class = \"jet\"; state = \"A\"; base = \"PA\"; count = 90;"
                                 "sorties_per_day = 8.0; };")
        DRILLS(
            DRILL("d", "{ for = \"host\"; role = \"escort\"; count = 10; }",
                  "air = { cap = { role = \"fighter\"; start = \"-1 h\"; for = \"30 h\"; count = 8;"
                  "on_station = \"1 h\"; }; };"))
            SERIALS(
                SERIAL("fast", "gunnery", "speed_kn = 18.0; start = \"1 h\"; for = \"24 h\";")
                    SERIAL("slow", "escort", "speed_kn = 12.0; start = \"2 h\"; for = \"24 h\";"));
    json_t *doc = run(&f, text);
    json_t *legs = flow_at(flow_find(json_object_get(doc, "units"), "id", "a-1"), "legs");
    int at_18 = 0;
    for (size_t i = 0; i < json_array_size(legs); i++)
        at_18 +=
            fabs(flow_real(json_array_get(legs, i), "speed_mps") - 18.0 * 1852.0 / 3600.0) < 1e-9;
    assert_int_equal(at_18, 1); /* once, when the faster begins, to its end */
    assert_true(json_array_size(legs) < 12);
    assert_near(flow_measure(doc, "serials_done", "d"), 2.0 * 0.9, 1e-12); /* P each */
    flow_close(&f);
}

/* Without a phase at sea the drill ends at its end, and its ships go home. */
static void test_odd__a_drill_without_a_sea_phase_ends(void **state)
{
    static const char *const phases[] = {"{ do = \"dispersal\"; }", "{ do = \"harbour\"; }"};
    (void)state;
    for (int i = 0; i < 2; i++) {
        char text[4096];
        snprintf(text, sizeof text,
                 WORLD UNITS(SHIP("a", "")) DRILLS(DRILL("d", HOST_SLOT, "phases = ( %s );")),
                 phases[i]);
        flow f;
        json_t *doc = run(&f, text);
        assert_near(flow_measure(doc, "mustered", "d"), 1.0, 0.0);
        assert_near(flow_measure(doc, "station_h", "a"), 48.0, 6.0); /* and the edges of the area */
        assert_near(flow_measure(doc, "distance_nm", "a"), 2.0 * 229.0, 3.0);
        flow_close(&f);
    }
}

static void test_odd__observers_are_not_mustered(void **state)
{
    (void)state;
    flow f;
    json_t *doc = run(
        &f, WORLD UNITS(SHIP("a", "") SHIP_B("b", "")) DRILLS(DRILL(
                "d", HOST_SLOT ", { for = \"candidate\"; role = \"escort\"; required = true; }",
                "candidates = [\"B\"]; level = \"observer\";")) "alignment = { rules = { r = { "
                                                                "stage = \"accept\"; weight = 1.0; "
                                                                "terms = [\"cand.will\"]; };"
                                                                "  q = { stage = \"admit\"; weight "
                                                                "= 1.0; terms = [\"cand.will\"]; "
                                                                "}; }; };");
    assert_string_equal(decision(doc, "d", "B", "joins"), "true");
    assert_near(flow_measure(doc, "took_part", "b"), 0.0, 0.0);
    assert_near(flow_measure(doc, "mustered", "d"), 1.0, 0.0);
    flow_close(&f);
}

/* Seventy ships at one port sail as two groups; two hundred are all counted. */
static void test_odd__many_ships_sail_and_are_counted(void **state)
{
    (void)state;
    flow f;
    json_t *doc =
        run(&f, WORLD UNITS(SHIP("s", "count = 230;") SHIP_B("b", "")) DRILLS(
                    "d = { hosts = [\"A\", \"B\"]; area = \"sea\"; cap_need = 1.0;"
                    "muster = { at = \"2023-07-20T00:00Z\"; }; end = \"2023-07-22T00:00Z\";"
                    "decide_at = \"2023-07-18T00:00Z\";"
                    "slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"1 h\"; } );"
                    "contingents = ( { state = \"A\"; units = [\"s\"]; } ); };"));
    assert_near(flow_measure(doc, "mustered", "d"), 1.0, 0.0);
    assert_near(flow_measure(doc, "units_came", "d/A"), 230.0, 0.0);
    assert_near(flow_measure(doc, "units_came", "d/B"), 1.0, 0.0);
    flow_close(&f);
}

/* Equal reach: the smaller id goes, wherever it stands in the file. */
static void test_odd__ties_go_by_id(void **state)
{
    (void)state;
    flow f;
    json_t *doc =
        run(&f, WORLD UNITS(SHIP("z9", "") SHIP("a1", "")) DRILLS(DRILL("d", HOST_SLOT, "")));
    assert_near(flow_measure(doc, "took_part", "a1"), 1.0, 0.0);
    assert_near(flow_measure(doc, "took_part", "z9"), 0.0, 0.0);
    flow_close(&f);
}

/* Each drill has the sea of its own month. */
static void test_odd__each_drill_has_its_own_sea(void **state)
{
    (void)state;
    flow f;
    json_t *doc = run(
        &f,
        "scenario = { id = \"t\"; title = \"T\"; start = \"2023-07-18T00:00Z\"; horizon = \"200 "
        "d\"; };"
        "states = { A = { name = \"Aland\"; }; };"
        "classes = { corv = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;"
        "            range_nm = 3500.0; range_speed_kn = 14.0; sea_state_limit = 4; }; };"
        "bases = { PA = { sea_lat_deg = 42.95; sea_lon_deg = 131.85; lat_deg = 43.11; lon_deg = "
        "131.89; }; };"
        "areas = { sea = { lat_deg = 39.5; lon_deg = 134.0; radius_nm = 60.0; }; };"
        "weather = { climatology = ( { month = 7; mean_hs_m = 0.8; p90_hs_m = 1.5; },"
        "                            { month = 1; mean_hs_m = 4.0; p90_hs_m = 6.5; } ); };" UNITS(
            SHIP("a", ""))
            DRILLS(
                DRILL("d", HOST_SLOT,
                      "") "winter = { hosts = [\"A\"]; area = \"sea\"; cap_need = 1.0; slots = "
                          "( " HOST_SLOT " );"
                          "muster = { at = \"2024-01-20T00:00Z\"; }; end = \"2024-01-22T00:00Z\";"
                          "decide_at = \"2024-01-18T00:00Z\"; };"));
    assert_near(flow_real(doc, "drills[0].sea_state"), 2.0, 0.0);
    assert_true(flow_real(doc, "drills[1].sea_state") >= 5.0);
    assert_able(doc, "d", "A", "yes");
    assert_able(doc, "winter", "A", "no");
    flow_close(&f);
}

/* Class, unit, variant, dated event, command line: later wins. */
static void test_odd__dated_events_come_after_variants(void **state)
{
    static const char *const last[] = {"states.B.attributes.will = 0.8"};
    static const char text[] = WORLD UNITS(SHIP("a", "") SHIP_B("b", ""))
        DRILLS(DRILL("d", HOST_SLOT "," CAND_SLOT,
                     "candidates = [\"B\"];")) "alignment = { rules = { r = { stage = \"accept\"; "
                                               "weight = 1.0; terms = [\"cand.will\"]; }; }; };"
                                               "timeline = ( { at = \"2023-07-17T00:00Z\"; changes "
                                               "= [\"states.B.attributes.will = 0.1\"]; } );"
                                               "variants = { v = { changes = "
                                               "[\"states.B.attributes.will = 0.9\"]; }; };";
    static const struct {
        const char *variant;
        int32_t lines;
        double will;
    } cases[] = {{NULL, 0, 0.1}, {"v", 0, 0.1}, {NULL, 1, 0.8}, {"v", 1, 0.8}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const muster_changes changes = {cases[i].variant, last, cases[i].lines};
        flow f;
        assert_int_equal(flow_run_changed(&f, text, &changes), MUSTER_OK);
        assert_near(flow_measure(flow_json(&f), "margin_accept", "d/B"), cases[i].will, 1e-12);
        flow_close(&f);
    }
}

/* ---- constants -------------------------------------------------------------------------------------- */

/* Each is a key, and the figures follow it. The worked case: P .765 = .9 x .85 and 7.2 h = 6 h x 1.2
 * of the joint manoeuvre, .9 x .85 x .85 of three serials. */
static void test_odd__constants_are_keys(void **state)
{
    static const char *const lines[] = {
        "constants.lowers_partial = 0.7", "constants.slows_partial = 1.1",
        "constants.degraded_value = 0.25", "constants.floor_frac = 0.2", NULL};
    (void)state;
    flow f;
    assert_int_equal(flow_run(&f, "northern-interaction-2023.cfg", NULL, NULL), MUSTER_OK);
    assert_near(flow_measure(flow_json(&f), "serial_p", "manoeuvre"), 0.9 * 0.85, 1e-12);
    assert_near(flow_measure(flow_json(&f), "serial_h", "manoeuvre"), 7.2, 1e-9);
    assert_true(flow_measure(flow_json(&f), "below_floor_h", "qiqihar") > 10.0);
    flow_close(&f);
    assert_int_equal(flow_run(&f, "northern-interaction-2023.cfg", NULL, lines), MUSTER_OK);
    json_t *doc = flow_json(&f);
    const double p = flow_measure(doc, "serial_p", "manoeuvre");
    assert_near(p, 0.9 * 0.7, 1e-12);
    assert_near(flow_measure(doc, "serial_h", "manoeuvre"), 6.6, 1e-9);
    assert_near(flow_measure(doc, "serial_value", "manoeuvre"), p + 0.25 * (1.0 - p), 1e-12);
    assert_near(flow_measure(doc, "below_floor_h", "qiqihar"), 0.0, 0.0);
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_odd__a_full_house_is_enough),
        cmocka_unit_test(test_odd__an_empty_list_means_nobody),
        cmocka_unit_test(test_odd__a_helicopter_gets_no_farther_than_its_ship),
        cmocka_unit_test(test_odd__chance_of_many_unlike_ships),
        cmocka_unit_test(test_odd__a_hosts_port_is_sailed_to),
        cmocka_unit_test(test_odd__time_is_asked_for_the_way_out),
        cmocka_unit_test(test_odd__a_pool_is_shared_out_in_order),
        cmocka_unit_test(test_odd__a_pool_is_charged_once),
        cmocka_unit_test(test_odd__a_high_reserve_is_met_before_the_floor),
        cmocka_unit_test(test_odd__a_ship_is_filled_up_between_drills),
        cmocka_unit_test(test_odd__who_is_adrift_or_busy_is_not_counted),
        cmocka_unit_test(test_odd__two_serials_at_once_agree_on_a_speed),
        cmocka_unit_test(test_odd__a_drill_without_a_sea_phase_ends),
        cmocka_unit_test(test_odd__observers_are_not_mustered),
        cmocka_unit_test(test_odd__many_ships_sail_and_are_counted),
        cmocka_unit_test(test_odd__ties_go_by_id),
        cmocka_unit_test(test_odd__each_drill_has_its_own_sea),
        cmocka_unit_test(test_odd__dated_events_come_after_variants),
        cmocka_unit_test(test_odd__constants_are_keys),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
