/**
 * @file estimate.h
 * Intervals that replications give: of a mean, a share, a quantile, and tests of pairs. An interval that
 * the data cannot give says so.
 */
#ifndef MUSTER_ESTIMATE_H
#define MUSTER_ESTIMATE_H

#include "muster/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** An interval. */
typedef struct muster_bounds {
    double low;        /**< NaN unless is_estimable */
    double high;       /**< likewise                */
    bool is_estimable; /**< the data give one       */
} muster_bounds;

/**
 * Of a mean: Student's t.
 *
 * @param[in] count     values, from 0
 * @param[in] mean      of them
 * @param[in] variance  of a sample (n - 1)
 * @param[in] level     in (0, 1), as .95
 * @return not estimable below 2 values
 */
MUSTER_API muster_bounds muster_bounds_mean(int64_t count, double mean, double variance,
                                            double level);

/**
 * Of a share: Wilson 1927, without continuity correction.
 *
 * @param[in] hits   of count
 * @param[in] count  from 0
 * @param[in] level  in (0, 1)
 * @return within 0..1; not estimable at count 0
 */
MUSTER_API muster_bounds muster_bounds_share(int64_t hits, int64_t count, double level);

/**
 * Of a quantile: between two order statistics, without a distribution.
 *
 * @param[in] ascending  values in order (count)
 * @param[in] count      from 0
 * @param[in] q          in (0, 1)
 * @param[in] level      in (0, 1)
 * @return not estimable where even the whole sample does not cover
 */
MUSTER_API muster_bounds muster_bounds_quantile(const double *ascending, int64_t count, double q,
                                                double level);

/**
 * Sample quantile by linear interpolation (Hyndman and Fan 1996, type 7).
 *
 * @param[in] ascending  values in order (count)
 * @param[in] count      from 0
 * @param[in] q          in (0, 1)
 * @return NaN for none
 */
MUSTER_API double muster_quantile_of(const double *ascending, int64_t count, double q);

/**
 * Exact two-sided P of McNemar's test (1947).
 *
 * @param[in] only_first   pairs with yes in the first only
 * @param[in] only_second  pairs with yes in the second only
 * @return 1 at 0 and 0
 */
MUSTER_API double muster_p_mcnemar(int64_t only_first, int64_t only_second);

/**
 * Holm 1979: replaces P values by adjusted ones, in their places.
 *
 * @param[in,out] p        P values (count); NaN entries are no tests
 * @param[in]     count    from 0
 * @param[in]     scratch  room for count numbers
 */
MUSTER_API void muster_p_holm(double *p, int32_t count, int32_t *scratch);

#ifdef __cplusplus
}
#endif
#endif
