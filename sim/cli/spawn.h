/** @file spawn.h
 * Other programs: their command lines word by word, as a shell would be told them, and run without one.
 */
#ifndef MST_CLI_SPAWN_H
#define MST_CLI_SPAWN_H

#include "base/text.h"

/** The words of a command line; word[count] is null. */
typedef struct cli_words {
    char **word;
    size_t count, room;
    bool failed; /* memory was short; later additions do nothing */
} cli_words;

void cli_words_add(cli_words *words, const char *word);
void cli_words_printf(cli_words *words, const char *format, ...) MUSTER_PRINTF(2, 3);
void cli_words_clear(cli_words *words);

/** Adds a word as a POSIX shell reads it, whatever is in it. */
void cli_put_word(mst_text *out, const char *word);

/** Adds all words with a blank between. */
void cli_put_words(mst_text *out, const cli_words *words);

/** Looks for a program in PATH. @return its path, to be freed; null: it is not there */
char *cli_find_program(const char *name);

/** How a program ended, and what it said. */
typedef struct cli_spawned {
    int error;      /* errno of what kept it from being started or listened to; 0 */
    int status;     /* its exit status; 128 + number of the signal it died by     */
    size_t length;  /* of what it wrote to stdout                                 */
    char out[4096]; /* the first of it, ends with a zero                          */
} cli_spawned;

/** Runs a program with nothing on stdin and waits for its end. is_quiet: what it says on stderr is
 * dropped, otherwise it goes where ours goes. A signal to us alone does not end it. */
void cli_spawn(const char *path, const cli_words *words, bool is_quiet, cli_spawned *out);

#endif
