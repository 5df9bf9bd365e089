/* What a store holds, as a document. */
#include "muster/analyze.h"

#include "experiment/experiment.h"

#include <inttypes.h>
#include <string.h>

/* Where runs are given out by what they show, only going through it tells how many are missing. */
static muster_status tell_selection(muster_store *store, muster_diags *diags,
                                    muster_section *section)
{
    const muster_experiment_head *h = muster_store_head(store);
    muster_selection_state state;
    char words[MST_SELECTION_BYTES];
    const muster_status status = muster_store_selection(store, diags, &state);
    if (status != MUSTER_OK)
        return status;
    mst_selection_words(&h->selection, muster_store_response(store, h->selection.response), words);
    muster_section_say(section, "It selects a point: %s.", words);
    if (state.is_done)
        muster_section_say(section, "The selection is done after %d looks: %s.", (int)state.looks,
                           state.ends);
    else
        muster_section_say(section,
                           "The selection goes on: after %d looks %d of %" PRId64
                           " points are in; the next look waits for %" PRId64 " runs.",
                           (int)state.looks, (int)state.in, h->points, state.left);
    return MUSTER_OK;
}

static void tell_counts(const muster_store_counts *c, const muster_experiment_head *h,
                        muster_section *section)
{
    const int64_t wanted = h->points * (h->replications > 0 ? h->replications : 1);
    if (h->selection.kind != MUSTER_SELECT_NONE)
        muster_section_say(section, "%" PRId64 " runs of %" PRId64 " points are there.", c->runs,
                           h->points);
    else if (c->runs >= wanted)
        muster_section_say(section, "It is whole: all %" PRId64 " runs are there.", wanted);
    else
        muster_section_say(section,
                           "%" PRId64 " of %" PRId64 " runs are there (%.1f %%); %" PRId64
                           " of %" PRId64 " points have all their replications.",
                           c->runs, wanted, 100.0 * (double)c->runs / (double)wanted,
                           c->whole_points, h->points);
    if (c->least != c->most && h->replications > 0)
        muster_section_say(section, "The points have %d to %d replications.", (int)c->least,
                           (int)c->most);
    if (c->failed > 0)
        muster_section_say(section, "%" PRId64 " runs failed; the first: %s", c->failed,
                           c->message);
    if (c->kinds > 1)
        muster_section_say(
            section,
            "Its runs come from %d unlike kinds of machine or build: the last digits "
            "may differ.",
            (int)c->kinds);
    if (*c->part && strcmp(c->part, "1/1") != 0)
        muster_section_say(section, "It is part %s; muster merge puts the parts together.",
                           c->part);
    else if (h->selection.kind == MUSTER_SELECT_NONE && c->runs < wanted && c->shards <= 1)
        muster_section_say(section, "The same muster sweep runs what is missing.");
    if (c->shards > 1)
        muster_section_say(section, "It was put together from %d parts.", (int)c->shards);
}

muster_status muster_store_tell(muster_store *store, const char *path, muster_diags *diags,
                                muster_document **out)
{
    muster_store_counts counts;
    *out = NULL;
    muster_status status = muster_store_count(store, diags, &counts);
    if (status != MUSTER_OK)
        return status;
    const muster_experiment_head *h = muster_store_head(store);
    muster_document *document = muster_document_create(h->title, NULL);
    muster_document_about(document, "store", "%s", path);
    muster_document_about(document, "experiment", "%s", h->id);
    muster_document_about(document, "scenario", "%s (%s)%s%s", h->scenario_id, h->scenario,
                          *h->base ? ", " : "", h->base);
    muster_document_about(document, "method", "%s: %s", h->method, h->built);
    muster_document_about(document, "master seed", "%" PRIu64, h->seed);
    muster_document_about(document, "plan", "%016" PRIx64 " of scenario %016" PRIx64, h->plan_hash,
                          h->scenario_hash);
    muster_section *section = muster_section_add(document, "runs", "Runs");
    tell_counts(&counts, h, section);
    if (h->selection.kind != MUSTER_SELECT_NONE)
        status = tell_selection(store, diags, section);
    if (status != MUSTER_OK) {
        muster_document_free(document);
        return status;
    }
    *out = document;
    return MUSTER_OK;
}
