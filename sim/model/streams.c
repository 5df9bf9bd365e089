#include "model/streams.h"

#include "base/hash.h"

#include <string.h>

/* Of both words as one text, without making it. */
static uint64_t hash_words(uint64_t hash, const char *const word[2])
{
    if (!word[1])
        return mst_hash_text(hash, word[0]);
    hash = mst_hash_bytes(hash, word[0], strlen(word[0]));
    return mst_hash_text(mst_hash_bytes(hash, " ", 1), word[1]);
}

/* A slot with the stream, or a free one for it. Half the slots at least are free. */
static uint64_t *slot_for(uint64_t *used, uint32_t capacity, uint32_t stream)
{
    uint32_t at = stream & (capacity - 1);
    while (used[at] != 0 && used[at] != (uint64_t)stream + 1)
        at = (at + 1) & (capacity - 1);
    return &used[at];
}

static bool make_room(mst_streams *s)
{
    if (2 * (s->count + 1) <= s->capacity)
        return true;
    const uint32_t capacity = s->capacity > 0 ? 2 * s->capacity : 64;
    uint64_t *used = mst_arena_array(s->arena, capacity, sizeof *used);
    if (!used)
        return false;
    for (uint32_t i = 0; i < s->capacity; i++)
        if (s->used[i] != 0)
            *slot_for(used, capacity, (uint32_t)(s->used[i] - 1)) = s->used[i];
    s->used = used;
    s->capacity = capacity;
    return true;
}

uint32_t mst_streams_add(mst_streams *streams, const char *id, const char *purpose)
{
    return mst_streams_add_words(streams, (const char *const[2]){id, NULL},
                                 (const char *const[2]){purpose, NULL});
}

uint32_t mst_streams_add_words(mst_streams *streams, const char *const id[2],
                               const char *const purpose[2])
{
    const uint64_t hash = hash_words(hash_words(MST_HASH_START, id), purpose);
    uint32_t stream = (uint32_t)(hash ^ hash >> 32);
    if (!make_room(streams))
        return stream;
    while (*slot_for(streams->used, streams->capacity, stream) != 0)
        stream++;
    *slot_for(streams->used, streams->capacity, stream) = (uint64_t)stream + 1;
    streams->count++;
    return stream;
}
