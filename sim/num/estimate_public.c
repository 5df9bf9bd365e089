/* muster/estimate.h. */
#include "muster/estimate.h"

#include "num/estimate.h"

static muster_bounds told(mst_interval interval)
{
    return (muster_bounds){interval.low, interval.high, interval.is_estimable};
}

muster_bounds muster_bounds_mean(int64_t count, double mean, double variance, double level)
{
    const double squares = count > 1 ? variance * (double)(count - 1) : 0.0;
    const mst_moments moments = {
        .count = count, .mean = mean, .squares = squares, .least = mean, .most = mean};
    return told(mst_interval_mean(&moments, level));
}

muster_bounds muster_bounds_share(int64_t hits, int64_t count, double level)
{
    return told(mst_interval_share(hits, count, level));
}

muster_bounds muster_bounds_quantile(const double *ascending, int64_t count, double q, double level)
{
    return told(mst_interval_quantile(ascending, count, q, level, NULL));
}

double muster_quantile_of(const double *ascending, int64_t count, double q)
{
    return mst_quantile(ascending, count, q);
}

double muster_p_mcnemar(int64_t only_first, int64_t only_second)
{
    return mst_mcnemar_p(only_first, only_second);
}

void muster_p_holm(double *p, int32_t count, int32_t *scratch)
{
    mst_holm(p, count, scratch);
}
