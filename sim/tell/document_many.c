/* Many columns at once for gnuplot: parallel axes, and every column against every other. */
#include "tell/document_gnuplot.h"

#include <math.h>

enum { AXIS_PX = 130, PARALLEL_PX = 480, CELL_MOST_PX = 220, CELL_LEAST_PX = 90, SHEET_PX = 800 };

typedef struct many {
    int32_t count; /* columns shown            */
    int32_t color; /* -1: none                 */
    bool is_category;
    int32_t colors; /* of a category; else 1   */
} many;

static int32_t column_at(const mst_gp *gp, int32_t nth)
{
    return mst_doc_column_of(gp->plot, "columns", nth);
}

static many look(mst_gp *gp)
{
    many m = {.color = mst_doc_column_of(gp->plot, "color", 0), .colors = 1};
    while (column_at(gp, m.count) >= 0)
        m.count++;
    m.is_category = mst_gp_is_category(gp, m.color);
    if (m.is_category)
        m.colors = mst_gp_codes_of(gp, m.color)->count;
    return m;
}

static mst_doc_range range_at(mst_gp *gp, int32_t nth)
{
    const int32_t column = column_at(gp, nth);
    mst_doc_range range = mst_gp_range_of(gp, false, &column, 1);
    if (!mst_doc_range_end(&range))
        range = (mst_doc_range){0.0, 1.0, false};
    return range;
}

static bool is_text(const mst_gp *gp, int32_t column)
{
    return mst_doc_column_at(gp->table, column)->kind == MUSTER_COLUMN_TEXT;
}

/* Rows of one colour: "C3[$0+1]==2 ? " before a value, " : NaN" behind it. */
static void begin_color(mst_gp *gp, const many *m, int32_t of)
{
    if (m->is_category)
        mst_text_printf(&gp->text, "C%d[$0+1]==%d ? ", (int)m->color + 1, (int)of + 1);
}

/* Colour, and behind it the title of a category or none. */
static void add_color(mst_gp *gp, const many *m, int32_t of, bool has_title)
{
    if (m->color >= 0 && !m->is_category)
        mst_text_add(&gp->text, " lc palette");
    else
        mst_text_printf(&gp->text, " lc rgb '%s'", mst_gp_color(of));
    if (!m->is_category || !has_title) {
        mst_text_add(&gp->text, " notitle");
        return;
    }
    mst_text_add(&gp->text, " title ");
    mst_gp_quote_cell(gp, mst_gp_codes_of(gp, m->color)->row_of[of], m->color, MST_GP_SHORT, false);
}

/* ---- parallel ------------------------------------------------------------------------------------- */

/* "(($3-(low))/(width))": where a row meets an axis. */
static void add_share(mst_gp *gp, int32_t nth)
{
    const mst_doc_range range = range_at(gp, nth);
    mst_text_add(&gp->text, "((");
    mst_gp_value(gp, column_at(gp, nth));
    mst_text_printf(&gp->text, "-(%.17g))/(%.17g))", range.low, range.high - range.low);
}

/* An axis with its name and both of its ends, or all of its texts. */
static void add_axis(mst_gp *gp, int32_t nth)
{
    const int32_t column = column_at(gp, nth);
    const mst_doc_range range = range_at(gp, nth);
    mst_text_add(&gp->text, "set xtics add (");
    mst_gp_quote_tic(&gp->text, mst_gp_head(gp, column, 20));
    mst_text_printf(&gp->text, " %d)\nset arrow from %d,0 to %d,1 nohead lc rgb '#000000' front\n",
                    (int)nth, (int)nth, (int)nth);
    if (!is_text(gp, column)) {
        for (int end = 0; end < 2; end++) {
            char number[64];
            mst_doc_number_words(mst_doc_column_at(gp->table, column),
                                 end == 0 ? range.low : range.high, number);
            mst_text_printf(&gp->text,
                            "set label '%s' at %d,%d center offset 0,%s font ',11' front\n", number,
                            (int)nth, end, end == 0 ? "-0.7" : "0.7");
        }
        return;
    }
    const mst_gp_codes *const codes = mst_gp_codes_of(gp, column);
    for (int32_t i = 0; i < codes->count; i++) {
        mst_text_add(&gp->text, "set label ");
        mst_gp_quote_cell(gp, codes->row_of[i], column, 16, false);
        mst_text_printf(&gp->text, " at %d,%.4f right offset -0.5,0 font ',11' front\n", (int)nth,
                        (i + 1 - range.low) / (range.high - range.low));
    }
}

void mst_gp_parallel(mst_gp *gp)
{
    const many m = look(gp);
    if (m.count < 2 || m.colors == 0) {
        mst_gp_nothing(gp);
        return;
    }
    const int32_t width = 140 + AXIS_PX * m.count;
    mst_gp_begin(gp, width > MST_GP_WIDTH ? width : MST_GP_WIDTH, PARALLEL_PX, m.colors);
    mst_text_printf(&gp->text,
                    "set border 0\nunset grid\nunset ytics\nset yrange [-0.08:1.08]\n"
                    "set xrange [-0.6:%.1f]\nset xtics () scale 0\n",
                    m.count - 1 + 0.5);
    for (int32_t nth = 0; nth < m.count; nth++)
        add_axis(gp, nth);
    if (!m.is_category)
        mst_gp_palette(gp, m.color);
    for (int32_t of = 0; of < m.colors; of++)
        for (int32_t nth = 0; nth + 1 < m.count; nth++) {
            mst_text_printf(&gp->text, "%s%s skip 1 using (",
                            of + nth == 0 ? "plot " : ", \\\n     ", gp->source);
            begin_color(gp, &m, of);
            mst_text_printf(&gp->text, "%d%s):", (int)nth, m.is_category ? " : NaN" : "");
            add_share(gp, nth);
            mst_text_add(&gp->text, ":(1):(");
            add_share(gp, nth + 1);
            mst_text_add(&gp->text, "-");
            add_share(gp, nth);
            mst_text_add(&gp->text, ")");
            if (!m.is_category)
                mst_text_printf(&gp->text, ":%d", (int)m.color + 1);
            mst_text_add(&gp->text, " with vectors nohead");
            add_color(gp, &m, of, nth == 0);
        }
    mst_text_add(&gp->text, "\n");
}

/* ---- scatter matrix ------------------------------------------------------------------------------- */

/* Cells stand at places of the picture, as shares of it, so that the key may come last. */
typedef struct sheet {
    int32_t width, height, cell; /* px */
} sheet;

enum { LEFT_PX = 70, TOP_PX = 40, BOTTOM_PX = 40, GAP_PX = 8 };

static void set_place(mst_gp *gp, const sheet *s, int32_t down, int32_t across, int32_t cells)
{
    const int32_t left = LEFT_PX + across * (s->cell + GAP_PX),
                  top = TOP_PX + down * (s->cell + GAP_PX);
    const double all = 1.0 - gp->foot, right = left + cells * s->cell, low = top + cells * s->cell;
    mst_text_printf(&gp->text,
                    "set lmargin at screen %.4f\nset rmargin at screen %.4f\n"
                    "set tmargin at screen %.4f\nset bmargin at screen %.4f\n",
                    (double)left / s->width, right / s->width, 1.0 - all * top / s->height,
                    1.0 - all * low / s->height);
}

/* 1, 2 or 5 times a power of ten, such that there are two or three tics. */
static double step_of(double width)
{
    const double least = 0.45 * width, power = pow(10.0, floor(log10(least)));
    return power * (least <= power         ? 1.0
                    : least <= 2.0 * power ? 2.0
                    : least <= 5.0 * power ? 5.0
                                           : 10.0);
}

static void set_axis(mst_gp *gp, const sheet *s, char axis, int32_t nth, bool has_tics)
{
    const mst_doc_range range = range_at(gp, nth);
    const double margin = 0.06 * (range.high - range.low);
    mst_text_printf(&gp->text, "set %crange [%.6g:%.6g]\nset %ctics %.6g format '%s'%s\n", axis,
                    range.low - margin, range.high + margin, axis, step_of(range.high - range.low),
                    has_tics ? "%g" : "", s->cell < 130 ? " font ',10'" : "");
    if (has_tics && is_text(gp, column_at(gp, nth)))
        mst_gp_category_tics(gp, axis, column_at(gp, nth),
                             axis == 'y' ? 8 : (int32_t)(s->cell / (7.5 * range.high)));
}

static void add_pair(mst_gp *gp, const sheet *s, const many *m, int32_t down, int32_t across)
{
    set_axis(gp, s, 'x', across, down == m->count - 1);
    set_axis(gp, s, 'y', down, across == 0);
    for (int32_t of = 0; of < m->colors; of++) {
        mst_text_printf(&gp->text, "%s%s skip 1 using (", of == 0 ? "plot " : ", ", gp->source);
        begin_color(gp, m, of);
        mst_gp_value(gp, column_at(gp, across));
        mst_text_add(&gp->text, m->is_category ? " : NaN):(" : "):(");
        mst_gp_value(gp, column_at(gp, down));
        mst_text_add(&gp->text, ")");
        if (m->color >= 0 && !m->is_category)
            mst_text_printf(&gp->text, ":%d", (int)m->color + 1);
        mst_text_printf(&gp->text, " with points pt 7 ps %.2f",
                        gp->table->rows > 300 ? 0.25 : 0.45);
        add_color(gp, m, of, false);
    }
    mst_text_add(&gp->text, "\nunset colorbox\n");
}

/* On the diagonal, the name of the column. */
static void add_name(mst_gp *gp, const sheet *s, const many *m, int32_t nth)
{
    set_axis(gp, s, 'x', nth, nth == m->count - 1);
    set_axis(gp, s, 'y', nth, false);
    mst_text_add(&gp->text, "set label 1 ");
    mst_gp_quote(&gp->text, mst_gp_head(gp, column_at(gp, nth), s->cell / (m->count > 6 ? 6 : 7)));
    mst_text_printf(&gp->text, " at graph 0.5,0.5 center%s\nplot NaN notitle\nunset label\n",
                    m->count > 6 ? " font ',10'" : "");
}

void mst_gp_scatter_matrix(mst_gp *gp)
{
    const many m = look(gp);
    if (m.count < 2 || m.colors == 0) {
        mst_gp_nothing(gp);
        return;
    }
    const int32_t cell = SHEET_PX / m.count - GAP_PX;
    sheet s = {.cell = cell > CELL_MOST_PX    ? CELL_MOST_PX
                       : cell < CELL_LEAST_PX ? CELL_LEAST_PX
                                              : cell};
    s.width = LEFT_PX + m.count * (s.cell + GAP_PX) + 20;
    s.height = TOP_PX + m.count * (s.cell + GAP_PX) + BOTTOM_PX;
    mst_gp_begin(gp, s.width, s.height, MST_GP_PARTS);
    mst_text_add(&gp->text, "set border 15\nunset grid\nset multiplot\n");
    if (m.color >= 0 && !m.is_category) {
        mst_gp_palette(gp, m.color);
        mst_text_add(&gp->text, "set colorbox horizontal user origin 0.62,0.9 size 0.32,0.02\n");
    }
    for (int32_t down = 0; down < m.count; down++)
        for (int32_t across = 0; across <= down; across++) {
            set_place(gp, &s, down, across, 1);
            if (across < down)
                add_pair(gp, &s, &m, down, across);
            else
                add_name(gp, &s, &m, down);
        }
    if (m.is_category) {
        set_place(gp, &s, 0, m.count - 1, 1);
        mst_gp_key_alone(gp, m.color, "points pt 7");
    }
    mst_text_add(&gp->text, "unset multiplot\n");
}
