#include "align/theory/quantal_box.h"

#include <math.h>
#include <string.h>

#define N MST_QUANTAL_PLAYERS_MAX
#define BOXES_MAX 100000
#define STACK 512      /* a side is cut at most 27 times, twelve sides 324 times */
#define WIDTH_MIN 1e-8 /* narrower than this, a box is left undecided */
#define SWELL 1e-9     /* boxes are tested a little wider, so that none ends at an equilibrium */
#define CUT 0.487      /* not in the middle, where equilibria of symmetric games lie */
#define ROUNDING 1e-14 /* relative; sums of 13 products of doubles are off by less than 4e-15 */
#define SAME 1e-9
#define NEWTON_STEPS 60
#define CONTRACTIONS 50

typedef struct box {
    double low[N], high[N];
} box;

typedef struct matrix {
    double at[N][N];
} matrix;

/* ---- the responses --------------------------------------------------------------------------------- */

static double logistic(double z)
{
    const double e = exp(-fabs(z));
    return z >= 0.0 ? 1.0 / (1.0 + e) : e / (1.0 + e);
}

static double slope_at(double z)
{
    return logistic(z) * logistic(-z);
}

double mst_quantal_noise(const mst_quantal_game *game, int32_t player)
{
    double size = fabs(game->bias[player]);
    for (int32_t j = 0; j < game->players; j++)
        size += fabs(game->weight[player * game->players + j]);
    return ROUNDING * game->lambda * size;
}

void mst_quantal_respond(const mst_quantal_game *game, const double *p, double *out_response,
                         double *out_slope)
{
    for (int32_t i = 0; i < game->players; i++) {
        double sum = game->bias[i];
        for (int32_t j = 0; j < game->players; j++)
            sum += game->weight[i * game->players + j] * p[j];
        out_response[i] = logistic(game->lambda * sum);
        if (out_slope)
            out_slope[i] = slope_at(game->lambda * sum);
    }
}

/** lambda (b_i + sum_j W_ij p_j) over the box, widened for rounding. */
static void drive_over(const mst_quantal_game *game, const box *in, int32_t i, double *out_low,
                       double *out_high)
{
    double low = game->bias[i], high = low;
    for (int32_t j = 0; j < game->players; j++) {
        const double w = game->weight[i * game->players + j];
        low += w * (w > 0.0 ? in->low[j] : in->high[j]);
        high += w * (w > 0.0 ? in->high[j] : in->low[j]);
    }
    /* Swollen boxes reach a little beyond 0 and 1; twice the noise is room for that. */
    const double noise = 2.0 * mst_quantal_noise(game, i);
    *out_low = game->lambda * low - noise;
    *out_high = game->lambda * high + noise;
}

/* ---- small linear algebra --------------------------------------------------------------------------- */

/** Gauss-Jordan with row pivots. @return false when a pivot vanishes */
static bool invert(int32_t n, matrix *a, matrix *out)
{
    memset(out, 0, sizeof *out);
    for (int32_t i = 0; i < n; i++)
        out->at[i][i] = 1.0;
    for (int32_t k = 0; k < n; k++) {
        int32_t pivot = k;
        for (int32_t i = k + 1; i < n; i++)
            pivot = fabs(a->at[i][k]) > fabs(a->at[pivot][k]) ? i : pivot;
        if (!(fabs(a->at[pivot][k]) > 1e-14))
            return false;
        for (int32_t j = 0; j < n; j++) {
            const double of_a = a->at[k][j], of_out = out->at[k][j];
            a->at[k][j] = a->at[pivot][j];
            out->at[k][j] = out->at[pivot][j];
            a->at[pivot][j] = of_a;
            out->at[pivot][j] = of_out;
        }
        const double by = 1.0 / a->at[k][k];
        for (int32_t j = 0; j < n; j++) {
            a->at[k][j] *= by;
            out->at[k][j] *= by;
        }
        for (int32_t i = 0; i < n; i++) {
            const double times = a->at[i][k];
            for (int32_t j = 0; j < n && i != k; j++) {
                a->at[i][j] -= times * a->at[k][j];
                out->at[i][j] -= times * out->at[k][j];
            }
        }
    }
    return true;
}

/** I - diag(lambda slope) W, the derivative of p - response(p). */
static void derivative(const mst_quantal_game *game, const double *slope, matrix *out)
{
    for (int32_t i = 0; i < game->players; i++) {
        for (int32_t j = 0; j < game->players; j++)
            out->at[i][j] = (i == j ? 1.0 : 0.0) -
                            game->lambda * slope[i] * game->weight[i * game->players + j];
    }
}

/* ---- Newton's method ---------------------------------------------------------------------------------- */

/** A place on the way, and how far it is from being an equilibrium. */
typedef struct place {
    double p[N], response[N], slope[N];
    double residual; /* largest |p_i - response_i| */
    double squares;  /* sum of their squares */
} place;

static void look(const mst_quantal_game *game, place *at)
{
    mst_quantal_respond(game, at->p, at->response, at->slope);
    at->residual = at->squares = 0.0;
    for (int32_t i = 0; i < game->players; i++) {
        const double off = at->p[i] - at->response[i];
        at->residual = fmax(at->residual, fabs(off));
        at->squares += off * off;
    }
}

/** Newton's step from `at`, halved until it brings the place nearer. @return false: it does not */
static bool step_down(const mst_quantal_game *game, const double *low, const double *high,
                      place *at)
{
    const int32_t n = game->players;
    matrix g, inverse;
    derivative(game, at->slope, &g);
    if (!invert(n, &g, &inverse))
        return false;
    double share = 1.0;
    for (int32_t halvings = 0; halvings < 10; halvings++, share *= 0.5) { /* 1 to 1/512 */
        place next;
        for (int32_t i = 0; i < n; i++) {
            double step = 0.0;
            for (int32_t j = 0; j < n; j++)
                step += inverse.at[i][j] * (at->p[j] - at->response[j]);
            next.p[i] = fmin(fmax(at->p[i] - share * step, low[i]), high[i]);
        }
        look(game, &next);
        if (next.squares < at->squares) {
            *at = next;
            return true;
        }
    }
    return false;
}

bool mst_quantal_newton(const mst_quantal_game *game, const double *low, const double *high,
                        double *p)
{
    double allowed = 1e-15;
    for (int32_t i = 0; i < game->players; i++)
        allowed = fmax(allowed, 0.25 * mst_quantal_noise(game, i) + 1e-15);
    place at;
    memcpy(at.p, p, (size_t)game->players * sizeof *p);
    look(game, &at);
    for (int32_t step = 0; step < NEWTON_STEPS && step_down(game, low, high, &at); step++)
        continue;
    memcpy(p, at.p, (size_t)game->players * sizeof *p);
    return at.residual <= allowed;
}

/* ---- Krawczyk's test ---------------------------------------------------------------------------------- */

typedef enum verdict { VERDICT_NONE, VERDICT_ONE, VERDICT_OPEN } verdict;

/** Middle and half width of the slopes over the box. */
static void slopes_over(const mst_quantal_game *game, const box *in, double *middle, double *half)
{
    for (int32_t i = 0; i < game->players; i++) {
        double low, high;
        drive_over(game, in, i, &low, &high);
        const double at_low = slope_at(low), at_high = slope_at(high);
        const double most = low < 0.0 && high > 0.0 ? 0.25 : fmax(at_low, at_high);
        const double least = fmin(at_low, at_high);
        middle[i] = 0.5 * (most + least);
        half[i] = 0.5 * (most - least) + ROUNDING * most;
    }
}

/** Half widths of what Krawczyk's operator makes of a box of half widths `radius`: the sum over j of
 * |I - Y G|_ij radius_j for every G over the box, and what rounding adds. */
static void krawczyk_radius(const mst_quantal_game *game, const matrix *y, const double *middle,
                            const double *half, const double *radius, double *out)
{
    const int32_t n = game->players;
    matrix g;
    derivative(game, middle, &g);
    for (int32_t i = 0; i < n; i++) {
        out[i] = 0.0;
        for (int32_t j = 0; j < n; j++) {
            double product = i == j ? 1.0 : 0.0, spread = 0.0;
            for (int32_t k = 0; k < n; k++) {
                const double of_y = y->at[i][k];
                product -= of_y * g.at[k][j];
                spread += fabs(of_y) * (game->lambda * fabs(game->weight[k * n + j]) * half[k] +
                                        ROUNDING * fabs(g.at[k][j]));
            }
            out[i] += (fabs(product) + spread) * radius[j];
            out[i] += fabs(y->at[i][j]) * (0.25 * mst_quantal_noise(game, j) + ROUNDING);
        }
        out[i] *= 1.0 + ROUNDING;
    }
}

/** All equilibria in `wide` lie in what the operator makes of it; if that lies inside `wide`, there is
 * exactly one. `in`, part of `wide`, shrinks to what the operator leaves of it. */
static verdict krawczyk(const mst_quantal_game *game, const box *wide, box *in)
{
    const int32_t n = game->players;
    double centre[N] = {0.0}, radius[N], response[N], slope[N], middle[N], half[N], reach[N];
    for (int32_t i = 0; i < n; i++) {
        centre[i] = 0.5 * (wide->low[i] + wide->high[i]);
        radius[i] = 0.5 * (wide->high[i] - wide->low[i]);
    }
    mst_quantal_respond(game, centre, response, slope);
    matrix g, y;
    derivative(game, slope, &g);
    if (!invert(n, &g, &y))
        return VERDICT_OPEN;
    slopes_over(game, wide, middle, half);
    krawczyk_radius(game, &y, middle, half, radius, reach);
    bool is_inside = true, is_empty = false;
    for (int32_t i = 0; i < n; i++) {
        double shift = 0.0;
        for (int32_t j = 0; j < n; j++)
            shift -= y.at[i][j] * (centre[j] - response[j]);
        is_inside = is_inside && fabs(shift) + reach[i] < radius[i];
        in->low[i] = fmax(in->low[i], centre[i] + shift - reach[i]);
        in->high[i] = fmin(in->high[i], centre[i] + shift + reach[i]);
        is_empty = is_empty || !(in->low[i] <= in->high[i]);
    }
    if (is_empty)
        return VERDICT_NONE;
    return is_inside ? VERDICT_ONE : VERDICT_OPEN;
}

/* ---- the search ------------------------------------------------------------------------------------------ */

/** Shrinks the box to the responses to it, as long as that helps. @return false: nothing is left */
static bool contract(const mst_quantal_game *game, box *in)
{
    for (int32_t turn = 0; turn < CONTRACTIONS; turn++) {
        double gain = 0.0;
        for (int32_t i = 0; i < game->players; i++) {
            double low, high;
            drive_over(game, in, i, &low, &high);
            const double width = in->high[i] - in->low[i];
            in->low[i] = fmax(in->low[i], logistic(low) * (1.0 - ROUNDING));
            in->high[i] = fmin(in->high[i], logistic(high) * (1.0 + ROUNDING));
            if (!(in->low[i] <= in->high[i]))
                return false;
            if (width > WIDTH_MIN)
                gain = fmax(gain, 1.0 - (in->high[i] - in->low[i]) / width);
        }
        if (gain < 0.1)
            break;
    }
    return true;
}

static bool is_in(const mst_quantal_found *found, const double *p, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        if (p[i] < found->low[i] || p[i] > found->high[i])
            return false;
    }
    return true;
}

static bool is_near(const double *p, const double *q, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        if (fabs(p[i] - q[i]) > SAME)
            return false;
    }
    return true;
}

/** Notes the one equilibrium of a box unless it is known from a neighbour. @return false: Newton's
 * method did not reach it */
static bool note(const mst_quantal_game *game, const box *wide, mst_quantal_finds *finds)
{
    const int32_t n = game->players;
    mst_quantal_found found = {.p = {0.0}};
    for (int32_t i = 0; i < n; i++) {
        found.low[i] = wide->low[i];
        found.high[i] = wide->high[i];
        found.p[i] = 0.5 * (wide->low[i] + wide->high[i]);
    }
    if (!mst_quantal_newton(game, found.low, found.high, found.p))
        return false;
    for (int32_t k = 0; k < finds->count; k++) {
        const mst_quantal_found *const known = &finds->found[k];
        if (is_in(known, found.p, n) || is_in(&found, known->p, n) || is_near(known->p, found.p, n))
            return true;
    }
    if (finds->count == finds->room)
        finds->claim = MST_QUANTAL_FULL;
    else
        finds->found[finds->count++] = found;
    return true;
}

/** The side whose length moves the responses most, of those not yet too short; -1: none. */
static int32_t side_to_cut(const mst_quantal_game *game, const box *in)
{
    const int32_t n = game->players;
    double middle[N], half[N], most = -1.0;
    slopes_over(game, in, middle, half);
    int32_t side = -1;
    for (int32_t j = 0; j < n; j++) {
        const double width = in->high[j] - in->low[j];
        double moved = 0.0;
        for (int32_t i = 0; i < n; i++)
            moved += fabs(game->weight[i * n + j]) * (middle[i] + half[i]) * width;
        if (width > WIDTH_MIN && moved > most) {
            most = moved;
            side = j;
        }
    }
    return side;
}

/** @return true when the box is done with, false when it is to be cut (as it now is) */
static bool settle(const mst_quantal_game *game, box *in, mst_quantal_finds *finds)
{
    if (!contract(game, in))
        return true;
    box wide = *in;
    for (int32_t i = 0; i < game->players; i++) {
        const double more = 0.1 * (in->high[i] - in->low[i]) + SWELL;
        wide.low[i] -= more;
        wide.high[i] += more;
    }
    const verdict found = krawczyk(game, &wide, in);
    return found == VERDICT_NONE || (found == VERDICT_ONE && note(game, &wide, finds));
}

bool mst_quantal_boxes(const mst_quantal_game *game, mst_arena *arena, mst_quantal_finds *out)
{
    box *const stack = mst_arena_array(arena, STACK, sizeof *stack);
    /* One player has up to 3, two have been seen to have up to 9: no need to clear a thousand. */
    out->room = game->players < 3 ? 64 : MST_QUANTAL_POINTS_MAX;
    out->found = mst_arena_array(arena, (size_t)out->room, sizeof *out->found);
    if (!stack || !out->found)
        return false;
    out->count = 0;
    out->claim = MST_QUANTAL_ALL;
    int32_t height = 1, boxes = 0;
    for (int32_t i = 0; i < game->players; i++)
        stack[0].high[i] = 1.0;
    while (height > 0 && out->claim != MST_QUANTAL_FULL) {
        if (++boxes > BOXES_MAX || height + 2 > STACK) {
            out->claim = MST_QUANTAL_SEARCHED;
            break;
        }
        box now = stack[--height];
        if (settle(game, &now, out))
            continue;
        const int32_t side = side_to_cut(game, &now);
        if (side < 0) {
            out->claim = MST_QUANTAL_TOUCHING;
            continue;
        }
        const double at = now.low[side] + CUT * (now.high[side] - now.low[side]);
        stack[height] = stack[height + 1] = now;
        stack[height++].high[side] = at;
        stack[height++].low[side] = at;
    }
    return true;
}
