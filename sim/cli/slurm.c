/* muster sweep --engine slurm: parts to a cluster, and back together. */
#include "cli/slurm.h"

#include "cli/interrupt.h"
#include "cli/plan.h"
#include "cli/replicate.h"
#include "cli/slurm_merge.h"
#include "cli/slurm_script.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A job costs a cluster a fraction of a second and its keeper's patience, so a part is a minute at
 * least; an array holds 1,000 elements where nobody has set it otherwise. */
#define PART_SECONDS 60.0
enum { PARTS_CHOSEN_MOST = 1000, PARTS_MOST = 100000, BY_HAND_MOST = 60, PARTS_UNKNOWN = 10 };

typedef struct slurm {
    const cli_call *call;
    const muster_experiment *experiment;
    muster_diags *diags;
    cli_parts parts;
    int32_t jobs;
    char *sbatch; /* its path; null: not there */
} slurm;

/* ---- options -------------------------------------------------------------------------------------- */

int cli_slurm_options(const cli_call *call, bool *is_slurm)
{
    static const char *const own[] = {"--parts", "--slurm", "--merge"};
    const char *engine = cli_value(call, "--engine");
    *is_slurm = engine && strcmp(engine, "slurm") == 0;
    if (engine && !*is_slurm && strcmp(engine, "local") != 0)
        return cli_mistake(call->as_json, "local, slurm", "no engine '%s'", engine);
    for (size_t i = 0; !*is_slurm && i < sizeof own / sizeof *own; i++)
        if (cli_has(call, own[i]))
            return cli_mistake(call->as_json, NULL, "%s needs --engine slurm", own[i]);
    if (*is_slurm && cli_has(call, "--shard"))
        return cli_mistake(call->as_json, "--parts N says how many",
                           "--engine slurm makes all parts");
    if (*is_slurm && call->as_json && !cli_has(call, "--merge"))
        return cli_mistake(true, "muster status STORE --json, once the parts are merged",
                           "a sweep that is submitted has no document: --engine slurm tells of it "
                           "in text");
    if (cli_has(call, "--merge") && (cli_has(call, "--dry-run") || cli_has(call, "--slurm")))
        return cli_mistake(call->as_json, NULL,
                           "--merge submits nothing: no --dry-run, no --slurm");
    return *is_slurm ? cli_slurm_check(call) : MUSTER_OK;
}

/* ---- how many parts ------------------------------------------------------------------------------- */

/* From a few runs. What cannot be told by them is guessed; no part is to be empty. */
static int32_t choose(const slurm *s)
{
    const muster_experiment_head *h = muster_experiment_head_of(s->experiment);
    const muster_pace pace = cli_pace_of(s->experiment, s->jobs);
    const double runs = h->replications > 0 ? (double)h->replications : 1.0;
    const double work_s = (double)h->points * (pace.point_s + runs * pace.run_s);
    const double fits =
        isnan(work_s) ? PARTS_UNKNOWN : floor(work_s / (PART_SECONDS * (double)s->jobs));
    int32_t parts = (int32_t)fmin(fmax(fits, 1.0), PARTS_CHOSEN_MOST);
    while (parts > 1 &&
           muster_shard_runs((muster_shard){parts, parts}, h->points, h->replications) == 0)
        parts--;
    return parts;
}

/* Once submitted an experiment keeps its number of parts: they would not fit otherwise. */
static int settle_count(slurm *s)
{
    int64_t given = 0;
    const int32_t before = s->parts.count;
    const int status = cli_whole(s->call, "--parts", 1, PARTS_MOST, &given);
    if (status != MUSTER_OK)
        return status;
    if (before > 0 && given > 0 && given != before)
        return cli_mistake(s->call->as_json, "leave --parts out, or write to another file (-o)",
                           "'%s' has %d parts already, not %lld", s->parts.folder, (int)before,
                           (long long)given);
    if (before == 0)
        s->parts.count = given > 0 ? (int32_t)given : choose(s);
    return MUSTER_OK;
}

/* ---- telling -------------------------------------------------------------------------------------- */

static void put_text(mst_text *text)
{
    fputs(text->bytes && !text->failed ? text->bytes : "", stdout);
    mst_text_clear(text);
}

/* Options that squeue, scancel need to find the jobs: of the note. */
static void put_jobs(const slurm *s, const char *list_option, const char *between, mst_text *out)
{
    const cli_job *array = &s->parts.array, *merge = &s->parts.merge;
    const char *cluster = array->cluster[0] ? array->cluster : merge->cluster;
    if (cluster[0])
        mst_text_printf(out, " --clusters=%s", cluster);
    mst_text_printf(out, " %s%s%s%s", list_option, array->number,
                    array->number[0] && merge->number[0] ? between : "", merge->number);
}

static void put_watch(const slurm *s, mst_text *out)
{
    char *path = cli_parts_path(&s->parts, 1);
    mst_text_add(out, "Watch: squeue");
    put_jobs(s, "--jobs=", ",", out);
    mst_text_add(out, "\n       muster status ");
    cli_put_word(out, path ? path : "");
    mst_text_add(out, " (or of any other part)\nStop:  scancel");
    put_jobs(s, "", " ", out);
    mst_text_add(out, "\n");
    free(path);
}

static void tell_submitted(const slurm *s)
{
    mst_text out;
    mst_text_init(&out, NULL);
    mst_text_printf(&out, "Parts: %d, of which %d whole, in ", (int)s->parts.count,
                    (int)(s->parts.count - s->parts.lacking));
    cli_put_word(&out, s->parts.folder);
    mst_text_add(&out, "\n");
    if (s->parts.array.number[0]) {
        mst_text_printf(&out, "Array: job %s, elements ", s->parts.array.number);
        cli_parts_range(&s->parts, false, &out);
        mst_text_add(&out, "\n");
    }
    mst_text_printf(&out, "Merge: job %s%s, into ", s->parts.merge.number,
                    s->parts.array.number[0] ? ", when they have ended" : "");
    cli_put_word(&out, s->parts.store);
    mst_text_add(&out, "\n");
    put_watch(s, &out);
    mst_text_add(&out, "Again: the same command submits what is not whole by then, and the merge\n"
                       "Next:  muster analyze ");
    cli_put_word(&out, s->parts.store);
    mst_text_add(&out, "\n");
    put_text(&out);
}

/* The same without a cluster. */
static void tell_by_hand(slurm *s)
{
    mst_text out;
    const int32_t count = s->parts.count;
    mst_text_init(&out, NULL);
    s->parts.count = count < 2 ? 2 : count > BY_HAND_MOST ? BY_HAND_MOST : count;
    mst_text_printf(&out, "Without it the same is, for each I of 1 to %d, wherever you like:\n  ",
                    (int)s->parts.count);
    cli_slurm_by_hand(s->call, &s->parts, "I", &out);
    mst_text_add(&out, "\nand then, where all the parts are:\n  ");
    cli_slurm_by_hand(s->call, &s->parts, NULL, &out);
    mst_text_add(&out, "\n");
    fputs(out.bytes && !out.failed ? out.bytes : "", stderr);
    mst_text_clear(&out);
    s->parts.count = count;
}

/* ---- submitting ----------------------------------------------------------------------------------- */

static int write_file(const slurm *s, const char *name, char *text)
{
    char *path = cli_parts_file(&s->parts, name);
    const int status = path ? cli_output_to(s->call, path, text)
                            : cli_failure(MUSTER_WORLD, s->call->as_json, NULL, "out of memory");
    if (!path)
        free(text);
    free(path);
    return status;
}

static int write_scripts(slurm *s)
{
    if (!cli_parts_make_folder(&s->parts))
        return cli_failure(MUSTER_WORLD, s->call->as_json, NULL, "cannot make the folder '%s': %s",
                           s->parts.folder, strerror(errno));
    int status = write_file(s, CLI_SLURM_ARRAY, cli_slurm_array_script(s->call, &s->parts));
    if (status == MUSTER_OK)
        status = write_file(s, CLI_SLURM_MERGE, cli_slurm_merge_script(s->call, &s->parts));
    return status;
}

/* Whatever else it prints is not guessed at: a job may be there, or not. */
static int submit(const slurm *s, const char *what, const cli_words *words, cli_job *out)
{
    cli_spawned said;
    cli_spawn(s->sbatch, words, false, &said);
    if (said.error != 0)
        return cli_failure(MUSTER_WORLD, s->call->as_json, NULL, "cannot run '%s': %s", s->sbatch,
                           strerror(said.error));
    if (said.status != 0)
        return cli_failure(MUSTER_WORLD, s->call->as_json, "its own words stand above",
                           "sbatch did not take the %s (status %d)", what, said.status);
    if (strlen(said.out) != said.length || !cli_job_read(said.out, out))
        return cli_failure(MUSTER_WORLD, s->call->as_json, "squeue --me tells whether it is there",
                           "the %s has no number: sbatch did not answer with one alone", what);
    return write_file(s, CLI_PARTS_NOTE, cli_parts_noted(&s->parts));
}

static int submit_array(slurm *s)
{
    cli_words words = {.word = NULL};
    s->parts.array = s->parts.merge = (cli_job){.number = ""};
    cli_slurm_submit_array(s->call, &s->parts, s->jobs, &words);
    const int status = submit(s, "array of parts", &words, &s->parts.array);
    cli_words_clear(&words);
    if (status != MUSTER_OK && !s->parts.array.number[0] && !cli_guard_caught())
        tell_by_hand(s);
    return status;
}

static int submit_merge(slurm *s)
{
    cli_words words = {.word = NULL};
    cli_slurm_submit_merge(s->call, &s->parts, s->parts.array.number[0] ? &s->parts.array : NULL,
                           &words);
    const int status = submit(s, "merge", &words, &s->parts.merge);
    cli_words_clear(&words);
    return status;
}

/* Between the two: what was submitted stays, and the same command goes on from there. */
static int tell_half(const slurm *s, int status, bool is_interrupted)
{
    if (is_interrupted)
        fprintf(stderr, "muster: interrupted\n");
    if (s->parts.array.number[0])
        fprintf(stderr,
                "muster: array job %s is submitted, its merge is not: the same command "
                "submits it; scancel %s takes the array back\n",
                s->parts.array.number, s->parts.array.number);
    return status;
}

static int submit_both(slurm *s, bool has_array)
{
    int status = MUSTER_OK;
    if (!has_array && s->parts.lacking > 0)
        status = submit_array(s);
    else if (!has_array)
        s->parts.array = (cli_job){.number = ""};
    if (status == MUSTER_OK && cli_guard_caught())
        return tell_half(s, MUSTER_OK, true);
    if (status == MUSTER_OK)
        status = submit_merge(s);
    if (status != MUSTER_OK)
        return tell_half(s, status, cli_guard_caught());
    tell_submitted(s);
    return MUSTER_OK;
}

/* ---- what is in the queue ------------------------------------------------------------------------- */

/* A cluster that has forgotten a job says so with an error; then it is not in the queue. */
static bool is_queued(const cli_job *job)
{
    cli_spawned said;
    cli_words words = {.word = NULL};
    char *squeue = job->number[0] ? cli_find_program("squeue") : NULL;
    if (!squeue)
        return false;
    cli_words_add(&words, "squeue");
    cli_words_add(&words, "--noheader");
    cli_words_add(&words, "--format=%i");
    cli_words_add(&words, "--states=PENDING,CONFIGURING,RUNNING,SUSPENDED");
    cli_words_printf(&words, "--jobs=%s", job->number);
    if (job->cluster[0])
        cli_words_printf(&words, "--clusters=%s", job->cluster);
    cli_spawn(squeue, &words, true, &said);
    cli_words_clear(&words);
    free(squeue);
    bool is_there = false; /* a line that begins with its number */
    const size_t length = strlen(job->number);
    for (const char *at = said.out; said.error == 0 && said.status == 0 && *at && !is_there;) {
        is_there = strncmp(at, job->number, length) == 0;
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    return is_there;
}

static int tell_waiting(const slurm *s)
{
    mst_text out;
    mst_text_init(&out, NULL);
    mst_text_printf(&out,
                    "%d of %d parts are whole; jobs are still in the queue, so none was "
                    "submitted.\n",
                    (int)(s->parts.count - s->parts.lacking), (int)s->parts.count);
    put_watch(s, &out);
    put_text(&out);
    return MUSTER_UNMET;
}

static int tell_all_there(const slurm *s)
{
    mst_text out;
    mst_text_init(&out, NULL);
    mst_text_add(&out, "All parts are whole and merged: nothing is left to submit.\n"
                       "Next:  muster analyze ");
    cli_put_word(&out, s->parts.store);
    mst_text_add(&out, "\n");
    put_text(&out);
    return MUSTER_OK;
}

static int submit_what_lacks(slurm *s)
{
    if (s->parts.is_merged)
        return tell_all_there(s);
    const bool has_array = is_queued(&s->parts.array);
    if (is_queued(&s->parts.merge) || (has_array && s->parts.merge.number[0]))
        return tell_waiting(s);
    const int status = write_scripts(s);
    if (status != MUSTER_OK)
        return status;
    if (s->parts.count == 1)
        fprintf(stderr, "muster: this is a minute or two of work for one processor: without "
                        "--engine slurm it is done here\n");
    return submit_both(s, has_array);
}

/* ---- showing -------------------------------------------------------------------------------------- */

static void show_script(const slurm *s, const char *name, char *text, mst_text *out)
{
    char *path = cli_parts_file(&s->parts, name);
    mst_text_add(out, "---- ");
    cli_put_word(out, path ? path : "");
    mst_text_printf(out, "\n%s\n", text ? text : "");
    out->failed = out->failed || !path || !text;
    free(path);
    free(text);
}

static void show_command(cli_words *words, mst_text *out)
{
    cli_put_words(out, words);
    mst_text_add(out, "\n");
    cli_words_clear(words);
}

static int show(const slurm *s)
{
    static const cli_job any = {.number = "ARRAY"};
    mst_text out;
    cli_words words = {.word = NULL};
    mst_text_init(&out, NULL);
    if (s->parts.is_merged)
        return tell_all_there(s);
    show_script(s, CLI_SLURM_ARRAY, cli_slurm_array_script(s->call, &s->parts), &out);
    show_script(s, CLI_SLURM_MERGE, cli_slurm_merge_script(s->call, &s->parts), &out);
    mst_text_printf(&out, "---- %d of %d parts are whole; submitted would be:\n",
                    (int)(s->parts.count - s->parts.lacking), (int)s->parts.count);
    if (s->parts.lacking > 0) {
        cli_slurm_submit_array(s->call, &s->parts, s->jobs, &words);
        show_command(&words, &out);
    }
    cli_slurm_submit_merge(s->call, &s->parts, s->parts.lacking > 0 ? &any : NULL, &words);
    show_command(&words, &out);
    return cli_output_to(s->call, "-", mst_text_take(&out));
}

/* ---- all ------------------------------------------------------------------------------------------ */

static int submit_or_show(slurm *s, int *out_signal)
{
    const bool is_dry = cli_has(s->call, "--dry-run");
    s->sbatch = cli_find_program("sbatch");
    if (!s->sbatch && !is_dry) {
        cli_failure(MUSTER_WORLD, s->call->as_json,
                    "on Debian apt-get install slurm-client, and a cluster to submit to",
                    "no sbatch in PATH: nothing submitted");
        tell_by_hand(s);
        return MUSTER_WORLD;
    }
    const muster_status status = cli_parts_survey(&s->parts, s->diags);
    if (status != MUSTER_OK)
        return (int)status;
    if (is_dry)
        return show(s);
    cli_guard_begin();
    const int done = submit_what_lacks(s);
    *out_signal = cli_guard_end();
    return done;
}

int cli_slurm_run(const cli_call *call, const muster_experiment *experiment, int32_t jobs,
                  muster_diags *diags, int *out_signal)
{
    /* One processor a part fills a cluster's gaps best; more only where asked for. */
    slurm s = {.call = call,
               .experiment = experiment,
               .diags = diags,
               .jobs = cli_has(call, "--jobs") ? jobs : 1};
    int status = (int)cli_parts_open(experiment, cli_value(call, "-o"), diags, &s.parts);
    if (status == MUSTER_OK)
        status = settle_count(&s);
    if (status == MUSTER_OK && cli_has(call, "--merge"))
        status = cli_slurm_merge(call, &s.parts, diags, out_signal);
    else if (status == MUSTER_OK)
        status = submit_or_show(&s, out_signal);
    cli_parts_close(&s.parts);
    free(s.sbatch);
    return status;
}
