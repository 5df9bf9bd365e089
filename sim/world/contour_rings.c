/** @file contour_rings.c
 * Rings of the lines of equal distance: with as few points as the tolerance allows and none that cross.
 */
#include "base/units.h"
#include "world/contour_line.h"
#include "world/plane.h"

/** Tolerance of fewer points: part of the radius, least and most. */
static const double TOLERANCE_SHARE = 1e-3, TOLERANCE_LEAST_M = 300.0, TOLERANCE_MOST_M = 1500.0;

/** Fewer points with a tolerance that falls by this; then all points; then all as they were before. */
enum { TOLERANCE_FALL = 4, TRY_ALL = 3, TRY_BEFORE = 4, MOST_TRIES = 5 };

/** Makes a ring of a line, of no points when it is too small to be seen. */
static bool make_ring(mst_arena *arena, const mst_contour_line *from, double tolerance_m,
                      mst_ring *out)
{
    muster_point *point = mst_arena_array(arena, (size_t)from->count, sizeof *point);
    if (point == NULL)
        return false;
    for (int32_t i = 0; i < from->count; i++)
        point[i] = from->tries >= TRY_BEFORE ? from->point[i].before : from->point[i].point;
    mst_ring ring = {.point = point, .count = from->count, .of = -1};
    ring.area = mst_ring_area(point, ring.count);
    const bool is_outer = ring.area > 0.0;
    double share = 1.0;
    for (int32_t i = 0; i < from->tries; i++)
        share /= TOLERANCE_FALL;
    if (from->tries < TRY_ALL && !mst_ring_simplify(arena, &ring, share * tolerance_m))
        return false;
    const mst_plane plane = mst_plane_at(ring.point[0].lat_deg);
    if (ring.count < 3 || is_outer != (ring.area > 0.0) ||
        fabs(ring.area) * plane.lat_m * plane.lon_m < 4.0 * sq(tolerance_m))
        ring.count = 0;
    *out = ring;
    return true;
}

bool mst_contour_rings(mst_arena *arena, const mst_list *lines, double radius_m, mst_list *out)
{
    const double tolerance_m =
        fmax(TOLERANCE_LEAST_M, fmin(TOLERANCE_MOST_M, TOLERANCE_SHARE * radius_m));
    const int32_t count = lines->count;
    mst_ring *ring = mst_arena_array(arena, (size_t)count + 1, sizeof *ring);
    uint8_t *anew = mst_arena_array(arena, (size_t)count + 1, 1);
    bool any = true;
    if (ring == NULL || anew == NULL)
        return false;
    for (int32_t i = 0; i < count; i++)
        anew[i] = 1;
    for (int32_t tries = 0; tries < MOST_TRIES && any; tries++) {
        for (int32_t i = 0; i < count; i++) {
            mst_contour_line *from = MST_AT(mst_contour_line, lines, i);
            from->tries = anew[i] ? tries : from->tries;
            if (anew[i] && !make_ring(arena, from, tolerance_m, &ring[i]))
                return false;
        }
        if (!mst_rings_tangled(arena, ring, count, anew, &any))
            return false;
    }
    for (int32_t i = 0; i < count; i++) {
        mst_ring *place = ring[i].count > 0 ? mst_list_add(arena, out, sizeof *place) : NULL;
        if (place != NULL)
            *place = ring[i];
        else if (ring[i].count > 0)
            return false;
    }
    return true;
}
