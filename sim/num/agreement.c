/* Krippendorff's alpha from the pairs within units and the counts of each code, without a matrix of
 * coincidences: codes may be as many as they like. */
#include "num/score.h"

#include <math.h>
#include <stdlib.h>

typedef struct codings {
    const double *code; /* units x coders */
    int32_t units, coders;
    mst_metric metric;
    /* by different code, ascending */
    double *value;
    double *given; /* how often, in units with two codes or more */
    double *below; /* given to all codes below, and half of its own: for MST_ORDINAL */
    int32_t distinct;
} codings;

static const char *fault_of(const codings *c)
{
    if (c->units < 1 || c->coders < 1)
        return "there must be units and coders";
    for (int64_t i = 0; i < (int64_t)c->units * c->coders; i++) {
        if (isinf(c->code[i]))
            return "a code is infinite";
        if (c->metric == MST_RATIO && c->code[i] < 0.0)
            return "a code on a ratio scale is below 0";
    }
    return NULL;
}

static int32_t codes_of_unit(const codings *c, int32_t unit)
{
    int32_t count = 0;
    for (int32_t k = 0; k < c->coders; k++)
        count += !isnan(c->code[(int64_t)unit * c->coders + k]);
    return count;
}

static int compare_reals(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* All codes that can be paired, into c->value. */
static int32_t gather(codings *c, mst_alpha *out)
{
    int32_t count = 0;
    for (int32_t u = 0; u < c->units; u++) {
        if (codes_of_unit(c, u) < 2)
            continue;
        out->units++;
        for (int32_t k = 0; k < c->coders; k++) {
            const double code = c->code[(int64_t)u * c->coders + k];
            if (!isnan(code))
                c->value[count++] = code;
        }
    }
    return count;
}

/* Sorts the codes and counts the same ones together. */
static void count_codes(codings *c, int32_t codes)
{
    if (codes > 0)
        qsort(c->value, (size_t)codes, sizeof *c->value, compare_reals);
    for (int32_t i = 0; i < codes; i++) {
        const bool is_new = i == 0 || c->value[i] > c->value[c->distinct - 1];
        if (is_new)
            c->value[c->distinct++] = c->value[i]; /* never beyond place i */
        c->given[c->distinct - 1] += 1.0;
    }
    double sum = 0.0;
    for (int32_t i = 0; i < c->distinct; i++) {
        c->below[i] = sum + 0.5 * c->given[i];
        sum += c->given[i];
    }
}

static int32_t place_of(const codings *c, double code)
{
    int32_t low = 0, high = c->distinct - 1;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (c->value[middle] < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Squared distance of two different codes by place. Ordinal: what was given from the one to the other,
 * each end by half. */
static double apart(const codings *c, int32_t one, int32_t other)
{
    double d = 1.0;
    switch (c->metric) {
    case MST_NOMINAL:
        break;
    case MST_ORDINAL:
        d = c->below[one] - c->below[other];
        break;
    case MST_INTERVAL:
        d = c->value[one] - c->value[other];
        break;
    case MST_RATIO: /* two different codes of 0 or above: their sum is not 0 */
        d = (c->value[one] - c->value[other]) / (c->value[one] + c->value[other]);
        break;
    }
    return d * d;
}

/* Each pair of a unit weighs 1 over its other codes, so that each code weighs the same. */
static double observed(const codings *c)
{
    double sum = 0.0;
    for (int32_t u = 0; u < c->units; u++) {
        const double *row = c->code + (int64_t)u * c->coders;
        const int32_t codes = codes_of_unit(c, u);
        double within = 0.0; /* with a single code there is no pair */
        for (int32_t k = 0; k < c->coders; k++)
            for (int32_t j = k + 1; j < c->coders; j++)
                if (row[j] > row[k] || row[j] < row[k]) /* neither, if one is missing */
                    within += 2.0 * apart(c, place_of(c, row[k]), place_of(c, row[j]));
        if (codes > 1)
            sum += within / (double)(codes - 1);
    }
    return sum;
}

static double expected(const codings *c)
{
    double sum = 0.0;
    for (int32_t i = 0; i < c->distinct; i++)
        for (int32_t j = i + 1; j < c->distinct; j++)
            sum += 2.0 * c->given[i] * c->given[j] * apart(c, i, j);
    return sum;
}

muster_status mst_krippendorff(mst_arena *scratch, const double *code, int32_t units,
                               int32_t coders, mst_metric metric, mst_alpha *out,
                               const char **out_reason)
{
    codings c = {.code = code, .units = units, .coders = coders, .metric = metric};
    *out_reason = fault_of(&c);
    if (*out_reason)
        return MUSTER_MISTAKE;
    if ((int64_t)units * coders > INT32_MAX) {
        *out_reason = "there are more than 2^31 codes";
        return MUSTER_MISTAKE;
    }
    const size_t all = (size_t)units * (size_t)coders;
    c.value = mst_arena_array(scratch, all, sizeof *c.value);
    c.given = mst_arena_array(scratch, all, sizeof *c.given);
    c.below = mst_arena_array(scratch, all, sizeof *c.below);
    if (!c.value || !c.given || !c.below) {
        *out_reason = "memory is short";
        return MUSTER_WORLD;
    }
    mst_alpha a = {.value = (double)NAN, .observed = (double)NAN, .expected = (double)NAN};
    a.codes = gather(&c, &a);
    count_codes(&c, a.codes);
    a.distinct = c.distinct;
    if (a.codes > 0) {
        const double n = (double)a.codes;
        a.observed = observed(&c) / n;
        a.expected = expected(&c) / (n * (n - 1.0));
        a.value = a.expected > 0.0 ? 1.0 - a.observed / a.expected : (double)NAN;
    }
    *out = a;
    return MUSTER_OK;
}
