/** @file replicate.h
 * Options, progress and interruption of verbs that run replications.
 */
#ifndef MST_CLI_REPLICATE_H
#define MST_CLI_REPLICATE_H

#include "cli/cli.h"
#include "cli/interrupt.h"

#define CLI_REPLICATE_OPTIONS                                                                      \
    {"--jobs", "J", "threads; without it one a processor"},                                        \
    {                                                                                              \
        "--seed", "S", "master seed in place of scenario.seed"                                     \
    }

typedef struct cli_replicate {
    int64_t count; /* 0: none asked for */
    int32_t jobs;
    bool has_seed;
    uint64_t seed;
} cli_replicate;

/** Reads --reps (where the verb has it), --jobs and --seed. @return 0, or 2 after a printed mistake */
int cli_replicate_read(const cli_call *call, cli_replicate *out);

/** Reads a whole number of an option within limits; 0, or 2 after a printed mistake. */
int cli_whole(const cli_call *call, const char *option, int64_t least, int64_t most, int64_t *out);

/** When to end before all are done; context of the caller. */
typedef struct cli_enough {
    bool (*is_enough)(const muster_sample *so_far, void *context);
    void *context;
} cli_enough;

/** Runs them with a progress line on a terminal. An interrupt or a termination ends it with what is
 * done, as soon as each thread has ended its replication: *out_signal is then its number, and the caller
 * ends by cli_die after its report. Another one, later than 0.1 s, ends the process at once. */
muster_status cli_replicate_run(const cli_replicate *how, const muster_model *const *model,
                                int32_t model_count, const cli_enough *enough, muster_diags *diags,
                                muster_sample **out, int *out_signal);

#endif
