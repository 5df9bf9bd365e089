/* muster_replicate: options, the sample, the pool. */
#include "batch/pool.h"
#include "batch/sample.h"

typedef struct job {
    muster_sample *sample;
    const muster_replicate_options *options;
} job;

static bool take(const mst_block *block, void *context)
{
    const job *j = context;
    if (!mst_sample_take(j->sample, block))
        return false;
    return !j->options->go_on ||
           j->options->go_on(j->sample, j->sample->done, j->options->count, j->options->context);
}

static bool stops(void *context)
{
    const job *j = context;
    return j->options->stops(j->options->context);
}

static muster_status refuse(muster_diags *diags, const char *what, long long given, long long most)
{
    mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, NULL, NULL, "%s: %lld, allowed 1 to %lld",
             what, given, most);
    return MUSTER_MISTAKE;
}

/* Where memory comes from without a hook, malloc serves threads by itself. */
muster_status muster_replicate(const muster_model *const *model, int32_t model_count,
                               const muster_replicate_options *options, const muster_memory *memory,
                               muster_diags *diags, muster_sample **out)
{
    *out = NULL;
    if (options->count < 1 || options->count > MUSTER_REPLICATIONS_MAX)
        return refuse(diags, "replications", (long long)options->count, MUSTER_REPLICATIONS_MAX);
    if (model_count < 1 || model_count > MUSTER_MODELS_MAX)
        return refuse(diags, "models to replicate", model_count, MUSTER_MODELS_MAX);
    job j = {.options = options};
    if (mst_sample_open(model, model_count, options, memory, &j.sample) != MUSTER_OK)
        return mst_diag_memory(diags);
    const muster_memory *own = j.sample->memory.allocate ? &j.sample->memory : NULL;
    const mst_taker taker = {take, options->stops ? stops : NULL, &j};
    const mst_share share = mst_pool_share(&j.sample->reps, options->jobs);
    const muster_status status = mst_pool_run(&j.sample->reps, &share, own, &taker);
    if (status == MUSTER_OK && !j.sample->failed) {
        *out = j.sample;
        return MUSTER_OK;
    }
    muster_sample_free(j.sample);
    if (status != MUSTER_MISTAKE)
        return mst_diag_memory(diags);
    mst_diag(diags, MUSTER_ERROR, (mst_place){NULL, 0}, NULL, NULL,
             "a replication does not come to an end: it writes ever more records");
    return MUSTER_MISTAKE;
}
