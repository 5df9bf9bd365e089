/** @file landscape_inside.h
 * What the files of landscape theory share: masks, and a walk by single moves that knows at every
 * place what each move would cost.
 */
#ifndef MST_ALIGN_THEORY_LANDSCAPE_INSIDE_H
#define MST_ALIGN_THEORY_LANDSCAPE_INSIDE_H

#include "align/theory/landscape.h"

static const mst_landscape_why MST_LANDSCAPE_NO_FAULT = {MST_LANDSCAPE_FINE, -1, -1};

/** Keeps the reason where the caller wants it. @return MUSTER_MISTAKE, or MUSTER_OK for FINE */
muster_status mst_landscape_refuse(mst_landscape_why *why, mst_landscape_why reason);

/** Bits of all actors. */
static inline uint64_t mst_mask_all(int32_t count)
{
    return count == 64 ? UINT64_MAX : (UINT64_C(1) << ((uint32_t)count & 63U)) - 1;
}

/** The one of the two mirror images with actor 0 in camp 0. */
static inline uint64_t mst_mask_normal(uint64_t configuration, int32_t count)
{
    return configuration & 1 ? ~configuration & mst_mask_all(count) : configuration;
}

static inline uint64_t mst_mask_moved(uint64_t configuration, int32_t actor, int32_t count)
{
    return mst_mask_normal(configuration ^ UINT64_C(1) << actor, count);
}

static inline bool mst_mask_apart(uint64_t configuration, int32_t i, int32_t j)
{
    return ((configuration >> i ^ configuration >> j) & 1) != 0;
}

/** Where a walk stands, in a landscape with symmetric propensities. With W_ij = s_i s_j p_ij and sides
 * of +1 and -1, moving k costs 2 side_k sum_j W_kj side_j. */
typedef struct mst_walk {
    int32_t count;
    double *coupling; /* count x count: 4 W_ij, 0 on the diagonal           */
    double *tie;      /* what k is indifferent to, in energy                */
    double *side;     /* +1 in camp 0, -1 in camp 1                         */
    double *field;    /* 2 sum_j W_kj side_j                                */
    double total;     /* W over ordered pairs                               */
} mst_walk;

/** Arrays in the arena; false when memory is short. */
bool mst_walk_make(const mst_landscape *on, mst_arena *arena, mst_walk *out);

/** Goes to a configuration, with the sums done afresh. */
void mst_walk_place(mst_walk *walk, uint64_t configuration);

/** Energy after the move of k less energy now. */
static inline double mst_walk_cost(const mst_walk *walk, int32_t k)
{
    return walk->side[k] * walk->field[k];
}

static inline void mst_walk_move(mst_walk *walk, int32_t k)
{
    const double *restrict row = walk->coupling + (size_t)k * (size_t)walk->count;
    double *restrict field = walk->field;
    const double side = walk->side[k];
    for (int32_t i = 0; i < walk->count; i++)
        field[i] -= side * row[i];
    walk->side[k] = -side;
}

/** Energy here, from the costs. */
double mst_walk_energy(const mst_walk *walk);

/** Who moves in steepest descent: of those that gain, whose move lowers energy most; a later index
 * must beat an earlier one by more than the tie tolerances of both. @return -1: nobody gains */
static inline int32_t mst_walk_steepest(const mst_walk *walk)
{
    int32_t best = -1;
    double least = 0.0; /* a later cost must lie below this less its own tolerance */
    for (int32_t k = 0; k < walk->count; k++) {
        const double cost = mst_walk_cost(walk, k);
        if (cost < least - walk->tie[k]) {
            best = k;
            least = cost - walk->tie[k];
        }
    }
    return best;
}

/* ---- landscape_paths.c: what it needs of the enumeration; x = configuration >> 1 ----------------- */

typedef struct mst_places {
    int32_t actors;
    uint32_t count;        /* 2^(n-1)                                                     */
    const uint32_t *gains; /* for each x: bit k: actor k gains by moving                   */
    const double *energy;  /* for each x                                                  */
    const uint32_t *rank;  /* for each x: MST_RANK_BIT and number among all minima by energy of
                               that in whose basin it lies                                 */
    double scale;          /* of energy: W over ordered pairs, signs dropped               */
} mst_places;

#define MST_RANK_BIT (UINT32_C(1) << 31)

/** x after the move of an actor. */
static inline uint32_t mst_place_moved(uint32_t x, int32_t actor, uint32_t count)
{
    return actor == 0 ? ~x & (count - 1) : x ^ UINT32_C(1) << (actor - 1);
}

/** Fills absorption; from: a place, or count for anywhere. */
bool mst_places_absorb(const mst_places *on, uint32_t from, mst_arena *scratch,
                       mst_landscape_map *out);

/** The same by draws, at any number of actors. */
void mst_places_draw(mst_walk *walk, const mst_places *on, uint32_t from, int64_t draws,
                     uint64_t seed, int64_t *hits, mst_landscape_map *out);

/** Fills passes. */
bool mst_places_flood(const mst_places *on, mst_arena *scratch, mst_landscape_map *out);

#endif
