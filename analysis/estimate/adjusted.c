#include "estimate/adjusted.h"

#include "estimate/effects_parts.h"
#include "estimate/least_squares.h"

#include <math.h>
#include <stdlib.h>

/* Rows times columns squared from which on pairs are not put in: a second. */
static const double work_most = 1e9;

typedef struct fit {
    const mst_points *points;
    const int32_t *input, *group;
    int32_t count, groups;
    int32_t *level;     /* inputs * rows: number of the row's value of the input */
    int32_t *levels;    /* inputs */
    int32_t *points_of; /* groups */
    double *column;     /* rows */
} fit;

static void close_fit(fit *f)
{
    free(f->level);
    free(f->levels);
    free(f->points_of);
    free(f->column);
}

static bool number_levels(fit *f, int32_t input)
{
    int32_t count = 0, level = 0;
    mst_keyed *sorted = mst_values_of(f->points, input, &count);
    for (int32_t i = 0; sorted && i < count; i++) {
        level += i > 0 && sorted[i].value > sorted[i - 1].value;
        f->level[(int64_t)input * f->points->rows + sorted[i].row] = level;
    }
    f->levels[input] = level + 1;
    const bool is_well = sorted != NULL;
    free(sorted);
    return is_well;
}

static bool open_fit(fit *f)
{
    const size_t rows = (size_t)f->points->rows, inputs = (size_t)f->points->inputs;
    f->level = calloc(inputs * rows + 1, sizeof *f->level);
    f->levels = calloc(inputs + 1, sizeof *f->levels);
    f->points_of = calloc((size_t)f->groups + 1, sizeof *f->points_of);
    f->column = calloc(rows + 1, sizeof *f->column);
    bool is_well = f->level && f->levels && f->points_of && f->column;
    for (int32_t i = 0; is_well && i < f->points->inputs; i++)
        is_well = number_levels(f, i);
    for (size_t row = 0; is_well && row < rows; row++)
        f->points_of[f->group[row]]++;
    return is_well;
}

static bool is_grouped(const fit *f, int32_t input)
{
    for (int32_t k = 0; k < f->count; k++)
        if (f->input[k] == input)
            return true;
    return false;
}

/* 1 at a level, -1 at the last, so that a mean over all levels is 0. */
static double code(const fit *f, int32_t input, int32_t level, int32_t row)
{
    const int32_t at = f->level[(int64_t)input * f->points->rows + row];
    return at == level ? 1.0 : at == f->levels[input] - 1 ? -1.0 : 0.0;
}

/* ---- columns -------------------------------------------------------------------------------------- */

static double count_columns(const fit *f, bool has_pairs)
{
    double out = 0.0;
    for (int32_t g = 0; g < f->groups; g++)
        out += f->points_of[g] > 0;
    for (int32_t a = 0; a < f->points->inputs; a++) {
        out += is_grouped(f, a) ? 0.0 : (double)f->levels[a] - 1.0;
        for (int32_t b = a + 1; has_pairs && b < f->points->inputs; b++)
            if (!is_grouped(f, a) || !is_grouped(f, b))
                out += ((double)f->levels[a] - 1.0) * ((double)f->levels[b] - 1.0);
    }
    return out;
}

/* A column, or (b not negative) a product of two. */
static bool take(const fit *f, mst_qr *qr, int32_t a, int32_t of_a, int32_t b, int32_t of_b)
{
    for (int32_t row = 0; row < f->points->rows; row++)
        f->column[row] = code(f, a, of_a, row) * (b < 0 ? 1.0 : code(f, b, of_b, row));
    return mst_qr_take(qr, f->column, 1e-9);
}

static bool take_pairs(const fit *f, mst_qr *qr)
{
    bool all = true;
    for (int32_t a = 0; a < f->points->inputs; a++)
        for (int32_t b = a + 1; b < f->points->inputs; b++)
            for (int32_t k = 0; all && k < f->levels[a] - 1; k++)
                for (int32_t m = 0; all && m < f->levels[b] - 1; m++)
                    all = (is_grouped(f, a) && is_grouped(f, b)) || take(f, qr, a, k, b, m);
    return all;
}

/* Groups first. False: some column hangs on others. */
static bool take_all(const fit *f, mst_qr *qr, bool has_pairs)
{
    bool all = true;
    for (int32_t g = 0; all && g < f->groups; g++) {
        for (int32_t row = 0; row < f->points->rows; row++)
            f->column[row] = f->group[row] == g ? 1.0 : 0.0;
        all = f->points_of[g] == 0 || mst_qr_take(qr, f->column, 1e-9);
    }
    for (int32_t a = 0; a < f->points->inputs; a++)
        for (int32_t k = 0; all && !is_grouped(f, a) && k < f->levels[a] - 1; k++)
            all = take(f, qr, a, k, -1, 0);
    return all && (!has_pairs || take_pairs(f, qr));
}

/* ---- weights -------------------------------------------------------------------------------------- */

/* Of the model's coefficients R^-1 Q'y the first are the groups that have points. */
static bool find_weights(const fit *f, const mst_qr *qr, mst_adjusted *out)
{
    const size_t rows = (size_t)qr->rows, rank = (size_t)qr->rank;
    double *inverse = malloc(rank * rank * sizeof *inverse);
    out->weight = calloc((size_t)f->groups * rows + 1, sizeof *out->weight);
    const bool is_well = inverse && out->weight;
    if (is_well)
        mst_qr_invert(qr, inverse);
    for (size_t g = 0, k = 0; is_well && g < (size_t)f->groups; g++) {
        if (f->points_of[g] == 0)
            continue;
        for (size_t j = k; j < rank; j++)
            for (size_t row = 0; row < rows; row++)
                out->weight[g * rows + row] += inverse[j * rank + k] * qr->q[j * rows + row];
        k++;
    }
    free(inverse);
    return is_well;
}

static bool find_rest(const fit *f, const mst_qr *qr, mst_adjusted *out)
{
    const int32_t rows = qr->rows;
    double size = 0.0, rest = 0.0, *scratch = malloc((size_t)(rows + qr->rank) * sizeof *scratch);
    for (int32_t row = 0; scratch && row < rows; row++) {
        scratch[row] = f->points->y[row];
        size = fmax(size, fabs(scratch[row]));
    }
    if (scratch)
        mst_qr_project(qr, scratch, scratch + rows);
    for (int32_t row = 0; scratch && row < rows; row++)
        rest = fmax(rest, fabs(scratch[row]));
    out->is_through = qr->rank < rows && rest <= 1e-9 * size;
    const bool is_well = scratch != NULL;
    free(scratch);
    return is_well;
}

/* MUSTER_MISTAKE: the rows do not bear this model. */
static muster_status try_model(const fit *f, bool has_pairs, mst_adjusted *out)
{
    const double columns = count_columns(f, has_pairs), rows = (double)f->points->rows;
    mst_qr qr;
    if (columns > rows || (has_pairs && rows * columns * columns > work_most))
        return MUSTER_MISTAKE;
    if (!mst_qr_open(&qr, f->points->rows, (int32_t)columns))
        return MUSTER_WORLD;
    muster_status status = take_all(f, &qr, has_pairs) ? MUSTER_OK : MUSTER_MISTAKE;
    mst_adjusted found = {.rows = qr.rows, .groups = f->groups, .has_pairs = has_pairs};
    if (status == MUSTER_OK && !(find_weights(f, &qr, &found) && find_rest(f, &qr, &found))) {
        mst_adjusted_free(&found);
        status = MUSTER_WORLD;
    }
    mst_qr_close(&qr);
    if (status == MUSTER_OK)
        *out = found;
    return status;
}

muster_status mst_adjusted_of(const mst_points *points, const int32_t *input, int32_t count,
                              const int32_t *group, int32_t groups, mst_adjusted *out)
{
    fit f = {.points = points, .input = input, .group = group, .count = count, .groups = groups};
    *out = (mst_adjusted){0};
    muster_status status = open_fit(&f) ? try_model(&f, true, out) : MUSTER_WORLD;
    if (status == MUSTER_MISTAKE)
        status = try_model(&f, false, out);
    close_fit(&f);
    return status;
}

void mst_adjusted_free(mst_adjusted *adjusted)
{
    free(adjusted->weight);
    *adjusted = (mst_adjusted){0};
}

double mst_weighted_error(const mst_points *points, const double *weight, double *out_df)
{
    double sum = 0.0, fourth = 0.0, least = (double)INFINITY;
    *out_df = (double)NAN;
    for (int32_t row = 0; row < points->rows; row++) {
        const double w = weight[row], df = (double)mst_points_own_df(points, row);
        if (!(fabs(w) > 1e-12))
            continue;
        if (df < 1.0)
            return (double)NAN;
        const double part = w * w * points->s2[row] / (double)mst_points_n(points, row);
        sum += part;
        fourth += part * part / df;
        least = fmin(least, df);
    }
    *out_df = fourth > 0.0 ? sum * sum / fourth : least;
    return sqrt(sum);
}
