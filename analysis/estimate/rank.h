/** @file rank.h
 * Points held against each other, replication by replication. With common random numbers the same
 * replication of two points differs by the points alone, so that differences are taken pair by pair
 * (Law 2015, section 10.2; Nelson and Matejcik 1995 for more than two).
 */
#ifndef MST_ANALYSIS_ESTIMATE_RANK_H
#define MST_ANALYSIS_ESTIMATE_RANK_H

#include "muster/estimate.h"

/** One figure of the runs of a point. */
typedef struct mst_series {
    const double *value;        /* (count); NaN: failed, or not defined: no part of any pair */
    const int32_t *replication; /* (count), ascending, each once */
    size_t count;
} mst_series;

/** One point less another, over the replications in which both are defined. */
typedef struct mst_pair {
    int64_t count;
    double mean;        /* of the differences; NaN at count 0 */
    double variance;    /* of the differences (n - 1); NaN below 2 */
    double correlation; /* NaN where one of the two does not vary */
    /** (variance of one + variance of the other) / variance of the differences: so many times the runs
     * would be needed with random numbers of their own. Infinite: the differences do not vary. NaN:
     * nothing varies, or fewer than 2 pairs. */
    double fewer;
    int64_t only_one, only_other; /* yes or no: pairs with yes in one of the two only */
    /** Two-sided, of no difference, of this pair alone: Student's t; of yes or no McNemar's exact test;
     * of differences that are all one number, not 0, the sign test, 2^(1 - n). NaN below 2 pairs. */
    double p;
} mst_pair;

/** What differs by the rounding of sums only counts as equal. */
mst_pair mst_pair_of(const mst_series *one, const mst_series *other, bool is_yes_no);

/** Of the mean difference: Student's t; of yes or no within -1..1. level in (0, 1). */
muster_bounds mst_pair_bounds(const mst_pair *pair, bool is_yes_no, double level);

/** What is asked. */
typedef struct mst_rank_ask {
    const mst_series *series; /* (points) */
    int32_t points;           /* 1 .. */
    bool is_yes_no;
    bool more;     /* a higher mean is better; false: a lower one */
    double level;  /* of intervals and of `may_be_best`, in (0, 1) */
    int32_t best;  /* -1: the one with the best mean of its own values, the first such */
    int32_t other; /* point that all are held against, named beforehand; -1: the best */
} mst_rank_ask;

/** What came of it. Arrays are of all points; free with mst_rank_free. */
typedef struct mst_rank {
    int32_t best;  /* -1: no point has a value */
    int32_t other; /* what the pairs are with */
    /** Points with values less one, 1 at least: the comparisons that must hold together. */
    int64_t family;
    mst_pair *pair; /* point less `other`; of `other` itself count 0 */
    /** Point less `other`, two-sided, all with the level together by Bonferroni's bound: over the
     * comparisons with `other` where it was named beforehand; over all pairs of points where it was
     * picked by these very runs, because then any pair might have been told. */
    muster_bounds *together;
    /** Adjusted by Bonferroni's bound over the family; NaN: no test. Named: that the two are alike,
     * two-sided. Picked: that the point is better than all others, one-sided, which is sharper than the
     * intervals (multiple comparisons with the best: Edwards and Hsu 1983; with differences under common
     * random numbers Nelson and Matejcik 1995). */
    double *p;
    /** False: not the best of all, with the level for all such statements together: p is at most
     * 1 - level. The true best is ruled out wrongly with at most 1 - level. */
    bool *may_be_best;
} mst_rank;

/** False: memory is short, and *out is {0}. */
bool mst_rank_make(const mst_rank_ask *ask, mst_rank *out);
void mst_rank_free(mst_rank *rank); /* leaves {0} */

#endif
