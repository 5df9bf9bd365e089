/** @file spread_parts.h
 * What the parts of the spreading water share: spread_nodes.c (nodes and corners), spread_legs.c
 * (straight legs), spread_pockets.c (small waters), spread.c (the order of it), spread_ask.c (questions
 * to what was spread).
 */
#ifndef MST_WORLD_SPREAD_PARTS_H
#define MST_WORLD_SPREAD_PARTS_H

#include "world/spread.h"

/** Layers, in the order in which they are made: water where the offing is kept; what lies within an
 * end zone of it; what is left. The two last keep MST_PASSAGE_M. */
enum { MST_SPREAD_LAYER_OPEN, MST_SPREAD_LAYER_END, MST_SPREAD_LAYER_INNER };
/** mark of a node: waiting in the heap, its leg is known to be free, done with; whether it takes part in
 * the first layer, as far as known; and its layer. */
enum {
    MST_SPREAD_WAITS = 1,
    MST_SPREAD_SEEN = 2,
    MST_SPREAD_DONE = 4,
    MST_SPREAD_IN_USE = 8,
    MST_SPREAD_OUT_OF_USE = 16,
    MST_SPREAD_LAYER_SHIFT = 5
};
/** Moves of a ship from node to node: those with dx^2 + dy^2 up to this, on the ocean 2. */
enum { MST_SPREAD_NEAR_MOVE2 = 5 };
/** Inside the offing straight legs are looked for up to this length. */
#define MST_SPREAD_INNER_LEG_M 40000.0

/** A way to a node: by a corner, straight, or by a node beside it, which becomes one. */
typedef struct mst_way_there {
    double length_m;
    int32_t corner; /* -1: by the node */
    mst_node by;
    uint8_t hops;
} mst_way_there;

void mst_spread_node_unit(const mst_spread *s, mst_node node, double out[3]);
mst_spread_tile *mst_spread_tile_of(mst_spread *s, mst_node node);
/** The tile of a node that is done with; null when it is not. */
const mst_spread_tile *mst_spread_done_tile(const mst_spread *s, mst_node node);
/** Slack of a node that is on its sheet. */
double mst_spread_slack_m(mst_spread *s, mst_node node);
bool mst_spread_is_wide(const mst_spread *s);
double mst_spread_near_land_m(const mst_spread *s);
/** True if ways may lead over a node that is on its sheet. */
bool mst_spread_is_in_use(mst_spread *s, mst_node node);
bool mst_spread_is_near_move(int32_t sheet, mst_move by);
const mst_corner *mst_spread_corner(const mst_spread *s, int32_t index);
/** Adds a corner; -1 when memory is short. */
int32_t mst_spread_add_corner(mst_spread *s, muster_point point, double at_m, int32_t before);
double mst_spread_from_corner_m(const mst_spread *s, int32_t corner, const double unit[3]);
/** The corner at a node that is done with, made when first asked for. */
int32_t mst_spread_own_corner(mst_spread *s, mst_node node, mst_node to);
/**
 * True if the leg from a corner to a node is free. Of a long one whose corner is seen from a node
 * beside, only the last part is tested, a few times in a row: the rest lies within a few steps of
 * the lattice of a leg that was tested.
 */
bool mst_spread_sees(mst_spread *s, mst_node node, double slack_m, int32_t corner, uint8_t *hops);
/** Puts a way where it belongs in a list by length; the same corner stands there once. */
int32_t mst_spread_insert(mst_way_there *list, int32_t count, mst_way_there way);
/** The shortest way to a node that some neighbour knows; false: none. */
bool mst_spread_best_way(mst_spread *s, mst_node node, double slack_m, int32_t refused,
                         mst_way_there *out);
/**
 * True if a node may be reached through inner waters: its own water is inner, or it keeps the offing
 * but belongs to a small one. The sea beyond a narrow channel is reached the long way round, as
 * routes are, even if that lies beyond most_m.
 */
bool mst_spread_is_pocket(mst_spread *s, mst_node node);
/** The circle round a place in which the offing does not hold: as for the end of a route. */
void mst_spread_add_end(mst_spread *s, muster_point place);

#endif
