/* Landscape theory on a setting: every configuration of two camps where there are at most 25 actors,
 * a search beyond. */
#include "align/theory/landscape.h"
#include "align/actors.h"

#include <math.h>

enum { MINIMA_TOLD = 8, STARTS = 20000 };
#define EQUAL                                                                                      \
    1e-12 /* of the energy: more than rounding of some hundred terms, far below a change in sizes */
#define SEED UINT64_C(19930401) /* of the search: any number, but always the same */

static void sides_of(uint64_t mask, int32_t count, int32_t *side)
{
    for (int32_t i = 0; i < count; i++)
        side[i] = (int32_t)(mask >> i & 1U);
}

/* What each actor would lose by leaving its camp, as a share of the most that its moves can be worth;
 * above 0 where that camp is 0. */
static bool pulls(const mst_landscape *on, uint64_t mask, mst_arena *arena, double *out)
{
    double *gain = mst_arena_array(arena, (size_t)on->count, sizeof *gain);
    if (!gain)
        return false;
    mst_landscape_gains(on, mask, gain);
    for (int32_t i = 0; i < on->count; i++) {
        double most = 0.0;
        for (int32_t k = 0; k < on->count; k++)
            if (k != i)
                most += on->size[k] * fabs(on->propensity[i * on->count + k]);
        out[i] = most > 0.0 ? gain[i] / most : 0.0;
        if (mask >> i & 1U)
            out[i] = -out[i];
    }
    return true;
}

/* Null: memory is short. */
static const char *change_words(const mst_landscape *on, const mst_actors *actors, uint64_t mask,
                                bool is_strict, mst_arena *arena)
{
    mst_landscape_change change;
    mst_landscape_why why;
    if (!is_strict) /* a tied one is gone at the least touch */
        return "";
    const muster_status status =
        mst_landscape_smallest_change(on, mask, arena, NULL, &change, &why);
    if (status != MUSTER_OK)
        return status == MUSTER_WORLD ? NULL : "";
    return mst_arena_printf(arena, "; gone once %s-%s changes by %+.3g, then %s moves",
                            actors->name[change.a], actors->name[change.b], change.amount,
                            actors->name[change.mover]);
}

static const char *pass_words(const mst_landscape_map *map, int32_t i, mst_arena *arena)
{
    const mst_landscape_minimum *m = &map->minimum[i];
    if (map->passes != MST_LANDSCAPE_EXACT || m->to_any < 0)
        return "";
    return mst_arena_printf(arena, "; pass to minimum %d: %.4g above it", (int)m->to_any + 1,
                            m->pass_any);
}

static bool tell_minimum(const mst_landscape *on, const mst_actors *actors,
                         const mst_landscape_map *map, int32_t i, mst_arena *arena,
                         mst_reply *reply)
{
    const mst_landscape_minimum *m = &map->minimum[i];
    int32_t *side = mst_arena_array(arena, (size_t)on->count, sizeof *side);
    const char *change = change_words(on, actors, m->configuration, m->is_strict, arena);
    if (!side || !change)
        return false;
    sides_of(m->configuration, on->count, side);
    const char *random = isnan(m->absorption) ? ""
                                              : mst_arena_printf(arena, ", in random order %.0f %%",
                                                                 100.0 * m->absorption);
    return mst_reply_add(
        reply, arena,
        mst_arena_printf(arena, "minimum %d%s", (int)i + 1, m->is_strict ? "" : ", tied"),
        m->energy, NULL, "%s; basin %lld of %lld (%.0f %%)%s%s%s",
        mst_actors_camps(actors, side, arena), (long long)m->basin, (long long)map->configurations,
        100.0 * (double)m->basin / (double)map->configurations, random, pass_words(map, i, arena),
        change);
}

/* Where several are lowest, which of them answers is chance: the order of the actors decides it. The
 * camps of the others are kept, to be held against a record as well. */
static bool tell_equals(const mst_setting *setting, const mst_actors *actors,
                        const mst_landscape_map *map, mst_arena *arena, mst_reply *reply)
{
    int32_t equal = 0, kept = 0;
    const int32_t *camp[MINIMA_TOLD] = {NULL};
    int32_t *side = mst_arena_array(arena, (size_t)actors->count, sizeof *side);
    for (int32_t i = 0; side && i < map->count; i++) {
        if (map->minimum[i].energy - map->minimum[0].energy > EQUAL * fabs(map->minimum[0].energy))
            continue;
        if (equal++ == 0 || kept == MINIMA_TOLD)
            continue;
        sides_of(map->minimum[i].configuration, actors->count, side);
        camp[kept++] = mst_actors_by_state(setting, actors, side, arena);
    }
    const int32_t **all = mst_arena_array(arena, (size_t)kept + 1, sizeof *all);
    if (arena->failed)
        return false;
    for (int32_t i = 0; i < kept; i++)
        all[i] = camp[i];
    reply->equal_camp = all;
    reply->equal_count = kept;
    return equal < 2 ||
           mst_reply_add(reply, arena, "equal energy", equal, NULL,
                         "minima share the least energy; camps and answers are those of minimum 1, "
                         "which nothing but the order of the actors puts first");
}

/* The most frustrated actors of the lowest minimum: how much of the theory's strain is there at all? */
static bool tell_frustration(const mst_landscape *on, const mst_actors *actors, uint64_t mask,
                             mst_arena *arena, mst_reply *reply)
{
    double *f = mst_arena_array(arena, (size_t)on->count, sizeof *f);
    const char *words = "";
    if (!f)
        return false;
    mst_landscape_frustrations(on, mask, f);
    for (int32_t i = 0; words && i < on->count; i++)
        words = mst_arena_printf(arena, "%s%s%s %.3g", words, i > 0 ? ", " : "", actors->name[i],
                                 f[i] == 0.0 ? 0.0 : f[i]);
    return words && mst_reply_add(reply, arena, "frustration", (double)NAN, NULL,
                                  "of each actor in minimum 1: %s", words);
}

static bool exact(const mst_setting *setting, const mst_landscape *on, const mst_actors *actors,
                  mst_arena *arena, mst_reply *reply)
{
    const mst_landscape_ask ask = {.is_only_basins = on->count > 20};
    mst_landscape_map map;
    mst_landscape_why why;
    int32_t *side = mst_arena_array(arena, (size_t)on->count, sizeof *side);
    double *pull = mst_arena_array(arena, (size_t)on->count, sizeof *pull);
    char words[160];
    if (!side || !pull)
        return false;
    const muster_status status = mst_landscape_enumerate(on, &ask, arena, &map, &why);
    if (status == MUSTER_MISTAKE)
        mst_reply_missing(
            reply, setting,
            mst_arena_text(arena, mst_landscape_says(why, actors->name, words, sizeof words)));
    if (status != MUSTER_OK)
        return status == MUSTER_MISTAKE;
    reply->about = mst_arena_printf(
        arena,
        "%d actors, %lld configurations, all looked at: %lld strict %s, %lld tied. "
        "Sizes: %s; propensities: the figure '%s' of each pair. Beside a minimum stands its "
        "energy, without a unit, over ordered pairs as "
        "printed in 1993.",
        (int)on->count, (long long)map.configurations, (long long)map.strict_count,
        map.strict_count == 1 ? "minimum" : "minima", (long long)map.tied_count,
        actors->has_sizes ? mst_arena_printf(arena, "the attribute '%s' of each", actors->size_name)
                          : "1 for all",
        actors->tie_name);
    for (int32_t i = 0; i < map.count && i < MINIMA_TOLD; i++)
        if (!tell_minimum(on, actors, &map, i, arena, reply))
            return false;
    if (map.count > MINIMA_TOLD &&
        !mst_reply_add(reply, arena, "more minima", map.count - MINIMA_TOLD, NULL, "not shown"))
        return false;
    sides_of(map.minimum[0].configuration, on->count, side);
    return tell_equals(setting, actors, &map, arena, reply) &&
           tell_frustration(on, actors, map.minimum[0].configuration, arena, reply) &&
           pulls(on, map.minimum[0].configuration, arena, pull) &&
           mst_actors_answer(setting, actors, side, pull, arena, reply);
}

static bool search(const mst_setting *setting, const mst_landscape *on, const mst_actors *actors,
                   mst_arena *arena, mst_reply *reply)
{
    const mst_landscape_camps camps = mst_landscape_camps_plain(2);
    mst_landscape_finds finds;
    mst_landscape_why why;
    int32_t *side = mst_arena_array(arena, (size_t)on->count, sizeof *side);
    const muster_status status =
        side ? mst_landscape_search(on, &camps, STARTS, SEED, arena, &finds, &why) : MUSTER_WORLD;
    if (status == MUSTER_MISTAKE)
        mst_reply_missing(reply, setting, "sizes and propensities that can be searched");
    if (status != MUSTER_OK)
        return status == MUSTER_MISTAKE;
    reply->about =
        mst_arena_printf(arena,
                         "%d actors, too many to look at every configuration: %lld random "
                         "starts found %d minima; others may exist.",
                         (int)on->count, (long long)finds.starts, (int)finds.count);
    for (int32_t i = 0; i < finds.count && i < MINIMA_TOLD; i++) {
        for (int32_t k = 0; k < on->count; k++)
            side[k] = finds.find[i].position[k];
        if (!mst_reply_add(reply, arena, mst_arena_printf(arena, "minimum %d", (int)i + 1),
                           finds.find[i].energy, NULL, "%s; reached by %.0f %% of the starts",
                           mst_actors_camps(actors, side, arena),
                           100.0 * (double)finds.find[i].hits / (double)finds.starts))
            return false;
    }
    for (int32_t k = 0; k < on->count; k++)
        side[k] = finds.find[0].position[k];
    return mst_actors_answer(setting, actors, side, NULL, arena, reply);
}

static bool score(const mst_setting *setting, mst_arena *arena, mst_reply *reply)
{
    mst_actors actors;
    const char *missing = mst_actors_of(setting, MST_LANDSCAPE_SEARCH_MAX, arena, &actors);
    const mst_landscape on = {actors.count, actors.size, actors.propensity};
    if (arena->failed)
        return false;
    if (missing)
        mst_reply_missing(reply, setting, missing);
    if (missing)
        return true;
    return actors.count <= MST_LANDSCAPE_EXACT_MAX ? exact(setting, &on, &actors, arena, reply)
                                                   : search(setting, &on, &actors, arena, reply);
}

const mst_align_type mst_align_landscape = {
    .name = "landscape",
    .label = "landscape theory",
    .doc = "who sides with whom: two camps of least frustration (Axelrod and Bennett 1993)",
    .mapping = "joins if it stands in one camp with all hosts in the configuration of least energy",
    .proposed = "the makers of muster; the authors explain camps, not attendance",
    .needs = "a propensity (or closeness) of every pair; sizes where given (size, else cinc)",
    .kind = MST_ALIGN_CAMP,
    .constants = 0,
    .direction = 1,
    .threshold = 0.0,
    .is_strict = true,
    .score = score,
};
