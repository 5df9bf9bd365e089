#include "estimate/adjusted.h"

#include "estimate/effects_parts.h"

#include <math.h>
#include <stdlib.h>

/* What columns before leave of one that hangs on them. */
static const double tolerance = 1e-9;

double mst_rounding_of(const mst_points *points)
{
    double most = 0.0;
    for (int32_t row = 0; row < points->rows; row++)
        most = mst_points_has(points, row) ? fmax(most, fabs(points->y[row])) : most;
    return 1e-12 * most;
}

/* ---- levels --------------------------------------------------------------------------------------- */

static bool number_levels(mst_grid *grid, int32_t input)
{
    const mst_points *points = grid->points;
    int32_t count = 0, at = grid->from[input];
    mst_keyed *sorted = mst_values_of(points, input, &count);
    if (!sorted)
        return false;
    for (int32_t i = 0; i < count; i++) {
        at += i > 0 && sorted[i].value > sorted[i - 1].value;
        grid->value[at] = sorted[i].value;
        grid->level[(int64_t)input * points->rows + sorted[i].row] = at - grid->from[input];
    }
    grid->from[input + 1] = at + 1;
    free(sorted);
    return true;
}

muster_status mst_grid_of(const mst_points *points, mst_grid *out)
{
    const size_t rows = (size_t)points->rows, inputs = (size_t)points->inputs;
    *out = (mst_grid){.points = points};
    out->level = calloc(inputs * rows + 1, sizeof *out->level);
    out->from = calloc(inputs + 1, sizeof *out->from);
    out->value = calloc(inputs * (rows + 1), sizeof *out->value);
    bool is_well = out->level && out->from && out->value;
    for (int32_t i = 0; is_well && i < points->inputs; i++)
        is_well = number_levels(out, i);
    if (!is_well)
        mst_grid_free(out);
    return is_well ? MUSTER_OK : MUSTER_WORLD;
}

void mst_grid_free(mst_grid *grid)
{
    free(grid->level);
    free(grid->from);
    free(grid->value);
    *grid = (mst_grid){0};
}

static int32_t levels_of(const mst_grid *grid, int32_t input)
{
    return grid->from[input + 1] - grid->from[input];
}

static int32_t level_of(const mst_grid *grid, int32_t input, int32_t row)
{
    return grid->level[(int64_t)input * grid->points->rows + row];
}

static int32_t level_at(const mst_grid *grid, int32_t input, double x)
{
    const double *value = grid->value + grid->from[input];
    int32_t out = 0;
    while (out < levels_of(grid, input) - 1 && value[out] < x)
        out++;
    return out;
}

/* 1 at a level, -1 at the last, so that a mean over all levels is 0. */
static double code(const mst_grid *grid, int32_t input, int32_t of, int32_t level)
{
    return level == of ? 1.0 : level == levels_of(grid, input) - 1 ? -1.0 : 0.0;
}

/* ---- columns -------------------------------------------------------------------------------------- */

static bool is_paired(const mst_adjusted *m, int32_t input)
{
    return m->form == MST_FORM_ONE_PAIR && (m->pair[0] == input || m->pair[1] == input);
}

static int32_t *place_of(const mst_adjusted *m, int32_t a, int32_t b)
{
    return &m->cell[(int64_t)a * m->grid->points->inputs + b];
}

/* Cells of the pair that rows are in get their columns. */
static double place_cells(const mst_adjusted *m)
{
    const mst_grid *grid = m->grid;
    const int32_t a = m->pair[0], b = m->pair[1], wide = levels_of(grid, b);
    const int32_t cells = levels_of(grid, a) * wide;
    int32_t columns = 0;
    for (int32_t c = 0; c < cells; c++)
        m->cell[c] = -1;
    for (int32_t row = 0; row < grid->points->rows; row++)
        m->cell[level_of(grid, a, row) * wide + level_of(grid, b, row)] = 0;
    for (int32_t c = 0; c < cells; c++)
        m->cell[c] = m->cell[c] < 0 ? -1 : columns++;
    return (double)columns;
}

/* Where each column goes: the whole or the cells of the pair, inputs, then two together. */
static double place_columns(const mst_adjusted *m)
{
    const mst_grid *grid = m->grid;
    const int32_t inputs = grid->points->inputs;
    double columns = m->form == MST_FORM_ONE_PAIR ? place_cells(m) : 1.0;
    for (int32_t a = 0; a < inputs; a++) {
        m->single[a] = is_paired(m, a) ? -1 : (int32_t)fmin(columns, INT32_MAX);
        columns += is_paired(m, a) ? 0.0 : (double)levels_of(grid, a) - 1.0;
    }
    for (int32_t a = 0; m->form == MST_FORM_ALL_PAIRS && a < inputs; a++)
        for (int32_t b = a + 1; b < inputs; b++) {
            *place_of(m, a, b) = (int32_t)fmin(columns, INT32_MAX);
            columns += ((double)levels_of(grid, a) - 1.0) * ((double)levels_of(grid, b) - 1.0);
        }
    return columns;
}

/* A column, or (b not negative) a product of two. */
static bool take(mst_adjusted *m, double *column, int32_t a, int32_t of_a, int32_t b, int32_t of_b)
{
    const mst_grid *grid = m->grid;
    for (int32_t row = 0; row < grid->points->rows; row++)
        column[row] = code(grid, a, of_a, level_of(grid, a, row)) *
                      (b < 0 ? 1.0 : code(grid, b, of_b, level_of(grid, b, row)));
    return mst_qr_take(&m->qr, column, tolerance);
}

static bool take_pairs(mst_adjusted *m, double *column)
{
    bool all = true;
    const int32_t inputs = m->grid->points->inputs;
    for (int32_t a = 0; a < inputs; a++)
        for (int32_t b = a + 1; b < inputs; b++)
            for (int32_t k = 0; all && k < levels_of(m->grid, a) - 1; k++)
                for (int32_t l = 0; all && l < levels_of(m->grid, b) - 1; l++)
                    all = take(m, column, a, k, b, l);
    return all;
}

static bool take_cells(mst_adjusted *m, double *column)
{
    const mst_grid *grid = m->grid;
    const int32_t a = m->pair[0], b = m->pair[1], wide = levels_of(grid, b);
    bool all = true;
    for (int32_t c = 0; all && c < levels_of(grid, a) * wide; c++) {
        for (int32_t row = 0; row < grid->points->rows; row++)
            column[row] = level_of(grid, a, row) * wide + level_of(grid, b, row) == c ? 1.0 : 0.0;
        all = m->cell[c] < 0 || mst_qr_take(&m->qr, column, tolerance);
    }
    return all;
}

/* False: some column hangs on others. */
static bool take_all(mst_adjusted *m, double *column)
{
    const int32_t rows = m->grid->points->rows;
    for (int32_t row = 0; row < rows; row++)
        column[row] = 1.0;
    bool all = m->form == MST_FORM_ONE_PAIR ? take_cells(m, column)
                                            : mst_qr_take(&m->qr, column, tolerance);
    for (int32_t a = 0; a < m->grid->points->inputs; a++)
        for (int32_t k = 0; all && !is_paired(m, a) && k < levels_of(m->grid, a) - 1; k++)
            all = take(m, column, a, k, -1, 0);
    return all && (m->form != MST_FORM_ALL_PAIRS || take_pairs(m, column));
}

/* ---- the model ------------------------------------------------------------------------------------ */

/* Results are taken from their mean, which the model has, so that their size does not round them.
 * column: rows, written over. */
static void solve(mst_adjusted *m, double *column)
{
    const mst_points *points = m->grid->points;
    double mean = 0.0, rest = 0.0;
    for (int32_t row = 0; row < points->rows; row++)
        mean += (points->y[row] - mean) / ((double)row + 1.0);
    for (int32_t row = 0; row < points->rows; row++)
        column[row] = points->y[row] - mean;
    mst_qr_project(&m->qr, column, m->coefficient);
    mst_qr_solve(&m->qr, m->coefficient, m->coefficient);
    for (int32_t row = 0; row < points->rows; row++)
        rest = fmax(rest, fabs(column[row]));
    m->is_through = m->qr.rank < points->rows && rest <= mst_rounding_of(points);
    const bool has_cells = m->form == MST_FORM_ONE_PAIR;
    const int32_t cells =
        has_cells ? levels_of(m->grid, m->pair[0]) * levels_of(m->grid, m->pair[1]) : 0;
    for (int32_t c = 0; c < cells; c++)
        if (m->cell[c] >= 0)
            m->coefficient[m->cell[c]] += mean;
    if (!has_cells)
        m->coefficient[0] += mean;
}

static muster_status fit(mst_adjusted *m, int32_t columns)
{
    const size_t rows = (size_t)m->grid->points->rows, room = (size_t)columns + 1;
    double *column = malloc((rows + 1) * sizeof *column);
    m->coefficient = calloc(room, sizeof *m->coefficient);
    m->sum = calloc(room, sizeof *m->sum);
    m->scratch = calloc(room, sizeof *m->scratch);
    muster_status status = MUSTER_WORLD;
    if (column && m->coefficient && m->sum && m->scratch &&
        mst_qr_open(&m->qr, m->grid->points->rows, columns)) {
        status = take_all(m, column) ? MUSTER_OK : MUSTER_MISTAKE;
        m->work = (double)rows * (double)m->qr.rank * (double)m->qr.rank;
    }
    if (status == MUSTER_OK)
        solve(m, column);
    free(column);
    return status;
}

static muster_status try_form(mst_adjusted *m, double work)
{
    const size_t inputs = (size_t)m->grid->points->inputs;
    size_t cells = inputs * inputs;
    if (m->form == MST_FORM_ONE_PAIR)
        cells = (size_t)levels_of(m->grid, m->pair[0]) * (size_t)levels_of(m->grid, m->pair[1]);
    m->single = calloc(inputs + 1, sizeof *m->single);
    m->cell = calloc(cells + 1, sizeof *m->cell);
    if (!m->single || !m->cell)
        return MUSTER_WORLD;
    const double columns = place_columns(m), rows = (double)m->grid->points->rows;
    m->lack = columns > rows                    ? MST_LACK_POINTS
              : rows * columns * columns > work ? MST_LACK_TIME
                                                : MST_LACK_NOTHING;
    if (m->lack != MST_LACK_NOTHING)
        return MUSTER_MISTAKE;
    const muster_status status = fit(m, (int32_t)columns);
    m->lack = status == MUSTER_MISTAKE ? MST_LACK_POINTS : MST_LACK_NOTHING;
    return status;
}

muster_status mst_adjusted_of(const mst_grid *grid, mst_form form, const int32_t *pair, double work,
                              mst_adjusted *out)
{
    *out = (mst_adjusted){.grid = grid, .form = form, .pair = {-1, -1}};
    for (int k = 0; form == MST_FORM_ONE_PAIR && k < 2; k++)
        out->pair[k] = pair[k];
    const muster_status status = try_form(out, work);
    const mst_adjusted failed = {.lack = out->lack, .work = out->work};
    if (status != MUSTER_OK) {
        mst_adjusted_free(out);
        *out = failed;
    }
    return status;
}

void mst_adjusted_free(mst_adjusted *adjusted)
{
    mst_qr_close(&adjusted->qr);
    free(adjusted->single);
    free(adjusted->cell);
    free(adjusted->coefficient);
    free(adjusted->sum);
    free(adjusted->scratch);
    *adjusted = (mst_adjusted){0};
}

/* ---- what is asked for ---------------------------------------------------------------------------- */

void mst_adjusted_begin(const mst_adjusted *adjusted)
{
    for (int32_t j = 0; j < adjusted->qr.rank; j++)
        adjusted->sum[j] = 0.0;
}

static void add_level(const mst_adjusted *m, int32_t input, int32_t level, double factor)
{
    for (int32_t k = 0; k < levels_of(m->grid, input) - 1; k++)
        m->sum[m->single[input] + k] += factor * code(m->grid, input, k, level);
}

void mst_adjusted_add(const mst_adjusted *adjusted, int32_t input, double from, double to,
                      double factor)
{
    const mst_grid *grid = adjusted->grid;
    const double *value = grid->value + grid->from[input];
    int32_t first = level_at(grid, input, from), last = first;
    while (last < levels_of(grid, input) - 1 && value[last + 1] <= to)
        last++;
    adjusted->sum[0] += factor;
    for (int32_t level = first; level <= last; level++)
        add_level(adjusted, input, level, factor / (double)(last - first + 1));
}

void mst_adjusted_add_cell(const mst_adjusted *adjusted, const int32_t input[2], const double x[2],
                           double factor)
{
    const mst_grid *grid = adjusted->grid;
    const int32_t at[] = {level_at(grid, input[0], x[0]), level_at(grid, input[1], x[1])};
    if (adjusted->form == MST_FORM_ONE_PAIR) {
        adjusted->sum[adjusted->cell[at[0] * levels_of(grid, input[1]) + at[1]]] += factor;
        return;
    }
    adjusted->sum[0] += factor;
    for (int k = 0; k < 2; k++)
        add_level(adjusted, input[k], at[k], factor);
    double *sum = adjusted->sum + *place_of(adjusted, input[0], input[1]);
    for (int32_t k = 0; k < levels_of(grid, input[0]) - 1; k++)
        for (int32_t l = 0; l < levels_of(grid, input[1]) - 1; l++)
            *sum++ += factor * code(grid, input[0], k, at[0]) * code(grid, input[1], l, at[1]);
}

double mst_adjusted_sum(const mst_adjusted *adjusted)
{
    return mst_dot(adjusted->sum, adjusted->coefficient, adjusted->qr.rank);
}

/* Of a sum c'b, with b = R^-1 Q'y. */
void mst_adjusted_weigh(const mst_adjusted *adjusted, double *weight)
{
    const mst_qr *qr = &adjusted->qr;
    mst_qr_solve_transposed(qr->r, qr->room, qr->rank, adjusted->sum, adjusted->scratch);
    for (int32_t row = 0; row < qr->rows; row++)
        weight[row] = 0.0;
    for (int32_t j = 0; j < qr->rank; j++)
        for (int32_t row = 0; row < qr->rows; row++)
            weight[row] += adjusted->scratch[j] * qr->q[(int64_t)j * qr->rows + row];
}

/* ---- errors --------------------------------------------------------------------------------------- */

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
