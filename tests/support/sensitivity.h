/** @file sensitivity.h
 * Runs of functions whose sensitivity indices are known exactly, over designs as Saltelli's.
 */
#ifndef TEST_SUPPORT_SENSITIVITY_H
#define TEST_SUPPORT_SENSITIVITY_H

#include "test.h"

#include "estimate/sobol.h"

#include <gsl/gsl_math.h>
#include <gsl/gsl_qrng.h>
#include <gsl/gsl_rng.h>
#include <stdlib.h>
#include <string.h>

/** A function on the unit cube of k factors. */
typedef double sens_model(const double *u, int k);

/* ---- models ------------------------------------------------------------------------------------ */

/** sin x1 + 7 sin(x2)^2 + .1 x3^4 sin x1, x = -pi..pi (Ishigami and Homma 1990). More factors do
 * nothing. */
static inline double sens_ishigami(const double *u, int k)
{
    (void)k;
    const double x1 = M_PI * (2.0 * u[0] - 1.0), x2 = M_PI * (2.0 * u[1] - 1.0),
                 x3 = M_PI * (2.0 * u[2] - 1.0);
    return sin(x1) + 7.0 * sin(x2) * sin(x2) + 0.1 * x3 * x3 * x3 * x3 * sin(x1);
}

static const double sens_ishigami_s[3] = {.31390519114781146, .44241114479004084, 0.0};
static const double sens_ishigami_st[3] = {.5575888552099592, .44241114479004084,
                                           .24368366406214773};
static const double sens_ishigami_variance = 13.844587940719254;
static const double sens_ishigami_s13 = .24368366406214773;

/** Product of (|4 u - 2| + a) / (1 + a), a = 0, 1, 4.5, 9, 99 four times (Saltelli and Sobol 1995). */
static inline double sens_g(const double *u, int k)
{
    static const double a[] = {0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0};
    double product = 1.0;
    for (int i = 0; i < k; i++)
        product *= (fabs(4.0 * u[i] - 2.0) + a[i]) / (1.0 + a[i]);
    return product;
}

/* ---- points ------------------------------------------------------------------------------------ */

static inline double *sens_room(int64_t count)
{
    double *const block = calloc((size_t)count, sizeof *block);
    assert_non_null(block);
    return block;
}

/** Points of 2k dimensions, row by row, [n * 2k]; to be freed. */
static inline double *sens_points_sobol(int k, int64_t n)
{
    assert_true(2 * k <= 40); /* above, GSL's sequence is garbage without a word */
    gsl_qrng *const q = gsl_qrng_alloc(gsl_qrng_sobol, 2 * (unsigned)k);
    assert_non_null(q);
    double *const points = sens_room(n * 2 * k);
    for (int64_t j = 0; j < n; j++)
        assert_int_equal(gsl_qrng_get(q, points + j * 2 * k), 0);
    gsl_qrng_free(q);
    return points;
}

static inline double *sens_points_plain(gsl_rng *rng, int k, int64_t n)
{
    double *const points = sens_room(n * 2 * k);
    for (int64_t at = 0; at < n * 2 * k; at++)
        points[at] = gsl_rng_uniform(rng);
    return points;
}

/* ---- runs -------------------------------------------------------------------------------------- */

/** All blocks there are; in is ready for mst_sobol and has BA. */
typedef struct sens_runs {
    mst_sobol_input in;
    double *a, *b, *ab, *ba;
} sens_runs;

/** Room for the outputs, all 0; the block of luck is there too. */
static inline sens_runs sens_open(int k, int64_t n, bool has_luck)
{
    sens_runs r = {
        .a = sens_room(n), .b = sens_room(n), .ab = sens_room((k + 1) * n), .ba = sens_room(k * n)};
    r.in = (mst_sobol_input){
        .factors = k, .rows = n, .has_luck = has_luck, .a = r.a, .b = r.b, .ab = r.ab, .ba = r.ba};
    return r;
}

static inline double sens_exchanged(sens_model *model, int k, const double *from,
                                    const double *with, int i)
{
    double u[64];
    assert_true(k <= 64);
    memcpy(u, from, (size_t)k * sizeof *u);
    u[i] = with[i];
    return model(u, k);
}

static inline sens_runs sens_run(sens_model *model, int k, int64_t n, const double *points)
{
    sens_runs r = sens_open(k, n, false);
    for (int64_t j = 0; j < n; j++) {
        const double *a = points + j * 2 * k, *b = a + k;
        r.a[j] = model(a, k);
        r.b[j] = model(b, k);
        for (int i = 0; i < k; i++) {
            r.ab[i * n + j] = sens_exchanged(model, k, a, b, i);
            r.ba[i * n + j] = sens_exchanged(model, k, b, a, i);
        }
    }
    return r;
}

static inline void sens_close(sens_runs *r)
{
    free(r->a);
    free(r->b);
    free(r->ab);
    free(r->ba);
    *r = (sens_runs){0};
}

/* ---- indices ----------------------------------------------------------------------------------- */

static inline mst_sobol_options sens_options(int first, int total, int replicates)
{
    mst_sobol_options o = MST_SOBOL_DEFAULT;
    o.first = (mst_sobol_first)first;
    o.total = (mst_sobol_total)total;
    o.bootstrap.replicates = replicates;
    return o;
}

static inline mst_sobol_result sens_estimate(const mst_sobol_input *in,
                                             const mst_sobol_options *options)
{
    mst_sobol_result out;
    assert_int_equal(mst_sobol(in, options, &out), MUSTER_OK);
    return out;
}

static inline sens_runs sens_runs_sobol(sens_model *model, int k, int64_t n)
{
    double *const points = sens_points_sobol(k, n);
    const sens_runs r = sens_run(model, k, n, points);
    free(points);
    return r;
}

static inline void sens_assert_alike(const mst_bootstrapped *a, const mst_bootstrapped *b,
                                     double tolerance)
{
    assert_near(a->value, b->value, tolerance);
    assert_near(a->low, b->low, tolerance);
    assert_near(a->high, b->high, tolerance);
    assert_near(a->sd, b->sd, tolerance);
    assert_near(a->half, b->half, 2.0 * tolerance);
}

static inline void sens_assert_same(const mst_sobol_result *a, const mst_sobol_result *b,
                                    double tolerance)
{
    assert_int_equal(a->factors, b->factors);
    for (int i = 0; i < a->factors; i++) {
        sens_assert_alike(&a->factor[i].s, &b->factor[i].s, tolerance);
        sens_assert_alike(&a->factor[i].st, &b->factor[i].st, tolerance);
        sens_assert_alike(&a->factor[i].apart, &b->factor[i].apart, 2.0 * tolerance);
        for (int j = 0; a->pair && j < a->factors; j++)
            if (i != j)
                sens_assert_alike(&a->pair[a->factors * i + j], &b->pair[a->factors * i + j],
                                  tolerance);
    }
    sens_assert_alike(&a->sum, &b->sum, tolerance);
    sens_assert_alike(&a->rest, &b->rest, tolerance);
    assert_int_equal(a->warnings, b->warnings);
}

#endif
