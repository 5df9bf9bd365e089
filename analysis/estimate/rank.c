#include "estimate/rank.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* ---- two points ----------------------------------------------------------------------------------- */

typedef struct sums {
    int64_t count;
    double x, y, d;    /* means */
    double xx, yy, dd; /* squares of deviations */
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
        s->only_x += x > 0.5 && y <= 0.5;
        s->only_y += y > 0.5 && x <= 0.5;
    }
    const double n = s->count > 0 ? (double)s->count : (double)NAN;
    s->x /= n;
    s->y /= n;
    s->d /= n;
}

static void take_squares(const mst_series *a, const mst_series *b, sums *s)
{
    for (size_t i = 0, k = 0; next_pair(a, b, &i, &k); i++, k++) {
        const double x = a->value[i] - s->x, y = b->value[k] - s->y;
        const double d = a->value[i] - b->value[k] - s->d;
        s->xx += x * x;
        s->yy += y * y;
        s->dd += d * d;
        s->xy += x * y;
    }
}

/* Sums taken in another order part in their last digits, some roundings of a mean. */
static bool is_rounding(double size, const sums *s)
{
    return fabs(size) <= 1e-11 * fmax(fabs(s->x), fabs(s->y));
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
    mst_pair out = {.count = s.count,
                    .mean = s.d,
                    .variance = (double)NAN,
                    .correlation = (double)NAN,
                    .fewer = (double)NAN,
                    .only_one = s.only_x,
                    .only_other = s.only_y,
                    .p = (double)NAN};
    if (s.count < 2)
        return out;
    const double freedom = (double)(s.count - 1), apart = (s.xx + s.yy) / freedom;
    out.variance = is_rounding(sqrt(s.dd / freedom), &s) ? 0.0 : s.dd / freedom;
    if (is_rounding(s.d, &s) && !(out.variance > 0.0))
        out.mean = 0.0;
    if (!is_rounding(sqrt(s.xx / freedom), &s) && !is_rounding(sqrt(s.yy / freedom), &s))
        out.correlation = fmax(-1.0, fmin(1.0, s.xy / (sqrt(s.xx) * sqrt(s.yy))));
    if (!is_rounding(sqrt(apart), &s))
        out.fewer = out.variance > 0.0 ? apart / out.variance : (double)INFINITY;
    out.p = p_of(&out, is_yes_no);
    return out;
}

/* Of pairs that differ so many go one way: the mean difference as it would be at the ends of that share's
 * interval by Clopper and Pearson, which agrees with McNemar's test on 0. */
static void widen_by_signs(const mst_pair *pair, double tail, muster_bounds *out)
{
    const double up = (double)pair->only_one, down = (double)pair->only_other, differ = up + down;
    const double least = up > 0.0 ? gsl_cdf_beta_Pinv(tail, up, down + 1.0) : 0.0,
                 most = down > 0.0 ? gsl_cdf_beta_Qinv(tail, up + 1.0, down) : 1.0;
    out->low = fmax(-1.0, fmin(out->low, (2.0 * least - 1.0) * differ / (double)pair->count));
    out->high = fmin(1.0, fmax(out->high, (2.0 * most - 1.0) * differ / (double)pair->count));
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

/* ---- all of them ---------------------------------------------------------------------------------- */

static double mean_of(const mst_series *s)
{
    double sum = 0.0;
    size_t count = 0;
    for (size_t i = 0; i < s->count; i++)
        if (!isnan(s->value[i])) {
            sum += s->value[i];
            count++;
        }
    return count > 0 ? sum / (double)count : (double)NAN;
}

static int32_t find_best(const mst_rank_ask *ask)
{
    int32_t best = -1;
    double held = 0.0;
    for (int32_t i = 0; i < ask->points; i++) {
        const double mean = mean_of(&ask->series[i]);
        if (isnan(mean) || (best >= 0 && (ask->more ? mean <= held : mean >= held)))
            continue;
        best = i;
        held = mean;
    }
    return best;
}

static mst_pair pair_of(const mst_rank_ask *ask, int32_t one, int32_t other)
{
    return mst_pair_of(&ask->series[one], &ask->series[other], ask->is_yes_no);
}

/* It came to the same in every run that both have: as good as one point. */
static bool is_twin(const mst_pair *pair)
{
    return pair->count >= 2 && !(pair->variance > 0.0) && !(pair->mean < 0.0 || pair->mean > 0.0);
}

/* Any other point that is better rules it out. */
static void judge(const mst_rank_ask *ask, int32_t one, int32_t other, mst_rank *out)
{
    const mst_pair pair = pair_of(ask, one, other);
    const bool is_worse = ask->more ? pair.mean < 0.0 : pair.mean > 0.0;
    const int32_t worse = is_worse ? one : other, better = is_worse ? other : one;
    if (isnan(pair.p))
        return;
    const bool differs = pair.mean < 0.0 || pair.mean > 0.0;
    const double p = differs ? fmin(1.0, pair.p * (double)out->family) : 1.0;
    out->p[worse] = isnan(out->p[worse]) ? p : fmin(out->p[worse], p);
    out->p[better] = isnan(out->p[better]) ? 1.0 : out->p[better];
    if (p <= 1.0 - ask->level)
        out->may_be_best[worse] = false;
}

/* How much better a point is than the others: the least of it, and ends of the intervals. */
typedef struct versus {
    double apart;     /* from the best of the others; infinite: there is none */
    int32_t against;  /* that one; -1: there is none                          */
    double low, high; /* the least ends, of all others                        */
    double from, to;  /* the least and the greatest end, of those that may be best */
    bool has_rival;   /* another one may be the best                          */
} versus;

static versus versus_all(const mst_rank_ask *ask, const mst_rank *r, int32_t point)
{
    const double level = 1.0 - (1.0 - ask->level) / (double)r->family, endless = (double)INFINITY;
    versus out = {endless, -1, endless, endless, endless, -endless, false};
    for (int32_t k = 0; k < ask->points; k++) {
        const mst_pair pair = pair_of(ask, point, k);
        if (k == point || is_twin(&pair) || isnan(mean_of(&ask->series[k])))
            continue;
        const muster_bounds b = mst_pair_bounds(&pair, ask->is_yes_no, level);
        const double low = !b.is_estimable ? -endless
                           : ask->more     ? b.low
                                           : -b.high,
                     high = !b.is_estimable ? endless
                            : ask->more     ? b.high
                                            : -b.low;
        const double apart = ask->more ? pair.mean : -pair.mean;
        out.against = apart < out.apart ? k : out.against; /* NaN does not count */
        out.apart = fmin(out.apart, apart);
        out.low = fmin(out.low, low);
        out.high = fmin(out.high, high);
        if (!r->may_be_best[k])
            continue;
        out.from = fmin(out.from, low);
        out.to = fmax(out.to, high);
        out.has_rival = true;
    }
    return out;
}

/* The point less the best of the others, as `more`, whichever of those that may be best is it. Needs
 * may_be_best of all points. */
static double against_best(const mst_rank_ask *ask, const mst_rank *r, int32_t point,
                           int32_t *out_against, muster_bounds *out)
{
    const versus v = versus_all(ask, r, point);
    const bool may_be_best = r->may_be_best[point];
    const double low = v.has_rival ? v.from : fmax(0.0, v.low),
                 high = may_be_best ? v.high : fmin(0.0, v.to);
    const bool is_there = isfinite(v.apart) && isfinite(low) && isfinite(high);
    *out = (muster_bounds){.low = is_there ? fmin(low, v.apart) : (double)NAN,
                           .high = is_there ? high : (double)NAN,
                           .is_estimable = is_there};
    *out_against = v.against;
    return isfinite(v.apart) ? v.apart : (double)NAN;
}

static void fill_named(const mst_rank_ask *ask, int32_t point, mst_rank *out)
{
    const double family = (double)out->family;
    const mst_pair *pair = &out->pair[point];
    out->apart[point] = point == out->other ? 0.0 : pair->mean;
    out->against[point] = point == out->other ? -1 : out->other;
    out->p[point] = isnan(pair->p) ? (double)NAN : fmin(1.0, pair->p * family);
    if (point != out->other)
        out->together[point] =
            mst_pair_bounds(pair, ask->is_yes_no, 1.0 - (1.0 - ask->level) / family);
}

static void fill_picked(const mst_rank_ask *ask, int32_t point, mst_rank *out)
{
    muster_bounds b;
    const double apart = against_best(ask, out, point, &out->against[point], &b);
    out->apart[point] = ask->more ? apart : -apart;
    out->together[point] =
        (muster_bounds){ask->more ? b.low : -b.high, ask->more ? b.high : -b.low, b.is_estimable};
}

static void fill(const mst_rank_ask *ask, mst_rank *out)
{
    for (int32_t i = 0; i < ask->points; i++)
        for (int32_t k = i + 1; k < ask->points; k++)
            judge(ask, i, k, out);
    out->lead = against_best(ask, out, out->best, &out->lead_over, &out->lead_lies);
    for (int32_t i = 0; i < ask->points; i++) {
        if (i != out->other)
            out->pair[i] = pair_of(ask, i, out->other);
        if (ask->other >= 0)
            fill_named(ask, i, out);
        else if (!isnan(mean_of(&ask->series[i])))
            fill_picked(ask, i, out);
    }
}

static bool open_arrays(int32_t points, mst_rank *out)
{
    const size_t count = (size_t)points;
    out->pair = calloc(count, sizeof *out->pair);
    out->apart = calloc(count, sizeof *out->apart);
    out->against = calloc(count, sizeof *out->against);
    out->together = calloc(count, sizeof *out->together);
    out->p = calloc(count, sizeof *out->p);
    out->may_be_best = calloc(count, sizeof *out->may_be_best);
    return out->pair && out->apart && out->against && out->together && out->p && out->may_be_best;
}

static void close_empty(const mst_rank_ask *ask, mst_rank *out)
{
    const muster_bounds none = {.low = (double)NAN, .high = (double)NAN};
    for (int32_t i = 0; i < ask->points; i++) {
        out->pair[i] = (mst_pair){.mean = (double)NAN,
                                  .variance = (double)NAN,
                                  .correlation = (double)NAN,
                                  .fewer = (double)NAN,
                                  .p = (double)NAN};
        out->apart[i] = (double)NAN;
        out->against[i] = -1;
        out->together[i] = none;
        out->p[i] = (double)NAN;
        out->may_be_best[i] = !isnan(mean_of(&ask->series[i]));
    }
}

bool mst_rank_make(const mst_rank_ask *ask, mst_rank *out)
{
    *out = (mst_rank){.best = ask->best >= 0 ? ask->best : find_best(ask),
                      .lead = (double)NAN,
                      .lead_over = -1,
                      .lead_lies = {.low = (double)NAN, .high = (double)NAN}};
    out->other = ask->other >= 0 ? ask->other : out->best;
    const bool is_open = open_arrays(ask->points, out);
    if (is_open)
        close_empty(ask, out);
    for (int32_t i = 0; is_open && i < ask->points; i++)
        out->family += out->may_be_best[i];
    out->family = out->family > 1 ? out->family - 1 : 1;
    if (is_open && out->best >= 0)
        fill(ask, out);
    if (!is_open)
        mst_rank_free(out);
    return is_open;
}

void mst_rank_free(mst_rank *rank)
{
    free(rank->pair);
    free(rank->apart);
    free(rank->against);
    free(rank->together);
    free(rank->p);
    free(rank->may_be_best);
    *rank = (mst_rank){0};
}
