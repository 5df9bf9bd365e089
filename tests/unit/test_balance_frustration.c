#include "test.h"

#include "align/theory/balance.h"
#include "memory.h"

#include <string.h>

/* The frustration index: against all splits and all sets of edges on small graphs, known graphs, and
 * the search between its bounds. */

enum { N_MAX = 100 };

static mst_arena arena;

static int set_up(void **state)
{
    (void)state;
    mst_arena_init(&arena, NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mst_arena_clear(&arena);
    return 0;
}

static mst_stream stream_number(uint32_t number)
{
    return mst_stream_of(mst_random_key(1959), 0, number);
}

typedef muster_status (*frustration_of)(int32_t n, const double *w, mst_arena *in,
                                        mst_frustration *out, mst_balance_refusal *why);

static mst_frustration found(frustration_of f, int32_t n, const double *w)
{
    mst_frustration out;
    mst_balance_refusal why;
    assert_int_equal(f(n, w, &arena, &out, &why), MUSTER_OK);
    assert_int_equal(why.reason, MST_BALANCE_FINE);
    assert_int_equal(out.camps.n, n);
    assert_int_equal(out.camps.undecided, 0);
    assert_int_equal(out.camps.side[0], 1);
    return out;
}

static mst_frustration searched(int32_t n, const double *w, int32_t starts, uint32_t number)
{
    mst_frustration out;
    mst_balance_refusal why;
    assert_int_equal(
        mst_frustration_search(n, w, starts, stream_number(number), &arena, &out, &why), MUSTER_OK);
    return out;
}

/* Edges with that probability, weights uniform on -1..1 but for has_signs: 1 and -1. The diagonal is
 * filled as well, for nobody to read. */
static void fill_graph(int32_t n, double share, bool has_signs, uint32_t number, double *w)
{
    uint64_t draw = 0;
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j <= i; j++) {
            const bool is_edge = mst_random_unit(stream_number(number), draw++) < share;
            const double u = 2.0 * mst_random_unit(stream_number(number), draw++) - 1.0;
            w[i * n + j] = w[j * n + i] = !is_edge ? 0.0 : has_signs ? copysign(1.0, u) : u;
        }
}

/* Weight of frustrated edges of a split, bit i of code the side of actor i. */
static double weight_of(int32_t n, const double *w, uint64_t code)
{
    double sum = 0.0;
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < i; j++) {
            const bool is_across = (code >> i & 1) != (code >> j & 1);
            if (is_across ? w[i * n + j] > 0.0 : w[i * n + j] < 0.0)
                sum += fabs(w[i * n + j]);
        }
    return sum;
}

/* Of the split that a result shows. */
static double weight_of_sides(int32_t n, const double *w, const int8_t *side, int64_t *edges)
{
    double sum = 0.0;
    *edges = 0;
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < i; j++)
            if (w[i * n + j] * side[i] * side[j] < 0.0) {
                sum += fabs(w[i * n + j]);
                ++*edges;
            }
    return sum;
}

/* ---- against every split ------------------------------------------------------------------------ */

static void assert_is_best(int32_t n, const double *w, const mst_frustration *result, double near)
{
    double least = INFINITY;
    int64_t splits = 0, edges;
    for (uint64_t code = 0; code < UINT64_C(1) << (n - 1); code++)
        least = fmin(least, weight_of(n, w, code));
    for (uint64_t code = 0; code < UINT64_C(1) << (n - 1); code++)
        splits += weight_of(n, w, code) <= least + near;
    assert_true(result->is_exact && result->at_least == result->least);
    assert_near(result->least, least, near);
    assert_int_equal(result->splits, splits);
    assert_near(weight_of_sides(n, w, result->camps.side, &edges), least, near);
    assert_int_equal(result->edges, edges);
    assert_int_equal(result->camps.is_determined, splits == 1);
}

/* Weights of 53 bits at random are never that near to a tie by chance; sums keep 1e-14. */
static void test_frustration__is_that_of_all_splits(void **state)
{
    (void)state;
    double w[81], sign[81];
    int32_t frustrated = 0;
    for (uint32_t trial = 0; trial < 270; trial++) {
        const int32_t n = 1 + (int32_t)(trial % 9);
        const double share = trial % 3 == 0 ? 1.0 : trial % 3 == 1 ? 0.6 : 0.3;
        fill_graph(n, share, false, trial, w);
        for (int32_t i = 0; i < n * n; i++)
            sign[i] = (w[i] > 0.0) - (w[i] < 0.0);
        const mst_frustration weighted = found(mst_frustration_weighted, n, w);
        const mst_frustration index = found(mst_frustration_index, n, w);
        assert_is_best(n, w, &weighted, 1e-12);
        assert_is_best(n, sign, &index, 0.0);
        assert_true(index.least == (double)index.edges);
        frustrated += index.least > 0.0;
    }
    assert_in_range(frustrated, 80, 220);
}

/* The words of the definition: the fewest edges whose removal leaves balance. All sets of edges of
 * graphs of 5 actors, up to 2^10. */
static void test_frustration__is_the_fewest_edges_to_remove(void **state)
{
    (void)state;
    enum { N = 5 };
    double w[N * N], left[N * N];
    int8_t side[N];
    int32_t queue[N];
    for (uint32_t trial = 0; trial < 60; trial++) {
        fill_graph(N, trial % 2 ? 1.0 : 0.7, true, 300 + trial, w);
        int fewest = 99;
        for (uint32_t removed = 0; removed < 1024; removed++) {
            int bit = 0, count = 0;
            for (int i = 0; i < N; i++)
                for (int j = 0; j < i; j++, bit++) {
                    const bool is_gone = removed >> bit & 1;
                    left[i * N + j] = left[j * N + i] = is_gone ? 0.0 : w[i * N + j];
                    count += is_gone;
                }
            if (count < fewest && mst_graph_is_balanced(N, left, side, queue))
                fewest = count;
        }
        assert_true(found(mst_frustration_index, N, w).least == fewest);
    }
}

/* ---- known graphs ------------------------------------------------------------------------------- */

static double choose(int32_t n, int32_t k)
{
    double c = 1.0;
    for (int32_t i = 1; i <= k; i++)
        c = c * (n - k + i) / i;
    return c;
}

static void fill_enemies(int32_t n, double *w)
{
    for (int32_t i = 0; i < n * n; i++)
        w[i] = -1.0;
}

/* All against all: the best split is in halves, n choose 2 less floor(n^2 / 4) remain; there are n
 * choose n/2 such halves, half as many if n is even. */
static void test_frustration__all_against_all(void **state)
{
    (void)state;
    double w[25 * 25];
    static const int32_t sizes[] = {1, 2, 3, 4, 5, 6, 7, 8, 13, 18};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        const int32_t n = sizes[k];
        fill_enemies(n, w);
        const mst_frustration index = found(mst_frustration_index, n, w);
        assert_true(index.least == n * (n - 1) / 2 - n * n / 4);
        assert_true((double)index.splits == choose(n, n / 2) / (n % 2 == 0 ? 2.0 : 1.0));
        const int32_t larger =
            index.camps.plus > index.camps.minus ? index.camps.plus : index.camps.minus;
        assert_int_equal(larger, (n + 1) / 2);
    }
}

/* The largest that is solved exactly: 2^24 splits; 300 - 156 = 144. */
static void test_frustration__twenty_five_actors(void **state)
{
    (void)state;
    double w[26 * 26];
    fill_enemies(25, w);
    const mst_frustration index = found(mst_frustration_index, 25, w);
    assert_true(index.is_exact && index.least == 144.0);
    assert_int_equal(index.splits, 5200300);
    /* one more is searched, and says so: triads without a common edge are 325 / 3 at
     * the most, of 325 - 169 = 156 */
    fill_enemies(26, w);
    const mst_frustration more = found(mst_frustration_index, 26, w);
    assert_true(!more.is_exact && more.least == 156.0 && more.splits == 0);
    assert_true(more.at_least > 50.0 && more.at_least <= 325.0 / 3.0);
    assert_false(more.camps.is_determined);
}

/* Petersen's graph with all edges negative: its largest cut has 12 of the 15 edges. Actor 0 is also one of
 * three friends, a balanced triad. */
static void test_frustration__petersen(void **state)
{
    (void)state;
    enum { N = 12 };
    double w[N * N] = {0};
    for (int i = 0; i < 5; i++) {
        const int ends[3][2] = {{i, (i + 1) % 5}, {i, i + 5}, {i + 5, (i + 2) % 5 + 5}};
        for (int e = 0; e < 3; e++)
            w[ends[e][0] * N + ends[e][1]] = w[ends[e][1] * N + ends[e][0]] = -1.0;
    }
    for (int i = 10; i < N; i++)
        for (int j = 0; j < i; j += j == 0 ? 10 : 1)
            w[i * N + j] = w[j * N + i] = 1.0;
    const mst_frustration index = found(mst_frustration_index, N, w);
    assert_true(index.least == 3.0);
    assert_is_best(N, w, &index, 0.0);
    /* a search finds that, but has no imbalanced triad to prove any of it */
    const mst_frustration search = searched(N, w, 64, 1);
    assert_true(search.least == 3.0 && search.at_least == 0.0 && !search.is_exact);
}

/* The jammed state of three cliques of three: two cliques make peace, 9 ties; three ways. */
static void test_frustration__three_cliques(void **state)
{
    (void)state;
    double w[81];
    for (int i = 0; i < 81; i++)
        w[i] = i / 27 == i % 9 / 3 ? 1.0 : -1.0;
    const mst_frustration index = found(mst_frustration_index, 9, w);
    assert_true(index.least == 9.0 && index.splits == 3);
    assert_true(index.camps.plus == 3 || index.camps.plus == 6);
}

static void test_frustration__no_ties_one_or_two_actors(void **state)
{
    (void)state;
    double w[36] = {0};
    for (int32_t n = 1; n <= 6; n++) {
        const mst_frustration none = found(mst_frustration_weighted, n, w);
        assert_true(none.least == 0.0 && none.edges == 0 && none.is_exact);
        assert_int_equal(none.splits, 1 << (n - 1)); /* nothing holds anybody anywhere */
        assert_int_equal(none.camps.is_determined, n == 1);
        int8_t side[6];
        int32_t queue[6];
        assert_true(mst_graph_is_balanced(n, w, side, queue));
    }
    w[1] = w[2] = -0.3;
    const mst_frustration two = found(mst_frustration_weighted, 2, w);
    assert_true(two.least == 0.0 && two.splits == 1 && two.camps.is_determined);
    assert_true(two.camps.side[0] == 1 && two.camps.side[1] == -1 && !two.camps.is_harmony);
    w[1] = w[2] = 0.3;
    assert_true(found(mst_frustration_weighted, 2, w).camps.is_harmony);
}

/* Turning over all ties of some actors changes nothing but their sides; a factor only the weight. */
static void test_frustration__turning_actors_over(void **state)
{
    (void)state;
    enum { N = 12 };
    static const double factors[] = {1e-90, 7.0, 1e90};
    double w[N * N], turned[N * N];
    for (uint32_t trial = 0; trial < 12; trial++) {
        fill_graph(N, 0.8, false, 400 + trial, w);
        const mst_frustration before = found(mst_frustration_weighted, N, w);
        const double factor = factors[trial % 3];
        for (int i = 0; i < N * N; i++)
            turned[i] =
                factor * w[i] * (i / N % 3 == 1 ? -1.0 : 1.0) * (i % N % 3 == 1 ? -1.0 : 1.0);
        const mst_frustration after = found(mst_frustration_weighted, N, turned);
        assert_near(after.least / factor, before.least, 1e-13);
        assert_int_equal(after.splits, before.splits);
        assert_int_equal(after.edges, before.edges);
        for (int i = 0; i < N && before.splits == 1; i++)
            assert_int_equal(after.camps.side[i], before.camps.side[i] * (i % 3 == 1 ? -1 : 1));
    }
}

/* ---- graphs with gaps ---------------------------------------------------------------------------- */

/* Balanced if and only if nothing is frustrated; the sides found then frustrate nothing. */
static void test_frustration__balance_with_gaps(void **state)
{
    (void)state;
    double w[100];
    int8_t side[10];
    int32_t queue[10], balanced = 0;
    for (uint32_t trial = 0; trial < 300; trial++) {
        const int32_t n = 1 + (int32_t)(trial % 10);
        fill_graph(n, 0.15 + 0.1 * (trial % 4), trial % 2, 500 + trial, w);
        const bool is_balanced = mst_graph_is_balanced(n, w, side, queue);
        assert_int_equal(is_balanced, found(mst_frustration_index, n, w).least == 0.0);
        balanced += is_balanced;
        int64_t edges = 0;
        if (is_balanced) {
            assert_true(weight_of_sides(n, w, side, &edges) == 0.0);
            assert_true(side[0] == 1);
        }
    }
    assert_in_range(balanced, 60, 240);
}

/* ---- search --------------------------------------------------------------------------------------- */

/* Where all splits can be seen the search finds the best of them (seen: every time), and the truth
 * lies between its bounds. */
static void test_frustration__search_finds_the_index(void **state)
{
    (void)state;
    double w[18 * 18];
    int32_t proved = 0;
    for (uint32_t trial = 0; trial < 60; trial++) {
        const int32_t n = 1 + (int32_t)(trial % 18);
        fill_graph(n, 0.3 + 0.2 * (trial % 4), trial % 2, 900 + trial, w);
        const mst_frustration truth = found(mst_frustration_weighted, n, w);
        const mst_frustration search = searched(n, w, 64, trial);
        const double near = 1e-12 * n * n;
        assert_near(search.least, truth.least, near);
        assert_true(search.at_least <= truth.least + near);
        assert_int_equal(search.is_exact, search.at_least == search.least);
        assert_int_equal(search.splits, 0);
        proved += search.is_exact;
        int64_t edges;
        assert_near(weight_of_sides(n, w, search.camps.side, &edges), search.least, near);
        assert_int_equal(edges, search.edges);
        /* fewer starts are never better */
        assert_true(searched(n, w, 1, trial).least >= search.least - near);
    }
    assert_in_range(proved, 5, 55);
}

/* Moves one actor at a time, the best one, until none helps: what Kernighan and Lin improve on. */
static double by_descent(int32_t n, const double *w, mst_stream stream)
{
    double s[N_MAX], sum = 0.0, least;
    int32_t best;
    for (int32_t i = 0; i < n; i++)
        s[i] = mst_random_unit(stream, (uint64_t)i) < 0.5 ? 1.0 : -1.0;
    do {
        best = -1;
        least = 0.0;
        for (int32_t i = 0; i < n; i++) {
            double change = 0.0;
            for (int32_t j = 0; j < n; j++)
                change += i == j ? 0.0 : w[i * n + j] * s[i] * s[j];
            best = change < least ? i : best;
            least = fmin(change, least);
        }
        if (best >= 0)
            s[best] = -s[best];
    } while (best >= 0);
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < i; j++)
            sum += w[i * n + j] * s[i] * s[j] < 0.0;
    return sum;
}

/* Random signs between 60 actors, where one start does not find the best: means of 40 graphs. Seen:
 * 12.6 edges of 724 fewer than by descent. One graph differs by some 10, so 40 by some 1.6. */
static void test_frustration__one_start_is_better_than_descent(void **state)
{
    (void)state;
    enum { N = 60, GRAPHS = 40 };
    static double w[N * N];
    double gained = 0.0;
    for (uint32_t graph = 0; graph < GRAPHS; graph++) {
        fill_graph(N, 1.0, true, 1200 + graph, w);
        gained +=
            by_descent(N, w, stream_number(1300 + graph)) - searched(N, w, 1, 1400 + graph).least;
    }
    assert_true(gained / GRAPHS > 6.0);
}

/* Two camps of 100 actors hidden in random order: found and proved, for nothing is left. With one
 * sign in twenty wrong no split is better than that many, and the camps are still there. */
static void test_frustration__search_finds_hidden_camps(void **state)
{
    (void)state;
    enum { N = 100 };
    static double w[N * N];
    int8_t side[N];
    for (int i = 0; i < N; i++)
        side[i] = i == 0 || mst_random_unit(stream_number(1), (uint64_t)i) < 0.5 ? 1 : -1;
    for (int noisy = 0; noisy < 2; noisy++) {
        int32_t wrong = 0;
        for (int i = 0; i < N; i++)
            for (int j = 0; j < i; j++) {
                const uint64_t draw = (uint64_t)(i * N + j);
                const bool is_wrong = noisy && mst_random_unit(stream_number(2), draw) < 0.05;
                w[i * N + j] = w[j * N + i] = side[i] * side[j] * (is_wrong ? -1.0 : 1.0);
                wrong += is_wrong;
            }
        const mst_frustration index = found(mst_frustration_index, N, w);
        assert_true(index.least == wrong && index.edges == wrong);
        assert_int_equal(index.is_exact, !noisy || index.at_least == index.least);
        assert_true(index.at_least > 0.5 * wrong || !noisy);
        for (int i = 0; i < N; i++)
            assert_int_equal(index.camps.side[i], side[i]);
        const mst_frustration again = found(mst_frustration_index, N, w);
        assert_memory_equal(again.camps.side, index.camps.side, N);
    }
}

/* ---- refusals -------------------------------------------------------------------------------------- */

static void test_frustration__refusals(void **state)
{
    (void)state;
    double w[9] = {NAN, 1, 1, 1, INFINITY, -1, 1, -1, 0}; /* the diagonal is not read */
    mst_frustration out;
    mst_balance_refusal why;
    assert_true(found(mst_frustration_index, 3, w).least == 1.0);
    assert_true(searched(3, w, 1, 1).least == 1.0);
    assert_int_equal(mst_frustration_index(0, w, &arena, &out, &why), MUSTER_MISTAKE);
    assert_int_equal(why.reason, MST_BALANCE_SIZE);
    assert_int_equal(
        mst_frustration_weighted(MST_FRUSTRATION_ACTORS_MAX + 1, w, &arena, &out, &why),
        MUSTER_MISTAKE);
    assert_int_equal(why.reason, MST_BALANCE_SIZE);
    assert_int_equal(mst_frustration_search(3, w, 0, stream_number(1), &arena, &out, &why),
                     MUSTER_MISTAKE);
    assert_int_equal(why.reason, MST_BALANCE_STEPS);
    w[5] = 1.0;
    assert_int_equal(mst_frustration_index(3, w, &arena, &out, &why), MUSTER_MISTAKE);
    assert_true(why.reason == MST_BALANCE_NOT_SYMMETRIC && why.row == 1 && why.column == 2);
    w[6] = NAN;
    assert_int_equal(mst_frustration_search(3, w, 5, stream_number(1), &arena, &out, &why),
                     MUSTER_MISTAKE);
    assert_true(why.reason == MST_BALANCE_NOT_FINITE && why.row == 2 && why.column == 0);
}

static void test_frustration__memory_runs_short(void **state)
{
    (void)state;
    enum { N = 90 };
    static double w[N * N];
    fill_graph(N, 0.5, false, 2000, w);
    int32_t failures = 0, successes = 0;
    for (int32_t left = 0; left < 8; left++) {
        test_memory memory = {.left = left};
        const muster_memory hook = test_hook(&memory);
        mst_arena small;
        mst_arena_init(&small, &hook);
        mst_frustration out;
        mst_balance_refusal why;
        const muster_status status =
            mst_frustration_search(N, w, 1, stream_number(3), &small, &out, &why);
        assert_int_equal(status, memory.refused > 0 ? MUSTER_WORLD : MUSTER_OK);
        failures += memory.refused > 0;
        successes += memory.refused == 0;
        mst_arena_clear(&small);
        assert_int_equal(memory.held, 0);
    }
    assert_true(failures > 0 && successes > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frustration__is_that_of_all_splits),
        cmocka_unit_test(test_frustration__is_the_fewest_edges_to_remove),
        cmocka_unit_test(test_frustration__all_against_all),
        cmocka_unit_test(test_frustration__twenty_five_actors),
        cmocka_unit_test(test_frustration__petersen),
        cmocka_unit_test(test_frustration__three_cliques),
        cmocka_unit_test(test_frustration__no_ties_one_or_two_actors),
        cmocka_unit_test(test_frustration__turning_actors_over),
        cmocka_unit_test(test_frustration__balance_with_gaps),
        cmocka_unit_test(test_frustration__search_finds_the_index),
        cmocka_unit_test(test_frustration__one_start_is_better_than_descent),
        cmocka_unit_test(test_frustration__search_finds_hidden_camps),
        cmocka_unit_test(test_frustration__refusals),
        cmocka_unit_test(test_frustration__memory_runs_short),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
