#include "engine/calendar.h"

#include <string.h>

/* A key is 16 bytes: time in the first word (sign turned so that unsigned order is order of time),
 * rank, sequence and slot in the second; the whole is compared as one number of 128 bits. The slot
 * never decides: sequences differ. */
typedef struct key {
    uint64_t order; /* the lower word, so that memory is that of a little-endian number */
    uint64_t time;
} key;

typedef struct slot {
    mst_event event; /* sequence UNUSED: free */
} slot;

enum { SLOT_BITS = 20, SEQUENCE_BITS = 40 };
#define SLOT_MASK ((UINT64_C(1) << SLOT_BITS) - 1)
#define SEQUENCE_MASK ((UINT64_C(1) << SEQUENCE_BITS) - 1)
#define SIGN (UINT64_C(1) << 63)
#define UNUSED UINT64_MAX
static const key none = {UINT64_MAX, UINT64_MAX};

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
#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;
static inline unsigned before(key a, key b)
{
    return ((wide)a.time << 64 | a.order) < ((wide)b.time << 64 | b.order);
}
#else
static inline unsigned before(key a, key b)
{
    return (unsigned)(a.time < b.time) |
           ((unsigned)(a.time == b.time) & (unsigned)(a.order < b.order));
}
#endif

static inline int32_t slot_of(key k)
{
    return (int32_t)(k.order & SLOT_MASK);
}

/* A cancelled event leaves its key in the heap; its slot holds another sequence then, or none. */
static inline bool is_stale(const slot *slots, key k)
{
    return (slots[slot_of(k)].event.sequence & SEQUENCE_MASK) !=
               (k.order >> SLOT_BITS & SEQUENCE_MASK) ||
           slots[slot_of(k)].event.sequence == UNUSED;
}

/* Room for as many stale keys as there are events, and the sentinels that let a last parent compare
 * both its children. */
static int32_t heap_room(int32_t capacity)
{
    return 2 * capacity;
}

static size_t heap_bytes(int32_t capacity)
{
    return rounded(((size_t)heap_room(capacity) + 2) * sizeof(key));
}

size_t mst_calendar_bytes(int32_t capacity)
{
    return rounded(sizeof(mst_calendar)) + heap_bytes(capacity) +
           rounded((size_t)capacity * sizeof(slot)) + rounded((size_t)capacity * sizeof(int32_t));
}

static void clear_slot(slot *s)
{
    *s = (slot){.event = {.generation = 1, .sequence = UNUSED}}; /* so that no handle is ever 0 */
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
    for (int32_t i = 0; i < heap_room(capacity) + 2; i++)
        heap[i] = none;
    for (int32_t i = 0; i < capacity; i++) {
        clear_slot(&slots_of(calendar)[i]);
        free_of(calendar)[i] = capacity - 1 - i; /* low slots are taken first    */
    }
}

void mst_calendar_reset(mst_calendar *calendar)
{
    key *heap = heap_of(calendar);
    const int32_t used = calendar->slots_used, capacity = calendar->capacity;
    for (int32_t i = 0; i < calendar->heap_count; i++) /* all beyond are none already */
        heap[i] = none;
    for (int32_t i = 0; i < used; i++) { /* low slots are taken first: no other was touched */
        clear_slot(&slots_of(calendar)[i]);
        free_of(calendar)[capacity - 1 - i] = i;
    }
    calendar->count = calendar->heap_count = calendar->stale_count = 0;
    calendar->has_hole = calendar->hole_slot = 0;
    calendar->slots_used = calendar->overflowed = 0;
    calendar->next_sequence = 0;
    calendar->free_count = capacity;
}

void mst_calendar_copy(mst_calendar *to, const mst_calendar *from)
{
    const int32_t used = from->slots_used, capacity = from->capacity;
    *to = *from;
    memcpy(heap_of(to), const_heap(from), (size_t)from->heap_count * sizeof(key));
    memcpy(slots_of(to), const_slots(from), (size_t)used * sizeof(slot));
    memcpy(free_of(to) + capacity - used,
           (const int32_t *)(const void *)((const unsigned char *)from + from->free_offset) +
               capacity - used,
           (size_t)used * sizeof(int32_t));
}

/* ---- the heap ------------------------------------------------------------------------------------ */

static void sift_up(key *heap, int32_t position, key k)
{
    while (position > 0) {
        const int32_t parent = (position - 1) / 2;
        if (!before(k, heap[parent]))
            break;
        heap[position] = heap[parent];
        position = parent;
    }
    heap[position] = k;
}

/* From the hole at `position` down; the entry behind the last is none. */
static inline void sift_down(key *heap, int32_t count, int32_t position, key k)
{
    const size_t end = (size_t)count;
    size_t at = (size_t)position;
    for (size_t child = 2 * at + 1; child < end; child = 2 * at + 1) {
        child += before(heap[child + 1], heap[child]);
        if (!before(heap[child], k))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = k;
}

static void drop_top(mst_calendar *calendar)
{
    key *heap = heap_of(calendar);
    const int32_t last = --calendar->heap_count;
    const key moved = heap[last];
    heap[last] = none;
    if (last > 0)
        sift_down(heap, last, 0, moved);
}

static void drop_stale(mst_calendar *calendar)
{
    while (calendar->stale_count > 0 && calendar->heap_count > 0 &&
           is_stale(const_slots(calendar), heap_of(calendar)[0])) {
        drop_top(calendar);
        calendar->stale_count--;
    }
}

/* The top is a live event, or there is none: after this. */
static inline void settle(mst_calendar *calendar)
{
    if (calendar->has_hole) {
        calendar->has_hole = 0;
        free_of(calendar)[calendar->free_count++] = calendar->hole_slot;
        drop_top(calendar);
    }
    if (calendar->stale_count > 0)
        drop_stale(calendar);
}

/* Leaves stale keys out, when the heap has no room for more. */
static void compact(mst_calendar *calendar)
{
    key *heap = heap_of(calendar);
    int32_t kept = 0;
    settle(calendar);
    for (int32_t i = 0; i < calendar->heap_count; i++)
        if (!is_stale(const_slots(calendar), heap[i]))
            heap[kept++] = heap[i];
    for (int32_t i = kept; i < calendar->heap_count; i++)
        heap[i] = none;
    calendar->heap_count = kept;
    calendar->stale_count = 0;
    for (int32_t i = kept / 2 - 1; i >= 0; i--)
        sift_down(heap, kept, i, heap[i]);
}

/* ---- events --------------------------------------------------------------------------------------- */

/* Its event is over: no handle of it is good any more. */
static void close_slot(mst_calendar *calendar, int32_t index)
{
    slot *s = &slots_of(calendar)[index];
    s->event.sequence = UNUSED;
    s->event.generation++;
    s->event.generation += s->event.generation == 0;
    calendar->count--;
}

static int32_t open_slot(mst_calendar *calendar)
{
    const int32_t index = free_of(calendar)[--calendar->free_count];
    if (index >= calendar->slots_used)
        calendar->slots_used = index + 1;
    return index;
}

static key fill_slot(mst_calendar *calendar, int32_t index, const mst_event *event)
{
    slot *s = &slots_of(calendar)[index];
    /* Field by field, as callers write it: a wide load of what was just written in parts would wait
     * until all of it had reached the cache. */
    s->event.time = event->time;
    s->event.rank = event->rank;
    s->event.sequence = calendar->next_sequence++;
    s->event.instance = event->instance;
    s->event.code = event->code;
    s->event.a = event->a;
    s->event.b = event->b;
    s->event.real = event->real;
    calendar->count++;
    return (key){(uint64_t)event->rank << (SEQUENCE_BITS + SLOT_BITS) |
                     (s->event.sequence & SEQUENCE_MASK) << SLOT_BITS | (uint64_t)index,
                 (uint64_t)event->time ^ SIGN};
}

static mst_handle handle_of(const mst_calendar *calendar, int32_t index)
{
    return (uint64_t)const_slots(calendar)[index].event.generation << 32 | (uint64_t)index;
}

mst_handle mst_calendar_add(mst_calendar *calendar, const mst_event *event)
{
    if (calendar->has_hole) { /* where the last event was taken from, and in its slot */
        const int32_t index = calendar->hole_slot;
        const key k = fill_slot(calendar, index, event);
        calendar->has_hole = 0;
        sift_down(heap_of(calendar), calendar->heap_count, 0, k);
        if (calendar->stale_count > 0)
            drop_stale(calendar); /* what rose to the top may be that */
        return handle_of(calendar, index);
    }
    if (calendar->free_count == 0) {
        calendar->overflowed = 1;
        return 0;
    }
    if (calendar->heap_count == heap_room(calendar->capacity))
        compact(calendar);
    const int32_t index = open_slot(calendar);
    const key k = fill_slot(calendar, index, event);
    sift_up(heap_of(calendar), calendar->heap_count++, k);
    return handle_of(calendar, index);
}

bool mst_calendar_cancel(mst_calendar *calendar, mst_handle *handle)
{
    const uint64_t index = *handle & UINT32_MAX;
    const uint32_t generation = (uint32_t)(*handle >> 32);
    *handle = 0;
    if (generation == 0 || index >= (uint64_t)calendar->capacity)
        return false;
    const slot *s = &slots_of(calendar)[index];
    if (s->event.sequence == UNUSED || s->event.generation != generation)
        return false;
    close_slot(calendar, (int32_t)index);
    free_of(calendar)[calendar->free_count++] = (int32_t)index;
    calendar->stale_count++;
    if (!calendar->has_hole)
        drop_stale(calendar);
    return true;
}

bool mst_calendar_next(mst_calendar *calendar, muster_time last, mst_event *out)
{
    settle(calendar);
    const key top = heap_of(calendar)[0];
    if (calendar->heap_count == 0 || top.time > ((uint64_t)last ^ SIGN))
        return false;
    const int32_t index = slot_of(top);
    *out = slots_of(calendar)[index].event;
    close_slot(calendar, index);
    calendar->has_hole = 1;
    calendar->hole_slot = index;
    return true;
}

muster_time mst_calendar_peek(mst_calendar *calendar)
{
    settle(calendar);
    return calendar->heap_count == 0 ? MUSTER_NEVER
                                     : (muster_time)(heap_of(calendar)[0].time ^ SIGN);
}

int32_t mst_calendar_peek_instance(mst_calendar *calendar)
{
    settle(calendar);
    return calendar->heap_count == 0
               ? -3
               : slots_of(calendar)[slot_of(heap_of(calendar)[0])].event.instance;
}

bool mst_calendar_is_sound(const mst_calendar *calendar)
{
    const key *heap = const_heap(calendar);
    const slot *slots = const_slots(calendar);
    int32_t pending = 0, found = 0;
    if (calendar->count + calendar->free_count + calendar->has_hole != calendar->capacity)
        return false;
    for (int32_t i = calendar->has_hole; i < calendar->heap_count; i++) {
        const slot *s = &slots[slot_of(heap[i])];
        if (!is_stale(slots, heap[i])) {
            found++;
            if (((uint64_t)s->event.time ^ SIGN) != heap[i].time)
                return false;
        }
        const int32_t parent = (i - 1) / 2;
        if (i > 0 && !(parent == 0 && calendar->has_hole) && before(heap[i], heap[parent]))
            return false;
    }
    if (!calendar->has_hole && calendar->heap_count > 0 && is_stale(slots, heap[0]))
        return false;
    for (int32_t i = 0; i < calendar->capacity; i++)
        pending += slots[i].event.sequence != UNUSED;
    return pending == calendar->count && found == pending &&
           heap[calendar->heap_count].time == UINT64_MAX;
}
