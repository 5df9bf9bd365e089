/** @file bargain.h
 * Where a bargain on positions ends: weighted mean, weighted median, probabilistic Condorcet.
 *
 * Weights are influence on the question: capability times salience (Bueno de Mesquita 1994). The
 * weighted mean is the forecast to take when nothing else is said: on the resolved decisions of the
 * European Union no richer model of the family beat it clearly (Achen 2006).
 *
 * Every function answers MUSTER_OK, MUSTER_MISTAKE (nothing is written; *reason, unless null, is a
 * static text) or MUSTER_WORLD. Arrays belong to the caller; matrices are row by row.
 */
#ifndef MST_ALIGN_THEORY_BARGAIN_H
#define MST_ALIGN_THEORY_BARGAIN_H

#include "base/arena.h"

/** sum w x / sum w of count >= 1 positions, any unit; weights finite, >= 0, not all 0. */
muster_status mst_weighted_mean(const double *position, const double *weight, int32_t count,
                                double *out_mean, const char **reason);

/** Positions with half of the weight on either side. Where low = high, that position wins every vote
 * in which each actor supports the nearer of two positions (Black 1948). Where low < high, weight is
 * split in two equal halves: every place from low to high ties with every other there. */
typedef struct mst_median {
    double low, high;
    bool is_tie;
} mst_median;

/** Input as for the mean, up to 10,000 positions. Halves within 1e-12 of the total weight are equal
 * (weights such as .1 and .2 are not exact in binary). */
muster_status mst_weighted_median(const double *position, const double *weight, int32_t count,
                                  mst_arena *arena, mst_median *out_median, const char **reason);

/** How an actor of weight w votes between two options that differ by du in its eyes. */
typedef enum mst_vote {
    MST_VOTE_BINARY,       /* w sign(du)  */
    MST_VOTE_PROPORTIONAL, /* w du        */
    MST_VOTE_CUBIC         /* w du du du  */
} mst_vote;

/** Actors whose positions are the options. */
typedef struct mst_condorcet_case {
    int32_t actor_count;     /* n, 1..200 */
    int32_t dimension_count; /* d, 1..20 */
    const double *position;  /* n x d, each 0..1 */
    const double *salience;  /* n x d, >= 0, in every row one above 0 */
    const double *weight;    /* n, >= 0, one above 0 */
    const double *risk;      /* n, -1..1 (above 0: risk-averse, u concave); null: all 0 */
    mst_vote vote;
    double exponent; /* q of the victory law, above 0: 1 linear, 2 quadratic, 4 quartic */
} mst_condorcet_case;

/** Results; the arrays lie in the arena. */
typedef struct mst_condorcet {
    const double *utility;     /* n x n: of j's position to i, 0..1 */
    const double *beats;       /* n x n: P(i beats j); 1/2 on the diagonal */
    const double *conditional; /* n: chance that i's position wins, given that one beats all */
    const double *markov;      /* n: share of time as the standing option, challengers uniform */
} mst_condorcet;

/**
 * Probabilistic Condorcet election by the kernel of KTAB (KAPSARC toolkit, recovered from its log):
 *
 *     v_ij = 1 - |s_i o (x_i - x_j)| / |s_i|        u = v + R v (1 - v)
 *     c_ij = 1e-8 + votes for i over j              P(i beats j) = c_ij^q / (c_ij^q + c_ji^q)
 *     conditional: p_i proportional to prod_j P(i beats j)
 *     Markov, uniform: p_i = (1/n) sum_j P(i beats j) (p_i + p_j)
 *
 * The product is taken over j other than i (the diagonal is the same factor for all); the Markov
 * chain is solved exactly, without iteration (Grassmann, Taksar & Heyman 1985).
 */
muster_status mst_condorcet_solve(const mst_condorcet_case *in, mst_arena *arena,
                                  mst_condorcet *out, const char **reason);

#endif
