/* An experiment from the program's own text: runs it into a store and asks what moves the drill. */
#include <muster/analyze.h>
#include <muster/tell.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char scenario_text[] =
    "scenario = { id = \"demo\"; title = \"One leg\"; start = \"2023-07-18T00:00Z\";\n"
    "             horizon = \"4 d\"; };\n"
    "states = { HOME = { name = \"Home\"; }; };\n"
    "classes = { corvette = { roles = [\"escort\"]; max_speed_kn = 27.0; fuel_t = 170.0;\n"
    "                         range_nm = 3500.0; range_speed_kn = 14.0; }; };\n"
    "bases = { PORT = { lat_deg = 43.11; lon_deg = 131.89;\n"
    "                   sea_lat_deg = 42.95; sea_lon_deg = 131.85; }; };\n"
    "units = { first = { class = \"corvette\"; state = \"HOME\"; base = \"PORT\";\n"
    "                    readiness = 0.8; }; };\n"
    "drills = { demo = { hosts = [\"HOME\"]; cap_need = 1.0; end = \"2023-07-20T12:00Z\";\n"
    "  decide_at = \"2023-07-18T00:00Z\";\n"
    "  muster = { lat_deg = 39.5; lon_deg = 134.0; at = \"2023-07-20T00:00Z\"; };\n"
    "  slots = ( { for = \"host\"; role = \"escort\"; min_hours = \"12 h\"; } ); }; };\n";

static const char experiment_text[] =
    "experiment = { id = \"demo\"; title = \"Readiness of the only ship\";\n"
    "               scenario = \"demo.cfg\"; };\n"
    "method = { name = \"factorial\"; };\n"
    "runs = { replications = 200; seed = 7; };\n"
    "factors = { ready = { path = \"units.first.readiness\"; min = 0.5; max = 1.0; steps = 3; }; "
    "};\n"
    "measures = [\"mustered\"];\n";

static bool open_text(const char *path, size_t max_bytes, char **bytes, size_t *length,
                      const char **reason, void *context)
{
    const char *text = strcmp(path, "demo.cfg") == 0 ? scenario_text : experiment_text;
    (void)max_bytes;
    (void)context;
    *length = strlen(text);
    *reason = "out of memory";
    *bytes = malloc(*length + 1);
    if (*bytes)
        memcpy(*bytes, text, *length + 1);
    return *bytes != NULL;
}

static void close_text(char *bytes, void *context)
{
    (void)context;
    free(bytes);
}

int main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "demo.sqlite";
    const muster_opener opener = {open_text, close_text, NULL};
    const muster_host host = {.name = "here",
                              .processor = "",
                              .libm = "",
                              .compiler = "",
                              .gsl = "",
                              .program = muster_source_hash()};
    const muster_sweep_run_options options = {.jobs = 2};
    muster_diags *diags = muster_diags_create(NULL);
    muster_land *land = NULL;
    muster_experiment *experiment = NULL;
    muster_store *store = NULL;
    muster_document *found = NULL;
    muster_sweep_done done;

    muster_status status = muster_land_open(NULL, 0, NULL, diags, &land);
    const muster_experiment_from from = {.path = "demo.exp", .opener = &opener, .land = land};
    if (status == MUSTER_OK)
        status = muster_experiment_open(&from, diags, &experiment);
    if (status == MUSTER_OK)
        status = muster_store_begin(path, experiment, &host, (muster_shard){0}, diags, &store);
    if (status == MUSTER_OK)
        status = muster_store_run(store, &options, diags, &done);
    if (store && muster_store_close(store, diags) != MUSTER_OK)
        status = MUSTER_WORLD;

    store = NULL;
    if (status == MUSTER_OK)
        status = muster_store_open(path, diags, &store);
    if (status == MUSTER_OK)
        status = muster_store_analyze(store, path, NULL, diags, &found);
    char *text = muster_document_text(found, NULL, diags);
    if (text)
        fputs(text, stdout);
    for (int32_t i = 0; i < muster_diags_count(diags); i++) {
        const muster_diag *d = muster_diags_at(diags, i);
        fprintf(stderr, "%s:%d: %s\n", d->file, (int)d->line, d->message);
    }

    muster_tell_free(text, NULL);
    muster_document_free(found);
    (void)muster_store_close(store, NULL);
    muster_experiment_free(experiment);
    muster_land_free(land);
    muster_diags_free(diags);
    return (int)status;
}
