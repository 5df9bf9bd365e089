/* What is handed to Slurm. Scripts hold all paths in quotes and no word of a user in a comment; what
 * sbatch is told stands on its command line, where nothing is read a second time. */
#include "cli/slurm_script.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A replication needs some tens of megabytes, a store some more; without --mem a job may get a whole
 * node's memory, and its neighbours none. */
#define MEMORY "--mem=500M"

/* ---- options for sbatch --------------------------------------------------------------------------- */

/* sbatch takes names cut short, where they are not another's beginning. */
static bool is_ours(const char *option)
{
    static const char *const names[] = {"array", "chdir", "dependency", "parsable", "wait", "wrap"};
    if (option[1] != '-')
        return strchr("adDW", option[1]) != NULL;
    const size_t length = strcspn(option + 2, "=");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (length >= 2 && strncmp(option + 2, names[i], length) == 0)
            return true;
    return false;
}

static int check_one(const cli_call *call, const char *option)
{
    if (option[0] != '-' || option[1] == '\0' || strcmp(option, "--") == 0)
        return cli_mistake(call->as_json, "--slurm=--partition=long, --slurm=--time=2:00:00",
                           "--slurm '%s' is no option of sbatch", option);
    if (option[1] == '-' && option[strcspn(option, "= ")] == ' ')
        return cli_mistake(call->as_json, "put = between its name and its value",
                           "--slurm '%s' has a blank in its name", option);
    if (is_ours(option))
        return cli_mistake(call->as_json, "muster help sweep",
                           "--slurm '%s': muster sets that itself", option);
    return MUSTER_OK;
}

int cli_slurm_check(const cli_call *call)
{
    int status = MUSTER_OK;
    for (int i = 0; status == MUSTER_OK && i < call->given_count; i++)
        if (strcmp(call->given[i].option->name, "--slurm") == 0)
            status = check_one(call, call->given[i].value);
    return status;
}

static void add_users(const cli_call *call, cli_words *out)
{
    for (int i = 0; i < call->given_count; i++)
        if (strcmp(call->given[i].option->name, "--slurm") == 0)
            cli_words_add(out, call->given[i].value); /* behind ours: sbatch takes the last */
}

/* ---- command lines of muster ---------------------------------------------------------------------- */

/* What of the user's command belongs to every part as well: all that says which runs. */
static bool goes_along(const char *name)
{
    static const char *const own[] = {"--engine", "--parts", "--slurm", "--merge", "--dry-run",
                                      "--json",   "--jobs",  "--shard", "-o"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(own[i], name) == 0)
            return false;
    return true;
}

static void add_options(const cli_call *call, cli_words *out)
{
    for (int i = 0; i < call->given_count; i++) {
        const char *name = call->given[i].option->name, *value = call->given[i].value;
        if (!goes_along(name))
            continue;
        if (value)
            cli_words_printf(out, "%s=%s", name, value);
        else
            cli_words_add(out, name);
    }
}

/* The running program itself; where the system does not tell, the one that PATH leads to. */
static void add_program(cli_words *out)
{
    char path[4096];
    const ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length > 0)
        path[length] = '\0';
    cli_words_add(out, length > 0 && access(path, X_OK) == 0 ? path : "muster");
}

static void add_file(const cli_call *call, cli_words *out)
{
    if (call->argument[0][0] == '-')
        cli_words_add(out, "--");
    cli_words_add(out, call->argument[0]);
}

static void put_and_clear(mst_text *out, cli_words *words)
{
    cli_put_words(out, words);
    cli_words_clear(words);
}

static void begin_script(const cli_parts *parts, const char *comment, mst_text *out)
{
    mst_text_init(out, NULL);
    mst_text_printf(out, "#!/bin/sh\n# muster, experiment %s: %s\n",
                    muster_experiment_head_of(parts->experiment)->id, comment);
    /* From the same folder a file is opened by the same name, which stands in the results. */
    mst_text_add(out, "cd ");
    cli_put_word(out, parts->here);
    mst_text_add(out, " || exit 3\n");
}

/* The store of part $part. */
static void put_part_store(const cli_parts *parts, mst_text *out)
{
    char *file = cli_parts_file(parts, muster_experiment_head_of(parts->experiment)->id);
    cli_put_word(out, file ? file : "");
    mst_text_printf(out, ".\"$part\"-of-%d.sqlite", (int)parts->count);
    out->failed = out->failed || !file;
    free(file);
}

char *cli_slurm_array_script(const cli_call *call, const cli_parts *parts)
{
    mst_text out;
    cli_words words = {.word = NULL};
    begin_script(parts, "one part. Started anew it goes on where it stopped.", &out);
    mst_text_printf(&out,
                    "part=${SLURM_ARRAY_TASK_ID:?is the number of the part, 1 to %d}\n"
                    "exec ",
                    (int)parts->count);
    add_program(&words);
    cli_words_add(&words, "sweep");
    add_options(call, &words);
    put_and_clear(&out, &words);
    /* How many parts: not SLURM_ARRAY_TASK_COUNT, which counts only those submitted together. */
    mst_text_printf(&out, " \\\n    --shard=\"$part\"/%d --jobs=\"${SLURM_CPUS_PER_TASK:-1}\" -o ",
                    (int)parts->count);
    put_part_store(parts, &out);
    mst_text_add(&out, " \\\n    ");
    add_file(call, &words);
    put_and_clear(&out, &words);
    mst_text_add(&out, "\n");
    return mst_text_take(&out);
}

char *cli_slurm_merge_script(const cli_call *call, const cli_parts *parts)
{
    mst_text out;
    cli_words words = {.word = NULL};
    begin_script(parts, "puts the parts together; exit status 1: some are missing.", &out);
    mst_text_add(&out, "exec ");
    add_program(&words);
    cli_words_add(&words, "sweep");
    add_options(call, &words);
    cli_words_add(&words, "--engine=slurm");
    cli_words_printf(&words, "--parts=%d", (int)parts->count);
    cli_words_add(&words, "--merge");
    put_and_clear(&out, &words);
    mst_text_add(&out, " \\\n    -o ");
    cli_words_add(&words, parts->store);
    add_file(call, &words);
    put_and_clear(&out, &words);
    mst_text_add(&out, "\n");
    return mst_text_take(&out);
}

/* ---- command lines of sbatch ---------------------------------------------------------------------- */

/* The log is named from the folder: in a path Slurm would take % for a mark of its own. */
static void add_common(const cli_call *call, const cli_parts *parts, const char *log,
                       const char *script, const cli_job *after, cli_words *out)
{
    char *path = cli_parts_file(parts, script);
    cli_words_add(out, MEMORY);
    cli_words_printf(out, "--chdir=%s", parts->folder);
    cli_words_printf(out, "--output=%s", log);
    cli_words_add(out, "--open-mode=append");
    add_users(call, out);
    if (after && after->cluster[0]) /* the one of several that took the array */
        cli_words_printf(out, "--clusters=%s", after->cluster);
    cli_words_add(out, path);
    free(path);
}

void cli_slurm_submit_array(const cli_call *call, const cli_parts *parts, int32_t jobs,
                            cli_words *out)
{
    mst_text range;
    mst_text_init(&range, NULL);
    cli_parts_range(parts, false, &range);
    cli_words_add(out, "sbatch");
    cli_words_add(out, "--parsable");
    cli_words_printf(out, "--array=%s", range.bytes && !range.failed ? range.bytes : "");
    cli_words_printf(out, "--job-name=%s", muster_experiment_head_of(parts->experiment)->id);
    cli_words_printf(out, "--cpus-per-task=%d", (int)jobs);
    add_common(call, parts, "part.%a.log", CLI_SLURM_ARRAY, NULL, out);
    out->failed = out->failed || range.failed;
    mst_text_clear(&range);
}

void cli_slurm_submit_merge(const cli_call *call, const cli_parts *parts, const cli_job *after,
                            cli_words *out)
{
    cli_words_add(out, "sbatch");
    cli_words_add(out, "--parsable");
    if (after)
        cli_words_printf(out, "--dependency=afterany:%s", after->number);
    cli_words_printf(out, "--job-name=%s-merge", muster_experiment_head_of(parts->experiment)->id);
    cli_words_add(out, "--cpus-per-task=1");
    add_common(call, parts, "merge.log", CLI_SLURM_MERGE, after, out);
}

/* ---- by hand -------------------------------------------------------------------------------------- */

void cli_slurm_by_hand(const cli_call *call, const cli_parts *parts, const char *number,
                       mst_text *out)
{
    cli_words words = {.word = NULL};
    const char *id = muster_experiment_head_of(parts->experiment)->id;
    cli_words_add(&words, "muster");
    if (number) {
        cli_words_add(&words, "sweep");
        add_options(call, &words);
        add_file(call, &words);
        cli_words_printf(&words, "--shard=%s/%d", number, (int)parts->count);
        put_and_clear(out, &words);
        return;
    }
    cli_words_add(&words, "merge");
    cli_words_add(&words, cli_has(call, "-o") ? cli_value(call, "-o") : parts->store);
    put_and_clear(out, &words);
    mst_text_printf(out, " %s.*-of-%d.sqlite", id, (int)parts->count);
}
