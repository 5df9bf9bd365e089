#include "estimate/rank_ocba.h"

#include "estimate/pair.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define LEAST_VARIANCE 1e-6 /* of the largest */
#define LEAST_GAP 0.1       /* of its standard error */

/* Of the values of a point about the greatest, as far as that is known. */
static double size_of(const mst_ocba_point *point)
{
    return fmax(fabs(point->mean), sqrt(point->variance));
}

/* By more than rounding. */
static bool is_better(const mst_ocba_point *one, const mst_ocba_point *other, bool more)
{
    const double by = more ? one->mean - other->mean : other->mean - one->mean;
    return by > 0.0 && !mst_is_rounding(by, fmax(size_of(one), size_of(other)));
}

int32_t mst_ocba_best(const mst_ocba_point *point, int32_t count, bool more)
{
    int32_t best = -1;
    for (int32_t i = 0; i < count; i++)
        if (point[i].is_in && (best < 0 || is_better(&point[i], &point[best], more)))
            best = i;
    return best;
}

static double variance_at(const mst_ocba_point *point, double largest)
{
    return fmax(point->variance, LEAST_VARIANCE * largest);
}

/* (s_i / d_i)^2 of a point that is not the best. */
static double ratio_of(const mst_ocba_point *point, const mst_ocba_point *best, double largest)
{
    const double variance = variance_at(point, largest);
    const double error =
        sqrt(variance / (double)point->runs + variance_at(best, largest) / (double)best->runs);
    const double gap = fmax(fabs(point->mean - best->mean), LEAST_GAP * error);
    return variance / (gap * gap);
}

bool mst_ocba_shares(const mst_ocba_point *point, int32_t count, bool more, double *out)
{
    const int32_t best = mst_ocba_best(point, count, more);
    double largest = 0.0, sum = 0.0, squares = 0.0;
    int32_t in = 0;
    for (int32_t i = 0; i < count; i++) {
        out[i] = 0.0;
        in += point[i].is_in;
        largest = point[i].is_in ? fmax(largest, point[i].variance) : largest;
    }
    if (in < 2 || !(largest > 0.0))
        return false;
    for (int32_t i = 0; i < count; i++) {
        if (i == best || !point[i].is_in)
            continue;
        out[i] = ratio_of(&point[i], &point[best], largest);
        sum += out[i];
        squares += out[i] * out[i] / variance_at(&point[i], largest);
    }
    out[best] = sqrt(variance_at(&point[best], largest) * squares);
    sum += out[best];
    for (int32_t i = 0; i < count; i++)
        out[i] /= sum;
    return true;
}

/* The point that is furthest behind its share; -1: none may have more. */
static int32_t furthest_behind(const mst_ocba_point *point, int32_t count, const double *share,
                               int64_t most, const int64_t *given)
{
    int32_t out = -1;
    double least = 0.0;
    for (int32_t i = 0; i < count; i++) {
        const int64_t runs = point[i].runs + given[i];
        if (!point[i].is_in || runs >= most || !(share[i] > 0.0))
            continue;
        const double full = (double)runs / share[i];
        if (out < 0 || full < least) {
            out = i;
            least = full;
        }
    }
    return out;
}

int64_t mst_ocba_give(const mst_ocba_point *point, int32_t count, const double *share,
                      int64_t budget, int64_t most, int64_t *out_more)
{
    int64_t done = 0;
    for (int32_t i = 0; i < count; i++)
        out_more[i] = 0;
    for (; done < budget; done++) {
        const int32_t next = furthest_behind(point, count, share, most, out_more);
        if (next < 0)
            break;
        out_more[next]++;
    }
    return done;
}

double mst_ocba_sure(const mst_ocba_point *point, int32_t count, bool more)
{
    const int32_t best = mst_ocba_best(point, count, more);
    double sure = best < 0 ? (double)NAN : 1.0;
    for (int32_t i = 0; i < count; i++) {
        if (i == best || !point[i].is_in)
            continue;
        const double error = sqrt(point[i].variance / (double)point[i].runs +
                                  point[best].variance / (double)point[best].runs);
        const double gap = fabs(point[i].mean - point[best].mean);
        sure -= error > 0.0 ? gsl_cdf_ugaussian_P(-gap / error) : gap > 0.0 ? 0.0 : 0.5;
    }
    return best < 0 ? sure : fmax(sure, 0.0);
}
