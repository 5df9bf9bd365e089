/* muster help: an example first, then the verbs; or one verb with its options. */
#include "cli/cli.h"

#include <string.h>

static void print_overview(void)
{
    printf("  muster run scenarios/northern-interaction-2023.cfg\n"
           "\n"
           "muster simulates joint naval and air drills: who will come, who can get there, how\n"
           "well they work together. The line above runs the worked case.\n"
           "\n");
    for (int i = 0; cli_verbs[i]; i++) {
        char call[40];
        snprintf(call, sizeof call, "%s %s", cli_verbs[i]->name, cli_verbs[i]->usage);
        printf("  %-22s %s\n", call, cli_verbs[i]->summary);
    }
    printf("\n"
           "Exit status: 0 done, 1 a check or expectation failed, 2 a mistake in the command or\n"
           "in a file, 3 the world failed (cannot open, no memory, disk full).\n"
           "muster --version prints versions and licence. Results go to stdout, all else to\n"
           "stderr; --json gives the same for programs.\n");
}

static void print_verb(const cli_verb *verb)
{
    printf("muster %s %s: %s\n\n%s", verb->name, verb->usage, verb->summary, verb->help);
    if (!verb->options || !verb->options->name)
        return;
    printf("\nOptions\n");
    for (const cli_option *o = verb->options; o->name; o++) {
        char left[64];
        snprintf(left, sizeof left, "%s %s", o->name, o->argument ? o->argument : "");
        printf("  %-24s %s\n", left, o->help);
    }
}

static int run(const cli_call *call)
{
    if (call->argument_count == 0) {
        print_overview();
        return MUSTER_OK;
    }
    for (int i = 0; cli_verbs[i]; i++)
        if (strcmp(cli_verbs[i]->name, call->argument[0]) == 0) {
            print_verb(cli_verbs[i]);
            return MUSTER_OK;
        }
    return cli_mistake(call->as_json, "muster --help lists the verbs", "no verb '%s'",
                       call->argument[0]);
}

static const cli_option options[] = {CLI_END_OPTIONS};

const cli_verb cli_help = {
    .name = "help",
    .usage = "[VERB]",
    .summary = "options of one verb, for instance: muster help run",
    .help = "  muster help run\n",
    .arguments_min = 0,
    .arguments_max = 1,
    .options = options,
    .run = run,
};
