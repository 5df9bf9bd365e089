/* Sobol indices as tables and plots. */
#include "analyses/percent.h"
#include "analyses/sobol_parts.h"
#include "muster/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SETTLING_MOST = 8, PAIRS_MOST = 12, NAME_BYTES = 200, BESIDE_A_BAR = 26 };

static const char beyond[] = "Below 0 or above 100 %: sampling error, read as 0 or as 100 %.";

static void share_columns(muster_table *t, const char *name, const char *label)
{
    char low[24], high[24];
    muster_text_format(low, sizeof low, "%s_low", name);
    muster_text_format(high, sizeof high, "%s_high", name);
    muster_table_column(t, name, label, "", MUSTER_COLUMN_SHARE, 3);
    muster_table_column(t, low, "from", "", MUSTER_COLUMN_SHARE, 3);
    muster_table_column(t, high, "to", "", MUSTER_COLUMN_SHARE, 3);
}

static void share_cells(muster_table *t, const mst_bootstrapped *b)
{
    muster_cell_real(t, b->value);
    muster_cell_real(t, mst_low(b));
    muster_cell_real(t, mst_high(b));
}

static void interval_roles(muster_plot *plot, const char *role, const char *column)
{
    char low[24], high[24];
    muster_text_format(low, sizeof low, "%s_low", column);
    muster_text_format(high, sizeof high, "%s_high", column);
    muster_plot_role(plot, role, column);
    muster_plot_role(plot, "low", low);
    muster_plot_role(plot, "high", high);
}

/* ---- indices -------------------------------------------------------------------------------------- */

/* Zero within the percentiles, or within value -+ half alone. */
static const char *words_of_zero(const mst_bootstrapped *b)
{
    return !isfinite(b->value)                  ? "cannot be estimated"
           : mst_sobol_is_nothing(b)            ? "nothing at all"
           : b->value < 0.0                     ? "not distinguishable from 0"
           : b->is_zero_like && !(b->low > 0.0) ? "not distinguishable from 0"
           : b->is_zero_like                    ? "hardly distinguishable from 0"
                                                : "";
}

static const char *words_of_s(const mst_sobol_factor *x)
{
    const char *words = words_of_zero(&x->s);
    return *words ? words : "clearly not 0";
}

static const char *words_of_st(const mst_sobol_factor *x)
{
    switch (mst_sobol_verdict_of(x)) {
    case MST_SOBOL_UNKNOWN:
        return "cannot be estimated";
    case MST_SOBOL_NOTHING:
        return "nothing at all";
    case MST_SOBOL_NEXT_TO:
        return "next to nothing: below 1 %";
    case MST_SOBOL_UNCLEAR:
    case MST_SOBOL_ALONE:
        return "no interaction can be told";
    case MST_SOBOL_BOTH:
        return "more than alone: interacts";
    case MST_SOBOL_WITH_OTHERS:
        return "only by interactions";
    }
    return "";
}

static void index_row(const mst_sobol_found *f, muster_table *t, int32_t factor, bool is_total)
{
    const mst_sobol_factor *x = factor < f->all.factors ? &f->all.factor[factor] : &f->all.luck;
    muster_table_row(t);
    muster_cell_text(t, mst_sobol_name(f, factor));
    muster_cell_text(t, is_total ? "total, ST" : "alone, S");
    share_cells(t, is_total ? &x->st : &x->s);
    muster_cell_text(t, is_total ? words_of_st(x) : words_of_s(x));
}

/* A picture without a bar is none. */
static bool has_bar(const mst_sobol_found *f)
{
    for (int32_t i = 0; i < f->all.factors + f->all.has_luck; i++) {
        const mst_sobol_factor *x = i < f->all.factors ? &f->all.factor[i] : &f->all.luck;
        if ((isfinite(x->s.value) && !mst_sobol_is_nothing(&x->s)) ||
            (isfinite(x->st.value) && !mst_sobol_is_nothing(&x->st)))
            return true;
    }
    return false;
}

static void draw_indices(const mst_sobol_found *f, muster_section *section)
{
    char id[80], name[160], title[NAME_BYTES];
    muster_table *t = muster_table_add(section, mst_data_id(f->data, "sobol-indices", id),
                                       "Parts of the variance, by falling ST");
    muster_table_column(t, "factor", "factor", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "index", "index", "", MUSTER_COLUMN_TEXT, 0);
    share_columns(t, "share", "part");
    muster_table_column(t, "words", "in words", "", MUSTER_COLUMN_TEXT, 0);
    for (int32_t i = 0; i < f->all.factors + f->all.has_luck; i++) {
        const int32_t factor = i < f->all.factors ? f->order[i] : i;
        index_row(f, t, factor, false);
        index_row(f, t, factor, true);
    }
    if (!has_bar(f))
        return;
    muster_text_format(title, sizeof title, "What explains the variance of %s",
                       mst_figure_name(f->data, name));
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_BARS, t, title);
    muster_plot_role(plot, "label", "factor");
    muster_plot_role(plot, "series", "index");
    interval_roles(plot, "value", "share");
    muster_plot_text(plot, "x_label", "part of the variance");
    muster_plot_caption(plot,
                        "With %g %% intervals. ST less S is what a factor does together "
                        "with others.",
                        100.0 * f->data->level);
    if (mst_sobol_has_beyond(f))
        muster_plot_caption(plot, "%s", beyond);
}

static void sum_row(muster_table *t, const char *part, const mst_bootstrapped *b)
{
    muster_table_row(t);
    muster_cell_text(t, part);
    share_cells(t, b);
    muster_cell_text(t, words_of_zero(b));
}

static void draw_sums(const mst_sobol_found *f, muster_section *section)
{
    char id[80];
    muster_table *t =
        muster_table_add(section, mst_data_id(f->data, "sobol-whole", id), "The whole");
    muster_table_column(t, "part", "part", "", MUSTER_COLUMN_TEXT, 0);
    share_columns(t, "share", "of the variance");
    muster_table_column(t, "words", "in words", "", MUSTER_COLUMN_TEXT, 0);
    sum_row(t, "factors, each alone", &f->all.sum);
    if (f->all.has_luck)
        sum_row(t, f->most > 1 ? "chance alone, in means" : "chance alone", &f->all.luck.s);
    sum_row(t, mst_sobol_may_be_chance(f) ? "rest: interactions, chance" : "rest: interactions",
            &f->all.rest);
    if (f->has_noise && isfinite(f->noise.share.value))
        sum_row(t, "luck, in single runs", &f->noise.share);
}

/* ---- how they settle ------------------------------------------------------------------------------ */

/* How far S and ST of a factor went from half of the rows to all. */
static double last_move(const mst_sobol_found *f, int32_t factor)
{
    const mst_sobol_factor *half = &f->prefix[MST_SOBOL_PREFIXES - 2].factor[factor];
    const mst_sobol_factor *all = &f->prefix[MST_SOBOL_PREFIXES - 1].factor[factor];
    return fmax(fabs(all->s.value - half->s.value), fabs(all->st.value - half->st.value));
}

static bool does_something(const mst_sobol_found *f, int32_t factor)
{
    return mst_sobol_verdict_of(&f->all.factor[factor]) != MST_SOBOL_NOTHING;
}

static void settling_rows(const mst_sobol_found *f, muster_table *t)
{
    for (int32_t i = 0, shown = 0; i < f->all.factors && shown < SETTLING_MOST; i++) {
        if (!does_something(f, f->order[i]))
            continue;
        shown++;
        for (int p = 0; p < MST_SOBOL_PREFIXES; p++) {
            const mst_sobol_factor *x = &f->prefix[p].factor[f->order[i]];
            muster_table_row(t);
            muster_cell_text(t, mst_sobol_name(f, f->order[i]));
            muster_cell_whole(t, f->prefix[p].rows_used);
            share_cells(t, &x->s);
            share_cells(t, &x->st);
        }
    }
}

static void settling_plot(const mst_sobol_found *f, muster_section *section, muster_table *t,
                          bool is_total)
{
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_LINES, t,
                                        is_total ? "How ST settles with the base rows"
                                                 : "How S settles with the base rows");
    double largest = 0.0;
    muster_plot_role(plot, "x", "rows");
    muster_plot_role(plot, "series", "factor");
    interval_roles(plot, "y", is_total ? "st" : "s");
    muster_plot_number(plot, "log_x", 1.0);
    muster_plot_text(plot, "y_label", "part of the variance");
    for (int32_t i = 0; i < f->all.factors; i++)
        largest = fmax(largest, last_move(f, i));
    if (is_total)
        muster_plot_caption(plot,
                            "From half of the base rows to all, no S or ST moves by more than "
                            "%.2g. If that is too much, take twice the points.",
                            largest);
}

static void draw_settling(const mst_sobol_found *f, muster_section *section)
{
    char id[80], title[NAME_BYTES];
    int32_t count = 0;
    for (int32_t i = 0; i < f->all.factors; i++)
        count += does_something(f, i);
    if (count == 0)
        return;
    muster_text_format(title, sizeof title, "Indices of the first base rows%s",
                       count > SETTLING_MOST ? ", of the factors with the largest ST" : "");
    muster_table *t = muster_table_add(section, mst_data_id(f->data, "sobol-settling", id), title);
    muster_table_column(t, "factor", "factor", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "rows", "base rows", "", MUSTER_COLUMN_WHOLE, 0);
    share_columns(t, "s", "S");
    share_columns(t, "st", "ST");
    settling_rows(f, t);
    settling_plot(f, section, t, false);
    settling_plot(f, section, t, true);
}

/* ---- pairs ---------------------------------------------------------------------------------------- */

typedef struct pair {
    int32_t i, j;
    const mst_bootstrapped *index;
} pair;

/* Falling; what could not be estimated last. */
static int by_index(const void *left, const void *right)
{
    const pair *a = left, *b = right;
    const double x = isnan(a->index->value) ? -HUGE_VAL : a->index->value,
                 y = isnan(b->index->value) ? -HUGE_VAL : b->index->value;
    if (x != y)
        return x > y ? -1 : 1;
    return a->i != b->i ? (a->i > b->i) - (a->i < b->i) : (a->j > b->j) - (a->j < b->j);
}

/* Names in the file where those for people are too long for two of them beside a bar. */
static const char *pair_name(const mst_sobol_found *f, const pair *p, bool is_short,
                             char out[NAME_BYTES])
{
    const muster_factor *of = f->data->factor;
    muster_text_format(out, NAME_BYTES, "%.90s with %.90s", is_short ? of[p->i].id : of[p->i].label,
                       is_short ? of[p->j].id : of[p->j].label);
    return out;
}

static void pairs_table(const mst_sobol_found *f, muster_section *section, const pair *pairs,
                        int32_t count)
{
    char id[80], name[NAME_BYTES];
    bool is_short = false;
    for (int32_t i = 0; i < count; i++)
        is_short = is_short || strlen(pair_name(f, &pairs[i], false, name)) > BESIDE_A_BAR;
    muster_table *t = muster_table_add(section, mst_data_id(f->data, "sobol-pairs", id),
                                       is_short ? "The largest pairs, by their names in the file"
                                                : "The largest pairs");
    muster_table_column(t, "pair", "pair", "", MUSTER_COLUMN_TEXT, 0);
    share_columns(t, "share", "together");
    muster_table_column(t, "words", "in words", "", MUSTER_COLUMN_TEXT, 0);
    for (int32_t i = 0; i < count; i++)
        sum_row(t, pair_name(f, &pairs[i], is_short, name), pairs[i].index);
    muster_plot *plot =
        muster_plot_add(section, MUSTER_PLOT_BARS, t, "What pairs of factors do together");
    muster_plot_role(plot, "label", "pair");
    interval_roles(plot, "value", "share");
    muster_plot_text(plot, "x_label", "part of the variance");
    muster_plot_caption(plot,
                        "Second-order indices (Saltelli 2002), less what each does alone; with "
                        "%g %% intervals.",
                        100.0 * f->data->level);
    if (mst_sobol_has_beyond(f))
        muster_plot_caption(plot, "%s", beyond);
}

/* Pairs that do nothing at all are not told. */
static bool draw_pairs(const mst_sobol_found *f, muster_section *section)
{
    const int32_t k = f->all.factors;
    pair *pairs = malloc(((size_t)k * (size_t)k + 1) * sizeof *pairs);
    int32_t count = 0;
    for (int32_t i = 0; pairs && i < k; i++)
        for (int32_t j = i + 1; j < k; j++)
            if (!mst_sobol_is_nothing(&f->all.pair[(int64_t)i * k + j]))
                pairs[count++] = (pair){i, j, &f->all.pair[(int64_t)i * k + j]};
    if (count > 0) {
        qsort(pairs, (size_t)count, sizeof *pairs, by_index);
        pairs_table(f, section, pairs, count < PAIRS_MOST ? count : PAIRS_MOST);
    }
    free(pairs);
    return pairs != NULL;
}

bool mst_sobol_draw(const mst_sobol_found *f, muster_section *section)
{
    draw_indices(f, section);
    draw_sums(f, section);
    const bool is_drawn = !f->all.pair || draw_pairs(f, section);
    if (f->has_prefixes)
        draw_settling(f, section);
    return is_drawn;
}
