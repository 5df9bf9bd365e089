/** @file flip_sets.h
 * One set of levers: where its box flips the verdict at the least cost.
 */
#ifndef MST_OUTCOME_FLIP_SETS_H
#define MST_OUTCOME_FLIP_SETS_H

#include "outcome/flip_solve.h"

typedef struct mst_flip_found {
    bool is_found,
        is_proved; /* proved: of what was found the least cost, else that there is nothing */
    double cost, least;
    double x[MST_FLIP_LEVERS_MAX]; /* a value each lever of the scenario */
} mst_flip_found;

/** member: indices of levers (count); each must move. */
void mst_flip_set_find(mst_flip *flip, const mst_flip_goal *goal, const int32_t *member,
                       int32_t count, mst_flip_found *out);

#endif
