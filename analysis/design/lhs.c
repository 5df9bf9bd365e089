/* Latin hypercubes: the best of some by a criterion. */
#include "base/rng.h"
#include "design/hypercube.h"
#include "design/method.h"
#include "design/quality.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef enum criterion { NONE, MAXIMIN, LEAST_CORRELATION, UNKNOWN } criterion;

static criterion criterion_of(const mst_design_ask *ask)
{
    static const char *const name[] = {"none", "maximin", "least-correlation"};
    if (!ask->criterion)
        return MAXIMIN;
    for (int c = 0; c < 3; c++)
        if (strcmp(ask->criterion, name[c]) == 0)
            return (criterion)c;
    return UNKNOWN;
}

static bool size(const mst_design_ask *ask, int64_t *out_rows, char why[MST_DESIGN_WHY])
{
    if (criterion_of(ask) == UNKNOWN)
        return mst_refuse(why, "criterion '%.40s' is none of maximin, least-correlation, none",
                          ask->criterion);
    if (!mst_needs_points(ask, 1, why))
        return false;
    *out_rows = ask->points;
    return true;
}

/* The less the better. False: memory is short. */
static bool judge(const double *unit, const mst_design *design, criterion by, double best,
                  double *out)
{
    if (by == MAXIMIN) {
        *out = mst_crowding(unit, design->rows, design->columns, best);
        return true;
    }
    return mst_likeness(unit, design->rows, design->columns, out);
}

static int32_t tries_of(const mst_design_ask *ask, criterion by)
{
    const double n = (double)ask->points, k = (double)ask->columns;
    if (by == NONE || ask->points < 2 || (by == LEAST_CORRELATION && ask->columns < 2))
        return 1;
    return mst_tries(ask, by == MAXIMIN ? 0.5 * n * n * k : 0.5 * n * k * k);
}

/* next: room for another hypercube. */
static bool draw_best(const mst_design_ask *ask, mst_design *out, gsl_rng *rng, int32_t *rank,
                      double *next)
{
    const criterion by = criterion_of(ask);
    double best = INFINITY, value = 0.0;
    mst_hypercube(rng, out->rows, out->columns, ask->midpoints, rank, out->unit);
    out->tries = tries_of(ask, by);
    if (out->tries > 1 && !judge(out->unit, out, by, best, &best))
        return false;
    for (int32_t t = 1; t < out->tries; t++) {
        mst_hypercube(rng, out->rows, out->columns, ask->midpoints, rank, next);
        if (!judge(next, out, by, best, &value))
            return false;
        if (!(value < best))
            continue;
        best = value;
        memcpy(out->unit, next, (size_t)(out->rows * out->columns) * sizeof *next);
    }
    return true;
}

static muster_status fill(const mst_design_ask *ask, mst_design *out, char why[MST_DESIGN_WHY])
{
    (void)why;
    static const char *const built[] = {"random Latin hypercube",
                                        "Latin hypercube, the widest spread of some",
                                        "Latin hypercube, the least correlated of some", ""};
    gsl_rng *const rng = mst_rng_open(ask->seed, "design lhs");
    int32_t *const rank = malloc((size_t)out->rows * sizeof *rank);
    double *const next = mst_room(mst_times(out->rows, out->columns));
    const bool is_done = rng && rank && next && draw_best(ask, out, rng, rank, next);
    out->built = built[out->tries > 1 ? criterion_of(ask) : NONE];
    if (rng)
        gsl_rng_free(rng);
    free(rank);
    free(next);
    return is_done ? MUSTER_OK : MUSTER_WORLD;
}

const mst_design_method mst_design_lhs = {
    .name = "lhs",
    .doc = "Latin hypercube: each factor has one point in each of as many strata as\n"
           "there are points; the best of some by spread or by correlation",
    .uses = "points criterion tries midpoints",
    .size = size,
    .fill = fill,
};
