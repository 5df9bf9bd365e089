/* Landscape theory with more than two positions or more than 25 actors: search against brute force. */
#include "landscapes.h"
#include "memory.h"

#include <string.h>

enum { CODES_MAX = 4096 }; /* 3^7 and 4^6 */

/* ---- brute force: a configuration is a number in base k, actor 0 its lowest digit ----------------------- */

static void digits(int32_t code, int32_t k, int32_t n, uint8_t *position)
{
    for (int32_t i = 0; i < n; i++, code /= k)
        position[i] = (uint8_t)(code % k);
}

static double energy_of(const plain *g, const mst_landscape_camps *d, const uint8_t *position)
{
    double energy = 0.0;
    for (int32_t i = 0; i < g->n; i++)
        for (int32_t j = 0; j < g->n; j++)
            if (i != j)
                energy += g->size[i] * g->size[j] * g->p[i * g->n + j] *
                          d->distance[position[i]][position[j]];
    return energy;
}

/* The smallest image in the order of words; every map of positions is tried, if it is one to one and keeps
 * distances. */
static void normal(const mst_landscape_camps *d, int32_t n, const uint8_t *position, uint8_t *out)
{
    const int32_t k = d->count;
    int32_t maps = 1;
    for (int32_t a = 0; a < k; a++)
        maps *= k;
    memcpy(out, position, (size_t)n);
    for (int32_t m = 0; m < maps; m++) {
        uint8_t to[MST_LANDSCAPE_CAMPS_MAX], image[PLAIN_ACTORS];
        bool is_fit = true;
        digits(m, k, k, to);
        for (int32_t a = 0; a < k; a++)
            for (int32_t b = 0; b < a; b++)
                is_fit = is_fit && to[a] != to[b] && d->distance[a][b] == d->distance[to[a]][to[b]];
        for (int32_t i = 0; i < n; i++)
            image[i] = to[position[i]];
        if (is_fit && memcmp(image, out, (size_t)n) < 0)
            memcpy(out, image, (size_t)n);
    }
}

/* Moves to the best neighbour, lowest actor and then lowest position where they tie; false: none gains. */
static bool step_down(const plain *g, const mst_landscape_camps *d, uint8_t *position)
{
    const double here = energy_of(g, d, position), same = 1e-11 * plain_scale(g);
    double least = 0.0;
    int32_t who = -1;
    uint8_t where = 0;
    for (int32_t i = 0; i < g->n; i++) {
        const uint8_t was = position[i];
        for (uint8_t c = 0; c < d->count; c++) {
            position[i] = c;
            const double cost = energy_of(g, d, position) - here;
            if (cost < least - same) {
                least = cost;
                who = i;
                where = c;
            }
        }
        position[i] = was;
    }
    if (who >= 0)
        position[who] = where;
    return who >= 0;
}

static bool is_strict_plainly(const plain *g, const mst_landscape_camps *d, const uint8_t *position)
{
    const double here = energy_of(g, d, position), same = 1e-11 * plain_scale(g);
    uint8_t moved[PLAIN_ACTORS], own[PLAIN_ACTORS], other[PLAIN_ACTORS];
    normal(d, g->n, position, own);
    for (int32_t i = 0; i < g->n; i++)
        for (uint8_t c = 0; c < d->count; c++) {
            memcpy(moved, position, (size_t)g->n);
            moved[i] = c;
            normal(d, g->n, moved, other);
            if (c != position[i] && energy_of(g, d, moved) <= here + same &&
                memcmp(own, other, (size_t)g->n) != 0)
                return false;
        }
    return true;
}

static int32_t find_of(const mst_landscape_finds *finds, int32_t n, const uint8_t *position)
{
    for (int32_t i = 0; i < finds->count; i++)
        if (memcmp(finds->find[i].position, position, (size_t)n) == 0)
            return i;
    return -1;
}

/* @return how many of the minima are tied */
static int32_t check_exhaustive(const plain *g, const mst_landscape_camps *d)
{
    const mst_landscape on = landscape_of(g);
    int64_t hits[CODES_MAX] = {0};
    int32_t codes = 1, tied = 0;
    mst_landscape_finds finds;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    for (int32_t i = 0; i < g->n; i++)
        codes *= d->count;
    assert_true(codes <= CODES_MAX);
    assert_int_equal(mst_landscape_search(&on, d, CODES_MAX, 1, &arena, &finds, NULL), MUSTER_OK);
    assert_true(finds.is_exhaustive);
    assert_int_equal(finds.starts, codes);
    for (int32_t code = 0; code < codes; code++) {
        uint8_t position[PLAIN_ACTORS], image[PLAIN_ACTORS];
        digits(code, d->count, g->n, position);
        while (step_down(g, d, position))
            continue;
        normal(d, g->n, position, image);
        const int32_t found = find_of(&finds, g->n, image);
        assert_true(found >= 0);
        hits[found]++;
    }
    for (int32_t i = 0; i < finds.count; i++) {
        const mst_landscape_find *const f = &finds.find[i];
        assert_int_equal(f->hits, hits[i]);
        assert_true(hits[i] > 0);
        assert_int_equal(f->is_strict, is_strict_plainly(g, d, f->position));
        assert_near(f->energy, energy_of(g, d, f->position), 1e-13 * plain_scale(g));
        assert_true(i == 0 || finds.find[i - 1].energy <= f->energy + 1e-11 * plain_scale(g));
        tied += !f->is_strict;
    }
    mst_arena_clear(&arena);
    return tied;
}

static void test_search__exhaustive_search_is_brute_force(void **state)
{
    (void)state;
    static const mst_landscape_camps line = {3, {{0, 1, 2.5}, {1, 0, 1.5}, {2.5, 1.5, 0}}};
    int32_t tied = 0;
    for (uint64_t seed = 0; seed < 12; seed++) {
        const bool is_whole = seed % 2 == 0;
        plain g = random_plain(4 + (int32_t)(seed % 3), seed, is_whole);
        if (seed % 4 == 0)
            plain_tenths(&g);
        const mst_landscape_camps two = mst_landscape_camps_plain(2);
        const mst_landscape_camps three = mst_landscape_camps_plain(3);
        const mst_landscape_camps half = mst_landscape_camps_neutral(0.5);
        const mst_landscape_camps far = mst_landscape_camps_neutral(0.8);
        tied += check_exhaustive(&g, &two);
        tied += check_exhaustive(&g, &three);
        tied += check_exhaustive(&g, &half);
        tied += check_exhaustive(&g, &far);
        tied += check_exhaustive(&g, &line);
    }
    const plain few = random_plain(6, 3, true);
    const mst_landscape_camps four = mst_landscape_camps_plain(4);
    tied += check_exhaustive(&few, &four);
    assert_true(tied > 10);
}

/* ---- two camps: the same as every configuration by Gray code ------------------------------------------------ */

static uint64_t mask_of(const uint8_t *position, int32_t n)
{
    uint64_t mask = 0;
    for (int32_t i = 0; i < n; i++)
        mask |= (uint64_t)position[i] << i;
    return mask;
}

static void test_search__two_camps_are_those_of_the_enumeration(void **state)
{
    (void)state;
    const mst_landscape_camps two = mst_landscape_camps_plain(2);
    for (uint64_t seed = 0; seed < 10; seed++) {
        const plain g = random_plain(12, seed, seed % 2 == 0);
        const mst_landscape on = landscape_of(&g);
        mst_arena arena;
        mst_landscape_map map;
        mst_landscape_finds finds;
        mst_arena_init(&arena, NULL);
        assert_int_equal(mst_landscape_enumerate(&on, &(mst_landscape_ask){0}, &arena, &map, NULL),
                         MUSTER_OK);
        assert_int_equal(mst_landscape_search(&on, &two, 4096, 0, &arena, &finds, NULL), MUSTER_OK);
        assert_int_equal(finds.count, map.count);
        for (int32_t i = 0; i < map.count; i++) {
            int32_t j = 0;
            while (mask_of(finds.find[j].position, g.n) != map.minimum[i].configuration)
                assert_true(++j < finds.count);
            assert_int_equal(finds.find[j].hits, 2 * map.minimum[i].basin); /* both mirror images */
            assert_int_equal(finds.find[j].is_strict, map.minimum[i].is_strict);
        }
        mst_arena_clear(&arena);
    }
}

static void test_search__random_starts_hit_basins_by_their_size(void **state)
{
    (void)state;
    enum { STARTS = 4000 };
    plain g = random_plain(18, 3, false);
    for (int32_t i = 0; i < g.n * g.n; i++)
        g.p[i] -= 1.0; /* many minima */
    const mst_landscape on = landscape_of(&g);
    const mst_landscape_camps two = mst_landscape_camps_plain(2);
    mst_arena arena;
    mst_landscape_map map;
    mst_landscape_finds finds, again;
    mst_arena_init(&arena, NULL);
    assert_int_equal(mst_landscape_enumerate(&on, &(mst_landscape_ask){0}, &arena, &map, NULL),
                     MUSTER_OK);
    assert_int_equal(mst_landscape_search(&on, &two, STARTS, 5, &arena, &finds, NULL), MUSTER_OK);
    assert_false(finds.is_exhaustive);
    assert_int_equal(finds.starts, STARTS);
    assert_int_equal(mask_of(finds.find[0].position, g.n), map.minimum[0].configuration);
    assert_true(map.count > 3);
    int64_t all = 0;
    for (int32_t i = 0; i < map.count; i++) {
        int64_t hits = 0;
        for (int32_t j = 0; j < finds.count; j++)
            if (mask_of(finds.find[j].position, g.n) == map.minimum[i].configuration)
                hits = finds.find[j].hits;
        const double share = (double)map.minimum[i].basin / (double)map.configurations;
        /* 4.5 standard errors, and half a hit for the small ones */
        assert_near((double)hits, share * STARTS, 4.5 * sqrt(STARTS * share * (1.0 - share)) + 0.5);
        all += hits;
    }
    assert_int_equal(all, STARTS); /* nothing but minima */
    assert_int_equal(mst_landscape_search(&on, &two, STARTS, 5, &arena, &again, NULL), MUSTER_OK);
    assert_int_equal(again.count, finds.count);
    for (int32_t i = 0; i < finds.count; i++)
        assert_int_equal(again.find[i].hits, finds.find[i].hits);
    assert_int_equal(mst_landscape_search(&on, &two, STARTS, 6, &arena, &again, NULL), MUSTER_OK);
    bool is_other = again.count != finds.count;
    for (int32_t i = 0; !is_other && i < finds.count; i++)
        is_other = again.find[i].hits != finds.find[i].hits;
    assert_true(is_other);
    mst_arena_clear(&arena);
}

/* Blocs of friends among enemies: the lowest configuration is known whatever n is, and each pair across
 * costs least. */
static void test_search__many_actors_in_blocs(void **state)
{
    (void)state;
    enum { MANY = 200, BLOCS = 3 };
    static double size[MANY], propensity[MANY * MANY];
    const mst_landscape on = {MANY, size, propensity};
    const mst_landscape_camps three = mst_landscape_camps_plain(BLOCS);
    double lowest = 0.0;
    for (int32_t i = 0; i < MANY; i++) {
        size[i] = 1.0 + i % 7;
        for (int32_t j = 0; j < i; j++) {
            const bool is_friend = i % BLOCS == j % BLOCS;
            propensity[i * MANY + j] = propensity[j * MANY + i] = is_friend ? 1.0 : -0.5;
            lowest += is_friend ? 0.0 : 2.0 * size[i] * size[j] * -0.5;
        }
    }
    mst_arena arena;
    mst_landscape_finds finds;
    mst_arena_init(&arena, NULL);
    assert_int_equal(mst_landscape_search(&on, &three, 20, 1, &arena, &finds, NULL), MUSTER_OK);
    assert_false(finds.is_exhaustive);
    assert_near(finds.find[0].energy, lowest, 0.0); /* halves of whole numbers: exact */
    assert_true(finds.find[0].is_strict);
    for (int32_t i = 0; i < MANY; i++)
        assert_int_equal(finds.find[0].position[i], i % BLOCS); /* actors 0, 1, 2 name the camps */
    mst_arena_clear(&arena);
}

/* ---- neutral ------------------------------------------------------------------------------------------------- */

/* 0 and 1 are bitter enemies, 2 dislikes both. Apart from both by 0.7 is better for it than by 0 and 1;
 * at 0.5 it is the same to it. */
static void test_search__a_third_party_turns_neutral(void **state)
{
    (void)state;
    const plain g = {.n = 3, .size = {1, 1, 1}, .p = {0, -10, -1, -10, 0, -1, -1, -1, 0}};
    const mst_landscape on = landscape_of(&g);
    mst_landscape_camps camps = mst_landscape_camps_neutral(0.7);
    double own[3];
    mst_arena arena;
    mst_landscape_finds finds;
    mst_arena_init(&arena, NULL);
    assert_int_equal(mst_landscape_search(&on, &camps, 100, 0, &arena, &finds, NULL), MUSTER_OK);
    assert_memory_equal(finds.find[0].position, ((uint8_t[]){0, 1, 2}), 3);
    assert_true(finds.find[0].is_strict);
    /* 2 (-10 - 0.7 - 0.7), decimal fractions: to rounding */
    assert_near(finds.find[0].energy, -22.8, 1e-13);
    mst_landscape_energy_at(&on, &camps, finds.find[0].position, own);
    assert_near(own[0], -10.7, 1e-14);
    assert_near(own[2], -1.4, 1e-14);
    camps = mst_landscape_camps_neutral(0.5);
    assert_int_equal(mst_landscape_search(&on, &camps, 100, 0, &arena, &finds, NULL), MUSTER_OK);
    assert_near(finds.find[0].energy, -22.0, 0.0);
    assert_false(finds.find[0].is_strict);
    assert_int_equal(finds.count, 3); /* with 0, with 1, neutral */
    mst_arena_clear(&arena);
}

static void test_search__distances_must_be_a_metric(void **state)
{
    (void)state;
    static const struct {
        mst_landscape_camps camps;
        mst_landscape_fault fault;
    } bad[] = {
        {{.count = 1}, MST_LANDSCAPE_CAMPS},
        {{.count = 7}, MST_LANDSCAPE_CAMPS},
        {{2, {{0, 0}, {0, 0}}}, MST_LANDSCAPE_DISTANCE},
        {{2, {{0.1, 1}, {1, 0}}}, MST_LANDSCAPE_DISTANCE},
        {{2, {{0, -1}, {-1, 0}}}, MST_LANDSCAPE_DISTANCE},
        {{2, {{0, (double)INFINITY}, {(double)INFINITY, 0}}}, MST_LANDSCAPE_DISTANCE},
        {{2, {{0, 1}, {2, 0}}}, MST_LANDSCAPE_DISTANCE_ASYMMETRIC},
        {{3, {{0, 1, 3}, {1, 0, 1}, {3, 1, 0}}}, MST_LANDSCAPE_TRIANGLE},
    };
    const plain g = random_plain(4, 1, false);
    const mst_landscape on = landscape_of(&g);
    mst_landscape_finds finds;
    mst_landscape_why why;
    mst_arena arena;
    mst_arena_init(&arena, NULL);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(mst_landscape_search(&on, &bad[i].camps, 9, 0, &arena, &finds, &why),
                         MUSTER_MISTAKE);
        assert_int_equal(why.fault, bad[i].fault);
    }
    const mst_landscape_camps near = mst_landscape_camps_neutral(0.49);
    assert_int_equal(mst_landscape_camps_check(&near).fault, MST_LANDSCAPE_TRIANGLE);
    const mst_landscape_camps thirds = {3,
                                        {{0, 0.1 + 0.2, 0.1}, {0.1 + 0.2, 0, 0.2}, {0.1, 0.2, 0}}};
    assert_int_equal(mst_landscape_camps_check(&thirds).fault, MST_LANDSCAPE_FINE);
    const mst_landscape_camps two = mst_landscape_camps_plain(2);
    assert_int_equal(mst_landscape_search(&on, &two, 0, 0, &arena, &finds, &why), MUSTER_MISTAKE);
    assert_int_equal(why.fault, MST_LANDSCAPE_NUMBER);
    mst_arena_clear(&arena);
}

static void test_search__short_memory_is_told_and_nothing_is_kept(void **state)
{
    (void)state;
    enum { MANY = 24 };
    const plain g = {.n = MANY, .size = {0}};
    plain all = g;
    for (int32_t i = 0; i < MANY; i++)
        all.size[i] = 1.0; /* nobody minds: every start is a minimum of its own */
    const mst_landscape on = landscape_of(&all);
    const mst_landscape_camps camps = mst_landscape_camps_plain(3);
    muster_status status = MUSTER_WORLD;
    int32_t refusals = 0;
    for (int32_t left = 0; status != MUSTER_OK; left++) {
        test_memory memory = {.left = left};
        const muster_memory hook = test_hook(&memory);
        mst_landscape_finds finds;
        mst_arena arena;
        mst_arena_init(&arena, &hook);
        status = mst_landscape_search(&on, &camps, 3000, 1, &arena, &finds, NULL);
        assert_int_equal(status == MUSTER_OK, memory.refused == 0);
        assert_true(status == MUSTER_OK || status == MUSTER_WORLD);
        refusals += memory.refused > 0;
        if (status == MUSTER_OK)
            assert_int_equal(finds.count, 3000);
        mst_arena_clear(&arena);
        assert_int_equal(memory.held, 0);
    }
    assert_true(refusals > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_search__exhaustive_search_is_brute_force),
        cmocka_unit_test(test_search__two_camps_are_those_of_the_enumeration),
        cmocka_unit_test(test_search__random_starts_hit_basins_by_their_size),
        cmocka_unit_test(test_search__many_actors_in_blocs),
        cmocka_unit_test(test_search__a_third_party_turns_neutral),
        cmocka_unit_test(test_search__distances_must_be_a_metric),
        cmocka_unit_test(test_search__short_memory_is_told_and_nothing_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
