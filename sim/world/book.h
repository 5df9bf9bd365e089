/** @file book.h
 * The inside of a route book, for the files that fill one.
 */
#ifndef MST_WORLD_BOOK_H
#define MST_WORLD_BOOK_H

#include "base/list.h"
#include "world/route.h"

struct mst_route_book {
    const muster_memory *memory;
    mst_arena arena;
    uint64_t key;
    uint64_t places; /* its part that does not depend on land */
    int32_t wish_count;
    mst_list route;       /* of mst_route */
    int32_t *wish_route;  /* (wanted_count) */
    bool *wish_backwards; /* (wanted_count) */
};

/** An empty book; null when memory is short, or arena.failed. */
mst_route_book *mst_route_book_create(const muster_memory *memory, int32_t wanted_count);

/** The part of its key that does not depend on land. */
uint64_t mst_route_places_key(const mst_geography *geography, const mst_route_wanted *wanted,
                              int32_t wanted_count);

#endif
