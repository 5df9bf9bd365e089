/** @file normal.h
 * The normal distribution's quantile.
 */
#ifndef MST_NUM_NORMAL_H
#define MST_NUM_NORMAL_H

/** z with P(Z <= z) = p for p in [0, 1]; infinite at the ends. */
double mst_normal_quantile(double p);

/** P(Z <= z). */
double mst_normal_cdf(double z);

#endif
