/* muster compare: alternatives side by side, on the same random numbers. */
#include "cli/replicate.h"
#include "cli/world.h"

#include "base/text.h"
#include "load/scenario.h"
#include "model/walk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    ALTERNATIVES_MAX = 26,
    CHANGES_MAX = 64,
    USUAL_REPS = 2000,
    LEAST_UNTIL = 512,
    MOST_UNTIL = 100000
};

/** One alternative on its way. */
typedef struct alternative {
    const char *file, *variant, *with;
    char *name;
    char *changes; /* text of --with, cut at its semicolons */
    const char *line[CLI_OPTIONS_MAX + CHANGES_MAX + 1];
    int32_t line_count, common_count; /* --set of all first */
    muster_source_text *text;
    cli_world world;
} alternative;

typedef struct job {
    const cli_call *call;
    muster_diags *diags;
    muster_land *land;
    muster_sample *sample;
    alternative of[ALTERNATIVES_MAX];
    int count;
    int signal_number;
    bool as_json;
} job;

/* ---- what is to be compared ---------------------------------------------------------------------- */

static int add(job *j, const char *file, const char *variant, const char *with)
{
    if (j->count == ALTERNATIVES_MAX)
        return cli_mistake(j->as_json, NULL, "more than %d alternatives", ALTERNATIVES_MAX);
    j->of[j->count++] = (alternative){.file = file, .variant = variant, .with = with};
    return MUSTER_OK;
}

/* Files in order, then variants and changes of the first file in the order given. */
static int collect(job *j)
{
    int status = MUSTER_OK;
    for (int i = 0; i < j->call->argument_count && status == MUSTER_OK; i++)
        status = add(j, j->call->argument[i], NULL, NULL);
    for (int i = 0; i < j->call->given_count && status == MUSTER_OK; i++) {
        const char *option = j->call->given[i].option->name, *value = j->call->given[i].value;
        if (strcmp(option, "--variant") == 0)
            status = add(j, j->call->argument[0], value, NULL);
        else if (strcmp(option, "--with") == 0)
            status = add(j, j->call->argument[0], NULL, value);
    }
    if (status == MUSTER_OK && j->count < 2)
        return cli_mistake(j->as_json, "muster compare FILE --variant NAME, or two files",
                           "one alternative alone cannot be compared");
    return status;
}

/* Cuts "A = 1; B = 2" at semicolons that stand in no text. */
static bool cut_changes(alternative *a)
{
    a->changes = strdup(a->with);
    if (!a->changes)
        return false;
    bool in_text = false;
    char *start = a->changes;
    for (char *at = a->changes;; at++) {
        in_text = *at == '"' ? !in_text : *at == '\\' && in_text && at[1] ? (at++, true) : in_text;
        if (*at != '\0' && (*at != ';' || in_text))
            continue;
        const bool is_end = *at == '\0';
        *at = '\0';
        if (start[strspn(start, " \t")] != '\0' && a->line_count <= CHANGES_MAX)
            a->line[a->line_count++] = start;
        if (is_end)
            return true;
        start = at + 1;
    }
}

/* --set holds for all alternatives and comes first; --with of one comes last. */
static bool gather_changes(const job *j, alternative *a)
{
    for (int i = 0; i < j->call->given_count; i++)
        if (strcmp(j->call->given[i].option->name, "--set") == 0)
            a->line[a->line_count++] = j->call->given[i].value;
    a->common_count = a->line_count;
    return !a->with || cut_changes(a);
}

/* ---- opening -------------------------------------------------------------------------------------- */

static muster_status open_one(job *j, alternative *a)
{
    const muster_changes changes = {
        .variant = a->variant, .line = a->line, .line_count = a->line_count};
    const muster_status status = muster_gather(a->file, &cli_files, NULL, j->diags, &a->text);
    return status == MUSTER_OK ? cli_world_open(a->text, &changes, j->land, j->of[0].world.routes,
                                                j->diags, &a->world)
                               : status;
}

static const char *title_of(const alternative *a)
{
    const mst_list *variants = &a->world.scenario->spec.variants;
    const int32_t found = mst_table_find(variants, sizeof(mst_variant_def), a->variant);
    return found >= 0 ? MST_AT(mst_variant_def, variants, found)->title : NULL;
}

static bool name_one(const job *j, alternative *a)
{
    mst_text text;
    mst_text_init(&text, NULL);
    if (a->with)
        mst_text_printf(&text, "%s", a->with);
    else if (a->variant)
        mst_text_printf(&text, "variant %s%s%s", a->variant, title_of(a) ? ": " : "",
                        title_of(a) ? title_of(a) : "");
    else if (a == &j->of[0])
        mst_text_printf(&text, "%s %s", muster_scenario_id(a->world.scenario),
                        a->common_count > 0 ? "with the settings of all" : "as it stands");
    else
        mst_text_printf(&text, "%s (%s)", muster_scenario_id(a->world.scenario), a->file);
    a->name = mst_text_take(&text);
    return a->name != NULL;
}

static int open_all(job *j)
{
    j->diags = muster_diags_create(NULL);
    muster_status status =
        j->diags ? muster_land_open(NULL, 0, NULL, j->diags, &j->land) : MUSTER_WORLD;
    for (int i = 0; i < j->count && status == MUSTER_OK; i++) {
        if (!gather_changes(j, &j->of[i]))
            return cli_failure(MUSTER_WORLD, j->as_json, NULL, "out of memory");
        if (j->of[i].with && j->of[i].line_count - j->of[i].common_count == 0)
            return cli_mistake(j->as_json, "for instance --with 'units.alpha.count = 0'",
                               "--with '%s' changes nothing", j->of[i].with);
        if (j->of[i].line_count > CHANGES_MAX)
            return cli_mistake(j->as_json, "write a variant into the file",
                               "more than %d changes of one alternative", CHANGES_MAX);
        status = open_one(j, &j->of[i]);
        if (status == MUSTER_OK && !name_one(j, &j->of[i]))
            status = MUSTER_WORLD;
    }
    cli_print_diags(j->diags, j->as_json && status != MUSTER_OK);
    return (int)status;
}

static void close_all(job *j)
{
    muster_sample_free(j->sample);
    for (int i = j->count - 1; i >= 0; i--) {
        alternative *a = &j->of[i];
        cli_world_close(&a->world);
        muster_source_text_free(a->text);
        muster_tell_free(a->name, NULL);
        free(a->changes);
    }
    muster_land_free(j->land);
    muster_diags_free(j->diags);
}

/* ---- running -------------------------------------------------------------------------------------- */

/* Ends when the interval of every alternative's difference is narrow enough. */
typedef struct width {
    double most, reached; /* width asked for; the widest seen, NaN: none is estimable */
    int32_t measure;
    int32_t models;
} width;

/* What has not varied yet may be rare rather than impossible: of that more are asked. */
static bool is_narrow_one(const muster_difference *d, double most)
{
    const int64_t least = d->sd > 0.0 ? LEAST_UNTIL : 4 * LEAST_UNTIL;
    return d->is_estimable && d->high - d->low <= most && d->count >= least;
}

/* Of every thing that has the figure, in every alternative; what is never defined is passed over. */
static bool is_narrow(const muster_sample *so_far, void *context)
{
    width *w = context;
    int32_t known = 0, count = 0;
    const muster_scope scope = muster_measures(&count)[w->measure].scope;
    bool narrow = true;
    w->reached = (double)NAN;
    for (int32_t i = 1; i < w->models; i++)
        for (int32_t k = 0; k < muster_sample_things(so_far, 0, scope); k++) {
            const muster_difference d = muster_sample_difference(so_far, i, w->measure, k);
            if (d.count == 0)
                continue;
            known++;
            narrow = is_narrow_one(&d, w->most) && narrow;
            w->reached = fmax(w->reached, d.high - d.low); /* of numbers, where there are some */
        }
    return narrow && known > 0;
}

/* Why it ended, where that is not what was asked for. */
static void tell_width(const job *j, width *w)
{
    int32_t count = 0;
    const char *label = muster_measures(&count)[w->measure].label;
    if (!(w->most > 0.0) || is_narrow(j->sample, w))
        return;
    const long long done = (long long)muster_sample_count(j->sample);
    if (w->reached <= w->most)
        fprintf(stderr,
                "muster: note: --until %g was not reached in %lld replications: at least %d "
                "are needed, %d where nothing differs yet\n",
                w->most, done, LEAST_UNTIL, 4 * LEAST_UNTIL);
    else if (isnan(w->reached))
        fprintf(stderr,
                "muster: note: --until %g was not reached in %lld replications: \"%s\" has "
                "no interval\n",
                w->most, done, label);
    else
        fprintf(stderr,
                "muster: note: --until %g was not reached in %lld replications: the interval "
                "of \"%s\" is %.3g wide\n",
                w->most, done, label, w->reached);
}

static int read_until(const job *j, width *out)
{
    const char *text = cli_value(j->call, "--until"), *name = cli_value(j->call, "--measure");
    char *end = NULL;
    *out = (width){.measure = muster_measure_index(name ? name : "score"), .models = j->count};
    if (name && !text)
        return cli_mistake(j->as_json, NULL, "--measure says what --until looks at");
    if (out->measure < 0)
        return cli_mistake(j->as_json, "muster list measures", "no measure '%s'", name);
    if (!text)
        return MUSTER_OK;
    out->most = strtod(text, &end);
    if (end == text || *end != '\0' || !(out->most > 0.0) || isinf(out->most))
        return cli_mistake(j->as_json, "for instance --until 0.01", "--until '%s': a width above 0",
                           text);
    return MUSTER_OK;
}

static int replicate(job *j, cli_replicate *how, width *until)
{
    const muster_model *model[ALTERNATIVES_MAX];
    const cli_enough enough = {is_narrow, until};
    bool any = false;
    for (int i = 0; i < j->count; i++) {
        model[i] = j->of[i].world.model;
        any = any || muster_model_has_chance(model[i]);
    }
    if (how->count == 0 && until->most > 0.0)
        return cli_mistake(j->as_json, NULL, "--until needs replications, and --reps 0 has none");
    if (how->count == 0 || !any) {
        if (how->count > 0)
            fputs("muster: note: nothing in these scenarios is random; plan runs are compared\n",
                  stderr);
        return MUSTER_OK;
    }
    if (!how->has_seed) { /* one seed for all: the first one's */
        how->has_seed = true;
        how->seed = muster_model_seed(model[0]);
    }
    muster_diags *diags = muster_diags_create(NULL);
    const muster_status status =
        cli_replicate_run(how, model, j->count, until->most > 0.0 ? &enough : NULL, diags,
                          &j->sample, &j->signal_number);
    if (status != MUSTER_OK)
        cli_print_diags(diags, j->as_json);
    else
        tell_width(j, until);
    muster_diags_free(diags);
    return (int)status;
}

static int report(job *j)
{
    const char *name[ALTERNATIVES_MAX];
    const muster_scenario *scenario[ALTERNATIVES_MAX];
    const muster_model *model[ALTERNATIVES_MAX];
    const muster_result *plan[ALTERNATIVES_MAX];
    for (int i = 0; i < j->count; i++) {
        name[i] = j->of[i].name;
        scenario[i] = j->of[i].world.scenario;
        model[i] = j->of[i].world.model;
        plan[i] = j->of[i].world.plan;
    }
    mst_text common;
    mst_text_init(&common, NULL);
    for (int32_t i = 0; i < j->of[0].common_count; i++)
        mst_text_printf(&common, "%s%s", i > 0 ? "; " : "", j->of[0].line[i]);
    char *settings = mst_text_take(&common);
    const muster_comparison comparison = {.settings = settings,
                                          .name = name,
                                          .scenario = scenario,
                                          .model = model,
                                          .plan = plan,
                                          .sample = j->sample,
                                          .count = j->count,
                                          .all = cli_has(j->call, "--all")};
    muster_diags *diags = muster_diags_create(NULL);
    const int status =
        cli_tell(j->call, muster_tell_compare(&comparison, j->as_json, diags), diags);
    muster_tell_free(settings, NULL);
    muster_diags_free(diags);
    return status;
}

static int run(const cli_call *call)
{
    cli_replicate how = {0};
    width until;
    job *j = calloc(1, sizeof *j); /* too large for a stack to be sure of */
    if (!j)
        return cli_failure(MUSTER_WORLD, call->as_json, NULL, "out of memory");
    j->call = call;
    j->as_json = call->as_json;
    int status = cli_replicate_read(call, &how);
    if (!cli_has(call, "--reps"))
        how.count = cli_has(call, "--until") ? MOST_UNTIL : USUAL_REPS;
    if (status == MUSTER_OK)
        status = collect(j);
    if (status == MUSTER_OK)
        status = read_until(j, &until);
    if (status == MUSTER_OK)
        status = open_all(j);
    if (status == MUSTER_OK)
        status = replicate(j, &how, &until);
    if (status == MUSTER_OK)
        status = report(j);
    const int signal_number = j->signal_number;
    close_all(j);
    free(j);
    cli_die(signal_number);
    return status;
}

static const cli_option options[] = {
    {"--variant", "NAME", "one more alternative: the first file with that variant"},
    {"--with", "'PATH = VALUE; ...'", "one more alternative: the first file with these changes"},
    {"--set", "'PATH = VALUE'", "change one setting in every alternative"},
    {"--reps", "N", "replications of each, 2000 unless given; 0: plan runs alone"},
    {"--until", "WIDTH",
     "stop when the 95 % interval of the difference is as narrow as that; at least 512 "
     "replications, "
     "100000 at most unless --reps says otherwise"},
    {"--measure", "NAME",
     "what --until looks at, of all that have it; the coordination score unless given"},
    CLI_REPLICATE_OPTIONS,
    {"--all", NULL, "figures of units, groups, serials, pairs and air requests as well"},
    CLI_JSON_OPTION,
    {"-o", "FILE", "write to a file; - is stdout"},
    CLI_END_OPTIONS};

const cli_verb cli_compare = {
    .name = "compare",
    .usage = "FILE [FILE ...]",
    .summary = "what differs between files, variants and changes, and by how much",
    .help = "  muster compare FILE --variant fuel-granted --variant frigates-granted\n"
            "  muster compare FILE --with 'units.gremyashchiy.count = 0'\n"
            "  muster compare OLD.cfg NEW.cfg --until 0.01\n"
            "\n"
            "Holds each alternative against the first, which is the first file as it stands:\n"
            "further files, variants of the first file, and changes to it. All of them run on\n"
            "the same random numbers, so that what differs is their doing; each finding is a\n"
            "sentence with its interval, largest first. --reps 0 compares the plan runs\n"
            "alone. Ctrl-C ends it with a report on what is done.\n",
    .arguments_min = 1,
    .arguments_max = 26,
    .many = "--variant --with",
    .options = options,
    .run = run,
};
