/** @file motion.h
 * What the engine itself does with units: legs, holds, fuel levels, area crossings.
 * Private to sim/engine; activities use the services of run.h.
 */
#ifndef MST_ENGINE_MOTION_H
#define MST_ENGINE_MOTION_H

#include "engine/run.h"

/** A unit as it is at the scenario's start: at its home, not under way. */
void mst_motion_reset(mst_run *run, int32_t unit);

/** After all units were reset: what recurs by itself. */
void mst_motion_start(mst_run *run);

/** Cancels the unit's pending events (end of the run). */
void mst_motion_stop(mst_run *run, int32_t unit);

/** An event of the engine's own. */
void mst_motion_event(mst_run *run, const mst_event *event);

#endif
