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

bool mst_part_score_rerun(const mst_outcomes *out, const mst_model *model, int32_t drill,
                          double *out_score)
{
    const muster_memory *memory = out->arena.memory;
    mst_run *run = NULL;
    mst_outcomes *again = NULL;
    const bool ran = mst_run_create(model, memory, &run) == MUSTER_OK &&
                     finish(&run) == MUSTER_OK &&
                     mst_outcomes_fold(run, memory, &again) == MUSTER_OK;
    if (ran)
        *out_score = again->drill[drill].score;
    mst_outcomes_free(again);
    mst_run_free(run);
    return ran;
}
