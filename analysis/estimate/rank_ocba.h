/** @file rank_ocba.h
 * Optimal computing budget allocation: which points the next runs should go to, so that the best is found
 * with as few as possible (C.-H. Chen, J. Lin, E. Yuecesan and S. E. Chick, Discrete Event Dynamic Systems 10
 * (2000) 251-270; C.-H. Chen and L. H. Lee, Stochastic Simulation Optimization, 2010, chapter 3).
 *
 * With the best b, gaps d_i = |mean_i - mean_b| and variances s_i^2, shares are as
 * N_i : N_j = (s_i / d_i)^2 : (s_j / d_j)^2 and N_b = s_b sqrt(sum over i of N_i^2 / s_i^2).
 * It is made for points that are sampled independently; with common random numbers it still gives runs to
 * those that are hard to tell apart, but is no longer the best allocation, and promises nothing.
 */
#ifndef MST_ANALYSIS_ESTIMATE_RANK_OCBA_H
#define MST_ANALYSIS_ESTIMATE_RANK_OCBA_H

#include <stdbool.h>
#include <stdint.h>

typedef struct mst_ocba_point {
    bool is_in; /* false: gets nothing, and is not looked at */
    double mean, variance;
    int64_t runs; /* from 1 */
} mst_ocba_point;

/** The point with the best mean, the first such; -1: none is in. */
int32_t mst_ocba_best(const mst_ocba_point *point, int32_t count, bool more);

/** Shares of a budget (sum 1; of points that are not in 0). Two guards: a variance counts as at least 1e-6
 * of the largest, and a gap as at least a tenth of its standard error, so that points of equal means do not
 * take all. False: fewer than two are in, or nothing varies, and shares are 0. */
bool mst_ocba_shares(const mst_ocba_point *point, int32_t count, bool more, double *out);

/** Gives out `budget` runs one by one, each to the point that has the fewest for its share: those that have
 * more than their share already get none. No point gets more than `most` in all.
 * @param[in] share  as above
 * @param[out] out_more  (count) runs to add
 * @return how many were given out */
int64_t mst_ocba_give(const mst_ocba_point *point, int32_t count, const double *share,
                      int64_t budget, int64_t most, int64_t *out_more);

/** Approximate probability that the point with the best mean is the best: 1 - sum over the others of
 * Phi(-d_i / sqrt(s_i^2 / n_i + s_b^2 / n_b)), at least 0 (Bonferroni; Chen and Lee 2010, APCS-B). NaN: none
 * is in. */
double mst_ocba_sure(const mst_ocba_point *point, int32_t count, bool more);

#endif
