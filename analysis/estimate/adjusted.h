/** @file adjusted.h
 * Means of values of inputs where a design has holes. Points that are left meet other settings of the other
 * inputs at one value than at another, so that means over them differ by those; here they are means of a
 * model fitted by least squares, in which every value of the other inputs counts alike.
 */
#ifndef MST_ESTIMATE_ADJUSTED_H
#define MST_ESTIMATE_ADJUSTED_H

#include "estimate/least_squares.h"
#include "estimate/points.h"
#include "muster/base.h"

/** Differences of results that are no more than this are rounding: a part in 1e12 of the greatest. */
double mst_rounding_of(const mst_points *points);

/** The values that inputs have, as levels without an order. */
typedef struct mst_grid {
    const mst_points *points; /* borrowed; all rows have a result                    */
    int32_t *level;           /* inputs * rows: number of the row's value            */
    int32_t *from;            /* inputs + 1: where the values of an input begin      */
    double *value;            /* ascending by input                                  */
} mst_grid;

/** @return MUSTER_OK or MUSTER_WORLD, then out is {0} */
muster_status mst_grid_of(const mst_points *points, mst_grid *out);
void mst_grid_free(mst_grid *grid); /* leaves {0} */

typedef enum mst_form {
    MST_FORM_ALL_PAIRS, /* any two inputs may act together   */
    MST_FORM_ADDS,      /* inputs add to each other          */
    MST_FORM_ONE_PAIR   /* and two of them may act together  */
} mst_form;

/** Why there is no model. */
typedef enum mst_lack {
    MST_LACK_NOTHING,
    MST_LACK_POINTS, /* the rows cannot tell its parts from each other */
    MST_LACK_TIME    /* it is more work than is allowed                */
} mst_lack;

typedef struct mst_adjusted {
    const mst_grid
        *grid; /* borrowed                                                               */
    mst_form form;
    mst_lack lack;
    bool
        is_through; /* it goes through all points, and has fewer coefficients than they are        */
    double work; /* done, also where there is no model: rows * coefficients^2, some 1.3 ns each  */
    int32_t
        pair[2]; /* of MST_FORM_ONE_PAIR                                                        */
    int32_t
        *single;   /* inputs: column of its first level; -1: it has none                          */
    int32_t *cell; /* inputs^2: column of the first cell of two; of MST_FORM_ONE_PAIR a column for
                        each cell of its pair, -1: no row is in it                                  */
    mst_qr qr;
    double *coefficient, *sum,
        *scratch; /* room of qr; sum: what is asked for, see below           */
} mst_adjusted;

/**
 * @param pair  of MST_FORM_ONE_PAIR two inputs of few values, the lower first; else null
 * @param work  the most there may be
 * @param[out] out  {0} but for lack and work unless MUSTER_OK; free with mst_adjusted_free
 * @return MUSTER_OK; MUSTER_MISTAKE: there is no such model, lack says why; MUSTER_WORLD
 */
muster_status mst_adjusted_of(const mst_grid *grid, mst_form form, const int32_t *pair, double work,
                              mst_adjusted *out);
void mst_adjusted_free(mst_adjusted *adjusted); /* leaves {0} */

/* A sum of means is asked for: begun, means added, and told. */

void mst_adjusted_begin(const mst_adjusted *adjusted);
/** Adds factor times the mean over all values of an input from one to another, of which there must be one.
 * Not of MST_FORM_ONE_PAIR. */
void mst_adjusted_add(const mst_adjusted *adjusted, int32_t input, double from, double to,
                      double factor);
/** Adds factor times the mean of a cell that some row is in. Of MST_FORM_ALL_PAIRS any two inputs, the lower
 * first, of MST_FORM_ONE_PAIR its own. */
void mst_adjusted_add_cell(const mst_adjusted *adjusted, const int32_t input[2], const double x[2],
                           double factor);
double mst_adjusted_sum(const mst_adjusted *adjusted);
/** @param[out] weight  rows: the sum is that of weight * y */
void mst_adjusted_weigh(const mst_adjusted *adjusted, double *weight);

/** Standard error of a sum of weight * y by the replications of each row, with degrees of freedom after
 * Satterthwaite (1946); both NaN where a row that counts has not 2. */
double mst_weighted_error(const mst_points *points, const double *weight, double *out_df);

#endif
