/** @file store.h
 * The inside of a store: schema.c makes its tables, open.c opens and closes, write.c adds runs,
 * shard.c deals runs to parts, keys.c says which are missing, run.c runs them, select.c says which are
 * wanted next, read.c, load.c and selection.c read, seal.c tells what was damaged, merge.c puts stores
 * together, export.c writes CSV, command.c the command of a row.
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
    MST_COLUMN_BYTES = 160,
    MST_SHARD_BLOCK = 64 /* replications that stay together when an experiment is shared out */
};

typedef struct mst_store_factor {
    muster_factor public;
    char column[MST_COLUMN_BYTES]; /* in the table of points */
} mst_store_factor;

typedef struct mst_store_response {
    muster_response public;
    char column[MST_COLUMN_BYTES]; /* in the table of runs */
} mst_store_response;

/** A row of the table of runs. */
typedef struct mst_store_row {
    muster_store_run_row public;
    int64_t run, origin; /* key; row of its machine      */
    uint64_t digest;     /* of a failed run: of its message; else 0 */
    uint64_t seal;
} mst_store_row;

/** All rows together; the sum of seals is the same in any order. */
typedef struct mst_store_sum {
    int64_t runs, failed;
    uint64_t seals;
} mst_store_sum;

struct muster_store {
    sqlite3 *db;
    mst_keep keep;
    const char *path;
    const muster_experiment *experiment; /* of a store that is written */
    muster_shard shard;
    bool is_writer, in_transaction;
    bool is_new;     /* an empty file                               */
    bool is_counted; /* sum is that of all rows, committed or not   */
    int64_t version; /* changes when another process commits        */
    mst_store_sum sum, committed;
    int64_t origin;                      /* row of the machine that adds runs */
    sqlite3_stmt *insert, *fail, *state; /* state: of the head */
    int64_t pending;                     /* rows since the last commit */
    double began_s;                      /* of the transaction         */
    muster_experiment_head head;
    mst_store_factor *factor;
    mst_store_response *response;
    muster_plan_point *point; /* head.points */
    double *number;           /* points x factors */
};

/* ---- open.c ---- */
/** Opens the file as SQLite with everything off that could do harm. is_writer: may be made. What is no
 * store by its first bytes is refused before SQLite reads it. */
muster_status mst_store_file(const char *path, bool is_writer, muster_diags *diags,
                             muster_store **out);
/** Tells what SQLite says; the status that follows from it. */
muster_status mst_store_fail(const muster_store *store, const char *doing, muster_diags *diags);
/** The status of what was told last, where mst_store_prepare gave null. */
muster_status mst_store_status(const muster_store *store);
/** How long others are waited for. */
typedef enum mst_store_wait {
    MST_WAIT_FOR_WRITER, /* who reads: until a commit is through              */
    MST_WAIT_TO_BEGIN,   /* who begins to write: another writer stays for long */
    MST_WAIT_FOR_READERS /* who writes: until they let a commit through       */
} mst_store_wait;
void mst_store_wait_for(const muster_store *store, mst_store_wait wait);
/** Tells that the store is damaged. */
muster_status mst_store_damaged(const muster_store *store, const char *what, muster_diags *diags);
/** Prepares; null told. */
sqlite3_stmt *mst_store_prepare(const muster_store *store, const char *sql, muster_diags *diags);
/** Runs statements that give nothing. */
muster_status mst_store_exec(const muster_store *store, const char *sql, muster_diags *diags);
double mst_store_now_s(void);

/* ---- schema.c ---- */
/** Names of columns from ids: letters, digits and _; unlike even when letters differ in case only. */
muster_status mst_store_columns(muster_store *s, muster_diags *diags);
/** The statement that makes table or view `index` (from 0); null behind the last. */
const char *mst_store_table(muster_store *s, int32_t index);
muster_status mst_store_make(muster_store *s, muster_diags *diags);
/** Whether there is no table at all. */
bool mst_store_is_empty(const muster_store *store);
/** Whether the tables are as they would be made. */
muster_status mst_store_verify(muster_store *s, muster_diags *diags);

/* ---- save.c ---- */
/** Writes head, factors, responses, points of the experiment into a new store. */
muster_status mst_store_save_plan(muster_store *s, muster_diags *diags);
/** Row of a machine, added if it is new. */
muster_status mst_store_origin(muster_store *s, const muster_host *host, muster_diags *diags);

/* ---- selection.c ---- */
/** Writes how a best point is selected into a new store; reads it. Nothing where there is no selection. */
muster_status mst_store_save_selection(muster_store *s, muster_diags *diags);
muster_status mst_store_load_selection(muster_store *s, muster_diags *diags);

/* ---- load.c ---- */
/** Reads head, factors and responses; then points, and checks their hash. */
muster_status mst_store_load_head(muster_store *s, muster_diags *diags);
muster_status mst_store_load_points(muster_store *s, muster_diags *diags);
/** A text of the table of the head; null: it is not there. */
const char *mst_store_said(muster_store *s, const char *key);

/* ---- command.c ---- */
/** What all points start from, besides the scenario: a variant, changes (a line each), a land's path. */
typedef struct mst_store_base {
    const char *variant, *set, *land; /* "": none */
} mst_store_base;
/** False: it is not there, or memory is short. */
bool mst_store_begun_from(muster_store *store, mst_store_base *out);
/** "muster run ..." of a point, up to the number of a replication where it has some; null: memory. */
const char *mst_store_command(const muster_store *s, mst_keep *keep, const mst_store_base *base,
                              int64_t point, const char *literal);

/* ---- seal.c ---- */
/** Hash of all that it says of itself but for the number of replications, which may grow. */
bool mst_store_head_seal(const muster_store *store, char out[17]);
/** Checksum of a row: key, machine, state, digest, values. */
uint64_t mst_store_seal(const mst_store_row *row, int32_t values);
uint64_t mst_store_message_digest(const char *message);
void mst_store_sum_add(mst_store_sum *sum, const mst_store_row *row);
/** Writes what all rows, machines and the number of replications come to; before each commit. */
muster_status mst_store_save_state(muster_store *s, muster_diags *diags);
/** Holds the sum of all rows that were read against it. */
muster_status mst_store_check_state(muster_store *s, const mst_store_sum *sum, muster_diags *diags);

/* ---- read.c ---- */
/** Reads all rows in order, as they were at one moment, and holds them against their seals; sum and
 * take may be null. Where take ends it, the state is not checked. */
muster_status mst_store_scan(muster_store *s, bool (*take)(const mst_store_row *row, void *context),
                             void *context, mst_store_sum *sum, muster_diags *diags);

/* ---- write.c ---- */
/** Begins a transaction that nobody else can write in. What was counted is not any more (is_counted) where
 * another process wrote since. */
muster_status mst_store_begin_writing(muster_store *s, muster_diags *diags);
muster_status mst_store_add(muster_store *s, const muster_rows *rows, muster_diags *diags);
muster_status mst_store_commit(muster_store *s, bool goes_on, muster_diags *diags);
/** Takes back what was not committed. */
void mst_store_roll_back(muster_store *s);
/** Before anything is added: pages, plan and all rows of a store must be what was written. */
muster_status mst_store_take_stock(muster_store *s, muster_diags *diags);

/* ---- run.c ---- */
/** Running what is missing of some keys. */
typedef struct mst_running {
    muster_store *store;
    const muster_sweep_run_options *options;
    muster_diags *diags;
    struct mst_keys *keys; /* what is wanted */
    /** Told of every batch that was stored; false: memory is short. May be null. */
    bool (*note)(const muster_rows *rows, void *context);
    void *context;
    muster_sweep_done *out; /* counts on; `left` must be right */
    /* inside */
    int64_t handed; /* replications */
    double began_s;
    muster_status status;
    bool is_ended; /* somebody wanted an end */
} mst_running;
/** Does not commit the last runs. */
muster_status mst_store_run_keys(mst_running *r);

/* ---- select.c ---- */
muster_status mst_store_select(muster_store *store, const muster_sweep_run_options *options,
                               muster_diags *diags, muster_sweep_done *out);

#endif
