/** @file taut.h
 * Pulling a way taut: from the way the search found to the shortest one beside it.
 */
#ifndef MST_WORLD_TAUT_H
#define MST_WORLD_TAUT_H

#include "base/list.h"
#include "world/waters.h"

/**
 * Shortens a way of free legs as far as it goes without leaving free water.
 *
 * @param[in,out] path  points (muster_point); every leg free; ends stay where they are
 * @return false when memory is short
 *
 * Method: points that a free leg can pass by are dropped; then every corner is cut by the
 * widest free chord across it, again and again, which converges on the taut string from
 * outside. Stops when a round gains less than 1 part in 50,000.
 */
bool mst_taut(mst_waters *waters, mst_list *path);

#endif
