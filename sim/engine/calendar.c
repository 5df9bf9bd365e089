#include "engine/calendar.h"

#include <string.h>

/* A key is 16 bytes: time in the first word (sign turned so that unsigned order is order of
 * time), rank, sequence and slot in the second. The slot never decides: sequences differ. */
typedef struct key {
    uint64_t time;
    uint64_t order;
} key;

typedef struct slot {
    mst_event event;
    int32_t position; /* in the heap; -1: free */
} slot;

enum { SLOT_BITS = 20, SEQUENCE_BITS = 40 };
#define SLOT_MASK ((UINT64_C(1) << SLOT_BITS) - 1)
#define SEQUENCE_MASK ((UINT64_C(1) << SEQUENCE_BITS) - 1)
#define SIGN (UINT64_C(1) << 63)

static size_t rounded(size_t bytes)
{
    return (bytes + 15U) / 16U * 16U;
}

static key *heap_of(mst_calendar *calendar)
{
    return (key *)(void *)((unsigned char *)calendar + calendar->heap_offset);
}

static slot *slots_of(mst_calendar *calendar)
{
    return (slot *)(void *)((unsigned char *)calendar + calendar->slot_offset);
}

static int32_t *free_of(mst_calendar *calendar)
{
    return (int32_t *)(void *)((unsigned char *)calendar + calendar->free_offset);
}

static const key *const_heap(const mst_calendar *calendar)
{
    return (const key *)(const void *)((const unsigned char *)calendar + calendar->heap_offset);
}

static const slot *const_slots(const mst_calendar *calendar)
{
    return (const slot *)(const void *)((const unsigned char *)calendar + calendar->slot_offset);
}

/* 1 if a comes before b; no branch. */
static unsigned before(key a, key b)
{
    return (unsigned)(a.time < b.time) |
           ((unsigned)(a.time == b.time) & (unsigned)(a.order < b.order));
}

static int32_t slot_of(key k)
{
    return (int32_t)(k.order & SLOT_MASK);
}

/* Two keys more than events: the sentinels that let a last parent compare both its children. */
static size_t heap_bytes(int32_t capacity)
{
    return rounded(((size_t)capacity + 2) * sizeof(key));
}

size_t mst_calendar_bytes(int32_t capacity)
{
    return rounded(sizeof(mst_calendar)) + heap_bytes(capacity) +
           rounded((size_t)capacity * sizeof(slot)) + rounded((size_t)capacity * sizeof(int32_t));
}

void mst_calendar_init(mst_calendar *calendar, int32_t capacity)
{
    memset(calendar, 0, mst_calendar_bytes(capacity));
    calendar->capacity = capacity;
    calendar->heap_offset = rounded(sizeof(mst_calendar));
    calendar->slot_offset = calendar->heap_offset + heap_bytes(capacity);
    calendar->free_offset = calendar->slot_offset + rounded((size_t)capacity * sizeof(slot));
    calendar->free_count = capacity;
    key *heap = heap_of(calendar);
    slot *slots = slots_of(calendar);
    int32_t *unused = free_of(calendar);
    for (int32_t i = 0; i < capacity + 2; i++)
        heap[i] = (key){UINT64_MAX, UINT64_MAX};
    for (int32_t i = 0; i < capacity; i++) {
        slots[i].position = -1;
        slots[i].event.generation = 1; /* so that no handle is ever 0 */
        unused[i] = capacity - 1 - i;  /* low slots are taken first    */
    }
}

void mst_calendar_reset(mst_calendar *calendar)
{
    key *heap = heap_of(calendar);
    slot *slots = slots_of(calendar);
    int32_t *unused = free_of(calendar);
    const int32_t used = calendar->slots_used, capacity = calendar->capacity;
    memset(slots, 0, (size_t)used * sizeof *slots);
    for (int32_t i = 0; i < used; i++) { /* low slots are taken first: no other was touched */
        heap[i] = (key){UINT64_MAX, UINT64_MAX};
        slots[i].position = -1;
        slots[i].event.generation = 1;
        unused[capacity - 1 - i] = i;
    }
    calendar->count = calendar->slots_used = calendar->overflowed = 0;
    calendar->next_sequence = 0;
    calendar->free_count = capacity;
}

static void put(key *heap, slot *slots, int32_t position, key k)
{
    heap[position] = k;
    slots[slot_of(k)].position = position;
}

static void sift_up(key *heap, slot *slots, int32_t position, key k)
{
    while (position > 0) {
        const int32_t parent = (position - 1) / 2;
        if (!before(k, heap[parent]))
            break;
        put(heap, slots, position, heap[parent]);
        position = parent;
    }
    put(heap, slots, position, k);
}

static void sift_down(key *heap, slot *slots, int32_t count, int32_t position, key k)
{
    for (;;) {
        int32_t child = 2 * position + 1;
        if (child >= count)
            break;
        child += (int32_t)before(heap[child + 1], heap[child]);
        if (!before(heap[child], k))
            break;
        put(heap, slots, position, heap[child]);
        position = child;
    }
    put(heap, slots, position, k);
}

/* Takes the key at a position out, closes the hole with the last key, frees its slot. */
static void remove_at(mst_calendar *calendar, int32_t position)
{
    key *heap = heap_of(calendar);
    slot *slots = slots_of(calendar);
    const int32_t index = slot_of(heap[position]);
    const int32_t last = --calendar->count;
    const key moved = heap[last];
    heap[last] = (key){UINT64_MAX, UINT64_MAX};
    if (position < last) {
        if (position > 0 && before(moved, heap[(position - 1) / 2]))
            sift_up(heap, slots, position, moved);
        else
            sift_down(heap, slots, last, position, moved);
    }
    slots[index].position = -1;
    slots[index].event.generation++;
    if (slots[index].event.generation == 0)
        slots[index].event.generation = 1;
    free_of(calendar)[calendar->free_count++] = index;
}

mst_handle mst_calendar_add(mst_calendar *calendar, const mst_event *event)
{
    if (calendar->free_count == 0) {
        calendar->overflowed = 1;
        return 0;
    }
    const int32_t index = free_of(calendar)[--calendar->free_count];
    if (index >= calendar->slots_used)
        calendar->slots_used = index + 1;
    slot *s = &slots_of(calendar)[index];
    const uint32_t generation = s->event.generation;
    s->event = *event;
    s->event.generation = generation;
    s->event.sequence = calendar->next_sequence++;
    const key k = {(uint64_t)event->time ^ SIGN,
                   (uint64_t)event->rank << (SEQUENCE_BITS + SLOT_BITS) |
                       (s->event.sequence & SEQUENCE_MASK) << SLOT_BITS | (uint64_t)index};
    sift_up(heap_of(calendar), slots_of(calendar), calendar->count++, k);
    return (uint64_t)generation << 32 | (uint64_t)index;
}

bool mst_calendar_cancel(mst_calendar *calendar, mst_handle *handle)
{
    const uint64_t index = *handle & UINT32_MAX;
    const uint32_t generation = (uint32_t)(*handle >> 32);
    *handle = 0;
    if (generation == 0 || index >= (uint64_t)calendar->capacity)
        return false;
    const slot *s = &slots_of(calendar)[index];
    if (s->position < 0 || s->event.generation != generation)
        return false;
    remove_at(calendar, s->position);
    return true;
}

bool mst_calendar_next(mst_calendar *calendar, mst_event *out)
{
    if (calendar->count == 0)
        return false;
    *out = slots_of(calendar)[slot_of(heap_of(calendar)[0])].event;
    remove_at(calendar, 0);
    return true;
}

muster_time mst_calendar_peek(const mst_calendar *calendar)
{
    if (calendar->count == 0)
        return MUSTER_NEVER;
    return const_slots(calendar)[slot_of(const_heap(calendar)[0])].event.time;
}

int32_t mst_calendar_peek_instance(const mst_calendar *calendar)
{
    return calendar->count == 0
               ? -3
               : const_slots(calendar)[slot_of(const_heap(calendar)[0])].event.instance;
}

bool mst_calendar_is_sound(const mst_calendar *calendar)
{
    const key *heap = const_heap(calendar);
    const slot *slots = const_slots(calendar);
    int32_t pending = 0;
    if (calendar->count + calendar->free_count != calendar->capacity)
        return false;
    for (int32_t i = 0; i < calendar->count; i++) {
        const slot *s = &slots[slot_of(heap[i])];
        if (s->position != i || ((uint64_t)s->event.time ^ SIGN) != heap[i].time)
            return false;
        if (i > 0 && before(heap[i], heap[(i - 1) / 2]))
            return false;
    }
    for (int32_t i = 0; i < calendar->capacity; i++)
        pending += slots[i].position >= 0;
    return pending == calendar->count && heap[calendar->count].time == UINT64_MAX;
}
