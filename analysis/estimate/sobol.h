/** @file sobol.h
 * Shares of the variance of an output that are due to each factor (Sobol 1993), from the runs of a
 * Saltelli design, and how much of a single run is luck. Numbers in, numbers out.
 *
 * S, the first-order index, is what fixing the factor would take off the variance on the average; ST,
 * the total index, is what would be left if all others were fixed: S and all interactions. An
 * estimate may be negative or above 1 by chance; it is never clipped.
 *
 * The design: A and B are N points of k factors each, independent of each other. They may be the first
 * and the last k columns of one low-discrepancy sequence of 2k dimensions, never the points of one of k
 * dimensions split in two: that gives plausible, wrong indices. AB_i is A with column i of B, BA_i is B
 * with column i of A. Of a group of factors all columns are exchanged, and it counts as one.
 *
 * Random numbers of a stochastic simulator: one seed for row j of A and of all AB_i (common random
 * numbers), another one for row j of B and of all BA_i. Then luck enters the variance and nothing
 * else. With a seed of its own for every run ST of a factor without effect is the whole share of luck;
 * with the same seed for B as for A, Jansen's S is.
 */
#ifndef MST_ANALYSIS_ESTIMATE_SOBOL_H
#define MST_ANALYSIS_ESTIMATE_SOBOL_H

#include "estimate/bootstrap.h"

/** Outputs. A base row j in which any is not finite (a failed run) is left out whole, and counted. */
typedef struct mst_sobol_input {
    int32_t factors; /* k, 1..2^14 */
    int64_t rows;    /* N, 1..2^31 - 1 */
    bool has_luck;   /* ab has one block more: the settings of A under the random numbers of B */
    const double *a, *b; /* [rows] */
    const double *ab;    /* [(factors + has_luck) * rows]: block i, row j at i * rows + j */
    const double *ba;    /* [factors * rows] in the same way; null: no indices of second order */
} mst_sobol_input;

/** All are of centred outputs: a constant added to every output changes nothing. */
typedef enum mst_sobol_first {
    MST_SOBOL_FIRST_SALTELLI, /* Saltelli et al. 2010, table 2 (b); best for small indices */
    MST_SOBOL_FIRST_JANSEN,   /* Jansen 1999; best for large ones */
    MST_SOBOL_FIRST_JANON     /* Monod, Naud and Makowski 2006, 4.2.4.2; Janon et al. 2014 */
} mst_sobol_first;
typedef enum mst_sobol_total {
    MST_SOBOL_TOTAL_JANSEN, /* Jansen 1999; never negative, 0 for a factor without effect */
    MST_SOBOL_TOTAL_JANON   /* 1 less the index of all others together, by the same */
} mst_sobol_total;

typedef struct mst_sobol_options {
    mst_sobol_first first;
    mst_sobol_total total;
    mst_bootstrap bootstrap; /* over whole base rows */
} mst_sobol_options;
#define MST_SOBOL_DEFAULT                                                                          \
    ((mst_sobol_options){MST_SOBOL_FIRST_SALTELLI, MST_SOBOL_TOTAL_JANSEN, MST_BOOTSTRAP_DEFAULT})

/** Flags. The first two need a bootstrap; with 2.5 chances in 100 (at .95) each is raised though all is
 * well and nothing interacts. Correlated: outputs of A and B correlate by more than 4 standard errors,
 * 1/sqrt(N) each; A and B are then not independent or share random numbers, and the indices are wrong.
 * Without the flag they may be so as well. */
enum {
    MST_SOBOL_SUM_ABOVE_1 = 1, /* the interval of rest lies below 0 */
    MST_SOBOL_ST_BELOW_S = 2,  /* of some factor, beyond an interval that allows for their number */
    MST_SOBOL_CONSTANT = 4,    /* all outputs alike but for rounding: every index is 0 */
    MST_SOBOL_FLAT_BASE = 8,   /* those of A and B alike, others not: nothing can be estimated */
    MST_SOBOL_FEW_ROWS = 16,   /* below MST_SOBOL_FEW: errors above .1, intervals doubtful */
    MST_SOBOL_DROPPED = 32,    /* some rows were left out */
    MST_SOBOL_CORRELATED = 64  /* A and B, more than by chance */
};
enum { MST_SOBOL_FEW = 64 };

typedef struct mst_sobol_factor {
    mst_bootstrapped s, st;
    mst_bootstrapped apart; /* ST - S of the same resamples: its interactions */
    bool is_st_below_s;     /* see MST_SOBOL_ST_BELOW_S */
} mst_sobol_factor;

/** Indices of second order: S_ij = S_ji, NaN where i = j; Saltelli 2002, the mean of its two forms. */
typedef struct mst_sobol_result {
    int32_t factors;
    bool has_luck;
    int64_t rows_used, rows_dropped;
    double mean, variance;    /* of the outputs of A and B together; variance over 2N */
    double correlation;       /* of those of A with those of B: 0 but for chance */
    mst_sobol_factor *factor; /* [factors] */
    mst_sobol_factor luck;    /* of chance: alone, and with its interactions; NaN if not asked */
    mst_bootstrapped sum;     /* of the S of the factors, without luck */
    mst_bootstrapped rest;    /* 1 - sum - S of luck: interactions; without luck, chance too */
    mst_bootstrapped *pair;   /* [factors * factors] second order, see above; null if not asked */
    uint32_t warnings;
} mst_sobol_result;

/**
 * @param[in] options null: MST_SOBOL_DEFAULT
 * @param[out] out to be freed with mst_sobol_free; {0} unless MUSTER_OK
 * @return MUSTER_OK, also when nothing can be estimated (NaN); MUSTER_MISTAKE, a number out of range;
 *         MUSTER_WORLD, memory is short
 */
muster_status mst_sobol(const mst_sobol_input *in, const mst_sobol_options *options,
                        mst_sobol_result *out);
void mst_sobol_free(mst_sobol_result *result); /* leaves {0}; {0} is fine */

/** How the indices settle: of the first N/8, N/4, N/2 and all N rows (rounded down, at least 1). Of a
 * low-discrepancy sequence N should be a power of 2. */
enum { MST_SOBOL_PREFIXES = 4 };
muster_status mst_sobol_converge(const mst_sobol_input *in, const mst_sobol_options *options,
                                 mst_sobol_result out[MST_SOBOL_PREFIXES]);

/** Replications of several settings: what part of the variance of single runs is luck, its
 * interactions with the factors included: ST of a luck block, by another way. Rows are settings, for
 * instance those of A and B. A row that is not finite or has fewer than 2 replications
 * is left out. */
typedef struct mst_noise_input {
    int64_t rows;
    const double *mean;     /* [rows] over the replications of a setting */
    const double *variance; /* [rows] among them, of a sample (n - 1) */
    int32_t replications;   /* of each setting; not read if the next is given */
    const int32_t *of_row;  /* [rows] of each single one; may be null */
} mst_noise_input;

typedef struct mst_noise {
    int64_t rows_used, rows_dropped;
    mst_bootstrapped luck; /* variance of a run among replications, mean over settings */
    mst_bootstrapped
        setting; /* variance of the expected output among settings: that of the means less
                                 luck / replications; may be negative by chance */
    mst_bootstrapped
        share; /* luck / (setting + luck) (analysis of variance, random effects); 0 when
                                 nothing varies, NaN when the sum is not positive */
} mst_noise;

/** @return as mst_sobol; nothing to free. Fewer than 2 rows: NaN. */
muster_status mst_noise_share(const mst_noise_input *in, const mst_bootstrap *how, mst_noise *out);

#endif
