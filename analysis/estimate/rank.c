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
