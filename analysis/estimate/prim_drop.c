/* Dropping: limits that hold no more cases of interest than chance would (Friedman and Fisher 1999, 8;
 * quasi-P after Bryant and Lempert 2010). Peeling leaves some behind: in a small box a few points fewer
 * may look like a gain. */
#include "estimate/prim_parts.h"

/* The weakest limit of the box; false: all are firm. */
static bool find_weakest(const mst_prim_walk *walk, int32_t *out_input, int *out_end)
{
    double weakest = walk->options->quasi_p_most;
    bool is_found = false;
    for (int32_t i = 0; i < walk->points->inputs; i++)
        for (int end = MST_PRIM_LOW; end <= MST_PRIM_LEVELS; end++) {
            const double p = mst_prim_quasi_p_of(walk->points, walk->options, walk->is_there,
                                                 walk->limit, i, end);
            if (!(p > weakest)) /* NaN: open */
                continue;
            weakest = p;
            is_found = true;
            *out_input = i;
            *out_end = end;
        }
    return is_found;
}

bool mst_prim_drop(mst_prim_walk *walk)
{
    int32_t input = 0;
    int end = MST_PRIM_LOW;
    if (walk->options->quasi_p_most >= 1.0)
        return true; /* no quasi-P is greater */
    while (find_weakest(walk, &input, &end)) {
        walk->limit[input] = mst_prim_opened(&walk->points->input[input], &walk->limit[input], end);
        walk->in = walk->in_hits = 0;
        for (int32_t row = 0; row < walk->points->rows; row++) {
            const bool is_inside =
                walk->is_there[row] && mst_prim_holds(walk->points, walk->limit, row);
            walk->in += is_inside;
            walk->in_hits += is_inside && mst_prim_hits(walk->points, walk->options, row);
        }
        if (!mst_prim_note(walk, true))
            return false;
    }
    return true;
}
