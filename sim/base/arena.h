/** @file arena.h
 * Bump allocation in chunks: many small lifetimes that end together.
 *
 * An arena that once failed stays failed (arena->failed), so a long build may check once
 * at its end, provided that it tests each pointer it is about to follow.
 */
#ifndef MST_BASE_ARENA_H
#define MST_BASE_ARENA_H

#include "muster/base.h"

typedef struct mst_chunk mst_chunk;

typedef struct mst_arena {
    const muster_memory *memory; /* borrowed; null: malloc and free */
    mst_chunk *chunk;            /* newest first                    */
    size_t used_bytes;           /* handed out so far               */
    bool failed;                 /* an allocation was refused       */
} mst_arena;

void mst_arena_init(mst_arena *arena, const muster_memory *memory);
void mst_arena_clear(mst_arena *arena);

/** Zeroed bytes aligned for any type; null (and arena->failed) when memory is short. */
void *mst_arena_alloc(mst_arena *arena, size_t bytes);

/** The same for count items of bytes each, with the product checked. */
void *mst_arena_array(mst_arena *arena, size_t count, size_t bytes);

/** A copy of @p text in the arena, null when memory is short or text is null. */
char *mst_arena_text(mst_arena *arena, const char *text);

/** printf into the arena; null when memory is short. */
char *mst_arena_printf(mst_arena *arena, const char *format, ...) MUSTER_PRINTF(2, 3);

/** Copies a hook into who will go on using it. @return own, or null for malloc and free, which a null
 * hook and one without functions mean */
const muster_memory *mst_memory_keep(muster_memory *own, const muster_memory *given);

/** Plain blocks through the hook. */
void *mst_memory_alloc(const muster_memory *memory, size_t bytes); /* not zeroed */
void mst_memory_free(const muster_memory *memory, void *block);

#endif
