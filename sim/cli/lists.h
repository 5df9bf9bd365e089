/** @file lists.h
 * What `muster list` can list.
 */
#ifndef MST_CLI_LISTS_H
#define MST_CLI_LISTS_H

#include "cli/library.h"

#include "base/text.h"
#include "tell/json.h"

/** A table of id, words and a third column, as text and as JSON rows. */
typedef struct cli_table {
    mst_text text;
    mst_json *json;
    int32_t id_columns;   /* 0: the usual */
    int32_t more_columns; /* 0: the usual */
    bool only_ids;        /* text: the ids, whole, one a line */
} cli_table;

/** A kind of thing that can be listed. */
typedef struct cli_list_kind {
    const char *name, *what;
    bool of_file; /* a scenario file is needed */
    void (*list)(cli_table *t, const cli_session *s);
} cli_list_kind;

extern const cli_list_kind cli_lists[];
extern const int32_t cli_list_count;

/** Who owes whom, balances and their entries (sim/cli/list_ledger.c). */
void cli_list_ledger(cli_table *t, const cli_session *s);

/** A row of a list; more may be null. */
void cli_list_row(cli_table *t, const char *id, const char *words, const char *more);

#endif
