/** @file luck.h
 * How much of the variance of single runs is luck and how much the settings, where replication r of
 * every setting has the same random numbers. Numbers in, numbers out. With random numbers of its own
 * for every setting see mst_noise_share.
 *
 * The same random numbers move all means alike, so that the variance among means holds less luck than
 * luck / replications; and however many settings there are, luck was seen in as many draws as there are
 * replications. Of R replications the sum of S, the covariance of the settings' runs, over its diagonal
 * is a mean of about
 *
 *     df = (R - 1) tr(S)^2 / tr(S^2)
 *
 * squares (Satterthwaite 1946; tr(S^2) without bias after Srivastava 2005, eq. 1.4): R - 1 where luck is
 * the same everywhere, (R - 1) x settings where random numbers do something else in each. Intervals
 * resample settings, and draw luck by a chi square of that many degrees of freedom; below 5 replications
 * of R - 1. In simulations with 50 settings those of 95 % cover 90 to 95 % of the time with 10 or more
 * replications, where intervals that take the settings' luck for independent cover 11 to 80 %.
 */
#ifndef MST_ANALYSIS_ESTIMATE_LUCK_H
#define MST_ANALYSIS_ESTIMATE_LUCK_H

#include "estimate/bootstrap.h"

typedef struct mst_luck_input {
    int64_t settings;
    int32_t replications; /* 2 or more */
    /* [settings * replications], setting by setting; NaN: no figure. A setting with fewer than 2 is left
     * out. Where some are missing, covariances are those of what is there: about right. */
    const double *value;
} mst_luck_input;

typedef struct mst_luck {
    int64_t settings_used, settings_dropped;
    double replications; /* of a setting, on the average */
    double alike; /* correlation of runs of two settings, on the average: 1 all luck shared */
    double df;    /* see above */
    mst_bootstrapped luck;    /* variance of a run among replications, mean over settings */
    mst_bootstrapped setting; /* variance of the expected output among settings; may be negative by
                                 chance */
    mst_bootstrapped
        share; /* luck / (setting + luck); 0 when nothing varies, NaN when the sum is not
                                 positive */
} mst_luck;

/** @return MUSTER_OK, also with fewer than 2 settings (NaN); MUSTER_MISTAKE, a number out of range;
 *          MUSTER_WORLD, memory is short */
muster_status mst_luck_share(const mst_luck_input *in, const mst_bootstrap *how, mst_luck *out);

#endif
