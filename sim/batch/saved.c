#include "batch/saved.h"

#include "model/fields.h"
#include "model/walk.h"

#include <string.h>

typedef struct kept {
    void *at;
    size_t bytes;
    union {
        double real;
        int64_t whole;
        int32_t choice;
        const char *text;
        mst_ref ref;
        muster_interval moment;
        mst_list list;
        mst_number number;
    } was;
} kept;

static bool keep(mst_arena *scratch, mst_saved *saved, void *at, size_t bytes)
{
    kept *k = mst_list_add(scratch, &saved->kept, sizeof *k);
    if (!k || bytes > sizeof k->was)
        return false;
    k->at = at;
    k->bytes = bytes;
    memcpy(&k->was, at, bytes);
    return true;
}

static bool keep_spot(mst_arena *scratch, mst_saved *saved, const mst_spot *spot)
{
    if (!keep(scratch, saved, spot->value, mst_field_bytes(spot->row)))
        return false;
    if (!spot->number)
        return true;
    mst_list *numbers = spot->value;
    for (int32_t i = 0; i < numbers->count; i++)
        if (strcmp(MST_AT(mst_number, numbers, i)->name, spot->number) == 0)
            return keep(scratch, saved, MST_AT(mst_number, numbers, i), sizeof(mst_number));
    return true;
}

/* Items that are like others may change along. */
static bool keep_children(muster_scenario *scenario, mst_arena *scratch, const char *path,
                          mst_saved *saved)
{
    const muster_field *table = NULL;
    const char *tail = NULL;
    mst_spot spot;
    if (!mst_path_item(&scenario->spec, path, &table, &tail) || !(table->flags & MUSTER_FIELD_LIKE))
        return true;
    const mst_list *list =
        (const mst_list *)(const void *)((const char *)&scenario->spec + table->offset);
    for (int32_t i = 0; i < list->count; i++) {
        const mst_item *item = mst_item_at(list, table->item_bytes, i);
        const char *same =
            item->like ? mst_arena_printf(scratch, "%s.%s.%s", table->key, item->id, tail) : NULL;
        if (same &&
            mst_spec_locate(&scenario->spec, scratch, same, (mst_place){NULL, 0}, NULL, &spot) &&
            !keep_spot(scratch, saved, &spot))
            return false;
    }
    return true;
}

void mst_saved_keep(const muster_scenario *scenario, mst_saved *saved)
{
    *saved = (mst_saved){.facts = scenario->spec.facts, .changes = scenario->changes};
}

bool mst_saved_apply(muster_scenario *scenario, mst_arena *scratch, const char *line,
                     mst_saved *saved, muster_diags *diags)
{
    mst_change change;
    mst_spot spot;
    const mst_place nowhere = {NULL, 0};
    if (!mst_change_read(&scenario->spec, scratch, scenario->kinds, line, "--set", nowhere, diags,
                         &change))
        return false;
    change.is_of_point = true;
    if (!mst_spec_locate(&scenario->spec, scratch, change.path, nowhere, diags, &spot) ||
        !keep_spot(scratch, saved, &spot) ||
        !keep_children(scenario, scratch, change.path, saved) ||
        !mst_spec_apply(&scenario->spec, scratch, &change, diags))
        return false;
    /* what is set at last wins over dated events */
    mst_change *made = mst_list_add(scratch, &scenario->changes, sizeof *made);
    if (made)
        *made = change;
    return made != NULL;
}

void mst_saved_restore(muster_scenario *scenario, const mst_saved *saved)
{
    for (int32_t i = saved->kept.count - 1; i >= 0; i--) {
        const kept *k = MST_AT(const kept, &saved->kept, i);
        memcpy(k->at, &k->was, k->bytes);
    }
    scenario->spec.facts = saved->facts;
    scenario->changes = saved->changes;
}
