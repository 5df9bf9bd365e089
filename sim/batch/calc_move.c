/* The planner's slide rule: aircraft, latest departure, meeting of two. */
#include "batch/calc_check.h"

#include "model/craft.h"

#include <math.h>
#include <string.h>

/* ---- aircraft ------------------------------------------------------------------------------ */

muster_plane muster_calc_plane(void)
{
    const double none = (double)NAN;
    return (muster_plane){none, none, none, none, none, none, none, none, none};
}

/* Microseconds; what cannot be told in them becomes a duration that is refused. */
static muster_time duration_of(double seconds)
{
    if (isnan(seconds))
        return MUSTER_NEVER;
    return fabs(seconds) < 1e9 ? muster_time_from_seconds(seconds) : INT64_MIN;
}

static bool wing_of(const muster_plane *plane, mst_flight *out, const char **reason)
{
    mst_class_def c;
    memset(&c, 0, sizeof c);
    mst_fields_blank(mst_fields_class, &c);
    c.ferry_range_m = plane->ferry_range_m;
    c.cruise_mps = plane->cruise_mps;
    c.fuel_kg = plane->fuel_kg;
    c.margin = plane->margin;
    c.usable_fraction = plane->usable_fraction;
    c.climb_frac = plane->climb_frac;
    c.loiter_factor = plane->loiter_factor;
    c.reserve_fuel_frac = plane->reserve_fuel_frac;
    c.reserve_loiter = duration_of(plane->reserve_loiter_s);
    if (!mst_calc_figures_hold(mst_fields_class, &c, reason))
        return false;
    const mst_wing wing = mst_wing_of(&c, MST_AIRCRAFT);
    if (!wing.has_range)
        *reason = "an aircraft needs a ferry range and a cruise speed";
    *out = wing.flight;
    return wing.has_range;
}

bool muster_calc_plane_used(const muster_plane *plane, muster_plane_used *out, const char **reason)
{
    mst_flight flight;
    if (!wing_of(plane, &flight, reason))
        return false;
    *out = (muster_plane_used){
        .fuel_kg = flight.tank_kg,
        .fuel_is_unknown = isnan(plane->fuel_kg),
        .climb_kg = flight.climb_kg,
        .reserve_kg = flight.reserve_kg,
        .cruise_kgpm = flight.cruise_kgpm,
        .loiter_kgps = flight.loiter_kgps,
        .cruise_mps = flight.cruise_mps,
    };
    return true;
}

bool muster_calc_plane_radius_m(const muster_plane *plane, double stay_s, double *out,
                                const char **reason)
{
    mst_flight flight;
    if (!wing_of(plane, &flight, reason) || !mst_calc_holds(MST_CALC_STAY, stay_s, reason))
        return false;
    const double radius_m = mst_flight_radius_m(&flight, stay_s);
    if (radius_m < 0.0) {
        *reason = "the stay alone takes more than the fuel less climb and reserve";
        return false;
    }
    return mst_calc_answer(radius_m, out, reason);
}

bool muster_calc_plane_station_s(const muster_plane *plane, double distance_m, double *out,
                                 const char **reason)
{
    mst_flight flight;
    if (!wing_of(plane, &flight, reason) || !mst_calc_holds(MST_CALC_DISTANCE, distance_m, reason))
        return false;
    const double stay_s = mst_flight_station_s(&flight, distance_m);
    if (stay_s < 0.0) {
        *reason = "out and back alone take more than the fuel less climb and reserve";
        return false;
    }
    return mst_calc_answer(stay_s, out, reason);
}

/* ---- departure and meeting ------------------------------------------------------------------ */

bool muster_calc_departure(double distance_m, double speed_mps, muster_time at, muster_time *out,
                           const char **reason)
{
    muster_time passage;
    if (!mst_calc_holds(MST_CALC_DISTANCE, distance_m, reason) ||
        !mst_calc_holds(MST_CALC_WAY_SPEED, speed_mps, reason) ||
        !mst_calc_holds(MST_CALC_TIME, (double)at, reason) ||
        !mst_calc_answer_time(0, distance_m / speed_mps, &passage, reason))
        return false;
    return mst_calc_answer_time(at - passage, 0.0, out, reason);
}

static bool mover_holds(muster_point from, muster_time at, double speed_mps, const char **reason)
{
    return mst_calc_holds(MST_CALC_LATITUDE, from.lat_deg, reason) &&
           mst_calc_holds(MST_CALC_LONGITUDE, from.lon_deg, reason) &&
           mst_calc_holds(MST_CALC_TIME, (double)at, reason) &&
           mst_calc_holds(MST_CALC_WAY_SPEED, speed_mps, reason);
}

/* Of two with the first starting no later: how far the first has come when they meet, and when. */
static double first_way_m(double distance_m, double lead_s, double first_mps, double second_mps,
                          double *out_s)
{
    const double lead_m = first_mps * lead_s;
    if (lead_m >= distance_m) { /* it finds the other still in its place */
        *out_s = distance_m / first_mps;
        return distance_m;
    }
    const double closing_s = (distance_m - lead_m) / (first_mps + second_mps);
    *out_s = lead_s + closing_s;
    return lead_m + first_mps * closing_s;
}

bool muster_calc_meeting(muster_point a, muster_time a_at, double a_mps, muster_point b,
                         muster_time b_at, double b_mps, muster_point *out_point,
                         muster_time *out_time, const char **reason)
{
    if (!mover_holds(a, a_at, a_mps, reason) || !mover_holds(b, b_at, b_mps, reason))
        return false;
    const bool a_first = a_at <= b_at;
    const double distance_m = muster_geo_distance_m(a, b);
    const double lead_s = fabs((double)(b_at - a_at)) / (double)MUSTER_SECOND;
    double seconds;
    const double way_m = a_first ? first_way_m(distance_m, lead_s, a_mps, b_mps, &seconds)
                                 : first_way_m(distance_m, lead_s, b_mps, a_mps, &seconds);
    if (!mst_calc_answer_time(a_first ? a_at : b_at, seconds, out_time, reason))
        return false;
    *out_point = a_first ? muster_geo_destination(a, muster_geo_azimuth_deg(a, b), way_m)
                         : muster_geo_destination(b, muster_geo_azimuth_deg(b, a), way_m);
    return true;
}
