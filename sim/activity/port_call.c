/* A port call: ships of some states lie in a port from a date until another, then go home. */
#include "activity/pace.h"

#include "model/compile.h"
#include "model/row.h"

#include <math.h>

typedef struct port_call_keys {
    mst_ref base;
    muster_interval from, until;
    mst_list states;
    int32_t stay;
} port_call_keys;

static const muster_field fields[] = {
    MST_ROW_REF(port_call_keys, base, "base", "bases", MST_PLAIN | MST_REQUIRED,
                "port that is visited"),
    MST_ROW_MOMENT(port_call_keys, from, "from", MST_PLAIN,
                   "when the ships are expected; not given: when their economical speed brings "
                   "them there"),
    MST_ROW_MOMENT(port_call_keys, until, "until", MST_PLAIN,
                   "when they leave; not given: a day after the last has arrived"),
    MST_ROW_REFS(port_call_keys, states, "states", "states", MST_PLAIN,
                 "whose ships call; not given: all"),
    MST_ROW_BOOL(port_call_keys, stay, "stay", 0, MST_PLAIN,
                 "true: the ships stay there, false: they go home after"),
    MST_ROW_END,
};

typedef struct port_call_param {
    int32_t spot;
    uint64_t states; /* 0: all */
    muster_time from, until;
    bool stay;
} port_call_param;

typedef struct port_call_state {
    mst_handle end;
} port_call_state;

static bool compile(mst_compile *ctx, int32_t instance, const void *spec, void *param)
{
    const port_call_keys *keys = spec;
    port_call_param *out = param;
    (void)instance;
    out->spot = mst_compile_base_spot(ctx, &keys->base);
    out->from = keys->from.from;
    out->until = keys->until.from;
    out->stay = keys->stay == 1;
    for (int32_t i = 0; i < keys->states.count; i++) {
        const int32_t state = MST_AT(const mst_ref, &keys->states, i)->index;
        if (state >= 0 && state < 64)
            out->states |= UINT64_C(1) << state;
    }
    if (out->from == MUSTER_NEVER || out->until == MUSTER_NEVER || out->from < out->until)
        return out->spot >= 0;
    mst_diag(ctx->diags, MUSTER_ERROR, ctx->place, NULL, NULL,
             "port call: until must be after from");
    return false;
}

static bool calls(const mst_run *run, const port_call_param *param, int32_t drill, int32_t unit)
{
    const int32_t state = run->model->unit[unit].state;
    return run->model->unit[unit].domain == MST_NAVAL && run->unit[unit].drill == drill &&
           run->unit[unit].hold != MST_HOLD_ADRIFT &&
           (param->states == 0 || (state < 64 && (param->states >> state & 1U)));
}

/* Latest economical passage, faster if the date asks for it, not above what the slowest sustains.
 * A passage that would end early starts now all the same: the ships wait in port. */
static void send(mst_run *run, int32_t drill, const port_call_param *param)
{
    for (int32_t g = 0; g < run->model->group_count; g++) {
        int32_t unit[MST_MEMBERS_MAX];
        if (run->model->group[g].drill != drill)
            continue;
        const int32_t count = mst_pace_members(run, g, drill, unit);
        const double economical = mst_pace_economical_mps(run->model, unit, count);
        const double cap = mst_pace_sustained_mps(run->model, unit, count);
        for (int32_t i = 0; i < count; i++) {
            if (!calls(run, param, drill, unit[i]))
                continue;
            const mst_unit_state *s = &run->unit[unit[i]];
            const mst_leg leg =
                mst_model_leg(run->model, s->hold >= 0 ? s->spot : s->from, param->spot);
            const double seconds =
                param->from == MUSTER_NEVER
                    ? (double)INFINITY
                    : (double)(param->from - mst_now(run)) / (double)MUSTER_SECOND;
            const double needed = seconds > 0.0 ? leg.length_m / seconds : cap;
            mst_unit_sail_due(run, unit[i], param->spot, fmin(fmax(needed, economical), cap),
                              param->from);
        }
    }
}

static bool is_somebody_out(const mst_run *run, int32_t drill, const port_call_param *param)
{
    for (int32_t i = 0; i < run->model->unit_count; i++)
        if (calls(run, param, drill, i) && run->unit[i].hold < 0)
            return true;
    return false;
}

static void expect_end(mst_run *run, int32_t instance)
{
    const port_call_param *param = mst_instance_param(run, instance);
    port_call_state *s = mst_instance_state(run, instance);
    const int32_t drill = run->model->instance[instance].drill;
    if (s->end != 0)
        return;
    if (param->until != MUSTER_NEVER)
        s->end = mst_schedule(run, param->until, MST_RANK_ORDER, instance, 0, -1, -1);
    else if (!is_somebody_out(run, drill, param))
        s->end = mst_schedule(run, mst_now(run) + MUSTER_DAY, MST_RANK_ORDER, instance, 0, -1, -1);
}

static void start(mst_run *run, int32_t instance)
{
    const int32_t drill = run->model->instance[instance].drill;
    const mst_drill_state *d = &run->drill[drill];
    if (d->over && d->cause != MST_CAUSE_NONE) { /* no drill, no visit */
        mst_phase_waits(run, instance);
        mst_phase_over(run, instance);
        return;
    }
    mst_phase_begun(run, instance);
    send(run, drill, mst_instance_param(run, instance));
    expect_end(run, instance);
}

static void leave(mst_run *run, int32_t instance)
{
    const port_call_param *param = mst_instance_param(run, instance);
    const int32_t drill = run->model->instance[instance].drill;
    for (int32_t g = 0; !param->stay && g < run->model->group_count; g++) {
        int32_t unit[MST_MEMBERS_MAX];
        if (run->model->group[g].drill != drill)
            continue;
        const int32_t count = mst_pace_members(run, g, drill, unit);
        const double speed = mst_pace_economical_mps(run->model, unit, count);
        for (int32_t i = 0; i < count; i++)
            if (calls(run, param, drill, unit[i]))
                mst_unit_sail(run, unit[i],
                              mst_unit_return_spot(run, unit[i],
                                                   run->unit[unit[i]].hold >= 0
                                                       ? run->unit[unit[i]].spot
                                                       : run->unit[unit[i]].to),
                              speed);
    }
    mst_phase_over(run, instance);
}

static void on_event(mst_run *run, int32_t instance, const mst_event *event)
{
    port_call_state *s = mst_instance_state(run, instance);
    if (event->instance < 0) {
        expect_end(run, instance);
        return;
    }
    s->end = 0;
    leave(run, instance);
}

static void stop(mst_run *run, int32_t instance)
{
    port_call_state *s = mst_instance_state(run, instance);
    mst_cancel(run, &s->end);
}

static const mst_ref *base_of(const void *spec)
{
    return &((const port_call_keys *)spec)->base;
}

const mst_activity_type mst_activity_port_call = {
    .name = "port-call",
    .doc = "ships of some states visit a port, then go home",
    .role = MST_ROLE_PHASE,
    .fields = fields,
    .spec_bytes = sizeof(port_call_keys),
    .param_bytes = sizeof(port_call_param),
    .state_bytes = sizeof(port_call_state),
    .compile = compile,
    .start = start,
    .on_event = on_event,
    .stop = stop,
    .listens = 1U << MST_SIGNAL_REACHED | 1U << MST_SIGNAL_FLOOR,
    .base_of = base_of,
};
