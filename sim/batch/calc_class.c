/* Classes of a scenario as ships and aircraft of the slide rule. */
#include "batch/calc_check.h"

#include "load/scenario.h"
#include "model/craft.h"
#include "model/lookup.h"

#include <math.h>

static const mst_class_def *class_of(const muster_scenario *scenario, const char *id, bool naval,
                                     const char **reason)
{
    const mst_list *classes = &scenario->spec.classes;
    if (scenario->is_faulty) {
        *reason = "the scenario has mistakes";
        return NULL;
    }
    const int32_t found = mst_table_find(classes, sizeof(mst_class_def), id);
    if (found < 0) {
        *reason = "there is no class of that name";
        return NULL;
    }
    const mst_class_def *c = MST_AT(const mst_class_def, classes, found);
    if (mst_craft_is_naval(c->craft >= 0 ? (mst_craft)c->craft : MST_SHIP) == naval)
        return c;
    *reason = naval ? "the class is an aircraft" : "the class is a ship";
    return NULL;
}

/* Without a greatest speed the fastest speed named counts, as compile has it. */
static bool fill_speeds(const mst_class_def *c, muster_ship *out)
{
    mst_arena arena;
    mst_hull hull;
    mst_arena_init(&arena, NULL);
    const bool good = mst_hull_of(c, &arena, &hull);
    mst_arena_clear(&arena);
    if (good && isnan(c->max_speed_mps)) {
        out->max_speed_mps = hull.max_mps;
        out->sustained_speed_mps = hull.sustained_mps;
    }
    return good;
}

bool muster_calc_class_ship(const muster_scenario *scenario, const char *id, muster_ship *out,
                            const char **reason)
{
    const mst_class_def *c = class_of(scenario, id, true, reason);
    if (!c)
        return false;
    muster_ship ship = muster_calc_ship();
    ship.range_m = c->range_m;
    ship.range_speed_mps = c->range_speed_mps;
    ship.fuel_kg = c->fuel_kg;
    ship.power_w = c->power_w;
    ship.max_speed_mps = c->max_speed_mps;
    ship.sustained_speed_mps = c->sustained_speed_mps;
    ship.station_speed_mps = c->station_speed_mps;
    ship.hotel_share = c->hotel_share;
    ship.exponent = c->exponent;
    ship.margin = c->margin;
    ship.reserve_frac = c->reserve_frac;
    ship.usable_fraction = c->usable_fraction;
    if (c->curve.count > MUSTER_CURVE_MAX) {
        *reason = "its curve has more than 64 points";
        return false;
    }
    for (int32_t i = 0; i < c->curve.count; i++) {
        const mst_curve_def *point = MST_AT(const mst_curve_def, &c->curve, i);
        ship.curve[ship.curve_count++] = (muster_burn){point->speed_mps, point->rate_kgps};
    }
    if (!fill_speeds(c, &ship)) {
        *reason = "out of memory";
        return false;
    }
    *out = ship;
    return true;
}

bool muster_calc_class_plane(const muster_scenario *scenario, const char *id, muster_plane *out,
                             const char **reason)
{
    const mst_class_def *c = class_of(scenario, id, false, reason);
    if (!c)
        return false;
    *out = (muster_plane){
        /* its range pair serves where these are missing, as in mst_wing_of */
        .ferry_range_m = isnan(c->ferry_range_m) ? c->range_m : c->ferry_range_m,
        .cruise_mps = isnan(c->cruise_mps) ? c->range_speed_mps : c->cruise_mps,
        .fuel_kg = c->fuel_kg,
        .margin = c->margin,
        .usable_fraction = c->usable_fraction,
        .climb_frac = c->climb_frac,
        .loiter_factor = c->loiter_factor,
        .reserve_fuel_frac = c->reserve_fuel_frac,
        .reserve_loiter_s = c->reserve_loiter == MUSTER_NEVER
                                ? (double)NAN
                                : (double)c->reserve_loiter / (double)MUSTER_SECOND,
    };
    return true;
}
