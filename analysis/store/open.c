/* The file of a store, opened with everything off that a store does not need. */
#include "store/store.h"

#include "experiment/experiment.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { WAIT_MS = 20000, LINE_BYTES = 400 };

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
    return tell(store->path, MUSTER_MISTAKE,
                "it cannot be trusted: take a copy from before, or run the experiment anew",
                "this store is damaged: ", what, diags);
}

muster_status mst_store_fail(const muster_store *store, const char *doing, muster_diags *diags)
{
    const int code = store->db ? sqlite3_extended_errcode(store->db) : SQLITE_NOMEM;
    char detail[LINE_BYTES];
    snprintf(detail, sizeof detail, "%s: %s", doing,
             store->db ? sqlite3_errmsg(store->db) : "out of memory");
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return mst_experiment_no_memory(diags);
    case SQLITE_FULL:
        return tell(store->path, MUSTER_WORLD,
                    "what was committed is kept: make room and run the same command again",
                    "the disk is full: ", doing, diags);
    case SQLITE_NOTADB:
        return tell(store->path, MUSTER_MISTAKE, NULL, "this is no store of muster", "", diags);
    case SQLITE_CORRUPT:
        return mst_store_damaged(store, detail, diags);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return tell(store->path, MUSTER_WORLD, "wait for it, or end it",
                    "another process is writing this store", "", diags);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return tell(store->path, MUSTER_WORLD,
                    "the file and its folder must be writable: a journal lies beside it meanwhile",
                    "cannot write this store: ", detail, diags);
    default:
        return tell(store->path, MUSTER_WORLD, NULL, "this store: ", detail, diags);
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
               : mst_store_fail(store, "writing", diags);
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
    (void)sqlite3_busy_timeout(db, WAIT_MS);
    return true;
}

static muster_status open_db(muster_store *store, bool is_writer, bool exists, muster_diags *diags)
{
    const int flags = SQLITE_OPEN_NOMUTEX |
                      (is_writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
                      (exists ? 0 : SQLITE_OPEN_CREATE);
    if (sqlite3_open_v2(store->path, &store->db, flags, NULL) != SQLITE_OK || !defend(store->db))
        return mst_store_fail(store, "opening", diags);
    return mst_store_exec(store,
                          "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
                          "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;",
                          diags);
}

/* A pipe, a device or a folder is refused before SQLite touches it. */
static muster_status look(const char *path, bool is_writer, bool *exists, muster_diags *diags)
{
    struct stat info;
    *exists = stat(path, &info) == 0;
    if (!*exists && (errno != ENOENT || !is_writer))
        return tell(path, MUSTER_WORLD, NULL, "cannot open this store: ", strerror(errno), diags);
    if (*exists && !S_ISREG(info.st_mode))
        return tell(path, MUSTER_WORLD, NULL,
                    S_ISDIR(info.st_mode) ? "this is a folder, no store"
                                          : "this is no regular file, so no store",
                    "", diags);
    *exists = *exists && info.st_size > 0; /* an empty file is a store to be made */
    return MUSTER_OK;
}

muster_status mst_store_file(const char *path, bool is_writer, muster_diags *diags,
                             muster_store **out)
{
    bool exists = false;
    *out = NULL;
    muster_status status = look(path, is_writer, &exists, diags);
    if (status != MUSTER_OK)
        return status;
    muster_store *store = calloc(1, sizeof *store);
    if (!store)
        return mst_experiment_no_memory(diags);
    store->path = mst_keep_text(&store->keep, path);
    store->is_writer = is_writer;
    status =
        store->path ? open_db(store, is_writer, exists, diags) : mst_experiment_no_memory(diags);
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
    if (store->in_transaction)
        status = mst_store_commit(store, false, diags);
    sqlite3_finalize(store->insert);
    sqlite3_finalize(store->fail);
    sqlite3_close(store->db);
    free(store->point);
    free(store->number);
    mst_keep_clear(&store->keep);
    free(store);
    return status;
}
