#include "num/track.h"

#include "base/units.h"

#include <math.h>

/* Mean radius (2a + b)/3 of the WGS84 ellipsoid (Moritz, "Geodetic Reference System 1980"). */
#define MEAN_RADIUS_M 6371008.7714
#define RAD_PER_DEG 0.017453292519943295

typedef struct vector {
    double x, y, z;
} vector;

static vector vector_of(muster_point point)
{
    const double lat_rad = point.lat_deg * RAD_PER_DEG, lon_rad = point.lon_deg * RAD_PER_DEG;
    return (vector){cos(lat_rad) * cos(lon_rad), cos(lat_rad) * sin(lon_rad), sin(lat_rad)};
}

static muster_point point_of(vector v)
{
    return (muster_point){.lat_deg = atan2(v.z, hypot(v.x, v.y)) / RAD_PER_DEG,
                          .lon_deg = muster_lon_inside(atan2(v.y, v.x) / RAD_PER_DEG)};
}

static vector point_vector(const mst_line *line, int32_t index)
{
    const double *const at = &line->unit[3 * (size_t)index];
    return (vector){at[0], at[1], at[2]};
}

static double dot(vector a, vector b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static vector cross(vector a, vector b)
{
    return (vector){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

/** wa a + wb b */
static vector sum(double wa, vector a, double wb, vector b)
{
    return (vector){wa * a.x + wb * b.x, wa * a.y + wb * b.y, wa * a.z + wb * b.z};
}

static double norm(vector v)
{
    return sqrt(dot(v, v));
}

/** Angle between unit vectors, exact near 0 and near pi (Kahan, "How futile are mindless
 * assessments of roundoff", 2006, section 12). */
static double angle_rad(vector a, vector b)
{
    return 2.0 * atan2(norm(sum(1.0, a, -1.0, b)), norm(sum(1.0, a, 1.0, b)));
}

double mst_sphere_distance_m(muster_point a, muster_point b)
{
    return MEAN_RADIUS_M * angle_rad(vector_of(a), vector_of(b));
}

void mst_line_prepare(mst_line *line, const muster_point *point, int32_t point_count, double *at_m,
                      double *unit, double *arc_rad)
{
    for (int32_t i = 0; i < point_count; i++) {
        const vector here = vector_of(point[i]);
        double *const out = &unit[3 * (size_t)i];
        out[0] = here.x;
        out[1] = here.y;
        out[2] = here.z;
        at_m[i] = i > 0 ? at_m[i - 1] + muster_geo_distance_m(point[i - 1], point[i]) : 0.0;
        arc_rad[i] = i + 1 < point_count ? angle_rad(here, vector_of(point[i + 1])) : 0.0;
    }
    *line = (mst_line){.point = point,
                       .at_m = at_m,
                       .unit = unit,
                       .arc_rad = arc_rad,
                       .point_count = point_count,
                       .length_m = at_m[point_count - 1]};
}

/** The last point that is not beyond @p distance_m; the first if none is. */
static int32_t last_point_before(const mst_line *line, double distance_m)
{
    int32_t low = 0, high = line->point_count;
    while (high - low > 1) {
        const int32_t middle = low + (high - low) / 2;
        if (line->at_m[middle] <= distance_m) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/** Unit vector at a right angle to @p a towards @p b; any one where the ends leave it open. */
static vector tangent(vector a, vector b)
{
    const vector normal = cross(a, b);
    const double length = norm(normal);
    if (length < 1e-15) {
        const vector pole = fabs(a.z) < 0.9 ? (vector){0, 0, 1} : (vector){1, 0, 0};
        return tangent(a, pole);
    }
    return cross(sum(1.0 / length, normal, 0.0, normal), a);
}

muster_point mst_line_position(const mst_line *line, double distance_m)
{
    const int32_t i =
        distance_m < line->length_m ? last_point_before(line, distance_m) : line->point_count - 1;
    const muster_point start = {line->point[i].lat_deg, muster_lon_inside(line->point[i].lon_deg)};
    if (!(distance_m > line->at_m[i]) || i + 1 == line->point_count) {
        return start; /* a point of the line, as it was given */
    }
    /* Spherical linear interpolation, on the leg a cos x + t sin x. */
    const double share = (distance_m - line->at_m[i]) / (line->at_m[i + 1] - line->at_m[i]);
    const double x_rad = share * line->arc_rad[i];
    const vector a = point_vector(line, i);
    return point_of(sum(cos(x_rad), a, sin(x_rad), tangent(a, point_vector(line, i + 1))));
}

/** A circle on the unit sphere: those places whose chord from the centre is shorter. */
typedef struct circle {
    vector centre;
    double radius_rad;
} circle;

static bool is_inside(const circle *on, vector place)
{
    return norm(sum(1.0, place, -1.0, on->centre)) < 2.0 * sin(0.5 * on->radius_rad);
}

typedef struct crossing {
    double x_rad; /* angle from the start of the leg */
    bool enters;
} crossing;

static double clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

/**
 * Where the great circle through a leg crosses the circle, in order along the leg; 0..2.
 *
 * The place at angle x is a cos x + t sin x; its cosine to the centre is A cos x + B sin x with
 * A = a.c, B = t.c. It equals cos(radius) at middle -+ half, where middle = atan2(B, A) is the
 * closest approach. With s = (a x t).c, the sine of the distance aside, A^2 + B^2 = 1 - s^2 and
 * tan(half) = sqrt(sin^2(radius) - s^2) / cos(radius), which loses no digits for small circles.
 *
 * How many crossings there are follows from which ends are inside, so that legs with a common
 * point agree about it: the crossings along a line enter and leave by turns, whatever rounding
 * does to the angles.
 */
static int32_t leg_crossings(const mst_line *line, int32_t leg, const circle *on, crossing out[2])
{
    const double arc_rad = line->arc_rad[leg];
    const vector a = point_vector(line, leg), b = point_vector(line, leg + 1);
    const vector t = tangent(a, b);
    const bool starts_inside = is_inside(on, a), ends_inside = is_inside(on, b);
    const double middle = atan2(dot(t, on->centre), dot(a, on->centre));
    const double aside = dot(cross(a, t), on->centre);
    const double beyond = sq(sin(on->radius_rad)) - sq(aside);
    const double half = atan2(sqrt(fmax(beyond, 0.0)), cos(on->radius_rad));
    const double turn = 2.0 * acos(-1.0);
    if (starts_inside != ends_inside) {
        /* One. Of the angles that differ by whole turns, the one on the leg. */
        double x = starts_inside ? middle + half : middle - half;
        x += x < -0.5 * (turn - arc_rad) ? turn : x > 0.5 * (turn + arc_rad) ? -turn : 0.0;
        out[0] = (crossing){x, !starts_inside};
        return 1;
    }
    if (!(beyond > 0.0)) {
        return 0; /* passes by, or is inside all the way round */
    }
    /* None or two: in and out again, or, through the far side of a circle wider than half the
     * sphere, out and in again. */
    double first = starts_inside ? middle + half : middle - half;
    double second = starts_inside ? middle - half : middle + half;
    first += first < 0.0 ? turn : first >= turn ? -turn : 0.0;
    second += second < first ? turn : second >= first + turn ? -turn : 0.0;
    if (!(first > 0.0 && second < arc_rad)) {
        return 0;
    }
    out[0] = (crossing){first, !starts_inside};
    out[1] = (crossing){second, starts_inside};
    return 2;
}

bool mst_line_next_crossing(const mst_line *line, muster_point centre, double radius_m,
                            double from_m, double *out_at_m, bool *out_enters)
{
    const circle on = {vector_of(centre), radius_m / MEAN_RADIUS_M};
    if (!(radius_m > 0.0) || on.radius_rad >= acos(-1.0)) {
        return false; /* no circle, or one that holds the whole sphere */
    }
    for (int32_t leg = last_point_before(line, from_m); leg + 1 < line->point_count; leg++) {
        const double start_m = line->at_m[leg], end_m = line->at_m[leg + 1];
        if (!(end_m > start_m) || !(line->arc_rad[leg] > 0.0)) {
            continue; /* the same point twice */
        }
        crossing found[2];
        const int32_t count = leg_crossings(line, leg, &on, found);
        /* Inside the leg, and one behind the other: a search from one crossing finds the next,
         * even where two fall on one point of the line. */
        double after_m = start_m;
        for (int32_t i = 0; i < count; i++) {
            const double at_m = start_m + found[i].x_rad / line->arc_rad[leg] * (end_m - start_m);
            after_m = clamp(at_m, nextafter(after_m, end_m), nextafter(end_m, start_m));
            if (after_m > from_m) {
                *out_at_m = after_m;
                *out_enters = found[i].enters;
                return true;
            }
        }
    }
    return false;
}
