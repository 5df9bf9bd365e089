/** @file percent.h
 * Estimates in sentences: shares as per cent, numbers with their intervals.
 */
#ifndef MST_ANALYSIS_ANALYSES_PERCENT_H
#define MST_ANALYSIS_ANALYSES_PERCENT_H

#include "estimate/bootstrap.h"

/** The interval of an estimate: the percentiles of its resamples; where those are too few for the level,
 * value -+ half; NaN without resamples. */
double mst_low(const mst_bootstrapped *b);
double mst_high(const mst_bootstrapped *b);

/** Resamples that an interval of this level takes: four beyond each end, but from 1000 to 5000. */
int32_t mst_replicates(double level);

enum { MST_PERCENT_BYTES = 64 };
/** "54 %", "2.3 %", "0.04 %"; "unknown" for NaN. Never "-0 %". */
const char *mst_percent(double share, char out[MST_PERCENT_BYTES]);
/** "54 % (50 to 58)", all with as many decimals; without an interval "54 %". */
const char *mst_percent_of(const mst_bootstrapped *b, char out[MST_PERCENT_BYTES]);

/** "one", "two" ... "twelve", then figures: a count that begins or stands in a sentence. */
const char *mst_count_words(int64_t count, char out[24]);

#endif
