/* What would undo a stable configuration: the smallest change of one propensity. */
#include "align/theory/landscape_inside.h"

#include <math.h>
#include <string.h>

/* How much further than indifference the change goes where what follows is looked at, as a share of it
 * and of the most it could matter: far above the tie tolerance, far below what anybody measures. */
#define HAIR 1e-6

/* Two pairs need the same where they differ by no more than rounding. */
#define SAME 1e-12

/* What each actor loses by moving; an actor within the tie tolerance loses nothing.
 * @return the first that gains, -1: none */
static int32_t losses(const mst_landscape *on, uint64_t configuration, double *loss, double *most)
{
    mst_landscape_gains(on, configuration, loss);
    for (int32_t i = 0; i < on->count; i++) {
        most[i] = 0.0;
        for (int32_t j = 0; j < on->count; j++)
            if (j != i)
                most[i] +=
                    on->size[j] * fabs(on->propensity[(size_t)i * (size_t)on->count + (size_t)j]);
        if (loss[i] < -MST_LANDSCAPE_TIE * most[i])
            return i;
        loss[i] = loss[i] <= MST_LANDSCAPE_TIE * most[i] ? 0.0 : loss[i];
    }
    return -1;
}

/* What the pair a, b needs, without its sign, and which of the two moves then. */
static double needed(const mst_landscape *on, const double *loss, int32_t a, int32_t b,
                     int32_t *out_mover)
{
    const double of_a = loss[a] / on->size[b], of_b = loss[b] / on->size[a];
    *out_mover = of_b < of_a * (1.0 - SAME) ? b : a;
    return of_b < of_a ? of_b : of_a;
}

/* Where steepest descent leads once the change is made and a hair more. */
static bool follow_change(const mst_landscape *on, uint64_t configuration, double most,
                          mst_arena *scratch, mst_landscape_change *change)
{
    const size_t n = (size_t)on->count, a = (size_t)change->a, b = (size_t)change->b;
    double *const propensity = mst_arena_array(scratch, n * n, sizeof *propensity);
    const int32_t other = change->mover == change->a ? change->b : change->a;
    const double hair = HAIR * (fabs(change->amount) + most / on->size[other]);
    const double sign = mst_mask_apart(configuration, change->a, change->b) ? 1.0 : -1.0;
    mst_walk walk;
    if (!propensity)
        return false;
    memcpy(propensity, on->propensity, n * n * sizeof *propensity);
    propensity[a * n + b] += change->amount + sign * hair;
    propensity[b * n + a] = propensity[a * n + b];
    const mst_landscape changed = {on->count, on->size, propensity};
    if (!mst_walk_make(&changed, scratch, &walk))
        return false;
    mst_walk_place(&walk, configuration);
    for (int32_t k; (k = mst_walk_steepest(&walk)) >= 0;) {
        configuration = mst_mask_moved(configuration, k, on->count);
        mst_walk_move(&walk, k);
    }
    change->reaches = configuration;
    return true;
}

/* The least over pairs; fills amounts where they are wanted. */
static mst_landscape_change least_change(const mst_landscape *on, uint64_t configuration,
                                         const double *loss, double *amounts)
{
    mst_landscape_change best = {.amount = (double)INFINITY};
    const size_t n = (size_t)on->count;
    for (int32_t a = 0; a < on->count; a++)
        for (int32_t b = a + 1; b < on->count; b++) {
            int32_t mover;
            const double need = needed(on, loss, a, b, &mover);
            const double amount = mst_mask_apart(configuration, a, b) ? need : -need;
            if (amounts)
                amounts[(size_t)a * n + (size_t)b] = amounts[(size_t)b * n + (size_t)a] = amount;
            if (need < fabs(best.amount) * (1.0 - SAME) || isinf(best.amount))
                best = (mst_landscape_change){a, b, amount, mover, 0};
        }
    for (size_t i = 0; amounts && i < n; i++)
        amounts[i * n + i] = 0.0;
    return best;
}

muster_status mst_landscape_smallest_change(const mst_landscape *on, uint64_t configuration,
                                            mst_arena *arena, double *amounts,
                                            mst_landscape_change *out, mst_landscape_why *why)
{
    double loss[MST_LANDSCAPE_MASK_MAX] = {0.0}, most[MST_LANDSCAPE_MASK_MAX] = {0.0};
    mst_landscape_why fault = mst_landscape_check(on, MST_LANDSCAPE_MASK_MAX, true);
    if (fault.fault == MST_LANDSCAPE_FINE && configuration & ~mst_mask_all(on->count))
        fault.fault = MST_LANDSCAPE_CONFIGURATION;
    if (mst_landscape_refuse(why, fault) != MUSTER_OK)
        return MUSTER_MISTAKE;
    configuration = mst_mask_normal(configuration, on->count);
    const int32_t gains = losses(on, configuration, loss, most);
    if (gains >= 0)
        return mst_landscape_refuse(why, (mst_landscape_why){MST_LANDSCAPE_NOT_STABLE, gains, -1});
    mst_arena scratch;
    *out = least_change(on, configuration, loss, amounts);
    mst_arena_init(&scratch, arena->memory);
    const bool is_done = follow_change(on, configuration, most[out->mover], &scratch, out);
    mst_arena_clear(&scratch);
    return is_done ? MUSTER_OK : MUSTER_WORLD;
}
