#include "test.h"

#include "align/theory/balance.h"
#include "memory.h"

#include <gsl/gsl_linalg.h>
#include <string.h>

/* The laws of balance step by step: by hand, against the closed form, against Runge-Kutta of order 4
 * with fixed steps, and against the linear form of X X^T. */

enum { N_MAX = 34 };

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
    return mst_stream_of(mst_random_key(2011), 0, number);
}

/* Normal, not symmetric. */
static void fill_any(int32_t n, double mean, double deviation, mst_stream stream, double *x)
{
    for (int32_t i = 0; i < n * n; i++)
        x[i] = mean + deviation * mst_random_normal(stream, (uint64_t)i);
}

static void fill_symmetric(int32_t n, double mean, double deviation, mst_stream stream, double *x)
{
    fill_any(n, mean, deviation, stream, x);
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < i; j++)
            x[i * n + j] = x[j * n + i];
}

static mst_balance_end ended(int32_t n, const double *x0, const mst_balance_course *course)
{
    mst_balance_end out;
    mst_balance_refusal why;
    assert_int_equal(mst_balance_run(n, x0, course, &arena, &out, &why), MUSTER_OK);
    assert_int_equal(why.reason, MST_BALANCE_FINE);
    return out;
}

static mst_balance_course unbounded(mst_balance_law law, double until, double growth)
{
    return (mst_balance_course){.law = law, .until = until, .growth = growth};
}

static mst_balance_course bounded(double until, double bound)
{
    return (mst_balance_course){.law = MST_BALANCE_BOUNDED, .until = until, .bound = bound};
}

/* |a - b| / |b| */
static double apart(int32_t n, const double *a, const double *b)
{
    double difference = 0.0, norm = 0.0;
    for (int32_t i = 0; i < n * n; i++) {
        difference += (a[i] - b[i]) * (a[i] - b[i]);
        norm += b[i] * b[i];
    }
    return sqrt(difference / norm);
}

/* ---- X X: closed form and run ------------------------------------------------------------------- */

/* To 1e-5 up to .9 t* is what is asked; the run keeps 1e-9: 1e-11 a step, tens of steps, and an
 * error made early grows tenfold by .9 t*. */
static void test_flow__square_agrees_with_the_closed_form(void **state)
{
    (void)state;
    static const int32_t sizes[] = {1, 2, 3, 5, 9, 17, 34};
    static const double shares[] = {0.1, 0.5, 0.9};
    double x0[N_MAX * N_MAX], x[N_MAX * N_MAX];
    for (uint32_t trial = 0; trial < sizeof sizes / sizeof *sizes; trial++) {
        const int32_t n = sizes[trial];
        fill_symmetric(n, 0.0, 1.0, stream_number(trial), x0);
        x0[0] = fabs(x0[0]); /* an eigenvalue above 0 */
        mst_balance at;
        mst_balance_refusal why;
        assert_int_equal(mst_balance_solve(n, x0, &arena, &at, &why), MUSTER_OK);
        assert_true(at.blows_up);
        for (size_t k = 0; k < 3; k++) {
            const mst_balance_course course =
                unbounded(MST_BALANCE_SQUARE, shares[k] * at.blow_up_time, 1e6);
            const mst_balance_end end = ended(n, x0, &course);
            assert_false(end.has_grown || end.has_settled);
            assert_true(end.time == course.until);
            assert_true(n == 1 || end.steps > 3);
            assert_int_equal(mst_balance_at(&at, end.time, x, &why), MUSTER_OK);
            assert_near(apart(n, end.x, x), 0.0, 1e-9);
        }
    }
}

/* Stopped by growth, a run tells the time of the blow-up: with one leading eigenvalue l the norm
 * is 1 / (t* - t) in the end, so 1e6 times |X0| is reached 1 / (1e6 |X0|) before t* = 1 / l. The
 * camps are those of the closed form. */
static void test_flow__growth_tells_the_blow_up(void **state)
{
    (void)state;
    enum { N = 9 };
    double x0[N * N];
    int32_t determined = 0;
    for (uint32_t trial = 0; trial < 10; trial++) {
        fill_symmetric(N, 0.0, 1.0, stream_number(50 + trial), x0);
        mst_balance at;
        mst_balance_refusal why;
        assert_int_equal(mst_balance_solve(N, x0, &arena, &at, &why), MUSTER_OK);
        const mst_balance_course course =
            unbounded(MST_BALANCE_SQUARE, 2.0 * at.blow_up_time, MST_BALANCE_GROWTH_USUAL);
        const mst_balance_end end = ended(N, x0, &course);
        assert_true(end.has_grown && end.time < at.blow_up_time);
        assert_near(at.value[0] * end.time, 1.0, 1e-6);
        assert_near((at.blow_up_time - end.time) * end.norm, 1.0, 1e-2); /* 1e-8 of 1e-6 in t */
        assert_true(end.camps.is_determined && end.rest < 1e-3);
        determined += end.is_balanced;
        for (int32_t i = 0; i < N; i++)
            assert_int_equal(end.camps.side[i], at.camps.side[i]);
        for (int32_t i = 0; i < N * N; i++)
            assert_near(end.direction[i], at.vector[i / N] * at.vector[i % N], 1e-4);
    }
    assert_true(determined >= 8); /* a tie between two weak members may still have its old sign */
}

/* A torn triad: eigenvalues 1, 1, -2. The run cannot tell camps either. */
static void test_flow__a_degenerate_start_has_no_camps(void **state)
{
    (void)state;
    static const double torn[9] = {0, 1, 1, 1, 0, -1, 1, -1, 0};
    const mst_balance_course course = unbounded(MST_BALANCE_SQUARE, 5.0, 1e6);
    const mst_balance_end end = ended(3, torn, &course);
    assert_true(end.has_grown);
    assert_near(end.time, 1.0, 1e-5);
    assert_false(end.camps.is_determined || end.is_balanced);
    assert_int_equal(end.camps.undecided, 3);
    assert_near(end.rest, 1.0, 1e-3);
}

/* X0 = ((0, 1), (-1, 0)), neither ever with the other: X X turns and fades, X(t) = ((-t, 1), (-1,
 * -t)) / (1 + t^2), no blow-up; X X^T gives ((tan t, 1), (-1, tan t)), blow-up at pi/2. */
static void test_flow__one_sided_love_by_hand(void **state)
{
    (void)state;
    static const double x0[4] = {0, 1, -1, 0};
    mst_balance_course course = unbounded(MST_BALANCE_SQUARE, 5.0, 1e6);
    mst_balance_end end = ended(2, x0, &course);
    assert_false(end.has_grown);
    assert_near(end.x[0], -5.0 / 26.0, 1e-9);
    assert_near(end.x[1], 1.0 / 26.0, 1e-9);
    assert_near(end.x[2], -1.0 / 26.0, 1e-9);
    assert_false(end.is_balanced || end.camps.is_determined);
    course = unbounded(MST_BALANCE_TRANSPOSED, 1.0, 1e6);
    end = ended(2, x0, &course);
    assert_near(end.x[0], tan(1.0), 1e-9);
    assert_near(end.x[1], 1.0, 1e-9);
    assert_near(end.x[2], -1.0, 1e-9);
    assert_near(end.x[3], tan(1.0), 1e-9);
    course.until = 2.0;
    end = ended(2, x0, &course);
    assert_true(end.has_grown);
    assert_near(end.time, 1.5707963267948966, 2e-6); /* growth 1e6 */
    assert_false(end.camps.is_determined);           /* tan t in both: two equal eigenvalues */
    assert_false(end.is_balanced);
}

/* One structure is judged by magnitude: of 1, 0 and -1 the last is as large as the first. */
static void test_flow__a_large_negative_eigenvalue_is_a_rest(void **state)
{
    (void)state;
    static const double x0[9] = {1, 0, 0, 0, 0, 0, 0, 0, -1};
    const mst_balance_course none = unbounded(MST_BALANCE_SQUARE, 0.0, 10.0);
    mst_balance_end end = ended(3, x0, &none);
    assert_near(end.rest, 1.0, 1e-15);
    assert_false(end.camps.is_determined);
    /* it fades: 1 / (1 - t) and -1 / (1 + t), after .99 they are 100 and -.503 */
    const mst_balance_course some = unbounded(MST_BALANCE_SQUARE, 0.99, 1e3);
    end = ended(3, x0, &some);
    assert_near(end.rest, 0.01 / 1.99, 1e-9);
    assert_true(end.camps.is_determined && end.camps.undecided == 2 && end.camps.plus == 1);
}

/* ---- X X^T --------------------------------------------------------------------------------------- */

/* X = S + A, A its skew part: X X^T is symmetric, so A stays and S' = (S + A)(S - A). With S = V U^-1
 * that is linear: U' = A U - V, V' = -A^2 U + A V, U(0) = I, V(0) = S0 (Riccati). */
static void by_exponential(int32_t n, const double *x0, double t, double *x)
{
    enum { M = 12 };
    const int32_t m = 2 * n;
    double generator[M * M] = {0}, power[M * M], skew[M * M], s0[M * M];
    assert_true(m <= M);
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < n; j++) {
            skew[i * n + j] = 0.5 * (x0[i * n + j] - x0[j * n + i]);
            s0[i * n + j] = 0.5 * (x0[i * n + j] + x0[j * n + i]);
        }
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < n; j++) {
            double square = 0.0;
            for (int32_t k = 0; k < n; k++)
                square += skew[i * n + k] * skew[k * n + j];
            generator[i * m + j] = generator[(i + n) * m + j + n] = t * skew[i * n + j];
            generator[i * m + j + n] = i == j ? -t : 0.0;
            generator[(i + n) * m + j] = -t * square;
        }
    gsl_matrix_view in = gsl_matrix_view_array(generator, (size_t)m, (size_t)m);
    gsl_matrix_view out = gsl_matrix_view_array(power, (size_t)m, (size_t)m);
    assert_int_equal(gsl_linalg_exponential_ss(&in.matrix, &out.matrix, GSL_PREC_DOUBLE), 0);
    double u[M * M], v[M * M];
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < n; j++) {
            u[i * n + j] = power[i * m + j];
            v[i * n + j] = power[(i + n) * m + j];
            for (int32_t k = 0; k < n; k++) {
                u[i * n + j] += power[i * m + n + k] * s0[k * n + j];
                v[i * n + j] += power[(i + n) * m + n + k] * s0[k * n + j];
            }
        }
    /* S = V U^-1, so U^T S^T = V^T, row by row of S */
    double transposed[M * M], row[M], solution[M];
    size_t swaps[M];
    int sign;
    for (int32_t i = 0; i < n * n; i++)
        transposed[i] = u[(i % n) * n + i / n];
    gsl_matrix_view lu = gsl_matrix_view_array(transposed, (size_t)n, (size_t)n);
    gsl_permutation order = {(size_t)n, swaps};
    assert_int_equal(gsl_linalg_LU_decomp(&lu.matrix, &order, &sign), 0);
    for (int32_t i = 0; i < n; i++) {
        memcpy(row, v + i * n, (size_t)n * sizeof *row);
        gsl_vector_view b = gsl_vector_view_array(row, (size_t)n);
        gsl_vector_view y = gsl_vector_view_array(solution, (size_t)n);
        assert_int_equal(gsl_linalg_LU_solve(&lu.matrix, &order, &b.vector, &y.vector), 0);
        for (int32_t j = 0; j < n; j++)
            x[i * n + j] = solution[j] + skew[i * n + j];
    }
}

/* GSL's exponential in double keeps about 1e-14 of its norm; seen below 1e-10. */
static void test_flow__transposed_agrees_with_its_linear_form(void **state)
{
    (void)state;
    double x0[36], expected[36];
    for (uint32_t trial = 0; trial < 25; trial++) {
        const int32_t n = 1 + (int32_t)trial % 6;
        fill_any(n, 0.0, 1.0, stream_number(100 + trial), x0);
        const mst_balance_course far = unbounded(MST_BALANCE_TRANSPOSED, 100.0, 1e3);
        const mst_balance_end end = ended(n, x0, &far);
        const mst_balance_course half =
            unbounded(MST_BALANCE_TRANSPOSED, 0.7 * fmin(end.time, 2.0), 1e6);
        const mst_balance_end way = ended(n, x0, &half);
        by_exponential(n, x0, way.time, expected);
        assert_near(apart(n, way.x, expected), 0.0, 1e-9);
    }
}

/* From starts that are not symmetric X X^T ends in one structure, w w^T, and two camps; the
 * one-sidedness x_ij - x_ji stays what it was (1e3 times the start, kept to 1e-9 of that). */
static void test_flow__transposed_reaches_camps_from_any_start(void **state)
{
    (void)state;
    enum { N = 8 };
    double x0[N * N];
    int32_t balanced = 0;
    for (uint32_t trial = 0; trial < 20; trial++) {
        fill_any(N, 0.0, 1.0, stream_number(200 + trial), x0);
        mst_balance_course course = unbounded(MST_BALANCE_TRANSPOSED, 1e3, 1e3);
        const mst_balance_end early = ended(N, x0, &course);
        for (int i = 0; i < N; i++)
            for (int j = 0; j < i; j++)
                assert_near(early.x[i * N + j] - early.x[j * N + i], x0[i * N + j] - x0[j * N + i],
                            1e-5);
        course.growth = 1e7;
        const mst_balance_end end = ended(N, x0, &course);
        assert_true(end.has_grown && end.time > early.time);
        assert_true(end.camps.is_determined && end.rest < 1e-4);
        double norm = 0.0, before = 0.0;
        for (int i = 0; i < N * N; i++)
            before += x0[i] * x0[i];
        before = sqrt(before);
        /* the step that passed the growth took no more than half of what time was left */
        assert_true(end.norm >= 1e7 * before && end.norm < 2e7 * before);
        balanced += end.is_balanced;
        for (int i = 0; i < N * N; i++) {
            norm += end.direction[i] * end.direction[i];
            const bool together = end.camps.side[i / N] == end.camps.side[i % N];
            assert_true(end.direction[i] == 0.0 || fabs(end.direction[i]) < 1e-4 ||
                        (end.direction[i] > 0.0) == together);
        }
        assert_near(norm, 1.0, 1e-12);
    }
    assert_true(balanced >= 18); /* weak ties may be late, see above */
}

/* ---- bounded ------------------------------------------------------------------------------------- */

/* One actor, R = 1: dx/dt = (1 - x^2) x^2, so t = F(x) - F(x0), F(x) = artanh(x) - 1/x. n actors
 * all alike, diagonal held at 0: the same (n - 2) times as fast. */
static double primitive(double x)
{
    return atanh(x) - 1.0 / x;
}

static void test_flow__bounded_by_hand(void **state)
{
    (void)state;
    double x0 = 0.25;
    mst_balance_course course = bounded(3.0, 1.0);
    mst_balance_end end = ended(1, &x0, &course);
    assert_near(primitive(end.x[0]) - primitive(0.25), 3.0, 1e-8);
    assert_false(end.has_settled);
    /* another R: x = R y, dy/dt = R (1 - y^2) y^2 */
    const double wide = 2.0 * 0.25;
    course = bounded(1.5, 2.0);
    end = ended(1, &wide, &course);
    assert_near(primitive(0.5 * end.x[0]) - primitive(0.25), 3.0, 1e-8);
    double x[25];
    static const double starts[] = {0.2, -0.5};
    for (int k = 0; k < 2; k++)
        for (int32_t n = 3; n <= 5; n++) {
            for (int32_t i = 0; i < n * n; i++)
                x[i] = i % (n + 1) == 0 ? 0.0 : starts[k];
            course = bounded(0.8, 1.0);
            course.holds_diagonal = true;
            end = ended(n, x, &course);
            for (int32_t i = 0; i < n * n; i++)
                if (i % (n + 1) == 0)
                    assert_true(end.x[i] == 0.0);
                else
                    assert_near(primitive(end.x[i]) - primitive(starts[k]), (n - 2) * 0.8, 1e-8);
            /* all enemies of all: the ties fade, but never turn */
            assert_int_equal(end.is_balanced, k == 0);
            assert_int_equal(end.sign_changes, 0);
        }
    /* two actors without diagonal have no third one: nothing moves */
    const double two[4] = {0.0, -0.3, -0.3, 0.0};
    course = bounded(10.0, 1.0);
    course.holds_diagonal = true;
    end = ended(2, two, &course);
    assert_true(end.x[1] == -0.3 && end.x[2] == -0.3 && end.time == 10.0 && end.is_balanced);
    assert_true(end.camps.is_determined == false); /* eigenvalues .3 and -.3 */
}

/* A torn triad at R stands still, but on a point that does not attract: not settled, not balanced. */
static void test_flow__bounded_may_stand_without_having_settled(void **state)
{
    (void)state;
    static const double torn[9] = {0, 1, 1, 1, 0, -1, 1, -1, 0};
    mst_balance_course course = bounded(5.0, 1.0);
    course.holds_diagonal = true;
    const mst_balance_end end = ended(3, torn, &course);
    assert_false(end.has_settled || end.is_balanced || end.camps.is_determined);
    assert_true(end.time == 5.0);
    for (int i = 0; i < 9; i++)
        assert_true(end.x[i] == torn[i]);
}

/* A state of two camps but for one weak tie: the tie turns, all settles at R, and the run ends there,
 * long before its time. */
static void test_flow__bounded_settles_in_two_camps(void **state)
{
    (void)state;
    enum { N = 6 };
    static const int8_t side[N] = {1, 1, -1, 1, -1, -1};
    double x0[N * N];
    for (int i = 0; i < N * N; i++)
        x0[i] = 0.5 * side[i / N] * side[i % N];
    x0[0 * N + 1] = x0[1 * N + 0] = -0.05;
    x0[2 * N + 5] = -0.4; /* one-sided */
    for (int held = 0; held < 2; held++) {
        mst_balance_course course = bounded(1e9, 1.5);
        course.holds_diagonal = held;
        const mst_balance_end end = ended(N, x0, &course);
        assert_true(end.has_settled && !end.has_grown && end.time < 100.0);
        assert_true(end.is_balanced);
        assert_int_equal(end.sign_changes, 2);
        for (int i = 0; i < N * N; i++)
            if (i % (N + 1) != 0)
                assert_near(end.x[i], 1.5 * side[i / N] * side[i % N], 2e-6);
            else if (held)
                assert_true(end.x[i] == x0[i]);
        /* held at .5, R = 1.5: the other eigenvalues are .5 - 1.5, so not one structure */
        assert_int_equal(end.camps.is_determined, !held);
        for (int i = 0; i < N && !held; i++)
            assert_int_equal(end.camps.side[i], side[i]);
        assert_false(end.camps.is_harmony);
    }
}

/* The law as it stands, by the classical Runge-Kutta method, 4000 steps. */
static void slope_of(mst_balance_law law, int32_t n, double R, const double *x, double *out)
{
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < n; j++) {
            double sum = 0.0;
            for (int32_t k = 0; k < n; k++)
                sum += x[i * n + k] * (law == MST_BALANCE_TRANSPOSED ? x[j * n + k] : x[k * n + j]);
            const double part = x[i * n + j] / R;
            out[i * n + j] = law == MST_BALANCE_BOUNDED ? (1.0 - part * part) * sum : sum;
        }
}

static void by_runge_kutta(mst_balance_law law, int32_t n, double R, double until, double *x)
{
    enum { STEPS = 4000 };
    const double h = until / STEPS;
    double k[4][36], at[36];
    for (int step = 0; step < STEPS; step++) {
        slope_of(law, n, R, x, k[0]);
        for (int stage = 1; stage < 4; stage++) {
            const double ahead = stage == 3 ? h : 0.5 * h;
            for (int32_t i = 0; i < n * n; i++)
                at[i] = x[i] + ahead * k[stage - 1][i];
            slope_of(law, n, R, at, k[stage]);
        }
        for (int32_t i = 0; i < n * n; i++)
            x[i] += h / 6.0 * (k[0][i] + 2.0 * k[1][i] + 2.0 * k[2][i] + k[3][i]);
    }
}

/* Order 4 with h = 2.5e-4 leaves some 1e-13; the run keeps 1e-9. */
static void test_flow__every_law_agrees_with_runge_kutta(void **state)
{
    (void)state;
    double x0[36], x[36];
    for (uint32_t trial = 0; trial < 8; trial++)
        for (int law = 0; law < MST_BALANCE_LAWS; law++) {
            const int32_t n = 2 + (int32_t)trial % 5;
            fill_any(n, 0.0, 0.2, stream_number(300 + trial), x0);
            const mst_balance_course course = {
                .law = (mst_balance_law)law, .until = 1.0, .bound = 0.9, .growth = 1e9};
            const mst_balance_end end = ended(n, x0, &course);
            assert_true(end.time == 1.0);
            memcpy(x, x0, sizeof x);
            by_runge_kutta((mst_balance_law)law, n, 0.9, 1.0, x);
            assert_near(apart(n, end.x, x), 0.0, 1e-9);
        }
}

/* Random symmetric starts of the bounded law reach balance (Kulakowski et al. 2005), and then every
 * tie is at R. Seen: all 30. */
static void test_flow__bounded_reaches_balance(void **state)
{
    (void)state;
    enum { N = 10 };
    double x0[N * N];
    int32_t balanced = 0;
    for (uint32_t trial = 0; trial < 30; trial++) {
        for (int i = 0; i < N; i++)
            for (int j = 0; j <= i; j++)
                x0[i * N + j] = x0[j * N + i] =
                    i == j
                        ? 0.0
                        : 2.0 * mst_random_unit(stream_number(400 + trial), (uint64_t)(i * N + j)) -
                              1.0;
        mst_balance_course course = bounded(200.0, 1.0);
        course.holds_diagonal = true;
        const mst_balance_end end = ended(N, x0, &course);
        balanced += end.has_settled && end.is_balanced;
        if (!end.has_settled)
            continue;
        for (int i = 0; i < N * N; i++)
            assert_near(fabs(end.x[i]), i % (N + 1) == 0 ? 0.0 : 1.0, 1e-6);
    }
    assert_true(balanced == 30);
}

/* ---- ends of the range, refusals ------------------------------------------------------------------ */

static void test_flow__nothing_to_move(void **state)
{
    (void)state;
    static const double x0[16] = {0};
    for (int law = 0; law < MST_BALANCE_LAWS; law++)
        for (int32_t n = 1; n <= 4; n++) {
            const mst_balance_course course = {
                .law = (mst_balance_law)law, .until = 3.0, .bound = 1.0, .growth = 10.0};
            const mst_balance_end end = ended(n, x0, &course);
            assert_true(end.time == 3.0 && end.norm == 0.0 && end.steps == 0);
            assert_false(end.has_grown || end.has_settled || end.camps.is_determined);
            assert_int_equal(end.is_balanced, n == 1); /* nobody to have a tie with */
            assert_true(end.rest == INFINITY);
            for (int32_t i = 0; i < n * n; i++)
                assert_true(end.x[i] == 0.0 && end.direction[i] == 0.0);
        }
    /* no time */
    static const double some[4] = {0.1, -0.2, -0.2, 0.1};
    const mst_balance_course none = unbounded(MST_BALANCE_SQUARE, 0.0, 10.0);
    const mst_balance_end end = ended(2, some, &none);
    assert_true(end.time == 0.0 && end.steps == 0 && memcmp(end.x, some, sizeof some) == 0);
    assert_true(end.is_balanced);
    /* what is below 1e-9 of the largest is no tie */
    static const double faint[4] = {1.0, 5e-10, 5e-10, 1.0}, thin[4] = {1.0, 2e-9, 2e-9, 1.0};
    assert_false(ended(2, faint, &none).is_balanced);
    assert_true(ended(2, thin, &none).is_balanced);
}

static mst_balance_refusal refused(int32_t n, const double *x0, mst_balance_course course)
{
    mst_balance_end out;
    mst_balance_refusal why;
    assert_int_equal(mst_balance_run(n, x0, &course, &arena, &out, &why), MUSTER_MISTAKE);
    return why;
}

static void test_flow__refusals(void **state)
{
    (void)state;
    double x[9] = {0, 0, 0, 0, 0, -1.25, 0, 0, 0};
    const mst_balance_course square = unbounded(MST_BALANCE_SQUARE, 1.0, 10.0);
    mst_balance_course bad = square;
    assert_int_equal(refused(0, x, square).reason, MST_BALANCE_SIZE);
    bad.until = -1.0;
    assert_int_equal(refused(3, x, bad).reason, MST_BALANCE_TIME);
    bad.until = INFINITY;
    assert_int_equal(refused(3, x, bad).reason, MST_BALANCE_TIME);
    static const double growths[] = {1.0, 0.0, -3.0, 2e12, INFINITY, NAN};
    for (size_t i = 0; i < sizeof growths / sizeof *growths; i++)
        assert_int_equal(refused(3, x, unbounded(MST_BALANCE_TRANSPOSED, 1.0, growths[i])).reason,
                         MST_BALANCE_GROWTH);
    static const double bounds[] = {0.0, -1.0, INFINITY, NAN};
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++)
        assert_int_equal(refused(3, x, bounded(1.0, bounds[i])).reason, MST_BALANCE_BOUND);
    mst_balance_refusal why = refused(3, x, bounded(1.0, 1.0));
    assert_true(why.reason == MST_BALANCE_OUT_OF_BOUND && why.row == 1 && why.column == 2);
    x[7] = NAN;
    why = refused(3, x, square);
    assert_true(why.reason == MST_BALANCE_NOT_FINITE && why.row == 2 && why.column == 1);
}

static void test_flow__memory_runs_short(void **state)
{
    (void)state;
    enum { N = 30 };
    double x0[N * N];
    fill_any(N, 0.0, 1.0, stream_number(500), x0);
    const mst_balance_course course = unbounded(MST_BALANCE_TRANSPOSED, 1.0, 100.0);
    int32_t failures = 0, successes = 0;
    for (int32_t left = 0; left < 30; left++) {
        test_memory memory = {.left = left};
        const muster_memory hook = test_hook(&memory);
        mst_arena small;
        mst_arena_init(&small, &hook);
        mst_balance_end out;
        mst_balance_refusal why;
        const muster_status status = mst_balance_run(N, x0, &course, &small, &out, &why);
        assert_int_equal(status, memory.refused > 0 ? MUSTER_WORLD : MUSTER_OK);
        assert_int_equal(why.reason, memory.refused > 0 ? MST_BALANCE_MEMORY : MST_BALANCE_FINE);
        failures += memory.refused > 0;
        successes += memory.refused == 0;
        mst_arena_clear(&small);
        assert_int_equal(memory.held, 0);
    }
    assert_true(failures > 3 && successes > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flow__square_agrees_with_the_closed_form),
        cmocka_unit_test(test_flow__growth_tells_the_blow_up),
        cmocka_unit_test(test_flow__a_degenerate_start_has_no_camps),
        cmocka_unit_test(test_flow__a_large_negative_eigenvalue_is_a_rest),
        cmocka_unit_test(test_flow__one_sided_love_by_hand),
        cmocka_unit_test(test_flow__transposed_agrees_with_its_linear_form),
        cmocka_unit_test(test_flow__transposed_reaches_camps_from_any_start),
        cmocka_unit_test(test_flow__bounded_by_hand),
        cmocka_unit_test(test_flow__bounded_may_stand_without_having_settled),
        cmocka_unit_test(test_flow__bounded_settles_in_two_camps),
        cmocka_unit_test(test_flow__every_law_agrees_with_runge_kutta),
        cmocka_unit_test(test_flow__bounded_reaches_balance),
        cmocka_unit_test(test_flow__nothing_to_move),
        cmocka_unit_test(test_flow__refusals),
        cmocka_unit_test(test_flow__memory_runs_short),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
