/* Where the threshold of each rival could lie: hits on joins and on absences if it said "joins" from
 * another score on. A line of digits a model, and every point of one that is asked for. */
#include "tell/rivals.h"

#include <math.h>

enum { MARKS_MOST = 20 };

static const char *cut_words(mst_page *page, const mst_align_type *model, double threshold)
{
    if (isinf(threshold))
        return "nobody";
    return mst_page_printf(page, "%s %.4g", model->direction < 0 ? "<=" : ">=",
                           model->direction < 0 ? -threshold : threshold);
}

static const char *rule_words(mst_page *page, const mst_align_type *model)
{
    return isnan(model->threshold)
               ? "by stages"
               : mst_page_printf(page, "%s%s %.4g", model->direction < 0 ? "<" : ">",
                                 model->is_strict ? "" : "=", model->threshold);
}

static const char *hits_words(mst_page *page, int64_t join_hits, int64_t joins,
                              int64_t absence_hits, int64_t absences)
{
    return mst_page_printf(page, "%d/%d %d/%d", (int)join_hits, (int)joins, (int)absence_hits,
                           (int)absences);
}

/* Which cut stands at one of the marks: the first and the last, and evenly some between. */
static int32_t cut_at(int32_t mark, int32_t marks, int32_t cuts)
{
    return marks < 2 ? 0 : (int32_t)((int64_t)mark * (cuts - 1) / (marks - 1));
}

/* Shares of hits as digits, tenths cut off; 9 is nine tenths or more. */
static const char *digits(mst_page *page, const mst_cut *cut, int32_t cuts, int64_t of,
                          bool is_joins)
{
    const int32_t marks = cuts < MARKS_MOST ? cuts : MARKS_MOST;
    char text[MARKS_MOST + 1];
    for (int32_t i = 0; i < marks; i++) {
        const mst_cut *c = &cut[cut_at(i, marks, cuts)];
        const int64_t tenths = 10 * (is_joins ? c->join_hits : c->absence_hits) / of;
        text[i] = (char)('0' + (tenths > 9 ? 9 : tenths));
    }
    text[marks] = '\0';
    return mst_page_printf(page, "%s", text);
}

static void tell_line(mst_page *page, const mst_align_type *model, const mst_cut *cut, int32_t cuts,
                      const mst_hits *h)
{
    const int64_t joins = h->assessed_joins, absences = h->assessed_absences;
    int32_t best = 0;
    while (best < cuts - 1 && !cut[best].is_best)
        best++;
    const mst_page_cell cells[] = {
        {model->label, 0, 22},
        {rule_words(page, model), 23, 10},
        {hits_words(page, h->join_hits, joins, h->absence_hits, absences), 34, 17},
        {cut_words(page, model, cut[best].threshold), 52, 11},
        {hits_words(page, cut[best].join_hits, joins, cut[best].absence_hits, absences), 64, 16},
    };
    mst_page_row(&page->text, cells, 5);
    mst_text_printf(&page->text, "  joins %-20s  absent %s\n", digits(page, cut, cuts, joins, true),
                    digits(page, cut, cuts, absences, false));
}

static void tell_points(mst_page *page, const mst_align_type *model, const mst_cut *cut,
                        int32_t cuts, const mst_hits *h)
{
    mst_page_words(page, 0, NULL, "Every point of the curve of %s:", model->label);
    for (int32_t i = 0; i < cuts; i++)
        mst_text_printf(&page->text, "  %-12s %s%s\n", cut_words(page, model, cut[i].threshold),
                        hits_words(page, cut[i].join_hits, h->assessed_joins, cut[i].absence_hits,
                                   h->assessed_absences),
                        cut[i].is_best ? "  best" : "");
}

static void tell_legend(mst_page *page, const mst_rivals_view *view)
{
    mst_page_heading(page, "THRESHOLDS");
    mst_page_words(page, 0, NULL,
                   "Hits if a model said \"joins\" from another score on than its own rule has. "
                   "The best threshold was found with the outcomes in hand. Below each model its "
                   "curve, from nobody to everybody: a digit is the share of hits in tenths.%s",
                   view->model < 0 ? " Every point: --model NAME, on the screen and with --json."
                                   : "");
}

/* Scores and their curves need both kinds of outcomes; a use without them is told in a sentence. */
static void tell_use(mst_page *page, const mst_rivals_view *view, int32_t use, bool partly,
                     bool *told)
{
    const mst_rivals *r = view->rivals;
    mst_prediction *pair = NULL;
    const int32_t count = mst_rivals_pairs(r, use, partly, &pair);
    mst_performance *performance =
        mst_arena_array(&page->arena, (size_t)r->model_count, sizeof *performance);
    mst_cut *cut = mst_arena_array(r->arena, (size_t)(count > 0 ? count : 0) + 1, sizeof *cut);
    if (count < 2 || !performance || !cut || !mst_rivals_score(r, pair, count, performance))
        return;
    const mst_hits *all = &performance[0].hits;
    const char *const name =
        mst_page_printf(page, "%s%s", mst_use_names[use], partly ? ", as far as assessed" : "");
    if (!*told)
        tell_legend(page, view);
    *told = true;
    if (all->joins == 0 || all->joins == all->scored) {
        mst_page_words(page, 0, "\n", "%s: %s in all %d pairs, so no threshold can be told better.",
                       name, all->joins == 0 ? "nobody came" : "everybody came", (int)count);
        return;
    }
    bool has_head = false;
    for (int32_t i = 0; i < r->model_count; i++) {
        const mst_hits *h = &performance[i].hits;
        if (r->model[i]->direction == 0 || (view->model >= 0 && view->model != i) ||
            h->assessed_joins == 0 || h->assessed_absences == 0)
            continue;
        const int32_t cuts = mst_score_curve(&performance[i].rows, NULL, cut);
        if (cuts > 0 && !has_head)
            mst_text_printf(
                &page->text,
                "\n%s:\nModel                  Its rule   joins absent      Best        "
                "joins absent\n",
                name);
        has_head = has_head || cuts > 0;
        if (cuts > 0)
            tell_line(page, r->model[i], cut, cuts, h);
        if (cuts > 0 && view->model >= 0)
            tell_points(page, r->model[i], cut, cuts, h);
    }
    if (!has_head)
        mst_page_words(page, 0, "\n", "%s: no score that could be cut elsewhere.", name);
}

void mst_tell_thresholds(mst_page *page, const mst_rivals_view *view)
{
    bool told = false;
    for (int32_t use = MST_CALIBRATION; use < MST_HYPOTHETICAL; use++)
        for (int32_t partly = 0; partly < 2; partly++) {
            mst_scoring scoring;
            tell_use(page, mst_scoring_begin(&scoring, view), use, partly != 0, &told);
            mst_scoring_end(&scoring);
        }
}
