/* Adding runs: one writer, a commit every 0.2 s or 2,000 rows. */
#include "experiment/experiment.h"
#include "store/store.h"

#include "muster/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_A_COMMIT = 2000 };
#define SECONDS_A_COMMIT 0.2

/* ---- rows ----------------------------------------------------------------------------------------- */

uint64_t mst_store_seal(int64_t run, bool is_failed, uint64_t digest, const double *value,
                        int32_t count)
{
    uint64_t words[3] = {(uint64_t)run, is_failed, digest};
    uint64_t hash = MUSTER_HASH_START;
    for (int32_t i = 0; i < 3; i++)
        hash = (hash ^ words[i]) * UINT64_C(0x9fb21c651e98df25);
    for (int32_t i = 0; i < count; i++) {
        const double v = isnan(value[i]) ? (double)NAN : value[i] == 0.0 ? 0.0 : value[i];
        uint64_t bits = UINT64_C(0x7ff8000000000000);
        if (!isnan(v))
            memcpy(&bits, &v, sizeof bits);
        hash = (hash ^ bits ^ (hash >> 29)) * UINT64_C(0x9fb21c651e98df25);
    }
    return hash ^ (hash >> 32);
}

static muster_status begin(muster_store *s, muster_diags *diags)
{
    if (sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
        return mst_store_fail(s, "beginning to write", diags);
    s->in_transaction = true;
    s->pending = 0;
    s->began_s = mst_store_now_s();
    return MUSTER_OK;
}

muster_status mst_store_commit(muster_store *s, bool goes_on, muster_diags *diags)
{
    if (sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
        const muster_status status = mst_store_fail(s, "committing", diags);
        (void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
        s->in_transaction = false;
        return status;
    }
    s->in_transaction = false;
    /* The next one at once: as long as it is open nobody else can write. */
    return goes_on ? begin(s, diags) : MUSTER_OK;
}

static bool add_row(muster_store *s, const muster_rows *rows, int32_t i)
{
    const int32_t count = s->head.responses;
    const double *value = rows->value + (size_t)i * (size_t)count;
    const int64_t run = rows->task.point << MST_REP_BITS | (rows->task.first + i);
    sqlite3_stmt *to = s->insert;
    sqlite3_bind_int64(to, 1, run);
    sqlite3_bind_int(to, 2, rows->is_failed[i]);
    sqlite3_bind_int64(to, 3, s->origin);
    sqlite3_bind_int64(to, 4, (sqlite3_int64)rows->digest[i]);
    sqlite3_bind_int64(
        to, 5,
        (sqlite3_int64)mst_store_seal(run, rows->is_failed[i], rows->digest[i], value, count));
    for (int32_t c = 0; c < count; c++)
        if (isnan(value[c]))
            sqlite3_bind_null(to, 6 + c);
        else
            sqlite3_bind_double(to, 6 + c, value[c] == 0.0 ? 0.0 : value[c]);
    if (sqlite3_step(to) != SQLITE_DONE || sqlite3_reset(to) != SQLITE_OK)
        return false;
    if (!rows->is_failed[i])
        return true;
    sqlite3_bind_int64(s->fail, 1, run);
    sqlite3_bind_text(s->fail, 2, rows->message, -1, SQLITE_TRANSIENT);
    return sqlite3_step(s->fail) == SQLITE_DONE && sqlite3_reset(s->fail) == SQLITE_OK;
}

static muster_status give_up(muster_store *s, muster_diags *diags)
{
    const muster_status status = mst_store_fail(s, "writing runs", diags);
    sqlite3_reset(s->insert);
    sqlite3_reset(s->fail);
    (void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    s->in_transaction = false;
    return status;
}

muster_status mst_store_add(muster_store *s, const muster_rows *rows, muster_diags *diags)
{
    for (int32_t i = 0; i < rows->task.count; i++) {
        if (!add_row(s, rows, i))
            return give_up(s, diags);
        if (++s->pending < ROWS_A_COMMIT)
            continue;
        const muster_status status = mst_store_commit(s, true, diags);
        if (status != MUSTER_OK)
            return status;
    }
    return s->pending > 0 && mst_store_now_s() - s->began_s >= SECONDS_A_COMMIT
               ? mst_store_commit(s, true, diags)
               : MUSTER_OK;
}

/* ---- beginning ------------------------------------------------------------------------------------ */

static muster_status prepare(muster_store *s, muster_diags *diags)
{
    const char *names = "INSERT INTO run(run, failed, origin, digest, seal",
               *marks = "?, ?, ?, ?, ?";
    for (int32_t i = 0; i < s->head.responses && names && marks; i++) {
        names = mst_keep_printf(&s->keep, "%s, \"%s\"", names, s->response[i].column);
        marks = mst_keep_printf(&s->keep, "%s, ?", marks);
    }
    if (!names || !marks)
        return mst_experiment_no_memory(diags);
    s->insert =
        mst_store_prepare(s, mst_keep_printf(&s->keep, "%s) VALUES(%s)", names, marks), diags);
    s->fail = mst_store_prepare(s, "INSERT OR REPLACE INTO failure VALUES(?1, ?2)", diags);
    return s->insert && s->fail ? MUSTER_OK : MUSTER_WORLD;
}

static muster_status differs(const muster_store *s, const char *what, const char *hint,
                             muster_diags *diags)
{
    muster_diags_add(diags, MUSTER_ERROR, (muster_place){s->path, 0}, NULL, hint,
                     "this store is of another %s", what);
    return MUSTER_MISTAKE;
}

/* The store's plan must be that of the experiment, to the last byte. */
static muster_status check_same(muster_store *s, muster_diags *diags)
{
    static const char hint[] = "write to another file (-o); runs of the two are never mixed";
    const muster_experiment_head *is = muster_experiment_head_of(s->experiment);
    const char *text = mst_store_said(s, "scenario_text");
    if (strcmp(s->head.id, is->id) != 0)
        return differs(s, "experiment", hint, diags);
    if (!text || strcmp(text, muster_experiment_scenario_text(s->experiment, NULL)) != 0 ||
        s->head.scenario_hash != is->scenario_hash)
        return differs(s, "scenario: the file has changed since", hint, diags);
    if (s->head.seed != is->seed)
        return differs(s, "master seed", hint, diags);
    if (s->head.plan_hash != is->plan_hash)
        return differs(s, "plan: factors, method or measures have changed since", hint, diags);
    return MUSTER_OK;
}

/* More replications than before were asked for. */
static muster_status extend(muster_store *s, muster_diags *diags)
{
    const int32_t wanted = muster_experiment_head_of(s->experiment)->replications;
    if (wanted <= s->head.replications)
        return MUSTER_OK;
    s->head.replications = wanted;
    return mst_store_exec(
        s,
        mst_keep_printf(&s->keep, "UPDATE experiment SET value = '%d' WHERE key = 'replications'",
                        (int)wanted),
        diags);
}

static muster_status copy_head(muster_store *s, muster_diags *diags)
{
    s->head = *muster_experiment_head_of(s->experiment);
    s->factor = mst_keep_array(&s->keep, (size_t)s->head.factors + 1, sizeof *s->factor);
    s->response = mst_keep_array(&s->keep, (size_t)s->head.responses + 1, sizeof *s->response);
    if (!s->factor || !s->response)
        return mst_experiment_no_memory(diags);
    for (int32_t i = 0; i < s->head.factors; i++)
        s->factor[i].public = *muster_experiment_factor(s->experiment, i);
    for (int32_t i = 0; i < s->head.responses; i++)
        s->response[i].public = *muster_experiment_response(s->experiment, i);
    return mst_store_columns(s, diags);
}

static bool is_empty(const muster_store *s)
{
    sqlite3_stmt *ask = mst_store_prepare(s, "SELECT count(*) FROM sqlite_schema", NULL);
    const bool out = ask && sqlite3_step(ask) == SQLITE_ROW && sqlite3_column_int64(ask, 0) == 0;
    sqlite3_finalize(ask);
    return out;
}

/* In one transaction: a store is there with its whole plan, or not at all. */
static muster_status make(muster_store *s, const muster_host *host, muster_diags *diags)
{
    muster_status status = copy_head(s, diags);
    if (status == MUSTER_OK)
        status = mst_store_make(s, diags);
    if (status == MUSTER_OK)
        status = mst_store_save_plan(s, diags);
    return status == MUSTER_OK ? mst_store_origin(s, host, diags) : status;
}

static muster_status resume(muster_store *s, const muster_host *host, muster_diags *diags)
{
    muster_status status = mst_store_verify(s, diags);
    if (status == MUSTER_OK)
        status = check_same(s, diags);
    if (status == MUSTER_OK)
        status = extend(s, diags);
    return status == MUSTER_OK ? mst_store_origin(s, host, diags) : status;
}

static muster_status begin_store(muster_store *s, const muster_host *host, muster_diags *diags)
{
    /* Before the first table: how pages are written. DELETE: one file, also on network file systems. */
    muster_status status =
        mst_store_exec(s, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;", diags);
    if (status == MUSTER_OK)
        status = begin(s, diags);
    if (status != MUSTER_OK)
        return status;
    status = is_empty(s) ? make(s, host, diags) : resume(s, host, diags);
    if (status == MUSTER_OK)
        status = prepare(s, diags);
    if (status == MUSTER_OK)
        return mst_store_commit(s, true, diags);
    (void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    s->in_transaction = false;
    return status;
}

muster_status muster_store_begin(const char *path, const muster_experiment *experiment,
                                 const muster_host *host, muster_shard shard, muster_diags *diags,
                                 muster_store **out)
{
    muster_store *store = NULL;
    *out = NULL;
    muster_status status = mst_store_file(path, true, diags, &store);
    if (status != MUSTER_OK)
        return status;
    store->experiment = experiment;
    store->shard = shard;
    status = begin_store(store, host, diags);
    if (status != MUSTER_OK) {
        (void)muster_store_close(store, NULL);
        return status;
    }
    *out = store;
    return MUSTER_OK;
}
