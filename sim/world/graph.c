/** @file graph.c
 * Nodes, moves and ends of one search.
 */
#include "world/graph.h"

#include <string.h>

/** Nodes this near to an end may be joined to it directly, by sheet. */
static const double LINK_REACH_M[MST_SHEETS] = {14000.0, 4500.0, 4500.0};
/** The coarse and the fine sheet are used this near to an end. */
static const double COARSE_REACH_M = 25000.0, FINE_REACH_M = 12000.0;
/** The coarse sheet is used where the ocean node beside has less slack than this. */
static const double NEAR_LAND_M = 18000.0;
/** A move at the coast costs up to this many times its length more in a soft search. */
static const double SOFT_WEIGHT = 40.0;

/** Tiles of a sheet. */
static uint32_t tiles_of(const mst_waters *waters, int32_t sheet)
{
    return (uint32_t)waters->sheet[sheet].tile_columns * (uint32_t)waters->sheet[sheet].tile_rows;
}

/** One number per node of all sheets; even for a box of the whole Earth they fit 32 bits. */
uint32_t mst_graph_code(const mst_waters *waters, mst_node node)
{
    const mst_sheet *sheet = &waters->sheet[node.sheet];
    uint32_t tile = (uint32_t)((node.y / MST_TILE) * sheet->tile_columns + node.x / MST_TILE);
    for (int32_t before = 0; before < node.sheet; before++)
        tile += tiles_of(waters, before);
    return tile * MST_TILE_NODES + (uint32_t)mst_node_index(node);
}

mst_node mst_graph_node(const mst_waters *waters, uint32_t code)
{
    uint32_t tile = code / MST_TILE_NODES;
    int32_t sheet = 0;
    for (; tile >= tiles_of(waters, sheet); sheet++)
        tile -= tiles_of(waters, sheet);
    const int32_t index = (int32_t)(code % MST_TILE_NODES);
    const int32_t columns = waters->sheet[sheet].tile_columns;
    return (mst_node){sheet, (int32_t)tile % columns * MST_TILE + index % MST_TILE,
                      (int32_t)tile / columns * MST_TILE + index / MST_TILE};
}

bool mst_graph_has(const mst_waters *waters, mst_node node)
{
    const mst_sheet *sheet = &waters->sheet[node.sheet];
    return node.x >= 0 && node.y >= 0 && node.x < sheet->columns && node.y < sheet->rows;
}

mst_tile *mst_graph_measured(mst_graph *g, mst_node node)
{
    mst_tile *tile = mst_lattice_tile(g->waters, node);
    if (tile == NULL)
        g->failed = true;
    else
        mst_tile_see_zones(g->waters, tile, node);
    return tile;
}

mst_tile *mst_graph_tile(mst_graph *g, mst_node node)
{
    mst_tile *tile = mst_graph_measured(g, node);
    if (tile == NULL)
        return NULL;
    if (tile->cost_m == NULL) {
        tile->cost_m = mst_arena_array(g->waters->arena, MST_TILE_NODES, sizeof(float));
        tile->from = mst_arena_array(g->waters->arena, MST_TILE_NODES, 1);
        tile->flood = mst_arena_array(g->waters->arena, MST_TILE_NODES, 1);
        if (tile->cost_m == NULL || tile->from == NULL || tile->flood == NULL) {
            tile->cost_m = NULL;
            g->failed = true;
            return NULL;
        }
    }
    if (tile->cost_serial != g->cost_serial) {
        tile->cost_serial = g->cost_serial;
        memset(tile->from, 0, MST_TILE_NODES);
    }
    if (tile->flood_serial != g->flood_serial) {
        tile->flood_serial = g->flood_serial;
        memset(tile->flood, 0, MST_TILE_NODES);
    }
    return tile;
}

static bool is_near_end(const mst_graph *g, muster_point point, double reach_m)
{
    for (int i = 0; i < 2; i++)
        if (fabs(point.lat_deg - g->end[i].lat_deg) * 110000.0 < reach_m &&
            mst_plane_distance_m(point, g->end[i]) < reach_m)
            return true;
    return false;
}

static bool is_near_gate(const mst_graph *g, muster_point point)
{
    for (int32_t i = 0; i < g->waters->gate_zone_count; i++) {
        const mst_zone *zone = &g->waters->zone[i];
        if (fabs(point.lat_deg - zone->centre.lat_deg) * 110000.0 < zone->radius_m &&
            mst_plane_distance_m(point, zone->centre) < zone->radius_m)
            return true;
    }
    return false;
}

/** True if the node, on its sheet, takes part: each sheet is used where it is needed. */
bool mst_graph_uses(mst_graph *g, mst_node node)
{
    if (node.sheet == MST_OCEAN)
        return true;
    const muster_point point = mst_node_point(g->waters, node);
    if (node.sheet == MST_FINE)
        return is_near_end(g, point, FINE_REACH_M) || is_near_gate(g, point);
    const mst_node beside = mst_node_near(g->waters, MST_OCEAN, point);
    const mst_tile *tile = mst_graph_measured(g, beside);
    return tile != NULL && (mst_node_slack_m(g->waters, tile, beside) < g->near_land_m ||
                            is_near_end(g, point, COARSE_REACH_M));
}

static int32_t common_divisor(int32_t a, int32_t b)
{
    while (b != 0) {
        const int32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/** Adds a move where its angle belongs. */
static void add_move(mst_graph *g, int32_t sheet, mst_move by)
{
    mst_move *moves = g->moves[sheet];
    int32_t at = g->move_count[sheet]++;
    const double angle = atan2(by.dy, by.dx);
    for (; at > 0 && atan2(moves[at - 1].dy, moves[at - 1].dx) > angle; at--)
        moves[at] = moves[at - 1];
    moves[at] = by;
}

static void make_moves(mst_graph *g)
{
    for (int32_t dy = -MST_MOST_STEP; dy <= MST_MOST_STEP; dy++) {
        for (int32_t dx = -MST_MOST_STEP; dx <= MST_MOST_STEP; dx++) {
            if (common_divisor(dx < 0 ? -dx : dx, dy < 0 ? -dy : dy) != 1)
                continue;
            add_move(g, MST_OCEAN, (mst_move){dx, dy});
            add_move(g, MST_COARSE, (mst_move){dx, dy});
            if (dx * dx <= 1 && dy * dy <= 1)
                add_move(g, MST_FINE, (mst_move){dx, dy});
        }
    }
}

double mst_graph_length_m(const mst_sheet *sheet, mst_node from, mst_move by)
{
    const int32_t y = from.y + by.dy;
    const double x_m = 0.5 * (sheet->step_x_m[from.y] + sheet->step_x_m[y]) * by.dx;
    const double y_m = 0.5 * (sheet->step_y_m[from.y] + sheet->step_y_m[y]) * by.dy;
    return sqrt(sq(x_m) + sq(y_m));
}

/** What a move costs: its length, more inside the offing of a soft search. */
double mst_graph_cost_m(const mst_graph *g, const mst_tile *tile, mst_node to, double length_m)
{
    if (!g->soft)
        return length_m;
    const double clear_m = (double)tile->clear_m[mst_node_index(to)];
    if (clear_m >= g->waters->offing_m)
        return length_m;
    const double need_m = mst_waters_need_m(g->waters, mst_node_point(g->waters, to));
    return length_m * (1.0 + SOFT_WEIGHT * fmax(0.0, 1.0 - clear_m / need_m));
}

/** True if a ship may make the move. The slack of both nodes is known and not negative. */
bool mst_graph_may_move(mst_graph *g, mst_node from, mst_node to, double from_slack_m,
                        double to_slack_m, double length_m, bool is_short)
{
    if (from_slack_m + to_slack_m >= 1.002 * length_m)
        return true;
    return is_short && mst_waters_leg(g->waters, mst_node_point(g->waters, from),
                                      mst_node_point(g->waters, to));
}

/** Joins an end to nodes round it that a ship can reach directly, nearest first. */
static void join_end(mst_graph *g, int which, int32_t sheet, int32_t most)
{
    mst_waters *waters = g->waters;
    const muster_point end = g->end[which];
    const mst_node near = mst_node_near(waters, sheet, end);
    const int32_t reach = sheet == MST_FINE ? 7 : 2;
    mst_link found[15 * 15];
    int32_t count = 0;
    for (int32_t dy = -reach; dy <= reach; dy++) {
        for (int32_t dx = -reach; dx <= reach; dx++) {
            const mst_node node = {sheet, near.x + dx, near.y + dy};
            if (!mst_graph_has(waters, node))
                continue;
            const double length_m = mst_plane_distance_m(end, mst_node_point(waters, node));
            const mst_tile *tile = mst_graph_measured(g, node);
            if (tile == NULL)
                return;
            if (length_m > LINK_REACH_M[sheet] || mst_node_slack_m(g->waters, tile, node) < 0.0 ||
                !mst_graph_uses(g, node))
                continue;
            int32_t at = count++;
            for (; at > 0 && found[at - 1].length_m > length_m; at--)
                found[at] = found[at - 1];
            found[at] = (mst_link){node, length_m};
        }
    }
    for (int32_t i = 0; i < count && most > 0; i++) {
        if (!mst_waters_leg(waters, end, mst_node_point(waters, found[i].node)))
            continue;
        g->links[which][g->link_count[which]++] = found[i];
        most--;
    }
}

/** The same place on the next finer or coarser sheet; false when there is none in use. */
bool mst_graph_twin(mst_graph *g, mst_node node, bool finer, mst_node *out)
{
    if (finer) {
        if (node.sheet == MST_FINE)
            return false;
        const int32_t ratio = node.sheet == MST_COARSE ? g->waters->fine_steps : MST_SHEET_RATIO;
        *out = (mst_node){node.sheet + 1, node.x * ratio, node.y * ratio};
    } else {
        const int32_t ratio = node.sheet == MST_FINE ? g->waters->fine_steps : MST_SHEET_RATIO;
        if (node.sheet == MST_OCEAN || node.x % ratio != 0 || node.y % ratio != 0)
            return false;
        *out = (mst_node){node.sheet - 1, node.x / ratio, node.y / ratio};
    }
    return mst_graph_has(g->waters, *out) && mst_graph_uses(g, *out);
}

bool mst_graph_init(mst_graph *g, mst_waters *waters, muster_point from, muster_point to, bool soft)
{
    *g = (mst_graph){.waters = waters,
                     .end = {from, to},
                     .near_land_m = NEAR_LAND_M,
                     .soft = soft,
                     .cost_serial = ++waters->serial};
    make_moves(g);
    g->lengths_m = mst_lattice_lengths(waters, MST_MOST_MOVES);
    if (g->lengths_m == NULL)
        return false;
    for (int which = 0; which < 2; which++)
        for (int32_t sheet = 0; sheet < MST_SHEETS; sheet++)
            join_end(g, which, sheet, MST_MOST_LINKS / MST_SHEETS);
    return !g->failed;
}
