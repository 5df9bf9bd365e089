/** @file effects.h
 * What each input does to the result: means by level, how two inputs act together, and the bars of
 * a tornado chart.
 *
 * A mean over points has two kinds of interval. MST_SPREAD_POINTS: the points are a sample of all
 * that could be (Latin hypercube, Sobol sequence, random), and another sample would have others.
 * MST_SPREAD_RUNS: the points are all there are (a factorial), and only replications are left to
 * chance; needs s2 and 2 replications or more at every point that counts.
 */
#ifndef MST_ESTIMATE_EFFECTS_H
#define MST_ESTIMATE_EFFECTS_H

#include "estimate/metamodel.h"
#include "estimate/points.h"

typedef enum mst_spread { MST_SPREAD_POINTS, MST_SPREAD_RUNS } mst_spread;

/** Bins of a number that has more values than these. */
enum { MST_BINS = 10 };

/* ---- one input ------------------------------------------------------------------------------- */

typedef struct mst_effect_bin {
    double from, to; /* least and greatest value in it; of a choice both its level        */
    int32_t points;  /* 0: a level that no point has; all below NaN                       */
    double mean;
    double error, df, low, high; /* standard error; NaN: not estimable */
} mst_effect_bin;

typedef struct mst_main_effect {
    bool is_binned; /* false: a bin is a value or a level                                     */
    int32_t bins;
    mst_effect_bin bin[MST_INPUT_LEVELS]; /* ascending; of a choice bin i is level i          */
    int32_t lowest, highest;              /* bins of least and greatest mean                  */
    double swing;                         /* their distance; of pure noise it is not 0 either */
    double f, df, df_error, p; /* are all means the same? (Welch 1951); NaN: not estimable    */
    double rank_correlation;   /* Spearman's, of points; NaN: a choice, or nothing varies     */
    double rank_p;             /* two-sided, by Student's t: from about 10 points on          */
} mst_main_effect;

/**
 * Means of y by value of an input: by level of a choice, by value of a number that has at most
 * MST_BINS of them, else by bins of equal number, about the root of the points and MST_BINS at the
 * most; equal values are never parted. Every point weighs alike.
 * @param level of the intervals, Student's t; in SPREAD_RUNS degrees of freedom after Satterthwaite
 * @param[out] out_reason a static text, set unless MUSTER_OK
 * @return MUSTER_OK; MUSTER_MISTAKE: points, input or level are not sound; MUSTER_WORLD
 */
muster_status mst_effect_of(const mst_points *points, int32_t input, mst_spread spread,
                            double level, mst_main_effect *out, const char **out_reason);

/* ---- two inputs ------------------------------------------------------------------------------ */

typedef struct mst_interaction_cell {
    int32_t points; /* 0: mean NaN */
    double mean;
} mst_interaction_cell;

/** Variance within cells is taken to be one and the same. */
typedef struct mst_interaction {
    int32_t values[2]; /* how many of each input                                              */
    double value[2][MST_INPUT_LEVELS];
    mst_interaction_cell
        *cell;         /* values[0] * values[1], the second input's value fastest            */
    int32_t contrasts; /* differences of differences that all four cells are there for       */
    int32_t at[2][2];  /* of the one below, its two values of the first and of the second    */
    double contrast;   /* (what the first input's step does at the second value of the second
                           input) less (what it does at the first); the largest there is     */
    double error, df;  /* standard error; NaN: not estimable                                 */
    double low, high;  /* wide enough for all contrasts together (Bonferroni)                */
    double f, df_f, p; /* are the effects additive in all cells? F of df_f and df            */
} mst_interaction;

/**
 * For two inputs of few values each (choices, or numbers of at most MST_BINS values); for others
 * use mst_interaction_by_model. contrasts 0: none could be formed, contrast NaN.
 * @param[out] out {0} unless MUSTER_OK; free with mst_interaction_free
 */
muster_status mst_interaction_of(const mst_points *points, int32_t first, int32_t second,
                                 mst_spread spread, double level, mst_interaction *out,
                                 const char **out_reason);
void mst_interaction_free(mst_interaction *interaction); /* also of {0} */

/** Number of the cell that a row with a result is in; the inputs are those that it was made of. */
int32_t mst_interaction_cell_of(const mst_interaction *interaction, const mst_points *points,
                                const int32_t input[2], int32_t row);

/** The same contrast by a metamodel: between two values of each input, all others at their middle.
 * Null: the ends of the range; of a choice the first and the last level.
 * @return as mst_meta_contrast; MUSTER_MISTAKE also when first is second or not an input */
muster_status mst_interaction_by_model(const mst_meta *meta, int32_t first, int32_t second,
                                       const double *at_first, const double *at_second,
                                       mst_meta_estimate *out);

/* ---- one at a time --------------------------------------------------------------------------- */

/** Mean of the differences of pairs. Differences all alike have that mean for an interval, and the
 * P of the sign test, 2^(1 - pairs). */
typedef struct mst_paired {
    int32_t pairs; /* both there; below 2 there is no interval: NaN */
    double mean, error, low, high, p;
} mst_paired;

/** second - first, pair by pair; where either is NaN the pair is left out. */
mst_paired mst_paired_difference(const double *first, const double *second, int32_t count,
                                 double level);

/** One bar. Replication r of all three figures has the same random numbers. */
typedef struct mst_tornado_bar {
    int32_t input;
    mst_paired low, high; /* at that end of the input, less the baseline               */
    mst_paired swing;     /* at the high end less at the low end                       */
    double span; /* from the least to the greatest of low, 0 and high: |swing| if the baseline lies
                    between the ends; more where both ends lie on one side of it; NaN: no pairs */
} mst_tornado_bar;

/**
 * Bars, the widest span first (of equals the lower number of input; without pairs last).
 * @param baseline reps results; NaN: that replication failed
 * @param low, high inputs * reps results, input by input
 * @param[out] out inputs bars
 */
void mst_tornado(int32_t inputs, int32_t reps, const double *baseline, const double *low,
                 const double *high, double level, mst_tornado_bar *out);

#endif
