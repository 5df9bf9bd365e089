/** @file cli.h
 * The `muster` program: one table of verbs, one file per verb. Files, argv, stdout and exit
 * status live here and nowhere else.
 */
#ifndef MST_CLI_CLI_H
#define MST_CLI_CLI_H

#include "muster/muster.h"

#include <stdio.h>

/** One option of a verb. From these rows come parsing, help, manual pages and completions. Alternatives
 * of a value are written "one|other". */
typedef struct cli_option {
    const char *name;     /* "--set"                                       */
    const char *argument; /* "'PATH = VALUE'", null: a switch              */
    const char *help;
} cli_option;

enum { CLI_ARGUMENTS_MAX = 64, CLI_OPTIONS_MAX = 64 }; /* no verb takes as many arguments */

/** A parsed command line: what stands behind the verb. */
typedef struct cli_call {
    const struct cli_verb *verb;
    const char *argument[CLI_ARGUMENTS_MAX]; /* without a dash, in order */
    int argument_count;
    struct {
        const cli_option *option;
        const char *value;
    } given[CLI_OPTIONS_MAX];
    int given_count;
    bool as_json; /* failures are told as a document too */
} cli_call;

typedef struct cli_verb {
    const char *name;
    const char *usage;   /* "FILE [STATE]"                                     */
    const char *summary; /* one line for the list of verbs                     */
    const char *help;    /* paragraphs: examples first, then what it does      */
    int arguments_min, arguments_max;
    const cli_option *options; /* ends with a null name; --help is everybody's */
    int (*run)(const cli_call *call);
    const char *many; /* the option besides --set that may be given again; null: none  */
    const char *(*word)(int index); /* words that may stand first behind the verb, from 0; null
                                       behind the last; no function: none are known           */
} cli_verb;

extern const cli_verb *const cli_verbs[]; /* ends with null */

/** The verb of that name, null if there is none. */
const cli_verb *cli_verb_named(const char *name);

/** Value of an option, null when not given; the last one wins. */
const char *cli_value(const cli_call *call, const char *name);
bool cli_has(const cli_call *call, const char *name);

/** Options that several verbs share. */
#define CLI_CHANGE_OPTIONS                                                                         \
    {"--set", "'PATH = VALUE'", "change one setting; may be given again, later wins"},             \
        {"--variant", "NAME", "a list of changes named in the file"},                              \
    {                                                                                              \
        "--land", "FILE", "land of another box, made by sim/world/land/make_land.mjs"              \
    }
#define CLI_JSON_OPTION                                                                            \
    {                                                                                              \
        "--json", NULL, "the same as JSON on stdout"                                               \
    }
#define CLI_IDS_OPTION                                                                             \
    {                                                                                              \
        "--ids", NULL, "only the names, one a line, for scripts"                                   \
    }
#define CLI_END_OPTIONS                                                                            \
    {                                                                                              \
        NULL, NULL, NULL                                                                           \
    }

/** A scenario on its way through the program; all members may be null until reached. */
typedef struct cli_session {
    muster_diags *diags;
    muster_source_text *text;
    muster_scenario *scenario;
    muster_land *land;
    muster_routes *routes;
    muster_model *model;
    muster_result *result;
    muster_sample *sample;
    bool as_json;
} cli_session;

/** How far to go. */
typedef enum cli_stage { CLI_READ, CLI_COMPILED, CLI_RUN } cli_stage;

/** Opens, reads, compiles and runs argument 0 as far as asked; on failure prints the diagnostics
 * (and, with --json, the document on stdout). @return exit status, 0 when it got there. */
int cli_open(const cli_call *call, cli_stage stage, cli_session *session);

/** The land built in, or that of --land. */
muster_status cli_open_land(const cli_call *call, muster_diags *diags, muster_land **out);

/** Adds what stands behind each --set to the lines there are: what is said later wins.
 * @param[in,out] line  room for CLI_OPTIONS_MAX more  @return how many there are now */
int32_t cli_set_lines(const cli_call *call, const char **line, int32_t count);
void cli_close(cli_session *session);

/** Prints what diagnostics there are: lines to stderr and, if asked, the document to stdout. */
void cli_print_diags(const muster_diags *diags, bool as_json);

/** One mistake of the command line, in both forms; returns 2. hint may be null. */
int cli_mistake(bool as_json, const char *hint, const char *format, ...) MUSTER_PRINTF(3, 4);

/** The same for any other failure; returns the status. */
int cli_failure(int status, bool as_json, const char *hint, const char *format, ...)
    MUSTER_PRINTF(4, 5);

/** Writes a text to stdout or to the file of -o, frees it. Null: memory was short. A regular file
 * is replaced whole and keeps its mode; a link stays one; a pipe or a device is written into.
 * @return 0 or 3 */
int cli_output(const cli_call *call, char *text);

/** Refuses a -o that names the file of the first argument, by whatever way: it would be gone. @return 0 or 2 */
int cli_keep_input(const cli_call *call);

/** The same to a file of that name; - is stdout. */
int cli_output_to(const cli_call *call, const char *path, char *text);

/** Makes a folder unless it is there; what it is to lie in must be. @return false with errno */
bool cli_make_folder(const char *path);

/** Tells that a result could not be written, by errno; of a reader that has gone nothing. @return 3 */
int cli_cannot_write(const cli_call *call, const char *path);

/** cli_output for what a muster_tell function made: a null is told by the diagnostics that it left
 * in a list of its own. @return 0, 2 or 3 */
int cli_tell(const cli_call *call, char *text, const muster_diags *diags);

/** The same to a file of that name; - is stdout. */
int cli_tell_to(const cli_call *call, const char *path, char *text, const muster_diags *diags);

/** Prints a document to stdout as text, or with --json as JSON; null: memory was short. */
struct muster_document;
int cli_tell_document(const cli_call *call, const struct muster_document *document);

/** Runs the scenario of the first argument and prints what `tell` says of the state of the second, in
 * the drill of --drill; without a second argument `tell` is asked of no state. @return exit status */
int cli_tell_state(const cli_call *call,
                   char *(*tell)(const muster_tell *tell, const char *state, const char *drill,
                                 bool as_json, muster_diags *diags));

/** Reads regular files for the gatherer. */
extern const muster_opener cli_files;

/** Reads a regular file, of a larger one max_bytes + 1 bytes; null with *reason when it cannot.
 * Free with free(). */
char *cli_read_file(const char *path, size_t max_bytes, size_t *length, const char **reason);

/** Folder of the scenarios library: $MUSTER_SCENARIOS, beside the source, or as installed. */
const char *cli_scenarios_dir(void);

#endif
