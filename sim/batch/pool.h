/** @file pool.h
 * Replications on threads. Everything that knows of threads is in pool.c and pool_replicate.c; a
 * build without threads leaves both out.
 */
#ifndef MST_BATCH_POOL_H
#define MST_BATCH_POOL_H

#include "batch/reps.h"

/** How the work is shared out. Nothing of it changes a figure. */
typedef struct mst_share {
    int32_t jobs;       /* threads; 1: the caller's own                              */
    int32_t piece_rows; /* replications that a thread takes at a time, 1 .. MST_PIECE */
    int32_t slots;      /* blocks that wait or are being filled, from 1               */
} mst_share;

/** The share for so many threads: fewer where there is not work enough for all, or where rows are so
 * wide that the blocks which all of them keep at work would not fit in 128 MB. What the threads write
 * to first is never more than these blocks; only one block that is larger by itself goes beyond. */
mst_share mst_pool_share(const mst_reps *reps, int32_t jobs);

/** As mst_reps_run_here on threads; the taker's `take` is called in the caller's thread, its `stops` in
 * all. It does with the threads it gets: without any all is done in the caller's. */
muster_status mst_pool_run(const mst_reps *reps, const mst_share *share,
                           const muster_memory *memory, const mst_taker *taker);

#endif
