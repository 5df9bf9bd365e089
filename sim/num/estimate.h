/** @file estimate.h
 * What replications tell: moments that merge in a fixed order, intervals, paired tests.
 * An interval that the data cannot give says so (is_estimable false, low and high NaN).
 */
#ifndef MST_NUM_ESTIMATE_H
#define MST_NUM_ESTIMATE_H

#include <stdbool.h>
#include <stdint.h>

/** Count, mean and sum of squared deviations (Welford 1962; merged by Chan, Golub and LeVeque
 * 1979), least and greatest value. {0} is empty. */
typedef struct mst_moments {
    int64_t count;
    double mean, squares;
    double least, most;
} mst_moments;
void mst_moments_add(mst_moments *m, double value); /* not NaN */
/** Of an array of values, by two passes; NaN entries are left out. Values all alike have no squares,
 * exactly. */
mst_moments mst_moments_of(const double *value, int64_t count);
/** Not associative to the last bit: whoever wants the same bytes from any number of threads makes
 * blocks of fixed size, wherever, and merges them in the order of their numbers. */
void mst_moments_merge(mst_moments *into, const mst_moments *more);
double mst_moments_variance(const mst_moments *moments); /* of a sample; NaN below 2 values */

typedef struct mst_interval {
    double low, high;
    bool is_estimable;
} mst_interval;

/** Of a mean: Student's t; level in (0, 1), for instance .95, here and below. Not estimable below 2
 * values or when a value was infinite; values all alike give that value twice. */
mst_interval mst_interval_mean(const mst_moments *moments, double level);

/** Of a share, hits of count: Wilson 1927, without continuity correction; within 0..1. Not estimable
 * at count 0. Its coverage is near the level on the average of all shares, not at each. */
mst_interval mst_interval_share(int64_t hits, int64_t count, double level);

/** Quantile q in (0, 1) of ascending values: the sample quantile by linear interpolation (Hyndman
 * and Fan 1996, type 7); NaN for none. */
double mst_quantile(const double *ascending, int64_t count, double q);

/** Its interval between two order statistics, without a distribution: exact binomial, coverage not
 * below the level whatever the distribution; of all such the one with the fewest ranks, those round
 * the likeliest (on a tie the lower). Not estimable where even the whole sample does not cover.
 * out_rank: 0-based ranks, may be null, untouched unless estimable. Takes some 20 sqrt(count q (1 -
 * q)) steps. */
mst_interval mst_interval_quantile(const double *ascending, int64_t count, double q, double level,
                                   int64_t out_rank[2]);

/** Exact two-sided P of McNemar's test (1947) from the two counts of unlike pairs, together below
 * 2^32: twice the binomial tail, 1 at the most; 1 at 0 and 0. */
double mst_mcnemar_p(int64_t only_first, int64_t only_second);

/** Two-sided P of Student's t against mean 0; 1 when all values are 0. Values that are all one other
 * have no spread to hold their mean against: then that of the sign test, 2^(1 - n) (Arbuthnott 1710).
 * NaN below 2 values. */
double mst_mean_p(const mst_moments *moments);

/** Holm 1979: replaces P values by adjusted ones, in their places. NaN entries are no tests. */
void mst_holm(double *p, int32_t count, int32_t *scratch); /* scratch: count numbers */

/** Moments of pairs (x, y): correlation, NaN where one does not vary. */
typedef struct mst_pair_moments {
    mst_moments x, y;
    double products; /* of deviations */
} mst_pair_moments;
void mst_pair_moments_merge(mst_pair_moments *into, const mst_pair_moments *more);
mst_pair_moments mst_pair_moments_of(const double *x, const double *y, int64_t count); /* NaN in
                                              either: the pair is left out */
double mst_correlation(const mst_pair_moments *pairs);

#endif
