/* Stores of one experiment put together. */
#include "experiment/experiment.h"
#include "store/store.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What rows of unlike kinds of machine may differ by: other code for exp, sin, pow. */
#define CLOSE 1e-9

typedef struct merging {
    muster_store *into, *from;
    muster_diags *diags;
    muster_merged *out;
    sqlite3_stmt *read, *add, *have, *add_failure;
    int64_t *origin; /* of a row of `from` in `into`, from 1 */
    int64_t origins;
    bool is_unlike; /* kinds of machine */
} merging;

/* ---- the same experiment -------------------------------------------------------------------------- */

static muster_status other(const merging *m, const char *what)
{
    muster_diags_add(m->diags, MUSTER_ERROR, (muster_place){m->from->path, 0}, NULL, NULL,
                     "this store is of another %s than %s", what, m->into->path);
    return MUSTER_MISTAKE;
}

static muster_status check_same(const merging *m)
{
    const muster_experiment_head *a = &m->into->head, *b = &m->from->head;
    const char *text_a = mst_store_said(m->into, "scenario_text"),
               *text_b = mst_store_said(m->from, "scenario_text");
    if (strcmp(a->id, b->id) != 0)
        return other(m, "experiment");
    if (a->scenario_hash != b->scenario_hash || !text_a || !text_b || strcmp(text_a, text_b) != 0)
        return other(m, "scenario");
    if (a->seed != b->seed)
        return other(m, "master seed");
    if (a->plan_hash != b->plan_hash || a->responses != b->responses)
        return other(m, "plan");
    return MUSTER_OK;
}

static const char *text_of(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text ? text : "";
}

/* One machine of `from` in `into`; its row there. */
static muster_status map_origin(merging *m, sqlite3_stmt *row, sqlite3_stmt *find,
                                sqlite3_stmt *add, int64_t *out)
{
    sqlite3_reset(find);
    sqlite3_reset(add);
    for (int i = 1; i <= 8; i++) {
        sqlite3_bind_text(add, i, text_of(row, i), -1, SQLITE_TRANSIENT);
        if (i < 8)
            sqlite3_bind_text(find, i, text_of(row, i), -1, SQLITE_TRANSIENT);
    }
    const int step = sqlite3_step(find);
    if (step == SQLITE_ROW) {
        *out = sqlite3_column_int64(find, 0);
        return MUSTER_OK;
    }
    if (step != SQLITE_DONE || sqlite3_step(add) != SQLITE_DONE)
        return mst_store_fail(m->into, "writing", m->diags);
    *out = sqlite3_last_insert_rowid(m->into->db);
    return MUSTER_OK;
}

static muster_status check_program(merging *m, sqlite3_stmt *row, const char *program)
{
    if (!program || strcmp(program, text_of(row, 6)) == 0)
        return MUSTER_OK;
    muster_diags_add(m->diags, MUSTER_ERROR, (muster_place){m->from->path, 0}, NULL,
                     "run that part again with the same program",
                     "its runs are of another program: %.100s, not %.100s", text_of(row, 6),
                     program);
    return MUSTER_MISTAKE;
}

static const char *program_of(muster_store *s)
{
    sqlite3_stmt *ask =
        mst_store_prepare(s, "SELECT program FROM origin ORDER BY origin LIMIT 1", NULL);
    const char *out =
        ask && sqlite3_step(ask) == SQLITE_ROW ? mst_keep_text(&s->keep, text_of(ask, 0)) : NULL;
    sqlite3_finalize(ask);
    return out;
}

static muster_status map_origins(merging *m)
{
    enum { ORIGINS_MOST = 1000000 };
    sqlite3_stmt *row =
        mst_store_prepare(m->from, "SELECT * FROM origin ORDER BY origin", m->diags);
    sqlite3_stmt *find = mst_store_prepare(
        m->into,
        "SELECT origin FROM origin WHERE host = ? AND processor = ? AND libm = ? AND compiler = ? "
        "AND gsl = ? AND program = ? AND part = ?",
        m->diags);
    sqlite3_stmt *add = mst_store_prepare(
        m->into,
        "INSERT INTO origin(host, processor, libm, compiler, gsl, program, part, started_utc) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        m->diags);
    const char *program = program_of(m->into);
    muster_status status = row && find && add ? MUSTER_OK : MUSTER_MISTAKE;
    int step = SQLITE_DONE;
    while (status == MUSTER_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        const int64_t number = sqlite3_column_int64(row, 0);
        if (number != m->origins + 1 || number > ORIGINS_MOST) {
            status = mst_store_damaged(m->from, "its machines are not numbered", m->diags);
            break;
        }
        int64_t *more = realloc(m->origin, ((size_t)number + 1) * sizeof *more);
        if (!more) {
            status = mst_experiment_no_memory(m->diags);
            break;
        }
        m->origin = more;
        m->origins = number;
        status = check_program(m, row, program);
        if (status == MUSTER_OK)
            status = map_origin(m, row, find, add, &m->origin[number]);
    }
    if (status == MUSTER_OK && step != SQLITE_DONE)
        status = mst_store_fail(m->from, "reading", m->diags);
    sqlite3_finalize(row);
    sqlite3_finalize(find);
    sqlite3_finalize(add);
    return status;
}

/* ---- rows ----------------------------------------------------------------------------------------- */

static double value_at(sqlite3_stmt *row, int column)
{
    return sqlite3_column_type(row, column) == SQLITE_NULL ? (double)NAN
                                                           : sqlite3_column_double(row, column);
}

static muster_status tell_unlike(const merging *m, int64_t run, const char *why)
{
    muster_diags_add(m->diags, MUSTER_ERROR, (muster_place){m->from->path, 0}, NULL,
                     "run both again: muster export STORE tells the command of each run",
                     "point %lld, replication %lld came out otherwise than in %s%s",
                     (long long)(run >> MST_REP_BITS) + 1, (long long)(run & INT32_MAX),
                     m->into->path, why);
    return MUSTER_MISTAKE;
}

/* A run that is there already must have come to the same. */
static muster_status compare(merging *m, int64_t run, const double *value, bool is_failed,
                             uint64_t digest)
{
    sqlite3_reset(m->have);
    sqlite3_bind_int64(m->have, 1, run);
    if (sqlite3_step(m->have) != SQLITE_ROW)
        return mst_store_fail(m->into, "reading runs", m->diags);
    bool is_same = (uint64_t)sqlite3_column_int64(m->have, 1) == digest, is_close = true;
    if ((sqlite3_column_int(m->have, 0) != 0) != is_failed)
        return tell_unlike(m, run, ": one of them failed");
    for (int32_t i = 0; i < m->into->head.responses; i++) {
        const double there = value_at(m->have, 2 + i);
        if (isnan(there) && isnan(value[i]))
            continue;
        is_same = is_same && there == value[i];
        is_close = is_close && (there == value[i] || fabs(there - value[i]) <=
                                                         CLOSE * fmax(fabs(there), fabs(value[i])));
    }
    if (is_same) {
        m->out->same++;
        return MUSTER_OK;
    }
    if (!m->is_unlike || !is_close)
        return tell_unlike(m, run,
                           m->is_unlike ? ", by more than 1e-9 of the value"
                                        : ", on the same kind of machine");
    m->out->same++;
    m->out->close++;
    return MUSTER_OK;
}

static const char *columns_of(muster_store *s, const char *sql)
{
    for (int32_t i = 0; i < s->head.responses && sql; i++)
        sql = mst_keep_printf(&s->keep, "%s, \"%s\"", sql, s->response[i].column);
    return sql;
}

static muster_status prepare(merging *m)
{
    const char *read = columns_of(m->from, "SELECT run, failed, digest, seal, origin");
    const char *have = columns_of(m->into, "SELECT failed, digest");
    const char *add =
        columns_of(m->into, "INSERT OR IGNORE INTO run(run, failed, digest, seal, origin");
    const char *marks = "?, ?, ?, ?, ?";
    for (int32_t i = 0; i < m->into->head.responses && marks; i++)
        marks = mst_keep_printf(&m->into->keep, "%s, ?", marks);
    if (!read || !have || !add || !marks)
        return mst_experiment_no_memory(m->diags);
    m->read = mst_store_prepare(
        m->from, mst_keep_printf(&m->from->keep, "%s FROM run ORDER BY run", read), m->diags);
    m->have = mst_store_prepare(
        m->into, mst_keep_printf(&m->into->keep, "%s FROM run WHERE run = ?1", have), m->diags);
    m->add = mst_store_prepare(
        m->into, mst_keep_printf(&m->into->keep, "%s) VALUES(%s)", add, marks), m->diags);
    m->add_failure =
        mst_store_prepare(m->into, "INSERT OR IGNORE INTO failure VALUES(?1, ?2)", m->diags);
    return m->read && m->have && m->add && m->add_failure ? MUSTER_OK : MUSTER_MISTAKE;
}

static muster_status add_row(merging *m, double *value)
{
    const int32_t count = m->into->head.responses;
    const int64_t run = sqlite3_column_int64(m->read, 0), point = run >> MST_REP_BITS;
    const bool is_failed = sqlite3_column_int(m->read, 1) != 0;
    const uint64_t digest = (uint64_t)sqlite3_column_int64(m->read, 2);
    const int64_t origin = sqlite3_column_int64(m->read, 4);
    for (int32_t i = 0; i < count; i++)
        value[i] = value_at(m->read, 5 + i);
    if (point < 0 || point >= m->from->head.points || origin < 1 || origin > m->origins ||
        (uint64_t)sqlite3_column_int64(m->read, 3) !=
            mst_store_seal(run, is_failed, digest, value, count)) {
        char what[120];
        snprintf(what, sizeof what, "point %lld, replication %lld is not what was written",
                 (long long)point + 1, (long long)(run & INT32_MAX));
        return mst_store_damaged(m->from, what, m->diags);
    }
    for (int i = 0; i < 4; i++)
        sqlite3_bind_int64(m->add, i + 1, sqlite3_column_int64(m->read, i));
    sqlite3_bind_int64(m->add, 5, m->origin[origin]);
    for (int32_t i = 0; i < count; i++)
        if (isnan(value[i]))
            sqlite3_bind_null(m->add, 6 + i);
        else
            sqlite3_bind_double(m->add, 6 + i, value[i]);
    if (sqlite3_step(m->add) != SQLITE_DONE || sqlite3_reset(m->add) != SQLITE_OK)
        return mst_store_fail(m->into, "writing runs", m->diags);
    if (sqlite3_changes(m->into->db) == 0)
        return compare(m, run, value, is_failed, digest);
    m->out->added++;
    return MUSTER_OK;
}

static muster_status add_rows(merging *m)
{
    double *value = calloc((size_t)m->into->head.responses, sizeof *value);
    muster_status status = value ? MUSTER_OK : mst_experiment_no_memory(m->diags);
    int step = SQLITE_DONE;
    while (status == MUSTER_OK && (step = sqlite3_step(m->read)) == SQLITE_ROW)
        status = add_row(m, value);
    if (status == MUSTER_OK && step != SQLITE_DONE)
        status = mst_store_fail(m->from, "reading runs", m->diags);
    free(value);
    return status;
}

static muster_status add_failures(merging *m)
{
    sqlite3_stmt *ask = mst_store_prepare(m->from, "SELECT run, message FROM failure", m->diags);
    muster_status status = ask ? MUSTER_OK : MUSTER_MISTAKE;
    int step = SQLITE_DONE;
    while (status == MUSTER_OK && (step = sqlite3_step(ask)) == SQLITE_ROW) {
        sqlite3_bind_int64(m->add_failure, 1, sqlite3_column_int64(ask, 0));
        sqlite3_bind_text(m->add_failure, 2, text_of(ask, 1), -1, SQLITE_TRANSIENT);
        if (sqlite3_step(m->add_failure) != SQLITE_DONE ||
            sqlite3_reset(m->add_failure) != SQLITE_OK)
            status = mst_store_fail(m->into, "writing", m->diags);
    }
    if (status == MUSTER_OK && step != SQLITE_DONE)
        status = mst_store_fail(m->from, "reading", m->diags);
    sqlite3_finalize(ask);
    return status;
}

static muster_status keep_replications(merging *m)
{
    if (m->from->head.replications <= m->into->head.replications)
        return MUSTER_OK;
    m->into->head.replications = m->from->head.replications;
    return mst_store_exec(
        m->into,
        mst_keep_printf(&m->into->keep,
                        "UPDATE experiment SET value = '%d' WHERE key = 'replications'",
                        (int)m->from->head.replications),
        m->diags);
}

/* ---- one store ------------------------------------------------------------------------------------ */

/* Whether they were run on unlike kinds of machine: then their last digits may differ. */
static bool has_unlike(muster_store *a, muster_store *b)
{
    static const char sql[] =
        "SELECT DISTINCT processor || char(10) || libm || char(10) || compiler "
        "|| char(10) || gsl FROM origin ORDER BY 1";
    bool is_unlike = false;
    sqlite3_stmt *of_a = mst_store_prepare(a, sql, NULL), *of_b = mst_store_prepare(b, sql, NULL);
    int step_a = SQLITE_DONE, step_b = SQLITE_DONE;
    do {
        step_a = of_a ? sqlite3_step(of_a) : SQLITE_DONE;
        step_b = of_b ? sqlite3_step(of_b) : SQLITE_DONE;
        is_unlike = step_a != step_b ||
                    (step_a == SQLITE_ROW && strcmp(text_of(of_a, 0), text_of(of_b, 0)) != 0);
    } while (!is_unlike && step_a == SQLITE_ROW);
    sqlite3_finalize(of_a);
    sqlite3_finalize(of_b);
    return is_unlike;
}

/* All of a store, or nothing of it. */
static muster_status merge_one(merging *m)
{
    const muster_merged before = *m->out;
    muster_status status = check_same(m);
    if (status != MUSTER_OK)
        return status;
    m->is_unlike = has_unlike(m->into, m->from);
    if (sqlite3_exec(m->into->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
        return mst_store_fail(m->into, "beginning to write", m->diags);
    status = map_origins(m);
    if (status == MUSTER_OK)
        status = prepare(m);
    if (status == MUSTER_OK)
        status = add_rows(m);
    if (status == MUSTER_OK)
        status = add_failures(m);
    if (status == MUSTER_OK)
        status = keep_replications(m);
    sqlite3_finalize(m->read);
    sqlite3_finalize(m->add);
    sqlite3_finalize(m->have);
    sqlite3_finalize(m->add_failure);
    free(m->origin);
    if (status == MUSTER_OK && sqlite3_exec(m->into->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        status = mst_store_fail(m->into, "committing", m->diags);
    if (status == MUSTER_OK)
        return status;
    (void)sqlite3_exec(m->into->db, "ROLLBACK", NULL, NULL, NULL);
    *m->out = before;
    return status;
}

/* ---- the first ------------------------------------------------------------------------------------ */

static bool is_there(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && info.st_size > 0;
}

/* A new store is a copy of the first one, page by page; the copy is whole or is not there. */
static muster_status copy_store(const char *path, muster_store *from, muster_diags *diags,
                                muster_merged *out)
{
    muster_store *into = NULL;
    muster_store_counts counts;
    muster_status status = mst_store_file(path, true, diags, &into);
    if (status != MUSTER_OK)
        return status;
    sqlite3_backup *copy = sqlite3_backup_init(into->db, "main", from->db, "main");
    int step = copy ? SQLITE_OK : SQLITE_ERROR;
    while (copy && (step = sqlite3_backup_step(copy, 4096)) == SQLITE_OK)
        ;
    if (copy)
        (void)sqlite3_backup_finish(copy);
    if (step != SQLITE_DONE)
        status = mst_store_fail(into, "copying", diags);
    (void)muster_store_close(into, NULL);
    if (status != MUSTER_OK) {
        (void)unlink(path);
        return status;
    }
    status = muster_store_count(from, diags, &counts);
    out->added += counts.runs;
    return status;
}

/* The seals of what is copied page by page. */
static bool go_on(const muster_store_run_row *row, void *context)
{
    (void)row;
    (void)context;
    return true;
}

static muster_status begin_with(const char *path, const char *first, muster_diags *diags,
                                muster_merged *out)
{
    muster_store *from = NULL;
    muster_status status = muster_store_open(first, diags, &from);
    if (status == MUSTER_OK)
        status = muster_store_each(from, go_on, NULL, diags);
    if (status == MUSTER_OK)
        status = copy_store(path, from, diags, out);
    (void)muster_store_close(from, NULL);
    return status;
}

static muster_status open_target(const char *path, muster_diags *diags, muster_store **out)
{
    muster_status status = mst_store_file(path, true, diags, out);
    if (status == MUSTER_OK)
        status =
            mst_store_exec(*out, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;", diags);
    return status == MUSTER_OK ? mst_store_verify(*out, diags) : status;
}

muster_status muster_store_merge(const char *path, const char *const *from, int32_t count,
                                 muster_diags *diags, muster_merged *out)
{
    muster_store *into = NULL;
    muster_status status = MUSTER_OK;
    *out = (muster_merged){0};
    const int32_t first = is_there(path) ? 0 : 1;
    if (first == 1 && count > 0)
        status = begin_with(path, from[0], diags, out);
    if (status == MUSTER_OK)
        status = open_target(path, diags, &into);
    for (int32_t i = first; status == MUSTER_OK && i < count; i++) {
        muster_store *one = NULL;
        status = muster_store_open(from[i], diags, &one);
        if (status == MUSTER_OK) {
            merging m = {.into = into, .from = one, .diags = diags, .out = out};
            status = merge_one(&m);
        }
        (void)muster_store_close(one, NULL);
    }
    (void)muster_store_close(into, NULL);
    return status;
}
