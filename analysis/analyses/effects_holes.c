/* Effects where points of a design are missing. */
#include "analyses/effects.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* Of all models together, as mst_adjusted counts it: about 4 seconds. A part of it is kept for models of two
 * factors, in case that there is none of all pairs. */
static const double work_most = 3e9, part_of_all = 0.85;

/* ---- the model ------------------------------------------------------------------------------------ */

/* Without chance all that it misses is other effects of factors that act together. */
muster_status mst_effects_find_model(mst_effects *e)
{
    e->work = work_most;
    muster_status status = mst_grid_of(&e->sample.points, &e->grid);
    if (status != MUSTER_OK)
        return status;
    status =
        mst_adjusted_of(&e->grid, MST_FORM_ALL_PAIRS, NULL, part_of_all * work_most, &e->model);
    e->work -= e->model.work;
    e->pairs_lack = e->model.lack;
    if (status != MUSTER_MISTAKE)
        return status;
    status = mst_adjusted_of(&e->grid, MST_FORM_ADDS, NULL, e->work, &e->model);
    e->work -= e->model.work;
    e->model_lack = e->model.lack;
    return status == MUSTER_MISTAKE ? MUSTER_OK : status;
}

static bool has_model(const mst_effects *e)
{
    return e->model_lack == MST_LACK_NOTHING;
}

/* ---- one factor ----------------------------------------------------------------------------------- */

void mst_effects_weigh_bins(const mst_effects *e, const mst_effect *f, const mst_effect_bin *bin,
                            const mst_effect_bin *less)
{
    mst_adjusted_begin(&e->model);
    mst_adjusted_add(&e->model, f->input, bin->from, bin->to, 1.0);
    if (less)
        mst_adjusted_add(&e->model, f->input, less->from, less->to, -1.0);
    mst_adjusted_weigh(&e->model, e->weight);
}

static void fill_bin(const mst_effects *e, const mst_effect *f, mst_effect_bin *bin)
{
    mst_adjusted_begin(&e->model);
    mst_adjusted_add(&e->model, f->input, bin->from, bin->to, 1.0);
    bin->mean = mst_adjusted_sum(&e->model);
    bin->error = bin->df = (double)NAN;
    if (!e->sample.is_exact) {
        mst_adjusted_weigh(&e->model, e->weight);
        bin->error = mst_weighted_error(&e->sample.points, e->weight, &bin->df);
    }
    const double half = isnan(bin->error)
                            ? bin->error
                            : bin->error * gsl_cdf_tdist_Pinv(0.5 + 0.5 * e->data->level, bin->df);
    bin->low = bin->mean - half;
    bin->high = bin->mean + half;
}

static void fill_bins(const mst_effects *e, mst_effect *f)
{
    mst_main_effect *main = &f->main;
    main->lowest = main->highest = -1;
    for (int32_t i = 0; i < main->bins; i++) {
        if (main->bin[i].points == 0)
            continue;
        fill_bin(e, f, &main->bin[i]);
        if (main->lowest < 0 || main->bin[i].mean < main->bin[main->lowest].mean)
            main->lowest = i;
        if (main->highest < 0 || main->bin[i].mean > main->bin[main->highest].mean)
            main->highest = i;
    }
    main->swing = main->bin[main->highest].mean - main->bin[main->lowest].mean;
}

static void forget_bins(mst_main_effect *main)
{
    for (int32_t i = 0; i < main->bins; i++) {
        mst_effect_bin *bin = &main->bin[i];
        bin->mean = bin->error = bin->df = bin->low = bin->high = (double)NAN;
    }
    main->swing = (double)NAN;
}

void mst_effects_adjust(const mst_effects *e, mst_effect *f)
{
    mst_main_effect *main = &f->main;
    main->f = main->df = main->df_error = main->p = (double)NAN;
    main->rank_correlation = main->rank_p = (double)NAN;
    if (has_model(e))
        fill_bins(e, f);
    else
        forget_bins(main);
}

/* ---- two together --------------------------------------------------------------------------------- */

static void find_means(const mst_adjusted *model, const int32_t input[2], const mst_interaction *t,
                       double *mean)
{
    for (int32_t c = 0; c < t->values[0] * t->values[1]; c++) {
        if (t->cell[c].points == 0)
            continue;
        const double x[] = {t->value[0][c / t->values[1]], t->value[1][c % t->values[1]]};
        mst_adjusted_begin(model);
        mst_adjusted_add_cell(model, input, x, 1.0);
        mean[c] = mst_adjusted_sum(model);
    }
}

/* Results that have the model's means for means of cells. */
static muster_status find_contrasts(const mst_effects *e, const mst_adjusted *model,
                                    const int32_t input[2], mst_interaction *t)
{
    const char *why = NULL;
    mst_points points = e->sample.points;
    mst_interaction found = {0};
    double *y = malloc(((size_t)points.rows + 1) * sizeof *y);
    double *mean = calloc((size_t)t->values[0] * (size_t)t->values[1] + 1, sizeof *mean);
    muster_status status = MUSTER_WORLD;
    if (y && mean) {
        find_means(model, input, t, mean);
        for (int32_t row = 0; row < points.rows; row++)
            y[row] = mean[mst_interaction_cell_of(t, &e->sample.points, input, row)];
        points.y = y;
        status = mst_interaction_of(&points, input[0], input[1], e->sample.spread, e->data->level,
                                    &found, &why);
    }
    free(y);
    free(mean);
    if (status == MUSTER_OK) {
        mst_interaction_free(t);
        *t = found;
    }
    return status;
}

static void forget_cells(mst_interaction *t)
{
    for (int32_t c = 0; c < t->values[0] * t->values[1]; c++)
        t->cell[c].mean = (double)NAN;
    t->contrasts = 0;
    t->contrast = t->error = t->low = t->high = t->p = (double)NAN;
}

muster_status mst_effects_adjust_pair(mst_effects *e, const int32_t input[2], mst_interaction *t,
                                      mst_adjusted *own, mst_lack *out_lack)
{
    *own = (mst_adjusted){0};
    *out_lack = MST_LACK_NOTHING;
    if (e->pairs_lack == MST_LACK_NOTHING)
        return find_contrasts(e, &e->model, input, t);
    const muster_status status = mst_adjusted_of(&e->grid, MST_FORM_ONE_PAIR, input, e->work, own);
    e->work -= own->work;
    *out_lack = own->lack;
    if (status == MUSTER_OK)
        return find_contrasts(e, own, input, t);
    if (status == MUSTER_MISTAKE)
        forget_cells(t);
    return status == MUSTER_MISTAKE ? MUSTER_OK : status;
}

/* ---- tests ---------------------------------------------------------------------------------------- */

double mst_effects_test_weighted(const mst_effects *e, double value, double tests, mst_errors *sum)
{
    double df = 0.0;
    const double error = mst_weighted_error(&e->sample.points, e->weight, &df);
    mst_errors_add(sum, error, df);
    return error > 0.0 ? fmin(1.0, 2.0 * tests * gsl_cdf_tdist_Q(fabs(value) / error, df))
                       : (double)NAN;
}

/* ---- words ---------------------------------------------------------------------------------------- */

static const char *form_words(const mst_effects *e)
{
    return e->pairs_lack == MST_LACK_NOTHING ? "any two factors may act together and three do not"
           : e->pairs_lack == MST_LACK_POINTS
               ? "the other factors add to each other and do not act together (a model of more "
                 "takes more points): what they do together may show as what others do"
               : "the other factors add to each other and do not act together (a model of more "
                 "takes too long): what they do together may show as what others do";
}

void mst_effects_say_holes(const mst_effects *e, muster_section *section)
{
    muster_section_say(
        section,
        "Points of the design are missing, so that those that are left meet unlike settings of "
        "the other factors: means and contrasts are those of a model fitted by least squares, in "
        "which %s.",
        form_words(e));
    if (!has_model(e))
        muster_section_say(section, "Of single factors there is no such model: %s.",
                           e->model_lack == MST_LACK_TIME
                               ? "it takes too long"
                               : "the points left cannot tell them apart");
    else if (e->sample.is_exact && !e->model.is_through)
        muster_section_say(
            section, "%s",
            e->model.qr.rank == e->sample.points.rows
                ? "It has as many coefficients as there are points and goes through whatever they "
                  "are, so that nothing is told for sure."
                : "It does not go through all points: more act together than it allows for, and "
                  "without chance there is no telling how far its figures are off.");
}
