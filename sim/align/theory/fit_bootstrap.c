/* Intervals: whole series drawn with replacement, and the lightly penalised fit made anew. */
#include "align/theory/fit_inside.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

/* Of the fit itself, and of the replicates: a twentieth of a deviation is lost in their scatter. */
#define TOLERANCE 1e-5
#define REPLICATE_TOLERANCE 5e-2

enum { FEWEST_REPLICATES = 40 };

/* The upper half of a word times the number of series, over 2^32. */
static void draw(mst_stream stream, int32_t series, int32_t *times)
{
    memset(times, 0, (size_t)series * sizeof *times);
    for (int32_t k = 0; k < series; k++) {
        uint64_t word[2];
        mst_random_block(stream, (uint64_t)k, word);
        times[(word[0] >> 32) * (uint64_t)series >> 32]++;
    }
}

/* Where replicates begin: the light fit, and the metric there. */
typedef struct camp {
    mst_fit_bench bench;
    double *theta;
    int32_t *times, *present; /* present: series with a usable row, drawn among themselves */
    int32_t present_count;
    mst_moments *moments; /* of each weight */
} camp;

static bool make_camp(mst_arena *scratch, const mst_fit_design *d, camp *out)
{
    const size_t series = (size_t)d->record.series_count, n = (size_t)d->weights;
    out->theta = mst_arena_array(scratch, n, sizeof *out->theta);
    out->times = mst_arena_array(scratch, 2 * series + 2, sizeof *out->times);
    out->present = mst_arena_array(scratch, series + 1, sizeof *out->present);
    out->moments = mst_arena_array(scratch, n, sizeof *out->moments);
    if (scratch->failed)
        return false;
    for (int32_t i = 0; i < d->record.rows; i++)
        out->times[d->record.series[i]] |= d->is_usable[i];
    for (int32_t s = 0; s < d->record.series_count; s++)
        if (out->times[s])
            out->present[out->present_count++] = s;
    return mst_fit_bench_make(scratch, d, &out->bench);
}

/* One replicate, with its weights added to the moments. */
static void replicate(camp *c, int32_t r, mst_fit_boot *boot)
{
    mst_fit_bench *b = &c->bench;
    const int32_t series = b->design->record.series_count;
    int32_t *drawn = c->times + series;
    double raw[MST_FIT_WEIGHTS_MAX];
    draw(mst_fit_stream(b->design, r, "fit bootstrap"), c->present_count, drawn);
    for (int32_t k = 0; k < c->present_count; k++)
        c->times[c->present[k]] = drawn[k];
    mst_fit_lay(b, c->times);
    boot->replicates++;
    if (!mst_fit_can_fit(b)) {
        boot->degenerate++;
        return;
    }
    memcpy(b->theta, c->theta, (size_t)b->n * sizeof *b->theta);
    if (!(mst_fit_descend(b, REPLICATE_TOLERANCE) <= REPLICATE_TOLERANCE)) {
        boot->failed++;
        return;
    }
    mst_fit_to_raw(b, b->theta, raw);
    for (int32_t j = 0; j < b->n; j++)
        mst_moments_add(&c->moments[j], raw[j]);
}

static void sum_up(const camp *c, mst_fit_boot *boot)
{
    const mst_fit_design *d = c->bench.design;
    const double t =
        gsl_cdf_tdist_Pinv(0.5 + 0.5 * d->options.level, (double)(c->present_count - 1));
    for (int32_t j = 0; j < d->weights; j++) {
        boot->interval[j] = (mst_interval){(double)NAN, (double)NAN, false};
        boot->deviation[j] = sqrt(mst_moments_variance(&c->moments[j]));
        if (c->moments[j].count < FEWEST_REPLICATES || boot->light.held[j] != MST_FIT_FREE)
            continue;
        const double reach = t * boot->deviation[j], at = boot->light.raw[j];
        boot->interval[j] = (mst_interval){at - reach, at + reach, true};
    }
}

muster_status mst_fit_bootstrap(mst_arena *scratch, const mst_fit_design *design, mst_fit_boot *out,
                                mst_fit_why *why)
{
    camp c = {.present_count = 0};
    mst_fit_boot boot = {.replicates = 0};
    if (!make_camp(scratch, design, &c))
        return mst_fit_refuse(why, (mst_fit_why){MST_FIT_MEMORY, -1, -1, -1});
    mst_fit_bench *b = &c.bench;
    mst_fit_standardise(b);
    b->lambda = design->options.light;
    if (!mst_fit_cold(b, design->options.starts, TOLERANCE, &boot.light)) {
        mst_fit_bench_free(b);
        return mst_fit_refuse(why, (mst_fit_why){MST_FIT_NO_MINIMUM, -1, -1, -1});
    }
    mst_fit_tell(b, &boot.light);
    memcpy(c.theta, b->theta, (size_t)b->n * sizeof *b->theta);
    for (int32_t r = 0; r < design->options.replicates; r++) {
        mst_fit_progress(design, MST_FIT_STEP_REPLICATES, r, design->options.replicates);
        replicate(&c, r, &boot);
    }
    sum_up(&c, &boot);
    mst_fit_bench_free(b);
    *out = boot;
    return mst_fit_refuse(why, MST_FIT_NO_FAULT);
}
