/* One air request: n aircraft kept on a station over a window by sorties without refuelling in
 * the air; each relief is timed to arrive as the other leaves. A ship-borne helicopter flies from
 * its ship at no distance. Cycle = out + stay + back + turnaround: a climb takes its share of the
 * fuel, but no key says how long it lasts, so it has no time of its own; reach knows none either.
 *
 * The window counts from the drill's start. Until that is known aircraft take off so as to be there
 * at the planned time; when it passes and the drill has not started, those on the ground wait, and
 * the window moves to where the drill does start. */
#include "activity/air.h"

#include "activity/air_scene.h"
#include "activity/registry.h"
#include "model/compile.h"

static mst_air_scene scene_of(mst_run *run, int32_t instance)
{
    const mst_instance_row *row = &run->model->instance[instance];
    return (mst_air_scene){.run = run,
                           .instance = instance,
                           .drill = row->drill,
                           .request = row->what,
                           .row = &run->model->drill[row->drill].air[row->what],
                           .param = mst_instance_param(run, instance),
                           .s = mst_instance_state(run, instance)};
}

/* ---- what serials ask ------------------------------------------------------------------------ */

int32_t mst_air_instance(const mst_model *model, int32_t drill, int32_t request)
{
    for (int32_t i = 0; i < model->instance_count; i++)
        if (model->instance[i].type == &mst_activity_air && model->instance[i].drill == drill &&
            model->instance[i].what == request)
            return i;
    return -1;
}

int32_t mst_air_present(mst_run *run, int32_t instance)
{
    return scene_of(run, instance).s->present;
}

double mst_air_covered_s(mst_run *run, int32_t instance)
{
    const mst_air_scene c = scene_of(run, instance);
    mst_air_count_time(&c);
    return c.s->covered_s;
}

/* ---- the window ------------------------------------------------------------------------------ */

/* Why nobody relieves: there are aircraft, but none can stay; or none is ready. */
static mst_cause cause_of_gap(const mst_air_scene *c)
{
    int32_t flyers = 0;
    for (int32_t k = 0; k < c->param->flyer_count; k++) {
        const int32_t i = c->param->flyer[k];
        if (!mst_air_may_fly(c, i) || c->run->unit[i].serviceable <= 0)
            continue;
        flyers++;
        if (mst_air_stay_s(c, i) > 0.0 && c->run->model->unit[i].allotment_sorties >= 1.0)
            return MST_CAUSE_ABSENT;
    }
    return flyers > 0 ? MST_CAUSE_FUEL : MST_CAUSE_ABSENT;
}

static void tell_gap(const mst_air_scene *c, int32_t lack)
{
    mst_record *record =
        mst_emit(c->run, MST_RECORD_AIR_GAP, -1, c->request, (int32_t)cause_of_gap(c));
    record->c = c->drill;
    record->real = lack;
}

static void check(const mst_air_scene *c)
{
    const muster_time now = mst_now(c->run);
    const int32_t lack = c->row->count - c->s->present;
    c->s->check = 0;
    if (!c->s->is_open || now < c->s->from || now >= c->s->until || mst_air_waits(c))
        return;
    if (lack > c->s->short_told)
        tell_gap(c, lack);
    c->s->short_told = lack > 0 ? lack : 0;
}

static muster_time longest_way(const mst_air_scene *c)
{
    muster_time longest = 0;
    for (int32_t k = 0; k < c->param->flyer_count; k++) {
        const int32_t i = c->param->flyer[k];
        if (mst_air_may_fly(c, i) && mst_air_way(c, i) > longest)
            longest = mst_air_way(c, i);
    }
    return longest;
}

/* The window counts from the drill's start; until that is known, from the muster time. */
static muster_time origin(const mst_air_scene *c)
{
    const mst_drill_state *d = &c->run->drill[c->drill];
    return d->started ? d->started_at : c->run->model->drill[c->drill].muster_at;
}

static void expect_window(const mst_air_scene *c)
{
    mst_cancel(c->run, &c->s->begin);
    c->s->begin = mst_schedule(c->run, origin(c) + c->row->start - longest_way(c), MST_RANK_ORDER,
                               c->instance, MST_AIR_BEGIN, -1, -1);
}

bool mst_air_waits(const mst_air_scene *c)
{
    return c->row->start >= 0 && !c->run->drill[c->drill].started &&
           mst_now(c->run) > c->run->model->drill[c->drill].muster_at;
}

static void open_window(const mst_air_scene *c)
{
    const mst_drill_state *d = &c->run->drill[c->drill];
    c->s->begin = 0;
    if (c->s->is_open || d->over)
        return;
    /* The ships are late: the aircraft wait for the drill to start. */
    if (!d->started && mst_now(c->run) >= c->run->model->drill[c->drill].muster_at &&
        c->row->start >= 0)
        return;
    c->s->is_open = 1;
    c->s->from = c->s->since = origin(c) + c->row->start;
    c->s->until = origin(c) + c->row->end;
    mst_air_check_soon(c, c->s->from);
    for (int32_t post = 0; post < c->row->count; post++) {
        c->s->planned_until[post] = c->s->from;
        mst_air_plan_post(c, post);
    }
}

/* Calls f for every aircraft that may have been booked. */
static void for_all(const mst_air_scene *c, void (*f)(const mst_air_scene *, int32_t, int32_t))
{
    for (int32_t n = 0; n < c->param->flyer_count; n++) {
        const int32_t i = c->param->flyer[n];
        for (int32_t k = 0; k < c->run->aircraft_first[i + 1] - c->run->aircraft_first[i]; k++)
            f(c, i, k);
    }
}

/* A post is manned until the last of those who are in the air for it leaves. */
static void note_manned(const mst_air_scene *c, int32_t unit, int32_t number)
{
    const mst_aircraft_state *a = mst_air_aircraft(c, unit, number);
    if (a->now.instance != c->instance ||
        (a->flying != MST_OUTBOUND && a->flying != MST_ON_STATION))
        return;
    if (a->now.leave > c->s->planned_until[a->now.post])
        c->s->planned_until[a->now.post] = a->now.leave;
}

/* The drill has started late: the window moves along, and all that is booked is booked anew. Of a
 * window that begins before the muster only the end moves: its beginning has been flown. */
static void move_window(const mst_air_scene *c)
{
    mst_air_state *s = c->s;
    const muster_time now = mst_now(c->run);
    const muster_time from = c->row->start < 0 ? s->from : origin(c) + c->row->start;
    const muster_time until = origin(c) + c->row->end;
    if (from == s->from && until == s->until)
        return;
    mst_air_count_time(c);
    if (from != s->from)
        s->covered_s = 0.0; /* before the window */
    s->from = from;
    s->until = until;
    s->since = from > now ? from : now;
    s->short_told = 0;
    for_all(c, mst_air_unbook);
    for (int32_t post = 0; post < c->row->count; post++)
        s->planned_until[post] = from;
    for_all(c, note_manned);
    for (int32_t post = 0; post < c->row->count; post++)
        mst_air_plan_post(c, post);
    mst_cancel(c->run, &s->check);
    mst_air_check_soon(c, s->since);
}

static void close_window(const mst_air_scene *c)
{
    mst_cancel(c->run, &c->s->begin);
    if (!c->s->is_open)
        return;
    mst_air_count_time(c);
    if (c->s->until > mst_now(c->run))
        c->s->until = mst_now(c->run);
    c->s->idle = 0;
    for_all(c, mst_air_call_back);
}

/* ---- events ---------------------------------------------------------------------------------- */

static void on_own_event(const mst_air_scene *c, const mst_event *event)
{
    if (event->code == MST_AIR_BEGIN) {
        open_window(c);
        return;
    }
    if (event->code == MST_AIR_CHECK) {
        check(c);
        return;
    }
    mst_air_aircraft(c, event->a, event->b)->pending = 0;
    if (event->code == MST_AIR_TAKE_OFF)
        mst_air_take_off(c, event->a, event->b);
    else if (event->code == MST_AIR_ARRIVE)
        mst_air_arrive(c, event->a, event->b);
    else if (event->code == MST_AIR_LEAVE)
        mst_air_leave(c, event->a, event->b);
    else
        mst_air_land(c, event->a, event->b);
}

static void on_event(mst_run *run, int32_t instance, const mst_event *event)
{
    const mst_air_scene c = scene_of(run, instance);
    if (event->instance >= 0)
        on_own_event(&c, event);
    else if (event->code == MST_SIGNAL_REACHED)
        mst_air_plan_idle(&c); /* a ship with helicopters may have come */
    else if (event->a != c.drill)
        return;
    else if (event->code == MST_SIGNAL_DRILL_OVER)
        close_window(&c);
    else if (run->drill[c.drill].over)
        return;
    else if (!c.s->is_open)
        expect_window(&c);
    else if (event->code == MST_SIGNAL_DRILL_STARTED)
        move_window(&c);
}

static void stop(mst_run *run, int32_t instance)
{
    const mst_air_scene c = scene_of(run, instance);
    mst_cancel(run, &c.s->begin);
    mst_cancel(run, &c.s->check);
    for (int32_t n = 0; n < c.param->flyer_count; n++)
        for (int32_t i = run->aircraft_first[c.param->flyer[n]];
             i < run->aircraft_first[c.param->flyer[n] + 1]; i++)
            if (run->aircraft[i].now.instance == instance)
                mst_cancel(run, &run->aircraft[i].pending);
}

/* From the last flyer's field to the station. Squadrons of one field share it: looked up before it is
 * worked out, which takes a thousand times as long. */
static double distance_of(const mst_model *m, const mst_air_row *row, const int32_t *flyer,
                          int32_t flyers, const double *distance)
{
    const int32_t home = m->unit[flyer[flyers - 1]].home;
    for (int32_t i = 0; i < flyers - 1; i++)
        if (m->unit[flyer[i]].home == home)
            return distance[flyer[i]];
    return home >= 0 && row->spot >= 0
               ? muster_geo_distance_m(m->spot[home].point, m->spot[row->spot].point)
               : 0.0;
}

static bool compile(mst_compile *ctx, int32_t instance, const void *spec, void *param)
{
    const mst_air_row *row = &ctx->model->drill[ctx->drill].air[ctx->what];
    mst_air_param *out = param;
    (void)instance;
    (void)spec;
    double *distance =
        mst_arena_array(ctx->arena, (size_t)ctx->model->unit_count, sizeof *distance);
    int32_t *flyer = mst_arena_array(ctx->arena, (size_t)ctx->model->unit_count, sizeof *flyer);
    if (!distance || !flyer)
        return false;
    out->flyer = flyer;
    for (int32_t i = 0; i < ctx->model->unit_count; i++) {
        if (!mst_air_is_flyer(row, &ctx->model->unit[i]))
            continue;
        flyer[out->flyer_count++] = i;
        distance[i] = distance_of(ctx->model, row, flyer, out->flyer_count, distance);
    }
    out->distance_m = distance;
    if (row->count <= MST_AIR_POSTS_MAX)
        return true;
    mst_diag(ctx->diags, MUSTER_ERROR, ctx->place, NULL, NULL,
             "air request '%s' asks for %d aircraft on station; at most %d are allowed", row->id,
             (int)row->count, (int)MST_AIR_POSTS_MAX);
    return false;
}

const mst_activity_type mst_activity_air = {
    .name = "air",
    .doc = "keeps aircraft on a station by sorties that relieve each other",
    .role = MST_ROLE_CORE,
    .param_bytes = sizeof(mst_air_param),
    .state_bytes = sizeof(mst_air_state),
    .compile = compile,
    .on_event = on_event,
    .stop = stop,
    .listens = 1U << MST_SIGNAL_DECIDED | 1U << MST_SIGNAL_DRILL_STARTED |
               1U << MST_SIGNAL_DRILL_OVER | 1U << MST_SIGNAL_REACHED,
};
