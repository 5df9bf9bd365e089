/* Judging again with a value moved. */
#include "outcome/trial.h"

#include "engine/feedback.h"

#include <string.h>

static void *copy(mst_arena *arena, const void *from, size_t count, size_t bytes)
{
    void *out = mst_arena_array(arena, count, bytes);
    if (out && count > 0)
        memcpy(out, from, count * bytes);
    return out;
}

static void copy_model(const mst_model *model, mst_arena *arena, mst_trial *out)
{
    out->model = *model;
    out->drill = copy(arena, model->drill, (size_t)model->drill_count, sizeof *out->drill);
    out->unit = copy(arena, model->unit, (size_t)model->unit_count, sizeof *out->unit);
    out->drill_value =
        copy(arena, model->drill_value,
             (size_t)model->drill_count * (size_t)model->drill_value_count, sizeof(double));
    out->model.drill = out->drill;
    out->model.unit = out->unit;
    out->model.drill_value = out->drill_value;
}

/* As the decision had them, with what earlier drills had added. */
static void take_values(const mst_model *model, const mst_run *run, mst_arena *arena,
                        mst_trial *out)
{
    const size_t n = (size_t)model->state_count;
    out->values.attribute =
        mst_arena_array(arena, n * (size_t)model->attribute_count, sizeof(double));
    out->values.mutual =
        mst_arena_array(arena, n * n * (size_t)model->mutual_count, sizeof(double));
    out->values.directed =
        mst_arena_array(arena, n * n * (size_t)model->directed_count, sizeof(double));
    if (!arena->failed)
        mst_run_values(model, run, out->drill_index, &out->values);
}

/* Readings as the run had them, so that a trial starts from the verdict that was given. */
static void take_fleet(const mst_run *run, mst_arena *arena, mst_trial *out)
{
    const mst_model *m = &out->model;
    const mst_drill_row *d = &m->drill[out->drill_index];
    out->fleet = mst_arena_array(arena, (size_t)m->state_count, sizeof *out->fleet);
    if (!out->fleet)
        return;
    if (run && run->fleet) {
        memcpy(out->fleet, &run->fleet[(size_t)out->drill_index * (size_t)m->state_count],
               (size_t)m->state_count * sizeof *out->fleet);
        return;
    }
    for (int32_t i = 0; i < d->host_count; i++)
        out->fleet[d->host[i]] = mst_fleet_read(m, out->drill_index, d->host[i], NULL);
    for (int32_t i = 0; i < d->candidate_count; i++)
        out->fleet[d->candidate[i]] = mst_fleet_read(m, out->drill_index, d->candidate[i], NULL);
}

bool mst_trial_make(const mst_model *model, const mst_run *run, const mst_verdict *verdict,
                    mst_arena *arena, mst_trial *out)
{
    *out = (mst_trial){.drill_index = verdict->drill, .state = verdict->state, .verdict_index = -1};
    if (!model->kinds || !model->kinds->align || !model->kinds->align[0])
        return false;
    const mst_drill_row *d = &model->drill[verdict->drill];
    for (int32_t i = 0; i < d->host_count; i++)
        if (d->host[i] == verdict->state)
            out->verdict_index = i;
    for (int32_t i = 0; i < d->candidate_count; i++)
        if (d->candidate[i] == verdict->state)
            out->verdict_index = d->host_count + i;
    copy_model(model, arena, out);
    take_values(model, run, arena, out);
    if (arena->failed || out->verdict_index < 0)
        return false;
    take_fleet(run, arena, out);
    out->output.term_capacity = mst_align_term_capacity(model, verdict->drill);
    out->output.term =
        mst_arena_array(arena, (size_t)out->output.term_capacity, sizeof *out->output.term);
    out->output.verdict = mst_arena_array(arena, (size_t)d->host_count + (size_t)d->candidate_count,
                                          sizeof *out->output.verdict);
    return !arena->failed;
}

const mst_verdict *mst_trial_judge(mst_trial *trial)
{
    const mst_align_input in = {trial->drill_index, &trial->values, trial->fleet, &trial->state,
                                NULL};
    trial->model.kinds->align[0]->evaluate(&trial->model, &in, &trial->output);
    return &trial->output.verdict[trial->verdict_index];
}

double mst_trial_margin(mst_trial *trial, int32_t stage)
{
    return mst_trial_judge(trial)->stage[stage].margin;
}
