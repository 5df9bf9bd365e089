/** @file assume.h
 * The list of assumptions while it is made: figures of rules and ties, and of fleets.
 */
#ifndef MST_OUTCOME_ASSUME_H
#define MST_OUTCOME_ASSUME_H

#include "outcome/trial.h"

typedef struct mst_assumed {
    mst_trial *trial;
    const mst_model *model; /* as it is, beside the trial's copies */
    const mst_verdict *verdict;
    mst_arena *arena;
    mst_list found; /* mst_assumption */
} mst_assumed;

/** A figure is moved by this share of its value, up and down. */
#define MST_MOVED_SHARE 0.1

/** The fact of a path; null: a default stands, or there is no spec. */
const mst_fact *mst_assumed_fact(const mst_assumed *list, const char *path);

/**
 * Adds a figure if nobody vouches for it: no fact (a default), or one marked assumed, low,
 * estimated or without source. A path that is there already gets this stage too.
 * @param[in]  value   in the key's unit, for a default that no fact tells of; NaN: none
 * @param[in]  unit    as printed behind such a value, "" for plain numbers
 * @param[in]  change  of the stage's margin when the figure moves; NaN: not measured
 */
void mst_assumed_add(mst_assumed *list, const char *path, const mst_fact *fact, double value,
                     const char *unit, int32_t stage, double change);

/** Figures behind the reading of the fleet or of the index: stage `able`. */
void mst_assumed_fleet(mst_assumed *list);

#endif
