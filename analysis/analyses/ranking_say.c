/* What a ranking says in words. */
#include "analyses/ranking.h"
#include "muster/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

const char *mst_ranking_name(const mst_view *v, int32_t point, char out[80])
{
    char name[64];
    mst_point_name(v->d, point, name);
    muster_text_format(out, 80, strncmp(name, "point ", 6) == 0 ? "%s" : "'%s'", name);
    return out;
}

const char *mst_ranking_names(const mst_view *v, const bool *is_meant, mst_listing *out)
{
    char name[80];
    *out = (mst_listing){0};
    for (int32_t i = 0; i < v->points; i++)
        if (is_meant[v->order[i]])
            mst_listing_add(out, mst_ranking_name(v, v->order[i], name));
    return mst_listing_text(out);
}

/* ---- the best ------------------------------------------------------------------------------------- */

/* Whether it came to the same as the best in every run that both have. */
static bool is_twin(const mst_view *v, int32_t point)
{
    const mst_pair pair =
        mst_pair_of(&v->series[point], &v->series[v->rank.best], v->d->response.is_yes_no);
    return point != v->rank.best && pair.count >= 2 && pair.mean == 0.0 && pair.variance == 0.0;
}

static void say_best(const mst_view *v, muster_section *section)
{
    const mst_data *d = v->d;
    const mst_cell *cell = &d->cell[v->rank.best];
    const bool is_better = d->response.direction != MUSTER_NEITHER || d->is_selected_by;
    char name[80], figure[MST_RANGE_BYTES];
    muster_section_say(section, "%s is %s, with a %s of %s over %" PRId64 " run%s.",
                       is_better ? "Best" : "Highest", mst_ranking_name(v, v->rank.best, name),
                       d->response.is_yes_no ? "share" : "mean",
                       mst_told_bounds(d, cell->mean, mst_cell_bounds(d, cell), figure),
                       cell->count, cell->count == 1 ? "" : "s");
}

/* A lead that was said not to matter is no reason to choose by. */
static void say_worth(const mst_view *v, muster_section *section)
{
    const muster_selection *s = &v->d->selection;
    char worth[MST_NUMBER_BYTES];
    if (v->d->is_selected_by && s->kind == MUSTER_SELECT_KN && fabs(v->rank.lead) < s->worth)
        muster_section_say(
            section,
            "By the rule of the file a lead below %s does not matter: as far as this "
            "goes, the two are as good.",
            mst_told_value(v->d, s->worth, (double)NAN, worth));
}

static void say_lead(const mst_view *v, muster_section *section)
{
    const int32_t next = v->rank.lead_over;
    const muster_bounds *lies = &v->rank.lead_lies;
    char name[80], lead[MST_RANGE_BYTES];
    if (next < 0 || !lies->is_estimable)
        return;
    muster_section_say(section,
                       "Its lead over the best of the others, by estimate %s: %s, with %g %% "
                       "whichever of them is it.",
                       mst_ranking_name(v, next, name),
                       mst_told_difference(v->d, v->rank.lead, lies->low, lies->high, lead),
                       100.0 * v->d->level);
    say_worth(v, section);
}

static int32_t find_twins(const mst_view *v, bool *is_meant)
{
    int32_t count = 0;
    for (int32_t p = 0; p < v->points; p++) {
        is_meant[p] = is_twin(v, p);
        count += is_meant[p];
    }
    return count;
}

/* ---- all together --------------------------------------------------------------------------------- */

/* Which may be the best of all. Twins of the best are as good as it, and leave nothing open. */
static void say_set(const mst_view *v, int32_t twins, muster_section *section)
{
    mst_listing names;
    int32_t in = 0, out = 0;
    for (int32_t p = 0; p < v->points; p++) {
        in += v->rank.may_be_best[p];
        out += !v->rank.may_be_best[p] && mst_is_ranked(v, p);
    }
    if (in == 1 + twins && out > 0)
        muster_section_say(
            section,
            "%s best of all: with %g %% for all comparisons together no other point is "
            "better.",
            twins > 0 ? "With these it is the" : "It is the", 100.0 * v->d->level);
    else if (in > 1 + twins)
        muster_section_say(
            section,
            "Which is best is not settled. With %g %% for all comparisons together it "
            "is one of %d: %s; %s is ruled out.",
            100.0 * v->d->level, (int)in, mst_ranking_names(v, v->rank.may_be_best, &names),
            out > 0 ? "every other point" : "none");
}

/* Against a point that was asked for. */
static void say_against(const mst_view *v, muster_section *section)
{
    bool is_meant[MUSTER_SELECT_POINTS_MAX];
    mst_listing names;
    char name[80];
    int32_t count = 0;
    for (int32_t p = 0; p < v->points; p++) {
        is_meant[p] = v->rank.p[p] <= 1.0 - v->d->level;
        count += is_meant[p];
    }
    muster_section_say(section, "Unlike %s, with %g %% for all comparisons with it together: %s%s",
                       mst_ranking_name(v, v->rank.other, name), 100.0 * v->d->level,
                       count > 0 ? mst_ranking_names(v, is_meant, &names) : "none", ".");
}

/* ---- common random numbers ------------------------------------------------------------------------ */

static void say_common(const mst_view *v, muster_section *section)
{
    bool is_meant[MUSTER_SELECT_POINTS_MAX];
    mst_listing names;
    char name[80];
    double least = (double)INFINITY, most = 0.0;
    int32_t help = 0, harm = 0;
    for (int32_t p = 0; p < v->points; p++) {
        const mst_pair *pair = &v->rank.pair[p];
        is_meant[p] = pair->correlation <= 0.0;
        harm += is_meant[p];
        if (!(pair->correlation > 0.0) || !isfinite(pair->fewer))
            continue;
        help++;
        least = fmin(least, pair->fewer);
        most = fmax(most, pair->fewer);
    }
    mst_ranking_name(v, v->rank.other, name);
    if (help > 0) {
        char times[2][16];
        muster_text_format(times[0], sizeof times[0], "%.*f", least < 9.95 ? 1 : 0, least);
        muster_text_format(times[1], sizeof times[1], "%.*f", most < 9.95 ? 1 : 0, most);
        const bool is_one = strcmp(times[0], times[1]) == 0;
        muster_section_say(
            section,
            "Common random numbers help: differences from %s take %s%s%s times fewer "
            "runs than with random numbers of their own.",
            name, times[0], is_one ? "" : " to ", is_one ? "" : times[1]);
    }
    if (harm > 0)
        muster_section_say(section,
                           "%s do not help where the correlation with %s is not positive: %s.",
                           help > 0 ? "They" : "Common random numbers", name,
                           mst_ranking_names(v, is_meant, &names));
}

static void say_given_out(const mst_view *v, muster_section *section)
{
    if (v->d->selection.kind != MUSTER_SELECT_NONE)
        muster_section_say(
            section,
            "Runs were given out by what earlier ones showed%s; intervals and P are as "
            "if their numbers had been fixed beforehand.",
            v->d->is_selected_by ? "" : ", by another figure");
}

/* Which is best, and what is as good. */
static void say_order(const mst_view *v, muster_section *section)
{
    bool is_meant[MUSTER_SELECT_POINTS_MAX];
    mst_listing names;
    char name[80];
    const int32_t twins = find_twins(v, is_meant);
    if (twins == v->points - 1) {
        muster_section_say(section, "All points came to the same in every run.");
        return;
    }
    say_best(v, section);
    say_lead(v, section);
    if (twins > 0)
        muster_section_say(section, "The same as %s in every run: %s.",
                           mst_ranking_name(v, v->rank.best, name),
                           mst_ranking_names(v, is_meant, &names));
    if (!v->d->is_selected_by)
        say_set(v, twins, section);
}

/* Points that are not ranked, and what differences are over. */
static void say_left_out(const mst_view *v, muster_section *section)
{
    bool is_meant[MUSTER_SELECT_POINTS_MAX];
    mst_listing names;
    int32_t thin = 0, gaps = 0;
    bool is_unlike = false;
    for (int32_t p = 0; p < v->points; p++) {
        is_meant[p] = mst_is_thin(v->d, p);
        thin += is_meant[p];
        is_unlike = is_unlike || (v->d->cell[p].count > 0 &&
                                  v->d->cell[p].count != v->d->cell[v->rank.best].count);
        gaps += !is_meant[p] && v->d->cell[p].count > 0 && v->d->cell[p].undefined > 0;
    }
    if (thin > 0)
        muster_section_say(section,
                           "Not ranked: %s. The figure is defined in less than half as many runs "
                           "there as elsewhere, and is then of other runs.",
                           mst_ranking_names(v, is_meant, &names));
    if (gaps > 0 || is_unlike)
        muster_section_say(section,
                           "Differences are over the runs that both points have, means over "
                           "all runs of a point, so that means need not differ by them.");
}

void mst_ranking_say(const mst_view *v, muster_section *section)
{
    if (v->d->is_selected_by)
        mst_ranking_say_selection(v, section);
    say_order(v, section);
    say_left_out(v, section);
    if (v->is_named)
        say_against(v, section);
    say_common(v, section);
    say_given_out(v, section);
}
