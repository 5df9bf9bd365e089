/** @file adjusted.h
 * Means of groups of points where a design has holes. Points that are left meet other settings of the other
 * inputs in one group than in another, so that means over them differ by those; here they are means of a
 * model fitted by least squares, in which every level of the other inputs counts alike.
 */
#ifndef MST_ESTIMATE_ADJUSTED_H
#define MST_ESTIMATE_ADJUSTED_H

#include "estimate/points.h"
#include "muster/base.h"

typedef struct mst_adjusted {
    int32_t rows, groups;
    double
        *weight; /* groups * rows: a mean is the sum of weight * y; of a group without points 0 */
    bool has_pairs; /* any two inputs may act together in the model; false: the rows do not bear it,
                       and the other inputs only add to what the groups do */
    bool is_through; /* it goes through all points, and has fewer coefficients than they are */
} mst_adjusted;

/**
 * Values of an input are levels without an order. All rows must have a result.
 * @param input  what the groups are of, 1 or 2 inputs (count)
 * @param group  of each row, 0 .. groups - 1
 * @param[out] out  {0} unless MUSTER_OK; free with mst_adjusted_free
 * @return MUSTER_OK; MUSTER_MISTAKE: the rows cannot tell the groups from other inputs; MUSTER_WORLD
 */
muster_status mst_adjusted_of(const mst_points *points, const int32_t *input, int32_t count,
                              const int32_t *group, int32_t groups, mst_adjusted *out);
void mst_adjusted_free(mst_adjusted *adjusted); /* leaves {0} */

/** Standard error of a sum of weight * y by the replications of each row, with degrees of freedom after
 * Satterthwaite (1946); both NaN where a row that counts has not 2. */
double mst_weighted_error(const mst_points *points, const double *weight, double *out_df);

#endif
