/* A selection as its store tells it: the same looks at the same runs come to the same. */
#include "analyses/ranking.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

/* Replications 1, 2, ... without a gap. */
static int32_t whole_runs(const mst_series *s)
{
    size_t count = 0;
    while (count < s->count && s->replication[count] == (int32_t)count + 1)
        count++;
    return (int32_t)count;
}

static bool has_all(const mst_view *v)
{
    for (int32_t p = 0; p < v->points; p++)
        if (v->stages.last[p] >= v->stages.first[p] &&
            v->stages.last[p] > whole_runs(&v->series[p]))
            return false;
    return true;
}

bool mst_ranking_replay(mst_view *v)
{
    const double **value = calloc((size_t)v->points, sizeof *value);
    bool is_good =
        value && mst_stages_open(&v->stages, &v->d->selection, v->points, v->d->response.is_yes_no);
    for (int32_t p = 0; is_good && p < v->points; p++)
        value[p] = v->series[p].value;
    while (is_good && v->stages.end == MST_END_NOT && has_all(v))
        is_good = mst_stages_look(&v->stages, value);
    free(value);
    return is_good;
}

/* ---- words ---------------------------------------------------------------------------------------- */

const char *mst_ranking_standing(const mst_view *v, int32_t point)
{
    const mst_stages *s = &v->stages;
    if (s->out[point] == MST_OUT_BEATEN)
        return "beaten";
    if (s->out[point] == MST_OUT_HOLES)
        return "left out";
    return s->end == MST_END_NOT ? "in" : point == s->best ? "selected" : "left";
}

static void say_done(const mst_view *v, const char *best, muster_section *section)
{
    const mst_stages *s = &v->stages;
    const bool is_kn = s->how.kind == MUSTER_SELECT_KN;
    if (s->end == MST_END_NOT)
        muster_section_say(section, "%s is not done: %d of %d points are in after %d looks.",
                           is_kn ? "KN" : "OCBA", (int)mst_stages_in(s), (int)v->points,
                           (int)s->looks);
    else if (s->end == MST_END_NONE)
        muster_section_say(section, "Nothing was selected: %s.", mst_end_words(s->end));
    else if (is_kn && s->end == MST_END_MOST)
        muster_section_say(
            section,
            "KN did not decide: %d points are left after %d replications, as many "
            "as were allowed. The best mean of them, which is no selection, is that of %s.",
            (int)mst_stages_in(s), (int)s->how.most, best);
    else
        muster_section_say(section, "%s selected %s after %d looks: %s.", is_kn ? "KN" : "OCBA",
                           best, (int)s->looks, mst_end_words(s->end));
}

static void say_worth_of_kn(const mst_view *v, muster_section *section)
{
    const mst_stages *s = &v->stages;
    if (s->end != MST_END_ONE && s->end != MST_END_ALIKE)
        return;
    muster_section_say(
        section,
        "Guarantee of KN: if the best point leads every other by %.4g%s%s or more, it "
        "is the one selected with a probability of at least %g %%. It is for normal "
        "values, with or without common random numbers; for others it is approximate.",
        s->how.worth, *v->d->response.unit ? " " : "", v->d->response.unit, 100.0 * s->how.level);
}

static void say_worth_of_ocba(const mst_view *v, muster_section *section)
{
    const mst_stages *s = &v->stages;
    const double sure = mst_ocba_sure(s->held, s->points, s->how.more);
    if (s->looks == 0 || isnan(sure))
        return;
    muster_section_say(
        section,
        "OCBA guarantees nothing. That the best mean is that of the best point has an "
        "approximate probability of at least %.3g (Bonferroni, for normal values, as "
        "if points were independent).",
        sure);
}

static void say_spent(const mst_view *v, muster_section *section)
{
    int64_t runs = 0, least = INT64_MAX, most = 0;
    for (int32_t p = 0; p < v->points; p++) {
        const int64_t of_point = v->stages.point[p].runs;
        runs += of_point;
        least = of_point < least ? of_point : least;
        most = of_point > most ? of_point : most;
    }
    if (least == most)
        muster_section_say(section, "It is made of %" PRId64 " runs, %" PRId64 " of each point.",
                           runs, most);
    else
        muster_section_say(section,
                           "It is made of %" PRId64 " runs, %" PRId64 " to %" PRId64
                           " of a point; %" PRId64 " of every point would be %" PRId64 ".",
                           runs, least, most, most, most * v->points);
}

static void say_left_out(const mst_view *v, muster_section *section)
{
    bool is_meant[MUSTER_SELECT_POINTS_MAX];
    mst_listing names;
    int32_t count = 0;
    for (int32_t p = 0; p < v->points; p++) {
        is_meant[p] = v->stages.out[p] == MST_OUT_HOLES;
        count += is_meant[p];
    }
    if (count > 0)
        muster_section_say(section,
                           "Left out, because a run failed or the figure is not defined in it: %s.",
                           mst_ranking_names(v, is_meant, &names));
}

void mst_ranking_say_selection(const mst_view *v, muster_section *section)
{
    char name[80] = "";
    if (v->stages.best >= 0)
        mst_ranking_name(v, v->stages.best, name);
    say_done(v, name, section);
    if (v->stages.how.kind == MUSTER_SELECT_KN)
        say_worth_of_kn(v, section);
    else
        say_worth_of_ocba(v, section);
    say_spent(v, section);
    say_left_out(v, section);
}
