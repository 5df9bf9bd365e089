/* The participation rules with one stage removed: what is left of them without it? */
#include "align/judge.h"

#include <math.h>

/* The answers of the rules without `stage`; what stands for its removal, in words. */
#define WITHOUT(word, stage, if_it_is_left_out)                                                    \
    static bool score_without_##word(const mst_setting *setting, mst_arena *arena,                 \
                                     mst_reply *reply)                                             \
    {                                                                                              \
        return mst_rules_score(setting, stage, arena, reply);                                      \
    }                                                                                              \
                                                                                                   \
    const mst_align_type mst_align_without_##word = {                                              \
        .name = "rules-without-" #word,                                                            \
        .label = "rules without " #word,                                                           \
        .doc = "the participation rules with one stage removed: the answer if " if_it_is_left_out, \
        .mapping = "joins if every other stage that can be assessed says yes",                     \
        .proposed = "the makers of muster",                                                        \
        .needs = "rules, states and ties of a scenario",                                           \
        .kind = MST_ALIGN_PARTICIPATION,                                                           \
        .constants = MST_ALIGN_COUNT_WEIGHTS,                                                      \
        .direction = 1,                                                                            \
        .threshold = (double)NAN,                                                                  \
        .score = score_without_##word,                                                             \
    }

WITHOUT(able, MST_ABLE, "every fleet could come");
WITHOUT(admit, MST_ADMIT, "no host could refuse");
WITHOUT(accept, MST_ACCEPT, "its own wish did not count");
