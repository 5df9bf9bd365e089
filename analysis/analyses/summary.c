/* What each point came to: means, shares and quantiles with intervals. */
#include "analyses/analyses.h"
#include "analyses/phrase.h"

#include "muster/estimate.h"
#include "muster/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STRIPS_MOST = 40, ENDS_MOST = 20, FEW_ROWS = 5, FACTOR_DIGITS = 4 };

static bool fits(const mst_data *data, const muster_analyze_options *options,
                 char why[MST_WHY_BYTES])
{
    (void)data;
    (void)options;
    (void)why;
    return true;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Defined values of a point in order; their number. */
static int64_t sorted(const mst_data *d, int64_t point, double *out)
{
    int64_t count = 0;
    for (size_t i = d->first[point]; i < d->first[point + 1]; i++)
        if (!isnan(d->value[i]))
            out[count++] = d->value[i];
    qsort(out, (size_t)count, sizeof *out, by_value);
    return count;
}

muster_bounds mst_cell_bounds(const mst_data *d, const mst_cell *cell)
{
    return d->response.is_yes_no
               ? muster_bounds_share((int64_t)llround(cell->mean * (double)cell->count),
                                     cell->count, d->level)
               : muster_bounds_mean(cell->count, cell->mean, cell->variance, d->level);
}

/* ---- sentences ------------------------------------------------------------------------------------ */

/* Are all runs of each point alike? Then the figure has no interval, not one of length 0. A share is
 * another matter: no in each of a few runs may be rare luck. */
static bool is_calm(const mst_data *d)
{
    int64_t compared = 0;
    for (int64_t p = 0; p < d->points; p++) {
        if (d->cell[p].variance != 0.0 && d->cell[p].count > 1)
            return false;
        compared += d->cell[p].count > 1;
    }
    return compared > 0 && !d->response.is_yes_no;
}

/* Does a mean come with an interval? */
static bool has_spread(const mst_data *d)
{
    return !d->is_plan_run && !is_calm(d);
}

typedef struct range {
    int64_t low, high;            /* points; -1: the figure is defined nowhere       */
    int64_t defined, lows, highs; /* points that have it, and those that are as low, as high */
} range;

static range range_of(const mst_data *d)
{
    range r = {.low = -1, .high = -1};
    for (int64_t p = 0; p < d->points; p++) {
        if (d->cell[p].count == 0)
            continue;
        r.defined++;
        r.low = r.low < 0 || d->cell[p].mean < d->cell[r.low].mean ? p : r.low;
        r.high = r.high < 0 || d->cell[p].mean > d->cell[r.high].mean ? p : r.high;
    }
    for (int64_t p = 0; p < d->points; p++) {
        r.lows += d->cell[p].count > 0 && d->cell[p].mean == d->cell[r.low].mean;
        r.highs += d->cell[p].count > 0 && d->cell[p].mean == d->cell[r.high].mean;
    }
    return r;
}

static const char *mean_words(const mst_data *d, int64_t point, char out[MST_NUMBER_BYTES])
{
    const muster_bounds b = mst_cell_bounds(d, &d->cell[point]);
    const bool has = has_spread(d) && b.is_estimable;
    return mst_told_value(d, d->cell[point].mean, has ? 0.5 * (b.high - b.low) : (double)NAN, out);
}

static const char *place_words(const mst_data *d, int64_t point, int64_t alike,
                               char out[MST_RANGE_BYTES])
{
    char name[64];
    mst_point_name(d, point, name);
    if (alike > 1)
        muster_text_format(out, MST_RANGE_BYTES, "%s and %" PRId64 " other%s", name, alike - 1,
                           alike == 2 ? "" : "s");
    else
        muster_text_format(out, MST_RANGE_BYTES, "%s", name);
    return out;
}

/* Does every run of a replication have the same value at all points? */
static bool is_same(const mst_data *d)
{
    const size_t runs = d->first[1];
    for (int64_t p = 0; p < d->points; p++) {
        if (d->first[p + 1] - d->first[p] != runs)
            return false;
        for (size_t i = 0; i < runs; i++)
            if (d->value[d->first[p] + i] != d->value[i])
                return false; /* a value that is not defined is like no other */
    }
    return d->points > 1;
}

/* Answers without chance are counted, not averaged. */
static bool is_of_answers(const mst_data *d)
{
    for (int64_t p = 0; p < d->points; p++)
        if (d->cell[p].count > 0 && d->cell[p].mean != 0.0 && d->cell[p].mean != 1.0)
            return false;
    return d->response.is_yes_no && d->is_plan_run;
}

/* Yes in each run, or no in each: a fact of these runs, and an interval of a share would read as a guess
 * that it may be otherwise. */
static bool tell_one_answer(const mst_data *d, const range *r, muster_section *section)
{
    const double answer = d->cell[r->low].mean;
    int64_t runs = 0;
    for (int64_t p = 0; p < d->points; p++)
        runs += d->cell[p].count;
    if (!d->response.is_yes_no || d->is_plan_run || runs < 2 || (answer != 0.0 && answer != 1.0))
        return false;
    muster_section_say(section, "It is %s in each of %" PRId64 " runs%s.",
                       answer > 0.0 ? "yes" : "no", runs, is_same(d) ? ", at every point" : "");
    return true;
}

static void tell_alike(const mst_data *d, const range *r, muster_section *section)
{
    if (tell_one_answer(d, r, section))
        return;
    char words[MST_RANGE_BYTES];
    const muster_bounds b = has_spread(d) ? mst_cell_bounds(d, &d->cell[r->low])
                                          : (muster_bounds){(double)NAN, (double)NAN, false};
    muster_section_say(section, "%s %s%s%s.", has_spread(d) ? "Its mean is" : "It is",
                       mst_told_bounds(d, d->cell[r->low].mean, b, words),
                       d->points == 1   ? ""
                       : r->defined > 1 ? " at every point"
                                        : " at the one point that has it",
                       is_same(d) ? ": nothing that was varied moves it" : "");
}

static void tell_range(const mst_data *d, const range *r, muster_section *section)
{
    char from[MST_NUMBER_BYTES], to[MST_NUMBER_BYTES], share[MST_NUMBER_BYTES];
    char at_low[MST_RANGE_BYTES], at_high[MST_RANGE_BYTES];
    if (r->defined == 0) {
        muster_section_say(section, "The figure is defined in no run.");
    } else if (d->cell[r->low].mean == d->cell[r->high].mean) {
        tell_alike(d, r, section);
    } else if (is_of_answers(d)) {
        muster_section_say(section, "It is yes at %" PRId64 " of %" PRId64 " points (%s).",
                           r->highs, r->defined,
                           mst_told_share((double)r->highs / (double)r->defined, share));
    } else {
        muster_section_say(section, "%s from %s (%s) to %s (%s) over %" PRId64 " points.",
                           has_spread(d) ? "Its mean goes" : "It goes", mean_words(d, r->low, from),
                           place_words(d, r->low, r->lows, at_low), mean_words(d, r->high, to),
                           place_words(d, r->high, r->highs, at_high), r->defined);
    }
}

static void tell_calm(const mst_data *d, muster_section *section)
{
    if (!d->is_plan_run && is_calm(d))
        muster_section_say(section, "All runs of a point are alike: chance does not reach it.");
}

static void tell_lost(const mst_data *d, muster_section *section)
{
    int64_t failed = 0, undefined = 0, all = 0, some = 0, none = 0;
    char at_none[80] = "";
    for (int64_t p = 0; p < d->points; p++) {
        const mst_cell *cell = &d->cell[p];
        failed += cell->failed;
        undefined += cell->undefined;
        all += cell->count + cell->failed + cell->undefined;
        some += cell->undefined > 0;
        none += cell->undefined > 0 && cell->count == 0;
    }
    if (none > 0)
        muster_text_format(at_none, sizeof at_none, " (at %" PRId64 " in every run)", none);
    if (undefined > 0 && undefined + failed < all)
        muster_section_say(section,
                           "In %" PRId64 " of %" PRId64 " runs, at %" PRId64 " points%s, it is not "
                           "defined; means are over the others, which need not be like them.",
                           undefined, all, some, at_none);
    if (failed > 0)
        muster_section_say(section, "%" PRId64 " of %" PRId64 " runs failed.", failed, all);
}

/* ---- the table ------------------------------------------------------------------------------------ */

/* One at a time the name of a point says all. */
static int32_t factors_told(const mst_data *d)
{
    return strcmp(d->method, "one-at-a-time") == 0 ? 0 : d->factors;
}

static muster_column_kind kind_of(const mst_data *d, int32_t factor)
{
    if (d->factor[factor].scale == MUSTER_SCALE_NAMES)
        return MUSTER_COLUMN_TEXT;
    for (int64_t p = 0; p < d->points; p++) {
        const double x = mst_x(d, p, factor);
        if (!isnan(x) && (x != floor(x) || fabs(x) > 0x1p53))
            return MUSTER_COLUMN_REAL;
    }
    return MUSTER_COLUMN_WHOLE;
}

static void add_factor(const mst_data *d, muster_table *t, int32_t factor, double x)
{
    char name[64];
    if (isnan(x))
        muster_cell_none(t);
    else if (d->factor[factor].scale == MUSTER_SCALE_NAMES)
        muster_cell_text(t, mst_level_name(d, factor, x, name));
    else if (x == floor(x) && fabs(x) <= 0x1p53)
        muster_cell_whole(t, (int64_t)llround(x));
    else
        muster_cell_real(t, x);
}

static void add_columns(const mst_data *d, bool with_spread, muster_table *t)
{
    const char *unit = d->response.unit;
    const bool is_share = d->response.is_yes_no;
    const muster_column_kind kind = is_share ? MUSTER_COLUMN_SHARE : MUSTER_COLUMN_REAL;
    muster_table_column(t, "point", "point", "", MUSTER_COLUMN_TEXT, 0);
    for (int32_t f = 0; f < factors_told(d); f++)
        muster_table_column(t, d->factor[f].id, NULL, d->factor[f].unit, kind_of(d, f),
                            FACTOR_DIGITS);
    if (!d->is_plan_run)
        muster_table_column(t, "runs", "n", "", MUSTER_COLUMN_WHOLE, 0);
    muster_table_column(t, "mean",
                        !with_spread ? "value"
                        : is_share   ? "share"
                                     : "mean",
                        unit, kind, 4);
    if (!with_spread)
        return;
    muster_table_column(t, "low", "from", unit, kind, 4);
    muster_table_column(t, "high", "to", unit, kind, 4);
    if (is_share)
        return;
    muster_table_column(t, "sd", "sd", unit, MUSTER_COLUMN_REAL, 3);
    muster_table_column(t, "q05", "5 %", unit, MUSTER_COLUMN_REAL, 4);
    muster_table_column(t, "median", "median", unit, MUSTER_COLUMN_REAL, 4);
    muster_table_column(t, "q95", "95 %", unit, MUSTER_COLUMN_REAL, 4);
}

static void add_row(const mst_data *d, bool with_spread, muster_table *t, int64_t point,
                    double *scratch)
{
    const mst_cell *cell = &d->cell[point];
    char name[64];
    muster_table_row(t);
    muster_cell_text(t, mst_point_name(d, point, name));
    for (int32_t f = 0; f < factors_told(d); f++)
        add_factor(d, t, f, mst_x(d, point, f));
    if (!d->is_plan_run)
        muster_cell_whole(t, cell->count);
    muster_cell_real(t, cell->mean);
    if (!with_spread)
        return;
    const muster_bounds bounds = mst_cell_bounds(d, cell);
    muster_cell_real(t, bounds.low);
    muster_cell_real(t, bounds.high);
    if (d->response.is_yes_no)
        return;
    const int64_t count = sorted(d, point, scratch);
    muster_cell_real(t, sqrt(cell->variance));
    muster_cell_real(t, muster_quantile_of(scratch, count, 0.05));
    muster_cell_real(t, muster_quantile_of(scratch, count, 0.5));
    muster_cell_real(t, muster_quantile_of(scratch, count, 0.95));
}

/* ---- many points ---------------------------------------------------------------------------------- */

typedef struct placed {
    double mean;
    int64_t point;
} placed;

static int by_mean(const void *left, const void *right)
{
    const placed *a = left, *b = right;
    if (a->mean != b->mean)
        return a->mean > b->mean ? -1 : 1;
    return (a->point > b->point) - (a->point < b->point);
}

/* Of many points those at both ends, for people. */
static bool add_ends(const mst_data *d, bool with_spread, muster_section *section, double *scratch)
{
    char id[80];
    int64_t count = 0;
    placed *all = malloc(((size_t)d->points + 1) * sizeof *all);
    if (!all)
        return false;
    for (int64_t p = 0; p < d->points; p++)
        if (d->cell[p].count > 0)
            all[count++] = (placed){d->cell[p].mean, p};
    qsort(all, (size_t)count, sizeof *all, by_mean);
    muster_table *t = muster_table_add(section, mst_data_id(d, "points-ends", id),
                                       "The ten highest and the ten lowest points");
    add_columns(d, with_spread, t);
    for (int64_t i = 0; i < count; i++)
        if (i < ENDS_MOST / 2 || i >= count - ENDS_MOST / 2)
            add_row(d, with_spread, t, all[i].point, scratch);
    free(all);
    return true;
}

/* ---- pictures ------------------------------------------------------------------------------------- */

static bool has_interval(const mst_data *d)
{
    const bool with_spread = has_spread(d);
    for (int64_t p = 0; p < d->points && with_spread; p++)
        if (mst_cell_bounds(d, &d->cell[p]).is_estimable)
            return true;
    return false;
}

static void draw_dots(const mst_data *d, muster_section *section, muster_table *t)
{
    char name[160];
    if (d->points > STRIPS_MOST || d->points < 2 || !has_spread(d) || range_of(d).defined == 0)
        return;
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_DOTS, t,
                                        has_interval(d) ? "Means with intervals" : "Means");
    muster_plot_role(plot, "label", "point");
    muster_plot_role(plot, "value", "mean");
    muster_plot_role(plot, "low", "low");
    muster_plot_role(plot, "high", "high");
    muster_plot_text(plot, "x_label", mst_figure_name(d, name));
    if (has_interval(d))
        muster_plot_caption(plot, "Mean of each point with its %g %% interval.", 100.0 * d->level);
    else
        muster_plot_caption(plot, "One run a point, which gives no interval.");
}

static muster_status tell(const mst_data *d, const muster_analyze_options *options,
                          muster_section *section)
{
    char id[80];
    size_t most = 1;
    const range r = range_of(d);
    (void)options;
    for (int64_t p = 0; p < d->points; p++)
        most = d->first[p + 1] - d->first[p] > most ? d->first[p + 1] - d->first[p] : most;
    double *scratch = malloc(most * sizeof *scratch);
    if (!scratch)
        return MUSTER_WORLD;
    muster_section_say(section, "%s", d->response.doc);
    tell_range(d, &r, section);
    tell_calm(d, section);
    tell_lost(d, section);
    const bool with_spread = has_spread(d), is_many = d->points > ENDS_MOST,
               has_ends = is_many && r.lows < r.defined && !is_of_answers(d);
    const bool is_well = !has_ends || add_ends(d, with_spread, section, scratch);
    muster_table *t = muster_table_add(section, mst_data_id(d, "points", id), "Points");
    if (is_many)
        muster_table_brief(t, has_ends ? 0 : FEW_ROWS);
    add_columns(d, with_spread, t);
    for (int64_t p = 0; p < d->points; p++)
        add_row(d, with_spread, t, p, scratch);
    draw_dots(d, section, t);
    free(scratch);
    return is_well ? MUSTER_OK : MUSTER_WORLD;
}

const mst_analysis mst_analysis_summary = {
    .name = "summary",
    .title = "Summary",
    .doc = "what each point came to: mean or share with interval, spread, quantiles",
    .needs = "any design",
    .is_usual = true,
    .fits = fits,
    .tell = tell,
};
