/** @file distribution.h
 * Distributions as scenario files write them: a name and its figures, for instance
 * "exponential 1", "triangular 0.95 1 1.02", "fixed 0".
 *
 *     fixed VALUE                      uniform LOW HIGH             triangular LOW MODE HIGH
 *     exponential MEAN                 normal MEAN SD               lognormal MEAN SD
 *     weibull SHAPE SCALE
 *
 * lognormal's mean and standard deviation are its own, not its logarithm's.
 */
#ifndef MST_NUM_DISTRIBUTION_H
#define MST_NUM_DISTRIBUTION_H

#include "num/random.h"

#include <stdbool.h>

typedef enum mst_dist_kind {
    MST_DIST_FIXED,
    MST_DIST_UNIFORM,
    MST_DIST_TRIANGULAR,
    MST_DIST_EXPONENTIAL,
    MST_DIST_NORMAL,
    MST_DIST_LOGNORMAL,
    MST_DIST_WEIBULL,
    MST_DIST_KINDS
} mst_dist_kind;
extern const char *const mst_dist_names[];   /* MST_DIST_KINDS of them                 */
extern const char *const mst_dist_figures[]; /* "LOW MODE HIGH", words for a message   */

typedef struct mst_dist {
    mst_dist_kind kind;
    double figure[3]; /* as written, in that order */
} mst_dist;

/** Reads one. False for an unknown name, a wrong number of figures, figures that are not finite or
 * make no distribution (low > high, mode outside, mean or deviation not above 0); *out_reason is
 * then a static text ("LOW is above HIGH"). Any bytes up to the first zero. */
bool mst_dist_read(const char *text, mst_dist *out, const char **out_reason);

/** Writes it as it is read ("triangular 0.95 1 1.02"), figures as short as they can be. */
void mst_dist_write(const mst_dist *dist, char out[96]);

double mst_dist_draw(const mst_dist *dist, mst_stream stream, uint64_t number);

/** Mean, least and greatest value (may be infinite), standard deviation. */
double mst_dist_mean(const mst_dist *dist);
double mst_dist_low(const mst_dist *dist);
double mst_dist_high(const mst_dist *dist);
double mst_dist_sd(const mst_dist *dist);

/** P(value <= x). */
double mst_dist_cdf(const mst_dist *dist, double x);

#endif
