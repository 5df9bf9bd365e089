/* One input at a time, by pairs of replications with the same random numbers. */
#include "estimate/effects.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* P of 0 when all differences are one and the same: there is no spread to hold their mean against.
 * */
static double sign_p(double mean, int32_t pairs)
{
    if (!(mean < 0.0) && !(mean > 0.0))
        return 1.0;
    return ldexp(1.0, pairs < 1000 ? 1 - pairs : -999);
}

mst_paired mst_paired_difference(const double *first, const double *second, int32_t count,
                                 double level)
{
    mst_paired out = {0, (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN};
    double mean = 0.0, squares = 0.0, least = (double)INFINITY, most = -(double)INFINITY;
    for (int32_t i = 0; i < count; i++) {
        const double apart = second[i] - first[i];
        if (isnan(apart))
            continue;
        const double before = apart - mean;
        mean += before / (double)++out.pairs;
        squares += before * (apart - mean);
        least = fmin(least, apart);
        most = fmax(most, apart);
    }
    if (out.pairs == 0)
        return out;
    const bool is_alike = !(most > least);
    out.mean = is_alike ? least : mean;
    const double n = (double)out.pairs;
    if (out.pairs < 2 || !isfinite(out.mean))
        return out;
    out.error = is_alike ? 0.0 : sqrt(squares / (n - 1.0) / n);
    const double half = out.error * gsl_cdf_tdist_Pinv(0.5 + 0.5 * level, n - 1.0);
    out.low = out.mean - half;
    out.high = out.mean + half;
    out.p = out.error > 0.0 ? fmin(1.0, 2.0 * gsl_cdf_tdist_Q(fabs(out.mean) / out.error, n - 1.0))
                            : sign_p(out.mean, out.pairs);
    return out;
}

static int compare_bars(const void *left, const void *right)
{
    const mst_tornado_bar *a = left, *b = right;
    if (isnan(a->span) || isnan(b->span)) {
        const int by_span = (isnan(a->span) != 0) - (isnan(b->span) != 0);
        return by_span != 0 ? by_span : (a->input > b->input) - (a->input < b->input);
    }
    if (a->span < b->span || a->span > b->span)
        return a->span > b->span ? -1 : 1;
    return (a->input > b->input) - (a->input < b->input);
}

void mst_tornado(int32_t inputs, int32_t reps, const double *baseline, const double *low,
                 const double *high, double level, mst_tornado_bar *out)
{
    for (int32_t i = 0; i < inputs; i++) {
        const double *at_low = low + (int64_t)i * reps, *at_high = high + (int64_t)i * reps;
        mst_tornado_bar *bar = &out[i];
        bar->input = i;
        bar->low = mst_paired_difference(baseline, at_low, reps, level);
        bar->high = mst_paired_difference(baseline, at_high, reps, level);
        bar->swing = mst_paired_difference(at_low, at_high, reps, level);
        bar->span = bar->low.pairs > 0 && bar->high.pairs > 0
                        ? fmax(fmax(bar->low.mean, bar->high.mean), 0.0) -
                              fmin(fmin(bar->low.mean, bar->high.mean), 0.0)
                        : (double)NAN;
    }
    qsort(out, (size_t)inputs, sizeof *out, compare_bars);
}
