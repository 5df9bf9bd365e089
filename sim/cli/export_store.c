/* The runs of a store as CSV. */
#include "cli/export.h"
#include "cli/interrupt.h"
#include "cli/sink.h"

#include "muster/analyze.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

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

int cli_export_store(const cli_call *call)
{
    muster_diags *diags = muster_diags_create(NULL);
    muster_store *store = NULL;
    int status = (int)muster_store_open(call->argument[0], diags, &store);
    if (status == MUSTER_OK)
        status = tell_sheet(call, store, diags);
    (void)muster_store_close(store, NULL);
    /* what could not be written was told when it was found */
    cli_print_diags(diags, call->as_json && muster_diags_error_count(diags) > 0);
    muster_diags_free(diags);
    return status;
}
