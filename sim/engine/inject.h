/** @file inject.h
 * What an instructor throws in while a drill runs: events of the engine's own, set at the start of a
 * run for the injects of the model. Closed forms like all motion: nothing is allocated, nothing drawn.
 */
#ifndef MST_ENGINE_INJECT_H
#define MST_ENGINE_INJECT_H

#include "engine/run.h"

/** Codes of the engine's own events that are no motion of a unit begin here. */
enum { MST_INJECT_CODES = 16 };

/** At the start of a run: every inject has its event. */
void mst_inject_start(mst_run *run);

/** One of these events. */
void mst_inject_event(mst_run *run, const mst_event *event);

/** Sea state in the area of a drill now: thrown in, else as the day has it. */
int32_t mst_inject_sea(const mst_run *run, int32_t drill);

#endif
