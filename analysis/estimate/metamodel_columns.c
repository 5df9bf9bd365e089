/* What is fitted: rows weighed, terms picked, columns filled. */
#include "estimate/metamodel_parts.h"
#include "estimate/terms.h"

#include <math.h>
#include <stdlib.h>

/* Columns more than this are a mistake in the experiment, not a model. */
enum { MOST_COLUMNS = 1000000 };

void *mst_meta_room(int64_t count, size_t size)
{
    return calloc((size_t)(count > 0 ? count : 1), size);
}

void mst_meta_close(mst_meta_work *work)
{
    free(work->row);
    free(work->root);
    free(work->y);
    free(work->column);
    free(work->group);
    free(work->residual);
    mst_qr_close(&work->qr);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static double weight_of(const mst_points *points, mst_meta_weights weights, int32_t row)
{
    const double n = (double)mst_points_n(points, row);
    switch (weights) {
    case MST_META_BY_COUNT:
        return n;
    case MST_META_ALIKE:
        return 1.0;
    case MST_META_BY_ERROR:
        return n / points->s2[row];
    }
    return 1.0;
}

/* Results all alike have no spread, whatever their mean rounds to. */
static bool are_alike(const mst_meta_work *work)
{
    double least = (double)INFINITY, most = -(double)INFINITY;
    for (int32_t i = 0; i < work->used; i++) {
        least = fmin(least, work->points->y[work->row[i]]);
        most = fmax(most, work->points->y[work->row[i]]);
    }
    return !(least < most);
}

static void weigh(mst_meta_work *work, mst_meta_weights weights)
{
    double sum = 0.0, all = 0.0;
    for (int32_t row = 0; row < work->points->rows; row++) {
        if (!mst_points_has(work->points, row))
            continue;
        const double weight = weight_of(work->points, weights, row);
        work->row[work->used] = row;
        work->root[work->used++] = sqrt(weight);
        sum += weight * work->points->y[row];
        all += weight;
    }
    work->mean = are_alike(work) ? work->points->y[work->row[0]] : sum / all;
    for (int32_t i = 0; i < work->used; i++) {
        work->y[i] = work->root[i] * (work->points->y[work->row[i]] - work->mean);
        work->total += work->y[i] * work->y[i];
    }
}

bool mst_meta_open(const mst_points *points, mst_meta_weights weights, mst_meta_work *work)
{
    *work = (mst_meta_work){.points = points};
    const int64_t rows = points->rows;
    work->row = mst_meta_room(rows, sizeof *work->row);
    work->root = mst_meta_room(rows, sizeof *work->root);
    work->y = mst_meta_room(rows, sizeof *work->y);
    work->residual = mst_meta_room(rows, sizeof *work->residual);
    work->group = mst_meta_room(rows, sizeof *work->group);
    if (!work->row || !work->root || !work->y || !work->residual || !work->group)
        return false;
    work->different = mst_points_group(points, work->group);
    if (work->different < 0)
        return false;
    weigh(work, weights);
    return true;
}

/* ---- terms ----------------------------------------------------------------------------------- */

bool mst_meta_fill(mst_meta_work *work, const mst_meta *meta)
{
    double *coded = mst_meta_room(meta->coefficients, sizeof *coded);
    free(work->column);
    work->column = mst_meta_room((int64_t)meta->coefficients * work->used, sizeof *work->column);
    const bool is_well = coded && work->column;
    for (int32_t i = 0; i < work->used && is_well; i++) {
        const double *x = work->points->x + (int64_t)work->row[i] * meta->inputs;
        for (int32_t t = 0; t < meta->terms; t++)
            mst_meta_code(meta->input, &meta->term[t], x, coded + meta->term[t].column);
        for (int32_t c = 0; c < meta->coefficients; c++)
            work->column[(int64_t)c * work->used + i] = work->root[i] * coded[c];
    }
    free(coded);
    return is_well;
}

static muster_status make_terms(mst_meta *meta, mst_meta_form form, const char **out_reason)
{
    int64_t columns = 0;
    meta->terms = mst_meta_terms(meta->input, meta->inputs, form, NULL, &columns);
    if (columns > MOST_COLUMNS) {
        *out_reason = "there are more than a million terms";
        return MUSTER_MISTAKE;
    }
    free(meta->term);
    meta->term = mst_meta_room(meta->terms, sizeof *meta->term);
    if (!meta->term)
        return MUSTER_WORLD;
    mst_meta_terms(meta->input, meta->inputs, form, meta->term, NULL);
    meta->coefficients = (int32_t)columns;
    meta->options.form = form;
    return MUSTER_OK;
}

/* The terms of a form are the first ones of every larger form, so one decomposition ranks all. */
static bool largest_form(mst_meta_work *work, mst_meta *meta, const int64_t columns[4],
                         mst_meta_form *out)
{
    const int32_t most = work->different - MST_META_SPARE;
    mst_qr qr;
    *out = MST_META_LINEAR;
    if (!mst_meta_fill(work, meta) || !mst_qr_open(&qr, work->used, most > 0 ? most + 1 : 1))
        return false;
    int32_t best = 0, c = 0;
    for (int form = MST_META_LINEAR; form <= (int)meta->options.form && qr.rank <= most; form++) {
        for (; c < columns[form] && qr.rank <= most; c++)
            mst_qr_take(&qr, work->column + (int64_t)c * work->used, MST_META_TOLERANCE);
        if (qr.rank <= most && qr.rank > best) {
            *out = (mst_meta_form)form;
            best = qr.rank;
        }
    }
    mst_qr_close(&qr);
    return true;
}

/* Forms of more than four columns a point are not looked at: they hang together anyhow. */
muster_status mst_meta_take_form(mst_meta_work *work, mst_meta *meta, const char **out_reason)
{
    const mst_meta_form asked = meta->options.form;
    if (asked != MST_META_AUTO)
        return make_terms(meta, asked, out_reason);
    if (meta->options.choice != MST_META_ALL_TERMS)
        return make_terms(meta, MST_META_QUADRATIC, out_reason);
    int64_t columns[4] = {0};
    mst_meta_form form = MST_META_LINEAR;
    for (int f = MST_META_LINEAR; f <= MST_META_QUADRATIC; f++) {
        mst_meta_terms(meta->input, meta->inputs, (mst_meta_form)f, NULL, &columns[f]);
        if (columns[f] <= INT64_C(4) * work->used)
            form = (mst_meta_form)f;
    }
    const muster_status status = make_terms(meta, form, out_reason);
    if (status != MUSTER_OK || form == MST_META_LINEAR)
        return status;
    if (!largest_form(work, meta, columns, &form))
        return MUSTER_WORLD;
    return make_terms(meta, form, out_reason);
}

bool mst_meta_choose(mst_meta_work *work, mst_meta *meta)
{
    bool *is_chosen = mst_meta_room(meta->terms, sizeof *is_chosen);
    if (!is_chosen || !mst_meta_forward(work, meta, is_chosen) ||
        !mst_meta_back(work, meta, is_chosen)) {
        free(is_chosen);
        return false;
    }
    int32_t terms = 0;
    meta->coefficients = 0;
    for (int32_t t = 0; t < meta->terms; t++) {
        if (!is_chosen[t])
            continue;
        mst_meta_term *term = &meta->term[terms++];
        *term = meta->term[t];
        term->column = meta->coefficients;
        meta->coefficients += term->columns;
    }
    meta->terms = terms;
    free(is_chosen);
    return mst_meta_fill(work, meta);
}
