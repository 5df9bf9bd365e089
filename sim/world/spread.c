/** @file spread.c
 * The water spreads: Dijkstra's order over the nodes of the lattice, with straight legs of any
 * direction from corner to node.
 *
 * Sources: K. Daniel, A. Nash, S. Koenig, A. Felner, "Theta*: any-angle path planning on grids",
 * J. Artificial Intelligence Research 39, 2010 (corners as parents); A. Nash, S. Koenig, C. Tovey,
 * "Lazy Theta*", AAAI 2010 (a leg is tested when its node's turn comes); W. D. Lambert, "The distance
 * between two widely separated points on the surface of the Earth", J. Washington Academy of Sciences
 * 32, 1942.
 */
#include "world/spread.h"

#include "world/contour.h"
#include "world/way.h"

#include <string.h>

/** Layers, in the order in which they are made: water where the offing is kept; what lies within an
 * end zone of it; what is left. The two last keep MST_PASSAGE_M. */
enum { LAYER_OPEN, LAYER_END, LAYER_INNER };
/** mark of a node: waiting in the heap, its leg is known to be free, done with; whether it takes part in
 * the first layer, as far as known; and its layer. */
enum { WAITS = 1, SEEN = 2, DONE = 4, IN_USE = 8, OUT_OF_USE = 16, LAYER_SHIFT = 5 };
/** Water where the offing is kept, as far as known: being listed, a pocket of at most so many nodes of
 * the coarse sheet (about 7,000 square miles), or sea. */
enum { WATER_LISTED = 1, WATER_POCKET, WATER_SEA, POCKET_NODES = 6000 };
/** Moves of a ship from node to node: those with dx^2 + dy^2 up to this, on the ocean 2. */
enum { NEAR_MOVE2 = 5, MOST_NEAR = 16 };
/** Steps when a corner is pulled towards the straight way. */
enum { PULL_STEPS = 5 };
/** Legs that are tested by their last part alone, of so many steps of the lattice, in a row. */
enum { MOST_HOPS = 1, LAST_STEPS = 20, STEPS_BETWEEN = 2 };
/** A corner is pulled when it costs more than this. */
static const double PULL_LEAST_M = 60.0;
/** The coarse sheet is used where the ocean node beside has less slack than this, by length of the steps:
 * so no water between ocean nodes is left out. */
static const double NEAR_LAND_M[] = {11500.0, 23000.0};
/** Longer moves than to the eight neighbours are for narrow waters. */
static const double WIDE_M = 3000.0;
/** Inside the offing straight legs are looked for up to this length. */
static const double INNER_LEG_M = 40000.0;
/** A corner is pulled by less than a step of the lattice: only this much of the leg to it is tested
 * anew, as the rest moves less. */
static const double LAST_PART_M = 40000.0;
/** Over open water a leg is tested in strides of at least this, as far as the ocean sheet tells. */
static const double LEAST_STRIDE_M = 6000.0;
/** A leg that was tested may be this much longer than was thought and its node keeps its turn. */
static const double TURN_SLACK_M = 50.0;

void mst_spread_unit(muster_point place, double out[3])
{
    const double lat = place.lat_deg * MST_DEG_RAD, lon = place.lon_deg * MST_DEG_RAD;
    const double parametric = atan2(sqrt(1.0 - MST_EARTH_E2) * sin(lat), cos(lat));
    out[0] = cos(parametric) * cos(lon);
    out[1] = cos(parametric) * sin(lon);
    out[2] = sin(parametric);
}

double mst_spread_between_m(const double one[3], const double two[3])
{
    static const double FLATTENING = 1.0 / 298.257223563;
    const double chord2 = sq(one[0] - two[0]) + sq(one[1] - two[1]) + sq(one[2] - two[2]);
    const double sine2 = fmin(1.0, 0.25 * chord2), cosine2 = fmax(1e-9, 1.0 - sine2);
    if (sine2 <= 1e-18)
        return 0.0;
    const double sine = sqrt(sine2), arc = 2.0 * asin(sine);
    const double whole = 2.0 * sine * sqrt(cosine2); /* sine of the arc */
    const double middle = 0.5 * (one[2] + two[2]), rise = 0.5 * (two[2] - one[2]);
    const double x = (arc - whole) * sq(middle) / cosine2, y = (arc + whole) * sq(rise) / sine2;
    return MST_EARTH_A_M * (arc - 0.5 * FLATTENING * (x + y));
}

/* ---- nodes ------------------------------------------------------------------------------ */

static void node_unit(const mst_spread *s, mst_node node, double out[3])
{
    const mst_sheet *sheet = &s->waters.sheet[node.sheet];
    const double *row = &sheet->row_unit[2 * node.y], *column = &sheet->column_unit[2 * node.x];
    out[0] = row[0] * column[0];
    out[1] = row[0] * column[1];
    out[2] = row[1];
}

static mst_spread_tile **place_of(const mst_spread *s, mst_node node)
{
    const mst_sheet *sheet = &s->waters.sheet[node.sheet];
    return &s->tile[node.sheet]
                   [(ptrdiff_t)(node.y / MST_TILE) * sheet->tile_columns + node.x / MST_TILE];
}

static mst_spread_tile *tile_of(mst_spread *s, mst_node node)
{
    mst_spread_tile **place = place_of(s, node);
    if (*place == NULL)
        *place = mst_arena_alloc(&s->arena, sizeof **place);
    if (*place == NULL)
        s->failed = true;
    return *place;
}

/** The tile of a node that is done with; null when it is not. */
static const mst_spread_tile *done_tile(const mst_spread *s, mst_node node)
{
    if (!mst_graph_has(&s->waters, node))
        return NULL;
    const mst_spread_tile *tile = *place_of(s, node);
    return tile != NULL && (tile->mark[mst_node_index(node)] & DONE) != 0 ? tile : NULL;
}

/** Slack of a node that is on its sheet. */
static double slack_of(mst_spread *s, mst_node node)
{
    const mst_tile *tile = mst_graph_measured(&s->graph, node);
    if (tile == NULL) {
        s->failed = true;
        return -1.0;
    }
    return mst_node_slack_m(&s->waters, tile, node);
}

static bool is_wide(const mst_spread *s)
{
    return s->waters.fine_steps > MST_SHEET_RATIO;
}

static double near_land_m(const mst_spread *s)
{
    return NEAR_LAND_M[is_wide(s)];
}

/** True if ways may lead over a node that is on its sheet. */
static bool is_in_use(mst_spread *s, mst_node node)
{
    if (s->layer != LAYER_OPEN)
        return slack_of(s, node) >= 0.0 && mst_graph_uses(&s->graph, node);
    mst_spread_tile *tile = tile_of(s, node);
    if (tile == NULL)
        return false;
    uint8_t *mark = &tile->mark[mst_node_index(node)];
    if ((*mark & (IN_USE | OUT_OF_USE)) == 0)
        *mark |= slack_of(s, node) >= 0.0 && mst_graph_uses(&s->graph, node) ? IN_USE : OUT_OF_USE;
    return (*mark & IN_USE) != 0;
}

static bool is_near_move(int32_t sheet, mst_move by)
{
    return by.dx * by.dx + by.dy * by.dy <= (sheet == MST_OCEAN ? 2 : NEAR_MOVE2);
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
        const double free_m =
            slack_of(s, ocean) / 1.01 - mst_plane_distance_m(mst_node_point(waters, ocean), here);
        const double step_m = free_m > LEAST_STRIDE_M ? free_m : MST_PIECE_M;
        at_m += step_m;
        const muster_point next = mst_arc_at(waters->land, &arc, at_m / length_m);
        if (free_m <= LEAST_STRIDE_M && !mst_waters_leg(waters, here, next))
            return false;
        here = next;
    }
    return true;
}

/* ---- corners ---------------------------------------------------------------------------- */

static const mst_corner *corner_at(const mst_spread *s, int32_t index)
{
    return MST_AT(mst_corner, &s->corner, index);
}

/** Adds a corner; -1 when memory is short. */
static int32_t add_corner(mst_spread *s, muster_point point, double at_m, int32_t before)
{
    mst_corner *corner = mst_list_add(&s->arena, &s->corner, sizeof *corner);
    if (corner == NULL) {
        s->failed = true;
        return -1;
    }
    *corner = (mst_corner){.point = point, .at_m = at_m, .before = before};
    mst_spread_unit(point, corner->unit);
    return s->corner.count - 1;
}

static double from_corner_m(const mst_spread *s, int32_t corner, const double unit[3])
{
    const mst_corner *c = corner_at(s, corner);
    return c->at_m + mst_spread_between_m(c->unit, unit);
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
static int32_t own_corner(mst_spread *s, mst_node node, mst_node to)
{
    mst_spread_tile *tile = tile_of(s, node);
    const int32_t index = mst_node_index(node);
    if (tile->own == NULL)
        tile->own = mst_arena_array(&s->arena, MST_TILE_NODES, sizeof *tile->own);
    if (tile->own == NULL) {
        s->failed = true;
        return -1;
    }
    if (tile->own[index] != 0)
        return tile->own[index] - 1;
    const mst_corner from = *corner_at(s, tile->corner[index]);
    muster_point point = mst_node_point(&s->waters, node);
    double unit[3];
    node_unit(s, to, unit);
    const double turn_m = (double)tile->length_m[index] +
                          mst_plane_distance_m(point, mst_node_point(&s->waters, to)) - from.at_m -
                          mst_spread_between_m(from.unit, unit);
    if (s->layer == LAYER_OPEN && turn_m > PULL_LEAST_M)
        point = pulled(s, &from, point, mst_node_point(&s->waters, to));
    mst_spread_unit(point, unit);
    const int32_t made = add_corner(s, point, from.at_m + mst_spread_between_m(from.unit, unit),
                                    tile->corner[index]);
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
    const mst_spread_tile *tile = done_tile(s, beside);
    const int32_t index = mst_node_index(beside);
    if (tile == NULL || tile->corner[index] != corner)
        return false;
    if (*hops < tile->hops[index])
        *hops = tile->hops[index];
    *is_free = *is_free && slack_m + fmax(0.0, slack_of(s, beside)) >=
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
    const double *to = corner_at(s, corner)->unit;
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
        const mst_spread_tile *tile = done_tile(s, beside);
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
static bool sees(mst_spread *s, mst_node node, double slack_m, int32_t corner, uint8_t *hops)
{
    *hops = 0;
    const mst_bracket bracket = bracket_of(s, node, slack_m, corner, hops);
    if (bracket == BETWEEN_FREE)
        return true;
    const muster_point from = corner_at(s, corner)->point, to = mst_node_point(&s->waters, node);
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

/** A way to a node: by a corner, straight, or by a node beside it, which becomes one. */
typedef struct way_there {
    double length_m;
    int32_t corner; /* -1: by the node */
    mst_node by;
    uint8_t hops;
} way_there;

/** Puts a way where it belongs in a list by length; the same corner stands there once. */
static int32_t insert(way_there *list, int32_t count, way_there way)
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
static bool best_way(mst_spread *s, mst_node node, double slack_m, int32_t refused, way_there *out)
{
    const mst_sheet *sheet = &s->waters.sheet[node.sheet];
    way_there straight[MOST_NEAR], beside = {.length_m = (double)INFINITY, .corner = -1};
    int32_t count = 0;
    double unit[3];
    node_unit(s, node, unit);
    for (int32_t i = 0; i < s->graph.move_count[node.sheet]; i++) {
        const mst_move by = s->graph.moves[node.sheet][i];
        const mst_node from = {node.sheet, node.x + by.dx, node.y + by.dy};
        if (!is_near_move(node.sheet, by))
            continue;
        const mst_spread_tile *tile = done_tile(s, from);
        if (tile == NULL)
            continue;
        const int32_t index = mst_node_index(from), corner = tile->corner[index];
        const double step_m = mst_graph_length_m(sheet, node, by);
        const double by_node_m = (double)tile->length_m[index] + step_m;
        if (by_node_m < beside.length_m &&
            mst_graph_may_move(&s->graph, from, node, fmax(0.0, slack_of(s, from)), slack_m, step_m,
                               node.sheet != MST_OCEAN))
            beside = (way_there){by_node_m, -1, from, 0};
        if (corner != refused &&
            (s->layer == LAYER_OPEN ||
             mst_spread_between_m(corner_at(s, corner)->unit, unit) < INNER_LEG_M))
            count = insert(straight, count,
                           (way_there){from_corner_m(s, corner, unit), corner, from, 0});
    }
    for (int32_t i = 0; i < count && straight[i].length_m < beside.length_m; i++) {
        if (sees(s, node, slack_m, straight[i].corner, &straight[i].hops)) {
            *out = straight[i];
            return true;
        }
    }
    *out = beside;
    return isfinite(beside.length_m);
}

/* ---- spreading -------------------------------------------------------------------------- */

static void push(mst_spread *s, mst_node node, double cost_m)
{
    const mst_heap_item item = {(float)cost_m, (float)cost_m, mst_graph_code(&s->waters, node)};
    if (!mst_heap_push(&s->open, item))
        s->failed = true;
}

/** A way that is handed on to a node. */
typedef struct way_on {
    double length_m, cost_m;
    uint32_t left; /* code of the last node that keeps the offing */
    int32_t corner;
    bool is_seen; /* its last leg is known to be free */
} way_on;

/** Notes a way to a node if it is better than what is known. */
static void propose(mst_spread *s, mst_node node, const way_on *way)
{
    mst_spread_tile *tile = tile_of(s, node);
    if (tile == NULL)
        return;
    const double cost_m = way->cost_m;
    const int32_t index = mst_node_index(node);
    uint8_t *mark = &tile->mark[index];
    if ((*mark & DONE) != 0 || ((*mark & WAITS) != 0 && tile->cost_m[index] <= (float)cost_m))
        return;
    *mark = (uint8_t)((*mark & (IN_USE | OUT_OF_USE)) | WAITS | (way->is_seen ? SEEN : 0) |
                      s->layer << LAYER_SHIFT);
    tile->length_m[index] = (float)way->length_m;
    tile->cost_m[index] = (float)cost_m;
    tile->left[index] = way->left;
    tile->corner[index] = way->corner;
    push(s, node, cost_m);
}

/** A node of a coarse or finer sheet where the offing is kept, outside the soft layers' rules. */
static bool keeps_offing(mst_spread *s, mst_node node)
{
    s->waters.soft = false;
    const bool keeps = slack_of(s, node) >= 0.0;
    s->waters.soft = true;
    return keeps;
}

/** Gives all nodes of one water a kind. */
static void tell_water(mst_spread *s, const mst_list *water, uint8_t kind)
{
    for (int32_t i = 0; i < water->count; i++) {
        const mst_node node = *MST_AT(mst_node, water, i);
        mst_spread_tile *tile = tile_of(s, node);
        if (tile != NULL)
            tile->water[mst_node_index(node)] = kind;
    }
}

static bool is_pocket(mst_spread *s, mst_node node);

/** True if sea that was not reached lies within a few steps of a node. */
static bool is_shore_of_sea(mst_spread *s, mst_node node)
{
    for (int32_t i = 0; i < MST_NEIGHBOURS; i++) {
        const mst_move by = s->graph.moves[MST_FINE][i];
        const int32_t step = is_wide(s) ? 1 : 2;
        for (int32_t steps = step; steps <= 2 * step; steps += step) {
            const mst_node there = {node.sheet, node.x + steps * by.dx, node.y + steps * by.dy};
            if (mst_graph_has(&s->waters, there) && done_tile(s, there) == NULL &&
                keeps_offing(s, there) && !is_pocket(s, there))
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
static bool is_pocket(mst_spread *s, mst_node node)
{
    mst_spread_tile *tile = tile_of(s, node);
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
            mst_spread_tile *there = mst_graph_has(&s->waters, to) ? tile_of(s, to) : NULL;
            if (there == NULL || there->water[mst_node_index(to)] == WATER_LISTED ||
                !keeps_offing(s, to))
                continue;
            is_sea = there->water[mst_node_index(to)] == WATER_SEA ||
                     water.count >= (is_wide(s) ? POCKET_NODES / 4 : POCKET_NODES);
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

/** Hands the way to a node that is done with on to one beside it. */
static void hand_on(mst_spread *s, mst_node node, const mst_spread_tile *tile, mst_move by)
{
    const mst_node to = {node.sheet, node.x + by.dx, node.y + by.dy};
    if (!mst_graph_has(&s->waters, to) || done_tile(s, to) != NULL || !is_in_use(s, to))
        return;
    const int32_t index = mst_node_index(node), corner = tile->corner[index];
    const double step_m = mst_graph_length_m(&s->waters.sheet[node.sheet], node, by);
    double unit[3];
    node_unit(s, to, unit);
    way_on way = {.length_m = from_corner_m(s, corner, unit), .corner = corner};
    if (s->layer != LAYER_OPEN &&
        mst_spread_between_m(corner_at(s, corner)->unit, unit) > INNER_LEG_M)
        way.length_m = (double)tile->length_m[index] + step_m;
    way.cost_m = way.length_m;
    if (s->layer == LAYER_END) {
        way.left = tile->mark[index] >> LAYER_SHIFT == LAYER_END ? tile->left[index]
                                                                 : mst_graph_code(&s->waters, node);
        if (mst_plane_distance_m(mst_node_point(&s->waters, mst_graph_node(&s->waters, way.left)),
                                 mst_node_point(&s->waters, to)) > s->geography.end_zone_m)
            return;
    } else if (s->layer == LAYER_INNER) {
        if (s->is_cut && !is_pocket(s, to))
            return;
        const mst_tile *there = mst_graph_measured(&s->graph, to);
        if (there == NULL)
            return;
        way.cost_m = (double)tile->cost_m[index] + mst_graph_cost_m(&s->graph, there, to, step_m);
    }
    propose(s, to, &way);
}

/** The leg to a node whose turn has come is tested, and another way taken where it is not free.
 * True if it is done with; else it waits again or is forgotten. */
static bool settle(mst_spread *s, mst_node node, mst_spread_tile *tile)
{
    const int32_t index = mst_node_index(node);
    if ((tile->mark[index] & SEEN) == 0) {
        const double slack_m = slack_of(s, node);
        const double thought_m = (double)tile->length_m[index];
        const int32_t corner = tile->corner[index];
        double unit[3];
        node_unit(s, node, unit);
        const bool is_far = s->layer != LAYER_OPEN &&
                            mst_spread_between_m(corner_at(s, corner)->unit, unit) > INNER_LEG_M;
        if (is_far || !sees(s, node, slack_m, corner, &tile->hops[index])) {
            way_there way;
            if (!best_way(s, node, slack_m, corner, &way)) {
                tile->mark[index] &= IN_USE | OUT_OF_USE;
                return false;
            }
            if (way.corner < 0) {
                way.corner = own_corner(s, way.by, node);
                if (way.corner < 0)
                    return false;
                way.length_m = from_corner_m(s, way.corner, unit);
            }
            tile->length_m[index] = (float)way.length_m;
            tile->corner[index] = way.corner;
            tile->hops[index] = way.hops;
            tile->mark[index] |= SEEN;
            if (s->layer == LAYER_OPEN && way.length_m > thought_m + TURN_SLACK_M) {
                tile->cost_m[index] = (float)way.length_m;
                push(s, node, way.length_m);
                return false;
            }
        }
    }
    tile->mark[index] = (uint8_t)(DONE | (tile->mark[index] & ~(WAITS | SEEN)));
    return true;
}

static void expand(mst_spread *s, mst_node node, const mst_spread_tile *tile)
{
    const int32_t index = mst_node_index(node);
    const int32_t most2 = s->layer == LAYER_OPEN && slack_of(s, node) > WIDE_M ? 2 : NEAR_MOVE2;
    for (int32_t i = 0; i < s->graph.move_count[node.sheet] && !s->failed; i++) {
        const mst_move by = s->graph.moves[node.sheet][i];
        if (is_near_move(node.sheet, by) && by.dx * by.dx + by.dy * by.dy <= most2)
            hand_on(s, node, tile, by);
    }
    for (int finer = 0; finer < 2 && !s->failed; finer++) {
        mst_node twin;
        if (mst_graph_twin(&s->graph, node, finer == 1, &twin) && done_tile(s, twin) == NULL &&
            is_in_use(s, twin))
            propose(s, twin,
                    &(way_on){(double)tile->length_m[index], (double)tile->cost_m[index],
                              tile->left[index], tile->corner[index], true});
    }
}

/** Takes the nodes in turn until none is left. */
static void run(mst_spread *s)
{
    while (s->open.count > 0 && !s->failed && !s->graph.failed) {
        const mst_heap_item item = mst_heap_pop(&s->open);
        const mst_node node = mst_graph_node(&s->waters, item.code);
        mst_spread_tile *tile = tile_of(s, node);
        if (tile == NULL)
            return;
        const int32_t index = mst_node_index(node);
        const bool again = (tile->mark[index] & DONE) != 0;
        if ((again ? tile->mark[index] >> LAYER_SHIFT == s->layer
                   : (tile->mark[index] & WAITS) == 0 || item.cost_m > tile->cost_m[index]) ||
            (!again && !settle(s, node, tile)))
            continue;
        if ((double)tile->length_m[index] <= s->most_m)
            expand(s, node, tile);
        else
            s->is_cut = true;
    }
}

/** Nodes that are done with and have water beside them that is not: from them the next layer spreads. */
static void seed_tile(mst_spread *s, mst_node first, mst_spread_tile *tile)
{
    for (int32_t i = 0; i < MST_TILE_NODES && !s->failed; i++) {
        const mst_node node = {first.sheet, first.x + i % MST_TILE, first.y + i / MST_TILE};
        if ((tile->mark[i] & DONE) == 0 || !mst_graph_has(&s->waters, node))
            continue;
        bool any = false;
        for (int32_t k = 0; k < MST_NEIGHBOURS && !any; k++) {
            const mst_move by = s->graph.moves[MST_FINE][k];
            const mst_node beside = {node.sheet, node.x + by.dx, node.y + by.dy};
            any = mst_graph_has(&s->waters, beside) && done_tile(s, beside) == NULL &&
                  is_in_use(s, beside);
        }
        if (any) {
            tile->cost_m[i] = tile->length_m[i];
            push(s, node, (double)tile->cost_m[i]);
        }
    }
}

static void next_layer(mst_spread *s, int32_t layer)
{
    s->layer = layer;
    for (int32_t sheet = MST_COARSE; sheet < MST_SHEETS; sheet++) {
        const mst_sheet *of = &s->waters.sheet[sheet];
        for (int32_t i = 0; i < of->tile_columns * of->tile_rows && !s->failed; i++)
            if (s->tile[sheet][i] != NULL)
                seed_tile(s,
                          (mst_node){sheet, i % of->tile_columns * MST_TILE,
                                     i / of->tile_columns * MST_TILE},
                          s->tile[sheet][i]);
    }
    run(s);
}

/** The circle round a place in which the offing does not hold: as for the end of a route. */
static void add_end(mst_spread *s, muster_point place)
{
    (void)mst_waters_add_zone(&s->waters, mst_way_end_zone(&s->waters, place));
}

static bool begin(mst_spread *s, const mst_land *land, const mst_geography *geography)
{
    if (!mst_geography_place(land, geography, &s->arena, &s->geography) ||
        !mst_waters_init(&s->waters, land, &s->geography, false,
                         (s->most_m >= MST_WIDE_SPREAD_M ? 2 : 1) * MST_SHEET_RATIO, &s->arena))
        return false;
    for (int32_t sheet = 0; sheet < MST_SHEETS; sheet++) {
        const mst_sheet *of = &s->waters.sheet[sheet];
        s->tile[sheet] = mst_arena_array(
            &s->arena, (size_t)of->tile_columns * (size_t)of->tile_rows, sizeof **s->tile);
        if (s->tile[sheet] == NULL)
            return false;
    }
    s->from.lon_deg = mst_shore_lon(land, muster_lon_inside(s->from.lon_deg));
    mst_waters_start(&s->waters);
    add_end(s, s->from);
    if (!mst_graph_init(&s->graph, &s->waters, s->from, s->from, false))
        return false;
    s->graph.near_land_m = near_land_m(s);
    return add_corner(s, s->from, 0.0, -1) == 0;
}

bool mst_spread_make(const mst_land *land, const mst_geography *geography, muster_point from,
                     double most_m, const muster_memory *memory, mst_spread *out)
{
    *out = (mst_spread){.from = from, .most_m = most_m, .open = {.memory = memory}};
    mst_arena_init(&out->arena, memory);
    if (!begin(out, land, geography))
        return false;
    for (int32_t i = 0; i < out->graph.link_count[0]; i++) {
        const mst_link *link = &out->graph.links[0][i];
        double unit[3];
        node_unit(out, link->node, unit);
        const double length_m = from_corner_m(out, 0, unit);
        propose(out, link->node, &(way_on){length_m, length_m, 0, 0, true});
    }
    run(out);
    out->waters.soft = out->graph.soft = true;
    if (!out->failed)
        next_layer(out, LAYER_END);
    if (!out->failed)
        next_layer(out, LAYER_INNER);
    out->waters.soft = out->graph.soft = false;
    mst_heap_clear(&out->open);
    return !out->failed && !out->graph.failed && !out->arena.failed;
}

void mst_spread_clear(mst_spread *spread)
{
    mst_heap_clear(&spread->open);
    mst_arena_clear(&spread->arena);
}

/* ---- asking ----------------------------------------------------------------------------- */

bool mst_spread_is_done(const mst_spread_tile *tile, int32_t index)
{
    return (tile->mark[index] & DONE) != 0;
}

double mst_spread_ocean_m(mst_spread *s, mst_node ocean)
{
    const mst_spread_tile *tile = done_tile(s, ocean);
    return tile == NULL || slack_of(s, ocean) < near_land_m(s)
               ? -1.0
               : (double)tile->length_m[mst_node_index(ocean)];
}

double mst_spread_node_m(mst_spread *s, mst_node coarse)
{
    const mst_spread_tile *tile = done_tile(s, coarse);
    if (tile != NULL)
        return (double)tile->length_m[mst_node_index(coarse)];
    const mst_node beside =
        mst_node_near(&s->waters, MST_OCEAN, mst_node_point(&s->waters, coarse));
    if (slack_of(s, beside) < near_land_m(s))
        return (double)INFINITY; /* the coarse sheet is used here, and the node was not reached */
    double best_m = (double)INFINITY, unit[3];
    node_unit(s, coarse, unit);
    for (int32_t i = 0; i < 4; i++) {
        const mst_node ocean = {MST_OCEAN, coarse.x / MST_SHEET_RATIO + i % 2,
                                coarse.y / MST_SHEET_RATIO + i / 2};
        const mst_spread_tile *there = done_tile(s, ocean);
        if (there != NULL)
            best_m = fmin(best_m, from_corner_m(s, there->corner[mst_node_index(ocean)], unit));
    }
    return best_m;
}

enum { MOST_TRIED = 48 };

/** Adds the ways by the corner of a node, by the corner before that, and by the node itself. */
static int32_t add_ways(mst_spread *s, way_there *list, int32_t count, mst_node node,
                        const double unit[3])
{
    const mst_spread_tile *tile = done_tile(s, node);
    if (tile == NULL)
        return count;
    int32_t corner = tile->corner[mst_node_index(node)];
    for (int up = 0; up < 3 && corner >= 0 && count < MOST_TRIED; up++) {
        count = insert(list, count, (way_there){from_corner_m(s, corner, unit), corner, node, 0});
        corner = corner_at(s, corner)->before;
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
            const mst_spread_tile *tile = done_tile(s, node);
            if (tile == NULL)
                continue;
            double there[3];
            node_unit(s, node, there);
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
    way_there list[MOST_TRIED];
    int32_t count = 0, corner = -1;
    double unit[3];
    place.lon_deg = mst_shore_lon(s->waters.land, muster_lon_inside(place.lon_deg));
    mst_spread_unit(place, unit);
    mst_waters_start(&s->waters);
    add_end(s, s->from);
    add_end(s, place);
    for (int32_t sheet = MST_OCEAN; sheet <= MST_COARSE; sheet++) {
        const mst_node near = mst_node_near(&s->waters, sheet, place);
        const int32_t reach = sheet == MST_OCEAN ? 1 : 4;
        for (int32_t y = -reach; y <= reach; y++)
            for (int32_t x = -reach; x <= reach && count < MOST_TRIED; x++)
                count = add_ways(s, list, count, (mst_node){sheet, near.x + x, near.y + y}, unit);
    }
    double best_m = (double)INFINITY;
    for (int32_t i = 0; i < count && corner < 0; i++) {
        if (mst_waters_leg(&s->waters, corner_at(s, list[i].corner)->point, place)) {
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
