/** @file reps.h
 * Replications in blocks. A block is what a sample sums at a time: which rows it has depends on the
 * models alone, and blocks are taken in index order, so that sums come to the same bytes. Workers fill
 * pieces of blocks, in any order and any thread; how long pieces are changes nothing.
 */
#ifndef MST_BATCH_REPS_H
#define MST_BATCH_REPS_H

#include "batch/handles.h"
#include "muster/replicate.h"
#include "num/estimate.h"

/** Most replications of a block; fewer where a row has very many figures. */
enum { MST_BLOCK = 256 };

/** Most replications of a piece: of each column they fill one cache line. */
enum { MST_PIECE = 8 };

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
    int64_t first;  /* replication of its first row, from 1                               */
    int32_t rows;   /* fewer than its share only where replications were stopped          */
    double *value;  /* of all models: column by column, block_rows apart; on a cache line */
    int32_t *tally; /* the same for tallies                                              */
    void *room;     /* what value lies in                                                */
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

/** Rows of block number `index` (from 0), and bytes of any. */
int32_t mst_reps_rows(const mst_reps *reps, int32_t index);
size_t mst_block_bytes(const mst_reps *reps);

/** Storage for a block; false when memory is short. */
bool mst_block_open(const mst_reps *reps, const muster_memory *memory, mst_block *out);
void mst_block_close(const muster_memory *memory, mst_block *block);

/** Who takes the blocks, in index order; false from take ends it. */
typedef struct mst_taker {
    bool (*take)(const mst_block *block, void *context);
    /* After each replication, in the thread that ran it: true ends it there. May be null. */
    bool (*stops)(void *context);
    void *context;
} mst_taker;

/** Runs, outcomes and a piece of one thread. */
typedef struct mst_worker mst_worker;
muster_status mst_worker_create(const mst_reps *reps, int32_t piece_rows,
                                const muster_memory *memory, mst_worker **out);
void mst_worker_free(mst_worker *worker);

/** Some rows of a block: at most as many as the worker has room for. */
typedef struct mst_piece {
    mst_block *block;     /* its first is set                                    */
    int32_t row, rows;    /* its rows in the block                               */
    int32_t done;         /* of these, from the first on: all, unless it stopped */
    bool stopped;         /* stops said so, perhaps after the last one           */
    muster_status status; /* of the replication behind those done              */
} mst_piece;

/** Runs a piece and writes its rows; at least one replication, unless that fails. `stops` may be null.
 * Two workers may fill pieces of one block at once. */
void mst_worker_fill(mst_worker *w, mst_piece *piece, bool (*stops)(void *context), void *context);

/** All blocks in the caller's thread. */
muster_status mst_reps_run_here(const mst_reps *reps, const muster_memory *memory,
                                const mst_taker *taker);

#endif
