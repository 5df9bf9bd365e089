/** @file effects.h
 * The inside of the analysis of effects: effects.c finds them, effects_holes.c where points of a design are
 * missing, effects_tell.c tells of single factors, effects_pairs.c of two together.
 */
#ifndef MST_ANALYSIS_ANALYSES_EFFECTS_H
#define MST_ANALYSIS_ANALYSES_EFFECTS_H

#include "analyses/sample.h"
#include "estimate/adjusted.h"

typedef enum mst_moves {
    MST_MOVES,
    MST_MOVES_NOISE,   /* no more than noise would    */
    MST_MOVES_NOTHING, /* all means alike             */
    MST_MOVES_UNKNOWN  /* there is no telling         */
} mst_moves;

/** Interval of highest less lowest mean, wide enough for any pair of bins; NaN: there is none. */
typedef struct mst_swing {
    double low, high;
} mst_swing;

typedef struct mst_effect {
    int32_t input; /* of the sample */
    mst_main_effect main;
    mst_swing swing;
    double p;     /* that it moves nothing; over all factors, after Holm; NaN: no test    */
    double share; /* of the variance between points; NaN: it does not vary, or holes let shares of
                         several factors overlap. Of points that were
                         drawn adjusted for the bins, and then below 0 for what is nothing    */
    mst_moves moves;
} mst_effect;

typedef struct mst_effects {
    const mst_data *data;
    mst_sample sample;
    mst_aligned aligned; /* only where is_paired */
    bool is_paired;      /* intervals count the luck that points share, which shows run by run */
    /* Points of a chosen design are missing, and those that are left are not all combinations of the values
     * that are left: means are those of a model (mst_adjusted), as means over unlike points are not what a
     * factor does. */
    bool has_holes;
    bool has_pairs;     /* of all these models: any two factors may act together */
    bool is_sure;       /* no chance, and the models go through all points with some to spare */
    mst_adjusted holes; /* of the factor at hand; {0} without holes */
    double *weight, *scratch;
    int32_t count;
    mst_effect *effect; /* (count): the widest swing first */
} mst_effects;

/** Free with mst_effects_free, also after a failure. */
muster_status mst_effects_of(const mst_data *data, mst_effects *out);
void mst_effects_free(mst_effects *effects);

/** Is it told whether something differs, without intervals? */
static inline bool mst_effects_are_exact(const mst_effects *e)
{
    return e->sample.is_exact && (!e->has_holes || e->is_sure);
}

/* ---- effects_holes.c ---- */

/** Puts means, errors and swing of a model into f->main, and the model into e->holes; where the points left
 * cannot tell the factor from others all of it is NaN. */
muster_status mst_effects_adjust(mst_effects *e, mst_effect *f);
/** Contrasts of cells by a model, found anew in out; contrasts 0: not estimable.
 * @param[out] holes  the model; free with mst_adjusted_free */
muster_status mst_effects_adjust_pair(mst_effects *e, const int32_t input[2], mst_interaction *out,
                                      mst_adjusted *holes);
/** Adds the error of the sum of e->weight * mean result, by the runs of each point. value is that sum.
 * @return P of 0 over so many tests (Bonferroni); NaN: not estimable */
double mst_effects_test_weighted(const mst_effects *e, double value, double tests, mst_errors *sum);
/** Says what a mean or a contrast is where points are missing. */
void mst_effects_say_holes(const mst_effects *e, muster_section *section);

/** Does the figure differ between any two points? */
bool mst_effects_move(const mst_effects *e);

muster_status mst_effects_tell(const mst_effects *e, muster_section *section);
muster_status mst_pairs_tell(mst_effects *e, muster_section *section);

#endif
