/** @file solve.h
 * Bracketed roots and minima by GSL's Brent methods, with a guaranteed end. GSL's error handler
 * is never touched: every return code is checked.
 */
#ifndef MST_NUM_SOLVE_H
#define MST_NUM_SOLVE_H

#include "muster/base.h"

typedef double (*mst_function)(double x, void *context);

/** Root of f in [low, high], signs at the ends differing (or one end 0); within tolerance of x.
 * @return false when the signs agree, a value is not finite or memory is short; out untouched. */
bool mst_solve_root(mst_function f, void *context, double low, double high, double tolerance,
                    double *out_x);

/** Minimum of f inside [low, high], f unimodal there (ends included); within tolerance of x. */
bool mst_solve_minimum(mst_function f, void *context, double low, double high, double tolerance,
                       double *out_x);

/** Piecewise linear value of (x, y) points, x ascending; false outside [x[0], x[count-1]]. */
bool mst_curve_linear(const double *x, const double *y, int32_t count, double at, double *out);

#endif
