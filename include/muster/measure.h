/**
 * @file measure.h
 * The registry of measures: what a run is judged by. Report, JSON, store and page all read it,
 * so that a new measure needs no change in any of them.
 */
#ifndef MUSTER_MEASURE_H
#define MUSTER_MEASURE_H

#include "muster/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a measure is taken of. */
typedef enum muster_scope {
    MUSTER_OF_DRILL,  /**< one value a drill                     */
    MUSTER_OF_STATE,  /**< one value a (drill, host or candidate) */
    MUSTER_OF_UNIT,   /**< one value a unit                      */
    MUSTER_OF_GROUP,  /**< one value a group                     */
    MUSTER_OF_SERIAL, /**< one value a serial                    */
    MUSTER_OF_PAIR,   /**< one value a (drill, pair of participating states) */
    MUSTER_OF_AIR,    /**< one value an air request              */
    MUSTER_SCOPE_COUNT
} muster_scope;

/** Which way is good. */
typedef enum muster_direction {
    MUSTER_LESS_IS_BETTER = -1,
    MUSTER_NEITHER = 0,
    MUSTER_MORE_IS_BETTER = 1
} muster_direction;

/** One measure. All texts are static. */
typedef struct muster_measure {
    const char *name;           /**< "muster_delay_h": with its unit */
    const char *label;          /**< words for a table               */
    const char *unit;           /**< "h", "nm", "t", "" for shares and counts */
    muster_scope scope;         /**< what it is taken of */
    muster_direction direction; /**< which way is good */
    const char *doc;            /**< exact definition, one or two sentences */
    const char *when_bad;       /**< what usually causes a bad value        */
    bool is_yes_no;             /**< 1 or 0 in any one run: over many runs a share */
} muster_measure;

/**
 * All measures, in the order of reports.
 *
 * @param[out] out_count  their number
 * @return a static array
 */
MUSTER_API const muster_measure *muster_measures(int32_t *out_count);

/**
 * Names of scopes: "drill", "state", ...
 *
 * @param[in] scope  what things
 * @return static text
 */
MUSTER_API const char *muster_scope_name(muster_scope scope);

#ifdef __cplusplus
}
#endif
#endif
