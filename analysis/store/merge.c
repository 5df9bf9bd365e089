/* Stores of one experiment put together. */
#include "experiment/experiment.h"
#include "store/store.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What rows of unlike kinds of machine may differ by: other code for exp, sin, pow. */
#define CLOSE 1e-9

typedef struct merging {
    muster_store *into, *from;
    muster_diags *diags;
    muster_merged *out;
    sqlite3_stmt *add, *have, *add_failure;
    int64_t *origin; /* of a row of `from` in `into`, from 1 */
    int64_t origins;
    muster_status status;
} merging;

/* ---- the same experiment -------------------------------------------------------------------------- */

static muster_status other(const merging *m, const char *what)
{
    if (m->into->keep.failed || m->from->keep.failed) /* what they say found no room */
        return mst_experiment_no_memory(m->diags);
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
    const char *land_a = mst_store_said(m->into, "land_hash"),
               *land_b = mst_store_said(m->from, "land_hash");
    if (!land_a || !land_b || strcmp(land_a, land_b) != 0)
        return other(m, "land");
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

/* The number is that of the row before and one. */
static bool add_place(merging *m, int64_t number)
{
    int64_t *more = realloc(m->origin, ((size_t)number + 1) * sizeof *more);
    if (!more)
        return false;
    m->origin = more;
    m->origins = number;
    return true;
}

static muster_status map_rows(merging *m, sqlite3_stmt *row, sqlite3_stmt *find, sqlite3_stmt *add)
{
    const char *program = program_of(m->into);
    muster_status status = MUSTER_OK;
    int step = SQLITE_DONE;
    while (status == MUSTER_OK && (step = sqlite3_step(row)) == SQLITE_ROW) {
        const int64_t number = sqlite3_column_int64(row, 0);
        if (number != m->origins + 1)
            status = mst_store_damaged(m->from, "its machines are not numbered", m->diags);
        else if (!add_place(m, number))
            status = mst_experiment_no_memory(m->diags);
        if (status == MUSTER_OK)
            status = check_program(m, row, program);
        if (status == MUSTER_OK)
            status = map_origin(m, row, find, add, &m->origin[number]);
    }
    return status == MUSTER_OK && step != SQLITE_DONE ? mst_store_fail(m->from, "reading", m->diags)
                                                      : status;
}

static muster_status map_origins(merging *m)
{
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
    muster_status status = find && add ? MUSTER_OK : mst_store_status(m->into);
    sqlite3_stmt *row =
        status == MUSTER_OK
            ? mst_store_prepare(m->from, "SELECT * FROM origin ORDER BY origin", m->diags)
            : NULL;
    if (row)
        status = map_rows(m, row, find, add);
    else if (status == MUSTER_OK)
        status = mst_store_status(m->from);
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

/* Kind of the machine of a row; null: there is none, or memory is short. */
static const char *kind_of(muster_store *s, int64_t origin)
{
    sqlite3_stmt *ask = mst_store_prepare(s,
                                          "SELECT processor || char(10) || libm || char(10) || "
                                          "compiler || char(10) || gsl FROM origin "
                                          "WHERE origin = ?1",
                                          NULL);
    const char *out =
        ask && sqlite3_bind_int64(ask, 1, origin) == SQLITE_OK && sqlite3_step(ask) == SQLITE_ROW
            ? mst_keep_text(&s->keep, text_of(ask, 0))
            : NULL;
    sqlite3_finalize(ask);
    return out;
}

/* Whether two runs were done on unlike kinds of machine: then their last digits may differ. */
static bool is_unlike(const merging *m, int64_t there, int64_t here)
{
    const char *a = kind_of(m->into, there), *b = kind_of(m->from, here);
    return a && b && strcmp(a, b) != 0;
}

static bool is_close(double a, double b)
{
    const double most = CLOSE * fmax(fabs(a), fabs(b)); /* of an infinite one: no measure */
    return a == b || (isnan(a) && isnan(b)) || (isfinite(most) && fabs(a - b) <= most);
}

/* A run that is there already must have come to the same. */
static muster_status compare(merging *m, const mst_store_row *row)
{
    const double *value = row->public.value;
    sqlite3_reset(m->have);
    sqlite3_bind_int64(m->have, 1, row->run);
    if (sqlite3_step(m->have) != SQLITE_ROW)
        return mst_store_fail(m->into, "reading runs", m->diags);
    if ((sqlite3_column_int(m->have, 0) != 0) != row->public.is_failed)
        return tell_unlike(m, row->run, ": one of them failed");
    bool are_same = (uint64_t)sqlite3_column_int64(m->have, 1) == row->digest, are_close = true;
    for (int32_t i = 0; i < m->into->head.responses; i++) {
        const double there = value_at(m->have, 3 + i);
        are_same = are_same && (there == value[i] || (isnan(there) && isnan(value[i])));
        are_close = are_close && is_close(there, value[i]);
    }
    m->out->same++;
    if (are_same)
        return MUSTER_OK;
    if (!is_unlike(m, sqlite3_column_int64(m->have, 2), row->origin))
        return m->into->keep.failed || m->from->keep.failed
                   ? mst_experiment_no_memory(m->diags)
                   : tell_unlike(m, row->run, ", on the same kind of machine");
    m->out->close++;
    return are_close ? MUSTER_OK : tell_unlike(m, row->run, ", by more than 1e-9 of the value");
}

static const char *columns_of(muster_store *s, const char *sql)
{
    for (int32_t i = 0; i < s->head.responses && sql; i++)
        sql = mst_keep_printf(&s->keep, "%s, \"%s\"", sql, s->response[i].column);
    return sql;
}

static muster_status prepare(merging *m)
{
    mst_keep *keep = &m->into->keep;
    const char *have = columns_of(m->into, "SELECT failed, digest, origin");
    const char *add =
        columns_of(m->into, "INSERT OR IGNORE INTO run(run, failed, digest, seal, origin");
    const char *marks = "?, ?, ?, ?, ?";
    for (int32_t i = 0; i < m->into->head.responses && marks; i++)
        marks = mst_keep_printf(keep, "%s, ?", marks);
    have = have ? mst_keep_printf(keep, "%s FROM run WHERE run = ?1", have) : NULL;
    add = add && marks ? mst_keep_printf(keep, "%s) VALUES(%s)", add, marks) : NULL;
    m->have = mst_store_prepare(m->into, have, m->diags);
    m->add = m->have ? mst_store_prepare(m->into, add, m->diags) : NULL;
    if (m->add)
        m->add_failure =
            mst_store_prepare(m->into, "INSERT OR IGNORE INTO failure VALUES(?1, ?2)", m->diags);
    return m->add_failure ? MUSTER_OK : mst_store_status(m->into);
}

static bool add_failure(const merging *m, const mst_store_row *row)
{
    return sqlite3_bind_int64(m->add_failure, 1, row->run) == SQLITE_OK &&
           sqlite3_bind_text(m->add_failure, 2, row->public.message, -1, SQLITE_TRANSIENT) ==
               SQLITE_OK &&
           sqlite3_step(m->add_failure) == SQLITE_DONE &&
           sqlite3_reset(m->add_failure) == SQLITE_OK;
}

static bool write_row(const merging *m, const mst_store_row *row)
{
    sqlite3_bind_int64(m->add, 1, row->run);
    sqlite3_bind_int(m->add, 2, row->public.is_failed);
    sqlite3_bind_int64(m->add, 3, (sqlite3_int64)row->digest);
    sqlite3_bind_int64(m->add, 4, (sqlite3_int64)row->seal);
    sqlite3_bind_int64(m->add, 5, row->origin);
    for (int32_t i = 0; i < m->into->head.responses; i++)
        if (isnan(row->public.value[i]))
            sqlite3_bind_null(m->add, 6 + i);
        else
            sqlite3_bind_double(m->add, 6 + i, row->public.value[i]);
    return sqlite3_step(m->add) == SQLITE_DONE && sqlite3_reset(m->add) == SQLITE_OK;
}

/* A row that was read is what its seal says; its machine has another number here. */
static bool add_row(const mst_store_row *from, void *context)
{
    merging *m = context;
    mst_store_row row = *from;
    if (from->origin < 1 || from->origin > m->origins) {
        m->status = mst_store_damaged(m->from, "a run is of no machine", m->diags);
        return false;
    }
    row.origin = m->origin[from->origin];
    row.seal = mst_store_seal(&row, m->into->head.responses);
    if (!write_row(m, &row)) {
        m->status = mst_store_fail(m->into, "writing runs", m->diags);
    } else if (sqlite3_changes(m->into->db) == 0) {
        m->status = compare(m, from);
    } else if (row.public.is_failed && !add_failure(m, &row)) {
        m->status = mst_store_fail(m->into, "writing runs", m->diags);
    } else {
        mst_store_sum_add(&m->into->sum, &row);
        m->out->added++;
    }
    return m->status == MUSTER_OK;
}

static muster_status add_rows(merging *m)
{
    const muster_status status = mst_store_scan(m->from, add_row, m, NULL, m->diags);
    return m->status != MUSTER_OK ? m->status : status;
}

static muster_status keep_replications(merging *m)
{
    if (m->from->head.replications <= m->into->head.replications)
        return MUSTER_OK;
    m->into->head.replications = m->from->head.replications;
    /* it may have grown since it was read */
    return mst_store_exec(m->into,
                          mst_keep_printf(&m->into->keep,
                                          "UPDATE experiment SET value = '%d' WHERE key = "
                                          "'replications' AND CAST(value AS INTEGER) < %d",
                                          (int)m->from->head.replications,
                                          (int)m->from->head.replications),
                          m->diags);
}

/* ---- one store ------------------------------------------------------------------------------------ */

static muster_status merge_rows(merging *m)
{
    muster_status status = map_origins(m);
    if (status == MUSTER_OK)
        status = prepare(m);
    if (status == MUSTER_OK)
        status = add_rows(m);
    if (status == MUSTER_OK)
        status = keep_replications(m);
    sqlite3_finalize(m->add);
    sqlite3_finalize(m->have);
    sqlite3_finalize(m->add_failure);
    free(m->origin);
    return status;
}

/* All of a store, or nothing of it. */
static muster_status merge_one(merging *m)
{
    const muster_merged before = *m->out;
    muster_status status = check_same(m);
    if (status != MUSTER_OK)
        return status;
    /* what is read is of one moment, should that store be written meanwhile */
    status = mst_store_exec(m->from, "BEGIN", m->diags);
    mst_store_wait_for(m->into, MST_WAIT_TO_BEGIN);
    if (status == MUSTER_OK)
        status = mst_store_begin_writing(m->into, m->diags);
    if (status != MUSTER_OK)
        return status;
    if (!m->into->is_counted) /* another process has added to it */
        status = mst_store_take_stock(m->into, m->diags);
    if (status == MUSTER_OK)
        status = merge_rows(m);
    /* before the commit: it may be the same store */
    (void)sqlite3_exec(m->from->db, "ROLLBACK", NULL, NULL, NULL);
    if (status == MUSTER_OK)
        status = mst_store_commit(m->into, false, m->diags);
    else
        mst_store_roll_back(m->into);
    if (status != MUSTER_OK)
        *m->out = before;
    return status;
}

/* ---- the first ------------------------------------------------------------------------------------ */

/* Nothing was committed to it: its file has no byte. */
static bool has_no_page(const muster_store *s)
{
    sqlite3_file *file = NULL;
    sqlite3_int64 bytes = 0;
    return sqlite3_file_control(s->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK &&
           file && file->pMethods && file->pMethods->xFileSize(file, &bytes) == SQLITE_OK &&
           bytes == 0;
}

/* A step that others may keep from it for a while: those who write `from` commit, or who made `into`. */
static int step_on(sqlite3_backup *copy, int pages)
{
    enum { WAITS_MOST = 400, WAIT_MS = 25 };
    int step = sqlite3_backup_step(copy, pages);
    for (int i = 0; (step == SQLITE_BUSY || step == SQLITE_LOCKED) && i < WAITS_MOST; i++) {
        sqlite3_sleep(WAIT_MS);
        step = sqlite3_backup_step(copy, pages);
    }
    return step;
}

/* A new store is a copy of the first one, page by page; the copy is whole or is not there. A step of no
 * page takes the lock: only then it is sure that nobody else has made the store meanwhile. */
static muster_status copy_store(muster_store *into, muster_store *from, muster_diags *diags,
                                bool *out_is_copy)
{
    enum { PAGES_AT_ONCE = 4096 };
    sqlite3_backup *copy = sqlite3_backup_init(into->db, "main", from->db, "main");
    int step = copy ? step_on(copy, 0) : SQLITE_ERROR;
    *out_is_copy = step != SQLITE_OK || has_no_page(into);
    while (*out_is_copy && step == SQLITE_OK)
        step = step_on(copy, PAGES_AT_ONCE);
    if (copy)
        (void)sqlite3_backup_finish(copy); /* its reason is that of `into` then */
    return !*out_is_copy || step == SQLITE_DONE ? MUSTER_OK
                                                : mst_store_fail(into, "copying", diags);
}

static muster_status begin_with(muster_store *into, const char *first, muster_diags *diags,
                                bool *out_is_copy)
{
    muster_store *from = NULL;
    muster_status status = muster_store_open(first, diags, &from);
    if (status == MUSTER_OK)
        status = mst_store_scan(from, NULL, NULL, NULL, diags); /* its name, should it be damaged */
    if (status == MUSTER_OK)
        status = copy_store(into, from, diags, out_is_copy);
    (void)muster_store_close(from, NULL);
    return status;
}

/* out_first: whether the first of the stores is in it, for it was made of that. */
static muster_status open_target(const char *path, const char *first, muster_diags *diags,
                                 muster_store **out, bool *out_first)
{
    muster_store *look = NULL; /* of what is no store nothing is made, not even an empty file */
    muster_status status = muster_store_open(first, diags, &look);
    (void)muster_store_close(look, NULL);
    if (status == MUSTER_OK)
        status = mst_store_file(path, true, diags, out);
    if (status != MUSTER_OK)
        return status;
    *out_first = mst_store_is_empty(*out);
    if (*out_first)
        status = begin_with(*out, first, diags, out_first);
    if (status == MUSTER_OK)
        status =
            mst_store_exec(*out, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;", diags);
    if (status == MUSTER_OK)
        status = mst_store_verify(*out, diags);
    if (status == MUSTER_OK)
        status = mst_store_take_stock(*out, diags);
    return status;
}

static muster_status add_store(muster_store *into, const char *path, muster_diags *diags,
                               muster_merged *out)
{
    muster_store *from = NULL;
    muster_status status = muster_store_open(path, diags, &from);
    if (status == MUSTER_OK) {
        merging m = {.into = into, .from = from, .diags = diags, .out = out, .status = MUSTER_OK};
        status = merge_one(&m);
    }
    (void)muster_store_close(from, NULL);
    return status;
}

muster_status muster_store_merge(const char *path, const char *const *from, int32_t count,
                                 muster_diags *diags, muster_merged *out)
{
    muster_store *into = NULL;
    bool has_first = false;
    *out = (muster_merged){0};
    muster_status status = open_target(path, from[0], diags, &into, &has_first);
    if (status == MUSTER_OK && has_first)
        out->added = into->sum.runs;
    for (int32_t i = has_first ? 1 : 0; status == MUSTER_OK && i < count; i++)
        status = add_store(into, from[i], diags, out);
    (void)muster_store_close(into, NULL);
    return status;
}
