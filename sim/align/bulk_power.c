/* Bulk power: the Composite Index of National Capability read as worth of a partner. */
#include "model/setting.h"

#include <math.h>

#define JOINS_AT 0.01 /* a round number; the curve of thresholds stands beside it */

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    for (int32_t i = 0; i < setting->candidate_count; i++) {
        const double cinc = mst_setting_attribute(setting, "cinc", setting->candidate[i]);
        mst_answer *answer = &reply->answer[i];
        *answer = (mst_answer){cinc, (double)NAN, -1, false, "no attribute cinc"};
        if (isnan(cinc))
            continue;
        answer->joins = cinc >= JOINS_AT;
        answer->basis = mst_arena_printf(arena, "CINC %.4f", cinc);
    }
    return !arena->failed;
}

const mst_align_type mst_align_bulk_power = {
    .name = "bulk-power",
    .label = "bulk power (CINC)",
    .doc = "who is worth having: states with much material capability (Singer, Bremer and Stuckey "
           "1972)",
    .mapping = "joins if its CINC reaches 0.01, one hundredth of the world",
    .proposed = "the makers of muster",
    .needs = "attribute cinc of the candidates",
    .kind = MST_ALIGN_PARTICIPATION,
    .constants = 1,
    .direction = 1,
    .threshold = JOINS_AT,
    .score = score,
};
