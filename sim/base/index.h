/** @file index.h
 * A list's positions by the names of its items, for lists that are long and searched often.
 *
 * An index covers the items that stood in the list when it was made. Items added later are not in
 * it: who looks a name up asks the index for the covered ones and goes through the rest.
 */
#ifndef MST_BASE_INDEX_H
#define MST_BASE_INDEX_H

#include "base/list.h"

/** Where the name stands in an item, and which of two items of one name counts. */
typedef struct mst_naming {
    size_t item_bytes;
    size_t name_offset; /* of a const char *, which may be null: no name */
    bool last_counts;
} mst_naming;

/**
 * Gives the list an index over all its items. The names must stay as they are from here on. Short of
 * memory the list has no index, and the arena remembers.
 */
void mst_list_index(mst_arena *arena, mst_list *list, mst_naming naming);

/** Position of the item of that name, of those that count; -1: there is none. With and without an
 * index the same. */
int32_t mst_list_named(const mst_list *list, mst_naming naming, const char *name);

#endif
