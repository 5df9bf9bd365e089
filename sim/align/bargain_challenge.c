/* The challenge model in its named readings. */
#include "align/forecast.h"
#include "align/theory/challenge.h"

#include <math.h>

enum { ROUNDS = 8 };

/* Medians and means of all rounds under one reading. */
static bool tell_reading(const mst_bargainers *b, mst_challenge_reading reading, mst_arena *arena,
                         mst_reply *reply, const mst_setting *setting)
{
    const mst_challenge_case in = {b->count, b->capability, b->position, b->salience, ROUNDS};
    const mst_challenge_rules rules = mst_challenge_rules_of(reading);
    const mst_challenge_round *round = NULL;
    const char *reason = NULL, *median = "", *mean = "";
    const muster_status status = mst_challenge_play(&in, &rules, arena, &round, &reason);
    if (status == MUSTER_MISTAKE)
        mst_reply_missing(reply, setting, reason);
    if (status != MUSTER_OK)
        return status == MUSTER_MISTAKE;
    for (int32_t i = 1; median && mean && i <= ROUNDS; i++) {
        median = mst_arena_printf(arena, "%s %.2f", median, round[i].median);
        mean = mst_arena_printf(arena, "%s %.2f", mean, round[i].mean);
    }
    return median && mean &&
           mst_reply_add(reply, arena, mst_challenge_name(reading), round[ROUNDS].mean, NULL,
                         "after %d rounds; median by round:%s; mean:%s", ROUNDS, median, mean);
}

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    mst_bargainers b;
    if (mst_bargainers_of(setting, arena, reply, &b))
        return !arena->failed;
    reply->about =
        "Neither reading is the default: the equations as printed do not give the "
        "published table, and the code that does has what looks like a bug. Medians never "
        "settle. Its record against the weighted mean is poor (see sim/align/README.md).";
    return tell_reading(&b, MST_CHALLENGE_PRINTED, arena, reply, setting) &&
           tell_reading(&b, MST_CHALLENGE_CODE, arena, reply, setting);
}

const mst_align_type mst_align_bargain_challenge = {
    .name = "bargain-challenge",
    .label = "challenge model",
    .doc = "what is agreed after rounds of challenges and offers (Bueno de Mesquita 1994; Scholz, "
           "Calbert and Smith 2011, in two named readings)",
    MST_FORECAST_MEMBERS,
    .constants = 0,
    .score = score,
};
