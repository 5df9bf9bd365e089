/**
 * @file experiment.h
 * Experiments: which settings of a scenario are varied, how, and what is measured.
 *
 * An experiment file (libconfig, read by a field table as scenarios are) names a scenario, its
 * factors, a method of design, the replications and the measures. Opening one reads all of it, finds
 * the routes and makes the plan: every point with all its settings, before anything is run. The plan is
 * a function of the files and the seed alone and has a hash. What is done with it is told by
 * muster/store.h.
 *
 * @code
 * muster_experiment_from from = {.path = "levers.cfg", .opener = &opener, .land = land};
 * muster_experiment *e = NULL;
 * if (muster_experiment_open(&from, diags, &e) == MUSTER_OK) {
 *     printf("%lld points\n", (long long)muster_experiment_head(e)->points);
 *     muster_experiment_free(e);
 * }
 * @endcode
 */
#ifndef MUSTER_EXPERIMENT_H
#define MUSTER_EXPERIMENT_H

#include "muster/sweep.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct muster_experiment muster_experiment; /**< an experiment with its plan */

/** Most factors of an experiment, and most columns of measures. */
enum { MUSTER_FACTORS_MAX = 400, MUSTER_COLUMNS_MAX = 1000 };

/** What to open. */
typedef struct muster_experiment_from {
    const char *path;            /**< of the experiment file                                    */
    const muster_opener *opener; /**< opens it, its scenario and what they include              */
    const muster_land *land;     /**< must stay as long as the experiment                       */
    const char *land_path;       /**< its file, for the commands of rows; null: the library's   */
    const char *const *line;     /**< changes to the scenario besides the file's, "PATH = VALUE" */
    int32_t line_count;          /**< of these                                                  */
    bool has_replications;       /**< true: `replications` in place of the file's               */
    int32_t replications;        /**< from 0: the plan run alone                                */
    bool has_seed;               /**< true: `seed` in place of the file's                       */
    uint64_t seed;               /**< master seed                                               */
    int64_t points_most;         /**< a plan of more points is refused; 0: more than 10 million */
} muster_experiment_from;

/**
 * Reads an experiment and makes its plan.
 *
 * @param[in]  from   see above
 * @param[in]  diags  takes what is wrong; may be null
 * @param[out] out    owned by the caller, muster_experiment_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics; MUSTER_WORLD when a file cannot be opened or
 *         memory is short
 */
MUSTER_API muster_status muster_experiment_open(const muster_experiment_from *from,
                                                muster_diags *diags, muster_experiment **out);

/**
 * Frees an experiment.
 *
 * @param[in] experiment  may be null
 */
MUSTER_API void muster_experiment_free(muster_experiment *experiment);

/** Whose a factor is to choose. */
typedef enum muster_factor_role {
    MUSTER_ROLE_LEVER,       /**< somebody's to choose                         */
    MUSTER_ROLE_UNCERTAINTY, /**< nobody's: not known well enough               */
    MUSTER_ROLE_NOISE        /**< varies by itself and is of no interest        */
} muster_factor_role;

/** What values a factor has. */
typedef enum muster_factor_scale {
    MUSTER_SCALE_REAL,    /**< any number of its range                           */
    MUSTER_SCALE_WHOLE,   /**< whole numbers of its range                        */
    MUSTER_SCALE_NUMBERS, /**< some numbers                                     */
    MUSTER_SCALE_NAMES /**< values that are no numbers; of them only the order of the file is known */
} muster_factor_scale;

/** A factor. Texts belong to whom it was asked of. */
typedef struct muster_factor {
    const char *id;            /**< of the entry in the file                               */
    const char *label;         /**< in words                                               */
    const char *unit;          /**< in words; "": none                                     */
    const char *path;          /**< what it sets                                           */
    const char *source;        /**< of its range; "": none is named                        */
    const char *dist;          /**< distribution of its values, "uniform 0 1"; "": levels   */
    const char *standing;      /**< the scenario's own value, as the change language writes it */
    const char *const *with;   /**< what is set along: a path, or a line PATH = VALUE      */
    int32_t with_count;        /**< of these                                               */
    muster_factor_role role;   /**< whose it is to choose                                  */
    muster_factor_scale scale; /**< what values it has                                     */
    double min;                /**< least value; NaN: names                                */
    double max;                /**< greatest value                                         */
    const char *const *level;  /**< its values, as the change language writes them         */
    int32_t level_count;       /**< 0: any number of its range                             */
    bool moves_geography;      /**< slow: each value needs routes of its own               */
} muster_factor;

/** A figure that is kept of each run. Texts belong to whom it was asked of. */
typedef struct muster_response {
    const char *name;           /**< "participation:PRK", as in the file, one thing each */
    const char *measure;        /**< name of the measure                                 */
    const char *thing;          /**< id of the thing                                     */
    const char *label;          /**< in words, with the thing where there are several    */
    const char *unit;           /**< "" for shares and counts                            */
    const char *doc;            /**< exact definition                                    */
    muster_direction direction; /**< which way is good                                   */
    bool is_yes_no;             /**< 1 or 0 in any one run                               */
} muster_response;

/** How the runs of an experiment are given out among its points. */
typedef enum muster_select_kind {
    MUSTER_SELECT_NONE, /**< every point gets all replications                               */
    MUSTER_SELECT_KN,   /**< what is seen to be beaten gets no more (Kim and Nelson 2001)    */
    MUSTER_SELECT_OCBA  /**< the next runs go where they tell most (Chen et al. 2000)        */
} muster_select_kind;

/** Most points of an experiment that selects. */
enum { MUSTER_SELECT_POINTS_MAX = 500 };

/** The selection of a best point. All zero: there is none. */
typedef struct muster_selection {
    muster_select_kind kind; /**< how                                                        */
    int32_t response;        /**< the figure that points are judged by                       */
    bool more;               /**< more of it is better; false: less                          */
    double worth;            /**< KN: least difference of means that matters; OCBA: 0        */
    double level;            /**< KN: least probability of a right selection; OCBA: 0        */
    int32_t first;           /**< replications of every point before the first look, from 2  */
    int32_t step;            /**< until the next look: replications of each point that is
                                  still in; OCBA: runs in all                                */
    int32_t most;            /**< replications of a point at most                            */
    int64_t budget;          /**< OCBA: runs in all at most; KN: 0                           */
} muster_selection;

/** The head of an experiment. Texts belong to whom it was asked of. */
typedef struct muster_experiment_head {
    const char *id;             /**< of the experiment                                       */
    const char *title;          /**< in words                                                */
    const char *shows;          /**< what it is to show; ""                                  */
    const char *scenario;       /**< path of the scenario, as it was opened                  */
    const char *scenario_id;    /**< its id                                                  */
    const char *base;           /**< variant and changes before those of points, in words; "" */
    const char *method;         /**< "lhs", "saltelli", ...                                  */
    const char *built;          /**< how the design was made, a phrase                       */
    const char *options;        /**< of the method, "points = 200; ..."                      */
    int64_t points;             /**< of the plan                                             */
    int32_t replications;       /**< of each point, of a selection at most; 0: the plan run alone */
    muster_selection selection; /**< which points get how many of them                       */
    uint64_t seed;              /**< master seed                                             */
    int32_t factors;            /**< how many                                                */
    int32_t responses;          /**< how many                                                */
    uint64_t scenario_hash;     /**< of the gathered text and the changes                     */
    uint64_t plan_hash;         /**< of points, seeds, factors, responses, selection; not of
                                     replications                                            */
    double largest_correlation; /**< between two factors over the points; NaN: not asked      */
} muster_experiment_head;

/**
 * The head.
 *
 * @param[in] experiment  the experiment
 * @return borrowed from it
 */
MUSTER_API const muster_experiment_head *
muster_experiment_head_of(const muster_experiment *experiment);

/**
 * A factor.
 *
 * @param[in] experiment  the experiment
 * @param[in] index       from 0
 * @return borrowed from it
 */
MUSTER_API const muster_factor *muster_experiment_factor(const muster_experiment *experiment,
                                                         int32_t index);

/**
 * A figure that is kept.
 *
 * @param[in] experiment  the experiment
 * @param[in] index       from 0
 * @return borrowed from it
 */
MUSTER_API const muster_response *muster_experiment_response(const muster_experiment *experiment,
                                                             int32_t index);

/** A point of the plan. Texts belong to whom it was asked of. */
typedef struct muster_plan_point {
    const char *label; /**< name of a listed point; ""                                  */
    const char *block; /**< "point", "centre", "one", "a", "b", "ab", "ba", "step"      */
    int32_t factor;    /**< the one that the block is about; -1                         */
    int64_t base_row;  /**< row of a and b, trajectory; 0                               */
    uint64_t seed;     /**< master seed of its replications                             */
} muster_plan_point;

/**
 * A point of the plan.
 *
 * @param[in] experiment  the experiment
 * @param[in] point       from 0
 * @return what it is for
 */
MUSTER_API muster_plan_point muster_experiment_point(const muster_experiment *experiment,
                                                     int64_t point);

/** Bytes of a value as text. */
enum { MUSTER_VALUE_BYTES = 256 };

/**
 * The value of a factor at a point, as the change language writes it.
 *
 * @param[in]  experiment  the experiment
 * @param[in]  point       from 0
 * @param[in]  factor      from 0
 * @param[out] out         the text; "": left as the scenario has it
 * @return out
 */
MUSTER_API const char *muster_experiment_value(const muster_experiment *experiment, int64_t point,
                                               int32_t factor, char out[MUSTER_VALUE_BYTES]);

/**
 * All settings of a point, in the order in which they are made.
 *
 * @param[in]  experiment  the experiment
 * @param[in]  point       from 0
 * @param[out] out         empty at first
 * @return false when they do not fit
 */
MUSTER_API bool muster_experiment_settings(const muster_experiment *experiment, int64_t point,
                                           muster_settings *out);

/**
 * The gathered text of the scenario.
 *
 * @param[in]  experiment  the experiment
 * @param[out] length      in bytes
 * @return borrowed from it
 */
MUSTER_API const char *muster_experiment_scenario_text(const muster_experiment *experiment,
                                                       size_t *length);

/**
 * The gathered text of the experiment file.
 *
 * @param[in]  experiment  the experiment
 * @param[out] length      in bytes
 * @return borrowed from it
 */
MUSTER_API const char *muster_experiment_text(const muster_experiment *experiment, size_t *length);

/**
 * What runs its points.
 *
 * @param[in]  experiment  the experiment
 * @param[out] out_column  of the responses, in their order
 * @return borrowed from it; null where it names no scenario
 */
MUSTER_API const muster_sweep *muster_experiment_sweep(const muster_experiment *experiment,
                                                       const muster_column **out_column);

/** A method of design. Static texts. */
typedef struct muster_design_kind {
    const char *name; /**< as method.name takes it                       */
    const char *doc;  /**< what it does, a sentence or two               */
    const char *uses; /**< keys of `method` that it reads, a blank between */
} muster_design_kind;

/**
 * The methods of this build.
 *
 * @param[in]  index  from 0
 * @param[out] out    the method
 * @return false behind the last
 */
MUSTER_API bool muster_design_method_at(int32_t index, muster_design_kind *out);

/**
 * The points as CSV: number, what each is for, seed, and the value of every factor. Other programs may run
 * them; `muster analyze --design` reads the table back.
 *
 * @param[in] experiment  the experiment
 * @param[in] write       takes text piece by piece; false ends it
 * @param[in] context     handed to write
 * @return false when it was ended, or memory is short
 */
MUSTER_API bool muster_experiment_csv(const muster_experiment *experiment,
                                      bool (*write)(const char *text, size_t length, void *context),
                                      void *context);

/**
 * Rows of the table of an experiment file, for `list keys` and documentation.
 *
 * @return a constant table, which ends with a row whose key is null
 */
MUSTER_API const muster_field *muster_experiment_fields(void);

#ifdef __cplusplus
}
#endif
#endif
