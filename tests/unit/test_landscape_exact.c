/* Every configuration, against the plainest possible second way: minima, basins, chances, passes, changes. */
#include "landscapes.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

enum { PLACES_MAX = 512 }; /* 10 actors */

typedef struct answer {
    int32_t count; /* of configurations */
    double energy[PLACES_MAX];
    int32_t ends_in[PLACES_MAX]; /* place where steepest descent ends */
    double same;                 /* energies that differ by no more are equal */
} answer;

static answer answer_of(const plain *g)
{
    answer a = {.count = 1 << (g->n - 1), .same = 1e-11 * plain_scale(g)};
    for (int32_t x = 0; x < a.count; x++) {
        uint64_t c = (uint64_t)x << 1;
        a.energy[x] = plain_energy(g, c);
        for (int32_t k; (k = plain_steepest(g, c)) >= 0;)
            c = plain_moved(g, c, k);
        a.ends_in[x] = (int32_t)(c >> 1);
    }
    return a;
}

static int32_t moved(const plain *g, int32_t x, int32_t k)
{
    return (int32_t)(plain_moved(g, (uint64_t)x << 1, k) >> 1);
}

static int32_t place(const mst_landscape_map *map, int32_t i)
{
    return (int32_t)(map->minimum[i].configuration >> 1);
}

/* Random landscapes of both kinds; whole ones are full of ties, half of them within rounding. In every third all are enemies, which
 * makes many minima. */
static plain instance(uint64_t seed)
{
    plain g = random_plain(2 + (int32_t)(seed % 9), seed, seed % 2 == 0);
    for (int32_t i = 0; seed / 9 % 3 == 2 && i < g.n * g.n; i++)
        g.p[i] -= 2.0;
    if (seed % 4 == 0)
        plain_tenths(&g);
    return g;
}

static void enumerate(const plain *g, const mst_landscape_ask *ask, mst_arena *arena,
                      mst_landscape_map *map)
{
    const mst_landscape on = landscape_of(g);
    mst_arena_init(arena, NULL);
    assert_int_equal(mst_landscape_enumerate(&on, ask, arena, map, NULL), MUSTER_OK);
}

/* ---- minima and basins ------------------------------------------------------------------------------------ */

static void test_exact__minima_and_basins_are_those_of_brute_force(void **state)
{
    (void)state;
    int64_t tied = 0;
    for (uint64_t seed = 0; seed < 180; seed++) {
        const plain g = instance(seed);
        const answer a = answer_of(&g);
        mst_arena arena;
        mst_landscape_map map;
        int64_t basin[PLACES_MAX] = {0}, strict = 0, all = 0;
        enumerate(&g, &(mst_landscape_ask){0}, &arena, &map);
        for (int32_t x = 0; x < a.count; x++)
            basin[a.ends_in[x]]++;
        for (int32_t x = 0; x < a.count; x++) {
            if (a.ends_in[x] != x)
                continue;
            bool is_strict = true;
            for (int32_t k = 0; k < g.n; k++)
                is_strict = is_strict && a.energy[moved(&g, x, k)] > a.energy[x] + a.same;
            strict += is_strict;
            all++;
        }
        assert_int_equal(map.configurations, a.count);
        assert_int_equal(map.strict_count, strict);
        assert_int_equal(map.strict_count + map.tied_count, all);
        assert_int_equal(map.count, all);
        assert_int_equal(map.basin_unlisted, 0);
        for (int32_t i = 0; i < map.count; i++) {
            assert_int_equal(a.ends_in[place(&map, i)], place(&map, i));
            assert_int_equal(map.minimum[i].basin, basin[place(&map, i)]);
            assert_near(map.minimum[i].energy, a.energy[place(&map, i)], a.same);
            if (i > 0) { /* in order, and none twice */
                const double rise = map.minimum[i].energy - map.minimum[i - 1].energy;
                assert_true(rise > a.same ||
                            (fabs(rise) <= a.same && place(&map, i) > place(&map, i - 1)));
            }
        }
        tied += map.tied_count;
        mst_arena_clear(&arena);
    }
    assert_true(tied > 100); /* the whole ones are there for that */
}

/* ---- chances ------------------------------------------------------------------------------------------------ */

/* Solves m x = r for many right sides at once by elimination with pivots; r becomes x. */
static void solve(double *m, double *r, int32_t n, int32_t sides)
{
    for (int32_t c = 0; c < n; c++) {
        int32_t pivot = c;
        for (int32_t i = c + 1; i < n; i++)
            pivot = fabs(m[i * n + c]) > fabs(m[pivot * n + c]) ? i : pivot;
        for (int32_t j = 0; j < n; j++) {
            const double swap = m[c * n + j];
            m[c * n + j] = m[pivot * n + j];
            m[pivot * n + j] = swap;
        }
        for (int32_t j = 0; j < sides; j++) {
            const double swap = r[c * sides + j];
            r[c * sides + j] = r[pivot * sides + j];
            r[pivot * sides + j] = swap;
        }
        for (int32_t i = 0; i < n; i++) {
            const double by = m[i * n + c] / m[c * n + c];
            if (i == c || by == 0.0)
                continue;
            for (int32_t j = c; j < n; j++)
                m[i * n + j] -= by * m[c * n + j];
            for (int32_t j = 0; j < sides; j++)
                r[i * sides + j] -= by * r[c * sides + j];
        }
    }
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < sides; j++)
            r[i * sides + j] /= m[i * n + i];
}

/* Chance to end in each minimum from each place: (1 - Q) B = R of an absorbing Markov chain. */
static double *chances(const plain *g, const answer *a, const mst_landscape_map *map)
{
    const int32_t n = a->count;
    double *const m = calloc((size_t)(n * n), sizeof *m);
    double *const b = calloc((size_t)(n * map->count), sizeof *b);
    assert_true(m && b);
    for (int32_t x = 0; x < n; x++) {
        int32_t movers = 0;
        for (int32_t k = 0; k < g->n; k++)
            movers += a->energy[moved(g, x, k)] < a->energy[x] - a->same;
        m[x * n + x] = 1.0;
        for (int32_t k = 0; k < g->n; k++)
            if (a->energy[moved(g, x, k)] < a->energy[x] - a->same)
                m[x * n + moved(g, x, k)] -= 1.0 / movers;
    }
    for (int32_t i = 0; i < map->count; i++)
        b[place(map, i) * map->count + i] = 1.0;
    solve(m, b, n, map->count);
    free(m);
    return b;
}

static void test_exact__chances_of_absorption_solve_the_linear_system(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 40; seed++) {
        plain g = random_plain(2 + (int32_t)(seed % 7), seed, seed % 2 == 0);
        if (seed % 4 == 0)
            plain_tenths(&g);
        const answer a = answer_of(&g);
        mst_arena arena;
        mst_landscape_map map;
        enumerate(&g, &(mst_landscape_ask){0}, &arena, &map);
        assert_int_equal(map.absorption, MST_LANDSCAPE_EXACT);
        double *const b = chances(&g, &a, &map);
        double all = 0.0;
        for (int32_t i = 0; i < map.count; i++) {
            double mean = 0.0;
            for (int32_t x = 0; x < a.count; x++)
                mean += b[x * map.count + i] / a.count;
            /* Elimination of 128 unknowns: far less than 1e-10 is lost. */
            assert_near(map.minimum[i].absorption, mean, 1e-10);
            all += map.minimum[i].absorption;
        }
        assert_near(all, 1.0, 1e-12);
        for (int32_t x = 0; x < a.count; x += 5) { /* from one configuration, or its mirror image */
            mst_arena other;
            mst_landscape_map from;
            uint64_t start = (uint64_t)x << 1;
            if (x % 2)
                start = ~start & ((UINT64_C(1) << g.n) - 1);
            enumerate(&g, &(mst_landscape_ask){.from = &start}, &other, &from);
            for (int32_t i = 0; i < map.count; i++)
                assert_near(from.minimum[i].absorption, b[x * map.count + i], 1e-10);
            mst_arena_clear(&other);
        }
        free(b);
        mst_arena_clear(&arena);
    }
}

/* Ten actors of whom thirteen more, who weigh nothing, each follow one: the chances are those of the ten,
 * which are exact, but 23 are so many that they are drawn. */
static void test_exact__drawn_chances_agree_with_exact_ones(void **state)
{
    (void)state;
    enum { DRAWS = 20000 };
    const plain core = random_plain(10, 4, false);
    plain g = {.n = 23};
    for (int32_t i = 0; i < g.n; i++) {
        g.size[i] = i < core.n ? core.size[i] : 1e-7;
        for (int32_t j = 0; j < core.n && i < core.n; j++)
            g.p[i * g.n + j] = core.p[i * core.n + j];
        if (i >= core.n)
            g.p[i * g.n + i % core.n] = g.p[(i % core.n) * g.n + i] = 1.0;
    }
    mst_arena arena, other;
    mst_landscape_map exact, drawn, none;
    enumerate(&core, &(mst_landscape_ask){0}, &arena, &exact);
    enumerate(&g, &(mst_landscape_ask){.draws = DRAWS, .seed = 11}, &other, &drawn);
    assert_int_equal(drawn.absorption, MST_LANDSCAPE_DRAWN);
    assert_int_equal(drawn.passes, MST_LANDSCAPE_NOT_COMPUTED);
    assert_int_equal(drawn.draws, DRAWS);
    assert_int_equal(drawn.count, exact.count);
    assert_true(exact.count >= 2);
    for (int32_t i = 0; i < exact.count; i++) {
        const double q = exact.minimum[i].absorption;
        assert_int_equal(drawn.minimum[i].configuration & 1023, exact.minimum[i].configuration);
        /* 4 standard errors: passed over once in 15,000 seeds. */
        assert_near(drawn.minimum[i].absorption, q, 4.0 * sqrt(q * (1.0 - q) / DRAWS));
        assert_true(isnan(drawn.minimum[i].pass_any));
    }
    mst_arena_clear(&other);
    enumerate(&g, &(mst_landscape_ask){0}, &other, &none);
    assert_int_equal(none.absorption, MST_LANDSCAPE_NOT_COMPUTED);
    assert_true(isnan(none.minimum[0].absorption));
    const uint64_t home = none.minimum[1].configuration; /* who begins in a minimum stays there */
    mst_arena_clear(&arena);
    enumerate(&g, &(mst_landscape_ask){.draws = 10, .from = &home}, &arena, &drawn);
    assert_near(drawn.minimum[1].absorption, 1.0, 0.0);
    mst_arena_clear(&arena);
    mst_arena_clear(&other);
}

/* ---- passes --------------------------------------------------------------------------------------------------- */

/* Least highest energy of walks from one place to each: relaxed until nothing changes. */
static void flood_from(const plain *g, const answer *a, int32_t from, double *highest)
{
    for (int32_t x = 0; x < a->count; x++)
        highest[x] = x == from ? a->energy[x] : (double)INFINITY;
    for (bool is_changed = true; is_changed;) {
        is_changed = false;
        for (int32_t x = 0; x < a->count; x++)
            for (int32_t k = 0; k < g->n; k++) {
                const double by = fmax(highest[moved(g, x, k)], a->energy[x]);
                if (by < highest[x]) {
                    highest[x] = by;
                    is_changed = true;
                }
            }
    }
}

static void check_passes(const plain *g, const answer *a, const mst_landscape_map *map, int32_t i)
{
    const mst_landscape_minimum *const m = &map->minimum[i];
    double highest[PLACES_MAX], any = (double)INFINITY, lower = (double)INFINITY;
    flood_from(g, a, place(map, i), highest);
    for (int32_t o = 0; o < map->count; o++) {
        const double pass = highest[place(map, o)] - m->energy;
        any = o != i ? fmin(any, pass) : any;
        lower = map->minimum[o].energy < m->energy - a->same ? fmin(lower, pass) : lower;
    }
    assert_int_equal(m->to_any < 0, isinf(any) != 0);
    assert_int_equal(m->to_lower < 0, isinf(lower) != 0);
    if (m->to_any >= 0) {
        assert_true(m->to_any != i);
        assert_near(m->pass_any, any, a->same);
        assert_near(highest[place(map, m->to_any)] - m->energy, any, a->same);
    } else {
        assert_true(isinf(m->pass_any));
    }
    if (m->to_lower >= 0) {
        assert_near(m->pass_lower, lower, a->same);
        assert_near(highest[place(map, m->to_lower)] - m->energy, lower, a->same);
        assert_true(map->minimum[m->to_lower].energy < m->energy - a->same);
    } else {
        assert_true(isinf(m->pass_lower));
    }
}

static void test_exact__passes_are_minimax_walks(void **state)
{
    (void)state;
    int32_t checked = 0, with_lower = 0;
    for (uint64_t seed = 0; seed < 180; seed++) {
        const plain g = instance(seed);
        const answer a = answer_of(&g);
        mst_arena arena;
        mst_landscape_map map;
        enumerate(&g, &(mst_landscape_ask){0}, &arena, &map);
        assert_int_equal(map.passes, MST_LANDSCAPE_EXACT);
        for (int32_t i = 0; i < map.count; i++, checked++) {
            check_passes(&g, &a, &map, i);
            with_lower += map.minimum[i].to_lower >= 0;
        }
        mst_arena_clear(&arena);
    }
    assert_true(checked > 300 && with_lower > 100);
}

/* ---- at the edges ---------------------------------------------------------------------------------------------- */

static void test_exact__indifference_leaves_every_configuration_stable(void **state)
{
    (void)state;
    plain g = {.n = 7};
    mst_arena arena;
    mst_landscape_map map;
    for (int32_t i = 0; i < g.n; i++)
        g.size[i] = 1.0 + i;
    enumerate(&g, &(mst_landscape_ask){0}, &arena, &map);
    assert_int_equal(map.strict_count, 0);
    assert_int_equal(map.tied_count, 64);
    for (int32_t i = 0; i < map.count; i++) {
        assert_int_equal(map.minimum[i].configuration, 2 * i);
        assert_int_equal(map.minimum[i].basin, 1);
        assert_near(map.minimum[i].absorption, 1.0 / 64.0, 0.0);
        assert_near(map.minimum[i].pass_any, 0.0, 0.0);
        assert_int_equal(map.minimum[i].to_lower, -1);
    }
    mst_arena_clear(&arena);
    enumerate(&g, &(mst_landscape_ask){.listed_max = 5}, &arena, &map);
    assert_int_equal(map.count, 5);
    assert_int_equal(map.tied_count, 64);
    assert_int_equal(map.basin_unlisted, 59);
    assert_int_equal(map.passes, MST_LANDSCAPE_NOT_COMPUTED);
    mst_arena_clear(&arena);
}

/* Stable by frustrations alone, actor by actor, which no large energy of others can drown. */
static int32_t plain_stable(const plain *g)
{
    int32_t stable = 0;
    for (uint64_t c = 0; c < UINT64_C(1) << g->n; c += 2) {
        bool is_stable = true;
        for (int32_t i = 0; i < g->n; i++) {
            double rise = 0.0, most = 0.0;
            for (int32_t j = 0; j < g->n; j++) {
                const double w = i == j ? 0.0 : g->size[j] * g->p[i * g->n + j];
                rise += (c >> i & 1) != (c >> j & 1) ? -w : w;
                most += fabs(w);
            }
            is_stable = is_stable && rise >= -1e-10 * most;
        }
        stable += is_stable;
    }
    return stable;
}

static void test_exact__dwarfs_among_giants_decide_too(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 30; seed++) {
        plain g = random_plain(10, seed, false);
        double all = 0.0;
        int64_t basins = 0;
        for (int32_t i = 0; i < g.n; i++) /* 1e-9 to 1e9 */
            g.size[i] *=
                pow(10.0, 18.0 * mst_random_unit((mst_stream){seed, 3}, (uint64_t)i) - 9.0);
        mst_arena arena;
        mst_landscape_map map;
        enumerate(&g, &(mst_landscape_ask){0}, &arena, &map);
        assert_int_equal(map.strict_count + map.tied_count, plain_stable(&g));
        for (int32_t i = 0; i < map.count; i++) {
            all += map.minimum[i].absorption;
            basins += map.minimum[i].basin;
            assert_true(map.minimum[i].pass_any >= 0.0 && map.minimum[i].pass_lower >= 0.0);
        }
        assert_near(all, 1.0, 1e-12); /* 512 shares handed on */
        assert_int_equal(basins, 512);
        mst_arena_clear(&arena);
    }
}

static void test_exact__units_do_not_matter(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        const plain g = random_plain(9, seed, true);
        plain scaled = g;
        mst_arena arena, other;
        mst_landscape_map map, again;
        for (int32_t i = 0; i < g.n; i++)
            scaled.size[i] *= 0x1p-40; /* powers of 2 round nothing */
        for (int32_t i = 0; i < g.n * g.n; i++)
            scaled.p[i] *= 0x1p60;
        enumerate(&g, &(mst_landscape_ask){0}, &arena, &map);
        enumerate(&scaled, &(mst_landscape_ask){0}, &other, &again);
        assert_int_equal(map.count, again.count);
        for (int32_t i = 0; i < map.count; i++) {
            const mst_landscape_minimum *const a = &map.minimum[i], *const b = &again.minimum[i];
            assert_int_equal(a->configuration, b->configuration);
            assert_int_equal(a->is_strict, b->is_strict);
            assert_int_equal(a->basin, b->basin);
            assert_true(a->absorption == b->absorption);
            assert_true(a->energy * 0x1p-20 == b->energy);
            assert_true(a->pass_any * 0x1p-20 == b->pass_any);
        }
        mst_arena_clear(&arena);
        mst_arena_clear(&other);
    }
}

static void test_exact__bad_questions_are_refused(void **state)
{
    (void)state;
    const plain g = random_plain(6, 1, false);
    const mst_landscape on = landscape_of(&g);
    const uint64_t outside = 1 << 6;
    static const struct {
        mst_landscape_ask ask;
        mst_landscape_fault fault;
    } bad[] = {{{.listed_max = -1}, MST_LANDSCAPE_NUMBER}, {{.draws = -1}, MST_LANDSCAPE_NUMBER}};
    mst_landscape_map map;
    mst_landscape_why why;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(mst_landscape_enumerate(&on, &bad[i].ask, &arena, &map, &why),
                         MUSTER_MISTAKE);
        assert_int_equal(why.fault, bad[i].fault);
    }
    const mst_landscape_ask ask = {.from = &outside};
    assert_int_equal(mst_landscape_enumerate(&on, &ask, &arena, &map, &why), MUSTER_MISTAKE);
    assert_int_equal(why.fault, MST_LANDSCAPE_CONFIGURATION);
    mst_arena_clear(&arena);
}

static void test_exact__short_memory_is_told_and_nothing_is_kept(void **state)
{
    (void)state;
    const plain g = random_plain(18, 1, false);
    const mst_landscape on = landscape_of(&g);
    muster_status status = MUSTER_WORLD;
    int32_t refusals = 0;
    for (int32_t left = 0; status != MUSTER_OK; left++) {
        test_memory memory = {.left = left};
        const muster_memory hook = test_hook(&memory);
        const mst_landscape_ask ask = {0};
        mst_landscape_map map;
        mst_arena arena;
        mst_arena_init(&arena, &hook);
        status = mst_landscape_enumerate(&on, &ask, &arena, &map, NULL);
        assert_true(status == MUSTER_OK || status == MUSTER_WORLD);
        refusals += memory.refused > 0;
        assert_int_equal(status == MUSTER_OK, memory.refused == 0);
        mst_arena_clear(&arena);
        assert_int_equal(memory.held, 0);
    }
    assert_true(refusals > 5); /* large arrays have blocks of their own */
}

/* ---- what would undo it ----------------------------------------------------------------------------------------- */

static bool is_stable_changed(const plain *g, uint64_t c, int32_t a, int32_t b, double change)
{
    plain with = *g;
    with.p[a * g->n + b] += change;
    with.p[b * g->n + a] += change;
    const mst_landscape on = landscape_of(&with);
    double gain[PLAIN_ACTORS];
    mst_landscape_gains(&on, c, gain);
    for (int32_t i = 0; i < g->n; i++)
        if (gain[i] < 0.0)
            return false;
    return true;
}

/* Least change in one direction by halving; infinity if even 1e6 does nothing. */
static double bisect_change(const plain *g, uint64_t c, int32_t a, int32_t b, double sign)
{
    double low = 0.0, high = 1e6;
    if (is_stable_changed(g, c, a, b, sign * high))
        return (double)INFINITY;
    for (int32_t step = 0; step < 80; step++) {
        const double middle = 0.5 * (low + high);
        if (is_stable_changed(g, c, a, b, sign * middle))
            low = middle;
        else
            high = middle;
    }
    return high;
}

static void check_change(const plain *g, uint64_t c)
{
    const mst_landscape on = landscape_of(g);
    double amounts[PLAIN_ACTORS * PLAIN_ACTORS], least = (double)INFINITY;
    mst_landscape_change change;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    assert_int_equal(mst_landscape_smallest_change(&on, c, &arena, amounts, &change, NULL),
                     MUSTER_OK);
    for (int32_t a = 0; a < g->n; a++)
        for (int32_t b = a + 1; b < g->n; b++) {
            const double up = bisect_change(g, c, a, b, 1.0),
                         down = bisect_change(g, c, a, b, -1.0);
            const double amount = amounts[a * g->n + b];
            assert_true(isinf(up) || isinf(down)); /* only one direction undoes anything */
            /* 80 halvings of 1e6 and sums of ten terms: 1e-9 leaves room. */
            assert_near(amount, isinf(up) ? -down : up, 1e-9 * (1.0 + fabs(amount)));
            assert_true(amounts[b * g->n + a] == amount);
            least = fmin(least, fabs(amount));
        }
    assert_near(fabs(change.amount), least, 1e-12 * (1.0 + least));
    assert_true(amounts[change.a * g->n + change.b] == change.amount);
    const double sign = (c >> change.a & 1) == (c >> change.b & 1) ? -1.0 : 1.0;
    assert_true(is_stable_changed(g, c, change.a, change.b, change.amount - sign * 1e-6));
    assert_false(is_stable_changed(g, c, change.a, change.b, change.amount + sign * 1e-6));
    assert_true(change.reaches != c && !(change.reaches & 1));
    assert_true(change.mover == change.a || change.mover == change.b);
    plain with = *g;
    double gain[PLAIN_ACTORS];
    with.p[change.a * g->n + change.b] += change.amount + sign * 1e-6;
    with.p[change.b * g->n + change.a] = with.p[change.a * g->n + change.b];
    const mst_landscape changed = landscape_of(&with);
    mst_landscape_gains(&changed, c, gain);
    assert_true(gain[change.mover] < 0.0);
    mst_arena_clear(&arena);
}

static void test_exact__smallest_change_is_that_of_bisection(void **state)
{
    (void)state;
    int32_t checked = 0;
    for (uint64_t seed = 1; seed < 60; seed += 2) { /* reals: no ties */
        const plain g = instance(seed);
        mst_arena arena;
        mst_landscape_map map;
        enumerate(&g, &(mst_landscape_ask){0}, &arena, &map);
        for (int32_t i = 0; i < map.count; i++, checked++)
            check_change(&g, map.minimum[i].configuration);
        mst_arena_clear(&arena);
    }
    assert_true(checked > 30);
}

static void test_exact__after_the_change_descent_leads_to_what_is_stable_then(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 60; seed += 2) {
        const plain g = instance(seed);
        const mst_landscape on = landscape_of(&g);
        mst_arena arena, other;
        mst_landscape_map map, after;
        mst_landscape_change change;
        enumerate(&g, &(mst_landscape_ask){0}, &arena, &map);
        const uint64_t c = map.minimum[0].configuration;
        assert_int_equal(mst_landscape_smallest_change(&on, c, &arena, NULL, &change, NULL),
                         MUSTER_OK);
        plain with = g;
        const double sign = (c >> change.a & 1) == (c >> change.b & 1) ? -1.0 : 1.0;
        with.p[change.a * g.n + change.b] += change.amount + sign * 1e-5;
        with.p[change.b * g.n + change.a] = with.p[change.a * g.n + change.b];
        enumerate(&with, &(mst_landscape_ask){0}, &other, &after);
        bool is_there = false, is_gone = true;
        for (int32_t i = 0; i < after.count; i++) {
            is_there = is_there || after.minimum[i].configuration == change.reaches;
            is_gone = is_gone && after.minimum[i].configuration != c;
        }
        assert_true(is_there && is_gone);
        mst_arena_clear(&arena);
        mst_arena_clear(&other);
    }
}

static void test_exact__change_of_a_tie_is_nothing_and_of_a_slope_refused(void **state)
{
    (void)state;
    /* 1 and 2 are alike and dislike one another; 0 is liked by nobody in particular. */
    const plain g = {.n = 3, .size = {1, 1, 1}, .p = {0, 0, 0, 0, 0, -1, 0, -1, 0}};
    const mst_landscape on = landscape_of(&g);
    mst_landscape_change change;
    mst_landscape_why why;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    assert_int_equal(mst_landscape_smallest_change(&on, 2, &arena, NULL, &change, &why), MUSTER_OK);
    assert_near(change.amount, 0.0, 0.0);
    assert_int_equal(change.mover, 0);
    assert_int_equal(mst_landscape_smallest_change(&on, 6, &arena, NULL, &change, &why),
                     MUSTER_MISTAKE);
    assert_int_equal(why.fault, MST_LANDSCAPE_NOT_STABLE);
    assert_int_equal(why.a, 1);
    assert_int_equal(mst_landscape_smallest_change(&on, 8, &arena, NULL, &change, &why),
                     MUSTER_MISTAKE);
    assert_int_equal(why.fault, MST_LANDSCAPE_CONFIGURATION);
    mst_arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact__minima_and_basins_are_those_of_brute_force),
        cmocka_unit_test(test_exact__chances_of_absorption_solve_the_linear_system),
        cmocka_unit_test(test_exact__drawn_chances_agree_with_exact_ones),
        cmocka_unit_test(test_exact__passes_are_minimax_walks),
        cmocka_unit_test(test_exact__indifference_leaves_every_configuration_stable),
        cmocka_unit_test(test_exact__dwarfs_among_giants_decide_too),
        cmocka_unit_test(test_exact__units_do_not_matter),
        cmocka_unit_test(test_exact__bad_questions_are_refused),
        cmocka_unit_test(test_exact__short_memory_is_told_and_nothing_is_kept),
        cmocka_unit_test(test_exact__smallest_change_is_that_of_bisection),
        cmocka_unit_test(test_exact__after_the_change_descent_leads_to_what_is_stable_then),
        cmocka_unit_test(test_exact__change_of_a_tie_is_nothing_and_of_a_slope_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
