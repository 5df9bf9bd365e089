/* muster design: the points of an experiment as CSV. */
#include "cli/replicate.h"
#include "cli/sink.h"

#include "muster/experiment.h"

static bool write_piece(const char *text, size_t length, void *context)
{
    return cli_sink_write(context, text, length);
}

static int write_points(const cli_call *call, const muster_experiment *experiment)
{
    const char *path = cli_value(call, "-o");
    cli_sink sink;
    if (!cli_sink_open(&sink, path))
        return cli_cannot_write(call, path);
    const bool is_told = muster_experiment_csv(experiment, write_piece, &sink);
    const bool is_written = !ferror(sink.file);
    if (cli_sink_close(&sink, is_told && is_written))
        return MUSTER_OK;
    return !is_told && is_written ? cli_failure(MUSTER_WORLD, call->as_json, NULL, "out of memory")
                                  : cli_cannot_write(call, path);
}

static int run(const cli_call *call)
{
    cli_replicate how = {0};
    muster_land *land = NULL;
    muster_experiment *experiment = NULL;
    int status = cli_replicate_read(call, &how);
    if (status == MUSTER_OK)
        status = cli_keep_input(call);
    if (status != MUSTER_OK)
        return status;
    muster_diags *diags = muster_diags_create(NULL);
    status = (int)cli_open_land(call, diags, &land);
    const muster_experiment_from from = {.path = call->argument[0],
                                         .opener = &cli_files,
                                         .land = land,
                                         .has_seed = how.has_seed,
                                         .seed = how.seed};
    if (status == MUSTER_OK)
        status = (int)muster_experiment_open(&from, diags, &experiment);
    cli_print_diags(diags, call->as_json && status != MUSTER_OK);
    if (status == MUSTER_OK)
        status = write_points(call, experiment);
    muster_experiment_free(experiment);
    muster_land_free(land);
    muster_diags_free(diags);
    return status;
}

static const cli_option options[] = {
    {"-o", "FILE", "where to; without it, and for -, stdout"},
    {"--seed", "S", "master seed in place of the file's"},
    {"--land", "FILE", "land of another box, made by sim/world/land/make_land.mjs"},
    CLI_JSON_OPTION,
    CLI_END_OPTIONS};

const cli_verb cli_design = {
    .name = "design",
    .usage = "FILE",
    .summary = "the points of an experiment as CSV, run nothing",
    .help = "  muster design levers.cfg -o points.csv\n"
            "  muster analyze --design points.csv --response results.csv\n"
            "\n"
            "Prints every point of the plan: what it is for, its seed, and the value of each\n"
            "factor. An experiment that names no scenario can be run by any other program:\n"
            "put its figures into a column of a table with as many rows, and muster analyze\n"
            "reads both back, with what each point is for. \"muster list methods\" names the\n"
            "methods of design.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .options = options,
    .run = run,
};
