/** @file syntax.h
 * What may stand where on a command line, read out of the tables of verbs and options: manual pages
 * and completions are made from it, so that a new verb or option needs no word in them.
 */
#ifndef MST_CLI_SYNTAX_H
#define MST_CLI_SYNTAX_H

#include "cli/cli.h"

#include "base/text.h"

enum { CLI_PLACES_MAX = 8, CLI_WORD_BYTES = 256 };

/** What can be offered at one place; none of them: something that only the user knows. */
typedef struct cli_offer {
    bool files, folders;
    char words[CLI_WORD_BYTES]; /* fixed words, a blank between                              */
    char lists[CLI_WORD_BYTES]; /* names for `muster list NAME [FILE] --ids`, likewise       */
} cli_offer;

/** One argument behind the verb. */
typedef struct cli_place {
    cli_offer offer;
    char name[32]; /* "FILE"                                          */
    bool repeats;  /* all that follow are like it                     */
} cli_place;

/** Reads the usage of a verb: "FILE [STATE]", "[FILE] ID", "FILE ...". An argument that may be left
 * out before one that may not shares its place with it. "..." repeats a FILE; behind anything else
 * it stands for ids of the library. @return number of places */
int cli_places(const cli_verb *verb, cli_place place[CLI_PLACES_MAX]);

/** What can be offered as the value of an option. A name that is one of a list (--drill, drills)
 * is found in that list. */
void cli_option_offer(const cli_option *option, cli_offer *out);

/** Makes a manual page (roff): of a verb, or of the program (null). */
void cli_manual(mst_text *out, const cli_verb *verb);

/** Makes the completions for a shell; false if it is not "bash", "zsh" or "fish". */
bool cli_completion(mst_text *out, const char *shell);
void cli_complete_bash(mst_text *out);
void cli_complete_zsh(mst_text *out);
void cli_complete_fish(mst_text *out);

#endif
