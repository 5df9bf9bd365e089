/* All that is asked of a record at once, and what there is to say of each weight. */
#include "align/theory/fit_inside.h"

#include <math.h>
#include <string.h>

static const mst_fit_why short_memory = {MST_FIT_MEMORY, -1, -1, -1};

/* ---- separation ---------------------------------------------------------------------------------- */

#define PENALTY_FIRST 1e-3
#define PENALTY_LAST 1e-5
#define GROWTH 1.0
#define TOLERANCE 1e-3

/* Every join above every absence? */
static bool is_told_apart(const mst_fit_bench *b)
{
    double least_join = 1.0, most_absence = 0.0;
    for (int32_t u = 0; u < b->used; u++) {
        const double p = mst_fit_row(b, b->theta, b->row[u]).join;
        if (b->outcome[b->row[u]])
            least_join = fmin(least_join, p);
        else
            most_absence = fmax(most_absence, p);
    }
    return least_join > most_absence;
}

muster_status mst_fit_find_separation(mst_arena *scratch, const mst_fit_design *design,
                                      mst_fit_separation *out, bool *out_growing, mst_fit_why *why)
{
    mst_fit_bench b;
    double first[MST_FIT_WEIGHTS_MAX];
    if (!mst_fit_bench_make(scratch, design, &b))
        return mst_fit_refuse(why, short_memory);
    mst_fit_standardise(&b);
    b.lambda = PENALTY_FIRST;
    mst_fit_cold(&b, design->options.part_starts, TOLERANCE, NULL);
    memcpy(first, b.theta, (size_t)b.n * sizeof *first);
    b.lambda = PENALTY_LAST;
    mst_fit_descend(&b, TOLERANCE);
    bool any = false;
    for (int32_t j = 0; j < b.n; j++) {
        out_growing[j] = design->feature[j] >= 0 && fabs(b.theta[j] - first[j]) > GROWTH;
        any = any || out_growing[j];
    }
    *out = is_told_apart(&b) ? MST_FIT_SEPARATED
           : any             ? MST_FIT_PARTLY_SEPARATED
                             : MST_FIT_NOT_SEPARATED;
    mst_fit_bench_free(&b);
    return mst_fit_refuse(why, MST_FIT_NO_FAULT);
}

/* ---- lines --------------------------------------------------------------------------------------- */

static mst_fit_sign sign_of(const mst_fit_line *line)
{
    const double by = line->expected; /* 1 or -1: as expected is above 0 then */
    const double at = line->interval.is_estimable ? line->light : line->raw;
    if (line->expected == 0 || line->held != MST_FIT_FREE)
        return MST_FIT_SIGN_UNKNOWN;
    if (by * at >= 0.0)
        return MST_FIT_SIGN_AGREES;
    const bool is_sure = line->interval.is_estimable && by * line->interval.low < 0.0 &&
                         by * line->interval.high < 0.0;
    return is_sure ? MST_FIT_SIGN_CONTRADICTS : MST_FIT_SIGN_OPEN;
}

static mst_fit_line line_of(const mst_fit_result *r, const bool *growing, int32_t j)
{
    const mst_fit_design *d = &r->design;
    mst_fit_line line = {.block = (mst_fit_block)d->block[j],
                         .feature = d->feature[j],
                         .raw = r->fit.raw[j],
                         .standard = r->fit.standard[j],
                         .centre = r->fit.centre[j],
                         .spread = r->fit.spread[j],
                         .light = r->boot.light.raw[j],
                         .deviation = r->boot.deviation[j],
                         .interval = r->boot.interval[j],
                         .held = (mst_fit_held)r->fit.held[j],
                         .with = r->fit.with[j],
                         .is_growing = growing[j]};
    if (line.feature >= 0 && d->record.expected[line.block])
        line.expected = d->record.expected[line.block][line.feature];
    if (line.feature < 0)
        line.is_walled = fabs(line.standard) > MST_FIT_WALL;
    line.sign = sign_of(&line);
    return line;
}

/* ---- all of it ------------------------------------------------------------------------------------ */

/* No replicates: the light fit is not made, and there is no interval. */
static void leave_boot(mst_fit_boot *boot)
{
    *boot = (mst_fit_boot){.replicates = 0};
    for (int32_t j = 0; j < MST_FIT_WEIGHTS_MAX; j++) {
        boot->light.raw[j] = boot->light.standard[j] = boot->deviation[j] = (double)NAN;
        boot->interval[j] = (mst_interval){(double)NAN, (double)NAN, false};
    }
}

static muster_status fit_and_weigh(mst_arena *arena, mst_fit_result *r, mst_fit_why *why)
{
    bool growing[MST_FIT_WEIGHTS_MAX] = {false};
    const mst_fit_design *d = &r->design;
    r->lambda = d->options.lambda;
    muster_status status = MUSTER_OK;
    if (isnan(r->lambda))
        status = mst_fit_choose_lambda(arena, d, &r->lambda, r->lambda_score, why);
    if (status == MUSTER_OK)
        status = mst_fit_weights_of(arena, d, NULL, r->lambda, &r->fit, why);
    if (status == MUSTER_OK)
        status = mst_fit_find_separation(arena, d, &r->separation, growing, why);
    leave_boot(&r->boot);
    if (status == MUSTER_OK && d->options.replicates > 0)
        status = mst_fit_bootstrap(arena, d, &r->boot, why);
    if (status != MUSTER_OK)
        return status;
    for (int32_t j = 0; j < d->weights; j++)
        r->line[j] = line_of(r, growing, j);
    mst_fit_predict(d, &r->fit, r->p);
    return MUSTER_OK;
}

static muster_status test_outside(mst_arena *arena, mst_fit_result *r, mst_fit_why *why)
{
    const mst_fit_design *d = &r->design;
    muster_status status = mst_fit_cross(arena, d, &r->cross, why);
    if (status == MUSTER_OK)
        status = mst_fit_score(arena, d, &r->cross, false, &r->cross_scores, why);
    if (status == MUSTER_OK)
        status = mst_fit_score(arena, d, &r->cross, true, &r->cross_partial, why);
    if (status == MUSTER_OK)
        status = mst_fit_judge(arena, d, &r->cross, &r->judgement, why);
    if (status == MUSTER_OK && d->record.time)
        status = mst_fit_forward(arena, d, &r->forward, why);
    if (status == MUSTER_OK && d->record.time)
        status = mst_fit_score(arena, d, &r->forward, false, &r->forward_scores, why);
    return status;
}

muster_status mst_fit_run(mst_arena *arena, const mst_fit_record *record,
                          const mst_fit_options *options, mst_fit_result *out, mst_fit_why *why)
{
    mst_fit_result r = {.lambda = (double)NAN};
    muster_status status = mst_fit_prepare(arena, record, options, &r.design, why);
    if (status != MUSTER_OK)
        return status;
    r.line = mst_arena_array(arena, (size_t)r.design.weights, sizeof *r.line);
    r.p = mst_arena_array(arena, (size_t)record->rows, sizeof *r.p);
    if (!r.line || !r.p)
        return mst_fit_refuse(why, short_memory);
    status = fit_and_weigh(arena, &r, why);
    if (status == MUSTER_OK)
        status = test_outside(arena, &r, why);
    if (status == MUSTER_OK)
        *out = r;
    return status;
}
