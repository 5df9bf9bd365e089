/* muster export: a run for the programs of others; of a store its runs as CSV. What a file is is found by
 * looking into it. */
#include "cli/export.h"
#include "cli/kind.h"
#include "cli/page_names.h"

#include "muster/export.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- the run ---------------------------------------------------------------------------------- */

static int read_document(const cli_call *call, const char *bytes, size_t length,
                         const muster_run_file **out)
{
    muster_diags *diags = muster_diags_create(NULL);
    const int status =
        (int)muster_run_file_read(call->argument[0], bytes, length, NULL, diags, out);
    cli_print_diags(diags, call->as_json && status != MUSTER_OK);
    muster_diags_free(diags);
    return status;
}

static int read_run_file(const cli_call *call, const muster_run_file **out)
{
    size_t length = 0;
    const char *reason = NULL;
    if (cli_has(call, "--set") || cli_has(call, "--variant"))
        return cli_mistake(call->as_json, "muster run SCENARIO --set ... -o run.json",
                           "a run file has been run: --set and --variant are of scenarios");
    char *bytes = cli_read_file(call->argument[0], MUSTER_RUN_FILE_BYTES_MAX, &length, &reason);
    if (!bytes)
        return cli_failure(MUSTER_WORLD, call->as_json, NULL, "cannot read '%s': %s",
                           call->argument[0], reason);
    const int status = read_document(call, bytes, length, out);
    free(bytes);
    return status;
}

/* Runs the plan and reads its document: a scenario and its run file go one way. */
static int run_scenario(const cli_call *call, const muster_run_file **out)
{
    cli_session s;
    int status = cli_open(call, CLI_RUN, &s);
    if (status == MUSTER_OK) {
        const muster_tell tell = {.scenario = s.scenario, .model = s.model, .result = s.result};
        muster_diags *diags = muster_diags_create(NULL);
        char *document = muster_tell_json(&tell, diags);
        status = document ? read_document(call, document, strlen(document), out)
                          : cli_tell_to(call, "-", NULL, diags);
        muster_tell_free(document, NULL);
        muster_diags_free(diags);
    }
    cli_close(&s);
    return status;
}

/* Two letters for states whose ids are three: data, not code. Without the table none are written. */
static muster_csv *read_codes(void)
{
    char path[4096];
    size_t length = 0;
    const char *reason = NULL;
    muster_csv *codes = NULL;
    if (snprintf(path, sizeof path, "%s/library/state-codes.csv", cli_scenarios_dir()) >=
        (int)sizeof path)
        return NULL;
    char *bytes = cli_read_file(path, MUSTER_CSV_BYTES_MAX, &length, &reason);
    if (bytes)
        (void)muster_csv_read(path, bytes, length, NULL, NULL, &codes);
    free(bytes);
    return codes;
}

/* ---- writing ---------------------------------------------------------------------------------- */

static int write_text(const cli_call *call, const muster_export *what, const char *path)
{
    char *text = NULL;
    muster_diags *diags = muster_diags_create(NULL);
    int status = (int)muster_export_run(what, diags, &text);
    cli_print_diags(diags, call->as_json && status != MUSTER_OK);
    if (status == MUSTER_OK)
        status = cli_output_to(call, path, text); /* frees it */
    muster_diags_free(diags);
    return status;
}

/* Each table is a file of the folder. */
static int write_folder(const cli_call *call, muster_export *what, const muster_exporter *x)
{
    const char *folder = cli_value(call, "-o");
    char path[4096];
    int status = MUSTER_OK;
    if (!cli_make_folder(folder))
        return cli_cannot_write(call, folder);
    for (int32_t i = 0; x->table[i] && status == MUSTER_OK; i++) {
        what->table = x->table[i];
        if (snprintf(path, sizeof path, "%s/%s%s", folder, x->table[i], x->ending) >=
            (int)sizeof path) {
            errno = ENAMETOOLONG;
            return cli_cannot_write(call, folder);
        }
        status = write_text(call, what, path);
    }
    return status;
}

static int write_run(const cli_call *call, const muster_exporter *x, const muster_run_file *run)
{
    muster_csv *codes = read_codes();
    muster_export what = {run, x->name, cli_value(call, "--table"), codes};
    const int status = x->table && !what.table ? write_folder(call, &what, x)
                                               : write_text(call, &what, cli_value(call, "-o"));
    muster_csv_free(codes);
    return status;
}

/* ---- the command line -------------------------------------------------------------------------- */

enum { KINDS_MOST = 16, KINDS_BYTES = 160 };

/* "acmi, kml, czml, geojson, csv" */
static const char *kinds(char out[KINDS_BYTES])
{
    muster_exporter x;
    size_t used = 0;
    out[0] = '\0';
    for (int32_t i = 0; muster_exporter_at(i, &x) && used < KINDS_BYTES; i++)
        used +=
            muster_text_format(out + used, KINDS_BYTES - used, "%s%s", i > 0 ? ", " : "", x.name);
    return out;
}

static int find_exporter(const cli_call *call, muster_exporter *out)
{
    const char *to = cli_value(call, "--to"), *names[KINDS_MOST];
    char known[KINDS_BYTES], hint[KINDS_BYTES + 40];
    int32_t count = 0;
    for (; count < KINDS_MOST && muster_exporter_at(count, out); count++) {
        if (to && strcmp(out->name, to) == 0)
            return MUSTER_OK;
        names[count] = out->name;
    }
    const int32_t near = to ? muster_text_nearest(to, names, count) : -1;
    if (near >= 0)
        muster_text_format(hint, sizeof hint, "did you mean '%s'?", names[near]);
    else
        muster_text_format(hint, sizeof hint, "muster list exports tells of them");
    return to ? cli_mistake(call->as_json, hint, "--to '%s': %s", to, kinds(known))
              : cli_mistake(call->as_json, "muster export FILE --to kml -o run.kml",
                            "say what for: --to %s", kinds(known));
}

static int check_table(const cli_call *call, const muster_exporter *x)
{
    const char *table = cli_value(call, "--table"), *to = cli_value(call, "-o");
    char hint[64];
    if (table && !x->table)
        return cli_mistake(call->as_json, NULL, "--table goes with --to csv: %s is one file",
                           x->name);
    if (x->table && !table && (!to || strcmp(to, "-") == 0)) {
        muster_text_format(hint, sizeof hint, "--table %s prints one of them", x->table[0]);
        return cli_mistake(call->as_json, hint, "%s is several tables: -o names a folder for them",
                           x->name);
    }
    for (int32_t i = 0; table && x->table[i]; i++)
        if (strcmp(x->table[i], table) == 0)
            return MUSTER_OK;
    if (!table)
        return MUSTER_OK;
    char known[KINDS_BYTES];
    size_t used = 0;
    for (int32_t i = 0; x->table[i] && used < sizeof known; i++)
        used += muster_text_format(known + used, sizeof known - used, "%s%s", i > 0 ? ", " : "",
                                   x->table[i]);
    return cli_mistake(call->as_json, NULL, "--table '%s': %s", table, known);
}

static int export_store(const cli_call *call)
{
    static const char *const of_runs[] = {"--table", "--set", "--variant", "--land"};
    const char *to = cli_value(call, "--to");
    if (to && strcmp(to, "csv") != 0)
        return cli_mistake(call->as_json, "each row has the command that runs it again",
                           "the runs of a store become csv, not %s", to);
    for (size_t i = 0; i < sizeof of_runs / sizeof *of_runs; i++)
        if (cli_has(call, of_runs[i]))
            return cli_mistake(call->as_json, NULL, "%s does not go with a store", of_runs[i]);
    return cli_export_store(call);
}

static int run_export(const cli_call *call)
{
    const char *path = call->argument[0];
    const cli_kind found = cli_kind_of(path);
    if (cli_has(call, "--live") && found == CLI_SCENARIO)
        return cli_keep_input(call) == MUSTER_OK ? cli_export_live(call) : MUSTER_MISTAKE;
    if (cli_has(call, "--live") || cli_has(call, "--student") || cli_has(call, "--names"))
        return cli_mistake(call->as_json, "muster export --live SCENARIO -o lesson.html",
                           "--live, --student and --names make a live page of a scenario");
    struct stat info;
    muster_exporter x;
    const muster_run_file *run = NULL;
    if (found == CLI_STORE || (!cli_has(call, "--to") && stat(path, &info) != 0))
        return export_store(call); /* which also tells that nothing is there */
    int status = cli_keep_input(call);
    if (status == MUSTER_OK)
        status = find_exporter(call, &x);
    if (status == MUSTER_OK)
        status = check_table(call, &x);
    if (status == MUSTER_OK)
        status = found == CLI_RUN_FILE ? read_run_file(call, &run) : run_scenario(call, &run);
    if (status == MUSTER_OK)
        status = write_run(call, &x, run);
    muster_run_file_free(run);
    return status;
}

static const cli_option options[] = {
    {"--to", "acmi|kml|czml|geojson|csv", "what for; \"muster list exports\" tells of them"},
    {"--live", NULL, "of a scenario: the page of muster report with the engine inside"},
    {"--student", NULL, "with --live: without answers, reveals and notes of its lesson"},
    CLI_NAMES_OPTION,
    {"--table", "NAME", "csv: that table alone, to stdout or the file of -o"},
    {"-o", "FILE", "where to, for csv a folder; without it, and for -, stdout"},
    CLI_CHANGE_OPTIONS,
    CLI_JSON_OPTION,
    CLI_END_OPTIONS};

const cli_verb cli_export = {
    .name = "export",
    .usage = "FILE",
    .summary = "a run for viewers and maps; runs of a store as CSV",
    .help = "  muster export FILE --to kml -o run.kml\n"
            "  muster export FILE --to csv -o tables\n"
            "  muster export FILE --to csv --table decisions\n"
            "  muster export --live FILE -o lesson.html\n"
            "  muster export levers.sqlite -o levers.csv\n"
            "\n"
            "FILE is a scenario, whose plan run is written, or a run file (\"muster run FILE\n"
            "-o run.json\"): both give the same bytes. Between two points of a track a reader\n"
            "may go straight in longitude and latitude and stays within half a mile of the\n"
            "way, and fuel is straight between them. Times are UTC, fuel is in kilograms.\n"
            "\n"
            "--live writes one HTML file that opens by double click, needs no network and\n"
            "runs the scenario again when a lever is moved.\n"
            "\n"
            "Of a store it writes the runs as CSV, one line each: point, replication, seed,\n"
            "the value of every factor, every measure, and the command that runs it again by\n"
            "itself. A missing figure is an empty field. Of the same runs always the same\n"
            "bytes, whatever machine, threads or parts they came from, and however often the\n"
            "sweep was interrupted.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .options = options,
    .run = run_export,
};
