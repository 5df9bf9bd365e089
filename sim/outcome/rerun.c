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

/* Goes on from where the first serial began, with other levels, until the drill is over: nothing after
 * that changes a score. False: there is no fork, or it does not fit. */
static bool go_on_from_fork(const mst_outcomes *out, mst_run *run, int32_t drill)
{
    if (!out->run->has_fork || out->run->block_bytes != run->block_bytes)
        return false;
    mst_run_restore(run, out->run->fork);
    while (!run->drill[drill].over && mst_run_step(run))
        ;
    return run->status == MUSTER_OK;
}

bool mst_part_score_rerun(mst_outcomes *out, const mst_model *model, int32_t drill,
                          double *out_score)
{
    struct mst_scratch *s = out->scratch;
    /* What a drill adds to trust may decide another one: then nothing is known to be unmoved. */
    if (!(model->feedback.k_trust > 0.0) && mst_serials_unmoved(out, model, drill)) {
        *out_score = out->drill[drill].score;
        return true;
    }
    if (!open_again(out, model))
        return false;
    s->run->model = model; /* of the same shape */
    if (go_on_from_fork(out, s->run, drill)) {
        mst_outcomes_score(s->again, s->run);
    } else {
        s->run->chance_key = out->run->chance_key;
        s->run->replication = out->run->replication;
        mst_run_reset(s->run);
        if (finish(&s->run) != MUSTER_OK || mst_outcomes_fold(s->again, s->run) != MUSTER_OK)
            return false;
    }
    *out_score = s->again->drill[drill].score;
    return true;
}
