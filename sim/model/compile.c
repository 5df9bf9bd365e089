#include "model/build.h"

#include "model/fields.h"
#include "model/spots.h"

#include <math.h>
#include <string.h>

int32_t mst_compile_base_spot(mst_compile *ctx, const mst_ref *base)
{
    const int32_t index = mst_ref_base(ctx->spec, base);
    if (index < 0) {
        mst_diag(ctx->diags, MUSTER_ERROR, base->place.line ? base->place : ctx->place, NULL, NULL,
                 "no base '%s'", base->id ? base->id : "");
        return -1;
    }
    const mst_base_def *def = MST_AT(const mst_base_def, &ctx->spec->bases, index);
    const int32_t spot = mst_spots_find(ctx->model->spot, ctx->model->spot_count, index,
                                        (muster_point){def->sea_lat_deg, def->sea_lon_deg});
    if (spot < 0)
        mst_diag(ctx->diags, MUSTER_ERROR, base->place.line ? base->place : ctx->place, NULL, NULL,
                 "base '%s' has no point in open water (sea_lat_deg, sea_lon_deg)", base->id);
    return spot;
}

/* ---- the whole ----------------------------------------------------------------------------- */

static bool same_wishes(const mst_route_plan *a, const mst_route_plan *b)
{
    if (a->wanted_count != b->wanted_count)
        return false;
    for (int32_t i = 0; i < a->wanted_count; i++) {
        const mst_route_wanted *x = &a->wanted[i], *y = &b->wanted[i];
        if (x->from.lat_deg != y->from.lat_deg || x->from.lon_deg != y->from.lon_deg ||
            x->to.lat_deg != y->to.lat_deg || x->to.lon_deg != y->to.lon_deg)
            return false;
    }
    return true;
}

/* Which route of the book leads from spot to spot, and in which direction. */
static bool build_routes(mst_builder *b, const mst_route_plan *own, const mst_route_book *book)
{
    mst_model *m = b->model;
    const size_t n = (size_t)m->spot_count;
    int32_t *route = MST_NEW(b, int32_t, n * n);
    uint8_t *back = MST_NEW(b, uint8_t, n * n);
    if (!route || !back)
        return false;
    for (size_t i = 0; i < n * n; i++)
        route[i] = -1;
    for (int32_t i = 0; book && i < own->wanted_count; i++) {
        const size_t there = (size_t)own->from[i] * n + (size_t)own->to[i];
        const size_t again = (size_t)own->to[i] * n + (size_t)own->from[i];
        bool backwards = false;
        route[there] = route[again] = mst_route_book_of_wish(book, i, &backwards);
        back[there] = backwards ? 1 : 0;
        back[again] = backwards ? 0 : 1;
    }
    m->route_of = route;
    m->route_back = back;
    return true;
}

static bool build_words(mst_builder *b)
{
    mst_list words;
    if (!mst_words_make(b->spec, b->arena, &words))
        return false;
    b->model->word = words.item;
    b->model->word_count = words.count;
    return true;
}

bool mst_build_observations(mst_builder *b)
{
    const mst_list *list = &b->spec->observations;
    mst_observation_row *row = MST_NEW(b, mst_observation_row, list->count);
    if (!row)
        return false;
    for (int32_t i = 0; i < list->count; i++) {
        const mst_observation_def *def = MST_AT(const mst_observation_def, list, i);
        const int32_t group = mst_ref_group(b->spec, &def->group);
        const int32_t unit = mst_ref_unit(b->spec, &def->unit);
        int32_t base;
        muster_point point;
        row[i] = (mst_observation_row){
            .id = mst_name_of(NULL, &def->item),
            .def = def,
            .group = group < 0 ? -1 : b->group_row[group],
            .unit = unit < 0 ? -1 : b->unit_first[unit],
            .spot = -1,
            .what = def->what,
            .at = def->at,
            .within_m = mst_real_or(def->within_m, 0.0),
        };
        if (mst_observation_place(b->spec, def, &base, &point))
            row[i].spot = mst_spots_find(b->model->spot, b->model->spot_count, base, point);
    }
    b->model->observation = row;
    b->model->observation_count = list->count;
    return true;
}

static bool build_applied(mst_builder *b)
{
    const int32_t count = b->applied ? b->applied->count : 0;
    mst_applied_row *row = MST_NEW(b, mst_applied_row, count);
    if (!row)
        return false;
    for (int32_t i = 0; i < count; i++) {
        const mst_change *change = MST_AT(const mst_change, b->applied, i);
        row[i] = (mst_applied_row){change->path, change->before, change->written, change->origin};
    }
    b->model->applied = row;
    b->model->applied_count = count;
    return true;
}

static void build_constants(const mst_constants_def *given, mst_constants *out)
{
    *out = (mst_constants)MST_CONSTANTS;
    out->lowers[0] = mst_real_or(given->lowers_none, out->lowers[0]);
    out->lowers[1] = mst_real_or(given->lowers_partial, out->lowers[1]);
    out->slows[0] = mst_real_or(given->slows_none, out->slows[0]);
    out->slows[1] = mst_real_or(given->slows_partial, out->slows[1]);
    out->degraded_share = mst_real_or(given->degraded_share, out->degraded_share);
    out->degraded_value = mst_real_or(given->degraded_value, out->degraded_value);
    out->floor_frac = mst_real_or(given->floor_frac, out->floor_frac);
    out->index_ready_need = mst_real_or(given->index_ready_need, out->index_ready_need);
    out->group_wait = mst_time_or(given->group_wait, out->group_wait);
}

static void build_scenario(mst_builder *b)
{
    const mst_scenario_def *s = &b->spec->scenario;
    mst_model *m = b->model;
    m->id = s->id ? s->id : "";
    m->title = s->title ? s->title : m->id;
    m->use = s->use;
    m->hindsight = s->hindsight == 1;
    m->zone_min = mst_zone_min(s->zone_h);
    m->start = s->start.from;
    m->end = s->start.from + mst_time_or(s->horizon, 16 * MUSTER_DAY);
    m->tau = mst_real_or(b->spec->alignment.tau, 0.125);
    build_constants(&b->spec->constants, &m->constant);
    b->general = mst_chance_general(&b->spec->chance);
    mst_chance_fill(b->spec, m->start, m->end, &m->chance);
}

/* In the order in which the parts need each other. */
static bool build_all(mst_builder *b, const mst_route_plan *own, const mst_route_book *book)
{
    b->model->spot = own->spot;
    b->model->spot_count = own->spot_count;
    build_scenario(b);
    return mst_vocabulary_make(b->spec, b->arena, &b->names) && build_words(b) &&
           mst_build_states(b) && mst_build_units(b) && mst_build_drills(b) &&
           mst_build_groups(b) && mst_build_serials(b) && mst_build_rules(b) &&
           mst_build_moving(b) && mst_build_feedback(b) && mst_build_observations(b) &&
           build_applied(b) && build_routes(b, own, book) && mst_build_instances(b);
}

/* Checks again, silently: a spec that was changed since its routes were found (a variant, a point
 * of a sweep) may have new mistakes. Only errors are passed on; warnings were said once. */
static muster_status check_again(const mst_spec *spec, const mst_kinds *kinds,
                                 const muster_memory *memory, muster_diags *diags)
{
    mst_arena scratch;
    muster_diags *found = muster_diags_create(memory);
    if (!found)
        return mst_diag_memory(diags);
    mst_arena_init(&scratch, memory);
    mst_spec_check(spec, kinds, &scratch, found);
    const bool failed = scratch.failed;
    mst_arena_clear(&scratch);
    mst_diags_pass_on(found, true, diags);
    const bool wrong = muster_diags_error_count(found) > 0;
    muster_diags_free(found);
    if (failed)
        return mst_diag_memory(diags);
    return wrong ? MUSTER_MISTAKE : MUSTER_OK;
}

static muster_status fill_model(const mst_spec *spec, const mst_kinds *kinds,
                                const mst_list *applied, const mst_route_plan *plan,
                                const mst_route_book *book, muster_diags *diags, mst_model *model)
{
    /* The plan is made anew: the one given may stem from another spec of the same geography, with
     * other airfields, names and places. Its wishes must be the same, so the book serves both. */
    mst_route_plan own;
    mst_builder b = {.spec = spec,
                     .kinds = kinds,
                     .applied = applied,
                     .model = model,
                     .arena = &model->arena,
                     .streams.arena = &model->arena};
    const muster_status status = mst_route_plan_make(spec, kinds, &model->arena, diags, &own);
    if (status != MUSTER_OK)
        return status;
    if (book && !same_wishes(plan, &own)) {
        mst_diag(diags, MUSTER_ERROR, spec->scenario.item.place, NULL, NULL,
                 "the routes were found for another geography");
        return MUSTER_MISTAKE;
    }
    b.diags = muster_diags_create(model->arena.memory);
    const bool built = b.diags && build_all(&b, &own, book);
    const bool wrong = muster_diags_error_count(b.diags) > 0;
    if (b.diags)
        mst_diags_pass_on(b.diags, false, diags);
    muster_diags_free(b.diags);
    b.diags = NULL;
    if (!built)
        return mst_diag_memory(diags);
    return wrong ? MUSTER_MISTAKE : MUSTER_OK;
}

muster_status mst_model_compile(const mst_spec *spec, const mst_kinds *kinds,
                                const mst_list *applied, uint64_t hash, const mst_route_plan *plan,
                                const mst_route_book *book, const muster_memory *memory,
                                muster_diags *diags, mst_model **out)
{
    *out = NULL;
    muster_status status = check_again(spec, kinds, memory, diags);
    if (status != MUSTER_OK)
        return status;
    mst_model *model = mst_memory_alloc(memory, sizeof *model);
    if (!model)
        return mst_diag_memory(diags);
    memset(model, 0, sizeof *model);
    mst_arena_init(&model->arena, memory);
    model->spec = spec;
    model->kinds = kinds;
    model->book = book;
    model->hash = hash;
    status = fill_model(spec, kinds, applied, plan, book, diags, model);
    if (status != MUSTER_OK) {
        mst_model_free(model);
        return status;
    }
    *out = model;
    return MUSTER_OK;
}
