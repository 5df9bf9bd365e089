/** @file points.h
 * What an experiment found, as the estimates take it: inputs and mean result of every point.
 */
#ifndef MST_ESTIMATE_POINTS_H
#define MST_ESTIMATE_POINTS_H

#include <stdbool.h>
#include <stdint.h>

/** Levels an input may have at the most. */
enum { MST_INPUT_LEVELS = 64 };

typedef enum mst_input_kind {
    MST_INPUT_REAL,
    MST_INPUT_INT,   /* a number that counts */
    MST_INPUT_CHOICE /* one of several levels without an order; its values are 0 .. levels - 1 */
} mst_input_kind;

/** An input (a factor of the design). Its unit is the caller's. */
typedef struct mst_input {
    mst_input_kind kind;
    double low,
        high;       /* range of a number; unless low < high that of the points; no use for levels */
    int32_t levels; /* of a choice, 1 .. MST_INPUT_LEVELS; no use for numbers                     */
} mst_input;

/** Points with their results; all borrowed. A row without a result (y NaN) is left out everywhere,
 * and its x and n are not looked at. */
typedef struct mst_points {
    int32_t rows, inputs;
    const mst_input *input; /* inputs                                                       */
    const double *x;        /* rows * inputs, row by row                                    */
    const double *y;        /* rows: mean of the replications of the point                  */
    const int32_t *n;       /* rows: replications in that mean, 1 or more; null: 1 each     */
    const double *s2;       /* rows: variance of one replication; NaN or null: not known    */
} mst_points;

/** What is wrong with them, a static text; null when nothing is. */
const char *mst_points_fault(const mst_points *points);

static inline bool mst_points_has(const mst_points *points, int32_t row)
{
    return !(points->y[row] != points->y[row]);
}

static inline double mst_points_x(const mst_points *points, int32_t row, int32_t input)
{
    return points->x[(int64_t)row * points->inputs + input];
}

static inline int32_t mst_points_n(const mst_points *points, int32_t row)
{
    return points->n ? points->n[row] : 1;
}

/** Degrees of freedom of the row's own variance: 0 where that is not known. */
int32_t mst_points_own_df(const mst_points *points, int32_t row);

/** Numbers the different points: rows whose inputs are all equal get the same number, from 0 up in
 * ascending order of inputs; -1 a row without a result.
 * @param[out] out_group one number a row
 * @return how many there are; -1 when memory is short */
int32_t mst_points_group(const mst_points *points, int32_t *out_group);

#endif
