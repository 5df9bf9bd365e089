#include "align/forecast.h"

#include <math.h>

const char *mst_bargainers_of(const mst_setting *setting, mst_arena *arena, mst_reply *reply,
                              mst_bargainers *out)
{
    const size_t n = (size_t)setting->state_count;
    *out = (mst_bargainers){0};
    out->name = mst_arena_array(arena, n, sizeof *out->name);
    out->capability = mst_arena_array(arena, n, sizeof(double));
    out->position = mst_arena_array(arena, n, sizeof(double));
    out->salience = mst_arena_array(arena, n, sizeof(double));
    out->weight = mst_arena_array(arena, n, sizeof(double));
    if (arena->failed)
        return "out of memory";
    for (int32_t i = 0; i < setting->state_count; i++) {
        const double c = mst_setting_attribute(setting, "capability", i);
        const double x = mst_setting_attribute(setting, "position", i);
        const double s = mst_setting_attribute(setting, "salience", i);
        if (isnan(c) || isnan(x) || isnan(s))
            continue;
        out->name[out->count] = setting->state_name[i];
        out->capability[out->count] = c;
        out->position[out->count] = x;
        out->salience[out->count] = s;
        out->weight[out->count++] = c * s;
    }
    if (out->count >= 3)
        return NULL;
    mst_reply_missing(reply, setting, MST_FORECAST_NEEDS);
    return MST_FORECAST_NEEDS;
}
