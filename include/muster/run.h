/**
 * @file run.h
 * The plan run: one run of a model without chance, and what came out of it by measure.
 *
 * @code
 * muster_result *result = NULL;
 * if (muster_run_plan(model, NULL, diags, &result) == MUSTER_OK) {
 *     double score = muster_result_value(result, "score", NULL);
 *     muster_result_free(result);
 * }
 * @endcode
 */
#ifndef MUSTER_RUN_H
#define MUSTER_RUN_H

#include "muster/measure.h"
#include "muster/model.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct muster_result muster_result; /**< a finished run with its outcomes */

/** Runs the plan. The model must outlive the result. Any number of threads may do so at once. */
MUSTER_API muster_status muster_run_plan(const muster_model *model, const muster_memory *memory,
                                         muster_diags *diags, muster_result **out);
MUSTER_API void muster_result_free(muster_result *result);

/** Things of a scope, and the id of one ("qiqihar", "DRILL/PRK"); text valid until the next call
 * with the same buffer. */
MUSTER_API int32_t muster_result_count(const muster_result *result, muster_scope scope);
MUSTER_API const char *muster_result_id(const muster_result *result, muster_scope scope,
                                        int32_t index, char out[160]);

/** Value of measure @p measure (index in muster_measures) of thing @p index, in the measure's
 * unit; NaN where it is not defined. */
MUSTER_API double muster_result_at(const muster_result *result, int32_t measure, int32_t index);

/** Value by name of a measure and id of a thing (null: the first); NaN when there is none. */
MUSTER_API double muster_result_value(const muster_result *result, const char *measure,
                                      const char *id);

/** FNV-1a over all records: equal runs have equal digests. */
MUSTER_API uint64_t muster_result_digest(const muster_result *result);

/** Checks the scenario's `expect` entries: one error each for those not met; returns how many. */
MUSTER_API int32_t muster_result_unmet(const muster_result *result, const muster_scenario *scenario,
                                       muster_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
