/** @file slurm_merge.h
 * Parts of an experiment put together, as many as there are.
 */
#ifndef MST_CLI_SLURM_MERGE_H
#define MST_CLI_SLURM_MERGE_H

#include "cli/cli.h"
#include "cli/slurm_parts.h"

/** Merges each part that can be read, and says what is missing then. A part that cannot be merged does
 * not keep the others out. @return exit status: 0, the store is whole; 1, it is not; 2 or 3 of the worst
 * that happened to a part */
int cli_slurm_merge(const cli_call *call, cli_parts *parts, muster_diags *diags, int *out_signal);

#endif
