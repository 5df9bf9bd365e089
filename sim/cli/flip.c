/* muster flip: the smallest changes of levers that flip the verdict on a state. */
#include "cli/cli.h"

static int run(const cli_call *call)
{
    cli_session s;
    const char *lines[CLI_OPTIONS_MAX];
    muster_changes changes = {.variant = cli_value(call, "--variant"), .line = lines};
    changes.line_count = cli_set_lines(call, lines, 0);
    int status = cli_open(call, CLI_RUN, &s);
    if (status == MUSTER_OK) {
        const muster_tell of = {.scenario = s.scenario, .model = s.model, .result = s.result};
        const muster_flip_from from = {.text = s.text, .changes = &changes, .routes = s.routes};
        muster_diags *diags = muster_diags_create(NULL); /* warnings were told */
        status = cli_tell(call,
                          muster_tell_flip(&of, &from, call->argument[1],
                                           cli_value(call, "--drill"), s.as_json, diags),
                          diags);
        muster_diags_free(diags);
    }
    cli_close(&s);
    return status;
}

static const cli_option options[] = {CLI_CHANGE_OPTIONS,
                                     {"--drill", "ID", "which drill; without it the first"},
                                     CLI_JSON_OPTION,
                                     {"-o", "FILE", "write to a file; - is stdout"},
                                     CLI_END_OPTIONS};

const cli_verb cli_flip = {
    .name = "flip",
    .usage = "FILE STATE",
    .summary = "the smallest changes that flip a verdict",
    .help = "  muster flip scenarios/northern-interaction-2023.cfg PRK\n"
            "  muster flip FILE STATE --variant after-june-2024 --json\n"
            "\n"
            "STATE is an id or a name of the file. Its levers (whatif) are moved, alone and\n"
            "up to five together: every set that flips the verdict and holds no smaller\n"
            "one, the cheapest values of each, run again, and where each lever tips; what\n"
            "each lever does alone; what no lever can turn. Smallest: fewest levers.\n"
            "Nearest: least cost.\n",
    .arguments_min = 2,
    .arguments_max = 2,
    .options = options,
    .run = run,
};
