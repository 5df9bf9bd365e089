/* Tornados, bars and dots drawn in text: labels at the left, figures at the right. */
#include "tell/document.h"

#include <math.h>
#include <string.h>

enum {
    LABEL_MOST = 26,
    SERIES_MOST = 12,
    FIGURE_MOST = 24,
    AREA_LEAST = 20,
    AREA_MOST = 60 /* columns of a drawing itself; fewer where the rest leaves fewer */
};

/* What a column of the drawing shows: a thing, or two that overlap. */
typedef enum mark {
    NOTHING,
    AXIS,   /* the baseline, 0        */
    FIRST,  /* a bar; the low side    */
    SECOND, /* an interval; the high side */
    BOTH,
    LEFT_END,
    RIGHT_END,
    MIDDLE,
    DOT,
    DOTTED_AXIS,
    MARKS
} mark;

static const char *const in_unicode[MARKS] = {
    [NOTHING] = " ",   [AXIS] = "\u258f",       [FIRST] = "\u2588",     [SECOND] = "\u2591",
    [BOTH] = "\u2593", [LEFT_END] = "\u251c",   [RIGHT_END] = "\u2524", [MIDDLE] = "\u2500",
    [DOT] = "\u25cf",  [DOTTED_AXIS] = "\u250a"};
static const char *const in_ascii[MARKS] = {
    [NOTHING] = " ",  [AXIS] = "|",      [FIRST] = "#",  [SECOND] = "-", [BOTH] = "=",
    [LEFT_END] = "|", [RIGHT_END] = "|", [MIDDLE] = "-", [DOT] = "o",    [DOTTED_AXIS] = ":"};

typedef struct drawing {
    mst_doc_screen *screen;
    const muster_table *table;
    muster_plot_kind kind;
    int32_t rows;                            /* told */
    int32_t label, series, value, low, high; /* columns of the table, -1: none */
    int32_t label_width, series_width, figure_width, area;
    const char **figure; /* of each row */
    mst_doc_range range;
    double axis; /* baseline; NaN: none */
    mark cell[AREA_MOST];
} drawing;

static const char *sign(const drawing *d, mark m)
{
    return (d->screen->ascii ? in_ascii : in_unicode)[m];
}

static double number(const drawing *d, int32_t row, int32_t column)
{
    return column >= 0 ? mst_doc_number_at(d->table, row, column) : (double)NAN;
}

/* ---- placing -------------------------------------------------------------------------------- */

/* Edge between two columns of the drawing nearest to a value: 0 .. area. */
static int32_t edge(const drawing *d, double value)
{
    const double share = (value - d->range.low) / (d->range.high - d->range.low);
    return (int32_t)floor(fmin(fmax(share, 0.0), 1.0) * d->area + 0.5);
}

/* Column of the drawing in which a value lies. */
static int32_t column_of(const drawing *d, double value)
{
    const double share = (value - d->range.low) / (d->range.high - d->range.low);
    const int32_t at = (int32_t)floor(fmin(fmax(share, 0.0), 1.0) * d->area);
    return at < d->area ? at : d->area - 1;
}

/* Fills columns between two values; what lies over something else is both. */
static void fill(drawing *d, double from, double to, mark m)
{
    if (isnan(from) || isnan(to))
        return;
    const int32_t one = edge(d, from), other = edge(d, to);
    for (int32_t i = one < other ? one : other; i < (one < other ? other : one); i++)
        d->cell[i] = d->cell[i] == NOTHING ? m : BOTH;
}

static void mark_axis(drawing *d, double value, mark m)
{
    if (isnan(value))
        return;
    const int32_t at = m == DOTTED_AXIS ? column_of(d, value) : edge(d, value);
    if (at < d->area && d->cell[at] == NOTHING)
        d->cell[at] = m;
}

static void place(drawing *d, int32_t row)
{
    const double value = number(d, row, d->value);
    const double low = number(d, row, d->low), high = number(d, row, d->high);
    memset(d->cell, 0, sizeof d->cell);
    if (d->kind == MUSTER_PLOT_TORNADO) {
        fill(d, d->axis, low, SECOND);
        fill(d, d->axis, high, FIRST);
        mark_axis(d, d->axis, AXIS);
    } else if (d->kind == MUSTER_PLOT_BARS) {
        fill(d, 0.0, value, FIRST);
        fill(d, low, high, SECOND);
        mark_axis(d, 0.0, AXIS);
    } else {
        if (!isnan(low) && !isnan(high)) {
            for (int32_t i = column_of(d, low); i < column_of(d, high); i++)
                d->cell[i] = MIDDLE;
            d->cell[column_of(d, low)] = LEFT_END;
            d->cell[column_of(d, high)] = RIGHT_END;
        }
        if (!isnan(value))
            d->cell[column_of(d, value)] = DOT;
        mark_axis(d, d->axis, DOTTED_AXIS);
    }
}

/* ---- words ------------------------------------------------------------------------------------ */

/* A cell that names a row or a series. */
static const char *name_of(const drawing *d, int32_t row, int32_t column, int32_t most)
{
    mst_text whole, cut;
    mst_text_init(&whole, d->screen->arena.memory);
    mst_text_init(&cut, d->screen->arena.memory);
    mst_doc_add_cell(&whole, d->table, row, column);
    mst_doc_add_cut(&cut, whole.bytes ? whole.bytes : "", most, d->screen->ascii ? ".." : "\u2026");
    d->screen->arena.failed = d->screen->arena.failed || whole.failed;
    mst_text_clear(&whole);
    return mst_doc_screen_text(d->screen, &cut);
}

static const char *figure_of(const drawing *d, int32_t row)
{
    char value[64], low[64], high[64];
    const mst_doc_column *const column =
        mst_doc_column_at(d->table, d->value >= 0 ? d->value : d->low);
    mst_text text;
    mst_text_init(&text, d->screen->arena.memory);
    mst_doc_number_words(column, number(d, row, d->value), value);
    mst_doc_number_words(column, number(d, row, d->low), low);
    mst_doc_number_words(column, number(d, row, d->high), high);
    if (d->kind == MUSTER_PLOT_TORNADO)
        mst_text_printf(&text, "%s, %s", low, high);
    else if (isnan(number(d, row, d->low)) || isnan(number(d, row, d->high)))
        mst_text_add(&text, value);
    else
        mst_text_printf(&text, "%s [%s, %s]", value, low, high);
    return mst_doc_screen_text(d->screen, &text);
}

static int32_t wider(int32_t width, const char *words)
{
    const int32_t columns = mst_text_columns(words);
    return columns > width ? columns : width;
}

static void measure(drawing *d)
{
    for (int32_t row = 0; row < d->rows; row++) {
        d->figure[row] = figure_of(d, row);
        d->figure_width = wider(d->figure_width, d->figure[row]);
        d->label_width = wider(d->label_width, name_of(d, row, d->label, LABEL_MOST));
        if (d->series >= 0)
            d->series_width = wider(d->series_width, name_of(d, row, d->series, SERIES_MOST));
    }
    const int32_t names = d->label_width + (d->series >= 0 ? d->series_width + 1 : 0) + 2;
    if (MST_DOC_WIDTH - names - 2 - d->figure_width < AREA_LEAST)
        d->figure_width = 0;
    d->area = MST_DOC_WIDTH - names - (d->figure_width > 0 ? 2 + d->figure_width : 0);
    d->area = d->area < AREA_MOST ? d->area : AREA_MOST;
}

/* ---- lines ---------------------------------------------------------------------------------- */

/* Both ends of the scale, above the drawing. */
static void add_scale(const drawing *d)
{
    char low[64], high[64];
    const mst_doc_column *const column =
        mst_doc_column_at(d->table, d->value >= 0 ? d->value : d->low);
    mst_doc_number_words(column, d->range.low, low);
    mst_doc_number_words(column, d->range.high, high);
    mst_text_repeat(&d->screen->text, " ",
                    d->label_width + (d->series >= 0 ? d->series_width + 1 : 0) + 2);
    mst_text_add(&d->screen->text, low);
    mst_text_pad(&d->screen->text, high, -(d->area - mst_text_columns(low)));
    mst_text_add(&d->screen->text, "\n");
}

static void add_row(drawing *d, int32_t row)
{
    mst_text *const out = &d->screen->text;
    const char *const label = name_of(d, row, d->label, LABEL_MOST);
    const bool is_again =
        d->series >= 0 && row > 0 && strcmp(label, name_of(d, row - 1, d->label, LABEL_MOST)) == 0;
    mst_text_pad(out, is_again ? "" : label, d->label_width + (d->series >= 0 ? 1 : 2));
    if (d->series >= 0)
        mst_text_pad(out, name_of(d, row, d->series, SERIES_MOST), d->series_width + 2);
    place(d, row);
    for (int32_t i = 0; i < d->area; i++)
        mst_text_add(out, sign(d, d->cell[i]));
    if (d->figure_width > 0)
        mst_text_printf(out, "  %s", d->figure[row]);
    mst_text_add(out, "\n");
}

static void add_legend(const drawing *d)
{
    mst_text *const out = &d->screen->text;
    char axis[64];
    const mst_doc_column *const column =
        mst_doc_column_at(d->table, d->value >= 0 ? d->value : d->low);
    mst_doc_number_words(column, d->axis, axis);
    if (d->kind == MUSTER_PLOT_TORNADO)
        mst_text_printf(out, "%s low, %s high, %s both, from %s\n", sign(d, SECOND), sign(d, FIRST),
                        sign(d, BOTH), axis);
    else if (d->kind == MUSTER_PLOT_BARS && d->low >= 0)
        mst_text_printf(out, "%s interval below and %s above the end of a bar\n", sign(d, BOTH),
                        sign(d, SECOND));
    else if (d->kind == MUSTER_PLOT_DOTS && !isnan(d->axis))
        mst_text_printf(out, "%s %s\n", sign(d, DOTTED_AXIS), axis);
}

static bool find_range(drawing *d)
{
    d->range = mst_doc_range_begin(false);
    for (int32_t row = 0; row < d->rows; row++) {
        mst_doc_range_value(&d->range, number(d, row, d->value));
        mst_doc_range_value(&d->range, number(d, row, d->low));
        mst_doc_range_value(&d->range, number(d, row, d->high));
    }
    mst_doc_range_value(&d->range, d->axis);
    return mst_doc_range_end(&d->range);
}

void mst_doc_draw(mst_doc_screen *screen, const muster_plot *plot)
{
    const muster_table *const table = plot->table;
    drawing d = {.screen = screen,
                 .table = table,
                 .kind = plot->kind,
                 .rows = mst_doc_rows_told(screen, table->rows),
                 .label = mst_doc_column_of(plot, "label", 0),
                 .series = mst_doc_column_of(plot, "series", 0),
                 .value = mst_doc_column_of(plot, "value", 0),
                 .low = mst_doc_column_of(plot, "low", 0),
                 .high = mst_doc_column_of(plot, "high", 0),
                 .axis = plot->baseline};
    if (d.kind == MUSTER_PLOT_BARS || (d.kind == MUSTER_PLOT_TORNADO && isnan(d.axis)))
        d.axis = 0.0;
    if (!find_range(&d)) {
        mst_text_add(&screen->text, "(nothing to draw)\n");
        return;
    }
    d.figure = mst_arena_array(&screen->arena, (size_t)d.rows, sizeof *d.figure);
    if (!d.figure)
        return;
    measure(&d);
    add_scale(&d);
    for (int32_t row = 0; row < d.rows; row++)
        add_row(&d, row);
    mst_doc_more(screen, table->rows, d.rows);
    add_legend(&d);
}
