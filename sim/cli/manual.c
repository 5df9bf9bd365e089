/* Manual pages: the words of the tables in the macros of man(7). */
#include "cli/syntax.h"

#include <ctype.h>
#include <string.h>

/* Of the pages' form; a page must say a date, and reading the clock would make every build differ. */
static const char date[] = "2026-11-25";

static const struct {
    int status;
    const char *words;
} statuses[] = {
    {MUSTER_OK, "Done. A drill to which nobody comes is a result."},
    {MUSTER_UNMET, "A check failed, or an expectation of the file is not met."},
    {MUSTER_MISTAKE, "A mistake in the command line or in a file; standard error says which."},
    {MUSTER_WORLD, "The world failed: a file cannot be opened, no memory, disk full."},
};

/* Text as it stands: signs that roff would turn into others or take for a request are named. */
static void add_bytes(mst_text *out, const char *text, size_t length)
{
    static const struct {
        char sign;
        const char *name;
    } names[] = {{'\\', "\\e"},  {'-', "\\-"},   {'\'', "\\(aq"}, {'`', "\\(ga"},
                 {'^', "\\(ha"}, {'~', "\\(ti"}, {'"', "\\(dq"}};
    for (size_t i = 0; i < length; i++) {
        const char *name = NULL;
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (names[k].sign == text[i])
                name = names[k].name;
        if (i == 0 && text[0] == '.')
            mst_text_add(out, "\\&");
        if (name)
            mst_text_add(out, name);
        else
            mst_text_add_bytes(out, text + i, 1);
    }
}

static void add(mst_text *out, const char *text)
{
    add_bytes(out, text, strlen(text));
}

/* What the user replaces is in capitals: "[STATE]" with its word in italics. */
static void add_usage(mst_text *out, const char *usage)
{
    while (*usage) {
        size_t length = strcspn(usage, " []|.");
        if (length > 0 && isupper((unsigned char)usage[0])) {
            mst_text_add(out, "\\fI");
            add_bytes(out, usage, length);
            mst_text_add(out, "\\fR");
        } else {
            length = length > 0 ? length : strspn(usage, " []|.");
            add_bytes(out, usage, length);
        }
        usage += length;
    }
}

static bool is_example(const char *line)
{
    return strncmp(line, "  muster ", 9) == 0;
}

static size_t line_length(const char *line)
{
    return strcspn(line, "\n");
}

static const char *line_after(const char *line)
{
    const size_t length = line_length(line);
    return line + length + (line[length] == '\n');
}

/* Examples of a help text are the lines at its beginning. */
static void add_examples(mst_text *out, const char *help, int most)
{
    for (; is_example(help) && most > 0; help = line_after(help), most--) {
        add_bytes(out, help + 2, line_length(help) - 2);
        mst_text_add(out, "\n");
    }
}

/* Paragraphs behind the examples; one that begins with a blank keeps its lines. */
static void add_paragraphs(mst_text *out, const char *help)
{
    bool as_it_stands = false, is_first = true;
    while (is_example(help))
        help = line_after(help);
    for (bool begins = true; *help; help = line_after(help)) {
        const size_t length = line_length(help);
        if (length == 0) {
            mst_text_add(out, as_it_stands ? ".fi\n" : "");
            as_it_stands = false;
            begins = true;
            continue;
        }
        if (begins) {
            as_it_stands = help[0] == ' ';
            mst_text_add(out, is_first ? "" : ".PP\n");
            mst_text_add(out, as_it_stands ? ".nf\n" : "");
            begins = is_first = false;
        }
        add_bytes(out, help, length);
        mst_text_add(out, "\n");
    }
    mst_text_add(out, as_it_stands ? ".fi\n" : "");
}

static void add_option(mst_text *out, const char *name, const char *argument, const char *help)
{
    mst_text_add(out, ".TP\n\\fB");
    add(out, name);
    mst_text_add(out, "\\fR");
    if (argument) {
        mst_text_add(out, " \\fI");
        add(out, argument);
        mst_text_add(out, "\\fR");
    }
    mst_text_add(out, "\n");
    add(out, help);
    mst_text_add(out, ".\n");
}

static void add_head(mst_text *out, const char *verb)
{
    mst_text_printf(out, ".\\\" Made by \"muster help --man%s%s\"; do not edit.\n",
                    *verb ? " " : "", verb);
    mst_text_add(out, ".TH MUSTER");
    if (*verb)
        mst_text_add(out, "\\-");
    for (; *verb; verb++)
        mst_text_printf(out, "%c", toupper((unsigned char)*verb));
    mst_text_printf(out, " 1 %s \"muster %s\" \"User Commands\"\n.SH NAME\nmuster", date,
                    muster_version());
}

static void add_status(mst_text *out)
{
    mst_text_add(out, ".SH EXIT STATUS\n");
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        mst_text_printf(out, ".TP\n\\fB%d\\fR\n%s\n", statuses[i].status, statuses[i].words);
}

static void add_files(mst_text *out)
{
    mst_text_add(out,
                 ".SH ENVIRONMENT\n.TP\n\\fBMUSTER_SCENARIOS\\fR\n"
                 "Folder to take the shipped library from, in place of the installed one.\n"
                 ".SH FILES\n.TP\n\\fIshare/muster/scenarios\\fR\n"
                 "Shipped scenarios and, in \\fIlibrary\\fR, classes, bases and straits; below "
                 "the folder\nthat muster is installed to. \\fIREADME.md\\fR there tells how "
                 "to write a scenario.\n"
                 ".TP\n\\fIinclude/muster/run.schema.json\\fR\n"
                 "Schema of all JSON that muster writes; likewise.\n");
}

/* The pages of all other verbs. */
static void add_see_also(mst_text *out, const cli_verb *verb)
{
    mst_text_add(out, ".SH SEE ALSO\n");
    const char *before = "";
    if (verb) {
        mst_text_add(out, "\\fBmuster\\fR(1)");
        before = ",\n";
    }
    for (int i = 0; cli_verbs[i]; i++)
        if (cli_verbs[i] != verb) {
            mst_text_printf(out, "%s\\fBmuster\\-%s\\fR(1)", before, cli_verbs[i]->name);
            before = ",\n";
        }
    mst_text_add(out, "\n");
}

static void add_verb_page(mst_text *out, const cli_verb *verb)
{
    mst_text_printf(out, "\\-%s \\- ", verb->name);
    add(out, verb->summary);
    mst_text_printf(out, "\n.SH SYNOPSIS\n\\fBmuster %s\\fR [\\fIOPTION\\fR ...] ", verb->name);
    add_usage(out, verb->usage);
    mst_text_add(out, "\n.SH DESCRIPTION\n");
    add_paragraphs(out, verb->help);
    mst_text_add(out, ".SH OPTIONS\nOptions may stand before or behind arguments; behind "
                      "\\fB\\-\\-\\fR there are only arguments.\n");
    for (const cli_option *o = verb->options; o && o->name; o++)
        add_option(out, o->name, o->argument, o->help);
    add_option(out, "--help", NULL, "what this page says, in short");
    mst_text_add(out, ".SH EXAMPLES\n.nf\n");
    add_examples(out, verb->help, 99);
    mst_text_add(out, ".fi\n");
}

static void add_program_page(mst_text *out)
{
    mst_text_add(out, " \\- simulates joint naval and air drills\n"
                      ".SH SYNOPSIS\n\\fBmuster\\fR \\fIVERB\\fR [\\fIOPTION\\fR ...] "
                      "[\\fIARGUMENT\\fR ...]\n"
                      ".SH DESCRIPTION\nmuster simulates joint naval and air drills: who will "
                      "come, who can get there, how well\nthey work together. A scenario is a text "
                      "file in which every figure has a source or says that\nit is assumed. "
                      "Results go to standard output, all else to standard error.\n"
                      ".PP\nEach verb has a page of its own, muster\\-VERB.\n");
    for (int i = 0; cli_verbs[i]; i++) {
        mst_text_printf(out, ".TP\n\\fBmuster %s\\fR ", cli_verbs[i]->name);
        add_usage(out, cli_verbs[i]->usage);
        mst_text_add(out, "\n");
        add(out, cli_verbs[i]->summary);
        mst_text_add(out, "\n");
    }
    mst_text_add(out, ".SH OPTIONS\n");
    add_option(out, "--help", NULL, "the verbs; behind a verb, what it does and its options");
    add_option(out, "--version", NULL, "versions and licence");
    mst_text_add(out, ".SH EXAMPLES\n.nf\n");
    for (int i = 0; cli_verbs[i]; i++)
        add_examples(out, cli_verbs[i]->help, 1);
    mst_text_add(out, ".fi\n");
}

void cli_manual(mst_text *out, const cli_verb *verb)
{
    add_head(out, verb ? verb->name : "");
    if (verb)
        add_verb_page(out, verb);
    else
        add_program_page(out);
    add_status(out);
    add_files(out);
    add_see_also(out, verb);
}
