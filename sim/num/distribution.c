#include "num/distribution.h"

#include "base/format.h"
#include "base/text.h"
#include "num/normal.h"

#include <math.h>
#include <string.h>

const char *const mst_dist_names[] = {"fixed",  "uniform",   "triangular", "exponential",
                                      "normal", "lognormal", "weibull"};
const char *const mst_dist_figures[] = {"VALUE",   "LOW HIGH", "LOW MODE HIGH", "MEAN",
                                        "MEAN SD", "MEAN SD",  "SHAPE SCALE"};
static const int figure_count[] = {1, 2, 3, 1, 2, 2, 2};

/* Widths, squares and sums of figures up to this are finite. */
#define FIGURE_MOST 1e100
/* Beyond these a Weibull's deviation is no longer a number worth printing: the gamma function
 * overflows, or two equal figures are subtracted. */
#define SHAPE_LEAST 0.05
#define SHAPE_MOST 1000.0
/* A lognormal's deviation over its mean; its square must not overflow. */
#define RATIO_MOST 1e6

/* ---- text ---------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static const char *skip_blanks(const char *text)
{
    while (is_blank(*text))
        text++;
    return text;
}

static int kind_of(const char *word, size_t length)
{
    for (int i = 0; i < MST_DIST_KINDS; i++)
        if (strlen(mst_dist_names[i]) == length && memcmp(word, mst_dist_names[i], length) == 0)
            return i;
    return -1;
}

/* Decimal figures only, whatever the locale: no hexadecimal, no infinity. */
static bool read_figure(const char **text, double *out)
{
    char word[64];
    const size_t length = strcspn(*text, " \t");
    if (length == 0 || length >= sizeof word)
        return false;
    memcpy(word, *text, length);
    word[length] = '\0';
    *text = skip_blanks(*text + length);
    return mst_text_real(word, out);
}

/* Why the figures make no distribution; null when they do. */
static const char *fault_of(const mst_dist *d)
{
    const double *f = d->figure;
    for (int i = 0; i < figure_count[d->kind]; i++)
        if (fabs(f[i]) > FIGURE_MOST)
            return "a figure lies beyond 1e100";
    switch (d->kind) {
    case MST_DIST_UNIFORM:
        return f[0] > f[1] ? "LOW is above HIGH" : NULL;
    case MST_DIST_TRIANGULAR:
        return f[0] > f[2]                  ? "LOW is above HIGH"
               : f[1] < f[0] || f[1] > f[2] ? "MODE lies outside LOW and HIGH"
                                            : NULL;
    case MST_DIST_EXPONENTIAL:
        return f[0] > 0.0 ? NULL : "MEAN must be above 0";
    case MST_DIST_NORMAL:
        return f[1] > 0.0 ? NULL : "SD must be above 0";
    case MST_DIST_LOGNORMAL:
        return !(f[0] > 0.0 && f[1] > 0.0) ? "MEAN and SD must be above 0"
               : f[1] / RATIO_MOST > f[0]  ? "SD is above a million times MEAN"
                                           : NULL;
    case MST_DIST_WEIBULL:
        return !(f[0] > 0.0 && f[1] > 0.0)               ? "SHAPE and SCALE must be above 0"
               : f[0] < SHAPE_LEAST || f[0] > SHAPE_MOST ? "SHAPE must lie from 0.05 to 1000"
                                                         : NULL;
    case MST_DIST_FIXED:
    case MST_DIST_KINDS:
        break;
    }
    return NULL;
}

bool mst_dist_read(const char *text, mst_dist *out, const char **out_reason)
{
    static const char *const wrong_number[] = {"it takes one figure, VALUE",
                                               "it takes two figures, LOW HIGH",
                                               "it takes three figures, LOW MODE HIGH",
                                               "it takes one figure, MEAN",
                                               "it takes two figures, MEAN SD",
                                               "it takes two figures, MEAN SD",
                                               "it takes two figures, SHAPE SCALE"};
    const char *at = skip_blanks(text);
    size_t length = 0;
    while (at[length] >= 'a' && at[length] <= 'z')
        length++;
    const int kind = kind_of(at, length);
    *out_reason = "it begins with none of the names";
    if (kind < 0)
        return false;
    mst_dist made = {.kind = (mst_dist_kind)kind};
    if (at[length] != '\0' && !is_blank(at[length]))
        return false;
    at = skip_blanks(at + length);
    *out_reason = wrong_number[kind];
    for (int i = 0; i < figure_count[kind]; i++)
        if (!read_figure(&at, &made.figure[i]))
            return false;
    if (*at != '\0')
        return false;
    *out_reason = fault_of(&made);
    if (*out_reason)
        return false;
    *out = made;
    return true;
}

void mst_dist_write(const mst_dist *dist, char out[96])
{
    size_t used = muster_text_format(out, 96, "%s", mst_dist_names[dist->kind]);
    for (int i = 0; i < figure_count[dist->kind]; i++) {
        char figure[32];
        used += muster_text_format(out + used, 96 - used, " %s",
                                   mst_text_shortest(dist->figure[i], figure));
    }
}

/* ---- draws ------------------------------------------------------------------------------------ */

/* By inversion. What rounding adds must not lead out of the range. */
static double uniform(const double f[3], double u)
{
    return fmin(f[0] + (f[1] - f[0]) * u, f[1]);
}

/* Ratios before products, so that neither very small nor very large figures lose their digits. */
static double triangular(const double f[3], double u)
{
    const double width = f[2] - f[0], rise = f[1] - f[0], fall = f[2] - f[1];
    if (!(width > 0.0))
        return f[0];
    return u * width < rise ? fmin(f[0] + width * sqrt(u * (rise / width)), f[2])
                            : fmax(f[2] - width * sqrt((1.0 - u) * (fall / width)), f[0]);
}

/* Deviation and mean of the logarithm of a lognormal with a mean and a deviation of its own. */
static void log_figures(const double f[3], double *out_mean, double *out_sd)
{
    const double ratio = f[1] / f[0], variance = log1p(ratio * ratio);
    *out_mean = log(f[0]) - 0.5 * variance;
    *out_sd = sqrt(variance);
}

static double lognormal(const double f[3], double z)
{
    double mean, sd;
    log_figures(f, &mean, &sd);
    return exp(mean + sd * z);
}

/* P(value <= x), x above 0. */
static double cdf_lognormal(const double f[3], double x)
{
    double mean, sd;
    log_figures(f, &mean, &sd);
    return mst_normal_cdf((log(x) - mean) / sd);
}

double mst_dist_draw(const mst_dist *dist, mst_stream stream, uint64_t number)
{
    const double *f = dist->figure;
    switch (dist->kind) {
    case MST_DIST_UNIFORM:
        return uniform(f, mst_random_unit(stream, number));
    case MST_DIST_TRIANGULAR:
        return triangular(f, mst_random_unit(stream, number));
    case MST_DIST_EXPONENTIAL:
        return f[0] * mst_random_exponential(stream, number);
    case MST_DIST_NORMAL:
        return f[0] + f[1] * mst_random_normal(stream, number);
    case MST_DIST_LOGNORMAL:
        return lognormal(f, mst_random_normal(stream, number));
    case MST_DIST_WEIBULL:
        return f[1] * pow(mst_random_exponential(stream, number), 1.0 / f[0]);
    case MST_DIST_FIXED:
    case MST_DIST_KINDS:
        break;
    }
    return f[0];
}

/* ---- figures ------------------------------------------------------------------------------------ */

double mst_dist_mean(const mst_dist *dist)
{
    const double *f = dist->figure;
    if (dist->kind == MST_DIST_UNIFORM)
        return 0.5 * (f[0] + f[1]);
    if (dist->kind == MST_DIST_TRIANGULAR)
        return (f[0] + f[1] + f[2]) / 3.0;
    return dist->kind == MST_DIST_WEIBULL ? f[1] * tgamma(1.0 + 1.0 / f[0]) : f[0];
}

double mst_dist_low(const mst_dist *dist)
{
    if (dist->kind == MST_DIST_NORMAL)
        return -(double)INFINITY;
    return dist->kind == MST_DIST_FIXED || dist->kind == MST_DIST_UNIFORM ||
                   dist->kind == MST_DIST_TRIANGULAR
               ? dist->figure[0]
               : 0.0;
}

double mst_dist_high(const mst_dist *dist)
{
    if (dist->kind == MST_DIST_FIXED)
        return dist->figure[0];
    if (dist->kind == MST_DIST_UNIFORM)
        return dist->figure[1];
    return dist->kind == MST_DIST_TRIANGULAR ? dist->figure[2] : (double)INFINITY;
}

double mst_dist_sd(const mst_dist *dist)
{
    const double *f = dist->figure;
    switch (dist->kind) {
    case MST_DIST_UNIFORM:
        return (f[1] - f[0]) / sqrt(12.0);
    case MST_DIST_TRIANGULAR:
        return hypot(hypot(f[1] - f[0], f[2] - f[1]), f[2] - f[0]) / 6.0;
    case MST_DIST_EXPONENTIAL:
        return f[0];
    case MST_DIST_NORMAL:
    case MST_DIST_LOGNORMAL:
        return f[1];
    case MST_DIST_WEIBULL: {
        const double first = tgamma(1.0 + 1.0 / f[0]);
        return f[1] * sqrt(fmax(tgamma(1.0 + 2.0 / f[0]) - first * first, 0.0));
    }
    case MST_DIST_FIXED:
    case MST_DIST_KINDS:
        break;
    }
    return 0.0;
}

static double cdf_triangular(const double f[3], double x)
{
    const double width = f[2] - f[0];
    if (x < f[0] || x >= f[2])
        return x >= f[2] ? 1.0 : 0.0;
    if (x < f[1])
        return (x - f[0]) / width * ((x - f[0]) / (f[1] - f[0]));
    return 1.0 - (f[2] - x) / width * ((f[2] - x) / (f[2] - f[1]));
}

double mst_dist_cdf(const mst_dist *dist, double x)
{
    const double *f = dist->figure;
    switch (dist->kind) {
    case MST_DIST_UNIFORM:
        return x < f[0] ? 0.0 : x >= f[1] ? 1.0 : (x - f[0]) / (f[1] - f[0]);
    case MST_DIST_TRIANGULAR:
        return cdf_triangular(f, x);
    case MST_DIST_EXPONENTIAL:
        return x > 0.0 ? -expm1(-x / f[0]) : 0.0;
    case MST_DIST_NORMAL:
        return mst_normal_cdf((x - f[0]) / f[1]);
    case MST_DIST_LOGNORMAL:
        return x > 0.0 ? cdf_lognormal(f, x) : 0.0;
    case MST_DIST_WEIBULL:
        return x > 0.0 ? -expm1(-pow(x / f[1], f[0])) : 0.0;
    case MST_DIST_FIXED:
    case MST_DIST_KINDS:
        break;
    }
    return x >= f[0] ? 1.0 : 0.0;
}
