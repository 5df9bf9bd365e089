/* When a part that slows is taken as full, serials are shorter. Often that surely changes no outcome,
 * and then nothing need be run again. */
#include "outcome/fold.h"

#include "activity/interop.h"
#include "activity/serial.h"
#include "engine/chance.h"

#include <math.h>

static double seconds(muster_time from, muster_time until)
{
    return (double)(until - from) / (double)MUSTER_SECOND;
}

/* When a serial would end if states worked together as a view of the model says. */
static muster_time end_in(const mst_outcomes *out, const mst_model *view, int32_t serial)
{
    const mst_serial_row *row = &out->model->serial[serial];
    const mst_serial_outcome *s = &out->serial[serial];
    const double factor =
        mst_fit_of(view, s->states, row->parts).time_factor * mst_chance_length(out->run, serial);
    return s->start +
           muster_time_from_seconds((double)row->length / (double)MUSTER_SECOND * factor);
}

/* Mean over a time of the smaller of n and the aircraft on station, over n, from the records. */
static double coverage(const mst_outcomes *out, const mst_serial_row *row, muster_time from,
                       muster_time until)
{
    const double wanted = out->model->drill[row->drill].air[row->air].count;
    muster_time last = from;
    double covered_s = 0.0;
    int32_t present = 0;
    for (int32_t i = 0; i < out->run->clock->record_count; i++) {
        const mst_record *r = &out->run->record[i];
        if ((r->kind != MST_RECORD_ON_STATION && r->kind != MST_RECORD_OFF_STATION) ||
            r->a != row->air || r->c != row->drill)
            continue;
        const muster_time to = r->time < until ? r->time : until;
        if (to > last) {
            covered_s += seconds(last, to) * fmin(present, wanted) / wanted;
            last = to;
        }
        present += r->kind == MST_RECORD_ON_STATION ? 1 : -1;
    }
    if (until > last)
        covered_s += seconds(last, until) * fmin(present, wanted) / wanted;
    return covered_s / seconds(from, until);
}

/* Held from its begin to its end, and for its aircraft also in the time it would have: well above
 * what is asked, so that no rounding matters. */
static bool stays_held(const mst_outcomes *out, const mst_model *view, int32_t serial)
{
    const mst_serial_row *row = &out->model->serial[serial];
    const mst_serial_outcome *s = &out->serial[serial];
    if (!s->needs_held || s->held_share < 1.0 - 1e-9 || row->after >= 0 || row->instance < 0 ||
        out->model->instance[row->instance].type->on_event != mst_serial_event)
        return false;
    const muster_time end = end_in(out, view, serial);
    if (end <= s->start || end > s->end)
        return false;
    return row->air < 0 || coverage(out, row, s->start, end) > row->air_coverage + 1e-6;
}

/* None waits for the end of another, so that each can be looked at by itself. */
static bool is_all_held(const mst_outcomes *out, const mst_model *view, int32_t drill)
{
    for (int32_t i = 0; i < out->model->drill[drill].serial_count; i++)
        if (!stays_held(out, view, out->model->drill[drill].serial[i]))
            return false;
    return true;
}

/* The fastest that serials of the drill let a ship burn, held or not. */
static double most_kgps(const mst_model *m, int32_t drill, const mst_unit_row *unit)
{
    double most = fmax(mst_law_rate_kgps(&unit->law, 0.0),
                       mst_law_rate_kgps(&unit->law, fmin(unit->station_mps, unit->law.max_mps)));
    for (int32_t i = 0; i < m->drill[drill].serial_count; i++) {
        const mst_serial_row *row = &m->serial[m->drill[drill].serial[i]];
        const mst_serial_param *param = m->instance[row->instance].param;
        const double speed = fmin(param->speed_mps, fmin(unit->max_mps, unit->law.max_mps));
        most = fmax(most, mst_law_rate_kgps(&unit->law, speed));
    }
    return most;
}

/* No ship of the drill runs dry before the drill ends, whatever is held when. Floor and reserve are told
 * but change nothing that a serial needs. */
static bool is_fuel_ample(const mst_outcomes *out, int32_t drill)
{
    const mst_model *m = out->model;
    for (int32_t i = 0; i < m->unit_count; i++) {
        const mst_unit_state *s = mst_run_fork_unit(out->run, i);
        const mst_unit_row *row = &m->unit[i];
        if (row->domain != MST_NAVAL || s->drill != drill || !row->has_range)
            continue;
        const muster_time now = mst_run_fork_time(out->run);
        const double fuel_kg = s->fuel_kg - s->burn_kgps * seconds(s->since, now);
        const double most_kg =
            most_kgps(m, drill, row) * fmax(seconds(now, m->drill[drill].end), 0.0);
        /* a ship under way is late: what it burns until it is there is not known here */
        if (s->hold < 0 || !(fuel_kg > most_kg))
            return false;
    }
    return true;
}

bool mst_serials_unmoved(const mst_outcomes *out, const mst_model *view, int32_t drill)
{
    return out->run->has_fork && is_all_held(out, view, drill) && is_fuel_ample(out, drill);
}
