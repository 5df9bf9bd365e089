#include "num/solve.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_roots.h>
#include <math.h>

/*
 * GSL calls its error handler, which by default aborts, when memory is short or a function value
 * is not finite. Neither can happen here: the solvers' state lies on the stack (the solver structs
 * and types are public), and GSL sees the function through `watched`.
 */

/* Brent's methods need some ten steps; after this many a bisection ends the search for certain. */
#define STEPS_MAX 100
#define STATE_BYTES 256

typedef struct watched {
    mst_function f;
    void *context;
    bool is_bad; /* a value was not finite */
} watched;

static double watch(double x, void *context)
{
    watched *const seen = context;
    const double value = seen->f(x, seen->context);
    if (!isfinite(value)) {
        seen->is_bad = true;
        return 1.0; /* any finite number: the search is given up */
    }
    return value;
}

static bool is_bracket(double low, double high, double tolerance)
{
    return isfinite(low) && isfinite(high) && low <= high && tolerance >= 0.0;
}

/** Halves [low, high], at whose ends the signs differ, to the tolerance or to neighbours. */
static double bisect(watched *seen, double low, double high, double tolerance)
{
    const bool is_low_negative = watch(low, seen) < 0.0;
    double middle = low + 0.5 * (high - low);
    while (high - low > tolerance && middle > low && middle < high && !seen->is_bad) {
        if ((watch(middle, seen) < 0.0) == is_low_negative) {
            low = middle;
        } else {
            high = middle;
        }
        middle = low + 0.5 * (high - low);
    }
    return middle;
}

bool mst_solve_root(mst_function f, void *context, double low, double high, double tolerance,
                    double *out_x)
{
    if (!is_bracket(low, high, tolerance)) {
        return false;
    }
    watched seen = {.f = f, .context = context};
    const double at_low = watch(low, &seen), at_high = watch(high, &seen);
    if (seen.is_bad) {
        return false;
    }
    if (at_low == 0.0 || at_high == 0.0) {
        *out_x = at_low == 0.0 ? low : high;
        return true;
    }
    _Alignas(max_align_t) unsigned char state[STATE_BYTES] = {0};
    gsl_root_fsolver solver = {.type = gsl_root_fsolver_brent, .state = state};
    gsl_function function = {.function = watch, .params = &seen};
    if ((at_low < 0.0) == (at_high < 0.0) || solver.type->size > sizeof state ||
        gsl_root_fsolver_set(&solver, &function, low, high) != GSL_SUCCESS) {
        return false;
    }
    int code = GSL_SUCCESS;
    for (int i = 0; i < STEPS_MAX && code == GSL_SUCCESS && !seen.is_bad &&
                    solver.x_upper - solver.x_lower > tolerance;
         i++) {
        code = gsl_root_fsolver_iterate(&solver);
    }
    double x = solver.root;
    if (!seen.is_bad && solver.x_upper - solver.x_lower > tolerance) {
        x = bisect(&seen, solver.x_lower, solver.x_upper, tolerance);
    }
    if (seen.is_bad) {
        return false;
    }
    *out_x = x;
    return true;
}

/** Three places of a search for a minimum, and the values there. */
typedef struct triple {
    double low, inside, high;
    double at_low, at_inside, at_high;
} triple;

/** The place inside by the golden section, from the lower end. */
static double golden(double low, double high)
{
    return low + 0.38196601125010515 * (high - low);
}

/** Drops the part without the minimum; the value inside is no greater than at a dropped place. */
static void narrow(triple *on, watched *seen)
{
    if (on->at_inside < on->at_low && on->at_inside < on->at_high) {
        /* The minimum is inside: try the larger part. */
        const bool is_right = on->high - on->inside > on->inside - on->low;
        const double x = is_right ? golden(on->inside, on->high)
                                  : on->inside - (golden(on->low, on->inside) - on->low);
        const double at_x = watch(x, seen);
        if (at_x < on->at_inside) {
            *on = is_right ? (triple){on->inside, x, on->high, on->at_inside, at_x, on->at_high}
                           : (triple){on->low, x, on->inside, on->at_low, at_x, on->at_inside};
        } else if (is_right) {
            on->high = x;
            on->at_high = at_x;
        } else {
            on->low = x;
            on->at_low = at_x;
        }
        return;
    }
    /* Falling or rising as far as can be seen: the minimum is beside the lower end. */
    if (on->at_low <= on->at_high) {
        on->high = on->inside;
        on->at_high = on->at_inside;
    } else {
        on->low = on->inside;
        on->at_low = on->at_inside;
    }
    on->inside = golden(on->low, on->high);
    on->at_inside = watch(on->inside, seen);
}

static bool is_wide(const triple *on, double tolerance)
{
    return on->high - on->low > tolerance && on->inside > on->low && on->inside < on->high;
}

/** Brent's method from a triple whose middle is lowest, as far as it comes. */
static void brent(triple *on, watched *seen, double tolerance)
{
    _Alignas(max_align_t) unsigned char state[STATE_BYTES] = {0};
    gsl_min_fminimizer solver = {.type = gsl_min_fminimizer_brent, .state = state};
    gsl_function function = {.function = watch, .params = seen};
    if (solver.type->size > sizeof state ||
        gsl_min_fminimizer_set_with_values(&solver, &function, on->inside, on->at_inside, on->low,
                                           on->at_low, on->high, on->at_high) != GSL_SUCCESS) {
        return;
    }
    int code = GSL_SUCCESS;
    for (int i = 0; i < STEPS_MAX && code == GSL_SUCCESS && !seen->is_bad &&
                    solver.x_upper - solver.x_lower > tolerance;
         i++) {
        code = gsl_min_fminimizer_iterate(&solver);
    }
    *on = (triple){.low = solver.x_lower,
                   .inside = solver.x_minimum,
                   .high = solver.x_upper,
                   .at_low = solver.f_lower,
                   .at_inside = solver.f_minimum,
                   .at_high = solver.f_upper};
}

bool mst_solve_minimum(mst_function f, void *context, double low, double high, double tolerance,
                       double *out_x)
{
    if (!is_bracket(low, high, tolerance)) {
        return false;
    }
    watched seen = {.f = f, .context = context};
    triple on = {.low = low, .inside = golden(low, high), .high = high};
    on.at_low = watch(low, &seen);
    on.at_high = watch(high, &seen);
    on.at_inside = watch(on.inside, &seen);
    bool is_tried = false;
    while (!seen.is_bad && is_wide(&on, tolerance)) {
        if (!is_tried && on.at_inside < on.at_low && on.at_inside < on.at_high) {
            is_tried = true;
            brent(&on, &seen, tolerance);
        } else {
            narrow(&on, &seen); /* brings a middle that Brent's method can start from, or ends it */
        }
    }
    if (seen.is_bad) {
        return false;
    }
    const double x = on.at_inside <= on.at_high ? on.inside : on.high;
    *out_x = on.at_low <= fmin(on.at_inside, on.at_high) ? on.low : x;
    return true;
}

bool mst_curve_linear(const double *x, const double *y, int32_t count, double at, double *out)
{
    if (count < 1 || !(at >= x[0] && at <= x[count - 1])) {
        return false;
    }
    /* The last point that is not beyond; on a point its value is returned as it stands. */
    int32_t low = 0, high = count;
    while (high - low > 1) {
        const int32_t middle = low + (high - low) / 2;
        if (x[middle] <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    *out = at > x[low] ? y[low] + (y[low + 1] - y[low]) * ((at - x[low]) / (x[low + 1] - x[low]))
                       : y[low];
    return true;
}
