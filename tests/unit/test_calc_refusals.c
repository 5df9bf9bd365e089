/* What the slide rule refuses: figures out of bounds, and questions that have no answer. */
#include "test.h"

#include "calc_ask.h"
#include "model/fields.h"
#include "model/walk.h"

#include <stdio.h>
#include <string.h>

typedef struct bound {
    const char *key;
    size_t offset;
    double si; /* from the key's unit to that of the member */
} bound;

static const bound of_ship[] = {
    {"range_nm", offsetof(muster_ship, range_m), NM},
    {"range_speed_kn", offsetof(muster_ship, range_speed_mps), KN},
    {"fuel_t", offsetof(muster_ship, fuel_kg), 1e3},
    {"power_mw", offsetof(muster_ship, power_w), 1e6},
    {"max_speed_kn", offsetof(muster_ship, max_speed_mps), KN},
    {"sustained_speed_kn", offsetof(muster_ship, sustained_speed_mps), KN},
    {"station_speed_kn", offsetof(muster_ship, station_speed_mps), KN},
    {"hotel_share", offsetof(muster_ship, hotel_share), 1},
    {"exponent", offsetof(muster_ship, exponent), 1},
    {"margin", offsetof(muster_ship, margin), 1},
    {"reserve_frac", offsetof(muster_ship, reserve_frac), 1},
    {"usable_fraction", offsetof(muster_ship, usable_fraction), 1},
};
static const bound of_plane[] = {
    {"ferry_range_nm", offsetof(muster_plane, ferry_range_m), NM},
    {"cruise_kn", offsetof(muster_plane, cruise_mps), KN},
    {"fuel_t", offsetof(muster_plane, fuel_kg), 1e3},
    {"margin", offsetof(muster_plane, margin), 1},
    {"usable_fraction", offsetof(muster_plane, usable_fraction), 1},
    {"climb_frac", offsetof(muster_plane, climb_frac), 1},
    {"loiter_factor", offsetof(muster_plane, loiter_factor), 1},
    {"reserve_fuel_frac", offsetof(muster_plane, reserve_fuel_frac), 1},
    {"reserve_loiter", offsetof(muster_plane, reserve_loiter_s), H},
};

/* The reason for a figure of a ship or a plane; null: it answers. */
static const char *reason_with(bool is_plane, size_t offset, double value)
{
    muster_ship ship = ship_of(4000, 13);
    muster_plane plane = muster_calc_plane();
    plane.ferry_range_m = 1025 * NM;
    plane.cruise_mps = 460 * KN;
    char *at = is_plane ? (char *)&plane : (char *)&ship;
    memcpy(at + offset, &value, sizeof value);
    double out = -77.0;
    const char *reason = NULL;
    const bool good = is_plane ? muster_calc_plane_radius_m(&plane, 0.0, &out, &reason)
                               : muster_calc_range_m(&ship, 13 * KN, &out, &reason);
    if (good)
        assert_true(isfinite(out) && out >= 0.0);
    else
        assert_near(out, -77.0, 0.0); /* untouched */
    assert_true(good == (reason == NULL));
    return reason;
}

/* The bounds of the scenario files, and no others: just outside one reason, at the ends not. */
static void check_bound(bool is_plane, const bound *b)
{
    const muster_field *row = mst_fields_row(mst_fields_class, b->key);
    const double infinite = (double)INFINITY;
    const char *out = reason_with(is_plane, b->offset, (row->max + 1e-3) * b->si);
    assert_non_null(out);
    assert_ptr_equal(reason_with(is_plane, b->offset, (row->min - 1e-3) * b->si), out);
    assert_ptr_equal(reason_with(is_plane, b->offset, infinite), out);
    assert_ptr_equal(reason_with(is_plane, b->offset, -infinite), out);
    assert_ptr_not_equal(reason_with(is_plane, b->offset, row->max * b->si), out);
    const char *least = reason_with(is_plane, b->offset, row->min * b->si);
    if (row->flags & MUSTER_FIELD_ABOVE)
        assert_ptr_equal(least, out);
    else
        assert_ptr_not_equal(least, out);
    char most[32]; /* the sentence names the bound that the key has */
    snprintf(most, sizeof most, " %g", row->max);
    assert_non_null(strstr(out, most));
}

static void test_calc__bounds_of_figures(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof of_ship / sizeof *of_ship; i++)
        check_bound(false, &of_ship[i]);
    for (size_t i = 0; i < sizeof of_plane / sizeof *of_plane; i++)
        check_bound(true, &of_plane[i]);
    muster_ship ship = ship_of(4000, 13);
    ship.limit_mps = -1.0;
    assert_true(isnan(range_nm(&ship, 10)));
    ship = ship_of(4000, NONE);
    assert_true(isnan(range_nm(&ship, 10)));
    ship = ship_of(4000, 13);
    ship.max_speed_mps = 12 * KN; /* the range quoted above it */
    assert_true(isnan(range_nm(&ship, 10)));
    ship.max_speed_mps = 24 * KN; /* 176.9 t by the engine: 40 t cannot be true */
    ship.power_w = 11.2e6;
    ship.fuel_kg = 40e3;
    assert_true(isnan(range_nm(&ship, 10)));
}

static void test_calc__bounds_of_a_curve(void **state)
{
    (void)state;
    static const muster_burn good[] = {{3, 0.1}, {5, 0.2}, {8, 0.6}};
    static const muster_burn bad[] = {{(double)NAN, 0.1}, {-1, 0.1}, {3, 0},  {3, (double)NAN},
                                      {42, 0.1},          {3, 140},  {5, 0.1}};
    muster_ship ship = muster_calc_ship();
    ship.fuel_kg = 150e3;
    ship.curve_count = 3;
    memcpy(ship.curve, good, sizeof good);
    assert_true(!isnan(range_nm(&ship, 10)));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ship.curve[0] = bad[i];
        assert_true(isnan(range_nm(&ship, 10)));
    }
    ship.curve[0] = good[0];
    const int32_t counts[] = {-1, 1, MUSTER_CURVE_MAX + 1};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        ship.curve_count = counts[i];
        assert_true(isnan(range_nm(&ship, 10)));
    }
}

/* Each of these once gave a number, or one that is none. */
static void test_calc__questions_without_an_answer(void **state)
{
    (void)state;
    const muster_ship ship = ship_of(4000, 13);
    muster_ship bare = ship;
    bare.hotel_share = 0.0;
    assert_true(isnan(endurance_h(&bare, 0)));        /* nothing is burnt: no end    */
    assert_true(isnan(stay_h(&bare, 300, 10, 0)));    /* the same                    */
    assert_true(!isnan(radius_nm(&bare, 10, 24, 0))); /* but a radius it has         */
    const double odd[] = {NONE, -1.0, (double)INFINITY, -(double)INFINITY, -1e9, 1e12};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        assert_true(isnan(range_nm(&ship, odd[i])));
        assert_true(isnan(endurance_h(&ship, odd[i])));
        assert_true(isnan(radius_nm(&ship, 10, odd[i], 10)));
        assert_true(isnan(stay_h(&ship, odd[i], 10, 10)));
        if (!isnan(odd[i])) { /* NaN: the ship's own */
            assert_true(isnan(radius_nm(&ship, odd[i], 24, 10)));
            assert_true(isnan(radius_nm(&ship, 10, 24, odd[i])));
            assert_true(isnan(stay_h(&ship, 300, odd[i], 10)));
            assert_true(isnan(stay_h(&ship, 300, 10, odd[i])));
        }
    }
    assert_true(isnan(range_nm(&ship, 0)));
    assert_true(isnan(radius_nm(&ship, 0, 24, 10)));
    assert_true(isnan(radius_nm(&ship, 10, 9000, 10))); /* the stay alone is too much */
    assert_true(isnan(stay_h(&ship, 3000, 10, 10)));    /* so is the way              */
}

static void test_calc__moves_without_an_answer(void **state)
{
    (void)state;
    const double odd[] = {NONE, -1.0, (double)INFINITY, -(double)INFINITY, -1e9, 1e12};
    const muster_point a = {35.6, 135.35}, b = {42.95, 131.85};
    muster_plane plane = muster_calc_plane();
    plane.ferry_range_m = 1025 * NM;
    plane.cruise_mps = 460 * KN;
    muster_point where = {7, 7};
    muster_time when = 7;
    double out = 7;
    const char *reason;
#define REFUSES(call)                                                                              \
    do {                                                                                           \
        reason = NULL;                                                                             \
        assert_false(call);                                                                        \
        assert_non_null(reason);                                                                   \
    } while (0)
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        const double x = odd[i];
        REFUSES(muster_calc_plane_radius_m(&plane, x, &out, &reason));
        REFUSES(muster_calc_plane_station_s(&plane, x, &out, &reason));
        REFUSES(muster_calc_departure(x, 5.0, 0, &when, &reason));
        REFUSES(muster_calc_departure(1e5, x, 0, &when, &reason));
        REFUSES(muster_calc_meeting(a, 0, x, b, 0, 5.0, &where, &when, &reason));
        REFUSES(muster_calc_meeting(a, 0, 5.0, b, 0, x, &where, &when, &reason));
        if (!(fabs(x) <= 90.0)) {
            REFUSES(
                muster_calc_meeting((muster_point){x, 0}, 0, 5, b, 0, 5, &where, &when, &reason));
            REFUSES(
                muster_calc_meeting(a, 0, 5, (muster_point){0, x}, 0, 5, &where, &when, &reason));
        }
    }
    REFUSES(muster_calc_departure(1e5, 0.0, 0, &when, &reason));
    REFUSES(muster_calc_departure(1e5, 1e-300, 0, &when, &reason));
    REFUSES(muster_calc_departure(1e5, 1e-8, 0, &when, &reason)); /* sails before all times */
    REFUSES(muster_calc_departure(1e5, 5.0, MUSTER_NEVER, &when, &reason));
    REFUSES(muster_calc_departure(1e5, 5.0, INT64_MIN, &when, &reason));
    REFUSES(muster_calc_meeting(a, MUSTER_NEVER, 5, b, 0, 5, &where, &when, &reason));
    REFUSES(muster_calc_meeting(a, 0, 5, b, INT64_MIN, 5, &where, &when, &reason));
    REFUSES(muster_calc_meeting(a, 0, 1e-10, b, 0, 1e-10, &where, &when, &reason));
    assert_near(out, 7, 0.0);
    assert_near(where.lat_deg, 7, 0.0);
    assert_int_equal(when, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calc__bounds_of_figures),
        cmocka_unit_test(test_calc__bounds_of_a_curve),
        cmocka_unit_test(test_calc__questions_without_an_answer),
        cmocka_unit_test(test_calc__moves_without_an_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
