/** @file kind.h
 * What a file is, found by looking into it and never by its name.
 */
#ifndef MST_CLI_KIND_H
#define MST_CLI_KIND_H

typedef enum cli_kind {
    CLI_SCENARIO, /* anything that is none of the others; what is wrong is found by reading it */
    CLI_RUN_FILE, /* a JSON document */
    CLI_STORE     /* a SQLite database */
} cli_kind;

/** By its first bytes; a file that cannot be read is a scenario, whose reader says why. */
cli_kind cli_kind_of(const char *path);

#endif
