/**
 * @file replicate.h
 * Replications: one or several models run many times with chance, and what that tells.
 *
 * Replication r (from 1) of a model is a function of the model, the master seed and r alone: the
 * number of threads, the order and what ran before change nothing. Several models run side by side
 * on the same random numbers, so that their differences are those of the models (common random
 * numbers); muster_sample_difference tells them.
 *
 * Memory does not grow with the number of replications but for the values that quantiles need:
 * at most 100,000 of each measure of each thing, and none of those that never vary or are yes or no.
 *
 * @code
 * muster_replicate_options options = {.count = 2000, .jobs = 2};
 * muster_sample *sample = NULL;
 * if (muster_replicate(&model, 1, &options, NULL, diags, &sample) == MUSTER_OK) {
 *     muster_summary score = muster_sample_summary(sample, 0, muster_measure_index("score"), 0);
 *     printf("%.3f (%.3f to %.3f)\n", score.mean, score.low, score.high);
 *     muster_sample_free(sample);
 * }
 * @endcode
 */
#ifndef MUSTER_REPLICATE_H
#define MUSTER_REPLICATE_H

#include "muster/run.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct muster_sample muster_sample; /**< what replications came to */

/** Most replications of a sample, and most values kept of one figure for its quantiles. */
#define MUSTER_REPLICATIONS_MAX 2000000000
#define MUSTER_VALUES_KEPT 100000

/** Most models in one sample. */
#define MUSTER_MODELS_MAX 32

/** How to replicate. Zero members take the default. */
typedef struct muster_replicate_options {
    int64_t count; /**< replications, 1 .. MUSTER_REPLICATIONS_MAX                       */
    int32_t jobs;  /**< threads, at most 256; 0 and 1: all is done in the caller's       */
    bool has_seed; /**< true: `seed`; false: each model's own scenario.seed              */
    uint64_t seed; /**< master seed                                                      */
    /** Own seeds for each model instead of common random numbers: to see what those are worth. */
    bool independent;
    /** Called in the caller's thread after each block of replications, in index order, with what is
     * known so far; false ends it there (MUSTER_OK, the sample holds what was done). May be null. */
    bool (*go_on)(const muster_sample *so_far, int64_t done, int64_t count, void *context);
    void *context; /**< handed to go_on */
} muster_replicate_options;

/**
 * Runs replications 1 to options->count of each model.
 *
 * @param[in]  model        models, borrowed until the sample is freed
 * @param[in]  model_count  1 to MUSTER_MODELS_MAX
 * @param[in]  options      see above
 * @param[in]  memory       where memory comes from; with jobs above 1 its functions are called from
 *                          several threads, one at a time
 * @param[in]  diags        takes what went wrong
 * @param[out] out          owned by the caller, muster_sample_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE for options or a model that cannot be run to an end;
 *         MUSTER_WORLD when memory is short or threads cannot be had
 */
MUSTER_API muster_status muster_replicate(const muster_model *const *model, int32_t model_count,
                                          const muster_replicate_options *options,
                                          const muster_memory *memory, muster_diags *diags,
                                          muster_sample **out);
/** Frees a sample; null is allowed. */
MUSTER_API void muster_sample_free(muster_sample *sample);

/** One replication by itself, with its records: as muster_run_plan, with chance. replication: from
 * 1; seed as in the options. */
MUSTER_API muster_status muster_run_replication(const muster_model *model, uint64_t seed,
                                                uint32_t replication, const muster_memory *memory,
                                                muster_diags *diags, muster_result **out);

/** Master seed of a model's scenario. */
MUSTER_API uint64_t muster_model_seed(const muster_model *model);
/** True if anything at all is random in replications of the model. */
MUSTER_API bool muster_model_has_chance(const muster_model *model);

/** Master seed that a model of the sample was run with. */
MUSTER_API uint64_t muster_sample_seed(const muster_sample *sample, int32_t model);
/** Replications done, and the models they were done of. */
MUSTER_API int64_t muster_sample_count(const muster_sample *sample);
MUSTER_API int32_t muster_sample_models(const muster_sample *sample);

/** Index of a measure by its name in muster_measures; -1: there is none. */
MUSTER_API int32_t muster_measure_index(const char *name);

/** Things of a scope in a model of the sample, and the id of one; as muster_result_count and
 * muster_result_id, except that pairs of states have a place whether they take part or not. */
MUSTER_API int32_t muster_sample_things(const muster_sample *sample, int32_t model,
                                        muster_scope scope);
MUSTER_API const char *muster_sample_id(const muster_sample *sample, int32_t model,
                                        muster_scope scope, int32_t thing, char out[160]);

/** One figure over the replications in which it is defined. */
typedef struct muster_summary {
    int64_t count;      /**< of them; 0: defined in none                                 */
    double mean, sd;    /**< sample standard deviation; NaN below 2 values               */
    double least, most; /**< extremes seen                                               */
    bool is_share;      /**< the measure is yes or no: mean is a share                   */
    bool is_estimable;  /**< false: low and high are NaN                                 */
    double low, high;   /**< 95 % interval of the mean (t) or the share (Wilson)         */
} muster_summary;
MUSTER_API muster_summary muster_sample_summary(const muster_sample *sample, int32_t model,
                                                int32_t measure, int32_t thing);

/** A quantile with its 95 % interval between order statistics. */
typedef struct muster_quantile {
    double value;      /**< NaN: not to be had                          */
    bool is_kept;      /**< false: more values than are kept            */
    bool is_estimable; /**< false: too few values for an interval       */
    double low, high;
} muster_quantile;
/** q in (0, 1). Sorts the values kept: not to be called from two threads at once. */
MUSTER_API muster_quantile muster_sample_quantile(muster_sample *sample, int32_t model,
                                                  int32_t measure, int32_t thing, double q);

/** Model `model` less model 0 in one figure, over replications in which both are defined. */
typedef struct muster_difference {
    int64_t count;       /**< pairs                                                        */
    double first, other; /**< means over those pairs                                       */
    double mean, sd;     /**< of other - first                                             */
    bool is_share;       /**< yes or no in both                                            */
    bool is_estimable;   /**< false: low, high are NaN                                     */
    double low, high;    /**< 95 % interval of the mean difference (t, paired)             */
    double correlation;  /**< between the two; NaN where one does not vary                 */
    double reduction;    /**< (var first + var other) / var difference: how many times fewer
                                 replications than independent seeds need for the same
                                 interval; NaN where nothing varies, infinite where only the
                                 difference does not                                          */
    double p;            /**< two-sided: paired t, of yes and no McNemar's exact; NaN below
                                 2 pairs                                                      */
    int64_t only_first, only_other; /**< yes in one of them only                              */
} muster_difference;
/** other_thing: index in the other model, see muster_sample_match. */
MUSTER_API muster_difference muster_sample_difference(const muster_sample *sample, int32_t model,
                                                      int32_t measure, int32_t thing);
/** Thing of another model with the same id as a thing of model 0; -1: it has none. */
MUSTER_API int32_t muster_sample_match(const muster_sample *sample, int32_t model,
                                       muster_scope scope, int32_t thing);

/** How often a serial ended so. */
typedef struct muster_serial_tally {
    int64_t done, degraded, cancelled;
    int64_t cause[16]; /**< of degraded and cancelled ones, by index in muster_cause_name */
} muster_serial_tally;
MUSTER_API muster_serial_tally muster_sample_serial(const muster_sample *sample, int32_t model,
                                                    int32_t serial);
/** How often a drill did not muster for a cause (index as above); cause 0: how often it did. */
MUSTER_API int64_t muster_sample_drill_cause(const muster_sample *sample, int32_t model,
                                             int32_t drill, int32_t cause);
/** How often the muster of a drill waited for that unit last. */
MUSTER_API int64_t muster_sample_bound(const muster_sample *sample, int32_t model, int32_t drill,
                                       int32_t unit);
/** Words for a cause: "absent", "late", ...; null beyond the last. */
MUSTER_API const char *muster_cause_name(int32_t cause);

#ifdef __cplusplus
}
#endif
#endif
