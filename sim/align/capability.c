/* Capability alone: the stage able of the rules, without politics. */
#include "model/setting.h"

#include <math.h>

static void judge(const mst_setting *s, int32_t i, mst_arena *arena, mst_answer *answer)
{
    const mst_fleet_reading *fleet = s->in ? &s->in->fleet[s->candidate[i]] : NULL;
    *answer = (mst_answer){(double)NAN, (double)NAN, -1, false, "no fleet and no index given"};
    if (!fleet || !fleet->is_assessed)
        return;
    const double need = fleet->is_fleet ? s->model->drill[s->in->drill].cap_need
                                        : s->model->constant.index_ready_need;
    answer->score = fleet->cap / need;
    answer->joins = mst_share_suffices(fleet->cap, need);
    answer->p = fleet->p_able;
    answer->basis = mst_arena_printf(arena, "%s %.2f, need %.2f", fleet->is_fleet ? "cap" : "ready",
                                     fleet->cap, need);
}

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    for (int32_t i = 0; i < setting->candidate_count; i++)
        judge(setting, i, arena, &reply->answer[i]);
    return !arena->failed;
}

const mst_align_type mst_align_capability = {
    .name = "capability",
    .label = "capability alone",
    .doc = "who takes part: whoever has the ships and aircraft and can bring them",
    .mapping = "joins if cap, the share of places it can fill, reaches the need of the drill "
               "(cap/need >= 1; index reading: ready/0.8)",
    .proposed = "the makers of muster",
    .needs = "a fleet, or an index of cap and reach",
    .kind = MST_ALIGN_NULL,
    .constants = 0,
    .direction = 1,
    .threshold = 1.0,
    .score = score,
};
