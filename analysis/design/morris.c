/* Elementary effects (Morris 1991): walks through a grid that move each factor once.
 *
 * A grid of p values g / (p - 1), p even, is walked in steps of p / 2 of them, that is by
 * delta = p / (2 (p - 1)). From every value just one such step stays on the grid, and all steps are
 * equally likely.
 *
 * A discrete factor of n levels is at level min(floor(u n), n - 1). delta is above a half, so a step
 * changes the level of any factor of two or more, by about n / 2. Every level has its equal share of
 * the grid where n divides p; where n is above p, p of the levels are met, spread from the first to
 * the last. Other n are refused: a grid of 4 would meet the levels of a factor of 3 once, once and
 * twice, and never step between the first two. One level is refused, for it cannot change.
 *
 * An effect per delta makes a jump of a two-level factor 1 / delta times as large as the same change
 * over the range of a continuous one. To compare them, a discrete step counts as the levels moved
 * divided by n - 1.
 */
#include "base/rng.h"
#include "design/method.h"

#include <gsl/gsl_randist.h>
#include <inttypes.h>
#include <stdlib.h>

static int32_t grid_of(const mst_design_ask *ask)
{
    return ask->grid_levels ? ask->grid_levels : MST_MORRIS_GRID;
}

static int32_t trajectories_of(const mst_design_ask *ask)
{
    return ask->trajectories ? ask->trajectories : 10;
}

static bool has_equal_shares(int32_t grid, int32_t levels)
{
    return levels == 0 || levels >= grid || grid % levels == 0;
}

static bool suits_all(const mst_design_ask *ask, int32_t grid)
{
    for (int32_t j = 0; j < ask->columns; j++)
        if (!has_equal_shares(grid, mst_levels(ask, j)))
            return false;
    return true;
}

/* The next larger grid that suits all factors; 2 suits any. */
static int32_t other_grid(const mst_design_ask *ask)
{
    for (int32_t grid = grid_of(ask) + 2; grid <= 60; grid += 2)
        if (suits_all(ask, grid))
            return grid;
    return 2;
}

static bool size(const mst_design_ask *ask, int64_t *out_rows, char why[MST_DESIGN_WHY])
{
    const int32_t grid = grid_of(ask);
    if (grid % 2 != 0)
        return mst_refuse(why, "%" PRId32 " grid levels, an even number is needed", grid);
    for (int32_t j = 0; j < ask->columns; j++) {
        const int32_t levels = mst_levels(ask, j);
        if (levels == 1)
            return mst_refuse(why, "%s has 1 level, at least 2 to have an effect",
                              mst_call(ask, j).text);
        if (!has_equal_shares(grid, levels))
            return mst_refuse(why,
                              "%s has %" PRId32 " levels, of which %" PRId32
                              " grid levels meet some oftener; take grid_levels = %" PRId32,
                              mst_call(ask, j).text, levels, grid, other_grid(ask));
    }
    *out_rows = mst_times(trajectories_of(ask), mst_plus(ask->columns, 1));
    return true;
}

/* at: place of each factor on the grid; order: in which they move. */
static void walk(mst_design *out, int64_t trajectory, int32_t grid, int32_t *at,
                 const int32_t *order)
{
    const int32_t k = out->columns;
    for (int32_t step = 0; step <= k; step++) {
        const int64_t row = trajectory * (k + 1) + step;
        const int32_t moved = step > 0 ? order[step - 1] : -1;
        if (moved >= 0)
            at[moved] += at[moved] < grid / 2 ? grid / 2 : -(grid / 2);
        for (int32_t j = 0; j < k; j++)
            out->unit[row * k + j] = (double)at[j] / (double)(grid - 1);
        out->block[row] = (mst_block_of){MST_BLOCK_STEP, moved, trajectory};
        out->seed_group[row] = trajectory + 1;
    }
}

static muster_status fill(const mst_design_ask *ask, mst_design *out, char why[MST_DESIGN_WHY])
{
    (void)why;
    const int32_t k = out->columns, grid = grid_of(ask);
    gsl_rng *const rng = mst_rng_open(ask->seed, "design morris");
    int32_t *const at = malloc((size_t)k * sizeof *at), *const order =
                                                            malloc((size_t)k * sizeof *order);
    const bool has_room = rng && at && order;
    for (int32_t j = 0; has_room && j < k; j++)
        order[j] = j;
    for (int32_t t = 0; has_room && t < trajectories_of(ask); t++) {
        for (int32_t j = 0; j < k; j++)
            at[j] = (int32_t)gsl_rng_uniform_int(rng, (unsigned long)grid);
        gsl_ran_shuffle(rng, order, (size_t)k, sizeof *order);
        walk(out, t, grid, at, order);
    }
    out->built = "random walks on a grid";
    if (rng)
        gsl_rng_free(rng);
    free(at);
    free(order);
    return has_room ? MUSTER_OK : MUSTER_WORLD;
}

const mst_design_method mst_design_morris = {
    .name = "morris",
    .doc = "Morris screening: walks on a grid that move each factor once;\n"
           "all runs of a walk share random numbers",
    .uses = "trajectories grid_levels",
    .size = size,
    .fill = fill,
};
