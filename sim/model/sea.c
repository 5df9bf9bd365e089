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

/* For k >= 1 the ratio falls from 2.3 to 1: sharper months have a p90 nearer to the mean. */
#define SHAPE_LEAST 1.0
#define SHAPE_MOST 50.0

bool mst_sea_is_weibull(double mean_m, double p90_m)
{
    const double ratio = p90_m / mean_m;
    return mean_m > 0.0 && p90_m > mean_m && ratio <= ratio_of_shape(SHAPE_LEAST) &&
           ratio >= ratio_of_shape(SHAPE_MOST);
}

/* How far the shape may lie from shape_near's, as a share of it. Rounding moves the ratio's own
 * crossing by a few 1e-14 at most. */
#define NEARNESS 1e-12

/* Shape of a ratio to within NEARNESS by the secant method, in x = 1/k: there the logarithm of the
 * ratio, x ln ln 10 - ln Gamma(1 + x), is nearly a parabola, by whose root it is begun. NaN where
 * that leads nowhere. */
static double shape_near(double ratio)
{
    static const double slope = 1.4112478101,
                        bend = 0.5772156649; /* at 0; so that it is true at 1 */
    double x = 0.5 * (slope - sqrt(fmax(slope * slope - 4.0 * bend * log(ratio), 0.0))) / bend;
    double before = x * 1.01, beyond = ratio_of_shape(1.0 / before) - ratio;
    for (int32_t i = 0; i < 10 && fabs(x - before) > 1e-8 * x; i++) {
        const double off = ratio_of_shape(1.0 / x) - ratio;
        const double next = x - off * (x - before) / (off - beyond);
        before = x;
        beyond = off;
        x = next;
    }
    const double shape = 1.0 / x;
    const bool is_there = ratio_of_shape(shape * (1.0 - NEARNESS)) > ratio &&
                          ratio_of_shape(shape * (1.0 + NEARNESS)) < ratio;
    return is_there ? shape : (double)NAN;
}

/* By halves to the last bit: the ratio alone decides the shape, and it is asked only where it is not
 * plain already on which side it lies. */
static double shape_of_ratio(double ratio)
{
    const double near = shape_near(ratio);
    double low = SHAPE_LEAST, high = SHAPE_MOST, middle = 0.5 * (low + high);
    for (; middle > low && middle < high; middle = 0.5 * (low + high)) {
        const bool is_plain = fabs(middle - near) > NEARNESS * near;
        if (is_plain ? middle < near : ratio_of_shape(middle) > ratio)
            low = middle;
        else
            high = middle;
    }
    return middle;
}

bool mst_sea_weibull(double mean_m, double p90_m, double *out_shape, double *out_scale)
{
    if (!mst_sea_is_weibull(mean_m, p90_m))
        return false;
    *out_shape = shape_of_ratio(p90_m / mean_m);
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
