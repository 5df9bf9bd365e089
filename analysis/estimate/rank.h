/** @file rank.h
 * Points held against each other, all together: by the pairs of pair.h, with a level for all statements at
 * once (Nelson and Matejcik 1995).
 */
#ifndef MST_ANALYSIS_ESTIMATE_RANK_H
#define MST_ANALYSIS_ESTIMATE_RANK_H

#include "estimate/pair.h"

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
