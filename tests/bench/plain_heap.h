/** @file plain_heap.h
 * A plain binary heap as textbooks have it (Cormen and others, "Introduction to Algorithms"), for
 * comparison: entries of 24 bytes (time, rank with sequence, slot), payloads apart, two comparisons a
 * level, a pop and a push for each event that schedules another.
 */
#ifndef TESTS_BENCH_PLAIN_HEAP_H
#define TESTS_BENCH_PLAIN_HEAP_H

#include "engine/event.h"

#include <stdbool.h>

typedef struct plain_entry {
    double time;
    uint64_t order;
    int32_t slot;
} plain_entry;

typedef struct plain_heap {
    plain_entry *entry;
    mst_event *payload;
    int32_t *unused;
    int32_t count, unused_count;
    uint64_t sequence;
} plain_heap;

plain_heap *plain_heap_create(int32_t capacity);
void plain_heap_free(plain_heap *heap);
void plain_heap_add(plain_heap *heap, const mst_event *event);
bool plain_heap_next(plain_heap *heap, mst_event *out);

#endif
