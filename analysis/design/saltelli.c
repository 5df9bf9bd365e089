/* Samples for Sobol indices (Saltelli and others 2010): A, B, and A with single columns of B.
 *
 * A and B are the two halves of the columns of one sequence of twice as many. Two pieces of one
 * sequence of as many columns as there are factors would fill each other's gaps, which is to hang
 * together, and give wrong indices that look right.
 *
 * GSL's numbers (Bratley and Fox 1988) are uneven in pairs of late columns while points are few: with
 * 1024 rows of A a column of A and one of B have a correlation of up to .3 with 10 factors, .5 with 20,
 * with 4096 rows .03 and .1. From 1024 rows on indices are mostly nearer the truth than from Latin
 * hypercubes all the same (20 factors, first order, root mean square error on a function of Sobol's:
 * .013 against .010 with 1024 rows, .004 against .005 with 4096; 10 factors: .011 against .014, .003
 * against .007); at 256 rows there is no difference.
 */
#include "base/rng.h"
#include "design/hypercube.h"
#include "design/method.h"
#include "design/sequence.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_IN_SEQUENCE = MST_SOBOL_COLUMNS / 2 };

static int64_t rows_of_base(const mst_design_ask *ask)
{
    return (int64_t)ask->columns * (ask->second_order ? 2 : 1) + (ask->luck ? 3 : 2);
}

static bool size(const mst_design_ask *ask, int64_t *out_rows, char why[MST_DESIGN_WHY])
{
    if (!mst_needs_points(ask, 2, why))
        return false;
    if ((ask->points & (ask->points - 1)) != 0)
        return mst_refuse(why, "%" PRId64 " points, a power of two is needed", ask->points);
    if (ask->points > MST_SEQUENCE_POINTS)
        return mst_refuse(why, "%" PRId64 " points, at most %d", ask->points, MST_SEQUENCE_POINTS);
    *out_rows = mst_times(ask->points, rows_of_base(ask));
    return true;
}

/* ---- A and B --------------------------------------------------------------------------------------- */

/* Row j of A stands at a + j stride, of B at b + j stride. */
typedef struct base {
    double *room;
    const double *a, *b;
    int64_t stride;
} base;

static bool draw_sequence(const mst_design_ask *ask, base *out)
{
    const int32_t k = ask->columns;
    out->a = out->room;
    out->b = out->room + k;
    out->stride = (int64_t)2 * k;
    return mst_sequence_fill(MST_SEQUENCE_SOBOL, ask->seed, "design saltelli", ask->points, 2 * k,
                             out->room);
}

static bool draw_hypercube(const mst_design_ask *ask, const char *purpose, double *unit)
{
    gsl_rng *const rng = mst_rng_open(ask->seed, purpose);
    int32_t *const rank = malloc((size_t)ask->points * sizeof *rank);
    const bool has_room = rng && rank;
    if (has_room)
        mst_hypercube(rng, ask->points, ask->columns, false, rank, unit);
    if (rng)
        gsl_rng_free(rng);
    free(rank);
    return has_room;
}

static bool draw_hypercubes(const mst_design_ask *ask, base *out)
{
    double *const b = out->room + ask->points * ask->columns;
    out->a = out->room;
    out->b = b;
    out->stride = ask->columns;
    return draw_hypercube(ask, "design saltelli A", out->room) &&
           draw_hypercube(ask, "design saltelli B", b);
}

/* ---- rows ------------------------------------------------------------------------------------------- */

typedef struct writer {
    mst_design *out;
    int64_t row, base_row;
} writer;

/* The next row: `own`, with column `factor` of `other` unless that is not one of the columns. */
static void write_row(writer *w, mst_block_kind kind, int32_t factor, const double *own,
                      const double *other, int64_t seed_group)
{
    const int32_t k = w->out->columns;
    double *const to = w->out->unit + w->row * k;
    memcpy(to, own, (size_t)k * sizeof *to);
    if (factor >= 0 && factor < k)
        to[factor] = other[factor];
    w->out->block[w->row] = (mst_block_of){kind, factor, w->base_row};
    w->out->seed_group[w->row] = seed_group;
    w->row++;
}

static void write_base_row(const mst_design_ask *ask, writer *w, const double *a, const double *b)
{
    const int64_t of_a = 2 * w->base_row + 1, of_b = of_a + 1;
    write_row(w, MST_BLOCK_A, -1, a, b, of_a);
    for (int32_t j = 0; j < ask->columns; j++)
        write_row(w, MST_BLOCK_AB, j, a, b, of_a);
    /* chance is the last factor, and its column is the seed */
    if (ask->luck)
        write_row(w, MST_BLOCK_AB, ask->columns, a, b, of_b);
    for (int32_t j = 0; ask->second_order && j < ask->columns; j++)
        write_row(w, MST_BLOCK_BA, j, b, a, of_b);
    write_row(w, MST_BLOCK_B, -1, b, a, of_b);
}

static muster_status fill(const mst_design_ask *ask, mst_design *out, char why[MST_DESIGN_WHY])
{
    (void)why;
    const bool in_sequence = ask->columns <= MOST_IN_SEQUENCE;
    base from = {.room = mst_room(mst_times(ask->points, (int64_t)2 * ask->columns))};
    const bool is_done =
        from.room && (in_sequence ? draw_sequence(ask, &from) : draw_hypercubes(ask, &from));
    writer w = {.out = out};
    for (int64_t j = 0; is_done && j < ask->points; j++, w.base_row++)
        write_base_row(ask, &w, from.a + j * from.stride, from.b + j * from.stride);
    out->built = in_sequence ? "A and B from one Sobol sequence, shifted"
                             : "A and B from two independent Latin hypercubes";
    free(from.room);
    return is_done ? MUSTER_OK : MUSTER_WORLD;
}

const mst_design_method mst_design_saltelli = {
    .name = "saltelli",
    .doc = "samples for Sobol indices: points times (factors + 2) rows, with second_order\n"
           "(2 factors + 2), with luck one more; points is a power of two",
    .uses = "points second_order luck",
    .size = size,
    .fill = fill,
};
