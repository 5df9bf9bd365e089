/* A scenario: read, changed, finished, and every change that it names looked at. */
#include "load/scenario.h"

#include "base/hash.h"
#include "load/reader.h"
#include "model/compile.h"
#include "model/ledger.h"
#include "model/rulings.h"
#include "model/walk.h"
#include "outcome/outcome.h"

#include <stdio.h>
#include <string.h>

/* ---- changes ------------------------------------------------------------------------------ */

/* A change of a variant is made before dated events, unless the variant says that it holds. */
static bool yields(const mst_variant_def *variant, const char *path)
{
    for (int32_t i = 0; variant && i < variant->over_timeline.count; i++)
        if (strcmp(*MST_AT(const char *const, &variant->over_timeline, i), path) == 0)
            return false;
    return variant != NULL;
}

/* variant: the one of the file in which the line stands; null: it comes from elsewhere. */
static void make_change(muster_scenario *s, const char *line, const char *origin,
                        const mst_variant_def *variant, muster_diags *diags)
{
    const mst_place place = variant ? variant->item.place : (mst_place){NULL, 0};
    mst_change change;
    if (!mst_change_read(&s->spec, &s->arena, s->kinds, line, origin, place, diags, &change) ||
        !mst_spec_apply(&s->spec, &s->arena, &change, diags))
        return;
    mst_change *kept = mst_list_add(&s->arena, &s->changes, sizeof *kept);
    if (!kept)
        return; /* the arena remembers */
    mst_fact *fact = MST_AT(mst_fact, &s->spec.facts, s->spec.facts.count - 1); /* of this change */
    fact->known_by = variant ? variant->known_by.from : MUSTER_NEVER;
    fact->has_known_by = fact->known_by != MUSTER_NEVER;
    change.yields_to_dated = yields(variant, change.path);
    *kept = change;
    s->hash = mst_hash_text(mst_hash_text(s->hash, change.path), change.written);
}

static const mst_variant_def *find_variant(muster_scenario *s, const char *id, muster_diags *diags)
{
    const mst_list *variants = &s->spec.variants;
    const int32_t index = mst_table_find(variants, sizeof(mst_variant_def), id);
    if (index >= 0)
        return MST_AT(const mst_variant_def, variants, index);
    if (!mst_facts_spoilt(&s->spec.facts, mst_arena_printf(&s->arena, "variants.%s", id)))
        mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, NULL,
                 mst_hint_ids(&s->arena, variants, sizeof(mst_variant_def), id), "no variant '%s'",
                 id);
    return NULL;
}

static void make_variant(muster_scenario *s, const char *id, muster_diags *diags)
{
    const mst_variant_def *variant = find_variant(s, id, diags);
    const char *origin = variant ? mst_arena_printf(&s->arena, "variant %s", id) : NULL;
    if (!origin)
        return;
    s->variant = variant->item.id;
    for (int32_t i = 0; i < variant->changes.count; i++)
        make_change(s, *MST_AT(const char *const, &variant->changes, i), origin, variant, diags);
}

static void make_changes(muster_scenario *s, const muster_changes *changes, muster_diags *diags)
{
    if (changes && changes->variant)
        make_variant(s, changes->variant, diags);
    for (int32_t i = 0; changes && i < changes->line_count; i++)
        make_change(s, changes->line[i], "--set", NULL, diags);
}

/* ---- what the file says about changes, whether they are made or not ----------------------- */

static bool look_at_line(muster_scenario *s, const char *line, const char *origin, mst_place place,
                         muster_diags *diags, mst_change *out)
{
    mst_change change;
    mst_spot spot;
    if (!mst_change_read(&s->spec, &s->arena, s->kinds, line, origin, place, diags, &change) ||
        !mst_spec_locate(&s->spec, &s->arena, change.path, place, diags, &spot) ||
        !mst_change_allowed(&s->spec, &s->arena, spot.row, &change, diags))
        return false;
    if (out)
        *out = change;
    return true;
}

static void look_at_lines(muster_scenario *s, const mst_list *lines, const mst_item *owner,
                          muster_diags *diags)
{
    for (int32_t i = 0; i < lines->count; i++)
        (void)look_at_line(s, *MST_AT(const char *const, lines, i), "", owner->place, diags, NULL);
}

static bool sets(const char *line, const char *path)
{
    const size_t length = strlen(path);
    line += strspn(line, " \t\r\n");
    return strncmp(line, path, length) == 0 &&
           line[length + strspn(line + length, " \t\r\n")] == '=';
}

/* What is to hold against dated events has to be set. */
static void look_at_holding(const mst_variant_def *variant, muster_diags *diags)
{
    for (int32_t i = 0; i < variant->over_timeline.count; i++) {
        const char *path = *MST_AT(const char *const, &variant->over_timeline, i);
        int32_t k = 0;
        while (k < variant->changes.count &&
               !sets(*MST_AT(const char *const, &variant->changes, k), path))
            k++;
        if (k == variant->changes.count)
            mst_diag(diags, MUSTER_ERROR, variant->item.place, NULL,
                     "a path of 'changes', as it is written there",
                     "'over_timeline' of the variant '%s' names '%.120s', which it does not set",
                     variant->item.id, path);
    }
}

/* An addition has no range of its own: what comes of it has. */
static bool look_at_addition(muster_scenario *s, const char *line, mst_place place,
                             muster_diags *diags, mst_change *out)
{
    mst_spot spot;
    mst_change change;
    if (!mst_change_read(&s->spec, &s->arena, s->kinds, line, "timeline", place, diags, &change) ||
        !mst_spec_locate(&s->spec, &s->arena, change.path, place, diags, &spot))
        return false;
    const muster_field anything = {.key = spot.row->key, .kind = MUSTER_FIELD_REAL};
    if ((spot.row->kind == MUSTER_FIELD_REAL || spot.row->kind == MUSTER_FIELD_NUMBERS) &&
        !mst_field_check(&anything, &change.value, place, change.path, diags))
        return false;
    *out = change;
    return true;
}

/* Changes of the timeline are made while the drill runs: the model takes them as they are read
 * here. */
static void read_dated(muster_scenario *s, mst_dated_def *entry, muster_diags *diags)
{
    const int32_t sets = entry->changes.count, count = sets + entry->adds.count;
    mst_change *made = mst_arena_array(&s->arena, (size_t)count + 1, sizeof *made);
    if (!made)
        return; /* the arena remembers */
    for (int32_t i = 0; i < sets; i++)
        (void)look_at_line(s, *MST_AT(const char *const, &entry->changes, i), "timeline",
                           entry->item.place, diags, &made[i]);
    for (int32_t i = sets; i < count; i++)
        (void)look_at_addition(s, *MST_AT(const char *const, &entry->adds, i - sets),
                               entry->item.place, diags, &made[i]);
    entry->read = (mst_list){.item = made, .count = count, .capacity = count};
    entry->add_count = count - sets;
}

/* Those of an inject likewise, whether it is thrown in or not: a change may do that later. */
static void read_inject(muster_scenario *s, mst_inject_def *inject, muster_diags *diags)
{
    const int32_t count = inject->changes.count;
    mst_change *made = mst_arena_array(&s->arena, (size_t)count + 1, sizeof *made);
    const char *origin =
        mst_arena_printf(&s->arena, "inject %s", inject->item.id ? inject->item.id : "");
    if (!made || !origin)
        return; /* the arena remembers */
    for (int32_t i = 0; i < count; i++)
        (void)look_at_line(s, *MST_AT(const char *const, &inject->changes, i), origin,
                           inject->item.place, diags, &made[i]);
    inject->read = (mst_list){.item = made, .count = count, .capacity = count};
}

static void look_at_changes(muster_scenario *s, muster_diags *diags)
{
    const mst_spec *spec = &s->spec;
    for (int32_t i = 0; i < spec->variants.count; i++) {
        const mst_variant_def *it = MST_AT(const mst_variant_def, &spec->variants, i);
        look_at_lines(s, &it->changes, &it->item, diags);
        look_at_holding(it, diags);
    }
    for (int32_t i = 0; i < spec->timeline.count; i++)
        read_dated(s, MST_AT(mst_dated_def, &spec->timeline, i), diags);
    for (int32_t i = 0; i < spec->injects.count; i++)
        read_inject(s, MST_AT(mst_inject_def, &spec->injects, i), diags);
    for (int32_t i = 0; i < spec->levers.count; i++) {
        const mst_lever_def *it = MST_AT(const mst_lever_def, &spec->levers, i);
        for (int32_t k = 0; k < it->with.count; k++) {
            const char *line = *MST_AT(const char *const, &it->with, k);
            if (strchr(line, '='))
                (void)look_at_line(s, line, "", it->item.place, diags, NULL);
        }
    }
    for (int32_t i = 0; i < spec->alignment.codings.count; i++) {
        const mst_coding_def *it = MST_AT(const mst_coding_def, &spec->alignment.codings, i);
        look_at_lines(s, &it->changes, &it->item, diags);
    }
}

/* Changes that are not made because the file has mistakes may have some of their own. */
static void look_at_wishes(muster_scenario *s, const muster_changes *changes, muster_diags *diags)
{
    if (changes && changes->variant)
        (void)find_variant(s, changes->variant, diags);
    for (int32_t i = 0; changes && i < changes->line_count; i++)
        (void)look_at_line(s, changes->line[i], "--set", (mst_place){NULL, 0}, diags, NULL);
}

/* ---- the whole ----------------------------------------------------------------------------- */

/* diags is empty at first. All mistakes are reported, whatever stage finds them; changes are made only to a file that could
 * be read. False: it could not even be parsed. */
static bool read_all(muster_scenario *s, const muster_source_text *text,
                     const muster_changes *changes, muster_diags *diags)
{
    bool parsed = false;
    const bool read = mst_read_text(text, mst_fields_root, &s->spec, &s->arena, s->kinds,
                                    &s->spec.facts, diags, &parsed);
    if (!parsed)
        return false; /* a syntax error stands alone */
    mst_spec_index(&s->spec, &s->arena);
    mst_ledger_open(&s->spec, &s->arena);
    mst_rulings_open(&s->spec, &s->arena);
    if (read)
        make_changes(s, changes, diags);
    mst_ledger_add_up(&s->spec);
    (void)mst_spec_finish(&s->spec, &s->arena, diags);
    if (!read)
        look_at_wishes(s, changes, diags);
    look_at_changes(s, diags);
    mst_spec_check(&s->spec, s->kinds, &s->arena, diags);
    mst_expect_names(&s->spec, &s->arena, diags); /* here: the model knows no measures */
    s->is_faulty = muster_diags_error_count(diags) > 0;
    return true;
}

muster_status muster_scenario_read(const muster_source_text *text, const muster_changes *changes,
                                   const muster_memory *memory, muster_diags *diags,
                                   muster_scenario **out)
{
    *out = NULL;
    muster_scenario *scenario = mst_memory_alloc(memory, sizeof *scenario);
    if (!scenario)
        return mst_diag_memory(diags);
    memset(scenario, 0, sizeof *scenario);
    mst_arena_init(&scenario->arena, mst_memory_keep(&scenario->memory, memory));
    scenario->kinds = mst_kinds_all();
    scenario->hash = muster_source_text_hash(text);
    muster_diags *found = muster_diags_create(memory);
    const bool parsed = found && read_all(scenario, text, changes, found);
    if (found)
        mst_diags_pass_on(found, false, diags);
    const bool short_of_memory = scenario->arena.failed || !found;
    muster_diags_free(found);
    if (parsed && !scenario->arena.failed) {
        *out = scenario;
        return scenario->is_faulty ? MUSTER_MISTAKE : MUSTER_OK;
    }
    muster_scenario_free(scenario);
    return short_of_memory ? mst_diag_memory(diags) : MUSTER_MISTAKE;
}

void muster_scenario_free(muster_scenario *scenario)
{
    if (!scenario)
        return;
    const muster_memory memory = scenario->memory;
    mst_arena_clear(&scenario->arena);
    mst_memory_free(&memory, scenario);
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
        } else if (!fact->source && fact->confidence != MUSTER_ASSUMED &&
                   fact->confidence != MUSTER_ESTIMATED) {
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
