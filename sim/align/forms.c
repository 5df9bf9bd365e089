#include "align/forms.h"

#include <math.h>

static double product_from(const double *term, int32_t first, int32_t end)
{
    double value = 1.0;
    for (int32_t i = first; i < end; i++)
        value *= term[i];
    return value;
}

static double form_product(const mst_rule_row *rule, const double *term)
{
    return product_from(term, 0, rule->term_count);
}

static double form_linear(const mst_rule_row *rule, const double *term)
{
    double value = 0.0;
    for (int32_t i = 0; i < rule->term_count; i++)
        value += term[i];
    return value;
}

static double form_threshold(const mst_rule_row *rule, const double *term)
{
    if (isnan(term[0]))
        return NAN;
    return (term[0] >= rule->at ? 1.0 : 0.0) * product_from(term, 1, rule->term_count);
}

static double form_logistic(const mst_rule_row *rule, const double *term)
{
    const double share = 1.0 / (1.0 + exp(-(term[0] - rule->at) / rule->scale));
    return share * product_from(term, 1, rule->term_count);
}

/* Contribution (DEFINITIONS 4): complement times min(1, kit/cap_need). */
static double form_min_ratio(const mst_rule_row *rule, const double *term)
{
    const double part = term[rule->term_count - 2], whole = term[rule->term_count - 1];
    if (isnan(part) || isnan(whole))
        return NAN;
    return product_from(term, 0, rule->term_count - 2) * (part < whole ? part / whole : 1.0);
}

static double form_gap(const mst_rule_row *rule, const double *term)
{
    return fabs(term[0] - term[1]) * product_from(term, 2, rule->term_count);
}

/* gate belongs to stage able and has no value of its own. */
static double (*const forms[])(const mst_rule_row *,
                               const double *) = {[MST_FORM_GATE] = NULL,
                                                  [MST_FORM_PRODUCT] = form_product,
                                                  [MST_FORM_LINEAR] = form_linear,
                                                  [MST_FORM_THRESHOLD] = form_threshold,
                                                  [MST_FORM_LOGISTIC] = form_logistic,
                                                  [MST_FORM_MIN_RATIO] = form_min_ratio,
                                                  [MST_FORM_GAP] = form_gap};

double mst_form_value(const mst_rule_row *rule, const double *term)
{
    return forms[rule->form] ? forms[rule->form](rule, term) : 0.0;
}

double mst_form_join(const mst_rule_row *rule, const double *value, int32_t value_count)
{
    double joined = value[0];
    for (int32_t i = 1; i < value_count; i++) {
        if (isnan(value[i]))
            return NAN;
        joined = rule->over == MST_OVER_MAX ? fmax(joined, value[i]) : joined + value[i];
    }
    if (isnan(value[0]))
        return NAN;
    return rule->over == MST_OVER_SUM_CLAMPED ? fmin(joined, 1.0) : joined;
}
