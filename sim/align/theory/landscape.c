#include "align/theory/landscape_inside.h"

#include <math.h>
#include <stdio.h>

/* ---- what is refused ---------------------------------------------------------------------------- */

muster_status mst_landscape_refuse(mst_landscape_why *why, mst_landscape_why reason)
{
    if (why)
        *why = reason;
    return reason.fault == MST_LANDSCAPE_FINE ? MUSTER_OK : MUSTER_MISTAKE;
}

/* %1 and %2 stand for the first and the second actor or position. */
static const char *text_of(mst_landscape_fault fault)
{
    switch (fault) {
    case MST_LANDSCAPE_FINE:
        return "nothing is wrong";
    case MST_LANDSCAPE_TOO_FEW:
        return "fewer than 2 actors";
    case MST_LANDSCAPE_TOO_MANY:
        return "more actors than can be computed this way";
    case MST_LANDSCAPE_SIZE:
        return "size of %1 is not a finite number above 0";
    case MST_LANDSCAPE_PROPENSITY:
        return "propensity of %1 to %2 is not a finite number";
    case MST_LANDSCAPE_ASYMMETRIC:
        return "propensity of %1 to %2 differs from that of %2 to %1";
    case MST_LANDSCAPE_OVERFLOW:
        return "sizes and propensities are too large: energies would not be finite";
    case MST_LANDSCAPE_CONFIGURATION:
        return "the configuration names actors that are not there";
    case MST_LANDSCAPE_GROUP:
        return "group of %1: groups are numbered 0, 1, 2 ... without a gap, and are 2 or more";
    case MST_LANDSCAPE_CAMPS:
        return "number of positions is not 2 to 6";
    case MST_LANDSCAPE_DISTANCE:
        return "distance of positions %1 and %2: must be finite, 0 to itself and above 0 to others";
    case MST_LANDSCAPE_DISTANCE_ASYMMETRIC:
        return "distance of position %1 to %2 differs from that of %2 to %1";
    case MST_LANDSCAPE_TRIANGLE:
        return "position %1 to %2 is longer than the way by a third position";
    case MST_LANDSCAPE_TEMPERATURE:
        return "temperature is not a finite number above 0";
    case MST_LANDSCAPE_NUMBER:
        return "number of draws, starts, steps or minima is out of range";
    case MST_LANDSCAPE_NOT_STABLE:
        return "the configuration is not stable: %1 gains by moving";
    }
    return "";
}

static bool is_of_positions(mst_landscape_fault fault)
{
    return fault == MST_LANDSCAPE_DISTANCE || fault == MST_LANDSCAPE_DISTANCE_ASYMMETRIC ||
           fault == MST_LANDSCAPE_TRIANGLE;
}

const char *mst_landscape_says(mst_landscape_why why, const char *const *names, char *out,
                               size_t bytes)
{
    size_t used = 0;
    for (const char *from = text_of(why.fault); *from && used + 1 < bytes; from++) {
        if (*from != '%') {
            out[used++] = *from;
            continue;
        }
        const int32_t who = *++from == '1' ? why.a : why.b;
        const size_t room = bytes - used;
        int wrote;
        if (names && !is_of_positions(why.fault))
            wrote = snprintf(out + used, room, "%s", names[who]);
        else
            wrote = snprintf(out + used, room, is_of_positions(why.fault) ? "%d" : "actor %d",
                             (int)who);
        used += wrote < 0 ? 0 : (size_t)wrote < room ? (size_t)wrote : room - 1;
    }
    if (bytes > 0)
        out[used] = '\0';
    return out;
}

static double propensity_of(const mst_landscape *on, int32_t i, int32_t j)
{
    return on->propensity[(size_t)i * (size_t)on->count + (size_t)j];
}

static mst_landscape_why check_propensities(const mst_landscape *on, bool is_symmetric)
{
    double scale = 0.0;
    for (int32_t i = 0; i < on->count; i++)
        for (int32_t j = 0; j < on->count; j++) {
            if (i == j)
                continue;
            const double p = propensity_of(on, i, j);
            if (!isfinite(p))
                return (mst_landscape_why){MST_LANDSCAPE_PROPENSITY, i, j};
            if (is_symmetric && j < i && p != propensity_of(on, j, i))
                return (mst_landscape_why){MST_LANDSCAPE_ASYMMETRIC, j, i};
            scale += 4.0 * on->size[i] * on->size[j] * fabs(p);
        }
    if (!isfinite(scale))
        return (mst_landscape_why){MST_LANDSCAPE_OVERFLOW, -1, -1};
    return MST_LANDSCAPE_NO_FAULT;
}

mst_landscape_why mst_landscape_check(const mst_landscape *on, int32_t actors_max,
                                      bool is_symmetric)
{
    if (on->count < 2)
        return (mst_landscape_why){MST_LANDSCAPE_TOO_FEW, -1, -1};
    if (on->count > actors_max)
        return (mst_landscape_why){MST_LANDSCAPE_TOO_MANY, -1, -1};
    for (int32_t i = 0; i < on->count; i++)
        if (!isfinite(on->size[i]) || on->size[i] <= 0.0)
            return (mst_landscape_why){MST_LANDSCAPE_SIZE, i, -1};
    return check_propensities(on, is_symmetric);
}

/* ---- one configuration --------------------------------------------------------------------------- */

void mst_landscape_frustrations(const mst_landscape *on, uint64_t configuration, double *out)
{
    for (int32_t i = 0; i < on->count; i++) {
        out[i] = 0.0;
        for (int32_t j = 0; j < on->count; j++)
            if (j != i && mst_mask_apart(configuration, i, j))
                out[i] += on->size[j] * propensity_of(on, i, j);
    }
}

double mst_landscape_energy(const mst_landscape *on, uint64_t configuration)
{
    double energy = 0.0, frustration[MST_LANDSCAPE_MASK_MAX];
    mst_landscape_frustrations(on, configuration, frustration);
    for (int32_t i = 0; i < on->count; i++)
        energy += on->size[i] * frustration[i];
    return energy;
}

void mst_landscape_gains(const mst_landscape *on, uint64_t configuration, double *out)
{
    for (int32_t i = 0; i < on->count; i++) {
        out[i] = 0.0;
        for (int32_t j = 0; j < on->count; j++) {
            if (j == i)
                continue;
            const double weight = on->size[j] * propensity_of(on, i, j);
            out[i] += mst_mask_apart(configuration, i, j) ? -weight : weight;
        }
    }
}

/* ---- actors held together ------------------------------------------------------------------------ */

/* How many groups; 0: numbers are missing or negative, and *out_actor is whose. */
static int32_t count_groups(const int32_t *group, int32_t count, int32_t *out_actor)
{
    int32_t groups = 0;
    for (int32_t i = 0; i < count; i++)
        if (group[i] >= groups) {
            groups = group[i] < count ? group[i] + 1 : count + 1;
            *out_actor = i;
        }
    for (int32_t g = 0; g < groups; g++) {
        bool is_there = false;
        for (int32_t i = 0; i < count; i++)
            is_there = is_there || group[i] == g;
        if (!is_there)
            return 0;
    }
    for (int32_t i = 0; i < count; i++)
        if (group[i] < 0) {
            *out_actor = i;
            return 0;
        }
    return groups < 2 ? 0 : groups;
}

muster_status mst_landscape_merge(const mst_landscape *on, const int32_t *group, mst_arena *arena,
                                  mst_landscape *out, mst_landscape_why *why)
{
    int32_t actor = 0;
    const mst_landscape_why fault = mst_landscape_check(on, MST_LANDSCAPE_SEARCH_MAX, true);
    if (mst_landscape_refuse(why, fault) != MUSTER_OK)
        return MUSTER_MISTAKE;
    const int32_t groups = count_groups(group, on->count, &actor);
    if (groups == 0)
        return mst_landscape_refuse(why, (mst_landscape_why){MST_LANDSCAPE_GROUP, actor, -1});
    const size_t g = (size_t)groups;
    double *const size = mst_arena_array(arena, g, sizeof *size);
    double *const propensity = mst_arena_array(arena, g * g, sizeof *propensity);
    if (!size || !propensity)
        return MUSTER_WORLD;
    for (int32_t i = 0; i < on->count; i++)
        size[group[i]] += on->size[i];
    for (int32_t i = 0; i < on->count; i++) /* each pair once, so that both ways are the same sum */
        for (int32_t j = i + 1; j < on->count; j++) {
            const size_t a = (size_t)group[i], b = (size_t)group[j];
            const double w = on->size[i] * on->size[j] * propensity_of(on, i, j);
            propensity[a * g + b] += w;
            propensity[b * g + a] += w;
        }
    for (size_t a = 0; a < g; a++)
        for (size_t b = 0; b < g; b++)
            propensity[a * g + b] = a == b ? 0.0 : propensity[a * g + b] / (size[a] * size[b]);
    *out = (mst_landscape){groups, size, propensity};
    return MUSTER_OK;
}

uint64_t mst_landscape_unmerge(uint64_t merged, const int32_t *group, int32_t count)
{
    uint64_t configuration = 0;
    for (int32_t i = 0; i < count; i++)
        configuration |= (merged >> group[i] & 1) << i;
    return mst_mask_normal(configuration, count);
}

/* ---- a walk -------------------------------------------------------------------------------------- */

bool mst_walk_make(const mst_landscape *on, mst_arena *arena, mst_walk *out)
{
    const size_t n = (size_t)on->count;
    *out = (mst_walk){.count = on->count,
                      .coupling = mst_arena_array(arena, n * n, sizeof(double)),
                      .tie = mst_arena_array(arena, n, sizeof(double)),
                      .side = mst_arena_array(arena, n, sizeof(double)),
                      .field = mst_arena_array(arena, n, sizeof(double))};
    if (!out->coupling || !out->tie || !out->side || !out->field)
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            if (i == j)
                continue;
            const double w = on->size[i] * on->size[j] * on->propensity[i * n + j];
            out->coupling[i * n + j] = 4.0 * w;
            out->tie[i] += MST_LANDSCAPE_TIE * 2.0 * fabs(w);
            out->total += w;
        }
    mst_walk_place(out, 0);
    return true;
}

void mst_walk_place(mst_walk *walk, uint64_t configuration)
{
    const int32_t n = walk->count;
    for (int32_t i = 0; i < n; i++)
        walk->side[i] = configuration >> i & 1 ? -1.0 : 1.0;
    for (int32_t i = 0; i < n; i++) {
        double sum = 0.0;
        for (int32_t j = 0; j < n; j++)
            sum += walk->coupling[(size_t)i * (size_t)n + (size_t)j] * walk->side[j];
        walk->field[i] = 0.5 * sum;
    }
}

/* The costs add up to 2 sum W side side, and energy is the sum of W (1 - side side) / 2. */
double mst_walk_energy(const mst_walk *walk)
{
    double costs = 0.0;
    for (int32_t k = 0; k < walk->count; k++)
        costs += mst_walk_cost(walk, k);
    return 0.5 * walk->total - 0.25 * costs;
}
