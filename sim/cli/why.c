/* muster why: the reasons of one state. */
#include "cli/cli.h"

static int run(const cli_call *call)
{
    return cli_tell_state(call, muster_tell_why);
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
