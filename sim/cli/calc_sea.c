/* Questions of distance and time: distance, depart, meet. */
#include "cli/calc.h"

#include "base/units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void tell_place(calc_ask *ask, const char *name, const char *text, muster_point at)
{
    mst_text_printf(&ask->used, "%s %s: %.2f, %.2f\n", name, text, at.lat_deg,
                    muster_lon_outside(at.lon_deg));
}

/* What a way by sea rests on. */
static void tell_way(calc_ask *ask, const muster_way *way, muster_point from, muster_point to)
{
    const double offing_nm = ask->session->scenario->spec.scenario.offing_m / MUSTER_NM_M;
    mst_text_printf(&ask->used,
                    "Used: %g nm off the coast where the way allows it (least %.1f nm), straits of "
                    "the\n  library, from open water to open water:\n",
                    offing_nm, way->least_offing_m / MUSTER_NM_M);
    tell_place(ask, "  from", calc_argument(ask, 0), from);
    tell_place(ask, "  to", calc_argument(ask, 1), to);
}

int calc_distance(calc_ask *ask)
{
    const bool air = cli_has(ask->call, "--air");
    muster_point from, to;
    muster_way way;
    if (!calc_place(ask, 0, air, &from) || !calc_place(ask, 1, air, &to))
        return MUSTER_MISTAKE;
    const double direct_nm = muster_geo_distance_m(from, to) / MUSTER_NM_M;
    calc_figure(ask, "direct_nm", direct_nm);
    if (air) {
        mst_text_printf(&ask->words, "%.0f nm along the geodesic.", direct_nm);
        mst_text_add(&ask->used,
                     "Used: the ellipsoid WGS84, the airfields or points themselves:\n");
        tell_place(ask, "  from", calc_argument(ask, 0), from);
        tell_place(ask, "  to", calc_argument(ask, 1), to);
        return MUSTER_OK;
    }
    if (!calc_way(ask, from, to, &way))
        return MUSTER_MISTAKE;
    calc_figure(ask, "sea_nm", way.length_m / MUSTER_NM_M);
    calc_figure(ask, "least_offing_nm", way.least_offing_m / MUSTER_NM_M);
    mst_json_array(ask->json, "straits");
    mst_text_printf(&ask->words, "%.0f nm by sea; %.0f nm direct.", way.length_m / MUSTER_NM_M,
                    direct_nm);
    for (int32_t i = 0; i < way.gate_count; i++) {
        mst_text_printf(&ask->words, "%s%s", i == 0 ? " Passes " : ", ", way.gate[i]);
        mst_json_text(ask->json, NULL, way.gate[i]);
    }
    mst_json_end(ask->json);
    mst_text_add(&ask->words, way.gate_count > 0 ? "." : " Passes no strait of the library.");
    tell_way(ask, &way, from, to);
    return MUSTER_OK;
}

int calc_depart(calc_ask *ask)
{
    muster_point from, to;
    muster_way way;
    muster_time at, sail;
    double speed_kn;
    const char *when = cli_value(ask->call, "--at"), *reason = "";
    char text[MUSTER_TIME_TEXT], there[MUSTER_TIME_TEXT];
    if (!when)
        return cli_mistake(ask->session->as_json, "--at 2023-07-20T00:00Z", "--at is not given");
    if (!cli_value(ask->call, "--speed"))
        return cli_mistake(ask->session->as_json, "--speed 9", "--speed is not given");
    if (!calc_moment(ask, "--at", when, &at) ||
        !calc_option(ask, "--speed", 0.1, 100.0, (double)NAN, &speed_kn) ||
        !calc_place(ask, 0, false, &from) || !calc_place(ask, 1, false, &to) ||
        !calc_way(ask, from, to, &way))
        return MUSTER_MISTAKE;
    if (!muster_calc_departure(way.length_m, speed_kn * MST_KN_MPS, at, &sail, &reason))
        return calc_refuse(ask, reason);
    mst_json_time(ask->json, "sail_by", sail);
    calc_figure(ask, "sea_nm", way.length_m / MUSTER_NM_M);
    calc_figure(ask, "hours", muster_hours(at - sail));
    mst_text_printf(&ask->words, "Sail by %s to be there at %s: %.0f nm by sea, %.1f h at %g kn.",
                    muster_time_write(sail, 0, text), muster_time_write(at, 0, there),
                    way.length_m / MUSTER_NM_M, muster_hours(at - sail), speed_kn);
    tell_way(ask, &way, from, to);
    return MUSTER_OK;
}

/* "A,B", or one text for both when that is allowed; the second begins behind the comma. */
static const char *second_of(const char *text, size_t *out_first_length)
{
    const char *comma = strchr(text, ',');
    *out_first_length = comma ? (size_t)(comma - text) : strlen(text);
    return comma ? comma + 1 : text;
}

/* --at T or T,T: when each of the two starts; 0 for both without it. */
static bool starts_of(const calc_ask *ask, muster_time out[2])
{
    const char *text = cli_value(ask->call, "--at");
    char first[MUSTER_TIME_TEXT];
    size_t length;
    out[0] = out[1] = 0;
    if (!text)
        return true;
    const char *second = second_of(text, &length);
    if (length >= sizeof first)
        return calc_moment(ask, "--at", text, &out[0]); /* too long for a moment: says so */
    memcpy(first, text, length);
    first[length] = '\0';
    return calc_moment(ask, "--at", first, &out[0]) && calc_moment(ask, "--at", second, &out[1]);
}

static void tell_meeting(calc_ask *ask, muster_point from, muster_point to, muster_point where,
                         muster_time when, muster_time since)
{
    char text[MUSTER_TIME_TEXT];
    const double lon_deg = muster_lon_outside(where.lon_deg);
    calc_figure(ask, "hours", muster_hours(when - since));
    calc_figure(ask, "lat_deg", where.lat_deg);
    calc_figure(ask, "lon_deg", lon_deg);
    mst_text_printf(&ask->words, "Earliest after %.1f h", muster_hours(when - since));
    if (cli_has(ask->call, "--at")) {
        mst_json_time(ask->json, "at", when);
        mst_text_printf(&ask->words, ", on %s,", muster_time_write(when, 0, text));
    }
    mst_text_printf(&ask->words, " at %.2f, %.2f: %.0f nm from %s, %.0f nm from %s.", where.lat_deg,
                    lon_deg, muster_geo_distance_m(from, where) / MUSTER_NM_M,
                    calc_argument(ask, 0), muster_geo_distance_m(to, where) / MUSTER_NM_M,
                    calc_argument(ask, 1));
}

int calc_meet(calc_ask *ask)
{
    muster_point from, to, where;
    muster_time start[2], when;
    double kn[2];
    const char *speeds = cli_value(ask->call, "--speeds"), *reason = "";
    size_t length;
    if (!speeds || !strchr(speeds, ','))
        return cli_mistake(ask->session->as_json, "--speeds 15,9",
                           "--speeds needs two numbers in kn");
    const char *second = second_of(speeds, &length);
    if (!calc_number(ask, "the first speed", speeds, length, 0.1, 1000.0, &kn[0]) ||
        !calc_number(ask, "the second speed", second, strlen(second), 0.1, 1000.0, &kn[1]) ||
        !starts_of(ask, start) || !calc_place(ask, 0, false, &from) ||
        !calc_place(ask, 1, false, &to))
        return MUSTER_MISTAKE;
    if (!muster_calc_meeting(from, start[0], kn[0] * MST_KN_MPS, to, start[1], kn[1] * MST_KN_MPS,
                             &where, &when, &reason))
        return calc_refuse(ask, reason);
    tell_meeting(ask, from, to, where, when, start[0] < start[1] ? start[0] : start[1]);
    mst_text_printf(&ask->used,
                    "Used: %g and %g kn along the geodesic between the two; land is not looked "
                    "at:\n",
                    kn[0], kn[1]);
    tell_place(ask, "  from", calc_argument(ask, 0), from);
    tell_place(ask, "  from", calc_argument(ask, 1), to);
    return MUSTER_OK;
}
