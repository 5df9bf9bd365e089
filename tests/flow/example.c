/* Runs a scenario from the program's own text and asks for three figures. */
#include <muster/muster.h>

#include <stdio.h>
#include <string.h>

static const char text[] =
    "scenario = { id = \"demo\"; title = \"One leg\"; start = \"2023-07-18T00:00Z\";\n"
    "             horizon = \"4 d\"; };\n"
    "states = { HOME = { name = \"Home\"; }; };\n"
    "classes = { corvette = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;\n"
    "                         range_nm = 3500.0; range_speed_kn = 14.0; }; };\n"
    "bases = { PORT = { lat_deg = 43.11; lon_deg = 131.89;\n"
    "                   sea_lat_deg = 42.95; sea_lon_deg = 131.85; }; };\n"
    "units = { first = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\"; }; };\n"
    "drills = { demo = { hosts = [\"HOME\"]; cap_need = 1.0; end = \"2023-07-20T12:00Z\";\n"
    "  decide_at = \"2023-07-18T00:00Z\";\n"
    "  muster = { lat_deg = 39.5; lon_deg = 134.0; at = \"2023-07-20T00:00Z\"; };\n"
    "  slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"12 h\"; } ); }; };\n";

int main(void)
{
    muster_diags *diags = muster_diags_create(NULL); /* NULL: malloc and free */
    muster_source_text *source = NULL;
    muster_scenario *scenario = NULL;
    muster_land *land = NULL;
    muster_routes *routes = NULL;
    muster_model *model = NULL;
    muster_result *result = NULL;
    const char *const lines[] = {"units.first.fuel_frac = 0.5"};
    const muster_changes changes = {.line = lines, .line_count = 1};

    muster_status status = muster_gather_text("demo.cfg", text, strlen(text), NULL, diags, &source);
    if (status == MUSTER_OK)
        status = muster_scenario_read(source, &changes, NULL, diags, &scenario);
    if (status == MUSTER_OK)
        status = muster_land_open(NULL, 0, NULL, diags, &land); /* the land built in */
    if (status == MUSTER_OK)
        status = muster_routes_find(scenario, land, NULL, diags, &routes);
    if (status == MUSTER_OK)
        status = muster_model_create(scenario, routes, NULL, diags, &model);
    if (status == MUSTER_OK)
        status = muster_run_plan(model, NULL, diags, &result);

    if (status == MUSTER_OK)
        printf("mustered %g, %.0f nm by sea, %.2f of a tank left\n",
               muster_result_value(result, "mustered", "demo"),
               muster_result_value(result, "distance_to_drill_nm", "first"),
               muster_result_value(result, "end_fuel_frac", "first"));
    for (int32_t i = 0; i < muster_diags_count(diags); i++) {
        const muster_diag *d = muster_diags_at(diags, i);
        fprintf(stderr, "%s:%d: %s\n", d->file, (int)d->line, d->message);
    }

    muster_result_free(result);
    muster_model_free(model);
    muster_routes_free(routes);
    muster_land_free(land);
    muster_scenario_free(scenario);
    muster_source_text_free(source);
    muster_diags_free(diags);
    return (int)status;
}
