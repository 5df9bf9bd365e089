/* What may go into the slide rule, and what may come out. */
#include "batch/calc_check.h"

#include "base/units.h"

#include <math.h>
#include <string.h>

/* Figures keep to the bounds of their keys; these are the words when one does not. */
static const struct {
    const char *key, *words;
} refusals[] = {
    {"range_nm", "the range must be above 0 and at most 40000 nm"},
    {"range_speed_kn", "the speed of the range must lie in 0.1 .. 2000 kn"},
    {"fuel_t", "the fuel must be above 0 and at most 20000 t"},
    {"power_mw", "the power must be above 0 and at most 500 MW"},
    {"max_speed_kn", "the greatest speed must lie in 0.1 .. 2000 kn"},
    {"sustained_speed_kn", "the sustained speed must lie in 0.1 .. 2000 kn"},
    {"station_speed_kn", "the speed on station must lie in 0 .. 80 kn"},
    {"hotel_share", "the hotel share must lie in 0 .. 0.9"},
    {"exponent", "the exponent must lie in 1 .. 6"},
    {"margin", "the margin must lie in 0.2 .. 5"},
    {"usable_fraction", "the usable fraction must be above 0 and at most 1"},
    {"reserve_frac", "the reserve must lie in 0 .. 0.9 of the tank"},
    {"ferry_range_nm", "the ferry range must be above 0 and at most 20000 nm"},
    {"cruise_kn", "the cruise speed must lie in 10 .. 2000 kn"},
    {"climb_frac", "the climb must take 0 .. 0.5 of the fuel"},
    {"loiter_factor", "the loiter factor must lie in 0.1 .. 2"},
    {"reserve_fuel_frac", "the reserve must take 0 .. 0.5 of the fuel"},
    {"reserve_loiter", "the loiter in reserve must lie in 0 .. 12 h"},
    {"speed_kn", "the speeds of a curve must lie in 0 .. 80 kn"},
    {"rate_t_per_h", "the burn of a curve must be above 0 and at most 500 t/h"},
};

const char *mst_calc_refusal(const char *key)
{
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if (strcmp(refusals[i].key, key) == 0)
            return refusals[i].words;
    return "a figure lies outside the bounds of its key";
}

/* Every real number and duration of these rows that is given. The bounds are in the row's unit; a
 * number that lay on one in a file may lie beyond it by a rounding. */
bool mst_calc_figures_hold(const muster_field *rows, const void *item, const char **reason)
{
    for (const muster_field *row = rows; row->key; row++) {
        const char *at = (const char *)item + row->offset;
        double value;
        if (row->kind == MUSTER_FIELD_REAL)
            value = *(const double *)(const void *)at / mst_field_si(row);
        else if (row->kind == MUSTER_FIELD_DURATION)
            value = muster_hours(*(const muster_time *)(const void *)at);
        else
            continue;
        const double slack = 1e-12 * fmax(fabs(row->min), fabs(row->max));
        const bool is_above = (row->flags & MUSTER_FIELD_ABOVE) != 0;
        if (!mst_fields_given(row, item) ||
            (value >= row->min - (is_above ? 0.0 : slack) && value <= row->max + slack &&
             !(is_above && value <= row->min)))
            continue;
        *reason = mst_calc_refusal(row->key);
        return false;
    }
    return true;
}

/* The other inputs; `above`: the least value itself is not allowed. */
#define SPEED_MAX_MPS (2000.0 * MST_KN_MPS)
static const struct {
    double low, high;
    bool above;
    const char *words;
} limits[] = {
    [MST_CALC_SPEED] = {0.0, SPEED_MAX_MPS, false, "a speed must lie in 0 .. 2000 kn"},
    [MST_CALC_WAY_SPEED] = {0.0, SPEED_MAX_MPS, true,
                            "a speed that covers a way must be above 0 and at most 2000 kn"},
    [MST_CALC_LIMIT] = {0.0, SPEED_MAX_MPS, true,
                        "the limit of the speed must be above 0 and at most 2000 kn"},
    [MST_CALC_STAY] = {0.0, 1e9, false, "the stay must lie in 0 .. 1e9 s"},
    [MST_CALC_DISTANCE] = {0.0, 1e8, false, "the distance must lie in 0 .. 1e8 m"},
    [MST_CALC_LATITUDE] = {-90.0, 90.0, false, "a latitude must lie in -90 .. 90 degrees"},
    [MST_CALC_LONGITUDE] = {-720.0, 720.0, false, "a longitude must lie in -720 .. 720 degrees"},
    [MST_CALC_TIME] = {-1e16, 1e16, false, "a time lies more than 317 years from 1970"},
};

bool mst_calc_holds(mst_calc_input input, double value, const char **reason)
{
    if (value >= limits[input].low && value <= limits[input].high &&
        !(limits[input].above && value <= limits[input].low))
        return true;
    *reason = limits[input].words; /* NaN comes here too */
    return false;
}

bool mst_calc_answer(double value, double *out, const char **reason)
{
    if (!isfinite(value)) {
        *reason = "nothing is burnt at that speed, so there is no end to it";
        return false;
    }
    *out = value;
    return true;
}

bool mst_calc_answer_time(muster_time from, double seconds, muster_time *out, const char **reason)
{
    if (!mst_calc_holds(MST_CALC_TIME, (double)from + seconds * (double)MUSTER_SECOND, reason))
        return false;
    *out = from + muster_time_from_seconds(seconds);
    return true;
}
