/* Vote similarity: distance of ideal points in the General Assembly. */
#include "model/setting.h"

#include <math.h>

#define JOINS_AT 0.5 /* a round number; the curve of thresholds stands beside it */

static void judge(const mst_setting *s, int32_t i, mst_arena *arena, mst_answer *answer)
{
    double worst = 0.0;
    int32_t at = -1;
    *answer = (mst_answer){(double)NAN, (double)NAN, -1, false,
                           "no attribute ideal_point of it or of a host"};
    for (int32_t h = 0; h < s->host_count; h++) {
        const double value = fabs(mst_setting_attribute(s, "ideal_point", s->candidate[i]) -
                                  mst_setting_attribute(s, "ideal_point", s->host[h]));
        if (isnan(value))
            return;
        if (at < 0 || value > worst) {
            worst = value;
            at = s->host[h];
        }
    }
    if (at < 0)
        return;
    answer->score = worst;
    answer->joins = worst <= JOINS_AT;
    answer->basis = mst_arena_printf(arena, "%.2f from %s", worst, s->state_name[at]);
}

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    for (int32_t i = 0; i < setting->candidate_count; i++)
        judge(setting, i, arena, &reply->answer[i]);
    return !arena->failed;
}

const mst_align_type mst_align_votes = {
    .name = "votes",
    .label = "vote similarity",
    .doc = "who sides with whom in the General Assembly (Bailey, Strezhnev and Voeten 2017)",
    .mapping = "joins if its ideal point lies within 0.5 of that of every host",
    .proposed = "ours",
    .needs = "attribute ideal_point of hosts and candidates",
    .kind = MST_ALIGN_PARTICIPATION,
    .constants = 1,
    .direction = -1,
    .threshold = JOINS_AT,
    .is_serious = true,
    .score = score,
};
