/* The one file that includes PROJ's geodesic.h. */
#include "muster/geo.h"

#include <geodesic.h>
#include <math.h>

/* WGS84: a and f as defined (NIMA TR8350.2, 2000). geod_init only fills the struct. */
static struct geod_geodesic wgs84(void)
{
    struct geod_geodesic g;
    geod_init(&g, 6378137.0, 1.0 / 298.257223563);
    return g;
}

double muster_geo_distance_m(muster_point from, muster_point to)
{
    const struct geod_geodesic g = wgs84();
    double distance_m;
    geod_inverse(&g, from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg, &distance_m, NULL, NULL);
    return distance_m;
}

double muster_geo_azimuth_deg(muster_point from, muster_point to)
{
    const struct geod_geodesic g = wgs84();
    double azimuth_deg;
    geod_inverse(&g, from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg, NULL, &azimuth_deg, NULL);
    return muster_lon_inside(azimuth_deg); /* an angle like any other: 0 <= x < 360 */
}

muster_point muster_geo_destination(muster_point from, double azimuth_deg, double distance_m)
{
    const struct geod_geodesic g = wgs84();
    muster_point out;
    geod_direct(&g, from.lat_deg, from.lon_deg, azimuth_deg, distance_m, &out.lat_deg, &out.lon_deg,
                NULL);
    out.lon_deg = muster_lon_inside(out.lon_deg);
    return out;
}

double muster_lon_inside(double lon_deg)
{
    const double turned = fmod(lon_deg, 360.0);
    const double out = turned < 0.0 ? turned + 360.0 : turned;
    /* A tiny negative angle rounds up to 360; adding 0 turns -0 into 0. */
    return out >= 360.0 ? 0.0 : out + 0.0;
}

double muster_lon_outside(double lon_deg)
{
    const double inside = muster_lon_inside(lon_deg);
    return inside > 180.0 ? inside - 360.0 : inside;
}
