/* The planner's slide rule, ships: the model's own closed forms, asked without a scenario. */
#include "batch/calc_check.h"

#include "base/units.h"
#include "model/craft.h"
#include "model/walk.h"

#include <math.h>
#include <string.h>

muster_ship muster_calc_ship(void)
{
    const double none = (double)NAN;
    return (muster_ship){none, none, none, none, none, none, none,        none,
                         none, none, none, none, none, 0,    {{0.0, 0.0}}};
}

static bool copy_curve(const muster_ship *ship, mst_arena *arena, mst_class_def *c,
                       const char **reason)
{
    const muster_field *rows = mst_fields_row(mst_fields_class, "curve")->of;
    if (ship->curve_count < 0 || ship->curve_count == 1 || ship->curve_count > MUSTER_CURVE_MAX) {
        *reason = "a curve needs 2 to 64 points";
        return false;
    }
    for (int32_t i = 0; i < ship->curve_count; i++) {
        mst_curve_def *point = mst_list_add(arena, &c->curve, sizeof *point);
        if (!point) {
            *reason = "out of memory";
            return false;
        }
        point->speed_mps = ship->curve[i].speed_mps;
        point->rate_kgps = ship->curve[i].rate_kgps;
        if (!mst_calc_figures_hold(rows, point, reason))
            return false;
        if (i > 0 ? !(point->speed_mps > ship->curve[i - 1].speed_mps) : isnan(point->speed_mps)) {
            *reason = "the speeds of a curve must rise";
            return false;
        }
        if (!(point->rate_kgps > 0.0)) {
            *reason = mst_calc_refusal("rate_t_per_h");
            return false;
        }
    }
    return true;
}

/* The ship as a class of a file, checked figure by figure. */
static bool class_of_ship(const muster_ship *ship, mst_arena *arena, mst_class_def *c,
                          const char **reason)
{
    memset(c, 0, sizeof *c);
    mst_fields_blank(mst_fields_class, c);
    c->range_m = ship->range_m;
    c->range_speed_mps = ship->range_speed_mps;
    c->fuel_kg = ship->fuel_kg;
    c->power_w = ship->power_w;
    c->max_speed_mps = ship->max_speed_mps;
    c->sustained_speed_mps = ship->sustained_speed_mps;
    c->station_speed_mps = ship->station_speed_mps;
    c->hotel_share = ship->hotel_share;
    c->exponent = ship->exponent;
    c->margin = ship->margin;
    c->reserve_frac = ship->reserve_frac;
    c->usable_fraction = ship->usable_fraction;
    if (!mst_calc_figures_hold(mst_fields_class, c, reason) || !copy_curve(ship, arena, c, reason))
        return false;
    if (!isnan(ship->limit_mps)) {
        if (!mst_calc_holds(MST_CALC_LIMIT, ship->limit_mps, reason))
            return false;
        c->top_cap_mps = ship->limit_mps;
    }
    return true;
}

/* The law of a ship; the arena holds its curve and is cleared by the caller. */
static bool hull_of(const muster_ship *ship, mst_arena *arena, mst_hull *out, const char **reason)
{
    mst_class_def c;
    double share;
    if (!class_of_ship(ship, arena, &c, reason))
        return false;
    if (isnan(c.range_m) != isnan(c.range_speed_mps) ||
        (isnan(c.range_m) && (c.curve.count == 0 || isnan(c.fuel_kg)))) {
        *reason = "a ship needs a range and the speed it is quoted at, or a curve and its fuel";
        return false;
    }
    const mst_accord accord = mst_hull_accord(&c, &share);
    if (accord == MST_ACCORD_TOO_FAST || accord == MST_ACCORD_NEVER) {
        *reason = accord == MST_ACCORD_TOO_FAST
                      ? "the range is quoted at a speed above the greatest"
                      : "fuel, power and range cannot all be true";
        return false;
    }
    if (isnan(c.max_speed_mps) && c.curve.count == 0)
        c.max_speed_mps = fmax(60.0 * MST_KN_MPS, c.range_speed_mps);
    if (!mst_hull_of(&c, arena, out)) {
        *reason = "out of memory";
        return false;
    }
    if (!out->has_range || !(out->tank_kg > 0.0)) {
        *reason = "the speed of the range lies outside the curve"; /* so it proves no tank */
        return false;
    }
    return true;
}

/* ---- a question about a ship: its law, and the rates at the speeds it names ---------------- */

typedef struct question {
    mst_arena arena;
    mst_hull hull;
    double transit_mps, transit_kgps, station_kgps;
} question;

static double own_transit_mps(const mst_hull *hull)
{
    return fmin(hull->law.economical_mps, hull->sustained_mps);
}

static bool rate_at(const mst_hull *hull, mst_calc_input input, double speed_mps, double *rate_kgps,
                    const char **reason)
{
    if (!mst_calc_holds(input, speed_mps, reason))
        return false;
    *rate_kgps = mst_law_rate_kgps(&hull->law, speed_mps);
    if (isnan(*rate_kgps))
        *reason = "the speed is above the greatest";
    return !isnan(*rate_kgps);
}

/* NaN: the ship's own speed. The caller clears q->arena whatever comes back. */
static bool ask(question *q, const muster_ship *ship, double transit_mps, double station_mps,
                const char **reason)
{
    mst_arena_init(&q->arena, NULL);
    if (!hull_of(ship, &q->arena, &q->hull, reason))
        return false;
    q->transit_mps = isnan(transit_mps) ? own_transit_mps(&q->hull) : transit_mps;
    return rate_at(&q->hull, MST_CALC_WAY_SPEED, q->transit_mps, &q->transit_kgps, reason) &&
           rate_at(&q->hull, MST_CALC_SPEED, isnan(station_mps) ? q->hull.station_mps : station_mps,
                   &q->station_kgps, reason);
}

/* Fuel that a mission may take: usable share of the tank less the reserve. */
static double mission_kg(const mst_hull *hull)
{
    return (hull->usable_frac - hull->reserve_frac) * hull->tank_kg;
}

bool muster_calc_ship_used(const muster_ship *ship, muster_ship_used *out, const char **reason)
{
    mst_arena arena;
    mst_hull hull;
    mst_arena_init(&arena, NULL);
    const bool good = hull_of(ship, &arena, &hull, reason);
    mst_arena_clear(&arena);
    if (!good)
        return false;
    *out = (muster_ship_used){
        .fuel_kg = hull.tank_kg,
        .fuel_is_estimated = hull.fuel_estimated,
        .fuel_is_unknown = hull.fuel_unknown,
        .hotel_share = hull.hotel_share,
        .exponent = isnan(ship->exponent) ? 3.0 : ship->exponent,
        .margin = isnan(ship->margin) ? 1.0 : ship->margin,
        .reserve_frac = hull.reserve_frac,
        .usable_fraction = hull.usable_frac,
        .max_mps = hull.max_mps,
        .sustained_mps = hull.sustained_mps,
        .station_mps = hull.station_mps,
        .economical_mps = hull.law.economical_mps,
        .transit_mps = own_transit_mps(&hull),
    };
    return true;
}

bool muster_calc_economical_mps(const muster_ship *ship, double *out, const char **reason)
{
    muster_ship_used used;
    return muster_calc_ship_used(ship, &used, reason) &&
           mst_calc_answer(used.economical_mps, out, reason);
}

bool muster_calc_range_m(const muster_ship *ship, double speed_mps, double *out,
                         const char **reason)
{
    question q = {.transit_mps = 0.0};
    const bool good =
        mst_calc_holds(MST_CALC_WAY_SPEED, speed_mps, reason) && /* NaN is no speed here */
        ask(&q, ship, speed_mps, 0.0, reason) &&
        mst_calc_answer(mst_law_range_m(&q.hull.law, q.hull.tank_kg, speed_mps), out, reason);
    mst_arena_clear(&q.arena);
    return good;
}

bool muster_calc_endurance_s(const muster_ship *ship, double speed_mps, double *out,
                             const char **reason)
{
    question q = {.transit_mps = 0.0};
    const bool good = mst_calc_holds(MST_CALC_SPEED, speed_mps, reason) &&
                      ask(&q, ship, (double)NAN, speed_mps, reason) &&
                      mst_calc_answer(q.hull.tank_kg / q.station_kgps, out, reason);
    mst_arena_clear(&q.arena);
    return good;
}

bool muster_calc_radius_m(const muster_ship *ship, double transit_mps, double stay_s,
                          double station_mps, double *out, const char **reason)
{
    question q;
    bool good = ask(&q, ship, transit_mps, station_mps, reason) &&
                mst_calc_holds(MST_CALC_STAY, stay_s, reason);
    if (good) {
        const double left_kg = mission_kg(&q.hull) - stay_s * q.station_kgps;
        good = left_kg >= 0.0;
        if (good)
            good = mst_calc_answer(left_kg * q.transit_mps / (2.0 * q.transit_kgps), out, reason);
        else
            *reason = "the stay alone takes more than the usable fuel less the reserve";
    }
    mst_arena_clear(&q.arena);
    return good;
}

bool muster_calc_station_s(const muster_ship *ship, double distance_m, double transit_mps,
                           double station_mps, double *out, const char **reason)
{
    question q;
    bool good = ask(&q, ship, transit_mps, station_mps, reason) &&
                mst_calc_holds(MST_CALC_DISTANCE, distance_m, reason);
    if (good) {
        const double left_kg =
            mission_kg(&q.hull) - 2.0 * distance_m * q.transit_kgps / q.transit_mps;
        good = left_kg >= 0.0;
        if (good)
            good = mst_calc_answer(left_kg / q.station_kgps, out, reason);
        else
            *reason = "out and back alone take more than the usable fuel less the reserve";
    }
    mst_arena_clear(&q.arena);
    return good;
}
