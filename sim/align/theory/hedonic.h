/** @file hedonic.h
 * Which coalitions hold: additively separable hedonic games, by all partitions.
 *
 * Player i values being with j at v_ij, above or below 0, and a coalition S with u_i(S), the sum of
 * v_ij over the others in S; alone it has 0. v need not be symmetric. Stability of a partition as in
 * Bogomolnaia & Jackson 2002 (Games and Economic Behavior 38:201):
 *
 *     Nash          nobody would rather be in another coalition of it, or alone
 *     individual    nobody would rather be in another that has nobody against it, or alone
 *     core          no set of players would all rather be together
 *
 * A Nash-stable partition is individually stable; neither implies the core, nor the core them. Any of
 * the three may have none; with symmetric v a partition of highest total value is Nash-stable.
 */
#ifndef MST_ALIGN_THEORY_HEDONIC_H
#define MST_ALIGN_THEORY_HEDONIC_H

#include "base/arena.h"

#define MST_HEDONIC_PLAYERS_MAX 10

/** Partitions of one kind, in order of their labels. */
typedef struct mst_partitions {
    int64_t count; /* all there are */
    int32_t kept;  /* the first of them, as many as were asked for */
    const uint8_t
        *label; /* kept x players: coalition of each player; 0 is that of the first player,
                           * 1 that of the first player outside it, and so on */
} mst_partitions;

typedef struct mst_hedonic {
    int64_t partition_count; /* Bell number: 203 for 6 players, 115,975 for 10 */
    mst_partitions nash, individual, core;
    mst_partitions best; /* of highest total value, the sum of all players' u */
    double best_value;
} mst_hedonic;

/**
 * Sorts all partitions. "Rather" and "highest" mean by more than 1e-12 of the largest sum of |v| in a
 * row (values such as .1 are not exact in binary). Ten players take some hundredths of a second.
 *
 * @param v players x players, finite, diagonal 0
 * @param players 1..10
 * @param keep partitions to keep of each kind, 0..115,975
 * @param out its arrays lie in the arena
 * @return MUSTER_OK; MUSTER_MISTAKE with a static text in *reason (may be null); MUSTER_WORLD
 */
muster_status mst_hedonic_solve(const double *v, int32_t players, int32_t keep, mst_arena *arena,
                                mst_hedonic *out, const char **reason);

#endif
