/* Lines and points for gnuplot. */
#include "tell/document_gnuplot.h"

#include <math.h>

enum { PLANE_PX = 520, FACET_PX = 310 };

static int32_t role(const mst_gp *gp, const char *name)
{
    return mst_doc_column_of(gp->plot, name, 0);
}

static void begin_element(mst_gp *gp, bool is_first)
{
    mst_text_printf(&gp->text, "%s%s skip 1 using ", is_first ? "plot " : ", \\\n     ",
                    gp->source);
}

/* ---- lines ------------------------------------------------------------------------------------ */

typedef struct lines {
    int32_t x, y, low, high, series, facet; /* columns */
    int32_t series_count, facet_count;
} lines;

/* x of the rows of one series and facet (from 0). */
static void add_x(mst_gp *gp, const lines *l, int32_t series, int32_t facet)
{
    const bool is_some = l->series >= 0 || l->facet >= 0;
    mst_text_add(&gp->text, "(");
    if (l->facet >= 0)
        mst_text_printf(&gp->text, "C%d[$0+1]==%d", (int)l->facet + 1, (int)facet + 1);
    if (l->series >= 0)
        mst_text_printf(&gp->text, "%sC%d[$0+1]==%d", l->facet >= 0 ? " && " : "",
                        (int)l->series + 1, (int)series + 1);
    mst_text_add(&gp->text, is_some ? " ? " : "");
    mst_gp_value(gp, l->x);
    mst_text_add(&gp->text, is_some ? " : NaN)" : ")");
}

static void add_line(mst_gp *gp, const lines *l, int32_t series, int32_t facet)
{
    begin_element(gp, series == 0);
    add_x(gp, l, series, facet);
    mst_text_printf(&gp->text, ":%d with linespoints lc rgb '%s' dt %d lw 2 pt 7 ps 0.5 ",
                    (int)l->y + 1, mst_gp_color(series), (int)mst_gp_dashes(series));
    if (l->series >= 0 && l->facet < 0) {
        mst_text_add(&gp->text, "title ");
        mst_gp_quote_cell(gp, mst_gp_codes_of(gp, l->series)->row_of[series], l->series,
                          MST_GP_SHORT, false);
    } else {
        mst_text_add(&gp->text, "notitle");
    }
    if (l->low < 0)
        return;
    begin_element(gp, false);
    add_x(gp, l, series, facet);
    mst_text_printf(&gp->text, ":%d:(0):($%d-$%d) with " MST_GP_INTERVAL " lc rgb '%s' notitle",
                    (int)l->low + 1, (int)l->high + 1, (int)l->low + 1, mst_gp_color(series));
}

/* The range of x in one facet, unless it shows texts. */
static void set_x_of_facet(mst_gp *gp, const lines *l, int32_t facet)
{
    const int32_t *const facet_of = mst_gp_codes_of(gp, l->facet)->of_row;
    mst_doc_range range = mst_doc_range_begin(gp->plot->log_x);
    if (mst_doc_column_at(gp->table, l->x)->kind == MUSTER_COLUMN_TEXT || !facet_of)
        return;
    for (int32_t row = 0; row < gp->table->rows; row++)
        if (facet_of[row] == facet + 1)
            mst_doc_range_value(&range, mst_doc_number_at(gp->table, row, l->x));
    if (!mst_doc_range_end(&range))
        range = (mst_doc_range){1.0, 2.0, gp->plot->log_x}; /* nothing is in it */
    mst_gp_range(gp, 'x', range, 0.03);
}

static void add_facet(mst_gp *gp, const lines *l, int32_t facet)
{
    if (l->facet >= 0) {
        mst_text_add(&gp->text, "set title ");
        mst_gp_quote_cell(gp, mst_gp_codes_of(gp, l->facet)->row_of[facet], l->facet, MST_GP_LABEL,
                          false);
        mst_text_add(&gp->text, "\n");
        set_x_of_facet(gp, l, facet);
    }
    for (int32_t series = 0; series < l->series_count; series++)
        add_line(gp, l, series, facet);
    mst_text_add(&gp->text, "\n");
}

/* Axes: all facets share that of y, so that what is steep in one is steep in another; that of x is a
 * facet's own unless it shows texts. */
static void add_axes(mst_gp *gp, const lines *l, mst_doc_range x, mst_doc_range y)
{
    if (mst_doc_column_at(gp->table, l->x)->kind == MUSTER_COLUMN_TEXT) {
        mst_text_printf(&gp->text, "set xrange [0.5:%d.5]\n",
                        (int)mst_gp_codes_of(gp, l->x)->count);
        mst_gp_category_tics(gp, 'x', l->x, MST_GP_SHORT);
    } else if (l->facet < 0) {
        mst_gp_range(gp, 'x', x, 0.03);
    }
    mst_gp_range(gp, 'y', y, 0.05);
    mst_gp_axis_label(gp, 'x', gp->plot->x_label, l->x);
    mst_gp_axis_label(gp, 'y', gp->plot->y_label, l->y);
    mst_gp_thresholds(gp, 'y', &gp->plot->threshold);
}

/* Facets in order, and behind them what the series are. */
static void add_facets(mst_gp *gp, const lines *l)
{
    const int32_t places = l->facet_count + (l->series_count > 1);
    const int32_t across = places < 3 ? places : places == 4 ? 2 : places <= 9 ? 3 : 4;
    const int32_t down = (places + across - 1) / across;
    mst_gp_begin(gp, across < 3 ? MST_GP_WIDTH : across * 360, 60 + down * FACET_PX, MST_GP_PARTS);
    mst_gp_multiplot(gp, down, across, 60 + down * FACET_PX);
    for (int32_t facet = 0; facet < l->facet_count; facet++) {
        add_facet(gp, l, facet);
        if (facet == 0)
            mst_text_add(&gp->text, "unset label\n");
    }
    if (l->series_count > 1)
        mst_gp_key_alone(gp, l->series, "lines lw 2");
    mst_text_add(&gp->text, "unset multiplot\n");
}

void mst_gp_lines(mst_gp *gp)
{
    lines l = {.x = role(gp, "x"),
               .y = role(gp, "y"),
               .low = role(gp, "low"),
               .high = role(gp, "high"),
               .series = role(gp, "series"),
               .facet = role(gp, "facet"),
               .series_count = 1,
               .facet_count = 1};
    mst_doc_range x = mst_gp_range_of(gp, gp->plot->log_x, &l.x, 1);
    mst_doc_range y =
        mst_gp_range_of(gp, gp->plot->log_y, (const int32_t[]){l.y, l.low, l.high}, 3);
    if (l.series >= 0)
        l.series_count = mst_gp_codes_of(gp, l.series)->count;
    if (l.facet >= 0)
        l.facet_count = mst_gp_codes_of(gp, l.facet)->count;
    if (!mst_doc_range_end(&x) || !mst_doc_range_end(&y) || l.series_count == 0 ||
        l.facet_count == 0) {
        mst_gp_nothing(gp);
        return;
    }
    add_axes(gp, &l, x, y);
    if (l.facet >= 0) {
        add_facets(gp, &l);
        return;
    }
    mst_gp_begin(gp, MST_GP_WIDTH, PLANE_PX, l.series_count);
    add_facet(gp, &l, 0);
}

/* ---- points ----------------------------------------------------------------------------------- */

/* Share of an axis at which a value lies, with the margin that mst_gp_range leaves. */
static double share_of(mst_doc_range range, double value, double margin)
{
    const double share = range.is_positive ? log(value / range.low) / log(range.high / range.low)
                                           : (value - range.low) / (range.high - range.low);
    return (share + margin) / (1.0 + 2.0 * margin);
}

static bool is_on(mst_doc_range range, double value)
{
    return value >= range.low && value <= range.high;
}

/* Names beside the points, in order of the table; those without room are counted in a note. */
static void add_names(mst_gp *gp, mst_doc_range x, mst_doc_range y, double margin)
{
    const int32_t columns[] = {role(gp, "x"), role(gp, "y"), role(gp, "label")};
    int32_t count = 0;
    mst_gp_spot *const spots = mst_arena_array(&gp->arena, (size_t)gp->table->rows, sizeof *spots);
    for (int32_t row = 0; spots && row < gp->table->rows; row++) {
        const double at[] = {mst_doc_number_at(gp->table, row, columns[0]),
                             mst_doc_number_at(gp->table, row, columns[1])};
        if (is_on(x, at[0]) && is_on(y, at[1]))
            spots[count++] = (mst_gp_spot){
                .x = share_of(x, at[0], margin), .y = share_of(y, at[1], margin), .row = row};
    }
    const int32_t without = spots ? mst_gp_place(gp, spots, count, columns[2]) : 0;
    for (int32_t i = 0; spots && i < count; i++) {
        if (spots[i].place < 0)
            continue;
        mst_text_add(&gp->text, "set label ");
        mst_gp_quote_cell(gp, spots[i].row, columns[2], MST_GP_SHORT, false);
        mst_text_add(&gp->text, " at ");
        mst_gp_number(gp, mst_doc_number_at(gp->table, spots[i].row, columns[0]));
        mst_text_add(&gp->text, ",");
        mst_gp_number(gp, mst_doc_number_at(gp->table, spots[i].row, columns[1]));
        mst_text_printf(&gp->text, " %s font ',11' front\n", mst_gp_place_words(spots[i].place));
    }
    if (without > 0)
        gp->note = mst_arena_printf(&gp->arena,
                                    "No room for the name%s of %d of %d points: see the table.",
                                    without == 1 ? "" : "s", (int)without, (int)count);
}

static void add_cloud(mst_gp *gp, int32_t color, bool is_category, int32_t of)
{
    const int32_t x = role(gp, "x"), y = role(gp, "y");
    begin_element(gp, of == 0);
    if (color >= 0 && is_category) {
        mst_text_printf(&gp->text, "(C%d[$0+1]==%d ? $%d : NaN):%d with points pt 7 lc rgb '%s' ",
                        (int)color + 1, (int)of + 1, (int)x + 1, (int)y + 1, mst_gp_color(of));
        mst_text_add(&gp->text, "title ");
        mst_gp_quote_cell(gp, mst_gp_codes_of(gp, color)->row_of[of], color, MST_GP_SHORT, false);
        return;
    }
    mst_text_printf(&gp->text, "%d:%d", (int)x + 1, (int)y + 1);
    if (color >= 0)
        mst_text_printf(&gp->text, ":%d with points pt 7 lc palette notitle", (int)color + 1);
    else
        mst_text_printf(&gp->text, " with points pt 7 lc rgb '%s' notitle", mst_gp_color(0));
}

static void add_slopes(mst_gp *gp)
{
    const mst_list *const list = &gp->plot->slope;
    for (int32_t i = 0; i < list->count; i++) {
        mst_text_add(&gp->text, ", \\\n     ");
        mst_gp_number(gp, *MST_AT(const double, list, i));
        mst_text_printf(&gp->text, "*x with lines lc rgb '#444444' dt %d title 'slope ",
                        (int)i % 4 + 2);
        mst_gp_number(gp, *MST_AT(const double, list, i));
        mst_text_add(&gp->text, "'");
    }
}

/* Of an axis, wide enough for its thresholds: a limit may lie between the points and the edge. */
static mst_doc_range range_of_points(mst_gp *gp, bool is_log, int32_t column,
                                     const mst_list *thresholds)
{
    mst_doc_range range = mst_gp_range_of(gp, is_log, &column, 1);
    const bool is_empty = range.low > range.high;
    for (int32_t i = 0; !is_empty && i < thresholds->count; i++)
        mst_doc_range_value(&range, *MST_AT(const double, thresholds, i));
    return range;
}

void mst_gp_points(mst_gp *gp)
{
    static const double margin = 0.05;
    const int32_t x = role(gp, "x"), y = role(gp, "y"), color = role(gp, "color");
    const bool is_category = mst_gp_is_category(gp, color);
    const int32_t count = is_category ? mst_gp_codes_of(gp, color)->count : 1;
    mst_doc_range xs = range_of_points(gp, gp->plot->log_x, x, &gp->plot->x_threshold);
    mst_doc_range ys = range_of_points(gp, gp->plot->log_y, y, &gp->plot->threshold);
    if (gp->plot->slope.count > 0 && !gp->plot->log_x && !gp->plot->log_y) { /* where they begin */
        mst_doc_range_value(&xs, 0.0);
        mst_doc_range_value(&ys, 0.0);
    }
    if (!mst_doc_range_end(&xs) || !mst_doc_range_end(&ys) || count == 0) {
        mst_gp_nothing(gp);
        return;
    }
    mst_gp_range(gp, 'x', xs, margin);
    mst_gp_range(gp, 'y', ys, margin);
    mst_gp_axis_label(gp, 'x', gp->plot->x_label, x);
    mst_gp_axis_label(gp, 'y', gp->plot->y_label, y);
    const int32_t entries = (is_category ? count : 0) + gp->plot->slope.count;
    if (color >= 0 && !is_category)
        mst_gp_palette(gp, color);
    mst_gp_thresholds(gp, 'x', &gp->plot->x_threshold);
    mst_gp_thresholds(gp, 'y', &gp->plot->threshold);
    if (role(gp, "label") >= 0)
        add_names(gp, xs, ys, margin);
    mst_gp_begin(gp, MST_GP_WIDTH, PLANE_PX + 60, entries == 1 ? 2 : entries);
    for (int32_t of = 0; of < count; of++)
        add_cloud(gp, color, is_category, of);
    add_slopes(gp);
    mst_text_add(&gp->text, "\n");
}
