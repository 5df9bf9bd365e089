/* muster run: the plan run and its report. */
#include "cli/cli.h"

static char *told(const cli_call *call, const cli_session *s, muster_diags *diags)
{
    const muster_tell tell = {.scenario = s->scenario, .model = s->model, .result = s->result};
    if (cli_has(call, "--trace"))
        return muster_tell_trace(&tell, diags);
    /* -o writes a run file, which is the JSON form, whatever stdout gets */
    return s->as_json || cli_has(call, "-o") ? muster_tell_json(&tell, diags)
                                             : muster_tell_report(&tell, diags);
}

static int run(const cli_call *call)
{
    cli_session s;
    if (cli_has(call, "--trace") && (call->as_json || cli_has(call, "-o")))
        return cli_mistake(call->as_json, "the run file holds all events, in its member 'events'",
                           "--trace is text on stdout; it does not go with --json or -o");
    int status = cli_open(call, CLI_RUN, &s);
    if (status == MUSTER_OK) {
        muster_diags *diags = muster_diags_create(NULL); /* warnings were told */
        status = cli_tell(call, told(call, &s, diags), diags);
        muster_diags_free(diags);
    }
    if (status == MUSTER_OK) {
        muster_diags *unmet = muster_diags_create(NULL);
        if (muster_result_unmet(s.result, s.scenario, unmet) > 0) {
            cli_print_diags(unmet, false);
            status = MUSTER_UNMET;
        }
        muster_diags_free(unmet);
    }
    cli_close(&s);
    return status;
}

static const cli_option options[] = {CLI_CHANGE_OPTIONS,
                                     CLI_JSON_OPTION,
                                     {"-o", "FILE", "write a run file (JSON); - is stdout"},
                                     {"--trace", NULL, "every event of the run, one line each"},
                                     CLI_END_OPTIONS};

const cli_verb cli_run = {
    .name = "run",
    .usage = "FILE",
    .summary = "who came, who did not, and why; the whole report",
    .help = "  muster run scenarios/northern-interaction-2023.cfg\n"
            "  muster run FILE --set 'units.najin-531.fuel_frac = 0.9'\n"
            "  muster run FILE --variant fuel-granted --json\n"
            "\n"
            "Runs a scenario once without chance (the plan run) and prints the report: the\n"
            "answer first, then the reasons, then the tables. Changes appear in the report\n"
            "with the value they replace. Exit status 1 when an expectation of the file is\n"
            "not met.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .options = options,
    .run = run,
};
