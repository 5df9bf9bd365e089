/** @file contour.h
 * The area within a distance of a place, as polygons for a map: over water (spread.h) or as the crow
 * flies.
 */
#ifndef MST_WORLD_CONTOUR_H
#define MST_WORLD_CONTOUR_H

#include "base/list.h"
#include "world/route.h"

/** A ring, closed by itself: the first point is not told again. Longitudes -180..180, never across. */
typedef struct mst_ring {
    muster_point *point;
    int32_t count;
    double area; /* in square degrees; positive: counter-clockwise, an outer ring */
    int32_t of;  /* of a hole: index of the outer ring round it; -1: an outer ring */
} mst_ring;

typedef struct mst_contour {
    mst_list ring;   /* of mst_ring */
    bool is_clipped; /* the box of the land ends before the area does */
} mst_contour;

/** A spread to this radius and beyond goes in steps twice as long (spread.c): lines of shorter radii follow
 * shores more closely on a spread of their own. */
#define MST_WIDE_SPREAD_M 1.2e6

struct mst_spread; /* spread.h */

/** mst_spread_make in a block of its own; null when memory is short. Longitudes in any turn. */
struct mst_spread *mst_spread_open(const mst_land *land, const mst_geography *geography,
                                   muster_point from, double most_m, const muster_memory *memory);
void mst_spread_close(struct mst_spread *spread, const muster_memory *memory); /* may be null */

/**
 * Water within radius_m (at most the spread's most_m) by sea. Land and what is not reached stay out,
 * islands as holes. Rings follow nodes of the coarse sheet (0.02 degree of latitude, 0.04 of a wide
 * spread), and lines
 * between them the distance; then no point is left out that lies farther than a thousandth of the
 * radius, 300 m at least and 1,500 m at most, from the line without it. Where rings would cross for that,
 * they keep more of their points.
 *
 * @param[out] out  rings in the arena, outer ones before their holes; none: nothing is reached
 * @return false when memory is short
 */
bool mst_contour_sea(struct mst_spread *s, double radius_m, mst_arena *arena, mst_contour *out);

/** All within radius_m along geodesics, by bearings one degree apart. False when memory is short. */
bool mst_contour_air(muster_point from, double radius_m, mst_arena *arena, mst_contour *out);

/* ---- rings by themselves (ring.c) -------------------------------------------------------- */

/** Twice-signed area of a ring of points in degrees: positive when counter-clockwise. */
double mst_ring_area(const muster_point *point, int32_t count);

/** Leaves out points that lie nearer than tolerance_m to the line without them. Points on the
 * meridian of 180 degrees stay where the ring meets it. False when memory is short. */
bool mst_ring_simplify(mst_arena *arena, mst_ring *ring, double tolerance_m);

/** Tells of each ring whether it crosses another or itself (count). False when memory is short. */
bool mst_rings_tangled(mst_arena *arena, const mst_ring *ring, int32_t count, uint8_t *tangled,
                       bool *out_any);

/** Finds the outer ring of each hole and puts them in order; holes in no ring are dropped. */
bool mst_rings_sort(mst_arena *arena, mst_list *ring);

#endif
