/** @file matching.h
 * How many places of a drill's slots a set of suppliers can fill at most: a largest bipartite
 * matching by augmenting paths (Kuhn 1955; Hopcroft and Karp 1973 for the idea), small and
 * without allocation. A supplier is a ship, or the aircraft of a squadron, that fits some slots.
 */
#ifndef MST_ENGINE_MATCHING_H
#define MST_ENGINE_MATCHING_H

#include "muster/base.h"

#define MST_PLACES_MAX 256 /* places of all slots of one side of a drill */

typedef struct mst_supplier {
    uint64_t slots;   /* bit set of slots it may fill */
    int32_t capacity; /* places it can fill           */
} mst_supplier;

typedef struct mst_matching {
    int32_t place_count;
    int32_t place_slot[MST_PLACES_MAX]; /* slot of each place                  */
    int32_t filler[MST_PLACES_MAX];     /* supplier that fills it, -1: empty   */
} mst_matching;

/** Empty places for slot_count slots of the given sizes; sizes beyond the maximum are cut. */
void mst_matching_init(mst_matching *matching, const int32_t *slot_places, int32_t slot_count);

/** Finds a place for one more unit of supplier `index`; earlier suppliers keep a place (perhaps
 * another one), so that suppliers offered first are served first. */
bool mst_matching_place(mst_matching *matching, const mst_supplier *suppliers, int32_t index);

/** Offers all suppliers in order; returns the places filled. */
int32_t mst_matching_fill(mst_matching *matching, const mst_supplier *suppliers, int32_t count);

#endif
