/** @file flip_saved.h
 * A spec that is changed for a moment: what a change will overwrite is kept and put back.
 */
#ifndef MST_BATCH_FLIP_SAVED_H
#define MST_BATCH_FLIP_SAVED_H

#include "batch/handles.h"

typedef struct mst_flip_saved {
    mst_list kept;    /* of bytes, newest last */
    mst_list facts;   /* its storage may move while facts are added */
    mst_list changes; /* as facts */
} mst_flip_saved;

/** Makes a change line, as --set would, and keeps what it overwrites. False: not allowed. */
bool mst_flip_apply(muster_scenario *scenario, mst_arena *scratch, const char *line,
                    mst_flip_saved *saved);

/** Begins; puts everything back. */
void mst_flip_keep(const muster_scenario *scenario, mst_flip_saved *saved);
void mst_flip_restore(muster_scenario *scenario, const mst_flip_saved *saved);

#endif
