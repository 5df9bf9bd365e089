/** @file challenge.h
 * The challenge model of group decisions: Bueno de Mesquita 1994 as laid open by Scholz, Calbert &
 * Smith 2011 (ICAART 2011; Journal of Theoretical Politics 23(4):510).
 *
 * Actor i challenges j over their positions; s_j is the chance that j resists, P that i then wins.
 * With D = |x_i - x_j| / range, mu the median and r the exponent of risk:
 *
 *     Us = 2 - 4 (1/2 - D/2)^r     Uf = 2 - 4 (1/2 + D/2)^r     Usq = 2 - 4 (1/2)^r
 *     Ub, Uw = 2 - 4 (1/2 -/+ (|x_i - mu| + |x_i - x_j|) / (4 range))^r
 *     E(i challenges j) = s_j (P Us + (1-P) Uf) + (1-s_j) Us - Q Usq - (1-Q) (T Ub + (1-T) Uw)
 *     danger_i = sum over j of E(j challenges i) at r = 1
 *     R_i = (2 danger_i - max - min) / (max - min),   r_i = (1 - R_i/3) / (1 + R_i/3), 1/2..2
 *
 * The range is that of the positions at the start unless ruled otherwise. Each round every actor
 * compares, for every other,
 * a = E(i challenges j) and b = E(j challenges i), and takes one of the offers it is under:
 *
 *     b > a > 0               gives way: moves to x_j
 *     a < 0 < b, b > |a|      compromise: moves by |a/b| of the way to x_j
 *     a < 0 < b, b <= |a|     gives in: moves to x_j
 *
 * All move at once. The equations as printed do not give the table printed beside them, so there are
 * two named readings; neither is a default.
 */
#ifndef MST_ALIGN_THEORY_CHALLENGE_H
#define MST_ALIGN_THEORY_CHALLENGE_H

#include "base/arena.h"

/** `scholz2011-printed` follows the equations; `scholz2011-code` gives 15 of the 16 published numbers
 * of the emission example to within .1. */
typedef enum mst_challenge_reading {
    MST_CHALLENGE_PRINTED,
    MST_CHALLENGE_CODE,
    MST_CHALLENGE_READINGS
} mst_challenge_reading;

/** In what readings differ; all false is the printed one. */
typedef struct mst_challenge_rules {
    bool is_share_of_all_pairs; /* P's denominator: the votes over all ordered pairs of positions,
                                    * not over those of i and j only */
    bool is_vote_bent;          /* each voter's distances to the power of that voter's r */
    bool is_seen_by_one;        /* both a and b with the r of the actor who decides; else each
                                    * with the challenger's */
    bool is_kind_first;         /* takes giving way before a compromise before giving in; else the
                                    * offer of the least move whatever its kind */
    bool is_compromise_by_balance; /* among compromises the one with the smallest balance
                                    * (|a| x_i + |b| x_j) / (|a| + |b|), not the least move; needs
                                    * is_kind_first */
    bool is_range_of_round;        /* distances over the range of the round, not of the start */
    double q;                      /* chance that nothing changes without a challenge, 0..1 */
    double t;                      /* if something does: chance that it is for the better, 0..1 */
} mst_challenge_rules;

/** Rules of a reading, with Q = 1 and T = 0 as in the example. */
mst_challenge_rules mst_challenge_rules_of(mst_challenge_reading reading);

/** "scholz2011-printed", "scholz2011-code"; null for anything else. */
const char *mst_challenge_name(mst_challenge_reading reading);

typedef struct mst_challenge_case {
    int32_t actor_count;      /* 2..100 */
    const double *capability; /* >= 0 */
    const double *position;   /* any unit, not all alike */
    const double *salience;   /* 0..1; capability x salience not all 0 */
    int32_t round_count;      /* 1..1000 */
} mst_challenge_case;

typedef enum mst_challenge_kind {
    MST_CHALLENGE_STAYS,
    MST_CHALLENGE_GIVES_WAY,
    MST_CHALLENGE_COMPROMISES,
    MST_CHALLENGE_GIVES_IN
} mst_challenge_kind;

/** What an actor did in a round. */
typedef struct mst_challenge_move {
    mst_challenge_kind kind;
    int32_t other;      /* whose offer; -1: stays */
    double own, others; /* a and b of that offer; 0 when it stays */
    double risk;        /* r of the actor in that round */
} mst_challenge_move;

/** After a round; round 0 is the start. Median: weighted, its lower end on a tie (bargain.h). */
typedef struct mst_challenge_round {
    double median, mean;
    const double *position;          /* actor_count */
    const mst_challenge_move *moves; /* actor_count; null in round 0 */
} mst_challenge_round;

/**
 * Plays all rounds. Of offers that are equally good the one of the first actor is taken. P is 0 where
 * nobody prefers either position, r is 1 where all are in equal danger.
 *
 * @param out_rounds round_count + 1 of them, in the arena
 * @return MUSTER_OK; MUSTER_MISTAKE with a static text in *reason (may be null); MUSTER_WORLD
 */
muster_status mst_challenge_play(const mst_challenge_case *in, const mst_challenge_rules *rules,
                                 mst_arena *arena, const mst_challenge_round **out_rounds,
                                 const char **reason);

#endif
