#include "engine/chance.h"
#include "engine/crossing.h"
#include "engine/feedback.h"
#include "engine/inject.h"
#include "engine/motion.h"
#include "engine/reach.h"

#include "base/arena.h"
#include "base/hash.h"
#include "num/random.h"

#include <math.h>
#include <string.h>

/* ---- layout of the block ---------------------------------------------------------------------- */

typedef struct layout {
    size_t clock, calendar, unit, drill, takes_part, attribute, mutual, directed, verdict,
        verdict_first, term, fleet, pool_used, feedback, aircraft, aircraft_first, ready,
        serviceable, busy, unit_slot, instance_stage, instance_state, record, end;
    int32_t calendar_capacity, record_capacity, verdict_count, term_count, aircraft_count;
} layout;

static size_t take(size_t *cursor, size_t count, size_t bytes)
{
    const size_t at = *cursor;
    *cursor = (at + count * bytes + 15U) / 16U * 16U;
    return at;
}

/* How many rows the sorties of all air requests can write: four each, and the gaps between. */
static double sortie_records(const mst_model *model)
{
    double records = 0.0;
    for (int32_t i = 0; i < model->drill_count; i++)
        for (int32_t k = 0; k < model->drill[i].air_count; k++) {
            const mst_air_row *air = &model->drill[i].air[k];
            const double window_s = (double)(air->end - air->start) / (double)MUSTER_SECOND;
            const double stay_s = air->on_station_s > 600.0 ? air->on_station_s : 600.0;
            records += 6.0 * air->count * (fmax(window_s, 0.0) / stay_s + 4.0);
        }
    return fmin(records, 1e6);
}

static void count_things(const mst_model *model, int32_t scale, layout *out)
{
    for (int32_t i = 0; i < model->drill_count; i++) {
        out->verdict_count += model->drill[i].host_count + model->drill[i].candidate_count;
        out->term_count += mst_align_term_capacity(model, i);
    }
    for (int32_t i = 0; i < model->unit_count; i++)
        if (model->unit[i].domain == MST_AIR)
            out->aircraft_count += model->unit[i].count;
    out->calendar_capacity = scale * (64 + 4 * model->unit_count + 8 * model->instance_count +
                                      out->aircraft_count + 2 * model->inject_count);
    out->record_capacity = scale * (512 + 64 * model->unit_count + 64 * model->instance_count +
                                    8 * model->inject_count + (int32_t)sortie_records(model));
}

static layout layout_of(const mst_model *model, int32_t scale)
{
    layout out = {0};
    size_t at = 0;
    const size_t states = (size_t)model->state_count, units = (size_t)model->unit_count;
    const size_t drills = (size_t)model->drill_count;
    count_things(model, scale, &out);
    out.clock = take(&at, 1, sizeof(struct mst_clock));
    out.calendar = take(&at, 1, mst_calendar_bytes(out.calendar_capacity));
    out.unit = take(&at, units, sizeof(mst_unit_state));
    out.drill = take(&at, drills, sizeof(mst_drill_state));
    out.takes_part = take(&at, drills * states, 1);
    out.attribute = take(&at, states * (size_t)model->attribute_count, sizeof(double));
    out.mutual = take(&at, states * states * (size_t)model->mutual_count, sizeof(double));
    out.directed = take(&at, states * states * (size_t)model->directed_count, sizeof(double));
    out.verdict = take(&at, (size_t)out.verdict_count, sizeof(mst_verdict));
    out.term = take(&at, (size_t)out.term_count, sizeof(mst_term));
    out.fleet = take(&at, drills * states, sizeof(mst_fleet_reading));
    out.pool_used = take(&at, states, sizeof(double));
    out.feedback = take(&at, model->feedback.is_on ? drills : 0, sizeof(mst_feedback_state));
    out.aircraft = take(&at, (size_t)out.aircraft_count, sizeof(mst_aircraft_state));
    out.aircraft_first = take(&at, units + 1, sizeof(int32_t));
    out.verdict_first = take(&at, drills + 1, sizeof(int32_t));
    out.ready = take(&at, units, sizeof(int32_t));
    out.serviceable = take(&at, units, sizeof(int32_t));
    out.busy = take(&at, units, 1);
    out.unit_slot = take(&at, units, sizeof(int32_t));
    out.instance_stage = take(&at, (size_t)model->instance_count, 1);
    out.instance_state = take(&at, model->instance_state_bytes, 1);
    out.record = take(&at, (size_t)out.record_capacity + 1, sizeof(mst_record));
    out.end = at;
    return out;
}

static void set_views(mst_run *run, const layout *at)
{
    unsigned char *b = run->block;
    run->clock = (void *)(b + at->clock);
    run->calendar = (void *)(b + at->calendar);
    run->unit = (void *)(b + at->unit);
    run->drill = (void *)(b + at->drill);
    run->takes_part = b + at->takes_part;
    run->values.attribute = (void *)(b + at->attribute);
    run->values.mutual = (void *)(b + at->mutual);
    run->values.directed = (void *)(b + at->directed);
    run->verdict = (void *)(b + at->verdict);
    run->verdict_first = (void *)(b + at->verdict_first);
    run->term = (void *)(b + at->term);
    run->fleet = (void *)(b + at->fleet);
    run->pool_used_kg = (void *)(b + at->pool_used);
    run->feedback = run->model->feedback.is_on ? (void *)(b + at->feedback) : NULL;
    run->aircraft = (void *)(b + at->aircraft);
    run->aircraft_first = (void *)(b + at->aircraft_first);
    run->ready = (void *)(b + at->ready);
    run->serviceable = (void *)(b + at->serviceable);
    run->busy = b + at->busy;
    run->unit_slot = (void *)(b + at->unit_slot);
    run->instance_stage = b + at->instance_stage;
    run->instance_state = b + at->instance_state;
    run->record = (void *)(b + at->record);
    run->record_capacity = at->record_capacity;
}

/* ---- create, reset ------------------------------------------------------------------------------ */

/* A view that is const for everybody else, found again in the block. */
static int32_t *writable(mst_run *run, const int32_t *view)
{
    unsigned char *block = run->block;
    return (void *)(block + ((const unsigned char *)view - block));
}

/* The two tables of first places, which never change but live in the block. */
static void number_things(mst_run *run)
{
    const mst_model *model = run->model;
    int32_t *verdict_first = writable(run, run->verdict_first);
    int32_t *aircraft_first = writable(run, run->aircraft_first);
    for (int32_t i = 0; i < model->drill_count; i++)
        verdict_first[i + 1] =
            verdict_first[i] + model->drill[i].host_count + model->drill[i].candidate_count;
    for (int32_t i = 0; i < model->unit_count; i++)
        aircraft_first[i + 1] =
            aircraft_first[i] + (model->unit[i].domain == MST_AIR ? model->unit[i].count : 0);
}

static void clear_aircraft(mst_run *run, int32_t unit)
{
    for (int32_t i = run->aircraft_first[unit]; i < run->aircraft_first[unit + 1]; i++)
        run->aircraft[i] = (mst_aircraft_state){.day_from = run->model->start,
                                                .free_at = run->model->start,
                                                .now.instance = -1,
                                                .next.instance = -1};
}

static void free_figures(mst_run *run)
{
    const muster_memory *memory = run->memory.release ? &run->memory : NULL;
    mst_reach_cache_free(run->cache, memory);
    mst_crossings_free(run->crossings, memory);
}

static bool has_layout(const mst_run *run, const layout *at)
{
    return run->block_bytes == at->end && run->state_bytes == at->record &&
           (unsigned char *)run->calendar == (unsigned char *)run->block + at->calendar &&
           run->calendar->capacity == at->calendar_capacity;
}

/* old: of the same memory, needed no longer; its block is taken where it is as large, and its calendar,
 * which takes longest to make, is reset. It is gone either way. */
static muster_status create(const mst_model *model, int32_t scale, const muster_memory *memory,
                            mst_run *old, mst_run **out)
{
    const layout at = layout_of(model, scale);
    const size_t head = (sizeof(mst_run) + 15U) / 16U * 16U;
    const bool fits = old && has_layout(old, &at);
    if (fits)
        free_figures(old);
    else
        mst_run_free(old);
    mst_run *run = fits ? old : mst_memory_alloc(memory, head + at.end);
    if (!run)
        return MUSTER_WORLD;
    /* Not the records, which are nine tenths of it: most runs write few of those they may. The
     * calendar sees to itself. */
    memset(run, 0, head + at.calendar);
    memset((unsigned char *)run + head + at.unit, 0, at.record - at.unit);
    run->model = model;
    run->block = (unsigned char *)run + head;
    run->block_bytes = at.end;
    run->state_bytes = at.record;
    if (memory)
        run->memory = *memory;
    run->cache = mst_reach_cache_create(model, memory); /* null: it is done without */
    run->crossings = mst_crossings_create(model, memory);
    set_views(run, &at);
    if (fits)
        mst_calendar_reset(run->calendar);
    else
        mst_calendar_init(run->calendar, at.calendar_capacity);
    number_things(run);
    for (int32_t i = 0; i < model->unit_count; i++)
        clear_aircraft(run, i);
    run->scale = scale;
    mst_run_reset(run);
    *out = run;
    return MUSTER_OK;
}

muster_status mst_run_create(const mst_model *model, const muster_memory *memory, mst_run **out)
{
    return create(model, 1, memory, NULL, out);
}

muster_status mst_run_renew(const mst_model *model, const muster_memory *memory, mst_run **run)
{
    mst_run *old = *run;
    *run = NULL;
    return create(model, 1, memory, old, run);
}

muster_status mst_run_grow(mst_run **run)
{
    const mst_model *model = (*run)->model;
    const muster_memory memory = (*run)->memory;
    const uint64_t chance_key = (*run)->chance_key;
    const uint32_t replication = (*run)->replication;
    const int32_t scale = 4 * (*run)->scale;
    if (scale > MST_RUN_SCALE_MAX)
        return MUSTER_MISTAKE;
    mst_run_free(*run);
    *run = NULL;
    const muster_status status = create(model, scale, memory.allocate ? &memory : NULL, NULL, run);
    if (status == MUSTER_OK) {
        (*run)->chance_key = chance_key;
        (*run)->replication = replication;
    }
    return status;
}

void mst_run_free(mst_run *run)
{
    if (!run)
        return;
    const muster_memory memory = run->memory;
    free_figures(run);
    mst_memory_free(memory.release ? &memory : NULL, run);
}

/* Only what a run has touched is cleared: the calendar sees to its own, aircraft to those of squadrons
 * that were sent, the two tables of first places never change. Records go with their number. */
static void clear(mst_run *run)
{
    unsigned char *block = run->block;
    unsigned char *first = (unsigned char *)run->calendar;
    unsigned char *unit = (unsigned char *)run->unit, *aircraft = (unsigned char *)run->aircraft;
    unsigned char *after = (unsigned char *)run->ready;
    for (int32_t i = 0; i < run->model->unit_count; i++)
        if (run->unit[i].was_sent)
            clear_aircraft(run, i);
    memset(block, 0, (size_t)(first - block));
    mst_calendar_reset(run->calendar);
    memset(unit, 0, (size_t)(aircraft - unit));
    memset(after, 0, (size_t)((unsigned char *)run->record - after));
}

void mst_run_reset(mst_run *run)
{
    const mst_model *model = run->model;
    clear(run);
    run->status = MUSTER_OK;
    run->has_fork = false;
    run->clock->now = model->start;
    run->clock->replication = run->replication;
    run->clock->chance_key = run->chance_key;
    for (int32_t i = 0; i < model->drill_count; i++) {
        run->drill[i].running_phase = -1;
        run->drill[i].sea_state = model->drill[i].sea_state;
        run->drill[i].started_at = run->drill[i].over_at = run->drill[i].sea_until = MUSTER_NEVER;
    }
    for (int32_t i = 0; i < model->unit_count; i++) {
        mst_motion_reset(run, i);
        run->serviceable[i] = run->unit[i].serviceable;
    }
    mst_motion_start(run);
    mst_inject_start(run);
    for (int32_t i = 0; i < model->instance_count; i++)
        if (model->instance[i].type->role == MST_ROLE_CORE)
            mst_instance_start(run, i);
}

void mst_run_begin(mst_run *run, uint64_t seed, uint32_t replication)
{
    run->chance_key = mst_random_key(seed);
    run->replication = replication;
    mst_run_reset(run);
}

/* ---- save, restore, digest ------------------------------------------------------------------------ */

/* The same place in another block of this shape. */
#define IN(other, of, view)                                                                        \
    ((void *)((unsigned char *)(other) +                                                           \
              ((const unsigned char *)(of)->view - (const unsigned char *)(of)->block)))
#define CONST_IN(other, of, view)                                                                  \
    ((const void *)((const unsigned char *)(other) +                                               \
                    ((const unsigned char *)(of)->view - (const unsigned char *)(of)->block)))

/* What a run has touched, from one block into another: see clear. */
static void copy_used(const mst_run *run, void *to, const void *from)
{
    const mst_model *model = run->model;
    const struct mst_clock *clock = CONST_IN(from, run, clock);
    const mst_unit_state *unit = CONST_IN(from, run, unit);
    const mst_aircraft_state *aircraft = CONST_IN(from, run, aircraft);
    const int32_t *first = run->aircraft_first;
    memcpy(to, from,
           (size_t)((const unsigned char *)run->calendar - (const unsigned char *)run->block));
    mst_calendar_copy(IN(to, run, calendar), CONST_IN(from, run, calendar));
    memcpy(IN(to, run, unit), unit,
           (size_t)((const unsigned char *)run->aircraft - (const unsigned char *)run->unit));
    for (int32_t i = 0; i < model->unit_count; i++)
        if (unit[i].was_sent)
            memcpy((mst_aircraft_state *)IN(to, run, aircraft) + first[i], aircraft + first[i],
                   (size_t)(first[i + 1] - first[i]) * sizeof *aircraft);
    memcpy(IN(to, run, ready), CONST_IN(from, run, ready),
           (size_t)((const unsigned char *)run->record - (const unsigned char *)run->ready) +
               (size_t)clock->record_count * sizeof(mst_record));
}

void mst_run_save(const mst_run *run, void *out_block)
{
    mst_calendar *calendar = IN(out_block, run, calendar);
    *calendar = *run->calendar; /* where its parts lie */
    copy_used(run, out_block, run->block);
}

muster_time mst_run_fork_time(const mst_run *run)
{
    return ((const struct mst_clock *)CONST_IN(run->fork, run, clock))->now;
}

const mst_unit_state *mst_run_fork_unit(const mst_run *run, int32_t unit)
{
    return (const mst_unit_state *)CONST_IN(run->fork, run, unit) + unit;
}

void mst_run_restore(mst_run *run, const void *block)
{
    clear(run);
    copy_used(run, run->block, block);
    run->status = run->clock->overflowed ? MUSTER_WORLD : MUSTER_OK;
    run->has_fork = false;
    run->replication = run->clock->replication;
    run->chance_key = run->clock->chance_key;
}

static uint64_t hash_record(uint64_t hash, const mst_record *r)
{
    const int64_t whole[] = {r->time, r->kind, r->unit, r->a, r->b, r->c, r->d};
    const double real[] = {r->real, r->speed_mps, r->burn_kgps, r->fuel_kg, r->start_m};
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        hash = mst_hash_int(hash, whole[i]);
    for (size_t i = 0; i < sizeof real / sizeof real[0]; i++)
        hash = mst_hash_real(hash, real[i]);
    return hash;
}

static uint64_t hash_unit(uint64_t hash, const mst_unit_state *s)
{
    const int64_t whole[] = {s->return_to, s->hold,     s->spot,    s->from,    s->to,
                             s->drill,     s->present,  s->since,   s->is_out,  s->cause,
                             s->in_area,   s->due,      s->next_to, s->sorties, s->serviceable,
                             s->ready_at,  s->sailings, s->legs};
    const double real[] = {s->start_m,   s->speed_mps, s->burn_kgps, s->fuel_kg,
                           s->issued_kg, s->used_kg,   s->factor};
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        hash = mst_hash_int(hash, whole[i]);
    for (size_t i = 0; i < sizeof real / sizeof real[0]; i++)
        hash = mst_hash_real(hash, real[i]);
    return hash;
}

static uint64_t hash_drill(uint64_t hash, const mst_drill_state *s)
{
    const int64_t whole[] = {s->decided,    s->started, s->over,  s->running_phase, s->phase_begun,
                             s->started_at, s->over_at, s->cause, s->sea_state};
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        hash = mst_hash_int(hash, whole[i]);
    return hash;
}

static uint64_t hash_verdict(uint64_t hash, const mst_verdict *v)
{
    hash = mst_hash_int(mst_hash_int(hash, v->joins), v->stage_count);
    for (int32_t i = 0; i < v->stage_count; i++) {
        hash = mst_hash_int(hash, (int64_t)v->stage[i].standing);
        hash = mst_hash_real(mst_hash_real(hash, v->stage[i].margin), v->stage[i].p);
    }
    return mst_hash_real(hash, v->p);
}

static uint64_t hash_feedback(uint64_t hash, const mst_feedback_state *s)
{
    hash = mst_hash_int(mst_hash_int(hash, s->decided_as), s->ended_as);
    return mst_hash_real(mst_hash_int(hash, s->ended_at), s->done);
}

uint64_t mst_run_digest(const mst_run *run)
{
    const mst_model *model = run->model;
    uint64_t hash = mst_hash_int(MST_HASH_START, run->clock->now);
    for (int32_t i = 0; i < run->clock->record_count; i++)
        hash = hash_record(hash, &run->record[i]);
    for (int32_t i = 0; i < model->unit_count; i++)
        hash = hash_unit(hash, &run->unit[i]);
    for (int32_t i = 0; i < model->drill_count; i++)
        hash = hash_drill(hash, &run->drill[i]);
    for (int32_t i = 0; i < run->verdict_first[model->drill_count]; i++)
        hash = hash_verdict(hash, &run->verdict[i]);
    for (int32_t i = 0; i < model->state_count; i++)
        hash = mst_hash_real(hash, run->pool_used_kg[i]);
    for (int32_t i = 0; run->feedback && i < model->drill_count; i++)
        hash = hash_feedback(hash, &run->feedback[i]);
    return hash;
}
