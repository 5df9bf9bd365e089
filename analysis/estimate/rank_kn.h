/** @file rank_kn.h
 * The procedure KN: points are dropped as soon as they are seen to be beaten (S.-H. Kim and B. L. Nelson,
 * A fully sequential procedure for indifference-zone selection in simulation, ACM TOMACS 11 (2001) 251-273;
 * here with c = 1).
 *
 * If the best mean is better than every other by at least `worth`, the best point is selected with a
 * probability of at least `level`; the proof is for normal values, independent between replications. Points
 * may depend on each other: common random numbers are allowed, and help. Looking only after every so many
 * replications keeps the guarantee: a process seen at fewer times crosses the wrong border no more often.
 */
#ifndef MST_ANALYSIS_ESTIMATE_RANK_KN_H
#define MST_ANALYSIS_ESTIMATE_RANK_KN_H

#include <stdbool.h>
#include <stdint.h>

/** eta = 1/2 [(2 (1 - level) / (points - 1))^(-2 / (first - 1)) - 1]. level in (.5, 1), points and first
 * from 2. */
double mst_kn_eta(double level, int32_t points, int32_t first);

/** h^2 = 2 eta (first - 1). */
double mst_kn_h2(double level, int32_t points, int32_t first);

/** W = max(0, worth / (2 r) (h^2 S^2 / worth^2 - r)): a mean over r replications may be so much worse than
 * another and its point stays. S^2: variance of the differences of the two over the first replications. */
double mst_kn_slack(double h2, double variance, double worth, int64_t replications);

/** Room for the variances of all pairs: points (points - 1) / 2. */
int64_t mst_kn_pairs(int32_t points);

/** Variances of the differences between points over replications 1 .. first.
 * @param[in] value  value[p][r - 1]; of points that are not in: not looked at */
void mst_kn_variances(const double *const *value, const bool *is_in, int32_t points, int32_t first,
                      double *out);
/** Makes those of pairs greater that were the same in half of the replications or more. There the variance
 * is that of rare jumps, and what a few replications show of them may be nothing: two more replications are
 * thought of, with a jump either way, S^2 = (sum of d^2 + 2 j^2) / (first + 2), as Agresti and Coull 1998 do
 * for shares. That keeps points for longer, so that the guarantee stays; normal values are never the same,
 * and are left as they are.
 * @param[in] jump  j^2 where no pair of points ever differed; else it is the mean square of what is not 0 */
void mst_kn_guard(const double *const *value, const bool *is_in, int32_t points, int32_t first,
                  double jump, double *variances);
double mst_kn_variance(const double *variances, int32_t points, int32_t a, int32_t b);

/** A look. */
typedef struct mst_kn_look {
    const double *mean; /* (points) over the same replications of all that are in */
    const double *variances;
    int32_t points;
    int64_t replications;
    double h2, worth;
    bool more; /* a higher mean is better */
} mst_kn_look;

/** Drops what is beaten by any that was in before the look. False: memory is short.
 * @param[in,out] is_in  (points)
 * @param[out] is_closed  true: no later look can drop any more, because W is 0 between all that are left.
 *             Of several that are left then the means are all the same. */
bool mst_kn_screen(const mst_kn_look *look, bool *is_in, bool *is_closed);

#endif
