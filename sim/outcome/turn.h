/** @file turn.h
 * Values at which an answer turns, as they are printed: "turns from 0.3925 on" means that 0.3925 itself
 * turns and one step nearer to the present value does not.
 */
#ifndef MST_OUTCOME_TURN_H
#define MST_OUTCOME_TURN_H

#include "model/align.h"

/** The step of printed turning values: the greatest power of ten within a ten-thousandth of the range
 * (of 1 for a range that is not a positive number). In the unit of the range. */
double mst_turn_step(double range);

/** Digits behind the point that such a value needs, 0..12. */
int32_t mst_turn_decimals(double range);

/** So many steps as the number that is meant: 0.178, not 178 times a thousandth as it rounds. */
double mst_turn_at_step(double steps, double step);

/** True if a margin of exactly 0 still answers as the stage does now: then the turn lies beyond the
 * point at which the margin crosses 0. */
bool mst_turn_is_beyond(const mst_stage_result *stage);

/**
 * A crossing rounded away from where the value stands, to a step of the range.
 *
 * @param[in] at      where the margin crosses 0, or the answer is another
 * @param[in] now     where the value stands; its own side of `at` is where nothing turns
 * @param[in] beyond  the point itself does not turn (mst_turn_is_beyond)
 * @return may lie outside of the range, by less than a step; who can judge it again should
 */
double mst_turn_from(double at, double now, double range, bool beyond);

#endif
