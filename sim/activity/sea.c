/* The phase at sea: from the drill's start to its end. It starts the serials and tells them of the
 * sea, which changes from one UTC day to the next. */
#include "engine/chance.h"
#include "engine/feedback.h"
#include "engine/inject.h"
#include "model/compile.h"

typedef struct sea_state {
    mst_handle end, midnight;
} sea_state;

enum { END, MIDNIGHT };

static void look_at_sea(mst_run *run, int32_t instance, int32_t drill)
{
    sea_state *s = mst_instance_state(run, instance);
    const int32_t before = run->drill[drill].sea_state;
    run->drill[drill].sea_state = mst_inject_sea(run, drill);
    if (run->drill[drill].sea_state != before)
        mst_emit(run, MST_RECORD_SEA, -1, drill, run->drill[drill].sea_state);
    s->midnight = mst_schedule(run, mst_next_midnight(mst_now(run)), MST_RANK_MOTION, instance,
                               MIDNIGHT, -1, -1);
}

static void end_drill(mst_run *run, int32_t instance, int32_t drill)
{
    mst_drill_state *state = &run->drill[drill];
    state->over = 1;
    state->over_at = mst_now(run);
    mst_broadcast(run, MST_SIGNAL_DRILL_OVER, drill, 0); /* open serials close */
    mst_feedback_end(run, drill);
    mst_emit(run, MST_RECORD_DRILL_ENDED, -1, drill, -1);
    mst_phase_over(run, instance);
}

static void begin(mst_run *run, int32_t instance, int32_t drill)
{
    const mst_drill_row *d = &run->model->drill[drill];
    sea_state *s = mst_instance_state(run, instance);
    mst_phase_begun(run, instance);
    if (mst_chance_sea_varies(run, drill))
        look_at_sea(run, instance, drill);
    for (int32_t i = 0; i < d->serial_count; i++)
        if (run->model->serial[d->serial[i]].instance >= 0)
            mst_instance_start(run, run->model->serial[d->serial[i]].instance);
    s->end = mst_schedule(run, d->end, MST_RANK_ORDER, instance, END, -1, -1);
}

static void start(mst_run *run, int32_t instance)
{
    const int32_t drill = run->model->instance[instance].drill;
    mst_phase_waits(run, instance);
    if (run->drill[drill].over)
        mst_phase_over(run, instance);
    else if (run->drill[drill].started)
        begin(run, instance, drill);
}

static void on_event(mst_run *run, int32_t instance, const mst_event *event)
{
    const int32_t drill = run->model->instance[instance].drill;
    sea_state *s = mst_instance_state(run, instance);
    if (event->instance >= 0 && event->code == MIDNIGHT) {
        s->midnight = 0;
        look_at_sea(run, instance, drill);
        mst_broadcast(run, MST_SIGNAL_SEA, drill, run->drill[drill].sea_state);
    } else if (event->instance >= 0) {
        s->end = 0;
        mst_cancel(run, &s->midnight);
        end_drill(run, instance, drill);
    } else if (event->a == drill && event->code == MST_SIGNAL_DRILL_STARTED) {
        begin(run, instance, drill);
    } else if (event->a == drill && event->code == MST_SIGNAL_DRILL_OVER && event->b == 1) {
        mst_phase_over(run, instance);
    }
}

static void stop(mst_run *run, int32_t instance)
{
    sea_state *s = mst_instance_state(run, instance);
    mst_cancel(run, &s->end);
    mst_cancel(run, &s->midnight);
}

const mst_activity_type mst_activity_sea = {
    .name = "sea",
    .doc = "the phase at sea: serials from the drill's start to its end",
    .role = MST_ROLE_PHASE,
    .state_bytes = sizeof(sea_state),
    .start = start,
    .on_event = on_event,
    .stop = stop,
    .listens = 1U << MST_SIGNAL_DRILL_STARTED | 1U << MST_SIGNAL_DRILL_OVER,
};
