/* One sortie of an air request, from take-off to landing, and who is on station. */
#include "activity/air_scene.h"

/* ---- presence -------------------------------------------------------------------------------- */

void mst_air_count_time(const mst_air_scene *c)
{
    mst_air_state *s = c->s;
    const muster_time now = mst_now(c->run) < s->until ? mst_now(c->run) : s->until;
    if (!s->is_open || now <= s->since)
        return;
    const int32_t counted = s->present < c->row->count ? s->present : c->row->count;
    s->covered_s +=
        (double)(now - s->since) / (double)MUSTER_SECOND * counted / (double)c->row->count;
    s->since = now;
}

static void change_present(const mst_air_scene *c, int32_t by)
{
    mst_air_count_time(c);
    c->s->present += by;
    mst_broadcast(c->run, MST_SIGNAL_AIR, c->instance, c->s->present);
}

/* ---- the sortie ------------------------------------------------------------------------------ */

static mst_record *emit(const mst_air_scene *c, mst_record_kind kind, int32_t unit, int32_t number)
{
    mst_record *record = mst_emit(c->run, kind, unit, c->request, number + 1);
    record->c = c->drill;
    return record;
}

void mst_air_take_off(const mst_air_scene *c, int32_t unit, int32_t number)
{
    mst_aircraft_state *a = mst_air_aircraft(c, unit, number);
    const int32_t post = a->now.post;
    if (mst_air_waits(c)) {
        mst_air_unbook(c, unit, number);
        return;
    }
    if (!mst_unit_takes_part(c->run, unit, c->drill) || number >= c->run->unit[unit].serviceable) {
        c->s->planned_until[post] = a->now.on;
        c->run->unit[unit].sorties--;
        mst_air_end_sortie(c, unit, number);
        mst_air_plan_post(c, post);
        return;
    }
    a->flying = MST_OUTBOUND;
    c->run->unit[unit].present++;
    emit(c, MST_RECORD_TAKEOFF, unit, number)->real = a->now.burn_kg;
    mst_air_expect(c, unit, number, MST_AIR_ARRIVE, a->now.on);
    mst_air_plan_post(c, post);
}

void mst_air_arrive(const mst_air_scene *c, int32_t unit, int32_t number)
{
    mst_aircraft_state *a = mst_air_aircraft(c, unit, number);
    a->flying = MST_ON_STATION;
    emit(c, MST_RECORD_ON_STATION, unit, number);
    mst_air_expect(c, unit, number, MST_AIR_LEAVE, a->now.leave);
    change_present(c, 1);
    const int32_t lack = c->row->count - c->s->present;
    if (lack < c->s->short_told)
        c->s->short_told = lack > 0 ? lack : 0;
}

void mst_air_check_soon(const mst_air_scene *c, muster_time at)
{
    if (c->s->check == 0)
        c->s->check = mst_schedule(c->run, at, MST_RANK_SENSE, c->instance, MST_AIR_CHECK, -1, -1);
}

void mst_air_leave(const mst_air_scene *c, int32_t unit, int32_t number)
{
    mst_aircraft_state *a = mst_air_aircraft(c, unit, number);
    a->flying = MST_INBOUND;
    emit(c, MST_RECORD_OFF_STATION, unit, number);
    mst_air_expect(c, unit, number, MST_AIR_LAND, a->now.land);
    change_present(c, -1);
    mst_air_check_soon(c, mst_now(c->run));
}

void mst_air_land(const mst_air_scene *c, int32_t unit, int32_t number)
{
    const mst_aircraft_state *a = mst_air_aircraft(c, unit, number);
    emit(c, MST_RECORD_LANDED, unit, number)->real = a->now.burn_kg;
    c->run->unit[unit].used_kg += a->now.burn_kg;
    c->run->unit[unit].present--;
    mst_air_end_sortie(c, unit, number);
    mst_air_plan_idle(c);
}

/* ---- called off ------------------------------------------------------------------------------ */

void mst_air_call_back(const mst_air_scene *c, int32_t unit, int32_t number)
{
    const mst_flight *flight = &c->run->model->unit[unit].flight;
    mst_aircraft_state *a = mst_air_aircraft(c, unit, number);
    const muster_time now = mst_now(c->run);
    mst_air_unbook(c, unit, number);
    if (a->now.instance != c->instance || a->flying == MST_INBOUND)
        return;
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
    if (a->next.instance < 0)
        a->free_at = a->now.land + muster_time_from_seconds(flight->turnaround_s);
    if (a->flying == MST_ON_STATION) {
        mst_air_leave(c, unit, number);
    } else {
        a->flying = MST_INBOUND;
        mst_air_expect(c, unit, number, MST_AIR_LAND, a->now.land);
    }
}
