#include "estimate/rank_stages.h"

#include "estimate/rank_kn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void want(mst_stages *s, int32_t point, int64_t more)
{
    const int32_t runs = (int32_t)s->point[point].runs;
    s->first[point] = runs + 1;
    s->last[point] = runs + (int32_t)more;
}

static bool open_arrays(mst_stages *s)
{
    const size_t count = (size_t)s->points;
    const bool is_kn = s->how.kind == MUSTER_SELECT_KN;
    s->first = calloc(count, sizeof *s->first);
    s->last = calloc(count, sizeof *s->last);
    s->point = calloc(count, sizeof *s->point);
    s->held = calloc(count, sizeof *s->held);
    s->out = calloc(count, sizeof *s->out);
    s->squares = calloc(count, sizeof *s->squares);
    s->share = calloc(count, sizeof *s->share);
    s->mean = calloc(count, sizeof *s->mean);
    s->is_in = calloc(count, sizeof *s->is_in);
    s->more = calloc(count, sizeof *s->more);
    s->variances = calloc(is_kn ? (size_t)mst_kn_pairs(s->points) : 1, sizeof *s->variances);
    return s->first && s->last && s->point && s->held && s->out && s->squares && s->share &&
           s->mean && s->is_in && s->more && s->variances;
}

bool mst_stages_open(mst_stages *out, const muster_selection *how, int32_t points, bool is_yes_no)
{
    *out = (mst_stages){.how = *how, .points = points, .is_yes_no = is_yes_no, .best = -1};
    if (!open_arrays(out)) {
        mst_stages_free(out);
        return false;
    }
    if (how->kind == MUSTER_SELECT_KN)
        out->h2 = mst_kn_h2(how->level, points, how->first);
    for (int32_t p = 0; p < points; p++) {
        out->point[p].is_in = true;
        want(out, p, how->first);
    }
    return true;
}

void mst_stages_free(mst_stages *s)
{
    free(s->first);
    free(s->last);
    free(s->point);
    free(s->held);
    free(s->out);
    free(s->squares);
    free(s->share);
    free(s->mean);
    free(s->is_in);
    free(s->more);
    free(s->variances);
    *s = (mst_stages){0};
}

int64_t mst_stages_runs(const mst_stages *s)
{
    int64_t runs = 0;
    for (int32_t p = 0; p < s->points; p++)
        runs += s->last[p] >= s->first[p] ? s->last[p] : s->point[p].runs;
    return runs;
}

int32_t mst_stages_in(const mst_stages *s)
{
    int32_t in = 0;
    for (int32_t p = 0; p < s->points; p++)
        in += s->point[p].is_in;
    return in;
}

/* ---- what is known -------------------------------------------------------------------------------- */

static void put_out(mst_stages *s, int32_t point, mst_out why)
{
    s->point[point].is_in = false;
    s->out[point] = why;
}

/* Welford 1962, value by value: the same sums however many looks there were. */
static void take_in(mst_stages *s, int32_t point, const double *value)
{
    mst_ocba_point *p = &s->point[point];
    for (int32_t r = s->first[point]; r <= s->last[point]; r++) {
        const double x = value[r - 1], before = p->mean;
        p->runs = r;
        if (isnan(x) || s->out[point] == MST_OUT_HOLES) {
            put_out(s, point, MST_OUT_HOLES);
            continue;
        }
        p->mean += (x - before) / (double)r;
        s->squares[point] += (x - before) * (x - p->mean);
    }
    if (p->runs > 1)
        p->variance = s->squares[point] / (double)(p->runs - 1);
    want(s, point, 0);
}

/* ---- KN ------------------------------------------------------------------------------------------- */

/* Of the first replications. The square of a jump where none was seen: 1 of yes or no, else as values differ
 * at one point. */
static void take_variances(mst_stages *s, const double *const *value)
{
    double sum = 0.0;
    int32_t in = 0;
    for (int32_t p = 0; p < s->points; p++) {
        sum += s->is_in[p] ? s->point[p].variance : 0.0;
        in += s->is_in[p];
    }
    mst_kn_variances(value, s->is_in, s->points, s->how.first, s->variances);
    mst_kn_guard(value, s->is_in, s->points, s->how.first, s->is_yes_no ? 1.0 : sum / (double)in,
                 s->variances);
}

static bool look_kn(mst_stages *s, const double *const *value)
{
    bool is_closed = false;
    int64_t runs = 0;
    for (int32_t p = 0; p < s->points; p++) {
        s->mean[p] = s->point[p].mean;
        s->is_in[p] = s->point[p].is_in;
        runs = s->is_in[p] ? s->point[p].runs : runs; /* all that are in have the same */
    }
    if (s->looks == 0)
        take_variances(s, value);
    const mst_kn_look look = {.mean = s->mean,
                              .variances = s->variances,
                              .points = s->points,
                              .replications = runs,
                              .h2 = s->h2,
                              .worth = s->how.worth,
                              .more = s->how.more};
    if (!mst_kn_screen(&look, s->is_in, &is_closed))
        return false;
    for (int32_t p = 0; p < s->points; p++)
        if (s->point[p].is_in && !s->is_in[p])
            put_out(s, p, MST_OUT_BEATEN);
    s->end = mst_stages_in(s) == 1 ? MST_END_ONE
             : is_closed           ? MST_END_ALIKE
             : runs >= s->how.most ? MST_END_MOST
                                   : MST_END_NOT;
    memcpy(s->held, s->point, (size_t)s->points * sizeof *s->held);
    const int64_t room = s->how.most - runs;
    for (int32_t p = 0; s->end == MST_END_NOT && p < s->points; p++)
        if (s->point[p].is_in)
            want(s, p, s->how.step < room ? s->how.step : room);
    return true;
}

/* ---- OCBA ----------------------------------------------------------------------------------------- */

/* Runs that all say yes tell nothing of the spread: two more are thought of, one of each kind (Agresti and
 * Coull 1998). */
static double spread_of(const mst_stages *s, int32_t point)
{
    const mst_ocba_point *p = &s->point[point];
    if (!s->is_yes_no)
        return p->variance;
    const double n = (double)p->runs, share = (p->mean * n + 1.0) / (n + 2.0);
    return share * (1.0 - share);
}

static int32_t with_most_runs(const mst_stages *s)
{
    int32_t out = -1;
    for (int32_t p = 0; p < s->points; p++)
        if (s->point[p].is_in && (out < 0 || s->point[p].runs > s->point[out].runs))
            out = p;
    return out;
}

/* With common random numbers replications 1 .. n of all points have their luck in common. The mean of a few
 * must not be held against that of many whose luck was another: the point with the most runs is a control
 * variate, which tells how lucky the first n were (Lavenberg and Welch 1981). Where points have nothing in
 * common the slope is near 0, and so is the correction. */
static double mean_of_equals(const double *value, const mst_ocba_point *p, const double *control,
                             const mst_ocba_point *c)
{
    double mean = 0.0, squares = 0.0, products = 0.0;
    for (int64_t i = 0; i < p->runs; i++)
        mean += control[i] / (double)p->runs;
    for (int64_t i = 0; i < p->runs; i++) {
        squares += (control[i] - mean) * (control[i] - mean);
        products += (control[i] - mean) * (value[i] - p->mean);
    }
    return squares > 0.0 ? p->mean - products / squares * (mean - c->mean) : p->mean;
}

static void hold(mst_stages *s, const double *const *value)
{
    const int32_t control = with_most_runs(s);
    for (int32_t p = 0; p < s->points; p++) {
        s->held[p] = s->point[p];
        if (!s->point[p].is_in)
            continue;
        s->held[p].variance = spread_of(s, p);
        if (s->point[p].runs < s->point[control].runs)
            s->held[p].mean =
                mean_of_equals(value[p], &s->point[p], value[control], &s->point[control]);
    }
}

static void look_ocba(mst_stages *s, const double *const *value)
{
    int64_t left = s->how.budget;
    hold(s, value);
    for (int32_t p = 0; p < s->points; p++)
        left -= s->point[p].runs;
    if (mst_stages_in(s) == 1)
        s->end = MST_END_ONE;
    else if (left <= 0)
        s->end = MST_END_BUDGET;
    else if (!mst_ocba_shares(s->held, s->points, s->how.more, s->share))
        s->end = MST_END_ALIKE;
    else if (mst_ocba_give(s->held, s->points, s->share, left < s->how.step ? left : s->how.step,
                           s->how.most, s->more) == 0)
        s->end = MST_END_MOST;
    for (int32_t p = 0; s->end == MST_END_NOT && p < s->points; p++)
        want(s, p, s->more[p]);
}

bool mst_stages_look(mst_stages *s, const double *const *value)
{
    for (int32_t p = 0; p < s->points; p++)
        take_in(s, p, value[p]);
    bool is_good = true;
    if (s->how.kind == MUSTER_SELECT_OCBA)
        look_ocba(s, value);
    else if (mst_stages_in(s) > 0)
        is_good = look_kn(s, value);
    if (mst_stages_in(s) == 0)
        s->end = MST_END_NONE;
    s->looks++;
    s->best = mst_ocba_best(s->held, s->points, s->how.more);
    return is_good;
}

const char *mst_end_words(mst_end end)
{
    static const char *const words[] = {
        "",
        "one point is left",
        "more runs would change nothing: those left have one mean, or nothing varies",
        "every point that is left has as many replications as are allowed",
        "all runs of the budget are spent",
        "no point has a figure in every run"};
    return words[end];
}
