#include "engine/chance.h"

#include "base/time.h"
#include "num/normal.h"
#include "num/random.h"

#include <math.h>

static mst_stream stream_of(const mst_run *run, uint32_t stream)
{
    return mst_stream_of(run->clock->chance_key, run->clock->replication, stream);
}

/* Days since 1970 in UTC, so that no other figure of the scenario moves the draws of a day. */
static int64_t day_number(muster_time at)
{
    return at >= 0 ? at / MUSTER_DAY : -1 - (-1 - at) / MUSTER_DAY;
}

muster_time mst_next_midnight(muster_time at)
{
    return (day_number(at) + 1) * MUSTER_DAY;
}

/* ---- serviceability ------------------------------------------------------------------------- */

/* Number of a draw: days apart, then the aircraft of a squadron. Days before 1970 wrap, which keeps
 * them apart all the same. */
static uint64_t number_of(int64_t day, int32_t item)
{
    return ((uint64_t)day << 16 | (uint64_t)item) & (MST_DRAWS - 1);
}

double mst_chance_readiness(const mst_unit_row *row, double correlation, double common)
{
    if (correlation <= 0.0 || row->readiness <= 0.0 || row->readiness >= 1.0)
        return row->readiness;
    const double rho = fmin(correlation, 1.0 - 1e-9);
    return mst_normal_cdf((row->readiness_z - sqrt(rho) * common) / sqrt(1.0 - rho));
}

/* P that one of the row is serviceable in this replication: the factor common to the state's units is
 * drawn once, number 0 of its stream. */
static double readiness_now(const mst_run *run, const mst_unit_row *row)
{
    const mst_state_row *state = &run->model->state[row->state];
    const double rho = state->readiness_correlation;
    return rho > 0.0 ? mst_chance_readiness(
                           row, rho, mst_random_normal(stream_of(run, state->stream_common), 0))
                     : row->readiness;
}

int32_t mst_chance_serviceable(const mst_run *run, int32_t unit, muster_time day)
{
    const mst_unit_row *row = &run->model->unit[unit];
    if (mst_is_plan(run))
        return row->serviceable;
    if (row->readiness >= 1.0 || row->readiness <= 0.0)
        return row->readiness >= 1.0 ? row->count : 0;
    const bool is_ship = row->domain == MST_NAVAL;
    const int64_t on = is_ship ? 0 : day_number(day);
    const double p = readiness_now(run, row);
    const mst_stream own = stream_of(run, row->stream_service);
    int32_t ready = 0;
    for (int32_t i = 0; i < row->count; i++)
        ready += mst_random_unit(own, number_of(on, i)) < p;
    return ready;
}

/* ---- ways ------------------------------------------------------------------------------------ */

muster_time mst_chance_delay(const mst_run *run, int32_t unit, int64_t sailing)
{
    const mst_unit_row *row = &run->model->unit[unit];
    if (mst_is_plan(run))
        return 0;
    const double hours =
        mst_dist_draw(&row->sailing_delay_h, stream_of(run, row->stream_delay), (uint64_t)sailing);
    return muster_time_from_seconds(fmin(hours, 1e6) * 3600.0);
}

double mst_chance_group_speed(const mst_run *run, int32_t group, int64_t leg)
{
    const mst_group_row *row = &run->model->group[group];
    return mst_is_plan(run) ? 1.0
                            : mst_dist_draw(&row->speed_factor, stream_of(run, row->stream_speed),
                                            (uint64_t)leg);
}

double mst_chance_unit_speed(const mst_run *run, int32_t unit, int64_t leg)
{
    const mst_unit_row *row = &run->model->unit[unit];
    return mst_is_plan(run) ? 1.0
                            : mst_dist_draw(&row->speed_factor, stream_of(run, row->stream_speed),
                                            (uint64_t)leg);
}

/* ---- sea -------------------------------------------------------------------------------------- */

bool mst_chance_sea_varies(const mst_run *run, int32_t drill)
{
    bool any = false;
    (void)drill;
    for (int32_t month = 0; month < 12; month++)
        any = any || run->model->chance.sea_drawn[month];
    return any && !mst_is_plan(run);
}

int32_t mst_chance_sea(const mst_run *run, int32_t drill, muster_time day)
{
    const mst_drill_row *row = &run->model->drill[drill];
    if (!mst_chance_sea_varies(run, drill))
        return row->sea_state;
    const int32_t month = mst_time_month(day);
    if (!run->model->chance.sea_drawn[month])
        return row->sea_state;
    const double u =
        mst_random_unit(stream_of(run, row->stream_sea), number_of(day_number(day), 0));
    const double *cdf = run->model->chance.sea_cdf[month];
    int32_t state = 0;
    while (state < 9 && u > cdf[state])
        state++;
    return state;
}

/* ---- serials, stages ---------------------------------------------------------------------------- */

double mst_chance_length(const mst_run *run, int32_t serial)
{
    const mst_serial_row *row = &run->model->serial[serial];
    return mst_is_plan(run)
               ? 1.0
               : mst_dist_draw(&row->duration_factor, stream_of(run, row->stream_length), 0);
}

double mst_chance_success(const mst_run *run, int32_t serial)
{
    return mst_random_unit(stream_of(run, run->model->serial[serial].stream_success), 0);
}

double mst_chance_stage(const mst_run *run, int32_t drill, int32_t candidate, int32_t stage)
{
    const mst_drill_row *row = &run->model->drill[drill];
    return mst_random_unit(
        stream_of(run, row->stream_stage[candidate * (row->host_count + 1) + stage]), 0);
}
