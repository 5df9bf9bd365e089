/** @file random.h
 * Random numbers by place: a draw is a function of (master seed, replication, stream, number) and
 * of nothing else, so that any draw can be had alone, in any order, in any thread.
 *
 * Philox2x64-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3",
 * SC11). Key: hash of the master seed. Counter: low word the number of the draw, high word
 * replication (upper 32 bits) and stream (lower 32 bits). Streams are hashes of an id and a purpose,
 * never an index, so that adding a unit disturbs nobody.
 */
#ifndef MST_NUM_RANDOM_H
#define MST_NUM_RANDOM_H

#include <gsl/gsl_rng.h>
#include <stdint.h>

typedef struct mst_stream {
    uint64_t key;
    uint64_t high; /* replication << 32 | stream */
} mst_stream;

/** Numbers of draws lie below this; the bits above count the attempts of a ziggurat. */
#define MST_DRAWS (UINT64_C(1) << 48)

uint64_t mst_random_key(uint64_t master_seed);

static inline mst_stream mst_stream_of(uint64_t key, uint32_t replication, uint32_t stream)
{
    return (mst_stream){key, (uint64_t)replication << 32 | stream};
}

/** Both words of a block: Philox2x64-10 of counter (number, high) under the key. */
void mst_random_block(mst_stream stream, uint64_t number, uint64_t out[2]);

/** Draw `number` (below MST_DRAWS) of a stream. Unit: from 2^-53 to 1 - 2^-53 in steps of 2^-52, so
 * never 0 or 1; exponential: mean 1, 0 or above; normal: mean 0, standard deviation 1, both by
 * ziggurat (Marsaglia and Tsang 2000). Draws of one number are the same bits in other clothes: who
 * needs two independent ones takes two numbers. */
double mst_random_unit(mst_stream stream, uint64_t number);
double mst_random_exponential(mst_stream stream, uint64_t number);
double mst_random_normal(mst_stream stream, uint64_t number);

/** The same generator for GSL's distributions: the stream's draws in order, one a call:
 * gsl_rng_alloc(mst_rng_philox), then mst_rng_start, which begins at number 0. gsl_rng_set(r, seed)
 * starts replication 0, stream 0 of that master seed. get: the upper 32 bits of the block's first
 * word (min 0, max 2^32 - 1); get_double: mst_random_unit. */
extern const gsl_rng_type *const mst_rng_philox;
void mst_rng_start(gsl_rng *rng, mst_stream stream);

#endif
