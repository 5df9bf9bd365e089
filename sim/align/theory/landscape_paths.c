/* What needs every configuration at once: the chance to end in each minimum when actors move in random
 * order, and the lowest passes between minima. */
#include "align/theory/landscape_inside.h"

#include <math.h>
#include <stdlib.h>

/* ---- absorption, exact ---------------------------------------------------------------------------- */

/* How many places hand something on to each. */
static void count_givers(const mst_places *on, uint8_t *givers)
{
    for (uint32_t x = 0; x < on->count; x++)
        for (uint32_t left = on->gains[x]; left; left &= left - 1)
            givers[mst_place_moved(x, __builtin_ctz(left), on->count)]++;
}

/* A place hands on its chance once nothing more can come in. Energy falls along every move by more than
 * rounding, so there is no circle to wait for; who gains was written down once, so that both counts go
 * by the same moves. */
static void hand_down(const mst_places *on, double *chance, uint8_t *givers, uint32_t *ready)
{
    uint32_t waiting = 0;
    for (uint32_t x = 0; x < on->count; x++)
        if (givers[x] == 0)
            ready[waiting++] = x;
    while (waiting > 0) {
        const uint32_t x = ready[--waiting];
        int32_t movers = 0;
        for (uint32_t left = on->gains[x]; left; left &= left - 1)
            movers++;
        for (uint32_t left = on->gains[x]; left; left &= left - 1) {
            const uint32_t y = mst_place_moved(x, __builtin_ctz(left), on->count);
            chance[y] += chance[x] / movers;
            if (--givers[y] == 0)
                ready[waiting++] = y;
        }
    }
}

bool mst_places_absorb(const mst_places *on, uint32_t from, mst_arena *scratch,
                       mst_landscape_map *out)
{
    double *const chance = mst_arena_array(scratch, on->count, sizeof *chance);
    uint8_t *const givers = mst_arena_array(scratch, on->count, sizeof *givers);
    uint32_t *const ready = mst_arena_array(scratch, on->count, sizeof *ready);
    if (!chance || !givers || !ready)
        return false;
    for (uint32_t x = 0; x < on->count; x++)
        chance[x] = from == on->count ? 1.0 / on->count : x == from ? 1.0 : 0.0;
    count_givers(on, givers);
    hand_down(on, chance, givers, ready);
    for (int32_t i = 0; i < out->count; i++)
        out->minimum[i].absorption = chance[out->minimum[i].configuration >> 1];
    out->absorption = MST_LANDSCAPE_EXACT;
    return true;
}

/* ---- absorption, drawn ---------------------------------------------------------------------------- */

/* "absorption" as a number, so that no other purpose of the same seed sees the same draws. */
#define STREAM_ABSORPTION UINT32_C(0x6162736f)

/* The one of `count` that a draw picks. */
static int32_t pick(mst_stream stream, uint64_t number, int32_t count)
{
    return (int32_t)(mst_random_unit(stream, number) * count);
}

/* Moves one of those that gain; false: nobody does. */
static bool move_any(mst_walk *walk, mst_stream stream, uint64_t number)
{
    int32_t who[MST_LANDSCAPE_EXACT_MAX], count = 0;
    for (int32_t k = 0; k < walk->count; k++)
        if (mst_walk_cost(walk, k) < -walk->tie[k])
            who[count++] = k;
    if (count > 0)
        mst_walk_move(walk, who[pick(stream, number, count)]);
    return count > 0;
}

static uint32_t place_of(const mst_walk *walk, uint32_t count)
{
    uint64_t configuration = 0;
    for (int32_t k = 0; k < walk->count; k++)
        configuration |= (uint64_t)(walk->side[k] < 0.0) << k;
    return (uint32_t)(mst_mask_normal(configuration, walk->count) >> 1) & (count - 1);
}

void mst_places_draw(mst_walk *walk, const mst_places *on, uint32_t from, int64_t draws,
                     uint64_t seed, int64_t *hits, mst_landscape_map *out)
{
    const uint64_t key = mst_random_key(seed);
    for (int64_t i = 0; i < draws; i++) {
        const mst_stream stream = mst_stream_of(key, (uint32_t)i, STREAM_ABSORPTION);
        uint64_t block[2], number = 0;
        mst_random_block(stream, number++, block);
        const uint32_t x = from == on->count ? (uint32_t)block[0] & (on->count - 1) : from;
        mst_walk_place(walk, (uint64_t)x << 1);
        while (move_any(walk, stream, number))
            number++;
        const uint32_t rank = on->rank[place_of(walk, on->count)] & ~MST_RANK_BIT;
        if (rank < (uint32_t)out->count)
            hits[rank]++;
    }
    for (int32_t i = 0; i < out->count; i++)
        out->minimum[i].absorption = (double)hits[i] / (double)draws;
    out->absorption = MST_LANDSCAPE_DRAWN;
    out->draws = draws;
}

/* ---- passes ---------------------------------------------------------------------------------------- */

typedef struct level {
    double energy;
    uint32_t x;
} level;

/* Places joined below the water line are a lake, named by its root. A list of minima hangs on each lake:
 * those that have met no lower one yet, all on one level, the deepest of the lake. */
typedef struct flood {
    const mst_places *on;
    mst_landscape_map *out;
    uint32_t *root; /* for each place; its own number for a root; on->count: still dry  */
    int32_t *first; /* for each root: deepest minimum, head of the list; -1: none       */
    int32_t *next;  /* for each minimum: next of its list, -1: the last                 */
    int32_t *last;  /* for each head of a list: its end */
    double same;    /* energies that differ by no more are one level                    */
} flood;

static int by_level(const void *a, const void *b)
{
    const level *const one = a, *const other = b;
    if (one->energy != other->energy)
        return one->energy < other->energy ? -1 : 1;
    return (one->x > other->x) - (one->x < other->x);
}

static uint32_t lake_of(uint32_t *root, uint32_t x)
{
    while (root[x] != x) {
        root[x] = root[root[x]];
        x = root[x];
    }
    return x;
}

static double height(const flood *on, int32_t minimum, double pass)
{
    const double above = pass - on->out->minimum[minimum].energy;
    return above <= on->same ? 0.0 : above;
}

/* A lake's only minimum has met others: that is its lowest pass to any. Of several on a list each has met
 * the others already. */
static void note_any(flood *on, int32_t own, int32_t other, double pass)
{
    mst_landscape_minimum *const m = &on->out->minimum[own];
    if (m->to_any >= 0)
        return;
    m->pass_any = height(on, own, pass);
    m->to_any = other;
}

static void note_lower(flood *on, int32_t own, int32_t other, double pass)
{
    for (int32_t i = own; i >= 0; i = on->next[i]) {
        on->out->minimum[i].pass_lower = height(on, i, pass);
        on->out->minimum[i].to_lower = other;
    }
}

/* The list of two lakes that have become one. */
static int32_t join_lists(flood *on, int32_t a, int32_t b, double pass)
{
    if (a < 0 || b < 0)
        return a < 0 ? b : a;
    note_any(on, a, b, pass);
    note_any(on, b, a, pass);
    const double rise = on->out->minimum[b].energy - on->out->minimum[a].energy;
    if (rise > on->same) {
        note_lower(on, b, a, pass);
        return a;
    }
    if (rise < -on->same) {
        note_lower(on, a, b, pass);
        return b;
    }
    const int32_t head = a < b ? a : b, rest = a < b ? b : a;
    on->next[on->last[head]] = rest;
    on->last[head] = on->last[rest];
    return head;
}

static void wet(flood *on, const level *at)
{
    const uint32_t count = on->on->count;
    const uint32_t rank = on->on->rank[at->x] & ~MST_RANK_BIT;
    on->root[at->x] = at->x;
    on->first[at->x] = -1;
    if (rank < (uint32_t)on->out->count && on->out->minimum[rank].configuration >> 1 == at->x)
        on->first[at->x] = (int32_t)rank;
    for (int32_t k = 0; k < on->on->actors; k++) {
        const uint32_t y = mst_place_moved(at->x, k, count);
        if (on->root[y] == count)
            continue;
        const uint32_t one = lake_of(on->root, at->x), other = lake_of(on->root, y);
        if (one == other)
            continue;
        /* The older lake stays the root: places wet later hang on it. */
        on->first[other] = join_lists(on, on->first[one], on->first[other], at->energy);
        on->root[one] = other;
    }
}

/* No pass is left to be found: infinity for what was not met. */
static void close_open(mst_landscape_map *out)
{
    for (int32_t i = 0; i < out->count; i++) {
        mst_landscape_minimum *const m = &out->minimum[i];
        m->pass_any = m->to_any < 0 ? (double)INFINITY : m->pass_any;
        m->pass_lower = m->to_lower < 0 ? (double)INFINITY : m->pass_lower;
    }
    out->passes = MST_LANDSCAPE_EXACT;
}

bool mst_places_flood(const mst_places *on, mst_arena *scratch, mst_landscape_map *out)
{
    level *const order = mst_arena_array(scratch, on->count, sizeof *order);
    flood water = {.on = on, .out = out, .same = MST_LANDSCAPE_LEVEL * on->scale};
    if (out->count < out->strict_count + out->tied_count)
        return true; /* some are not listed, so that the nearest could be missed: not computed */
    water.root = mst_arena_array(scratch, on->count, sizeof *water.root);
    water.first = mst_arena_array(scratch, on->count, sizeof *water.first);
    water.next = mst_arena_array(scratch, (size_t)out->count, sizeof *water.next);
    water.last = mst_arena_array(scratch, (size_t)out->count, sizeof *water.last);
    if (scratch->failed)
        return false;
    for (uint32_t x = 0; x < on->count; x++) {
        order[x] = (level){on->energy[x], x};
        water.root[x] = on->count;
    }
    for (int32_t i = 0; i < out->count; i++) {
        water.next[i] = -1;
        water.last[i] = i;
    }
    qsort(order, on->count, sizeof *order, by_level);
    for (uint32_t i = 0; i < on->count; i++)
        wet(&water, &order[i]);
    close_open(out);
    return true;
}
