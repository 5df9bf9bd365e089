/** @file morris.h
 * Screening by elementary effects (Morris 1991; mu* by Campolongo, Cariboni and Saltelli 2007), from
 * the runs of trajectories on which one factor moves at a time. Numbers in, numbers out.
 *
 * An elementary effect is the change of the output over the signed change of the factor, in units of
 * the factor's whole range (unit cube). mu is the mean of a factor's effects, mu* that of their
 * absolute values, sigma their standard deviation (n - 1). mu* says how much a factor matters; sigma,
 * that its effect depends on where the others are, or on its own level. For a group whose members move
 * together only mu* has a meaning.
 *
 * All points of a trajectory of a stochastic simulator must share one seed (common random numbers):
 * otherwise sigma is mostly noise, and mu* of a factor without effect is not 0.
 */
#ifndef MST_ANALYSIS_ESTIMATE_MORRIS_H
#define MST_ANALYSIS_ESTIMATE_MORRIS_H

#include "estimate/bootstrap.h"

typedef struct mst_morris_input {
    int32_t factors;       /* k, 1..2^24 */
    int32_t trajectories;  /* r >= 1 */
    const double *y;       /* [r * (k + 1)] outputs, point by point; not finite: the run failed */
    const int32_t *factor; /* [r * k] which factor moves from point s to point s + 1, from 0 */
    const double *delta;   /* [r * k] by how much, signed, not 0 */
} mst_morris_input;

/** By sigma / mu*: a custom of those who use it (SALib draws the same lines), not a theorem. */
typedef enum mst_morris_verdict {
    MST_MORRIS_NOT_ESTIMABLE,   /* fewer than 2 effects */
    MST_MORRIS_NO_EFFECT,       /* every effect was 0 */
    MST_MORRIS_ALMOST_LINEAR,   /* below .1 */
    MST_MORRIS_MONOTONE,        /* below .5 */
    MST_MORRIS_NEARLY_MONOTONE, /* below 1  */
    MST_MORRIS_INTERACTING      /* 1 or more: not monotone, or interacting with others */
} mst_morris_verdict;

typedef struct mst_morris_factor {
    mst_bootstrapped mu, mu_star, sigma; /* NaN if not estimable: mu, mu* want 1 effect, sigma 2 */
    int32_t effects, dropped;            /* dropped: one of the two runs failed */
    mst_morris_verdict verdict;
} mst_morris_factor;

/**
 * Intervals are by resampling whole trajectories; of few (10) they are too narrow.
 * @param[in] how null: MST_BOOTSTRAP_DEFAULT
 * @param[out] out [factors]; of no use unless MUSTER_OK
 * @return MUSTER_OK; MUSTER_MISTAKE, a number out of range, an unknown factor, a delta that is 0 or
 *         not finite; MUSTER_WORLD, memory is short
 */
muster_status mst_morris(const mst_morris_input *in, const mst_bootstrap *how,
                         mst_morris_factor *out);

#endif
