/* muster reach: the ladder of every unit. */
#include "cli/cli.h"

static int run(const cli_call *call)
{
    cli_session s;
    int status = cli_open(call, CLI_RUN, &s);
    if (status == MUSTER_OK) {
        const muster_tell tell = {.scenario = s.scenario, .model = s.model, .result = s.result};
        const char *state = call->argument_count > 1 ? call->argument[1] : NULL;
        muster_diags *diags = muster_diags_create(NULL); /* warnings were told */
        char *text = muster_tell_reach(&tell, state, cli_value(call, "--drill"), s.as_json, diags);
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

const cli_verb cli_reach = {
    .name = "reach",
    .usage = "FILE [STATE]",
    .summary = "can its ships and aircraft get there, stay and return",
    .help = "  muster reach scenarios/northern-interaction-2023.cfg PRK\n"
            "  muster reach FILE PRK --set 'states.PRK.allotment_frac = 0.5'\n"
            "\n"
            "For each unit the radius (out and back, the required hours on station, reserve\n"
            "intact) that is left after each limit in turn: tank, usable fuel, issued fuel,\n"
            "time, sea state; the distance required; the limit that binds; and whether it\n"
            "fits what is asked. Aircraft: radius and minutes on station. Without STATE all\n"
            "states of the drill.\n",
    .arguments_min = 1,
    .arguments_max = 2,
    .options = options,
    .run = run,
};
