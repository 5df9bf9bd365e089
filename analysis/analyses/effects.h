/** @file effects.h
 * The inside of the analysis of effects: effects.c finds them, effects_tell.c tells of single factors,
 * effects_pairs.c of two together.
 */
#ifndef MST_ANALYSIS_ANALYSES_EFFECTS_H
#define MST_ANALYSIS_ANALYSES_EFFECTS_H

#include "analyses/sample.h"

typedef enum mst_moves {
    MST_MOVES,
    MST_MOVES_NOISE,   /* no more than noise would    */
    MST_MOVES_NOTHING, /* all means alike             */
    MST_MOVES_UNKNOWN  /* there is no telling         */
} mst_moves;

/** Interval of highest less lowest mean, wide enough for any pair of bins; NaN: there is none. */
typedef struct mst_swing {
    double low, high;
} mst_swing;

typedef struct mst_effect {
    int32_t input; /* of the sample */
    mst_main_effect main;
    mst_swing swing;
    double p;     /* that it moves nothing; over all factors, after Holm; NaN: no test    */
    double share; /* of the variance between points; NaN: it does not vary. Of points that were
                         drawn adjusted for the bins, and then below 0 for what is nothing    */
    mst_moves moves;
} mst_effect;

typedef struct mst_effects {
    const mst_data *data;
    mst_sample sample;
    mst_aligned aligned; /* only where is_paired */
    bool is_paired;      /* intervals count the luck that points share, which shows run by run */
    double *weight, *scratch;
    int32_t count;
    mst_effect *effect; /* (count): the widest swing first */
} mst_effects;

/** Free with mst_effects_free, also after a failure. */
muster_status mst_effects_of(const mst_data *data, mst_effects *out);
void mst_effects_free(mst_effects *effects);

/** Does the figure differ between any two points? */
bool mst_effects_move(const mst_effects *e);

muster_status mst_effects_tell(const mst_effects *e, muster_section *section);
muster_status mst_pairs_tell(const mst_effects *e, muster_section *section);

#endif
