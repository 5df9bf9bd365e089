/* What a store says of its experiment. */
#include "experiment/experiment.h"
#include "experiment/hash.h"
#include "store/store.h"

#include "muster/text.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *mst_store_said(muster_store *s, const char *key)
{
    sqlite3_stmt *ask = mst_store_prepare(s, "SELECT value FROM experiment WHERE key = ?1", NULL);
    const char *out = NULL;
    if (ask && sqlite3_bind_text(ask, 1, key, -1, SQLITE_STATIC) == SQLITE_OK &&
        sqlite3_step(ask) == SQLITE_ROW)
        out = mst_keep_text(&s->keep, (const char *)sqlite3_column_text(ask, 0));
    sqlite3_finalize(ask);
    return out;
}

static bool whole(const char *text, int base, uint64_t most, uint64_t *out)
{
    char *end = NULL;
    errno = 0;
    if (!text || *text == '-' || *text == '\0')
        return false;
    const unsigned long long value = strtoull(text, &end, base);
    if (*end != '\0' || errno != 0 || value > most)
        return false;
    *out = value;
    return true;
}

static muster_status load_numbers(muster_store *s, muster_diags *diags)
{
    uint64_t points = 0, replications = 0, factors = 0, responses = 0;
    muster_experiment_head *h = &s->head;
    if (!whole(mst_store_said(s, "points"), 10, INT32_MAX, &points) ||
        !whole(mst_store_said(s, "replications"), 10, INT32_MAX, &replications) ||
        !whole(mst_store_said(s, "factors"), 10, MUSTER_FACTORS_MAX, &factors) ||
        !whole(mst_store_said(s, "responses"), 10, MUSTER_COLUMNS_MAX, &responses) ||
        !whole(mst_store_said(s, "seed"), 10, UINT64_MAX, &h->seed) ||
        !whole(mst_store_said(s, "scenario_hash"), 16, UINT64_MAX, &h->scenario_hash) ||
        !whole(mst_store_said(s, "plan_hash"), 16, UINT64_MAX, &h->plan_hash) || responses == 0)
        return s->keep.failed
                   ? mst_experiment_no_memory(diags)
                   : mst_store_damaged(s, "what it says of its plan is no number", diags);
    h->points = (int64_t)points;
    h->replications = (int32_t)replications;
    h->factors = (int32_t)factors;
    h->responses = (int32_t)responses;
    h->largest_correlation = (double)NAN;
    return MUSTER_OK;
}

static muster_status load_words(muster_store *s, muster_diags *diags)
{
    muster_experiment_head *h = &s->head;
    const struct {
        const char *key, **to;
    } words[] = {{"id", &h->id},          {"title", &h->title},
                 {"shows", &h->shows},    {"scenario", &h->scenario},
                 {"base", &h->base},      {"scenario_id", &h->scenario_id},
                 {"method", &h->method},  {"built", &h->built},
                 {"options", &h->options}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        *words[i].to = mst_store_said(s, words[i].key);
        if (!*words[i].to)
            return s->keep.failed
                       ? mst_experiment_no_memory(diags)
                       : mst_store_damaged(s, "what it says of itself is not whole", diags);
    }
    return MUSTER_OK;
}

/* ---- factors and responses ------------------------------------------------------------------------ */

static const char *text_at(muster_store *s, sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return mst_keep_text(&s->keep, text ? text : "");
}

static const char *const *lines_at(muster_store *s, sqlite3_stmt *row, int column, int32_t *count)
{
    const char *text = text_at(s, row, column);
    *count = 0;
    for (const char *at = text; at && *at; at++)
        *count += *at == '\n';
    const char **out = mst_keep_array(&s->keep, (size_t)*count + 1, sizeof *out);
    int32_t i = 0;
    for (const char *at = text; out && at && *at && i < *count; i++) {
        const size_t length = strcspn(at, "\n");
        out[i] = mst_keep_printf(&s->keep, "%.*s", (int)length, at);
        at += length + (at[length] == '\n');
    }
    *count = i;
    return out;
}

static double real_at(sqlite3_stmt *row, int column)
{
    return sqlite3_column_type(row, column) == SQLITE_NULL ? (double)NAN
                                                           : sqlite3_column_double(row, column);
}

static void load_factor(muster_store *s, sqlite3_stmt *row, int32_t i)
{
    muster_factor *f = &s->factor[i].public;
    f->id = text_at(s, row, 1);
    f->label = text_at(s, row, 2);
    f->unit = text_at(s, row, 3);
    f->path = text_at(s, row, 4);
    f->source = text_at(s, row, 5);
    f->dist = text_at(s, row, 6);
    f->standing = text_at(s, row, 7);
    f->role = (muster_factor_role)sqlite3_column_int(row, 8);
    f->scale = (muster_factor_scale)sqlite3_column_int(row, 9);
    f->min = real_at(row, 10);
    f->max = real_at(row, 11);
    f->moves_geography = sqlite3_column_int(row, 12) != 0;
    f->with = lines_at(s, row, 13, &f->with_count);
    f->level = lines_at(s, row, 14, &f->level_count);
}

static void load_response(muster_store *s, sqlite3_stmt *row, int32_t i)
{
    muster_response *r = &s->response[i].public;
    r->name = text_at(s, row, 1);
    r->measure = text_at(s, row, 2);
    r->thing = text_at(s, row, 3);
    r->label = text_at(s, row, 4);
    r->unit = text_at(s, row, 5);
    r->doc = text_at(s, row, 6);
    r->direction = (muster_direction)sqlite3_column_int(row, 7);
    r->is_yes_no = sqlite3_column_int(row, 8) != 0;
}

static bool is_sound(const muster_store *s)
{
    for (int32_t i = 0; i < s->head.factors; i++) {
        const muster_factor *f = &s->factor[i].public;
        if ((uint32_t)f->role > MUSTER_ROLE_NOISE || (uint32_t)f->scale > MUSTER_SCALE_NAMES ||
            (f->scale == MUSTER_SCALE_NAMES && f->level_count == 0))
            return false;
    }
    for (int32_t i = 0; i < s->head.responses; i++)
        if (s->response[i].public.direction < MUSTER_LESS_IS_BETTER ||
            s->response[i].public.direction > MUSTER_MORE_IS_BETTER)
            return false;
    return true;
}

/* Rows 0 .. count - 1 in order, none missing and none more. */
static muster_status load_rows(muster_store *s, const char *sql, int32_t count,
                               void (*load)(muster_store *s, sqlite3_stmt *row, int32_t i),
                               muster_diags *diags)
{
    sqlite3_stmt *ask = mst_store_prepare(s, sql, diags);
    int32_t got = 0;
    int step = SQLITE_ROW;
    while (ask && (step = sqlite3_step(ask)) == SQLITE_ROW) {
        if (got >= count || sqlite3_column_int64(ask, 0) != got) {
            got = -1;
            break;
        }
        load(s, ask, got++);
    }
    muster_status status = MUSTER_OK;
    if (!ask)
        status = mst_store_status(s);
    else if (step != SQLITE_DONE && got >= 0)
        status = mst_store_fail(s, "reading", diags);
    else if (got != count)
        status = mst_store_damaged(s, "its factors or measures are not whole", diags);
    else if (s->keep.failed)
        status = mst_experiment_no_memory(diags);
    sqlite3_finalize(ask);
    return status;
}

/* ---- the head ------------------------------------------------------------------------------------- */

static muster_status check_seal(muster_store *s, muster_diags *diags)
{
    char found[17];
    const char *said = mst_store_said(s, "seal");
    if (!mst_store_head_seal(s, found))
        return mst_store_fail(s, "reading", diags);
    return said && strcmp(said, found) == 0
               ? MUSTER_OK
               : mst_store_damaged(s, "what it says of itself is not what was written", diags);
}

muster_status mst_store_load_head(muster_store *s, muster_diags *diags)
{
    muster_status status = check_seal(s, diags);
    if (status == MUSTER_OK)
        status = load_numbers(s, diags);
    if (status == MUSTER_OK)
        status = load_words(s, diags);
    if (status != MUSTER_OK)
        return status;
    s->factor = mst_keep_array(&s->keep, (size_t)s->head.factors + 1, sizeof *s->factor);
    s->response = mst_keep_array(&s->keep, (size_t)s->head.responses, sizeof *s->response);
    if (!s->factor || !s->response)
        return mst_experiment_no_memory(diags);
    status = load_rows(s, "SELECT * FROM factor ORDER BY ord", s->head.factors, load_factor, diags);
    if (status == MUSTER_OK)
        status = load_rows(s, "SELECT * FROM measure ORDER BY ord", s->head.responses,
                           load_response, diags);
    if (status == MUSTER_OK && !is_sound(s))
        status = mst_store_damaged(s, "its factors or measures make no sense", diags);
    return status == MUSTER_OK ? mst_store_load_selection(s, diags) : status;
}

/* ---- points --------------------------------------------------------------------------------------- */

static const char *const blocks[] = {"point", "centre", "one", "a", "b", "ab", "ba", "step"};

static const char *block_of(const char *text)
{
    for (size_t i = 0; text && i < sizeof blocks / sizeof *blocks; i++)
        if (strcmp(blocks[i], text) == 0)
            return blocks[i];
    return NULL;
}

/* Number of the level that the literal names; a number by itself. */
static double number_of(const muster_factor *f, const char *literal, size_t length)
{
    char text[MUSTER_VALUE_BYTES + 1];
    double number = (double)NAN;
    if (length == 0 || length >= sizeof text)
        return number;
    memcpy(text, literal, length);
    text[length] = '\0';
    if (f->scale == MUSTER_SCALE_NAMES) {
        for (int32_t i = 0; i < f->level_count; i++)
            if (strcmp(f->level[i], text) == 0)
                return (double)i;
        return number;
    }
    if (text[0] == '"') { /* "72.5 h" */
        text[strcspn(text + 1, " \"") + 1] = '\0';
        memmove(text, text + 1, strlen(text));
    }
    return muster_text_real(text, &number) ? number : (double)NAN;
}

/* The column of a factor, for people, says what the literal says. */
static bool is_shown(sqlite3_stmt *row, int column, const muster_factor *f, double number,
                     const char *literal, size_t length)
{
    double plain = 0.0;
    char text[MUSTER_VALUE_BYTES];
    if (length == 0)
        return sqlite3_column_type(row, column) == SQLITE_NULL;
    muster_text_format(text, sizeof text, "%.*s", (int)length, literal);
    if (f->scale != MUSTER_SCALE_NAMES && muster_text_real(text, &plain))
        return sqlite3_column_type(row, column) != SQLITE_TEXT &&
               sqlite3_column_double(row, column) == number;
    const bool is_quoted = length >= 2 && text[0] == '"' && text[length - 1] == '"';
    const char *shown = (const char *)sqlite3_column_text(row, column);
    text[length - is_quoted] = '\0';
    return shown && strcmp(shown, text + is_quoted) == 0;
}

/* Values of all factors, a line each. */
static bool load_values(muster_store *s, sqlite3_stmt *row, double *number, const char *literal)
{
    enum { BEFORE = 7 }; /* columns before those of factors */
    for (int32_t f = 0; f < s->head.factors; f++) {
        const muster_factor *factor = &s->factor[f].public;
        const size_t length = strcspn(literal, "\n");
        if (length >= MUSTER_VALUE_BYTES)
            return false;
        number[f] = number_of(factor, literal, length);
        if (!is_shown(row, BEFORE + f, factor, number[f], literal, length))
            return false;
        literal += length + (literal[length] == '\n');
    }
    return true;
}

static bool load_point(muster_store *s, sqlite3_stmt *row, int64_t number, uint64_t *hash)
{
    muster_plan_point *p = &s->point[number];
    const char *label = (const char *)sqlite3_column_text(row, 1);
    const char *literal = (const char *)sqlite3_column_text(row, 6);
    *p = (muster_plan_point){.label = label && *label ? mst_keep_text(&s->keep, label) : "",
                             .block = block_of((const char *)sqlite3_column_text(row, 2)),
                             .factor = sqlite3_column_int(row, 3),
                             .base_row = sqlite3_column_int64(row, 4)};
    /* one behind the last is luck; rows of a base are fewer than points */
    if (!p->block || !literal || !p->label || p->factor < -1 || p->factor > s->head.factors ||
        p->base_row < 0 || p->base_row >= s->head.points ||
        !whole((const char *)sqlite3_column_text(row, 5), 10, UINT64_MAX, &p->seed))
        return false;
    *hash = mst_plan_hash_point(*hash, p, literal);
    return load_values(s, row, s->number + (size_t)number * (size_t)s->head.factors, literal);
}

/* Before room is made for as many as it says. */
static bool has_all_points(const muster_store *s)
{
    sqlite3_stmt *ask = mst_store_prepare(s, "SELECT count(*) FROM point", NULL);
    const bool has_all =
        ask && sqlite3_step(ask) == SQLITE_ROW && sqlite3_column_int64(ask, 0) == s->head.points;
    sqlite3_finalize(ask);
    return has_all;
}

/* Of what comes before the points. */
static uint64_t begin_hash(const muster_store *s)
{
    uint64_t hash = mst_plan_hash_kind(MUSTER_HASH_START, s->head.replications == 0);
    for (int32_t i = 0; i < s->head.factors; i++)
        hash = mst_plan_hash_factor(hash, &s->factor[i].public);
    for (int32_t i = 0; i < s->head.responses; i++)
        hash = mst_plan_hash_name(hash, s->response[i].public.name);
    hash = mst_plan_hash_selection(hash, &s->head.selection);
    return hash;
}

muster_status mst_store_load_points(muster_store *s, muster_diags *diags)
{
    static const char changed[] = "its plan is not the one that its hash was made of";
    const size_t count = (size_t)s->head.points;
    uint64_t hash = begin_hash(s);
    if (!has_all_points(s))
        return mst_store_damaged(s, changed, diags);
    free(s->point); /* they may have been read before */
    free(s->number);
    s->point = calloc(count + 1, sizeof *s->point);
    s->number = calloc(count * (size_t)s->head.factors + 1, sizeof *s->number);
    if (!s->point || !s->number)
        return mst_experiment_no_memory(diags);
    sqlite3_stmt *ask = mst_store_prepare(s, "SELECT * FROM point ORDER BY point", diags);
    int64_t got = 0;
    int step = SQLITE_ROW;
    bool is_good = ask != NULL;
    while (is_good && (step = sqlite3_step(ask)) == SQLITE_ROW) {
        is_good = got < s->head.points && sqlite3_column_int64(ask, 0) == got &&
                  load_point(s, ask, got, &hash);
        got++;
    }
    muster_status status = MUSTER_OK;
    if (!ask)
        status = mst_store_status(s);
    else if (is_good && step != SQLITE_DONE)
        status = mst_store_fail(s, "reading", diags);
    else if (!is_good || got != s->head.points || hash != s->head.plan_hash)
        status =
            s->keep.failed ? mst_experiment_no_memory(diags) : mst_store_damaged(s, changed, diags);
    sqlite3_finalize(ask);
    return status;
}

const muster_experiment_head *muster_store_head(const muster_store *s)
{
    return &s->head;
}

const muster_factor *muster_store_factor(const muster_store *s, int32_t index)
{
    return &s->factor[index].public;
}

const muster_response *muster_store_response(const muster_store *s, int32_t index)
{
    return &s->response[index].public;
}

muster_plan_point muster_store_point(const muster_store *s, int64_t point)
{
    return s->point[point];
}

double muster_store_number(const muster_store *s, int64_t point, int32_t factor)
{
    return s->number[(size_t)point * (size_t)s->head.factors + (size_t)factor];
}
