/* muster analyze: what is found out from a store, as text or JSON. */
#include "cli/found.h"

#include <stdio.h>

/* Tables as CSV and plots as scripts of gnuplot. */
static int write_data(const cli_call *call, const muster_document *document, const char *folder)
{
    muster_diags *diags = muster_diags_create(NULL);
    char path[4400], data[300], picture[300];
    int status = cli_make_folder(folder) ? MUSTER_OK : cli_cannot_write(call, folder);
    for (int32_t i = 0; status == MUSTER_OK && i < muster_document_table_count(document); i++) {
        const muster_table *table = muster_document_table(document, i);
        snprintf(path, sizeof path, "%.4000s/%s.csv", folder, muster_table_id(table));
        status = cli_tell_to(call, path, muster_document_csv(table, diags), diags);
    }
    for (int32_t i = 0; status == MUSTER_OK && i < muster_document_plot_count(document); i++) {
        const muster_plot *plot = muster_document_plot(document, i);
        snprintf(data, sizeof data, "%s.csv", muster_table_id(muster_plot_table(plot)));
        snprintf(picture, sizeof picture, "%s.svg", muster_plot_id(plot));
        snprintf(path, sizeof path, "%.4000s/%s.gnuplot", folder, muster_plot_id(plot));
        status =
            cli_tell_to(call, path, muster_document_gnuplot(plot, data, picture, diags), diags);
    }
    if (status == MUSTER_OK)
        fprintf(stderr, "muster: %d tables (.csv) and %d plots (.gnuplot) are in %s\n",
                (int)muster_document_table_count(document),
                (int)muster_document_plot_count(document), folder);
    muster_diags_free(diags);
    return status;
}

static int run(const cli_call *call)
{
    muster_document *document = NULL;
    int status = cli_find(call, &document);
    const char *folder = cli_value(call, "--data");
    if (status == MUSTER_OK && folder)
        status = write_data(call, document, folder);
    if (status == MUSTER_OK)
        status = cli_tell_document(call, document);
    muster_document_free(document);
    return status;
}

static const cli_option options[] = {
    CLI_FIND_OPTIONS,
    {"--data", "FOLDER", "besides, every table as CSV and every plot as a gnuplot script"},
    CLI_JSON_OPTION,
    CLI_END_OPTIONS};

const cli_verb cli_analyze = {
    .name = "analyze",
    .usage = "[FILE]",
    .summary = "what an experiment found: intervals, effects, sensitivity",
    .help = "  muster analyze levers.sqlite\n"
            "  muster analyze levers.sqlite --measure score --analysis sobol\n"
            "  muster analyze --design points.csv --response results.csv --analysis sobol\n"
            "  muster analyze levers.sqlite --data plots && (cd plots && gnuplot *.gnuplot)\n"
            "\n"
            "Makes of a store the analyses that its design allows; \"muster list analyses\"\n"
            "names them and what each needs. Every figure has its number of runs, method\n"
            "and interval; what cannot be estimated says so.\n",
    .arguments_min = 0,
    .arguments_max = 1,
    .options = options,
    .run = run,
    .many = "--measure --analysis",
};
