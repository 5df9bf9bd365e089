#include "outcome/turn.h"

#include <math.h>

/* Crossings are found to about 1e-13 of a value: nearer to a step than this they lie on it. */
#define ON_STEP 1e-6

static double log_of_step(double range)
{
    const double size = isfinite(range) && range > 0.0 ? range : 1.0;
    return floor(log10(size) - 4.0 + 1e-9);
}

double mst_turn_step(double range)
{
    const double log = log_of_step(range);
    return log < 0.0 ? 1.0 / pow(10.0, -log) : pow(10.0, log);
}

int32_t mst_turn_decimals(double range)
{
    return (int32_t)fmin(fmax(-log_of_step(range), 0.0), 12.0);
}

double mst_turn_at_step(double steps, double step)
{
    return step < 1.0 ? steps / round(1.0 / step) : steps * step;
}

bool mst_turn_is_beyond(const mst_stage_result *stage)
{
    return mst_stage_says_no(stage) == (stage->stage != MST_ABLE);
}

double mst_turn_from(double at, double now, double range, bool beyond)
{
    const double step = mst_turn_step(range), away = at >= now ? 1.0 : -1.0;
    const double steps = at / step, nearest = round(steps);
    if (fabs(steps - nearest) < ON_STEP)
        return mst_turn_at_step(nearest + (beyond ? away : 0.0), step);
    return mst_turn_at_step(away > 0.0 ? ceil(steps) : floor(steps), step);
}
