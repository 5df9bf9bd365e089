/* Reach with what is issued: a state's pool of fuel is shared out at acceptance, in contingent order,
 * never first-come at sea (DEFINITIONS 2). */
#include "engine/reach.h"

#include <math.h>

double mst_pool_left_kg(const mst_model *model, const mst_fleet_now *now, int32_t drill,
                        int32_t state)
{
    const mst_state_row *s = &model->state[state];
    const muster_time at = model->drill[drill].decide_at;
    if (isnan(s->pool_kg) && isnan(s->pool_kgps))
        return (double)INFINITY;
    const double seconds = (double)(at - model->start) / (double)MUSTER_SECOND;
    const double come_in = isnan(s->pool_kgps) ? 0.0 : s->pool_kgps * fmax(seconds, 0.0);
    const double used = now && now->pool_used_kg ? now->pool_used_kg[state] : 0.0;
    return fmax((isnan(s->pool_kg) ? 0.0 : s->pool_kg) + come_in - used, 0.0);
}

static bool is_free(const mst_model *model, const mst_fleet_now *now, int32_t unit)
{
    return (now && now->serviceable ? now->serviceable[unit] : model->unit[unit].serviceable) > 0;
}

static bool fits_some_slot(const mst_model *model, int32_t drill, int32_t unit)
{
    for (int32_t i = 0; i < model->drill[drill].slot_count; i++)
        if (mst_slot_fits(model, drill, i, unit))
            return true;
    return false;
}

/* With its own allotment, whatever the pool holds. */
static mst_reach own_reach(const mst_model *model, const mst_fleet_now *now, int32_t drill,
                           int32_t unit, int32_t slot)
{
    if (now && now->cache)
        return *mst_reach_cached(now->cache, model, drill, unit, slot);
    return mst_reach_issued(model, drill, unit, slot, -1, model->unit[unit].allotment_kg);
}

static mst_reach alone(const mst_model *model, const mst_fleet_now *now, int32_t drill,
                       int32_t unit)
{
    return own_reach(model, now, drill, unit, -1);
}

/* The unit whose turn comes after another's (null: the first turn); -1: none. */
static int32_t next_turn(const mst_model *model, const mst_fleet_now *now, int32_t drill,
                         int32_t state, const mst_reach *after)
{
    int32_t best = -1;
    mst_reach best_reach = {0};
    for (int32_t i = 0; i < model->unit_count; i++) {
        if (model->unit[i].state != state || !fits_some_slot(model, drill, i))
            continue;
        const mst_reach reach = alone(model, now, drill, i);
        if ((after && !mst_reach_before(model, after, &reach)) ||
            (best >= 0 && !mst_reach_before(model, &reach, &best_reach)))
            continue;
        best = i;
        best_reach = reach;
    }
    return best;
}

/* Missions that a unit flies or sails at once. */
static double number_of(const mst_model *model, int32_t unit)
{
    return model->unit[unit].domain == MST_AIR ? (double)model->unit[unit].count : 1.0;
}

/* Takes a unit's turn; what it is issued (each aircraft of a squadron). */
static double take_turn(const mst_model *model, const mst_fleet_now *now, int32_t drill,
                        int32_t unit, double *left_kg)
{
    const mst_reach reach = alone(model, now, drill, unit);
    const double own_kg = model->unit[unit].allotment_kg;
    const double number = number_of(model, unit);
    if (!is_free(model, now, unit) || !reach.passes || reach.mission_kg * number > *left_kg)
        return fmin(own_kg, *left_kg / number);
    *left_kg -= reach.mission_kg * number;
    return own_kg;
}

/* True if the pool serves everybody who could go, so that turns do not matter. */
static bool is_ample(const mst_model *model, const mst_fleet_now *now, int32_t drill, int32_t state,
                     double left_kg)
{
    for (int32_t i = 0; i < model->unit_count && left_kg >= 0.0; i++) {
        if (model->unit[i].state != state || !fits_some_slot(model, drill, i))
            continue;
        const mst_reach reach = alone(model, now, drill, i);
        left_kg -= reach.passes ? reach.mission_kg * number_of(model, i) : 0.0;
    }
    return left_kg >= 0.0;
}

double mst_issued_kg(const mst_model *model, const mst_fleet_now *now, int32_t drill, int32_t unit)
{
    const mst_drill_row *d = &model->drill[drill];
    const int32_t state = model->unit[unit].state;
    double left_kg = mst_pool_left_kg(model, now, drill, state);
    if (isinf(left_kg) || is_ample(model, now, drill, state, left_kg))
        return model->unit[unit].allotment_kg;
    if (state < 64 && (d->listed >> state & 1U)) {
        for (int32_t i = 0; i < d->contingent_count; i++) {
            if (model->unit[d->contingent[i]].state != state)
                continue;
            const double issued = take_turn(model, now, drill, d->contingent[i], &left_kg);
            if (d->contingent[i] == unit)
                return issued;
        }
        return fmin(model->unit[unit].allotment_kg, left_kg);
    }
    mst_reach last;
    for (int32_t at = next_turn(model, now, drill, state, NULL); at >= 0;
         at = next_turn(model, now, drill, state, &last)) {
        const double issued = take_turn(model, now, drill, at, &left_kg);
        if (at == unit)
            return issued;
        last = alone(model, now, drill, at);
    }
    return fmin(model->unit[unit].allotment_kg, left_kg);
}

/* ---- the ladder of a unit ------------------------------------------------------------------------- */

/* From its home, with what it is issued now. */
static mst_reach reach_issued(const mst_model *model, const mst_fleet_now *now, int32_t drill,
                              int32_t unit, int32_t slot)
{
    const double own_kg = model->unit[unit].allotment_kg;
    const double issued_kg = mst_issued_kg(model, now, drill, unit);
    const bool is_own = issued_kg >= own_kg && issued_kg <= own_kg;
    return is_own ? own_reach(model, now, drill, unit, slot)
                  : mst_reach_issued(model, drill, unit, slot, -1, issued_kg);
}

static mst_reach reach_as(const mst_model *model, const mst_fleet_now *now, int32_t drill,
                          int32_t unit, int32_t slot, int32_t home_spot)
{
    const int32_t parent = model->unit[unit].parent;
    mst_reach out = home_spot < 0 ? reach_issued(model, now, drill, unit, slot)
                                  : mst_reach_issued(model, drill, unit, slot, home_spot,
                                                     mst_issued_kg(model, now, drill, unit));
    if (parent < 0)
        return out;
    const mst_reach ship = reach_issued(model, now, drill, parent, -1);
    if (!ship.passes && out.passes) { /* it gets no farther than its ship */
        out.passes = false;
        out.binding = ship.binding;
        out.has_way = ship.has_way;
        out.has_range = ship.has_range;
        out.margin = fmin(out.margin, ship.margin);
    }
    return out;
}

mst_reach mst_reach_of(const mst_model *model, int32_t drill, int32_t unit, int32_t slot,
                       int32_t home_spot)
{
    return reach_as(model, NULL, drill, unit, slot, home_spot);
}

mst_reach mst_reach_now(const mst_model *model, const mst_fleet_now *now, int32_t drill,
                        int32_t unit, int32_t slot)
{
    return reach_as(model, now, drill, unit, slot, -1);
}
