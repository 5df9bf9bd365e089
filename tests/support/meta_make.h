/** @file meta_make.h
 * Metamodels for tests: a case with inputs of all kinds, and shorter ways to ask.
 */
#ifndef TEST_SUPPORT_META_MAKE_H
#define TEST_SUPPORT_META_MAKE_H

#include "points_make.h"

#include "estimate/metamodel.h"

static inline mst_meta_options meta_how(mst_meta_form form)
{
    return (mst_meta_options){form, MST_META_BY_COUNT, MST_META_ALL_TERMS, 0.95};
}

static inline mst_meta meta_of(const mst_points *points, const mst_meta_options *how)
{
    mst_meta meta;
    const char *reason = NULL;
    assert_int_equal(mst_meta_fit(points, how, &meta, &reason), MUSTER_OK);
    assert_null(reason);
    return meta;
}

/** The coefficient of a product of inputs (second -1: of the input; first -1: the constant), i-th
 * of its columns. */
static inline const mst_meta_coefficient *meta_find(const mst_meta *meta, int first, int second,
                                                    int i)
{
    for (int t = 0; t < meta->terms; t++)
        if (meta->term[t].first == first && meta->term[t].second == second)
            return &meta->coefficient[meta->term[t].column + i];
    fail_msg("no term %d %d", first, second);
    return NULL;
}

static inline double meta_at(const mst_meta *meta, const double *x)
{
    mst_meta_prediction out;
    assert_int_equal(mst_meta_predict(meta, x, 1.0, &out), MUSTER_OK);
    return out.mean.value;
}

/** A quadratic in two numbers, with a choice that acts, and another number for one of its levels.
 * */
enum { MIXED_ROWS = 60, MIXED_INPUTS = 4 };

static const mst_input mixed[MIXED_INPUTS] = {{MST_INPUT_REAL, 10.0, 30.0, 0},
                                              {MST_INPUT_INT, 1.0, 9.0, 0},
                                              {MST_INPUT_CHOICE, 0.0, 0.0, 3},
                                              {MST_INPUT_REAL, -0.5, 0.5, 0}};

typedef struct mixed_drawn {
    double x[MIXED_ROWS * MIXED_INPUTS], y[MIXED_ROWS], s2[MIXED_ROWS];
    int32_t n[MIXED_ROWS];
} mixed_drawn;

static inline mst_points mixed_draw(mixed_drawn *d, unsigned seed, double noise)
{
    gsl_rng *rng = mst_rng_open(seed, "test");
    draw_inputs(rng, mixed, MIXED_INPUTS, MIXED_ROWS, d->x);
    for (int i = 0; i < MIXED_ROWS; i++) {
        const double *x = d->x + i * MIXED_INPUTS, a = (x[0] - 20.0) / 10.0, b = (x[1] - 5.0) / 4.0;
        const double mean = 3.0 + 2.0 * a - b +
                            (x[2] < 1.0   ? 1.5
                             : x[2] < 2.0 ? -0.5
                                          : -1.0) +
                            0.7 * a * b + 1.2 * a * a + (x[2] < 1.0 ? 0.4 * x[3] : 0.0);
        d->n[i] = 2 + (int32_t)gsl_rng_uniform_int(rng, 9);
        draw_replications(rng, mean, noise, d->n[i], &d->y[i], &d->s2[i]);
    }
    gsl_rng_free(rng);
    return (mst_points){MIXED_ROWS, MIXED_INPUTS, mixed, d->x, d->y, d->n, d->s2};
}

#endif
