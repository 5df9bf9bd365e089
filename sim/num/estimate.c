#include "num/estimate.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

/* ---- moments --------------------------------------------------------------------------------- */

void mst_moments_add(mst_moments *m, double value)
{
    const double before = value - m->mean;
    m->count++;
    m->mean += before / (double)m->count;
    m->squares += before * (value - m->mean);
    m->least = m->count == 1 || value < m->least ? value : m->least;
    m->most = m->count == 1 || value > m->most ? value : m->most;
}

mst_moments mst_moments_of(const double *value, int64_t count)
{
    mst_moments m = {0};
    double sum = 0.0;
    for (int64_t i = 0; i < count; i++) {
        if (isnan(value[i]))
            continue;
        sum += value[i];
        m.least = m.count == 0 || value[i] < m.least ? value[i] : m.least;
        m.most = m.count == 0 || value[i] > m.most ? value[i] : m.most;
        m.count++;
    }
    if (m.count == 0)
        return m;
    /* a constant has that very mean, whatever its sum rounds to */
    m.mean = m.most > m.least ? sum / (double)m.count : m.least;
    for (int64_t i = 0; i < count && m.most > m.least; i++)
        if (!isnan(value[i]))
            m.squares += (value[i] - m.mean) * (value[i] - m.mean);
    return m;
}

void mst_moments_merge(mst_moments *into, const mst_moments *more)
{
    if (more->count == 0)
        return;
    if (into->count == 0) {
        *into = *more;
        return;
    }
    const double n = (double)into->count, k = (double)more->count, apart = more->mean - into->mean;
    into->mean += apart * (k / (n + k));
    into->squares += more->squares + apart * apart * (n * k / (n + k));
    into->count += more->count;
    into->least = more->least < into->least ? more->least : into->least;
    into->most = more->most > into->most ? more->most : into->most;
}

double mst_moments_variance(const mst_moments *moments)
{
    return moments->count < 2 ? (double)NAN : moments->squares / (double)(moments->count - 1);
}

void mst_pair_moments_merge(mst_pair_moments *into, const mst_pair_moments *more)
{
    if (more->x.count == 0)
        return;
    if (into->x.count == 0) {
        *into = *more;
        return;
    }
    const double n = (double)into->x.count, k = (double)more->x.count;
    into->products += more->products + (more->x.mean - into->x.mean) *
                                           (more->y.mean - into->y.mean) * (n * k / (n + k));
    mst_moments_merge(&into->x, &more->x);
    mst_moments_merge(&into->y, &more->y);
}

mst_pair_moments mst_pair_moments_of(const double *x, const double *y, int64_t count)
{
    mst_pair_moments out = {0};
    for (int64_t i = 0; i < count; i++) {
        if (isnan(x[i]) || isnan(y[i]))
            continue;
        const double before = x[i] - out.x.mean;
        mst_moments_add(&out.x, x[i]);
        mst_moments_add(&out.y, y[i]);
        out.products += before * (y[i] - out.y.mean);
    }
    return out;
}

double mst_correlation(const mst_pair_moments *pairs)
{
    const double both = sqrt(pairs->x.squares) * sqrt(pairs->y.squares);
    if (!(both > 0.0))
        return (double)NAN;
    return fmax(-1.0, fmin(1.0, pairs->products / both));
}

/* ---- intervals --------------------------------------------------------------------------------- */

static mst_interval none(void)
{
    return (mst_interval){.low = (double)NAN, .high = (double)NAN};
}

mst_interval mst_interval_mean(const mst_moments *moments, double level)
{
    if (moments->count < 2)
        return none();
    const double n = (double)moments->count;
    const double t = gsl_cdf_tdist_Pinv(0.5 + 0.5 * level, n - 1.0);
    const double half = t * sqrt(mst_moments_variance(moments) / n);
    return (mst_interval){moments->mean - half, moments->mean + half, true};
}

mst_interval mst_interval_share(int64_t hits, int64_t count, double level)
{
    if (count < 1)
        return none();
    const double n = (double)count, p = (double)hits / n;
    const double z = gsl_cdf_ugaussian_Pinv(0.5 + 0.5 * level), zz = z * z;
    const double centre = (p + zz / (2.0 * n)) / (1.0 + zz / n);
    const double half = z / (1.0 + zz / n) * sqrt(p * (1.0 - p) / n + zz / (4.0 * n * n));
    /* at the ends the formula gives 0 and 1 but for rounding */
    return (mst_interval){hits == 0 ? 0.0 : fmax(centre - half, 0.0),
                          hits == count ? 1.0 : fmin(centre + half, 1.0), true};
}

double mst_quantile(const double *ascending, int64_t count, double q)
{
    if (count < 1)
        return (double)NAN;
    const double at = q * (double)(count - 1);
    const int64_t below = (int64_t)floor(at);
    if (below + 1 >= count)
        return ascending[count - 1];
    const double low = ascending[below], high = ascending[below + 1];
    return high > low ? low + (at - (double)below) * (high - low) : low;
}

/* P(at most k of n fall below the quantile). */
static double at_most(int64_t k, int64_t n, double q)
{
    if (k < 0 || k >= n)
        return k < 0 ? 0.0 : 1.0;
    return gsl_cdf_binomial_P((unsigned)k, q, (unsigned)n);
}

static double mass_at(int64_t k, int64_t n, double q)
{
    return gsl_ran_binomial_pdf((unsigned)k, q, (unsigned)n);
}

/* Ranks (from 1) r < s: the quantile lies between the r-th and the s-th value with probability
 * P(r <= B <= s - 1), B the number below it. Grown from the middle, a rank at a time on the side
 * that adds more, until the level is reached. */
mst_interval mst_interval_quantile(const double *ascending, int64_t count, double q, double level,
                                   int64_t out_rank[2])
{
    if (count < 1 || count > UINT32_MAX / 2 ||
        at_most(count - 1, count, q) - at_most(0, count, q) < level)
        return none();
    const double n = (double)count, spread = sqrt(n * q * (1.0 - q));
    const double z = gsl_cdf_ugaussian_Pinv(0.5 + 0.5 * level);
    /* begin a little inside what the normal approximation says */
    int64_t r = (int64_t)fmax(floor(n * q - 0.5 * z * spread), 1.0);
    int64_t s = (int64_t)fmin(ceil(n * q + 0.5 * z * spread) + 1.0, n);
    if (r >= s)
        r = s - 1;
    double covered = at_most(s - 1, count, q) - at_most(r - 1, count, q);
    while (covered < level) {
        const double low = r > 1 ? mass_at(r - 1, count, q) : -1.0;
        const double high = s < count ? mass_at(s, count, q) : -1.0;
        if (low < 0.0 && high < 0.0)
            break;
        if (low >= high)
            r--;
        else
            s++;
        covered = at_most(s - 1, count, q) - at_most(r - 1, count, q);
    }
    if (out_rank) {
        out_rank[0] = r - 1;
        out_rank[1] = s - 1;
    }
    return (mst_interval){ascending[r - 1], ascending[s - 1], true};
}

/* ---- tests --------------------------------------------------------------------------------------- */

double mst_mcnemar_p(int64_t only_first, int64_t only_second)
{
    const int64_t n = only_first + only_second;
    const int64_t least = only_first < only_second ? only_first : only_second;
    if (n == 0)
        return 1.0;
    return fmin(1.0, 2.0 * gsl_cdf_binomial_P((unsigned)least, 0.5, (unsigned)n));
}

double mst_mean_p(const mst_moments *moments)
{
    if (moments->count < 2)
        return (double)NAN;
    const double n = (double)moments->count;
    const double error = sqrt(mst_moments_variance(moments) / n);
    if (!(error > 0.0))
        return moments->mean < 0.0 || moments->mean > 0.0 ? 0.0 : 1.0;
    return fmin(1.0, 2.0 * gsl_cdf_tdist_Q(fabs(moments->mean) / error, n - 1.0));
}

void mst_holm(double *p, int32_t count, int32_t *scratch)
{
    int32_t tests = 0;
    for (int32_t i = 0; i < count; i++) {
        if (isnan(p[i]))
            continue;
        int32_t k = tests++;
        for (; k > 0 && p[scratch[k - 1]] > p[i]; k--)
            scratch[k] = scratch[k - 1];
        scratch[k] = i;
    }
    double highest = 0.0;
    for (int32_t k = 0; k < tests; k++) {
        highest = fmax(highest, fmin(1.0, p[scratch[k]] * (double)(tests - k)));
        p[scratch[k]] = highest;
    }
}
