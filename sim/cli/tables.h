/** @file tables.h
 * Tables of drills as options name them: --record, --states, --dyads, --carry, --use, --ideal-points.
 */
#ifndef MST_CLI_TABLES_H
#define MST_CLI_TABLES_H

#include "cli/cli.h"

typedef struct cli_tables {
    muster_record_table table[CLI_OPTIONS_MAX];
    char *bytes[CLI_OPTIONS_MAX]; /* of each, to be freed */
    int count;
} cli_tables;

/** Reads the files of a call; what cannot be opened is told at once. What was opened must be closed
 * whatever the status. @return 0 or 3 */
int cli_tables_open(const cli_call *call, cli_tables *out);
void cli_tables_close(cli_tables *tables);

/** Reads how tables are to be read; false after a printed mistake. */
bool cli_tables_options(const cli_call *call, muster_record_options *out);

#endif
