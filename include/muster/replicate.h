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
 * at most 100,000 of each measure of each thing, none of those that never vary, and of all together
 * half a gigabyte. Where that is not enough a quantile says that its values are not kept.
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

/** Most replications of a sample. */
#define MUSTER_REPLICATIONS_MAX 2000000000

/** Most values kept of one figure for its quantiles. */
#define MUSTER_VALUES_KEPT 100000

/** Most models in one sample. */
#define MUSTER_MODELS_MAX 32

/** How to replicate. Zero members take the default. */
typedef struct muster_replicate_options {
    int64_t count; /**< replications, 1 .. MUSTER_REPLICATIONS_MAX                       */
    int32_t jobs;  /**< threads, at most 256, fewer where rows of figures are so wide that they
                        would not fit in memory; 0 and 1: all is done in the caller's       */
    bool has_seed; /**< true: `seed`; false: each model's own scenario.seed              */
    uint64_t seed; /**< master seed                                                      */
    /** Own seeds for each model instead of common random numbers: to see what those are worth. */
    bool independent;
    /** Called in the caller's thread after each block of replications, in index order, with what is
     * known so far; false ends it there (MUSTER_OK, the sample holds what was done). May be null. */
    bool (*go_on)(const muster_sample *so_far, int64_t done, int64_t count, void *context);
    /** Asked after each replication in the thread that ran it, so by several threads at once: whether
     * somebody wants an end at once. After one true no more are begun, and the sample holds those
     * from 1 up to the first that is not done, at least one: as if count had been so many. It should
     * be quick, and stay true. May be null. */
    bool (*stops)(void *context);
    void *context; /**< handed to go_on and stops */
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
 *         MUSTER_WORLD when memory is short. Fewer threads than asked for, or none but the caller's,
 *         are no failure
 */
MUSTER_API muster_status muster_replicate(const muster_model *const *model, int32_t model_count,
                                          const muster_replicate_options *options,
                                          const muster_memory *memory, muster_diags *diags,
                                          muster_sample **out);

/**
 * Frees a sample.
 *
 * @param[in] sample  may be null
 */
MUSTER_API void muster_sample_free(muster_sample *sample);

/**
 * One replication by itself, with its records: as muster_run_plan, with chance.
 *
 * @param[in]  model        must outlive the result
 * @param[in]  seed         master seed
 * @param[in]  replication  from 1
 * @param[in]  memory       where memory comes from; null: malloc and free
 * @param[in]  diags        takes what is wrong; may be null
 * @param[out] out          owned by the caller, muster_result_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_run_replication(const muster_model *model, uint64_t seed,
                                                uint32_t replication, const muster_memory *memory,
                                                muster_diags *diags, muster_result **out);

/**
 * Master seed of a model's scenario.
 *
 * @param[in] model  the model
 * @return scenario.seed
 */
MUSTER_API uint64_t muster_model_seed(const muster_model *model);

/**
 * Whether anything at all is random in replications of a model.
 *
 * @param[in] model  the model
 * @return true if so
 */
MUSTER_API bool muster_model_has_chance(const muster_model *model);

/**
 * Master seed that a model of the sample was run with.
 *
 * @param[in] sample  the sample
 * @param[in] model   index of the model, from 0
 * @return the seed
 */
MUSTER_API uint64_t muster_sample_seed(const muster_sample *sample, int32_t model);

/**
 * Replications done, of each model.
 *
 * @param[in] sample  the sample
 * @return how many
 */
MUSTER_API int64_t muster_sample_count(const muster_sample *sample);

/**
 * Models that a sample is of.
 *
 * @param[in] sample  the sample
 * @return how many
 */
MUSTER_API int32_t muster_sample_models(const muster_sample *sample);

/**
 * Index of a measure in muster_measures.
 *
 * @param[in] name  of the measure
 * @return the index; -1: there is none
 */
MUSTER_API int32_t muster_measure_index(const char *name);

/**
 * Things of a scope in a model of the sample: as muster_result_count, except that pairs of states
 * have a place whether they take part or not.
 *
 * @param[in] sample  the sample
 * @param[in] model   index of the model, from 0
 * @param[in] scope   what things
 * @return how many
 */
MUSTER_API int32_t muster_sample_things(const muster_sample *sample, int32_t model,
                                        muster_scope scope);

/**
 * Id of one of these things.
 *
 * @param[in]  sample  the sample
 * @param[in]  model   index of the model, from 0
 * @param[in]  scope   what things
 * @param[in]  thing   index of the thing, from 0
 * @param[out] out     takes the text where it must be put together
 * @return the id; text valid until the next call with the same buffer
 */
MUSTER_API const char *muster_sample_id(const muster_sample *sample, int32_t model,
                                        muster_scope scope, int32_t thing, char out[160]);

/** One figure over the replications in which it is defined. */
typedef struct muster_summary {
    int64_t count;     /**< of them; 0: defined in none                                 */
    double mean;       /**< their mean                                                  */
    double sd;         /**< sample standard deviation; NaN below 2 values               */
    double least;      /**< least value seen                                            */
    double most;       /**< greatest value seen                                         */
    bool is_share;     /**< the measure is yes or no: mean is a share                   */
    bool is_estimable; /**< false: low and high are NaN                                 */
    double low;        /**< 95 % interval of the mean (t) or the share (Wilson)         */
    double high;       /**< its upper end                                               */
} muster_summary;

/**
 * One figure over all replications of a model.
 *
 * @param[in] sample   the sample
 * @param[in] model    index of the model, from 0
 * @param[in] measure  index in muster_measures
 * @param[in] thing    index of the thing, from 0
 * @return the summary; of a figure that is nowhere defined count 0 and NaN
 */
MUSTER_API muster_summary muster_sample_summary(const muster_sample *sample, int32_t model,
                                                int32_t measure, int32_t thing);

/** A quantile with its 95 % interval between order statistics. */
typedef struct muster_quantile {
    double value;      /**< NaN: not to be had                          */
    bool is_kept;      /**< false: more values than are kept            */
    bool is_estimable; /**< false: too few values for an interval       */
    double low;        /**< 95 % interval                               */
    double high;       /**< its upper end                               */
} muster_quantile;

/**
 * A quantile of one figure. Sorts the values kept: not to be called from two threads at once.
 *
 * @param[in] sample   the sample
 * @param[in] model    index of the model, from 0
 * @param[in] measure  index in muster_measures
 * @param[in] thing    index of the thing, from 0
 * @param[in] q        in (0, 1)
 * @return the quantile
 */
MUSTER_API muster_quantile muster_sample_quantile(muster_sample *sample, int32_t model,
                                                  int32_t measure, int32_t thing, double q);

/** Model `model` less model 0 in one figure, over replications in which both are defined. */
typedef struct muster_difference {
    int64_t count;      /**< pairs                                                        */
    double first;       /**< mean of model 0 over those pairs                             */
    double other;       /**< mean of the other model                                      */
    double mean;        /**< of other - first                                             */
    double sd;          /**< of other - first                                             */
    bool is_share;      /**< yes or no in both                                            */
    bool is_estimable;  /**< false: low, high are NaN                                     */
    double low;         /**< 95 % interval of the mean difference (t, paired); of shares
                                 within -1 and 1                                              */
    double high;        /**< its upper end                                                */
    double correlation; /**< between the two; NaN where one does not vary                 */
    double reduction;   /**< (var first + var other) / var difference: how many times fewer
                                 replications than independent seeds need for the same
                                 interval; NaN where nothing varies, infinite where only the
                                 difference does not                                          */
    double p;           /**< two-sided: paired t, of yes and no McNemar's exact, of
                                 differences all alike the sign test; NaN below 2 pairs       */
    int64_t only_first; /**< pairs with yes in model 0 only                               */
    int64_t only_other; /**< pairs with yes in the other model only                       */
} muster_difference;

/**
 * A model held against model 0.
 *
 * @param[in] sample   the sample
 * @param[in] model    index of the other model
 * @param[in] measure  index in muster_measures
 * @param[in] thing    index of the thing in model 0
 * @return the difference, other less first
 */
MUSTER_API muster_difference muster_sample_difference(const muster_sample *sample, int32_t model,
                                                      int32_t measure, int32_t thing);

/**
 * Thing of another model with the same id as a thing of model 0.
 *
 * @param[in] sample  the sample
 * @param[in] model   index of the other model
 * @param[in] scope   what things
 * @param[in] thing   index in model 0
 * @return its index in the other model; -1: it has none
 */
MUSTER_API int32_t muster_sample_match(const muster_sample *sample, int32_t model,
                                       muster_scope scope, int32_t thing);

/** How often a serial ended so. */
typedef struct muster_serial_tally {
    int64_t done;      /**< as planned                                    */
    int64_t degraded;  /**< with something amiss                          */
    int64_t cancelled; /**< not at all                                    */
    int64_t cause[16]; /**< of degraded and cancelled ones, by index in muster_cause_name */
} muster_serial_tally;

/**
 * How a serial ended, over all replications of a model.
 *
 * @param[in] sample  the sample
 * @param[in] model   index of the model, from 0
 * @param[in] serial  index of the serial
 * @return the counts
 */
MUSTER_API muster_serial_tally muster_sample_serial(const muster_sample *sample, int32_t model,
                                                    int32_t serial);

/**
 * How often a drill did not muster for a cause.
 *
 * @param[in] sample  the sample
 * @param[in] model   index of the model, from 0
 * @param[in] drill   index of the drill
 * @param[in] cause   index in muster_cause_name; 0: how often it did muster
 * @return how often
 */
MUSTER_API int64_t muster_sample_drill_cause(const muster_sample *sample, int32_t model,
                                             int32_t drill, int32_t cause);

/**
 * How often the muster of a drill waited for a unit last.
 *
 * @param[in] sample  the sample
 * @param[in] model   index of the model, from 0
 * @param[in] drill   index of the drill
 * @param[in] unit    index of the unit
 * @return how often
 */
MUSTER_API int64_t muster_sample_bound(const muster_sample *sample, int32_t model, int32_t drill,
                                       int32_t unit);

/**
 * Words for a cause: "absent", "late", ...
 *
 * @param[in] cause  from 0
 * @return static text; null beyond the last
 */
MUSTER_API const char *muster_cause_name(int32_t cause);

#ifdef __cplusplus
}
#endif
#endif
