#include "estimate/pair.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

typedef struct sums {
    int64_t count;
    double x, y, d;        /* means */
    double x_most, y_most; /* greatest |value| */
    double xx, yy, dd;     /* squares of deviations */
    double xy;
    int64_t only_x, only_y;
} sums;

/* The next pair from i and k on; false: there is none. */
static bool next_pair(const mst_series *a, const mst_series *b, size_t *i, size_t *k)
{
    while (*i < a->count && *k < b->count) {
        const int32_t left = a->replication[*i], right = b->replication[*k];
        if (left == right && !isnan(a->value[*i]) && !isnan(b->value[*k]))
            return true;
        *i += left <= right;
        *k += right <= left;
    }
    return false;
}

static void take_means(const mst_series *a, const mst_series *b, sums *s)
{
    for (size_t i = 0, k = 0; next_pair(a, b, &i, &k); i++, k++) {
        const double x = a->value[i], y = b->value[k];
        s->count++;
        s->x += x;
        s->y += y;
        s->d += x - y;
        s->x_most = fabs(x) > s->x_most ? fabs(x) : s->x_most; /* fmax is a call */
        s->y_most = fabs(y) > s->y_most ? fabs(y) : s->y_most;
        s->only_x += x > 0.5 && y <= 0.5;
        s->only_y += y > 0.5 && x <= 0.5;
    }
    const double n = s->count > 0 ? (double)s->count : (double)NAN;
    s->x /= n;
    s->y /= n;
    s->d /= n;
}

static double squares_less(double squares, double off)
{
    const double out = squares - off;
    return out < 0.0 ? 0.0 : out; /* NaN stays */
}

/* Less what the means are off by, so that values that do not vary have no squares, however many there are
 * (Chan, Golub and LeVeque 1983, the corrected two-pass algorithm). */
static void take_squares(const mst_series *a, const mst_series *b, sums *s)
{
    double off_x = 0.0, off_y = 0.0, off_d = 0.0;
    for (size_t i = 0, k = 0; next_pair(a, b, &i, &k); i++, k++) {
        const double x = a->value[i] - s->x, y = b->value[k] - s->y;
        const double d = a->value[i] - b->value[k] - s->d;
        off_x += x;
        off_y += y;
        off_d += d;
        s->xx += x * x;
        s->yy += y * y;
        s->dd += d * d;
        s->xy += x * y;
    }
    const double n = s->count > 0 ? (double)s->count : (double)NAN;
    s->xx = squares_less(s->xx, off_x * off_x / n);
    s->yy = squares_less(s->yy, off_y * off_y / n);
    s->dd = squares_less(s->dd, off_d * off_d / n);
    s->xy -= off_x * off_y / n;
}

static double p_of(const mst_pair *pair, bool is_yes_no)
{
    const double n = (double)pair->count;
    if (pair->count < 2)
        return (double)NAN;
    const double by_signs = is_yes_no ? muster_p_mcnemar(pair->only_one, pair->only_other) : 0.0;
    if (pair->variance > 0.0)
        return fmax(
            by_signs,
            fmin(1.0, 2.0 * gsl_cdf_tdist_Q(fabs(pair->mean) / sqrt(pair->variance / n), n - 1)));
    return is_yes_no                              ? by_signs
           : pair->mean < 0.0 || pair->mean > 0.0 ? exp2(fmax(1.0 - n, -1000.0))
                                                  : 1.0;
}

mst_pair mst_pair_of(const mst_series *one, const mst_series *other, bool is_yes_no)
{
    sums s = {0};
    take_means(one, other, &s);
    take_squares(one, other, &s);
    const double most = fmax(s.x_most, s.y_most), freedom = (double)(s.count - 1),
                 apart = (s.xx + s.yy) / freedom;
    mst_pair out = {.count = s.count,
                    .mean = isfinite(s.d) ? s.d : (double)NAN,
                    .variance = (double)NAN,
                    .correlation = (double)NAN,
                    .fewer = (double)NAN,
                    .only_one = s.only_x,
                    .only_other = s.only_y,
                    .p = (double)NAN};
    if (s.count < 2 || !isfinite(s.d) || !isfinite(apart) || !isfinite(s.dd))
        return out;
    out.variance = mst_is_rounding(sqrt(s.dd / freedom), most) ? 0.0 : s.dd / freedom;
    if (mst_is_rounding(s.d, most) && !(out.variance > 0.0))
        out.mean = 0.0;
    if (!mst_is_rounding(sqrt(s.xx / freedom), s.x_most) &&
        !mst_is_rounding(sqrt(s.yy / freedom), s.y_most))
        out.correlation = fmax(-1.0, fmin(1.0, s.xy / (sqrt(s.xx) * sqrt(s.yy))));
    if (!mst_is_rounding(sqrt(apart), most))
        out.fewer = out.variance > 0.0 ? apart / out.variance : (double)INFINITY;
    out.p = p_of(&out, is_yes_no);
    return out;
}

mst_pair mst_pair_mirrored(const mst_pair *pair)
{
    mst_pair out = *pair;
    out.mean = 0.0 - pair->mean; /* 0 stays 0, without a sign */
    out.only_one = pair->only_other;
    out.only_other = pair->only_one;
    return out;
}

/* The share of ups at which so many of all are as rare as `tail`, below `most`, at which they are less rare.
 * Newton's steps, and halving where those leave the bracket or do not gain: gsl_cdf_beta_Pinv gives up for
 * some counts. */
static double least_share(double up, double down, double tail, double most)
{
    double low = 0.0, high = most, at = most, moved = most;
    for (int32_t i = 0; i < 200; i++) {
        const double excess = gsl_cdf_beta_P(at, up, down + 1.0) - tail;
        const double step = excess / gsl_ran_beta_pdf(at, up, down + 1.0);
        if (fabs(step) <= 1e-13 * at)
            break;
        low = excess > 0.0 ? low : at;
        high = excess > 0.0 ? at : high;
        const bool gains = at - step > low && at - step < high && 2.0 * fabs(step) <= moved;
        const double next = gains ? at - step : 0.5 * (low + high);
        moved = fabs(next - at);
        at = next;
    }
    return at;
}

/* The lower end, made as low as the share of ups among pairs that differ asks for. */
static double lower_by_signs(double up, double down, double count, double tail, double low)
{
    const double differ = up + down, most = 0.5 + 0.5 * low * count / differ; /* share at `low` */
    if (!(up > 0.0))
        return fmin(low, -differ / count);
    if (!(most > 0.0) || !(gsl_cdf_beta_P(most, up, down + 1.0) > tail)) /* NaN: of millions */
        return low;
    return fmin(low, (2.0 * least_share(up, down, tail, most) - 1.0) * differ / count);
}

/* Of pairs that differ so many go one way: the mean difference as it would be at the ends of that share's
 * interval by Clopper and Pearson, which agrees with McNemar's test on 0. */
static void widen_by_signs(const mst_pair *pair, double tail, muster_bounds *out)
{
    const double up = (double)pair->only_one, down = (double)pair->only_other,
                 count = (double)pair->count;
    out->low = fmax(-1.0, lower_by_signs(up, down, count, tail, out->low));
    out->high = fmin(1.0, -lower_by_signs(down, up, count, tail, -out->high));
}

muster_bounds mst_pair_bounds(const mst_pair *pair, bool is_yes_no, double level)
{
    const muster_bounds none = {.low = (double)NAN, .high = (double)NAN};
    const bool differs = pair->mean < 0.0 || pair->mean > 0.0;
    muster_bounds out = muster_bounds_mean(pair->count, pair->mean, pair->variance, level);
    if (is_yes_no && out.is_estimable)
        widen_by_signs(pair, 0.5 * (1.0 - level), &out);
    else if (differs && !(pair->variance > 0.0) && pair->p > 1.0 - level)
        return none; /* so few that are all alike: the sign test knows no bound */
    return out;
}
