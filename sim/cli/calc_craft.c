/* Questions about a ship or an aircraft: range, endurance, speed, radius, station. */
#include "cli/calc.h"

#include "base/units.h"

#include <math.h>

static double kn_or_nan(double kn)
{
    return kn * MST_KN_MPS; /* NaN stays: the ship's own speed */
}

int calc_range(calc_ask *ask)
{
    calc_subject subject;
    double speed_kn, range_m, endurance_s, half_m = 0.0;
    const char *reason = "";
    if (!calc_ship_of(ask, &subject) ||
        !calc_option(ask, "--speed", 0.0, 100.0, subject.ship.range_speed_mps / MST_KN_MPS,
                     &speed_kn))
        return MUSTER_MISTAKE;
    const double speed_mps = speed_kn * MST_KN_MPS;
    if (isnan(speed_kn))
        return cli_mistake(ask->session->as_json, "--speed 12", "--speed is not given");
    if (!muster_calc_range_m(&subject.ship, speed_mps, &range_m, &reason) ||
        !muster_calc_endurance_s(&subject.ship, speed_mps, &endurance_s, &reason))
        return calc_refuse(ask, reason);
    /* with the reserve kept: twice the radius without a stay */
    const bool keeps = muster_calc_radius_m(&subject.ship, speed_mps, 0.0, 0.0, &half_m, &reason);
    calc_figure(ask, "range_nm", range_m / MUSTER_NM_M);
    calc_figure(ask, "endurance_h", endurance_s / MST_H_S);
    calc_figure(ask, "range_usable_nm", keeps ? 2.0 * half_m / MUSTER_NM_M : (double)NAN);
    mst_text_printf(&ask->words, "%.0f nm one way at %g kn on a full tank, %.0f h; ",
                    range_m / MUSTER_NM_M, speed_kn, endurance_s / MST_H_S);
    if (keeps)
        mst_text_printf(&ask->words, "%.0f nm with the reserve kept.", 2.0 * half_m / MUSTER_NM_M);
    else
        mst_text_add(&ask->words, "none with the reserve kept: it is more than is usable.");
    return calc_tell_ship(ask, &subject, (double)NAN) ? MUSTER_OK : MUSTER_MISTAKE;
}

int calc_endurance(calc_ask *ask)
{
    calc_subject subject;
    double speed_kn, endurance_s;
    const char *reason = "";
    if (!calc_ship_of(ask, &subject) || !calc_option(ask, "--speed", 0.0, 100.0, 0.0, &speed_kn))
        return MUSTER_MISTAKE;
    if (!muster_calc_endurance_s(&subject.ship, speed_kn * MST_KN_MPS, &endurance_s, &reason))
        return calc_refuse(ask, reason);
    calc_figure(ask, "endurance_h", endurance_s / MST_H_S);
    mst_text_printf(&ask->words, "%.0f h (%.1f days) at %g kn on a full tank%s, to the last drop.",
                    endurance_s / MST_H_S, endurance_s / MST_H_S / 24.0, speed_kn,
                    speed_kn > 0.0 ? "" : ", drifting");
    return calc_tell_ship(ask, &subject, (double)NAN) ? MUSTER_OK : MUSTER_MISTAKE;
}

int calc_speed(calc_ask *ask)
{
    calc_subject subject;
    double best_mps, range_m;
    const char *reason = "";
    if (!calc_ship_of(ask, &subject))
        return MUSTER_MISTAKE;
    if (!muster_calc_economical_mps(&subject.ship, &best_mps, &reason) ||
        !muster_calc_range_m(&subject.ship, best_mps, &range_m, &reason))
        return calc_refuse(ask, reason);
    calc_figure(ask, "economical_kn", best_mps / MST_KN_MPS);
    calc_figure(ask, "range_nm", range_m / MUSTER_NM_M);
    mst_text_printf(&ask->words,
                    "Least fuel per mile: %.1f kn, %.0f nm one way on a full tank. Least fuel per "
                    "hour: drifting.",
                    best_mps / MST_KN_MPS, range_m / MUSTER_NM_M);
    return calc_tell_ship(ask, &subject, (double)NAN) ? MUSTER_OK : MUSTER_MISTAKE;
}

/* Transit and station speed as they are used: of the options, else the ship's own. */
static bool speeds_of(const calc_ask *ask, const calc_subject *subject, double *transit_kn,
                      double *station_kn)
{
    muster_ship_used used;
    const char *reason = "";
    if (!muster_calc_ship_used(&subject->ship, &used, &reason)) {
        calc_refuse(ask, reason);
        return false;
    }
    return calc_option(ask, "--speed", 0.1, 100.0, used.transit_mps / MST_KN_MPS, transit_kn) &&
           calc_option(ask, "--station", 0.0, 80.0, used.station_mps / MST_KN_MPS, station_kn);
}

/* A speed of an option, NaN where the ship's own is meant: it need not be read back from knots. */
static double option_mps(const calc_ask *ask, const char *option, double kn)
{
    return kn_or_nan(cli_value(ask->call, option) ? kn : (double)NAN);
}

static int plane_radius(calc_ask *ask, const calc_subject *subject)
{
    double stay_s, radius_m;
    const char *reason = "";
    if (!calc_ships_only(ask, subject, "--station --speed --max") ||
        !calc_stay(ask, "0 h", &stay_s))
        return MUSTER_MISTAKE;
    if (!muster_calc_plane_radius_m(&subject->plane, stay_s, &radius_m, &reason))
        return calc_refuse(ask, reason);
    calc_figure(ask, "radius_nm", radius_m / MUSTER_NM_M);
    mst_text_printf(&ask->words,
                    "%.0f nm out and back with %.0f minutes on station, the reserve kept.",
                    radius_m / MUSTER_NM_M, stay_s / 60.0);
    return calc_tell_plane(ask, subject) ? MUSTER_OK : MUSTER_MISTAKE;
}

int calc_radius(calc_ask *ask)
{
    calc_subject subject;
    double stay_s, transit_kn, station_kn, radius_m, drift_m, tank_m;
    const char *reason = "";
    if (!calc_subject_of(ask, &subject))
        return MUSTER_MISTAKE;
    if (subject.is_plane)
        return plane_radius(ask, &subject);
    if (!calc_stay(ask, "24 h", &stay_s) || !speeds_of(ask, &subject, &transit_kn, &station_kn))
        return MUSTER_MISTAKE;
    const double transit_mps = option_mps(ask, "--speed", transit_kn);
    const double station_mps = option_mps(ask, "--station", station_kn);
    muster_ship all = subject.ship; /* were every drop usable: the first rung of the ladder */
    all.usable_fraction = 1.0;
    if (!muster_calc_radius_m(&subject.ship, transit_mps, stay_s, station_mps, &radius_m,
                              &reason) ||
        !muster_calc_radius_m(&subject.ship, transit_mps, stay_s, 0.0, &drift_m, &reason) ||
        !muster_calc_radius_m(&all, transit_mps, stay_s, station_mps, &tank_m, &reason))
        return calc_refuse(ask, reason);
    calc_figure(ask, "radius_nm", radius_m / MUSTER_NM_M);
    calc_figure(ask, "radius_drifting_nm", drift_m / MUSTER_NM_M);
    calc_figure(ask, "radius_tank_nm", tank_m / MUSTER_NM_M);
    calc_figure(ask, "transit_kn", transit_kn);
    mst_text_printf(&ask->words,
                    "%.0f nm out and back at %.1f kn, with %.4g h at %.4g kn, the reserve kept. "
                    "Drifting %.4g h instead: %.0f nm. Were the whole tank usable: %.0f nm.",
                    radius_m / MUSTER_NM_M, transit_kn, stay_s / MST_H_S, station_kn,
                    stay_s / MST_H_S, drift_m / MUSTER_NM_M, tank_m / MUSTER_NM_M);
    return calc_tell_ship(ask, &subject, station_kn) ? MUSTER_OK : MUSTER_MISTAKE;
}

static int plane_station(calc_ask *ask, const calc_subject *subject)
{
    muster_point from, to;
    double stay_s;
    const char *reason = "";
    if (!calc_ships_only(ask, subject, "--station --speed --max") ||
        !calc_place(ask, 1, true, &from) || !calc_place(ask, 2, true, &to))
        return MUSTER_MISTAKE;
    const double distance_m = muster_geo_distance_m(from, to);
    if (!muster_calc_plane_station_s(&subject->plane, distance_m, &stay_s, &reason))
        return calc_refuse(ask, reason);
    calc_figure(ask, "distance_nm", distance_m / MUSTER_NM_M);
    calc_figure(ask, "station_min", stay_s / 60.0);
    mst_text_printf(&ask->words, "%.0f minutes at %.0f nm along the geodesic, the reserve kept.",
                    stay_s / 60.0, distance_m / MUSTER_NM_M);
    return calc_tell_plane(ask, subject) ? MUSTER_OK : MUSTER_MISTAKE;
}

int calc_station(calc_ask *ask)
{
    calc_subject subject;
    muster_point from, to;
    muster_way way;
    double stay_s, transit_kn, station_kn;
    const char *reason = "";
    if (!calc_subject_of(ask, &subject))
        return MUSTER_MISTAKE;
    if (subject.is_plane)
        return plane_station(ask, &subject);
    if (!speeds_of(ask, &subject, &transit_kn, &station_kn) || !calc_place(ask, 1, false, &from) ||
        !calc_place(ask, 2, false, &to) || !calc_way(ask, from, to, &way))
        return MUSTER_MISTAKE;
    if (!muster_calc_station_s(&subject.ship, way.length_m, option_mps(ask, "--speed", transit_kn),
                               option_mps(ask, "--station", station_kn), &stay_s, &reason))
        return calc_refuse(ask, reason);
    calc_figure(ask, "distance_nm", way.length_m / MUSTER_NM_M);
    calc_figure(ask, "station_min", stay_s / 60.0);
    calc_figure(ask, "transit_kn", transit_kn);
    mst_text_printf(&ask->words,
                    "%.0f h at %.0f nm by sea, at %.4g kn there and %.1f kn out and back, the "
                    "reserve kept.",
                    stay_s / MST_H_S, way.length_m / MUSTER_NM_M, station_kn, transit_kn);
    return calc_tell_ship(ask, &subject, station_kn) ? MUSTER_OK : MUSTER_MISTAKE;
}
