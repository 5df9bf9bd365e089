/* Orders to a unit: sail, hold, join a drill, withdraw. */
#include "engine/chance.h"
#include "engine/halt.h"
#include "engine/legs.h"

#include <math.h>

static bool has_way(const mst_run *run, int32_t from, int32_t to)
{
    return mst_model_leg(run->model, from, to).route != NULL;
}

static bool obeys(const mst_run *run, int32_t unit)
{
    return run->model->unit[unit].domain == MST_NAVAL && run->unit[unit].hold != MST_HOLD_ADRIFT;
}

/* From a spot where it lies. */
static bool sail_from(mst_run *run, int32_t unit, int32_t from, int32_t to, double speed_mps,
                      double factor, muster_time due)
{
    if (from == to) {
        run->unit[unit].spot = to;
        mst_motion_tell_reached(run, unit, to, due);
        if (run->unit[unit].hold < 0)
            mst_motion_settle_in(run, unit);
        mst_motion_look_at_area(run, unit);
        mst_broadcast(run, MST_SIGNAL_REACHED, unit, to);
        return true;
    }
    if (!has_way(run, from, to))
        return false;
    if (isnan(factor))
        factor = mst_chance_unit_speed(run, unit, run->unit[unit].legs++);
    mst_motion_begin_leg(run, unit, from, to, 0.0, speed_mps, factor, due);
    return true;
}

/* While on a leg: change speed, turn back, or go on from its end. */
static bool sail_under_way(mst_run *run, int32_t unit, int32_t to, double speed_mps, double factor,
                           muster_time due)
{
    mst_unit_state *s = &run->unit[unit];
    const double done_m = mst_motion_covered_m(run, s);
    if (to == s->to) {
        mst_motion_begin_leg(run, unit, s->from, to, done_m, speed_mps, s->factor, due);
        return true;
    }
    if (done_m <= 0.0)
        return sail_from(run, unit, s->from, to, speed_mps, factor, due);
    if (to == s->from && has_way(run, s->to, s->from)) {
        mst_motion_begin_leg(run, unit, s->to, to, mst_motion_leg(run, s).length_m - done_m,
                             speed_mps, s->factor, due);
        return true;
    }
    if (!has_way(run, s->to, to))
        return false;
    s->next_to = to;
    s->next_mps = speed_mps;
    return true;
}

bool mst_unit_sail_group(mst_run *run, int32_t unit, int32_t to_spot, double speed_mps,
                         muster_time due, double factor)
{
    const mst_unit_state *s = &run->unit[unit];
    const double speed = mst_motion_possible_mps(&run->model->unit[unit], speed_mps);
    if (!obeys(run, unit) || to_spot < 0 || !(speed > 0.0))
        return false;
    if (mst_halt_keeps(run, unit, to_spot, speed_mps, due, factor))
        return true;
    return s->hold >= 0 ? sail_from(run, unit, s->spot, to_spot, speed, factor, due)
                        : sail_under_way(run, unit, to_spot, speed, factor, due);
}

/* By itself: each leg that it begins draws a factor of its own. */
bool mst_unit_sail_due(mst_run *run, int32_t unit, int32_t to_spot, double speed_mps,
                       muster_time due)
{
    return mst_unit_sail_group(run, unit, to_spot, speed_mps, due, (double)NAN);
}

bool mst_unit_sail(mst_run *run, int32_t unit, int32_t to_spot, double speed_mps)
{
    return mst_unit_sail_due(run, unit, to_spot, speed_mps, MUSTER_NEVER);
}

bool mst_unit_hold(mst_run *run, int32_t unit, mst_hold hold, double speed_mps)
{
    const mst_unit_state *s = &run->unit[unit];
    if (!obeys(run, unit) || s->hold < 0 || hold == MST_HOLD_ADRIFT)
        return false;
    const double speed = hold == MST_HOLD_STATION
                             ? mst_motion_possible_mps(&run->model->unit[unit], speed_mps)
                             : 0.0;
    if (s->hold != (int32_t)hold || s->speed_mps < speed || s->speed_mps > speed)
        mst_motion_begin_hold(run, unit, hold, speed);
    return true;
}

/* Between two drills a ship in port is filled up to what it is to sail with (assumed: bunkers are
 * there for that; what it may burn is the allotment's affair). */
static void fill_up(mst_run *run, int32_t unit)
{
    const mst_unit_row *row = &run->model->unit[unit];
    mst_unit_state *s = &run->unit[unit];
    const double taken_kg = row->on_board_kg - mst_unit_fuel_kg(run, unit);
    if (s->hold != MST_HOLD_PORT || !(taken_kg > 0.0))
        return;
    mst_motion_settle(run, s);
    s->fuel_kg = row->on_board_kg;
    mst_motion_skip_levels(row, s);
    mst_emit(run, MST_RECORD_FUELLED, unit, s->spot, -1)->real = taken_kg;
    mst_motion_begin_hold(run, unit, MST_HOLD_PORT, 0.0);
}

int32_t mst_unit_return_spot(const mst_run *run, int32_t unit, int32_t from_spot)
{
    const int32_t to = run->unit[unit].return_to, home = run->model->unit[unit].home;
    if (to >= 0 && (from_spot == to || has_way(run, from_spot, to)))
        return to;
    return from_spot == home || has_way(run, from_spot, home) ? home : -1;
}

void mst_unit_join(mst_run *run, int32_t unit, int32_t drill)
{
    mst_unit_state *s = &run->unit[unit];
    if (s->hold == MST_HOLD_ADRIFT)
        return;
    mst_emit(run, MST_RECORD_JOINED, unit, drill, -1);
    if (run->model->unit[unit].domain == MST_NAVAL)
        fill_up(run, unit);
    s->drill = drill;
    s->was_sent = 1;
    if (mst_motion_changes_daily(&run->model->unit[unit])) /* others are not looked at */
        s->serviceable = mst_chance_serviceable(run, unit, mst_now(run));
    s->is_out = 0;
    s->cause = MST_CAUSE_NONE;
    s->in_area = 0;
    if (run->model->unit[unit].domain != MST_NAVAL)
        return;
    mst_motion_look_at_area(run, unit);
    mst_motion_expect_crossing(run, unit, mst_motion_covered_m(run, s));
}

void mst_unit_withdraw(mst_run *run, int32_t unit, mst_cause cause)
{
    mst_unit_state *s = &run->unit[unit];
    if (s->drill < 0 || s->is_out)
        return;
    s->is_out = 1;
    s->cause = (int32_t)cause;
    mst_emit(run, MST_RECORD_WITHDRAWN, unit, s->drill, (int32_t)cause);
    mst_broadcast(run, MST_SIGNAL_WITHDRAWN, unit, -1);
}
