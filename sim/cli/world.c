#include "cli/world.h"

muster_status cli_world_open(const muster_source_text *text, const muster_changes *changes,
                             const muster_land *land, const muster_routes *routes,
                             muster_diags *diags, cli_world *out)
{
    *out = (cli_world){0};
    muster_status status = muster_scenario_read(text, changes, NULL, diags, &out->scenario);
    if (status != MUSTER_OK)
        return status;
    if (!routes || !muster_routes_fit(routes, out->scenario)) {
        status = muster_routes_find(out->scenario, land, NULL, diags, &out->routes);
        routes = out->routes;
    }
    if (status == MUSTER_OK)
        status = muster_model_create(out->scenario, routes, NULL, diags, &out->model);
    return status == MUSTER_OK ? muster_run_plan(out->model, NULL, diags, &out->plan) : status;
}

void cli_world_close(cli_world *world)
{
    muster_result_free(world->plan);
    muster_model_free(world->model);
    muster_routes_free(world->routes);
    muster_scenario_free(world->scenario);
}
