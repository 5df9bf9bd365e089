/* From scenario to model: routes once a geography, then the compile. */
#include "batch/handles.h"

#include <string.h>

muster_status muster_land_open(const void *bytes, size_t byte_count, const muster_memory *memory,
                               muster_diags *diags, muster_land **out)
{
    *out = NULL;
    if (!bytes && mst_land_byte_count == 0) {
        mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, NULL, "give it the bytes of one first",
                 "there is no land in this build of the library");
        return MUSTER_MISTAKE;
    }
    muster_land *land = mst_memory_alloc(memory, sizeof *land);
    if (!land)
        return mst_diag_memory(diags);
    const muster_memory *own = mst_memory_keep(&land->memory, memory);
    const muster_status status =
        bytes ? mst_land_open(bytes, byte_count, own, diags, &land->land)
              : mst_land_open(mst_land_bytes, mst_land_byte_count, own, diags, &land->land);
    if (status != MUSTER_OK) {
        mst_memory_free(memory, land);
        return status;
    }
    *out = land;
    return MUSTER_OK;
}

muster_status muster_land_crop(const muster_land *land, double west, double east, double south,
                               double north, const muster_memory *memory, muster_diags *diags,
                               unsigned char **bytes, size_t *count)
{
    return mst_land_crop(land->land, west, east, south, north, memory, diags, bytes, count);
}

void muster_land_free(muster_land *land)
{
    if (!land)
        return;
    const muster_memory memory = land->memory;
    mst_land_free(land->land);
    mst_memory_free(&memory, land);
}

/* A scenario with mistakes has no routes, but its places may be wrong as well. */
static muster_status check_places(const muster_scenario *scenario, const muster_land *land,
                                  const muster_memory *memory, muster_diags *diags)
{
    mst_arena scratch;
    mst_route_plan plan;
    mst_arena_init(&scratch, memory);
    muster_status status =
        mst_route_plan_make(&scenario->spec, scenario->kinds, &scratch, diags, &plan);
    if (status == MUSTER_OK) {
        (void)mst_route_ends_check(land->land, plan.wanted, plan.wanted_count, diags);
        status = MUSTER_MISTAKE;
    }
    mst_arena_clear(&scratch);
    return status;
}

/* What the book and its scenario share: the plan of what is wanted. */
static muster_status open_routes(const muster_scenario *scenario, const muster_land *land,
                                 const muster_memory *memory, muster_diags *diags,
                                 muster_routes **out)
{
    muster_routes *routes = mst_memory_alloc(memory, sizeof *routes);
    *out = routes;
    if (!routes)
        return mst_diag_memory(diags);
    memset(routes, 0, sizeof *routes);
    mst_arena_init(&routes->arena, mst_memory_keep(&routes->memory, memory));
    routes->land = land;
    return mst_route_plan_make(&scenario->spec, scenario->kinds, &routes->arena, diags,
                               &routes->plan);
}

muster_status muster_routes_find(const muster_scenario *scenario, const muster_land *land,
                                 const muster_memory *memory, muster_diags *diags,
                                 muster_routes **out)
{
    *out = NULL;
    if (scenario->is_faulty)
        return check_places(scenario, land, memory, diags);
    muster_routes *routes = NULL;
    muster_status status = open_routes(scenario, land, memory, diags, &routes);
    if (status == MUSTER_OK)
        status = mst_route_book_build(land->land, &routes->plan.geography, routes->plan.wanted,
                                      routes->plan.wanted_count, routes->arena.memory, diags,
                                      &routes->book);
    if (status != MUSTER_OK) {
        muster_routes_free(routes);
        return status;
    }
    *out = routes;
    return MUSTER_OK;
}

muster_status muster_routes_write(const muster_routes *routes, const muster_memory *memory,
                                  unsigned char **bytes, size_t *count)
{
    *count = 0;
    *bytes = mst_route_book_write(routes->book, memory, count);
    return *bytes ? MUSTER_OK : MUSTER_WORLD;
}

muster_status muster_routes_read(const void *bytes, size_t count, const muster_scenario *scenario,
                                 const muster_land *land, const muster_memory *memory,
                                 muster_diags *diags, muster_routes **out)
{
    *out = NULL;
    if (scenario->is_faulty) {
        mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, NULL, NULL,
                 "the scenario has mistakes: it has no routes");
        return MUSTER_MISTAKE;
    }
    muster_routes *routes = NULL;
    muster_status status = open_routes(scenario, land, memory, diags, &routes);
    if (status == MUSTER_OK)
        status = mst_route_book_read(bytes, count, land->land, &routes->plan.geography,
                                     routes->plan.wanted, routes->plan.wanted_count,
                                     routes->arena.memory, diags, &routes->book);
    if (status != MUSTER_OK) {
        muster_routes_free(routes);
        return status;
    }
    *out = routes;
    return MUSTER_OK;
}

void muster_bytes_free(unsigned char *bytes, const muster_memory *memory)
{
    mst_memory_free(memory, bytes);
}

void muster_routes_free(muster_routes *routes)
{
    if (!routes)
        return;
    const muster_memory memory = routes->memory;
    mst_route_book_free(routes->book);
    mst_arena_clear(&routes->arena);
    mst_memory_free(&memory, routes);
}

bool muster_routes_fit(const muster_routes *routes, const muster_scenario *scenario)
{
    mst_arena scratch;
    mst_route_plan plan;
    mst_arena_init(&scratch, routes->arena.memory);
    const bool fits =
        mst_route_plan_make(&scenario->spec, scenario->kinds, &scratch, NULL, &plan) == MUSTER_OK &&
        mst_route_book_key(routes->land->land, &plan.geography, plan.wanted, plan.wanted_count) ==
            mst_route_book_hash(routes->book);
    mst_arena_clear(&scratch);
    return fits;
}

muster_status muster_model_create(const muster_scenario *scenario, const muster_routes *routes,
                                  const muster_memory *memory, muster_diags *diags,
                                  muster_model **out)
{
    *out = NULL;
    if (scenario->is_faulty)
        return MUSTER_MISTAKE;
    muster_model *model = mst_memory_alloc(memory, sizeof *model);
    if (!model)
        return mst_diag_memory(diags);
    memset(model, 0, sizeof *model);
    model->scenario = scenario;
    const muster_memory *own = mst_memory_keep(&model->memory, memory);
    const muster_status status =
        mst_model_compile(&scenario->spec, scenario->kinds, &scenario->changes, scenario->hash,
                          &routes->plan, routes->book, own, diags, &model->model);
    if (status != MUSTER_OK) {
        mst_memory_free(memory, model);
        return status;
    }
    *out = model;
    return MUSTER_OK;
}

void muster_model_free(muster_model *model)
{
    if (!model)
        return;
    const muster_memory memory = model->memory;
    mst_model_free(model->model);
    mst_memory_free(&memory, model);
}
