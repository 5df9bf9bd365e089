/** @file calendar.h
 * The event calendar: an implicit heap of keys of 128 bits, cancellation by handle, nothing allocated
 * after mst_calendar_init. Equal times come out by rank, then in order of scheduling.
 *
 * What is taken leaves a hole at the top, which the next event added fills: a handler that schedules
 * one event costs one way down the heap. What is cancelled leaves its key, passed over later.
 *
 * Relocatable: it holds no pointers into itself, so that copying its block copies it.
 */
#ifndef MST_ENGINE_CALENDAR_H
#define MST_ENGINE_CALENDAR_H

#include "engine/event.h"

typedef struct mst_calendar {
    int32_t capacity, count; /* events pending at the most, and now        */
    uint64_t next_sequence;
    size_t heap_offset, slot_offset, free_offset; /* from this struct's own address */
    int32_t free_count;
    int32_t slots_used;  /* slots that ever held an event since reset     */
    int32_t overflowed;  /* 1: an event was refused for want of room      */
    int32_t heap_count;  /* keys in the heap, those of cancelled events included */
    int32_t has_hole;    /* 1: the event at its top was taken; the next one added goes there */
    int32_t hole_slot;   /* its slot                                                        */
    int32_t stale_count; /* keys of cancelled events                                        */
    int32_t spare;
} mst_calendar;

size_t mst_calendar_bytes(int32_t capacity);
void mst_calendar_init(mst_calendar *calendar, int32_t capacity); /* storage follows the struct */

/** Empty again, to the very bytes of init; costs what was used. */
void mst_calendar_reset(mst_calendar *calendar);

/** Copies what is used of one into another of the same capacity that is empty (init or reset). */
void mst_calendar_copy(mst_calendar *to, const mst_calendar *from);

/** Adds an event; 0 (and overflowed) when full. event->sequence and generation are set here. */
mst_handle mst_calendar_add(mst_calendar *calendar, const mst_event *event);

/** Removes a pending event; false when the handle is stale. *handle becomes 0. */
bool mst_calendar_cancel(mst_calendar *calendar, mst_handle *handle);

/** Takes the next event, unless that is later than `last`; false also when none is left. */
bool mst_calendar_next(mst_calendar *calendar, muster_time last, mst_event *out);

/** Time of the next event, MUSTER_NEVER when none. */
muster_time mst_calendar_peek(mst_calendar *calendar);

/** Receiver of the next event, -3 when none. */
int32_t mst_calendar_peek_instance(mst_calendar *calendar);

/** Walks the heap and the handles; false when its order is broken (tests, debug builds). */
bool mst_calendar_is_sound(const mst_calendar *calendar);

#endif
