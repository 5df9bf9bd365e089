#include "batch/pool_gate.h"

static void *allocate(size_t bytes, void *context)
{
    mst_hook_gate *gate = context;
    pthread_mutex_lock(&gate->lock);
    void *block = gate->inner.allocate(bytes, gate->inner.context);
    pthread_mutex_unlock(&gate->lock);
    return block;
}

static void release(void *block, void *context)
{
    mst_hook_gate *gate = context;
    pthread_mutex_lock(&gate->lock);
    gate->inner.release(block, gate->inner.context);
    pthread_mutex_unlock(&gate->lock);
}

bool mst_hook_gate_init(mst_hook_gate *gate, const muster_memory *inner)
{
    gate->inner = inner ? *inner : (muster_memory){0};
    gate->memory = (muster_memory){allocate, release, gate};
    return pthread_mutex_init(&gate->lock, NULL) == 0;
}

void mst_hook_gate_destroy(mst_hook_gate *gate)
{
    pthread_mutex_destroy(&gate->lock);
}

void mst_hook_gate_close(mst_hook_gate *gate)
{
    pthread_mutex_lock(&gate->lock);
}

void mst_hook_gate_open(mst_hook_gate *gate)
{
    pthread_mutex_unlock(&gate->lock);
}
