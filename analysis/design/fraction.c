#include "design/fraction.h"

#include <inttypes.h>

/* The first factors run through all combinations, one binary digit of the row number each, the last
 * one fastest. Each further one is a product of some of those: letters by Box, Hunter and Hunter
 * (1978), with A the first factor. */
typedef struct fraction {
    int32_t basic;
    const char *product[3];
} fraction;

static const fraction fractions[MST_FRACTION_COLUMNS + 1] = {
    [2] = {2, {NULL}},
    [3] = {3, {NULL}},
    [4] = {4, {NULL}},
    [5] = {4, {"ABCD"}},
    [6] = {5, {"ABCDE"}},
    [7] = {6, {"ABCDEF"}},
    [8] = {6, {"ABCD", "ABEF"}},
    [9] = {7, {"ACDFG", "BCEFG"}},
    [10] = {7, {"ABCG", "BCDE", "ACDF"}},
};

int64_t mst_fraction_rows(int32_t columns)
{
    return (int64_t)1 << fractions[columns].basic;
}

static bool is_basic_high(const fraction *f, int64_t row, int32_t column)
{
    return (row >> (f->basic - 1 - column)) & 1;
}

bool mst_fraction_is_high(int32_t columns, int64_t row, int32_t column)
{
    const fraction *const f = &fractions[columns];
    if (column < f->basic)
        return is_basic_high(f, row, column);
    bool is_high = true; /* a product of none is +1; each low factor turns it round */
    for (const char *letter = f->product[column - f->basic]; *letter; letter++)
        if (!is_basic_high(f, row, *letter - 'A'))
            is_high = !is_high;
    return is_high;
}

double mst_setting_unit(const mst_design_ask *ask, int32_t column, mst_setting at)
{
    const int32_t levels = mst_levels(ask, column);
    if (levels == 0)
        return 0.5 * (double)at;
    return mst_design_unit((levels - 1) * (int32_t)at / 2, levels);
}

bool mst_fraction_suits(const mst_design_ask *ask, bool needs_middle, char why[MST_DESIGN_WHY])
{
    if (ask->columns < 2 || ask->columns > MST_FRACTION_COLUMNS)
        return mst_refuse(why, "%" PRId32 " factors, 2 to %d", ask->columns, MST_FRACTION_COLUMNS);
    for (int32_t j = 0; j < ask->columns; j++) {
        const int32_t levels = mst_levels(ask, j);
        if (levels == 1)
            return mst_refuse(why, "%s has 1 level, at least 2 for a low and a high one",
                              mst_call(ask, j).text);
        if (needs_middle && levels > 0 && levels % 2 == 0)
            return mst_refuse(why,
                              "%s has %" PRId32 " levels, none of them in the middle as a centre "
                              "needs; an odd number has one",
                              mst_call(ask, j).text, levels);
    }
    return true;
}

void mst_fraction_write(const mst_design_ask *ask, mst_design *out, int64_t row)
{
    const int32_t k = ask->columns;
    for (int64_t i = 0; i < mst_fraction_rows(k); i++)
        for (int32_t j = 0; j < k; j++)
            out->unit[(row + i) * k + j] =
                mst_setting_unit(ask, j, mst_fraction_is_high(k, i, j) ? MST_HIGH : MST_LOW);
}

void mst_centre_write(const mst_design_ask *ask, mst_design *out, int64_t row)
{
    for (int64_t i = row; i < row + ask->centre_points; i++) {
        out->block[i].kind = MST_BLOCK_CENTRE;
        for (int32_t j = 0; j < ask->columns; j++)
            out->unit[i * ask->columns + j] = mst_setting_unit(ask, j, MST_MIDDLE);
    }
}
