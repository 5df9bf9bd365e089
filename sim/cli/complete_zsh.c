/* Completions for zsh: one call of _arguments a verb. */
#include "cli/syntax.h"

#include <string.h>

static const char head[] =
    "#compdef muster\n"
    "# Completions of muster(1) for zsh, made by \"muster help --completion zsh\"; do not edit.\n"
    "\n"
    "# Names from lists of the library, or of the scenario on the line.\n"
    "_muster_names() {\n"
    "    local list word before='' file=''\n"
    "    local -a names\n"
    "    for word in \"${(@Q)words[2,CURRENT-1]}\"; do\n"
    "        word=${word/#\\~\\//$HOME/}\n"
    "        [[ -n $file || ${valued[(Ie)$before]} -gt 0 || ! -f $word ]] || file=$word\n"
    "        before=$word\n"
    "    done\n"
    "    for list in \"$@\"; do\n"
    "        names+=(\"${(@f)$($muster list $list ${file:+$file} --ids 2>/dev/null "
    "</dev/null)}\")\n"
    "    done\n"
    "    names=(${names:#* *})\n"
    "    compadd -a names\n"
    "}\n"
    "\n"
    "_muster() {\n"
    "    local muster=${${(Q)words[1]}/#\\~\\//$HOME/} verb=$words[2]\n"
    "    local -a verbs valued\n";

static const char middle[] = "    if (( CURRENT == 2 )); then\n"
                             "        _describe verb verbs\n"
                             "        compadd -- --help --version\n"
                             "        return\n"
                             "    fi\n"
                             "    shift words\n"
                             "    (( CURRENT-- ))\n"
                             "    case $verb in\n";

static const char tail[] = "    esac\n"
                           "}\n"
                           "\n"
                           "_muster \"$@\"\n";

/* Text inside single quotes; `marks` have a meaning there and are escaped. */
static void add_quoted(mst_text *out, const char *text, const char *marks)
{
    for (; *text; text++)
        if (*text == '\'')
            mst_text_add(out, "'\\''");
        else
            mst_text_printf(out, strchr(marks, *text) ? "\\%c" : "%c", *text);
}

/* ":what:how to complete it" */
static void add_offer(mst_text *out, const char *name, const cli_offer *offer)
{
    mst_text_add(out, ":");
    add_quoted(out, name, ":\\");
    mst_text_add(out, ":");
    if (offer->files || offer->folders)
        mst_text_add(out, offer->lists[0] ? "{ _files; _muster_names " : "_files");
    if (offer->folders && !offer->files)
        mst_text_add(out, " -/");
    if (offer->lists[0] && !offer->files)
        mst_text_add(out, "_muster_names ");
    mst_text_add(out, offer->lists);
    if (offer->lists[0] && offer->files)
        mst_text_add(out, " }");
    if (offer->words[0])
        mst_text_printf(out, "(%s)", offer->words);
}

static void add_verb(mst_text *out, const cli_verb *verb)
{
    cli_place place[CLI_PLACES_MAX];
    cli_offer offer;
    const int count = cli_places(verb, place);
    mst_text_printf(out, "        %s)\n            valued=(", verb->name);
    for (const cli_option *o = verb->options; o && o->name; o++)
        mst_text_printf(out, "%s%s", o->argument ? " " : "", o->argument ? o->name : "");
    mst_text_add(out, " )\n            _arguments");
    for (const cli_option *o = verb->options; o && o->name; o++) {
        const bool is_long = strncmp(o->name, "--", 2) == 0;
        mst_text_printf(out, " \\\n                '*%s%s[", o->name,
                        !o->argument ? ""
                        : is_long    ? "="
                                     : "");
        add_quoted(out, o->help, ":\\[]");
        mst_text_add(out, "]");
        if (o->argument) {
            cli_option_offer(o, &offer);
            add_offer(out, o->argument, &offer);
        }
        mst_text_add(out, "'");
    }
    mst_text_add(out, " \\\n                '--help[what it does, and its options]'");
    for (int i = 0; i < count; i++) {
        if (place[i].repeats)
            mst_text_add(out, " \\\n                '*");
        else
            mst_text_printf(out, " \\\n                '%d", i + 1);
        add_offer(out, place[i].name, &place[i].offer);
        mst_text_add(out, "'");
    }
    mst_text_add(out, " ;;\n");
}

void cli_complete_zsh(mst_text *out)
{
    mst_text_add(out, head);
    mst_text_add(out, "    verbs=(\n");
    for (int i = 0; cli_verbs[i]; i++) {
        mst_text_printf(out, "        '%s:", cli_verbs[i]->name);
        add_quoted(out, cli_verbs[i]->summary, "\\");
        mst_text_add(out, "'\n");
    }
    mst_text_add(out, "    )\n");
    mst_text_add(out, middle);
    for (int i = 0; cli_verbs[i]; i++)
        add_verb(out, cli_verbs[i]);
    mst_text_add(out, tail);
}
