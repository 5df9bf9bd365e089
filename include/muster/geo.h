/**
 * @file geo.h
 * Points and geodesics on the WGS84 ellipsoid.
 *
 * Source of the algorithm: C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87, 2013,
 * 43-55, as in PROJ's geodesic.h. Accuracy 15 nm claimed there, 1e-6 m tested here.
 * Pure and thread-safe.
 */
#ifndef MUSTER_GEO_H
#define MUSTER_GEO_H

#include "muster/base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MUSTER_NM_M 1852.0 /**< metres in a nautical mile, exact (1929) */

/** A place. Inside the program longitudes are continuous, 0 <= lon_deg < 360. */
typedef struct muster_point {
    double lat_deg; /**< geodetic latitude, -90..90, north positive        */
    double lon_deg; /**< longitude east of Greenwich, any turn on input    */
} muster_point;

/**
 * Length of the geodesic between two places.
 *
 * @param[in] from  a place
 * @param[in] to    another
 * @return metres
 */
MUSTER_API double muster_geo_distance_m(muster_point from, muster_point to);

/**
 * Direction in which a geodesic begins.
 *
 * @param[in] from  where it begins
 * @param[in] to    where it ends
 * @return degrees clockwise from north, 0 .. 360
 */
MUSTER_API double muster_geo_azimuth_deg(muster_point from, muster_point to);

/**
 * Where one comes along a geodesic.
 *
 * @param[in] from         where it begins
 * @param[in] azimuth_deg  its direction there, degrees clockwise from north
 * @param[in] distance_m   how far, m
 * @return the place
 */
MUSTER_API muster_point muster_geo_destination(muster_point from, double azimuth_deg,
                                               double distance_m);

/**
 * Longitude as it is kept inside.
 *
 * @param[in] lon_deg  any turn, degrees
 * @return 0 <= degrees < 360
 */
MUSTER_API double muster_lon_inside(double lon_deg);

/**
 * Longitude as it is printed.
 *
 * @param[in] lon_deg  any turn, degrees
 * @return -180 < degrees <= 180
 */
MUSTER_API double muster_lon_outside(double lon_deg);

#ifdef __cplusplus
}
#endif
#endif
