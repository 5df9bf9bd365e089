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
    /** Two-sided, of no difference, of this pair alone: Student's t; of yes or no that or McNemar's exact
     * test, whichever is greater; of differences that are all one number, not 0, the sign test,
     * 2^(1 - n). NaN below 2 pairs. */
    double p;
} mst_pair;

/** What differs by the rounding of sums only counts as equal. */
mst_pair mst_pair_of(const mst_series *one, const mst_series *other, bool is_yes_no);

/** Of the mean difference: Student's t; of yes or no within -1..1, and as wide as McNemar's test asks for
 * (Clopper and Pearson 1934, of the pairs that differ). 0 lies outside just where p of the pair is at most
 * 1 - level; differences that are all one number have no interval before. level in (0, 1). */
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
    /** Named: point less `other`, 0 of `other` itself. Picked: point less the best of all others, which is
     * below 0 (where more is better) but for the best. NaN: nothing to compare with. Points that came to
     * the same as it in every run are no others. */
    double *apart;
    int32_t *against; /* the point that `apart` is from; -1: none */
    /** Of that difference, two-sided, all with the level together. By Bonferroni's bound over the
     * comparisons with `other` where it was named; else over those with the true best, whichever it is
     * (multiple comparisons with the best: Hsu 1981, Edwards and Hsu 1983; with differences under common
     * random numbers Nelson and Matejcik 1995). Picked, and more is better: it ends at 0 or before just
     * where `p` is at most 1 - level. */
    muster_bounds *together;
    /** Two-sided, adjusted by Bonferroni's bound over the family; NaN: no test. Named: that the two are
     * alike. Picked: that no other point is better. */
    double *p;
    /** False: not the best of all, with the level for all such statements together: p (as of picked
     * points) is at most 1 - level. The true best is ruled out wrongly with less than 1 - level. */
    bool *may_be_best;
    double lead;       /* of the best over the best of all others, below 0 where it has none */
    int32_t lead_over; /* that one; -1: none                                             */
    muster_bounds lead_lies; /* in: as `together` of picked points                                */
} mst_rank;

/** False: memory is short, and *out is {0}. */
bool mst_rank_make(const mst_rank_ask *ask, mst_rank *out);
void mst_rank_free(mst_rank *rank); /* leaves {0} */

#endif
