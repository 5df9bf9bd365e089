/* Runs of a store, each held against its checksum. */
#include "experiment/experiment.h"
#include "muster/text.h"
#include "store/store.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *select_runs(muster_store *s)
{
    const char *sql = "SELECT run, failed, digest, seal, origin";
    for (int32_t i = 0; i < s->head.responses && sql; i++)
        sql = mst_keep_printf(&s->keep, "%s, \"%s\"", sql, s->response[i].column);
    return sql ? mst_keep_printf(&s->keep, "%s FROM run ORDER BY run", sql) : NULL;
}

typedef struct scan {
    muster_store *store;
    sqlite3_stmt *runs, *failure;
    double *value;
} scan;

/* Why a run failed; null: the message is not there or not what was written. It stays until the next. */
static const char *message_of(scan *c, const mst_store_row *row)
{
    sqlite3_reset(c->failure);
    if (sqlite3_bind_int64(c->failure, 1, row->run) != SQLITE_OK ||
        sqlite3_step(c->failure) != SQLITE_ROW)
        return NULL;
    const char *text = (const char *)sqlite3_column_text(c->failure, 0);
    return text && mst_store_message_digest(text) == row->digest ? text : NULL;
}

/* False: the row is not what was written. */
static bool read_row(scan *c, mst_store_row *out)
{
    enum { VALUES = 5 };
    const int32_t responses = c->store->head.responses;
    const int failed = sqlite3_column_int(c->runs, 1);
    for (int32_t i = 0; i < responses; i++)
        c->value[i] = sqlite3_column_type(c->runs, VALUES + i) == SQLITE_NULL
                          ? (double)NAN
                          : sqlite3_column_double(c->runs, VALUES + i);
    const int64_t run = sqlite3_column_int64(c->runs, 0);
    *out = (mst_store_row){.public = {.point = run >> MST_REP_BITS,
                                      .replication = (int32_t)(run & INT32_MAX),
                                      .is_failed = failed != 0,
                                      .value = c->value},
                           .run = run,
                           .digest = (uint64_t)sqlite3_column_int64(c->runs, 2),
                           .seal = (uint64_t)sqlite3_column_int64(c->runs, 3),
                           .origin = sqlite3_column_int64(c->runs, 4)};
    if (out->public.point < 0 || out->public.point >= c->store->head.points ||
        (failed != 0 && failed != 1) || out->seal != mst_store_seal(out, responses))
        return false;
    out->public.message = failed ? message_of(c, out) : NULL;
    return !failed || out->public.message;
}

static muster_status damaged_row(const muster_store *s, const mst_store_row *row,
                                 muster_diags *diags)
{
    char what[120];
    muster_text_format(what, sizeof what, "point %lld, replication %d is not what was written",
                       (long long)row->public.point + 1, (int)row->public.replication);
    return mst_store_damaged(s, what, diags);
}

static muster_status scan_rows(scan *c, bool (*take)(const mst_store_row *row, void *context),
                               void *context, mst_store_sum *sum, muster_diags *diags)
{
    int step = SQLITE_DONE;
    while ((step = sqlite3_step(c->runs)) == SQLITE_ROW) {
        mst_store_row row;
        if (!read_row(c, &row))
            return damaged_row(c->store, &row, diags);
        mst_store_sum_add(sum, &row);
        if (take && !take(&row, context))
            return MUSTER_OK;
    }
    return step == SQLITE_DONE ? mst_store_check_state(c->store, sum, diags)
                               : mst_store_fail(c->store, "reading runs", diags);
}

static muster_status scan_open(scan *c, bool (*take)(const mst_store_row *row, void *context),
                               void *context, mst_store_sum *sum, muster_diags *diags)
{
    mst_store_sum own = {0};
    c->runs = mst_store_prepare(c->store, select_runs(c->store), diags);
    if (!c->runs)
        return mst_store_status(c->store);
    c->failure = mst_store_prepare(c->store, "SELECT message FROM failure WHERE run = ?1", diags);
    if (!c->failure)
        return mst_store_status(c->store);
    c->value = calloc((size_t)c->store->head.responses, sizeof *c->value);
    return c->value ? scan_rows(c, take, context, sum ? sum : &own, diags)
                    : mst_experiment_no_memory(diags);
}

muster_status mst_store_scan(muster_store *s, bool (*take)(const mst_store_row *row, void *context),
                             void *context, mst_store_sum *sum, muster_diags *diags)
{
    scan c = {.store = s};
    /* All of one moment, also while another process writes. */
    const bool begins = sqlite3_get_autocommit(s->db) != 0;
    if (begins && sqlite3_exec(s->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
        return mst_store_fail(s, "reading", diags);
    const muster_status status = scan_open(&c, take, context, sum, diags);
    sqlite3_finalize(c.runs);
    sqlite3_finalize(c.failure);
    free(c.value);
    if (begins)
        (void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

typedef struct taker {
    bool (*take)(const muster_store_run_row *row, void *context);
    void *context;
} taker;

static bool take_public(const mst_store_row *row, void *context)
{
    const taker *t = context;
    return t->take(&row->public, t->context);
}

muster_status muster_store_each(muster_store *s,
                                bool (*take)(const muster_store_run_row *row, void *context),
                                void *context, muster_diags *diags)
{
    taker t = {take, context};
    return mst_store_scan(s, take_public, &t, NULL, diags);
}

/* ---- counts --------------------------------------------------------------------------------------- */

typedef struct tally {
    muster_store_counts *out;
    int64_t wanted, point; /* point: of the rows that are counted, -1: none yet */
    int32_t rows;          /* of it */
} tally;

static void end_point(tally *t)
{
    if (t->point < 0)
        return;
    t->out->points++;
    t->out->whole_points += t->rows >= t->wanted;
    t->out->least = t->rows < t->out->least ? t->rows : t->out->least;
    t->out->most = t->rows > t->out->most ? t->rows : t->out->most;
}

static bool count_row(const mst_store_row *row, void *context)
{
    tally *t = context;
    if (row->public.point != t->point) {
        end_point(t);
        t->point = row->public.point;
        t->rows = 0;
    }
    t->rows++;
    t->out->runs++;
    if (row->public.is_failed && t->out->failed++ == 0)
        muster_text_format(t->out->message, sizeof t->out->message, "%s", row->public.message);
    return true;
}

static muster_status count_rows(muster_store *s, muster_diags *diags, muster_store_counts *out)
{
    tally t = {
        .out = out, .wanted = s->head.replications > 0 ? s->head.replications : 1, .point = -1};
    out->least = INT32_MAX;
    const muster_status status = mst_store_scan(s, count_row, &t, NULL, diags);
    end_point(&t);
    if (out->points < s->head.points)
        out->least = 0;
    return status;
}

static muster_status count_origins(muster_store *s, muster_diags *diags, muster_store_counts *out)
{
    sqlite3_stmt *ask =
        mst_store_prepare(s,
                          "SELECT count(DISTINCT part), count(DISTINCT processor || char(10) || "
                          "libm || char(10) || compiler || char(10) || gsl), max(part) FROM origin",
                          diags);
    if (!ask)
        return mst_store_status(s);
    const bool is_good = sqlite3_step(ask) == SQLITE_ROW;
    out->shards = is_good ? sqlite3_column_int(ask, 0) : 0;
    out->kinds = is_good ? sqlite3_column_int(ask, 1) : 0;
    const char *part = is_good ? (const char *)sqlite3_column_text(ask, 2) : NULL;
    if (out->shards == 1 && part)
        muster_text_format(out->part, sizeof out->part, "%.23s", part);
    const muster_status status = is_good ? MUSTER_OK : mst_store_fail(s, "reading", diags);
    sqlite3_finalize(ask);
    return status;
}

muster_status muster_store_count(muster_store *s, muster_diags *diags, muster_store_counts *out)
{
    *out = (muster_store_counts){0};
    const muster_status status = count_rows(s, diags, out);
    return status == MUSTER_OK ? count_origins(s, diags, out) : status;
}
