/* Weights from a record of drills: the likelihood and its slope, minima, what is refused, what is held,
 * what is missing, and what must not leak. Coverage and claims: flow/test_fit_coverage.c. */
#include "fit_world.h"
#include "memory.h"
#include "test.h"

#include "align/theory/fit_inside.h"

#include <stdlib.h>

static const fit_plan usual = {.series = 24,
                               .features = {2, 2, 1, 1},
                               .intercept = {1.0, 1.5, 0.7, 0.0},
                               .weight = {{1.0, -0.5}, {1.0, 0.5}, {-1.0}, {0.5}},
                               .alike = 0.3};

static mst_fit_options quick(void)
{
    mst_fit_options o = mst_fit_defaults();
    o.lambda = 1.0;
    o.folds = 6;
    o.inner_folds = 3;
    o.starts = 4;
    o.replicates = 60;
    o.permutations = 99;
    return o;
}

/* A record, its options and a design, in one arena. */
typedef struct scene {
    mst_arena arena;
    fit_world world;
    mst_fit_options options;
    mst_fit_design design;
    mst_fit_why why;
} scene;

static muster_status prepare(scene *s)
{
    return mst_fit_prepare(&s->arena, &s->world.record, &s->options, &s->design, &s->why);
}

static scene *open_scene(const fit_plan *plan, uint32_t number)
{
    static scene s;
    mst_arena_init(&s.arena, NULL);
    fit_make(plan, 3, number, &s.world);
    s.options = quick();
    return &s;
}

static void close_scene(scene *s)
{
    mst_arena_clear(&s->arena);
}

static mst_fit_weights fit(scene *s, double lambda)
{
    mst_fit_weights w;
    assert_int_equal(prepare(s), MUSTER_OK);
    assert_int_equal(mst_fit_weights_of(&s->arena, &s->design, NULL, lambda, &w, &s->why),
                     MUSTER_OK);
    return w;
}

/* ---- likelihood: by a second, slow way ----------------------------------------------------------- */

/* Where the features of (block, j) stand for row i, averaged over hosts where `mean`. */
static long double feature(const mst_fit_record *r, int b, int32_t i, int32_t host, int32_t j)
{
    return r->x[b][(size_t)(b == MST_FIT_ADMIT ? host : i) * (size_t)r->features[b] + (size_t)j];
}

static long double mean_feature(const mst_fit_record *r, int b, int32_t i, int32_t j)
{
    if (b != MST_FIT_ADMIT)
        return feature(r, b, i, 0, j);
    long double sum = 0;
    for (int32_t h = r->host_from[i]; h < r->host_from[i + 1]; h++)
        sum += feature(r, b, i, h, j);
    return sum / (r->host_from[i + 1] - r->host_from[i]);
}

/* P(join) in long double from the record itself, by weights as given; nothing missing. */
static long double slow_p(const mst_fit_design *d, const double *raw, int32_t i)
{
    const mst_fit_record *r = &d->record;
    long double p = 1;
    for (int32_t s = 0; s < d->stages; s++) {
        const mst_fit_stage *stage = &d->stage[s];
        bool by_host = false;
        for (int32_t j = stage->at; j <= stage->at + stage->width; j++)
            by_host = by_host || (d->block[j] == MST_FIT_ADMIT && !d->options.is_plain);
        const int32_t hosts = by_host ? r->host_from[i + 1] - r->host_from[i] : 1;
        for (int32_t h = 0; h < hosts; h++) {
            long double eta = raw[stage->at];
            for (int32_t j = stage->at + 1; j <= stage->at + stage->width; j++)
                eta +=
                    raw[j] * (d->options.is_plain
                                  ? mean_feature(r, d->block[j], i, d->feature[j])
                                  : feature(r, d->block[j], i, r->host_from[i] + h, d->feature[j]));
            p /= 1 + expl(-eta);
        }
    }
    return p;
}

/* Weights for x as given, from standardised ones, by the means and deviations of the fit. */
static void to_raw(const mst_fit_design *d, const mst_fit_weights *w, const double *standard,
                   double *raw)
{
    for (int32_t s = 0; s < d->stages; s++) {
        const mst_fit_stage *stage = &d->stage[s];
        raw[stage->at] = standard[stage->at];
        for (int32_t j = stage->at + 1; j <= stage->at + stage->width; j++) {
            raw[j] = standard[j] / w->spread[j];
            raw[stage->at] -= raw[j] * w->centre[j];
        }
    }
}

static double slow_objective(const mst_fit_design *d, const mst_fit_weights *w, double lambda,
                             const double *standard)
{
    double raw[MST_FIT_WEIGHTS_MAX];
    to_raw(d, w, standard, raw);
    long double sum = 0;
    for (int32_t i = 0; i < d->record.rows; i++) {
        const long double p = slow_p(d, raw, i);
        sum -= logl(d->record.outcome[i] ? p : 1 - p);
    }
    for (int32_t j = 0; j < d->weights; j++)
        if (d->feature[j] >= 0)
            sum += 0.5L * lambda * standard[j] * standard[j];
    return (double)sum;
}

static double objective(scene *s, double lambda, const double *standard, double *gradient)
{
    double value = 0.0;
    assert_int_equal(
        mst_fit_objective(&s->arena, &s->design, lambda, standard, &value, gradient, &s->why),
        MUSTER_OK);
    return value;
}

/* Value against long double (rounding of some hundred terms: 1e-12 of it), slope against central
 * differences of step 1e-5 (error 1e-10 of the third derivative, and 1e-16 * value / 1e-5). */
static void check_slope(scene *s)
{
    const mst_fit_weights w = fit(s, 1.0);
    const mst_stream stream = mst_stream_of(mst_random_key(8), 0, 0);
    for (uint64_t k = 0; k < 3; k++) {
        double at[MST_FIT_WEIGHTS_MAX], gradient[MST_FIT_WEIGHTS_MAX];
        for (int32_t j = 0; j < s->design.weights; j++)
            at[j] = 0.5 + mst_random_normal(stream, 100 * k + (uint64_t)j);
        const double value = objective(s, 0.7, at, gradient);
        assert_near(value / slow_objective(&s->design, &w, 0.7, at), 1.0, 1e-12);
        for (int32_t j = 0; j < s->design.weights; j++) {
            const double kept = at[j], step = 1e-5;
            at[j] = kept + step;
            const double above = objective(s, 0.7, at, NULL);
            at[j] = kept - step;
            const double below = objective(s, 0.7, at, NULL);
            at[j] = kept;
            assert_near(gradient[j], (above - below) / (2.0 * step), 1e-5);
        }
    }
}

static void test_fit__value_and_slope(void **state)
{
    (void)state;
    for (int apart = 0; apart < MST_FIT_BLOCKS; apart++) {
        scene *s = open_scene(&usual, 1);
        s->options.apart_in = (mst_fit_block)apart;
        check_slope(s);
        assert_int_equal(s->design.stages, apart == MST_FIT_APART ? 4 : 3);
        close_scene(s);
    }
    scene *s = open_scene(&usual, 1);
    s->options.is_plain = true;
    check_slope(s);
    assert_int_equal(s->design.stages, 1);
    assert_int_equal(s->design.weights, 7);
    close_scene(s);
}

/* Second derivatives, which steer the steps, against differences of the slope. */
static void test_fit__curvature(void **state)
{
    (void)state;
    scene *s = open_scene(&usual, 2);
    assert_int_equal(prepare(s), MUSTER_OK);
    mst_fit_bench b;
    assert_true(mst_fit_bench_make(&s->arena, &s->design, &b));
    mst_fit_standardise(&b);
    b.lambda = 0.3;
    double at[MST_FIT_WEIGHTS_MAX], above[MST_FIT_WEIGHTS_MAX], below[MST_FIT_WEIGHTS_MAX];
    double matrix[MST_FIT_WEIGHTS_MAX * MST_FIT_WEIGHTS_MAX];
    for (int32_t j = 0; j < b.n; j++)
        at[j] = 0.3 * j - 0.8;
    at[0] = MST_FIT_WALL + 0.5; /* the wall has one too */
    mst_fit_information(&b, at, true, matrix);
    for (int32_t j = 0; j < b.n; j++) {
        const double kept = at[j], step = 1e-5;
        at[j] = kept + step;
        mst_fit_value(&b, at, above);
        at[j] = kept - step;
        mst_fit_value(&b, at, below);
        at[j] = kept;
        for (int32_t i = 0; i < b.n; i++)
            assert_near(matrix[i * b.n + j], (above[i] - below[i]) / (2.0 * step), 1e-5);
    }
    mst_fit_bench_free(&b);
    close_scene(s);
}

/* P near 1 and near 0: neither is lost. */
static void test_fit__likelihood_at_the_ends(void **state)
{
    (void)state;
    scene *s = open_scene(&usual, 3);
    const mst_fit_weights w = fit(s, 1.0);
    double at[MST_FIT_WEIGHTS_MAX] = {0}, gradient[MST_FIT_WEIGHTS_MAX];
    for (int sign = -1; sign <= 1; sign += 2) {
        for (int32_t k = 0; k < s->design.stages; k++)
            at[s->design.stage[k].at] = 9.5 * sign; /* below the wall */
        at[1] = 2.0;
        assert_near(objective(s, 0.0, at, gradient) / slow_objective(&s->design, &w, 0.0, at), 1.0,
                    1e-9); /* 1 - P of long double itself: 1e-19 / 1e-4, of a log some 1e-15 */
        for (int32_t k = 0; k < s->design.stages; k++)
            at[s->design.stage[k].at] = 900.0 * sign;
        assert_true(isfinite(objective(s, 0.0, at, gradient)));
        for (int32_t j = 0; j < s->design.weights; j++)
            assert_true(isfinite(gradient[j]));
    }
    close_scene(s);
}

/* ---- minima ------------------------------------------------------------------------------------ */

/* Nothing near is lower, the slope is nought, and starts anywhere lead down. */
static void test_fit__minimum(void **state)
{
    (void)state;
    for (uint32_t number = 0; number < 4; number++) {
        scene *s = open_scene(&usual, number);
        s->options.starts = 12;
        const mst_fit_weights w = fit(s, 0.5);
        double gradient[MST_FIT_WEIGHTS_MAX], at[MST_FIT_WEIGHTS_MAX];
        const double least = objective(s, 0.5, w.standard, gradient);
        assert_true(w.is_converged && w.decrement <= 1e-5);
        assert_int_equal(w.starts, 12);
        assert_int_equal(w.converged, 12);
        assert_true(w.minima >= 1);
        /* a slope of 1e-5 deviations, of information below 1e2 a weight */
        for (int32_t j = 0; j < s->design.weights; j++)
            assert_near(gradient[j], 0.0, 1e-3);
        const mst_stream stream = mst_stream_of(mst_random_key(8), number, 1);
        for (uint64_t k = 0; k < 200; k++) {
            const double far = k % 2 ? 0.03 : 1.0;
            for (int32_t j = 0; j < s->design.weights; j++)
                at[j] = w.standard[j] + far * mst_random_normal(stream, 100 * k + (uint64_t)j);
            assert_true(objective(s, 0.5, at, NULL) > least);
        }
        assert_true(w.log_likelihood > w.null_log_likelihood);
        close_scene(s);
    }
}

/* Spector and Mazzeo 1980, "Probit analysis and economic education", as Greene's textbook gives the logit:
 * constant -13.021, GPA 2.826, TUCE 0.095, PSI 2.379, log likelihood -12.890. */
static void test_fit__published_logit(void **state)
{
    (void)state;
    static const double x[32][3] = {
        {2.66, 20, 0}, {2.89, 22, 0}, {3.28, 24, 0}, {2.92, 12, 0}, {4.00, 21, 0}, {2.86, 17, 0},
        {2.76, 17, 0}, {2.87, 21, 0}, {3.03, 25, 0}, {3.92, 29, 0}, {2.63, 20, 0}, {3.32, 23, 0},
        {3.57, 23, 0}, {3.26, 25, 0}, {3.53, 26, 0}, {2.74, 19, 0}, {2.75, 25, 0}, {2.83, 19, 0},
        {3.12, 23, 1}, {3.16, 25, 1}, {2.06, 22, 1}, {3.62, 28, 1}, {2.89, 14, 1}, {3.51, 26, 1},
        {3.54, 24, 1}, {2.83, 27, 1}, {3.39, 17, 1}, {2.67, 24, 1}, {3.65, 21, 1}, {4.00, 23, 1},
        {3.10, 21, 1}, {2.39, 19, 1}};
    static const int8_t y[32] = {0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0,
                                 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 1, 0, 1, 1, 0, 1};
    static const double published[] = {-13.021, 2.826, 0.095, 2.379};
    int32_t series[32];
    for (int32_t i = 0; i < 32; i++)
        series[i] = i / 4;
    for (int plain = 0; plain < 2; plain++) { /* one stage alone is a logit */
        scene *s = open_scene(&usual, 0);
        s->world.record = (mst_fit_record){.rows = 32,
                                           .outcome = y,
                                           .series = series,
                                           .series_count = 8,
                                           .drill = series,
                                           .features = {0, 0, 3, 0},
                                           .x = {NULL, NULL, &x[0][0], NULL}};
        s->options.is_plain = plain;
        const mst_fit_weights w = fit(s, 0.0);
        for (int j = 0; j < 4; j++)
            assert_near(w.raw[j], published[j], 5.1e-4); /* as printed; steps of .001 */
        assert_near(w.log_likelihood, -12.890, 5.1e-4);
        assert_int_equal(w.minima, 1);
        close_scene(s);
    }
}

/* Unpenalised intercepts balance the books of a logit at any penalty; a heavy one leaves nothing else. */
static void test_fit__penalty(void **state)
{
    (void)state;
    scene *s = open_scene(&usual, 4);
    s->options.is_plain = true;
    static double p[FIT_ROWS];
    double before = (double)INFINITY;
    for (double lambda = 0.1; lambda < 1e6; lambda *= 10.0) {
        const mst_fit_weights w = fit(s, lambda);
        mst_fit_predict(&s->design, &w, p);
        double sum = 0.0, squares = 0.0;
        for (int32_t i = 0; i < s->design.record.rows; i++)
            sum += p[i];
        for (int32_t j = 1; j < s->design.weights; j++)
            squares += w.standard[j] * w.standard[j];
        assert_near(sum, s->design.joins, 1e-3);
        assert_true(squares < before);
        before = squares;
    }
    assert_near(before, 0.0, 1e-6);
    close_scene(s);
}

/* Metres for miles, an offset: predictions stay, weights turn with them. */
static void test_fit__units_do_not_matter(void **state)
{
    (void)state;
    scene *s = open_scene(&usual, 5);
    static double first[FIT_ROWS], second[FIT_ROWS];
    const mst_fit_weights a = fit(s, 1.0);
    mst_fit_predict(&s->design, &a, first);
    for (int32_t i = 0; i < s->world.record.rows; i++)
        s->world.x[MST_FIT_ABLE][2 * i] = 1852.0 * s->world.x[MST_FIT_ABLE][2 * i] - 5e4;
    const mst_fit_weights b = fit(s, 1.0);
    mst_fit_predict(&s->design, &b, second);
    for (int32_t i = 0; i < s->world.record.rows; i++)
        assert_near(first[i], second[i], 1e-4); /* both within 1e-5 deviations of the minimum */
    assert_near(b.raw[1] * 1852.0 / a.raw[1], 1.0, 1e-3);
    close_scene(s);
}

/* ---- refusals ----------------------------------------------------------------------------------- */

static void expect_refusal(scene *s, mst_fit_fault fault, int32_t row)
{
    char text[200];
    assert_int_equal(prepare(s), MUSTER_MISTAKE);
    assert_int_equal(s->why.fault, fault);
    assert_int_equal(s->why.row, row);
    assert_true(strlen(mst_fit_says(s->why, text, sizeof text)) > 10);
    close_scene(s);
}

static void test_fit__columns_refused(void **state)
{
    (void)state;
    scene *s = open_scene(&usual, 0);
    s->world.outcome[3] = 2;
    expect_refusal(s, MST_FIT_BAD_OUTCOME, 3);
    s = open_scene(&usual, 0);
    s->world.series[4] = usual.series;
    expect_refusal(s, MST_FIT_BAD_SERIES, 4);
    s = open_scene(&usual, 0);
    s->world.drill[5] = -1;
    expect_refusal(s, MST_FIT_BAD_DRILL, 5);
    s = open_scene(&usual, 0);
    s->world.time[6] = (double)NAN;
    expect_refusal(s, MST_FIT_BAD_TIME, 6);
    s = open_scene(&usual, 0);
    s->world.host_from[8] = s->world.host_from[7] - 1;
    expect_refusal(s, MST_FIT_BAD_HOSTS, 7);
    s = open_scene(&usual, 0);
    s->world.x[MST_FIT_ADMIT][2 * s->world.host_from[9] + 1] = -(double)INFINITY;
    expect_refusal(s, MST_FIT_INFINITE, 9);
    s = open_scene(&usual, 0);
    static double last[FIT_ROWS];
    last[2] = 1.5;
    s->world.record.last_time = last;
    expect_refusal(s, MST_FIT_BAD_NULL, 2);
    s = open_scene(&usual, 0);
    static const int8_t signs[] = {1, 2};
    s->world.record.expected[MST_FIT_ABLE] = signs;
    expect_refusal(s, MST_FIT_BAD_SIGN, -1);
    s = open_scene(&usual, 0);
    s->world.record.host_from = NULL;
    expect_refusal(s, MST_FIT_BAD_COLUMN, -1);
    s = open_scene(&usual, 0);
    s->world.record.features[0] = MST_FIT_FEATURES_MAX;
    expect_refusal(s, MST_FIT_BAD_SIZE, -1);
    s = open_scene(&usual, 0);
    memset(s->world.record.features, 0, sizeof s->world.record.features);
    expect_refusal(s, MST_FIT_NO_FEATURES, -1);
}

static void test_fit__options_refused(void **state)
{
    (void)state;
    static const double falling[] = {2.0, 1.0};
    for (int k = 0; k < 10; k++) {
        scene *s = open_scene(&usual, 0);
        mst_fit_options *o = &s->options;
        o->lambda = k == 0 ? -1.0 : k == 1 ? (double)INFINITY : 1.0;
        o->light = k == 2 ? 0.0 : 0.3;
        o->folds = k == 3 ? 1 : 6;
        o->inner_folds = k == 4 ? -1 : 3;
        o->starts = k == 5 ? 0 : 1;
        o->replicates = k == 6 ? -1 : 10;
        o->level = k == 7 ? 1.0 : 0.95;
        o->permutations = k == 8 ? -1 : 9;
        o->lambdas = k == 9 ? falling : NULL;
        o->lambda_count = 2;
        expect_refusal(s, MST_FIT_BAD_OPTION, -1);
    }
}

/* Ten joins are enough, nine are not; a join with a gap does not count. */
static void test_fit__too_few(void **state)
{
    (void)state;
    for (int32_t joins = 9; joins <= 11; joins++) {
        scene *s = open_scene(&usual, 0);
        for (int32_t i = 0; i < s->world.record.rows; i++)
            s->world.outcome[i] = i % 4 == 0 && i < 4 * joins;
        if (joins == 11)
            s->world.x[MST_FIT_ABLE][0] = s->world.x[MST_FIT_ABLE][8] = (double)NAN;
        assert_int_equal(prepare(s), joins == 10 ? MUSTER_OK : MUSTER_MISTAKE);
        assert_int_equal(s->design.joins, joins == 10 ? 10 : 9);
        if (joins != 10) {
            assert_int_equal(s->why.fault, MST_FIT_FEW_JOINS);
            assert_int_equal(s->why.number, 9);
        }
        close_scene(s);
    }
    scene *s = open_scene(&usual, 0);
    memset(s->world.outcome, 1, sizeof s->world.outcome);
    expect_refusal(s, MST_FIT_NO_ABSENCES, -1);
    s = open_scene(&usual, 0);
    for (int32_t i = 0; i < s->world.record.rows; i++)
        s->world.series[i] = i % 2;
    expect_refusal(s, MST_FIT_FEW_SERIES, -1);
    s = open_scene(&usual, 0);
    for (int b = 0; b < MST_FIT_BLOCKS; b++)
        memset(s->world.x[b], 0, sizeof s->world.x[b]);
    mst_fit_weights w;
    assert_int_equal(prepare(s), MUSTER_OK);
    assert_int_equal(mst_fit_weights_of(&s->arena, &s->design, NULL, 1.0, &w, &s->why),
                     MUSTER_MISTAKE);
    assert_int_equal(s->why.fault, MST_FIT_ALL_HELD);
    close_scene(s);
}

/* ---- held features ------------------------------------------------------------------------------- */

static void test_fit__constant_and_collinear(void **state)
{
    (void)state;
    scene *s = open_scene(&usual, 6);
    fit_world *w = &s->world;
    static double wide[FIT_ROWS * 5];
    for (int32_t i = 0; i < w->record.rows; i++) {
        const double a = w->x[MST_FIT_ABLE][2 * i], b = w->x[MST_FIT_ABLE][2 * i + 1];
        const double row[] = {a, 0.1, b, 3.0 * a - b + 1e6, a + 1e-3 * sin(i)};
        memcpy(wide + 5 * i, row, sizeof row);
    }
    w->record.x[MST_FIT_ABLE] = wide;
    w->record.features[MST_FIT_ABLE] = 5;
    const mst_fit_weights f = fit(s, 1.0);
    assert_int_equal(f.held[1], MST_FIT_FREE);
    assert_int_equal(f.held[2], MST_FIT_CONSTANT);
    assert_int_equal(f.held[3], MST_FIT_FREE);
    assert_int_equal(f.held[4], MST_FIT_COLLINEAR);
    assert_true(f.with[4] == (UINT64_C(1) << 1 | UINT64_C(1) << 3)); /* named: both, no other */
    assert_int_equal(f.held[5], MST_FIT_FREE);                       /* nearly is not */
    assert_true(f.raw[2] == 0.0 && f.raw[4] == 0.0 && f.standard[4] == 0.0);
    assert_true(f.raw[1] != 0.0 && f.raw[5] != 0.0);
    /* the same fit as without them */
    static double narrow[FIT_ROWS * 3];
    for (int32_t i = 0; i < w->record.rows; i++) {
        narrow[3 * i] = wide[5 * i];
        narrow[3 * i + 1] = wide[5 * i + 2];
        narrow[3 * i + 2] = wide[5 * i + 4];
    }
    w->record.x[MST_FIT_ABLE] = narrow;
    w->record.features[MST_FIT_ABLE] = 3;
    const mst_fit_weights g = fit(s, 1.0);
    assert_near(f.log_likelihood, g.log_likelihood, 1e-6);
    close_scene(s);
}

/* ---- missing -------------------------------------------------------------------------------------- */

/* A gap takes the row out of the fit, whatever stands in the rest of it, and its stage out of its
 * prediction; a host's gap takes that host out. */
static void test_fit__missing(void **state)
{
    (void)state;
    scene *s = open_scene(&usual, 7);
    fit_world *w = &s->world;
    static double p[FIT_ROWS];
    int32_t two = 0; /* a row with two hosts */
    while (w->host_from[two + 1] - w->host_from[two] != 2)
        two++;
    const int32_t gap = two == 0 ? 1 : 0;
    w->x[MST_FIT_ABLE][2 * gap] = (double)NAN;
    w->x[MST_FIT_ADMIT][2 * w->host_from[two]] = (double)NAN;
    const mst_fit_weights a = fit(s, 1.0);
    mst_fit_predict(&s->design, &a, p);
    assert_int_equal(s->design.usable, w->record.rows - 2);
    assert_int_equal(s->design.partial, 2);
    assert_int_equal(s->design.lacking[gap], 1U << MST_FIT_ABLE);
    assert_int_equal(s->design.lacking[two], 1U << MST_FIT_ADMIT);
    /* by hand: the record with a stage of certain P in place of the gap's */
    double expected = 1.0;
    for (int32_t k = 1; k < 3; k++) {
        const mst_fit_stage *stage = &s->design.stage[k];
        for (int32_t e = stage->from[gap]; e < stage->from[gap + 1]; e++) {
            double eta = a.raw[stage->at];
            for (int32_t j = 0; j < stage->width; j++)
                eta += a.raw[stage->at + 1 + j] * stage->raw[e * stage->width + j];
            expected *= fit_logistic(eta);
        }
    }
    assert_near(p[gap], expected, 1e-14);
    assert_int_equal(s->design.stage[0].from[gap + 1] - s->design.stage[0].from[gap], 0);
    assert_int_equal(s->design.stage[1].from[two + 1] - s->design.stage[1].from[two], 1);
    /* the rest of such a row, and its outcome, say nothing to the fit: not a bit changes */
    w->x[MST_FIT_ABLE][2 * gap + 1] = 1e3;
    w->x[MST_FIT_ACCEPT][two] = -1e3;
    w->outcome[two] = (int8_t)!w->outcome[two];
    w->outcome[gap] = -1;
    const mst_fit_weights b = fit(s, 1.0);
    assert_memory_equal(a.raw, b.raw, sizeof a.raw);
    /* the plain logit has nothing to say of it */
    s->options.is_plain = true;
    const mst_fit_weights c = fit(s, 1.0);
    mst_fit_predict(&s->design, &c, p);
    assert_true(isnan(p[gap]) && isnan(p[two]));
    close_scene(s);
}

/* Rows with gaps have a table of their own, and leave the other as if they were not there. */
static void test_fit__partial_rows_are_scored_apart(void **state)
{
    (void)state;
    scene *s = open_scene(&usual, 7);
    fit_world *w = &s->world;
    mst_fit_result r;
    s->options.permutations = s->options.replicates = 0;
    double brier = 0.0;
    for (int32_t i = 0; i < 10; i++)
        w->x[MST_FIT_ABLE][2 * i] = (double)NAN;
    w->outcome[4] = -1;
    assert_int_equal(mst_fit_run(&s->arena, &w->record, &s->options, &r, &s->why), MUSTER_OK);
    for (int32_t i = 0; i < 10; i++) {
        const double off = r.cross.p[i] - w->outcome[i];
        brier += i == 4 ? 0.0 : off * off / 9.0;
    }
    assert_int_equal(r.cross_partial.scored, 9);
    assert_near(r.cross_partial.against_base.score, brier, 1e-12);
    assert_int_equal(r.cross_scores.scored, w->record.rows - 10);
    s->options.is_plain = true; /* which has no prediction for them */
    assert_int_equal(mst_fit_run(&s->arena, &w->record, &s->options, &r, &s->why), MUSTER_OK);
    assert_int_equal(r.cross_partial.scored, 0);
    assert_int_equal(r.cross_partial.unpredicted, 9);
    close_scene(s);
}

static void test_fit__no_host_is_a_gap(void **state)
{
    (void)state;
    scene *s = open_scene(&usual, 7);
    fit_world *w = &s->world;
    const int32_t last = w->record.rows - 1;
    w->host_from[last + 1] = w->host_from[last];
    assert_int_equal(prepare(s), MUSTER_OK);
    assert_false(s->design.is_usable[last]);
    assert_int_equal(s->design.lacking[last], 1U << MST_FIT_ADMIT);
    close_scene(s);
}

/* ---- leaks ------------------------------------------------------------------------------------------ */

/* Predictions of series 5 by a fit without it. */
static mst_fit_outside cross(scene *s)
{
    mst_fit_outside out;
    assert_int_equal(prepare(s), MUSTER_OK);
    assert_int_equal(mst_fit_cross(&s->arena, &s->design, &out, &s->why), MUSTER_OK);
    return out;
}

/* Whatever is done to the outcomes and features of a series left out, not one bit changes in what is
 * predicted for it, but by the row's own features. Each series is left out by itself; lambda is chosen. */
static void test_fit__nothing_leaks(void **state)
{
    (void)state;
    enum { LEFT = 5 };
    static const double grid[] = {0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0};
    for (int plain = 0; plain < 2; plain++) {
        scene *s = open_scene(&usual, 9);
        fit_world *w = &s->world;
        s->options.is_plain = plain;
        s->options.folds = 0;
        s->options.lambda = (double)NAN;
        s->options.lambdas = grid;
        s->options.lambda_count = 10; /* fine: another record, another lambda */
        s->options.part_starts = 1;
        const mst_fit_outside before = cross(s);
        int32_t first = 0;
        while (w->series[first] != LEFT)
            first++;
        /* all outcomes turned or forgotten, all features but those of the first row made absurd */
        int32_t changed = 0;
        for (int32_t i = first; i < w->record.rows && w->series[i] == LEFT; i++, changed++) {
            w->outcome[i] = (int8_t)(i % 3 == 0 ? -1 : !w->outcome[i]);
            if (i == first)
                continue;
            for (int j = 0; j < 2; j++)
                w->x[MST_FIT_ABLE][2 * i + j] = i % 2 ? 1e9 : (double)NAN;
            for (int32_t h = 2 * w->host_from[i]; h < 2 * w->host_from[i + 1]; h++)
                w->x[MST_FIT_ADMIT][h] = -4e7;
            w->x[MST_FIT_ACCEPT][i] = 77.0;
        }
        assert_true(changed >= 3);
        const mst_fit_outside after = cross(s);
        assert_memory_equal(&before.p[first], &after.p[first], sizeof(double));
        for (int32_t i = first; i < first + changed; i++) {
            assert_memory_equal(&before.base[i], &after.base[i], sizeof(double));
            assert_memory_equal(&before.lambda[i], &after.lambda[i], sizeof(double));
        }
        /* its own features do move it, and the others' predictions moved: the fit looks at both */
        assert_true(before.p[first + 1] != after.p[first + 1]);
        int32_t moved = 0;
        for (int32_t i = 0; i < first; i++)
            moved += before.p[i] != after.p[i];
        assert_true(moved > first / 2);
        assert_int_equal(before.parts, usual.series);
        assert_int_equal(before.failed, 0);
        close_scene(s);
    }
}

/* The part's own base rate and weights: a fit to the record without the series says the same. */
static void test_fit__left_out_is_left_out(void **state)
{
    (void)state;
    scene *s = open_scene(&usual, 9);
    fit_world *w = &s->world;
    s->options.folds = 0;
    s->options.part_starts = 4;
    const mst_fit_outside out = cross(s);
    static int32_t times[FIT_ROWS];
    for (int32_t k = 0; k < usual.series; k++)
        times[k] = k != 11;
    mst_fit_weights f;
    static double p[FIT_ROWS];
    assert_int_equal(mst_fit_weights_of(&s->arena, &s->design, times, 1.0, &f, &s->why), MUSTER_OK);
    mst_fit_predict(&s->design, &f, p);
    int32_t joins = 0, rows = 0;
    for (int32_t i = 0; i < w->record.rows; i++) {
        joins += w->series[i] != 11 && w->outcome[i];
        rows += w->series[i] != 11;
    }
    for (int32_t i = 0; i < w->record.rows; i++)
        if (w->series[i] == 11) {
            assert_near(out.p[i], p[i], 1e-3); /* to a thousandth of a deviation of the weights */
            assert_near(out.base[i], (double)joins / rows, 1e-15);
        }
    close_scene(s);
}

static void test_fit__forward_looks_back_only(void **state)
{
    (void)state;
    scene *s = open_scene(&usual, 10);
    fit_world *w = &s->world;
    mst_fit_outside before, after;
    assert_int_equal(prepare(s), MUSTER_OK);
    assert_int_equal(mst_fit_forward(&s->arena, &s->design, &before, &s->why), MUSTER_OK);
    for (int32_t i = 0; i < w->record.rows; i++) {
        if (w->time[i] < 2003.0)
            continue;
        w->outcome[i] = (int8_t)!w->outcome[i];
        if (w->time[i] > 2003.0)
            w->x[MST_FIT_ACCEPT][i] = 1e6;
    }
    assert_int_equal(prepare(s), MUSTER_OK);
    assert_int_equal(mst_fit_forward(&s->arena, &s->design, &after, &s->why), MUSTER_OK);
    int32_t predicted = 0, moved = 0;
    for (int32_t i = 0; i < w->record.rows; i++) {
        if (w->time[i] <= 2003.0)
            assert_memory_equal(&before.p[i], &after.p[i], sizeof(double));
        else
            moved += before.p[i] != after.p[i];
        assert_true(w->time[i] > 2000.0 || isnan(before.p[i])); /* nothing before the first */
        predicted += !isnan(before.p[i]);
    }
    assert_true(predicted > 30 && moved > 5);
    w->record.time = NULL;
    assert_int_equal(prepare(s), MUSTER_OK);
    assert_int_equal(mst_fit_forward(&s->arena, &s->design, &after, &s->why), MUSTER_MISTAKE);
    close_scene(s);
}

/* ---- separation, signs ------------------------------------------------------------------------------- */

static void test_fit__separation(void **state)
{
    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        fit_plan plan = {.series = 20, .features = {0, 0, 2, 0}, .weight = {{0}, {0}, {1.0, 0.0}}};
        scene *s = open_scene(&plan, 11);
        fit_world *w = &s->world;
        for (int32_t i = 0; i < w->record.rows; i++) {
            double *tells = &w->x[MST_FIT_ACCEPT][2 * i];
            if (kind == 1) /* the first feature tells all, with a margin of .2 */
                *tells += *tells > 0.1 ? 0.1 : -0.1;
            if (kind == 1)
                w->outcome[i] = *tells > 0.1;
            if (kind == 2 && i % 5 == 0) /* a flag that only those who join have */
                w->outcome[i] = 1;
            if (kind == 2)
                w->x[MST_FIT_ACCEPT][2 * i + 1] = i % 5 == 0;
        }
        mst_fit_separation found;
        bool growing[MST_FIT_WEIGHTS_MAX];
        assert_int_equal(prepare(s), MUSTER_OK);
        assert_int_equal(mst_fit_find_separation(&s->arena, &s->design, &found, growing, &s->why),
                         MUSTER_OK);
        static const mst_fit_separation expected[] = {MST_FIT_NOT_SEPARATED, MST_FIT_SEPARATED,
                                                      MST_FIT_PARTLY_SEPARATED};
        assert_int_equal(found, expected[kind]);
        assert_int_equal(growing[1], kind == 1);
        if (kind != 1) /* under separation in full the second feature may go along */
            assert_int_equal(growing[2], kind == 2);
        assert_false(growing[0]);
        close_scene(s);
    }
}

static void test_fit__signs_are_told_not_forced(void **state)
{
    (void)state;
    fit_plan plan = {.series = 80,
                     .features = {0, 0, 4, 0},
                     .weight = {{0}, {0}, {1.5, 1.5, 0.0, 1.5}},
                     .alike = 0.1};
    static const int8_t expected[] = {1, -1, 0, 0};
    scene *s = open_scene(&plan, 16);
    s->world.record.expected[MST_FIT_ACCEPT] = expected;
    s->options.permutations = 0;
    mst_fit_result r;
    assert_int_equal(mst_fit_run(&s->arena, &s->world.record, &s->options, &r, &s->why), MUSTER_OK);
    assert_int_equal(r.line[1].sign, MST_FIT_SIGN_AGREES);
    assert_int_equal(r.line[2].sign, MST_FIT_SIGN_CONTRADICTS);
    assert_true(r.line[2].raw > 0.5 && r.line[2].interval.low > 0.0); /* not forced */
    assert_int_equal(r.line[3].sign, MST_FIT_SIGN_UNKNOWN);
    /* against a weight of nought, one of the two expectations is left open */
    int8_t other[] = {0, 0, (int8_t)(r.line[3].light > 0.0 ? -1 : 1), 0};
    s->world.record.expected[MST_FIT_ACCEPT] = other;
    assert_int_equal(mst_fit_run(&s->arena, &s->world.record, &s->options, &r, &s->why), MUSTER_OK);
    assert_int_equal(r.line[3].sign, MST_FIT_SIGN_OPEN);
    assert_int_equal(r.judgement.verdict, MST_FIT_NOT_ASKED);
    close_scene(s);
}

/* ---- everything ---------------------------------------------------------------------------------------- */

static void check_result(const scene *s, const mst_fit_result *r)
{
    const int32_t rows = s->world.record.rows;
    assert_int_equal(r->boot.replicates, 60);
    assert_int_equal(r->boot.degenerate + r->boot.failed, 0);
    for (int32_t j = 0; j < r->design.weights; j++) {
        assert_true(r->line[j].interval.is_estimable);
        assert_near(0.5 * (r->line[j].interval.low + r->line[j].interval.high), r->line[j].light,
                    1e-9 * fabs(r->line[j].light) + 1e-12);
    }
    /* scores by hand */
    double brier = 0.0, base = 0.0, log_score = 0.0;
    for (int32_t i = 0; i < rows; i++) {
        const double y = s->world.outcome[i], p = r->cross.p[i];
        brier += (p - y) * (p - y) / rows;
        base += (r->cross.base[i] - y) * (r->cross.base[i] - y) / rows;
        log_score -= log(y > 0.0 ? p : 1.0 - p) / rows;
    }
    const mst_fit_scores *c = &r->cross_scores;
    assert_near(c->against_base.score, brier, 1e-12);
    assert_near(c->against_base.skill, 1.0 - brier / base, 1e-12);
    assert_near(c->log.score, log_score, 1e-12);
    assert_true(c->log_base.score > c->log.score);
    assert_true(c->auc.value > 0.6 && c->auc_drill.value > 0.5 && c->auc_drill.pairs > 10.0);
    int64_t binned = 0;
    for (int32_t k = 0; k < c->bins; k++)
        binned += c->bin[k].count;
    assert_int_equal(binned, rows);
    assert_int_equal(c->scored, rows);
    assert_int_equal(r->judgement.verdict, MST_FIT_PREDICTS);
    assert_true(r->judgement.p <= 0.05 && r->judgement.drawn == 99);
    assert_true(r->forward_scores.scored > 30 && r->forward_scores.unpredicted > 0);
    assert_int_equal(r->forward_scores.scored + r->forward_scores.unpredicted, rows);
}

/* All at once, twice to the same bytes, and another seed to others. */
static void test_fit__everything(void **state)
{
    (void)state;
    fit_plan plan = usual;
    plan.series = 40;
    scene *s = open_scene(&plan, 5);
    mst_fit_result r, again, other;
    s->options.lambda = (double)NAN;
    const mst_fit_record *record = &s->world.record;
    assert_int_equal(mst_fit_run(&s->arena, record, &s->options, &r, &s->why), MUSTER_OK);
    check_result(s, &r);
    assert_true(r.lambda >= 0.3 && r.lambda <= 100.0);
    assert_int_equal(mst_fit_run(&s->arena, record, &s->options, &again, &s->why), MUSTER_OK);
    assert_memory_equal(r.boot.deviation, again.boot.deviation, sizeof r.boot.deviation);
    assert_memory_equal(r.cross.p, again.cross.p, (size_t)record->rows * sizeof(double));
    assert_true(r.judgement.as_good == again.judgement.as_good);
    s->options.seed = 2;
    assert_int_equal(mst_fit_run(&s->arena, record, &s->options, &other, &s->why), MUSTER_OK);
    assert_true(other.boot.deviation[1] != r.boot.deviation[1]);
    close_scene(s);
}

/* Replicates in which nobody joins are told apart: all joins in two series of twenty. */
static void test_fit__degenerate_replicates_are_counted(void **state)
{
    (void)state;
    fit_plan plan = {.series = 20, .features = {0, 0, 1, 0}, .weight = {{0}, {0}, {1.0}}};
    scene *s = open_scene(&plan, 14);
    fit_world *w = &s->world;
    for (int32_t i = 0; i < w->record.rows; i++)
        w->outcome[i] = 0;
    int32_t joins = 0;
    for (int32_t i = 0; i < w->record.rows; i++)
        w->series[i] = i < 12 ? i / 6 : 2 + i % 18;
    for (int32_t i = 0; i < 12; i++)
        joins += w->outcome[i] = i != 5;
    s->options.replicates = 400;
    mst_fit_boot boot;
    assert_int_equal(joins, 11);
    assert_int_equal(prepare(s), MUSTER_OK);
    assert_int_equal(mst_fit_bootstrap(&s->arena, &s->design, &boot, &s->why), MUSTER_OK);
    /* (1 - 2/20)^20 = .1216 of 400 is 48.6, deviation 6.5: within 4 of them */
    assert_near(boot.degenerate, 48.6, 26.2);
    assert_int_equal(boot.replicates, 400);
    close_scene(s);
}

/* ---- verdict ------------------------------------------------------------------------------------------- */

static mst_fit_judgement judged(scene *s)
{
    const mst_fit_outside out = cross(s);
    mst_fit_judgement j;
    assert_int_equal(mst_fit_judge(&s->arena, &s->design, &out, &j, &s->why), MUSTER_OK);
    return j;
}

static void test_fit__verdicts(void **state)
{
    (void)state;
    fit_plan plan = usual;
    plan.series = 40;
    scene *s = open_scene(&plan, 5);
    fit_world *w = &s->world;
    static double last[FIT_ROWS];
    for (int32_t i = 0; i < w->record.rows; i++)
        last[i] = w->outcome[i]; /* a null that knows */
    mst_fit_judgement j = judged(s);
    assert_int_equal(j.verdict, MST_FIT_PREDICTS);
    assert_int_equal(j.dealt_series, 40);
    assert_true(isnan(j.skill_last.value));
    w->record.last_time = last;
    assert_int_equal(judged(s).verdict, MST_FIT_NOT_BEYOND_LAST);
    for (int32_t i = 0; i < w->record.rows; i++) /* one that is wrong as often as not */
        last[i] = i % 4 == 0 ? (double)NAN : i % 2;
    j = judged(s);
    assert_int_equal(j.verdict, MST_FIT_PREDICTS);
    assert_true(j.skill_last.interval.low > 0.0 && j.skill_last.value > 0.0);
    s->options.permutations = 0;
    assert_int_equal(judged(s).verdict, MST_FIT_NOT_ASKED);
    close_scene(s);
}

/* A series without another of its size keeps its outcomes: with all sizes unlike nothing can be dealt,
 * and nothing is claimed, for or against, however well it fits. */
static void test_fit__nothing_to_deal(void **state)
{
    (void)state;
    fit_plan plan = usual;
    plan.series = 40;
    scene *s = open_scene(&plan, 5);
    fit_world *w = &s->world;
    int32_t row = 0, series = 0;
    for (; row < w->record.rows; series++)
        for (int32_t k = 0; k <= series && row < w->record.rows; k++)
            w->series[row++] = series;
    for (int32_t i = 0; i < w->record.rows; i++) /* the last may be cut: drop it */
        if (w->series[i] == series - 1)
            w->outcome[i] = -1;
    s->options.folds = 0;
    const mst_fit_judgement j = judged(s);
    assert_int_equal(j.dealt_series, 0);
    assert_int_equal(j.verdict, MST_FIT_TOO_FEW_DEALS);
    assert_near(j.ways, 1.0, 0.0);
    assert_int_equal(j.drawn, 0);
    assert_true(isnan(j.p));
    close_scene(s);
}

/* P is at least 1 / ways and 1 / (permutations + 1): where that is above .05 nothing can be told. */
static void test_fit__too_few_deals(void **state)
{
    (void)state;
    static const struct {
        int32_t alike, permutations;
        double ways;
        bool is_told;
    } at[] = {
        {3, 999, 6.0, false}, {4, 999, 24.0, true}, {4, 18, 24.0, false}, {4, 19, 24.0, true}};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        fit_plan plan = usual;
        plan.series = 40;
        scene *s = open_scene(&plan, 5);
        fit_world *w = &s->world;
        const int32_t each = 20;
        for (int32_t row = 0; row < w->record.rows;
             row++) /* some of 20 rows, and one of all others */
            w->series[row] = row / each < at[i].alike ? row / each : at[i].alike;
        assert_true(w->record.rows > (at[i].alike + 2) * each);
        s->options.folds = 0;
        s->options.permutations = at[i].permutations;
        const mst_fit_judgement j = judged(s);
        assert_near(j.ways, at[i].ways, 0.0);
        assert_int_equal(j.dealt_series, at[i].alike);
        assert_int_equal(j.verdict != MST_FIT_TOO_FEW_DEALS, at[i].is_told);
        assert_int_equal(isnan(j.p), !at[i].is_told);
        close_scene(s);
    }
}

/* ---- memory ---------------------------------------------------------------------------------------------- */

static void test_fit__memory_runs_short(void **state)
{
    (void)state;
    static fit_world w;
    fit_plan plan = usual;
    plan.series = 12;
    fit_make(&plan, 3, 15, &w);
    mst_fit_options o = quick();
    o.replicates = o.permutations = 3;
    o.starts = 1;
    o.folds = 3;
    muster_status status = MUSTER_WORLD;
    int32_t allowed = 0;
    for (; status != MUSTER_OK && allowed < 1000; allowed++) {
        test_memory memory = {allowed, 0, 0};
        const muster_memory hook = test_hook(&memory);
        mst_arena arena;
        mst_arena_init(&arena, &hook);
        mst_fit_result r;
        mst_fit_why why;
        status = mst_fit_run(&arena, &w.record, &o, &r, &why);
        if (status != MUSTER_OK) {
            assert_int_equal(status, MUSTER_WORLD);
            assert_int_equal(why.fault, MST_FIT_MEMORY);
            assert_true(memory.refused > 0);
        }
        mst_arena_clear(&arena);
        assert_int_equal(memory.held, 0);
    }
    assert_int_equal(status, MUSTER_OK);
    assert_true(allowed > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fit__value_and_slope),
        cmocka_unit_test(test_fit__curvature),
        cmocka_unit_test(test_fit__likelihood_at_the_ends),
        cmocka_unit_test(test_fit__minimum),
        cmocka_unit_test(test_fit__published_logit),
        cmocka_unit_test(test_fit__penalty),
        cmocka_unit_test(test_fit__units_do_not_matter),
        cmocka_unit_test(test_fit__columns_refused),
        cmocka_unit_test(test_fit__options_refused),
        cmocka_unit_test(test_fit__too_few),
        cmocka_unit_test(test_fit__constant_and_collinear),
        cmocka_unit_test(test_fit__missing),
        cmocka_unit_test(test_fit__partial_rows_are_scored_apart),
        cmocka_unit_test(test_fit__no_host_is_a_gap),
        cmocka_unit_test(test_fit__nothing_leaks),
        cmocka_unit_test(test_fit__left_out_is_left_out),
        cmocka_unit_test(test_fit__forward_looks_back_only),
        cmocka_unit_test(test_fit__separation),
        cmocka_unit_test(test_fit__signs_are_told_not_forced),
        cmocka_unit_test(test_fit__everything),
        cmocka_unit_test(test_fit__degenerate_replicates_are_counted),
        cmocka_unit_test(test_fit__verdicts),
        cmocka_unit_test(test_fit__nothing_to_deal),
        cmocka_unit_test(test_fit__too_few_deals),
        cmocka_unit_test(test_fit__memory_runs_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
