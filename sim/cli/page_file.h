/** @file page_file.h
 * A page under way: the half that was built before what it shows, blocks of data, and the half behind
 * them (analysis/page/README.md). Nothing that stands in a block can end it.
 */
#ifndef MST_CLI_PAGE_FILE_H
#define MST_CLI_PAGE_FILE_H

#include "cli/cli.h"
#include "cli/sink.h"

typedef struct cli_page_file {
    const cli_call *call;
    cli_sink sink;
    char *tail;
    size_t tail_bytes;
    bool is_whole; /* all that was asked for has been written so far */
} cli_page_file;

/** Opens what -o names, or stdout, and writes the first half; says on stderr why it cannot.
 * @param[in] head  name of the half without its ending: "report-head"
 * @param[in] tail  likewise
 * @return 0, or 3 with nothing to be ended */
int cli_page_begin(const cli_call *call, const char *head, const char *tail, cli_page_file *page);

/** Writes a JSON document; id: of the block that holds it, null: the half before has opened one. */
void cli_page_json(cli_page_file *page, const char *id, const char *json);

/** Writes a block of bytes, packed (cli/pack.h). */
void cli_page_packed(cli_page_file *page, const char *id, const void *bytes, size_t length);

/** The same of bytes that are gzip already. */
void cli_page_gzip(cli_page_file *page, const char *id, const void *bytes, size_t length);

/** Writes the second half and puts the file in its place. @return 0 or 3 */
int cli_page_end(cli_page_file *page);

/** Gives up: what -o names is as it was. */
void cli_page_drop(cli_page_file *page);

/** A file that was built for pages ("engine.wasm.gz"); null if it is not there. Free with free(). */
char *cli_page_built(const char *name, size_t *length);

#endif
