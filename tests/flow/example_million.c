/* A million replications of a small drill through the public headers, on as many threads as given:
 *     example_million [REPLICATIONS [THREADS]]
 * Two ships of one state sail to a point at sea, each in its own port, each with its own delay. */
#include <muster/muster.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char text[] =
    "scenario = { id = \"million\"; title = \"Two ships\"; start = \"2023-07-18T00:00Z\";\n"
    "             horizon = \"3 d\"; seed = 2385; };\n"
    "chance = { sailing_delay_h = \"exponential 1.5\"; };\n"
    "states = { HOME = { name = \"Home\"; }; };\n"
    "classes = { corvette = { roles = [\"escort\"]; max_speed_kn = 20.0; fuel_t = 170.0;\n"
    "                         range_nm = 3500.0; range_speed_kn = 14.0; }; };\n"
    "bases = { EAST = { lat_deg = 43.11; lon_deg = 131.89;\n"
    "                   sea_lat_deg = 42.95; sea_lon_deg = 131.85; };\n"
    "          WEST = { lat_deg = 42.79; lon_deg = 132.94;\n"
    "                   sea_lat_deg = 42.65; sea_lon_deg = 133.0; }; };\n"
    "units = { one = { class = \"corvette\"; state = \"HOME\"; base = \"EAST\"; };\n"
    "          two = { class = \"corvette\"; state = \"HOME\"; base = \"WEST\"; readiness = 0.8; "
    "}; };\n"
    "areas = { box = { lat_deg = 41.0; lon_deg = 133.0; radius_nm = 40.0; }; };\n"
    "weather = { sea_state = 2; };\n"
    "drills = { sea = { hosts = [\"HOME\"]; area = \"box\"; cap_need = 0.5; end = "
    "\"2023-07-20T00:00Z\";\n"
    "  decide_at = \"2023-07-18T00:00Z\";\n"
    "  muster = { lat_deg = 41.0; lon_deg = 133.0; at = \"2023-07-18T16:00Z\";\n"
    "             tolerance = \"1 h\"; };\n"
    "  slots = ( { for = \"host\"; role = \"escort\"; count = 1;\n"
    "              min_hours = \"12 h\"; } ); }; };\n";

/* Called now and then in this thread, with what is known so far; false would end it there. */
static bool tell(const muster_sample *so_far, int64_t done, int64_t count, void *context)
{
    int64_t *told = context;
    (void)so_far;
    if (done - *told >= count / 4) {
        *told = done;
        fprintf(stderr, "%lld of %lld\n", (long long)done, (long long)count);
    }
    return true;
}

static void print(const muster_sample *sample, const char *measure)
{
    const muster_summary s = muster_sample_summary(sample, 0, muster_measure_index(measure), 0);
    printf("%-16s %.5f (95 %%: %.5f to %.5f) of %lld\n", measure, s.mean, s.low, s.high,
           (long long)s.count);
}

int main(int argc, char **argv)
{
    int64_t told = 0;
    const muster_replicate_options options = {.count = argc > 1 ? atoll(argv[1]) : 1000000,
                                              .jobs = argc > 2 ? atoi(argv[2]) : 2,
                                              .go_on = tell,
                                              .context = &told};
    muster_diags *diags = muster_diags_create(NULL);
    muster_source_text *source = NULL;
    muster_scenario *scenario = NULL;
    muster_land *land = NULL;
    muster_routes *routes = NULL;
    muster_model *model = NULL;
    muster_sample *sample = NULL;

    muster_status status =
        muster_gather_text("million.cfg", text, strlen(text), NULL, diags, &source);
    if (status == MUSTER_OK)
        status = muster_scenario_read(source, NULL, NULL, diags, &scenario);
    if (status == MUSTER_OK)
        status = muster_land_open(NULL, 0, NULL, diags, &land);
    if (status == MUSTER_OK)
        status = muster_routes_find(scenario, land, NULL, diags, &routes);
    if (status == MUSTER_OK)
        status = muster_model_create(scenario, routes, NULL, diags, &model);
    if (status == MUSTER_OK) {
        const muster_model *const models[] = {model};
        status = muster_replicate(models, 1, &options, NULL, diags, &sample);
    }
    if (status == MUSTER_OK) {
        printf("%lld replications, seed %llu\n", (long long)muster_sample_count(sample),
               (unsigned long long)muster_sample_seed(sample, 0));
        print(sample, "mustered");
        print(sample, "mustered_units");
        print(sample, "muster_delay_h");
        print(sample, "fuel_used_t");
    }
    for (int32_t i = 0; i < muster_diags_count(diags); i++) {
        const muster_diag *d = muster_diags_at(diags, i);
        fprintf(stderr, "%s:%d: %s\n", d->file, (int)d->line, d->message);
    }

    muster_sample_free(sample);
    muster_model_free(model);
    muster_routes_free(routes);
    muster_land_free(land);
    muster_scenario_free(scenario);
    muster_source_text_free(source);
    muster_diags_free(diags);
    return (int)status;
}
