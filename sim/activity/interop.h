/** @file interop.h
 * What the parts of interoperability do to a serial (DEFINITIONS 6). Pure functions.
 */
#ifndef MST_ACTIVITY_INTEROP_H
#define MST_ACTIVITY_INTEROP_H

#include "model/model.h"

/** One kind of effect a part. */
typedef enum mst_effect {
    MST_FORBIDS, /* at none           */
    MST_SLOWS,   /* time x constants.slows_...: 1.5, 1.2, 1 */
    MST_LOWERS   /* P x constants.lowers_...: .6, .85, 1    */
} mst_effect;
mst_effect mst_part_effect(mst_part part);

/** Factor on the time of a serial (MST_SLOWS, else 1) and on its P (MST_LOWERS, else 1) at a
 * level: 0 none, 1 partial, 2 full. */
double mst_part_time_factor(const mst_model *model, mst_part part, int32_t level);
double mst_part_p_factor(const mst_model *model, mst_part part, int32_t level);

/** Level of a part between two states: 0 none, 1 partial, 2 full; *out_known false: unknown, taken
 * as partial. The same state: full. */
int32_t mst_part_level(const mst_model *model, int32_t a, int32_t b, mst_part part,
                       bool *out_known);

/** Level of a part at the worst pair of a set of states (bit i: state i); an unknown pair counts
 * as partial, fewer than two states as full. */
int32_t mst_part_worst(const mst_model *model, uint64_t states, mst_part part);

/** The parts of a serial (bit set) together for a set of states. */
typedef struct mst_fit {
    int32_t forbidden; /* first part that forbids it, -1: none */
    double time_factor, p_factor;
} mst_fit;
mst_fit mst_fit_of(const mst_model *model, uint64_t states, uint32_t parts);

#endif
