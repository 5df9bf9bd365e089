/* Predictions that are probabilities: losses, the null model, calibration. */
#include "num/score.h"

#include <math.h>

/* ---- base rate --------------------------------------------------------------------------------- */

static void count_row(const mst_scored *rows, const int32_t *times, int32_t i, int64_t *joins,
                      int64_t *scored)
{
    if (rows->row.outcome[i] < 0)
        return;
    const int64_t w = mst_score_times(rows, times, i);
    *scored += w;
    *joins += rows->row.outcome[i] == 1 ? w : 0;
}

void mst_score_base_rate(const mst_scored *rows, const int32_t *times, double *out)
{
    const int32_t n = rows->row.count, *drill = rows->row.drill, *by = rows->by_drill;
    int64_t joins = 0, scored = 0;
    for (int32_t i = 0; i < n; i++)
        count_row(rows, times, i, &joins, &scored);
    for (int32_t from = 0, to = 0; from < n; from = to) {
        int64_t own_joins = 0, own = 0;
        for (; to < n && drill[by[to]] == drill[by[from]]; to++)
            count_row(rows, times, by[to], &own_joins, &own);
        const int64_t others = scored - own;
        for (int32_t k = from; k < to; k++)
            out[by[k]] = others > 0 ? (double)(joins - own_joins) / (double)others : (double)NAN;
    }
}

/* ---- losses ------------------------------------------------------------------------------------ */

static double mean(double sum, int64_t count)
{
    return count > 0 ? sum / (double)count : (double)NAN;
}

static bool has_loss(const mst_scored *rows, int32_t i)
{
    return rows->row.outcome[i] >= 0 && rows->row.p && !isnan(rows->row.p[i]);
}

static double squared(double x)
{
    return x * x;
}

bool mst_score_brier(const mst_scored *rows, const int32_t *times, const double *reference,
                     mst_brier *out, const char **out_reason)
{
    const int32_t n = rows->row.count;
    for (int32_t i = 0; reference && i < n; i++) {
        if (!isnan(reference[i]) && !(reference[i] >= 0.0 && reference[i] <= 1.0)) {
            *out_reason = "a reference is not within 0..1";
            return false;
        }
    }
    mst_brier b = {0};
    double all = 0.0, compared = 0.0, of_reference = 0.0;
    for (int32_t i = 0; i < n; i++) {
        const int64_t w = mst_score_times(rows, times, i);
        if (w == 0 || !has_loss(rows, i))
            continue;
        const double happened = rows->row.outcome[i];
        const double loss = (double)w * squared(rows->row.p[i] - happened);
        b.count += w;
        all += loss;
        if (!reference || isnan(reference[i]))
            continue;
        b.compared += w;
        compared += loss;
        of_reference += (double)w * squared(reference[i] - happened);
    }
    b.score = mean(all, b.count);
    b.reference = mean(of_reference, b.compared);
    b.skill = of_reference > 0.0 ? 1.0 - compared / of_reference : (double)NAN;
    *out = b;
    return true;
}

bool mst_score_log(const mst_scored *rows, const int32_t *times, double clip, mst_log_score *out,
                   const char **out_reason)
{
    if (!(clip >= 0.0 && clip < 0.5)) {
        *out_reason = "the clip is not within 0..1/2";
        return false;
    }
    mst_log_score s = {0};
    double sum = 0.0;
    for (int32_t i = 0; i < rows->row.count; i++) {
        const int64_t w = mst_score_times(rows, times, i);
        if (w == 0 || !has_loss(rows, i)) /* 0 copies of an infinite loss are none, not NaN */
            continue;
        const double given = rows->row.p[i];
        const double p = fmax(clip, fmin(1.0 - clip, given));
        const bool joined = rows->row.outcome[i] == 1;
        s.count += w;
        s.impossible += (joined ? given <= 0.0 : given >= 1.0) ? w : 0;
        s.clipped += p < given || p > given ? w : 0;
        /* log1p: of an absence given a small p, the loss is that p, not what rounding leaves of 1 - p */
        sum -= (double)w * (joined ? log(p) : log1p(-p));
    }
    s.score = mean(sum, s.count);
    *out = s;
    return true;
}

/* ---- calibration --------------------------------------------------------------------------------- */

static void put_in(mst_bin *bin, const mst_scored *rows, int32_t i)
{
    bin->count++;
    bin->joins += rows->row.outcome[i] == 1;
    bin->mean_p += rows->row.p[i]; /* the sum, until finished */
}

static void finish(mst_bin *bin, double level)
{
    bin->mean_p = mean(bin->mean_p, bin->count);
    bin->share = mean((double)bin->joins, bin->count);
    bin->interval = mst_interval_share(bin->joins, bin->count, level);
}

static bool is_asked_well(int32_t bins, double level, const char **out_reason)
{
    if (bins < 1)
        *out_reason = "there must be one bin or more";
    else if (!(level > 0.0 && level < 1.0))
        *out_reason = "the level is not between 0 and 1";
    else
        return true;
    return false;
}

bool mst_calibrate_equal(const mst_scored *rows, int32_t bins, double level, mst_bin *out,
                         int32_t *out_count, const char **out_reason)
{
    if (!is_asked_well(bins, level, out_reason))
        return false;
    const mst_predictions *g = &rows->row;
    int64_t usable = 0, placed = 0;
    for (int32_t i = 0; i < g->count; i++)
        usable += has_loss(rows, i);
    int32_t filled = 0, asked = 0; /* of the bins asked for, those whose end has been reached */
    for (int32_t k = 0; k < g->count && placed < usable; k++) {
        const int32_t i = rows->by_p[k];
        if (!has_loss(rows, i))
            continue;
        /* a bin is full at its share of the rows, but not between two of one p */
        const bool is_first = placed == 0;
        if (is_first || (placed >= (asked + 1) * usable / bins && g->p[i] > out[filled - 1].high)) {
            while (!is_first && placed >= (asked + 1) * usable / bins)
                asked++;
            out[filled++] = (mst_bin){.low = g->p[i]};
        }
        put_in(&out[filled - 1], rows, i);
        out[filled - 1].high = g->p[i];
        placed++;
    }
    for (int32_t k = 0; k < filled; k++)
        finish(&out[k], level);
    *out_count = filled;
    return true;
}

bool mst_calibrate_edges(const mst_scored *rows, const double *edge, int32_t bins, double level,
                         mst_bin *out, const char **out_reason)
{
    if (!is_asked_well(bins, level, out_reason))
        return false;
    bool is_sound = edge[0] >= 0.0 && edge[0] <= 0.0 && edge[bins] >= 1.0 && edge[bins] <= 1.0;
    for (int32_t k = 0; k < bins; k++)
        is_sound = is_sound && edge[k] < edge[k + 1];
    if (!is_sound) {
        *out_reason = "the edges do not ascend from 0 to 1";
        return false;
    }
    for (int32_t k = 0; k < bins; k++)
        out[k] = (mst_bin){.low = edge[k], .high = edge[k + 1]};
    for (int32_t i = 0; i < rows->row.count; i++) {
        if (!has_loss(rows, i))
            continue;
        int32_t k = bins - 1;
        while (rows->row.p[i] < edge[k])
            k--;
        put_in(&out[k], rows, i);
    }
    for (int32_t k = 0; k < bins; k++)
        finish(&out[k], level);
    return true;
}
