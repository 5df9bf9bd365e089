/* One air request: n aircraft kept on a station over a window by sorties without refuelling in
 * the air. Cycle = out + stay + back + turnaround (the climb is in the fuel); each relief is timed
 * to arrive as the other leaves. A ship-borne helicopter flies from its ship at no distance.
 *
 * A relief is booked when the one it relieves takes off. An aircraft holds one sortie and one
 * booking after it, so that its next event is always a single one. */
#include "activity/air.h"

#include "activity/crew.h"
#include "activity/registry.h"
#include "model/compile.h"

#include <math.h>

enum { POSTS_MAX = 32 };
enum { BEGIN, CHECK, TAKE_OFF, ARRIVE, LEAVE, LAND };

typedef struct air_param {
    const double *distance_m; /* from each squadron's field to the station (unit_count) */
} air_param;

typedef struct air_state {
    mst_handle begin, check;
    int32_t is_open;
    int32_t present;    /* on station now                            */
    int32_t short_told; /* last number of missing ones in a record   */
    muster_time from, until, since;
    double covered_s;
    muster_time planned_until[POSTS_MAX]; /* leave of the last sortie booked for a post */
    uint64_t idle;                        /* posts for which nobody could be booked     */
} air_state;

typedef struct scene {
    mst_run *run;
    int32_t instance, drill, request;
    const mst_air_row *row;
    const air_param *param;
    air_state *s;
} scene;

static scene scene_of(mst_run *run, int32_t instance)
{
    const mst_instance_row *row = &run->model->instance[instance];
    return (scene){.run = run,
                   .instance = instance,
                   .drill = row->drill,
                   .request = row->what,
                   .row = &run->model->drill[row->drill].air[row->what],
                   .param = mst_instance_param(run, instance),
                   .s = mst_instance_state(run, instance)};
}

static mst_aircraft_state *aircraft_of(const scene *c, int32_t unit, int32_t number)
{
    return &c->run->aircraft[c->run->aircraft_first[unit] + number];
}

/* ---- presence ------------------------------------------------------------------------------------- */

static void count_time(const scene *c)
{
    air_state *s = c->s;
    const muster_time now = mst_now(c->run) < s->until ? mst_now(c->run) : s->until;
    if (!s->is_open || now <= s->since)
        return;
    const int32_t counted = s->present < c->row->count ? s->present : c->row->count;
    s->covered_s +=
        (double)(now - s->since) / (double)MUSTER_SECOND * counted / (double)c->row->count;
    s->since = now;
}

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
    const scene c = scene_of(run, instance);
    count_time(&c);
    return c.s->covered_s;
}

static void change_present(const scene *c, int32_t by)
{
    count_time(c);
    c->s->present += by;
    mst_broadcast(c->run, MST_SIGNAL_AIR, c->instance, c->s->present);
}

/* ---- who can fly ------------------------------------------------------------------------------------ */

static bool may_fly(const scene *c, int32_t unit)
{
    const mst_unit_row *row = &c->run->model->unit[unit];
    return row->domain == MST_AIR && row->has_range && (c->row->role & ~row->roles) == 0 &&
           (c->row->states == 0 || (row->state < 64 && (c->row->states >> row->state & 1U))) &&
           mst_unit_takes_part(c->run, unit, c->drill);
}

static double distance_m(const scene *c, int32_t unit)
{
    return c->run->model->unit[unit].parent >= 0 ? 0.0 : c->param->distance_m[unit];
}

static muster_time way_of(const scene *c, int32_t unit)
{
    return muster_time_from_seconds(distance_m(c, unit) /
                                    c->run->model->unit[unit].flight.cruise_mps);
}

/* Stay of one sortie, s: what is asked, or what fuel allows if that is less; negative: none. */
static double stay_s(const scene *c, int32_t unit)
{
    const double fuel_s =
        mst_flight_station_s(&c->run->model->unit[unit].flight, distance_m(c, unit));
    return isnan(c->row->on_station_s) ? fuel_s : fmin(c->row->on_station_s, fuel_s);
}

/* Sorties a day as a whole number in a window: 2 in 24 h; .5 is 1 in 48 h. */
static muster_time day_window(const mst_flight *flight)
{
    const double rate = flight->sorties_per_day;
    return rate >= 1.0 || !(rate > 0.0) ? MUSTER_DAY : muster_time_from_seconds(86400.0 / rate);
}

static int32_t day_limit(const mst_flight *flight)
{
    return flight->sorties_per_day >= 1.0 ? (int32_t)fmin(flight->sorties_per_day, 1e6) : 1;
}

/* First time it can take off again: ready, and within its sorties a day. */
static muster_time earliest_off(const scene *c, int32_t unit, const mst_aircraft_state *a)
{
    const mst_flight *flight = &c->run->model->unit[unit].flight;
    const muster_time now = mst_now(c->run);
    const muster_time ready = a->free_at > now ? a->free_at : now;
    const muster_time next_day = a->day_from + day_window(flight);
    return a->day_sorties >= day_limit(flight) && ready < next_day ? next_day : ready;
}

static int32_t sorties_of_state(const scene *c, int32_t state)
{
    int32_t sum = 0;
    for (int32_t i = 0; i < c->run->model->unit_count; i++)
        if (c->run->model->unit[i].state == state && may_fly(c, i))
            sum += c->run->unit[i].sorties;
    return sum;
}

typedef struct choice {
    int32_t unit, number; /* -1: nobody */
    muster_time arrival;
    int32_t state_sorties, unit_sorties;
} choice;

/* Earlier on station is better; then the state, then the squadron that has flown less. */
static bool is_better(const choice *a, const choice *b)
{
    if (b->unit < 0 || a->arrival != b->arrival)
        return b->unit < 0 || a->arrival < b->arrival;
    if (a->state_sorties != b->state_sorties)
        return a->state_sorties < b->state_sorties;
    return a->unit_sorties < b->unit_sorties;
}

static void consider(const scene *c, int32_t unit, muster_time target, choice *best)
{
    const mst_unit_row *row = &c->run->model->unit[unit];
    const mst_unit_state *s = &c->run->unit[unit];
    if (!may_fly(c, unit) || s->sorties + 1.0 > row->allotment_sorties || stay_s(c, unit) <= 0.0 ||
        (row->parent >= 0 && !mst_crew_is_there(c->run, c->drill, unit)))
        return;
    choice one = {
        .unit = unit, .state_sorties = sorties_of_state(c, row->state), .unit_sorties = s->sorties};
    for (one.number = 0; one.number < s->serviceable && one.number < row->count; one.number++) {
        const mst_aircraft_state *a = aircraft_of(c, unit, one.number);
        if (a->next.instance >= 0)
            continue;
        const muster_time soonest = earliest_off(c, unit, a) + way_of(c, unit);
        one.arrival = soonest > target ? soonest : target;
        if (is_better(&one, best))
            *best = one;
    }
}

/* ---- booking ------------------------------------------------------------------------------------------ */

static void expect(const scene *c, int32_t unit, int32_t number, int32_t code, muster_time at)
{
    mst_aircraft_state *a = aircraft_of(c, unit, number);
    a->pending = mst_schedule(c->run, at, MST_RANK_MOTION, a->now.instance, code, unit, number);
}

static void await_take_off(const scene *c, int32_t unit, int32_t number)
{
    mst_aircraft_state *a = aircraft_of(c, unit, number);
    a->flying = MST_WAITING;
    expect(c, unit, number, TAKE_OFF, a->now.off);
}

static void book(const scene *c, int32_t post, const choice *who)
{
    const mst_flight *flight = &c->run->model->unit[who->unit].flight;
    const muster_time way = way_of(c, who->unit);
    mst_aircraft_state *a = aircraft_of(c, who->unit, who->number);
    mst_sortie sortie = {.instance = c->instance,
                         .post = post,
                         .off = who->arrival - way,
                         .on = who->arrival,
                         .leave = who->arrival + muster_time_from_seconds(stay_s(c, who->unit))};
    if (sortie.leave > c->s->until)
        sortie.leave = c->s->until;
    sortie.land = sortie.leave + way;
    sortie.burn_kg =
        flight->climb_kg + 2.0 * distance_m(c, who->unit) * flight->cruise_kgpm +
        (double)(sortie.leave - sortie.on) / (double)MUSTER_SECOND * flight->loiter_kgps;
    if (a->day_sorties == 0 || sortie.off >= a->day_from + day_window(flight)) {
        a->day_from = sortie.off;
        a->day_sorties = 0;
    }
    a->day_sorties++;
    a->free_at = sortie.land + muster_time_from_seconds(flight->turnaround_s);
    c->run->unit[who->unit].sorties++;
    c->s->planned_until[post] = sortie.leave;
    if (a->now.instance >= 0) {
        a->next = sortie;
    } else {
        a->now = sortie;
        await_take_off(c, who->unit, who->number);
    }
}

/* Finds somebody to be on a post from where its last booking ends. */
static void plan_post(const scene *c, int32_t post)
{
    const uint64_t bit = UINT64_C(1) << post;
    const muster_time now = mst_now(c->run);
    const muster_time target = c->s->planned_until[post] > now ? c->s->planned_until[post] : now;
    choice best = {.unit = -1};
    c->s->idle &= ~bit;
    if (target >= c->s->until)
        return;
    for (int32_t i = 0; i < c->run->model->unit_count; i++)
        consider(c, i, target, &best);
    if (best.unit >= 0 && best.arrival < c->s->until)
        book(c, post, &best);
    else
        c->s->idle |= bit;
}

static void plan_idle_posts(const scene *c)
{
    for (int32_t post = 0; c->s->is_open && post < c->row->count; post++)
        if (c->s->idle >> post & 1U)
            plan_post(c, post);
}

/* ---- the sortie --------------------------------------------------------------------------------------- */

/* The sortie is over or called off: the next one booked takes its place. */
static void end_sortie(const scene *c, int32_t unit, int32_t number)
{
    mst_aircraft_state *a = aircraft_of(c, unit, number);
    a->pending = 0;
    a->flying = MST_PARKED;
    a->now = a->next;
    a->next = (mst_sortie){.instance = -1};
    if (a->now.instance >= 0)
        await_take_off(c, unit, number);
}

static mst_record *emit(const scene *c, mst_record_kind kind, int32_t unit, int32_t number)
{
    mst_record *record = mst_emit(c->run, kind, unit, c->request, number + 1);
    record->c = c->drill;
    return record;
}

static void take_off(const scene *c, int32_t unit, int32_t number)
{
    mst_aircraft_state *a = aircraft_of(c, unit, number);
    const int32_t post = a->now.post;
    if (!mst_unit_takes_part(c->run, unit, c->drill) || number >= c->run->unit[unit].serviceable) {
        c->s->planned_until[post] = a->now.on;
        c->run->unit[unit].sorties--;
        end_sortie(c, unit, number);
        plan_post(c, post);
        return;
    }
    a->flying = MST_OUTBOUND;
    c->run->unit[unit].present++;
    emit(c, MST_RECORD_TAKEOFF, unit, number)->real = a->now.burn_kg;
    expect(c, unit, number, ARRIVE, a->now.on);
    plan_post(c, post);
}

static void arrive(const scene *c, int32_t unit, int32_t number)
{
    mst_aircraft_state *a = aircraft_of(c, unit, number);
    a->flying = MST_ON_STATION;
    emit(c, MST_RECORD_ON_STATION, unit, number);
    expect(c, unit, number, LEAVE, a->now.leave);
    change_present(c, 1);
    const int32_t lack = c->row->count - c->s->present;
    if (lack < c->s->short_told)
        c->s->short_told = lack > 0 ? lack : 0;
}

static void check_soon(const scene *c, muster_time at)
{
    if (c->s->check == 0)
        c->s->check = mst_schedule(c->run, at, MST_RANK_SENSE, c->instance, CHECK, -1, -1);
}

static void leave(const scene *c, int32_t unit, int32_t number)
{
    mst_aircraft_state *a = aircraft_of(c, unit, number);
    a->flying = MST_INBOUND;
    emit(c, MST_RECORD_OFF_STATION, unit, number);
    expect(c, unit, number, LAND, a->now.land);
    change_present(c, -1);
    check_soon(c, mst_now(c->run));
}

static void land(const scene *c, int32_t unit, int32_t number)
{
    const mst_aircraft_state *a = aircraft_of(c, unit, number);
    emit(c, MST_RECORD_LANDED, unit, number)->real = a->now.burn_kg;
    c->run->unit[unit].used_kg += a->now.burn_kg;
    c->run->unit[unit].present--;
    end_sortie(c, unit, number);
    plan_idle_posts(c);
}

/* ---- the window ----------------------------------------------------------------------------------------- */

/* Why nobody relieves: there are aircraft, but none can stay; or none is ready. */
static mst_cause cause_of_gap(const scene *c)
{
    int32_t flyers = 0;
    for (int32_t i = 0; i < c->run->model->unit_count; i++) {
        if (!may_fly(c, i) || c->run->unit[i].serviceable <= 0)
            continue;
        flyers++;
        if (stay_s(c, i) > 0.0 && c->run->model->unit[i].allotment_sorties >= 1.0)
            return MST_CAUSE_ABSENT;
    }
    return flyers > 0 ? MST_CAUSE_FUEL : MST_CAUSE_ABSENT;
}

static void check(const scene *c)
{
    const muster_time now = mst_now(c->run);
    const int32_t lack = c->row->count - c->s->present;
    c->s->check = 0;
    if (!c->s->is_open || now < c->s->from || now >= c->s->until)
        return;
    if (lack > c->s->short_told)
        mst_emit(c->run, MST_RECORD_AIR_GAP, -1, c->request, (int32_t)cause_of_gap(c))->real = lack;
    c->s->short_told = lack > 0 ? lack : 0;
}

static muster_time longest_way(const scene *c)
{
    muster_time longest = 0;
    for (int32_t i = 0; i < c->run->model->unit_count; i++)
        if (may_fly(c, i) && way_of(c, i) > longest)
            longest = way_of(c, i);
    return longest;
}

/* The window counts from the drill's start; until that is known, from the muster time. */
static muster_time origin(const scene *c)
{
    const mst_drill_state *d = &c->run->drill[c->drill];
    return d->started ? d->started_at : c->run->model->drill[c->drill].muster_at;
}

static void expect_window(const scene *c)
{
    mst_cancel(c->run, &c->s->begin);
    c->s->begin = mst_schedule(c->run, origin(c) + c->row->start - longest_way(c), MST_RANK_ORDER,
                               c->instance, BEGIN, -1, -1);
}

static void open_window(const scene *c)
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
    check_soon(c, c->s->from);
    for (int32_t post = 0; post < c->row->count; post++) {
        c->s->planned_until[post] = c->s->from;
        plan_post(c, post);
    }
}

/* ---- called off ------------------------------------------------------------------------------------------ */

static void call_back(const scene *c, int32_t unit, int32_t number)
{
    const mst_flight *flight = &c->run->model->unit[unit].flight;
    mst_aircraft_state *a = aircraft_of(c, unit, number);
    const muster_time now = mst_now(c->run);
    if (a->next.instance == c->instance) {
        a->next = (mst_sortie){.instance = -1};
        c->run->unit[unit].sorties--;
        a->free_at = a->now.land + muster_time_from_seconds(flight->turnaround_s);
    }
    if (a->now.instance != c->instance || a->flying == MST_INBOUND)
        return;
    if (a->flying == MST_WAITING) {
        mst_cancel(c->run, &a->pending);
        c->run->unit[unit].sorties--;
        a->free_at = now;
        end_sortie(c, unit, number);
        return;
    }
    mst_cancel(c->run, &a->pending);
    const muster_time back =
        a->flying == MST_OUTBOUND ? now - a->now.off : a->now.land - a->now.leave;
    const muster_time stayed = a->flying == MST_ON_STATION ? now - a->now.on : 0;
    a->now.leave = now;
    a->now.land = now + back;
    a->now.burn_kg =
        flight->climb_kg +
        2.0 * (double)back / (double)MUSTER_SECOND * flight->cruise_mps * flight->cruise_kgpm +
        (double)stayed / (double)MUSTER_SECOND * flight->loiter_kgps;
    a->free_at = a->now.land + muster_time_from_seconds(flight->turnaround_s);
    if (a->flying == MST_ON_STATION) {
        leave(c, unit, number);
    } else {
        a->flying = MST_INBOUND;
        expect(c, unit, number, LAND, a->now.land);
    }
}

static void close_window(const scene *c)
{
    mst_cancel(c->run, &c->s->begin);
    if (!c->s->is_open)
        return;
    count_time(c);
    if (c->s->until > mst_now(c->run))
        c->s->until = mst_now(c->run);
    c->s->idle = 0;
    for (int32_t i = 0; i < c->run->model->unit_count; i++)
        for (int32_t k = 0; k < c->run->aircraft_first[i + 1] - c->run->aircraft_first[i]; k++)
            call_back(c, i, k);
}

/* ---- events ------------------------------------------------------------------------------------------------ */

static void on_own_event(const scene *c, const mst_event *event)
{
    if (event->code == BEGIN) {
        open_window(c);
        return;
    }
    if (event->code == CHECK) {
        check(c);
        return;
    }
    aircraft_of(c, event->a, event->b)->pending = 0;
    if (event->code == TAKE_OFF)
        take_off(c, event->a, event->b);
    else if (event->code == ARRIVE)
        arrive(c, event->a, event->b);
    else if (event->code == LEAVE)
        leave(c, event->a, event->b);
    else
        land(c, event->a, event->b);
}

static void on_event(mst_run *run, int32_t instance, const mst_event *event)
{
    const scene c = scene_of(run, instance);
    if (event->instance >= 0)
        on_own_event(&c, event);
    else if (event->code == MST_SIGNAL_REACHED)
        plan_idle_posts(&c); /* a ship with helicopters may have come */
    else if (event->a != c.drill)
        return;
    else if (event->code == MST_SIGNAL_DRILL_OVER)
        close_window(&c);
    else if (!run->drill[c.drill].over && !c.s->is_open)
        expect_window(&c);
}

static void stop(mst_run *run, int32_t instance)
{
    const scene c = scene_of(run, instance);
    mst_cancel(run, &c.s->begin);
    mst_cancel(run, &c.s->check);
    for (int32_t i = 0; i < run->aircraft_first[run->model->unit_count]; i++)
        if (run->aircraft[i].now.instance == instance)
            mst_cancel(run, &run->aircraft[i].pending);
}

static bool compile(mst_compile *ctx, int32_t instance, const void *spec, void *param)
{
    const mst_air_row *row = &ctx->model->drill[ctx->drill].air[ctx->what];
    air_param *out = param;
    (void)instance;
    (void)spec;
    double *distance =
        mst_arena_array(ctx->arena, (size_t)ctx->model->unit_count, sizeof *distance);
    if (!distance)
        return false;
    for (int32_t i = 0; i < ctx->model->unit_count; i++) {
        const mst_unit_row *unit = &ctx->model->unit[i];
        if (unit->domain == MST_AIR && unit->home >= 0 && row->spot >= 0)
            distance[i] = muster_geo_distance_m(ctx->model->spot[unit->home].point,
                                                ctx->model->spot[row->spot].point);
    }
    out->distance_m = distance;
    if (row->count <= POSTS_MAX)
        return true;
    mst_diag(ctx->diags, MUSTER_ERROR, ctx->place, NULL, NULL,
             "air request '%s' asks for %d aircraft on station; at most %d are allowed", row->id,
             (int)row->count, (int)POSTS_MAX);
    return false;
}

const mst_activity_type mst_activity_air = {
    .name = "air",
    .doc = "keeps aircraft on a station by sorties that relieve each other",
    .role = MST_ROLE_CORE,
    .param_bytes = sizeof(air_param),
    .state_bytes = sizeof(air_state),
    .compile = compile,
    .on_event = on_event,
    .stop = stop,
    .listens = 1U << MST_SIGNAL_DECIDED | 1U << MST_SIGNAL_DRILL_STARTED |
               1U << MST_SIGNAL_DRILL_OVER | 1U << MST_SIGNAL_REACHED,
};
