/* Local minima by steepest descent from many starts: more than two positions, more than 25 actors. */
#include "align/theory/landscape_inside.h"

#include "base/hash.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    CAMPS = MST_LANDSCAPE_CAMPS_MAX,
    SYMMETRIES_MAX = 720, /* 6! */
    STARTS_MAX = 10000000
};

/* "search" as a number, so that no other purpose of the same seed sees the same draws. */
#define STREAM_SEARCH UINT32_C(0x73656172)

/* ---- a search ------------------------------------------------------------------------------------- */

typedef struct find {
    uint8_t *position;
    int32_t actors;
    bool is_strict;
    double energy;
    int64_t hits;
} find;

typedef struct search {
    const mst_landscape *on;
    const mst_landscape_camps *camps;
    mst_arena *scratch;
    double *tie;   /* for each actor, in energy                                              */
    double *pull;  /* for each actor and position: its frustration there; CAMPS an actor       */
    uint8_t *at;   /* positions now                                                          */
    uint8_t *best; /* room for mirror images                                                 */
    uint8_t *image;
    double level; /* energies that differ by no more are one                                 */
    uint8_t symmetry[SYMMETRIES_MAX][CAMPS];
    int32_t symmetries;
    find *found;
    int32_t count, room;
    int32_t *slot; /* hash table of found, -1: empty; a power of two, more than 2 x room      */
} search;

/* Permutations of positions that keep all distances, in the order of words. */
static void list_symmetries(search *in, uint8_t *image, int32_t done)
{
    const mst_landscape_camps *const c = in->camps;
    if (done >= c->count || done == CAMPS) {
        memcpy(in->symmetry[in->symmetries++], image, CAMPS);
        return;
    }
    for (int32_t to = 0; to < c->count; to++) {
        bool is_fit = true;
        for (int32_t a = 0; a < done; a++)
            is_fit = is_fit && image[a] != to && c->distance[a][done] == c->distance[image[a]][to];
        image[done] = (uint8_t)to;
        if (is_fit)
            list_symmetries(in, image, done + 1);
    }
}

static bool start_search(search *in)
{
    const size_t n = (size_t)in->on->count;
    double longest = 0.0, scale = 0.0;
    uint8_t image[CAMPS] = {0};
    in->tie = mst_arena_array(in->scratch, n, sizeof *in->tie);
    in->pull = mst_arena_array(in->scratch, n * CAMPS, sizeof *in->pull);
    in->at = mst_arena_array(in->scratch, n, 1);
    in->best = mst_arena_array(in->scratch, n, 1);
    in->image = mst_arena_array(in->scratch, n, 1);
    if (in->scratch->failed)
        return false;
    for (int32_t a = 0; a < in->camps->count; a++)
        for (int32_t b = 0; b < a; b++)
            longest = fmax(longest, in->camps->distance[a][b]);
    for (size_t i = 0; i < n; i++) {
        double most = 0.0;
        for (size_t j = 0; j < n; j++)
            if (j != i)
                most += in->on->size[i] * in->on->size[j] * fabs(in->on->propensity[i * n + j]);
        in->tie[i] = MST_LANDSCAPE_TIE * 2.0 * most * longest;
        scale += most * longest;
    }
    in->level = MST_LANDSCAPE_LEVEL * scale;
    list_symmetries(in, image, 0);
    return true;
}

/* ---- descent -------------------------------------------------------------------------------------- */

static void sum_pulls(search *in)
{
    const size_t n = (size_t)in->on->count;
    memset(in->pull, 0, n * CAMPS * sizeof *in->pull);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            for (int32_t c = 0; j != i && c < in->camps->count; c++)
                in->pull[i * CAMPS + (size_t)c] += in->on->size[j] * in->on->propensity[i * n + j] *
                                                   in->camps->distance[c][in->at[j]];
}

static double cost_of(const search *in, int32_t i, int32_t to)
{
    const double *const pull = in->pull + (size_t)i * CAMPS;
    return 2.0 * in->on->size[i] * (pull[to] - pull[in->at[i]]);
}

static void move_to(search *in, int32_t i, int32_t to)
{
    const size_t n = (size_t)in->on->count;
    const double *const before = in->camps->distance[in->at[i]];
    const double *const after = in->camps->distance[to];
    for (size_t j = 0; j < n; j++) {
        const double weight = in->on->size[i] * in->on->propensity[j * n + (size_t)i];
        for (int32_t c = 0; j != (size_t)i && c < in->camps->count; c++)
            in->pull[j * CAMPS + (size_t)c] += weight * (after[c] - before[c]);
    }
    in->at[i] = (uint8_t)to;
}

/* One move of steepest descent; false: nobody gains. A later move must beat an earlier one by more than
 * both tie tolerances. */
static bool descend_once(search *in)
{
    int32_t who = -1, where = -1;
    double least = 0.0;
    for (int32_t i = 0; i < in->on->count; i++)
        for (int32_t c = 0; c < in->camps->count; c++) {
            const double cost = cost_of(in, i, c);
            if (c != in->at[i] && cost < least - in->tie[i]) {
                who = i;
                where = c;
                least = cost - in->tie[i];
            }
        }
    if (who >= 0)
        move_to(in, who, where);
    return who >= 0;
}

/* ---- mirror images -------------------------------------------------------------------------------- */

/* The first, in the order of words, of the images of in->at; in in->best. */
static void make_normal(search *in)
{
    const size_t n = (size_t)in->on->count;
    memcpy(in->best, in->at, n);
    for (int32_t s = 0; s < in->symmetries; s++) {
        size_t i = 0;
        while (i < n && in->symmetry[s][in->at[i]] == in->best[i])
            i++;
        if (i == n || in->symmetry[s][in->at[i]] > in->best[i])
            continue;
        for (; i < n; i++)
            in->best[i] = in->symmetry[s][in->at[i]];
    }
}

/* Is the configuration with i moved a mirror image of in->image, the normal form of in->at? */
static bool is_mirror(search *in, int32_t i, int32_t to)
{
    const uint8_t was = in->at[i];
    in->at[i] = (uint8_t)to;
    make_normal(in);
    in->at[i] = was;
    return memcmp(in->best, in->image, (size_t)in->on->count) == 0;
}

/* in->image holds the normal form. */
static bool is_strict(search *in)
{
    for (int32_t i = 0; i < in->on->count; i++)
        for (int32_t c = 0; c < in->camps->count; c++)
            if (c != in->at[i] && cost_of(in, i, c) <= in->tie[i] && !is_mirror(in, i, c))
                return false;
    return true;
}

/* ---- what was found ------------------------------------------------------------------------------- */

/* Slot of the find with these positions, or the empty one for it. */
static int32_t *slot_of(const search *in, const uint8_t *position)
{
    const size_t n = (size_t)in->on->count, mask = 4 * (size_t)in->room - 1;
    size_t s = (size_t)mst_hash_bytes(MST_HASH_START, position, n) & mask;
    while (in->slot[s] >= 0 && memcmp(in->found[in->slot[s]].position, position, n) != 0)
        s = (s + 1) & mask;
    return &in->slot[s];
}

/* Twice the room, all put in anew. */
static bool grow(search *in)
{
    const int32_t room = in->room ? 2 * in->room : 64;
    find *const found = mst_arena_array(in->scratch, (size_t)room, sizeof *found);
    int32_t *const slot = mst_arena_array(in->scratch, 4 * (size_t)room, sizeof *slot);
    if (!found || !slot)
        return false;
    if (in->count > 0)
        memcpy(found, in->found, (size_t)in->count * sizeof *found);
    memset(slot, 0xff, 4 * (size_t)room * sizeof *slot);
    in->found = found;
    in->slot = slot;
    in->room = room;
    for (int32_t i = 0; i < in->count; i++)
        *slot_of(in, found[i].position) = i;
    return true;
}

/* Descends from in->at and counts where it ends. */
static bool try_start(search *in)
{
    const size_t n = (size_t)in->on->count;
    sum_pulls(in);
    while (descend_once(in))
        continue;
    make_normal(in);
    memcpy(in->image, in->best, n);
    if (in->count == in->room && !grow(in))
        return false;
    int32_t *const slot = slot_of(in, in->image);
    if (*slot < 0) {
        find *const new = &in->found[in->count];
        *new = (find){.position = mst_arena_array(in->scratch, n, 1), .actors = in->on->count};
        if (!new->position)
            return false;
        memcpy(new->position, in->image, n);
        new->is_strict = is_strict(in);
        new->energy = mst_landscape_energy_at(in->on, in->camps, new->position, NULL);
        *slot = in->count++;
    }
    in->found[*slot].hits++;
    return true;
}

/* ---- starts --------------------------------------------------------------------------------------- */

/* Number of labelled configurations, or most + 1 if there are more. */
static int64_t count_all(int32_t actors, int32_t camps, int64_t most)
{
    int64_t all = 1;
    for (int32_t i = 0; i < actors && all <= most; i++)
        all *= camps;
    return all <= most ? all : most + 1;
}

static bool try_all(search *in, int64_t all)
{
    for (int64_t number = 0; number < all; number++) {
        int64_t left = number;
        for (int32_t i = 0; i < in->on->count; i++, left /= in->camps->count)
            in->at[i] = (uint8_t)(left % in->camps->count);
        if (!try_start(in))
            return false;
    }
    return true;
}

static bool try_random(search *in, int64_t starts, uint64_t seed)
{
    const uint64_t key = mst_random_key(seed);
    for (int64_t number = 0; number < starts; number++) {
        const mst_stream stream = mst_stream_of(key, (uint32_t)number, STREAM_SEARCH);
        for (int32_t i = 0; i < in->on->count; i++)
            in->at[i] = (uint8_t)(mst_random_unit(stream, (uint64_t)i) * in->camps->count);
        if (!try_start(in))
            return false;
    }
    return true;
}

/* ---- in order ------------------------------------------------------------------------------------- */

static int by_position(const void *a, const void *b)
{
    const find *const one = a, *const other = b;
    return memcmp(one->position, other->position, (size_t)one->actors);
}

static int by_energy(const void *a, const void *b)
{
    const find *const one = a, *const other = b;
    if (one->energy != other->energy)
        return one->energy < other->energy ? -1 : 1;
    return by_position(a, b);
}

static bool hand_over(search *in, mst_arena *arena, mst_landscape_finds *out)
{
    const size_t n = (size_t)in->on->count, count = (size_t)in->count;
    find *const all = in->found;
    uint8_t *const position = mst_arena_array(arena, n * count, 1);
    out->find = mst_arena_array(arena, count, sizeof *out->find);
    if (!position || !out->find)
        return false;
    qsort(all, count, sizeof *all, by_energy);
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && all[to].energy - all[to - 1].energy <= in->level; to++)
            continue;
        qsort(all + from, to - from, sizeof *all, by_position);
    }
    for (size_t i = 0; i < count; i++) {
        memcpy(position + i * n, all[i].position, n);
        out->find[i] =
            (mst_landscape_find){position + i * n, all[i].is_strict, all[i].energy, all[i].hits};
    }
    out->count = in->count;
    return true;
}

muster_status mst_landscape_search(const mst_landscape *on, const mst_landscape_camps *camps,
                                   int64_t starts, uint64_t seed, mst_arena *arena,
                                   mst_landscape_finds *out, mst_landscape_why *why)
{
    mst_landscape_why fault = mst_landscape_check(on, MST_LANDSCAPE_SEARCH_MAX, true);
    if (fault.fault == MST_LANDSCAPE_FINE)
        fault = mst_landscape_camps_check(camps);
    if (fault.fault == MST_LANDSCAPE_FINE && (starts < 1 || starts > STARTS_MAX))
        fault.fault = MST_LANDSCAPE_NUMBER;
    if (mst_landscape_refuse(why, fault) != MUSTER_OK)
        return MUSTER_MISTAKE;
    mst_arena scratch;
    mst_arena_init(&scratch, arena->memory);
    search *const in = mst_arena_alloc(&scratch, sizeof *in);
    bool is_done = in != NULL;
    if (in) {
        const int64_t all = count_all(on->count, camps->count, starts);
        in->on = on;
        in->camps = camps;
        in->scratch = &scratch;
        *out = (mst_landscape_finds){.is_exhaustive = all <= starts};
        out->starts = out->is_exhaustive ? all : starts;
        is_done = start_search(in) &&
                  (out->is_exhaustive ? try_all(in, all) : try_random(in, starts, seed)) &&
                  hand_over(in, arena, out);
    }
    mst_arena_clear(&scratch);
    return is_done ? MUSTER_OK : MUSTER_WORLD;
}
