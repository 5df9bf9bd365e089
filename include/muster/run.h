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

/**
 * Runs the plan. Any number of threads may do so at once.
 *
 * @param[in]  model   must outlive the result
 * @param[in]  memory  where memory comes from; null: malloc and free
 * @param[in]  diags   takes what is wrong; may be null
 * @param[out] out     owned by the caller, muster_result_free; null on failure
 * @return MUSTER_OK; MUSTER_MISTAKE with diagnostics; MUSTER_WORLD when memory is short
 */
MUSTER_API muster_status muster_run_plan(const muster_model *model, const muster_memory *memory,
                                         muster_diags *diags, muster_result **out);

/**
 * Frees a result.
 *
 * @param[in] result  may be null
 */
MUSTER_API void muster_result_free(muster_result *result);

/**
 * Things of a scope.
 *
 * @param[in] result  a finished run
 * @param[in] scope   what things
 * @return how many
 */
MUSTER_API int32_t muster_result_count(const muster_result *result, muster_scope scope);

/**
 * Id of one of them ("qiqihar", "DRILL/PRK").
 *
 * @param[in]  result  a finished run
 * @param[in]  scope   what things
 * @param[in]  index   from 0
 * @param[out] out     takes the text where it must be put together
 * @return the id; text valid until the next call with the same buffer
 */
MUSTER_API const char *muster_result_id(const muster_result *result, muster_scope scope,
                                        int32_t index, char out[160]);

/**
 * Value of a measure of one thing.
 *
 * @param[in] result   a finished run
 * @param[in] measure  index in muster_measures
 * @param[in] index    of the thing, from 0
 * @return in the measure's unit; NaN where it is not defined
 */
MUSTER_API double muster_result_at(const muster_result *result, int32_t measure, int32_t index);

/**
 * Value by name of a measure and id of a thing.
 *
 * @param[in] result   a finished run
 * @param[in] measure  name of the measure
 * @param[in] id       of the thing; null: the first
 * @return in the measure's unit; NaN when there is none
 */
MUSTER_API double muster_result_value(const muster_result *result, const char *measure,
                                      const char *id);

/**
 * FNV-1a over all records: equal runs have equal digests.
 *
 * @param[in] result  a finished run
 * @return the digest
 */
MUSTER_API uint64_t muster_result_digest(const muster_result *result);

/**
 * Checks the scenario's `expect` entries.
 *
 * @param[in] result    a finished run
 * @param[in] scenario  that was run
 * @param[in] diags     takes one error for each entry not met; may be null
 * @return how many are not met
 */
MUSTER_API int32_t muster_result_unmet(const muster_result *result, const muster_scenario *scenario,
                                       muster_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
