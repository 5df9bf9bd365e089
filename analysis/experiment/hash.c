#include "experiment/hash.h"

#include "muster/text.h"

#include <string.h>

uint64_t mst_plan_hash_number(uint64_t hash, uint64_t number)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
    return muster_hash(hash, bytes, sizeof bytes);
}

uint64_t mst_plan_hash_name(uint64_t hash, const char *name)
{
    return muster_hash(hash, name, strlen(name) + 1);
}

uint64_t mst_plan_hash_kind(uint64_t hash, bool is_plan_run)
{
    return mst_plan_hash_number(hash, is_plan_run);
}

uint64_t mst_plan_hash_factor(uint64_t hash, const muster_factor *factor)
{
    hash = mst_plan_hash_name(mst_plan_hash_name(hash, factor->id), factor->path);
    for (int32_t i = 0; i < factor->with_count; i++)
        hash = mst_plan_hash_name(hash, factor->with[i]);
    return mst_plan_hash_number(hash, (uint64_t)factor->with_count);
}

uint64_t mst_plan_hash_selection(uint64_t hash, const muster_selection *s)
{
    char worth[32], level[32];
    const int64_t numbers[] = {s->kind, s->response, s->more,  s->first,
                               s->step, s->most,     s->budget};
    if (s->kind == MUSTER_SELECT_NONE)
        return hash;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hash = mst_plan_hash_number(hash, (uint64_t)numbers[i]);
    return mst_plan_hash_name(mst_plan_hash_name(hash, muster_text_shortest(s->worth, worth)),
                              muster_text_shortest(s->level, level));
}

uint64_t mst_plan_hash_point(uint64_t hash, const muster_plan_point *point, const char *literal)
{
    hash = mst_plan_hash_name(mst_plan_hash_name(hash, point->label), point->block);
    hash = mst_plan_hash_number(mst_plan_hash_number(hash, point->seed), (uint64_t)point->base_row);
    hash = mst_plan_hash_number(hash, (uint64_t)(int64_t)point->factor);
    return mst_plan_hash_name(hash, literal);
}
