/** @file curves.h
 * The figure along the values of factors, one small picture a factor.
 */
#ifndef MST_ANALYSIS_ANALYSES_CURVES_H
#define MST_ANALYSIS_ANALYSES_CURVES_H

#include "analyses/data.h"

/** One place of a curve. Rows of a factor stand together, by ascending value. */
typedef struct mst_curve_row {
    int32_t factor;
    double from, to; /* values that it is of: alike, or the ends of a bin */
    int64_t count;   /* runs or points in the mean                         */
    double mean;
    double low, high; /* NaN: no interval */
} mst_curve_row;

typedef struct mst_curves {
    const char *id;      /* of the table, unlike all others; that of names gets "-names" */
    const char *title;   /* of table and plot                                            */
    const char *caption; /* what the intervals are                                       */
    const char *counted; /* what count is: "runs", "points"                              */
} mst_curves;

/** Adds a table and a plot of the numbers among the factors, and others of the names: they have no
 * axis in common. Does nothing without rows. */
void mst_curves_add(const mst_data *data, muster_section *section, const mst_curves *how,
                    const mst_curve_row *row, int32_t rows);

#endif
