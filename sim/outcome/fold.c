/* From records to outcomes: who took part, arrivals, fuel, the muster, hours in the area. */
#include "outcome/fold.h"

#include <math.h>
#include <string.h>

static double seconds(muster_time from, muster_time until)
{
    return (double)(until - from) / (double)MUSTER_SECOND;
}

static const mst_record *records(const mst_outcomes *out, int32_t *out_count)
{
    *out_count = out->run->clock->record_count;
    return out->run->record;
}

/* ---- drills ------------------------------------------------------------------------------- */

static void drill_record(mst_outcomes *out, const mst_record *r)
{
    if (r->a < 0 || r->a >= out->model->drill_count)
        return;
    mst_drill_outcome *d = &out->drill[r->a];
    switch (r->kind) {
    case MST_RECORD_DECIDED: /* the last decision stands */
        if (r->real > 0.5)
            d->states |= mst_state_bit(r->b);
        else
            d->states &= ~mst_state_bit(r->b);
        break;
    case MST_RECORD_DRILL_STARTED:
        d->mustered = true;
        d->started_at = r->time;
        break;
    case MST_RECORD_DRILL_FAILED:
        d->cause = (mst_cause)r->b;
        d->ended_at = r->time;
        break;
    case MST_RECORD_DRILL_ENDED:
        d->ended_at = r->time;
        break;
    case MST_RECORD_MUSTERED:
        d->ready_unit_count++;
        break;
    default:
        break;
    }
}

void mst_fold_drills(mst_outcomes *out)
{
    int32_t count;
    const mst_record *record = records(out, &count);
    for (int32_t i = 0; i < out->model->drill_count; i++)
        out->drill[i] = (mst_drill_outcome){.started_at = MUSTER_NEVER,
                                            .ended_at = MUSTER_NEVER,
                                            .delay_s = (double)NAN,
                                            .delay_unit = -1};
    for (int32_t i = 0; i < count; i++)
        drill_record(out, &record[i]);
    for (int32_t i = 0; i < out->model->drill_count; i++) {
        mst_drill_outcome *d = &out->drill[i];
        for (int32_t s = 0; s < out->model->state_count; s++)
            d->participant_count += (d->states & mst_state_bit(s)) != 0;
        if (d->ended_at == MUSTER_NEVER) /* the horizon cut it off */
            d->ended_at = out->model->drill[i].end < mst_track_end(out->run)
                              ? out->model->drill[i].end
                              : mst_track_end(out->run);
    }
}

int32_t mst_unit_drill(const mst_run *run, int32_t unit)
{
    const mst_model *m = run->model;
    const mst_unit_row *row = &m->unit[unit];
    if (row->group >= 0 && m->group[row->group].drill >= 0)
        return m->group[row->group].drill;
    if (run->unit && run->unit[unit].drill >= 0 && run->unit[unit].drill < m->drill_count)
        return run->unit[unit].drill;
    for (int32_t d = 0; d < m->drill_count; d++)
        for (int32_t i = 0; i < m->drill[d].contingent_count; i++)
            if (m->drill[d].contingent[i] == unit)
                return d;
    return -1;
}

/* ---- units -------------------------------------------------------------------------------- */

static void unit_record(mst_outcomes *out, const mst_record *r)
{
    mst_unit_outcome *u = &out->unit[r->unit];
    const mst_model *m = out->model;
    switch (r->kind) {
    case MST_RECORD_REACHED:
        if (u->drill >= 0 && r->a == m->drill[u->drill].muster_spot &&
            u->arrived_at == MUSTER_NEVER)
            u->arrived_at = r->time;
        break;
    case MST_RECORD_MUSTERED:
        if (u->arrived_at == MUSTER_NEVER)
            u->arrived_at = r->time;
        break;
    case MST_RECORD_TAKEOFF:
        if (u->sailed_at == MUSTER_NEVER)
            u->sailed_at = r->time;
        u->took_part = true;
        u->sorties++;
        break;
    case MST_RECORD_LANDED:
        u->used_kg += r->real;
        break;
    case MST_RECORD_ADRIFT:
        u->adrift = true;
        u->adrift_at = r->time;
        if (u->cause == MST_CAUSE_NONE)
            u->cause = MST_CAUSE_FUEL;
        break;
    case MST_RECORD_ABSENT:
    case MST_RECORD_WITHDRAWN:
    case MST_RECORD_DETACHED:
        if (u->cause == MST_CAUSE_NONE)
            u->cause = (mst_cause)r->b;
        break;
    default:
        break;
    }
}

/* One stretch of a ship's track: way, burn, and time below its levels (not alongside). */
static void add_stretch(const mst_outcomes *out, int32_t unit, const mst_stretch *s)
{
    mst_unit_outcome *u = &out->unit[unit];
    const mst_unit_row *row = &out->model->unit[unit];
    const mst_record *r = s->record;
    const double length_s = seconds(r->time, s->until);
    const double after_kg = mst_stretch_fuel_kg(s, s->until);
    u->used_kg += r->fuel_kg - after_kg;
    u->end_kg = after_kg;
    if (s->is_leg) {
        const mst_leg leg = mst_model_leg(out->model, r->a, r->b);
        const double way_m = r->speed_mps * length_s;
        u->distance_m += leg.route ? fmin(way_m, fmax(0.0, leg.length_m - r->start_m)) : way_m;
        if (u->sailed_at == MUSTER_NEVER)
            u->sailed_at = r->time;
        u->took_part = true;
    } else if (r->b == MST_HOLD_PORT) {
        return; /* alongside nobody counts as short of fuel */
    }
    u->below_floor_s += mst_stretch_below_s(s, 0.6 * row->tank_kg);
    u->below_reserve_s += mst_stretch_below_s(s, row->reserve_kg);
    if (after_kg < u->least_frac * row->tank_kg) {
        u->least_frac = after_kg / row->tank_kg;
        u->least_at = s->until;
    }
}

static void fold_ship(mst_outcomes *out, int32_t unit)
{
    mst_unit_outcome *u = &out->unit[unit];
    const mst_unit_row *row = &out->model->unit[unit];
    mst_stretch stretch;
    int32_t next = 0;
    u->end_kg = row->on_board_kg;
    u->least_frac = row->on_board_kg / row->tank_kg;
    u->least_at = out->model->start;
    while (mst_stretch_next(out->run, unit, &next, &stretch))
        add_stretch(out, unit, &stretch);
}

static void waits(mst_outcomes *out, mst_unit_outcome *u)
{
    if (u->drill < 0 || u->arrived_at == MUSTER_NEVER)
        return;
    const mst_drill_outcome *d = &out->drill[u->drill];
    const muster_time at = out->model->drill[u->drill].muster_at;
    const muster_time until = d->mustered ? d->started_at : d->ended_at;
    if (until > u->arrived_at)
        u->wait_s = seconds(u->arrived_at, until);
    if (u->arrived_at - at > MUSTER_SECOND) /* late means by more than a second */
        u->late_s = seconds(at, u->arrived_at);
}

void mst_fold_units(mst_outcomes *out)
{
    int32_t count;
    const mst_model *m = out->model;
    const mst_record *record = records(out, &count);
    for (int32_t i = 0; i < m->unit_count; i++) {
        out->unit[i] = (mst_unit_outcome){.drill = mst_unit_drill(out->run, i),
                                          .sailed_at = MUSTER_NEVER,
                                          .arrived_at = MUSTER_NEVER,
                                          .end_kg = (double)NAN,
                                          .least_frac = (double)NAN,
                                          .least_at = MUSTER_NEVER,
                                          .adrift_at = MUSTER_NEVER};
        if (m->unit[i].domain == MST_NAVAL)
            fold_ship(out, i);
    }
    for (int32_t i = 0; i < count; i++)
        if (record[i].unit >= 0 && record[i].unit < m->unit_count)
            unit_record(out, &record[i]);
    for (int32_t i = 0; i < m->unit_count; i++) {
        mst_unit_outcome *u = &out->unit[i];
        waits(out, u);
        if (u->drill < 0)
            continue;
        if (u->took_part)
            out->drill[u->drill].used_kg += u->used_kg;
        else if (u->cause == MST_CAUSE_NONE &&
                 !(out->drill[u->drill].states & mst_state_bit(m->unit[i].state)))
            u->cause = MST_CAUSE_POLITICS;
    }
}

/* ---- muster ------------------------------------------------------------------------------- */

/* Units that arrived for a drill, in order of arrival, equal times by index. */
static int32_t arrivals(const mst_outcomes *out, int32_t drill, int32_t *order)
{
    int32_t count = 0;
    for (int32_t i = 0; i < out->model->unit_count; i++) {
        const muster_time at = out->unit[i].arrived_at;
        if (out->unit[i].drill != drill || at == MUSTER_NEVER)
            continue;
        int32_t k = count++;
        for (; k > 0 && out->unit[order[k - 1]].arrived_at > at; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    return count;
}

void mst_fold_muster(mst_outcomes *out)
{
    const mst_model *m = out->model;
    int32_t *order = mst_arena_array(&out->arena, (size_t)m->unit_count, sizeof *order);
    for (int32_t i = 0; order && i < m->drill_count; i++) {
        mst_drill_outcome *d = &out->drill[i];
        if (!d->mustered)
            continue;
        const int32_t count = arrivals(out, i, order);
        const int32_t last = mst_places_last(out->run, i, d->states, order, count);
        if (last < 0)
            continue;
        d->delay_unit = order[last];
        d->delay_s = seconds(m->drill[i].muster_at, out->unit[order[last]].arrived_at);
    }
}

/* ---- the whole ---------------------------------------------------------------------------- */

static bool allocate(mst_outcomes *out)
{
    const mst_model *m = out->model;
    mst_arena *arena = &out->arena;
    out->unit = mst_arena_array(arena, (size_t)m->unit_count, sizeof *out->unit);
    out->group = mst_arena_array(arena, (size_t)m->group_count, sizeof *out->group);
    out->serial = mst_arena_array(arena, (size_t)m->serial_count, sizeof *out->serial);
    out->drill = mst_arena_array(arena, (size_t)m->drill_count, sizeof *out->drill);
    out->air = mst_arena_array(arena, (size_t)m->drill_count, sizeof *out->air);
    for (int32_t i = 0; out->air && i < m->drill_count; i++)
        out->air[i] = mst_arena_array(arena, (size_t)m->drill[i].air_count, sizeof *out->air[i]);
    return !arena->failed;
}

muster_status mst_outcomes_make(const mst_run *run, const muster_memory *memory, mst_outcomes **out)
{
    *out = NULL;
    mst_outcomes *made = mst_memory_alloc(memory, sizeof *made);
    if (!made)
        return MUSTER_WORLD;
    memset(made, 0, sizeof *made);
    mst_arena_init(&made->arena, memory);
    made->run = run;
    made->model = run->model;
    if (allocate(made)) {
        mst_fold_drills(made);
        mst_fold_units(made);
        mst_fold_muster(made);
        mst_fold_presence(made);
        mst_fold_groups(made);
        mst_fold_air(made);
        mst_fold_serials(made);
        mst_fold_pairs(made);
    }
    if (made->arena.failed) {
        mst_outcomes_free(made);
        return MUSTER_WORLD;
    }
    *out = made;
    return MUSTER_OK;
}

void mst_outcomes_free(mst_outcomes *outcomes)
{
    if (!outcomes)
        return;
    const muster_memory *memory = outcomes->arena.memory;
    mst_arena_clear(&outcomes->arena);
    mst_memory_free(memory, outcomes);
}
