/** @file pair.h
 * Two points held against each other, replication by replication. With common random numbers the same
 * replication of two points differs by the points alone, so that differences are taken pair by pair
 * (Law 2015, section 10.2).
 */
#ifndef MST_ANALYSIS_ESTIMATE_PAIR_H
#define MST_ANALYSIS_ESTIMATE_PAIR_H

#include "muster/estimate.h"

#include <float.h>
#include <math.h>

/** Values that are sums come to the same but for their last digits when they are summed in another order: by
 * some hundred roundings of the greatest value that goes in, however small the difference or the mean.
 * @param[in] greatest  of |value| of all that `size` is made of */
static inline bool mst_is_rounding(double size, double greatest)
{
    return fabs(size) <= 256.0 * DBL_EPSILON * greatest;
}

/** One figure of the runs of a point. */
typedef struct mst_series {
    const double *value;        /* (count); NaN: failed, or not defined: no part of any pair */
    const int32_t *replication; /* (count), ascending, each once */
    size_t count;
} mst_series;

/** One point less another, over the replications in which both are defined. */
typedef struct mst_pair {
    int64_t count;
    double mean;        /* of the differences; NaN at count 0, and where one is not finite */
    double variance;    /* of the differences (n - 1); NaN below 2, and where it is not finite */
    double correlation; /* NaN where one of the two does not vary */
    /** (variance of one + variance of the other) / variance of the differences: so many times the runs
     * would be needed with random numbers of their own. Infinite: the differences do not vary. NaN:
     * nothing varies, or fewer than 2 pairs. */
    double fewer;
    int64_t only_one, only_other; /* yes or no: pairs with yes in one of the two only */
    /** Two-sided, of no difference, of this pair alone: Student's t; of yes or no that or McNemar's exact
     * test, whichever is greater; of differences that are all one number, not 0, the sign test,
     * 2^(1 - n). NaN where the variance is. */
    double p;
} mst_pair;

/** What differs by rounding only (mst_is_rounding) counts as equal. */
mst_pair mst_pair_of(const mst_series *one, const mst_series *other, bool is_yes_no);

/** The other less the one: the same to the last bit as if it had been made so. */
mst_pair mst_pair_mirrored(const mst_pair *pair);

/** Of the mean difference: Student's t; of yes or no within -1..1, and as wide as McNemar's test asks for
 * (Clopper and Pearson 1934, of the pairs that differ). 0 lies outside just where p of the pair is at most
 * 1 - level; differences that are all one number have no interval before. level in (0, 1). Of the
 * mirrored pair they are the same with the other sign, to the last bit. */
muster_bounds mst_pair_bounds(const mst_pair *pair, bool is_yes_no, double level);

#endif
