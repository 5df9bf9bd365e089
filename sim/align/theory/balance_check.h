/** @file balance_check.h
 * What the files of balance.h share: refusals and camps.
 */
#ifndef MST_ALIGN_THEORY_BALANCE_CHECK_H
#define MST_ALIGN_THEORY_BALANCE_CHECK_H

#include "align/theory/balance.h"

/** Fills why. @return MUSTER_WORLD for MEMORY and GSL, MUSTER_OK for FINE, else MUSTER_MISTAKE */
muster_status mst_balance_refuse(mst_balance_refusal *why, mst_balance_reason reason, int32_t row,
                                 int32_t column);

/** Size, finite entries, range. The diagonal is looked at only if has_diagonal. */
muster_status mst_balance_check(int32_t n, int32_t n_max, const double *x, bool has_diagonal,
                                mst_balance_refusal *why);

/** Also that x is symmetric within MST_BALANCE_SYMMETRY. */
muster_status mst_balance_check_symmetric(int32_t n, int32_t n_max, const double *x,
                                          bool has_diagonal, mst_balance_refusal *why);

/** Largest magnitude; 0 for none. */
double mst_balance_largest(const double *x, size_t count);

/** Sides for n actors, all undecided. @return false when memory is short */
bool mst_camps_init(mst_camps *camps, int32_t n, mst_arena *arena);

/** Turns the sides so that the first decided one is 1, and counts them. */
void mst_camps_finish(mst_camps *camps, bool is_determined);

/** Signs of a vector's entries above MST_BALANCE_UNDECIDED of its largest. */
void mst_camps_of_vector(mst_camps *camps, const double *vector);

#endif
