/** @file pool.h
 * Replications on threads. Everything that knows of threads is in pool.c and pool_replicate.c; a
 * build without threads leaves both out.
 */
#ifndef MST_BATCH_POOL_H
#define MST_BATCH_POOL_H

#include "batch/reps.h"

/** As mst_reps_run_here, with `jobs` threads; the taker is called in the caller's thread. */
muster_status mst_pool_run(const mst_reps *reps, int32_t jobs, const muster_memory *memory,
                           const mst_taker *taker);

#endif
