/* muster run: the plan run and its report; beside it, or in its place, replications with chance. */
#include "cli/replicate.h"

#include "tell/page.h"

static char *told(const cli_call *call, const cli_session *s, muster_diags *diags)
{
    const muster_tell tell = {.scenario = s->scenario,
                              .model = s->model,
                              .result = s->result,
                              .sample = s->sample,
                              .drill = cli_value(call, "--drill")};
    if (cli_has(call, "--trace"))
        return muster_tell_trace(&tell, diags);
    /* -o writes a run file, which is the JSON form, whatever stdout gets */
    return s->as_json || cli_has(call, "-o") ? muster_tell_json(&tell, diags)
                                             : muster_tell_report(&tell, diags);
}

/* What cannot go together, before anything is read. */
static int check_options(const cli_call *call)
{
    if (cli_has(call, "--trace") && (call->as_json || cli_has(call, "-o")))
        return cli_mistake(call->as_json, "the run file holds all events, in its member 'events'",
                           "--trace is text on stdout; it does not go with --json or -o");
    if (cli_has(call, "--drill") &&
        (call->as_json || cli_has(call, "-o") || cli_has(call, "--trace")))
        return cli_mistake(call->as_json, "the run file and the trace are of the whole run",
                           "--drill is of the report; it does not go with --json, -o or --trace");
    if (cli_has(call, "--only-replication") && cli_has(call, "--reps"))
        return cli_mistake(call->as_json, NULL,
                           "--only-replication tells of one; it does not go with --reps");
    if (cli_has(call, "--reps") && cli_has(call, "--trace"))
        return cli_mistake(call->as_json, "muster run FILE --only-replication 17 --trace",
                           "--trace tells of one run; it does not go with --reps");
    return MUSTER_OK;
}

/* The plan run, or the one replication that is asked for. */
static muster_status run_once(const cli_replicate *how, int64_t only, cli_session *s)
{
    const uint64_t seed = how->has_seed ? how->seed : muster_model_seed(s->model);
    return only > 0
               ? muster_run_replication(s->model, seed, (uint32_t)only, NULL, s->diags, &s->result)
               : muster_run_plan(s->model, NULL, s->diags, &s->result);
}

static muster_status replicate(const cli_replicate *how, cli_session *s, int *signal_number)
{
    const muster_model *const model = s->model;
    if (how->count == 0 || !muster_model_has_chance(model))
        return MUSTER_OK;
    return cli_replicate_run(how, &model, 1, NULL, s->diags, &s->sample, signal_number);
}

/* Before anything is run, which may be long with replications. */
static int check_drill(const cli_call *call, const cli_session *s)
{
    const char *id = cli_value(call, "--drill");
    const muster_tell tell = {.scenario = s->scenario, .model = s->model};
    mst_page page;
    if (!id)
        return MUSTER_OK;
    muster_diags *diags = muster_diags_create(NULL); /* warnings were told */
    mst_page_begin(&page, &tell);
    const bool is_there = mst_tell_find_drill(&page, id, diags) >= 0;
    if (!is_there)
        cli_print_diags(diags, s->as_json);
    mst_text_clear(&page.text);
    mst_arena_clear(&page.arena);
    muster_diags_free(diags);
    return is_there ? MUSTER_OK : MUSTER_MISTAKE;
}

static int report(const cli_call *call, cli_session *s)
{
    muster_diags *diags = muster_diags_create(NULL); /* warnings were told */
    const int status = cli_tell(call, told(call, s, diags), diags);
    muster_diags_free(diags);
    return status;
}

static int check_expectations(const cli_session *s)
{
    int status = MUSTER_OK;
    muster_diags *unmet = muster_diags_create(NULL);
    if (muster_result_unmet(s->result, s->scenario, unmet) > 0) {
        cli_print_diags(unmet, false);
        status = MUSTER_UNMET;
    }
    muster_diags_free(unmet);
    return status;
}

static int run_opened(const cli_call *call, const cli_replicate *how, int64_t only, cli_session *s,
                      int *signal_number)
{
    int status = (int)run_once(how, only, s);
    if (status == MUSTER_OK)
        status = (int)replicate(how, s, signal_number);
    if (status != MUSTER_OK) {
        cli_print_diags(s->diags, s->as_json);
        return status;
    }
    if (how->count > 0 && !s->sample)
        fputs("muster: note: nothing in this scenario is random; every replication would be the "
              "plan run\n",
              stderr);
    status = report(call, s);
    /* expectations are of the plan run */
    return status == MUSTER_OK && only == 0 ? check_expectations(s) : status;
}

static int run(const cli_call *call)
{
    cli_session s;
    cli_replicate how = {0};
    int64_t only = 0;
    int signal_number = 0;
    int status = check_options(call);
    if (status == MUSTER_OK)
        status = cli_replicate_read(call, &how);
    if (status == MUSTER_OK)
        status = cli_whole(call, "--only-replication", 1, MUSTER_REPLICATIONS_MAX, &only);
    if (status != MUSTER_OK)
        return status;
    status = cli_open(call, CLI_COMPILED, &s);
    if (status == MUSTER_OK)
        status = check_drill(call, &s);
    if (status == MUSTER_OK)
        status = run_opened(call, &how, only, &s, &signal_number);
    cli_close(&s);
    cli_die(signal_number);
    return status;
}

static const cli_option options[] = {
    CLI_CHANGE_OPTIONS,
    {"--drill", "ID", "the report of that drill alone; without it of all"},
    {"--reps", "N", "besides, N replications with chance: means, shares and intervals"},
    CLI_REPLICATE_OPTIONS,
    {"--only-replication", "K", "in place of the plan run, replication K by itself"},
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
            "  muster run FILE --drill ID\n"
            "  muster run FILE --reps 2000\n"
            "  muster run FILE --only-replication 17 --trace\n"
            "\n"
            "Runs a scenario once without chance (the plan run) and prints the report: the\n"
            "answer first, then the reasons, then the tables. Changes appear in the report\n"
            "with the value they replace. Exit status 1 when an expectation of the file is\n"
            "not met. --drill shortens the report; all drills are run, and those that came\n"
            "before bear on it where feedback is on.\n"
            "\n"
            "With --reps the report also tells how N runs with chance came out, and what\n"
            "bound them. Replication K is the same whatever the number of threads and of\n"
            "replications; \"muster list random FILE\" tells what is drawn. Ctrl-C ends it\n"
            "with a report on what is done.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .options = options,
    .run = run,
};
