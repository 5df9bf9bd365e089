/** @file graph.h
 * The lattice as a graph, for one search: which nodes take part, where a move leads, what it
 * costs, whether a ship may make it.
 *
 * Moves: on the ocean and the coarse sheet all steps (dx, dy) without common divisor up to 4
 * (48 directions, at most 0.8 % longer than the straight way in open water); on the fine sheet
 * the 8 neighbours; between the sheets, where nodes coincide, at no cost. The coarse sheet is
 * used near land and the ends, the fine one near the ends and narrow gates. A move is free when
 * the circles of slack of its two nodes cover it; when they do not and the move is short, the
 * leg is tested exactly.
 */
#ifndef MST_WORLD_GRAPH_H
#define MST_WORLD_GRAPH_H

#include "world/search.h"

enum { MST_MOST_STEP = 4, MST_MOST_MOVES = 48, MST_NEIGHBOURS = 8, MST_MOST_LINKS = 24 };

typedef struct mst_move {
    int32_t dx, dy;
} mst_move;

/** A node that is joined to an end. */
typedef struct mst_link {
    mst_node node;
    double length_m;
} mst_link;

typedef struct mst_graph {
    mst_waters *waters;
    muster_point end[2];
    double near_land_m; /* the coarse sheet is used where the ocean node beside has less slack */
    bool soft;          /* see mst_search */
    mst_move moves[MST_SHEETS][MST_MOST_MOVES]; /* by angle from west, anticlockwise */
    int32_t move_count[MST_SHEETS];
    float *lengths_m; /* of coarse moves, filled by the search (rows x MST_MOST_MOVES) */
    mst_link links[2][MST_MOST_LINKS];
    int32_t link_count[2];
    uint32_t cost_serial, flood_serial; /* see mst_tile */
    bool failed;                        /* memory was short */
} mst_graph;

/** Makes the moves and joins both ends to nodes round them. False when memory is short. */
bool mst_graph_init(mst_graph *g, mst_waters *waters, muster_point from, muster_point to,
                    bool soft);

/** One number per node of all sheets; even for a box of the whole Earth they fit 32 bits. */
uint32_t mst_graph_code(const mst_waters *waters, mst_node node);
mst_node mst_graph_node(const mst_waters *waters, uint32_t code);

/** True if the node is on its sheet. */
bool mst_graph_has(const mst_waters *waters, mst_node node);
/** True if the node, on its sheet, takes part: each sheet is used where it is needed. */
bool mst_graph_uses(mst_graph *g, mst_node node);
/** The same place on the next finer or coarser sheet; false when there is none in use. */
bool mst_graph_twin(mst_graph *g, mst_node node, bool finer, mst_node *out);

/** The tile of a node, its zones known; null when memory is short (g->failed). */
mst_tile *mst_graph_measured(mst_graph *g, mst_node node);
/** The same, ready for this search; null when memory is short (g->failed). */
mst_tile *mst_graph_tile(mst_graph *g, mst_node node);
double mst_graph_length_m(const mst_sheet *sheet, mst_node from, mst_move by);
/** What a move costs: its length, more inside the offing of a soft search. */
double mst_graph_cost_m(const mst_graph *g, const mst_tile *tile, mst_node to, double length_m);
/** True if a ship may make the move. The slack of both nodes is known and not negative. */
bool mst_graph_may_move(mst_graph *g, mst_node from, mst_node to, double from_slack_m,
                        double to_slack_m, double length_m, bool is_short);

/**
 * Floods from both ends in turn until they meet, one runs dry, or each has done its most.
 * @return MST_FOUND_NONE only when one ran dry
 */
mst_found mst_flood(mst_graph *g, int32_t most);

#endif
