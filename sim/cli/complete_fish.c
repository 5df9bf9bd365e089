/* Completions for fish: one line an option and a place. */
#include "cli/syntax.h"

#include <string.h>

static const char head[] =
    "# Completions of muster(1) for fish, made by \"muster help --completion fish\"; do not edit.\n"
    "\n"
    "# Arguments on the line before the cursor, without options and their values; the verb first.\n"
    "function __muster_arguments\n"
    "    set -l words (commandline -opc)\n"
    "    set -l skip 0\n"
    "    set -l only 0\n"
    "    for word in $words[2..-1]\n"
    "        if test $skip = 1\n"
    "            set skip 0\n"
    "        else if test $only = 0 -a \"$word\" = --\n"
    "            set only 1\n"
    "        else if test $only = 0; and string match -q -- '-?*' $word\n"
    "            contains -- $word (__muster_valued $words[2]); and set skip 1\n"
    "        else\n"
    "            echo -- $word\n"
    "        end\n"
    "    end\n"
    "end\n"
    "\n"
    "# True on the line of a verb; with a number, if that argument is being written.\n"
    "function __muster_at\n"
    "    set -l words (__muster_arguments)\n"
    "    test (count $words) -ge 1; and test \"$words[1]\" = $argv[1]; or return 1\n"
    "    if set -q argv[3]\n"
    "        test (count $words) -ge $argv[2]\n"
    "    else if set -q argv[2]\n"
    "        test (count $words) -eq $argv[2]\n"
    "    end\n"
    "end\n"
    "\n"
    "# Names from lists of the library, or of the scenario on the line.\n"
    "function __muster_names\n"
    "    set -l words (commandline -opc)\n"
    "    set -l muster (string replace -r '^~/' $HOME/ -- (string unescape -- $words[1]))\n"
    "    set -l file\n"
    "    for word in (__muster_arguments)[2..-1]\n"
    "        set word (string replace -r '^~/' $HOME/ -- (string unescape -- $word))\n"
    "        test -z \"$file\"; and test -f \"$word\"; and set file $word\n"
    "    end\n"
    "    for list in $argv\n"
    "        $muster list $list $file --ids 2>/dev/null </dev/null | string match -v -- '* *'\n"
    "    end\n"
    "end\n"
    "\n";

/* Text inside single quotes. */
static void add_quoted(mst_text *out, const char *text)
{
    mst_text_add(out, "'");
    for (; *text; text++)
        mst_text_printf(out, *text == '\'' || *text == '\\' ? "\\%c" : "%c", *text);
    mst_text_add(out, "'");
}

/* Options that take a value, by verb. */
static void add_valued(mst_text *out)
{
    mst_text_add(out, "function __muster_valued\n    switch \"$argv[1]\"\n");
    for (int i = 0; cli_verbs[i]; i++) {
        mst_text_printf(out, "        case %s\n            printf '%%s\\n'", cli_verbs[i]->name);
        for (const cli_option *o = cli_verbs[i]->options; o && o->name; o++)
            mst_text_printf(out, "%s%s", o->argument ? " " : "", o->argument ? o->name : "");
        mst_text_add(out, "\n");
    }
    mst_text_add(out, "    end\nend\n\n");
}

static void add_offer(mst_text *out, const cli_offer *offer)
{
    if (offer->files)
        mst_text_add(out, " -F");
    if (offer->words[0])
        mst_text_printf(out, " -a '%s'", offer->words);
    if (offer->lists[0])
        mst_text_printf(out, " -a '(__muster_names %s)'", offer->lists);
    if (offer->folders)
        mst_text_add(out, " -a '(__fish_complete_directories (commandline -ct))'");
}

static void add_option(mst_text *out, const char *verb, const cli_option *option)
{
    cli_offer offer;
    const bool is_long = strncmp(option->name, "--", 2) == 0;
    mst_text_printf(out, "complete -c muster -n '__muster_at %s' -%s %s", verb,
                    is_long                     ? "l"
                    : strlen(option->name) == 2 ? "s"
                                                : "o",
                    option->name + (is_long ? 2 : 1));
    cli_option_offer(option, &offer);
    if (option->argument)
        mst_text_add(out, offer.files ? " -r" : " -x");
    add_offer(out, &offer);
    mst_text_add(out, " -d ");
    add_quoted(out, option->help);
    mst_text_add(out, "\n");
}

static void add_verb(mst_text *out, const cli_verb *verb)
{
    cli_place place[CLI_PLACES_MAX];
    const int count = cli_places(verb, place);
    mst_text_printf(out,
                    "\ncomplete -c muster -n 'test (count (__muster_arguments)) = 0' -a %s -d ",
                    verb->name);
    add_quoted(out, verb->summary);
    mst_text_add(out, "\n");
    for (const cli_option *o = verb->options; o && o->name; o++)
        add_option(out, verb->name, o);
    for (int i = 0; i < count; i++) {
        mst_text_printf(out, "complete -c muster -n '__muster_at %s %d%s'", verb->name, i + 1,
                        place[i].repeats ? " on" : "");
        add_offer(out, &place[i].offer);
        mst_text_add(out, "\n");
    }
}

void cli_complete_fish(mst_text *out)
{
    mst_text_add(out, head);
    add_valued(out);
    mst_text_add(out, "complete -c muster -f\n"
                      "complete -c muster -l help -d 'what it does, and its options'\n"
                      "complete -c muster -n 'test (count (__muster_arguments)) = 0' -l version "
                      "-d 'versions and licence'\n");
    for (int i = 0; cli_verbs[i]; i++)
        add_verb(out, cli_verbs[i]);
}
