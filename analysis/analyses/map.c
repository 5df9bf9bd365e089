/* The figure over two factors, and where stages of a decision turn. */
#include "analyses/analyses.h"
#include "analyses/effects.h"
#include "analyses/phrase.h"
#include "analyses/sample.h"
#include "muster/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STAGES_MOST = 3, TOLD_MOST = 20 };

/* A stage of a decision, by its margin. */
typedef struct stage {
    int32_t figure;
    bool takes_0;   /* it says yes at 0 and above, else above 0 alone: see says_yes */
    double *margin; /* (places) */
    int32_t yes;    /* places   */
    int32_t alone;  /* places at which it alone says no */
} stage;

typedef struct map {
    const mst_data *data;
    mst_sample sample;
    int32_t axis[2];           /* inputs of the sample */
    bool is_chosen;            /* the axes were chosen: by their effects, or ... */
    bool are_levers;           /* ... as the two that are somebody's to choose    */
    int32_t places;            /* different pairs of values: points of one are put together */
    double *at[2];             /* (places) of each axis */
    double *value;             /* (places) means        */
    int32_t *points;           /* (places)              */
    int32_t *group;            /* (rows): their place   */
    bool is_grid, is_averaged; /* averaged: several points at every place */
    int32_t stages;
    stage stage[STAGES_MOST];
} map;

/* ---- axes ----------------------------------------------------------------------------------------- */

static bool is_name(const mst_data *d, int32_t factor)
{
    return d->factor[factor].scale == MUSTER_SCALE_NAMES;
}

/* There is nothing between the values of such a factor. Of numbers that were listed only the values are
 * known, and those without a fraction are taken to be counts or steps. */
static bool is_whole(const mst_data *d, int32_t factor)
{
    const muster_factor *f = &d->factor[factor];
    bool out = f->scale == MUSTER_SCALE_WHOLE || f->scale == MUSTER_SCALE_NUMBERS;
    for (int64_t p = 0; out && f->scale == MUSTER_SCALE_NUMBERS && p < d->points; p++) {
        const double x = mst_x(d, p, factor);
        out = isnan(x) || (fabs(x) < 1e9 && !(floor(x) < x));
    }
    return out;
}

/* Two factors that vary and are somebody's to choose, and no third: their count is 2 then. */
static int32_t levers(const mst_data *d, int32_t of[2])
{
    int32_t count = 0;
    for (int32_t f = 0; f < d->factors; f++) {
        if (d->factor[f].role != MUSTER_ROLE_LEVER || !mst_sample_varies(d, f))
            continue;
        if (count < 2)
            of[count] = f;
        count++;
    }
    return count;
}

/* -1: none of that name varies, and why says so. */
static int32_t axis_named(const mst_data *d, const char *name, char why[MST_WHY_BYTES])
{
    for (int32_t f = 0; f < d->factors; f++) {
        if (strcmp(d->factor[f].id, name) != 0)
            continue;
        if (mst_sample_varies(d, f))
            return f;
        muster_text_format(why, MST_WHY_BYTES, "factor '%.80s' does not vary", name);
        return -1;
    }
    muster_text_format(why, MST_WHY_BYTES, "no factor '%.80s'", name);
    return -1;
}

static int by_value(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static int32_t different(const double *value, int32_t count, double *scratch)
{
    int32_t out = 0;
    memcpy(scratch, value, (size_t)count * sizeof *scratch);
    qsort(scratch, (size_t)count, sizeof *scratch, by_value);
    for (int32_t i = 0; i < count; i++)
        out += i == 0 || scratch[i] > scratch[i - 1];
    return out;
}

/* Is every combination of values there once? Then means over a third factor are of the same values of it
 * at every place. */
static bool is_full_grid(const mst_data *d)
{
    mst_sample s;
    double cells = 1.0;
    bool out = mst_sample_of(d, MST_ALL_POINTS, &s) == MUSTER_OK && s.lost == 0;
    const size_t rows = (size_t)s.points.rows;
    double *x = out ? malloc((2 * rows + 1) * sizeof *x) : NULL;
    for (int32_t i = 0; x && i < s.points.inputs; i++) {
        for (size_t row = 0; row < rows; row++)
            x[row] = mst_points_x(&s.points, (int32_t)row, i);
        cells *= (double)different(x, s.points.rows, x + rows);
    }
    out = x && !(cells < (double)rows) && !(cells > (double)rows);
    free(x);
    mst_sample_free(&s);
    return out;
}

/* Made without being asked for: of two factors; of three on a grid; of two levers on a grid of any. */
static bool is_worth_it(const mst_data *d, int32_t vary)
{
    int32_t of[2];
    return vary == 2 || ((vary == 3 || levers(d, of) == 2) && is_full_grid(d));
}

static bool fits(const mst_data *d, const muster_analyze_options *o, char why[MST_WHY_BYTES])
{
    int32_t vary = 0;
    if (!mst_sample_bears(d, 4, 2, why))
        return false;
    for (int32_t f = 0; f < d->factors; f++)
        vary += mst_sample_varies(d, f);
    if (!mst_is_asked(o) && !is_worth_it(d, vary))
        return false;
    if ((o->x && axis_named(d, o->x, why) < 0) || (o->y && axis_named(d, o->y, why) < 0))
        return false;
    if (!o->x || !o->y || strcmp(o->x, o->y) != 0)
        return true;
    muster_text_format(why, MST_WHY_BYTES, "--x and --y are the same factor");
    return false;
}

static int32_t input_of(const map *m, int32_t factor)
{
    for (int32_t i = 0; i < m->sample.points.inputs; i++)
        if (m->sample.factor[i] == factor)
            return i;
    return -1;
}

/* The factor that accounts for most of the variance, or of two the first; not the one that is taken. */
static int32_t best_axis(const map *m, const mst_effects *e, int32_t taken)
{
    int32_t out = -1;
    double most = -(double)INFINITY;
    for (int32_t i = 0; i < e->count; i++) {
        const int32_t input = input_of(m, e->sample.factor[e->effect[i].input]);
        const double share = isnan(e->effect[i].share) ? -1e9 : e->effect[i].share,
                     rank = m->is_chosen ? share : -(double)input;
        if (input < 0 || input == taken || !(rank > most))
            continue;
        most = rank;
        out = input;
    }
    return out;
}

/* Axes that were not asked for. */
static muster_status fill_axes(map *m)
{
    mst_effects e;
    m->is_chosen = m->sample.points.inputs > 2;
    const muster_status status = mst_effects_of(m->data, &e);
    for (int k = 0; status == MUSTER_OK && k < 2; k++)
        if (m->axis[k] < 0)
            m->axis[k] = best_axis(m, &e, m->axis[1 - k]);
    mst_effects_free(&e);
    return status;
}

static muster_status find_axes(map *m, const muster_analyze_options *o)
{
    char why[MST_WHY_BYTES];
    int32_t of[2];
    if (!o->x && !o->y && m->sample.points.inputs > 2 && levers(m->data, of) == 2) {
        m->is_chosen = m->are_levers = true;
        for (int k = 0; k < 2; k++)
            m->axis[k] = input_of(m, of[k]);
        return MUSTER_OK;
    }
    m->axis[0] = o->x ? input_of(m, axis_named(m->data, o->x, why)) : -1;
    m->axis[1] = o->y ? input_of(m, axis_named(m->data, o->y, why)) : -1;
    return m->axis[0] >= 0 && m->axis[1] >= 0 ? MUSTER_OK : fill_axes(m);
}

/* ---- places --------------------------------------------------------------------------------------- */

static bool make_room(map *m)
{
    const size_t rows = (size_t)m->sample.points.rows + 1;
    mst_keep *keep = &m->sample.keep;
    for (int k = 0; k < 2; k++)
        m->at[k] = mst_keep_array(keep, rows, sizeof *m->at[k]);
    m->value = mst_keep_array(keep, rows, sizeof *m->value);
    m->points = mst_keep_array(keep, rows, sizeof *m->points);
    m->group = mst_keep_array(keep, rows, sizeof *m->group);
    for (int i = 0; i < STAGES_MOST; i++)
        m->stage[i].margin = mst_keep_array(keep, rows, sizeof *m->stage[i].margin);
    return !keep->failed;
}

static muster_status find_places(map *m)
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
        const int64_t cells =
            (int64_t)different(m->at[0], m->places, x) * (int64_t)different(m->at[1], m->places, x);
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
static bool may_have_stages(const map *m)
{
    return m->sample.points.inputs == 2 || m->is_averaged;
}

static void average(map *m, const double *mean, double *out)
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
static bool says_yes(const stage *s, int32_t place)
{
    return s->takes_0 ? s->margin[place] >= -1e-12 : s->margin[place] > 0.0;
}

static void count_stages(map *m)
{
    for (int32_t i = 0; i < m->places; i++) {
        int32_t no = 0, last = -1;
        for (int32_t s = 0; s < m->stages; s++) {
            const bool is_yes = says_yes(&m->stage[s], i);
            m->stage[s].yes += is_yes;
            no += !is_yes;
            last = is_yes ? last : s;
        }
        if (no == 1)
            m->stage[last].alone++;
    }
}

static muster_status find_stages(map *m)
{
    const mst_data *d = m->data;
    int32_t figure[STAGES_MOST];
    for (int32_t i = 0; may_have_stages(m) && i < d->figures && m->stages < STAGES_MOST; i++)
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

/* ---- sentences ------------------------------------------------------------------------------------ */

/* "accepts, ALPHA" of "margin: accepts, ALPHA". */
static const char *stage_words(const map *m, int32_t s)
{
    static const char prefix[] = "margin: ";
    const char *label = m->data->figure[m->stage[s].figure].label;
    return strncmp(label, prefix, sizeof prefix - 1) == 0 ? label + sizeof prefix - 1 : label;
}

static const char *place_words(const map *m, int32_t place, char out[400])
{
    char words[2][MST_NUMBER_BYTES];
    const int32_t x = m->sample.factor[m->axis[0]], y = m->sample.factor[m->axis[1]];
    muster_text_format(out, 400, "%.100s %s, %.100s %s", mst_factor_label(m->data, x),
                       mst_told_level(m->data, x, m->at[0][place], words[0]),
                       mst_factor_label(m->data, y),
                       mst_told_level(m->data, y, m->at[1][place], words[1]));
    return out;
}

/* Half the interval of a point's mean, about: places have their luck in common. */
static double half_of_points(const map *m)
{
    const mst_data *d = m->data;
    double half = 0.0, count = 0.0;
    for (int32_t row = 0; !d->is_plan_run && row < m->sample.points.rows; row++) {
        const muster_bounds b = mst_cell_bounds(d, &d->cell[m->sample.point[row]]);
        if (b.is_estimable)
            half += (0.5 * (b.high - b.low) - half) / ++count;
    }
    return count > 0.0 ? half : (double)NAN;
}

static void say_value(const map *m, muster_section *section)
{
    const mst_data *d = m->data;
    const double half = half_of_points(m);
    int32_t yes = 0, low = 0, high = 0;
    char share[MST_NUMBER_BYTES], value[2][MST_NUMBER_BYTES], place[2][400];
    for (int32_t i = 0; i < m->places; i++) {
        yes += m->value[i] >= 0.5;
        low = m->value[i] < m->value[low] ? i : low;
        high = m->value[i] > m->value[high] ? i : high;
    }
    if (d->response.is_yes_no)
        muster_section_say(
            section, "'%s' is yes%s at %d of %d places of the map (%s).", d->response.label,
            d->is_plan_run && !m->is_averaged ? "" : " at least half of the times", (int)yes,
            (int)m->places, mst_told_share((double)yes / (double)m->places, share));
    else if (!(m->value[high] > m->value[low]))
        muster_section_say(section, "'%s' is %s all over the map.", d->response.label,
                           mst_told_value(d, m->value[low], half, value[0]));
    else
        muster_section_say(
            section, "'%s' goes from %s (%s) to %s (%s).", d->response.label,
            mst_told_value(d, m->value[low], half, value[0]), place_words(m, low, place[0]),
            mst_told_value(d, m->value[high], half, value[1]), place_words(m, high, place[1]));
}

/* The stage that says yes in the least part of the map. */
static int32_t hardest(const map *m)
{
    int32_t out = 0;
    for (int32_t s = 1; s < m->stages; s++)
        if (m->stage[s].yes < m->stage[out].yes)
            out = s;
    return out;
}

static void say_last(const map *m, muster_section *section)
{
    const stage *s = &m->stage[hardest(m)];
    const char *words = stage_words(m, hardest(m));
    int32_t no = 0, alike = 0; /* no: places at which some stage says no */
    for (int32_t k = 0; k < m->stages; k++)
        alike += m->stage[k].yes == s->yes;
    for (int32_t i = 0; i < m->places; i++) {
        bool is_no = false;
        for (int32_t k = 0; k < m->stages; k++)
            is_no = is_no || !says_yes(&m->stage[k], i);
        no += is_no;
    }
    if (s->yes == m->places)
        muster_section_say(section, "No stage says no anywhere on the map.");
    else if (s->yes == 0)
        muster_section_say(section,
                           "'%s' says no all over the map: within these ranges its boundary is not "
                           "crossed, whatever else is.",
                           words);
    else if (alike > 1)
        muster_section_say(section, "%d stages say yes in the same least part of the map.",
                           (int)alike);
    else
        muster_section_say(section,
                           "The last boundary to be crossed is that of '%s': it says yes in the "
                           "least part of the map, and at %d of the %d places with a no it alone "
                           "says no.",
                           words, (int)s->alone, (int)no);
}

static void say_stages(const map *m, muster_section *section)
{
    mst_listing list = {0};
    char words[200], share[MST_NUMBER_BYTES];
    for (int32_t s = 0; s < m->stages; s++) {
        const double part = (double)m->stage[s].yes / (double)m->places;
        muster_text_format(words, sizeof words, "'%.100s' says yes at %s of the places",
                           stage_words(m, s), mst_told_share(part, share));
        mst_listing_add(&list, words);
    }
    if (m->stages == 0)
        return;
    muster_section_say(section, "Of the stages, %s.", mst_listing_text(&list));
    say_last(m, section);
}

/* "depends on others, and visibility" of the inputs that are no axis. */
static const char *other_words(const map *m, mst_listing *list)
{
    for (int32_t i = 0; i < m->sample.points.inputs; i++)
        if (i != m->axis[0] && i != m->axis[1])
            mst_listing_add(list, mst_factor_label(m->data, m->sample.factor[i]));
    return mst_listing_text(list);
}

static void say_axes(const map *m, muster_section *section)
{
    const mst_data *d = m->data;
    const int32_t others = m->sample.points.inputs - 2;
    mst_listing list = {0};
    if (m->is_chosen)
        muster_section_say(section, "Shown are %s and %s, the %s (--x and --y choose others).",
                           mst_factor_label(d, m->sample.factor[m->axis[0]]),
                           mst_factor_label(d, m->sample.factor[m->axis[1]]),
                           m->are_levers ? "two that are somebody's to choose"
                                         : "factors with the largest main effects");
    if (others > 0 && m->is_averaged)
        muster_section_say(section,
                           "At each place it is the mean over all that was tried of %s: what "
                           "that does differently from place to place is not seen here.",
                           other_words(m, &list));
    else if (others > 0)
        muster_section_say(section,
                           "%d other factor%s from point to point: colours mix in what %s, and no "
                           "boundary of a stage is drawn.",
                           (int)others, others == 1 ? " varies" : "s vary",
                           others == 1 ? "it does" : "they do");
}

static bool is_cut(const map *m, int k)
{
    const int32_t factor = m->sample.factor[m->axis[k]];
    return is_name(m->data, factor) || is_whole(m->data, factor);
}

static void say_method(const map *m, muster_section *section)
{
    const mst_data *d = m->data;
    bool takes_0 = false;
    for (int32_t s = 0; s < m->stages; s++)
        takes_0 = takes_0 || m->stage[s].takes_0;
    say_axes(m, section);
    if (m->stages > 0)
        muster_section_say(section, "A stage says yes where its margin is above 0%s.",
                           takes_0 ? "; able where it is 0 or above" : "");
    if (!m->is_grid)
        muster_section_say(section, "The points are scattered%s.",
                           m->stages > 0 ? ": boundaries are interpolated between them" : "");
    muster_section_say(section, "n = %d points at %d places%s.", (int)m->sample.points.rows,
                       (int)m->places,
                       mst_has_no_chance(d) ? ", one run each without chance"
                       : d->is_plan_run     ? ", one value each"
                                        : "; values are means over runs, without their intervals");
    if (m->sample.lost > 0)
        muster_section_say(section,
                           "%d points are left out: the figure is defined in none of their runs.",
                           (int)m->sample.lost);
}

/* ---- table and picture ---------------------------------------------------------------------------- */

static const char *boundary_name(int32_t s, char out[32])
{
    muster_text_format(out, 32, "boundary_%d", (int)s + 1);
    return out;
}

static void add_place(const map *m, muster_table *t, int k, int32_t place)
{
    const int32_t factor = m->sample.factor[m->axis[k]];
    char name[64];
    if (is_name(m->data, factor))
        muster_cell_text(t, mst_level_name(m->data, factor, m->at[k][place], name));
    else if (is_whole(m->data, factor))
        muster_cell_whole(t, (int64_t)m->at[k][place]);
    else
        muster_cell_real(t, m->at[k][place]);
}

static muster_table *add_table(const map *m, muster_section *section)
{
    static const char *const axes[] = {"x", "y"};
    const mst_data *d = m->data;
    char id[80], head[MST_LABEL_BYTES], name[32], label[200];
    muster_table *t = muster_table_add(section, mst_data_id(d, "map-places", id), "The map");
    muster_table_brief(t, TOLD_MOST);
    for (int k = 0; k < 2; k++) {
        const int32_t factor = m->sample.factor[m->axis[k]];
        muster_table_column(t, axes[k], mst_factor_head(d, factor, head), "",
                            is_name(d, factor)    ? MUSTER_COLUMN_TEXT
                            : is_whole(d, factor) ? MUSTER_COLUMN_WHOLE
                                                  : MUSTER_COLUMN_REAL,
                            3);
    }
    muster_table_column(t, "value", d->response.label, d->response.unit, mst_figure_kind(d), 3);
    for (int32_t s = 0; s < m->stages; s++) {
        muster_text_format(label, sizeof label, "%.150s (margin 0)", stage_words(m, s));
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
static void add_caption(const map *m, muster_plot *plot, mst_listing *lines)
{
    char name[160];
    muster_plot_caption(plot, "Colour: %s.", mst_figure_name(m->data, name));
    if (lines->count > 0)
        muster_plot_caption(plot, "Lines: where these stages turn from no to yes: %s.",
                            mst_listing_text(lines));
    if (is_cut(m, 0) && is_cut(m, 1))
        muster_plot_caption(plot, "Each cell is a point%s.",
                            lines->count > 0 ? ", and lines run between cells" : "");
    else if (m->is_grid && lines->count > 0)
        muster_plot_caption(plot, "Between points of the grid the line is interpolated%s.",
                            is_cut(m, 0) || is_cut(m, 1)
                                ? ", but not between whole numbers or names: those are cells"
                                : "");
}

static void draw(const map *m, muster_section *section)
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
        mst_listing_add(&lines, stage_words(m, s));
    }
    add_caption(m, plot, &lines);
}

static muster_status tell(const mst_data *d, const muster_analyze_options *options,
                          muster_section *section)
{
    map m = {.data = d};
    muster_status status = mst_sample_of(d, MST_ALL_POINTS, &m.sample);
    if (status == MUSTER_OK && !make_room(&m))
        status = MUSTER_WORLD;
    if (status == MUSTER_OK)
        status = find_axes(&m, options);
    if (status == MUSTER_OK)
        status = find_places(&m);
    if (status == MUSTER_OK)
        status = find_stages(&m);
    if (status == MUSTER_OK) {
        say_value(&m, section);
        say_stages(&m, section);
        say_method(&m, section);
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
    .fits = fits,
    .tell = tell,
};
