/** @file rng.h
 * Random numbers of designs and of resampling: GSL's Mersenne twister, the same on every machine.
 */
#ifndef MST_ANALYSIS_BASE_RNG_H
#define MST_ANALYSIS_BASE_RNG_H

#include <gsl/gsl_rng.h>
#include <stdint.h>

/** A generator that is a function of a seed and of what it is for ("lhs", "bootstrap"), so that two
 * uses of one seed have nothing in common. Null: memory is short. Free with gsl_rng_free. */
gsl_rng *mst_rng_open(uint64_t seed, const char *purpose);

#endif
