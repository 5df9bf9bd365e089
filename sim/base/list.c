#include "base/list.h"

#include <string.h>

#define FIRST_CAPACITY 8

void *mst_list_add(mst_arena *arena, mst_list *list, size_t item_bytes)
{
    if (list->count == list->capacity) {
        if (list->capacity > INT32_MAX / 2) {
            arena->failed = true;
            return NULL;
        }
        const int32_t capacity = list->capacity > 0 ? list->capacity * 2 : FIRST_CAPACITY;
        void *const item = mst_arena_array(arena, (size_t)capacity, item_bytes);
        if (!item) {
            return NULL;
        }
        if (list->count > 0) {
            memcpy(item, list->item, (size_t)list->count * item_bytes);
        }
        list->item = item;
        list->capacity = capacity;
    }
    /* Zeroed by the arena, and never handed out before. */
    unsigned char *const first = list->item;
    return first + (size_t)list->count++ * item_bytes;
}
