/**
 * @file sweep.h
 * Points of a sweep: one scenario with a few settings changed, each point replicated with chance.
 *
 * A sweep is the scenario that all points start from, read once, with its routes. A point is a list
 * of settings (path and value of the change language); settings of a point win over variants and
 * dated events, as --set does. A task is a stretch of replications of one point. Workers take tasks
 * in order; the caller's thread is handed their results in the same order, so that nothing depends
 * on the number of threads. A replication of a point is the same run as by itself:
 * `muster run FILE --set 'PATH = VALUE' --seed S --only-replication R`.
 *
 * A point that the scenario does not allow, or a run that does not come to an end, is a result too:
 * rows that failed, with the message. Only a world that fails (memory) ends the whole.
 *
 * Route books are found once and shared by all points whose geography is that of the scenario. A
 * point that moves geography has its own found, which takes a hundred times as long as a run.
 */
#ifndef MUSTER_SWEEP_H
#define MUSTER_SWEEP_H

#include "muster/field.h"
#include "muster/replicate.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct muster_sweep muster_sweep; /**< a scenario that points start from */

/** What a sweep is made of. All of it must stay as long as the sweep. */
typedef struct muster_sweep_from {
    const muster_source_text *text; /**< gathered text of the scenario               */
    const muster_changes *changes;  /**< made before those of points; may be null     */
    const muster_land *land;        /**< land to keep off                             */
} muster_sweep_from;

/**
 * Reads and compiles the scenario and finds its routes.
 *
 * @param[in]  from    see above
 * @param[in]  memory  where memory comes from; null: malloc and free
 * @param[in]  diags   takes what is wrong; may be null
 * @param[out] out     owned by the caller, muster_sweep_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_sweep_create(const muster_sweep_from *from,
                                             const muster_memory *memory, muster_diags *diags,
                                             muster_sweep **out);

/**
 * Frees a sweep.
 *
 * @param[in] sweep  may be null
 */
MUSTER_API void muster_sweep_free(muster_sweep *sweep);

/**
 * The scenario as it stands without any point.
 *
 * @param[in] sweep  the sweep
 * @return borrowed from the sweep
 */
MUSTER_API const muster_scenario *muster_sweep_scenario(const muster_sweep *sweep);

/**
 * Its model.
 *
 * @param[in] sweep  the sweep
 * @return borrowed from the sweep
 */
MUSTER_API const muster_model *muster_sweep_model(const muster_sweep *sweep);

/**
 * Hash of the land that its routes keep off.
 *
 * @param[in] sweep  the sweep
 * @return the hash
 */
MUSTER_API uint64_t muster_sweep_land_hash(const muster_sweep *sweep);

/** A setting that points may change. Texts belong to the sweep. */
typedef struct muster_factor_spot {
    muster_field_kind kind; /**< REAL, INT, BOOL, CHOICE, ...; REAL also for named figures  */
    const char *unit;       /**< of a number, "" for a plain one                            */
    const char *standing;   /**< value in force, as the change language writes it           */
    double least;           /**< range that its key allows; infinite: none                  */
    double most;            /**< its upper end                                              */
    bool moves_geography;   /**< a point that changes it needs routes of its own            */
} muster_factor_spot;

/**
 * What a path names.
 *
 * @param[in]  sweep   the sweep
 * @param[in]  path   as in a change
 * @param[in]  place  where the path stands, for messages
 * @param[in]  diags  takes what is wrong, with suggestions; may be null
 * @param[out] out    the setting
 * @return MUSTER_OK; MUSTER_MISTAKE with a diagnostic; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_sweep_factor(muster_sweep *sweep, const char *path,
                                             muster_place place, muster_diags *diags,
                                             muster_factor_spot *out);

/** A lever that the scenario declares (its `whatif`). Texts belong to the sweep. */
typedef struct muster_lever {
    const char *id;            /**< of the entry                                         */
    const char *path;          /**< what it moves                                        */
    const char *label;         /**< in words                                             */
    const char *unit;          /**< in words; ""                                         */
    double min;                /**< least value; NaN: it has choices                     */
    double max;                /**< greatest value, likewise                             */
    double step;               /**< NaN: none                                            */
    const char *const *choice; /**< values of a lever that is no number                  */
    int32_t choice_count;      /**< 0: it is a number                                    */
    const char *const *with;   /**< what moves along: a path, or a line PATH = VALUE     */
    int32_t with_count;        /**< of these                                             */
    const char *source;        /**< of its range; null: none is named                    */
} muster_lever;

/**
 * A lever of the scenario.
 *
 * @param[in]  sweep   the sweep
 * @param[in]  id     of the lever
 * @param[in]  place  where the id stands, for messages
 * @param[in]  diags  takes what is wrong, with suggestions; may be null
 * @param[out] out    the lever
 * @return MUSTER_OK; MUSTER_MISTAKE with a diagnostic
 */
MUSTER_API muster_status muster_sweep_lever(const muster_sweep *sweep, const char *id,
                                            muster_place place, muster_diags *diags,
                                            muster_lever *out);

/**
 * Lines of a variant of the scenario.
 *
 * @param[in]  sweep       the sweep
 * @param[in]  id         of the variant
 * @param[in]  place      where the id stands, for messages
 * @param[in]  diags      takes what is wrong, with suggestions; may be null
 * @param[out] out_line   "PATH = VALUE" each; borrowed from the sweep
 * @param[out] out_count  their number
 * @return MUSTER_OK; MUSTER_MISTAKE with a diagnostic
 */
MUSTER_API muster_status muster_sweep_variant(const muster_sweep *sweep, const char *id,
                                              muster_place place, muster_diags *diags,
                                              const char *const **out_line, int32_t *out_count);

/** A figure of a run: a measure of one thing. Texts belong to the sweep. */
typedef struct muster_column {
    int32_t measure;   /**< index in muster_measures                              */
    const char *thing; /**< id as muster_sample_id tells it                       */
} muster_column;

/**
 * Columns that a word names: "score", "participation:PRK", "station_h:*".
 *
 * @param[in]  sweep       the sweep
 * @param[in]  word       name of a measure; behind a colon the id of a thing, the last part of it
 *                        (PRK of northern/PRK), or * for all; without a colon there must be one thing,
 *                        or it is all
 * @param[in]  place      where the word stands, for messages
 * @param[in]  diags      takes what is wrong, with suggestions; may be null
 * @param[out] out        the columns (most)
 * @param[in]  most       room in out
 * @param[out] out_count  how many there are, also when it is more than most
 * @return MUSTER_OK; MUSTER_MISTAKE with a diagnostic; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_sweep_columns(muster_sweep *sweep, const char *word,
                                              muster_place place, muster_diags *diags,
                                              muster_column *out, int32_t most, int32_t *out_count);

/** One setting of a point. */
typedef struct muster_setting {
    const char *path;  /**< as in a change                             */
    const char *value; /**< as the change language writes it: 0.5, "a" */
} muster_setting;

/** Most settings of a point, and bytes of their values together. */
enum { MUSTER_SETTINGS_MAX = 512, MUSTER_SETTINGS_BYTES = 32768 };

/** The settings of one point. */
typedef struct muster_settings {
    int32_t count;                               /**< of settings         */
    muster_setting setting[MUSTER_SETTINGS_MAX]; /**< made in this order  */
    size_t used;                                 /**< of room             */
    char room[MUSTER_SETTINGS_BYTES];            /**< where values may lie */
} muster_settings;

/**
 * Adds a setting; the value is copied, the path is not.
 *
 * @param[in,out] point  the point
 * @param[in]     path   stays the caller's
 * @param[in]     value  copied
 * @return false when there is no room for it
 */
MUSTER_API bool muster_settings_add(muster_settings *point, const char *path, const char *value);

/**
 * Warns of what settings bring: whatever the scenario is told of with them, and not without. Nothing
 * stays changed.
 *
 * @param[in] sweep  the sweep; not to be used by another thread meanwhile
 * @param[in] point  the settings; the first is named in warnings
 * @param[in] place  where they stand, for messages
 * @param[in] diags  takes warnings, of mistakes too; may be null
 * @return MUSTER_OK; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_sweep_try(muster_sweep *sweep, const muster_settings *point,
                                          muster_place place, muster_diags *diags);

/** A stretch of replications of one point. */
typedef struct muster_task {
    int64_t point; /**< number of the point, the caller's                             */
    uint64_t seed; /**< master seed                                                   */
    int32_t first; /**< first replication, from 1; 0: the plan run, count is 1 then   */
    int32_t count; /**< of replications, 1 .. MUSTER_TASK_MAX                         */
} muster_task;

/** Most replications of a task. */
enum { MUSTER_TASK_MAX = 256 };

/** What came of a task. */
typedef struct muster_rows {
    muster_task task;      /**< count may be less than asked for where it was stopped       */
    const double *value;   /**< count x columns; NaN: not defined in that run               */
    const bool *is_failed; /**< count: that run has no values                               */
    const char *message;   /**< why some failed; empty: none did                            */
    bool has_own_routes;   /**< the point moved geography                                   */
} muster_rows;

/** How to run tasks. */
typedef struct muster_tasks {
    const muster_column *column; /**< what is asked of each run                           */
    int32_t column_count;        /**< 1 ..                                                */
    int32_t jobs;                /**< threads; 0 and 1: the caller's alone                */
    /** The next task. Called by one thread at a time, whichever; false: there is none. */
    bool (*next)(muster_task *out, void *context);
    /** The settings of a point, into an empty one; called by several threads at once. false: they do
     * not fit (the point has failed then). */
    bool (*settings)(int64_t point, muster_settings *out, void *context);
    /** Takes results, in the caller's thread, in the order of tasks; false ends the whole. */
    bool (*take)(const muster_rows *rows, void *context);
    /** Asked after each replication by the thread that ran it: true ends the whole. May be null. */
    bool (*stops)(void *context);
    void *context; /**< handed to all of them */
} muster_tasks;

/**
 * Runs tasks until there are none, or somebody wants an end.
 *
 * @param[in] sweep    the sweep
 * @param[in] tasks   see above
 * @param[in] memory  where memory comes from; with jobs above 1 its functions are called from several
 *                    threads, one at a time
 * @param[in] diags   takes what is wrong; may be null
 * @return MUSTER_OK, also when it was ended; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_sweep_run(const muster_sweep *sweep, const muster_tasks *tasks,
                                          const muster_memory *memory, muster_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
