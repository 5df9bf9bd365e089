/* Stable coalitions: every partition of at most ten states. */
#include "align/actors.h"
#include "align/theory/hedonic.h"

#include <math.h>

/* Partitions of 0 to 10 players (Bell numbers): all are kept, as the best may be the last of them. */
static const int32_t partitions[MST_HEDONIC_PLAYERS_MAX + 1] = {1,   1,   2,    5,     15,    52,
                                                                203, 877, 4140, 21147, 115975};

static double total_of(const mst_actors *a, const uint8_t *label)
{
    double total = 0.0;
    for (int32_t i = 0; i < a->count; i++)
        for (int32_t k = 0; k < a->count; k++)
            total += i != k && label[i] == label[k] ? a->propensity[i * a->count + k] : 0.0;
    return total;
}

/* Of the Nash-stable partitions the one of highest total value, the first where several are. */
static int32_t best_stable(const mst_actors *a, const mst_hedonic *h)
{
    int32_t best = -1;
    double most = -INFINITY;
    for (int32_t i = 0; i < h->nash.kept; i++) {
        const double total = total_of(a, &h->nash.label[(size_t)i * (size_t)a->count]);
        if (total > most) {
            most = total;
            best = i;
        }
    }
    return best;
}

static bool answer(const mst_setting *setting, const mst_actors *a, const mst_hedonic *h,
                   mst_arena *arena, mst_reply *reply)
{
    const int32_t best = best_stable(a, h);
    int32_t *side = mst_arena_array(arena, (size_t)a->count, sizeof *side);
    if (!side)
        return false;
    if (best < 0) {
        mst_reply_missing(reply, setting, "a Nash-stable partition; there is none");
        return true;
    }
    for (int32_t i = 0; i < a->count; i++)
        side[i] = h->nash.label[(size_t)best * (size_t)a->count + (size_t)i];
    return mst_reply_add(reply, arena, "best stable partition",
                         total_of(a, &h->nash.label[(size_t)best * (size_t)a->count]), NULL, "%s",
                         mst_actors_camps(a, side, arena)) &&
           mst_actors_answer(setting, a, side, NULL, arena, reply);
}

/* What is reckoned lies in scratch, what is said in the arena. */
static bool solve(const mst_setting *setting, mst_arena *scratch, mst_arena *arena,
                  mst_reply *reply)
{
    mst_actors a;
    mst_hedonic h;
    const char *reason = NULL,
               *missing = mst_actors_of(setting, MST_HEDONIC_PLAYERS_MAX, scratch, &a);
    if (scratch->failed)
        return false;
    if (missing)
        mst_reply_missing(reply, setting, mst_arena_text(arena, missing));
    if (missing)
        return !arena->failed;
    const muster_status status =
        mst_hedonic_solve(a.propensity, a.count, partitions[a.count], scratch, &h, &reason);
    if (status == MUSTER_MISTAKE)
        mst_reply_missing(reply, setting, reason);
    if (status != MUSTER_OK)
        return status == MUSTER_MISTAKE;
    reply->about = mst_arena_printf(
        arena,
        "%d players, %lld partitions: %lld Nash-stable, %lld individually stable, %lld in the "
        "core. What one is worth to another: %s.",
        (int)a.count, (long long)h.partition_count, (long long)h.nash.count,
        (long long)h.individual.count, (long long)h.core.count, a.tie_name);
    return reply->about && answer(setting, &a, &h, arena, reply);
}

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    mst_arena scratch;
    mst_arena_init(&scratch, arena->memory);
    const bool is_done = solve(setting, &scratch, arena, reply);
    mst_arena_clear(&scratch);
    return is_done;
}

const mst_align_type mst_align_coalitions = {
    .name = "coalitions",
    .label = "stable coalitions",
    .doc = "who would stay with whom if each could walk out: partitions of an additively separable "
           "hedonic game (Bogomolnaia and Jackson 2002)",
    .mapping = "joins if, in the Nash-stable partition of highest total value, it is in one "
               "coalition with all hosts",
    .proposed = "the makers of muster",
    .needs = "a propensity (or closeness) of every pair, at most 10 states",
    .kind = MST_ALIGN_CAMP,
    .constants = 0,
    .direction = 0,
    .threshold = (double)NAN,
    .score = score,
};
