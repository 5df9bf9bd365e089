/* How a fit does on what it was not fitted to, and beside its rivals. */
#include "tell/fit.h"

#include <math.h>

double mst_fit_skill_last(const mst_fit_scores *scores)
{
    return scores->against_last.compared > 0 ? scores->against_last.skill : (double)NAN;
}

static double skill_base(const mst_fit_scores *s)
{
    return s->against_base.compared > 0 ? s->against_base.skill : (double)NAN;
}

static const char *share(mst_page *page, double value)
{
    return isnan(value) ? "-" : mst_page_printf(page, "%.3f", value == 0.0 ? 0.0 : value);
}

/* ---- the verdict ----------------------------------------------------------------------------------------- */

static const char *p_words(mst_page *page, const mst_fit_judgement *j)
{
    return mst_page_printf(page, "p = %.2g", j->p);
}

static const char *too_few_words(mst_page *page, const mst_fit_judgement *j)
{
    if (j->ways >= 20.0)
        return "its test against noise needs 19 permutations or more (--permutations)";
    return mst_page_printf(page,
                           "its test against noise deals the outcomes of whole series to series "
                           "with as many rows, which goes in %.0f way%s here, and 20 are needed "
                           "(four series with as many rows each)",
                           j->ways, j->ways == 1.0 ? "" : "s");
}

void mst_tell_fit_verdict(mst_page *page, const muster_fit *fit)
{
    const mst_fit_result *r = mst_fit_main(fit);
    const mst_fit_judgement *j = &r->judgement;
    const mst_brier *b = &r->cross_scores.against_base;
    const char *scores = mst_page_printf(
        page, "Brier score on series left out %.3f, of the base rate %.3f", b->score, b->reference);
    switch (j->verdict) {
    case MST_FIT_PREDICTS:
        mst_page_words(
            page, 0, NULL, "Predicts better than the nulls (noise: %s%s): %s.", p_words(page, j),
            isnan(j->skill_last.value)
                ? "; \"as last time\" has no rows"
                : mst_page_printf(page,
                                  "; skill against \"as last time\" %.2f, 90 %% interval from "
                                  "%.2f",
                                  j->skill_last.value,
                                  floor(100.0 * j->skill_last.interval.low) / 100.0),
            scores);
        break;
    case MST_FIT_TOO_FEW_DEALS:
        mst_page_words(page, 0, NULL,
                       "Cannot tell whether it predicts better than the nulls: %s; %s.",
                       too_few_words(page, j), scores);
        break;
    case MST_FIT_AS_CHANCE:
        mst_page_words(page, 0, NULL,
                       "Does not predict better than the nulls (%s): outcomes dealt anew to the "
                       "features fit as well too often; %s.",
                       p_words(page, j), scores);
        break;
    case MST_FIT_WORSE:
        mst_page_words(page, 0, NULL, "Does not predict better than the nulls: %s.", scores);
        break;
    case MST_FIT_NOT_BEYOND_LAST:
        mst_page_words(page, 0, NULL,
                       "Does not predict better than the nulls (%s against noise): its skill "
                       "against \"as last time\", %.2f, is not surely above 0; %s.",
                       p_words(page, j), j->skill_last.value, scores);
        break;
    case MST_FIT_NOT_ASKED:
        mst_page_words(page, 0, NULL,
                       "Whether it predicts better than the nulls was not asked: %s.", scores);
        break;
    }
}

/* ---- side by side ------------------------------------------------------------------------------------------ */

static void tell_beside(mst_page *page, const char *name, const mst_fit_run_of *of,
                        const mst_fit_scores *s)
{
    char reason[256];
    if (!of->has_result) {
        const mst_page_cell cells[] = {
            {name, 0, 24},
            {mst_fit_says((mst_fit_why){of->why.fault, -1, -1, of->why.number}, reason,
                          sizeof reason),
             25, MST_PAGE_WIDTH - 25},
        };
        mst_page_row(&page->text, cells, 2);
        return;
    }
    const mst_page_cell cells[] = {
        {name, 0, 24},
        {mst_page_printf(page, "%d", (int)s->scored), 25, 6},
        {mst_page_printf(page, "%d", (int)s->joins), 32, 5},
        {share(page, s->against_base.count > 0 ? s->against_base.score : (double)NAN), 38, 6},
        {share(page, skill_base(s)), 45, 6},
        {share(page, mst_fit_skill_last(s)), 52, 6},
        {share(page, s->log.count > 0 ? s->log.score : (double)NAN), 59, 6},
        {share(page, s->auc.value), 66, 6},
        {share(page, s->auc_drill.value), 73, 6},
    };
    mst_page_row(&page->text, cells, 9);
}

static void tell_side_by_side(mst_page *page, const muster_fit *fit)
{
    static const char *const names[2][2] = {{"product", "plain logit"},
                                            {"product, history", "logit, history"}};
    mst_page_heading(page, "SIDE BY SIDE, WHOLE SERIES LEFT OUT");
    mst_text_add(
        &page->text,
        "                         Rows   Joins Brier  Skill against Log    AUC    AUC in\n"
        "                                      score  base   last   score         drill\n");
    for (int32_t h = 0; h < 2; h++)
        for (int32_t k = 0; k < 2; k++)
            tell_beside(page, names[h][k], &fit->of[h][k], &fit->of[h][k].result.cross_scores);
    const mst_fit_scores *partial = &mst_fit_main(fit)->cross_partial;
    if (partial->scored > 0) {
        mst_text_add(&page->text, "rows with gaps, by the stages that can be assessed:\n");
        tell_beside(page, names[fit->main][0], &fit->of[fit->main][0], partial);
    }
    if (!fit->of[1][0].has_result || !fit->of[0][0].has_result)
        return;
    mst_text_add(&page->text, "without history, on the rows that have one:\n");
    for (int32_t k = 0; k < 2; k++)
        if (fit->of[0][k].has_result && fit->of[1][k].has_result)
            tell_beside(page, names[0][k], &fit->of[0][k], &fit->of[0][k].alike);
}

/* ---- out of sample ------------------------------------------------------------------------------------------- */

static void tell_calibration(mst_page *page, const char *name, const mst_fit_scores *s)
{
    if (s->bins < 1)
        return;
    mst_text_printf(&page->text, "\nCalibration, %s\n", name);
    mst_text_add(&page->text, "  P from..to      Mean P  Joined  95 % interval  Joins/rows\n");
    for (int32_t i = 0; i < s->bins; i++) {
        const mst_bin *b = &s->bin[i];
        const mst_page_cell cells[] = {
            {mst_page_printf(page, "%.2f..%.2f", b->low, b->high), 2, 14},
            {mst_page_printf(page, "%.2f", b->mean_p), 18, 6},
            {mst_page_printf(page, "%.2f", b->share), 26, 6},
            {mst_page_printf(page, "%.2f..%.2f", b->interval.low, b->interval.high), 34, 13},
            {mst_page_printf(page, "%d/%d", (int)b->joins, (int)b->count), 49, 12},
        };
        mst_page_row(&page->text, cells, 5);
    }
}

static void tell_measure(mst_page *page, const char *name, const char *series, const char *forward)
{
    const mst_page_cell cells[] = {{name, 2, 40}, {series, 43, 14}, {forward, 58, 14}};
    mst_page_row(&page->text, cells, 3);
}

static void tell_two(mst_page *page, const char *name, double series, double forward)
{
    tell_measure(page, name, share(page, series), share(page, forward));
}

static double log_of(const mst_log_score *s)
{
    return s->count > 0 ? s->score : (double)NAN;
}

static double score_of(const mst_brier *b)
{
    return b->count > 0 ? b->score : (double)NAN;
}

static double reference_of(const mst_brier *b)
{
    return b->compared > 0 ? b->reference : (double)NAN;
}

static void tell_out_of_sample(mst_page *page, const mst_fit_result *r)
{
    const mst_fit_scores *a = &r->cross_scores, *b = &r->forward_scores;
    mst_page_heading(page, "OUT OF SAMPLE");
    mst_text_add(&page->text,
                 "                                           Series left    Forward\n"
                 "                                           out whole      in time\n");
    tell_measure(page, "rows (joins)",
                 mst_page_printf(page, "%d (%d)", (int)a->scored, (int)a->joins),
                 mst_page_printf(page, "%d (%d)", (int)b->scored, (int)b->joins));
    tell_two(page, "Brier score", score_of(&a->against_base), score_of(&b->against_base));
    tell_two(page, "of the base rate", reference_of(&a->against_base),
             reference_of(&b->against_base));
    tell_two(page, "skill against the base rate", skill_base(a), skill_base(b));
    tell_measure(page, "rows with a last time",
                 mst_page_printf(page, "%d", (int)a->against_last.compared),
                 mst_page_printf(page, "%d", (int)b->against_last.compared));
    tell_two(page, "Brier score of \"as last time\" there", reference_of(&a->against_last),
             reference_of(&b->against_last));
    tell_two(page, "skill against \"as last time\"", mst_fit_skill_last(a), mst_fit_skill_last(b));
    tell_two(page, "log score, nats", log_of(&a->log), log_of(&b->log));
    tell_two(page, "of the base rate", log_of(&a->log_base), log_of(&b->log_base));
    tell_two(page, "AUC", a->auc.value, b->auc.value);
    tell_two(page, "AUC within a drill", a->auc_drill.value, b->auc_drill.value);
    tell_measure(page, "parts fitted, without a fit",
                 mst_page_printf(page, "%d, %d", (int)r->cross.parts, (int)r->cross.failed),
                 mst_page_printf(page, "%d, %d", (int)r->forward.parts, (int)r->forward.failed));
    mst_page_words(page, 0, NULL,
                   "Forward in time: what starts at one moment is predicted by a fit of all that "
                   "started before it, as soon as %d joins lie behind; %s.",
                   MST_FIT_FEWEST_JOINS,
                   r->forward.parts > 0
                       ? mst_page_number(page, r->forward.parts, "such moment", "such moments")
                       : "here they never do before the last, so nothing was tried");
    tell_calibration(page, "series left out whole", a);
    tell_calibration(page, "forward in time", b);
}

static void tell_test(mst_page *page, const mst_fit_judgement *j)
{
    if (j->drawn > 0)
        mst_page_words(page, 0, "\n",
                       "Test against noise: outcomes of whole series dealt anew to the features, "
                       "%d times; %d fit as well. %d series have another of their size to be "
                       "dealt with.",
                       (int)j->drawn, (int)j->as_good, (int)j->dealt_series);
    if (j->skill_last.interval.is_estimable)
        mst_page_words(page, 0, NULL,
                       "Skill against \"as last time\" %.2f, 90 %% interval by whole series "
                       "%.2f..%.2f.",
                       j->skill_last.value, j->skill_last.interval.low,
                       j->skill_last.interval.high);
}

void mst_tell_fit_scores(mst_page *page, const muster_fit *fit)
{
    const mst_fit_result *r = mst_fit_main(fit);
    tell_out_of_sample(page, r);
    tell_test(page, &r->judgement);
    tell_side_by_side(page, fit);
}
