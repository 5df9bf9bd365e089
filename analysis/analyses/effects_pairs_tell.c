/* What two factors of few values do together: sentences, a table and a picture. */
#include "analyses/effects_pairs.h"
#include "analyses/phrase.h"
#include "muster/text.h"

#include <math.h>
#include <stdio.h>

/* So many pairs are told. */
enum { TOLD_MOST = 10 };

static int32_t factor_of(const mst_twos *all, const mst_two *p, int k)
{
    return all->effects->sample.factor[p->input[k]];
}

/* The value of input k at which the contrast begins (0) or ends (1). */
static const char *value_words(const mst_twos *all, const mst_two *p, int k, int which,
                               char out[MST_NUMBER_BYTES])
{
    return mst_told_level(all->effects->data, factor_of(all, p, k),
                          p->together.value[k][p->together.at[k][which]], out);
}

/* Differences that are rounding are 0. */
static double clean(const mst_twos *all, double value)
{
    return fabs(value) <= all->effects->rounding ? 0.0 : value;
}

/* What the first factor's step does at a value of the second. */
static double step_at(const mst_twos *all, const mst_two *p, int which)
{
    const mst_interaction *t = &p->together;
    const int32_t column = t->at[1][which], wide = t->values[1];
    if (t->contrasts == 0)
        return (double)NAN;
    return clean(all, t->cell[t->at[0][1] * wide + column].mean -
                          t->cell[t->at[0][0] * wide + column].mean);
}

static double apart_of(const mst_twos *all, const mst_two *p)
{
    return clean(all, p->together.contrast);
}

/* Not where there is no contrast. */
static bool is_nothing(const mst_twos *all, const mst_two *p)
{
    return fabs(apart_of(all, p)) <= 0.0;
}

/* Can it be told whether it is something? */
static bool is_told(const mst_twos *all, const mst_two *p)
{
    return p->together.contrasts > 0 && (all->effects->sample.is_exact ? p->is_sure : !isnan(p->p));
}

static bool is_found(const mst_twos *all, const mst_two *p)
{
    if (is_nothing(all, p) || !is_told(all, p))
        return false;
    return all->effects->sample.is_exact || p->p < 1.0 - all->effects->data->level;
}

static const char *verdict(const mst_twos *all, const mst_two *p)
{
    const bool is_known = !all->effects->sample.is_exact || is_told(all, p);
    return is_found(all, p)                 ? "yes"
           : is_nothing(all, p) && is_known ? "no"
           : is_told(all, p)                ? "noise"
                                            : "unknown";
}

static void tell_largest(const mst_twos *all, muster_section *section)
{
    const mst_data *d = all->effects->data;
    const mst_two *p = &all->two[0];
    char opens[MST_LABEL_BYTES], step[2][MST_NUMBER_BYTES], apart[MST_RANGE_BYTES];
    char first[2][MST_NUMBER_BYTES], second[2][MST_NUMBER_BYTES];
    const double half = 0.5 * (p->together.high - p->together.low);
    for (int k = 0; k < 2; k++) {
        value_words(all, p, 0, k, first[k]);
        value_words(all, p, 1, k, second[k]);
        mst_told_change(d, step_at(all, p, k), half, step[k]);
    }
    muster_section_say(
        section,
        "%s and %s do most together: the first, from %s to %s, changes '%s' by %s where the "
        "second is %s and by %s where it is %s, a difference of %s.",
        mst_factor_opens(d, factor_of(all, p, 0), opens), mst_factor_label(d, factor_of(all, p, 1)),
        first[0], first[1], d->response.label, step[0], second[0], step[1], second[1],
        mst_told_difference(d, p->together.contrast, p->together.low, p->together.high, apart));
}

enum { WANT_POINTS, WANT_TIME, WANT_FIT, WANTS };

static int want_of(const mst_two *p)
{
    return p->lack == MST_LACK_TIME    ? WANT_TIME
           : p->together.contrasts > 0 ? WANT_FIT
                                       : WANT_POINTS;
}

/* Pairs of which there is no telling, by why. */
static void tell_wants(const mst_twos *all, int32_t tested, muster_section *section)
{
    static const char *const why[] = {[WANT_POINTS] = "too few points",
                                      [WANT_TIME] = "a model of so many points takes too long",
                                      [WANT_FIT] =
                                          "no model goes through all points with some to spare"};
    static const char *const want[] = {
        [WANT_POINTS] = "for want of points",
        [WANT_TIME] = "as a model of so many points takes too long",
        [WANT_FIT] = "as no model goes through all points with some to spare"};
    int32_t count[WANTS] = {0};
    for (int32_t i = 0; i < all->count; i++)
        count[want_of(&all->two[i])] += !is_told(all, &all->two[i]);
    for (int k = 0; k < WANTS; k++)
        if (count[k] == all->count)
            muster_section_say(section, "What two factors do together is not estimable: %s.",
                               why[k]);
        else if (count[k] > 0)
            muster_section_say(section, "Not estimable, %s: %d pair%s%s.", want[k], (int)count[k],
                               count[k] == 1 ? "" : "s", tested > 0 ? " more" : "");
}

static void tell(const mst_twos *all, muster_section *section)
{
    int32_t found = 0, tested = 0;
    for (int32_t i = 0; i < all->count; i++) {
        found += is_found(all, &all->two[i]);
        tested += is_told(all, &all->two[i]);
    }
    if (found > 0 && is_found(all, &all->two[0]))
        tell_largest(all, section);
    if (found > 0)
        muster_section_say(section,
                           "%d of %d pairs of factors do together what they do not "
                           "alone%s.",
                           (int)found, (int)tested,
                           all->effects->sample.is_exact ? "" : "; the others are within noise");
    else if (tested > 0)
        muster_section_say(section,
                           "No pair of factors does together what they do not alone%s (of %d).",
                           all->effects->sample.is_exact ? "" : ", beyond noise", (int)tested);
    tell_wants(all, tested, section);
}

static void add_row(const mst_twos *all, muster_table *t, const mst_two *p)
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
    muster_cell_real(t, step_at(all, p, 0));
    muster_cell_real(t, step_at(all, p, 1));
    muster_cell_real(t, apart_of(all, p));
    if (!all->effects->sample.is_exact) {
        muster_cell_real(t, clean(all, p->together.low));
        muster_cell_real(t, clean(all, p->together.high));
    }
    muster_cell_text(t, verdict(all, p));
}

static void add_table(const mst_twos *all, muster_section *section)
{
    const mst_data *d = all->effects->data;
    const char *unit = d->response.unit;
    const muster_column_kind kind = mst_figure_kind(d);
    const int32_t digits = all->effects->sample.is_exact ? 4 : 2;
    char id[80];
    muster_table *t =
        muster_table_add(section, mst_data_id(d, "effects-pairs", id),
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
        add_row(all, t, &all->two[i]);
}

/* Cells of the largest pair: the first factor's values along, a line a value of the second. */
static void draw(const mst_twos *all, muster_section *section)
{
    const mst_data *d = all->effects->data;
    const mst_two *p = &all->two[0];
    const mst_interaction *in = &p->together;
    const int32_t first = factor_of(all, p, 0), second = factor_of(all, p, 1);
    const bool is_named = d->factor[first].scale == MUSTER_SCALE_NAMES;
    char id[80], head[MST_LABEL_BYTES], name[160];
    muster_table *t = muster_table_add(section, mst_data_id(d, "effects-pair", id),
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
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_LINES, t, "Two together");
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

void mst_twos_tell(const mst_twos *all, int32_t looked_at, int32_t few, muster_section *section)
{
    tell(all, section);
    if (few > looked_at)
        muster_section_say(section, "Of pairs only the %d factors with the widest swings.",
                           (int)looked_at);
    add_table(all, section);
    if (all->two[0].together.contrasts > 0 && !is_nothing(all, &all->two[0]))
        draw(all, section);
}
