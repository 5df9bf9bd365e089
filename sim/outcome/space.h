/** @file space.h
 * How much of the space of weights and inputs gives the same answer (DEFINITIONS 9): never a
 * probability, never a confidence.
 */
#ifndef MST_OUTCOME_SPACE_H
#define MST_OUTCOME_SPACE_H

#include "outcome/outcome.h"

enum { MST_SPACE_POINTS = 4096 };
#define MST_SPACE_FRAGILE 0.8 /* a stage that holds in less of the space is called fragile */

/** What is moved: the weights of the rules, or their inputs as well. */
typedef enum mst_space { MST_SPACE_WEIGHTS, MST_SPACE_INPUTS, MST_SPACES } mst_space;

typedef struct mst_shares {
    int32_t dimensions; /* figures moved                                          */
    bool is_sobol;      /* else Halton: more than 40 of them                       */
    double verdict;     /* share with the same verdict                             */
    double political;   /* share in which all political stages together answer as now; NaN: none
                             is assessed */
    double joins;       /* share in which it joins                                */
    double stage[MST_STAGES_MAX]; /* share in which the stage answers as now; NaN: not assessed */
} mst_shares;

/**
 * 4,096 points of a shifted Sobol sequence (Halton above 40 dimensions), fixed seed. Ranges:
 * independent, triangular, half the value to one and a half times it, or weight_min to weight_max
 * where a rule gives them; inputs that no source vouches for, held to the range they may have; weights keep
 * their sign. Readings of fleets stand as they are.
 * @return false: memory is short, nothing can be moved, or no stage is assessed
 */
bool mst_space_try(const mst_model *model, const mst_run *run, const mst_verdict *verdict,
                   mst_space what, mst_arena *arena, mst_shares *out);

#endif
