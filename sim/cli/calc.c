/* muster calc: the planner's slide rule. */
#include "cli/library.h"

#include "base/text.h"
#include "base/units.h"
#include "tell/json.h"

#include <math.h>
#include <string.h>

/* One answer: a sentence, and the same figures by name. */
typedef struct answer {
    mst_text words;
    mst_json *json;
} answer;

static void figure(answer *a, const char *name, double value)
{
    mst_json_real(a->json, name, value);
}

/* A number with an allowed range, from an option; false after a printed mistake. */
static bool number_of(const cli_call *call, const char *option, const char *text, double low,
                      double high, double *out)
{
    if (mst_text_real(text, out) && *out >= low && *out <= high)
        return true;
    cli_mistake(cli_has(call, "--json"), NULL, "%s is '%s'; allowed: a number from %g to %g",
                option, text, low, high);
    return false;
}

static bool option_number(const cli_call *call, const char *option, double low, double high,
                          double fallback, double *out)
{
    const char *text = cli_value(call, option);
    *out = fallback;
    return !text || number_of(call, option, text, low, high, out);
}

/* A ship: a class of the library, or RANGE@SPEED in nm and kn. */
static bool ship_of(const cli_call *call, const cli_session *s, const char *text, muster_ship *out)
{
    const bool as_json = cli_has(call, "--json");
    double top_kn;
    *out = (muster_ship){.fuel_kg = (double)NAN,
                         .max_speed_mps = (double)NAN,
                         .hotel_share = (double)NAN,
                         .exponent = (double)NAN,
                         .reserve_frac = (double)NAN,
                         .usable_fraction = (double)NAN};
    if (!option_number(call, "--max", 0.1, 100.0, (double)NAN, &top_kn))
        return false;
    const char *at = strchr(text, '@');
    if (at) {
        char range[32];
        double range_nm, speed_kn;
        if ((size_t)(at - text) >= sizeof range)
            return false;
        memcpy(range, text, (size_t)(at - text));
        range[at - text] = '\0';
        if (!number_of(call, "the range (nm)", range, 1.0, 1e5, &range_nm) ||
            !number_of(call, "its speed (kn)", at + 1, 0.1, 100.0, &speed_kn))
            return false;
        out->range_m = range_nm * MUSTER_NM_M;
        out->range_speed_mps = speed_kn * MST_KN_MPS;
        out->max_speed_mps = top_kn * MST_KN_MPS;
        return true;
    }
    const mst_class_def *c = cli_class(s, text, as_json);
    if (!c)
        return false;
    if (isnan(c->range_m) || isnan(c->range_speed_mps)) {
        cli_mistake(as_json, "give a range and its speed instead: 4000@13",
                    "no range is known of '%s'", text);
        return false;
    }
    out->range_m = c->range_m;
    out->range_speed_mps = c->range_speed_mps;
    out->fuel_kg = c->fuel_kg;
    out->max_speed_mps = isnan(top_kn) ? c->max_speed_mps : top_kn * MST_KN_MPS;
    out->hotel_share = c->hotel_share;
    out->exponent = c->exponent;
    out->reserve_frac = c->reserve_frac;
    return true;
}

static bool plane_of(const cli_call *call, const cli_session *s, const char *text,
                     muster_plane *out, bool *is_plane)
{
    *is_plane = false;
    if (strchr(text, '@'))
        return true;
    const mst_class_def *c = cli_class(s, text, cli_has(call, "--json"));
    if (!c)
        return false;
    *is_plane = c->craft == MST_AIRCRAFT || c->craft == MST_HELICOPTER;
    *out = (muster_plane){.fuel_kg = c->fuel_kg,
                          .ferry_range_m = c->ferry_range_m,
                          .cruise_mps = c->cruise_mps,
                          .climb_frac = c->climb_frac,
                          .loiter_factor = c->loiter_factor,
                          .reserve_fuel_frac = c->reserve_fuel_frac,
                          .reserve_loiter_s = c->reserve_loiter == MUSTER_NEVER
                                                  ? (double)NAN
                                                  : muster_hours(c->reserve_loiter) * MST_H_S};
    return true;
}

/* Sea way between two places; false after printed diagnostics. */
static bool way_of(cli_session *s, muster_point from, muster_point to, muster_way *out)
{
    if (!s->land && muster_land_open(NULL, 0, NULL, s->diags, &s->land) != MUSTER_OK) {
        cli_print_diags(s->diags, s->as_json);
        return false;
    }
    if (muster_way_find(s->scenario, s->land, from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg,
                        NULL, s->diags, out) == MUSTER_OK)
        return true;
    cli_print_diags(s->diags, s->as_json);
    return false;
}

static int reason_mistake(const cli_call *call, const char *reason)
{
    return cli_mistake(cli_has(call, "--json"), NULL, "%s", reason);
}

static int calc_distance(const cli_call *call, cli_session *s, answer *a)
{
    const bool air = cli_has(call, "--air");
    muster_point from, to;
    muster_way way;
    if (!cli_place(s, call->argument[1], air, s->as_json, &from) ||
        !cli_place(s, call->argument[2], air, s->as_json, &to))
        return MUSTER_MISTAKE;
    const double direct_nm = muster_geo_distance_m(from, to) / MUSTER_NM_M;
    figure(a, "direct_nm", direct_nm);
    if (air) {
        mst_text_printf(&a->words, "%.0f nm along the geodesic.\n", direct_nm);
        return MUSTER_OK;
    }
    if (!way_of(s, from, to, &way))
        return MUSTER_MISTAKE;
    figure(a, "sea_nm", way.length_m / MUSTER_NM_M);
    figure(a, "least_offing_nm", way.least_offing_m / MUSTER_NM_M);
    mst_json_array(a->json, "straits");
    mst_text_printf(&a->words, "%.0f nm by sea; %.0f nm direct.", way.length_m / MUSTER_NM_M,
                    direct_nm);
    for (int32_t i = 0; i < way.gate_count; i++) {
        mst_text_printf(&a->words, "%s%s", i == 0 ? " Passes " : ", ", way.gate[i]);
        mst_json_text(a->json, NULL, way.gate[i]);
    }
    mst_json_end(a->json);
    mst_text_add(&a->words, way.gate_count > 0 ? ".\n" : " Passes no strait of the library.\n");
    return MUSTER_OK;
}

static int calc_range(const cli_call *call, cli_session *s, answer *a)
{
    muster_ship ship;
    double speed_kn, range_m, endurance_s;
    const char *reason = "";
    if (!ship_of(call, s, call->argument[1], &ship) ||
        !option_number(call, "--speed", 0.0, 100.0, ship.range_speed_mps / MST_KN_MPS, &speed_kn))
        return MUSTER_MISTAKE;
    if (!muster_calc_range_m(&ship, speed_kn * MST_KN_MPS, &range_m, &reason) ||
        !muster_calc_endurance_s(&ship, speed_kn * MST_KN_MPS, &endurance_s, &reason))
        return reason_mistake(call, reason);
    const double share = 0.95 - (isnan(ship.reserve_frac) ? 0.20 : ship.reserve_frac);
    figure(a, "range_nm", range_m / MUSTER_NM_M);
    figure(a, "endurance_h", endurance_s / MST_H_S);
    figure(a, "range_usable_nm", share * range_m / MUSTER_NM_M);
    mst_text_printf(
        &a->words,
        "%.0f nm one way at %g kn on a full tank, %.0f h; %.0f nm with the reserve kept "
        "and 0.95 of it usable.\n",
        range_m / MUSTER_NM_M, speed_kn, endurance_s / MST_H_S, share * range_m / MUSTER_NM_M);
    return MUSTER_OK;
}

static int calc_endurance(const cli_call *call, cli_session *s, answer *a)
{
    muster_ship ship;
    double speed_kn, endurance_s;
    const char *reason = "";
    if (!ship_of(call, s, call->argument[1], &ship) ||
        !option_number(call, "--speed", 0.0, 100.0, 0.0, &speed_kn))
        return MUSTER_MISTAKE;
    if (!muster_calc_endurance_s(&ship, speed_kn * MST_KN_MPS, &endurance_s, &reason))
        return reason_mistake(call, reason);
    figure(a, "endurance_h", endurance_s / MST_H_S);
    mst_text_printf(&a->words, "%.0f h (%.1f days) at %g kn on a full tank%s.\n",
                    endurance_s / MST_H_S, endurance_s / MST_H_S / 24.0, speed_kn,
                    speed_kn > 0.0 ? "" : ", drifting");
    return MUSTER_OK;
}

static int calc_speed(const cli_call *call, cli_session *s, answer *a)
{
    muster_ship ship;
    double best_mps, range_m;
    const char *reason = "";
    if (!ship_of(call, s, call->argument[1], &ship))
        return MUSTER_MISTAKE;
    if (!muster_calc_economical_mps(&ship, &best_mps, &reason) ||
        !muster_calc_range_m(&ship, best_mps, &range_m, &reason))
        return reason_mistake(call, reason);
    figure(a, "economical_kn", best_mps / MST_KN_MPS);
    figure(a, "range_nm", range_m / MUSTER_NM_M);
    mst_text_printf(&a->words,
                    "Least fuel per mile: %.1f kn, %.0f nm on a full tank. Least fuel per hour: "
                    "drifting. Quoted: %.0f nm at %g kn.\n",
                    best_mps / MST_KN_MPS, range_m / MUSTER_NM_M, ship.range_m / MUSTER_NM_M,
                    ship.range_speed_mps / MST_KN_MPS);
    return MUSTER_OK;
}

static bool stay_of(const cli_call *call, const char *fallback, double *out_s)
{
    const char *text = cli_value(call, "--stay");
    muster_time stay;
    if (!muster_duration_read(text ? text : fallback, &stay) || stay < 0) {
        cli_mistake(cli_has(call, "--json"), "write it as '24 h'", "--stay is '%s'",
                    text ? text : fallback);
        return false;
    }
    *out_s = muster_hours(stay) * MST_H_S;
    return true;
}

static int calc_radius(const cli_call *call, cli_session *s, answer *a)
{
    muster_ship ship;
    muster_plane plane;
    bool is_plane;
    double stay_s, station_kn, transit_mps, radius_m, drift_m;
    const char *reason = "";
    if (!plane_of(call, s, call->argument[1], &plane, &is_plane))
        return MUSTER_MISTAKE;
    if (is_plane) {
        if (!stay_of(call, "0 h", &stay_s))
            return MUSTER_MISTAKE;
        if (!muster_calc_plane_radius_m(&plane, stay_s, &radius_m, &reason))
            return reason_mistake(call, reason);
        figure(a, "radius_nm", radius_m / MUSTER_NM_M);
        mst_text_printf(&a->words,
                        "%.0f nm out and back with %.0f minutes on station, reserve kept.\n",
                        radius_m / MUSTER_NM_M, stay_s / 60.0);
        return MUSTER_OK;
    }
    if (!ship_of(call, s, call->argument[1], &ship) || !stay_of(call, "24 h", &stay_s) ||
        !option_number(call, "--station", 0.0, 100.0, 10.0, &station_kn))
        return MUSTER_MISTAKE;
    if (!muster_calc_economical_mps(&ship, &transit_mps, &reason) ||
        !muster_calc_radius_m(&ship, transit_mps, stay_s, station_kn * MST_KN_MPS, &radius_m,
                              &reason) ||
        !muster_calc_radius_m(&ship, transit_mps, stay_s, 0.0, &drift_m, &reason))
        return reason_mistake(call, reason);
    figure(a, "radius_nm", radius_m / MUSTER_NM_M);
    figure(a, "radius_drifting_nm", drift_m / MUSTER_NM_M);
    figure(a, "transit_kn", transit_mps / MST_KN_MPS);
    mst_text_printf(&a->words,
                    "%.0f nm out and back at %.1f kn, with %.0f h at %g kn, 0.20 kept and 0.95 "
                    "usable. Drifting %.0f h instead: %.0f nm.\n",
                    radius_m / MUSTER_NM_M, transit_mps / MST_KN_MPS, stay_s / MST_H_S, station_kn,
                    stay_s / MST_H_S, drift_m / MUSTER_NM_M);
    return MUSTER_OK;
}

static int calc_station(const cli_call *call, cli_session *s, answer *a)
{
    muster_ship ship;
    muster_plane plane;
    muster_point from, to;
    muster_way way;
    bool is_plane;
    double distance_m, stay_s, transit_mps, station_kn;
    const char *reason = "";
    if (!plane_of(call, s, call->argument[1], &plane, &is_plane) ||
        !cli_place(s, call->argument[2], is_plane, s->as_json, &from) ||
        !cli_place(s, call->argument[3], is_plane, s->as_json, &to))
        return MUSTER_MISTAKE;
    if (is_plane) {
        distance_m = muster_geo_distance_m(from, to);
        if (!muster_calc_plane_station_s(&plane, distance_m, &stay_s, &reason))
            return reason_mistake(call, reason);
    } else {
        if (!ship_of(call, s, call->argument[1], &ship) ||
            !option_number(call, "--station", 0.0, 100.0, 10.0, &station_kn) ||
            !way_of(s, from, to, &way))
            return MUSTER_MISTAKE;
        distance_m = way.length_m;
        if (!muster_calc_economical_mps(&ship, &transit_mps, &reason) ||
            !muster_calc_station_s(&ship, distance_m, transit_mps, station_kn * MST_KN_MPS, &stay_s,
                                   &reason))
            return reason_mistake(call, reason);
    }
    figure(a, "distance_nm", distance_m / MUSTER_NM_M);
    figure(a, "station_min", stay_s / 60.0);
    if (is_plane)
        mst_text_printf(&a->words, "%.0f minutes at %.0f nm.\n", stay_s / 60.0,
                        distance_m / MUSTER_NM_M);
    else
        mst_text_printf(&a->words, "%.0f h at %.0f nm by sea, at %g kn on station.\n",
                        stay_s / MST_H_S, distance_m / MUSTER_NM_M, station_kn);
    return MUSTER_OK;
}

static int calc_depart(const cli_call *call, cli_session *s, answer *a)
{
    muster_point from, to;
    muster_way way;
    muster_interval at;
    muster_time sail;
    double speed_kn;
    const char *when = cli_value(call, "--at"), *reason = "";
    char text[MUSTER_TIME_TEXT];
    if (!when || !muster_time_read(when, 0, &at))
        return cli_mistake(s->as_json, "--at 2023-07-20T00:00Z", "--at is %s",
                           when ? when : "not given");
    if (!cli_value(call, "--speed"))
        return cli_mistake(s->as_json, "--speed 9", "--speed is not given");
    if (!cli_place(s, call->argument[1], false, s->as_json, &from) ||
        !cli_place(s, call->argument[2], false, s->as_json, &to) ||
        !option_number(call, "--speed", 0.1, 100.0, (double)NAN, &speed_kn) ||
        !way_of(s, from, to, &way))
        return MUSTER_MISTAKE;
    if (!muster_calc_departure(way.length_m, speed_kn * MST_KN_MPS, at.from, &sail, &reason))
        return reason_mistake(call, reason);
    mst_json_time(a->json, "sail_by", sail);
    figure(a, "sea_nm", way.length_m / MUSTER_NM_M);
    figure(a, "hours", muster_hours(at.from - sail));
    mst_text_printf(&a->words, "Sail by %s: %.0f nm by sea, %.1f h at %g kn.\n",
                    muster_time_write(sail, 0, text), way.length_m / MUSTER_NM_M,
                    muster_hours(at.from - sail), speed_kn);
    return MUSTER_OK;
}

static int calc_meet(const cli_call *call, cli_session *s, answer *a)
{
    muster_point from, to, where;
    double first_kn, second_kn;
    muster_time when;
    const char *speeds = cli_value(call, "--speeds"), *reason = "";
    const char *comma = speeds ? strchr(speeds, ',') : NULL;
    char first[32];
    if (!comma || (size_t)(comma - speeds) >= sizeof first)
        return cli_mistake(s->as_json, "--speeds 15,9", "--speeds needs two numbers in kn");
    memcpy(first, speeds, (size_t)(comma - speeds));
    first[comma - speeds] = '\0';
    if (!number_of(call, "the first speed", first, 0.1, 1000.0, &first_kn) ||
        !number_of(call, "the second speed", comma + 1, 0.1, 1000.0, &second_kn) ||
        !cli_place(s, call->argument[1], false, s->as_json, &from) ||
        !cli_place(s, call->argument[2], false, s->as_json, &to))
        return MUSTER_MISTAKE;
    if (!muster_calc_meeting(from, 0, first_kn * MST_KN_MPS, to, 0, second_kn * MST_KN_MPS, &where,
                             &when, &reason))
        return reason_mistake(call, reason);
    figure(a, "hours", muster_hours(when));
    figure(a, "lat_deg", where.lat_deg);
    figure(a, "lon_deg", muster_lon_outside(where.lon_deg));
    mst_text_printf(
        &a->words,
        "Earliest after %.1f h at %.2f, %.2f: %.0f nm from %s, %.0f nm from %s, along the "
        "geodesic (land is not looked at).\n",
        muster_hours(when), where.lat_deg, muster_lon_outside(where.lon_deg),
        muster_geo_distance_m(from, where) / MUSTER_NM_M, call->argument[1],
        muster_geo_distance_m(to, where) / MUSTER_NM_M, call->argument[2]);
    return MUSTER_OK;
}

static const struct {
    const char *name;
    int arguments; /* behind the name */
    int (*answer)(const cli_call *call, cli_session *s, answer *a);
} questions[] = {{"distance", 2, calc_distance},   {"range", 1, calc_range},
                 {"endurance", 1, calc_endurance}, {"speed", 1, calc_speed},
                 {"radius", 1, calc_radius},       {"station", 3, calc_station},
                 {"depart", 2, calc_depart},       {"meet", 2, calc_meet}};

static int run(const cli_call *call)
{
    const bool as_json = cli_has(call, "--json");
    size_t q = 0;
    while (q < sizeof questions / sizeof *questions &&
           strcmp(questions[q].name, call->argument[0]) != 0)
        q++;
    if (q == sizeof questions / sizeof *questions)
        return cli_mistake(as_json, "distance range endurance speed radius station depart meet",
                           "'%s' is nothing that can be calculated", call->argument[0]);
    if (call->argument_count - 1 != questions[q].arguments)
        return cli_mistake(as_json, "muster help calc", "'%s' takes %d arguments, not %d",
                           questions[q].name, questions[q].arguments, call->argument_count - 1);
    cli_session s;
    int status = cli_library_open(&s, as_json);
    if (status == MUSTER_OK) {
        answer a = {.json = mst_json_create(NULL)};
        mst_text_init(&a.words, NULL);
        mst_json_object(a.json, NULL);
        mst_json_text(a.json, "format", "muster-calc");
        mst_json_whole(a.json, "version", 1);
        mst_json_text(a.json, "question", questions[q].name);
        status = questions[q].answer(call, &s, &a);
        char *document = mst_json_take(a.json, NULL);
        if (status == MUSTER_OK && as_json) {
            status = cli_output(call, document);
            document = NULL;
        } else if (status == MUSTER_OK) {
            status = cli_output(call, mst_text_take(&a.words));
        }
        muster_tell_free(document, NULL);
        mst_text_clear(&a.words);
    }
    cli_close(&s);
    return status;
}

static const cli_option options[] = {{"--speed", "KN", "speed"},
                                     {"--speeds", "KN,KN", "speeds of the two that meet"},
                                     {"--stay", "'24 h'", "time on station"},
                                     {"--station", "KN", "speed on station; without it 10"},
                                     {"--max", "KN", "greatest speed of the ship"},
                                     {"--at", "TIME", "when to be there, 2023-07-20T00:00Z"},
                                     {"--air", NULL, "along the geodesic, from the airfield"},
                                     CLI_JSON_OPTION,
                                     CLI_END_OPTIONS};

const cli_verb cli_calc = {
    .name = "calc",
    .usage = "WHAT ...",
    .summary = "distance, range, endurance, radius, meeting point",
    .help = "  muster calc distance MUNCHON 39.5,134\n"
            "  muster calc distance QINGDAO 33.57,128.30\n"
            "  muster calc range najin --speed 10\n"
            "  muster calc range 4000@13 --speed 10\n"
            "  muster calc speed najin\n"
            "  muster calc endurance najin --speed 10\n"
            "  muster calc radius najin --stay '24 h'\n"
            "  muster calc station mig23ml ORANG 39.5,134\n"
            "  muster calc depart VLADIVOSTOK 39.5,134 --at 2023-07-20T00:00Z --speed 9\n"
            "  muster calc meet MAIZURU VLADIVOSTOK --speeds 15,9\n"
            "\n"
            "A place is a base of the library or LAT,LON. A ship is a class of the library, or\n"
            "its range in nm at a speed in kn: 4000@13. Distances are over water, 3 nm off the\n"
            "coast where the way allows it; --air takes the geodesic. No scenario is needed.\n",
    .arguments_min = 1,
    .arguments_max = 4,
    .options = options,
    .run = run,
};
