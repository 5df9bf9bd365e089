/* The weighted median: the Condorcet winner on one dimension. */
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
    mst_median median;
    const muster_status status =
        mst_weighted_median(b.position, b.weight, b.count, arena, &median, &reason);
    if (status == MUSTER_MISTAKE)
        mst_reply_missing(reply, setting, reason);
    if (status != MUSTER_OK)
        return status == MUSTER_MISTAKE;
    return mst_reply_add(reply, arena, "forecast", median.low, NULL,
                         median.is_tie ? "lower end; a tie up to %.4g" : "wins every vote",
                         median.high);
}

const mst_align_type mst_align_bargain_median = {
    .name = "bargain-median",
    .label = "weighted median",
    .doc = "what is agreed: the position that beats every other by a majority of capability times "
           "salience (Black 1948)",
    MST_FORECAST_MEMBERS,
    .constants = 0,
    .score = score,
};
