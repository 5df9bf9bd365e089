#include "estimate/sobol_fold.h"

#include <math.h>

static int64_t pairs_of(const mst_sobol_shape *s)
{
    return s->has_pairs ? (int64_t)s->factors * (s->factors - 1) / 2 : 0;
}

int64_t mst_sobol_columns(const mst_sobol_shape *shape)
{
    return MST_SOBOL_BASE + (int64_t)MST_SOBOL_BLOCK * shape->blocks +
           (shape->has_pairs ? shape->factors + pairs_of(shape) : 0);
}

int64_t mst_sobol_statistics(const mst_sobol_shape *shape)
{
    return (int64_t)MST_SOBOL_OF_BLOCK * shape->blocks + 2 + pairs_of(shape);
}

/* x / variance; of a variance that is rounding of its mean square, nothing. */
static double per(double x, double variance, double mean_square)
{
    return variance > 1e-12 * mean_square ? x / variance : (double)NAN;
}

/* Pooled mean and variance of A and B, the mean counted from the centre of the columns. */
typedef struct pool {
    double mean, square, variance;
} pool;

static pool pool_of(const double *m)
{
    const double mean = 0.5 * (m[MST_SOBOL_A] + m[MST_SOBOL_B]);
    const double square = 0.5 * (m[MST_SOBOL_AA] + m[MST_SOBOL_BB]);
    return (pool){mean, square, square - mean * mean};
}

/* Correlation of two columns that have the same distribution, about their common mean (Janon et
 * al. 2014). x and y: means; xy, xx, yy: of products. */
static double janon(double x, double y, double xy, double xx, double yy)
{
    const double mean = 0.5 * (x + y), square = 0.5 * (xx + yy);
    return per(xy - mean * mean, square - mean * mean, square);
}

/* (B - AB_i)^2 = (B - A - u)^2 */
static double first_jansen(const double *m, const double *u, const pool *p)
{
    const double apart = m[MST_SOBOL_BB] - 2.0 * m[MST_SOBOL_A_B] + m[MST_SOBOL_AA] -
                         2.0 * (u[MST_SOBOL_BU] - u[MST_SOBOL_AU]) + u[MST_SOBOL_UU];
    return 1.0 - per(0.5 * apart, p->variance, p->square);
}

static double first(const double *m, const double *u, const pool *p, mst_sobol_first kind)
{
    const double block_square = m[MST_SOBOL_AA] + 2.0 * u[MST_SOBOL_AU] + u[MST_SOBOL_UU];
    switch (kind) {
    case MST_SOBOL_FIRST_JANSEN:
        return first_jansen(m, u, p);
    case MST_SOBOL_FIRST_JANON:
        return janon(m[MST_SOBOL_B], m[MST_SOBOL_A] + u[MST_SOBOL_U],
                     m[MST_SOBOL_A_B] + u[MST_SOBOL_BU], m[MST_SOBOL_BB], block_square);
    case MST_SOBOL_FIRST_SALTELLI:
        break;
    }
    return per(u[MST_SOBOL_BU] - p->mean * u[MST_SOBOL_U], p->variance, p->square);
}

static double total(const double *m, const double *u, const pool *p, mst_sobol_total kind)
{
    if (kind == MST_SOBOL_TOTAL_JANSEN)
        return per(0.5 * u[MST_SOBOL_UU], p->variance, p->square);
    return 1.0 - janon(m[MST_SOBOL_A], m[MST_SOBOL_A] + u[MST_SOBOL_U],
                       m[MST_SOBOL_AA] + u[MST_SOBOL_AU], m[MST_SOBOL_AA],
                       m[MST_SOBOL_AA] + 2.0 * u[MST_SOBOL_AU] + u[MST_SOBOL_UU]);
}

static const double *block_of(const double *m, int32_t i)
{
    return m + MST_SOBOL_BASE + (int64_t)MST_SOBOL_BLOCK * i;
}

/* BA_i and AB_j have in common the columns i and j alone, BA_j and AB_i as well; A and B have nothing.
 * What the mean d takes off a product x y is d (x + y) - d d. */
static void fold_pairs(const double *m, const mst_sobol_shape *s, const pool *p, double *out)
{
    const double *ba = block_of(m, s->blocks), *product = ba + s->factors;
    double *to = out + (int64_t)MST_SOBOL_OF_BLOCK * s->blocks + 2;
    const double apart = m[MST_SOBOL_A_B] - p->mean * (m[MST_SOBOL_A] + m[MST_SOBOL_B]);
    for (int32_t i = 0; i < s->factors; i++)
        for (int32_t j = i + 1; j < s->factors; j++) {
            const double both = ba[i] + ba[j] + block_of(m, i)[MST_SOBOL_U] +
                                block_of(m, j)[MST_SOBOL_U] + 2.0 * m[MST_SOBOL_A];
            const double closed = 0.5 * (*product++ - p->mean * both) - apart;
            *to++ = per(closed, p->variance, p->square) -
                    out[(int64_t)MST_SOBOL_OF_BLOCK * i + MST_SOBOL_S] -
                    out[(int64_t)MST_SOBOL_OF_BLOCK * j + MST_SOBOL_S];
        }
}

void mst_sobol_fold(const double *mean, const void *shape, double *out)
{
    const mst_sobol_shape *s = shape;
    const pool p = pool_of(mean);
    double sum = 0.0, luck = 0.0;
    for (int32_t i = 0; i < s->blocks; i++) {
        double *to = out + (int64_t)MST_SOBOL_OF_BLOCK * i;
        to[MST_SOBOL_S] = first(mean, block_of(mean, i), &p, s->first);
        to[MST_SOBOL_ST] = total(mean, block_of(mean, i), &p, s->total);
        to[MST_SOBOL_APART] = to[MST_SOBOL_ST] - to[MST_SOBOL_S];
        *(i < s->factors ? &sum : &luck) += to[MST_SOBOL_S];
    }
    double *to = out + (int64_t)MST_SOBOL_OF_BLOCK * s->blocks;
    to[0] = sum;
    to[1] = 1.0 - sum - luck;
    if (s->has_pairs)
        fold_pairs(mean, s, &p, out);
}
