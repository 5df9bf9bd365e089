/* muster why: the reasons of one state. */
#include "cli/world.h"

#include "base/diag.h"
#include "load/scenario.h"
#include "model/coding.h"
#include "model/walk.h"

#include <string.h>

enum { CODINGS_MAX = 26 };

static muster_status open_coding(const cli_call *call, const cli_session *s,
                                 const mst_coding_def *coding, muster_diags *diags, cli_world *out)
{
    mst_arena arena;
    const char **own = NULL, **line = NULL;
    mst_arena_init(&arena, NULL);
    const int32_t count = mst_coding_lines(&s->scenario->spec, coding, &arena, &own);
    if (count >= 0)
        line = mst_arena_array(&arena, (size_t)count + CLI_OPTIONS_MAX, sizeof *line);
    for (int32_t i = 0; line && i < count; i++)
        line[i] = own[i];
    muster_status status = line ? MUSTER_OK : mst_diag_memory(diags);
    if (line) {
        const muster_changes changes = {.variant = cli_value(call, "--variant"),
                                        .line = line,
                                        .line_count = cli_set_lines(call, line, count)};
        status = cli_world_open(s->text, &changes, s->land, s->routes, diags, out);
    }
    mst_arena_clear(&arena);
    return status;
}

static muster_status open_variant(const cli_call *call, const cli_session *s, const char *variant,
                                  muster_diags *diags, cli_world *out)
{
    const char *line[CLI_OPTIONS_MAX];
    const muster_changes changes = {
        .variant = variant, .line = line, .line_count = cli_set_lines(call, line, 0)};
    return cli_world_open(s->text, &changes, s->land, s->routes, diags, out);
}

/* ---- --codings -------------------------------------------------------------------------------------- */

static int tell_codings(const cli_call *call, const cli_session *s)
{
    const mst_list *list = &s->scenario->spec.alignment.codings;
    cli_world world[CODINGS_MAX] = {{0}};
    const char *name[CODINGS_MAX];
    const muster_scenario *scenario[CODINGS_MAX];
    const muster_model *model[CODINGS_MAX];
    const muster_result *plan[CODINGS_MAX];
    muster_diags *diags = muster_diags_create(NULL);
    muster_status status = MUSTER_OK;
    int32_t count = 0;
    if (list->count < 1 || list->count > CODINGS_MAX) {
        muster_diags_free(diags);
        return cli_mistake(s->as_json, "section alignment.codings",
                           "%s has %d codings; %d to %d can "
                           "be held against each other",
                           call->argument[0], (int)list->count, 1, CODINGS_MAX);
    }
    for (; count < list->count && status == MUSTER_OK; count++) {
        const mst_coding_def *coding = MST_AT(mst_coding_def, list, count);
        status = open_coding(call, s, coding, diags, &world[count]);
        name[count] = coding->item.id;
        scenario[count] = world[count].scenario;
        model[count] = world[count].model;
        plan[count] = world[count].plan;
    }
    int result = (int)status;
    if (status != MUSTER_OK) {
        cli_print_diags(diags, s->as_json);
    } else {
        const muster_comparison codings = {
            .name = name, .scenario = scenario, .model = model, .plan = plan, .count = count};
        const muster_tell tell = {.scenario = s->scenario, .model = s->model, .result = s->result};
        muster_diags *own = muster_diags_create(NULL); /* warnings were told */
        result = cli_tell(call,
                          muster_tell_codings(&tell, &codings, call->argument[1],
                                              cli_value(call, "--drill"), s->as_json, own),
                          own);
        muster_diags_free(own);
    }
    while (count > 0)
        cli_world_close(&world[--count]);
    muster_diags_free(diags);
    return result;
}

/* ---- --against ---------------------------------------------------------------------------------------- */

/* What a reference names: a variant or a coding is another world, else it is a state. */
static muster_status open_reference(const cli_call *call, const cli_session *s, const char *name,
                                    muster_diags *diags, cli_world *world, muster_tell *out)
{
    const mst_spec *spec = &s->scenario->spec;
    const mst_list *codings = &spec->alignment.codings;
    const int32_t coding = mst_table_find(codings, sizeof(mst_coding_def), name);
    muster_status status = MUSTER_OK;
    if (mst_table_find(&spec->variants, sizeof(mst_variant_def), name) >= 0)
        status = open_variant(call, s, name, diags, world);
    else if (coding >= 0)
        status = open_coding(call, s, MST_AT(mst_coding_def, codings, coding), diags, world);
    *out = (muster_tell){.scenario = world->scenario, .model = world->model, .result = world->plan};
    return status;
}

static int tell_why(const cli_call *call, const cli_session *s)
{
    const char *against = cli_value(call, "--against");
    cli_world world = {0};
    muster_tell reference = {0};
    muster_diags *diags = muster_diags_create(NULL);
    const muster_status status =
        against ? open_reference(call, s, against, diags, &world, &reference) : MUSTER_OK;
    int result = (int)status;
    if (status != MUSTER_OK) {
        cli_print_diags(diags, s->as_json);
    } else {
        const muster_tell tell = {.scenario = s->scenario,
                                  .model = s->model,
                                  .result = s->result,
                                  .reference = world.plan ? &reference : NULL,
                                  .reference_state = against && !world.plan ? against : NULL,
                                  .reference_name = against};
        muster_diags *own = muster_diags_create(NULL); /* warnings were told */
        result = cli_tell(
            call,
            muster_tell_why(&tell, call->argument[1], cli_value(call, "--drill"), s->as_json, own),
            own);
        muster_diags_free(own);
    }
    cli_world_close(&world);
    muster_diags_free(diags);
    return result;
}

static int run(const cli_call *call)
{
    cli_session s;
    int status = MUSTER_OK;
    if (cli_has(call, "--codings") && cli_has(call, "--against"))
        return cli_mistake(call->as_json, NULL, "--codings and --against exclude each other");
    status = cli_open(call, CLI_RUN, &s);
    if (status == MUSTER_OK)
        status = cli_has(call, "--codings") ? tell_codings(call, &s) : tell_why(call, &s);
    cli_close(&s);
    return status;
}

static const cli_option options[] = {
    CLI_CHANGE_OPTIONS,
    {"--drill", "ID", "which drill; without it the first"},
    {"--against", "NAME", "Shapley values against a variant, a coding or another candidate"},
    {"--codings", NULL, "what each coding of the file says, most disputed stage first"},
    CLI_JSON_OPTION,
    {"-o", "FILE", "write to a file; - is stdout"},
    CLI_END_OPTIONS};

const cli_verb cli_why = {
    .name = "why",
    .usage = "FILE STATE",
    .summary = "the reasons of one state, with figures",
    .help = "  muster why scenarios/northern-interaction-2023.cfg PRK\n"
            "  muster why FILE 'North Korea' --variant fuel-granted\n"
            "  muster why FILE PRK --against after-june-2024\n"
            "  muster why FILE PRK --codings\n"
            "\n"
            "STATE is an id or a name of the file. Each stage (able, would be admitted by\n"
            "each host, accepts) with its margin, every term with its factors, the words of\n"
            "the file with voice and source, evidence for and against, the first values and\n"
            "weights that alone would turn a stage, how much of the space of weights gives\n"
            "the same answer, and what rests on assumptions. Words that a source says of one\n"
            "state are not put on another. A host is judged on ability only.\n"
            "\n"
            "--against NAME says what the reference is (a variant, a coding, another\n"
            "candidate), how it answers, whether it stands on hindsight, and what makes the\n"
            "difference: Shapley values of each stage's margin over the figures in which the\n"
            "two differ. --codings holds the codings of the file side by side, with the\n"
            "rules by which each judges; silent: its author gives no reason for the stage.\n",
    .arguments_min = 2,
    .arguments_max = 2,
    .options = options,
    .run = run,
};
