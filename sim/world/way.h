/** @file way.h
 * One route from end to end: zones, search, relief where the offing cannot be kept, pulling
 * taut; and what there is to say of it.
 */
#ifndef MST_WORLD_WAY_H
#define MST_WORLD_WAY_H

#include "world/search.h"

/** The circle round an end in which the offing does not hold. */
mst_zone mst_way_end_zone(const mst_waters *waters, muster_point point);

/**
 * Finds the points of the route between two places in water.
 *
 * The zones of the route stay in force in waters until the next call, for mst_way_offing_m.
 * @param[out] path  points (muster_point) in waters->arena, one if the places are the same
 */
mst_found mst_way_find(mst_waters *waters, muster_point from, muster_point to, mst_list *path);

/** Gates whose line the route crosses, in order (int32_t indices); crossing there and back
 * again at once is not passing. False when memory is short. */
bool mst_way_gates(const mst_waters *waters, const mst_list *path, mst_list *out_gates);

/** Least distance from land outside end zones and gates; the offing when there is no such part. */
double mst_way_offing_m(const mst_waters *waters, const mst_list *path);

#endif
