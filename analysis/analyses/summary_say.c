/* The summary in words. */
#include "analyses/phrase.h"
#include "analyses/summary.h"
#include "muster/text.h"

#include <inttypes.h>
#include <math.h>

/* Are all runs of each point alike? Then the figure has no interval, not one of length 0. A share is
 * another matter: no in each of a few runs may be rare luck. */
static bool is_calm(const mst_data *d)
{
    int64_t compared = 0;
    for (int64_t p = 0; p < d->points; p++) {
        if (d->cell[p].variance != 0.0 && d->cell[p].count > 1)
            return false;
        compared += d->cell[p].count > 1;
    }
    return compared > 0 && !d->response.is_yes_no;
}

bool mst_summary_has_spread(const mst_data *d)
{
    return !d->is_plan_run && !is_calm(d);
}

mst_summary_range mst_summary_range_of(const mst_data *d)
{
    mst_summary_range r = {.low = -1, .high = -1};
    for (int64_t p = 0; p < d->points; p++) {
        if (d->cell[p].count == 0)
            continue;
        r.defined++;
        r.low = r.low < 0 || d->cell[p].mean < d->cell[r.low].mean ? p : r.low;
        r.high = r.high < 0 || d->cell[p].mean > d->cell[r.high].mean ? p : r.high;
    }
    for (int64_t p = 0; p < d->points; p++) {
        r.lows += d->cell[p].count > 0 && d->cell[p].mean == d->cell[r.low].mean;
        r.highs += d->cell[p].count > 0 && d->cell[p].mean == d->cell[r.high].mean;
    }
    return r;
}

static const char *mean_words(const mst_data *d, int64_t point, char out[MST_NUMBER_BYTES])
{
    const muster_bounds b = mst_cell_bounds(d, &d->cell[point]);
    const bool has = mst_summary_has_spread(d) && b.is_estimable;
    return mst_told_value(d, d->cell[point].mean, has ? 0.5 * (b.high - b.low) : (double)NAN, out);
}

static const char *place_words(const mst_data *d, int64_t point, int64_t alike,
                               char out[MST_RANGE_BYTES])
{
    char name[64];
    mst_point_name(d, point, name);
    if (alike > 1)
        muster_text_format(out, MST_RANGE_BYTES, "%s and %" PRId64 " other%s", name, alike - 1,
                           alike == 2 ? "" : "s");
    else
        muster_text_format(out, MST_RANGE_BYTES, "%s", name);
    return out;
}

/* Does every run of a replication have the same value at all points? */
static bool is_same(const mst_data *d)
{
    const size_t runs = d->first[1];
    for (int64_t p = 0; p < d->points; p++) {
        if (d->first[p + 1] - d->first[p] != runs)
            return false;
        for (size_t i = 0; i < runs; i++)
            if (d->value[d->first[p] + i] != d->value[i])
                return false; /* a value that is not defined is like no other */
    }
    return d->points > 1;
}

/* Answers without chance are counted, not averaged. */
bool mst_summary_is_of_answers(const mst_data *d)
{
    for (int64_t p = 0; p < d->points; p++)
        if (d->cell[p].count > 0 && d->cell[p].mean != 0.0 && d->cell[p].mean != 1.0)
            return false;
    return d->response.is_yes_no && d->is_plan_run;
}

/* Yes in each run, or no in each: a fact of these runs, and an interval of a share would read as a guess
 * that it may be otherwise. */
static bool tell_one_answer(const mst_data *d, const mst_summary_range *r, muster_section *section)
{
    const double answer = d->cell[r->low].mean;
    int64_t runs = 0;
    for (int64_t p = 0; p < d->points; p++)
        runs += d->cell[p].count;
    if (!d->response.is_yes_no || d->is_plan_run || runs < 2 || (answer != 0.0 && answer != 1.0))
        return false;
    muster_section_say(section, "It is %s in each of %" PRId64 " runs%s.",
                       answer > 0.0 ? "yes" : "no", runs, is_same(d) ? ", at every point" : "");
    return true;
}

static void tell_alike(const mst_data *d, const mst_summary_range *r, muster_section *section)
{
    if (tell_one_answer(d, r, section))
        return;
    char words[MST_RANGE_BYTES];
    const muster_bounds b = mst_summary_has_spread(d)
                                ? mst_cell_bounds(d, &d->cell[r->low])
                                : (muster_bounds){(double)NAN, (double)NAN, false};
    muster_section_say(section, "%s %s%s%s.", mst_summary_has_spread(d) ? "Its mean is" : "It is",
                       mst_told_bounds(d, d->cell[r->low].mean, b, words),
                       d->points == 1   ? ""
                       : r->defined > 1 ? " at every point"
                                        : " at the one point that has it",
                       is_same(d) ? ": nothing that was varied moves it" : "");
}

static void tell_range(const mst_data *d, const mst_summary_range *r, muster_section *section)
{
    char from[MST_NUMBER_BYTES], to[MST_NUMBER_BYTES], share[MST_NUMBER_BYTES];
    char at_low[MST_RANGE_BYTES], at_high[MST_RANGE_BYTES];
    if (r->defined == 0) {
        muster_section_say(section, "The figure is defined in no run.");
    } else if (d->cell[r->low].mean == d->cell[r->high].mean) {
        tell_alike(d, r, section);
    } else if (mst_summary_is_of_answers(d)) {
        muster_section_say(section, "It is yes at %" PRId64 " of %" PRId64 " points (%s).",
                           r->highs, r->defined,
                           mst_told_share((double)r->highs / (double)r->defined, share));
    } else {
        muster_section_say(section, "%s from %s (%s) to %s (%s) over %" PRId64 " points.",
                           mst_summary_has_spread(d) ? "Its mean goes" : "It goes",
                           mean_words(d, r->low, from), place_words(d, r->low, r->lows, at_low),
                           mean_words(d, r->high, to), place_words(d, r->high, r->highs, at_high),
                           r->defined);
    }
}

static void tell_calm(const mst_data *d, muster_section *section)
{
    if (!d->is_plan_run && is_calm(d))
        muster_section_say(section, "All runs of a point are alike: chance does not reach it.");
}

static void tell_lost(const mst_data *d, muster_section *section)
{
    int64_t failed = 0, undefined = 0, all = 0, some = 0, none = 0;
    char at_none[80] = "";
    for (int64_t p = 0; p < d->points; p++) {
        const mst_cell *cell = &d->cell[p];
        failed += cell->failed;
        undefined += cell->undefined;
        all += cell->count + cell->failed + cell->undefined;
        some += cell->undefined > 0;
        none += cell->undefined > 0 && cell->count == 0;
    }
    if (none > 0)
        muster_text_format(at_none, sizeof at_none, " (at %" PRId64 " in every run)", none);
    if (undefined > 0 && undefined + failed < all)
        muster_section_say(section,
                           "In %" PRId64 " of %" PRId64 " runs, at %" PRId64 " points%s, it is not "
                           "defined; means are over the others, which need not be like them.",
                           undefined, all, some, at_none);
    if (failed > 0)
        muster_section_say(section, "%" PRId64 " of %" PRId64 " runs failed.", failed, all);
}

void mst_summary_say(const mst_data *d, const mst_summary_range *r, muster_section *section)
{
    tell_range(d, r, section);
    tell_calm(d, section);
    tell_lost(d, section);
}
