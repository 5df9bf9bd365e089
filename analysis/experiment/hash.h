/** @file hash.h
 * The hash of a plan, made of an experiment or of what a store says of it.
 */
#ifndef MST_ANALYSIS_EXPERIMENT_HASH_H
#define MST_ANALYSIS_EXPERIMENT_HASH_H

#include "muster/experiment.h"

/** Goes on from MUSTER_HASH_START in this order: kind, factors, names of responses, selection, points. */
uint64_t mst_plan_hash_kind(uint64_t hash, bool is_plan_run);
uint64_t mst_plan_hash_factor(uint64_t hash, const muster_factor *factor);
uint64_t mst_plan_hash_name(uint64_t hash, const char *name);
uint64_t mst_plan_hash_number(uint64_t hash, uint64_t number); /* the same on any machine */
/** Of a plan without a selection nothing. */
uint64_t mst_plan_hash_selection(uint64_t hash, const muster_selection *s);
/** literal: its values as the change language writes them, a line each. */
uint64_t mst_plan_hash_point(uint64_t hash, const muster_plan_point *point, const char *literal);

#endif
