/* Central composite design (Box and Wilson 1951), face-centred so that it stays in the cube: corners,
 * both ends of each factor with the others in the middle, and centre points. */
#include "design/fraction.h"

static bool size(const mst_design_ask *ask, int64_t *out_rows, char why[MST_DESIGN_WHY])
{
    if (!mst_fraction_suits(ask, true, why))
        return false;
    *out_rows = mst_fraction_rows(ask->columns) + (int64_t)2 * ask->columns + ask->centre_points;
    return true;
}

static muster_status fill(const mst_design_ask *ask, mst_design *out, char why[MST_DESIGN_WHY])
{
    (void)why;
    const int32_t k = ask->columns;
    int64_t row = mst_fraction_rows(k);
    mst_fraction_write(ask, out, 0);
    for (int32_t factor = 0; factor < k; factor++)
        for (int end = 0; end < 2; end++, row++)
            for (int32_t j = 0; j < k; j++)
                out->unit[row * k + j] = mst_setting_unit(ask, j,
                                                          j != factor ? MST_MIDDLE
                                                          : end == 0  ? MST_LOW
                                                                      : MST_HIGH);
    mst_centre_write(ask, out, row);
    out->built = "corners, centres of faces and centre points";
    return MUSTER_OK;
}

const mst_design_method mst_design_ccd = {
    .name = "ccd",
    .doc = "central composite design of 2 to 10 factors, face-centred: for a quadratic\n"
           "metamodel; discrete factors have an odd number of levels",
    .uses = "centre_points",
    .size = size,
    .fill = fill,
};
