/* Boxes in words, tables and pictures. */
#include "analyses/boxes.h"
#include "analyses/phrase.h"

#include "base/rng.h"
#include "muster/text.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { DRAWN_MOST = 500, TOLD_MOST = 5 };

static int32_t factor_of(const mst_boxes *b, int32_t input)
{
    return b->sample.factor[input];
}

static const mst_prim_limit *limits_of(const mst_boxes *b, int32_t box)
{
    return mst_prim_limits(&b->prim, box, b->prim.box[box].chosen);
}

static const mst_prim_step *step_of(const mst_boxes *b, int32_t box)
{
    return &b->prim.box[box].step[b->prim.box[box].chosen];
}

static bool is_end_limited(const mst_boxes *b, int32_t input, const mst_prim_limit *limit, int end)
{
    return mst_prim_is_limited(&b->sample.points.input[input], limit, end);
}

static bool is_limited(const mst_boxes *b, int32_t input, const mst_prim_limit *limit)
{
    return is_end_limited(b, input, limit, MST_PRIM_LOW) ||
           is_end_limited(b, input, limit, MST_PRIM_HIGH) ||
           is_end_limited(b, input, limit, MST_PRIM_LEVELS);
}

/* ---- limits --------------------------------------------------------------------------------------- */

/* "being ORANG", "being one of A and B", "being not C": whichever is shorter. */
static void choice_words(const mst_boxes *b, int32_t input, const mst_prim_limit *limit,
                         char out[300])
{
    const int32_t levels = b->sample.points.input[input].levels, factor = factor_of(b, input);
    mst_listing in = {0}, left = {0};
    char name[64];
    for (int32_t l = 0; l < levels; l++)
        mst_listing_add(limit->levels >> l & 1 ? &in : &left,
                        mst_level_name(b->data, factor, (double)l, name));
    const bool is_rest = left.count < in.count;
    muster_text_format(out, 300, "%.140s being %s%.140s", mst_factor_label(b->data, factor),
                       is_rest        ? "not "
                       : in.count > 1 ? "one of "
                                      : "",
                       mst_listing_text(is_rest ? &left : &in));
}

const char *mst_limit_words(const mst_boxes *b, int32_t input, const mst_prim_limit *limit,
                            char out[300])
{
    const int32_t factor = factor_of(b, input);
    const char *label = mst_factor_label(b->data, factor);
    char low[MST_NUMBER_BYTES], high[MST_NUMBER_BYTES];
    const bool has_low = is_end_limited(b, input, limit, MST_PRIM_LOW),
               has_high = is_end_limited(b, input, limit, MST_PRIM_HIGH);
    mst_told_level(b->data, factor, limit->low, low);
    mst_told_level(b->data, factor, limit->high, high);
    if (is_end_limited(b, input, limit, MST_PRIM_LEVELS))
        choice_words(b, input, limit, out);
    else if (has_low && has_high && !(limit->high > limit->low))
        muster_text_format(out, 300, "%.200s being %s", label, low);
    else if (has_low && has_high)
        muster_text_format(out, 300, "%.180s from %s to %s", label, low, high);
    else
        muster_text_format(out, 300, "%.200s at %s %s", label, has_low ? "least" : "most",
                           has_low ? low : high);
    return out;
}

/* ---- sentences ------------------------------------------------------------------------------------ */

static const char *interest_words(const mst_boxes *b, char out[200])
{
    char text[MST_NUMBER_BYTES];
    const bool has_runs = !b->data->is_plan_run && b->sample.most > 1;
    if (b->interest.is_answer)
        muster_text_format(out, 200, "'%.120s' is %s%s", b->data->response.label,
                           b->interest.is_below ? "no" : "yes",
                           !has_runs              ? ""
                           : b->interest.is_below ? " in most runs"
                                                  : " in at least half of the runs");
    else
        muster_text_format(out, 200, "'%.120s' is at %s %s", b->data->response.label,
                           b->interest.is_below ? "most" : "least",
                           mst_told_value(b->data, b->interest.threshold, (double)NAN, text));
    return out;
}

static void say_box(const mst_boxes *b, muster_section *section, int32_t box)
{
    const mst_prim_step *s = step_of(b, box);
    mst_listing limits = {0};
    char words[300], interest[200], density[MST_NUMBER_BYTES], coverage[MST_NUMBER_BYTES];
    char mass[MST_NUMBER_BYTES];
    for (int32_t i = 0; i < b->prim.inputs; i++)
        if (is_limited(b, i, &limits_of(b, box)[i]))
            mst_listing_add(&limits, mst_limit_words(b, i, &limits_of(b, box)[i], words));
    muster_section_say(section,
                       "%s %s: %s in %d of %d points (%s). These are %s of all such points, in %s "
                       "of all points.",
                       box == 0 ? "With" : "Of the points outside, with", mst_listing_text(&limits),
                       interest_words(b, interest), (int)s->hits, (int)s->points,
                       mst_told_share(s->density, density), mst_told_share(s->coverage, coverage),
                       mst_told_share(s->mass, mass));
}

/* Who can bring the first box about. */
static void say_roles(const mst_boxes *b, muster_section *section)
{
    mst_listing chosen = {0}, given = {0};
    char words[300];
    if (b->data->tables)
        return; /* tables do not say whose a factor is */
    for (int32_t i = 0; i < b->prim.inputs; i++) {
        const bool is_lever = b->data->factor[factor_of(b, i)].role == MUSTER_ROLE_LEVER;
        if (is_limited(b, i, &limits_of(b, 0)[i]))
            mst_listing_add(is_lever ? &chosen : &given,
                            mst_limit_words(b, i, &limits_of(b, 0)[i], words));
    }
    if (chosen.count > 0)
        muster_section_say(section, "Of these, somebody can choose: %s.",
                           mst_listing_text(&chosen));
    if (given.count > 0)
        muster_section_say(section, "Nobody chooses, and it must hold: %s.",
                           mst_listing_text(&given));
    else
        muster_section_say(section, "All of it is somebody's to choose.");
}

/* Limits that another sample might well do without. */
static void say_doubts(const mst_boxes *b, muster_section *section)
{
    mst_listing weak = {0};
    char density[MST_NUMBER_BYTES];
    const mst_prim_figures *f = b->prim.box[0].figures;
    for (int32_t i = 0; i < b->prim.inputs; i++)
        if (is_limited(b, i, &limits_of(b, 0)[i]) && fmin(f[i].by_coverage, f[i].by_density) < 0.7)
            mst_listing_add(&weak, mst_factor_label(b->data, factor_of(b, i)));
    if (weak.count > 0)
        muster_section_say(section,
                           "Doubtful, as boxes of half the points often do without: limits of %s.",
                           mst_listing_text(&weak));
    if (!isnan(b->density_outside))
        muster_section_say(section,
                           "The limits were looked for in the same points, which flatters them: in "
                           "points that a box had not seen, %s were of interest (mean of %d boxes "
                           "found in halves).",
                           mst_told_share(b->density_outside, density), (int)b->halves);
}

void mst_boxes_say(const mst_boxes *b, muster_section *section)
{
    char interest[200], share[MST_NUMBER_BYTES];
    const double hits = (double)b->prim.hits, used = (double)b->prim.used;
    if (b->prim.boxes == 0)
        muster_section_say(section, "No limits of factors hold more cases of interest than chance "
                                    "would.");
    for (int32_t i = 0; i < b->told; i++)
        say_box(b, section, i);
    muster_section_say(section, "Over all points %s in %d of %d (%s).", interest_words(b, interest),
                       (int)b->prim.hits, (int)b->prim.used, mst_told_share(hits / used, share));
    if (b->prim.boxes > 0) {
        say_roles(b, section);
        say_doubts(b, section);
        muster_section_say(section,
                           "Patient rule induction (Friedman and Fisher 1999): %g %% of the points "
                           "peeled at a time, boxes of at least %g %%; of the steps the one of "
                           "greatest coverage times density. Quasi-P is how likely so many cases "
                           "were without the limit; it is no test, as limits were looked for.",
                           100.0 * b->options.peel, 100.0 * b->options.mass_min);
    }
    mst_sample_say_left_out(&b->sample, section);
}

/* ---- limits as a table ---------------------------------------------------------------------------- */

static void add_end(const mst_boxes *b, muster_table *t, int32_t box, int32_t input, int end)
{
    static const char *const roles[] = {[MUSTER_ROLE_LEVER] = "lever",
                                        [MUSTER_ROLE_UNCERTAINTY] = "uncertainty",
                                        [MUSTER_ROLE_NOISE] = "noise"};
    const mst_prim_limit *limit = &limits_of(b, box)[input];
    const mst_prim_figures *f = &b->prim.box[box].figures[input];
    const int32_t factor = factor_of(b, input);
    const double value = end == MST_PRIM_LOW ? limit->low : limit->high;
    char words[300];
    if (!is_end_limited(b, input, limit, end))
        return;
    if (end == MST_PRIM_LEVELS)
        choice_words(b, input, limit, words);
    else
        muster_text_format(words, sizeof words, "at %s", end == MST_PRIM_LOW ? "least" : "most");
    muster_table_row(t);
    muster_cell_whole(t, box + 1);
    muster_cell_text(t, mst_factor_label(b->data, factor));
    muster_cell_text(t, words);
    muster_cell_real(t, end == MST_PRIM_LEVELS ? (double)NAN : value);
    muster_cell_real(t, f->quasi_p[end]);
    muster_cell_real(t, f->by_coverage);
    muster_cell_real(t, f->by_density);
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
                        mst_told_share(step_of(b, 0)->coverage, coverage),
                        mst_told_share(step_of(b, 0)->density, density));
}

/* The two numbers with the firmest limits, those with few values last; with fewer limited ones, others.
 * -1: there are no two. */
static void two_numbers(const mst_boxes *b, int32_t out[2])
{
    double best[2] = {(double)INFINITY, (double)INFINITY};
    out[0] = out[1] = -1;
    for (int32_t i = 0; i < b->prim.inputs; i++) {
        const double *p = b->prim.box[0].figures[i].quasi_p;
        const int32_t levels = b->data->factor[factor_of(b, i)].level_count;
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

static muster_table *points_table(const mst_boxes *b, muster_section *section, const int32_t of[2],
                                  const int32_t *row, int32_t count)
{
    static const char *const answers[] = {"yes", "no"}, *const sides[] = {"above", "below"};
    const mst_points *points = &b->sample.points;
    const char *const *words = b->interest.is_answer ? answers : sides;
    char id[80], head[MST_LABEL_BYTES];
    muster_table *t = muster_table_add(section, mst_data_id(b->data, "boxes-points", id),
                                       "Points in the two firmest limits");
    muster_table_column(t, "x", mst_factor_head(b->data, factor_of(b, of[0]), head), "",
                        MUSTER_COLUMN_REAL, 3);
    muster_table_column(t, "y", mst_factor_head(b->data, factor_of(b, of[1]), head), "",
                        MUSTER_COLUMN_REAL, 3);
    muster_table_brief(t, TOLD_MOST);
    muster_table_column(t, "case", b->data->response.label, "", MUSTER_COLUMN_TEXT, 0);
    for (int k = 0; k < 2; k++) /* those of interest last, upon the others */
        for (int32_t i = 0; i < count; i++) {
            const bool is_hit = b->interest.is_below ? points->y[row[i]] <= b->interest.threshold
                                                     : points->y[row[i]] >= b->interest.threshold;
            if (is_hit != (k == 1))
                continue;
            muster_table_row(t);
            muster_cell_real(t, mst_points_x(points, row[i], of[0]));
            muster_cell_real(t, mst_points_x(points, row[i], of[1]));
            muster_cell_text(t, is_hit == b->interest.is_below ? words[1] : words[0]);
        }
    return t;
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
    const mst_prim_limit *y = &limits_of(b, 0)[of[1]];
    if (is_end_limited(b, of[1], y, MST_PRIM_LOW))
        muster_plot_number(plot, "thresholds", y->low);
    if (is_end_limited(b, of[1], y, MST_PRIM_HIGH))
        muster_plot_number(plot, "thresholds", y->high);
    muster_plot_caption(plot, "Of interest are points in which %s.", interest_words(b, interest));
    if (count < b->sample.points.rows)
        muster_plot_caption(plot, "%d of %d points, drawn at random.", (int)count,
                            (int)b->sample.points.rows);
    for (int k = 0; k < 2; k++)
        if (is_limited(b, of[k], &limits_of(b, 0)[of[k]]))
            muster_plot_caption(plot, "In the box: %s.",
                                mst_limit_words(b, of[k], &limits_of(b, 0)[of[k]], words[k]));
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
