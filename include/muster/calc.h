/**
 * @file calc.h
 * The planner's slide rule: closed-form answers that need no scenario. SI in, SI out.
 *
 * An infeasible question gives false and a reason in words, never a number.
 */
#ifndef MUSTER_CALC_H
#define MUSTER_CALC_H

#include "muster/geo.h"
#include "muster/time.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A ship as a planner knows it. NaN where the default of the scenario files shall stand. */
typedef struct muster_ship {
    double range_m, range_speed_mps;      /**< published pair, required                    */
    double fuel_kg;                       /**< full tank; NaN: results as shares of a tank  */
    double max_speed_mps;                 /**< NaN: no limit                                */
    double hotel_share;                   /**< .35, or .05 when quoted at 25 kn or more     */
    double exponent;                      /**< 3                                            */
    double reserve_frac, usable_fraction; /**< .20, .95                                */
} muster_ship;

/** A jet or propeller aircraft by the linear model of DEFINITIONS 2. */
typedef struct muster_plane {
    double fuel_kg, ferry_range_m, cruise_mps; /**< required                            */
    double climb_frac, loiter_factor, reserve_fuel_frac, reserve_loiter_s; /**< .06 .8 .05 1200 */
} muster_plane;

/** Answers about a ship: each fills *out or returns false with *reason (static text). */
MUSTER_API bool muster_calc_range_m(const muster_ship *ship, double speed_mps, double *out,
                                    const char **reason);
MUSTER_API bool muster_calc_economical_mps(const muster_ship *ship, double *out,
                                           const char **reason);
MUSTER_API bool muster_calc_endurance_s(const muster_ship *ship, double speed_mps, double *out,
                                        const char **reason);
/** Radius: out and back at transit_mps with stay_s at station_mps, reserve intact. */
MUSTER_API bool muster_calc_radius_m(const muster_ship *ship, double transit_mps, double stay_s,
                                     double station_mps, double *out, const char **reason);
/** Longest stay at a distance. */
MUSTER_API bool muster_calc_station_s(const muster_ship *ship, double distance_m,
                                      double transit_mps, double station_mps, double *out,
                                      const char **reason);

MUSTER_API bool muster_calc_plane_radius_m(const muster_plane *plane, double stay_s, double *out,
                                           const char **reason);
MUSTER_API bool muster_calc_plane_station_s(const muster_plane *plane, double distance_m,
                                            double *out, const char **reason);

/** Latest departure to be there at `at`. distance_m >= 0, speed_mps > 0. */
MUSTER_API bool muster_calc_departure(double distance_m, double speed_mps, muster_time at,
                                      muster_time *out, const char **reason);

/**
 * Earliest meeting of two movers on the open sea or in the air along the geodesic between them:
 * each starts at its own time and place at its own speed and heads for the other.
 */
MUSTER_API bool muster_calc_meeting(muster_point a, muster_time a_at, double a_mps, muster_point b,
                                    muster_time b_at, double b_mps, muster_point *out_point,
                                    muster_time *out_time, const char **reason);

#ifdef __cplusplus
}
#endif
#endif
