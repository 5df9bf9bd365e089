#include "design/quality.h"

#include "design/method.h"

#include <math.h>
#include <stdlib.h>

static double squared_distance(const double *a, const double *b, int32_t columns)
{
    double sum = 0.0;
    for (int32_t j = 0; j < columns; j++)
        sum += (a[j] - b[j]) * (a[j] - b[j]);
    return sum;
}

double mst_crowding(const double *unit, int64_t rows, int32_t columns, double enough)
{
    double sum = 0.0;
    for (int64_t i = 1; i < rows && sum <= enough; i++)
        for (int64_t h = 0; h < i; h++) {
            const double near =
                1.0 / squared_distance(unit + i * columns, unit + h * columns, columns);
            const double near2 = near * near, near4 = near2 * near2;
            sum += near4 * near4;
        }
    return sum;
}

/* ---- correlation ---------------------------------------------------------------------------------- */

/* Products of deviations of column j and those up to it, in row j of a lower triangle. */
static void add_products(const double *row, const double *mean, int32_t columns, double *product)
{
    for (int32_t j = 0; j < columns; j++) {
        const double apart = row[j] - mean[j];
        for (int32_t l = 0; l <= j; l++)
            product[(int64_t)j * columns + l] += apart * (row[l] - mean[l]);
    }
}

static void find_means(const double *unit, int64_t rows, int32_t columns, double *mean)
{
    for (int32_t j = 0; j < columns; j++)
        mean[j] = 0.0;
    for (int64_t i = 0; i < rows; i++)
        for (int32_t j = 0; j < columns; j++)
            mean[j] += unit[i * columns + j] / (double)rows;
}

/* A constant column varies by the rounding of its mean. */
static double largest_of(const double *product, int64_t rows, int32_t columns)
{
    const double least = 1e-20 * (double)rows;
    double largest = -1.0;
    for (int32_t j = 1; j < columns; j++)
        for (int32_t l = 0; l < j; l++) {
            const double own = product[(int64_t)j * columns + j];
            const double other = product[(int64_t)l * columns + l];
            if (own > least && other > least)
                largest = fmax(largest,
                               fabs(product[(int64_t)j * columns + l]) / (sqrt(own) * sqrt(other)));
        }
    return largest < 0.0 ? (double)NAN : fmin(largest, 1.0);
}

bool mst_likeness(const double *unit, int64_t rows, int32_t columns, double *out)
{
    const int64_t cells = mst_times(columns, columns);
    double *const mean = mst_room(columns), *const product = mst_room(cells);
    if (mean && product) {
        find_means(unit, rows, columns, mean);
        for (int64_t c = 0; c < cells; c++)
            product[c] = 0.0;
        for (int64_t i = 0; i < rows; i++)
            add_products(unit + i * columns, mean, columns, product);
        *out = largest_of(product, rows, columns);
    }
    const bool has_room = mean && product;
    free(mean);
    free(product);
    return has_room;
}

/* ---- both of a design --------------------------------------------------------------------------- */

static double least_distance(const double *unit, int64_t rows, int32_t columns)
{
    double least = INFINITY;
    for (int64_t i = 1; i < rows; i++)
        for (int64_t h = 0; h < i; h++)
            least = fmin(least, squared_distance(unit + i * columns, unit + h * columns, columns));
    return sqrt(least);
}

static bool is_judged(const mst_design *design, int64_t row)
{
    const mst_block_kind kind = design->block[row].kind;
    if (kind != MST_BLOCK_POINT && kind != MST_BLOCK_CENTRE && kind != MST_BLOCK_A &&
        kind != MST_BLOCK_B)
        return false;
    for (int32_t j = 0; j < design->columns; j++)
        if (isnan(design->unit[row * design->columns + j]))
            return false;
    return true;
}

static bool judge_points(mst_design *design, const double *unit, int64_t rows)
{
    const double n = (double)rows, k = (double)design->columns;
    if (0.5 * n * n * k <= 5e8)
        design->least_distance = least_distance(unit, rows, design->columns);
    return 0.5 * n * k * k > 2e9 ||
           mst_likeness(unit, rows, design->columns, &design->largest_correlation);
}

bool mst_design_judge(mst_design *design)
{
    design->largest_correlation = design->least_distance = (double)NAN;
    const int32_t k = design->columns;
    int64_t judged = 0;
    for (int64_t i = 0; i < design->rows; i++)
        judged += is_judged(design, i);
    if (judged < 2)
        return true;
    if (judged == design->rows)
        return judge_points(design, design->unit, judged);
    double *const points = mst_room(mst_times(judged, k));
    if (!points)
        return false;
    int64_t to = 0;
    for (int64_t i = 0; i < design->rows; i++)
        if (is_judged(design, i))
            for (int32_t j = 0; j < k; j++)
                points[to++] = design->unit[i * k + j];
    const bool is_done = judge_points(design, points, judged);
    free(points);
    return is_done;
}
