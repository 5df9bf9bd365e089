/** @file sea.h
 * The sea state of the plan run.
 */
#ifndef MST_MODEL_SEA_H
#define MST_MODEL_SEA_H

#include "model/spec.h"

/** Douglas sea state of a significant wave height by the bands of WMO code table 3700. */
int32_t mst_sea_state_of_height(double height_m);

/** Upper end of a sea state's band of heights, metres; states 0 to 8 (9 has none). */
double mst_sea_band_top_m(int32_t state);

/** True if some Weibull of shape 1 to 50 has that mean and 90 % quantile. */
bool mst_sea_is_weibull(double mean_m, double p90_m);

/** Its shape and scale; false when there is none. */
bool mst_sea_weibull(double mean_m, double p90_m, double *out_shape, double *out_scale);

/** Most likely wave height of such a month, metres: scale ((k - 1)/k)^(1/k), 0 for k <= 1. */
double mst_sea_mode_m(double shape, double scale);

typedef enum mst_sea_from {
    MST_SEA_GIVEN,
    MST_SEA_HEIGHT,
    MST_SEA_MONTH,
    MST_SEA_NOTHING
} mst_sea_from;

/** Sea state of the plan run at a date: given, from a height, the mode of the month, else 0. */
int32_t mst_sea_state(const mst_weather_def *weather, muster_time at, mst_sea_from *out_from);

#endif
