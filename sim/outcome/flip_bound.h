/** @file flip_bound.h
 * Bounds of a verdict's margins, and of their slopes, over a box of values that rules read: interval
 * arithmetic through the forms of the rules (Moore 1966; derivatives as Rall 1981).
 */
#ifndef MST_OUTCOME_FLIP_BOUND_H
#define MST_OUTCOME_FLIP_BOUND_H

#include "outcome/flip.h"

/** A box over some FAST levers. */
typedef struct mst_flip_box {
    int32_t count;
    int32_t lever[MST_FLIP_SET_MAX];
    double lo[MST_FLIP_SET_MAX], hi[MST_FLIP_SET_MAX];
} mst_flip_box;

/** All values a figure takes over a box, and all its slopes along each lever of it. NaN: a value is
 * missing, so that the stage is not assessed. */
typedef struct mst_span {
    double lo, hi;
    double dlo[MST_FLIP_SET_MAX], dhi[MST_FLIP_SET_MAX];
} mst_span;

/**
 * @param[in]  scene  its trial's other levers stand where they are
 * @param[out] out    one a stage of the scene's verdict: its margin
 */
void mst_flip_bound(const mst_flip_scene *scene, const mst_flip_box *box,
                    mst_span out[MST_STAGES_MAX]);

#endif
