#include "estimate/metamodel.h"

#include "estimate/metamodel_parts.h"
#include "estimate/terms.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

void mst_meta_free(mst_meta *meta)
{
    free(meta->input);
    free(meta->term);
    free(meta->coefficient);
    free(meta->alias);
    free(meta->fitted);
    free(meta->leverage);
    free(meta->standard);
    free(meta->share);
    free(meta->kept);
    free(meta->triangle);
    *meta = (mst_meta){0};
}

/* ---- what is given --------------------------------------------------------------------------- */

static const char *fault_of(const mst_points *points, const mst_meta_options *options)
{
    const char *fault = mst_points_fault(points);
    if (fault)
        return fault;
    if (!(options->level > 0.0 && options->level < 1.0))
        return "the level is not between 0 and 1";
    if (options->weights != MST_META_BY_ERROR)
        return NULL;
    for (int32_t row = 0; row < points->rows; row++) {
        if (!mst_points_has(points, row))
            continue;
        if (mst_points_own_df(points, row) < 1)
            return "weights by error need the variance of every point";
        if (!(points->s2[row] > 0.0) || isinf(points->s2[row]))
            return "weights by error need replications that differ at every point";
    }
    return NULL;
}

/* ---- coefficients ---------------------------------------------------------------------------- */

static void name_coefficients(mst_meta *meta)
{
    for (int32_t t = 0; t < meta->terms; t++) {
        const mst_meta_term *term = &meta->term[t];
        for (int32_t i = 0; i < term->columns; i++) {
            mst_meta_coefficient *c = &meta->coefficient[term->column + i];
            *c = (mst_meta_coefficient){.term = t,
                                        .is_aliased = true,
                                        .error = (double)NAN,
                                        .t = (double)NAN,
                                        .p = (double)NAN,
                                        .low = (double)NAN,
                                        .high = (double)NAN,
                                        .vif = (double)NAN};
            mst_meta_levels(meta->input, term, i, c->level);
        }
    }
}

/* Of what the refused column is made. Entries below 1e-6 are rounding: coded columns are all of
 * about one length. */
static bool note_alias(mst_meta_work *work, mst_meta *meta, int32_t dropped, double *factor)
{
    mst_qr_solve(&work->qr, mst_qr_newest(&work->qr), factor);
    int32_t more = 0;
    for (int32_t k = 0; k < work->qr.rank; k++)
        more += fabs(factor[k]) > 1e-6;
    if (more == 0)
        return true;
    mst_meta_alias *list =
        realloc(meta->alias, ((size_t)meta->aliases + (size_t)more) * sizeof *list);
    if (!list)
        return false;
    meta->alias = list;
    for (int32_t k = 0; k < work->qr.rank; k++)
        if (fabs(factor[k]) > 1e-6)
            list[meta->aliases++] = (mst_meta_alias){dropped, meta->kept[k], factor[k]};
    return true;
}

static bool decompose(mst_meta_work *work, mst_meta *meta)
{
    const int32_t most = meta->coefficients < work->used ? meta->coefficients : work->used;
    double *factor = mst_meta_room(most, sizeof *factor);
    meta->kept = mst_meta_room(most, sizeof *meta->kept);
    bool is_well = factor && meta->kept && mst_qr_open(&work->qr, work->used, most + 1);
    for (int32_t c = 0; c < meta->coefficients && is_well; c++) {
        const double *column = work->column + (int64_t)c * work->used;
        /* at full rank what is left of a column is rounding, and never taken */
        const double tolerance = work->qr.rank < most ? MST_META_TOLERANCE : 1.0;
        if (mst_qr_take(&work->qr, column, tolerance)) {
            meta->kept[work->qr.rank - 1] = c;
            meta->coefficient[c].is_aliased = false;
        } else {
            is_well = note_alias(work, meta, c, factor);
        }
    }
    meta->rank = work->qr.rank;
    meta->df = work->used - meta->rank;
    free(factor);
    return is_well;
}

/* Standard errors, and variance inflation: (X'WX)^-1 of the column times its sum of squares about
 * its own mean. */
static void spread_of(const mst_meta_work *work, const double *inverse, int32_t k, mst_meta *meta)
{
    mst_meta_coefficient *c = &meta->coefficient[meta->kept[k]];
    const double *column = work->column + (int64_t)meta->kept[k] * work->used;
    double length = 0.0;
    for (int32_t j = k; j < meta->rank; j++) {
        const double part = inverse[(int64_t)j * meta->rank + k];
        length += part * part;
    }
    /* the first column taken is the constant: what it explains of this one is its mean */
    const double *q = work->qr.q;
    const double mean = mst_dot(q, column, work->used);
    double squares = 0.0;
    for (int32_t i = 0; i < work->used; i++)
        squares += (column[i] - mean * q[i]) * (column[i] - mean * q[i]);
    c->vif = k > 0 ? length * squares : (double)NAN;
    if (meta->df < 1)
        return;
    c->error = meta->sd * sqrt(length);
    const double half =
        c->error * gsl_cdf_tdist_Pinv(0.5 + 0.5 * meta->options.level, (double)meta->df);
    c->low = c->value - half;
    c->high = c->value + half;
    c->t = c->error > 0.0 ? c->value / c->error : (double)NAN;
    c->p = isnan(c->t) ? c->t : fmin(1.0, 2.0 * gsl_cdf_tdist_Q(fabs(c->t), (double)meta->df));
}

static bool solve(mst_meta_work *work, mst_meta *meta)
{
    const int32_t rank = meta->rank;
    double *b = mst_meta_room(rank, sizeof *b);
    double *inverse = mst_meta_room((int64_t)rank * rank, sizeof *inverse);
    meta->triangle = mst_meta_room((int64_t)rank * rank, sizeof *meta->triangle);
    bool is_well = b && inverse && meta->triangle;
    if (is_well) {
        for (int32_t i = 0; i < work->used; i++)
            work->residual[i] = work->y[i];
        mst_qr_project(&work->qr, work->residual, b);
        mst_qr_solve(&work->qr, b, b);
        for (int32_t k = 0; k < rank; k++) {
            meta->coefficient[meta->kept[k]].value = b[k];
            for (int32_t i = 0; i <= k; i++)
                meta->triangle[(int64_t)k * rank + i] = work->qr.r[(int64_t)k * work->qr.room + i];
        }
        meta->coefficient[0].value += work->mean;
        const double rest = mst_dot(work->residual, work->residual, work->used);
        meta->sd = meta->df > 0 ? sqrt(rest / (double)meta->df) : (double)NAN;
        mst_qr_invert(&work->qr, inverse);
        for (int32_t k = 0; k < rank; k++)
            spread_of(work, inverse, k, meta);
        is_well = mst_meta_judge_shares(work, inverse, meta);
    }
    free(b);
    free(inverse);
    return is_well;
}

/* ---- the whole ------------------------------------------------------------------------------- */

static bool room_for_results(const mst_meta_work *work, mst_meta *meta)
{
    meta->rows = work->points->rows;
    meta->used = work->used;
    meta->coefficient = mst_meta_room(meta->coefficients, sizeof *meta->coefficient);
    meta->fitted = mst_meta_room(meta->rows, sizeof *meta->fitted);
    meta->leverage = mst_meta_room(meta->rows, sizeof *meta->leverage);
    meta->standard = mst_meta_room(meta->rows, sizeof *meta->standard);
    meta->share = mst_meta_room(meta->inputs, sizeof *meta->share);
    return meta->coefficient && meta->fitted && meta->leverage && meta->standard && meta->share;
}

static muster_status fit(mst_meta_work *work, mst_meta *meta, const char **out_reason)
{
    meta->input = mst_meta_room(meta->inputs, sizeof *meta->input);
    if (!meta->input)
        return MUSTER_WORLD;
    mst_meta_code_inputs(work->points, meta->input);
    const muster_status status = mst_meta_take_form(work, meta, out_reason);
    if (status != MUSTER_OK)
        return status;
    if (!mst_meta_fill(work, meta))
        return MUSTER_WORLD;
    if (meta->options.choice != MST_META_ALL_TERMS && !mst_meta_choose(work, meta))
        return MUSTER_WORLD;
    if (!room_for_results(work, meta))
        return MUSTER_WORLD;
    name_coefficients(meta);
    if (!decompose(work, meta) || !solve(work, meta))
        return MUSTER_WORLD;
    mst_meta_judge(work, meta);
    return mst_meta_judge_lack(work, meta) ? MUSTER_OK : MUSTER_WORLD;
}

muster_status mst_meta_fit(const mst_points *points, const mst_meta_options *options, mst_meta *out,
                           const char **out_reason)
{
    *out = (mst_meta){0};
    *out_reason = fault_of(points, options);
    if (*out_reason)
        return MUSTER_MISTAKE;
    *out_reason = "memory is short";
    mst_meta_work work;
    mst_meta meta = {.options = *options, .inputs = points->inputs};
    const muster_status status = mst_meta_open(points, options->weights, &work)
                                     ? fit(&work, &meta, out_reason)
                                     : MUSTER_WORLD;
    mst_meta_close(&work);
    if (status == MUSTER_OK)
        *out_reason = NULL;
    else
        mst_meta_free(&meta);
    *out = meta;
    return status;
}
