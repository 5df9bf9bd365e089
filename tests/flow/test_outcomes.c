/* What comes out of small drills, through the public headers. The figures asked for follow from the
 * definitions by hand. */
#include "flow.h"
#include "test.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_outcomes__a_moved_readiness_serves_the_surest_first),
        cmocka_unit_test(test_outcomes__days_of_two_zones_are_compared),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    flow_forget_land();
    return failed;
}
