/** @file legs.h
 * What orders (orders.c) and the engine's own events (motion.c) share of legs, holds and fuel levels.
 * Private to sim/engine.
 */
#ifndef MST_ENGINE_LEGS_H
#define MST_ENGINE_LEGS_H

#include "engine/motion.h"

/** The leg that a unit is on or was on last. */
mst_leg mst_motion_leg(const mst_run *run, const mst_unit_state *s);
/** Way covered on it by now, metres. */
double mst_motion_covered_m(const mst_run *run, const mst_unit_state *s);
/** A speed as far as its hull and its law of fuel allow, m/s. */
double mst_motion_possible_mps(const mst_unit_row *row, double speed_mps);
/** True if its serviceability is drawn each day. */
bool mst_motion_changes_daily(const mst_unit_row *row);

/** Brings fuel and way up to now; everything after counts from here. */
void mst_motion_settle(const mst_run *run, mst_unit_state *s);
/** Levels of fuel that it is below already are no event. */
void mst_motion_skip_levels(const mst_unit_row *row, mst_unit_state *s);
/** Expects the next crossing of the rim of its drill's area, from a place on its leg on. */
void mst_motion_expect_crossing(mst_run *run, int32_t unit, double from_m);
/** Notes whether it is in the area of its drill. */
void mst_motion_look_at_area(mst_run *run, int32_t unit);

void mst_motion_begin_hold(mst_run *run, int32_t unit, mst_hold hold, double speed_mps);
/** speed_mps is through the water; chance makes good that times factor. */
void mst_motion_begin_leg(mst_run *run, int32_t unit, int32_t from, int32_t to, double start_m,
                          double speed_mps, double factor, muster_time due);
/** Records that it reached a spot, and how late; due may be MUSTER_NEVER. */
void mst_motion_tell_reached(mst_run *run, int32_t unit, int32_t spot, muster_time due);
/** At a spot: in port, or on station beside it. */
void mst_motion_settle_in(mst_run *run, int32_t unit);

#endif
