/** @file slurm_script.h
 * What is handed to Slurm: two scripts, and the command lines that submit them.
 */
#ifndef MST_CLI_SLURM_SCRIPT_H
#define MST_CLI_SLURM_SCRIPT_H

#include "cli/cli.h"
#include "cli/slurm_parts.h"
#include "cli/spawn.h"

#define CLI_SLURM_ARRAY "array.sh"
#define CLI_SLURM_MERGE "merge.sh"

/** Refuses what stands behind --slurm if it is no option, or one that is set here.
 * @return 0, or 2 after a printed mistake */
int cli_slurm_check(const cli_call *call);

/** The text of a script, to be freed; null when memory is short. */
char *cli_slurm_array_script(const cli_call *call, const cli_parts *parts);
char *cli_slurm_merge_script(const cli_call *call, const cli_parts *parts);

/** sbatch with all its options: for the parts that are not whole; for the merge, once the array has
 * ended (null: at once). jobs: threads of a part. */
void cli_slurm_submit_array(const cli_call *call, const cli_parts *parts, int32_t jobs,
                            cli_words *out);
void cli_slurm_submit_merge(const cli_call *call, const cli_parts *parts, const cli_job *after,
                            cli_words *out);

/** Adds the command that does a part (number as text, "I") or the merge by hand, for a shell. */
void cli_slurm_by_hand(const cli_call *call, const cli_parts *parts, const char *number,
                       mst_text *out);

#endif
