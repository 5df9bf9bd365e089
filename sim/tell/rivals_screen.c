/* muster rivals: the whole screen of a scenario. */
#include "tell/rivals.h"
#include "tell/why.h"

#include <string.h>

/* How much there is, who the states are, and where the sources of it stand. */
static void tell_extent(mst_page *page, const mst_rivals *r)
{
    const mst_extent e = mst_rivals_extent(r);
    if (r->count > 0)
        mst_tell_ids(page, r->item[0].setting.state, r->item[0].setting.state_name,
                     r->item[0].setting.state_count);
    if (e.pairs == 0)
        return;
    mst_page_words(
        page, 0, NULL,
        "%s, %s, %s of a drill and a candidate; %d with an outcome on record, of which %s "
        "took part. Who came, by whom told: muster list evidence FILE; the source of one: "
        "muster show FILE 'evidence[0]'.",
        mst_page_number(page, r->item[0].setting.state_count, "state", "states"),
        mst_page_number(page, e.drills, "drill", "drills"),
        mst_page_number(page, e.pairs, "pair", "pairs"), (int)e.with_outcome,
        e.joins > 0 ? mst_page_printf(page, "%d", (int)e.joins) : "none");
}

static void tell_all(mst_page *page, const mst_rivals_view *view)
{
    mst_page_head(page);
    mst_page_words(
        page, 0, NULL,
        "Rival explanations, each asked the same questions. A model of camps says who sides "
        "with whom; that this means turning up is a mapping, told below.");
    tell_extent(page, view->rivals);
    if (mst_page_use(page) == MST_CALIBRATION && view->rivals->weight_count > 0)
        mst_page_use_words(page);
    if (mst_page_use(page) == MST_CALIBRATION && view->rivals->weight_count == 0)
        mst_page_words(page, 0, NULL,
                       "The outcome was known when this case was written. Agreement here is "
                       "description, not confirmation.");
    mst_tell_sum(page, view);
    mst_tell_answers(page, view);
    mst_tell_camps(page, view);
    mst_tell_findings(page, view);
    mst_tell_scores(page, view);
    mst_tell_thresholds(page, view);
    mst_tell_models(page, view);
    if (view->rivals->weight_count > 0)
        mst_page_words(
            page, 0, "\n",
            "Hash of the rules' weights in force: %016llx. It covers the rules' ids, "
            "stages, forms, terms and weights with their signs, and not index_ready_need "
            "and tau, by which a margin becomes an answer and a probability.",
            (unsigned long long)view->rivals->weights_hash);
}

int32_t mst_rivals_find_model(mst_page *page, const mst_rivals *rivals, const char *name,
                              muster_diags *diags)
{
    const int32_t found = mst_rivals_model(rivals, name);
    const char *known = "";
    if (found >= 0)
        return found;
    for (int32_t i = 0; i < rivals->model_count; i++)
        known = mst_page_printf(page, "%s%s%s", known, *known ? ", " : "", rivals->model[i]->name);
    mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL, known, "no model '%s'", name);
    return -1;
}

/* Which model and which drill; false with a diagnostic. */
static bool choose(mst_page *page, const char *model, const char *drill, muster_diags *diags,
                   mst_rivals_view *view)
{
    const mst_rivals *r = view->rivals;
    view->model = model ? mst_rivals_find_model(page, r, model, diags) : -1;
    if (model && view->model < 0)
        return false;
    view->item = -1;
    if (!drill)
        return true;
    const int32_t found = mst_tell_find_drill(page, drill, diags);
    for (int32_t i = 0; found >= 0 && i < r->count; i++)
        if (r->item[i].setting.drill &&
            strcmp(r->item[i].setting.drill, page->model->drill[found].id) == 0)
            view->item = i;
    return found >= 0;
}

/* The use of the variant in force, where that is another than the file's; -1. */
static int32_t own_use(const mst_page *page)
{
    const int32_t use = mst_page_use(page);
    return use != page->model->use ? use : -1;
}

char *muster_tell_rivals(const muster_tell *tell, const char *model, const char *drill,
                         bool as_json, muster_diags *diags)
{
    mst_page page;
    mst_rivals rivals;
    mst_rivals_view view = {.rivals = &rivals};
    mst_page_begin(&page, tell);
    const bool asked = mst_rivals_of_run(page.run, page.model->kinds->align, own_use(&page),
                                         &page.arena, &rivals) &&
                       mst_rivals_ask(&rivals);
    if (!asked || !choose(&page, model, drill, diags, &view)) {
        if (!asked)
            mst_diag_memory(diags);
        mst_text_clear(&page.text);
        mst_arena_clear(&page.arena);
        return NULL;
    }
    if (!as_json) {
        tell_all(&page, &view);
        return mst_page_end(&page, diags);
    }
    mst_json *json = mst_json_create(tell->memory);
    mst_json_object(json, NULL);
    mst_json_head(json, "muster-rivals", &page);
    mst_json_rivals(json, &view);
    mst_text_clear(&page.text);
    char *out = mst_page_document(&page, json, tell->memory, diags);
    mst_arena_clear(&page.arena);
    return out;
}
