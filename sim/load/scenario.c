/* A scenario: read, changed, finished, and every change that it names looked at. */
#include "load/scenario.h"

#include "base/hash.h"
#include "load/reader.h"

#include <stdio.h>
#include <string.h>

/* ---- changes ------------------------------------------------------------------------------ */

static bool make_change(muster_scenario *s, const char *line, const char *origin, mst_place place,
                        muster_diags *diags)
{
    mst_change change;
    if (!mst_change_read(&s->spec, &s->arena, s->kinds, line, origin, place, diags, &change) ||
        !mst_spec_apply(&s->spec, &s->arena, &change, diags))
        return false;
    mst_change *kept = mst_list_add(&s->arena, &s->changes, sizeof *kept);
    if (!kept)
        return false;
    *kept = change;
    s->hash = mst_hash_text(mst_hash_text(s->hash, change.path), change.written);
    return true;
}

static bool make_variant(muster_scenario *s, const char *id, muster_diags *diags)
{
    const mst_list *variants = &s->spec.variants;
    const int32_t index = mst_table_find(variants, sizeof(mst_variant_def), id);
    if (index < 0) {
        mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, NULL,
                 mst_hint_ids(&s->arena, variants, sizeof(mst_variant_def), id), "no variant '%s'",
                 id);
        return false;
    }
    const mst_variant_def *variant = MST_AT(const mst_variant_def, variants, index);
    const char *origin = mst_arena_printf(&s->arena, "variant %s", id);
    bool good = origin != NULL;
    s->variant = variant->item.id;
    for (int32_t i = 0; origin && i < variant->changes.count; i++)
        good &= make_change(s, *MST_AT(const char *const, &variant->changes, i), origin,
                            variant->item.place, diags);
    return good;
}

static bool make_changes(muster_scenario *s, const muster_changes *changes, muster_diags *diags)
{
    bool good = true;
    if (changes && changes->variant)
        good = make_variant(s, changes->variant, diags);
    for (int32_t i = 0; changes && i < changes->line_count; i++)
        good &= make_change(s, changes->line[i], "--set", (mst_place){NULL, 0}, diags);
    return good;
}

/* ---- what the file says about changes, whether they are made or not ----------------------- */

static bool look_at_lines(muster_scenario *s, const mst_list *lines, const mst_item *owner,
                          muster_diags *diags)
{
    bool good = true;
    for (int32_t i = 0; i < lines->count; i++) {
        const char *line = *MST_AT(const char *const, lines, i);
        mst_change change;
        mst_spot spot;
        good &= mst_change_read(&s->spec, &s->arena, s->kinds, line, "", owner->place, diags,
                                &change) &&
                mst_spec_locate(&s->spec, &s->arena, change.path, owner->place, diags, &spot) &&
                mst_change_allowed(&s->spec, &s->arena, spot.row, &change, diags);
    }
    return good;
}

static bool look_at_levers(muster_scenario *s, muster_diags *diags)
{
    bool good = true;
    for (int32_t i = 0; i < s->spec.levers.count; i++) {
        const mst_lever_def *lever = MST_AT(const mst_lever_def, &s->spec.levers, i);
        mst_spot spot;
        good &= mst_spec_locate(&s->spec, &s->arena, lever->path, lever->item.place, diags, &spot);
    }
    return good;
}

static bool look_at_changes(muster_scenario *s, muster_diags *diags)
{
    const mst_spec *spec = &s->spec;
    bool good = look_at_levers(s, diags);
    for (int32_t i = 0; i < spec->variants.count; i++) {
        const mst_variant_def *it = MST_AT(const mst_variant_def, &spec->variants, i);
        good &= look_at_lines(s, &it->changes, &it->item, diags);
    }
    for (int32_t i = 0; i < spec->timeline.count; i++) {
        const mst_dated_def *it = MST_AT(const mst_dated_def, &spec->timeline, i);
        good &= look_at_lines(s, &it->changes, &it->item, diags);
    }
    for (int32_t i = 0; i < spec->alignment.codings.count; i++) {
        const mst_coding_def *it = MST_AT(const mst_coding_def, &spec->alignment.codings, i);
        good &= look_at_lines(s, &it->changes, &it->item, diags);
    }
    return good;
}

/* ---- the whole ----------------------------------------------------------------------------- */

/* Mistakes in the file are all reported; changes are made only to a file that could be read. */
static bool read_all(muster_scenario *s, const muster_source_text *text,
                     const muster_changes *changes, muster_diags *diags)
{
    bool parsed = false;
    const bool read = mst_read_text(text, mst_fields_root, &s->spec, &s->arena, s->kinds,
                                    &s->spec.facts, diags, &parsed);
    if (!parsed)
        return false;
    const bool changed = read && make_changes(s, changes, diags);
    const bool finished = mst_spec_finish(&s->spec, &s->arena, diags);
    return read && changed && finished && look_at_changes(s, diags);
}

muster_status muster_scenario_read(const muster_source_text *text, const muster_changes *changes,
                                   const muster_memory *memory, muster_diags *diags,
                                   muster_scenario **out)
{
    muster_scenario *scenario = mst_memory_alloc(memory, sizeof *scenario);
    if (!scenario)
        return mst_diag_memory(diags);
    memset(scenario, 0, sizeof *scenario);
    mst_arena_init(&scenario->arena, memory);
    scenario->kinds = mst_kinds_all();
    scenario->hash = muster_source_text_hash(text);
    const bool good = read_all(scenario, text, changes, diags);
    if (good && !scenario->arena.failed) {
        *out = scenario;
        return MUSTER_OK;
    }
    const bool short_of_memory = scenario->arena.failed;
    muster_scenario_free(scenario);
    return short_of_memory ? mst_diag_memory(diags) : MUSTER_MISTAKE;
}

void muster_scenario_free(muster_scenario *scenario)
{
    if (!scenario)
        return;
    const muster_memory *memory = scenario->arena.memory;
    mst_arena_clear(&scenario->arena);
    mst_memory_free(memory, scenario);
}

uint64_t muster_scenario_hash(const muster_scenario *scenario)
{
    return scenario->hash;
}

const char *muster_scenario_id(const muster_scenario *scenario)
{
    return scenario->spec.scenario.id ? scenario->spec.scenario.id : "";
}

const char *muster_scenario_title(const muster_scenario *scenario)
{
    return scenario->spec.scenario.title ? scenario->spec.scenario.title : "";
}

/* ---- sources -------------------------------------------------------------------------------- */

/* A word that looks like an id of scenario.sources and is none, though another is near. */
static const char *meant_source(const mst_scenario_def *scenario, const char *source)
{
    if (!mst_text_is_id(source) || mst_source_is_assumed(source) ||
        mst_table_find(&scenario->sources, sizeof(mst_source_def), source) >= 0)
        return NULL;
    for (int32_t i = 0; i < scenario->sources.count; i++) {
        const char *id = MST_AT(const mst_source_def, &scenario->sources, i)->item.id;
        if (mst_text_nearest(source, &id, 1) == 0)
            return id;
    }
    return NULL;
}

int32_t muster_scenario_unsourced(const muster_scenario *scenario, muster_diags *diags)
{
    int32_t count = 0;
    for (int32_t i = 0; i < scenario->spec.facts.count; i++) {
        const mst_fact *fact = MST_AT(const mst_fact, &scenario->spec.facts, i);
        if (fact->plain)
            continue;
        const char *meant =
            fact->source ? meant_source(&scenario->spec.scenario, fact->source) : NULL;
        if (meant) {
            char hint[96];
            snprintf(hint, sizeof hint, "did you mean '%.64s'?", meant);
            mst_diag(diags, MUSTER_WARNING, fact->place, fact->path, hint, "'%s': no source '%s'",
                     fact->path, fact->source);
        } else if (!fact->source && fact->confidence != MST_ASSUMED &&
                   fact->confidence != MST_ESTIMATED) {
            mst_diag(diags, MUSTER_WARNING, fact->place, fact->path,
                     "add source = \"...\" to it or its group; \"assumed\" is one",
                     "'%s' = %s has no source", fact->path, fact->written);
        } else {
            continue;
        }
        count++;
    }
    return count;
}
