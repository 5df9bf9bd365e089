/** @file slurm.h
 * An experiment as an array of jobs on a Slurm cluster: each part into a store of its own, then all of
 * them into one. The same command again submits the parts that are not whole.
 */
#ifndef MST_CLI_SLURM_H
#define MST_CLI_SLURM_H

#include "cli/cli.h"
#include "muster/experiment.h"

/** Refuses options that do not go together: of --engine slurm without it, and others with it.
 * @param[out] is_slurm  whether it is asked for  @return 0, or 2 after a printed mistake */
int cli_slurm_options(const cli_call *call, bool *is_slurm);

/** Submits (or with --dry-run prints, or with --merge puts together what there is).
 * jobs: threads of a part. *out_signal: as of cli_guard_end.
 * @return exit status; 1: parts are missing, or still in the queue */
int cli_slurm_run(const cli_call *call, const muster_experiment *experiment, int32_t jobs,
                  muster_diags *diags, int *out_signal);

#endif
