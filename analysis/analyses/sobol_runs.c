/* From points of a Saltelli design to blocks of figures. */
#include "analyses/sobol_parts.h"
#include "muster/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Blocks in order: a, b, then ab of each factor and of luck, then ba of each factor. */
enum { OF_A, OF_B, OF_AB };

typedef struct counts {
    int32_t factors;
    int64_t *of; /* points of each block */
    int64_t rows;
} counts;

static int32_t blocks_most(int32_t factors)
{
    return OF_AB + 2 * factors + 1;
}

/* -1: the point is of none of them. */
static int32_t block_of(const muster_plan_point *p, int32_t factors)
{
    if (strcmp(p->block, "a") == 0)
        return OF_A;
    if (strcmp(p->block, "b") == 0)
        return OF_B;
    if (strcmp(p->block, "ab") == 0 && p->factor >= 0 && p->factor <= factors)
        return OF_AB + p->factor;
    if (strcmp(p->block, "ba") == 0 && p->factor >= 0 && p->factor < factors)
        return OF_AB + factors + 1 + p->factor;
    return -1;
}

static bool refuse(char why[MST_WHY_BYTES], const char *words)
{
    muster_text_format(why, MST_WHY_BYTES, "%s", words);
    return false;
}

static bool count_points(const mst_data *d, counts *c, char why[MST_WHY_BYTES])
{
    for (int64_t p = 0; p < d->points; p++) {
        const muster_plan_point *point = &d->point[p];
        const int32_t block = block_of(point, c->factors);
        if (block < 0)
            continue;
        if (point->base_row < 0 || point->base_row >= d->points) {
            muster_text_format(why, MST_WHY_BYTES,
                               "point %" PRId64 " is of base row %" PRId64
                               ", and there are %" PRId64 " points in all",
                               p + 1, point->base_row + 1, d->points);
            return false;
        }
        c->of[block]++;
        c->rows = point->base_row >= c->rows ? point->base_row + 1 : c->rows;
    }
    return true;
}

/* ---- what must be there --------------------------------------------------------------------------- */

static int32_t first_without(const counts *c, int32_t from)
{
    for (int32_t f = 0; f < c->factors; f++)
        if (c->of[from + f] == 0)
            return f;
    return -1;
}

/* The sequence and the indices have one name, and who draws the one may take it for the other's design. */
static bool refuse_other_design(const mst_data *d, char why[MST_WHY_BYTES])
{
    if (!*d->method || strcmp(d->method, "saltelli") == 0)
        return refuse(why, "it has no points of blocks 'a' and 'b'");
    muster_text_format(why, MST_WHY_BYTES,
                       "indices need method = { name = \"saltelli\"; ... } in the experiment's "
                       "file; method '%.40s' %s",
                       d->method,
                       strcmp(d->method, "sobol") == 0 ? "only spreads points"
                                                       : "has no points of blocks 'a' and 'b'");
    return false;
}

static bool has_all(const mst_data *d, const counts *c, char why[MST_WHY_BYTES])
{
    if (c->factors == 0)
        return refuse(why, "nothing was varied");
    if (c->of[OF_A] == 0 && c->of[OF_B] == 0)
        return refuse_other_design(d, why);
    if (c->of[OF_A] == 0 || c->of[OF_B] == 0)
        return refuse(why, c->of[OF_A] == 0 ? "points of block 'a' are missing"
                                            : "points of block 'b' are missing");
    const int32_t without = first_without(c, OF_AB);
    if (without >= 0) {
        muster_text_format(
            why, MST_WHY_BYTES,
            "points of block 'ab %.60s' are missing (if that is no factor, put figures into "
            "a table of their own)",
            d->factor[without].id);
        return false;
    }
    int64_t there = 0;
    for (int32_t block = 0; block < OF_AB + c->factors; block++)
        there += c->of[block];
    if (2 * there < c->rows * (OF_AB + (int64_t)c->factors)) {
        muster_text_format(why, MST_WHY_BYTES,
                           "of %" PRId64 " base rows less than half of the points are there",
                           c->rows);
        return false;
    }
    return true;
}

/* ---- filling -------------------------------------------------------------------------------------- */

/* Where a block begins; -1: it is not used. */
static int64_t place_of(const mst_sobol_input *in, int32_t block)
{
    const int32_t k = in->factors, luck = OF_AB + k;
    if (block < luck)
        return block * in->rows;
    if (block == luck)
        return in->has_luck ? luck * in->rows : -1;
    return in->ba ? (block - (in->has_luck ? 0 : 1)) * in->rows : -1;
}

static bool place_points(const mst_data *d, mst_sobol_runs *out, char why[MST_WHY_BYTES])
{
    for (int64_t p = 0; p < d->points; p++) {
        const muster_plan_point *point = &d->point[p];
        const int32_t block = block_of(point, d->factors);
        const int64_t begin = block < 0 ? -1 : place_of(&out->in, block);
        if (begin < 0)
            continue;
        int64_t *at = &out->point[begin + point->base_row];
        if (*at >= 0) {
            muster_text_format(why, MST_WHY_BYTES,
                               "points %" PRId64 " and %" PRId64
                               " are of the same block '%s' and base row "
                               "%" PRId64,
                               *at + 1, p + 1, point->block, point->base_row + 1);
            return false;
        }
        *at = p;
        out->value[begin + point->base_row] = d->cell[p].mean;
    }
    return true;
}

static bool open_blocks(mst_sobol_runs *out, int64_t blocks)
{
    const size_t room = (size_t)(blocks * out->in.rows);
    out->value = calloc(room, sizeof *out->value);
    out->point = calloc(room, sizeof *out->point);
    if (!out->value || !out->point)
        return false;
    for (size_t i = 0; i < room; i++) {
        out->value[i] = (double)NAN;
        out->point[i] = -1;
    }
    return true;
}

static bool fill(const mst_data *d, const counts *c, mst_sobol_runs *out, char why[MST_WHY_BYTES])
{
    const int32_t k = c->factors, ba = OF_AB + k + 1;
    const bool has_ba = first_without(c, ba) < 0;
    out->in = (mst_sobol_input){.factors = k, .rows = c->rows, .has_luck = c->of[OF_AB + k] > 0};
    for (int32_t f = 0; f < k; f++)
        out->has_some_ba = out->has_some_ba || (!has_ba && c->of[ba + f] > 0);
    const int64_t before = OF_AB + k + out->in.has_luck, blocks = before + (has_ba ? k : 0);
    if (!open_blocks(out, blocks))
        return refuse(why, "memory is short");
    out->in.a = out->value;
    out->in.b = out->value + c->rows;
    out->in.ab = out->value + OF_AB * c->rows;
    out->in.ba = has_ba ? out->value + before * c->rows : NULL;
    if (!place_points(d, out, why))
        return false;
    for (int64_t i = 0; i < blocks * c->rows; i++)
        out->missing += out->point[i] < 0;
    return true;
}

bool mst_sobol_runs_find(const mst_data *d, mst_sobol_runs *out, char why[MST_WHY_BYTES])
{
    counts c = {.factors = d->factors};
    *out = (mst_sobol_runs){0};
    c.of = calloc((size_t)blocks_most(d->factors), sizeof *c.of);
    const bool is_good =
        c.of ? count_points(d, &c, why) && has_all(d, &c, why) && fill(d, &c, out, why)
             : refuse(why, "memory is short");
    free(c.of);
    return is_good;
}

void mst_sobol_runs_free(mst_sobol_runs *runs)
{
    free(runs->value);
    free(runs->point);
    *runs = (mst_sobol_runs){0};
}
