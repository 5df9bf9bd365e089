/* muster why: the whole screen of one state. */
#include "model/rulings.h"
#include "tell/why.h"

#include "tell/basis.h"

#include "outcome/against.h"

#include <string.h>

const mst_verdict *mst_tell_find_verdict(mst_page *page, const char *state, const char *drill,
                                         muster_diags *diags)
{
    page->drill = mst_tell_find_drill(page, drill, diags);
    const int32_t s = page->drill >= 0 ? mst_tell_find_state(page, state, diags) : -1;
    if (s < 0)
        return NULL;
    const mst_verdict *v = mst_verdict_of(page->run, page->drill, s);
    if (!v)
        mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL, NULL,
                 "state '%s' is neither host nor candidate of drill '%s'", state,
                 page->model->drill[page->drill].id);
    return v;
}

static void tell_not_modelled(mst_page *page)
{
    const mst_list *list = &page->spec->alignment.not_modelled;
    if (list->count == 0)
        return;
    mst_page_heading(page, "NOT MODELLED AS A RULE");
    const char *words = "";
    for (int32_t i = 0; i < list->count; i++) {
        const mst_not_modelled_def *d = MST_AT(mst_not_modelled_def, list, i);
        words = mst_page_printf(page, "%s%s%s", words, *words ? "; " : "", d->what ? d->what : "-");
    }
    mst_page_words(page, 0, NULL, "%s. Why, and where each stands: muster list left-out FILE.",
                   words);
}

/* ---- a reference ------------------------------------------------------------------------------ */

/* Compared with whom it was asked for; false with a diagnostic. */
static bool hold_against(mst_page *page, const muster_tell *tell, const mst_verdict *v,
                         muster_diags *diags, mst_against *out)
{
    mst_page other = *page; /* a view of the reference's world, with the texts of this page */
    const muster_tell *world = tell->reference ? tell->reference : tell;
    other.model = world->model->model;
    other.run = world->result->run;
    other.spec = &world->scenario->spec;
    const char *state =
        tell->reference_state ? tell->reference_state : page->model->state[v->state].id;
    const mst_verdict *there =
        mst_tell_find_verdict(&other, state, page->model->drill[v->drill].id, diags);
    page->arena = other.arena;
    if (!there)
        return false;
    const char *fault = mst_against_make(page->model, page->run, v, other.model, other.run, there,
                                         &page->arena, out);
    if (fault && page->arena.failed)
        return mst_diag_memory(diags) == MUSTER_OK;
    if (fault)
        mst_diag(diags, MUSTER_ERROR, (mst_place){0}, NULL,
                 "a reference is another candidate of the drill, a variant or a coding",
                 "%s cannot serve as reference: %s", tell->reference_name, fault);
    return !fault;
}

static char *give_up(mst_page *page)
{
    mst_text_clear(&page->text);
    mst_arena_clear(&page->arena);
    return NULL;
}

/* ---- the whole ---------------------------------------------------------------------------------- */

static char *as_document(mst_page *page, const muster_tell *tell, const mst_verdict *v,
                         const mst_against *against, muster_diags *diags)
{
    mst_json *json = mst_json_create(tell->memory);
    mst_json_object(json, NULL);
    mst_json_head(json, "muster-why", page);
    mst_json_verdict(json, "verdict", page, v);
    const mst_verdict by_rules = mst_verdict_by_rules(page->model, v);
    mst_json_space(json, page, &by_rules);
    if (against->here)
        mst_json_against(json, page, against, tell);
    char *out = mst_page_document(page, json, tell->memory, diags);
    (void)give_up(page);
    return out;
}

char *muster_tell_why(const muster_tell *tell, const char *state, const char *drill, bool as_json,
                      muster_diags *diags)
{
    mst_page page;
    mst_against against = {0};
    mst_page_begin(&page, tell);
    const mst_verdict *v = mst_tell_find_verdict(&page, state, drill, diags);
    if (!v || (tell->reference_name && !hold_against(&page, tell, v, diags, &against)))
        return give_up(&page);
    if (as_json)
        return as_document(&page, tell, v, &against, diags);
    const char *ruling = mst_page_ruling(&page, v);
    const mst_verdict by_rules = mst_verdict_by_rules(page.model, v);
    if (ruling)
        v = &by_rules;
    mst_page_head(&page);
    const mst_drill_row *d = &page.model->drill[page.drill];
    const bool is_held =
        page.run
            ->takes_part[(size_t)page.drill * (size_t)page.model->state_count + (size_t)v->state];
    mst_page_words(&page, 0, NULL, "Why%s %s %s in %s",
                   ruling || mst_tell_is_contradicted(&page, v) ? ", by the rules," : "",
                   mst_page_state(&page, v->state),
                   !mst_verdict_is_assessed(v) ? "would take part or not"
                   : !v->joins                 ? "does not take part"
                   : is_held || ruling         ? "takes part"
                                               : "would take part, were it held,",
                   d->name ? d->name : d->id);
    if (ruling)
        mst_page_words(&page, 8, "UMPIRE:", "%s", ruling);
    mst_tell_which_drill(&page, drill);
    mst_tell_recorded(&page, v);
    mst_text_add(&page.text, "\n");
    mst_tell_reasons(&page, v);
    if (against.here)
        mst_tell_against(&page, &against, tell);
    mst_tell_space(&page, v);
    mst_tell_assumptions_of(&page, v, 5);
    if (!v->is_host)
        tell_not_modelled(&page);
    mst_tell_sources(&page);
    return mst_page_end(&page, diags);
}
