/* Closeness alone: the judged tie with each host, without costs or ability. */
#include "align/hosts.h"

extern const mst_align_type mst_align_closeness;

static double figure(const mst_setting *setting, int32_t candidate, int32_t host)
{
    return mst_setting_mutual(setting, "align", candidate, host);
}

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    return mst_hosts_score(setting, &mst_align_closeness, figure,
                           "no closeness with a host is given", "closeness", "with", arena, reply);
}

const mst_align_type mst_align_closeness = {
    .name = "closeness",
    .label = "closeness alone",
    .doc = "who sides with whom, by the closeness that the file states",
    .mapping = "joins if the closeness stated for it and every host is above 0",
    .proposed = "the makers of muster",
    .needs = "key align of the ties with every host",
    .kind = MST_ALIGN_PARTICIPATION,
    .constants = 0,
    .direction = 1,
    .threshold = 0.0,
    .is_strict = true,
    .score = score,
};
