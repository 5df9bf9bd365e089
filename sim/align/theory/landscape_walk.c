/* One walk by single moves: with propensities that need not be mutual, and with noise. */
#include "align/theory/landscape_inside.h"

#include <math.h>

/* Energy is summed afresh after this many moves. */
enum { AFRESH_AFTER = 4096 };

static double propensity_of(const mst_landscape *on, int32_t i, int32_t j)
{
    return on->propensity[(size_t)i * (size_t)on->count + (size_t)j];
}

/* Rise of i's own frustration if it moves; 0 where it is indifferent. */
static double rise_of(const mst_landscape *on, uint64_t configuration, int32_t i)
{
    double rise = 0.0, most = 0.0;
    for (int32_t j = 0; j < on->count; j++) {
        if (j == i)
            continue;
        const double weight = on->size[j] * propensity_of(on, i, j);
        rise += mst_mask_apart(configuration, i, j) ? -weight : weight;
        most += fabs(weight);
    }
    return fabs(rise) <= MST_LANDSCAPE_TIE * most ? 0.0 : rise;
}

static mst_landscape_why check_walk(const mst_landscape *on, int32_t actors_max, uint64_t start)
{
    mst_landscape_why fault = mst_landscape_check(on, actors_max, false);
    if (fault.fault == MST_LANDSCAPE_FINE && start & ~mst_mask_all(on->count))
        fault.fault = MST_LANDSCAPE_CONFIGURATION;
    return fault;
}

/* ---- following ------------------------------------------------------------------------------------ */

/* All that the next move depends on. */
typedef struct stand {
    uint64_t configuration;
    int32_t last; /* who moved last where turns go round, else -1 */
} stand;

static bool is_same(stand a, stand b)
{
    return a.configuration == b.configuration && a.last == b.last;
}

/* @return who moves next, -1: nobody gains */
static int32_t next_mover(const mst_landscape *on, mst_landscape_turn turn, stand at)
{
    int32_t best = -1;
    double least = 0.0;
    for (int32_t step = 1; step <= on->count; step++) {
        const int32_t i = (at.last + step) % on->count;
        const double rise = rise_of(on, at.configuration, i);
        if (rise < 0.0 && turn != MST_LANDSCAPE_GREATEST)
            return i;
        if (rise < least - MST_LANDSCAPE_TIE * fabs(least)) {
            best = i;
            least = rise;
        }
    }
    return best;
}

/* Makes the next move; false: nobody gains. */
static bool advance(const mst_landscape *on, mst_landscape_turn turn, stand *at)
{
    const int32_t mover = next_mover(on, turn, *at);
    if (mover < 0)
        return false;
    at->configuration = mst_mask_moved(at->configuration, mover, on->count);
    at->last = turn == MST_LANDSCAPE_ROUND ? mover : -1;
    return true;
}

/* The cycle of so many moves that the walk from start runs into. */
static bool write_cycle(const mst_landscape *on, mst_landscape_turn turn, stand start,
                        int64_t length, mst_arena *arena, mst_landscape_course *out)
{
    uint64_t *const cycle = mst_arena_array(arena, (size_t)length, sizeof *cycle);
    int32_t *const mover = mst_arena_array(arena, (size_t)length, sizeof *mover);
    if (!cycle || !mover)
        return false;
    stand behind = start, ahead = start;
    for (int64_t i = 0; i < length; i++)
        advance(on, turn, &ahead);
    for (out->steps = 0; !is_same(behind, ahead); out->steps++) {
        advance(on, turn, &behind);
        advance(on, turn, &ahead);
    }
    out->end = MST_LANDSCAPE_CYCLE;
    out->last = behind.configuration;
    for (int64_t i = 0; i < length; i++) {
        cycle[i] = behind.configuration;
        mover[i] = next_mover(on, turn, behind);
        advance(on, turn, &behind);
    }
    out->cycle_count = (int32_t)length;
    out->cycle = cycle;
    out->mover = mover;
    return true;
}

/* Brent's method: the mark stays behind for 1, 2, 4, ... moves (Brent 1980, BIT 20(2):176-184).
 * @return moves of the cycle, 0: none closed; *out is filled but for a cycle */
static int64_t look_for_cycle(const mst_landscape *on, mst_landscape_turn turn, stand at,
                              int64_t steps_max, mst_landscape_course *out)
{
    stand mark = at;
    int64_t since = 0, patience = 1;
    for (out->steps = 0; out->steps < steps_max; out->steps++) {
        if (!advance(on, turn, &at)) {
            out->end = MST_LANDSCAPE_STABLE;
            out->last = at.configuration;
            return 0;
        }
        since++;
        if (is_same(at, mark))
            return since;
        if (since == patience) {
            mark = at;
            since = 0;
            patience *= 2;
        }
    }
    out->end = next_mover(on, turn, at) < 0 ? MST_LANDSCAPE_STABLE : MST_LANDSCAPE_UNSETTLED;
    out->last = at.configuration;
    return 0;
}

muster_status mst_landscape_follow(const mst_landscape *on, uint64_t start, mst_landscape_turn turn,
                                   int64_t steps_max, mst_arena *arena, mst_landscape_course *out,
                                   mst_landscape_why *why)
{
    mst_landscape_why fault = check_walk(on, MST_LANDSCAPE_MASK_MAX, start);
    if (fault.fault == MST_LANDSCAPE_FINE && (steps_max < 1 || steps_max > 100000000))
        fault.fault = MST_LANDSCAPE_NUMBER;
    if (mst_landscape_refuse(why, fault) != MUSTER_OK)
        return MUSTER_MISTAKE;
    const stand from = {mst_mask_normal(start, on->count), -1};
    *out = (mst_landscape_course){.end = MST_LANDSCAPE_UNSETTLED};
    const int64_t length = look_for_cycle(on, turn, from, steps_max, out);
    if (length > 0 && !write_cycle(on, turn, from, length, arena, out))
        return MUSTER_WORLD;
    return MUSTER_OK;
}

/* ---- noise ---------------------------------------------------------------------------------------- */

/* What the move of k adds to the energy; p need not be symmetric. */
static double energy_rise(const mst_landscape *on, uint64_t configuration, int32_t k)
{
    double rise = 0.0;
    for (int32_t j = 0; j < on->count; j++) {
        if (j == k)
            continue;
        const double both =
            on->size[k] * on->size[j] * (propensity_of(on, k, j) + propensity_of(on, j, k));
        rise += mst_mask_apart(configuration, k, j) ? -both : both;
    }
    return rise;
}

static double scale_of(const mst_landscape *on)
{
    double scale = 0.0;
    for (int32_t i = 0; i < on->count; i++)
        for (int32_t j = 0; j < on->count; j++)
            if (j != i)
                scale += on->size[i] * on->size[j] * fabs(propensity_of(on, i, j));
    return scale;
}

/* Does the actor asked move, whose frustration would rise by so much? */
static bool is_moved(const mst_landscape_noise *noise, double rise, mst_stream stream,
                     uint64_t number)
{
    if (rise < 0.0 && !noise->is_logit)
        return true;
    return mst_random_unit(stream, number) < 1.0 / (1.0 + exp(rise / noise->temperature));
}

static void wander(const mst_landscape *on, uint64_t at, const mst_landscape_noise *noise,
                   mst_stream stream, int64_t *visits, mst_landscape_wander *out)
{
    const double level = MST_LANDSCAPE_LEVEL * scale_of(on);
    double energy = mst_landscape_energy(on, at), sum = 0.0;
    *out = (mst_landscape_wander){.lowest = at, .lowest_energy = energy};
    for (int64_t t = 0; t < noise->steps; t++) {
        const uint64_t number = 2 * (uint64_t)t;
        const int32_t k = (int32_t)(mst_random_unit(stream, number) * on->count);
        const double rise = rise_of(on, at, k);
        if (is_moved(noise, rise, stream, number + 1)) {
            energy += energy_rise(on, at, k);
            at = mst_mask_moved(at, k, on->count);
            out->worse += rise >= 0.0;
            if (++out->moves % AFRESH_AFTER == 0)
                energy = mst_landscape_energy(on, at);
            if (energy < out->lowest_energy - level) {
                out->lowest = at;
                out->lowest_energy = energy;
            }
        }
        sum += energy;
        if (visits)
            visits[at >> 1]++;
    }
    out->last = at;
    out->lowest_energy = mst_landscape_energy(on, out->lowest);
    out->mean_energy = sum / (double)noise->steps;
}

muster_status mst_landscape_wanders(const mst_landscape *on, uint64_t start,
                                    const mst_landscape_noise *noise, mst_stream stream,
                                    int64_t *visits, mst_landscape_wander *out,
                                    mst_landscape_why *why)
{
    const int32_t most = visits ? MST_LANDSCAPE_EXACT_MAX : MST_LANDSCAPE_MASK_MAX;
    mst_landscape_why fault = check_walk(on, most, start);
    if (fault.fault == MST_LANDSCAPE_FINE &&
        !(isfinite(noise->temperature) && noise->temperature > 0.0))
        fault.fault = MST_LANDSCAPE_TEMPERATURE;
    if (fault.fault == MST_LANDSCAPE_FINE &&
        (noise->steps < 1 || noise->steps > INT64_C(1000000000000)))
        fault.fault = MST_LANDSCAPE_NUMBER;
    if (mst_landscape_refuse(why, fault) != MUSTER_OK)
        return MUSTER_MISTAKE;
    wander(on, mst_mask_normal(start, on->count), noise, stream, visits, out);
    return MUSTER_OK;
}
