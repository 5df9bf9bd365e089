#include "estimate/terms.h"

#include <math.h>

static mst_meta_input code_number(const mst_points *points, int32_t i)
{
    double low = points->input[i].low, high = points->input[i].high;
    if (!(low < high)) {
        low = (double)INFINITY;
        high = -(double)INFINITY;
        for (int32_t row = 0; row < points->rows; row++) {
            if (!mst_points_has(points, row))
                continue;
            low = fmin(low, mst_points_x(points, row, i));
            high = fmax(high, mst_points_x(points, row, i));
        }
    }
    return (mst_meta_input){points->input[i].kind, 0.5 * low + 0.5 * high, 0.5 * high - 0.5 * low,
                            0};
}

void mst_meta_code_inputs(const mst_points *points, mst_meta_input *out)
{
    for (int32_t i = 0; i < points->inputs; i++)
        out[i] = points->input[i].kind == MST_INPUT_CHOICE
                     ? (mst_meta_input){.kind = MST_INPUT_CHOICE, .levels = points->input[i].levels}
                     : code_number(points, i);
}

static int32_t columns_of(const mst_meta_input *input, int32_t i)
{
    if (i < 0)
        return 1;
    return input[i].kind == MST_INPUT_CHOICE ? input[i].levels - 1 : 1;
}

/* A choice of one level has no column, and so no term. */
static void add(const mst_meta_input *input, int32_t first, int32_t second, mst_meta_term *out,
                int32_t *terms, int64_t *columns)
{
    const int32_t wide = columns_of(input, first) * columns_of(input, second);
    if (wide == 0)
        return;
    if (out)
        out[*terms] = (mst_meta_term){first, second, (int32_t)*columns, wide};
    *columns += wide;
    ++*terms;
}

int32_t mst_meta_terms(const mst_meta_input *input, int32_t inputs, mst_meta_form form,
                       mst_meta_term *out, int64_t *out_columns)
{
    int32_t terms = 0;
    int64_t columns = 0;
    add(input, -1, -1, out, &terms, &columns);
    for (int32_t i = 0; i < inputs; i++)
        add(input, i, -1, out, &terms, &columns);
    for (int32_t i = 0; i < inputs && form >= MST_META_INTERACTIONS; i++)
        for (int32_t j = i + 1; j < inputs; j++)
            add(input, i, j, out, &terms, &columns);
    for (int32_t i = 0; i < inputs && form >= MST_META_QUADRATIC; i++)
        if (input[i].kind != MST_INPUT_CHOICE)
            add(input, i, i, out, &terms, &columns);
    if (out_columns)
        *out_columns = columns;
    return terms;
}

/* Column c of an input; an x of NaN is the middle. */
static double coded(const mst_meta_input *input, double x, int32_t c)
{
    if (isnan(x))
        return 0.0;
    if (input->kind != MST_INPUT_CHOICE)
        return input->half > 0.0 ? (x - input->centre) / input->half : 0.0;
    const int32_t level = (int32_t)x;
    if (level == input->levels - 1)
        return -1.0;
    return level == c ? 1.0 : 0.0;
}

void mst_meta_code(const mst_meta_input *input, const mst_meta_term *term, const double *x,
                   double *out)
{
    const int32_t a = term->first, b = term->second;
    if (a < 0) {
        out[0] = 1.0;
        return;
    }
    const int32_t wide = columns_of(input, b);
    for (int32_t c = 0; c < term->columns; c++) {
        out[c] = coded(&input[a], x[a], c / wide);
        if (b >= 0)
            out[c] *= coded(&input[b], x[b], c % wide);
    }
}

void mst_meta_levels(const mst_meta_input *input, const mst_meta_term *term, int32_t i,
                     int32_t level[2])
{
    const int32_t a = term->first, b = term->second, wide = columns_of(input, b);
    level[0] = a >= 0 && input[a].kind == MST_INPUT_CHOICE ? i / wide : -1;
    level[1] = b >= 0 && input[b].kind == MST_INPUT_CHOICE ? i % wide : -1;
}

bool mst_meta_takes(const mst_meta_input *input, int32_t inputs, const double *x)
{
    for (int32_t i = 0; i < inputs; i++) {
        if (isnan(x[i]))
            continue;
        if (isinf(x[i]))
            return false;
        if (input[i].kind == MST_INPUT_CHOICE &&
            !(x[i] >= 0.0 && x[i] < (double)input[i].levels && floor(x[i]) >= x[i]))
            return false;
    }
    return true;
}
