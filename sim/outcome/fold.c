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

/* ---- units -------------------------------------------------------------------------------- */

bool mst_unit_is_meant(const mst_model *model, int32_t drill, int32_t unit)
{
    for (int32_t g = 0; g < model->group_count; g++)
        for (int32_t i = 0; model->group[g].drill == drill && i < model->group[g].member_count; i++)
            if (model->group[g].member[i] == unit)
                return true;
    for (int32_t i = 0; i < model->drill[drill].contingent_count; i++)
        if (model->drill[drill].contingent[i] == unit)
            return true;
    return false;
}

/* The drill a record of a unit belongs to: what it says itself, else the one the unit was sent to
 * last; -1: none. */
static int32_t drill_of(const mst_model *m, const mst_record *r, int32_t joined)
{
    int32_t drill = joined;
    switch (r->kind) {
    case MST_RECORD_JOINED:
    case MST_RECORD_MUSTERED:
    case MST_RECORD_ENTERED:
    case MST_RECORD_LEFT:
    case MST_RECORD_WITHDRAWN:
    case MST_RECORD_ABSENT:
        drill = r->a;
        break;
    case MST_RECORD_TAKEOFF:
    case MST_RECORD_ON_STATION:
    case MST_RECORD_OFF_STATION:
    case MST_RECORD_LANDED:
        drill = r->c;
        break;
    default:
        break;
    }
    return drill >= 0 && drill < m->drill_count ? drill : -1;
}

/* What a record means for the unit as a whole as well as for its part in a drill. */
static void unit_record(mst_unit_outcome *u, const mst_record *r)
{
    switch (r->kind) {
    case MST_RECORD_JOINED:
        u->joined = true;
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

static void note_arrival(mst_unit_outcome *part, const mst_drill_row *drill, const mst_record *r)
{
    const bool is_there = r->kind == MST_RECORD_MUSTERED ||
                          (r->kind == MST_RECORD_REACHED && r->a == drill->muster_spot);
    if (is_there && part->arrived_at == MUSTER_NEVER)
        part->arrived_at = r->time;
}

/* All records of all units, in order of time. */
static void fold_records(mst_outcomes *out)
{
    int32_t count;
    const mst_model *m = out->model;
    const mst_record *record = records(out, &count);
    int32_t *joined = out->scratch->joined;
    for (int32_t i = 0; i < m->unit_count; i++)
        joined[i] = -1;
    for (int32_t i = 0; i < count; i++) {
        const mst_record *r = &record[i];
        if (r->unit < 0 || r->unit >= m->unit_count)
            continue;
        const int32_t drill = drill_of(m, r, joined[r->unit]);
        mst_unit_outcome *u = &out->unit[r->unit];
        unit_record(u, r);
        if (drill < 0)
            continue;
        if (r->kind == MST_RECORD_JOINED) {
            joined[r->unit] = drill;
            u->drill = u->drill < 0 ? drill : u->drill;
        }
        unit_record(&out->part[drill][r->unit], r);
        note_arrival(&out->part[drill][r->unit], &m->drill[drill], r);
    }
}

/* One stretch of a ship's track: way, burn, and time below its levels (not alongside). */
static void add_stretch(const mst_model *m, const mst_unit_row *row, const mst_stretch *s,
                        mst_unit_outcome *u)
{
    const mst_record *r = s->record;
    const double length_s = seconds(r->time, s->until);
    const double after_kg = mst_stretch_fuel_kg(s, s->until);
    u->used_kg += r->fuel_kg - after_kg;
    u->end_kg = after_kg;
    if (s->is_leg) {
        const mst_leg leg = mst_model_leg(m, r->a, r->b);
        const double way_m = r->speed_mps * length_s;
        u->distance_m += leg.route ? fmin(way_m, fmax(0.0, leg.length_m - r->start_m)) : way_m;
        if (u->sailed_at == MUSTER_NEVER)
            u->sailed_at = r->time;
        u->took_part = true;
    } else if (r->b == MST_HOLD_PORT) {
        return; /* alongside nobody counts as short of fuel */
    }
    if (isnan(u->least_frac)) { /* a part begins with what the ship then has */
        u->least_frac = r->fuel_kg / row->tank_kg;
        u->least_at = r->time;
    }
    u->below_floor_s += mst_stretch_below_s(s, row->floor_kg);
    u->below_reserve_s += mst_stretch_below_s(s, row->reserve_kg);
    if (after_kg < u->least_frac * row->tank_kg) {
        u->least_frac = after_kg / row->tank_kg;
        u->least_at = s->until;
    }
}

/* The stretch that a ship's LEG or HOLD record opened ends. */
static void close_stretch(mst_outcomes *out, int32_t unit, muster_time until)
{
    const mst_track_open *open = &out->scratch->open[unit];
    if (open->record < 0)
        return;
    const mst_record *r = &out->run->record[open->record];
    const mst_stretch stretch = {r, until < r->time ? r->time : until, r->kind == MST_RECORD_LEG};
    const mst_unit_row *row = &out->model->unit[unit];
    add_stretch(out->model, row, &stretch, &out->unit[unit]);
    if (open->drill >= 0)
        add_stretch(out->model, row, &stretch, &out->part[open->drill][unit]);
}

static void open_tracks(mst_outcomes *out)
{
    for (int32_t i = 0; i < out->model->unit_count; i++) {
        const mst_unit_row *row = &out->model->unit[i];
        out->scratch->open[i] = (mst_track_open){.record = -1, .drill = -1, .joined = -1};
        if (row->domain != MST_NAVAL)
            continue;
        out->unit[i].end_kg = row->on_board_kg;
        out->unit[i].least_frac = row->on_board_kg / row->tank_kg;
        out->unit[i].least_at = out->model->start;
    }
}

/* Tracks of all ships in one pass. A stretch belongs to the drill joined before it began. */
static void fold_tracks(mst_outcomes *out)
{
    const mst_run *run = out->run;
    open_tracks(out);
    for (int32_t i = 0; i < run->clock->record_count; i++) {
        const mst_record *r = &run->record[i];
        if (r->unit < 0 || r->unit >= run->model->unit_count ||
            run->model->unit[r->unit].domain != MST_NAVAL)
            continue;
        mst_track_open *open = &out->scratch->open[r->unit];
        if (r->kind == MST_RECORD_JOINED) {
            open->joined = drill_of(run->model, r, -1);
        } else if (r->kind == MST_RECORD_LEG || r->kind == MST_RECORD_HOLD) {
            close_stretch(out, r->unit, r->time);
            open->record = i;
            open->drill = open->joined;
        }
    }
    for (int32_t i = 0; i < run->model->unit_count; i++)
        close_stretch(out, i, mst_track_end(run));
}

static void waits(mst_outcomes *out, int32_t drill, int32_t unit)
{
    mst_unit_outcome *u = &out->unit[unit], *part = &out->part[drill][unit];
    const mst_drill_outcome *d = &out->drill[drill];
    const muster_time at = out->model->drill[drill].muster_at;
    const muster_time until = d->mustered ? d->started_at : d->ended_at;
    if (part->arrived_at == MUSTER_NEVER)
        return;
    if (until > part->arrived_at)
        part->wait_s = seconds(part->arrived_at, until);
    if (part->arrived_at - at > MUSTER_SECOND) /* late means by more than a second */
        part->late_s = seconds(at, part->arrived_at);
    if (part->arrived_at < u->arrived_at)
        u->arrived_at = part->arrived_at;
    u->wait_s += part->wait_s;
    u->late_s = fmax(u->late_s, part->late_s);
}

/* A unit that was meant for a drill and whose state stayed out of it. */
static void blame_politics(mst_outcomes *out, int32_t drill, int32_t unit)
{
    mst_unit_outcome *u = &out->unit[unit], *part = &out->part[drill][unit];
    if (!mst_unit_is_meant(out->model, drill, unit))
        return;
    u->drill = u->drill < 0 ? drill : u->drill;
    if (part->took_part || part->cause != MST_CAUSE_NONE ||
        (out->drill[drill].states & mst_state_bit(out->model->unit[unit].state)))
        return;
    part->cause = MST_CAUSE_POLITICS;
    if (!u->took_part && u->cause == MST_CAUSE_NONE)
        u->cause = MST_CAUSE_POLITICS;
}

/* All units and parts with nothing in them. */
static void blank_units(mst_outcomes *out)
{
    const mst_model *m = out->model;
    const mst_unit_outcome blank = {.drill = -1,
                                    .sailed_at = MUSTER_NEVER,
                                    .arrived_at = MUSTER_NEVER,
                                    .end_kg = (double)NAN,
                                    .least_frac = (double)NAN,
                                    .least_at = MUSTER_NEVER,
                                    .adrift_at = MUSTER_NEVER};
    for (int32_t i = 0; i < m->unit_count; i++) {
        out->unit[i] = blank;
        for (int32_t d = 0; d < m->drill_count; d++) {
            out->part[d][i] = blank;
            out->part[d][i].drill = d;
        }
    }
}

void mst_fold_units(mst_outcomes *out)
{
    const mst_model *m = out->model;
    blank_units(out);
    fold_tracks(out);
    fold_records(out);
    for (int32_t d = 0; d < m->drill_count; d++)
        for (int32_t i = 0; i < m->unit_count; i++) {
            waits(out, d, i);
            blame_politics(out, d, i);
            if (out->part[d][i].took_part)
                out->drill[d].used_kg += out->part[d][i].used_kg;
        }
}

/* ---- muster ------------------------------------------------------------------------------- */

/* Units that arrived for a drill, in order of arrival, equal times by index. */
static int32_t arrivals(const mst_outcomes *out, int32_t drill, int32_t *order)
{
    int32_t count = 0;
    for (int32_t i = 0; i < out->model->unit_count; i++) {
        const muster_time at = out->part[drill][i].arrived_at;
        if (at == MUSTER_NEVER)
            continue;
        int32_t k = count++;
        for (; k > 0 && out->part[drill][order[k - 1]].arrived_at > at; k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    return count;
}

void mst_fold_muster(mst_outcomes *out)
{
    const mst_model *m = out->model;
    int32_t *order = out->scratch->order;
    for (int32_t i = 0; i < m->drill_count; i++) {
        mst_drill_outcome *d = &out->drill[i];
        if (!d->mustered)
            continue;
        const int32_t count = arrivals(out, i, order);
        const int32_t last = mst_places_last(out->run, i, d->states, order, count);
        if (last < 0)
            continue;
        d->delay_unit = order[last];
        d->delay_s = seconds(m->drill[i].muster_at, out->part[i][order[last]].arrived_at);
    }
}

/* ---- the whole ---------------------------------------------------------------------------- */

static bool allocate(mst_outcomes *out)
{
    const mst_model *m = out->model;
    mst_arena *arena = &out->arena;
    const size_t units = (size_t)m->unit_count, drills = (size_t)m->drill_count;
    out->unit = mst_arena_array(arena, units, sizeof *out->unit);
    out->reach = mst_arena_array(arena, units, sizeof *out->reach);
    out->group = mst_arena_array(arena, (size_t)m->group_count, sizeof *out->group);
    out->serial = mst_arena_array(arena, (size_t)m->serial_count, sizeof *out->serial);
    out->drill = mst_arena_array(arena, drills, sizeof *out->drill);
    out->air = mst_arena_array(arena, drills, sizeof *out->air);
    out->part = mst_arena_array(arena, drills, sizeof *out->part);
    for (int32_t i = 0; out->part && i < m->drill_count; i++)
        out->part[i] = mst_arena_array(arena, units, sizeof **out->part);
    for (int32_t i = 0; out->air && i < m->drill_count; i++)
        out->air[i] = mst_arena_array(arena, (size_t)m->drill[i].air_count, sizeof *out->air[i]);
    for (int32_t i = 0; out->reach && i < m->unit_count; i++)
        out->reach[i].unit = -1;
    return !arena->failed;
}

static bool open_scratch(mst_outcomes *out)
{
    const size_t units = (size_t)out->model->unit_count;
    struct mst_scratch *s = mst_arena_alloc(&out->arena, sizeof *s);
    out->scratch = s;
    if (!s)
        return false;
    s->joined = mst_arena_array(&out->arena, units, sizeof *s->joined);
    s->open = mst_arena_array(&out->arena, units, sizeof *s->open);
    s->order = mst_arena_array(&out->arena, units, sizeof *s->order);
    s->inside = mst_arena_array(&out->arena, units, sizeof *s->inside);
    s->under_way = mst_arena_array(&out->arena, units, sizeof *s->under_way);
    return !out->arena.failed;
}

static muster_status create(const mst_model *model, const muster_memory *memory, bool with_pairs,
                            mst_outcomes **out)
{
    *out = NULL;
    mst_outcomes *made = mst_memory_alloc(memory, sizeof *made);
    if (!made)
        return MUSTER_WORLD;
    memset(made, 0, sizeof *made);
    mst_arena_init(&made->arena, memory);
    made->model = model;
    if (!allocate(made) || !open_scratch(made) || (with_pairs && !mst_pairs_open(made))) {
        mst_outcomes_free(made);
        return MUSTER_WORLD;
    }
    *out = made;
    return MUSTER_OK;
}

muster_status mst_outcomes_create(const mst_model *model, const muster_memory *memory,
                                  mst_outcomes **out)
{
    return create(model, memory, true, out);
}

muster_status mst_outcomes_create_bare(const mst_model *model, const muster_memory *memory,
                                       mst_outcomes **out)
{
    return create(model, memory, false, out);
}

/* Folds begin from zero wherever they add. */
static void clear(mst_outcomes *out)
{
    const mst_model *m = out->model;
    memset(out->group, 0, (size_t)m->group_count * sizeof *out->group);
    memset(out->serial, 0, (size_t)m->serial_count * sizeof *out->serial);
    out->pair_count = 0;
}

muster_status mst_outcomes_fold(mst_outcomes *out, const mst_run *run)
{
    out->run = run;
    out->model = run->model;
    clear(out);
    mst_fold_drills(out);
    mst_fold_units(out);
    mst_fold_muster(out);
    mst_fold_presence(out);
    mst_fold_groups(out);
    mst_fold_air(out);
    mst_fold_serials(out);
    return out->arena.failed ? MUSTER_WORLD : MUSTER_OK;
}

void mst_outcomes_score(mst_outcomes *out, const mst_run *run)
{
    out->run = run;
    out->model = run->model;
    clear(out);
    mst_fold_drills(out);
    blank_units(out);
    fold_records(out);
    mst_fold_presence(out);
    mst_fold_serials(out);
}

muster_status mst_outcomes_refold(mst_outcomes *out, const mst_run *run)
{
    const muster_status status = mst_outcomes_fold(out, run);
    if (status != MUSTER_OK)
        return status;
    mst_fold_pairs(out);
    mst_fold_reaches(out);
    return out->arena.failed ? MUSTER_WORLD : MUSTER_OK;
}

muster_status mst_outcomes_make(const mst_run *run, const muster_memory *memory, mst_outcomes **out)
{
    const muster_status status = mst_outcomes_create(run->model, memory, out);
    if (status != MUSTER_OK || mst_outcomes_refold(*out, run) == MUSTER_OK)
        return status;
    mst_outcomes_free(*out);
    *out = NULL;
    return MUSTER_WORLD;
}

void mst_outcomes_free(mst_outcomes *outcomes)
{
    if (!outcomes)
        return;
    const muster_memory *memory = outcomes->arena.memory;
    if (outcomes->scratch) {
        mst_outcomes_free(outcomes->scratch->again);
        mst_run_free(outcomes->scratch->run);
    }
    mst_arena_clear(&outcomes->arena);
    mst_memory_free(memory, outcomes);
}
