/* Voting power: Shapley-Shubik and Banzhaf. */
#include "align/theory/power.h"
#include "model/setting.h"

#include <math.h>

/* Voters: states with attribute votes; one with attribute veto above 0 is needed in every majority. */
typedef struct voters {
    int32_t count;
    const char **name;
    double *votes;
    bool *veto;
} voters;

static bool take_voters(const mst_setting *s, mst_arena *arena, voters *out)
{
    const size_t n = (size_t)s->state_count;
    *out = (voters){0, mst_arena_array(arena, n, sizeof *out->name),
                    mst_arena_array(arena, n, sizeof *out->votes),
                    mst_arena_array(arena, n, sizeof *out->veto)};
    for (int32_t i = 0; !arena->failed && i < s->state_count; i++) {
        const double votes = mst_setting_attribute(s, "votes", i);
        if (isnan(votes))
            continue;
        out->name[out->count] = s->state_name[i];
        out->veto[out->count] = mst_setting_attribute(s, "veto", i) > 0.0;
        out->votes[out->count++] = votes;
    }
    return !arena->failed;
}

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    voters v;
    const char *reason = NULL;
    if (!take_voters(setting, arena, &v))
        return false;
    if (v.count == 0 || isnan(setting->camps.quota)) {
        mst_reply_missing(reply, setting, "attribute votes and the key alignment.camps.quota");
        return true;
    }
    mst_power *power = mst_arena_array(arena, (size_t)v.count, sizeof *power);
    const muster_status status = power ? mst_power_real(v.votes, v.veto, v.count,
                                                        setting->camps.quota, arena, power, &reason)
                                       : MUSTER_WORLD;
    if (status == MUSTER_MISTAKE)
        mst_reply_missing(reply, setting, reason);
    if (status != MUSTER_OK)
        return status == MUSTER_MISTAKE;
    reply->about = mst_arena_printf(arena, "%d voters, %g votes needed. Value: Shapley-Shubik.",
                                    (int)v.count, setting->camps.quota);
    for (int32_t i = 0; i < v.count; i++)
        if (!mst_reply_add(reply, arena, v.name[i], power[i].shapley, NULL, "%g %s%s; Banzhaf %.4f",
                           v.votes[i], v.votes[i] == 1.0 ? "vote" : "votes",
                           v.veto[i] ? " and a veto" : "", power[i].banzhaf))
            return false;
    return true;
}

const mst_align_type mst_align_voting_power = {
    .name = "voting-power",
    .label = "voting power",
    .doc = "how often each is decisive in a vote (Shapley and Shubik 1954; Banzhaf 1965)",
    .mapping = "none: it tells who decides a vote, not who turns up",
    .proposed = "nobody",
    .needs = "attribute votes (veto: 1 where it has one) and alignment.camps.quota",
    .kind = MST_ALIGN_FORECAST,
    .constants = 0,
    .threshold = (double)NAN,
    .score = score,
};
