#include "model/craft.h"

#include "base/units.h"
#include "muster/time.h"

#include <math.h>

static double real_or(double value, double otherwise)
{
    return isnan(value) ? otherwise : value;
}

/* DEFINITIONS 2: .35 of the burn at the quoted speed, .05 where that is a dash at 25 kn. */
static double default_share(double range_speed_mps)
{
    return range_speed_mps >= 25.0 * MST_KN_MPS * (1.0 - 1e-12) ? 0.05 : 0.35;
}

static bool has_pair(const mst_class_def *c)
{
    return c->range_m > 0.0 && c->range_speed_mps > 0.0;
}

/* The top speed, or the least that the other figures prove. */
static double top_speed(const mst_class_def *c, double station_mps)
{
    if (!isnan(c->max_speed_mps))
        return c->max_speed_mps;
    double top = station_mps;
    if (!isnan(c->sustained_speed_mps))
        top = fmax(top, c->sustained_speed_mps / 0.9);
    if (!isnan(c->range_speed_mps))
        top = fmax(top, c->range_speed_mps);
    for (int32_t i = 0; i < c->curve.count; i++)
        top = fmax(top, MST_AT(const mst_curve_def, &c->curve, i)->speed_mps);
    return top;
}

static bool curve_law(const mst_class_def *c, mst_arena *arena, double margin, double max_mps,
                      mst_law *out)
{
    const int32_t count = c->curve.count;
    double *speed = mst_arena_array(arena, (size_t)count, sizeof *speed);
    double *rate = mst_arena_array(arena, (size_t)count, sizeof *rate);
    if (!speed || !rate)
        return false;
    for (int32_t i = 0; i < count; i++) {
        const mst_curve_def *point = MST_AT(const mst_curve_def, &c->curve, i);
        speed[i] = point->speed_mps;
        rate[i] = point->rate_kgps;
    }
    *out = mst_law_curve(speed, rate, count, margin, max_mps);
    return true;
}

/* Tonnes of a curve that must give the published range, if there is one. */
static double tank_of_curve(const mst_class_def *c, const mst_law *law, double margin)
{
    if (!has_pair(c))
        return (double)NAN;
    return c->range_m * mst_law_rate_kgps(law, c->range_speed_mps) / margin / c->range_speed_mps;
}

static void fill_tank(const mst_class_def *c, double estimate_kg, mst_hull *out)
{
    out->tank_kg = c->fuel_kg;
    if (c->fuel_kg > 0.0)
        return;
    out->fuel_estimated = true;
    out->fuel_unknown = !(estimate_kg > 0.0);
    out->tank_kg = out->fuel_unknown ? MST_NOMINAL_SHIP_KG : estimate_kg;
}

/* Slower than its class: speeds are cut, and the best of them may be above what is left. */
static void cap_speeds(const mst_class_def *c, mst_hull *out)
{
    const double cap = c->top_cap_mps;
    if (!(cap > 0.0) || cap >= out->max_mps)
        return;
    out->max_mps = cap;
    out->sustained_mps =
        isnan(c->sustained_speed_mps) ? 0.9 * cap : fmin(c->sustained_speed_mps, cap);
    out->station_mps = fmin(out->station_mps, cap);
    out->law.max_mps = cap;
    out->law.economical_mps = fmin(out->law.economical_mps, cap);
}

bool mst_hull_of(const mst_class_def *c, mst_arena *arena, mst_hull *out)
{
    const double exponent = real_or(c->exponent, 3.0), margin = real_or(c->margin, 1.0);
    const double station = real_or(c->station_speed_mps, 10.0 * MST_KN_MPS);
    const double max = top_speed(c, station);
    const bool curved = c->curve.count >= 2;
    *out = (mst_hull){
        .hotel_share = real_or(c->hotel_share, default_share(c->range_speed_mps)),
        .max_mps = max,
        .sustained_mps = fmin(real_or(c->sustained_speed_mps, 0.9 * max), max),
        .station_mps = fmin(station, max),
        .usable_frac = real_or(c->usable_fraction, 0.95),
        .reserve_frac = real_or(c->reserve_frac, 0.20),
    };
    if (curved) {
        if (!curve_law(c, arena, margin, max, &out->law))
            return false;
        out->max_mps = out->law.max_mps;
        out->sustained_mps = fmin(out->sustained_mps, out->max_mps);
        out->station_mps = fmin(out->station_mps, out->max_mps);
        const double estimate = tank_of_curve(c, &out->law, margin);
        out->has_range = c->fuel_kg > 0.0 || estimate > 0.0;
        if (out->has_range)
            fill_tank(c, estimate, out);
    } else if (has_pair(c)) {
        out->has_range = true;
        fill_tank(c,
                  mst_fuel_estimate_kg(c->power_w, c->max_speed_mps, c->range_m, c->range_speed_mps,
                                       out->hotel_share, real_or(c->fuel_kg_per_kwh, 0.21)),
                  out);
        out->law = mst_law_fit(out->tank_kg, c->range_m, c->range_speed_mps, out->hotel_share,
                               exponent, margin, max);
    } else {
        /* It may sail with its group; nobody keeps its fuel account. */
        out->tank_kg = real_or(c->fuel_kg, 0.0);
        out->law =
            (mst_law){.exponent = exponent, .economical_mps = out->station_mps, .max_mps = max};
    }
    cap_speeds(c, out);
    return true;
}

static double seconds_or(muster_time time, double otherwise_h)
{
    return time == MUSTER_NEVER ? otherwise_h * MST_H_S : (double)time / (double)MUSTER_SECOND;
}

/* Fighter, large aircraft, helicopter (DEFINITIONS 2); sorties a day are assumed. */
static const double turnaround_h[] = {3.0, 5.0, 1.5};
static const double sorties_per_day[] = {2.0, 1.0, 3.0};

mst_wing mst_wing_of(const mst_class_def *c, mst_craft craft)
{
    const int32_t size = c->size >= 0 && c->size <= 2 ? c->size : craft == MST_HELICOPTER ? 2 : 0;
    const double ferry_m = real_or(c->ferry_range_m, c->range_m);
    const double cruise_mps = real_or(c->cruise_mps, c->range_speed_mps);
    const double fuel_kg = c->fuel_kg > 0.0 ? c->fuel_kg : MST_NOMINAL_AIRCRAFT_KG;
    mst_wing out = {.has_range = ferry_m > 0.0 && cruise_mps > 0.0,
                    .fuel_estimated = !(c->fuel_kg > 0.0)};
    mst_flight *f = &out.flight;
    f->tank_kg = fuel_kg * real_or(c->usable_fraction, 1.0);
    f->turnaround_s = seconds_or(c->turnaround, turnaround_h[size]);
    f->sorties_per_day = real_or(c->sorties_per_day, sorties_per_day[size]);
    if (!out.has_range)
        return out;
    f->cruise_mps = cruise_mps;
    f->cruise_kgpm = real_or(c->margin, 1.0) * fuel_kg / ferry_m;
    f->climb_kg = real_or(c->climb_frac, 0.06) * fuel_kg;
    f->loiter_kgps = real_or(c->loiter_factor, 0.8) * f->cruise_kgpm * cruise_mps;
    f->reserve_kg = seconds_or(c->reserve_loiter, 1.0 / 3.0) * f->loiter_kgps +
                    real_or(c->reserve_fuel_frac, 0.05) * fuel_kg;
    return out;
}

mst_accord mst_hull_accord(const mst_class_def *c, double *out_share)
{
    *out_share = (double)NAN;
    if (c->range_speed_mps > c->max_speed_mps * (1.0 + 1e-12))
        return MST_ACCORD_TOO_FAST;
    /* A share that is given, or a curve, is the author's word on the matter. */
    if (!isnan(c->hotel_share) || c->curve.count >= 2 || !has_pair(c) || !(c->fuel_kg > 0.0) ||
        !(c->power_w > 0.0) || !(c->max_speed_mps > 0.0))
        return MST_ACCORD;
    const double propulsion_kg = real_or(c->fuel_kg_per_kwh, 0.21) / 3.6e6 * c->power_w *
                                 cube(c->range_speed_mps / c->max_speed_mps) * c->range_m /
                                 c->range_speed_mps;
    const double share = 1.0 - propulsion_kg / c->fuel_kg;
    *out_share = share;
    if (share < -0.5 || share > 0.9)
        return MST_ACCORD_NEVER;
    return share < 0.0 || share > 0.6 ? MST_ACCORD_DOUBTFUL : MST_ACCORD;
}
