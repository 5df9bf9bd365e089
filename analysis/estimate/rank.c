#include "estimate/rank.h"

#include <math.h>
#include <stdlib.h>

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

/* How much better a point is than another, and between what ends that lies; endless: it has none. */
typedef struct gap {
    double apart, low, high; /* NaN: nothing to compare */
    bool is_twin; /* it came to the same in every run that both have: as good as one point */
} gap;

/* What is known of all points and pairs, each looked at once. */
typedef struct known {
    const mst_rank_ask *ask;
    double *mean; /* (points) of its own values; NaN: it has none */
    gap *gap;     /* (points (points - 1) / 2) of the lower number over the higher, row by row */
} known;

static bool open_known(const mst_rank_ask *ask, known *out)
{
    const size_t points = (size_t)ask->points, pairs = points * (points - 1) / 2;
    *out = (known){.ask = ask,
                   .mean = malloc(points * sizeof *out->mean),
                   .gap = malloc((pairs > 0 ? pairs : 1) * sizeof *out->gap)};
    if (!out->mean || !out->gap)
        return false;
    for (int32_t i = 0; i < ask->points; i++)
        out->mean[i] = mean_of(&ask->series[i]);
    return true;
}

static void close_known(known *k)
{
    free(k->mean);
    free(k->gap);
}

static int32_t find_best(const known *k)
{
    int32_t best = -1;
    for (int32_t i = 0; i < k->ask->points; i++) {
        const double mean = k->mean[i];
        if (!isnan(mean) &&
            (best < 0 || (k->ask->more ? mean > k->mean[best] : mean < k->mean[best])))
            best = i;
    }
    return best;
}

/* one < other */
static gap *place_of(const known *k, int32_t one, int32_t other)
{
    const size_t row = (size_t)one, points = (size_t)k->ask->points;
    return &k->gap[row * points - row * (row + 1) / 2 + (size_t)(other - one - 1)];
}

static gap gap_between(const known *k, int32_t one, int32_t other)
{
    if (one < other)
        return *place_of(k, one, other);
    const gap back = *place_of(k, other, one);
    return (gap){0.0 - back.apart, -back.high, -back.low, back.is_twin};
}

static gap gap_of(const mst_rank_ask *ask, const mst_pair *pair, double level)
{
    const muster_bounds b = mst_pair_bounds(pair, ask->is_yes_no, level);
    const double endless = (double)INFINITY;
    return (gap){.apart = ask->more ? pair->mean : 0.0 - pair->mean,
                 .low = !b.is_estimable ? -endless
                        : ask->more     ? b.low
                                        : -b.high,
                 .high = !b.is_estimable ? endless
                         : ask->more     ? b.high
                                         : -b.low,
                 .is_twin = pair->count >= 2 && !(pair->variance > 0.0) &&
                            !(pair->mean < 0.0 || pair->mean > 0.0)};
}

/* Any other point that is better rules it out. */
static void judge(const mst_rank_ask *ask, int32_t one, int32_t other, const mst_pair *pair,
                  mst_rank *out)
{
    const bool is_worse = ask->more ? pair->mean < 0.0 : pair->mean > 0.0;
    const int32_t worse = is_worse ? one : other, better = is_worse ? other : one;
    if (isnan(pair->p))
        return;
    const bool differs = pair->mean < 0.0 || pair->mean > 0.0;
    const double p = differs ? fmin(1.0, pair->p * (double)out->family) : 1.0;
    out->p[worse] = isnan(out->p[worse]) ? p : fmin(out->p[worse], p);
    out->p[better] = isnan(out->p[better]) ? 1.0 : out->p[better];
    if (p <= 1.0 - ask->level)
        out->may_be_best[worse] = false;
}

/* Looks at every pair. */
static void compare(const known *k, mst_rank *out)
{
    const mst_rank_ask *ask = k->ask;
    const double level = 1.0 - (1.0 - ask->level) / (double)out->family;
    for (int32_t i = 0; i < ask->points; i++)
        for (int32_t j = i + 1; j < ask->points; j++) {
            const mst_pair pair = mst_pair_of(&ask->series[i], &ask->series[j], ask->is_yes_no);
            judge(ask, i, j, &pair, out);
            *place_of(k, i, j) = gap_of(ask, &pair, level);
            if (j == out->other)
                out->pair[i] = pair;
            else if (i == out->other)
                out->pair[j] = mst_pair_mirrored(&pair);
        }
}

/* How much better a point is than the others: the least of it, and ends of the intervals. */
typedef struct versus {
    double apart;     /* from the best of the others; infinite: there is none */
    int32_t against;  /* that one; -1: there is none                          */
    double low, high; /* the least ends, of all others                        */
    double from, to;  /* the least and the greatest end, of those that may be best */
    bool has_rival;   /* another one may be the best                          */
} versus;

static versus versus_all(const known *k, const mst_rank *r, int32_t point)
{
    const double endless = (double)INFINITY;
    versus out = {endless, -1, endless, endless, endless, -endless, false};
    for (int32_t i = 0; i < k->ask->points; i++) {
        if (i == point || isnan(k->mean[i]))
            continue;
        const gap g = gap_between(k, point, i);
        if (g.is_twin)
            continue;
        out.against = g.apart < out.apart ? i : out.against; /* NaN does not count */
        out.apart = fmin(out.apart, g.apart);
        out.low = fmin(out.low, g.low);
        out.high = fmin(out.high, g.high);
        if (!r->may_be_best[i])
            continue;
        out.from = fmin(out.from, g.low);
        out.to = fmax(out.to, g.high);
        out.has_rival = true;
    }
    return out;
}

/* The point less the best of the others, as `more`, whichever of those that may be best is it. Needs
 * may_be_best of all points. */
static double against_best(const known *k, const mst_rank *r, int32_t point, int32_t *out_against,
                           muster_bounds *out)
{
    const versus v = versus_all(k, r, point);
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

static void fill_picked(const known *k, int32_t point, mst_rank *out)
{
    const bool more = k->ask->more;
    muster_bounds b;
    const double apart = against_best(k, out, point, &out->against[point], &b);
    out->apart[point] = more ? apart : 0.0 - apart;
    out->together[point] =
        (muster_bounds){more ? b.low : -b.high, more ? b.high : -b.low, b.is_estimable};
}

static void fill(const known *k, mst_rank *out)
{
    compare(k, out);
    out->lead = against_best(k, out, out->best, &out->lead_over, &out->lead_lies);
    for (int32_t i = 0; i < k->ask->points; i++) {
        if (k->ask->other >= 0)
            fill_named(k->ask, i, out);
        else if (!isnan(k->mean[i]))
            fill_picked(k, i, out);
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

static void close_empty(const known *k, mst_rank *out)
{
    const muster_bounds none = {.low = (double)NAN, .high = (double)NAN};
    for (int32_t i = 0; i < k->ask->points; i++) {
        out->pair[i] = (mst_pair){.mean = (double)NAN,
                                  .variance = (double)NAN,
                                  .correlation = (double)NAN,
                                  .fewer = (double)NAN,
                                  .p = (double)NAN};
        out->apart[i] = (double)NAN;
        out->against[i] = -1;
        out->together[i] = none;
        out->p[i] = (double)NAN;
        out->may_be_best[i] = !isnan(k->mean[i]);
        out->family += out->may_be_best[i];
    }
    out->family = out->family > 1 ? out->family - 1 : 1;
}

bool mst_rank_make(const mst_rank_ask *ask, mst_rank *out)
{
    known k;
    *out = (mst_rank){.lead = (double)NAN,
                      .lead_over = -1,
                      .lead_lies = {.low = (double)NAN, .high = (double)NAN}};
    const bool has_known = open_known(ask, &k),
               is_open = has_known && open_arrays(ask->points, out);
    if (is_open) {
        out->best = ask->best >= 0 ? ask->best : find_best(&k);
        out->other = ask->other >= 0 ? ask->other : out->best;
        close_empty(&k, out);
        if (out->best >= 0)
            fill(&k, out);
    } else
        mst_rank_free(out);
    close_known(&k);
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
