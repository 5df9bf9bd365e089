/* Axes, palettes and keys of a plot for gnuplot. */
#include "tell/document_gnuplot.h"

#include <math.h>

/* Tics at 1, 2 and 5 times powers of ten where powers of ten alone are too few. */
static void add_log_tics(mst_gp *gp, char axis, double low, double high)
{
    static const double steps[] = {1.0, 2.0, 5.0};
    const int first = (int)floor(log10(low)), last = (int)ceil(log10(high));
    if (last - first > 4)
        return;
    mst_text_printf(&gp->text, "set %ctics ()\n", axis);
    for (int power = first; power <= last; power++)
        for (int i = 0; i < 3; i++) {
            const double at = steps[i] * pow(10.0, power);
            if (at >= low && at <= high)
                mst_text_printf(&gp->text, "set %ctics add (%.6g)\n", axis, at);
        }
}

void mst_gp_range(mst_gp *gp, char axis, mst_doc_range range, double margin)
{
    double low = range.low, high = range.high;
    if (range.is_positive) {
        const double factor = pow(high / low, margin);
        low /= factor;
        high *= factor;
        mst_text_printf(&gp->text, "set logscale %c\n", axis);
        add_log_tics(gp, axis, low, high);
    } else {
        const double width = high - low;
        low -= margin * width;
        high += margin * width;
    }
    mst_text_printf(&gp->text, "set %crange [%.6g:%.6g]\n", axis, low, high);
}

void mst_gp_axis_label(mst_gp *gp, char axis, const char *option, int32_t column)
{
    mst_text_printf(&gp->text, "set %clabel ", axis);
    mst_gp_quote(&gp->text, option ? option : mst_gp_head(gp, column, 90));
    mst_text_add(&gp->text, "\n");
}

void mst_gp_category_tics(mst_gp *gp, char axis, int32_t column, int32_t width)
{
    const mst_gp_codes *const codes = mst_gp_codes_of(gp, column);
    mst_text_printf(&gp->text, "set %ctics ()\n", axis);
    for (int32_t i = 0; i < codes->count; i++) {
        mst_text_printf(&gp->text, "set %ctics add (", axis);
        mst_gp_quote_cell(gp, codes->row_of[i], column, width, true);
        mst_text_printf(&gp->text, " %d)\n", (int)i + 1);
    }
}

mst_doc_range mst_gp_range_of(mst_gp *gp, bool is_log, const int32_t *column, int32_t count)
{
    mst_doc_range range = mst_doc_range_begin(is_log);
    for (int32_t i = 0; i < count; i++) {
        if (column[i] < 0)
            continue;
        if (mst_doc_column_at(gp->table, column[i])->kind != MUSTER_COLUMN_TEXT) {
            mst_doc_range_column(&range, gp->table, column[i]);
            continue;
        }
        for (int32_t place = 1; place <= mst_gp_codes_of(gp, column[i])->count; place++)
            mst_doc_range_value(&range, place);
    }
    return range;
}

void mst_gp_thresholds(mst_gp *gp, char axis, const mst_list *thresholds)
{
    for (int32_t i = 0; i < thresholds->count; i++) {
        const double value = *MST_AT(const double, thresholds, i);
        mst_text_add(&gp->text, "set arrow from ");
        for (int end = 0; end < 2; end++) {
            if (axis == 'y')
                mst_text_printf(&gp->text, "graph %d, first ", end);
            else
                mst_text_add(&gp->text, "first ");
            mst_gp_number(gp, value);
            if (axis == 'x')
                mst_text_printf(&gp->text, ", graph %d", end);
            mst_text_add(&gp->text, end == 0 ? " to " : " nohead dt 2 lc rgb '#444444' front\n");
        }
    }
}

void mst_gp_palette(mst_gp *gp, int32_t column)
{
    /* viridis (van der Walt and Smith, 2015): as even in grey as in colour */
    mst_text_add(&gp->text,
                 "set palette defined (0 '#440154', 1 '#443983', 2 '#31688E', 3 '#21918C', "
                 "4 '#35B779', 5 '#90D743', 6 '#FDE725')\n"
                 "set cblabel ");
    mst_gp_quote(&gp->text, mst_gp_head(gp, column, MST_GP_LABEL));
    mst_doc_range range = mst_gp_range_of(gp, false, &column, 1);
    if (mst_doc_range_end(&range))
        mst_text_printf(&gp->text, "\nset cbrange [%.6g:%.6g]", range.low, range.high);
    mst_text_add(&gp->text, "\n");
}

void mst_gp_multiplot(mst_gp *gp, int32_t down, int32_t across, int32_t height)
{
    const double px = (1.0 - gp->foot) / height;
    mst_text_printf(&gp->text,
                    "set multiplot layout %d,%d margins screen 0.08,0.98,%.4f,%.4f spacing screen "
                    "0.08,%.4f\n",
                    (int)down, (int)across, gp->foot + 58 * px, 1.0 - 70 * px, 96 * px);
}

void mst_gp_key_alone(mst_gp *gp, int32_t column, const char *style)
{
    const mst_gp_codes *const codes = mst_gp_codes_of(gp, column);
    mst_text_add(&gp->text, "unset title\nunset xlabel\nunset ylabel\nunset tics\nunset border\n"
                            "unset logscale\nunset arrow\nset key inside center center title ");
    mst_gp_quote(&gp->text, mst_gp_head(gp, column, MST_GP_SHORT));
    mst_text_add(&gp->text, "\nplot [0:1] [0:1]");
    for (int32_t i = 0; i < codes->count; i++) {
        mst_text_printf(&gp->text, "%s NaN with %s lc rgb '%s' dt %d title ", i > 0 ? "," : "",
                        style, mst_gp_color(i), (int)mst_gp_dashes(i));
        mst_gp_quote_cell(gp, codes->row_of[i], column, MST_GP_SHORT, false);
    }
    mst_text_add(&gp->text, "\n");
}
