/* What the points are like: are factors kept apart, is the room filled? */
#include "analyses/analyses.h"
#include "analyses/phrase.h"
#include "analyses/sample.h"

#include "base/rng.h"
#include "muster/text.h"

#include <gsl/gsl_randist.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS_MOST = 100000, DRAWN_MOST = 500, PAIRS_MOST = 10, AXES_MOST = 12, TOLD_MOST = 5 };

static bool fits(const mst_data *d, const muster_analyze_options *options, char why[MST_WHY_BYTES])
{
    if (!mst_is_asked(options) && (!mst_spreads(d) || d->number > 1))
        return false; /* points are the same for every figure */
    if (!mst_sample_bears(d, 3, 2, why))
        return false;
    if (d->points <= POINTS_MOST)
        return true;
    muster_text_format(why, MST_WHY_BYTES, "%" PRId64 " points, at most %d", d->points,
                       POINTS_MOST);
    return false;
}

/* ---- correlations --------------------------------------------------------------------------------- */

typedef struct likeness {
    int32_t first, second; /* inputs */
    double r;
} likeness;

static int by_size(const void *left, const void *right)
{
    const likeness *a = left, *b = right;
    if (fabs(a->r) < fabs(b->r) || fabs(a->r) > fabs(b->r))
        return fabs(a->r) > fabs(b->r) ? -1 : 1;
    return a->first != b->first ? (a->first > b->first ? 1 : -1) : a->second > b->second ? 1 : -1;
}

/* Numbers, and names of which there are two: others have no order. */
static bool has_order(const mst_sample *s, int32_t input)
{
    return s->points.input[input].kind != MST_INPUT_CHOICE || s->points.input[input].levels == 2;
}

/* Columns less their mean, of length 1, column after column. */
static double *standard_columns(const mst_sample *s)
{
    const size_t rows = (size_t)s->points.rows, inputs = (size_t)s->points.inputs;
    double *out = malloc(rows * inputs * sizeof *out);
    for (size_t i = 0; out && i < inputs; i++) {
        double *column = out + i * rows, mean = 0.0, squares = 0.0;
        for (size_t row = 0; row < rows; row++) {
            column[row] = mst_points_x(&s->points, (int32_t)row, (int32_t)i);
            mean += column[row] / (double)rows;
        }
        for (size_t row = 0; row < rows; row++) {
            column[row] -= mean;
            squares += column[row] * column[row];
        }
        for (size_t row = 0; row < rows && squares > 0.0; row++)
            column[row] /= sqrt(squares);
    }
    return out;
}

/* All pairs, the most alike first; null: memory is short. */
static likeness *find_pairs(const mst_sample *s, int32_t *out_count)
{
    const size_t rows = (size_t)s->points.rows, inputs = (size_t)s->points.inputs;
    double *column = standard_columns(s);
    likeness *out = malloc((inputs * inputs / 2 + 1) * sizeof *out);
    int32_t count = 0;
    for (int32_t i = 0; column && out && i < s->points.inputs; i++)
        for (int32_t k = i + 1; has_order(s, i) && k < s->points.inputs; k++) {
            const double *a = column + (size_t)i * rows, *b = column + (size_t)k * rows;
            double r = 0.0;
            if (!has_order(s, k))
                continue;
            for (size_t row = 0; row < rows; row++)
                r += a[row] * b[row];
            out[count++] = (likeness){i, k, fabs(r) < 1e-12 ? 0.0 : r};
        }
    const bool is_well = column && out;
    free(column);
    if (!is_well) {
        free(out);
        return NULL;
    }
    qsort(out, (size_t)count, sizeof *out, by_size);
    *out_count = count;
    return out;
}

static void say_pairs(const mst_sample *s, muster_section *section, const likeness *pair,
                      int32_t pairs)
{
    const mst_data *d = s->data;
    const double r = pairs > 0 ? fabs(pair[0].r) : 0.0;
    if (pairs == 0) {
        muster_section_say(section, "Factors whose values are names have no correlation.");
    } else if (!(r > 0.0)) {
        muster_section_say(section, "No two factors are correlated: what each does can be told "
                                    "apart from what any other does.");
    } else {
        muster_section_say(section, "The largest correlation of two factors is %.2f (%s; %s): %s.",
                           pair[0].r, mst_factor_label(d, s->factor[pair[0].first]),
                           mst_factor_label(d, s->factor[pair[0].second]),
                           r < 0.05  ? "as good as none, so that what each does can be told apart"
                           : r < 0.3 ? "little, and what each does can be told apart"
                           : r < 0.95
                               ? "so much that what one does may be taken for what the other does"
                               : "the two move together and cannot be told apart");
    }
    muster_section_say(section, "n = %d points of %d factors; method %s.", (int)s->points.rows,
                       (int)s->points.inputs, *d->method ? d->method : "not known (tables)");
}

static void show_pairs(const mst_sample *s, muster_section *section, const likeness *pair,
                       int32_t pairs)
{
    char id[80];
    if (pairs == 0 || !(fabs(pair[0].r) > 0.0))
        return;
    muster_table *t = muster_table_add(section, mst_data_id(s->data, "design-correlations", id),
                                       "Largest correlations");
    muster_table_column(t, "first", NULL, "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "second", NULL, "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "correlation", NULL, "", MUSTER_COLUMN_REAL, 2);
    for (int32_t i = 0; i < pairs && i < PAIRS_MOST && fabs(pair[i].r) > 0.0; i++) {
        muster_table_row(t);
        muster_cell_text(t, mst_factor_label(s->data, s->factor[pair[i].first]));
        muster_cell_text(t, mst_factor_label(s->data, s->factor[pair[i].second]));
        muster_cell_real(t, pair[i].r);
    }
}

/* ---- pictures ------------------------------------------------------------------------------------- */

static bool is_named(const mst_sample *s, int32_t input)
{
    return s->points.input[input].kind == MST_INPUT_CHOICE;
}

/* Column of the figure: no factor is called so. */
static const char *figure_column(const mst_data *d)
{
    for (int32_t f = 0; f < d->factors; f++)
        if (strcmp(d->factor[f].id, "figure") == 0)
            return "the figure";
    return "figure";
}

static void add_columns(const mst_sample *s, muster_table *t, int32_t axes)
{
    for (int32_t i = 0; i < axes; i++) {
        const muster_factor *f = &s->data->factor[s->factor[i]];
        muster_table_column(t, f->id, NULL, "",
                            is_named(s, i)                   ? MUSTER_COLUMN_TEXT
                            : f->scale == MUSTER_SCALE_WHOLE ? MUSTER_COLUMN_WHOLE
                                                             : MUSTER_COLUMN_REAL,
                            3);
    }
    muster_table_column(t, figure_column(s->data), s->data->response.label, s->data->response.unit,
                        mst_figure_kind(s->data), 3);
}

static void add_row(const mst_sample *s, muster_table *t, int32_t row, int32_t axes)
{
    char name[64];
    muster_table_row(t);
    for (int32_t i = 0; i < axes; i++) {
        const double x = mst_points_x(&s->points, row, i);
        if (is_named(s, i))
            muster_cell_text(t, mst_level_name(s->data, s->factor[i], x, name));
        else if (s->data->factor[s->factor[i]].scale == MUSTER_SCALE_WHOLE)
            muster_cell_whole(t, (int64_t)llround(x));
        else
            muster_cell_real(t, x);
    }
    muster_cell_real(t, s->points.y[row]);
}

/* A table of points drawn at random, in order. */
static muster_table *add_points(const mst_sample *s, muster_section *section, int32_t axes)
{
    const size_t rows = (size_t)s->points.rows, count = rows < DRAWN_MOST ? rows : DRAWN_MOST;
    int32_t *all = malloc(rows * sizeof *all), drawn[DRAWN_MOST];
    gsl_rng *rng = mst_rng_open(s->data->seed, "points of a picture");
    muster_table *t = NULL;
    char id[80];
    if (all && rng) {
        for (size_t i = 0; i < rows; i++)
            all[i] = (int32_t)i;
        gsl_ran_choose(rng, drawn, count, all, rows, sizeof *all);
        t = muster_table_add(section, mst_data_id(s->data, "design-points", id),
                             "Points of the pictures");
        muster_table_brief(t, TOLD_MOST);
        add_columns(s, t, axes);
        for (size_t i = 0; i < count; i++)
            add_row(s, t, drawn[i], axes);
    }
    if (rng)
        gsl_rng_free(rng);
    free(all);
    return t;
}

static void draw(const mst_sample *s, muster_section *section, muster_table *t, int32_t axes)
{
    const int32_t rows = s->points.rows < DRAWN_MOST ? s->points.rows : DRAWN_MOST;
    const muster_plot_kind kinds[] = {MUSTER_PLOT_SCATTER_MATRIX, MUSTER_PLOT_PARALLEL};
    static const char *const titles[] = {"Every factor against every other",
                                         "From factors to the figure"};
    for (int k = 0; k < 2; k++) {
        muster_plot *plot = muster_plot_add(section, kinds[k], t, titles[k]);
        for (int32_t i = 0; i < axes; i++)
            muster_plot_role(plot, "columns", s->data->factor[s->factor[i]].id);
        if (kinds[k] == MUSTER_PLOT_PARALLEL)
            muster_plot_role(plot, "columns", figure_column(s->data));
        muster_plot_role(plot, "color", figure_column(s->data));
        muster_plot_caption(plot, "Coloured by: %s.", s->data->response.label);
        if (rows < s->points.rows)
            muster_plot_caption(plot, "%d of %d points, drawn at random.", (int)rows,
                                (int)s->points.rows);
        if (axes < s->points.inputs)
            muster_plot_caption(plot, "The first %d of %d factors.", (int)axes,
                                (int)s->points.inputs);
    }
}

static muster_status tell(const mst_data *d, const muster_analyze_options *options,
                          muster_section *section)
{
    mst_sample s;
    int32_t pairs = 0;
    (void)options;
    muster_status status = mst_sample_of(d, MST_ALL_POINTS, &s);
    likeness *pair = status == MUSTER_OK ? find_pairs(&s, &pairs) : NULL;
    if (pair) {
        const int32_t axes = s.points.inputs < AXES_MOST ? s.points.inputs : AXES_MOST;
        say_pairs(&s, section, pair, pairs);
        mst_sample_say_left_out(&s, section);
        show_pairs(&s, section, pair, pairs);
        muster_table *t = add_points(&s, section, axes);
        draw(&s, section, t, axes);
        status = t ? MUSTER_OK : MUSTER_WORLD;
    } else {
        status = MUSTER_WORLD;
    }
    free(pair);
    mst_sample_free(&s);
    return status;
}

const mst_analysis mst_analysis_design = {
    .name = "design",
    .title = "The points",
    .doc = "how the points lie: correlations of factors, every factor against every other",
    .needs = "two factors or more that vary, at most 100000 points",
    .is_usual = true,
    .fits = fits,
    .tell = tell,
};
