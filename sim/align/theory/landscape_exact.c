/* Every configuration by Gray code: one actor moves at a time and each cost is updated by one sum.
 * x stands for configuration >> 1, as actor 0 stays in camp 0. */
#include "align/theory/landscape_inside.h"

#include <math.h>
#include <stdlib.h>

/* After this many moves the sums are done afresh: rounding stays near 3e-14 of a cost's scale. */
enum { AFRESH_AFTER = 256 };

/* Nobody gains; replaced by MST_RANK_BIT and a rank as soon as minima are sorted. */
#define STABLE UINT32_MAX

typedef struct sink {
    double energy;
    uint32_t x;
    bool is_strict;
} sink;

/* What is gathered while all configurations are walked. */
typedef struct survey {
    uint32_t count;  /* 2^(n-1)                                      */
    uint32_t *to;    /* next of steepest descent, STABLE, or a rank  */
    uint32_t *gains; /* null, or who gains, a bit each               */
    double *energy;  /* null, or energies                            */
    uint32_t stable; /* how many are STABLE                          */
} survey;

static uint32_t who_gains(const mst_walk *walk)
{
    uint32_t who = 0;
    for (int32_t k = 0; k < walk->count; k++)
        who |= (uint32_t)(mst_walk_cost(walk, k) < -walk->tie[k]) << k;
    return who;
}

static void walk_all(mst_walk *walk, survey *over)
{
    double energy = 0.0;
    for (uint32_t t = 0; t < over->count; t++) {
        const uint32_t x = t ^ t >> 1;
        if (t % AFRESH_AFTER == 0) {
            mst_walk_place(walk, (uint64_t)x << 1);
            energy = mst_walk_energy(walk);
        } else {
            const int32_t moved = __builtin_ctz(t) + 1;
            energy += mst_walk_cost(walk, moved);
            mst_walk_move(walk, moved);
        }
        const int32_t mover = mst_walk_steepest(walk);
        over->to[x] = mover < 0 ? STABLE : mst_place_moved(x, mover, over->count);
        over->stable += mover < 0;
        if (over->gains) {
            over->gains[x] = who_gains(walk);
            over->energy[x] = energy;
        }
    }
}

/* ---- minima in order ---------------------------------------------------------------------------- */

static int by_energy(const void *a, const void *b)
{
    const sink *const one = a, *const other = b;
    if (one->energy != other->energy)
        return one->energy < other->energy ? -1 : 1;
    return (one->x > other->x) - (one->x < other->x);
}

static int by_place(const void *a, const void *b)
{
    const sink *const one = a, *const other = b;
    return (one->x > other->x) - (one->x < other->x);
}

/* Lowest first. Energies of one level differ by rounding only: these go by configuration. */
static void sort_sinks(sink *sinks, uint32_t count, double level)
{
    qsort(sinks, count, sizeof *sinks, by_energy);
    for (uint32_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && sinks[to].energy - sinks[to - 1].energy <= level; to++)
            continue;
        if (to - from > 1)
            qsort(sinks + from, to - from, sizeof *sinks, by_place);
    }
}

static sink sink_at(const mst_landscape *on, mst_walk *walk, uint32_t x)
{
    sink at = {mst_landscape_energy(on, (uint64_t)x << 1), x, true};
    mst_walk_place(walk, (uint64_t)x << 1);
    for (int32_t k = 0; k < walk->count; k++)
        at.is_strict = at.is_strict && mst_walk_cost(walk, k) > walk->tie[k];
    return at;
}

static sink *gather_sinks(const mst_landscape *on, mst_walk *walk, survey *over, double level,
                          mst_arena *scratch)
{
    sink *const sinks = mst_arena_array(scratch, over->stable, sizeof *sinks);
    if (!sinks)
        return NULL;
    uint32_t found = 0;
    for (uint32_t x = 0; x < over->count; x++)
        if (over->to[x] == STABLE)
            sinks[found++] = sink_at(on, walk, x);
    sort_sinks(sinks, over->stable, level);
    for (uint32_t i = 0; i < over->stable; i++)
        over->to[sinks[i].x] = MST_RANK_BIT | i;
    return sinks;
}

/* ---- basins ------------------------------------------------------------------------------------- */

/* Rank of the minimum below x; leaves it at every place on the way. */
static uint32_t rank_below(uint32_t *to, uint32_t x)
{
    uint32_t at = x;
    while (!(to[at] & MST_RANK_BIT))
        at = to[at];
    const uint32_t rank = to[at];
    for (at = x; !(to[at] & MST_RANK_BIT);) {
        const uint32_t next = to[at];
        to[at] = rank;
        at = next;
    }
    return rank & ~MST_RANK_BIT;
}

static void count_basins(survey *over, mst_landscape_map *out)
{
    for (uint32_t x = 0; x < over->count; x++) {
        const uint32_t rank = rank_below(over->to, x);
        if (rank < (uint32_t)out->count)
            out->minimum[rank].basin++;
        else
            out->basin_unlisted++;
    }
}

static bool list_minima(const sink *sinks, const survey *over, int32_t listed_max, mst_arena *arena,
                        mst_landscape_map *out)
{
    out->configurations = over->count;
    out->count = over->stable < (uint32_t)listed_max ? (int32_t)over->stable : listed_max;
    out->minimum = mst_arena_array(arena, (size_t)out->count, sizeof *out->minimum);
    if (!out->minimum)
        return false;
    for (uint32_t i = 0; i < over->stable; i++) {
        out->strict_count += sinks[i].is_strict;
        out->tied_count += !sinks[i].is_strict;
        if (i < (uint32_t)out->count)
            out->minimum[i] = (mst_landscape_minimum){.configuration = (uint64_t)sinks[i].x << 1,
                                                      .is_strict = sinks[i].is_strict,
                                                      .energy = sinks[i].energy,
                                                      .absorption = (double)NAN,
                                                      .pass_any = (double)NAN,
                                                      .pass_lower = (double)NAN,
                                                      .to_any = -1,
                                                      .to_lower = -1};
    }
    return true;
}

/* ---- all of it ---------------------------------------------------------------------------------- */

static double scale_of(const mst_walk *walk)
{
    double scale = 0.0;
    for (int32_t k = 0; k < walk->count; k++)
        scale += walk->tie[k] / (2.0 * MST_LANDSCAPE_TIE);
    return scale;
}

static bool draw(const mst_landscape_ask *ask, mst_walk *walk, const mst_places *places,
                 uint32_t from, mst_arena *scratch, mst_landscape_map *out)
{
    if (ask->draws == 0)
        return true;
    int64_t *const hits = mst_arena_array(scratch, (size_t)out->count, sizeof *hits);
    if (!hits)
        return false;
    mst_places_draw(walk, places, from, ask->draws, ask->seed, hits, out);
    return true;
}

static bool survey_all(const mst_landscape *on, const mst_landscape_ask *ask, mst_arena *arena,
                       mst_arena *scratch, mst_landscape_map *out)
{
    mst_walk walk;
    /* 2 to EXACT_MAX actors, as was checked */
    survey over = {.count = UINT32_C(1) << ((uint32_t)(on->count - 1) & 31U)};
    const bool has_paths = !ask->is_only_basins && on->count <= MST_LANDSCAPE_PATHS_MAX;
    const int32_t listed_max = ask->listed_max ? ask->listed_max : MST_LANDSCAPE_LISTED_MAX;
    over.to = mst_arena_array(scratch, over.count, sizeof *over.to);
    if (has_paths) {
        over.gains = mst_arena_array(scratch, over.count, sizeof *over.gains);
        over.energy = mst_arena_array(scratch, over.count, sizeof *over.energy);
    }
    if (scratch->failed || !mst_walk_make(on, scratch, &walk))
        return false;
    walk_all(&walk, &over);
    const double scale = scale_of(&walk);
    const sink *const sinks = gather_sinks(on, &walk, &over, MST_LANDSCAPE_LEVEL * scale, scratch);
    if (!sinks || !list_minima(sinks, &over, listed_max, arena, out))
        return false;
    count_basins(&over, out);
    const mst_places places = {on->count, over.count, over.gains, over.energy, over.to, scale};
    const uint32_t from =
        ask->from ? (uint32_t)(mst_mask_normal(*ask->from, on->count) >> 1) : over.count;
    if (has_paths)
        return mst_places_absorb(&places, from, scratch, out) &&
               mst_places_flood(&places, scratch, out);
    return ask->is_only_basins || draw(ask, &walk, &places, from, scratch, out);
}

muster_status mst_landscape_enumerate(const mst_landscape *on, const mst_landscape_ask *ask,
                                      mst_arena *arena, mst_landscape_map *out,
                                      mst_landscape_why *why)
{
    mst_arena scratch;
    mst_landscape_why fault = mst_landscape_check(on, MST_LANDSCAPE_EXACT_MAX, true);
    if (fault.fault == MST_LANDSCAPE_FINE && ask->from && *ask->from & ~mst_mask_all(on->count))
        fault.fault = MST_LANDSCAPE_CONFIGURATION;
    if (fault.fault == MST_LANDSCAPE_FINE &&
        (ask->listed_max < 0 || ask->draws < 0 || ask->draws > UINT32_MAX))
        fault.fault = MST_LANDSCAPE_NUMBER;
    if (mst_landscape_refuse(why, fault) != MUSTER_OK)
        return MUSTER_MISTAKE;
    *out = (mst_landscape_map){.absorption = MST_LANDSCAPE_NOT_COMPUTED};
    mst_arena_init(&scratch, arena->memory);
    const bool is_done = survey_all(on, ask, arena, &scratch, out);
    mst_arena_clear(&scratch);
    return is_done ? MUSTER_OK : MUSTER_WORLD;
}
