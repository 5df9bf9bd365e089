#include "model/chance.h"

#include "model/sea.h"

#include <math.h>

mst_dist mst_chance_dist(const char *own, const char *general, const char *otherwise)
{
    mst_dist dist = {.kind = MST_DIST_FIXED};
    const char *reason = NULL;
    if ((!own || !mst_dist_read(own, &dist, &reason)) &&
        (!general || !mst_dist_read(general, &dist, &reason)))
        (void)mst_dist_read(otherwise, &dist, &reason);
    return dist;
}

/* P(height <= top of each state's band) of a Weibull, WMO code table 3700. */
static void fill_month(double shape, double scale, double out[9])
{
    for (int32_t state = 0; state < 9; state++)
        out[state] = 1.0 - exp(-pow(mst_sea_band_top_m(state) / scale, shape));
}

void mst_chance_fill(const mst_spec *spec, mst_chance_row *out)
{
    const mst_weather_def *weather = &spec->weather;
    *out = (mst_chance_row){.seed = (uint64_t)spec->scenario.seed,
                            .draws_decisions = spec->chance.decisions == 1};
    if (spec->scenario.seed == MST_INT_NONE)
        out->seed = 1;
    if (weather->sea_state != MST_INT_NONE || !isnan(weather->hs_m))
        return;
    for (int32_t i = 0; i < weather->climatology.count; i++) {
        const mst_climate_def *row = MST_AT(const mst_climate_def, &weather->climatology, i);
        double shape, scale;
        if (row->month < 1 || row->month > 12 ||
            !mst_sea_weibull(row->mean_hs_m, row->p90_hs_m, &shape, &scale))
            continue;
        out->sea_drawn[row->month - 1] = true;
        fill_month(shape, scale, out->sea_cdf[row->month - 1]);
    }
}
