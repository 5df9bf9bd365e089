#include "model/sea.h"

#include "base/time.h"

#include <math.h>

/* Upper ends of states 0 to 8 (WMO code table 3700), metres. */
static const double band_top_m[] = {0.0, 0.1, 0.5, 1.25, 2.5, 4.0, 6.0, 9.0, 14.0};
enum { BANDS = sizeof band_top_m / sizeof band_top_m[0] };

int32_t mst_sea_state_of_height(double height_m)
{
    int32_t state = 0;
    while (state < BANDS && height_m > band_top_m[state])
        state++;
    return state;
}

double mst_sea_band_top_m(int32_t state)
{
    return state >= 0 && state < BANDS ? band_top_m[state] : (double)INFINITY;
}

/* p90/mean of a Weibull of shape k: (ln 10)^(1/k) / Gamma(1 + 1/k). */
static double ratio_of_shape(double k)
{
    return pow(log(10.0), 1.0 / k) / tgamma(1.0 + 1.0 / k);
}

bool mst_sea_weibull(double mean_m, double p90_m, double *out_shape, double *out_scale)
{
    /* For k >= 1 the ratio falls from 2.3 to 1: sharper months have a p90 nearer to the mean. */
    double low = 1.0, high = 50.0;
    if (!(mean_m > 0.0) || !(p90_m > mean_m))
        return false;
    const double ratio = p90_m / mean_m;
    if (ratio > ratio_of_shape(low) || ratio < ratio_of_shape(high))
        return false;
    for (int32_t i = 0; i < 80; i++) {
        const double middle = 0.5 * (low + high);
        if (ratio_of_shape(middle) > ratio)
            low = middle;
        else
            high = middle;
    }
    *out_shape = 0.5 * (low + high);
    *out_scale = mean_m / tgamma(1.0 + 1.0 / *out_shape);
    return true;
}

double mst_sea_mode_m(double shape, double scale)
{
    return shape > 1.0 ? scale * pow((shape - 1.0) / shape, 1.0 / shape) : 0.0;
}

int32_t mst_sea_state(const mst_weather_def *weather, muster_time at, mst_sea_from *out_from)
{
    *out_from = MST_SEA_GIVEN;
    if (weather->sea_state != MST_INT_NONE)
        return (int32_t)weather->sea_state;
    *out_from = MST_SEA_HEIGHT;
    if (!isnan(weather->hs_m))
        return mst_sea_state_of_height(weather->hs_m);
    *out_from = MST_SEA_MONTH;
    for (int32_t i = 0; at != MUSTER_NEVER && i < weather->climatology.count; i++) {
        const mst_climate_def *row = MST_AT(const mst_climate_def, &weather->climatology, i);
        double shape, scale;
        if (row->month == mst_time_month(at) + 1 &&
            mst_sea_weibull(row->mean_hs_m, row->p90_hs_m, &shape, &scale))
            return mst_sea_state_of_height(mst_sea_mode_m(shape, scale));
    }
    *out_from = MST_SEA_NOTHING;
    return 0;
}
