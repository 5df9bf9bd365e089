#include "engine/inject.h"
#include "engine/motion.h"

#include <string.h>

/* ---- services ------------------------------------------------------------------------------ */

mst_handle mst_schedule(mst_run *run, muster_time time, mst_rank rank, int32_t instance,
                        int32_t code, int32_t a, int32_t b)
{
    const mst_event event = {
        /* Nothing happens in the past: an order that comes too late is carried out now. */
        .time = time < mst_now(run) ? mst_now(run) : time,
        .rank = (int32_t)rank,
        .instance = instance,
        .code = code,
        .a = a,
        .b = b,
    };
    const mst_handle handle = mst_calendar_add(run->calendar, &event);
    if (handle == 0) {
        run->clock->overflowed = 1;
        run->status = MUSTER_WORLD;
    }
    return handle;
}

bool mst_cancel(mst_run *run, mst_handle *handle)
{
    return *handle != 0 && mst_calendar_cancel(run->calendar, handle);
}

mst_record *mst_emit(mst_run *run, mst_record_kind kind, int32_t unit, int32_t a, int32_t b)
{
    /* The place after the last is a spare: what is written there when the list is full is lost,
     * and the status says so. */
    mst_record *record = &run->record[run->clock->record_count];
    if (run->clock->record_count < run->record_capacity) {
        run->clock->record_count++;
    } else {
        run->clock->overflowed = 1;
        run->status = MUSTER_WORLD;
    }
    *record = (mst_record){.time = mst_now(run),
                           .kind = (int32_t)kind,
                           .unit = unit,
                           .a = a,
                           .b = b,
                           .c = -1,
                           .d = -1};
    return record;
}

void *mst_instance_state(mst_run *run, int32_t instance)
{
    return run->instance_state + run->model->instance[instance].state_offset;
}

const void *mst_instance_param(const mst_run *run, int32_t instance)
{
    return run->model->instance[instance].param;
}

bool mst_instance_runs(const mst_run *run, int32_t instance)
{
    return run->instance_stage[instance] == MST_INSTANCE_RUNS;
}

void mst_instance_start(mst_run *run, int32_t instance)
{
    if (run->instance_stage[instance] != MST_INSTANCE_IDLE)
        return;
    run->instance_stage[instance] = MST_INSTANCE_RUNS;
    if (run->model->instance[instance].type->start)
        run->model->instance[instance].type->start(run, instance);
}

void mst_instance_stop(mst_run *run, int32_t instance)
{
    if (run->instance_stage[instance] != MST_INSTANCE_RUNS)
        return;
    if (run->model->instance[instance].type->stop)
        run->model->instance[instance].type->stop(run, instance);
    run->instance_stage[instance] = MST_INSTANCE_STOPPED;
}

static void broadcast(mst_run *run, mst_signal signal, int32_t a, int32_t b, double real)
{
    const mst_event event = {.time = mst_now(run),
                             .rank = MST_RANK_SENSE,
                             .instance = -2,
                             .code = (int32_t)signal,
                             .a = a,
                             .b = b,
                             .real = real};
    for (int32_t i = 0; i < run->model->instance_count; i++) {
        const mst_activity_type *type = run->model->instance[i].type;
        if ((type->listens >> signal & 1U) && mst_instance_runs(run, i))
            type->on_event(run, i, &event);
    }
}

void mst_broadcast(mst_run *run, mst_signal signal, int32_t a, int32_t b)
{
    broadcast(run, signal, a, b, 0.0);
}

mst_record *mst_run_inject(mst_run *run, int32_t a, int32_t b, double real)
{
    mst_record *record = mst_emit(run, MST_RECORD_INJECTED, -1, a, b);
    record->real = real;
    broadcast(run, MST_SIGNAL_INJECT, a, b, real);
    return record;
}

/* ---- the loop -------------------------------------------------------------------------------- */

/* Everything is called off, in order; nothing stays pending. */
static void close_run(mst_run *run)
{
    if (run->clock->is_over)
        return;
    if (mst_now(run) < run->model->end && run->model->end != MUSTER_NEVER)
        run->clock->now = run->model->end;
    for (int32_t i = 0; i < run->model->instance_count; i++)
        mst_instance_stop(run, i);
    for (int32_t i = 0; i < run->model->unit_count; i++)
        mst_motion_stop(run, i);
    run->clock->is_over = 1;
}

static void fork_before_serial(mst_run *run)
{
    const int32_t instance = mst_calendar_peek_instance(run->calendar);
    if (instance < 0 || run->model->instance[instance].type->role != MST_ROLE_SERIAL)
        return;
    mst_run_save(run, run->fork);
    run->has_fork = true;
}

bool mst_run_step(mst_run *run)
{
    mst_event event;
    if (run->clock->is_over)
        return false;
    if (run->fork && !run->has_fork)
        fork_before_serial(run);
    if (run->status != MUSTER_OK || !mst_calendar_next(run->calendar, run->model->end, &event)) {
        close_run(run);
        return false;
    }
    run->clock->now = event.time;
    run->clock->event_count++;
    if (event.instance < 0 && event.code >= MST_INJECT_CODES)
        mst_inject_event(run, &event);
    else if (event.instance < 0)
        mst_motion_event(run, &event);
    else if (mst_instance_runs(run, event.instance))
        run->model->instance[event.instance].type->on_event(run, event.instance, &event);
    return true;
}

void mst_run_until(mst_run *run, muster_time time)
{
    while (!run->clock->is_over && mst_calendar_peek(run->calendar) <= time && mst_run_step(run))
        ;
    if (!run->clock->is_over && mst_now(run) < time)
        run->clock->now = time < run->model->end ? time : run->model->end;
}

muster_status mst_run_finish(mst_run *run)
{
    while (mst_run_step(run))
        ;
    return run->status;
}
