/* Distance alone: who lives near comes. */
#include "model/setting.h"

#include <math.h>

#define JOINS_AT 1000.0 /* a round number; the curve of thresholds stands beside it */

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    for (int32_t i = 0; i < setting->candidate_count; i++) {
        const double distance = mst_setting_distance_nm(setting, i);
        mst_answer *answer = &reply->answer[i];
        *answer = (mst_answer){distance, (double)NAN, -1, false,
                               "no base of it, or no place of the drill, is given"};
        if (isnan(distance))
            continue;
        answer->joins = distance <= JOINS_AT;
        answer->basis = mst_arena_printf(arena, "%.0f nm from its base", distance);
    }
    return !arena->failed;
}

const mst_align_type mst_align_distance = {
    .name = "distance",
    .label = "distance alone",
    .doc = "who takes part: whoever has its base near where the drill is",
    .mapping = "joins if the geodesic from its nearest base (tables: its main base) to the middle "
               "of the drill is no longer than 1000 nm",
    .proposed = "the makers of muster",
    .needs = "bases of the candidates and a place of the drill",
    .kind = MST_ALIGN_PARTICIPATION,
    .constants = 1,
    .direction = -1,
    .threshold = JOINS_AT,
    .score = score,
};
