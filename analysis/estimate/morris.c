#include "estimate/morris.h"

#include <math.h>
#include <stdlib.h>

/* Columns of a trajectory, four of every factor: number of effects, sum of effects less the factor's
 * mean, of their squares, of absolute effects. */
enum { NUMBER, APART, SQUARE, ABSOLUTE, COLUMNS };
enum { MU, MU_STAR, SIGMA, STATISTICS };

typedef struct work {
    const mst_morris_input *in;
    double *mean;  /* [factors] of all effects: what APART and SQUARE are counted from */
    double *value; /* [trajectories * factors * COLUMNS] */
    mst_bootstrapped *found;
} work;

/* ---- from means to statistics ------------------------------------------------------------------ */

static void fold(const double *mean, const void *context, double *out)
{
    const work *w = context;
    const double r = (double)w->in->trajectories;
    for (int32_t i = 0; i < w->in->factors; i++, mean += COLUMNS, out += STATISTICS) {
        const double n = round(r * mean[NUMBER]);
        out[MU] = out[MU_STAR] = out[SIGMA] = (double)NAN;
        if (n < 1.0)
            continue;
        const double apart = r * mean[APART] / n;
        out[MU] = w->mean[i] + apart;
        out[MU_STAR] = r * mean[ABSOLUTE] / n;
        if (n > 1.0)
            out[SIGMA] = sqrt(fmax(r * mean[SQUARE] - n * apart * apart, 0.0) / (n - 1.0));
    }
}

/* ---- effects ----------------------------------------------------------------------------------- */

/* Of step s of all, counted through; not finite if a run failed. */
static double effect(const mst_morris_input *in, int64_t s)
{
    const double *from = in->y + s / in->factors * (in->factors + 1) + s % in->factors;
    return (from[1] - from[0]) / in->delta[s];
}

static void find_means(const work *w, mst_morris_factor *out)
{
    const mst_morris_input *in = w->in;
    const int64_t steps = (int64_t)in->trajectories * in->factors;
    for (int64_t s = 0; s < steps; s++) {
        const double e = effect(in, s);
        mst_morris_factor *f = &out[in->factor[s]];
        if (!isfinite(e)) {
            f->dropped++;
            continue;
        }
        f->effects++;
        w->mean[in->factor[s]] += (e - w->mean[in->factor[s]]) / (double)f->effects;
    }
}

static void fill(const work *w)
{
    const mst_morris_input *in = w->in;
    const int64_t steps = (int64_t)in->trajectories * in->factors;
    for (int64_t s = 0; s < steps; s++) {
        const double e = effect(in, s), apart = e - w->mean[in->factor[s]];
        if (!isfinite(e))
            continue;
        double *to = w->value + (s / in->factors * in->factors + in->factor[s]) * COLUMNS;
        to[NUMBER] += 1.0;
        to[APART] += apart;
        to[SQUARE] += apart * apart;
        to[ABSOLUTE] += fabs(e);
    }
}

/* ---- the whole --------------------------------------------------------------------------------- */

static mst_morris_verdict verdict_of(const mst_morris_factor *f)
{
    if (!isfinite(f->sigma.value))
        return MST_MORRIS_NOT_ESTIMABLE;
    if (!(f->mu_star.value > 0.0))
        return MST_MORRIS_NO_EFFECT;
    const double ratio = f->sigma.value / f->mu_star.value;
    return ratio < 0.1   ? MST_MORRIS_ALMOST_LINEAR
           : ratio < 0.5 ? MST_MORRIS_MONOTONE
           : ratio < 1.0 ? MST_MORRIS_NEARLY_MONOTONE
                         : MST_MORRIS_INTERACTING;
}

enum { FACTORS_MOST = 1 << 24 }; /* columns are then counted in 32 bits */

static bool is_mistaken(const mst_morris_input *in)
{
    if (in->factors < 1 || in->factors > FACTORS_MOST || in->trajectories < 1)
        return true;
    const int64_t steps = (int64_t)in->trajectories * in->factors;
    for (int64_t s = 0; s < steps; s++)
        if (in->factor[s] < 0 || in->factor[s] >= in->factors || !isfinite(in->delta[s]) ||
            !(fabs(in->delta[s]) > 0.0))
            return true;
    return false;
}

static bool open_work(work *w)
{
    const size_t k = (size_t)w->in->factors;
    w->mean = calloc(k, sizeof *w->mean);
    w->value = calloc((size_t)w->in->trajectories, k * COLUMNS * sizeof *w->value);
    w->found = calloc(k, STATISTICS * sizeof *w->found);
    return w->mean && w->value && w->found;
}

static muster_status estimate(work *w, const mst_bootstrap *how, mst_morris_factor *out)
{
    const int32_t k = w->in->factors;
    find_means(w, out);
    fill(w);
    const mst_rows rows = {w->in->trajectories, k * COLUMNS, w->value};
    const muster_status status =
        mst_bootstrap_run(how, "morris", &rows, fold, w, k * STATISTICS, w->found);
    if (status != MUSTER_OK)
        return status;
    for (int32_t i = 0; i < k; i++) {
        const mst_bootstrapped *found = w->found + (int64_t)i * STATISTICS;
        out[i].mu = found[MU];
        out[i].mu_star = found[MU_STAR];
        out[i].sigma = found[SIGMA];
        out[i].verdict = verdict_of(&out[i]);
    }
    return MUSTER_OK;
}

muster_status mst_morris(const mst_morris_input *in, const mst_bootstrap *how,
                         mst_morris_factor *out)
{
    const mst_bootstrap used = how ? *how : MST_BOOTSTRAP_DEFAULT;
    if (is_mistaken(in))
        return MUSTER_MISTAKE;
    for (int32_t i = 0; i < in->factors; i++)
        out[i] = (mst_morris_factor){0};
    work w = {.in = in};
    const muster_status status = open_work(&w) ? estimate(&w, &used, out) : MUSTER_WORLD;
    free(w.mean);
    free(w.value);
    free(w.found);
    return status;
}
