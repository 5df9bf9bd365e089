#include "engine/reach.h"

#include "base/units.h"

#include <math.h>
#include <string.h>

const char *const mst_rung_names[] = {"tank", "usable", "allotment", "time", "sea state"};

/* Hours asked of a unit: of its slot, else the least over the slots of its domain that are asked of
 * its side. */
static double hours_required_s(const mst_model *model, int32_t drill, int32_t unit, int32_t slot)
{
    const mst_drill_row *d = &model->drill[drill];
    if (slot >= 0)
        return d->slot[slot].min_hours_s;
    const bool is_candidate = !mst_model_is_host(d, model->unit[unit].state);
    double least = INFINITY;
    for (int32_t i = 0; i < d->slot_count; i++)
        if (d->slot[i].domain == model->unit[unit].domain &&
            d->slot[i].for_candidate == is_candidate && d->slot[i].min_hours_s < least)
            least = d->slot[i].min_hours_s;
    return isfinite(least) ? least : 0.0;
}

/* The host's port nearest to the muster point; -1: none. */
static int32_t nearest_host_port(const mst_model *model, const mst_drill_row *drill, double *out_m)
{
    int32_t best = -1;
    *out_m = (double)INFINITY;
    for (int32_t i = 0; i < model->unit_count; i++) {
        const mst_unit_row *other = &model->unit[i];
        if (other->domain != MST_NAVAL || other->home < 0 ||
            !mst_model_is_host(drill, other->state))
            continue;
        const mst_leg leg = mst_model_leg(model, drill->muster_spot, other->home);
        if (leg.route && leg.length_m < *out_m) {
            *out_m = leg.length_m;
            best = other->home;
        }
    }
    return best;
}

/* From the decision, or the start if that is later, to the end of the tolerance. */
static double seconds_allowed(const mst_model *model, const mst_drill_row *d)
{
    const muster_time from = d->decide_at > model->start ? d->decide_at : model->start;
    return fmax((double)(d->muster_at + d->tolerance - from) / (double)MUSTER_SECOND, 0.0);
}

/* Radii after each limit: `limit_kg` falls from rung to rung; burn per metre out and back. */
typedef struct ladder {
    double fuel_kg[MST_RUNG_TIME]; /* tank, usable, allotment: fuel for the mission */
    double fixed_kg;               /* climb                                         */
    double hold_kgps, drift_kgps;
    double burn_kgpm;
    double time_m; /* how far the time allows */
    bool sea_allows;
} ladder;

static void fill_ladder(const ladder *in, mst_reach *out)
{
    double radius = INFINITY, drifting = INFINITY;
    for (int32_t rung = MST_RUNG_TANK; rung <= MST_RUNG_ALLOTMENT; rung++) {
        const double fuel = in->fuel_kg[rung] - in->fixed_kg;
        radius = fmin(radius, (fuel - out->hours_s * in->hold_kgps) / (2.0 * in->burn_kgpm));
        drifting = fmin(drifting, (fuel - out->hours_s * in->drift_kgps) / (2.0 * in->burn_kgpm));
        out->radius_m[rung] = radius;
        out->drift_radius_m[rung] = drifting;
    }
    radius = fmin(radius, in->time_m);
    drifting = fmin(drifting, in->time_m);
    out->radius_m[MST_RUNG_TIME] = radius;
    out->drift_radius_m[MST_RUNG_TIME] = drifting;
    out->radius_m[MST_RUNG_SEA] = in->sea_allows ? radius : fmin(radius, 0.0);
    out->drift_radius_m[MST_RUNG_SEA] = in->sea_allows ? drifting : fmin(drifting, 0.0);
}

/* The first rung whose radius is below the distance required, and the verdict. */
static void judge(const ladder *in, mst_reach *out)
{
    const double required = 0.5 * (out->out_m + out->back_m);
    const double by_fuel = out->radius_m[MST_RUNG_ALLOTMENT];
    const double least = fmin(by_fuel - required, in->time_m - out->out_m);
    out->binding = !in->sea_allows           ? MST_RUNG_SEA
                   : in->time_m < out->out_m ? MST_RUNG_TIME
                                             : MST_RUNG_COUNT;
    for (int32_t rung = MST_RUNG_ALLOTMENT; rung >= 0; rung--)
        if (out->radius_m[rung] < required)
            out->binding = (mst_rung)rung;
    if (in->time_m < out->out_m && out->binding == MST_RUNG_SEA)
        out->binding = MST_RUNG_TIME;
    out->passes = out->has_way && out->has_range && out->binding == MST_RUNG_COUNT;
    out->margin = !in->sea_allows  ? -1.0
                  : required > 0.0 ? least / required
                                   : (least >= 0.0 ? INFINITY : -1.0);
    const double stay_kg = fmin(fmin(in->fuel_kg[MST_RUNG_TANK], in->fuel_kg[MST_RUNG_USABLE]),
                                in->fuel_kg[MST_RUNG_ALLOTMENT]) -
                           in->fixed_kg - 2.0 * required * in->burn_kgpm;
    out->station_s = stay_kg / in->hold_kgps;
    out->mission_kg = in->fixed_kg + 2.0 * required * in->burn_kgpm + out->hours_s * in->hold_kgps;
    out->mission_drift_kg =
        in->fixed_kg + 2.0 * required * in->burn_kgpm + out->hours_s * in->drift_kgps;
}

/* Where its own port is too far to return to, a host's may do. */
static void try_host_port(const mst_model *model, const mst_drill_row *d, const ladder *in,
                          mst_reach *out)
{
    mst_reach other = *out;
    const int32_t port = nearest_host_port(model, d, &other.back_m);
    if (port < 0 || other.back_m >= out->back_m)
        return;
    other.back_spot = port;
    judge(in, &other);
    if (other.passes)
        *out = other;
}

static void reach_of_ship(const mst_model *model, const mst_drill_row *d, const mst_unit_row *u,
                          int32_t home, mst_reach *out)
{
    const mst_leg leg = mst_model_leg(model, home, d->muster_spot);
    const double seconds = seconds_allowed(model, d);
    out->has_way = leg.route != NULL;
    out->out_m = out->back_m = leg.route ? leg.length_m : INFINITY;
    out->back_spot = leg.route ? home : -1;
    if (!out->has_range)
        return;
    const double needed = out->has_way && seconds > 0.0 ? out->out_m / seconds : 0.0;
    out->speed_mps = fmin(fmax(u->law.economical_mps, needed), u->sustained_mps);
    ladder in = {
        .fuel_kg = {u->on_board_kg - u->reserve_kg, u->usable_frac * u->on_board_kg - u->reserve_kg,
                    out->issued_kg},
        .hold_kgps = mst_law_rate_kgps(&u->law, fmin(u->station_mps, u->max_mps)),
        .drift_kgps = mst_law_rate_kgps(&u->law, 0.0),
        .burn_kgpm = mst_law_rate_kgps(&u->law, out->speed_mps) / out->speed_mps,
        .time_m = u->sustained_mps * seconds,
        .sea_allows = d->sea_state <= u->sea_limit,
    };
    out->reach_m = mst_law_range_m(&u->law, u->on_board_kg, u->law.economical_mps);
    fill_ladder(&in, out);
    if (!out->has_way)
        return;
    judge(&in, out);
    out->latest_sail =
        d->muster_at + d->tolerance - muster_time_from_seconds(out->out_m / u->sustained_mps);
    if (d->host_ports && !out->passes)
        try_host_port(model, d, &in, out);
}

static void reach_of_aircraft(const mst_model *model, const mst_drill_row *d, const mst_unit_row *u,
                              int32_t home, mst_reach *out)
{
    /* A carried helicopter flies from a parent that is in the area itself. */
    const double way = u->parent >= 0 ? 0.0
                                      : muster_geo_distance_m(model->spot[home].point,
                                                              model->spot[d->muster_spot].point);
    out->has_way = true;
    out->out_m = out->back_m = way;
    out->back_spot = home;
    if (!out->has_range)
        return;
    const mst_flight *f = &u->flight;
    const double fuel = f->tank_kg - f->reserve_kg;
    ladder in = {
        .fuel_kg = {fuel, fuel, u->allotment_sorties >= 1.0 ? out->issued_kg : 0.0},
        .fixed_kg = f->climb_kg,
        .hold_kgps = f->loiter_kgps,
        .drift_kgps = 0.0, /* the second column: out and back without a stay */
        .burn_kgpm = f->cruise_kgpm,
        .time_m = f->cruise_mps * seconds_allowed(model, d),
        .sea_allows = true,
    };
    out->speed_mps = f->cruise_mps;
    out->reach_m = f->tank_kg / f->cruise_kgpm;
    fill_ladder(&in, out);
    judge(&in, out);
    out->latest_sail = d->muster_at + d->tolerance - muster_time_from_seconds(way / f->cruise_mps);
}

static mst_reach reach_with(const mst_model *model, int32_t drill, int32_t unit, int32_t slot,
                            int32_t home_spot, double issued_kg, double hours_s)
{
    const mst_drill_row *d = &model->drill[drill];
    const mst_unit_row *u = &model->unit[unit];
    const int32_t home = home_spot >= 0 ? home_spot : u->home;
    mst_reach out = {.unit = unit,
                     .drill = drill,
                     .slot = slot,
                     .has_range = u->has_range,
                     .back_spot = -1,
                     .issued_kg = issued_kg,
                     .hours_s = hours_s,
                     .binding = MST_RUNG_TANK,
                     .margin = -INFINITY,
                     .latest_sail = MUSTER_NEVER};
    if (u->domain == MST_NAVAL)
        reach_of_ship(model, d, u, home, &out);
    else
        reach_of_aircraft(model, d, u, home, &out);
    return out;
}

mst_reach mst_reach_issued(const mst_model *model, int32_t drill, int32_t unit, int32_t slot,
                           int32_t home_spot, double issued_kg)
{
    return reach_with(model, drill, unit, slot, home_spot, issued_kg,
                      hours_required_s(model, drill, unit, slot));
}

mst_reach mst_reach_staying(const mst_model *model, int32_t drill, int32_t unit, double hours_s)
{
    return reach_with(model, drill, unit, -1, -1, mst_issued_kg(model, NULL, drill, unit), hours_s);
}

bool mst_reach_before(const mst_model *model, const mst_reach *a, const mst_reach *b)
{
    if (a->margin < b->margin || a->margin > b->margin)
        return a->margin > b->margin;
    return strcmp(model->unit[a->unit].id, model->unit[b->unit].id) < 0;
}

mst_misfit mst_slot_misfit(const mst_model *model, int32_t drill, int32_t slot, int32_t unit,
                           uint64_t *out_missing_kit)
{
    const mst_slot_row *s = &model->drill[drill].slot[slot];
    const mst_unit_row *u = &model->unit[unit];
    if (out_missing_kit)
        *out_missing_kit = s->kit & ~u->kit;
    if (s->domain != u->domain || (s->role & ~u->roles))
        return MST_LACKS_ROLE;
    if (s->kit & ~u->kit)
        return MST_LACKS_KIT;
    if (!u->has_range)
        return MST_NO_RANGE;
    const double sustained = u->domain == MST_NAVAL ? u->sustained_mps : u->flight.cruise_mps;
    if (s->sustained_mps > sustained * (1.0 + 1e-12))
        return MST_TOO_SLOW;
    if (u->domain == MST_NAVAL && u->sea_limit < s->sea_state)
        return MST_SEA_LIMIT;
    return MST_FITS;
}

bool mst_slot_fits(const mst_model *model, int32_t drill, int32_t slot, int32_t unit)
{
    return mst_slot_misfit(model, drill, slot, unit, NULL) == MST_FITS;
}
