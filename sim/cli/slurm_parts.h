/** @file slurm_parts.h
 * The folder of an experiment that is run in parts: one store a part, and what was submitted. Which parts
 * are whole is asked of their stores alone; the note of what was submitted only keeps two jobs from
 * writing one store.
 */
#ifndef MST_CLI_SLURM_PARTS_H
#define MST_CLI_SLURM_PARTS_H

#include "base/text.h"
#include "muster/store.h"

/** Number of a job, as sbatch prints it: "17", or "17;cluster". */
typedef struct cli_job {
    char number[24];  /* "": none        */
    char cluster[64]; /* "": the only one */
} cli_job;

/** Texts are owned; paths are absolute. */
typedef struct cli_parts {
    const muster_experiment *experiment;
    char *here;   /* the folder that the command was given in    */
    char *store;  /* where all parts go in the end               */
    char *folder; /* FILE.slurm beside FILE.sqlite               */
    int32_t count;
    cli_job array, merge; /* submitted last */
    bool *is_whole;       /* count; from 0  */
    int32_t lacking;      /* parts that are not whole */
    bool is_merged;       /* the store has every run  */
} cli_parts;

/** Names of folder and store, and what was submitted before. given: of -o, null: none.
 * @return MUSTER_OK, or told in diags */
muster_status cli_parts_open(const muster_experiment *experiment, const char *given,
                             muster_diags *diags, cli_parts *out);
void cli_parts_close(cli_parts *parts);

/** The store of part `number` (from 1), to be freed; null when memory is short. */
char *cli_parts_path(const cli_parts *parts, int32_t number);

/** A file in the folder, to be freed; null when memory is short. */
char *cli_parts_file(const cli_parts *parts, const char *name);

/** What there is of a store. */
typedef struct cli_held {
    bool is_there;  /* as a file that is not empty                    */
    int64_t runs;   /* of the part, of the replications asked for     */
    int64_t wanted; /* that many make it whole                        */
    int64_t failed; /* of `runs`                                      */
} cli_held;

/** Looks into a store of a part; {0}: of the whole. @return MUSTER_OK; MUSTER_MISTAKE where it is of
 * another plan, damaged or no store; MUSTER_WORLD where it cannot be read now, as one whose writer was
 * killed in the middle of a commit, which the next writer mends */
muster_status cli_parts_look(const cli_parts *parts, const char *path, muster_shard shard,
                             muster_diags *diags, cli_held *out);

/** Looks into all: count must be set. @return MUSTER_OK, or told in diags */
muster_status cli_parts_survey(cli_parts *parts, muster_diags *diags);

/** Adds "1,4-7": the parts with that state. */
void cli_parts_range(const cli_parts *parts, bool is_whole, mst_text *out);

/** What sbatch --parsable prints, and nothing else: digits, perhaps ;CLUSTER, a line break.
 * @return false: it is something else */
bool cli_job_read(const char *text, cli_job *out);

/** Makes the folder if it is not there. @return false with errno */
bool cli_parts_make_folder(const cli_parts *parts);

/** The note of what was submitted, as the text of the file cli_parts_note. Null: no memory. */
char *cli_parts_noted(const cli_parts *parts);
#define CLI_PARTS_NOTE "submitted"

#endif
