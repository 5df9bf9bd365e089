/* One factor at a time, in tables and pictures. */
#include "analyses/curves.h"
#include "analyses/tornado_parts.h"
#include "muster/text.h"

#include <math.h>
#include <stdlib.h>

static const char *verdict_words(const mst_tornado_found *t, int32_t i)
{
    static const char *const words[] = {[MST_TORNADO_MOVES] = "yes",
                                        [MST_TORNADO_NOISE] = "noise",
                                        [MST_TORNADO_NOTHING] = "no",
                                        [MST_TORNADO_UNKNOWN] = "unknown"};
    return words[t->verdict[i]];
}

/* Columns of the figure at an end; with chance in it its interval too. */
static void add_figure(const mst_tornado_found *t, muster_table *table, const char *name,
                       const char *label, int32_t digits)
{
    const mst_data *d = t->data;
    char end[24];
    muster_table_column(table, name, label, d->response.unit, mst_figure_kind(d), digits);
    for (int k = 0; k < 2 && !d->is_plan_run; k++) {
        muster_text_format(end, sizeof end, "%s_%s", name, k == 0 ? "from" : "to");
        muster_table_column(table, end, k == 0 ? "from" : "to", d->response.unit,
                            mst_figure_kind(d), digits);
    }
}

static void add_end(const mst_tornado_found *t, muster_table *table, int64_t point)
{
    const mst_data *d = t->data;
    const muster_bounds b = mst_cell_bounds(d, &d->cell[point]);
    muster_cell_real(table, d->cell[point].mean);
    if (d->is_plan_run)
        return;
    muster_cell_real(table, b.is_estimable ? b.low : (double)NAN);
    muster_cell_real(table, b.is_estimable ? b.high : (double)NAN);
}

static void add_columns(const mst_tornado_found *t, muster_table *table)
{
    const mst_data *d = t->data;
    const char *unit = d->response.unit;
    const muster_column_kind kind = mst_figure_kind(d);
    double largest = 0.0;
    for (int32_t i = 0; i < t->count; i++)
        if (!isnan(t->bar[i].span))
            largest = fmax(largest, fabs(d->cell[mst_tornado_reach_of(t, i)->high].mean));
    const int32_t digits = mst_told_digits(largest, mst_tornado_half(d, t->centre));
    muster_table_column(table, "factor", NULL, "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(table, "low_value", "low", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(table, "high_value", "high", "", MUSTER_COLUMN_TEXT, 0);
    add_figure(t, table, "at_low", "at low", digits);
    add_figure(t, table, "at_high", "at high", digits);
    muster_table_column(table, "difference", "change", unit, kind, d->is_plan_run ? 4 : 2);
    if (!d->is_plan_run) {
        muster_table_column(table, "from", NULL, unit, kind, 2);
        muster_table_column(table, "to", NULL, unit, kind, 2);
    }
    muster_table_column(table, "verdict", "moves it", "", MUSTER_COLUMN_TEXT, 0);
}

static void add_row(const mst_tornado_found *t, muster_table *table, int32_t i)
{
    const mst_data *d = t->data;
    const mst_tornado_reach *r = mst_tornado_reach_of(t, i);
    char words[MST_NUMBER_BYTES];
    muster_table_row(table);
    muster_cell_text(table, mst_factor_label(d, r->factor));
    muster_cell_text(table, mst_tornado_end(t, i, false, words));
    muster_cell_text(table, mst_tornado_end(t, i, true, words));
    add_end(t, table, r->low);
    add_end(t, table, r->high);
    muster_cell_real(table, t->bar[i].swing.mean);
    if (!d->is_plan_run) {
        muster_cell_real(table, t->bar[i].swing.low);
        muster_cell_real(table, t->bar[i].swing.high);
    }
    muster_cell_text(table, verdict_words(t, i));
}

/* Every factor has a row, for its range is worth knowing also where nothing comes of it; a picture without a
 * bar is none. */
static void draw_factors(const mst_tornado_found *t)
{
    const mst_data *d = t->data;
    char id[80], name[160];
    bool has_bar = false;
    muster_table *table =
        muster_table_add(t->section, mst_data_id(d, "tornado-factors", id), "Factors alone");
    add_columns(t, table);
    for (int32_t i = 0; i < t->count; i++) {
        add_row(t, table, i);
        has_bar = has_bar || t->bar[i].span > 0.0;
    }
    if (!has_bar)
        return;
    muster_plot *plot =
        muster_plot_add(t->section, MUSTER_PLOT_TORNADO, table, "Each factor between its ends");
    muster_plot_role(plot, "label", "factor");
    muster_plot_role(plot, "low", "at_low");
    muster_plot_role(plot, "high", "at_high");
    muster_plot_role(plot, "low_value", "low_value");
    muster_plot_role(plot, "high_value", "high_value");
    muster_plot_number(plot, "baseline", d->cell[t->centre].mean);
    muster_plot_text(plot, "x_label", mst_figure_name(d, name));
    muster_plot_caption(plot,
                        "Bars go from the scenario as it stands to the figure at the ends of the "
                        "factor's range, which the table has: a wider range has a longer bar.");
}

static int by_factor_and_value(const void *left, const void *right)
{
    const mst_curve_row *a = left, *b = right;
    if (a->factor != b->factor)
        return a->factor < b->factor ? -1 : 1;
    return (a->from > b->from) - (a->from < b->from);
}

/* Factors with more than two values, along them. Flat ones are named and not drawn. */
static muster_status draw_curves(const mst_tornado_found *t)
{
    const mst_data *d = t->data;
    char id[80];
    int32_t rows = 0;
    bool has_flat = false;
    for (int32_t i = 0; i < t->count; i++)
        has_flat = has_flat ||
                   (mst_tornado_reach_of(t, i)->levels > 2 && t->verdict[i] == MST_TORNADO_NOTHING);
    mst_curve_row *row = malloc(((size_t)d->points + 1) * sizeof *row);
    for (int32_t i = 0; row && i < t->count; i++)
        for (int64_t p = 0; p < d->points; p++) {
            const mst_tornado_reach *r = mst_tornado_reach_of(t, i);
            const int32_t factor = r->factor;
            if (r->levels < 3 || t->verdict[i] == MST_TORNADO_NOTHING ||
                !mst_tornado_is_block(d, p, "one") || d->point[p].factor != factor)
                continue;
            const muster_bounds b = mst_cell_bounds(d, &d->cell[p]);
            const bool has = b.is_estimable && !d->is_plan_run;
            const double x = mst_x(d, p, factor), none = (double)NAN;
            row[rows++] = (mst_curve_row){factor,
                                          x,
                                          x,
                                          d->cell[p].count,
                                          d->cell[p].mean,
                                          has ? b.low : none,
                                          has ? b.high : none};
        }
    if (!row)
        return MUSTER_WORLD;
    qsort(row, (size_t)rows, sizeof *row, by_factor_and_value);
    char caption[240];
    muster_text_format(caption, sizeof caption, "%s%s",
                       d->is_plan_run ? "One value a point."
                                      : "Means with their intervals; points share random numbers, "
                                        "so that differences are surer than these.",
                       has_flat ? " A factor that changes nothing in any run is not drawn." : "");
    const mst_curves how = {.id = mst_data_id(d, "tornado-levels", id),
                            .title = "Along the values of each factor",
                            .caption = caption,
                            .counted = "n"};
    mst_curves_add(d, t->section, &how, row, rows);
    free(row);
    return MUSTER_OK;
}

muster_status mst_tornado_draw(const mst_tornado_found *t)
{
    draw_factors(t);
    return draw_curves(t);
}
