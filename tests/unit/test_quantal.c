#include "test.h"

#include "align/theory/quantal.h"
#include "num/random.h"

#include <stdbool.h>
#include <string.h>

static mst_quantal solve(const mst_quantal_game *game, mst_arena *arena)
{
    mst_quantal of;
    mst_arena_init(arena, NULL);
    assert_int_equal(mst_quantal_solve(game, arena, &of, NULL), MUSTER_OK);
    for (int32_t k = 0; k < of.count; k++) {
        for (int32_t i = 0; i < game->players; i++) {
            double z = game->bias[i];
            for (int32_t j = 0; j < game->players; j++)
                z += game->weight[i * game->players + j] * of.point[k].p[j];
            /* Rounding of the argument, up to 1e-14 of its terms, at slope 1/4, and a margin. */
            assert_near(of.point[k].p[i], 1 / (1 + exp(-game->lambda * z)),
                        1e-14 * (1 + game->lambda * 30));
        }
        assert_true(of.point[k].residual < 1e-14 * (1 + game->lambda * 30));
    }
    /* Simple fixed points of a map of a ball into itself are odd in number (their indices add up to 1). */
    if (of.claim == MST_QUANTAL_ALL)
        assert_int_equal(of.count % 2, 1);
    return of;
}

/* ---- mean field ------------------------------------------------------------------------------------------ */

static double bisect_mean_field(double beta, double h, double j, double low, double high)
{
    const bool is_low_above = tanh(beta * (h + j * low)) > low;
    for (int32_t step = 0; step < 200; step++) {
        const double middle = 0.5 * (low + high);
        if ((tanh(beta * (h + j * middle)) > middle) == is_low_above)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

/* Brock & Durlauf 2001: three equilibria for beta J > 1 and h = 0, one for beta J <= 1. */
static void test_mean_field__has_three_roots_above_one(void **state)
{
    (void)state;
    static const double products[6] = {.3, .99, 1.01, 1.5, 2, 40};
    for (int32_t k = 0; k < 6; k++) {
        mst_arena arena;
        mst_arena_init(&arena, NULL);
        double m[3];
        int32_t count = -1;
        mst_quantal_claim claim = MST_QUANTAL_CLAIMS;
        const double beta = 2.5, j = products[k] / beta;
        assert_int_equal(mst_quantal_mean_field(beta, 0, j, &arena, m, &count, &claim, NULL),
                         MUSTER_OK);
        assert_int_equal(claim, MST_QUANTAL_ALL);
        assert_int_equal(count, products[k] > 1 ? 3 : 1);
        assert_near(m[count / 2], 0, 1e-13); /* 2 p - 1, and the slope near 1 at .99 and 1.01 */
        if (count == 3) {
            const double root = bisect_mean_field(beta, 0, j, 1e-3, 1);
            assert_near(m[2], root, 1e-12);
            assert_near(m[0], -root, 1e-12);
        }
        mst_arena_clear(&arena);
    }
    /* beta J = 1: the three meet at 0, and no proof holds them apart. */
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    double m[3];
    int32_t count = -1;
    mst_quantal_claim claim = MST_QUANTAL_CLAIMS;
    assert_int_equal(mst_quantal_mean_field(2, 0, .5, &arena, m, &count, &claim, NULL), MUSTER_OK);
    assert_int_equal(claim, MST_QUANTAL_TOUCHING);
    assert_int_equal(count, 1);
    assert_near(m[0], 0, 1e-4); /* the cube of 1e-5 is lost in rounding */
    mst_arena_clear(&arena);
}

/* Two roots vanish where the line touches tanh: m^2 = 1 - 1/(beta J), h = J m - artanh(m) / beta. */
static void test_mean_field__loses_two_roots_at_the_spinodal(void **state)
{
    (void)state;
    const double beta = 1.25, j = 1.6, m_touch = sqrt(1 - 1 / (beta * j));
    const double h_touch = -(atanh(m_touch) / beta - j * m_touch);
    static const double off[4] = {1e-2, 1e-4, 1e-6, 1e-8};
    for (int32_t k = 0; k < 8; k++) {
        mst_arena arena;
        mst_arena_init(&arena, NULL);
        double m[3];
        int32_t count = -1;
        mst_quantal_claim claim = MST_QUANTAL_CLAIMS;
        const double h = h_touch * (k < 4 ? 1 - off[k] : 1 + off[k - 4]);
        assert_int_equal(mst_quantal_mean_field(beta, h, j, &arena, m, &count, &claim, NULL),
                         MUSTER_OK);
        assert_int_equal(claim, MST_QUANTAL_ALL);
        assert_int_equal(count, k < 4 ? 3 : 1);
        assert_near(m[count - 1], bisect_mean_field(beta, h, j, 0, 1), 1e-12);
        mst_arena_clear(&arena);
    }
}

/* ---- one and two players: scans as a second method -------------------------------------------------------- */

static double logistic(double z)
{
    return 1 / (1 + exp(-z));
}

static void test_quantal__one_player_agrees_with_a_scan(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(95), 0, 11);
    int32_t threes = 0;
    for (int32_t run = 0; run < 200; run++) {
        const double w = 12 * mst_random_unit(stream, (uint64_t)(3 * run)) - 2;
        const double b = -w * mst_random_unit(stream, (uint64_t)(3 * run + 1));
        const double lambda = 3 * mst_random_unit(stream, (uint64_t)(3 * run + 2));
        int32_t crossings = 0;
        bool is_above = true; /* response above p at 0 */
        for (int32_t k = 1; k <= 100000; k++) {
            const double p = k / 100000.;
            const bool is_now = logistic(lambda * (b + w * p)) > p;
            crossings += is_now != is_above;
            is_above = is_now;
        }
        const mst_quantal_game game = {1, lambda, &b, &w};
        mst_arena arena;
        const mst_quantal of = solve(&game, &arena);
        assert_int_equal(of.claim, MST_QUANTAL_ALL);
        assert_int_equal(of.count, crossings);
        threes += of.count == 3;
        /* The outer ones are stable, the middle one is not: slope of the response against 1. */
        for (int32_t k = 0; k < of.count; k++) {
            const double p = of.point[k].p[0], slope = fabs(lambda * w) * p * (1 - p);
            assert_near(of.point[k].spectral_radius, slope, 1e-12 * (1 + slope));
            assert_int_equal(of.point[k].is_stable, slope < 1);
            if (w > 0)
                assert_int_equal(of.point[k].is_stable, of.count == 1 || k != 1);
        }
        mst_arena_clear(&arena);
    }
    assert_true(threes > 20);
}

/* Two players without weights on themselves: p_0 = r_0(r_1(p_0)), one unknown. */
static void test_quantal__two_players_agree_with_a_scan(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(96), 0, 12);
    uint64_t draw = 0;
    int32_t threes = 0;
    for (int32_t run = 0; run < 200; run++) {
        double w[4] = {0}, b[2];
        w[1] = 10 * mst_random_normal(stream, draw++);
        w[2] = 10 * mst_random_normal(stream, draw++);
        b[0] = -w[1] * mst_random_unit(stream, draw++);
        b[1] = -w[2] * mst_random_unit(stream, draw++);
        const double lambda = run % 4 ? 1 : 3;
        int32_t crossings = 0;
        bool is_above = true;
        for (int32_t k = 1; k <= 100000; k++) {
            /* Finer at the ends, where steep responses have theirs. */
            const double p = logistic(60 * (k / 100000. - .5));
            const double q = logistic(lambda * (b[1] + w[2] * p));
            const bool is_now = k < 100000 && logistic(lambda * (b[0] + w[1] * q)) > p;
            crossings += is_now != is_above;
            is_above = is_now;
        }
        const mst_quantal_game game = {2, lambda, b, w};
        mst_arena arena;
        const mst_quantal of = solve(&game, &arena);
        assert_int_equal(of.claim, MST_QUANTAL_ALL);
        assert_int_equal(of.count, crossings);
        threes += of.count == 3;
        mst_arena_clear(&arena);
    }
    assert_true(threes > 20);
}

/* With weights on themselves up to nine: every one that a fine grid of Newton's steps finds is listed,
 * and nothing else. */
static int32_t grid_newton(const mst_quantal_game *game, double found[16][2])
{
    int32_t count = 0;
    for (int32_t start = 0; start < 41 * 41; start++) {
        double p[2] = {(start / 41) / 40., (start % 41) / 40.};
        double step = 1;
        for (int32_t turn = 0; turn < 100 && step > 1e-14; turn++) {
            double r[2], g[4];
            for (int32_t i = 0; i < 2; i++) {
                const double *const w = &game->weight[2 * i];
                r[i] = logistic(game->lambda * (game->bias[i] + w[0] * p[0] + w[1] * p[1]));
                for (int32_t j = 0; j < 2; j++)
                    g[2 * i + j] = (i == j) - game->lambda * r[i] * (1 - r[i]) * w[j];
            }
            const double f0 = p[0] - r[0], f1 = p[1] - r[1], det = g[0] * g[3] - g[1] * g[2];
            const double d0 = (g[3] * f0 - g[1] * f1) / det, d1 = (g[0] * f1 - g[2] * f0) / det;
            p[0] -= d0;
            p[1] -= d1;
            step = fmax(fabs(d0), fabs(d1));
        }
        bool is_new = step <= 1e-14 && p[0] >= 0 && p[0] <= 1 && p[1] >= 0 && p[1] <= 1;
        for (int32_t k = 0; k < count && is_new; k++)
            is_new = fabs(p[0] - found[k][0]) + fabs(p[1] - found[k][1]) > 1e-8;
        if (is_new && count < 16)
            memcpy(found[count++], p, sizeof p);
    }
    return count;
}

static void test_quantal__two_players_agree_with_newton_from_a_grid(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(97), 0, 13);
    uint64_t draw = 0;
    int32_t most = 0;
    for (int32_t run = 0; run < 80; run++) {
        double w[4], b[2];
        for (int32_t i = 0; i < 4; i++)
            w[i] = (i % 3 == 0 ? 6 : 2) * mst_random_normal(stream, draw++);
        b[0] = -.5 * (w[0] + w[1]) + .1 * mst_random_normal(stream, draw++);
        b[1] = -.5 * (w[2] + w[3]) + .1 * mst_random_normal(stream, draw++);
        const mst_quantal_game game = {2, 1.5, b, w};
        double found[16][2];
        const int32_t count = grid_newton(&game, found);
        mst_arena arena;
        const mst_quantal of = solve(&game, &arena);
        assert_int_equal(of.claim, MST_QUANTAL_ALL);
        assert_int_equal(of.count, count);
        for (int32_t k = 0; k < count; k++) {
            bool is_listed = false;
            for (int32_t m = 0; m < of.count; m++)
                is_listed |= fabs(of.point[m].p[0] - found[k][0]) < 1e-9 &&
                             fabs(of.point[m].p[1] - found[k][1]) < 1e-9;
            assert_true(is_listed);
        }
        most = of.count > most ? of.count : most;
        mst_arena_clear(&arena);
    }
    assert_int_equal(most, 9);
}

/* Matching pennies with 9 for one of the row player's wins (Ochs 1995): rows gain 9 q - (1 - q), columns
 * 1 - 2 p. One equilibrium at every lambda; as lambda grows it goes to Nash's p = 1/2, q = 1/10. */
static void test_quantal__goes_to_nash_as_lambda_grows(void **state)
{
    (void)state;
    static const double w[4] = {0, 10, -2, 0}, b[2] = {-1, 1};
    static const double lambda[4] = {0, 1, 30, 800};
    for (int32_t k = 0; k < 4; k++) {
        const mst_quantal_game game = {2, lambda[k], b, w};
        mst_arena arena;
        const mst_quantal of = solve(&game, &arena);
        assert_int_equal(of.claim, MST_QUANTAL_ALL);
        assert_int_equal(of.count, 1);
        const double p = of.point[0].p[0], q = of.point[0].p[1];
        if (k >= 2) { /* p = 1/2 + ln 9 / (2 lambda) but for the next order; q is nearer still */
            assert_near(p, .5 + log(9) / (2 * lambda[k]), 2 / (lambda[k] * lambda[k]));
            assert_near(q, .1, 1 / (lambda[k] * lambda[k]));
        }
        if (k == 0)
            assert_true(p == .5 && q == .5);
        /* Its derivative turns: eigenvalues +-i sqrt(20 p (1-p) q (1-q)) lambda. */
        const double radius = lambda[k] * sqrt(20 * p * (1 - p) * q * (1 - q));
        assert_near(of.point[0].spectral_radius, radius, 1e-9 * (1 + radius));
        assert_int_equal(of.point[0].is_stable, radius < 1);
        mst_arena_clear(&arena);
    }
}

/* ---- more players -------------------------------------------------------------------------------------------- */

/* Nobody looks at anybody else: the equilibria are all combinations of three own ones, 81 for four
 * players; 2187 for seven are more than are listed. */
static void test_quantal__lists_all_combinations(void **state)
{
    (void)state;
    const double own = 3, half = -1.5;
    const mst_quantal_game alone = {1, 2, &half, &own};
    mst_arena arena;
    const mst_quantal one = solve(&alone, &arena);
    assert_int_equal(one.count, 3);
    double p[3];
    for (int32_t k = 0; k < 3; k++)
        p[k] = one.point[k].p[0];
    mst_arena_clear(&arena);
    for (int32_t n = 4; n <= 7; n += 3) {
        double w[49] = {0}, b[7];
        for (int32_t i = 0; i < n; i++) {
            w[i * n + i] = own;
            b[i] = half;
        }
        const mst_quantal_game game = {n, 2, b, w};
        const mst_quantal of = solve(&game, &arena);
        assert_int_equal(of.claim, n == 4 ? MST_QUANTAL_ALL : MST_QUANTAL_FULL);
        assert_int_equal(of.count, n == 4 ? 81 : 1000);
        bool is_seen[81] = {false};
        for (int32_t k = 0; k < of.count && n == 4; k++) {
            int32_t code = 0;
            bool is_inner = false;
            for (int32_t i = 0; i < n; i++) {
                const double q = of.point[k].p[i];
                const int32_t which = q < .25 ? 0 : q < .75 ? 1 : 2;
                assert_near(q, p[which], 1e-13);
                code = 3 * code + which;
                is_inner |= which == 1;
            }
            assert_false(is_seen[code]);
            is_seen[code] = true;
            assert_int_equal(of.point[k].is_stable, !is_inner);
        }
        mst_arena_clear(&arena);
    }
}

static void test_quantal__monotone_games_are_bracketed(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(55), 0, 14);
    uint64_t draw = 0;
    int32_t several = 0;
    for (int32_t run = 0; run < 60; run++) {
        const int32_t n = 1 + run % 7;
        double w[49], b[7];
        for (int32_t i = 0; i < n; i++) {
            b[i] = 0;
            for (int32_t j = 0; j < n; j++) {
                w[i * n + j] = (run % 2 ? 8. : 2.) / n * mst_random_unit(stream, draw++);
                b[i] -= .5 * w[i * n + j];
            }
            b[i] += .2 * mst_random_normal(stream, draw++);
        }
        const mst_quantal_game game = {n, 1.5, b, w};
        mst_arena arena;
        const mst_quantal of = solve(&game, &arena);
        assert_true(of.is_monotone);
        assert_int_equal(of.claim, MST_QUANTAL_ALL);
        assert_true(of.count >= 1);
        bool is_least = false, is_greatest = false;
        for (int32_t k = 0; k < of.count; k++) {
            double from_least = 0, from_greatest = 0;
            for (int32_t i = 0; i < n; i++) {
                const double q = of.point[k].p[i];
                assert_true(of.least[i] <= q + 1e-12 && q <= of.greatest[i] + 1e-12);
                from_least = fmax(from_least, q - of.least[i]);
                from_greatest = fmax(from_greatest, of.greatest[i] - q);
            }
            is_least |= from_least < 1e-10;
            is_greatest |= from_greatest < 1e-10;
        }
        assert_true(is_least && is_greatest); /* both are equilibria, and so are listed */
        several += of.count > 1;
        mst_arena_clear(&arena);
    }
    assert_true(several > 10);
}

/* Two camps of three: every listed one is checked by solve(); the states of each camp alike are those of
 * a game of two. A search over the whole box finds at least these. */
static void test_quantal__two_camps_are_a_game_of_two(void **state)
{
    (void)state;
    double w[36], b[6];
    const double inside = 2.0, across = -0.7, bias = -1.5;
    for (int32_t i = 0; i < 36; i++)
        w[i] = i / 6 % 2 == i % 6 % 2 ? inside : across;
    for (int32_t i = 0; i < 6; i++)
        b[i] = bias;
    const double w2[4] = {3 * inside, 3 * across, 3 * across, 3 * inside}, b2[2] = {bias, bias};
    const mst_quantal_game game = {6, 1, b, w}, two = {2, 1, b2, w2};
    mst_arena arena, small;
    const mst_quantal of = solve(&game, &arena), of_two = solve(&two, &small);
    assert_false(of.is_monotone);
    assert_int_equal(of.claim, MST_QUANTAL_ALL);
    assert_int_equal(of_two.claim, MST_QUANTAL_ALL);
    assert_true(of_two.count > 1);
    /* Players of a camp see the same and so do the same: the two lists are one. */
    assert_int_equal(of.count, of_two.count);
    for (int32_t k = 0; k < of.count; k++) {
        bool is_listed = false;
        for (int32_t m = 0; m < of_two.count; m++) {
            double off = 0;
            for (int32_t i = 0; i < 6; i++)
                off = fmax(off, fabs(of.point[k].p[i] - of_two.point[m].p[i % 2]));
            is_listed |= off < 1e-11;
        }
        assert_true(is_listed);
    }
    mst_arena_clear(&arena);
    mst_arena_clear(&small);
}

/* Three to five players, ties of both signs: whatever slow responses from anywhere settle on is listed. */
static void test_quantal__lists_what_responses_settle_on(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(98), 0, 17);
    uint64_t draw = 0;
    int32_t settled = 0, several = 0;
    for (int32_t run = 0; run < 45; run++) {
        const int32_t n = 3 + run % 3;
        double w[25], b[5];
        for (int32_t i = 0; i < n; i++) {
            b[i] = 0;
            for (int32_t j = 0; j < n; j++) {
                w[i * n + j] = 6 * mst_random_normal(stream, draw++);
                b[i] -= w[i * n + j] * mst_random_unit(stream, draw++);
            }
        }
        const mst_quantal_game game = {n, 1.2, b, w};
        mst_arena arena;
        const mst_quantal of = solve(&game, &arena);
        assert_int_equal(of.claim, MST_QUANTAL_ALL);
        several += of.count > 1;
        for (int32_t start = 0; start < 60; start++) {
            double p[5], moved = 1;
            for (int32_t i = 0; i < n; i++)
                p[i] = mst_random_unit(stream, draw++);
            for (int32_t turn = 0; turn < 3000 && moved > 1e-13; turn++) {
                double r[5];
                moved = 0;
                for (int32_t i = 0; i < n; i++) {
                    double z = b[i];
                    for (int32_t j = 0; j < n; j++)
                        z += w[i * n + j] * p[j];
                    r[i] = logistic(game.lambda * z);
                    moved = fmax(moved, fabs(r[i] - p[i]));
                }
                for (int32_t i = 0; i < n; i++)
                    p[i] += .2 * (r[i] - p[i]);
            }
            if (moved > 1e-13)
                continue; /* it goes round and round */
            settled++;
            int32_t at = -1;
            for (int32_t k = 0; k < of.count; k++) {
                double off = 0;
                for (int32_t i = 0; i < n; i++)
                    off = fmax(off, fabs(p[i] - of.point[k].p[i]));
                at = off < 1e-9 ? k : at;
            }
            assert_true(at >= 0);
        }
        mst_arena_clear(&arena);
    }
    assert_true(settled > 1000 && several > 10);
}

/* Weak ties: responses contract (lambda |W| / 4 < 1 by rows), so there is one, proved even for twelve. */
static void test_quantal__weak_ties_have_one(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(12), 0, 15);
    double w[144], b[12];
    for (int32_t i = 0; i < 144; i++)
        w[i] = .3 * (2 * mst_random_unit(stream, (uint64_t)i) - 1);
    for (int32_t i = 0; i < 12; i++)
        b[i] = mst_random_normal(stream, (uint64_t)(200 + i));
    const mst_quantal_game game = {12, 1, b, w};
    mst_arena arena;
    const mst_quantal of = solve(&game, &arena);
    assert_int_equal(of.claim, MST_QUANTAL_ALL);
    assert_int_equal(of.count, 1);
    assert_true(of.point[0].is_stable);
    mst_arena_clear(&arena);
}

/* Strong ties of both signs among twelve: whatever is claimed, what is listed is an equilibrium; the
 * proof is given up and that is said. */
static void test_quantal__says_when_it_gives_up(void **state)
{
    (void)state;
    const mst_stream stream = mst_stream_of(mst_random_key(13), 0, 16);
    double w[144], b[12];
    for (int32_t i = 0; i < 12; i++) {
        b[i] = 0;
        for (int32_t j = 0; j < 12; j++) {
            w[i * 12 + j] = mst_random_normal(stream, (uint64_t)(i * 12 + j));
            b[i] -= .5 * w[i * 12 + j];
        }
    }
    const mst_quantal_game game = {12, 4, b, w};
    mst_arena arena;
    const mst_quantal of = solve(&game, &arena);
    assert_int_equal(of.claim, MST_QUANTAL_SEARCHED);
    assert_string_equal(mst_quantal_claim_text(of.claim),
                        "there may be other equilibria: the proof was given up");
    assert_true(of.count >= 1); /* p = 1/2 for all is one, by the choice of b */
    bool is_half_listed = false;
    for (int32_t k = 0; k < of.count; k++) {
        double off = 0;
        for (int32_t i = 0; i < 12; i++)
            off = fmax(off, fabs(of.point[k].p[i] - .5));
        is_half_listed |= off < 1e-9;
        for (int32_t m = 0; m < k; m++) {
            double apart = 0;
            for (int32_t i = 0; i < 12; i++)
                apart = fmax(apart, fabs(of.point[k].p[i] - of.point[m].p[i]));
            assert_true(apart > 1e-9);
        }
    }
    assert_true(is_half_listed);
    print_message("twelve with strong ties: %d equilibria found\n", of.count);
    mst_arena_clear(&arena);
}

static void *allocate_none(size_t bytes, void *context)
{
    (void)bytes;
    (void)context;
    return NULL;
}

static void release_none(void *block, void *context)
{
    (void)block;
    (void)context;
}

static void test_quantal__refuses(void **state)
{
    (void)state;
    static const double w[4] = {0, 1, 1, 0}, b[2] = {0, 1}, bad[4] = {0, NAN, 1, 0};
    static const double steep[4] = {0, 20000, 1, 0};
    const mst_quantal_game games[] = {{0, 1, b, w},    {13, 1, b, w},  {2, -1, b, w},
                                      {2, NAN, b, w},  {2, 1, bad, w}, {2, 1, b, bad},
                                      {2, 1, b, steep}};
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    mst_quantal of = {.count = -7};
    const char *reason = NULL;
    for (size_t i = 0; i < sizeof games / sizeof *games; i++) {
        reason = NULL;
        assert_int_equal(mst_quantal_solve(&games[i], &arena, &of, &reason), MUSTER_MISTAKE);
        assert_non_null(reason);
        assert_int_equal(of.count, -7);
    }
    double m[3];
    int32_t count;
    mst_quantal_claim claim;
    assert_int_equal(mst_quantal_mean_field(-1, 0, 1, &arena, m, &count, &claim, &reason),
                     MUSTER_MISTAKE);
    assert_int_equal(mst_quantal_mean_field(1, NAN, 1, &arena, m, &count, &claim, &reason),
                     MUSTER_MISTAKE);
    assert_null(mst_quantal_claim_text(MST_QUANTAL_CLAIMS));
    mst_arena_clear(&arena);
    const muster_memory memory = {allocate_none, release_none, NULL};
    mst_arena_init(&arena, &memory);
    const mst_quantal_game good = {2, 1, b, w};
    assert_int_equal(mst_quantal_solve(&good, &arena, &of, &reason), MUSTER_WORLD);
    mst_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mean_field__has_three_roots_above_one),
        cmocka_unit_test(test_mean_field__loses_two_roots_at_the_spinodal),
        cmocka_unit_test(test_quantal__one_player_agrees_with_a_scan),
        cmocka_unit_test(test_quantal__two_players_agree_with_a_scan),
        cmocka_unit_test(test_quantal__two_players_agree_with_newton_from_a_grid),
        cmocka_unit_test(test_quantal__goes_to_nash_as_lambda_grows),
        cmocka_unit_test(test_quantal__lists_all_combinations),
        cmocka_unit_test(test_quantal__monotone_games_are_bracketed),
        cmocka_unit_test(test_quantal__two_camps_are_a_game_of_two),
        cmocka_unit_test(test_quantal__lists_what_responses_settle_on),
        cmocka_unit_test(test_quantal__weak_ties_have_one),
        cmocka_unit_test(test_quantal__says_when_it_gives_up),
        cmocka_unit_test(test_quantal__refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
