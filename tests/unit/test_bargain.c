#include "test.h"

#include "align/theory/bargain.h"
#include "align/theory/challenge.h"
#include "num/random.h"

#include <stdlib.h>
#include <string.h>

/* ---- the emission example: Bueno de Mesquita 1994, p. 78, as printed in Scholz et al. 2011 -------- */

#define ACTORS 10
#define ROUNDS 8
static const double capability[ACTORS] = {.08, .08, .03, .16, .16, .16, .16, .05, .05, .08};
static const double position[ACTORS] = {4, 7, 4, 4, 10, 10, 10, 7, 4, 7};
static const double salience[ACTORS] = {.8, .4, .2, .8, .6, .6, .9, .1, 1., .7};
/* Table 2 of Scholz, Calbert & Smith 2011 (ICAART), one decimal as printed. */
static const double table_median[ROUNDS] = {8.4, 9.9, 9.9, 9.9, 9.9, 7.4, 8.8, 9.6};
static const double table_mean[ROUNDS] = {7.4, 7.5, 7.6, 7.3, 7.3, 7.4, 7.5, 7.6};
/* "To .1": the table neither rounds nor cuts throughout (9.962 stands as 9.9, 7.590 as 7.6), so a
 * number is hit when it is less than one unit of the printed decimal away. */
#define HIT 0.1

static void *arena_up(mst_arena *arena)
{
    mst_arena_init(arena, NULL);
    return arena;
}

static mst_challenge_case emission(void)
{
    return (mst_challenge_case){ACTORS, capability, position, salience, ROUNDS};
}

static int32_t hits_of(const mst_challenge_round *rounds)
{
    int32_t hits = 0;
    for (int32_t k = 0; k < ROUNDS; k++) {
        hits += fabs(rounds[k + 1].median - table_median[k]) < HIT;
        hits += fabs(rounds[k + 1].mean - table_mean[k]) < HIT;
    }
    return hits;
}

static void test_challenge__code_gives_fifteen_of_sixteen(void **state)
{
    (void)state;
    mst_arena arena;
    arena_up(&arena);
    const mst_challenge_case in = emission();
    const mst_challenge_rules rules = mst_challenge_rules_of(MST_CHALLENGE_CODE);
    const mst_challenge_round *rounds = NULL;
    assert_int_equal(mst_challenge_play(&in, &rules, &arena, &rounds, NULL), MUSTER_OK);
    /* Start: mean 7.390, median 7 (alignment notes, recomputed). */
    assert_near(rounds[0].mean, 7.390, 5e-4);
    assert_near(rounds[0].median, 7.0, 0.0);
    /* Ours, as an independent trial gave them, to the four decimals noted there. */
    static const double median[ROUNDS] = {8.4159, 9.6109, 9.962,  9.962,
                                          9.962,  7.472,  8.8246, 9.6711};
    static const double mean[ROUNDS] = {7.4613, 7.5525, 7.5901, 7.3581,
                                        7.3492, 7.4149, 7.5105, 7.5724};
    print_message("%s\nround  median  Table 2     mean  Table 2\n",
                  mst_challenge_name(MST_CHALLENGE_CODE));
    for (int32_t k = 0; k < ROUNDS; k++) {
        const mst_challenge_round *const r = &rounds[k + 1];
        const bool is_hit = fabs(r->median - table_median[k]) < HIT;
        print_message("%5d  %6.3f %8.1f%s %8.3f %8.1f\n", k + 1, r->median, table_median[k],
                      is_hit ? " " : "*", r->mean, table_mean[k]);
        assert_near(r->median, median[k], 6e-5);
        assert_near(r->mean, mean[k], 6e-5);
        assert_near(r->mean, table_mean[k], HIT);
        assert_int_equal(is_hit, k != 1); /* * the one miss: the median of round 2, 9.6 for 9.9 */
    }
    assert_int_equal(hits_of(rounds), 15);
    mst_arena_clear(&arena);
}

/* Every reading with P as printed: the other five choices, Q = 1, and Q = 1/2 with
 * T = 0, 1/2, 1. */
static void test_challenge__no_reading_with_the_printed_share_gives_more_than_five(void **state)
{
    (void)state;
    const mst_challenge_case in = emission();
    int32_t best = 0, readings = 0;
    for (int32_t bits = 0; bits < 32; bits++) {
        for (int32_t end = 0; end < 4; end++) {
            const mst_challenge_rules rules = {.is_vote_bent = bits & 1,
                                               .is_seen_by_one = bits >> 1 & 1,
                                               .is_kind_first = bits >> 2 & 1,
                                               .is_compromise_by_balance = bits >> 3 & 1,
                                               .is_range_of_round = bits >> 4 & 1,
                                               .q = end == 0 ? 1.0 : 0.5,
                                               .t = end == 0 ? 0.0 : 0.5 * (end - 1)};
            if (rules.is_compromise_by_balance && !rules.is_kind_first)
                continue;
            mst_arena arena;
            arena_up(&arena);
            const mst_challenge_round *rounds = NULL;
            assert_int_equal(mst_challenge_play(&in, &rules, &arena, &rounds, NULL), MUSTER_OK);
            const int32_t hits = hits_of(rounds);
            best = hits > best ? hits : best;
            readings++;
            if (bits == 0 && end == 0) { /* scholz2011-printed itself */
                print_message("%s: %d of 16\n", mst_challenge_name(MST_CHALLENGE_PRINTED), hits);
                assert_int_equal(hits, 1);
                for (int32_t k = 1; k <= ROUNDS; k++)
                    assert_near(rounds[k].median, 7.0, 0.0);
            }
            mst_arena_clear(&arena);
        }
    }
    assert_int_equal(readings, 96);
    assert_int_equal(best, 5);
}

/* What happened: round 1 by hand from the printed rules. Actors at one position never deal. */
static void test_challenge__moves_explain_the_positions(void **state)
{
    (void)state;
    const mst_challenge_case in = emission();
    for (int32_t reading = 0; reading < MST_CHALLENGE_READINGS; reading++) {
        mst_arena arena;
        arena_up(&arena);
        const mst_challenge_rules rules = mst_challenge_rules_of((mst_challenge_reading)reading);
        const mst_challenge_round *rounds = NULL;
        assert_int_equal(mst_challenge_play(&in, &rules, &arena, &rounds, NULL), MUSTER_OK);
        assert_null(rounds[0].moves);
        for (int32_t k = 1; k <= ROUNDS; k++) {
            const double *const from = rounds[k - 1].position, *const to = rounds[k].position;
            for (int32_t i = 0; i < ACTORS; i++) {
                const mst_challenge_move *const m = &rounds[k].moves[i];
                assert_near(m->risk, 1.25, 0.75 + 1e-12); /* 1/2..2 but for rounding */
                if (m->kind == MST_CHALLENGE_STAYS) {
                    assert_int_equal(m->other, -1);
                    assert_near(to[i], from[i], 0.0);
                    continue;
                }
                assert_true(m->others > 0.0 && from[m->other] != from[i]);
                assert_int_equal(m->kind == MST_CHALLENGE_GIVES_WAY, m->own > 0.0);
                if (m->kind == MST_CHALLENGE_COMPROMISES) {
                    assert_true(fabs(m->own) < m->others);
                    assert_near((to[i] - from[i]) / (from[m->other] - from[i]), -m->own / m->others,
                                1e-9); /* rounding of the quotient of two differences */
                } else {
                    assert_near(to[i], from[m->other], 0.0);
                }
            }
        }
        mst_arena_clear(&arena);
    }
}

/* ---- the second method: the model once more, written straight from the text, one E at a time ------ */

typedef struct plain {
    const mst_challenge_rules *rules;
    int32_t n;
    const double *c, *s;
    double x[8], r[8];
    double range, mu;
} plain;

static double plain_vote(const plain *m, int32_t k, double for_place, double over)
{
    const double e = m->rules->is_vote_bent ? m->r[k] : 1.0;
    return m->c[k] * m->s[k] *
           (pow(fabs(m->x[k] - over) / m->range, e) - pow(fabs(m->x[k] - for_place) / m->range, e));
}

static double plain_expect(const plain *m, int32_t i, int32_t j, double r)
{
    double top = 0, pair = 0, all = 0;
    for (int32_t k = 0; k < m->n; k++) {
        const double v = plain_vote(m, k, m->x[i], m->x[j]);
        top += v > 0 ? v : 0;
        pair += fabs(v);
        for (int32_t a = 0; a < m->n; a++)
            for (int32_t b = 0; b < m->n; b++)
                all += fabs(plain_vote(m, k, m->x[a], m->x[b]));
    }
    const double under = m->rules->is_share_of_all_pairs ? all : pair;
    const double p = under > 0 ? top / under : 0;
    const double d = fabs(m->x[i] - m->x[j]) / m->range;
    const double us = 2 - 4 * pow(fmax(0, .5 - .5 * d), r), uf = 2 - 4 * pow(.5 + .5 * d, r);
    const double drift = .25 * (fabs(m->x[i] - m->mu) + fabs(m->x[i] - m->x[j])) / m->range;
    const double ub = 2 - 4 * pow(fmax(0, .5 - drift), r), uw = 2 - 4 * pow(.5 + drift, r);
    const double q = m->rules->q, t = m->rules->t;
    return m->s[j] * (p * us + (1 - p) * uf) + (1 - m->s[j]) * us - q * (2 - 4 * pow(.5, r)) -
           (1 - q) * (t * ub + (1 - t) * uw);
}

static void plain_risks(plain *m)
{
    double danger[8], least = 1e9, most = -1e9;
    for (int32_t i = 0; i < m->n; i++)
        m->r[i] = 1;
    for (int32_t i = 0; i < m->n; i++) {
        danger[i] = 0;
        for (int32_t j = 0; j < m->n; j++)
            danger[i] += i == j ? 0 : plain_expect(m, j, i, 1);
        least = fmin(least, danger[i]);
        most = fmax(most, danger[i]);
    }
    for (int32_t i = 0; i < m->n && most > least; i++) {
        const double big = (2 * danger[i] - most - least) / (most - least);
        m->r[i] = (1 - big / 3) / (1 + big / 3);
    }
}

static void plain_round(plain *m)
{
    plain_risks(m);
    double next[8];
    for (int32_t i = 0; i < m->n; i++) {
        double best[4] = {1e9, 1e9, 1e9, 1e9}, goal[4] = {0};
        for (int32_t j = 0; j < m->n; j++) {
            if (m->x[i] == m->x[j])
                continue;
            const double a = plain_expect(m, i, j, m->r[i]);
            const double b = plain_expect(m, j, i, m->r[m->rules->is_seen_by_one ? i : j]);
            int32_t kind = b > a && a > 0             ? 0
                           : b > 0 && a < 0 && b > -a ? 1
                           : b > 0 && a < 0           ? 2
                                                      : 3;
            if (kind == 3)
                continue;
            const double to = kind == 1 ? m->x[i] + (m->x[j] - m->x[i]) * fabs(a / b) : m->x[j];
            double cost = fabs(to - m->x[i]);
            if (kind == 1 && m->rules->is_compromise_by_balance)
                cost = (fabs(a) * m->x[i] + fabs(b) * m->x[j]) / (fabs(a) + fabs(b));
            kind = m->rules->is_kind_first ? kind : 0;
            if (cost < best[kind]) {
                best[kind] = cost;
                goal[kind] = to;
            }
        }
        next[i] = best[0] < 1e9   ? goal[0]
                  : best[1] < 1e9 ? goal[1]
                  : best[2] < 1e9 ? goal[2]
                                  : m->x[i];
    }
    memcpy(m->x, next, sizeof next);
}

static void test_challenge__agrees_with_a_second_writing(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(2011), 0, 1);
    uint64_t draw = 0;
    for (int32_t run = 0; run < 60; run++) {
        const int32_t n = 2 + run % 7;
        double c[8], s[8], x[8];
        for (int32_t i = 0; i < n; i++) {
            c[i] = mst_random_unit(stream, draw++);
            s[i] = mst_random_unit(stream, draw++);
            x[i] = -30.0 + 70.0 * mst_random_unit(stream, draw++);
        }
        const mst_challenge_rules rules = {.is_share_of_all_pairs = run & 1,
                                           .is_vote_bent = run >> 1 & 1,
                                           .is_seen_by_one = run >> 2 & 1,
                                           .is_kind_first = run >> 3 & 1,
                                           .is_compromise_by_balance = (run >> 3 & 1) && run % 3,
                                           .is_range_of_round = run % 7 == 3,
                                           .q = run % 5 ? 1.0 : 0.3,
                                           .t = 0.2 * (run % 4)};
        const mst_challenge_case in = {n, c, x, s, 3};
        mst_arena arena;
        arena_up(&arena);
        const mst_challenge_round *rounds = NULL;
        assert_int_equal(mst_challenge_play(&in, &rules, &arena, &rounds, NULL), MUSTER_OK);
        plain m = {.rules = &rules, .n = n, .c = c, .s = s};
        memcpy(m.x, x, sizeof x);
        for (int32_t k = 1; k <= 3; k++) {
            double low = 1e9, high = -1e9;
            for (int32_t i = 0; i < n; i++) {
                low = fmin(low, m.x[i]);
                high = fmax(high, m.x[i]);
            }
            m.range = k == 1 || rules.is_range_of_round ? high - low : m.range;
            m.mu = rounds[k - 1].median;
            plain_round(&m);
            for (int32_t i = 0; i < n; i++)
                assert_near(rounds[k].position[i], m.x[i], 1e-8); /* sums in another order */
        }
        mst_arena_clear(&arena);
    }
}

static void test_challenge__refuses(void **state)
{
    (void)state;
    mst_arena arena;
    arena_up(&arena);
    const mst_challenge_rules rules = mst_challenge_rules_of(MST_CHALLENGE_CODE);
    const mst_challenge_round *rounds = NULL;
    const char *reason = NULL;
    static const double alike[3] = {2, 2, 2}, bad[3] = {0, 1.5, NAN}, none[3] = {0, 0, 0};
    static const double good[3] = {0, .5, 1};
    const mst_challenge_case cases[] = {
        {1, good, good, good, 3}, {101, good, good, good, 3}, {3, good, alike, good, 3},
        {3, bad, good, good, 3},  {3, good, bad, good, 3},    {3, good, good, bad, 3},
        {3, none, good, good, 3}, {3, good, good, good, 0},   {3, good, good, good, 1001},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reason = NULL;
        assert_int_equal(mst_challenge_play(&cases[i], &rules, &arena, &rounds, &reason),
                         MUSTER_MISTAKE);
        assert_non_null(reason);
    }
    const mst_challenge_case in = {3, good, good, good, 3};
    mst_challenge_rules odd = rules;
    odd.q = 1.5;
    assert_int_equal(mst_challenge_play(&in, &odd, &arena, &rounds, &reason), MUSTER_MISTAKE);
    odd = rules;
    odd.is_kind_first = false;
    assert_int_equal(mst_challenge_play(&in, &odd, &arena, &rounds, &reason), MUSTER_MISTAKE);
    assert_null(rounds);
    assert_null(mst_challenge_name(MST_CHALLENGE_READINGS));
    assert_string_equal(mst_challenge_name(MST_CHALLENGE_PRINTED), "scholz2011-printed");
    mst_arena_clear(&arena);
}

/* ---- mean and median ----------------------------------------------------------------------------- */

static void test_median__wins_every_vote_or_says_tie(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(7), 0, 2);
    uint64_t draw = 0;
    int32_t ties = 0;
    for (int32_t run = 0; run < 400; run++) {
        const int32_t n = 1 + run % 8;
        double x[8], w[8], total = 0;
        for (int32_t i = 0; i < n; i++) {
            x[i] = floor(6 * mst_random_unit(stream, draw++));
            w[i] = floor(4 * mst_random_unit(stream, draw++)) / 10.0; /* tenths: ties, inexact */
            total += w[i];
        }
        if (!(total > 0))
            w[0] = 1;
        mst_arena arena;
        arena_up(&arena);
        mst_median m;
        assert_int_equal(mst_weighted_median(x, w, n, &arena, &m, NULL), MUSTER_OK);
        ties += m.is_tie;
        assert_int_equal(m.is_tie, m.low < m.high);
        /* Every place of a fine scale against low and high, by counting votes in whole tenths. */
        for (double y = -0.5; y <= 6.5; y += 0.25) {
            int64_t nearer_low = 0, nearer_high = 0;
            for (int32_t i = 0; i < n; i++) {
                const int64_t votes = lround(10 * w[i]);
                const double low = fabs(x[i] - m.low), high = fabs(x[i] - m.high),
                             to = fabs(x[i] - y);
                nearer_low += low < to ? votes : low > to ? -votes : 0;
                nearer_high += high < to ? votes : high > to ? -votes : 0;
            }
            if (y < m.low)
                assert_true(nearer_low > 0);
            else if (y > m.high)
                assert_true(nearer_high > 0);
            else if (y > m.low && y < m.high)
                assert_true(nearer_low == 0 && nearer_high == 0);
        }
        mst_arena_clear(&arena);
    }
    assert_true(ties > 20);
}

static void test_mean_and_median__by_hand_and_refusals(void **state)
{
    (void)state;
    mst_arena arena;
    arena_up(&arena);
    static const double x[3] = {1, 2, 9}, w[3] = {1, 2, 1}, none[3] = {0, 0, 0};
    static const double bad[3] = {1, -1, 1}, hole[3] = {1, NAN, 2};
    const char *reason = NULL;
    double mean = -1;
    mst_median m = {-1, -1, false};
    assert_int_equal(mst_weighted_mean(x, w, 3, &mean, &reason), MUSTER_OK);
    assert_near(mean, 3.5, 0.0); /* (1 + 4 + 9) / 4 */
    assert_int_equal(mst_weighted_median(x, w, 2, &arena, &m, &reason), MUSTER_OK);
    assert_near(m.low, 2.0, 0.0);
    assert_false(m.is_tie);
    static const double third[3] = {.1, .2, .3}; /* .1 + .2 is not .3 in binary */
    assert_int_equal(mst_weighted_median(x, third, 3, &arena, &m, &reason), MUSTER_OK);
    assert_true(m.is_tie);
    assert_near(m.low, 2.0, 0.0);
    assert_near(m.high, 9.0, 0.0);
    mean = -1;
    assert_int_equal(mst_weighted_mean(x, none, 3, &mean, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_weighted_mean(x, bad, 3, &mean, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_weighted_mean(hole, w, 3, &mean, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_weighted_mean(x, w, 0, &mean, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_weighted_median(x, w, 0, &arena, &m, &reason), MUSTER_MISTAKE);
    assert_int_equal(mst_weighted_median(x, w, 10001, &arena, &m, &reason), MUSTER_MISTAKE);
    assert_near(mean, -1.0, 0.0);
    assert_non_null(reason);
    mst_arena_clear(&arena);
}

/* ---- probabilistic Condorcet --------------------------------------------------------------------- */

static void test_condorcet__two_actors_by_hand(void **state)
{
    (void)state;
    static const double x[2] = {0, 1}, s[2] = {1, 1}, w[2] = {3, 1};
    /* 3 votes to 1: 3^q / (3^q + 1). With two actors both processes give just that. The floor of
     * 1e-8 votes moves the quotient by less than 2e-8. */
    static const double q[3] = {1, 2, 4}, wins[3] = {.75, .9, 81.0 / 82.0};
    for (int32_t k = 0; k < 3; k++) {
        mst_arena arena;
        arena_up(&arena);
        const mst_condorcet_case in = {2, 1, x, s, w, NULL, MST_VOTE_PROPORTIONAL, q[k]};
        mst_condorcet out;
        assert_int_equal(mst_condorcet_solve(&in, &arena, &out, NULL), MUSTER_OK);
        assert_near(out.beats[1], wins[k], 2e-8);
        assert_near(out.beats[2], 1 - wins[k], 2e-8);
        assert_near(out.conditional[0], wins[k], 2e-8);
        assert_near(out.markov[0], wins[k], 2e-8);
        mst_arena_clear(&arena);
    }
}

static void test_condorcet__utility_by_hand(void **state)
{
    (void)state;
    /* Two dimensions. To actor 0, who cares for both alike, (1, 0) lies 1/sqrt 2 away; actor 1 cares
     * for the first three times as much as for the second: (0, .5) lies sqrt(9 + .25)/sqrt 10 away. */
    static const double x[4] = {0, .5, 1, 0}, s[4] = {2, 2, 3, 1}, w[2] = {1, 1}, risk[2] = {1, -1};
    mst_arena arena;
    arena_up(&arena);
    const mst_condorcet_case in = {2, 2, x, s, w, risk, MST_VOTE_BINARY, 1};
    mst_condorcet out;
    assert_int_equal(mst_condorcet_solve(&in, &arena, &out, NULL), MUSTER_OK);
    const double v01 = 1 - sqrt(1.25) / sqrt(2), v10 = 1 - sqrt(9.25) / sqrt(10);
    assert_near(out.utility[0], 1, 0.0);
    assert_near(out.utility[1], v01 + v01 * (1 - v01), 1e-15); /* some units of the last place */
    assert_near(out.utility[2], v10 - v10 * (1 - v10), 1e-15);
    assert_near(out.beats[1], .5, 1e-15); /* one vote each */
    mst_arena_clear(&arena);
}

static double vote_plain(mst_vote vote, double w, double du)
{
    return vote == MST_VOTE_CUBIC          ? w * pow(du, 3)
           : vote == MST_VOTE_PROPORTIONAL ? w * du
           : du > 0                        ? w
           : du < 0                        ? -w
                                           : 0;
}

static void test_condorcet__agrees_with_plain_sums_and_a_long_walk(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(21), 0, 3);
    uint64_t draw = 0;
    for (int32_t run = 0; run < 45; run++) {
        const int32_t n = 1 + run % 6, d = 1 + run % 3;
        double x[18], s[18], w[6], r[6];
        for (int32_t i = 0; i < n * d; i++) {
            x[i] = mst_random_unit(stream, draw++);
            s[i] = mst_random_unit(stream, draw++);
        }
        for (int32_t i = 0; i < n; i++) {
            w[i] = mst_random_unit(stream, draw++);
            r[i] = 2 * mst_random_unit(stream, draw++) - 1;
        }
        const mst_condorcet_case in = {n, d, x, s, w, r, (mst_vote)(run % 3), 1 + run % 4};
        mst_arena arena;
        arena_up(&arena);
        mst_condorcet out;
        assert_int_equal(mst_condorcet_solve(&in, &arena, &out, NULL), MUSTER_OK);
        double beats[36], product[6], sum = 0, walk[6];
        for (int32_t i = 0; i < n; i++) {
            product[i] = 1;
            for (int32_t j = 0; j < n; j++) {
                double ci = 1e-8, cj = 1e-8;
                for (int32_t k = 0; k < n; k++) {
                    const double v =
                        vote_plain(in.vote, w[k], out.utility[k * n + i] - out.utility[k * n + j]);
                    ci += fmax(v, 0);
                    cj += fmax(-v, 0);
                }
                beats[i * n + j] =
                    pow(ci, in.exponent) / (pow(ci, in.exponent) + pow(cj, in.exponent));
                assert_near(out.beats[i * n + j], beats[i * n + j], 1e-12);
                product[i] *= i == j ? 1 : beats[i * n + j];
            }
            sum += product[i];
            walk[i] = 1.0 / n;
        }
        for (int32_t step = 0; step < 4000; step++) {
            double next[6];
            for (int32_t i = 0; i < n; i++) {
                next[i] = 0;
                for (int32_t j = 0; j < n; j++)
                    next[i] += beats[i * n + j] * (walk[i] + walk[j]) / n;
            }
            memcpy(walk, next, sizeof walk);
        }
        for (int32_t i = 0; i < n; i++) {
            assert_near(out.conditional[i], product[i] / sum, 1e-11);
            assert_near(out.markov[i], walk[i], 1e-9); /* the walk is near its end, not at it */
        }
        mst_arena_clear(&arena);
    }
}

static void test_condorcet__refuses(void **state)
{
    (void)state;
    static const double x[2] = {0, 1}, s[2] = {1, 1}, w[2] = {3, 1}, out_of[2] = {0, 1.5};
    static const double none[2] = {0, 0}, minus[2] = {1, -1}, hole[2] = {NAN, 0};
    const mst_condorcet_case cases[] = {
        {0, 1, x, s, w, NULL, MST_VOTE_BINARY, 1},
        {201, 1, x, s, w, NULL, MST_VOTE_BINARY, 1},
        {2, 0, x, s, w, NULL, MST_VOTE_BINARY, 1},
        {2, 1, out_of, s, w, NULL, MST_VOTE_BINARY, 1},
        {2, 1, hole, s, w, NULL, MST_VOTE_BINARY, 1},
        {2, 1, x, none, w, NULL, MST_VOTE_BINARY, 1},
        {2, 1, x, minus, w, NULL, MST_VOTE_BINARY, 1},
        {2, 1, x, s, none, NULL, MST_VOTE_BINARY, 1},
        {2, 1, x, s, minus, NULL, MST_VOTE_BINARY, 1},
        {2, 1, x, s, w, out_of, MST_VOTE_BINARY, 1},
        {2, 1, x, s, w, NULL, MST_VOTE_BINARY, 0},
        {2, 1, x, s, w, NULL, MST_VOTE_BINARY, NAN},
        {2, 1, x, s, w, NULL, (mst_vote)7, 1},
        {2, 1, x, s, w, NULL, MST_VOTE_BINARY, 1e9},
    };
    mst_arena arena;
    arena_up(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mst_condorcet out = {NULL, NULL, NULL, NULL};
        const char *reason = NULL;
        assert_int_equal(mst_condorcet_solve(&cases[i], &arena, &out, &reason), MUSTER_MISTAKE);
        assert_non_null(reason);
        assert_null(out.beats);
    }
    mst_arena_clear(&arena);
}

/* ---- memory -------------------------------------------------------------------------------------- */

static void *allocate_some(size_t bytes, void *context)
{
    int32_t *const left = context;
    return (*left)-- > 0 ? malloc(bytes) : NULL;
}

static void release_some(void *block, void *context)
{
    (void)context;
    free(block);
}

static void test_bargain__short_memory_is_said(void **state)
{
    (void)state;
    int32_t left = 0;
    const muster_memory memory = {allocate_some, release_some, &left};
    const mst_challenge_case in = emission();
    const mst_challenge_rules rules = mst_challenge_rules_of(MST_CHALLENGE_CODE);
    const mst_challenge_round *rounds = NULL;
    const mst_condorcet_case vote = {ACTORS,     1,    salience,        salience,
                                     capability, NULL, MST_VOTE_BINARY, 1};
    mst_condorcet out;
    mst_median median;
    mst_arena arena;
    mst_arena_init(&arena, &memory);
    assert_int_equal(mst_challenge_play(&in, &rules, &arena, &rounds, NULL), MUSTER_WORLD);
    assert_int_equal(mst_condorcet_solve(&vote, &arena, &out, NULL), MUSTER_WORLD);
    assert_int_equal(mst_weighted_median(position, capability, ACTORS, &arena, &median, NULL),
                     MUSTER_WORLD);
    mst_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_challenge__code_gives_fifteen_of_sixteen),
        cmocka_unit_test(test_challenge__no_reading_with_the_printed_share_gives_more_than_five),
        cmocka_unit_test(test_challenge__moves_explain_the_positions),
        cmocka_unit_test(test_challenge__agrees_with_a_second_writing),
        cmocka_unit_test(test_challenge__refuses),
        cmocka_unit_test(test_median__wins_every_vote_or_says_tie),
        cmocka_unit_test(test_mean_and_median__by_hand_and_refusals),
        cmocka_unit_test(test_condorcet__two_actors_by_hand),
        cmocka_unit_test(test_condorcet__utility_by_hand),
        cmocka_unit_test(test_condorcet__agrees_with_plain_sums_and_a_long_walk),
        cmocka_unit_test(test_condorcet__refuses),
        cmocka_unit_test(test_bargain__short_memory_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
