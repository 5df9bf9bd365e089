/* A sweep: the scenario that points start from, and what can be asked of it. */
#include "batch/sweep.h"

#include "base/text.h"
#include "base/units.h"
#include "model/walk.h"
#include "outcome/outcome.h"

#include <math.h>
#include <string.h>

static muster_status open_all(muster_sweep *d, const muster_memory *memory, muster_diags *diags)
{
    muster_status status =
        muster_scenario_read(d->from.text, d->from.changes, memory, diags, &d->scenario);
    if (status == MUSTER_OK)
        status = muster_routes_find(d->scenario, d->from.land, memory, diags, &d->routes);
    if (status == MUSTER_OK)
        status = muster_model_create(d->scenario, d->routes, memory, diags, &d->model);
    return status;
}

muster_status muster_sweep_create(const muster_sweep_from *from, const muster_memory *memory,
                                  muster_diags *diags, muster_sweep **out)
{
    *out = NULL;
    muster_sweep *sweep = mst_memory_alloc(memory, sizeof *sweep);
    if (!sweep)
        return mst_diag_memory(diags);
    memset(sweep, 0, sizeof *sweep);
    const muster_memory *own = mst_memory_keep(&sweep->memory, memory);
    mst_arena_init(&sweep->arena, own);
    sweep->from = *from;
    const muster_status status = open_all(sweep, own, diags);
    if (status != MUSTER_OK) {
        muster_sweep_free(sweep);
        return status;
    }
    *out = sweep;
    return MUSTER_OK;
}

void muster_sweep_free(muster_sweep *sweep)
{
    if (!sweep)
        return;
    const muster_memory memory = sweep->memory;
    muster_model_free(sweep->model);
    muster_routes_free(sweep->routes);
    muster_scenario_free(sweep->scenario);
    mst_arena_clear(&sweep->arena);
    mst_memory_free(&memory, sweep);
}

const muster_scenario *muster_sweep_scenario(const muster_sweep *sweep)
{
    return sweep->scenario;
}

const muster_model *muster_sweep_model(const muster_sweep *sweep)
{
    return sweep->model;
}

uint64_t muster_sweep_land_hash(const muster_sweep *sweep)
{
    return mst_land_hash(sweep->from.land->land);
}

/* ---- settings ------------------------------------------------------------------------------------- */

static bool is_single(muster_field_kind kind)
{
    return kind == MUSTER_FIELD_REAL || kind == MUSTER_FIELD_INT || kind == MUSTER_FIELD_BOOL ||
           kind == MUSTER_FIELD_TEXT || kind == MUSTER_FIELD_CHOICE ||
           kind == MUSTER_FIELD_REFERENCE || kind == MUSTER_FIELD_MOMENT ||
           kind == MUSTER_FIELD_DURATION || kind == MUSTER_FIELD_NUMBERS;
}

/* A key may end in another unit of the same quantity than its row. */
static const char *unit_of(const mst_spot *spot, const char *path)
{
    const size_t length = strlen(path);
    if (!spot->row->unit || spot->si == mst_field_si(spot->row))
        return spot->row->unit ? spot->row->unit : "";
    for (const mst_unit_suffix *unit = mst_unit_suffixes; unit->suffix; unit++) {
        const size_t end = strlen(unit->suffix);
        if (length > end && strcmp(path + length - end, unit->suffix) == 0)
            return unit->symbol;
    }
    return spot->row->unit;
}

muster_status muster_sweep_factor(muster_sweep *sweep, const char *path, muster_place place,
                                  muster_diags *diags, muster_factor_spot *out)
{
    mst_spot spot;
    if (!mst_spec_locate(&sweep->scenario->spec, &sweep->arena, path, place, diags, &spot))
        return sweep->arena.failed ? mst_diag_memory(diags) : MUSTER_MISTAKE;
    if (!is_single(spot.row->kind)) {
        mst_diag(diags, MUSTER_ERROR, place, path, NULL,
                 "'%s' is no single value: a factor sets one", path);
        return MUSTER_MISTAKE;
    }
    const bool is_ranged = spot.row->min != 0.0 || spot.row->max != 0.0;
    const double scale = mst_field_si(spot.row) / spot.si; /* range_km is of a row in nm */
    *out = (muster_factor_spot){
        .kind = spot.row->kind == MUSTER_FIELD_NUMBERS ? MUSTER_FIELD_REAL : spot.row->kind,
        .unit = spot.row->kind == MUSTER_FIELD_DURATION ? "h" : unit_of(&spot, path),
        .standing = mst_spot_in_force(&sweep->scenario->spec, &sweep->arena, path, &spot),
        .least = is_ranged ? spot.row->min * scale : -(double)INFINITY,
        .most = is_ranged ? spot.row->max * scale : (double)INFINITY,
        .moves_geography = (spot.row->flags & MUSTER_FIELD_GEOGRAPHY) != 0};
    return sweep->arena.failed ? mst_diag_memory(diags) : MUSTER_OK;
}

muster_status muster_sweep_lever(const muster_sweep *sweep, const char *id, muster_place place,
                                 muster_diags *diags, muster_lever *out)
{
    const mst_list *levers = &sweep->scenario->spec.levers;
    const int32_t index = mst_table_find(levers, sizeof(mst_lever_def), id);
    if (index < 0) {
        mst_arena scratch;
        mst_arena_init(&scratch, sweep->arena.memory);
        mst_diag(diags, MUSTER_ERROR, place, NULL,
                 mst_hint_ids(&scratch, levers, sizeof(mst_lever_def), id), "no lever '%s'", id);
        mst_arena_clear(&scratch);
        return MUSTER_MISTAKE;
    }
    const mst_lever_def *def = MST_AT(const mst_lever_def, levers, index);
    *out = (muster_lever){.id = def->item.id,
                          .path = def->path,
                          .label = def->label ? def->label : def->item.id,
                          .unit = def->unit ? def->unit : "",
                          .min = def->min,
                          .max = def->max,
                          .step = def->step,
                          .choice = def->choices.item,
                          .choice_count = def->choices.count,
                          .with = def->with.item,
                          .with_count = def->with.count,
                          .source = def->item.source};
    return MUSTER_OK;
}

muster_status muster_sweep_variant(const muster_sweep *sweep, const char *id, muster_place place,
                                   muster_diags *diags, const char *const **out_line,
                                   int32_t *out_count)
{
    const mst_list *variants = &sweep->scenario->spec.variants;
    const int32_t index = mst_table_find(variants, sizeof(mst_variant_def), id);
    if (index < 0) {
        mst_arena scratch;
        mst_arena_init(&scratch, sweep->arena.memory);
        mst_diag(diags, MUSTER_ERROR, place, NULL,
                 mst_hint_ids(&scratch, variants, sizeof(mst_variant_def), id), "no variant '%s'",
                 id);
        mst_arena_clear(&scratch);
        return MUSTER_MISTAKE;
    }
    const mst_variant_def *def = MST_AT(const mst_variant_def, variants, index);
    *out_line = def->changes.item;
    *out_count = def->changes.count;
    return MUSTER_OK;
}

/* ---- columns -------------------------------------------------------------------------------------- */

static int32_t measure_named(const muster_measure *all, int32_t count, const char *name,
                             size_t length)
{
    for (int32_t i = 0; i < count; i++)
        if (strlen(all[i].name) == length && strncmp(all[i].name, name, length) == 0)
            return i;
    return -1;
}

static void tell_no_measure(muster_sweep *sweep, const muster_measure *all, int32_t count,
                            const char *name, muster_place place, muster_diags *diags)
{
    const char **names = mst_arena_array(&sweep->arena, (size_t)count, sizeof *names);
    for (int32_t i = 0; names && i < count; i++)
        names[i] = all[i].name;
    const int32_t near = names ? mst_text_nearest(name, names, count) : -1;
    mst_diag(diags, MUSTER_ERROR, place, NULL,
             near >= 0 ? mst_arena_printf(&sweep->arena, "did you mean '%s'?", names[near])
                       : "muster list measures names them",
             "no measure '%s'", name);
}

static bool is_meant(const char *id, const char *wanted)
{
    const char *slash = strrchr(id, '/');
    return strcmp(id, wanted) == 0 || (slash && strcmp(slash + 1, wanted) == 0);
}

/* As people write it: the last part alone, where that tells it from all others. */
static const char *short_id(const char *const *ids, int32_t count, int32_t of)
{
    const char *slash = strrchr(ids[of], '/');
    for (int32_t i = 0; slash && i < count; i++)
        if (i != of && is_meant(ids[i], slash + 1))
            return ids[of];
    return slash ? slash + 1 : ids[of];
}

static void tell_no_thing(muster_sweep *sweep, const muster_measure *m, const char *wanted,
                          int32_t things, muster_place place, muster_diags *diags)
{
    const char **ids = mst_arena_array(&sweep->arena, (size_t)things + 1, sizeof *ids);
    const char **names = mst_arena_array(&sweep->arena, (size_t)things + 1, sizeof *names);
    char id[160];
    bool is_good = ids && names;
    for (int32_t i = 0; is_good && i < things; i++) {
        ids[i] =
            mst_arena_text(&sweep->arena, mst_scope_place_id(sweep->model->model, m->scope, i, id));
        is_good = ids[i] != NULL;
    }
    for (int32_t i = 0; is_good && i < things; i++)
        names[i] = short_id(ids, things, i);
    mst_diag(diags, MUSTER_ERROR, place, NULL,
             is_good ? mst_hint(&sweep->arena, "there are", wanted, names, things) : NULL,
             things == 0 ? "'%s' is of each %s, and there is none: no '%s'"
                         : "'%s' is of each %s: there is no '%s'",
             m->name, muster_scope_name(m->scope), wanted);
}

muster_status muster_sweep_columns(muster_sweep *sweep, const char *word, muster_place place,
                                   muster_diags *diags, muster_column *out, int32_t most,
                                   int32_t *out_count)
{
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    const char *colon = strchr(word, ':');
    const size_t length = colon ? (size_t)(colon - word) : strlen(word);
    const char *wanted = colon ? colon + 1 : "*";
    const int32_t measure = measure_named(all, count, word, length);
    *out_count = 0;
    if (measure < 0) {
        tell_no_measure(sweep, all, count,
                        colon ? mst_arena_printf(&sweep->arena, "%.*s", (int)length, word) : word,
                        place, diags);
        return sweep->arena.failed ? mst_diag_memory(diags) : MUSTER_MISTAKE;
    }
    const int32_t things = mst_scope_places(sweep->model->model, all[measure].scope);
    for (int32_t i = 0; i < things; i++) {
        char id[160];
        (void)mst_scope_place_id(sweep->model->model, all[measure].scope, i, id);
        if (strcmp(wanted, "*") != 0 && !is_meant(id, wanted))
            continue;
        if (*out_count < most)
            out[*out_count] =
                (muster_column){.measure = measure, .thing = mst_arena_text(&sweep->arena, id)};
        ++*out_count;
    }
    if (*out_count == 0)
        tell_no_thing(sweep, &all[measure], wanted, things, place, diags);
    return sweep->arena.failed ? mst_diag_memory(diags)
           : *out_count > 0    ? MUSTER_OK
                               : MUSTER_MISTAKE;
}

bool muster_settings_add(muster_settings *point, const char *path, const char *value)
{
    const size_t bytes = strlen(value) + 1;
    if (point->count >= MUSTER_SETTINGS_MAX || bytes > sizeof point->room - point->used)
        return false;
    memcpy(point->room + point->used, value, bytes);
    point->setting[point->count++] = (muster_setting){path, point->room + point->used};
    point->used += bytes;
    return true;
}
