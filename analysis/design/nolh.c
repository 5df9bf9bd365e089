/* Nearly orthogonal Latin hypercubes: by construction where there is one of that size, stacked for
 * more points, else a random one improved. */
#include "base/rng.h"
#include "design/family.h"
#include "design/hypercube.h"
#include "design/method.h"
#include "design/quality.h"

#include <gsl/gsl_randist.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CONSTRUCTED = 256 }; /* columns of 513 rows */

/* m of 2^m + 1 rows: 0 is no construction. */
typedef struct plan {
    int32_t m, stacks;
    int64_t rows;
} plan;

/* Sizes of Cioppa and Lucas: m + (m - 1)(m - 2) / 2 columns up to 29 of 257 rows, beyond those 513.
 * Fewer rows would do for orthogonal columns, but fill the space worse. */
static int32_t table_m(int32_t columns)
{
    int32_t m = 4;
    while (m < 9 && columns > m + (m - 1) * (m - 2) / 2)
        m++;
    return m;
}

/* 0: no construction has that many rows and columns. */
static int32_t exact_m(int64_t rows, int32_t columns)
{
    for (int32_t m = 1; m <= 30; m++)
        if (rows == ((int64_t)1 << m) + 1)
            return columns <= (int64_t)1 << (m - 1) ? m : 0;
    return 0;
}

static bool plan_stacks(const mst_design_ask *ask, plan *out, char *why)
{
    const int32_t m = table_m(ask->columns);
    const int64_t rows = ((int64_t)ask->stacks << m) + 1;
    const int32_t most = (int32_t)1 << (m - 1);
    if (ask->columns < 2)
        return mst_refuse(why, "stacks of one factor repeat its points; ask for more points");
    if (ask->stacks > most)
        return mst_refuse(why, "%" PRId32 " stacks, at most %" PRId32 " of %" PRId32 " factors",
                          ask->stacks, most, ask->columns);
    if (ask->points && ask->points != rows)
        return mst_refuse(why, "%" PRId32 " stacks have %" PRId64 " points, not %" PRId64,
                          ask->stacks, rows, ask->points);
    *out = (plan){m, ask->stacks, rows};
    return true;
}

static bool make_plan(const mst_design_ask *ask, plan *out, char *why)
{
    const int32_t m = table_m(ask->columns);
    if (ask->columns > MOST_CONSTRUCTED && (!ask->points || ask->stacks > 1))
        return mst_refuse(why, "%" PRId32 " factors: beyond %d say how many points, without stacks",
                          ask->columns, MOST_CONSTRUCTED);
    if (ask->stacks > 1)
        return plan_stacks(ask, out, why);
    const int64_t rows = ask->points ? ask->points : ((int64_t)1 << m) + 1;
    if (ask->columns > 1 && rows <= ask->columns)
        return mst_refuse(why, "%" PRId64 " points, more than %" PRId32 " for so many factors",
                          rows, ask->columns);
    *out = (plan){exact_m(rows, ask->columns), 1, rows};
    return true;
}

static bool size(const mst_design_ask *ask, int64_t *out_rows, char why[MST_DESIGN_WHY])
{
    plan p = {0};
    if (!make_plan(ask, &p, why))
        return false;
    *out_rows = p.rows;
    return true;
}

/* ---- construction --------------------------------------------------------------------------------- */

typedef struct builder {
    plan size;
    int32_t columns;
    mst_family family;
    mst_differences used;
    uint32_t *order; /* (2^(m-1)): columns of the family; the first ones are in use */
    bool *is_seen;   /* (2^(m-1)): differences */
    double *next;    /* (rows x columns) */
    gsl_rng *rng;
} builder;

/* Differences of columns in use, over all stacks, are at most: */
static int64_t most_differences(const builder *b)
{
    const int64_t pairs = (int64_t)b->columns * (b->columns - 1) / 2;
    const int64_t half = (int64_t)1 << (b->size.m - 1), all = mst_times(pairs, b->size.stacks);
    return all < half ? all : half;
}

static bool open_builder(builder *b)
{
    const size_t half = (size_t)1 << (b->size.m - 1), used = (size_t)most_differences(b);
    b->family = (mst_family){b->size.m, mst_room((int64_t)half)};
    b->used = (mst_differences){0, malloc((used + 1) * sizeof *b->used.difference),
                                mst_room((int64_t)used + 1), mst_room((int64_t)used + 1)};
    b->order = malloc(half * sizeof *b->order);
    b->is_seen = malloc(half * sizeof *b->is_seen);
    b->next = mst_room(mst_times(b->size.rows, b->columns));
    if (!b->next || !b->family.size || !b->used.difference || !b->used.linear || !b->used.square ||
        !b->order || !b->is_seen)
        return false;
    for (size_t c = 0; c < half; c++)
        b->order[c] = (uint32_t)c;
    return true;
}

static void close_builder(builder *b)
{
    free(b->family.size);
    free(b->used.difference);
    free(b->used.linear);
    free(b->used.square);
    free(b->order);
    free(b->is_seen);
    free(b->next);
}

/* Stack s takes each column from s places further on in the order. */
static uint32_t column_of(const builder *b, int32_t stack, int32_t column)
{
    return b->order[((int64_t)column + stack) % ((int64_t)1 << (b->size.m - 1))];
}

static void find_differences(builder *b)
{
    b->used.count = 0;
    memset(b->is_seen, 0, ((size_t)1 << (b->size.m - 1)) * sizeof *b->is_seen);
    for (int32_t s = 0; s < b->size.stacks; s++)
        for (int32_t j = 1; j < b->columns; j++)
            for (int32_t l = 0; l < j; l++) {
                const uint32_t difference = column_of(b, s, j) ^ column_of(b, s, l);
                if (b->is_seen[difference])
                    continue;
                b->is_seen[difference] = true;
                b->used.difference[b->used.count++] = difference;
            }
}

/* The centre, common to all stacks, stands once. */
static void lay(const builder *b, double *unit)
{
    const int64_t high = (int64_t)1 << b->size.m, half = high / 2;
    for (int32_t s = 0; s < b->size.stacks; s++)
        for (int64_t i = 0; i <= high; i++)
            for (int32_t j = 0; j < b->columns && (s == 0 || i != half); j++)
                *unit++ =
                    (mst_family_entry(&b->family, column_of(b, s, j), i) + (double)half + 0.5) /
                    (double)(high + 1);
}

/* A few searches fail, more of them with 17 rows, where nothing but 0 will do. */
static bool search(builder *b, double *out_square)
{
    for (int start = 0; start < 20; start++) {
        gsl_ran_shuffle(b->rng, b->order, (size_t)1 << (b->size.m - 1), sizeof *b->order);
        find_differences(b);
        if (mst_family_search(&b->family, &b->used, b->rng, out_square))
            return true;
    }
    return false;
}

/* Correlation of squares that still lets curvatures be told apart. Where more than four columns of 17
 * rows are exactly orthogonal it is .52 or more. */
static const double LIKE_SQUARES = 0.35;

/* Of some searches: among those whose squares are little alike the one whose points are spread most,
 * or if none is, the one with the least alike. Where all failed the plain order is left. */
static void lay_best(builder *b, mst_design *out)
{
    double square = 0.0, best_square = INFINITY, best_crowding = INFINITY;
    for (int32_t t = 0; t < out->tries; t++) {
        if (!search(b, &square))
            continue;
        lay(b, b->next);
        const bool is_fine = square <= LIKE_SQUARES;
        const double crowding =
            is_fine ? mst_crowding(b->next, out->rows, out->columns, best_crowding) : INFINITY;
        const bool is_better =
            is_fine ? crowding < best_crowding || best_square > LIKE_SQUARES : square < best_square;
        if (!is_better)
            continue;
        best_square = square;
        best_crowding = crowding;
        memcpy(out->unit, b->next, (size_t)(out->rows * out->columns) * sizeof *b->next);
    }
    if (best_square < INFINITY)
        return;
    mst_family_plain(&b->family);
    lay(b, out->unit);
}

static bool construct(const mst_design_ask *ask, const plan *p, gsl_rng *rng, mst_design *out)
{
    builder b = {.size = *p, .columns = ask->columns, .rng = rng};
    const bool is_done = open_builder(&b);
    if (is_done) {
        const double rows = (double)p->rows, pairs = 0.5 * rows * rows * (double)b.columns;
        out->tries = mst_tries(
            ask, pairs + mst_family_search_cost(&b.family, (int32_t)most_differences(&b)));
        lay_best(&b, out);
    }
    close_builder(&b);
    out->built = p->stacks > 1 ? "constructed Latin hypercubes, stacked with rotated columns"
                               : "Latin hypercube by Ye's construction";
    return is_done;
}

/* ---- exchange --------------------------------------------------------------------------------------- */

static muster_status improve(gsl_rng *rng, mst_design *out, char *why)
{
    int32_t *const rank = malloc((size_t)out->rows * sizeof *rank);
    bool has_room = rank != NULL, found = false;
    for (int start = 0; start < 5 && has_room && !found; start++) {
        mst_hypercube(rng, out->rows, out->columns, true, rank, out->unit);
        has_room = mst_hypercube_exchange(rng, out->rows, out->columns, out->unit, &found);
    }
    free(rank);
    out->built = "Latin hypercube improved by exchange";
    if (has_room && !found)
        return mst_mistake(why,
                           "%" PRId64 " points: no correlations of .05 or less found for %" PRId32
                           " factors; take more points",
                           out->rows, out->columns);
    return has_room ? MUSTER_OK : MUSTER_WORLD;
}

static muster_status fill(const mst_design_ask *ask, mst_design *out, char why[MST_DESIGN_WHY])
{
    plan p = {0};
    if (!make_plan(ask, &p, why))
        return MUSTER_MISTAKE;
    gsl_rng *const rng = mst_rng_open(ask->seed, "design nolh");
    if (!rng)
        return MUSTER_WORLD;
    muster_status status = MUSTER_OK;
    if (p.m == 0)
        status = improve(rng, out, why);
    else if (!construct(ask, &p, rng, out))
        status = MUSTER_WORLD;
    gsl_rng_free(rng);
    return status;
}

const mst_design_method mst_design_nolh = {
    .name = "nolh",
    .doc = "nearly orthogonal Latin hypercube: no correlation above .05; by construction in\n"
           "17 points up to 7 factors, 33 to 11, 65 to 16, 129 to 22, 257 to 29",
    .uses = "points stacks tries",
    .size = size,
    .fill = fill,
};
