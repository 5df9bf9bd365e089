/* The muster of one drill: tolerance, wait, quorum (DEFINITIONS 5). The point and the time are the
 * planner's and never move. */
#include "activity/crew.h"

#include "engine/feedback.h"
#include "model/compile.h"

typedef struct muster_state {
    mst_handle look;  /* at the muster time, after the tolerance, at the end of the wait */
    mst_handle check; /* soon: somebody has come, or will not                             */
    int32_t stage;
} muster_state;

typedef enum stage { IDLE, BEFORE, TOLERANCE, WAIT, DONE } stage;
enum { LOOK, CHECK, END };

/* Required slots of everybody who takes part, one want a state and slot. */
static int32_t required(const mst_run *run, int32_t drill, mst_want out[MST_WANTS_MAX])
{
    const mst_drill_row *d = &run->model->drill[drill];
    int32_t count = 0;
    for (int32_t i = 0; i < mst_model_asked_count(&run->model->drill[drill]); i++) {
        const int32_t state = mst_model_asked(&run->model->drill[drill], i);
        if (i >= d->host_count && !mst_drill_wants_units(d))
            continue; /* candidates are asked for observers or staff */
        for (int32_t k = 0; k < d->slot_count && count < MST_WANTS_MAX; k++)
            if (d->slot[k].is_required && d->slot[k].for_candidate == (i >= d->host_count) &&
                mst_drill_has_state(run, drill, state))
                out[count++] =
                    (mst_want){.state = state, .slot = k, .domain = -1, .count = d->slot[k].count};
    }
    return count;
}

static mst_shortage shortage(const mst_run *run, int32_t drill)
{
    mst_want want[MST_WANTS_MAX];
    const int32_t count = required(run, drill, want);
    return mst_crew_check(run, drill, want, count, false);
}

static void finish(mst_run *run, muster_state *s)
{
    mst_cancel(run, &s->look);
    mst_cancel(run, &s->check);
    s->stage = DONE;
}

static void begin_drill(mst_run *run, int32_t instance, int32_t drill, muster_state *s)
{
    const muster_time now = mst_now(run);
    finish(run, s);
    run->drill[drill].started = 1;
    run->drill[drill].started_at = now;
    mst_emit(run, MST_RECORD_DRILL_STARTED, -1, drill, -1)->real =
        (double)(now - run->model->drill[drill].muster_at) / (double)MUSTER_SECOND;
    mst_broadcast(run, MST_SIGNAL_DRILL_STARTED, drill, -1);
    /* Behind what the phase at sea has set for that time: it ends the drill itself if it is there. */
    s->look =
        mst_schedule(run, run->model->drill[drill].end, MST_RANK_ORDER, instance, END, -1, -1);
}

/* A drill without a phase at sea ends all the same. */
static void end_drill(mst_run *run, int32_t drill, muster_state *s)
{
    s->look = 0;
    run->drill[drill].over = 1;
    run->drill[drill].over_at = mst_now(run);
    mst_broadcast(run, MST_SIGNAL_DRILL_OVER, drill, 0);
    mst_feedback_end(run, drill);
    mst_emit(run, MST_RECORD_DRILL_ENDED, -1, drill, -1);
    mst_phases_close(run, drill);
}

static void look_at(mst_run *run, int32_t instance, muster_state *s, muster_time at, stage next)
{
    s->stage = (int32_t)next;
    s->look = mst_schedule(run, at, MST_RANK_ORDER, instance, LOOK, -1, -1);
}

/* At the planned time, after the tolerance, and when the wait is over. */
static void look(mst_run *run, int32_t instance, int32_t drill, muster_state *s)
{
    const mst_drill_row *d = &run->model->drill[drill];
    const mst_shortage lack = shortage(run, drill);
    s->look = 0;
    if (lack.filled >= lack.places) {
        begin_drill(run, instance, drill, s);
    } else if (s->stage == BEFORE) {
        look_at(run, instance, s, d->muster_at + d->tolerance, TOLERANCE);
    } else if (s->stage == TOLERANCE && d->wait > 0) {
        mst_emit(run, MST_RECORD_DRILL_WAITS, -1, drill, lack.places - lack.filled);
        look_at(run, instance, s, d->muster_at + d->tolerance + d->wait, WAIT);
    } else if ((double)lack.filled + 1e-9 >= d->quorum * (double)lack.places) {
        begin_drill(run, instance, drill, s);
    } else {
        finish(run, s);
        mst_drill_fail(run, drill, lack.cause);
    }
}

/* After the planned time the drill starts as soon as everybody required is there. */
static void check(mst_run *run, int32_t instance, int32_t drill, muster_state *s)
{
    s->check = 0;
    if (s->stage != TOLERANCE && s->stage != WAIT)
        return;
    const mst_shortage lack = shortage(run, drill);
    if (lack.filled >= lack.places)
        begin_drill(run, instance, drill, s);
}

static void note_arrival(mst_run *run, int32_t instance, int32_t drill, muster_state *s,
                         const mst_event *event)
{
    const mst_drill_row *d = &run->model->drill[drill];
    if (event->b != d->muster_spot || !mst_unit_takes_part(run, event->a, drill) ||
        run->drill[drill].over)
        return;
    mst_emit(run, MST_RECORD_MUSTERED, event->a, drill, -1)->real =
        (double)(mst_now(run) - d->muster_at) / (double)MUSTER_SECOND;
    if ((s->stage == TOLERANCE || s->stage == WAIT) && s->check == 0)
        s->check = mst_schedule(run, mst_now(run), MST_RANK_ORDER, instance, CHECK, -1, -1);
}

static void on_event(mst_run *run, int32_t instance, const mst_event *event)
{
    const int32_t drill = run->model->instance[instance].drill;
    muster_state *s = mst_instance_state(run, instance);
    if (event->instance >= 0) {
        if (event->code == LOOK)
            look(run, instance, drill, s);
        else if (event->code == END)
            end_drill(run, drill, s);
        else
            check(run, instance, drill, s);
    } else if (event->code == MST_SIGNAL_REACHED) {
        note_arrival(run, instance, drill, s, event);
    } else if (event->a != drill) {
        return;
    } else if (event->code == MST_SIGNAL_DRILL_OVER) {
        finish(run, s);
    } else if (s->stage == IDLE && !run->drill[drill].over) {
        /* All arrivals of that very time have rank MOTION and come first. */
        look_at(run, instance, s, run->model->drill[drill].muster_at, BEFORE);
    }
}

static void stop(mst_run *run, int32_t instance)
{
    finish(run, mst_instance_state(run, instance));
}

/* A plan that asks for more than can be told apart would be read short; it is refused. */
static bool compile(mst_compile *ctx, int32_t instance, const void *spec, void *param)
{
    const mst_drill_row *d = &ctx->model->drill[ctx->drill];
    int32_t wants = 0;
    (void)instance;
    (void)spec;
    (void)param;
    for (int32_t k = 0; k < d->slot_count; k++)
        if (d->slot[k].is_required)
            wants += d->slot[k].for_candidate ? d->candidate_count : d->host_count;
    if (wants <= MST_WANTS_MAX)
        return true;
    mst_diag(ctx->diags, MUSTER_ERROR, ctx->place, NULL, NULL,
             "drill '%s' has %d required slots over all states; at most %d are allowed", d->id,
             (int)wants, (int)MST_WANTS_MAX);
    return false;
}

const mst_activity_type mst_activity_muster = {
    .name = "muster",
    .doc = "starts the drill when the required ships are there, or gives it up",
    .role = MST_ROLE_CORE,
    .state_bytes = sizeof(muster_state),
    .compile = compile,
    .on_event = on_event,
    .stop = stop,
    .listens = 1U << MST_SIGNAL_DECIDED | 1U << MST_SIGNAL_REACHED | 1U << MST_SIGNAL_DRILL_OVER,
};
