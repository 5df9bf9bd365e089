/* The null of frequency: the share that joined of all pairs of other drills. */
#include "model/setting.h"

#include <math.h>

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    const double rate = setting->rate_elsewhere;
    const char *basis = isnan(rate)
                            ? "no other drill is scored"
                            : mst_arena_printf(arena, "%.2f joined in the other drills", rate);
    for (int32_t i = 0; i < setting->candidate_count; i++)
        reply->answer[i] = isnan(rate) ? (mst_answer){(double)NAN, (double)NAN, -1, false, basis}
                                       : (mst_answer){(double)NAN, rate, rate >= 0.5, false, basis};
    return !arena->failed;
}

const mst_align_type mst_align_base_rate = {
    .name = "base-rate",
    .label = "base rate",
    .doc = "as often as in the other drills of the record",
    .mapping = "joins if at least half of the pairs scored in other drills joined",
    .proposed = "nobody: a plain comparison",
    .needs = "other drills with outcomes on record",
    .kind = MST_ALIGN_NULL,
    .constants = 0,
    .direction = 0,
    .threshold = (double)NAN,
    .score = score,
};
