/* A comparison as a document: every figure, seen or not. */
#include "tell/compare.h"

static void add_finding(mst_json *json, const mst_comparison *c, const mst_finding *f)
{
    int32_t count = 0;
    const muster_measure *m = &muster_measures(&count)[f->measure];
    const muster_difference *d = &f->difference;
    char id[160];
    mst_json_object(json, NULL);
    mst_json_whole(json, "alternative", f->alternative);
    mst_json_text(json, "measure", m->name);
    mst_json_text(json, "of", muster_scope_name(m->scope));
    mst_json_text(json, "id",
                  mst_scope_place_id(c->given->model[0]->model, m->scope, f->thing, id));
    mst_json_text(json, "unit", m->unit);
    mst_json_maybe(json, "first", f->first);
    mst_json_maybe(json, "other", f->other);
    mst_json_maybe(json, "difference", f->other - f->first);
    mst_json_bool(json, "seen", f->is_seen);
    if (c->given->sample) {
        mst_json_whole(json, "n", d->count);
        mst_json_maybe(json, "low", d->low);
        mst_json_maybe(json, "high", d->high);
        mst_json_maybe(json, "correlation", d->correlation);
        mst_json_maybe(json, "variance_reduction", d->reduction);
        mst_json_bool(json, "varies", d->sd > 0.0);
        mst_json_maybe(json, "p_holm", f->p);
        mst_json_whole(json, "only_first", d->only_first);
        mst_json_whole(json, "only_other", d->only_other);
    }
    mst_json_end(json);
}

char *mst_comparison_json(mst_comparison *c, muster_diags *diags)
{
    const muster_comparison *given = c->given;
    mst_json *json = mst_json_create(given->memory);
    mst_json_object(json, NULL);
    mst_json_text(json, "format", "muster-compare");
    mst_json_whole(json, "version", 1);
    mst_json_object(json, "program");
    mst_json_text(json, "name", "muster");
    mst_json_text(json, "version", muster_version());
    mst_json_end(json);
    mst_json_array(json, "alternatives");
    for (int32_t i = 0; i < given->count; i++) {
        mst_json_object(json, NULL);
        mst_json_text(json, "name", given->name[i]);
        mst_json_text(json, "scenario", given->model[i]->model->id);
        mst_json_hash(json, "hash", given->model[i]->model->hash);
        mst_json_end(json);
    }
    mst_json_end(json);
    mst_json_text(json, "settings", given->settings ? given->settings : "");
    if (given->sample) {
        mst_json_whole(json, "replications", muster_sample_count(given->sample));
        mst_json_seed(json, "seed", muster_sample_seed(given->sample, 0));
        mst_json_real(json, "level", 0.95);
    }
    mst_json_array(json, "figures");
    for (int32_t i = 0; i < c->finding_count; i++)
        add_finding(json, c, &c->finding[i]);
    mst_json_end(json);
    mst_json_end(json);
    const muster_memory *memory = given->memory;
    mst_text_clear(&c->page.text);
    char *out = mst_page_document(&c->page, json, memory, diags);
    mst_arena_clear(&c->page.arena);
    return out;
}
