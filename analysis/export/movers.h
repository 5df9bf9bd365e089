/** @file movers.h
 * What moves in a run: each ship, and each flight of an aircraft, with its track.
 */
#ifndef MST_ANALYSIS_EXPORT_MOVERS_H
#define MST_ANALYSIS_EXPORT_MOVERS_H

#include "export/track.h"

typedef struct mst_mover {
    const muster_run_unit *unit;
    const muster_run_sortie *sortie; /* null: a ship */
    char *id;                        /* "unit/ID" or "sortie/ID/1": unique in the run; malloc */
    char *name;                      /* in words; malloc */
    mst_track track;                 /* at least one sample */
} mst_mover;

typedef struct mst_movers {
    mst_mover *mover; /* malloc; unit by unit, flights in order */
    int32_t count;
    int32_t without_place; /* that have no track, for want of places in the run file */
    bool failed;           /* memory was short */
} mst_movers;

mst_movers mst_movers_of(const muster_run_file *run);
void mst_movers_clear(mst_movers *movers);

#endif
