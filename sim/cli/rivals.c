/* muster rivals: what rival models say, and how each did. */
#include "cli/cli.h"

static int run(const cli_call *call)
{
    cli_session session;
    int status = cli_open(call, CLI_RUN, &session);
    if (status == 0) {
        const muster_tell tell = {
            .scenario = session.scenario, .model = session.model, .result = session.result};
        muster_diags *diags = muster_diags_create(NULL);
        char *text = muster_tell_rivals(&tell, cli_value(call, "--model"),
                                        cli_value(call, "--drill"), call->as_json, diags);
        status = cli_tell(call, text, diags);
        muster_diags_free(diags);
    }
    cli_close(&session);
    return status;
}

static const cli_option options[] = {
    CLI_CHANGE_OPTIONS,
    {"--model", "NAME", "one model, with all that it finds; muster list models names them"},
    {"--drill", "ID", "one drill; without it all"},
    CLI_JSON_OPTION,
    {"-o", "FILE", "write to a file; - is stdout"},
    CLI_END_OPTIONS};

const cli_verb cli_rivals = {
    .name = "rivals",
    .usage = "FILE",
    .summary = "what rival models say of the same drills, and how each did",
    .help = "  muster rivals scenarios/northern-interaction-2023.cfg\n"
            "  muster rivals FILE --model landscape\n"
            "\n"
            "Each alignment model is asked about every candidate of every drill in FILE: the\n"
            "participation rules, whole and with a stage removed, capability, reach, bulk power,\n"
            "votes, pacts, camps, and what anybody can say without a theory. Where the file's\n"
            "evidence says who took part, each is scored; cases for calibration and for test are\n"
            "never pooled, and with fewer than 10 joins there is no ranking. Each model says what\n"
            "it is meant to explain, how its score became an answer, who proposed that, and how\n"
            "many constants were chosen for the case.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .options = options,
    .run = run,
};
