/* One factor at a time: what each moves between its ends, the others as the scenario has them. */
#include "analyses/analyses.h"
#include "analyses/curves.h"
#include "analyses/phrase.h"
#include "analyses/sample.h"
#include "muster/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum verdict { MOVES, NOISE, NOTHING, UNKNOWN } verdict;

/* A factor and the points that it is told by. */
typedef struct reach {
    int32_t factor, levels;
    int64_t low, high; /* points of its ends; of names those of the least and the greatest figure */
} reach;

typedef struct tornado {
    const mst_data *data;
    muster_section *section;
    int64_t centre;
    int32_t count, pairs; /* factors; pairs that the one with the fewest has */
    reach *reach;
    mst_tornado_bar *bar; /* widest first; input: index of reach */
    double *p;            /* of each bar, adjusted after Holm   */
    verdict *verdict;     /* of each bar                        */
} tornado;

/* ---- points --------------------------------------------------------------------------------------- */

static bool is_block(const mst_data *d, int64_t p, const char *block)
{
    return strcmp(d->point[p].block, block) == 0;
}

static int64_t centre_of(const mst_data *d)
{
    for (int64_t p = 0; p < d->points; p++)
        if (is_block(d, p, "centre") && d->cell[p].count > 0)
            return p;
    return -1;
}

static bool fits(const mst_data *d, const muster_analyze_options *options, char why[MST_WHY_BYTES])
{
    static const char centre[] = "no point has the scenario as it stands and the figure",
                      one[] = "no point moves one factor alone";
    int64_t alone = 0;
    (void)options;
    for (int64_t p = 0; p < d->points; p++)
        alone += is_block(d, p, "one") && d->point[p].factor >= 0;
    if (alone > 0 && centre_of(d) >= 0)
        return true;
    memcpy(why, alone > 0 ? centre : one, alone > 0 ? sizeof centre : sizeof one);
    return false;
}

/* Is the point further out, towards the low end or the high one? */
static bool is_further(const mst_data *d, int64_t p, int64_t than, int32_t factor, bool is_high)
{
    const bool is_name = d->factor[factor].scale == MUSTER_SCALE_NAMES;
    const double a = is_name ? d->cell[p].mean : mst_x(d, p, factor),
                 b = is_name ? d->cell[than].mean : mst_x(d, than, factor);
    return is_name && isnan(b) ? !isnan(a) : is_high ? a > b : a < b;
}

static void find_reach(const tornado *t, int32_t factor, reach *out)
{
    *out = (reach){.factor = factor, .low = -1, .high = -1};
    for (int64_t p = 0; p < t->data->points; p++) {
        if (!is_block(t->data, p, "one") || t->data->point[p].factor != factor)
            continue;
        out->levels++;
        if (out->low < 0 || is_further(t->data, p, out->low, factor, false))
            out->low = p;
        if (out->high < 0 || is_further(t->data, p, out->high, factor, true))
            out->high = p;
    }
    for (int64_t p = 0; out->high == out->low && out->levels > 1 && p < t->data->points; p++)
        if (is_block(t->data, p, "one") && t->data->point[p].factor == factor)
            out->high = p; /* names whose figures are all alike: any two */
    if (out->levels == 1)  /* of one value alone: from the scenario's own to it */
        out->low = t->centre;
}

/* ---- figures -------------------------------------------------------------------------------------- */

/* As mst_tornado's; of names with more than two values the ends were searched for, so that each of
 * their pairs may be the widest (Bonferroni). */
static void take_pairs(const tornado *t, const mst_aligned *all, mst_tornado_bar *bar)
{
    const mst_data *d = t->data;
    const reach *r = &t->reach[bar->input];
    const double *at[3];
    for (int32_t k = 0; k < 3; k++) {
        const int32_t point = k == 0 ? 0 : k == 1 ? 1 + bar->input : 1 + t->count + bar->input;
        at[k] = all->value + (size_t)point * (size_t)all->reps;
    }
    const bool is_searched = d->factor[r->factor].scale == MUSTER_SCALE_NAMES && r->levels > 2;
    const double tests = is_searched ? 0.5 * (double)r->levels * ((double)r->levels - 1.0) : 1.0;
    const double level = 1.0 - (1.0 - d->level) / tests;
    bar->low = mst_figure_difference(d, at[0], at[1], all->reps, d->level);
    bar->high = mst_figure_difference(d, at[0], at[2], all->reps, d->level);
    bar->swing = mst_figure_difference(d, at[1], at[2], all->reps, level);
    if (!isnan(bar->swing.p)) /* fmin would make 1 of it */
        bar->swing.p = fmin(1.0, bar->swing.p * tests);
}

/* P that the factor moves nothing. Where both ends lie on one side of the scenario as it stands, the
 * widest of three differences counts. */
static double p_of(const mst_tornado_bar *bar)
{
    const bool is_aside = bar->low.mean * bar->high.mean > 0.0;
    if (!is_aside || isnan(bar->swing.p))
        return bar->swing.p;
    return fmin(1.0, 3.0 * fmin(bar->swing.p, fmin(bar->low.p, bar->high.p)));
}

static bool is_same(const tornado *t, const mst_aligned *all, int32_t input)
{
    const size_t reps = (size_t)all->reps;
    const double *base = all->value, *low = base + (size_t)(1 + input) * reps,
                 *high = base + (size_t)(1 + t->count + input) * reps;
    for (size_t r = 0; r < reps; r++)
        if (base[r] < low[r] || base[r] > low[r] || base[r] < high[r] || base[r] > high[r] ||
            low[r] < high[r] || low[r] > high[r])
            return false;
    return true;
}

static verdict judge(const tornado *t, const mst_aligned *all, int32_t i)
{
    const mst_tornado_bar *bar = &t->bar[i];
    if (isnan(bar->span))
        return UNKNOWN;
    if (is_same(t, all, bar->input))
        return NOTHING;
    if (t->data->is_plan_run)
        return MOVES;
    if (isnan(t->p[i]))
        return UNKNOWN;
    return t->p[i] < 1.0 - t->data->level ? MOVES : NOISE;
}

static muster_status find_bars(tornado *t, const mst_aligned *all)
{
    int32_t *scratch = malloc(((size_t)t->count + 1) * sizeof *scratch);
    const size_t reps = (size_t)all->reps;
    if (!scratch)
        return MUSTER_WORLD;
    mst_tornado(t->count, all->reps, all->value, all->value + reps,
                all->value + (size_t)(1 + t->count) * reps, t->data->level, t->bar);
    t->pairs = INT32_MAX;
    for (int32_t i = 0; i < t->count; i++) {
        take_pairs(t, all, &t->bar[i]);
        t->p[i] = p_of(&t->bar[i]);
        if (t->bar[i].swing.pairs > 0 && t->bar[i].swing.pairs < t->pairs)
            t->pairs = t->bar[i].swing.pairs;
    }
    muster_p_holm(t->p, t->count, scratch);
    for (int32_t i = 0; i < t->count; i++)
        t->verdict[i] = judge(t, all, i);
    free(scratch);
    return MUSTER_OK;
}

/* ---- sentences ------------------------------------------------------------------------------------ */

static const reach *reach_of(const tornado *t, int32_t i)
{
    return &t->reach[t->bar[i].input];
}

/* Half the width of the interval of a point's mean. */
static double half_of(const mst_data *d, int64_t point)
{
    const muster_bounds b = mst_cell_bounds(d, &d->cell[point]);
    return d->is_plan_run || !b.is_estimable ? (double)NAN : 0.5 * (b.high - b.low);
}

static const char *end_name(const tornado *t, int32_t i, bool is_high, char out[MST_NUMBER_BYTES])
{
    const reach *r = reach_of(t, i);
    const int64_t point = is_high ? r->high : r->low;
    if (point == t->centre)
        memcpy(out, "as it stands", sizeof "as it stands");
    else
        mst_told_level(t->data, r->factor, mst_x(t->data, point, r->factor), out);
    return out;
}

static const char *swing_of(const tornado *t, int32_t i, char out[MST_RANGE_BYTES])
{
    const mst_paired *swing = &t->bar[i].swing;
    return t->data->is_plan_run
               ? mst_told_difference(t->data, swing->mean, (double)NAN, (double)NAN, out)
               : mst_told_difference(t->data, swing->mean, swing->low, swing->high, out);
}

static void tell_widest(const tornado *t, int32_t moving)
{
    const mst_data *d = t->data;
    const reach *r = reach_of(t, 0);
    char opens[MST_LABEL_BYTES], low[MST_NUMBER_BYTES], high[MST_NUMBER_BYTES];
    char at_low[MST_NUMBER_BYTES], at_high[MST_NUMBER_BYTES], by[MST_RANGE_BYTES];
    muster_section_say(
        t->section, "%s%s moves '%s'%s: from %s at %s to %s at %s (%s).", moving > 1 ? "" : "Only ",
        moving > 1 ? mst_factor_opens(d, r->factor, opens) : mst_factor_label(d, r->factor),
        d->response.label, moving > 1 ? " most" : "",
        mst_told_value(d, d->cell[r->low].mean, half_of(d, r->low), at_low),
        end_name(t, 0, false, low),
        mst_told_value(d, d->cell[r->high].mean, half_of(d, r->high), at_high),
        end_name(t, 0, true, high), swing_of(t, 0, by));
}

/* The others that move it, those that do not, and those of which nothing is known. */
static void tell_others(const tornado *t, int32_t first)
{
    mst_listing moves = {0}, noise = {0}, nothing = {0}, unknown = {0};
    char words[2 * MST_RANGE_BYTES], by[MST_RANGE_BYTES];
    for (int32_t i = first; i < t->count; i++) {
        const char *label = mst_factor_label(t->data, reach_of(t, i)->factor);
        muster_text_format(words, sizeof words, "%.90s (%.60s)", label, swing_of(t, i, by));
        if (t->verdict[i] == MOVES)
            mst_listing_add(&moves, words);
        else if (t->verdict[i] == NOISE)
            mst_listing_add(&noise, words);
        else
            mst_listing_add(t->verdict[i] == NOTHING ? &nothing : &unknown, label);
    }
    if (moves.count > 0)
        muster_section_say(t->section, "Less, in this order: %s.", mst_listing_text(&moves));
    if (noise.count > 0)
        muster_section_say(t->section, "Within noise: %s.", mst_listing_text(&noise));
    if (nothing.count > 0)
        muster_section_say(t->section, "No difference%s: %s.",
                           t->data->is_plan_run ? "" : " in any run", mst_listing_text(&nothing));
    if (unknown.count > 0)
        muster_section_say(t->section, "Not estimable, for want of runs that have the figure: %s.",
                           mst_listing_text(&unknown));
}

/* Bends, or ranges that lie beside what the scenario has. */
static void tell_aside(const tornado *t)
{
    mst_listing aside = {0};
    for (int32_t i = 0; i < t->count; i++)
        if (t->verdict[i] == MOVES && t->bar[i].low.mean * t->bar[i].high.mean > 0.0)
            mst_listing_add(&aside, mst_factor_label(t->data, reach_of(t, i)->factor));
    if (aside.count > 0)
        muster_section_say(t->section,
                           "At both ends on the same side of the scenario as it stands: %s.",
                           mst_listing_text(&aside));
}

static void tell_method(const tornado *t)
{
    const mst_data *d = t->data;
    char base[MST_RANGE_BYTES];
    const muster_bounds bounds = mst_cell_bounds(d, &d->cell[t->centre]);
    muster_section_say(t->section, "The scenario as it stands has %s.",
                       mst_told_bounds(d, d->cell[t->centre].mean, bounds, base));
    muster_section_say(t->section, "Each factor goes between its ends alone, the others as they "
                                   "stand: what two do together is not seen here.");
    if (d->is_plan_run)
        muster_section_say(t->section, "%s: there is no interval.",
                           mst_has_no_chance(d)
                               ? "One value a point, without chance"
                               : "One value a point, and no telling whether chance "
                                 "is in it");
    else if (t->pairs < INT32_MAX)
        muster_section_say(
            t->section,
            "n = %d pairs of runs a factor%s, with the same random numbers at both ends; "
            "intervals of %g %%, each for itself, %s. A factor moves the figure where %s over all "
            "%d is below %.2g after Holm.",
            (int)t->pairs, t->pairs < d->cell[t->centre].count ? " or more" : "", 100.0 * d->level,
            d->response.is_yes_no ? "after Agresti and Min" : "by Student's t of the differences",
            d->response.is_yes_no ? "McNemar's P" : "P", (int)t->count, 1.0 - d->level);
}

static void tell(const tornado *t)
{
    int32_t moving = 0, unknown = 0;
    for (int32_t i = 0; i < t->count; i++) {
        moving += t->verdict[i] == MOVES;
        unknown += t->verdict[i] == UNKNOWN;
    }
    const bool is_first = t->verdict[0] == MOVES;
    if (is_first)
        tell_widest(t, moving);
    else if (moving == 0 && unknown == 0)
        muster_section_say(t->section, "No factor moves '%s' by more than noise.",
                           t->data->response.label);
    tell_others(t, is_first ? 1 : 0);
    tell_aside(t);
    tell_method(t);
}

/* ---- table and pictures --------------------------------------------------------------------------- */

static const char *verdict_words(const tornado *t, int32_t i)
{
    static const char *const words[] = {
        [MOVES] = "yes", [NOISE] = "noise", [NOTHING] = "no", [UNKNOWN] = "unknown"};
    return words[t->verdict[i]];
}

static void add_columns(const tornado *t, muster_table *table)
{
    const mst_data *d = t->data;
    const char *unit = d->response.unit;
    const muster_column_kind kind = mst_figure_kind(d);
    double largest = 0.0;
    for (int32_t i = 0; i < t->count; i++)
        if (!isnan(t->bar[i].span))
            largest = fmax(largest, fabs(d->cell[reach_of(t, i)->high].mean));
    const int32_t digits = mst_told_digits(largest, half_of(d, t->centre));
    muster_table_column(table, "factor", NULL, "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(table, "low_value", "low", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(table, "high_value", "high", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(table, "at_low", "at low", unit, kind, digits);
    muster_table_column(table, "at_high", "at high", unit, kind, digits);
    muster_table_column(table, "difference", "change", unit, kind, d->is_plan_run ? 4 : 2);
    if (!d->is_plan_run) {
        muster_table_column(table, "from", NULL, unit, kind, 2);
        muster_table_column(table, "to", NULL, unit, kind, 2);
    }
    muster_table_column(table, "verdict", "moves it", "", MUSTER_COLUMN_TEXT, 0);
}

static void add_row(const tornado *t, muster_table *table, int32_t i)
{
    const mst_data *d = t->data;
    const reach *r = reach_of(t, i);
    char words[MST_NUMBER_BYTES];
    muster_table_row(table);
    muster_cell_text(table, mst_factor_label(d, r->factor));
    muster_cell_text(table, end_name(t, i, false, words));
    muster_cell_text(table, end_name(t, i, true, words));
    muster_cell_real(table, d->cell[r->low].mean);
    muster_cell_real(table, d->cell[r->high].mean);
    muster_cell_real(table, t->bar[i].swing.mean);
    if (!d->is_plan_run) {
        muster_cell_real(table, t->bar[i].swing.low);
        muster_cell_real(table, t->bar[i].swing.high);
    }
    muster_cell_text(table, verdict_words(t, i));
}

/* Those that make no difference are named in a sentence; a row has room for others. */
static bool is_shown(const tornado *t, int32_t i)
{
    return t->verdict[i] != NOTHING;
}

static void draw(const tornado *t)
{
    const mst_data *d = t->data;
    char id[80], name[160];
    int32_t shown = 0;
    for (int32_t i = 0; i < t->count; i++)
        shown += is_shown(t, i);
    if (shown == 0)
        return;
    muster_table *table =
        muster_table_add(t->section, mst_data_id(d, "tornado-factors", id),
                         shown == t->count ? "Factors alone" : "Factors alone that differ");
    add_columns(t, table);
    for (int32_t i = 0; i < t->count; i++)
        if (is_shown(t, i))
            add_row(t, table, i);
    muster_plot *plot =
        muster_plot_add(t->section, MUSTER_PLOT_TORNADO, table, "Each factor between its ends");
    muster_plot_role(plot, "label", "factor");
    muster_plot_role(plot, "low", "at_low");
    muster_plot_role(plot, "high", "at_high");
    muster_plot_role(plot, "low_value", "low_value");
    muster_plot_role(plot, "high_value", "high_value");
    muster_plot_number(plot, "baseline", d->cell[t->centre].mean);
    muster_plot_text(plot, "x_label", mst_figure_name(d, name));
    muster_plot_caption(plot,
                        "The line is the scenario as it stands. The numbers beside a bar are the "
                        "ends of the factor's range: a wider range has a longer bar.");
}

static int by_factor_and_value(const void *left, const void *right)
{
    const mst_curve_row *a = left, *b = right;
    if (a->factor != b->factor)
        return a->factor < b->factor ? -1 : 1;
    return (a->from > b->from) - (a->from < b->from);
}

/* Factors with more than two values, along them. Flat ones are named and not drawn. */
static muster_status draw_curves(const tornado *t)
{
    const mst_data *d = t->data;
    char id[80];
    int32_t rows = 0;
    mst_curve_row *row = malloc(((size_t)d->points + 1) * sizeof *row);
    for (int32_t i = 0; row && i < t->count; i++)
        for (int64_t p = 0; p < d->points; p++) {
            const reach *r = reach_of(t, i);
            const int32_t factor = r->factor;
            if (r->levels < 3 || t->verdict[i] == NOTHING || !is_block(d, p, "one") ||
                d->point[p].factor != factor)
                continue;
            const muster_bounds b = mst_cell_bounds(d, &d->cell[p]);
            const bool has = b.is_estimable && !d->is_plan_run;
            const double x = mst_x(d, p, factor), none = (double)NAN;
            row[rows++] = (mst_curve_row){factor,
                                          x,
                                          x,
                                          d->cell[p].count,
                                          d->cell[p].mean,
                                          has ? b.low : none,
                                          has ? b.high : none};
        }
    if (!row)
        return MUSTER_WORLD;
    qsort(row, (size_t)rows, sizeof *row, by_factor_and_value);
    const mst_curves how = {.id = mst_data_id(d, "tornado-levels", id),
                            .title = "Along the values of each factor",
                            .caption = d->is_plan_run
                                           ? "One value a point."
                                           : "Means with their intervals; points share random "
                                             "numbers, so that differences are surer than these.",
                            .counted = "n"};
    mst_curves_add(d, t->section, &how, row, rows);
    free(row);
    return MUSTER_OK;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

/* The centre, then all low ends, then all high ones. */
static muster_status align_ends(const tornado *t, mst_aligned *out)
{
    int64_t *point = malloc((2 * (size_t)t->count + 1) * sizeof *point);
    *out = (mst_aligned){0};
    if (!point)
        return MUSTER_WORLD;
    point[0] = t->centre;
    for (int32_t i = 0; i < t->count; i++) {
        point[1 + i] = t->reach[i].low;
        point[1 + t->count + i] = t->reach[i].high;
    }
    const muster_status status = mst_align(t->data, point, 2 * t->count + 1, out);
    free(point);
    return status;
}

static muster_status make(const mst_data *d, const muster_analyze_options *options,
                          muster_section *section)
{
    mst_keep keep = {0};
    mst_aligned all = {0};
    const size_t room = (size_t)d->factors + 1;
    tornado t = {.data = d,
                 .section = section,
                 .centre = centre_of(d),
                 .reach = mst_keep_array(&keep, room, sizeof *t.reach),
                 .bar = mst_keep_array(&keep, room, sizeof *t.bar),
                 .p = mst_keep_array(&keep, room, sizeof *t.p),
                 .verdict = mst_keep_array(&keep, room, sizeof *t.verdict)};
    (void)options;
    muster_status status = keep.failed ? MUSTER_WORLD : MUSTER_OK;
    for (int32_t f = 0; status == MUSTER_OK && f < d->factors; f++) {
        find_reach(&t, f, &t.reach[t.count]);
        t.count += t.reach[t.count].levels > 0;
    }
    if (status == MUSTER_OK)
        status = align_ends(&t, &all);
    if (status == MUSTER_OK)
        status = find_bars(&t, &all);
    if (status == MUSTER_OK) {
        tell(&t);
        draw(&t);
        status = draw_curves(&t);
    }
    mst_aligned_free(&all);
    mst_keep_clear(&keep);
    return status;
}

const mst_analysis mst_analysis_tornado = {
    .name = "tornado",
    .title = "One factor at a time",
    .doc = "what each factor moves alone between its ends, by pairs of runs",
    .needs = "method one-at-a-time: points of blocks centre and one",
    .is_usual = true,
    .fits = fits,
    .tell = make,
};
