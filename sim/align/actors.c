#include "align/actors.h"

#include <math.h>
#include <string.h>

int32_t mst_actors_find(const mst_actors *actors, int32_t state)
{
    for (int32_t i = 0; i < actors->count; i++)
        if (actors->state[i] == state)
            return i;
    return -1;
}

static const char *size_name(const mst_setting *s)
{
    if (s->camps.size)
        return s->camps.size;
    return mst_setting_has_attribute(s, "size")   ? "size"
           : mst_setting_has_attribute(s, "cinc") ? "cinc"
                                                  : NULL;
}

static const char *tie_name(const mst_setting *s)
{
    if (s->camps.tie)
        return s->camps.tie;
    return mst_setting_has_mutual(s, "propensity") ? "propensity" : "align";
}

static const char *take_states(const mst_setting *s, int32_t most, mst_arena *arena,
                               mst_actors *out)
{
    for (int32_t i = 0; i < s->state_count; i++) {
        const double size = out->has_sizes ? mst_setting_attribute(s, out->size_name, i) : 1.0;
        if (isnan(size))
            continue;
        if (!(size > 0.0) || isinf(size))
            return mst_arena_printf(arena, "a size above 0 of %s (%s = %g)", s->state[i],
                                    out->size_name, size);
        out->size[out->count] = size;
        out->name[out->count] = s->state[i];
        out->state[out->count++] = i;
    }
    if (out->count < 2)
        return "two states or more";
    if (out->count > most)
        return mst_arena_printf(arena, "at most %d states; there are %d", (int)most,
                                (int)out->count);
    return NULL;
}

/* The first in the order of their ids, whatever the order of the states: "A and B". */
static bool comes_first(const char *a, const char *b, const char *const *least)
{
    if (!least[0])
        return true;
    const int order = strcmp(a, least[0]);
    return order < 0 || (order == 0 && strcmp(b, least[1]) < 0);
}

/* "none"; or that it is not one value for both, which is what siding is reckoned from. */
static const char *what_a_pair_has(const mst_setting *s, const char *name,
                                   const char *const pair[2], mst_arena *arena)
{
    const int32_t a = mst_setting_state(s, pair[0]), b = mst_setting_state(s, pair[1]);
    const double to = mst_setting_directed(s, name, a, b),
                 from = mst_setting_directed(s, name, b, a);
    if (isnan(to) && isnan(from))
        return "none";
    if (isnan(to) || isnan(from))
        return "it in one direction only, where one value for both is needed (mutual)";
    return mst_arena_printf(
        arena, "%.4g there and %.4g back, where one value for both is needed (mutual)", to, from);
}

/* The figure of a pair; what absent ones count as where neither says anything of the other. */
static double value_of_pair(const mst_setting *s, const char *name, int32_t a, int32_t b)
{
    const double value = mst_setting_mutual(s, name, a, b);
    if (!isnan(value) || isnan(s->camps.absent))
        return value;
    const bool is_absent =
        isnan(mst_setting_directed(s, name, a, b)) && isnan(mst_setting_directed(s, name, b, a));
    return is_absent ? s->camps.absent : value;
}

static const char *take_pairs(const mst_setting *s, mst_arena *arena, mst_actors *out)
{
    const char *lacking[2] = {NULL, NULL};
    int32_t others = -1;
    for (int32_t i = 0; i < out->count; i++)
        for (int32_t k = 0; k < i; k++) {
            const bool in_order = strcmp(out->name[k], out->name[i]) < 0;
            const char *a = out->name[in_order ? k : i], *b = out->name[in_order ? i : k];
            const double value = value_of_pair(s, out->tie_name, out->state[i], out->state[k]);
            others += isnan(value);
            if (isnan(value) && comes_first(a, b, lacking)) {
                lacking[0] = a;
                lacking[1] = b;
            }
            out->propensity[i * out->count + k] = out->propensity[k * out->count + i] = value;
        }
    if (!lacking[0])
        return NULL;
    const char *more = others < 1 ? ""
                       : others == 1
                           ? ", nor has one other pair"
                           : mst_arena_printf(arena, ", nor have %d other pairs", (int)others);
    const char *why = what_a_pair_has(s, out->tie_name, lacking, arena);
    return more && why ? mst_arena_printf(arena, "%s of every pair; %s and %s have %s%s",
                                          out->tie_name, lacking[0], lacking[1], why, more)
                       : "out of memory";
}

const char *mst_actors_of(const mst_setting *setting, int32_t most, mst_arena *arena,
                          mst_actors *out)
{
    const size_t n = (size_t)setting->state_count;
    *out = (mst_actors){.size_name = size_name(setting), .tie_name = tie_name(setting)};
    out->has_sizes = out->size_name != NULL;
    out->state = mst_arena_array(arena, n, sizeof *out->state);
    out->name = mst_arena_array(arena, n, sizeof *out->name);
    out->size = mst_arena_array(arena, n, sizeof *out->size);
    out->propensity = mst_arena_array(arena, n * n, sizeof *out->propensity);
    if (arena->failed)
        return "out of memory";
    const char *missing = take_states(setting, most, arena, out);
    missing = missing ? missing : take_pairs(setting, arena, out);
    return arena->failed ? "out of memory" : missing;
}

const char *mst_names_by_camp(const char *const *name, const int32_t *camp, int32_t count,
                              mst_arena *arena)
{
    const char *words = "";
    int32_t most = -1;
    for (int32_t i = 0; i < count; i++)
        most = camp[i] > most ? camp[i] : most;
    for (int32_t k = 0; words && k <= most; k++) {
        const char *group = "";
        for (int32_t i = 0; group && i < count; i++)
            if (camp[i] == k)
                group = mst_arena_printf(arena, "%s%s%s", group, *group ? " " : "", name[i]);
        if (group && *group)
            words = mst_arena_printf(arena, "%s%s%s", words, *words ? " | " : "", group);
    }
    return words ? words : "";
}

const char *mst_actors_camps(const mst_actors *actors, const int32_t *side, mst_arena *arena)
{
    return mst_names_by_camp(actors->name, side, actors->count, arena);
}

enum { HOSTS_DIVIDED = -1, HOST_UNKNOWN = -2 };

/* The camp in which all hosts are; HOSTS_DIVIDED: they are not all in one; HOST_UNKNOWN: one is no actor,
 * or its camp is undecided. */
static int32_t camp_of_hosts(const mst_setting *s, const mst_actors *actors, const int32_t *side)
{
    int32_t camp = HOST_UNKNOWN;
    bool divided = false;
    for (int32_t h = 0; h < s->host_count; h++) {
        const int32_t actor = mst_actors_find(actors, s->host[h]);
        if (actor < 0 || side[actor] < 0)
            return HOST_UNKNOWN;
        divided = divided || (h > 0 && side[actor] != camp);
        camp = side[actor];
    }
    return divided ? HOSTS_DIVIDED : camp;
}

static mst_answer answer_of(const mst_setting *s, const mst_actors *actors, const int32_t *side,
                            const double *pull, int32_t candidate, const char *camps)
{
    const int32_t actor = mst_actors_find(actors, candidate);
    const int32_t hosts = camp_of_hosts(s, actors, side);
    mst_answer answer = {(double)NAN, (double)NAN, -1, false, NULL};
    answer.basis = actor < 0               ? "not among the actors"
                   : side[actor] < 0       ? "its camp is undecided"
                   : hosts == HOST_UNKNOWN ? "a host is not among the actors, or undecided"
                                           : camps;
    if (actor < 0 || side[actor] < 0 || hosts == HOST_UNKNOWN)
        return answer;
    answer.joins = side[actor] == hosts;
    if (pull && hosts >= 0)
        answer.score = hosts == 0 ? pull[actor] : -pull[actor];
    return answer;
}

int32_t *mst_actors_by_state(const mst_setting *setting, const mst_actors *actors,
                             const int32_t *side, mst_arena *arena)
{
    int32_t *camp = mst_arena_array(arena, (size_t)setting->state_count, sizeof *camp);
    for (int32_t i = 0; camp && i < setting->state_count; i++)
        camp[i] = -1;
    for (int32_t i = 0; camp && i < actors->count; i++)
        camp[actors->state[i]] = side[i];
    return camp;
}

bool mst_actors_answer(const mst_setting *setting, const mst_actors *actors, const int32_t *side,
                       const double *pull, mst_arena *arena, mst_reply *reply)
{
    reply->camp = mst_actors_by_state(setting, actors, side, arena);
    const char *camps = mst_actors_camps(actors, side, arena);
    if (arena->failed)
        return false;
    for (int32_t i = 0; i < setting->candidate_count; i++)
        reply->answer[i] = answer_of(setting, actors, side, pull, setting->candidate[i], camps);
    return true;
}
