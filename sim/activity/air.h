/** @file air.h
 * What serials ask an air request.
 */
#ifndef MST_ACTIVITY_AIR_H
#define MST_ACTIVITY_AIR_H

#include "engine/run.h"

/** Instance that flies a request of a drill, -1: none. */
int32_t mst_air_instance(const mst_model *model, int32_t drill, int32_t request);

/** Aircraft on station now. */
int32_t mst_air_present(mst_run *run, int32_t instance);

/** Integral of min(n, present)/n over time up to now, s: a difference of two over the time between
 * them is the coverage. */
double mst_air_covered_s(mst_run *run, int32_t instance);

#endif
