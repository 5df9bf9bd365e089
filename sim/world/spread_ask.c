/** @file spread_ask.c
 * How far a node or any place is, once the water has spread.
 */
#include "world/spread_parts.h"

double mst_spread_ocean_m(mst_spread *s, mst_node ocean)
{
    const mst_spread_tile *tile = mst_spread_done_tile(s, ocean);
    return tile == NULL || mst_spread_slack_m(s, ocean) < mst_spread_near_land_m(s)
               ? -1.0
               : (double)tile->length_m[mst_node_index(ocean)];
}

double mst_spread_node_m(mst_spread *s, mst_node coarse)
{
    const mst_spread_tile *tile = mst_spread_done_tile(s, coarse);
    if (tile != NULL)
        return (double)tile->length_m[mst_node_index(coarse)];
    const mst_node beside =
        mst_node_near(&s->waters, MST_OCEAN, mst_node_point(&s->waters, coarse));
    if (mst_spread_slack_m(s, beside) < mst_spread_near_land_m(s))
        return (double)INFINITY; /* the coarse sheet is used here, and the node was not reached */
    double best_m = (double)INFINITY, unit[3];
    mst_spread_node_unit(s, coarse, unit);
    for (int32_t i = 0; i < 4; i++) {
        const mst_node ocean = {MST_OCEAN, coarse.x / MST_SHEET_RATIO + i % 2,
                                coarse.y / MST_SHEET_RATIO + i / 2};
        const mst_spread_tile *there = mst_spread_done_tile(s, ocean);
        if (there != NULL)
            best_m = fmin(best_m,
                          mst_spread_from_corner_m(s, there->corner[mst_node_index(ocean)], unit));
    }
    return best_m;
}

enum { MOST_TRIED = 48 };

/** Adds the ways by the corner of a node, by the corner before that, and by the node itself. */
static int32_t add_ways(mst_spread *s, mst_way_there *list, int32_t count, mst_node node,
                        const double unit[3])
{
    const mst_spread_tile *tile = mst_spread_done_tile(s, node);
    if (tile == NULL)
        return count;
    int32_t corner = tile->corner[mst_node_index(node)];
    for (int up = 0; up < 3 && corner >= 0 && count < MOST_TRIED; up++) {
        count = mst_spread_insert(
            list, count,
            (mst_way_there){mst_spread_from_corner_m(s, corner, unit), corner, node, 0});
        corner = mst_spread_corner(s, corner)->before;
    }
    return count;
}

/** The shortest way by one of the nodes beside a place. */
static double by_node_m(mst_spread *s, muster_point place, mst_node near, const double unit[3],
                        int32_t reach, double least_m, int32_t *out_corner)
{
    for (int32_t y = -reach; y <= reach; y++) {
        for (int32_t x = -reach; x <= reach; x++) {
            const mst_node node = {near.sheet, near.x + x, near.y + y};
            const mst_spread_tile *tile = mst_spread_done_tile(s, node);
            if (tile == NULL)
                continue;
            double there[3];
            mst_spread_node_unit(s, node, there);
            const int32_t index = mst_node_index(node);
            const double length_m =
                (double)tile->length_m[index] + mst_spread_between_m(there, unit);
            if (length_m < least_m &&
                mst_waters_leg(&s->waters, mst_node_point(&s->waters, node), place)) {
                least_m = length_m;
                *out_corner = tile->corner[index];
            }
        }
    }
    return least_m;
}

double mst_spread_place_m(mst_spread *s, muster_point place, int32_t *out_corner)
{
    mst_way_there list[MOST_TRIED];
    int32_t count = 0, corner = -1;
    double unit[3];
    place.lon_deg = mst_shore_lon(s->waters.land, muster_lon_inside(place.lon_deg));
    mst_spread_unit(place, unit);
    mst_waters_start(&s->waters);
    mst_spread_add_end(s, s->from);
    mst_spread_add_end(s, place);
    for (int32_t sheet = MST_OCEAN; sheet <= MST_COARSE; sheet++) {
        const mst_node near = mst_node_near(&s->waters, sheet, place);
        const int32_t reach = sheet == MST_OCEAN ? 1 : 4;
        for (int32_t y = -reach; y <= reach; y++)
            for (int32_t x = -reach; x <= reach && count < MOST_TRIED; x++)
                count = add_ways(s, list, count, (mst_node){sheet, near.x + x, near.y + y}, unit);
    }
    double best_m = (double)INFINITY;
    for (int32_t i = 0; i < count && corner < 0; i++) {
        if (mst_waters_leg(&s->waters, mst_spread_corner(s, list[i].corner)->point, place)) {
            best_m = list[i].length_m;
            corner = list[i].corner;
        }
    }
    for (int32_t sheet = MST_OCEAN; sheet <= MST_COARSE; sheet++)
        best_m = by_node_m(s, place, mst_node_near(&s->waters, sheet, place), unit,
                           sheet == MST_OCEAN ? 1 : 3, best_m, &corner);
    if (out_corner != NULL)
        *out_corner = corner;
    return best_m;
}
