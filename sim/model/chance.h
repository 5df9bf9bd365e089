/** @file chance.h
 * What a model knows of chance: distributions with their defaults (DEFINITIONS 1), streams, and
 * the sea by month as a table. The draws themselves are made in engine/chance.h.
 */
#ifndef MST_MODEL_CHANCE_H
#define MST_MODEL_CHANCE_H

#include "model/spec.h"
#include "num/distribution.h"

/** Defaults of section `chance`. */
#define MST_DELAY_H "exponential 1"
#define MST_SPEED_FACTOR "triangular 0.95 1 1.02"
#define MST_DURATION_FACTOR "triangular 0.9 1 1.3"

typedef struct mst_chance_row {
    uint64_t seed;
    bool draws_decisions;
    /* The sea: P(state <= k) of each month; drawn only where the file gives a climate and no sea
     * state or height. */
    bool sea_drawn[12];
    double sea_cdf[12][9]; /* filled for the months of the run */
} mst_chance_row;

/** Distributions of section `chance`, else the defaults. Texts that are none (reported by
 * mst_check_chance) are passed over. */
typedef struct mst_general_dists {
    mst_dist sailing_delay_h, speed_factor, duration_factor;
} mst_general_dists;

mst_general_dists mst_chance_general(const mst_chance_def *given);

/** A distribution as given for one thing (own may be null), else for all. */
mst_dist mst_chance_dist(const char *own, const mst_dist *general);

/** start, end: of the model, between which all its events lie. */
void mst_chance_fill(const mst_spec *spec, muster_time start, muster_time end, mst_chance_row *out);

#endif
