/* Pact with every host: what is signed and in force. */
#include "align/hosts.h"

extern const mst_align_type mst_align_pact;

static double figure(const mst_setting *setting, int32_t candidate, int32_t host)
{
    return mst_setting_mutual(setting, "pact", candidate, host);
}

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    return mst_hosts_score(setting, &mst_align_pact, figure, "no pacts are given", "pact", "with",
                           arena, reply);
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
    .score = score,
};
