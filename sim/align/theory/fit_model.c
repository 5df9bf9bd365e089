/* The model: a part of the record with its standards, the likelihood and its slope. */
#include "align/theory/fit_inside.h"

#include <math.h>
#include <string.h>

/* ---- parts ----------------------------------------------------------------------------------------- */

static void add_row(mst_fit_bench *b, int32_t row, double times)
{
    b->row[b->used] = row;
    b->times[b->used++] = times;
    b->total += times;
    b->joins += b->outcome[row] ? times : 0.0;
}

static void clear(mst_fit_bench *b)
{
    b->used = 0;
    b->total = b->joins = 0.0;
}

void mst_fit_lay(mst_fit_bench *b, const int32_t *times)
{
    const mst_fit_design *d = b->design;
    clear(b);
    for (int32_t i = 0; i < d->record.rows; i++) {
        const int32_t t = times ? times[d->record.series[i]] : 1;
        if (d->is_usable[i] && t > 0)
            add_row(b, i, t);
    }
}

void mst_fit_lay_rows(mst_fit_bench *b, const bool *is_in)
{
    const mst_fit_design *d = b->design;
    clear(b);
    for (int32_t i = 0; i < d->record.rows; i++)
        if (d->is_usable[i] && is_in[i])
            add_row(b, i, 1.0);
}

bool mst_fit_can_fit(const mst_fit_bench *b)
{
    return b->joins > 0.0 && b->joins < b->total;
}

/* ---- standards ------------------------------------------------------------------------------------- */

/* Values that differ by rounding only are one value. */
#define CONSTANT 1e-10
/* Share of a feature's variance that others of its stage leave unexplained, below which it is theirs. */
#define COLLINEAR 1e-9

/* Mean and deviation of feature j over the entries of the part, in two passes. */
static void measure(mst_fit_bench *b, const mst_fit_stage *s, int32_t j)
{
    const int32_t k = s->width, place = s->at + 1 + j;
    double mean = 0.0, squares = 0.0, count = 0.0, largest = 0.0;
    for (int32_t u = 0; u < b->used; u++)
        for (int32_t e = s->from[b->row[u]]; e < s->from[b->row[u] + 1]; e++) {
            const double x = s->raw[(size_t)e * (size_t)k + (size_t)j];
            count += b->times[u];
            mean += b->times[u] * (x - mean) / count;
            largest = fmax(largest, fabs(x));
        }
    for (int32_t u = 0; u < b->used; u++)
        for (int32_t e = s->from[b->row[u]]; e < s->from[b->row[u] + 1]; e++) {
            const double x = s->raw[(size_t)e * (size_t)k + (size_t)j] - mean;
            squares += b->times[u] * x * x;
        }
    const double spread = count > 0.0 ? sqrt(squares / count) : 0.0;
    const bool varies = spread > CONSTANT * largest;
    b->centre[place] = varies ? mean : 0.0;
    b->inverse[place] = varies ? 1.0 / spread : 0.0;
    b->held[place] = varies ? MST_FIT_FREE : MST_FIT_CONSTANT;
}

static void fill_z(mst_fit_bench *b, int32_t stage)
{
    const mst_fit_stage *s = &b->design->stage[stage];
    const size_t k = (size_t)s->width, entries = (size_t)s->from[b->design->record.rows];
    const double *centre = b->centre + s->at + 1, *inverse = b->inverse + s->at + 1;
    for (size_t e = 0; e < entries; e++)
        for (size_t j = 0; j < k; j++)
            b->z[stage][e * k + j] = (s->raw[e * k + j] - centre[j]) * inverse[j];
}

/* Second moments of the stage's z over the part: correlations of its features. */
static void correlate(const mst_fit_bench *b, int32_t stage, double *out)
{
    const mst_fit_stage *s = &b->design->stage[stage];
    const int32_t k = s->width;
    memset(out, 0, (size_t)k * (size_t)k * sizeof *out);
    double count = 0.0;
    for (int32_t u = 0; u < b->used; u++)
        for (int32_t e = s->from[b->row[u]]; e < s->from[b->row[u] + 1]; e++) {
            const double *z = b->z[stage] + (size_t)e * (size_t)k;
            count += b->times[u];
            for (int32_t i = 0; i < k; i++)
                for (int32_t j = 0; j <= i; j++)
                    out[i * k + j] += b->times[u] * z[i] * z[j];
        }
    for (int32_t i = 0; i < k * k; i++)
        out[i] /= count > 0.0 ? count : 1.0;
}

/* Which earlier features make up feature j: those with a share in its regression on them. root holds
 * the factor of the features kept, row j what is left of j's correlations with them. */
static uint64_t makers(const mst_fit_bench *b, const mst_fit_stage *s, const double *root,
                       int32_t j)
{
    double x[MST_FIT_WEIGHTS_MAX];
    uint64_t bits = 0;
    for (int32_t m = j - 1; m >= 0; m--) {
        x[m] = 0.0;
        if (b->held[s->at + 1 + m] != MST_FIT_FREE)
            continue;
        double left = root[j * s->width + m];
        for (int32_t i = m + 1; i < j; i++)
            left -= root[i * s->width + m] * x[i];
        x[m] = left / root[m * s->width + m];
        bits |= fabs(x[m]) > 1e-4 ? UINT64_C(1) << (s->at + 1 + m) : 0;
    }
    return bits;
}

/* Cholesky in order; a feature that leaves nothing of its own is held. */
static void hold_collinear(mst_fit_bench *b, int32_t stage)
{
    const mst_fit_stage *s = &b->design->stage[stage];
    const int32_t k = s->width;
    double *root = b->root; /* free until a metric is taken; k < n */
    correlate(b, stage, root);
    for (int32_t i = 0; i < k; i++) {
        const int32_t place = s->at + 1 + i;
        if (b->held[place] != MST_FIT_FREE)
            continue;
        double own = root[i * k + i];
        for (int32_t j = 0; j < i; j++) {
            if (b->held[s->at + 1 + j] != MST_FIT_FREE)
                continue;
            double left = root[i * k + j];
            for (int32_t m = 0; m < j; m++)
                if (b->held[s->at + 1 + m] == MST_FIT_FREE)
                    left -= root[i * k + m] * root[j * k + m];
            root[i * k + j] = left / root[j * k + j];
            own -= root[i * k + j] * root[i * k + j];
        }
        if (own > COLLINEAR) {
            root[i * k + i] = sqrt(own);
            continue;
        }
        b->with[place] = makers(b, s, root, i);
        b->held[place] = MST_FIT_COLLINEAR;
        b->inverse[place] = 0.0;
    }
}

void mst_fit_standardise(mst_fit_bench *b)
{
    const mst_fit_design *d = b->design;
    for (int32_t s = 0; s < d->stages; s++) {
        const mst_fit_stage *stage = &d->stage[s];
        b->centre[stage->at] = b->inverse[stage->at] = 0.0;
        b->held[stage->at] = MST_FIT_FREE;
        for (int32_t j = 0; j < stage->width; j++) {
            b->with[stage->at + 1 + j] = 0;
            measure(b, stage, j);
        }
        fill_z(b, s);
        hold_collinear(b, s);
        fill_z(b, s); /* held features are 0 now */
    }
}

void mst_fit_to_raw(const mst_fit_bench *b, const double *theta, double *raw)
{
    const mst_fit_design *d = b->design;
    for (int32_t s = 0; s < d->stages; s++) {
        const mst_fit_stage *stage = &d->stage[s];
        double intercept = theta[stage->at];
        for (int32_t j = stage->at + 1; j <= stage->at + stage->width; j++) {
            raw[j] = theta[j] * b->inverse[j];
            intercept -= raw[j] * b->centre[j];
        }
        raw[stage->at] = intercept;
    }
}

/* ---- likelihood ------------------------------------------------------------------------------------ */

/* P and 1 - P are not taken for smaller: their logarithms stay finite. */
#define LEAST 1e-300

/* s(eta), and 1 - s(eta), each to its own last digit. */
static inline double logistic(double eta, double *out_away)
{
    const double t = exp(-fabs(eta)), large = 1.0 / (1.0 + t), small = t * large;
    *out_away = eta >= 0.0 ? small : large;
    return eta >= 0.0 ? large : small;
}

static inline double predictor(const double *weights, const double *z, int32_t k)
{
    double eta = weights[0];
    for (int32_t j = 0; j < k; j++)
        eta += weights[1 + j] * z[j];
    return eta;
}

mst_fit_chance mst_fit_row(const mst_fit_bench *b, const double *theta, int32_t row)
{
    const mst_fit_design *d = b->design;
    mst_fit_chance c = {1.0, 0.0};
    double *away = b->away;
    for (int32_t s = 0; s < d->stages; s++) {
        const mst_fit_stage *stage = &d->stage[s];
        const double *z = b->z[s] + (size_t)stage->from[row] * (size_t)stage->width;
        for (int32_t e = stage->from[row]; e < stage->from[row + 1]; e++, z += stage->width) {
            const double p = logistic(predictor(theta + stage->at, z, stage->width), away);
            c.absent += c.join * *away++; /* through what came before, not through this */
            c.join *= p;
        }
    }
    return c;
}

/* Adds times the slope of log P, from b->away as mst_fit_row left it. */
static void add_slope(const mst_fit_bench *b, int32_t row, double times, double *out)
{
    const mst_fit_design *d = b->design;
    const double *away = b->away;
    for (int32_t s = 0; s < d->stages; s++) {
        const mst_fit_stage *stage = &d->stage[s];
        const double *z = b->z[s] + (size_t)stage->from[row] * (size_t)stage->width;
        double *to = out + stage->at;
        for (int32_t e = stage->from[row]; e < stage->from[row + 1]; e++, z += stage->width) {
            const double by = times * *away++;
            to[0] += by;
            for (int32_t j = 0; j < stage->width; j++)
                to[1 + j] += by * z[j];
        }
    }
}

static double penalty(const mst_fit_bench *b, const double *theta, double *gradient)
{
    double sum = 0.0;
    for (int32_t j = 0; j < b->n; j++) {
        const bool is_intercept = b->design->feature[j] < 0;
        const double beyond = fmax(0.0, fabs(theta[j]) - MST_FIT_WALL);
        const double out = theta[j] < 0.0 ? -beyond : beyond;
        sum += is_intercept ? 0.5 * out * out : 0.5 * b->lambda * theta[j] * theta[j];
        if (gradient)
            gradient[j] += is_intercept ? out : b->lambda * theta[j];
    }
    return sum;
}

double mst_fit_value(const mst_fit_bench *b, const double *theta, double *gradient)
{
    double sum = 0.0;
    if (gradient)
        memset(gradient, 0, (size_t)b->n * sizeof *gradient);
    for (int32_t u = 0; u < b->used; u++) {
        const int32_t row = b->row[u];
        const bool joined = b->outcome[row];
        const mst_fit_chance c = mst_fit_row(b, theta, row);
        sum -= b->times[u] * log(fmax(joined ? c.join : c.absent, LEAST));
        /* d log(1 - P) = -P / (1 - P) d log P */
        if (gradient)
            add_slope(b, row, b->times[u] * (joined ? -1.0 : c.join / fmax(c.absent, LEAST)),
                      gradient);
    }
    return sum + penalty(b, theta, gradient);
}

/* Adds by * x x' into the lower half. */
static void add_square(double *out, int32_t n, const double *x, double by)
{
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j <= i; j++)
            out[i * n + j] += by * x[i] * x[j];
}

/* The same of (1, z) of one stage, rows and columns from `at` on. */
static inline void add_entry(double *out, int32_t n, int32_t at, const double *z, int32_t k,
                             double by)
{
    double *row = out + at * n + at;
    row[0] += by;
    for (int32_t i = 0; i < k; i++) {
        const double own = by * z[i];
        row += n;
        row[0] += own;
        for (int32_t j = 0; j <= i; j++)
            row[1 + j] += own * z[j];
    }
}

/* Adds -by times the second derivatives of log P: s (1 - s) (1, z) (1, z)' of each entry. */
static void add_curvature(const mst_fit_bench *b, int32_t row, double by, double *out)
{
    const mst_fit_design *d = b->design;
    const double *away = b->away;
    for (int32_t s = 0; s < d->stages; s++) {
        const mst_fit_stage *stage = &d->stage[s];
        const double *z = b->z[s] + (size_t)stage->from[row] * (size_t)stage->width;
        for (int32_t e = stage->from[row]; e < stage->from[row + 1]; e++, away++, z += stage->width)
            add_entry(out, b->n, stage->at, z, stage->width, by * *away * (1.0 - *away));
    }
}

/* Beyond these odds a row tells nothing that a metric needs. */
#define MOST_ODDS 1e6

void mst_fit_information(const mst_fit_bench *b, const double *theta, bool is_observed, double *out)
{
    const int32_t n = b->n;
    memset(out, 0, (size_t)n * (size_t)n * sizeof *out);
    for (int32_t u = 0; u < b->used; u++) {
        const int32_t row = b->row[u];
        const double times = b->times[u];
        const mst_fit_chance c = mst_fit_row(b, theta, row);
        const double odds = fmin(c.join / fmax(c.absent, LEAST), MOST_ODDS);
        if (is_observed)
            add_curvature(b, row, times * (b->outcome[row] ? 1.0 : -odds), out);
        if (is_observed && b->outcome[row])
            continue; /* the logarithm of P has no other term */
        memset(b->slope, 0, (size_t)n * sizeof *b->slope);
        add_slope(b, row, 1.0, b->slope);
        add_square(out, n, b->slope, times * odds * (is_observed ? 1.0 + odds : 1.0));
    }
    for (int32_t i = 0; i < n; i++) {
        out[i * n + i] += b->design->feature[i] < 0 ? fabs(theta[i]) > MST_FIT_WALL : b->lambda;
        for (int32_t j = 0; j < i; j++)
            out[j * n + i] = out[i * n + j];
    }
}

/* ---- by weights as given ---------------------------------------------------------------------------- */

void mst_fit_predict(const mst_fit_design *rows, const mst_fit_weights *weights, double *out_p)
{
    for (int32_t i = 0; i < rows->record.rows; i++) {
        double p = 1.0, away = 0.0;
        int32_t entries = 0;
        for (int32_t s = 0; s < rows->stages; s++) {
            const mst_fit_stage *stage = &rows->stage[s];
            for (int32_t e = stage->from[i]; e < stage->from[i + 1]; e++, entries++)
                p *=
                    logistic(predictor(weights->raw + stage->at,
                                       stage->raw + (size_t)e * (size_t)stage->width, stage->width),
                             &away);
        }
        out_p[i] = entries > 0 ? p : (double)NAN;
    }
}
