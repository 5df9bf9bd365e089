#include "estimate/sobol.h"

#include "estimate/sobol_fold.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* ---- which rows -------------------------------------------------------------------------------- */

/* The first `rows` of the input's; blocks still lie in->rows apart. */
typedef struct base {
    const mst_sobol_input *in;
    mst_sobol_shape shape;
    int64_t rows, used;
    int64_t *row; /* [used] that have all outputs */
    double centre, variance, correlation;
    bool is_flat, is_constant;
} base;

static bool has_all(const base *s, int64_t j)
{
    const mst_sobol_input *in = s->in;
    if (!isfinite(in->a[j]) || !isfinite(in->b[j]))
        return false;
    for (int32_t i = 0; i < s->shape.blocks; i++)
        if (!isfinite(in->ab[i * in->rows + j]))
            return false;
    for (int32_t i = 0; in->ba && i < in->factors; i++)
        if (!isfinite(in->ba[i * in->rows + j]))
            return false;
    return true;
}

static bool choose_rows(base *s)
{
    s->row = calloc((size_t)s->rows, sizeof *s->row);
    if (!s->row)
        return false;
    for (int64_t j = 0; j < s->rows; j++)
        if (has_all(s, j))
            s->row[s->used++] = j;
    return true;
}

/* ---- centre, variance, constancy --------------------------------------------------------------- */

typedef struct span {
    double low, high;
} span;

static void widen(span *s, const double *block, const int64_t *row, int64_t rows)
{
    for (int64_t k = 0; k < rows; k++) {
        s->low = fmin(s->low, block[row[k]]);
        s->high = fmax(s->high, block[row[k]]);
    }
}

/* Alike but for rounding: an output that is a sum in another order is still the same output. */
static bool is_point(const span *s)
{
    return s->high - s->low <= 0x1p-48 * fmax(fabs(s->low), fabs(s->high));
}

static void find_spans(base *s)
{
    const mst_sobol_input *in = s->in;
    span all = {HUGE_VAL, -HUGE_VAL};
    widen(&all, in->a, s->row, s->used);
    widen(&all, in->b, s->row, s->used);
    s->is_flat = is_point(&all);
    for (int32_t i = 0; i < s->shape.blocks; i++)
        widen(&all, in->ab + i * in->rows, s->row, s->used);
    for (int32_t i = 0; in->ba && i < in->factors; i++)
        widen(&all, in->ba + i * in->rows, s->row, s->used);
    s->is_constant = is_point(&all);
}

/* Counted from the first output, so that an offset common to all costs no digits. */
static void find_moments(base *s)
{
    const double *a = s->in->a, *b = s->in->b, from = a[s->row[0]], n = 2.0 * (double)s->used;
    double sum = 0.0, squares = 0.0;
    for (int64_t k = 0; k < s->used; k++)
        sum += (a[s->row[k]] - from) + (b[s->row[k]] - from);
    const double mean = sum / n;
    double products = 0.0;
    for (int64_t k = 0; k < s->used; k++) {
        const double x = a[s->row[k]] - from - mean, y = b[s->row[k]] - from - mean;
        squares += x * x + y * y;
        products += 2.0 * x * y;
    }
    s->centre = from + mean;
    s->variance = s->is_flat ? 0.0 : squares / n;
    s->correlation = s->is_flat ? 0.0 : products / squares;
}

/* ---- the table --------------------------------------------------------------------------------- */

static double *fill_blocks(const base *s, int64_t j, double a, double b, double *to)
{
    for (int32_t i = 0; i < s->shape.blocks; i++) {
        const double u = s->in->ab[i * s->in->rows + j] - s->in->a[j];
        to[MST_SOBOL_U] = u;
        to[MST_SOBOL_BU] = b * u;
        to[MST_SOBOL_AU] = a * u;
        to[MST_SOBOL_UU] = u * u;
        to += MST_SOBOL_BLOCK;
    }
    return to;
}

static void fill_pairs(const base *s, int64_t j, double *to)
{
    const double *ab = s->in->ab + j, *ba = s->in->ba + j;
    const int64_t n = s->in->rows;
    const double c = s->centre;
    const int32_t k = s->shape.factors;
    for (int32_t i = 0; i < k; i++)
        *to++ = ba[i * n] - c;
    for (int32_t i = 0; i < k; i++)
        for (int32_t h = i + 1; h < k; h++)
            *to++ = (ba[i * n] - c) * (ab[h * n] - c) + (ba[h * n] - c) * (ab[i * n] - c);
}

static void fill_row(const base *s, int64_t j, double *to)
{
    const double a = s->in->a[j] - s->centre, b = s->in->b[j] - s->centre;
    to[MST_SOBOL_A] = a;
    to[MST_SOBOL_B] = b;
    to[MST_SOBOL_AA] = a * a;
    to[MST_SOBOL_BB] = b * b;
    to[MST_SOBOL_A_B] = a * b;
    to = fill_blocks(s, j, a, b, to + MST_SOBOL_BASE);
    if (s->shape.has_pairs)
        fill_pairs(s, j, to);
}

/* ---- the result -------------------------------------------------------------------------------- */

void mst_sobol_free(mst_sobol_result *result)
{
    free(result->factor);
    free(result->pair);
    *result = (mst_sobol_result){0};
}

/* Until something can be told. */
static void set_unknown(mst_sobol_result *out)
{
    const mst_bootstrapped one = mst_bootstrapped_alone((double)NAN);
    for (int32_t i = 0; i < out->factors; i++)
        out->factor[i] = (mst_sobol_factor){.s = one, .st = one, .apart = one};
    out->luck = (mst_sobol_factor){.s = one, .st = one, .apart = one};
    out->sum = out->rest = one;
    for (int64_t at = 0; out->pair && at < (int64_t)out->factors * out->factors; at++)
        out->pair[at] = one;
}

/* A constant is known without error. */
static void set_constant(mst_sobol_result *out)
{
    const mst_bootstrapped zero = {.is_zero_like = true};
    const mst_sobol_factor none = {.s = zero, .st = zero, .apart = zero};
    for (int32_t i = 0; i < out->factors; i++)
        out->factor[i] = none;
    if (out->has_luck)
        out->luck = none;
    out->sum = out->rest = zero;
    for (int32_t i = 0; out->pair && i < out->factors; i++)
        for (int32_t j = 0; j < out->factors; j++)
            if (i != j)
                out->pair[(int64_t)i * out->factors + j] = zero;
}

/* So many statements are made at once that each must be surer (Bonferroni): if nothing interacts, ST
 * and S are equal and one in forty would be beyond its own interval. */
static bool is_below(const mst_bootstrapped *apart, double level, int32_t blocks)
{
    const double z = gsl_cdf_ugaussian_Qinv(0.5 * (1.0 - level) / (double)blocks);
    return apart->high < 0.0 && apart->value + z * apart->sd < 0.0;
}

static void set_factors(mst_sobol_result *out, const mst_bootstrapped *found, int32_t blocks,
                        double level)
{
    for (int32_t i = 0; i < blocks; i++, found += MST_SOBOL_OF_BLOCK) {
        mst_sobol_factor *f = i < out->factors ? &out->factor[i] : &out->luck;
        f->s = found[MST_SOBOL_S];
        f->st = found[MST_SOBOL_ST];
        f->apart = found[MST_SOBOL_APART];
        f->is_st_below_s = is_below(&found[MST_SOBOL_APART], level, blocks);
        if (f->is_st_below_s)
            out->warnings |= MST_SOBOL_ST_BELOW_S;
    }
    out->sum = found[0];
    out->rest = found[1];
    if (out->rest.high < 0.0)
        out->warnings |= MST_SOBOL_SUM_ABOVE_1;
    found += 2;
    for (int32_t i = 0; out->pair && i < out->factors; i++)
        for (int32_t j = i + 1; j < out->factors; j++) {
            out->pair[(int64_t)i * out->factors + j] = *found;
            out->pair[(int64_t)j * out->factors + i] = *found++;
        }
}

/* ---- the whole --------------------------------------------------------------------------------- */

static bool open_result(const base *s, mst_sobol_result *out)
{
    const size_t k = (size_t)s->shape.factors;
    out->factors = s->shape.factors;
    out->has_luck = s->in->has_luck;
    out->factor = calloc(k, sizeof *out->factor);
    if (s->shape.has_pairs)
        out->pair = calloc(k * k, sizeof *out->pair);
    return out->factor && (out->pair || !s->shape.has_pairs);
}

static muster_status estimate(const base *s, const mst_bootstrap *how, mst_sobol_result *out)
{
    const int64_t columns = mst_sobol_columns(&s->shape), count = mst_sobol_statistics(&s->shape);
    double *value = calloc((size_t)s->used, (size_t)columns * sizeof *value);
    mst_bootstrapped *found = calloc((size_t)count, sizeof *found);
    muster_status status = MUSTER_WORLD;
    if (value && found) {
        for (int64_t k = 0; k < s->used; k++)
            fill_row(s, s->row[k], value + k * columns);
        const mst_rows rows = {s->used, (int32_t)columns, value};
        status = mst_bootstrap_run(how, "sobol", &rows, mst_sobol_fold, &s->shape, (int32_t)count,
                                   found);
    }
    if (status == MUSTER_OK)
        set_factors(out, found, s->shape.blocks, how->level);
    free(value);
    free(found);
    return status;
}

static muster_status work_out(base *s, const mst_bootstrap *how, mst_sobol_result *out)
{
    if (!choose_rows(s) || !open_result(s, out))
        return MUSTER_WORLD;
    out->rows_used = s->used;
    out->rows_dropped = s->rows - s->used;
    out->warnings = (s->used < MST_SOBOL_FEW ? (uint32_t)MST_SOBOL_FEW_ROWS : 0) |
                    (out->rows_dropped > 0 ? (uint32_t)MST_SOBOL_DROPPED : 0);
    out->mean = out->variance = out->correlation = (double)NAN;
    set_unknown(out);
    if (s->used == 0)
        return MUSTER_OK;
    find_spans(s);
    find_moments(s);
    out->mean = s->centre;
    out->variance = s->variance;
    out->correlation = s->correlation;
    if (fabs(s->correlation) * sqrt((double)s->used) > 4.0)
        out->warnings |= MST_SOBOL_CORRELATED;
    if (s->is_constant) {
        out->warnings |= MST_SOBOL_CONSTANT;
        set_constant(out);
        return MUSTER_OK;
    }
    if (s->is_flat) {
        out->warnings |= MST_SOBOL_FLAT_BASE;
        return MUSTER_OK;
    }
    return estimate(s, how, out);
}

enum { FACTORS_MOST = 1 << 14 }; /* columns and statistics are then counted in 32 bits */

static bool is_mistaken(const mst_sobol_input *in, const mst_bootstrap *how)
{
    return in->factors < 1 || in->factors > FACTORS_MOST || in->rows < 1 || in->rows > INT32_MAX ||
           how->replicates < 0 || !(how->level > 0.0 && how->level < 1.0);
}

static muster_status of_first(const mst_sobol_input *in, int64_t rows,
                              const mst_sobol_options *options, mst_sobol_result *out)
{
    const mst_sobol_options how = options ? *options : MST_SOBOL_DEFAULT;
    *out = (mst_sobol_result){0};
    if (is_mistaken(in, &how.bootstrap))
        return MUSTER_MISTAKE;
    base s = {.in = in,
              .shape = {in->factors, in->factors + (in->has_luck ? 1 : 0), in->ba != NULL,
                        how.first, how.total},
              .rows = rows};
    const muster_status status = work_out(&s, &how.bootstrap, out);
    free(s.row);
    if (status != MUSTER_OK)
        mst_sobol_free(out);
    return status;
}

muster_status mst_sobol(const mst_sobol_input *in, const mst_sobol_options *options,
                        mst_sobol_result *out)
{
    return of_first(in, in->rows, options, out);
}

muster_status mst_sobol_converge(const mst_sobol_input *in, const mst_sobol_options *options,
                                 mst_sobol_result out[MST_SOBOL_PREFIXES])
{
    for (int p = 0; p < MST_SOBOL_PREFIXES; p++)
        out[p] = (mst_sobol_result){0};
    for (int p = 0; p < MST_SOBOL_PREFIXES; p++) {
        const int64_t rows = in->rows >> (MST_SOBOL_PREFIXES - 1 - p);
        const muster_status status = of_first(in, rows > 1 ? rows : 1, options, &out[p]);
        if (status == MUSTER_OK)
            continue;
        for (int done = 0; done < p; done++)
            mst_sobol_free(&out[done]);
        return status;
    }
    return MUSTER_OK;
}
