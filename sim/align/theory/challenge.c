#include "align/theory/challenge.h"

#include "align/theory/bargain.h"
#include "align/theory/reason.h"

#include <math.h>

#define ACTORS_MAX 100
#define ROUNDS_MAX 1000

mst_challenge_rules mst_challenge_rules_of(mst_challenge_reading reading)
{
    const bool is_code = reading == MST_CHALLENGE_CODE;
    return (mst_challenge_rules){.is_share_of_all_pairs = is_code,
                                 .is_vote_bent = is_code,
                                 .is_seen_by_one = is_code,
                                 .is_kind_first = is_code,
                                 .is_compromise_by_balance = is_code,
                                 .q = 1.0,
                                 .t = 0.0};
}

const char *mst_challenge_name(mst_challenge_reading reading)
{
    static const char *const names[MST_CHALLENGE_READINGS] = {
        [MST_CHALLENGE_PRINTED] = "scholz2011-printed", [MST_CHALLENGE_CODE] = "scholz2011-code"};
    const size_t at = (size_t)reading;
    return at < MST_CHALLENGE_READINGS ? names[at] : NULL;
}

/** What one round is played with. */
typedef struct table {
    const mst_challenge_rules *rules;
    int32_t n;
    const double *weight, *salience, *x;
    double *risk;  /* n */
    double *share; /* n x n: P(i wins against j) */
    double range, mu;
} table;

static const char *play_fault(const mst_challenge_case *in, const mst_challenge_rules *rules)
{
    if (in->actor_count < 2 || in->actor_count > ACTORS_MAX)
        return "the number of actors is not in 2..100";
    if (in->round_count < 1 || in->round_count > ROUNDS_MAX)
        return "the number of rounds is not in 1..1000";
    if (!(rules->q >= 0.0 && rules->q <= 1.0 && rules->t >= 0.0 && rules->t <= 1.0))
        return "Q or T is not in 0..1";
    if (rules->is_compromise_by_balance && !rules->is_kind_first)
        return "compromises by balance need the order of kinds";
    double low = in->position[0], high = low;
    for (int32_t i = 0; i < in->actor_count; i++) {
        if (!(in->capability[i] >= 0.0) || !isfinite(in->capability[i]))
            return "a capability is negative or not a number";
        if (!(in->salience[i] >= 0.0 && in->salience[i] <= 1.0))
            return "a salience is not in 0..1";
        if (!isfinite(in->position[i]))
            return "a position is not a number";
        low = fmin(low, in->position[i]);
        high = fmax(high, in->position[i]);
    }
    if (!isfinite(high - low))
        return "the positions are too far apart";
    return high > low ? NULL : "all positions are alike: there is nothing to bargain about";
}

/** Distance of a voter to a place, as a share of the range, bent by the voter's risk if so ruled. */
static double away(const table *at, int32_t voter, double place)
{
    const double share = fabs(at->x[voter] - place) / at->range;
    return at->rules->is_vote_bent ? pow(share, at->risk[voter]) : share;
}

static double votes_over_all_pairs(const table *at)
{
    double sum = 0.0;
    for (int32_t k = 0; k < at->n; k++) {
        for (int32_t i = 0; i < at->n; i++) {
            for (int32_t j = 0; j < i; j++)
                sum += 2.0 * at->weight[k] * fabs(away(at, k, at->x[j]) - away(at, k, at->x[i]));
        }
    }
    return sum;
}

/** Fills in P for the positions and risks of the moment. */
static void count_votes(table *at)
{
    const double all = at->rules->is_share_of_all_pairs ? votes_over_all_pairs(at) : 0.0;
    for (int32_t i = 0; i < at->n; i++) {
        for (int32_t j = 0; j < at->n; j++) {
            double for_i = 0.0, total = 0.0;
            for (int32_t k = 0; k < at->n && at->x[i] != at->x[j]; k++) {
                const double vote = at->weight[k] * (away(at, k, at->x[j]) - away(at, k, at->x[i]));
                for_i += fmax(vote, 0.0);
                total += fabs(vote);
            }
            const double of = at->rules->is_share_of_all_pairs ? all : total;
            at->share[i * at->n + j] = of > 0.0 ? for_i / of : 0.0;
        }
    }
}

/** 2 - 4 base^r; positions stay in the range, so only rounding can make the base negative. */
static double bent(double base, double r)
{
    return 2.0 - 4.0 * pow(fmax(base, 0.0), r);
}

/** E(i challenges j), seen with exponent r. */
static double expect(const table *at, int32_t i, int32_t j, double r)
{
    const double gap = fabs(at->x[i] - at->x[j]) / at->range;
    const double p = at->share[i * at->n + j], s = at->salience[j], q = at->rules->q;
    const double won = bent(0.5 - 0.5 * gap, r), lost = bent(0.5 + 0.5 * gap, r);
    double left = q * bent(0.5, r);
    if (q < 1.0) {
        const double drift = 0.25 * (fabs(at->x[i] - at->mu) / at->range + gap);
        left += (1.0 - q) *
                (at->rules->t * bent(0.5 - drift, r) + (1.0 - at->rules->t) * bent(0.5 + drift, r));
    }
    return s * (p * won + (1.0 - p) * lost) + (1.0 - s) * won - left;
}

/** r of every actor from the dangers at r = 1. */
static void assess_risk(table *at, double *danger)
{
    const int32_t n = at->n;
    for (int32_t i = 0; i < n; i++)
        at->risk[i] = 1.0;
    count_votes(at);
    double least = INFINITY, most = -INFINITY;
    for (int32_t i = 0; i < n; i++) {
        danger[i] = 0.0;
        for (int32_t j = 0; j < n; j++)
            danger[i] += j == i ? 0.0 : expect(at, j, i, 1.0);
        least = fmin(least, danger[i]);
        most = fmax(most, danger[i]);
    }
    for (int32_t i = 0; i < n; i++) {
        const double spread = most - least;
        const double risk = spread > 0.0 ? (2.0 * danger[i] - most - least) / spread : 0.0;
        at->risk[i] = (1.0 - risk / 3.0) / (1.0 + risk / 3.0);
    }
    if (at->rules->is_vote_bent)
        count_votes(at);
}

static mst_challenge_move offer_of(const table *at, int32_t i, int32_t j)
{
    const double r = at->risk[i];
    const double a = expect(at, i, j, r);
    const double b = expect(at, j, i, at->rules->is_seen_by_one ? r : at->risk[j]);
    mst_challenge_kind kind = MST_CHALLENGE_STAYS;
    if (b > a && a > 0.0)
        kind = MST_CHALLENGE_GIVES_WAY;
    else if (a < 0.0 && b > 0.0)
        kind = b > -a ? MST_CHALLENGE_COMPROMISES : MST_CHALLENGE_GIVES_IN;
    return (mst_challenge_move){kind, j, a, b, r};
}

static double goal_of(const table *at, int32_t i, const mst_challenge_move *offer)
{
    const double whole = at->x[offer->other] - at->x[i];
    return offer->kind == MST_CHALLENGE_COMPROMISES
               ? at->x[i] + whole * fabs(offer->own / offer->others)
               : at->x[offer->other];
}

/** What is smallest for the offer taken. */
static double cost_of(const table *at, int32_t i, const mst_challenge_move *offer)
{
    if (at->rules->is_compromise_by_balance && offer->kind == MST_CHALLENGE_COMPROMISES) {
        const double a = fabs(offer->own), b = fabs(offer->others);
        return (a * at->x[i] + b * at->x[offer->other]) / (a + b);
    }
    return fabs(goal_of(at, i, offer) - at->x[i]);
}

static mst_challenge_move choose(const table *at, int32_t i)
{
    mst_challenge_move best = {.kind = MST_CHALLENGE_STAYS, .other = -1, .risk = at->risk[i]};
    double best_cost = INFINITY;
    for (int32_t j = 0; j < at->n; j++) {
        if (at->x[i] == at->x[j])
            continue;
        const mst_challenge_move offer = offer_of(at, i, j);
        if (offer.kind == MST_CHALLENGE_STAYS)
            continue;
        const double cost = cost_of(at, i, &offer);
        /* The kinds stand in the enum in the order in which they are taken. */
        const bool is_other_kind =
            at->rules->is_kind_first && best.other >= 0 && offer.kind != best.kind;
        if (is_other_kind ? offer.kind < best.kind : cost < best_cost) {
            best = offer;
            best_cost = cost;
        }
    }
    return best;
}

/** Median and mean of the positions of a round. */
static muster_status take_stock(const table *at, mst_challenge_round *round, mst_arena *arena,
                                const char **reason)
{
    mst_median median;
    muster_status status =
        mst_weighted_median(round->position, at->weight, at->n, arena, &median, reason);
    if (status == MUSTER_OK)
        status = mst_weighted_mean(round->position, at->weight, at->n, &round->mean, reason);
    if (status == MUSTER_OK)
        round->median = median.low;
    return status;
}

static double range_of(const double *x, int32_t n)
{
    double low = x[0], high = x[0];
    for (int32_t i = 1; i < n; i++) {
        low = fmin(low, x[i]);
        high = fmax(high, x[i]);
    }
    return high - low;
}

static muster_status play_round(table *at, const mst_challenge_round *before,
                                mst_challenge_round *round, double *danger, mst_arena *arena,
                                const char **reason)
{
    const size_t n = (size_t)at->n;
    double *const position = mst_arena_array(arena, n, sizeof *position);
    mst_challenge_move *const moves = mst_arena_array(arena, n, sizeof *moves);
    if (!position || !moves)
        return mst_out_of_memory(reason);
    at->x = before->position;
    at->mu = before->median;
    /* All at one place: nobody has an offer, whatever the range. */
    const double range = at->rules->is_range_of_round ? range_of(at->x, at->n) : 0.0;
    at->range = range > 0.0 ? range : at->range;
    assess_risk(at, danger);
    for (int32_t i = 0; i < at->n; i++) {
        moves[i] = choose(at, i);
        position[i] = moves[i].other < 0 ? at->x[i] : goal_of(at, i, &moves[i]);
    }
    round->position = position;
    round->moves = moves;
    return take_stock(at, round, arena, reason);
}

muster_status mst_challenge_play(const mst_challenge_case *in, const mst_challenge_rules *rules,
                                 mst_arena *arena, const mst_challenge_round **out_rounds,
                                 const char **reason)
{
    const char *const fault = play_fault(in, rules);
    if (fault)
        return mst_refuse(reason, fault);
    const size_t n = (size_t)in->actor_count;
    mst_challenge_round *const rounds =
        mst_arena_array(arena, (size_t)in->round_count + 1, sizeof *rounds);
    double *const weight = mst_arena_array(arena, n, sizeof *weight);
    double *const start = mst_arena_array(arena, n, sizeof *start);
    double *const danger = mst_arena_array(arena, n, sizeof *danger);
    table at = {.rules = rules,
                .n = in->actor_count,
                .weight = weight,
                .salience = in->salience,
                .risk = mst_arena_array(arena, n, sizeof(double)),
                .share = mst_arena_array(arena, n * n, sizeof(double)),
                .range = range_of(in->position, in->actor_count)};
    if (!rounds || !weight || !start || !danger || !at.risk || !at.share)
        return mst_out_of_memory(reason);
    for (size_t i = 0; i < n; i++) {
        weight[i] = in->capability[i] * in->salience[i];
        start[i] = in->position[i];
    }
    rounds[0].position = start;
    muster_status status = take_stock(&at, &rounds[0], arena, reason);
    for (int32_t k = 1; k <= in->round_count && status == MUSTER_OK; k++)
        status = play_round(&at, &rounds[k - 1], &rounds[k], danger, arena, reason);
    if (status == MUSTER_OK)
        *out_rounds = rounds;
    return status;
}
