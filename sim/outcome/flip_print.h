/** @file flip_print.h
 * From the cheapest point of a set to the one that is printed, and what each lever turns.
 */
#ifndef MST_OUTCOME_FLIP_PRINT_H
#define MST_OUTCOME_FLIP_PRINT_H

#include "outcome/flip_sets.h"

/** True if the goal is met with the levers at x (one a lever of the scenario). */
bool mst_flip_meets_at(mst_flip *flip, const mst_flip_goal *goal, const double *x);

/** Rounds the moved levers (member) away from where they stand to values that can be read, and draws
 * them back as far as the goal allows. False: no such point meets it, x is as it was. */
bool mst_flip_round(mst_flip *flip, const mst_flip_goal *goal, const int32_t *member, int32_t count,
                    double *x);

/** Where the goal begins to be met as one lever goes from where it stands to x, the others at x: a
 * number's tipping value, else the neighbour of x at which it is not met. NaN: met all the way.
 * from: of a number the value that is printed, which does meet it (turn.h); else NaN. */
double mst_flip_tip(mst_flip *flip, const mst_flip_goal *goal, int32_t lever, const double *x,
                    double *from);

/** What a lever does alone. goal: of the verdict. */
void mst_flip_try_alone(mst_flip *flip, const mst_flip_goal *goal, int32_t lever,
                        mst_flip_alone *out);

#endif
