#include "align/theory/bargain.h"

#include "align/theory/reason.h"

#include <math.h>
#include <stdlib.h>

#define POSITIONS_MAX 10000
#define ACTORS_MAX 200
#define DIMENSIONS_MAX 20
#define HALF_TOLERANCE 1e-12 /* of the total weight */
#define VOTE_FLOOR 1e-8      /* KTAB's: nobody is without any chance */

static const char *weights_fault(const double *weight, int32_t count)
{
    double total = 0.0;
    for (int32_t i = 0; i < count; i++) {
        if (!isfinite(weight[i]) || weight[i] < 0.0)
            return "a weight is negative or not a number";
        total += weight[i];
    }
    if (!isfinite(total))
        return "the weights add up to more than a number holds";
    return total > 0.0 ? NULL : "all weights are 0";
}

static const char *positions_fault(const double *position, const double *weight, int32_t count)
{
    if (count < 1)
        return "there is no position";
    for (int32_t i = 0; i < count; i++) {
        if (!isfinite(position[i]))
            return "a position is not a number";
    }
    return weights_fault(weight, count);
}

muster_status mst_weighted_mean(const double *position, const double *weight, int32_t count,
                                double *out_mean, const char **reason)
{
    const char *const fault = positions_fault(position, weight, count);
    if (fault)
        return mst_refuse(reason, fault);
    double sum = 0.0, total = 0.0;
    for (int32_t i = 0; i < count; i++) {
        sum += weight[i] * position[i];
        total += weight[i];
    }
    if (!isfinite(sum))
        return mst_refuse(reason, "the positions are too large");
    *out_mean = sum / total;
    return MUSTER_OK;
}

typedef struct placed {
    double position, weight;
} placed;

static int by_position(const void *a, const void *b)
{
    const placed *const p = a, *const q = b;
    return (p->position > q->position) - (p->position < q->position);
}

muster_status mst_weighted_median(const double *position, const double *weight, int32_t count,
                                  mst_arena *arena, mst_median *out_median, const char **reason)
{
    const char *const fault = count > POSITIONS_MAX ? "there are more than 10,000 positions"
                                                    : positions_fault(position, weight, count);
    if (fault)
        return mst_refuse(reason, fault);
    placed *const at = mst_arena_array(arena, (size_t)count, sizeof *at);
    if (!at)
        return mst_out_of_memory(reason);
    double total = 0.0;
    for (int32_t i = 0; i < count; i++) {
        at[i] = (placed){position[i], weight[i]};
        total += weight[i];
    }
    qsort(at, (size_t)count, sizeof *at, by_position);
    /* The first position with half of the weight at or below it, and the last with half at or above. */
    const double enough = total * (0.5 - HALF_TOLERANCE);
    int32_t low = 0, high = count - 1;
    for (double below = at[0].weight; below < enough && low < count - 1; below += at[low].weight)
        low++;
    for (double above = at[high].weight; above < enough && high > 0; above += at[high].weight)
        high--;
    /* Weights under the tolerance can make the two pass one another; they are one place then. */
    if (low > high)
        high = low;
    *out_median =
        (mst_median){at[low].position, at[high].position, at[low].position < at[high].position};
    return MUSTER_OK;
}

static const char *actor_fault(const mst_condorcet_case *in, int32_t actor)
{
    double salience = 0.0;
    for (int32_t k = 0; k < in->dimension_count; k++) {
        const int32_t at = actor * in->dimension_count + k;
        if (!(in->position[at] >= 0.0 && in->position[at] <= 1.0))
            return "a position is not in 0..1";
        if (!isfinite(in->salience[at]) || in->salience[at] < 0.0)
            return "a salience is negative or not a number";
        salience = fmax(salience, in->salience[at]);
    }
    if (!(salience > 0.0))
        return "an actor has no salience in any dimension";
    if (in->risk && !(in->risk[actor] >= -1.0 && in->risk[actor] <= 1.0))
        return "an attitude to risk is not in -1..1";
    return NULL;
}

static const char *case_fault(const mst_condorcet_case *in)
{
    if (in->actor_count < 1 || in->actor_count > ACTORS_MAX)
        return "the number of actors is not in 1..200";
    if (in->dimension_count < 1 || in->dimension_count > DIMENSIONS_MAX)
        return "the number of dimensions is not in 1..20";
    if (!isfinite(in->exponent) || in->exponent <= 0.0)
        return "the exponent of victory is not above 0";
    if (in->vote != MST_VOTE_BINARY && in->vote != MST_VOTE_PROPORTIONAL &&
        in->vote != MST_VOTE_CUBIC)
        return "there is no such rule of voting";
    for (int32_t i = 0; i < in->actor_count; i++) {
        const char *const fault = actor_fault(in, i);
        if (fault)
            return fault;
    }
    return weights_fault(in->weight, in->actor_count);
}

/** Of the position of j to actor i, 0..1. */
static double utility_of(const mst_condorcet_case *in, int32_t i, int32_t j)
{
    const int32_t d = in->dimension_count;
    double largest = 0.0, distance = 0.0, length = 0.0;
    for (int32_t k = 0; k < d; k++)
        largest = fmax(largest, in->salience[i * d + k]);
    for (int32_t k = 0; k < d; k++) {
        const double s = in->salience[i * d + k] / largest; /* so that squares neither over- nor */
        const double gap = s * (in->position[i * d + k] - in->position[j * d + k]); /* underflow */
        distance += gap * gap;
        length += s * s;
    }
    const double v = fmax(0.0, 1.0 - sqrt(distance) / sqrt(length));
    return v + (in->risk ? in->risk[i] : 0.0) * v * (1.0 - v);
}

static double vote_of(mst_vote rule, double weight, double difference)
{
    switch (rule) {
    case MST_VOTE_BINARY:
        return weight * ((difference > 0.0) - (difference < 0.0));
    case MST_VOTE_CUBIC:
        return weight * difference * difference * difference;
    case MST_VOTE_PROPORTIONAL:
        break;
    }
    return weight * difference;
}

/** Sets beats[i][j] and beats[j][i]. */
static void contest(const mst_condorcet_case *in, const double *utility, int32_t i, int32_t j,
                    double *beats)
{
    const int32_t n = in->actor_count;
    double of_i = VOTE_FLOOR, of_j = VOTE_FLOOR;
    for (int32_t k = 0; k < n; k++) {
        const double vote =
            vote_of(in->vote, in->weight[k], utility[k * n + i] - utility[k * n + j]);
        if (vote > 0.0)
            of_i += vote;
        else
            of_j -= vote;
    }
    /* Of the quotient: c^q alone may be no number. */
    beats[i * n + j] = 1.0 / (1.0 + pow(of_j / of_i, in->exponent));
    beats[j * n + i] = 1.0 / (1.0 + pow(of_i / of_j, in->exponent));
}

static void solve_conditional(const double *beats, int32_t n, double *p)
{
    double most = -INFINITY, total = 0.0;
    for (int32_t i = 0; i < n; i++) {
        p[i] = 0.0;
        for (int32_t j = 0; j < n; j++)
            p[i] += j == i ? 0.0 : log(beats[i * n + j]);
        most = fmax(most, p[i]);
    }
    for (int32_t i = 0; i < n; i++) {
        p[i] = exp(p[i] - most);
        total += p[i];
    }
    for (int32_t i = 0; i < n; i++)
        p[i] /= total;
}

/**
 * The challenger i, drawn uniformly, replaces the standing j with P(i beats j): rate[j][i], which
 * ends holding the elimination of the states from the last to the first. It never subtracts.
 */
static void solve_markov(const double *beats, int32_t n, double *rate, double *p)
{
    for (int32_t j = 0; j < n; j++) {
        for (int32_t i = 0; i < n; i++)
            rate[j * n + i] = j == i ? 0.0 : beats[i * n + j] / n;
    }
    for (int32_t last = n - 1; last > 0; last--) {
        double leave = 0.0;
        for (int32_t i = 0; i < last; i++)
            leave += rate[last * n + i];
        for (int32_t j = 0; j < last; j++) {
            rate[j * n + last] /= leave;
            for (int32_t i = 0; i < last; i++)
                rate[j * n + i] += rate[j * n + last] * rate[last * n + i];
        }
    }
    double total = 1.0;
    p[0] = 1.0;
    for (int32_t i = 1; i < n; i++) {
        p[i] = 0.0;
        for (int32_t j = 0; j < i; j++)
            p[i] += p[j] * rate[j * n + i];
        total += p[i];
    }
    for (int32_t i = 0; i < n; i++)
        p[i] /= total;
}

/** An exponent so large that one of two sure losers has no chance left in a double. */
static bool are_chances_positive(const double *beats, int32_t n)
{
    for (int32_t i = 0; i < n * n; i++) {
        if (!(beats[i] > 0.0))
            return false;
    }
    return true;
}

muster_status mst_condorcet_solve(const mst_condorcet_case *in, mst_arena *arena,
                                  mst_condorcet *out, const char **reason)
{
    const char *const fault = case_fault(in);
    if (fault)
        return mst_refuse(reason, fault);
    const int32_t n = in->actor_count;
    const size_t pairs = (size_t)n * (size_t)n;
    double *const utility = mst_arena_array(arena, pairs, sizeof *utility);
    double *const beats = mst_arena_array(arena, pairs, sizeof *beats);
    double *const rate = mst_arena_array(arena, pairs, sizeof *rate);
    double *const conditional = mst_arena_array(arena, (size_t)n, sizeof *conditional);
    double *const markov = mst_arena_array(arena, (size_t)n, sizeof *markov);
    if (!utility || !beats || !rate || !conditional || !markov)
        return mst_out_of_memory(reason);
    for (int32_t i = 0; i < n; i++) {
        for (int32_t j = 0; j < n; j++)
            utility[i * n + j] = utility_of(in, i, j);
    }
    for (int32_t i = 0; i < n; i++) {
        beats[i * n + i] = 0.5;
        for (int32_t j = i + 1; j < n; j++)
            contest(in, utility, i, j, beats);
    }
    if (!are_chances_positive(beats, n))
        return mst_refuse(reason, "the exponent of victory is so large that a chance becomes 0");
    solve_conditional(beats, n, conditional);
    solve_markov(beats, n, rate, markov);
    *out = (mst_condorcet){utility, beats, conditional, markov};
    return MUSTER_OK;
}
