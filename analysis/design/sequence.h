/** @file sequence.h
 * Sequences that fill a cube evenly, by GSL, shifted by a seed.
 */
#ifndef MST_ANALYSIS_DESIGN_SEQUENCE_H
#define MST_ANALYSIS_DESIGN_SEQUENCE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    MST_SOBOL_COLUMNS = 40,    /* GSL gives numbers near 0 beyond, and no error */
    MST_HALTON_COLUMNS = 1229, /* primes that GSL knows */
    MST_SEQUENCE_POINTS = 1 << 30
};

typedef enum mst_sequence { MST_SEQUENCE_SOBOL, MST_SEQUENCE_HALTON } mst_sequence;

/** The first points of a sequence into unit (points x columns), each moved round the cube by one
 * random vector, u = frac(x + shift) (Cranley and Patterson 1976), drawn by seed and purpose. The
 * origin, which GSL leaves out, is the first: without it 2^m points of a Sobol sequence are not the
 * net they should be (Owen 2022). More points keep the first ones, more columns the first columns.
 * False: memory is short. */
bool mst_sequence_fill(mst_sequence kind, uint64_t seed, const char *purpose, int64_t points,
                       int32_t columns, double *unit);

#endif
