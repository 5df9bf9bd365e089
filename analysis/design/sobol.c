/* A shifted Sobol sequence. */
#include "design/method.h"
#include "design/sequence.h"

#include <inttypes.h>

static bool size(const mst_design_ask *ask, int64_t *out_rows, char why[MST_DESIGN_WHY])
{
    if (ask->columns > MST_SOBOL_COLUMNS)
        return mst_refuse(why, "%" PRId32 " factors, at most %d in a Sobol sequence; take lhs",
                          ask->columns, MST_SOBOL_COLUMNS);
    if (!mst_needs_points(ask, 1, why))
        return false;
    if (ask->points > MST_SEQUENCE_POINTS)
        return mst_refuse(why, "%" PRId64 " points, at most %d in a Sobol sequence", ask->points,
                          MST_SEQUENCE_POINTS);
    *out_rows = ask->points;
    return true;
}

static muster_status fill(const mst_design_ask *ask, mst_design *out, char why[MST_DESIGN_WHY])
{
    (void)why;
    out->built = "Sobol sequence, shifted";
    return mst_sequence_fill(MST_SEQUENCE_SOBOL, ask->seed, "design sobol", out->rows, out->columns,
                             out->unit)
               ? MUSTER_OK
               : MUSTER_WORLD;
}

const mst_design_method mst_design_sobol = {
    .name = "sobol",
    .doc = "Sobol sequence, shifted by the seed; up to 40 factors, best with a power of\n"
           "two of points; more points keep the first ones",
    .uses = "points",
    .size = size,
    .fill = fill,
};
