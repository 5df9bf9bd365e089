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
#include "world/spread_parts.h"

#include "world/contour.h"

/** Longer moves than to the eight neighbours are for narrow waters. */
static const double WIDE_M = 3000.0;
/** A leg that was tested may be this much longer than was thought and its node keeps its turn. */
static const double TURN_SLACK_M = 50.0;

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
    mst_spread_tile *tile = mst_spread_tile_of(s, node);
    if (tile == NULL)
        return;
    const double cost_m = way->cost_m;
    const int32_t index = mst_node_index(node);
    uint8_t *mark = &tile->mark[index];
    if ((*mark & MST_SPREAD_DONE) != 0 ||
        ((*mark & MST_SPREAD_WAITS) != 0 && tile->cost_m[index] <= (float)cost_m))
        return;
    *mark = (uint8_t)((*mark & (MST_SPREAD_IN_USE | MST_SPREAD_OUT_OF_USE)) | MST_SPREAD_WAITS |
                      (way->is_seen ? MST_SPREAD_SEEN : 0) | s->layer << MST_SPREAD_LAYER_SHIFT);
    tile->length_m[index] = (float)way->length_m;
    tile->cost_m[index] = (float)cost_m;
    tile->left[index] = way->left;
    tile->corner[index] = way->corner;
    push(s, node, cost_m);
}

/** Hands the way to a node that is done with on to one beside it. */
static void hand_on(mst_spread *s, mst_node node, const mst_spread_tile *tile, mst_move by)
{
    const mst_node to = {node.sheet, node.x + by.dx, node.y + by.dy};
    if (!mst_graph_has(&s->waters, to) || mst_spread_done_tile(s, to) != NULL ||
        !mst_spread_is_in_use(s, to))
        return;
    const int32_t index = mst_node_index(node), corner = tile->corner[index];
    const double step_m = mst_graph_length_m(&s->waters.sheet[node.sheet], node, by);
    double unit[3];
    mst_spread_node_unit(s, to, unit);
    way_on way = {.length_m = mst_spread_from_corner_m(s, corner, unit), .corner = corner};
    if (s->layer != MST_SPREAD_LAYER_OPEN &&
        mst_spread_between_m(mst_spread_corner(s, corner)->unit, unit) > MST_SPREAD_INNER_LEG_M)
        way.length_m = (double)tile->length_m[index] + step_m;
    way.cost_m = way.length_m;
    if (s->layer == MST_SPREAD_LAYER_END) {
        way.left = tile->mark[index] >> MST_SPREAD_LAYER_SHIFT == MST_SPREAD_LAYER_END
                       ? tile->left[index]
                       : mst_graph_code(&s->waters, node);
        if (mst_plane_distance_m(mst_node_point(&s->waters, mst_graph_node(&s->waters, way.left)),
                                 mst_node_point(&s->waters, to)) > s->geography.end_zone_m)
            return;
    } else if (s->layer == MST_SPREAD_LAYER_INNER) {
        if (s->is_cut && !mst_spread_is_pocket(s, to))
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
    if ((tile->mark[index] & MST_SPREAD_SEEN) == 0) {
        const double slack_m = mst_spread_slack_m(s, node);
        const double thought_m = (double)tile->length_m[index];
        const int32_t corner = tile->corner[index];
        double unit[3];
        mst_spread_node_unit(s, node, unit);
        const bool is_far =
            s->layer != MST_SPREAD_LAYER_OPEN &&
            mst_spread_between_m(mst_spread_corner(s, corner)->unit, unit) > MST_SPREAD_INNER_LEG_M;
        if (is_far || !mst_spread_sees(s, node, slack_m, corner, &tile->hops[index])) {
            mst_way_there way;
            if (!mst_spread_best_way(s, node, slack_m, corner, &way)) {
                tile->mark[index] &= MST_SPREAD_IN_USE | MST_SPREAD_OUT_OF_USE;
                return false;
            }
            if (way.corner < 0) {
                way.corner = mst_spread_own_corner(s, way.by, node);
                if (way.corner < 0)
                    return false;
                way.length_m = mst_spread_from_corner_m(s, way.corner, unit);
            }
            tile->length_m[index] = (float)way.length_m;
            tile->corner[index] = way.corner;
            tile->hops[index] = way.hops;
            tile->mark[index] |= MST_SPREAD_SEEN;
            if (s->layer == MST_SPREAD_LAYER_OPEN && way.length_m > thought_m + TURN_SLACK_M) {
                tile->cost_m[index] = (float)way.length_m;
                push(s, node, way.length_m);
                return false;
            }
        }
    }
    tile->mark[index] =
        (uint8_t)(MST_SPREAD_DONE | (tile->mark[index] & ~(MST_SPREAD_WAITS | MST_SPREAD_SEEN)));
    return true;
}

static void expand(mst_spread *s, mst_node node, const mst_spread_tile *tile)
{
    const int32_t index = mst_node_index(node);
    const int32_t most2 = s->layer == MST_SPREAD_LAYER_OPEN && mst_spread_slack_m(s, node) > WIDE_M
                              ? 2
                              : MST_SPREAD_NEAR_MOVE2;
    for (int32_t i = 0; i < s->graph.move_count[node.sheet] && !s->failed; i++) {
        const mst_move by = s->graph.moves[node.sheet][i];
        if (mst_spread_is_near_move(node.sheet, by) && by.dx * by.dx + by.dy * by.dy <= most2)
            hand_on(s, node, tile, by);
    }
    for (int finer = 0; finer < 2 && !s->failed; finer++) {
        mst_node twin;
        if (mst_graph_twin(&s->graph, node, finer == 1, &twin) &&
            mst_spread_done_tile(s, twin) == NULL && mst_spread_is_in_use(s, twin))
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
        mst_spread_tile *tile = mst_spread_tile_of(s, node);
        if (tile == NULL)
            return;
        const int32_t index = mst_node_index(node);
        const bool again = (tile->mark[index] & MST_SPREAD_DONE) != 0;
        if ((again ? tile->mark[index] >> MST_SPREAD_LAYER_SHIFT == s->layer
                   : (tile->mark[index] & MST_SPREAD_WAITS) == 0 ||
                         item.cost_m > tile->cost_m[index]) ||
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
        if ((tile->mark[i] & MST_SPREAD_DONE) == 0 || !mst_graph_has(&s->waters, node))
            continue;
        bool any = false;
        for (int32_t k = 0; k < MST_NEIGHBOURS && !any; k++) {
            const mst_move by = s->graph.moves[MST_FINE][k];
            const mst_node beside = {node.sheet, node.x + by.dx, node.y + by.dy};
            any = mst_graph_has(&s->waters, beside) && mst_spread_done_tile(s, beside) == NULL &&
                  mst_spread_is_in_use(s, beside);
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
    mst_spread_add_end(s, s->from);
    if (!mst_graph_init(&s->graph, &s->waters, s->from, s->from, false))
        return false;
    s->graph.near_land_m = mst_spread_near_land_m(s);
    return mst_spread_add_corner(s, s->from, 0.0, -1) == 0;
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
        mst_spread_node_unit(out, link->node, unit);
        const double length_m = mst_spread_from_corner_m(out, 0, unit);
        propose(out, link->node, &(way_on){length_m, length_m, 0, 0, true});
    }
    run(out);
    out->waters.soft = out->graph.soft = true;
    if (!out->failed)
        next_layer(out, MST_SPREAD_LAYER_END);
    if (!out->failed)
        next_layer(out, MST_SPREAD_LAYER_INNER);
    out->waters.soft = out->graph.soft = false;
    mst_heap_clear(&out->open);
    return !out->failed && !out->graph.failed && !out->arena.failed;
}

void mst_spread_clear(mst_spread *spread)
{
    mst_heap_clear(&spread->open);
    mst_arena_clear(&spread->arena);
}
