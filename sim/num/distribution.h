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

/** Reads one: name and decimal figures, blanks or tabs between and around them, the same in every
 * locale. False for an unknown name, a wrong number of figures, figures that are not finite or make
 * no distribution (low > high, mode outside, mean, deviation, shape or scale not above 0) or one
 * that cannot be reckoned with (a figure beyond 1e100, a Weibull shape outside 0.05..1000, a
 * lognormal SD above a million times MEAN); *out_reason is then a static text ("LOW is above
 * HIGH"), and *out untouched. Any bytes up to the first zero. */
bool mst_dist_read(const char *text, mst_dist *out, const char **out_reason);

/** Writes it as it is read ("triangular 0.95 1 1.02"), each figure the shortest that reads back the
 * same. */
void mst_dist_write(const mst_dist *dist, char out[96]);

/** Draw `number` (below MST_DRAWS) of the stream, one number each. Of what mst_dist_read takes, it is
 * finite and never outside mst_dist_low and mst_dist_high. */
double mst_dist_draw(const mst_dist *dist, mst_stream stream, uint64_t number);

/** Mean, least and greatest value (may be infinite), standard deviation. */
double mst_dist_mean(const mst_dist *dist);
double mst_dist_low(const mst_dist *dist);
double mst_dist_high(const mst_dist *dist);
double mst_dist_sd(const mst_dist *dist);

/** P(value <= x). */
double mst_dist_cdf(const mst_dist *dist, double x);

#endif
