/** @file halt.h
 * What befalls a unit that nobody ordered: it lies still for a while, sails later, turns back, loses
 * fuel.
 */
#ifndef MST_ENGINE_HALT_H
#define MST_ENGINE_HALT_H

#include "engine/run.h"

/** A ship under way lies still for a time and then goes on as before, or as it was ordered meanwhile;
 * one that lies somewhere sails that much later than it is next ordered to. Times add up. */
void mst_unit_delay(mst_run *run, int32_t unit, muster_time length);

/** Goes home by the way it came, or from the end of its leg if there is no way back. Its part in a
 * drill is not touched. */
void mst_unit_go_home(mst_run *run, int32_t unit);

/** Takes no further part (cause absent), goes home; a ship lies still for `length` first (MUSTER_NEVER:
 * not at all) and is not serviceable from now on. */
void mst_unit_break_down(mst_run *run, int32_t unit, muster_time length);

/** Takes no further part (cause absent) and goes home. */
void mst_unit_turn_back(mst_run *run, int32_t unit);

/** A share of the fuel on board is gone: not burnt, not used. Levels that are passed are told. */
void mst_unit_lose_fuel(mst_run *run, int32_t unit, double fraction);

/** An order to a ship that lies still, or is to sail later: kept until then. True: so it was. */
bool mst_halt_keeps(mst_run *run, int32_t unit, int32_t to, double speed_mps, muster_time due,
                    double factor);

/** The time is over. */
void mst_halt_end(mst_run *run, int32_t unit);

#endif
