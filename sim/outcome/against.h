/** @file against.h
 * What makes a state's stages differ from those of a reference: Shapley values of each stage's margin
 * (DEFINITIONS 9) over the figures in which the two differ.
 */
#ifndef MST_OUTCOME_AGAINST_H
#define MST_OUTCOME_AGAINST_H

#include "outcome/outcome.h"

enum { MST_AGAINST_EXACT = 14, MST_AGAINST_MOST = 200, MST_AGAINST_ORDERS = 2000 };

/** A figure in which the two differ. */
typedef struct mst_share_of {
    const char *path;   /* where it stands: a change line could set it; null: the fleet, the rest */
    bool is_fleet;      /* what the fleet can fill and bring: fleet_here, fleet_there   */
    const char *key;    /* as the rules name it: "cand.autonomy"; a weight: its rule's id   */
    double here, there; /* its values; NaN for the fleet                          */
    double value[MST_STAGES_MAX]; /* its Shapley value of each stage's margin; NaN: not assessed */
} mst_share_of;

typedef struct mst_against {
    const mst_verdict *here, *there;
    mst_fleet_reading fleet_here, fleet_there;
    mst_share_of *item;
    int32_t count;
    bool is_exact; /* over all subsets; else over MST_AGAINST_ORDERS random orders, fixed seed    */
    double most_error; /* standard error of the least certain value; 0 when exact            */
} mst_against;

/**
 * Shapley (1953) values of the margin of each stage, from the reference to the state as it is: they add
 * up to the difference of the two margins. The reference is a verdict of the same drill in the same
 * model (another state) or of the same drill and state in another model of the file (a variant, a
 * coding): rules, hosts and stages must be the same in number and order.
 *
 * @param[in] there_run  run of the reference's model
 * @param[out] out       in the arena; values of stages that one of the two cannot assess are NaN
 * @return null, or why it cannot be done (static text); "out of memory" when memory is short
 */
const char *mst_against_make(const mst_model *model, const mst_run *run, const mst_verdict *here,
                             const mst_model *there_model, const mst_run *there_run,
                             const mst_verdict *there, mst_arena *arena, mst_against *out);

#endif
