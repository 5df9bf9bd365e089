/* The slide rule against published figures, and figures worked out by hand or a second way. */
#include "test.h"

#include "calc_ask.h"

/* Sums of a few products: relative rounding is far below this. */
#define EXACT 1e-12

/* Tanks an hour at a speed, by hand: m (v0/R0)(s + (1 - s)(v/v0)^n), kn and nm. */
static double burn(double kn, double share, double exponent, double margin)
{
    return margin * 13.0 / 4000.0 * (share + (1.0 - share) * pow(kn / 13.0, exponent));
}

/* ---- ships ------------------------------------------------------------------------------------ */

/* 4000 nm at 13 kn, hotel share .35, cube law. 4764, 4920, 8.4 are in whole units as published. */
static void test_calc__range_and_best_speed(void **state)
{
    (void)state;
    const muster_ship ship = ship_of(4000, 13);
    assert_near(range_nm(&ship, 13), 4000, 4000 * EXACT);
    assert_near(range_nm(&ship, 10), 4764, 0.5);
    assert_near(range_nm(&ship, 10), 10 / burn(10, 0.35, 3, 1), 4764 * EXACT);
    assert_near(best_kn(&ship), 8.4, 0.05);
    assert_near(range_nm(&ship, best_kn(&ship)), 4920, 0.5);
    double top = 0.0, best = 0.0; /* the same by search, step .001 kn */
    for (int i = 1000; i <= 24000; i++)
        if (range_nm(&ship, i * 0.001) > top) {
            top = range_nm(&ship, i * 0.001);
            best = i * 0.001;
        }
    assert_near(best_kn(&ship), best, 0.001);
    const muster_ship dash = ship_of(4000, 25); /* quoted at 25 kn: hotel share .05 */
    assert_near(range_nm(&dash, 12.5), 4000 * 0.5 / (0.05 + 0.95 / 8), 1e-8);
}

static void test_calc__endurance(void **state)
{
    (void)state;
    const muster_ship ship = ship_of(4000, 13);
    assert_near(endurance_h(&ship, 13), 4000.0 / 13.0, 308 * EXACT);
    assert_near(endurance_h(&ship, 10), 476.4086120018, 1e-9);             /* digits written */
    assert_near(endurance_h(&ship, 0), 4000.0 / 13.0 / 0.35, 879 * EXACT); /* hotel load alone */
}

/* Whole nm as published: 24 h at 10 kn, out and back at the most economical speed. */
static void test_calc__radius_and_stay(void **state)
{
    (void)state;
    muster_ship ship = ship_of(4000, 13);
    const double kn = best_kn(&ship);
    assert_near(radius_nm(&ship, kn, 24, 10), 1721, 0.5);
    assert_near(radius_nm(&ship, NONE, 24, NONE), radius_nm(&ship, kn, 24, 10), 1721 * EXACT);
    assert_near(radius_nm(&ship, kn, 24, 0), 1778, 0.5);
    assert_near(radius_nm(&ship, 12, 31, 6), /* by hand: 75 % of the tank less the stay */
                (0.75 - 31 * burn(6, 0.35, 3, 1)) * 12 / (2 * burn(12, 0.35, 3, 1)), 1e-9);
    assert_near(stay_h(&ship, 298, NONE, NONE), 299.59213524047, 1e-8); /* digits written */
    assert_near(stay_h(&ship, 298, 12, 5), 485.7953618756, 1e-8);
    assert_near(stay_h(&ship, radius_nm(&ship, 11, 17, 7), 11, 7), 17, 17 * 1e-11); /* inverse */
    ship.usable_fraction = 1.0;
    assert_near(radius_nm(&ship, kn, 24, 10), 1844, 0.5);
    ship.reserve_frac = 0.0; /* all of it: half the range */
    assert_near(radius_nm(&ship, 10, 0, 10), 0.5 * range_nm(&ship, 10), 2382 * EXACT);
}

static void test_calc__every_figure_of_a_ship_counts(void **state)
{
    (void)state;
    muster_ship ship = ship_of(4000, 13);
    ship.fuel_kg = 180e3;
    ship.max_speed_mps = 24 * KN;
    ship.margin = 2.0;
    ship.usable_fraction = 0.6;
    ship.station_speed_mps = 14 * KN;
    assert_near(range_nm(&ship, 13), 2000, 2000 * EXACT);
    assert_near(radius_nm(&ship, NONE, 24, NONE), 269.0530739, 1e-6); /* digits written */
    ship.sustained_speed_mps = 6 * KN; /* below the most economical: it cannot go faster for days */
    assert_near(radius_nm(&ship, NONE, 24, NONE),
                (0.4 - 24 * burn(14, 0.35, 3, 2)) * 6 / (2 * burn(6, 0.35, 3, 2)), 1e-9);
    ship = ship_of(4000, 13);
    ship.exponent = 1.0; /* F/v = h/v + c falls: the top speed is the best */
    ship.hotel_share = 0.35;
    ship.max_speed_mps = 24 * KN;
    assert_near(best_kn(&ship), 24, 24 * EXACT);
    assert_near(range_nm(&ship, 24), 4764.267990074, 1e-8); /* digits written */
    assert_near(range_nm(&ship, 10), 10 / burn(10, 0.35, 1, 1), 3620 * EXACT);
    ship.exponent = NONE;
    ship.limit_mps = 7 * KN; /* slower than its class, with the law of its class */
    assert_near(best_kn(&ship), 7, 7 * EXACT);
    assert_near(range_nm(&ship, 7), 7 / burn(7, 0.35, 3, 1), 4771 * EXACT);
    assert_true(isnan(range_nm(&ship, 7.01)));
}

/* Rates at and between the points by hand; the least a mile lies at a point. */
static void test_calc__curve(void **state)
{
    (void)state;
    muster_ship ship = muster_calc_ship();
    const double kn[] = {6, 10, 16}, t_per_h[] = {0.3, 0.45, 1.5};
    for (int i = 0; i < 3; i++)
        ship.curve[ship.curve_count++] = (muster_burn){kn[i] * KN, t_per_h[i] * 1e3 / H};
    ship.fuel_kg = 150e3;
    assert_near(range_nm(&ship, 10), 150 / 0.45 * 10, 3333 * EXACT);
    assert_near(range_nm(&ship, 13), 150 / 0.975 * 13, 2000 * EXACT);
    assert_near(endurance_h(&ship, 0), 500, 500 * EXACT); /* below the first point: the first */
    assert_near(best_kn(&ship), 10, 10 * EXACT);          /* .05 .045 .094 t a mile           */
    assert_true(isnan(range_nm(&ship, 16.1)));
    ship.fuel_kg = NONE;
    assert_true(isnan(range_nm(&ship, 10))); /* rates alone carry nobody anywhere */
    ship.range_m = 3000 * NM;
    ship.range_speed_mps = 10 * KN;
    assert_near(range_nm(&ship, 10), 3000, 3000 * EXACT);
    ship.margin = 1.25;
    assert_near(range_nm(&ship, 10), 2400, 2400 * EXACT);
}

static void test_calc__says_what_it_used(void **state)
{
    (void)state;
    muster_ship_used used;
    const char *reason = NULL;
    muster_ship ship = ship_of(4000, 13);
    assert_true(muster_calc_ship_used(&ship, &used, &reason));
    assert_true(used.fuel_is_unknown);
    assert_near(used.hotel_share, 0.35, 0.0);
    assert_near(used.exponent, 3, 0.0);
    assert_near(used.margin, 1, 0.0);
    assert_near(used.reserve_frac, 0.20, 0.0);
    assert_near(used.usable_fraction, 0.95, 0.0);
    assert_near(used.station_mps, 10 * KN, 1e-12);
    assert_near(used.transit_mps, used.economical_mps, 0.0);
    ship.power_w = 11.2e6;
    ship.max_speed_mps = 24 * KN;
    assert_true(muster_calc_ship_used(&ship, &used, &reason));
    assert_true(used.fuel_is_estimated && !used.fuel_is_unknown);
    assert_near(used.fuel_kg, 180e3, 1e-6); /* 176.9 t in two digits */
    assert_near(used.sustained_mps, 0.9 * 24 * KN, 1e-12);
    muster_plane plane = muster_calc_plane();
    assert_false(muster_calc_plane_used(&plane, (muster_plane_used[]){{0}}, &reason));
    plane.ferry_range_m = 1025 * NM;
    plane.cruise_mps = 460 * KN;
    plane.fuel_kg = 4250;
    muster_plane_used of_plane;
    assert_true(muster_calc_plane_used(&plane, &of_plane, &reason));
    assert_near(of_plane.climb_kg, 255, 1e-9); /* .06 of 4250        */
    assert_near(of_plane.loiter_kgps * H, 0.8 * 4250 / 1025 * 460, 1e-9);
    assert_near(of_plane.reserve_kg, 212.5 + 0.8 * 4250 / 1025 * 460 / 3, 1e-9);
    assert_near(of_plane.cruise_kgpm * NM, 4250.0 / 1025.0, 1e-12);
}

/* ---- aircraft --------------------------------------------------------------------------------- */

/* r = R (1 - .06 - .05 - .8 (1/3 h) V/R)/2 by hand in whole nm; minutes at a distance likewise. */
static void test_calc__aircraft(void **state)
{
    (void)state;
    static const struct {
        double ferry_nm, cruise_kn, radius_nm, at_nm, minutes;
    } types[] = {{1025, 460, 395, 230, 54}, {1295, 400, 523, 441, 31}, {772, 460, 282, 230, 17}};
    const char *reason = NULL;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        muster_plane plane = muster_calc_plane();
        plane.ferry_range_m = types[i].ferry_nm * NM;
        plane.cruise_mps = types[i].cruise_kn * KN;
        double radius_m = 0, stay_s = 0, back_m = 0;
        assert_true(muster_calc_plane_radius_m(&plane, 0.0, &radius_m, &reason));
        assert_near(radius_m / NM, types[i].radius_nm, 0.51);
        assert_true(muster_calc_plane_station_s(&plane, types[i].at_nm * NM, &stay_s, &reason));
        assert_near(stay_s / 60, types[i].minutes, 0.51);
        assert_true(muster_calc_plane_radius_m(&plane, stay_s, &back_m, &reason));
        assert_near(back_m / NM, types[i].at_nm, 1e-9);
        assert_false(muster_calc_plane_station_s(&plane, 1.01 * radius_m, &stay_s, &reason));
        /* other keys: (u - climb - reserve - loiter share)/(2 m) of the ferry range, by hand */
        plane.margin = 1.25;
        plane.usable_fraction = 0.9;
        plane.climb_frac = 0.1;
        plane.loiter_factor = 0.5;
        plane.reserve_fuel_frac = 0.02;
        plane.reserve_loiter_s = 3600;
        const double hour = 1.25 * 0.5 * types[i].cruise_kn / types[i].ferry_nm;
        assert_true(muster_calc_plane_radius_m(&plane, 360.0, &radius_m, &reason));
        assert_near(radius_m / NM, (0.9 - 0.1 - 0.02 - 1.1 * hour) / 2.5 * types[i].ferry_nm, 1e-9);
    }
}

/* ---- departure and meeting -------------------------------------------------------------------- */

static void test_calc__departure(void **state)
{
    (void)state;
    muster_time out = 0;
    const char *reason = NULL;
    assert_true(muster_calc_departure(90 * NM, 9 * KN, 20 * MUSTER_DAY, &out, &reason));
    assert_near((double)(out - (20 * MUSTER_DAY - 10 * MUSTER_HOUR)), -0.5,
                0.5); /* at most 1 us early */
    assert_true(muster_calc_departure(0.0, 9 * KN, 77, &out, &reason));
    assert_int_equal(out, 77);
    assert_true(muster_calc_departure(1.0, 3.0, 0, &out, &reason)); /* .333 s: not later */
    assert_int_equal(out, -333334);
}

static double meets(muster_point a, double a_h, double a_kn, muster_point b, double b_h,
                    double b_kn, muster_point *where)
{
    muster_time out;
    const char *reason = NULL;
    if (!muster_calc_meeting(a, (muster_time)(a_h * (double)MUSTER_HOUR), a_kn * KN, b,
                             (muster_time)(b_h * (double)MUSTER_HOUR), b_kn * KN, where, &out,
                             &reason))
        return NONE;
    return muster_hours(out);
}

/* The second way: bisection for the time at which the two ways sailed make up the distance. */
static double meets_by_search(double distance_nm, double a_h, double a_kn, double b_h, double b_kn)
{
    double low = fmin(a_h, b_h), high = 1e4;
    for (int i = 0; i < 100; i++) {
        const double t = 0.5 * (low + high);
        const double way = a_kn * fmax(t - a_h, 0.0) + b_kn * fmax(t - b_h, 0.0);
        *(way < distance_nm ? &low : &high) = t;
    }
    return high;
}

static void test_calc__meeting(void **state)
{
    (void)state;
    const muster_point a = {35.6, 135.35}, b = {42.95, 131.85};
    const double distance = muster_geo_distance_m(a, b) / NM;
    const struct {
        double a_h, a_kn, b_h, b_kn;
    } cases[] = {{0, 15, 0, 9}, {3, 15, 0, 9}, {0, 15, 7.5, 9}, {0, 15, 90, 9}, {90, 15, 3, 9}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        muster_point where, mirrored;
        const double at =
            meets(a, cases[i].a_h, cases[i].a_kn, b, cases[i].b_h, cases[i].b_kn, &where);
        assert_near(
            at, meets_by_search(distance, cases[i].a_h, cases[i].a_kn, cases[i].b_h, cases[i].b_kn),
            1e-9); /* a microsecond is 3e-10 h */
        /* each has come as far as its speed says */
        assert_near(muster_geo_distance_m(a, where) / NM,
                    fmin(cases[i].a_kn * fmax(at - cases[i].a_h, 0.0), distance), 1e-5);
        assert_near(muster_geo_distance_m(b, where) / NM,
                    fmin(cases[i].b_kn * fmax(at - cases[i].b_h, 0.0), distance), 1e-5);
        assert_near(
            meets(b, cases[i].b_h, cases[i].b_kn, a, cases[i].a_h, cases[i].a_kn, &mirrored), at,
            1e-9); /* whoever is named first */
        assert_near(muster_geo_distance_m(where, mirrored), 0.0, 0.01);
    }
    muster_point where;
    assert_near(meets(a, 5, 15, a, 2, 9, &where), 2, 1e-9); /* one place: as soon as one sails */
    assert_near(meets(a, 2, 15, a, 5, 9, &where), 2, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calc__range_and_best_speed),
        cmocka_unit_test(test_calc__endurance),
        cmocka_unit_test(test_calc__radius_and_stay),
        cmocka_unit_test(test_calc__every_figure_of_a_ship_counts),
        cmocka_unit_test(test_calc__curve),
        cmocka_unit_test(test_calc__says_what_it_used),
        cmocka_unit_test(test_calc__aircraft),
        cmocka_unit_test(test_calc__departure),
        cmocka_unit_test(test_calc__meeting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
