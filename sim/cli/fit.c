/* muster fit: weights of the three stages learnt from tables of drills. */
#include "cli/replicate.h"
#include "cli/tables.h"

#include "base/text.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { DRAWS_MAX = 1000000, PATH_BYTES = 4096 };
#define LAMBDA_MAX 1e6
#define NAME "record" /* of the coding, where none is given */

/* ---- progress ------------------------------------------------------------------------------------ */

typedef struct watch {
    double began, told; /* s */
    bool has_line;
} watch;

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* On a terminal, from the second second on, five times a second. */
static void tell_progress(void *context, const char *step, int32_t done, int32_t of)
{
    watch *w = context;
    const double now = now_s();
    if (now - w->began < 1.0 || now - w->told < 0.2)
        return;
    w->told = now;
    w->has_line = true;
    fprintf(stderr, "\r%d of %d %s, %.0f s   ", (int)done, (int)of, step, now - w->began);
    fflush(stderr);
}

static void clear_progress(const watch *w)
{
    if (w->has_line)
        fprintf(stderr, "\r%70s\r", "");
}

/* ---- options -------------------------------------------------------------------------------------- */

/* A whole number of an option, if it is given. */
static bool read_whole(const cli_call *call, const char *option, int32_t *out)
{
    int64_t value = 0;
    if (!cli_has(call, option))
        return true;
    if (cli_whole(call, option, 0, DRAWS_MAX, &value) != 0)
        return false;
    *out = (int32_t)value;
    return true;
}

static bool read_lambda(const cli_call *call, double *out)
{
    const char *text = cli_value(call, "--lambda");
    if (!text || (mst_text_real(text, out) && *out >= 0.0 && *out <= LAMBDA_MAX))
        return true;
    cli_mistake(call->as_json, NULL, "--lambda takes a number 0..%g, not '%s'", LAMBDA_MAX, text);
    return false;
}

/* False after a printed mistake. expect: room for CLI_OPTIONS_MAX. */
static bool read_options(const cli_call *call, const char **expect, watch *w,
                         muster_fit_options *out)
{
    cli_replicate seed = {0};
    *out = muster_fit_defaults();
    out->able = cli_value(call, "--able");
    out->admit = cli_value(call, "--admit");
    out->accept = cli_value(call, "--accept");
    out->apart = cli_value(call, "--apart");
    out->expect = expect;
    for (int i = 0; i < call->given_count; i++)
        if (strcmp(call->given[i].option->name, "--expect") == 0)
            expect[out->expect_count++] = call->given[i].value;
    if (isatty(STDERR_FILENO) == 1) {
        out->progress = tell_progress;
        out->context = w;
    }
    if (cli_replicate_read(call, &seed) != 0)
        return false;
    if (seed.has_seed)
        out->seed = seed.seed;
    return read_whole(call, "--replicates", &out->replicates) &&
           read_whole(call, "--permutations", &out->permutations) &&
           read_lambda(call, &out->lambda);
}

/* ---- output ---------------------------------------------------------------------------------------- */

/* "fit.cfg" gives "fit-coding.cfg": what stands behind the last point of the name stays last. */
static bool second_path(const char *path, char out[PATH_BYTES])
{
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    const char *point = strrchr(base, '.');
    const size_t stem = point && point > base ? (size_t)(point - path) : strlen(path);
    const int length = snprintf(out, PATH_BYTES, "%.*s-coding%s", (int)stem, path, path + stem);
    return stem < INT_MAX && length > 0 && length < PATH_BYTES;
}

static int write_part(const cli_call *call, const muster_fit *fit, muster_fit_part part,
                      const char *path)
{
    const char *name = cli_value(call, "--name");
    muster_diags *diags = muster_diags_create(NULL);
    char *text = muster_tell_fit_coding(fit, name ? name : NAME, part, diags);
    int status = MUSTER_MISTAKE;
    if (text)
        status = cli_output_to(call, path, text);
    else
        cli_print_diags(diags, call->as_json);
    muster_diags_free(diags);
    return status;
}

/* The rules into the file named, the coding into one beside it; both to stdout for -. */
static int write_coding(const cli_call *call, const muster_fit *fit)
{
    const char *path = cli_value(call, "--coding");
    char second[PATH_BYTES] = "-";
    if (!path)
        return MUSTER_OK;
    if (strcmp(path, "-") != 0 && !second_path(path, second))
        return cli_mistake(call->as_json, NULL, "--coding: the name is too long");
    int status = write_part(call, fit, MUSTER_FIT_RULES, path);
    if (status == MUSTER_OK)
        status = write_part(call, fit, MUSTER_FIT_CODINGS, second);
    if (status == MUSTER_OK && strcmp(path, "-") != 0)
        fprintf(stderr,
                "Rules written to %s, the coding to %s (muster help fit: how to use them).\n", path,
                second);
    return status;
}

/* The coding first: a screen that is seen says that it was written. */
static int tell(const cli_call *call, const muster_fit *fit)
{
    int status = write_coding(call, fit);
    if (status != MUSTER_OK)
        return status;
    muster_diags *diags = muster_diags_create(NULL);
    status = cli_tell(call, muster_tell_fit(fit, call->as_json, diags), diags);
    muster_diags_free(diags);
    return status;
}

static int fit_tables(const cli_call *call, const muster_record_options *reading,
                      const muster_fit_options *options, const watch *w)
{
    cli_tables t;
    muster_fit *fit = NULL;
    muster_diags *diags = muster_diags_create(NULL);
    int status = cli_tables_open(call, &t);
    if (status == MUSTER_OK) {
        status = (int)muster_fit_read(t.table, t.count, reading, options, NULL, diags, &fit);
        clear_progress(w);
        cli_print_diags(diags, call->as_json && status != MUSTER_OK);
    }
    cli_tables_close(&t);
    if (status == MUSTER_OK)
        status = tell(call, fit);
    muster_fit_free(fit);
    muster_diags_free(diags);
    return status;
}

static int run(const cli_call *call)
{
    const char *expect[CLI_OPTIONS_MAX];
    const char *const coding = cli_value(call, "--coding"), *o = cli_value(call, "-o");
    const char *const hint = "muster help fit";
    muster_record_options reading;
    muster_fit_options options;
    watch w = {.began = now_s()};
    if (!cli_has(call, "--record") || !cli_has(call, "--states"))
        return cli_mistake(call->as_json, hint,
                           "too few arguments for 'fit': --record and --states");
    if (cli_has(call, "--name") && !coding)
        return cli_mistake(call->as_json, hint, "--name goes with --coding");
    if (coding && strcmp(coding, "-") == 0 && (!o || strcmp(o, "-") == 0))
        return cli_mistake(call->as_json, "-o FILE", "two results cannot both go to stdout");
    if (!cli_tables_options(call, &reading) || !read_options(call, expect, &w, &options))
        return MUSTER_MISTAKE;
    return fit_tables(call, &reading, &options, &w);
}

static const cli_option options[] = {
    {"--record", "FILE", "a table of drills (CSV)"},
    {"--states", "FILE", "states by year; may be given again"},
    {"--dyads", "FILE", "pairs of states by year; may be given again"},
    {"--carry", "YEARS", "how old a value may be; without it 0"},
    {"--ideal-points", "all|fp", "which column is ideal_point; without it all"},
    {"--able", "LIST", "features of stage able, commas between"},
    {"--admit", "LIST", "features of stage admit, of each host"},
    {"--accept", "LIST", "features of stage accept"},
    {"--apart", "LIST", "controls of the format, added to accept"},
    {"--expect", "NAME=SIGN", "sign of a weight by theory: +, - or 0; may be given again"},
    {"--lambda", "X", "penalty of the weights; without it chosen by series left out"},
    {"--replicates", "N", "replicates of the bootstrap; without it 1000, 0: no intervals"},
    {"--permutations", "N", "deals of the test against noise; without it 999, 0: no verdict"},
    {"--seed", "S", "seed of all that is drawn; without it 1"},
    {"--coding", "FILE", "write the weights as rules, and a coding beside them"},
    {"--name", "NAME", "with --coding: what it is called; without it " NAME},
    CLI_JSON_OPTION,
    {"-o", "FILE", "write to a file; - is stdout"},
    CLI_END_OPTIONS};

const cli_verb cli_fit = {
    .name = "fit",
    .usage = "",
    .summary = "weights of the three stages learnt from a record of drills",
    .help = "  muster fit --record drills.csv --states states.csv --dyads d.csv\n"
            "  muster fit --record drills.csv --states nmc.csv --states points.csv \\\n"
            "      --dyads atop.csv --carry 5 --able distance_nm,cand.cinc \\\n"
            "      --admit tie.pact,gap.ideal_point --accept '' \\\n"
            "      --expect ideal_point=- --coding fitted.cfg --name mine\n"
            "\n"
            "Tables are those of muster rivals --record. A row is a drill and a candidate;\n"
            "the chance that it joins is P(able) times P(admitted) by each host times\n"
            "P(accepts), each logistic in its features. Weights come with intervals (whole\n"
            "series drawn anew), beside a plain logit, with and without history, and are\n"
            "tried on series left out whole and forward in time, against the base rate and\n"
            "'as last time'. The first sentence says whether they predict. Under 10 joins\n"
            "nothing is fitted, and the exit status is 2. The test against noise deals the\n"
            "outcomes of whole series to series with as many rows: four such are the least.\n"
            "\n"
            "LIST names features, commas between, '' for none: cand.X and host.X\n"
            "(attributes), tie.X, to_host.X, from_host.X (ties), gap.X (distance between\n"
            "attributes X of candidate and host), distance_nm (in thousands of nautical\n"
            "miles), history (share of earlier editions joined), hosts (number), duration_d\n"
            "(days). In admit what reads a host is read of each; elsewhere the greatest over\n"
            "the hosts counts, or with min:NAME the least. Without a list: --able distance_nm\n"
            "and cand.cinc; --admit all tie.X and from_host.X, gap.ideal_point; --accept all\n"
            "other attributes; --apart hosts and duration_d. Signs expected unless --expect\n"
            "says otherwise: distance_nm -, cinc +, pact +, gaps -, history +.\n"
            "\n"
            "--coding FILE writes rules fit-NAME-... (all off) to FILE, and beside it (FILE\n"
            "with -coding before its ending) a coding NAME that puts them on and all others\n"
            "off. Two lines of a scenario take them up, and then muster why FILE STATE\n"
            "--codings reads them:\n"
            "\n"
            "  alignment = {\n"
            "      rules = {\n"
            "          @include \"library/rules.cfg\"\n"
            "          @include \"fitted.cfg\"\n"
            "      };\n"
            "      codings = {\n"
            "          @include \"fitted-coding.cfg\"\n"
            "      };\n"
            "  };\n"
            "\n"
            "The head of fitted.cfg says what else a scenario must give. A coding carries\n"
            "admit and accept alone and is silent on able, which a scenario reads from its\n"
            "fleet: its answers may differ from those of the fit, and its margins are\n"
            "logits, not to be held against those of other codings. Weights of able stand in\n"
            "a comment.\n",
    .arguments_min = 0,
    .arguments_max = 0,
    .options = options,
    .run = run,
    .many = "--states --dyads --expect",
};
