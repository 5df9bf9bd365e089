/* The scenario as it is, then one factor at a time. */
#include "design/method.h"

#include <math.h>

/* A continuous factor goes to both ends of its range. */
static int32_t settings_of(const mst_design_ask *ask, int32_t column)
{
    const int32_t levels = mst_levels(ask, column);
    return levels ? levels : 2;
}

static double setting(const mst_design_ask *ask, int32_t column, int32_t number)
{
    const int32_t levels = mst_levels(ask, column);
    return levels ? mst_design_unit(number, levels) : (double)number;
}

static bool size(const mst_design_ask *ask, int64_t *out_rows, char why[MST_DESIGN_WHY])
{
    (void)why;
    int64_t rows = 1;
    for (int32_t j = 0; j < ask->columns; j++)
        rows += settings_of(ask, j);
    *out_rows = rows;
    return true;
}

static muster_status fill(const mst_design_ask *ask, mst_design *out, char why[MST_DESIGN_WHY])
{
    (void)why;
    for (int64_t c = 0; c < out->rows * out->columns; c++)
        out->unit[c] = (double)NAN;
    out->block[0].kind = MST_BLOCK_CENTRE;
    int64_t row = 1;
    for (int32_t j = 0; j < ask->columns; j++)
        for (int32_t s = 0; s < settings_of(ask, j); s++, row++) {
            out->unit[row * out->columns + j] = setting(ask, j, s);
            out->block[row] = (mst_block_of){.kind = MST_BLOCK_ONE, .factor = j};
        }
    out->built = "one factor at a time";
    return MUSTER_OK;
}

const mst_design_method mst_design_one_at_a_time = {
    .name = "one-at-a-time",
    .doc = "the scenario as it is, then each factor alone at each of its levels,\n"
           "continuous ones at both ends of their range",
    .uses = "",
    .size = size,
    .fill = fill,
};
