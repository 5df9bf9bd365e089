#include "cli/found.h"

#include "muster/text.h"

#include <stdlib.h>
#include <string.h>

/* What stands behind each of an option that may be given again. */
static int32_t collect(const cli_call *call, const char *name, const char *out[CLI_OPTIONS_MAX])
{
    int32_t count = 0;
    for (int i = 0; i < call->given_count; i++)
        if (strcmp(call->given[i].option->name, name) == 0)
            out[count++] = call->given[i].value;
    return count;
}

static int read_real(const cli_call *call, const char *name, double least, double most, double *out,
                     bool *is_given)
{
    const char *text = cli_value(call, name);
    const bool is_per_cent = strcmp(name, "--level") == 0;
    *is_given = text != NULL;
    if (text && (!muster_text_real(text, out) || *out < least || *out > most))
        return cli_mistake(call->as_json, is_per_cent ? "0.95 is 95 %" : NULL,
                           "%s '%s': a number from %g to %g", name, text, least, most);
    return MUSTER_OK;
}

static int read_options(const cli_call *call, const char *measure[CLI_OPTIONS_MAX],
                        const char *analysis[CLI_OPTIONS_MAX], muster_analyze_options *out)
{
    bool has_level = false;
    *out = (muster_analyze_options){.measure = measure,
                                    .measure_count = collect(call, "--measure", measure),
                                    .analysis = analysis,
                                    .analysis_count = collect(call, "--analysis", analysis),
                                    .against = cli_value(call, "--against"),
                                    .x = cli_value(call, "--x"),
                                    .y = cli_value(call, "--y")};
    int status = read_real(call, "--level", 0.5, 0.9999, &out->level, &has_level);
    if (status == MUSTER_OK)
        status = read_real(call, "--above", -1e300, 1e300, &out->above, &out->has_above);
    if (status == MUSTER_OK)
        status = read_real(call, "--below", -1e300, 1e300, &out->below, &out->has_below);
    return status;
}

static int read_csv(const cli_call *call, const char *path, muster_diags *diags, muster_csv **out)
{
    size_t length = 0;
    const char *reason = NULL;
    char *bytes = cli_read_file(path, MUSTER_CSV_BYTES_MAX, &length, &reason);
    *out = NULL;
    if (!bytes)
        return cli_failure(MUSTER_WORLD, call->as_json, NULL, "cannot read '%s': %s", path, reason);
    const int status = (int)muster_csv_read(path, bytes, length, NULL, diags, out);
    free(bytes);
    return status;
}

static int analyze_tables(const cli_call *call, const muster_analyze_options *options,
                          muster_diags *diags, muster_document **out)
{
    muster_csv *design = NULL, *response = NULL;
    const char *second = cli_value(call, "--response");
    int status = read_csv(call, cli_value(call, "--design"), diags, &design);
    if (status == MUSTER_OK && second)
        status = read_csv(call, second, diags, &response);
    const muster_tables tables = {.design_name = cli_value(call, "--design"),
                                  .design = design,
                                  .response_name = second,
                                  .response = response,
                                  .value = cli_value(call, "--measure")};
    if (status == MUSTER_OK)
        status = (int)muster_tables_analyze(&tables, options, diags, out);
    muster_csv_free(design);
    muster_csv_free(response);
    return status;
}

static int analyze_store(const cli_call *call, const muster_analyze_options *options,
                         muster_diags *diags, muster_document **out)
{
    muster_store *store = NULL;
    int status = (int)muster_store_open(call->argument[0], diags, &store);
    if (status == MUSTER_OK)
        status = (int)muster_store_analyze(store, call->argument[0], options, diags, out);
    (void)muster_store_close(store, NULL);
    return status;
}

static int check_source(const cli_call *call)
{
    const bool has_tables = cli_has(call, "--design");
    if (has_tables == (call->argument_count == 1))
        return cli_mistake(
            call->as_json, "muster analyze STORE, or muster analyze --design POINTS.csv",
            has_tables ? "a store and --design do not go together" : "nothing to analyse is named");
    if (!has_tables && cli_has(call, "--response"))
        return cli_mistake(call->as_json, NULL, "--response goes with --design");
    return MUSTER_OK;
}

int cli_find(const cli_call *call, muster_document **out)
{
    const char *measure[CLI_OPTIONS_MAX], *analysis[CLI_OPTIONS_MAX];
    muster_analyze_options options;
    *out = NULL;
    int status = read_options(call, measure, analysis, &options);
    if (status == MUSTER_OK)
        status = check_source(call);
    if (status != MUSTER_OK)
        return status;
    muster_diags *diags = muster_diags_create(NULL);
    status = call->argument_count == 1 ? analyze_store(call, &options, diags, out)
                                       : analyze_tables(call, &options, diags, out);
    /* a table that could not be read was told when it was found */
    cli_print_diags(diags, call->as_json && muster_diags_error_count(diags) > 0);
    muster_diags_free(diags);
    return status;
}
