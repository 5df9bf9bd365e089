/* Luck that points share, in a regression.
 *
 * Residuals tell how points differ from the equation, and so do errors that come from them. Points of a
 * sweep have the same random numbers: luck that moves them all, or along a factor, leaves no residual. But
 * an estimate is a sum of weight times result over points, and that sum differs from replication to
 * replication. */
#include "analyses/regression.h"
#include "estimate/least_squares.h"
#include "estimate/terms.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

typedef struct luck {
    mst_regression *r;
    double *column; /* rows * rank: coded columns that were kept, row by row     */
    double *coded;  /* coefficients                                               */
    double *part;   /* rank: a sum of coefficients, then its weights              */
    double *weight; /* rows                                                       */
    double *scratch;
} luck;

/* The columns that were kept, at inputs x. */
static void code(const luck *l, const double *x, double *out)
{
    const mst_meta *m = &l->r->meta;
    for (int32_t t = 0; t < m->terms; t++)
        mst_meta_code(m->input, &m->term[t], x, l->coded + m->term[t].column);
    for (int32_t k = 0; k < m->rank; k++)
        out[k] = l->coded[m->kept[k]];
}

/* What the sum of part[k] * coefficient k is run by run; part is used up. With X'X = R'R its weights
 * are X (R'R)^-1 part. */
static mst_paired by_runs(const luck *l)
{
    const mst_regression *r = l->r;
    const int32_t rank = r->meta.rank;
    const mst_qr qr = {.room = rank, .rank = rank, .r = r->meta.triangle};
    mst_qr_solve_transposed(r->meta.triangle, rank, rank, l->part, l->part);
    mst_qr_solve(&qr, l->part, l->part);
    for (int32_t row = 0; row < r->sample.points.rows; row++)
        l->weight[row] = mst_dot(l->column + (int64_t)row * rank, l->part, rank);
    return mst_aligned_contrast(&r->aligned, l->weight, r->data->level, l->scratch);
}

static double error_df(const mst_errors *sum)
{
    return sum->squares * sum->squares / sum->fourth;
}

static void widen_coefficients(const luck *l)
{
    mst_meta *m = &l->r->meta;
    for (int32_t k = 0; k < m->rank; k++) {
        mst_meta_coefficient *c = &m->coefficient[m->kept[k]];
        mst_errors sum = {0};
        for (int32_t i = 0; i < m->rank; i++)
            l->part[i] = i == k ? 1.0 : 0.0;
        const mst_paired runs = by_runs(l);
        mst_errors_add(&sum, c->error, (double)m->df);
        mst_errors_add(&sum, runs.error, (double)runs.pairs - 1.0);
        const double half = mst_errors_half(&sum, l->r->data->level);
        c->error = sqrt(sum.squares);
        c->low = c->value - half;
        c->high = c->value + half;
        c->t = c->error > 0.0 ? c->value / c->error : (double)NAN;
        c->p = isnan(c->t) ? c->t : fmin(1.0, 2.0 * gsl_cdf_tdist_Q(fabs(c->t), error_df(&sum)));
    }
}

static bool widen_predictions(const luck *l)
{
    mst_regression *r = l->r;
    const int32_t inputs = r->meta.inputs, rank = r->meta.rank;
    double *x = malloc((size_t)inputs * sizeof *x), *low = malloc((size_t)rank * sizeof *low);
    for (int32_t i = 0; x && low && i < inputs; i++) {
        mst_predicted *p = &r->predicted[i];
        mst_errors sum = {0};
        for (int32_t k = 0; k < inputs; k++)
            x[k] = (double)NAN;
        x[p->input] = p->x[0];
        code(l, x, low);
        x[p->input] = p->x[1];
        code(l, x, l->part);
        for (int32_t k = 0; k < rank; k++)
            l->part[k] -= low[k];
        const double half_before = 0.5 * (p->high - p->low);
        const mst_paired runs = by_runs(l);
        const double t = gsl_cdf_tdist_Pinv(0.5 + 0.5 * r->data->level, (double)r->meta.df);
        mst_errors_add(&sum, half_before / t, (double)r->meta.df);
        mst_errors_add(&sum, runs.error, (double)runs.pairs - 1.0);
        const double half = mst_errors_half(&sum, r->data->level);
        p->low = p->at[1] - p->at[0] - half;
        p->high = p->at[1] - p->at[0] + half;
    }
    const bool is_well = x && low;
    free(x);
    free(low);
    return is_well;
}

/* ---- lack of fit ---------------------------------------------------------------------------------- */

/* Squares of values about the means of their point and of their replication, replications as blocks:
 * what is left when the luck that all points share is taken out. Needs equal numbers of runs. */
static double block_squares(const luck *l, int32_t *out_runs)
{
    const mst_aligned *a = &l->r->aligned;
    const size_t reps = (size_t)a->reps;
    double *mean = l->scratch, all = 0.0, sum = 0.0; /* of each replication; NaN: not whole */
    *out_runs = 0;
    for (size_t r = 0; r < reps; r++) {
        mean[r] = 0.0;
        for (int32_t p = 0; p < a->points; p++)
            mean[r] += a->value[(size_t)p * reps + r] / (double)a->points;
        *out_runs += !isnan(mean[r]);
        all += isnan(mean[r]) ? 0.0 : mean[r];
    }
    all /= (double)*out_runs;
    for (int32_t p = 0; p < a->points; p++) {
        const double *value = a->value + (size_t)p * reps;
        double own = 0.0;
        for (size_t r = 0; r < reps; r++)
            own += isnan(mean[r]) ? 0.0 : value[r] / (double)*out_runs;
        for (size_t r = 0; r < reps; r++) {
            const double apart = isnan(mean[r]) ? 0.0 : value[r] - own - mean[r] + all;
            sum += apart * apart;
        }
    }
    return sum;
}

/* As mst_meta_lack, but with replications as blocks. */
static void judge_lack(const luck *l)
{
    mst_regression *r = l->r;
    const mst_points *points = &r->sample.points;
    int32_t runs = 0;
    double rest = 0.0;
    const double noise = block_squares(l, &runs), df = r->meta.lack.df;
    for (int32_t row = 0; row < points->rows; row++) {
        const double apart = points->y[row] - r->meta.fitted[row];
        rest += (double)points->n[row] * apart * apart;
    }
    const double df_noise = (double)(points->rows - 1) * (double)(runs - 1);
    r->lack_p = (double)NAN;
    if (!(df > 0.0) || !(df_noise > 0.0))
        return;
    r->lack_p = noise > 0.0 ? gsl_cdf_fdist_Q(rest / df / (noise / df_noise), df, df_noise) : 0.0;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

muster_status mst_regression_count_luck(mst_regression *r)
{
    const size_t rows = (size_t)r->sample.points.rows, rank = (size_t)r->meta.rank;
    mst_keep keep = {0};
    luck l = {.r = r,
              .column = mst_keep_array(&keep, rows * rank + 1, sizeof *l.column),
              .coded = mst_keep_array(&keep, (size_t)r->meta.coefficients + 1, sizeof *l.coded),
              .part = mst_keep_array(&keep, rank + 1, sizeof *l.part),
              .weight = mst_keep_array(&keep, rows + 1, sizeof *l.weight),
              .scratch = mst_keep_array(&keep, 2 * (size_t)r->aligned.reps + 1, sizeof *l.scratch)};
    bool is_well = !keep.failed;
    for (size_t row = 0; is_well && row < rows; row++)
        code(&l, r->sample.points.x + row * (size_t)r->sample.points.inputs, l.column + row * rank);
    if (is_well) {
        widen_coefficients(&l);
        judge_lack(&l);
        is_well = widen_predictions(&l);
    }
    mst_keep_clear(&keep);
    return is_well ? MUSTER_OK : MUSTER_WORLD;
}
