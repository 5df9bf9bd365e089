/*
 * How far a signed graph is from balance. With sides s_i of 1 and -1 the frustrated weight is half of
 * sum over edges of |w| - w s_i s_j, and moving actor k over changes it by s_k sum over j of w_kj s_j,
 * its pull.
 */
#include "align/theory/balance_check.h"

#include <math.h>
#include <string.h>

#define EQUAL 1e-9       /* of the whole weight */
#define FRESH_EVERY 4096 /* steps of a Gray code after which sums are made anew: no drift */
#define USUAL_STARTS 64

typedef struct graph {
    size_t n;
    double *w;    /* n x n, diagonal 0   */
    double total; /* sum of |w| of edges */
} graph;

static bool copy_graph(graph *g, int32_t n, const double *w, bool has_unit_weights,
                       mst_arena *arena)
{
    *g = (graph){.n = (size_t)n};
    g->w = mst_arena_array(arena, g->n * g->n, sizeof *g->w);
    if (!g->w)
        return false;
    for (size_t i = 0; i < g->n; i++)
        for (size_t j = i + 1; j < g->n; j++) {
            const double mean = 0.5 * (w[i * g->n + j] + w[j * g->n + i]);
            const double entry = has_unit_weights ? (mean > 0.0) - (mean < 0.0) : mean;
            g->w[i * g->n + j] = g->w[j * g->n + i] = entry;
            g->total += fabs(entry);
        }
    return true;
}

static double pull(const graph *g, const double *s, size_t k)
{
    double sum = 0.0;
    for (size_t j = 0; j < g->n; j++)
        sum += g->w[k * g->n + j] * s[j];
    return s[k] * sum;
}

static double frustrated(const graph *g, const double *s, int64_t *edges)
{
    double sum = 0.0;
    *edges = 0;
    for (size_t i = 0; i < g->n; i++)
        for (size_t j = i + 1; j < g->n; j++)
            if (g->w[i * g->n + j] * s[i] * s[j] < 0.0) {
                sum += fabs(g->w[i * g->n + j]);
                ++*edges;
            }
    return sum;
}

/** Writes a split down. */
static void report(const graph *g, const double *s, mst_frustration *out)
{
    out->least = frustrated(g, s, &out->edges);
    for (size_t i = 0; i < g->n; i++)
        out->camps.side[i] = s[i] > 0.0 ? 1 : -1;
    mst_camps_finish(&out->camps, out->splits == 1);
}

/* ---- all splits -------------------------------------------------------------------------------- */

typedef struct best {
    double value;
    int64_t splits;
    double s[MST_FRUSTRATION_EXACT];
} best;

static void keep(const graph *g, double value, const double *s, best *so_far)
{
    const double near = EQUAL * g->total;
    if (value > so_far->value + near)
        return;
    so_far->splits = value < so_far->value - near ? 1 : so_far->splits + 1;
    if (value < so_far->value) {
        so_far->value = value;
        memcpy(so_far->s, s, g->n * sizeof *s);
    }
}

/* Step t of the Gray code moves the actor whose number is the count of zeros that t ends in; the last
 * actor never moves, which leaves one of each split and its mirror image. */
static void try_all(const graph *g, mst_frustration *out)
{
    double s[MST_FRUSTRATION_EXACT];
    for (size_t i = 0; i < g->n; i++)
        s[i] = 1.0;
    int64_t edges;
    double value = frustrated(g, s, &edges);
    best so_far = {.value = INFINITY};
    keep(g, value, s, &so_far);
    const uint32_t count = g->n > 1 ? UINT32_C(1) << (g->n - 1) : 1;
    for (uint32_t t = 1; t < count; t++) {
        size_t k = 0;
        while (!(t >> k & 1))
            k++;
        value += pull(g, s, k);
        s[k] = -s[k];
        if (t % FRESH_EVERY == 0)
            value = frustrated(g, s, &edges);
        keep(g, value, s, &so_far);
    }
    out->splits = so_far.splits;
    report(g, so_far.s, out);
    out->at_least = out->least;
    out->is_exact = true;
}

/* ---- search ------------------------------------------------------------------------------------ */

typedef struct search {
    double *s, *gain; /* n each: sides; pulls, negative where a move would help */
    bool *is_moved;
    size_t *order; /* actors in the order of their moves */
    double *best;  /* sides */
} search;

static bool make_search(search *with, size_t n, mst_arena *arena)
{
    with->s = mst_arena_array(arena, n, sizeof *with->s);
    with->gain = mst_arena_array(arena, n, sizeof *with->gain);
    with->is_moved = mst_arena_array(arena, n, sizeof *with->is_moved);
    with->order = mst_arena_array(arena, n, sizeof *with->order);
    with->best = mst_arena_array(arena, n, sizeof *with->best);
    return with->s && with->gain && with->is_moved && with->order && with->best;
}

/** Moves an actor over and keeps the pulls. */
static void move(const graph *g, search *with, size_t k)
{
    with->s[k] = -with->s[k];
    with->gain[k] = -with->gain[k];
    for (size_t i = 0; i < g->n; i++) /* w[k][k] is 0 */
        with->gain[i] += 2.0 * with->s[i] * g->w[i * g->n + k] * with->s[k];
}

/** Moves every actor once, each time the one that helps most or hurts least, and takes back what
 * came after the best moment. @return whether anything was gained */
static bool improve(const graph *g, search *with)
{
    double sum = 0.0, lowest = -EQUAL * g->total;
    size_t kept = 0;
    for (size_t i = 0; i < g->n; i++) {
        with->gain[i] = pull(g, with->s, i);
        with->is_moved[i] = false;
    }
    for (size_t step = 0; step < g->n; step++) {
        size_t k = g->n;
        for (size_t i = 0; i < g->n; i++)
            if (!with->is_moved[i] && (k == g->n || with->gain[i] < with->gain[k]))
                k = i;
        sum += with->gain[k];
        with->is_moved[k] = true;
        with->order[step] = k;
        move(g, with, k);
        if (sum < lowest) {
            lowest = sum;
            kept = step + 1;
        }
    }
    for (size_t step = kept; step < g->n; step++)
        with->s[with->order[step]] = -with->s[with->order[step]];
    return kept > 0;
}

/** Lower bound: imbalanced triads take what is left of their edges' weights. Whatever balances the
 * graph breaks at least one edge of each, so its weight is at least the sum of what they took.
 * Uses up g->w. */
static double pack(graph *g)
{
    const size_t n = g->n;
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            for (size_t k = j + 1; k < n && g->w[i * n + j] != 0.0; k++) {
                double *const edge[3] = {g->w + i * n + j, g->w + i * n + k, g->w + j * n + k};
                int negatives = 0;
                double least = INFINITY;
                for (size_t e = 0; e < 3; e++) {
                    negatives += *edge[e] < 0.0;
                    least = fmin(least, fabs(*edge[e]));
                }
                if (negatives % 2 == 0 || least == 0.0)
                    continue;
                sum += least;
                for (size_t e = 0; e < 3; e++)
                    *edge[e] = fabs(*edge[e]) > least ? *edge[e] - copysign(least, *edge[e]) : 0.0;
            }
    return sum;
}

static bool run_search(graph *g, int32_t starts, mst_stream stream, mst_arena *arena,
                       mst_frustration *out)
{
    search with;
    if (!make_search(&with, g->n, arena))
        return false;
    double least = INFINITY;
    int64_t edges;
    for (int32_t start = 0; start < starts && least > 0.0; start++) {
        for (size_t i = 0; i < g->n; i++) {
            const uint64_t draw = (uint64_t)start * g->n + i;
            with.s[i] = mst_random_unit(stream, draw) < 0.5 ? 1.0 : -1.0;
        }
        while (improve(g, &with))
            continue;
        const double value = frustrated(g, with.s, &edges);
        if (value < least) {
            least = value;
            memcpy(with.best, with.s, g->n * sizeof *with.s);
        }
    }
    report(g, with.best, out);
    out->at_least = fmin(pack(g), out->least);
    out->is_exact = out->least - out->at_least <= EQUAL * g->total;
    out->at_least = out->is_exact ? out->least : out->at_least;
    return true;
}

/* ---- the two indices --------------------------------------------------------------------------- */

static muster_status solve(int32_t n, const double *w, bool has_unit_weights, mst_arena *arena,
                           mst_frustration *out, mst_balance_refusal *why)
{
    const muster_status status =
        mst_balance_check_symmetric(n, MST_FRUSTRATION_ACTORS_MAX, w, false, why);
    if (status != MUSTER_OK)
        return status;
    *out = (mst_frustration){0};
    graph g;
    bool is_done =
        mst_camps_init(&out->camps, n, arena) && copy_graph(&g, n, w, has_unit_weights, arena);
    if (is_done && n <= MST_FRUSTRATION_EXACT)
        try_all(&g, out);
    else if (is_done) /* always the same starts: the answer is a function of the graph */
        is_done = run_search(&g, USUAL_STARTS, mst_stream_of(mst_random_key(0), 0, 0), arena, out);
    return mst_balance_refuse(why, is_done ? MST_BALANCE_FINE : MST_BALANCE_MEMORY, -1, -1);
}

muster_status mst_frustration_index(int32_t n, const double *w, mst_arena *arena,
                                    mst_frustration *out, mst_balance_refusal *why)
{
    return solve(n, w, true, arena, out, why);
}

muster_status mst_frustration_weighted(int32_t n, const double *w, mst_arena *arena,
                                       mst_frustration *out, mst_balance_refusal *why)
{
    return solve(n, w, false, arena, out, why);
}

muster_status mst_frustration_search(int32_t n, const double *w, int32_t starts, mst_stream stream,
                                     mst_arena *arena, mst_frustration *out,
                                     mst_balance_refusal *why)
{
    const muster_status status =
        mst_balance_check_symmetric(n, MST_FRUSTRATION_ACTORS_MAX, w, false, why);
    if (status != MUSTER_OK)
        return status;
    if (starts < 1)
        return mst_balance_refuse(why, MST_BALANCE_STEPS, -1, -1);
    *out = (mst_frustration){0};
    graph g;
    const bool is_done = mst_camps_init(&out->camps, n, arena) &&
                         copy_graph(&g, n, w, false, arena) &&
                         run_search(&g, starts, stream, arena, out);
    return mst_balance_refuse(why, is_done ? MST_BALANCE_FINE : MST_BALANCE_MEMORY, -1, -1);
}

/* ---- balance of a graph with gaps -------------------------------------------------------------- */

/** Puts the neighbours of an actor on their sides. @return false where one stands on the other */
static bool spread(int32_t n, const double *w, int8_t *side, int32_t *queue, int32_t *count,
                   int32_t i)
{
    for (int32_t j = 0; j < n; j++) {
        const double tie = w[(size_t)i * (size_t)n + (size_t)j];
        if (j == i || tie == 0.0)
            continue;
        const int8_t wanted = (int8_t)(tie > 0.0 ? side[i] : -side[i]);
        if (side[j] == 0) {
            side[j] = wanted;
            queue[(*count)++] = j;
        } else if (side[j] != wanted) {
            return false;
        }
    }
    return true;
}

bool mst_graph_is_balanced(int32_t n, const double *w, int8_t *side, int32_t *queue)
{
    memset(side, 0, (size_t)n);
    int32_t count = 0, next = 0;
    for (int32_t first = 0; first < n; first++) {
        if (side[first] == 0) {
            side[first] = 1;
            queue[count++] = first;
        }
        while (next < count)
            if (!spread(n, w, side, queue, &count, queue[next++]))
                return false;
    }
    return true;
}
