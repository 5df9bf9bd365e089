/** @file search.c
 * A* over the sheets of the lattice.
 *
 * Moves: on the ocean and the coarse sheet all steps (dx, dy) without common divisor up to 4
 * (48 directions, at most 0.8 % longer than the straight way in open water); on the fine sheet
 * the 8 neighbours; between the sheets, where nodes coincide, at no cost. The coarse sheet is
 * used near land and the ends, the fine one near the ends and narrow gates. A move is free when the circles of slack of its two nodes cover it; when they do not
 * and the move is short, the leg is tested exactly. A short way turns only beside an obstacle,
 * so from a node far from all of them it goes on nearly as it came.
 *
 * Source: P. E. Hart, N. J. Nilsson, B. Raphael, "A formal basis for the heuristic
 * determination of minimum cost paths", IEEE Trans. Systems Science and Cybernetics 4, 1968.
 */
#include "world/search.h"

#include <string.h>

enum { MOST_STEP = 4, MOST_MOVES = 48, FROM_FINER = 60, FROM_COARSER, START_MOVE, MOVE_MASK = 63, CLOSED = 128 };
enum { MOST_LINKS = 24, NEIGHBOURS = 8 };
/** Far from obstacles: moves to either side of the one that led here (five: about 37 degrees). */
enum { SIDE_MOVES = 5 };
static const double FAR_SHARE = 0.95; /* of the spare distance known: as far as can be told */

/** Nodes this near to an end may be joined to it directly, by sheet. */
static const double LINK_REACH_M[MST_SHEETS] = {14000.0, 4500.0, 4500.0};
/** The coarse and the fine sheet are used this near to an end. */
static const double COARSE_REACH_M = 25000.0, FINE_REACH_M = 12000.0;
/** The coarse sheet is used where the ocean node beside has less slack than this. */
static const double NEAR_LAND_M = 18000.0;
/** A move at the coast costs up to this many times its length more in a soft search. */
static const double SOFT_WEIGHT = 40.0;
/** Before A*: each end is flooded this far, to see early that one is closed in. */
enum { FIRST_FLOOD = 4000, EXPANSIONS_BEFORE_FLOOD = 60000 };

/** The heap orders by estimate, then node: a total order, so that results never depend on luck. */
typedef struct heap_item {
    float estimate_m, cost_m;
    uint32_t code;
} heap_item;

typedef struct heap {
    const muster_memory *memory;
    heap_item *item;
    size_t count, capacity;
} heap;

/** A node that is joined to an end. */
typedef struct link {
    mst_node node;
    double length_m;
} link;

typedef struct move {
    int32_t dx, dy;
} move;

typedef struct search {
    mst_waters *waters;
    muster_point end[2];
    bool soft;
    move moves[MST_SHEETS][MOST_MOVES]; /* by angle from south-west, anticlockwise */
    int32_t move_count[MST_SHEETS];
    float *lengths_m;                   /* coarse moves, once asked for (rows x MOST_MOVES) */
    link links[2][MOST_LINKS];
    int32_t link_count[2];
    double goal[3]; /* unit vector of the parametric latitude */
    uint32_t cost_serial, flood_serial;
    heap open;
    bool failed; /* memory */
} search;

/* ---- nodes and codes ---- */

#define NO_NODE UINT32_MAX

/** Tiles of a sheet. */
static uint32_t tiles_of(const mst_waters *waters, int32_t sheet)
{
    return (uint32_t)waters->sheet[sheet].tile_columns * (uint32_t)waters->sheet[sheet].tile_rows;
}

/** One number per node of all sheets; even for a box of the whole Earth they fit 32 bits. */
static uint32_t code_of(const mst_waters *waters, mst_node node)
{
    const mst_sheet *sheet = &waters->sheet[node.sheet];
    uint32_t tile = (uint32_t)((node.y / MST_TILE) * sheet->tile_columns + node.x / MST_TILE);
    for (int32_t before = 0; before < node.sheet; before++)
        tile += tiles_of(waters, before);
    return tile * MST_TILE_NODES + (uint32_t)mst_node_index(node);
}

static mst_node node_of(const mst_waters *waters, uint32_t code)
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

static bool on_sheet(const mst_waters *waters, mst_node node)
{
    const mst_sheet *sheet = &waters->sheet[node.sheet];
    return node.x >= 0 && node.y >= 0 && node.x < sheet->columns && node.y < sheet->rows;
}

/** The tile of a node, ready for this run; null when memory is short. */
static mst_tile *tile_at(search *s, mst_node node)
{
    mst_tile *tile = mst_lattice_tile(s->waters, node);
    if (tile == NULL) {
        s->failed = true;
        return NULL;
    }
    mst_tile_see_zones(s->waters, tile, node);
    if (tile->cost_m == NULL) {
        tile->cost_m = mst_arena_array(s->waters->arena, MST_TILE_NODES, sizeof(float));
        tile->from = mst_arena_array(s->waters->arena, MST_TILE_NODES, 1);
        tile->flood = mst_arena_array(s->waters->arena, MST_TILE_NODES, 1);
        if (tile->cost_m == NULL || tile->from == NULL || tile->flood == NULL) {
            tile->cost_m = NULL;
            s->failed = true;
            return NULL;
        }
    }
    if (tile->cost_serial != s->cost_serial) {
        tile->cost_serial = s->cost_serial;
        memset(tile->from, 0, MST_TILE_NODES);
    }
    if (tile->flood_serial != s->flood_serial) {
        tile->flood_serial = s->flood_serial;
        memset(tile->flood, 0, MST_TILE_NODES);
    }
    return tile;
}

/** Free circle round a node; in a soft search the offing does not count. */
static double slack_m(const search *s, const mst_tile *tile, mst_node node)
{
    if (!s->soft)
        return mst_node_slack_m(s->waters, tile, node);
    const int32_t index = mst_node_index(node);
    const double clear_m = (double)tile->clear_m[index] - MST_LEAST_CLEAR_M;
    return tile->other_m != NULL ? fmin(clear_m, (double)tile->other_m[index]) : clear_m;
}

static bool is_near_end(const search *s, muster_point point, double reach_m)
{
    for (int i = 0; i < 2; i++)
        if (fabs(point.lat_deg - s->end[i].lat_deg) * 110000.0 < reach_m &&
            mst_plane_distance_m(point, s->end[i]) < reach_m)
            return true;
    return false;
}

static bool is_near_gate(const search *s, muster_point point)
{
    for (int32_t i = 0; i < s->waters->gate_zone_count; i++) {
        const mst_zone *zone = &s->waters->zone[i];
        if (fabs(point.lat_deg - zone->centre.lat_deg) * 110000.0 < zone->radius_m &&
            mst_plane_distance_m(point, zone->centre) < zone->radius_m)
            return true;
    }
    return false;
}

/** True if the node, on its sheet, takes part: each sheet is used where it is needed. */
static bool is_used(search *s, mst_node node)
{
    if (node.sheet == MST_OCEAN)
        return true;
    const muster_point point = mst_node_point(s->waters, node);
    if (node.sheet == MST_FINE)
        return is_near_end(s, point, FINE_REACH_M) || is_near_gate(s, point);
    const mst_node beside = mst_node_near(s->waters, MST_OCEAN, point);
    const mst_tile *tile = tile_at(s, beside);
    return tile != NULL && (slack_m(s, tile, beside) < NEAR_LAND_M ||
                            is_near_end(s, point, COARSE_REACH_M));
}

/* ---- the heap ---- */

static bool before(const heap_item *a, const heap_item *b)
{
    if (a->estimate_m < b->estimate_m)
        return true;
    return !(a->estimate_m > b->estimate_m) && a->code < b->code;
}

static bool heap_grow(heap *h)
{
    const size_t capacity = h->capacity == 0 ? 4096 : 2 * h->capacity;
    heap_item *item = mst_memory_alloc(h->memory, capacity * sizeof *item);
    if (item == NULL)
        return false;
    if (h->count > 0)
        memcpy(item, h->item, h->count * sizeof *item);
    mst_memory_free(h->memory, h->item);
    h->item = item;
    h->capacity = capacity;
    return true;
}

static bool heap_push(heap *h, heap_item item)
{
    if (h->count == h->capacity && !heap_grow(h))
        return false;
    size_t at = h->count++;
    for (; at > 0 && before(&item, &h->item[(at - 1) / 4]); at = (at - 1) / 4)
        h->item[at] = h->item[(at - 1) / 4];
    h->item[at] = item;
    return true;
}

static heap_item heap_pop(heap *h)
{
    const heap_item top = h->item[0], last = h->item[--h->count];
    size_t at = 0;
    for (;;) {
        const size_t first = 4 * at + 1;
        if (first >= h->count)
            break;
        size_t least = first;
        for (size_t child = first + 1; child < first + 4 && child < h->count; child++)
            if (before(&h->item[child], &h->item[least]))
                least = child;
        if (!before(&h->item[least], &last))
            break;
        h->item[at] = h->item[least];
        at = least;
    }
    h->item[at] = last;
    return top;
}

/* ---- moves ---- */

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
static void add_move(search *s, int32_t sheet, move by)
{
    move *moves = s->moves[sheet];
    int32_t at = s->move_count[sheet]++;
    const double angle = atan2(by.dy, by.dx);
    for (; at > 0 && atan2(moves[at - 1].dy, moves[at - 1].dx) > angle; at--)
        moves[at] = moves[at - 1];
    moves[at] = by;
}

static void make_moves(search *s)
{
    for (int32_t dy = -MOST_STEP; dy <= MOST_STEP; dy++) {
        for (int32_t dx = -MOST_STEP; dx <= MOST_STEP; dx++) {
            if (common_divisor(dx < 0 ? -dx : dx, dy < 0 ? -dy : dy) != 1)
                continue;
            add_move(s, MST_OCEAN, (move){dx, dy});
            add_move(s, MST_COARSE, (move){dx, dy});
            if (dx * dx <= 1 && dy * dy <= 1)
                add_move(s, MST_FINE, (move){dx, dy});
        }
    }
}

static double move_length_m(const mst_sheet *sheet, mst_node from, move by)
{
    const int32_t y = from.y + by.dy;
    const double x_m = 0.5 * (sheet->step_x_m[from.y] + sheet->step_x_m[y]) * by.dx;
    const double y_m = 0.5 * (sheet->step_y_m[from.y] + sheet->step_y_m[y]) * by.dy;
    return sqrt(sq(x_m) + sq(y_m));
}

/** What a move costs: its length, more inside the offing of a soft search. */
static double move_cost_m(const search *s, const mst_tile *tile, mst_node to, double length_m)
{
    if (!s->soft)
        return length_m;
    const double clear_m = (double)tile->clear_m[mst_node_index(to)];
    if (clear_m >= s->waters->offing_m)
        return length_m;
    const double need_m = mst_waters_need_m(s->waters, mst_node_point(s->waters, to));
    return length_m * (1.0 + SOFT_WEIGHT * fmax(0.0, 1.0 - clear_m / need_m));
}

/** True if a ship may make the move. The slack of both nodes is known and not negative. */
static bool may_move(search *s, mst_node from, mst_node to, double from_slack_m,
                     double to_slack_m, double length_m, bool is_short)
{
    if (from_slack_m + to_slack_m >= 1.002 * length_m)
        return true;
    return is_short && mst_waters_leg(s->waters, mst_node_point(s->waters, from),
                                      mst_node_point(s->waters, to));
}

/* ---- the ends ---- */

/** Joins an end to nodes round it that a ship can reach directly, nearest first. */
static void join_end(search *s, int which, int32_t sheet, int32_t most)
{
    mst_waters *waters = s->waters;
    const muster_point end = s->end[which];
    const mst_node near = mst_node_near(waters, sheet, end);
    const int32_t reach = sheet == MST_FINE ? 7 : 2;
    link found[15 * 15];
    int32_t count = 0;
    for (int32_t dy = -reach; dy <= reach; dy++) {
        for (int32_t dx = -reach; dx <= reach; dx++) {
            const mst_node node = {sheet, near.x + dx, near.y + dy};
            if (!on_sheet(waters, node))
                continue;
            const double length_m = mst_plane_distance_m(end, mst_node_point(waters, node));
            const mst_tile *tile = tile_at(s, node);
            if (tile == NULL)
                return;
            if (length_m > LINK_REACH_M[sheet] || slack_m(s, tile, node) < 0.0 ||
                !is_used(s, node))
                continue;
            int32_t at = count++;
            for (; at > 0 && found[at - 1].length_m > length_m; at--)
                found[at] = found[at - 1];
            found[at] = (link){node, length_m};
        }
    }
    for (int32_t i = 0; i < count && most > 0; i++) {
        if (!mst_waters_leg(waters, end, mst_node_point(waters, found[i].node)))
            continue;
        s->links[which][s->link_count[which]++] = found[i];
        most--;
    }
}

/* ---- the flood ---- */

typedef struct flood {
    mst_list queue; /* of uint32_t codes */
    int32_t done;
} flood;

/** Marks a node for an end and queues it. True when the other end's flood is there. */
static bool flood_mark(search *s, flood *f, mst_node node, uint8_t mark)
{
    mst_tile *tile = tile_at(s, node);
    if (tile == NULL)
        return false;
    uint8_t *here = &tile->flood[mst_node_index(node)];
    if (*here != 0)
        return *here != mark;
    *here = mark;
    uint32_t *code = mst_list_add(s->waters->arena, &f->queue, sizeof *code);
    if (code == NULL)
        s->failed = true;
    else
        *code = code_of(s->waters, node);
    return false;
}

/** The same place on the next finer or coarser sheet; false when there is none in use. */
static bool twin_of(search *s, mst_node node, bool finer, mst_node *out)
{
    if (finer) {
        if (node.sheet == MST_FINE)
            return false;
        *out = (mst_node){node.sheet + 1, node.x * MST_SHEET_RATIO, node.y * MST_SHEET_RATIO};
    } else {
        if (node.sheet == MST_OCEAN || node.x % MST_SHEET_RATIO != 0 ||
            node.y % MST_SHEET_RATIO != 0)
            return false;
        *out = (mst_node){node.sheet - 1, node.x / MST_SHEET_RATIO, node.y / MST_SHEET_RATIO};
    }
    return on_sheet(s->waters, *out) && is_used(s, *out);
}

/** Spreads from the next node in the queue. True when the floods meet. */
static bool flood_step(search *s, flood *f, uint8_t mark)
{
    const mst_node node = node_of(s->waters, *MST_AT(uint32_t, &f->queue, f->done));
    f->done++;
    const mst_sheet *sheet = &s->waters->sheet[node.sheet];
    const mst_tile *tile = tile_at(s, node);
    if (tile == NULL)
        return false;
    const double here_m = slack_m(s, tile, node);
    for (int32_t i = 0; i < NEIGHBOURS && !s->failed; i++) {
        const move by = s->moves[MST_FINE][i];
        const mst_node to = {node.sheet, node.x + by.dx, node.y + by.dy};
        if (!on_sheet(s->waters, to) || !is_used(s, to))
            continue;
        const mst_tile *there = tile_at(s, to);
        if (there == NULL)
            return false;
        if (there->flood[mst_node_index(to)] == mark)
            continue;
        const double to_m = slack_m(s, there, to);
        if (to_m >= 0.0 &&
            may_move(s, node, to, here_m, to_m, move_length_m(sheet, node, by),
                     node.sheet != MST_OCEAN) &&
            flood_mark(s, f, to, mark))
            return true;
    }
    for (int finer = 0; finer < 2 && !s->failed; finer++) {
        mst_node twin;
        if (!twin_of(s, node, finer == 1, &twin))
            continue;
        const mst_tile *there = tile_at(s, twin);
        if (there != NULL && slack_m(s, there, twin) >= 0.0 && flood_mark(s, f, twin, mark))
            return true;
    }
    return false;
}

/**
 * Floods from both ends in turn until they meet, one runs dry, or each has done its most.
 * @return MST_NO_WAY only when one ran dry
 */
static mst_found flood_ends(search *s, int32_t most)
{
    flood f[2] = {{{NULL, 0, 0}, 0}, {{NULL, 0, 0}, 0}};
    s->flood_serial = ++s->waters->serial;
    for (int which = 0; which < 2; which++)
        for (int32_t i = 0; i < s->link_count[which]; i++)
            if (flood_mark(s, &f[which], s->links[which][i].node, (uint8_t)(which + 1)))
                return MST_FOUND;
    while (!s->failed && f[0].done < most) {
        for (int which = 0; which < 2; which++) {
            if (f[which].done >= f[which].queue.count)
                return s->failed ? MST_NO_MEMORY : MST_NO_WAY;
            if (flood_step(s, &f[which], (uint8_t)(which + 1)))
                return MST_FOUND;
        }
    }
    return s->failed ? MST_NO_MEMORY : MST_FOUND;
}

/* ---- A* ---- */

/**
 * Estimate of what is left, metres. Arcs on the sphere of parametric latitude with the
 * equatorial radius are too long by at most e^2/2 of the part along meridians; the factor
 * takes most of that away, so the estimate exceeds the truth by 0.1 % at worst.
 */
static double left_m(const search *s, mst_node node)
{
    const mst_sheet *sheet = &s->waters->sheet[node.sheet];
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
    const double lat = s->end[1].lat_deg * MST_DEG_RAD, lon = s->end[1].lon_deg * MST_DEG_RAD;
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
    const heap_item item = {(float)(cost_m + left_m(s, node)), (float)cost_m,
                            code_of(s->waters, node)};
    if (!heap_push(&s->open, item))
        s->failed = true;
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
    const mst_sheet *sheet = &s->waters->sheet[node.sheet];
    const move by = s->moves[node.sheet][which];
    if (node.sheet != MST_COARSE)
        return move_length_m(sheet, node, by);
    float *kept = &s->lengths_m[(ptrdiff_t)node.y * MOST_MOVES + which];
    if (*kept <= 0.0F)
        *kept = (float)move_length_m(sheet, node, by);
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
    const move by = s->moves[node.sheet][which];
    const mst_node to = {node.sheet, node.x + by.dx, node.y + by.dy};
    if (!here->is_inner && !on_sheet(s->waters, to))
        return;
    mst_tile *tile = here->is_inner ? here->tile : tile_at(s, to);
    if (tile == NULL)
        return;
    const double length_m = kept_length_m(s, node, which);
    const int32_t index = mst_node_index(to);
    if (!improves(tile, index, here->cost_m + length_m))
        return;
    const double slack_there_m = slack_m(s, tile, to);
    if (slack_there_m < 0.0 || !is_used(s, to))
        return;
    const double total_m = here->cost_m + move_cost_m(s, tile, to, length_m);
    const bool is_short = by.dx * by.dx + by.dy * by.dy <= 5 && node.sheet != MST_OCEAN;
    if (improves(tile, index, total_m) &&
        may_move(s, node, to, here->slack_m, slack_there_m, length_m, is_short))
        reach(s, tile, to, total_m, (uint8_t)(which + 1));
}

/** True if all moves from the node stay in its tile and on the sheet. */
static bool is_inner(const mst_waters *waters, mst_node node)
{
    const mst_sheet *sheet = &waters->sheet[node.sheet];
    const int32_t x = node.x % MST_TILE, y = node.y % MST_TILE;
    return x >= MOST_STEP && x < MST_TILE - MOST_STEP && y >= MOST_STEP &&
           y < MST_TILE - MOST_STEP && node.x + MOST_STEP < sheet->columns &&
           node.y + MOST_STEP < sheet->rows;
}

static void expand(search *s, mst_node node, mst_tile *tile, double cost_m)
{
    const spot here = {node, tile, slack_m(s, tile, node), cost_m, is_inner(s->waters, node)};
    const int32_t by = tile->from[mst_node_index(node)] & MOVE_MASK;
    const int32_t count = s->move_count[node.sheet];
    const bool far = node.sheet == MST_OCEAN && !s->soft && by > 0 && by <= count &&
                     here.slack_m >= FAR_SHARE * MST_OCEAN_SPARE_M;
    const int32_t first = far ? by - 1 - SIDE_MOVES + count : 0;
    const int32_t tried = far ? 2 * SIDE_MOVES + 1 : count;
    for (int32_t i = 0; i < tried && !s->failed; i++)
        try_move(s, &here, (first + i) % count);
    for (int finer = 0; finer < 2 && !s->failed; finer++) {
        mst_node twin;
        if (!twin_of(s, node, finer == 1, &twin))
            continue;
        mst_tile *there = tile_at(s, twin);
        if (there != NULL && slack_m(s, there, twin) >= 0.0 &&
            improves(there, mst_node_index(twin), cost_m))
            reach(s, there, twin, cost_m, finer == 1 ? FROM_COARSER : FROM_FINER);
    }
}

/** Adds the points of the way that ends at a node, from first to last. */
static mst_found trace(search *s, mst_node node, mst_list *path)
{
    mst_list back = {NULL, 0, 0};
    mst_arena *arena = s->waters->arena;
    for (;;) {
        const mst_tile *tile = tile_at(s, node);
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
            if (!twin_of(s, node, by == FROM_FINER, &twin))
                return MST_NO_WAY;
            node = twin;
        } else {
            const move step = s->moves[node.sheet][by - 1];
            node.x -= step.dx;
            node.y -= step.dy;
        }
    }
    mst_list out = {NULL, 0, 0};
    for (int32_t i = back.count + 1; i >= 0; i--) {
        muster_point *point = mst_list_add(arena, &out, sizeof *point);
        if (point == NULL)
            return MST_NO_MEMORY;
        *point = i == back.count + 1 ? s->end[0]
                 : i == 0            ? s->end[1]
                                     : mst_node_point(s->waters, *MST_AT(mst_node, &back, i - 1));
    }
    *path = out;
    return MST_FOUND;
}

/** Length left from a node that is joined to the goal; negative when it is not. */
static double to_goal_m(const search *s, mst_node node)
{
    for (int32_t i = 0; i < s->link_count[1]; i++) {
        const link *l = &s->links[1][i];
        if (l->node.sheet == node.sheet && l->node.x == node.x && l->node.y == node.y)
            return l->length_m;
    }
    return -1.0;
}

static mst_found run(search *s, mst_list *path)
{
    for (int32_t i = 0; i < s->link_count[0]; i++) {
        mst_tile *tile = tile_at(s, s->links[0][i].node);
        if (tile != NULL)
            reach(s, tile, s->links[0][i].node, s->links[0][i].length_m, START_MOVE);
    }
    uint32_t last = NO_NODE; /* the node before the goal, and the cost by it */
    double best_m = 0.0;
    for (int64_t expansions = 0; s->open.count > 0 && !s->failed;) {
        const heap_item item = heap_pop(&s->open);
        if (item.code == NO_NODE)
            return trace(s, node_of(s->waters, last), path);
        const mst_node node = node_of(s->waters, item.code);
        mst_tile *tile = tile_at(s, node);
        const int32_t index = mst_node_index(node);
        if (tile == NULL || (tile->from[index] & CLOSED) != 0 || item.cost_m > tile->cost_m[index])
            continue;
        tile->from[index] |= CLOSED;
        const double cost_m = (double)item.cost_m, rest_m = to_goal_m(s, node);
        if (rest_m >= 0.0 && (last == NO_NODE || cost_m + rest_m < best_m)) {
            best_m = cost_m + rest_m;
            last = item.code;
            if (!heap_push(&s->open, (heap_item){(float)best_m, (float)best_m, NO_NODE}))
                s->failed = true;
        }
        expand(s, node, tile, cost_m);
        // So much water without a way: make sure that there is one before going on.
        if (++expansions == EXPANSIONS_BEFORE_FLOOD && flood_ends(s, INT32_MAX) == MST_NO_WAY)
            return MST_NO_WAY;
    }
    return s->failed ? MST_NO_MEMORY : MST_NO_WAY;
}

mst_found mst_search(mst_waters *waters, muster_point from, muster_point to, bool soft,
                     mst_list *path)
{
    search s = {.waters = waters,
                .end = {from, to},
                .soft = soft,
                .cost_serial = ++waters->serial,
                .open = {.memory = waters->arena->memory}};
    make_moves(&s);
    set_goal(&s);
    s.lengths_m = mst_lattice_lengths(waters, MOST_MOVES);
    if (s.lengths_m == NULL)
        return MST_NO_MEMORY;
    for (int which = 0; which < 2; which++) {
        for (int32_t sheet = 0; sheet < MST_SHEETS; sheet++)
            join_end(&s, which, sheet, MOST_LINKS / MST_SHEETS);
    }
    mst_found found = MST_NO_WAY;
    if (s.link_count[0] > 0 && s.link_count[1] > 0)
        found = flood_ends(&s, FIRST_FLOOD);
    if (found == MST_FOUND)
        found = run(&s, path);
    mst_memory_free(s.open.memory, s.open.item);
    return s.failed ? MST_NO_MEMORY : found;
}
