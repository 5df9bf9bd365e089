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
    if (is_yes_no)
        return muster_p_mcnemar(pair->only_one, pair->only_other);
    if (pair->variance > 0.0)
        return fmin(1.0, 2.0 * gsl_cdf_tdist_Q(fabs(pair->mean) / sqrt(pair->variance / n), n - 1));
    return pair->mean < 0.0 || pair->mean > 0.0 ? exp2(fmax(1.0 - n, -1000.0)) : 1.0;
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

muster_bounds mst_pair_bounds(const mst_pair *pair, bool is_yes_no, double level)
{
    muster_bounds out = muster_bounds_mean(pair->count, pair->mean, pair->variance, level);
    if (is_yes_no && out.is_estimable) { /* a share less a share: Student's t knows no ends */
        out.low = fmax(out.low, -1.0);
        out.high = fmin(out.high, 1.0);
    }
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

/* Any other point that is better rules it out, by one-sided P. */
static void judge(const mst_rank_ask *ask, int32_t one, int32_t other, mst_rank *out)
{
    const mst_pair pair = pair_of(ask, one, other);
    const bool is_worse = ask->more ? pair.mean < 0.0 : pair.mean > 0.0;
    const int32_t worse = is_worse ? one : other, better = is_worse ? other : one;
    if (isnan(pair.p))
        return;
    const bool differs = pair.mean < 0.0 || pair.mean > 0.0;
    const double p = differs ? fmin(1.0, 0.5 * pair.p * (double)out->family) : 1.0;
    out->p[worse] = isnan(out->p[worse]) ? p : fmin(out->p[worse], p);
    out->p[better] = isnan(out->p[better]) ? 1.0 : out->p[better];
    if (p <= 1.0 - ask->level)
        out->may_be_best[worse] = false;
}

static void fill(const mst_rank_ask *ask, mst_rank *out)
{
    const bool is_named = ask->other >= 0;
    const double family = (double)out->family;
    const double pairs = is_named ? family : 0.5 * family * (family + 1.0);
    for (int32_t i = 0; i < ask->points; i++)
        for (int32_t k = i + 1; k < ask->points; k++)
            judge(ask, i, k, out);
    for (int32_t i = 0; i < ask->points; i++) {
        if (i == out->other)
            continue;
        out->pair[i] = pair_of(ask, i, out->other);
        out->together[i] =
            mst_pair_bounds(&out->pair[i], ask->is_yes_no, 1.0 - (1.0 - ask->level) / pairs);
        if (is_named)
            out->p[i] = isnan(out->pair[i].p) ? (double)NAN : fmin(1.0, out->pair[i].p * family);
    }
    if (is_named)
        out->p[out->other] = (double)NAN;
}

static bool open_arrays(int32_t points, mst_rank *out)
{
    const size_t count = (size_t)points;
    out->pair = calloc(count, sizeof *out->pair);
    out->together = calloc(count, sizeof *out->together);
    out->p = calloc(count, sizeof *out->p);
    out->may_be_best = calloc(count, sizeof *out->may_be_best);
    return out->pair && out->together && out->p && out->may_be_best;
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
        out->together[i] = none;
        out->p[i] = (double)NAN;
        out->may_be_best[i] = !isnan(mean_of(&ask->series[i]));
    }
}

bool mst_rank_make(const mst_rank_ask *ask, mst_rank *out)
{
    *out = (mst_rank){.best = ask->best >= 0 ? ask->best : find_best(ask)};
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
    free(rank->together);
    free(rank->p);
    free(rank->may_be_best);
    *rank = (mst_rank){0};
}
