/* The null of absence: hosts only. */
#include "model/setting.h"

#include <math.h>

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    (void)arena;
    for (int32_t i = 0; i < setting->candidate_count; i++)
        reply->answer[i] = (mst_answer){(double)NAN, 0.0, 0, false, "nobody joins the hosts"};
    return true;
}

const mst_align_type mst_align_hosts_only = {
    .name = "hosts-only",
    .label = "hosts only",
    .doc = "nobody but the hosts ever comes",
    .mapping = "never joins",
    .proposed = "nobody: a plain comparison",
    .needs = "a drill with candidates",
    .kind = MST_ALIGN_NULL,
    .constants = 0,
    .direction = 0,
    .threshold = (double)NAN,
    .score = score,
};
