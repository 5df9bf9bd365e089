/*
 * dX/dt = X X in closed form. With X0 = sum of l w w^T every eigenvector keeps its place and every
 * eigenvalue runs alone, dl/dt = l^2: l / (1 - l t).
 */
#include "align/theory/balance_check.h"

#include <float.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <math.h>

/** Arrays of GSL's solver in the arena: gsl_eigen_symmv_alloc would call the error handler, which may
 * end the process, when memory is short. */
static bool make_workspace(gsl_eigen_symmv_workspace *work, size_t n, mst_arena *arena)
{
    double *const block = mst_arena_array(arena, 4 * n, sizeof *block);
    if (!block)
        return false;
    *work = (gsl_eigen_symmv_workspace){
        .size = n, .d = block, .sd = block + n, .gc = block + 2 * n, .gs = block + 3 * n};
    return true;
}

/** Values falling, vectors in rows. x is scaled by its largest entry, so that GSL squares nothing
 * that it cannot hold. */
static mst_balance_reason decompose(size_t n, const double *x, mst_arena *arena, mst_balance *out)
{
    gsl_eigen_symmv_workspace work;
    double *const scaled = mst_arena_array(arena, n * n, sizeof *scaled);
    double *const columns = mst_arena_array(arena, n * n, sizeof *columns);
    out->value = mst_arena_array(arena, n, sizeof *out->value);
    out->vector = mst_arena_array(arena, n * n, sizeof *out->vector);
    if (!make_workspace(&work, n, arena) || !scaled || !columns || !out->value || !out->vector)
        return MST_BALANCE_MEMORY;
    const double largest = mst_balance_largest(x, n * n), scale = largest > 0.0 ? largest : 1.0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            scaled[i * n + j] = 0.5 * (x[i * n + j] / scale + x[j * n + i] / scale);
    gsl_matrix_view in = gsl_matrix_view_array(scaled, n, n);
    gsl_matrix_view vectors = gsl_matrix_view_array(columns, n, n);
    gsl_vector_view values = gsl_vector_view_array(out->value, n);
    if (gsl_eigen_symmv(&in.matrix, &values.vector, &vectors.matrix, &work) != GSL_SUCCESS ||
        gsl_eigen_symmv_sort(&values.vector, &vectors.matrix, GSL_EIGEN_SORT_VAL_DESC) !=
            GSL_SUCCESS)
        return MST_BALANCE_GSL;
    for (size_t k = 0; k < n; k++) {
        out->value[k] *= scale;
        for (size_t i = 0; i < n; i++)
            out->vector[k * n + i] = columns[i * n + k];
    }
    return MST_BALANCE_FINE;
}

/** Turns vector 0 so that it agrees with its sides. */
static void turn(mst_balance *out)
{
    for (int32_t i = 0; i < out->n; i++) {
        if (out->camps.side[i] == 0)
            continue;
        const double sign = (out->vector[i] > 0.0) == (out->camps.side[i] > 0) ? 1.0 : -1.0;
        for (int32_t j = 0; j < out->n; j++)
            out->vector[j] *= sign;
        return;
    }
}

static void judge(mst_balance *out)
{
    const int32_t n = out->n;
    const double most = fmax(fabs(out->value[0]), fabs(out->value[n - 1]));
    out->blows_up = out->value[0] > 4.0 * n * DBL_EPSILON * most;
    out->blow_up_time = out->blows_up ? 1.0 / out->value[0] : (double)INFINITY;
    for (int32_t k = 0; k < n && !out->blows_up; k++)
        out->value[k] = fmin(out->value[k], 0.0); /* what rounding left */
    while (out->leading < n && out->value[0] - out->value[out->leading] <= MST_BALANCE_GAP * most)
        out->leading++;
    out->is_degenerate = out->leading > 1;
    mst_camps_of_vector(&out->camps, out->vector);
    turn(out);
    if (!out->blows_up || out->is_degenerate) {
        for (int32_t i = 0; i < n; i++)
            out->camps.side[i] = 0;
        mst_camps_finish(&out->camps, false);
    }
}

muster_status mst_balance_solve(int32_t n, const double *x0, mst_arena *arena, mst_balance *out,
                                mst_balance_refusal *why)
{
    const muster_status status =
        mst_balance_check_symmetric(n, MST_BALANCE_ACTORS_MAX, x0, true, why);
    if (status != MUSTER_OK)
        return status;
    *out = (mst_balance){.n = n};
    if (!mst_camps_init(&out->camps, n, arena))
        return mst_balance_refuse(why, MST_BALANCE_MEMORY, -1, -1);
    const mst_balance_reason reason = decompose((size_t)n, x0, arena, out);
    if (reason != MST_BALANCE_FINE)
        return mst_balance_refuse(why, reason, -1, -1);
    judge(out);
    return MUSTER_OK;
}

muster_status mst_balance_at(const mst_balance *balance, double t, double *out_x,
                             mst_balance_refusal *why)
{
    if (!(t >= 0.0) || !isfinite(t))
        return mst_balance_refuse(why, MST_BALANCE_TIME, -1, -1);
    if (t >= balance->blow_up_time || !(1.0 - balance->value[0] * t > 0.0))
        return mst_balance_refuse(why, MST_BALANCE_PAST_BLOW_UP, -1, -1);
    const size_t n = (size_t)balance->n;
    for (size_t i = 0; i < n * n; i++)
        out_x[i] = 0.0;
    for (size_t k = 0; k < n; k++) {
        const double value = balance->value[k] / (1.0 - balance->value[k] * t);
        const double *const w = balance->vector + k * n;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j <= i; j++)
                out_x[i * n + j] += value * w[i] * w[j];
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            out_x[j * n + i] = out_x[i * n + j];
    return mst_balance_refuse(why, MST_BALANCE_FINE, -1, -1);
}
