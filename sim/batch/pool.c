/* Replications on threads. Workers take pieces of blocks, in order, and fill them; the caller's thread
 * takes the finished blocks in order, so that the number of threads changes nothing. A few blocks are
 * being filled or wait: memory does not grow with the number of replications. */
#include "batch/pool.h"
#include "batch/pool_gate.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum { JOBS_MAX = 256 };

/* Bytes of all blocks together. */
#define BLOCKS_MOST ((size_t)1 << 27)

/* What came of the pieces of a block, as far as they are handed in. */
typedef struct slot {
    mst_block block;
    int32_t index;           /* block number it holds, -1: none yet */
    int32_t pieces, left;    /* of the block; of these not handed in */
    int32_t done[MST_BLOCK]; /* rows of each piece                   */
    muster_status status[MST_BLOCK];
} slot;

typedef struct pool {
    mst_hook_gate *gate; /* null: malloc */
    const mst_reps *reps;
    mst_share share;
    const muster_memory *memory;
    const mst_taker *taker;
    pthread_mutex_t lock;
    pthread_cond_t filled, freed;
    slot *slot;
    int32_t block, piece; /* to hand out next                      */
    int32_t taken;        /* blocks taken by the caller            */
    int32_t ended;        /* workers                               */
    atomic_bool stops;    /* nothing more is begun; set under lock */
    muster_status status; /* of a worker that could not begin      */
} pool;

/* ---- workers ------------------------------------------------------------------------------------ */

/* Under the lock. */
static void stop(pool *p)
{
    atomic_store(&p->stops, true);
    pthread_cond_broadcast(&p->freed);
    pthread_cond_signal(&p->filled);
}

static void open_slot(const pool *p, slot *s, int32_t index)
{
    const int32_t rows = mst_reps_rows(p->reps, index);
    s->index = index;
    s->block.first = (int64_t)index * p->reps->block_rows + 1;
    s->left = s->pieces = (rows + p->share.piece_rows - 1) / p->share.piece_rows;
    memset(s->done, 0, sizeof s->done);
    memset(s->status, 0, sizeof s->status); /* MUSTER_OK */
}

/* Rows of a piece: the last one of a block may have fewer. */
static int32_t piece_rows(const pool *p, int32_t index, int32_t piece)
{
    const int32_t left = mst_reps_rows(p->reps, index) - piece * p->share.piece_rows;
    return left < p->share.piece_rows ? left : p->share.piece_rows;
}

/* The slot of a block is fixed, so a worker waits until the caller has emptied it. Null: no more. */
static slot *next_piece(pool *p, mst_piece *out)
{
    slot *s = NULL;
    pthread_mutex_lock(&p->lock);
    while (!p->stops && p->block < p->reps->block_count && p->block >= p->taken + p->share.slots)
        pthread_cond_wait(&p->freed, &p->lock);
    if (!p->stops && p->block < p->reps->block_count) {
        s = &p->slot[p->block % p->share.slots];
        if (p->piece == 0)
            open_slot(p, s, p->block);
        *out = (mst_piece){.block = &s->block,
                           .row = p->piece * p->share.piece_rows,
                           .rows = piece_rows(p, p->block, p->piece)};
        if (++p->piece == s->pieces) {
            p->piece = 0;
            p->block++;
        }
    }
    pthread_mutex_unlock(&p->lock);
    return s;
}

static void hand_in(pool *p, slot *s, const mst_piece *piece)
{
    const int32_t number = piece->row / p->share.piece_rows;
    pthread_mutex_lock(&p->lock);
    s->done[number] = piece->done;
    s->status[number] = piece->status;
    if (--s->left == 0)
        pthread_cond_signal(&p->filled);
    if (piece->stopped)
        stop(p);
    pthread_mutex_unlock(&p->lock);
}

/* Also when the pool stops for a reason of its own: nobody would look at what is still to come. */
static bool stops(void *context)
{
    pool *p = context;
    return atomic_load_explicit(&p->stops, memory_order_relaxed) ||
           (p->taker->stops && p->taker->stops(p->taker->context));
}

static void *work(void *context)
{
    pool *p = context;
    mst_worker *worker = NULL;
    mst_piece piece;
    const muster_status status =
        mst_worker_create(p->reps, p->share.piece_rows, p->memory, &worker);
    if (status == MUSTER_OK)
        for (slot *s = next_piece(p, &piece); s; s = next_piece(p, &piece)) {
            mst_worker_fill(worker, &piece, stops, p);
            hand_in(p, s, &piece);
        }
    mst_worker_free(worker);
    pthread_mutex_lock(&p->lock);
    p->ended++;
    if (status != MUSTER_OK) {
        p->status = status;
        stop(p);
    }
    pthread_cond_signal(&p->filled);
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* ---- the caller ---------------------------------------------------------------------------------- */

/* The taker calls the hook by itself: no worker may do so meanwhile. */
static bool take_guarded(pool *p, const mst_block *block)
{
    if (p->gate)
        mst_hook_gate_close(p->gate);
    const bool goes_on = p->taker->take(block, p->taker->context);
    if (p->gate)
        mst_hook_gate_open(p->gate);
    return goes_on;
}

/* Waits for a block, or for the end of all workers. block->rows: those from its first one on that are
 * all done. */
static muster_status await(pool *p, int32_t started, int32_t index, slot *s)
{
    pthread_mutex_lock(&p->lock);
    while (!(s->index == index && s->left == 0) && p->status == MUSTER_OK && p->ended < started)
        pthread_cond_wait(&p->filled, &p->lock);
    muster_status status = p->status;
    bool is_whole = s->index == index;
    s->block.rows = 0;
    for (int32_t i = 0; is_whole && status == MUSTER_OK && i < s->pieces; i++) {
        s->block.rows += s->done[i];
        status = s->status[i];
        is_whole = s->done[i] == piece_rows(p, index, i);
    }
    pthread_mutex_unlock(&p->lock);
    return status;
}

/* Takes blocks in order until all are done, one failed, one is not whole because somebody wants an
 * end, or the taker has had enough. */
static muster_status collect(pool *p, int32_t started)
{
    muster_status status = MUSTER_OK;
    bool goes_on = true;
    for (int32_t i = 0; goes_on && i < p->reps->block_count; i++) {
        slot *s = &p->slot[i % p->share.slots];
        status = await(p, started, i, s);
        goes_on = status == MUSTER_OK && s->block.rows > 0 && take_guarded(p, &s->block) &&
                  s->block.rows == mst_reps_rows(p->reps, i);
        pthread_mutex_lock(&p->lock);
        p->taken = i + 1;
        pthread_cond_broadcast(&p->freed);
        pthread_mutex_unlock(&p->lock);
    }
    pthread_mutex_lock(&p->lock);
    stop(p);
    pthread_mutex_unlock(&p->lock);
    return status;
}

/* With as many threads as there are to be had. *out_started: how many. */
static muster_status run_threads(pool *p, int32_t *out_started)
{
    pthread_t thread[JOBS_MAX];
    int32_t started = 0;
    while (started < p->share.jobs && pthread_create(&thread[started], NULL, work, p) == 0)
        started++;
    const muster_status status = started > 0 ? collect(p, started) : MUSTER_OK;
    for (int32_t i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
    *out_started = started;
    return status;
}

static muster_status with_locks(pool *p, int32_t *out_started)
{
    muster_status status = MUSTER_OK;
    if (pthread_mutex_init(&p->lock, NULL) != 0)
        return status;
    if (pthread_cond_init(&p->filled, NULL) == 0) {
        if (pthread_cond_init(&p->freed, NULL) == 0) {
            status = run_threads(p, out_started);
            pthread_cond_destroy(&p->freed);
        }
        pthread_cond_destroy(&p->filled);
    }
    pthread_mutex_destroy(&p->lock);
    return status;
}

/* *out_started 0 with MUSTER_OK: there was no thread or no lock to be had, and nothing is done. */
static muster_status run_pool(pool *p, int32_t *out_started)
{
    const size_t count = (size_t)p->share.slots;
    muster_status status = MUSTER_WORLD;
    p->slot = mst_memory_alloc(p->memory, count * sizeof *p->slot);
    if (!p->slot)
        return status;
    memset(p->slot, 0, count * sizeof *p->slot);
    int32_t made = 0;
    while (made < p->share.slots && mst_block_open(p->reps, p->memory, &p->slot[made].block))
        p->slot[made++].index = -1;
    if (made == p->share.slots)
        status = with_locks(p, out_started);
    for (int32_t i = 0; i < made; i++)
        mst_block_close(p->memory, &p->slot[i].block);
    mst_memory_free(p->memory, p->slot);
    return status;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

mst_share mst_pool_share(const mst_reps *reps, int32_t jobs)
{
    const int64_t rows = reps->block_rows;
    const int64_t most = (int64_t)(BLOCKS_MOST / mst_block_bytes(reps));
    int64_t piece = least(rows, MST_PIECE), threads = least(jobs > 1 ? jobs : 1, JOBS_MAX);
    if (piece * threads * 4 > reps->count) /* so few that they would be shared unevenly */
        piece = reps->count / (threads * 4) > 1 ? reps->count / (threads * 4) : 1;
    threads = least(threads, (reps->count + piece - 1) / piece);
    /* what all threads have at hand, twice over, as pieces do not end in order */
    int64_t slots = 2 + 2 * ((threads * piece + rows - 1) / rows);
    slots = least(least(slots, most > 1 ? most : 1), reps->block_count);
    threads = least(threads, slots * ((rows + piece - 1) / piece));
    return (mst_share){
        .jobs = (int32_t)threads, .piece_rows = (int32_t)piece, .slots = (int32_t)slots};
}

muster_status mst_pool_run(const mst_reps *reps, const mst_share *share,
                           const muster_memory *memory, const mst_taker *taker)
{
    mst_hook_gate gate = {.memory = {0}};
    pool p = {.gate = memory ? &gate : NULL,
              .reps = reps,
              .share = *share,
              .memory = memory ? &gate.memory : NULL,
              .taker = taker,
              .status = MUSTER_OK};
    muster_status status = MUSTER_OK;
    int32_t started = 0;
    if (share->jobs > 1 && mst_hook_gate_init(&gate, memory)) {
        status = run_pool(&p, &started);
        mst_hook_gate_destroy(&gate);
    }
    return status == MUSTER_OK && started == 0 ? mst_reps_run_here(reps, memory, taker) : status;
}
