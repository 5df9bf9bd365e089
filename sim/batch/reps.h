/** @file reps.h
 * Replications in blocks. Workers fill blocks, in any order and any thread; a sample takes them in
 * index order. What a block holds depends on models, seed and index alone.
 */
#ifndef MST_BATCH_REPS_H
#define MST_BATCH_REPS_H

#include "batch/handles.h"
#include "muster/replicate.h"
#include "num/estimate.h"

/** Most replications of a block; fewer where a row has very many figures. */
enum { MST_BLOCK = 256 };

/** Figures of one model: columns, measure by measure, things within; then tallies of causes. */
typedef struct mst_layout {
    const mst_model *model;
    uint64_t seed;
    int32_t column_count;
    int32_t *first;      /* column of each measure's first thing (measure_count + 1)        */
    int32_t tally_count; /* serials, then drills, then drills again                         */
} mst_layout;

/** Values of a tally: of a serial outcome * MST_TALLY_CAUSES + cause, of a drill its cause (0: it
 * mustered), of a drill again 1 + the unit that the muster waited for last, 0: none. */
enum { MST_TALLY_CAUSES = 16 };

typedef struct mst_block {
    int64_t first; /* replication of its first row, from 1 */
    int32_t rows;
    muster_status status;
    double *value;  /* of all models: column by column, MST_BLOCK rows apart             */
    int32_t *tally; /* the same for tallies                                              */
} mst_block;

typedef struct mst_reps {
    mst_arena arena;
    mst_layout layout[MUSTER_MODELS_MAX];
    int32_t model_count;
    int64_t count;
    int32_t block_rows, block_count;
    int32_t value_count, tally_count; /* columns of all models together */
} mst_reps;

/** Sizes everything. MUSTER_WORLD when memory is short. */
muster_status mst_reps_open(const muster_model *const *model, int32_t model_count,
                            const muster_replicate_options *options, const muster_memory *memory,
                            mst_reps *out);
void mst_reps_close(mst_reps *reps);

/** First column of a model in a block. */
int32_t mst_reps_column(const mst_reps *reps, int32_t model);
int32_t mst_reps_tally(const mst_reps *reps, int32_t model);

/** Runs, outcomes and a row of one thread. */
typedef struct mst_worker mst_worker;
muster_status mst_worker_create(const mst_reps *reps, const muster_memory *memory,
                                mst_worker **out);
void mst_worker_free(mst_worker *worker);

/** Storage for a block; false when memory is short. */
bool mst_block_open(const mst_reps *reps, const muster_memory *memory, mst_block *out);
void mst_block_close(const muster_memory *memory, mst_block *block);

/** Fills block number `index` (from 0). block->status says how it went. */
void mst_worker_fill(mst_worker *w, int32_t index, mst_block *block);

/** All blocks in the caller's thread, in order; false from take ends it. */
typedef struct mst_taker {
    bool (*take)(const mst_block *block, void *context);
    void *context;
} mst_taker;
muster_status mst_reps_run_here(const mst_reps *reps, const muster_memory *memory,
                                const mst_taker *taker);

#endif
