/*
 * Parts left out: whole series in turn, or all that came later. Everything a fit needs is worked out
 * within the part fitted, from cold starts.
 */
#include "align/theory/fit_inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of a fit inside a part: prediction needs no more digits than that. */
#define TOLERANCE 1e-3

static const double lambdas[] = {0.3, 1.0, 3.0, 10.0, 30.0, 100.0};

const double *mst_fit_grid(const mst_fit_options *options, int32_t *out_count)
{
    *out_count =
        options->lambdas ? options->lambda_count : (int32_t)(sizeof lambdas / sizeof lambdas[0]);
    return options->lambdas ? options->lambdas : lambdas;
}

static const mst_fit_why short_memory = {MST_FIT_MEMORY, -1, -1, -1};

/* A bench for the fits of parts, and what choosing lambda needs. */
typedef struct hall {
    mst_fit_bench bench;
    bool *is_in, *is_inner; /* of each row of the record         */
    int32_t *rank;          /* of each series among those inside */
    double *warm;
} hall;

static bool make_hall(mst_arena *scratch, const mst_fit_design *d, hall *out)
{
    const size_t rows = (size_t)d->record.rows, series = (size_t)d->record.series_count;
    out->is_in = mst_arena_array(scratch, rows, sizeof *out->is_in);
    out->is_inner = mst_arena_array(scratch, rows, sizeof *out->is_inner);
    out->rank = mst_arena_array(scratch, series + 1, sizeof *out->rank);
    out->warm = mst_arena_array(scratch, (size_t)d->weights, sizeof *out->warm);
    return !scratch->failed && mst_fit_bench_make(scratch, d, &out->bench);
}

/* ---- lambda ------------------------------------------------------------------------------------------ */

/* Series that have a usable row in the part, in the shuffled order. @return how many */
static int32_t rank_series(const mst_fit_design *d, hall *h)
{
    const int32_t count = d->record.series_count;
    int32_t inside = 0;
    for (int32_t s = 0; s < count; s++)
        h->rank[s] = -1;
    for (int32_t i = 0; i < d->record.rows; i++)
        if (h->is_in[i] && d->is_usable[i])
            h->rank[d->record.series[i]] = 0;
    /* group is a permutation: counting those before gives ranks without gaps */
    for (int32_t s = 0; s < count; s++)
        inside += h->rank[s] == 0;
    for (int32_t s = 0; s < count; s++) {
        if (h->rank[s] < 0)
            continue;
        for (int32_t t = 0; t < count; t++)
            h->rank[s] += h->rank[t] >= 0 && d->group[t] < d->group[s];
    }
    return inside;
}

static double log_score(const mst_fit_bench *b, int32_t row)
{
    const mst_fit_chance c = mst_fit_row(b, b->theta, row);
    return log(fmax(b->outcome[row] ? c.join : c.absent, 1e-12));
}

/* Fits to the inner part at every lambda, the largest first and each from the one before, and adds the
 * log scores of what was left out of it. */
static void score_inner(const mst_fit_design *d, hall *h, double *score)
{
    mst_fit_bench *b = &h->bench;
    int32_t count = 0;
    const double *grid = mst_fit_grid(&d->options, &count);
    mst_fit_lay_rows(b, h->is_inner);
    const bool can_fit = mst_fit_can_fit(b);
    if (can_fit)
        mst_fit_standardise(b);
    for (int32_t k = count - 1; k >= 0 && can_fit; k--) {
        b->lambda = grid[k];
        const bool is_first = k == count - 1;
        if (is_first && !mst_fit_cold(b, d->options.part_starts, TOLERANCE, NULL))
            return;
        if (!is_first)
            mst_fit_descend(b, TOLERANCE);
        for (int32_t i = 0; i < d->record.rows; i++)
            if (h->is_in[i] && !h->is_inner[i] && d->is_usable[i])
                score[k] += log_score(b, i);
    }
}

/* Lambda for the rows in h->is_in. */
static double choose(const mst_fit_design *d, hall *h, double *score)
{
    if (!isnan(d->options.lambda))
        return d->options.lambda;
    int32_t count = 0;
    const double *grid = mst_fit_grid(&d->options, &count);
    const int32_t inside = rank_series(d, h);
    const int32_t asked = d->options.inner_folds;
    const int32_t folds = asked == 0 || asked > inside ? inside : asked;
    memset(score, 0, (size_t)count * sizeof *score);
    for (int32_t f = 0; f < folds; f++) {
        for (int32_t i = 0; i < d->record.rows; i++)
            h->is_inner[i] = h->is_in[i] && h->rank[d->record.series[i]] % folds != f;
        score_inner(d, h, score);
    }
    int32_t best = count - 1;
    for (int32_t k = count - 2; k >= 0; k--)
        if (score[k] > score[best])
            best = k;
    return grid[best];
}

muster_status mst_fit_choose_lambda(mst_arena *scratch, const mst_fit_design *design, double *out,
                                    double out_score[MST_FIT_LAMBDAS_MAX], mst_fit_why *why)
{
    hall h;
    if (!make_hall(scratch, design, &h))
        return mst_fit_refuse(why, short_memory);
    for (int32_t i = 0; i < design->record.rows; i++)
        h.is_in[i] = true;
    *out = choose(design, &h, out_score);
    mst_fit_bench_free(&h.bench);
    return mst_fit_refuse(why, MST_FIT_NO_FAULT);
}

/* ---- one part ------------------------------------------------------------------------------------------ */

/* Fits to the rows in h->is_in, and predicts the rows with is_out. */
static void predict_outside(const mst_fit_design *d, hall *h, const bool *is_out,
                            mst_fit_outside *out)
{
    mst_fit_bench *b = &h->bench;
    double score[MST_FIT_LAMBDAS_MAX];
    mst_fit_lay_rows(b, h->is_in);
    bool is_fitted = mst_fit_can_fit(b);
    double lambda = (double)NAN;
    const double base = b->total > 0.0 ? b->joins / b->total : (double)NAN;
    if (is_fitted) {
        lambda = choose(d, h, score);
        mst_fit_lay_rows(b, h->is_in);
        mst_fit_standardise(b);
        b->lambda = lambda;
        is_fitted = mst_fit_cold(b, d->options.part_starts, TOLERANCE, NULL);
    }
    out->parts++;
    out->failed += !is_fitted;
    for (int32_t i = 0; i < d->record.rows; i++) {
        if (!is_out[i])
            continue;
        int32_t entries = 0;
        for (int32_t s = 0; s < d->stages; s++)
            entries += d->stage[s].from[i + 1] - d->stage[s].from[i];
        out->p[i] = is_fitted && entries > 0 ? mst_fit_row(b, b->theta, i).join : (double)NAN;
        out->base[i] = base;
        out->lambda[i] = lambda;
    }
}

static bool make_outside(mst_arena *arena, const mst_fit_design *d, mst_fit_outside *out)
{
    const size_t rows = (size_t)d->record.rows;
    out->p = mst_arena_array(arena, rows, sizeof *out->p);
    out->base = mst_arena_array(arena, rows, sizeof *out->base);
    out->lambda = mst_arena_array(arena, rows, sizeof *out->lambda);
    for (size_t i = 0; out->lambda && i < rows; i++)
        out->p[i] = out->base[i] = out->lambda[i] = (double)NAN;
    return !arena->failed;
}

/* ---- whole series ------------------------------------------------------------------------------------- */

muster_status mst_fit_cross(mst_arena *arena, const mst_fit_design *design, mst_fit_outside *out,
                            mst_fit_why *why)
{
    hall h;
    mst_fit_outside o = {.parts = 0};
    const int32_t rows = design->record.rows, series = design->record.series_count;
    bool *is_out = mst_arena_array(arena, (size_t)rows, sizeof *is_out);
    if (!is_out || !make_outside(arena, design, &o) || !make_hall(arena, design, &h))
        return mst_fit_refuse(why, short_memory);
    const int32_t asked = design->options.folds;
    const int32_t folds = asked == 0 || asked > series ? series : asked;
    for (int32_t f = 0; f < folds; f++) {
        bool any = false;
        mst_fit_progress(design, MST_FIT_STEP_SERIES, f, folds);
        for (int32_t i = 0; i < rows; i++) {
            is_out[i] = design->group[design->record.series[i]] % folds == f;
            h.is_in[i] = !is_out[i];
            any = any || is_out[i];
        }
        if (any)
            predict_outside(design, &h, is_out, &o);
    }
    mst_fit_bench_free(&h.bench);
    *out = o;
    return mst_fit_refuse(why, MST_FIT_NO_FAULT);
}

/* ---- forward in time ------------------------------------------------------------------------------------ */

static int compare_times(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Joins and absences enough before `time`? */
static bool is_rich_before(const mst_fit_design *d, double time)
{
    int32_t joins = 0, absences = 0;
    for (int32_t i = 0; i < d->record.rows; i++)
        if (d->is_usable[i] && d->record.time[i] < time)
            *(d->record.outcome[i] ? &joins : &absences) += 1;
    return joins >= MST_FIT_FEWEST_JOINS && absences > 0;
}

muster_status mst_fit_forward(mst_arena *arena, const mst_fit_design *design, mst_fit_outside *out,
                              mst_fit_why *why)
{
    hall h;
    mst_fit_outside o = {.parts = 0};
    const int32_t rows = design->record.rows;
    if (!design->record.time)
        return mst_fit_refuse(why, (mst_fit_why){MST_FIT_BAD_COLUMN, -1, -1, -1});
    bool *is_out = mst_arena_array(arena, (size_t)rows, sizeof *is_out);
    double *times = mst_arena_array(arena, (size_t)rows, sizeof *times);
    if (!is_out || !times || !make_outside(arena, design, &o) || !make_hall(arena, design, &h))
        return mst_fit_refuse(why, short_memory);
    memcpy(times, design->record.time, (size_t)rows * sizeof *times);
    qsort(times, (size_t)rows, sizeof *times, compare_times);
    for (int32_t k = 0; k < rows; k++) {
        if ((k > 0 && times[k] <= times[k - 1]) || !is_rich_before(design, times[k]))
            continue;
        mst_fit_progress(design, MST_FIT_STEP_ROWS, k, rows);
        for (int32_t i = 0; i < rows; i++) {
            h.is_in[i] = design->record.time[i] < times[k];
            is_out[i] = design->record.time[i] <= times[k] && !h.is_in[i];
        }
        predict_outside(design, &h, is_out, &o);
    }
    mst_fit_bench_free(&h.bench);
    *out = o;
    return mst_fit_refuse(why, MST_FIT_NO_FAULT);
}
