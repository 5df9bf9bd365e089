/** @file spots.h
 * The named points of a scenario, each once.
 */
#ifndef MST_MODEL_SPOTS_H
#define MST_MODEL_SPOTS_H

#include "model/model.h"

/** A growing set of spots in an arena. */
typedef struct mst_spot_set {
    mst_arena *arena;
    mst_list spot; /* mst_spot_row */
} mst_spot_set;

/** Finds a spot of that base (-1: open water) at exactly that point; -1 when there is none. */
int32_t mst_spots_find(const mst_spot_row *spot, int32_t count, int32_t base, muster_point point);

/** Finds or adds. -1 when a coordinate is not given or memory is short. name is borrowed. */
int32_t mst_spots_add(mst_spot_set *set, const char *name, int32_t base, muster_point point);

#endif
