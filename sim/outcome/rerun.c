/* The plan run again on another view of its model: the same scenario with something else in it. */
#include "outcome/fold.h"

/* To the end, with more room when it was short of it. */
static muster_status finish(mst_run **run)
{
    while (mst_run_finish(*run) != MUSTER_OK) {
        if (!(*run)->clock->overflowed || mst_run_grow(run) != MUSTER_OK)
            return MUSTER_WORLD;
        mst_run_reset(*run);
    }
    return MUSTER_OK;
}

/* The run and its outcomes are made once and kept. */
static bool open_again(mst_outcomes *out, const mst_model *model)
{
    struct mst_scratch *s = out->scratch;
    const muster_memory *memory = out->arena.memory;
    return (s->run || mst_run_create(model, memory, &s->run) == MUSTER_OK) &&
           (s->again || mst_outcomes_create_bare(model, memory, &s->again) == MUSTER_OK);
}

bool mst_part_score_rerun(mst_outcomes *out, const mst_model *model, int32_t drill,
                          double *out_score)
{
    struct mst_scratch *s = out->scratch;
    if (!open_again(out, model))
        return false;
    s->run->model = model; /* of the same shape */
    s->run->chance_key = out->run->chance_key;
    s->run->replication = out->run->replication; /* on the same random numbers */
    mst_run_reset(s->run);
    if (finish(&s->run) != MUSTER_OK || mst_outcomes_fold(s->again, s->run) != MUSTER_OK)
        return false;
    *out_score = s->again->drill[drill].score;
    return true;
}
