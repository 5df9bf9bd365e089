/* Tracks of ships: between two LEG or HOLD records place and fuel are closed form. */
#include "outcome/fold.h"

#include "base/units.h"

#include <math.h>

static bool is_track(const mst_record *record, int32_t unit)
{
    return record->unit == unit &&
           (record->kind == MST_RECORD_LEG || record->kind == MST_RECORD_HOLD);
}

muster_time mst_track_end(const mst_run *run)
{
    const muster_time now = run->clock->now, end = run->model->end;
    return now > end || end == MUSTER_NEVER ? now : end;
}

bool mst_stretch_next(const mst_run *run, int32_t unit, int32_t *inout_next, mst_stretch *out)
{
    const int32_t count = run->clock->record_count;
    int32_t i = *inout_next;
    while (i < count && !is_track(&run->record[i], unit))
        i++;
    if (i == count) {
        *inout_next = count;
        return false;
    }
    int32_t next = i + 1;
    while (next < count && !is_track(&run->record[next], unit))
        next++;
    *inout_next = next;
    out->record = &run->record[i];
    out->until = next < count ? run->record[next].time : mst_track_end(run);
    if (out->until < out->record->time)
        out->until = out->record->time;
    out->is_leg = out->record->kind == MST_RECORD_LEG;
    return true;
}

static double seconds(muster_time from, muster_time until)
{
    return (double)(until - from) / (double)MUSTER_SECOND;
}

double mst_stretch_fuel_kg(const mst_stretch *stretch, muster_time at)
{
    const mst_record *r = stretch->record;
    return fmax(0.0, r->fuel_kg - r->burn_kgps * seconds(r->time, at));
}

double mst_stretch_below_s(const mst_stretch *stretch, double level_kg)
{
    const mst_record *r = stretch->record;
    const double length = seconds(r->time, stretch->until);
    if (r->fuel_kg < level_kg)
        return length;
    if (!(r->burn_kgps > 0.0))
        return 0.0;
    return fmax(0.0, length - (r->fuel_kg - level_kg) / r->burn_kgps);
}

void mst_track_begin(mst_track *track, const mst_run *run, int32_t unit)
{
    *track = (mst_track){.run = run, .unit = unit};
    track->has_ahead = mst_stretch_next(run, unit, &track->next, &track->ahead);
}

/* The stretch a unit is in at a time; false before its first record. */
static bool stretch_at(mst_track *track, muster_time at, mst_stretch *out)
{
    while (track->has_ahead && track->ahead.record->time <= at) {
        track->now = track->ahead;
        track->has_now = true;
        track->has_ahead = mst_stretch_next(track->run, track->unit, &track->next, &track->ahead);
    }
    *out = track->now;
    return track->has_now;
}

double mst_track_fuel_at(mst_track *track, muster_time at)
{
    const mst_unit_row *row = &track->run->model->unit[track->unit];
    mst_stretch stretch;
    if (row->domain == MST_AIR)
        return (double)NAN; /* fuel of aircraft is per sortie, not per squadron */
    if (!stretch_at(track, at, &stretch))
        return row->on_board_kg;
    return mst_stretch_fuel_kg(&stretch, at < stretch.until ? at : stretch.until);
}

double mst_track_fuel_kg(const mst_run *run, int32_t unit, muster_time at)
{
    mst_track track;
    mst_track_begin(&track, run, unit);
    return mst_track_fuel_at(&track, at);
}

muster_point mst_track_place(const mst_run *run, int32_t unit, muster_time at)
{
    const mst_unit_row *row = &run->model->unit[unit];
    mst_track track;
    mst_track_begin(&track, run, row->parent >= 0 ? row->parent : unit);
    return mst_track_place_at(&track, at);
}

muster_point mst_track_place_at(mst_track *track, muster_time at)
{
    const mst_run *run = track->run;
    const int32_t unit = track->unit;
    const mst_model *model = run->model;
    const mst_unit_row *row = &model->unit[unit];
    mst_stretch stretch;
    if (row->parent >= 0 && row->parent != unit)
        return mst_track_place(run, row->parent, at);
    if (row->domain == MST_AIR || !stretch_at(track, at, &stretch))
        return model->spot[row->home].point;
    const mst_record *r = stretch.record;
    const muster_time when = at < stretch.until ? at : stretch.until;
    if (stretch.is_leg) {
        const mst_leg way = mst_model_leg(model, r->a, r->b);
        if (way.route)
            return mst_leg_position(
                &way, fmin(way.length_m, r->start_m + r->speed_mps * seconds(r->time, when)));
        return model->spot[row->home].point; /* a leg without a route is never sailed */
    }
    if (r->a >= 0 && r->a < model->spot_count)
        return model->spot[r->a].point;
    /* adrift in mid-leg: c and d are the leg's ends */
    const mst_leg leg = mst_model_leg(model, r->c, r->d);
    if (leg.route)
        return mst_leg_position(&leg, r->start_m);
    return r->time > model->start ? mst_track_place(run, unit, r->time - 1)
                                  : model->spot[row->home].point;
}
