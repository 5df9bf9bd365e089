/* Regression in words. */
#include "analyses/phrase.h"
#include "analyses/regression.h"
#include "muster/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Share of the variance between points left out in turn that is predicted: below the first nothing is to
 * be believed, below the second it is rough. */
static const double worthless = 0.5, rough = 0.8;

/* ---- what matters --------------------------------------------------------------------------------- */

static const char *change_of(const mst_regression *r, const mst_predicted *p,
                             char out[MST_RANGE_BYTES])
{
    return mst_told_difference(r->data, p->at[1] - p->at[0], p->low, p->high, out);
}

static void say_most(const mst_regression *r, muster_section *section)
{
    const mst_data *d = r->data;
    const mst_predicted *p = &r->predicted[0];
    const int32_t factor = mst_regression_factor(r, p->input);
    char opens[MST_LABEL_BYTES], low[MST_NUMBER_BYTES], high[MST_NUMBER_BYTES];
    char share[MST_NUMBER_BYTES], change[MST_RANGE_BYTES];
    muster_section_say(
        section,
        "%s matters most to '%s': without it %s of the variance between points is lost to the "
        "equation. From %s to %s, the others at their middle, it changes the figure by %s.",
        mst_factor_opens(d, factor, opens), d->response.label, mst_told_share(p->share, share),
        mst_told_level(d, factor, p->x[0], low), mst_told_level(d, factor, p->x[1], high),
        change_of(r, p, change));
}

static void say_others(const mst_regression *r, muster_section *section)
{
    mst_listing in = {0}, out = {0};
    char words[2 * MST_RANGE_BYTES], share[MST_NUMBER_BYTES];
    for (int32_t i = 0; i < r->meta.inputs; i++) {
        const mst_predicted *p = &r->predicted[i];
        const char *label = mst_factor_label(r->data, mst_regression_factor(r, p->input));
        muster_text_format(words, sizeof words, "%.100s (%s)", label,
                           mst_told_share(p->share, share));
        if (p->is_in && i > 0)
            mst_listing_add(&in, words);
        else if (!p->is_in)
            mst_listing_add(&out, label);
    }
    if (in.count > 0)
        muster_section_say(section, "Then, by what is lost without each: %s.",
                           mst_listing_text(&in));
    if (out.count > 0)
        muster_section_say(
            section,
            "Left out, as these points do not show that the equation needs them (Schwarz's "
            "criterion): %s.",
            mst_listing_text(&out));
}

/* ---- form and fit --------------------------------------------------------------------------------- */

static const char *picture_of(const mst_regression *r)
{
    bool has_bends = false, has_products = false;
    for (int32_t k = 0; k < r->meta.rank; k++) {
        const mst_meta_term *t = &r->meta.term[r->meta.coefficient[r->meta.kept[k]].term];
        has_bends = has_bends || (t->second >= 0 && t->second == t->first);
        has_products = has_products || (t->second >= 0 && t->second != t->first);
    }
    return has_bends && has_products ? "A picture of bends and of factors acting together"
           : has_bends               ? "A picture of simple bends"
           : has_products            ? "A picture of straight lines and of factors acting together"
                                     : "A straight-line picture";
}

static void say_fit(const mst_regression *r, muster_section *section)
{
    char p[MST_NUMBER_BYTES], left[MST_NUMBER_BYTES];
    const char *picture = picture_of(r);
    mst_told_p(r->lack_p, p);
    mst_told_share(1.0 - r->meta.r2, left);
    if (r->is_perfect)
        muster_section_say(section, "%s is exact: it goes through all points.", picture);
    else if (r->data->is_plan_run && isnan(r->lack_p))
        muster_section_say(section, "%s misses %s of the variance between points; %s.", picture,
                           left,
                           mst_has_no_chance(r->data)
                               ? "without chance in the runs, all of that is misfit"
                               : "one value a point cannot tell whether that is misfit or chance");
    else if (isnan(r->lack_p))
        muster_section_say(section,
                           "Whether %c%s is enough cannot be tested: it takes replications that "
                           "differ, and more points than terms.",
                           picture[0] - 'A' + 'a', picture + 1);
    else if (r->lack_p >= 1.0 - r->data->level)
        muster_section_say(section, "%s is enough: what it misses is within noise (%s)%s.", picture,
                           p,
                           r->counts_luck ? ". Points with the same random numbers differ by less "
                                            "than by chance, so that this test seldom objects"
                                          : "");
    else
        muster_section_say(section,
                           "%s is not enough: what it misses, %s of the variance between points, "
                           "is more than noise (%s).",
                           picture, left, p);
}

/* Two digits, and no -0.00. */
static double told_r2(double r2)
{
    return fabs(r2) < 0.005 ? 0.0 : r2;
}

static void say_worth(const mst_regression *r, muster_section *section)
{
    const mst_meta *m = &r->meta;
    muster_section_say(section,
                       "R2 is %.2f, adjusted %.2f, of points left out in turn %.2f; n = %d points, "
                       "%d coefficients, %d degrees of freedom left.",
                       told_r2(m->r2), told_r2(m->r2_adjusted), told_r2(m->r2_loo), (int)m->used,
                       (int)m->rank, (int)m->df);
    if (m->rank >= r->different - 3)
        muster_section_say(section,
                           "It has as many terms as the points bear, and might have more.");
    const int64_t inputs = m->inputs, terms = r->is_large ? inputs : inputs * (inputs + 3) / 2;
    if (2 * terms > m->used && m->terms > 1 && !r->is_perfect)
        muster_section_say(section,
                           "Its terms were chosen from %" PRId64 " by the same points, which "
                           "flatters all three.",
                           terms);
    if (isnan(m->r2_loo))
        muster_section_say(section, "How well it predicts cannot be told: some point alone bears a "
                                    "coefficient.");
    else if (m->r2_loo < worthless)
        muster_section_say(section,
                           "Do not believe its predictions: of points left out in turn it explains "
                           "less than half of the variance.");
    else if (m->r2_loo < rough)
        muster_section_say(section, "Its predictions are rough; what matters most may stand all "
                                    "the same.");
    if (m->r2 - m->r2_loo > 0.2)
        muster_section_say(section, "It fits its own points much better than others: too many "
                                    "terms for so few points.");
}

static void say_bends(const mst_regression *r, muster_section *section)
{
    mst_listing bent = {0};
    int32_t tested = 0;
    for (int32_t i = 0; i < r->meta.inputs; i++) {
        tested += !isnan(r->bend_p[i]);
        if (r->bend_p[i] < 1.0 - r->data->level)
            mst_listing_add(&bent, mst_factor_label(r->data, mst_regression_factor(r, i)));
    }
    if (bent.count > 0)
        muster_section_say(section,
                           "What it misses looks like a bend along %s: there the equation is wrong "
                           "by the same sign over whole ranges (see effects).",
                           mst_listing_text(&bent));
    else if (tested > 0)
        muster_section_say(section, "What it misses does not look like a bend along any factor.");
}

/* ---- aliases and trust ---------------------------------------------------------------------------- */

static const mst_meta_term *term_of(const mst_meta *meta, int32_t coefficient)
{
    return &meta->term[meta->coefficient[coefficient].term];
}

static bool is_taken(const mst_regression *r, const mst_meta_term *term)
{
    for (int32_t t = 0; t < r->meta.terms; t++)
        if (r->meta.term[t].first == term->first && r->meta.term[t].second == term->second)
            return true;
    return false;
}

static bool is_square(const mst_meta_term *term)
{
    return term->second >= 0 && term->second == term->first;
}

/* Entry i of the list of aliases is all there is of its dropped term: the two are one and the same. */
static bool is_alone(const mst_meta *m, int32_t i)
{
    const int32_t dropped = m->alias[i].dropped;
    const bool has_before = i > 0 && m->alias[i - 1].dropped == dropped,
               has_behind = i + 1 < m->aliases && m->alias[i + 1].dropped == dropped;
    return !has_before && !has_behind;
}

/* What the points cannot tell apart, as far as the equation has one of the two. */
static void say_aliases(const mst_regression *r, muster_section *section)
{
    mst_listing aliased = {0}, straight = {0};
    char dropped[400], kept[400], words[MST_RANGE_BYTES];
    for (int32_t i = 0; i < r->full.aliases; i++) {
        const mst_meta_alias *a = &r->full.alias[i];
        const mst_meta_term *from = term_of(&r->full, a->dropped), *to = term_of(&r->full, a->kept);
        if (!is_alone(&r->full, i))
            continue;
        if (to->first < 0 && is_square(from)) {
            mst_listing_add(&straight,
                            mst_factor_label(r->data, mst_regression_factor(r, from->first)));
        } else if (is_taken(r, from) || (to->first >= 0 && is_taken(r, to))) {
            muster_text_format(words, sizeof words, "%.75s and %.75s",
                               mst_term_name(r, &r->full, a->kept, kept),
                               mst_term_name(r, &r->full, a->dropped, dropped));
            mst_listing_add(&aliased, words);
        }
    }
    if (aliased.count > 0)
        muster_section_say(section,
                           "The points cannot tell apart, and either may be what is at work: %s.",
                           mst_listing_text(&aliased));
    if (straight.count > 0)
        muster_section_say(section, "The points have two values, and show no bend, of: %s.",
                           mst_listing_text(&straight));
}

static void say_trust(const mst_regression *r, muster_section *section)
{
    const double level = 100.0 * r->data->level;
    muster_section_say(
        section,
        "Coefficients are of factors coded from -1 to 1 over their range; terms were "
        "added, and taken away again, as long as Schwarz's criterion, extended by how many there "
        "are to choose from (Chen and Chen 2008), fell, which makes the intervals of %g %% "
        "somewhat too narrow.",
        level);
    if (r->counts_luck)
        muster_section_say(section, "Intervals and tests count the luck that points share by "
                                    "having the same random numbers.");
    if (mst_has_no_chance(r->data) && !r->is_perfect)
        muster_section_say(section, "Intervals are of misfit, as if it were chance.");
    if (r->is_large)
        muster_section_say(section, "Bends and products were not tried: with so many factors and "
                                    "points there are too many of them.");
    if (r->data->response.is_yes_no)
        muster_section_say(section, "The figure is yes or no, and the equation is of its share: "
                                    "it may leave 0 to 100 %%; boxes suit it better.");
    mst_sample_say_left_out(&r->sample, section);
}

void mst_regression_say(const mst_regression *r, muster_section *section)
{
    char value[MST_NUMBER_BYTES];
    if (isnan(r->meta.r2)) {
        muster_section_say(section, "'%s' is %s at every point: there is nothing to explain.",
                           r->data->response.label,
                           mst_told_value(r->data, r->middle, (double)NAN, value));
        return;
    }
    if (r->predicted[0].is_in)
        say_most(r, section);
    else
        muster_section_say(section, "No factor is worth a term in an equation for '%s'.",
                           r->data->response.label);
    say_others(r, section);
    say_fit(r, section);
    say_worth(r, section);
    say_bends(r, section);
    say_aliases(r, section);
    say_trust(r, section);
}
