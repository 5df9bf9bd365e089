/** @file select_make.h
 * Selections of drawn values, for tests: points of known means, asked for run by run.
 */
#ifndef TEST_SUPPORT_SELECT_MAKE_H
#define TEST_SUPPORT_SELECT_MAKE_H

#include "test.h"

#include "estimate/rank_stages.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include <stdlib.h>

enum { SELECT_POINTS = 10, SELECT_RUNS = 4000 };

/** Normal values, variance 1 each; correlation between points rho. */
typedef struct select_scene {
    gsl_rng *rng;
    double mean[SELECT_POINTS];
    double sd;
    double rho;
    double common[SELECT_RUNS];
    int32_t common_count;
    double value[SELECT_POINTS][SELECT_RUNS];
    int32_t count[SELECT_POINTS];
} select_scene;

static inline void select_forget(select_scene *s)
{
    s->common_count = 0;
    for (int32_t p = 0; p < SELECT_POINTS; p++)
        s->count[p] = 0;
}

static inline void select_draw(select_scene *s, int32_t point, int32_t upto)
{
    assert_true(upto <= SELECT_RUNS);
    for (; s->common_count < upto; s->common_count++)
        s->common[s->common_count] = gsl_ran_gaussian_ziggurat(s->rng, sqrt(s->rho) * s->sd);
    for (; s->count[point] < upto; s->count[point]++)
        s->value[point][s->count[point]] =
            s->mean[point] + s->common[s->count[point]] +
            gsl_ran_gaussian_ziggurat(s->rng, sqrt(1.0 - s->rho) * s->sd);
}

/** Goes through a selection to its end; free with mst_stages_free. */
static inline mst_stages select_through(select_scene *s, const muster_selection *how,
                                        int32_t points)
{
    const double *value[SELECT_POINTS];
    mst_stages out;
    assert_true(mst_stages_open(&out, how, points, false));
    while (out.end == MST_END_NOT) {
        for (int32_t p = 0; p < points; p++) {
            select_draw(s, p, out.last[p]);
            value[p] = s->value[p];
        }
        assert_true(mst_stages_look(&out, value));
    }
    return out;
}

#endif
