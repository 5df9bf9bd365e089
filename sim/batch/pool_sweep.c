/* Tasks of a sweep on threads. Workers take tasks in order into a ring of slots and fill them; the
 * caller's thread takes the filled ones in order, so that the number of threads changes nothing. */
#include "batch/pool_gate.h"
#include "batch/sweep.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum { JOBS_MAX = 256, SLOTS_PER_JOB = 4 };

typedef struct ring {
    const muster_sweep *sweep;
    const muster_tasks *tasks;
    const muster_memory *memory; /* of workers */
    mst_hook_gate *gate;         /* null: malloc */
    pthread_mutex_t lock;
    pthread_cond_t filled, freed;
    mst_task_slot *slot;
    bool *is_filled; /* of each slot */
    int32_t slots;
    int64_t handed, taken; /* tasks, from the first on */
    int32_t ended;         /* workers */
    bool is_dry;           /* no more tasks; under lock */
    atomic_bool stops;     /* set under lock */
    muster_status status;
} ring;

/* ---- workers -------------------------------------------------------------------------------------- */

/* Under the lock. */
static void stop(ring *r)
{
    atomic_store(&r->stops, true);
    pthread_cond_broadcast(&r->freed);
    pthread_cond_signal(&r->filled);
}

static bool stops(void *context)
{
    ring *r = context;
    return atomic_load_explicit(&r->stops, memory_order_relaxed) ||
           (r->tasks->stops && r->tasks->stops(r->tasks->context));
}

/* Waits for a free slot and puts the next task in; null: no more. */
static mst_task_slot *next_slot(ring *r)
{
    mst_task_slot *slot = NULL;
    pthread_mutex_lock(&r->lock);
    while (!r->stops && !r->is_dry && r->handed - r->taken >= r->slots)
        pthread_cond_wait(&r->freed, &r->lock);
    if (!r->stops && !r->is_dry) {
        slot = &r->slot[r->handed % r->slots];
        if (r->tasks->next(&slot->task, r->tasks->context)) {
            r->is_filled[r->handed % r->slots] = false;
            r->handed++;
        } else {
            slot = NULL;
            r->is_dry = true;
            pthread_cond_broadcast(&r->freed); /* those who wait for a slot */
        }
    }
    pthread_mutex_unlock(&r->lock);
    return slot;
}

static void hand_in(ring *r, const mst_task_slot *slot)
{
    pthread_mutex_lock(&r->lock);
    r->is_filled[slot - r->slot] = true;
    if (slot->status != MUSTER_OK) /* here, for it may lie behind a gap and never be taken */
        r->status = slot->status;
    if (slot->is_stopped || slot->status != MUSTER_OK)
        stop(r);
    pthread_cond_signal(&r->filled);
    pthread_mutex_unlock(&r->lock);
}

static void *work(void *context)
{
    ring *r = context;
    mst_sweep_worker *worker = NULL;
    const muster_status status = mst_sweep_worker_create(r->sweep, r->tasks, r->memory, &worker);
    if (status == MUSTER_OK)
        for (mst_task_slot *slot = next_slot(r); slot; slot = next_slot(r)) {
            mst_sweep_worker_fill(worker, slot, stops, r);
            hand_in(r, slot);
        }
    mst_sweep_worker_free(worker);
    pthread_mutex_lock(&r->lock);
    r->ended++;
    if (status != MUSTER_OK) {
        r->status = status;
        stop(r);
    }
    pthread_cond_signal(&r->filled);
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* ---- the caller ----------------------------------------------------------------------------------- */

/* The next slot in order once it is filled; null: there is none to come. */
static mst_task_slot *await(ring *r, int32_t started)
{
    pthread_mutex_lock(&r->lock);
    const int64_t at = r->taken % r->slots;
    while (!(r->taken < r->handed && r->is_filled[at]) && r->ended < started)
        pthread_cond_wait(&r->filled, &r->lock);
    mst_task_slot *slot = r->taken < r->handed && r->is_filled[at] ? &r->slot[at] : NULL;
    pthread_mutex_unlock(&r->lock);
    return slot;
}

static bool take_guarded(ring *r, const mst_task_slot *slot)
{
    const muster_rows rows = mst_task_rows(slot);
    if (rows.task.count == 0)
        return true;
    if (r->gate)
        mst_hook_gate_close(r->gate);
    const bool goes_on = r->tasks->take(&rows, r->tasks->context);
    if (r->gate)
        mst_hook_gate_open(r->gate);
    return goes_on;
}

/* In order, until a task is not whole: what lies behind a gap is done anew another time. */
static void collect(ring *r, int32_t started)
{
    bool goes_on = true;
    for (mst_task_slot *slot = await(r, started); goes_on && slot; slot = await(r, started)) {
        goes_on = take_guarded(r, slot) && slot->done == slot->task.count;
        pthread_mutex_lock(&r->lock);
        r->taken++;
        if (goes_on)
            pthread_cond_broadcast(&r->freed);
        else
            stop(r);
        pthread_mutex_unlock(&r->lock);
    }
}

static int32_t run_threads(ring *r, int32_t jobs)
{
    pthread_t thread[JOBS_MAX];
    int32_t started = 0;
    while (started < jobs && pthread_create(&thread[started], NULL, work, r) == 0)
        started++;
    if (started > 0)
        collect(r, started);
    for (int32_t i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
    return started;
}

/* How many threads there were; 0 with MUSTER_OK: none was to be had, and nothing is done. */
static int32_t run_locked(ring *r, int32_t jobs)
{
    int32_t started = 0;
    if (pthread_mutex_init(&r->lock, NULL) != 0)
        return 0;
    if (pthread_cond_init(&r->filled, NULL) == 0) {
        if (pthread_cond_init(&r->freed, NULL) == 0) {
            started = run_threads(r, jobs);
            pthread_cond_destroy(&r->freed);
        }
        pthread_cond_destroy(&r->filled);
    }
    pthread_mutex_destroy(&r->lock);
    return started;
}

static int32_t run_ring(ring *r, const muster_memory *memory, int32_t jobs)
{
    int32_t made = 0, started = 0;
    r->slots = jobs * SLOTS_PER_JOB;
    r->slot = mst_memory_alloc(memory, (size_t)r->slots * sizeof *r->slot);
    r->is_filled = mst_memory_alloc(memory, (size_t)r->slots * sizeof *r->is_filled);
    while (r->slot && r->is_filled && made < r->slots &&
           mst_task_slot_open(&r->slot[made], r->tasks->column_count, memory))
        made++;
    if (r->slot && r->is_filled && made < r->slots)
        mst_task_slot_close(&r->slot[made], memory);
    if (r->slot && r->is_filled && made == r->slots) {
        memset(r->is_filled, 0, (size_t)r->slots * sizeof *r->is_filled);
        started = run_locked(r, jobs);
    } else {
        r->status = MUSTER_WORLD;
    }
    for (int32_t i = 0; i < made; i++)
        mst_task_slot_close(&r->slot[i], memory);
    if (r->slot)
        mst_memory_free(memory, r->slot);
    if (r->is_filled)
        mst_memory_free(memory, r->is_filled);
    return started;
}

/* ---- without threads ------------------------------------------------------------------------------ */

static muster_status run_here(const muster_sweep *sweep, const muster_tasks *tasks,
                              const muster_memory *memory)
{
    mst_sweep_worker *worker = NULL;
    mst_task_slot slot;
    bool goes_on = true;
    muster_status status = mst_task_slot_open(&slot, tasks->column_count, memory)
                               ? mst_sweep_worker_create(sweep, tasks, memory, &worker)
                               : MUSTER_WORLD;
    while (status == MUSTER_OK && goes_on && tasks->next(&slot.task, tasks->context)) {
        mst_sweep_worker_fill(worker, &slot, tasks->stops, tasks->context);
        const muster_rows rows = mst_task_rows(&slot);
        goes_on = (slot.done == 0 || tasks->take(&rows, tasks->context)) && !slot.is_stopped;
        status = slot.status;
    }
    mst_sweep_worker_free(worker);
    mst_task_slot_close(&slot, memory);
    return status;
}

muster_status muster_sweep_run(const muster_sweep *sweep, const muster_tasks *tasks,
                               const muster_memory *memory, muster_diags *diags)
{
    mst_hook_gate gate = {.memory = {0}};
    const int32_t jobs = tasks->jobs > JOBS_MAX ? JOBS_MAX : tasks->jobs;
    ring r = {.sweep = sweep, .tasks = tasks, .status = MUSTER_OK};
    int32_t started = 0;
    const bool has_hook = memory && memory->allocate;
    if (jobs > 1 && mst_hook_gate_init(&gate, memory)) {
        r.gate = has_hook ? &gate : NULL;
        r.memory = has_hook ? &gate.memory : NULL;
        started = run_ring(&r, memory, jobs);
        mst_hook_gate_destroy(&gate);
    }
    const muster_status status =
        r.status == MUSTER_OK && started == 0 ? run_here(sweep, tasks, memory) : r.status;
    return status == MUSTER_OK ? status : mst_diag_memory(diags);
}
