/* muster why: the reasons of one state. */
#include "cli/cli.h"

static int run(const cli_call *call)
{
    cli_session s;
    int status = cli_open(call, CLI_RUN, &s);
    if (status == MUSTER_OK) {
        const muster_tell tell = {.scenario = s.scenario, .model = s.model, .result = s.result};
        muster_diags *diags = muster_diags_create(NULL); /* warnings were told */
        char *text =
            muster_tell_why(&tell, call->argument[1], cli_value(call, "--drill"), s.as_json, diags);
        status = cli_tell(call, text, diags);
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

const cli_verb cli_why = {
    .name = "why",
    .usage = "FILE STATE",
    .summary = "the reasons of one state, with figures",
    .help = "  muster why scenarios/northern-interaction-2023.cfg PRK\n"
            "  muster why FILE 'North Korea' --variant fuel-granted\n"
            "\n"
            "STATE is an id or a name of the file. Each stage (able, would be admitted by\n"
            "each host, accepts) with its margin, every term with its factors, the words of\n"
            "the file with voice and source, evidence for and against, the values at which a\n"
            "stage tips, and what rests on assumptions. A host is judged on ability only.\n",
    .arguments_min = 2,
    .arguments_max = 2,
    .options = options,
    .run = run,
};
