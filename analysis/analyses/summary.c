/* What each point came to: means, shares and quantiles with intervals. */
#include "analyses/summary.h"
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
    const bool with_spread = mst_summary_has_spread(d);
    for (int64_t p = 0; p < d->points && with_spread; p++)
        if (mst_cell_bounds(d, &d->cell[p]).is_estimable)
            return true;
    return false;
}

static void draw_dots(const mst_data *d, muster_section *section, muster_table *t)
{
    char name[160];
    if (d->points > STRIPS_MOST || d->points < 2 || !mst_summary_has_spread(d) ||
        mst_summary_range_of(d).defined == 0)
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
    const mst_summary_range r = mst_summary_range_of(d);
    (void)options;
    for (int64_t p = 0; p < d->points; p++)
        most = d->first[p + 1] - d->first[p] > most ? d->first[p + 1] - d->first[p] : most;
    double *scratch = malloc(most * sizeof *scratch);
    if (!scratch)
        return MUSTER_WORLD;
    muster_section_say(section, "%s", d->response.doc);
    mst_summary_say(d, &r, section);
    const bool with_spread = mst_summary_has_spread(d), is_many = d->points > ENDS_MOST,
               has_ends = is_many && r.lows < r.defined && !mst_summary_is_of_answers(d);
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
