/* Tables and pictures of a regression. */
#include "analyses/phrase.h"
#include "analyses/regression.h"
#include "muster/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RESIDUALS_MOST = 5 };

/* ---- names of terms ------------------------------------------------------------------------------- */

static const char *part_of(const mst_regression *r, int32_t input, int32_t level, char out[200])
{
    char name[64];
    const int32_t factor = mst_regression_factor(r, input);
    const char *label = mst_factor_label(r->data, factor);
    if (level < 0)
        muster_text_format(out, 200, "%.130s", label);
    else
        muster_text_format(out, 200, "%.130s = %s", label,
                           mst_level_name(r->data, factor, (double)level, name));
    return out;
}

const char *mst_term_name(const mst_regression *r, const mst_meta *meta, int32_t coefficient,
                          char out[400])
{
    const mst_meta_coefficient *c = &meta->coefficient[coefficient];
    const mst_meta_term *t = &meta->term[c->term];
    char first[200], second[200];
    if (t->first < 0) {
        muster_text_format(out, 400, "constant");
        return out;
    }
    part_of(r, t->first, c->level[0], first);
    if (t->second < 0)
        muster_text_format(out, 400, "%s", first);
    else if (t->second == t->first)
        muster_text_format(out, 400, "%s, squared", first);
    else
        muster_text_format(out, 400, "%.190s x %.190s", first,
                           part_of(r, t->second, c->level[1], second));
    return out;
}

/* ---- factors -------------------------------------------------------------------------------------- */

static void show_shares(const mst_regression *r, muster_section *section)
{
    char id[80];
    muster_table *t = muster_table_add(section, mst_data_id(r->data, "regression-factors", id),
                                       "What is lost without each factor");
    muster_table_column(t, "factor", NULL, "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "share", "of R2", "", MUSTER_COLUMN_SHARE, 2);
    for (int32_t i = 0; i < r->meta.inputs; i++) {
        const mst_predicted *p = &r->predicted[i];
        if (!p->is_in)
            continue;
        muster_table_row(t);
        muster_cell_text(t, mst_factor_label(r->data, mst_regression_factor(r, p->input)));
        muster_cell_real(t, p->share);
    }
    muster_plot *plot =
        muster_plot_add(section, MUSTER_PLOT_BARS, t, "What is lost without each factor");
    muster_plot_role(plot, "label", "factor");
    muster_plot_role(plot, "value", "share");
    muster_plot_text(plot, "x_label", "share of the variance between points");
    muster_plot_caption(plot, "Shares need not add up: what two do together goes with either.");
}

static int by_change(const void *left, const void *right)
{
    const mst_predicted *a = left, *b = right;
    const double x = fabs(a->at[1] - a->at[0]), y = fabs(b->at[1] - b->at[0]);
    if (x < y || x > y)
        return x > y ? -1 : 1;
    return (a->input > b->input) - (a->input < b->input);
}

static void add_swing_columns(const mst_regression *r, muster_table *t)
{
    const muster_column_kind kind = mst_figure_kind(r->data);
    const char *unit = r->data->response.unit;
    const mst_meta_coefficient *constant = &r->meta.coefficient[0];
    double largest = 0.0;
    for (int32_t i = 0; i < r->meta.inputs; i++)
        for (int k = 0; k < 2; k++)
            largest = fmax(largest, fabs(r->predicted[i].at[k]));
    const int32_t digits = mst_told_digits(largest, 0.5 * (constant->high - constant->low));
    muster_table_column(t, "factor", NULL, "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "low_value", "low", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "high_value", "high", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "at_low", "at low", unit, kind, digits);
    muster_table_column(t, "at_high", "at high", unit, kind, digits);
    muster_table_column(t, "change", NULL, unit, kind, 2);
    muster_table_column(t, "from", NULL, unit, kind, 2);
    muster_table_column(t, "to", NULL, unit, kind, 2);
}

static void add_swing(const mst_regression *r, muster_table *t, const mst_predicted *p)
{
    const int32_t factor = mst_regression_factor(r, p->input);
    char words[MST_NUMBER_BYTES];
    muster_table_row(t);
    muster_cell_text(t, mst_factor_label(r->data, factor));
    muster_cell_text(t, mst_told_level(r->data, factor, p->x[0], words));
    muster_cell_text(t, mst_told_level(r->data, factor, p->x[1], words));
    muster_cell_real(t, p->at[0]);
    muster_cell_real(t, p->at[1]);
    muster_cell_real(t, p->at[1] - p->at[0]);
    muster_cell_real(t, p->low);
    muster_cell_real(t, p->high);
}

static muster_status show_swings(const mst_regression *r, muster_section *section)
{
    const size_t inputs = (size_t)r->meta.inputs;
    char id[80], name[160];
    mst_predicted *sorted = malloc(inputs * sizeof *sorted);
    if (!sorted)
        return MUSTER_WORLD;
    memcpy(sorted, r->predicted, inputs * sizeof *sorted);
    qsort(sorted, inputs, sizeof *sorted, by_change);
    muster_table *t =
        muster_table_add(section, mst_data_id(r->data, "regression-swings", id),
                         "Predicted between the ends of each factor, the others at their middle");
    add_swing_columns(r, t);
    for (size_t i = 0; i < inputs; i++)
        if (sorted[i].is_in)
            add_swing(r, t, &sorted[i]);
    free(sorted);
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_TORNADO, t,
                                        "Predicted between the ends of each factor");
    muster_plot_role(plot, "label", "factor");
    muster_plot_role(plot, "low", "at_low");
    muster_plot_role(plot, "high", "at_high");
    muster_plot_role(plot, "low_value", "low_value");
    muster_plot_role(plot, "high_value", "high_value");
    muster_plot_number(plot, "baseline", r->middle);
    muster_plot_text(plot, "x_label", mst_figure_name(r->data, name));
    muster_plot_caption(plot, "The line is the prediction with all factors at their middle; a bend "
                              "may go beyond both ends.");
    return MUSTER_OK;
}

/* ---- terms ---------------------------------------------------------------------------------------- */

static void show_terms(const mst_regression *r, muster_section *section)
{
    const char *unit = r->data->response.unit;
    const double scale = r->data->response.is_yes_no ? 100.0 : 1.0;
    char id[80], name[400];
    muster_table *t = muster_table_add(section, mst_data_id(r->data, "regression-terms", id),
                                       "The equation, factors coded from -1 to 1");
    const char *told = r->data->response.is_yes_no ? "% points" : unit;
    muster_table_column(t, "term", NULL, "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "coefficient", NULL, told, MUSTER_COLUMN_REAL, 2);
    muster_table_column(t, "from", NULL, told, MUSTER_COLUMN_REAL, 2);
    muster_table_column(t, "to", NULL, told, MUSTER_COLUMN_REAL, 2);
    muster_table_column(t, "p", "P", "", MUSTER_COLUMN_P, 2);
    muster_table_column(t, "vif", "VIF", "", MUSTER_COLUMN_REAL, 2);
    for (int32_t k = 0; k < r->meta.rank; k++) {
        const mst_meta_coefficient *c = &r->meta.coefficient[r->meta.kept[k]];
        muster_table_row(t);
        muster_cell_text(t, mst_term_name(r, &r->meta, r->meta.kept[k], name));
        muster_cell_real(t, c->value * scale);
        muster_cell_real(t, c->low * scale);
        muster_cell_real(t, c->high * scale);
        muster_cell_real(t, c->p);
        muster_cell_real(t, c->vif);
    }
}

static void show_worth(const mst_regression *r, muster_section *section)
{
    const mst_meta *m = &r->meta;
    char id[80];
    muster_table *t = muster_table_add(section, mst_data_id(r->data, "regression-worth", id),
                                       "What the equation is worth");
    muster_table_column(t, "r2", "R2", "", MUSTER_COLUMN_REAL, 2);
    muster_table_column(t, "r2_adjusted", "R2 adjusted", "", MUSTER_COLUMN_REAL, 2);
    muster_table_column(t, "r2_loo", "R2, left out in turn", "", MUSTER_COLUMN_REAL, 2);
    muster_table_column(t, "p_lack", "P of misfit", "", MUSTER_COLUMN_P, 2);
    muster_table_column(t, "points", NULL, "", MUSTER_COLUMN_WHOLE, 0);
    muster_table_column(t, "coefficients", NULL, "", MUSTER_COLUMN_WHOLE, 0);
    muster_table_column(t, "df", "degrees of freedom left", "", MUSTER_COLUMN_WHOLE, 0);
    muster_table_row(t);
    muster_cell_real(t, m->r2);
    muster_cell_real(t, m->r2_adjusted);
    muster_cell_real(t, m->r2_loo);
    muster_cell_real(t, r->lack_p);
    muster_cell_whole(t, m->used);
    muster_cell_whole(t, m->rank);
    muster_cell_whole(t, m->df);
}

/* ---- residuals ------------------------------------------------------------------------------------ */

/* Rows by size of their standardised residual, the largest first; how many. */
static int32_t largest(const mst_regression *r, int32_t out[RESIDUALS_MOST])
{
    int32_t count = 0;
    for (int32_t row = 0; row < r->meta.rows; row++) {
        const double size = fabs(r->meta.standard[row]);
        int32_t at = count;
        if (isnan(size))
            continue;
        while (at > 0 && fabs(r->meta.standard[out[at - 1]]) < size)
            at--;
        if (at == RESIDUALS_MOST)
            continue;
        count += count < RESIDUALS_MOST;
        for (int32_t i = count - 1; i > at; i--)
            out[i] = out[i - 1];
        out[at] = row;
    }
    return count;
}

static void show_residuals(const mst_regression *r, muster_section *section)
{
    const mst_data *d = r->data;
    const muster_column_kind kind = mst_figure_kind(d);
    int32_t row[RESIDUALS_MOST];
    const int32_t count = r->is_perfect ? 0 : largest(r, row);
    char id[80], name[64];
    if (count == 0)
        return;
    muster_table *t = muster_table_add(section, mst_data_id(d, "regression-residuals", id),
                                       "Points that the equation misses most");
    muster_table_column(t, "point", NULL, "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "found", NULL, d->response.unit, kind, 3);
    muster_table_column(t, "predicted", NULL, d->response.unit, kind, 3);
    muster_table_column(t, "residual", "apart", d->response.unit, kind, 2);
    muster_table_column(t, "standard", "in standard deviations", "", MUSTER_COLUMN_REAL, 2);
    for (int32_t i = 0; i < count; i++) {
        const double found = r->sample.points.y[row[i]], fitted = r->meta.fitted[row[i]];
        muster_table_row(t);
        muster_cell_text(t, mst_point_name(d, r->sample.point[row[i]], name));
        muster_cell_real(t, found);
        muster_cell_real(t, fitted);
        muster_cell_real(t, found - fitted);
        muster_cell_real(t, r->meta.standard[row[i]]);
    }
}

muster_status mst_regression_show(const mst_regression *r, muster_section *section)
{
    if (isnan(r->meta.r2))
        return MUSTER_OK;
    if (r->predicted[0].is_in) {
        show_shares(r, section);
        if (show_swings(r, section) != MUSTER_OK)
            return MUSTER_WORLD;
    }
    show_terms(r, section);
    show_worth(r, section);
    show_residuals(r, section);
    return MUSTER_OK;
}
