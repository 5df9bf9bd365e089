/* The slide rule and the ladder of the engine agree for every class of the library, and for classes
 * with figures of their own. Tolerance: relative rounding of a few products, 1e-9. */
#include "flow.h"
#include "test.h"

#include "batch/handles.h"
#include "engine/reach.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Classes whose every figure differs from the default. */
static const char clones[] =
    "odd-usable = { like = \"najin\"; usable_fraction = 0.6; reserve_frac = 0.13; };\n"
    "odd-margin = { like = \"najin\"; margin = 2.0; station_speed_kn = 14.0; };\n"
    "odd-all = { like = \"najin\"; margin = 1.7; station_speed_kn = 6.0; usable_fraction = 0.7;\n"
    "  reserve_frac = 0.1; hotel_share = 0.2; exponent = 2.5; sustained_speed_kn = 6.5; };\n"
    "odd-straight = { like = \"najin\"; exponent = 1.0; };\n"
    "odd-curve = { like = \"najin\"; margin = 1.2; station_speed_kn = 14.0;\n"
    "  curve = ( { speed_kn = 5.0; rate_t_per_h = 0.25; }, { speed_kn = 9.0; rate_t_per_h = 0.4; "
    "},\n"
    "            { speed_kn = 20.0; rate_t_per_h = 3.0; } ); };\n"
    "odd-slow = { craft = \"ship\"; range_nm = 3000.0; range_speed_kn = 9.0; };\n"
    "odd-plane = { like = \"mig23ml\"; margin = 1.3; usable_fraction = 0.8; climb_frac = 0.1;\n"
    "  loiter_factor = 0.5; reserve_fuel_frac = 0.02; reserve_loiter = \"45 min\"; };\n";

static const char places[] =
    "states = { HOME = { name = \"Home\"; }; };\n"
    "bases = { PORT = { kind = \"both\"; lat_deg = 43.11; lon_deg = 131.89; sea_lat_deg = 42.95;\n"
    "                   sea_lon_deg = 131.85; }; };\n"
    "areas = { sea = { lat_deg = 42.5; lon_deg = 132.0; radius_nm = 30.0; }; };\n"
    "drills = { d = { hosts = [\"HOME\"]; area = \"sea\"; cap_need = 1.0;\n"
    "  muster = { at = \"2023-09-20T00:00Z\"; }; end = \"2023-09-22T00:00Z\";\n"
    "  decide_at = \"2023-07-18T00:00Z\";\n"
    "  slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"24 h\"; },\n"
    "            { for = \"host\"; role = \"fighter\"; domain = \"air\"; min_hours = \"0.5 h\"; } "
    "); };\n"
    "};\n"
    "weather = { sea_state = 0; };\n";

static char main_text[65536];

static bool open_text(const char *path, size_t max_bytes, char **bytes, size_t *length,
                      const char **reason, void *context)
{
    char full[4096];
    if (strcmp(path, "ladder") == 0) {
        *length = strlen(main_text);
        *bytes = malloc(*length + 1);
        memcpy(*bytes, main_text, *length + 1);
        return true;
    }
    snprintf(full, sizeof full, "%s/scenarios/library/%s", MUSTER_SOURCE_DIR, path);
    return flow_files.open(full, max_bytes, bytes, length, reason, context);
}

static void close_text(char *bytes, void *context)
{
    (void)context;
    free(bytes);
}

/* Reads the library and the clones, with one unit of each class named in `units`. */
static muster_scenario *read_with(const char *units, muster_diags *diags)
{
    static const muster_opener opener = {open_text, close_text, NULL};
    muster_source_text *text = NULL;
    muster_scenario *scenario = NULL;
    snprintf(main_text, sizeof main_text,
             "scenario = { id = \"ladder\"; title = \"ladder\"; start = \"2023-07-18T00:00Z\";\n"
             "  horizon = \"360 d\"; };\n"
             "classes = {\n@include \"ships.cfg\"\n@include \"aircraft.cfg\"\n%s};\n%s%s",
             clones, places, units);
    assert_int_equal(muster_gather("ladder", &opener, NULL, diags, &text), MUSTER_OK);
    const muster_status status = muster_scenario_read(text, NULL, NULL, diags, &scenario);
    if (status != MUSTER_OK) {
        char *lines = muster_tell_diags(diags, false, NULL);
        print_error("%s", lines ? lines : "no memory\n");
        muster_tell_free(lines, NULL);
    }
    assert_int_equal(status, MUSTER_OK);
    muster_source_text_free(text);
    return scenario;
}

static void near_share(double actual, double expected)
{
    assert_near(actual, expected, 1e-9 * fabs(expected));
}

/* An answer, or -1 where the ladder has no room either. */
static double radius_m(const muster_ship *ship, double stay_s, double station_mps)
{
    double out = -1.0;
    const char *reason = NULL;
    (void)muster_calc_radius_m(ship, (double)NAN, stay_s, station_mps, &out, &reason);
    return out;
}

static void compare_ship(const muster_scenario *scenario, const mst_unit_row *u, const mst_reach *r)
{
    muster_ship ship, all;
    double out = 0.0;
    const char *reason = NULL, *id = u->def->class_.id;
    assert_true(muster_calc_class_ship(scenario, id, &ship, &reason));
    if (!r->has_range) {
        assert_false(muster_calc_economical_mps(&ship, &out, &reason));
        return;
    }
    assert_true(muster_calc_economical_mps(&ship, &out, &reason));
    near_share(out, u->law.economical_mps);
    assert_true(muster_calc_range_m(&ship, out, &out, &reason));
    near_share(out, r->reach_m);
    all = ship;
    all.usable_fraction = 1.0;
    near_share(radius_m(&all, r->hours_s, (double)NAN), fmax(r->radius_m[MST_RUNG_TANK], -1.0));
    near_share(radius_m(&ship, r->hours_s, (double)NAN), fmax(r->radius_m[MST_RUNG_USABLE], -1.0));
    near_share(radius_m(&ship, r->hours_s, 0.0), fmax(r->drift_radius_m[MST_RUNG_USABLE], -1.0));
    assert_true(muster_calc_station_s(&ship, r->out_m, (double)NAN, (double)NAN, &out, &reason));
    near_share(out, r->station_s);
}

static void compare_plane(const muster_scenario *scenario, const mst_unit_row *u,
                          const mst_reach *r)
{
    muster_plane plane;
    double out = 0.0;
    const char *reason = NULL, *id = u->def->class_.id;
    assert_true(muster_calc_class_plane(scenario, id, &plane, &reason));
    if (!r->has_range) {
        assert_false(muster_calc_plane_radius_m(&plane, 0.0, &out, &reason));
        return;
    }
    assert_true(muster_calc_plane_radius_m(&plane, r->hours_s, &out, &reason));
    near_share(out, r->radius_m[MST_RUNG_USABLE]);
    assert_true(muster_calc_plane_radius_m(&plane, 0.0, &out, &reason));
    near_share(out, r->drift_radius_m[MST_RUNG_USABLE]);
    assert_true(muster_calc_plane_station_s(&plane, r->out_m, &out, &reason));
    near_share(out, r->station_s);
}

/* One unit of each class that is known. */
static void write_units(const muster_scenario *scenario, char *out, size_t room)
{
    size_t used = (size_t)snprintf(out, room, "units = {\n");
    for (int32_t i = 0; i < scenario->spec.classes.count; i++) {
        const char *id = MST_AT(const mst_class_def, &scenario->spec.classes, i)->item.id;
        used += (size_t)snprintf(out + used, room - used,
                                 "u-%s = { class = \"%s\"; state = \"HOME\"; base = \"PORT\"; };\n",
                                 id, id);
        assert_true(used < room - 8);
    }
    snprintf(out + used, room - used, "};\n");
}

static void calc__agrees_with_the_ladder(void **state)
{
    (void)state;
    static char units[32768];
    muster_diags *diags = muster_diags_create(NULL);
    muster_scenario *library = read_with("", diags);
    write_units(library, units, sizeof units);
    flow f = {.diags = diags, .scenario = read_with(units, diags)};
    muster_land *land = NULL;
    assert_int_equal(muster_land_open(NULL, 0, NULL, diags, &land), MUSTER_OK);
    assert_int_equal(muster_routes_find(f.scenario, land, NULL, diags, &f.routes), MUSTER_OK);
    assert_int_equal(muster_model_create(f.scenario, f.routes, NULL, diags, &f.model), MUSTER_OK);
    const mst_model *model = f.model->model;
    int ships = 0, planes = 0;
    for (int32_t i = 0; i < model->unit_count; i++) {
        const mst_unit_row *u = &model->unit[i];
        const mst_reach r = mst_reach_of(model, 0, i, -1, -1);
        if (u->domain == MST_NAVAL)
            compare_ship(f.scenario, u, &r);
        else
            compare_plane(f.scenario, u, &r);
        ships += u->domain == MST_NAVAL && r.has_range;
        planes += u->domain == MST_AIR && r.has_range;
    }
    print_message("%d ships, %d aircraft\n", ships, planes);
    assert_true(ships >= 20 && planes >= 10);
    muster_ship ship;
    muster_plane plane;
    const char *reason = NULL; /* what is no class, or the wrong kind */
    assert_false(muster_calc_class_ship(library, "nobody", &ship, &reason));
    assert_false(muster_calc_class_ship(library, "mig23ml", &ship, &reason));
    assert_false(muster_calc_class_plane(library, "najin", &plane, &reason));
    muster_scenario_free(library);
    flow_close(&f);
    muster_land_free(land);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(calc__agrees_with_the_ladder)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
