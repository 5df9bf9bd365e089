/** @file flip_solve.h
 * The cheapest way to a goal with FAST levers alone, in one scene: branch and bound with linear
 * programs (Land and Doig 1960; bounds from slopes as in Hansen and Walster 2004).
 */
#ifndef MST_OUTCOME_FLIP_SOLVE_H
#define MST_OUTCOME_FLIP_SOLVE_H

#include "outcome/flip_bound.h"

enum { MST_FLIP_ROWS_MAX = MST_STAGES_MAX + MST_FLIP_SET_MAX };

/** min cost . y, gain y >= need (rows), 0 <= y <= width; costs >= 0. */
typedef struct mst_flip_program {
    int32_t count, rows;
    double cost[MST_FLIP_SET_MAX], width[MST_FLIP_SET_MAX];
    double gain[MST_STAGES_MAX][MST_FLIP_SET_MAX], need[MST_STAGES_MAX];
} mst_flip_program;

/**
 * Dual simplex (Lemke 1954) on a table.
 *
 * @param[out] y  the cheapest point, or the last one looked at
 * @return its cost, never more than the least; INFINITY: there is no point
 */
double mst_flip_program_solve(const mst_flip_program *program, double y[MST_FLIP_SET_MAX]);

typedef struct mst_flip_answer {
    bool found;
    bool
        is_proved; /* found: none costs less than `least`; not found: there is none cheaper than the
                       cutoff */
    double cost, least;
} mst_flip_answer;

/**
 * @param[in]     moved   the FAST levers that may move (count); all others stand as the scene has them
 * @param[in]     cutoff  only cheaper points are of interest; INFINITY: any
 * @param[in,out] x       a value each lever; of the moved ones the cheapest point, when found
 */
mst_flip_answer mst_flip_solve(mst_flip *flip, mst_flip_scene *scene, const mst_flip_goal *goal,
                               const int32_t *moved, int32_t count, double cutoff, double *x);

#endif
