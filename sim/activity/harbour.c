/* The harbour phase: before the sea phase the ships lie alongside for a time, in a common port or
 * each at home. It ends when the first of them has to sail for the muster; until then nobody may. */
#include "activity/pace.h"

#include "model/compile.h"
#include "model/row.h"

typedef struct harbour_keys {
    mst_ref base;
    muster_time for_;
} harbour_keys;

static const muster_field fields[] = {
    MST_ROW_REF(harbour_keys, base, "base", "bases", MST_PLAIN,
                "port where the ships gather; not given: each stays at home"),
    MST_ROW_DURATION(harbour_keys, for_, "for", 0.0, 720.0, "24 h", MST_PLAIN,
                     "time alongside before the first ship sails for the muster"),
    MST_ROW_END,
};

typedef struct harbour_param {
    int32_t spot; /* -1: at home */
    muster_time length;
} harbour_param;

typedef struct harbour_state {
    mst_handle order; /* gather, or end */
    muster_time end;
} harbour_state;

enum { GATHER, END };

static bool compile(mst_compile *ctx, int32_t instance, const void *spec, void *param)
{
    const harbour_keys *keys = spec;
    harbour_param *out = param;
    (void)instance;
    out->spot = keys->base.id ? mst_compile_base_spot(ctx, &keys->base) : -1;
    out->length = keys->for_ == MUSTER_NEVER ? MUSTER_DAY : keys->for_;
    return !keys->base.id || out->spot >= 0;
}

static bool takes_part(const mst_run *run, int32_t drill, int32_t unit)
{
    return run->model->unit[unit].domain == MST_NAVAL && mst_unit_takes_part(run, unit, drill);
}

/* Passage at the ship's own economical speed; 0 where there is no way or none is needed. */
static muster_time passage(const mst_run *run, int32_t unit, int32_t from, int32_t to)
{
    const mst_unit_row *row = &run->model->unit[unit];
    const mst_leg leg = mst_model_leg(run->model, from, to);
    const double speed = row->has_range ? row->law.economical_mps : row->sustained_mps;
    return leg.route && speed > 0.0 ? muster_time_from_seconds(leg.length_m / speed) : 0;
}

/* When the first ship has to sail from the port for the muster. */
static muster_time last_call(const mst_run *run, int32_t drill, int32_t spot)
{
    const mst_drill_row *d = &run->model->drill[drill];
    muster_time first = d->muster_at;
    for (int32_t i = 0; i < run->model->unit_count; i++) {
        if (!takes_part(run, drill, i))
            continue;
        const int32_t from = spot >= 0 ? spot : run->unit[i].spot;
        const muster_time at = d->muster_at - passage(run, i, from, d->muster_spot);
        first = at < first ? at : first;
    }
    return first > mst_now(run) ? first : mst_now(run);
}

/* When the first ship must leave home so that all lie alongside for the whole time. */
static muster_time gather_at(const mst_run *run, int32_t drill, const harbour_param *param,
                             muster_time end)
{
    muster_time first = end - param->length;
    for (int32_t i = 0; param->spot >= 0 && i < run->model->unit_count; i++) {
        if (!takes_part(run, drill, i))
            continue;
        const muster_time at =
            end - param->length - passage(run, i, run->unit[i].spot, param->spot);
        first = at < first ? at : first;
    }
    return first;
}

static void start(mst_run *run, int32_t instance)
{
    const int32_t drill = run->model->instance[instance].drill;
    const harbour_param *param = mst_instance_param(run, instance);
    harbour_state *s = mst_instance_state(run, instance);
    if (run->drill[drill].over) {
        mst_phase_waits(run, instance);
        mst_phase_over(run, instance);
        return;
    }
    mst_phase_waits(run, instance);
    s->end = last_call(run, drill, param->spot);
    for (int32_t i = 0; i < run->model->unit_count; i++)
        if (takes_part(run, drill, i))
            run->unit[i].free_at = s->end;
    s->order = mst_schedule(run, gather_at(run, drill, param, s->end), MST_RANK_ORDER, instance,
                            GATHER, -1, -1);
}

/* Ships sail for the port together, early ones wait there; those at home are noted as in port. */
static void gather(mst_run *run, int32_t instance, int32_t drill)
{
    const harbour_param *param = mst_instance_param(run, instance);
    harbour_state *s = mst_instance_state(run, instance);
    mst_phase_begun(run, instance);
    for (int32_t i = 0; i < run->model->unit_count; i++) {
        if (!takes_part(run, drill, i))
            continue;
        if (param->spot >= 0 && run->unit[i].spot != param->spot)
            mst_unit_sail_due(run, i, param->spot, run->model->unit[i].law.economical_mps,
                              s->end - param->length);
        else
            mst_emit(run, MST_RECORD_IN_PORT, i, run->unit[i].spot, -1);
    }
    s->order = mst_schedule(run, s->end, MST_RANK_ORDER, instance, END, -1, -1);
}

static void on_event(mst_run *run, int32_t instance, const mst_event *event)
{
    const int32_t drill = run->model->instance[instance].drill;
    harbour_state *s = mst_instance_state(run, instance);
    if (event->instance < 0) {
        if (event->a == drill)
            mst_phase_over(run, instance);
        return;
    }
    s->order = 0;
    if (event->code == GATHER)
        gather(run, instance, drill);
    else
        mst_phase_over(run, instance);
}

static void stop(mst_run *run, int32_t instance)
{
    harbour_state *s = mst_instance_state(run, instance);
    mst_cancel(run, &s->order);
}

static const mst_ref *base_of(const void *spec)
{
    return &((const harbour_keys *)spec)->base;
}

const mst_activity_type mst_activity_harbour = {
    .name = "harbour",
    .doc = "ships lie alongside before they sail for the muster",
    .role = MST_ROLE_PHASE,
    .fields = fields,
    .spec_bytes = sizeof(harbour_keys),
    .param_bytes = sizeof(harbour_param),
    .state_bytes = sizeof(harbour_state),
    .compile = compile,
    .start = start,
    .on_event = on_event,
    .stop = stop,
    .listens = 1U << MST_SIGNAL_DRILL_OVER,
    .base_of = base_of,
};
