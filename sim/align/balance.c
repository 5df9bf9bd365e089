/* Structural balance on a setting: which two factions the ties run to. */
#include "align/theory/balance.h"
#include "align/actors.h"

#include <math.h>

/* X0 = sqrt(s_i s_j) p_ij, the landscape's own weights, of which balance is the spectral relaxation;
 * where no sizes are given, the ties as they are. The diagonal is 0: no state is tied to itself. */
static double *start_of(const mst_actors *actors, mst_arena *arena)
{
    const int32_t n = actors->count;
    double *x = mst_arena_array(arena, (size_t)n * (size_t)n, sizeof *x);
    for (int32_t i = 0; x && i < n; i++)
        for (int32_t k = 0; k < n; k++)
            x[i * n + k] =
                i == k ? 0.0
                       : sqrt(actors->size[i] * actors->size[k]) * actors->propensity[i * n + k];
    return x;
}

/* How far the ties are from balance as they stand. */
static bool tell_frustration(const mst_actors *actors, mst_arena *arena, mst_reply *reply)
{
    mst_frustration f;
    mst_balance_refusal why;
    if (mst_frustration_index(actors->count, actors->propensity, arena, &f, &why) != MUSTER_OK)
        return !arena->failed;
    return mst_reply_add(reply, arena, "frustration index", f.least, NULL,
                         f.is_exact ? "ties to be turned until the graph is balanced"
                                    : "ties at most to be turned until the graph is balanced, and "
                                      "%.0f ties at least",
                         f.at_least);
}

static bool tell(const mst_balance *b, const mst_actors *actors, const int32_t *side,
                 mst_arena *arena, mst_reply *reply)
{
    reply->about = mst_arena_printf(
        arena, "%d actors; X0: %s%s, diagonal 0.", (int)actors->count,
        actors->has_sizes ? "square root of the product of sizes times " : "", actors->tie_name);
    bool told = mst_reply_add(reply, arena, "largest eigenvalue", b->value[0], NULL, "%s",
                              b->blows_up ? "above 0: the ties grow beyond all bounds"
                                          : "not above 0: the ties fade, no factions form");
    if (told && b->blows_up)
        told = mst_reply_add(reply, arena, "blow-up time", b->blow_up_time, NULL,
                             "1 over that eigenvalue, in units of the ties");
    if (told && b->is_degenerate)
        told = mst_reply_add(reply, arena, "degenerate", b->leading, NULL,
                             "eigenvalues are the largest: the factions are not determined");
    if (told && b->camps.is_determined)
        told = mst_reply_add(
            reply, arena, b->camps.is_harmony ? "harmony" : "two factions", (double)NAN, NULL, "%s",
            b->camps.is_harmony ? "all on one side" : mst_actors_camps(actors, side, arena));
    return told && tell_frustration(actors, arena, reply);
}

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    mst_actors actors;
    mst_balance b;
    mst_balance_refusal why;
    const char *missing = mst_actors_of(setting, MST_BALANCE_ACTORS_MAX, arena, &actors);
    if (arena->failed)
        return false;
    if (missing)
        mst_reply_missing(reply, setting, missing);
    if (missing)
        return true;
    const double *x0 = start_of(&actors, arena);
    const muster_status status =
        x0 ? mst_balance_solve(actors.count, x0, arena, &b, &why) : MUSTER_WORLD;
    if (status == MUSTER_MISTAKE)
        mst_reply_missing(reply, setting, mst_balance_text(why.reason));
    if (status != MUSTER_OK)
        return status == MUSTER_MISTAKE;
    int32_t *side = mst_arena_array(arena, (size_t)actors.count, sizeof *side);
    double *pull = mst_arena_array(arena, (size_t)actors.count, sizeof *pull);
    if (!side || !pull)
        return false;
    double most = 0.0;
    for (int32_t i = 0; i < actors.count; i++)
        most = fmax(most, fabs(b.vector[i]));
    for (int32_t i = 0; i < actors.count; i++) {
        side[i] = b.camps.side[i] > 0 ? 0 : b.camps.side[i] < 0 ? 1 : -1;
        pull[i] = most > 0.0 ? b.vector[i] / most : 0.0;
    }
    return tell(&b, &actors, side, arena, reply) &&
           mst_actors_answer(setting, &actors, side, pull, arena, reply);
}

const mst_align_type mst_align_balance = {
    .name = "balance",
    .label = "structural balance",
    .doc =
        "which two factions ties run to, a friend of a friend being a friend (Marvel, Kleinberg, "
        "Kleinberg and Strogatz 2011: dX/dt = X X)",
    .mapping = "joins if the leading eigenvector puts it on one side with all hosts",
    .proposed = "the makers of muster; the authors explain factions, not attendance",
    .needs = "a propensity (or closeness) of every pair; sizes where given (size, else cinc)",
    .kind = MST_ALIGN_CAMP,
    .constants = 0,
    .direction = 1,
    .threshold = 0.0,
    .is_strict = true,
    .score = score,
};
