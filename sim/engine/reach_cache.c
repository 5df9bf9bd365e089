#include "base/arena.h"
#include "engine/reach.h"

#include <math.h>
#include <string.h>

enum { ENTRIES_MAX = 1 << 16 }; /* some 15 MB */

struct mst_reach_cache {
    size_t entry_count;
    size_t *first; /* of each drill */
    unsigned char *known;
    mst_reach *entry;
};

static size_t slots_of(const mst_drill_row *drill)
{
    return (size_t)drill->slot_count + 1; /* and "no slot" */
}

mst_reach_cache *mst_reach_cache_create(const mst_model *model, const muster_memory *memory)
{
    size_t count = 0;
    const size_t units = (size_t)model->unit_count, drills = (size_t)model->drill_count;
    for (size_t d = 0; d < drills && count <= ENTRIES_MAX; d++)
        count += units * slots_of(&model->drill[d]);
    if (count > ENTRIES_MAX)
        return NULL;
    const size_t head = (sizeof(mst_reach_cache) + 15U) / 16U * 16U;
    const size_t entries = (count * sizeof(mst_reach) + 15U) / 16U * 16U;
    const size_t firsts = (drills * sizeof(size_t) + 15U) / 16U * 16U;
    unsigned char *block = mst_memory_alloc(memory, head + entries + firsts + count + 1);
    if (!block)
        return NULL;
    mst_reach_cache *cache = (mst_reach_cache *)(void *)block;
    *cache = (mst_reach_cache){.entry_count = count,
                               .entry = (mst_reach *)(void *)(block + head),
                               .first = (size_t *)(void *)(block + head + entries),
                               .known = block + head + entries + firsts};
    memset(cache->known, 0, count + 1);
    count = 0;
    for (size_t d = 0; d < drills; d++) {
        cache->first[d] = count;
        count += units * slots_of(&model->drill[d]);
    }
    return cache;
}

void mst_reach_cache_free(mst_reach_cache *cache, const muster_memory *memory)
{
    if (cache)
        mst_memory_free(memory, cache);
}

const mst_reach *mst_reach_cached(mst_reach_cache *cache, const mst_model *model, int32_t drill,
                                  int32_t unit, int32_t slot)
{
    const size_t at =
        cache->first[drill] + (size_t)unit * slots_of(&model->drill[drill]) + (size_t)(slot + 1);
    if (!cache->known[at]) {
        cache->entry[at] =
            mst_reach_issued(model, drill, unit, slot, -1, model->unit[unit].allotment_kg);
        cache->known[at] = 1;
    }
    return &cache->entry[at];
}
