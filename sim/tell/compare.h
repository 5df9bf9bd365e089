/** @file compare.h
 * What the parts of a comparison share: findings, one a figure and alternative.
 */
#ifndef MST_TELL_COMPARE_H
#define MST_TELL_COMPARE_H

#include "tell/chance.h"

/** One figure of an alternative against the first. */
typedef struct mst_finding {
    int32_t alternative; /* from 1 */
    int32_t measure, thing, other_thing;
    double first, other;              /* means; of plan runs alone their values */
    int64_t first_count, other_count; /* replications in which each is defined */
    muster_difference difference;     /* of replications                        */
    double p;                         /* adjusted by Holm; NaN: not tested      */
    double size;                      /* of the effect, for the order: spreads of the first */
    bool is_seen;                     /* there is a difference that chance does not explain */
} mst_finding;

typedef struct mst_comparison {
    mst_page page; /* of the first alternative */
    const muster_comparison *given;
    mst_finding *finding; /* alternative by alternative, largest first */
    int32_t finding_count;
} mst_comparison;

/** Fills the findings, with all figures or those of drills and states. False: memory was short. */
bool mst_comparison_find(mst_comparison *c);

/** "coordination score", "Russia: units that came": what a figure is of. */
const char *mst_comparison_subject(mst_comparison *c, const mst_finding *f);

char *mst_comparison_json(mst_comparison *c, muster_diags *diags);

#endif
