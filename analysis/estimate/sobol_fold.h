/** @file sobol_fold.h
 * From means over base rows to indices: the estimators proper.
 */
#ifndef MST_ANALYSIS_ESTIMATE_SOBOL_FOLD_H
#define MST_ANALYSIS_ESTIMATE_SOBOL_FOLD_H

#include "estimate/sobol.h"

/**
 * Columns of a row, of outputs less a common centre, u = AB_i - A:
 *   A, B, A A, B B, A B
 *   u, B u, A u, u u                   of every block of AB
 *   BA_i                               of every factor            (second order only)
 *   BA_i AB_j + BA_j AB_i              of every pair i < j        (second order only)
 */
enum { MST_SOBOL_A, MST_SOBOL_B, MST_SOBOL_AA, MST_SOBOL_BB, MST_SOBOL_A_B, MST_SOBOL_BASE };
enum { MST_SOBOL_U, MST_SOBOL_BU, MST_SOBOL_AU, MST_SOBOL_UU, MST_SOBOL_BLOCK };

typedef struct mst_sobol_shape {
    int32_t factors, blocks; /* blocks: factors, and luck */
    bool has_pairs;
    mst_sobol_first first;
    mst_sobol_total total;
} mst_sobol_shape;
int64_t mst_sobol_columns(const mst_sobol_shape *shape);

/** Statistics: S, ST, ST - S of every block; sum; rest; S_ij of every pair i < j in order. */
enum { MST_SOBOL_S, MST_SOBOL_ST, MST_SOBOL_APART, MST_SOBOL_OF_BLOCK };
int64_t mst_sobol_statistics(const mst_sobol_shape *shape);

void mst_sobol_fold(const double *mean, const void *shape, double *out); /* a mst_fold */

#endif
