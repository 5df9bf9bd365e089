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
    if (!(m.most > m.least) || !isfinite(m.mean))
        return m;
    double rest = 0.0; /* what the sum's rounding left in the mean */
    for (int64_t i = 0; i < count; i++) {
        const double apart = isnan(value[i]) ? 0.0 : value[i] - m.mean;
        rest += apart;
        m.squares += apart * apart;
    }
    m.mean += rest / (double)m.count;
    m.squares -= rest * (rest / (double)m.count);
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
    if (!isfinite(moments->mean) || !isfinite(half))
        return none();
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
    const double low = ascending[below], high = ascending[below + 1], part = at - (double)below;
    /* on a value that value, also beside an infinite one */
    return part > 0.0 && high > low && isfinite(low) ? low + part * (high - low) : low;
}

/* The binomial distribution as weights, 1 at its mode. GSL's cdf gives no number near the mode from
 * 2e6 trials on; the weights need as many steps as the distribution is wide. */
typedef struct binomial {
    double n, q;
} binomial;

static double weight_above(const binomial *b, double k, double weight)
{
    return weight * ((b->n - k) / (k + 1.0) * (b->q / (1.0 - b->q)));
}

static double weight_below(const binomial *b, double k, double weight)
{
    return weight * (k / (b->n - k + 1.0) * ((1.0 - b->q) / b->q));
}

/* Sum of all weights, mode known. What is left out is less than rounding. */
static double weight_of_all(const binomial *b, double mode)
{
    double total = 1.0, k = mode, w = weight_above(b, mode, 1.0);
    while (w > total * 1e-18) {
        total += w;
        k += 1.0;
        w = weight_above(b, k, w);
    }
    k = mode;
    w = weight_below(b, mode, 1.0);
    while (w > total * 1e-18) {
        total += w;
        k -= 1.0;
        w = weight_below(b, k, w);
    }
    return total;
}

/* B of the n values lie below the quantile; between the r-th and the s-th (from 1) it lies when
 * r <= B <= s - 1. From the mode of B a rank is added at a time, on the side that adds more: no
 * other choice covers as much with as few. */
mst_interval mst_interval_quantile(const double *ascending, int64_t count, double q, double level,
                                   int64_t out_rank[2])
{
    if (count < 2)
        return none();
    const binomial b = {(double)count, q};
    const double mode = fmin(floor((b.n + 1.0) * q), b.n);
    const double wanted = level * weight_of_all(&b, mode);
    /* B from low to high is covered; 0 and n cannot be */
    double low = fmin(fmax(mode, 1.0), b.n - 1.0), high = low;
    double covered = low > mode   ? weight_above(&b, mode, 1.0)
                     : low < mode ? weight_below(&b, mode, 1.0)
                                  : 1.0;
    double under = weight_below(&b, low, covered), over = weight_above(&b, high, covered);
    while (covered < wanted) {
        const bool can_fall = low > 1.0, can_rise = high < b.n - 1.0;
        if (!can_fall && !can_rise)
            return none();
        if (can_fall && (!can_rise || under >= over)) {
            covered += under;
            low -= 1.0;
            under = weight_below(&b, low, under);
        } else {
            covered += over;
            high += 1.0;
            over = weight_above(&b, high, over);
        }
    }
    const int64_t first = (int64_t)low - 1, last = (int64_t)high;
    if (out_rank) {
        out_rank[0] = first;
        out_rank[1] = last;
    }
    return (mst_interval){ascending[first], ascending[last], true};
}

/* ---- tests --------------------------------------------------------------------------------------- */

/* P(at most k of n) at q = 1/2, k not above n / 2: the terms fall from k downwards. */
static double half_binomial_p(int64_t k, int64_t n)
{
    double sum = 0.0, term = gsl_ran_binomial_pdf((unsigned)k, 0.5, (unsigned)n);
    for (double at = (double)k; term > sum * 1e-18; at -= 1.0) {
        sum += term;
        term *= at / ((double)n - at + 1.0);
    }
    return sum;
}

double mst_mcnemar_p(int64_t only_first, int64_t only_second)
{
    const int64_t n = only_first + only_second;
    const int64_t least = only_first < only_second ? only_first : only_second;
    return n == 0 ? 1.0 : fmin(1.0, 2.0 * half_binomial_p(least, n));
}

double mst_mean_p(const mst_moments *moments)
{
    if (moments->count < 2 || !isfinite(moments->mean))
        return (double)NAN;
    const double n = (double)moments->count;
    const double error = sqrt(mst_moments_variance(moments) / n);
    if (!(error > 0.0))
        return moments->mean < 0.0 || moments->mean > 0.0
                   ? ldexp(1.0, (int)(moments->count < 2000 ? 1 - moments->count : -1999))
                   : 1.0;
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
