/** @file pace.h
 * Speeds of groups: the economical one, and the one that all members can hold.
 */
#ifndef MST_ACTIVITY_PACE_H
#define MST_ACTIVITY_PACE_H

#include "engine/run.h"

/** Speed with the least burn of all these ships together per metre, m/s, not above what the
 * slowest can sustain. Golden section between the economical speeds of the ships, to 1e-9 of the
 * speed; allocates nothing. INFINITY for no ships. */
double mst_pace_economical_mps(const mst_model *model, const int32_t *unit, int32_t count);

/** Speed that the slowest of them sustains (or can do at all), m/s; INFINITY for no ships. */
double mst_pace_sustained_mps(const mst_model *model, const int32_t *unit, int32_t count);
double mst_pace_max_mps(const mst_model *model, const int32_t *unit, int32_t count);

/** Ships of a group that belong to the drill and can still move: number, and which. Not those that
 * were withdrawn in their own port, left behind there by the others. */
int32_t mst_pace_members(const mst_run *run, int32_t group, int32_t drill,
                         int32_t out_unit[MST_MEMBERS_MAX]);

/** Sends them all to a spot (-1: each home) at the group's economical speed. */
void mst_pace_send(mst_run *run, int32_t group, int32_t drill, int32_t spot);

#endif
