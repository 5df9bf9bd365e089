/* muster help: an example first, then the verbs; or one verb with its options. */
#include "cli/cli.h"

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
    {"Questions about one scenario", {"run", "why", "reach", "check"}},
    {"No scenario needed", {"calc", "list", "show", "help"}},
};

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
    printf("muster %s %s: %s\n\n%s", verb->name, verb->usage, verb->summary, verb->help);
    if (!verb->options || !verb->options->name)
        return;
    printf("\nOptions\n");
    for (const cli_option *o = verb->options; o->name; o++) {
        char left[64];
        snprintf(left, sizeof left, "%s %s", o->name, o->argument ? o->argument : "");
        print_row(left, 27, o->help);
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
