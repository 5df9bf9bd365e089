/* One group on its way to the muster: DEFINITIONS 5, group speed plan. */
#include "activity/pace.h"

#include "engine/chance.h"
#include "model/compile.h"

#include <math.h>

typedef enum stage { IDLE, IN_PORT, UNDER_WAY, DONE } stage; /* UNDER_WAY: also waiting at a via */

typedef struct sail_param {
    double economical_mps; /* of the whole group  */
    int32_t ship_count;    /* that is so many     */
} sail_param;

typedef struct sail_state {
    mst_handle order; /* to sail, or to go on from a timed point */
    mst_handle look;  /* at who has arrived                      */
    int32_t stage, leg;
    uint64_t members;    /* bit i: member i of the group still goes along */
    muster_time sail_at; /* when it first was about to sail; NEVER: not yet */
} sail_state;

enum { ORDER, LOOK };

/* What happens now is about one instance: gathered once a handler. */
typedef struct scene {
    mst_run *run;
    int32_t instance, drill, group;
    const mst_group_row *g;
    const mst_drill_row *d;
    sail_state *s;
} scene;

static scene scene_of(mst_run *run, int32_t instance)
{
    const mst_instance_row *row = &run->model->instance[instance];
    return (scene){.run = run,
                   .instance = instance,
                   .drill = row->drill,
                   .group = row->what,
                   .g = &run->model->group[row->what],
                   .d = &run->model->drill[row->drill],
                   .s = mst_instance_state(run, instance)};
}

static bool goes(const scene *c, int32_t i)
{
    return i < MST_MEMBERS_MAX && (c->s->members >> i & 1U);
}

static int32_t active(const scene *c, int32_t out[MST_MEMBERS_MAX])
{
    int32_t count = 0;
    for (int32_t i = 0; i < c->g->member_count; i++)
        if (goes(c, i))
            out[count++] = c->g->member[i];
    return count;
}

static double economical_mps(const scene *c)
{
    int32_t unit[MST_MEMBERS_MAX];
    const int32_t count = active(c, unit);
    const sail_param *param = mst_instance_param(c->run, c->instance);
    return count == param->ship_count ? param->economical_mps
                                      : mst_pace_economical_mps(c->run->model, unit, count);
}

/* Where a member will sail from: where it lies, or the end of the leg it is on. */
static int32_t start_of(const scene *c, int32_t unit)
{
    const mst_unit_state *s = &c->run->unit[unit];
    return s->hold >= 0 ? s->spot : s->to;
}

static double way_m(const scene *c, int32_t from, int32_t to)
{
    if (from == to)
        return 0.0;
    const mst_leg leg = mst_model_leg(c->run->model, from, to);
    return leg.route ? leg.length_m : (double)INFINITY;
}

static muster_time target_at(const scene *c, int32_t leg)
{
    if (c->g->leg_at[leg] != MUSTER_NEVER)
        return c->g->leg_at[leg];
    if (leg < c->g->leg_count - 1)
        return MUSTER_NEVER;
    return c->g->arrive != MUSTER_NEVER ? c->g->arrive : c->d->muster_at;
}

/* The next point with a time to keep, and how far it is for the member farthest from it. */
static int32_t next_timed(const scene *c, int32_t leg, double *out_way_m)
{
    int32_t unit[MST_MEMBERS_MAX];
    const int32_t count = active(c, unit);
    double first_m = 0.0;
    for (int32_t i = 0; i < count; i++)
        first_m = fmax(first_m, way_m(c, start_of(c, unit[i]), c->g->leg_to[leg]));
    double way = first_m;
    while (target_at(c, leg) == MUSTER_NEVER) {
        way += way_m(c, c->g->leg_to[leg], c->g->leg_to[leg + 1]);
        leg++;
    }
    *out_way_m = way;
    return leg;
}

/* The speed of advance that meets a time, not below the economical speed, not above what the
 * slowest member sustains: the cap wins over the floor. */
static double speed_for(const scene *c, double way, muster_time at)
{
    int32_t unit[MST_MEMBERS_MAX];
    const int32_t count = active(c, unit);
    const double cap = mst_pace_sustained_mps(c->run->model, unit, count);
    const double seconds = (double)(at - mst_now(c->run)) / (double)MUSTER_SECOND;
    const double needed = seconds > 0.0 ? way / seconds : (double)INFINITY;
    if (needed > cap && c->g->allow_max_speed)
        return fmin(needed, mst_pace_max_mps(c->run->model, unit, count));
    return fmin(fmax(needed, economical_mps(c)), cap);
}

/* ---- going ---------------------------------------------------------------------------------------- */

static void drop(const scene *c, int32_t i, mst_cause cause)
{
    const int32_t unit = c->g->member[i];
    c->s->members &= ~(UINT64_C(1) << i);
    mst_emit(c->run, MST_RECORD_DETACHED, unit, c->group, (int32_t)cause);
}

static void look_soon(const scene *c)
{
    if (c->s->look == 0)
        c->s->look =
            mst_schedule(c->run, mst_now(c->run), MST_RANK_SENSE, c->instance, LOOK, -1, -1);
}

/* Everybody who goes along sails the present leg. */
static void sail_leg(const scene *c)
{
    double way = 0.0;
    const int32_t timed = next_timed(c, c->s->leg, &way);
    const double speed = speed_for(c, way, target_at(c, timed));
    const int32_t to = c->g->leg_to[c->s->leg];
    const muster_time due = timed == c->s->leg ? target_at(c, timed) : MUSTER_NEVER;
    const double factor = mst_chance_group_speed(c->run, c->group, c->s->leg);
    for (int32_t i = 0; i < c->g->member_count; i++)
        if (goes(c, i) && !mst_unit_sail_group(c->run, c->g->member[i], to, speed, due, factor)) {
            drop(c, i, MST_CAUSE_ROUTE);
            mst_unit_withdraw(c->run, c->g->member[i], MST_CAUSE_ROUTE);
        }
    look_soon(c);
}

/* At the end of a leg: on to the next when all are there and the time has come. */
static void look(const scene *c)
{
    if (c->s->stage != UNDER_WAY || c->s->order != 0)
        return;
    for (int32_t i = 0; i < c->g->member_count; i++)
        if (goes(c, i) && !mst_unit_at(c->run, c->g->member[i], c->g->leg_to[c->s->leg]))
            return;
    if (c->s->members == 0 || c->s->leg == c->g->leg_count - 1) {
        c->s->stage = DONE;
        return;
    }
    const muster_time at = c->g->leg_at[c->s->leg];
    c->s->leg++;
    if (at != MUSTER_NEVER && at > mst_now(c->run))
        c->s->order = mst_schedule(c->run, at, MST_RANK_ORDER, c->instance, ORDER, -1, -1);
    else
        sail_leg(c);
}

/* ---- before sailing -------------------------------------------------------------------------------- */

/* A point that cannot be reached from where the group lies is left out, the last one never. */
static void skip_points(const scene *c)
{
    int32_t unit[MST_MEMBERS_MAX];
    const int32_t count = active(c, unit);
    while (c->s->leg < c->g->leg_count - 1 && count > 0 &&
           isinf(way_m(c, start_of(c, unit[0]), c->g->leg_to[c->s->leg])))
        c->s->leg++;
}

static void leave_out_unreachable(const scene *c)
{
    for (int32_t i = 0; i < c->g->member_count; i++) {
        const int32_t unit = c->g->member[i];
        if (!goes(c, i) || !isinf(way_m(c, start_of(c, unit), c->g->leg_to[c->s->leg])))
            continue;
        c->s->members &= ~(UINT64_C(1) << i);
        mst_emit(c->run, MST_RECORD_ABSENT, unit, c->drill, MST_CAUSE_ROUTE);
        mst_unit_withdraw(c->run, unit, MST_CAUSE_ROUTE);
    }
}

/* As fixed, or the latest sailing at the economical speed; never before its members are free. */
static muster_time departure(const scene *c)
{
    muster_time earliest = mst_now(c->run);
    for (int32_t i = 0; i < c->g->member_count; i++)
        if (goes(c, i) && c->run->unit[c->g->member[i]].free_at > earliest)
            earliest = c->run->unit[c->g->member[i]].free_at;
    muster_time at = c->g->depart;
    if (at == MUSTER_NEVER) {
        double way = 0.0;
        const int32_t timed = next_timed(c, c->s->leg, &way);
        at = target_at(c, timed) - muster_time_from_seconds(way / economical_mps(c));
    }
    return at > earliest ? at : earliest;
}

static void plan(const scene *c)
{
    mst_cancel(c->run, &c->s->order);
    c->s->leg = 0;
    skip_points(c);
    leave_out_unreachable(c);
    if (c->s->members == 0) {
        c->s->stage = DONE;
        return;
    }
    c->s->order = mst_schedule(c->run, departure(c), MST_RANK_ORDER, c->instance, ORDER, -1, -1);
}

static bool is_ready(const scene *c, int32_t i)
{
    const mst_unit_state *s = &c->run->unit[c->g->member[i]];
    return s->hold >= 0 && s->ready_at <= mst_now(c->run);
}

/* Latest moment that somebody must be waited for; now if nobody. */
static muster_time wait_until(const scene *c)
{
    muster_time until = mst_now(c->run);
    for (int32_t i = 0; i < c->g->member_count; i++) {
        const muster_time limit = c->s->sail_at + c->run->model->constant.group_wait;
        if (!goes(c, i) || is_ready(c, i))
            continue;
        const mst_unit_state *s = &c->run->unit[c->g->member[i]];
        const muster_time at = s->hold < 0 || s->ready_at > limit ? limit : s->ready_at;
        if (at > until)
            until = at;
    }
    return until;
}

/* What all of the members were delayed by puts the sailing of the whole group off. */
static muster_time take_common_delay(const scene *c)
{
    muster_time least = MUSTER_NEVER;
    for (int32_t i = 0; i < c->g->member_count; i++) {
        const muster_time delay = c->run->unit[c->g->member[i]].delay;
        if (goes(c, i) && (least == MUSTER_NEVER || delay < least))
            least = delay;
    }
    if (least == MUSTER_NEVER)
        return 0;
    for (int32_t i = 0; i < c->g->member_count; i++)
        if (goes(c, i))
            c->run->unit[c->g->member[i]].delay -= least;
    return least;
}

/* The time planned has come; each member is ready after a delay of its own. */
static void begin_sailing(const scene *c)
{
    c->s->sail_at = mst_now(c->run);
    for (int32_t i = 0; i < c->g->member_count; i++) {
        if (!goes(c, i))
            continue;
        mst_unit_state *unit = &c->run->unit[c->g->member[i]];
        const muster_time ready = c->s->sail_at +
                                  mst_chance_delay(c->run, c->g->member[i], unit->sailings++) +
                                  unit->delay;
        unit->delay = 0;
        if (ready > unit->ready_at)
            unit->ready_at = ready;
    }
}

static void sail_or_wait(const scene *c)
{
    const muster_time now = mst_now(c->run), later = departure(c);
    if (c->s->sail_at == MUSTER_NEVER && later > now) {
        plan(c); /* bound by a phase, or the way from where that took it is another one */
        return;
    }
    if (c->s->sail_at == MUSTER_NEVER) {
        const muster_time put_off = take_common_delay(c);
        if (put_off > 0) {
            c->s->order =
                mst_schedule(c->run, now + put_off, MST_RANK_ORDER, c->instance, ORDER, -1, -1);
            return;
        }
        begin_sailing(c);
    }
    const muster_time until = wait_until(c);
    if (until > now) {
        c->s->order = mst_schedule(c->run, until, MST_RANK_ORDER, c->instance, ORDER, -1, -1);
        return;
    }
    for (int32_t i = 0; i < c->g->member_count; i++)
        if (goes(c, i) && !is_ready(c, i)) {
            drop(c, i, MST_CAUSE_LATE);
            mst_unit_withdraw(c->run, c->g->member[i], MST_CAUSE_LATE);
        }
    c->s->stage = c->s->members == 0 ? DONE : UNDER_WAY;
    if (c->s->stage == UNDER_WAY)
        sail_leg(c);
}

/* ---- events ------------------------------------------------------------------------------------------ */

static void gather_members(const scene *c)
{
    c->s->members = 0;
    for (int32_t i = 0; i < c->g->member_count && i < MST_MEMBERS_MAX; i++)
        if (mst_unit_takes_part(c->run, c->g->member[i], c->drill) &&
            c->run->model->unit[c->g->member[i]].domain == MST_NAVAL)
            c->s->members |= UINT64_C(1) << i;
    c->s->stage = c->s->members ? IN_PORT : DONE;
    c->s->sail_at = MUSTER_NEVER;
    c->s->leg = 0;
    if (c->s->members)
        plan(c);
}

static void lose(const scene *c, int32_t unit)
{
    for (int32_t i = 0; i < c->g->member_count; i++) {
        if (!goes(c, i) || c->g->member[i] != unit)
            continue;
        if (c->s->stage == UNDER_WAY || c->s->stage == DONE)
            drop(c, i, (mst_cause)c->run->unit[unit].cause);
        else
            c->s->members &= ~(UINT64_C(1) << i);
        if (c->s->stage == UNDER_WAY)
            look_soon(c);
    }
}

static void give_up(const scene *c)
{
    mst_cancel(c->run, &c->s->order);
    mst_cancel(c->run, &c->s->look);
    c->s->stage = DONE;
}

static void on_reached(const scene *c, int32_t unit)
{
    for (int32_t i = 0; i < c->g->member_count; i++)
        if (goes(c, i) && c->g->member[i] == unit) {
            if (c->s->stage == UNDER_WAY)
                look_soon(c);
            else if (c->s->stage == IN_PORT)
                plan(c);
        }
}

static void on_event(mst_run *run, int32_t instance, const mst_event *event)
{
    const scene c = scene_of(run, instance);
    if (event->instance >= 0) {
        if (event->code == LOOK) {
            c.s->look = 0;
            look(&c);
            return;
        }
        c.s->order = 0;
        if (c.s->stage == IN_PORT)
            sail_or_wait(&c);
        else if (c.s->stage == UNDER_WAY)
            sail_leg(&c);
        return;
    }
    if (event->code == MST_SIGNAL_DECIDED && event->a == c.drill && !run->drill[c.drill].over)
        gather_members(&c);
    else if (event->code == MST_SIGNAL_REACHED)
        on_reached(&c, event->a);
    else if (event->code == MST_SIGNAL_WITHDRAWN)
        lose(&c, event->a);
    else if (event->code == MST_SIGNAL_DRILL_OVER && event->a == c.drill)
        give_up(&c);
}

static void stop(mst_run *run, int32_t instance)
{
    const scene c = scene_of(run, instance);
    give_up(&c);
}

static bool compile(mst_compile *ctx, int32_t instance, const void *spec, void *param)
{
    const mst_group_row *g = &ctx->model->group[ctx->what];
    sail_param *out = param;
    (void)instance;
    (void)spec;
    if (g->member_count > MST_MEMBERS_MAX) {
        mst_diag(ctx->diags, MUSTER_ERROR, ctx->place, NULL, NULL,
                 "group '%s' has %d members; at most %d can sail together", g->id,
                 (int)g->member_count, (int)MST_MEMBERS_MAX);
        return false;
    }
    for (int32_t i = 0; i < g->member_count; i++)
        out->ship_count += ctx->model->unit[g->member[i]].domain == MST_NAVAL;
    out->economical_mps = mst_pace_economical_mps(ctx->model, g->member, g->member_count);
    return true;
}

const mst_activity_type mst_activity_sail = {
    .name = "sail",
    .doc = "brings one group to the muster at the speed of its plan",
    .role = MST_ROLE_CORE,
    .param_bytes = sizeof(sail_param),
    .state_bytes = sizeof(sail_state),
    .compile = compile,
    .on_event = on_event,
    .stop = stop,
    .listens = 1U << MST_SIGNAL_DECIDED | 1U << MST_SIGNAL_REACHED | 1U << MST_SIGNAL_WITHDRAWN |
               1U << MST_SIGNAL_DRILL_OVER,
};
