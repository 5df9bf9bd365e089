/* The null of inertia: as last time. */
#include "model/setting.h"

#include <math.h>

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    (void)arena;
    for (int32_t i = 0; i < setting->candidate_count; i++) {
        const int32_t last = setting->past ? setting->past[i].last : -1;
        reply->answer[i] =
            last < 0
                ? (mst_answer){(double)NAN, (double)NAN, -1, false, "no earlier edition on record"}
                : (mst_answer){(double)NAN, (double)NAN, last, false,
                               last ? "joined the last one" : "was not in the last one"};
    }
    return true;
}

const mst_align_type mst_align_last_time = {
    .name = "last-time",
    .label = "as last time",
    .doc = "as in the edition before, of the same series",
    .mapping = "joins if it joined the edition before",
    .proposed = "nobody: a plain comparison",
    .needs = "a series of drills with outcomes on record",
    .kind = MST_ALIGN_NULL,
    .constants = 0,
    .direction = 0,
    .threshold = (double)NAN,
    .score = score,
};
