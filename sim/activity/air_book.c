/* Who flies for an air request, and when. A relief is booked when the one it relieves takes off.
 * An aircraft holds one sortie and one booking after it, so that its next event is always a single
 * one. */
#include "activity/air_scene.h"

#include "activity/crew.h"

#include <math.h>

/* ---- who can fly ----------------------------------------------------------------------------- */

bool mst_air_is_flyer(const mst_air_row *row, const mst_unit_row *unit)
{
    return unit->domain == MST_AIR && unit->has_range && (row->role & ~unit->roles) == 0 &&
           (row->states == 0 || (unit->state < 64 && (row->states >> unit->state & 1U)));
}

bool mst_air_may_fly(const mst_air_scene *c, int32_t unit)
{
    return mst_unit_takes_part(c->run, unit, c->drill);
}

double mst_air_distance_m(const mst_air_scene *c, int32_t unit)
{
    return c->run->model->unit[unit].parent >= 0 ? 0.0 : c->param->distance_m[unit];
}

muster_time mst_air_way(const mst_air_scene *c, int32_t unit)
{
    return muster_time_from_seconds(mst_air_distance_m(c, unit) /
                                    c->run->model->unit[unit].flight.cruise_mps);
}

/* Stay of one sortie, s: what is asked, or what fuel allows if that is less; negative: none. */
double mst_air_stay_s(const mst_air_scene *c, int32_t unit)
{
    const double fuel_s =
        mst_flight_station_s(&c->run->model->unit[unit].flight, mst_air_distance_m(c, unit));
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
static muster_time earliest_off(const mst_air_scene *c, int32_t unit, const mst_aircraft_state *a)
{
    const mst_flight *flight = &c->run->model->unit[unit].flight;
    const muster_time now = mst_now(c->run);
    const muster_time ready = a->free_at > now ? a->free_at : now;
    const muster_time next_day = a->day_from + day_window(flight);
    return a->day_sorties >= day_limit(flight) && ready < next_day ? next_day : ready;
}

static int32_t sorties_of_state(const mst_air_scene *c, int32_t state)
{
    int32_t sum = 0;
    for (int32_t k = 0; k < c->param->flyer_count; k++) {
        const int32_t i = c->param->flyer[k];
        if (c->run->model->unit[i].state == state && mst_air_may_fly(c, i))
            sum += c->run->unit[i].sorties;
    }
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

static void consider(const mst_air_scene *c, int32_t unit, muster_time target, choice *best)
{
    const mst_unit_row *row = &c->run->model->unit[unit];
    const mst_unit_state *s = &c->run->unit[unit];
    if (!mst_air_may_fly(c, unit) || s->sorties + 1.0 > row->allotment_sorties ||
        mst_air_stay_s(c, unit) <= 0.0 ||
        (row->parent >= 0 && !mst_crew_is_there(c->run, c->drill, unit)))
        return;
    choice one = {
        .unit = unit, .state_sorties = sorties_of_state(c, row->state), .unit_sorties = s->sorties};
    const muster_time way = mst_air_way(c, unit);
    for (one.number = 0; one.number < s->serviceable && one.number < row->count; one.number++) {
        const mst_aircraft_state *a = mst_air_aircraft(c, unit, one.number);
        if (a->next.instance >= 0)
            continue;
        const muster_time soonest = earliest_off(c, unit, a) + way;
        one.arrival = soonest > target ? soonest : target;
        if (is_better(&one, best))
            *best = one;
    }
}

/* ---- booking --------------------------------------------------------------------------------- */

void mst_air_expect(const mst_air_scene *c, int32_t unit, int32_t number, int32_t code,
                    muster_time at)
{
    mst_aircraft_state *a = mst_air_aircraft(c, unit, number);
    a->pending = mst_schedule(c->run, at, MST_RANK_MOTION, a->now.instance, code, unit, number);
}

static void await_take_off(const mst_air_scene *c, int32_t unit, int32_t number)
{
    mst_aircraft_state *a = mst_air_aircraft(c, unit, number);
    a->flying = MST_WAITING;
    mst_air_expect(c, unit, number, MST_AIR_TAKE_OFF, a->now.off);
}

static void book(const mst_air_scene *c, int32_t post, const choice *who)
{
    const mst_flight *flight = &c->run->model->unit[who->unit].flight;
    const muster_time way = mst_air_way(c, who->unit);
    mst_aircraft_state *a = mst_air_aircraft(c, who->unit, who->number);
    mst_sortie sortie = {.instance = c->instance,
                         .post = post,
                         .free_before = a->free_at,
                         .off = who->arrival - way,
                         .on = who->arrival,
                         .leave =
                             who->arrival + muster_time_from_seconds(mst_air_stay_s(c, who->unit))};
    if (sortie.leave > c->s->until)
        sortie.leave = c->s->until;
    sortie.land = sortie.leave + way;
    sortie.burn_kg =
        flight->climb_kg + 2.0 * mst_air_distance_m(c, who->unit) * flight->cruise_kgpm +
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
void mst_air_plan_post(const mst_air_scene *c, int32_t post)
{
    const uint64_t bit = UINT64_C(1) << post;
    const muster_time now = mst_now(c->run);
    const muster_time target = c->s->planned_until[post] > now ? c->s->planned_until[post] : now;
    choice best = {.unit = -1};
    c->s->idle &= ~bit;
    if (target >= c->s->until)
        return;
    for (int32_t k = 0; !mst_air_waits(c) && k < c->param->flyer_count; k++)
        consider(c, c->param->flyer[k], target, &best);
    if (best.unit >= 0 && best.arrival < c->s->until)
        book(c, post, &best);
    else
        c->s->idle |= bit;
}

void mst_air_plan_idle(const mst_air_scene *c)
{
    for (int32_t post = 0; c->s->is_open && post < c->row->count; post++)
        if (c->s->idle >> post & 1U)
            mst_air_plan_post(c, post);
}

/* The sortie is over or called off: the next one booked takes its place. */
void mst_air_end_sortie(const mst_air_scene *c, int32_t unit, int32_t number)
{
    mst_aircraft_state *a = mst_air_aircraft(c, unit, number);
    a->pending = 0;
    a->flying = MST_PARKED;
    a->now = a->next;
    a->next = (mst_sortie){.instance = -1};
    if (a->now.instance >= 0)
        await_take_off(c, unit, number);
}

static void not_flown(const mst_air_scene *c, int32_t unit, mst_aircraft_state *a)
{
    c->run->unit[unit].sorties--;
    if (a->day_sorties > 0)
        a->day_sorties--;
}

void mst_air_unbook(const mst_air_scene *c, int32_t unit, int32_t number)
{
    mst_aircraft_state *a = mst_air_aircraft(c, unit, number);
    if (a->next.instance == c->instance) {
        a->free_at = a->next.free_before;
        a->next = (mst_sortie){.instance = -1};
        not_flown(c, unit, a);
    }
    if (a->now.instance != c->instance || a->flying != MST_WAITING)
        return;
    mst_cancel(c->run, &a->pending);
    not_flown(c, unit, a);
    if (a->next.instance < 0)
        a->free_at = a->now.free_before;
    mst_air_end_sortie(c, unit, number);
}
