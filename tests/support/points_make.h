/** @file points_make.h
 * Points drawn at random for tests of estimates, and a look at rates found by drawing many times.
 */
#ifndef TEST_SUPPORT_POINTS_MAKE_H
#define TEST_SUPPORT_POINTS_MAKE_H

#include "test.h"

#include "base/rng.h"
#include "estimate/points.h"

#include <gsl/gsl_randist.h>

/** Rows of inputs, row by row: numbers even over their range (whole ones for INT), levels even. */
static inline void draw_inputs(gsl_rng *rng, const mst_input *input, int inputs, int rows,
                               double *x)
{
    for (int i = 0; i < rows * inputs; i++) {
        const mst_input *of = &input[i % inputs];
        if (of->kind == MST_INPUT_CHOICE)
            x[i] = (double)gsl_rng_uniform_int(rng, (unsigned long)of->levels);
        else if (of->kind == MST_INPUT_INT)
            x[i] =
                of->low + (double)gsl_rng_uniform_int(rng, (unsigned long)(of->high - of->low) + 1);
        else
            x[i] = gsl_ran_flat(rng, of->low, of->high);
    }
}

/** Mean and variance of n normal replications about a mean. */
static inline void draw_replications(gsl_rng *rng, double mean, double sd, int n, double *out_mean,
                                     double *out_s2)
{
    double sum = 0.0, squares = 0.0;
    for (int i = 0; i < n; i++) {
        const double apart = gsl_ran_gaussian(rng, sd);
        sum += apart;
        squares += apart * apart;
    }
    *out_mean = mean + sum / n;
    *out_s2 = n > 1 ? (squares - sum * sum / n) / (n - 1) : (double)NAN;
}

/** So many hits of so many trials are within 4 standard deviations of a rate: a sound one is
 * refused once in 16,000. */
#define assert_rate(hits, trials, rate)                                                            \
    test_near((double)(hits) / (double)(trials), (rate),                                           \
              4.0 * sqrt((rate) * (1.0 - (rate)) / (double)(trials)), #hits, __FILE__, __LINE__)

#endif
