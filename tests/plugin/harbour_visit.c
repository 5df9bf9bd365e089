/* A harbour visit: after the drill all ships call at one port; when the last of them lies there,
 * they stay for a time together, and then go home. */
#include "engine/run.h"
#include "model/compile.h"
#include "model/row.h"

/* What stands in the file, and how it is read, checked and explained. */
typedef struct visit_keys {
    mst_ref port;
    muster_time stay;
} visit_keys;

static const muster_field fields[] = {
    MST_ROW_REF(visit_keys, port, "port", "bases", MST_PLAIN | MST_REQUIRED, "Port visited."),
    MST_ROW_DURATION(visit_keys, stay, "stay", 0.0, 720.0, "24 h", MST_PLAIN,
                     "Time in port together, from the last arrival."),
    MST_ROW_END,
};

/* Constant, in the model. */
typedef struct visit_param {
    int32_t spot;
    muster_time stay;
} visit_param;

/* Of one run; zero at its start. */
typedef struct visit_state {
    mst_handle farewell;
} visit_state;

static bool compile(mst_compile *ctx, int32_t instance, const void *spec, void *param)
{
    const visit_keys *keys = spec;
    visit_param *out = param;
    (void)instance;
    out->spot = mst_compile_base_spot(ctx, &keys->port);
    out->stay = keys->stay;
    return out->spot >= 0;
}

static bool is_guest(const mst_run *run, int32_t drill, int32_t unit)
{
    return run->model->unit[unit].domain == MST_NAVAL && run->unit[unit].drill == drill &&
           run->unit[unit].hold != MST_HOLD_ADRIFT;
}

static void send(mst_run *run, int32_t drill, int32_t spot) /* -1: each home */
{
    for (int32_t i = 0; i < run->model->unit_count; i++) {
        const mst_unit_row *row = &run->model->unit[i];
        if (is_guest(run, drill, i))
            mst_unit_sail(run, i, spot < 0 ? row->home : spot, row->law.economical_mps);
    }
}

/* The farewell is set when nobody is at sea any more. */
static void look(mst_run *run, int32_t instance)
{
    const int32_t drill = run->model->instance[instance].drill;
    const visit_param *param = mst_instance_param(run, instance);
    visit_state *s = mst_instance_state(run, instance);
    for (int32_t i = 0; i < run->model->unit_count; i++)
        if (is_guest(run, drill, i) && !mst_unit_at(run, i, param->spot))
            return;
    if (s->farewell == 0)
        s->farewell =
            mst_schedule(run, mst_now(run) + param->stay, MST_RANK_ORDER, instance, 0, -1, -1);
}

static void start(mst_run *run, int32_t instance)
{
    const visit_param *param = mst_instance_param(run, instance);
    const int32_t drill = run->model->instance[instance].drill;
    if (run->drill[drill].cause != MST_CAUSE_NONE) { /* no drill, no visit */
        mst_phase_over(run, instance);
        return;
    }
    send(run, drill, param->spot);
    look(run, instance);
}

static void on_event(mst_run *run, int32_t instance, const mst_event *event)
{
    visit_state *s = mst_instance_state(run, instance);
    if (event->instance < 0) { /* a broadcast: somebody arrived, or ran out of fuel */
        look(run, instance);
        return;
    }
    s->farewell = 0;
    send(run, run->model->instance[instance].drill, -1);
    mst_phase_over(run, instance);
}

static void stop(mst_run *run, int32_t instance)
{
    visit_state *s = mst_instance_state(run, instance);
    mst_cancel(run, &s->farewell);
}

static const mst_ref *base_of(const void *spec)
{
    return &((const visit_keys *)spec)->port;
}

const mst_activity_type mst_activity_harbour_visit = {
    .name = "harbour-visit",
    .doc = "all ships call at one port, stay there together and go home",
    .role = MST_ROLE_PHASE,
    .fields = fields,
    .spec_bytes = sizeof(visit_keys),
    .param_bytes = sizeof(visit_param),
    .state_bytes = sizeof(visit_state),
    .compile = compile,
    .start = start,
    .on_event = on_event,
    .stop = stop,
    .listens = 1U << MST_SIGNAL_REACHED | 1U << MST_SIGNAL_FLOOR,
    .base_of = base_of,
};
