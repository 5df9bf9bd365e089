/* Experiments: what a store costs, merging a million rows, what is spent outside replications. */
#include "bench.h"

#include "real_files.h"

#include "muster/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { POINTS = 20, REPLICATIONS = 5000, SALTELLI_ROWS = 1024, PARTS = 4 };

typedef struct sweep {
    char text[2048];
    muster_land *land;
    muster_experiment *experiment;
    char folder[64], path[128], part[PARTS][128];
    /* where a run without a store stands */
    int64_t point;
    int32_t replication, replications;
    int64_t points, done;
    double sum;
} sweep;

static const muster_host host = {
    .name = "bench", .processor = "", .libm = "", .compiler = "", .gsl = "", .program = "bench"};

/* ---- without a store ------------------------------------------------------------------------------ */

static bool next(muster_task *out, void *context)
{
    sweep *s = context;
    const int32_t left = s->replications - s->replication;
    if (s->point == s->points)
        return false;
    *out = (muster_task){.point = s->point,
                         .seed = muster_experiment_point(s->experiment, s->point).seed,
                         .first = s->replication + 1,
                         .count = left < MUSTER_TASK_MAX ? left : MUSTER_TASK_MAX};
    s->replication += out->count;
    if (s->replication == s->replications) {
        s->replication = 0;
        s->point++;
    }
    return true;
}

static bool settings(int64_t point, muster_settings *out, void *context)
{
    const sweep *s = context;
    return muster_experiment_settings(s->experiment, point, out);
}

static bool take(const muster_rows *rows, void *context)
{
    sweep *s = context;
    s->done += rows->task.count;
    s->sum += rows->value[0];
    return true;
}

static void begin(sweep *s)
{
    const muster_experiment_head *h = muster_experiment_head_of(s->experiment);
    s->point = s->done = 0;
    s->replication = 0;
    s->points = h->points;
    s->replications = h->replications;
}

static int64_t bare(void *context)
{
    sweep *s = context;
    begin(s);
    muster_tasks tasks = {.column_count = muster_experiment_head_of(s->experiment)->responses,
                          .jobs = 2,
                          .next = next,
                          .settings = settings,
                          .take = take,
                          .context = s};
    const muster_sweep *of = muster_experiment_sweep(s->experiment, &tasks.column);
    if (muster_sweep_run(of, &tasks, NULL, NULL) != MUSTER_OK)
        return 0;
    bench_use(s->sum);
    return s->done;
}

/* ---- with one ------------------------------------------------------------------------------------- */

static int64_t run_stored(const sweep *s, const char *path, muster_shard shard)
{
    const muster_sweep_run_options options = {.jobs = 2};
    muster_store *store = NULL;
    muster_sweep_done done = {0};
    unlink(path);
    if (muster_store_begin(path, s->experiment, &host, shard, NULL, &store) != MUSTER_OK)
        return 0;
    const bool is_good = muster_store_run(store, &options, NULL, &done) == MUSTER_OK;
    return muster_store_close(store, NULL) == MUSTER_OK && is_good ? done.done : 0;
}

static int64_t stored(void *context)
{
    const sweep *s = context;
    return run_stored(s, s->path, (muster_shard){0});
}

static int64_t merge(void *context)
{
    const sweep *s = context;
    const char *part[PARTS];
    muster_merged merged = {0};
    for (int i = 0; i < PARTS; i++)
        part[i] = s->part[i];
    unlink(s->path);
    return muster_store_merge(s->path, part, PARTS, NULL, &merged) == MUSTER_OK ? merged.added : 0;
}

/* ---- what lies about ------------------------------------------------------------------------------ */

static sweep *opened[3];

static void remove_files(void)
{
    for (size_t i = 0; i < sizeof opened / sizeof *opened; i++) {
        const sweep *s = opened[i];
        if (!s)
            continue;
        (void)unlink(s->path);
        for (int k = 0; k < PARTS; k++)
            (void)unlink(s->part[k]);
        (void)rmdir(s->folder);
    }
}

static void remember(sweep *s)
{
    size_t i = 0;
    while (i < sizeof opened / sizeof *opened && opened[i])
        i++;
    if (i == 0)
        (void)atexit(remove_files);
    if (i < sizeof opened / sizeof *opened)
        opened[i] = s;
}

/* ---- experiments ---------------------------------------------------------------------------------- */

static bool open_either(const char *path, size_t max_bytes, char **bytes, size_t *length,
                        const char **reason, void *context)
{
    const char *text = context;
    if (strcmp(path, "bench") != 0)
        return real_file_open(path, max_bytes, bytes, length, reason, NULL);
    *length = strlen(text);
    *bytes = malloc(*length + 1);
    if (*bytes)
        memcpy(*bytes, text, *length + 1);
    return *bytes != NULL;
}

static muster_status open_again(sweep *s)
{
    muster_diags *diags = muster_diags_create(NULL);
    const muster_opener opener = {open_either, real_file_close, s->text};
    const muster_experiment_from from = {.path = "bench", .opener = &opener, .land = s->land};
    muster_experiment_free(s->experiment);
    const muster_status status = muster_experiment_open(&from, diags, &s->experiment);
    for (int32_t i = 0; i < muster_diags_count(diags) && status != MUSTER_OK; i++)
        fprintf(stderr, "%s\n", muster_diags_at(diags, i)->message);
    muster_diags_free(diags);
    return status;
}

static bool open_sweep(sweep *s, const char *scenario, const char *rest)
{
    char path[4096];
    snprintf(s->text, sizeof s->text,
             "experiment = { id = \"bench\"; title = \"Bench\"; scenario = \"%.1000s\"; };\n%s",
             bench_scenario(scenario, path), rest);
    bool is_good =
        muster_land_open(NULL, 0, NULL, NULL, &s->land) == MUSTER_OK && open_again(s) == MUSTER_OK;
    snprintf(s->folder, sizeof s->folder, "muster-bench-XXXXXX");
    is_good = is_good && mkdtemp(s->folder) != NULL;
    if (is_good)
        remember(s);
    snprintf(s->path, sizeof s->path, "%s/all.sqlite", s->folder);
    for (int i = 0; i < PARTS; i++)
        snprintf(s->part[i], sizeof s->part[i], "%s/part-%d.sqlite", s->folder, i);
    return is_good;
}

/* ---- how much of it is replications ---------------------------------------------------------------- */

/* In one thread, from reading the experiment to its last run; what a store costs is a case of its own. The
 * time between the ends of two replications of a task is the second one's; the first of a task comes with
 * what its point costs, and counts as much as the others. */
typedef struct shares {
    sweep *of;
    double last_s, runs_s; /* of timed replications together */
    int64_t timed;
    bool is_first;
    double inside_s, whole_s; /* all replications, and all of it */
} shares;

static double now_s(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static bool next_watched(muster_task *out, void *context)
{
    shares *s = context;
    s->is_first = true;
    return next(out, s->of);
}

static bool settings_watched(int64_t point, muster_settings *out, void *context)
{
    const shares *s = context;
    return settings(point, out, s->of);
}

static bool take_watched(const muster_rows *rows, void *context)
{
    const shares *s = context;
    return take(rows, s->of);
}

static bool ends_run(void *context)
{
    shares *s = context;
    const double now = now_s();
    if (!s->is_first) {
        s->runs_s += now - s->last_s;
        s->timed++;
    }
    s->is_first = false;
    s->last_s = now;
    return false;
}

static int64_t watched(void *context)
{
    shares *s = context;
    sweep *of = s->of;
    const double began = now_s();
    if (open_again(of) != MUSTER_OK)
        return 0;
    begin(of);
    s->runs_s = 0.0;
    s->timed = 0;
    muster_tasks tasks = {.column_count = muster_experiment_head_of(of->experiment)->responses,
                          .jobs = 1,
                          .next = next_watched,
                          .settings = settings_watched,
                          .take = take_watched,
                          .stops = ends_run,
                          .context = s};
    const muster_sweep *what = muster_experiment_sweep(of->experiment, &tasks.column);
    if (muster_sweep_run(what, &tasks, NULL, NULL) != MUSTER_OK || s->timed == 0)
        return 0;
    s->whole_s = now_s() - began;
    s->inside_s = s->runs_s / (double)s->timed * (double)of->done;
    return of->done;
}

static int64_t runs_of(void *context)
{
    const shares *s = context;
    return s->of->done;
}

/* ---- families ---------------------------------------------------------------------------------------- */

#define MEASURES                                                                                   \
    "measures = [\"serials_done\", \"score\", \"participation:PRK\", \"margin_accept:PRK\"];\n"

static bool add_store(void)
{
    static sweep s;
    char rest[600];
    snprintf(
        rest, sizeof rest,
        "method = { name = \"lhs\"; points = %d; };\nruns = { replications = %d; seed = 7; };\n"
        "factors = { fuel = { lever = \"allotment\"; }; russia = { lever = \"align-russia\"; };\n"
        "            autonomy = { lever = \"autonomy\"; }; };\n" MEASURES,
        POINTS, bench_is_quick ? 8 : REPLICATIONS);
    if (!open_sweep(&s, "northern-interaction-2023.cfg", rest))
        return false;
    const int32_t reference = bench_add(&(bench_case){.name = "sweep",
                                                      .parameters = "20 points without a store",
                                                      .unit = "us/run",
                                                      .per_s = 1e6,
                                                      .work = bare,
                                                      .context = &s,
                                                      .reference = -1,
                                                      .by_wall = true});
    (void)bench_add(&(bench_case){.name = "sweep",
                                  .parameters = "20 points stored",
                                  .unit = "us/run",
                                  .per_s = 1e6,
                                  .work = stored,
                                  .context = &s,
                                  .reference = reference,
                                  .by_wall = true});
    return true;
}

static bool add_saltelli(void)
{
    static sweep s;
    char rest[1000];
    snprintf(rest, sizeof rest,
             "method = { name = \"saltelli\"; points = %d; luck = false; };\n"
             "runs = { replications = %d; seed = 7; };\n"
             "factors = { a = { lever = \"allotment\"; }; b = { lever = \"frigates\"; };\n"
             "  c = { lever = \"align-china\"; }; d = { lever = \"align-russia\"; };\n"
             "  e = { lever = \"visibility\"; }; f = { lever = \"rep-china\"; };\n"
             "  g = { lever = \"rep-russia\"; }; h = { lever = \"autonomy\"; };\n"
             "  i = { lever = \"own-ledger\"; };\n"
             "  j = { path = \"units.taihu.readiness\"; min = 0.5; max = 1.0; }; };\n" MEASURES,
             bench_is_quick ? 2 : SALTELLI_ROWS, bench_is_quick ? 2 : 250);
    if (!open_sweep(&s, "northern-interaction-2023.cfg", rest))
        return false;
    static shares shared;
    bench_case whole = {.name = "saltelli", .unit = "us/run", .per_s = 1e6};
    const muster_experiment_head *h = muster_experiment_head_of(s.experiment);
    snprintf(whole.parameters, sizeof whole.parameters, "%lld points x %d", (long long)h->points,
             (int)h->replications);
    shared.of = &s;
    const int32_t reference = bench_add(&(bench_case){.name = "saltelli",
                                                      .parameters = "replications alone",
                                                      .unit = "us/run",
                                                      .per_s = 1e6,
                                                      .work = watched,
                                                      .context = &shared,
                                                      .reference = -1,
                                                      .took_s = &shared.inside_s});
    whole.work = runs_of;
    whole.context = &shared;
    whole.reference = reference;
    whole.took_s = &shared.whole_s;
    (void)bench_add(&whole);
    return true;
}

static bool add_merge(void)
{
    static sweep s;
    char rest[600];
    snprintf(rest, sizeof rest,
             "method = { name = \"factorial\"; };\nruns = { replications = %d; seed = 7; };\n"
             "factors = { aboard = { path = \"units.first.fuel_frac\"; min = 0.5; max = 1.0;\n"
             "                       steps = 20; }; };\n"
             "measures = [\"mustered\", \"muster_delay_h\", \"score\", \"fuel_used_t\"];\n",
             bench_is_quick ? 8 : 50000);
    if (!open_sweep(&s, "hello.cfg", rest))
        return false;
    for (int i = 0; i < PARTS; i++)
        if (run_stored(&s, s.part[i], (muster_shard){.index = i + 1, .count = PARTS}) == 0)
            return false;
    (void)bench_add(&(bench_case){.name = "merge",
                                  .parameters = "four parts of a million rows",
                                  .unit = "us/row",
                                  .per_s = 1e6,
                                  .work = merge,
                                  .context = &s,
                                  .reference = -1,
                                  .by_wall = true});
    return true;
}

bool bench_sweep(void)
{
    return add_store();
}

bool bench_saltelli(void)
{
    return add_saltelli();
}

bool bench_merge(void)
{
    return add_merge();
}
