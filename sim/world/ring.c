/** @file ring.c
 * Rings of a map: fewer points, holes in their place, and the circle of an aircraft.
 *
 * Source of the method of leaving out points: D. H. Douglas, T. K. Peucker, "Algorithms for the
 * reduction of the number of points required to represent a digitized line or its caricature",
 * Cartographica 10, 1973.
 */
#include "world/contour.h"

#include "world/plane.h"

#include <string.h>

enum { BEARINGS = 360 };
/** A circle of this radius holds the whole Earth: half the way round by the poles, less a little. */
static const double WHOLE_EARTH_M = 19990000.0;

double mst_ring_area(const muster_point *point, int32_t count)
{
    double sum = 0.0;
    for (int32_t i = 0; i < count; i++) {
        const muster_point a = point[i], b = point[(i + 1) % count];
        sum += (a.lon_deg - point[0].lon_deg) * (b.lat_deg - point[0].lat_deg) -
               (b.lon_deg - point[0].lon_deg) * (a.lat_deg - point[0].lat_deg);
    }
    return 0.5 * sum;
}

/* ---- fewer points ----------------------------------------------------------------------- */

/** Square of the distance of a point from a chord, on the map of the point. */
static double chord_distance2(muster_point point, muster_point a, muster_point b)
{
    const mst_plane plane = mst_plane_at(point.lat_deg);
    const mst_xy p = {0.0, 0.0};
    return mst_xy_distance2(p, mst_plane_xy(plane, point, a), mst_plane_xy(plane, point, b));
}

/** Marks what must stay between two points that stay; the ring may be gone round past its end. */
static bool keep_between(mst_arena *arena, const mst_ring *ring, uint8_t *keep, int32_t first,
                         int32_t last, double tolerance2)
{
    typedef struct stretch {
        int32_t first, last;
    } stretch;
    mst_list open = {0};
    stretch *begin = mst_list_add(arena, &open, sizeof *begin);
    if (begin == NULL)
        return false;
    *begin = (stretch){first, last};
    while (open.count > 0) {
        const stretch now = *MST_AT(stretch, &open, --open.count);
        const muster_point a = ring->point[now.first % ring->count];
        const muster_point b = ring->point[now.last % ring->count];
        double most2 = tolerance2;
        int32_t far = -1;
        for (int32_t i = now.first + 1; i < now.last; i++) {
            const double distance2 = chord_distance2(ring->point[i % ring->count], a, b);
            if (distance2 > most2) {
                most2 = distance2;
                far = i;
            }
        }
        if (far < 0)
            continue;
        keep[far % ring->count] = 1;
        stretch *one = mst_list_add(arena, &open, sizeof *one);
        if (one == NULL)
            return false;
        *one = (stretch){now.first, far};
        stretch *two = mst_list_add(arena, &open, sizeof *two);
        if (two == NULL)
            return false;
        *two = (stretch){far, now.last};
    }
    return true;
}

static bool is_on_seam(muster_point point)
{
    return fabs(point.lon_deg) >= 180.0;
}

/** Marks what stays whatever the tolerance: ends of stretches along the seam, and two points far
 * from one another. */
static int32_t keep_fixed(const mst_ring *ring, uint8_t *keep)
{
    int32_t far = 0;
    double most = -1.0;
    for (int32_t i = 0; i < ring->count; i++) {
        const muster_point before = ring->point[(i + ring->count - 1) % ring->count];
        const muster_point here = ring->point[i], after = ring->point[(i + 1) % ring->count];
        if (is_on_seam(here) && !(is_on_seam(before) && is_on_seam(after)))
            keep[i] = 1;
        const double apart =
            sq(here.lat_deg - ring->point[0].lat_deg) + sq(here.lon_deg - ring->point[0].lon_deg);
        if (apart > most) {
            most = apart;
            far = i;
        }
    }
    keep[0] = keep[far] = 1;
    return far;
}

bool mst_ring_simplify(mst_arena *arena, mst_ring *ring, double tolerance_m)
{
    if (ring->count < 4)
        return true;
    uint8_t *keep = mst_arena_array(arena, (size_t)ring->count, 1);
    uint8_t *fixed = mst_arena_array(arena, (size_t)ring->count, 1);
    if (keep == NULL || fixed == NULL)
        return false;
    (void)keep_fixed(ring, keep);
    memcpy(fixed, keep, (size_t)ring->count);
    int32_t last = 0;
    for (int32_t i = 1; i <= ring->count; i++) {
        if (i < ring->count && !fixed[i])
            continue;
        if (!keep_between(arena, ring, keep, last, i, sq(tolerance_m)))
            return false;
        last = i;
    }
    int32_t kept = 0;
    for (int32_t i = 0; i < ring->count; i++)
        if (keep[i])
            ring->point[kept++] = ring->point[i];
    ring->count = kept;
    ring->area = mst_ring_area(ring->point, ring->count);
    return true;
}

/* ---- holes ------------------------------------------------------------------------------ */

static bool holds(const mst_ring *ring, muster_point point)
{
    bool inside = false;
    for (int32_t i = 0; i < ring->count; i++) {
        const muster_point a = ring->point[i], b = ring->point[(i + 1) % ring->count];
        if ((a.lat_deg > point.lat_deg) != (b.lat_deg > point.lat_deg) &&
            point.lon_deg < a.lon_deg + (point.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg) *
                                            (b.lon_deg - a.lon_deg))
            inside = !inside;
    }
    return inside;
}

/** The smallest outer ring round a hole; -1: none. */
static int32_t outer_of(const mst_list *ring, const mst_ring *hole)
{
    int32_t best = -1;
    for (int32_t i = 0; i < ring->count; i++) {
        const mst_ring *outer = MST_AT(mst_ring, ring, i);
        if (outer->area > 0.0 && outer->area > -hole->area && holds(outer, hole->point[0]) &&
            (best < 0 || outer->area < MST_AT(mst_ring, ring, best)->area))
            best = i;
    }
    return best;
}

bool mst_rings_sort(mst_arena *arena, mst_list *ring)
{
    mst_list out = {0};
    int32_t *home = mst_arena_array(arena, (size_t)ring->count + 1, sizeof *home);
    if (home == NULL)
        return false;
    for (int32_t i = 0; i < ring->count; i++) {
        const mst_ring *here = MST_AT(mst_ring, ring, i);
        home[i] = here->area > 0.0 ? -1 : outer_of(ring, here);
    }
    for (int32_t i = 0; i < ring->count; i++) {
        if (MST_AT(mst_ring, ring, i)->area <= 0.0)
            continue;
        const int32_t outer = out.count;
        for (int32_t k = -1; k < ring->count; k++) {
            if (k >= 0 && (home[k] != i || MST_AT(mst_ring, ring, k)->area > 0.0))
                continue;
            mst_ring *place = mst_list_add(arena, &out, sizeof *place);
            if (place == NULL)
                return false;
            *place = *MST_AT(mst_ring, ring, k < 0 ? i : k);
            place->of = k < 0 ? -1 : outer;
        }
    }
    *ring = out;
    return true;
}

/* ---- aircraft --------------------------------------------------------------------------- */

static bool add_ring(mst_arena *arena, mst_list *rings, const muster_point *point, int32_t count)
{
    mst_ring *ring = mst_list_add(arena, rings, sizeof *ring);
    if (ring == NULL)
        return false;
    *ring = (mst_ring){.point = mst_arena_array(arena, (size_t)count + 1, sizeof *ring->point),
                       .count = count,
                       .of = -1};
    if (ring->point == NULL)
        return false;
    memcpy(ring->point, point, (size_t)count * sizeof *point);
    ring->area = mst_ring_area(point, count);
    return true;
}

/** The part of a polygon on one side of a meridian, moved by whole turns (Sutherland, Hodgman). */
static int32_t clip(const muster_point *in, int32_t count, double lon_deg, bool east,
                    double move_deg, muster_point *out)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < count; i++) {
        const muster_point a = in[i], b = in[(i + 1) % count];
        const double one = east ? a.lon_deg - lon_deg : lon_deg - a.lon_deg;
        const double two = east ? b.lon_deg - lon_deg : lon_deg - b.lon_deg;
        if (one >= 0.0)
            out[kept++] = (muster_point){a.lat_deg, a.lon_deg + move_deg};
        if ((one > 0.0 && two < 0.0) || (one < 0.0 && two > 0.0))
            out[kept++] =
                (muster_point){a.lat_deg + (lon_deg - a.lon_deg) / (b.lon_deg - a.lon_deg) *
                                               (b.lat_deg - a.lat_deg),
                               lon_deg + move_deg};
    }
    return kept;
}

/** A polygon that may lie over the meridian of 180 degrees, cut there. */
static bool add_cut(mst_arena *arena, mst_list *rings, const muster_point *point, int32_t count)
{
    double west = point[0].lon_deg, east = west;
    for (int32_t i = 1; i < count; i++) {
        west = fmin(west, point[i].lon_deg);
        east = fmax(east, point[i].lon_deg);
    }
    muster_point part[2 * BEARINGS + 16], other[2 * BEARINGS + 16];
    for (double turn = floor((west + 180.0) / 360.0); turn * 360.0 - 180.0 < east; turn += 1.0) {
        const double low = 360.0 * turn - 180.0;
        int32_t kept = clip(point, count, low, true, 0.0, part);
        kept = clip(part, kept, low + 360.0, false, -360.0 * turn, other);
        if (kept >= 3 && !add_ring(arena, rings, other, kept))
            return false;
    }
    return true;
}

/** A circle round a pole: from the meridian of 180 degrees round to it, and along the pole. The points
 * go round in order of longitude, eastward when that is the north pole. */
static bool add_cap(mst_arena *arena, mst_list *rings, const muster_point *point, int32_t count,
                    double pole_deg)
{
    muster_point ring[BEARINGS + 4];
    int32_t first = 0, kept = 0;
    for (int32_t i = 0; i < count; i++) {
        const double lon = muster_lon_outside(point[i].lon_deg);
        const double least = muster_lon_outside(point[first].lon_deg);
        if (pole_deg > 0.0 ? lon < least : lon > least)
            first = i;
    }
    const double begin = pole_deg > 0.0 ? -180.0 : 180.0;
    const muster_point one = point[first], two = point[(first + count - 1) % count];
    const double to_one = fabs(muster_lon_outside(one.lon_deg) - begin);
    const double to_two = fabs(muster_lon_outside(two.lon_deg) + begin);
    const double share = to_one + to_two > 0.0 ? to_one / (to_one + to_two) : 0.0;
    const double lat = one.lat_deg + share * (two.lat_deg - one.lat_deg);
    ring[kept++] = (muster_point){lat, begin};
    for (int32_t i = 0; i < count; i++) {
        const muster_point p = point[(first + i) % count];
        ring[kept++] = (muster_point){p.lat_deg, muster_lon_outside(p.lon_deg)};
    }
    ring[kept++] = (muster_point){lat, -begin};
    ring[kept++] = (muster_point){pole_deg, -begin};
    ring[kept++] = (muster_point){pole_deg, begin};
    return add_ring(arena, rings, ring, kept);
}

bool mst_contour_air(muster_point from, double radius_m, mst_arena *arena, mst_contour *out)
{
    *out = (mst_contour){0};
    const double lon = muster_lon_outside(from.lon_deg);
    muster_point point[BEARINGS];
    int32_t count = 0;
    if (!(radius_m > 0.0))
        return true;
    if (radius_m >= WHOLE_EARTH_M) {
        const muster_point whole[4] = {
            {-90.0, -180.0}, {-90.0, 180.0}, {90.0, 180.0}, {90.0, -180.0}};
        return add_ring(arena, &out->ring, whole, 4);
    }
    // Counter-clockwise on the map: bearings fall.
    double before = lon;
    for (int32_t i = 0; i < BEARINGS; i++) {
        muster_point p = muster_geo_destination(from, 360.0 - i * 360.0 / BEARINGS, radius_m);
        while (p.lon_deg - before > 180.0)
            p.lon_deg -= 360.0;
        while (p.lon_deg - before < -180.0)
            p.lon_deg += 360.0;
        before = p.lon_deg;
        point[count++] = p;
    }
    double turn = point[0].lon_deg - before;
    turn -= 360.0 * floor((turn + 180.0) / 360.0);
    const double round_deg = before + turn - point[0].lon_deg; /* +-360: round a pole */
    if (fabs(round_deg) > 180.0)
        return add_cap(arena, &out->ring, point, count, round_deg > 0.0 ? 90.0 : -90.0);
    return add_cut(arena, &out->ring, point, count);
}
