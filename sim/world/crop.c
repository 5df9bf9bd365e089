/** @file crop.c
 * A part of the land, in the form that it is read from. Rings are cut at the edges of the box as
 * land/make_land.mjs cuts them: an edge lies between the lines of the grid, so that no point is on it;
 * a ring falls into chains there, and along the edge its crossings, in order, are where land begins
 * and ends in turn.
 */
#include "base/list.h"
#include "base/little.h"
#include "world/shore.h"

#include <stdlib.h>
#include <string.h>

enum { SIDES = 4 };

/** In grid steps, eastward and northward. */
typedef struct spot {
    double at[2];
} spot;

typedef struct ring {
    spot *spot;
    int32_t count;
} ring;

/** What lies on one side of a line: sign * (at[axis] - limit) < 0. */
typedef struct side {
    int axis;
    double limit, sign;
} side;

/** A piece of a ring inside, from where it enters to where it leaves. */
typedef struct chain {
    int32_t first, count; /* in the list of spots                     */
    int32_t next;         /* the chain that goes on where it ends     */
    bool done;
} chain;

typedef struct end {
    double at; /* along the limit */
    int32_t chain;
    bool entry;
} end;

/* ---- one ring, one side ------------------------------------------------------------------------------ */

static bool is_inside(const side *s, const spot *p)
{
    return s->sign * (p->at[s->axis] - s->limit) < 0.0;
}

static spot cut(const side *s, const spot *p, const spot *q)
{
    const double t = (s->limit - p->at[s->axis]) / (q->at[s->axis] - p->at[s->axis]);
    const int other = 1 - s->axis;
    spot out;
    out.at[s->axis] = s->limit;
    out.at[other] = p->at[other] + t * (q->at[other] - p->at[other]);
    return out;
}

static bool add_spot(mst_arena *arena, mst_list *list, spot p)
{
    spot *place = mst_list_add(arena, list, sizeof *place);
    if (place)
        *place = p;
    return place != NULL;
}

/** Where the ring comes in, -1: nowhere. */
static int32_t first_entry(const side *s, const ring *r)
{
    for (int32_t i = 0; i < r->count; i++)
        if (!is_inside(s, &r->spot[i]) && is_inside(s, &r->spot[(i + 1) % r->count]))
            return i;
    return -1;
}

/** All chains of a ring that comes in behind spot number `start`. False when memory is short. */
static bool find_chains(mst_arena *arena, const side *s, const ring *r, int32_t start,
                        mst_list *spots, mst_list *chains)
{
    chain *open = NULL;
    for (int32_t i = 0; i < r->count; i++) {
        const spot *p = &r->spot[(start + i) % r->count], *q = &r->spot[(start + i + 1) % r->count];
        const bool from = is_inside(s, p), to = is_inside(s, q);
        if (!from && to) {
            open = mst_list_add(arena, chains, sizeof *open);
            if (!open)
                return false;
            *open = (chain){.first = spots->count, .next = -1};
        }
        if (from && !add_spot(arena, spots, *p))
            return false;
        if (from != to && !add_spot(arena, spots, cut(s, p, q)))
            return false;
        if (open)
            open->count = spots->count - open->first;
        if (!to)
            open = NULL;
    }
    return true;
}

static int by_place(const void *left, const void *right)
{
    const end *a = left, *b = right;
    if (a->at < b->at || a->at > b->at)
        return a->at < b->at ? -1 : 1;
    if (a->chain != b->chain)
        return a->chain < b->chain ? -1 : 1;
    return (int)a->entry - (int)b->entry;
}

/** Who goes on where: neighbours in order along the limit belong together. False: they do not (the
 * ring touches itself there), or memory is short. */
static bool join_chains(mst_arena *arena, const side *s, const mst_list *spots, mst_list *chains)
{
    const size_t count = 2 * (size_t)chains->count;
    end *ends = mst_arena_array(arena, count + 1, sizeof *ends);
    if (!ends)
        return false;
    for (int32_t i = 0; i < chains->count; i++) {
        const chain *c = MST_AT(const chain, chains, i);
        const spot *first = MST_AT(const spot, spots, c->first);
        ends[2 * i] = (end){first->at[1 - s->axis], i, true};
        ends[2 * i + 1] = (end){first[c->count - 1].at[1 - s->axis], i, false};
    }
    qsort(ends, count, sizeof *ends, by_place);
    for (size_t i = 0; i < count; i += 2) {
        const end *a = &ends[i], *b = &ends[i + 1];
        if (a->entry == b->entry)
            return false;
        MST_AT(chain, chains, a->entry ? b->chain : a->chain)->next =
            a->entry ? a->chain : b->chain;
    }
    return true;
}

static bool add_ring(mst_arena *arena, mst_list *rings, const mst_list *spots)
{
    ring *place = spots->count > 0 ? mst_list_add(arena, rings, sizeof *place) : NULL;
    if (place)
        *place = (ring){spots->item, spots->count};
    return place || spots->count == 0;
}

static bool close_rings(mst_arena *arena, const mst_list *spots, mst_list *chains, mst_list *rings)
{
    for (int32_t i = 0; i < chains->count; i++) {
        mst_list closed = {0};
        for (chain *c = MST_AT(chain, chains, i); !c->done; c = MST_AT(chain, chains, c->next)) {
            c->done = true;
            for (int32_t k = 0; k < c->count; k++)
                if (!add_spot(arena, &closed, *MST_AT(const spot, spots, c->first + k)))
                    return false;
        }
        if (!add_ring(arena, rings, &closed))
            return false;
    }
    return true;
}

/** As one ring, along the limit there and back: for one that touches itself at the limit. */
static bool clip_plainly(mst_arena *arena, const side *s, const ring *r, mst_list *rings)
{
    mst_list out = {0};
    for (int32_t i = 0; i < r->count; i++) {
        const spot *p = &r->spot[i], *q = &r->spot[(i + 1) % r->count];
        if (is_inside(s, p) && !add_spot(arena, &out, *p))
            return false;
        if (is_inside(s, p) != is_inside(s, q) && !add_spot(arena, &out, cut(s, p, q)))
            return false;
    }
    return add_ring(arena, rings, &out);
}

static bool clip_ring(mst_arena *arena, const side *s, const ring *r, mst_list *rings)
{
    const int32_t start = first_entry(s, r);
    mst_list spots = {0}, chains = {0};
    if (start < 0) {
        if (!is_inside(s, &r->spot[0]))
            return true;
        ring *whole = mst_list_add(arena, rings, sizeof *whole);
        if (whole)
            *whole = *r;
        return whole != NULL;
    }
    if (!find_chains(arena, s, r, start, &spots, &chains))
        return false;
    if (join_chains(arena, s, &spots, &chains))
        return close_rings(arena, &spots, &chains, rings);
    return !arena->failed && clip_plainly(arena, s, r, rings);
}

/* ---- all rings --------------------------------------------------------------------------------------- */

/** Rings of the land in grid steps. */
static bool all_rings(mst_arena *arena, const mst_land *land, mst_list *rings)
{
    spot *spots = mst_arena_array(arena, (size_t)land->point_count + 1, sizeof *spots);
    for (int32_t i = 0; spots && i < land->point_count; i++) {
        const muster_point p = land->point[i];
        spots[i].at[0] = round((p.lon_deg - land->grid.lon_deg) / land->grid.lon_step_deg);
        spots[i].at[1] = round((p.lat_deg - land->grid.lat_deg) / land->grid.lat_step_deg);
    }
    for (int32_t i = 0; spots && i < land->ring_count; i++) {
        ring *r = mst_list_add(arena, rings, sizeof *r);
        if (!r)
            return false;
        *r = (ring){spots + land->ring_start[i], land->ring_start[i + 1] - land->ring_start[i]};
    }
    return spots != NULL;
}

static bool is_same(const spot *a, const spot *b)
{
    return fabs(a->at[0] - b->at[0]) < 0.5 && fabs(a->at[1] - b->at[1]) < 0.5;
}

/** Whole grid steps without repeated spots; fewer than three are no ring. */
static void tidy(ring *r)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < r->count; i++) {
        const spot p = {{floor(r->spot[i].at[0] + 0.5), floor(r->spot[i].at[1] + 0.5)}};
        if (kept == 0 || !is_same(&r->spot[kept - 1], &p))
            r->spot[kept++] = p;
    }
    while (kept > 1 && is_same(&r->spot[kept - 1], &r->spot[0]))
        kept--;
    r->count = kept >= 3 ? kept : 0;
}

static bool clip_all(mst_arena *arena, const mst_land *land, const double box[4], mst_list *rings)
{
    const mst_land_grid *g = &land->grid;
    const side sides[SIDES] = {
        {0, floor((box[0] - g->lon_deg) / g->lon_step_deg) - 0.5, -1.0},
        {0, ceil((box[1] - g->lon_deg) / g->lon_step_deg) + 0.5, 1.0},
        {1, floor((box[2] - g->lat_deg) / g->lat_step_deg) - 0.5, -1.0},
        {1, ceil((box[3] - g->lat_deg) / g->lat_step_deg) + 0.5, 1.0},
    };
    if (!all_rings(arena, land, rings))
        return false;
    for (int k = 0; k < SIDES; k++) {
        mst_list clipped = {0};
        for (int32_t i = 0; i < rings->count; i++)
            if (!clip_ring(arena, &sides[k], MST_AT(const ring, rings, i), &clipped))
                return false;
        *rings = clipped;
    }
    for (int32_t i = 0; i < rings->count; i++)
        tidy(MST_AT(ring, rings, i));
    return true;
}

/* ---- writing ----------------------------------------------------------------------------------------- */

static void put_number(mst_little *out, uint64_t value)
{
    for (; value > 127; value >>= 7)
        mst_little_put(out, (value & 127U) | 128U, 1);
    mst_little_put(out, value, 1);
}

static void put_step(mst_little *out, double step)
{
    const int64_t n = (int64_t)step;
    put_number(out, n < 0 ? (uint64_t)(-2 * n - 1) : (uint64_t)(2 * n));
}

static void write_land(const mst_land *land, const double box[4], const mst_list *rings,
                       mst_little *out)
{
    const mst_land_grid *g = &land->grid;
    const double head[8] = {box[0],     box[1],     box[2],          box[3],
                            g->lon_deg, g->lat_deg, g->lon_step_deg, g->lat_step_deg};
    uint32_t ring_count = 0, spot_count = 0;
    for (int32_t i = 0; i < rings->count; i++) {
        ring_count += MST_AT(const ring, rings, i)->count > 0;
        spot_count += (uint32_t)MST_AT(const ring, rings, i)->count;
    }
    mst_little_put_text(out, "MSTLAND1");
    for (int i = 0; i < 8; i++)
        mst_little_put_real(out, head[i]);
    mst_little_put(out, ring_count, 4);
    mst_little_put(out, spot_count, 4);
    spot before = {{0.0, 0.0}};
    for (int32_t i = 0; i < rings->count; i++) {
        const ring *r = MST_AT(const ring, rings, i);
        if (r->count > 0)
            put_number(out, (uint64_t)r->count);
        for (int32_t k = 0; k < r->count; k++) {
            put_step(out, r->spot[k].at[0] - before.at[0]);
            put_step(out, r->spot[k].at[1] - before.at[1]);
            before = r->spot[k];
        }
    }
    mst_little_seal(out);
}

muster_status mst_land_crop(const mst_land *land, double west, double east, double south,
                            double north, const muster_memory *memory, muster_diags *diags,
                            unsigned char **out, size_t *out_count)
{
    *out = NULL;
    const double box[4] = {fmax(west, land->west), fmin(east, land->east), fmax(south, land->south),
                           fmin(north, land->north)};
    if (!(box[0] < box[1] && box[2] < box[3])) {
        mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, NULL, NULL,
                 "the box (%g to %g eastward, %g to %g northward) is empty or shares nothing with "
                 "that of the land (%g to %g, %g to %g)",
                 west, east, south, north, land->west, land->east, land->south, land->north);
        return MUSTER_MISTAKE;
    }
    mst_arena arena;
    mst_list rings = {0};
    mst_little size = {0}, bytes = {0};
    mst_arena_init(&arena, memory);
    if (clip_all(&arena, land, box, &rings)) {
        write_land(land, box, &rings, &size);
        bytes.at = mst_memory_alloc(memory, size.count);
    }
    if (bytes.at)
        write_land(land, box, &rings, &bytes);
    mst_arena_clear(&arena);
    *out = bytes.at;
    *out_count = bytes.count;
    return bytes.at ? MUSTER_OK : mst_diag_memory(diags);
}
