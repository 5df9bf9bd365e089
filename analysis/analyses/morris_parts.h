/** @file morris_parts.h
 * Parts of the analysis "morris": the walks of a design, what was estimated, and its tellers.
 */
#ifndef MST_ANALYSIS_ANALYSES_MORRIS_PARTS_H
#define MST_ANALYSIS_ANALYSES_MORRIS_PARTS_H

#include "analyses/analyses.h"
#include "estimate/morris.h"

/** Walks in order, with moves in the unit in which effects are told: parts of the whole range. */
typedef struct mst_morris_walks {
    mst_morris_input in;
    double *y, *delta;
    int32_t *factor;
    int64_t unmoved; /* steps that left the value where it was, by rounding */
} mst_morris_walks;

/** False: why not. Free with mst_morris_walks_free either way. */
bool mst_morris_walks_find(const mst_data *d, mst_morris_walks *out, char why[MST_WHY_BYTES]);
void mst_morris_walks_free(mst_morris_walks *walks); /* leaves {0} */

/** All that is told. */
typedef struct mst_morris_found {
    const mst_data *data;
    const mst_morris_walks *walks;
    mst_morris_factor *factor; /* [factors]                            */
    int32_t *order;            /* [factors] by falling mu*             */
    double largest;            /* mu*; 0: nothing moves, NaN: unknown  */
    int32_t least, most;       /* replications of a point that has any */
    int32_t replicates;        /* resamples behind the intervals       */
} mst_morris_found;

/** Below 5 % of the largest mu*, by its whole interval. */
bool mst_morris_may_go(const mst_morris_found *f, int32_t factor);

/** As mst_analysis.tell. */
muster_status mst_morris_say(const mst_morris_found *f, muster_section *section);
void mst_morris_draw(const mst_morris_found *f, muster_section *section);

#endif
