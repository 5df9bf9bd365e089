/** @file rulings.h
 * An umpire's rulings: an entry for each candidate of a drill, so that a change can set one that the
 * file does not have.
 */
#ifndef MST_MODEL_RULINGS_H
#define MST_MODEL_RULINGS_H

#include "model/align.h"

/** Adds an entry that says none for each candidate without one; before changes are made. */
void mst_rulings_open(mst_spec *spec, mst_arena *arena);

/** The rulings of a drill, one a candidate, in the arena; null: there is none, or memory is short. */
const uint8_t *mst_rulings_build(const mst_model *model, const mst_drill_def *drill,
                                 const int32_t *candidate, int32_t count, mst_arena *arena);

/** What the umpire says of a state in a drill; MST_RULING_NONE of hosts and of others. */
mst_ruling mst_model_ruling(const mst_model *model, int32_t drill, int32_t state);

/** The verdict with what its stages say in place of what the umpire does: itself without a ruling. */
mst_verdict mst_verdict_by_rules(const mst_model *model, const mst_verdict *verdict);

/** The reason beside it; null: none is given. */
const char *mst_model_ruling_reason(const mst_model *model, int32_t drill, int32_t state);

#endif
