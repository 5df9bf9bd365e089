/** @file calc_ask.h
 * Questions to the slide rule in nm, kn and hours; NaN for an answer that does not come.
 */
#ifndef TEST_SUPPORT_CALC_ASK_H
#define TEST_SUPPORT_CALC_ASK_H

#include "base/units.h"
#include "muster/calc.h"

#include <math.h>

#define KN MST_KN_MPS
#define NM MUSTER_NM_M
#define H 3600.0
#define NONE ((double)NAN)

static inline muster_ship ship_of(double range_nm, double at_kn)
{
    muster_ship ship = muster_calc_ship();
    ship.range_m = range_nm * NM;
    ship.range_speed_mps = at_kn * KN;
    return ship;
}

static inline double range_nm(const muster_ship *ship, double kn)
{
    double out = NONE;
    const char *reason = NULL;
    (void)muster_calc_range_m(ship, kn * KN, &out, &reason);
    return out / NM;
}
static inline double endurance_h(const muster_ship *ship, double kn)
{
    double out = NONE;
    const char *reason = NULL;
    (void)muster_calc_endurance_s(ship, kn * KN, &out, &reason);
    return out / H;
}
static inline double radius_nm(const muster_ship *ship, double kn, double stay_h, double station_kn)
{
    double out = NONE;
    const char *reason = NULL;
    (void)muster_calc_radius_m(ship, kn * KN, stay_h * H, station_kn * KN, &out, &reason);
    return out / NM;
}
static inline double stay_h(const muster_ship *ship, double nm, double kn, double station_kn)
{
    double out = NONE;
    const char *reason = NULL;
    (void)muster_calc_station_s(ship, nm * NM, kn * KN, station_kn * KN, &out, &reason);
    return out / H;
}
static inline double best_kn(const muster_ship *ship)
{
    double out = NONE;
    const char *reason = NULL;
    (void)muster_calc_economical_mps(ship, &out, &reason);
    return out / KN;
}

#endif
