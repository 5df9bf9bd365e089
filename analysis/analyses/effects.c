/* What each factor does on average over all others, and two together. */
#include "analyses/effects.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static bool fits(const mst_data *d, const muster_analyze_options *options, char why[MST_WHY_BYTES])
{
    if (!mst_is_asked(options) && !mst_spreads(d))
        return false;
    return mst_sample_bears(d, 4, 1, why);
}

/* ---- one factor ----------------------------------------------------------------------------------- */

/* Share of the variance between points that their values of the factor account for: of points that
 * were drawn less what as many bins would have by chance (Ezekiel 1930). P by the F of one variance in
 * all bins, for where bins without any spread leave Welch's without an answer. */
static void find_share(const mst_sample *s, const mst_main_effect *e, double *out_share,
                       double *out_p)
{
    double mean = 0.0, all = 0.0, between = 0.0;
    int32_t bins = 0;
    const int32_t rows = s->points.rows;
    for (int32_t row = 0; row < rows; row++)
        mean += (s->points.y[row] - mean) / (double)(row + 1);
    for (int32_t row = 0; row < rows; row++)
        all += (s->points.y[row] - mean) * (s->points.y[row] - mean);
    for (int32_t i = 0; i < e->bins; i++) {
        if (e->bin[i].points == 0)
            continue;
        bins++;
        between += (double)e->bin[i].points * (e->bin[i].mean - mean) * (e->bin[i].mean - mean);
    }
    const double free_rows = (double)(rows - bins), more = (double)(bins - 1);
    *out_share = all > 0.0 ? (between > 1e-12 * all ? between / all : 0.0) : (double)NAN;
    *out_p = (double)NAN;
    if (free_rows < 1.0 || more < 1.0 || isnan(*out_share))
        return;
    const double rest = fmax(0.0, 1.0 - *out_share);
    if (rest > 0.0)
        *out_p = gsl_cdf_fdist_Q(*out_share / more / (rest / free_rows), more, free_rows);
    if (s->spread == MST_SPREAD_POINTS)
        *out_share = 1.0 - rest * ((double)rows - 1.0) / free_rows;
}

/* Row's bin; -1: none. */
static bool is_in_bin(const mst_sample *s, int32_t row, int32_t input, const mst_effect_bin *bin)
{
    const double x = mst_points_x(&s->points, row, input);
    return x >= bin->from && x <= bin->to;
}

/* ---- chance that points share --------------------------------------------------------------------- */

/* Points of a sweep have the same random numbers, so that what is luck in a mean over them does not show
 * between them: it shows between replications. */

/* Mean over the points of a bin, or (with `less`) its difference from that of another, run by run. */
static mst_paired by_runs(const mst_effects *e, int32_t input, const mst_effect_bin *bin,
                          const mst_effect_bin *less, double level)
{
    for (int32_t row = 0; row < e->sample.points.rows; row++)
        e->weight[row] = is_in_bin(&e->sample, row, input, bin) ? 1.0 / (double)bin->points
                         : less && is_in_bin(&e->sample, row, input, less)
                             ? -1.0 / (double)less->points
                             : 0.0;
    return mst_aligned_contrast(&e->aligned, e->weight, level, e->scratch);
}

static void widen_bins(const mst_effects *e, mst_effect *f)
{
    for (int32_t i = 0; i < f->main.bins; i++) {
        mst_effect_bin *bin = &f->main.bin[i];
        mst_errors sum = {0};
        if (bin->points == 0)
            continue;
        const mst_paired runs = by_runs(e, f->input, bin, NULL, e->data->level);
        mst_errors_add(&sum, runs.error, (double)runs.pairs - 1.0);
        if (e->sample.spread == MST_SPREAD_POINTS)
            mst_errors_add(&sum, bin->error, bin->df);
        bin->low = bin->mean - mst_errors_half(&sum, e->data->level);
        bin->high = bin->mean + mst_errors_half(&sum, e->data->level);
    }
}

/* Highest less lowest. The two were searched for: any pair of bins may be the widest (Bonferroni). A
 * factor moves the figure only if neither the draw of points nor the luck of runs explains it. */
static void find_swing(const mst_effects *e, mst_effect *f, double pairs)
{
    const mst_effect_bin *low = &f->main.bin[f->main.lowest], *high = &f->main.bin[f->main.highest];
    const double level = 1.0 - (1.0 - e->data->level) / pairs;
    mst_errors sum = {0};
    double p = 0.0;
    if (low == high) { /* all means alike */
        f->swing = (mst_swing){0.0, 0.0};
        return;
    }
    if (e->sample.spread == MST_SPREAD_POINTS || !e->is_paired) {
        mst_errors_add(&sum, low->error, low->df);
        mst_errors_add(&sum, high->error, high->df);
        p = f->p;
    }
    if (e->is_paired) {
        const mst_paired runs = by_runs(e, f->input, high, low, level);
        mst_errors_add(&sum, runs.error, (double)runs.pairs - 1.0);
        p = isnan(p) ? p : fmax(p, fmin(1.0, runs.p * pairs));
    }
    f->swing.low = f->main.swing - mst_errors_half(&sum, level);
    f->swing.high = f->main.swing + mst_errors_half(&sum, level);
    f->p = p;
}

static muster_status find_effect(mst_effects *e, mst_effect *f)
{
    const char *why = NULL;
    double pooled = (double)NAN;
    const muster_status status = mst_effect_of(&e->sample.points, f->input, e->sample.spread,
                                               e->data->level, &f->main, &why);
    if (status != MUSTER_OK)
        return status;
    int32_t bins = 0;
    for (int32_t i = 0; i < f->main.bins; i++)
        bins += f->main.bin[i].points > 0;
    find_share(&e->sample, &f->main, &f->share, &pooled);
    f->swing = (mst_swing){(double)NAN, (double)NAN};
    f->p = isnan(f->main.p) && e->sample.spread == MST_SPREAD_POINTS ? pooled : f->main.p;
    if (!e->sample.is_exact)
        find_swing(e, f, fmax(1.0, 0.5 * (double)bins * (double)(bins - 1)));
    if (e->is_paired)
        widen_bins(e, f);
    return MUSTER_OK;
}

static int by_swing(const void *left, const void *right)
{
    const mst_effect *a = left, *b = right;
    if (a->main.swing < b->main.swing || a->main.swing > b->main.swing)
        return a->main.swing > b->main.swing ? -1 : 1;
    return (a->input > b->input) - (a->input < b->input);
}

static mst_moves judge(const mst_effects *e, const mst_effect *f)
{
    if (!(f->main.swing > 1e-12 * fmax(fabs(f->main.bin[f->main.lowest].mean),
                                       fabs(f->main.bin[f->main.highest].mean))))
        return MST_MOVES_NOTHING;
    if (e->sample.is_exact)
        return MST_MOVES;
    if (isnan(f->p))
        return MST_MOVES_UNKNOWN;
    return f->p < 1.0 - e->data->level ? MST_MOVES : MST_MOVES_NOISE;
}

static muster_status find_all(mst_effects *e)
{
    double *p = malloc(((size_t)e->count + 1) * sizeof *p);
    int32_t *scratch = malloc(((size_t)e->count + 1) * sizeof *scratch);
    muster_status status = p && scratch ? MUSTER_OK : MUSTER_WORLD;
    for (int32_t i = 0; status == MUSTER_OK && i < e->count; i++) {
        e->effect[i].input = i;
        status = find_effect(e, &e->effect[i]);
        p[i] = e->effect[i].p;
    }
    if (status == MUSTER_OK) {
        muster_p_holm(p, e->count, scratch);
        for (int32_t i = 0; i < e->count; i++) {
            e->effect[i].p = p[i];
            e->effect[i].moves = judge(e, &e->effect[i]);
        }
        qsort(e->effect, (size_t)e->count, sizeof *e->effect, by_swing);
    }
    free(p);
    free(scratch);
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

static muster_status align(mst_effects *e)
{
    const muster_status status = mst_sample_align(&e->sample, &e->aligned, &e->is_paired);
    if (status != MUSTER_OK || !e->is_paired)
        return status;
    const size_t rows = (size_t)e->sample.points.rows, reps = (size_t)e->aligned.reps;
    e->weight = mst_keep_array(&e->sample.keep, rows + 1, sizeof *e->weight);
    e->scratch = mst_keep_array(&e->sample.keep, 2 * reps + 1, sizeof *e->scratch);
    return e->weight && e->scratch ? MUSTER_OK : MUSTER_WORLD;
}

muster_status mst_effects_of(const mst_data *data, mst_effects *out)
{
    *out = (mst_effects){.data = data};
    muster_status status = mst_sample_of(data, MST_CORNERS, &out->sample);
    if (status == MUSTER_OK)
        status = align(out);
    if (status != MUSTER_OK)
        return status;
    out->count = out->sample.points.inputs;
    out->effect = mst_keep_array(&out->sample.keep, (size_t)out->count + 1, sizeof *out->effect);
    return out->effect ? find_all(out) : MUSTER_WORLD;
}

void mst_effects_free(mst_effects *effects)
{
    mst_aligned_free(&effects->aligned);
    mst_sample_free(&effects->sample);
    *effects = (mst_effects){0};
}

bool mst_effects_move(const mst_effects *e)
{
    const double *y = e->sample.points.y;
    for (int32_t row = 1; row < e->sample.points.rows; row++)
        if (y[row] < y[0] || y[row] > y[0])
            return true;
    return false;
}

static muster_status tell(const mst_data *data, const muster_analyze_options *options,
                          muster_section *section)
{
    mst_effects effects;
    (void)options;
    muster_status status = mst_effects_of(data, &effects);
    if (status == MUSTER_OK)
        status = mst_effects_tell(&effects, section);
    if (status == MUSTER_OK && mst_effects_move(&effects))
        status = mst_pairs_tell(&effects, section);
    mst_effects_free(&effects);
    return status;
}

const mst_analysis mst_analysis_effects = {
    .name = "effects",
    .title = "Main effects",
    .doc = "what each factor does on average over the others, and what two do together",
    .needs = "4 points or more that set all factors: factorial, lhs, nolh, sobol, halton, ccd, "
             "resolution-v",
    .is_usual = true,
    .fits = fits,
    .tell = tell,
};
