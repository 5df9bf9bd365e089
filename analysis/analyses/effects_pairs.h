/** @file effects_pairs.h
 * What two factors of few values do together: effects_pairs.c finds it, effects_pairs_tell.c tells it.
 */
#ifndef MST_ANALYSIS_ANALYSES_EFFECTS_PAIRS_H
#define MST_ANALYSIS_ANALYSES_EFFECTS_PAIRS_H

#include "analyses/effects.h"

typedef struct mst_two {
    int32_t input[2];
    mst_interaction together; /* its interval and P are those of the tests of effects_pairs.c */
    double p;                 /* over all pairs after Holm; NaN: no test                      */
    mst_lack lack;            /* why its contrast is not estimable                            */
    bool is_sure;             /* no chance, and no holes or a model through all points, with some to
                                 spare: then what differs does                                */
} mst_two;

typedef struct mst_twos {
    mst_effects *effects;
    int32_t count;
    mst_two *two; /* the largest first */
} mst_twos;

/** Sentences, a table and a picture. few: factors with few values, of which `looked_at` were looked at. */
void mst_twos_tell(const mst_twos *all, int32_t looked_at, int32_t few, muster_section *section);

#endif
