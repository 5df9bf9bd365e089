/** @file plane.h
 * A flat map of a few tens of kilometres: metres per degree of WGS84 at one latitude, and plane
 * geometry on it. Relative error of distances below 0.5 % within 20 km, up to latitude 75.
 */
#ifndef MST_WORLD_PLANE_H
#define MST_WORLD_PLANE_H

#include "base/units.h"
#include "muster/geo.h"

#include <math.h>

#define MST_DEG_RAD (3.14159265358979323846 / 180.0)

/** WGS84: equatorial radius in metres, square of the first eccentricity. */
#define MST_EARTH_A_M 6378137.0
#define MST_EARTH_E2 0.00669437999014131705734

typedef struct mst_plane {
    double lat_m, lon_m; /* metres per degree of latitude and of longitude */
} mst_plane;

typedef struct mst_xy {
    double x, y;
} mst_xy;

/** The map at a latitude, from the two radii of curvature of the ellipsoid. */
static inline mst_plane mst_plane_at(double lat_deg)
{
    const double sine = sin(lat_deg * MST_DEG_RAD);
    const double w2 = 1.0 - MST_EARTH_E2 * sq(sine);
    const double normal_m = MST_EARTH_A_M / sqrt(w2);
    return (mst_plane){
        .lat_m = normal_m * (1.0 - MST_EARTH_E2) / w2 * MST_DEG_RAD,
        .lon_m = normal_m * sqrt(fmax(0.0, 1.0 - sq(sine))) * MST_DEG_RAD,
    };
}

/** Metres east and north of an origin. */
static inline mst_xy mst_plane_xy(mst_plane plane, muster_point origin, muster_point point)
{
    return (mst_xy){(point.lon_deg - origin.lon_deg) * plane.lon_m,
                    (point.lat_deg - origin.lat_deg) * plane.lat_m};
}

/** Metres between two places on the map at their middle latitude. */
static inline double mst_plane_distance_m(muster_point a, muster_point b)
{
    const mst_plane plane = mst_plane_at(0.5 * (a.lat_deg + b.lat_deg));
    const mst_xy d = mst_plane_xy(plane, a, b);
    return sqrt(sq(d.x) + sq(d.y));
}

/** Share of the way from a to b at which the point of the segment nearest to p lies, 0..1. */
static inline double mst_xy_foot(mst_xy p, mst_xy a, mst_xy b)
{
    const double dx = b.x - a.x, dy = b.y - a.y;
    const double length2 = sq(dx) + sq(dy);
    if (length2 <= 0.0)
        return 0.0;
    const double t = ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2;
    return t < 0.0 ? 0.0 : t > 1.0 ? 1.0 : t;
}

/** Square of the distance of p from the segment a, b. */
static inline double mst_xy_distance2(mst_xy p, mst_xy a, mst_xy b)
{
    const double t = mst_xy_foot(p, a, b);
    return sq(p.x - a.x - t * (b.x - a.x)) + sq(p.y - a.y - t * (b.y - a.y));
}

/** Twice the signed area of a, b, c: positive when c lies to the left of a to b. */
static inline double mst_xy_turn(mst_xy a, mst_xy b, mst_xy c)
{
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** True when the segments a, b and c, d have a point in common, ends included. */
static inline bool mst_xy_meet(mst_xy a, mst_xy b, mst_xy c, mst_xy d)
{
    if (fmax(a.x, b.x) < fmin(c.x, d.x) || fmax(c.x, d.x) < fmin(a.x, b.x) ||
        fmax(a.y, b.y) < fmin(c.y, d.y) || fmax(c.y, d.y) < fmin(a.y, b.y))
        return false;
    const double c_side = mst_xy_turn(a, b, c), d_side = mst_xy_turn(a, b, d);
    const double a_side = mst_xy_turn(c, d, a), b_side = mst_xy_turn(c, d, b);
    return !((c_side > 0.0 && d_side > 0.0) || (c_side < 0.0 && d_side < 0.0) ||
             (a_side > 0.0 && b_side > 0.0) || (a_side < 0.0 && b_side < 0.0));
}

/** Degrees taken as plane coordinates. */
static inline mst_xy mst_xy_of(muster_point point)
{
    return (mst_xy){point.lon_deg, point.lat_deg};
}

#endif
