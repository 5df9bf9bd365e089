/* The report: the parts in order, drill by drill. */
#include "tell/page.h"

#include "base/units.h"

#include <math.h>

/* A scenario without a drill may have ships under way all the same: one line each. */
static void tell_without_drill(mst_page *page)
{
    mst_page_words(
        page, 0, NULL, "No drill stands in this file%s.",
        page->model->state_count > 1 ? "; \"muster rivals FILE\" tells who sides with whom" : "");
    for (int32_t i = 0; i < page->run->clock->record_count; i++) {
        const mst_record *r = &page->run->record[i];
        if (r->kind != MST_RECORD_REACHED)
            continue;
        const mst_unit_row *u = &page->model->unit[r->unit];
        const mst_unit_outcome *o = &page->out->unit[r->unit];
        mst_page_words(page, 0, NULL,
                       "%s reached %s on %s: %.0f nm, %.1f t%s of fuel used, %.0f %% left.",
                       u->name, page->model->spot[r->a].name,
                       mst_page_date(page, r->time, page->model->zone_min),
                       o->distance_m / MUSTER_NM_M, o->used_kg / MST_T_KG,
                       mst_page_tonnes_mark(page, r->unit), 100.0 * o->end_kg / u->tank_kg);
    }
}

static void tell_drill(mst_page *page, bool is_first)
{
    mst_tell_verdict(page);
    mst_tell_chance(page);
    mst_tell_participants(page);
    mst_tell_serials(page);
    mst_tell_fuel(page);
    mst_tell_together(page);
    if (is_first)
        mst_tell_timeline(page);
    mst_tell_evidence(page);
    mst_tell_assumptions(page, 10);
}

static void tell_drills(mst_page *page, int32_t only)
{
    const int32_t count = page->model->drill_count;
    if (only >= 0 && count > 1)
        mst_page_words(page, 0, NULL, "One of %d drills: all were run, this one is told.",
                       (int)count);
    for (int32_t i = only < 0 ? 0 : only; i < (only < 0 ? count : only + 1); i++) {
        page->drill = i;
        tell_drill(page, i == 0 || i == only);
    }
}

char *muster_tell_report(const muster_tell *tell, muster_diags *diags)
{
    mst_page page;
    mst_page_begin(&page, tell);
    const int32_t only = tell->drill ? mst_tell_find_drill(&page, tell->drill, diags) : -1;
    if (tell->drill && only < 0) {
        mst_text_clear(&page.text);
        mst_arena_clear(&page.arena);
        return NULL;
    }
    mst_page_head(&page);
    if (page.model->drill_count == 0)
        tell_without_drill(&page);
    mst_tell_injects(&page);
    tell_drills(&page, only);
    mst_tell_sources(&page);
    mst_tell_changes(&page);
    return mst_page_end(&page, diags);
}
