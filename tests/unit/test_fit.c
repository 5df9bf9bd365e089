/* Weights from a record of drills: the likelihood and its slope, and minima. Beside this file: what is
 * refused (test_fit_refusals.c), what is held, what is missing and what must not leak (test_fit_missing.c),
 * what is said of the weights (test_fit_judge.c). Coverage and claims: flow/test_fit_coverage.c. */
#include "fit_scene.h"
#include "test.h"

#include "align/theory/fit_inside.h"

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

static double objective(fit_scene *s, double lambda, const double *standard, double *gradient)
{
    double value = 0.0;
    assert_int_equal(
        mst_fit_objective(&s->arena, &s->design, lambda, standard, &value, gradient, &s->why),
        MUSTER_OK);
    return value;
}

/* Value against long double (rounding of some hundred terms: 1e-12 of it), slope against central
 * differences of step 1e-5 (error 1e-10 of the third derivative, and 1e-16 * value / 1e-5). */
static void check_slope(fit_scene *s)
{
    const mst_fit_weights w = fit_scene_weights(s, 1.0);
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
        fit_scene *s = fit_scene_open(&fit_scene_usual, 1);
        s->options.apart_in = (mst_fit_block)apart;
        check_slope(s);
        assert_int_equal(s->design.stages, apart == MST_FIT_APART ? 4 : 3);
        fit_scene_close(s);
    }
    fit_scene *s = fit_scene_open(&fit_scene_usual, 1);
    s->options.is_plain = true;
    check_slope(s);
    assert_int_equal(s->design.stages, 1);
    assert_int_equal(s->design.weights, 7);
    fit_scene_close(s);
}

/* Second derivatives, which steer the steps, against differences of the slope. */
static void test_fit__curvature(void **state)
{
    (void)state;
    fit_scene *s = fit_scene_open(&fit_scene_usual, 2);
    assert_int_equal(fit_scene_prepare(s), MUSTER_OK);
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
    fit_scene_close(s);
}

/* P near 1 and near 0: neither is lost. */
static void test_fit__likelihood_at_the_ends(void **state)
{
    (void)state;
    fit_scene *s = fit_scene_open(&fit_scene_usual, 3);
    const mst_fit_weights w = fit_scene_weights(s, 1.0);
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
    fit_scene_close(s);
}

/* ---- minima ------------------------------------------------------------------------------------ */

/* Nothing near is lower, the slope is nought, and starts anywhere lead down. */
static void test_fit__minimum(void **state)
{
    (void)state;
    for (uint32_t number = 0; number < 4; number++) {
        fit_scene *s = fit_scene_open(&fit_scene_usual, number);
        s->options.starts = 12;
        const mst_fit_weights w = fit_scene_weights(s, 0.5);
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
        fit_scene_close(s);
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
        fit_scene *s = fit_scene_open(&fit_scene_usual, 0);
        s->world.record = (mst_fit_record){.rows = 32,
                                           .outcome = y,
                                           .series = series,
                                           .series_count = 8,
                                           .drill = series,
                                           .features = {0, 0, 3, 0},
                                           .x = {NULL, NULL, &x[0][0], NULL}};
        s->options.is_plain = plain;
        const mst_fit_weights w = fit_scene_weights(s, 0.0);
        for (int j = 0; j < 4; j++)
            assert_near(w.raw[j], published[j], 5.1e-4); /* as printed; steps of .001 */
        assert_near(w.log_likelihood, -12.890, 5.1e-4);
        assert_int_equal(w.minima, 1);
        fit_scene_close(s);
    }
}

/* Unpenalised intercepts balance the books of a logit at any penalty; a heavy one leaves nothing else. */
static void test_fit__penalty(void **state)
{
    (void)state;
    fit_scene *s = fit_scene_open(&fit_scene_usual, 4);
    s->options.is_plain = true;
    static double p[FIT_ROWS];
    double before = (double)INFINITY;
    for (double lambda = 0.1; lambda < 1e6; lambda *= 10.0) {
        const mst_fit_weights w = fit_scene_weights(s, lambda);
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
    fit_scene_close(s);
}

/* Metres for miles, an offset: predictions stay, weights turn with them. */
static void test_fit__units_do_not_matter(void **state)
{
    (void)state;
    fit_scene *s = fit_scene_open(&fit_scene_usual, 5);
    static double first[FIT_ROWS], second[FIT_ROWS];
    const mst_fit_weights a = fit_scene_weights(s, 1.0);
    mst_fit_predict(&s->design, &a, first);
    for (int32_t i = 0; i < s->world.record.rows; i++)
        s->world.x[MST_FIT_ABLE][2 * i] = 1852.0 * s->world.x[MST_FIT_ABLE][2 * i] - 5e4;
    const mst_fit_weights b = fit_scene_weights(s, 1.0);
    mst_fit_predict(&s->design, &b, second);
    for (int32_t i = 0; i < s->world.record.rows; i++)
        assert_near(first[i], second[i], 1e-4); /* both within 1e-5 deviations of the minimum */
    assert_near(b.raw[1] * 1852.0 / a.raw[1], 1.0, 1e-3);
    fit_scene_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fit__value_and_slope),        cmocka_unit_test(test_fit__curvature),
        cmocka_unit_test(test_fit__likelihood_at_the_ends), cmocka_unit_test(test_fit__minimum),
        cmocka_unit_test(test_fit__published_logit),        cmocka_unit_test(test_fit__penalty),
        cmocka_unit_test(test_fit__units_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
