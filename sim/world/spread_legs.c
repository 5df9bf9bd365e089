/** @file spread_legs.c
 * Straight legs from corners to nodes: which are free, which is best.
 */
#include "world/spread_parts.h"

/** Most moves of a ship from node to node. */
enum { MOST_NEAR = 16 };
/** Steps when a corner is pulled towards the straight way. */
enum { PULL_STEPS = 5 };
/** Legs that are tested by their last part alone, of so many steps of the lattice, in a row. */
enum { MOST_HOPS = 1, LAST_STEPS = 20, STEPS_BETWEEN = 2 };
/** A corner is pulled when it costs more than this. */
static const double PULL_LEAST_M = 60.0;
/** A corner is pulled by less than a step of the lattice: only this much of the leg to it is tested
 * anew, as the rest moves less. */
static const double LAST_PART_M = 40000.0;
/** Over open water a leg is tested in strides of at least this, as far as the ocean sheet tells. */
static const double LEAST_STRIDE_M = 6000.0;

bool mst_spread_is_near_move(int32_t sheet, mst_move by)
{
    return by.dx * by.dx + by.dy * by.dy <= (sheet == MST_OCEAN ? 2 : MST_SPREAD_NEAR_MOVE2);
}

/** The place on a leg from which on its last part begins. */
static muster_point last_part(const mst_spread *s, muster_point from, muster_point to,
                              double part_m)
{
    const mst_arc arc = mst_arc_of(s->waters.land, from, to);
    return mst_arc_at(s->waters.land, &arc, 1.0 - part_m / (arc.angle_rad * MST_EARTH_A_M));
}

/**
 * mst_waters_leg for long legs: over open water it goes on as far as the ocean sheet shows that the
 * water is free.
 */
static bool is_free(mst_spread *s, muster_point from, muster_point to)
{
    mst_waters *waters = &s->waters;
    const mst_arc arc = mst_arc_of(waters->land, from, to);
    const double length_m = arc.angle_rad * MST_EARTH_A_M;
    muster_point here = arc.a;
    for (double at_m = 0.0; at_m < length_m;) {
        if (!mst_land_covers(waters->land, here))
            return false;
        const mst_node ocean = mst_node_near(waters, MST_OCEAN, here);
        const double free_m = mst_spread_slack_m(s, ocean) / 1.01 -
                              mst_plane_distance_m(mst_node_point(waters, ocean), here);
        const double step_m = free_m > LEAST_STRIDE_M ? free_m : MST_PIECE_M;
        at_m += step_m;
        const muster_point next = mst_arc_at(waters->land, &arc, at_m / length_m);
        if (free_m <= LEAST_STRIDE_M && !mst_waters_leg(waters, here, next))
            return false;
        here = next;
    }
    return true;
}

/**
 * Where a way from a corner turns at a node towards a place beside it: pulled from the node towards
 * the straight way as far as both legs stay free.
 */
static muster_point pulled(mst_spread *s, const mst_corner *from, muster_point node,
                           muster_point to)
{
    const mst_plane plane = mst_plane_at(node.lat_deg);
    const mst_xy a = mst_plane_xy(plane, node, from->point), b = mst_plane_xy(plane, node, to);
    const mst_xy p = {0.0, 0.0};
    const double t = mst_xy_foot(p, a, b);
    const mst_xy foot = {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
    double low = 0.0, high = 1.0;
    muster_point best = node;
    const muster_point start = last_part(s, from->point, node, LAST_PART_M);
    for (int i = 0; i < PULL_STEPS; i++) {
        const double share = 0.5 * (low + high);
        const muster_point there = {node.lat_deg + share * foot.y / plane.lat_m,
                                    node.lon_deg + share * foot.x / plane.lon_m};
        if (mst_waters_leg(&s->waters, start, there) && mst_waters_leg(&s->waters, there, to)) {
            low = share;
            best = there;
        } else {
            high = share;
        }
    }
    return best;
}

/** The corner at a node that is done with, made when first asked for. */
int32_t mst_spread_own_corner(mst_spread *s, mst_node node, mst_node to)
{
    mst_spread_tile *tile = mst_spread_tile_of(s, node);
    const int32_t index = mst_node_index(node);
    if (tile->own == NULL)
        tile->own = mst_arena_array(&s->arena, MST_TILE_NODES, sizeof *tile->own);
    if (tile->own == NULL) {
        s->failed = true;
        return -1;
    }
    if (tile->own[index] != 0)
        return tile->own[index] - 1;
    const mst_corner from = *mst_spread_corner(s, tile->corner[index]);
    muster_point point = mst_node_point(&s->waters, node);
    double unit[3];
    mst_spread_node_unit(s, to, unit);
    const double turn_m = (double)tile->length_m[index] +
                          mst_plane_distance_m(point, mst_node_point(&s->waters, to)) - from.at_m -
                          mst_spread_between_m(from.unit, unit);
    if (s->layer == MST_SPREAD_LAYER_OPEN && turn_m > PULL_LEAST_M)
        point = pulled(s, &from, point, mst_node_point(&s->waters, to));
    mst_spread_unit(point, unit);
    const int32_t made = mst_spread_add_corner(
        s, point, from.at_m + mst_spread_between_m(from.unit, unit), tile->corner[index]);
    tile->own[index] = made + 1;
    return made;
}

/* ---- straight legs ---------------------------------------------------------------------- */

/** What the two nodes tell between which the leg to a node comes past. */
typedef enum mst_bracket { NOT_BETWEEN, BETWEEN, BETWEEN_FREE } mst_bracket;

/** True if a node beside is done with and is reached from the same corner. */
static bool shares_corner(mst_spread *s, mst_node node, double slack_m, mst_move by, int32_t corner,
                          uint8_t *hops, bool *is_free)
{
    const mst_node beside = {node.sheet, node.x + by.dx, node.y + by.dy};
    const mst_spread_tile *tile = mst_spread_done_tile(s, beside);
    const int32_t index = mst_node_index(beside);
    if (tile == NULL || tile->corner[index] != corner)
        return false;
    if (*hops < tile->hops[index])
        *hops = tile->hops[index];
    *is_free = *is_free && slack_m + fmax(0.0, mst_spread_slack_m(s, beside)) >=
                               1.002 * mst_graph_length_m(&s->waters.sheet[node.sheet], node, by);
    return true;
}

/**
 * Whether the two nodes between which the leg to a node comes past are reached straight from its
 * corner: then so is the node, if the water between the three is free.
 */
static mst_bracket bracket_of(mst_spread *s, mst_node node, double slack_m, int32_t corner,
                              uint8_t *hops)
{
    const double *to = mst_spread_corner(s, corner)->unit;
    const mst_sheet *sheet = &s->waters.sheet[node.sheet];
    const double *row = &sheet->row_unit[2 * node.y], *column = &sheet->column_unit[2 * node.x];
    const double out = to[0] * column[0] + to[1] * column[1];
    const double east = (to[1] * column[0] - to[0] * column[1]) / sheet->step_x_m[node.y];
    const double north = (to[2] * row[0] - out * row[1]) / sheet->step_y_m[node.y];
    const int32_t dx = east > 0.0 ? 1 : -1, dy = north > 0.0 ? 1 : -1;
    const mst_move straight = fabs(east) > fabs(north) ? (mst_move){dx, 0} : (mst_move){0, dy};
    const mst_move slanted = {dx, dy};
    bool is_free = true;
    if (!shares_corner(s, node, slack_m, straight, corner, hops, &is_free) ||
        !shares_corner(s, node, slack_m, slanted, corner, hops, &is_free))
        return NOT_BETWEEN;
    return is_free ? BETWEEN_FREE : BETWEEN;
}

/** How many nodes in a row have been seen by their last parts alone, at the neighbour of a node from
 * which its corner is seen; the least of all, MOST_HOPS when there is none. */
static int32_t hops_beside(const mst_spread *s, mst_node node, int32_t corner)
{
    int32_t least = MOST_HOPS;
    for (int32_t i = 0; i < MST_NEIGHBOURS; i++) {
        const mst_move by = s->graph.moves[MST_FINE][i];
        const mst_node beside = {node.sheet, node.x + by.dx, node.y + by.dy};
        const mst_spread_tile *tile = mst_spread_done_tile(s, beside);
        const int32_t index = mst_node_index(beside);
        if (tile != NULL && tile->corner[index] == corner && tile->hops[index] < least)
            least = tile->hops[index];
    }
    return least;
}

/**
 * True if the leg from a corner to a node is free. Of a long one whose corner is seen from a node
 * beside, only the last part is tested, a few times in a row: the rest lies within a few steps of
 * the lattice of a leg that was tested.
 */
bool mst_spread_sees(mst_spread *s, mst_node node, double slack_m, int32_t corner, uint8_t *hops)
{
    *hops = 0;
    const mst_bracket bracket = bracket_of(s, node, slack_m, corner, hops);
    if (bracket == BETWEEN_FREE)
        return true;
    const muster_point from = mst_spread_corner(s, corner)->point,
                       to = mst_node_point(&s->waters, node);
    const double part_m = (bracket == BETWEEN ? STEPS_BETWEEN : LAST_STEPS) *
                          s->waters.sheet[node.sheet].step_y_m[node.y];
    if (mst_sphere_distance_m(from, to) < 2.0 * part_m)
        return mst_waters_leg(&s->waters, from, to);
    const muster_point middle = last_part(s, from, to, part_m);
    if (!mst_land_covers(s->waters.land, middle))
        return false;
    if (bracket == BETWEEN)
        return mst_waters_leg(&s->waters, middle, to);
    if (!is_free(s, middle, to))
        return false;
    const int32_t before = hops_beside(s, node, corner);
    *hops = (uint8_t)(before + 1);
    if (before < MOST_HOPS)
        return true;
    *hops = 0;
    return is_free(s, from, middle);
}

/** Puts a way where it belongs in a list by length; the same corner stands there once. */
int32_t mst_spread_insert(mst_way_there *list, int32_t count, mst_way_there way)
{
    int32_t at = count;
    for (int32_t i = 0; i < count; i++)
        if (list[i].corner == way.corner)
            return count;
    for (; at > 0 && list[at - 1].length_m > way.length_m; at--)
        list[at] = list[at - 1];
    list[at] = way;
    return count + 1;
}

/** The shortest way to a node that some neighbour knows; false: none. */
bool mst_spread_best_way(mst_spread *s, mst_node node, double slack_m, int32_t refused,
                         mst_way_there *out)
{
    const mst_sheet *sheet = &s->waters.sheet[node.sheet];
    mst_way_there straight[MOST_NEAR], beside = {.length_m = (double)INFINITY, .corner = -1};
    int32_t count = 0;
    double unit[3];
    mst_spread_node_unit(s, node, unit);
    for (int32_t i = 0; i < s->graph.move_count[node.sheet]; i++) {
        const mst_move by = s->graph.moves[node.sheet][i];
        const mst_node from = {node.sheet, node.x + by.dx, node.y + by.dy};
        if (!mst_spread_is_near_move(node.sheet, by))
            continue;
        const mst_spread_tile *tile = mst_spread_done_tile(s, from);
        if (tile == NULL)
            continue;
        const int32_t index = mst_node_index(from), corner = tile->corner[index];
        const double step_m = mst_graph_length_m(sheet, node, by);
        const double by_node_m = (double)tile->length_m[index] + step_m;
        if (by_node_m < beside.length_m &&
            mst_graph_may_move(&s->graph, from, node, fmax(0.0, mst_spread_slack_m(s, from)),
                               slack_m, step_m, node.sheet != MST_OCEAN))
            beside = (mst_way_there){by_node_m, -1, from, 0};
        if (corner != refused && (s->layer == MST_SPREAD_LAYER_OPEN ||
                                  mst_spread_between_m(mst_spread_corner(s, corner)->unit, unit) <
                                      MST_SPREAD_INNER_LEG_M))
            count = mst_spread_insert(
                straight, count,
                (mst_way_there){mst_spread_from_corner_m(s, corner, unit), corner, from, 0});
    }
    for (int32_t i = 0; i < count && straight[i].length_m < beside.length_m; i++) {
        if (mst_spread_sees(s, node, slack_m, straight[i].corner, &straight[i].hops)) {
            *out = straight[i];
            return true;
        }
    }
    *out = beside;
    return isfinite(beside.length_m);
}
