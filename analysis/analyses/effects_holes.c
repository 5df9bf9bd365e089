/* Effects where points of a design are missing. */
#include "analyses/effects.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* ---- a model -------------------------------------------------------------------------------------- */

/* Mean of a group by the model. */
static double mean_of(const mst_effects *e, const mst_adjusted *m, int32_t group)
{
    const double *weight = m->weight + (size_t)group * (size_t)m->rows;
    double sum = 0.0;
    for (int32_t row = 0; row < m->rows; row++)
        sum += weight[row] * e->sample.points.y[row];
    return sum;
}

/* Without chance all that a model misses is other effects of factors that act together. */
static muster_status fit(mst_effects *e, const int32_t *input, int32_t count, const int32_t *group,
                         int32_t groups, mst_adjusted *out)
{
    const muster_status status =
        mst_adjusted_of(&e->sample.points, input, count, group, groups, out);
    if (status != MUSTER_OK)
        return status;
    e->has_pairs = e->has_pairs && out->has_pairs;
    e->is_sure = e->is_sure && out->is_through;
    return MUSTER_OK;
}

/* ---- one factor ----------------------------------------------------------------------------------- */

static void fill_bins(const mst_effects *e, mst_main_effect *main)
{
    main->lowest = main->highest = -1;
    for (int32_t i = 0; i < main->bins; i++) {
        mst_effect_bin *bin = &main->bin[i];
        if (bin->points == 0)
            continue;
        bin->mean = mean_of(e, &e->holes, i);
        bin->error = mst_weighted_error(
            &e->sample.points, e->holes.weight + (size_t)i * (size_t)e->holes.rows, &bin->df);
        const double half =
            isnan(bin->error)
                ? bin->error
                : bin->error * gsl_cdf_tdist_Pinv(0.5 + 0.5 * e->data->level, bin->df);
        bin->low = bin->mean - half;
        bin->high = bin->mean + half;
        if (main->lowest < 0 || bin->mean < main->bin[main->lowest].mean)
            main->lowest = i;
        if (main->highest < 0 || bin->mean > main->bin[main->highest].mean)
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

muster_status mst_effects_adjust(mst_effects *e, mst_effect *f)
{
    const mst_points *points = &e->sample.points;
    mst_main_effect *main = &f->main;
    int32_t *bin = calloc((size_t)points->rows + 1, sizeof *bin);
    mst_adjusted_free(&e->holes);
    for (int32_t row = 0; bin && row < points->rows; row++) {
        const double x = mst_points_x(points, row, f->input);
        while (bin[row] < main->bins - 1 &&
               !(x >= main->bin[bin[row]].from && x <= main->bin[bin[row]].to))
            bin[row]++;
    }
    const muster_status status =
        bin ? fit(e, &f->input, 1, bin, main->bins, &e->holes) : MUSTER_WORLD;
    free(bin);
    main->f = main->df = main->df_error = main->p = (double)NAN;
    main->rank_correlation = main->rank_p = (double)NAN;
    if (status == MUSTER_OK)
        fill_bins(e, main);
    else if (status == MUSTER_MISTAKE)
        forget_bins(main);
    return status == MUSTER_MISTAKE ? MUSTER_OK : status;
}

/* ---- two together --------------------------------------------------------------------------------- */

static int32_t cell_of(const mst_points *points, const mst_interaction *t, const int32_t input[2],
                       int32_t row)
{
    int32_t at[2] = {0, 0};
    for (int k = 0; k < 2; k++) {
        const double x = mst_points_x(points, row, input[k]);
        while (at[k] < t->values[k] - 1 && (t->value[k][at[k]] < x || t->value[k][at[k]] > x))
            at[k]++;
    }
    return at[0] * t->values[1] + at[1];
}

/* Results that have the model's means for means of cells. */
static muster_status find_contrasts(mst_effects *e, const int32_t input[2], const int32_t *cell,
                                    const mst_adjusted *holes, mst_interaction *out)
{
    const char *why = NULL;
    mst_points points = e->sample.points;
    double *y = malloc(((size_t)points.rows + 1) * sizeof *y);
    if (!y)
        return MUSTER_WORLD;
    for (int32_t row = 0; row < points.rows; row++)
        y[row] = mean_of(e, holes, cell[row]);
    points.y = y;
    mst_interaction_free(out);
    const muster_status status = mst_interaction_of(&points, input[0], input[1], e->sample.spread,
                                                    e->data->level, out, &why);
    free(y);
    return status;
}

muster_status mst_effects_adjust_pair(mst_effects *e, const int32_t input[2], mst_interaction *out,
                                      mst_adjusted *holes)
{
    const mst_points *points = &e->sample.points;
    const int32_t cells = out->values[0] * out->values[1];
    int32_t *cell = calloc((size_t)points->rows + 1, sizeof *cell);
    for (int32_t row = 0; cell && row < points->rows; row++)
        cell[row] = cell_of(points, out, input, row);
    muster_status status = cell ? fit(e, input, 2, cell, cells, holes) : MUSTER_WORLD;
    if (status == MUSTER_OK)
        status = find_contrasts(e, input, cell, holes, out);
    free(cell);
    if (status != MUSTER_MISTAKE)
        return status;
    for (int32_t c = 0; c < cells; c++)
        out->cell[c].mean = (double)NAN;
    out->contrasts = 0;
    out->contrast = out->error = out->low = out->high = out->p = (double)NAN;
    return MUSTER_OK;
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

void mst_effects_say_holes(const mst_effects *e, muster_section *section)
{
    muster_section_say(
        section,
        "Points of the design are missing, so that those that are left meet unlike settings of "
        "the other factors: means and contrasts are those of a model fitted by least squares, in "
        "which %s.",
        e->has_pairs ? "any two factors may act together and three do not"
                     : "the other factors add to each other and do not act together (a model of "
                       "more takes more points, or too long): what they do together may show as "
                       "what others do");
}
