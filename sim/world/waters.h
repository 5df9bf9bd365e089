/** @file waters.h
 * Where a ship may go: land with its offing, zones where the offing is relaxed, closed gates,
 * areas to avoid. Answers one question exactly (may a ship follow this leg?) and keeps a
 * lattice of distances that makes most answers quick.
 *
 * The lattice has three sheets over the whole box, made tile by tile as the search touches
 * them: fine (0.005 degree of latitude, 0.00625 of longitude), near the ends of a route and in narrow
 * gates; coarse, for waters near land, whose steps are four of the fine ones, or some other number
 * where less will do (mst_waters_init); ocean, with steps of four coarse ones. Ocean nodes are coarse
 * nodes too, coarse nodes are fine nodes too.
 */
#ifndef MST_WORLD_WATERS_H
#define MST_WORLD_WATERS_H

#include "world/route.h"
#include "world/shore.h"

/** Even with offing 0 a route keeps this far off: its legs are curves, tested as chords. */
#define MST_LEAST_CLEAR_M 10.0
/** Where the offing cannot be kept, ships still use no channel narrower than twice this
 * (assumed: about what a frigate takes under pilotage). Ends are left and reached at 10 m. */
#define MST_PASSAGE_M 200.0

/** Distance from land is known up to the offing and this much more. */
#define MST_OCEAN_SPARE_M 28000.0
#define MST_COARSE_SPARE_M 7000.0
/** Distance of a fine node from land is known up to this. */
#define MST_FINE_CAP_M 1500.0
/** Distance from gates and avoided areas is known up to this. */
#define MST_OTHER_CAP_M 40000.0

enum { MST_OCEAN, MST_COARSE, MST_FINE, MST_SHEETS, MST_SHEET_RATIO = 4, MST_TILE = 64 };
enum { MST_TILE_NODES = MST_TILE * MST_TILE };

typedef struct mst_tile {
    float clear_m[MST_TILE_NODES]; /* distance from land, capped; 0: on land or off the box */
    float *other_m;                /* distance from closed gates and avoided areas, capped;
                                      negative inside; null: all beyond the cap              */
    uint32_t zone_run;             /* run for which near_zone holds                          */
    bool near_zone;
    uint32_t cost_serial;  /* search for which cost_m and from hold                  */
    uint32_t flood_serial; /* flood for which flood holds                            */
    float *cost_m;         /* search: least cost so far; null until first used       */
    uint8_t *from;         /* search: move that led here, 0: none yet                */
    uint8_t *flood;        /* flood: from which end, 0: not reached                  */
} mst_tile;

typedef struct mst_sheet {
    int32_t x0, y0;        /* lattice numbers of the first node                         */
    int32_t columns, rows; /* nodes                                                     */
    int32_t tile_columns, tile_rows;
    mst_tile **tile; /* (tile_rows x tile_columns), null until made               */
    double lat_step_deg, lon_step_deg;
    double *lat_deg, *lon_deg;   /* (rows), (columns)                                         */
    double *step_x_m, *step_y_m; /* metres to the next node east and north         (rows)     */
    double *row_unit;            /* cosine, sine of the parametric latitude        (rows x 2) */
    double *column_unit;         /* cosine, sine of the longitude                  (columns x 2) */
} mst_sheet;

/** A circle in which the offing is relaxed. */
typedef struct mst_zone {
    enum { MST_ZONE_END, MST_ZONE_GATE, MST_ZONE_RELIEF } kind;
    muster_point centre;
    double radius_m, need_m; /* distance to keep from land inside */
} mst_zone;

/** A gate as tested: the line with its 10 km at both ends. */
typedef struct mst_gate_line {
    muster_point a, b;
    bool closed;
} mst_gate_line;

typedef struct mst_waters {
    const mst_land *land;
    const mst_geography *geography;
    mst_arena *arena;
    mst_gate_line *gate; /* (geography->gate_count) */
    double offing_m;     /* at least MST_LEAST_CLEAR_M */
    int32_t fine_steps;  /* of the fine sheet in one of the coarse */
    mst_sheet sheet[MST_SHEETS];
    mst_zone *zone; /* those of gates first (gate_zone_count), then those of the route */
    int32_t zone_count, gate_zone_count, zone_capacity;
    bool soft;        /* for now the least distance from land will do (see mst_search) */
    uint32_t run;     /* counts sets of zones                                             */
    uint32_t serial;  /* counts searches and floods                                       */
    float *lengths_m; /* see mst_lattice_lengths                                          */
} mst_waters;

/** A node of a sheet, counted from its south-west corner. */
typedef struct mst_node {
    int32_t sheet, x, y;
} mst_node;

/** Copies gates and areas, their longitudes as the land has them; texts are borrowed. False when
 * memory is short. */
bool mst_geography_place(const mst_land *land, const mst_geography *given, mst_arena *arena,
                         mst_geography *out);

/**
 * Makes the waters of a geography in an arena; gates all open if all_open. A coarse step is
 * fine_steps of the fine sheet: MST_SHEET_RATIO for routes.
 * False when memory is short. Land, geography and arena are borrowed.
 */
bool mst_waters_init(mst_waters *waters, const mst_land *land, const mst_geography *geography,
                     bool all_open, int32_t fine_steps, mst_arena *arena);

/** Forgets the zones of the last route and starts a run; the caller adds new zones. */
void mst_waters_start(mst_waters *waters);
/** Adds a zone for this run; false: no room. */
bool mst_waters_add_zone(mst_waters *waters, mst_zone zone);

/** Distance a ship must keep from land at a place. */
double mst_waters_need_m(const mst_waters *waters, muster_point point);

/** Distance to keep outside zones: the offing, or less in a soft search. */
static inline double mst_waters_open_m(const mst_waters *waters)
{
    return waters->soft ? fmin(MST_PASSAGE_M, waters->offing_m) : waters->offing_m;
}

/** Index of the avoided area that holds a place, or -1. */
int32_t mst_waters_avoided(const mst_waters *waters, muster_point point);

/** The tile of a node, made when first asked for; null when memory is short. */
mst_tile *mst_lattice_tile(mst_waters *waters, mst_node node);
/** Index of a node in its tile. */
static inline int32_t mst_node_index(mst_node node)
{
    return (node.y % MST_TILE) * MST_TILE + node.x % MST_TILE;
}
bool mst_lattice_init(mst_waters *waters);
/** A table (coarse rows x per_row), zero at first, that the search fills with lengths of its
 * moves; the same one at every call. Null when memory is short. */
float *mst_lattice_lengths(mst_waters *waters, int32_t per_row);
muster_point mst_node_point(const mst_waters *waters, mst_node node);
/** The node nearest to a place, kept on the sheet. */
mst_node mst_node_near(const mst_waters *waters, int32_t sheet, muster_point point);

/**
 * Radius in metres of a circle round the node inside which a ship may be anywhere; negative:
 * not even at the node. A lower bound. tile is the node's own.
 */
double mst_node_slack_m(const mst_waters *waters, const mst_tile *tile, mst_node node);
/** Recomputes what a tile knows of the zones, once a run. */
void mst_tile_see_zones(const mst_waters *waters, mst_tile *tile, mst_node node);

/** Longest piece of a leg that is tested as a straight line in longitude and latitude. */
#define MST_PIECE_M 10000.0

/** A leg as it is followed: the arc on the unit sphere, as in num/track.h. */
typedef struct mst_arc {
    muster_point a, b;
    double u[3], w[3]; /* start, and the unit vector square to it towards b */
    double angle_rad;
    int32_t pieces; /* of MST_PIECE_M at most */
} mst_arc;

mst_arc mst_arc_of(const mst_land *land, muster_point a, muster_point b);
muster_point mst_arc_at(const mst_land *land, const mst_arc *arc, double share);

/** True if a ship may follow the leg from a to b. Its first point must be in water. */
bool mst_waters_leg(mst_waters *waters, muster_point a, muster_point b);

/** Least distance of a leg from land, 0..limit_m; zones of the kinds in the mask (bit 1 << kind)
 * are left out; *out_any: some part lies outside them. */
double mst_waters_leg_clear_m(const mst_waters *waters, muster_point a, muster_point b,
                              unsigned skip_kinds, double limit_m, bool *out_any);

#endif
