/* Every event of a run, one line each. */
#include "tell/page.h"

#include "model/rulings.h"

#include <math.h>

static const char *const record_words[] = {
#define RECORD(name, words, doc) words,
#include "model/record_list.def"
#undef RECORD
};

static bool names_spot(int32_t kind)
{
    return kind == MST_RECORD_REACHED || kind == MST_RECORD_HOLD || kind == MST_RECORD_IN_PORT;
}

static const char *details(mst_page *page, const mst_record *r)
{
    const mst_model *m = page->model;
    if (r->kind == MST_RECORD_LEG)
        return mst_page_printf(page, "%s to %s, %.2f kn, %.3f t/h, %.1f t", m->spot[r->a].name,
                               m->spot[r->b].name, r->speed_mps * 3600.0 / MUSTER_NM_M,
                               r->burn_kgps * 3.6, r->fuel_kg / 1000.0);
    if (names_spot(r->kind) && r->a >= 0)
        return m->spot[r->a].name;
    if (r->kind == MST_RECORD_DECIDED)
        return mst_page_printf(
            page, "%s %s%s", m->state[r->b].id, r->real > 0.5 ? "takes part" : "stays out",
            mst_model_ruling(m, r->a, r->b) == MST_RULING_NONE ? "" : ", by the umpire's ruling");
    if (r->kind == MST_RECORD_INJECTED)
        return mst_page_inject(page, r);
    if (r->kind == MST_RECORD_SEA)
        return mst_page_printf(page, "%d in the area of %s", (int)r->b, m->drill[r->a].id);
    if (r->kind == MST_RECORD_SERIAL_STARTED)
        return m->serial[r->a].id;
    if (r->kind == MST_RECORD_SERIAL_ENDED)
        return mst_page_printf(page, "%s: %s, cause %s", m->serial[r->a].id,
                               r->b == MST_DONE       ? "held"
                               : r->b == MST_DEGRADED ? "degraded"
                                                      : "cancelled",
                               mst_cause_names[r->c]);
    if (r->kind == MST_RECORD_WITHDRAWN || r->kind == MST_RECORD_ABSENT ||
        r->kind == MST_RECORD_DETACHED || r->kind == MST_RECORD_DRILL_FAILED)
        return mst_cause_names[r->b];
    if (r->kind == MST_RECORD_MUSTERED)
        return mst_page_printf(page, "%+.2f h", r->real / 3600.0);
    return "";
}

char *muster_tell_trace(const muster_tell *tell, muster_diags *diags)
{
    mst_page page;
    mst_page_begin(&page, tell);
    for (int32_t i = 0; i < page.run->clock->record_count; i++) {
        const mst_record *r = &page.run->record[i];
        char time[MUSTER_TIME_TEXT];
        mst_text_printf(&page.text, "%s  ", muster_time_write_iso(r->time, time));
        mst_text_pad(&page.text, r->unit >= 0 ? page.model->unit[r->unit].id : "", 18);
        mst_text_pad(&page.text, record_words[r->kind], 16);
        mst_text_printf(&page.text, "%s\n", details(&page, r));
    }
    return mst_page_end(&page, diags);
}
