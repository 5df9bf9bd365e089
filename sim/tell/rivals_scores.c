/* How each rival did on the record. */
#include "tell/rivals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- scores ------------------------------------------------------------------------------------------ */

static const char *share_words(mst_page *page, double share)
{
    return isnan(share) ? "-" : mst_page_printf(page, "%.2f", share);
}

static const char *interval_words(mst_page *page, const mst_resampled *r)
{
    return r->interval.is_estimable
               ? mst_page_printf(page, "%.2f..%.2f", r->interval.low, r->interval.high)
               : "-";
}

/* What the last column says: whether it beats everybody who needs no theory. */
static const char *against_nulls(const mst_align_type *model, const mst_performance *p)
{
    if (model->kind == MST_ALIGN_NULL)
        return "null";
    return isnan(p->hits.balanced) ? "-" : p->beats_nulls ? "yes" : "NO";
}

static void tell_score(mst_page *page, const mst_align_type *model, const mst_performance *p,
                       bool is_ranked)
{
    const mst_hits *h = &p->hits;
    const mst_page_cell cells[] = {
        {model->label, 0, 22},
        {mst_page_printf(page, "%d/%d", (int)h->join_hits, (int)h->assessed_joins), 23, 7},
        {mst_page_printf(page, "%d/%d", (int)h->absence_hits, (int)h->assessed_absences), 31, 8},
        {share_words(page, h->balanced), 40, 5},
        {interval_words(page, &p->balanced), 45, 10},
        {p->brier.count > 0 ? share_words(page, p->brier.score) : "-", 56, 5},
        {p->brier.compared > 0 ? share_words(page, p->brier.skill) : "-", 62, 6},
        {share_words(page, p->auc_drill.value), 69, 5},
        {is_ranked ? against_nulls(model, p) : "", 75, 5},
    };
    mst_page_row(&page->text, cells, 9);
}

/* Best balanced accuracy first; those without one last; else as in the list. */
static void order(const mst_performance *performance, int32_t count, bool is_ranked, int32_t *out)
{
    for (int32_t i = 0; i < count; i++) {
        const double own = performance[i].hits.balanced;
        int32_t at = i;
        while (is_ranked && at > 0 && !isnan(own) &&
               !(performance[out[at - 1]].hits.balanced >= own)) {
            out[at] = out[at - 1];
            at--;
        }
        out[at] = i;
    }
}

static const char *const use_words[MST_USES] = {
    ("The participation rules were written after these outcomes were known. Agreement here is "
     "description, not confirmation."),
    "Cases for test of the participation rules.",
    "Hypothetical drills have no outcome to score against.",
};

/* The rules are not asked of tables, so what was known when is a matter of models and thresholds. */
static const char *const table_words[MST_USES] = {
    ("Whoever chose the models and their thresholds may have known these outcomes. Agreement here "
     "is description, not confirmation (--use test, where they were not known)."),
    "By --use test: nobody who chose the models or their thresholds knew these outcomes.",
    "",
};

/* What stands above the scores of a use; a file may have no rules. */
static const char *words_of(const mst_rivals_view *view, int32_t use)
{
    if (view->tables)
        return table_words[use];
    if (use == MST_CALIBRATION && view->rivals->weight_count == 0)
        return "These outcomes were known when the cases were written. Agreement here is "
               "description, not confirmation.";
    return use_words[use];
}

/* Whether the weights were fixed before the cases were coded, as a test of them asks. */
static void tell_fixed(mst_page *page, const mst_rivals *r, const mst_prediction *pair,
                       int32_t count)
{
    int32_t fixed = 0;
    for (int32_t i = 0; i < count; i++)
        fixed += r->item[pair[i].item].is_fixed;
    const char *const question = "Was the hash of the weights in force fixed before each case was "
                                 "coded, by what the file says?";
    if (fixed == count)
        mst_page_words(page, 0, NULL, "%s Yes, for %s (%016llx).", question,
                       mst_page_number(page, count, "pair", "pairs"),
                       (unsigned long long)r->weights_hash);
    else
        mst_page_words(page, 0, NULL,
                       "%s NO, not for %d of %s: they name no hash, or another one than %016llx, "
                       "and are no test of the rules.",
                       question, (int)(count - fixed),
                       mst_page_number(page, count, "pair", "pairs"),
                       (unsigned long long)r->weights_hash);
}

static void tell_table(mst_page *page, const mst_rivals_view *view,
                       const mst_performance *performance)
{
    const mst_rivals *r = view->rivals;
    const mst_few few = mst_score_few(&performance[0].rows);
    int32_t *row = mst_arena_array(&page->arena, (size_t)r->model_count, sizeof *row);
    if (!row)
        return;
    if (few.is_too_few)
        mst_page_words(page, 0, NULL,
                       "Too few joins to rank the models: %s by %s; %d joins by at least %d states "
                       "are needed. Hits are shown in the order of the list, without a verdict on "
                       "the models.",
                       mst_page_number(page, (int32_t)few.joins, "join", "joins"),
                       mst_page_number(page, (int32_t)few.states, "state", "states"),
                       MST_FEWEST_JOINS, MST_FEWEST_STATES);
    order(performance, r->model_count, !few.is_too_few, row);
    mst_text_printf(
        &page->text,
        "\nModel                  Hits on         Balanced        Brier Brier  AUC in%s\n"
        "                       joins   absent   accur. (95 %%)   score skill  "
        "a drl%s\n",
        few.is_too_few ? "" : " beats", few.is_too_few ? "" : " nulls");
    bool any = false;
    for (int32_t i = 0; i < r->model_count; i++)
        if (performance[row[i]].hits.assessed_joins + performance[row[i]].hits.assessed_absences >
                0 &&
            (view->model < 0 || view->model == row[i])) {
            tell_score(page, r->model[row[i]], &performance[row[i]], !few.is_too_few);
            any = true;
        }
    if (!any)
        mst_text_add(&page->text, "none of these pairs is answered\n");
}

/* True if the models could be ranked on these pairs. */
static bool tell_use(mst_page *page, const mst_rivals_view *view, int32_t use, bool partly)
{
    mst_prediction *pair = NULL;
    const mst_rivals *r = view->rivals;
    const int32_t count = mst_rivals_pairs(r, use, partly, &pair);
    mst_performance *performance =
        mst_arena_array(&page->arena, (size_t)r->model_count, sizeof *performance);
    if (count <= 0 || !performance || !mst_rivals_score(r, pair, count, performance))
        return false;
    const mst_hits *h = &performance[0].hits;
    mst_page_heading(page, "SCORES, %s%s", mst_use_names[use],
                     partly ? ", AS FAR AS ASSESSED" : "");
    mst_page_words(page, 0, NULL, "%s", words_of(view, use));
    if (use == MST_TEST && r->weight_count > 0)
        tell_fixed(page, r, pair, count);
    mst_page_words(page, 0, NULL, "%s, of which %s took part: base rate %.2f.%s",
                   mst_page_number(page, count, "pair scored", "pairs scored"),
                   h->joins > 0 ? mst_page_printf(page, "%d", (int)h->joins) : "none", h->base_rate,
                   partly
                       ? " For these the rules could not assess every stage (no fleet, or an input "
                         "is missing), so they stand in a table of their own."
                       : "");
    tell_table(page, view, performance);
    return !mst_score_few(&performance[0].rows).is_too_few;
}

void mst_tell_scores(mst_page *page, const mst_rivals_view *view)
{
    bool any = false, is_ranked = false;
    for (int32_t use = MST_CALIBRATION; use < MST_HYPOTHETICAL; use++)
        for (int32_t partly = 0; partly < 2; partly++) {
            const size_t before = page->text.length;
            mst_scoring scoring;
            is_ranked =
                tell_use(page, mst_scoring_begin(&scoring, view), use, partly != 0) || is_ranked;
            mst_scoring_end(&scoring);
            any = any || page->text.length > before;
        }
    if (any)
        mst_page_words(
            page, 0, "\n",
            "Balanced accuracy: mean of the two shares of hits; its interval resamples "
            "whole states. Brier skill: above 0, better than always saying the base rate of the "
            "other drills; below 0, worse. AUC in a drill: of two candidates of one drill, one of "
            "whom joined, how often the model puts that one higher. \"-\": there is no such "
            "figure, "
            "as the model gives no probability, or nobody joined, or nobody stayed away.%s",
            is_ranked ? " \"beats nulls\": yes, the balanced accuracy is above that of each null "
                        "on the pairs that both answered; NO, it is not; null, the model is one "
                        "itself: what anybody can say without a theory."
                      : "");
}
