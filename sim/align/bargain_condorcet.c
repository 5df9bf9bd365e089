/* Probabilistic Condorcet: votes proportional to the difference of utilities, linear victory law. */
#include "align/forecast.h"
#include "align/theory/bargain.h"

#include <math.h>

/* Positions over their range, as the kernel wants them. */
static double *scaled(const mst_bargainers *b, mst_arena *arena, double *out_low, double *out_range)
{
    double *x = mst_arena_array(arena, (size_t)b->count, sizeof *x), high = b->position[0];
    *out_low = high;
    for (int32_t i = 0; i < b->count; i++) {
        *out_low = fmin(*out_low, b->position[i]);
        high = fmax(high, b->position[i]);
    }
    *out_range = high > *out_low ? high - *out_low : 1.0;
    for (int32_t i = 0; x && i < b->count; i++)
        x[i] = (b->position[i] - *out_low) / *out_range;
    return x;
}

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    mst_bargainers b;
    const char *missing = mst_bargainers_of(setting, arena, reply, &b);
    const char *reason = NULL;
    if (missing)
        return !arena->failed;
    double low = 0.0, range = 1.0, mean = 0.0;
    mst_condorcet result;
    const double *x = scaled(&b, arena, &low, &range);
    if (!x)
        return false;
    const mst_condorcet_case in = {.actor_count = b.count,
                                   .dimension_count = 1,
                                   .position = x,
                                   .salience = b.salience,
                                   .weight = b.weight,
                                   .vote = MST_VOTE_PROPORTIONAL,
                                   .exponent = 1.0};
    const muster_status status = mst_condorcet_solve(&in, arena, &result, &reason);
    if (status == MUSTER_MISTAKE)
        mst_reply_missing(reply, setting, reason);
    if (status != MUSTER_OK)
        return status == MUSTER_MISTAKE;
    for (int32_t i = 0; i < b.count; i++)
        mean += result.markov[i] * b.position[i];
    if (!mst_reply_add(reply, arena, "forecast", mean, NULL,
                       "mean position, by the share of time that each stands"))
        return false;
    for (int32_t i = 0; i < b.count; i++)
        if (!mst_reply_add(reply, arena, b.name[i], result.markov[i], NULL,
                           "of the time its position %.4g stands", b.position[i]))
            return false;
    return true;
}

const mst_align_type mst_align_bargain_condorcet = {
    .name = "bargain-condorcet",
    .label = "probabilistic Condorcet",
    .doc = "what is agreed: each position wins with the probability that it beats every other "
           "(Wise and others, KAPSARC Toolkit for Behavioral Analysis, 2015)",
    MST_FORECAST_MEMBERS,
    .constants = 1,
    .score = score,
};
