/* What the intervals and tests of a metamodel promise, by drawing many times. */
#include "test.h"

#include "meta_make.h"

enum { P = 18, TRIALS = 4000 };

/* The true coefficients: those found without noise. */
static void find_truth(double out[P])
{
    mixed_drawn d;
    const mst_points points = mixed_draw(&d, 1, 0.0);
    const mst_meta_options how = meta_how(MST_META_QUADRATIC);
    mst_meta meta = meta_of(&points, &how);
    assert_int_equal(meta.coefficients, P);
    for (int i = 0; i < P; i++)
        out[i] = meta.coefficient[i].value;
    mst_meta_free(&meta);
}

/* New replications at the same points, deviation sd(i) each. */
static void redraw(gsl_rng *rng, mixed_drawn *d, const double *mean, const double *sd)
{
    for (int i = 0; i < MIXED_ROWS; i++)
        draw_replications(rng, mean[i], sd[i], d->n[i], &d->y[i], &d->s2[i]);
}

static bool covers(double low, double high, double value)
{
    return low <= value && value <= high;
}

/* Every coefficient, a prediction of the mean, and one of a new point of 3 replications. */
static void test_metamodel_chance__intervals_cover_as_often_as_they_say(void **state)
{
    (void)state;
    double truth[P], mean[MIXED_ROWS], sd[MIXED_ROWS];
    int hits[P] = {0}, of_mean = 0, of_new = 0;
    find_truth(truth);
    mixed_drawn d;
    const mst_points points = mixed_draw(&d, 1, 0.0);
    for (int i = 0; i < MIXED_ROWS; i++) {
        mean[i] = d.y[i];
        sd[i] = 2.0;
    }
    gsl_rng *rng = mst_rng_open(11, "cover");
    mst_meta_options how = meta_how(MST_META_QUADRATIC);
    how.level = 0.9;
    const double at[] = {13.0, 8.0, 1.0, 0.2};
    /* by mixed_draw: a -.7, b .75, level 1 */
    const double there = 3.0 - 1.4 - 0.75 - 0.5 - 0.7 * 0.7 * 0.75 + 1.2 * 0.49;
    for (int trial = 0; trial < TRIALS; trial++) {
        redraw(rng, &d, mean, sd);
        mst_meta meta = meta_of(&points, &how);
        for (int i = 0; i < P; i++)
            hits[i] += covers(meta.coefficient[i].low, meta.coefficient[i].high, truth[i]);
        mst_meta_prediction out;
        assert_int_equal(mst_meta_predict(&meta, at, 3.0, &out), MUSTER_OK);
        of_mean += covers(out.mean.low, out.mean.high, there);
        of_new += covers(out.new_low, out.new_high, there + gsl_ran_gaussian(rng, 2.0 / sqrt(3.0)));
        mst_meta_free(&meta);
    }
    gsl_rng_free(rng);
    for (int i = 0; i < P; i++)
        assert_rate(hits[i], TRIALS, 0.9);
    assert_rate(of_mean, TRIALS, 0.9);
    assert_rate(of_new, TRIALS, 0.9);
}

/* Of pure noise a coefficient's P lies below .05 in one of twenty, and so does that of the whole.
 * */
static void test_metamodel_chance__p_is_even_where_nothing_is(void **state)
{
    (void)state;
    const double mean[MIXED_ROWS] = {0};
    double sd[MIXED_ROWS];
    mixed_drawn d;
    const mst_points points = mixed_draw(&d, 1, 0.0);
    for (int i = 0; i < MIXED_ROWS; i++)
        sd[i] = 1.0;
    gsl_rng *rng = mst_rng_open(12, "null");
    const mst_meta_options how = meta_how(MST_META_INTERACTIONS);
    int of_one = 0, of_all = 0, high = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        redraw(rng, &d, mean, sd);
        mst_meta meta = meta_of(&points, &how);
        of_one += meta.coefficient[1].p < 0.05;
        of_all += meta.p < 0.05;
        high += meta.p > 0.7;
        mst_meta_free(&meta);
    }
    gsl_rng_free(rng);
    assert_rate(of_one, TRIALS, 0.05);
    assert_rate(of_all, TRIALS, 0.05);
    assert_rate(high, TRIALS, 0.3);
}

/* How often the test of lack of fit refuses at .05, with a bend of the last input that no model
 * here has; the deviation of a replication grows with the first input by `slope`. */
static int refusals(mst_meta_weights weights, int reps, double bend, double slope, uint64_t seed)
{
    double mean[MIXED_ROWS], sd[MIXED_ROWS];
    mixed_drawn d;
    const mst_points points = mixed_draw(&d, 1, 0.0);
    for (int i = 0; i < MIXED_ROWS; i++) {
        const double *x = d.x + i * MIXED_INPUTS;
        mean[i] = d.y[i] + bend * sin(12.0 * x[3]);
        sd[i] = exp(slope * (x[0] - 20.0) / 10.0);
        d.n[i] = reps > 0 ? reps : d.n[i];
    }
    gsl_rng *rng = mst_rng_open(seed, "lack");
    mst_meta_options how = meta_how(MST_META_QUADRATIC);
    how.weights = weights;
    int out = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        redraw(rng, &d, mean, sd);
        mst_meta meta = meta_of(&points, &how);
        out += meta.lack.p < 0.05;
        mst_meta_free(&meta);
    }
    gsl_rng_free(rng);
    return out;
}

static void test_metamodel_chance__lack_of_fit_refuses_one_in_twenty(void **state)
{
    (void)state;
    assert_rate(refusals(MST_META_BY_COUNT, 0, 0.0, 0.0, 13), TRIALS, 0.05);
    assert_rate(refusals(MST_META_ALIKE, 0, 0.0, 0.0, 14), TRIALS, 0.05);
    /* and sees a bend of one deviation */
    assert_true(refusals(MST_META_BY_COUNT, 0, 1.0, 0.0, 15) > TRIALS * 9 / 10);
    assert_true(refusals(MST_META_ALIKE, 0, 1.0, 0.0, 16) > TRIALS * 9 / 10);
}

/* Two points of one replication each at every place of a grid. */
static void test_metamodel_chance__lack_of_fit_from_repeated_points(void **state)
{
    (void)state;
    enum { N = 24 };
    const mst_input input[2] = {{0}, {0}};
    double x[2 * N], y[N];
    for (int i = 0; i < N; i++) {
        x[2 * i] = i / 2 % 4;
        x[2 * i + 1] = i / 8;
    }
    const mst_points points = {.rows = N, .inputs = 2, .input = input, .x = x, .y = y};
    gsl_rng *rng = mst_rng_open(17, "pairs");
    const mst_meta_options how = meta_how(MST_META_LINEAR);
    int hits[2] = {0};
    for (int trial = 0; trial < 2 * TRIALS; trial++) {
        for (int i = 0; i < N; i++)
            y[i] = x[2 * i] + (trial % 2) * x[2 * i] * x[2 * i + 1] + gsl_ran_gaussian(rng, 1.0);
        mst_meta meta = meta_of(&points, &how);
        assert_near(meta.lack.df, 9.0, 0.0);
        assert_near(meta.lack.df_pure, 12.0, 0.0);
        hits[trial % 2] += meta.lack.p < 0.05;
        mst_meta_free(&meta);
    }
    gsl_rng_free(rng);
    assert_rate(hits[0], TRIALS, 0.05);
    assert_true(hits[1] > TRIALS / 2);
}

/* Weights from variances that are estimates themselves. The test is on the safe side, the more so
 * the fewer replications (.017 of 10, .04 of 30 seen); intervals cover .893 instead of .9 with 20,
 * and are a quarter shorter than those that take deviations from 1/e to e for alike. */
static void test_metamodel_chance__weights_by_error(void **state)
{
    (void)state;
    const double rate10 = refusals(MST_META_BY_ERROR, 10, 0.0, 1.0, 18) / (double)TRIALS;
    const double rate30 = refusals(MST_META_BY_ERROR, 30, 0.0, 1.0, 19) / (double)TRIALS;
    assert_true(rate10 > 0.005 && rate10 < 0.05);
    assert_true(rate30 > rate10 && rate30 < 0.055);
    assert_true(refusals(MST_META_BY_ERROR, 10, 1.0, 1.0, 21) > TRIALS * 8 / 10);
    double truth[P], mean[MIXED_ROWS], sd[MIXED_ROWS], length[2] = {0};
    int hits[2] = {0};
    find_truth(truth);
    mixed_drawn d;
    const mst_points points = mixed_draw(&d, 1, 0.0);
    for (int i = 0; i < MIXED_ROWS; i++) {
        mean[i] = d.y[i];
        sd[i] = exp((d.x[i * MIXED_INPUTS] - 20.0) / 10.0);
        d.n[i] = 20;
    }
    gsl_rng *rng = mst_rng_open(20, "error");
    for (int trial = 0; trial < 2 * TRIALS; trial++) {
        mst_meta_options how = meta_how(MST_META_QUADRATIC);
        how.level = 0.9;
        how.weights = trial % 2 ? MST_META_BY_ERROR : MST_META_BY_COUNT;
        redraw(rng, &d, mean, sd);
        mst_meta meta = meta_of(&points, &how);
        for (int i = 0; i < P; i++) {
            const mst_meta_coefficient *c = &meta.coefficient[i];
            hits[trial % 2] += covers(c->low, c->high, truth[i]);
            length[trial % 2] += c->high - c->low;
        }
        mst_meta_free(&meta);
    }
    gsl_rng_free(rng);
    const double rate = hits[1] / (double)(TRIALS * P);
    assert_near(rate, 0.9, 0.015);
    assert_true(length[1] < 0.8 * length[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_metamodel_chance__intervals_cover_as_often_as_they_say),
        cmocka_unit_test(test_metamodel_chance__p_is_even_where_nothing_is),
        cmocka_unit_test(test_metamodel_chance__lack_of_fit_refuses_one_in_twenty),
        cmocka_unit_test(test_metamodel_chance__lack_of_fit_from_repeated_points),
        cmocka_unit_test(test_metamodel_chance__weights_by_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
