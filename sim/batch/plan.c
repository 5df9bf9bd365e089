/* The plan run and its values by name. */
#include "batch/handles.h"
#include "model/random_inputs.h"
#include "muster/replicate.h"

#include <math.h>
#include <string.h>

/* Nothing is allocated inside a run; one that needs more room than was guessed starts again. */
static muster_status run_to_end(mst_run **run, muster_diags *diags)
{
    mst_run_reset(*run);
    while (mst_run_finish(*run) != MUSTER_OK) {
        if (!(*run)->clock->overflowed)
            return MUSTER_WORLD;
        const int32_t records = (*run)->record_capacity;
        const muster_status status = mst_run_grow(run);
        if (status == MUSTER_MISTAKE)
            mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, NULL, NULL,
                     "the run does not come to an end: it wrote more than %d records",
                     (int)records);
        if (status != MUSTER_OK)
            return status;
        mst_run_reset(*run);
    }
    return MUSTER_OK;
}

static muster_status run_one(const muster_model *model, uint64_t seed, uint32_t replication,
                             const muster_memory *memory, muster_diags *diags, muster_result **out)
{
    *out = NULL;
    muster_result *result = mst_memory_alloc(memory, sizeof *result);
    if (!result)
        return mst_diag_memory(diags);
    memset(result, 0, sizeof *result);
    result->model = model;
    result->seed = seed;
    const muster_memory *own = mst_memory_keep(&result->memory, memory);
    muster_status status = mst_run_create(model->model, own, &result->run);
    if (status == MUSTER_OK && replication > 0)
        mst_run_begin(result->run, seed, replication);
    if (status == MUSTER_OK)
        status = run_to_end(&result->run, diags);
    if (status == MUSTER_OK)
        status = mst_outcomes_make(result->run, own, &result->outcomes);
    if (status != MUSTER_OK) {
        muster_result_free(result);
        return status == MUSTER_MISTAKE ? status : mst_diag_memory(diags);
    }
    *out = result;
    return MUSTER_OK;
}

muster_status muster_run_plan(const muster_model *model, const muster_memory *memory,
                              muster_diags *diags, muster_result **out)
{
    return run_one(model, 0, 0, memory, diags, out);
}

muster_status muster_run_replication(const muster_model *model, uint64_t seed, uint32_t replication,
                                     const muster_memory *memory, muster_diags *diags,
                                     muster_result **out)
{
    *out = NULL;
    if (replication == 0 || replication > MUSTER_REPLICATIONS_MAX) {
        mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, NULL, NULL,
                 "replication %lld: they are numbered from 1 to %lld", (long long)replication,
                 (long long)MUSTER_REPLICATIONS_MAX);
        return MUSTER_MISTAKE;
    }
    return run_one(model, seed, replication, memory, diags, out);
}

uint64_t muster_model_seed(const muster_model *model)
{
    return model->model->chance.seed;
}

void muster_result_free(muster_result *result)
{
    if (!result)
        return;
    const muster_memory memory = result->memory;
    mst_outcomes_free(result->outcomes);
    mst_run_free(result->run);
    mst_memory_free(&memory, result);
}

int32_t muster_result_count(const muster_result *result, muster_scope scope)
{
    return mst_scope_count(result->outcomes, scope);
}

const char *muster_result_id(const muster_result *result, muster_scope scope, int32_t index,
                             char out[160])
{
    return mst_scope_id(result->outcomes, scope, index, out);
}

double muster_result_at(const muster_result *result, int32_t measure, int32_t index)
{
    return mst_measure_value(result->outcomes, measure, index);
}

int32_t muster_measure_index(const char *name)
{
    return mst_measure_named(name);
}

double muster_result_value(const muster_result *result, const char *measure, const char *id)
{
    int32_t count = 0;
    const muster_measure *all = muster_measures(&count);
    for (int32_t i = 0; i < count; i++) {
        if (strcmp(all[i].name, measure) != 0)
            continue;
        const int32_t things = mst_scope_count(result->outcomes, all[i].scope);
        for (int32_t k = 0; k < things; k++) {
            char text[160];
            if (!id || strcmp(mst_scope_id(result->outcomes, all[i].scope, k, text), id) == 0)
                return mst_measure_value(result->outcomes, i, k);
        }
    }
    return NAN;
}

uint64_t muster_result_digest(const muster_result *result)
{
    return mst_run_digest(result->run);
}

int32_t muster_result_unmet(const muster_result *result, const muster_scenario *scenario,
                            muster_diags *diags)
{
    return mst_expect_check(result->outcomes, &scenario->spec, diags);
}

bool muster_model_has_chance(const muster_model *model)
{
    return mst_model_varies(model->model);
}
