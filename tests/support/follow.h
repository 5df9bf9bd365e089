/** @file follow.h
 * Do draws follow a distribution? Kolmogorov and Smirnov's distance, without sorting.
 *
 * Each draw is handed over as its P under the distribution supposed. The distance is taken at 4,096
 * places instead of everywhere, which can only make it smaller: sqrt(n) times it exceeds 2.3 with
 * a probability below 2 exp(-2 * 2.3^2) = 5e-5 when the supposition is right.
 */
#ifndef TEST_SUPPORT_FOLLOW_H
#define TEST_SUPPORT_FOLLOW_H

#include "test.h"

enum { FOLLOW_CELLS = 4096 };
#define FOLLOW_LIMIT 2.3

typedef struct follow {
    int64_t cell[FOLLOW_CELLS], count;
} follow;

static inline void follow_add(follow *seen, double p)
{
    assert_true(p >= 0.0 && p <= 1.0);
    const int32_t cell = (int32_t)(p * FOLLOW_CELLS);
    seen->cell[cell < FOLLOW_CELLS ? cell : FOLLOW_CELLS - 1]++;
    seen->count++;
}

/** sqrt(n) times the distance; seen is empty again. */
static inline double follow_distance(follow *seen)
{
    const double n = (double)seen->count;
    int64_t below = 0;
    double apart = 0.0;
    for (int32_t i = 0; i < FOLLOW_CELLS; i++) {
        below += seen->cell[i];
        apart = fmax(apart, fabs((double)below / n - (double)(i + 1) / FOLLOW_CELLS));
    }
    *seen = (follow){.count = 0};
    return apart * sqrt(n);
}

#endif
