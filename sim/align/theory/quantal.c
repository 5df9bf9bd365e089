#include "align/theory/quantal.h"

#include "align/theory/quantal_box.h"
#include "align/theory/reason.h"
#include "num/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N MST_QUANTAL_PLAYERS_MAX
#define STEEPNESS_MAX 10000.0
#define STARTS 2048
#define SAME 1e-5         /* starts that end this near are one: no proof holds them apart */
#define RISE_STEPS 100000 /* of responses that rise from nobody or fall from everybody */
#define STABLE_BELOW (1.0 - 1e-9)

const char *mst_quantal_claim_text(mst_quantal_claim claim)
{
    static const char *const texts[MST_QUANTAL_CLAIMS] = {
        [MST_QUANTAL_ALL] = "these are all equilibria (proved)",
        [MST_QUANTAL_TOUCHING] = "equilibria meet: how many there are at that place is not decided",
        [MST_QUANTAL_SEARCHED] = "there may be other equilibria: the proof was given up",
        [MST_QUANTAL_FULL] = "there are more equilibria than can be listed"};
    const size_t at = (size_t)claim;
    return at < MST_QUANTAL_CLAIMS ? texts[at] : NULL;
}

static const char *game_fault(const mst_quantal_game *game)
{
    const int32_t n = game->players;
    if (n < 1 || n > N)
        return "the number of players is not in 1..12";
    if (!isfinite(game->lambda) || game->lambda < 0.0)
        return "lambda is negative or not a number";
    for (int32_t i = 0; i < n; i++) {
        double size = fabs(game->bias[i]);
        for (int32_t j = 0; j < n; j++)
            size += fabs(game->weight[i * n + j]);
        if (!isfinite(size))
            return "a bias or a weight is not a number";
        if (game->lambda * size > STEEPNESS_MAX)
            return "lambda times the biases and weights of a row is above 10,000";
    }
    return NULL;
}

/* ---- without a proof ----------------------------------------------------------------------------------- */

static void keep_if_new(const mst_quantal_game *game, const double *p, mst_quantal_finds *finds)
{
    for (int32_t k = 0; k < finds->count; k++) {
        double apart = 0.0;
        for (int32_t i = 0; i < game->players; i++)
            apart = fmax(apart, fabs(finds->found[k].p[i] - p[i]));
        if (apart <= SAME)
            return;
    }
    if (finds->count < finds->room)
        memcpy(finds->found[finds->count++].p, p, (size_t)game->players * sizeof *p);
    else
        finds->claim = MST_QUANTAL_FULL;
}

/** Start number k: the middle, corners, then places anywhere. */
static void start_at(int32_t k, int32_t n, double *p)
{
    const mst_stream stream = mst_stream_of(mst_random_key(1995), 0, 0);
    for (int32_t i = 0; i < n; i++) {
        const double u = mst_random_unit(stream, (uint64_t)k * N + (uint64_t)i);
        p[i] = k == 0 ? 0.5 : k < STARTS / 2 ? (u < 0.5 ? 0.0 : 1.0) : u;
    }
}

/** Newton's method from every start, every other one after some half-way responses. */
static void search_from_starts(const mst_quantal_game *game, mst_quantal_finds *finds)
{
    static const double low[N] = {0.0};
    static const double high[N] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    for (int32_t k = 0; k < STARTS && finds->claim != MST_QUANTAL_FULL; k++) {
        double p[N], response[N];
        start_at(k, game->players, p);
        for (int32_t turn = 0; turn < (k % 2) * 50; turn++) {
            mst_quantal_respond(game, p, response, NULL);
            for (int32_t i = 0; i < game->players; i++)
                p[i] = 0.5 * (p[i] + response[i]);
        }
        if (mst_quantal_newton(game, low, high, p))
            keep_if_new(game, p, finds);
    }
}

/* ---- monotone games ------------------------------------------------------------------------------------ */

static bool is_monotone(const mst_quantal_game *game)
{
    for (int32_t i = 0; i < game->players * game->players; i++) {
        if (game->weight[i] < 0.0)
            return false;
    }
    return true;
}

/** Responses to responses from all 0 or all 1: they rise or fall to the end without passing any
 * equilibrium. They may creep; a stop short of the end is on the safe side of it. */
static void follow(const mst_quantal_game *game, double from, double *p)
{
    for (int32_t i = 0; i < game->players; i++)
        p[i] = from;
    for (int32_t step = 0; step < RISE_STEPS; step++) {
        double response[N], moved = 0.0;
        mst_quantal_respond(game, p, response, NULL);
        for (int32_t i = 0; i < game->players; i++) {
            moved = fmax(moved, fabs(response[i] - p[i]));
            p[i] = response[i];
        }
        if (moved < 2e-16) /* the last place of a number below 1 */
            break;
    }
}

/* ---- what is told of an equilibrium --------------------------------------------------------------------- */

/** Largest |entry|; divides by it unless it is 0. */
static double normalise(double *a, int32_t size)
{
    double most = 0.0;
    for (int32_t i = 0; i < size; i++)
        most = fmax(most, fabs(a[i]));
    for (int32_t i = 0; i < size && most > 0.0; i++)
        a[i] /= most;
    return most;
}

/** |A^m|^(1/m) for m = 2^40, by squaring (Gelfand 1941): real or complex eigenvalues alike. */
static double spectral_radius(double *a, int32_t n)
{
    double log_radius = 0.0, share = 1.0;
    for (int32_t turn = 0; turn <= 40; turn++) {
        const double size = normalise(a, n * n);
        if (!(size > 0.0))
            return 0.0;
        log_radius += share * log(size);
        double square[N * N] = {0.0};
        for (int32_t i = 0; i < n; i++) {
            for (int32_t j = 0; j < n; j++) {
                for (int32_t k = 0; k < n; k++)
                    square[i * n + j] += a[i * n + k] * a[k * n + j];
            }
        }
        memcpy(a, square, (size_t)(n * n) * sizeof *a);
        share *= 0.5;
    }
    return exp(log_radius);
}

static mst_quantal_point point_of(const mst_quantal_game *game, const double *p)
{
    const int32_t n = game->players;
    mst_quantal_point point = {.residual = 0.0};
    double response[N], slope[N], jacobian[N * N];
    mst_quantal_respond(game, p, response, slope);
    for (int32_t i = 0; i < n; i++) {
        point.p[i] = p[i];
        point.residual = fmax(point.residual, fabs(p[i] - response[i]));
        for (int32_t j = 0; j < n; j++)
            jacobian[i * n + j] = game->lambda * slope[i] * game->weight[i * n + j];
    }
    point.spectral_radius = spectral_radius(jacobian, n);
    point.is_stable = point.spectral_radius < STABLE_BELOW;
    return point;
}

static int ascending(const void *a, const void *b)
{
    const mst_quantal_point *const x = a, *const y = b;
    for (int32_t i = 0; i < N; i++) {
        if (x->p[i] != y->p[i])
            return x->p[i] < y->p[i] ? -1 : 1;
    }
    return 0;
}

muster_status mst_quantal_solve(const mst_quantal_game *game, mst_arena *arena, mst_quantal *out,
                                const char **reason)
{
    const char *const fault = game_fault(game);
    if (fault)
        return mst_refuse(reason, fault);
    mst_quantal_finds finds;
    if (!mst_quantal_boxes(game, arena, &finds))
        return mst_out_of_memory(reason);
    if (finds.claim == MST_QUANTAL_TOUCHING || finds.claim == MST_QUANTAL_SEARCHED)
        search_from_starts(game, &finds);
    mst_quantal_point *const point = mst_arena_array(arena, (size_t)finds.count + 1, sizeof *point);
    if (!point)
        return mst_out_of_memory(reason);
    for (int32_t k = 0; k < finds.count; k++)
        point[k] = point_of(game, finds.found[k].p);
    qsort(point, (size_t)finds.count, sizeof *point, ascending);
    *out = (mst_quantal){.count = finds.count, .point = point, .claim = finds.claim};
    out->is_monotone = is_monotone(game);
    if (out->is_monotone) {
        follow(game, 0.0, out->least);
        follow(game, 1.0, out->greatest);
    }
    return MUSTER_OK;
}

muster_status mst_quantal_mean_field(double beta, double h, double j, mst_arena *arena,
                                     double out_m[3], int32_t *out_count,
                                     mst_quantal_claim *out_claim, const char **reason)
{
    const double bias = h - j, weight = 2.0 * j;
    const mst_quantal_game game = {1, 2.0 * beta, &bias, &weight};
    mst_quantal of;
    const muster_status status = mst_quantal_solve(&game, arena, &of, reason);
    if (status != MUSTER_OK)
        return status;
    *out_count = of.count < 3 ? of.count : 3;
    for (int32_t k = 0; k < *out_count; k++)
        out_m[k] = 2.0 * of.point[k].p[0] - 1.0;
    *out_claim = of.claim;
    return MUSTER_OK;
}
