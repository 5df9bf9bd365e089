/** @file sample.h
 * The points of an experiment as the estimators take them: those that set every factor, with the mean of
 * the figure over their runs. Factors that have one value all along are left out.
 *
 * Of Saltelli's design the points are those of A and B; steps of trajectories, and points that move one
 * factor alone, are no sample.
 */
#ifndef MST_ANALYSIS_ANALYSES_SAMPLE_H
#define MST_ANALYSIS_ANALYSES_SAMPLE_H

#include "analyses/analyses.h"
#include "estimate/effects.h"
#include "estimate/points.h"

typedef struct mst_sample {
    const mst_data *data;
    mst_points points;   /* estimators take this; rows all have a result      */
    int64_t *point;      /* (rows): point of the data                         */
    int32_t *factor;     /* (inputs): factor of the data                      */
    int32_t lost;        /* points left out because the figure is not defined */
    int32_t aside;       /* and because they are no corners                   */
    int32_t thin;        /* and because it is defined in too few of their runs (mst_is_thin) */
    int32_t least, most; /* runs of a point                                 */
    /** Where a selection gave some points more runs than others: the last replication that every point
     * has, counted from 1; later ones are not counted, so that luck is the same at all points. 0: all
     * are counted. */
    int32_t common;
    /** Replications that mst_sample_align left out, because some row has no figure in them. */
    int32_t uneven;
    double *y, *s2; /* (rows): what points points to */
    int32_t *n;
    /* What a mean over points leaves to chance: the points are all there are (factorials and designs
     * that are chosen, not drawn), or they are drawn. */
    mst_spread spread;
    bool is_exact;     /* nothing is: all points there are, and no chance in a run */
    bool shares_seeds; /* a replication has the same random numbers at every point, and there are 2
                          or more                                                           */
    mst_keep keep;
} mst_sample;

/** Points and factors that would be in it. False: there are not as many as asked for, or a factor has
 * more names than an estimator can take; why says so. */
bool mst_sample_bears(const mst_data *d, int64_t rows, int32_t inputs, char why[MST_WHY_BYTES]);

/** Does the factor have two values or more among the points that set all factors? */
bool mst_sample_varies(const mst_data *d, int32_t factor);

/** Which points of a design that is chosen: of ccd and resolution-v the corners alone are balanced, and
 * their other points meet other settings of the other factors than the corners do. */
typedef enum mst_which { MST_ALL_POINTS, MST_CORNERS } mst_which;

/** Free with mst_sample_free, also after a failure. MUSTER_WORLD: memory is short. */
muster_status mst_sample_of(const mst_data *d, mst_which which, mst_sample *out);
void mst_sample_free(mst_sample *sample); /* leaves {0} */

/** Says which points and runs are left out, if any. */
void mst_sample_say_left_out(const mst_sample *s, muster_section *section);

/** Has somebody asked for analyses by name? Then what is unusual is made too. */
static inline bool mst_is_asked(const muster_analyze_options *options)
{
    return options->analysis_count > 0;
}

/** Is it known that there is no chance in the figure? Tables have one value a point, and do not say. */
static inline bool mst_has_no_chance(const mst_data *data)
{
    return data->is_plan_run && !data->tables;
}

/** A design that spreads its points over all factors, so that all analyses of points are usual. */
bool mst_spreads(const mst_data *d);

/** Values of a figure in order of replications: entry p * reps + r is the r-th replication that there is
 * of any point, at point[p]; NaN: not run, failed, or not defined. */
typedef struct mst_aligned {
    int32_t points, reps;
    double *value;
} mst_aligned;

muster_status mst_align(const mst_data *d, const int64_t *point, int32_t points, mst_aligned *out);
void mst_aligned_free(mst_aligned *aligned); /* leaves {0} */

/** All rows of a sample, if their replications have random numbers in common. Runs in which the figure is
 * not defined at every row fall out; is_whole: 2 are left, and more than half. Then the sample too is made
 * of those alone, because luck that two points do not share does not cancel between their means.
 * @param[out] out  {0} where there is nothing in common */
muster_status mst_sample_align(mst_sample *s, mst_aligned *out, bool *is_whole);

/** Mean over replications of a sum of weight * value over points, with its interval by Student's t: what
 * points share by their random numbers is not counted as chance. Points of weight 0 do not count; a
 * replication that lacks one of the others is left out.
 * @param scratch  room for 2 * reps numbers */
mst_paired mst_aligned_contrast(const mst_aligned *a, const double *weight, double level,
                                double *scratch);

/** Standard errors of independent sources put together, with degrees of freedom after Satterthwaite
 * (1946). {0} is none. */
typedef struct mst_errors {
    double squares, fourth;
} mst_errors;
void mst_errors_add(mst_errors *sum, double error, double df);
double mst_errors_half(const mst_errors *sum, double level); /* half an interval by Student's t */

/** Difference of the figure, second less first, pair by pair. As mst_paired_difference; where the figure
 * is yes or no the interval is that of matched shares (Agresti and Min 2005, half a pair added to each
 * of the four cells) and P that of McNemar's test. */
mst_paired mst_figure_difference(const mst_data *d, const double *first, const double *second,
                                 int32_t count, double level);

#endif
