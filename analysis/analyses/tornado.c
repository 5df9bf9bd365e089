/* One factor at a time: what each moves between its ends, the others as the scenario has them. */
#include "analyses/analyses.h"
#include "analyses/tornado_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- points --------------------------------------------------------------------------------------- */

bool mst_tornado_is_block(const mst_data *d, int64_t p, const char *block)
{
    return strcmp(d->point[p].block, block) == 0;
}

static int64_t centre_of(const mst_data *d)
{
    for (int64_t p = 0; p < d->points; p++)
        if (mst_tornado_is_block(d, p, "centre") && d->cell[p].count > 0)
            return p;
    return -1;
}

static bool fits(const mst_data *d, const muster_analyze_options *options, char why[MST_WHY_BYTES])
{
    static const char centre[] = "no point has the scenario as it stands and the figure",
                      one[] = "no point moves one factor alone";
    int64_t alone = 0;
    (void)options;
    for (int64_t p = 0; p < d->points; p++)
        alone += mst_tornado_is_block(d, p, "one") && d->point[p].factor >= 0;
    if (alone > 0 && centre_of(d) >= 0)
        return true;
    memcpy(why, alone > 0 ? centre : one, alone > 0 ? sizeof centre : sizeof one);
    return false;
}

/* Is the point further out, towards the low end or the high one? */
static bool is_further(const mst_data *d, int64_t p, int64_t than, int32_t factor, bool is_high)
{
    const bool is_name = d->factor[factor].scale == MUSTER_SCALE_NAMES;
    const double a = is_name ? d->cell[p].mean : mst_x(d, p, factor),
                 b = is_name ? d->cell[than].mean : mst_x(d, than, factor);
    return is_name && isnan(b) ? !isnan(a) : is_high ? a > b : a < b;
}

static void find_reach(const mst_tornado_found *t, int32_t factor, mst_tornado_reach *out)
{
    *out = (mst_tornado_reach){.factor = factor, .low = -1, .high = -1};
    for (int64_t p = 0; p < t->data->points; p++) {
        if (!mst_tornado_is_block(t->data, p, "one") || t->data->point[p].factor != factor)
            continue;
        out->levels++;
        if (out->low < 0 || is_further(t->data, p, out->low, factor, false))
            out->low = p;
        if (out->high < 0 || is_further(t->data, p, out->high, factor, true))
            out->high = p;
    }
    for (int64_t p = 0; out->high == out->low && out->levels > 1 && p < t->data->points; p++)
        if (mst_tornado_is_block(t->data, p, "one") && t->data->point[p].factor == factor)
            out->high = p; /* names whose figures are all alike: any two */
    if (out->levels == 1)  /* of one value alone: from the scenario's own to it */
        out->low = t->centre;
}

/* ---- figures -------------------------------------------------------------------------------------- */

/* As mst_tornado's; of names with more than two values the ends were searched for, so that each of
 * their pairs may be the widest (Bonferroni). */
static void take_pairs(const mst_tornado_found *t, const mst_aligned *all, mst_tornado_bar *bar)
{
    const mst_data *d = t->data;
    const mst_tornado_reach *r = &t->reach[bar->input];
    const double *at[3];
    for (int32_t k = 0; k < 3; k++) {
        const int32_t point = k == 0 ? 0 : k == 1 ? 1 + bar->input : 1 + t->count + bar->input;
        at[k] = all->value + (size_t)point * (size_t)all->reps;
    }
    const bool is_searched = d->factor[r->factor].scale == MUSTER_SCALE_NAMES && r->levels > 2;
    const double tests = is_searched ? 0.5 * (double)r->levels * ((double)r->levels - 1.0) : 1.0;
    const double level = 1.0 - (1.0 - d->level) / tests;
    bar->low = mst_figure_difference(d, at[0], at[1], all->reps, d->level);
    bar->high = mst_figure_difference(d, at[0], at[2], all->reps, d->level);
    bar->swing = mst_figure_difference(d, at[1], at[2], all->reps, level);
    if (!isnan(bar->swing.p)) /* fmin would make 1 of it */
        bar->swing.p = fmin(1.0, bar->swing.p * tests);
}

/* P that the factor moves nothing. Where both ends lie on one side of the scenario as it stands, the
 * widest of three differences counts. */
static double p_of(const mst_tornado_bar *bar)
{
    const bool is_aside = bar->low.mean * bar->high.mean > 0.0;
    if (!is_aside || isnan(bar->swing.p))
        return bar->swing.p;
    return fmin(1.0, 3.0 * fmin(bar->swing.p, fmin(bar->low.p, bar->high.p)));
}

static bool is_same(const mst_tornado_found *t, const mst_aligned *all, int32_t input)
{
    const size_t reps = (size_t)all->reps;
    const double *base = all->value, *low = base + (size_t)(1 + input) * reps,
                 *high = base + (size_t)(1 + t->count + input) * reps;
    for (size_t r = 0; r < reps; r++)
        if (base[r] < low[r] || base[r] > low[r] || base[r] < high[r] || base[r] > high[r] ||
            low[r] < high[r] || low[r] > high[r])
            return false;
    return true;
}

static mst_tornado_verdict judge(const mst_tornado_found *t, const mst_aligned *all, int32_t i)
{
    const mst_tornado_bar *bar = &t->bar[i];
    if (isnan(bar->span))
        return MST_TORNADO_UNKNOWN;
    if (is_same(t, all, bar->input))
        return MST_TORNADO_NOTHING;
    if (t->data->is_plan_run)
        return MST_TORNADO_MOVES;
    if (isnan(t->p[i]))
        return MST_TORNADO_UNKNOWN;
    return t->p[i] < 1.0 - t->data->level ? MST_TORNADO_MOVES : MST_TORNADO_NOISE;
}

static muster_status find_bars(mst_tornado_found *t, const mst_aligned *all)
{
    int32_t *scratch = malloc(((size_t)t->count + 1) * sizeof *scratch);
    const size_t reps = (size_t)all->reps;
    if (!scratch)
        return MUSTER_WORLD;
    mst_tornado(t->count, all->reps, all->value, all->value + reps,
                all->value + (size_t)(1 + t->count) * reps, t->data->level, t->bar);
    t->pairs = INT32_MAX;
    for (int32_t i = 0; i < t->count; i++) {
        take_pairs(t, all, &t->bar[i]);
        t->p[i] = p_of(&t->bar[i]);
        if (t->bar[i].swing.pairs > 0 && t->bar[i].swing.pairs < t->pairs)
            t->pairs = t->bar[i].swing.pairs;
    }
    muster_p_holm(t->p, t->count, scratch);
    for (int32_t i = 0; i < t->count; i++)
        t->verdict[i] = judge(t, all, i);
    free(scratch);
    return MUSTER_OK;
}

/* ---- what all tell by --------------------------------------------------------------------------- */

const mst_tornado_reach *mst_tornado_reach_of(const mst_tornado_found *t, int32_t bar)
{
    return &t->reach[t->bar[bar].input];
}

/* Half the width of the interval of a point's mean. */
double mst_tornado_half(const mst_data *d, int64_t point)
{
    const muster_bounds b = mst_cell_bounds(d, &d->cell[point]);
    return d->is_plan_run || !b.is_estimable ? (double)NAN : 0.5 * (b.high - b.low);
}

const char *mst_tornado_end(const mst_tornado_found *t, int32_t bar, bool is_high,
                            char out[MST_NUMBER_BYTES])
{
    const mst_tornado_reach *r = mst_tornado_reach_of(t, bar);
    const int64_t point = is_high ? r->high : r->low;
    if (point == t->centre)
        memcpy(out, "as it stands", sizeof "as it stands");
    else
        mst_told_level(t->data, r->factor, mst_x(t->data, point, r->factor), out);
    return out;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

/* The centre, then all low ends, then all high ones. */
static muster_status align_ends(const mst_tornado_found *t, mst_aligned *out)
{
    int64_t *point = malloc((2 * (size_t)t->count + 1) * sizeof *point);
    *out = (mst_aligned){0};
    if (!point)
        return MUSTER_WORLD;
    point[0] = t->centre;
    for (int32_t i = 0; i < t->count; i++) {
        point[1 + i] = t->reach[i].low;
        point[1 + t->count + i] = t->reach[i].high;
    }
    const muster_status status = mst_align(t->data, point, 2 * t->count + 1, out);
    free(point);
    return status;
}

static muster_status make(const mst_data *d, const muster_analyze_options *options,
                          muster_section *section)
{
    mst_keep keep = {0};
    mst_aligned all = {0};
    const size_t room = (size_t)d->factors + 1;
    mst_tornado_found t = {.data = d,
                           .section = section,
                           .centre = centre_of(d),
                           .reach = mst_keep_array(&keep, room, sizeof *t.reach),
                           .bar = mst_keep_array(&keep, room, sizeof *t.bar),
                           .p = mst_keep_array(&keep, room, sizeof *t.p),
                           .verdict = mst_keep_array(&keep, room, sizeof *t.verdict)};
    (void)options;
    muster_status status = keep.failed ? MUSTER_WORLD : MUSTER_OK;
    for (int32_t f = 0; status == MUSTER_OK && f < d->factors; f++) {
        find_reach(&t, f, &t.reach[t.count]);
        t.count += t.reach[t.count].levels > 0;
    }
    if (status == MUSTER_OK)
        status = align_ends(&t, &all);
    if (status == MUSTER_OK)
        status = find_bars(&t, &all);
    if (status == MUSTER_OK)
        status = mst_tornado_say(&t);
    if (status == MUSTER_OK)
        status = mst_tornado_draw(&t);
    mst_aligned_free(&all);
    mst_keep_clear(&keep);
    return status;
}

const mst_analysis mst_analysis_tornado = {
    .name = "tornado",
    .title = "One factor at a time",
    .doc = "what each factor moves alone between its ends, by pairs of runs",
    .needs = "method one-at-a-time: points of blocks centre and one",
    .is_usual = true,
    .fits = fits,
    .tell = make,
};
