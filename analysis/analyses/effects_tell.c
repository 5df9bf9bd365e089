/* Main effects in words, table and pictures. */
#include "analyses/curves.h"
#include "analyses/effects.h"
#include "analyses/phrase.h"
#include "muster/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { CURVES_MOST = 9, CURVES_LEAST = 2 };

static int32_t factor_of(const mst_effects *e, const mst_effect *f)
{
    return e->sample.factor[f->input];
}

/* Interval of a bin's mean; points of yes or no alone are shares. */
static muster_bounds bounds_of(const mst_effects *e, const mst_effect_bin *bin)
{
    const mst_sample *s = &e->sample;
    if (e->data->response.is_yes_no && s->most == 1 && s->spread == MST_SPREAD_POINTS)
        return muster_bounds_share(llround(bin->mean * (double)bin->points), bin->points,
                                   e->data->level);
    return (muster_bounds){bin->low, bin->high, isfinite(bin->low)};
}

/* ---- sentences ------------------------------------------------------------------------------------ */

static const char *bin_words(const mst_effects *e, int32_t factor, const mst_effect_bin *bin,
                             char out[MST_RANGE_BYTES])
{
    char from[MST_NUMBER_BYTES], to[MST_NUMBER_BYTES];
    mst_told_level(e->data, factor, bin->from, from);
    if (bin->to > bin->from)
        muster_text_format(out, MST_RANGE_BYTES, "%s to %s", from,
                           mst_told_level(e->data, factor, bin->to, to));
    else
        muster_text_format(out, MST_RANGE_BYTES, "%s", from);
    return out;
}

static const char *mean_words(const mst_effects *e, const mst_effect_bin *bin,
                              char out[MST_NUMBER_BYTES])
{
    const muster_bounds b = bounds_of(e, bin);
    const bool has = b.is_estimable && !e->sample.is_exact;
    return mst_told_value(e->data, bin->mean, has ? 0.5 * (b.high - b.low) : (double)NAN, out);
}

/* In order of the factor's values, so that what is said goes up or down with it. */
static void tell_widest(const mst_effects *e, muster_section *section, int32_t moving)
{
    const mst_effect *f = &e->effect[0];
    const int32_t factor = factor_of(e, f);
    const bool is_rising = f->main.lowest <= f->main.highest;
    const mst_effect_bin *first = &f->main.bin[is_rising ? f->main.lowest : f->main.highest],
                         *last = &f->main.bin[is_rising ? f->main.highest : f->main.lowest];
    const double sign = is_rising ? 1.0 : -1.0;
    const double low = sign * (is_rising ? f->swing.low : f->swing.high),
                 high = sign * (is_rising ? f->swing.high : f->swing.low);
    char opens[MST_LABEL_BYTES], where[2][MST_RANGE_BYTES], by[MST_RANGE_BYTES];
    char mean[2][MST_NUMBER_BYTES];
    /* that the others do nothing is known of whole designs alone */
    const bool is_whole = e->sample.spread == MST_SPREAD_RUNS;
    muster_section_say(section,
                       "%s%s %s '%s'%s: on average over the other factors from %s (at %s) to %s "
                       "(at %s), a change of %s.",
                       moving > 1 ? ""
                       : is_whole ? "Only "
                                  : "Of single factors only ",
                       moving > 1 ? mst_factor_opens(e->data, factor, opens)
                                  : mst_factor_label(e->data, factor),
                       moving > 1 || is_whole ? "moves" : "is seen to move",
                       e->data->response.label, moving > 1 ? " most" : "",
                       mean_words(e, first, mean[0]), bin_words(e, factor, first, where[0]),
                       mean_words(e, last, mean[1]), bin_words(e, factor, last, where[1]),
                       mst_told_difference(e->data, sign * f->main.swing, low, high, by));
}

/* Without chance there is no noise; what the others do hides what a factor does by itself. */
static const char *noise_words(const mst_effects *e)
{
    return mst_has_no_chance(e->data) ? "By themselves not told apart from what the others do, and "
                                        "perhaps needed together with them (see boxes)"
                                      : "Not told from noise with these points";
}

static void tell_others(const mst_effects *e, muster_section *section, int32_t first)
{
    mst_listing list[4] = {0};
    char words[2 * MST_RANGE_BYTES], by[MST_NUMBER_BYTES];
    static const char *const begin[] = {[MST_MOVES] =
                                            "Less, by their swing between highest and lowest mean",
                                        [MST_MOVES_NOISE] = NULL, /* by whose it is */
                                        [MST_MOVES_NOTHING] = "No difference",
                                        [MST_MOVES_UNKNOWN] = "Not estimable"};
    for (int32_t i = first; i < e->count; i++) {
        const mst_effect *f = &e->effect[i];
        const char *label = mst_factor_label(e->data, factor_of(e, f));
        const double half = 0.5 * (f->swing.high - f->swing.low);
        muster_text_format(words, sizeof words, "%.100s (%s)", label,
                           mst_told_value(e->data, f->main.swing, half, by));
        mst_listing_add(&list[f->moves], f->moves == MST_MOVES ? words : label);
    }
    for (int k = 0; k < 4; k++)
        if (list[k].count > 0)
            muster_section_say(section, "%s: %s.", begin[k] ? begin[k] : noise_words(e),
                               mst_listing_text(&list[k]));
}

/* What single factors account for, where the design keeps them apart. */
static void tell_shares(const mst_effects *e, muster_section *section)
{
    double sum = 0.0;
    int32_t moving = 0;
    char words[MST_NUMBER_BYTES];
    for (int32_t i = 0; i < e->count; i++) {
        moving += e->effect[i].moves == MST_MOVES;
        sum += e->effect[i].moves == MST_MOVES ? e->effect[i].share : 0.0;
    }
    if (sum > 0.0 && sum < 1.0)
        muster_section_say(section,
                           "%s for about %s of the variance between points; the rest is what "
                           "factors do together, and noise.",
                           moving == 1 ? "By itself it accounts"
                                       : "Each by itself, those that move it account",
                           mst_told_share(sum, words));
}

static void tell_runs(const mst_effects *e, char out[MST_RANGE_BYTES])
{
    const mst_sample *s = &e->sample;
    if (e->data->is_plan_run)
        muster_text_format(out, MST_RANGE_BYTES, "n = %d points", (int)s->points.rows);
    else if (s->least == s->most)
        muster_text_format(out, MST_RANGE_BYTES, "n = %d points x %d runs", (int)s->points.rows,
                           (int)s->most);
    else
        muster_text_format(out, MST_RANGE_BYTES, "n = %d points x %d to %d runs",
                           (int)s->points.rows, (int)s->least, (int)s->most);
}

/* Is there a factor that moves the figure, though its swing may be 0? */
static bool has_wide_swing(const mst_effects *e)
{
    for (int32_t i = 0; i < e->count; i++)
        if (e->effect[i].moves == MST_MOVES && e->effect[i].swing.low <= 0.0 &&
            e->effect[i].swing.high >= 0.0)
            return true;
    return false;
}

/* How much of the design is there? */
static const char *whole_words(const mst_effects *e)
{
    return e->has_holes                          ? "not all of the design"
           : e->sample.lost + e->sample.thin > 0 ? "all of the design but values without a figure"
                                                 : "all of the design";
}

static void tell_noise(const mst_effects *e, muster_section *section)
{
    const mst_sample *s = &e->sample;
    const double level = 100.0 * e->data->level;
    char n[MST_RANGE_BYTES];
    tell_runs(e, n);
    if (s->is_exact)
        muster_section_say(section, "%s, %s%s.", n, whole_words(e),
                           e->has_holes ? ", without chance"
                                        : " and without chance: means are exact");
    else if (s->spread == MST_SPREAD_RUNS)
        muster_section_say(section,
                           "%s, %s: what is left to chance are the runs%s. Intervals "
                           "of %g %% by Student's t.",
                           n, whole_words(e),
                           e->is_paired ? ", which have the same random numbers at all points, so "
                                          "that swings are taken run by run"
                                        : "",
                           level);
    else
        muster_section_say(section,
                           "%s. Noise is what the other factors do to points that are alike in "
                           "this one%s. Intervals of %g %% by Student's t, tests by Welch's F over "
                           "values or up to %d bins of values.",
                           n,
                           e->is_paired ? ", and the luck of runs, which points share"
                           : mst_has_no_chance(e->data) ? ""
                                                        : ", and chance",
                           level, MST_BINS);
    if (!s->is_exact)
        muster_section_say(section,
                           "Swings are wide enough for the highest and the lowest mean having been "
                           "looked for; a factor moves the figure where P over all %d is below "
                           "%.2g after Holm.",
                           (int)e->count, 1.0 - e->data->level);
    if (!s->is_exact && has_wide_swing(e))
        muster_section_say(section,
                           "P is of all means of a factor, its swing of two of them: where the "
                           "swing's interval holds 0 and the factor moves the figure all the same, "
                           "that it moves it is sure, and by how much is not.");
}

static void tell_left_out(const mst_effects *e, muster_section *section)
{
    if (e->sample.aside > 0)
        muster_section_say(section,
                           "Only corners of the design count here; its %d other points are for "
                           "bends (see regression).",
                           (int)e->sample.aside);
    mst_sample_say_left_out(&e->sample, section);
    if (e->has_holes)
        mst_effects_say_holes(e, section);
}

/* ---- the table ------------------------------------------------------------------------------------ */

static const char *middle_words(const mst_effects *e, int32_t factor, const mst_effect_bin *bin,
                                char out[MST_NUMBER_BYTES])
{
    return mst_told_level(e->data, factor,
                          bin->to > bin->from ? 0.5 * (bin->from + bin->to) : bin->from, out);
}

static void add_row(const mst_effects *e, muster_table *t, const mst_effect *f)
{
    static const char *const moves[] = {[MST_MOVES] = "yes",
                                        [MST_MOVES_NOISE] = "noise",
                                        [MST_MOVES_NOTHING] = "no",
                                        [MST_MOVES_UNKNOWN] = "unknown"};
    const int32_t factor = factor_of(e, f);
    const int32_t at[] = {f->main.lowest, f->main.highest};
    char words[MST_NUMBER_BYTES];
    muster_table_row(t);
    muster_cell_text(t, mst_factor_label(e->data, factor));
    muster_cell_real(t, f->main.swing);
    if (!e->sample.is_exact) {
        muster_cell_real(t, f->swing.low);
        muster_cell_real(t, f->swing.high);
    }
    for (int k = 0; k < 2; k++)
        muster_cell_text(
            t, f->main.swing > 0.0 ? middle_words(e, factor, &f->main.bin[at[k]], words) : "-");
    muster_cell_real(t, f->main.rank_correlation);
    muster_cell_real(t, f->share);
    muster_cell_text(t, moves[f->moves]);
}

static void add_table(const mst_effects *e, muster_section *section)
{
    char id[80];
    const muster_column_kind kind = mst_figure_kind(e->data);
    const char *unit = e->data->response.unit;
    const int32_t digits = e->sample.is_exact ? 4 : 2;
    muster_table *t =
        muster_table_add(section, mst_data_id(e->data, "effects-factors", id), "Main effects");
    muster_table_column(t, "factor", NULL, "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "swing", NULL, unit, kind, digits);
    if (!e->sample.is_exact) {
        muster_table_column(t, "from", NULL, unit, kind, digits);
        muster_table_column(t, "to", NULL, unit, kind, digits);
    }
    muster_table_column(t, "lowest_at", "lowest at", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "highest_at", "highest at", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "rank_correlation", "rank corr.", "", MUSTER_COLUMN_REAL, 2);
    muster_table_column(t, "share", NULL, "", MUSTER_COLUMN_SHARE, 2);
    muster_table_column(t, "moves", "moves it", "", MUSTER_COLUMN_TEXT, 0);
    for (int32_t i = 0; i < e->count; i++)
        add_row(e, t, &e->effect[i]);
}

/* ---- pictures ------------------------------------------------------------------------------------- */

static int32_t add_curve(const mst_effects *e, const mst_effect *f, mst_curve_row *row)
{
    int32_t rows = 0;
    for (int32_t i = 0; i < f->main.bins; i++) {
        const mst_effect_bin *bin = &f->main.bin[i];
        const muster_bounds b = bounds_of(e, bin);
        const bool has = b.is_estimable && !e->sample.is_exact;
        if (bin->points > 0 && !isnan(bin->mean))
            row[rows++] = (mst_curve_row){factor_of(e, f),
                                          bin->from,
                                          bin->to,
                                          bin->points,
                                          bin->mean,
                                          has ? b.low : (double)NAN,
                                          has ? b.high : (double)NAN};
    }
    return rows;
}

/* Those that move it, up to a number; of few, the next ones too. */
static muster_status draw(const mst_effects *e, muster_section *section)
{
    char id[80];
    int32_t rows = 0, drawn = 0;
    mst_curve_row *row = malloc(((size_t)CURVES_MOST * MST_INPUT_LEVELS + 1) * sizeof *row);
    if (!row)
        return MUSTER_WORLD;
    for (int pass = 0; pass < 2; pass++)
        for (int32_t i = 0; i < e->count && drawn < (pass == 0 ? CURVES_MOST : CURVES_LEAST); i++)
            if ((e->effect[i].moves == MST_MOVES) == (pass == 0)) {
                rows += add_curve(e, &e->effect[i], row + rows);
                drawn++;
            }
    const mst_curves how = {
        .id = mst_data_id(e->data, "effects-values", id),
        .title = "Means along the values",
        .caption = e->has_holes         ? "Means of a model, as points of the design are missing."
                   : e->sample.is_exact ? "Means over all points of one value; exact."
                   : e->is_paired ? "Means over points of like value, with intervals that count "
                                    "the luck all points share: differences are surer."
                                  : "Means over points of like value, with their intervals.",
        .counted = "points"};
    mst_curves_add(e->data, section, &how, row, rows);
    free(row);
    if (drawn < e->count)
        muster_section_say(section, "Along their values are drawn: %d of %d factors.", (int)drawn,
                           (int)e->count);
    return MUSTER_OK;
}

muster_status mst_effects_tell(const mst_effects *e, muster_section *section)
{
    int32_t moving = 0, unknown = 0;
    char value[MST_NUMBER_BYTES];
    if (!mst_effects_move(e)) {
        muster_section_say(section, "'%s' is %s at every point (n = %d): no factor moves it.",
                           e->data->response.label,
                           mst_told_value(e->data, e->sample.points.y[0], (double)NAN, value),
                           (int)e->sample.points.rows);
        return MUSTER_OK;
    }
    for (int32_t i = 0; i < e->count; i++) {
        moving += e->effect[i].moves == MST_MOVES;
        unknown += e->effect[i].moves == MST_MOVES_UNKNOWN;
    }
    const bool is_first = e->effect[0].moves == MST_MOVES;
    if (is_first)
        tell_widest(e, section, moving);
    else if (moving == 0 && unknown == 0)
        muster_section_say(section, "No factor by itself moves '%s' by more than noise.",
                           e->data->response.label);
    tell_others(e, section, is_first ? 1 : 0);
    tell_shares(e, section);
    tell_noise(e, section);
    tell_left_out(e, section);
    add_table(e, section);
    return draw(e, section);
}
