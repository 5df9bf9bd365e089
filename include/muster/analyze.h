/**
 * @file analyze.h
 * What is found out from an experiment: its plan before it is run, its state, and the analyses of its
 * results, each as a document (muster/document.h).
 */
#ifndef MUSTER_ANALYZE_H
#define MUSTER_ANALYZE_H

#include "muster/csv.h"
#include "muster/document.h"
#include "muster/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a few runs of an experiment took. */
typedef struct muster_pace {
    double point_s; /**< to make a point ready, s of one processor; NaN: not known */
    double run_s;   /**< of one replication, s of one processor                    */
    int32_t jobs;   /**< threads that will share the work                          */
} muster_pace;

/**
 * The plan of an experiment: what is varied and measured, how many runs, how long.
 *
 * @param[in] experiment  the experiment
 * @param[in] shard       which part of it; {0}: the whole
 * @param[in] pace        what runs take; null: no time is told
 * @param[in] store       where the runs would go; null: not told
 * @return owned by the caller, muster_document_free; null when memory is short
 */
MUSTER_API muster_document *muster_experiment_tell(const muster_experiment *experiment,
                                                   muster_shard shard, const muster_pace *pace,
                                                   const char *store);

/**
 * What a store holds, and what it lacks.
 *
 * @param[in]  store  the store
 * @param[in]  path   its name, as it is told
 * @param[in]  diags  takes what is wrong; may be null
 * @param[out] out    owned by the caller, muster_document_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE; MUSTER_WORLD
 */
MUSTER_API muster_status muster_store_tell(muster_store *store, const char *path,
                                           muster_diags *diags, muster_document **out);

/** What to analyse. Zero members take the default. */
typedef struct muster_analyze_options {
    const char *const *measure;  /**< names of figures, as the store has them (measure_count)   */
    int32_t measure_count;       /**< 0: the first of the store, or what a selection judges by  */
    const char *const *analysis; /**< names of analyses (analysis_count)                        */
    int32_t analysis_count;      /**< 0: all usual ones that the design allows                  */
    double level;                /**< of intervals; 0: .95                                      */
    const char *against;         /**< point that others are held against, by label or number; null:
                                      the best                                                   */
    bool has_above;              /**< boxes: cases of interest are those with the figure at least */
    double above;                /**< this much                                                 */
    bool has_below;              /**< or at most                                                */
    double below;                /**< this much                                                 */
    const char *x;               /**< map: factor along the horizontal axis; null: the first    */
    const char *y;               /**< map: factor along the vertical axis; null: the second     */
} muster_analyze_options;

/**
 * Analyses a store.
 *
 * @param[in]  store    the store
 * @param[in]  path     its name, as it is told
 * @param[in]  options  null: all zero
 * @param[in]  diags    takes what is wrong: an unknown name, an analysis that the design does not
 *                      allow; may be null
 * @param[out] out      owned by the caller, muster_document_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE; MUSTER_WORLD
 */
MUSTER_API muster_status muster_store_analyze(muster_store *store, const char *path,
                                              const muster_analyze_options *options,
                                              muster_diags *diags, muster_document **out);

/** Points and figures out of tables, of whatever program. */
typedef struct muster_tables {
    const char *design_name;    /**< stands in messages                                       */
    const muster_csv *design;   /**< a row a point, a column a factor; `block`, where there is
                                     such a column, says what a point is for, as muster design
                                     writes it                                                 */
    const char *response_name;  /**< stands in messages                                       */
    const muster_csv *response; /**< figures, row by row; null: they stand in the design       */
    const char *value;          /**< head of their column; null: the last that is no other     */
} muster_tables;

/**
 * Analyses tables.
 *
 * @param[in]  tables   see above
 * @param[in]  options  null: all zero; measures are not read
 * @param[in]  diags    takes what is wrong; may be null
 * @param[out] out      owned by the caller, muster_document_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE; MUSTER_WORLD
 */
MUSTER_API muster_status muster_tables_analyze(const muster_tables *tables,
                                               const muster_analyze_options *options,
                                               muster_diags *diags, muster_document **out);

/** An analysis. Static texts. */
typedef struct muster_analysis_kind {
    const char *name;  /**< as --analysis takes it  */
    const char *doc;   /**< what it tells           */
    const char *needs; /**< of the design, in words */
} muster_analysis_kind;

/**
 * The analyses of this build.
 *
 * @param[in]  index  from 0
 * @param[out] out    the analysis
 * @return false behind the last
 */
MUSTER_API bool muster_analysis_kind_at(int32_t index, muster_analysis_kind *out);

#ifdef __cplusplus
}
#endif
#endif
