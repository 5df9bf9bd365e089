/* muster report: a page of what an experiment found, one HTML file that needs nothing else. */
#include "cli/cli.h"
#include "cli/found.h"
#include "cli/page_file.h"

#include <unistd.h>

static int write_page(const cli_call *call, const char *json)
{
    cli_page_file page;
    const int status = cli_page_begin(call, "report-head", "report-tail", &page);
    if (status != MUSTER_OK)
        return status;
    cli_page_json(&page, NULL, json);
    return cli_page_end(&page);
}

static int run(const cli_call *call)
{
    muster_document *document = NULL;
    if (!cli_value(call, "-o") && isatty(STDOUT_FILENO) == 1)
        return cli_mistake(call->as_json, "muster report STORE -o page.html",
                           "a page is no reading for a terminal: name a file for it");
    int status = cli_keep_input(call);
    if (status == MUSTER_OK)
        status = cli_find(call, &document);
    if (status != MUSTER_OK)
        return status;
    muster_diags *diags = muster_diags_create(NULL);
    char *json = muster_document_json(document, diags);
    status = json ? write_page(call, json) : cli_tell_to(call, "-", json, diags);
    muster_tell_free(json, NULL);
    muster_document_free(document);
    muster_diags_free(diags);
    return status;
}

static const cli_option options[] = {
    {"-o", "FILE", "the page; for -, and without it into a pipe, stdout"},
    CLI_FIND_OPTIONS,
    CLI_JSON_OPTION,
    CLI_END_OPTIONS};

const cli_verb cli_report = {
    .name = "report",
    .usage = "[FILE]",
    .summary = "what an experiment found, as a page with plots: one HTML file",
    .help = "  muster report levers.sqlite -o levers.html\n"
            "  muster report levers.sqlite --measure score --analysis sobol -o sobol.html\n"
            "\n"
            "The analyses of \"muster analyze\" with all their plots and tables, in one file\n"
            "that opens by double click and loads nothing from anywhere. Tables can be sorted\n"
            "and saved as CSV, plots as SVG; light and dark.\n",
    .arguments_min = 0,
    .arguments_max = 1,
    .options = options,
    .run = run,
    .many = "--measure --analysis",
};
