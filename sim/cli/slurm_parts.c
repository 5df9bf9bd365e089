/* The folder of an experiment that is run in parts. */
#include "cli/slurm_parts.h"

#include "cli/cli.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_MOST = 1 << 16, NOTE_MOST = 1024, PARTS_MOST = 100000 };

static const char suffix[] = ".sqlite";

/* ---- names ---------------------------------------------------------------------------------------- */

static char *here_now(void)
{
    for (size_t room = 256; room <= PATH_MOST; room *= 2) {
        char *out = malloc(room);
        if (!out || getcwd(out, room))
            return out;
        free(out);
        if (errno != ERANGE)
            break;
    }
    return NULL;
}

/* "/a/x.sqlite" has its parts in "/a/x.slurm". */
static char *folder_of(const char *store)
{
    const size_t length = strlen(store), end = sizeof suffix - 1;
    const bool has_suffix =
        length > end && strcmp(store + length - end, suffix) == 0 && store[length - end - 1] != '/';
    mst_text out;
    mst_text_init(&out, NULL);
    mst_text_add_bytes(&out, store, has_suffix ? length - end : length);
    mst_text_add(&out, ".slurm");
    return mst_text_take(&out);
}

static char *absolute(const char *here, const char *path, const char *id)
{
    mst_text out;
    mst_text_init(&out, NULL);
    if (!path || path[0] != '/')
        mst_text_printf(&out, "%s%s", here, strcmp(here, "/") == 0 ? "" : "/");
    if (path)
        mst_text_add(&out, path);
    else
        mst_text_printf(&out, "%s%s", id, suffix);
    return mst_text_take(&out);
}

char *cli_parts_file(const cli_parts *parts, const char *name)
{
    mst_text out;
    mst_text_init(&out, NULL);
    mst_text_printf(&out, "%s/%s", parts->folder, name);
    return mst_text_take(&out);
}

char *cli_parts_path(const cli_parts *parts, int32_t number)
{
    mst_text out;
    mst_text_init(&out, NULL);
    mst_text_printf(&out, "%s/%s.%d-of-%d%s", parts->folder,
                    muster_experiment_head_of(parts->experiment)->id, (int)number,
                    (int)parts->count, suffix);
    return mst_text_take(&out);
}

bool cli_parts_make_folder(const cli_parts *parts)
{
    return cli_make_folder(parts->folder);
}

/* ---- what was submitted --------------------------------------------------------------------------- */

bool cli_job_read(const char *text, cli_job *out)
{
    static const char name[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    const size_t digits = strspn(text, "0123456789");
    const char *at = text + digits;
    const size_t letters = *at == ';' ? strspn(at + 1, name) : 0;
    *out = (cli_job){.number = ""};
    if (digits == 0 || digits > 20 || (*at == ';' && (letters == 0 || letters > 60)))
        return false;
    snprintf(out->number, sizeof out->number, "%.*s", (int)digits, text);
    if (*at == ';') {
        snprintf(out->cluster, sizeof out->cluster, "%.*s", (int)letters, at + 1);
        at += 1 + letters;
    }
    if (*at == '\0' || strcmp(at, "\n") == 0)
        return true;
    *out = (cli_job){.number = ""}; /* nothing half read is gone on with */
    return false;
}

static void note_job(mst_text *out, const char *name, const cli_job *job)
{
    if (job->number[0])
        mst_text_printf(out, "%s %s%s%s\n", name, job->number, job->cluster[0] ? ";" : "",
                        job->cluster);
}

char *cli_parts_noted(const cli_parts *parts)
{
    mst_text out;
    mst_text_init(&out, NULL);
    mst_text_printf(&out, "parts %d\n", (int)parts->count);
    note_job(&out, "array", &parts->array);
    note_job(&out, "merge", &parts->merge);
    return mst_text_take(&out);
}

/* One line of the note; false: it is not as we write it. */
static bool read_line(cli_parts *parts, const char *line)
{
    char *end = NULL;
    if (strncmp(line, "array ", 6) == 0)
        return cli_job_read(line + 6, &parts->array);
    if (strncmp(line, "merge ", 6) == 0)
        return cli_job_read(line + 6, &parts->merge);
    if (strncmp(line, "parts ", 6) != 0)
        return false;
    const long count = strtol(line + 6, &end, 10);
    parts->count = (int32_t)(count >= 1 && count <= PARTS_MOST ? count : 0);
    return *end == '\0' && parts->count > 0;
}

static bool read_lines(cli_parts *parts, char *text)
{
    bool is_good = true;
    while (is_good && *text) {
        char *end = text + strcspn(text, "\n");
        const bool is_last = *end == '\0';
        *end = '\0';
        is_good = read_line(parts, text);
        text = is_last ? end : end + 1;
    }
    return is_good && parts->count > 0;
}

static muster_status read_note(cli_parts *parts, muster_diags *diags)
{
    const char *reason = NULL;
    size_t length = 0;
    struct stat info;
    char *path = cli_parts_file(parts, CLI_PARTS_NOTE);
    if (!path)
        return MUSTER_WORLD;
    const bool is_there = stat(path, &info) == 0;
    char *text = is_there ? cli_read_file(path, NOTE_MOST, &length, &reason) : NULL;
    muster_status status = MUSTER_OK;
    if (is_there && !text) {
        status = MUSTER_WORLD;
        muster_diags_add(diags, MUSTER_ERROR, (muster_place){path, 0}, NULL, NULL,
                         "cannot read it: %s", reason);
    } else if (is_there &&
               (length > NOTE_MOST || strlen(text) != length || !read_lines(parts, text))) {
        status = MUSTER_MISTAKE;
        muster_diags_add(diags, MUSTER_ERROR, (muster_place){path, 0}, NULL,
                         "see that none of its jobs is left (squeue), and remove the file",
                         "this note of jobs is not as muster writes it");
    }
    free(text);
    free(path);
    return status;
}

muster_status cli_parts_open(const muster_experiment *experiment, const char *given,
                             muster_diags *diags, cli_parts *out)
{
    *out = (cli_parts){.experiment = experiment, .here = here_now()};
    if (!out->here) {
        muster_diags_add(diags, MUSTER_ERROR, (muster_place){NULL, 0}, NULL, NULL,
                         "the folder that this is run in cannot be told: %s", strerror(errno));
        return MUSTER_WORLD;
    }
    out->store = absolute(out->here, given, muster_experiment_head_of(experiment)->id);
    out->folder = out->store ? folder_of(out->store) : NULL;
    return out->folder ? read_note(out, diags) : MUSTER_WORLD;
}

void cli_parts_close(cli_parts *parts)
{
    free(parts->here);
    free(parts->store);
    free(parts->folder);
    free(parts->is_whole);
    *parts = (cli_parts){.here = NULL};
}

/* ---- what there is -------------------------------------------------------------------------------- */

typedef struct counting {
    const muster_experiment_head *head;
    muster_shard shard;
    cli_held *out;
} counting;

static bool count_run(const muster_store_run_row *row, void *context)
{
    const counting *c = context;
    const int32_t last = c->head->replications;
    const bool is_asked_for =
        last == 0 ? row->replication == 0 : row->replication >= 1 && row->replication <= last;
    if (is_asked_for && muster_shard_has(c->shard, c->head->points, row->point, row->replication)) {
        c->out->runs++;
        c->out->failed += row->is_failed;
    }
    return true;
}

static muster_status check_same(const muster_experiment_head *is, const muster_experiment_head *has,
                                const char *path, muster_diags *diags)
{
    const char *what = strcmp(is->id, has->id) != 0              ? "experiment"
                       : is->scenario_hash != has->scenario_hash ? "scenario"
                       : is->seed != has->seed                   ? "master seed"
                       : is->plan_hash != has->plan_hash         ? "plan"
                                                                 : NULL;
    if (!what)
        return MUSTER_OK;
    muster_diags_add(diags, MUSTER_ERROR, (muster_place){path, 0}, NULL,
                     "write to another file (-o); runs of the two are never mixed",
                     "this store is of another %s", what);
    return MUSTER_MISTAKE;
}

muster_status cli_parts_look(const cli_parts *parts, const char *path, muster_shard shard,
                             muster_diags *diags, cli_held *out)
{
    struct stat info = {.st_size = 0};
    const muster_experiment_head *head = muster_experiment_head_of(parts->experiment);
    counting c = {.head = head, .shard = shard, .out = out};
    *out = (cli_held){.wanted = muster_shard_runs(shard, head->points, head->replications)};
    if (stat(path, &info) != 0 && errno == ENOENT)
        return MUSTER_OK;
    if (S_ISREG(info.st_mode) && info.st_size == 0) /* made, and nothing committed */
        return MUSTER_OK;
    out->is_there = true;
    muster_store *store = NULL;
    muster_status status = muster_store_open(path, diags, &store);
    if (status == MUSTER_OK)
        status = check_same(head, muster_store_head(store), path, diags);
    if (status == MUSTER_OK)
        status = muster_store_each(store, count_run, &c, diags);
    (void)muster_store_close(store, NULL);
    return status;
}

/* A part that cannot be read now is not whole: whoever runs it will see to it, or say why not. */
static muster_status look_at_part(cli_parts *parts, int32_t number, muster_diags *diags)
{
    cli_held held;
    char *path = cli_parts_path(parts, number);
    muster_diags *own = muster_diags_create(NULL);
    muster_status status = MUSTER_WORLD;
    if (path && own)
        status = cli_parts_look(parts, path, (muster_shard){number, parts->count}, own, &held);
    if (status == MUSTER_MISTAKE) /* told again, in the list of the caller */
        (void)cli_parts_look(parts, path, (muster_shard){number, parts->count}, diags, &held);
    parts->is_whole[number - 1] = status == MUSTER_OK && held.runs >= held.wanted;
    parts->lacking += !parts->is_whole[number - 1];
    if (path && own && status == MUSTER_WORLD)
        status = MUSTER_OK;
    muster_diags_free(own);
    free(path);
    return status;
}

muster_status cli_parts_survey(cli_parts *parts, muster_diags *diags)
{
    cli_held held;
    free(parts->is_whole);
    parts->lacking = 0;
    parts->is_whole = calloc((size_t)parts->count, sizeof *parts->is_whole);
    muster_status status = parts->is_whole ? MUSTER_OK : MUSTER_WORLD;
    for (int32_t i = 1; status == MUSTER_OK && i <= parts->count; i++)
        status = look_at_part(parts, i, diags);
    if (status == MUSTER_OK)
        status = cli_parts_look(parts, parts->store, (muster_shard){0, 0}, diags, &held);
    parts->is_merged = status == MUSTER_OK && held.runs >= held.wanted;
    return status;
}

void cli_parts_range(const cli_parts *parts, bool is_whole, mst_text *out)
{
    bool has_any = false;
    for (int32_t i = 0; i < parts->count; i++) {
        if (parts->is_whole[i] != is_whole)
            continue;
        const int32_t first = i;
        while (i + 1 < parts->count && parts->is_whole[i + 1] == is_whole)
            i++;
        mst_text_printf(out, "%s%d", has_any ? "," : "", (int)first + 1);
        if (i > first)
            mst_text_printf(out, "%s%d", i > first + 1 ? "-" : ",", (int)i + 1);
        has_any = true;
    }
}
