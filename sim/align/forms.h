/** @file forms.h
 * The forms a political rule may have: from its terms' values to its own, before the weight.
 */
#ifndef MST_ALIGN_FORMS_H
#define MST_ALIGN_FORMS_H

#include "model/model.h"

/** Value of rule->form for its terms' values (rule->term_count). NaN in, NaN out. */
double mst_form_value(const mst_rule_row *rule, const double *term);

/** Joins the values of one rule over several hosts by rule->over. value_count >= 1. */
double mst_form_join(const mst_rule_row *rule, const double *value, int32_t value_count);

#endif
