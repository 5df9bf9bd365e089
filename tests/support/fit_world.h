/** @file fit_world.h
 * Records of drills with known weights, made by chance: for the tests of the fit.
 */
#ifndef TEST_SUPPORT_FIT_WORLD_H
#define TEST_SUPPORT_FIT_WORLD_H

#include "align/theory/fit.h"
#include "num/normal.h"
#include "num/random.h"

#include <math.h>
#include <string.h>

enum { FIT_ROWS = 400, FIT_HOSTS = 3 * FIT_ROWS, FIT_WIDTH = 4 };

/** How a record is made: `series` of 3 to 6 rows with 1 to 3 hosts each. */
typedef struct fit_plan {
    int32_t series;
    int32_t features[MST_FIT_BLOCKS];
    double intercept[MST_FIT_BLOCKS]; /* apart has none: it is added to accept */
    double weight[MST_FIT_BLOCKS][FIT_WIDTH];
    double alike;    /* correlation of a feature within a series, 0..1                            */
    double together; /* of the normal scores of outcomes in a series, 0..1; each row's P stays    */
    double rate;     /* above 0: outcomes know nothing of the features, and join at this rate     */
} fit_plan;

typedef struct fit_world {
    mst_fit_record record;
    int8_t outcome[FIT_ROWS];
    int32_t series[FIT_ROWS], drill[FIT_ROWS], host_from[FIT_ROWS + 1];
    double time[FIT_ROWS], p[FIT_ROWS]; /* p: the true one */
    double x[MST_FIT_BLOCKS][FIT_HOSTS * FIT_WIDTH];
} fit_world;

typedef struct fit_dice {
    mst_stream stream;
    uint64_t number;
} fit_dice;

static inline double fit_unit(fit_dice *dice)
{
    return mst_random_unit(dice->stream, dice->number++);
}

static inline double fit_normal(fit_dice *dice)
{
    return mst_random_normal(dice->stream, dice->number++);
}

static inline double fit_logistic(double t)
{
    return 1.0 / (1.0 + exp(-t));
}

/** Features of one entry about those of its series. @return their sum by weight */
static inline double fit_entry(const fit_plan *plan, int b, const double common[FIT_WIDTH],
                               fit_dice *dice, double *out)
{
    double sum = 0.0;
    for (int j = 0; j < plan->features[b]; j++) {
        out[j] = sqrt(plan->alike) * common[j] + sqrt(1.0 - plan->alike) * fit_normal(dice);
        sum += plan->weight[b][j] * out[j];
    }
    return sum;
}

/** P(join) of row i, whose features are drawn on the way. */
static inline double fit_row(const fit_plan *plan, double common[MST_FIT_BLOCKS][FIT_WIDTH],
                             fit_dice *dice, int32_t i, fit_world *w)
{
    double eta[MST_FIT_BLOCKS] = {0}, p = 1.0;
    const int32_t hosts = 1 + (int32_t)(3.0 * fit_unit(dice));
    w->host_from[i + 1] = w->host_from[i] + hosts;
    for (int b = 0; b < MST_FIT_BLOCKS; b++) {
        const int32_t k = plan->features[b];
        if (b != MST_FIT_ADMIT)
            eta[b] = plan->intercept[b] +
                     fit_entry(plan, b, common[b], dice, w->x[b] + (size_t)i * (size_t)k);
        for (int32_t h = w->host_from[i]; b == MST_FIT_ADMIT && k > 0 && h < w->host_from[i + 1];
             h++)
            p *= fit_logistic(plan->intercept[b] +
                              fit_entry(plan, b, common[b], dice, w->x[b] + (size_t)h * (size_t)k));
    }
    eta[MST_FIT_ACCEPT] += eta[MST_FIT_APART];
    if (plan->features[MST_FIT_ABLE] > 0)
        p *= fit_logistic(eta[MST_FIT_ABLE]);
    if (plan->features[MST_FIT_ACCEPT] + plan->features[MST_FIT_APART] > 0)
        p *= fit_logistic(eta[MST_FIT_ACCEPT]);
    return plan->rate > 0.0 ? plan->rate : p;
}

/** Record number `number` of a plan. Series are drills' families: two rows make one drill. */
static inline void fit_make(const fit_plan *plan, uint64_t seed, uint32_t number, fit_world *w)
{
    fit_dice dice = {mst_stream_of(mst_random_key(seed), number, 1), 0};
    memset(w, 0, sizeof *w);
    int32_t i = 0;
    for (int32_t s = 0; s < plan->series; s++) {
        double common[MST_FIT_BLOCKS][FIT_WIDTH];
        for (int b = 0; b < MST_FIT_BLOCKS; b++)
            for (int j = 0; j < FIT_WIDTH; j++)
                common[b][j] = fit_normal(&dice);
        const double mood = fit_normal(&dice);
        const int32_t rows = 3 + (int32_t)(4.0 * fit_unit(&dice));
        for (int32_t k = 0; k < rows && i < FIT_ROWS; k++, i++) {
            w->series[i] = s;
            w->drill[i] = 4 * s + k / 2;
            w->time[i] = 2000.0 + 2.0 * (k / 2) + s % 3;
            w->p[i] = fit_row(plan, common, &dice, i, w);
            const double score =
                sqrt(plan->together) * mood + sqrt(1.0 - plan->together) * fit_normal(&dice);
            w->outcome[i] = mst_normal_cdf(score) < w->p[i];
        }
    }
    w->record = (mst_fit_record){.rows = i,
                                 .outcome = w->outcome,
                                 .series = w->series,
                                 .series_count = plan->series,
                                 .drill = w->drill,
                                 .time = w->time,
                                 .host_from = w->host_from};
    for (int b = 0; b < MST_FIT_BLOCKS; b++) {
        w->record.features[b] = plan->features[b];
        w->record.x[b] = w->x[b];
    }
}

#endif
