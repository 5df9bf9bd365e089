/* muster status, merge, export: stores of experiments. */
#include "cli/cli.h"
#include "cli/interrupt.h"
#include "cli/sink.h"

#include "muster/analyze.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

int cli_tell_document(const cli_call *call, const muster_document *document)
{
    muster_diags *diags = muster_diags_create(NULL);
    char *text = !document       ? NULL
                 : call->as_json ? muster_document_json(document, diags)
                                 : muster_document_text(document, NULL, diags);
    const int status = cli_tell_to(call, "-", text, diags);
    muster_diags_free(diags);
    return status;
}

static int end(const cli_call *call, muster_diags *diags, int status)
{
    /* what could not be written was told when it was found */
    cli_print_diags(diags, call->as_json && muster_diags_error_count(diags) > 0);
    muster_diags_free(diags);
    return status;
}

/* ---- status --------------------------------------------------------------------------------------- */

static int run_status(const cli_call *call)
{
    muster_diags *diags = muster_diags_create(NULL);
    muster_store *store = NULL;
    muster_document *document = NULL;
    int status = (int)muster_store_open(call->argument[0], diags, &store);
    if (status == MUSTER_OK)
        status = (int)muster_store_tell(store, call->argument[0], diags, &document);
    if (status == MUSTER_OK)
        status = cli_tell_document(call, document);
    muster_document_free(document);
    (void)muster_store_close(store, NULL);
    return end(call, diags, status);
}

static const cli_option status_options[] = {CLI_JSON_OPTION, CLI_END_OPTIONS};

const cli_verb cli_status = {
    .name = "status",
    .usage = "FILE",
    .summary = "what a store holds, and what it lacks",
    .help = "  muster status levers.sqlite\n"
            "\n"
            "Says of which experiment a store is, how many runs are in it, how many are\n"
            "missing or failed, and which machines they come from. A store may be looked at\n"
            "while a sweep writes it.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .options = status_options,
    .run = run_status,
};

/* ---- merge ---------------------------------------------------------------------------------------- */

static void print_merged(const muster_merged *merged, const char *into)
{
    printf("%lld runs added to %s", (long long)merged->added, into);
    if (merged->same > 0)
        printf("; %lld were there and are the same", (long long)merged->same);
    if (merged->close > 0)
        printf(", %lld of these to 1e-9 only, from an unlike kind of machine",
               (long long)merged->close);
    printf(".\n");
}

static int run_merge(const cli_call *call)
{
    muster_diags *diags = muster_diags_create(NULL);
    muster_merged merged;
    const int status = (int)muster_store_merge(call->argument[0], call->argument + 1,
                                               call->argument_count - 1, diags, &merged);
    if (status == MUSTER_OK && call->as_json) {
        muster_diags_free(diags);
        return run_status(call); /* what is there now */
    }
    if (status == MUSTER_OK)
        print_merged(&merged, call->argument[0]);
    return end(call, diags, status);
}

static const cli_option merge_options[] = {CLI_JSON_OPTION, CLI_END_OPTIONS};

const cli_verb cli_merge = {
    .name = "merge",
    .usage = "FILE FILE ...",
    .summary = "put the parts of an experiment together",
    .help = "  muster merge levers.sqlite levers.1-of-2.sqlite levers.2-of-2.sqlite\n"
            "\n"
            "Adds the runs of the other stores to the first one, which is made when it is not\n"
            "there. All must be of one experiment, scenario and program. A run that is in two\n"
            "of them must be the same in both; on unlike kinds of machine to 1e-9 of its\n"
            "value. Merging again changes nothing.\n",
    .arguments_min = 2,
    .arguments_max = CLI_ARGUMENTS_MAX,
    .options = merge_options,
    .run = run_merge,
};

/* ---- export --------------------------------------------------------------------------------------- */

typedef struct sheet {
    cli_sink sink;
    int reason; /* errno of a piece that could not be written; 0: all could */
} sheet;

static bool write_piece(const char *text, size_t length, void *context)
{
    sheet *s = context;
    if (cli_guard_caught()) { /* half a file is taken away */
        s->reason = EINTR;
        return false;
    }
    errno = 0;
    if (cli_sink_write(&s->sink, text, length))
        return true;
    s->reason = errno != 0 ? errno : EIO;
    return false;
}

/* Piece by piece from the nameless file. */
static bool copy_all(FILE *from, sheet *to)
{
    char piece[65536];
    size_t length = 0;
    while ((length = fread(piece, 1, sizeof piece, from)) > 0)
        if (!write_piece(piece, length, to))
            return false;
    to->reason = ferror(from) ? EIO : 0;
    return !ferror(from);
}

static int write_sheet(const cli_call *call, muster_store *store, muster_diags *diags)
{
    sheet s = {.reason = 0};
    const char *path = cli_value(call, "-o");
    muster_status status = MUSTER_OK;
    cli_guard_begin();
    bool is_written = cli_sink_open(&s.sink, path);
    if (is_written) {
        status = muster_store_csv(store, write_piece, &s, diags);
        errno = s.reason;
        is_written = cli_sink_close(&s.sink, status == MUSTER_OK && s.reason == 0);
    }
    const int reason = errno;
    cli_die(cli_guard_end());
    errno = reason;
    return is_written || status != MUSTER_OK ? (int)status : cli_cannot_write(call, path);
}

static int print_whole(const cli_call *call, FILE *whole)
{
    const char *path = cli_value(call, "-o");
    sheet s = {.reason = 0};
    if (!cli_sink_open(&s.sink, path))
        return cli_cannot_write(call, path);
    const bool is_whole = copy_all(whole, &s);
    errno = s.reason;
    return cli_sink_close(&s.sink, is_whole) ? MUSTER_OK : cli_cannot_write(call, path);
}

/* Into a nameless file first: a reader that takes its time, as a pager does, must not keep a sweep from
 * the store, and of a damaged one nothing is printed. */
static int print_sheet(const cli_call *call, muster_store *store, muster_diags *diags)
{
    sheet s = {.sink = {.file = tmpfile()}};
    int status = MUSTER_OK;
    if (s.sink.file)
        status = (int)muster_store_csv(store, write_piece, &s, diags);
    if (s.sink.file && s.reason == 0 && status == MUSTER_OK && fflush(s.sink.file) == 0 &&
        fseek(s.sink.file, 0, SEEK_SET) == 0)
        status = print_whole(call, s.sink.file);
    else if (status == MUSTER_OK)
        status = cli_failure(MUSTER_WORLD, call->as_json, "muster export FILE -o CSV needs none",
                             "cannot write a temporary file: %s",
                             strerror(s.reason != 0 ? s.reason : errno));
    if (s.sink.file)
        fclose(s.sink.file);
    return status;
}

static int tell_sheet(const cli_call *call, muster_store *store, muster_diags *diags)
{
    struct stat info;
    const char *path = cli_value(call, "-o");
    const int status = cli_keep_input(call);
    if (status != MUSTER_OK)
        return status;
    if (!path || strcmp(path, "-") == 0 || (stat(path, &info) == 0 && !S_ISREG(info.st_mode)))
        return print_sheet(call, store, diags);
    return write_sheet(call, store, diags);
}

static int run_export(const cli_call *call)
{
    muster_diags *diags = muster_diags_create(NULL);
    muster_store *store = NULL;
    int status = (int)muster_store_open(call->argument[0], diags, &store);
    if (status == MUSTER_OK)
        status = tell_sheet(call, store, diags);
    (void)muster_store_close(store, NULL);
    return end(call, diags, status);
}

static const cli_option export_options[] = {
    {"-o", "FILE", "where to; without it, and for -, stdout"}, CLI_JSON_OPTION, CLI_END_OPTIONS};

const cli_verb cli_export = {
    .name = "export",
    .usage = "FILE",
    .summary = "the runs of a store as CSV, a line each",
    .help = "  muster export levers.sqlite -o levers.csv\n"
            "\n"
            "One line a run: point, replication, seed, the value of every factor, every\n"
            "measure, and the command that runs it again by itself. A missing figure is an\n"
            "empty field. Of the same runs always the same bytes, whatever machine, threads\n"
            "or parts they came from, and however often the sweep was interrupted.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .options = export_options,
    .run = run_export,
};
