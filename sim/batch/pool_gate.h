/** @file pool_gate.h
 * A memory hook for several threads: its functions are called by one of them at a time.
 */
#ifndef MST_BATCH_POOL_GATE_H
#define MST_BATCH_POOL_GATE_H

#include "base/arena.h"

#include <pthread.h>

typedef struct mst_hook_gate {
    muster_memory memory; /* what threads are given */
    muster_memory inner;
    pthread_mutex_t lock;
} mst_hook_gate;

/** False: there is no lock to be had. The gate stays where it is until mst_hook_gate_destroy. */
bool mst_hook_gate_init(mst_hook_gate *gate, const muster_memory *inner);
void mst_hook_gate_destroy(mst_hook_gate *gate);

/** While it is closed no other thread calls the hook: the caller may. */
void mst_hook_gate_close(mst_hook_gate *gate);
void mst_hook_gate_open(mst_hook_gate *gate);

#endif
