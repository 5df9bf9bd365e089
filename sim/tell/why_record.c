/* muster why and flip: which of the drills is told of, and what is recorded of the state in it. */
#include "model/rulings.h"
#include "tell/why.h"

#include "outcome/rivals.h"

#include <string.h>

void mst_tell_which_drill(mst_page *page, const char *asked)
{
    if (!asked && page->model->drill_count > 1)
        mst_page_words(page, 0, NULL,
                       "The file has %d drills; this is the first of them (--drill ID: another; "
                       "muster list drills FILE).",
                       (int)page->model->drill_count);
}

/* A drill may say for itself what its outcome is worth. */
static int32_t use_of(const mst_page *page, const mst_verdict *v)
{
    const mst_drill_def *def = page->model->drill[v->drill].def;
    const int32_t whole = mst_page_use(page);
    return whole != MST_HYPOTHETICAL && def && def->use >= 0 ? def->use : whole;
}

/* Sources of what mst_evidence_outcome says. */
static const char *cites(mst_page *page, const mst_verdict *v)
{
    const char *out = "";
    for (int32_t i = 0; i < page->spec->evidence.count; i++) {
        const mst_evidence_def *e = MST_AT(mst_evidence_def, &page->spec->evidence, i);
        if (!mst_evidence_of_participation(page->model, v->drill, v->state, e))
            continue;
        const char *cite = mst_page_cite(page, e->item.source);
        if (cite && !strstr(out, cite))
            out = mst_page_printf(page, "%s %s", out, cite);
    }
    return out;
}

static const char *judgement(const mst_page *page, const mst_verdict *v, bool came)
{
    if (page->model->applied_count > 0)
        return "This run is a changed one: the record is not of it.";
    if (!mst_verdict_is_assessed(v))
        return "The rules give no answer.";
    if (mst_verdict_by_rules(page->model, v).joins != came)
        return v->is_partly_assessed ? "The verdict, as far as assessed, is WRONG."
                                     : "The verdict is WRONG.";
    return v->is_partly_assessed ? "The verdict agrees, as far as assessed."
                                 : "The verdict agrees.";
}

bool mst_tell_is_contradicted(const mst_page *page, const mst_verdict *v)
{
    const int32_t outcome = v->is_host ? -1 : mst_evidence_outcome(page->model, v->drill, v->state);
    return use_of(page, v) != MST_HYPOTHETICAL && outcome >= 0 && page->model->applied_count == 0 &&
           mst_verdict_is_assessed(v) && mst_verdict_by_rules(page->model, v).joins != outcome;
}

void mst_tell_recorded(mst_page *page, const mst_verdict *v)
{
    const int32_t use = use_of(page, v);
    const int32_t outcome = v->is_host ? -1 : mst_evidence_outcome(page->model, v->drill, v->state);
    if (use == MST_HYPOTHETICAL || v->is_host) {
        mst_page_use_words(page);
        return;
    }
    if (outcome >= 0)
        mst_page_words(
            page, 0, NULL, "Recorded%s: %s %s. %s%s", cites(page, v),
            mst_page_state(page, v->state), outcome == 1 ? "took part" : "did not take part",
            judgement(page, v, outcome == 1),
            mst_has_organised(page->model->drill[v->drill].def, page->model->state[v->state].id)
                ? " It also organised this drill, so pooled scores leave it out."
                : "");
    if (use == MST_CALIBRATION)
        mst_page_words(page, 0, NULL, "%s", mst_tell_calibration);
    else if (outcome >= 0)
        mst_page_words(page, 0, NULL,
                       "A case for test of the rules; muster rivals FILE tells how they did.");
}
