#include "base/index.h"

#include "base/hash.h"

#include <string.h>

struct mst_index {
    int32_t covered; /* items from the front that are in it */
    uint32_t mask;   /* slots - 1                           */
    int32_t slot[];  /* position + 1, 0: free               */
};

enum {
    WORTHWHILE = 16,       /* below that a look at each item is as quick */
    COVERED_MOST = 1 << 28 /* twice that many slots fit an int32_t       */
};

static const char *name_at(const mst_list *list, mst_naming naming, int32_t i)
{
    const char *const item = (const char *)list->item + (size_t)i * naming.item_bytes;
    return *(const char *const *)(const void *)(item + naming.name_offset);
}

/* The slot that holds the name, or the free one where it would go. */
static uint32_t slot_of(const struct mst_index *index, const mst_list *list, mst_naming naming,
                        const char *name)
{
    uint32_t at = (uint32_t)mst_hash_text(MST_HASH_START, name) & index->mask;
    while (index->slot[at] && strcmp(name_at(list, naming, index->slot[at] - 1), name) != 0)
        at = (at + 1) & index->mask;
    return at;
}

void mst_list_index(mst_arena *arena, mst_list *list, mst_naming naming)
{
    if (list->count < WORTHWHILE || list->count > COVERED_MOST)
        return;
    uint32_t slots = 4;
    while (slots < 2 * (uint32_t)list->count)
        slots *= 2;
    struct mst_index *index = mst_arena_alloc(arena, sizeof *index + slots * sizeof index->slot[0]);
    if (!index)
        return;
    index->covered = list->count;
    index->mask = slots - 1;
    for (int32_t i = 0; i < list->count; i++) {
        const char *name = name_at(list, naming, i);
        if (!name)
            continue;
        int32_t *slot = &index->slot[slot_of(index, list, naming, name)];
        if (*slot == 0 || naming.last_counts)
            *slot = i + 1;
    }
    list->index = index;
}

int32_t mst_list_named(const mst_list *list, mst_naming naming, const char *name)
{
    if (!name)
        return -1;
    const int32_t covered = list->index ? list->index->covered : 0;
    int32_t later = -1;
    for (int32_t i = covered; i < list->count && (later < 0 || naming.last_counts); i++) {
        const char *other = name_at(list, naming, i);
        if (other && strcmp(other, name) == 0)
            later = i;
    }
    if (!list->index || (later >= 0 && naming.last_counts))
        return later;
    const int32_t first = list->index->slot[slot_of(list->index, list, naming, name)] - 1;
    return first >= 0 ? first : later;
}
