/* Adding runs: one writer, a commit every 0.2 s or 2,000 rows. */
#include "experiment/experiment.h"
#include "muster/text.h"
#include "store/store.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { ROWS_A_COMMIT = 2000 };
#define SECONDS_A_COMMIT 0.2

/* ---- transactions --------------------------------------------------------------------------------- */

/* A number that changes when another connection commits. */
static muster_status read_version(const muster_store *s, int64_t *out, muster_diags *diags)
{
    sqlite3_stmt *ask = mst_store_prepare(s, "PRAGMA data_version", diags);
    if (!ask)
        return mst_store_status(s);
    const bool is_good = sqlite3_step(ask) == SQLITE_ROW;
    *out = is_good ? sqlite3_column_int64(ask, 0) : 0;
    const muster_status status = is_good ? MUSTER_OK : mst_store_fail(s, "reading", diags);
    sqlite3_finalize(ask);
    return status;
}

muster_status mst_store_begin_writing(muster_store *s, muster_diags *diags)
{
    int64_t version = 0;
    if (sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
        return mst_store_fail(s, "beginning to write", diags);
    mst_store_wait_for(s, MST_WAIT_FOR_READERS);
    s->in_transaction = true;
    s->committed = s->sum;
    s->pending = 0;
    s->began_s = mst_store_now_s();
    const muster_status status = read_version(s, &version, diags);
    if (status != MUSTER_OK) {
        mst_store_roll_back(s);
        return status;
    }
    s->is_counted = s->is_counted && version == s->version;
    s->version = version;
    return MUSTER_OK;
}

/* Between a commit and the next beginning another process may have got in: what is run, and the sum of all
 * rows, follow from what was there before. */
static muster_status go_on_writing(muster_store *s, muster_diags *diags)
{
    const muster_status status = mst_store_begin_writing(s, diags);
    if (status != MUSTER_OK || s->is_counted)
        return status;
    mst_store_roll_back(s);
    muster_diags_add(diags, MUSTER_ERROR, (muster_place){s->path, 0}, NULL,
                     "what was committed is kept: run the same command again",
                     "another process has written this store meanwhile");
    return MUSTER_WORLD;
}

void mst_store_roll_back(muster_store *s)
{
    if (s->insert)
        sqlite3_reset(s->insert);
    if (s->fail)
        sqlite3_reset(s->fail);
    (void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    s->sum = s->committed;
    s->in_transaction = false;
}

muster_status mst_store_commit(muster_store *s, bool goes_on, muster_diags *diags)
{
    muster_status status = mst_store_save_state(s, diags);
    if (status == MUSTER_OK && sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        status = mst_store_fail(s, "committing", diags);
    if (status != MUSTER_OK) {
        mst_store_roll_back(s);
        return status;
    }
    s->in_transaction = false;
    /* The next one at once: as long as it is open nobody else can write. */
    return goes_on ? go_on_writing(s, diags) : MUSTER_OK;
}

/* ---- rows ----------------------------------------------------------------------------------------- */

static bool add_failure(const muster_store *s, int64_t run, const char *message)
{
    return sqlite3_bind_int64(s->fail, 1, run) == SQLITE_OK &&
           sqlite3_bind_text(s->fail, 2, message, -1, SQLITE_TRANSIENT) == SQLITE_OK &&
           sqlite3_step(s->fail) == SQLITE_DONE && sqlite3_reset(s->fail) == SQLITE_OK;
}

static bool add_row(muster_store *s, const muster_rows *rows, int32_t i)
{
    const int32_t count = s->head.responses;
    const double *value = rows->value + (size_t)i * (size_t)count;
    mst_store_row row = {.public = {.is_failed = rows->is_failed[i], .value = value},
                         .run = rows->task.point << MST_REP_BITS | (rows->task.first + i),
                         .origin = s->origin,
                         .digest =
                             rows->is_failed[i] ? mst_store_message_digest(rows->message) : 0};
    sqlite3_stmt *to = s->insert;
    row.seal = mst_store_seal(&row, count);
    sqlite3_bind_int64(to, 1, row.run);
    sqlite3_bind_int(to, 2, row.public.is_failed);
    sqlite3_bind_int64(to, 3, row.origin);
    sqlite3_bind_int64(to, 4, (sqlite3_int64)row.digest);
    sqlite3_bind_int64(to, 5, (sqlite3_int64)row.seal);
    for (int32_t c = 0; c < count; c++)
        if (isnan(value[c]))
            sqlite3_bind_null(to, 6 + c);
        else
            sqlite3_bind_double(to, 6 + c, value[c] == 0.0 ? 0.0 : value[c]);
    if (sqlite3_step(to) != SQLITE_DONE || sqlite3_reset(to) != SQLITE_OK)
        return false;
    mst_store_sum_add(&s->sum, &row);
    return !row.public.is_failed || add_failure(s, row.run, rows->message);
}

muster_status mst_store_add(muster_store *s, const muster_rows *rows, muster_diags *diags)
{
    muster_status status = s->in_transaction ? MUSTER_OK : go_on_writing(s, diags);
    for (int32_t i = 0; status == MUSTER_OK && i < rows->task.count; i++) {
        if (!add_row(s, rows, i)) {
            status = mst_store_fail(s, "writing runs", diags);
            mst_store_roll_back(s);
        } else if (++s->pending >= ROWS_A_COMMIT) {
            status = mst_store_commit(s, true, diags);
        }
    }
    return status == MUSTER_OK && s->pending > 0 &&
                   mst_store_now_s() - s->began_s >= SECONDS_A_COMMIT
               ? mst_store_commit(s, true, diags)
               : status;
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
    if (!s->insert)
        return mst_store_status(s);
    s->fail = mst_store_prepare(s, "INSERT OR REPLACE INTO failure VALUES(?1, ?2)", diags);
    return s->fail ? MUSTER_OK : mst_store_status(s);
}

static muster_status differs(const muster_store *s, const char *what, const char *hint,
                             muster_diags *diags)
{
    if (s->keep.failed) /* what it says found no room */
        return mst_experiment_no_memory(diags);
    muster_diags_add(diags, MUSTER_ERROR, (muster_place){s->path, 0}, NULL, hint,
                     "this store is of another %s", what);
    return MUSTER_MISTAKE;
}

static bool is_land_of(muster_store *s)
{
    char hash[17];
    const char *said = mst_store_said(s, "land_hash");
    muster_text_format(hash, sizeof hash, "%016" PRIx64,
                       muster_sweep_land_hash(s->experiment->sweep));
    return said && strcmp(said, hash) == 0;
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
        return differs(s,
                       "scenario: its file, or what the experiment changes in it, has changed "
                       "since",
                       hint, diags);
    if (!is_land_of(s))
        return differs(s, "land", hint, diags);
    if (s->head.seed != is->seed)
        return differs(s, "master seed", hint, diags);
    if (s->head.plan_hash != is->plan_hash)
        return differs(s, "plan: factors, method, measures or selection have changed since", hint,
                       diags);
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

/* In one transaction: a store is there with its whole plan, or not at all. */
static muster_status make(muster_store *s, const muster_host *host, muster_diags *diags)
{
    muster_status status = copy_head(s, diags);
    if (status == MUSTER_OK)
        status = mst_store_make(s, diags);
    if (status == MUSTER_OK)
        status = mst_store_save_plan(s, diags);
    if (status == MUSTER_OK)
        status = mst_store_origin(s, host, diags);
    if (status == MUSTER_OK)
        status = mst_store_load_points(s, diags);
    s->is_counted = true; /* no row */
    return status;
}

/* SQLite itself looks at every page: one that is free and is not would be written over. */
static muster_status check_pages(muster_store *s, muster_diags *diags)
{
    sqlite3_stmt *ask = mst_store_prepare(s, "PRAGMA quick_check(1)", diags);
    if (!ask)
        return mst_store_status(s);
    const int step = sqlite3_step(ask);
    const char *found = step == SQLITE_ROW ? (const char *)sqlite3_column_text(ask, 0) : NULL;
    char what[200] = "";
    if (found && strcmp(found, "ok") != 0)
        muster_text_format(what, sizeof what, "%.*s", (int)strcspn(found, "\n"), found);
    const muster_status status = !found  ? mst_store_fail(s, "reading", diags)
                                 : *what ? mst_store_damaged(s, what, diags)
                                         : MUSTER_OK;
    sqlite3_finalize(ask);
    return status;
}

muster_status mst_store_take_stock(muster_store *s, muster_diags *diags)
{
    mst_store_sum sum = {0};
    s->is_counted = false;
    muster_status status = read_version(s, &s->version, diags); /* before anything is counted */
    if (status == MUSTER_OK)
        status = check_pages(s, diags);
    if (status == MUSTER_OK)
        status = mst_store_load_points(s, diags);
    if (status == MUSTER_OK)
        status = mst_store_scan(s, NULL, NULL, &sum, diags);
    s->sum = s->committed = sum;
    s->is_counted = status == MUSTER_OK;
    return status;
}

static muster_status resume(muster_store *s, const muster_host *host, muster_diags *diags)
{
    muster_status status = mst_store_verify(s, diags);
    if (status == MUSTER_OK)
        status = check_same(s, diags);
    if (status == MUSTER_OK)
        status = mst_store_take_stock(s, diags);
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
        status = mst_store_begin_writing(s, diags);
    if (status != MUSTER_OK)
        return status;
    status = mst_store_is_empty(s) ? make(s, host, diags) : resume(s, host, diags);
    if (status == MUSTER_OK)
        status = prepare(s, diags);
    if (status == MUSTER_OK)
        return mst_store_commit(s, true, diags);
    mst_store_roll_back(s);
    return status;
}

muster_status muster_store_begin(const char *path, const muster_experiment *experiment,
                                 const muster_host *host, muster_shard shard, muster_diags *diags,
                                 muster_store **out)
{
    muster_store *store = NULL;
    *out = NULL;
    if (!*muster_experiment_head_of(experiment)->scenario) {
        muster_diags_add(diags, MUSTER_ERROR, (muster_place){path, 0}, NULL, NULL,
                         "the experiment names no scenario: there is nothing to run");
        return MUSTER_MISTAKE;
    }
    if (shard.count > 1 &&
        muster_experiment_head_of(experiment)->selection.kind != MUSTER_SELECT_NONE) {
        muster_diags_add(diags, MUSTER_ERROR, (muster_place){path, 0}, NULL,
                         "run it in one piece; threads share its runs",
                         "a selection has no parts: which runs come next follows from all before");
        return MUSTER_MISTAKE;
    }
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
