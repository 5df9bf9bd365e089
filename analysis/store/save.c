/* What a new store says of its experiment, and which machines its runs come from. */
#include "experiment/experiment.h"
#include "store/store.h"

#include "muster/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static void utc_now(char out[32])
{
    const time_t now = time(NULL);
    struct tm parts;
    if (!gmtime_r(&now, &parts) || strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
        out[0] = '\0';
}

static bool bind_text(sqlite3_stmt *to, int at, const char *text)
{
    return sqlite3_bind_text(to, at, text ? text : "", -1, SQLITE_TRANSIENT) == SQLITE_OK;
}

static bool done(sqlite3_stmt *to)
{
    const bool is_done = sqlite3_step(to) == SQLITE_DONE;
    return sqlite3_reset(to) == SQLITE_OK && is_done;
}

/* ---- the head ------------------------------------------------------------------------------------- */

/* A line each; none of them has a line break. */
static const char *lines(mst_keep *keep, const char *const *text, int32_t count)
{
    size_t bytes = 1;
    for (int32_t i = 0; i < count; i++)
        bytes += strlen(text[i]) + 1;
    char *out = mst_keep_array(keep, bytes, 1), *at = out;
    for (int32_t i = 0; out && i < count; i++) {
        const size_t length = strlen(text[i]);
        memcpy(at, text[i], length);
        at += length;
        *at++ = '\n';
    }
    return out;
}

static const char *hex(mst_keep *keep, uint64_t hash)
{
    return mst_keep_printf(keep, "%016" PRIx64, hash);
}

static muster_status save_head(muster_store *s, muster_diags *diags)
{
    const muster_experiment *e = s->experiment;
    const muster_experiment_head *h = muster_experiment_head_of(e);
    char now[32];
    utc_now(now);
    const struct {
        const char *key, *value;
    } said[] = {
        {"id", h->id},
        {"title", h->title},
        {"shows", h->shows},
        {"scenario", h->scenario},
        {"scenario_id", h->scenario_id},
        {"base", h->base},
        {"variant", e->base.variant},
        {"set", lines(&s->keep, e->base.line, e->base.line_count)},
        {"land", e->land_path},
        {"land_hash", hex(&s->keep, muster_sweep_land_hash(e->sweep))},
        {"method", h->method},
        {"built", h->built},
        {"options", h->options},
        {"seed", mst_keep_printf(&s->keep, "%" PRIu64, h->seed)},
        {"points", mst_keep_printf(&s->keep, "%" PRId64, h->points)},
        {"replications", mst_keep_printf(&s->keep, "%d", (int)h->replications)},
        {"factors", mst_keep_printf(&s->keep, "%d", (int)h->factors)},
        {"responses", mst_keep_printf(&s->keep, "%d", (int)h->responses)},
        {"scenario_hash", hex(&s->keep, h->scenario_hash)},
        {"plan_hash", hex(&s->keep, h->plan_hash)},
        {"scenario_text", muster_experiment_scenario_text(e, NULL)},
        {"experiment_text", muster_experiment_text(e, NULL)},
        {"muster", muster_version()},
        {"created_utc", now},
    };
    sqlite3_stmt *to = mst_store_prepare(s, "INSERT INTO experiment VALUES(?1, ?2)", diags);
    bool is_good = to && !s->keep.failed;
    for (size_t i = 0; is_good && i < sizeof said / sizeof *said; i++)
        is_good = bind_text(to, 1, said[i].key) && bind_text(to, 2, said[i].value) && done(to);
    const muster_status status = is_good ? MUSTER_OK
                                 : to    ? mst_store_fail(s, "writing", diags)
                                         : mst_store_status(s);
    sqlite3_finalize(to);
    return status;
}

/* ---- factors and responses ------------------------------------------------------------------------ */

static bool bind_real(sqlite3_stmt *to, int at, double value)
{
    return (isnan(value) ? sqlite3_bind_null(to, at) : sqlite3_bind_double(to, at, value)) ==
           SQLITE_OK;
}

static bool save_factor(muster_store *s, sqlite3_stmt *to, int32_t i)
{
    const muster_factor *f = muster_experiment_factor(s->experiment, i);
    return sqlite3_bind_int(to, 1, i) == SQLITE_OK && bind_text(to, 2, f->id) &&
           bind_text(to, 3, f->label) && bind_text(to, 4, f->unit) && bind_text(to, 5, f->path) &&
           bind_text(to, 6, f->source) && bind_text(to, 7, f->dist) &&
           bind_text(to, 8, f->standing) && sqlite3_bind_int(to, 9, (int)f->role) == SQLITE_OK &&
           sqlite3_bind_int(to, 10, (int)f->scale) == SQLITE_OK && bind_real(to, 11, f->min) &&
           bind_real(to, 12, f->max) && sqlite3_bind_int(to, 13, f->moves_geography) == SQLITE_OK &&
           bind_text(to, 14, lines(&s->keep, f->with, f->with_count)) &&
           bind_text(to, 15, lines(&s->keep, f->level, f->level_count)) && done(to);
}

static bool save_response(muster_store *s, sqlite3_stmt *to, int32_t i)
{
    const muster_response *r = muster_experiment_response(s->experiment, i);
    return sqlite3_bind_int(to, 1, i) == SQLITE_OK && bind_text(to, 2, r->name) &&
           bind_text(to, 3, r->measure) && bind_text(to, 4, r->thing) &&
           bind_text(to, 5, r->label) && bind_text(to, 6, r->unit) && bind_text(to, 7, r->doc) &&
           sqlite3_bind_int(to, 8, r->direction) == SQLITE_OK &&
           sqlite3_bind_int(to, 9, r->is_yes_no) == SQLITE_OK && done(to);
}

static muster_status save_rows(muster_store *s, const char *sql, int32_t count,
                               bool (*save)(muster_store *s, sqlite3_stmt *to, int32_t i),
                               muster_diags *diags)
{
    sqlite3_stmt *to = mst_store_prepare(s, sql, diags);
    bool is_good = to != NULL;
    for (int32_t i = 0; is_good && i < count; i++)
        is_good = save(s, to, i) && !s->keep.failed;
    const muster_status status = is_good ? MUSTER_OK
                                 : to    ? mst_store_fail(s, "writing", diags)
                                         : mst_store_status(s);
    sqlite3_finalize(to);
    return status;
}

/* ---- points --------------------------------------------------------------------------------------- */

/* As a person reads it: a number, or a text without its quotes. */
static bool bind_value(sqlite3_stmt *to, int at, const muster_factor *f, const char *value)
{
    double number = 0.0;
    const size_t length = strlen(value);
    if (length == 0)
        return sqlite3_bind_null(to, at) == SQLITE_OK;
    if (f->scale != MUSTER_SCALE_NAMES && muster_text_real(value, &number))
        return sqlite3_bind_double(to, at, number) == SQLITE_OK;
    const bool is_quoted = length >= 2 && value[0] == '"' && value[length - 1] == '"';
    return sqlite3_bind_text(to, at, value + is_quoted, (int)length - 2 * is_quoted,
                             SQLITE_TRANSIENT) == SQLITE_OK;
}

static bool save_point(muster_store *s, sqlite3_stmt *to, int64_t number, char *literal)
{
    const muster_plan_point p = muster_experiment_point(s->experiment, number);
    char seed[24], value[MUSTER_VALUE_BYTES];
    muster_text_format(seed, sizeof seed, "%" PRIu64, p.seed);
    bool is_good = mst_experiment_literal(s->experiment, number, literal, MST_LITERAL_BYTES) &&
                   sqlite3_bind_int64(to, 1, number) == SQLITE_OK && bind_text(to, 2, p.label) &&
                   bind_text(to, 3, p.block) && sqlite3_bind_int(to, 4, p.factor) == SQLITE_OK &&
                   sqlite3_bind_int64(to, 5, p.base_row) == SQLITE_OK && bind_text(to, 6, seed) &&
                   bind_text(to, 7, literal);
    for (int32_t f = 0; is_good && f < s->head.factors; f++)
        is_good = bind_value(to, 8 + f, muster_experiment_factor(s->experiment, f),
                             muster_experiment_value(s->experiment, number, f, value));
    return is_good && done(to);
}

static muster_status save_points(muster_store *s, muster_diags *diags)
{
    const char *sql = "INSERT INTO point VALUES(?, ?, ?, ?, ?, ?, ?";
    for (int32_t i = 0; i < s->head.factors && sql; i++)
        sql = mst_keep_printf(&s->keep, "%s, ?", sql);
    char *literal = mst_keep_array(&s->keep, MST_LITERAL_BYTES, 1);
    if (!sql || !literal)
        return mst_experiment_no_memory(diags);
    sqlite3_stmt *to = mst_store_prepare(s, mst_keep_printf(&s->keep, "%s)", sql), diags);
    bool is_good = to != NULL;
    for (int64_t i = 0; is_good && i < s->head.points; i++)
        is_good = save_point(s, to, i, literal);
    const muster_status status = is_good ? MUSTER_OK
                                 : to    ? mst_store_fail(s, "writing the plan", diags)
                                         : mst_store_status(s);
    sqlite3_finalize(to);
    return status;
}

static muster_status save_seal(muster_store *s, muster_diags *diags)
{
    char seal[17];
    sqlite3_stmt *to = mst_store_prepare(s, "INSERT INTO experiment VALUES('seal', ?1)", diags);
    const bool is_good = to && mst_store_head_seal(s, seal) && bind_text(to, 1, seal) && done(to);
    const muster_status status = is_good ? MUSTER_OK
                                 : to    ? mst_store_fail(s, "writing", diags)
                                         : mst_store_status(s);
    sqlite3_finalize(to);
    return status;
}

muster_status mst_store_save_plan(muster_store *s, muster_diags *diags)
{
    muster_status status = save_head(s, diags);
    if (status == MUSTER_OK)
        status = save_rows(s, "INSERT INTO factor VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                           s->head.factors, save_factor, diags);
    if (status == MUSTER_OK)
        status = save_rows(s, "INSERT INTO measure VALUES(?,?,?,?,?,?,?,?,?)", s->head.responses,
                           save_response, diags);
    if (status == MUSTER_OK)
        status = mst_store_save_selection(s, diags);
    if (status == MUSTER_OK)
        status = save_seal(s, diags);
    return status == MUSTER_OK ? save_points(s, diags) : status;
}

/* ---- machines ------------------------------------------------------------------------------------- */

static bool bind_host(sqlite3_stmt *to, const muster_host *host, const char *part)
{
    return bind_text(to, 1, host->name) && bind_text(to, 2, host->processor) &&
           bind_text(to, 3, host->libm) && bind_text(to, 4, host->compiler) &&
           bind_text(to, 5, host->gsl) && bind_text(to, 6, host->program) && bind_text(to, 7, part);
}

/* Runs of another program are not mixed with those that are there. */
static muster_status check_program(muster_store *s, const muster_host *host, muster_diags *diags)
{
    sqlite3_stmt *ask =
        mst_store_prepare(s, "SELECT program FROM origin WHERE program <> ?1 LIMIT 1", diags);
    if (!ask)
        return mst_store_status(s);
    muster_status status = MUSTER_OK;
    if (!bind_text(ask, 1, host->program))
        status = mst_store_fail(s, "reading", diags);
    const int step = status == MUSTER_OK ? sqlite3_step(ask) : SQLITE_DONE;
    if (step == SQLITE_ROW) {
        muster_diags_add(diags, MUSTER_ERROR, (muster_place){s->path, 0}, NULL,
                         "write to another file (-o), or use that program",
                         "the runs in this store are of another program: %.100s, this is %.100s",
                         (const char *)sqlite3_column_text(ask, 0), host->program);
        status = MUSTER_MISTAKE;
    } else if (step != SQLITE_DONE) {
        status = mst_store_fail(s, "reading", diags);
    }
    sqlite3_finalize(ask);
    return status;
}

muster_status mst_store_origin(muster_store *s, const muster_host *host, muster_diags *diags)
{
    char part[32] = "", now[32];
    if (s->shard.count > 1)
        muster_text_format(part, sizeof part, "%d/%d", (int)s->shard.index, (int)s->shard.count);
    muster_status status = check_program(s, host, diags);
    if (status != MUSTER_OK)
        return status;
    sqlite3_stmt *ask = mst_store_prepare(
        s,
        "SELECT origin FROM origin WHERE host = ? AND processor = ? AND libm = ? AND compiler = ? "
        "AND gsl = ? AND program = ? AND part = ?",
        diags);
    sqlite3_stmt *add = mst_store_prepare(
        s,
        "INSERT INTO origin(host, processor, libm, compiler, gsl, program, part, started_utc) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        diags);
    utc_now(now);
    bool is_good = ask && add && bind_host(ask, host, part);
    const int step = is_good ? sqlite3_step(ask) : SQLITE_ERROR;
    if (step == SQLITE_ROW) {
        s->origin = sqlite3_column_int64(ask, 0);
    } else if (step == SQLITE_DONE) {
        is_good = bind_host(add, host, part) && bind_text(add, 8, now) && done(add);
        s->origin = sqlite3_last_insert_rowid(s->db);
    } else {
        is_good = false;
    }
    if (!is_good && ask && add)
        status = mst_store_fail(s, "writing", diags);
    else if (!is_good)
        status = MUSTER_WORLD;
    sqlite3_finalize(ask);
    sqlite3_finalize(add);
    return status;
}
