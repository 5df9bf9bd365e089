/* Boxes: who is in, and what a limit is worth. */
#include "estimate/prim_parts.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static uint64_t all_levels(const mst_input *input)
{
    return input->levels >= 64 ? UINT64_MAX : (UINT64_C(1) << input->levels) - 1;
}

mst_prim_limit mst_prim_open_limit(const mst_input *input)
{
    return (mst_prim_limit){-(double)INFINITY, (double)INFINITY,
                            input->kind == MST_INPUT_CHOICE ? all_levels(input) : 0};
}

bool mst_prim_is_limited(const mst_input *input, const mst_prim_limit *limit, int end)
{
    if (input->kind == MST_INPUT_CHOICE)
        return end == MST_PRIM_LEVELS && limit->levels != all_levels(input);
    return (end == MST_PRIM_LOW && !isinf(limit->low)) ||
           (end == MST_PRIM_HIGH && !isinf(limit->high));
}

bool mst_prim_allows(const mst_input *input, const mst_prim_limit *limit, double x)
{
    if (input->kind == MST_INPUT_CHOICE)
        return (limit->levels >> (unsigned)x & 1U) != 0;
    return x >= limit->low && x <= limit->high;
}

int32_t mst_prim_limited(const mst_points *points, const mst_prim_limit *limit)
{
    int32_t count = 0;
    for (int32_t i = 0; i < points->inputs; i++)
        count += mst_prim_is_limited(&points->input[i], &limit[i], MST_PRIM_LOW) ||
                 mst_prim_is_limited(&points->input[i], &limit[i], MST_PRIM_HIGH) ||
                 mst_prim_is_limited(&points->input[i], &limit[i], MST_PRIM_LEVELS);
    return count;
}

/* Is the row in the box, when `open` takes the place of one input's limit (input -1: of none)? */
static bool is_in(const mst_points *points, const mst_prim_limit *limit, int32_t input,
                  const mst_prim_limit *open, int32_t row)
{
    for (int32_t i = 0; i < points->inputs; i++)
        if (!mst_prim_allows(&points->input[i], i == input ? open : &limit[i],
                             mst_points_x(points, row, i)))
            return false;
    return true;
}

bool mst_prim_holds(const mst_points *points, const mst_prim_limit *limit, int32_t row)
{
    return is_in(points, limit, -1, NULL, row);
}

void mst_prim_count(const mst_points *points, const mst_prim_options *options,
                    const mst_prim_limit *limit, int32_t *out_points, int32_t *out_hits)
{
    *out_points = *out_hits = 0;
    for (int32_t row = 0; row < points->rows; row++) {
        if (!mst_points_has(points, row) || !is_in(points, limit, -1, NULL, row))
            continue;
        ++*out_points;
        *out_hits += mst_prim_hits(points, options, row);
    }
}

/* P(at least `hits` of n), each with probability p */
static double tail(int32_t hits, int32_t n, double p)
{
    if (hits <= 0 || p >= 1.0)
        return 1.0;
    return gsl_cdf_binomial_Q((unsigned)hits - 1, p, (unsigned)n);
}

mst_prim_limit mst_prim_opened(const mst_input *input, const mst_prim_limit *limit, int end)
{
    const mst_prim_limit none = mst_prim_open_limit(input);
    mst_prim_limit open = *limit;
    open.low = end == MST_PRIM_LOW ? none.low : open.low;
    open.high = end == MST_PRIM_HIGH ? none.high : open.high;
    open.levels = end == MST_PRIM_LEVELS ? none.levels : open.levels;
    return open;
}

double mst_prim_quasi_p_of(const mst_points *points, const mst_prim_options *options,
                           const bool *is_there, const mst_prim_limit *limit, int32_t input,
                           int end)
{
    if (!mst_prim_is_limited(&points->input[input], &limit[input], end))
        return (double)NAN;
    const mst_prim_limit open = mst_prim_opened(&points->input[input], &limit[input], end);
    int32_t in = 0, in_hits = 0, without = 0, without_hits = 0;
    for (int32_t row = 0; row < points->rows; row++) {
        if (!mst_points_has(points, row) || (is_there && !is_there[row]) ||
            !is_in(points, limit, input, &open, row))
            continue;
        const bool hits = mst_prim_hits(points, options, row);
        without++;
        without_hits += hits;
        if (!mst_prim_allows(&points->input[input], &limit[input],
                             mst_points_x(points, row, input)))
            continue;
        in++;
        in_hits += hits;
    }
    return without > 0 ? tail(in_hits, in, (double)without_hits / (double)without) : (double)NAN;
}

double mst_prim_quasi_p(const mst_points *points, const mst_prim_options *options,
                        const mst_prim_limit *limit, int32_t input, int end)
{
    return mst_prim_quasi_p_of(points, options, NULL, limit, input, end);
}
