/** @file design_make.h
 * Designs for tests: made or refused in one line, and looked at.
 */
#ifndef TEST_SUPPORT_DESIGN_MAKE_H
#define TEST_SUPPORT_DESIGN_MAKE_H

#include "test.h"

#include "design/design.h"

#include <string.h>

static inline mst_design design_made(const char *method, mst_design_ask ask)
{
    char why[MST_DESIGN_WHY] = "";
    mst_design out = {0};
    const muster_status status = mst_design_make(method, &ask, why, &out);
    if (status != MUSTER_OK)
        fail_msg("%s: %s", method, why);
    return out;
}

/* Refused with words that say this. */
static inline void assert_design_refused(const char *method, mst_design_ask ask, const char *says)
{
    char why[MST_DESIGN_WHY] = "";
    mst_design out = {.rows = 7};
    assert_int_equal(mst_design_make(method, &ask, why, &out), MUSTER_MISTAKE);
    if (!strstr(why, says))
        fail_msg("%s: '%s' does not say '%s'", method, why, says);
    assert_true(out.rows == 0 && !out.unit && !out.block && !out.seed_group);
}

static inline double unit_at(const mst_design *design, int64_t row, int32_t column)
{
    return design->unit[row * design->columns + column];
}

/* By sums of products in long double, two columns at a time. */
static inline double correlation_of(const double *x, const double *y, int64_t count, int64_t step)
{
    long double n = (long double)count, sx = 0, sy = 0, xx = 0, yy = 0, xy = 0;
    for (int64_t i = 0; i < count; i++) {
        sx += x[i * step];
        sy += y[i * step];
    }
    for (int64_t i = 0; i < count; i++) {
        const long double dx = x[i * step] - sx / n, dy = y[i * step] - sy / n;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    return (double)(xy / sqrtl(xx * yy));
}

static inline double largest_correlation_of(const mst_design *design)
{
    double largest = 0.0;
    for (int32_t j = 1; j < design->columns; j++)
        for (int32_t l = 0; l < j; l++)
            largest = fmax(largest, fabs(correlation_of(design->unit + j, design->unit + l,
                                                        design->rows, design->columns)));
    return largest;
}

/* Every column has one row in each of as many strata as there are rows. */
static inline void assert_latin(const mst_design *design)
{
    static bool is_met[4096];
    assert_in_range(design->rows, 1, 4096);
    for (int32_t j = 0; j < design->columns; j++) {
        memset(is_met, 0, sizeof is_met);
        for (int64_t i = 0; i < design->rows; i++) {
            const int64_t stratum = (int64_t)floor(unit_at(design, i, j) * (double)design->rows);
            assert_in_range(stratum, 0, design->rows - 1);
            assert_false(is_met[stratum]);
            is_met[stratum] = true;
        }
    }
}

#endif
