/* The file of a store, opened with everything off that a store does not need. */
#include "store/store.h"

#include "experiment/experiment.h"
#include "muster/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LINE_BYTES = 400, HEAD_BYTES = 100, LEAST_BYTES = 512 /* of a file of SQLite */ };

double mst_store_now_s(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

/* ---- what went wrong ------------------------------------------------------------------------------ */

static muster_status tell(const char *path, muster_status status, const char *hint,
                          const char *what, const char *detail, muster_diags *diags)
{
    muster_diags_add(diags, MUSTER_ERROR, (muster_place){path, 0}, NULL, hint, "%s%s", what,
                     detail);
    return status;
}

muster_status mst_store_damaged(const muster_store *store, const char *what, muster_diags *diags)
{
    if (store->keep.failed) /* what is not there may be what found no room */
        return mst_experiment_no_memory(diags);
    return tell(store->path, MUSTER_MISTAKE,
                "it cannot be trusted: take a copy from before, or run the experiment anew",
                "this store is damaged: ", what, diags);
}

static int code_of(const muster_store *store)
{
    return store->keep.failed || !store->db ? SQLITE_NOMEM : sqlite3_extended_errcode(store->db);
}

muster_status mst_store_status(const muster_store *store)
{
    const int code = code_of(store) & 0xff;
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_ERROR ? MUSTER_MISTAKE
                                                                                   : MUSTER_WORLD;
}

static muster_status tell_busy(const muster_store *store, muster_diags *diags)
{
    /* who holds the right to write is kept from it by readers only */
    return store->in_transaction
               ? tell(store->path, MUSTER_WORLD,
                      "what was committed is kept: end it, and run the same command again",
                      "another process reads this store and does not let go of it", "", diags)
               : tell(store->path, MUSTER_WORLD, "wait for it, or end it",
                      "another process is writing this store", "", diags);
}

static const char makes[] = "muster sweep EXPERIMENT.cfg makes one";

/* What the system says of it stands behind what SQLite says. */
/* SQLite tries to read what it may not write, and then says of a folder that it may not write in that there
 * is no such file. */
static int reason_of(const char *path, int reason)
{
    char folder[LINE_BYTES] = ".";
    const char *slash = strrchr(path, '/');
    if (slash && (size_t)(slash - path) < sizeof folder - 1)
        muster_text_format(folder, sizeof folder, "%.*s", (int)(slash - path + 1), path);
    return reason == ENOENT && access(folder, F_OK) == 0 && access(folder, W_OK) != 0 ? EACCES
                                                                                      : reason;
}

static muster_status tell_world(const muster_store *store, const char *what, const char *hint,
                                const char *doing, muster_diags *diags)
{
    int reason = sqlite3_system_errno(store->db);
    char detail[LINE_BYTES];
    if (reason == 0)
        (void)sqlite3_file_control(store->db, "main", SQLITE_FCNTL_LAST_ERRNO, &reason);
    reason = store->is_writer ? reason_of(store->path, reason) : reason;
    muster_text_format(detail, sizeof detail, "%s: %s%s%s", doing, sqlite3_errmsg(store->db),
                       reason != 0 ? ": " : "", reason != 0 ? strerror(reason) : "");
    return tell(store->path, MUSTER_WORLD, hint, what, detail, diags);
}

muster_status mst_store_fail(const muster_store *store, const char *doing, muster_diags *diags)
{
    static const char again[] =
        "what was committed is kept: mend that, and run the same command again";
    const int code = code_of(store);
    char detail[LINE_BYTES];
    if (code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY ||
        code == SQLITE_READONLY_CANTINIT)
        return tell(
            store->path, MUSTER_WORLD, "this needs the right to write the file and its folder",
            "who wrote this store was killed, and what was not committed must be taken back", "",
            diags);
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return mst_experiment_no_memory(diags);
    case SQLITE_FULL:
        return tell(store->path, MUSTER_WORLD,
                    "what was committed is kept: make room and run the same command again",
                    "the disk is full: ", doing, diags);
    case SQLITE_NOTADB:
        return tell(store->path, MUSTER_MISTAKE, makes, "this is no store of muster", "", diags);
    case SQLITE_CORRUPT:
    case SQLITE_ERROR: /* a statement that does not fit its tables */
        muster_text_format(detail, sizeof detail, "%s: %s", doing, sqlite3_errmsg(store->db));
        return mst_store_damaged(store, detail, diags);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return tell_busy(store, diags);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return store->is_writer
                   ? tell_world(store, "cannot write this store: ",
                                "the file and its folder must be writable: a journal lies beside "
                                "it meanwhile",
                                doing, diags)
                   : tell_world(store, "cannot open this store: ", NULL, doing, diags);
    default:
        return store->is_writer
                   ? tell_world(store, "cannot write this store: ", again, doing, diags)
                   : tell_world(store, "cannot read this store: ", NULL, doing, diags);
    }
}

sqlite3_stmt *mst_store_prepare(const muster_store *store, const char *sql, muster_diags *diags)
{
    sqlite3_stmt *out = NULL;
    if (sql &&
        sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &out, NULL) == SQLITE_OK)
        return out;
    if (sql)
        (void)mst_store_fail(store, "reading its tables", diags);
    else
        (void)mst_experiment_no_memory(diags);
    return NULL;
}

muster_status mst_store_exec(const muster_store *store, const char *sql, muster_diags *diags)
{
    if (!sql)
        return mst_experiment_no_memory(diags);
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK
               ? MUSTER_OK
               : mst_store_fail(store, store->is_writer ? "writing" : "reading", diags);
}

/* ---- opening -------------------------------------------------------------------------------------- */

bool muster_store_is(const void *bytes, size_t length)
{
    static const char magic[] = "SQLite format 3";
    const unsigned char *at = bytes;
    if (length < 72 || memcmp(bytes, magic, sizeof magic) != 0)
        return false;
    return ((uint32_t)at[68] << 24 | (uint32_t)at[69] << 16 | (uint32_t)at[70] << 8 |
            (uint32_t)at[71]) == MST_STORE_MARK;
}

/* Nothing in the file runs by itself: no triggers, no views, no trust in its schema. */
static bool defend(sqlite3 *db)
{
    static const struct {
        int option, value;
    } options[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                   {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
                   {SQLITE_DBCONFIG_ENABLE_FKEY, 0},    {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
                   {SQLITE_DBCONFIG_DQS_DML, 0},        {SQLITE_DBCONFIG_DQS_DDL, 0}};
    static const struct {
        int limit, value;
    } limits[] = {{SQLITE_LIMIT_LENGTH, 64 << 20}, {SQLITE_LIMIT_SQL_LENGTH, 4 << 20},
                  {SQLITE_LIMIT_ATTACHED, 0},      {SQLITE_LIMIT_WORKER_THREADS, 0},
                  {SQLITE_LIMIT_TRIGGER_DEPTH, 1}, {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100},
                  {SQLITE_LIMIT_EXPR_DEPTH, 100}};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (sqlite3_db_config(db, options[i].option, options[i].value, NULL) != SQLITE_OK)
            return false;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        (void)sqlite3_limit(db, limits[i].limit, limits[i].value);
    (void)sqlite3_extended_result_codes(db, 1);
    return true;
}

void mst_store_wait_for(const muster_store *store, mst_store_wait wait)
{
    static const int ms[] = {10000, 1000, 30000};
    (void)sqlite3_busy_timeout(store->db, ms[wait]);
}

static bool is_zero(const unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

/* The first bytes, read by the handle that SQLite has open: opening the file once more and closing it
 * would take away the locks that this process may have on it. */
static muster_status look_at_head(muster_store *store, muster_diags *diags)
{
    unsigned char head[HEAD_BYTES] = {0};
    sqlite3_file *file = NULL;
    if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
        !file || !file->pMethods)
        return mst_store_fail(store, "opening", diags);
    const int code = file->pMethods->xRead(file, head, HEAD_BYTES, 0);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
        return tell(store->path, MUSTER_WORLD, NULL,
                    "cannot read this store: ", strerror(sqlite3_system_errno(store->db)), diags);
    if (muster_store_is(head, HEAD_BYTES))
        return MUSTER_OK;
    if (is_zero(head, HEAD_BYTES)) /* whoever made it was killed: SQLite takes that back */
        return MUSTER_OK;
    return tell(store->path, MUSTER_MISTAKE, makes,
                memcmp(head, "SQLite format 3", 16) == 0
                    ? "this is an SQLite file, but no store of muster"
                    : "this is no store of muster",
                "", diags);
}

static muster_status open_db(muster_store *store, muster_diags *diags)
{
    /* Who reads must be able to take back what a killed writer left, so not READONLY. Where the file
     * may not be written SQLite opens it so by itself. */
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE |
                      (store->is_new && store->is_writer ? SQLITE_OPEN_CREATE : 0);
    /* "", ":memory:" and "file:..." mean something to SQLite, "./..." is a file */
    const char *path =
        store->path[0] == '/' ? store->path : mst_keep_printf(&store->keep, "./%s", store->path);
    if (!path)
        return mst_experiment_no_memory(diags);
    if (sqlite3_open_v2(path, &store->db, flags, NULL) != SQLITE_OK || !defend(store->db))
        return mst_store_fail(store, "opening", diags);
    mst_store_wait_for(store, store->is_writer ? MST_WAIT_TO_BEGIN : MST_WAIT_FOR_WRITER);
    const muster_status status = store->is_new ? MUSTER_OK : look_at_head(store, diags);
    if (status != MUSTER_OK)
        return status;
    if (sqlite3_exec(store->db,
                     "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
                     "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -2000;",
                     NULL, NULL, NULL) != SQLITE_OK ||
        (!store->is_writer &&
         sqlite3_exec(store->db, "PRAGMA query_only = ON", NULL, NULL, NULL) != SQLITE_OK))
        return mst_store_fail(store, "opening", diags);
    return MUSTER_OK;
}

/* A pipe, a device or a folder is refused before SQLite touches it. */
static muster_status look(const char *path, bool is_writer, bool *is_new, muster_diags *diags)
{
    struct stat info;
    const bool exists = stat(path, &info) == 0;
    if (*path == '\0')
        return tell(path, MUSTER_MISTAKE, NULL, "a store needs a name", "", diags);
    if (!exists && (errno != ENOENT || !is_writer))
        return tell(path, MUSTER_WORLD, NULL, "cannot open this store: ", strerror(errno), diags);
    if (exists && !S_ISREG(info.st_mode))
        return tell(path, MUSTER_WORLD, NULL,
                    S_ISDIR(info.st_mode) ? "this is a folder, no store"
                                          : "this is no regular file, so no store",
                    "", diags);
    *is_new = !exists || info.st_size == 0; /* an empty file is a store to be made */
    if (exists && *is_new && !is_writer)
        return tell(path, MUSTER_MISTAKE, NULL, "this file is empty: there is no store in it", "",
                    diags);
    if (!*is_new && info.st_size < LEAST_BYTES)
        return tell(path, MUSTER_MISTAKE, makes, "this is no store of muster", "", diags);
    return MUSTER_OK;
}

muster_status mst_store_file(const char *path, bool is_writer, muster_diags *diags,
                             muster_store **out)
{
    bool is_new = false;
    *out = NULL;
    muster_status status = look(path, is_writer, &is_new, diags);
    if (status != MUSTER_OK)
        return status;
    muster_store *store = calloc(1, sizeof *store);
    if (!store)
        return mst_experiment_no_memory(diags);
    store->path = mst_keep_text(&store->keep, path);
    store->is_writer = is_writer;
    store->is_new = is_new;
    status = store->path ? open_db(store, diags) : mst_experiment_no_memory(diags);
    if (status != MUSTER_OK) {
        (void)muster_store_close(store, NULL);
        return status;
    }
    *out = store;
    return MUSTER_OK;
}

muster_status muster_store_open(const char *path, muster_diags *diags, muster_store **out)
{
    *out = NULL;
    muster_store *store = NULL;
    muster_status status = mst_store_file(path, false, diags, &store);
    if (status == MUSTER_OK)
        status = mst_store_verify(store, diags);
    if (status == MUSTER_OK)
        status = mst_store_load_points(store, diags);
    if (status != MUSTER_OK) {
        (void)muster_store_close(store, NULL);
        return status;
    }
    *out = store;
    return MUSTER_OK;
}

muster_status muster_store_close(muster_store *store, muster_diags *diags)
{
    muster_status status = MUSTER_OK;
    if (!store)
        return status;
    if (store->in_transaction && store->pending > 0)
        status = mst_store_commit(store, false, diags);
    sqlite3_finalize(store->insert);
    sqlite3_finalize(store->fail);
    sqlite3_finalize(store->state);
    sqlite3_close(store->db);
    free(store->point);
    free(store->number);
    mst_keep_clear(&store->keep);
    free(store);
    return status;
}
