/* muster check: all mistakes of a file, before anything is simulated. */
#include "cli/cli.h"

static int sources(cli_session *s)
{
    muster_diags *missing = muster_diags_create(NULL);
    const int32_t count = muster_scenario_unsourced(s->scenario, missing);
    cli_print_diags(missing, s->as_json);
    muster_diags_free(missing);
    if (s->as_json)
        return count > 0 ? MUSTER_UNMET : MUSTER_OK;
    if (count == 0)
        printf("Every fact has a source or says that it is assumed.\n");
    else
        printf("%d facts without a source. Write source = \"...\" beside each, or\n"
               "confidence = \"assumed\" if it is your own estimate.\n",
               (int)count);
    return count > 0 ? MUSTER_UNMET : MUSTER_OK;
}

static int run(const cli_call *call)
{
    cli_session s;
    int status = cli_open(call, CLI_COMPILED, &s);
    const int errors = muster_diags_error_count(s.diags);
    if (status == MUSTER_OK && cli_has(call, "--sources")) {
        status = sources(&s);
    } else if (status == MUSTER_OK) {
        const int warnings = muster_diags_count(s.diags);
        if (s.as_json)
            cli_print_diags(s.diags, true);
        else if (warnings > 0)
            printf("%s: no mistakes, %d warning%s.\n", call->argument[0], warnings,
                   warnings == 1 ? "" : "s");
        else
            printf("%s: no mistakes.\n", call->argument[0]);
    } else if (errors > 0) {
        fprintf(stderr, "%d %s in %s. Nothing was simulated.\n", errors,
                errors == 1 ? "error" : "errors", call->argument[0]);
    }
    cli_close(&s);
    return status;
}

static const cli_option options[] = {
    CLI_CHANGE_OPTIONS,
    {"--sources", NULL, "list every figure that has no source; exit status 1 if there is one"},
    {"--json", NULL, "a muster-diagnostics document on stdout"},
    CLI_END_OPTIONS};

const cli_verb cli_check = {
    .name = "check",
    .usage = "FILE",
    .summary = "find all mistakes in a file before running it",
    .help = "  muster check my-drill.cfg\n"
            "  muster check --sources my-drill.cfg\n"
            "\n"
            "Reads the file and what it includes, and lists every mistake with file and line:\n"
            "what was found, what is allowed, what was probably meant. A syntax error stands\n"
            "alone, because the rest cannot be read then.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .options = options,
    .run = run,
};
