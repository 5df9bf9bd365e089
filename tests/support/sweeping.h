/** @file sweeping.h
 * Experiments of a scenario so small that thousands of runs are quick, and their stores, for tests.
 */
#ifndef TEST_SUPPORT_SWEEPING_H
#define TEST_SUPPORT_SWEEPING_H

#include "files.h"
#include "muster/analyze.h"

enum { SWEEPING_PATH_BYTES = 256 };

/** Two ships that may be late or stay away; who is asked decides by a draw. */
extern const char sweeping_scenario[];

/** 2 x 3 points, 40 replications, four measures, of "scenario.cfg". */
extern const char sweeping_levers[];

/** A machine that runs come from; another kind of one. */
extern const muster_host sweeping_host, sweeping_other_host;

/** How an experiment is opened; {0} with text is a good start. */
typedef struct sweeping_ask {
    const char *text;           /**< of the experiment file                       */
    const char *scenario;       /**< null: sweeping_scenario                       */
    const char *line;           /**< one change more; null: none                  */
    int32_t replications;       /**< 0: the file's; -1: the plan run              */
    const muster_land *land;    /**< null: the library's                          */
    const muster_opener *files; /**< null: experiment.cfg and scenario.cfg of above */
} sweeping_ask;

/** Opens it. What is wrong goes to diags. */
muster_status sweeping_try(const sweeping_ask *ask, muster_diags *diags, muster_experiment **out);

/** Opens it; the test fails where it cannot be. */
muster_experiment *sweeping_open(const sweeping_ask *ask);

/** How it is run. */
typedef struct sweeping_how {
    int32_t jobs;
    muster_shard shard;
    const muster_host *host; /**< null: sweeping_host                                */
    int64_t most;            /**< ends after so many runs or a few more; 0: no       */
    int64_t stop_asks;       /**< ends when it was asked for the so manieth time; 0: no */
} sweeping_how;

/** Runs what is missing into a store and closes it. */
muster_status sweeping_run(const muster_experiment *experiment, const char *path,
                           const sweeping_how *how, muster_diags *diags, muster_sweep_done *out);

/** The same, which must be well; with the text of an experiment. */
muster_sweep_done sweeping_done(const sweeping_ask *ask, const char *path, const sweeping_how *how);

/** The export; to be freed. Null: it could not be read, or not to its end. */
char *sweeping_csv(const char *path, muster_diags *diags, muster_status *out_status);

/** The export, which must be well. */
char *sweeping_export(const char *path);

/** Everything that the program tells of a store, status, export and analysis; to be freed. Null with the
 * status where it is refused. */
char *sweeping_told(const char *path, muster_diags *diags, muster_status *out_status);
/** Whether an error names the file. */
bool sweeping_names(const muster_diags *diags, const char *path);

/** A folder of its own for a program's stores, made anew; taken away with sweeping_tidy. */
const char *sweeping_folder(void);
/** A name in it; static. */
const char *sweeping_path(const char *name);
void sweeping_tidy(void);

/** The land of all experiments, opened once. */
const muster_land *sweeping_land(void);

/** Bytes of a file; to be freed. */
char *sweeping_bytes(const char *path, size_t *length);
void sweeping_write(const char *path, const void *bytes, size_t length);

#endif
