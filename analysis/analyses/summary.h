/** @file summary.h
 * What each point came to: summary_say.c says it, summary.c has the tables and the picture.
 */
#ifndef MST_ANALYSIS_ANALYSES_SUMMARY_H
#define MST_ANALYSIS_ANALYSES_SUMMARY_H

#include "analyses/data.h"
#include "muster/document.h"

/** From the lowest to the highest mean. */
typedef struct mst_summary_range {
    int64_t low, high;            /* points; -1: the figure is defined nowhere       */
    int64_t defined, lows, highs; /* points that have it, and those that are as low, as high */
} mst_summary_range;

mst_summary_range mst_summary_range_of(const mst_data *d);
/** Does a mean come with an interval? Not where all runs of each point are alike. */
bool mst_summary_has_spread(const mst_data *d);
/** Is it yes or no at every point, without chance? */
bool mst_summary_is_of_answers(const mst_data *d);
/** How far means go, and which runs have none. */
void mst_summary_say(const mst_data *d, const mst_summary_range *r, muster_section *section);

#endif
