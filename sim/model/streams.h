/** @file streams.h
 * Random streams by name: a stream is the hash of what draws (an id) and what for (a purpose), so
 * that adding a unit disturbs nobody else's draws. Two names of one hash are told apart while a
 * model is being made: the later one takes the next free number.
 */
#ifndef MST_MODEL_STREAMS_H
#define MST_MODEL_STREAMS_H

#include "base/arena.h"

#include <stdint.h>

typedef struct mst_streams {
    mst_arena *arena;
    uint64_t *used; /* capacity slots: stream + 1, 0 is free */
    uint32_t capacity, count;
} mst_streams;

/** Numbers a stream. When memory is short (the arena remembers) the plain hash. */
uint32_t mst_streams_add(mst_streams *streams, const char *id, const char *purpose);

/** The same of two words each, with a blank between them: "drill state", "admit by host". The second
 * word of a purpose may be null. */
uint32_t mst_streams_add_words(mst_streams *streams, const char *const id[2],
                               const char *const purpose[2]);

#endif
