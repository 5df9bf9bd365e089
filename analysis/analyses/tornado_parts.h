/** @file tornado_parts.h
 * The inside of the analysis by one factor at a time: tornado.c finds points and differences, tornado_tell.c
 * has sentences, tornado_draw.c tables and pictures.
 */
#ifndef MST_ANALYSIS_ANALYSES_TORNADO_PARTS_H
#define MST_ANALYSIS_ANALYSES_TORNADO_PARTS_H

#include "analyses/phrase.h"
#include "analyses/sample.h"

/** What a factor does between its ends. */
typedef enum mst_tornado_verdict {
    MST_TORNADO_MOVES,   /* beyond noise                          */
    MST_TORNADO_NOISE,   /* nothing that can be told from noise   */
    MST_TORNADO_NOTHING, /* no run differs                        */
    MST_TORNADO_UNKNOWN  /* runs that have the figure are wanting */
} mst_tornado_verdict;

/** A factor and the points that it is told by. */
typedef struct mst_tornado_reach {
    int32_t factor, levels;
    int64_t low, high; /* points of its ends; of names those of the least and the greatest figure */
} mst_tornado_reach;

typedef struct mst_tornado_found {
    const mst_data *data;
    muster_section *section;
    int64_t centre;
    int32_t count, pairs; /* factors; pairs that the one with the fewest has */
    mst_tornado_reach *reach;
    mst_tornado_bar *bar;         /* widest first; input: index of reach */
    double *p;                    /* of each bar, adjusted after Holm    */
    mst_tornado_verdict *verdict; /* of each bar                 */
} mst_tornado_found;

/** Is the point of that block of the design? */
bool mst_tornado_is_block(const mst_data *d, int64_t point, const char *block);
/** The points of a bar. */
const mst_tornado_reach *mst_tornado_reach_of(const mst_tornado_found *t, int32_t bar);
/** Half the width of the interval of a point's mean; NaN without one. */
double mst_tornado_half(const mst_data *d, int64_t point);
/** What the factor of a bar is set to at an end, in words. */
const char *mst_tornado_end(const mst_tornado_found *t, int32_t bar, bool is_high,
                            char out[MST_NUMBER_BYTES]);

/** As mst_analysis.tell. */
muster_status mst_tornado_say(const mst_tornado_found *t);
/** MUSTER_WORLD: memory is short. */
muster_status mst_tornado_draw(const mst_tornado_found *t);

#endif
