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

/* What figures, roles and kit are called: for the check as well as for the model. */
static bool build_names(mst_builder *b)
{
    mst_list words;
    if (!mst_vocabulary_make(b->spec, b->arena, &b->names) ||
        !mst_words_make(b->spec, b->arena, &words))
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
    return mst_build_states(b) && mst_build_units(b) && mst_build_drills(b) &&
           mst_build_groups(b) && mst_build_serials(b) && mst_build_rules(b) &&
           mst_build_moving(b) && mst_build_feedback(b) && mst_build_observations(b) &&
           mst_build_injects(b) && build_applied(b) && build_routes(b, own, book) &&
           mst_build_instances(b);
}

/* A spec that was changed since it was read (by a search for flips, say) may have new mistakes. */
static muster_status check_again(mst_builder *b)
{
    mst_arena scratch;
    mst_arena_init(&scratch, b->arena->memory);
    mst_spec_check_errors(b->spec, b->kinds, &b->names, b->model->word_count, &scratch, b->diags);
    const bool failed = scratch.failed;
    mst_arena_clear(&scratch);
    if (failed)
        return MUSTER_WORLD;
    return muster_diags_error_count(b->diags) > 0 ? MUSTER_MISTAKE : MUSTER_OK;
}

/* The plan is made anew: the one given may stem from another spec of the same geography, with
 * other airfields, names and places. Its wishes must be the same, so the book serves both. */
static muster_status plan_again(const mst_builder *b, const mst_route_plan *plan,
                                const mst_route_book *book, mst_route_plan *out)
{
    if (mst_route_plan_make(b->spec, b->kinds, b->arena, NULL, out) != MUSTER_OK)
        return MUSTER_WORLD;
    if (!book || same_wishes(plan, out))
        return MUSTER_OK;
    mst_diag(b->diags, MUSTER_ERROR, b->spec->scenario.item.place, NULL, NULL,
             "the routes were found for another geography");
    return MUSTER_MISTAKE;
}

static muster_status fill_model(mst_builder *b, const mst_route_plan *plan,
                                const mst_route_book *book)
{
    mst_route_plan own;
    if (!b->diags || !build_names(b))
        return MUSTER_WORLD;
    muster_status status = check_again(b);
    if (status == MUSTER_OK)
        status = plan_again(b, plan, book, &own);
    if (status != MUSTER_OK)
        return status;
    if (!build_all(b, &own, book))
        return MUSTER_WORLD;
    return muster_diags_error_count(b->diags) > 0 ? MUSTER_MISTAKE : MUSTER_OK;
}

muster_status mst_model_compile(const mst_spec *spec, const mst_kinds *kinds,
                                const mst_list *applied, uint64_t hash, const mst_route_plan *plan,
                                const mst_route_book *book, const muster_memory *memory,
                                muster_diags *diags, mst_model **out)
{
    *out = NULL;
    mst_model *model = mst_memory_alloc(memory, sizeof *model);
    if (!model)
        return mst_diag_memory(diags);
    memset(model, 0, sizeof *model);
    mst_arena_init(&model->arena, memory);
    model->spec = spec;
    model->kinds = kinds;
    model->book = book;
    model->hash = hash;
    mst_builder b = {.spec = spec,
                     .kinds = kinds,
                     .applied = applied,
                     .model = model,
                     .arena = &model->arena,
                     .streams.arena = &model->arena};
    b.diags = muster_diags_create(memory);
    const muster_status status = fill_model(&b, plan, book);
    if (b.diags)
        mst_diags_pass_on(b.diags, false, diags);
    muster_diags_free(b.diags);
    if (status != MUSTER_OK) {
        mst_model_free(model);
        return status == MUSTER_WORLD ? mst_diag_memory(diags) : status;
    }
    *out = model;
    return MUSTER_OK;
}
