/** @file hypercube.h
 * Latin hypercubes: every column has one point in each of as many strata as there are points.
 */
#ifndef MST_ANALYSIS_DESIGN_HYPERCUBE_H
#define MST_ANALYSIS_DESIGN_HYPERCUBE_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stdint.h>

/** A random Latin hypercube into unit (points x columns), 1 to 2^31 - 1 points (McKay, Beckman and
 * Conover 1979): at the middle of each stratum or at a random place inside it, never on an edge.
 * rank: room for so many points. */
void mst_hypercube(gsl_rng *rng, int64_t points, int32_t columns, bool midpoints, int32_t *rank,
                   double *unit);

/** Largest |correlation| that a nearly orthogonal design may have (Cioppa and Lucas 2007). */
#define MST_NEARLY_ORTHOGONAL 0.05

/** Makes a Latin hypercube of midpoints nearly orthogonal by exchanging entries within columns, and
 * stops once it is. Needs more points than columns. found: whether it came to that; what it reached
 * stands in unit either way. False: memory is short. */
bool mst_hypercube_exchange(gsl_rng *rng, int64_t points, int32_t columns, double *unit,
                            bool *found);

#endif
