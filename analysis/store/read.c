/* Runs of a store, each held against its checksum. */
#include "experiment/experiment.h"
#include "store/store.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *select_runs(muster_store *s)
{
    const char *sql = "SELECT run, failed, digest, seal";
    for (int32_t i = 0; i < s->head.responses && sql; i++)
        sql = mst_keep_printf(&s->keep, "%s, \"%s\"", sql, s->response[i].column);
    return sql ? mst_keep_printf(&s->keep, "%s FROM run ORDER BY run", sql) : NULL;
}

/* False: the row is not what was written. */
static bool read_row(const muster_store *s, sqlite3_stmt *row, double *value,
                     muster_store_run_row *out)
{
    const int64_t run = sqlite3_column_int64(row, 0);
    const uint64_t digest = (uint64_t)sqlite3_column_int64(row, 2);
    const uint64_t seal = (uint64_t)sqlite3_column_int64(row, 3);
    for (int32_t c = 0; c < s->head.responses; c++)
        value[c] = sqlite3_column_type(row, 4 + c) == SQLITE_NULL
                       ? (double)NAN
                       : sqlite3_column_double(row, 4 + c);
    *out = (muster_store_run_row){.point = run >> MST_REP_BITS,
                                  .replication = (int32_t)(run & INT32_MAX),
                                  .is_failed = sqlite3_column_int(row, 1) != 0,
                                  .value = value};
    return out->point >= 0 && out->point < s->head.points &&
           seal == mst_store_seal(run, out->is_failed, digest, value, s->head.responses);
}

static muster_status damaged_row(const muster_store *s, const muster_store_run_row *row,
                                 muster_diags *diags)
{
    char what[120];
    snprintf(what, sizeof what, "point %lld, replication %d is not what was written",
             (long long)row->point, (int)row->replication);
    return mst_store_damaged(s, what, diags);
}

muster_status muster_store_each(muster_store *s,
                                bool (*take)(const muster_store_run_row *row, void *context),
                                void *context, muster_diags *diags)
{
    sqlite3_stmt *ask = mst_store_prepare(s, select_runs(s), diags);
    double *value = calloc((size_t)s->head.responses, sizeof *value);
    muster_status status = !ask    ? MUSTER_MISTAKE
                           : value ? MUSTER_OK
                                   : mst_experiment_no_memory(diags);
    int step = SQLITE_DONE;
    while (status == MUSTER_OK && (step = sqlite3_step(ask)) == SQLITE_ROW) {
        muster_store_run_row row;
        if (!read_row(s, ask, value, &row))
            status = damaged_row(s, &row, diags);
        else if (!take(&row, context))
            break;
    }
    if (status == MUSTER_OK && step != SQLITE_DONE && step != SQLITE_ROW)
        status = mst_store_fail(s, "reading runs", diags);
    sqlite3_finalize(ask);
    free(value);
    return status;
}

/* ---- counts --------------------------------------------------------------------------------------- */

static muster_status count_rows(muster_store *s, muster_diags *diags, muster_store_counts *out)
{
    sqlite3_stmt *ask =
        mst_store_prepare(s, "SELECT count(*), sum(failed) FROM run GROUP BY run >> 31", diags);
    const int64_t wanted = s->head.replications > 0 ? s->head.replications : 1;
    int step = SQLITE_DONE;
    if (!ask)
        return MUSTER_MISTAKE;
    out->least = INT32_MAX;
    while ((step = sqlite3_step(ask)) == SQLITE_ROW) {
        const int64_t count = sqlite3_column_int64(ask, 0);
        out->runs += count;
        out->failed += sqlite3_column_int64(ask, 1);
        out->points++;
        out->whole_points += count >= wanted;
        out->least = count < out->least ? (int32_t)count : out->least;
        out->most = count > out->most ? (int32_t)count : out->most;
    }
    if (out->points < s->head.points)
        out->least = 0;
    sqlite3_finalize(ask);
    return step == SQLITE_DONE ? MUSTER_OK : mst_store_fail(s, "counting runs", diags);
}

static muster_status ask_text(muster_store *s, const char *sql, int64_t numbers[2], char *text,
                              size_t bytes, muster_diags *diags)
{
    sqlite3_stmt *ask = mst_store_prepare(s, sql, diags);
    if (!ask)
        return MUSTER_MISTAKE;
    const int step = sqlite3_step(ask);
    if (step == SQLITE_ROW && text)
        snprintf(text, bytes, "%s", (const char *)sqlite3_column_text(ask, 0));
    else if (step == SQLITE_ROW)
        for (int i = 0; i < 2; i++)
            numbers[i] = sqlite3_column_int64(ask, i);
    sqlite3_finalize(ask);
    return step == SQLITE_ROW || step == SQLITE_DONE ? MUSTER_OK
                                                     : mst_store_fail(s, "reading", diags);
}

muster_status muster_store_count(muster_store *s, muster_diags *diags, muster_store_counts *out)
{
    *out = (muster_store_counts){0};
    int64_t origins[2] = {0, 0};
    muster_status status = count_rows(s, diags, out);
    if (status == MUSTER_OK)
        status = ask_text(s,
                          "SELECT count(DISTINCT part), count(DISTINCT processor || char(10) || "
                          "libm || char(10) || compiler || char(10) || gsl) FROM origin",
                          origins, NULL, 0, diags);
    if (status == MUSTER_OK)
        status = ask_text(s, "SELECT message FROM failure ORDER BY run LIMIT 1", NULL, out->message,
                          sizeof out->message, diags);
    out->shards = (int32_t)origins[0];
    out->kinds = (int32_t)origins[1];
    return status;
}
