/** @file quantal_box.h
 * The proof behind quantal.h: boxes of probabilities that hold one equilibrium, or none.
 */
#ifndef MST_ALIGN_THEORY_QUANTAL_BOX_H
#define MST_ALIGN_THEORY_QUANTAL_BOX_H

#include "align/theory/quantal.h"

/** An equilibrium and a box in which it is the only one. */
typedef struct mst_quantal_found {
    double p[MST_QUANTAL_PLAYERS_MAX];
    double low[MST_QUANTAL_PLAYERS_MAX], high[MST_QUANTAL_PLAYERS_MAX];
} mst_quantal_found;

typedef struct mst_quantal_finds {
    mst_quantal_found *found;
    int32_t count, room;
    mst_quantal_claim claim;
} mst_quantal_finds;

/** How far rounding can move lambda (b_i + sum_j W_ij p_j), and with it how small a residual can be:
 * a quarter of it and some units of the last place. */
double mst_quantal_noise(const mst_quantal_game *game, int32_t player);

/** Responses to p; out_slope (may be null): d response_i / d (lambda (b_i + ...)). */
void mst_quantal_respond(const mst_quantal_game *game, const double *p, double *out_response,
                         double *out_slope);

/** Newton's method on p - response(p), held in low..high, steps halved until they help. @return true when the residual reached
 * what rounding allows, with p there */
bool mst_quantal_newton(const mst_quantal_game *game, const double *low, const double *high,
                        double *p);

/** The search by boxes. @return false: memory is short */
bool mst_quantal_boxes(const mst_quantal_game *game, mst_arena *arena, mst_quantal_finds *out);

#endif
