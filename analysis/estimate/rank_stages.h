/** @file rank_stages.h
 * A selection stage by stage: which replications of each point are wanted next, from the values of those
 * before. All of it is a function of the values of replications 1, 2, ... of each point, whoever ran them
 * and when: it may be gone through from the start at any time and comes to the same.
 *
 *     mst_stages_open(&s, &selection, points, is_yes_no);
 *     while (s.end == MST_END_NOT) {
 *         ... values of replications s.first[p] .. s.last[p] of each point are made or looked up ...
 *         mst_stages_look(&s, value);
 *     }
 *     mst_stages_free(&s);
 */
#ifndef MST_ANALYSIS_ESTIMATE_RANK_STAGES_H
#define MST_ANALYSIS_ESTIMATE_RANK_STAGES_H

#include "estimate/rank_ocba.h"
#include "muster/experiment.h"

/** Why a selection has come to its end. */
typedef enum mst_end {
    MST_END_NOT,    /* it has not                                              */
    MST_END_ONE,    /* one point is left                                       */
    MST_END_ALIKE,  /* more runs would drop nothing: what is left has one mean, or nothing varies */
    MST_END_MOST,   /* all that are left have as many replications as allowed  */
    MST_END_BUDGET, /* all runs are spent                                      */
    MST_END_NONE    /* every point is out                                      */
} mst_end;

/** Why a point is out. */
typedef enum mst_out {
    MST_OUT_NOT,    /* it is in                                                */
    MST_OUT_BEATEN, /* KN: by one that was in                                  */
    MST_OUT_HOLES   /* a run of it failed, or the figure is not defined in it  */
} mst_out;

typedef struct mst_stages {
    muster_selection how;
    int32_t points;
    bool is_yes_no;
    int32_t *first,
        *last;     /* replications of each point that the next look needs besides those before; none
                              where last < first */
    int32_t looks; /* so far */
    mst_end end;
    int32_t best; /* best mean of those that are in; -1 before the first look, or none is in */
    mst_ocba_point *point; /* what is known: runs, mean, variance (n - 1), whether it is in */
    /** The same with what decisions are made of. OCBA: means as if every point had as many runs as the one
     * with the most. */
    mst_ocba_point *held;
    mst_out *out; /* of each point */
    /* inside */
    double *squares, *variances, *share, *mean;
    bool *is_in;
    int64_t *more;
    double h2;
} mst_stages;

/** False: memory is short, and *out is {0}. points 2 .. MUSTER_SELECT_POINTS_MAX. */
bool mst_stages_open(mst_stages *out, const muster_selection *how, int32_t points, bool is_yes_no);

/** Decides what comes next. False: memory is short.
 * @param[in] value  value[p][r - 1] of all replications up to last[p]; NaN: failed or not defined */
bool mst_stages_look(mst_stages *s, const double *const *value);

/** Runs that all looks so far, and the next, are made of. */
int64_t mst_stages_runs(const mst_stages *s);
int32_t mst_stages_in(const mst_stages *s); /* points that are in */

/** Why, a phrase without a full stop; "" of MST_END_NOT. */
const char *mst_end_words(mst_end end);

void mst_stages_free(mst_stages *s); /* leaves {0} */

#endif
