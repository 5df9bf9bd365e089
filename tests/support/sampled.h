/** @file sampled.h
 * A sample in one number, so that two can be held against each other.
 */
#ifndef TEST_SUPPORT_SAMPLED_H
#define TEST_SUPPORT_SAMPLED_H

#include "batch/sample.h"

/** FNV-1a over every bit of all summaries, quantiles, differences and tallies. A NaN is a NaN. */
uint64_t sampled_digest(muster_sample *sample);

#endif
