/* One factor at a time, in sentences. */
#include "analyses/tornado_parts.h"
#include "analyses/unmoved.h"
#include "muster/text.h"

#include <math.h>

static const char *swing_of(const mst_tornado_found *t, int32_t i, char out[MST_RANGE_BYTES])
{
    const mst_paired *swing = &t->bar[i].swing;
    return t->data->is_plan_run
               ? mst_told_difference(t->data, swing->mean, (double)NAN, (double)NAN, out)
               : mst_told_difference(t->data, swing->mean, swing->low, swing->high, out);
}

static void tell_widest(const mst_tornado_found *t, int32_t moving)
{
    const mst_data *d = t->data;
    const mst_tornado_reach *r = mst_tornado_reach_of(t, 0);
    char opens[MST_LABEL_BYTES], low[MST_NUMBER_BYTES], high[MST_NUMBER_BYTES];
    char at_low[MST_NUMBER_BYTES], at_high[MST_NUMBER_BYTES], by[MST_RANGE_BYTES];
    muster_section_say(
        t->section, "%s%s moves '%s'%s: from %s at %s to %s at %s (%s).", moving > 1 ? "" : "Only ",
        moving > 1 ? mst_factor_opens(d, r->factor, opens) : mst_factor_label(d, r->factor),
        d->response.label, moving > 1 ? " most" : "",
        mst_told_value(d, d->cell[r->low].mean, mst_tornado_half(d, r->low), at_low),
        mst_tornado_end(t, 0, false, low),
        mst_told_value(d, d->cell[r->high].mean, mst_tornado_half(d, r->high), at_high),
        mst_tornado_end(t, 0, true, high), swing_of(t, 0, by));
}

/* The others that move it, those that do not, and those of which nothing is known. */
static void tell_others(const mst_tornado_found *t, int32_t first)
{
    mst_listing moves = {0}, noise = {0}, nothing = {0}, unknown = {0};
    char words[2 * MST_RANGE_BYTES], by[MST_RANGE_BYTES];
    for (int32_t i = first; i < t->count; i++) {
        const char *label = mst_factor_label(t->data, mst_tornado_reach_of(t, i)->factor);
        muster_text_format(words, sizeof words, "%.90s (%.60s)", label, swing_of(t, i, by));
        if (t->verdict[i] == MST_TORNADO_MOVES)
            mst_listing_add(&moves, words);
        else if (t->verdict[i] == MST_TORNADO_NOISE)
            mst_listing_add(&noise, words);
        else
            mst_listing_add(t->verdict[i] == MST_TORNADO_NOTHING ? &nothing : &unknown, label);
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
static void tell_aside(const mst_tornado_found *t)
{
    mst_listing aside = {0};
    for (int32_t i = 0; i < t->count; i++)
        if (t->verdict[i] == MST_TORNADO_MOVES && t->bar[i].low.mean * t->bar[i].high.mean > 0.0)
            mst_listing_add(&aside, mst_factor_label(t->data, mst_tornado_reach_of(t, i)->factor));
    if (aside.count > 0)
        muster_section_say(t->section,
                           "At both ends on the same side of the scenario as it stands: %s.",
                           mst_listing_text(&aside));
}

static void tell_method(const mst_tornado_found *t)
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

/* Does no factor make a difference in any run? */
static bool is_unmoved(const mst_tornado_found *t)
{
    for (int32_t i = 0; i < t->count; i++)
        if (t->verdict[i] != MST_TORNADO_NOTHING)
            return false;
    return true;
}

muster_status mst_tornado_say(const mst_tornado_found *t)
{
    muster_status status = MUSTER_OK;
    int32_t moving = 0, unknown = 0;
    for (int32_t i = 0; i < t->count; i++) {
        moving += t->verdict[i] == MST_TORNADO_MOVES;
        unknown += t->verdict[i] == MST_TORNADO_UNKNOWN;
    }
    const bool is_first = t->verdict[0] == MST_TORNADO_MOVES;
    if (is_first)
        tell_widest(t, moving);
    else if (moving == 0 && unknown == 0)
        muster_section_say(t->section, "No factor moves '%s' by more than noise.",
                           t->data->response.label);
    tell_others(t, is_first ? 1 : 0);
    tell_aside(t);
    if (is_unmoved(t))
        status = mst_say_unmoved(t->data, t->section);
    tell_method(t);
    return status;
}
