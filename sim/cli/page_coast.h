/** @file page_coast.h
 * The coast round a run, as a block of its page.
 */
#ifndef MST_CLI_PAGE_COAST_H
#define MST_CLI_PAGE_COAST_H

#include "cli/page_file.h"
#include "tell/json.h"

/** Adds the land round the box of a run document. Where the land does not reach there is none: the map
 * then says that there is no chart. */
void cli_page_coast(cli_page_file *page, const muster_land *land, const mst_json_value *run);

#endif
