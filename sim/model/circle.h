/** @file circle.h
 * The circle that stands for an area.
 */
#ifndef MST_MODEL_CIRCLE_H
#define MST_MODEL_CIRCLE_H

#include "model/spec.h"

/** Radius about the muster point where a drill names no area: 60 nm, assumed. */
#define MST_AREA_RADIUS_M (60.0 * MUSTER_NM_M)

/**
 * A circle as given; of a polygon the smallest circle round its corners on WGS84 (within a
 * metre for areas of a few hundred miles).
 * @return false when it has neither centre and radius nor 3 to 256 corners
 */
bool mst_area_circle(const mst_area_def *area, muster_point *out_centre, double *out_radius_m);

#endif
