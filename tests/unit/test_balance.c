#include "test.h"

#include "align/theory/balance.h"
#include "memory.h"

#include <gsl/gsl_linalg.h>
#include <string.h>

/* Structural balance in closed form: cases by hand, a second method, Zachary's club. */

enum { N_MAX = 64 };

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
    return mst_stream_of(mst_random_key(1946), 0, number); /* Heider's year */
}

/* Symmetric, normal with that mean and deviation 1, diagonal included. */
static void fill_normal(int32_t n, double mean, mst_stream stream, double *x)
{
    uint64_t draw = 0;
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j <= i; j++)
            x[i * n + j] = x[j * n + i] = mean + mst_random_normal(stream, draw++);
}

static mst_balance solved(int32_t n, const double *x)
{
    mst_balance out;
    mst_balance_refusal why;
    assert_int_equal(mst_balance_solve(n, x, &arena, &out, &why), MUSTER_OK);
    assert_int_equal(why.reason, MST_BALANCE_FINE);
    assert_int_equal(out.n, n);
    return out;
}

static void fill_at(const mst_balance *balance, double t, double *x)
{
    mst_balance_refusal why;
    assert_int_equal(mst_balance_at(balance, t, x, &why), MUSTER_OK);
}

static mst_balance_reason refused_at(const mst_balance *balance, double t)
{
    double x[N_MAX * N_MAX];
    mst_balance_refusal why;
    assert_int_equal(mst_balance_at(balance, t, x, &why), MUSTER_MISTAKE);
    return why.reason;
}

static double norm_of(int32_t n, const double *x)
{
    double sum = 0.0;
    for (int32_t i = 0; i < n * n; i++)
        sum += x[i] * x[i];
    return sqrt(sum);
}

/* |a - b| / |b| */
static double apart(int32_t n, const double *a, const double *b)
{
    double difference[N_MAX * N_MAX];
    for (int32_t i = 0; i < n * n; i++)
        difference[i] = a[i] - b[i];
    return norm_of(n, difference) / norm_of(n, b);
}

static void assert_sides(const mst_camps *camps, const int8_t *side, int32_t n)
{
    assert_true(camps->is_determined);
    assert_int_equal(camps->n, n);
    int32_t plus = 0, minus = 0;
    for (int32_t i = 0; i < n; i++) {
        assert_int_equal(camps->side[i], side[i]);
        plus += side[i] > 0;
        minus += side[i] < 0;
    }
    assert_int_equal(camps->plus, plus);
    assert_int_equal(camps->minus, minus);
    assert_int_equal(camps->undecided, n - plus - minus);
    assert_int_equal(camps->is_harmony, plus == n);
}

static void assert_undetermined(const mst_camps *camps)
{
    assert_false(camps->is_determined);
    assert_false(camps->is_harmony);
    assert_int_equal(camps->undecided, camps->n);
    for (int32_t i = 0; i < camps->n; i++)
        assert_int_equal(camps->side[i], 0);
}

/* ---- by hand; tolerances are a few roundings -------------------------------------------------- */

static void test_balance__one_actor(void **state)
{
    (void)state;
    /* dx/dt = x^2: x = x0 / (1 - x0 t) */
    double x = 2.0;
    mst_balance at = solved(1, &x);
    assert_true(at.blows_up && !at.is_degenerate);
    assert_near(at.blow_up_time, 0.5, 1e-16);
    assert_sides(&at.camps, (const int8_t[]){1}, 1);
    fill_at(&at, 0.25, &x);
    assert_near(x, 4.0, 1e-14);
    assert_int_equal(refused_at(&at, 0.5), MST_BALANCE_PAST_BLOW_UP);
    x = -3.0;
    at = solved(1, &x);
    assert_false(at.blows_up);
    assert_true(at.blow_up_time == INFINITY);
    assert_undetermined(&at.camps);
    fill_at(&at, 1.0, &x);
    assert_near(x, -0.75, 1e-15);
    x = 0.0;
    at = solved(1, &x);
    assert_false(at.blows_up || at.is_degenerate);
    fill_at(&at, 1e300, &x);
    assert_true(x == 0.0);
}

static void test_balance__two_actors(void **state)
{
    (void)state;
    /* eigenvalues 1 and -1: X(t) = ((t, s), (s, t)) / (1 - t^2), s the sign of the tie */
    for (int s = -1; s <= 1; s += 2) {
        const double x0[4] = {0.0, s, s, 0.0};
        const mst_balance at = solved(2, x0);
        assert_near(at.value[0], 1.0, 1e-15);
        assert_near(at.value[1], -1.0, 1e-15);
        assert_near(at.blow_up_time, 1.0, 1e-15);
        assert_near(at.vector[0], sqrt(0.5), 1e-15);
        assert_near(at.vector[1], s * sqrt(0.5), 1e-15);
        assert_sides(&at.camps, (const int8_t[]){1, (int8_t)s}, 2);
        double x[4];
        fill_at(&at, 0.5, x);
        assert_near(x[0], 2.0 / 3.0, 2e-15);
        assert_near(x[3], 2.0 / 3.0, 2e-15);
        assert_near(x[1], s * 4.0 / 3.0, 2e-15);
        assert_true(x[1] == x[2]);
        assert_int_equal(refused_at(&at, at.blow_up_time), MST_BALANCE_PAST_BLOW_UP);
        assert_int_equal(refused_at(&at, 7.0), MST_BALANCE_PAST_BLOW_UP);
        assert_int_equal(refused_at(&at, -0.1), MST_BALANCE_TIME);
        assert_int_equal(refused_at(&at, NAN), MST_BALANCE_TIME);
        assert_int_equal(refused_at(&at, INFINITY), MST_BALANCE_TIME);
    }
}

static void test_balance__three_actors(void **state)
{
    (void)state;
    /* two friends and their enemy, diagonal 1: eigenvalues 3, 0, 0; X(t) = X0 / (1 - 3 t) */
    const double enemy[9] = {1, 1, -1, 1, 1, -1, -1, -1, 1};
    mst_balance at = solved(3, enemy);
    assert_near(at.value[0], 3.0, 4e-15);
    assert_near(at.value[1], 0.0, 4e-15);
    assert_near(at.value[2], 0.0, 4e-15);
    assert_near(at.blow_up_time, 1.0 / 3.0, 1e-15);
    assert_sides(&at.camps, (const int8_t[]){1, 1, -1}, 3);
    double x[9];
    fill_at(&at, 0.3, x);
    for (int i = 0; i < 9; i++)
        assert_near(x[i], 10.0 * enemy[i], 1e-12); /* 1 / (1 - .9): ten times the rounding */
    /* a friend of two enemies, diagonal 0: eigenvalues 1, 1, -2: who joins whom is open */
    const double torn[9] = {0, 1, 1, 1, 0, -1, 1, -1, 0};
    at = solved(3, torn);
    assert_near(at.value[0], 1.0, 2e-15);
    assert_near(at.value[1], 1.0, 2e-15);
    assert_near(at.value[2], -2.0, 4e-15);
    assert_true(at.blows_up && at.is_degenerate);
    assert_int_equal(at.leading, 2);
    assert_undetermined(&at.camps);
    /* two friends and somebody without ties: undecided, not a camp */
    const double apart_from[9] = {0, 1, 0, 1, 0, 0, 0, 0, 0};
    at = solved(3, apart_from);
    assert_sides(&at.camps, (const int8_t[]){1, 1, 0}, 3);
    /* the same with the odd one first: the first decided is on side 1 */
    const double odd_first[9] = {0, 0, 0, 0, 0, -1, 0, -1, 0};
    at = solved(3, odd_first);
    assert_sides(&at.camps, (const int8_t[]){0, 1, -1}, 3);
    assert_true(at.vector[1] > 0.0 && at.vector[2] < 0.0);
    /* all eigenvalues -1 or 0: ties fade as -1 / (1 + t), rounding brings no blow-up */
    const double fading[9] = {-1, 0, 0, 0, -0.5, -0.5, 0, -0.5, -0.5};
    at = solved(3, fading);
    assert_false(at.blows_up);
    assert_undetermined(&at.camps);
    fill_at(&at, 1e20, x);
    assert_near(x[0], -1e-20, 1e-30);
}

/* X0 = -v v^T: one eigenvalue below 0, the others 0, which rounding puts on either side of it. There is
 * no blow-up, at any time. */
static void test_balance__rounding_is_no_blow_up(void **state)
{
    (void)state;
    enum { N = 11 };
    double x0[N * N], x[N * N];
    for (uint32_t trial = 0; trial < 20; trial++) {
        for (int32_t i = 0; i < N * N; i++)
            x0[i] = -mst_random_normal(stream_number(700 + trial), (uint64_t)i / N) *
                    mst_random_normal(stream_number(700 + trial), (uint64_t)i % N);
        const mst_balance at = solved(N, x0);
        assert_true(!at.blows_up && at.blow_up_time == INFINITY && at.value[0] <= 0.0);
        assert_undetermined(&at.camps);
        fill_at(&at, 1e30, x);
        for (int32_t i = 0; i < N * N; i++)
            assert_near(x[i], 0.0, 1e-14);
    }
}

/* 1 / l times l is not always 1: the blow-up time itself is refused all the same. */
static void test_balance__blow_up_time_itself_is_refused(void **state)
{
    (void)state;
    for (uint64_t trial = 0; trial < 200; trial++) {
        const double x0 = mst_random_unit(stream_number(750), trial);
        const mst_balance at = solved(1, &x0);
        assert_int_equal(refused_at(&at, at.blow_up_time), MST_BALANCE_PAST_BLOW_UP);
        double x;
        fill_at(&at, at.blow_up_time * (1.0 - 1e-15), &x);
        assert_true(isfinite(x) && x > 1e13 * x0);
    }
}

static void test_balance__no_ties_at_all(void **state)
{
    (void)state;
    const double x0[25] = {0};
    for (int32_t n = 1; n <= 5; n++) {
        const mst_balance at = solved(n, x0);
        assert_false(at.blows_up);
        assert_int_equal(at.leading, n);
        assert_int_equal(at.is_degenerate, n > 1);
        assert_undetermined(&at.camps);
        double x[25];
        fill_at(&at, 1e6, x);
        for (int32_t i = 0; i < n * n; i++)
            assert_true(x[i] == 0.0);
    }
}

/* ---- against other methods ---------------------------------------------------------------------- */

/* X0 (I - X0 t)^-1 by LU: X (I - X0 t) = X0, and as all of it is symmetric, (I - X0 t) X = X0. */
static void by_lu(int32_t n, const double *x0, double t, double *x)
{
    double left[N_MAX * N_MAX], column[N_MAX], solution[N_MAX];
    size_t swaps[N_MAX];
    int sign;
    for (int32_t i = 0; i < n * n; i++)
        left[i] = (i % (n + 1) == 0 ? 1.0 : 0.0) - t * x0[i];
    const size_t m = (size_t)n;
    gsl_matrix_view lu = gsl_matrix_view_array(left, m, m);
    gsl_permutation order = {m, swaps};
    assert_int_equal(gsl_linalg_LU_decomp(&lu.matrix, &order, &sign), 0);
    for (int32_t j = 0; j < n; j++) {
        for (int32_t i = 0; i < n; i++)
            column[i] = x0[i * n + j];
        gsl_vector_view b = gsl_vector_view_array(column, m);
        gsl_vector_view y = gsl_vector_view_array(solution, m);
        assert_int_equal(gsl_linalg_LU_solve(&lu.matrix, &order, &b.vector, &y.vector), 0);
        for (int32_t i = 0; i < n; i++)
            x[i * n + j] = solution[i];
    }
}

/* Both keep some 1e-15 n / (1 - t / t*); at .99 t* that is near 1e-12. */
static void test_balance__closed_form_agrees_with_lu(void **state)
{
    (void)state;
    static const double shares[] = {0.0, 0.1, 0.5, 0.9, 0.99};
    double x0[N_MAX * N_MAX], x[N_MAX * N_MAX], expected[N_MAX * N_MAX];
    for (uint32_t trial = 0; trial < 30; trial++) {
        const int32_t n = 1 + (int32_t)trial;
        fill_normal(n, 0.1, stream_number(trial), x0);
        const mst_balance at = solved(n, x0);
        for (size_t k = 0; k < sizeof shares / sizeof *shares; k++) {
            const double t = at.blows_up ? shares[k] * at.blow_up_time : shares[k];
            fill_at(&at, t, x);
            by_lu(n, x0, t, expected);
            assert_near(apart(n, x, expected), 0.0, 1e-11);
        }
    }
}

/* The largest eigenvalue by power iteration of X + c I, c above every magnitude. */
static double by_power(int32_t n, const double *x)
{
    double v[N_MAX], next[N_MAX], shift = norm_of(n, x), value = 0.0;
    for (int32_t i = 0; i < n; i++)
        v[i] = 1.0 + 0.01 * i;
    for (int step = 0; step < 20000; step++) {
        double length = 0.0;
        for (int32_t i = 0; i < n; i++) {
            next[i] = shift * v[i];
            for (int32_t j = 0; j < n; j++)
                next[i] += x[i * n + j] * v[j];
            length += next[i] * next[i];
        }
        length = sqrt(length);
        for (int32_t i = 0; i < n; i++)
            v[i] = next[i] / length;
        value = length - shift;
    }
    return value;
}

static void test_balance__blow_up_time_is_that_of_power_iteration(void **state)
{
    (void)state;
    double x0[N_MAX * N_MAX];
    for (uint32_t trial = 0; trial < 6; trial++) {
        const int32_t n = 2 + 3 * (int32_t)trial;
        fill_normal(n, 0.0, stream_number(100 + trial), x0);
        x0[0] += 4.0; /* not all negative */
        const mst_balance at = solved(n, x0);
        assert_true(at.blows_up);
        /* the iteration has converged for these six, to some 1e-12 */
        assert_near(1.0 / at.blow_up_time, by_power(n, x0), 1e-9);
        assert_true(at.camps.side[0] == 1 && at.camps.undecided == 0);
        for (int32_t i = 0; i < n; i++)
            assert_int_equal(at.camps.side[i], at.vector[i] > 0.0 ? 1 : -1);
        for (int32_t k = 0; k < n; k++) {
            assert_true(k == 0 || at.value[k] <= at.value[k - 1]);
            for (int32_t i = 0; i < n; i++) {
                double sum = 0.0;
                for (int32_t j = 0; j < n; j++)
                    sum += x0[i * n + j] * at.vector[k * n + j];
                assert_near(sum, at.value[k] * at.vector[k * n + i], 1e-13);
            }
        }
    }
}

/* The solution from X(s) after t is that from X0 after s + t, and its blow-up is s nearer. */
static void test_balance__a_run_may_start_anywhere_on_its_way(void **state)
{
    (void)state;
    enum { N = 9 };
    double x0[N * N], half[N * N], x[N * N], expected[N * N];
    fill_normal(N, 0.3, stream_number(200), x0);
    const mst_balance at = solved(N, x0);
    const double s = 0.5 * at.blow_up_time, t = 0.3 * at.blow_up_time;
    fill_at(&at, s, half);
    const mst_balance later = solved(N, half);
    assert_near((later.blow_up_time + s) / at.blow_up_time, 1.0, 1e-13);
    fill_at(&later, t, x);
    fill_at(&at, s + t, expected);
    assert_near(apart(N, x, expected), 0.0, 1e-12);
    assert_sides(&later.camps, at.camps.side, N);
}

/* X/|X| tends to w w^T: at 1 - 1e-9 of the blow-up time the rest is 1e-9 of it over the gap. */
static void test_balance__direction_tends_to_the_leading_vector(void **state)
{
    (void)state;
    enum { N = 12 };
    double x0[N * N], x[N * N];
    fill_normal(N, 0.0, stream_number(300), x0);
    const mst_balance at = solved(N, x0);
    assert_true(at.blows_up && at.value[0] - at.value[1] > 0.1);
    fill_at(&at, at.blow_up_time * (1.0 - 1e-9), x);
    const double norm = norm_of(N, x);
    for (int32_t i = 0; i < N; i++)
        for (int32_t j = 0; j < N; j++) {
            assert_near(x[i * N + j] / norm, at.vector[i] * at.vector[j], 1e-7);
            assert_true((x[i * N + j] > 0.0) == (at.camps.side[i] == at.camps.side[j]));
        }
}

/* A factor of X is a divisor of time, whatever its size. */
static void test_balance__scale(void **state)
{
    (void)state;
    enum { N = 7 };
    static const double factors[] = {1e-90, 3.0, 1e90};
    double x0[N * N], scaled[N * N];
    fill_normal(N, 0.0, stream_number(400), x0);
    const mst_balance at = solved(N, x0);
    for (size_t k = 0; k < sizeof factors / sizeof *factors; k++) {
        for (int i = 0; i < N * N; i++)
            scaled[i] = factors[k] * x0[i];
        const mst_balance other = solved(N, scaled);
        assert_near(other.blow_up_time * factors[k] / at.blow_up_time, 1.0, 1e-13);
        assert_sides(&other.camps, at.camps.side, N);
    }
}

/* ---- statistics of random starts (Marvel et al. 2011) -------------------------------------------- */

/* Mean m, deviation 1, n = 60: the leading vector is near (1 .. 1) with entries spread by
 * 1 / (m sqrt(n)) of their mean: .13 at m = 1, so a wrong sign is 7.7 deviations off. */
static void test_balance__friendly_starts_end_in_harmony(void **state)
{
    (void)state;
    enum { N = 60 };
    double x0[N * N];
    for (uint32_t trial = 0; trial < 60; trial++) {
        fill_normal(N, 1.0, stream_number(1000 + trial), x0);
        assert_true(solved(N, x0).camps.is_harmony);
    }
}

/* Mean 0 or below: each actor but the first, who is on side 1 by convention, takes it with
 * probability 1/2, so that the share expected is (1 + 59/2) / 60 = .508; the deviation of one share is
 * at most .064 and that of the mean of 120 at most .0059. Tolerances: five of either. */
static void test_balance__other_starts_end_in_two_camps_near_half(void **state)
{
    (void)state;
    enum { N = 60, TRIALS = 120 };
    static const double means[] = {0.0, -0.3, -1.0};
    double x0[N * N];
    for (uint32_t k = 0; k < 3; k++) {
        double sum = 0.0;
        for (uint32_t trial = 0; trial < TRIALS; trial++) {
            fill_normal(N, means[k], stream_number(2000 + k * TRIALS + trial), x0);
            const mst_balance at = solved(N, x0);
            assert_true(at.blows_up && at.camps.is_determined && !at.camps.is_harmony);
            const double share = (double)at.camps.plus / N;
            assert_near(share, 0.508, 0.32);
            sum += share;
        }
        assert_near(sum / TRIALS, 0.508, 0.03);
    }
}

/* ---- Zachary's karate club ---------------------------------------------------------------------- */

/* Ties outside the club, from 1: Zachary 1977, J. Anthropological Research 33:452, figure 1. */
static const int8_t karate[78][2] = {
    {1, 2},   {1, 3},   {1, 4},   {1, 5},   {1, 6},   {1, 7},   {1, 8},   {1, 9},   {1, 11},
    {1, 12},  {1, 13},  {1, 14},  {1, 18},  {1, 20},  {1, 22},  {1, 32},  {2, 3},   {2, 4},
    {2, 8},   {2, 14},  {2, 18},  {2, 20},  {2, 22},  {2, 31},  {3, 4},   {3, 8},   {3, 9},
    {3, 10},  {3, 14},  {3, 28},  {3, 29},  {3, 33},  {4, 8},   {4, 13},  {4, 14},  {5, 7},
    {5, 11},  {6, 7},   {6, 11},  {6, 17},  {7, 17},  {9, 31},  {9, 33},  {9, 34},  {10, 34},
    {14, 34}, {15, 33}, {15, 34}, {16, 33}, {16, 34}, {19, 33}, {19, 34}, {20, 34}, {21, 33},
    {21, 34}, {23, 33}, {23, 34}, {24, 26}, {24, 28}, {24, 30}, {24, 33}, {24, 34}, {25, 26},
    {25, 28}, {25, 32}, {26, 32}, {27, 30}, {27, 34}, {28, 34}, {29, 32}, {29, 34}, {30, 33},
    {30, 34}, {31, 33}, {31, 34}, {32, 33}, {32, 34}, {33, 34}};

/* The club after the split: 1 with the instructor (member 1), -1 with the president (34). */
static const int8_t karate_after[34] = {1,  1,  1,  1,  1,  1,  1,  1,  1,  -1, 1,  1,
                                        1,  1,  -1, -1, 1,  1,  -1, 1,  -1, 1,  -1, -1,
                                        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

static void fill_karate(double *a, double *degree)
{
    memset(a, 0, 34 * 34 * sizeof *a);
    memset(degree, 0, 34 * sizeof *degree);
    for (size_t e = 0; e < 78; e++) {
        const int i = karate[e][0] - 1, j = karate[e][1] - 1;
        assert_true(a[i * 34 + j] == 0.0);
        a[i * 34 + j] = a[j * 34 + i] = 1.0;
        degree[i] += 1.0;
        degree[j] += 1.0;
    }
}

/* Modularity (Newman 2006), less density (2 * 78 / (34 * 33)), less 1/2: only member 9 is put with
 * the president, as by Zachary's own flow model; he joined the instructor for his black belt. */
static void test_balance__karate_club_but_for_member_9(void **state)
{
    (void)state;
    double a[34 * 34], degree[34], x0[34 * 34];
    fill_karate(a, degree);
    assert_true(degree[0] == 16.0 && degree[33] == 17.0 && degree[32] == 12.0 && degree[11] == 1.0);
    for (int kind = 0; kind < 3; kind++) {
        for (int i = 0; i < 34 * 34; i++)
            x0[i] = a[i] - (kind == 0   ? degree[i / 34] * degree[i % 34] / (2.0 * 78.0)
                            : kind == 1 ? 2.0 * 78.0 / (34.0 * 33.0)
                                        : 0.5);
        const mst_balance at = solved(34, x0);
        assert_true(at.blows_up && at.camps.is_determined);
        assert_int_equal(at.camps.undecided, 0);
        for (int i = 0; i < 34; i++)
            assert_int_equal(at.camps.side[i], i == 8 ? -1 : karate_after[i]);
    }
    /* the bare ties know no enemies: harmony */
    assert_true(solved(34, a).camps.is_harmony);
}

/* ---- refusals ------------------------------------------------------------------------------------ */

static mst_balance_refusal refused(int32_t n, const double *x)
{
    mst_balance out;
    mst_balance_refusal why;
    assert_int_equal(mst_balance_solve(n, x, &arena, &out, &why), MUSTER_MISTAKE);
    return why;
}

static void test_balance__refusals_name_the_pair(void **state)
{
    (void)state;
    double x[16] = {0};
    for (int i = 0; i < 16; i++)
        x[i] = 1.0;
    x[1 * 4 + 3] = 1.0 + 1e-11;
    mst_balance_refusal why = refused(4, x);
    assert_int_equal(why.reason, MST_BALANCE_NOT_SYMMETRIC);
    assert_true(why.row == 1 && why.column == 3);
    x[1 * 4 + 3] = 1.0 + 1e-13; /* rounding is none */
    assert_true(solved(4, x).blows_up);
    /* and is averaged: eigenvalue 1 + 4e-13 of a pair 1, 1 + 8e-13 */
    const double uneven[4] = {0.0, 1.0, 1.0 + 8e-13, 0.0};
    assert_near(solved(2, uneven).value[0] - 1.0, 4e-13, 1e-15);
    x[2 * 4 + 1] = NAN;
    why = refused(4, x);
    assert_true(why.reason == MST_BALANCE_NOT_FINITE && why.row == 2 && why.column == 1);
    x[2 * 4 + 1] = -INFINITY;
    assert_int_equal(refused(4, x).reason, MST_BALANCE_NOT_FINITE);
    x[2 * 4 + 1] = x[1 * 4 + 2] = -1e101;
    why = refused(4, x);
    assert_true(why.reason == MST_BALANCE_RANGE && why.row == 1 && why.column == 2);
    const double tiny = 1e-101;
    assert_int_equal(refused(1, &tiny).reason, MST_BALANCE_RANGE);
    assert_int_equal(refused(0, x).reason, MST_BALANCE_SIZE);
    assert_int_equal(refused(-4, x).reason, MST_BALANCE_SIZE);
    assert_int_equal(refused(MST_BALANCE_ACTORS_MAX + 1, x).reason, MST_BALANCE_SIZE);
}

static void test_balance__every_reason_has_its_own_text(void **state)
{
    (void)state;
    for (int i = 0; i < MST_BALANCE_REASONS; i++) {
        const char *const text = mst_balance_text((mst_balance_reason)i);
        assert_true(text && strlen(text) > 10);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(text, mst_balance_text((mst_balance_reason)j));
    }
    assert_string_equal(mst_balance_text(MST_BALANCE_REASONS), "no known reason");
}

static void test_balance__memory_runs_short(void **state)
{
    (void)state;
    enum { N = 40 };
    double x0[N * N];
    fill_normal(N, 0.0, stream_number(500), x0);
    int32_t failures = 0;
    for (int32_t left = 0; left < 20; left++) {
        test_memory memory = {.left = left};
        const muster_memory hook = test_hook(&memory);
        mst_arena small;
        mst_arena_init(&small, &hook);
        mst_balance out;
        mst_balance_refusal why;
        const muster_status status = mst_balance_solve(N, x0, &small, &out, &why);
        assert_int_equal(status, memory.refused > 0 ? MUSTER_WORLD : MUSTER_OK);
        assert_int_equal(why.reason, memory.refused > 0 ? MST_BALANCE_MEMORY : MST_BALANCE_FINE);
        failures += memory.refused > 0;
        mst_arena_clear(&small);
        assert_int_equal(memory.held, 0);
    }
    assert_in_range(failures, 2, 19);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_balance__one_actor),
        cmocka_unit_test(test_balance__two_actors),
        cmocka_unit_test(test_balance__three_actors),
        cmocka_unit_test(test_balance__rounding_is_no_blow_up),
        cmocka_unit_test(test_balance__blow_up_time_itself_is_refused),
        cmocka_unit_test(test_balance__no_ties_at_all),
        cmocka_unit_test(test_balance__closed_form_agrees_with_lu),
        cmocka_unit_test(test_balance__blow_up_time_is_that_of_power_iteration),
        cmocka_unit_test(test_balance__a_run_may_start_anywhere_on_its_way),
        cmocka_unit_test(test_balance__direction_tends_to_the_leading_vector),
        cmocka_unit_test(test_balance__scale),
        cmocka_unit_test(test_balance__friendly_starts_end_in_harmony),
        cmocka_unit_test(test_balance__other_starts_end_in_two_camps_near_half),
        cmocka_unit_test(test_balance__karate_club_but_for_member_9),
        cmocka_unit_test(test_balance__refusals_name_the_pair),
        cmocka_unit_test(test_balance__every_reason_has_its_own_text),
        cmocka_unit_test(test_balance__memory_runs_short),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
