#include "estimate/metamodel_parts.h"
#include "estimate/terms.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* Adds factor times the coded columns at x. */
static void add_point(const mst_meta *meta, const double *x, double factor, double *coded,
                      double *sum)
{
    for (int32_t t = 0; t < meta->terms; t++)
        mst_meta_code(meta->input, &meta->term[t], x, coded + meta->term[t].column);
    for (int32_t k = 0; k < meta->rank; k++)
        sum[k] += factor * coded[meta->kept[k]];
}

static double quantile(const mst_meta *meta)
{
    return gsl_cdf_tdist_Pinv(0.5 + 0.5 * meta->options.level, (double)meta->df);
}

static mst_meta_estimate estimate(const mst_meta *meta, double *sum)
{
    const double none = (double)NAN;
    mst_meta_estimate out = {0.0, none, none, none, none};
    for (int32_t k = 0; k < meta->rank; k++)
        out.value += sum[k] * meta->coefficient[meta->kept[k]].value;
    if (meta->df < 1)
        return out;
    mst_qr_solve_transposed(meta->triangle, meta->rank, meta->rank, sum, sum);
    out.error = meta->sd * sqrt(mst_dot(sum, sum, meta->rank));
    const double half = out.error * quantile(meta);
    out.low = out.value - half;
    out.high = out.value + half;
    if (out.error > 0.0)
        out.p = fmin(1.0, 2.0 * gsl_cdf_tdist_Q(fabs(out.value) / out.error, (double)meta->df));
    return out;
}

muster_status mst_meta_contrast(const mst_meta *meta, int32_t count, const double *x,
                                const double *factor, mst_meta_estimate *out)
{
    for (int32_t i = 0; i < count; i++)
        if (!mst_meta_takes(meta->input, meta->inputs, x + (int64_t)i * meta->inputs))
            return MUSTER_MISTAKE;
    double *sum = mst_meta_room(meta->rank, sizeof *sum);
    double *coded = mst_meta_room(meta->coefficients, sizeof *coded);
    const bool is_well = sum && coded;
    for (int32_t i = 0; i < count && is_well; i++)
        add_point(meta, x + (int64_t)i * meta->inputs, factor[i], coded, sum);
    if (is_well)
        *out = estimate(meta, sum);
    free(sum);
    free(coded);
    return is_well ? MUSTER_OK : MUSTER_WORLD;
}

/* A hair beyond 1 is the end of the range itself, rounded. */
static bool is_outside(const mst_meta *meta, const double *x)
{
    for (int32_t i = 0; i < meta->inputs; i++) {
        const mst_meta_input *input = &meta->input[i];
        if (input->kind != MST_INPUT_CHOICE &&
            fabs(x[i] - input->centre) > input->half * (1.0 + 1e-9))
            return true;
    }
    return false;
}

muster_status mst_meta_predict(const mst_meta *meta, const double *x, double weight,
                               mst_meta_prediction *out)
{
    const double one = 1.0;
    mst_meta_prediction found = {.new_low = (double)NAN, .new_high = (double)NAN};
    const muster_status status = mst_meta_contrast(meta, 1, x, &one, &found.mean);
    if (status != MUSTER_OK)
        return status;
    found.is_extrapolated = is_outside(meta, x);
    if (meta->df > 0) {
        const double half = quantile(meta) * hypot(found.mean.error, meta->sd / sqrt(weight));
        found.new_low = found.mean.value - half;
        found.new_high = found.mean.value + half;
    }
    *out = found;
    return MUSTER_OK;
}
