/** @file heap.h
 * The nodes a search has reached and not yet left, least estimate first; at equal estimates the
 * lower number, so that the order is total and results never depend on luck.
 */
#ifndef MST_WORLD_HEAP_H
#define MST_WORLD_HEAP_H

#include "base/arena.h"

typedef struct mst_heap_item {
    float estimate_m, cost_m;
    uint32_t code;
} mst_heap_item;

/** Zero but for memory to begin with. */
typedef struct mst_heap {
    const muster_memory *memory;
    mst_heap_item *item;
    size_t count, capacity;
} mst_heap;

/** False when memory is short. */
bool mst_heap_push(mst_heap *heap, mst_heap_item item);
/** Takes the first; the heap is not empty. */
mst_heap_item mst_heap_pop(mst_heap *heap);
void mst_heap_clear(mst_heap *heap);

#endif
