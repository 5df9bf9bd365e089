/** @file way.c
 * From two places to a taut way between them.
 */
#include "world/way.h"

#include "world/taut.h"

/** An end is near itself even when the end zone is nothing. */
static const double LEAST_END_ZONE_M = 200.0;
/** Relief reaches at least this far round a leg that needs it, and asks a little less than the
 * leg keeps, so that rounding does not forbid it. */
static const double RELIEF_REACH_M = 6000.0, RELIEF_SHARE = 0.95;
/** Beyond this the distance from land is of no interest. */
static const double FAR_M = 800000.0;

mst_zone mst_way_end_zone(const mst_waters *waters, muster_point point)
{
    // An end nearer to the shore than the least distance must still be left.
    const double clear_m = mst_land_distance_m(waters->land, point, 2.0 * MST_LEAST_CLEAR_M);
    return (mst_zone){MST_ZONE_END, point, fmax(waters->geography->end_zone_m, LEAST_END_ZONE_M),
                      fmin(MST_LEAST_CLEAR_M, 0.5 * clear_m)};
}

/** Adds zones round the legs that break the offing; the way is then free. */
static void relieve(mst_waters *waters, const mst_list *path)
{
    int32_t last = -1; /* zone of the leg before, when it needed one */
    for (int32_t i = 0; i + 1 < path->count; i++) {
        const muster_point a = *MST_AT(muster_point, path, i);
        const muster_point b = *MST_AT(muster_point, path, i + 1);
        if (mst_waters_leg(waters, a, b))
            continue;
        bool any = false;
        const double need_m =
            RELIEF_SHARE * mst_waters_leg_clear_m(waters, a, b, 0, waters->offing_m, &any);
        const mst_arc arc = mst_arc_of(waters->land, a, b);
        const muster_point middle = mst_arc_at(waters->land, &arc, 0.5);
        const double half_m = 0.5 * mst_plane_distance_m(a, b);
        if (last >= 0) {
            mst_zone *zone = &waters->zone[last];
            if (mst_plane_distance_m(middle, zone->centre) + 1.01 * half_m < zone->radius_m) {
                zone->need_m = fmin(zone->need_m, need_m);
                continue;
            }
        }
        last = waters->zone_count;
        if (!mst_waters_add_zone(waters, (mst_zone){MST_ZONE_RELIEF, middle,
                                                    fmax(RELIEF_REACH_M, 1.1 * half_m), need_m}))
            return;
    }
    waters->run++;
}

static bool add(mst_waters *waters, mst_list *path, muster_point point)
{
    muster_point *place = mst_list_add(waters->arena, path, sizeof *place);
    if (place == NULL)
        return false;
    *place = point;
    return true;
}

mst_found mst_way_find(mst_waters *waters, muster_point from, muster_point to, mst_list *path)
{
    *path = (mst_list){0};
    mst_waters_start(waters);
    (void)mst_waters_add_zone(waters, mst_way_end_zone(waters, from));
    (void)mst_waters_add_zone(waters, mst_way_end_zone(waters, to));
    const bool same = !(from.lat_deg < to.lat_deg) && !(from.lat_deg > to.lat_deg) &&
                      !(from.lon_deg < to.lon_deg) && !(from.lon_deg > to.lon_deg);
    if (same)
        return add(waters, path, from) ? MST_FOUND : MST_NO_MEMORY;
    if (mst_waters_leg(waters, from, to))
        return add(waters, path, from) && add(waters, path, to) ? MST_FOUND : MST_NO_MEMORY;

    mst_found found = mst_search(waters, from, to, false, path);
    if (found == MST_FOUND_NONE) {
        // Somewhere the offing cannot be kept: go there as far off as it can be done.
        found = mst_search(waters, from, to, true, path);
        if (found == MST_FOUND)
            relieve(waters, path);
    }
    if (found == MST_FOUND && !mst_taut(waters, path))
        return MST_NO_MEMORY;
    return waters->arena->failed ? MST_NO_MEMORY : found;
}

/** A crossing of a gate's line. */
typedef struct passing {
    double at; /* leg number and share of it */
    int32_t gate;
} passing;

/** Share of p, q at which it crosses the line of a gate, or a negative number. */
static double crossing(const mst_gate_line *gate, muster_point p, muster_point q)
{
    const mst_xy a = mst_xy_of(gate->a), b = mst_xy_of(gate->b);
    if (!mst_xy_meet(mst_xy_of(p), mst_xy_of(q), a, b))
        return -1.0;
    const double one = mst_xy_turn(a, b, mst_xy_of(p)), two = mst_xy_turn(a, b, mst_xy_of(q));
    // A piece that ends on the line counts with the piece that begins there.
    return (one < 0.0) == (two < 0.0) ? -1.0 : one / (one - two);
}

bool mst_way_gates(const mst_waters *waters, const mst_list *path, mst_list *out_gates)
{
    mst_list all = {0};
    for (int32_t leg = 0; leg + 1 < path->count; leg++) {
        const mst_arc arc = mst_arc_of(waters->land, *MST_AT(muster_point, path, leg),
                                       *MST_AT(muster_point, path, leg + 1));
        muster_point p = arc.a;
        for (int32_t i = 1; i <= arc.pieces; i++) {
            const muster_point q = mst_arc_at(waters->land, &arc, (double)i / arc.pieces);
            for (int32_t gate = 0; gate < waters->geography->gate_count; gate++) {
                const double share = crossing(&waters->gate[gate], p, q);
                if (share < 0.0)
                    continue;
                passing now = {leg + (i - 1 + share) / arc.pieces, gate};
                if (mst_list_add(waters->arena, &all, sizeof now) == NULL)
                    return false;
                int32_t at = all.count - 1;
                for (; at > 0 && MST_AT(passing, &all, at - 1)->at > now.at; at--)
                    *MST_AT(passing, &all, at) = *MST_AT(passing, &all, at - 1);
                *MST_AT(passing, &all, at) = now;
            }
            p = q;
        }
    }
    // Across and at once back again is not a passage.
    for (int32_t i = 0; i < all.count; i++) {
        const int32_t gate = MST_AT(passing, &all, i)->gate;
        if (out_gates->count > 0 && *MST_AT(int32_t, out_gates, out_gates->count - 1) == gate) {
            out_gates->count--;
            continue;
        }
        int32_t *place = mst_list_add(waters->arena, out_gates, sizeof *place);
        if (place == NULL)
            return false;
        *place = gate;
    }
    return true;
}

double mst_way_offing_m(const mst_waters *waters, const mst_list *path)
{
    const unsigned skip = 1U << MST_ZONE_END | 1U << MST_ZONE_GATE;
    bool any = false;
    double limit_m = waters->offing_m + MST_COARSE_SPARE_M;
    for (;; limit_m *= 2.0) {
        double least_m = limit_m;
        for (int32_t i = 0; i + 1 < path->count; i++)
            least_m =
                mst_waters_leg_clear_m(waters, *MST_AT(muster_point, path, i),
                                       *MST_AT(muster_point, path, i + 1), skip, least_m, &any);
        if (!any)
            return waters->geography->offing_m;
        if (least_m < limit_m || limit_m > FAR_M)
            return least_m;
    }
}
