/** @file rivals.h
 * Every model asked about the drills of large tables, in memory that does not grow with what the models
 * reckon on the way.
 */
#ifndef MST_BATCH_RIVALS_H
#define MST_BATCH_RIVALS_H

#include "outcome/rivals.h"

/**
 * As mst_rivals_ask, but models work in memory that is given back after each case: what is kept in the
 * arena of the rivals is their answers, camps, findings and words, and words that neighbours share are
 * kept once.
 *
 * @param[in,out] rivals  cases without replies; on success each has one a model
 * @return false: memory is short
 */
bool mst_rivals_ask_in_turn(mst_rivals *rivals);

#endif
