/**
 * @file calc.h
 * The planner's slide rule: closed-form answers that need no scenario. SI in, SI out.
 *
 * An answer is true with a finite *out, or false with *reason (a static sentence) and *out
 * untouched: a question that makes no sense or has no end never gives a number. Every input is
 * checked first. A figure of a ship or an aircraft must lie where its key of a scenario file must
 * (`muster list keys`; the bounds stand beside each member), NaN means "not given". Other inputs:
 *
 *     speed      0 .. 2000 kn, and not above the greatest of the ship
 *     stay       0 .. 1e9 s
 *     distance   0 .. 1e8 m
 *     time       within 1e16 us of 1970, about 317 years; results too
 *     place      latitude -90 .. 90, longitude -720 .. 720 degrees
 *
 * Source: DEFINITIONS section 2. A ship burns F(v) = h + c v^n fitted to its published range (or a
 * curve of measured points), an aircraft a fixed mass a mile and an hour. The law is made by the
 * function that compiles units, so that these answers and the ladder of `muster reach` are the same.
 * Pure and thread-safe.
 */
#ifndef MUSTER_CALC_H
#define MUSTER_CALC_H

#include "muster/geo.h"
#include "muster/scenario.h"
#include "muster/time.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MUSTER_CURVE_MAX 64 /**< most points of a curve */

/** A point of a measured curve: burn at a speed through the water. */
typedef struct muster_burn {
    double speed_mps; /**< 0 .. 80 kn, rising from point to point */
    double rate_kgps; /**< above 0, to 500 t/h                    */
} muster_burn;

/** A ship as a planner knows it. NaN where the default of the scenario files shall stand. */
typedef struct muster_ship {
    double range_m;             /**< published, above 0, to 40000 nm; may be NaN with a curve
                                     and fuel_kg                                              */
    double range_speed_mps;     /**< where that range is made: .1 .. 2000 kn                  */
    double fuel_kg;             /**< full tank, above 0, to 20000 t; NaN: estimated or shares  */
    double power_w;             /**< above 0, to 500 MW: estimates fuel_kg                    */
    double max_speed_mps;       /**< .1 .. 2000 kn; NaN: 60 kn, or range_speed_mps if more    */
    double limit_mps;           /**< slower than its class, with the law of the class: above 0 */
    double sustained_speed_mps; /**< .1 .. 2000 kn; NaN: .9 of the greatest                   */
    double station_speed_mps;   /**< 0 .. 80 kn; NaN: 10 kn                                   */
    double hotel_share;         /**< 0 .. .9; NaN: .35, or .05 when quoted at 25 kn or more   */
    double exponent;            /**< 1 .. 6; NaN: 3                                           */
    double margin;              /**< factor on every burn, .2 .. 5; NaN: 1                    */
    double reserve_frac;        /**< of the full tank, 0 .. .9; NaN: .20                      */
    double usable_fraction;     /**< of the fuel on board, above 0, to 1; NaN: .95            */
    int32_t curve_count;        /**< 0: none; else 2 .. MUSTER_CURVE_MAX, in place of hotel
                                     share and exponent                                       */
    muster_burn curve[MUSTER_CURVE_MAX]; /**< its points, curve_count of them */
} muster_ship;

/** An aircraft by the linear model of DEFINITIONS 2. NaN as above. */
typedef struct muster_plane {
    double ferry_range_m;     /**< on internal fuel, above 0, to 20000 nm; required      */
    double cruise_mps;        /**< 10 .. 2000 kn; required                               */
    double fuel_kg;           /**< internal, above 0; NaN: shares of a nominal tank      */
    double margin;            /**< factor on every burn, .2 .. 5; NaN: 1                 */
    double usable_fraction;   /**< above 0, to 1; NaN: 1                                 */
    double climb_frac;        /**< of the fuel, 0 .. .5; NaN: .06                        */
    double loiter_factor;     /**< of the cruise burn an hour, .1 .. 2; NaN: .8          */
    double reserve_fuel_frac; /**< of the fuel, 0 .. .5; NaN: .05                        */
    double reserve_loiter_s;  /**< 0 .. 12 h; NaN: 1200 s                                */
} muster_plane;

/**
 * A ship of which nothing is given: every member NaN, no curve. Fill in what is known.
 *
 * @return the empty ship
 */
MUSTER_API muster_ship muster_calc_ship(void);

/**
 * An aircraft of which nothing is given, likewise.
 *
 * @return the empty aircraft
 */
MUSTER_API muster_plane muster_calc_plane(void);

/**
 * A class of a scenario (or of the library read as one) as compile would see it. A class without a
 * range gives a ship of which nothing can be asked.
 *
 * @param[in]  scenario  where the class stands
 * @param[in]  id        of the class
 * @param[out] out       the ship
 * @param[out] reason    when false: why, a static sentence
 * @return false if there is no such class, or it is no ship
 */
MUSTER_API bool muster_calc_class_ship(const muster_scenario *scenario, const char *id,
                                       muster_ship *out, const char **reason);

/**
 * The same for a class of aircraft.
 *
 * @param[in]  scenario  where the class stands
 * @param[in]  id        of the class
 * @param[out] out       the aircraft
 * @param[out] reason    when false: why, a static sentence
 * @return false if there is no such class, or it is no aircraft
 */
MUSTER_API bool muster_calc_class_plane(const muster_scenario *scenario, const char *id,
                                        muster_plane *out, const char **reason);

/** What an answer about a ship rests on, with all defaults and estimates in. */
typedef struct muster_ship_used {
    double fuel_kg;         /**< full tank                                               */
    bool fuel_is_estimated; /**< made from other figures                                    */
    bool fuel_is_unknown;   /**< a nominal tank: distances and times hold, tonnes do not    */
    double hotel_share;     /**< with a curve only a word about the class, not used         */
    double exponent;        /**< of the speed in the burn, likewise                     */
    double margin;          /**< factor on every burn                                   */
    double reserve_frac;    /**< of the full tank, kept                                 */
    double usable_fraction; /**< of the fuel on board                                   */
    double max_mps;         /**< greatest speed                                         */
    double sustained_mps;   /**< speed it can keep up                                   */
    double station_mps;     /**< speed on station                                       */
    double economical_mps;  /**< least burn a mile                                           */
    double transit_mps;     /**< economical, or sustained if that is less                    */
} muster_ship_used;

/** What an answer about an aircraft rests on, likewise. */
typedef struct muster_plane_used {
    double fuel_kg;       /**< usable                                                       */
    bool fuel_is_unknown; /**< a nominal tank                                               */
    double climb_kg;      /**< burnt to climb                                             */
    double reserve_kg;    /**< kept                                                       */
    double cruise_kgpm;   /**< burn a metre at cruise                                     */
    double loiter_kgps;   /**< burn a second on station                                   */
    double cruise_mps;    /**< cruise speed                                               */
} muster_plane_used;

/**
 * What answers about a ship rest on.
 *
 * @param[in]  ship    figures of the ship
 * @param[out] out     its figures, defaults and estimates included
 * @param[out] reason  when false: why, a static sentence
 * @return false if a figure is not allowed
 */
MUSTER_API bool muster_calc_ship_used(const muster_ship *ship, muster_ship_used *out,
                                      const char **reason);

/**
 * What answers about an aircraft rest on.
 *
 * @param[in]  plane   figures of the aircraft
 * @param[out] out     its figures, defaults and estimates included
 * @param[out] reason  when false: why, a static sentence
 * @return false if a figure is not allowed
 */
MUSTER_API bool muster_calc_plane_used(const muster_plane *plane, muster_plane_used *out,
                                       const char **reason);

/**
 * Way on a full tank, to the last drop: m v / F(v).
 *
 * @param[in]  ship       figures of the ship
 * @param[in]  speed_mps  speed through the water, m/s, above 0
 * @param[out] out        metres
 * @param[out] reason     when false: why, a static sentence
 * @return true with an answer; false when there is none
 */
MUSTER_API bool muster_calc_range_m(const muster_ship *ship, double speed_mps, double *out,
                                    const char **reason);

/**
 * The speed of the longest way, at least steerage way (1 m/s), at most the greatest.
 *
 * @param[in]  ship    figures of the ship
 * @param[out] out     m/s
 * @param[out] reason  when false: why, a static sentence
 * @return true with an answer; false when there is none
 */
MUSTER_API bool muster_calc_economical_mps(const muster_ship *ship, double *out,
                                           const char **reason);

/**
 * Time on a full tank, to the last drop: m / F(v).
 *
 * @param[in]  ship       figures of the ship
 * @param[in]  speed_mps  speed through the water, m/s; 0: drifting
 * @param[out] out        seconds
 * @param[out] reason     when false: why, a static sentence
 * @return true with an answer; false when there is none, for instance no end where nothing is burnt
 */
MUSTER_API bool muster_calc_endurance_s(const muster_ship *ship, double speed_mps, double *out,
                                        const char **reason);

/**
 * Radius: out and back with a stay between, the reserve intact, only the usable share burnt.
 *
 * @param[in]  ship         figures of the ship
 * @param[in]  transit_mps  speed out and back, m/s; NaN: the ship's own
 * @param[in]  stay_s       time on station, s
 * @param[in]  station_mps  speed on station, m/s; NaN: the ship's own
 * @param[out] out          metres
 * @param[out] reason       when false: why, a static sentence
 * @return true with an answer; false when there is none
 */
MUSTER_API bool muster_calc_radius_m(const muster_ship *ship, double transit_mps, double stay_s,
                                     double station_mps, double *out, const char **reason);

/**
 * Longest stay at a distance, under the same conditions.
 *
 * @param[in]  ship         figures of the ship
 * @param[in]  distance_m   length of the way, m
 * @param[in]  transit_mps  speed out and back, m/s; NaN: the ship's own
 * @param[in]  station_mps  speed on station, m/s; NaN: the ship's own
 * @param[out] out          seconds
 * @param[out] reason       when false: why, a static sentence
 * @return true with an answer; false when there is none
 */
MUSTER_API bool muster_calc_station_s(const muster_ship *ship, double distance_m,
                                      double transit_mps, double station_mps, double *out,
                                      const char **reason);

/**
 * Radius of an aircraft with a stay on station, climb and reserve taken off.
 *
 * @param[in]  plane   figures of the aircraft
 * @param[in]  stay_s  time on station, s
 * @param[out] out     metres
 * @param[out] reason  when false: why, a static sentence
 * @return true with an answer; false when there is none
 */
MUSTER_API bool muster_calc_plane_radius_m(const muster_plane *plane, double stay_s, double *out,
                                           const char **reason);

/**
 * Longest stay of an aircraft at a distance.
 *
 * @param[in]  plane       figures of the aircraft
 * @param[in]  distance_m  length of the way, m
 * @param[out] out         seconds
 * @param[out] reason      when false: why, a static sentence
 * @return true with an answer; false when there is none
 */
MUSTER_API bool muster_calc_plane_station_s(const muster_plane *plane, double distance_m,
                                            double *out, const char **reason);

/**
 * Latest departure to be there in time. Rounded to the earlier microsecond.
 *
 * @param[in]  distance_m  length of the way, m
 * @param[in]  speed_mps   m/s, above 0
 * @param[in]  at          when to be there
 * @param[out] out         the departure
 * @param[out] reason      when false: why, a static sentence
 * @return true with an answer; false when there is none
 */
MUSTER_API bool muster_calc_departure(double distance_m, double speed_mps, muster_time at,
                                      muster_time *out, const char **reason);

/**
 * Earliest meeting of two movers on the open sea or in the air along the geodesic between them:
 * each lies at its place until its own time, then heads for the other at its own speed (above 0).
 * Land is not looked at. The time is rounded to the later microsecond.
 *
 * @param[in]  a          place of the first
 * @param[in]  a_at       when the first starts
 * @param[in]  a_mps      its speed, m/s
 * @param[in]  b          place of the second
 * @param[in]  b_at       when the second starts
 * @param[in]  b_mps      its speed, m/s
 * @param[out] out_point  where they meet
 * @param[out] out_time   when
 * @param[out] reason     when false: why, a static sentence
 * @return true with an answer; false when there is none
 */
MUSTER_API bool muster_calc_meeting(muster_point a, muster_time a_at, double a_mps, muster_point b,
                                    muster_time b_at, double b_mps, muster_point *out_point,
                                    muster_time *out_time, const char **reason);

#ifdef __cplusplus
}
#endif
#endif
