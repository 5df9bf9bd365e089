/* Corners enough for main effects and effects of pairs. */
#include "design/fraction.h"

static bool size(const mst_design_ask *ask, int64_t *out_rows, char why[MST_DESIGN_WHY])
{
    if (!mst_fraction_suits(ask, ask->centre_points > 0, why))
        return false;
    *out_rows = mst_fraction_rows(ask->columns) + ask->centre_points;
    return true;
}

static muster_status fill(const mst_design_ask *ask, mst_design *out, char why[MST_DESIGN_WHY])
{
    (void)why;
    mst_fraction_write(ask, out, 0);
    mst_centre_write(ask, out, mst_fraction_rows(ask->columns));
    out->built = ask->columns < 5 ? "all corners" : "fraction of resolution V or more";
    return MUSTER_OK;
}

const mst_design_method mst_design_resolution_v = {
    .name = "resolution-v",
    .doc = "low and high ends of 2 to 10 factors in 4 to 128 rows: main effects and effects\n"
           "of pairs apart from each other; and centre points",
    .uses = "centre_points",
    .size = size,
    .fill = fill,
};
