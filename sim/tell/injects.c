/* What an instructor throws in, and what an umpire rules, in words. */
#include "tell/page.h"

#include "base/units.h"
#include "model/rulings.h"

static const char *units_words(mst_page *page, const mst_inject_row *row)
{
    const char *words = "";
    for (int32_t i = 0; i < row->unit_count; i++)
        words = mst_page_printf(page, "%s%s%s", words, *words ? ", " : "",
                                page->model->unit[row->unit[i]].name);
    return *words ? words : "nobody";
}

static const char *length_words(mst_page *page, const mst_inject_row *row)
{
    return row->length == MUSTER_NEVER
               ? ""
               : mst_page_printf(page, " for %.4g h", muster_hours(row->length));
}

static const char *effect_words(mst_page *page, const mst_inject_row *row)
{
    const char *who = units_words(page, row);
    switch (row->effect) {
    case MST_EFFECT_DELAYS:
        return mst_page_printf(page, "%s delayed by %.4g h", who, muster_hours(row->length));
    case MST_EFFECT_BREAKS_DOWN:
        return row->length == MUSTER_NEVER
                   ? mst_page_printf(page, "%s broken down, leaves", who)
                   : mst_page_printf(page, "%s broken down, lies still%s, then leaves", who,
                                     length_words(page, row));
    case MST_EFFECT_TURNS_BACK:
        return mst_page_printf(page, "%s turned back", who);
    case MST_EFFECT_LOSES_FUEL:
        return mst_page_printf(page, "%s lost %.4g %% of the fuel on board", who,
                               100.0 * row->fraction);
    case MST_EFFECT_SEA_STATE:
        return mst_page_printf(page, "sea state %d%s", (int)row->sea_state,
                               length_words(page, row));
    case MST_EFFECT_WORDS:
    case MST_EFFECT_COUNT:
        break;
    }
    return row->def && row->def->changes.count > 0 ? "figures changed" : "";
}

const char *mst_page_inject(mst_page *page, const mst_record *record)
{
    if (record->a < 0 || record->a >= page->model->inject_count)
        return "";
    const mst_inject_row *row = &page->model->inject[record->a];
    const char *effect = effect_words(page, row);
    return mst_page_printf(page, "%s%s%s", row->title, *effect ? ": " : "", effect);
}

void mst_tell_injects(mst_page *page)
{
    bool any = false;
    for (int32_t i = 0; i < page->run->clock->record_count; i++) {
        const mst_record *r = &page->run->record[i];
        if (r->kind != MST_RECORD_INJECTED)
            continue;
        if (!any)
            mst_page_heading(page, "THROWN IN");
        any = true;
        mst_page_words(page, 2, NULL, "%s  %s.",
                       mst_page_date(page, r->time, page->model->zone_min),
                       mst_page_inject(page, r));
    }
    if (any)
        mst_text_add(&page->text, "\n");
}

const char *mst_page_ruling(mst_page *page, const mst_verdict *verdict)
{
    const mst_model *m = page->model;
    const mst_ruling ruling = mst_model_ruling(m, verdict->drill, verdict->state);
    const char *reason = mst_model_ruling_reason(m, verdict->drill, verdict->state);
    if (ruling == MST_RULING_NONE)
        return NULL;
    const mst_verdict by_rules = mst_verdict_by_rules(m, verdict);
    return mst_page_printf(page, "%s %s by ruling%s%s; by the rules it %s.",
                           mst_page_state(page, verdict->state),
                           ruling == MST_RULING_JOINS ? "takes part" : "stays out",
                           reason ? ": " : "", reason ? reason : "",
                           !mst_verdict_is_assessed(verdict) ? "was not assessed"
                           : by_rules.joins                  ? "would take part"
                                                             : "would stay out");
}
