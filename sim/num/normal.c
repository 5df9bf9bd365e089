#include "num/normal.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

double mst_normal_quantile(double p)
{
    if (p <= 0.0 || p >= 1.0)
        return p <= 0.0 ? -(double)INFINITY : (double)INFINITY;
    return gsl_cdf_ugaussian_Pinv(p);
}

double mst_normal_cdf(double z)
{
    return gsl_cdf_ugaussian_P(z);
}
