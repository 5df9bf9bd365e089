/* Replications of the points of a sample, side by side. */
#include "analyses/sample.h"

#include <math.h>
#include <stdlib.h>

static int by_number(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/* Different numbers of replications of these points, ascending. */
static int32_t *list_replications(const mst_data *d, const int64_t *point, int32_t points,
                                  int32_t last, int32_t *out_count)
{
    size_t all = 0, used = 0;
    for (int32_t p = 0; p < points; p++)
        all += d->first[point[p] + 1] - d->first[point[p]];
    int32_t *out = malloc((all + 1) * sizeof *out);
    *out_count = 0;
    for (int32_t p = 0; out && p < points; p++)
        for (size_t i = d->first[point[p]]; i < d->first[point[p] + 1]; i++)
            if (d->replication[i] <= last)
                out[used++] = d->replication[i];
    if (out && used > 0)
        qsort(out, used, sizeof *out, by_number);
    for (size_t i = 0; out && i < used; i++)
        if (*out_count == 0 || out[i] > out[*out_count - 1])
            out[(*out_count)++] = out[i];
    return out;
}

static muster_status align_until(const mst_data *d, const int64_t *point, int32_t points,
                                 int32_t last, mst_aligned *out)
{
    *out = (mst_aligned){.points = points};
    int32_t *number = list_replications(d, point, points, last, &out->reps);
    const size_t reps = (size_t)out->reps;
    out->value = number ? calloc((size_t)points * reps + 1, sizeof *out->value) : NULL;
    for (int32_t p = 0; out->value && p < points; p++) {
        size_t i = d->first[point[p]];
        for (size_t r = 0; r < reps; r++) {
            const bool is_there = i < d->first[point[p] + 1] && d->replication[i] == number[r];
            out->value[(size_t)p * reps + r] = is_there ? d->value[i] : (double)NAN;
            i += is_there;
        }
    }
    free(number);
    return out->value ? MUSTER_OK : MUSTER_WORLD;
}

muster_status mst_align(const mst_data *d, const int64_t *point, int32_t points, mst_aligned *out)
{
    return align_until(d, point, points, INT32_MAX, out);
}

void mst_aligned_free(mst_aligned *aligned)
{
    free(aligned->value);
    *aligned = (mst_aligned){0};
}

static bool is_whole_run(const mst_aligned *a, int32_t r)
{
    for (int32_t p = 0; p < a->points; p++)
        if (isnan(a->value[(size_t)p * (size_t)a->reps + (size_t)r]))
            return false;
    return true;
}

/* Keeps whole runs alone; how many there are. */
static int32_t keep_whole(mst_aligned *a)
{
    const size_t reps = (size_t)a->reps, points = (size_t)a->points;
    size_t whole = 0;
    for (size_t r = 0; r < reps; r++) {
        if (!is_whole_run(a, (int32_t)r))
            continue;
        for (size_t p = 0; p < points; p++)
            a->value[p * reps + whole] = a->value[p * reps + r];
        whole++;
    }
    for (size_t p = 1; p < points; p++)
        for (size_t r = 0; r < whole; r++)
            a->value[p * whole + r] = a->value[p * reps + r];
    a->reps = (int32_t)whole;
    return a->reps;
}

/* Mean and variance of a row over the runs that are kept. */
static void take_row(mst_sample *s, const mst_aligned *a, int32_t row)
{
    const double *value = a->value + (size_t)row * (size_t)a->reps;
    double mean = 0.0, squares = 0.0;
    bool varies = false;
    for (int32_t r = 0; r < a->reps; r++) {
        mean += (value[r] - mean) / (double)(r + 1);
        varies = varies || value[r] < value[0] || value[r] > value[0];
    }
    for (int32_t r = 0; varies && r < a->reps; r++)
        squares += (value[r] - mean) * (value[r] - mean);
    s->y[row] = varies ? mean : value[0];
    s->s2[row] = squares / (double)(a->reps - 1);
    s->n[row] = a->reps;
}

muster_status mst_sample_align(mst_sample *s, mst_aligned *out, bool *is_whole)
{
    *out = (mst_aligned){0};
    *is_whole = false;
    if (!s->shares_seeds)
        return MUSTER_OK;
    const muster_status status =
        align_until(s->data, s->point, s->points.rows, s->common > 0 ? s->common : INT32_MAX, out);
    if (status != MUSTER_OK)
        return status;
    const int32_t reps = out->reps;
    int32_t whole = 0;
    for (int32_t r = 0; r < reps; r++)
        whole += is_whole_run(out, r);
    *is_whole = whole >= 2 && 2 * whole > reps;
    if (!*is_whole || whole == reps)
        return MUSTER_OK;
    s->uneven = reps - keep_whole(out);
    for (int32_t row = 0; row < s->points.rows; row++)
        take_row(s, out, row);
    s->least = s->most = whole;
    return MUSTER_OK;
}

/* What goes into each of the two sides of a run on average, without signs. */
static double size_of_run(const mst_aligned *a, const double *weight, int32_t r)
{
    double size = 0.0;
    for (int32_t p = 0; p < a->points; p++)
        if (fabs(weight[p]) > 0.0)
            size += 0.5 * fabs(weight[p] * a->value[(size_t)p * (size_t)a->reps + (size_t)r]);
    return size;
}

mst_paired mst_aligned_contrast(const mst_aligned *a, const double *weight, double level,
                                double *scratch)
{
    double *side[2] = {scratch,
                       scratch + a->reps}; /* what is taken off, and what it is taken from */
    double bound = 0.0;                    /* above the size of any run */
    for (int32_t r = 0; r < 2 * a->reps; r++)
        scratch[r] = 0.0;
    for (int32_t p = 0; p < a->points; p++) {
        const double w = fabs(weight[p]);
        double *to = side[weight[p] > 0.0], greatest = 0.0;
        for (int32_t r = 0; w > 0.0 && r < a->reps; r++) {
            const double part = w * a->value[(size_t)p * (size_t)a->reps + (size_t)r];
            to[r] += part;
            greatest = fabs(part) > greatest ? fabs(part) : greatest;
        }
        bound += greatest;
    }
    /* The same values summed in another order differ by rounding, which is no finding. It is of the values,
     * not of their sums, which may be near 0; the weights too are rounded. */
    for (int32_t r = 0; r < a->reps; r++) {
        const double apart = fabs(side[1][r] - side[0][r]);
        if (apart <= 1e-12 * bound && apart <= 1e-12 * size_of_run(a, weight, r))
            side[1][r] = side[0][r];
    }
    return mst_paired_difference(side[0], side[1], a->reps, level);
}
