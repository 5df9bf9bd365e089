/** @file sequence.h
 * Points that fill a unit cube evenly: Sobol to 40 dimensions, Halton beyond (GSL), with a random
 * shift modulo 1 (Cranley and Patterson 1976) that is a function of the seed alone.
 */
#ifndef MST_NUM_SEQUENCE_H
#define MST_NUM_SEQUENCE_H

#include "base/arena.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_qrng.h>

enum { MST_SEQUENCE_SOBOL_MAX = 40, MST_SEQUENCE_MAX = 1229 }; /* dimensions that GSL knows */

typedef struct mst_sequence {
    gsl_qrng generator; /* its state lies in the arena */
    double *shift;      /* one a dimension             */
    int32_t dimensions;
    bool is_sobol;
} mst_sequence;

/** @param[in] dimensions  1 to MST_SEQUENCE_MAX
 * @return false: memory is short, or a number of dimensions out of range */
bool mst_sequence_begin(mst_sequence *out, int32_t dimensions, uint64_t seed, mst_arena *arena);

/** The next point: dimensions numbers in [0, 1). */
void mst_sequence_next(mst_sequence *sequence, double *out);

#endif
