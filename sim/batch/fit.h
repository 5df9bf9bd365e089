/** @file fit.h
 * The inside of muster_fit: features by name (fit_feature.c), their values in the rows of a record
 * (fit_columns.c), and the four fits (fit.c).
 */
#ifndef MST_BATCH_FIT_H
#define MST_BATCH_FIT_H

#include "align/theory/fit.h"
#include "load/record.h"
#include "muster/fit.h"

/** What a feature reads. */
typedef enum mst_fit_reads {
    MST_FIT_CAND,
    MST_FIT_HOST,
    MST_FIT_TIE,
    MST_FIT_TO_HOST,
    MST_FIT_FROM_HOST,
    MST_FIT_GAP,
    MST_FIT_DISTANCE,
    MST_FIT_HISTORY,
    MST_FIT_HOST_NUMBER,
    MST_FIT_DURATION
} mst_fit_reads;

typedef struct mst_feature {
    const char *name; /* as written, "min:" before it where it is least over the hosts */
    const char *of;   /* name of the attribute or tie; null: none                      */
    mst_fit_reads reads;
    bool is_min;
    mst_fit_block block;
    int8_t expected; /* +1, -1, 0          */
    int32_t missing; /* rows with a known outcome that lack it */
} mst_feature;

/** The features of one kind of fit, by block, in the order given. */
typedef struct mst_features {
    mst_feature item[MST_FIT_FEATURES_MAX];
    int32_t count;
    int32_t first[MST_FIT_BLOCKS + 1]; /* of each block; the last: count */
} mst_features;

/** One fit of the four. */
typedef struct mst_fit_run_of {
    bool has_result;
    mst_fit_why why; /* without a result: why there is none */
    mst_fit_result result;
    mst_fit_scores alike; /* of its predictions out of sample for the rows that the fit with history
                             scores: only so can the two be compared */
} mst_fit_run_of;

/** With [history][plain]. The main one is what was asked for, the product. */
struct muster_fit {
    muster_memory memory;
    mst_arena arena;
    mst_tables tables;
    muster_fit_options options; /* without its lists */
    mst_features features[2];   /* without and with history */
    mst_fit_record record[2];
    mst_fit_run_of of[2][2];
    int32_t main; /* 0 or 1: was history asked for? */
    int32_t drills, rows, known, joins, series;
};

/** True if a feature has a value for each host and not one for the row. */
static inline bool mst_feature_is_of_host(const mst_feature *f)
{
    return f->reads >= MST_FIT_HOST && f->reads <= MST_FIT_GAP;
}

/** Names to features, history left out or put in where it is not asked for. Mistakes are told.
 * @return MUSTER_OK; MUSTER_MISTAKE; MUSTER_WORLD, memory is short (not told) */
muster_status mst_fit_name_features(muster_fit *fit, const muster_fit_options *options,
                                    muster_diags *diags);

/** Values of features[k] in all rows, into record[k]. False: memory is short. */
bool mst_fit_fill_columns(muster_fit *fit, int32_t k);

#endif
