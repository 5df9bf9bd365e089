#include "test.h"

#include "num/track.h"

#include <stdbool.h>

#define POINTS_MAX 8
#define MEAN_RADIUS_M 6371008.7714

/** A prepared line with its own storage. */
typedef struct drawn {
    mst_line line;
    muster_point point[POINTS_MAX];
    double at_m[POINTS_MAX], unit[3 * POINTS_MAX], arc_rad[POINTS_MAX];
} drawn;

static void draw(drawn *out, const muster_point *points, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        out->point[i] = points[i];
    }
    mst_line_prepare(&out->line, out->point, count, out->at_m, out->unit, out->arc_rad);
}

/* Munchon, out of Yonghung Bay, the middle of the Sea of Japan, Tsushima, and beyond 180. */
static const muster_point tour[] = {{39.25, 127.43}, {39.3, 128.1}, {39.5, 134.0}, {39.5, 134.0},
                                    {34.6, 129.7},   {41.3, 140.2}, {45.1, 178.4}, {44.2, -176.3}};

static double rad(double deg)
{
    return deg * acos(-1.0) / 180.0;
}

/* The second method: haversine. Good for distances well below half the Earth. */
static double haversine_m(muster_point a, muster_point b)
{
    const double across = sin(rad(b.lon_deg - a.lon_deg) / 2),
                 up = sin(rad(b.lat_deg - a.lat_deg) / 2);
    const double h = up * up + cos(rad(a.lat_deg)) * cos(rad(b.lat_deg)) * across * across;
    return 2 * MEAN_RADIUS_M * asin(sqrt(h));
}

static void test_track__lengths_are_those_of_the_ellipsoid(void **state)
{
    (void)state;
    drawn on;
    draw(&on, tour, 8);
    double length_m = 0;
    for (int32_t i = 0; i + 1 < 8; i++) {
        assert_near(on.line.at_m[i], length_m, 1e-9);
        length_m += muster_geo_distance_m(tour[i], tour[i + 1]);
    }
    assert_near(on.line.length_m, length_m, 1e-9);
    assert_near(on.line.at_m[3] - on.line.at_m[2], 0.0, 0.0); /* the same point twice */
}

static void test_track__points_come_back_as_they_were_given(void **state)
{
    (void)state;
    drawn on;
    draw(&on, tour, 8);
    for (int32_t i = 0; i < 8; i++) {
        const muster_point here = mst_line_position(&on.line, on.line.at_m[i]);
        assert_near(here.lat_deg, tour[i].lat_deg, 0.0);
        assert_near(here.lon_deg, muster_lon_inside(tour[i].lon_deg), 0.0);
    }
}

static void test_track__ends_hold(void **state)
{
    (void)state;
    drawn on;
    draw(&on, tour, 8);
    static const double beyond_m[] = {-1.0, -1e9, 1e9};
    for (size_t i = 0; i < 3; i++) {
        const muster_point end = beyond_m[i] < 0 ? tour[0] : tour[7];
        const muster_point here = mst_line_position(&on.line, beyond_m[i]);
        assert_near(here.lat_deg, end.lat_deg, 0.0);
        assert_near(here.lon_deg, muster_lon_inside(end.lon_deg), 0.0);
    }
    draw(&on, tour, 1);
    assert_near(on.line.length_m, 0.0, 0.0);
    assert_near(mst_line_position(&on.line, 17.0).lat_deg, tour[0].lat_deg, 0.0);
    double at_m = -7;
    bool enters = false;
    assert_false(mst_line_next_crossing(&on.line, tour[1], 1e4, 0, &at_m, &enters));
    assert_near(at_m, -7, 0.0);
}

/* The promise of track.h: off the geodesic by less than 0.1 nm for legs under 500 nm, between 50 S
 * and 75 N, whatever the course. */
static void test_track__positions_keep_to_the_geodesic(void **state)
{
    (void)state;
    double worst_m = 0;
    for (int row = 0; row <= 25; row++) {
        for (int course = 0; course < 17; course++) {
            const double azimuth_deg = 3 + 21.3 * course;
            const muster_point from = {-50 + 4.7 * row, 174.6};
            muster_point ends[2] = {from, muster_geo_destination(from, azimuth_deg, 499 * 1852.0)};
            if (ends[1].lat_deg > 75 || ends[1].lat_deg < -50) {
                continue;
            }
            drawn on;
            draw(&on, ends, 2);
            for (int part = 1; part < 20; part += 2) {
                const double at_m = part * on.line.length_m / 20;
                const double off_m =
                    muster_geo_distance_m(mst_line_position(&on.line, at_m),
                                          muster_geo_destination(from, azimuth_deg, at_m));
                worst_m = fmax(worst_m, off_m);
            }
        }
    }
    print_message("worst distance from the geodesic: %.4f nm\n", worst_m / MUSTER_NM_M);
    assert_true(worst_m < 0.1 * MUSTER_NM_M);
    assert_true(worst_m > 1.0); /* it is an approximation: the comparison compares something */
}

static void test_track__sphere_distance_agrees_with_haversine(void **state)
{
    (void)state;
    for (size_t i = 0; i + 1 < sizeof tour / sizeof *tour; i++) {
        const double expected_m = haversine_m(tour[i], tour[i + 1]);
        assert_near(mst_sphere_distance_m(tour[i], tour[i + 1]), expected_m,
                    1e-12 * expected_m + 1e-8);
    }
    /* a quarter of the sphere, published as 10,007.557 km; its half, where haversine loses digits */
    const muster_point equator = {0, 37.3}, pole = {90, 0}, opposite = {0, 217.3};
    assert_near(mst_sphere_distance_m(equator, pole), 10007557.0, 0.5);
    assert_near(mst_sphere_distance_m(equator, opposite), MEAN_RADIUS_M * acos(-1.0), 1e-6);
    /* ten centimetres, where acos of the dot product would give 0 or 13 cm */
    const muster_point near = {0.0, 37.3 + 9e-7};
    assert_near(mst_sphere_distance_m(equator, near), MEAN_RADIUS_M * rad(9e-7), 1e-8);
}

/* Every change of side, found by small steps and bisection on the haversine distance. */
static int32_t find_by_steps(const mst_line *line, muster_point centre, double radius_m,
                             double out_at_m[64])
{
    int32_t count = 0;
    const int32_t steps = 4000;
    double before_m = 0;
    bool was_inside = haversine_m(mst_line_position(line, 0), centre) < radius_m;
    for (int32_t i = 1; i <= steps; i++) {
        const double here_m = line->length_m * i / steps;
        const bool is_inside = haversine_m(mst_line_position(line, here_m), centre) < radius_m;
        if (is_inside != was_inside) {
            double low_m = before_m, high_m = here_m;
            for (int k = 0; k < 60; k++) {
                const double middle_m = 0.5 * (low_m + high_m);
                const bool inside =
                    haversine_m(mst_line_position(line, middle_m), centre) < radius_m;
                *(inside == was_inside ? &low_m : &high_m) = middle_m;
            }
            assert_true(count < 64);
            out_at_m[count++] = low_m;
        }
        was_inside = is_inside;
        before_m = here_m;
    }
    return count;
}

/** Crossings one after the other; they must alternate and ascend. */
static int32_t find_all(const mst_line *line, muster_point centre, double radius_m, bool was_inside,
                        double out_at_m[64])
{
    int32_t count = 0;
    double from_m = 0, at_m = 0;
    for (bool enters = false;
         mst_line_next_crossing(line, centre, radius_m, from_m, &at_m, &enters); from_m = at_m) {
        assert_true(at_m > from_m && at_m <= line->length_m);
        assert_true(enters != was_inside);
        was_inside = enters;
        assert_true(count < 64);
        out_at_m[count++] = at_m;
    }
    return count;
}

static void test_track__crossings_agree_with_bisection(void **state)
{
    (void)state;
    static const muster_point zigzag[] = {{35.2, 130.1}, {43.7, 133.9}, {36.1, 137.2},
                                          {42.4, 139.8}, {38.0, 128.6}, {39.1, 145.3}};
    static const muster_point far[] = {
        {-20.3, 100.7}, {50.9, 171.2}, {12.4, -130.8}, {70.1, 160.3}};
    drawn lines[3];
    draw(&lines[0], tour, 8);
    draw(&lines[1], zigzag, 6);
    draw(&lines[2], far, 4);
    static const muster_point centres[] = {{39.5, 134.0}, {40.62, 136.1}, {38.3, 131.9},
                                           {41.9, 139.1}, {36.7, 135.2},  {43.5, 160.4},
                                           {10.3, 190.4}, {77.0, 20.5}};
    static const double radii_nm[] = {7.3, 60.0, 141.9, 312.7, 1111.0, 4400.0, 6800.0};
    int32_t total = 0;
    for (size_t l = 0; l < 3; l++) {
        for (size_t c = 0; c < 8; c++) {
            for (size_t r = 0; r < 7; r++) {
                const mst_line *const line = &lines[l].line;
                const double radius_m = radii_nm[r] * MUSTER_NM_M;
                double expected_m[64], found_m[64];
                const bool starts_inside = haversine_m(line->point[0], centres[c]) < radius_m;
                const int32_t count = find_by_steps(line, centres[c], radius_m, expected_m);
                assert_int_equal(find_all(line, centres[c], radius_m, starts_inside, found_m),
                                 count);
                for (int32_t i = 0; i < count; i++) {
                    /* a grazing crossing is known less well than the distance, 1e-8 m, by the
                     * square root: a millimetre is ample */
                    assert_near(found_m[i], expected_m[i], 1e-3);
                }
                total += count;
            }
        }
    }
    print_message("%d crossings compared\n", (int)total);
    assert_true(total > 100);
}

static void test_track__a_circle_of_ten_metres_is_found(void **state)
{
    (void)state;
    drawn on;
    draw(&on, tour, 3);
    const double middle_m = 0.5 * (on.line.at_m[1] + on.line.at_m[2]);
    double at_m = 0;
    bool enters = false;
    const muster_point centre = mst_line_position(&on.line, middle_m);
    assert_true(mst_line_next_crossing(&on.line, centre, 10.0, 0, &at_m, &enters));
    assert_true(enters);
    /* ten metres on the sphere, up to the scale of the leg (half a per cent at most) */
    assert_near(middle_m - at_m, 10.0, 0.05);
    assert_near(haversine_m(mst_line_position(&on.line, at_m), centre), 10.0, 1e-6);
    assert_true(mst_line_next_crossing(&on.line, centre, 10.0, at_m, &at_m, &enters));
    assert_false(enters);
    assert_near(at_m - middle_m, 10.0, 0.05);
}

static void test_track__points_on_the_circle_do_not_confuse(void **state)
{
    (void)state;
    /* The circle goes through a point of the line, to the last digit or beside it: whatever the
     * rounding, what was entered is left again, once. */
    static const muster_point turns[] = {
        {38.3, 131.2}, {40.4, 133.6}, {39.9, 135.7}, {42.2, 136.9}};
    drawn on;
    draw(&on, turns, 4);
    for (int32_t p = 1; p < 3; p++) {
        for (int k = -40; k <= 40; k++) {
            /* through the line there, or beyond the turn, so that its point only is reached */
            const muster_point across = {39.6 + 0.013 * k, 134.4 - 0.007 * k};
            const muster_point beyond = {turns[p].lat_deg + (p == 1 ? 1.1 : -1.1) + 0.0013 * k,
                                         turns[p].lon_deg + 0.0071 * k};
            const muster_point centre = k % 2 == 0 ? across : beyond;
            double radius_m = mst_sphere_distance_m(turns[p], centre);
            for (int ulps = -3; ulps <= 3; ulps++) {
                double moved_m = radius_m, found_m[64];
                for (int u = 0; u < (ulps < 0 ? -ulps : ulps); u++) {
                    moved_m = nextafter(moved_m, ulps < 0 ? 0 : 1e9);
                }
                const bool starts_inside = mst_sphere_distance_m(turns[0], centre) < moved_m;
                const bool ends_inside = mst_sphere_distance_m(turns[3], centre) < moved_m;
                const int32_t count = find_all(&on.line, centre, moved_m, starts_inside, found_m);
                assert_int_equal(count % 2, starts_inside != ends_inside);
            }
        }
    }
}

static void test_track__no_crossing_where_there_is_none(void **state)
{
    (void)state;
    drawn on;
    draw(&on, tour, 8);
    double at_m = -7;
    bool enters = false;
    const muster_point away = {-33.9, 18.4};
    assert_false(mst_line_next_crossing(&on.line, away, 60 * MUSTER_NM_M, 0, &at_m, &enters));
    assert_false(
        mst_line_next_crossing(&on.line, tour[2], 2.1e7, 0, &at_m, &enters)); /* all of it */
    assert_false(mst_line_next_crossing(&on.line, tour[2], 0, 0, &at_m, &enters));
    assert_false(mst_line_next_crossing(&on.line, tour[2], 1e5, on.line.length_m, &at_m, &enters));
    assert_near(at_m, -7, 0.0);
    /* The course along 60 N bows north of the parallel: a circle round the pole that the ends are
     * outside of is entered and left; one a little smaller is not. */
    static const muster_point arc[] = {{60, 170}, {60, -170}};
    draw(&on, arc, 2);
    const muster_point pole = {90, 0};
    /* highest latitude of that great circle: tan(lat) = tan 60 / cos 10 */
    const double closest_m = MEAN_RADIUS_M * (rad(90) - atan(tan(rad(60)) / cos(rad(10))));
    assert_false(mst_line_next_crossing(&on.line, pole, closest_m - 1e-3, 0, &at_m, &enters));
    assert_true(mst_line_next_crossing(&on.line, pole, closest_m + 1e-3, 0, &at_m, &enters));
    assert_true(enters);
    assert_near(at_m, on.line.length_m / 2, 500); /* in by a millimetre for 2 x 160 m */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_track__lengths_are_those_of_the_ellipsoid),
        cmocka_unit_test(test_track__points_come_back_as_they_were_given),
        cmocka_unit_test(test_track__ends_hold),
        cmocka_unit_test(test_track__positions_keep_to_the_geodesic),
        cmocka_unit_test(test_track__sphere_distance_agrees_with_haversine),
        cmocka_unit_test(test_track__crossings_agree_with_bisection),
        cmocka_unit_test(test_track__a_circle_of_ten_metres_is_found),
        cmocka_unit_test(test_track__points_on_the_circle_do_not_confuse),
        cmocka_unit_test(test_track__no_crossing_where_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
