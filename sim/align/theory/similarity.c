#include "align/theory/similarity.h"

#include "align/theory/reason.h"

#include <math.h>

#define TAU_ITEMS_MAX 20000
#define POINTS_MAX 10000

static const char *row_fault(const double *row, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        if (isinf(row[i]))
            return "a value is infinite";
    }
    return NULL;
}

static const char *pair_fault(const double *a, const double *b, const double *weight, int32_t count)
{
    if (count < 1)
        return "the portfolios are empty";
    for (int32_t i = 0; weight && i < count; i++) {
        if (!isfinite(weight[i]) || weight[i] < 0.0)
            return "a weight is negative or not a number";
    }
    const char *const fault = row_fault(a, count);
    return fault ? fault : row_fault(b, count);
}

static bool is_item(const double *a, const double *b, int32_t i)
{
    return !isnan(a[i]) && !isnan(b[i]);
}

static double weight_of(const double *weight, int32_t i)
{
    return weight ? weight[i] : 1.0;
}

/** Means over the items both sides have. */
typedef struct shared {
    double weight, mean_a, mean_b;
    double apart;                /* sum of w |a - b| */
    double widest;               /* the largest |a - b| */
    double squares_apart;        /* sum of w (a - b)^2 */
    double squares_a, squares_b; /* sums of w (a - mean_a)^2, w (b - mean_b)^2 */
    int32_t used, missing;
} shared;

static shared share_of(const double *a, const double *b, const double *weight, int32_t count)
{
    shared of = {.used = 0};
    double sum_a = 0.0, sum_b = 0.0;
    for (int32_t i = 0; i < count; i++) {
        const double w = weight_of(weight, i);
        if (!is_item(a, b, i)) {
            of.missing++;
            continue;
        }
        const double gap = fabs(a[i] - b[i]);
        of.used += w > 0.0;
        of.weight += w;
        sum_a += w * a[i];
        sum_b += w * b[i];
        of.apart += w * gap;
        of.squares_apart += w * gap * gap;
        of.widest = fmax(of.widest, gap);
    }
    of.mean_a = sum_a / of.weight;
    of.mean_b = sum_b / of.weight;
    for (int32_t i = 0; i < count; i++) {
        if (is_item(a, b, i)) {
            const double w = weight_of(weight, i), da = a[i] - of.mean_a, db = b[i] - of.mean_b;
            of.squares_a += w * da * da;
            of.squares_b += w * db * db;
        }
    }
    return of;
}

muster_status mst_similarity_s(const double *a, const double *b, const double *weight,
                               int32_t count, double dmax, mst_similarity *out, const char **reason)
{
    const char *const fault = pair_fault(a, b, weight, count);
    if (fault)
        return mst_refuse(reason, fault);
    if (!(dmax > 0.0) || !isfinite(dmax))
        return mst_refuse(reason, "the widest distance is not above 0");
    const shared of = share_of(a, b, weight, count);
    if (of.widest > dmax)
        return mst_refuse(reason, "two values are further apart than the widest distance");
    const double value = of.used > 0 ? 1.0 - 2.0 * of.apart / (dmax * of.weight) : (double)NAN;
    *out = (mst_similarity){value, of.used, of.missing};
    return MUSTER_OK;
}

/** 1 - observed/expected, both as sums of weighted squares. */
static mst_similarity beyond_chance(const shared *of, double expected)
{
    const bool is_defined = of->used > 0 && expected > 0.0;
    return (mst_similarity){is_defined ? 1.0 - of->squares_apart / expected : (double)NAN, of->used,
                            of->missing};
}

muster_status mst_similarity_kappa(const double *a, const double *b, const double *weight,
                                   int32_t count, mst_similarity *out, const char **reason)
{
    const char *const fault = pair_fault(a, b, weight, count);
    if (fault)
        return mst_refuse(reason, fault);
    const shared of = share_of(a, b, weight, count);
    const double shift = of.mean_a - of.mean_b;
    *out = beyond_chance(&of, of.squares_a + of.squares_b + of.weight * shift * shift);
    return MUSTER_OK;
}

muster_status mst_similarity_pi(const double *a, const double *b, const double *weight,
                                int32_t count, mst_similarity *out, const char **reason)
{
    const char *const fault = pair_fault(a, b, weight, count);
    if (fault)
        return mst_refuse(reason, fault);
    const shared of = share_of(a, b, weight, count);
    /* About the pooled mean each side's squares grow by w (half the shift)^2. */
    const double shift = of.mean_a - of.mean_b;
    *out = beyond_chance(&of, of.squares_a + of.squares_b + 0.5 * of.weight * shift * shift);
    return MUSTER_OK;
}

static int32_t sign_of(double x, double y)
{
    return (x > y) - (x < y);
}

muster_status mst_similarity_tau_b(const double *a, const double *b, int32_t count,
                                   mst_similarity *out, const char **reason)
{
    if (count > TAU_ITEMS_MAX)
        return mst_refuse(reason, "there are more than 20,000 items");
    const char *const fault = pair_fault(a, b, NULL, count);
    if (fault)
        return mst_refuse(reason, fault);
    int64_t order = 0, untied_a = 0, untied_b = 0;
    int32_t used = 0;
    for (int32_t i = 0; i < count; i++) {
        if (!is_item(a, b, i))
            continue;
        used++;
        for (int32_t j = 0; j < i; j++) {
            if (!is_item(a, b, j))
                continue;
            const int32_t of_a = sign_of(a[i], a[j]), of_b = sign_of(b[i], b[j]);
            order += of_a * of_b;
            untied_a += of_a != 0;
            untied_b += of_b != 0;
        }
    }
    const bool is_defined = untied_a > 0 && untied_b > 0;
    const double value = is_defined
                             ? (double)order / (sqrt((double)untied_a) * sqrt((double)untied_b))
                             : (double)NAN;
    *out = (mst_similarity){value, used, count - used};
    return MUSTER_OK;
}

muster_status mst_ideal_distances(const double *point, int32_t count, double *out_distance,
                                  int32_t *out_missing, const char **reason)
{
    if (count < 1 || count > POINTS_MAX)
        return mst_refuse(reason, "the number of ideal points is not in 1..10,000");
    const char *const fault = row_fault(point, count);
    if (fault)
        return mst_refuse(reason, fault);
    int32_t missing = 0;
    for (int32_t i = 0; i < count; i++) {
        missing += isnan(point[i]) ? 1 : 0;
        for (int32_t j = 0; j < count; j++) /* NaN comes through the difference */
            out_distance[(size_t)i * (size_t)count + (size_t)j] = fabs(point[i] - point[j]);
    }
    *out_missing = missing;
    return MUSTER_OK;
}
