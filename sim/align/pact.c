/* Pact with every host: what is signed and in force. */
#include "model/setting.h"

#include <math.h>

static void judge(const mst_setting *s, int32_t i, mst_arena *arena, mst_answer *answer)
{
    double worst = 0.0;
    int32_t at = -1;
    *answer = (mst_answer){(double)NAN, (double)NAN, -1, false, "no pacts are given"};
    for (int32_t h = 0; h < s->host_count; h++) {
        const double value = mst_setting_mutual(s, "pact", s->candidate[i], s->host[h]);
        if (isnan(value))
            return;
        if (at < 0 || value < worst) {
            worst = value;
            at = s->host[h];
        }
    }
    if (at < 0)
        return;
    answer->score = worst;
    answer->joins = worst > 0.0;
    answer->basis = mst_arena_printf(arena, "%.2f with %s", worst, s->state_name[at]);
}

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    for (int32_t i = 0; i < setting->candidate_count; i++)
        judge(setting, i, arena, &reply->answer[i]);
    return !arena->failed;
}

const mst_align_type mst_align_pact = {
    .name = "pact",
    .label = "pact with every host",
    .doc = "who is bound to whom: legal pacts in force on the day of the decision",
    .mapping = "joins if a pact of any strength with every host is in force",
    .proposed = "nobody: a plain comparison",
    .needs = "pacts of the ties with every host",
    .kind = MST_ALIGN_NULL,
    .constants = 0,
    .direction = 1,
    .threshold = 0.0,
    .is_strict = true,
    .is_serious = false,
    .score = score,
};
