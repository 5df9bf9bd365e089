/*
 * The minimiser: steps of Newton, or of Fisher scoring where the objective is not convex, while they
 * pay; where they do not, GSL's BFGS with the analytic slope, in coordinates in which the information is
 * the unit matrix. There the length of the slope, sqrt(g' I^-1 g), is the distance from the minimum in
 * standard deviations.
 */
#include "align/theory/fit_inside.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <string.h>

/* ---- the bench -------------------------------------------------------------------------------------- */

static bool take_memory(mst_arena *a, const mst_fit_design *d, mst_fit_bench *b)
{
    const size_t n = (size_t)d->weights, rows = (size_t)d->record.rows;
    b->row = mst_arena_array(a, rows, sizeof *b->row);
    b->times = mst_arena_array(a, rows, sizeof *b->times);
    b->outcome = mst_arena_array(a, rows, sizeof *b->outcome);
    b->centre = mst_arena_array(a, n, sizeof *b->centre);
    b->inverse = mst_arena_array(a, n, sizeof *b->inverse);
    b->held = mst_arena_array(a, n, sizeof *b->held);
    b->with = mst_arena_array(a, n, sizeof *b->with);
    b->away = mst_arena_array(a, (size_t)d->most_entries + 1, sizeof *b->away);
    b->slope = mst_arena_array(a, n, sizeof *b->slope);
    b->root = mst_arena_array(a, n * n, sizeof *b->root);
    b->base = mst_arena_array(a, n, sizeof *b->base);
    b->theta = mst_arena_array(a, n, sizeof *b->theta);
    b->gradient = mst_arena_array(a, n, sizeof *b->gradient);
    b->best = mst_arena_array(a, n, sizeof *b->best);
    for (int32_t s = 0; s < d->stages; s++) {
        const size_t entries = (size_t)d->stage[s].from[rows];
        b->z[s] = mst_arena_array(a, entries + 1, (size_t)d->stage[s].width * sizeof(double));
    }
    return !a->failed;
}

bool mst_fit_bench_make(mst_arena *scratch, const mst_fit_design *design, mst_fit_bench *out)
{
    mst_fit_bench b = {.design = design, .n = design->weights};
    if (!take_memory(scratch, design, &b))
        return false;
    b.gsl = gsl_multimin_fdfminimizer_alloc(gsl_multimin_fdfminimizer_vector_bfgs2, (size_t)b.n);
    b.place = gsl_vector_alloc((size_t)b.n);
    if (!b.gsl || !b.place) {
        mst_fit_bench_free(&b);
        return false;
    }
    memcpy(b.outcome, design->record.outcome, (size_t)design->record.rows);
    mst_fit_lay(&b, NULL);
    *out = b;
    return true;
}

void mst_fit_bench_free(mst_fit_bench *bench)
{
    if (bench->gsl)
        gsl_multimin_fdfminimizer_free(bench->gsl);
    if (bench->place)
        gsl_vector_free(bench->place);
    bench->gsl = NULL;
    bench->place = NULL;
}

/* ---- matrices ---------------------------------------------------------------------------------------- */

bool mst_fit_cholesky(double *a, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        for (int32_t j = 0; j <= i; j++) {
            double left = a[i * n + j];
            for (int32_t m = 0; m < j; m++)
                left -= a[i * n + m] * a[j * n + m];
            if (j < i) {
                a[i * n + j] = left / a[j * n + j];
                continue;
            }
            if (!(left > 0.0))
                return false;
            a[i * n + i] = sqrt(left);
        }
    }
    return true;
}

void mst_fit_solve_lower(const double *l, int32_t n, double *x)
{
    for (int32_t i = 0; i < n; i++) {
        for (int32_t j = 0; j < i; j++)
            x[i] -= l[i * n + j] * x[j];
        x[i] /= l[i * n + i];
    }
}

void mst_fit_solve_upper(const double *l, int32_t n, double *x)
{
    for (int32_t i = n - 1; i >= 0; i--) {
        for (int32_t j = i + 1; j < n; j++)
            x[i] -= l[j * n + i] * x[j];
        x[i] /= l[i * n + i];
    }
}

/* Added to the information: where the record says nothing a step has a length all the same. */
#define LEAST_INFORMATION 1e-3

bool mst_fit_take_metric(mst_fit_bench *b, const double *theta)
{
    for (int k = 0; k < 2; k++) {
        mst_fit_information(b, theta, k == 0, b->root);
        for (int32_t i = 0; i < b->n; i++)
            b->root[i * b->n + i] += LEAST_INFORMATION;
        if (mst_fit_cholesky(b->root, b->n))
            return true;
    }
    return false;
}

/* ---- downhill ---------------------------------------------------------------------------------------- */

/* theta = base + L'^-1 phi */
static void place_theta(mst_fit_bench *b, const gsl_vector *phi)
{
    for (int32_t i = 0; i < b->n; i++)
        b->theta[i] = gsl_vector_get(phi, (size_t)i);
    mst_fit_solve_upper(b->root, b->n, b->theta);
    for (int32_t i = 0; i < b->n; i++)
        b->theta[i] += b->base[i];
}

static double value_at(const gsl_vector *phi, void *bench)
{
    place_theta(bench, phi);
    return mst_fit_value(bench, ((mst_fit_bench *)bench)->theta, NULL);
}

static void both_at(const gsl_vector *phi, void *bench, double *out, gsl_vector *slope)
{
    mst_fit_bench *b = bench;
    place_theta(b, phi);
    *out = mst_fit_value(b, b->theta, b->gradient);
    mst_fit_solve_lower(b->root, b->n, b->gradient);
    for (int32_t i = 0; i < b->n; i++)
        gsl_vector_set(slope, (size_t)i, b->gradient[i]);
}

static void slope_at(const gsl_vector *phi, void *bench, gsl_vector *slope)
{
    double value = 0.0;
    both_at(phi, bench, &value, slope);
}

/* Length of the slope where theta stands, in the metric at hand. */
static double slope_length(mst_fit_bench *b)
{
    double squares = 0.0;
    mst_fit_value(b, b->theta, b->gradient);
    mst_fit_solve_lower(b->root, b->n, b->gradient);
    for (int32_t i = 0; i < b->n; i++)
        squares += b->gradient[i] * b->gradient[i];
    return sqrt(squares);
}

static double length_of(const gsl_vector *v)
{
    double squares = 0.0;
    for (size_t i = 0; i < v->size; i++)
        squares += v->data[i] * v->data[i];
    return sqrt(squares);
}

enum { STEPS = 12, HALVINGS = 6, RUNS = 6, ITERATIONS = 60 };

/* One run of BFGS in one metric; theta then stands at its end. */
static void run(mst_fit_bench *b, double tolerance)
{
    gsl_multimin_function_fdf f = {value_at, slope_at, both_at, (size_t)b->n, b};
    memcpy(b->base, b->theta, (size_t)b->n * sizeof *b->base);
    gsl_vector_set_zero(b->place);
    if (gsl_multimin_fdfminimizer_set(b->gsl, &f, b->place, 1.0, 0.1) != GSL_SUCCESS)
        return;
    double length = length_of(b->gsl->gradient);
    for (int i = 0; i < ITERATIONS && length > tolerance; i++) {
        const int code = gsl_multimin_fdfminimizer_iterate(b->gsl);
        length = length_of(b->gsl->gradient);
        if (code != GSL_SUCCESS)
            break;
    }
    place_theta(b, b->gsl->x);
}

/* One step of Newton or of Fisher scoring, halved until it pays: at least a tenth of what the slope promises.
 * b->gradient holds L^-1 g. @return whether a step was made; *value is that where theta stands */
static bool step(mst_fit_bench *b, double length, double *value)
{
    memcpy(b->base, b->theta, (size_t)b->n * sizeof *b->base);
    memcpy(b->slope, b->gradient, (size_t)b->n * sizeof *b->slope);
    mst_fit_solve_upper(b->root, b->n, b->slope);
    double by = 1.0;
    for (int i = 0; i < HALVINGS; i++, by *= 0.5) {
        for (int32_t j = 0; j < b->n; j++)
            b->theta[j] = b->base[j] - by * b->slope[j];
        const double now = mst_fit_value(b, b->theta, NULL);
        if (now <= *value - 0.1 * by * length * length) {
            *value = now;
            return true;
        }
    }
    memcpy(b->theta, b->base, (size_t)b->n * sizeof *b->theta);
    return false;
}

double mst_fit_descend(mst_fit_bench *b, double tolerance)
{
    double length = (double)INFINITY, value = mst_fit_value(b, b->theta, NULL);
    int steps = 0, runs = 0;
    for (;;) {
        if (!mst_fit_take_metric(b, b->theta))
            return (double)INFINITY;
        length = slope_length(b);
        if (length <= tolerance)
            return length;
        if (steps++ < STEPS && step(b, length, &value))
            continue;
        if (runs++ == RUNS)
            return length;
        run(b, 0.3 * tolerance);
        value = mst_fit_value(b, b->theta, NULL);
    }
}

/* ---- starts -------------------------------------------------------------------------------------------- */

static double logit(double p)
{
    return log(p / (1.0 - p));
}

/* Factors of each stage in a row, on the average of the part. */
static double factors_of(const mst_fit_bench *b, int32_t s)
{
    const int32_t *from = b->design->stage[s].from;
    double sum = 0.0;
    for (int32_t u = 0; u < b->used; u++)
        sum += b->times[u] * (double)(from[b->row[u] + 1] - from[b->row[u]]);
    return fmax(1.0, sum / b->total);
}

void mst_fit_start(mst_fit_bench *b, int32_t k, mst_stream stream)
{
    const mst_fit_design *d = b->design;
    const double rate = b->joins / b->total;
    double all = 0.0;
    for (int32_t s = 0; s < d->stages; s++)
        all += factors_of(b, s);
    memset(b->theta, 0, (size_t)b->n * sizeof *b->theta);
    for (int32_t s = 0; s < d->stages; s++) {
        const double own = factors_of(b, s);
        double share = 1.0 / all;
        if (k >= 1 && k <= d->stages)
            share = k - 1 == s ? 0.8 / own : 0.2 / (all - own);
        b->theta[d->stage[s].at] = logit(exp(share * log(rate)));
    }
    if (k == 0 || (k <= d->stages && d->stages > 1))
        return;
    for (int32_t j = 0; j < b->n; j++)
        if (b->held[j] == MST_FIT_FREE)
            b->theta[j] += mst_random_normal(stream, (uint64_t)k << 16 | (uint64_t)j);
}

/* Minima whose objectives differ by less are one. */
#define SAME_MINIMUM 1e-3

typedef struct found {
    double value[64];
    int32_t count;
} found;

static void note(found *f, double value)
{
    for (int32_t i = 0; i < f->count; i++)
        if (fabs(f->value[i] - value) < SAME_MINIMUM)
            return;
    if (f->count < 64)
        f->value[f->count++] = value;
}

bool mst_fit_cold(mst_fit_bench *b, int32_t starts, double tolerance, mst_fit_weights *out)
{
    double least = (double)INFINITY;
    found minima = {.count = 0};
    mst_fit_weights counts = {.starts = 0};
    const mst_stream stream = mst_fit_stream(b->design, 0, "fit starts");
    for (int32_t k = 0; k < starts; k++) {
        mst_fit_start(b, k, stream);
        const double left = mst_fit_descend(b, tolerance);
        const double value = mst_fit_value(b, b->theta, NULL);
        counts.starts++;
        counts.converged += left <= tolerance;
        if (left <= tolerance)
            note(&minima, value);
        if (!(value < least))
            continue;
        least = value;
        counts.decrement = left;
        memcpy(b->best, b->theta, (size_t)b->n * sizeof *b->best);
    }
    memcpy(b->theta, b->best, (size_t)b->n * sizeof *b->theta);
    if (out) {
        out->starts = counts.starts;
        out->converged = counts.converged;
        out->minima = minima.count;
        out->decrement = counts.decrement;
        out->is_converged = counts.decrement <= tolerance;
    }
    return isfinite(least) && counts.converged > 0;
}

/* ---- one fit -------------------------------------------------------------------------------------------- */

#define TOLERANCE 1e-5

static mst_fit_why why_not(const mst_fit_bench *b)
{
    for (int32_t j = 0; j < b->n; j++)
        if (b->design->feature[j] >= 0 && b->held[j] == MST_FIT_FREE)
            return MST_FIT_NO_FAULT;
    return (mst_fit_why){MST_FIT_ALL_HELD, -1, -1, -1};
}

static double entropy(double joins, double total)
{
    const double p = joins / total;
    return joins * log(p) + (total - joins) * log1p(-p);
}

void mst_fit_tell(mst_fit_bench *b, mst_fit_weights *out)
{
    out->lambda = b->lambda;
    out->null_log_likelihood = entropy(b->joins, b->total);
    mst_fit_to_raw(b, b->theta, out->raw);
    for (int32_t j = 0; j < b->n; j++) {
        out->standard[j] = b->theta[j];
        out->centre[j] = b->centre[j];
        out->spread[j] = b->inverse[j] > 0.0 ? 1.0 / b->inverse[j] : 0.0;
        out->held[j] = b->held[j];
        out->with[j] = b->with[j];
    }
    out->log_likelihood = 0.0;
    for (int32_t u = 0; u < b->used; u++) {
        const mst_fit_chance c = mst_fit_row(b, b->theta, b->row[u]);
        out->log_likelihood += b->times[u] * log(b->outcome[b->row[u]] ? c.join : c.absent);
    }
}

muster_status mst_fit_weights_of(mst_arena *scratch, const mst_fit_design *design,
                                 const int32_t *times, double lambda, mst_fit_weights *out,
                                 mst_fit_why *why)
{
    mst_fit_bench b;
    if (!mst_fit_bench_make(scratch, design, &b))
        return mst_fit_refuse(why, (mst_fit_why){MST_FIT_MEMORY, -1, -1, -1});
    mst_fit_lay(&b, times);
    mst_fit_standardise(&b);
    b.lambda = lambda;
    mst_fit_why reason = why_not(&b);
    mst_fit_weights w = {.lambda = lambda};
    if (reason.fault == MST_FIT_FINE &&
        (!mst_fit_can_fit(&b) || !mst_fit_cold(&b, design->options.starts, TOLERANCE, &w)))
        reason.fault = MST_FIT_NO_MINIMUM;
    mst_fit_tell(&b, &w);
    mst_fit_bench_free(&b);
    if (reason.fault == MST_FIT_FINE)
        *out = w;
    return mst_fit_refuse(why, reason);
}

muster_status mst_fit_objective(mst_arena *scratch, const mst_fit_design *design, double lambda,
                                const double *standard, double *out_value, double *out_gradient,
                                mst_fit_why *why)
{
    mst_fit_bench b;
    if (!mst_fit_bench_make(scratch, design, &b))
        return mst_fit_refuse(why, (mst_fit_why){MST_FIT_MEMORY, -1, -1, -1});
    mst_fit_standardise(&b);
    b.lambda = lambda;
    *out_value = mst_fit_value(&b, standard, out_gradient);
    mst_fit_bench_free(&b);
    return mst_fit_refuse(why, MST_FIT_NO_FAULT);
}
