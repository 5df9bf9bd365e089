/* Fuel laws against the published table of ranges and against forms derived by hand. */
#include "test.h"

#include "base/units.h"
#include "model/craft.h"
#include "model/fields.h"

#include <string.h>

#define KN MST_KN_MPS
#define NM MUSTER_NM_M

static void blank_class(mst_class_def *c)
{
    memset(c, 0, sizeof *c);
    mst_fields_blank(mst_fields_class, c);
}

/* ---- ships ------------------------------------------------------------------------------------ */

/* Ranges computed apart from this code (a short Python script, n = 3, hotel share .35): nm at the
 * most economical speed v* and at 10, 12, 15, 18, 20, 24 kn; 0: faster than the ship. */
static const struct {
    const char *name;
    double range_nm, at_kn, max_kn, best_kn, best_nm, nm[6];
} ships[] = {
    {"destroyer A", 4500, 15, 30, 9.7, 5535, {5529, 5272, 4500, 3665, 3173, 2390}},
    {"frigate B", 4000, 18, 27, 11.6, 4920, {4816, 4915, 4590, 4000, 3580, 2821}},
    {"oiler C", 10000, 14, 19, 9.0, 12299, {12171, 11288, 9321, 7425, 0, 0}},
    {"destroyer D", 5000, 14, 29.5, 9.0, 6150, {6085, 5644, 4661, 3713, 3182, 2365}},
    {"corvette E", 3500, 14, 27, 9.0, 4305, {4260, 3951, 3262, 2599, 2227, 1655}},
    {"frigate F", 4000, 13, 24, 8.4, 4920, {4764, 4287, 3423, 2669, 2265, 1663}},
    {"destroyer G", 4400, 20, 30, 12.9, 5412, {5101, 5383, 5287, 4807, 4400, 3584}},
};
static const double speeds_kn[] = {10, 12, 15, 18, 20, 24};

static void test_fuel__table_of_ranges(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ships / sizeof ships[0]; i++) {
        const double tank_kg = 613700.0; /* ranges do not depend on it */
        const mst_law law = mst_law_fit(tank_kg, ships[i].range_nm * NM, ships[i].at_kn * KN, 0.35,
                                        3.0, 1.0, ships[i].max_kn * KN);
        /* half a unit of the last digit printed */
        assert_near(law.economical_mps / KN, ships[i].best_kn, 0.0501);
        assert_near(mst_law_range_m(&law, tank_kg, law.economical_mps) / NM, ships[i].best_nm, 1.0);
        for (int k = 0; k < 6; k++) {
            const double range = mst_law_range_m(&law, tank_kg, speeds_kn[k] * KN) / NM;
            if (ships[i].nm[k] > 0)
                assert_near(range, ships[i].nm[k], 0.501);
            else
                assert_true(isnan(range)); /* above the top speed: refused */
        }
        assert_near(mst_law_range_m(&law, tank_kg, ships[i].at_kn * KN) / NM, ships[i].range_nm,
                    1e-9 * ships[i].range_nm);
    }
}

/* The most economical speed by search, for an exponent with no cube root in it. */
static void test_fuel__economical_speed_is_the_least_per_metre(void **state)
{
    (void)state;
    const mst_law law = mst_law_fit(287000.0, 3790e3, 7.31, 0.283, 2.67, 1.13, 14.9);
    double best = 0.0, least = 1e300;
    for (double v = 1.0; v <= 14.9; v += 1e-4)
        if (mst_law_rate_kgps(&law, v) / v < least) {
            least = mst_law_rate_kgps(&law, v) / v;
            best = v;
        }
    assert_near(law.economical_mps, best, 2e-4); /* step of the search */
}

static void test_fuel__margin_and_limits(void **state)
{
    (void)state;
    const mst_law plain = mst_law_fit(287000.0, 3790e3, 7.31, 0.283, 3.0, 1.0, 14.9);
    const mst_law heavy = mst_law_fit(287000.0, 3790e3, 7.31, 0.283, 3.0, 1.13, 14.9);
    assert_near(mst_law_rate_kgps(&heavy, 9.17) / mst_law_rate_kgps(&plain, 9.17), 1.13, 1e-12);
    assert_near(heavy.economical_mps, plain.economical_mps, 1e-12);
    assert_near(mst_law_rate_kgps(&plain, 0.0), plain.hotel_kgps, 0.0);
    assert_true(isnan(mst_law_rate_kgps(&plain, 14.91)));
    assert_true(isnan(mst_law_rate_kgps(&plain, -0.01)));
    assert_true(isnan(mst_law_rate_kgps(&plain, (double)NAN)));
    /* .9 of the maximum, and the maximum itself, must not fall out by a rounding */
    assert_true(mst_law_rate_kgps(&plain, 14.9 / 0.9 * 0.9) > 0.0);
    /* a slow top binds; without hotel load the least lies at steerage way, above rest */
    assert_near(mst_law_fit(287000.0, 3790e3, 7.31, 0.283, 3.0, 1.0, 3.3).economical_mps, 3.3, 0.0);
    assert_true(mst_law_fit(287000.0, 3790e3, 7.31, 0.0, 3.0, 1.0, 14.9).economical_mps > 0.0);
}

static void test_fuel__curve_between_its_points(void **state)
{
    (void)state;
    const double speed[] = {2.3, 6.1, 9.7, 13.9}, rate[] = {0.21, 0.29, 0.58, 1.73};
    const mst_law law = mst_law_curve(speed, rate, 4, 1.07, 12.5);
    assert_near(mst_law_rate_kgps(&law, 0.0), 1.07 * 0.21, 1e-15); /* below the first: the first */
    assert_near(mst_law_rate_kgps(&law, 7.9), 1.07 * (0.29 + 0.5 * 0.29), 1e-14); /* halfway */
    assert_near(mst_law_rate_kgps(&law, 12.5), 1.07 * (0.58 + 2.8 / 4.2 * 1.15), 1e-14);
    assert_true(isnan(mst_law_rate_kgps(&law, 12.6)));
    assert_near(law.economical_mps, 6.1, 0.0); /* .29/6.1 is the least of .0913 .0475 .0598 .. */
    assert_near(mst_law_range_m(&law, 1000.0, 6.1), 1000.0 * 6.1 / (1.07 * 0.29), 1e-9);
    assert_near(mst_law_curve(speed, rate, 4, 1.0, 99.0).max_mps, 13.9, 0.0);
}

static void test_fuel__missing_tonnes(void **state)
{
    (void)state;
    /* .21 kg/kWh * 11.2 MW * (13/24)^3 * (4000/13) h / .65 = 176.9 t, two digits: 180 t */
    assert_near(mst_fuel_estimate_kg(11.2e6, 24 * KN, 4000 * NM, 13 * KN, 0.35, 0.21), 180000.0,
                1e-6);
    assert_near(mst_fuel_estimate_kg(10.9e6, 24 * KN, 4000 * NM, 13 * KN, 0.35, 0.21), 170000.0,
                1e-6);
    assert_near(mst_fuel_estimate_kg(0.9e6, 24 * KN, 700 * NM, 11 * KN, 0.35, 0.21), 1800.0, 1e-6);
    assert_near(mst_fuel_estimate_kg(11.2e6, 24 * KN, 4000 * NM, 13 * KN, 0.35, 0.42), 350000.0,
                1e-6); /* twice 176 t, to two digits */
    assert_true(isnan(mst_fuel_estimate_kg((double)NAN, 24 * KN, 4000 * NM, 13 * KN, 0.35, 0.21)));
}

/* ---- classes ---------------------------------------------------------------------------------- */

static void test_fuel__defaults_of_a_ship(void **state)
{
    (void)state;
    mst_arena arena;
    mst_hull hull;
    mst_class_def c;
    mst_arena_init(&arena, NULL);
    blank_class(&c);
    c.max_speed_mps = 23.7 * KN;
    c.range_m = 3910 * NM;
    c.range_speed_mps = 13.3 * KN;
    c.fuel_kg = 171300.0;
    assert_true(mst_hull_of(&c, &arena, &hull));
    assert_true(hull.has_range && !hull.fuel_estimated && !hull.fuel_unknown);
    assert_near(hull.hotel_share, 0.35, 0.0);
    assert_near(hull.sustained_mps, 0.9 * 23.7 * KN, 1e-12);
    assert_near(hull.station_mps, 10 * KN, 1e-12);
    assert_near(hull.usable_frac, 0.95, 0.0);
    assert_near(hull.reserve_frac, 0.20, 0.0);

    c.range_speed_mps = 25.0 * KN; /* a dash: little of it is hotel load */
    c.max_speed_mps = 36.1 * KN;
    assert_true(mst_hull_of(&c, &arena, &hull));
    assert_near(hull.hotel_share, 0.05, 0.0);

    c.fuel_kg = (double)NAN; /* neither tonnes nor power: distances hold in any tank */
    assert_true(mst_hull_of(&c, &arena, &hull));
    assert_true(hull.has_range && hull.fuel_unknown);
    assert_near(mst_law_range_m(&hull.law, hull.tank_kg, 25.0 * KN), 3910 * NM, 1e-6);

    c.range_m = (double)NAN;
    assert_true(mst_hull_of(&c, &arena, &hull));
    assert_false(hull.has_range);
    mst_arena_clear(&arena);
}

static void test_fuel__curve_of_a_class_gives_the_tank(void **state)
{
    (void)state;
    mst_arena arena;
    mst_hull hull;
    mst_class_def c;
    mst_arena_init(&arena, NULL);
    blank_class(&c);
    c.max_speed_mps = 15.3;
    mst_curve_def *slow = mst_list_add(&arena, &c.curve, sizeof *slow);
    slow->speed_mps = 5.3;
    slow->rate_kgps = 0.31;
    mst_curve_def *fast = mst_list_add(&arena, &c.curve, sizeof *fast);
    fast->speed_mps = 15.3;
    fast->rate_kgps = 1.91;
    assert_true(mst_hull_of(&c, &arena, &hull));
    assert_false(hull.has_range); /* rates alone carry nobody anywhere */
    c.range_m = 7.31e6;
    c.range_speed_mps = 10.3;
    assert_true(mst_hull_of(&c, &arena, &hull));
    assert_true(hull.has_range && hull.fuel_estimated);
    assert_near(hull.tank_kg, 7.31e6 / 10.3 * 1.11, 1e-6); /* halfway between the rates */
    assert_near(mst_law_range_m(&hull.law, hull.tank_kg, 10.3), 7.31e6, 1e-6);
    mst_arena_clear(&arena);
}

/* Implied hotel share 1 - .21 P (v0/vmax)^3 (R0/v0)/m, by hand. */
static void test_fuel__contradicting_figures(void **state)
{
    (void)state;
    mst_class_def c;
    double share;
    blank_class(&c);
    c.max_speed_mps = 29.5 * KN;
    c.range_m = 5000 * NM;
    c.range_speed_mps = 14 * KN;
    c.power_w = 46.8e6;
    c.fuel_kg = 1500e3; /* four times the cube law */
    assert_int_equal(mst_hull_accord(&c, &share), MST_ACCORD_DOUBTFUL);
    assert_near(share, 1.0 - 0.21 * 46800 * cube(14 / 29.5) * 5000 / 14 / 1500e3, 1e-12);
    assert_near(share, 0.75, 0.005);
    c.fuel_kg = 600e3;
    assert_int_equal(mst_hull_accord(&c, &share), MST_ACCORD);
    c.fuel_kg = 300e3; /* -.25 */
    assert_int_equal(mst_hull_accord(&c, &share), MST_ACCORD_DOUBTFUL);
    c.fuel_kg = 200e3; /* -.88 */
    assert_int_equal(mst_hull_accord(&c, &share), MST_ACCORD_NEVER);
    c.fuel_kg = 4000e3; /* .906 */
    assert_int_equal(mst_hull_accord(&c, &share), MST_ACCORD_NEVER);
    c.hotel_share = 0.41; /* the author's word */
    assert_int_equal(mst_hull_accord(&c, &share), MST_ACCORD);
    assert_true(isnan(share));
    c.range_speed_mps = 29.6 * KN;
    assert_int_equal(mst_hull_accord(&c, &share), MST_ACCORD_TOO_FAST);
}

/* ---- aircraft --------------------------------------------------------------------------------- */

static mst_wing wing_of(double ferry_nm, double cruise_kn, double fuel_kg)
{
    mst_class_def c;
    blank_class(&c);
    c.ferry_range_m = ferry_nm * NM;
    c.cruise_mps = cruise_kn * KN;
    c.fuel_kg = fuel_kg;
    return mst_wing_of(&c, MST_AIRCRAFT);
}

/* Ferry range and cruise as published; radius without a stay from the planner's form by hand,
 * r = R (1 - .06 - .05 - .8 (1/3 h) V/R)/2, in whole nm. */
static void test_fuel__radius_of_aircraft(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        double ferry_nm, cruise_kn, radius_nm;
    } types[] = {{"MiG-21bis", 653, 450, 231},
                 {"Su-25K", 540, 380, 190},
                 {"MiG-29", 772, 460, 282},
                 {"MiG-23ML", 1025, 460, 395},
                 {"H-5", 1295, 400, 523}};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        const mst_wing wing = wing_of(types[i].ferry_nm, types[i].cruise_kn, 3217.0);
        assert_true(wing.has_range && !wing.fuel_estimated);
        const double radius = mst_flight_radius_m(&wing.flight, 0.0) / NM;
        assert_near(radius, types[i].radius_nm, 0.51); /* printed in whole nm */
        /* stay and radius answer each other */
        const double stay = mst_flight_station_s(&wing.flight, 0.731 * radius * NM);
        assert_near(mst_flight_radius_m(&wing.flight, stay) / NM, 0.731 * radius, 1e-9);
        assert_true(mst_flight_station_s(&wing.flight, 1.01 * radius * NM) < 0.0);
        /* fuel cancels: without tonnes the distances are the same */
        const mst_wing unknown = wing_of(types[i].ferry_nm, types[i].cruise_kn, (double)NAN);
        assert_true(unknown.has_range && unknown.fuel_estimated);
        assert_near(mst_flight_radius_m(&unknown.flight, 0.0) / NM, radius, 1e-9);
    }
}

/* Minutes on station at a distance, by the same form. */
static void test_fuel__minutes_of_aircraft(void **state)
{
    (void)state;
    static const struct {
        double ferry_nm, cruise_kn, distance_nm, minutes;
    } stays[] = {
        {1025, 460, 373, 7}, {1025, 460, 230, 54}, {1295, 400, 441, 31}, {772, 460, 230, 17}};
    for (size_t i = 0; i < sizeof stays / sizeof stays[0]; i++) {
        const mst_wing wing = wing_of(stays[i].ferry_nm, stays[i].cruise_kn, 4250.0);
        const double stay = mst_flight_station_s(&wing.flight, stays[i].distance_nm * NM);
        assert_near(stay / 60.0, stays[i].minutes, 0.51); /* printed in whole minutes */
    }
}

static void test_fuel__defaults_of_aircraft_by_size(void **state)
{
    (void)state;
    mst_class_def c;
    blank_class(&c);
    assert_false(mst_wing_of(&c, MST_AIRCRAFT).has_range);
    assert_near(mst_wing_of(&c, MST_AIRCRAFT).flight.turnaround_s, 3 * 3600, 0.0);
    assert_near(mst_wing_of(&c, MST_AIRCRAFT).flight.sorties_per_day, 2, 0.0);
    assert_near(mst_wing_of(&c, MST_HELICOPTER).flight.turnaround_s, 1.5 * 3600, 0.0);
    assert_near(mst_wing_of(&c, MST_HELICOPTER).flight.sorties_per_day, 3, 0.0);
    c.size = 1;
    assert_near(mst_wing_of(&c, MST_AIRCRAFT).flight.turnaround_s, 5 * 3600, 0.0);
    assert_near(mst_wing_of(&c, MST_AIRCRAFT).flight.sorties_per_day, 1, 0.0);
    c.turnaround = 47 * MUSTER_MINUTE;
    assert_near(mst_wing_of(&c, MST_AIRCRAFT).flight.turnaround_s, 2820, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fuel__table_of_ranges),
        cmocka_unit_test(test_fuel__economical_speed_is_the_least_per_metre),
        cmocka_unit_test(test_fuel__margin_and_limits),
        cmocka_unit_test(test_fuel__curve_between_its_points),
        cmocka_unit_test(test_fuel__missing_tonnes),
        cmocka_unit_test(test_fuel__defaults_of_a_ship),
        cmocka_unit_test(test_fuel__curve_of_a_class_gives_the_tank),
        cmocka_unit_test(test_fuel__contradicting_figures),
        cmocka_unit_test(test_fuel__radius_of_aircraft),
        cmocka_unit_test(test_fuel__minutes_of_aircraft),
        cmocka_unit_test(test_fuel__defaults_of_aircraft_by_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
