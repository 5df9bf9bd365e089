/* Vote similarity: distance of ideal points in the General Assembly. */
#include "align/hosts.h"

#include <math.h>

#define JOINS_AT 0.5 /* a round number; the curve of thresholds stands beside it */

extern const mst_align_type mst_align_votes;

static double figure(const mst_setting *setting, int32_t candidate, int32_t host)
{
    return fabs(mst_setting_attribute(setting, "ideal_point", candidate) -
                mst_setting_attribute(setting, "ideal_point", host));
}

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    return mst_hosts_score(setting, &mst_align_votes, figure,
                           "no attribute ideal_point of it or of a host", "distance", "from", arena,
                           reply);
}

const mst_align_type mst_align_votes = {
    .name = "votes",
    .label = "vote similarity",
    .doc = "who sides with whom in the General Assembly (Bailey, Strezhnev and Voeten 2017)",
    .mapping = "joins if its ideal point lies within 0.5 of that of every host",
    .proposed = "the makers of muster",
    .needs = "attribute ideal_point of hosts and candidates",
    .kind = MST_ALIGN_PARTICIPATION,
    .constants = 1,
    .direction = -1,
    .threshold = JOINS_AT,
    .score = score,
};
