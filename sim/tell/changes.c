/* What the run is: the first lines of every screen, the changes in force, the words used. */
#include "tell/page.h"

#include <string.h>

enum { CHANGES_ON_TOP = 4 };

static const char *change_words(mst_page *page, const mst_applied_row *c)
{
    return mst_page_printf(page, "%s: %s -> %s", c->path, c->before ? c->before : "not given",
                           c->after);
}

static void tell_variant(mst_page *page, const char *id)
{
    const mst_list *variants = &page->spec->variants;
    const int32_t found = mst_table_find(variants, sizeof(mst_variant_def), id);
    const mst_variant_def *v = found >= 0 ? MST_AT(mst_variant_def, variants, found) : NULL;
    mst_page_words(page, 0, NULL, "Variant %s%s%s%s%s%s", id, v && v->title ? ": " : "",
                   v && v->title ? v->title : "", v && v->why ? " (" : "",
                   v && v->why ? v->why : "", v && v->why ? ")" : "");
}

void mst_page_head(mst_page *page)
{
    const mst_model *m = page->model;
    const int32_t given = m->applied_count;
    const unsigned version = (unsigned)(m->hash & 0xffffffffu);
    if (page->run && page->run->replication > 0)
        mst_page_words(page, 0, NULL,
                       "Replication %u with chance, master seed %llu. Scenario %s, version %08x",
                       page->run->replication, (unsigned long long)page->seed, m->id, version);
    else
        mst_page_words(page, 0, NULL, "Plan run (no chance). Scenario %s, version %08x", m->id,
                       version);
    if (page->scenario->variant)
        tell_variant(page, page->scenario->variant);
    for (int32_t i = 0; i < given && i < CHANGES_ON_TOP; i++) {
        const bool is_last = i + 1 == CHANGES_ON_TOP && given > CHANGES_ON_TOP;
        mst_page_words(page, 2, NULL, "%s%s", change_words(page, &m->applied[i]),
                       is_last ? mst_page_printf(page, " (%d more below)", (int)(given - i - 1))
                               : "");
    }
    if (m->feedback.is_on)
        mst_page_words(
            page, 0, NULL,
            "Feedback on: a drill that is over adds %.3g x visibility to the threat that "
            "rivals of its hosts feel, %.3g x (serials done / planned) to the closeness "
            "of who took part; half of it is gone in %.4g days. They measure "
            "provocation, not willingness to join.",
            m->feedback.k_threat, m->feedback.k_trust, m->feedback.half_life_s / 86400.0);
    if (m->hindsight)
        mst_page_words(page, 0, NULL, "With hindsight: values are used that were not known then.");
}

static void tell_words(mst_page *page)
{
    mst_page_heading(page, "WORDS");
    mst_page_words(page, 11, "margin", "reasons for less reasons against; the answer turns at 0");
    mst_page_words(page, 11, "place",
                   "a ship or aircraft with a role that the drill asks a state to bring");
    mst_page_words(page, 11, "kit",
                   "share of the places filled by role and equipment alone; cap: the "
                   "same with units that can also go, stay and return");
    mst_page_words(page, 11, "score",
                   "a serial counts 1 when done, 0.5 degraded, 0 cancelled; mean over the serials "
                   "planned");
    mst_page_words(page, 11, "est.",
                   "worked out by rule from range and engine power; \"assumed\" is a choice of the "
                   "file");
}

void mst_tell_changes(mst_page *page)
{
    mst_page_heading(page, "CHANGES IN FORCE%s",
                     page->model->applied_count == 0 ? ": none" : " (who made them)");
    for (int32_t i = 0; i < page->model->applied_count; i++) {
        const mst_applied_row *c = &page->model->applied[i];
        mst_page_words(page, 4, "  ", "%s (%s)", change_words(page, c), c->origin);
    }
    if (page->model->drill_count > 0) /* else no table stands above */
        tell_words(page);
}
