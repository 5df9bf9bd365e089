/* Every combination of all levels, once. */
#include "design/method.h"

static bool size(const mst_design_ask *ask, int64_t *out_rows, char why[MST_DESIGN_WHY])
{
    int64_t rows = 1;
    for (int32_t j = 0; j < ask->columns; j++) {
        if (mst_levels(ask, j) == 0)
            return mst_refuse(why, "%s is continuous, and a factorial has discrete factors only",
                              mst_call(ask, j).text);
        rows = mst_times(rows, mst_levels(ask, j));
    }
    *out_rows = rows;
    return true;
}

/* Row number as digits in mixed base, the last factor the lowest digit. */
static muster_status fill(const mst_design_ask *ask, mst_design *out, char why[MST_DESIGN_WHY])
{
    (void)why;
    for (int64_t i = 0; i < out->rows; i++) {
        int64_t rest = i;
        for (int32_t j = ask->columns - 1; j >= 0; j--) {
            const int32_t levels = mst_levels(ask, j);
            out->unit[i * ask->columns + j] = mst_design_unit((int32_t)(rest % levels), levels);
            rest /= levels;
        }
    }
    out->built = "every combination of levels";
    return MUSTER_OK;
}

const mst_design_method mst_design_factorial = {
    .name = "factorial",
    .doc = "every combination of all levels; the last factor varies fastest",
    .uses = "",
    .size = size,
    .fill = fill,
};
