/* muster sweep: an experiment, from its file to its store. */
#include "cli/host.h"
#include "cli/plan.h"
#include "cli/replicate.h"
#include "cli/slurm.h"

#include "base/text.h"
#include "muster/analyze.h"
#include "muster/store.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct sweep {
    const cli_call *call;
    muster_diags *diags;
    muster_land *land;
    muster_experiment *experiment;
    muster_store *store;
    cli_host host;
    cli_replicate how;
    muster_shard shard;
    char path[8192]; /* longer than any that can be opened */
    double began_s, told_s;
    bool is_terminal, has_line, is_slurm;
} sweep;

/* ---- options -------------------------------------------------------------------------------------- */

static int read_shard(const cli_call *call, muster_shard *out)
{
    const char *text = cli_value(call, "--shard");
    char *end = NULL;
    if (!text)
        return MUSTER_OK;
    const bool is_plain = text[strspn(text, "0123456789/")] == '\0'; /* strtol skips blanks */
    const long index = strtol(text, &end, 10);
    const long count = *end == '/' ? strtol(end + 1, &end, 10) : 0;
    if (!is_plain || end == text || *end != '\0' || index < 1 || count < 1 || index > count ||
        count > 100000)
        return cli_mistake(call->as_json, "--shard 3/16 is the third of sixteen parts",
                           "--shard '%s': I/N with 1 <= I <= N <= 100000", text);
    *out = (muster_shard){.index = (int32_t)index, .count = (int32_t)count};
    return MUSTER_OK;
}

static bool selects(const sweep *s)
{
    return muster_experiment_head_of(s->experiment)->selection.kind != MUSTER_SELECT_NONE;
}

/* The store is named by the experiment, a part of it also by its number. */
static void name_store(sweep *s)
{
    const char *given = cli_value(s->call, "-o");
    const char *id = muster_experiment_head_of(s->experiment)->id;
    if (given)
        snprintf(s->path, sizeof s->path, "%s", given);
    else if (s->shard.count > 1)
        snprintf(s->path, sizeof s->path, "%s.%d-of-%d.sqlite", id, (int)s->shard.index,
                 (int)s->shard.count);
    else
        snprintf(s->path, sizeof s->path, "%s.sqlite", id);
}

/* ---- opening -------------------------------------------------------------------------------------- */

static muster_status open_experiment(sweep *s)
{
    const char *lines[CLI_OPTIONS_MAX];
    muster_experiment_from from = {.path = s->call->argument[0],
                                   .opener = &cli_files,
                                   .line = lines,
                                   .has_replications = cli_has(s->call, "--reps"),
                                   .replications = (int32_t)s->how.count,
                                   .has_seed = s->how.has_seed,
                                   .seed = s->how.seed};
    from.line_count = cli_set_lines(s->call, lines, 0);
    const muster_status status = cli_open_land(s->call, s->diags, &s->land);
    from.land = s->land;
    from.land_path = cli_value(s->call, "--land");
    return status == MUSTER_OK ? muster_experiment_open(&from, s->diags, &s->experiment) : status;
}

/* ---- running -------------------------------------------------------------------------------------- */

static bool go_on(int64_t done, int64_t todo, int64_t failed, void *context)
{
    sweep *s = context;
    const double now_s = cli_now_s(), elapsed_s = now_s - s->began_s;
    if (s->is_terminal && elapsed_s >= 0.5 && now_s - s->told_s >= 0.2) {
        const double rate = (double)done / elapsed_s;
        s->told_s = now_s;
        s->has_line = true;
        if (selects(s))
            fprintf(stderr, "\r%lld runs, %.0f a second, %lld until the next look%s   ",
                    (long long)done, rate, (long long)(todo - done), failed ? ", some failed" : "");
        else
            fprintf(stderr, "\r%lld of %lld runs (%.0f %%), %.0f a second, %.0f s left%s   ",
                    (long long)done, (long long)todo, 100.0 * (double)done / (double)todo, rate,
                    (double)(todo - done) / rate, failed ? ", some failed" : "");
        fflush(stderr);
    }
    return !cli_guard_caught();
}

static bool stops(void *context)
{
    (void)context;
    return cli_guard_caught();
}

static void tell_done(const sweep *s, const muster_sweep_done *done, double seconds)
{
    printf("%lld runs done in %.1f s", (long long)done->done, seconds);
    if (done->done > 0 && seconds > 0.05)
        printf(" (%.0f a second)", (double)done->done / seconds);
    if (done->had > 0)
        printf("; %lld were there", (long long)done->had);
    if (done->left > 0)
        printf("; %lld are left%s", (long long)done->left,
               selects(s) ? " until the next look" : "");
    printf(".\nStore: %s\n", s->path);
    if (done->failed > 0)
        printf("%lld of them failed: %s\n", (long long)done->failed, done->message);
}

static void tell_next(const sweep *s)
{
    const char *id = muster_experiment_head_of(s->experiment)->id;
    if (s->shard.count > 1 && cli_value(s->call, "-o"))
        printf("Next: muster merge ALL.sqlite PART.sqlite ...\n");
    else if (s->shard.count > 1)
        printf("Next, when all %d parts are done: muster merge %s.sqlite %s.*-of-%d.sqlite\n",
               (int)s->shard.count, id, id, (int)s->shard.count);
    else
        printf("Next: muster analyze %s\n", s->path);
}

static int run_store(sweep *s, int *out_signal)
{
    muster_sweep_done done;
    const muster_sweep_run_options options = {
        .jobs = s->how.jobs, .go_on = go_on, .stops = stops, .context = s};
    s->began_s = cli_now_s();
    s->is_terminal = isatty(STDERR_FILENO) == 1;
    cli_guard_begin();
    muster_status status = muster_store_run(s->store, &options, s->diags, &done);
    muster_document *document = NULL;
    if (status == MUSTER_OK && s->call->as_json)
        status = muster_store_tell(s->store, s->path, s->diags, &document);
    const muster_status closed = muster_store_close(s->store, s->diags);
    *out_signal = cli_guard_end();
    s->store = NULL;
    if (s->has_line)
        fprintf(stderr, "\r%*s\r", 78, "");
    status = status != MUSTER_OK ? status : closed;
    if (!s->call->as_json)
        tell_done(s, &done, cli_now_s() - s->began_s);
    if (*out_signal)
        fprintf(stderr, "muster: interrupted; what is done is kept\n");
    if (status == MUSTER_OK && document)
        status = (muster_status)cli_tell_document(s->call, document);
    muster_document_free(document);
    if (status != MUSTER_OK)
        return (int)status;
    if (done.left > 0)
        fprintf(stderr, "muster: run the same command again to go on\n");
    else if (!s->call->as_json)
        tell_next(s);
    return done.failed > 0 ? MUSTER_UNMET : MUSTER_OK;
}

static int run_opened(sweep *s, int *out_signal)
{
    if (!*muster_experiment_head_of(s->experiment)->scenario)
        return cli_mistake(s->call->as_json, "muster design prints its points",
                           "'%s' names no scenario: there is nothing to run", s->call->argument[0]);
    if ((s->shard.count > 1 || s->is_slurm) && selects(s))
        return cli_mistake(
            s->call->as_json, "leave out --shard and --engine; --jobs shares its runs out",
            "a selection has no parts: which runs come next follows from all before");
    name_store(s);
    cli_print_diags(s->diags, false); /* warnings, before the long work */
    muster_diags_free(s->diags);
    s->diags = muster_diags_create(NULL);
    if (s->is_slurm) {
        cli_tell_plan_briefly(s->experiment);
        return cli_slurm_run(s->call, s->experiment, s->how.jobs, s->diags, out_signal);
    }
    if (cli_has(s->call, "--dry-run"))
        return cli_tell_plan(s->call, s->experiment, &s->shard, s->path, s->how.jobs);
    cli_tell_plan_briefly(s->experiment);
    cli_host_read(&s->host);
    const muster_status status =
        muster_store_begin(s->path, s->experiment, &s->host.host, s->shard, s->diags, &s->store);
    return status == MUSTER_OK ? run_store(s, out_signal) : (int)status;
}

static int run(const cli_call *call)
{
    sweep s = {.call = call, .diags = muster_diags_create(NULL)};
    int signal_number = 0;
    int status = cli_replicate_read(call, &s.how);
    if (status == MUSTER_OK)
        status = read_shard(call, &s.shard);
    if (status == MUSTER_OK)
        status = cli_slurm_options(call, &s.is_slurm);
    if (status == MUSTER_OK) {
        status = (int)open_experiment(&s);
        if (status == MUSTER_OK)
            status = run_opened(&s, &signal_number);
        cli_print_diags(s.diags, call->as_json && muster_diags_error_count(s.diags) > 0);
    }
    (void)muster_store_close(s.store, NULL);
    muster_experiment_free(s.experiment);
    muster_land_free(s.land);
    muster_diags_free(s.diags);
    cli_die(signal_number);
    return status;
}

static const cli_option options[] = {
    {"-o", "FILE", "the store; without it ID.sqlite in this folder"},
    {"--dry-run", NULL, "print the plan and how long it would take; run nothing"},
    {"--reps", "N", "replications of each point, in place of the file's"},
    CLI_REPLICATE_OPTIONS,
    {"--shard", "I/N", "the Ith of N parts, into a store of its own"},
    {"--engine", "local|slurm", "here; or as an array of jobs on a Slurm cluster"},
    {"--parts", "N", "slurm: how many; without it each is a minute of work or more"},
    {"--slurm", "'OPTION'", "slurm: for sbatch, like --time=2:00:00; may be given again"},
    {"--merge", NULL, "slurm: submit nothing; put together the parts that are there"},
    {"--set", "'PATH = VALUE'", "change the scenario for all points; may be given again"},
    {"--land", "FILE", "land of another box, made by sim/world/land/make_land.mjs"},
    CLI_JSON_OPTION,
    CLI_END_OPTIONS};

const cli_verb cli_sweep = {
    .name = "sweep",
    .usage = "FILE",
    .summary = "run an experiment: many points, many replications, one store",
    .help = "  muster sweep scenarios/experiments/NAME.cfg --dry-run\n"
            "  muster sweep scenarios/experiments/NAME.cfg\n"
            "  muster sweep NAME.cfg --reps 200\n"
            "  muster sweep NAME.cfg --shard 3/16\n"
            "  muster sweep NAME.cfg --engine slurm --slurm --partition=long\n"
            "\n"
            "Runs every point of an experiment and keeps one row a run in an SQLite file.\n"
            "Ctrl-C, a crash or a full disk loses less than a second of work: the same\n"
            "command goes on where it stopped. With more replications than before only the\n"
            "new ones are run. A store takes runs of one plan, scenario and program only.\n"
            "\n"
            "A point that the scenario does not allow is a row that says why, not the end;\n"
            "the exit status is then 1. Parts (--shard) have stores of their own, which\n"
            "muster merge puts together. Results do not depend on threads, parts or order.\n"
            "\n"
            "With a group 'select' in the file points that are beaten get no more runs (kn),\n"
            "or runs go where they tell most (ocba), until the best point is found.\n"
            "\n"
            "--engine slurm writes ID.slurm, a folder with a script for an array of jobs, one\n"
            "a part, and one that merges their stores when they have ended, and submits both.\n"
            "The same command again submits the parts that are not whole, and a merge. With\n"
            "--dry-run the scripts are printed. The folder must be one that all nodes see. A\n"
            "part has one processor, with --jobs as many as that says. --json goes with\n"
            "--merge, which tells what the store then holds.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .options = options,
    .run = run,
    .many = "--slurm",
};
