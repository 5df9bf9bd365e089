/** @file page_names.h
 * Names of places for a page: a set by its word, or a file of single names over one.
 */
#ifndef MST_CLI_PAGE_NAMES_H
#define MST_CLI_PAGE_NAMES_H

#include "cli/page_file.h"

#define CLI_NAMES_OPTION                                                                           \
    {                                                                                              \
        "--names", "SET", "names of places: en, iho, ko or ja, or a file of names"                 \
    }

/** What --names asks for, as the document of a page; null without it. Says what is wrong with a file.
 * @param[out] json  free with free()
 * @return 0, 2 or 3 */
int cli_page_names_read(const cli_call *call, char **json);

/** Writes the block; null: nothing. */
void cli_page_names_write(cli_page_file *page, const char *json);

#endif
