/* muster report: a page, one HTML file that needs nothing else: of a drill, or of what an experiment found. */
#include "cli/cli.h"
#include "cli/found.h"
#include "cli/page_file.h"
#include "cli/report_drill.h"

#include <sys/stat.h>
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

/* Options that one kind of page has and the other has not. */
static int check_options(const cli_call *call, bool is_drill)
{
    static const cli_option found[] = {CLI_FIND_OPTIONS, CLI_END_OPTIONS};
    static const cli_option drill[] = {CLI_CHANGE_OPTIONS, CLI_DRILL_OPTIONS, CLI_END_OPTIONS};
    for (const cli_option *o = is_drill ? found : drill; o->name; o++)
        if (cli_has(call, o->name))
            return cli_mistake(call->as_json, "muster help report", "%s goes with %s, not with %s",
                               o->name, is_drill ? "a store" : "a scenario",
                               is_drill ? "a scenario or a run file" : "a store");
    return MUSTER_OK;
}

static int report_found(const cli_call *call)
{
    muster_document *document = NULL;
    int status = cli_find(call, &document);
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

static int run(const cli_call *call)
{
    if (!cli_value(call, "-o") && isatty(STDOUT_FILENO) == 1)
        return cli_mistake(call->as_json, "muster report FILE -o page.html",
                           "a page is no reading for a terminal: name a file for it");
    struct stat info;
    const bool is_there = call->argument_count > 0 && stat(call->argument[0], &info) == 0;
    const cli_kind kind = is_there ? cli_kind_of(call->argument[0]) : CLI_STORE;
    int status = cli_keep_input(call);
    if (status == MUSTER_OK)
        status = check_options(call, kind != CLI_STORE);
    if (status != MUSTER_OK)
        return status;
    return kind == CLI_STORE ? report_found(call) : cli_report_drill(call, kind);
}

static const cli_option options[] = {
    {"-o", "FILE", "the page; for -, and without it into a pipe, stdout"},
    CLI_CHANGE_OPTIONS,
    CLI_DRILL_OPTIONS,
    CLI_FIND_OPTIONS,
    CLI_JSON_OPTION,
    CLI_END_OPTIONS};

const cli_verb cli_report = {
    .name = "report",
    .usage = "[FILE]",
    .summary = "a run on a map, or what an experiment found: one HTML page",
    .help = "  muster report scenarios/northern-interaction-2023.cfg -o drill.html\n"
            "  muster report FILE --variant fuel-granted --reps 500 -o drill.html\n"
            "  muster report run.json -o drill.html\n"
            "  muster report LESSON --sheet -o sheet.html\n"
            "  muster report levers.sqlite -o levers.html\n"
            "  muster report levers.sqlite --measure score --analysis sobol -o sobol.html\n"
            "\n"
            "Of a scenario or a run file: the run as a replay on a map, with a clock, a log,\n"
            "who joins and why, serials, fuel, reach, timeline and measures, and the water\n"
            "and air that each candidate's ships and aircraft can reach and return from (of\n"
            "a run file without these). Of a store: the analyses of \"muster analyze\" with\n"
            "plots and tables. Either is one file that opens by double click and loads\n"
            "nothing from anywhere; light and dark. What a file is is found by looking into\n"
            "it. --sheet makes the page that an instructor prints.\n",
    .arguments_min = 0,
    .arguments_max = 1,
    .options = options,
    .run = run,
    .many = "--measure --analysis",
};
