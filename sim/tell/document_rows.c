/* Tornados, bars, dots and strips for gnuplot: a row for each label, from above, values along x. */
#include "tell/document_gnuplot.h"

#include <math.h>
#include <stdlib.h>

enum {
    ROW_PX = 24,
    TORNADO_PX = 30,
    BAR_PX = 13,
    STRIP_PX = 34,
    FRAME_PX = 110,
    HEIGHT_MOST = 9000
};

static int32_t role(const mst_gp *gp, const char *name)
{
    return mst_doc_column_of(gp->plot, name, 0);
}

static int32_t height_of(int32_t rows, int32_t row_px)
{
    const int64_t height = FRAME_PX + (int64_t)rows * row_px;
    return (int32_t)(height < HEIGHT_MOST ? height : HEIGHT_MOST);
}

/* The labels of some rows of the table (null: of all), at y = 0, -1, -2 ... */
static void add_labels(mst_gp *gp, const int32_t *rows, int32_t count)
{
    mst_text_printf(&gp->text, "set yrange [%.1f:0.5]\nset ytics ()\n", 0.5 - count);
    for (int32_t i = 0; i < count; i++) {
        mst_text_add(&gp->text, "set ytics add (");
        mst_gp_quote_cell(gp, rows ? rows[i] : i, role(gp, "label"), MST_GP_LABEL, true);
        mst_text_printf(&gp->text, " %d)\n", -(int)i);
    }
}

/* A line across the plot at a value of x. */
static void add_upright(mst_gp *gp, double value)
{
    mst_text_add(&gp->text, "set arrow from first ");
    mst_gp_number(gp, value);
    mst_text_add(&gp->text, ", graph 0 to first ");
    mst_gp_number(gp, value);
    mst_text_add(&gp->text, ", graph 1 nohead lc rgb '#000000' front\n");
}

/* "plot data skip 1 using ", or what goes on with it. */
static void begin_element(mst_gp *gp, bool is_first)
{
    mst_text_printf(&gp->text, "%s%s skip 1 using ", is_first ? "plot " : ", \\\n     ",
                    gp->source);
}

/* ---- tornado -------------------------------------------------------------------------------- */

static double base_of(const mst_gp *gp)
{
    return isnan(gp->plot->baseline) ? 0.0 : gp->plot->baseline;
}

/* What the factor was set to, at the end of its bar. */
static void add_end(mst_gp *gp, int32_t row, int32_t value, int32_t other, int32_t words,
                    bool is_low)
{
    const double at = mst_doc_number_at(gp->table, row, value);
    const double facing = mst_doc_number_at(gp->table, row, other);
    if (words < 0 || isnan(at))
        return;
    const mst_doc_cell *const cell = mst_doc_cell_at(gp->table, row, words);
    if (!cell->text && isnan(cell->number))
        return;
    const bool is_left = at < base_of(gp) || (at <= base_of(gp) && facing > base_of(gp));
    mst_text_add(&gp->text, "set label ");
    mst_gp_quote_cell(gp, row, words, MST_GP_SHORT, false);
    mst_text_add(&gp->text, " at ");
    mst_gp_number(gp, at);
    const bool is_same = (at - base_of(gp)) * (facing - base_of(gp)) > 0.0;
    mst_text_printf(&gp->text, ",%.1f %s font ',11' front\n",
                    -row + (!is_same ? 0.0
                            : is_low ? 0.2
                                     : -0.2),
                    is_left ? "right offset -0.5,0" : "left offset 0.5,0");
}

/* One of the two sides: as high as the row, or half of that where both lie on one side. */
static void add_side(mst_gp *gp, int32_t low, int32_t high, bool is_low)
{
    const int32_t column = is_low ? low : high;
    begin_element(gp, is_low);
    mst_text_printf(&gp->text, "(0.5*(base+$%d)):(-$0):(base):%d:", (int)column + 1,
                    (int)column + 1);
    mst_text_printf(&gp->text,
                    is_low ? "(-$0+(same($%d,$%d) ? 0.02 : -0.38)):(-$0+0.38)"
                           : "(-$0-0.38):(-$0+(same($%d,$%d) ? -0.02 : 0.38))",
                    (int)low + 1, (int)high + 1);
    mst_text_printf(&gp->text, " with boxxyerror lc rgb '%s' title ", mst_gp_color(is_low ? 5 : 4));
    mst_gp_quote(&gp->text, mst_gp_head(gp, column, MST_GP_LABEL));
}

void mst_gp_tornado(mst_gp *gp)
{
    const int32_t low = role(gp, "low"), high = role(gp, "high");
    const int32_t low_value = role(gp, "low_value"), high_value = role(gp, "high_value");
    mst_doc_range range = mst_gp_range_of(gp, false, (const int32_t[]){low, high}, 2);
    mst_doc_range_value(&range, base_of(gp));
    mst_doc_range_end(&range);
    mst_gp_begin(gp, MST_GP_WIDTH, height_of(gp->table->rows, TORNADO_PX), 2);
    add_labels(gp, NULL, gp->table->rows);
    mst_gp_range(gp, 'x', range, low_value >= 0 || high_value >= 0 ? 0.15 : 0.05);
    mst_gp_axis_label(gp, 'x', gp->plot->x_label, low);
    add_upright(gp, base_of(gp));
    for (int32_t row = 0; row < gp->table->rows; row++) {
        add_end(gp, row, low, high, low_value, true);
        add_end(gp, row, high, low, high_value, false);
    }
    mst_text_add(&gp->text, "base = ");
    mst_gp_number(gp, base_of(gp));
    mst_text_add(&gp->text, "\nsame(l,h) = (l-base)*(h-base) > 0\n");
    add_side(gp, low, high, true);
    add_side(gp, low, high, false);
    mst_text_add(&gp->text, "\n");
}

/* ---- bars --------------------------------------------------------------------------------------- */

typedef struct bars {
    int32_t value, low, high; /* columns              */
    int32_t label, series;
    int32_t of, count; /* the series, from 0   */
} bars;

/* x: the value times a factor, of the rows of one series. */
static void add_value(mst_gp *gp, const bars *b, const char *factor)
{
    if (b->series < 0)
        mst_text_printf(&gp->text, "(%s$%d)", factor, (int)b->value + 1);
    else
        mst_text_printf(&gp->text, "(C%d[$0+1]==%d ? %s$%d : NaN)", (int)b->series + 1,
                        (int)b->of + 1, factor, (int)b->value + 1);
}

/* y of a bar's middle, or beside it: of its label, and within that of its series. */
static void add_height(mst_gp *gp, const bars *b, double shift)
{
    if (b->series < 0)
        mst_text_printf(&gp->text, "(-$0%+.4f)", shift);
    else
        mst_text_printf(&gp->text, "(1-C%d[$0+1]%+.4f)", (int)b->label + 1,
                        0.4 - 0.8 * (b->of + 0.5) / b->count + shift);
}

static void add_bar(mst_gp *gp, const bars *b)
{
    const double half = 0.37 / b->count;
    begin_element(gp, b->of == 0);
    add_value(gp, b, "0.5*");
    mst_text_add(&gp->text, ":");
    add_height(gp, b, 0.0);
    mst_text_printf(&gp->text, ":(0):%d:", (int)b->value + 1);
    add_height(gp, b, -half);
    mst_text_add(&gp->text, ":");
    add_height(gp, b, half);
    mst_text_printf(&gp->text, " with boxxyerror lc rgb '%s' ", mst_gp_color(b->of));
    if (b->series < 0) {
        mst_text_add(&gp->text, "notitle");
        return;
    }
    mst_text_add(&gp->text, "title ");
    mst_gp_quote_cell(gp, mst_gp_codes_of(gp, b->series)->row_of[b->of], b->series, MST_GP_SHORT,
                      false);
}

static void add_interval(mst_gp *gp, const bars *b)
{
    if (b->low < 0)
        return;
    bars low = *b;
    low.value = b->low;
    begin_element(gp, false);
    add_value(gp, &low, "");
    mst_text_add(&gp->text, ":");
    add_height(gp, b, 0.0);
    mst_text_printf(&gp->text, ":($%d-$%d):(0) with " MST_GP_INTERVAL " lc rgb '#000000' notitle",
                    (int)b->high + 1, (int)b->low + 1);
}

void mst_gp_bars(mst_gp *gp)
{
    bars b = {.value = role(gp, "value"),
              .low = role(gp, "low"),
              .high = role(gp, "high"),
              .label = role(gp, "label"),
              .series = role(gp, "series"),
              .count = 1};
    mst_doc_range range = mst_gp_range_of(gp, false, (const int32_t[]){b.value, b.low, b.high}, 3);
    mst_doc_range_value(&range, 0.0);
    mst_doc_range_end(&range);
    const mst_gp_codes *labels = NULL;
    if (b.series >= 0) {
        labels = mst_gp_codes_of(gp, b.label);
        b.count = mst_gp_codes_of(gp, b.series)->count;
        if (labels->count == 0 || b.count == 0) {
            mst_gp_nothing(gp);
            return;
        }
    }
    const int32_t rows = labels ? labels->count : gp->table->rows;
    mst_gp_begin(gp, MST_GP_WIDTH, height_of(rows, labels ? 8 + BAR_PX * b.count : ROW_PX),
                 b.count);
    add_labels(gp, labels ? labels->row_of : NULL, rows);
    mst_gp_range(gp, 'x', range, 0.05);
    mst_gp_axis_label(gp, 'x', gp->plot->x_label, b.value);
    add_upright(gp, 0.0);
    mst_gp_thresholds(gp, 'x', &gp->plot->threshold);
    for (b.of = 0; b.of < b.count; b.of++)
        add_bar(gp, &b);
    for (b.of = 0; b.of < b.count; b.of++)
        add_interval(gp, &b);
    mst_text_add(&gp->text, "\n");
}

/* ---- dots --------------------------------------------------------------------------------------- */

/* x of the rows of one colour, from a column. */
static void add_dot_value(mst_gp *gp, int32_t column, int32_t color, bool is_category, int32_t of)
{
    if (is_category)
        mst_text_printf(&gp->text, "(C%d[$0+1]==%d ? $%d : NaN)", (int)color + 1, (int)of + 1,
                        (int)column + 1);
    else
        mst_text_printf(&gp->text, "%d", (int)column + 1);
}

/* The intervals of one colour, or its dots, which lie above and are there without an interval too. */
static void add_dots(mst_gp *gp, int32_t color, bool is_category, int32_t of, bool is_interval)
{
    const int32_t low = role(gp, "low"), high = role(gp, "high");
    begin_element(gp, is_interval && of == 0);
    add_dot_value(gp, is_interval ? low : role(gp, "value"), color, is_category, of);
    mst_text_add(&gp->text, ":(-$0)");
    if (is_interval)
        mst_text_printf(&gp->text, ":($%d-$%d):(0)", (int)high + 1, (int)low + 1);
    if (color >= 0 && !is_category)
        mst_text_printf(&gp->text, ":%d", (int)color + 1);
    mst_text_add(&gp->text, is_interval ? " with " MST_GP_INTERVAL " lw 1.5" : " with points pt 7");
    if (color >= 0 && !is_category)
        mst_text_add(&gp->text, " lc palette ");
    else
        mst_text_printf(&gp->text, " lc rgb '%s' ", mst_gp_color(of));
    if (!is_category || is_interval) {
        mst_text_add(&gp->text, "notitle");
        return;
    }
    mst_text_add(&gp->text, "title ");
    mst_gp_quote_cell(gp, mst_gp_codes_of(gp, color)->row_of[of], color, MST_GP_SHORT, false);
}

void mst_gp_dots(mst_gp *gp)
{
    const int32_t color = role(gp, "color");
    const bool is_category = mst_gp_is_category(gp, color);
    const int32_t shown[] = {role(gp, "value"), role(gp, "low"), role(gp, "high")};
    const int32_t count = is_category ? mst_gp_codes_of(gp, color)->count : 1;
    mst_doc_range range = mst_gp_range_of(gp, gp->plot->log_x, shown, 3);
    if (!isnan(gp->plot->baseline))
        mst_doc_range_value(&range, gp->plot->baseline);
    if (!mst_doc_range_end(&range) || count == 0) {
        mst_gp_nothing(gp);
        return;
    }
    mst_gp_begin(gp, MST_GP_WIDTH, height_of(gp->table->rows, ROW_PX), count);
    add_labels(gp, NULL, gp->table->rows);
    mst_gp_range(gp, 'x', range, 0.05);
    mst_gp_axis_label(gp, 'x', gp->plot->x_label, shown[0]);
    if (color >= 0 && !is_category)
        mst_gp_palette(gp, color);
    if (!isnan(gp->plot->baseline))
        add_upright(gp, gp->plot->baseline);
    mst_gp_thresholds(gp, 'x', &gp->plot->threshold);
    for (int32_t of = 0; of < count; of++)
        add_dots(gp, color, is_category, of, true);
    for (int32_t of = 0; of < count; of++)
        add_dots(gp, color, is_category, of, false);
    mst_text_add(&gp->text, "\n");
}

/* ---- strips ------------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median of the values of a label; NaN: there are none. */
static double median_of(const mst_gp *gp, const mst_gp_codes *labels, int32_t of, double *work)
{
    const int32_t column = role(gp, "value");
    int32_t count = 0;
    for (int32_t row = 0; row < gp->table->rows; row++) {
        const double value = mst_doc_number_at(gp->table, row, column);
        if (labels->of_row[row] == of + 1 && !isnan(value))
            work[count++] = value;
    }
    if (count == 0)
        return (double)NAN;
    qsort(work, (size_t)count, sizeof *work, by_size);
    return 0.5 * (work[(count - 1) / 2] + work[count / 2]);
}

/* An upright stroke at the median of each label. */
static void add_medians(mst_gp *gp, const mst_gp_codes *labels)
{
    double *const work = mst_arena_array(&gp->arena, (size_t)gp->table->rows, sizeof *work);
    for (int32_t of = 0; work && of < labels->count; of++) {
        const double median = median_of(gp, labels, of, work);
        if (isnan(median))
            continue;
        mst_text_add(&gp->text, "set arrow from ");
        mst_gp_number(gp, median);
        mst_text_printf(&gp->text, ",%.1f to ", -of - 0.4);
        mst_gp_number(gp, median);
        mst_text_printf(&gp->text, ",%.1f nohead lw 2.5 lc rgb '#000000' front\n", -of + 0.4);
    }
}

void mst_gp_strips(mst_gp *gp)
{
    const int32_t label = role(gp, "label"), value = role(gp, "value");
    const mst_gp_codes *const labels = mst_gp_codes_of(gp, label);
    mst_doc_range range = mst_gp_range_of(gp, gp->plot->log_x, &value, 1);
    gp->note = "Upright strokes: medians.";
    if (!mst_doc_range_end(&range) || labels->count == 0) {
        mst_gp_nothing(gp);
        return;
    }
    mst_gp_begin(gp, MST_GP_WIDTH, height_of(labels->count, STRIP_PX), 0);
    add_labels(gp, labels->row_of, labels->count);
    mst_gp_range(gp, 'x', range, 0.05);
    mst_gp_axis_label(gp, 'x', gp->plot->x_label, value);
    mst_gp_thresholds(gp, 'x', &gp->plot->threshold);
    add_medians(gp, labels);
    /* multiples of the golden section spread evenly over a strip, however many there are */
    mst_text_add(&gp->text, "spread(k) = k*0.6180339887498949-floor(k*0.6180339887498949)-0.5\n");
    begin_element(gp, true);
    mst_text_printf(&gp->text,
                    "%d:(1-C%d[$0+1]+0.6*spread($0)) with points pt 7 ps %.1f lc rgb '#A00072B2' "
                    "notitle\n",
                    (int)value + 1, (int)label + 1, gp->table->rows > 2000 ? 0.2 : 0.5);
}
