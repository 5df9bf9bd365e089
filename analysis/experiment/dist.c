#include "experiment/dist.h"

#include "muster/text.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WORDS_MOST = 4, WORD_BYTES = 40 };

/* Splits at blanks; -1: too many words, or one too long. */
static int split(const char *text, char word[WORDS_MOST][WORD_BYTES])
{
    int count = 0;
    for (text += strspn(text, " \t"); *text; text += strspn(text, " \t")) {
        const size_t length = strcspn(text, " \t");
        if (count == WORDS_MOST || length >= WORD_BYTES)
            return -1;
        memcpy(word[count], text, length);
        word[count++][length] = '\0';
        text += length;
    }
    return count;
}

static bool complain(const char **why, const char *words)
{
    *why = words;
    return false;
}

static bool check_range(const mst_spread *s, const char **why)
{
    if (!isfinite(s->min) || !isfinite(s->max))
        return complain(why, "min and max are not given");
    if (fabs(s->min) > 1e150 || fabs(s->max) > 1e150)
        return complain(why, "min or max is beyond 1e150");
    if (!(s->min < s->max))
        return complain(why, "min is not below max");
    if (s->kind == MST_SPREAD_LOG_UNIFORM && s->min <= 0.0)
        return complain(why, "min is not above 0");
    if (s->kind == MST_SPREAD_TRIANGULAR && (s->a < s->min || s->a > s->max))
        return complain(why, "the mode is outside min and max");
    if (s->kind == MST_SPREAD_NORMAL && !(s->b > 0.0))
        return complain(why, "SD is not above 0");
    if (s->kind == MST_SPREAD_NORMAL && !(gsl_cdf_ugaussian_P((s->max - s->a) / s->b) -
                                              gsl_cdf_ugaussian_P((s->min - s->a) / s->b) >
                                          1e-6))
        return complain(why, "next to nothing of it lies between min and max");
    return true;
}

bool mst_spread_read(const char *text, double min, double max, mst_spread *out, const char **why)
{
    char word[WORDS_MOST][WORD_BYTES];
    double figure[3] = {0.0, 0.0, 0.0};
    const int count = text ? split(text, word) : 0;
    mst_spread s = {.kind = MST_SPREAD_UNIFORM, .min = min, .max = max};
    for (int i = 1; i < count; i++)
        if (!muster_text_real(word[i], &figure[i - 1]))
            return complain(why, "a figure of it is no number");
    const bool is_uniform = !text || (count >= 1 && strcmp(word[0], "uniform") == 0);
    if (is_uniform && (count == 0 || count == 1 || count == 3)) {
        if (count == 3) {
            s.min = figure[0];
            s.max = figure[1];
        }
    } else if (count == 1 && strcmp(word[0], "log-uniform") == 0) {
        s.kind = MST_SPREAD_LOG_UNIFORM;
    } else if ((count == 2 || count == 4) && strcmp(word[0], "triangular") == 0) {
        s.kind = MST_SPREAD_TRIANGULAR;
        s.a = figure[count == 4];
        if (count == 4) {
            s.min = figure[0];
            s.max = figure[2];
        }
    } else if (count == 3 && strcmp(word[0], "normal") == 0) {
        s.kind = MST_SPREAD_NORMAL;
        s.a = figure[0];
        s.b = figure[1];
    } else {
        return complain(why,
                        "it is none of uniform, uniform LOW HIGH, log-uniform, triangular MODE, "
                        "triangular LOW MODE HIGH, normal MEAN SD");
    }
    if (!check_range(&s, why))
        return false;
    *out = s;
    return true;
}

static double triangular_at(const mst_spread *s, double u)
{
    const double width = s->max - s->min, share = (s->a - s->min) / width;
    return u < share ? s->min + sqrt(u * width * (s->a - s->min))
                     : s->max - sqrt((1.0 - u) * width * (s->max - s->a));
}

static double normal_at(const mst_spread *s, double u)
{
    const double low = gsl_cdf_ugaussian_P((s->min - s->a) / s->b),
                 high = gsl_cdf_ugaussian_P((s->max - s->a) / s->b);
    return s->a + s->b * gsl_cdf_ugaussian_Pinv(low + u * (high - low));
}

double mst_spread_at(const mst_spread *s, double u)
{
    double value = s->min + u * (s->max - s->min);
    if (u <= 0.0)
        return s->min;
    if (u >= 1.0)
        return s->max;
    if (s->kind == MST_SPREAD_LOG_UNIFORM)
        value = s->min * exp(u * log(s->max / s->min));
    else if (s->kind == MST_SPREAD_TRIANGULAR)
        value = triangular_at(s, u);
    else if (s->kind == MST_SPREAD_NORMAL)
        value = normal_at(s, u);
    return value < s->min ? s->min : value > s->max ? s->max : value;
}

void mst_spread_write(const mst_spread *s, char *out, size_t bytes)
{
    char min[32], max[32], a[32], b[32];
    muster_text_shortest(s->min, min);
    muster_text_shortest(s->max, max);
    muster_text_shortest(s->a, a);
    muster_text_shortest(s->b, b);
    switch (s->kind) {
    case MST_SPREAD_UNIFORM:
        muster_text_format(out, bytes, "uniform %s %s", min, max);
        break;
    case MST_SPREAD_LOG_UNIFORM:
        muster_text_format(out, bytes, "log-uniform %s %s", min, max);
        break;
    case MST_SPREAD_TRIANGULAR:
        muster_text_format(out, bytes, "triangular %s %s %s", min, a, max);
        break;
    case MST_SPREAD_NORMAL:
        muster_text_format(out, bytes, "normal %s %s within %s %s", a, b, min, max);
        break;
    }
}
