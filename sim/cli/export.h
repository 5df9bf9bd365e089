/** @file export.h
 * Parts of `muster export`.
 */
#ifndef MST_CLI_EXPORT_H
#define MST_CLI_EXPORT_H

#include "cli/cli.h"

/** The runs of the store of the first argument as CSV. @return exit status */
int cli_export_store(const cli_call *call);

/** The page of the scenario of the first argument with the engine inside. @return exit status */
int cli_export_live(const cli_call *call);

#endif
