/** @file prim_parts.h
 * Parts of PRIM: boxes, and the walk of peeling and pasting over a set of points.
 */
#ifndef MST_ESTIMATE_PRIM_PARTS_H
#define MST_ESTIMATE_PRIM_PARTS_H

#include "estimate/prim.h"

/** Is the result of the row of interest? */
static inline bool mst_prim_hits(const mst_points *points, const mst_prim_options *options,
                                 int32_t row)
{
    return options->is_below ? points->y[row] <= options->threshold
                             : points->y[row] >= options->threshold;
}

/** No limit at all. */
mst_prim_limit mst_prim_open_limit(const mst_input *input);
/** The limit with one end open. */
mst_prim_limit mst_prim_opened(const mst_input *input, const mst_prim_limit *limit, int end);
bool mst_prim_allows(const mst_input *input, const mst_prim_limit *limit, double x);
/** Inputs with a limit. */
int32_t mst_prim_limited(const mst_points *points, const mst_prim_limit *limit);

/** quasi_p over the rows marked. */
double mst_prim_quasi_p_of(const mst_points *points, const mst_prim_options *options,
                           const bool *is_there, const mst_prim_limit *limit, int32_t input,
                           int end);

/** A walk: the points it is about, the box it is at, and the boxes it came through. */
typedef struct mst_prim_walk {
    const mst_points *points;
    const mst_prim_options *options;
    const bool *is_there;  /* rows it is about                                                 */
    const int32_t *sorted; /* inputs * used: rows with a result, ascending by the input        */
    int32_t used;
    double all, all_hits;  /* what mass and coverage are shares of                             */
    double least;          /* points: no box is smaller                                        */
    bool *is_in;           /* rows in the box                                                  */
    int32_t *misses;       /* rows: limits they miss                                           */
    mst_prim_limit *limit; /* inputs                                                           */
    int32_t in, in_hits;
    mst_prim_box box; /* the trajectory */
    int32_t step_room;
} mst_prim_walk;

/** From the open box to the smallest there may be, or to one of hits only. False: memory is short. To be closed
 * anyhow; the trajectory is the walk's until taken out of it. */
bool mst_prim_peel(mst_prim_walk *walk);
/** From the peel step given, as long as putting back makes the box no less dense. False: memory is
 * short. */
bool mst_prim_paste(mst_prim_walk *walk, int32_t step);
/** From the box the walk is at: drops limits of a quasi-P above quasi_p_most, the greatest first, each
 * weighed without those dropped before it. False: memory is short. */
bool mst_prim_drop(mst_prim_walk *walk);
void mst_prim_close(mst_prim_walk *walk);
void mst_prim_box_free(mst_prim_box *box);

/** Notes the box the walk is at. False: memory is short. */
bool mst_prim_note(mst_prim_walk *walk, bool is_paste);

/** One change of the box: an end, where it goes to, and who goes or comes. */
typedef struct mst_prim_change {
    int32_t input;
    int end;
    mst_prim_limit to;
    int32_t points, hits; /* of the box afterwards */
    int32_t limited;
    double score; /* an improvement where greater than 0 */
} mst_prim_change;

/** The better of two changes: by score, then fewer limited inputs; the first of equals. */
bool mst_prim_is_better(const mst_prim_change *change, const mst_prim_change *than);

#endif
