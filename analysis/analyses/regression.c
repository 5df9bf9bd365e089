/* An equation for the figure: which factors matter, and whether it can be believed. */
#include "analyses/regression.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Numbers in the table of columns from which on bends and products are not tried, and products of two
 * numbers from which on terms are not held against each other: some seconds. */
enum { COLUMNS_MOST = 8000000, PRODUCTS_MOST = 1000000000 };

static bool fits(const mst_data *d, const muster_analyze_options *options, char why[MST_WHY_BYTES])
{
    if (!mst_is_asked(options) && !mst_spreads(d))
        return false;
    if (!mst_sample_bears(d, 4, 1, why))
        return false;
    return mst_sample_bears(d, (int64_t)d->factors + 3, 1, why);
}

/* ---- predictions ---------------------------------------------------------------------------------- */

static muster_status predict(const mst_regression *r, int32_t input, double value, double *x,
                             double *out)
{
    mst_meta_prediction found;
    for (int32_t i = 0; i < r->meta.inputs; i++)
        x[i] = (double)NAN;
    if (input >= 0)
        x[input] = value;
    const muster_status status = mst_meta_predict(&r->meta, x, 1.0, &found);
    *out = status == MUSTER_OK ? found.mean.value : (double)NAN;
    return status;
}

/* Ends of a number's range; of names the levels of the least and the greatest prediction. */
static muster_status find_ends(const mst_regression *r, double *x, mst_predicted *p)
{
    const mst_meta_input *in = &r->meta.input[p->input];
    muster_status status = MUSTER_OK;
    if (in->kind != MST_INPUT_CHOICE) {
        p->x[0] = in->centre - in->half;
        p->x[1] = in->centre + in->half;
        for (int k = 0; status == MUSTER_OK && k < 2; k++)
            status = predict(r, p->input, p->x[k], x, &p->at[k]);
        return status;
    }
    for (int32_t level = 0; status == MUSTER_OK && level < in->levels; level++) {
        double at = 0.0;
        status = predict(r, p->input, (double)level, x, &at);
        for (int k = 0; k < 2; k++)
            if (level == 0 || (k == 0 ? at < p->at[0] : at > p->at[1])) {
                p->x[k] = (double)level;
                p->at[k] = at;
            }
    }
    if (status == MUSTER_OK && !(p->at[1] > p->at[0])) /* all alike */
        p->x[1] = (double)in->levels - 1.0;
    return status;
}

static muster_status find_predicted(const mst_regression *r, double *x, mst_predicted *p)
{
    const int32_t inputs = r->meta.inputs;
    static const double factor[] = {-1.0, 1.0};
    mst_meta_estimate change;
    muster_status status = find_ends(r, x, p);
    for (int32_t i = 0; i < 2 * inputs; i++)
        x[i] = (double)NAN;
    x[p->input] = p->x[0];
    x[inputs + p->input] = p->x[1];
    if (status == MUSTER_OK)
        status = mst_meta_contrast(&r->meta, 2, x, factor, &change);
    if (status != MUSTER_OK)
        return status;
    p->low = change.low;
    p->high = change.high;
    p->share = r->meta.share[p->input];
    for (int32_t k = 0; k < r->meta.rank; k++) {
        const mst_meta_term *t = &r->meta.term[r->meta.coefficient[r->meta.kept[k]].term];
        p->is_in = p->is_in || t->first == p->input || t->second == p->input;
    }
    return MUSTER_OK;
}

static int by_share(const void *left, const void *right)
{
    const mst_predicted *a = left, *b = right;
    const double x = isnan(a->share) ? -1.0 : a->share, y = isnan(b->share) ? -1.0 : b->share;
    if (x < y || x > y)
        return x > y ? -1 : 1;
    return (a->input > b->input) - (a->input < b->input);
}

static muster_status predict_all(mst_regression *r)
{
    const size_t inputs = (size_t)r->meta.inputs;
    double *x = malloc(2 * inputs * sizeof *x);
    r->predicted = mst_keep_array(&r->sample.keep, inputs + 1, sizeof *r->predicted);
    if (!x || !r->predicted) {
        free(x);
        return MUSTER_WORLD;
    }
    muster_status status = predict(r, -1, 0.0, x, &r->middle);
    for (size_t i = 0; status == MUSTER_OK && i < inputs; i++) {
        r->predicted[i] = (mst_predicted){.input = (int32_t)i};
        status = find_predicted(r, x, &r->predicted[i]);
    }
    qsort(r->predicted, inputs, sizeof *r->predicted, by_share);
    free(x);
    return status;
}

/* ---- residuals ------------------------------------------------------------------------------------ */

/* Do residuals follow an input? Then the form has missed a bend. Means over bins of values, tested as
 * main effects are. */
static muster_status find_bends(mst_regression *r)
{
    const int32_t inputs = r->meta.inputs;
    mst_points left = r->sample.points;
    int32_t *scratch = malloc(((size_t)inputs + 1) * sizeof *scratch);
    mst_main_effect *effect = malloc(sizeof *effect);
    r->bend_p = mst_keep_array(&r->sample.keep, (size_t)inputs + 1, sizeof *r->bend_p);
    muster_status status = scratch && effect && r->bend_p ? MUSTER_OK : MUSTER_WORLD;
    left.y = r->meta.standard;
    left.n = NULL;
    left.s2 = NULL;
    for (int32_t i = 0; status == MUSTER_OK && i < inputs; i++) {
        const char *why = NULL;
        r->bend_p[i] = (double)NAN;
        if (r->is_perfect || mst_points_fault(&left) || left.input[i].kind == MST_INPUT_CHOICE)
            continue;
        status = mst_effect_of(&left, i, MST_SPREAD_POINTS, r->data->level, effect, &why);
        r->bend_p[i] = effect->bins > 2 ? effect->p : (double)NAN; /* two values show no bend */
    }
    if (status == MUSTER_OK)
        muster_p_holm(r->bend_p, inputs, scratch);
    free(scratch);
    free(effect);
    return status;
}

static bool is_perfect(const mst_regression *r)
{
    double size = 0.0, rest = 0.0;
    for (int32_t row = 0; row < r->sample.points.rows; row++) {
        size = fmax(size, fabs(r->sample.points.y[row]));
        rest = fmax(rest, fabs(r->sample.points.y[row] - r->meta.fitted[row]));
    }
    return rest <= 1e-9 * size;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

/* Terms need points of different values; the same again tells of noise only. */
static muster_status count_different(mst_regression *r, const char **why)
{
    int32_t *group = malloc(((size_t)r->sample.points.rows + 1) * sizeof *group);
    r->different = group ? mst_points_group(&r->sample.points, group) : -1;
    free(group);
    if (r->different < 0)
        return MUSTER_WORLD;
    if (r->different >= r->sample.points.inputs + 3)
        return MUSTER_OK;
    *why = "it takes 3 different points more than factors";
    return MUSTER_MISTAKE;
}

/* Every point weighs alike, however many runs it has: what the form misses at a point, and luck that points
 * share, do not shrink with them. */
static muster_status fit(mst_regression *r, const char **why)
{
    const double k = (double)r->sample.points.inputs, rows = (double)r->sample.points.rows;
    r->is_large = rows * 0.5 * (k + 1.0) * (k + 2.0) > (double)COLUMNS_MOST;
    const mst_meta_options options = {.form = r->is_large ? MST_META_LINEAR : MST_META_AUTO,
                                      .weights = MST_META_ALIKE,
                                      .choice = MST_META_FORWARD_EBIC,
                                      .level = r->data->level};
    const muster_status status = mst_meta_fit(&r->sample.points, &options, &r->meta, why);
    if (status == MUSTER_OK) {
        r->is_perfect = is_perfect(r);
        r->lack_p = r->meta.lack.p;
    }
    return status;
}

/* Which terms hang together does not depend on which were taken. */
static muster_status fit_all_terms(mst_regression *r)
{
    const double k = (double)r->sample.points.inputs, rows = (double)r->sample.points.rows,
                 columns = 0.5 * (k + 1.0) * (k + 2.0);
    const char *why = NULL;
    const mst_meta_options options = {.form = MST_META_QUADRATIC,
                                      .weights = MST_META_ALIKE,
                                      .choice = MST_META_ALL_TERMS,
                                      .level = r->data->level};
    if (rows * columns * columns > (double)PRODUCTS_MOST)
        return MUSTER_OK;
    const muster_status status = mst_meta_fit(&r->sample.points, &options, &r->full, &why);
    return status == MUSTER_WORLD ? status : MUSTER_OK;
}

muster_status mst_regression_of(const mst_data *data, mst_regression *out, const char **why)
{
    *out = (mst_regression){.data = data};
    *why = "memory is short";
    bool is_whole = false;
    muster_status status = mst_sample_of(data, MST_ALL_POINTS, &out->sample);
    if (status == MUSTER_OK)
        status = mst_sample_align(&out->sample, &out->aligned, &is_whole);
    if (status == MUSTER_OK)
        status = count_different(out, why);
    if (status == MUSTER_OK)
        status = fit(out, why);
    if (status == MUSTER_OK)
        status = fit_all_terms(out);
    if (status == MUSTER_OK)
        status = predict_all(out);
    if (status == MUSTER_OK)
        status = find_bends(out);
    out->counts_luck = is_whole && out->meta.df > 0;
    if (status == MUSTER_OK && out->counts_luck)
        status = mst_regression_count_luck(out);
    return status;
}

void mst_regression_free(mst_regression *r)
{
    mst_meta_free(&r->meta);
    mst_meta_free(&r->full);
    mst_aligned_free(&r->aligned);
    mst_sample_free(&r->sample);
    *r = (mst_regression){0};
}

static muster_status tell(const mst_data *data, const muster_analyze_options *options,
                          muster_section *section)
{
    mst_regression r;
    const char *why = NULL;
    (void)options;
    muster_status status = mst_regression_of(data, &r, &why);
    if (status == MUSTER_OK) {
        mst_regression_say(&r, section);
        status = mst_regression_show(&r, section);
    } else if (status == MUSTER_MISTAKE) {
        muster_section_say(section, "No equation could be fitted: %s.", why);
        status = MUSTER_OK;
    }
    mst_regression_free(&r);
    return status;
}

const mst_analysis mst_analysis_regression = {
    .name = "regression",
    .title = "An equation for it",
    .doc = "a polynomial in the factors: what matters, bends, products, and how far it can be "
           "believed",
    .needs = "3 points more than factors, all of which set all factors",
    .is_usual = true,
    .fits = fits,
    .tell = tell,
};
