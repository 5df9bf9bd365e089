/** @file ishigami.h
 * sin x1 + 7 sin^2 x2 + .1 x3^4 sin x1 on [-pi, pi]^3 (Ishigami and Homma 1990), of a point of the
 * unit cube: its indices are known in closed form.
 */
#ifndef TEST_SUPPORT_ISHIGAMI_H
#define TEST_SUPPORT_ISHIGAMI_H

#include <math.h>

static const double ishigami_first[] = {.31390519, .44241114, 0.0};
static const double ishigami_total[] = {.55758886, .44241114, .24368366};
static const double ishigami_pair_13 = .24368366;
static const double ishigami_variance = 13.844587940719254;

static inline double ishigami(const double *unit)
{
    const double pi = 3.14159265358979323846;
    const double x1 = pi * (2.0 * unit[0] - 1.0), x2 = pi * (2.0 * unit[1] - 1.0),
                 x3 = pi * (2.0 * unit[2] - 1.0);
    return sin(x1) + 7.0 * sin(x2) * sin(x2) + 0.1 * x3 * x3 * (x3 * x3) * sin(x1);
}

#endif
