#include "engine/halt.h"

#include "engine/motion.h"

#include <math.h>

static bool is_ship(const mst_run *run, int32_t unit)
{
    return run->model->unit[unit].domain == MST_NAVAL;
}

static bool is_halted(const mst_unit_state *s)
{
    return s->halted_until != MUSTER_NEVER;
}

static bool has_way(const mst_run *run, int32_t from, int32_t to)
{
    return from == to || mst_model_leg(run->model, from, to).route != NULL;
}

/* ---- lying still --------------------------------------------------------------------------- */

static void halt_until(mst_run *run, int32_t unit, muster_time until)
{
    mst_unit_state *s = &run->unit[unit];
    s->halted_until = until;
    mst_cancel(run, &s->release);
    s->release = mst_schedule(run, until, MST_RANK_MOTION, -1, MST_MOTION_RELEASE, unit, 0);
}

void mst_unit_delay(mst_run *run, int32_t unit, muster_time length)
{
    mst_unit_state *s = &run->unit[unit];
    if (!is_ship(run, unit) || s->hold == MST_HOLD_ADRIFT || length <= 0)
        return;
    if (is_halted(s)) {
        halt_until(run, unit, s->halted_until + length);
    } else if (s->hold >= 0) {
        s->delay += length;
    } else {
        /* made good over speed through the water: the factor of its leg stays what it was */
        s->halted_mps = s->factor > 0.0 ? s->speed_mps / s->factor : s->speed_mps;
        s->wait_to = -1;
        mst_motion_stop_way(run, unit);
        halt_until(run, unit, mst_now(run) + length);
    }
}

bool mst_halt_keeps(mst_run *run, int32_t unit, int32_t to, double speed_mps, muster_time due,
                    double factor)
{
    mst_unit_state *s = &run->unit[unit];
    if (!is_halted(s)) {
        if (s->delay <= 0 || s->hold < 0 || s->spot == to || !has_way(run, s->spot, to))
            return false;
        halt_until(run, unit, mst_now(run) + s->delay);
        s->delay = 0;
    }
    s->wait_to = to;
    s->wait_mps = speed_mps;
    s->wait_due = due;
    s->wait_factor = factor;
    return true;
}

void mst_halt_end(mst_run *run, int32_t unit)
{
    mst_unit_state *s = &run->unit[unit];
    const int32_t to = s->wait_to;
    s->halted_until = MUSTER_NEVER;
    s->release = 0;
    s->wait_to = -1;
    if (s->hold == MST_HOLD_ADRIFT)
        return;
    if (s->hold < 0)
        mst_motion_go_on(run, unit, s->halted_mps);
    if (s->goes_home) {
        s->goes_home = 0;
        mst_unit_go_home(run, unit);
    } else if (to >= 0) {
        (void)mst_unit_sail_group(run, unit, to, s->wait_mps, s->wait_due, s->wait_factor);
    }
}

/* ---- leaving ------------------------------------------------------------------------------- */

void mst_unit_go_home(mst_run *run, int32_t unit)
{
    mst_unit_state *s = &run->unit[unit];
    const double speed = run->model->unit[unit].law.economical_mps;
    if (!is_ship(run, unit) || s->hold == MST_HOLD_ADRIFT)
        return;
    if (s->hold >= 0) {
        const int32_t home = mst_unit_return_spot(run, unit, s->spot);
        if (home >= 0 && home != s->spot)
            (void)mst_unit_sail(run, unit, home, speed);
        return;
    }
    if (is_halted(s)) {
        s->goes_home = 1;
        return;
    }
    const int32_t back = s->from;
    const int32_t home = mst_unit_return_spot(run, unit, back);
    if (home < 0 || !has_way(run, s->to, back)) {
        (void)mst_unit_sail(run, unit, mst_unit_return_spot(run, unit, s->to), speed);
    } else if (mst_unit_sail(run, unit, back, speed) && home != back && s->hold < 0) {
        s->next_to = home;
        s->next_mps = speed;
    }
}

/* An order that was kept for it, to sail with the others say, is none any more. */
static void leave(mst_run *run, int32_t unit)
{
    run->unit[unit].wait_to = -1;
    mst_unit_withdraw(run, unit, MST_CAUSE_ABSENT);
}

void mst_unit_turn_back(mst_run *run, int32_t unit)
{
    leave(run, unit);
    mst_unit_go_home(run, unit);
}

void mst_unit_break_down(mst_run *run, int32_t unit, muster_time length)
{
    leave(run, unit);
    if (!is_ship(run, unit))
        return;
    run->unit[unit].serviceable = 0;
    if (length != MUSTER_NEVER)
        mst_unit_delay(run, unit, length);
    mst_unit_go_home(run, unit);
}

/* ---- fuel ----------------------------------------------------------------------------------- */

void mst_unit_lose_fuel(mst_run *run, int32_t unit, double fraction)
{
    if (is_ship(run, unit) && fraction > 0.0)
        mst_motion_take_fuel(run, unit, fmin(fraction, 1.0) * mst_unit_fuel_kg(run, unit));
}
