/* The tables of a store, made from its factors and responses; a store is opened only if its tables are
 * what would be made. */
#include "store/store.h"

#include "experiment/experiment.h"
#include "muster/text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ---- names of columns ----------------------------------------------------------------------------- */

/* SQL's names are alike when letters differ in case only. */
static bool is_same(const char *a, const char *b)
{
    for (; *a && tolower((unsigned char)*a) == tolower((unsigned char)*b); a++)
        b++;
    return tolower((unsigned char)*a) == tolower((unsigned char)*b);
}

static void name_column(char prefix, const char *id, char out[MST_COLUMN_BYTES])
{
    enum { ROOM_FOR_NUMBER = 12 };
    muster_text_format(out, MST_COLUMN_BYTES - ROOM_FOR_NUMBER, "%c_%s", prefix, id);
    for (char *at = out; *at; at++)
        if (!isalnum((unsigned char)*at))
            *at = '_';
}

/* A number behind it where it is taken, the first that is free. */
static void make_unlike(char *column,
                        bool (*is_taken)(const muster_store *s, int32_t before, const char *column),
                        const muster_store *s, int32_t before)
{
    const size_t length = strlen(column);
    for (int32_t number = before; is_taken(s, before, column); number++)
        muster_text_format(column + length, MST_COLUMN_BYTES - length, "_%d", (int)number);
}

static bool is_of_factor(const muster_store *s, int32_t before, const char *column)
{
    for (int32_t k = 0; k < before; k++)
        if (is_same(column, s->factor[k].column))
            return true;
    return false;
}

static bool is_of_response(const muster_store *s, int32_t before, const char *column)
{
    for (int32_t k = 0; k < before; k++)
        if (is_same(column, s->response[k].column))
            return true;
    return false;
}

muster_status mst_store_columns(muster_store *s, muster_diags *diags)
{
    for (int32_t i = 0; i < s->head.factors; i++) {
        name_column('f', s->factor[i].public.id, s->factor[i].column);
        make_unlike(s->factor[i].column, is_of_factor, s, i);
    }
    for (int32_t i = 0; i < s->head.responses; i++) {
        name_column('m', s->response[i].public.name, s->response[i].column);
        make_unlike(s->response[i].column, is_of_response, s, i);
    }
    return s->keep.failed ? mst_experiment_no_memory(diags) : MUSTER_OK;
}

/* ---- tables --------------------------------------------------------------------------------------- */

static const char *points_table(muster_store *s)
{
    const char *sql = "CREATE TABLE point(point INTEGER PRIMARY KEY, label TEXT NOT NULL, "
                      "block TEXT NOT NULL, factor INT NOT NULL, base_row INT NOT NULL, "
                      "seed TEXT NOT NULL, literal TEXT NOT NULL";
    for (int32_t i = 0; i < s->head.factors && sql; i++)
        sql = mst_keep_printf(&s->keep, "%s, \"%s\"", sql, s->factor[i].column);
    return sql ? mst_keep_printf(&s->keep, "%s)", sql) : NULL;
}

static const char *runs_table(muster_store *s)
{
    const char *sql = "CREATE TABLE run(run INTEGER PRIMARY KEY, "
                      "point INT GENERATED ALWAYS AS (run >> 31) VIRTUAL, "
                      "replication INT GENERATED ALWAYS AS (run & 2147483647) VIRTUAL, "
                      "failed INT NOT NULL, origin INT NOT NULL, digest INT NOT NULL, "
                      "seal INT NOT NULL";
    for (int32_t i = 0; i < s->head.responses && sql; i++)
        sql = mst_keep_printf(&s->keep, "%s, \"%s\" REAL", sql, s->response[i].column);
    return sql ? mst_keep_printf(&s->keep, "%s)", sql) : NULL;
}

static const char *long_view(muster_store *s)
{
    const char *sql = "CREATE VIEW run_long AS";
    for (int32_t i = 0; i < s->head.responses && sql; i++)
        sql = mst_keep_printf(
            &s->keep, "%s%s SELECT point, replication, '%s' AS name, \"%s\" AS value FROM run", sql,
            i ? " UNION ALL" : "", s->response[i].column + 2, s->response[i].column);
    return sql;
}

enum { LONG_MOST = 400 }; /* terms of a compound that SQLite takes: 500 */

const char *mst_store_table(muster_store *s, int32_t index)
{
    static const char *const fixed[] = {
        "CREATE TABLE experiment(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        "CREATE TABLE origin(origin INTEGER PRIMARY KEY, host TEXT NOT NULL, processor TEXT NOT "
        "NULL, "
        "libm TEXT NOT NULL, compiler TEXT NOT NULL, gsl TEXT NOT NULL, program TEXT NOT NULL, "
        "part TEXT NOT NULL, started_utc TEXT NOT NULL)",
        "CREATE TABLE factor(ord INTEGER PRIMARY KEY, id TEXT NOT NULL, label TEXT NOT NULL, "
        "unit TEXT NOT NULL, path TEXT NOT NULL, source TEXT NOT NULL, dist TEXT NOT NULL, "
        "standing TEXT NOT NULL, role INT NOT NULL, scale INT NOT NULL, low REAL, high REAL, "
        "moves_geography INT NOT NULL, with_it TEXT NOT NULL, levels TEXT NOT NULL)",
        "CREATE TABLE measure(ord INTEGER PRIMARY KEY, name TEXT NOT NULL, measure TEXT NOT NULL, "
        "thing TEXT NOT NULL, label TEXT NOT NULL, unit TEXT NOT NULL, doc TEXT NOT NULL, "
        "direction INT NOT NULL, is_yes_no INT NOT NULL)",
        "CREATE TABLE failure(run INTEGER PRIMARY KEY, message TEXT NOT NULL)"};
    const int32_t count = (int32_t)(sizeof fixed / sizeof *fixed);
    if (index < count)
        return fixed[index];
    switch (index - count) {
    case 0:
        return points_table(s);
    case 1:
        return runs_table(s);
    case 2:
        return s->head.responses <= LONG_MOST ? long_view(s) : NULL;
    default:
        return NULL;
    }
}

muster_status mst_store_make(muster_store *s, muster_diags *diags)
{
    muster_status status = MUSTER_OK;
    const char *sql = NULL;
    for (int32_t i = 0; status == MUSTER_OK && (sql = mst_store_table(s, i)); i++)
        status = mst_store_exec(s, sql, diags);
    if (status == MUSTER_OK && s->keep.failed)
        status = mst_experiment_no_memory(diags);
    if (status == MUSTER_OK)
        status = mst_store_exec(
            s,
            mst_keep_printf(&s->keep, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
                            MST_STORE_MARK, MST_STORE_VERSION),
            diags);
    return status;
}

bool mst_store_is_empty(const muster_store *s)
{
    sqlite3_stmt *ask = mst_store_prepare(s, "SELECT count(*) FROM sqlite_schema", NULL);
    const bool out = ask && sqlite3_step(ask) == SQLITE_ROW && sqlite3_column_int64(ask, 0) == 0;
    sqlite3_finalize(ask);
    return out;
}

/* ---- what a file must be -------------------------------------------------------------------------- */

static int64_t pragma(muster_store *s, const char *sql, muster_diags *diags, muster_status *status)
{
    sqlite3_stmt *ask = mst_store_prepare(s, sql, diags);
    int64_t out = -1;
    if (!ask) {
        *status = mst_store_status(s);
        return out;
    }
    if (sqlite3_step(ask) == SQLITE_ROW)
        out = sqlite3_column_int64(ask, 0);
    else
        *status = mst_store_fail(s, "reading", diags);
    sqlite3_finalize(ask);
    return out;
}

/* "CREATE TABLE name(" gives name. */
static muster_status check_table(muster_store *s, const char *sql, sqlite3_stmt *ask,
                                 muster_diags *diags)
{
    const char *name = strncmp(sql, "CREATE VIEW ", 12) == 0 ? sql + 12 : sql + 13;
    const int length = (int)strcspn(name, "( ");
    sqlite3_reset(ask);
    if (sqlite3_bind_text(ask, 1, name, length, SQLITE_TRANSIENT) != SQLITE_OK)
        return mst_store_fail(s, "reading", diags);
    const int step = sqlite3_step(ask);
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        return mst_store_fail(s, "reading", diags);
    const char *found = step == SQLITE_ROW ? (const char *)sqlite3_column_text(ask, 0) : NULL;
    bool is_good = found && strcmp(found, sql) == 0;
    const bool is_there = found != NULL;
    if (is_good) /* once, and no index or trigger on it */
        is_good = sqlite3_step(ask) == SQLITE_DONE;
    if (is_good)
        return MUSTER_OK;
    char what[120];
    muster_text_format(what, sizeof what, "its table '%.*s' is %s", length, name,
                       is_there ? "not as muster makes it" : "missing");
    return mst_store_damaged(s, what, diags);
}

static muster_status check_tables(muster_store *s, int32_t first, int32_t last, muster_diags *diags)
{
    sqlite3_stmt *ask = mst_store_prepare(
        s, "SELECT sql FROM sqlite_schema WHERE name = ?1 OR tbl_name = ?1", diags);
    muster_status status = ask ? MUSTER_OK : mst_store_status(s);
    const char *sql = NULL;
    for (int32_t i = first; status == MUSTER_OK && i < last && (sql = mst_store_table(s, i)); i++)
        status = check_table(s, sql, ask, diags);
    sqlite3_finalize(ask);
    return status == MUSTER_OK && s->keep.failed ? mst_experiment_no_memory(diags) : status;
}

muster_status mst_store_verify(muster_store *s, muster_diags *diags)
{
    enum { FIXED_TABLES = 5, ALL_TABLES = 100 };
    muster_status status = MUSTER_OK;
    const int64_t mark = pragma(s, "PRAGMA application_id", diags, &status);
    if (status != MUSTER_OK)
        return status;
    if (mark != MST_STORE_MARK) { /* by its first bytes it was one: who made it was killed */
        muster_diags_add(diags, MUSTER_ERROR, (muster_place){s->path, 0}, NULL, NULL,
                         mst_store_is_empty(s) ? "this file is empty: there is no store in it"
                                               : "this is an SQLite file, but no store of muster");
        return MUSTER_MISTAKE;
    }
    const int64_t version = pragma(s, "PRAGMA user_version", diags, &status);
    if (status == MUSTER_OK && version != MST_STORE_VERSION) {
        muster_diags_add(diags, MUSTER_ERROR, (muster_place){s->path, 0}, NULL, NULL,
                         "this store has form %lld; this program reads form %d", (long long)version,
                         MST_STORE_VERSION);
        return MUSTER_MISTAKE;
    }
    if (status == MUSTER_OK)
        status = check_tables(s, 0, FIXED_TABLES, diags);
    if (status == MUSTER_OK)
        status = mst_store_load_head(s, diags);
    if (status == MUSTER_OK)
        status = mst_store_columns(s, diags);
    return status == MUSTER_OK ? check_tables(s, FIXED_TABLES, ALL_TABLES, diags) : status;
}
