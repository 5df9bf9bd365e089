/* Boxes in tables and pictures. */
#include "analyses/boxes.h"
#include "analyses/phrase.h"

#include "base/rng.h"
#include "muster/text.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

enum { DRAWN_MOST = 500, TOLD_MOST = 5 };

/* ---- limits as a table ---------------------------------------------------------------------------- */

static void add_end(const mst_boxes *b, muster_table *t, int32_t box, int32_t input, int end)
{
    static const char *const roles[] = {[MUSTER_ROLE_LEVER] = "lever",
                                        [MUSTER_ROLE_UNCERTAINTY] = "uncertainty",
                                        [MUSTER_ROLE_NOISE] = "noise"};
    const mst_prim_limit *limit = &mst_boxes_limits(b, box)[input];
    const mst_prim_figures *f = &b->prim.box[box].figures[input];
    const int32_t factor = mst_boxes_factor(b, input);
    const double value = end == MST_PRIM_LOW ? limit->low : limit->high;
    char words[300];
    if (!mst_boxes_limits_end(b, box, input, end))
        return;
    if (end == MST_PRIM_LEVELS)
        mst_choice_words(b, box, input, words);
    else
        muster_text_format(words, sizeof words, "at %s", end == MST_PRIM_LOW ? "least" : "most");
    muster_table_row(t);
    muster_cell_whole(t, box + 1);
    muster_cell_text(t, mst_factor_label(b->data, factor));
    muster_cell_text(t, words);
    muster_cell_real(t, end == MST_PRIM_LEVELS ? (double)NAN : value);
    muster_cell_real(t, f->quasi_p[end]);
    muster_cell_real(t, f->by_coverage[end]);
    muster_cell_real(t, f->by_density[end]);
    muster_cell_text(t, b->data->tables ? NULL : roles[b->data->factor[factor].role]);
}

static void show_limits(const mst_boxes *b, muster_section *section)
{
    char id[80];
    muster_table *t = muster_table_add(section, mst_data_id(b->data, "boxes-limits", id),
                                       "Limits, and in how many halves they come again");
    muster_table_column(t, "box", NULL, "", MUSTER_COLUMN_WHOLE, 0);
    muster_table_column(t, "factor", NULL, "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "limit", NULL, "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "value", NULL, "", MUSTER_COLUMN_REAL, 3);
    muster_table_column(t, "quasi_p", "quasi-P", "", MUSTER_COLUMN_P, 2);
    muster_table_column(t, "by_coverage", "again (cov.)", "", MUSTER_COLUMN_SHARE, 2);
    muster_table_column(t, "by_density", "again (den.)", "", MUSTER_COLUMN_SHARE, 2);
    muster_table_column(t, "role", NULL, "", MUSTER_COLUMN_TEXT, 0);
    for (int32_t box = 0; box < b->told; box++)
        for (int32_t i = 0; i < b->prim.inputs; i++)
            for (int end = MST_PRIM_LOW; end <= MST_PRIM_LEVELS; end++)
                add_end(b, t, box, i, end);
}

/* ---- pictures ------------------------------------------------------------------------------------- */

static void draw_trajectory(const mst_boxes *b, muster_section *section)
{
    const mst_prim_box *box = &b->prim.box[0];
    char id[80], density[MST_NUMBER_BYTES], coverage[MST_NUMBER_BYTES];
    muster_table *t = muster_table_add(section, mst_data_id(b->data, "boxes-steps", id),
                                       "On the way to the first box");
    muster_table_column(t, "step", NULL, "", MUSTER_COLUMN_WHOLE, 0);
    muster_table_column(t, "density", NULL, "", MUSTER_COLUMN_SHARE, 3);
    muster_table_column(t, "coverage", NULL, "", MUSTER_COLUMN_SHARE, 3);
    muster_table_column(t, "mass", NULL, "", MUSTER_COLUMN_SHARE, 3);
    muster_table_column(t, "points", NULL, "", MUSTER_COLUMN_WHOLE, 0);
    muster_table_column(t, "limited", "factors limited", "", MUSTER_COLUMN_WHOLE, 0);
    muster_table_column(t, "taken", NULL, "", MUSTER_COLUMN_TEXT, 0);
    for (int32_t s = 0; s < box->steps; s++) {
        if (box->step[s].is_paste && s != box->chosen)
            continue;
        muster_table_row(t);
        muster_cell_whole(t, s);
        muster_cell_real(t, box->step[s].density);
        muster_cell_real(t, box->step[s].coverage);
        muster_cell_real(t, box->step[s].mass);
        muster_cell_whole(t, box->step[s].points);
        muster_cell_whole(t, box->step[s].limited);
        muster_cell_text(t, s == box->chosen ? "this one" : "");
    }
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_LINES, t, "Coverage against density");
    muster_plot_role(plot, "x", "density");
    muster_plot_role(plot, "y", "coverage");
    muster_plot_text(plot, "x_label", "density: share of the box that is of interest");
    muster_plot_text(plot, "y_label", "coverage: share of all cases of interest");
    muster_plot_caption(plot,
                        "From all points (left) to the smallest box: what is gained in density is "
                        "lost in coverage. Taken is the step of %s coverage and %s density.",
                        mst_told_share(mst_boxes_step(b, 0)->coverage, coverage),
                        mst_told_share(mst_boxes_step(b, 0)->density, density));
}

/* The two numbers with the firmest limits, those with few values last; with fewer limited ones, others.
 * -1: there are no two. */
static void two_numbers(const mst_boxes *b, int32_t out[2])
{
    double best[2] = {(double)INFINITY, (double)INFINITY};
    out[0] = out[1] = -1;
    for (int32_t i = 0; i < b->prim.inputs; i++) {
        const double *p = b->prim.box[0].figures[i].quasi_p;
        const int32_t levels = b->data->factor[mst_boxes_factor(b, i)].level_count;
        const double firm = fmin(isnan(p[0]) ? 2.0 : p[0], isnan(p[1]) ? 2.0 : p[1]);
        const double mine = firm + (levels > 0 && levels <= 10 ? 1.0 : 0.0);
        if (b->sample.points.input[i].kind == MST_INPUT_CHOICE)
            continue;
        if (mine < best[0]) {
            best[1] = best[0];
            out[1] = out[0];
            best[0] = mine;
            out[0] = i;
        } else if (mine < best[1]) {
            best[1] = mine;
            out[1] = i;
        }
    }
}

/* Some rows at random, in order; how many. */
static int32_t draw_rows(const mst_boxes *b, int32_t *out)
{
    const int32_t rows = b->sample.points.rows;
    int32_t *all = malloc(((size_t)rows + 1) * sizeof *all);
    gsl_rng *rng = mst_rng_open(b->data->seed, "points of a picture");
    const int32_t count = rows < DRAWN_MOST ? rows : DRAWN_MOST;
    const bool is_well = all && rng;
    for (int32_t i = 0; is_well && i < rows; i++)
        all[i] = i;
    if (is_well)
        gsl_ran_choose(rng, out, (size_t)count, all, (size_t)rows, sizeof *all);
    if (rng)
        gsl_rng_free(rng);
    free(all);
    return is_well ? count : -1;
}

static bool is_hit(const mst_boxes *b, int32_t row)
{
    const double y = b->sample.points.y[row];
    return b->interest.is_below ? y <= b->interest.threshold : y >= b->interest.threshold;
}

/* "yes, in the box": lines show two of its limits, and what else it limits shows in its points alone. */
static const char *case_of(const mst_boxes *b, int32_t row, char out[40])
{
    static const char *const answers[] = {"yes", "no"}, *const sides[] = {"above", "below"};
    const char *const *words = b->interest.is_answer ? answers : sides;
    muster_text_format(
        out, 40, "%s, %s the box", words[is_hit(b, row) == b->interest.is_below ? 1 : 0],
        mst_prim_holds(&b->sample.points, mst_boxes_limits(b, 0), row) ? "in" : "outside");
    return out;
}

/* Those of interest and in the box last, upon the others. */
static muster_table *points_table(const mst_boxes *b, muster_section *section, const int32_t of[2],
                                  const int32_t *row, int32_t count)
{
    const mst_points *points = &b->sample.points;
    char id[80], head[MST_LABEL_BYTES], words[40];
    muster_table *t = muster_table_add(section, mst_data_id(b->data, "boxes-points", id),
                                       "Points in the two firmest limits");
    muster_table_column(t, "x", mst_factor_head(b->data, mst_boxes_factor(b, of[0]), head), "",
                        MUSTER_COLUMN_REAL, 3);
    muster_table_column(t, "y", mst_factor_head(b->data, mst_boxes_factor(b, of[1]), head), "",
                        MUSTER_COLUMN_REAL, 3);
    muster_table_brief(t, TOLD_MOST);
    muster_table_column(t, "case", b->data->response.label, "", MUSTER_COLUMN_TEXT, 0);
    for (int k = 0; k < 4; k++)
        for (int32_t i = 0; i < count; i++) {
            if (is_hit(b, row[i]) * 2 +
                    mst_prim_holds(&b->sample.points, mst_boxes_limits(b, 0), row[i]) !=
                k)
                continue;
            muster_table_row(t);
            muster_cell_real(t, mst_points_x(points, row[i], of[0]));
            muster_cell_real(t, mst_points_x(points, row[i], of[1]));
            muster_cell_text(t, case_of(b, row[i], words));
        }
    return t;
}

/* Lines at the limits along an axis; how many. A single value has both its limits in one. */
static int draw_lines(const mst_boxes *b, int32_t input, muster_plot *plot, const char *option)
{
    const mst_prim_limit *limit = &mst_boxes_limits(b, 0)[input];
    const bool has_low = mst_boxes_limits_end(b, 0, input, MST_PRIM_LOW);
    const bool has_high =
        mst_boxes_limits_end(b, 0, input, MST_PRIM_HIGH) && (!has_low || limit->high > limit->low);
    if (has_low)
        muster_plot_number(plot, option, limit->low);
    if (has_high)
        muster_plot_number(plot, option, limit->high);
    return has_low + has_high;
}

static void draw_limits(const mst_boxes *b, const int32_t of[2], muster_plot *plot)
{
    const int lines =
        draw_lines(b, of[0], plot, "x_thresholds") + draw_lines(b, of[1], plot, "thresholds");
    int32_t others = 0;
    for (int32_t i = 0; i < b->prim.inputs; i++)
        others += i != of[0] && i != of[1] && mst_boxes_limits_input(b, 0, i);
    if (lines > 0)
        muster_plot_caption(plot, "%s.",
                            lines == 1 ? "The line is this limit" : "The lines are these limits");
    if (lines > 0 && others > 0)
        muster_plot_caption(plot,
                            "The box limits %d more factor%s, so that points within %s can lie "
                            "outside the box.",
                            (int)others, others == 1 ? "" : "s", lines == 1 ? "it" : "them");
}

static muster_status draw_points(const mst_boxes *b, muster_section *section)
{
    int32_t of[2], row[DRAWN_MOST];
    char words[2][300], interest[200];
    two_numbers(b, of);
    if (of[1] < 0)
        return MUSTER_OK;
    const int32_t count = draw_rows(b, row);
    if (count < 0)
        return MUSTER_WORLD;
    muster_table *t = points_table(b, section, of, row, count);
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_POINTS, t, "The two firmest limits");
    muster_plot_role(plot, "x", "x");
    muster_plot_role(plot, "y", "y");
    muster_plot_role(plot, "color", "case");
    muster_plot_caption(plot, "Of interest are points in which %s.",
                        mst_interest_words(b, interest));
    if (count < b->sample.points.rows)
        muster_plot_caption(plot, "%d of %d points, drawn at random.", (int)count,
                            (int)b->sample.points.rows);
    for (int k = 0; k < 2; k++)
        if (mst_boxes_limits_input(b, 0, of[k]))
            muster_plot_caption(plot, "In the box: %s.", mst_limit_words(b, 0, of[k], words[k]));
    draw_limits(b, of, plot);
    return MUSTER_OK;
}

muster_status mst_boxes_show(const mst_boxes *b, muster_section *section)
{
    if (b->prim.boxes == 0)
        return MUSTER_OK;
    show_limits(b, section);
    draw_trajectory(b, section);
    return draw_points(b, section);
}
