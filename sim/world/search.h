/** @file search.h
 * A sea way on the lattice: A* with many directions, and a flood that tells quickly when there
 * is none. The way is near the shortest one and free; taut.h makes it short.
 */
#ifndef MST_WORLD_SEARCH_H
#define MST_WORLD_SEARCH_H

#include "base/list.h"
#include "world/waters.h"

typedef enum mst_found { MST_FOUND, MST_FOUND_NONE, MST_NO_MEMORY } mst_found;

/**
 * Finds a way from one place to another, both in water, for the zones of the present run.
 *
 * @param[in]  soft  false: the offing is kept outside zones. True: MST_PASSAGE_M will do,
 *                   but going inside the offing counts as many times its length.
 * @param[out] path  points from first to last, in waters->arena; untouched unless found
 */
mst_found mst_search(mst_waters *waters, muster_point from, muster_point to, bool soft,
                     mst_list *path);

#endif
