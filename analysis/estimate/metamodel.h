/** @file metamodel.h
 * A polynomial of first or second degree in the inputs, fitted to the results of an experiment.
 *
 * Numbers are coded so that their range is -1 .. 1, choices by effects: level l has 1 in column l,
 * the last level -1 in all columns, so that the constant is the middle of the range and the mean of
 * the levels. Errors, P and intervals are those of least squares with independent errors; three
 * things can make them too good: terms chosen by the same data (MST_META_FORWARD_...), results of
 * points that share their random numbers (what they share moves the constant, and hides from its
 * error), and a form that does not fit (see `lack`).
 */
#ifndef MST_ESTIMATE_METAMODEL_H
#define MST_ESTIMATE_METAMODEL_H

#include "estimate/points.h"
#include "muster/base.h"

/** Terms: constant and inputs; with their products by pairs; with the squares of numbers too. */
typedef enum mst_meta_form {
    MST_META_AUTO, /* of these the largest that the points bear, see mst_meta_fit */
    MST_META_LINEAR,
    MST_META_INTERACTIONS,
    MST_META_QUADRATIC
} mst_meta_form;

typedef enum mst_meta_weights {
    MST_META_BY_COUNT, /* n: as if every replication were a row. Without n every point weighs 1 */
    MST_META_ALIKE,    /* every point weighs 1 */
    MST_META_BY_ERROR  /* n / s2, up to a factor that is estimated; every point must have s2 > 0 */
} mst_meta_weights;

typedef enum mst_meta_choice {
    MST_META_ALL_TERMS,
    MST_META_FORWARD_AICC, /* Hurvich and Tsai 1989 */
    MST_META_FORWARD_BIC,  /* Schwarz 1978          */
    MST_META_FORWARD_EBIC  /* Chen and Chen 2008: with the number of terms to choose from */
} mst_meta_choice;

typedef struct mst_meta_options {
    mst_meta_form form;
    mst_meta_weights weights;
    mst_meta_choice choice;
    double level; /* of intervals, in (0, 1) */
} mst_meta_options;

/** How an input is coded: (x - centre) / half. half 0: it does not vary, and is coded 0. */
typedef struct mst_meta_input {
    mst_input_kind kind;
    double centre, half; /* of a number                 */
    int32_t levels;      /* of a choice; 0 for a number */
} mst_meta_input;

/** Constant: first -1. An input: second -1. A square: second = first. Else a product. */
typedef struct mst_meta_term {
    int32_t first, second;
    int32_t column, columns; /* its coefficients */
} mst_meta_term;

/** A column. level: for which level of the term's first and second input; -1: a number, or none.
 * is_aliased: it hangs on columns before it, or on nothing that varies, and is dropped: value 0. */
typedef struct mst_meta_coefficient {
    int32_t term;
    int32_t level[2];
    bool is_aliased;
    double value;       /* unit of the result */
    double error, t, p; /* standard error, t of 0 and its two-sided P; NaN: not estimable */
    double low, high;
    double vif; /* variance inflation: 1 is orthogonal to all others; NaN of the constant */
} mst_meta_coefficient;

/** The dropped column is the sum of factor * kept column over its entries. */
typedef struct mst_meta_alias {
    int32_t dropped, kept; /* coefficients */
    double factor;
} mst_meta_alias;

/** Does the form fit as well as the noise allows? A small P says it does not. NaN where the noise
 * is not known. By error the test needs 6 replications a point or more, is approximate, by chi
 * square (df_pure infinite), and on the safe side: of 10 replications it refuses 2 of 100 at .05.
 * Points that share their random numbers differ less than their replications do, and are refused
 * too seldom. */
typedef struct mst_meta_lack {
    double f, df, df_pure, p;
    double pure_sd; /* of one replication (weight 1) */
} mst_meta_lack;

/** press: each row predicted from the others, weighted sum of squares; r2_loo: 1 - its share of
 * that about the mean (Allen 1974); NaN where a row alone bears a coefficient and must stay.
 * standard: the residual over its standard deviation (internally studentised). share: how much of
 * R2 goes when all terms with that input go; the shares need not add up to R2, and what is aliased
 * counts for the term that was kept. */
typedef struct mst_meta {
    mst_meta_options options; /* form: the one taken, never AUTO */
    int32_t inputs, terms, coefficients, aliases;
    mst_meta_input *input;
    mst_meta_term *term; /* constant first, then inputs, products, squares */
    mst_meta_coefficient *coefficient;
    mst_meta_alias *alias;
    int32_t used, rank, df; /* rows with a result, coefficients estimated, used - rank */
    double sd;              /* of weight 1, about the model; NaN at df 0 */
    double r2, r2_adjusted; /* NaN where results do not vary; the latter also at df 0 */
    double f, p;            /* of all terms but the constant being 0 */
    double press, r2_loo;
    mst_meta_lack lack;
    int32_t rows;
    double *fitted, *leverage, *standard; /* rows; NaN without a result */
    int32_t worst_row;                    /* greatest |standard|; -1: none */
    double *share;                        /* inputs */
    int32_t *kept;                        /* rank: their coefficients, for predictions */
    double *triangle;                     /* rank * rank, for predictions */
} mst_meta;

/**
 * Fits. AUTO takes, of the forms that leave 3 different points or more over, the one with the most
 * terms that can be told apart (of equals the smallest); linear when none leaves so many. With a
 * choice of terms AUTO is quadratic: the choice begins at the constant and adds what lowers the
 * criterion most (a product or a square together with the inputs it is made of, where they are not
 * in yet, if it is better with it than with these alone) until nothing lowers it or 3 points are left
 * over; then it takes away what the criterion is better without, an input only when no product or
 * square of it is in. Of many terms and few points AICc takes in what is nothing; BIC is stricter, and
 * both end in nonsense (R2 of 1 out of noise) where terms are more than points. EBIC (gamma 1) pays for
 * how many sets of so many terms there are, a choice being one term whatever its levels; where all terms
 * together have more coefficients than there are points it also ends at a third of the points, or as
 * many as the inputs by themselves take.
 * @param[out] out {0} unless MUSTER_OK; free with mst_meta_free
 * @param[out] out_reason a static text, set unless MUSTER_OK
 * @return MUSTER_OK; MUSTER_MISTAKE: points or options are not sound; MUSTER_WORLD: memory is short
 */
muster_status mst_meta_fit(const mst_points *points, const mst_meta_options *options, mst_meta *out,
                           const char **out_reason);
void mst_meta_free(mst_meta *meta); /* also of {0} */

typedef struct mst_meta_estimate {
    double value, error, low, high, p; /* error and what follows from it NaN at df 0; P: of 0 */
} mst_meta_estimate;

typedef struct mst_meta_prediction {
    mst_meta_estimate mean;   /* of the mean result there                                         */
    double new_low, new_high; /* one new result lies there, level of the times                    */
    bool is_extrapolated;     /* an input lies outside its range                                  */
} mst_meta_prediction;

/**
 * Predicts at inputs x (one number an input). NaN: the input at its middle, a choice at the mean of
 * its levels.
 * @param weight of the new result, as rows are weighed: its number of replications by BY_COUNT, 1
 * by ALIKE, n / s2 by BY_ERROR
 * @return MUSTER_MISTAKE when a choice has no such level, MUSTER_WORLD when memory is short
 */
muster_status mst_meta_predict(const mst_meta *meta, const double *x, double weight,
                               mst_meta_prediction *out);

/** Sum of factor[i] * mean result at the i-th of count points x (inputs numbers each), with the
 * interval that belongs to the sum; for differences, and differences of differences. */
muster_status mst_meta_contrast(const mst_meta *meta, int32_t count, const double *x,
                                const double *factor, mst_meta_estimate *out);

#endif
