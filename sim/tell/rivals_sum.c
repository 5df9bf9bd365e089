/* muster rivals: how the participation rules did, in a line for each set of pairs, before all tables. */
#include "tell/rivals.h"

#include <math.h>

static int32_t best_null(const mst_rivals *r, const mst_performance *p)
{
    int32_t best = -1;
    for (int32_t i = 0; i < r->model_count; i++)
        if (r->model[i]->kind == MST_ALIGN_NULL && !isnan(p[i].hits.balanced) &&
            (best < 0 || p[i].hits.balanced > p[best].hits.balanced))
            best = i;
    for (int32_t i = 0; best < 0 && i < r->model_count; i++) /* nobody came: who said so */
        if (r->model[i]->kind == MST_ALIGN_NULL && p[i].hits.assessed_absences > 0 &&
            p[i].hits.absence_hits == p[i].hits.assessed_absences)
            best = i;
    return best;
}

static const char *hits_words(mst_page *page, const mst_hits *h)
{
    return mst_page_printf(
        page, "%d of %s, %d of %s", (int)h->join_hits,
        mst_page_number(page, (int32_t)h->assessed_joins, "join", "joins"), (int)h->absence_hits,
        mst_page_number(page, (int32_t)h->assessed_absences, "absence", "absences"));
}

static void tell_set(mst_page *page, const mst_rivals_view *view, int32_t rules, int32_t use,
                     bool partly, bool *is_told)
{
    mst_prediction *pair = NULL;
    const mst_rivals *r = view->rivals;
    const int32_t count = mst_rivals_pairs(r, use, partly, &pair);
    mst_performance *p = mst_arena_array(&page->arena, (size_t)r->model_count, sizeof *p);
    if (count <= 0 || !p || !mst_rivals_score(r, pair, count, p))
        return;
    const mst_hits *own = &p[rules].hits;
    const int32_t null = best_null(r, p);
    const mst_few few = mst_score_few(&p[rules].rows);
    if (own->assessed_joins + own->assessed_absences == 0)
        return;
    if (!*is_told)
        mst_page_heading(page, "HOW THE PARTICIPATION RULES DID");
    *is_told = true;
    const char *nulls =
        null < 0 ? ""
                 : mst_page_printf(page, " (best without a theory, by balanced accuracy: %s, %s)",
                                   r->model[null]->label, hits_words(page, &p[null].hits));
    mst_page_words(page, 2, NULL, "%s%s: %s right%s; %s.", mst_use_names[use],
                   partly ? ", as far as assessed" : "", hits_words(page, own), nulls,
                   few.is_too_few         ? "too few joins to rank models"
                   : null < 0             ? "nothing to hold that against"
                   : p[rules].beats_nulls ? "they beat what anybody can say without a theory"
                                          : "they do NOT beat what anybody can say without a "
                                            "theory");
}

void mst_tell_sum(mst_page *page, const mst_rivals_view *view)
{
    bool is_told = false;
    const int32_t rules = mst_rivals_model(view->rivals, "rules");
    if (rules < 0 || view->model >= 0 || view->item >= 0 || view->rivals->count < 2)
        return;
    for (int32_t use = MST_CALIBRATION; use < MST_HYPOTHETICAL; use++)
        for (int32_t partly = 0; partly < 2; partly++) {
            mst_scoring scoring;
            tell_set(page, mst_scoring_begin(&scoring, view), rules, use, partly != 0, &is_told);
            mst_scoring_end(&scoring);
        }
    if (is_told)
        mst_page_words(page, 0, NULL,
                       "\"As far as assessed\": pairs of which some stage could not be judged (no "
                       "fleet, or an "
                       "input is missing). All models on each set: SCORES.");
}
