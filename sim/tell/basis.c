/* What the answer rests on: assumptions, changes in force, words. */
#include "tell/page.h"

#include <math.h>

enum { ASSUMPTIONS_SHOWN = 12 };

void mst_tell_assumptions(mst_page *page)
{
    const mst_drill_row *d = &page->model->drill[page->drill];
    const int32_t first = page->run->verdict_first[page->drill];
    for (int32_t i = d->host_count; i < d->host_count + d->candidate_count; i++) {
        const mst_verdict *v = &page->run->verdict[first + i];
        mst_assumption *list = NULL;
        const int32_t count = mst_assumptions(page->model, v, page->run, &page->arena, &list);
        if (count <= 0)
            continue;
        mst_page_heading(page, "ASSUMPTIONS the answer on %s rests on, most influential first",
                         mst_page_state(page, v->state));
        mst_text_add(&page->text, "Figure                                   value     "
                                  "margin by  of\n");
        for (int32_t k = 0; k < count && k < ASSUMPTIONS_SHOWN; k++) {
            mst_text_pad(&page->text, mst_page_cut(page, list[k].path, 40), 41);
            mst_text_pad(&page->text,
                         mst_page_cut(page, list[k].written ? list[k].written : "-", 9), 10);
            if (isnan(list[k].influence))
                mst_text_add(&page->text, "     -     ");
            else
                mst_text_printf(&page->text, "%7.0f %%  ", 100.0 * list[k].influence);
            mst_text_wrap(&page->text, list[k].effect ? list[k].effect : "", 62, 62,
                          MST_PAGE_WIDTH);
            mst_text_add(&page->text, "\n");
        }
        mst_tell_position(page, v, 2);
        if (count > ASSUMPTIONS_SHOWN)
            mst_page_words(page, 2, NULL, "and %d more; run with --json for all.",
                           (int)(count - ASSUMPTIONS_SHOWN));
        mst_page_words(page, 2, NULL,
                       "Margin by: by how much of its size the stage's margin changes if "
                       "the figure alone changes by a tenth.");
    }
}

void mst_tell_changes(mst_page *page)
{
    mst_page_heading(page, "CHANGES IN FORCE");
    if (page->model->applied_count == 0)
        mst_page_words(page, 2, NULL, "none");
    for (int32_t i = 0; i < page->model->applied_count; i++) {
        const mst_applied_row *c = &page->model->applied[i];
        mst_page_words(page, 2, NULL, "%s = %s (was %s; %s)", c->path, c->after,
                       c->before ? c->before : "not given", c->origin);
    }
    mst_page_heading(page, "WORDS");
    mst_page_words(page, 11, "margin", "reasons for less reasons against; the answer turns at 0");
    mst_page_words(page, 11, "place",
                   "a ship or aircraft with a role that the drill asks a state to "
                   "bring");
    mst_page_words(page, 11, "score",
                   "a serial counts 1 when done, 0.5 degraded, 0 cancelled; mean "
                   "over the serials planned");
    mst_page_words(page, 11, "est.",
                   "worked out by rule from range and engine power; \"assumed\" is "
                   "a choice of the file");
}
