/* An activity added from outside: the phase `harbour-visit` is read, checked, run and told. */
#include "flow.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

/* Two ships of HOME drill off GUEST's coast for a day, then visit its port. */
static const char scenario[] =
    "scenario = { id = \"visit\"; title = \"A visit\"; start = \"2023-07-18T00:00Z\";\n"
    "             horizon = \"8 d\"; };\n"
    "states = { HOME = { name = \"Home\"; }; GUEST = { name = \"Guest\"; }; };\n"
    "classes = { corvette = { roles = [\"escort\"]; max_speed_kn = 27.0; range_nm = 3500.0;\n"
    "                         range_speed_kn = 14.0; fuel_t = 170.0; }; };\n"
    "bases = {\n"
    "  NORTH = { name = \"North\"; nation = \"HOME\"; lat_deg = 43.11; lon_deg = 131.89;\n"
    "            sea_lat_deg = 42.95; sea_lon_deg = 131.85; };\n"
    "  SOUTH = { name = \"South\"; nation = \"GUEST\"; lat_deg = 39.2; lon_deg = 127.5;\n"
    "            sea_lat_deg = 39.25; sea_lon_deg = 127.95; };\n"
    "};\n"
    "units = {\n"
    "  first = { class = \"corvette\"; state = \"HOME\"; base = \"NORTH\"; };\n"
    "  second = { class = \"corvette\"; state = \"HOME\"; base = \"NORTH\"; };\n"
    "};\n"
    "groups = { both = { members = [\"first\", \"second\"]; drill = \"d\";\n"
    "                    depart = \"2023-07-18T06:00Z\"; }; };\n"
    "drills = { d = {\n"
    "  hosts = [\"HOME\"]; cap_need = 1.0; decide_at = \"2023-07-18T00:00Z\";\n"
    "  muster = { lat_deg = 40.5; lon_deg = 131.0; at = \"2023-07-20T00:00Z\"; };\n"
    "  end = \"2023-07-21T00:00Z\";\n"
    "  slots = ( { for = \"host\"; role = \"escort\"; count = 2; min_hours = \"24 h\"; } );\n"
    "  phases = ( { do = \"sea\"; }, { do = \"harbour-visit\"; name = \"visit\"; %s } );\n"
    "}; };\n";

static muster_status run_with(flow *f, const char *keys)
{
    char text[4096];
    const int length = snprintf(text, sizeof text, scenario, keys);
    assert_true(length > 0 && (size_t)length < sizeof text);
    return flow_run_text(f, text);
}

/* Seconds since 1970 of an event of that kind, unit (null: none) and number b (-1: any). */
static double when(json_t *run, const char *kind, const char *unit, int b)
{
    size_t i;
    json_t *e;
    json_array_foreach(json_object_get(run, "events"), i, e)
    {
        const char *who = json_string_value(json_object_get(e, "unit"));
        muster_interval at;
        if (strcmp(json_string_value(json_object_get(e, "kind")), kind) != 0 ||
            (unit ? !who || strcmp(who, unit) != 0 : who != NULL) ||
            (b >= 0 && json_integer_value(json_object_get(e, "b")) != b))
            continue;
        char text[64];
        snprintf(text, sizeof text, "%.19sZ", json_string_value(json_object_get(e, "time")));
        assert_true(muster_time_read(text, 0, &at));
        return (double)at.from / 1e6;
    }
    return (double)NAN;
}

static void visit__happens_after_the_sea_phase(void **unused)
{
    (void)unused;
    flow f;
    assert_int_equal(run_with(&f, "port = \"SOUTH\"; stay = \"31 h\";"), MUSTER_OK);
    json_t *run = flow_json(&f);
    const double begun = when(run, "phase started", NULL, 1);
    const double over = when(run, "phase ended", NULL, 1);
    muster_interval end;
    assert_true(muster_time_read("2023-07-21T00:00Z", 0, &end));
    assert_near(begun, (double)end.from / 1e6, 0.0); /* as the sea phase ends */
    const double first = when(run, "in port", "first", -1);
    const double second = when(run, "in port", "second", -1);
    assert_true(first > begun && second > begun);
    /* events are printed by the second, cut off */
    assert_near(over - fmax(first, second), 31.0 * 3600.0, 1.0);
    flow_close(&f);
}

static void visit__brings_the_ships_there_and_home(void **unused)
{
    (void)unused;
    static const char *const ships[] = {"first", "second"};
    flow f;
    assert_int_equal(run_with(&f, "port = \"SOUTH\"; stay = \"31 h\";"), MUSTER_OK);
    json_t *run = flow_json(&f), *leg;
    for (size_t s = 0; s < 2; s++) {
        json_t *unit = flow_find(json_object_get(run, "units"), "id", ships[s]);
        bool to_south = false, in_south = false, home = false;
        size_t i;
        json_array_foreach(json_object_get(unit, "legs"), i, leg)
        {
            const char *kind = json_string_value(json_object_get(leg, "kind"));
            const char *from = json_string_value(json_object_get(leg, "from"));
            const char *to = json_string_value(json_object_get(leg, "to"));
            to_south = to_south || (to && strcmp(to, "South") == 0);
            in_south = in_south || (strcmp(kind, "port") == 0 && strcmp(from, "South") == 0);
            home =
                home || (in_south && to && strcmp(from, "South") == 0 && strcmp(to, "North") == 0);
        }
        assert_true(to_south && in_south && home);
    }
    /* out, to the port and back: three ways that the route book holds */
    assert_true(json_array_size(json_object_get(run, "routes")) >= 3);
    flow_close(&f);
}

/* Default, range and reference follow from the rows alone. */
static void visit__has_its_keys_checked(void **unused)
{
    (void)unused;
    static const struct {
        const char *keys, *words;
    } bad[] = {{"port = \"SUOTH\";", "SOUTH"},
               {"port = \"SOUTH\"; stay = \"800 h\";", "800"},
               {"port = \"SOUTH\"; stay_h = 3;", "stay_h"},
               {"stay = \"24 h\";", "port"}};
    flow f;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(run_with(&f, bad[i].keys), MUSTER_MISTAKE);
        assert_true(muster_diags_error_count(f.diags) >= 1);
        const muster_diag *d = muster_diags_at(f.diags, 0);
        if (!strstr(d->message, bad[i].words) && !strstr(d->hint, bad[i].words))
            fail_msg("'%s' (%s) does not name %s", d->message, d->hint, bad[i].words);
        flow_close(&f);
    }
    assert_int_equal(run_with(&f, "port = \"SOUTH\";"), MUSTER_OK); /* stay: a day by default */
    json_t *run = flow_json(&f);
    assert_near(when(run, "phase ended", NULL, 1) - when(run, "in port", "second", -1),
                24.0 * 3600.0, 1.0);
    flow_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(visit__happens_after_the_sea_phase),
        cmocka_unit_test(visit__brings_the_ships_there_and_home),
        cmocka_unit_test(visit__has_its_keys_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
