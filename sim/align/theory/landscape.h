/** @file landscape.h
 * Landscape theory of aggregation: who sides with whom in two camps (Axelrod and Bennett 1993, "A
 * landscape theory of aggregation", British Journal of Political Science 23(2):211-233), with the
 * questions one asks of it and its extensions to k positions, one-sided propensities and noise.
 *
 * Actors i have a size s_i > 0 and propensities p_ij to be with one another, of either sign. With the
 * distance d_ij(X) = 0 in the same camp of configuration X and 1 otherwise,
 *
 *     frustration  F_i(X) = sum over j != i of s_j p_ij d_ij(X)
 *     energy       E(X)   = sum over i of s_i F_i(X), so over ORDERED pairs: each pair counts twice
 *     a move of k  E(Y) - E(X) = 2 s_k (F_k(Y) - F_k(X))            where p is symmetric
 *
 * One actor moves at a time, and only where its frustration falls; so energy falls, and stable
 * configurations are the local minima. Units: those of size x size x propensity, as given.
 *
 * A configuration is a mask: bit i set means that actor i is in camp 1. Which camp is which says
 * nothing, so actor 0 is in camp 0 and there are 2^(n-1); 0, all together, is one of them. A mask
 * given with bit 0 set is read as its mirror image.
 *
 * Ties. Actor k is indifferent to a move whose |E(Y) - E(X)| is at most MST_LANDSCAPE_TIE times the
 * most that its moves can be worth, 2 s_k sum over j of s_j |p_kj|: its share in the scale of energy.
 * Rounding stays a thousand times below that. Energies of configurations that are compared with one
 * another (order of minima, passes) are one level where they differ by at most MST_LANDSCAPE_LEVEL times
 * that scale, the sum over ordered pairs of s_i s_j |p_ij|.
 *
 * Functions that can refuse return MUSTER_MISTAKE and say why; MUSTER_WORLD: memory was short.
 * Results lie in the arena given; what is needed on the way is freed before they return.
 */
#ifndef MST_ALIGN_THEORY_LANDSCAPE_H
#define MST_ALIGN_THEORY_LANDSCAPE_H

#include "base/arena.h"
#include "num/random.h"

/** Indifference as a share of the most that an actor's moves can be worth. */
#define MST_LANDSCAPE_TIE 1e-10

/** Energies on one level, as a share of the sum of s_i s_j |p_ij| over ordered pairs. */
#define MST_LANDSCAPE_LEVEL 1e-12

enum {
    MST_LANDSCAPE_EXACT_MAX = 25,      /* actors: all configurations are looked at          */
    MST_LANDSCAPE_PATHS_MAX = 22,      /* actors: passes, and exact chances of absorption   */
    MST_LANDSCAPE_MASK_MAX = 64,       /* actors: where a configuration is a mask           */
    MST_LANDSCAPE_SEARCH_MAX = 256,    /* actors: search                                    */
    MST_LANDSCAPE_CAMPS_MAX = 6,       /* positions: search                                 */
    MST_LANDSCAPE_LISTED_MAX = 1 << 16 /* minima listed where the caller names no number    */
};

/** Borrowed: size has count items, propensity count x count by rows, its diagonal is not read. */
typedef struct mst_landscape {
    int32_t count;
    const double *size;       /* above 0                         */
    const double *propensity; /* of i to be with j at i*count + j */
} mst_landscape;

/* ---- what is refused --------------------------------------------------------------------------- */

typedef enum mst_landscape_fault {
    MST_LANDSCAPE_FINE,
    MST_LANDSCAPE_TOO_FEW,       /* fewer than 2 actors                            */
    MST_LANDSCAPE_TOO_MANY,      /* more actors than the function takes            */
    MST_LANDSCAPE_SIZE,          /* of actor a: not finite or not above 0          */
    MST_LANDSCAPE_PROPENSITY,    /* of a to b: not finite                          */
    MST_LANDSCAPE_ASYMMETRIC,    /* of a to b is not that of b to a                */
    MST_LANDSCAPE_OVERFLOW,      /* sizes and propensities give no finite energy   */
    MST_LANDSCAPE_CONFIGURATION, /* bits of actors that are not there              */
    MST_LANDSCAPE_GROUP,         /* of actor a: numbers must be 0, 1, ... with no gap, 2 or more */
    MST_LANDSCAPE_CAMPS,         /* number of positions outside 2..CAMPS_MAX       */
    MST_LANDSCAPE_DISTANCE, /* of positions a, b: not finite, not above 0, or not 0 to itself */
    MST_LANDSCAPE_DISTANCE_ASYMMETRIC, /* of a to b is not that of b to a                */
    MST_LANDSCAPE_TRIANGLE,            /* a to b is longer than by way of a third        */
    MST_LANDSCAPE_TEMPERATURE,         /* not finite or not above 0                      */
    MST_LANDSCAPE_NUMBER,              /* of draws, starts, steps or minima: out of range */
    MST_LANDSCAPE_NOT_STABLE           /* not a minimum: actor a gains by moving         */
} mst_landscape_fault;

typedef struct mst_landscape_why {
    mst_landscape_fault fault;
    int32_t a, b; /* the actors or positions meant; -1: none */
} mst_landscape_why;

/** The reason as one line, with names[a] where names is given and numbers from 0 otherwise; positions
 * always by number. @return out, cut to bytes */
const char *mst_landscape_says(mst_landscape_why why, const char *const *names, char *out,
                               size_t bytes);

/** Number of actors in 2..actors_max, sizes, propensities; symmetry (exact) only if asked. */
mst_landscape_why mst_landscape_check(const mst_landscape *on, int32_t actors_max,
                                      bool is_symmetric);

/* ---- one configuration (landscape.c); checked landscapes of at most MASK_MAX actors ------------- */

double mst_landscape_energy(const mst_landscape *on, uint64_t configuration);

/** out: count frustrations F_i. */
void mst_landscape_frustrations(const mst_landscape *on, uint64_t configuration, double *out);

/** out: count differences F_i(after i alone has moved) - F_i; below 0: i gains by moving. */
void mst_landscape_gains(const mst_landscape *on, uint64_t configuration, double *out);

/** Actors held together as one: group[i] is the number of i's group, 0 to the number of groups - 1.
 * A group has the sum of its members' sizes, and the propensity between two groups is the mean over
 * their pairs, weighted by the products of sizes; so energies stay what they were, and a group's
 * frustration is the mean of its members', weighted by size. out: arrays in the arena. */
muster_status mst_landscape_merge(const mst_landscape *on, const int32_t *group, mst_arena *arena,
                                  mst_landscape *out, mst_landscape_why *why);

/** Configuration of count actors whose groups stand as in `merged`. */
uint64_t mst_landscape_unmerge(uint64_t merged, const int32_t *group, int32_t count);

/* ---- every configuration (landscape_exact.c, landscape_paths.c) --------------------------------- */

typedef struct mst_landscape_minimum {
    uint64_t configuration;
    bool is_strict; /* every move costs; else some actor is indifferent                */
    double energy;
    int64_t basin;            /* configurations whose steepest descent ends here, itself included */
    double absorption;        /* chance that moves in random order end here; NaN: not computed   */
    double pass_any;          /* height of the lowest pass to another minimum above this one...  */
    double pass_lower;        /* ...and to one of lower energy; infinity: none; NaN: not computed */
    int32_t to_any, to_lower; /* deepest minimum beyond that pass, an index; -1: none           */
} mst_landscape_minimum;

typedef enum mst_landscape_method {
    MST_LANDSCAPE_NOT_COMPUTED,
    MST_LANDSCAPE_EXACT,
    MST_LANDSCAPE_DRAWN
} mst_landscape_method;

typedef struct mst_landscape_ask {
    int32_t listed_max;   /* minima listed at most, lowest first; 0: LISTED_MAX               */
    const uint64_t *from; /* random order begins here; null: anywhere, all alike              */
    int64_t draws;        /* random order above PATHS_MAX actors, 0: not computed             */
    uint64_t seed;        /* of the draws                                                     */
    bool is_only_basins;  /* neither absorption nor passes                                    */
} mst_landscape_ask;

typedef struct mst_landscape_map {
    int64_t configurations;         /* 2^(n-1)                                                 */
    int64_t strict_count;           /* strict minima                                           */
    int64_t tied_count;             /* stable too, but with an indifferent actor               */
    int32_t count;                  /* listed: all of them unless cut by listed_max            */
    mst_landscape_minimum *minimum; /* by energy; those on one level by configuration          */
    int64_t basin_unlisted;         /* configurations that descend to minima not listed        */
    mst_landscape_method absorption;
    mst_landscape_method passes; /* EXACT or NOT_COMPUTED                                   */
    int64_t draws;               /* behind the absorption where DRAWN; standard error of a
                                       chance q: sqrt(q (1-q) / draws)                         */
} mst_landscape_map;

/** All 2^(n-1) configurations, n in 2..EXACT_MAX, by Gray code.
 *
 * Stable are configurations where nobody gains by moving. Basins: the actor moves whose move lowers
 * energy most; among those that tie, the lowest index. Absorption: each time one of the actors that
 * gain, all alike, moves (Izquierdo, Izquierdo, Galan and Santos 2009, JASSS 12(1)6, app. B: a Markov
 * chain); exact to PATHS_MAX actors, where each configuration hands its chance on in equal parts
 * before those below it do. Passes: height is the least, over walks by single moves, of the highest
 * energy on the walk, less the minimum's own; exact to PATHS_MAX actors, where configurations are
 * flooded in the order of energy. Memory: 4 bytes a configuration, about 70 to PATHS_MAX. */
muster_status mst_landscape_enumerate(const mst_landscape *on, const mst_landscape_ask *ask,
                                      mst_arena *arena, mst_landscape_map *out,
                                      mst_landscape_why *why);

/* ---- what would undo it (landscape_change.c) ----------------------------------------------------- */

typedef struct mst_landscape_change {
    int32_t a, b;     /* the pair, a < b                                                        */
    double amount;    /* added to p_ab and p_ba, signed: where an actor has become indifferent  */
    int32_t mover;    /* a or b: gains by moving as soon as the change is any larger            */
    uint64_t reaches; /* where steepest descent goes from there, the change a hair larger       */
} mst_landscape_change;

/** The smallest change of one propensity that makes a stable configuration unstable. A change z of
 * p_ab adds s_b z to what a's move costs in frustration if a and b are together and takes it away if
 * they are apart, and s_a z to b's; so the least is the smaller of (F_a(Y)-F_a)/s_b, (F_b(Y)-F_b)/s_a,
 * with minus in the same camp and plus in different ones. 0 for a tied minimum. Ties: lowest a,
 * then b.
 * amounts: null, or count x count: the change that every pair would need (0 on the diagonal).
 * NOT_STABLE: the configuration is no minimum. To MASK_MAX actors. */
muster_status mst_landscape_smallest_change(const mst_landscape *on, uint64_t configuration,
                                            mst_arena *arena, double *amounts,
                                            mst_landscape_change *out, mst_landscape_why *why);

/* ---- more positions, more actors (landscape_camps.c, landscape_search.c) -------------------------------------------- */

typedef struct mst_landscape_camps {
    int32_t count; /* positions, 2..CAMPS_MAX                                       */
    double distance[MST_LANDSCAPE_CAMPS_MAX][MST_LANDSCAPE_CAMPS_MAX];
} mst_landscape_camps;

/** count camps, 1 apart. */
mst_landscape_camps mst_landscape_camps_plain(int32_t count);

/** Two camps, 1 apart, and position 2, neutral, at `distance` from each; 0.5 as a rule. */
mst_landscape_camps mst_landscape_camps_neutral(double distance);

/** A metric: finite, symmetric, 0 on the diagonal and above 0 elsewhere, no way round shorter by more
 * than a 1e-12th. */
mst_landscape_why mst_landscape_camps_check(const mst_landscape_camps *camps);

typedef struct mst_landscape_find {
    const uint8_t *position; /* count positions, mirror images made one: the first in the order of
                                words among those that permuting positions without a change of any
                                distance can give */
    bool is_strict;          /* every move that is no such permutation costs */
    double energy;
    int64_t hits; /* starts that ended here */
} mst_landscape_find;

typedef struct mst_landscape_finds {
    bool is_exhaustive; /* every one of the count^n labelled configurations was a start, so that
                            the list is complete and hits are basins */
    int64_t starts;     /* done */
    int32_t count;
    mst_landscape_find *find; /* by energy, then by positions */
} mst_landscape_finds;

/** Energy and frustrations with positions in place of camps; frustration may be null. */
double mst_landscape_energy_at(const mst_landscape *on, const mst_landscape_camps *camps,
                               const uint8_t *position, double *frustration);

/** Local minima by steepest descent (one actor to one other position; ties: lowest actor, then lowest
 * position): from every configuration where there are no more than `starts` of them, else from `starts`
 * random ones, each actor anywhere alike, functions of the seed. n in 2..SEARCH_MAX; starts in
 * 1..10,000,000. A local minimum that no start reached is not in the list. */
muster_status mst_landscape_search(const mst_landscape *on, const mst_landscape_camps *camps,
                                   int64_t starts, uint64_t seed, mst_arena *arena,
                                   mst_landscape_finds *out, mst_landscape_why *why);

/* ---- one walk (landscape_walk.c) ------------------------------------------------------------------ */

typedef enum mst_landscape_turn {
    MST_LANDSCAPE_FIRST,    /* the lowest index that gains                                   */
    MST_LANDSCAPE_GREATEST, /* whose own frustration falls most; ties: lowest index          */
    MST_LANDSCAPE_ROUND     /* the next that gains, in the order of indices, after the last  */
} mst_landscape_turn;

typedef enum mst_landscape_end {
    MST_LANDSCAPE_STABLE,   /* nobody gains            */
    MST_LANDSCAPE_CYCLE,    /* the same again and again */
    MST_LANDSCAPE_UNSETTLED /* steps_max was too few   */
} mst_landscape_end;

typedef struct mst_landscape_course {
    mst_landscape_end end;
    int64_t steps;         /* moves before the stable configuration or the cycle's first */
    uint64_t last;         /* stable, the first of the cycle, or where it was broken off  */
    int32_t cycle_count;   /* moves of the cycle; 0 without one                           */
    const uint64_t *cycle; /* its configurations, beginning with `last`                  */
    const int32_t *mover;  /* who moves in each                                           */
} mst_landscape_course;

/** Follows single moves where p need not be symmetric: p_ij is what i thinks of j. Then nothing need
 * fall from move to move and cycles can occur; one is found if it closes within steps_max (1 to
 * 100,000,000) moves. To MASK_MAX actors. */
muster_status mst_landscape_follow(const mst_landscape *on, uint64_t start, mst_landscape_turn turn,
                                   int64_t steps_max, mst_arena *arena, mst_landscape_course *out,
                                   mst_landscape_why *why);

typedef struct mst_landscape_noise {
    double temperature; /* T, units of frustration, above 0                                    */
    bool is_logit;      /* moves that gain too are made with the chance below, not always      */
    int64_t steps;      /* 1..1e12: each asks one actor, all alike                             */
} mst_landscape_noise;

typedef struct mst_landscape_wander {
    uint64_t last;
    uint64_t lowest; /* configuration of least energy met, the earliest */
    double lowest_energy;
    double mean_energy;   /* over the configurations after each step          */
    int64_t moves, worse; /* made; of them those that did not gain            */
} mst_landscape_wander;

/** Moves with noise: an actor asked moves if it gains, and else with chance 1 / (1 + exp(dF/T)), dF the
 * rise of its frustration. With is_logit, equal sizes s and symmetric p the long-run share of a
 * configuration is proportional to exp(-E / (2 s T)). visits: null or 2^(n-1) counts, to which each step
 * adds 1 at configuration >> 1 (EXACT_MAX actors then). Draws 2 t and 2 t + 1 of the stream decide
 * step t. Not only for symmetric p. */
muster_status mst_landscape_wanders(const mst_landscape *on, uint64_t start,
                                    const mst_landscape_noise *noise, mst_stream stream,
                                    int64_t *visits, mst_landscape_wander *out,
                                    mst_landscape_why *why);

#endif
