/** @file crew.h
 * Who of a drill's units is there, and what is missing: shared by muster and serials.
 */
#ifndef MST_ACTIVITY_CREW_H
#define MST_ACTIVITY_CREW_H

#include "engine/run.h"

/** What a muster or a serial wants: count units that fit. */
typedef struct mst_want {
    int32_t state; /* whose units, -1: anybody's                          */
    int32_t slot;  /* slot of the drill they must fit, -1: role and kit   */
    uint64_t role, kit;
    int32_t domain; /* mst_domain, -1: either                              */
    int32_t count;
} mst_want;

enum { MST_WANTS_MAX = 64 }; /* as many as a matching can tell apart */

typedef struct mst_shortage {
    int32_t places, filled;
    mst_cause cause; /* NONE: everything is filled; else absent, late, fuel, sea in that order */
    int32_t want;    /* first one that is not full, -1                                          */
} mst_shortage;

/**
 * Fills the wants with units that take part and are there, each unit once (largest matching).
 * @param[in] sea_counts  a ship whose sea-state limit is passed does not count
 */
mst_shortage mst_crew_check(const mst_run *run, int32_t drill, const mst_want *want, int32_t count,
                            bool sea_counts);

/** True if the unit takes part and is there: at the muster spot or holding inside the area; a
 * helicopter when its ship is; a squadron on land when it has serviceable aircraft. */
bool mst_crew_is_there(const mst_run *run, int32_t drill, int32_t unit);

/** True if candidates are asked to send units, and not only observers or staff. */
bool mst_drill_wants_units(const mst_drill_row *drill);

/** The same for a number of states with a ship or helicopter there: NONE if there are so many, else
 * what keeps the others away. */
mst_cause mst_crew_check_states(const mst_run *run, int32_t drill, int32_t count, bool sea_counts);

/** Bit set of states with a ship or helicopter there (state indices below 64). */
uint64_t mst_crew_states(const mst_run *run, int32_t drill);

/** The drill ends before it began: record, cause, its serials cancelled, broadcast. */
void mst_drill_fail(mst_run *run, int32_t drill, mst_cause cause);

/** True if the state takes part. */
bool mst_drill_has_state(const mst_run *run, int32_t drill, int32_t state);

#endif
