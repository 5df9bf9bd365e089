/* What time has done to the values behind a verdict: ledgers by two accounts, and what drills before
 * this one have added. */
#include "tell/why.h"

#include "align/factors.h"
#include "engine/feedback.h"
#include "model/compile.h"
#include "model/ledger.h"
#include "outcome/trial.h"

#include <math.h>
#include <string.h>

/* ---- ledgers ------------------------------------------------------------------------------- */

/* "B owes A 0.05 (own account), 0.35 (A's)." */
static void add_account(mst_page *page, int32_t drill, int32_t kind, int32_t giver,
                        int32_t receiver)
{
    const mst_model *m = page->model;
    const muster_time at = m->drill[drill].decide_at;
    const size_t index = mst_model_pair(m, kind, giver, receiver);
    const mst_moving_row *row = mst_model_moving(m, MST_FIGURE_DIRECTED, (int32_t)index);
    const double by_giver = row ? mst_model_giver_account(m, row, at) : (double)NAN;
    if (!isnan(by_giver))
        mst_page_words(page, 11, NULL, "%s owes %s %.3g (own account), %.3g (%s's).",
                       mst_page_state(page, receiver), mst_page_state(page, giver),
                       mst_page_values(page, drill)->directed[index], by_giver,
                       mst_page_state(page, giver));
}

static void add_accounts_with(mst_page *page, const mst_verdict *v, const mst_factor *factor,
                              int32_t other)
{
    const bool to_host = factor->reads == MST_READS_TO_HOST;
    if (other >= 0 && other != v->state)
        add_account(page, v->drill, factor->index, to_host ? v->state : other,
                    to_host ? other : v->state);
}

static bool reads_ledger(const mst_page *page, const mst_factor *factor)
{
    return (factor->reads == MST_READS_TO_HOST || factor->reads == MST_READS_FROM_HOST) &&
           strcmp(page->model->directed_name[factor->index], MST_LEDGER) == 0;
}

void mst_tell_accounts(mst_page *page, const mst_verdict *v, const mst_stage_result *s,
                       const mst_rule_row *rule)
{
    int32_t others[MST_OTHERS_MAX];
    const int32_t count =
        s->host >= 0 ? 0 : mst_rule_others(&page->model->drill[v->drill], rule, v->state, others);
    for (int32_t t = 0; t < rule->term_count; t++)
        for (int32_t f = 0; f < rule->term[t].factor_count; f++) {
            const mst_factor *factor = &rule->term[t].factor[f];
            if (!reads_ledger(page, factor))
                continue;
            add_accounts_with(page, v, factor, s->host);
            for (int32_t i = 0; i < count; i++)
                add_accounts_with(page, v, factor, others[i]);
        }
}

/* ---- feedback ------------------------------------------------------------------------------ */

static mst_figure_kind figure_kind(mst_cell_kind kind)
{
    return kind == MST_CELL_ATTRIBUTE ? MST_FIGURE_ATTRIBUTE
           : kind == MST_CELL_MUTUAL  ? MST_FIGURE_MUTUAL
                                      : MST_FIGURE_DIRECTED;
}

/* The drills that moved it, the latest first; past a few of them only how many more. */
static const char *movers(mst_page *page, int32_t drill, const mst_cell *cell)
{
    enum { NAMED = 3 };
    const char *names = "";
    int32_t count = 0;
    int64_t before = INT64_MAX;
    for (;;) {
        int32_t next = -1;
        for (int32_t i = 0; i < page->model->drill_count; i++) {
            const int64_t ended = page->run->feedback[i].ended_as;
            if (ended < before && (next < 0 || ended > page->run->feedback[next].ended_as) &&
                mst_feedback_by(page->run, drill, i, figure_kind(cell->kind), cell->index) != 0.0)
                next = i;
        }
        if (next < 0)
            break;
        before = page->run->feedback[next].ended_as;
        if (count++ < NAMED)
            names = mst_page_printf(page, "%s%s%s", names, *names ? ", " : "",
                                    page->model->drill[next].id);
    }
    return count > NAMED ? mst_page_printf(page, "%s and %d before", names, (int)(count - NAMED))
                         : names;
}

static void add_moved(mst_page *page, const mst_verdict *v, const mst_trial *trial,
                      const mst_cell *cell)
{
    const double base = mst_model_value_at(page->model, figure_kind(cell->kind), cell->index,
                                           page->model->drill[v->drill].decide_at);
    const double value = mst_cell_get(trial, cell);
    if (value > base || value < base)
        mst_page_words(page, 2, NULL, "Feedback: %s %.4g, moved by %+.4f to %.4g by %s.",
                       cell->path, base, value - base, value, movers(page, v->drill, cell));
}

void mst_tell_feedback(mst_page *page, const mst_verdict *v, int32_t stage)
{
    mst_trial trial;
    mst_cell *cell = NULL;
    if (!page->model->feedback.is_on || !page->run->feedback ||
        !mst_trial_make(page->model, page->run, v, &page->arena, &trial))
        return;
    const int32_t count = mst_trial_cells(&trial, v, &page->arena, &cell);
    for (int32_t i = 0; i < count; i++)
        if (cell[i].stage == stage && cell[i].kind != MST_CELL_DRILL)
            add_moved(page, v, &trial, &cell[i]);
}
