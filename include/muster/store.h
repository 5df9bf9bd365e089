/**
 * @file store.h
 * The store of an experiment: one SQLite file with the plan, one wide row a run, and where it came
 * from. CSV, reports and analyses are made from it.
 *
 * Runs are keyed by (point, replication). Resuming an experiment runs the keys that are missing; more
 * replications are the same with more keys; shards are stores of their own with some of the keys, and
 * merging copies keys. A run is committed within 0.2 s or 2,000 runs, whichever comes first, and never
 * lost after that; what is lost is run again and comes to the same.
 *
 * A store says which scenario, plan and program its runs are of. Runs of others are refused. Each row
 * has a checksum, and so has the plan: a store that was damaged is told, not read.
 *
 * One process writes a store, any number read it meanwhile.
 */
#ifndef MUSTER_STORE_H
#define MUSTER_STORE_H

#include "muster/experiment.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct muster_store muster_store; /**< an open store */

/** The machine and the build that runs come from: on unlike ones the last digits may differ. */
typedef struct muster_host {
    const char *name;      /**< of the machine                           */
    const char *processor; /**< its kind, in words                       */
    const char *libm;      /**< C library                                */
    const char *compiler;  /**< that made the program                    */
    const char *gsl;       /**< version of GSL                           */
    const char *program;   /**< version of muster and hash of its sources */
} muster_host;

/** A deterministic part of an experiment. {0} is the whole. */
typedef struct muster_shard {
    int32_t index; /**< 1 .. count           */
    int32_t count; /**< 0 and 1: the whole   */
} muster_shard;

/**
 * Whether a run is of a part. It depends on nothing else: with more replications a part keeps its runs.
 *
 * @param[in] shard        the part
 * @param[in] points       of the plan
 * @param[in] point        from 0
 * @param[in] replication  from 1; 0: the plan run
 * @return whether it is
 */
MUSTER_API bool muster_shard_has(muster_shard shard, int64_t points, int64_t point,
                                 int32_t replication);

/**
 * Counts the runs of a part.
 *
 * @param[in] shard         the part
 * @param[in] points        of the plan
 * @param[in] replications  of each point; 0: the plan run alone
 * @return how many; 0 where there are more parts than there is to share
 */
MUSTER_API int64_t muster_shard_runs(muster_shard shard, int64_t points, int32_t replications);

/**
 * Opens the store of an experiment for writing: a new file, or one that holds the same experiment.
 *
 * @param[in]  path        of the file
 * @param[in]  experiment  must stay as long as the store
 * @param[in]  host        of the runs that will be added
 * @param[in]  shard       which part they are; a selection has no parts: every look needs all runs
 * @param[in]  diags       takes what is wrong; may be null
 * @param[out] out         owned by the caller, muster_store_close; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE where it is another experiment's, damaged, or no store;
 *         MUSTER_WORLD when it cannot be opened or written
 */
MUSTER_API muster_status muster_store_begin(const char *path, const muster_experiment *experiment,
                                            const muster_host *host, muster_shard shard,
                                            muster_diags *diags, muster_store **out);

/**
 * Opens a store for reading.
 *
 * @param[in]  path   of the file
 * @param[in]  diags  takes what is wrong; may be null
 * @param[out] out    owned by the caller, muster_store_close; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE where it is no store or damaged; MUSTER_WORLD when it cannot be
 *         opened
 */
MUSTER_API muster_status muster_store_open(const char *path, muster_diags *diags,
                                           muster_store **out);

/**
 * Commits and closes.
 *
 * @param[in] store  may be null
 * @param[in] diags  takes what is wrong; may be null
 * @return MUSTER_OK; MUSTER_WORLD when the last runs could not be written
 */
MUSTER_API muster_status muster_store_close(muster_store *store, muster_diags *diags);

/**
 * True if a file begins as a store does.
 *
 * @param[in] bytes   first bytes of a file
 * @param[in] length  how many; 100 are enough
 * @return whether it is an SQLite file with the mark of ours
 */
MUSTER_API bool muster_store_is(const void *bytes, size_t length);

/** How to run what is missing. */
typedef struct muster_sweep_run_options {
    int32_t jobs; /**< threads                                                                */
    /** Called in the caller's thread after each batch of runs; false ends the whole. May be null.
     * todo: runs that were missing; of a selection those until its next look. */
    bool (*go_on)(int64_t done, int64_t todo, int64_t failed, void *context);
    /** Asked after each replication by the thread that ran it: true ends the whole. May be null. */
    bool (*stops)(void *context);
    void *context; /**< handed to both */
} muster_sweep_run_options;

/** What came of it. */
typedef struct muster_sweep_done {
    int64_t had;       /**< runs of this part that were there already */
    int64_t done;      /**< runs added                                */
    int64_t failed;    /**< of these, failed                          */
    int64_t left;      /**< runs of this part that are missing now; of a selection those that its
                            next look needs, 0: it is done             */
    char message[400]; /**< of the first that failed; ""              */
} muster_sweep_done;

/**
 * Counts the runs of the store's part that are missing; of a selection those until its next look.
 *
 * @param[in]  store  opened by muster_store_begin
 * @param[in]  diags  takes what is wrong; may be null
 * @param[out] out    `had` and `left`
 * @return MUSTER_OK; MUSTER_MISTAKE where the store is damaged; MUSTER_WORLD
 */
MUSTER_API muster_status muster_store_missing(muster_store *store, muster_diags *diags,
                                              muster_sweep_done *out);

/**
 * Runs what is missing and stores it. A selection goes on from look to look until it is done; what it
 * decides follows from the stored runs alone, so that interrupting it changes nothing.
 *
 * @param[in]  store    opened by muster_store_begin
 * @param[in]  options  see above
 * @param[in]  diags    takes what is wrong; may be null
 * @param[out] out      what came of it, also after a failure
 * @return MUSTER_OK, also when it was ended; MUSTER_MISTAKE; MUSTER_WORLD when memory is short or the
 *         store cannot be written: what was committed stays, and it can be resumed
 */
MUSTER_API muster_status muster_store_run(muster_store *store,
                                          const muster_sweep_run_options *options,
                                          muster_diags *diags, muster_sweep_done *out);

/** How far a selection has come. */
typedef struct muster_selection_state {
    bool is_done;     /**< no more runs are wanted                                        */
    int32_t looks;    /**< decisions so far                                               */
    int64_t left;     /**< runs that the next one waits for                               */
    int32_t in;       /**< points that are still in                                       */
    int64_t best;     /**< of these the one with the best mean; -1: none, or no look yet   */
    const char *ends; /**< why it is done, a phrase without a full stop; "": it is not    */
} muster_selection_state;

/**
 * Goes through a selection as far as the runs of a store go.
 *
 * @param[in]  store  the store of an experiment that selects
 * @param[in]  diags  takes what is wrong; may be null
 * @param[out] out    how far it has come
 * @return MUSTER_OK; MUSTER_MISTAKE where a row is damaged, or nothing is selected; MUSTER_WORLD
 */
MUSTER_API muster_status muster_store_selection(muster_store *store, muster_diags *diags,
                                                muster_selection_state *out);

/**
 * The head of the experiment of a store.
 *
 * @param[in] store  the store
 * @return borrowed from it
 */
MUSTER_API const muster_experiment_head *muster_store_head(const muster_store *store);

/**
 * A factor.
 *
 * @param[in] store  the store
 * @param[in] index  from 0
 * @return borrowed from it
 */
MUSTER_API const muster_factor *muster_store_factor(const muster_store *store, int32_t index);

/**
 * A figure that is kept.
 *
 * @param[in] store  the store
 * @param[in] index  from 0
 * @return borrowed from it
 */
MUSTER_API const muster_response *muster_store_response(const muster_store *store, int32_t index);

/**
 * A point of the plan.
 *
 * @param[in] store  the store
 * @param[in] point  from 0
 * @return what it is for
 */
MUSTER_API muster_plan_point muster_store_point(const muster_store *store, int64_t point);

/**
 * The value of a factor at a point as a number: of names the number of the level, from 0.
 *
 * @param[in] store   the store
 * @param[in] point   from 0
 * @param[in] factor  from 0
 * @return the value; NaN: left as the scenario has it
 */
MUSTER_API double muster_store_number(const muster_store *store, int64_t point, int32_t factor);

/** One run. */
typedef struct muster_store_run_row {
    int64_t point;       /**< of the plan                              */
    int32_t replication; /**< from 1; 0: the plan run                  */
    bool is_failed;      /**< it has no values                         */
    const double *value; /**< one a response; NaN: not defined in it   */
    const char *message; /**< why it failed; null: it did not          */
} muster_store_run_row;

/**
 * Reads all runs in order of point and replication.
 *
 * @param[in] store    the store
 * @param[in] take     called for each; false ends it
 * @param[in] context  handed to take
 * @param[in] diags    takes what is wrong; may be null
 * @return MUSTER_OK; MUSTER_MISTAKE where a row is damaged; MUSTER_WORLD
 */
MUSTER_API muster_status muster_store_each(muster_store *store,
                                           bool (*take)(const muster_store_run_row *row,
                                                        void *context),
                                           void *context, muster_diags *diags);

/** What a store holds. */
typedef struct muster_store_counts {
    int64_t runs;         /**< in it                                        */
    int64_t failed;       /**< of these                                     */
    int64_t points;       /**< with a run                                   */
    int64_t whole_points; /**< with all replications that were asked for    */
    int32_t least;        /**< replications of the point with the fewest    */
    int32_t most;         /**< and with the most                            */
    int32_t shards;       /**< parts that it was put together from          */
    int32_t kinds;        /**< unlike kinds of machine                      */
    char part[24];        /**< where it is one part: "2/3"; else ""         */
    char message[400];    /**< of the first run that failed; ""             */
} muster_store_counts;

/**
 * Counts.
 *
 * @param[in]  store  the store
 * @param[in]  diags  takes what is wrong; may be null
 * @param[out] out    the counts
 * @return MUSTER_OK; MUSTER_MISTAKE; MUSTER_WORLD
 */
MUSTER_API muster_status muster_store_count(muster_store *store, muster_diags *diags,
                                            muster_store_counts *out);

/** What merging came to. */
typedef struct muster_merged {
    int64_t added; /**< runs copied                                                   */
    int64_t same;  /**< runs that were there already, with the same values            */
    int64_t close; /**< of these, alike to 1e-9 only, from an unlike kind of machine  */
} muster_merged;

/**
 * Adds the runs of other stores of the same experiment to a store, which is made when it is not
 * there. The same run with other values is a mistake: then nothing is added from that store.
 *
 * @param[in]  path   of the store to add to
 * @param[in]  from   paths of stores (count); read only
 * @param[in]  count  of these
 * @param[in]  diags  takes what is wrong; may be null
 * @param[out] out    what came of it
 * @return MUSTER_OK; MUSTER_MISTAKE; MUSTER_WORLD
 */
MUSTER_API muster_status muster_store_merge(const char *path, const char *const *from,
                                            int32_t count, muster_diags *diags, muster_merged *out);

/**
 * All runs as CSV (RFC 4180): a header, then one line a run in order of point and replication, with
 * all factor values, the seed, the figures, and the command that runs it again. Of the same runs always
 * the same bytes, however they came about.
 *
 * @param[in] store    the store
 * @param[in] write    takes text piece by piece; false ends it
 * @param[in] context  handed to write
 * @param[in] diags    takes what is wrong; may be null
 * @return MUSTER_OK; MUSTER_MISTAKE where a row is damaged; MUSTER_WORLD
 */
MUSTER_API muster_status muster_store_csv(muster_store *store,
                                          bool (*write)(const char *text, size_t length,
                                                        void *context),
                                          void *context, muster_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
