/* After the drill: groups leave at their economical speed, home or to a base first named. If more
 * phases follow, it is over as soon as the orders are given, so that they may send ships that have
 * only just been told to go; as the last one it ends when the last ship has arrived. */
#include "activity/pace.h"

#include "model/compile.h"
#include "model/row.h"

typedef struct dispersal_keys {
    mst_ref to;
    mst_list states;
} dispersal_keys;

static const muster_field fields[] = {
    MST_ROW_REF(dispersal_keys, to, "to", "bases", MST_PLAIN,
                "base the groups head for; not given: home"),
    MST_ROW_REFS(dispersal_keys, states, "states", "states", MST_PLAIN,
                 "whose groups head for that base; not given: all"),
    MST_ROW_END,
};

typedef struct dispersal_param {
    int32_t spot;    /* -1: home */
    uint64_t states; /* 0: all   */
} dispersal_param;

static bool compile(mst_compile *ctx, int32_t instance, const void *spec, void *param)
{
    const dispersal_keys *keys = spec;
    dispersal_param *out = param;
    (void)instance;
    out->spot = -1;
    for (int32_t i = 0; keys && i < keys->states.count; i++) {
        const int32_t state = MST_AT(const mst_ref, &keys->states, i)->index;
        if (state >= 0 && state < 64)
            out->states |= UINT64_C(1) << state;
    }
    if (keys && keys->to.id)
        out->spot = mst_compile_base_spot(ctx, &keys->to);
    return true;
}

static bool is_last(const mst_run *run, int32_t instance)
{
    const mst_instance_row *row = &run->model->instance[instance];
    const mst_drill_row *d = &run->model->drill[row->drill];
    return d->phase[d->phase_count - 1] == instance;
}

/* True if some ship of the drill is still on its way. */
static bool is_somebody_out(const mst_run *run, int32_t drill)
{
    for (int32_t i = 0; i < run->model->unit_count; i++)
        if (run->unit[i].drill == drill && run->model->unit[i].domain == MST_NAVAL &&
            run->unit[i].hold < 0)
            return true;
    return false;
}

static void start(mst_run *run, int32_t instance)
{
    const int32_t drill = run->model->instance[instance].drill;
    const dispersal_param *param = mst_instance_param(run, instance);
    mst_phase_begun(run, instance);
    for (int32_t g = 0; g < run->model->group_count; g++) {
        const mst_group_row *group = &run->model->group[g];
        const bool named = param->states == 0 || (group->state >= 0 && group->state < 64 &&
                                                  (param->states >> group->state & 1U));
        if (group->drill == drill)
            mst_pace_send(run, g, drill, named ? param->spot : -1);
    }
    if (!is_last(run, instance) || !is_somebody_out(run, drill))
        mst_phase_over(run, instance);
}

static void on_event(mst_run *run, int32_t instance, const mst_event *event)
{
    const int32_t drill = run->model->instance[instance].drill;
    if (run->unit[event->a].drill != drill || is_somebody_out(run, drill))
        return;
    /* A ship that came late to the muster point has been ordered on from there, and will be at
     * once: it is not out now, but it is not in port either. */
    if (event->code == MST_SIGNAL_REACHED && run->model->spot[event->b].base < 0)
        return;
    mst_phase_over(run, instance);
}

static const mst_ref *base_of(const void *spec)
{
    return &((const dispersal_keys *)spec)->to;
}

const mst_activity_type mst_activity_dispersal = {
    .name = "dispersal",
    .doc = "groups go home, or to a base, at their economical speed",
    .role = MST_ROLE_PHASE,
    .fields = fields,
    .spec_bytes = sizeof(dispersal_keys),
    .param_bytes = sizeof(dispersal_param),
    .compile = compile,
    .start = start,
    .on_event = on_event,
    .listens = 1U << MST_SIGNAL_REACHED | 1U << MST_SIGNAL_FLOOR,
    .base_of = base_of,
};
