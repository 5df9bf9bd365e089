/* Boxes worked by hand, and boxes planted. */
#include "test.h"

#include "estimate/prim.h"
#include "points_make.h"

#include <stdlib.h>
#include <string.h>

static mst_prim find_boxes(const mst_points *points, const mst_prim_options *how)
{
    mst_prim prim;
    const char *reason = NULL;
    assert_int_equal(mst_prim_find(points, how, &prim, &reason), MUSTER_OK);
    assert_null(reason);
    return prim;
}

static const mst_prim_limit *limits_of(const mst_prim *prim, int box)
{
    return mst_prim_limits(prim, box, prim->box[box].chosen);
}

static const mst_prim_step *step_of(const mst_prim *prim, int box)
{
    return &prim->box[box].step[prim->box[box].chosen];
}

/* ---- by hand --------------------------------------------------------------------------------- */

/* 1 .. 20, of interest from 11 on. A twentieth is one point: ten peels from below. */
static void test_prim__one_input_by_hand(void **state)
{
    (void)state;
    const mst_input input = {0};
    double x[20], y[20];
    for (int i = 0; i < 20; i++) {
        x[i] = (i * 7) % 20 + 1;
        y[i] = x[i] > 10.0;
    }
    const mst_points points = {.rows = 20, .inputs = 1, .input = &input, .x = x, .y = y};
    const mst_prim_options how = mst_prim_defaults();
    mst_prim prim = find_boxes(&points, &how);
    assert_int_equal(prim.used, 20);
    assert_int_equal(prim.hits, 10);
    assert_int_equal(prim.boxes, 1);
    const mst_prim_box *box = &prim.box[0];
    assert_int_equal(box->steps, 11);
    for (int s = 0; s < 11; s++) {
        assert_int_equal(box->step[s].points, 20 - s);
        assert_int_equal(box->step[s].hits, 10);
        assert_near(box->step[s].density, 10.0 / (20 - s), 1e-15);
        assert_near(box->step[s].coverage, 1.0, 0.0);
        assert_near(box->step[s].mass, (20 - s) / 20.0, 1e-15);
        assert_int_equal(box->step[s].limited, s > 0);
        assert_false(box->step[s].is_paste);
        const mst_prim_limit *limit = mst_prim_limits(&prim, 0, s);
        assert_true(s == 0 ? isinf(limit->low) != 0 : fabs(limit->low - (s + 0.5)) < 1e-15);
        assert_true(isinf(limit->high));
    }
    assert_int_equal(box->chosen, 10);
    assert_true(mst_prim_is_limited(&input, limits_of(&prim, 0), MST_PRIM_LOW));
    assert_false(mst_prim_is_limited(&input, limits_of(&prim, 0), MST_PRIM_HIGH));
    /* ten of ten at a density of one half */
    assert_near(box->figures[0].quasi_p[MST_PRIM_LOW], 1.0 / 1024.0, 1e-15);
    assert_true(isnan(box->figures[0].quasi_p[MST_PRIM_HIGH]));
    assert_near(box->figures[0].by_coverage[MST_PRIM_LOW], 1.0, 0.0);
    assert_near(box->figures[0].by_density[MST_PRIM_LOW], 1.0, 0.0);
    assert_near(box->figures[0].by_coverage[MST_PRIM_HIGH], 0.0, 0.0); /* each end for itself */
    mst_prim_free(&prim);
}

/* 1 .. 10, of interest from 3 on, three tenths at a time: the first peel takes 1, 2 and 3; then 3
 * is put back, at the same density. */
static void test_prim__puts_back_what_was_peeled_too_much(void **state)
{
    (void)state;
    mst_input input = {0};
    double x[10], y[10];
    for (int i = 0; i < 10; i++) {
        x[i] = i + 1;
        y[i] = i >= 2;
    }
    const mst_points points = {.rows = 10, .inputs = 1, .input = &input, .x = x, .y = y};
    mst_prim_options how = mst_prim_defaults();
    how.peel = 0.3;
    for (int kind = MST_INPUT_REAL; kind <= MST_INPUT_INT; kind++) {
        input.kind = (mst_input_kind)kind;
        mst_prim prim = find_boxes(&points, &how);
        const mst_prim_box *box = &prim.box[0];
        assert_int_equal(box->steps, 3);
        assert_int_equal(box->step[1].points, 7);
        assert_near(box->step[1].density, 1.0, 0.0);
        assert_int_equal(box->peeled, 1);
        assert_int_equal(box->chosen, 2);
        assert_true(box->step[2].is_paste);
        assert_int_equal(box->step[2].points, 8);
        assert_near(box->step[2].coverage, 1.0, 0.0);
        /* a whole number's limit is a number in the box, not one halfway to the next */
        assert_near(mst_prim_limits(&prim, 0, 1)->low, kind == MST_INPUT_INT ? 4.0 : 3.5, 0.0);
        assert_near(mst_prim_limits(&prim, 0, 2)->low, kind == MST_INPUT_INT ? 3.0 : 2.5, 0.0);
        mst_prim_free(&prim);
    }
}

/* Level 0 has 30 hits of 50, level 1 none of 40, level 2 none of 10. Without level 1 density goes
 * from .3 to .5, .005 a point; without level 2 to .333, .0033 a point. */
static void test_prim__levels_by_hand(void **state)
{
    (void)state;
    const mst_input input = {.kind = MST_INPUT_CHOICE, .levels = 3};
    double x[100], y[100];
    for (int i = 0; i < 100; i++) {
        x[i] = i < 50 ? 0.0 : i < 90 ? 1.0 : 2.0;
        y[i] = i < 30;
    }
    const mst_points points = {.rows = 100, .inputs = 1, .input = &input, .x = x, .y = y};
    const mst_prim_options how = mst_prim_defaults();
    mst_prim prim = find_boxes(&points, &how);
    assert_int_equal(prim.box[0].steps, 3);
    assert_true(mst_prim_limits(&prim, 0, 0)->levels == 7);
    assert_true(mst_prim_limits(&prim, 0, 1)->levels == 5);
    assert_true(mst_prim_limits(&prim, 0, 2)->levels == 1);
    assert_near(step_of(&prim, 0)->density, 0.6, 1e-15);
    assert_near(step_of(&prim, 0)->coverage, 1.0, 0.0);
    assert_true(prim.box[0].figures[0].quasi_p[MST_PRIM_LEVELS] < 1e-4);
    mst_prim_free(&prim);
}

/* 40 points, 20 of interest. Without level 1, 30 points with 12 of them, density goes from .5 to
 * .8: .01 a point. Without the number's two lowest it goes to 20/38: .013 a point. */
static void test_prim__aims(void **state)
{
    (void)state;
    const mst_input input[] = {{.kind = MST_INPUT_CHOICE, .levels = 2}, {0}};
    double x[80], y[40];
    for (int i = 0; i < 40; i++) {
        x[2 * i] = i < 30;
        x[2 * i + 1] = i;
        y[i] = (i >= 2 && i < 14) || i >= 32;
    }
    const mst_points points = {.rows = 40, .inputs = 2, .input = input, .x = x, .y = y};
    mst_prim_options how = mst_prim_defaults();
    mst_prim prim = find_boxes(&points, &how);
    assert_int_equal(prim.box[0].step[1].points, 38);
    assert_near(mst_prim_limits(&prim, 0, 1)[1].low, 1.5, 0.0);
    mst_prim_free(&prim);
    how.aim = MST_PRIM_DENSITY;
    prim = find_boxes(&points, &how);
    assert_int_equal(prim.box[0].step[1].points, 10);
    assert_true(mst_prim_limits(&prim, 0, 1)[0].levels == 1);
    mst_prim_free(&prim);
}

/* ---- planted --------------------------------------------------------------------------------- */

enum { N = 2000, K = 5 };

static const mst_input planted[K] = {{MST_INPUT_REAL, 0.0, 1.0, 0},
                                     {MST_INPUT_REAL, -50.0, 50.0, 0},
                                     {MST_INPUT_INT, 1.0, 20.0, 0},
                                     {MST_INPUT_CHOICE, 0.0, 0.0, 5},
                                     {MST_INPUT_REAL, 0.0, 1.0, 0}};

typedef struct world {
    double x[N * K], y[N];
} world;

static bool is_planted(const double *x)
{
    return x[0] > 0.3 && x[1] < 10.0 && x[2] >= 6.0 && (x[3] < 0.5 || x[3] > 2.5);
}

/* Costs of 1 within the box, less than 0 elsewhere, and some of each kind the other way round. */
static mst_points make(world *w, uint64_t seed, double wrong)
{
    gsl_rng *rng = mst_rng_open(seed, "prim test");
    draw_inputs(rng, planted, K, N, w->x);
    for (int i = 0; i < N; i++) {
        const bool hits = is_planted(w->x + i * K) != (gsl_rng_uniform(rng) < wrong);
        w->y[i] = hits ? 1.0 + gsl_rng_uniform(rng) : -gsl_rng_uniform(rng);
    }
    gsl_rng_free(rng);
    return (mst_points){.rows = N, .inputs = K, .input = planted, .x = w->x, .y = w->y};
}

static void count(const world *w, const mst_prim_limit *limit, int *out_points, int *out_hits)
{
    *out_points = *out_hits = 0;
    for (int i = 0; i < N; i++) {
        bool is_in = !isnan(w->y[i]);
        for (int k = 0; k < K && is_in; k++) {
            const double x = w->x[i * K + k];
            is_in = planted[k].kind == MST_INPUT_CHOICE ? (limit[k].levels >> (int)x & 1) != 0
                                                        : x >= limit[k].low && x <= limit[k].high;
        }
        *out_points += is_in;
        *out_hits += is_in && w->y[i] >= 0.5;
    }
}

static void assert_trajectory(const world *w, const mst_prim *prim)
{
    const mst_prim_box *box = &prim->box[0];
    for (int s = 0; s < box->steps; s++) {
        int in = 0, hits = 0;
        count(w, mst_prim_limits(prim, 0, s), &in, &hits);
        assert_int_equal(box->step[s].points, in);
        assert_int_equal(box->step[s].hits, hits);
        assert_near(box->step[s].coverage, (double)hits / prim->hits, 1e-15);
        assert_near(box->step[s].density, (double)hits / in, 1e-15);
        assert_near(box->step[s].mass, (double)in / prim->used, 1e-15);
        assert_true(box->step[s].mass >= 0.05);
        if (s == 0)
            continue;
        const mst_prim_step *before =
            &box->step[box->step[s].is_paste && !box->step[s - 1].is_paste ? box->peeled : s - 1];
        if (box->step[s].is_paste)
            assert_true(in > before->points && box->step[s].density >= before->density);
        else
            assert_true(in < before->points);
    }
}

/* Without error. Some 500 points lie in the box, and some 700 beside any of its walls: the nearest
 * of those lies a 700th of the range away, and hardly 7 times as far. */
static void test_prim__finds_a_planted_box(void **state)
{
    (void)state;
    world w;
    const mst_points points = make(&w, 1, 0.0);
    const mst_prim_options how = mst_prim_defaults();
    mst_prim prim = find_boxes(&points, &how);
    const mst_prim_limit *limit = limits_of(&prim, 0);
    assert_near(limit[0].low, 0.3, 0.02);
    assert_true(isinf(limit[0].high) && isinf(limit[1].low));
    assert_near(limit[1].high, 10.0, 2.0);
    assert_near(limit[2].low, 6.0, 0.0);
    assert_true(isinf(limit[2].high));
    assert_true(limit[3].levels == 25); /* levels 0, 3, 4 */
    assert_true(isinf(limit[4].low) && isinf(limit[4].high));
    assert_int_equal(step_of(&prim, 0)->limited, 4);
    assert_true(step_of(&prim, 0)->coverage > 0.97 && step_of(&prim, 0)->density > 0.97);
    assert_trajectory(&w, &prim);
    const mst_prim_figures *f = prim.box[0].figures;
    static const int end[] = {MST_PRIM_LOW, MST_PRIM_HIGH, MST_PRIM_LOW, MST_PRIM_LEVELS};
    for (int k = 0; k < 4; k++)
        assert_near(f[k].by_coverage[end[k]], 1.0, 0.0);
    assert_true(f[4].by_coverage[MST_PRIM_LOW] < 0.5 && f[4].by_coverage[MST_PRIM_HIGH] < 0.5);
    assert_true(f[0].quasi_p[MST_PRIM_LOW] < 1e-6 && f[1].quasi_p[MST_PRIM_HIGH] < 1e-6);
    assert_true(f[2].quasi_p[MST_PRIM_LOW] < 1e-6 && f[3].quasi_p[MST_PRIM_LEVELS] < 1e-6);
    mst_prim_free(&prim);
}

/* With a tenth the wrong way round, and rows without a result. */
static void test_prim__finds_it_behind_noise(void **state)
{
    (void)state;
    world w;
    const mst_points points = make(&w, 2, 0.1);
    for (int i = 0; i < N; i += 17)
        w.y[i] = (double)NAN;
    const mst_prim_options how = mst_prim_defaults();
    mst_prim prim = find_boxes(&points, &how);
    const mst_prim_limit *limit = limits_of(&prim, 0);
    assert_int_equal(prim.used, N - (N + 16) / 17);
    assert_near(limit[0].low, 0.3, 0.03);
    assert_near(limit[1].high, 10.0, 3.0);
    assert_near(limit[2].low, 6.0, 1.0);
    assert_true(limit[3].levels == 25);
    assert_trajectory(&w, &prim);
    int in = 0, hits = 0, own = 0, own_hits = 0;
    mst_prim_count(&points, &how, limit, &in, &hits);
    count(&w, limit, &own, &own_hits);
    assert_int_equal(in, own);
    assert_int_equal(hits, own_hits);
    assert_int_equal(in, step_of(&prim, 0)->points);
    assert_near(step_of(&prim, 0)->density, 0.9, 0.05);
    mst_prim_free(&prim);
}

/* Coarse peels take too much, fine pastes put it back: the counts of every step are those of its
 * box. */
static void test_prim__pastes_in_several_inputs(void **state)
{
    (void)state;
    world w;
    const mst_points points = make(&w, 6, 0.0);
    mst_prim_options how = mst_prim_defaults();
    how.peel = 0.3;
    how.paste = 0.01;
    mst_prim prim = find_boxes(&points, &how);
    const mst_prim_box *box = &prim.box[0];
    assert_trajectory(&w, &prim);
    assert_true(box->step[box->chosen].is_paste && box->step[box->chosen - 1].is_paste);
    assert_true(step_of(&prim, 0)->coverage > box->step[box->peeled].coverage + 0.05);
    mst_prim_free(&prim);
}

/* A level that is all of interest below .2 and nowhere else goes first; once the number is limited
 * it is better than the other, and comes back. */
static void test_prim__puts_a_level_back(void **state)
{
    (void)state;
    const mst_input input[] = {{MST_INPUT_REAL, 0.0, 1.0, 0},
                               {.kind = MST_INPUT_CHOICE, .levels = 2}};
    double x[2 * N], y[N];
    gsl_rng *rng = mst_rng_open(7, "level");
    draw_inputs(rng, input, 2, N, x);
    for (int i = 0; i < N; i++)
        y[i] = x[2 * i + 1] > 0.5 ? x[2 * i] < 0.2
                                  : gsl_rng_uniform(rng) < (x[2 * i] < 0.2 ? 0.85 : 0.4);
    gsl_rng_free(rng);
    const mst_points points = {.rows = N, .inputs = 2, .input = input, .x = x, .y = y};
    mst_prim_options how = mst_prim_defaults();
    static const int32_t last = 100000;
    how.step = &last;
    mst_prim prim = find_boxes(&points, &how);
    const mst_prim_box *box = &prim.box[0];
    assert_true(mst_prim_limits(&prim, 0, 1)[1].levels == 1);
    const mst_prim_limit *limit = limits_of(&prim, 0);
    assert_true(limit[1].levels == 3 && box->chosen > box->peeled);
    assert_false(mst_prim_is_limited(&input[1], &limit[1], MST_PRIM_LEVELS));
    for (int s = 0; s < box->steps; s++) {
        int in = 0, hits = 0;
        mst_prim_count(&points, &how, mst_prim_limits(&prim, 0, s), &in, &hits);
        assert_int_equal(in, box->step[s].points);
        assert_int_equal(hits, box->step[s].hits);
    }
    mst_prim_free(&prim);
}

/* y at most a threshold is -y at least its negative; and the same seed gives the same bytes. */
static void test_prim__below_is_above_turned_round(void **state)
{
    (void)state;
    world w, turned;
    const mst_points points = make(&w, 3, 0.1);
    turned = w;
    for (int i = 0; i < N; i++)
        turned.y[i] = -w.y[i];
    mst_points other = points;
    other.y = turned.y;
    mst_prim_options how = mst_prim_defaults();
    how.seed = 77;
    mst_prim a = find_boxes(&points, &how);
    how.threshold = -how.threshold;
    how.is_below = true;
    mst_prim b = find_boxes(&other, &how);
    assert_int_equal(a.box[0].steps, b.box[0].steps);
    assert_int_equal(a.box[0].chosen, b.box[0].chosen);
    assert_memory_equal(limits_of(&a, 0), limits_of(&b, 0), K * sizeof(mst_prim_limit));
    assert_memory_equal(a.box[0].figures, b.box[0].figures, K * sizeof(mst_prim_figures));
    mst_prim_free(&a);
    mst_prim_free(&b);
}

/* Two boxes apart: the second is found among what the first leaves, and there is no third. */
static void test_prim__finds_a_second_box(void **state)
{
    (void)state;
    const mst_input input[2] = {{MST_INPUT_REAL, 0.0, 1.0, 0}, {MST_INPUT_REAL, 0.0, 1.0, 0}};
    double x[2 * N], y[N];
    gsl_rng *rng = mst_rng_open(4, "two");
    draw_inputs(rng, input, 2, N, x);
    gsl_rng_free(rng);
    int first = 0, second = 0;
    for (int i = 0; i < N; i++) {
        const double *at = x + 2 * i;
        const bool in_first = at[0] < 0.5 && at[1]<0.4, in_second = at[0]> 0.8 && at[1] > 0.7;
        first += in_first;
        second += in_second;
        y[i] = in_first || in_second;
    }
    const mst_points points = {.rows = N, .inputs = 2, .input = input, .x = x, .y = y};
    mst_prim_options how = mst_prim_defaults();
    how.boxes = 5;
    mst_prim prim = find_boxes(&points, &how);
    assert_int_equal(prim.boxes, 2);
    /* a peel more or less: a twentieth of the box */
    const double share = (double)first / (first + second);
    assert_near(step_of(&prim, 0)->coverage, share, 0.05 * share);
    assert_near(step_of(&prim, 1)->coverage, 1.0 - share, 0.05 * (1.0 - share));
    assert_near(step_of(&prim, 1)->mass, (double)second / N, 0.005);
    const mst_prim_limit *limit = limits_of(&prim, 1);
    assert_near(limit[0].low, 0.8, 0.02);
    assert_near(limit[1].low, 0.7, 0.02);
    /* the second begins with all points outside the first */
    assert_int_equal(prim.box[1].step[0].points, N - step_of(&prim, 0)->points);
    assert_int_equal(prim.box[1].step[0].hits, prim.hits - step_of(&prim, 0)->hits);
    mst_prim_free(&prim);
}

/* The caller's step, the last where there are fewer, else the best balance: but never all points.
 * */
static void test_prim__takes_the_step_asked_for(void **state)
{
    (void)state;
    world w;
    const mst_points points = make(&w, 5, 0.1);
    mst_prim_options how = mst_prim_defaults();
    static const int32_t wanted[] = {4, 100000, -1};
    how.resamples = 0;
    for (int i = 0; i < 3; i++) {
        how.step = &wanted[i];
        mst_prim prim = find_boxes(&points, &how);
        const mst_prim_box *box = &prim.box[0];
        assert_true(isnan(box->figures[0].by_coverage[MST_PRIM_LOW]));
        int peels = 0;
        while (peels < box->steps && !box->step[peels].is_paste)
            peels++;
        if (i < 2)
            assert_int_equal(box->peeled, i == 0 ? 4 : peels - 1);
        for (int s = 1; s < peels && i == 2; s++)
            assert_true(box->step[s].coverage * box->step[s].density <=
                        box->step[box->peeled].coverage * box->step[box->peeled].density);
        mst_prim_free(&prim);
    }
    static const int32_t none = 0;
    how.step = &none; /* all points: no box */
    mst_prim prim = find_boxes(&points, &how);
    assert_int_equal(prim.boxes, 0);
    mst_prim_free(&prim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_prim__one_input_by_hand),
        cmocka_unit_test(test_prim__puts_back_what_was_peeled_too_much),
        cmocka_unit_test(test_prim__levels_by_hand),
        cmocka_unit_test(test_prim__aims),
        cmocka_unit_test(test_prim__finds_a_planted_box),
        cmocka_unit_test(test_prim__finds_it_behind_noise),
        cmocka_unit_test(test_prim__pastes_in_several_inputs),
        cmocka_unit_test(test_prim__puts_a_level_back),
        cmocka_unit_test(test_prim__below_is_above_turned_round),
        cmocka_unit_test(test_prim__finds_a_second_box),
        cmocka_unit_test(test_prim__takes_the_step_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
