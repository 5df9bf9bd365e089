#include "model/walk.h"

#include "base/text.h"

#include <string.h>

const char *mst_walk_path(mst_arena *arena, const mst_walk *walk, const char *key)
{
    if (!walk || !walk->key)
        return key ? mst_arena_text(arena, key) : "";
    const char *up = mst_walk_path(arena, walk->up, NULL);
    const char *dot = up && up[0] ? "." : "";
    const char *here;
    if (walk->id)
        here = mst_arena_printf(arena, "%s%s%s.%s", up ? up : "", dot, walk->key, walk->id);
    else if (walk->index >= 0)
        here =
            mst_arena_printf(arena, "%s%s%s[%d]", up ? up : "", dot, walk->key, (int)walk->index);
    else
        here = mst_arena_printf(arena, "%s%s%s", up ? up : "", dot, walk->key);
    return here && key ? mst_arena_printf(arena, "%s.%s", here, key) : here;
}

const char *mst_walk_owner(mst_arena *arena, const mst_walk *walk)
{
    if (!walk || !walk->key)
        return "";
    if (walk->id)
        return mst_arena_printf(arena, "%s '%s'", mst_noun(arena, walk->key), walk->id);
    const char *up = mst_walk_owner(arena, walk->up);
    const char *comma = up && up[0] ? ", " : "";
    if (walk->index >= 0)
        return mst_arena_printf(arena, "%s%s%s[%d]", up ? up : "", comma, walk->key,
                                (int)walk->index);
    return mst_arena_printf(arena, "%s%s%s", up ? up : "", comma, walk->key);
}

const char *mst_noun(mst_arena *arena, const char *table_key)
{
    static const char *const odd[][2] = {{"classes", "class"},
                                         {"air", "air request"},
                                         {"whatif", "lever"},
                                         {"names", "name entry"},
                                         {NULL, NULL}};
    for (int i = 0; odd[i][0]; i++)
        if (strcmp(odd[i][0], table_key) == 0)
            return odd[i][1];
    const size_t length = strlen(table_key);
    if (length < 2 || table_key[length - 1] != 's')
        return table_key;
    const char *out = mst_arena_printf(arena, "%.*s", (int)(length - 1), table_key);
    return out ? out : table_key;
}

const char *mst_hint(mst_arena *arena, const char *word, const char *wanted,
                     const char *const *names, int32_t count)
{
    enum { FEW = 12 };
    const int32_t near = mst_text_nearest(wanted, names, count);
    if (near >= 0)
        return mst_arena_printf(arena, "did you mean '%s'?", names[near]);
    if (count < 1 || count > FEW)
        return NULL;
    const char *hint = NULL;
    for (int32_t i = 0; i < count; i++) {
        if (!names[i])
            continue;
        hint = hint ? mst_arena_printf(arena, "%s, %s", hint, names[i])
                    : mst_arena_printf(arena, "%s: %s", word, names[i]);
        if (!hint)
            return NULL;
    }
    return hint;
}

mst_item *mst_item_at(const mst_list *list, size_t item_bytes, int32_t index)
{
    return (mst_item *)(void *)((char *)list->item + (size_t)index * item_bytes);
}

/* The id with the two halves of the wanted one in the other order: a tie PRK-RUS is meant where
 * RUS-PRK is written. An id may hold more than one '-'. */
static const char *turned_id(const char *const *ids, int32_t count, const char *wanted)
{
    const size_t length = strlen(wanted);
    for (const char *dash = strchr(wanted, '-'); dash; dash = strchr(dash + 1, '-')) {
        const size_t head = (size_t)(dash - wanted), tail = length - head - 1;
        for (int32_t i = 0; i < count; i++)
            if (ids[i] && strlen(ids[i]) == length && strncmp(ids[i], dash + 1, tail) == 0 &&
                ids[i][tail] == '-' && strncmp(ids[i] + tail + 1, wanted, head) == 0)
                return ids[i];
    }
    return NULL;
}

const char *mst_hint_ids(mst_arena *arena, const mst_list *table, size_t item_bytes,
                         const char *wanted)
{
    const char **ids = mst_arena_array(arena, (size_t)table->count + 1, sizeof *ids);
    if (!ids)
        return NULL;
    for (int32_t i = 0; i < table->count; i++)
        ids[i] = mst_item_at(table, item_bytes, i)->id;
    const char *turned = turned_id(ids, table->count, wanted);
    if (turned)
        return mst_arena_printf(arena, "did you mean '%s'?", turned);
    return mst_hint(arena, "there are", wanted, ids, table->count);
}

const muster_field *mst_fields_row(const muster_field *rows, const char *key)
{
    for (const muster_field *row = rows; row->key; row++)
        if (strcmp(row->key, key) == 0)
            return row;
    return NULL;
}
