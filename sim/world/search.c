/** @file search.c
 * A* over the graph of the lattice. A short way turns only beside an obstacle, so from a node
 * far from all of them it goes on nearly as it came.
 *
 * Source: P. E. Hart, N. J. Nilsson, B. Raphael, "A formal basis for the heuristic
 * determination of minimum cost paths", IEEE Trans. Systems Science and Cybernetics 4, 1968.
 */
#include "world/search.h"

#include "world/graph.h"
#include "world/heap.h"

/** How a node was reached: 1 + index of the move, or one of these; and whether it is done with. */
enum { FROM_FINER = 60, FROM_COARSER, START_MOVE, MOVE_MASK = 63, CLOSED = 128 };

/** Far from obstacles: moves to either side of the one that led here (five: about 37 degrees). */
enum { SIDE_MOVES = 5 };
static const double FAR_SHARE = 0.95; /* of the spare distance known: as far as can be told */

/** Before A*: each end is flooded this far, to see early that one is closed in. */
enum { FIRST_FLOOD = 4000, EXPANSIONS_BEFORE_FLOOD = 60000 };

/** Stands for the goal in the heap. */
#define GOAL_CODE UINT32_MAX

typedef struct search {
    mst_graph graph;
    double goal[3]; /* unit vector of the parametric latitude */
    mst_heap open;
} search;

/**
 * Estimate of what is left, metres. Arcs on the sphere of parametric latitude with the
 * equatorial radius are too long by at most e^2/2 of the part along meridians; the factor
 * takes most of that away, so the estimate exceeds the truth by 0.1 % at worst.
 */
static double left_m(const search *s, mst_node node)
{
    const mst_sheet *sheet = &s->graph.waters->sheet[node.sheet];
    const double *row = &sheet->row_unit[2 * node.y], *column = &sheet->column_unit[2 * node.x];
    const double x = row[0] * column[0] - s->goal[0], y = row[0] * column[1] - s->goal[1],
                 z = row[1] - s->goal[2];
    const double chord2 = sq(x) + sq(y) + sq(z);
    // 2 asin(c / 2) as a series, which stays below it.
    const double arc = sqrt(chord2) * (1.0 + chord2 / 24.0 + 3.0 * sq(chord2) / 640.0);
    return 0.9975 * MST_EARTH_A_M * arc;
}

static void set_goal(search *s)
{
    const double lat = s->graph.end[1].lat_deg * MST_DEG_RAD,
                 lon = s->graph.end[1].lon_deg * MST_DEG_RAD;
    const double parametric = atan2(sqrt(1.0 - MST_EARTH_E2) * sin(lat), cos(lat));
    s->goal[0] = cos(parametric) * cos(lon);
    s->goal[1] = cos(parametric) * sin(lon);
    s->goal[2] = sin(parametric);
}

/** Notes a better way to a node and puts it in the heap. */
static void reach(search *s, mst_tile *tile, mst_node node, double cost_m, uint8_t by)
{
    const int32_t index = mst_node_index(node);
    tile->cost_m[index] = (float)cost_m;
    tile->from[index] = by;
    const mst_heap_item item = {(float)(cost_m + left_m(s, node)), (float)cost_m,
                                mst_graph_code(s->graph.waters, node)};
    if (!mst_heap_push(&s->open, item))
        s->graph.failed = true;
}

/** True if the node is new or now reached at less cost. */
static bool improves(const mst_tile *tile, int32_t index, double cost_m)
{
    return tile->from[index] == 0 ||
           ((tile->from[index] & CLOSED) == 0 && (float)cost_m < tile->cost_m[index]);
}

/** Length of a move; those of the coarse sheet are kept, row by row. */
static double kept_length_m(search *s, mst_node node, int32_t which)
{
    const mst_sheet *sheet = &s->graph.waters->sheet[node.sheet];
    const mst_move by = s->graph.moves[node.sheet][which];
    if (node.sheet != MST_COARSE)
        return mst_graph_length_m(sheet, node, by);
    float *kept = &s->graph.lengths_m[(ptrdiff_t)node.y * MST_MOST_MOVES + which];
    if (*kept <= 0.0F)
        *kept = (float)mst_graph_length_m(sheet, node, by);
    return (double)*kept;
}

/** The node being expanded. */
typedef struct spot {
    mst_node node;
    mst_tile *tile;
    double slack_m, cost_m;
    bool is_inner; /* all moves stay in its tile */
} spot;

static void try_move(search *s, const spot *here, int32_t which)
{
    const mst_node node = here->node;
    const mst_move by = s->graph.moves[node.sheet][which];
    const mst_node to = {node.sheet, node.x + by.dx, node.y + by.dy};
    if (!here->is_inner && !mst_graph_has(s->graph.waters, to))
        return;
    mst_tile *tile = here->is_inner ? here->tile : mst_graph_tile(&s->graph, to);
    if (tile == NULL)
        return;
    const double length_m = kept_length_m(s, node, which);
    const int32_t index = mst_node_index(to);
    if (!improves(tile, index, here->cost_m + length_m))
        return;
    const double slack_there_m = mst_node_slack_m(s->graph.waters, tile, to);
    if (slack_there_m < 0.0 || !mst_graph_uses(&s->graph, to))
        return;
    const double total_m = here->cost_m + mst_graph_cost_m(&s->graph, tile, to, length_m);
    const bool is_short = by.dx * by.dx + by.dy * by.dy <= 5 && node.sheet != MST_OCEAN;
    if (improves(tile, index, total_m) &&
        mst_graph_may_move(&s->graph, node, to, here->slack_m, slack_there_m, length_m, is_short))
        reach(s, tile, to, total_m, (uint8_t)(which + 1));
}

/** True if all moves from the node stay in its tile and on the sheet. */
static bool is_inner(const mst_waters *waters, mst_node node)
{
    const mst_sheet *sheet = &waters->sheet[node.sheet];
    const int32_t x = node.x % MST_TILE, y = node.y % MST_TILE;
    return x >= MST_MOST_STEP && x < MST_TILE - MST_MOST_STEP && y >= MST_MOST_STEP &&
           y < MST_TILE - MST_MOST_STEP && node.x + MST_MOST_STEP < sheet->columns &&
           node.y + MST_MOST_STEP < sheet->rows;
}

static void expand(search *s, mst_node node, mst_tile *tile, double cost_m)
{
    const spot here = {node, tile, mst_node_slack_m(s->graph.waters, tile, node), cost_m,
                       is_inner(s->graph.waters, node)};
    const int32_t by = tile->from[mst_node_index(node)] & MOVE_MASK;
    const int32_t count = s->graph.move_count[node.sheet];
    const bool far = node.sheet == MST_OCEAN && !s->graph.soft && by > 0 && by <= count &&
                     here.slack_m >= FAR_SHARE * MST_OCEAN_SPARE_M;
    const int32_t first = far ? by - 1 - SIDE_MOVES + count : 0;
    const int32_t tried = far ? 2 * SIDE_MOVES + 1 : count;
    for (int32_t i = 0; i < tried && !s->graph.failed; i++)
        try_move(s, &here, (first + i) % count);
    for (int finer = 0; finer < 2 && !s->graph.failed; finer++) {
        mst_node twin;
        if (!mst_graph_twin(&s->graph, node, finer == 1, &twin))
            continue;
        mst_tile *there = mst_graph_tile(&s->graph, twin);
        if (there != NULL && mst_node_slack_m(s->graph.waters, there, twin) >= 0.0 &&
            improves(there, mst_node_index(twin), cost_m))
            reach(s, there, twin, cost_m, finer == 1 ? FROM_COARSER : FROM_FINER);
    }
}

/** Adds the points of the way that ends at a node, from first to last. */
static mst_found trace(search *s, mst_node node, mst_list *path)
{
    mst_list back = {0};
    mst_arena *arena = s->graph.waters->arena;
    for (;;) {
        const mst_tile *tile = mst_graph_tile(&s->graph, node);
        mst_node *here = mst_list_add(arena, &back, sizeof *here);
        if (tile == NULL || here == NULL)
            return MST_NO_MEMORY;
        *here = node;
        const int32_t by = tile->from[mst_node_index(node)] & MOVE_MASK;
        if (by == START_MOVE)
            break;
        if (by == FROM_FINER || by == FROM_COARSER) {
            back.count--; // the same place twice
            mst_node twin = node;
            if (!mst_graph_twin(&s->graph, node, by == FROM_FINER, &twin))
                return MST_FOUND_NONE;
            node = twin;
        } else {
            const mst_move step = s->graph.moves[node.sheet][by - 1];
            node.x -= step.dx;
            node.y -= step.dy;
        }
    }
    mst_list out = {0};
    for (int32_t i = back.count + 1; i >= 0; i--) {
        muster_point *point = mst_list_add(arena, &out, sizeof *point);
        if (point == NULL)
            return MST_NO_MEMORY;
        *point = i == back.count + 1 ? s->graph.end[0]
                 : i == 0            ? s->graph.end[1]
                          : mst_node_point(s->graph.waters, *MST_AT(mst_node, &back, i - 1));
    }
    *path = out;
    return MST_FOUND;
}

/** Length left from a node that is joined to the goal; negative when it is not. */
static double to_goal_m(const search *s, mst_node node)
{
    for (int32_t i = 0; i < s->graph.link_count[1]; i++) {
        const mst_link *l = &s->graph.links[1][i];
        if (l->node.sheet == node.sheet && l->node.x == node.x && l->node.y == node.y)
            return l->length_m;
    }
    return -1.0;
}

static mst_found run(search *s, mst_list *path)
{
    for (int32_t i = 0; i < s->graph.link_count[0]; i++) {
        mst_tile *tile = mst_graph_tile(&s->graph, s->graph.links[0][i].node);
        if (tile != NULL)
            reach(s, tile, s->graph.links[0][i].node, s->graph.links[0][i].length_m, START_MOVE);
    }
    uint32_t last = GOAL_CODE; /* the node before the goal, and the cost by it */
    double best_m = 0.0;
    for (int64_t expansions = 0; s->open.count > 0 && !s->graph.failed;) {
        const mst_heap_item item = mst_heap_pop(&s->open);
        if (item.code == GOAL_CODE)
            return trace(s, mst_graph_node(s->graph.waters, last), path);
        const mst_node node = mst_graph_node(s->graph.waters, item.code);
        mst_tile *tile = mst_graph_tile(&s->graph, node);
        const int32_t index = mst_node_index(node);
        if (tile == NULL || (tile->from[index] & CLOSED) != 0 || item.cost_m > tile->cost_m[index])
            continue;
        tile->from[index] |= CLOSED;
        const double cost_m = (double)item.cost_m, rest_m = to_goal_m(s, node);
        if (rest_m >= 0.0 && (last == GOAL_CODE || cost_m + rest_m < best_m)) {
            best_m = cost_m + rest_m;
            last = item.code;
            if (!mst_heap_push(&s->open, (mst_heap_item){(float)best_m, (float)best_m, GOAL_CODE}))
                s->graph.failed = true;
        }
        expand(s, node, tile, cost_m);
        // So much water without a way: make sure that there is one before going on.
        if (++expansions == EXPANSIONS_BEFORE_FLOOD &&
            mst_flood(&s->graph, INT32_MAX) == MST_FOUND_NONE)
            return MST_FOUND_NONE;
    }
    return s->graph.failed ? MST_NO_MEMORY : MST_FOUND_NONE;
}

mst_found mst_search(mst_waters *waters, muster_point from, muster_point to, bool soft,
                     mst_list *path)
{
    search s = {.open = {.memory = waters->arena->memory}};
    waters->soft = soft;
    mst_found found = mst_graph_init(&s.graph, waters, from, to, soft) ? MST_FOUND : MST_NO_MEMORY;
    if (found == MST_FOUND && (s.graph.link_count[0] == 0 || s.graph.link_count[1] == 0))
        found = MST_FOUND_NONE;
    if (found == MST_FOUND)
        found = mst_flood(&s.graph, FIRST_FLOOD);
    set_goal(&s);
    if (found == MST_FOUND)
        found = run(&s, path);
    mst_heap_clear(&s.open);
    waters->soft = false;
    return s.graph.failed ? MST_NO_MEMORY : found;
}
