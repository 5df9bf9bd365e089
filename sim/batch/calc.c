/* The planner's slide rule: the model's own closed forms, asked without a scenario. */
#include "muster/calc.h"

#include "base/units.h"
#include "model/fuel.h"

#include <math.h>

static double given(double value, double fallback)
{
    return isnan(value) ? fallback : value;
}

/* DEFINITIONS 2: hotel share .35 of the burn at the quoted speed, .05 when quoted at 25 kn. */
static bool law_of(const muster_ship *ship, mst_law *law, double *tank_kg, const char **reason)
{
    if (!(ship->range_m > 0.0) || !(ship->range_speed_mps > 0.0)) {
        *reason = "a range and the speed it is quoted at must both be above 0";
        return false;
    }
    const double share =
        given(ship->hotel_share, ship->range_speed_mps >= 25.0 * MST_KN_MPS ? 0.05 : 0.35);
    const double exponent = given(ship->exponent, 3.0);
    const double top_mps = given(ship->max_speed_mps, 60.0 * MST_KN_MPS);
    if (!(share >= 0.0 && share < 1.0) || !(exponent > 1.0)) {
        *reason = "the hotel share must lie in 0..1 and the exponent above 1";
        return false;
    }
    if (ship->range_speed_mps > top_mps * (1.0 + 1e-12)) {
        *reason = "the range is quoted at a speed above the greatest";
        return false;
    }
    *tank_kg = given(ship->fuel_kg, 1.0); /* shares of a tank when no tonnes are known */
    *law =
        mst_law_fit(*tank_kg, ship->range_m, ship->range_speed_mps, share, exponent, 1.0, top_mps);
    return true;
}

static bool rate_at(const mst_law *law, double speed_mps, double *rate_kgps, const char **reason)
{
    *rate_kgps = mst_law_rate_kgps(law, speed_mps);
    if (isnan(*rate_kgps)) {
        *reason = "the speed is below 0 or above the greatest";
        return false;
    }
    return true;
}

/* Fuel that a mission may take: usable share of the tank less the reserve. */
static double mission_kg(const muster_ship *ship, double tank_kg)
{
    return (given(ship->usable_fraction, 0.95) - given(ship->reserve_frac, 0.20)) * tank_kg;
}

bool muster_calc_range_m(const muster_ship *ship, double speed_mps, double *out,
                         const char **reason)
{
    mst_law law;
    double tank_kg, rate_kgps;
    if (!law_of(ship, &law, &tank_kg, reason) || !rate_at(&law, speed_mps, &rate_kgps, reason))
        return false;
    if (!(speed_mps > 0.0)) {
        *reason = "a ship at rest goes nowhere";
        return false;
    }
    *out = tank_kg * speed_mps / rate_kgps;
    return true;
}

bool muster_calc_economical_mps(const muster_ship *ship, double *out, const char **reason)
{
    mst_law law;
    double tank_kg;
    if (!law_of(ship, &law, &tank_kg, reason))
        return false;
    *out = law.economical_mps;
    return true;
}

bool muster_calc_endurance_s(const muster_ship *ship, double speed_mps, double *out,
                             const char **reason)
{
    mst_law law;
    double tank_kg, rate_kgps;
    if (!law_of(ship, &law, &tank_kg, reason) || !rate_at(&law, speed_mps, &rate_kgps, reason))
        return false;
    *out = tank_kg / rate_kgps;
    return true;
}

bool muster_calc_radius_m(const muster_ship *ship, double transit_mps, double stay_s,
                          double station_mps, double *out, const char **reason)
{
    mst_law law;
    double tank_kg, transit, station;
    if (!law_of(ship, &law, &tank_kg, reason) || !rate_at(&law, transit_mps, &transit, reason) ||
        !rate_at(&law, station_mps, &station, reason))
        return false;
    if (!(transit_mps > 0.0) || !(stay_s >= 0.0)) {
        *reason = "the transit speed must be above 0 and the stay not below it";
        return false;
    }
    const double left_kg = mission_kg(ship, tank_kg) - stay_s * station;
    if (left_kg < 0.0) {
        *reason = "the stay alone takes more than the usable fuel less the reserve";
        return false;
    }
    *out = left_kg * transit_mps / (2.0 * transit);
    return true;
}

bool muster_calc_station_s(const muster_ship *ship, double distance_m, double transit_mps,
                           double station_mps, double *out, const char **reason)
{
    mst_law law;
    double tank_kg, transit, station;
    if (!law_of(ship, &law, &tank_kg, reason) || !rate_at(&law, transit_mps, &transit, reason) ||
        !rate_at(&law, station_mps, &station, reason))
        return false;
    if (!(transit_mps > 0.0) || !(distance_m >= 0.0)) {
        *reason = "the transit speed must be above 0 and the distance not below it";
        return false;
    }
    const double left_kg = mission_kg(ship, tank_kg) - 2.0 * distance_m * transit / transit_mps;
    if (left_kg < 0.0) {
        *reason = "out and back alone take more than the usable fuel less the reserve";
        return false;
    }
    *out = left_kg / station;
    return true;
}

static bool flight_of(const muster_plane *plane, mst_flight *flight, const char **reason)
{
    if (!(plane->fuel_kg > 0.0) || !(plane->ferry_range_m > 0.0) || !(plane->cruise_mps > 0.0)) {
        *reason = "fuel, ferry range and cruise speed must all be above 0";
        return false;
    }
    const double cruise_kgpm = plane->fuel_kg / plane->ferry_range_m;
    const double loiter = given(plane->loiter_factor, 0.8) * cruise_kgpm * plane->cruise_mps;
    *flight = (mst_flight){
        .tank_kg = plane->fuel_kg,
        .climb_kg = given(plane->climb_frac, 0.06) * plane->fuel_kg,
        .cruise_kgpm = cruise_kgpm,
        .loiter_kgps = loiter,
        .reserve_kg = given(plane->reserve_loiter_s, 1200.0) * loiter +
                      given(plane->reserve_fuel_frac, 0.05) * plane->fuel_kg,
        .cruise_mps = plane->cruise_mps,
    };
    return true;
}

bool muster_calc_plane_radius_m(const muster_plane *plane, double stay_s, double *out,
                                const char **reason)
{
    mst_flight flight;
    if (!flight_of(plane, &flight, reason))
        return false;
    const double radius_m = mst_flight_radius_m(&flight, stay_s);
    if (!(radius_m >= 0.0)) {
        *reason = "the stay alone takes more than the fuel less climb and reserve";
        return false;
    }
    *out = radius_m;
    return true;
}

bool muster_calc_plane_station_s(const muster_plane *plane, double distance_m, double *out,
                                 const char **reason)
{
    mst_flight flight;
    if (!flight_of(plane, &flight, reason))
        return false;
    const double stay_s = mst_flight_station_s(&flight, distance_m);
    if (!(stay_s >= 0.0)) {
        *reason = "out and back alone take more than the fuel less climb and reserve";
        return false;
    }
    *out = stay_s;
    return true;
}

bool muster_calc_departure(double distance_m, double speed_mps, muster_time at, muster_time *out,
                           const char **reason)
{
    if (!(distance_m >= 0.0) || !(speed_mps > 0.0) || !isfinite(distance_m / speed_mps) ||
        distance_m / speed_mps > 1e10) {
        *reason = "the distance must not be below 0 and the speed above it";
        return false;
    }
    *out = at - muster_time_from_seconds(distance_m / speed_mps);
    return true;
}

bool muster_calc_meeting(muster_point a, muster_time a_at, double a_mps, muster_point b,
                         muster_time b_at, double b_mps, muster_point *out_point,
                         muster_time *out_time, const char **reason)
{
    if (!(a_mps > 0.0) || !(b_mps > 0.0)) {
        *reason = "both speeds must be above 0";
        return false;
    }
    /* the one that starts first runs alone until the other starts, then both close */
    const double distance_m = muster_geo_distance_m(a, b);
    const muster_time later = a_at > b_at ? a_at : b_at;
    const double a_head_m = a_mps * (double)(later - a_at) / (double)MUSTER_SECOND;
    const double b_head_m = b_mps * (double)(later - b_at) / (double)MUSTER_SECOND;
    double a_way_m, seconds;
    if (a_head_m >= distance_m || b_head_m >= distance_m) {
        /* it reaches the other before that one has started */
        const bool is_a = a_head_m >= distance_m;
        a_way_m = is_a ? distance_m : 0.0;
        seconds = distance_m / (is_a ? a_mps : b_mps);
        *out_time = (is_a ? a_at : b_at) + muster_time_from_seconds(seconds);
    } else {
        seconds = (distance_m - a_head_m - b_head_m) / (a_mps + b_mps);
        a_way_m = a_head_m + a_mps * seconds;
        *out_time = later + muster_time_from_seconds(seconds);
    }
    *out_point = muster_geo_destination(a, muster_geo_azimuth_deg(a, b), a_way_m);
    return true;
}
