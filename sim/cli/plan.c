#include "cli/plan.h"

#include "cli/interrupt.h"

#include "muster/analyze.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* ---- how long ------------------------------------------------------------------------------------- */

enum { TRIAL_POINTS = 4, TRIAL_RUNS = 8 };

/* A few runs of a few points, spread over the plan. */
typedef struct trial {
    const muster_experiment *experiment;
    int32_t given;
    double at_s, first_s, more_s;
    int32_t firsts, mores;
} trial;

static bool next(muster_task *out, void *context)
{
    trial *t = context;
    const muster_experiment_head *h = muster_experiment_head_of(t->experiment);
    const int32_t half = t->given % 2, number = t->given / 2;
    if (number >= TRIAL_POINTS || number >= h->points || (half == 1 && h->replications < 2))
        return false;
    out->point = h->points * number / TRIAL_POINTS;
    out->seed = muster_experiment_point(t->experiment, out->point).seed;
    out->first = h->replications == 0 ? 0 : 1 + half;
    out->count = half == 0                          ? 1
                 : h->replications - 1 < TRIAL_RUNS ? h->replications - 1
                                                    : TRIAL_RUNS;
    t->given++;
    if (h->replications < 2)
        t->given++;
    return true;
}

static bool settings(int64_t point, muster_settings *out, void *context)
{
    const trial *t = context;
    return muster_experiment_settings(t->experiment, point, out);
}

static bool take(const muster_rows *rows, void *context)
{
    trial *t = context;
    const double now_s = cli_now_s();
    if (rows->task.count > 1 || rows->task.first > 1) {
        t->more_s += now_s - t->at_s;
        t->mores += rows->task.count;
    } else {
        t->first_s += now_s - t->at_s;
        t->firsts++;
    }
    t->at_s = now_s;
    return !cli_guard_caught();
}

muster_pace cli_pace_of(const muster_experiment *e, int32_t jobs)
{
    trial t = {.experiment = e, .at_s = cli_now_s()};
    muster_tasks tasks = {.column_count = muster_experiment_head_of(e)->responses,
                          .jobs = 1,
                          .next = next,
                          .settings = settings,
                          .take = take,
                          .context = &t};
    const muster_sweep *sweep = muster_experiment_sweep(e, &tasks.column);
    muster_pace pace = {.point_s = (double)NAN, .run_s = (double)NAN, .jobs = jobs};
    if (muster_sweep_run(sweep, &tasks, NULL, NULL) != MUSTER_OK || t.firsts == 0)
        return pace;
    pace.run_s = t.mores > 0 ? t.more_s / t.mores : 0.0;
    pace.point_s = t.first_s / t.firsts - pace.run_s;
    if (pace.point_s < 0.0)
        pace.point_s = 0.0;
    return pace;
}

/* ---- telling -------------------------------------------------------------------------------------- */

int cli_tell_plan(const cli_call *call, const muster_experiment *e, const muster_shard *shard,
                  const char *path, int32_t jobs)
{
    const muster_pace pace = cli_pace_of(e, jobs);
    muster_document *document = muster_experiment_tell(e, *shard, &pace, path);
    const int status = cli_tell_document(call, document);
    muster_document_free(document);
    return status;
}

void cli_tell_plan_briefly(const muster_experiment *e)
{
    const muster_experiment_head *h = muster_experiment_head_of(e);
    fprintf(stderr, "%s: %s\n%" PRId64 " points", h->id, h->title, h->points);
    if (h->selection.kind != MUSTER_SELECT_NONE)
        fprintf(stderr, ", the best of them by %s is selected, master seed %" PRIu64,
                muster_experiment_response(e, h->selection.response)->name, h->seed);
    else if (h->replications > 0)
        fprintf(stderr, " x %d replications, master seed %" PRIu64, (int)h->replications, h->seed);
    fprintf(stderr, "; plan %016" PRIx64 "\n", h->plan_hash);
}
