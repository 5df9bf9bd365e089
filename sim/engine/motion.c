#include "engine/motion.h"

#include "engine/chance.h"
#include "engine/crossing.h"
#include "engine/halt.h"
#include "engine/legs.h"

#include <math.h>

static double seconds_between(muster_time from, muster_time to)
{
    return (double)(to - from) / (double)MUSTER_SECOND;
}

mst_leg mst_motion_leg(const mst_run *run, const mst_unit_state *s)
{
    return mst_model_leg(run->model, s->from, s->to);
}

/* ---- closed forms ------------------------------------------------------------------------ */

static double burnt_kg(const mst_run *run, const mst_unit_state *s)
{
    return fmin(s->burn_kgps * seconds_between(s->since, mst_now(run)), s->fuel_kg);
}

double mst_motion_covered_m(const mst_run *run, const mst_unit_state *s)
{
    const mst_leg leg = mst_motion_leg(run, s);
    const double moved_m = s->hold < 0 ? s->speed_mps * seconds_between(s->since, mst_now(run)) : 0;
    return fmin(s->start_m + moved_m, leg.length_m);
}

double mst_unit_fuel_kg(const mst_run *run, int32_t unit)
{
    return run->unit[unit].fuel_kg - burnt_kg(run, &run->unit[unit]);
}

double mst_unit_used_kg(const mst_run *run, int32_t unit)
{
    return run->unit[unit].used_kg + burnt_kg(run, &run->unit[unit]);
}

muster_point mst_unit_place(const mst_run *run, int32_t unit)
{
    const mst_unit_state *s = &run->unit[unit];
    const mst_unit_row *row = &run->model->unit[unit];
    if (row->parent >= 0)
        return mst_unit_place(run, row->parent);
    if (s->hold >= 0 && s->spot >= 0)
        return run->model->spot[s->spot].point;
    const mst_leg leg = mst_motion_leg(run, s);
    return mst_leg_position(&leg, mst_motion_covered_m(run, s));
}

bool mst_unit_at(const mst_run *run, int32_t unit, int32_t spot)
{
    return run->unit[unit].hold >= 0 && run->unit[unit].spot == spot;
}

bool mst_unit_takes_part(const mst_run *run, int32_t unit, int32_t drill)
{
    return run->unit[unit].drill == drill && !run->unit[unit].is_out;
}

/* A ship whose range nobody knows burns an unknown amount: none is counted. */
static double burn_kgps(const mst_unit_row *row, double speed_mps)
{
    const double rate = row->has_range ? mst_law_rate_kgps(&row->law, speed_mps) : 0.0;
    return isfinite(rate) ? rate : 0.0;
}

double mst_motion_possible_mps(const mst_unit_row *row, double speed_mps)
{
    return fmin(speed_mps, row->has_range ? fmin(row->max_mps, row->law.max_mps) : row->max_mps);
}

/* Brings fuel and way up to now; everything after counts from here. */
void mst_motion_settle(const mst_run *run, mst_unit_state *s)
{
    const double burnt = burnt_kg(run, s);
    if (s->hold < 0)
        s->start_m = mst_motion_covered_m(run, s);
    s->fuel_kg -= burnt;
    s->used_kg += burnt;
    s->issued_kg -= burnt;
    s->since = mst_now(run);
}

static muster_time time_at_m(const mst_unit_state *s, double distance_m)
{
    return s->since + muster_time_from_seconds((distance_m - s->start_m) / s->speed_mps);
}

/* ---- what will happen: fuel levels, arrival, crossings ------------------------------------- */

static mst_handle schedule(mst_run *run, muster_time time, int32_t code, int32_t unit)
{
    return mst_schedule(run, time, MST_RANK_MOTION, -1, code, unit, 0);
}

/* The levels in the order in which a ship comes to them: a reserve may lie above the floor. */
static int32_t level_at(const mst_unit_row *row, int32_t step)
{
    const bool reserve_first = row->reserve_kg > row->floor_kg;
    if (step >= MST_LEVEL_EMPTY || !reserve_first)
        return step;
    return step == MST_LEVEL_FLOOR ? MST_LEVEL_RESERVE : MST_LEVEL_FLOOR;
}

static double level_kg(const mst_unit_row *row, int32_t step)
{
    const int32_t level = level_at(row, step);
    return level == MST_LEVEL_FLOOR     ? row->floor_kg
           : level == MST_LEVEL_RESERVE ? row->reserve_kg
                                        : 0.0;
}

/* What it is below already is no event. */
void mst_motion_skip_levels(const mst_unit_row *row, mst_unit_state *s)
{
    s->next_level = 0;
    while (s->next_level < MST_LEVEL_EMPTY && s->fuel_kg <= level_kg(row, s->next_level))
        s->next_level++;
}

static void expect_level(mst_run *run, int32_t unit)
{
    mst_unit_state *s = &run->unit[unit];
    mst_cancel(run, &s->level);
    if (s->next_level > MST_LEVEL_EMPTY || s->burn_kgps <= 0.0)
        return;
    const double left_kg = s->fuel_kg - level_kg(&run->model->unit[unit], s->next_level);
    const double seconds = fmax(left_kg, 0.0) / s->burn_kgps;
    if (seconds < 1e11) /* beyond every horizon */
        s->level =
            schedule(run, s->since + muster_time_from_seconds(seconds), MST_MOTION_LEVEL, unit);
}

void mst_motion_expect_crossing(mst_run *run, int32_t unit, double from_m)
{
    mst_unit_state *s = &run->unit[unit];
    mst_cancel(run, &s->crossing);
    if (s->hold >= 0 || s->drill < 0 || !(s->speed_mps > 0.0) ||
        !(run->model->drill[s->drill].area_radius_m > 0.0))
        return;
    const mst_leg leg = mst_motion_leg(run, s);
    double at_m = 0.0;
    bool enters = false;
    if (!mst_crossing_next(run->crossings, run->model, s->drill, &leg, from_m, &at_m, &enters))
        return;
    s->crossing = mst_schedule(run, time_at_m(s, at_m), MST_RANK_MOTION, -1, MST_MOTION_CROSSING,
                               unit, enters);
}

static void note_area(mst_run *run, int32_t unit, bool inside)
{
    mst_unit_state *s = &run->unit[unit];
    if (inside == (s->in_area != 0))
        return;
    s->in_area = inside;
    mst_emit(run, inside ? MST_RECORD_ENTERED : MST_RECORD_LEFT, unit, s->drill, -1);
}

void mst_motion_look_at_area(mst_run *run, int32_t unit)
{
    const mst_unit_state *s = &run->unit[unit];
    if (s->drill < 0)
        return;
    const mst_drill_row *d = &run->model->drill[s->drill];
    note_area(run, unit,
              mst_sphere_distance_m(mst_unit_place(run, unit), d->area_centre) <= d->area_radius_m);
}

/* ---- legs and holds -------------------------------------------------------------------------- */

static void emit_track(mst_run *run, mst_record_kind kind, int32_t unit, int32_t a, int32_t b)
{
    const mst_unit_state *s = &run->unit[unit];
    mst_record *record = mst_emit(run, kind, unit, a, b);
    record->speed_mps = s->speed_mps;
    record->burn_kgps = s->burn_kgps;
    record->fuel_kg = s->fuel_kg;
    record->start_m = s->hold < 0 || s->spot < 0 ? s->start_m : 0.0;
}

void mst_motion_begin_hold(mst_run *run, int32_t unit, mst_hold hold, double speed_mps)
{
    const mst_unit_row *row = &run->model->unit[unit];
    mst_unit_state *s = &run->unit[unit];
    mst_motion_settle(run, s);
    mst_cancel(run, &s->arrival);
    mst_cancel(run, &s->crossing);
    s->hold = (int32_t)hold;
    s->speed_mps = hold == MST_HOLD_STATION ? mst_motion_possible_mps(row, speed_mps) : 0.0;
    s->burn_kgps =
        hold == MST_HOLD_PORT || hold == MST_HOLD_ADRIFT ? 0.0 : burn_kgps(row, s->speed_mps);
    expect_level(run, unit);
    emit_track(run, MST_RECORD_HOLD, unit, s->spot, (int32_t)hold);
}

/* speed_mps is through the water; chance makes good that times factor. */
void mst_motion_begin_leg(mst_run *run, int32_t unit, int32_t from, int32_t to, double start_m,
                          double speed_mps, double factor, muster_time due)
{
    mst_unit_state *s = &run->unit[unit];
    mst_motion_settle(run, s);
    s->hold = -1;
    s->spot = -1;
    s->from = from;
    s->to = to;
    s->start_m = start_m;
    s->factor = factor;
    s->speed_mps = speed_mps * factor;
    s->burn_kgps = burn_kgps(&run->model->unit[unit], speed_mps);
    s->due = due;
    s->next_to = -1;
    muster_time arrival = time_at_m(s, mst_motion_leg(run, s).length_m);
    /* A planned time is the plan's integer, never computed back from speed and distance. */
    if (due != MUSTER_NEVER && due >= s->since && due - arrival <= MUSTER_SECOND &&
        arrival - due <= MUSTER_SECOND)
        arrival = due;
    mst_cancel(run, &s->arrival);
    s->arrival = schedule(run, arrival, MST_MOTION_ARRIVAL, unit);
    emit_track(run, MST_RECORD_LEG, unit, from, to);
    expect_level(run, unit);
    mst_motion_expect_crossing(run, unit, start_m);
}

void mst_motion_tell_reached(mst_run *run, int32_t unit, int32_t spot, muster_time due)
{
    mst_record *record = mst_emit(run, MST_RECORD_REACHED, unit, spot, -1);
    record->real = due == MUSTER_NEVER ? (double)NAN : seconds_between(due, mst_now(run));
}

void mst_motion_settle_in(mst_run *run, int32_t unit)
{
    const mst_unit_state *s = &run->unit[unit];
    if (run->model->spot[s->spot].base >= 0) {
        mst_motion_begin_hold(run, unit, MST_HOLD_PORT, 0.0);
        mst_emit(run, MST_RECORD_IN_PORT, unit, s->spot, -1);
    } else {
        mst_motion_begin_hold(run, unit, MST_HOLD_STATION, run->model->unit[unit].station_mps);
    }
}

static void arrive(mst_run *run, int32_t unit)
{
    mst_unit_state *s = &run->unit[unit];
    const int32_t spot = s->to, next_to = s->next_to;
    const double next_mps = s->next_mps;
    s->arrival = 0;
    mst_motion_settle(run, s);
    s->start_m = mst_motion_leg(run, s).length_m;
    s->spot = spot;
    s->next_to = -1;
    mst_motion_tell_reached(run, unit, spot, s->due);
    mst_motion_settle_in(run, unit);
    mst_motion_look_at_area(run, unit);
    mst_broadcast(run, MST_SIGNAL_REACHED, unit, spot);
    if (next_to >= 0 && mst_unit_at(run, unit, spot))
        mst_unit_sail(run, unit, next_to, next_mps);
}

/* True if its serviceability is drawn each day. */
bool mst_motion_changes_daily(const mst_unit_row *row)
{
    return row->domain == MST_AIR && row->readiness > 0.0 && row->readiness < 1.0;
}

/* ---- the engine's own events ---------------------------------------------------------------------- */

/* Empty: adrift exactly where the fuel ended, not where the tick after found it. */
static void run_dry(mst_run *run, int32_t unit)
{
    mst_unit_state *s = &run->unit[unit];
    const double ended_m = s->start_m + s->speed_mps * (s->fuel_kg / s->burn_kgps);
    const bool under_way = s->hold < 0;
    mst_motion_settle(run, s);
    s->used_kg += s->fuel_kg;
    s->issued_kg -= s->fuel_kg;
    s->fuel_kg = 0.0;
    if (under_way)
        s->start_m = fmin(ended_m, mst_motion_leg(run, s).length_m);
    mst_emit(run, MST_RECORD_FLOOR, unit, MST_LEVEL_EMPTY, -1);
    mst_motion_begin_hold(run, unit, MST_HOLD_ADRIFT, 0.0);
    if (under_way) { /* no spot: the leg and start_m say where */
        mst_record *record = &run->record[run->clock->record_count - 1];
        record->c = s->from;
        record->d = s->to;
    }
    s->next_to = -1;
    mst_emit(run, MST_RECORD_ADRIFT, unit, -1, -1);
    mst_broadcast(run, MST_SIGNAL_FLOOR, unit, MST_LEVEL_EMPTY);
    mst_unit_withdraw(run, unit, MST_CAUSE_FUEL);
    s->is_out = 1;
    s->cause = MST_CAUSE_FUEL;
}

static void reach_level(mst_run *run, int32_t unit)
{
    mst_unit_state *s = &run->unit[unit];
    const int32_t level = level_at(&run->model->unit[unit], s->next_level++);
    s->level = 0;
    if (level == MST_LEVEL_EMPTY) {
        run_dry(run, unit);
        return;
    }
    mst_motion_settle(run, s);
    mst_emit(run, MST_RECORD_FLOOR, unit, level, -1)->real = s->fuel_kg;
    expect_level(run, unit);
    mst_broadcast(run, MST_SIGNAL_FLOOR, unit, level);
}

static void cross(mst_run *run, int32_t unit, bool enters)
{
    mst_unit_state *s = &run->unit[unit];
    const mst_leg leg = mst_motion_leg(run, s);
    double at_m = 0.0;
    bool ignored = false;
    s->crossing = 0;
    note_area(run, unit, enters);
    /* Search from the crossing itself: the tick may lie a hair before or after it. */
    const double here_m = fmin(mst_motion_covered_m(run, s) + 1.0, leg.length_m);
    if (mst_crossing_next(run->crossings, run->model, s->drill, &leg, here_m, &at_m, &ignored))
        mst_motion_expect_crossing(run, unit, here_m);
}

/* ---- what befalls a unit (halt.c) ------------------------------------------------------------------ */

void mst_motion_stop_way(mst_run *run, int32_t unit)
{
    mst_unit_state *s = &run->unit[unit];
    mst_motion_settle(run, s);
    mst_cancel(run, &s->arrival);
    mst_cancel(run, &s->crossing);
    s->speed_mps = 0.0;
    s->burn_kgps = burn_kgps(&run->model->unit[unit], 0.0);
    emit_track(run, MST_RECORD_LEG, unit, s->from, s->to);
    expect_level(run, unit);
}

void mst_motion_go_on(mst_run *run, int32_t unit, double speed_mps)
{
    mst_unit_state *s = &run->unit[unit];
    const int32_t next_to = s->next_to;
    mst_motion_begin_leg(run, unit, s->from, s->to, mst_motion_covered_m(run, s), speed_mps,
                         s->factor, s->due);
    s->next_to = next_to;
}

void mst_motion_take_fuel(mst_run *run, int32_t unit, double mass_kg)
{
    mst_unit_state *s = &run->unit[unit];
    mst_motion_settle(run, s);
    s->fuel_kg = fmax(s->fuel_kg - mass_kg, 0.0);
    if (s->hold < 0) {
        emit_track(run, MST_RECORD_LEG, unit, s->from, s->to);
    } else {
        emit_track(run, MST_RECORD_HOLD, unit, s->spot, s->hold);
        if (s->spot < 0) { /* adrift in mid-leg */
            run->record[run->clock->record_count - 1].c = s->from;
            run->record[run->clock->record_count - 1].d = s->to;
        }
    }
    expect_level(run, unit);
}

/* ---- days ---------------------------------------------------------------------------------------- */

/* The next midnight UTC, if some squadron's serviceability is drawn each day. */
static void expect_day(mst_run *run)
{
    bool any = false;
    for (int32_t i = 0; i < run->model->unit_count && !any; i++)
        any = mst_motion_changes_daily(&run->model->unit[i]);
    if (any && !mst_is_plan(run))
        schedule(run, mst_next_midnight(mst_now(run)), MST_MOTION_DAY, -1);
}

static void begin_day(mst_run *run)
{
    for (int32_t i = 0; i < run->model->unit_count; i++)
        if (mst_motion_changes_daily(&run->model->unit[i]) && run->unit[i].drill >= 0)
            run->unit[i].serviceable = mst_chance_serviceable(run, i, mst_now(run));
    expect_day(run);
}

void mst_motion_start(mst_run *run)
{
    expect_day(run);
}

void mst_motion_event(mst_run *run, const mst_event *event)
{
    if (event->code == MST_MOTION_DAY)
        begin_day(run);
    else if (event->code == MST_MOTION_ARRIVAL)
        arrive(run, event->a);
    else if (event->code == MST_MOTION_LEVEL)
        reach_level(run, event->a);
    else if (event->code == MST_MOTION_RELEASE)
        mst_halt_end(run, event->a);
    else
        cross(run, event->a, event->b != 0);
}

void mst_motion_reset(mst_run *run, int32_t unit)
{
    const mst_unit_row *row = &run->model->unit[unit];
    const bool is_ship = row->domain == MST_NAVAL;
    mst_unit_state *s = &run->unit[unit];
    *s = (mst_unit_state){
        .hold = row->home >= 0 && run->model->spot[row->home].base >= 0 ? MST_HOLD_PORT
                                                                        : MST_HOLD_DRIFT,
        .spot = row->home,
        .from = -1,
        .to = -1,
        .drill = -1,
        .since = mst_now(run),
        .due = MUSTER_NEVER,
        .ready_at = mst_now(run),
        .free_at = mst_now(run),
        .next_to = -1,
        .return_to = row->home,
        .fuel_kg = is_ship ? row->on_board_kg : 0.0,
        .issued_kg = is_ship ? row->allotment_kg : 0.0,
        .serviceable = is_ship ? mst_chance_serviceable(run, unit, mst_now(run)) : row->serviceable,
        .factor = 1.0,
        .halted_until = MUSTER_NEVER,
        .wait_due = MUSTER_NEVER,
        .wait_to = -1,
    };
    mst_motion_skip_levels(row, s);
    if (!is_ship || row->home < 0)
        return;
    s->burn_kgps = s->hold == MST_HOLD_PORT ? 0.0 : burn_kgps(row, 0.0);
    expect_level(run, unit);
    emit_track(run, MST_RECORD_HOLD, unit, s->spot, s->hold);
}

void mst_motion_stop(mst_run *run, int32_t unit)
{
    mst_unit_state *s = &run->unit[unit];
    mst_cancel(run, &s->arrival);
    mst_cancel(run, &s->level);
    mst_cancel(run, &s->crossing);
    mst_cancel(run, &s->release);
}
