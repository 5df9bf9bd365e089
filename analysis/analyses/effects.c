/* What each factor does on average over all others, and two together. */
#include "analyses/effects.h"

#include "estimate/effects_parts.h"

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

/* What weighs the points in the mean of a bin, less (unless negative) that of another. */
static void weigh_bins(const mst_effects *e, const mst_effect *f, int32_t bin, int32_t less)
{
    const int32_t rows = e->sample.points.rows;
    const mst_effect_bin *of[] = {&f->main.bin[bin], less < 0 ? NULL : &f->main.bin[less]};
    if (e->has_holes) {
        mst_effects_weigh_bins(e, f, of[0], of[1]);
        return;
    }
    for (int32_t row = 0; row < rows; row++) {
        e->weight[row] = 0.0;
        for (int k = 0; k < 2 && of[k]; k++)
            if (is_in_bin(&e->sample, row, f->input, of[k]))
                e->weight[row] += (k == 0 ? 1.0 : -1.0) / (double)of[k]->points;
    }
}

/* Mean over the points of a bin, or its difference from that of another, run by run. */
static mst_paired by_runs(const mst_effects *e, const mst_effect *f, int32_t bin, int32_t less,
                          double level)
{
    weigh_bins(e, f, bin, less);
    return mst_aligned_contrast(&e->aligned, e->weight, level, e->scratch);
}

static void widen_bins(const mst_effects *e, mst_effect *f)
{
    for (int32_t i = 0; i < f->main.bins; i++) {
        mst_effect_bin *bin = &f->main.bin[i];
        mst_errors sum = {0};
        if (bin->points == 0)
            continue;
        const mst_paired runs = by_runs(e, f, i, -1, e->data->level);
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
    if (e->has_holes && !e->is_paired) {
        weigh_bins(e, f, f->main.highest, f->main.lowest);
        p = mst_effects_test_weighted(e, f->main.swing, pairs, &sum);
    } else if (e->sample.spread == MST_SPREAD_POINTS || !e->is_paired) {
        mst_errors_add(&sum, low->error, low->df);
        mst_errors_add(&sum, high->error, high->df);
        p = f->p;
    }
    if (e->is_paired) {
        const mst_paired runs = by_runs(e, f, f->main.highest, f->main.lowest, level);
        mst_errors_add(&sum, runs.error, (double)runs.pairs - 1.0);
        p = isnan(p) ? p : fmax(p, fmin(1.0, runs.p * pairs));
    }
    f->swing.low = f->main.swing - mst_errors_half(&sum, level);
    f->swing.high = f->main.swing + mst_errors_half(&sum, level);
    f->p = p;
}

static int32_t filled_bins(const mst_main_effect *main)
{
    int32_t bins = 0;
    for (int32_t i = 0; i < main->bins; i++)
        bins += main->bin[i].points > 0;
    return bins;
}

static muster_status find_effect(mst_effects *e, mst_effect *f)
{
    const char *why = NULL;
    double pooled = (double)NAN;
    const muster_status status = mst_effect_of(&e->sample.points, f->input, e->sample.spread,
                                               e->data->level, &f->main, &why);
    if (status != MUSTER_OK)
        return status;
    if (e->has_holes)
        mst_effects_adjust(e, f);
    const double bins = (double)filled_bins(&f->main);
    if (bins < 2.0)
        f->main.swing = (double)NAN;
    if (!e->has_holes && bins >= 2.0)
        find_share(&e->sample, &f->main, &f->share, &pooled);
    else
        f->share = (double)NAN;
    f->swing = (mst_swing){(double)NAN, (double)NAN};
    f->p = isnan(f->main.p) && e->sample.spread == MST_SPREAD_POINTS ? pooled : f->main.p;
    if (isnan(f->main.swing))
        return MUSTER_OK;
    if (!e->sample.is_exact)
        find_swing(e, f, fmax(1.0, 0.5 * bins * (bins - 1.0)));
    if (e->is_paired)
        widen_bins(e, f);
    if (f->main.swing <= e->rounding)
        f->main.swing = 0.0;
    return MUSTER_OK;
}

static int by_swing(const void *left, const void *right)
{
    const mst_effect *a = left, *b = right;
    const double x = isnan(a->main.swing) ? -1.0 : a->main.swing,
                 y = isnan(b->main.swing) ? -1.0 : b->main.swing;
    if (x < y || x > y)
        return x > y ? -1 : 1;
    return (a->input > b->input) - (a->input < b->input);
}

static mst_moves judge(const mst_effects *e, const mst_effect *f)
{
    if (isnan(f->main.swing)) /* one value is left, or what is left cannot tell it from others */
        return MST_MOVES_UNKNOWN;
    if (!(f->main.swing > e->rounding))
        return e->sample.is_exact && !mst_effects_are_exact(e) ? MST_MOVES_UNKNOWN
                                                               : MST_MOVES_NOTHING;
    if (mst_effects_are_exact(e))
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

/* Is each combination of the values that are left there, once? Then means over points are what factors
 * do, though a value may have failed as a whole. */
static muster_status is_balanced(const mst_points *points, bool *out)
{
    double product = 1.0;
    int32_t *group = malloc(((size_t)points->rows + 1) * sizeof *group);
    const int32_t different = group ? mst_points_group(points, group) : -1;
    free(group);
    for (int32_t i = 0; different >= 0 && i < points->inputs; i++) {
        int32_t count = 0;
        mst_keyed *sorted = mst_values_of(points, i, &count);
        if (!sorted)
            return MUSTER_WORLD;
        product *= (double)mst_different_values(sorted, count, 0, NULL);
        free(sorted);
    }
    *out = different == points->rows && !(fabs(product - (double)different) > 0.0);
    return different < 0 ? MUSTER_WORLD : MUSTER_OK;
}

static muster_status find_holes(mst_effects *e)
{
    bool is_whole = true;
    if (e->sample.spread != MST_SPREAD_RUNS || e->sample.lost + e->sample.thin == 0)
        return MUSTER_OK;
    const muster_status status = is_balanced(&e->sample.points, &is_whole);
    e->has_holes = status == MUSTER_OK && !is_whole;
    return e->has_holes ? mst_effects_find_model(e) : status;
}

static muster_status make_room(mst_effects *e)
{
    const size_t rows = (size_t)e->sample.points.rows, reps = (size_t)e->aligned.reps;
    e->count = e->sample.points.inputs;
    e->effect = mst_keep_array(&e->sample.keep, (size_t)e->count + 1, sizeof *e->effect);
    e->weight = mst_keep_array(&e->sample.keep, rows + 1, sizeof *e->weight);
    e->scratch = mst_keep_array(&e->sample.keep, 2 * reps + 1, sizeof *e->scratch);
    return e->effect && e->weight && e->scratch ? MUSTER_OK : MUSTER_WORLD;
}

muster_status mst_effects_of(const mst_data *data, mst_effects *out)
{
    *out = (mst_effects){.data = data};
    muster_status status = mst_sample_of(data, MST_CORNERS, &out->sample);
    if (status == MUSTER_OK)
        status = mst_sample_align(&out->sample, &out->aligned, &out->is_paired);
    if (status == MUSTER_OK)
        status = make_room(out);
    out->rounding = mst_rounding_of(&out->sample.points);
    if (status == MUSTER_OK)
        status = find_holes(out);
    return status == MUSTER_OK ? find_all(out) : status;
}

void mst_effects_free(mst_effects *effects)
{
    mst_aligned_free(&effects->aligned);
    mst_adjusted_free(&effects->model);
    mst_grid_free(&effects->grid);
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
