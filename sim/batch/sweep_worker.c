/* One thread's part of a sweep: the scenario with a point's settings, its model, its run. */
#include "batch/sweep.h"

#include "engine/chance.h"
#include "outcome/fold.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ROUTES_KEPT = 16 };

struct mst_sweep_worker {
    const muster_sweep *sweep;
    const muster_tasks *tasks;
    muster_memory own;
    const muster_memory *memory;
    muster_scenario *scenario; /* a copy of its own, changed for a point and put back */
    mst_arena scratch;         /* of a point                                          */
    mst_saved saved;
    muster_routes *routes[ROUTES_KEPT]; /* of other geographies, newest anywhere */
    int32_t routes_count, routes_next;
    muster_settings *point;
    int64_t made;               /* number of the point that is made, -1: none     */
    muster_model *model;        /* null: the scenario does not allow that point   */
    const muster_model *serves; /* model, or the sweep's where nothing is set      */
    mst_run *run;               /* null: there is none yet                                */
    mst_outcomes *outcomes;     /* null: run, if there is one, is of a point before        */
    void *fork;
    int32_t *place; /* of each column in the model, -1: it has no such thing */
    bool has_pairs; /* some column is of a pair                              */
    bool has_units; /* some column is of a unit, so perhaps of its reach     */
    bool has_own_routes;
    char message[400];
};

/* ---- slots ---------------------------------------------------------------------------------------- */

bool mst_task_slot_open(mst_task_slot *slot, int32_t columns, const muster_memory *memory)
{
    *slot = (mst_task_slot){.done = 0};
    slot->value =
        mst_memory_alloc(memory, (size_t)MUSTER_TASK_MAX * (size_t)columns * sizeof(double));
    slot->is_failed = mst_memory_alloc(memory, MUSTER_TASK_MAX * sizeof *slot->is_failed);
    return slot->value && slot->is_failed;
}

void mst_task_slot_close(mst_task_slot *slot, const muster_memory *memory)
{
    mst_memory_free(memory, slot->value);
    mst_memory_free(memory, slot->is_failed);
}

muster_rows mst_task_rows(const mst_task_slot *slot)
{
    muster_rows rows = {.task = slot->task,
                        .value = slot->value,
                        .is_failed = slot->is_failed,
                        .message = slot->message,
                        .has_own_routes = slot->has_own_routes};
    rows.task.count = slot->done;
    return rows;
}

/* ---- a point -------------------------------------------------------------------------------------- */

static void drop_point(mst_sweep_worker *w)
{
    mst_outcomes_free(w->outcomes);
    if (w->fork)
        mst_memory_free(w->memory, w->fork);
    muster_model_free(w->model);
    w->outcomes = NULL;
    w->fork = NULL;
    w->model = NULL;
    w->serves = NULL;
    w->made = -1;
    if (w->scenario)
        mst_saved_restore(w->scenario, &w->saved);
    mst_arena_clear(&w->scratch);
    mst_arena_init(&w->scratch, w->memory);
    if (w->scenario)
        mst_saved_keep(w->scenario, &w->saved);
}

void mst_sweep_worker_free(mst_sweep_worker *w)
{
    if (!w)
        return;
    const muster_memory memory = w->own;
    drop_point(w);
    mst_run_free(w->run);
    mst_arena_clear(&w->scratch);
    for (int32_t i = 0; i < w->routes_count; i++)
        muster_routes_free(w->routes[i]);
    muster_scenario_free(w->scenario);
    mst_memory_free(&memory, w->point);
    mst_memory_free(&memory, w->place);
    mst_memory_free(&memory, w);
}

muster_status mst_sweep_worker_create(const muster_sweep *sweep, const muster_tasks *tasks,
                                      const muster_memory *memory, mst_sweep_worker **out)
{
    *out = NULL;
    mst_sweep_worker *w = mst_memory_alloc(memory, sizeof *w);
    if (!w)
        return MUSTER_WORLD;
    memset(w, 0, sizeof *w);
    w->sweep = sweep;
    w->tasks = tasks;
    w->memory = mst_memory_keep(&w->own, memory);
    w->made = -1;
    mst_arena_init(&w->scratch, w->memory);
    w->point = mst_memory_alloc(w->memory, sizeof *w->point);
    w->place = mst_memory_alloc(w->memory, (size_t)tasks->column_count * sizeof *w->place);
    muster_status status = w->point && w->place ? MUSTER_OK : MUSTER_WORLD;
    if (status == MUSTER_OK)
        status = muster_scenario_read(sweep->from.text, sweep->from.changes, w->memory, NULL,
                                      &w->scenario);
    if (status != MUSTER_OK) { /* it was read before: only memory can be short */
        mst_sweep_worker_free(w);
        return MUSTER_WORLD;
    }
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    for (int32_t i = 0; i < tasks->column_count; i++) {
        const muster_scope scope = all[tasks->column[i].measure].scope;
        w->has_pairs = w->has_pairs || scope == MUSTER_OF_PAIR;
        w->has_units = w->has_units || scope == MUSTER_OF_UNIT;
    }
    mst_saved_keep(w->scenario, &w->saved);
    *out = w;
    return MUSTER_OK;
}

/* The first error in words. */
static void keep_message(mst_sweep_worker *w, const muster_diags *diags)
{
    for (int32_t i = 0; i < muster_diags_count(diags); i++) {
        const muster_diag *d = muster_diags_at(diags, i);
        if (d->severity != MUSTER_ERROR)
            continue;
        snprintf(w->message, sizeof w->message, "%s", d->message);
        return;
    }
    snprintf(w->message, sizeof w->message, "the scenario does not allow this point");
}

/* Its own where it moves geography, looked for among those of the points before. */
static const muster_routes *routes_for(mst_sweep_worker *w, muster_diags *diags,
                                       muster_status *out_status)
{
    *out_status = MUSTER_OK;
    w->has_own_routes = !muster_routes_fit(w->sweep->routes, w->scenario);
    if (!w->has_own_routes)
        return w->sweep->routes;
    for (int32_t i = 0; i < w->routes_count; i++)
        if (muster_routes_fit(w->routes[i], w->scenario))
            return w->routes[i];
    muster_routes *found = NULL;
    *out_status = muster_routes_find(w->scenario, w->sweep->from.land, w->memory, diags, &found);
    if (!found)
        return NULL;
    const int32_t at = w->routes_next;
    w->routes_next = (at + 1) % ROUTES_KEPT;
    if (at < w->routes_count)
        muster_routes_free(w->routes[at]);
    else
        w->routes_count++;
    w->routes[at] = found;
    return found;
}

static bool apply_settings(mst_sweep_worker *w, muster_diags *diags)
{
    for (int32_t i = 0; i < w->point->count; i++) {
        const muster_setting *s = &w->point->setting[i];
        const char *line = mst_arena_printf(&w->scratch, "%s = %s", s->path, s->value);
        if (!line || !mst_saved_apply(w->scenario, &w->scratch, line, &w->saved, diags))
            return false;
    }
    return true;
}

/* The model of the point; status MISTAKE with the message where the scenario does not allow it. */
static muster_status compile(mst_sweep_worker *w, int64_t number, muster_diags *diags)
{
    muster_status status = MUSTER_MISTAKE;
    w->point->count = 0;
    w->point->used = 0;
    if (!w->tasks->settings(number, w->point, w->tasks->context)) {
        mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, NULL, NULL,
                 "the settings of the point do not fit: at most %d, %d bytes together",
                 MUSTER_SETTINGS_MAX, MUSTER_SETTINGS_BYTES);
        return status;
    }
    if (w->point->count == 0) {
        w->serves = w->sweep->model;
        return MUSTER_OK;
    }
    if (!apply_settings(w, diags))
        return w->scratch.failed ? MUSTER_WORLD : status;
    const muster_routes *routes = routes_for(w, diags, &status);
    if (routes)
        status = muster_model_create(w->scenario, routes, w->memory, diags, &w->model);
    w->serves = w->model;
    return status;
}

static void find_places(mst_sweep_worker *w)
{
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    const mst_model *model = w->serves->model;
    for (int32_t c = 0; c < w->tasks->column_count; c++) {
        const muster_column *column = &w->tasks->column[c];
        const muster_scope scope = all[column->measure].scope;
        const int32_t places = mst_scope_places(model, scope);
        char id[160];
        w->place[c] = -1;
        for (int32_t i = 0; i < places && w->place[c] < 0; i++)
            if (strcmp(mst_scope_place_id(model, scope, i, id), column->thing) == 0)
                w->place[c] = i;
    }
}

static muster_status open_run(mst_sweep_worker *w)
{
    const mst_model *model = w->serves->model;
    muster_status status = mst_run_renew(model, w->memory, &w->run);
    if (status == MUSTER_OK)
        status = w->has_pairs ? mst_outcomes_create(model, w->memory, &w->outcomes)
                              : mst_outcomes_create_bare(model, w->memory, &w->outcomes);
    if (status == MUSTER_OK && w->has_pairs && mst_pairs_may_rerun(w->outcomes)) {
        w->fork = mst_memory_alloc(w->memory, w->run->block_bytes);
        w->run->fork = w->fork;
        status = w->fork ? MUSTER_OK : MUSTER_WORLD;
    }
    return status;
}

static muster_status make_point(mst_sweep_worker *w, int64_t number)
{
    if (w->made == number)
        return MUSTER_OK;
    drop_point(w);
    w->message[0] = '\0';
    w->has_own_routes = false;
    muster_diags *diags = muster_diags_create(w->memory);
    muster_status status = diags ? compile(w, number, diags) : MUSTER_WORLD;
    /* a point is not refused for lack of memory, nor by half of a message */
    if (w->scenario->arena.failed || w->scratch.failed ||
        (status == MUSTER_MISTAKE && mst_diags_lack_memory(diags)))
        status = MUSTER_WORLD;
    if (status == MUSTER_MISTAKE) {
        keep_message(w, diags);
        w->serves = NULL;
        status = MUSTER_OK;
    } else if (status == MUSTER_OK) {
        find_places(w);
        status = open_run(w);
    }
    muster_diags_free(diags);
    if (status == MUSTER_OK)
        w->made = number;
    return status;
}

/* ---- a replication -------------------------------------------------------------------------------- */

/* MISTAKE: it does not come to an end. */
static muster_status run_once(mst_sweep_worker *w, uint64_t seed, int32_t replication)
{
    mst_run_begin(w->run, seed, (uint32_t)replication); /* 0: the plan run */
    while (mst_run_finish(w->run) != MUSTER_OK) {
        if (!w->run->clock->overflowed)
            return MUSTER_WORLD;
        const muster_status status = mst_run_grow(&w->run);
        if (status != MUSTER_OK)
            return status;
        mst_run_reset(w->run);
    }
    if (w->has_pairs)
        return mst_outcomes_refold(w->outcomes, w->run);
    const muster_status status = mst_outcomes_fold(w->outcomes, w->run);
    if (status == MUSTER_OK && w->has_units)
        mst_fold_reaches(w->outcomes);
    return status;
}

static double value_of(const mst_sweep_worker *w, int32_t column, const muster_measure *all)
{
    const int32_t measure = w->tasks->column[column].measure, place = w->place[column];
    if (place < 0)
        return (double)NAN;
    if (all[measure].scope != MUSTER_OF_PAIR)
        return mst_measure_value(w->outcomes, measure, place);
    for (int32_t i = 0; i < w->outcomes->pair_count; i++)
        if (w->outcomes->pair[i].place == place)
            return mst_measure_value(w->outcomes, measure, i);
    return (double)NAN;
}

static void fill_row(mst_sweep_worker *w, mst_task_slot *slot, int32_t row)
{
    const int32_t columns = w->tasks->column_count;
    double *value = slot->value + (size_t)row * (size_t)columns;
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    const muster_status status =
        w->serves ? run_once(w, slot->task.seed, slot->task.first + row) : MUSTER_MISTAKE;
    slot->is_failed[row] = status != MUSTER_OK;
    for (int32_t c = 0; c < columns; c++)
        value[c] = status == MUSTER_OK ? value_of(w, c, all) : (double)NAN;
    if (status == MUSTER_WORLD)
        slot->status = status;
    else if (status == MUSTER_MISTAKE && slot->message[0] == '\0')
        snprintf(slot->message, sizeof slot->message, "%s",
                 w->serves ? "the run does not come to an end: it writes ever more records"
                           : w->message);
}

void mst_sweep_worker_fill(mst_sweep_worker *w, mst_task_slot *slot, bool (*stops)(void *context),
                           void *context)
{
    slot->done = 0;
    slot->is_stopped = false;
    slot->message[0] = '\0';
    slot->status = make_point(w, slot->task.point);
    slot->has_own_routes = w->has_own_routes;
    while (slot->status == MUSTER_OK && slot->done < slot->task.count && !slot->is_stopped) {
        fill_row(w, slot, slot->done);
        slot->done += slot->status == MUSTER_OK;
        slot->is_stopped = stops && stops(context);
    }
}
