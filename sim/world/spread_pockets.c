/** @file spread_pockets.c
 * Small waters, which are reached through inner ones, and the sea, which is not.
 */
#include "world/spread_parts.h"

/** Water where the offing is kept, as far as known: being listed, a pocket of at most so many nodes of
 * the coarse sheet (about 7,000 square miles), or sea. */
enum { WATER_LISTED = 1, WATER_POCKET, WATER_SEA, POCKET_NODES = 6000 };

/** A node of a coarse or finer sheet where the offing is kept, outside the soft layers' rules. */
static bool keeps_offing(mst_spread *s, mst_node node)
{
    s->waters.soft = false;
    const bool keeps = mst_spread_slack_m(s, node) >= 0.0;
    s->waters.soft = true;
    return keeps;
}

/** Gives all nodes of one water a kind. */
static void tell_water(mst_spread *s, const mst_list *water, uint8_t kind)
{
    for (int32_t i = 0; i < water->count; i++) {
        const mst_node node = *MST_AT(mst_node, water, i);
        mst_spread_tile *tile = mst_spread_tile_of(s, node);
        if (tile != NULL)
            tile->water[mst_node_index(node)] = kind;
    }
}

/** True if sea that was not reached lies within a few steps of a node. */
static bool is_shore_of_sea(mst_spread *s, mst_node node)
{
    for (int32_t i = 0; i < MST_NEIGHBOURS; i++) {
        const mst_move by = s->graph.moves[MST_FINE][i];
        const int32_t step = mst_spread_is_wide(s) ? 1 : 2;
        for (int32_t steps = step; steps <= 2 * step; steps += step) {
            const mst_node there = {node.sheet, node.x + steps * by.dx, node.y + steps * by.dy};
            if (mst_graph_has(&s->waters, there) && mst_spread_done_tile(s, there) == NULL &&
                keeps_offing(s, there) && !mst_spread_is_pocket(s, there))
                return true;
        }
    }
    return false;
}

/**
 * True if a node may be reached through inner waters: its own water is inner, or it keeps the offing
 * but belongs to a small one. The sea beyond a narrow channel is reached the long way round, as
 * routes are, even if that lies beyond most_m.
 */
bool mst_spread_is_pocket(mst_spread *s, mst_node node)
{
    mst_spread_tile *tile = mst_spread_tile_of(s, node);
    if (node.sheet != MST_COARSE || tile == NULL)
        return node.sheet == MST_FINE;
    if (!keeps_offing(s, node))
        return !is_shore_of_sea(s, node);
    const uint8_t known = tile->water[mst_node_index(node)];
    if (known == WATER_POCKET || known == WATER_SEA)
        return known == WATER_POCKET;
    mst_list water = {0};
    bool is_sea = false;
    mst_node *first = mst_list_add(&s->arena, &water, sizeof *first);
    if (first == NULL)
        return false;
    *first = node;
    tile->water[mst_node_index(node)] = WATER_LISTED;
    for (int32_t done = 0; done < water.count && !is_sea; done++) {
        const mst_node from = *MST_AT(mst_node, &water, done);
        for (int32_t i = 0; i < MST_NEIGHBOURS && !is_sea; i++) {
            const mst_move by = s->graph.moves[MST_FINE][i];
            const mst_node to = {from.sheet, from.x + by.dx, from.y + by.dy};
            mst_spread_tile *there =
                mst_graph_has(&s->waters, to) ? mst_spread_tile_of(s, to) : NULL;
            if (there == NULL || there->water[mst_node_index(to)] == WATER_LISTED ||
                !keeps_offing(s, to))
                continue;
            is_sea = there->water[mst_node_index(to)] == WATER_SEA ||
                     water.count >= (mst_spread_is_wide(s) ? POCKET_NODES / 4 : POCKET_NODES);
            there->water[mst_node_index(to)] = WATER_LISTED;
            mst_node *place = mst_list_add(&s->arena, &water, sizeof *place);
            if (place == NULL)
                return false;
            *place = to;
        }
    }
    tell_water(s, &water, is_sea ? WATER_SEA : WATER_POCKET);
    return !is_sea;
}
