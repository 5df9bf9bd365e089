/** @file contour_line.h
 * Lines of equal distance as they were followed (contour.c), on their way to rings (contour_rings.c).
 */
#ifndef MST_WORLD_CONTOUR_LINE_H
#define MST_WORLD_CONTOUR_LINE_H

#include "world/contour.h"

/** A point of a line, and where it was before it was moved along its last leg. */
typedef struct mst_line_point {
    muster_point point, before;
} mst_line_point;

/** A line that was followed round; the ring that it becomes keeps more of it with each try. */
typedef struct mst_contour_line {
    const mst_line_point *point;
    int32_t count, tries;
} mst_contour_line;

/** Makes rings of all lines; those that would cross keep more of their points until none does.
 * @param[out] out  of mst_ring, in the arena
 * @return false when memory is short */
bool mst_contour_rings(mst_arena *arena, const mst_list *lines, double radius_m, mst_list *out);

#endif
