#include "estimate/bootstrap.h"

#include "base/rng.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- one statistic ----------------------------------------------------------------------------- */

mst_bootstrapped mst_bootstrapped_alone(double value)
{
    const double none = (double)NAN;
    return (mst_bootstrapped){.value = value, .low = none, .high = none, .sd = none, .half = none};
}

static int compare_reals(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double quantile(const double *ascending, int32_t count, double q)
{
    const double at = q * (double)(count - 1);
    const int32_t below = (int32_t)floor(at);
    if (below + 1 >= count)
        return ascending[count - 1];
    return ascending[below] + (at - (double)below) * (ascending[below + 1] - ascending[below]);
}

/* Two passes: replicates of a statistic far from 0 differ little. */
static double spread(const double *value, int32_t count)
{
    double mean = 0.0, squares = 0.0;
    for (int32_t r = 0; r < count; r++)
        mean += (value[r] - value[0]) / (double)count;
    for (int32_t r = 0; r < count; r++) {
        const double apart = value[r] - value[0] - mean;
        squares += apart * apart;
    }
    return sqrt(squares / (double)(count - 1));
}

static bool has_zero(const mst_bootstrapped *b)
{
    return (b->low <= 0.0 && b->high >= 0.0) || fabs(b->value) <= b->half;
}

/* Drops what is no number and sorts the rest. */
mst_bootstrapped mst_bootstrap_sum_up(const mst_bootstrap *how, double value, double *replicate)
{
    mst_bootstrapped out = mst_bootstrapped_alone(value);
    if (!isfinite(value))
        return out;
    for (int32_t r = 0; r < how->replicates; r++)
        if (isfinite(replicate[r]))
            replicate[out.replicates++] = replicate[r];
    if (out.replicates < 2)
        return out;
    const double tail = 0.5 * (1.0 - how->level);
    out.sd = spread(replicate, out.replicates);
    out.half = gsl_cdf_ugaussian_Qinv(tail) * out.sd;
    /* a hair below 1: 40 replicates at .95 are meant to be enough, whatever .05 rounds to */
    if ((double)out.replicates * tail >= 1.0 - 1e-9) {
        qsort(replicate, (size_t)out.replicates, sizeof *replicate, compare_reals);
        out.low = quantile(replicate, out.replicates, tail);
        out.high = quantile(replicate, out.replicates, 1.0 - tail);
    }
    out.is_zero_like = has_zero(&out);
    return out;
}

/* ---- resamples --------------------------------------------------------------------------------- */

typedef struct work {
    const mst_rows *rows;
    int32_t *times;    /* [rows] a row was drawn                */
    double *mean;      /* [columns]                             */
    double *folded;    /* [statistics]                          */
    double *replicate; /* [statistics * replicates], the replicates of a statistic together */
} work;

/* The twister gives 32 bits: times the number of rows, over 2^32, is below that number always, and no
 * row is likelier than another by more than 2^-32. gsl_rng_uniform_int would divide twice a draw. */
static void draw(gsl_rng *rng, int64_t rows, int32_t *times)
{
    memset(times, 0, (size_t)rows * sizeof *times);
    for (int64_t k = 0; k < rows; k++)
        times[(uint64_t)gsl_rng_get(rng) * (uint64_t)rows >> 32]++;
}

/* The pass over the table: nearly all the time goes here. */
static void add_row(double *restrict sum, const double *restrict row, double times, int32_t columns)
{
    for (int32_t q = 0; q < columns; q++)
        sum[q] += times * row[q];
}

static void take_means(work *w)
{
    const int32_t columns = w->rows->columns;
    memset(w->mean, 0, (size_t)columns * sizeof *w->mean);
    for (int64_t j = 0; j < w->rows->rows; j++)
        if (w->times[j] > 0)
            add_row(w->mean, w->rows->value + j * columns, (double)w->times[j], columns);
    for (int32_t q = 0; q < columns; q++)
        w->mean[q] /= (double)w->rows->rows;
}

static void close_work(work *w)
{
    free(w->times);
    free(w->mean);
    free(w->folded);
    free(w->replicate);
}

static bool open_work(work *w, const mst_rows *rows, int32_t statistics, int32_t replicates)
{
    *w = (work){.rows = rows};
    w->times = calloc((size_t)rows->rows, sizeof *w->times);
    w->mean = calloc((size_t)rows->columns, sizeof *w->mean);
    w->folded = calloc((size_t)statistics, sizeof *w->folded);
    w->replicate = calloc((size_t)statistics, ((size_t)replicates + 1) * sizeof *w->replicate);
    if (w->times && w->mean && w->folded && w->replicate)
        return true;
    close_work(w);
    return false;
}

static bool is_mistaken(const mst_bootstrap *how, const mst_rows *rows, int32_t statistics)
{
    return how->replicates < 0 || !(how->level > 0.0 && how->level < 1.0) || rows->rows < 1 ||
           rows->rows > INT32_MAX || rows->columns < 1 || statistics < 1;
}

muster_status mst_bootstrap_run(const mst_bootstrap *how, const char *purpose, const mst_rows *rows,
                                mst_fold *fold, const void *context, int32_t statistics,
                                mst_bootstrapped *out)
{
    if (is_mistaken(how, rows, statistics))
        return MUSTER_MISTAKE;
    /* one row can only be drawn again */
    const mst_bootstrap used = {rows->rows < 2 ? 0 : how->replicates, how->level, how->seed};
    gsl_rng *rng = mst_rng_open(used.seed, purpose);
    work w;
    if (!rng || !open_work(&w, rows, statistics, used.replicates)) {
        gsl_rng_free(rng);
        return MUSTER_WORLD;
    }
    for (int32_t r = 0; r < used.replicates; r++) {
        draw(rng, rows->rows, w.times);
        take_means(&w);
        fold(w.mean, context, w.folded);
        for (int32_t s = 0; s < statistics; s++)
            w.replicate[(int64_t)s * used.replicates + r] = w.folded[s];
    }
    for (int64_t j = 0; j < rows->rows; j++)
        w.times[j] = 1;
    take_means(&w);
    fold(w.mean, context, w.folded);
    for (int32_t s = 0; s < statistics; s++)
        out[s] =
            mst_bootstrap_sum_up(&used, w.folded[s], w.replicate + (int64_t)s * used.replicates);
    close_work(&w);
    gsl_rng_free(rng);
    return MUSTER_OK;
}
