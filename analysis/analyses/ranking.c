/* Which point is best, by how much, and which cannot be told apart from it. */
#include "analyses/ranking.h"
#include "muster/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_MOST = 60 };

static bool has_one_seed(const mst_data *d)
{
    for (int64_t p = 1; p < d->points; p++)
        if (d->point[p].seed != d->point[0].seed)
            return false;
    return true;
}

static bool is_for_indices(const mst_data *d)
{
    return strcmp(d->method, "saltelli") == 0 || strcmp(d->method, "morris") == 0;
}

/* Of a list, or with a lever among what is varied: somebody can choose a point. */
static bool is_choice(const mst_data *d)
{
    if (d->factors == 0)
        return true;
    for (int32_t f = 0; f < d->factors; f++)
        if (d->factor[f].role == MUSTER_ROLE_LEVER)
            return true;
    return false;
}

static bool fits(const mst_data *d, const muster_analyze_options *options, char why[MST_WHY_BYTES])
{
    const bool is_asked = options->analysis_count > 0;
    const int64_t most = is_asked || d->is_selected_by ? MUSTER_SELECT_POINTS_MAX : USUAL_MOST;
    why[0] = '\0';
    if (d->points < 2)
        muster_text_format(why, MST_WHY_BYTES, "there is one point only");
    else if (d->is_plan_run)
        muster_text_format(why, MST_WHY_BYTES, "plan runs have no chance in them");
    else if (d->response.direction == MUSTER_NEITHER && !d->response.is_yes_no &&
             !d->is_selected_by)
        muster_text_format(why, MST_WHY_BYTES, "neither more nor less of it is better");
    else if (is_for_indices(d) && !d->is_selected_by)
        muster_text_format(why, MST_WHY_BYTES, "points of method %.40s are no choices", d->method);
    else if (!is_asked && !d->is_selected_by && !is_choice(d))
        muster_text_format(why, MST_WHY_BYTES, "no factor is a lever, which somebody could choose");
    else if (d->points > most)
        muster_text_format(why, MST_WHY_BYTES, "there are %" PRId64 " points, more than %" PRId64,
                           d->points, most);
    else if (!has_one_seed(d) && !d->is_selected_by)
        muster_text_format(why, MST_WHY_BYTES, "its points have random numbers of their own");
    return why[0] == '\0';
}

/* ---- what is compared ----------------------------------------------------------------------------- */

static bool open_view(const mst_data *d, const muster_analyze_options *options, mst_view *v)
{
    const size_t points = (size_t)d->points;
    *v = (mst_view){.d = d, .points = (int32_t)d->points};
    v->series = calloc(points, sizeof *v->series);
    v->order = calloc(points, sizeof *v->order);
    if (!v->series || !v->order)
        return false;
    for (size_t p = 0; p < points; p++) {
        v->series[p] =
            (mst_series){.value = d->value + d->first[p],
                         .replication = d->replication + d->first[p],
                         .count = mst_is_thin(d, (int64_t)p) ? 0 : d->first[p + 1] - d->first[p]};
        v->order[p] = (int32_t)p;
    }
    v->more =
        d->is_selected_by ? d->selection.more : d->response.direction != MUSTER_LESS_IS_BETTER;
    if (d->is_selected_by && !mst_ranking_replay(v))
        return false;
    const mst_rank_ask ask = {
        .series = v->series,
        .points = v->points,
        .is_yes_no = d->response.is_yes_no,
        .more = v->more,
        .level = d->level,
        .best = d->is_selected_by ? v->stages.best : -1,
        .other = options->against ? (int32_t)mst_point_named(d, options->against) : -1};
    v->is_named = options->against != NULL;
    return mst_rank_make(&ask, &v->rank);
}

static void close_view(mst_view *v)
{
    free(v->series);
    free(v->order);
    mst_stages_free(&v->stages);
    mst_rank_free(&v->rank);
}

/* ---- order of the table --------------------------------------------------------------------------- */

/* The best first, then those that a selection kept, then by means; without a value last. */
static bool comes_before(const mst_view *v, int32_t a, int32_t b)
{
    const bool is_held = v->stages.looks > 0;
    const double x = is_held ? v->stages.held[a].mean : v->d->cell[a].mean;
    const double y = is_held ? v->stages.held[b].mean : v->d->cell[b].mean;
    if (a == v->rank.best || b == v->rank.best)
        return a == v->rank.best;
    if (is_held && v->stages.point[a].is_in != v->stages.point[b].is_in)
        return v->stages.point[a].is_in;
    if (!mst_is_ranked(v, a) || !mst_is_ranked(v, b))
        return mst_is_ranked(v, a) && !mst_is_ranked(v, b);
    return v->more ? x > y : x < y;
}

/* By insertion: equal ones stay in the order of the plan. */
static void sort_points(mst_view *v)
{
    for (int32_t i = 1; i < v->points; i++) {
        const int32_t moved = v->order[i];
        int32_t k = i;
        for (; k > 0 && comes_before(v, moved, v->order[k - 1]); k--)
            v->order[k] = v->order[k - 1];
        v->order[k] = moved;
    }
}

/* ---- the table ------------------------------------------------------------------------------------ */

static void add_columns(const mst_view *v, muster_table *t)
{
    const char *unit = v->d->response.unit;
    const bool is_share = v->d->response.is_yes_no;
    const muster_column_kind kind = mst_figure_kind(v->d);
    muster_table_column(t, "point", "point", "", MUSTER_COLUMN_TEXT, 0);
    if (v->stages.point)
        muster_table_column(t, "selection", "selection", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "runs", "n", "", MUSTER_COLUMN_WHOLE, 0);
    muster_table_column(t, "mean", is_share ? "share" : "mean", unit, kind, 4);
    muster_table_column(t, "low", "from", unit, kind, 4);
    muster_table_column(t, "high", "to", unit, kind, 4);
    if (!v->is_named)
        muster_table_column(t, "against", "best other", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "difference", v->is_named ? "difference" : "less the best other", unit,
                        kind, 3);
    muster_table_column(t, "difference_low", "from", unit, kind, 3);
    muster_table_column(t, "difference_high", "to", unit, kind, 3);
    muster_table_column(t, "p", "P", "", MUSTER_COLUMN_P, 2);
    muster_table_column(t, "correlation", "correlation", "", MUSTER_COLUMN_REAL, 2);
    muster_table_column(t, "fewer", "times fewer runs", "", MUSTER_COLUMN_REAL, 2);
}

static void add_difference(const mst_view *v, muster_table *t, int32_t point)
{
    const mst_pair *pair = &v->rank.pair[point];
    const int32_t against = v->rank.against[point];
    char name[64];
    if (!v->is_named)
        muster_cell_text(t, against < 0 ? NULL : mst_point_name(v->d, against, name));
    muster_cell_real(t, v->rank.apart[point]);
    muster_cell_real(t, v->rank.together[point].low);
    muster_cell_real(t, v->rank.together[point].high);
    muster_cell_real(t, v->rank.p[point]);
    muster_cell_real(t, pair->correlation);
    muster_cell_real(t, pair->fewer);
}

static muster_table *add_table(const mst_view *v, muster_section *section)
{
    char id[80], name[80], title[160];
    muster_text_format(title, sizeof title, "Points, the best first; each less %s",
                       v->is_named ? mst_ranking_name(v, v->rank.other, name)
                                   : "the best of the others");
    muster_table *t = muster_table_add(section, mst_data_id(v->d, "ranking", id), title);
    add_columns(v, t);
    for (int32_t i = 0; i < v->points; i++) {
        const int32_t point = v->order[i];
        const mst_cell *cell = &v->d->cell[point];
        const muster_bounds bounds = mst_cell_bounds(v->d, cell);
        muster_table_row(t);
        muster_cell_text(t, mst_point_name(v->d, point, name));
        if (v->stages.point)
            muster_cell_text(t, mst_ranking_standing(v, point));
        muster_cell_whole(t, cell->count);
        muster_cell_real(t, cell->mean);
        muster_cell_real(t, bounds.low);
        muster_cell_real(t, bounds.high);
        add_difference(v, t, point);
    }
    return t;
}

static void draw(const mst_view *v, muster_section *section, muster_table *t)
{
    char name[80], label[240];
    const char *unit = v->d->response.unit;
    mst_ranking_name(v, v->rank.other, name);
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_DOTS, t, "Paired differences");
    muster_plot_role(plot, "label", "point");
    muster_plot_role(plot, "value", "difference");
    muster_plot_role(plot, "low", "difference_low");
    muster_plot_role(plot, "high", "difference_high");
    muster_plot_number(plot, "baseline", 0.0);
    muster_text_format(label, sizeof label, "difference from %s%s%.30s",
                       v->is_named ? name : "the best other", *unit ? ", " : "", unit);
    muster_plot_text(plot, "x_label", label);
    if (!v->rank.together[v->order[v->points > 1]].is_estimable)
        muster_plot_caption(plot,
                            "Each point less %s; there are no intervals, which take two "
                            "runs of the same replication or more.",
                            v->is_named ? name : "the best of the others");
    else if (v->is_named)
        muster_plot_caption(plot,
                            "Each point less %s, replication by replication; intervals and P hold "
                            "with %g %% for all %" PRId64 " comparisons together (Bonferroni).",
                            name, 100.0 * v->d->level, v->rank.family);
    else
        muster_plot_caption(plot,
                            "Each point less the best of the others, replication by replication. "
                            "Intervals, and P that no other point is better, hold with %g %% for "
                            "all points together: multiple comparisons with the best, after Hsu "
                            "(1981) and Nelson and Matejcik (1995). An interval that does not "
                            "reach beyond 0 to the better side rules the point out.",
                            100.0 * v->d->level);
}

static muster_status tell(const mst_data *d, const muster_analyze_options *options,
                          muster_section *section)
{
    mst_view v;
    const bool is_open = open_view(d, options, &v);
    if (is_open && v.rank.best < 0) {
        muster_section_say(section, "The figure is defined in no run.");
    } else if (is_open) {
        sort_points(&v);
        mst_ranking_say(&v, section);
        draw(&v, section, add_table(&v, section));
    }
    close_view(&v);
    return is_open ? MUSTER_OK : MUSTER_WORLD;
}

const mst_analysis mst_analysis_ranking = {
    .name = "ranking",
    .title = "Ranking",
    .doc = "which point is best, by how much, and which cannot be told apart from it",
    .needs = "2 to 500 points that are choices, replications, and a figure with a better side",
    .is_usual = true,
    .fits = fits,
    .tell = tell,
};
