#include "estimate/points.h"

#include <math.h>
#include <stdlib.h>

static const char *fault_of_inputs(const mst_points *points)
{
    for (int32_t i = 0; i < points->inputs; i++) {
        const mst_input *input = &points->input[i];
        if (input->kind == MST_INPUT_CHOICE &&
            (input->levels < 1 || input->levels > MST_INPUT_LEVELS))
            return "an input has no level, or more than 64";
    }
    return NULL;
}

static const char *fault_of_row(const mst_points *points, int32_t row)
{
    for (int32_t i = 0; i < points->inputs; i++) {
        const double x = mst_points_x(points, row, i);
        if (!isfinite(x))
            return "an input of a point is not a finite number";
        if (points->input[i].kind == MST_INPUT_CHOICE &&
            !(x >= 0.0 && x < (double)points->input[i].levels && floor(x) >= x))
            return "a value of an input is not one of its levels";
    }
    if (!isfinite(points->y[row]))
        return "a result is infinite";
    if (mst_points_n(points, row) < 1)
        return "a point with a result has no replication";
    if (points->s2 && points->s2[row] < 0.0)
        return "a variance is below 0";
    return NULL;
}

const char *mst_points_fault(const mst_points *points)
{
    if (points->inputs < 1)
        return "there is no input";
    const char *fault = fault_of_inputs(points);
    int32_t used = 0;
    for (int32_t row = 0; row < points->rows && !fault; row++) {
        if (!mst_points_has(points, row))
            continue;
        used++;
        fault = fault_of_row(points, row);
    }
    return fault || used > 0 ? fault : "no point has a result";
}

int32_t mst_points_own_df(const mst_points *points, int32_t row)
{
    return points->s2 && !isnan(points->s2[row]) ? mst_points_n(points, row) - 1 : 0;
}

/* qsort hands no context to a comparison, so every entry carries what it needs. */
typedef struct entry {
    const double *x;
    int32_t inputs, row;
} entry;

static int compare_inputs(const entry *a, const entry *b)
{
    for (int32_t i = 0; i < a->inputs; i++)
        if (a->x[i] < b->x[i] || a->x[i] > b->x[i])
            return a->x[i] < b->x[i] ? -1 : 1;
    return 0;
}

static int compare_entries(const void *left, const void *right)
{
    const entry *a = left, *b = right;
    const int by_inputs = compare_inputs(a, b);
    return by_inputs != 0 ? by_inputs : (a->row > b->row) - (a->row < b->row);
}

int32_t mst_points_group(const mst_points *points, int32_t *out_group)
{
    entry *sorted = malloc(((size_t)points->rows + 1) * sizeof *sorted);
    if (!sorted)
        return -1;
    int32_t used = 0, groups = 0;
    for (int32_t row = 0; row < points->rows; row++) {
        out_group[row] = -1;
        if (mst_points_has(points, row))
            sorted[used++] =
                (entry){points->x + (int64_t)row * points->inputs, points->inputs, row};
    }
    qsort(sorted, (size_t)used, sizeof *sorted, compare_entries);
    for (int32_t i = 0; i < used; i++) {
        groups += i == 0 || compare_inputs(&sorted[i - 1], &sorted[i]) != 0;
        out_group[sorted[i].row] = groups - 1;
    }
    free(sorted);
    return groups;
}
