#include "batch/reps.h"

#include "engine/chance.h"
#include "outcome/outcome.h"

#include <string.h>

enum { CACHE_LINE = 64 }; /* bytes */

/* ---- sizes ------------------------------------------------------------------------------------ */

static bool lay_out(mst_reps *reps, const mst_model *model, mst_layout *out)
{
    int32_t count = 0, column = 0;
    const muster_measure *measure = muster_measures(&count);
    out->first = mst_arena_array(&reps->arena, (size_t)count + 1, sizeof *out->first);
    if (!out->first)
        return false;
    for (int32_t i = 0; i < count; i++) {
        out->first[i] = column;
        column += mst_scope_places(model, measure[i].scope);
    }
    out->first[count] = out->column_count = column;
    out->tally_count = model->serial_count + 2 * model->drill_count;
    out->model = model;
    return true;
}

/* A block of a very wide row stays below some 64 MB; that depends on the models alone. */
static int32_t rows_of_block(int32_t values)
{
    int32_t rows = MST_BLOCK;
    while (rows > 1 && (int64_t)rows * values > INT64_C(1) << 23)
        rows /= 2;
    return rows;
}

muster_status mst_reps_open(const muster_model *const *model, int32_t model_count,
                            const muster_replicate_options *options, const muster_memory *memory,
                            mst_reps *out)
{
    *out = (mst_reps){.model_count = model_count, .count = options->count};
    mst_arena_init(&out->arena, memory);
    for (int32_t i = 0; i < model_count; i++) {
        if (!lay_out(out, model[i]->model, &out->layout[i])) {
            mst_reps_close(out);
            return MUSTER_WORLD;
        }
        out->layout[i].seed = options->has_seed ? options->seed : model[i]->model->chance.seed;
        if (options->independent) /* another stretch of seeds for each model */
            out->layout[i].seed += (uint64_t)i * UINT64_C(0x9e3779b97f4a7c15);
        out->value_count += out->layout[i].column_count;
        out->tally_count += out->layout[i].tally_count;
    }
    out->block_rows = rows_of_block(out->value_count);
    out->block_count = (int32_t)((out->count + out->block_rows - 1) / out->block_rows);
    return MUSTER_OK;
}

void mst_reps_close(mst_reps *reps)
{
    mst_arena_clear(&reps->arena);
}

int32_t mst_reps_column(const mst_reps *reps, int32_t model)
{
    int32_t column = 0;
    for (int32_t i = 0; i < model; i++)
        column += reps->layout[i].column_count;
    return column;
}

int32_t mst_reps_tally(const mst_reps *reps, int32_t model)
{
    int32_t column = 0;
    for (int32_t i = 0; i < model; i++)
        column += reps->layout[i].tally_count;
    return column;
}

int32_t mst_reps_rows(const mst_reps *reps, int32_t index)
{
    const int64_t left = reps->count - (int64_t)index * reps->block_rows;
    return left < reps->block_rows ? (int32_t)left : reps->block_rows;
}

static size_t value_bytes(const mst_reps *reps)
{
    return (size_t)reps->block_rows * (size_t)reps->value_count * sizeof(double) + CACHE_LINE;
}

static size_t tally_bytes(const mst_reps *reps)
{
    return ((size_t)reps->block_rows * (size_t)reps->tally_count + 1) * sizeof(int32_t);
}

size_t mst_block_bytes(const mst_reps *reps)
{
    return value_bytes(reps) + tally_bytes(reps);
}

/* On a cache line: two workers with pieces side by side then share a line of values only where rows
 * are so wide that a block is no multiple of a piece. */
bool mst_block_open(const mst_reps *reps, const muster_memory *memory, mst_block *out)
{
    *out = (mst_block){0};
    out->room = mst_memory_alloc(memory, value_bytes(reps));
    out->tally = mst_memory_alloc(memory, tally_bytes(reps));
    if (!out->room || !out->tally) {
        mst_block_close(memory, out);
        return false;
    }
    const size_t beyond = (uintptr_t)out->room % CACHE_LINE;
    out->value = (void *)((unsigned char *)out->room + (beyond ? CACHE_LINE - beyond : 0));
    return true;
}

void mst_block_close(const muster_memory *memory, mst_block *block)
{
    if (block->room)
        mst_memory_free(memory, block->room);
    if (block->tally)
        mst_memory_free(memory, block->tally);
    *block = (mst_block){0};
}

/* ---- a worker ----------------------------------------------------------------------------------- */

struct mst_worker {
    const mst_reps *reps;
    muster_memory own;
    const muster_memory *memory;
    mst_run *run[MUSTER_MODELS_MAX];
    mst_outcomes *outcomes[MUSTER_MODELS_MAX];
    void *fork[MUSTER_MODELS_MAX]; /* of each run: what a part of a pair costs goes on from there */
    double *tile;                  /* rows of all figures: a piece */
};

void mst_worker_free(mst_worker *worker)
{
    if (!worker)
        return;
    const muster_memory memory = worker->own;
    for (int32_t i = 0; i < worker->reps->model_count; i++) {
        mst_outcomes_free(worker->outcomes[i]);
        mst_run_free(worker->run[i]);
        if (worker->fork[i])
            mst_memory_free(&memory, worker->fork[i]);
    }
    if (worker->tile)
        mst_memory_free(&memory, worker->tile);
    mst_memory_free(&memory, worker);
}

/* Room for the state before the first serial, if a part of some pair could change serials. A run
 * that has grown has outgrown it. */
static bool open_fork(mst_worker *w, int32_t model)
{
    mst_run *run = w->run[model];
    if (!mst_pairs_may_rerun(w->outcomes[model]))
        return true;
    w->fork[model] = mst_memory_alloc(w->memory, run->block_bytes);
    run->fork = w->fork[model];
    return run->fork != NULL;
}

muster_status mst_worker_create(const mst_reps *reps, int32_t piece_rows,
                                const muster_memory *memory, mst_worker **out)
{
    *out = NULL;
    mst_worker *worker = mst_memory_alloc(memory, sizeof *worker);
    if (!worker)
        return MUSTER_WORLD;
    memset(worker, 0, sizeof *worker);
    worker->reps = reps;
    worker->memory = mst_memory_keep(&worker->own, memory);
    bool made = true;
    for (int32_t i = 0; i < reps->model_count && made; i++) {
        const mst_model *model = reps->layout[i].model;
        made = mst_run_create(model, worker->memory, &worker->run[i]) == MUSTER_OK &&
               mst_outcomes_create(model, worker->memory, &worker->outcomes[i]) == MUSTER_OK &&
               open_fork(worker, i);
    }
    worker->tile = mst_memory_alloc(
        worker->memory, ((size_t)piece_rows * (size_t)reps->value_count + 1) * sizeof(double));
    if (!made || !worker->tile) {
        mst_worker_free(worker);
        return MUSTER_WORLD;
    }
    *out = worker;
    return MUSTER_OK;
}

/* Causes and who was waited for, behind the columns of the measures. */
static void tally(const mst_outcomes *out, int32_t rows, int32_t *at)
{
    const mst_model *m = out->model;
    for (int32_t i = 0; i < m->serial_count; i++, at += rows)
        *at = (int32_t)out->serial[i].outcome * MST_TALLY_CAUSES + (int32_t)out->serial[i].cause;
    for (int32_t i = 0; i < m->drill_count; i++, at += rows)
        *at = out->drill[i].mustered ? 0 : (int32_t)out->drill[i].cause;
    for (int32_t i = 0; i < m->drill_count; i++, at += rows)
        *at = 1 + out->drill[i].delay_unit;
}

static muster_status run_one(mst_worker *w, int32_t model, int64_t replication)
{
    mst_run_begin(w->run[model], w->reps->layout[model].seed, (uint32_t)replication);
    while (mst_run_finish(w->run[model]) != MUSTER_OK) {
        if (!w->run[model]->clock->overflowed)
            return MUSTER_WORLD;
        const muster_status status = mst_run_grow(&w->run[model]);
        if (status != MUSTER_OK)
            return status;
        mst_run_reset(w->run[model]);
    }
    return mst_outcomes_refold(w->outcomes[model], w->run[model]);
}

/* One replication of all models into the worker's tile. */
static muster_status fill_row(mst_worker *w, int64_t replication, double *value, int32_t *tallies)
{
    for (int32_t m = 0; m < w->reps->model_count; m++) {
        const mst_layout *layout = &w->reps->layout[m];
        const muster_status status = run_one(w, m, replication);
        if (status != MUSTER_OK)
            return status;
        mst_measures_fill(w->outcomes[m], layout->first, value);
        tally(w->outcomes[m], w->reps->block_rows, tallies);
        value += layout->column_count;
        tallies += (size_t)layout->tally_count * (size_t)w->reps->block_rows;
    }
    return MUSTER_OK;
}

/* Rows of a piece to columns of the block: a cache line of each column at a time. */
static void turn_tile(const mst_worker *w, const mst_piece *piece)
{
    const size_t stride = (size_t)w->reps->block_rows, width = (size_t)w->reps->value_count;
    double *value = piece->block->value + piece->row;
    for (size_t c = 0; c < width; c++)
        for (int32_t r = 0; r < piece->done; r++)
            value[c * stride + (size_t)r] = w->tile[(size_t)r * width + c];
}

void mst_worker_fill(mst_worker *w, mst_piece *piece, bool (*stops)(void *context), void *context)
{
    const size_t width = (size_t)w->reps->value_count;
    const int64_t first = piece->block->first + piece->row;
    piece->done = 0;
    piece->stopped = false;
    piece->status = MUSTER_OK;
    while (piece->done < piece->rows && !piece->stopped) {
        const int32_t r = piece->done;
        piece->status = fill_row(w, first + r, w->tile + (size_t)r * width,
                                 piece->block->tally + piece->row + r);
        if (piece->status != MUSTER_OK)
            break;
        piece->done++;
        piece->stopped = stops && stops(context);
    }
    turn_tile(w, piece);
}

/* ---- without threads ------------------------------------------------------------------------------ */

/* Block number `index`, or so much of it as is done when it stops (*out_stopped). */
static muster_status fill_block(mst_worker *w, int32_t index, int32_t piece_rows,
                                const mst_taker *taker, mst_block *block, bool *out_stopped)
{
    const int32_t rows = mst_reps_rows(w->reps, index);
    mst_piece piece = {.block = block};
    block->first = (int64_t)index * w->reps->block_rows + 1;
    block->rows = 0;
    while (block->rows < rows && piece.status == MUSTER_OK && !piece.stopped) {
        piece.row = block->rows;
        piece.rows = rows - block->rows < piece_rows ? rows - block->rows : piece_rows;
        mst_worker_fill(w, &piece, taker->stops, taker->context);
        block->rows += piece.done;
    }
    *out_stopped = piece.stopped;
    return piece.status;
}

muster_status mst_reps_run_here(const mst_reps *reps, const muster_memory *memory,
                                const mst_taker *taker)
{
    const int32_t piece_rows = reps->block_rows < MST_PIECE ? reps->block_rows : MST_PIECE;
    mst_worker *worker = NULL;
    mst_block block = {0};
    bool stopped = false;
    muster_status status = mst_worker_create(reps, piece_rows, memory, &worker);
    if (status == MUSTER_OK && !mst_block_open(reps, memory, &block))
        status = MUSTER_WORLD;
    for (int32_t i = 0; status == MUSTER_OK && !stopped && i < reps->block_count; i++) {
        status = fill_block(worker, i, piece_rows, taker, &block, &stopped);
        if (status == MUSTER_OK && !taker->take(&block, taker->context))
            break;
    }
    mst_block_close(memory, &block);
    mst_worker_free(worker);
    return status;
}
