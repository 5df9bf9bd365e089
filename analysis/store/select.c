/* Selecting a best point: from look to look the runs that are missing until the next one. What is decided
 * follows from the stored values of replications 1, 2, ... of each point; every time that a selection is
 * begun or gone on with, all looks are made again from the first. */
#include "estimate/rank_stages.h"
#include "experiment/experiment.h"
#include "store/keys.h"
#include "store/store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The figure in replications 1 .. of a point. */
typedef struct runs_of {
    double *value; /* NaN: failed, or not defined */
    bool *is_there;
    int32_t room;
} runs_of;

typedef struct selecting {
    muster_store *store;
    muster_diags *diags;
    int32_t points;
    runs_of *run;         /* (points)             */
    const double **value; /* (points) of the runs */
    mst_stages stages;
    bool no_memory;
} selecting;

/* ---- values --------------------------------------------------------------------------------------- */

static bool make_room(runs_of *run, int32_t replication)
{
    if (replication <= run->room)
        return true;
    const int32_t room = replication < 64 ? 64 : replication + replication / 2;
    double *value = realloc(run->value, (size_t)room * sizeof *value);
    if (value)
        run->value = value;
    bool *is_there = realloc(run->is_there, (size_t)room * sizeof *is_there);
    if (is_there)
        run->is_there = is_there;
    if (!value || !is_there)
        return false;
    memset(is_there + run->room, 0, (size_t)(room - run->room) * sizeof *is_there);
    run->room = room;
    return true;
}

static bool note(selecting *s, int64_t point, int32_t replication, double value)
{
    runs_of *run = &s->run[point];
    if (replication < 1 || replication > s->stages.how.most)
        return true; /* no look will ask for it */
    if (!make_room(run, replication)) {
        s->no_memory = true;
        return false;
    }
    run->value[replication - 1] = isfinite(value) ? value : (double)NAN;
    run->is_there[replication - 1] = true;
    return true;
}

static bool note_stored(const muster_store_run_row *row, void *context)
{
    selecting *s = context;
    return note(s, row->point, row->replication,
                row->is_failed ? (double)NAN : row->value[s->stages.how.response]);
}

static bool note_made(const muster_rows *rows, void *context)
{
    selecting *s = context;
    const size_t columns = (size_t)s->store->head.responses;
    for (int32_t i = 0; i < rows->task.count; i++)
        if (!note(s, rows->task.point, rows->task.first + i,
                  rows->is_failed[i]
                      ? (double)NAN
                      : rows->value[(size_t)i * columns + (size_t)s->stages.how.response]))
            return false;
    return true;
}

static muster_status open_selecting(selecting *s, muster_store *store, muster_diags *diags)
{
    const muster_experiment_head *h = &store->head;
    const size_t points = (size_t)h->points;
    *s = (selecting){.store = store, .diags = diags, .points = (int32_t)h->points};
    s->run = calloc(points, sizeof *s->run);
    s->value = calloc(points, sizeof *s->value);
    if (!s->run || !s->value ||
        !mst_stages_open(&s->stages, &h->selection, s->points,
                         store->response[h->selection.response].public.is_yes_no)) {
        (void)mst_experiment_no_memory(diags);
        return MUSTER_WORLD;
    }
    const muster_status status = muster_store_each(store, note_stored, s, diags);
    return s->no_memory ? mst_experiment_no_memory(diags) : status;
}

static void close_selecting(selecting *s)
{
    for (int32_t p = 0; s->run && p < s->points; p++) {
        free(s->run[p].value);
        free(s->run[p].is_there);
    }
    free(s->run);
    free(s->value);
    mst_stages_free(&s->stages);
}

/* ---- looks ---------------------------------------------------------------------------------------- */

/* Runs that the next look needs and the store has not. */
static int64_t left_of(const selecting *s)
{
    int64_t left = 0;
    for (int32_t p = 0; p < s->points; p++)
        for (int32_t r = s->stages.first[p]; r <= s->stages.last[p]; r++)
            left += r > s->run[p].room || !s->run[p].is_there[r - 1];
    return left;
}

/* As many as can be made. */
static muster_status look_on(selecting *s, int64_t *left)
{
    for (*left = left_of(s); *left == 0 && s->stages.end == MST_END_NOT; *left = left_of(s)) {
        for (int32_t p = 0; p < s->points; p++)
            s->value[p] = s->run[p].value;
        if (!mst_stages_look(&s->stages, s->value))
            return mst_experiment_no_memory(s->diags);
    }
    return MUSTER_OK;
}

static muster_status run_on(selecting *s, mst_running *running)
{
    muster_status status = look_on(s, &running->out->left);
    while (status == MUSTER_OK && running->out->left > 0 && !running->is_ended) {
        const int64_t wanted = running->out->left + running->out->done;
        mst_keys_want(running->keys, s->stages.first, s->stages.last);
        status = mst_store_run_keys(running);
        running->is_ended = running->is_ended || running->out->done < wanted;
        if (status == MUSTER_OK)
            status = look_on(s, &running->out->left);
    }
    return status;
}

muster_status mst_store_select(muster_store *store, const muster_sweep_run_options *options,
                               muster_diags *diags, muster_sweep_done *out)
{
    selecting s;
    mst_keys keys = {0};
    mst_running running = {.store = store,
                           .options = options,
                           .diags = diags,
                           .keys = &keys,
                           .note = note_made,
                           .context = &s,
                           .out = out};
    *out = (muster_sweep_done){0};
    muster_status status = open_selecting(&s, store, diags);
    if (status == MUSTER_OK)
        status = mst_keys_open(&keys, store, diags);
    if (status == MUSTER_OK)
        status = options ? run_on(&s, &running) : look_on(&s, &out->left);
    if (status == MUSTER_OK)
        out->had = mst_stages_runs(&s.stages) - out->left - out->done;
    mst_keys_free(&keys);
    close_selecting(&s);
    return status;
}

/* ---- how far -------------------------------------------------------------------------------------- */

muster_status muster_store_selection(muster_store *store, muster_diags *diags,
                                     muster_selection_state *out)
{
    selecting s;
    *out = (muster_selection_state){.best = -1, .ends = ""};
    if (store->head.selection.kind == MUSTER_SELECT_NONE) {
        muster_diags_add(diags, MUSTER_ERROR, (muster_place){store->path, 0}, NULL, NULL,
                         "the experiment of this store selects nothing");
        return MUSTER_MISTAKE;
    }
    muster_status status = open_selecting(&s, store, diags);
    if (status == MUSTER_OK)
        status = look_on(&s, &out->left);
    if (status == MUSTER_OK) {
        out->is_done = s.stages.end != MST_END_NOT;
        out->looks = s.stages.looks;
        out->in = mst_stages_in(&s.stages);
        out->best = s.stages.best;
        out->ends = mst_end_words(s.stages.end);
    }
    close_selecting(&s);
    return status;
}
