/* What two factors of few values do together. */
#include "analyses/effects.h"
#include "analyses/phrase.h"
#include "muster/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Of more factors only those with the widest swings are looked at by pairs, and only so many pairs are
 * told. */
enum { FACTORS_MOST = 30, TOLD_MOST = 10 };

typedef struct pair {
    int32_t input[2];
    mst_interaction together; /* its interval and P are those of the tests below */
    double p;                 /* over all pairs after Holm; NaN: no test         */
} pair;

typedef struct pairs {
    mst_effects *effects;
    muster_section *section;
    int32_t count, told;
    pair *pair; /* the largest first */
} pairs;

/* ---- finding -------------------------------------------------------------------------------------- */

static bool is_at(const mst_effects *e, int32_t row, const pair *p, int k, int which)
{
    const double x = mst_points_x(&e->sample.points, row, p->input[k]);
    const double value = p->together.value[k][p->together.at[k][which]];
    return !(x < value) && !(x > value);
}

/* What weighs the points in the contrast; holes: the model that it is of, {0} without. */
static void weigh_cells(const mst_effects *e, const pair *p, const mst_adjusted *holes)
{
    const mst_interaction *t = &p->together;
    const int32_t rows = e->sample.points.rows;
    for (int32_t row = 0; row < rows; row++) {
        e->weight[row] = 0.0;
        for (int k = 0; k < 4; k++) {
            const int32_t cell = t->at[0][k / 2] * t->values[1] + t->at[1][k % 2];
            const double sign = k == 0 || k == 3 ? 1.0 : -1.0;
            if (holes->weight)
                e->weight[row] += sign * holes->weight[(size_t)cell * (size_t)rows + (size_t)row];
            else if (is_at(e, row, p, 0, k / 2) && is_at(e, row, p, 1, k % 2))
                e->weight[row] = sign / (double)t->cell[cell].points;
        }
    }
}

/* The contrast run by run; of points that were drawn, their own error besides. Any of the contrasts may be
 * the largest (Bonferroni). */
static void test_by_runs(const mst_effects *e, pair *p)
{
    const mst_interaction *t = &p->together;
    const double tests = (double)t->contrasts, level = 1.0 - (1.0 - e->data->level) / tests;
    const mst_paired runs = mst_aligned_contrast(&e->aligned, e->weight, level, e->scratch);
    const bool is_drawn = e->sample.spread == MST_SPREAD_POINTS;
    mst_errors sum = {0};
    mst_errors_add(&sum, runs.error, (double)runs.pairs - 1.0);
    if (is_drawn)
        mst_errors_add(&sum, t->error, t->df);
    p->together.low = t->contrast - mst_errors_half(&sum, level);
    p->together.high = t->contrast + mst_errors_half(&sum, level);
    const double by_runs = fmin(1.0, runs.p * tests);
    p->p = !is_drawn ? by_runs : isnan(p->p) ? p->p : fmax(p->p, by_runs);
}

/* The same of a model, from what the runs of each point say of its mean. */
static void test_by_errors(const mst_effects *e, pair *p)
{
    mst_interaction *t = &p->together;
    const double tests = (double)t->contrasts, level = 1.0 - (1.0 - e->data->level) / tests;
    mst_errors sum = {0};
    p->p = mst_effects_test_weighted(e, t->contrast, tests, &sum);
    t->low = t->contrast - mst_errors_half(&sum, level);
    t->high = t->contrast + mst_errors_half(&sum, level);
}

static muster_status find_pair(mst_effects *e, int32_t first, int32_t second, pair *out)
{
    const char *why = NULL;
    mst_adjusted holes = {0};
    *out = (pair){.input = {first, second}};
    muster_status status = mst_interaction_of(&e->sample.points, first, second, e->sample.spread,
                                              e->data->level, &out->together, &why);
    if (status == MUSTER_OK && e->has_holes)
        status = mst_effects_adjust_pair(e, out->input, &out->together, &holes);
    if (status == MUSTER_OK) {
        const bool has_test = !e->sample.is_exact && out->together.contrasts > 0;
        out->p = has_test ? out->together.p : (double)NAN;
        if (has_test)
            weigh_cells(e, out, &holes);
        if (has_test && e->is_paired)
            test_by_runs(e, out);
        else if (has_test && e->has_holes)
            test_by_errors(e, out);
    }
    mst_adjusted_free(&holes);
    return status;
}

static int by_size(const void *left, const void *right)
{
    const pair *a = left, *b = right;
    const double x = isnan(a->together.contrast) ? -1.0 : fabs(a->together.contrast),
                 y = isnan(b->together.contrast) ? -1.0 : fabs(b->together.contrast);
    if (x < y || x > y)
        return x > y ? -1 : 1;
    return a->input[0] != b->input[0]  ? (a->input[0] > b->input[0] ? 1 : -1)
           : a->input[1] > b->input[1] ? 1
                                       : -1;
}

static muster_status adjust(const pairs *all)
{
    double *p = malloc(((size_t)all->count + 1) * sizeof *p);
    int32_t *scratch = malloc(((size_t)all->count + 1) * sizeof *scratch);
    for (int32_t i = 0; p && scratch && i < all->count; i++)
        p[i] = all->pair[i].p;
    if (p && scratch)
        muster_p_holm(p, all->count, scratch);
    for (int32_t i = 0; p && scratch && i < all->count; i++)
        all->pair[i].p = p[i];
    const bool is_well = p && scratch;
    free(p);
    free(scratch);
    return is_well ? MUSTER_OK : MUSTER_WORLD;
}

/* Pairs of the factors (count) that have few values. */
static muster_status find_pairs(pairs *all, const int32_t *input, int32_t count)
{
    muster_status status = MUSTER_OK;
    for (int32_t i = 0; i < count; i++)
        for (int32_t k = i + 1; status == MUSTER_OK && k < count; k++) {
            const int32_t first = input[i] < input[k] ? input[i] : input[k],
                          second = input[i] < input[k] ? input[k] : input[i];
            status = find_pair(all->effects, first, second, &all->pair[all->count]);
            all->count += status == MUSTER_OK;
        }
    if (status == MUSTER_OK)
        status = adjust(all);
    qsort(all->pair, (size_t)all->count, sizeof *all->pair, by_size);
    return status;
}

/* ---- telling -------------------------------------------------------------------------------------- */

static int32_t factor_of(const pairs *all, const pair *p, int k)
{
    return all->effects->sample.factor[p->input[k]];
}

/* The value of input k at which the contrast begins (0) or ends (1). */
static const char *value_words(const pairs *all, const pair *p, int k, int which,
                               char out[MST_NUMBER_BYTES])
{
    return mst_told_level(all->effects->data, factor_of(all, p, k),
                          p->together.value[k][p->together.at[k][which]], out);
}

/* Differences that are rounding, held against the size of the figure, are 0. */
static double clean(const pair *p, double value)
{
    double size = 0.0;
    const mst_interaction *t = &p->together;
    for (int32_t c = 0; c < t->values[0] * t->values[1]; c++)
        size = isnan(t->cell[c].mean) ? size : fmax(size, fabs(t->cell[c].mean));
    return fabs(value) <= 1e-12 * size ? 0.0 : value;
}

/* What the first factor's step does at a value of the second. */
static double step_at(const pair *p, int which)
{
    const mst_interaction *t = &p->together;
    const int32_t column = t->at[1][which], wide = t->values[1];
    if (t->contrasts == 0)
        return (double)NAN;
    return clean(p, t->cell[t->at[0][1] * wide + column].mean -
                        t->cell[t->at[0][0] * wide + column].mean);
}

static double apart_of(const pair *p)
{
    return clean(p, p->together.contrast);
}

/* Not where there is no contrast. */
static bool is_nothing(const pair *p)
{
    return fabs(apart_of(p)) <= 0.0;
}

/* Can it be told whether it is something? */
static bool is_told(const pairs *all, const pair *p)
{
    return p->together.contrasts > 0 && (mst_effects_are_exact(all->effects) || !isnan(p->p));
}

static bool is_found(const pairs *all, const pair *p)
{
    if (is_nothing(p) || !is_told(all, p))
        return false;
    return all->effects->sample.is_exact || p->p < 1.0 - all->effects->data->level;
}

static const char *verdict(const pairs *all, const pair *p)
{
    const bool is_known = !all->effects->sample.is_exact || is_told(all, p);
    return is_found(all, p)            ? "yes"
           : is_nothing(p) && is_known ? "no"
           : is_told(all, p)           ? "noise"
                                       : "unknown";
}

static void tell_largest(const pairs *all)
{
    const mst_data *d = all->effects->data;
    const pair *p = &all->pair[0];
    char opens[MST_LABEL_BYTES], step[2][MST_NUMBER_BYTES], apart[MST_RANGE_BYTES];
    char first[2][MST_NUMBER_BYTES], second[2][MST_NUMBER_BYTES];
    const double half = 0.5 * (p->together.high - p->together.low);
    for (int k = 0; k < 2; k++) {
        value_words(all, p, 0, k, first[k]);
        value_words(all, p, 1, k, second[k]);
        mst_told_change(d, step_at(p, k), half, step[k]);
    }
    muster_section_say(
        all->section,
        "%s and %s do most together: the first, from %s to %s, changes '%s' by %s where the "
        "second is %s and by %s where it is %s, a difference of %s.",
        mst_factor_opens(d, factor_of(all, p, 0), opens), mst_factor_label(d, factor_of(all, p, 1)),
        first[0], first[1], d->response.label, step[0], second[0], step[1], second[1],
        mst_told_difference(d, p->together.contrast, p->together.low, p->together.high, apart));
}

static void tell(const pairs *all)
{
    int32_t found = 0, tested = 0;
    for (int32_t i = 0; i < all->count; i++) {
        found += is_found(all, &all->pair[i]);
        tested += is_told(all, &all->pair[i]);
    }
    if (found > 0 && is_found(all, &all->pair[0]))
        tell_largest(all);
    if (found > 0)
        muster_section_say(all->section,
                           "%d of %d pairs of factors do together what they do not "
                           "alone%s.",
                           (int)found, (int)tested,
                           all->effects->sample.is_exact ? "" : "; the others are within noise");
    else if (tested > 0)
        muster_section_say(all->section,
                           "No pair of factors does together what they do not alone%s (of %d).",
                           all->effects->sample.is_exact ? "" : ", beyond noise", (int)tested);
    else
        muster_section_say(all->section,
                           "What two factors do together is not estimable: too few points.");
    if (tested > 0 && tested < all->count)
        muster_section_say(all->section, "Not estimable, for want of points: %d pair%s more.",
                           (int)(all->count - tested), all->count - tested == 1 ? "" : "s");
}

static void add_row(const pairs *all, muster_table *t, const pair *p)
{
    const mst_data *d = all->effects->data;
    char words[MST_RANGE_BYTES], value[2][MST_NUMBER_BYTES];
    muster_table_row(t);
    for (int k = 0; k < 2; k++) {
        const char *label = mst_factor_label(d, factor_of(all, p, k));
        if (p->together.contrasts > 0)
            muster_text_format(words, sizeof words, "%.80s, %.30s to %.30s", label,
                               value_words(all, p, k, 0, value[0]),
                               value_words(all, p, k, 1, value[1]));
        else
            muster_text_format(words, sizeof words, "%.80s", label);
        muster_cell_text(t, words);
    }
    muster_cell_real(t, step_at(p, 0));
    muster_cell_real(t, step_at(p, 1));
    muster_cell_real(t, apart_of(p));
    if (!all->effects->sample.is_exact) {
        muster_cell_real(t, clean(p, p->together.low));
        muster_cell_real(t, clean(p, p->together.high));
    }
    muster_cell_text(t, verdict(all, p));
}

static void add_table(const pairs *all)
{
    const mst_data *d = all->effects->data;
    const char *unit = d->response.unit;
    const muster_column_kind kind = mst_figure_kind(d);
    const int32_t digits = all->effects->sample.is_exact ? 4 : 2;
    char id[80];
    muster_table *t =
        muster_table_add(all->section, mst_data_id(d, "effects-pairs", id),
                         "Two together: the step of the first where the second is low and high");
    muster_table_column(t, "first", NULL, "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "second", NULL, "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "step_low", "step at low", unit, kind, digits);
    muster_table_column(t, "step_high", "step at high", unit, kind, digits);
    muster_table_column(t, "difference", "apart", unit, kind, digits);
    if (!all->effects->sample.is_exact) {
        muster_table_column(t, "from", NULL, unit, kind, digits);
        muster_table_column(t, "to", NULL, unit, kind, digits);
    }
    muster_table_column(t, "together", "real", "", MUSTER_COLUMN_TEXT, 0);
    for (int32_t i = 0; i < all->count && i < TOLD_MOST; i++)
        add_row(all, t, &all->pair[i]);
}

/* Cells of the largest pair: the first factor's values along, a line a value of the second. */
static void draw(const pairs *all)
{
    const mst_data *d = all->effects->data;
    const pair *p = &all->pair[0];
    const mst_interaction *in = &p->together;
    const int32_t first = factor_of(all, p, 0), second = factor_of(all, p, 1);
    const bool is_named = d->factor[first].scale == MUSTER_SCALE_NAMES;
    char id[80], head[MST_LABEL_BYTES], name[160];
    muster_table *t = muster_table_add(all->section, mst_data_id(d, "effects-pair", id),
                                       "The two that do most together");
    muster_table_column(t, "first", mst_factor_head(d, first, head), "",
                        is_named ? MUSTER_COLUMN_TEXT : MUSTER_COLUMN_REAL, is_named ? 0 : 3);
    muster_table_column(t, "second", mst_factor_head(d, second, head), "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "points", NULL, "", MUSTER_COLUMN_WHOLE, 0);
    muster_table_column(t, "mean", NULL, d->response.unit, mst_figure_kind(d), 4);
    for (int32_t c = 0; c < in->values[0] * in->values[1]; c++) {
        const double x = in->value[0][c / in->values[1]], of = in->value[1][c % in->values[1]];
        char words[64];
        if (in->cell[c].points == 0)
            continue;
        muster_table_row(t);
        if (is_named)
            muster_cell_text(t, mst_level_name(d, first, x, words));
        else
            muster_cell_real(t, x);
        muster_cell_text(t, mst_level_name(d, second, of, words));
        muster_cell_whole(t, in->cell[c].points);
        muster_cell_real(t, in->cell[c].mean);
    }
    muster_plot *plot = muster_plot_add(all->section, MUSTER_PLOT_LINES, t, "Two together");
    muster_plot_role(plot, "x", "first");
    muster_plot_role(plot, "y", "mean");
    muster_plot_role(plot, "series", "second");
    muster_plot_text(plot, "y_label", mst_figure_name(d, name));
    muster_plot_caption(plot,
                        "A line for each value of: %s. Lines side by side mean that each does "
                        "alone what it does%s.",
                        mst_factor_label(d, second),
                        is_found(all, p) ? "" : "; that these differ is within noise");
}

/* ---- the whole ------------------------------------------------------------------------------------ */

muster_status mst_pairs_tell(mst_effects *e, muster_section *section)
{
    int32_t input[FACTORS_MOST], count = 0, few = 0;
    for (int32_t i = 0; i < e->count; i++) {
        if (e->effect[i].main.is_binned)
            continue;
        few++;
        if (count < FACTORS_MOST)
            input[count++] = e->effect[i].input;
    }
    if (e->count < 2)
        return MUSTER_OK;
    if (count < 2) {
        muster_section_say(section,
                           "What two factors do together is not looked at here: that takes two of "
                           "at most %d values each (see regression).",
                           MST_BINS);
        return MUSTER_OK;
    }
    pairs all = {.effects = e, .section = section};
    const size_t most = (size_t)count * (size_t)(count - 1) / 2;
    all.pair = calloc(most + 1, sizeof *all.pair);
    muster_status status = all.pair ? find_pairs(&all, input, count) : MUSTER_WORLD;
    if (status == MUSTER_OK) {
        tell(&all);
        if (few > count)
            muster_section_say(section, "Of pairs only the %d factors with the widest swings.",
                               (int)count);
        add_table(&all);
        if (all.pair[0].together.contrasts > 0 && !is_nothing(&all.pair[0]))
            draw(&all);
    }
    for (int32_t i = 0; i < all.count; i++)
        mst_interaction_free(&all.pair[i].together);
    free(all.pair);
    return status;
}
