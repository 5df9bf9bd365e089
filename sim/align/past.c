/* Past participation: the share of earlier editions of the series that it joined. */
#include "model/setting.h"

#include <math.h>

#define JOINS_AT 0.5 /* a round number; the curve of thresholds stands beside it */

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    for (int32_t i = 0; i < setting->candidate_count; i++) {
        const mst_past *past = setting->past ? &setting->past[i] : NULL;
        mst_answer *answer = &reply->answer[i];
        *answer = (mst_answer){(double)NAN, (double)NAN, -1, false, "no earlier edition on record"};
        if (!past || past->asked == 0)
            continue;
        answer->score = answer->p = (double)past->joined / past->asked;
        answer->joins = answer->score >= JOINS_AT;
        answer->basis = mst_arena_printf(arena, "joined %d of %d earlier editions",
                                         (int)past->joined, (int)past->asked);
    }
    return !arena->failed;
}

const mst_align_type mst_align_past = {
    .name = "past",
    .label = "past participation",
    .doc = "who takes part: whoever took part before in the same series",
    .mapping = "joins if it joined at least half of the earlier editions of the series",
    .proposed = "the makers of muster",
    .needs = "a series of drills with outcomes on record",
    .kind = MST_ALIGN_PARTICIPATION,
    .constants = 0,
    .direction = 1,
    .threshold = JOINS_AT,
    .score = score,
};
