/** @file store.h
 * The inside of a store: schema.c makes its tables, open.c opens and closes, write.c adds runs, run.c
 * runs what is missing, read.c and load.c read, merge.c puts stores together, export.c writes CSV.
 */
#ifndef MST_ANALYSIS_STORE_STORE_H
#define MST_ANALYSIS_STORE_STORE_H

#include "base/keep.h"
#include "muster/store.h"

#include <sqlite3.h>

enum {
    MST_STORE_MARK = 0x6d737472, /* "mstr", the file's application id            */
    MST_STORE_VERSION = 1,
    MST_REP_BITS = 31, /* run = point << 31 | replication                         */
    MST_COLUMN_BYTES = 160
};

typedef struct mst_store_factor {
    muster_factor public;
    char column[MST_COLUMN_BYTES]; /* in the table of points */
} mst_store_factor;

typedef struct mst_store_response {
    muster_response public;
    char column[MST_COLUMN_BYTES]; /* in the table of runs */
} mst_store_response;

struct muster_store {
    sqlite3 *db;
    mst_keep keep;
    const char *path;
    const muster_experiment *experiment; /* of a store that is written */
    muster_shard shard;
    bool is_writer, in_transaction;
    int64_t origin; /* row of the machine that adds runs */
    sqlite3_stmt *insert, *fail;
    int64_t pending; /* rows since the last commit */
    double began_s;  /* of the transaction         */
    muster_experiment_head head;
    mst_store_factor *factor;
    mst_store_response *response;
    muster_plan_point *point; /* head.points */
    double *number;           /* points x factors */
};

/* ---- open.c ---- */
/** Opens the file as SQLite with everything off that could do harm. is_writer: may be made. */
muster_status mst_store_file(const char *path, bool is_writer, muster_diags *diags,
                             muster_store **out);
/** Tells what SQLite says; the status that follows from it. */
muster_status mst_store_fail(const muster_store *store, const char *doing, muster_diags *diags);
/** Tells that the store is damaged. */
muster_status mst_store_damaged(const muster_store *store, const char *what, muster_diags *diags);
/** Prepares; null told. */
sqlite3_stmt *mst_store_prepare(const muster_store *store, const char *sql, muster_diags *diags);
/** Runs statements that give nothing. */
muster_status mst_store_exec(const muster_store *store, const char *sql, muster_diags *diags);
double mst_store_now_s(void);

/* ---- schema.c ---- */
/** Names of columns from ids: letters, digits and _; unlike even when letters differ in case only. */
muster_status mst_store_columns(muster_store *store, muster_diags *diags);
/** The statement that makes table or view `index` (from 0); null behind the last. */
const char *mst_store_table(muster_store *store, int32_t index);
muster_status mst_store_make(muster_store *store, muster_diags *diags);
/** Whether the tables are as they would be made. */
muster_status mst_store_verify(muster_store *store, muster_diags *diags);

/* ---- save.c ---- */
/** Writes head, factors, responses, points of the experiment into a new store. */
muster_status mst_store_save_plan(muster_store *store, muster_diags *diags);
/** Row of a machine, added if it is new. */
muster_status mst_store_origin(muster_store *store, const muster_host *host, muster_diags *diags);

/* ---- load.c ---- */
/** Reads head, factors and responses; then points, and checks their hash. */
muster_status mst_store_load_head(muster_store *store, muster_diags *diags);
muster_status mst_store_load_points(muster_store *store, muster_diags *diags);
/** Hash of all that it says of itself but for the number of replications, which may grow. */
bool mst_store_head_seal(const muster_store *store, char out[17]);
/** A text of the table of the head; null: it is not there. */
const char *mst_store_said(muster_store *store, const char *key);

/* ---- write.c ---- */
muster_status mst_store_open_writer(muster_store *store, muster_diags *diags);
muster_status mst_store_add(muster_store *store, const muster_rows *rows, muster_diags *diags);
muster_status mst_store_commit(muster_store *store, bool goes_on, muster_diags *diags);

/** Checksum of a row: key, state, digest, values. */
uint64_t mst_store_seal(int64_t run, bool is_failed, uint64_t digest, const double *value,
                        int32_t count);

#endif
