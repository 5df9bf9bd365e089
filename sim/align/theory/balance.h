/** @file balance.h
 * Structural balance: the enemy of my enemy becomes my friend. Ties between n actors are a real
 * matrix X, x_ij > 0 friendly, < 0 hostile, row-major, or a matrix of signs.
 *
 * - Continuous: dX/dt = X X in closed form (Marvel, Kleinberg, Kleinberg and Strogatz 2011, PNAS
 *   108:1771), and three laws step by step (balance_flow.c).
 * - Triads of signs on a complete graph (Antal, Krapivsky and Redner 2005, PRE 72:036121).
 * - Frustration index: how far a signed graph is from balance (Harary 1959; Zaslavsky 1987).
 *
 * Ties have no unit; if X is per unit of time, times are in that unit. All memory lies in the
 * caller's arena. What is refused comes back as MUSTER_MISTAKE, want of memory or a failure of GSL
 * as MUSTER_WORLD, each with a reason; then nothing of the result may be read.
 */
#ifndef MST_ALIGN_THEORY_BALANCE_H
#define MST_ALIGN_THEORY_BALANCE_H

#include "base/arena.h"
#include "num/random.h"

typedef enum mst_balance_reason {
    MST_BALANCE_FINE = 0,
    MST_BALANCE_SIZE,          /* n below 1 or above what the function takes           */
    MST_BALANCE_NOT_FINITE,    /* at (row, column)                                     */
    MST_BALANCE_RANGE,         /* an entry beyond 1e100, or the largest below 1e-100   */
    MST_BALANCE_NOT_SYMMETRIC, /* (row, column) and (column, row) differ               */
    MST_BALANCE_NOT_A_SIGN,    /* (row, column) is neither 1 nor -1                    */
    MST_BALANCE_TIME,          /* a time below 0 or not finite                         */
    MST_BALANCE_PAST_BLOW_UP,  /* at or past the time at which the ties grow beyond all bounds */
    MST_BALANCE_BOUND,         /* the bound R is not above 0 and finite                */
    MST_BALANCE_OUT_OF_BOUND,  /* (row, column) starts beyond R                        */
    MST_BALANCE_GROWTH,        /* the growth to stop at is not within (1, 1e12]        */
    MST_BALANCE_PROBABILITY,   /* outside 0..1                                         */
    MST_BALANCE_STEPS,         /* a number of steps or a window is negative or too high */
    MST_BALANCE_TOO_LONG,      /* more steps than MST_BALANCE_STEPS_MAX were needed    */
    MST_BALANCE_MEMORY,        /* MUSTER_WORLD                                         */
    MST_BALANCE_GSL,           /* MUSTER_WORLD                                         */
    MST_BALANCE_REASONS
} mst_balance_reason;

/** Why something was refused. row and column: the entry in question, 0-based, -1 where none is. */
typedef struct mst_balance_refusal {
    mst_balance_reason reason;
    int32_t row, column;
} mst_balance_refusal;

/** The reason as a clause without end mark, "the matrix is not symmetric"; static. */
const char *mst_balance_text(mst_balance_reason reason);

/** Who stands with whom. The first decided actor is on side 1. */
typedef struct mst_camps {
    int32_t n;
    int8_t *side; /* n: 1, -1, or 0 undecided */
    int32_t plus, minus, undecided;
    bool is_determined; /* false: the start does not tell; all are undecided, except in
                           mst_frustration, which then shows one split of several */
    bool is_harmony;    /* determined, and all on one side */
} mst_camps;

/* ---- dX/dt = X X in closed form ---------------------------------------------------------------- */

#define MST_BALANCE_ACTORS_MAX 256 /* of the continuous forms */

/** Entries of the leading eigenvector up to this share of its largest are undecided. */
#define MST_BALANCE_UNDECIDED 1e-8
/** Eigenvalues nearer to the largest than this share of the largest magnitude count as equal to it;
 * pairs x_ij, x_ji that differ by up to MST_BALANCE_SYMMETRY of the largest entry are averaged. */
#define MST_BALANCE_GAP 1e-9
#define MST_BALANCE_SYMMETRY 1e-12

/** What becomes of a symmetric start. */
typedef struct mst_balance {
    int32_t n;
    double *value;  /* n eigenvalues, falling                                            */
    double *vector; /* n x n: row k is the unit eigenvector of value[k]; the first decided
                             entry of row 0 is positive                                        */
    bool blows_up;  /* value[0] > 0 (by more than rounding, 4 n 2^-52 of the largest magnitude) */
    double blow_up_time; /* 1 / value[0], else INFINITY                                       */
    int32_t leading;     /* how many eigenvalues count as the largest                         */
    bool is_degenerate;  /* leading > 1: the camps are not determined                         */
    mst_camps camps;     /* signs of vector 0; determined if it blows up and is not degenerate */
} mst_balance;

/** Spectrum, blow-up time and camps of a symmetric X0 (n x n, diagonal included; n from 1 to
 * MST_BALANCE_ACTORS_MAX), by gsl_eigen_symmv. At the blow-up X/|X| tends to w w^T, w = vector 0
 * (Marvel et al. 2011). Without one nothing singles out a vector: the ties fade or stand. A
 * non-symmetric X0 is refused with the pair; mst_balance_run takes it. */
muster_status mst_balance_solve(int32_t n, const double *x0, mst_arena *arena, mst_balance *out,
                                mst_balance_refusal *why);

/** X(t) = X0 (I - X0 t)^-1, for 0 <= t < blow_up_time, into out_x (n x n, symmetric, the caller's):
 * sum of value / (1 - value t) vector vector^T. Relative error of the norm near 2^-50 /
 * (1 - t / blow_up_time). */
muster_status mst_balance_at(const mst_balance *balance, double t, double *out_x,
                             mst_balance_refusal *why);

/* ---- the laws step by step --------------------------------------------------------------------- */

typedef enum mst_balance_law {
    MST_BALANCE_SQUARE,     /* dX/dt = X X (Marvel et al. 2011)                                 */
    MST_BALANCE_TRANSPOSED, /* dX/dt = X X^T (Traag, Van Dooren and De Leenheer 2013, PLoS ONE
                               8:e60063): balance also from starts that are not symmetric        */
    MST_BALANCE_BOUNDED,    /* dx_ij/dt = (1 - (x_ij / R)^2) sum over k of x_ik x_kj (Kulakowski,
                               Gawronski and Gronek 2005, Int. J. Mod. Phys. C 16:707)           */
    MST_BALANCE_LAWS
} mst_balance_law;

#define MST_BALANCE_GROWTH_USUAL 1e6
#define MST_BALANCE_STEPS_MAX 1000000
/** A state is one structure when no other eigenvalue of its symmetric part has more than this share
 * of the leading one. Of a start with eigenvalues l1 > l2 that is reached at a growth of
 * some 100 l1 / (l1 - l2). */
#define MST_BALANCE_ONE_STRUCTURE 0.01
/** Ties nearer than this share of R to R or -R and driven outward have settled. */
#define MST_BALANCE_SETTLED 1e-6

typedef struct mst_balance_course {
    mst_balance_law law;
    double until;        /* end time, 0 or above                                             */
    double bound;        /* R > 0, law BOUNDED only; every |x_ij| of the start is within it  */
    double growth;       /* other laws: ends as soon as the Frobenius norm is this many times
                            that of the start, which is how a blow-up is met; (1, 1e12]       */
    bool holds_diagonal; /* x_ii stay as given; with 0 the sums leave out k = i and k = j     */
} mst_balance_course;

typedef struct mst_balance_end {
    double *x;         /* n x n, at time                                                    */
    double *direction; /* n x n: x / |x| (Frobenius); 0 for x = 0                           */
    double time;       /* reached                                                           */
    double norm;       /* |x|                                                               */
    int32_t steps;
    bool has_grown;       /* stopped at the growth: near blow-up                               */
    bool has_settled;     /* BOUNDED: every moving tie stands at R or -R; ended there          */
    bool is_balanced;     /* the signs off the diagonal, x_ij against x_ji too, are those of two
                             camps (one may be empty), no tie missing                          */
    int32_t sign_changes; /* pairs i < j of which x_ij or x_ji ended with the opposite sign    */
    double rest;          /* of the symmetric part: largest magnitude of the other eigenvalues over
                             the leading one; 0 for n = 1, INFINITY if none is positive        */
    mst_camps camps;      /* signs of its leading eigenvector, determined if rest is up to
                             MST_BALANCE_ONE_STRUCTURE; |w_i w_j| is the strength of a tie      */
} mst_balance_end;

/** Runs a law from x0 (n x n, any square matrix) by gsl_odeiv2, Prince-Dormand 8(9), relative error
 * 1e-11 a step. A tie that at the end is below 1e-9 of the largest counts as missing. One step costs
 * some 13 n^3 multiplications. GSL's stepper takes 15 n^2 numbers from malloc; they are asked for
 * first, so that want of them is an answer (MUSTER_WORLD). */
muster_status mst_balance_run(int32_t n, const double *x0, const mst_balance_course *course,
                              mst_arena *arena, mst_balance_end *out, mst_balance_refusal *why);

/* ---- triads of signs on a complete graph -------------------------------------------------------- */

#define MST_TRIADS_ACTORS_MAX 1024
#define MST_TRIADS_STEPS_MAX (INT64_C(1) << 45)

/** A matrix of signs: n x n, symmetric, 1 or -1 off the diagonal; the diagonal is never read.
 * @return MUSTER_MISTAKE with the first pair that is none */
muster_status mst_triads_check(int32_t n, const int8_t *sign, mst_balance_refusal *why);

/* These three take a matrix that passes mst_triads_check. A triad is imbalanced when the product of
 * its three signs is -1. */
bool mst_triads_are_balanced(int32_t n, const int8_t *sign);  /* every triad; n^2/2 looks        */
int64_t mst_triads_imbalanced(int32_t n, const int8_t *sign); /* how many; n^3/6 products        */
/** Jammed: not balanced, yet every flip of one sign raises the number of imbalanced triads. The
 * smallest such graphs have 9 actors (Antal et al. 2005), for instance three cliques of three. */
bool mst_triads_are_jammed(int32_t n, const int8_t *sign);

/** Signs at random into out (n x n, diagonal 0): each pair positive with probability density,
 * by draws first, first + 1, ... of the stream, n (n - 1) / 2 of them, in the order of rows. */
muster_status mst_triads_random(int32_t n, double density, mst_stream stream, uint64_t first,
                                int8_t *out, mst_balance_refusal *why);

/** Density of positive signs of local triad dynamics in the long run, n infinite: 1 / (1 + sqrt(3 (1
 * - 2 p))) for p <= 1/2, else 1 (Antal et al. 2005). NaN outside 0..1. */
double mst_triads_density(double p);

typedef enum mst_triad_rule {
    MST_TRIADS_LOCAL,       /* takes a triad at random; all negative: flips one of the three; one
                               negative: flips that one with probability p, else one of the two
                               others; balanced: nothing                                        */
    MST_TRIADS_CONSTRAINED, /* takes a pair at random and flips it if the number of imbalanced
                               triads falls, with probability p if it stays, never if it rises  */
    MST_TRIADS_RULES
} mst_triad_rule;

typedef struct mst_triad_course {
    mst_triad_rule rule;
    double p;           /* 0..1; Antal et al. take 1/2 for the constrained rule              */
    mst_stream stream;  /* step k takes draws 4 k to 4 k + 3                                  */
    int64_t first_step; /* 0, or steps already made: a run may be made in pieces             */
    int64_t steps;      /* at most; n (n - 1) / 2 of them are the unit of time of Antal et al. */
    int64_t window;     /* density is averaged over the last so many of `steps`; 0: none     */
} mst_triad_course;

typedef enum mst_triad_stop {
    MST_TRIADS_OUT_OF_STEPS,
    MST_TRIADS_BALANCED,
    MST_TRIADS_JAMMED, /* constrained rule only: the local one leaves every imbalanced state */
} mst_triad_stop;

typedef struct mst_triad_end {
    mst_triad_stop stop;
    int64_t steps, flips; /* made                                                           */
    int64_t imbalanced;   /* triads left                                                    */
    double density;       /* of positive pairs; NaN for n = 1                               */
    double mean_density;  /* over the window, a state that cannot change any more counting to
                             the end of it; NaN without a window                            */
    mst_camps camps;      /* determined if balanced                                         */
} mst_triad_end;

/** Changes sign (n x n, passes mst_triads_check) until it is balanced, jammed or out of steps. A flip
 * costs n looks, a step without a flip none. Arena: 4 n^2 bytes. */
muster_status mst_triads_run(int32_t n, int8_t *sign, const mst_triad_course *course,
                             mst_arena *arena, mst_triad_end *out, mst_balance_refusal *why);

/* ---- frustration ------------------------------------------------------------------------------- */

#define MST_FRUSTRATION_EXACT 25 /* actors up to which every bipartition is looked at: 2^24 */
#define MST_FRUSTRATION_ACTORS_MAX 1024

/** Of a split in two camps an edge is frustrated when it is positive between the camps or negative
 * within one. */
typedef struct mst_frustration {
    double least;    /* weight of the frustrated edges of the best split; the frustration index if
                         is_exact, else an upper bound                                        */
    double at_least; /* proved lower bound: equal to least if is_exact                       */
    bool is_exact;   /* all splits were seen, or both bounds meet                            */
    int64_t edges;   /* frustrated ones of this split                                        */
    int64_t splits;  /* that are as good; 0 where not all were seen. A camp without edges to the
                         other can be turned over, so several even for a balanced graph in parts */
    mst_camps camps; /* the split, nobody undecided; determined if known to be the only one    */
} mst_frustration;

/** The line index of balance: fewest edges to flip (or, the same number, to remove) until the graph is
 * balanced. w: n x n, symmetric, its signs are the edges, 0 is none; the diagonal is not read.
 * Exact to MST_FRUSTRATION_EXACT actors (Gray code over the splits, a second at the most), beyond
 * that mst_frustration_search with 64 starts. */
muster_status mst_frustration_index(int32_t n, const double *w, mst_arena *arena,
                                    mst_frustration *out, mst_balance_refusal *why);

/** The same with edges counted by |w|; sums within 1e-9 of the weight of all edges are equal. */
muster_status mst_frustration_weighted(int32_t n, const double *w, mst_arena *arena,
                                       mst_frustration *out, mst_balance_refusal *why);

/** An upper bound by `starts` (1 or more) random splits, each improved as by Kernighan and Lin 1970
 * until nothing is gained, and a lower one by packing imbalanced triads: each edge shares its weight
 * among the triads it stands in. n to MST_FRUSTRATION_ACTORS_MAX. */
muster_status mst_frustration_search(int32_t n, const double *w, int32_t starts, mst_stream stream,
                                     mst_arena *arena, mst_frustration *out,
                                     mst_balance_refusal *why);

/** Whether a signed graph, not all pairs of which need be tied, is balanced: every cycle has an even
 * number of negative edges (Harary 1953; Cartwright and Harary 1956). w as above. side: n, the two
 * camps of each connected part, the first actor of each on side 1; meaningful if balanced. queue: n
 * numbers of scratch. */
bool mst_graph_is_balanced(int32_t n, const double *w, int8_t *side, int32_t *queue);

#endif
