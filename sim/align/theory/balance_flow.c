/*
 * The laws of balance step by step: gsl_odeiv2 by hand rather than by its driver, because a run ends
 * where its state says so and because most of its memory is to come from the arena.
 */
#include "align/theory/balance_check.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>
#include <math.h>
#include <string.h>

#define RELATIVE_ERROR 1e-11 /* a step */
#define ABSOLUTE_ERROR 1e-13 /* of the largest entry of the start */
#define MISSING 1e-9         /* of the largest entry: no tie */
#define GROWTH_MAX 1e12      /* beyond, a double cannot tell the time left from none */
#define STEPPER_NUMBERS 16   /* a variable: 13 stages, two more, one to spare */

typedef struct flow {
    size_t n;
    const mst_balance_course *course;
} flow;

/* ---- the right-hand side ----------------------------------------------------------------------- */

/** out = x x */
static void square(size_t n, const double *x, double *out)
{
    memset(out, 0, n * n * sizeof *out);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            const double factor = x[i * n + k];
            for (size_t j = 0; j < n; j++)
                out[i * n + j] += factor * x[k * n + j];
        }
}

/** out = x x^T */
static void square_transposed(size_t n, const double *x, double *out)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0.0;
            for (size_t k = 0; k < n; k++)
                sum += x[i * n + k] * x[j * n + k];
            out[i * n + j] = out[j * n + i] = sum;
        }
}

static int slope(double t, const double *x, double *out, void *context)
{
    (void)t;
    const flow *const f = context;
    const size_t n = f->n;
    if (f->course->law == MST_BALANCE_TRANSPOSED)
        square_transposed(n, x, out);
    else
        square(n, x, out);
    if (f->course->law == MST_BALANCE_BOUNDED)
        for (size_t i = 0; i < n * n; i++) {
            const double part = x[i] / f->course->bound;
            out[i] *= (1.0 - part) * (1.0 + part);
        }
    if (f->course->holds_diagonal)
        for (size_t i = 0; i < n; i++)
            out[i * (n + 1)] = 0.0;
    for (size_t i = 0; i < n * n; i++)
        if (!isfinite(out[i]))
            return GSL_ERANGE; /* the step was too long: GSL halves it */
    return GSL_SUCCESS;
}

/* ---- the integrator ---------------------------------------------------------------------------- */

typedef struct integrator {
    gsl_odeiv2_system system;
    gsl_odeiv2_step *step;
    gsl_odeiv2_control *control;
    gsl_odeiv2_evolve evolve;
} integrator;

/** Whether malloc has that much to give; GSL's error handler, which may end the process, is called
 * when it has not. */
static bool is_there(size_t numbers)
{
    void *const block = mst_memory_alloc(NULL, numbers * sizeof(double));
    mst_memory_free(NULL, block);
    return block != NULL;
}

static bool start(integrator *with, flow *f, double scale, mst_arena *arena)
{
    const size_t count = f->n * f->n;
    double *const block = mst_arena_array(arena, 4 * count, sizeof *block);
    if (!block || !is_there(STEPPER_NUMBERS * count + 1024))
        return false;
    with->system = (gsl_odeiv2_system){.function = slope, .dimension = count, .params = f};
    with->evolve = (gsl_odeiv2_evolve){.dimension = count,
                                       .y0 = block,
                                       .yerr = block + count,
                                       .dydt_in = block + 2 * count,
                                       .dydt_out = block + 3 * count};
    with->step = gsl_odeiv2_step_alloc(gsl_odeiv2_step_rk8pd, count);
    with->control =
        gsl_odeiv2_control_standard_new(ABSOLUTE_ERROR * scale, RELATIVE_ERROR, 1.0, 0.0);
    return with->step && with->control;
}

static void stop(integrator *with)
{
    if (with->step)
        gsl_odeiv2_step_free(with->step);
    if (with->control)
        gsl_odeiv2_control_free(with->control);
}

static double norm_of(const double *x, size_t count)
{
    const double largest = mst_balance_largest(x, count);
    double sum = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += largest > 0.0 ? (x[i] / largest) * (x[i] / largest) : 0.0;
    return largest * sqrt(sum);
}

/** Every moving tie at its bound and driven outward: a state that attracts. */
static bool has_settled(const flow *f, const double *x, double *scratch)
{
    const double R = f->course->bound;
    const size_t n = f->n;
    for (size_t i = 0; i < n * n; i++)
        if (!(f->course->holds_diagonal && i % (n + 1) == 0) &&
            fabs(fabs(x[i]) - R) > MST_BALANCE_SETTLED * R)
            return false;
    square(n, x, scratch);
    for (size_t i = 0; i < n * n; i++)
        if (!(f->course->holds_diagonal && i % (n + 1) == 0) && !(x[i] * scratch[i] > 0.0))
            return false;
    return true;
}

/** Looks whether the run is at its end. */
static bool is_over(const flow *f, double norm_before, double *scratch, mst_balance_end *out)
{
    out->norm = norm_of(out->x, f->n * f->n);
    if (f->course->law == MST_BALANCE_BOUNDED)
        out->has_settled = has_settled(f, out->x, scratch);
    else
        out->has_grown = norm_before > 0.0 && out->norm >= f->course->growth * norm_before;
    return out->has_settled || out->has_grown || !(out->time < f->course->until);
}

static mst_balance_reason integrate(flow *f, mst_arena *arena, mst_balance_end *out)
{
    const size_t count = f->n * f->n;
    const double largest = mst_balance_largest(out->x, count), before = norm_of(out->x, count);
    double *const scratch = mst_arena_array(arena, count, sizeof *scratch);
    if (!scratch)
        return MST_BALANCE_MEMORY;
    if (is_over(f, before, scratch, out) || largest == 0.0) {
        out->time = out->has_settled ? out->time : f->course->until; /* 0 stays 0 */
        return MST_BALANCE_FINE;
    }
    integrator with = {0};
    mst_balance_reason reason = MST_BALANCE_FINE;
    if (!start(&with, f, largest, arena))
        reason = MST_BALANCE_MEMORY;
    /* 1 / (n largest) is the time in which the ties can change as a whole */
    double h = fmin(f->course->until, 1e-3 / (largest * (double)f->n));
    while (reason == MST_BALANCE_FINE && !is_over(f, before, scratch, out)) {
        if (gsl_odeiv2_evolve_apply(&with.evolve, with.control, with.step, &with.system, &out->time,
                                    f->course->until, &h, out->x) != GSL_SUCCESS)
            reason = MST_BALANCE_GSL;
        else if (++out->steps > MST_BALANCE_STEPS_MAX)
            reason = MST_BALANCE_TOO_LONG;
    }
    stop(&with);
    return reason;
}

/* ---- what was reached -------------------------------------------------------------------------- */

static int sign_of(double value, double least)
{
    return (value > least) - (value < -least);
}

static void compare_signs(size_t n, const double *x0, mst_balance_end *out)
{
    const double least = MISSING * mst_balance_largest(out->x, n * n);
    out->is_balanced = true;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            const int ij = sign_of(out->x[i * n + j], least);
            const int ji = sign_of(out->x[j * n + i], least);
            const int with_0 = i == 0 ? ij : sign_of(out->x[i], least) * sign_of(out->x[j], least);
            out->is_balanced = out->is_balanced && ij != 0 && ij == ji && ij == with_0;
            out->sign_changes +=
                ij * sign_of(x0[i * n + j], 0.0) < 0 || ji * sign_of(x0[j * n + i], 0.0) < 0;
        }
}

/** Camps by the leading eigenvector of the direction's symmetric part. */
static muster_status find_camps(size_t n, mst_arena *arena, mst_balance_end *out,
                                mst_balance_refusal *why)
{
    double *const even = mst_arena_array(arena, n * n, sizeof *even);
    if (!even)
        return mst_balance_refuse(why, MST_BALANCE_MEMORY, -1, -1);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            even[i * n + j] = 0.5 * (out->direction[i * n + j] + out->direction[j * n + i]);
    mst_balance part;
    const muster_status status = mst_balance_solve((int32_t)n, even, arena, &part, why);
    if (status != MUSTER_OK)
        return status;
    out->rest = (double)INFINITY;
    if (part.blows_up)
        out->rest =
            n == 1 ? 0.0 : fmax(fabs(part.value[1]), fabs(part.value[n - 1])) / part.value[0];
    out->camps = part.camps;
    if (out->rest > MST_BALANCE_ONE_STRUCTURE) {
        memset(out->camps.side, 0, n);
        mst_camps_finish(&out->camps, false);
    }
    return MUSTER_OK;
}

static muster_status describe(size_t n, const double *x0, mst_arena *arena, mst_balance_end *out,
                              mst_balance_refusal *why)
{
    out->direction = mst_arena_array(arena, n * n, sizeof *out->direction);
    if (!out->direction)
        return mst_balance_refuse(why, MST_BALANCE_MEMORY, -1, -1);
    for (size_t i = 0; i < n * n; i++)
        out->direction[i] = out->norm > 0.0 ? out->x[i] / out->norm : 0.0;
    compare_signs(n, x0, out);
    return find_camps(n, arena, out, why);
}

static muster_status check(int32_t n, const double *x0, const mst_balance_course *course,
                           mst_balance_refusal *why)
{
    const muster_status status = mst_balance_check(n, MST_BALANCE_ACTORS_MAX, x0, true, why);
    if (status != MUSTER_OK)
        return status;
    if (!(course->until >= 0.0) || !isfinite(course->until))
        return mst_balance_refuse(why, MST_BALANCE_TIME, -1, -1);
    if (course->law != MST_BALANCE_BOUNDED)
        return mst_balance_refuse(why,
                                  course->growth > 1.0 && course->growth <= GROWTH_MAX
                                      ? MST_BALANCE_FINE
                                      : MST_BALANCE_GROWTH,
                                  -1, -1);
    if (!(course->bound > 0.0) || !isfinite(course->bound))
        return mst_balance_refuse(why, MST_BALANCE_BOUND, -1, -1);
    for (int32_t i = 0; i < n * n; i++)
        if (fabs(x0[i]) > course->bound)
            return mst_balance_refuse(why, MST_BALANCE_OUT_OF_BOUND, i / n, i % n);
    return MUSTER_OK;
}

muster_status mst_balance_run(int32_t n, const double *x0, const mst_balance_course *course,
                              mst_arena *arena, mst_balance_end *out, mst_balance_refusal *why)
{
    const muster_status status = check(n, x0, course, why);
    if (status != MUSTER_OK)
        return status;
    const size_t count = (size_t)n * (size_t)n;
    *out = (mst_balance_end){.x = mst_arena_array(arena, count, sizeof *out->x)};
    if (!out->x)
        return mst_balance_refuse(why, MST_BALANCE_MEMORY, -1, -1);
    memcpy(out->x, x0, count * sizeof *out->x);
    flow f = {.n = (size_t)n, .course = course};
    const mst_balance_reason reason = integrate(&f, arena, out);
    if (reason != MST_BALANCE_FINE)
        return mst_balance_refuse(why, reason, -1, -1);
    return describe((size_t)n, x0, arena, out, why);
}
