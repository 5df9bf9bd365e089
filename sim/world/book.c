/** @file book.c
 * The route book as it stands in memory: its key, and who serves which wish.
 */
#include "world/book.h"

#include "base/hash.h"

#include <string.h>

static uint64_t hash_point(uint64_t hash, muster_point point)
{
    return mst_hash_real(mst_hash_real(hash, point.lat_deg), muster_lon_inside(point.lon_deg));
}

static uint64_t hash_places(uint64_t hash, const mst_geography *geography,
                            const mst_route_wanted *wanted, int32_t wanted_count)
{
    hash = mst_hash_int(hash, geography->gate_count);
    for (int32_t i = 0; i < geography->gate_count; i++) {
        const mst_gate *gate = &geography->gate[i];
        hash = mst_hash_text(mst_hash_text(hash, gate->id), gate->name);
        hash = hash_point(hash_point(hash, gate->a), gate->b);
        hash = mst_hash_int(hash, gate->open ? 1 : 0);
    }
    hash = mst_hash_int(hash, geography->avoid_count);
    for (int32_t i = 0; i < geography->avoid_count; i++) {
        const mst_avoid *avoid = &geography->avoid[i];
        hash = mst_hash_int(mst_hash_text(hash, avoid->id), avoid->point_count);
        for (int32_t k = 0; k < avoid->point_count; k++)
            hash = hash_point(hash, avoid->point[k]);
        hash = mst_hash_real(hash, avoid->point_count == 1 ? avoid->radius_m : 0.0);
    }
    hash = mst_hash_real(mst_hash_real(hash, geography->offing_m), geography->end_zone_m);
    hash = mst_hash_int(hash, wanted_count);
    for (int32_t i = 0; i < wanted_count; i++) {
        hash = hash_point(hash_point(hash, wanted[i].from), wanted[i].to);
        hash = mst_hash_text(mst_hash_text(hash, wanted[i].from_name), wanted[i].to_name);
    }
    return hash;
}

uint64_t mst_route_book_key(const mst_land *land, const mst_geography *geography,
                            const mst_route_wanted *wanted, int32_t wanted_count)
{
    const uint64_t start = mst_hash_int(MST_HASH_START, (int64_t)mst_land_hash(land));
    return hash_places(start, geography, wanted, wanted_count);
}

uint64_t mst_route_places_key(const mst_geography *geography, const mst_route_wanted *wanted,
                              int32_t wanted_count)
{
    return hash_places(MST_HASH_START, geography, wanted, wanted_count);
}

mst_route_book *mst_route_book_create(const muster_memory *memory, int32_t wanted_count)
{
    mst_route_book *book = mst_memory_alloc(memory, sizeof *book);
    if (book == NULL)
        return NULL;
    memset(book, 0, sizeof *book);
    book->memory = memory;
    book->wish_count = wanted_count;
    mst_arena_init(&book->arena, memory);
    const size_t count = (size_t)wanted_count + 1;
    book->wish_route = mst_arena_array(&book->arena, count, sizeof *book->wish_route);
    book->wish_backwards = mst_arena_array(&book->arena, count, sizeof *book->wish_backwards);
    return book;
}

void mst_route_book_free(mst_route_book *book)
{
    if (book == NULL)
        return;
    mst_arena_clear(&book->arena);
    mst_memory_free(book->memory, book);
}

uint64_t mst_route_book_hash(const mst_route_book *book)
{
    return book->key;
}

int32_t mst_route_book_count(const mst_route_book *book)
{
    return book->route.count;
}

const mst_route *mst_route_book_at(const mst_route_book *book, int32_t index)
{
    return MST_AT(mst_route, &book->route, index);
}

int32_t mst_route_book_of_wish(const mst_route_book *book, int32_t wish, bool *out_backwards)
{
    *out_backwards = book->wish_backwards[wish];
    return book->wish_route[wish];
}
