/** @file spread.h
 * How far everything at sea is from one place: the water spreads from it until a distance is reached.
 *
 * A node of the lattice (waters.h) keeps the corner from which a ship comes straight to it, and how far
 * that corner is along the way: its distance is that of the corner and the geodesic from there. So
 * lengths are those of taut lines whose corners lie at the lattice's nodes, pulled towards the shore,
 * and do not depend on the directions of the lattice. sim/world/README.md tells the method and what it
 * was measured to be worth.
 *
 * What a ship may do is what mst_way_find allows: the offing is kept except round the start, in narrow
 * gates and within the end zone of the place gone to; where it cannot be kept, ships go on through
 * channels of 2 * MST_PASSAGE_M.
 */
#ifndef MST_WORLD_SPREAD_H
#define MST_WORLD_SPREAD_H

#include "world/graph.h"
#include "world/heap.h"

/** A place where ways turn. */
typedef struct mst_corner {
    muster_point point;
    double unit[3]; /* of the parametric latitude                                */
    double at_m;    /* length of the way that leads here                         */
    int32_t before; /* the corner from which it comes, -1: it is the start       */
} mst_corner;

/** What is known of the nodes of a tile. */
typedef struct mst_spread_tile {
    float length_m[MST_TILE_NODES]; /* of the way; meaningless where mark is 0                    */
    float cost_m[MST_TILE_NODES];   /* by which nodes are taken in turn                           */
    uint32_t left[MST_TILE_NODES]; /* code of the last node on the way that keeps the offing      */
    int32_t corner[MST_TILE_NODES]; /* from which a ship comes straight                           */
    int32_t *own;                  /* corner that lies at the node, 1 + index; null: none in tile */
    uint8_t mark[MST_TILE_NODES];  /* see spread.c                                               */
    uint8_t water[MST_TILE_NODES]; /* see spread.c                                               */
    uint8_t hops[MST_TILE_NODES];  /* legs in a row that were tested by their last part alone    */
} mst_spread_tile;

typedef struct mst_spread {
    mst_arena arena; /* owns everything */
    mst_geography geography;
    mst_waters waters;
    mst_graph graph;
    mst_heap open;
    mst_list corner; /* of mst_corner */
    mst_spread_tile **tile[MST_SHEETS];
    muster_point from;
    double most_m;
    int32_t layer; /* see spread.c */
    bool is_cut;   /* by most_m: open water goes on */
    bool failed;   /* memory was short */
} mst_spread;

/**
 * Spreads from a place in water to most_m (INFINITY: everywhere), a little beyond it at its rim.
 *
 * @param[in]  geography  longitudes in any turn
 * @param[out] out        owned by the caller, mst_spread_clear, also on failure
 * @return false when memory is short. From a place on land nothing is reached.
 */
bool mst_spread_make(const mst_land *land, const mst_geography *geography, muster_point from,
                     double most_m, const muster_memory *memory, mst_spread *out);
void mst_spread_clear(mst_spread *spread);

/**
 * Length of the way to a node of the coarse sheet, metres; INFINITY: not reached, on land, or farther
 * than most_m and its rim.
 */
double mst_spread_node_m(mst_spread *s, mst_node coarse);

/** The same of a node of the ocean sheet far from land; negative: not known by that sheet alone. */
double mst_spread_ocean_m(mst_spread *s, mst_node ocean);

/** True if the way to a node of a tile is known, within most_m or at its rim. */
bool mst_spread_is_done(const mst_spread_tile *tile, int32_t index);

/**
 * The same for any place, every leg of the last part tested as for a route that ends there.
 *
 * @param[out] out_corner  corner before it, -1 when it is not reached; may be null
 */
double mst_spread_place_m(mst_spread *s, muster_point place, int32_t *out_corner);

/** Metres between two places given as unit vectors of the parametric latitude: within 30 m on WGS84
 * up to 10,000 km (Lambert's formula of first order). */
double mst_spread_between_m(const double one[3], const double two[3]);

/** Unit vector of the parametric latitude of a place. */
void mst_spread_unit(muster_point place, double out[3]);

#endif
