/** @file power.h
 * Power: material capabilities, and what a vote is worth.
 *
 * Functions answer MUSTER_OK, MUSTER_MISTAKE (nothing is written; *reason, unless null, is a static
 * text) or MUSTER_WORLD. Arrays belong to the caller; matrices are row by row.
 */
#ifndef MST_ALIGN_THEORY_POWER_H
#define MST_ALIGN_THEORY_POWER_H

#include "base/arena.h"

/** Military spending, military personnel, iron and steel, energy, population, urban population. */
#define MST_CINC_COMPONENTS 6

/**
 * Composite index of national capability (Singer, Bremer & Stuckey 1972): the mean of a state's shares
 * of the table's totals over the components that it has. A missing component (NaN) is left out of that
 * state's mean and of the total, never read as 0. The index is of the world only if the table is: give
 * the rest of the world as one more row.
 *
 * @param component states x 6, each >= 0 in any unit of its column, or NaN
 * @param out_index of every state, 0..1; NaN where all six are missing
 * @param out_missing how many components each state lacks, 0..6
 */
muster_status mst_cinc(const double *component, int32_t states, double *out_index,
                       int32_t *out_missing, const char **reason);

/** One player's share in decisions. */
typedef struct mst_power {
    double shapley;          /* Shapley-Shubik 1954: how often it is decisive over all orders of
                              * joining; the players' add up to 1 */
    double banzhaf_absolute; /* share of the coalitions of the others to which it is decisive */
    double banzhaf; /* the same over the sum of all players' (Banzhaf 1965); adds up to 1 */
} mst_power;

/**
 * A coalition wins if its weights reach the quota and every player with a veto is in it. For whole
 * weights, exact: by the number of coalitions of each size and weight (Brams & Affuso 1976), in 64
 * bits.
 *
 * @param weight players of them, >= 0, together up to 10^15
 * @param has_veto players of them; null: nobody has
 * @param players 1..62
 * @param quota above 0, up to the sum of the weights; players x what of it those with a veto do not
 *        bring already, up to 4 million
 */
muster_status mst_power_whole(const int64_t *weight, const bool *has_veto, int32_t players,
                              int64_t quota, mst_arena *arena, mst_power *out_power,
                              const char **reason);

/** The same for weights of any kind, by all coalitions: 1..25 players (25: about a second). A sum
 * within 1e-12 of all weights below the quota reaches it (three times .1 reaches .3). */
muster_status mst_power_real(const double *weight, const bool *has_veto, int32_t players,
                             double quota, mst_arena *arena, mst_power *out_power,
                             const char **reason);

/**
 * Shapley value (Shapley 1953) of any game: what each player adds, on average over all orders of
 * joining. Whoever lowers every coalition's value has a negative one.
 *
 * @param value 2^players of them: of the coalition whose members are the bits of the index; value[0],
 *        of nobody, is 0
 * @param players 1..16
 * @param out_shapley players of them; they add up to the value of all together
 */
muster_status mst_shapley_value(const double *value, int32_t players, double *out_shapley,
                                const char **reason);

#endif
