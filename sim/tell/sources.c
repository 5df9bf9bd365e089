/* Sources: cited by number, listed once at the foot. */
#include "tell/page.h"

#include <string.h>

const char *mst_page_cite(mst_page *page, const char *source)
{
    if (!source || !*source)
        return "[no source]";
    int32_t i = 0;
    while (i < page->cited_count && strcmp(page->cited[i], source) != 0)
        i++;
    if (i == page->cited_count) {
        if (i == MST_PAGE_SOURCES_MAX)
            return mst_page_printf(page, "[%s]", mst_page_source_short(page, source));
        page->cited[page->cited_count++] = source;
    }
    return mst_page_printf(page, "[%d]", (int)i + 1);
}

void mst_tell_sources(mst_page *page)
{
    if (page->cited_count == 0)
        return;
    mst_page_heading(page, "SOURCES");
    for (int32_t i = 0; i < page->cited_count; i++)
        mst_page_words(page, 5, mst_page_printf(page, "[%d]", (int)i + 1), "%s",
                       mst_page_source(page, page->cited[i]));
}

const char *mst_page_circular(mst_page *page, const mst_stage_result *stage, const char *source)
{
    enum { NAMED = 4 };
    const char *names = "";
    int32_t count = 0;
    for (int32_t i = 0; i < page->model->rule_count; i++) {
        const mst_rule_row *rule = &page->model->rule[i];
        const char *of = rule->def ? rule->def->item.source : NULL;
        if (rule->is_off || rule->stage != stage->stage || !of || !source ||
            strcmp(of, source) != 0)
            continue;
        if (count++ < NAMED)
            names = mst_page_printf(page, "%s%s%s", names, *names ? ", " : "", rule->id);
    }
    if (count == 0)
        return "";
    return mst_page_printf(
        page, "also the source of %s %s%s; not independent", count == 1 ? "rule" : "rules", names,
        count > NAMED ? mst_page_printf(page, " and %d more", (int)(count - NAMED)) : "");
}
