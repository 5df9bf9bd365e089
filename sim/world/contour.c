/** @file contour.c
 * The line of equal distance by sea: marching squares over the nodes of the coarse sheet.
 *
 * Source of the method: W. E. Lorensen, H. E. Cline, "Marching cubes", Computer Graphics 21, 1987, in
 * two dimensions.
 */
#include "world/contour_line.h"

#include "world/spread.h"

#include <string.h>

/** Within this many metres of the line a node's distance is asked for one by one. */
static const double RIM_M = 25000.0;
/** A point of the line is moved at most so far to where its distance is that of the line. */
static const double MOVE_MOST_M = 12000.0;
/** And is moved when it is off by more than this part of it. */
static const double MOVE_SHARE = 2e-4;

/** Edges of a cell, and corners as bits: SW, SE, NE, NW. */
enum { SOUTH, EAST, NORTH, WEST, EDGES };
/** Where a line that enters a cell by an edge leaves it, the area on its left; -1: none enters there.
 * Two areas that touch at a corner of a cell stay apart. */
static const int32_t LEAVES[16][EDGES] = {
    {-1, -1, -1, -1},    {WEST, -1, -1, -1},   {-1, SOUTH, -1, -1},    {-1, WEST, -1, -1},
    {-1, -1, EAST, -1},  {WEST, -1, EAST, -1}, {-1, -1, SOUTH, -1},    {-1, -1, WEST, -1},
    {-1, -1, -1, NORTH}, {NORTH, -1, -1, -1},  {-1, SOUTH, -1, NORTH}, {-1, NORTH, -1, -1},
    {-1, -1, -1, EAST},  {EAST, -1, -1, -1},   {-1, -1, -1, SOUTH},    {-1, -1, -1, -1}};

/** A window of the coarse sheet with a rim of one node that is out. */
typedef struct window {
    mst_spread *spread;
    double radius_m;
    int32_t x0, y0; /* node of the sheet at place (1, 1)                                  */
    int32_t columns, rows;
    uint8_t *in; /* (rows x columns): bit 0: within; bits 4..7: line entered by edge     */
    int32_t seam_west, seam_east; /* columns of the sheet beyond which the window was cut */
    double move_deg;              /* from longitudes of the land to -180..180             */
    mst_arena *arena;
    mst_list *line; /* of mst_contour_line */
    mst_contour *out;
} window;

static uint8_t *at(const window *w, int32_t x, int32_t y)
{
    return &w->in[(ptrdiff_t)y * w->columns + x];
}

static mst_node node_at(const window *w, int32_t x, int32_t y)
{
    return (mst_node){MST_COARSE, w->x0 + x - 1, w->y0 + y - 1};
}

/* ---- what is within --------------------------------------------------------------------- */

/** Columns and rows of the coarse sheet that hold everything within; false: nothing is. */
static bool find_extent(const mst_spread *s, double radius_m, int32_t low[2], int32_t high[2])
{
    low[0] = low[1] = INT32_MAX;
    high[0] = high[1] = INT32_MIN;
    for (int32_t sheet = MST_OCEAN; sheet <= MST_COARSE; sheet++) {
        const mst_sheet *of = &s->waters.sheet[sheet];
        const int32_t scale = sheet == MST_OCEAN ? MST_SHEET_RATIO : 1;
        for (int32_t i = 0; i < of->tile_columns * of->tile_rows; i++) {
            const mst_spread_tile *tile = s->tile[sheet][i];
            for (int32_t k = 0; tile != NULL && k < MST_TILE_NODES; k++) {
                if (!mst_spread_is_done(tile, k) || (double)tile->length_m[k] > radius_m)
                    continue;
                const int32_t x = scale * (i % of->tile_columns * MST_TILE + k % MST_TILE);
                const int32_t y = scale * (i / of->tile_columns * MST_TILE + k / MST_TILE);
                low[0] = x - scale < low[0] ? x - scale : low[0];
                low[1] = y - scale < low[1] ? y - scale : low[1];
                high[0] = x + scale > high[0] ? x + scale : high[0];
                high[1] = y + scale > high[1] ? y + scale : high[1];
            }
        }
    }
    const mst_sheet *coarse = &s->waters.sheet[MST_COARSE];
    low[0] = low[0] < 0 ? 0 : low[0];
    low[1] = low[1] < 0 ? 0 : low[1];
    high[0] = high[0] >= coarse->columns ? coarse->columns - 1 : high[0];
    high[1] = high[1] >= coarse->rows ? coarse->rows - 1 : high[1];
    return low[0] <= high[0];
}

/** What holds for all nodes of the ocean cell at a coarse node: 1 within, 0 not, -1 it varies. */
static int32_t whole_cell(mst_spread *s, mst_node first, double radius_m)
{
    double least_m = (double)INFINITY, most_m = 0.0;
    for (int32_t i = 0; i < 4; i++) {
        const mst_node ocean = {MST_OCEAN, first.x / MST_SHEET_RATIO + i % 2,
                                first.y / MST_SHEET_RATIO + i / 2};
        const double length_m = mst_spread_ocean_m(s, ocean);
        if (length_m < 0.0)
            return -1;
        least_m = fmin(least_m, length_m);
        most_m = fmax(most_m, length_m);
    }
    return most_m + RIM_M < radius_m ? 1 : least_m - RIM_M > radius_m ? 0 : -1;
}

/** Fills the part of the window that lies in one ocean cell. */
static void fill_cell(const window *w, mst_node first)
{
    const int32_t all = whole_cell(w->spread, first, w->radius_m);
    for (int32_t i = 0; i < MST_SHEET_RATIO * MST_SHEET_RATIO; i++) {
        const mst_node node = {MST_COARSE, first.x + i % MST_SHEET_RATIO,
                               first.y + i / MST_SHEET_RATIO};
        const int32_t x = node.x - w->x0 + 1, y = node.y - w->y0 + 1;
        if (x < 1 || y < 1 || x > w->columns - 2 || y > w->rows - 2)
            continue;
        *at(w, x, y) = all >= 0                                            ? (uint8_t)all
                       : mst_spread_node_m(w->spread, node) <= w->radius_m ? 1
                                                                           : 0;
    }
}

static void fill(const window *w)
{
    const int32_t x0 = w->x0 / MST_SHEET_RATIO * MST_SHEET_RATIO;
    const int32_t y0 = w->y0 / MST_SHEET_RATIO * MST_SHEET_RATIO;
    for (int32_t y = y0; y < w->y0 + w->rows - 2; y += MST_SHEET_RATIO)
        for (int32_t x = x0; x < w->x0 + w->columns - 2; x += MST_SHEET_RATIO)
            fill_cell(w, (mst_node){MST_COARSE, x, y});
}

/* ---- where the line crosses ------------------------------------------------------------- */

/** Moves a point of the line near land to where its distance is the radius. */
static muster_point moved(const window *w, muster_point point)
{
    mst_spread *s = w->spread;
    for (int i = 0; i < 2; i++) {
        int32_t corner = -1;
        const double off_m = mst_spread_place_m(s, point, &corner) - w->radius_m;
        if (corner < 0 || fabs(off_m) < MOVE_SHARE * w->radius_m || fabs(off_m) > MOVE_MOST_M)
            return point;
        const muster_point from = MST_AT(mst_corner, &s->corner, corner)->point;
        const double leg_m = muster_geo_distance_m(from, point) - off_m;
        if (leg_m <= 0.0)
            return point;
        muster_point there =
            muster_geo_destination(from, muster_geo_azimuth_deg(from, point), leg_m);
        there.lon_deg = mst_shore_lon(s->waters.land, there.lon_deg);
        if (mst_land_is_land(s->waters.land, there) || !mst_land_covers(s->waters.land, there))
            return point;
        point = there;
    }
    return point;
}

/** Distance from land of a node of the coarse sheet; capped. */
static double clear_m(mst_spread *s, mst_node node)
{
    const mst_tile *tile = mst_lattice_tile(&s->waters, node);
    if (tile == NULL) {
        s->failed = true;
        return 0.0;
    }
    return (double)tile->clear_m[mst_node_index(node)];
}

/** Where the line crosses from a node within to one beside it that is not. */
static mst_line_point crossing(const window *w, mst_node in, mst_node out)
{
    mst_spread *s = w->spread;
    muster_point a = mst_node_point(&s->waters, in);
    if (out.x < w->seam_west || out.x > w->seam_east)
        return (mst_line_point){a, a}; /* cut along the meridian of the node */
    if (!mst_graph_has(&s->waters, out) ||
        !mst_land_covers(s->waters.land, mst_node_point(&s->waters, out))) {
        w->out->is_clipped = true;
        return (mst_line_point){a, a};
    }
    const muster_point b = mst_node_point(&s->waters, out);
    const double in_m = mst_spread_node_m(s, in), out_m = mst_spread_node_m(s, out);
    const double step_m = mst_plane_distance_m(a, b), clear = clear_m(s, in);
    const bool goes_on = out_m < in_m + 1.5 * step_m; /* else the two are apart: a shore, a gate */
    double share = (w->radius_m - in_m) / (goes_on ? out_m - in_m : step_m);
    if (!goes_on)
        share = fmin(share, fmin(0.5, clear / step_m));
    share = fmax(0.0, fmin(1.0, share));
    const muster_point point = {a.lat_deg + share * (b.lat_deg - a.lat_deg),
                                a.lon_deg + share * (b.lon_deg - a.lon_deg)};
    const bool is_moved = goes_on && clear < s->waters.offing_m + s->geography.end_zone_m;
    return (mst_line_point){is_moved ? moved(w, point) : point, point};
}

/** The point at which the line leaves a cell by an edge. */
static mst_line_point leaving_at(const window *w, int32_t x, int32_t y, int32_t edge)
{
    static const int32_t ONE[EDGES][2] = {{0, 0}, {1, 0}, {0, 1}, {0, 0}};
    static const int32_t TWO[EDGES][2] = {{1, 0}, {1, 1}, {1, 1}, {0, 1}};
    const int32_t x1 = x + ONE[edge][0], y1 = y + ONE[edge][1];
    const int32_t x2 = x + TWO[edge][0], y2 = y + TWO[edge][1];
    return (*at(w, x1, y1) & 1) != 0 ? crossing(w, node_at(w, x1, y1), node_at(w, x2, y2))
                                     : crossing(w, node_at(w, x2, y2), node_at(w, x1, y1));
}

/* ---- following it ------------------------------------------------------------------------ */

static int32_t case_of(const window *w, int32_t x, int32_t y)
{
    return (*at(w, x, y) & 1) | (*at(w, x + 1, y) & 1) << 1 | (*at(w, x + 1, y + 1) & 1) << 2 |
           (*at(w, x, y + 1) & 1) << 3;
}

static bool is_same(muster_point a, muster_point b)
{
    return fabs(a.lat_deg - b.lat_deg) < 1e-6 && fabs(a.lon_deg - b.lon_deg) < 1e-6;
}

static bool add_point(const window *w, mst_list *points, mst_line_point point)
{
    point.point.lon_deg += w->move_deg;
    point.before.lon_deg += w->move_deg;
    if (points->count > 0 &&
        is_same(MST_AT(mst_line_point, points, points->count - 1)->point, point.point))
        return true;
    mst_line_point *place = mst_list_add(w->arena, points, sizeof *place);
    if (place == NULL)
        return false;
    *place = point;
    return true;
}

static bool keep_line(const window *w, mst_list *points)
{
    while (points->count > 1 && is_same(MST_AT(mst_line_point, points, 0)->point,
                                        MST_AT(mst_line_point, points, points->count - 1)->point))
        points->count--;
    if (points->count < 3)
        return true;
    mst_contour_line *place = mst_list_add(w->arena, w->line, sizeof *place);
    if (place == NULL)
        return false;
    *place = (mst_contour_line){MST_AT(mst_line_point, points, 0), points->count, 0};
    return true;
}

/** Follows the line that enters a cell by an edge until it is there again. */
static bool follow(const window *w, int32_t x, int32_t y, int32_t edge)
{
    static const int32_t STEP[EDGES][2] = {{0, -1}, {1, 0}, {0, 1}, {-1, 0}};
    mst_list points = {0};
    for (;;) {
        uint8_t *here = at(w, x, y);
        if ((*here >> 4 >> edge & 1) != 0)
            return !w->spread->failed && keep_line(w, &points);
        *here = (uint8_t)(*here | 16 << edge);
        const int32_t leaves = LEAVES[case_of(w, x, y)][edge];
        if (!add_point(w, &points, leaving_at(w, x, y, leaves)))
            return false;
        x += STEP[leaves][0];
        y += STEP[leaves][1];
        edge = (leaves + 2) % EDGES;
    }
}

static bool march(const window *w)
{
    for (int32_t y = 0; y + 1 < w->rows; y++) {
        for (int32_t x = 0; x + 1 < w->columns; x++) {
            const int32_t which = case_of(w, x, y);
            for (int32_t edge = 0; edge < EDGES && which != 0 && which != 15; edge++)
                if (LEAVES[which][edge] >= 0 && (*at(w, x, y) >> 4 >> edge & 1) == 0 &&
                    !follow(w, x, y, edge))
                    return false;
        }
    }
    return true;
}

/* ---- the whole --------------------------------------------------------------------------- */

/** The part of the area between two columns of the coarse sheet, inclusive. */
static bool add_part(mst_spread *s, double radius_m, const int32_t low[2], const int32_t high[2],
                     mst_arena *arena, mst_list *lines, mst_contour *out)
{
    const mst_sheet *sheet = &s->waters.sheet[MST_COARSE];
    window w = {.spread = s, .radius_m = radius_m, .arena = arena, .line = lines, .out = out};
    w.x0 = w.seam_west = low[0];
    w.y0 = low[1];
    w.seam_east = high[0];
    // Where the sheet ends the window is not cut: the area is.
    if (low[0] == 0)
        w.seam_west = INT32_MIN;
    if (high[0] == sheet->columns - 1)
        w.seam_east = INT32_MAX;
    w.columns = high[0] - low[0] + 3;
    w.rows = high[1] - low[1] + 3;
    const double middle = 0.5 * (sheet->lon_deg[low[0]] + sheet->lon_deg[high[0]]);
    w.move_deg = -360.0 * floor((middle + 180.0) / 360.0);
    w.in = mst_arena_array(arena, (size_t)w.columns * (size_t)w.rows, 1);
    if (w.in == NULL)
        return false;
    fill(&w);
    return march(&w);
}

bool mst_contour_sea(mst_spread *s, double radius_m, mst_arena *arena, mst_contour *out)
{
    *out = (mst_contour){0};
    mst_list lines = {0};
    int32_t low[2], high[2];
    if (!(radius_m > 0.0) || !find_extent(s, radius_m, low, high))
        return true;
    const mst_sheet *sheet = &s->waters.sheet[MST_COARSE];
    for (int32_t x = low[0]; x <= high[0];) {
        // Up to the next meridian of 180 degrees, which is a column of the sheet.
        const double lon = sheet->lon_deg[x] + 1e-9;
        const double seam = 360.0 * (floor((lon + 180.0) / 360.0) + 1.0) - 180.0;
        const mst_node meets = mst_node_near(&s->waters, MST_COARSE, (muster_point){0.0, seam});
        const bool is_last = seam > sheet->lon_deg[high[0]];
        const int32_t from[2] = {x, low[1]}, to[2] = {is_last ? high[0] : meets.x, high[1]};
        if (from[0] < to[0] && !add_part(s, radius_m, from, to, arena, &lines, out))
            return false;
        if (is_last || to[0] >= high[0])
            break;
        x = to[0];
    }
    return mst_contour_rings(arena, &lines, radius_m, &out->ring) &&
           mst_rings_sort(arena, &out->ring) && !s->failed && !s->arena.failed;
}

mst_spread *mst_spread_open(const mst_land *land, const mst_geography *geography, muster_point from,
                            double most_m, const muster_memory *memory)
{
    mst_spread *spread = mst_memory_alloc(memory, sizeof *spread);
    if (spread == NULL)
        return NULL;
    if (mst_spread_make(land, geography, from, most_m, memory, spread))
        return spread;
    mst_spread_close(spread, memory);
    return NULL;
}

void mst_spread_close(mst_spread *spread, const muster_memory *memory)
{
    if (spread == NULL)
        return;
    mst_spread_clear(spread);
    mst_memory_free(memory, spread);
}
