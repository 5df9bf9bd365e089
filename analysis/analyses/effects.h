/** @file effects.h
 * The inside of the analysis of effects: effects.c finds them, effects_holes.c where points of a design are
 * missing, effects_tell.c tells of single factors, effects_pairs*.c of two together.
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
    mst_grid grid;      /* {0} without holes                                                  */
    mst_adjusted model; /* of all factors; {0} without holes, or where model_lack says why    */
    mst_lack model_lack,
        pairs_lack;  /* pairs_lack: why any two factors may not act together in it */
    double work;     /* that is left for models of two factors (mst_adjusted)      */
    double rounding; /* differences up to this are (mst_rounding_of)               */
    double *weight, *scratch;
    int32_t count;
    mst_effect *effect; /* (count): the widest swing first */
} mst_effects;

/** Free with mst_effects_free, also after a failure. */
muster_status mst_effects_of(const mst_data *data, mst_effects *out);
void mst_effects_free(mst_effects *effects);

/** Is it told whether single factors differ, without intervals? With holes only of a model that goes through
 * all points, with some to spare. */
static inline bool mst_effects_are_exact(const mst_effects *e)
{
    return e->sample.is_exact && (!e->has_holes || e->model.is_through);
}

/* ---- effects_holes.c ---- */

/** Finds the model, if there are holes. */
muster_status mst_effects_find_model(mst_effects *e);
/** Puts means, errors and swing of the model into f->main; where there is no model all of it is NaN. */
void mst_effects_adjust(const mst_effects *e, mst_effect *f);
/** What weighs the points in the mean of a bin of f, less (null: nothing) that of another, into e->weight. */
void mst_effects_weigh_bins(const mst_effects *e, const mst_effect *f, const mst_effect_bin *bin,
                            const mst_effect_bin *less);
/** Contrasts of cells by the model, or one of the two factors in its place, found anew in t; contrasts 0: not
 * estimable, and out_lack says why.
 * @param[out] own  the model in its place, {0}: there is none; free with mst_adjusted_free */
muster_status mst_effects_adjust_pair(mst_effects *e, const int32_t input[2], mst_interaction *t,
                                      mst_adjusted *own, mst_lack *out_lack);
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
