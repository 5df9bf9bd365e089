/** @file plan.h
 * The plan of an experiment, told before it is run.
 */
#ifndef MST_CLI_PLAN_H
#define MST_CLI_PLAN_H

#include "cli/cli.h"
#include "muster/analyze.h"

/** What runs take, by a few of them. */
muster_pace cli_pace_of(const muster_experiment *e, int32_t jobs);

/** Prints the whole plan, and how long it would take by a few runs of it. @return exit status */
int cli_tell_plan(const cli_call *call, const muster_experiment *e, const muster_shard *shard,
                  const char *path, int32_t jobs);

/** Prints its size and hash in two lines. */
void cli_tell_plan_briefly(const muster_experiment *e);

#endif
