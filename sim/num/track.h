/** @file track.h
 * Where something is along a line of points, in closed form.
 *
 * A line is prepared once (compile): leg lengths from the ellipsoid, ends as unit vectors. A
 * position along it lies on the unit sphere (spherical linear interpolation of the leg's ends,
 * geodetic latitudes taken as spherical), scaled to the ellipsoidal length. No trigonometry on
 * the ellipsoid after preparation. Error against the geodesic below 0.1 nm for legs under 500 nm.
 */
#ifndef MST_NUM_TRACK_H
#define MST_NUM_TRACK_H

#include "muster/geo.h"

typedef struct mst_line {
    const muster_point *point; /* point_count                                              */
    const double *at_m;        /* distance from the start at each point    (point_count)   */
    const double *unit;        /* unit vector of each point                (point_count x 3) */
    const double *arc_rad;     /* angle of the leg that starts there       (point_count)   */
    int32_t point_count;       /* 1 or more                                                */
    double length_m;           /* at_m[point_count - 1]                                    */
} mst_line;

/** Fills at_m, unit, arc_rad (caller's arrays) for the points, and the line that views them. */
void mst_line_prepare(mst_line *line, const muster_point *point, int32_t point_count, double *at_m,
                      double *unit, double *arc_rad);

/** The place at distance_m from the start; clamped to the ends. lon in 0..360. */
muster_point mst_line_position(const mst_line *line, double distance_m);

/** Distance in metres on the mean sphere (R = 6371008.7714 m) between two places. */
double mst_sphere_distance_m(muster_point a, muster_point b);

/**
 * The next distance along the line at which the circle round @p centre is crossed.
 *
 * @param[in]  from_m     search starts here, 0..length_m
 * @param[in]  radius_m   of the circle on the mean sphere scaled as the leg is; > 0
 * @param[out] out_at_m   distance of the crossing, untouched unless true
 * @param[out] out_enters true: from outside to inside
 * @return true when a crossing lies in (from_m, length_m]
 * Method: closed form per leg (A cos x + B sin x = C); two crossings a leg at the most.
 */
bool mst_line_next_crossing(const mst_line *line, muster_point centre, double radius_m,
                            double from_m, double *out_at_m, bool *out_enters);

#endif
