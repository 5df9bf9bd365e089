/* Elementary effects in sentences, a table and plots. */
#include "analyses/morris_parts.h"
#include "analyses/percent.h"
#include "analyses/sentence.h"
#include "analyses/unmoved.h"
#include "muster/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NAMED_MOST = 4, LISTED_MOST = 6, NAME_BYTES = 200, FEW_WALKS = 20 };

static const char *label(const mst_morris_found *f, int32_t factor)
{
    return f->data->factor[factor].label;
}

/* All effects are of one sign: 1 up, -1 down; 0: they are not, or there is none. */
static int way_of(const mst_morris_factor *x)
{
    const double size = x->mu_star.value * (1.0 - 1e-9);
    return !(size > 0.0) || x->effects < 2 ? 0
           : x->mu.value >= size           ? 1
           : x->mu.value <= -size          ? -1
                                           : 0;
}

/* What comes of the factor differs by as much as its size, or in sign. Effects half up and half down have
 * sigma near mu*, on either side of it: the sign tells. */
static bool is_uneven(const mst_morris_factor *x)
{
    return x->verdict == MST_MORRIS_INTERACTING ||
           (isfinite(x->sigma.value) && fabs(x->mu.value) < 0.5 * x->mu_star.value);
}

/* "3.2 h (2.9 to 3.6)"; of yes or no "31 percentage points (29 to 36)". */
static void add_amount(mst_sentence *t, const mst_morris_found *f, const mst_morris_factor *x)
{
    const mst_bootstrapped *b = &x->mu_star;
    const bool is_share = f->data->response.is_yes_no;
    const double scale = is_share ? 100.0 : 1.0;
    const char *unit = is_share ? "percentage points" : f->data->response.unit;
    mst_say(t, "%.3g%s%s", scale * b->value, *unit ? " " : "", unit);
    if (isfinite(mst_low(b)) && isfinite(mst_high(b)))
        mst_say(t, " (%.3g to %.3g)", scale * mst_low(b), scale * mst_high(b));
    mst_say(t, "%s", way_of(x) > 0 ? ", always up" : way_of(x) < 0 ? ", always down" : "");
}

/* ---- sentences ------------------------------------------------------------------------------------ */

static void say_largest(const mst_morris_found *f, muster_section *section)
{
    int32_t named = 0, more = 0;
    mst_sentence t = {.used = 0};
    for (int32_t i = 0; i < f->data->factors; i++) {
        const mst_morris_factor *x = &f->factor[f->order[i]];
        if (isnan(x->mu_star.value) || mst_morris_may_go(f, f->order[i]) ||
            !(x->mu_star.value > 0.0))
            continue;
        if (named == NAMED_MOST) {
            more++;
            continue;
        }
        if (named == 0)
            mst_say(&t, "\"%s\" moves most with %s: over its whole range, on the average, by ",
                    f->data->response.label, label(f, f->order[i]));
        else
            mst_say(&t, "; with %s by ", label(f, f->order[i]));
        add_amount(&t, f, x);
        named++;
    }
    if (more > 0)
        mst_say(&t, "; %" PRId32 " more %s in the table", more, more == 1 ? "is" : "are");
    muster_section_say(section, "%s.", t.text);
}

/* "a; b and c"; of many only how many. */
static int32_t list(const mst_morris_found *f, bool (*is_of)(const mst_morris_found *, int32_t),
                    mst_sentence *t)
{
    int32_t count = 0, at = 0;
    for (int32_t i = 0; i < f->data->factors; i++)
        count += is_of(f, f->order[i]);
    if (count > LISTED_MOST)
        mst_say(t, "%" PRId32 " factors", count);
    for (int32_t i = 0; count <= LISTED_MOST && i < f->data->factors; i++)
        if (is_of(f, f->order[i])) {
            mst_say(t, "%s%s",
                    at == 0           ? ""
                    : at == count - 1 ? " and "
                                      : "; ",
                    label(f, f->order[i]));
            at++;
        }
    return count;
}

static bool does_nothing(const mst_morris_found *f, int32_t factor)
{
    return f->factor[factor].verdict == MST_MORRIS_NO_EFFECT;
}

static bool does_little(const mst_morris_found *f, int32_t factor)
{
    return mst_morris_may_go(f, factor) && !does_nothing(f, factor);
}

static bool depends(const mst_morris_found *f, int32_t factor)
{
    return is_uneven(&f->factor[factor]) && !mst_morris_may_go(f, factor);
}

/* What comes next without those that do little. Other figures may need them, and of one factor alone
 * there is nothing to share out. */
static void say_next(const mst_morris_found *f, int32_t out, muster_section *section)
{
    const int32_t left = f->data->factors - out;
    if (left > 1)
        muster_section_say(section,
                           "For this figure a design for Sobol indices may leave %s out, and vary "
                           "%" PRId32 " factors in place of %" PRId32 ".",
                           out == 1 ? "that one" : "these", left, f->data->factors);
    else
        muster_section_say(section,
                           "For this figure one factor is left, and Sobol indices would tell "
                           "nothing more: vary it alone, in small steps.");
}

static void say_lists(const mst_morris_found *f, muster_section *section)
{
    mst_sentence little = {.used = 0}, nothing = {.used = 0}, other = {.used = 0};
    const int32_t low = list(f, does_little, &little), none = list(f, does_nothing, &nothing);
    if (none > 0)
        muster_section_say(section, "Nothing at all comes of %s.", nothing.text);
    if (low > 0)
        muster_section_say(section, "Less than 5 %% of the largest, by the whole interval: %s.",
                           little.text);
    if (none + low > 0)
        say_next(f, none + low, section);
    if (list(f, depends, &other) > 0)
        muster_section_say(
            section,
            "Where other factors stand, or where it stands itself, decides what comes "
            "of %s (its effects differ by their own size, or in sign).",
            other.text);
}

/* ---- how ------------------------------------------------------------------------------------------ */

static bool has_other_spread(const mst_data *d)
{
    for (int32_t i = 0; i < d->factors; i++)
        if (d->factor[i].level_count == 0 && *d->factor[i].dist &&
            strncmp(d->factor[i].dist, "uniform", 7) != 0)
            return true;
    return false;
}

static bool has_names(const mst_data *d)
{
    for (int32_t i = 0; i < d->factors; i++)
        if (d->factor[i].scale == MUSTER_SCALE_NAMES && d->factor[i].level_count > 2)
            return true;
    return false;
}

static void say_unit(const mst_morris_found *f, muster_section *section)
{
    const mst_data *d = f->data;
    mst_sentence t = {.used = 0};
    mst_say(&t,
            "An effect is the change of the figure over that of one factor, in parts of its whole "
            "range");
    if (d->grid_levels == 0)
        mst_say(&t, ", which is that of the table%s",
                has_names(d) ? "; another name is a whole range away" : "");
    else
        mst_say(&t, "; a walk steps by %.3g of it%s",
                (double)d->grid_levels / (2.0 * (double)(d->grid_levels - 1)),
                has_other_spread(d) ? ", counted by quantiles where a distribution is not uniform"
                                    : "");
    muster_section_say(section,
                       "%s. mu* is the mean size of a factor's effects, mu their mean with "
                       "sign, sigma how much they differ.",
                       t.text);
}

static void say_how(const mst_morris_found *f, muster_section *section)
{
    const mst_data *d = f->data;
    int64_t used = 0, dropped = 0;
    mst_sentence t = {.used = 0};
    for (int32_t i = 0; i < d->factors; i++) {
        used += f->factor[i].effects;
        dropped += f->factor[i].dropped;
    }
    mst_say(&t, "Estimated from %" PRId32 " walks: %" PRId64 " effects, %" PRId64 " dropped",
            f->walks->in.trajectories, used, dropped);
    if (f->most > 1 && f->least == f->most)
        mst_say(&t, ", by means over %" PRId32 " replications", f->most);
    else if (f->most > 1)
        mst_say(&t, ", by means over %" PRId32 " to %" PRId32 " replications", f->least, f->most);
    muster_section_say(section,
                       "%s; Morris 1991, mu* after Campolongo and others 2007; %g %% intervals by "
                       "resampling walks %" PRId32 " times.",
                       t.text, 100.0 * d->level, f->replicates);
    if (dropped > 0)
        muster_section_say(section, "Caution: of an effect that is dropped a point failed or has "
                                    "no figure. If that depends on the settings, the others do not "
                                    "stand for all.");
    if (f->walks->in.trajectories < FEW_WALKS)
        muster_section_say(section,
                           "Caution: of %" PRId32 " walks intervals are too narrow; take "
                           "trajectories = %d or more.",
                           f->walks->in.trajectories, (int)FEW_WALKS);
    if (f->walks->unmoved > 0)
        muster_section_say(section,
                           "Caution: %" PRId64 " steps left the value of their factor where it "
                           "was, and count as effects of 0.",
                           f->walks->unmoved);
}

muster_status mst_morris_say(const mst_morris_found *f, muster_section *section)
{
    muster_status status = MUSTER_OK;
    if (isnan(f->largest)) {
        muster_section_say(section, "Nothing can be told: no step has the figure at both ends.");
    } else if (!(f->largest > 0.0)) {
        muster_section_say(section,
                           "No step moves \"%s\" at all: nothing that was varied matters to it.",
                           f->data->response.label);
        status = mst_say_unmoved(f->data, section);
    } else {
        say_largest(f, section);
        say_lists(f, section);
    }
    say_unit(f, section);
    say_how(f, section);
    return status;
}

/* ---- table and plots ------------------------------------------------------------------------------ */

static const char *words_of(const mst_morris_found *f, int32_t factor, char out[NAME_BYTES])
{
    static const char *const words[] = {
        [MST_MORRIS_NOT_ESTIMABLE] = "cannot be estimated",
        [MST_MORRIS_NO_EFFECT] = "does nothing",
        [MST_MORRIS_ALMOST_LINEAR] = "alike wherever tried",
        [MST_MORRIS_MONOTONE] = "monotone",
        [MST_MORRIS_NEARLY_MONOTONE] = "nearly monotone",
        [MST_MORRIS_INTERACTING] = "interacts or turns round",
    };
    const mst_morris_factor *x = &f->factor[factor];
    const int way = way_of(x);
    const mst_morris_verdict verdict = is_uneven(x) ? MST_MORRIS_INTERACTING : x->verdict;
    muster_text_format(out, NAME_BYTES, "%s%s%s",
                       is_uneven(x) && way != 0 ? "interacts" : words[verdict],
                       way > 0   ? ", up"
                       : way < 0 ? ", down"
                                 : "",
                       does_little(f, factor) ? "; little" : "");
    return out;
}

static void add_columns(const mst_morris_found *f, muster_table *t)
{
    const char *unit = f->data->response.unit;
    const muster_column_kind kind =
        f->data->response.is_yes_no ? MUSTER_COLUMN_SHARE : MUSTER_COLUMN_REAL;
    muster_table_column(t, "factor", "factor", "", MUSTER_COLUMN_TEXT, 0);
    muster_table_column(t, "mu_star", "mu*", unit, kind, 3);
    muster_table_column(t, "mu_star_low", "from", unit, kind, 3);
    muster_table_column(t, "mu_star_high", "to", unit, kind, 3);
    muster_table_column(t, "mu", "mu", unit, kind, 3);
    muster_table_column(t, "sigma", "sigma", unit, kind, 3);
    muster_table_column(t, "effects", "n", "", MUSTER_COLUMN_WHOLE, 0);
    muster_table_column(t, "words", "in words", "", MUSTER_COLUMN_TEXT, 0);
}

static void add_row(const mst_morris_found *f, muster_table *t, int32_t factor)
{
    const mst_morris_factor *x = &f->factor[factor];
    char words[NAME_BYTES];
    muster_table_row(t);
    muster_cell_text(t, label(f, factor));
    muster_cell_real(t, x->mu_star.value);
    muster_cell_real(t, mst_low(&x->mu_star));
    muster_cell_real(t, mst_high(&x->mu_star));
    muster_cell_real(t, x->mu.value);
    muster_cell_real(t, x->sigma.value);
    muster_cell_whole(t, x->effects);
    muster_cell_text(t, words_of(f, factor, words));
}

static void draw_bars(const mst_morris_found *f, muster_section *section, muster_table *t)
{
    char name[160], title[NAME_BYTES];
    muster_text_format(title, sizeof title, "What moves %s", mst_figure_name(f->data, name));
    muster_plot *plot = muster_plot_add(section, MUSTER_PLOT_BARS, t, title);
    muster_plot_role(plot, "label", "factor");
    muster_plot_role(plot, "value", "mu_star");
    muster_plot_role(plot, "low", "mu_star_low");
    muster_plot_role(plot, "high", "mu_star_high");
    muster_plot_caption(plot, "mu*, with %g %% intervals.", 100.0 * f->data->level);
}

static void draw_plane(muster_section *section, muster_table *t)
{
    muster_plot *plot =
        muster_plot_add(section, MUSTER_PLOT_POINTS, t, "How much, and how unevenly");
    muster_plot_role(plot, "x", "mu_star");
    muster_plot_role(plot, "y", "sigma");
    muster_plot_role(plot, "label", "factor");
    muster_plot_text(plot, "x_label", "mu*: how much the factor moves the figure");
    muster_plot_text(plot, "y_label", "sigma: how much that differs");
    muster_plot_number(plot, "slopes", 1.0);
    muster_plot_number(plot, "slopes", 0.5);
    muster_plot_number(plot, "slopes", 0.1);
    muster_plot_caption(plot,
                        "Right: matters much. Below the lowest line the effect is almost the "
                        "same everywhere, below the middle one of one sign; above the highest "
                        "it depends on other factors or turns round (a custom, no theorem).");
}

void mst_morris_draw(const mst_morris_found *f, muster_section *section)
{
    char id[80];
    muster_table *t = muster_table_add(section, mst_data_id(f->data, "morris-effects", id),
                                       "Elementary effects, by falling mu*");
    add_columns(f, t);
    for (int32_t i = 0; i < f->data->factors; i++)
        add_row(f, t, f->order[i]);
    if (!(f->largest > 0.0))
        return;
    draw_bars(f, section, t);
    draw_plane(section, t);
}
