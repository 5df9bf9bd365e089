/* muster help: an example first, then the verbs; or one verb with its options. */
#include "cli/syntax.h"

#include "tell/page.h"

#include <string.h>

static void print_row(const char *left, int32_t start, const char *right)
{
    mst_text row;
    const mst_page_cell cells[] = {{left, 2, start - 3}, {right, start, MST_PAGE_WIDTH - start}};
    mst_text_init(&row, NULL);
    mst_page_row(&row, cells, 2);
    fputs(row.bytes ? row.bytes : "", stdout);
    mst_text_clear(&row);
}

/* Groups of verbs by what one has in hand; verbs that are in none stand at the end. */
static const struct {
    const char *title;
    const char *verbs[6];
} groups[] = {
    {"Questions about one scenario", {"run", "why", "reach", "check", "step"}},
    {"No scenario needed", {"calc", "list", "show", "help"}},
};

/* An option; one that is longer than its column has a line of its own. */
static void print_option(const cli_option *o)
{
    enum { COLUMN = 27 };
    char left[64];
    snprintf(left, sizeof left, "%s %s", o->name, o->argument ? o->argument : "");
    const bool fits = strlen(left) <= COLUMN - 3;
    if (!fits)
        printf("  %s\n", left);
    print_row(fits ? left : "", COLUMN, o->help);
}

static void print_verb_row(const cli_verb *verb)
{
    char call[40];
    snprintf(call, sizeof call, "%s %s", verb->name, verb->usage);
    print_row(call, 25, verb->summary);
}

static bool is_in_group(const cli_verb *verb, size_t group)
{
    for (int i = 0; i < 6 && groups[group].verbs[i]; i++)
        if (strcmp(groups[group].verbs[i], verb->name) == 0)
            return true;
    return false;
}

static void print_overview(void)
{
    const size_t group_count = sizeof groups / sizeof *groups;
    printf("  muster run scenarios/northern-interaction-2023.cfg\n"
           "\n"
           "muster simulates joint naval and air drills: who will come, who can get there,\n"
           "how well they work together. The line above runs the worked case.\n");
    for (size_t g = 0; g <= group_count; g++) {
        bool any = false;
        for (int i = 0; cli_verbs[i]; i++) {
            bool elsewhere = false;
            for (size_t other = 0; other < group_count; other++)
                elsewhere = elsewhere || is_in_group(cli_verbs[i], other);
            if (g < group_count ? !is_in_group(cli_verbs[i], g) : elsewhere)
                continue;
            if (!any)
                printf("\n%s\n", g < group_count ? groups[g].title : "More");
            any = true;
            print_verb_row(cli_verbs[i]);
        }
    }
    printf("\n"
           "Exit status: 0 done, 1 a check or expectation failed, 2 a mistake in the command\n"
           "or in a file, 3 the world failed (cannot open, no memory, disk full).\n"
           "muster --version prints versions and licence. Results go to stdout, all else to\n"
           "stderr; --json gives the same for programs.\n");
}

static void print_verb(const cli_verb *verb)
{
    printf("muster %s%s%s: %s\n\n%s", verb->name, *verb->usage ? " " : "", verb->usage,
           verb->summary, verb->help);
    if (!verb->options || !verb->options->name)
        return;
    printf("\nOptions\n");
    for (const cli_option *o = verb->options; o->name; o++)
        print_option(o);
}

static int no_such_verb(const cli_call *call)
{
    return cli_mistake(call->as_json, "muster --help lists the verbs", "no verb '%s'",
                       call->argument[0]);
}

/* What is made for other programs: pages, completions, names. */
static int make(const cli_call *call)
{
    const char *shell = cli_value(call, "--completion");
    const cli_verb *verb = call->argument_count ? cli_verb_named(call->argument[0]) : NULL;
    if (call->given_count > 1 || (call->argument_count > 0 && !cli_has(call, "--man")))
        return cli_mistake(call->as_json, "muster help help",
                           "--man [VERB], --completion and --ids stand alone");
    if (call->argument_count > 0 && !verb)
        return no_such_verb(call);
    mst_text text;
    mst_text_init(&text, NULL);
    if (cli_has(call, "--man"))
        cli_manual(&text, verb);
    else if (!shell)
        for (int i = 0; cli_verbs[i]; i++)
            mst_text_printf(&text, "%s\n", cli_verbs[i]->name);
    else if (!cli_completion(&text, shell))
        return cli_mistake(call->as_json, "bash, zsh, fish", "no completions for '%s'", shell);
    return cli_output(call, mst_text_take(&text));
}

static int run(const cli_call *call)
{
    if (call->given_count > 0)
        return make(call);
    if (call->argument_count == 0) {
        print_overview();
        return MUSTER_OK;
    }
    const cli_verb *verb = cli_verb_named(call->argument[0]);
    if (!verb)
        return no_such_verb(call);
    print_verb(verb);
    return MUSTER_OK;
}

static const char *word(int index)
{
    return cli_verbs[index] ? cli_verbs[index]->name : NULL;
}

static const cli_option options[] = {
    {"--man", NULL, "a manual page (roff) of VERB, or of muster"},
    {"--completion", "bash|zsh|fish", "completions for that shell"},
    CLI_IDS_OPTION,
    CLI_END_OPTIONS};

const cli_verb cli_help = {
    .name = "help",
    .usage = "[VERB]",
    .summary = "options of one verb, for instance: muster help run",
    .help = "  muster help run\n"
            "  muster help --man run\n"
            "  muster help --completion bash\n"
            "\n"
            "Tells what a verb does, with examples and its options. Manual pages and the\n"
            "completions of shells are made of the same words; an installed muster has them\n"
            "in place.\n",
    .arguments_min = 0,
    .arguments_max = 1,
    .options = options,
    .run = run,
    .word = word,
};
