#include "estimate/sobol.h"

#include <math.h>
#include <stdlib.h>

/* Columns of a row: its mean less the mean of all, the square of that, its variance, the variance of
 * its mean. */
enum { APART, SQUARE, LUCK, OF_MEAN, COLUMNS };
enum { STAT_LUCK, STAT_SETTING, STAT_SHARE, STATISTICS };

/* Moments of a one-way layout with random effects; the variance among means is that of a sample. */
static void fold(const double *mean, const void *context, double *out)
{
    const double n = *(const double *)context;
    const double among = (mean[SQUARE] - mean[APART] * mean[APART]) * (n / (n - 1.0));
    const double single = among - mean[OF_MEAN] + mean[LUCK];
    out[STAT_LUCK] = mean[LUCK];
    out[STAT_SETTING] = among - mean[OF_MEAN];
    if (single > 0.0)
        out[STAT_SHARE] = mean[LUCK] / single;
    else /* one or the other: nothing varies, or chance made the means vary too little */
        out[STAT_SHARE] = mean[SQUARE] > 0.0 || mean[LUCK] > 0.0 ? (double)NAN : 0.0;
}

static int32_t replications_of(const mst_noise_input *in, int64_t j)
{
    return in->of_row ? in->of_row[j] : in->replications;
}

static bool is_whole(const mst_noise_input *in, int64_t j)
{
    return isfinite(in->mean[j]) && isfinite(in->variance[j]) && replications_of(in, j) >= 2;
}

/* Every run gave the same but for rounding: the mean of three .1 is not .1, nor their variance 0. */
static bool is_constant(const mst_noise_input *in)
{
    double low = HUGE_VAL, high = -HUGE_VAL, variance = 0.0;
    for (int64_t j = 0; j < in->rows; j++)
        if (is_whole(in, j)) {
            low = fmin(low, in->mean[j]);
            high = fmax(high, in->mean[j]);
            variance = fmax(variance, in->variance[j]);
        }
    return fmax(high - low, sqrt(variance)) <= 0x1p-48 * fmax(fabs(low), fabs(high));
}

/* Rows of a constant stay 0. */
static void fill(const mst_noise_input *in, int64_t used, double *to)
{
    double centre = 0.0;
    if (is_constant(in))
        return;
    for (int64_t j = 0; j < in->rows; j++)
        centre += is_whole(in, j) ? in->mean[j] / (double)used : 0.0;
    for (int64_t j = 0; j < in->rows; j++) {
        if (!is_whole(in, j))
            continue;
        const double apart = in->mean[j] - centre;
        to[APART] = apart;
        to[SQUARE] = apart * apart;
        to[LUCK] = in->variance[j];
        to[OF_MEAN] = in->variance[j] / (double)replications_of(in, j);
        to += COLUMNS;
    }
}

static bool is_mistaken(const mst_noise_input *in, const mst_bootstrap *how)
{
    return in->rows < 1 || in->rows > INT32_MAX || (!in->of_row && in->replications < 2) ||
           how->replicates < 0 || !(how->level > 0.0 && how->level < 1.0);
}

muster_status mst_noise_share(const mst_noise_input *in, const mst_bootstrap *how, mst_noise *out)
{
    const mst_bootstrap used = how ? *how : MST_BOOTSTRAP_DEFAULT;
    const mst_bootstrapped none = mst_bootstrapped_alone((double)NAN);
    *out = (mst_noise){.luck = none, .setting = none, .share = none};
    if (is_mistaken(in, &used))
        return MUSTER_MISTAKE;
    for (int64_t j = 0; j < in->rows; j++)
        out->rows_used += is_whole(in, j);
    out->rows_dropped = in->rows - out->rows_used;
    if (out->rows_used < 2)
        return MUSTER_OK;
    double *value = calloc((size_t)out->rows_used, COLUMNS * sizeof *value);
    if (!value)
        return MUSTER_WORLD;
    fill(in, out->rows_used, value);
    const mst_rows rows = {out->rows_used, COLUMNS, value};
    const double n = (double)out->rows_used;
    mst_bootstrapped found[STATISTICS];
    const muster_status status =
        mst_bootstrap_run(&used, "noise", &rows, fold, &n, STATISTICS, found);
    free(value);
    if (status != MUSTER_OK)
        return status;
    out->luck = found[STAT_LUCK];
    out->setting = found[STAT_SETTING];
    out->share = found[STAT_SHARE];
    return MUSTER_OK;
}
