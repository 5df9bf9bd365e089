/* muster reach: the ladder of every unit. */
#include "cli/cli.h"

static int run(const cli_call *call)
{
    return cli_tell_state(call, muster_tell_reach);
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
