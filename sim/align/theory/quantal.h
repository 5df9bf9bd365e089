/** @file quantal.h
 * All equilibria of a decision to take part that depends on who else takes part.
 *
 * Quantal response (McKelvey & Palfrey 1995, Games and Economic Behavior 10:6; with interactions Brock
 * & Durlauf 2001, Review of Economic Studies 68:235): player i takes part with probability
 *
 *     p_i = 1 / (1 + exp(-lambda (b_i + sum_j W_ij p_j)))
 *
 * There is at least one equilibrium and there may be several; which of them a world is in, the model
 * does not say. So this returns all, and says whether it is proved that there is no other.
 */
#ifndef MST_ALIGN_THEORY_QUANTAL_H
#define MST_ALIGN_THEORY_QUANTAL_H

#include "base/arena.h"

#define MST_QUANTAL_PLAYERS_MAX 12
#define MST_QUANTAL_POINTS_MAX 1000

typedef struct mst_quantal_game {
    int32_t players;      /* n, 1..12 */
    double lambda;        /* >= 0: 0 tosses a coin, large is nearly a best response */
    const double *bias;   /* n */
    const double *weight; /* n x n: W_ij, what j's taking part means to i; W_ii too. In every row
                          * lambda (|b_i| + sum_j |W_ij|) is at most 10,000 */
} mst_quantal_game;

/** What is known about the list. */
typedef enum mst_quantal_claim {
    MST_QUANTAL_ALL,      /* proved: these are all, each of them simple */
    MST_QUANTAL_TOUCHING, /* equilibria meet, or nearly: at places narrower than 1e-8 their number is
                           * not decided; there is none elsewhere */
    MST_QUANTAL_SEARCHED, /* the proof was given up: there may be others */
    MST_QUANTAL_FULL,     /* there are more than 1000; the first found are listed */
    MST_QUANTAL_CLAIMS
} mst_quantal_claim;

/** A static text for a reader; null for anything that is no claim. */
const char *mst_quantal_claim_text(mst_quantal_claim claim);

typedef struct mst_quantal_point {
    double p[MST_QUANTAL_PLAYERS_MAX]; /* of the players there are; the rest 0 */
    double residual;                   /* largest |p_i - response_i(p)| */
    double spectral_radius;            /* of the responses' derivative, >= 0 */
    bool is_stable;                    /* radius below 1: small shocks die out when all respond in
                                        * turn after turn */
} mst_quantal_point;

typedef struct mst_quantal {
    int32_t count;
    const mst_quantal_point *point; /* ascending in p, first player first; in the arena */
    mst_quantal_claim claim;
    bool is_monotone; /* all W >= 0: then every equilibrium lies, player by player, between */
    double least[MST_QUANTAL_PLAYERS_MAX]; /* this one, to which responses from nobody rise, and */
    double
        greatest[MST_QUANTAL_PLAYERS_MAX]; /* this one, to which those from everybody fall; both 0
                                               * unless monotone (Tarski 1955) */
} mst_quantal;

/**
 * Cuts [0, 1]^n into boxes, drops those that responses leave (interval bounds, widened for rounding)
 * and keeps those in which Krawczyk's test (Neumaier 1990) proves exactly one equilibrium, until none
 * is left: that proves all for n = 1 and 2 unless equilibria touch, and mostly for more. After 100,000
 * boxes (under a second for n = 12) it gives up the proof and goes on from many starts by Newton's
 * method. Same input, same list.
 *
 * @return MUSTER_OK; MUSTER_MISTAKE with a static text in *reason (may be null); MUSTER_WORLD
 */
muster_status mst_quantal_solve(const mst_quantal_game *game, mst_arena *arena, mst_quantal *out,
                                const char **reason);

/** The mean field m = tanh(beta (h + J m)), -1..1: one player with p = (1 + m)/2, lambda = 2 beta, b =
 * h - J, W = 2 J. Up to three roots, ascending: three for beta J > 1 and small h.
 * @param beta >= 0; beta (|h| + J) up to 1,000 */
muster_status mst_quantal_mean_field(double beta, double h, double j, mst_arena *arena,
                                     double out_m[3], int32_t *out_count,
                                     mst_quantal_claim *out_claim, const char **reason);

#endif
