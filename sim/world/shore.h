/** @file shore.h
 * What the route finder needs of the land beyond land.h: distances from segments, edges by cell.
 *
 * An edge is named by the index of its first point. Two indices over the edges: bands of
 * latitude (what does a parallel cross?) and cells (what is near?), both as lists in one array
 * with a table of starts.
 */
#ifndef MST_WORLD_SHORE_H
#define MST_WORLD_SHORE_H

#include "base/arena.h"
#include "world/land.h"
#include "world/plane.h"

#define MST_LAND_CELL_DEG 0.125
#define MST_LAND_BAND_DEG 0.05

/** Lists of edges: list i is edge[start[i]] .. edge[start[i + 1] - 1]. */
typedef struct mst_edge_lists {
    int32_t *start; /* list count + 1 */
    int32_t *edge;
} mst_edge_lists;

/** Position and size of the grid that the points lie on. */
typedef struct mst_land_grid {
    double lon_deg, lat_deg, lon_step_deg, lat_step_deg;
} mst_land_grid;

struct mst_land {
    const muster_memory *memory;
    mst_arena arena;
    uint64_t hash;
    double west, east, south, north;
    mst_land_grid grid;
    muster_point *point; /* all rings, one after another                (point_count)    */
    int32_t *next;       /* the point after, round the ring             (point_count)    */
    int32_t *ring_start; /*                                             (ring_count + 1) */
    int32_t point_count, ring_count;
    int32_t columns, rows, bands;
    mst_edge_lists cell; /* row by row from the south-west              (rows x columns) */
    mst_edge_lists band; /* from the south                              (bands)          */
};

/** Builds both indices; false: refused (*out_why) or, with *out_why null, memory is short. */
bool mst_shore_index(mst_land *land, const char **out_why);

/** The longitude of a place in the turn of the box, where there is one. */
double mst_shore_lon(const mst_land *land, double lon_deg);

/** A place, its longitude in any turn, with the one the land uses. */
muster_point mst_land_placed(const mst_land *land, muster_point point);

/** Column and row of the cell that holds a coordinate, clamped to the table. */
int32_t mst_shore_column(const mst_land *land, double lon_deg);
int32_t mst_shore_row(const mst_land *land, double lat_deg);

/**
 * Least distance in metres between a segment and the nearest shore, 0 where they meet.
 * Not looked for beyond limit_m (then limit_m). For segments and limits of a few tens of km.
 */
double mst_shore_segment_m(const mst_land *land, muster_point a, muster_point b, double limit_m);

/** The point of the shore nearest to a place, from either side; false: none within limit_m. */
bool mst_shore_nearest(const mst_land *land, muster_point point, double limit_m,
                       muster_point *out_foot, double *out_m);

/**
 * Longitudes at which a parallel enters (+1) or leaves (-1) land, unsorted.
 * @return their number; at most capacity are stored
 */
int32_t mst_shore_crossings(const mst_land *land, double lat_deg, double *lon_deg, int8_t *turn,
                            int32_t capacity);

#endif
