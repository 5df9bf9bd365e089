/** @file fuel.h
 * Fuel of ships as a law of speed, and of aircraft as the planner's linear model. Closed forms.
 *
 * Ships: F(v) = h + c v^n, fitted to a published range R0 at v0 (h = s m v0/R0,
 * c = (1 - s) m v0/(R0 v0^n), s the hotel share of the burn at v0), or a table of points with
 * straight lines between. Usual naval architecture; symbols as in DEFINITIONS section 2.
 */
#ifndef MST_MODEL_FUEL_H
#define MST_MODEL_FUEL_H

#include "muster/base.h"

typedef struct mst_law {
    double hotel_kgps;       /* h: burn at rest                                        */
    double cube_coefficient; /* c: kg/s per (m/s)^n                                    */
    double exponent;         /* n; 0: a curve                                          */
    const double *curve_mps, *curve_kgps; /* ascending speeds (curve_count), or null   */
    int32_t curve_count;
    double economical_mps; /* least burn per metre, not above max_mps                */
    double max_mps;
} mst_law;

/** Fits h and c, with margin as a factor on the burn. All arguments > 0 but share (finite). */
mst_law mst_law_fit(double tank_kg, double range_m, double range_speed_mps, double hotel_share,
                    double exponent, double margin, double max_mps);

/** A law from points (ascending speeds, at least two, borrowed); below the first speed the first
 * rate counts, above the last it is refused by mst_law_rate (NaN). */
mst_law mst_law_curve(const double *speed_mps, const double *rate_kgps, int32_t count,
                      double margin, double max_mps);

/** Burn at a speed, kg/s; NaN above max_mps or below 0. */
double mst_law_rate_kgps(const mst_law *law, double speed_mps);

/** Metres on a mass of fuel at a steady speed: m v / F(v). */
double mst_law_range_m(const mst_law *law, double fuel_kg, double speed_mps);

/** Tonnage where none is published: burn per kWh (.21 kg, diesel) x power x (v0/vmax)^3 x R0/v0 / (1 - s), rounded
 * to two significant digits (DEFINITIONS 2). kg; NaN when an input is missing. */
double mst_fuel_estimate_kg(double power_w, double max_mps, double range_m, double range_mps,
                            double hotel_share, double kg_per_kwh);

/** An aircraft's fuel plan, kg and kg/s and kg/m. */
typedef struct mst_flight {
    double tank_kg, climb_kg, cruise_kgpm, loiter_kgps, reserve_kg;
    double cruise_mps;
    double turnaround_s;
    double sorties_per_day;
} mst_flight;

/** Furthest station for a stay of loiter_s: (tank - climb - reserve - loiter)/(2 kg/m); may be < 0. */
double mst_flight_radius_m(const mst_flight *flight, double loiter_s);

/** Stay at a distance: (tank - climb - reserve - 2 d kg/m)/loiter rate, s; negative: none. */
double mst_flight_station_s(const mst_flight *flight, double distance_m);

#endif
