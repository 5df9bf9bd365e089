/* The weighted mean: the default forecast of a bargain. */
#include "align/forecast.h"
#include "align/theory/bargain.h"

#include <math.h>

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    mst_bargainers b;
    const char *missing = mst_bargainers_of(setting, arena, reply, &b);
    const char *reason = NULL;
    if (missing)
        return !arena->failed;
    double mean = (double)NAN;
    const muster_status status = mst_weighted_mean(b.position, b.weight, b.count, &mean, &reason);
    if (status == MUSTER_MISTAKE)
        mst_reply_missing(reply, setting, reason);
    if (status != MUSTER_OK)
        return status == MUSTER_MISTAKE;
    return mst_reply_add(reply, arena, "forecast", mean, NULL, "weighted mean of %d positions",
                         (int)b.count);
}

const mst_align_type mst_align_bargain_mean = {
    .name = "bargain-mean",
    .label = "weighted mean",
    .doc = "what is agreed: the mean of positions, weighted by capability times salience (Achen "
           "2006); the default forecast",
    MST_FORECAST_MEMBERS,
    .constants = 0,
    .score = score,
};
