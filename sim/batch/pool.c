/* Replications on threads. Workers take block numbers from a counter; the caller's thread takes the
 * finished blocks in order, so that the number of threads changes nothing. At most a few blocks per
 * thread wait: memory does not grow with the number of replications. */
#include "batch/pool.h"

#include <pthread.h>
#include <string.h>

enum { JOBS_MAX = 256 };

/* Memory hooks are called by one thread at a time. */
typedef struct gate {
    muster_memory inner;
    pthread_mutex_t lock;
} gate;

static void *gate_allocate(size_t bytes, void *context)
{
    gate *g = context;
    pthread_mutex_lock(&g->lock);
    void *block = g->inner.allocate(bytes, g->inner.context);
    pthread_mutex_unlock(&g->lock);
    return block;
}

static void gate_release(void *block, void *context)
{
    gate *g = context;
    pthread_mutex_lock(&g->lock);
    g->inner.release(block, g->inner.context);
    pthread_mutex_unlock(&g->lock);
}

typedef struct slot {
    mst_block block;
    int32_t index; /* block number it holds or waits for; -1: free */
    bool is_full;
} slot;

typedef struct pool {
    gate *gate; /* null: malloc */
    const mst_reps *reps;
    const muster_memory *memory;
    pthread_mutex_t lock;
    pthread_cond_t filled, freed;
    slot *slot;
    int32_t slot_count;
    int32_t next;  /* block number to hand out    */
    int32_t taken; /* blocks taken by the caller  */
    bool stops;
    muster_status status; /* of a worker that could not begin */
} pool;

/* The slot of a block is fixed, so a worker waits until the caller has emptied it. Null: no more. */
static slot *next_slot(pool *p)
{
    slot *out = NULL;
    pthread_mutex_lock(&p->lock);
    while (!p->stops && p->next < p->reps->block_count && p->next >= p->taken + p->slot_count)
        pthread_cond_wait(&p->freed, &p->lock);
    if (!p->stops && p->next < p->reps->block_count) {
        out = &p->slot[p->next % p->slot_count];
        out->index = p->next++;
    }
    pthread_mutex_unlock(&p->lock);
    return out;
}

static void hand_over(pool *p, slot *done)
{
    pthread_mutex_lock(&p->lock);
    done->is_full = true;
    pthread_cond_signal(&p->filled);
    pthread_mutex_unlock(&p->lock);
}

static void *work(void *context)
{
    pool *p = context;
    mst_worker *worker = NULL;
    const muster_status status = mst_worker_create(p->reps, p->memory, &worker);
    if (status != MUSTER_OK) {
        pthread_mutex_lock(&p->lock);
        p->status = status;
        p->stops = true;
        pthread_cond_broadcast(&p->freed);
        pthread_cond_signal(&p->filled);
        pthread_mutex_unlock(&p->lock);
        return NULL;
    }
    for (slot *s = next_slot(p); s; s = next_slot(p)) {
        mst_worker_fill(worker, s->index, &s->block);
        hand_over(p, s);
    }
    mst_worker_free(worker);
    return NULL;
}

/* The taker calls the hook by itself: no worker may do so meanwhile. */
static bool take_guarded(pool *p, const mst_taker *taker, const mst_block *block)
{
    if (p->gate)
        pthread_mutex_lock(&p->gate->lock);
    const bool goes_on = taker->take(block, taker->context);
    if (p->gate)
        pthread_mutex_unlock(&p->gate->lock);
    return goes_on;
}

/* Takes blocks in order until all are done, one failed, or the taker has had enough. */
static muster_status collect(pool *p, const mst_taker *taker)
{
    muster_status status = MUSTER_OK;
    bool goes_on = true;
    for (int32_t i = 0; goes_on && status == MUSTER_OK && i < p->reps->block_count; i++) {
        slot *s = &p->slot[i % p->slot_count];
        pthread_mutex_lock(&p->lock);
        while (!(s->is_full && s->index == i) && p->status == MUSTER_OK)
            pthread_cond_wait(&p->filled, &p->lock);
        status = p->status;
        pthread_mutex_unlock(&p->lock);
        if (status == MUSTER_OK)
            status = s->block.status;
        goes_on = status == MUSTER_OK && take_guarded(p, taker, &s->block);
        pthread_mutex_lock(&p->lock);
        s->is_full = false;
        p->taken = i + 1;
        pthread_cond_broadcast(&p->freed);
        pthread_mutex_unlock(&p->lock);
    }
    pthread_mutex_lock(&p->lock);
    p->stops = true;
    pthread_cond_broadcast(&p->freed);
    pthread_mutex_unlock(&p->lock);
    return status;
}

static muster_status run_threads(pool *p, int32_t jobs, const mst_taker *taker)
{
    pthread_t thread[JOBS_MAX];
    int32_t started = 0;
    while (started < jobs && pthread_create(&thread[started], NULL, work, p) == 0)
        started++;
    const muster_status status = started > 0 ? collect(p, taker) : MUSTER_WORLD;
    for (int32_t i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
    return status;
}

static muster_status run_pool(pool *p, int32_t jobs, const mst_taker *taker)
{
    muster_status status = MUSTER_WORLD;
    p->slot_count = 2 * jobs + 1;
    p->slot = mst_memory_alloc(p->memory, (size_t)p->slot_count * sizeof *p->slot);
    if (!p->slot)
        return status;
    memset(p->slot, 0, (size_t)p->slot_count * sizeof *p->slot);
    int32_t made = 0;
    while (made < p->slot_count && mst_block_open(p->reps, p->memory, &p->slot[made].block))
        p->slot[made++].index = -1;
    if (made == p->slot_count && pthread_mutex_init(&p->lock, NULL) == 0) {
        if (pthread_cond_init(&p->filled, NULL) == 0) {
            if (pthread_cond_init(&p->freed, NULL) == 0) {
                status = run_threads(p, jobs, taker);
                pthread_cond_destroy(&p->freed);
            }
            pthread_cond_destroy(&p->filled);
        }
        pthread_mutex_destroy(&p->lock);
    }
    for (int32_t i = 0; i < made; i++)
        mst_block_close(p->memory, &p->slot[i].block);
    mst_memory_free(p->memory, p->slot);
    return status;
}

muster_status mst_pool_run(const mst_reps *reps, int32_t jobs, const muster_memory *memory,
                           const mst_taker *taker)
{
    gate g = {.inner = memory ? *memory : (muster_memory){0}};
    const muster_memory guarded = {gate_allocate, gate_release, &g};
    pool p = {.gate = memory ? &g : NULL,
              .reps = reps,
              .memory = memory ? &guarded : NULL,
              .status = MUSTER_OK};
    if (jobs > JOBS_MAX)
        jobs = JOBS_MAX;
    if (jobs > reps->block_count)
        jobs = reps->block_count;
    if (jobs <= 1)
        return mst_reps_run_here(reps, memory, taker);
    if (pthread_mutex_init(&g.lock, NULL) != 0)
        return MUSTER_WORLD;
    const muster_status status = run_pool(&p, jobs, taker);
    pthread_mutex_destroy(&g.lock);
    return status;
}
