/** @file heap.c
 * A heap of four children a node: half as deep as one of two, and kinder to caches.
 */
#include "world/heap.h"

#include <string.h>

static bool before(const mst_heap_item *a, const mst_heap_item *b)
{
    if (a->estimate_m < b->estimate_m)
        return true;
    return !(a->estimate_m > b->estimate_m) && a->code < b->code;
}

static bool grow(mst_heap *heap)
{
    const size_t capacity = heap->capacity == 0 ? 4096 : 2 * heap->capacity;
    mst_heap_item *item = mst_memory_alloc(heap->memory, capacity * sizeof *item);
    if (item == NULL)
        return false;
    if (heap->count > 0)
        memcpy(item, heap->item, heap->count * sizeof *item);
    mst_memory_free(heap->memory, heap->item);
    heap->item = item;
    heap->capacity = capacity;
    return true;
}

bool mst_heap_push(mst_heap *heap, mst_heap_item item)
{
    if (heap->count == heap->capacity && !grow(heap))
        return false;
    size_t at = heap->count++;
    for (; at > 0 && before(&item, &heap->item[(at - 1) / 4]); at = (at - 1) / 4)
        heap->item[at] = heap->item[(at - 1) / 4];
    heap->item[at] = item;
    return true;
}

mst_heap_item mst_heap_pop(mst_heap *heap)
{
    const mst_heap_item top = heap->item[0], last = heap->item[--heap->count];
    size_t at = 0;
    for (;;) {
        const size_t first = 4 * at + 1;
        if (first >= heap->count)
            break;
        size_t least = first;
        for (size_t child = first + 1; child < first + 4 && child < heap->count; child++)
            if (before(&heap->item[child], &heap->item[least]))
                least = child;
        if (!before(&heap->item[least], &last))
            break;
        heap->item[at] = heap->item[least];
        at = least;
    }
    heap->item[at] = last;
    return top;
}

void mst_heap_clear(mst_heap *heap)
{
    mst_memory_free(heap->memory, heap->item);
    *heap = (mst_heap){.memory = heap->memory};
}
