/* Running what a store lacks. The order of runs is that of their keys; what is there is skipped. */
#include "experiment/experiment.h"
#include "muster/text.h"
#include "store/keys.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Seconds of work that a task should be, so that little is lost when the process is killed. */
#define TASK_SECONDS 0.05
enum { FIRST_TASK = 4 }; /* replications, at least */

/* From what replications took so far. */
static int32_t task_most(const mst_running *r)
{
    const double seconds = mst_store_now_s() - r->began_s;
    const double jobs = r->options->jobs > 1 ? (double)r->options->jobs : 1.0;
    const double fits = seconds > 0.0 ? (double)r->handed / seconds / jobs * TASK_SECONDS : 0.0;
    return fits < FIRST_TASK        ? FIRST_TASK
           : fits > MUSTER_TASK_MAX ? MUSTER_TASK_MAX
                                    : (int32_t)fits;
}

static bool next(muster_task *out, void *context)
{
    mst_running *r = context;
    if (!mst_keys_next(r->keys, task_most(r), &out->point, &out->first, &out->count))
        return false;
    r->handed += out->count;
    out->seed = muster_experiment_point(r->store->experiment, out->point).seed;
    return true;
}

static bool settings(int64_t point, muster_settings *out, void *context)
{
    const mst_running *r = context;
    return muster_experiment_settings(r->store->experiment, point, out);
}

static void count(mst_running *r, const muster_rows *rows)
{
    muster_sweep_done *out = r->out;
    out->done += rows->task.count;
    out->left -= rows->task.count;
    for (int32_t i = 0; i < rows->task.count; i++)
        out->failed += rows->is_failed[i];
    if (rows->message[0] && !out->message[0])
        muster_text_format(out->message, sizeof out->message, "%s", rows->message);
}

static bool take(const muster_rows *rows, void *context)
{
    mst_running *r = context;
    r->status = mst_store_add(r->store, rows, r->diags);
    if (r->status == MUSTER_OK && r->note && !r->note(rows, r->context))
        r->status = mst_experiment_no_memory(r->diags);
    if (r->status != MUSTER_OK)
        return false;
    const int64_t todo = r->out->done + r->out->left;
    count(r, rows);
    r->is_ended = r->options->go_on &&
                  !r->options->go_on(r->out->done, todo, r->out->failed, r->options->context);
    return !r->is_ended;
}

static bool stops(void *context)
{
    const mst_running *r = context;
    return r->options->stops(r->options->context);
}

muster_status mst_store_run_keys(mst_running *r)
{
    muster_tasks tasks = {.column_count = r->store->head.responses,
                          .jobs = r->options->jobs,
                          .next = next,
                          .settings = settings,
                          .take = take,
                          .stops = r->options->stops ? stops : NULL,
                          .context = r};
    const muster_sweep *sweep = muster_experiment_sweep(r->store->experiment, &tasks.column);
    r->began_s = mst_store_now_s();
    r->handed = 0;
    r->status = MUSTER_OK;
    const muster_status status = muster_sweep_run(sweep, &tasks, NULL, r->diags);
    return r->status != MUSTER_OK ? r->status : status;
}

/* ---- all of an experiment ------------------------------------------------------------------------- */

static muster_status survey(muster_store *store, muster_diags *diags, mst_keys *keys,
                            muster_sweep_done *out)
{
    *out = (muster_sweep_done){0};
    const muster_status status = mst_keys_open(keys, store, diags);
    if (status == MUSTER_OK)
        mst_keys_count(keys, &out->had, &out->left);
    return status;
}

muster_status muster_store_missing(muster_store *store, muster_diags *diags, muster_sweep_done *out)
{
    mst_keys keys;
    if (store->head.selection.kind != MUSTER_SELECT_NONE)
        return mst_store_select(store, NULL, diags, out);
    const muster_status status = survey(store, diags, &keys, out);
    mst_keys_free(&keys);
    return status;
}

static muster_status run_all(muster_store *store, const muster_sweep_run_options *options,
                             muster_diags *diags, muster_sweep_done *out)
{
    mst_keys keys;
    mst_running running = {
        .store = store, .options = options, .diags = diags, .keys = &keys, .out = out};
    muster_status status = survey(store, diags, &keys, out);
    if (status == MUSTER_OK && out->left > 0)
        status = mst_store_run_keys(&running);
    mst_keys_free(&keys);
    return status;
}

muster_status muster_store_run(muster_store *store, const muster_sweep_run_options *options,
                               muster_diags *diags, muster_sweep_done *out)
{
    const mst_store_sum before = store->sum;
    muster_status status = store->head.selection.kind != MUSTER_SELECT_NONE
                               ? mst_store_select(store, options, diags, out)
                               : run_all(store, options, diags, out);
    if (store->in_transaction && out->done > 0) {
        const muster_status committed = mst_store_commit(store, true, diags);
        status = status != MUSTER_OK ? status : committed;
    }
    /* what could not be committed is not done */
    out->left += out->done - (store->sum.runs - before.runs);
    out->done = store->sum.runs - before.runs;
    out->failed = store->sum.failed - before.failed;
    return status;
}
