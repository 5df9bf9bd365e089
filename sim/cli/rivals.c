/* muster rivals: what rival models say, and how each did. */
#include "cli/tables.h"

#include <string.h>

static int run_scenario(const cli_call *call)
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

/* ---- tables of drills ------------------------------------------------------------------------------- */

static const char *const of_tables[] = {"--states", "--dyads",        "--carry",
                                        "--use",    "--ideal-points", "--predictions"};
static const char *const of_scenarios[] = {"--set", "--variant", "--land"};

/* The CSV first: a screen that is seen says that it was written. */
static int tell_record(const cli_call *call, const muster_record *record)
{
    const char *model = cli_value(call, "--model"), *drill = cli_value(call, "--drill"),
               *path = cli_value(call, "--predictions");
    muster_diags *diags = muster_diags_create(NULL);
    char *text = muster_tell_record(record, model, drill, call->as_json, diags);
    int status = MUSTER_OK;
    if (text && path)
        status = cli_output_to(call, path, muster_tell_predictions(record, model, drill, diags));
    if (status == MUSTER_OK)
        status = cli_tell(call, text, diags);
    else
        muster_tell_free(text, NULL);
    muster_diags_free(diags);
    return status;
}

static int run_tables(const cli_call *call)
{
    cli_tables t;
    muster_record_options options;
    muster_record *record = NULL;
    if (!cli_tables_options(call, &options))
        return MUSTER_MISTAKE;
    muster_diags *diags = muster_diags_create(NULL);
    int status = cli_tables_open(call, &t);
    if (status == MUSTER_OK) {
        status = (int)muster_record_read(t.table, t.count, &options, NULL, diags, &record);
        cli_print_diags(diags, call->as_json && status != MUSTER_OK);
    }
    cli_tables_close(&t);
    if (status == MUSTER_OK)
        status = tell_record(call, record);
    muster_record_free(record);
    muster_diags_free(diags);
    return status;
}

/* ---- which of the two ------------------------------------------------------------------------------- */

/* The first of the options that is given; null: none. */
static const char *first_given(const cli_call *call, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (cli_has(call, names[i]))
            return names[i];
    return NULL;
}

static int run(const cli_call *call)
{
    const char *const tables_only =
        first_given(call, of_tables, sizeof of_tables / sizeof *of_tables);
    const char *const scenarios_only =
        first_given(call, of_scenarios, sizeof of_scenarios / sizeof *of_scenarios);
    const char *const hint = "muster help rivals";
    const char *const predictions = cli_value(call, "--predictions"), *o = cli_value(call, "-o");
    if (!cli_has(call, "--record")) {
        if (tables_only)
            return cli_mistake(call->as_json, hint, "%s goes with --record", tables_only);
        return call->argument_count == 1
                   ? run_scenario(call)
                   : cli_mistake(
                         call->as_json, hint,
                         "too few arguments for 'rivals': a FILE, or --record and --states");
    }
    if (call->argument_count > 0)
        return cli_mistake(call->as_json, hint, "'%s' and --record: one or the other",
                           call->argument[0]);
    if (scenarios_only)
        return cli_mistake(call->as_json, hint, "%s does not go with --record", scenarios_only);
    if (predictions && strcmp(predictions, "-") == 0 && (!o || strcmp(o, "-") == 0))
        return cli_mistake(call->as_json, "-o FILE", "two results cannot both go to stdout");
    return run_tables(call);
}

static const cli_option options[] = {
    CLI_CHANGE_OPTIONS,
    {"--record", "FILE", "a table of drills (CSV) instead of a scenario"},
    {"--states", "FILE", "with --record: states by year; may be given again"},
    {"--dyads", "FILE", "with --record: pairs of states by year; may be given again"},
    {"--carry", "YEARS", "with --record: how old a value may be; without it 0"},
    {"--use", "calibration|test",
     "with --record: what its scores are worth; without it calibration"},
    {"--ideal-points", "all|fp", "with --record: which column is ideal_point; without it all"},
    {"--predictions", "FILE", "with --record: every answer as CSV"},
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
            "  muster rivals --record drills.csv --states nmc.csv --states ideal_points.csv \\\n"
            "      --dyads atop.csv --carry 5 --predictions answers.csv\n"
            "\n"
            "Each alignment model is asked about every candidate of every drill in FILE:\n"
            "the participation rules, whole and with a stage removed, capability, reach,\n"
            "bulk power, votes, pacts, camps, and what anybody can say without a theory.\n"
            "Where the file's evidence says who took part, each is scored; cases for\n"
            "calibration and for test are never pooled, and without 10 joins by at least 5\n"
            "states there is no ranking, as intervals draw whole states (fit draws whole\n"
            "series, and asks for 10 joins alone). Each model says what it is meant to\n"
            "explain, how its score became an answer, who proposed that, and how many\n"
            "constants were chosen for the case. THRESHOLDS shows how each would have done\n"
            "from another score on, a digit being the share of hits in tenths; --model NAME\n"
            "shows every point of the curve, with --json too.\n"
            "\n"
            "A case for test names the hash of the rules' weights that was in force before\n"
            "it was coded. The hash covers ids, stages, forms, terms and weights with their\n"
            "signs, and not the two settings of 'alignment', index_ready_need and tau.\n"
            "\n"
            "Instead of FILE, --record takes tables, each with a header (RFC 4180 CSV), such\n"
            "as those in scenarios/invented:\n"
            "\n"
            " drill_id,series,start_date,end_date,lat_deg,lon_deg,domains,hosts,state,outcome\n"
            " gulf-2018,Gulf,2018-04-10,2018-04-15,25.0,58.5,naval,AMU FEN,BOR,1\n"
            " north-2025,North,2025-02-10,2025-02-16,39.5,134,naval,AMU BOR,EVO,\n"
            "\n"
            " state,year,lat_deg,lon_deg,cinc,ideal_point,threat\n"
            " BOR,2018,31.2,121.5,0.17,0.77,0.52\n"
            "\n"
            " state_1,state_2,year,align,pact\n"
            " AMU,DEL,2018,0.08,1\n"
            "\n"
            "Drills: one row a drill and candidate; outcome 1, 0, or empty: to be predicted.\n"
            "States (--states): lat_deg and lon_deg of the main base, and any attributes; or\n"
            "National Material Capabilities (cinc), or UN ideal points, under their own\n"
            "column names. Pairs (--dyads): any ties (X_1_2 and X_2_1 have a direction); or\n"
            "ATOP alliances, which give pact: 1 for defence, else .5 for consultation\n"
            "(assumed), 0 for a pair absent from a year of the file if the file names both\n"
            "states; or rivalries (start, end). A value is that of the drill's year, or with\n"
            "--carry the latest before it; what an answer rests on names its years. What is\n"
            "missing is missing, never 0. The participation rules cannot be asked of tables.\n"
            "All rows are a calibration unless --use test says that nobody who chose the\n"
            "models and thresholds knew the outcomes; that is your word, which muster cannot\n"
            "check.\n",
    .arguments_min = 0,
    .arguments_max = 1,
    .options = options,
    .run = run,
    .many = "--states --dyads",
};
