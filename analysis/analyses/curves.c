#include "analyses/curves.h"

#include "analyses/phrase.h"
#include "muster/text.h"

#include <math.h>
#include <stdio.h>

static bool is_of(const mst_data *d, const mst_curve_row *row, bool are_names)
{
    return (d->factor[row->factor].scale == MUSTER_SCALE_NAMES) == are_names;
}

/* What the rows of one table have. */
typedef struct shape {
    bool is_any, are_names, are_bins, are_whole, has_intervals;
    int32_t digits; /* of means: by the largest and the mean half of the intervals */
} shape;

static shape look(const mst_data *d, const mst_curve_row *row, int32_t rows, bool are_names)
{
    shape s = {.are_names = are_names, .are_whole = true};
    double largest = 0.0, sum = 0.0, known = 0.0;
    for (int32_t i = 0; i < rows; i++) {
        const mst_curve_row *r = &row[i];
        if (!is_of(d, r, are_names))
            continue;
        s.is_any = true;
        s.are_bins = s.are_bins || r->from < r->to;
        s.are_whole =
            s.are_whole && !s.are_bins && floor(r->from) >= r->from && fabs(r->from) < 1e9;
        largest = isfinite(r->mean) ? fmax(largest, fabs(r->mean)) : largest;
        if (!isfinite(r->high - r->low))
            continue;
        s.has_intervals = true;
        sum += 0.5 * (r->high - r->low);
        known += 1.0;
    }
    s.digits = mst_told_digits(largest, known > 0.0 ? sum / known : (double)NAN);
    return s;
}

static void add_columns(const mst_data *d, muster_table *t, const shape *s, const char *counted)
{
    const char *unit = d->response.unit;
    const muster_column_kind kind = mst_figure_kind(d);
    muster_table_column(t, "factor", NULL, "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "x", s->are_bins ? "about" : "value", "",
                        s->are_names   ? MUSTER_COLUMN_TEXT
                        : s->are_whole ? MUSTER_COLUMN_WHOLE
                                       : MUSTER_COLUMN_REAL,
                        3);
    muster_table_column(t, "count", counted, "", MUSTER_COLUMN_WHOLE, 0);
    muster_table_column(t, "mean", d->response.is_yes_no ? "share" : "mean", unit, kind, s->digits);
    if (!s->has_intervals)
        return;
    muster_table_column(t, "low", "from", unit, kind, s->digits);
    muster_table_column(t, "high", "to", unit, kind, s->digits);
}

static void add_row(const mst_data *d, muster_table *t, const mst_curve_row *row, const shape *s)
{
    char words[64], head[MST_LABEL_BYTES];
    muster_table_row(t);
    muster_cell_text(t, mst_factor_head(d, row->factor, head));
    if (s->are_names)
        muster_cell_text(t, mst_level_name(d, row->factor, row->from, words));
    else if (s->are_whole)
        muster_cell_whole(t, (int64_t)row->from);
    else
        muster_cell_real(t, 0.5 * (row->from + row->to));
    muster_cell_whole(t, row->count);
    muster_cell_real(t, row->mean);
    if (!s->has_intervals)
        return;
    muster_cell_real(t, row->low);
    muster_cell_real(t, row->high);
}

static void draw(const mst_data *d, muster_section *section, muster_table *t, const mst_curves *how,
                 bool has_intervals)
{
    char name[160];
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_LINES, t, how->title);
    muster_plot_role(plot, "x", "x");
    muster_plot_role(plot, "y", "mean");
    if (has_intervals) {
        muster_plot_role(plot, "low", "low");
        muster_plot_role(plot, "high", "high");
    }
    muster_plot_role(plot, "facet", "factor");
    muster_plot_text(plot, "x_label", "value of the factor");
    muster_plot_text(plot, "y_label", mst_figure_name(d, name));
    muster_plot_caption(plot, "%s", how->caption);
}

static void add_kind(const mst_data *d, muster_section *section, const mst_curves *how,
                     const mst_curve_row *row, int32_t rows, bool are_names)
{
    const shape s = look(d, row, rows, are_names);
    char id[120], title[200];
    if (!s.is_any)
        return;
    muster_text_format(id, sizeof id, "%s%s", how->id, are_names ? "-names" : "");
    muster_text_format(title, sizeof title, "%s%s", how->title,
                       are_names ? ", values that are names" : "");
    muster_table *t = muster_table_add(section, id, title);
    add_columns(d, t, &s, how->counted);
    for (int32_t i = 0; i < rows; i++)
        if (is_of(d, &row[i], are_names))
            add_row(d, t, &row[i], &s);
    draw(d, section, t, how, s.has_intervals);
}

void mst_curves_add(const mst_data *data, muster_section *section, const mst_curves *how,
                    const mst_curve_row *row, int32_t rows)
{
    add_kind(data, section, how, row, rows, false);
    add_kind(data, section, how, row, rows, true);
}
