/** @file prim.h
 * Which inputs, within which limits, lead to the results of interest? The patient rule induction
 * method (Friedman and Fisher 1999) as used for finding scenarios (Bryant and Lempert 2010).
 *
 * A box is one limit per input. Density: share of its points that are of interest; coverage: share
 * of all points of interest that it holds; mass: share of all points that it holds.
 */
#ifndef MST_ESTIMATE_PRIM_H
#define MST_ESTIMATE_PRIM_H

#include "estimate/points.h"
#include "muster/base.h"

/** What a peel has to improve most. */
typedef enum mst_prim_aim {
    MST_PRIM_LENIENT, /* gain in density per point given up, so that a level with many points is not
                         taken off for its gain alone                                             */
    MST_PRIM_DENSITY  /* density (Friedman and Fisher's own)                                      */
} mst_prim_aim;

typedef struct mst_prim_options {
    double threshold;   /* of interest: y >= threshold                                            */
    bool is_below;      /* instead: y <= threshold                                                */
    double peel, paste; /* share of the box's points taken off, or put back, at a time; in (0, 1) */
    double mass_min;    /* in (0, 1): no box is smaller                                           */
    double
        quasi_p_most; /* in (0, 1]: a limit of greater quasi-P is dropped from the chosen box, the
                            weakest first, each weighed anew without those before it; 1: none is   */
    mst_prim_aim aim;
    int32_t boxes;       /* at the most, 1 or more; each is found among the points outside those
                            before it                                                             */
    const int32_t *step; /* boxes: the peel step to take for each, the last one if it has fewer;
                            below 0 or null: the greatest coverage * density past the first step  */
    int32_t resamples;   /* halves of the points by which a box is looked at again; 0: none       */
    uint64_t seed;       /* of the halves                                                         */
} mst_prim_options;

/** Peel .05, paste .05, mass_min .05, no limit dropped, 1 box, 10 resamples; threshold .5 from above. */
mst_prim_options mst_prim_defaults(void);

/** What a box says of one input. Both ends are within the box. */
typedef struct mst_prim_limit {
    double low, high; /* of a number; infinite where that end is open                            */
    uint64_t levels;  /* of a choice: bit l is set when level l is allowed; all set: it is open  */
} mst_prim_limit;

enum { MST_PRIM_LOW, MST_PRIM_HIGH, MST_PRIM_LEVELS }; /* what can be limited: an end */

/** Is that end of the input limited? */
bool mst_prim_is_limited(const mst_input *input, const mst_prim_limit *limit, int end);

/** One box of the trajectory. */
typedef struct mst_prim_step {
    int32_t points, hits; /* in the box; hits: of interest       */
    double coverage, density, mass;
    int32_t limited; /* inputs that the box says something of   */
    bool is_paste;   /* came by putting back or dropping a limit, not by peeling */
} mst_prim_step;

/** What the limits of one input are worth. quasi_p, by end, NaN where that is open: the chance of
 * as many hits among the points of the box if they had the density they have without that limit.
 * Limits were searched for, so it is a figure of merit and no P of a test. by_coverage, by_density, by
 * end: share of the resamples in which the step that comes nearest to the box in coverage (density)
 * limits that end of the input; NaN: none were asked for. */
typedef struct mst_prim_figures {
    double quasi_p[3];
    double by_coverage[3], by_density[3];
} mst_prim_figures;

typedef struct mst_prim_box {
    int32_t steps; /* the first holds all points, the last peel is the smallest box there may be, or
                      the first of hits only; pastes follow, then boxes that lost a limit */
    mst_prim_step *step;
    mst_prim_limit *limit;     /* steps * inputs */
    int32_t peeled;            /* the step peeled to that was chosen */
    int32_t chosen;            /* the box: that step, or the last one after the peels */
    mst_prim_figures *figures; /* inputs, of the chosen one */
} mst_prim_box;

typedef struct mst_prim {
    int32_t inputs;
    int32_t used, hits; /* points with a result; of interest */
    int32_t boxes;      /* that limit something and are denser than all points; 0: none */
    mst_prim_box *box;
} mst_prim;

static inline const mst_prim_limit *mst_prim_limits(const mst_prim *prim, int32_t box, int32_t step)
{
    return prim->box[box].limit + (int64_t)step * prim->inputs;
}

/**
 * Finds boxes. Coverage and mass are of all points, also for the second box and later ones.
 * @param[out] out {0} unless MUSTER_OK; free with mst_prim_free
 * @param[out] out_reason a static text, set unless MUSTER_OK
 * @return MUSTER_OK; MUSTER_MISTAKE: points or options are not sound, or all or none of the points
 * are of interest; MUSTER_WORLD: memory is short
 */
muster_status mst_prim_find(const mst_points *points, const mst_prim_options *options,
                            mst_prim *out, const char **out_reason);
void mst_prim_free(mst_prim *prim); /* also of {0} */

/** Is the row in a box (a limit of each input)? */
bool mst_prim_holds(const mst_points *points, const mst_prim_limit *limit, int32_t row);

/** Points with a result in a box, and those of interest among them (also of another sample). */
void mst_prim_count(const mst_points *points, const mst_prim_options *options,
                    const mst_prim_limit *limit, int32_t *out_points, int32_t *out_hits);

/** quasi_p of one end over all points with a result. */
double mst_prim_quasi_p(const mst_points *points, const mst_prim_options *options,
                        const mst_prim_limit *limit, int32_t input, int end);

#endif
