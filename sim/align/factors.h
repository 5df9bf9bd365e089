/** @file factors.h
 * What a political rule reads: the one place that says so, for the models that judge by it and for
 * the reports that print it.
 */
#ifndef MST_ALIGN_FACTORS_H
#define MST_ALIGN_FACTORS_H

#include "model/align.h"

/** Value of a factor for a candidate at the values of in, for its drill. cand: state index. other:
 * the state whom the rule is read against, a host or a participant; not read by factors of the
 * candidate, the drill and the fleet. @return NaN: not given */
double mst_factor_value(const mst_model *model, const mst_align_input *in, int32_t cand,
                        int32_t other, const mst_factor *factor);

/** Most states that a rule can be joined over; a scenario has no more (check_drill.c). */
#define MST_OTHERS_MAX 64

/** States whom a rule that is no host's own is joined over: the hosts but cand, then, where it goes
 * over participants, the candidates but cand. out: MST_OTHERS_MAX indices. @return how many */
int32_t mst_rule_others(const mst_drill_row *drill, const mst_rule_row *rule, int32_t cand,
                        int32_t *out);

#endif
