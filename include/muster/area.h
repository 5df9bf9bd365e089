/**
 * @file area.h
 * Where a ship or an aircraft can go, stay and return from, as areas for a map.
 */
#ifndef MUSTER_AREA_H
#define MUSTER_AREA_H

#include "muster/tell.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The areas within the radii of the ladder that `muster_tell_reach` tells, as GeoJSON (RFC 7946): one
 * feature for each radius that limits of fuel leave a unit, limits that leave the same one together.
 *
 * A ship's area is the water whose shortest way by sea from its base, with the scenario's straits,
 * areas to avoid and offing as muster_way_find measures it, is no longer than the radius. On the line
 * of the radius that way is within 1 % of it (0.1 % is usual; measured in tests/flow/test_area.c). Land
 * is not part of it: islands are holes, and shores are followed to about 1 nm, 2 nm for radii
 * above 648 nm. Rings that would cross once they are simplified keep more of their points. An aircraft's area is
 * the circle of geodesics round its base; one that is carried has none of its own (geometry null).
 *
 * Each feature has `properties`: kind "reach", unit, name, state, domain, base, base_lat_deg,
 * base_lon_deg, limit (the first of limits), limits ("tank", "usable", "allotment"), hours (on station,
 * at station speed), radius_nm, way "go and return", clipped (true: the box of the land ends before the
 * area does), carried_by (a unit or null). Geometry: MultiPolygon, outer rings counter-clockwise, cut
 * at 180 degrees; null when the hours alone take more fuel than there is, or no range or place at sea
 * is known.
 *
 * The time grows with the water: 0.1 s for a radius of 400 nm, about a second for 2,000 nm with two
 * limits, on one busy core; ships of one base share most of it. No two calls share anything else.
 *
 * @param[in] tell    what is told about; its result may be null
 * @param[in] routes  found for the scenario, or fitting; its land must still be there
 * @param[in] who     id of a unit, id or name of a state; null: all units of the drill's states
 * @param[in] drill   id of a drill; null: the first
 * @param[in] hours   on station, 0 to 100,000; NaN: those that the drill asks of the unit
 * @param[in] diags   takes what is wrong, and a note for a unit whose area is clipped; may be null
 * @return text to be given back with muster_tell_free; null with a diagnostic, of an unknown id with
 *         suggestions
 */
MUSTER_API char *muster_tell_area(const muster_tell *tell, const muster_routes *routes,
                                  const char *who, const char *drill, double hours,
                                  muster_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
