/* Values of features in the rows of a record. */
#include "batch/fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define THOUSAND_NM 1000.0

/* ---- one value ---------------------------------------------------------------------------------------- */

/* Of a candidate and, where the feature reads one, of a host: states of the setting. */
static double value_with(const mst_feature *f, const mst_setting *s, int32_t cand, int32_t host)
{
    switch (f->reads) {
    case MST_FIT_CAND:
        return mst_setting_attribute(s, f->of, cand);
    case MST_FIT_HOST:
        return mst_setting_attribute(s, f->of, host);
    case MST_FIT_TIE:
        return mst_setting_mutual(s, f->of, cand, host);
    case MST_FIT_TO_HOST:
        return mst_setting_directed(s, f->of, cand, host);
    case MST_FIT_FROM_HOST:
        return mst_setting_directed(s, f->of, host, cand);
    case MST_FIT_GAP:
        return fabs(mst_setting_attribute(s, f->of, cand) - mst_setting_attribute(s, f->of, host));
    case MST_FIT_DISTANCE:
    case MST_FIT_HISTORY:
    case MST_FIT_HOST_NUMBER:
    case MST_FIT_DURATION:
        break;
    }
    return (double)NAN;
}

static double duration_d(const mst_case *c)
{
    if (c->more->end == MUSTER_NEVER)
        return (double)NAN;
    return (double)(c->more->end - c->setting.at) /
           (double)MUSTER_DAY; /* the last day is in it whole */
}

/* One number for the whole row: over the hosts the greatest or the least, missing if any is. */
static double value_of_row(const mst_feature *f, const mst_case *c, int32_t k)
{
    const mst_setting *s = &c->setting;
    const mst_past *past = s->past ? &s->past[k] : NULL;
    double joined = (double)NAN;
    switch (f->reads) {
    case MST_FIT_DISTANCE:
        return s->distance_nm[k] / THOUSAND_NM;
    case MST_FIT_HISTORY:
        return past && past->asked > 0 ? (double)past->joined / past->asked : (double)NAN;
    case MST_FIT_HOST_NUMBER:
        return s->host_count;
    case MST_FIT_DURATION:
        return duration_d(c);
    case MST_FIT_CAND:
        return value_with(f, s, s->candidate[k], -1);
    case MST_FIT_HOST:
    case MST_FIT_TIE:
    case MST_FIT_TO_HOST:
    case MST_FIT_FROM_HOST:
    case MST_FIT_GAP:
        break;
    }
    for (int32_t h = 0; h < s->host_count; h++) {
        const double value = value_with(f, s, s->candidate[k], s->host[h]);
        if (isnan(value))
            return value;
        joined = h == 0 ? value : f->is_min ? fmin(joined, value) : fmax(joined, value);
    }
    return joined;
}

/* ---- columns ------------------------------------------------------------------------------------------- */

/* The columns of a record, being filled. */
typedef struct columns {
    int8_t *outcome;
    int32_t *series, *drill, *host_from;
    double *time, *last_time;
    double *x[MST_FIT_BLOCKS];
    int8_t *expected[MST_FIT_BLOCKS];
} columns;

static bool make_columns(mst_arena *arena, const mst_features *f, size_t rows, size_t entries,
                         columns *c)
{
    c->outcome = mst_arena_array(arena, rows + 1, sizeof *c->outcome);
    c->series = mst_arena_array(arena, rows + 1, sizeof *c->series);
    c->drill = mst_arena_array(arena, rows + 1, sizeof *c->drill);
    c->host_from = mst_arena_array(arena, rows + 1, sizeof *c->host_from);
    c->time = mst_arena_array(arena, rows + 1, sizeof *c->time);
    c->last_time = mst_arena_array(arena, rows + 1, sizeof *c->last_time);
    for (int32_t b = 0; b < MST_FIT_BLOCKS; b++) {
        const size_t width = (size_t)(f->first[b + 1] - f->first[b]);
        c->x[b] = mst_arena_array(arena, (b == MST_FIT_ADMIT ? entries : rows) + 1,
                                  (width + 1) * sizeof(double));
        c->expected[b] = mst_arena_array(arena, width + 1, 1);
        for (size_t j = 0; c->expected[b] && j < width; j++)
            c->expected[b][j] = f->item[(size_t)f->first[b] + j].expected;
    }
    return !arena->failed;
}

/* Values of one row in a block; missing ones are counted once a row. */
static void fill_block(mst_features *f, int32_t b, const mst_case *c, int32_t k, int32_t row,
                       columns *out)
{
    const int32_t width = f->first[b + 1] - f->first[b];
    const int32_t entries = b == MST_FIT_ADMIT ? c->setting.host_count : 1;
    double *x =
        out->x[b] + (size_t)width * (size_t)(b == MST_FIT_ADMIT ? out->host_from[row] : row);
    for (int32_t j = 0; j < width; j++) {
        mst_feature *feature = &f->item[f->first[b] + j];
        const bool is_each = b == MST_FIT_ADMIT && mst_feature_is_of_host(feature);
        bool is_missing = false;
        for (int32_t e = 0; e < entries; e++) {
            const double value = is_each ? value_with(feature, &c->setting, c->setting.candidate[k],
                                                      c->setting.host[e])
                                         : value_of_row(feature, c, k);
            is_missing = is_missing || isnan(value);
            x[(size_t)e * (size_t)width + (size_t)j] = value;
        }
        feature->missing += is_missing && c->outcome[k] >= 0;
    }
}

static void fill_row(mst_features *f, const mst_case *c, int32_t item, int32_t k, int32_t row,
                     columns *out)
{
    const int32_t last = c->setting.past ? c->setting.past[k].last : -1;
    out->outcome[row] = c->outcome[k];
    out->drill[row] = item;
    out->time[row] = (double)c->setting.at / (double)MUSTER_DAY;
    out->last_time[row] = last < 0 ? (double)NAN : last;
    out->host_from[row + 1] = out->host_from[row] + c->setting.host_count;
    for (int32_t b = 0; b < MST_FIT_BLOCKS; b++)
        fill_block(f, b, c, k, row, out);
}

/* All rows; figures of a drill are there while it is looked at. False: memory is short. */
static bool fill_rows(muster_fit *fit, mst_features *f, columns *out)
{
    const mst_rivals *r = &fit->tables.rivals;
    int32_t row = 0;
    for (int32_t i = 0; i < r->count; i++) {
        mst_case c = r->item[i];
        mst_arena figures;
        mst_arena_init(&figures, fit->arena.memory);
        const bool is_filled = r->fill(r->from, i, &figures, &c.setting);
        for (int32_t k = 0; is_filled && k < c.setting.candidate_count; k++)
            fill_row(f, &c, i, k, row++, out);
        mst_arena_clear(&figures);
        if (!is_filled)
            return false;
    }
    return true;
}

/* ---- series ------------------------------------------------------------------------------------------- */

typedef struct member {
    const char *series; /* null: the drill is one of its own */
    int32_t item;
} member;

static int compare_members(const void *left, const void *right)
{
    const member *a = left, *b = right;
    const int by_name = a->series && b->series ? strcmp(a->series, b->series)
                                               : (b->series != NULL) - (a->series != NULL);
    return by_name != 0 ? by_name : (a->item > b->item) - (a->item < b->item);
}

/* Numbers of the series of all cases, in order of their names; -1: memory is short. */
static int32_t number_series(muster_fit *fit, int32_t *of_case)
{
    const mst_rivals *r = &fit->tables.rivals;
    member *list = mst_arena_array(&fit->arena, (size_t)r->count + 1, sizeof *list);
    int32_t count = 0;
    if (!list)
        return -1;
    for (int32_t i = 0; i < r->count; i++)
        list[i] = (member){r->item[i].setting.series, i};
    qsort(list, (size_t)r->count, sizeof *list, compare_members);
    for (int32_t i = 0; i < r->count; i++) {
        const bool goes_on = i > 0 && list[i].series && list[i - 1].series &&
                             strcmp(list[i].series, list[i - 1].series) == 0;
        count += !goes_on;
        of_case[list[i].item] = count - 1;
    }
    return count;
}

bool mst_fit_fill_columns(muster_fit *fit, int32_t k)
{
    const mst_rivals *r = &fit->tables.rivals;
    mst_features *f = &fit->features[k];
    columns c = {.outcome = NULL};
    size_t rows = 0, entries = 0;
    for (int32_t i = 0; i < r->count; i++) {
        const size_t candidates = (size_t)r->item[i].setting.candidate_count;
        rows += candidates;
        entries += candidates * (size_t)r->item[i].setting.host_count;
    }
    int32_t *of_case = mst_arena_array(&fit->arena, (size_t)r->count + 1, sizeof *of_case);
    if (!of_case || !make_columns(&fit->arena, f, rows, entries, &c) || !fill_rows(fit, f, &c))
        return false;
    fit->series = number_series(fit, of_case);
    for (size_t i = 0; i < rows; i++)
        c.series[i] = of_case[c.drill[i]];
    fit->record[k] = (mst_fit_record){.rows = (int32_t)rows,
                                      .outcome = c.outcome,
                                      .series = c.series,
                                      .series_count = fit->series,
                                      .drill = c.drill,
                                      .time = c.time,
                                      .host_from = c.host_from,
                                      .last_time = c.last_time};
    for (int32_t b = 0; b < MST_FIT_BLOCKS; b++) {
        fit->record[k].features[b] = f->first[b + 1] - f->first[b];
        fit->record[k].x[b] = c.x[b];
        fit->record[k].expected[b] = c.expected[b];
    }
    return fit->series >= 0;
}
