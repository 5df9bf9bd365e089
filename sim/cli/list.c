/* muster list: what there is. */
#include "cli/lists.h"

#include "tell/basis.h"
#include "tell/random.h"

#include <math.h>
#include <string.h>

enum { LISTS_MOST = 64 }; /* names that are held against a misspelt one */
static const char assumed[] = "assumed", drawn[] = "random";

static const char *word(int index)
{
    const int count = (int)cli_list_count;
    if (index < count)
        return cli_lists[index].name;
    return index == count ? assumed : index == count + 1 ? drawn : NULL;
}

static void begin(cli_table *t, const cli_call *call, const char *name)
{
    *t = (cli_table){.json = mst_json_create(NULL), .only_ids = cli_has(call, "--ids")};
    mst_text_init(&t->text, NULL);
    mst_json_object(t->json, NULL);
    mst_json_text(t->json, "format", "muster-list");
    mst_json_whole(t->json, "version", 1);
    mst_json_text(t->json, "list", name);
    mst_json_array(t->json, "rows");
}

static int finish(const cli_call *call, cli_table *t)
{
    char *document = mst_json_take(t->json, NULL, NULL);
    char *words = mst_text_take(&t->text);
    const int status = cli_output(call, call->as_json ? document : words);
    muster_tell_free(call->as_json ? words : document, NULL);
    return status;
}

/* What can be listed is a list too. */
static int overview(const cli_call *call)
{
    cli_table t;
    begin(&t, call, "lists");
    mst_text_add(&t.text, "Things that can be listed:\n");
    for (size_t i = 0; i < (size_t)cli_list_count; i++)
        cli_list_row(&t, cli_lists[i].name, cli_lists[i].what, NULL);
    cli_list_row(&t, assumed,
                 "figures nobody vouches for that FILE's answers rest on; FILE [STATE]", NULL);
    cli_list_row(&t, drawn, "what replications of FILE draw, from which distributions; FILE", NULL);
    mst_text_add(&t.text, "For instance: muster list measures\n"
                          "              muster list variants "
                          "scenarios/northern-interaction-2023.cfg\n");
    return finish(call, &t);
}

static const char *nearest_list(const char *name, char *hint, size_t room)
{
    const char *names[LISTS_MOST];
    const int32_t count = cli_list_count < LISTS_MOST - 2 ? cli_list_count : LISTS_MOST - 2;
    for (int32_t i = 0; i < count; i++)
        names[i] = cli_lists[i].name;
    names[count] = assumed;
    names[count + 1] = drawn;
    const int32_t near = mst_text_nearest(name, names, count + 2);
    if (near < 0)
        return "muster list shows what there is";
    snprintf(hint, room, "did you mean '%s'?", names[near]);
    return hint;
}

/* All assumptions need the run itself. */
static int list_assumed(const cli_call *call)
{
    cli_session s;
    cli_call file = *call;
    file.argument[0] = call->argument[1];
    int status = cli_open(&file, CLI_RUN, &s);
    if (status == MUSTER_OK) {
        const muster_tell tell = {.scenario = s.scenario,
                                  .model = s.model,
                                  .result = s.result,
                                  .drill = cli_value(call, "--drill")};
        const char *state = call->argument_count > 2 ? call->argument[2] : NULL;
        char *text = mst_tell_assumed(&tell, state, s.as_json, s.diags);
        if (text) {
            status = cli_output(call, text);
        } else {
            cli_print_diags(s.diags, s.as_json);
            status = MUSTER_MISTAKE;
        }
    }
    cli_close(&s);
    return status;
}

/* Random inputs need the model. */
static int list_random(const cli_call *call, const char *file_name)
{
    cli_session s;
    cli_call file = *call;
    file.argument[0] = file_name;
    int status = cli_open(&file, CLI_COMPILED, &s);
    if (status == MUSTER_OK) {
        const muster_tell tell = {.scenario = s.scenario, .model = s.model};
        muster_diags *diags = muster_diags_create(NULL);
        status = cli_tell(call, mst_tell_random(&tell, s.as_json, diags), diags);
        muster_diags_free(diags);
    }
    cli_close(&s);
    return status;
}

static int run(const cli_call *call)
{
    const bool as_json = call->as_json;
    if (cli_has(call, "--random") && call->argument_count == 1)
        return list_random(call, call->argument[0]);
    if (cli_has(call, "--drill") &&
        (call->argument_count < 2 || strcmp(call->argument[0], assumed) != 0))
        return cli_mistake(as_json, "muster list assumed FILE STATE --drill ID",
                           "--drill belongs to \"list assumed\"");
    if (call->argument_count == 0)
        return overview(call);
    if (strcmp(call->argument[0], drawn) == 0 && call->argument_count == 2)
        return list_random(call, call->argument[1]);
    if (strcmp(call->argument[0], assumed) == 0 && call->argument_count > 1)
        return list_assumed(call);
    size_t which = 0;
    while (which < (size_t)cli_list_count && strcmp(cli_lists[which].name, call->argument[0]) != 0)
        which++;
    char hint[96];
    const bool is_assumed =
        strcmp(call->argument[0], assumed) == 0 || strcmp(call->argument[0], drawn) == 0;
    if (which == (size_t)cli_list_count && !is_assumed)
        return cli_mistake(as_json, nearest_list(call->argument[0], hint, sizeof hint),
                           "nothing called '%s' to list", call->argument[0]);
    if (call->argument_count < 2 && (is_assumed || cli_lists[which].of_file)) {
        snprintf(hint, sizeof hint, "muster list %s FILE", call->argument[0]);
        return cli_mistake(as_json, hint, "'%s' needs a scenario file", call->argument[0]);
    }
    if (call->argument_count > 2)
        return cli_mistake(as_json, "muster list assumed FILE STATE", "'%s' takes no state",
                           call->argument[0]);
    cli_session s;
    int status;
    if (call->argument_count > 1) {
        cli_call file = *call;
        file.argument[0] = call->argument[1];
        status = cli_open(&file, CLI_READ, &s);
    } else {
        status = cli_library_open(&s, as_json);
    }
    if (status == MUSTER_OK) {
        cli_table t;
        begin(&t, call, cli_lists[which].name);
        cli_lists[which].list(&t, &s);
        status = finish(call, &t);
    }
    cli_close(&s);
    return status;
}

static int print_words(void)
{
    for (int i = 0; word(i); i++)
        printf("%s\n", word(i));
    return MUSTER_OK;
}

/* --ids: of what has rows with an id, and as text. */
static int run_ids(const cli_call *call)
{
    const int with_ids = (int)cli_list_count;
    if (!cli_has(call, "--ids"))
        return run(call);
    if (call->as_json)
        return cli_mistake(true, "each row of the document has its id",
                           "--ids is text; it does not go with --json");
    if (call->argument_count == 0)
        return print_words();
    for (int i = with_ids; word(i); i++)
        if (strcmp(word(i), call->argument[0]) == 0 ||
            (strcmp(word(i), drawn) == 0 && cli_has(call, "--random")))
            return cli_mistake(false, NULL, "'%s' has no ids", word(i));
    return run(call);
}

static const cli_option options[] = {
    CLI_CHANGE_OPTIONS,
    {"--drill", "ID", "assumed: of that drill alone; without it of all"},
    {"--random", NULL, "the same as \"list random FILE\""},
    CLI_JSON_OPTION,
    CLI_IDS_OPTION,
    CLI_END_OPTIONS};

const cli_verb cli_list = {
    .name = "list",
    .usage = "[WHAT] [FILE]",
    .summary = "what there is: measures, keys, units, rules ...",
    .help = "  muster list\n"
            "  muster list measures\n"
            "  muster list variants scenarios/northern-interaction-2023.cfg\n"
            "  muster list assumed scenarios/northern-interaction-2023.cfg PRK\n"
            "  muster list random scenarios/northern-interaction-2023.cfg\n"
            "\n"
            "Lists what can be used. Classes, bases and straits are those of the shipped\n"
            "library, or of FILE when one is given. \"muster show FILE ID\" tells all of one.\n",
    .arguments_min = 0,
    .arguments_max = 3,
    .options = options,
    .run = run_ids,
    .word = word,
};
