/* What each point came to: means, shares and quantiles with intervals. */
#include "analyses/analyses.h"

#include "muster/estimate.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STRIPS_MOST = 40, STRIP_VALUES_MOST = 4000 };

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

static void tell_range(const mst_data *d, muster_section *section)
{
    int64_t low = -1, high = -1, defined = 0;
    char a[64], b[64];
    for (int64_t p = 0; p < d->points; p++) {
        if (d->cell[p].count == 0)
            continue;
        defined++;
        low = low < 0 || d->cell[p].mean < d->cell[low].mean ? p : low;
        high = high < 0 || d->cell[p].mean > d->cell[high].mean ? p : high;
    }
    if (defined == 0) {
        muster_section_say(section, "The figure is defined in no run.");
    } else if (d->cell[low].mean == d->cell[high].mean) {
        muster_section_say(section, "It is %.4g at every point: nothing that was varied moves it.",
                           d->cell[low].mean);
    } else {
        muster_section_say(section, "%s runs from %.4g (%s) to %.4g (%s) over %" PRId64 " points.",
                           d->is_plan_run ? "It" : "Its mean", d->cell[low].mean,
                           mst_point_name(d, low, a), d->cell[high].mean,
                           mst_point_name(d, high, b), defined);
    }
}

static void tell_lost(const mst_data *d, muster_section *section)
{
    int64_t failed = 0, undefined = 0, all = 0;
    for (int64_t p = 0; p < d->points; p++) {
        failed += d->cell[p].failed;
        undefined += d->cell[p].undefined;
        all += d->cell[p].count + d->cell[p].failed + d->cell[p].undefined;
    }
    if (undefined > 0)
        muster_section_say(section,
                           "In %" PRId64 " of %" PRId64
                           " runs it is not defined; means are over the others.",
                           undefined, all);
    if (failed > 0)
        muster_section_say(section, "%" PRId64 " of %" PRId64 " runs failed.", failed, all);
}

/* ---- the table ------------------------------------------------------------------------------------ */

/* One at a time the name of a point says all. */
static int32_t factors_told(const mst_data *d)
{
    return strcmp(d->method, "one-at-a-time") == 0 ? 0 : d->factors;
}

static void add_columns(const mst_data *d, muster_table *t)
{
    const char *unit = d->response.unit;
    const bool is_share = d->response.is_yes_no;
    const muster_column_kind kind = is_share ? MUSTER_COLUMN_SHARE : MUSTER_COLUMN_REAL;
    muster_table_column(t, "point", "point", "", MUSTER_COLUMN_TEXT, 0);
    for (int32_t f = 0; f < factors_told(d); f++)
        muster_table_column(t, d->factor[f].id, NULL, "", MUSTER_COLUMN_TEXT, 0);
    if (!d->is_plan_run)
        muster_table_column(t, "runs", "n", "", MUSTER_COLUMN_WHOLE, 0);
    muster_table_column(t, "mean",
                        d->is_plan_run ? "value"
                        : is_share     ? "share"
                                       : "mean",
                        unit, kind, 4);
    if (d->is_plan_run)
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

static void add_row(const mst_data *d, muster_table *t, int64_t point, double *scratch)
{
    const mst_cell *cell = &d->cell[point];
    char name[64];
    muster_table_row(t);
    muster_cell_text(t, mst_point_name(d, point, name));
    for (int32_t f = 0; f < factors_told(d); f++)
        muster_cell_text(t, mst_level_name(d, f, mst_x(d, point, f), name));
    if (!d->is_plan_run)
        muster_cell_whole(t, cell->count);
    muster_cell_real(t, cell->mean);
    if (d->is_plan_run)
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

/* ---- pictures ------------------------------------------------------------------------------------- */

static void draw_dots(const mst_data *d, muster_section *section, muster_table *t)
{
    char name[160];
    if (d->points > STRIPS_MOST || d->points < 2 || d->is_plan_run)
        return;
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_DOTS, t, "Means with intervals");
    muster_plot_role(plot, "label", "point");
    muster_plot_role(plot, "value", "mean");
    muster_plot_role(plot, "low", "low");
    muster_plot_role(plot, "high", "high");
    muster_plot_text(plot, "x_label", mst_figure_name(d, name));
    muster_plot_caption(plot, "Mean of each point with its %g %% interval.", 100.0 * d->level);
}

static muster_status tell(const mst_data *d, const muster_analyze_options *options,
                          muster_section *section)
{
    char id[80];
    size_t most = 1;
    (void)options;
    for (int64_t p = 0; p < d->points; p++)
        most = d->first[p + 1] - d->first[p] > most ? d->first[p + 1] - d->first[p] : most;
    double *scratch = malloc(most * sizeof *scratch);
    if (!scratch)
        return MUSTER_WORLD;
    muster_section_say(section, "%s", d->response.doc);
    tell_range(d, section);
    tell_lost(d, section);
    muster_table *t = muster_table_add(section, mst_data_id(d, "points", id), "Points");
    add_columns(d, t);
    for (int64_t p = 0; p < d->points; p++)
        add_row(d, t, p, scratch);
    draw_dots(d, section, t);
    free(scratch);
    return MUSTER_OK;
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
