/** @file saved.h
 * A spec that is changed for a moment: what a change will overwrite is kept and put back.
 */
#ifndef MST_BATCH_SAVED_H
#define MST_BATCH_SAVED_H

#include "batch/handles.h"

typedef struct mst_saved {
    mst_list kept;    /* of bytes, newest last */
    mst_list facts;   /* its storage may move while facts are added */
    mst_list changes; /* as facts */
} mst_saved;

/** Makes a change line, as --set would, and keeps what it overwrites. False: not allowed; diags, which
 * may be null, says why. */
bool mst_saved_apply(muster_scenario *scenario, mst_arena *scratch, const char *line,
                     mst_saved *saved, muster_diags *diags);

/** Begins; puts everything back. */
void mst_saved_keep(const muster_scenario *scenario, mst_saved *saved);
void mst_saved_restore(muster_scenario *scenario, const mst_saved *saved);

#endif
