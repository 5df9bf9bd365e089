/** @file quality.h
 * How good a cloud of points is: nearness of its points, likeness of its columns.
 */
#ifndef MST_ANALYSIS_DESIGN_QUALITY_H
#define MST_ANALYSIS_DESIGN_QUALITY_H

#include "design/design.h"

/** Crowding of points (rows x columns): the sum over pairs of distance^-16 (Morris and Mitchell 1995,
 * phi_p with p = 16, without its root): the less, the farther the nearest are apart. Infinite where
 * two coincide. It stops counting once it is above `enough` and returns what it has then. */
double mst_crowding(const double *unit, int64_t rows, int32_t columns, double enough);

/** Largest |correlation| between two columns; those that do not vary are left out, and NaN is what
 * is found where fewer than two do. False: memory is short. */
bool mst_likeness(const double *unit, int64_t rows, int32_t columns, double *out);

/** Fills in the two figures of a design. False: memory is short. */
bool mst_design_judge(mst_design *design);

#endif
