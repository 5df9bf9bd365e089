/** @file sample.h
 * What a sample holds: moments of each figure, values for quantiles, differences from model 0,
 * tallies of causes. All of it is added block by block in index order.
 */
#ifndef MST_BATCH_SAMPLE_H
#define MST_BATCH_SAMPLE_H

#include "batch/reps.h"

/** Values of one figure, block by block, for its quantiles. One that never varied keeps none; of the
 * others a block keeps its values, or the one value that all its rows had. */
typedef struct mst_kept {
    double **chunk; /* of each block, null: all rows equal `same`; null as long as nothing varied */
    double *same;
    double only;  /* the one value so far */
    bool is_over; /* there is no room for more: no quantiles */
} mst_kept;

/** Most values kept of all figures together: half a gigabyte. */
#define MST_VALUES_MOST (INT64_C(1) << 26)

typedef struct mst_column {
    mst_moments moments;
    int64_t hits; /* of yes-or-no measures: rows with 1 */
} mst_column;

/** A figure of a later model against the same figure of model 0. */
typedef struct mst_versus {
    int32_t base; /* column of model 0, -1: it has none such */
    mst_pair_moments pairs;
    mst_moments difference;
    int64_t only_first, only_other;
} mst_versus;

struct muster_sample {
    muster_memory memory;
    mst_reps reps;
    int64_t done;
    int32_t blocks_done;
    mst_column *column; /* value_count */
    mst_versus *versus; /* value_count; those of model 0 unused */
    int64_t **tally;    /* tally_count: counts by value */
    int32_t *tally_size;
    mst_kept *kept; /* value_count */
    int64_t values_kept;
    int32_t kept_blocks; /* blocks of which values are kept */
    double *sorted;      /* scratch of a quantile */
    bool failed;         /* memory was short while taking */
};

/** Opens one for what reps says (moved into it). */
muster_status mst_sample_open(const muster_model *const *model, int32_t model_count,
                              const muster_replicate_options *options, const muster_memory *memory,
                              muster_sample **out);

/** Adds the next block. False when memory is short (sample->failed). */
bool mst_sample_take(muster_sample *sample, const mst_block *block);

/** Column of a figure among all; -1: there is none. */
int32_t mst_sample_column(const muster_sample *sample, int32_t model, int32_t measure,
                          int32_t thing);

#endif
