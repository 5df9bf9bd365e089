/* The participation rules with stage accept removed: what is left of them without it? */
#include "align/judge.h"

#include <math.h>

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    return mst_rules_score(setting, MST_ACCEPT, arena, reply);
}

const mst_align_type mst_align_without_accept = {
    .name = "rules-without-accept",
    .label = "rules without accept",
    .doc =
        "the participation rules with one stage removed: the answer if its own wish did not count",
    .mapping = "joins if every other stage that can be assessed says yes",
    .proposed = "the makers of muster",
    .needs = "rules, states and ties of a scenario",
    .kind = MST_ALIGN_PARTICIPATION,
    .constants = MST_ALIGN_COUNT_WEIGHTS,
    .direction = 1,
    .threshold = (double)NAN,
    .score = score,
};
