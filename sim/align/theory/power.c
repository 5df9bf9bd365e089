#include "align/theory/power.h"

#include "align/theory/reason.h"

#include <math.h>

#define STATES_MAX 10000
#define WHOLE_PLAYERS_MAX 62 /* 2^61 coalitions of the others are counted in 64 bits */
#define REAL_PLAYERS_MAX 25
#define VALUE_PLAYERS_MAX 16
#define WEIGHT_MAX INT64_C(1000000000000000)
#define CELLS_MAX INT64_C(4000000)
#define QUOTA_TOLERANCE 1e-12 /* of the sum of weights */

/* ---- capabilities ---------------------------------------------------------------------------------- */

static const char *components_fault(const double *component, int32_t states)
{
    if (states < 1 || states > STATES_MAX)
        return "the number of states is not in 1..10,000";
    for (int32_t i = 0; i < states * MST_CINC_COMPONENTS; i++) {
        if (component[i] < 0.0 || isinf(component[i]))
            return "a component is negative or infinite";
    }
    return NULL;
}

muster_status mst_cinc(const double *component, int32_t states, double *out_index,
                       int32_t *out_missing, const char **reason)
{
    const char *const fault = components_fault(component, states);
    if (fault)
        return mst_refuse(reason, fault);
    double total[MST_CINC_COMPONENTS] = {0.0};
    bool is_present[MST_CINC_COMPONENTS] = {false};
    for (int32_t i = 0; i < states * MST_CINC_COMPONENTS; i++) {
        if (!isnan(component[i])) {
            total[i % MST_CINC_COMPONENTS] += component[i];
            is_present[i % MST_CINC_COMPONENTS] = true;
        }
    }
    for (int32_t k = 0; k < MST_CINC_COMPONENTS; k++) {
        if (is_present[k] && !(total[k] > 0.0 && isfinite(total[k])))
            return mst_refuse(reason, "a component adds up to 0, or to more than a number holds");
    }
    for (int32_t i = 0; i < states; i++) {
        double sum = 0.0;
        int32_t present = 0;
        for (int32_t k = 0; k < MST_CINC_COMPONENTS; k++) {
            const double own = component[i * MST_CINC_COMPONENTS + k];
            sum += isnan(own) ? 0.0 : own / total[k];
            present += isnan(own) ? 0 : 1;
        }
        out_index[i] = present > 0 ? sum / present : (double)NAN;
        out_missing[i] = MST_CINC_COMPONENTS - present;
    }
    return MUSTER_OK;
}

/* ---- from swings to indices ------------------------------------------------------------------------ */

/** C(n, k) for n up to 62, exact: the largest is below 2^59. */
static uint64_t choose(int32_t n, int32_t k)
{
    uint64_t row[WHOLE_PLAYERS_MAX + 1] = {1};
    for (int32_t i = 1; i <= n; i++) {
        for (int32_t j = i; j > 0; j--)
            row[j] += row[j - 1];
    }
    return row[k];
}

/** swings[i][s]: coalitions of s others that lose without player i and win with it. */
static void weigh_swings(const uint64_t *swings, int32_t n, mst_power *out)
{
    double all = 0.0;
    for (int32_t i = 0; i < n; i++) {
        uint64_t count = 0;
        double shapley = 0.0;
        for (int32_t s = 0; s < n; s++) {
            count += swings[i * n + s];
            shapley += (double)swings[i * n + s] / (double)choose(n - 1, s);
        }
        out[i].shapley = shapley / n;
        out[i].banzhaf_absolute = ldexp((double)count, 1 - n);
        all += out[i].banzhaf_absolute;
    }
    for (int32_t i = 0; i < n; i++)
        out[i].banzhaf = out[i].banzhaf_absolute / all;
}

/* ---- whole weights ---------------------------------------------------------------------------------- */

/** Coalitions of players without a veto, by size and weight, as far as they are short of what is
 * needed beside those with one. */
typedef struct census {
    int32_t free, vetoes; /* players without and with */
    int64_t need;         /* weight that the former must bring, >= 0 */
    uint64_t *with;       /* (free + 1) x need */
    uint64_t *without;    /* the same, one player left out */
} census;

static const char *whole_fault(const int64_t *weight, int32_t players, int64_t quota)
{
    if (players < 1 || players > WHOLE_PLAYERS_MAX)
        return "the number of players is not in 1..62";
    int64_t total = 0;
    for (int32_t i = 0; i < players; i++) {
        if (weight[i] < 0 || weight[i] > WEIGHT_MAX - total)
            return "a weight is negative, or the weights add up to more than 10^15";
        total += weight[i];
    }
    return quota > 0 && quota <= total ? NULL : "the quota is not in 1..the sum of the weights";
}

static census take_census(const int64_t *weight, const bool *has_veto, int32_t players,
                          int64_t quota)
{
    census of = {.need = quota};
    for (int32_t i = 0; i < players; i++) {
        const bool is_veto = has_veto && has_veto[i];
        of.vetoes += is_veto;
        of.free += !is_veto;
        of.need -= is_veto ? weight[i] : 0;
    }
    of.need = of.need > 0 ? of.need : 0;
    return of;
}

static void add_player(census *of, int64_t weight)
{
    for (int32_t s = of->free; s > 0; s--) {
        for (int64_t w = of->need - 1; w >= weight; w--)
            of->with[s * of->need + w] += of->with[(s - 1) * of->need + w - weight];
    }
}

/** Fills in `without`: with its player, the census is that census and the same one shifted. Counts
 * wrap and unwrap in 64 bits. */
static void leave_out(census *of, int64_t weight)
{
    for (int32_t s = 0; s <= of->free; s++) {
        for (int64_t w = 0; w < of->need; w++) {
            const uint64_t shifted =
                s > 0 && w >= weight ? of->without[(s - 1) * of->need + w - weight] : 0;
            of->without[s * of->need + w] = of->with[s * of->need + w] - shifted;
        }
    }
}

static uint64_t sum_of(const uint64_t *row, int64_t from, int64_t end)
{
    uint64_t sum = 0;
    for (int64_t w = from; w < end; w++)
        sum += row[w];
    return sum;
}

/** A player without a veto swings what is short by no more than its weight. */
static void swings_of_free(census *of, int64_t weight, uint64_t *swings)
{
    leave_out(of, weight);
    const int64_t from = of->need > weight ? of->need - weight : 0;
    for (int32_t s = 0; s < of->free; s++)
        swings[s + of->vetoes] = sum_of(&of->without[s * of->need], from, of->need);
}

/** One with a veto swings whatever would win with it: all but the coalitions that are short. */
static void swings_of_veto(const census *of, uint64_t *swings)
{
    for (int32_t s = 0; s <= of->free; s++)
        swings[s + of->vetoes - 1] =
            choose(of->free, s) - sum_of(&of->with[s * of->need], 0, of->need);
}

muster_status mst_power_whole(const int64_t *weight, const bool *has_veto, int32_t players,
                              int64_t quota, mst_arena *arena, mst_power *out_power,
                              const char **reason)
{
    const char *const fault = whole_fault(weight, players, quota);
    if (fault)
        return mst_refuse(reason, fault);
    census of = take_census(weight, has_veto, players, quota);
    if (of.need > CELLS_MAX / (of.free + 1))
        return mst_refuse(reason, "players times quota is more than 4 million");
    const size_t n = (size_t)players;
    const size_t cells = (size_t)((of.free + 1) * of.need) + 1; /* an array has something in it */
    of.with = mst_arena_array(arena, cells, sizeof *of.with);
    of.without = mst_arena_array(arena, cells, sizeof *of.without);
    uint64_t *const swings = mst_arena_array(arena, n * n, sizeof *swings);
    if (!of.with || !of.without || !swings)
        return mst_out_of_memory(reason);
    of.with[0] = 1; /* the empty coalition; not looked at when nothing is needed */
    for (int32_t i = 0; i < players; i++) {
        if (!(has_veto && has_veto[i]))
            add_player(&of, weight[i]);
    }
    for (int32_t i = 0; i < players; i++) {
        if (has_veto && has_veto[i])
            swings_of_veto(&of, &swings[i * players]);
        else
            swings_of_free(&of, weight[i], &swings[i * players]);
    }
    weigh_swings(swings, players, out_power);
    return MUSTER_OK;
}

/* ---- weights of any kind ---------------------------------------------------------------------------- */

#define HALF_BITS 13
#define HALF (1u << HALF_BITS)

/** Weights of all coalitions of the first 13 players, and of the others. */
typedef struct halves {
    double *low, *high;
    uint32_t vetoes;
    double enough;
} halves;

static bool is_winning(const halves *of, uint32_t coalition)
{
    return (coalition & of->vetoes) == of->vetoes &&
           of->low[coalition & (HALF - 1)] + of->high[coalition >> HALF_BITS] >= of->enough;
}

static const char *real_fault(const double *weight, int32_t players, double quota, double *total)
{
    if (players < 1 || players > REAL_PLAYERS_MAX)
        return "the number of players is not in 1..25";
    *total = 0.0;
    for (int32_t i = 0; i < players; i++) {
        if (!isfinite(weight[i]) || weight[i] < 0.0)
            return "a weight is negative or not a number";
        *total += weight[i];
    }
    if (!isfinite(*total))
        return "the weights add up to more than a number holds";
    return quota > *total * QUOTA_TOLERANCE && quota <= *total * (1.0 + QUOTA_TOLERANCE)
               ? NULL
               : "the quota is not above 0 and up to the sum of the weights";
}

static void sum_half(const double *weight, int32_t players, double *sums)
{
    for (int32_t i = 0; i < players; i++) {
        for (uint32_t set = 0; set < 1u << i; set++)
            sums[set | 1u << i] = sums[set] + weight[i];
    }
}

static int32_t size_of(uint32_t set)
{
    int32_t size = 0;
    for (; set; set &= set - 1)
        size++;
    return size;
}

muster_status mst_power_real(const double *weight, const bool *has_veto, int32_t players,
                             double quota, mst_arena *arena, mst_power *out_power,
                             const char **reason)
{
    double total = 0.0;
    const char *const fault = real_fault(weight, players, quota, &total);
    if (fault)
        return mst_refuse(reason, fault);
    const size_t n = (size_t)players;
    halves of = {.low = mst_arena_array(arena, HALF, sizeof(double)),
                 .high = mst_arena_array(arena, HALF, sizeof(double)),
                 .enough = quota - total * QUOTA_TOLERANCE};
    uint64_t *const swings = mst_arena_array(arena, n * n, sizeof *swings);
    if (!of.low || !of.high || !swings)
        return mst_out_of_memory(reason);
    const int32_t first = players < HALF_BITS ? players : HALF_BITS;
    sum_half(weight, first, of.low);
    sum_half(weight + first, players - first, of.high);
    for (int32_t i = 0; has_veto && i < players; i++)
        of.vetoes |= has_veto[i] ? 1u << i : 0u;
    for (uint32_t set = 1; set < 1u << players; set++) {
        if (!is_winning(&of, set))
            continue;
        const int32_t others = size_of(set) - 1;
        for (int32_t i = 0; i < players; i++) {
            if (set >> i & 1u && !is_winning(&of, set & ~(1u << i)))
                swings[i * players + others]++;
        }
    }
    weigh_swings(swings, players, out_power);
    return MUSTER_OK;
}

/* ---- any game ----------------------------------------------------------------------------------------- */

muster_status mst_shapley_value(const double *value, int32_t players, double *out_shapley,
                                const char **reason)
{
    if (players < 1 || players > VALUE_PLAYERS_MAX)
        return mst_refuse(reason, "the number of players is not in 1..16");
    for (uint32_t set = 0; set < 1u << players; set++) {
        if (!isfinite(value[set]))
            return mst_refuse(reason, "a coalition's value is not a number");
    }
    if (value[0] != 0.0)
        return mst_refuse(reason, "the coalition of nobody has a value");
    double share[VALUE_PLAYERS_MAX]; /* of the orders in which just these s others come before */
    for (int32_t s = 0; s < players; s++)
        share[s] = 1.0 / ((double)choose(players - 1, s) * players);
    for (int32_t i = 0; i < players; i++) {
        const uint32_t own = 1u << i;
        double sum = 0.0;
        for (uint32_t set = 0; set < 1u << players; set++) {
            if (!(set & own))
                sum += share[size_of(set)] * (value[set | own] - value[set]);
        }
        out_shapley[i] = sum;
    }
    return MUSTER_OK;
}
