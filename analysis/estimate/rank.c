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

/* A test of a family: where its adjusted P goes. */
typedef struct test {
    double p;
    int32_t point; /* that it is told of; -1: of none */
} test;

static int by_p(const void *a, const void *b)
{
    const test *x = a, *y = b;
    return x->p != y->p ? (x->p > y->p) - (x->p < y->p)
                        : (x->point > y->point) - (x->point < y->point);
}

/* Holm 1979: the k-th least of n P values, from 0, counts n - k times, and no less than those before. */
static void adjust(test *tests, int64_t count, double *holm)
{
    double highest = 0.0;
    qsort(tests, (size_t)count, sizeof *tests, by_p);
    for (int64_t k = 0; k < count; k++) {
        highest = fmax(highest, fmin(1.0, tests[k].p * (double)(count - k)));
        if (tests[k].point >= 0)
            holm[tests[k].point] = highest;
    }
}

/* The worse of two that differ for sure is not the best. */
static void rule_out(const mst_rank_ask *ask, const mst_pair *pair, int32_t one, int32_t other,
                     mst_rank *out)
{
    const double allowed = (1.0 - ask->level) / (double)(ask->points > 1 ? ask->points - 1 : 1);
    if (!(0.5 * pair->p <= allowed) || !(pair->mean < 0.0 || pair->mean > 0.0))
        return;
    out->may_be_best[(pair->mean > 0.0) == ask->more ? other : one] = false;
}

static int64_t compare_all(const mst_rank_ask *ask, test *tests, mst_rank *out)
{
    const bool is_picked = ask->other < 0;
    int64_t count = 0;
    for (int32_t i = 0; i < ask->points; i++)
        for (int32_t k = i + 1; k < ask->points; k++) {
            const mst_pair pair = mst_pair_of(&ask->series[i], &ask->series[k], ask->is_yes_no);
            const bool is_told = i == out->other || k == out->other;
            if (isnan(pair.p))
                continue;
            rule_out(ask, &pair, i, k, out);
            if (is_picked || is_told)
                tests[count++] = (test){pair.p, !is_told ? -1 : i == out->other ? k : i};
        }
    return count;
}

static void fill(const mst_rank_ask *ask, mst_rank *out)
{
    const double part = (1.0 - ask->level) / (double)(out->family > 1 ? out->family : 1);
    for (int32_t i = 0; i < ask->points; i++) {
        if (i == out->other)
            continue;
        out->pair[i] = mst_pair_of(&ask->series[i], &ask->series[out->other], ask->is_yes_no);
        out->alone[i] = mst_pair_bounds(&out->pair[i], ask->is_yes_no, ask->level);
        out->together[i] = mst_pair_bounds(&out->pair[i], ask->is_yes_no, 1.0 - part);
    }
}

static bool open_arrays(int32_t points, mst_rank *out)
{
    const size_t count = (size_t)points;
    out->pair = calloc(count, sizeof *out->pair);
    out->alone = calloc(count, sizeof *out->alone);
    out->together = calloc(count, sizeof *out->together);
    out->holm = calloc(count, sizeof *out->holm);
    out->may_be_best = calloc(count, sizeof *out->may_be_best);
    return out->pair && out->alone && out->together && out->holm && out->may_be_best;
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
        out->alone[i] = out->together[i] = none;
        out->holm[i] = (double)NAN;
        out->may_be_best[i] = !isnan(mean_of(&ask->series[i]));
    }
}

bool mst_rank_make(const mst_rank_ask *ask, mst_rank *out)
{
    const size_t pairs = (size_t)ask->points * (size_t)(ask->points - 1) / 2;
    *out = (mst_rank){.best = ask->best >= 0 ? ask->best : find_best(ask)};
    out->other = ask->other >= 0 ? ask->other : out->best;
    test *tests = calloc(pairs + 1, sizeof *tests);
    const bool is_open = open_arrays(ask->points, out) && tests;
    if (is_open)
        close_empty(ask, out);
    if (is_open && out->best >= 0) {
        out->family = compare_all(ask, tests, out);
        adjust(tests, out->family, out->holm);
        fill(ask, out);
    }
    free(tests);
    if (!is_open)
        mst_rank_free(out);
    return is_open;
}

void mst_rank_free(mst_rank *rank)
{
    free(rank->pair);
    free(rank->alone);
    free(rank->together);
    free(rank->holm);
    free(rank->may_be_best);
    *rank = (mst_rank){0};
}
