/* How two inputs act together: cells, differences of differences, additivity. */
#include "estimate/effects_parts.h"
#include "estimate/least_squares.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

typedef struct cells {
    const mst_points *points;
    mst_spread spread;
    double *part; /* a cell: the variance of its mean over that of one result */
    double variance, df;
} cells;

void mst_interaction_free(mst_interaction *interaction)
{
    free(interaction->cell);
    *interaction = (mst_interaction){0};
}

/* ---- cells ----------------------------------------------------------------------------------- */

/* Values of the input; false when they are too many. */
static bool find_values(const mst_points *points, int32_t input, const mst_keyed *sorted,
                        int32_t count, int32_t *out_values, double *out)
{
    if (points->input[input].kind == MST_INPUT_CHOICE) {
        *out_values = points->input[input].levels;
        for (int32_t l = 0; l < *out_values; l++)
            out[l] = (double)l;
        return true;
    }
    *out_values = mst_different_values(sorted, count, MST_BINS, out);
    return *out_values <= MST_BINS;
}

static int32_t place_of(const double *value, int32_t count, double x)
{
    for (int32_t i = 0; i < count; i++)
        if (!(value[i] < x) && !(value[i] > x))
            return i;
    return 0;
}

int32_t mst_interaction_cell_of(const mst_interaction *interaction, const mst_points *points,
                                const int32_t input[2], int32_t row)
{
    int32_t at[2];
    for (int k = 0; k < 2; k++)
        at[k] = place_of(interaction->value[k], interaction->values[k],
                         mst_points_x(points, row, input[k]));
    return at[0] * interaction->values[1] + at[1];
}

/* Variance of one result within cells, pooled; what each cell's mean has of it. */
static void pool(cells *all, const mst_interaction *out, const int32_t input[2])
{
    double squares = 0.0;
    bool is_known = true;
    for (int32_t row = 0; row < all->points->rows; row++) {
        if (!mst_points_has(all->points, row))
            continue;
        const int32_t c = mst_interaction_cell_of(out, all->points, input, row);
        const double size = (double)out->cell[c].points;
        if (all->spread == MST_SPREAD_RUNS) {
            const double df = (double)mst_points_own_df(all->points, row);
            is_known = is_known && df > 0.0;
            squares += df > 0.0 ? df * all->points->s2[row] : 0.0;
            all->df += df;
            all->part[c] += 1.0 / (double)mst_points_n(all->points, row) / (size * size);
        } else {
            const double apart = all->points->y[row] - out->cell[c].mean;
            squares += apart * apart;
            all->df += 1.0;
            all->part[c] = 1.0 / size;
        }
    }
    for (int32_t c = 0; c < out->values[0] * out->values[1]; c++)
        all->df -= all->spread == MST_SPREAD_POINTS && out->cell[c].points > 0 ? 1.0 : 0.0;
    all->variance = is_known && all->df > 0.0 ? squares / all->df : (double)NAN;
}

static void fill_cells(cells *all, mst_interaction *out, const int32_t input[2])
{
    const int32_t count = out->values[0] * out->values[1];
    for (int32_t c = 0; c < count; c++)
        out->cell[c].mean = 0.0;
    for (int32_t row = 0; row < all->points->rows; row++) {
        if (!mst_points_has(all->points, row))
            continue;
        mst_interaction_cell *cell =
            &out->cell[mst_interaction_cell_of(out, all->points, input, row)];
        cell->points++;
        cell->mean += (all->points->y[row] - cell->mean) / (double)cell->points;
    }
    for (int32_t c = 0; c < count; c++)
        if (out->cell[c].points == 0)
            out->cell[c].mean = (double)NAN;
    pool(all, out, input);
}

/* ---- contrasts ------------------------------------------------------------------------------- */

/* One difference of differences: values a, b of the first input, p, q of the second. */
static void look_at(const cells *all, mst_interaction *out, const int32_t at[2][2])
{
    const int32_t wide = out->values[1];
    const int32_t c[4] = {at[0][0] * wide + at[1][0], at[0][0] * wide + at[1][1],
                          at[0][1] * wide + at[1][0], at[0][1] * wide + at[1][1]};
    const double value = (out->cell[c[3]].mean - out->cell[c[1]].mean) -
                         (out->cell[c[2]].mean - out->cell[c[0]].mean);
    if (isnan(value))
        return;
    out->contrasts++;
    if (out->contrasts > 1 && !(fabs(value) > fabs(out->contrast)))
        return;
    out->contrast = value;
    double part = 0.0;
    for (int k = 0; k < 4; k++) {
        out->at[k / 2][k % 2] = at[k / 2][k % 2];
        part += all->part[c[k]];
    }
    out->error = sqrt(all->variance * part);
}

static void find_contrast(const cells *all, double level, mst_interaction *out)
{
    out->contrast = out->error = out->low = out->high = (double)NAN;
    for (int32_t a = 0; a < out->values[0]; a++)
        for (int32_t b = a + 1; b < out->values[0]; b++)
            for (int32_t p = 0; p < out->values[1]; p++)
                for (int32_t q = p + 1; q < out->values[1]; q++)
                    look_at(all, out, (const int32_t[2][2]){{a, b}, {p, q}});
    out->df = all->df;
    if (out->contrasts == 0 || isnan(out->error))
        return;
    const double tail = 0.5 * (1.0 - level) / (double)out->contrasts;
    const double half = out->error * gsl_cdf_tdist_Qinv(tail, all->df);
    out->low = out->contrast - half;
    out->high = out->contrast + half;
}

/* ---- additivity ------------------------------------------------------------------------------ */

/* Columns of the additive form: all levels of the first, all of the second; one hangs on the others
 * and is refused. */
static void take_levels(mst_qr *qr, const cells *all, const mst_interaction *out, double *column)
{
    const int32_t wide = out->values[1];
    for (int32_t l = 0; l < out->values[0] + wide; l++) {
        for (int32_t i = 0, c = 0; c < out->values[0] * wide; c++) {
            if (out->cell[c].points == 0)
                continue;
            const bool is_in = l < out->values[0] ? c / wide == l : c % wide == l - out->values[0];
            column[i++] = is_in ? 1.0 / sqrt(all->part[c]) : 0.0;
        }
        mst_qr_take(qr, column, 1e-10);
    }
}

/* Cell means about the additive form, weighed by what they have of the variance. */
static bool test_additivity(const cells *all, mst_interaction *out)
{
    out->f = out->df_f = out->p = (double)NAN;
    const int32_t count = out->values[0] * out->values[1];
    int32_t filled = 0;
    for (int32_t c = 0; c < count; c++)
        filled += out->cell[c].points > 0;
    const int32_t columns = out->values[0] + out->values[1];
    mst_qr qr;
    double *scratch = calloc((size_t)filled + (size_t)columns, sizeof *scratch);
    if (!scratch || !mst_qr_open(&qr, filled, columns)) {
        free(scratch);
        return false;
    }
    take_levels(&qr, all, out, scratch);
    for (int32_t i = 0, c = 0; c < count; c++)
        if (out->cell[c].points > 0)
            scratch[i++] = out->cell[c].mean / sqrt(all->part[c]);
    mst_qr_project(&qr, scratch, scratch + filled);
    const double df = (double)(filled - qr.rank);
    if (df > 0.0 && all->variance > 0.0) {
        out->df_f = df;
        out->f = mst_dot(scratch, scratch, filled) / df / all->variance;
        out->p = isfinite(out->f) ? gsl_cdf_fdist_Q(out->f, df, all->df) : (double)NAN;
    }
    mst_qr_close(&qr);
    free(scratch);
    return true;
}

/* ---- doors ----------------------------------------------------------------------------------- */

static const char *fault_of(const mst_points *points, const int32_t input[2], double level)
{
    const char *fault = mst_points_fault(points);
    if (fault)
        return fault;
    for (int k = 0; k < 2; k++)
        if (input[k] < 0 || input[k] >= points->inputs)
            return "there is no such input";
    if (input[0] == input[1])
        return "an input has no interaction with itself";
    return level > 0.0 && level < 1.0 ? NULL : "the level is not between 0 and 1";
}

/* MUSTER_MISTAKE: an input has too many values. */
static muster_status find_all_values(const mst_points *points, const int32_t input[2],
                                     mst_interaction *out)
{
    for (int k = 0; k < 2; k++) {
        int32_t count = 0;
        mst_keyed *sorted = mst_values_of(points, input[k], &count);
        if (!sorted)
            return MUSTER_WORLD;
        const bool is_few =
            find_values(points, input[k], sorted, count, &out->values[k], out->value[k]);
        free(sorted);
        if (!is_few)
            return MUSTER_MISTAKE;
    }
    return MUSTER_OK;
}

muster_status mst_interaction_of(const mst_points *points, int32_t first, int32_t second,
                                 mst_spread spread, double level, mst_interaction *out,
                                 const char **out_reason)
{
    const int32_t input[2] = {first, second};
    *out = (mst_interaction){0};
    *out_reason = fault_of(points, input, level);
    if (*out_reason)
        return MUSTER_MISTAKE;
    mst_interaction found = {0};
    const muster_status status = find_all_values(points, input, &found);
    *out_reason =
        status == MUSTER_MISTAKE ? "an input has too many values for cells" : "memory is short";
    if (status != MUSTER_OK)
        return status;
    const size_t count = (size_t)found.values[0] * (size_t)found.values[1];
    cells all = {.points = points, .spread = spread};
    found.cell = calloc(count, sizeof *found.cell);
    all.part = calloc(count, sizeof *all.part);
    bool is_well = found.cell && all.part;
    if (is_well) {
        fill_cells(&all, &found, input);
        find_contrast(&all, level, &found);
        is_well = test_additivity(&all, &found);
    }
    free(all.part);
    if (!is_well) {
        mst_interaction_free(&found);
        return MUSTER_WORLD;
    }
    *out = found;
    *out_reason = NULL;
    return MUSTER_OK;
}

/* Ends of the range, or the first and the last level. */
static void ends_of(const mst_meta_input *input, const double *given, double out[2])
{
    out[0] = input->kind == MST_INPUT_CHOICE ? 0.0 : input->centre - input->half;
    out[1] =
        input->kind == MST_INPUT_CHOICE ? (double)input->levels - 1.0 : input->centre + input->half;
    for (int k = 0; k < 2 && given; k++)
        out[k] = given[k];
}

muster_status mst_interaction_by_model(const mst_meta *meta, int32_t first, int32_t second,
                                       const double *at_first, const double *at_second,
                                       mst_meta_estimate *out)
{
    if (first < 0 || second < 0 || first >= meta->inputs || second >= meta->inputs ||
        first == second)
        return MUSTER_MISTAKE;
    double *x = calloc(4 * (size_t)meta->inputs, sizeof *x), a[2], b[2];
    if (!x)
        return MUSTER_WORLD;
    ends_of(&meta->input[first], at_first, a);
    ends_of(&meta->input[second], at_second, b);
    static const double factor[] = {1.0, -1.0, -1.0, 1.0};
    for (int k = 0; k < 4; k++) {
        double *at = x + (int64_t)k * meta->inputs;
        for (int32_t i = 0; i < meta->inputs; i++)
            at[i] = (double)NAN;
        at[first] = a[k / 2];
        at[second] = b[k % 2];
    }
    const muster_status status = mst_meta_contrast(meta, 4, x, factor, out);
    free(x);
    return status;
}
