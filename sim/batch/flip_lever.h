/** @file flip_lever.h
 * Levers of a scenario as numbers: where they stand, what they cost, how their values are written.
 */
#ifndef MST_BATCH_FLIP_LEVER_H
#define MST_BATCH_FLIP_LEVER_H

#include "batch/flip.h"

/** Reads one lever of a scenario, its kind provisional: CHOICE, WHOLE or DEEP. False with a diagnostic
 * when the file does not allow what it may be moved to. */
bool mst_flip_lever_read(muster_scenario *scenario, mst_arena *arena, const mst_lever_def *def,
                         muster_diags *diags, mst_flip_lever *out);

/** The value as a change line has it, in the arena; null when memory is short. */
const char *mst_flip_lever_value(muster_scenario *scenario, mst_arena *arena,
                                 const mst_flip_lever *lever, double x);

/** Adds the lines that moving it makes (const char *). */
void mst_flip_lever_lines(muster_scenario *scenario, mst_arena *arena, const mst_flip_lever *lever,
                          double x, mst_list *out);

#endif
