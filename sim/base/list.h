/** @file list.h
 * A growable array inside an arena: items of one size, old storage left to the arena.
 */
#ifndef MST_BASE_LIST_H
#define MST_BASE_LIST_H

#include "base/arena.h"
#include "muster/field.h"

typedef muster_list mst_list;

/** Adds a zeroed item at the end and returns it; null when memory is short. */
void *mst_list_add(mst_arena *arena, mst_list *list, size_t item_bytes);

/** Typed view of item i. */
#define MST_AT(type, list, i) (&((type *)(list)->item)[i])

#endif
