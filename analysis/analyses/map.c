/* The figure over two factors, and where stages of a decision turn. */
#include "analyses/map.h"
#include "analyses/phrase.h"
#include "muster/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TOLD_MOST = 20 };

/* ---- places --------------------------------------------------------------------------------------- */

static bool make_room(mst_map *m)
{
    const size_t rows = (size_t)m->sample.points.rows + 1;
    mst_keep *keep = &m->sample.keep;
    for (int k = 0; k < 2; k++)
        m->at[k] = mst_keep_array(keep, rows, sizeof *m->at[k]);
    m->value = mst_keep_array(keep, rows, sizeof *m->value);
    m->points = mst_keep_array(keep, rows, sizeof *m->points);
    m->group = mst_keep_array(keep, rows, sizeof *m->group);
    for (int i = 0; i < MST_MAP_STAGES; i++)
        m->stage[i].margin = mst_keep_array(keep, rows, sizeof *m->stage[i].margin);
    return !keep->failed;
}

static muster_status find_places(mst_map *m)
{
    const mst_points *points = &m->sample.points;
    const size_t rows = (size_t)points->rows;
    double *x = malloc((2 * rows + 1) * sizeof *x);
    if (!x)
        return MUSTER_WORLD;
    for (size_t row = 0; row < rows; row++)
        for (int k = 0; k < 2; k++)
            x[2 * row + (size_t)k] = mst_points_x(points, (int32_t)row, m->axis[k]);
    const mst_input number[2] = {{.kind = MST_INPUT_REAL}, {.kind = MST_INPUT_REAL}};
    const mst_points flat = {
        .rows = points->rows, .inputs = 2, .input = number, .x = x, .y = points->y};
    m->places = mst_points_group(&flat, m->group);
    for (size_t row = 0; m->places >= 0 && row < rows; row++) {
        const int32_t at = m->group[row];
        m->points[at]++;
        m->value[at] += (points->y[row] - m->value[at]) / (double)m->points[at];
        for (int k = 0; k < 2; k++)
            m->at[k][at] = x[2 * row + (size_t)k];
    }
    if (m->places >= 0) {
        const int64_t cells = (int64_t)mst_map_different(m->at[0], m->places, x) *
                              (int64_t)mst_map_different(m->at[1], m->places, x);
        m->is_grid = cells == m->places;
        m->is_averaged = true;
        for (int32_t i = 0; i < m->places; i++)
            m->is_averaged = m->is_averaged && m->points[i] > 1;
    }
    free(x);
    return m->places >= 0 ? MUSTER_OK : MUSTER_WORLD;
}

/* ---- stages --------------------------------------------------------------------------------------- */

static bool is_stage(const mst_data *d, const muster_response *figure)
{
    static const char *const margins[] = {"margin_able", "margin_admit", "margin_accept"};
    for (size_t i = 0; i < sizeof margins / sizeof *margins; i++)
        if (strcmp(figure->measure, margins[i]) == 0)
            return strcmp(figure->thing, d->response.thing) == 0;
    return false;
}

/* Where other factors vary from point to point a margin is no surface over two of them. */
static bool may_have_stages(const mst_map *m)
{
    return m->sample.points.inputs == 2 || m->is_averaged;
}

static void average(mst_map *m, const double *mean, double *out)
{
    double *sum = out;
    for (int32_t i = 0; i < m->places; i++)
        sum[i] = 0.0;
    for (int32_t row = 0; row < m->sample.points.rows; row++)
        sum[m->group[row]] += mean[m->sample.point[row]] / (double)m->points[m->group[row]];
}

/* As the model decides: the political stages above 0; able, which is a share that suffices, at 0 and
 * above. The model takes off a slack of 1e-12 there before it compares, and a margin that it calls yes is
 * never below 0; means of margins may be, by rounding. */
bool mst_map_says_yes(const mst_map_stage *s, int32_t place)
{
    return s->takes_0 ? s->margin[place] >= -1e-12 : s->margin[place] > 0.0;
}

static void count_stages(mst_map *m)
{
    for (int32_t i = 0; i < m->places; i++) {
        int32_t no = 0, last = -1;
        for (int32_t s = 0; s < m->stages; s++) {
            const bool is_yes = mst_map_says_yes(&m->stage[s], i);
            m->stage[s].yes += is_yes;
            no += !is_yes;
            last = is_yes ? last : s;
        }
        if (no == 1)
            m->stage[last].alone++;
    }
}

static muster_status find_stages(mst_map *m)
{
    const mst_data *d = m->data;
    int32_t figure[MST_MAP_STAGES];
    for (int32_t i = 0; may_have_stages(m) && i < d->figures && m->stages < MST_MAP_STAGES; i++)
        if (is_stage(d, &d->figure[i])) {
            figure[m->stages] = i;
            m->stage[m->stages].takes_0 = strcmp(d->figure[i].measure, "margin_able") == 0;
            m->stage[m->stages++].figure = i;
        }
    if (m->stages == 0)
        return MUSTER_OK;
    const size_t points = (size_t)d->points;
    double *mean = malloc((size_t)m->stages * points * sizeof *mean);
    const muster_status status = mean ? mst_data_means(d, figure, m->stages, mean) : MUSTER_WORLD;
    for (int32_t s = 0; status == MUSTER_OK && s < m->stages; s++)
        average(m, mean + (size_t)s * points, m->stage[s].margin);
    free(mean);
    if (status == MUSTER_OK)
        count_stages(m);
    return status;
}

/* ---- table and picture ---------------------------------------------------------------------------- */

static const char *boundary_name(int32_t s, char out[32])
{
    muster_text_format(out, 32, "boundary_%d", (int)s + 1);
    return out;
}

static void add_place(const mst_map *m, muster_table *t, int k, int32_t place)
{
    const int32_t factor = m->sample.factor[m->axis[k]];
    char name[64];
    if (mst_map_is_name(m->data, factor))
        muster_cell_text(t, mst_level_name(m->data, factor, m->at[k][place], name));
    else if (mst_map_is_whole(m->data, factor))
        muster_cell_whole(t, (int64_t)m->at[k][place]);
    else
        muster_cell_real(t, m->at[k][place]);
}

static muster_table *add_table(const mst_map *m, muster_section *section)
{
    static const char *const axes[] = {"x", "y"};
    const mst_data *d = m->data;
    char id[80], head[MST_LABEL_BYTES], name[32], label[200];
    muster_table *t = muster_table_add(section, mst_data_id(d, "map-places", id), "The map");
    muster_table_brief(t, TOLD_MOST);
    for (int k = 0; k < 2; k++) {
        const int32_t factor = m->sample.factor[m->axis[k]];
        muster_table_column(t, axes[k], mst_factor_head(d, factor, head), "",
                            mst_map_is_name(d, factor)    ? MUSTER_COLUMN_TEXT
                            : mst_map_is_whole(d, factor) ? MUSTER_COLUMN_WHOLE
                                                          : MUSTER_COLUMN_REAL,
                            3);
    }
    muster_table_column(t, "value", d->response.label, d->response.unit, mst_figure_kind(d), 3);
    for (int32_t s = 0; s < m->stages; s++) {
        muster_text_format(label, sizeof label, "%.150s (margin 0)", mst_map_stage_words(m, s));
        muster_table_column(t, boundary_name(s, name), label, "", MUSTER_COLUMN_REAL, 3);
    }
    for (int32_t i = 0; i < m->places; i++) {
        muster_table_row(t);
        for (int k = 0; k < 2; k++)
            add_place(m, t, k, i);
        muster_cell_real(t, m->value[i]);
        for (int32_t s = 0; s < m->stages; s++)
            muster_cell_real(t, m->stage[s].margin[i]);
    }
    return t;
}

/* Along names and whole numbers there are cells, along others values run on. */
static void add_caption(const mst_map *m, muster_plot *plot, mst_listing *lines)
{
    char name[160];
    muster_plot_caption(plot, "Colour: %s.", mst_figure_name(m->data, name));
    if (lines->count > 0)
        muster_plot_caption(plot, "Lines: where these stages turn from no to yes: %s.",
                            mst_listing_text(lines));
    if (mst_map_is_cut(m, 0) && mst_map_is_cut(m, 1))
        muster_plot_caption(plot, "Each cell is a point%s.",
                            lines->count > 0 ? ", and lines run between cells" : "");
    else if (m->is_grid && lines->count > 0)
        muster_plot_caption(plot, "Between points of the grid the line is interpolated%s.",
                            mst_map_is_cut(m, 0) || mst_map_is_cut(m, 1)
                                ? ", but not between whole numbers or names: those are cells"
                                : "");
}

static void draw(const mst_map *m, muster_section *section)
{
    const mst_data *d = m->data;
    char name[160];
    int boundary = 0;
    mst_listing lines = {0};
    muster_plot *plot =
        muster_plot_add(section, MUSTER_PLOT_MAP, add_table(m, section), d->response.label);
    muster_plot_role(plot, "x", "x");
    muster_plot_role(plot, "y", "y");
    muster_plot_role(plot, "value", "value");
    for (int32_t s = 0; s < m->stages; s++) {
        if (m->stage[s].yes == 0 || m->stage[s].yes == m->places)
            continue;
        muster_plot_role(plot, "boundary", boundary_name(s, name));
        boundary++;
        if (!m->stage[s].takes_0)
            muster_plot_number(plot, "above_0", boundary);
        mst_listing_add(&lines, mst_map_stage_words(m, s));
    }
    add_caption(m, plot, &lines);
}

static muster_status tell(const mst_data *d, const muster_analyze_options *options,
                          muster_section *section)
{
    mst_map m = {.data = d};
    muster_status status = mst_sample_of(d, MST_ALL_POINTS, &m.sample);
    if (status == MUSTER_OK && !make_room(&m))
        status = MUSTER_WORLD;
    if (status == MUSTER_OK)
        status = mst_map_find_axes(&m, options);
    if (status == MUSTER_OK)
        status = find_places(&m);
    if (status == MUSTER_OK)
        status = find_stages(&m);
    if (status == MUSTER_OK) {
        mst_map_say(&m, section);
        draw(&m, section);
    }
    mst_sample_free(&m.sample);
    return status;
}

const mst_analysis mst_analysis_map = {
    .name = "map",
    .title = "Map of two factors",
    .doc = "the figure over two factors, and where the stages of a decision turn",
    .needs = "two factors that vary; --x and --y choose them",
    .is_usual = true,
    .fits = mst_map_fits,
    .tell = tell,
};
