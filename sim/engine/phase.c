#include "engine/run.h"

/* States of mst_drill_state.phase_begun. */
enum { WAITS = -1, UNSAID = 0, SAID = 1 };

static bool is_running_phase(const mst_run *run, int32_t instance)
{
    const mst_instance_row *row = &run->model->instance[instance];
    const mst_drill_row *d = &run->model->drill[row->drill];
    const int32_t phase = run->drill[row->drill].running_phase;
    return phase >= 0 && phase < d->phase_count && d->phase[phase] == instance;
}

/* After the last phase nobody is left at sea without an order: ships go home. */
static void send_home(mst_run *run, int32_t drill)
{
    for (int32_t i = 0; i < run->model->unit_count; i++) {
        const mst_unit_state *s = &run->unit[i];
        if (s->drill != drill || run->model->unit[i].domain != MST_NAVAL)
            continue;
        const int32_t bound = s->hold >= 0 ? s->spot : s->next_to >= 0 ? s->next_to : s->to;
        if (bound >= 0 && run->model->spot[bound].base < 0)
            mst_unit_sail(run, i, mst_unit_return_spot(run, i, bound),
                          run->model->unit[i].law.economical_mps);
    }
}

/* While the drill is not over, the last phase may end before it: its ships have their orders still. */
void mst_phases_close(mst_run *run, int32_t drill)
{
    const mst_drill_state *state = &run->drill[drill];
    if (state->over && state->running_phase >= run->model->drill[drill].phase_count)
        send_home(run, drill);
}

static void start_phase(mst_run *run, int32_t drill, int32_t phase)
{
    const mst_drill_row *d = &run->model->drill[drill];
    mst_drill_state *state = &run->drill[drill];
    state->running_phase = phase;
    state->phase_begun = UNSAID;
    if (phase >= d->phase_count) {
        mst_phases_close(run, drill);
        return;
    }
    mst_instance_start(run, d->phase[phase]);
    if (state->running_phase == phase && state->phase_begun == UNSAID)
        mst_phase_begun(run, d->phase[phase]);
}

void mst_phases_begin(mst_run *run, int32_t drill)
{
    if (run->drill[drill].running_phase < 0)
        start_phase(run, drill, 0);
}

void mst_phase_waits(mst_run *run, int32_t instance)
{
    mst_drill_state *state = &run->drill[run->model->instance[instance].drill];
    if (is_running_phase(run, instance) && state->phase_begun == UNSAID)
        state->phase_begun = WAITS;
}

void mst_phase_begun(mst_run *run, int32_t instance)
{
    const int32_t drill = run->model->instance[instance].drill;
    mst_drill_state *state = &run->drill[drill];
    if (!is_running_phase(run, instance) || state->phase_begun == SAID)
        return;
    state->phase_begun = SAID;
    mst_emit(run, MST_RECORD_PHASE_STARTED, -1, drill, state->running_phase);
}

void mst_phase_over(mst_run *run, int32_t instance)
{
    const int32_t drill = run->model->instance[instance].drill;
    const mst_drill_state *state = &run->drill[drill];
    if (!is_running_phase(run, instance))
        return;
    const int32_t phase = state->running_phase;
    if (state->phase_begun == UNSAID)
        mst_phase_begun(run, instance);
    const bool begun = state->phase_begun == SAID; /* one that waited in vain never was */
    mst_instance_stop(run, instance);
    if (begun)
        mst_emit(run, MST_RECORD_PHASE_ENDED, -1, drill, phase);
    mst_broadcast(run, MST_SIGNAL_PHASE_OVER, drill, phase);
    start_phase(run, drill, phase + 1);
}
