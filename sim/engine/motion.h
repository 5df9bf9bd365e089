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

/** Codes of the engine's own events of units; those of others lie above (inject.h). */
enum {
    MST_MOTION_ARRIVAL,
    MST_MOTION_LEVEL,
    MST_MOTION_CROSSING,
    MST_MOTION_DAY,
    MST_MOTION_RELEASE
};

/** A ship under way stops in mid-leg: its leg goes on at speed 0, burning what it burns at rest. */
void mst_motion_stop_way(mst_run *run, int32_t unit);

/** It goes on along its leg at a speed through the water, to what it was bound for. */
void mst_motion_go_on(mst_run *run, int32_t unit, double speed_mps);

/** That much fuel is gone, and not burnt. */
void mst_motion_take_fuel(mst_run *run, int32_t unit, double mass_kg);

/** An event of the engine's own. */
void mst_motion_event(mst_run *run, const mst_event *event);

#endif
