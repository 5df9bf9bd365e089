/* A response surface for gnuplot: value as colour over x and y, and where columns cross 0.
 *
 * Points that fill a grid of rows and columns, evenly spaced or not, are cells up to half the way to the
 * next; boundaries are drawn in numbers of rows and columns, in which every grid is even, and laid back
 * upon x and y. Between texts and whole numbers there is nothing: where an axis has those, boundaries run
 * along the cells. Other points are dots, and boundaries come from a surface through them. */
#include "tell/document_gnuplot.h"

#include <math.h>

enum { MAP_PX = 600, SPLINES_MOST = 600, TICS_MOST = 12 };

typedef struct map {
    int32_t x, y, value;
    mst_doc_range xs, ys;
    const mst_gp_codes *nx, *ny; /* distinct values of x and y */
    bool is_grid;
    bool is_cut; /* a grid of which an axis has texts or whole numbers */
} map;

static bool is_text(const mst_gp *gp, int32_t column)
{
    return mst_doc_column_at(gp->table, column)->kind == MUSTER_COLUMN_TEXT;
}

static bool is_apart(const mst_gp *gp, int32_t column)
{
    return is_text(gp, column) || mst_doc_column_at(gp->table, column)->kind == MUSTER_COLUMN_WHOLE;
}

static double least_of(mst_gp *gp, int32_t column)
{
    return mst_gp_range_of(gp, false, &column, 1).low;
}

static bool fills_grid(mst_gp *gp, const map *m)
{
    const int32_t rows = gp->table->rows;
    const int64_t cells = (int64_t)m->nx->count * m->ny->count;
    if ((m->xs.is_positive && !(least_of(gp, m->x) > 0.0)) ||
        (m->ys.is_positive && !(least_of(gp, m->y) > 0.0)))
        return false;
    return m->nx->count >= 2 && m->ny->count >= 2 && cells <= (int64_t)rows * 2 &&
           rows <= cells * 2;
}

/* ---- cells and dots ----------------------------------------------------------------------------- */

static double between(double a, double b, bool is_log)
{
    return is_log ? sqrt(a * b) : 0.5 * (a + b);
}

/* The border below value i of count, 0..count; the outer ones as far out as the inner ones are in. */
static double border(const double *value, int32_t count, int32_t i, bool is_log)
{
    const int32_t inner = i == 0 ? 1 : i == count ? count - 1 : i;
    const double at = between(value[inner - 1], value[inner], is_log);
    if (i > 0 && i < count)
        return at;
    const double end = value[i == 0 ? 0 : count - 1];
    return is_log ? end * end / at : 2.0 * end - at;
}

/* "array XV[3] = [...]": the values of an axis, and "XB" the borders of its cells. */
static void add_axis_arrays(mst_gp *gp, const char *name, int32_t column, const mst_gp_codes *codes,
                            mst_doc_range *range)
{
    double *const value = mst_arena_array(&gp->arena, (size_t)codes->count, sizeof *value);
    if (!value)
        return;
    mst_text_printf(&gp->text, "array %sV[%d] = [", name, (int)codes->count);
    for (int32_t i = 0; i < codes->count; i++) {
        value[i] =
            is_text(gp, column) ? i + 1.0 : mst_doc_number_at(gp->table, codes->row_of[i], column);
        mst_text_add(&gp->text, i > 0 ? "," : "");
        mst_gp_number(gp, value[i]);
    }
    mst_text_printf(&gp->text, "]\narray %sB[%d] = [", name, (int)codes->count + 1);
    for (int32_t i = 0; i <= codes->count; i++) {
        const double at = border(value, codes->count, i, range->is_positive);
        mst_doc_range_value(range, at);
        mst_text_add(&gp->text, i > 0 ? "," : "");
        mst_gp_number(gp, at);
    }
    mst_text_add(&gp->text, "]\n");
}

static void add_xy(mst_gp *gp, const map *m)
{
    const int32_t column[] = {m->x, m->y};
    mst_text_printf(&gp->text, "plot %s skip 1 using ", gp->source);
    for (int k = 0; k < 2; k++)
        mst_text_printf(&gp->text,
                        is_text(gp, column[k]) ? "(C%d[$0+1]):" : "%d:", (int)column[k] + 1);
}

static void add_cells(mst_gp *gp, const map *m)
{
    const int32_t x = m->x + 1, y = m->y + 1;
    mst_text_add(&gp->text, "xb(c) = c > 0 ? XB[c] : NaN\nyb(c) = c > 0 ? YB[c] : NaN\n");
    add_xy(gp, m);
    mst_text_printf(&gp->text,
                    "(xb(C%d[$0+1])):(xb(C%d[$0+1]+1)):(yb(C%d[$0+1])):(yb(C%d[$0+1]+1)):%d with "
                    "boxxyerror lc palette notitle",
                    (int)x, (int)x, (int)y, (int)y, (int)m->value + 1);
}

static void add_dots(mst_gp *gp, const map *m)
{
    add_xy(gp, m);
    mst_text_printf(&gp->text, "%d with points pt 7 ps %.1f lc palette notitle", (int)m->value + 1,
                    gp->table->rows > 300 ? 0.8 : 1.5);
}

/* Tics at the values of an axis that has nothing between them; of many only where gnuplot has them. */
static void add_cell_tics(mst_gp *gp, char axis, int32_t column)
{
    const mst_gp_codes *const codes = mst_gp_codes_of(gp, column);
    if (is_text(gp, column)) {
        mst_gp_category_tics(gp, axis, column, MST_GP_SHORT);
        return;
    }
    if (!is_apart(gp, column) || codes->count > TICS_MOST)
        return;
    mst_text_printf(&gp->text, "set %ctics ()\n", axis);
    for (int32_t i = 0; i < codes->count; i++) {
        mst_text_printf(&gp->text, "set %ctics add (", axis);
        mst_gp_number(gp, mst_doc_number_at(gp->table, codes->row_of[i], column));
        mst_text_add(&gp->text, ")\n");
    }
}

/* ---- boundaries --------------------------------------------------------------------------------- */

/* Places of an axis in even steps, "ux", and back from there, "xu"; of scattered points 0..1. */
static void add_even(mst_gp *gp, char axis, const map *m)
{
    const mst_doc_range range = axis == 'x' ? m->xs : m->ys;
    const char upper = axis == 'x' ? 'X' : 'Y';
    if (m->is_grid) {
        const int32_t count = (axis == 'x' ? m->nx : m->ny)->count;
        mst_text_printf(&gp->text,
                        "cell(u,n) = u < 1 ? 1 : u >= n ? n-1 : floor(u)\n"
                        "%cu(u) = %cV[cell(u,%d)]+(u-cell(u,%d))*(%cV[cell(u,%d)+1]-%cV[cell(u,%d)"
                        "])\n",
                        axis, upper, (int)count, (int)count, upper, (int)count, upper, (int)count);
        return;
    }
    mst_text_printf(&gp->text, "u%c(v) = ", axis);
    if (range.is_positive)
        mst_text_printf(&gp->text, "log(v/%.17g)/log(%.17g)\n%cu(u) = %.17g*(%.17g)**u\n",
                        range.low, range.high / range.low, axis, range.low, range.high / range.low);
    else
        mst_text_printf(&gp->text, "(v-(%.17g))/(%.17g)\n%cu(u) = %.17g+u*(%.17g)\n", range.low,
                        range.high - range.low, axis, range.low, range.high - range.low);
}

/* Place of a point along an axis in shares of its range; NaN when missing, or not above 0 where the axis
 * is logarithmic. */
static double share_at(const mst_gp *gp, int32_t row, int32_t column, mst_doc_range range)
{
    const double value = mst_doc_number_at(gp->table, row, column);
    if (!range.is_positive)
        return (value - range.low) / (range.high - range.low);
    return value > 0.0 ? log(value / range.low) / log(range.high / range.low) : (double)NAN;
}

static bool has_points(const mst_gp *gp, const map *m, int32_t column)
{
    int32_t count = 0;
    for (int32_t row = 0; row < gp->table->rows; row++)
        count += isfinite(share_at(gp, row, m->x, m->xs)) &&
                 isfinite(share_at(gp, row, m->y, m->ys)) &&
                 isfinite(mst_doc_number_at(gp->table, row, column));
    return count >= 4;
}

/* The lines on which a column is 0, as a block "$l1". */
static void add_boundary(mst_gp *gp, const map *m, int32_t nth, int32_t column)
{
    const int n = (int)nth + 1, x = (int)m->x + 1, y = (int)m->y + 1;
    const bool is_drawn = has_points(gp, m, column);
    if (is_drawn) {
        mst_text_printf(&gp->text, "set table $b%d\nsplot %s skip 1 using ", n, gp->source);
        mst_text_printf(&gp->text,
                        m->is_grid ? "(C%d[$0+1]):(C%d[$0+1]):%d" : "(ux($%d)):(uy($%d)):%d", x, y,
                        (int)column + 1);
        mst_text_add(&gp->text, "\nunset table\n");
    }
    /* the first line, a point, is not seen and keeps a block without a crossing from being empty */
    mst_text_printf(&gp->text, "set print $l%d\nprint '%.9g,%.9g'\nprint ''\n", n, m->xs.low,
                    m->ys.low);
    if (is_drawn) /* gnuplot writes columns with blanks between, but reads with commas here */
        mst_text_printf(&gp->text,
                        "do for [i=1:|$b%d|] { s = $b%d[i]; if (words(s) == 3 && word(s,1) ne "
                        "'#') { print sprintf('%%.9g,%%.9g', xu(real(word(s,1))), "
                        "yu(real(word(s,2)))) } else { print '' } }\n",
                        n, n);
    mst_text_add(&gp->text, "unset print\n");
}

static bool takes_0(const mst_gp *gp, int32_t nth)
{
    for (int32_t i = 0; i < gp->plot->above_0.count; i++)
        if (lround(*MST_AT(const double, &gp->plot->above_0, i)) == nth + 1)
            return false;
    return true;
}

/* What a boundary says of each cell: 1 it is above, -1 below, 0 not known; grid: nx by ny. */
static void find_sides(mst_gp *gp, const map *m, int32_t nth, signed char *side)
{
    const int32_t column = mst_doc_column_of(gp->plot, "boundary", nth);
    for (int32_t row = 0; row < gp->table->rows; row++) {
        const int32_t x = m->nx->of_row[row], y = m->ny->of_row[row];
        const double value = mst_doc_number_at(gp->table, row, column);
        if (x > 0 && y > 0 && !isnan(value))
            side[(y - 1) * m->nx->count + x - 1] =
                value > 0.0 || (takes_0(gp, nth) && !(value < 0.0)) ? 1 : -1;
    }
}

static void add_side(mst_gp *gp, int32_t x1, int32_t y1, int32_t x2, int32_t y2)
{
    mst_text_printf(
        &gp->text,
        "print sprintf('%%.9g,%%.9g', XB[%d], YB[%d])\nprint sprintf('%%.9g,%%.9g', XB[%d], "
        "YB[%d])\nprint ''\n",
        (int)x1, (int)y1, (int)x2, (int)y2);
}

/* The same along the borders of cells. */
static void add_cell_boundary(mst_gp *gp, const map *m, int32_t nth)
{
    const int32_t across = m->nx->count, up = m->ny->count;
    signed char *const side = mst_arena_array(&gp->arena, (size_t)across * (size_t)up, 1);
    mst_text_printf(&gp->text, "set print $l%d\nprint '%.9g,%.9g'\nprint ''\n", (int)nth + 1,
                    m->xs.low, m->ys.low);
    if (side)
        find_sides(gp, m, nth, side);
    for (int32_t y = 0; side && y < up; y++)
        for (int32_t x = 0; x < across; x++) {
            const int32_t at = y * across + x;
            if (x + 1 < across && side[at] * side[at + 1] < 0)
                add_side(gp, x + 2, y + 1, x + 2, y + 2);
            if (y + 1 < up && side[at] * side[at + across] < 0)
                add_side(gp, x + 1, y + 2, x + 2, y + 2);
        }
    mst_text_add(&gp->text, "unset print\n");
}

/* True if the points can carry a smooth surface: not too many, none upon another, not all on a line. */
static bool can_carry(const mst_gp *gp, const map *m)
{
    const int32_t rows = gp->table->rows;
    double widest = 0.0;
    if (rows < 4 || rows > SPLINES_MOST)
        return false;
    const double x0 = share_at(gp, 0, m->x, m->xs), y0 = share_at(gp, 0, m->y, m->ys);
    for (int32_t i = 0; i < rows; i++) {
        const double xi = share_at(gp, i, m->x, m->xs), yi = share_at(gp, i, m->y, m->ys);
        for (int32_t k = 0; k < i; k++) {
            const double xk = share_at(gp, k, m->x, m->xs), yk = share_at(gp, k, m->y, m->ys);
            if (!(fabs(xi - xk) + fabs(yi - yk) > 1e-6)) /* also when one is missing */
                return false;
            widest = fmax(widest, fabs((xi - x0) * (yk - y0) - (xk - x0) * (yi - y0)));
        }
    }
    return widest > 1e-3;
}

static void add_boundaries(mst_gp *gp, const map *m, int32_t count)
{
    if (count == 0)
        return;
    if (m->is_cut) {
        for (int32_t i = 0; i < count; i++)
            add_cell_boundary(gp, m, i);
        return;
    }
    add_even(gp, 'x', m);
    add_even(gp, 'y', m);
    if (m->is_grid)
        mst_text_printf(&gp->text, "set dgrid3d %d,%d qnorm 1\n", (int)m->ny->count,
                        (int)m->nx->count);
    else
        mst_text_printf(&gp->text, "set dgrid3d 60,60 %s\n",
                        can_carry(gp, m) ? "splines" : "qnorm 4");
    mst_text_add(&gp->text, "set contour base\nset cntrparam levels discrete 0\nunset surface\n");
    for (int32_t i = 0; i < count; i++)
        add_boundary(gp, m, i, mst_doc_column_of(gp->plot, "boundary", i));
    mst_text_add(&gp->text, "unset dgrid3d\nunset contour\nset surface\n");
}

/* White below, so that a line is seen on every colour. */
static void add_boundary_lines(mst_gp *gp, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        const int32_t column = mst_doc_column_of(gp->plot, "boundary", i);
        mst_text_printf(&gp->text,
                        ", \\\n     $l%d using 1:2 with lines lw 5 lc rgb '#FFFFFF' notitle"
                        ", \\\n     $l%d using 1:2 with lines lw 2 dt %d lc rgb '#000000' title ",
                        (int)i + 1, (int)i + 1, (int)i % 4 + 1);
        mst_gp_quote(&gp->text, mst_gp_head(gp, column, MST_GP_LABEL));
    }
}

/* ---- the whole ---------------------------------------------------------------------------------- */

void mst_gp_map(mst_gp *gp)
{
    map m = {.x = mst_doc_column_of(gp->plot, "x", 0),
             .y = mst_doc_column_of(gp->plot, "y", 0),
             .value = mst_doc_column_of(gp->plot, "value", 0)};
    m.xs = mst_gp_range_of(gp, gp->plot->log_x, &m.x, 1);
    m.ys = mst_gp_range_of(gp, gp->plot->log_y, &m.y, 1);
    m.nx = mst_gp_codes_of(gp, m.x);
    m.ny = mst_gp_codes_of(gp, m.y);
    if (!mst_doc_range_end(&m.xs) || !mst_doc_range_end(&m.ys)) {
        mst_gp_nothing(gp);
        return;
    }
    m.is_grid = fills_grid(gp, &m);
    m.is_cut = m.is_grid && (is_apart(gp, m.x) || is_apart(gp, m.y));
    int32_t boundaries = 0;
    while (mst_doc_column_of(gp->plot, "boundary", boundaries) >= 0)
        boundaries++;
    mst_gp_begin(gp, MST_GP_WIDTH, MAP_PX, boundaries == 1 ? 2 : boundaries);
    if (m.is_grid) {
        add_axis_arrays(gp, "X", m.x, m.nx, &m.xs);
        add_axis_arrays(gp, "Y", m.y, m.ny, &m.ys);
    }
    mst_gp_palette(gp, m.value);
    add_boundaries(gp, &m, boundaries);
    mst_gp_range(gp, 'x', m.xs, m.is_grid ? 0.0 : 0.04);
    mst_gp_range(gp, 'y', m.ys, m.is_grid ? 0.0 : 0.04);
    mst_gp_axis_label(gp, 'x', gp->plot->x_label, m.x);
    mst_gp_axis_label(gp, 'y', gp->plot->y_label, m.y);
    add_cell_tics(gp, 'x', m.x);
    add_cell_tics(gp, 'y', m.y);
    if (m.is_grid)
        add_cells(gp, &m);
    else
        add_dots(gp, &m);
    add_boundary_lines(gp, boundaries);
    mst_text_add(&gp->text, "\n");
}
