/* What a fit is worth: R2, leaving out, lack of fit, shares. */
#include "estimate/metamodel_parts.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* ---- residuals ------------------------------------------------------------------------------- */

static double leverage_of(const mst_qr *qr, int32_t i)
{
    double sum = 0.0;
    for (int32_t k = 0; k < qr->rank; k++) {
        const double q = qr->q[(int64_t)k * qr->rows + i];
        sum += q * q;
    }
    return fmin(sum, 1.0);
}

/* A row that alone bears a coefficient: 1 but for rounding. */
static bool is_alone(double leverage)
{
    return leverage > 1.0 - 1e-10;
}

static void judge_rows(const mst_meta_work *work, mst_meta *meta)
{
    for (int32_t row = 0; row < meta->rows; row++)
        meta->fitted[row] = meta->leverage[row] = meta->standard[row] = (double)NAN;
    meta->worst_row = -1;
    double worst = 0.0;
    meta->press = 0.0;
    for (int32_t i = 0; i < work->used; i++) {
        const int32_t row = work->row[i];
        const double h = leverage_of(&work->qr, i), rest = work->residual[i];
        meta->fitted[row] = work->points->y[row] - rest / work->root[i];
        meta->leverage[row] = h;
        meta->press += is_alone(h) ? (double)NAN : (rest / (1.0 - h)) * (rest / (1.0 - h));
        if (is_alone(h) || !(meta->sd > 0.0))
            continue;
        meta->standard[row] = rest / (meta->sd * sqrt(1.0 - h));
        if (fabs(meta->standard[row]) > worst) {
            worst = fabs(meta->standard[row]);
            meta->worst_row = row;
        }
    }
}

void mst_meta_judge(const mst_meta_work *work, mst_meta *meta)
{
    judge_rows(work, meta);
    meta->r2 = meta->r2_adjusted = meta->r2_loo = meta->f = meta->p = (double)NAN;
    if (!(work->total > 0.0))
        return;
    const double rest = mst_dot(work->residual, work->residual, work->used);
    const double df = (double)meta->df, terms = (double)meta->rank - 1.0;
    meta->r2 = 1.0 - rest / work->total;
    meta->r2_loo = 1.0 - meta->press / work->total;
    if (meta->df < 1)
        return;
    meta->r2_adjusted = 1.0 - (rest / df) / (work->total / (df + terms));
    meta->f = terms > 0.0 ? (work->total - rest) / terms / (rest / df) : (double)NAN;
    if (isfinite(meta->f))
        meta->p = gsl_cdf_fdist_Q(fmax(meta->f, 0.0), terms, df);
    else if (meta->f > 0.0)
        meta->p = 0.0;
}

/* ---- shares ---------------------------------------------------------------------------------- */

static bool has_input(const mst_meta *meta, int32_t k, int32_t input)
{
    const mst_meta_term *term = &meta->term[meta->coefficient[meta->kept[k]].term];
    return term->first == input || term->second == input;
}

static double share_of(const mst_meta_work *work, const double *inverse, const mst_meta *meta,
                       int32_t input, mst_qr_drop *drop)
{
    bool is_known = work->total > 0.0;
    mst_qr_drop_begin(drop, inverse, meta->rank);
    for (int32_t k = 0; is_known && k < meta->rank; k++)
        is_known = !has_input(meta, k, input) ||
                   mst_qr_drop_add(drop, k, meta->coefficient[meta->kept[k]].value);
    return is_known ? mst_qr_drop_squares(drop) / work->total : (double)NAN;
}

bool mst_meta_judge_shares(const mst_meta_work *work, const double *inverse, mst_meta *meta)
{
    mst_qr_drop drop;
    const bool is_well = mst_qr_drop_open(&drop, meta->rank);
    for (int32_t i = 0; i < meta->inputs && is_well; i++)
        meta->share[i] = share_of(work, inverse, meta, i, &drop);
    mst_qr_drop_close(&drop);
    return is_well;
}

/* ---- lack of fit ----------------------------------------------------------------------------- */

/* Squares and degrees of freedom of replications about the mean of their point: those behind each
 * row, and rows of one point among themselves. */
typedef struct pure {
    double squares, df;
    double between; /* of rows of one point only */
} pure;

static bool find_pure(const mst_meta_work *work, pure *out)
{
    const mst_points *points = work->points;
    double *sum = mst_meta_room(work->different, sizeof *sum);
    double *count = mst_meta_room(work->different, sizeof *count);
    *out = (pure){0};
    const bool is_well = sum && count;
    for (int32_t i = 0; i < work->used && is_well; i++) {
        const int32_t row = work->row[i], own = mst_points_own_df(points, row);
        const double n = (double)mst_points_n(points, row);
        sum[work->group[row]] += n * points->y[row];
        count[work->group[row]] += n;
        out->df += (double)own;
        out->squares += own > 0 ? (double)own * points->s2[row] : 0.0;
    }
    for (int32_t i = 0; i < work->used && is_well; i++) {
        const int32_t row = work->row[i], g = work->group[row];
        const double apart = points->y[row] - sum[g] / count[g];
        out->between += (double)mst_points_n(points, row) * apart * apart;
    }
    out->df += (double)(work->used - work->different);
    out->squares += out->between;
    free(sum);
    free(count);
    return is_well;
}

/* Sum of squares about the same form, every replication weighing alike. False: memory is short. */
static bool rest_by_count(const mst_meta_work *work, const mst_meta *meta, double *out)
{
    if (meta->options.weights == MST_META_BY_COUNT) {
        *out = mst_dot(work->residual, work->residual, work->used);
        return true;
    }
    mst_qr qr = {0};
    double *scratch = mst_meta_room((int64_t)work->used + meta->rank, sizeof *scratch);
    const bool is_well = scratch && mst_qr_open(&qr, work->used, meta->rank);
    for (int32_t k = 0; k < meta->rank && is_well; k++) {
        const double *column = work->column + (int64_t)meta->kept[k] * work->used;
        for (int32_t i = 0; i < work->used; i++)
            scratch[i] =
                column[i] / work->root[i] * sqrt((double)mst_points_n(work->points, work->row[i]));
        mst_qr_take(&qr, scratch, 0.0);
    }
    if (is_well) {
        for (int32_t i = 0; i < work->used; i++)
            scratch[i] =
                work->y[i] / work->root[i] * sqrt((double)mst_points_n(work->points, work->row[i]));
        mst_qr_project(&qr, scratch, scratch + work->used);
        *out = mst_dot(scratch, scratch, work->used);
    }
    mst_qr_close(&qr);
    free(scratch);
    return is_well;
}

/* Each weighted square is about F(1, n - 1); a sum of them is taken for a multiple of chi square
 * with the same mean and variance (Satterthwaite 1946). Needs 6 replications: below the variance is
 * none. */
static void lack_by_error(const mst_meta_work *work, mst_meta *meta)
{
    double mean = 0.0, variance = 0.0, sum = 0.0;
    for (int32_t i = 0; i < work->used; i++) {
        const double nu = (double)mst_points_own_df(work->points, work->row[i]);
        const double free_part = 1.0 - leverage_of(&work->qr, i), m = nu / (nu - 2.0);
        if (nu < 5.0)
            return;
        mean += free_part * m;
        variance += free_part * 2.0 * m * m * (nu - 1.0) / (nu - 4.0);
        sum += work->residual[i] * work->residual[i];
    }
    if (!(mean > 0.0) || meta->df < 1)
        return;
    const double df = 2.0 * mean * mean / variance;
    meta->lack = (mst_meta_lack){.f = sum / mean,
                                 .df = df,
                                 .df_pure = (double)INFINITY,
                                 .p = gsl_cdf_chisq_Q(sum / mean * df, df),
                                 .pure_sd = 1.0};
}

bool mst_meta_judge_lack(const mst_meta_work *work, mst_meta *meta)
{
    const double none = (double)NAN;
    meta->lack = (mst_meta_lack){none, none, none, none, none};
    if (meta->options.weights == MST_META_BY_ERROR) {
        lack_by_error(work, meta);
        return true;
    }
    pure noise;
    double rest = 0.0;
    if (!find_pure(work, &noise))
        return false;
    if (!(noise.df > 0.0))
        return true;
    meta->lack.df_pure = noise.df;
    meta->lack.pure_sd = sqrt(noise.squares / noise.df);
    const double df = (double)(work->different - meta->rank);
    if (!(df > 0.0) || !(noise.squares > 0.0))
        return true;
    if (!rest_by_count(work, meta, &rest))
        return false;
    meta->lack.df = df;
    meta->lack.f = fmax(rest - noise.between, 0.0) / df / (noise.squares / noise.df);
    if (isfinite(meta->lack.f))
        meta->lack.p = gsl_cdf_fdist_Q(meta->lack.f, df, noise.df);
    return true;
}
