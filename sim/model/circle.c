/* Smallest enclosing circle, corner by corner (E. Welzl, "Smallest enclosing disks", 1991, without
 * the shuffling): a corner outside the disc so far lies on the rim of the next one. */
#include "model/circle.h"

#include "world/plane.h"

#include <math.h>

typedef struct disc {
    mst_xy centre;
    double radius2;
} disc;

static double distance2(mst_xy a, mst_xy b)
{
    return sq(a.x - b.x) + sq(a.y - b.y);
}

static disc through_two(mst_xy a, mst_xy b)
{
    const mst_xy middle = {0.5 * (a.x + b.x), 0.5 * (a.y + b.y)};
    return (disc){middle, distance2(middle, a)};
}

/* Circumcircle; infinite for three on a line. */
static disc through_three(mst_xy a, mst_xy b, mst_xy c)
{
    const double bx = b.x - a.x, by = b.y - a.y, cx = c.x - a.x, cy = c.y - a.y;
    const double twice = 2.0 * (bx * cy - by * cx);
    if (twice == 0.0)
        return (disc){a, (double)INFINITY};
    const double b2 = sq(bx) + sq(by), c2 = sq(cx) + sq(cy);
    const mst_xy centre = {a.x + (cy * b2 - by * c2) / twice, a.y + (bx * c2 - cx * b2) / twice};
    return (disc){centre, distance2(centre, a)};
}

/* Corners on an azimuthal equidistant map: distance and bearing from the origin are true. */
typedef struct corners {
    mst_xy *xy;
    int32_t count;
} corners;

static mst_xy corner(const corners *c, int32_t i)
{
    return c->xy[i];
}

static void map_from(muster_point origin, const muster_point *point, corners *c)
{
    for (int32_t i = 0; i < c->count; i++) {
        const double far_m = muster_geo_distance_m(origin, point[i]);
        const double bearing = muster_geo_azimuth_deg(origin, point[i]) * MST_DEG_RAD;
        c->xy[i] = (mst_xy){far_m * sin(bearing), far_m * cos(bearing)};
    }
}

static bool outside(const corners *c, int32_t i, disc of)
{
    return distance2(corner(c, i), of.centre) > of.radius2 * (1.0 + 1e-9) + 1e-6;
}

/* Least disc of corners 0..end-1 that has corners i and j on its rim. */
static disc with_two(const corners *c, int32_t end, int32_t i, int32_t j)
{
    disc best = through_two(corner(c, i), corner(c, j));
    for (int32_t k = 0; k < end; k++)
        if (outside(c, k, best))
            best = through_three(corner(c, i), corner(c, j), corner(c, k));
    return best;
}

/* Least disc of corners 0..end-1 that has corner i on its rim. */
static disc with_one(const corners *c, int32_t end, int32_t i)
{
    disc best = {corner(c, i), 0.0};
    for (int32_t j = 0; j < end; j++)
        if (outside(c, j, best))
            best = with_two(c, j, i, j);
    return best;
}

static disc smallest(const corners *c)
{
    disc best = {corner(c, 0), 0.0};
    for (int32_t i = 1; i < c->count; i++)
        if (outside(c, i, best))
            best = with_one(c, i, i);
    return best;
}

/* The map is true about its origin only, so the origin is moved to the centre until it stays. */
static bool polygon_circle(const muster_point *point, int32_t count, muster_point *out_centre,
                           double *out_radius_m)
{
    enum { CORNERS_MAX = 256, ROUNDS = 12 };
    mst_xy xy[CORNERS_MAX];
    corners c = {xy, count};
    if (count < 3 || count > CORNERS_MAX)
        return false;
    muster_point centre = point[0];
    for (int32_t round = 0; round < ROUNDS; round++) {
        map_from(centre, point, &c);
        const mst_xy to = smallest(&c).centre;
        centre = muster_geo_destination(centre, atan2(to.x, to.y) / MST_DEG_RAD,
                                        sqrt(sq(to.x) + sq(to.y)));
    }
    double radius_m = 0.0;
    for (int32_t i = 0; i < count; i++)
        radius_m = fmax(radius_m, muster_geo_distance_m(centre, point[i]));
    *out_centre = (muster_point){centre.lat_deg, muster_lon_inside(centre.lon_deg)};
    *out_radius_m = radius_m;
    return isfinite(radius_m) && radius_m > 0.0;
}

bool mst_area_circle(const mst_area_def *area, muster_point *out_centre, double *out_radius_m)
{
    enum { CIRCLE, POLYGON };
    if (area->kind == POLYGON)
        return polygon_circle(area->points.item, area->points.count, out_centre, out_radius_m);
    *out_centre = (muster_point){area->lat_deg, muster_lon_inside(area->lon_deg)};
    *out_radius_m = area->radius_m;
    return !isnan(area->lat_deg) && !isnan(area->lon_deg) && area->radius_m > 0.0;
}
