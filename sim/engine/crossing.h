/** @file crossing.h
 * Where routes cross the area of a drill: figures of the model, worked out when first asked and kept.
 * One a thread.
 */
#ifndef MST_ENGINE_CROSSING_H
#define MST_ENGINE_CROSSING_H

#include "model/model.h"

typedef struct mst_crossings mst_crossings;

/** Null when memory is short, or where it would be very large: then mst_crossing_next works without. */
mst_crossings *mst_crossings_create(const mst_model *model, const muster_memory *memory);
void mst_crossings_free(mst_crossings *crossings, const muster_memory *memory);

/** The next crossing of a drill's area beyond from_m of a leg as travelled; false: none.
 * crossings may be null. */
bool mst_crossing_next(mst_crossings *crossings, const mst_model *model, int32_t drill,
                       const mst_leg *leg, double from_m, double *out_m, bool *out_enters);

#endif
