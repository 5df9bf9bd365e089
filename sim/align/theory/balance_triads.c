/*
 * Triads of signs on a complete graph. The dynamics keep, for every pair, the number of imbalanced
 * triads it stands in: a flip then is n looks, and whether a pair may flip is one.
 */
#include "align/theory/balance_check.h"

#include <math.h>
#include <string.h>

static size_t at(int32_t n, int32_t i, int32_t j)
{
    return (size_t)i * (size_t)n + (size_t)j;
}

muster_status mst_triads_check(int32_t n, const int8_t *sign, mst_balance_refusal *why)
{
    if (n < 1 || n > MST_TRIADS_ACTORS_MAX)
        return mst_balance_refuse(why, MST_BALANCE_SIZE, -1, -1);
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = i + 1; j < n; j++) {
            if (sign[at(n, i, j)] != 1 && sign[at(n, i, j)] != -1)
                return mst_balance_refuse(why, MST_BALANCE_NOT_A_SIGN, i, j);
            if (sign[at(n, j, i)] != sign[at(n, i, j)])
                return mst_balance_refuse(why, MST_BALANCE_NOT_SYMMETRIC, i, j);
        }
    return mst_balance_refuse(why, MST_BALANCE_FINE, -1, -1);
}

/* Balanced on a complete graph means that actor 0's friends and the others are the camps. */
bool mst_triads_are_balanced(int32_t n, const int8_t *sign)
{
    for (int32_t i = 1; i < n; i++)
        for (int32_t j = i + 1; j < n; j++)
            if (sign[at(n, i, j)] != sign[i] * sign[j])
                return false;
    return true;
}

int64_t mst_triads_imbalanced(int32_t n, const int8_t *sign)
{
    int64_t sum = 0; /* of the signs of triads */
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = i + 1; j < n; j++) {
            const int8_t *const row_i = sign + at(n, i, 0), *const row_j = sign + at(n, j, 0);
            int32_t both = 0;
            for (int32_t k = j + 1; k < n; k++)
                both += row_i[k] * row_j[k];
            sum += sign[at(n, i, j)] * both;
        }
    const int64_t m = n;
    return (m * (m - 1) * (m - 2) / 6 - sum) / 2;
}

/** Imbalanced triads that a pair stands in. */
static int32_t imbalanced_with(int32_t n, const int8_t *sign, int32_t i, int32_t j)
{
    int32_t sum = 0;
    for (int32_t k = 0; k < n; k++)
        sum += k != i && k != j ? sign[at(n, i, k)] * sign[at(n, j, k)] : 0;
    return (n - 2 - sign[at(n, i, j)] * sum) / 2;
}

/* A flip turns the triads of its pair over: c imbalanced ones become n - 2 - c. */
bool mst_triads_are_jammed(int32_t n, const int8_t *sign)
{
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = i + 1; j < n; j++)
            if (2 * imbalanced_with(n, sign, i, j) >= n - 2)
                return false;
    return !mst_triads_are_balanced(n, sign);
}

muster_status mst_triads_random(int32_t n, double density, mst_stream stream, uint64_t first,
                                int8_t *out, mst_balance_refusal *why)
{
    if (n < 1 || n > MST_TRIADS_ACTORS_MAX)
        return mst_balance_refuse(why, MST_BALANCE_SIZE, -1, -1);
    if (!(density >= 0.0 && density <= 1.0))
        return mst_balance_refuse(why, MST_BALANCE_PROBABILITY, -1, -1);
    if (first >= MST_DRAWS / 2)
        return mst_balance_refuse(why, MST_BALANCE_STEPS, -1, -1);
    for (int32_t i = 0; i < n; i++) {
        out[at(n, i, i)] = 0;
        for (int32_t j = i + 1; j < n; j++)
            out[at(n, i, j)] = out[at(n, j, i)] =
                mst_random_unit(stream, first++) < density ? 1 : -1;
    }
    return mst_balance_refuse(why, MST_BALANCE_FINE, -1, -1);
}

double mst_triads_density(double p)
{
    if (!(p >= 0.0 && p <= 1.0))
        return NAN;
    return p > 0.5 ? 1.0 : 1.0 / (1.0 + sqrt(3.0 * (1.0 - 2.0 * p)));
}

/* ---- dynamics ---------------------------------------------------------------------------------- */

typedef struct triads {
    int32_t n;
    int8_t *sign;
    int32_t *count;     /* n x n: imbalanced triads of a pair      */
    int64_t imbalanced; /* triads                                  */
    int64_t positive;   /* pairs                                   */
    int64_t open;       /* pairs whose flip does not raise the sum */
    int64_t flips;
} triads;

static bool is_open(const triads *on, int32_t count)
{
    return 2 * count >= on->n - 2;
}

static void set_count(triads *on, int32_t i, int32_t j, int32_t count)
{
    on->open += is_open(on, count) - is_open(on, on->count[at(on->n, i, j)]);
    on->count[at(on->n, i, j)] = on->count[at(on->n, j, i)] = count;
}

static bool set_up(triads *on, int32_t n, int8_t *sign, mst_arena *arena)
{
    *on = (triads){.n = n, .sign = sign};
    on->count = mst_arena_array(arena, (size_t)n * (size_t)n, sizeof *on->count);
    if (!on->count)
        return false;
    int64_t sum = 0;
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = i + 1; j < n; j++) {
            const int32_t count = imbalanced_with(n, sign, i, j);
            on->count[at(n, i, j)] = on->count[at(n, j, i)] = count;
            on->open += is_open(on, count);
            on->positive += sign[at(n, i, j)] > 0;
            sum += count;
        }
    on->imbalanced = sum / 3; /* each stands in three pairs */
    return true;
}

static void flip(triads *on, int32_t i, int32_t j)
{
    const int32_t n = on->n;
    const int8_t *const row_i = on->sign + at(n, i, 0), *const row_j = on->sign + at(n, j, 0);
    const int8_t now = (int8_t)-row_i[j];
    const int32_t before = on->count[at(n, i, j)];
    for (int32_t k = 0; k < n; k++) {
        if (k == i || k == j)
            continue;
        const int32_t change = now * row_i[k] * row_j[k] < 0 ? 1 : -1;
        set_count(on, i, k, on->count[at(n, i, k)] + change);
        set_count(on, j, k, on->count[at(n, j, k)] + change);
    }
    on->sign[at(n, i, j)] = on->sign[at(n, j, i)] = now;
    set_count(on, i, j, n - 2 - before);
    on->imbalanced += n - 2 - 2 * before;
    on->positive += now;
    on->flips++;
}

/** One of 0 .. below - 1. */
static int32_t pick(mst_stream stream, uint64_t draw, int32_t below)
{
    return (int32_t)(mst_random_unit(stream, draw) * below);
}

/** Two different actors, all pairs alike. */
static void pick_pair(const triads *on, mst_stream stream, uint64_t draw, int32_t pair[2])
{
    pair[0] = pick(stream, draw, on->n);
    pair[1] = pick(stream, draw + 1, on->n - 1);
    pair[1] += pair[1] >= pair[0];
}

static void step_local(triads *on, const mst_triad_course *course, uint64_t draw)
{
    int32_t who[3];
    pick_pair(on, course->stream, draw, who);
    const int32_t low = who[0] < who[1] ? who[0] : who[1];
    const int32_t high = who[0] < who[1] ? who[1] : who[0];
    who[2] = pick(course->stream, draw + 2, on->n - 2);
    who[2] += who[2] >= low;
    who[2] += who[2] >= high;
    /* pair k is the one without actor k */
    int32_t negatives = 0, negative = 0;
    for (int32_t k = 0; k < 3; k++)
        if (on->sign[at(on->n, who[(k + 1) % 3], who[(k + 2) % 3])] < 0) {
            negatives++;
            negative = k;
        }
    if (negatives % 2 == 0)
        return;
    const double u = mst_random_unit(course->stream, draw + 3), p = course->p;
    int32_t chosen = negative;
    if (negatives == 3)
        chosen = (int32_t)(3.0 * u);
    else if (u >= p)
        chosen = (negative + (u - p < 0.5 * (1.0 - p) ? 1 : 2)) % 3;
    flip(on, who[(chosen + 1) % 3], who[(chosen + 2) % 3]);
}

static void step_constrained(triads *on, const mst_triad_course *course, uint64_t draw)
{
    int32_t pair[2];
    pick_pair(on, course->stream, draw, pair);
    const int32_t twice = 2 * on->count[at(on->n, pair[0], pair[1])];
    if (twice > on->n - 2 ||
        (twice == on->n - 2 && mst_random_unit(course->stream, draw + 3) < course->p))
        flip(on, pair[0], pair[1]);
}

static mst_triad_stop look(const triads *on, mst_triad_rule rule)
{
    if (on->imbalanced == 0)
        return MST_TRIADS_BALANCED;
    return rule == MST_TRIADS_CONSTRAINED && on->open == 0 ? MST_TRIADS_JAMMED
                                                           : MST_TRIADS_OUT_OF_STEPS;
}

/** Makes the steps. @return sum of the number of positive pairs after each step of the window */
static double go(triads *on, const mst_triad_course *course, mst_triad_end *out)
{
    const int64_t window_from = course->steps - course->window;
    double sum = 0.0; /* whole numbers; 2^45 steps of 2^19 pairs pass 2^53 only by rounding */
    out->stop = look(on, course->rule);
    while (out->stop == MST_TRIADS_OUT_OF_STEPS && out->steps < course->steps) {
        const uint64_t draw = 4 * (uint64_t)(course->first_step + out->steps);
        if (course->rule == MST_TRIADS_LOCAL)
            step_local(on, course, draw);
        else
            step_constrained(on, course, draw);
        out->steps++;
        sum += out->steps > window_from ? (double)on->positive : 0.0;
        out->stop = look(on, course->rule);
    }
    const int64_t rest = course->steps - (out->steps > window_from ? out->steps : window_from);
    return sum + (double)rest * (double)on->positive;
}

static muster_status check_course(const mst_triad_course *course, mst_balance_refusal *why)
{
    if (!(course->p >= 0.0 && course->p <= 1.0))
        return mst_balance_refuse(why, MST_BALANCE_PROBABILITY, -1, -1);
    if (course->first_step < 0 || course->steps < 0 || course->window < 0 ||
        course->window > course->steps || course->first_step > MST_TRIADS_STEPS_MAX ||
        course->steps > MST_TRIADS_STEPS_MAX)
        return mst_balance_refuse(why, MST_BALANCE_STEPS, -1, -1);
    return MUSTER_OK;
}

muster_status mst_triads_run(int32_t n, int8_t *sign, const mst_triad_course *course,
                             mst_arena *arena, mst_triad_end *out, mst_balance_refusal *why)
{
    muster_status status = mst_triads_check(n, sign, why);
    if (status == MUSTER_OK)
        status = check_course(course, why);
    if (status != MUSTER_OK)
        return status;
    *out = (mst_triad_end){0};
    triads on;
    if (!mst_camps_init(&out->camps, n, arena) || !set_up(&on, n, sign, arena))
        return mst_balance_refuse(why, MST_BALANCE_MEMORY, -1, -1);
    const double pairs = 0.5 * n * (n - 1), sum = go(&on, course, out);
    out->flips = on.flips;
    out->imbalanced = on.imbalanced;
    out->density = n > 1 ? (double)on.positive / pairs : (double)NAN;
    out->mean_density =
        n > 1 && course->window > 0 ? sum / (double)course->window / pairs : (double)NAN;
    if (out->stop == MST_TRIADS_BALANCED)
        for (int32_t i = 0; i < n; i++)
            out->camps.side[i] = i == 0 ? 1 : sign[i];
    mst_camps_finish(&out->camps, out->stop == MST_TRIADS_BALANCED);
    return MUSTER_OK;
}
