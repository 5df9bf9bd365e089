/** @file sweep.h
 * The inside of a sweep (muster/sweep.h), and what works off a task: sweep.c opens it and says what can
 * be asked, sweep_worker.c runs tasks in one thread, pool_sweep.c shares them out.
 */
#ifndef MST_BATCH_SWEEP_H
#define MST_BATCH_SWEEP_H

#include "batch/handles.h"
#include "batch/saved.h"
#include "muster/sweep.h"

struct muster_sweep {
    muster_memory memory;
    mst_arena arena; /* texts that were handed out */
    muster_sweep_from from;
    muster_scenario *scenario;
    muster_routes *routes;
    muster_model *model;
};

/** Results of one task, reused. */
typedef struct mst_task_slot {
    muster_task task;
    int32_t done;
    bool has_own_routes, is_stopped;
    muster_status status; /* MUSTER_WORLD: the whole ends */
    double *value;        /* MUSTER_TASK_MAX x columns    */
    bool *is_failed;      /* likewise                     */
    char message[400];
} mst_task_slot;

bool mst_task_slot_open(mst_task_slot *slot, int32_t columns, const muster_memory *memory);
void mst_task_slot_close(mst_task_slot *slot, const muster_memory *memory);

/** What a task came to, for the caller. */
muster_rows mst_task_rows(const mst_task_slot *slot);

/** One thread's scenario, model and run, kept from task to task of a point. */
typedef struct mst_sweep_worker mst_sweep_worker;
muster_status mst_sweep_worker_create(const muster_sweep *sweep, const muster_tasks *tasks,
                                      const muster_memory *memory, mst_sweep_worker **out);
void mst_sweep_worker_free(mst_sweep_worker *w);

/** Runs slot->task; `stops` may be null. */
void mst_sweep_worker_fill(mst_sweep_worker *w, mst_task_slot *slot, bool (*stops)(void *context),
                           void *context);

#endif
