#include "base/arena.h"

#include "base/format.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

/* Small arenas cost one small block; large ones are built from few large blocks. */
#define FIRST_CHUNK_BYTES ((size_t)2048)
#define LARGEST_CHUNK_BYTES ((size_t)1 << 18)

struct mst_chunk {
    mst_chunk *next;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
};

static bool is_given(const muster_memory *memory)
{
    return memory && memory->allocate;
}

const muster_memory *mst_memory_keep(muster_memory *own, const muster_memory *given)
{
    *own = is_given(given) ? *given : (muster_memory){0};
    return is_given(given) ? own : NULL;
}

void *mst_memory_alloc(const muster_memory *memory, size_t bytes)
{
    /* malloc(0) may be null, which would look like a failure. */
    const size_t wanted = bytes > 0 ? bytes : 1;
    return is_given(memory) ? memory->allocate(wanted, memory->context) : malloc(wanted);
}

void mst_memory_free(const muster_memory *memory, void *block)
{
    if (is_given(memory)) {
        memory->release(block, memory->context);
    } else {
        free(block);
    }
}

void mst_arena_init(mst_arena *arena, const muster_memory *memory)
{
    *arena = (mst_arena){.memory = memory};
}

void mst_arena_clear(mst_arena *arena)
{
    while (arena->chunk) {
        mst_chunk *const next = arena->chunk->next;
        mst_memory_free(arena->memory, arena->chunk);
        arena->chunk = next;
    }
    mst_arena_init(arena, arena->memory);
}

/** A chunk with room for @p bytes becomes the newest; null when memory is short. */
static mst_chunk *grow(mst_arena *arena, size_t bytes)
{
    size_t size = FIRST_CHUNK_BYTES;
    if (arena->chunk) {
        size = arena->chunk->size < LARGEST_CHUNK_BYTES / 2 ? arena->chunk->size * 2
                                                            : LARGEST_CHUNK_BYTES;
    }
    if (size < bytes) {
        size = bytes;
    }
    if (size > SIZE_MAX - sizeof(mst_chunk)) {
        return NULL;
    }
    mst_chunk *const chunk = mst_memory_alloc(arena->memory, sizeof(mst_chunk) + size);
    if (chunk) {
        *chunk = (mst_chunk){.next = arena->chunk, .size = size};
        arena->chunk = chunk;
    }
    return chunk;
}

void *mst_arena_alloc(mst_arena *arena, size_t bytes)
{
    const size_t step = alignof(max_align_t);
    if (arena->failed || bytes > SIZE_MAX - step) {
        arena->failed = true;
        return NULL;
    }
    const size_t taken = (bytes > 0 ? bytes + step - 1 : step) / step * step;
    mst_chunk *chunk = arena->chunk;
    if (!chunk || chunk->size - chunk->used < taken) {
        chunk = grow(arena, taken);
        if (!chunk) {
            arena->failed = true;
            return NULL;
        }
    }
    void *const block = &chunk->bytes[chunk->used];
    chunk->used += taken;
    arena->used_bytes += taken;
    return memset(block, 0, taken);
}

void *mst_arena_array(mst_arena *arena, size_t count, size_t bytes)
{
    if (bytes > 0 && count > SIZE_MAX / bytes) {
        arena->failed = true;
        return NULL;
    }
    return mst_arena_alloc(arena, count * bytes);
}

char *mst_arena_text(mst_arena *arena, const char *text)
{
    if (!text) {
        return NULL;
    }
    const size_t bytes = strlen(text) + 1;
    char *const copy = mst_arena_alloc(arena, bytes);
    return copy ? memcpy(copy, text, bytes) : NULL;
}

char *mst_arena_printf(mst_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *const text = mst_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

char *mst_arena_vprintf(mst_arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    const size_t length = muster_text_vformat(NULL, 0, format, again);
    va_end(again);
    char *const text = mst_arena_alloc(arena, length + 1);
    if (text) {
        muster_text_vformat(text, length + 1, format, args);
    }
    return text;
}
