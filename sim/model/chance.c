#include "model/chance.h"

#include "base/time.h"
#include "model/sea.h"

#include <math.h>

/* A text as a distribution; what stands in its place where it is none. */
static mst_dist dist_or(const char *text, mst_dist otherwise)
{
    const char *reason = NULL;
    if (text)
        (void)mst_dist_read(text, &otherwise, &reason);
    return otherwise;
}

mst_general_dists mst_chance_general(const mst_chance_def *given)
{
    const mst_dist none = {.kind = MST_DIST_FIXED};
    return (mst_general_dists){
        .sailing_delay_h = dist_or(given->sailing_delay, dist_or(MST_DELAY_H, none)),
        .speed_factor = dist_or(given->speed_factor, dist_or(MST_SPEED_FACTOR, none)),
        .duration_factor = dist_or(given->duration_factor, dist_or(MST_DURATION_FACTOR, none)),
    };
}

mst_dist mst_chance_dist(const char *own, const mst_dist *general)
{
    return dist_or(own, *general);
}

/* P(height <= top of each state's band) of a Weibull, WMO code table 3700. */
static void fill_month(double shape, double scale, double out[9])
{
    for (int32_t state = 0; state < 9; state++)
        out[state] = 1.0 - exp(-pow(mst_sea_band_top_m(state) / scale, shape));
}

/* Months with a day of the run in it: no other is ever drawn from. */
static void months_of(muster_time start, muster_time end, bool out[12])
{
    enum { SHORTEST = 28, MOST = 14 }; /* days of a month; steps of that length in a year */
    muster_time at = start;
    out[mst_time_month(start)] = true;
    for (int32_t i = 0; i < MOST && at < end; i++) {
        at = end - at > SHORTEST * MUSTER_DAY ? at + SHORTEST * MUSTER_DAY : end;
        out[mst_time_month(at)] = true;
    }
}

void mst_chance_fill(const mst_spec *spec, muster_time start, muster_time end, mst_chance_row *out)
{
    const mst_weather_def *weather = &spec->weather;
    *out = (mst_chance_row){.seed = (uint64_t)spec->scenario.seed,
                            .draws_decisions = spec->chance.decisions == 1};
    if (spec->scenario.seed == MST_INT_NONE)
        out->seed = 1;
    bool is_met[12] = {false};
    if (weather->sea_state != MST_INT_NONE || !isnan(weather->hs_m))
        return;
    months_of(start, end, is_met);
    for (int32_t i = 0; i < weather->climatology.count; i++) {
        const mst_climate_def *row = MST_AT(const mst_climate_def, &weather->climatology, i);
        double shape, scale;
        if (row->month < 1 || row->month > 12 || !mst_sea_is_weibull(row->mean_hs_m, row->p90_hs_m))
            continue;
        out->sea_drawn[row->month - 1] = true;
        if (is_met[row->month - 1] &&
            mst_sea_weibull(row->mean_hs_m, row->p90_hs_m, &shape, &scale))
            fill_month(shape, scale, out->sea_cdf[row->month - 1]);
    }
}
