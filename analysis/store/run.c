/* Running what a store lacks. The order of runs is that of their keys; what is there is skipped. */
#include "experiment/experiment.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Seconds of work that a task should be, so that little is lost when the process is killed. */
#define TASK_SECONDS 0.05
enum { FIRST_TASK = 4 }; /* replications, at least */

/* Runs that are there: replications first .. last of a point. */
typedef struct stretch {
    int64_t point;
    int32_t first, last;
} stretch;

typedef struct work {
    muster_store *store;
    const muster_sweep_run_options *options;
    muster_diags *diags;
    stretch *have;
    size_t have_count, have_room, at; /* at: of the point that comes next */
    int64_t point;                    /* next key */
    int32_t replication;
    int64_t handed; /* replications */
    muster_sweep_done *out;
    int64_t todo;
    double began_s;
    muster_status status;
} work;

/* ---- what is there -------------------------------------------------------------------------------- */

static bool note(work *w, int64_t run)
{
    const int64_t point = run >> MST_REP_BITS;
    const int32_t replication = (int32_t)(run & INT32_MAX);
    stretch *last = w->have_count ? &w->have[w->have_count - 1] : NULL;
    if (last && last->point == point && last->last + 1 == replication) {
        last->last = replication;
        return true;
    }
    if (!w->have || w->have_count == w->have_room) {
        const size_t room = w->have_room ? 2 * w->have_room : 64;
        stretch *more = realloc(w->have, room * sizeof *more);
        if (!more)
            return false;
        w->have = more;
        w->have_room = room;
    }
    w->have[w->have_count++] = (stretch){point, replication, replication};
    return true;
}

static muster_status look(work *w)
{
    sqlite3_stmt *ask = mst_store_prepare(w->store, "SELECT run FROM run ORDER BY run", w->diags);
    muster_status status = ask ? MUSTER_OK : mst_store_status(w->store);
    int step = SQLITE_DONE;
    while (status == MUSTER_OK && (step = sqlite3_step(ask)) == SQLITE_ROW)
        if (!note(w, sqlite3_column_int64(ask, 0)))
            status = mst_experiment_no_memory(w->diags);
    if (status == MUSTER_OK && step != SQLITE_DONE)
        status = mst_store_fail(w->store, "reading", w->diags);
    sqlite3_finalize(ask);
    return status;
}

/* ---- keys of this part ---------------------------------------------------------------------------- */

static int32_t first_key(const work *w)
{
    return w->store->head.replications == 0 ? 0 : 1;
}

static bool is_ours(const work *w, int64_t point, int32_t replication)
{
    return muster_shard_has(w->store->shard, w->store->head.points, point, replication);
}

/* Last replication of the stretch from `first` on that is alike: there or not, ours or not. */
static int32_t end_of_stretch(const work *w, int64_t point, int32_t first, bool *is_wanted)
{
    const int32_t wanted = w->store->experiment
                               ? muster_experiment_head_of(w->store->experiment)->replications
                               : w->store->head.replications;
    int32_t end = wanted > 0 ? wanted : 0;
    *is_wanted = true;
    if (w->store->shard.count > 1 && first > 0) {
        const int32_t block_end = ((first - 1) / MST_SHARD_BLOCK + 1) * MST_SHARD_BLOCK;
        end = block_end < end ? block_end : end;
    }
    if (!is_ours(w, point, first)) {
        *is_wanted = false;
        return end;
    }
    for (size_t i = w->at; i < w->have_count && w->have[i].point == point; i++) {
        const stretch *h = &w->have[i];
        if (h->last < first)
            continue;
        if (h->first <= first) {
            *is_wanted = false;
            return h->last < end ? h->last : end;
        }
        return h->first - 1 < end ? h->first - 1 : end;
    }
    return end;
}

/* The next stretch of missing keys, at most `most`; false: there is none. */
static bool next_missing(work *w, int32_t most, int64_t *point, int32_t *first, int32_t *count,
                         int64_t *had)
{
    const int32_t last = muster_experiment_head_of(w->store->experiment)->replications;
    while (w->point < w->store->head.points) {
        while (w->at < w->have_count && w->have[w->at].point < w->point)
            w->at++;
        while (w->replication <= last) {
            bool is_wanted = false;
            int32_t end = end_of_stretch(w, w->point, w->replication, &is_wanted);
            const int32_t from = w->replication;
            if (!is_wanted) {
                if (is_ours(w, w->point, from))
                    *had += end - from + 1;
                w->replication = end + 1;
                continue;
            }
            if (end - from + 1 > most)
                end = from + most - 1;
            w->replication = end + 1;
            *point = w->point;
            *first = from;
            *count = end - from + 1;
            return true;
        }
        w->point++;
        w->replication = first_key(w);
    }
    return false;
}

static void rewind_keys(work *w)
{
    w->point = 0;
    w->replication = first_key(w);
    w->at = 0;
}

static muster_status survey(work *w)
{
    const muster_status status = look(w);
    int64_t point = 0;
    int32_t first = 0, count = 0;
    if (status != MUSTER_OK)
        return status;
    rewind_keys(w);
    while (next_missing(w, INT32_MAX, &point, &first, &count, &w->out->had))
        w->out->left += count;
    w->todo = w->out->left;
    rewind_keys(w);
    return MUSTER_OK;
}

muster_status muster_store_missing(muster_store *store, muster_diags *diags, muster_sweep_done *out)
{
    work w = {.store = store, .diags = diags, .out = out};
    *out = (muster_sweep_done){0};
    const muster_status status = survey(&w);
    free(w.have);
    return status;
}

/* ---- running -------------------------------------------------------------------------------------- */

/* From what replications took so far. */
static int32_t task_most(const work *w)
{
    const double seconds = mst_store_now_s() - w->began_s;
    const double jobs = w->options->jobs > 1 ? (double)w->options->jobs : 1.0;
    const double fits = seconds > 0.0 ? (double)w->handed / seconds / jobs * TASK_SECONDS : 0.0;
    return fits < FIRST_TASK        ? FIRST_TASK
           : fits > MUSTER_TASK_MAX ? MUSTER_TASK_MAX
                                    : (int32_t)fits;
}

static bool next(muster_task *out, void *context)
{
    work *w = context;
    int64_t unused = 0;
    if (!next_missing(w, task_most(w), &out->point, &out->first, &out->count, &unused))
        return false;
    w->handed += out->count;
    out->seed = muster_experiment_point(w->store->experiment, out->point).seed;
    return true;
}

static bool settings(int64_t point, muster_settings *out, void *context)
{
    const work *w = context;
    return muster_experiment_settings(w->store->experiment, point, out);
}

static bool take(const muster_rows *rows, void *context)
{
    work *w = context;
    w->status = mst_store_add(w->store, rows, w->diags);
    if (w->status != MUSTER_OK)
        return false;
    w->out->done += rows->task.count;
    w->out->left -= rows->task.count;
    for (int32_t i = 0; i < rows->task.count; i++)
        w->out->failed += rows->is_failed[i];
    if (rows->message[0] && !w->out->message[0])
        snprintf(w->out->message, sizeof w->out->message, "%s", rows->message);
    return !w->options->go_on ||
           w->options->go_on(w->out->done, w->todo, w->out->failed, w->options->context);
}

static bool stops(void *context)
{
    const work *w = context;
    return w->options->stops(w->options->context);
}

muster_status muster_store_run(muster_store *store, const muster_sweep_run_options *options,
                               muster_diags *diags, muster_sweep_done *out)
{
    work w = {.store = store,
              .options = options,
              .diags = diags,
              .out = out,
              .began_s = mst_store_now_s(),
              .status = MUSTER_OK};
    *out = (muster_sweep_done){0};
    muster_tasks tasks = {.column_count = store->head.responses,
                          .jobs = options->jobs,
                          .next = next,
                          .settings = settings,
                          .take = take,
                          .stops = options->stops ? stops : NULL,
                          .context = &w};
    const muster_sweep *sweep = muster_experiment_sweep(store->experiment, &tasks.column);
    const mst_store_sum before = store->sum;
    muster_status status = survey(&w);
    if (status == MUSTER_OK && out->left > 0) {
        status = muster_sweep_run(sweep, &tasks, NULL, diags);
        status = w.status != MUSTER_OK ? w.status : status;
        if (store->in_transaction) {
            const muster_status committed = mst_store_commit(store, true, diags);
            status = status != MUSTER_OK ? status : committed;
        }
        /* what could not be committed is not done */
        out->done = store->sum.runs - before.runs;
        out->failed = store->sum.failed - before.failed;
        out->left = w.todo - out->done;
    }
    free(w.have);
    return status;
}
