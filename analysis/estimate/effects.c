#include "estimate/effects.h"

#include "estimate/effects_parts.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* ---- values ---------------------------------------------------------------------------------- */

static int compare_keyed(const void *left, const void *right)
{
    const mst_keyed *a = left, *b = right;
    if (a->value < b->value || a->value > b->value)
        return a->value < b->value ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

void mst_sort_keyed(mst_keyed *keyed, int32_t count)
{
    qsort(keyed, (size_t)count, sizeof *keyed, compare_keyed);
}

mst_keyed *mst_values_of(const mst_points *points, int32_t input, int32_t *out_count)
{
    mst_keyed *out = malloc(((size_t)points->rows + 1) * sizeof *out);
    *out_count = 0;
    for (int32_t row = 0; row < points->rows && out; row++)
        if (mst_points_has(points, row))
            out[(*out_count)++] = (mst_keyed){mst_points_x(points, row, input), row};
    if (out)
        mst_sort_keyed(out, *out_count);
    return out;
}

int32_t mst_different_values(const mst_keyed *sorted, int32_t count, int32_t room, double *out)
{
    int32_t different = 0;
    for (int32_t i = 0; i < count; i++) {
        if (i > 0 && !(sorted[i].value > sorted[i - 1].value))
            continue;
        if (different < room)
            out[different] = sorted[i].value;
        different++;
    }
    return different;
}

/* ---- means ----------------------------------------------------------------------------------- */

/* Of replications only: the variance of the mean is the mean of the variances, over the points
 * (Satterthwaite 1946 for its degrees of freedom). */
static void spread_of_runs(const mst_points *points, const mst_keyed *member, int32_t count,
                           mst_point_mean *out)
{
    double sum = 0.0, fourth = 0.0, least = (double)INFINITY;
    for (int32_t i = 0; i < count; i++) {
        const int32_t row = member[i].row, df = mst_points_own_df(points, row);
        if (df < 1)
            return;
        const double part = points->s2[row] / (double)mst_points_n(points, row);
        sum += part;
        fourth += part * part / (double)df;
        least = fmin(least, (double)df);
    }
    out->error = sqrt(sum) / (double)count;
    out->df = fourth > 0.0 ? sum * sum / fourth : least;
}

mst_point_mean mst_mean_over(const mst_points *points, const mst_keyed *member, int32_t count,
                             mst_spread spread)
{
    mst_point_mean out = {count, (double)NAN, (double)NAN, (double)NAN};
    if (count == 0)
        return out;
    double least = (double)INFINITY, most = -(double)INFINITY, sum = 0.0, squares = 0.0;
    for (int32_t i = 0; i < count; i++) {
        const double y = points->y[member[i].row];
        least = fmin(least, y);
        most = fmax(most, y);
        sum += y;
    }
    /* a constant has that very mean, whatever its sum rounds to */
    out.mean = most > least ? sum / (double)count : least;
    if (spread == MST_SPREAD_RUNS) {
        spread_of_runs(points, member, count, &out);
        return out;
    }
    if (count < 2)
        return out;
    for (int32_t i = 0; i < count; i++) {
        const double apart = points->y[member[i].row] - out.mean;
        squares += apart * apart;
    }
    out.df = (double)count - 1.0;
    out.error = sqrt(squares / out.df / (double)count);
    return out;
}

/* ---- bins ------------------------------------------------------------------------------------ */

static void fill_bin(const mst_points *points, const mst_keyed *member, int32_t count,
                     mst_spread spread, double level, mst_effect_bin *out)
{
    const mst_point_mean m = mst_mean_over(points, member, count, spread);
    out->points = m.points;
    out->mean = m.mean;
    out->error = m.error;
    out->df = m.df;
    const double half =
        isnan(m.error) ? m.error : m.error * gsl_cdf_tdist_Pinv(0.5 + 0.5 * level, m.df);
    out->low = m.mean - half;
    out->high = m.mean + half;
}

/* Where the bin that begins at `from` ends: not before `wanted`, and never between equal values. */
static int32_t end_of_bin(const mst_keyed *sorted, int32_t count, int32_t from, int32_t wanted)
{
    int32_t to = wanted > from ? wanted : from + 1;
    while (to < count && !(sorted[to].value > sorted[to - 1].value))
        to++;
    return to;
}

static void bin_number(const mst_points *points, const mst_keyed *sorted, int32_t count,
                       mst_spread spread, double level, mst_main_effect *out)
{
    double value[MST_BINS];
    const int32_t different = mst_different_values(sorted, count, MST_BINS, value);
    out->is_binned = different > MST_BINS;
    int32_t bins = (int32_t)lround(sqrt((double)count));
    bins = bins > MST_BINS ? MST_BINS : bins;
    for (int32_t from = 0; from < count;) {
        /* what is left, in equal parts over the bins left: a tie that made one bin wide makes no
           other one empty */
        const int32_t left = bins - out->bins;
        const int32_t wanted = from + (left > 1 ? (count - from + left / 2) / left : count - from);
        const int32_t to = end_of_bin(sorted, count, from, out->is_binned ? wanted : from + 1);
        mst_effect_bin *bin = &out->bin[out->bins++];
        bin->from = sorted[from].value;
        bin->to = sorted[to - 1].value;
        fill_bin(points, sorted + from, to - from, spread, level, bin);
        from = to;
    }
}

static void bin_choice(const mst_points *points, int32_t levels, const mst_keyed *sorted,
                       int32_t count, mst_spread spread, double level, mst_main_effect *out)
{
    int32_t from = 0;
    out->bins = levels;
    for (int32_t l = 0; l < levels; l++) {
        int32_t to = from;
        while (to < count && (int32_t)sorted[to].value == l)
            to++;
        out->bin[l].from = out->bin[l].to = (double)l;
        fill_bin(points, sorted + from, to - from, spread, level, &out->bin[l]);
        from = to;
    }
}

/* ---- figures of all bins --------------------------------------------------------------------- */

static void find_swing(mst_main_effect *out)
{
    out->lowest = out->highest = -1;
    for (int32_t i = 0; i < out->bins; i++) {
        if (out->bin[i].points == 0)
            continue;
        if (out->lowest < 0 || out->bin[i].mean < out->bin[out->lowest].mean)
            out->lowest = i;
        if (out->highest < 0 || out->bin[i].mean > out->bin[out->highest].mean)
            out->highest = i;
    }
    if (out->lowest >= 0 && out->highest >= 0)
        out->swing = out->bin[out->highest].mean - out->bin[out->lowest].mean;
}

/* Welch 1951: means of unlike error. Bins without one are left out. */
static void test_means(mst_main_effect *out)
{
    double all = 0.0, sum = 0.0, between = 0.0, rest = 0.0, k = 0.0;
    out->f = out->df = out->df_error = out->p = (double)NAN;
    for (int32_t i = 0; i < out->bins; i++) {
        const mst_effect_bin *bin = &out->bin[i];
        if (isnan(bin->error))
            continue;
        if (!(bin->error > 0.0))
            return;
        k += 1.0;
        all += 1.0 / (bin->error * bin->error);
        sum += bin->mean / (bin->error * bin->error);
    }
    if (k < 2.0)
        return;
    for (int32_t i = 0; i < out->bins; i++) {
        const mst_effect_bin *bin = &out->bin[i];
        if (isnan(bin->error))
            continue;
        const double weight = 1.0 / (bin->error * bin->error), apart = bin->mean - sum / all;
        between += weight * apart * apart;
        rest += (1.0 - weight / all) * (1.0 - weight / all) / bin->df;
    }
    out->df = k - 1.0;
    out->df_error = (k * k - 1.0) / (3.0 * rest);
    out->f = between / out->df / (1.0 + 2.0 * (k - 2.0) / (k * k - 1.0) * rest);
    if (isfinite(out->f))
        out->p = gsl_cdf_fdist_Q(out->f, out->df, out->df_error);
}

/* Ranks in the place of values, equal ones share the mean of theirs; then back to order of rows. */
static void rank(mst_keyed *sorted, int32_t count, double *out_by_row)
{
    for (int32_t from = 0; from < count;) {
        const int32_t to = end_of_bin(sorted, count, from, from + 1);
        for (int32_t i = from; i < to; i++)
            out_by_row[sorted[i].row] = 0.5 * ((double)from + (double)to - 1.0);
        from = to;
    }
}

static bool correlate(const mst_points *points, mst_keyed *sorted, int32_t count,
                      mst_main_effect *out)
{
    double *x = malloc(2 * (size_t)points->rows * sizeof *x);
    if (!x)
        return false;
    double *y = x + points->rows;
    rank(sorted, count, x);
    for (int32_t i = 0; i < count; i++)
        sorted[i].value = points->y[sorted[i].row];
    mst_sort_keyed(sorted, count);
    rank(sorted, count, y);
    const double middle = 0.5 * ((double)count - 1.0), df = (double)count - 2.0;
    double xx = 0.0, yy = 0.0, xy = 0.0;
    for (int32_t i = 0; i < count; i++) {
        const double a = x[sorted[i].row] - middle, b = y[sorted[i].row] - middle;
        xx += a * a;
        yy += b * b;
        xy += a * b;
    }
    free(x);
    if (!(xx > 0.0 && yy > 0.0))
        return true;
    const double r = fmax(-1.0, fmin(1.0, xy / sqrt(xx * yy)));
    out->rank_correlation = r;
    if (df >= 1.0 && fabs(r) < 1.0)
        out->rank_p = fmin(1.0, 2.0 * gsl_cdf_tdist_Q(fabs(r) * sqrt(df / (1.0 - r * r)), df));
    else if (df >= 1.0)
        out->rank_p = 0.0;
    return true;
}

muster_status mst_effect_of(const mst_points *points, int32_t input, mst_spread spread,
                            double level, mst_main_effect *out, const char **out_reason)
{
    *out_reason = mst_points_fault(points);
    if (!*out_reason && (input < 0 || input >= points->inputs))
        *out_reason = "there is no such input";
    if (!*out_reason && !(level > 0.0 && level < 1.0))
        *out_reason = "the level is not between 0 and 1";
    if (*out_reason)
        return MUSTER_MISTAKE;
    *out = (mst_main_effect){.rank_correlation = (double)NAN, .rank_p = (double)NAN};
    int32_t count = 0;
    mst_keyed *sorted = mst_values_of(points, input, &count);
    const mst_input *given = &points->input[input];
    bool is_well = sorted != NULL;
    if (is_well && given->kind == MST_INPUT_CHOICE)
        bin_choice(points, given->levels, sorted, count, spread, level, out);
    else if (is_well)
        bin_number(points, sorted, count, spread, level, out);
    if (is_well) {
        find_swing(out);
        test_means(out);
        is_well = given->kind == MST_INPUT_CHOICE || correlate(points, sorted, count, out);
    }
    free(sorted);
    *out_reason = is_well ? NULL : "memory is short";
    return is_well ? MUSTER_OK : MUSTER_WORLD;
}
