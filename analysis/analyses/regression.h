/** @file regression.h
 * The inside of the analysis by regression: regression.c fits and judges, regression_runs.c counts the
 * luck that points share, regression_tell.c has the words, regression_tables.c tables and pictures.
 */
#ifndef MST_ANALYSIS_ANALYSES_REGRESSION_H
#define MST_ANALYSIS_ANALYSES_REGRESSION_H

#include "analyses/sample.h"

/** What the equation says of a factor between its ends, the others at their middle; of names between
 * the levels of the least and the greatest prediction. */
typedef struct mst_predicted {
    int32_t input;
    double x[2];      /* its ends                                             */
    double at[2];     /* predictions there                                    */
    double low, high; /* interval of the difference; NaN: not estimable   */
    double share;     /* of R2 that goes with all its terms; NaN          */
    bool is_in;       /* the equation has a term with it                  */
} mst_predicted;

typedef struct mst_regression {
    const mst_data *data;
    mst_sample sample;
    mst_meta meta;
    mst_meta
        full; /* all terms up to squares, for what the points cannot tell apart; {0}: too many */
    mst_aligned aligned;
    int32_t different; /* points with different values */
    bool counts_luck;  /* intervals and P count what points share by their random numbers */
    bool is_large;     /* too many terms for bends and products: they were not tried       */
    bool is_perfect;   /* residuals are rounding                                           */
    double middle;     /* prediction with all factors at their middle                      */
    double lack_p;     /* that what the form misses is noise; NaN: not known                */
    mst_predicted *predicted; /* (inputs): by share, the largest first                     */
    double *bend_p;           /* (inputs): that residuals do not follow the input; after
                                 Holm; NaN: no test                                       */
} mst_regression;

/** Free with mst_regression_free, also after a failure. MUSTER_MISTAKE: why is a static text. */
muster_status mst_regression_of(const mst_data *data, mst_regression *out, const char **why);
void mst_regression_free(mst_regression *r);

/* ---- regression_runs.c ---- */

/** Puts into coefficients, predictions and the test of fit the luck that points share: a term is fitted
 * to each replication, and those fits differ by it. */
muster_status mst_regression_count_luck(mst_regression *r);

/* ---- telling ---- */

void mst_regression_say(const mst_regression *r, muster_section *section);
muster_status mst_regression_show(const mst_regression *r, muster_section *section);

/** "constant", "fuel", "fuel squared", "fuel x autonomy", "base = ORANG". */
const char *mst_term_name(const mst_regression *r, const mst_meta *meta, int32_t coefficient,
                          char out[400]);

static inline int32_t mst_regression_factor(const mst_regression *r, int32_t input)
{
    return r->sample.factor[input];
}

#endif
