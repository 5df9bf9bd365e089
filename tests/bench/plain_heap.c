#include "plain_heap.h"

#include <stdlib.h>

plain_heap *plain_heap_create(int32_t capacity)
{
    plain_heap *heap = calloc(1, sizeof *heap);
    if (!heap)
        return NULL;
    heap->entry = calloc((size_t)capacity, sizeof *heap->entry);
    heap->payload = calloc((size_t)capacity, sizeof *heap->payload);
    heap->unused = calloc((size_t)capacity, sizeof *heap->unused);
    if (!heap->entry || !heap->payload || !heap->unused) {
        plain_heap_free(heap);
        return NULL;
    }
    for (int32_t i = 0; i < capacity; i++)
        heap->unused[i] = capacity - 1 - i;
    heap->unused_count = capacity;
    return heap;
}

void plain_heap_free(plain_heap *heap)
{
    if (!heap)
        return;
    free(heap->entry);
    free(heap->payload);
    free(heap->unused);
    free(heap);
}

static bool is_before(const plain_entry *a, const plain_entry *b)
{
    if (a->time < b->time)
        return true;
    if (a->time > b->time)
        return false;
    return a->order < b->order;
}

void plain_heap_add(plain_heap *heap, const mst_event *event)
{
    const int32_t slot = heap->unused[--heap->unused_count];
    const plain_entry entry = {(double)event->time, (uint64_t)event->rank << 60 | heap->sequence++,
                               slot};
    int32_t at = heap->count++;
    heap->payload[slot] = *event;
    while (at > 0 && is_before(&entry, &heap->entry[(at - 1) / 2])) {
        heap->entry[at] = heap->entry[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap->entry[at] = entry;
}

bool plain_heap_next(plain_heap *heap, mst_event *out)
{
    if (heap->count == 0)
        return false;
    const int32_t slot = heap->entry[0].slot;
    const plain_entry last = heap->entry[--heap->count];
    int32_t at = 0;
    *out = heap->payload[slot];
    heap->unused[heap->unused_count++] = slot;
    for (;;) {
        int32_t child = 2 * at + 1;
        if (child >= heap->count)
            break;
        if (child + 1 < heap->count && is_before(&heap->entry[child + 1], &heap->entry[child]))
            child++;
        if (!is_before(&heap->entry[child], &last))
            break;
        heap->entry[at] = heap->entry[child];
        at = child;
    }
    heap->entry[at] = last;
    return true;
}
