#include "align/theory/balance_check.h"

#include <math.h>

#define ENTRY_MAX 1e100 /* so that squares and sums of them can be held */
#define ENTRY_MIN 1e-100

static const char *const texts[MST_BALANCE_REASONS] = {
    [MST_BALANCE_FINE] = "nothing is wrong",
    [MST_BALANCE_SIZE] = "there are too few or too many actors",
    [MST_BALANCE_NOT_FINITE] = "an entry is not a finite number",
    [MST_BALANCE_RANGE] = "an entry is beyond 1e100, or none but 0 reaches 1e-100",
    [MST_BALANCE_NOT_SYMMETRIC] = "the matrix is not symmetric",
    [MST_BALANCE_NOT_A_SIGN] = "an entry is neither 1 nor -1",
    [MST_BALANCE_TIME] = "the time is below 0 or not finite",
    [MST_BALANCE_PAST_BLOW_UP] = "the time is not before the blow-up",
    [MST_BALANCE_BOUND] = "the bound is not a finite number above 0",
    [MST_BALANCE_OUT_OF_BOUND] = "an entry starts beyond the bound",
    [MST_BALANCE_GROWTH] = "the growth to stop at is not above 1 and up to 1e12",
    [MST_BALANCE_PROBABILITY] = "a probability is outside 0..1",
    [MST_BALANCE_STEPS] = "a number of steps is negative or too high",
    [MST_BALANCE_TOO_LONG] = "the run needs too many steps",
    [MST_BALANCE_MEMORY] = "memory is short",
    [MST_BALANCE_GSL] = "a calculation failed in GSL",
};

const char *mst_balance_text(mst_balance_reason reason)
{
    return (unsigned)reason < MST_BALANCE_REASONS ? texts[reason] : "no known reason";
}

muster_status mst_balance_refuse(mst_balance_refusal *why, mst_balance_reason reason, int32_t row,
                                 int32_t column)
{
    *why = (mst_balance_refusal){reason, row, column};
    if (reason == MST_BALANCE_FINE)
        return MUSTER_OK;
    return reason == MST_BALANCE_MEMORY || reason == MST_BALANCE_GSL ? MUSTER_WORLD
                                                                     : MUSTER_MISTAKE;
}

double mst_balance_largest(const double *x, size_t count)
{
    double largest = 0.0;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, fabs(x[i]));
    return largest;
}

muster_status mst_balance_check(int32_t n, int32_t n_max, const double *x, bool has_diagonal,
                                mst_balance_refusal *why)
{
    if (n < 1 || n > n_max)
        return mst_balance_refuse(why, MST_BALANCE_SIZE, -1, -1);
    double largest = 0.0;
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < n; j++) {
            const double entry = x[(size_t)i * (size_t)n + (size_t)j];
            if (i == j && !has_diagonal)
                continue;
            if (!isfinite(entry))
                return mst_balance_refuse(why, MST_BALANCE_NOT_FINITE, i, j);
            if (fabs(entry) > ENTRY_MAX)
                return mst_balance_refuse(why, MST_BALANCE_RANGE, i, j);
            largest = fmax(largest, fabs(entry));
        }
    if (largest > 0.0 && largest < ENTRY_MIN)
        return mst_balance_refuse(why, MST_BALANCE_RANGE, -1, -1);
    return mst_balance_refuse(why, MST_BALANCE_FINE, -1, -1);
}

muster_status mst_balance_check_symmetric(int32_t n, int32_t n_max, const double *x,
                                          bool has_diagonal, mst_balance_refusal *why)
{
    const muster_status status = mst_balance_check(n, n_max, x, has_diagonal, why);
    if (status != MUSTER_OK)
        return status;
    double largest = 0.0;
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < n; j++)
            if (i != j || has_diagonal)
                largest = fmax(largest, fabs(x[(size_t)i * (size_t)n + (size_t)j]));
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = i + 1; j < n; j++)
            if (fabs(x[(size_t)i * (size_t)n + (size_t)j] - x[(size_t)j * (size_t)n + (size_t)i]) >
                MST_BALANCE_SYMMETRY * largest)
                return mst_balance_refuse(why, MST_BALANCE_NOT_SYMMETRIC, i, j);
    return MUSTER_OK;
}

bool mst_camps_init(mst_camps *camps, int32_t n, mst_arena *arena)
{
    *camps = (mst_camps){.n = n, .undecided = n};
    camps->side = mst_arena_array(arena, (size_t)n, sizeof *camps->side);
    return camps->side != NULL;
}

void mst_camps_finish(mst_camps *camps, bool is_determined)
{
    int8_t first = 0;
    camps->plus = camps->minus = 0;
    for (int32_t i = 0; i < camps->n; i++) {
        first = first == 0 ? camps->side[i] : first;
        camps->side[i] = (int8_t)(camps->side[i] * first);
        camps->plus += camps->side[i] > 0;
        camps->minus += camps->side[i] < 0;
    }
    camps->undecided = camps->n - camps->plus - camps->minus;
    camps->is_determined = is_determined;
    camps->is_harmony = is_determined && camps->plus == camps->n;
}

void mst_camps_of_vector(mst_camps *camps, const double *vector)
{
    const double least = MST_BALANCE_UNDECIDED * mst_balance_largest(vector, (size_t)camps->n);
    for (int32_t i = 0; i < camps->n; i++)
        camps->side[i] = (int8_t)((vector[i] > least) - (vector[i] < -least));
    mst_camps_finish(camps, true);
}
